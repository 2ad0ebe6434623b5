"""What a web page says about its paper in ways made for machines: meta tags, JSON-LD, microdata.

Each way gives facts, and `merged` makes one record of them: what the more trusted way says counts, the others fill its gaps.

Meta tags: Google Scholar's "Inclusion Guidelines for Webmasters" names the families, Highwire Press (`citation_title`),
bepress, EPrints, PRISM and, as a last resort, Dublin Core. JSON-LD and microdata: schema.org's `ScholarlyArticle`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Self

from kg.ids import identifier
from kg.names import is_group
from kg.sources._byline import people
from kg.sources._entry import Entry
from kg.sources._html import Node, Web
from kg.sources._markup import plain
from kg.sources._names_split import natural
from kg.sources._sheet import date
from kg.text import fold


class Fact(NamedTuple):
    """One thing that a page says.

    Attributes:
        name: Name of the field.
        text: Its text.
        line: Its line.
        path: Its place in the page.
        value: Its normalised value, where that differs.
        of: Rank of the author, or of the affiliation, that it belongs to.
    """

    name: str
    text: str
    line: int
    path: str
    value: str | None = None
    of: int | None = None


_HIGHWIRE: Final = {
    "title": "title", "author": "author", "authors": "authors", "author_institution": "affiliation", "author_affiliation": "affiliation",
    "author_orcid": "orcid", "publication_date": "date", "date": "date", "cover_date": "date", "year": "date", "online_date": "date",
    "journal_title": "venue", "conference_title": "venue", "conference": "venue", "inbook_title": "venue", "book_title": "venue", "series_title": "venue",
    "publisher": "publisher", "dissertation_institution": "publisher", "technical_report_institution": "publisher",
    "volume": "volume", "issue": "issue", "firstpage": "first", "lastpage": "last", "pages": "pages", "doi": "doi", "pmid": "pmid", "pmcid": "pmcid",
    "arxiv_id": "arxiv", "abstract": "abstract", "keywords": "keyword", "keyword": "keyword", "language": "language", "article_type": "type",
    "pdf_url": "url", "abstract_html_url": "url", "fulltext_html_url": "url", "full_html_url": "url", "public_url": "url", "reference": "reference",
}  # fmt: skip
_DUBLIN: Final = {
    "title": "title", "creator": "author", "creator.personalname": "author", "date": "date", "date.issued": "date", "issued": "date", "identifier": "any",
    "identifier.doi": "doi", "description": "abstract", "description.abstract": "abstract", "abstract": "abstract", "subject": "keyword", "publisher": "publisher",
    "language": "language", "type": "type", "source": "venue", "relation.ispartof": "venue", "ispartof": "venue", "bibliographiccitation": "other",
    "citation.volume": "volume", "citation.issue": "issue", "citation.spage": "first", "citation.epage": "last", "identifier.uri": "any",
}  # fmt: skip
_EPRINTS: Final = {
    "title": "title", "creators_name": "author", "creators_orcid": "orcid", "date": "date", "publication": "venue", "book_title": "venue", "event_title": "venue", "volume": "volume",
    "number": "issue", "pagerange": "pages", "abstract": "abstract", "id_number": "any", "official_url": "url", "document_url": "url",
    "keywords": "keyword", "type": "type", "publisher": "publisher",
}  # fmt: skip
_PRISM: Final = {
    "title": "title", "publicationname": "venue", "volume": "volume", "number": "issue", "startingpage": "first", "endingpage": "last",
    "publicationdate": "date", "doi": "doi", "url": "url", "section": "other",
}  # fmt: skip
_OPEN_GRAPH: Final = {
    "og:title": "title", "og:description": "abstract", "article:published_time": "date", "og:url": "url", "twitter:title": "title", "description": "abstract",
    "keywords": "keyword",
}  # fmt: skip
_FAMILIES: Final[tuple[tuple[str, dict[str, str]], ...]] = (
    ("citation_", _HIGHWIRE), ("bepress_citation_", _HIGHWIRE), ("eprints.", _EPRINTS), ("prism.", _PRISM), ("dc.", _DUBLIN), ("dcterms.", _DUBLIN),
)  # fmt: skip
"""The families of meta tags, the more trusted ones first: prefix, and what each name behind it says."""

_DATES: Final = ("publication_date", "date", "cover_date", "year", "online_date")
_AUTHOR_UNIT: Final = frozenset({"author", "et_al", "affiliation", "author_id", "affiliation_id"})
_MANY: Final = frozenset({"identifier", "arxiv_id", "url", "reference", "other"})
"""What every way may add to; of all else the most trusted way says it alone."""

_PART: Final = re.compile(r"\s*[;]\s*")
_COMMA: Final = re.compile(r"\s*[;,]\s*")
_REFERENCE: Final = re.compile(r"citation_([a-z_]+)=([^;]*)")
_SHORT_DESCRIPTION: Final = 120

SCHOLARLY: Final = frozenset({"scholarlyarticle", "medicalscholarlyarticle"})
_PERHAPS: Final = frozenset({"article", "creativework", "techarticle", "report", "thesis", "chapter", "publicationarticle", "newsarticle", "book"})


def meta_facts(web: Web) -> list[list[Fact]]:
    """Return what the families of meta tags say, the more trusted first; empty lists for those that are not there."""
    named: dict[str, list[tuple[str, Node]]] = {prefix: [] for prefix, _ in _FAMILIES}
    general: list[tuple[str, Node]] = []
    for meta in web.metas:
        name = next((value for key in ("name", "property", "itemprop") if (value := meta.attributes.get(key, "").strip())), "")
        lower = name.lower().replace("dc:", "dc.").replace("dcterms:", "dcterms.").replace("prism:", "prism.").replace("eprints:", "eprints.")
        prefix = next((prefix for prefix, _ in _FAMILIES if lower.startswith(prefix)), "")
        if prefix:
            named[prefix].append((lower[len(prefix) :], meta))
        elif lower in _OPEN_GRAPH:
            general.append((lower, meta))
    families = [_Tags(web, prefix, known).facts(named[prefix]) for prefix, known in _FAMILIES]
    return [*families, _generic(general)]


def _place(name: str, meta: Node) -> str:
    key = next((key for key in ("name", "property", "itemprop") if meta.attributes.get(key)), "name")
    return f'meta[@{key}="{meta.attributes.get(key, name)}"]'


def _generic(metas: Sequence[tuple[str, Node]]) -> list[Fact]:
    """Return what the tags say that any web page has; a short or cut description is no abstract."""
    found: list[Fact] = []
    for name, meta in metas:
        text = plain(meta.attributes.get("content", ""))
        kind = _OPEN_GRAPH[name]
        if not text or (kind == "abstract" and (len(text) < _SHORT_DESCRIPTION or text.endswith(("...", "…")))):
            continue
        if kind == "keyword":
            found += (Fact("keyword", word, meta.line, _place(name, meta)) for word in _COMMA.split(text) if word)
        else:
            found.append(Fact(kind, text, meta.line, _place(name, meta), date(text) if kind == "date" else None))
    return found


class _Tags:
    """Reads one family of meta tags.

    Args:
        web: The page.
        prefix: How their names begin.
        known: What each says, by the rest of its name.
    """

    def __init__(self, web: Web, prefix: str, known: dict[str, str]) -> None:
        self._web, self._prefix, self._known = web, prefix, known
        self._found: list[Fact] = []
        self._authors = self._places = 0
        self._pages: dict[str, Fact] = {}

    def facts(self, tags: Sequence[tuple[str, Node]]) -> list[Fact]:
        """Return what they say."""
        alone = sum(self._known.get(name) == "author" for name, _ in tags) == 1
        best = min((_DATES.index(name) for name, _ in tags if name in _DATES), default=0)
        for name, meta in tags:
            text = " ".join(meta.attributes.get("content", "").split())
            if text:
                kind = self._known.get(name, "other")
                if kind == "date" and name in _DATES and _DATES.index(name) != best:
                    kind = "other"
                self._add(kind, name, text, meta, alone=alone)
        if self._pages:
            first, last = self._pages.get("first"), self._pages.get("last")
            shown = first or last
            both = first is not None and last is not None and first.text != last.text
            if shown is not None:
                self._found.append(shown._replace(name="pages", text=f"{first.text}-{last.text}" if both and first and last else shown.text))
        return self._found

    def _add(self, kind: str, name: str, text: str, meta: Node, *, alone: bool) -> None:
        place = _place(self._prefix + name, meta)
        said = Fact(kind, text, meta.line, place)
        if kind in {"author", "authors"}:
            self._people(said, alone=alone)
        elif kind == "affiliation":
            if self._authors:
                self._found.append(said._replace(of=self._authors - 1))
                self._places += 1
            else:
                self._found.append(said._replace(name="other"))
        elif kind == "orcid":
            value = identifier(text, "orcid")
            self._found.append(said._replace(name="author_id", value=value, of=self._authors - 1) if value and self._authors else said._replace(name="other"))
        elif kind == "date":
            self._found.append(said._replace(value=date(text)))
        elif kind in {"first", "last"}:
            self._pages.setdefault(kind, said)
        elif kind in {"doi", "pmid", "pmcid", "arxiv", "any"}:
            self._found.append(identified(said, "" if kind == "any" else kind))
        elif kind in {"title", "abstract"}:
            self._found.append(said._replace(text=plain(text)))
        elif kind == "keyword":
            separator = _PART if ";" in text else _COMMA
            self._found += (said._replace(text=word) for word in separator.split(text) if word)
        elif kind == "reference":
            self._found.append(_reference(said))
        else:
            self._found.append(said)

    def _people(self, said: Fact, *, alone: bool) -> None:
        for author in _authors(said, several=alone or said.name == "authors"):
            self._found.append(author)
            self._authors += author.name == "author"


def _authors(said: Fact, *, several: bool) -> Iterator[Fact]:
    """Yield the authors of a tag: one, or several between semicolons; where a tag stands alone, between commas too."""
    pieces = [piece for piece in _PART.split(said.text) if piece]
    if len(pieces) == 1 and several:
        found = people(said.text)
        if found is not None and len(found.names) > 1 and len(said.text) - found.end < 3:
            pieces = [said.text[slice(*name)] for name in found.names]
    for piece in pieces:
        if piece.lower().rstrip(".") in {"et al", "others", "and others"}:
            yield said._replace(name="et_al", text=piece)
        else:
            yield said._replace(name="author", text=piece, value="group" if said.value == "group" or is_group(piece) else None)


def identified(said: Fact, scheme: str = "") -> Fact:
    """Return an identifier as the field that it is: `arxiv_id`, `identifier`, or `other` where it is none."""
    text = said.text.strip()
    value = identifier(text, scheme)
    if value is None:
        return said._replace(name="url" if text.startswith(("http://", "https://")) else "other")
    kind, _, number = value.partition(":")
    if kind == "arxiv":
        return said._replace(name="arxiv_id", value=number if number != text else None)
    return said._replace(name="identifier" if kind not in {"orcid", "ror"} else "other", value=value)


def _reference(said: Fact) -> Fact:
    """Return a cited work: its title where the tag is made of parts, else as it stands."""
    parts = dict(_REFERENCE.findall(said.text))
    value = identifier(parts.get("doi", ""), "doi") or next((found for word in said.text.split() if (found := identifier(word.strip(".,;()"), "doi"))), None)
    return said._replace(name="reference", text=(parts.get("title") or said.text).strip(), value=value)


def is_paper(families: Sequence[Sequence[Fact]]) -> bool:
    """Tell whether the meta tags speak of a paper: one family has a title, Dublin Core's authors too."""
    for facts, (prefix, _) in zip(families[:-1], _FAMILIES, strict=True):
        names = {fact.name for fact in facts}
        if "title" in names and (prefix not in {"dc.", "dcterms.", "prism."} or ("author" in names and len(names) > 2)):
            return True
    return False


def merged(entry: Entry, ways: Iterable[Sequence[Fact]]) -> None:
    """Put what several ways say into one record: the first that says a thing counts; what another says besides is kept as `other`.

    Args:
        entry: The record.
        ways: Facts, those of the most trusted way first, those of the page in general last.
    """
    said: set[str] = set()
    texts: set[tuple[str, str]] = set()
    people: dict[str, int] = {}
    placed = False
    for facts in ways:
        units = {_unit(fact.name) for fact in facts}
        fresh = {unit for unit in units if unit in _MANY or unit not in said}
        positions: list[int | None] = []
        places: list[int | None] = []
        same = [people.get(_person(fact.text)) for fact in facts if fact.name == "author"] if "author" not in fresh else []
        told = {fact.of for fact in facts if fact.name in {"author_id", "affiliation"}} if any(of is not None for of in same) else set()
        for fact in facts:
            unit = _unit(fact.name)
            if fact.name == "author" and told and _person(fact.text) in people:
                continue  # the same author, of whom this way says more
            if fact.of in told and fact.of is not None and (of := same[fact.of] if fact.of < len(same) else None) is not None and (fact.name == "author_id" or (fact.name == "affiliation" and not placed)):
                entry.add(fact.name, fact.text, fact.value, path=fact.path, line=fact.line, of=of)
                continue
            key = (unit if unit in _MANY else "", fold(fact.value or fact.text))
            if unit in _MANY and key in texts:
                continue
            if unit not in fresh:
                if ("", fold(fact.text)) not in texts and ("other", fold(fact.text)) not in texts and not fact.path.startswith("meta[@property"):
                    entry.add("other", fact.text, path=fact.path, line=fact.line)
                    texts.add(("other", fold(fact.text)))
                continue
            texts.add(key)
            if fact.name in {"title", "date", "venue", "volume", "issue", "pages", "abstract"} and unit in said and entry.has(fact.name):
                entry.add("other", fact.text, path=fact.path, line=fact.line)
                continue
            _put(entry, fact, positions, places)
            if fact.name == "author" and positions[-1] is not None:
                people.setdefault(_person(fact.text), positions[-1])
            said.add(unit)
        placed = placed or entry.has("affiliation")


def _person(name: str) -> str:
    """Return a name in natural order, folded, to tell that two ways speak of the same author."""
    return fold(natural(name))


def _unit(name: str) -> str:
    return "author" if name in _AUTHOR_UNIT else name


def _put(entry: Entry, fact: Fact, positions: list[int | None], places: list[int | None]) -> None:
    """Add one fact, with its author's or affiliation's position in the record."""
    owners = places if fact.name == "affiliation_id" else positions
    of = owners[fact.of] if fact.of is not None and fact.of < len(owners) else None
    position = entry.add(fact.name, fact.text, fact.value, path=fact.path, line=fact.line, of=of)
    if fact.name == "author":
        positions.append(position)
    elif fact.name == "affiliation":
        places.append(position)
    if fact.name == "other" and "orcid" in fact.path:
        entry.warn(f"no ORCID iD: {fact.text[:40]!r}", "correct it in the source; its check digit is wrong, or something is missing", fact.line)
    if fact.name == "date" and fact.value is None:
        entry.warn(f"no such date: {fact.text[:40]!r}", "correct it in the source", fact.line)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text of microdata with its place."""

    text: str
    line: int
    path: str


@dataclass(frozen=True, slots=True)
class Thing:
    """A value of JSON-LD or microdata with its place.

    Attributes:
        data: The value.
        line: Its line.
        path: Its path.
    """

    data: Any
    line: int
    path: str

    def all(self, *keys: str) -> list[Self]:
        """Return the values of the first of these keys that has any, lists taken apart."""
        for key in keys:
            value = self.data.get(key) if isinstance(self.data, dict) else None
            if value not in (None, "", [], {}):
                return list(type(self)(value, self.line, f"{self.path}.{key}").each())
        return []

    def each(self) -> Iterator[Self]:
        """Yield the values of a list, or the one that it is."""
        if not isinstance(self.data, list):
            yield self
            return
        for index, value in enumerate(self.data):
            if value not in (None, "", [], {}) and not isinstance(value, list):
                yield type(self)(value, self.line, f"{self.path}[{index}]")

    def fact(self, name: str, value: str | None = None, of: int | None = None) -> Fact | None:
        """Return the text of a value, or of the name of a thing, as a fact."""
        data = self.data
        if isinstance(data, Leaf):
            return Fact(name, data.text, data.line, data.path, value, of) if data.text else None
        if isinstance(data, dict):
            named = self.all("name", "headline", "@value", "value", "alternateName")
            return named[0].fact(name, value, of) if named and not isinstance(named[0].data, dict) else None
        if isinstance(data, bool) or not isinstance(data, str | int | float):
            return None
        text = plain(str(data))
        return Fact(name, text, self.line, self.path, value, of) if text else None

    def text(self, *keys: str) -> str:
        """Return the first text under one of these keys."""
        found = next((fact for thing in self.all(*keys) if (fact := thing.fact(""))), None)
        return found.text if found else ""

    @property
    def types(self) -> set[str]:
        """Its types, in lower case, without the vocabulary's address."""
        return {str(found).rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for thing in self.all("@type") if isinstance(found := thing.data, str)}


def linked_articles(web: Web) -> list[Thing]:
    """Return the papers of the page's JSON-LD, also those in `@graph` and in lists of items."""
    found: list[Thing] = []
    for rank, (node, text) in enumerate(web.scripts, 1):
        data = _of_ieee(_loaded(text))
        waiting = [Thing(data, node.line, f"script[{rank}]$")]
        while waiting:
            thing = waiting.pop()
            if isinstance(thing.data, list):
                waiting += reversed(list(thing.each()))
            elif is_article(thing):
                found.append(thing)
            elif isinstance(thing.data, dict):
                inner = [below for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart", "about") for below in thing.all(key)]
                waiting += reversed([below for below in inner if isinstance(below.data, dict)])
    return found


def _of_ieee(data: Any) -> Any:
    """Return the metadata of a page of IEEE Xplore as schema.org would have them; anything else as it is."""
    if not isinstance(data, dict) or "xploreDocumentType" not in data or not isinstance(data.get("authors", []), list):
        return data
    people = [
        {
            "@type": "Person", "name": person.get("name"), "sameAs": f"https://orcid.org/{person['orcid']}" if person.get("orcid") else None,
            "affiliation": [{"name": place} for place in person.get("affiliation") or [] if isinstance(place, str)],
        }
        for person in data.get("authors", []) if isinstance(person, dict)
    ]  # fmt: skip
    words = [word for group in data.get("keywords") or [] if isinstance(group, dict) for word in group.get("kwd") or []]
    names = {"headline": "title", "abstract": "abstract", "doi": "doi", "datePublished": "publicationYear", "pageStart": "startPage", "pageEnd": "endPage", "volumeNumber": "volume",
             "issueNumber": "issue", "publisher": "publisher"}  # fmt: skip
    told = {name: data.get(key) for name, key in names.items()}
    return {"@type": "ScholarlyArticle", **told, "author": people, "keywords": words, "isPartOf": {"@type": "Periodical", "name": data.get("publicationTitle")}}


def _loaded(text: str) -> Any:
    bare = text.strip().removeprefix("<!--").removesuffix("-->").removeprefix("//<![CDATA[").removesuffix("//]]>").removeprefix("<![CDATA[").removesuffix("]]>").strip()
    try:
        return json.loads(bare, strict=False)
    except (ValueError, RecursionError):
        return None


def is_article(thing: Thing) -> bool:
    """Tell whether a thing is a paper: by its type, or as an article of a periodical, with a DOI or an abstract."""
    types = thing.types
    if not isinstance(thing.data, dict) or not thing.text("headline", "name"):
        return False
    if types & SCHOLARLY:
        return True
    if not types & _PERHAPS or not thing.all("author", "creator"):
        return False
    series = {kind for part in thing.all("isPartOf") for kind in part.types}
    return bool(series & {"periodical", "publicationissue", "publicationvolume"} or thing.all("abstract") or _identifiers(thing))


def _identifiers(thing: Thing) -> list[Fact]:
    """Return the identifiers of a paper."""
    found = []
    for value in [*thing.all("identifier"), *thing.all("sameAs"), *thing.all("@id"), *thing.all("url"), *thing.all("doi")]:
        inner = value.all("value", "@value", "@id", "url")[0] if isinstance(value.data, dict) and value.all("value", "@value", "@id", "url") else value
        said = inner.fact("identifier")
        if said is not None and (number := identifier(said.text)) and number.partition(":")[0] not in {"orcid", "ror", "openreview"}:
            found.append(identified(said))
    return found


def article_facts(thing: Thing) -> list[Fact]:
    """Return what a schema.org article says."""
    found: list[Fact | None] = [_title(thing)]
    found += _article_authors(thing)
    for value in thing.all("abstract") or thing.all("description"):
        found.append(value.fact("abstract"))
    for value in thing.all("datePublished", "dateCreated", "dateIssued")[:1]:
        said = value.fact("date")
        found.append(said._replace(value=date(said.text)) if said else None)
    found += _appeared(thing)
    found += _identifiers(thing)
    for value in thing.all("url"):
        if isinstance(value.data, str | Leaf):
            found.append(value.fact("url"))
    for value in thing.all("keywords"):
        said = value.fact("keyword")
        found += (said._replace(text=word) for word in _COMMA.split(said.text) if word) if said else ()
    for key, name in (("publisher", "publisher"), ("inLanguage", "language"), ("citation", "reference")):
        for value in thing.all(key):
            said = value.fact(name)
            if said is not None and name == "reference":
                said = said._replace(value=next((fact.value for fact in _identifiers(value) if fact.value), None) if isinstance(value.data, dict) else identifier(said.text))
            found.append(said)
    for key, data in thing.data.items():
        if key not in _SAID and isinstance(data, str | int | float):
            found.append(Thing(data, thing.line, f"{thing.path}.{key}").fact("other"))
    return [fact for fact in found if fact is not None]


_SAID: Final = frozenset({
    "@type", "@context", "@id", "headline", "name", "author", "creator", "abstract", "description", "datePublished", "dateCreated", "dateIssued", "isPartOf", "identifier", "sameAs", "url", "doi",
    "keywords", "publisher", "inLanguage", "citation", "pagination", "pageStart", "pageEnd", "volumeNumber", "issueNumber", "image", "alternativeHeadline",
})  # fmt: skip


def _title(thing: Thing) -> Fact | None:
    """Return the title: the headline, unless the name is a part of it."""
    names = [said for key in ("headline", "name") for value in thing.all(key)[:1] if (said := value.fact("title"))]
    # dblp ends each title with a full stop.
    names = [said._replace(text=said.text.removesuffix(".")) if "]$" not in said.path and not said.text.endswith("..") else said for said in names]
    return min(names, key=lambda said: len(said.text)) if len(names) > 1 and names[1].text in names[0].text else names[0] if names else None


def _article_authors(thing: Thing) -> Iterator[Fact]:
    """Yield the authors with affiliations and ids."""
    position = place = 0
    for value in thing.all("author", "creator"):
        said = _author(value)
        if said is None:
            continue
        named = list(_authors(said, several=not isinstance(value.data, dict)))
        yield from named
        if isinstance(value.data, dict):
            for link in [*value.all("sameAs"), *value.all("@id"), *value.all("identifier"), *value.all("url")]:
                said_link = (link.all("value", "@id")[0] if isinstance(link.data, dict) and link.all("value", "@id") else link).fact("author_id")
                scheme = _person_scheme(said_link.text) if said_link else ""
                if said_link and scheme and (number := identifier(said_link.text.removesuffix(".html"), scheme)):
                    yield said_link._replace(value=number, of=position)
            for where in value.all("affiliation", "worksFor"):
                spot = where.fact("affiliation", None, position)
                if spot is None:
                    continue
                yield spot
                for link in where.all("@id", "sameAs", "identifier"):
                    said_link = link.fact("affiliation_id")
                    if said_link and (number := identifier(said_link.text, "ror")):
                        yield said_link._replace(value=number, of=place)
                place += 1
        position += sum(one.name == "author" for one in named)


def _author(value: Thing) -> Fact | None:
    """Return an author's name in its natural order."""
    said = value.fact("author")
    if said is None and isinstance(value.data, dict):
        given, family = value.text("givenName"), value.text("familyName")
        name = f"{given} {family}".strip()
        said = Fact("author", name, value.line, value.path) if name else None
    if said is None:
        return None
    collective = bool(value.types & {"organization", "corporation", "collegeoruniversity"})
    text = re.sub(r"\s0[0-9]{3}$", "", said.text)  # dblp's number of a homonym
    return said._replace(text=text, value="group" if collective or is_group(text) else None)


def _person_scheme(address: str) -> str:
    if "orcid.org/" in address:
        return "orcid"
    return "dblp" if "dblp" in address and "/pid/" in address else "openalex" if "openalex.org/A" in address else ""


def _appeared(thing: Thing) -> Iterator[Fact | None]:
    """Yield venue, volume, issue and pages; an issue is part of a volume, a volume of a journal."""
    part: Thing | None = thing
    for _ in range(4):
        if part is None:
            break
        volume, issue = part.all("volumeNumber"), part.all("issueNumber")
        yield from (value.fact("volume") for value in volume[:1])
        yield from (value.fact("issue") for value in issue[:1])
        above = part.all("isPartOf")
        if part is not thing and not above and (part.types & {"periodical", "book", "bookseries", "event", "creativework", "creativeworkseries"} or not volume):
            yield part.fact("venue")
        part = above[0] if above else None
    for value in thing.all("pagination")[:1]:
        yield value.fact("pages")
    first, last = [thing.all(key)[:1] for key in ("pageStart", "pageEnd")]
    if first and (said := first[0].fact("pages")):
        end = last[0].fact("pages") if last else None
        yield said._replace(text=f"{said.text}-{end.text}") if end and end.text != said.text else said


def microdata_articles(web: Web) -> list[Thing]:
    """Return the papers that are marked with `itemscope` and `itemprop`, as dblp's pages do, or with RDFa's `typeof` and `property`, as ACM's."""
    found: list[Thing] = []
    scopes: list[tuple[Node, dict[str, list[Any]]]] = []
    for node in web.nodes:
        while scopes and node.index > scopes[-1][0].last:
            _close(web, scopes, found)
        attributes = node.attributes
        if "itemscope" in attributes or "typeof" in attributes:
            item: dict[str, list[Any]] = {"@type": [(attributes.get("itemtype") or attributes.get("typeof", "")).split(" ")[0]]}
            if scopes and (name := attributes.get("itemprop") or attributes.get("property")):
                for key in name.split():
                    scopes[-1][1].setdefault(key, []).append(item)
            scopes.append((node, item))
        elif scopes and (name := attributes.get("itemprop") or attributes.get("property")):
            shown = attributes.get("content") or (attributes.get("datetime") if node.tag == "time" else None) or (attributes.get("href") if node.tag in {"a", "link"} else None)
            leaf = Leaf(" ".join((shown or web.said(node)).split()), node.line, web.path(node))
            for key in name.split():
                scopes[-1][1].setdefault(key, []).append(leaf)
        elif scopes and node.tag == "a" and "orcid.org/" in attributes.get("href", ""):
            scopes[-1][1].setdefault("sameAs", []).append(Leaf(attributes["href"], node.line, web.path(node)))
    while scopes:
        _close(web, scopes, found)
    return found


def _close(web: Web, scopes: list[tuple[Node, dict[str, list[Any]]]], found: list[Thing]) -> None:
    node, item = scopes.pop()
    key = node.attributes.get("id", "")
    if "/" in key and identifier(key, "dblp"):
        item.setdefault("identifier", []).append(Leaf(f"https://dblp.org/rec/{key}", node.line, web.path(node)))
    thing = Thing(item, node.line, web.path(node))
    if is_article(thing) and not any("isPartOf" in above for _, above in scopes[-1:]):
        found.append(thing)
