"""The API of arXiv: Atom, in pages by their start.

Asked as https://info.arxiv.org/help/api/user-manual.html documents: `search_query` with field prefixes, or `id_list`;
`start` and `max_results`, of which one query gives 30,000 at most, 2,000 at once. One request every three seconds, and
one connection: https://info.arxiv.org/help/api/tou.html. Without a limit the list is in the order of submission, so
that what is submitted meanwhile does not shift its pages. The API now and then gives an empty page although there are
entries (https://github.com/lukasschwab/arxiv.py/issues/43), and says some errors in an entry: section 3.4 of the manual.
"""

import re
from typing import Final

from kg.errors import UsageError
from kg.fetch._answers import of_xml, whole
from kg.fetch._service import (
    Ask,
    FaultyAnswer,
    Page,
    Refused,
    Request,
    after,
    bare,
    batch_number,
    batches,
    natural,
    page_size,
)
from kg.ids import orcid
from kg.text import squeeze

TITLE: Final = "arXiv"
BASE: Final = "https://export.arxiv.org"
PAUSE: Final = 3.0
SUFFIX: Final = "xml"
SCHEMES: Final = ("arxiv",)
KEY: Final = None
CURSOR_LIFE: Final = None

_AT_ONCE: Final = 500
"""Fewer than the 2,000 that are allowed: large pages are the ones that fail."""

_MOST: Final = 30_000
_IDS_AT_ONCE: Final = 100
_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_TOTAL: Final = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"
_ERRORS: Final = "arxiv.org/api/errors"
_WRITTEN: Final = re.compile(
    r"\b(?:ti|au|abs|co|jr|cat|rn|id|all|submittedDate|lastUpdatedDate):|\b(?:AND|OR|ANDNOT)\b|[()]"
)
"""What tells that a query is written in arXiv's own language."""

_TERM: Final = re.compile(r'"[^"]*"|[^\s"]+')


def request(ask: Ask, cursor: str | None) -> Request:
    """Return the request for a page; the cursor is its start, or the number of a batch of identifiers."""
    if ask.ids:
        batch = batches(ask.ids, _IDS_AT_ONCE)[batch_number(cursor)]
        return Request("/api/query", (("id_list", ",".join(map(bare, batch))), ("max_results", str(len(batch)))))
    start = int(cursor or 0)
    order = ("relevance", "descending") if ask.query and ask.limit else ("submittedDate", "ascending")
    return Request("/api/query", (
        ("search_query", _search(ask)), ("start", str(start)),
        ("max_results", str(min(page_size(ask.limit, _AT_ONCE), _MOST - start))), ("sortBy", order[0]), ("sortOrder", order[1]),
    ))  # fmt: skip


def page(ask: Ask, cursor: str | None, answer: bytes) -> Page:
    """Return what a feed tells."""
    feed = of_xml(answer, f"{_ATOM}feed")
    entries = feed.findall(f"{_ATOM}entry")
    for entry in entries:
        if _ERRORS in entry.findtext(f"{_ATOM}id", ""):
            raise Refused(f"arXiv refuses: {squeeze(entry.findtext(f'{_ATOM}summary', 'it does not say why'))[:300]}", 400)
    total = whole(feed.findtext(_TOTAL, "").strip())
    if total is None:
        raise FaultyAnswer("a feed that does not say how much there is")
    start = 0 if ask.ids else int(cursor or 0)
    if not entries and start < min(total, _MOST):
        raise FaultyAnswer(f"an empty page, though there are {total:,} papers")
    if ask.ids:
        return Page(len(entries), after(batch_number(cursor), batches(ask.ids, _IDS_AT_ONCE)))
    end = start + len(entries)
    return Page(len(entries), str(end) if entries and end < min(total, _MOST) else None, total)


def _search(ask: Ask) -> str:
    """Return a query in arXiv's language."""
    parts = []
    if ask.query:
        terms = [f"all:{term}" for term in _TERM.findall(ask.query)]
        parts.append(f"({ask.query})" if _WRITTEN.search(ask.query) else " AND ".join(terms))
    if ask.author:
        if orcid(ask.author):
            raise UsageError("arXiv's API does not search by ORCID; give the author's name")
        parts.append(f'au:"{natural(ask.author)}"')
    if ask.since or ask.until:
        parts.append(f"submittedDate:[{ask.since or 1991:04}01010000 TO {ask.until or 2999:04}12312359]")
    return " AND ".join(parts)
