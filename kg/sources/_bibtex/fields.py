"""What becomes of each field of a BibTeX entry; those that no field of ours is made for are kept as `other`."""

import re
from collections.abc import Mapping
from typing import Final

from kg.ids import identifier
from kg.sources._bibtex.addresses import affiliations, orcids
from kg.sources._bibtex.given import COMMA, SEMICOLON, Fields, Given, Handler, listed
from kg.sources._bibtex.names import authors
from kg.sources._citing import (
    add_author,
    add_cited,
    add_doi,
    add_link,
    add_links,
    add_named_arxiv,
    add_page_range,
    add_text,
    whole_date,
)
from kg.sources._entry import Entry
from kg.sources._latex import decode, verbatim
from kg.sources._library import add_arxiv, add_identifier, begin_of, is_misgiven, put


def other(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001 - all handlers are called alike
    put(entry, "other", *given.shown(plain=verbatim if given.name in _VERBATIM else decode))


_VERBATIM: Final = frozenset([
    "doi", "url", "eprint", "file", "pdf", "biburl", "bdsk-file-1", "localfile", "adsnote", "timestamp",
    "eprinttype", "archiveprefix", "crossref", "xdata",
])
"""Fields that hold no running text."""


def _title(entry: Entry, given: Given, fields: Fields) -> None:
    """Add the title, with biblatex's subtitle behind it; of a chapter that is named, in a book with editors, the title is the book's."""
    text, place = given.shown()
    if _is_named_chapter(given, fields):
        put(entry, "venue", text, place)
        return
    below = fields.get("subtitle")
    if below is not None and (more := below.shown()[0]) and text:
        text, place = f"{text}{'' if text[-1] in '?!:.' else ':'} {more}", place._replace(start=None)
    add_text(entry, "title", text, place)


_LEAST_WORDS: Final = 3


def _is_named_chapter(given: Given, fields: Fields) -> bool:
    """Tell whether an entry is of a part of a book, as Springer had it: the part's own title is in `chapter`."""
    chapter = fields["chapter"].tex.text.split() if "chapter" in fields else ()
    return given.block.type.text.lower() == "inbook" and len(chapter) >= _LEAST_WORDS and "editor" in fields and "booktitle" not in fields


def _chapter(entry: Entry, given: Given, fields: Fields) -> None:
    put(entry, "title" if "title" in fields and _is_named_chapter(given, fields) else "other", *given.shown())


def _subtitle(entry: Entry, given: Given, fields: Fields) -> None:
    if "title" not in fields:
        other(entry, given, fields)


def _abstract(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    add_text(entry, "abstract", *given.shown())


_RANGE: Final = re.compile(r"--|–")


def _date(entry: Entry, given: Given, fields: Fields) -> None:
    """Add the date: biblatex's `date`, of a range the begin, or `year` with `month` and `day`."""
    text, place = given.shown()
    if given.name == "year" and "date" in fields:
        put(entry, "other", text, place)
        return
    if given.name == "date":
        value = begin_of(_RANGE.split(text, maxsplit=1)[0].strip() or text)
    else:
        month, day = (fields[name].shown()[0] if name in fields else "" for name in ("month", "day"))
        value = whole_date(text, month, day)
        if month and value and len(value) == 4 and month.isdigit():
            entry.warn(f"no month: {month[:20]!r}", "write it as a number from 1 to 12", fields["month"].tex.line)
    if value is None and text:
        entry.warn(f"no date: {text[:40]!r}", "write it as 2022-05-12, 2022-05 or 2022", place.line)
    put(entry, "date", text, place, value)


_VENUES: Final = ("journaltitle", "fjournal", "journal", "booktitle", "eventtitle", "venue")


def _venue(entry: Entry, given: Given, fields: Fields) -> None:
    """Add where a paper appeared; the most telling field of several."""
    text, place = given.shown()
    chosen = next((name for name in _VENUES if name in fields and fields[name].tex.text.strip()), "")
    put(entry, "venue" if given.name == chosen else "other", text, place)
    add_named_arxiv(entry, text, place)


def _volume(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    text, place = given.shown()
    put(entry, "volume", text, place)
    add_named_arxiv(entry, text, place)


_NUMBERED: Final = frozenset(["techreport", "report", "patent", "manual", "misc", "online", "unpublished", "standard", "book"])
"""Types whose `number` is no issue."""


def _issue(entry: Entry, given: Given, fields: Fields) -> None:
    text, place = given.shown()
    other = (given.name == "number" and (given.block.type.text.lower() in _NUMBERED or "issue" in fields)) or "arxiv" in text.lower()
    put(entry, "other" if other else "issue", text, place)
    add_named_arxiv(entry, text, place)


def _pages(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    """Add the pages, with a hyphen between them as other sources have it."""
    text, place = given.shown()
    shown = _DASHES.sub("-", text)
    add_page_range(entry, shown, place if shown == text else place._replace(start=None))


_DASHES: Final = re.compile("[-–—]+")
_NUMBERS: Final = ("eid", "articleno", "article-number", "art_number", "elocation-id")
"""What the number of an article without pages is called by biblatex, ACM, Web of Science, Scopus and HighWire."""


def _article_number(entry: Entry, given: Given, fields: Fields) -> None:
    """Add the number of an article, which counts as its pages where it has none."""
    first = next(name for name in _NUMBERS if name in fields)
    paged = "pages" in fields and fields["pages"].tex.text.strip("{} ")
    if paged or given.name != first:
        put(entry, "other", *given.shown())
    else:
        add_page_range(entry, *given.shown())
        add_named_arxiv(entry, *given.shown())


def _as(name: str, *before: str) -> Handler:
    """Return the handler of a field that is taken as it is; as `other` where another one says it better."""

    def add(entry: Entry, given: Given, fields: Fields) -> None:
        put(entry, "other" if any(key in fields for key in before) else name, *given.shown())

    return add


def _doi(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    add_doi(entry, *given.shown(plain=verbatim))


def _pubmed(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    text, place = given.shown(plain=verbatim)
    if text:
        add_identifier(entry, "pmcid" if given.name.startswith("pmc") else "pmid", text, place)


_OLD_NUMBER: Final = re.compile(r"[0-9]{7}(?:v[0-9]+)?")


def _eprint(entry: Entry, given: Given, fields: Fields) -> None:
    """Add the number of a preprint; that it is arXiv's is said by `archiveprefix` or `eprinttype`, or by its form."""
    text, place = given.shown(plain=verbatim)
    named = next((fields[name].shown(plain=verbatim)[0].lower() for name in ("eprinttype", "archiveprefix") if name in fields), "")
    if entry.has("arxiv_id"):  # Mendeley gives it twice
        put(entry, "other", text, place)
        return
    if is_misgiven(entry, text, place):
        return
    if named in {"", "arxiv", "http://arxiv.org"} and add_arxiv(entry, text, place):
        return
    if named == "arxiv" and _OLD_NUMBER.fullmatch(text) and "primaryclass" in fields:
        whole = f"{fields['primaryclass'].shown()[0]}/{text}"
        if add_arxiv(entry, whole, place._replace(start=None)):
            return
    if named in {"pubmed", "pmid"}:
        add_identifier(entry, "pmid", text, place)
        return
    if named == "arxiv" or given.name != "eprint":
        entry.warn(f"no arXiv id: {text[:60]!r}", "correct it, or leave it out", place.line)
    put(entry, "other", text, place)


def _category(entry: Entry, given: Given, fields: Fields) -> None:
    """Add arXiv's category."""
    put(entry, "category" if {"eprint", "arxivid", "arxiv"} & fields.keys() else "other", *given.shown())


def _link(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    text, place = given.shown(plain=verbatim)
    if anchor := _ANCHOR.search(text):
        add_links(entry, anchor[1], place._replace(start=None))
    elif text:
        add_links(entry, text, place)


_ANCHOR: Final = re.compile(r"<a\s[^<>]*href=[\"']?(https?://[^\"'<>\s]+)", re.IGNORECASE)
"""A link in HTML, as some homepages want it."""


def _record_address(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    """Add dblp's key, which its `biburl` ends with."""
    text, place = given.shown(plain=verbatim)
    known = identifier(text.removesuffix(".bib"), "dblp")
    put(entry, "identifier" if known else "other", text, place, known)


def _note(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    r"""Add `note` or `howpublished`, which is often an address: `\url{...}`."""
    text, place = given.shown(plain=verbatim)
    if text.startswith(("http://", "https://")) and " " not in text:
        add_link(entry, text, place)
    else:
        put(entry, "comment" if given.name == "note" else "other", *given.shown())
        add_named_arxiv(entry, *given.shown())
        if (told := _NOTED.fullmatch(text)) and told.lastindex:
            first, last = told.span(told.lastindex)
            add_identifier(entry, "pmcid" if text.startswith("PMC") else "pmid", text, place, first=first, last=last)


_NOTED: Final = re.compile(r"(PMC[0-9]+|[0-9]+)\[pmc?id\]|PMID:\s*([0-9]+)")
"""How PubMed Central writes its number, and PubMed's, into a note; Taylor & Francis write PubMed's."""

_INDENTED: Final = re.compile(r"[\r\n][ \t]")
"""A text that was wrapped; EndNote has keywords one a line, with a comma in some."""

_SPLIT: Final = re.compile(r"[{},]")
_GLUED: Final = re.compile(r"[{}]|,(?!\s)")
"""Mendeley parts keywords, which it sorts, by commas without a blank; those with a blank are in one (`Eye, Left,Vision`)."""


def _each(entry: Entry, name: str, given: Given, separator: re.Pattern[str]) -> None:
    for first, last in listed(given, separator):
        star = given.tex.text.startswith("*", first, last)  # it only says that a heading matters
        put(entry, name, *given.shown(first + star, last))


def _collaboration(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    """Add the collectives that INSPIRE and Web of Science name beside the authors."""
    for first, last in listed(given, COMMA if given.name == "collaboration" else SEMICOLON):
        add_author(entry, *given.shown(first, last), group=True)


def _keywords(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    text = given.tex.text
    if text.count(",") < text.strip().count("\n") and ";" not in text and not _INDENTED.search(text.strip()):
        _each(entry, "keyword", given, _LINES)
        return
    glued = [text[slice(*span)] for span in listed(given, _GLUED)]
    is_sorted = len(glued) > 2 and glued in (sorted(glued), sorted(glued, key=str.casefold))
    _each(entry, "keyword", given, SEMICOLON if ";" in text else _GLUED if is_sorted else _SPLIT)


def _categories(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    _each(entry, "category", given, SEMICOLON)


_LINES: Final = re.compile(r"[{}\r\n]")


def _cited(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    """Add the works that Web of Science (one a line) and Scopus (between semicolons) list as cited."""
    for first, last in listed(given, _LINES if given.name == "cited-references" else SEMICOLON):
        add_cited(entry, *given.shown(first, last))


HANDLERS: Final[Mapping[str, Handler]] = {
    "title": _title, "subtitle": _subtitle, "chapter": _chapter, "abstract": _abstract, "abstractnote": _abstract, "author": authors, "year": _date, "date": _date,
    **dict.fromkeys(_VENUES, _venue), **dict.fromkeys(_NUMBERS, _article_number), "volume": _volume, "number": _issue, "issue": _issue, "pages": _pages,
    "publisher": _as("publisher"), "school": _as("publisher", "publisher"), "institution": _as("publisher", "publisher"),
    "organization": _as("publisher", "publisher"), "language": _as("language"), "langid": _as("language", "language"),
    "doi": _doi, "pmid": _pubmed, "pubmedid": _pubmed, "pmcid": _pubmed, "pmc": _pubmed, "eprint": _eprint, "arxivid": _eprint, "arxiv": _eprint,
    "primaryclass": _category, "eprintclass": _category, "biburl": _record_address,
    **dict.fromkeys(["url", "ee", "adsurl", "link", "pdf", "html", "remote-url", "url_paper", "url_pdf", "url_link", *(f"bdsk-url-{n}" for n in range(1, 10))], _link),
    "keywords": _keywords, "keyword": _keywords, "author_keywords": _keywords, "keywords-plus": _keywords, "note": _note, "howpublished": _note,
    "research-areas": _categories, "web-of-science-categories": _categories, "mesh": _categories, "affiliation": affiliations,
    "affiliations": affiliations, "orcid-numbers": orcids, "oi": orcids, "collaboration": _collaboration, "group-author": _collaboration,
    "cited-references": _cited, "references": _cited,
}  # fmt: skip
"""What becomes of each field; all others are kept as they are."""

LATE: Final = frozenset([_link, affiliations, orcids, _collaboration, _note])
"""Handlers whose turn comes last: they need what other fields give."""

REPEATABLE: Final = frozenset([_keywords, _link, _note])
"""Handlers of fields that may be given twice."""
