r"""Reader of a paper's own page in Markdown: its front matter says what the paper is, its text the abstract.

Researchers' sites have a file for each paper (Jekyll's `_publications/*.md`, Hugo's `content/publication/*/index.md`), so
have papers that are written in Markdown (Quarto, R Markdown, Pandoc, MyST, the Journal of Open Source Software) and people's
notes on papers (Obsidian, Zotero). Their front matter has no standard; the names of keys are those of the themes and tools.

A page is a paper's if its front matter has a title and says where it appeared, has an identifier, or authors with a year or
abstract; a blog post has none of these. What the front matter leaves out is taken from a citation or BibTeX in it or below.
Nothing is dropped: other keys are `other`, and so is the text below that is no abstract.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.errors import UnreadableError
from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.names import is_group
from kg.sources._citation.parts import Citation
from kg.sources._citation.reading import QUOTED, cite
from kg.sources._citation.venue import STATUS
from kg.sources._dates import printed_date
from kg.sources._embedded import bibtex_fields
from kg.sources._entry import Entry
from kg.sources._latex import decode
from kg.sources._library import Place, add_date, add_identifier, put
from kg.sources._markdown.blocks import plain
from kg.sources._markdown.body import add_body, add_linked, add_signed
from kg.sources._markdown.front_matter import Said, front_matter
from kg.sources._markup import plain as without_tags
from kg.sources._text.fields import Page, find_urls, squeezed
from kg.sources._text.names import natural, split_names
from kg.text import line_of

PLAIN_TEXT: Final = True
"""Typed or copied by hand: what looks wrong in it is warned about."""

CONFIDENCE: Final = 0.9
"""How sure it is that a field is what it is said to be."""

_SURE: Final = 0.95
"""More than a Markdown table or a text with labels, which such a page may also look like."""

_FIELDS: Final = {
    "title": "title", "author": "author", "authors": "author", "creator": "author", "creators": "author",
    "date": "date", "year": "date", "pubdate": "date", "published": "date", "issued": "date", "publication_date": "date",
    "publication": "venue", "venue": "venue", "journal": "venue", "conference": "venue", "booktitle": "venue", "container-title": "venue", "journaltitle": "venue", "publisheddate": "date",
    "publication_short": "other", "volume": "volume", "issue": "issue", "number": "issue", "pages": "pages", "page": "pages", "publisher": "publisher", "language": "language", "lang": "language",
    "abstract": "abstract", "doi": "doi", "arxiv": "arxiv", "arxiv_id": "arxiv", "arxivid": "arxiv", "eprint": "arxiv", "pmid": "pmid", "pmcid": "pmcid",
    "tags": "keyword", "keywords": "keyword", "categories": "keyword", "topics": "keyword", "subjects": "keyword",
    "publication_types": "type", "itemtype": "type", "item type": "type",
    "affiliation": "affiliation", "institution": "affiliation", "orcid": "other",
}  # fmt: skip
"""What keys say."""

_SIGNS: Final = frozenset({
    "publication_types", "paperurl", "citation", "venue", "journal", "doi", "arxiv", "arxiv_id", "arxivid", "eprint", "pmid", "publication", "booktitle", "bibtex", "url_pdf",
    "citekey", "citationkey", "citation_key", "conference", "container-title", "journaltitle", "bibliography",
})  # fmt: skip
"""Keys of which one is enough beside the title, where it says something."""

_DESCRIBED: Final = ("summary", "excerpt", "description", "tldr")
_WITH: Final = frozenset({"coauthor", "coauthors", "co-authors", "collaborators"})
"""Keys of the authors besides the one whose page it is."""

_LAYOUTS: Final = re.compile(r"publications?|papers?|pubs?|preprints?|research", re.IGNORECASE)
_OWNER: Final = "admin"
_BIBTEX: Final = re.compile(r"@[A-Za-z]+\s*\{[^@]{10,8000}?\n\s*\}|@[A-Za-z]+\s*\{[^@]{10,8000}\}")
_CITED: Final = re.compile(r"(?:recommended )?citation\s*[:：]\s*", re.IGNORECASE)
_WIKI: Final = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")
"""A link of Obsidian's: `[[Page]]`, `[[page|Shown]]`."""

_NOTE: Final = re.compile(r"\^\[[^\]]*\]")
"""A footnote within a name, as R Markdown has it."""

_SHORTEST_ABSTRACT: Final = 120
_IN: Final = re.compile(r"(?:in|appeared in|published in)\s*:?\s+(?=[*_\"“A-Z0-9])", re.IGNORECASE)
_EXAMPLE: Final = "Your Name, You"
"""How the example of a citation begins that Academic Pages' template comes with."""


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a text is the page of one paper.

    >>> sniff("---\ntitle: On engines\nvenue: Mind\n---\nWe write.\n", "a.md"), sniff("---\ntitle: My post\ndate: 2020-01-01\n---\n", "a.md")
    (0.95, 0.0)
    """
    try:
        found = front_matter(head)
    except UnreadableError:
        return 0.0
    return _SURE if found is not None and (_is_paper(found.values) or _listed(found.values)) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the paper, or those that the front matter lists.

    Raises:
        UnreadableError: If the front matter cannot be read.
    """
    page = Page.of(document)
    found = front_matter(page.text)
    if found is None:
        return
    for line in found.flaws:
        yield Problem(document.name, line, "front matter that is no valid YAML, read as it stands", "put the value in quotes", "warning")
    start, end = squeezed(page.text, 0, len(page.text))
    if listed := _listed(found.values):
        for ordinal, values in enumerate(listed):
            entry = Entry(document, ordinal, values["title"].line, values["title"].path.rpartition(".")[0])
            _Reader(page, entry, values).read(end)
            yield from entry.rows()
        return
    entry = Entry(document, 0, 1, "front matter", start=start, end=end)
    _Reader(page, entry, found.values).read(found.body)
    yield from entry.rows()


def _listed(values: dict[str, Said]) -> list[dict[str, Said]]:
    """Return the front matter of each of the papers that a page lists in its own; none if it is about one itself."""
    if any(values[key].data for key in _SIGNS & values.keys()):
        return []
    for value in values.values():
        rows = [{key.lower(): said for key, said in one.data.items()} for one in value.each() if isinstance(one.data, dict)]
        if rows and all(map(_is_paper, rows)):
            return rows
    return []


def _is_paper(values: dict[str, Said]) -> bool:
    """Tell whether front matter is that of a paper."""
    said = {key for key, value in values.items() if value.data}
    if "title" not in said or "cff-version" in said:
        return False
    authors = bool(said & {"author", "authors"})
    kinds = [values[key].text for key in ("collection", "layout", "type") if key in values]
    detailed = authors and (bool(said & {"abstract", "year"}) or ("affiliations" in said and "date" in said))
    return bool(said & _SIGNS) or detailed or any(map(_LAYOUTS.fullmatch, kinds[:1]))


class _Reader:
    """Puts what a page says into a record.

    Args:
        page: The page.
        entry: The record.
        values: Its front matter.
    """

    def __init__(self, page: Page, entry: Entry, values: dict[str, Said]) -> None:
        self._page, self._entry, self._values = page, entry, values
        self._later: list[tuple[str, Said]] = []

    def read(self, body: int) -> None:
        """Add all."""
        for key, value in self._values.items():
            self._value(key, value)
        told = [one for key in ("bibtex", "bib") if key in self._values for one in self._values[key].each()]
        start = add_signed(self._page, self._entry, body)
        add_body(self._page, self._entry, start)
        self._bibtex("\n".join(one.text for one in told) if told else self._page.text[body:], told[0].line if told else line_of(self._page.starts, body))
        self._citation(self._values.get("citation"), body)
        for key in _DESCRIBED:
            if described := self._values.get(key):
                self._described(described)
        for name, value in self._later:
            if name == "url":
                self._links(value)
            else:
                self._rest(value)

    def _value(self, key: str, value: Said) -> None:
        name = _FIELDS.get(key, "")
        if key == "citation" and isinstance(value.data, dict):
            for below, one in value.data.items():
                self._value(below.lower(), one)
        elif key in _DESCRIBED or key == "citation" or (key == "affiliations" and _affiliations(self._values)):
            return
        elif name == "author":
            self._authors(value)
        elif key in _WITH and value.text.lower() != "false":
            self._authors(value)
            self._entry.add("et_al", key, path=value.path, line=value.line)  # and who has the page
        elif name in {"doi", "arxiv", "pmid", "pmcid"}:
            for one in value.each():
                if one.text:
                    add_identifier(self._entry, name, one.text.replace("\\_", "_"), _place(one))
        elif name == "date" and not self._entry.has("date"):
            self._date(value)
        elif name == "venue" and not self._entry.has("venue"):
            for one in value.each():
                self._venue(one)
        elif name == "type":
            for one in value.each():
                self._put("other" if one.text.isdigit() else "type", one)
        elif name == "keyword":
            for one in value.each():
                for piece in re.finditer(r"[^,;]+", one.text):
                    put(self._entry, name, one.text, _place(one), first=piece.start(), last=piece.end())
        elif name in {"title", "abstract"} or (name and not self._entry.has(name)):
            for one in value.each():
                self._put(name, one)
        else:
            self._later.append(("url" if key.startswith(("link", "url")) or (isinstance(value.data, str) and "://" in value.text) else "other", value))

    def _put(self, name: str, said: Said) -> None:
        """Add a text, without the Markdown in it."""
        if not said.text:
            self._rest(said)
            return
        shown = " ".join(without_tags(plain(said.text, (0, len(said.text))).text).split()) if name in {"title", "abstract"} else said.text
        if shown == said.text.strip() or not shown:
            put(self._entry, name, said.text, _place(said))
        else:
            self._entry.add(name, shown, path=said.path, line=said.line)

    def _rest(self, value: Said) -> None:
        """Add what nothing is made of."""
        for one in value.each():
            if isinstance(one.data, dict):
                for below in one.data.values():
                    self._rest(below)
            elif isinstance(one.data, list):
                self._rest(one)
            else:
                put(self._entry, "other", one.text, _place(one))

    def _authors(self, value: Said) -> None:
        """Add authors: names in one text or a list, or each with its names, places and ids."""
        places = _affiliations(self._values)
        for one in value.each():
            if isinstance(one.data, dict):
                self._person(one, places)
            elif one.text == _OWNER:
                self._entry.warn(f"the author {_OWNER!r} is a name of the site, not of a person", "write the name", one.line)
                put(self._entry, "other", one.text, _place(one))
            else:
                self._names(one)

    def _names(self, said: Said) -> None:
        """Add the names in a text."""
        said = _unlinked(said)
        shown = _NOTE.sub("", plain(said.text, (0, len(said.text))).text)
        names = split_names(shown)
        for person in names.people:
            group = "group" if person.group else "person"
            if person.name == shown[person.first : person.last] and shown == said.text:
                put(self._entry, "author", said.text, _place(said), group, first=person.first, last=person.last)
            else:
                self._entry.add("author", person.name, group, path=said.path, line=said.line)
        if names.et_al:
            self._entry.add("et_al", shown[slice(*names.et_al)], path=said.path, line=said.line)

    def _person(self, said: Said, places: dict[str, Said]) -> None:
        """Add an author who is told in parts."""
        named = said.under("name", "literal", "full_name") or said
        given, family = named.under("given-names", "given", "first", "given_name", "firstname"), named.under("surname", "family", "last", "family-names", "lastname")
        if given is not None or family is not None:
            dropping = named.under("dropping-particle", "non-dropping-particle")
            name = " ".join(part.text for part in (given, dropping, family) if part is not None)
            position = self._entry.add("author", name, "person", path=named.path, line=named.line)
        elif isinstance(named.data, str):
            name = natural(named.text)
            group = "group" if is_group(name) else "person"
            position = put(self._entry, "author", name, _place(named) if name == named.text else Place(named.path, named.line), group)
        else:
            self._rest(said)
            return
        if (orcid := said.under("orcid", "ORCID")) is not None:
            if known := identifier(orcid.text, "orcid"):
                put(self._entry, "author_id", orcid.text, _place(orcid), known, of=position)
            else:
                self._entry.warn(f"no ORCID iD: {orcid.text[:40]!r}", "correct it (its last character is a check digit)", orcid.line)
                put(self._entry, "other", orcid.text, _place(orcid))
        for place in _placed(said.under("affiliation", "affiliations", "institute", "institution"), places):
            put(self._entry, "affiliation", place.text, _place(place), of=position)

    def _date(self, value: Said) -> None:
        for one in value.each():
            if printed_date(one.text[:10]):
                add_date(self._entry, one.text[:10] if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", one.text) else one.text, _place(one))
            elif any(c.isdigit() for c in one.text):
                add_date(self._entry, one.text, _place(one))
            else:
                self._rest(one)  # `last-modified`

    def _venue(self, said: Said) -> None:
        """Add a venue, and volume and pages behind it: `In *Mind*, 43, pp. 247-254`."""
        said = _unlinked(said)
        shown = " ".join(without_tags(plain(said.text, (0, len(said.text))).text).split())
        shown = shown[lead.end() :] if (lead := _IN.match(shown)) else shown
        text = f"{QUOTED}{shown}"
        cited = cite(text, 0, len(text), signed=False)
        if cited.venue is None or text[cited.venue[0] : cited.venue[1]] == said.text.strip() or not (cited.pages or cited.volume):
            name = "comment" if STATUS.fullmatch(shown) else "venue"
            if shown == said.text.strip():
                put(self._entry, name, said.text, _place(said))
            else:
                self._entry.add(name, shown, path=said.path, line=said.line)
            return
        self._cited(text, cited, said, ("venue", "volume", "issue", "pages"))

    def _cited(self, text: str, cited: Citation, said: Said, names: tuple[str, ...]) -> None:
        """Add the parts of a citation that nothing else has told."""
        parts = {"venue": cited.venue, "volume": cited.volume, "issue": cited.issue, "pages": cited.pages}
        for name, part in parts.items():
            if name in names and part is not None and not self._entry.has(name):
                self._entry.add(name, text[slice(*part)], path=said.path, line=said.line)

    def _citation(self, said: Said | None, body: int) -> None:
        """Add what a citation of the page says of the authors and the venue, where the front matter does not."""
        if said is None or not said.text:
            match = _CITED.search(self._page.text, body)
            if match is None:
                return
            stop = self._page.text.find("\n\n", match.end())
            span = match.end(), stop if stop >= 0 else len(self._page.text)
            shown = plain(self._page.text, span)
            said = Said(shown.text, line_of(self._page.starts, match.end()), "citation")
            for link in shown.links:
                add_linked(self._entry, link.url, said.path, said.line)
        text = " ".join(without_tags(said.text).split())
        if text.startswith(_EXAMPLE):
            return
        cited = cite(text, 0, len(text))
        if cited.people is not None and not self._entry.has("author"):
            for name in cited.people.names:
                self._entry.add("author", text[slice(*name)], "group" if is_group(text[slice(*name)]) else "person", path=said.path, line=said.line)
            if cited.people.et_al:
                self._entry.add("et_al", text[slice(*cited.people.et_al)], path=said.path, line=said.line)
        self._cited(text, cited, said, ("venue", "volume", "issue", "pages"))
        if cited.date is not None and not self._entry.has("date"):
            self._entry.add("date", text[slice(*cited.date[0])], cited.date[1], path=said.path, line=said.line)
        if not self._entry.has("identifier"):
            for span, value in cited.identifiers:
                if value.startswith("doi:") and span[0] < span[1]:
                    self._entry.add("identifier", text[slice(*span)], value, path=said.path, line=said.line)
        if "citation" in self._values:
            put(self._entry, "other", said.text, _place(said))

    def _bibtex(self, text: str, line: int) -> None:
        """Add what BibTeX says and nothing else has; `line` is where the text begins."""
        match = _BIBTEX.search(text)
        fields = bibtex_fields(match.group()) if match else {}
        line += text.count("\n", 0, match.start()) if match else 0
        if not self._entry.has("author") and fields.get("author"):
            for person in split_names(decode(fields["author"])).people:
                self._entry.add("author", person.name, "group" if person.group else "person", path="BibTeX", line=line)
        for name, keys in {"venue": ("journal", "booktitle"), "date": ("year",), "volume": ("volume",), "issue": ("number",), "pages": ("pages",), "publisher": ("publisher",)}.items():
            shown = decode(next((fields[key] for key in keys if fields.get(key)), ""))
            if shown and not self._entry.has(name):
                self._entry.add(name, shown, printed_date(shown) if name == "date" else None, path="BibTeX", line=line)
        if fields.get("doi") and not self._entry.has("identifier") and (value := identifier(decode(fields["doi"]), "doi")):
            self._entry.add("identifier", decode(fields["doi"]), value, path="BibTeX", line=line)

    def _described(self, said: Said) -> None:
        """Add a description, which is an abstract where there is none and it is long."""
        long = len(said.text) >= _SHORTEST_ABSTRACT and not said.text.rstrip().endswith(("...", "…"))
        self._put("abstract" if long and not self._entry.has("abstract") else "other", said)

    def _links(self, value: Said) -> None:
        """Add the addresses in a value, and the identifiers in them."""
        for one in value.each():
            if isinstance(one.data, dict):
                for below in one.data.values():
                    self._links(below)
                continue
            addresses = list(find_urls(one.text))
            if not addresses:
                self._rest(one)
            for first, last, address in addresses:
                put(self._entry, "url", one.text, _place(one), address, first=first, last=last)
                add_linked(self._entry, address, one.path, one.line)


def _place(said: Said) -> Place:
    return Place(said.path, said.line, said.start, "\n" in said.text)


def _unlinked(said: Said) -> Said:
    """Return a text without the brackets of Obsidian's links; with its place, where it is but one link."""
    whole = _WIKI.fullmatch(said.text)
    if whole is not None:
        return said._replace(data=whole[1], start=None if said.start is None else said.start + whole.start(1))
    shown = _WIKI.sub(r"\1", said.text)
    return said if shown == said.text else said._replace(data=shown, start=None)


def _affiliations(values: dict[str, Said]) -> dict[str, Said]:
    """Return the affiliations that the page lists, by the number or sign by which authors refer to them."""
    found: dict[str, Said] = {}
    listed = [*values["affiliations"].each()] if "affiliations" in values else []
    for key in ("author", "authors"):
        inner = [person.under("affiliations", "affiliation") for person in (values[key].each() if key in values else ())]
        listed += (one for said in inner if said is not None for one in said.each() if one.under("id") is not None)
    for rank, one in enumerate(listed, 1):
        name = one.under("name", "institution", "department") if isinstance(one.data, dict) else one
        number = one.under("index", "id", "key", "ref")
        if name is not None and name.text:
            found[number.text if number is not None else str(rank)] = name
    return found


def _placed(said: Said | None, places: dict[str, Said]) -> Iterator[Said]:
    """Yield the affiliations of an author: those that the page lists under the numbers given, or the texts themselves."""
    for one in said.each() if said is not None else ():
        if isinstance(one.data, dict):
            inner = one.under("name", "institution", "ref", "id")
            yield from _placed(inner, places)
        elif one.text in places:
            yield places[one.text]
        elif all(part.strip() in places for part in one.text.split(",")):
            yield from (places[part.strip()] for part in one.text.split(","))
        else:
            yield one
