"""Words that tell what a paper does with the things it names: *we introduce X*, *compared with X*, *existing X*.

All words are as `kg.extract.tokens.key` makes them.
"""

import re
from typing import Final

from kg.extract.tokens import key
from kg.text import word_set

_CLASSES: Final = {
    "introducing": "introduce introduced introducing present presented presenting propose proposing develop developed "
    "developing release released releasing design designed designing devise devised create created creating construct "
    "constructed constructing contribute formulate formulated derive derived describe described build built establish provide",
    "proposed": "proposed",
    "naming": "call called dub dubbed named namely name term termed coin coined denote denoted referred refer",
    "new": "new novel first",
    "our": "our",
    "we": "we",
    "using": "use used using via apply applied applying employ employed employing leverage leveraging utilize utilizing "
    "utilized adopt adopting exploit exploiting through rely",
    "based": "based upon inspired",
    "combining": "combine combining combined incorporate incorporating integrate integrating integrated including include "
    "contain comprise",
    "extending": "extend extending extended improve improving improved enhance enhancing enhanced generalize augment modify "
    "modified modifying variant version",
    "training": "train trained training pretrain pretrained finetune finetuned tuned tune learn learned learning",
    "comparing": "outperform outperforming outperformed surpass exceed than compare compared comparing versus unlike against "
    "over beat superior",
    "reporting": "evaluate evaluated evaluating evaluation experiment tested demonstrate validate validated show showing "
    "result achieve achieving",
    "studying": "study studied investigate analyze analysis explore revisit examine consider address tackle solve solving "
    "prove understand problem focus",
    "existing": "existing previous prior recent recently traditional conventional typically often commonly widely popular "
    "current most many have been has standard classical classic",
    "such": "such like",
    "however": "however while although despite",
    "that": "that which where",
    "being": "is are was were",
    "able": "can may could",
}

CUES: Final = {key(word): name for name, words in _CLASSES.items() for word in sorted(word_set(words))}
"""The class of each word that says something about the role of a name near it."""

LINKS: Final = word_set(
    "for of on in with using by to from based that and which via than over under through as , ;"
)
"""What leads from one phrase to the next: behind one a name is not what the verb is about."""

OF_SENTENCE: Final = word_set("we our existing such however comparing reporting introducing naming")
"""Classes of words that colour the whole sentence."""

BEFORE: Final = word_set(
    "a an the our this these , ( ) : and or of for in on with to from by as via using that < is are both into between ' \" "
    "“ ‘ ` $ \\ new novel proposed"
)
"""Words and marks that tell most where they stand right before a name."""

BEHIND: Final = word_set(
    "( ) , . and or for to that which is are has have on of in with by as from using model method framework approach "
    "algorithm network based dataset benchmark corpus task problem ' \" ” ’ can achieve outperform show system loss module "
    "architecture learning ; :"
)
"""Words and marks that tell most where they stand right behind a name."""

OWN: Final = word_set("we our us here")
"""Words with which a paper begins to speak of itself."""

PAPERS: Final = word_set("paper work article study thesis survey")
"""What a paper calls itself behind *this*."""

PRESENTS: Final = word_set("propose present introduce")
"""What a paper does where it speaks of itself as one."""

STUDIES: Final = word_set(
    "survey review overview tutorial introduction primer revisited revisiting study studies analysis comparison evaluation evaluating "
    "assessment critique perspective perspectives challenges opportunities theory practice applications history trends past future "
    "odyssey lessons limits limitations pitfalls what how why when does do is are can"
)
"""Words in a title that speaks of something known: *FooNet: a survey*, *FooNet: does it ...*."""

_INTRODUCING: Final = re.compile(
    r"\b(?:introduc(?:e|es|ed|ing)|present(?:s|ed|ing)?|propos(?:e|es|ed|ing)|develop(?:s|ed|ing)?|releas(?:e|es|ed|ing)"
    r"|call(?:ed)?|dub(?:bed)?|named|namely|term(?:ed)?|coin(?:ed)?|contribut(?:e|es|ed|ing)|creat(?:e|es|ed|ing)"
    r"|devis(?:e|es|ed|ing)|design(?:s|ed|ing)?|construct(?:s|ed|ing)?|describ(?:e|es|ed)|our|novel|new)\b", re.IGNORECASE
)
_ELSEWHERE: Final = re.compile(
    r"\b(?:for|of|on|in|with|using|by|to|from|based|that|and|which|via|than|over|under)\b", re.IGNORECASE
)
"""What stands between a verb of introduction and a name that is not its object."""

_CLAUSE_END: Final = re.compile(r"[.;:]\s")


def introduces(text: str, start: int) -> bool:
    """Tell whether the words before a name say that the paper brings it.

    >>> [introduces(text, text.index("X")) for text in ("We introduce a new model, X", "We propose to train X")]
    [True, False]
    """
    before = text[max(0, start - 60) : start]
    clause = before[max((match.end() for match in _CLAUSE_END.finditer(before)), default=0) :]
    between = None
    for cue in _INTRODUCING.finditer(clause):
        between = clause[cue.end() :]
    return between is not None and _ELSEWHERE.search(between) is None
