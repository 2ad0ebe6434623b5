"""Whether a paper still stands: what a record says of its retraction or withdrawal, or of that of another paper.

Publishers write it before or behind the title, PubMed as a type, arXiv and authors into the comment or the abstract, OpenReview
into the venue; lists of people's own have a column for it. Where a format has a place for it, as OpenAlex and Crossref, its
reader makes a field of it. That a paper stands is said by nobody: silence and a `false` are the same.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from kg.model import Field, Record

_GONE: Final = r"(?P<status>retracted|withdrawn)"
_WORK: Final = r"(?:article|chapter|manuscript|note|paper|preprint|publication|report|submission|thesis|work)"
_SAID: Final = (
    rf"\W*(?:(?:this|the) (?:\w+ )?{_WORK} (?:has been|have been|was|is|is being) (?:\w+ly )?{_GONE}\b(?! from (?!publication\b|(?:the )?arxiv\b))"
    rf"|(?:{_WORK} )?(?P<bare>retracted|withdrawn)(?= by\b|\s*(?:[.;,:]|$)))"
)

_SIGNS: Final = {
    name: re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)
    for name, pattern in {
        "title": rf"\W{{0,3}}{_GONE}(?: {_WORK})?\s*[:\])]|.*[(\[]\s*(?P<bare>retracted|withdrawn)\b[^()\[\]]*[)\]]\W*$",
        "type": rf"\W*{_GONE}(?: {_WORK})?\W*$",
        "venue": r".*\b(?P<status>withdrawn) submission",
        "comment": _SAID,
        "abstract": _SAID,
    }.items()
}
"""How a field of a paper begins, or all of it, that says so; the title may end with it."""

_COLUMN: Final = re.compile(r'(?:^|[."\s])(?:is[_ ]?)?(?P<status>retracted|withdrawn)"?$', re.IGNORECASE)
_YES: Final = re.compile(r"\s*(?:true|yes|y|1)\s*", re.IGNORECASE)

_TAKES_BACK: Final = {"retracts": "retracted", "withdraws": "withdrawn"}
"""The fields of a notice that name the paper it takes back, and what that paper is then."""


class Sign(NamedTuple):
    """A passage that says that a paper does not stand.

    Attributes:
        field: The field that says so.
        start: Where in its text.
        end: Where the passage ends.
        status: `retracted` or `withdrawn`.
        of: The identifier of the paper that this is said of, empty for the record's own.
    """

    field: Field
    start: int
    end: int
    status: str
    of: str = ""


def signs(record: Record) -> Iterator[Sign]:
    """Yield what a record says of this, in the order of its fields."""
    for field in record.fields:
        if pattern := _SIGNS.get(field.name):
            if match := pattern.match(field.text):
                status = match["status"] or match["bare"]
                yield Sign(field, match.start(), match.end(), status.lower())
        elif field.name == "status":
            yield Sign(field, 0, len(field.text), field.value or "")
        elif field.name in _TAKES_BACK:
            yield Sign(field, 0, len(field.text), _TAKES_BACK[field.name], field.value or "")
        elif field.name == "other" and (match := _COLUMN.search(field.path or "")) and _YES.fullmatch(field.text):
            yield Sign(field, 0, len(field.text), match["status"].lower())
