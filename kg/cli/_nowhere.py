"""Why an answer may be empty: the terms and nodes that a query names and the graph does not have, and what is near to them."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

import pyoxigraph as ox

from kg.ontology import PREFIXES
from kg.pipeline.called import COLUMNS, LIKE, NEAR, Called
from kg.pipeline.opened import Opened
from kg.store import guard
from kg.store.questions import prefixes
from kg.store.vocabulary import declared

SHOWN: Final = 5
"""So many are told."""

_DECLARED: Final = re.compile(r"\bprefix\s+([\w.-]*):\s*<([^<>\s]*)>", re.IGNORECASE)
_ABSOLUTE: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
_NAME: Final = re.compile(r"([A-Za-z][\w-]*):([\w.%-]*[\w%-])")


def nowhere(sparql: str, opened: Opened) -> Iterator[str]:
    """Yield what a query names that stands nowhere in the graph, each once, in words."""
    store, base = opened.store, opened.base
    for iri in dict.fromkeys(_iris(sparql, base)):
        term = ox.NamedNode(iri)
        if any(next(iter(store.quads_for_pattern(*place)), None) for place in ((term, None, None), (None, term, None), (None, None, term))):
            continue
        if iri.startswith(base):
            near = [opened.path(row["id"]) for row in Called(opened.table("nodes", COLUMNS)).near(opened.path(iri), base)]
        elif iri in (terms := {term for term, _ in declared()}):
            yield f"{_short(iri)} is a term of the ontology, but nothing in this graph has it"
            continue
        else:
            near = [_short(each) for each in _alike(iri, terms)]
        yield f"{_short(iri) if not iri.startswith(base) else opened.path(iri)} is nowhere in this graph" + (f"; near to it: {', '.join(near)}" if near else "")


def _iris(sparql: str, base: str) -> Iterator[str]:
    """Yield the IRIs that a query names, but those that only declare a prefix, and the types of its literals."""
    spaces = prefixes(base) | dict(_DECLARED.findall(sparql))
    before = ""
    for match in guard.tokens_of(sparql):
        token, name = match.group(), _NAME.fullmatch(match.group().rstrip("."))
        if before.lower() not in {"prefix", "base", "^^"}:
            if match.lastgroup == "iri" and not before.endswith(":") and _ABSOLUTE.match(token):
                yield token[1:-1]
            elif name and name[1] in spaces:
                yield spaces[name[1]] + name[2]
        before = "^^" if before == token == "^" else token


def _alike(iri: str, terms: set[str]) -> list[str]:
    """Return the terms of the same vocabulary whose names are near to that of an IRI."""
    space, name = _parted(iri)
    names = {_parted(term)[1].lower(): term for term in sorted(terms) if _parted(term)[0] == space}
    return [names[near] for near in get_close_matches(name.lower(), names, NEAR, LIKE)]


def _parted(iri: str) -> tuple[str, str]:
    """Return the namespace of a term, and its name there."""
    name = re.split(r"[/#]", iri)[-1]
    return iri.removesuffix(name), name


def _short(iri: str) -> str:
    """Return a term with its prefix, where it has one."""
    space, name = _parted(iri)
    return next((f"{prefix}:{name}" for prefix, known in PREFIXES.items() if known == space), iri)
