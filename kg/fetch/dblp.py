"""dblp: answers of its search, pages of people and single records, in XML.

The search is asked as https://dblp.org/faq/13501473.html documents (`q`, `h` up to 1,000, `f`), with `author:Jane_Doe:` and
`year:2019:` as on https://dblp.org/faq/1474589.html; it gives the first 10,000 hits, and years are asked one by one, each
with 10,000 of its own. A person's identifier gives the whole page (https://dblp.org/pid/...xml), a record's key the record
(https://dblp.org/rec/...xml): https://dblp.org/faq/16154937.html. One or two seconds between requests, and 429 with
`Retry-After` for those who do not: https://dblp.org/faq/1474706.html.
"""

import re
from typing import Final
from urllib.parse import quote

from kg.errors import UsageError
from kg.fetch._answers import of_xml, whole
from kg.fetch._service import (
    NOT_FOUND,
    Ask,
    FaultyAnswer,
    Page,
    Request,
    after,
    bare,
    batch_number,
    natural,
    page_size,
)
from kg.ids import identifier

TITLE: Final = "dblp"
BASE: Final = "https://dblp.org"
PAUSE: Final = 2.0
SUFFIX: Final = "xml"
SCHEMES: Final = ("dblp",)
KEY: Final = None
CURSOR_LIFE: Final = None

_AT_ONCE: Final = 1000
_MOST: Final = 10_000
_PERSON: Final = re.compile(r"[0-9a-z]{1,3}/[\w.-]+")


def request(ask: Ask, cursor: str | None) -> Request:
    """Return the request for a page; the cursor is a record's number, or a year (0 for all) and the first hit."""
    if ask.ids:
        return Request(f"/rec/{quote(bare(ask.ids[batch_number(cursor)]), safe='/')}.xml", absent=NOT_FOUND)
    if person := _person(ask):
        if ask.query or ask.since or ask.until:
            raise UsageError("dblp gives all papers of a person; leave out --query, --from and --to")
        return Request(f"/pid/{quote(person, safe='/')}.xml", absent=NOT_FOUND)
    if bool(ask.since) != bool(ask.until):
        raise UsageError("dblp is asked year by year; give both --from and --to")
    year, first = _place(ask, cursor)
    words = [
        *([ask.query] if ask.query else []), *([f"author:{natural(ask.author).replace(' ', '_')}:"] if ask.author else []),
        *([f"year:{year}:"] if year else []),
    ]  # fmt: skip
    size = min(page_size(ask.limit, _AT_ONCE), _MOST - first)
    return Request("/search/publ/api", (
        ("q", " ".join(words)), ("h", str(size)), ("f", str(first)), ("c", "0"), ("format", "xml"),
    ))  # fmt: skip


def page(ask: Ask, cursor: str | None, answer: bytes) -> Page:
    """Return what hits, a person's page or a record tells."""
    if ask.ids:
        behind = after(batch_number(cursor), ask.ids)
        return Page(len(of_xml(answer, "dblp")) if answer else 0, behind)
    if _person(ask):
        count = len(of_xml(answer, "dblpperson").findall("r")) if answer else 0
        return Page(count, None, count)
    hits = of_xml(answer, "result").find("hits")
    total = None if hits is None else whole(hits.get("total"))
    if hits is None or total is None:
        raise FaultyAnswer("an answer without hits")
    year, first = _place(ask, cursor)
    count = len(hits.findall("hit"))
    end, there = first + count, min(total, _MOST)
    if not count and first < there:
        raise FaultyAnswer(f"no hits, though there are {total:,}")
    if end < there:
        return Page(count, f"{year}:{end}", None if year else total)
    return Page(count, f"{year + 1}:0" if ask.until and year < ask.until else None, None if year else total)


def _place(ask: Ask, cursor: str | None) -> tuple[int, int]:
    """Return the year and the first hit that a cursor means."""
    year, first = (cursor or f"{ask.since or 0}:0").split(":")
    return int(year), int(first)


def _person(ask: Ask) -> str | None:
    """Return dblp's identifier of a person, if the author is given by one."""
    known = identifier(ask.author, "dblp")
    found = re.sub(r"\.(?:html|xml)$", "", bare(known or ""))
    return found if _PERSON.fullmatch(found) else None
