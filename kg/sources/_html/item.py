"""A paper in a list on a web page: where it stands, and what its elements and its text as a citation say, put into a record."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple
from urllib.parse import urljoin

from kg.ids import identifier
from kg.sources._citation.parts import Citation
from kg.sources._citation.reading import QUOTED, behind_names, cite
from kg.sources._citation.venue import STATUS
from kg.sources._embedded import bibtex_fields
from kg.sources._entry import Entry
from kg.sources._html.facts import Fact
from kg.sources._html.page import Node, Web
from kg.sources._html.roles import PERSON, SCHOLAR, names_in, title_span, unlabelled
from kg.sources._latex import decode
from kg.sources._linked_id import linked_id, unwrapped
from kg.sources._text import sheet
from kg.sources._text.byline import People
from kg.sources._text.dates import date
from kg.sources._text.fields import Span

_ABSTRACT: Final = re.compile(r"\s*abstract\s?:\s?", re.IGNORECASE)
_MORE: Final = re.compile(r"\s*(?:[△▽]\s?(?:less|more)|show (?:more|less)|read more)\s*\Z", re.IGNORECASE)
_JOURNAL: Final = re.compile(r"journal ref\s?:\s?", re.IGNORECASE)
_USEFUL: Final = re.compile(r"github\.com/|gitlab\.com/|huggingface\.co/|arxiv\.org/|doi\.org/|openreview\.net/|\.pdf\b|aclanthology\.org/", re.IGNORECASE)
_SHORTEST: Final = 24
_LONGEST: Final = 4_000
_SHORTEST_BODIES: Final = {"p": 200, "blockquote": 80}
"""Elements that are abstracts if they read so, and how long they must be."""

_CATEGORY: Final = re.compile(r"\(([a-z-]{2,8}(?:\.[A-Za-z-]{2,8})?)\)\s*\Z")
_BIBTEX: Final = re.compile(r"@(?:inproceedings|article|conference|misc|incollection|book|techreport|phdthesis|mastersthesis)\s*\{", re.IGNORECASE)
_FEW_WORDS: Final = 3

_SUPERVISOR: Final = re.compile(r"\A\s*\((?:dir|supervisors?|advisors?)\b[^()\n]*\)", re.IGNORECASE)
"""Who a thesis was written with, behind its author."""

_PAGES: Final = re.compile(r"[A-Za-z]?[0-9]+(?:\s?[-–—]{1,2}\s?[A-Za-z]?[0-9]+)?")


_PAGED: Final = re.compile(r"(?:(?:\A|(?<=\n)|(?<=, ))Pages?:?|Pages:)\s([A-Za-z]?[0-9]+\s?[-–—]\s?[A-Za-z]?[0-9]+)")
"""Pages at the beginning of a line, or behind the number of an article, as ACM's tables of contents have them."""


class Item(NamedTuple):
    """A paper on a page.

    Attributes:
        first: The element that it begins with.
        nodes: Indices of its first and last element.
        span: Where its text stands in the page's.
        title: The element that is its title by its class, if one is.
        roles: What elements are by their classes.
        cited: Its text taken apart as a citation.
    """

    first: Node
    nodes: tuple[int, int]
    span: Span
    title: Node | None
    roles: tuple[tuple[str, Node], ...]
    cited: Citation


class Listing(NamedTuple):
    """The papers that a page lists.

    Attributes:
        items: The papers.
        missed: The elements that stand among them and cannot be read as one.
    """

    items: list[Item]
    missed: list[Node]


def people_of(web: Web, item: Item) -> list[Fact]:
    """Return the authors that classes show: each element a list of names, or one name."""
    found: list[Fact] = []
    last = -1
    shown = [(role, node) for role, node in item.roles if role in {"author", "scholar", "gray"}]
    if not any(role == "author" for role, _ in shown):
        shown = shown[:1]  # Google Scholar: the first grey line is the authors, the second the venue
    for _, node in shown:
        if node.index <= last or (item.title is not None and item.title.index <= node.index <= item.title.last):
            continue
        last = node.last
        base = sum(fact.name == "author" for fact in found)
        found += (fact._replace(of=base + fact.of) if fact.of is not None else fact for fact in names_in(web, node))
    return found


def linked_facts(web: Web, item: Item) -> list[Fact]:
    """Return the identifiers that an item's links lead to."""
    found: dict[str, Fact] = {}
    for index in range(item.nodes[0], item.nodes[1] + 1):
        node = web.nodes[index]
        href = node.attributes.get("href", "") if node.tag == "a" else ""
        value = linked_id(href) if href and not _leads_elsewhere(web, item, node) else None
        if value and value not in found:
            scheme, _, number = value.partition(":")
            found[value] = Fact("arxiv_id" if scheme == "arxiv" else "identifier", number if scheme == "arxiv" else href, node.line, f"{web.path(node)}/@href", None if scheme == "arxiv" else value)
    return list(found.values())


def _leads_elsewhere(web: Web, item: Item, link: Node) -> bool:
    """Tell whether a link beside a title is so long that it names another work: `Featured in: A swimming fish`."""
    title = (item.title.start, item.title.end) if item.title is not None else item.cited.title
    return title is not None and web.said(link).count(" ") >= _FEW_WORDS and not (link.start < title[1] and title[0] < link.end)


def fill(web: Web, item: Item, entry: Entry) -> None:
    """Put what an item says into a record."""
    cited = item.cited
    said = _Said(web, item, entry)
    title = title_span(web, item.title) if item.title is not None and cited.title is None else cited.title
    if title is None:
        return
    said.add("title", title, item.title)
    named = people_of(web, item)
    if named:
        said.people(named)
    elif cited.people is not None:
        said.cited_people(cited.people, cited.places)
    for role, node in item.roles:
        said.role(role, node)
    said.abstract()
    if item.title is None or cited.date is not None:
        said.rest(_behind_authors(web, item) or cited)
    said.links(linked_facts(web, item), cited)
    if item.title is not None and not entry.has("pages") and (pages := _PAGED.search(web.text, item.title.end, item.span[1])):
        said.add("pages", pages.span(1))
    add_bibtex(web, item, entry)


def _behind_authors(web: Web, item: Item) -> Citation | None:
    """Return what stands behind the elements that are authors by their class, where no names were found right behind the title, or not all."""
    ends = [node.end for role, node in item.roles if role == "author"]
    if item.title is None or not ends or max(ends) <= item.title.end:
        return None
    if item.cited.people is not None and not web.text[item.cited.people.end : max(ends)].strip(" ,;.\n*†‡"):
        return None
    found = behind_names(web.text, max(ends), item.span[1], hard=True)
    return found if found.venue is not None and found.date is not None else None


def add_bibtex(web: Web, item: Item, entry: Entry) -> None:
    """Add what the BibTeX in an item says and the rest of it does not."""
    text = web.text[slice(*item.span)]
    found = _BIBTEX.search(text)
    fields = bibtex_fields(text[found.start() : found.start() + _LONGEST]) if found else {}
    path = f"{web.path(item.first)}, BibTeX"
    for name, keys in {"venue": ("journal", "booktitle"), "date": ("year",), "volume": ("volume",), "issue": ("number",), "pages": ("pages",), "publisher": ("publisher",)}.items():
        said = next((fields[key] for key in keys if fields.get(key)), "")
        if said and not entry.has(name):
            shown = decode(said)
            entry.add(name, shown, date(shown) if name == "date" else None, path=path)
    if fields.get("doi") and not entry.has("identifier") and (value := identifier(decode(fields["doi"]), "doi")):
        entry.add("identifier", decode(fields["doi"]), value, path=path)


class _Said:
    """Adds to a record what an item says, each thing once.

    Args:
        web: The page.
        item: The item.
        entry: The record.
    """

    def __init__(self, web: Web, item: Item, entry: Entry) -> None:
        self._web, self._item, self._entry = web, item, entry
        self._gray = 0
        self._named: list[str] = []
        self._numbers: set[str] = set()

    def add(self, name: str, span: Span, node: Node | None = None, value: str | None = None) -> int | None:
        """Add the text of a span as a field."""
        place = node or self._node_at(span)
        text = " ".join(self._web.text[slice(*span)].split())
        return self._entry.add(name, text, value, path=self._web.path(place), line=max(place.line, self._entry.line))

    def _node_at(self, span: Span) -> Node:
        """Return the innermost element of the item that a span is in."""
        found = self._item.first
        for index in range(self._item.nodes[0], self._item.nodes[1] + 1):
            node = self._web.nodes[index]
            if node.start <= span[0] and span[1] <= node.end and node.start < node.end:
                found = node
        return found

    def people(self, named: Iterable[Fact]) -> None:
        """Add authors and their ids."""
        positions: list[int | None] = []
        for fact in named:
            if fact.name == "author":
                self._named.append(fact.text)
                positions.append(self._entry.add("author", fact.text, fact.value, path=fact.path, line=fact.line))
            elif fact.name == "et_al":
                self._entry.add("et_al", fact.text, path=fact.path, line=fact.line)
            else:
                self._entry.add(fact.name, fact.text, fact.value, path=fact.path, line=fact.line, of=positions[fact.of] if fact.of is not None and fact.of < len(positions) else None)

    def cited_people(self, people: People, places: Iterable[tuple[int, Span]]) -> None:
        """Add the authors of a citation, with the ids that they link to, and their places."""
        positions = []
        for span in people.names:
            place = self._node_at(span)
            name = " ".join(self._web.text[slice(*span)].split())
            self._named.append(name)
            position = self._entry.add("author", name, path=self._web.path(place), line=max(place.line, self._entry.line))
            positions.append(position)
            if place.tag == "a" and PERSON.search(href := place.attributes.get("href", "")):
                scheme = "orcid" if "orcid.org" in href else "openreview" if "profile?id=" in href else "dblp"
                if value := identifier(href.removesuffix(".html"), scheme):
                    self._entry.add("author_id", href, value, path=self._web.path(place), line=place.line, of=position)
        if people.et_al:
            self.add("et_al", people.et_al)
        for rank, span in places:
            place = self._node_at(span)
            self._entry.add("affiliation", " ".join(self._web.text[slice(*span)].split()), path=self._web.path(place), line=max(place.line, self._entry.line), of=positions[rank])

    def role(self, role: str, node: Node) -> None:
        """Add what an element is by its class."""
        web, entry, title = self._web, self._entry, self._item.title
        if title is not None and node.index <= title.index <= node.last:
            return  # around the title: what it is called says nothing of its text
        span = unlabelled(web, node)
        text = " ".join(web.text[slice(*span)].split())
        if not text:
            return
        if role == "gray":
            self._gray += 1
            if self._gray == 2:
                self._venue(span, node)
        elif role == "scholar":
            pieces = SCHOLAR.split(text)
            if len(pieces) > 1 and (match := re.search(r"\b(?:19|20)[0-9]{2}\b", pieces[1])):
                entry.add("venue", pieces[1][: match.start()].strip(" ,"), path=web.path(node), line=node.line)
                entry.add("date", match.group(), path=web.path(node), line=node.line)
        elif role == "abstract" and not entry.has("abstract") and len(text) > 40:
            full = next((below for below in web.inside(node) if "abstract-full" in below.classes), node)
            shown = _MORE.sub("", " ".join(web.text[slice(*unlabelled(web, full))].split()))
            entry.add("abstract", re.sub(r"^abstract\b[.:]?\s*", "", shown, flags=re.IGNORECASE), path=web.path(full), line=full.line)
        elif role == "date" and any("date" in below.classes for below in web.inside(node)):
            return  # with more around it
        elif role == "date" and not entry.has("date") and re.search(r"(?:19|20)[0-9]{2}", text):
            entry.add("date", text, date(text), path=web.path(node), line=node.line)
        elif role == "category":
            for piece in text.split(";"):
                code = _CATEGORY.search(piece.strip())
                entry.add("category", code[1] if code else piece, path=web.path(node), line=node.line)
        elif role == "keyword":
            for piece in re.split(r"[;,]", text):
                entry.add("keyword", piece, path=web.path(node), line=node.line)
        elif role == "doi" and (value := identifier(text, "doi")) and value not in self._numbers:
            self._numbers.add(value)
            entry.add("identifier", text, value, path=web.path(node), line=node.line)
        elif role == "pmid" and (value := identifier(text, "pmid")):
            entry.add("identifier", text, value, path=web.path(node), line=node.line)
        elif role == "pages" and not entry.has("pages") and (pages := _PAGES.search(text)):
            entry.add("pages", pages.group(), path=web.path(node), line=node.line)
        elif role == "comment" and _JOURNAL.match(web.said(node)):
            self._venue(span, node)
        elif role in {"comment", "other"}:
            entry.add(role, text, path=web.path(node), line=node.line)
        elif role == "venue" and not entry.has("venue"):
            self._venue(span, node)

    def abstract(self) -> None:
        """Add a paragraph or quotation, also one right below, that reads like an abstract, where no class tells one."""
        web, entry = self._web, self._entry
        below = web.nodes[self._item.nodes[1] + 1 : self._item.nodes[1] + 2]
        quoted = (node for node in below if node.tag == "blockquote" and node.parent == self._item.first.parent)
        for node in (*web.nodes[self._item.nodes[0] : self._item.nodes[1] + 1], *quoted):
            if not entry.has("abstract") and node.tag in {"p", "li", "div", "dd"} and (label := _ABSTRACT.match(web.text, node.start, node.end)) and node.end - label.end() > _SHORTEST:
                entry.add("abstract", " ".join(web.text[label.end() : node.end].split()), path=web.path(node), line=node.line)
            if entry.has("abstract") or node.tag not in _SHORTEST_BODIES or node.end - node.start < _SHORTEST_BODIES[node.tag] or any(node.start <= one.start < node.end for one in (self._item.title,) if one):
                continue
            if sheet.sounds_like_abstract(text := web.said(node)):
                entry.add("abstract", text, path=web.path(node), line=node.line)

    def _venue(self, span: Span, node: Node) -> None:
        """Add a venue, and the year, volume and pages behind it."""
        # As in a citation whose title has just been given.
        text = f"{QUOTED}{self._without_names(' '.join(self._web.text[slice(*span)].split()))}"
        cited = cite(text, 0, len(text), signed=False)
        path = self._web.path(node)
        parts = {"venue": cited.venue, "volume": cited.volume, "issue": cited.issue, "pages": cited.pages}
        if cited.venue is None:
            said = text[len(QUOTED) :]
            self._entry.add("comment" if STATUS.fullmatch(said) else "venue", said, path=path, line=node.line)
        else:
            for name, part in parts.items():
                if part is not None:
                    self._entry.add(name, text[slice(*part)], path=path, line=node.line)
        if cited.date is not None and not self._entry.has("date"):
            self._entry.add("date", text[slice(*cited.date[0])], cited.date[1], path=path, line=node.line)

    def _without_names(self, text: str) -> str:
        """Return what stands behind the authors in the element of the venue that begins with them."""
        last = text.find(self._named[-1]) if self._named and text.startswith(self._named[0]) else -1
        return _SUPERVISOR.sub("", text[last + len(self._named[-1]) :]).lstrip(" .,;:*†‡") or text if last >= 0 else text

    def rest(self, cited: Citation) -> None:
        """Add the parts of a citation that no class has told."""
        if cited.date is not None and not self._entry.has("date"):
            self.add("date", cited.date[0], value=cited.date[1])
        told = [(node.start, node.end) for role, node in self._item.roles if role]
        for name, part in (("venue", cited.venue), ("publisher", cited.publisher), ("volume", cited.volume), ("issue", cited.issue), ("pages", cited.pages)):
            if part is not None and not self._entry.has(name) and not any(part[0] < end and start < part[1] for start, end in told):
                self.add(name, part)

    def links(self, linked: Iterable[Fact], cited: Citation) -> None:
        """Add identifiers and the addresses of the paper, its code and its page."""
        seen = self._numbers
        for fact in (one for one in linked if one.value not in seen):
            self._entry.add(fact.name, fact.text, fact.value, path=fact.path, line=fact.line)
            seen.add(fact.value or fact.text)
        for span, value in map(self._within_element, cited.identifiers):
            scheme, _, number = value.partition(":")
            shown = number if scheme == "arxiv" else value
            if shown not in seen and span[0] < span[1]:
                self.add("arxiv_id" if scheme == "arxiv" else "identifier", span, value=shown)
                seen.add(shown)
        addresses = set()
        for index in range(self._item.nodes[0], self._item.nodes[1] + 1):
            node = self._web.nodes[index]
            href = node.attributes.get("href", "").strip() if node.tag == "a" else ""
            title = self._item.title
            if any(role == "author" and node.start >= one.start and node.end <= one.end for role, one in self._item.roles):
                continue
            is_title = title is not None and (title.index <= index <= title.last or node.index <= title.index <= node.last)
            named = cited.people is not None and any(node.start < last and first < node.end for first, last in cited.people.names)
            if not href or named or (linked_id(href) and _leads_elsewhere(self._web, self._item, node)) or PERSON.search(href) or not (is_title or title is None or _USEFUL.search(href)):
                continue
            address = _absolute(self._web.base, href)
            if address and address not in addresses:
                addresses.add(address)
                self._entry.add("url", address, path=f"{self._web.path(node)}/@href", line=max(node.line, self._entry.line))


    def _within_element(self, told: tuple[Span, str]) -> tuple[Span, str]:
        """Return an identifier without what follows in the next element, with nothing between."""
        (first, last), value = told
        end = self._node_at((first, first + 1)).end
        own = identifier(self._web.text[first:end].rstrip(".,;) "), value.partition(":")[0]) if first < end < last else None
        return ((first, end), own) if own is not None else told


def _absolute(base: str, href: str) -> str:
    """Return a link's address if it is one of the web, a relative one where the page says its own address."""
    try:
        address = unwrapped(href) if unwrapped(href) != href else urljoin(base, href) if base else re.sub(r"[\t\n\r]+", "", href)
    except ValueError:
        return ""
    return address if address.startswith(("http://", "https://")) else ""
