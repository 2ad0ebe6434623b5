"""What divides the first lines of a paper: the lines of names below its title, the heading of its abstract, what stands behind that."""

import re
from collections.abc import Sequence
from typing import Final

from kg.sources._text.byline import people

ABSTRACT: Final = re.compile(
    r"\s*(?:abstract|a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|summary|zusammenfassung|kurzfassung|résumé|resumen|resumo|riassunto|sommario|streszczenie|samenvatting|аннотация|摘\s?要|要\s?旨|초록)\s*(?:[.:—–：-]+\s*|$"
    r"|\s+(?-i:(?=(?:We|This|The|In|An?|Our|Recent|Many|Most|Despite|While|Although|To|For|With|It|There|Here|Given|As|Large|Deep|Modern|Existing)\b)))", re.IGNORECASE,
)  # fmt: skip
AFTER: Final = re.compile(
    r"\s*(?:(?:[0-9]+|I)?\.?\s*introduction\b|(?P<keywords>key\s?words?(?: and phrases)?|index terms)\b|ccs concepts|categories and subject|acm reference|general terms|pacs\b"
    r"|1\.?\s+[A-Z][a-z]+$|contents$|preprint\b|©|copyright\b|∗|permission to make)", re.IGNORECASE,
)  # fmt: skip
INTRODUCED: Final = re.compile(r"introduction|einleitung|einführung|introducción|introduzione|introdução|введение|引言|绪论", re.IGNORECASE)
INTRODUCTION: Final = re.compile(rf"\W*(?:(?:[0-9]{{1,2}}|I)\b\W*)?(?:{INTRODUCED.pattern})\W*", re.IGNORECASE)

_BY: Final = re.compile(r"\s*by:?\s+", re.IGNORECASE)
_RUNNING: Final = re.compile(r"\b(?:vol(?:ume)?|no|issn|journal|proceedings|transactions|bulletin|annals|pp|received|isbn)\b|\b(?:1[89]|20)[0-9]{2}\b", re.IGNORECASE)
"""What the head of a journal's page has, and a title seldom."""

_MOST_ABOVE: Final = 20
_MOST_TITLE: Final = 3


def is_names(text: str) -> bool:
    """Tell whether a line is names beyond doubt, for its most part."""
    found = people(text)
    return found is not None and found.sure and 2 * found.end > len(text)


def above_names(lines: Sequence[str]) -> tuple[int, int]:
    """Return the lines above the first line of names, where all letters are of one size, as on typed and scanned pages; no more than a title has, and no running head.

    >>> above_names(["Annals of Rain, vol. 3", "On Rain", "and Snow", "by Ada Lovelace and Alan Turing", "Abstract"])
    (1, 3)
    """
    for at in range(1, min(_MOST_ABOVE, len(lines))):
        if is_names(_BY.sub("", lines[at])):
            first = at
            while first > 0 and at - first < _MOST_TITLE and not _RUNNING.search(lines[first - 1]):
                first -= 1
            return first, at
    return 0, 0
