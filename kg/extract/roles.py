"""What a paper does with the things it names: introduces them, uses them, or only mentions them."""

import re
from dataclasses import dataclass
from typing import Final

from kg.model.mentions import Role
from kg.text import sentence_around

_INTRODUCING: Final = re.compile(
    r"\b(?:introduc(?:e|es|ed|ing)|present(?:s|ed|ing)?|propos(?:e|es|ed|ing)|develop(?:s|ed|ing)?|releas(?:e|es|ed|ing)"
    r"|call(?:ed)?|dub(?:bed)?|named|namely|term(?:ed)?|coin(?:ed)?|contribut(?:e|es|ed|ing)|creat(?:e|es|ed|ing)"
    r"|devis(?:e|es|ed|ing)|design(?:s|ed|ing)?|construct(?:s|ed|ing)?|describ(?:e|es|ed)|our|novel|new)\b", re.IGNORECASE
)
_OURS: Final = re.compile(
    r"\b(?:we|our|ours|this (?:paper|work|article|study|thesis)|here|in this)\b|\b(?:paper|work|article) (?:proposes|presents|introduces)",
    re.IGNORECASE,
)
_BACKGROUND: Final = re.compile(
    r"\b(?:recent(?:ly)?|such as|have|has|existing|previous|prior|traditional(?:ly)?|conventional|state-of-the-art|"
    r"current(?:ly)?|often|typical(?:ly)?|common(?:ly)?|most|many|popular|inspired by|unlike|widely|success)\b",
    re.IGNORECASE,
)

_ELSEWHERE: Final = re.compile(
    r"\b(?:for|of|on|in|with|using|by|to|from|based|that|and|which|via|than|over|under)\b", re.IGNORECASE
)
"""What stands between a verb of introduction and a name that is not its object."""

_DIRECT: Final = re.compile(
    r"(?:\b(?:introduc|present|propos|develop|releas|call|dub|named|nam|coin|term|describ)(?:e|es|ed|ing|bed|s)?\s(?:the\s)?"
    r"|\brefer to (?:it |this |them )?as\s|\bour\s(?:[a-z-]{1,20}\s){0,2}|\bour\s(?:[a-z-]{1,20}\s){0,2}[a-z-]{1,20}(?:,\s|\s\())"
    r"(?:\\emph|\\text[a-z]{2})?[\"“'`*_{($]{0,4}$",
    re.IGNORECASE,
)
"""A verb of introduction or *our* with nothing but its noun between it and the name."""

_FAR = 300
"""How far a sentence is looked for: a text of one endless sentence must not cost its square."""

_CLAUSE_END: Final = re.compile(r"[.;:]\s")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the place of one mention says about its role.

    Attributes:
        introduced: A verb of introduction governs it.
        direct: It stands right behind such a verb.
        titled: It is the name before the colon of the title.
        before: It stands before the paper begins to speak of itself.
        background: It stands there in a sentence about the work of others.
    """

    introduced: bool
    direct: bool
    titled: bool
    before: bool
    background: bool


def first_own(text: str) -> int:
    """Return where a text begins to speak of the paper's own work; its length where it never does.

    >>> first_own("GANs are popular. We train one.")
    18
    """
    match = _OURS.search(text)
    if match is None:
        return len(text)
    offset = max(0, match.start() - _FAR)
    return offset + sentence_around(text[offset : match.end() + _FAR], match.start() - offset, match.end() - offset)[0]


def introduces(text: str, start: int) -> bool:
    """Tell whether the words before a name say that the paper brings it.

    >>> [introduces(text, text.index("X")) for text in ("We introduce a new model, X", "We propose to train X")]
    [True, False]
    """
    near = _clause(text, start)
    between = None
    for cue in _INTRODUCING.finditer(near):
        between = near[cue.end() :]
    return between is not None and _ELSEWHERE.search(between) is None


def names_directly(text: str, start: int) -> bool:
    """Tell whether a name stands right behind a verb of introduction: *we present X*, not *we present an X model*."""
    return _DIRECT.search(_clause(text, start)) is not None


def background(text: str, start: int, end: int, own: int) -> bool:
    """Tell whether a name stands in a sentence about the work of others."""
    if end > own:
        return False
    offset = max(0, start - _FAR)
    near = text[offset : end + _FAR]
    return _BACKGROUND.search(near, *sentence_around(near, start - offset, end - offset)) is not None


def role(seen: list[Evidence], *, known: bool) -> Role:
    """Return the role of an entity from what is seen at each of its mentions, in order.

    What is spoken of before the paper speaks of itself is not new; a name that the ontology lists is brought by this
    paper only where a verb says so of the name itself; what is named once, among the work of others, is background.
    """
    if any(evidence.titled and not known for evidence in seen):
        return "introduces"
    if not seen[0].before and any(evidence.direct if known else evidence.introduced for evidence in seen):
        return "introduces"
    return "mentions" if len(seen) == 1 and seen[0].background else "uses"


def _clause(text: str, start: int) -> str:
    """Return the words of the same clause before `start`, 60 characters at most."""
    before = text[max(0, start - 60) : start]
    return before[max((match.end() for match in _CLAUSE_END.finditer(before)), default=0) :]
