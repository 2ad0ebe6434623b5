"""What a paper does with the things it names: introduces them, uses them, or only mentions them."""

import re
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


def first_own(text: str) -> int:
    """Return where a text begins to speak of the paper's own work; its length where it never does.

    >>> first_own("GANs are popular. We train one.")
    18
    """
    match = _OURS.search(text)
    return sentence_around(text, match.start(), match.end())[0] if match is not None else len(text)


def introduces(text: str, start: int) -> bool:
    """Tell whether the words before a name say that the paper brings it."""
    before = text[max(0, start - 60) : start]
    cut = max((m.end() for m in re.finditer(r"[.;:]\s", before)), default=0)
    near = before[cut:]
    cue = None
    for cue in _INTRODUCING.finditer(near):
        pass
    if cue is None:
        return False
    between = near[cue.end() :]
    return re.search(r"\b(?:for|of|on|in|with|using|by|to|from|based|that|and|which|via|than|over|under)\b", between) is None


def background(text: str, start: int, end: int, own: int) -> bool:
    """Tell whether a name stands in a sentence about the work of others."""
    if end <= own:
        first, last = sentence_around(text, start, end)
        return _BACKGROUND.search(text, first, last) is not None
    return False


def role(flags: list[tuple[bool, bool]]) -> Role:
    """Return the role of an entity from `(introduced, in the background)` of each of its mentions."""
    if any(introduced for introduced, _ in flags):
        return "introduces"
    return "mentions" if all(behind for _, behind in flags) else "uses"
