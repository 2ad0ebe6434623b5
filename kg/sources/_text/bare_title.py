"""Whether a line that is nothing but words can be the title of a paper, and whether lines are a list of such titles."""

import re
from collections.abc import Sequence
from typing import Final

from kg.sources._citation.reading import without_marker
from kg.sources._text.fields import Span

_FEWEST: Final = 4
_MOST: Final = 0.8
SHORTEST: Final = 3
"""How many words a title has at least."""

_LONG: Final = 5
"""As many words have titles that are no names of subjects."""

_LONGEST: Final = 25
_LONGEST_LINE: Final = 250
_RESEARCH: Final = re.compile(
    r"\b(?:(?:deep|machine|reinforcement|supervised|representation|transfer|federated|few-shot) learning|learning|(?:neural )?networks?|models?|modell?ing|algorithms?|analys[ei]s|approach(?:es)?|frameworks?|methods?"
    r"|surveys?|review|stud(?:y|ies)|effects?|evidence|estimation|detection|recognition|classification|segmentation|prediction|forecasting|optimi[sz]ation|generation|representations?|embeddings?|attention"
    r"|transformers?|adversarial|bayesian|stochastic|graphs?|translation|retrieval|quer(?:y|ies)|indexing|databases?|distributed|parallel|datasets?|benchmark(?:ing|s)?|evaluation|empirical|theor(?:y|em|ems)"
    r"|processing|dynamics|proteins?|genes?|genom\w+|patients?|trial|clinical|cancer|disease|quantum|inference|regression|clustering|diffusion|multi-?\w+|self-\w+|via|using|towards?|based|-based|novel|efficient|scalable"
    r"|robust(?:ness)?|adaptive|automatic|improv(?:ing|ed)|understanding|exploring|investigating|rethinking|characteri[sz]ation|synthesis|simulations?|measurements?|mechanisms?|role|impact|influence|comparison)\b", re.IGNORECASE,
)  # fmt: skip
"""Words that titles of papers have, and other lines of lists seldom."""

_NO_TITLE: Final = re.compile(r"[.;,:{}=<>|\\]\s*\Z|https?://|www\.|@|\b(?:todo|fixme|click|buy|please|i|my|you|your|don't|i'm)\b|^\W*(?:add|fix|update|remove|install|run|make|create|use|check|implement|test)\s", re.IGNORECASE)
_WRAPPING: Final = " \t\"'“”‘’*_`#,"


def bare(text: str, start: int, end: int) -> Span:
    """Return a line without bullet, number and what stands around a title."""
    start = without_marker(text, start, end)
    while start < end and text[start] in _WRAPPING:
        start += 1
    while end > start and text[end - 1] in _WRAPPING:
        end -= 1
    return start, end


def may_be_title(text: str, start: int, end: int) -> bool:
    """Tell whether a line can be a title."""
    first, last = bare(text, start, end)
    words = text[first:last].split()
    return SHORTEST <= len(words) <= _LONGEST and last - first <= _LONGEST_LINE and not text[first].islower() and not _NO_TITLE.search(text[start:end])


def are_titles(text: str, rows: Sequence[Span], *, headed: bool = False) -> bool:
    """Tell whether nearly all of several lines can be titles, with words that those of papers have; below a heading that says what they are fewer need them, but most are long."""
    good = [len(_RESEARCH.findall(text, *span)) for span in rows if may_be_title(text, *span)]
    telling = sum(count > 0 for count in good)
    if len(rows) < _FEWEST or len(good) < _MOST * len(rows):
        return False
    if headed:
        return 4 * telling >= len(rows) and 2 * sum(len(text[slice(*span)].split()) >= _LONG for span in rows) > len(rows)
    sure = sum(count > 1 for count in good) + sum(":" in text[slice(*span)] for span in rows)
    return 4 * telling >= 3 * len(rows) and 4 * sure >= len(rows)
