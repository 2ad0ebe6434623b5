"""The Graph API of Semantic Scholar: papers in JSON.

Asked as https://api.semanticscholar.org/api-docs/graph documents: `/paper/search` gives the 1,000 most relevant papers, by
offset; `/paper/search/bulk` all, 1,000 a page, with a token for the next; `/author/{id}/papers` goes by offset; and
`/paper/batch` takes identifiers, up to 500. With a key one request a second is allowed, without one all share what there
is: https://www.semanticscholar.org/product/api. References come with identifiers and with people, in smaller pages; the
searches do not give them.
"""

import json
from math import inf
from typing import Any, Final

from kg.errors import UsageError
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
from kg.ids import identifier
from kg.text import fold, squeeze

TITLE: Final = "Semantic Scholar"
BASE: Final = "https://api.semanticscholar.org/graph/v1"
PAUSE: Final = 1.0
SUFFIX: Final = "json"
SCHEMES: Final = ("s2", "doi", "arxiv", "acl", "pmid", "pmcid")
KEY: Final = Key("S2_API_KEY", header="x-api-key")
CURSOR_LIFE: Final = inf

_FIELDS: Final = (
    "paperId,corpusId,externalIds,url,title,abstract,venue,publicationVenue,year,publicationDate,journal,publicationTypes,"
    "fieldsOfStudy,s2FieldsOfStudy,authors,referenceCount,citationCount,isOpenAccess,openAccessPdf"
)
_MORE: Final = f"{_FIELDS},references.paperId,references.corpusId,references.externalIds,references.title"
_AT_ONCE: Final = 100
_PREFIXES: Final = {"doi": "DOI:", "arxiv": "ARXIV:", "acl": "ACL:", "pmid": "PMID:"}
_NONE_KNOWN: Final = ((400, "No valid paper ids"),)
"""What a batch is refused with if Semantic Scholar has none of its papers."""

_MOST_RELEVANT: Final = 1000
_NO_FURTHER: Final = ((400, "not available"),)
"""What an offset is refused with behind the last paper, before the total: https://github.com/allenai/s2-folks/issues/96."""


def request(ask: Ask, cursor: str | None) -> Request:
    """Return the request for a page; the cursor is a batch's number, a person and an offset, an offset, or a token."""
    if ask.ids:
        batch = batches(ask.ids, _AT_ONCE)[batch_number(cursor)]
        body = json.dumps({"ids": [_paper_id(known) for known in batch]})
        return Request("/paper/batch", (("fields", _MORE),), body, _NONE_KNOWN)
    if ask.author:
        return _of_author(ask, cursor)
    years = (("year", _years(ask)),) if ask.since or ask.until else ()
    params = (("query", ask.query), ("fields", _FIELDS), *years)
    if _by_relevance(ask):
        size = str(page_size(ask.limit, _AT_ONCE))
        return Request("/paper/search", (*params, ("offset", cursor or "0"), ("limit", size)), absent=_NO_FURTHER)
    order = (("sort", "citationCount:desc"),) if ask.limit else ()
    return Request("/paper/search/bulk", (*params, *order, *((("token", cursor),) if cursor else ())))


def _by_relevance(ask: Ask) -> bool:
    """Tell whether the few papers that are asked for shall be the most relevant ones."""
    return ask.limit is not None and ask.limit <= _MOST_RELEVANT


def _of_author(ask: Ask, cursor: str | None) -> Request:
    """Return the request for a person's papers, or, if only the name is known, for who has it."""
    if ask.query or ask.since or ask.until:
        raise UsageError("Semantic Scholar gives all papers of an author; leave out --query, --from and --to")
    place = cursor or _first(ask)
    if place is None:
        return Request("/author/search", (("query", natural(ask.author)), ("fields", "name,paperCount,affiliations"), ("limit", "50")))
    person, offset = place.split(":")
    size = page_size(ask.limit, _AT_ONCE)
    return Request(f"/author/{person}/papers", (("fields", _MORE), ("offset", offset), ("limit", str(size))), absent=NOT_FOUND)


def page(ask: Ask, cursor: str | None, answer: bytes) -> Page:
    """Return what a list of papers tells; or of authors, of whom there must be one only."""
    if ask.ids:
        papers = of_json(answer) if answer else []
        if not isinstance(papers, list):
            raise FaultyAnswer("an answer that is no list of papers")
        count = sum(isinstance(paper, dict) for paper in papers)
        return Page(count, after(batch_number(cursor), batches(ask.ids, _AT_ONCE)))
    if ask.author and not (cursor or _first(ask)):
        return Page(0, f"{_chosen(ask, list_at(of_json(answer), 'data'))}:0")
    data = of_json(answer) if answer else {"data": []}
    count = len(list_at(data, "data"))
    following = whole(at(data, "next"))
    if ask.author:
        person, offset = (cursor or _first(ask) or "").split(":")
        return Page(count, f"{person}:{following}" if count and following and following > int(offset) else None)
    if _by_relevance(ask):
        more = count and following and int(cursor or 0) < following < _MOST_RELEVANT
        return Page(count, str(following) if more else None, whole(at(data, "total")))
    return Page(count, token(at(data, "token")) if count else None, whole(at(data, "total")))


def _first(ask: Ask) -> str | None:
    """Return where the papers of a person begin whose identifier is known."""
    person = identifier(ask.author, "s2")
    return f"{bare(person)}:0" if person and bare(person).isdigit() else None


def _chosen(ask: Ask, people: list[Any]) -> str:
    """Return the identifier of the one person of a name.

    Raises:
        UsageError: If there are several; the message lists them.
    """
    found = {}
    for each in people:
        person, name = at(each, "authorId"), at(each, "name")
        if isinstance(person, str) and person.isdigit() and isinstance(name, str):
            found[person] = each
    same = {person: each for person, each in found.items() if fold(each["name"]) == fold(natural(ask.author))}
    candidates = same or found
    if len(candidates) == 1:
        return next(iter(candidates))
    if not candidates:
        raise UsageError(f"Semantic Scholar knows nobody called {ask.author!r}; check the spelling")
    listed = sorted(candidates.items(), key=lambda pair: (-(whole(pair[1].get("paperCount")) or 0), pair[0]))
    lines = [f"  --author {person:<12} {_shown(each)}" for person, each in listed[:20]]
    raise UsageError("\n".join([f"Semantic Scholar knows {len(candidates)} people called {ask.author!r}; name one:", *lines]))


def _shown(person: dict[str, Any]) -> str:
    """Return what tells a person from namesakes."""
    papers = whole(person.get("paperCount"))
    places = person.get("affiliations")
    where = [squeeze(each) for each in places if isinstance(each, str)][:2] if isinstance(places, list) else []
    return ", ".join([squeeze(person["name"])[:60], *([f"{papers:,} papers"] if papers is not None else []), *where])


def _paper_id(known: str) -> str:
    """Return an identifier as Semantic Scholar writes it."""
    scheme, _, name = known.partition(":")
    if scheme == "s2":
        return f"CorpusId:{name}" if name.isdigit() and len(name) < 40 else name
    return f"PMCID:{name.removeprefix('PMC')}" if scheme == "pmcid" else _PREFIXES[scheme] + name


def _years(ask: Ask) -> str:
    """Return a range of years; one end may be open."""
    return str(ask.since) if ask.since == ask.until else f"{ask.since or ''}-{ask.until or ''}"
