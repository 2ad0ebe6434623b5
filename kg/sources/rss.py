"""Reader of feeds of papers: RSS of arXiv, of journals and preprint servers, of searches in PubMed.

The formats are RSS 2.0 (https://www.rssboard.org/rss-specification), RSS 1.0 (https://web.resource.org/rss/1.0/spec) and
Atom (RFC 4287), with Dublin Core and PRISM (https://www.w3.org/submissions/2020/SUBM-prism-20200910/) in them; arXiv's own are
told in https://info.arxiv.org/help/rss.html, its answers in Atom have a reader of their own (`arxiv_atom`). Answers of J-STAGE
(https://www.jstage.jst.go.jp/static/files/en/manual_api.pdf) are Atom too. Feeds that speak of no identifier of papers and of no
site of journals are not read.

A description is the abstract if it is long enough to be one, without what PubMed and Nature print around it; ScienceDirect gives
date, journal and authors there. The date of an announcement by arXiv is that of the paper only where it is new. Dates of an
update, and what is said of the feed itself, are left out or `other`.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from kg import ids
from kg.model import Document, Problem, Record
from kg.sources._arxiv import (
    ANNOUNCED,
    accented,
    add_categories,
    add_cut,
    add_dois,
    add_id,
    add_line_of_authors,
)
from kg.sources._dates import printed_date
from kg.sources._entry import Entry
from kg.sources._markup import plain
from kg.sources._parts import Part, part_of, root_tag, works
from kg.sources._text.names import natural, split_names
from kg.sources._xml.stream import Located, children, local, located, text_of

_ATOM: Final = "{http://www.w3.org/2005/Atom}feed"
_RSS_1: Final = "http://purl.org/rss/1.0/"
_OF_PAPERS: Final = re.compile(
    r"arxiv\.org|<prism:|<dc:identifier|doi\.org/10\.|\bdoi:\s?10\.|/doi/|pubmed|[a-z]{2,4}rxiv|sciencedirect\.com|ieeexplore\.ieee|nature\.com/articles"
    r"|link\.springer\.com|frontiersin\.org|mdpi\.com|jmlr\.org|academic\.oup\.com|tandfonline\.com|journals\.plos\.org|openreview\.net|ssrn\.com|hal\.science",
    re.IGNORECASE,
)
"""What a feed of papers speaks of: identifiers, and sites of journals and of preprints."""

_NAMED: Final = {
    "publicationName": "venue", "material_title": "venue", "journal_reference": "venue", "journal_ref": "venue", "volume": "volume", "number": "issue",
    "pageRange": "pages", "publisher": "publisher", "language": "language", "type": "type", "comment": "comment",
}  # fmt: skip
_TEXTS: Final = frozenset({"description", "summary", "encoded", "content", "abstract"})
_NAMES: Final = frozenset({"creator", "author", "authors"})
_PLACES: Final = frozenset({"link", "guid", "id", "identifier", "doi", "DOI", "url"})
_DATES: Final = ("publicationDate", "coverDate", "date", "published", "pubDate", "issued", "pubyear")
"""Elements that say when a paper came out, the surest first."""

_LANGUAGES: Final = frozenset({"en", "ja"})

_LONG: Final = 100
"""So many characters a text has at least that is taken for an abstract, outside arXiv."""

_OLD_TITLE: Final = re.compile(r"(?<![\s.])\.?\s*+\((?P<id>arXiv:\S{1,40}?)(?:\s+\[(?P<category>[\w.-]+)\])?(?:\s+UPDATED)?\)\s*\Z")
"""What arXiv had behind a title until 2024: `(arXiv:1906.01234v1 [cs.CL])`."""

_PUBLISHED: Final = re.compile(r"\A[^;]{0,200}?Published online: [^;]{0,40};\s*doi:\S+\s*")
_PUBMED: Final = re.compile(r"\A.{0,400}?\bABSTRACT:?\s+", re.DOTALL)
_MDPI: Final = re.compile(r"\A\s*<p>(?:(?!<p>\s*Authors:).){0,2000}?<p>\s*Authors:(?:(?!</p>).)*</p>", re.DOTALL)
"""What MDPI prints before an abstract: title, DOI and authors, each in a paragraph."""

_PUBMED_END: Final = re.compile(r"(?<!\s)\s*+PMID:\s?[0-9]+\s*(?:\||\Z).{0,400}\Z", re.DOTALL)
_HEADING: Final = re.compile(r"\A(?:Abstract|ABSTRACT)[:.]?\s+(?=[A-Z0-9(\"“‘])")
_SCIENCE_DIRECT: Final = re.compile(
    r"\APublication date:(?P<date>.{0,200}?)Source:(?P<venue>.{0,300}?)(?:,\s*(?:Volume|Issue)\b.{0,200}?)?Author\(s\):(?P<authors>.*)\Z", re.DOTALL
)
_ROLE: Final = re.compile(r"\s*\((?:Authors?|Autor\w*|Auteurs?|Translator|Editor)\)\s*\Z")
"""What OJS puts behind the authors."""

_EMAIL: Final = re.compile(r"\A[^@\s]{1,100}@[^@\s]{1,200}\s*\((?P<name>.+)\)\Z")
_DOI_IN_ADDRESS: Final = re.compile(r"/(10\.[0-9]{4,9}/[^?#\s]{1,200}?)(?:v[0-9]+)?(?:\.(?:full|abstract|short))?(?:[?#]|\Z)")


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is a feed of papers.

    >>> sniff('<rss version="2.0" xmlns:arxiv="http://arxiv.org/schemas/atom"><channel>', "x")
    0.95
    >>> sniff('<rss version="2.0"><channel><title>Our kitchen</title>', "x")
    0.0
    """
    root = root_tag(head)
    name = root.rpartition("}")[2]
    is_feed = name == "rss" or (name == "RDF" and _RSS_1 in head) or (root == _ATOM and "arxiv.org" not in head.lower())
    return 0.95 if is_feed and _OF_PAPERS.search(head) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each item, and a problem for each without title.

    Raises:
        UnreadableError: If the file is not well-formed, or has a document type.
    """
    todo = "fetch it again on another day: feeds hold what is new"
    return works(document, located(document, "{*}item", "{*}entry"), _add_item, "an item", "the feed has no item", todo)


def _add_item(entry: Entry, item: Located) -> None:
    """Add all that an item says."""
    path, element = item
    said: dict[str, list[Part]] = {}
    about = next((text for name, text in element.items() if name.endswith("about")), "")
    if about:
        said["link"] = [Part(about, f"{path}/@about", int(element.sourceline))]
    for where, child in children(element, path):
        name = local(child)
        part = part_of(child, where, entry)
        if name == "link" and child.get("href"):
            part = Part(child.get("href", ""), f"{where}/@href", part.line)
        elif name == "category" and child.get("term"):
            part = Part(child.get("term", ""), f"{where}/@term", part.line)
        for key, each in _forms(child, name):
            said.setdefault(key, []).append(part if each is child else part.saying(text_of(each)))
    ours = any("arxiv" in part.text.lower() for name in _PLACES for part in said.get(name, []))
    kind = next((part.text.strip() for part in said.get("announce_type", [])), "new")
    _add_titles(entry, said.pop("title", []))
    _add_places(entry, [part for name in sorted(_PLACES) for part in said.pop(name, [])])
    _add_texts(entry, [part for name in sorted(_TEXTS) for part in said.pop(name, [])], ours=ours)
    _add_people(entry, [part for name in sorted(_NAMES) for part in said.pop(name, [])], ours=ours)
    _add_dates(entry, [part for name in _DATES for part in said.pop(name, [])], usable=not ours or kind == "new")
    _add_subjects(entry, [part for name in ("category", "subject") for part in said.pop(name, [])], ours=ours)
    _add_pages(entry, said)
    has_journal = "publicationName" in said or entry.has("venue")
    for name, parts in said.items():
        for part in parts:
            text = plain(part.text)
            is_journal = name == "source" and not has_journal and not any(map(str.isdigit, text))
            part.saying(text).add_to(entry, "venue" if is_journal else _NAMED.get(name, "other"))


def _forms(element: etree._Element, name: str) -> list[tuple[str, etree._Element]]:
    """Return what says what an element says, each with what it is called: the element itself, or the name of an author.

    J-STAGE has forms in two languages inside an element, of authors all names; the first form counts as the element itself.
    """
    if not len(element):
        return [(name, element)]
    languages = [each for each in element if local(each) in _LANGUAGES]
    if languages:
        named = [(name if rank == 0 else f"{name}-{local(each)}", each) for rank, each in enumerate(languages)]
        return [(key, piece) for key, each in named for piece in list(each) or [each]]
    return [(name, each) for each in element.iterchildren("{*}name")] if name == "author" else [(name, element)]


def _add_titles(entry: Entry, parts: list[Part]) -> None:
    """Add the title, and the id and category that arXiv had behind it.

    Of several the one that others end with: RSS 1.0 has it again as `dc:title`, where MDPI puts no journal in front.
    """
    shown = [part.saying(text) for part in parts if (text := accented(plain(part.text)))]
    for part in sorted((part for part in shown if shown[0].text.endswith(part.text)), key=lambda part: len(part.text))[:1]:
        old = _OLD_TITLE.search(part.text)
        part.saying(part.text[: old.start()] if old else part.text).add_to(entry, "title")
        if old:
            add_id(entry, part.saying(old["id"]))
            part.saying(old["category"] or "").add_to(entry, "category")


def _add_places(entry: Entry, parts: list[Part]) -> None:
    """Add what tells the paper: identifiers and addresses, each once; a DOI in an address where there is no other."""
    told: set[str] = set()
    addresses: list[Part] = []
    for part in parts:
        text = part.text.strip()
        known = ids.identifier(text) or ids.identifier(text, "doi") or ""
        number = ids.arxiv_id(re.sub(r"\Aoai:arxiv\.org:", "", text, flags=re.IGNORECASE))
        key = f"arxiv:{number}" if number else known or text
        if not text or key in told:
            continue
        told.add(key)
        if number:
            _ = entry.has("arxiv_id") or add_id(entry, part)
        elif known:
            part.add_to(entry, "identifier", known)
        elif text.startswith(("http://", "https://")):
            addresses.append(part)
        elif text.lower().startswith("doi"):
            add_dois(entry, part)
        else:
            part.add_to(entry, "other")
    for part in addresses:
        inside = _DOI_IN_ADDRESS.search(part.text.strip())
        value = ids.identifier(inside[1], "doi") if inside and not entry.has("identifier") and not entry.has("arxiv_id") else None
        part.add_to(entry, "identifier" if value else "url", value)


def _add_texts(entry: Entry, parts: list[Part], *, ours: bool) -> None:
    """Add the abstract: the longest text that is one."""
    texts = [part.saying(_MDPI.sub("", ANNOUNCED.sub("", part.text, count=1)).strip()) for part in parts]
    if ours:  # with LaTeX, and, until 2024 in a paragraph of HTML, with formulas that may look like markup
        texts = [part.saying(accented(plain(part.text) if part.text.startswith("<") else part.text)) for part in texts]
    else:
        texts = [part.saying(plain(part.text)) for part in texts]
    texts = [part.saying(_without_frame(part.text)) for part in texts if part.text]
    for part in texts:
        if match := _SCIENCE_DIRECT.match(part.text):
            part.saying(match["venue"].strip(" ,")).add_to(entry, "venue")
            _add_line(entry, part.saying(match["authors"].strip()))
            part.saying(match["date"].strip()).add_to(entry, "date", printed_date(match["date"]))
        elif part is max(texts, key=lambda each: len(each.text)) and (ours or len(part.text) >= _LONG):
            part.add_to(entry, "abstract")
        else:
            part.add_to(entry, "other")


def _without_frame(text: str) -> str:
    """Return a description without what PubMed and Nature print around it.

    >>> _without_frame("Nature, Published online: 17 July 2024; doi:10.1038/x We boil."), _without_frame("Tea. 2024. ABSTRACT We boil. PMID:1 | DOI:2")
    ('We boil.', 'We boil.')
    """
    return _HEADING.sub("", _PUBMED_END.sub("", _PUBMED.sub("", _PUBLISHED.sub("", text))).strip())


def _add_people(entry: Entry, parts: list[Part], *, ours: bool) -> None:
    """Add the authors: one an element, or all on one line."""
    bare = [part.saying(" ".join(plain(part.text).split())) for part in parts]
    bare = [part.saying(mail["name"] if (mail := _EMAIL.match(part.text)) else part.text) for part in bare if part.text]
    if len(bare) > 1:
        for part in bare:
            part.saying(natural(part.text)).add_to(entry, "author")
    elif bare and ours:
        add_line_of_authors(entry, bare[0])
    elif bare:
        _add_line(entry, bare[0])


def _add_line(entry: Entry, part: Part) -> None:
    """Add the authors on one line."""
    found = split_names(_ROLE.sub("", part.text))
    for person in found.people:
        part.saying(person.name).add_to(entry, "author", "group" if person.group else None)
    if found.et_al:
        add_cut(entry, part)


def _add_dates(entry: Entry, parts: list[Part], *, usable: bool) -> None:
    """Add the date that is surest."""
    for part in parts:
        value = printed_date(part.text) if usable and not entry.has("date") else None
        part.add_to(entry, "date" if value else "other", value)


def _add_subjects(entry: Entry, parts: list[Part], *, ours: bool) -> None:
    """Add the subjects: arXiv's are categories."""
    if ours:
        add_categories(entry, [part.saying(part.text.strip()) for part in parts])
        return
    for part in parts:
        part.saying(plain(part.text)).add_to(entry, "keyword")


def _add_pages(entry: Entry, said: dict[str, list[Part]]) -> None:
    """Add the pages: from the first to the last."""
    ends = [part for name in ("startingPage", "endingPage") for part in said.pop(name, [])[:1] if part.text.strip()]
    if ends:
        ends[0].saying("-".join(dict.fromkeys(part.text.strip() for part in ends))).add_to(entry, "pages")
