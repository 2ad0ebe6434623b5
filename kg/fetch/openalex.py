"""The API of OpenAlex: works in JSON, in pages by cursor.

Asked as https://developers.openalex.org/guides/page-through-results documents (`cursor=*`, `per_page` up to 100), with
the filters of https://developers.openalex.org/api-reference/works; up to 100 values of one filter are joined by `|`
(https://developers.openalex.org/guides/filtering), in addresses of less than 4 KB. A name is searched among the names as
printed, within one author: https://developers.openalex.org/guides/searching. There is a free daily allowance, small
without a key (https://developers.openalex.org/api-reference/authentication), and many requests a second are allowed.
"""

import re
from typing import Final
from urllib.parse import quote

from kg.errors import UsageError
from kg.fetch._answers import at, list_at, of_json, token, whole
from kg.fetch._service import (
    NOT_FOUND,
    Ask,
    FaultyAnswer,
    Key,
    Page,
    Request,
    bare,
    batches,
    natural,
    page_size,
)
from kg.ids import identifier, orcid

TITLE: Final = "OpenAlex"
BASE: Final = "https://api.openalex.org"
PAUSE: Final = 0.2
SUFFIX: Final = "json"
SCHEMES: Final = ("openalex", "doi", "arxiv", "pmid")
KEY: Final = Key("OPENALEX_API_KEY", parameter="api_key")
CURSOR_LIFE: Final = None

_AT_ONCE: Final = 100
_IDS_AT_ONCE: Final = 50
"""Half a page, since several works may have one identifier."""

_FILTERS: Final = {"openalex": "ids.openalex", "doi": "doi", "pmid": "ids.pmid"}
_START: Final = "0:0:*"
_JOINS: Final = re.compile("[,|]")


def request(ask: Ask, cursor: str | None) -> Request:
    """Return the request for a page; the cursor is the batch, how many papers of it came, and OpenAlex's own cursor."""
    number, _, inner = (cursor or _START).split(":", 2)
    if ask.ids:
        filters = _wanted(ask)[int(number)]
        if filters.startswith("/"):
            return Request(filters, absent=NOT_FOUND)
    else:
        filters = ",".join(_filters(ask))
    params = (
        *((("search", ask.query),) if ask.query else ()), *((("filter", filters),) if filters else ()),
        ("per_page", str(page_size(ask.limit, _AT_ONCE))), ("cursor", inner),
    )  # fmt: skip
    return Request("/works", params)


def page(ask: Ask, cursor: str | None, answer: bytes) -> Page:
    """Return what a list of works, or a single work, tells."""
    number, seen, before = (cursor or _START).split(":", 2)
    wanted = _wanted(ask) if ask.ids else [""]
    behind = f"{int(number) + 1}:0:*" if int(number) + 1 < len(wanted) else None
    if wanted[int(number)].startswith("/"):
        if answer and not isinstance(at(of_json(answer), "id"), str):
            raise FaultyAnswer("an answer that is no work")
        return Page(1 if answer else 0, behind)
    data = of_json(answer)
    count, total = len(list_at(data, "results")), whole(at(data, "meta", "count"))
    end = int(seen) + count
    inner = token(at(data, "meta", "next_cursor"))
    if inner and inner == before:
        raise FaultyAnswer("the same cursor again")
    if inner and count and (total is None or end < total):
        behind = f"{number}:{end}:{inner}"
    return Page(count, behind, None if ask.ids else total)


def _wanted(ask: Ask) -> list[str]:
    """Return the filter for each batch of identifiers; the path for one that no filter can hold."""
    of: dict[str, list[str]] = {}
    alone = []
    for known in ask.ids:
        name = f"doi:10.48550/arxiv.{bare(known)}" if known.startswith("arxiv:") else known
        if _JOINS.search(name):
            alone.append(f"/works/{quote(name, safe='/:')}")
        else:
            of.setdefault(name.partition(":")[0], []).append(bare(name))
    return [
        *(f"{_FILTERS[scheme]}:{'|'.join(batch)}" for scheme, names in of.items() for batch in batches(names, _IDS_AT_ONCE)), *alone,
    ]  # fmt: skip


def _filters(ask: Ask) -> list[str]:
    """Return the filters of a search."""
    found = []
    if ask.author:
        person = identifier(ask.author, "openalex")
        if number := orcid(ask.author):
            found.append(f"authorships.author.orcid:{number}")
        elif person and person.startswith("openalex:A"):
            found.append(f"authorships.author.id:{bare(person)}")
        elif person:
            raise UsageError(f"{ask.author!r} is no author of OpenAlex; their ids begin with A")
        else:
            found.append(f'raw_author_name.search:"{_JOINS.sub(" ", natural(ask.author))}"')
    if ask.since:
        found.append(f"from_publication_date:{ask.since:04}-01-01")
    if ask.until:
        found.append(f"to_publication_date:{ask.until:04}-12-31")
    return found
