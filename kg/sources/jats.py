"""Reader of JATS, the tag set of journals for articles: PubMed Central, publishers, preprint servers.

The format is ANSI/NISO Z39.96 (https://jats.nlm.nih.gov/archiving/tag-library/1.3/), with its forerunners, the NLM tag sets
2 and 3. A file is one `article`, or has many: `pmc-articleset` of efetch. A document type is passed over; the named
characters that it defines are known here.

What is read is the front matter and the list of references. The body is left out: a record has no field for it. Parts of
articles that are articles themselves (`sub-article`, `response`: reviews, answers) are left out as well. An affiliation that
no author points to belongs to all authors of its group. Graphical abstracts, teasers and the like, members of a group that
signs beside other authors, and lists of abbreviations are `other`.
"""

import re
from collections.abc import Callable, Iterator
from html.entities import html5
from typing import Final

from lxml import etree

from kg.model import Document, Problem, Record
from kg.sources._entry import Entry, from_to
from kg.sources._jats.people import add_authors
from kg.sources._jats.references import SCHEMES, add_references
from kg.sources._jats.text import address, bare, sections
from kg.sources._parts import works
from kg.sources._xml.fields import child, iso_date, put, put_earliest, put_identifier, put_rest, say, texts_in
from kg.sources._xml.stream import Located, children, local, located, root_of, text_of

ENTITIES: Final = {name.removesuffix(";"): text for name, text in html5.items() if name.endswith(";")}
_JATS: Final = re.compile(r"<(?:[\w.-]+:)?(?:article-meta|journal-meta|article-id)[\s>]|\sarticle-type\s*=|jats\.nlm\.nih\.gov|JATS|NLM//DTD")

_ABSTRACT: Final = frozenset({"", "abstract"})
_BESIDE: Final = frozenset({
    "graphical", "teaser", "toc", "video", "precis", "key-points", "highlights", "author-highlights", "web-summary",
})  # fmt: skip
"""Kinds of abstract that are none, even where there is no other."""

_LATE: Final = frozenset({"pmc-release", "nihms-submitted", "retraction", "corrected"})
"""Dates that are not of the publication."""

_TEXTS: Final = {"volume": "volume", "issue": "issue", "publisher-name": "publisher", "journal-title": "venue", "kwd": "keyword"}
_INSIDE: Final = frozenset({
    "front", "journal-meta", "article-meta", "journal-title-group", "publisher", "title-group", "article-categories", "kwd-group",
    "nested-kwd", "book-title-group",
})  # fmt: skip
"""Elements that only hold others."""

_WORKS: Final = frozenset({"article-meta", "book-meta", "book-part-meta"})
_ID_TYPES: Final = frozenset({"pub-id-type", "book-id-type", "book-part-id-type"})

_TOGETHER: Final = frozenset({"contrib-group", "aff", "aff-alternatives", "pub-date"})
"""Elements of an article that say what they say only together."""


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is an article in JATS, or holds such articles.

    >>> sniff('<article article-type="research-article"><front><article-meta>', "x"), sniff("<article><title>DocBook", "x")
    (1.0, 0.0)
    """
    root = root_of(head)
    if root == "pmc-articleset":
        return 1.0
    if root in {"article", "articles"}:
        return 1.0 if _JATS.search(head) else 0.0
    return 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the articles in order, and a problem for each without title.

    Raises:
        UnreadableError: If the file is not well-formed, or defines entities of its own.
    """
    articles = located(document, "{*}article", doctype=True, entities=ENTITIES)
    return works(document, articles, add_article, "an article", "there is no article in it")


def add_article(entry: Entry, article: Located) -> None:
    """Add the fields of an article."""
    for name, text in article.element.items():
        if field := {"article-type": "type", "lang": "language"}.get(name.rpartition("}")[2]):
            entry.add(field, text, path=f"{article.path}/@{name.rpartition('}')[2]}")
    for part in children(article.element, article.path):
        if local(part.element) == "front":
            add_front(entry, part)
        elif local(part.element) == "back":
            add_references(entry, part)


def add_front(entry: Entry, found: Located) -> None:
    """Add what is known of an article, in the order of its elements."""
    parts = list(children(found.element, found.path))
    is_article = local(found.element) in _WORKS
    for part in parts:
        name = local(part.element)
        if name == "title" and local(found.element) == "title-group":
            name = "article-title"  # of a chapter
        if is_article and name in _TOGETHER:
            continue
        if name in _INSIDE and not (name == "kwd-group" and _are_abbreviations(part.element)):
            add_front(entry, part)
        elif name in _READERS:
            _READERS[name](entry, part)
        else:
            put(entry, _TEXTS.get(name, "other"), part)
    if is_article:
        add_authors(entry, parts)
        _add_dates(entry, [part for part in parts if local(part.element) == "pub-date"])


def _are_abbreviations(group: etree._Element) -> bool:
    """Tell whether a group of keywords is a list of abbreviations."""
    return f"{group.get('kwd-group-type', '')} {text_of(child(group, 'title'))}".strip().lower().startswith("abbrev")


def _add_identifier(entry: Entry, part: Located) -> None:
    """Add an identifier of the article; those that only its publisher knows are `other`."""
    kind = next((text for name, text in part.element.items() if name in _ID_TYPES), "")
    text = text_of(part.element)
    if kind not in SCHEMES:
        put_rest(entry, part)
    else:
        put_identifier(entry, part, SCHEMES[kind], f"PMC{text}" if SCHEMES[kind] == "pmcid" and text.isdecimal() else text)


def _add_title(entry: Entry, part: Located) -> None:
    """Add the title with its subtitle, without the marks of footnotes."""
    subtitle = child(part.element.getparent(), "subtitle")
    text = ": ".join(filter(None, (bare(part.element, "xref", "fn"), bare(subtitle, "xref", "fn"))))
    say(entry, part, "title", text)


def _add_abstract(entry: Entry, part: Located) -> None:
    """Add the abstract in one, each section with its title."""
    kind = part.element.get("abstract-type", "")
    others = part.element.getparent().iterchildren("{*}abstract")
    is_only = kind not in _BESIDE and all(each.get("abstract-type", "") not in _ABSTRACT for each in others)
    if entry.has("abstract") or not (kind in _ABSTRACT or is_only):
        put_rest(entry, part)
        return
    text = " ".join(sections(part.element)) or bare(part.element)
    say(entry, part, "abstract", text)


def _add_subjects(entry: Entry, part: Located) -> None:
    """Add the subjects of an article; headings of the journal's contents say of what type it is, or, at eLife, what is displayed."""
    beside = [group.get("subj-group-type") for group in part.element.getparent().iterchildren("{*}subj-group")]
    field = "type" if part.element.get("subj-group-type") == ("display-channel" if "display-channel" in beside else "heading") else "category"
    for each in children(part.element, part.path):
        if local(each.element) == "subject":
            put(entry, field, each)
        elif local(each.element) == "subj-group":
            _add_subjects(entry, each)
        elif local(each.element) == "compound-subject":
            parts = [text_of(said) for said in each.element if said.get("content-type") != "code"]
            say(entry, each, field, ": ".join(filter(None, parts)))
        else:
            put(entry, "other", each)


def _add_first_page(entry: Entry, part: Located) -> None:
    """Add the pages: from the first to the last."""
    last = text_of(child(part.element.getparent(), "lpage"))
    say(entry, part, "pages", from_to(text_of(part.element), last))


def _add_number(entry: Entry, part: Located) -> None:
    """Add the number of an article that has no pages."""
    put(entry, "other" if child(part.element.getparent(), "fpage") is not None else "pages", part)


def _add_address(entry: Entry, part: Located) -> None:
    """Add an address of the article itself."""
    text = address(part.element) or text_of(part.element)
    say(entry, part, "url" if "://" in text else "other", text)


def _add_dates(entry: Entry, parts: list[Located]) -> None:
    """Add the earliest date of publication; the others are `other`."""
    dated: list[tuple[str, Located, str]] = []
    wrong: list[tuple[Located, str]] = []
    for part in parts:
        named = texts_in(part.element)
        kind = part.element.get("pub-type") or part.element.get("date-type") or ""
        text = named.get("string-date") or " ".join(filter(None, (named.get("day"), named.get("month") or named.get("season"), named.get("year"))))
        printed = (named.get("year", ""), named.get("month", ""), named.get("day", ""))
        coded = (*part.element.get("iso-8601-date", "").split("-", 2), "", "", "")[:3]
        value = iso_date(*printed) or iso_date(*coded)
        if value is None:
            wrong.append((part, text))
            if text:
                entry.warn(f"no date: {text[:40]}", "correct it", part.element.sourceline)
        elif kind in _LATE:
            say(entry, part, "other", text)
        else:
            dated.append((value, part, text))
    put_earliest(entry, dated)
    for part, text in wrong:
        say(entry, part, "other" if entry.has("date") else "date", text)


def _left(entry: Entry, part: Located) -> None:
    """Add nothing: this was read with what it belongs to."""


_READERS: Final[dict[str, Callable[[Entry, Located], None]]] = {
    "article-id": _add_identifier, "book-id": _add_identifier, "book-part-id": _add_identifier, "article-title": _add_title, "book-title": _add_title, "subtitle": _left, "abstract": _add_abstract,
    "related-article": put_rest, "related-object": put_rest, "subj-group": _add_subjects, "fpage": _add_first_page, "lpage": _left, "elocation-id": _add_number, "self-uri": _add_address,
}  # fmt: skip
"""What reads an element that is more than a text."""
