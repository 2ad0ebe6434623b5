"""Papers of other fields: medicine, biology, physics, materials, economics, education, libraries.

The tagger has learned from texts on machine learning, where a new word in capitals is mostly a method. In a clinic or a laboratory
it is a gene, a substance, a disease. There rules decide: a name stays that the lexicon knows, that the text defines as a thing of
ours, or that the words around say what it is. Names of ours that mean something else there (*RAG*, a gene; *CNN*, a broadcaster;
*attention*) count only where the text says them in full too.

Which field it is, the words say: three of other fields, and none that only papers on learning machines have; of a title without an
abstract, which has too few words, the journal too. Of 779 annotated
abstracts of machine learning none is taken for one of another field so, and of 44,947 of its conferences 187 are.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from kg.extract.doubt import may_be_name
from kg.extract.shape import is_name
from kg.extract.tokens import keys, tokens
from kg.extract.vocabulary import Fact
from kg.model import Candidate, Field
from kg.text import word_set

ELSEWHERE: Final = "in a text of another field rules decide"
"""Why something is told or not, for the one who asks."""

ENOUGH: Final = 3
"""So many different words of other fields make a text one of them."""

_FOREIGN: Final = word_set("""
patients clinically clinicians diseases disorder disorders symptom symptoms surgery surgical hospital hospitals hospitalized
mortality morbidity
placebo therapy therapies therapeutic dose doses cohort cohorts cancer cancers carcinoma tumor tumour tumors tumours metastatic
infection infections infectious vaccine vaccination plasma serum blood diabetes diabetic cardiovascular
chronic acute prevalence incidence adverse syndrome diagnosed comorbidity comorbidities hazard randomised trial participants
volunteers mg ng nurses nursing physicians prognosis
biomarkers biomarker biopsy prostate breast lung liver kidney renal hepatic cardiac myocardial hypertension obesity obese
pregnancy pregnant infant infants neonatal pediatric paediatric geriatric oncology chemotherapy radiotherapy
epidemic epidemiology epidemiological outbreak dengue malaria tuberculosis hiv influenza sars cov mosquito drug drugs
pharmacokinetic inhibitors inhibitor hormone insulin glucose cholesterol asthma arthritis dementia
schizophrenia ptsd mindfulness psychotherapy psychiatric caregivers caregiver ethics questionnaires
genes genome genomic genomes genetic mutation mutations protein proteins rna dna mrna mice mouse rats rat antibody antibodies
receptor receptors enzyme enzymes phylogenetic strain strains bacteria bacterial viral virus viruses
molecular tissues ligand kinase apoptosis immune inflammatory inflammation cytokine nucleosome chromatin transcriptional
metabolic metabolism mitochondrial microbiota microbial dogs cattle zebrafish drosophila vivo vitro nerve nerves vagus
neurostimulation stimulation
species habitat habitats ecosystem ecosystems biodiversity ecology ecological soil soils climate climatic forest forests
woodlands vegetation plant plants crop crops biomass insect insects bird birds fish fisheries river rivers lake
emissions precipitation drought nitrogen phosphorus carbon rainfall groundwater sediment subtropical tropical atmospheric ocean
marine glacier
wage wages employment unemployment inflation monetary fiscal gdp households household income incomes earnings economic economics
economies economy economists exports exporting imports labor labour tax taxes taxation firms market markets bank banks banking
policymakers elasticity schooling subsidies
subsidy welfare poverty credit lending investment investments consumption prices workers immigrants immigration
students student teachers classroom classrooms school schools curriculum undergraduates pupils questionnaire respondents
interviews interviewed anxiety depression psychological attitudes psychology educational education literacy college university
grades enrollment
library libraries librarians citations citation journals journal bibliometric bibliometrics bibliographic scientometric
altmetrics articles librarianship catalogue scholarly publishing
oxide alloy alloys crystal crystals crystalline lattice semiconductor semiconductors superconductor superconductors
heterostructure heterostructures nm nanoparticles nanowires graphene thermal electron electrons electronic ferromagnetic phonon
superconducting diffraction spectroscopy microscopy synthesized powders catalyst catalysts catalytic polymer polymers
composite composites corrosion cement concrete perovskite voltage amplifier ghz annealing adsorption nitride nitrides monolayer
monolayers interfacial piezoelectric enthalpy electrostatics zincblende wurtzite insulation winding substation oil dissolved
antenna transistor conductance photonic laser
hydrological flood discharge aquifer landslide earthquake seismic
galaxy galaxies star stars stellar redshift telescope gravitational cosmological cosmology neutron boson bosons quark tev photon
photons lensing supernova
voters election elections electoral turnout political politics parties democracy democratic government governments society
gender women men children adults older elderly adolescents adolescent parents mothers protest employees managers managerial
consumers marketing entrepreneurship legislation
univariate intervention odds sociodemographic demographic practitioners surveys
viewers sociology sociological activists grievances religious religion ethnic racial migration citizens partisan partisanship
ideology president congress parliament newspapers journalists
superfluid spin bosonic fermionic hadron lepton luminosity isotope ions ionic molten steel aluminum aluminium titanium copper
carbide tensile ductility fracture grain microstructure wt dielectric bandgap dopant doping electrolyte electrode electrodes
lithium
substations harmonics inverter photovoltaic solar turbine mw kv mva
planets planetary asteroid quasars
anesthesia anaesthesia inpatient outpatient mmhg bmi allele chromosome embryo plasmid wildlife predators pollinators grassland
grazing nutrient nutrients fertilizer maize wheat rice
pedagogy pedagogical tutoring undergraduate freshmen socioeconomic burnout
metadata cataloging archives archival repositories
exporters tariff tariffs volatility portfolio microcredit loans borrowing entrepreneurs
vagal rodents hippocampus
deforestation runoff watershed basin hydrology
lecture lectures lecturing lecturer lecturers
antibiotic antibiotics biofilm biofilms mutant mutants yeast ribosome ribosomes ribosomal loci genotype genotypes phenotype phenotypes
cultivar cultivars barley mammal mammals reptiles amphibians beetle beetles songbird songbirds seabirds coral reef reefs monkeys primates
oxidation ammonia ruthenium palladium platinum solvent solvents reagent reagents chromatography
superconductivity turbulent turbulence vortices magnetization halos neutrino neutrinos meson mesons quarks collider flares kelvin
volcanic magma sedimentary pollutant pollutants macroeconomic migrants kinship admissions
leishmaniosis parasites parasite serological endemic
fertility births childbearing married spouse insurance medicare medicaid pollution
""")
"""Words in lower case of which papers on learning machines seldom have several."""

_IS_FOREIGN: Final = Fact(lambda word, _: word.lower() in _FOREIGN)

_AT_HOME: Final = re.compile(
    r"\b(?:neural|deep|supervised|reinforcement|machine|federated|contrastive|continual|adversarial)[- ]learning"
    r"|\bneural\b|classifier|convolution|language model|artificial intelligence|\bAI\b|computer vision|robot|\bagents?\b(?!-based)"
    r"|segmentation|\balgorithm|\btrained\b|dataset|semantic|embedding|\bkernel|parsing|benchmark|retrieval|manipulat|perceptron",
    re.IGNORECASE,
)
"""What papers on learning machines have."""

_VENUE: Final = re.compile(
    r"\b(?:physics|physical|physica|astro(?:physic|nom)\w*|cosmology|chemistry|biochem\w*|biology|biological|(?:micro|neuro)biology|zoolog\w*|botan\w*"
    r"|ecolog\w*|evolution|genetics|plant|forest|forestry|agricultur\w*|hydrolog\w*|climat\w*|meteorolog\w*|atmospheric|oceanograph\w*|marine"
    r"|geo(?:physic|log|scienc)\w*|earth|lancet|jama|bmj|british medical|medicine|surgery|oncology|cardiology|neurology|gastroenterology|epidemiology"
    r"|pharma\w*|toxicology|p[ae]+diatrics|psychiatry|psycholog\w*|criminology|sociolog\w*|philosophy|history)\b",
    re.IGNORECASE,
)
"""Of which field a journal is, where that is far from ours."""

_VENUE_AT_HOME: Final = re.compile(r"comput|informati|engineering|imaging|statistic|\bdata\b|machin|learning|remote sensing|mathematical", re.IGNORECASE)
"""Words of journals of such a field that print methods."""

_HOMONYMS: Final = word_set("""
RAG CNN GAN MAP SUN SAM SGD ADAM Adam CLIP DINO SIFT HOG VAE VAR TD SAC PPO NAS MoE MOE LoRA LORA RNN ELM SOM DBN BERT Bert ERNIE
Ernie ELMo Elmo LDA LIME Lime GPT T5 BART Bart PaLM MLP GRU AE SSD FCN CAM CTC CRF EM GP ICA DPO SSL NMT ASR NER QA IR MT POS NLI
ILP SNN TTS CER WER IS FID PCL SOFA DES D C E SPIN SEED ARC MATH DROP COCO APPS STRING MD PK SM CBT CNAPs
attention transformer dropout distillation annealing translation transcription recognition perception planning navigation agent
boosting pruning embedding quantization diffusion convolution alignment tracking localization scheduling retrieval exploration
bagging stacking pooling masking calibration exposure imitation throwing reasoning
""") | {
    "active learning", "clustering", "collaborative learning", "cooperative learning", "diffusion model", "interaction network",
    "lifelong learning", "score matching", "transfer learning",
}  # fmt: skip
"""Names of ours that mean something else in other fields; those in lower case as keys."""

_TELLING: Final = word_set("""
analysis test scale questionnaire inventory survey study trial spectroscopy microscopy chromatography spectrometry sequencing design
assay imaging interview theory procedure technique method checklist assessment register score index criterion model
""")
"""Last nouns, as keys, that say of what a text abbreviates that it is a thing of ours."""

_SAYING: Final = ("pattern:introduced", "pattern:title", "pattern:headed")

_CALLED: Final = 0.64
"""The score above which a pattern has found that the words around a name say what it is: data or a program, for a layer, a detector or
a theory may be any."""

_TOLD: Final = 0.9
"""The score from which a definition says what kind of thing it defines."""


def is_elsewhere(fields: Iterable[Field], venue: str = "") -> bool:
    """Tell whether what is searched of a record is a text of another field; of a title by itself, the journal says so."""
    some = list(fields)
    foreign = {found.words[at].lower() for found in map(tokens, (field.text for field in some)) for at in found.where(_IS_FOREIGN)}
    told = len(foreign) >= ENOUGH or (_is_far(venue) and all(field.name == "title" for field in some))
    return told and not any(_AT_HOME.search(field.text) for field in some)


def _is_far(venue: str) -> bool:
    """Tell whether a journal is one of another field.

    >>> [_is_far(venue) for venue in ("Annals of Ecology", "Journal of Computational Physics", "NeurIPS")]
    [True, False, False]
    """
    return _VENUE.search(venue) is not None and not (_VENUE_AT_HOME.search(venue) or _AT_HOME.search(venue))


def by_rules(text: str, proposed: Sequence[Candidate]) -> list[Candidate]:
    """Return of what the rules propose for a text of another field that which they know to be a thing of ours."""
    clear = {c.concept for c in proposed if c.concept is not None and not is_homonym(text[c.start : c.end])}
    return [candidate for candidate in proposed if may_be_name(text, candidate) and _is_ours(text, candidate, clear)]


def _is_ours(text: str, candidate: Candidate, clear: set[str]) -> bool:
    """Tell whether a rule knows that a candidate is a thing of ours; `clear` are those that the text names in full."""
    rule, name = candidate.by.partition(":")[0], text[candidate.start : candidate.end]
    if rule in {"lexicon", "version"}:
        return candidate.concept in clear or (candidate.canonical is not None and not is_homonym(name))
    if rule == "acronym":
        return candidate.concept is not None or candidate.score >= _TOLD or not _TELLING.isdisjoint(keys(candidate.canonical or name)[-1:])
    if rule == "pattern":
        called = candidate.score > _CALLED and candidate.type in {"dataset", "software"}
        return is_name(name) and (candidate.by in _SAYING or called) and not is_homonym(name)
    return rule == "citation"


def is_homonym(name: str) -> bool:
    """Tell whether a name of ours means something else in other fields.

    >>> [is_homonym(name) for name in ("CNNs", "Transformers", "active learning", "t-SNE")]
    [True, True, True, False]
    """
    return name in _HOMONYMS or name.removesuffix("s") in _HOMONYMS or " ".join(keys(name)) in _HOMONYMS
