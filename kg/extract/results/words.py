"""The words by which reported results are told from other numbers, as tables.

Words are in lower case and as printed; a table that holds phrases has them as regular expressions.
"""

import re
from typing import Final

from kg.model.results import Bound
from kg.text import word_set

METRIC_WORDS: Final = (
    r"accurac(?:y|ies)|acc@[0-9]+",
    r"error rates?|errors?",
    r"(?:average )?precision|recall",
    r"m2 f0\.5",
    r"(?:[a-z]+-)?f[\s$_{-]{0,3}[0-9](?:\.[0-9])?[}$]{0,2}(?:@[0-9mok]+|[\s-]?(?:scores?|measure))?",
    r"auc|auroc|roc[- ]auc",
    r"(?:pass|hits?|recall|precision|mrr|n?dcg|h|r|p)@[0-9k]+|n?dcg|mrr",
    r"(?:0?\.[0-9]{1,2})?map(?:@[0-9.:\[\]]*[0-9\]])?|ap(?:[0-9]{2}|[_ ]novel|@[0-9.]*[0-9])?",
    r"m?iou|rmse|mse|mae|exact match",
    r"correlations?|perplexity|(?:test|validation) loss",
    r"(?:average )?top-?[0-9]{1,2}(?:(?: [a-z]+)? (?:accuracy|errors?|precision|recall))?",
    r"(?:average|mean|cumulative|total|episodic|normalized) (?:rewards?|returns?|rank(?:ing)?s?)",
    r"success(?:(?:ful)? (?:rates?|ratios?))?",
    r"[a-z]+(?:-[a-z]+)? rates?(?! (?:control|limit|schedul|distortion))",
    r"sensitivity|specificity|purity|fidelity|overshoot|validity|diversity|similarity|agreement|coverage|faithfulness|robustness|score|scores(?! [0-9])",
    r"[a-z]+ gap",
)
"""Names of measures that are ordinary words or short forms, the longest first.

The lexicon finds most of these itself; here they count only where a number is tied to them, which makes even a bare
*error* a metric.
"""

NO_METRIC_RATES: Final = word_set(
    "frame learning compression convergence sampling growth refresh dropout data bit dose heart mask masking pruning "
    "sparsity interest exchange birth any at label labelling this the first second acceptance selection annotation missing labeling "
    "subsampling poisoning linear fast same sublinear minimax optimal and a of our noise update"
)
"""Words before *rate* or *gap* that make it no measure of quality."""

COSTS: Final = word_set(
    "time latency speed speedup speedups speed-up faster slower quicker cheaper smaller larger lighter shorter longer "
    "memory cost costs computation computations computational compute flops parameters parameter size sizes storage "
    "energy power overhead bandwidth throughput budget sparsity compression bits confidence probability dimension "
    "dimensions traffic communication computing complexity runtime duration seconds second ms minutes minute hours hour "
    "hrs days years fps hz khz mhz ghz kb mb gb tb watts mw kg mg carbon emissions wall-clock acceleration delay wait "
    "accelerates accelerated speeds efficiency consumption usage vram mflop mflops gflop gflops tflop tflops "
    "turnaround turn-around wh mwh kwh joule joules threshold thresholds weights channels bytes fewer"
)
"""Resources: a number tied to one of these is no result."""

DATA: Final = word_set(
    "tokens token annotation annotations labels label labeled labelled samples sample data image images video videos "
    "frames queries query areas area pixels layers bands objects screenshots demonstrations examples iterations epochs "
    "rounds evaluations steps literals features clauses instances neurons participants users people speakers languages "
    "datasets tasks benchmarks papers words sentences documents questions robots trajectories set sets"
)
"""What is counted or taken a share of: *25% of the images* is no result."""

SHARES: Final = word_set(
    "case cases time times trial trials test tests question questions subtask subtasks task tasks instance instances "
    "example examples episode episodes problem problems attempt attempts ambiguities issue issues bug bugs puzzle puzzles "
    "theorem theorems game games"
)
"""What a system handles: *in 64.7% of cases*, *better 66% of the time* are results without a named metric."""

HANDLING: Final = re.compile(r"(?:detect|identif|resolv|solv|recover|complet|classif|recogni[sz]|locali[sz]|grasp|pick|repair|fix|block|answer)[a-z]*")
"""Verbs whose share of things is a result whatever the things are: *detects 92% of the attacks*."""

RIGHTLY: Final = frozenset({"correctly", "successfully"})
"""Words behind a share that say that a system does well in it: *57% of the objects are correctly localized*."""

USED: Final = word_set("using with use uses used from given")
"""Words before a share of the data that was used."""

GAINS: Final = word_set(
    "improvement improvements gain gains boost boosts increase increases margin margins lift advantage advance "
    "enhancement enhancements uplift superiority"
)
"""Nouns that make a number a difference for the better."""

LOSSES: Final = word_set("reduction reductions drop drops decrease decreases degradation decline difference loss gap fall")
"""Nouns that make a number a difference, of whatever."""

SIZES: Final = frozenset({"smaller", "larger", "shorter", "longer", "fewer"})
"""Adjectives of costs that make a number a difference where a metric follows: *6.7% smaller error*."""

COMPARATIVES: Final = word_set("higher better greater lower worse more less improved stronger")
"""Adjectives that make a number a difference: *5% higher recall*."""

BEATING: Final = re.compile(r"(?:(?:out|under)-?perform|surpass|exceed|beat|improv|advanc|boost|enhanc|rais|increas|better|excel|lag|trail)[a-z]*")
"""Verbs of doing better or worse; with a number behind *by* they make a result even where no metric is named."""

DECLINING: Final = re.compile(r"(?:decreas|drop|declin|degrad|deteriorat)[a-z]*|falls?|fell")
"""Verbs that say by how much performance is worse: *performance drops by 4%*."""

REACHING: Final = re.compile(r"(?:achiev|obtain|reach|attain|scor)[a-z]*")
"""Verbs whose object is a score even where no metric is named: *we obtain 97.8% on X*."""

LEFT_TIGHT: Final = word_set(
    "of is was are were = : ( ) reaches reach about around approximately nearly almost over up to only more less than "
    "below above at least most by from as much high low value values average averaging roughly within under < > ≥ ≤ "
    "\\pm ± an a be improved reduced increased decreased lowered raised reaching exceeding - – rate smaller larger "
    "rates score scores just respectively for additional further absolute relative and/or margin"
)
"""What may stand between a metric and the number behind it: *an accuracy of about 93%*."""

RIGHT_SOFT: Final = word_set(
    "absolute relative average mean overall higher lower better more less greater improved improvement improvements "
    "gain gains increase boost reduction drop decrease in of on for terms the its our their point points score "
    "averaged respect to regarding w.r.t single model test training validation classification boosts additional further performance "
    "gained original full total increased reduced decreased enhanced relatively absolutely respectively"
)
"""What may stand between a number and the metric behind it: *2.3% absolute improvement in accuracy*."""

JOINING: Final = frozenset({",", "and", "/", "or", "to", "-", "–", "—", "−", "&", "→"})
"""What joins numbers, or names, to a list."""

CLAUSE_ENDS: Final = frozenset({";", "while", "whereas", "but", "although", "though", "because", "which"})
"""Words behind which other things are said of other things."""

BREAKS: Final = CLAUSE_ENDS | {",", "and"}
"""What parts a number from the names of the next one: *BLEU on A to 30, and on B to 20*."""

OTHERS: Final = word_set(
    "previous previously prior competing existing baseline baselines sota state-of-the-art vs human humans best-known published reported"
)
"""Words that say that a value is not the paper's own."""

TRAINED: Final = word_set("trained pretrained pre-trained train training pretraining pre-training finetuned fine-tuned learned")
"""Words before a dataset on which nothing is measured: *trained on JFT*."""

PLACES: Final = word_set("on for in across")
"""Prepositions that lead from a value to the data it was measured on."""

BOUNDS: Final[dict[Bound, str]] = {
    "up to": r"up to|at most|as much as|as high as",
    "above": r"(?:more|better|higher|greater|larger) than|over|at least|above|exceeding|a minimum of|>|≥",
    "below": r"(?:less|lower|smaller|fewer) than|below|under|within|<|≤",
    "about": r"about|around|nearly|almost|approximately|roughly|~|∼|≈|\\sim|\\approx",
}
"""Words right before a number that say on which side of it the truth lies."""

UNITS: Final[dict[str, str]] = {
    r"\\?%[\s-]?(?:points?|p\.?p?)\b": "points",
    r"\\?%|\$\\%\$|percent\b|per cent\b": "%",
    r"(?:absolute |percentage |absolute percentage |percent )?(?:points?|pts?|p\.?p\.?s?)\b(?! (?:clouds?|scale))": "points",
    r"\$?\\times\$?|×|[xX](?![A-Za-z0-9])|times\b|-?fold\b": "x",
    r"°(?!\s?C\b)|deg(?:rees?)?\b|\^\\circ": "°",
    r"dB\b": "dB",
    r"mm\b|millimet(?:er|re)s?\b": "mm",
    r"cm\b|centimet(?:er|re)s?\b": "cm",
    r"(?:µ|μ)m\b|\\?\s?\\mu\s?\\mathrm\{m\}|microns?\b": "µm",
    r"nm\b": "nm",
    r"meV\b": "meV",
    r"eV\b": "eV",
    r"kcal(?:/|\s)mol\b": "kcal/mol",
    r"Å": "Å",
    r"rad(?:ian)?s?\b": "rad",
    r"m\b|met(?:er|re)s?\b": "m",
    r"bpd\b|bits?(?: per |/)dim(?:ension)?\b": "bits/dim",
    r"bpc\b|bits?(?: per |/)char(?:acter)?\b": "bits/char",
}
"""What may stand behind a number, and what the unit is called."""

RATIOS: Final = frozenset({"ratio", "ratios"})
"""What a number sets rather than measures: *a pruning ratio of 0.5*; the names of metrics that end so are longer."""

AFTER_BARE: Final = word_set(
    "on in for with and at over to from while when using by points point score scores as after against averaged or vs "
    "than but which respectively under across without of is was are were compared versus while whereas when if since because"
)
"""Words that may follow a number without a unit that is a score; behind a noun it would be a count."""

SETTINGS: Final = (
    r"(?:blind |held-?out |unseen )?(?:test|validation|dev|development)[ -](?:set|split)s?",
    r"test-(?:dev|std|clean|other)",
    r"zero-shot|one-shot|few-shot|[0-9]{1,3}-shot",
    r"(?:un|semi-|weakly[- ]|self-|fully[- ])?supervised(?:[- ]learning)?(?= (?:setting|scenario|mode))",
    r"[0-9]{2,4}\s?(?:x|×|\\times)\s?[0-9]{2,4}",
    r"(?:in|out-of|cross)-(?:domain|distribution)",
)
"""Words for the split or the condition under which a value was measured."""

OUTDOING: Final = re.compile(
    r"\b(?:out-?perform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beat(?:s|ing)?|outdo(?:es|ing)?|superior to|"
    r"better than|(?:improv\w+|improvements?|advances?|gains?)(?: up)?(?:on|over| upon| on| over))\b",
    re.IGNORECASE,
)
"""Words of doing better than what stands behind them."""

COMPARING: Final = re.compile(
    r"\b(?:compar(?:ed|ison|isons|ing|e|es) (?:it |them |[a-z]+ )?(?:to|with|against)|comparable (?:to|with)|on par with|"
    r"(?:rival|match)(?:s|es|ed|ing)?(?: the (?:quality|performance|accuracy) of)?|competitive with|relative to|against|"
    r"compar(?:e|es|ing)|than|over)\b",
    re.IGNORECASE,
)
"""Words of measuring against what stands behind them."""

LESSER: Final = re.compile(
    r"(?<!\bno )(?<!\bnot )(?<!\bno significant )\b(?:improv|better|higher|lower|reduc|gain|increas|boost|faster|speed|fewer|superior|advantage|enhanc|less|more)\w*", re.IGNORECASE
)
"""Words that make a comparison one for the better: *faster than*, but not *no faster than*."""
