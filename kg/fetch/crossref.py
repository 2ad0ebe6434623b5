"""The REST API of Crossref: works in JSON, in pages by cursor.

Asked as https://api.crossref.org/swagger-ui/index.html documents: `query`, `query.author`, `rows`, `cursor=*`; filters as on
https://www.crossref.org/documentation/retrieve-metadata/rest-api/rest-api-filters/, of which `doi` may be given several
times. A cursor is forgotten after five minutes, and may stay the same from page to page: the list ends when all has
come. Whoever gives an address in the user agent is served better, and lists are limited to few requests a second:
https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/
"""

from typing import Final
from urllib.parse import quote

from kg.fetch._answers import at, list_at, of_json, token, whole
from kg.fetch._service import (
    NOT_FOUND,
    Ask,
    FaultyAnswer,
    Key,
    Page,
    Request,
    after,
    bare,
    batch_number,
    batches,
    natural,
    page_size,
)
from kg.ids import orcid

TITLE: Final = "Crossref"
BASE: Final = "https://api.crossref.org"
PAUSE: Final = 1.0
SUFFIX: Final = "json"
SCHEMES: Final = ("doi",)
KEY: Final = Key("CROSSREF_PLUS_TOKEN", header="Crossref-Plus-API-Token", prefix="Bearer ")
CURSOR_LIFE: Final = 300.0

_AT_ONCE: Final = 500
"""Half of what is allowed: works come with all their references."""

_IDS_AT_ONCE: Final = 50


def request(ask: Ask, cursor: str | None) -> Request:
    """Return the request for a page; the cursor is a batch's number, or how many came before and Crossref's own."""
    if ask.ids:
        wanted = _wanted(ask)[batch_number(cursor)]
        if wanted.startswith("/"):
            return Request(wanted, absent=NOT_FOUND)
        return Request("/works", (("filter", wanted), ("rows", str(wanted.count(",") + 1))))
    _, inner = (cursor or "0:*").split(":", 1)
    filters, params = [], []
    if ask.query:
        params.append(("query", ask.query))
    if number := orcid(ask.author):
        filters.append(f"orcid:{number}")
    elif ask.author:
        params.append(("query.author", natural(ask.author)))
    if ask.since:
        filters.append(f"from-pub-date:{ask.since:04}")
    if ask.until:
        filters.append(f"until-pub-date:{ask.until:04}")
    if filters:
        params.append(("filter", ",".join(filters)))
    return Request("/works", (*params, ("rows", str(page_size(ask.limit, _AT_ONCE))), ("cursor", inner)))


def page(ask: Ask, cursor: str | None, answer: bytes) -> Page:
    """Return what a list of works, or a single work, tells."""
    if ask.ids:
        number, wanted = batch_number(cursor), _wanted(ask)
        behind = after(number, wanted)
        if not wanted[number].startswith("/"):
            return Page(len(list_at(of_json(answer), "message", "items")), behind)
        if answer and not isinstance(at(of_json(answer), "message", "DOI"), str):
            raise FaultyAnswer("an answer that is no work")
        return Page(1 if answer else 0, behind)
    data = of_json(answer)
    count, total = len(list_at(data, "message", "items")), whole(at(data, "message", "total-results"))
    end = int((cursor or "0:*").split(":", 1)[0]) + count
    inner = token(at(data, "message", "next-cursor"))
    more = inner is not None and count > 0 and (total is None or end < total)
    return Page(count, f"{end}:{inner}" if more else None, total)


def _wanted(ask: Ask) -> list[str]:
    """Return the filter for each batch of DOIs; the path for one that no filter can hold."""
    names = [bare(known) for known in ask.ids]
    together = batches([name for name in names if "," not in name], _IDS_AT_ONCE)
    alone = [f"/works/{quote(name, safe='/')}" for name in names if "," in name]
    return [*(",".join(f"doi:{name}" for name in batch) for batch in together), *alone]
