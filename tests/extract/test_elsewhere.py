"""In papers of other fields rules decide: names that mean something else there are not ours, and new words are no methods."""

import pytest

from kg.extract import extract_record
from kg.extract.elsewhere import by_rules, is_elsewhere
from kg.extract.settings import Settings, Tier
from kg.model import Candidate, Field, Record

BOTH: tuple[Tier, ...] = ("fast", "full")

CLINIC = "Patients with chronic disease were enrolled in two hospitals."
LABORATORY = "Proteins of mice with an infection were compared."
BENCH = "Thin oxide films on a semiconductor were studied by spectroscopy and microscopy."
NEWSROOM = "Voters and parties were compared before the election."
GRID = "Voltage and insulation of the winding of a substation were measured."


def named(abstract: str, title: str = "A study", tier: Tier = "full") -> set[tuple[str, str, str]]:
    record = Record("d", 0, "paper", 0, 1, 1, (Field("title", title, 1), Field("abstract", abstract, 2)))
    found = extract_record(record, Settings(tier=tier))
    return {(mention.text, mention.type, mention.canonical) for mention in found}


@pytest.mark.parametrize("tier", BOTH)
@pytest.mark.parametrize(
    ("abstract", "name"),
    [
        (f"{LABORATORY} The genes RAG and TP53 were sequenced.", "RAG"),
        (f"{LABORATORY} The genes RAG and TP53 were sequenced.", "TP53"),
        (f"{NEWSROOM} Those who watch CNN vote more often.", "CNN"),
        (f"{NEWSROOM} We interviewed BERT Ottermann, who leads one.", "BERT"),
        (f"{BENCH} Layers of GaN were grown on TiO2 by the LDA.", "GaN"),
        (f"{BENCH} Layers of GaN were grown on TiO2 by the LDA.", "TiO2"),
        (f"{BENCH} Layers of GaN were grown on TiO2 by the LDA.", "LDA"),
        (f"{GRID} The power transformer was cooled.", "transformer"),
        (f"{BENCH} Ultrathin AlN layers were compared.", "AlN"),
        (f"{GRID} It is rated at 40 MVA.", "MVA"),
        (f"{CLINIC} Sustained attention was impaired after surgery.", "attention"),
        (f"{CLINIC} The disease (UC) needs surgery, and UC is chronic.", "UC"),
        (f"BACKGROUND: {CLINIC} METHODS: All were seen in 2011.", "BACKGROUND"),
        (f"BACKGROUND: {CLINIC} METHODS: All were seen in 2011.", "METHODS"),
        (f"{CLINIC} It is registered as NCT01234567.", "NCT01234567"),
    ],
)
def test_what_means_something_else_in_another_field_is_not_told(abstract: str, name: str, tier: Tier) -> None:
    assert name not in {text for text, _, _ in named(abstract, tier=tier)}


@pytest.mark.parametrize("tier", BOTH)
def test_a_name_in_full_speaks_for_its_short_form_in_any_field(tier: Tier) -> None:
    found = named(f"{LABORATORY} Images were read by a convolutional network; the CNN was right.", tier=tier)
    assert ("CNN", "method", "convolutional neural network") in found


@pytest.mark.parametrize("tier", BOTH)
@pytest.mark.parametrize(
    ("abstract", "mention"),
    [
        (f"{CLINIC} We searched Embase and CINAHL.", ("Embase", "dataset", "Embase")),
        (f"{CLINIC} Hazard ratios came from Cox regression.", ("Cox regression", "method", "Cox proportional hazards model")),
        (f"{CLINIC} Hazard ratios came from Cox regression.", ("Hazard ratios", "metric", "hazard ratio")),
        (f"{CLINIC} Analyses were made in SAS 9.4 and NVivo.", ("NVivo", "software", "NVivo")),
        (f"{LABORATORY} Reads were aligned with MAFFT.", ("MAFFT", "software", "MAFFT")),
        (f"{BENCH} Grains were seen by X-ray diffraction (XRD).", ("XRD", "method", "X-ray diffraction")),
        (f"{NEWSROOM} Data are those of the World Values Survey.", ("World Values Survey", "dataset", "World Values Survey")),
        (f"{CLINIC} We used the Teacup Worry Scale (TWS).", ("TWS", "method", "Teacup Worry Scale")),
        (f"{LABORATORY} We present CellKettle, an R package.", ("CellKettle", "software", "CellKettle")),
    ],
)
def test_what_rules_know_or_a_text_says_is_told_in_any_field(abstract: str, mention: tuple[str, str, str], tier: Tier) -> None:
    assert mention in named(abstract, tier=tier)


def test_a_text_is_of_another_field_by_three_of_its_words() -> None:
    def elsewhere(text: str) -> bool:
        return is_elsewhere([Field("abstract", text, 1)])

    assert elsewhere("The patients had surgery in a hospital.")
    assert not elsewhere("The patients had surgery in a theatre.")
    assert not elsewhere("The patients had patients, and patients had them.")


@pytest.mark.parametrize("home", ["a neural network", "deep learning", "a classifier", "an algorithm", "two datasets", "embeddings"])
def test_what_only_papers_on_learning_machines_have_keeps_a_text_at_home(home: str) -> None:
    assert not is_elsewhere([Field("abstract", f"Patients after surgery in a hospital, and {home}.", 1)])


@pytest.mark.parametrize("venue", ["Annals of Ecology", "Journal of Marine Physics"])
def test_a_title_by_itself_is_of_the_field_of_its_journal(venue: str) -> None:
    def told(*fields: Field) -> set[str]:
        return {mention.text for mention in extract_record(Record("d", 0, "paper", 0, 1, 1, fields))}

    title = Field("title", "Staphylococcal infection of LuxNut clams near the ATLAS detector, sorted by random forests", 1)
    assert told(title, Field("venue", venue, 1)) == {"random forests"}
    assert "ATLAS detector" in told(title, Field("venue", "Journal of Computational Physics", 1))
    assert not is_elsewhere([title, Field("abstract", "We sort clams.", 2)], venue)


def test_models_by_agents_are_no_learning_machines() -> None:
    assert is_elsewhere([Field("abstract", "An agent-based model of wages, firms and taxes.", 1)])


def test_a_known_name_that_stays_open_is_not_told() -> None:
    text = "therapy (QQT)"
    found = Candidate(9, 12, "dataset", 0.75, "lexicon")
    assert by_rules(text, [found]) == []
    known = found._replace(canonical="QQT", concept="dataset/qqt")
    assert by_rules(text, [known]) == [known]
