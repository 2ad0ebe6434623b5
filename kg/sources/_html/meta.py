"""What the meta tags of a web page say about its paper.

Google Scholar's "Inclusion Guidelines for Webmasters" names the families: Highwire Press (`citation_title`), bepress, EPrints,
PRISM and, as a last resort, Dublin Core.
"""

import re
from collections.abc import Sequence
from typing import Final

from kg.ids import identifier
from kg.sources._html.facts import COMMA, PART, Fact, author_facts, identified, linked
from kg.sources._html.page import Node, Web
from kg.sources._markup import plain
from kg.sources._text.dates import date

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
_REFERENCE: Final = re.compile(r"citation_([a-z_]+)=([^;]*)")
_PAGES_LABEL: Final = re.compile(r"\App?\.\s?(?=[0-9])")
_SHORT_DESCRIPTION: Final = 120
_HEADED: Final = re.compile(r"(?:ABSTRACT|Abstract|SUMMARY|Summary)\s*[:.]?\s+(?=[A-Z])")
"""The heading of an abstract that is but a line of it when its markup is gone."""


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
            found += (Fact("keyword", word, meta.line, _place(name, meta)) for word in COMMA.split(text) if word)
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
        if not any(self._known.get(name) == "author" for name, _ in tags):
            self._known = self._known | {"contributor": "author"}  # eLife names them so in Dublin Core
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
            self._pages.setdefault(kind, said._replace(text=_PAGES_LABEL.sub("", text)))
        elif kind in {"doi", "pmid", "pmcid", "arxiv", "any"}:
            self._found.append(identified(said, "" if kind == "any" else kind))
        elif kind in {"title", "abstract"}:
            shown = plain(text)
            if kind == "abstract" and "<" in text:
                shown = _HEADED.sub("", shown, count=1) if _HEADED.match(shown) else shown
            self._found.append(said._replace(text=shown))
        elif kind == "keyword":
            separator = PART if ";" in text else COMMA
            self._found += (said._replace(text=word) for word in separator.split(text) if word)
        elif kind == "reference":
            self._found.append(_reference(said))
        else:
            self._found.append(said)
            if kind == "url":
                self._found += linked(said)

    def _people(self, said: Fact, *, alone: bool) -> None:
        for author in author_facts(said, several=alone or said.name == "authors"):
            self._found.append(author)
            self._authors += author.name == "author"


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
