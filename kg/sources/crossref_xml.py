"""Reader of Crossref's XML: what publishers deposit, and what Crossref answers for a DOI (UNIXREF, UNIXSD).

The formats are Crossref's deposit schema (https://www.crossref.org/documentation/schema-library/, 4.3 to 5.4) and the
unified one of its answers (https://www.crossref.org/documentation/retrieve-metadata/xml-api/), with or without the
envelope of a query; OJS and other journal systems export the first. What a journal, its issue, a
conference or a book says for its works (its title, volume, publisher, date) stands in each of them, with the path of where
it was read. A book is a work of its own where no chapter of it follows.

Contributors that are no authors, licences, funding and relations to other works are `other`; the head of a deposit, and
copies of a work for text mining, are left out. A DOI that Crossref does not know is a problem.
"""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Final

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.sources._dblp import add_link
from kg.sources._entry import Entry, from_to, numbered
from kg.sources._jats.text import bare, sections
from kg.sources._markup import plain
from kg.sources._parts import line_of, rows_of, unless_none
from kg.sources._xml.fields import (
    child,
    cited_id,
    iso_date,
    leaves,
    put_earliest,
    put_identifier,
    put_orcid,
    put_ror,
    say,
    texts_in,
)
from kg.sources._xml.stream import Located, children, local, located, root_of, text_of

_ROOTS: Final = frozenset({"doi_batch", "doi_records", "doi_record", "crossref_result", "crossref"})
_TELLING: Final = re.compile(r"crossref\.org/|<(?:[\w.-]+:)?(?:doi_data|journal_metadata|doi_record)[\s/>]")

_WORKS: Final = (
    "journal_article", "conference_paper", "content_item", "dissertation", "dataset", "peer_review", "posted_content",
    "pending_publication", "standard_metadata",
)  # fmt: skip
_BOOKS: Final = ("book_metadata", "book_series_metadata", "book_set_metadata", "report-paper_metadata", "report-paper_series_metadata")
"""Works that others may be part of."""

_AROUND: Final = (
    "journal_metadata", "journal_issue", "event_metadata", "proceedings_metadata", "proceedings_series_metadata", "database_metadata",
)  # fmt: skip
"""What says something for the works beside it."""

_REFUSED: Final = ("error", "msg")
_LATER: Final = re.compile(r"_(?:series_|set_)?metadata\Z")
"""What the name of an element has behind the kind of work."""

_DATES: Final = frozenset({
    "publication_date", "posted_date", "review_date", "approval_date", "completion_date", "creation_date",
})  # fmt: skip
_SEASONS: Final = 12
"""Numbers of months above it are seasons."""

_LEFT: Final = frozenset({"collection", "timestamp", "subtitle"})
_HOLDERS: Final = frozenset({
    "titles", "contributors", "doi_data", "publisher", "publisher_item", "citation_list", "journal_volume", "database_date",
    "set_metadata", "version_info", "institution",
})  # fmt: skip
"""Elements that only hold others."""

_TEXTS: Final = {
    "volume": "volume", "issue": "issue", "publisher_name": "publisher", "institution_name": "publisher", "group_title": "category",
    "version": "version", "acceptance_date": "other",
}  # fmt: skip
_SHARED: Final = {
    "full_title": "venue", "proceedings_title": "venue", "title": "venue", "volume": "volume", "issue": "issue", "publisher_name": "publisher",
    "crm-item": "publisher",
}  # fmt: skip
"""What a work is in says for it, by the field that it becomes."""

_OF_ISSUE: Final = frozenset({"journal_issue", "event_metadata"})
"""What has a title of its own that is not where its works are published in."""

_PEOPLE: Final = ("person_name", "organization", "anonymous")
_NAMING: Final = ("article_title", "volume_title", "unstructured_citation", "series_title", "std_designator")
"""What names a cited work, most telling first."""

_DESCRIBING: Final = ("author", "cYear", "journal_title", "volume", "issue", "first_page", "elocation_id", "isbn", "issn")


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is Crossref's XML.

    >>> sniff('<doi_batch xmlns="http://www.crossref.org/schema/4.4.2"><head>', "x"), sniff("<doi_list/>", "x")
    (1.0, 0.0)
    """
    return 1.0 if root_of(head) in _ROOTS and _TELLING.search(head) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the works in order, and a problem for each without title, or that Crossref does not know.

    Raises:
        UnreadableError: If the file is not well-formed, or has a document type.
    """
    return unless_none(document, numbered(document, _works(document), _paper), "no work is described in it")


def _paper(document: Document, ordinal: int, found: tuple[Located, list[Located]]) -> Iterator[Record | Problem]:
    """Return the record of a work and what was noted about it."""
    work, around = found
    entry = Entry(document, ordinal, int(work.element.sourceline), work.path)
    _add_work(entry, work, around)
    return rows_of(entry, f"a work ({work.path})")


def _works(document: Document) -> Iterator[tuple[Located, list[Located]] | Problem]:
    """Yield the works, each with what it is in, and a problem for each that Crossref refused."""
    around: list[Located] = []
    publisher: list[Located] = []
    home, book = "", None
    for found in located(document, *(f"{{*}}{name}" for name in (*_WORKS, *_BOOKS, *_AROUND, *_REFUSED, "crm-item"))):
        name, parent = local(found.element), found.path.rpartition("/")[0]
        if book and (parent != home or name != "content_item"):
            yield book, publisher
        book = None
        if name == "crm-item":
            publisher = [_copied(found)] if found.element.get("name") == "publisher-name" else publisher
            continue
        if parent != home:
            home, around = parent, []
        if name in _REFUSED:
            what = f"Crossref answered: {text_of(found.element)[:200]}"
            yield Problem(document.name, int(found.element.sourceline), what, "check the DOI, and ask again")
            continue
        if name in _WORKS:
            yield found, [*around, *publisher]
            continue
        around.append(_copied(found))
        book = around[-1] if name in _BOOKS else None
    if book:
        yield book, publisher


def _copied(found: Located) -> Located:
    """Return a copy of an element, which is emptied when the next one is read."""
    return Located(found.path, deepcopy(found.element))


def _add_work(entry: Entry, work: Located, around: list[Located]) -> None:
    """Add all that is said of a work, and then what it is in says for it."""
    entry.add("type", _LATER.sub("", local(work.element)))
    for key, text in work.element.items():
        name = key.rpartition("}")[2]
        field = {"language": "language", "type": "type", "component_type": "type"}.get(name, "other")
        entry.add(field, text, path=f"{work.path}/@{name}")
    parts = list(leaves(work, _HOLDERS))
    for part in parts:
        name = local(part.element)
        if name in _READERS:
            _READERS[name](entry, part)
        elif name not in _DATES and name not in _LEFT:
            _put(entry, _TEXTS.get(name, "other"), part)
    inside = [(place, list(leaves(place, _HOLDERS))) for place in around]
    _add_dates(entry, [part for part in parts if local(part.element) in _DATES])
    _add_dates(entry, [part for _, said in inside for part in said if local(part.element) in _DATES])
    for place, said in inside:
        _add_around(entry, place, said)


def _add_around(entry: Entry, place: Located, said: list[Located]) -> None:
    """Add what a journal, an issue, a conference or a book says for a work in it, as far as the work does not say it itself.

    The authors of a book are those of its chapters, where these name none.
    """
    holder = local(place.element)
    inherits = holder in _BOOKS and not entry.has("author")
    for part in said or [place]:
        name = local(part.element)
        field = _SHARED.get(name, "other") if name != "title" or holder not in _OF_ISSUE else "other"
        if inherits and name in _PEOPLE:
            _add_contributor(entry, part)
        elif name not in _DATES and name not in _LEFT:
            _put(entry, "other" if entry.has(field) else field, part)
    if not entry.has("language"):
        entry.add("language", place.element.get("language"), path=f"{place.path}/@language")


def _put(entry: Entry, field: str, part: Located) -> None:
    """Add the text inside an element, or its attributes where it has none."""
    text = " ".join(" ".join(part.element.itertext()).split()) if field == "other" else plain(bare(part.element))
    entry.add(field, text or " ".join(part.element.values()), path=part.path, line=line_of(part.element, entry))


def _add_title(entry: Entry, part: Located) -> None:
    """Add the title with its subtitle; titles in other languages are `other`."""
    subtitle = child(part.element.getparent(), "subtitle")
    text = ": ".join(filter(None, (plain(bare(each)) for each in (part.element, subtitle))))
    say(entry, part, "other" if entry.has("title") else "title", text)


def _add_contributor(entry: Entry, part: Located) -> None:
    """Add an author with the ORCID iD and affiliations; others who contributed are `other`."""
    path, element = part
    role = child(element, "role")
    known = element.get("contributor_role") or ("" if role is None else role.get("role_type") or role.get("type", ""))
    line = line_of(element, entry)
    if known not in {"", "author"}:
        entry.add("other", f"{' '.join(' '.join(element.itertext()).split())} ({known})", path=path, line=line)
        return
    named = texts_in(element)
    group = local(element) == "organization"
    name = text_of(element) if group else " ".join(filter(None, (named.get(key) for key in ("given_name", "surname", "suffix"))))
    of = entry.add("author", name or ("Anonymous" if local(element) == "anonymous" else ""), "group" if group else None, path=path, line=line)
    for each in children(element, path) if of is not None and not group else ():
        kind = local(each.element)
        if kind == "ORCID":
            put_orcid(entry, text_of(each.element), each.path, line_of(each.element, entry), of or 0)
        elif kind == "affiliation":
            entry.add("affiliation", text_of(each.element), path=each.path, line=line_of(each.element, entry), of=of)
        elif kind == "affiliations":
            for institution in children(each.element, each.path):
                _add_institution(entry, institution, of or 0)
        elif kind not in {"given_name", "surname", "suffix", "role"}:
            _put(entry, "other", each)


def _add_institution(entry: Entry, part: Located, of: int) -> None:
    """Add an affiliation that is given in its parts, with its ROR id."""
    line = line_of(part.element, entry)
    said = [text_of(each) for name in ("department", "name", "place") for each in part.element.iterchildren(f"{{*}}institution_{name}")]
    place = entry.add("affiliation", ", ".join(filter(None, said)), path=part.path, line=line, of=of)
    for each in part.element.iterchildren("{*}institution_id"):
        if each.get("type", "").lower() == "ror" and place is not None:
            put_ror(entry, text_of(each), part.path, line, place)
        else:
            entry.add("other", text_of(each), path=part.path, line=line)


def _add_abstract(entry: Entry, part: Located) -> None:
    """Add the abstract in one, each section with its title; those in other languages are `other`."""
    text = " ".join(sections(part.element)) or bare(part.element)
    say(entry, part, "other" if entry.has("abstract") else "abstract", plain(text))


def _add_dates(entry: Entry, parts: list[Located]) -> None:
    """Add the earliest of some dates, unless there is one already; the others are `other`."""
    dated = []
    for part in parts:
        named = texts_in(part.element)
        year, month, day = (named.get(name, "") for name in ("year", "month", "day"))
        if month.isdecimal() and int(month) > _SEASONS:
            month = day = ""
        text, line = " ".join(filter(None, (day, month, year))), line_of(part.element, entry)
        value = iso_date(year, month, day) or iso_date(year)
        if value and not entry.has("date"):
            dated.append((value, part, text))
        else:
            entry.add("other", text, path=part.path, line=line)
    put_earliest(entry, dated)


def _add_pages(entry: Entry, part: Located) -> None:
    """Add the pages: from the first to the last, and what else there is."""
    first, last = (text_of(child(part.element, name)) for name in ("first_page", "last_page"))
    text = ", ".join(filter(None, (from_to(first, last), text_of(child(part.element, "other_pages")))))
    say(entry, part, "other" if entry.has("pages") else "pages", text)


def _add_number(entry: Entry, part: Located) -> None:
    """Add the number of an article that has no pages; other numbers are a publisher's own."""
    is_page = part.element.get("item_number_type") in {"article_number", "article-number"}
    has_pages = entry.has("pages") or next(part.element.getparent().getparent().iterchildren("{*}pages"), None) is not None
    say(entry, part, "pages" if is_page and not has_pages else "other", text_of(part.element))


def _add_doi(entry: Entry, part: Located) -> None:
    put_identifier(entry, part, "doi")


def _add_resource(entry: Entry, part: Located) -> None:
    """Add the address that a DOI leads to."""
    add_link(entry, text_of(part.element), part.path, part.element.sourceline)


def _add_citation(entry: Entry, part: Located) -> None:
    """Add a cited work: its title, or as printed, or what else is known of it."""
    path, element = part
    named = {local(each): plain(bare(each)) for each in reversed(element)}
    known = named.get("doi", "")
    printed = next(filter(None, map(named.get, _NAMING)), "")
    text = printed or known or ", ".join(filter(None, map(named.get, _DESCRIBING)))
    value = identifier(known, "doi") or cited_id(" ".join(named.values()))
    entry.add("reference", text, value, path=path, line=element.sourceline)


_READERS: Final[dict[str, Callable[[Entry, Located], None]]] = {
    "title": _add_title, "abstract": _add_abstract, "pages": _add_pages, "item_number": _add_number, "doi": _add_doi, "resource": _add_resource,
    "citation": _add_citation, **dict.fromkeys(_PEOPLE, _add_contributor),
}  # fmt: skip
"""What reads an element that is more than a text."""
