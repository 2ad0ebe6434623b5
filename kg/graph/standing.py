"""Whether a paper still stands: what a record says of its retraction or withdrawal, or of that of another paper.

Publishers write it before or behind the title, PubMed as a type, arXiv and authors into the comment or the abstract, OpenReview
into the venue; OpenAlex and lists of people's own have a column for it, and Crossref ties the notice to the paper. That a paper
stands is said by nobody: silence and a `false` are the same.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from kg.ids import identifier
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
_KEPT: Final = re.compile(r'"(?:is_?)?(?P<status>[Rr]etracted|[Ww]ithdrawn)"\s*:\s*(?:true|1\b|"(?:true|yes)")')
"""The flag in what a reader keeps of an object as JSON."""

_KINDS: Final = {"retraction": "retracted", "partial_retraction": "retracted", "removal": "withdrawn", "withdrawal": "withdrawn"}
"""The sorts of update by which Crossref takes a paper back, and what the paper is then."""


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
        elif field.name == "other":
            yield from _kept(field) if field.text.startswith("{") else _flag(field)


def _flag(field: Field) -> Iterator[Sign]:
    """Yield what a column or key that is called so says."""
    if (match := _COLUMN.search(field.path or "")) and _YES.fullmatch(field.text):
        yield Sign(field, 0, len(field.text), match["status"].lower())


def _kept(field: Field) -> Iterator[Sign]:
    """Yield what is said in an object that a reader has kept as JSON: by a flag of its own, or by Crossref's updates."""
    if not _KEPT.search(field.text) and '"update-to"' not in field.text and '"updated-by"' not in field.text:
        return
    try:
        told = json.loads(field.text)
    except ValueError:
        return
    for match in _KEPT.finditer(field.text):
        if match.group().split('"')[1] in told:  # not in an object inside, which is about something else
            yield Sign(field, match.start(), match.end(), match["status"].lower())
    for key in ("update-to", "updated-by"):
        updates = told.get(key)
        for update in updates if isinstance(updates, list) else []:
            yield from _update(field, key, update)


def _update(field: Field, key: str, update: Any) -> Iterator[Sign]:
    """Yield that Crossref says which notice took back this paper, or which paper this notice takes back."""
    if not isinstance(update, dict) or str(update.get("type")).lower() not in _KINDS:
        return
    status, doi = _KINDS[str(update["type"]).lower()], str(update.get("DOI") or "")
    start = max(field.text.find(json.dumps(doi)), 0)
    end = start + len(json.dumps(doi)) if start else len(field.text)
    other = identifier(doi, "doi") if key == "update-to" else ""
    if other is not None:
        yield Sign(field, start, end, status, other)
