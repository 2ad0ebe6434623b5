"""Reader of MODS: records of libraries, of the pages of the ACL Anthology, exports of Zotero and JabRef.

The format is the Metadata Object Description Schema 3 (https://www.loc.gov/standards/mods/). A file is one `mods` or a
`modsCollection`. The journal or book that a work is in is the `relatedItem` of type `host`: its title is the venue, and its
date, publisher, volume and pages count where the work has none of its own. Names whose role is not that of an author are `other`, as
are titles of other types, other related items, and what a library says of its record.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from kg.model import Document, Problem, Record
from kg.sources._dates import printed_date
from kg.sources._dblp import add_link
from kg.sources._dublin_core import spoken
from kg.sources._entry import Entry, from_to
from kg.sources._parts import works
from kg.sources._xml.fields import child, put, put_identifier, put_orcid, put_rest, say, texts_in
from kg.sources._xml.stream import Located, children, local, located, root_of, text_of

_AUTHOR: Final = frozenset({"author", "aut", "creator", "cre"})
_TEXTS: Final = {"abstract": "abstract", "genre": "type", "languageTerm": "language", "topic": "keyword", "publisher": "publisher"}
_INSIDE: Final = frozenset({"language", "subject", "originInfo", "location", "part"})
"""Elements that only hold others."""

_SCHEMES: Final = {"doi": "doi", "arxiv": "arxiv", "pmid": "pmid", "pmcid": "pmcid"}
_DATES: Final = ("dateIssued", "date", "copyrightDate", "dateCreated", "dateOther")
"""Elements that hold a date, the most telling first."""

_GLUED: Final = ("'", "’", "-")
"""How an article ends that no blank is behind: `L'`."""

_NUMBERS: Final = {"volume": "volume", "issue": "issue", "number": "issue", "page": "pages", "pages": "pages"}


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is MODS.

    >>> sniff('<mods:mods xmlns:mods="http://www.loc.gov/mods/v3">', "x"), sniff("<modifications/>", "x")
    (1.0, 0.0)
    """
    return 1.0 if root_of(head) in {"mods", "modsCollection", "searchRetrieveResponse"} and re.search(r"loc\.gov/mods|<(?:[\w.-]+:)?titleInfo", head) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the works in order, and a problem for each without title.

    Raises:
        UnreadableError: If the file is not well-formed, or has a document type.
    """
    return works(document, located(document, "{*}mods"), add_mods, "a work", "no work is described in it")


def add_mods(entry: Entry, work: Located) -> None:
    """Add all that is said of a work, and then of what it is in."""
    hosts: list[Located] = []
    _add_dates(entry, work)
    for part in children(work.element, work.path):
        if local(part.element) == "relatedItem" and part.element.get("type") == "host":
            hosts.append(part)
        else:
            _add(entry, part)
    for host in hosts:
        _add_dates(entry, host)
        for part in children(host.element, host.path):
            _add_of_host(entry, part)


def _add(entry: Entry, part: Located) -> None:
    """Add what one element says of a work."""
    name = local(part.element)
    if name == "titleInfo":
        _add_title(entry, part, "title")
    elif name == "name":
        _add_name(entry, part)
    elif name in {"identifier", "url"}:
        _add_identifier(entry, part)
    elif name in {"detail", "extent"}:
        _add_number(entry, part)
    elif name in _INSIDE:
        for each in children(part.element, part.path):
            _add(entry, each)
    elif name in _TEXTS:
        field = _TEXTS[name]
        put(entry, "other" if field in {"abstract", "language", "publisher"} and entry.has(field) else field, part)
    elif name not in _DATES:
        put_rest(entry, part)


def _add_of_host(entry: Entry, part: Located) -> None:
    """Add what one element says of the journal or book that a work is in, as far as it says something of the work."""
    name = local(part.element)
    if name == "titleInfo":
        _add_title(entry, part, "venue")
    elif name in {"part", "originInfo"}:
        for each in children(part.element, part.path):
            _add(entry, each)
    else:
        put_rest(entry, part)


def _add_title(entry: Entry, part: Located, field: str) -> None:
    """Add a title with its article in front and its subtitle; abbreviated, translated and other ones are `other`."""
    named = texts_in(part.element)
    article = named.get("nonSort", "")
    first = f"{article}{'' if article.endswith(_GLUED) else ' '}{named.get('title', '')}".strip()
    text = ": ".join(filter(None, (first, named.get("subTitle"))))
    text = ", ".join(filter(None, (text, named.get("partNumber"), named.get("partName"))))
    other = entry.has(field) or part.element.get("type")
    say(entry, part, "other" if other else field, text or text_of(part.element))


def _add_name(entry: Entry, part: Located) -> None:
    """Add an author with affiliations and ORCID iD; who had another part in the work is `other`."""
    path, element = part
    roles = {text_of(role).lower().rstrip(".") for role in element.iter("{*}roleTerm")}
    kind = element.get("type")
    if (roles and not roles & _AUTHOR) or kind == "conference":
        put_rest(entry, part)
        return
    text, years = _name(element)
    of = entry.add("author", text, "group" if kind == "corporate" else None, path=path, line=element.sourceline)
    entry.add("other", years, path=path, line=element.sourceline)
    if of is not None and "orcid.org/" in (number := element.get("valueURI", "")):
        put_orcid(entry, number, f"{path}/@valueURI", element.sourceline, of)
    for each in children(element, path):
        said = text_of(each.element)
        if local(each.element) == "affiliation":
            put(entry, "affiliation" if of is not None else "other", each, of=of)
        elif local(each.element) == "nameIdentifier" and of is not None and "orcid" in (each.element.get("type", "").lower() + said):
            put_orcid(entry, said, each.path, each.element.sourceline, of)
        elif local(each.element) not in {"namePart", "role"} or (of is not None and each.element.get("type") == "date"):
            put(entry, "other", each)


def _name(element: etree._Element) -> tuple[str, str]:
    """Return a name in the order in which it is spoken, and the years of life that libraries add to it."""
    parts = [(each.get("type", ""), text_of(each)) for each in element.iterchildren("{*}namePart")]
    typed = [text for kind in ("given", "family", "termsOfAddress") for own, text in parts if own == kind]
    bare = " ".join(text for kind, text in parts if not kind)
    if any(kind in {"given", "family"} for kind, _ in parts):
        return " ".join(typed), ""
    return (bare, "") if element.get("type") == "corporate" else spoken(bare or text_of(child(element, "displayForm")))


def _add_identifier(entry: Entry, part: Located) -> None:
    """Add an identifier or an address of the work; those that only a repository knows are `other`."""
    text = text_of(part.element)
    scheme = _SCHEMES.get(part.element.get("type", "").lower())
    if scheme and part.element.get("invalid") != "yes":
        put_identifier(entry, part, scheme, text)
    elif text.startswith(("http://", "https://")):
        add_link(entry, text, part.path, part.element.sourceline)
    else:
        put_rest(entry, part)


def _add_number(entry: Entry, part: Located) -> None:
    """Add volume, issue or pages, where the work has none yet."""
    element = part.element
    field = _NUMBERS.get(element.get("type") or element.get("unit") or "", "other")
    named = texts_in(element)
    text = named.get("number") or named.get("list") or from_to(named.get("start", ""), named.get("end", "")) or text_of(element)
    entry.add("other" if entry.has(field) else field, text, path=part.path, line=element.sourceline)


def _add_dates(entry: Entry, holder: Located) -> None:
    """Add the date of publication, where there is none yet; the others are `other`."""
    found = [
        each for part in children(holder.element, holder.path) if local(part.element) in {"originInfo", "part"}
        for each in children(part.element, part.path) if local(each.element) in _DATES
    ]  # fmt: skip
    for part in sorted(found, key=lambda each: (_DATES.index(local(each.element)), each.element.get("point") == "end")):
        text = text_of(part.element)
        value = None if entry.has("date") else printed_date(text)
        say(entry, part, "date" if value else "other", text, value)
