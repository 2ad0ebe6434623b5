"""What a web page says about papers in the terms of schema.org: JSON-LD, microdata and RDFa; IEEE Xplore's own JSON too."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Self

from kg.ids import identifier
from kg.sources._html.facts import COMMA, Fact, author_facts, identified, linked
from kg.sources._html.page import Node, Web
from kg.sources._markup import plain
from kg.sources._text.dates import date

SCHOLARLY: Final = frozenset({"scholarlyarticle", "medicalscholarlyarticle"})
_PERHAPS: Final = frozenset({"article", "creativework", "techarticle", "report", "thesis", "chapter", "publicationarticle", "newsarticle", "book"})


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
        if isinstance(value.data, str | Leaf) and (said := value.fact("url")):
            found += [said, *(linked(said) if not any(fact is not None and fact.name in {"identifier", "arxiv_id"} and fact.text == said.text for fact in found) else ())]
    for value in thing.all("keywords"):
        said = value.fact("keyword")
        found += (said._replace(text=word) for word in COMMA.split(said.text) if word) if said else ()
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
        named = list(author_facts(said, several=not isinstance(value.data, dict)))
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
    return said._replace(text=text, value="group" if collective else None)


def _person_scheme(address: str) -> str:
    if "orcid.org/" in address:
        return "orcid"
    return "dblp" if "dblp" in address and "/pid/" in address else "openalex" if "openalex.org/A" in address else ""


def _appeared(thing: Thing) -> Iterator[Fact | None]:
    """Yield venue, volume, issue and pages; an issue is part of a volume, a volume of a journal, or all stand beside each other, as at dblp."""
    part: Thing | None = thing
    for _ in range(4):
        if part is None:
            break
        beside = [below for other in part.all("isPartOf")[1:] for below in other.all("volumeNumber", "issueNumber")]
        yield from (value.fact("volume" if "volumeNumber" in value.path else "issue") for value in beside)
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
    volumes: dict[str, Leaf | None] = {}
    scopes: list[tuple[Node, dict[str, list[Any]]]] = []
    for node in web.nodes:
        while scopes and node.index > scopes[-1][0].last:
            _close(web, scopes, found, volumes)
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
        _close(web, scopes, found, volumes)
    return found


def _close(web: Web, scopes: list[tuple[Node, dict[str, list[Any]]]], found: list[Thing], volumes: dict[str, Leaf | None]) -> None:
    """End an item, which may be a paper, or at dblp the volume that the papers below it are in: their keys begin alike."""
    node, item = scopes.pop()
    key = node.attributes.get("id", "")
    if "/" in key and identifier(key, "dblp"):
        place = key.rpartition("/")[0]
        if "editor" in node.classes:
            item["editor"] = item.pop("author", [])  # who are no authors
            volumes[place] = next((said for said in item.get("name", []) if isinstance(said, Leaf)), None)
        elif (volume := volumes.get(place)) is not None:
            said = Leaf(volume.text.removesuffix("."), node.line, volume.path)
            item.setdefault("isPartOf", [{"@type": ["Book"], "name": [said]}])
        item.setdefault("identifier", []).append(Leaf(f"https://dblp.org/rec/{key}", node.line, web.path(node)))
    thing = Thing(item, node.line, web.path(node))
    if is_article(thing) and not any("isPartOf" in above for _, above in scopes[-1:]):
        found.append(thing)
