"""COinS: what a page says of works in the titles of empty elements (OpenURL ContextObjects in Spans, ANSI/NISO Z39.88-2004).

Zotero's bibliographies, Wikipedia's citations, Drupal's Biblio and many catalogues have them: `<span class="Z3988" title="...">`.
"""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qs

from kg.sources._html.facts import Fact, identified
from kg.sources._html.page import Node, Web
from kg.sources._markup import plain
from kg.sources._text.dates import date

_LONGEST: Final = 20_000
_FIELDS: Final = {
    "rft.volume": "volume", "rft.issue": "issue", "rft.pub": "publisher", "rft.publisher": "publisher", "rft.genre": "type", "rft.language": "language",
    "rft.description": "abstract", "rft.subject": "keyword", "rft.issn": "other", "rft.isbn": "other", "rft.series": "other", "rft.place": "other", "rft.edition": "other",
}  # fmt: skip
_INFO: Final = re.compile(r"\Ainfo:(doi|pmid|arxiv|pmcid|hdl|oclcnum|bibcode)/", re.IGNORECASE)
"""How identifiers begin in the `info` scheme of addresses."""

_TITLES: Final = ("rft.atitle", "rft.title", "rft.btitle")
_VENUES: Final = ("rft.jtitle", "rft.btitle", "rft.title", "rft.stitle", "rft.source")


def coins(web: Web) -> list[tuple[Node, list[Fact]]]:
    """Return what each such element says, if it has a title."""
    found = []
    for node in web.nodes:
        if "z3988" in node.classes and 0 < len(text := node.attributes.get("title", "")) <= _LONGEST:
            facts = list(_facts(parse_qs(text), node, web.path(node)))
            if any(fact.name == "title" for fact in facts):
                found.append((node, facts))
    return found


def _facts(said: dict[str, list[str]], node: Node, path: str) -> Iterator[Fact]:
    def fact(name: str, key: str, text: str, value: str | None = None) -> Fact:
        return Fact(name, plain(" ".join(text.split())), node.line, f"{path}/@title, {key}", value)

    title = next((key for key in _TITLES if said.get(key)), "")
    if title:
        yield fact("title", title, said[title][0])
    venue = next((key for key in _VENUES if key != title and said.get(key)), "") if title == "rft.atitle" or "rft.jtitle" in said else ""
    if venue:
        yield fact("venue", venue, said[venue][0])
    for name in _authors(said):
        yield fact("author", "rft.au", name)
    for text in said.get("rft.date", [])[:1]:
        yield fact("date", "rft.date", text, date(text))
    first, last = said.get("rft.spage", [""])[0], said.get("rft.epage", [""])[0]
    if pages := said.get("rft.pages", [f"{first}-{last}" if first and last and first != last else first])[0]:
        yield fact("pages", "rft.pages", pages)
    for key, name in _FIELDS.items():
        yield from (fact(name, key, text) for text in said.get(key, ()) if text.strip())
    for text in [*said.get("rft_id", []), *said.get("rft.identifier", [])]:
        yield identified(fact("identifier", "rft_id", _INFO.sub(r"\1:", text)))


def _authors(said: dict[str, list[str]]) -> list[str]:
    """Return the names of the authors; the first may be in parts, and again among the others."""
    names = said.get("rft.au", []) + said.get("rft.aucorp", [])
    family, given = said.get("rft.aulast", [""])[0], said.get("rft.aufirst", said.get("rft.auinit", [""]))[0]
    if family and not any(family in name for name in names):
        names = [f"{given} {family}".strip(), *names]
    return names
