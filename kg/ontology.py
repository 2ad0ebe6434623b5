"""What the ontology's Turtle files say: the kinds of things, and the known names of each.

One file per kind in `ontology/`: its class, how a mention of it becomes an edge, its colour, and its known
instances as SKOS concepts. A new kind is a new file there; no Python names the kinds.

    >>> load().kinds["dataset"].label
    'dataset'
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Final, NamedTuple

import pyoxigraph as ox

from kg.errors import BuildError
from kg.garbage import unsearched
from kg.resources import ontology_folder

KG: Final = "https://w3id.org/kgp/ns#"
"""The namespace of our own terms."""

ID_SPACE: Final = "https://w3id.org/kgp/id/"
"""Where the ontology's own concepts live; a build may move all ids to another base."""

PREFIXES: Final = {
    "cito": "http://purl.org/spar/cito/",
    "datacite": "http://purl.org/spar/datacite/",
    "dcterms": "http://purl.org/dc/terms/",
    "fabio": "http://purl.org/spar/fabio/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
    "kg": KG,
    "mls": "http://www.w3.org/ns/mls#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "pro": "http://purl.org/spar/pro/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The vocabularies that the graph uses, by the prefixes that it and its queries use."""

_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"

_LABELS: Final = {
    f"{_SKOS}prefLabel": (False, False),
    f"{_SKOS}altLabel": (False, False),
    f"{KG}exactLabel": (True, False),
    f"{KG}ambiguousLabel": (True, True),
}
"""Label property to (match case exactly, needs context)."""

_OWN: Final = frozenset({*_LABELS, f"{_RDF}type", f"{_SKOS}broader", f"{KG}family"})
"""Properties that a concept has attributes for."""


@dataclass(frozen=True, slots=True)
class Label:
    """One name of a concept, and how it may be matched.

    Attributes:
        text: The name.
        exact: Whether capitals must agree (`kg:exactLabel`, `kg:ambiguousLabel`).
        ambiguous: Whether it is an ordinary word or a common acronym that needs support from the context.
        source: Name of the file of a person's own names that says it; empty for the ontology's.
    """

    text: str
    exact: bool
    ambiguous: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A known thing: one instance of a kind.

    Attributes:
        iri: Its IRI below the ontology's own id space.
        kind: Name of its kind, e.g. `dataset`.
        name: Its preferred label: the canonical name.
        labels: All its names, the preferred one first, then in alphabetical order.
        broader: IRIs of the concepts it is a version or a special case of.
        family: Whether it is a family of methods ("language model") rather than a name.
        properties: Everything else said of it, predicate IRI to sorted values (an IRI or a literal's text).
    """

    iri: str
    kind: str
    name: str
    labels: tuple[Label, ...]
    broader: tuple[str, ...]
    family: bool
    properties: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: one Turtle file.

    Attributes:
        name: Its short name, the file's stem: `paper person organization topic method ...`.
        iri: Its class.
        label: In words, singular.
        plural: In words, plural.
        color: `#rrggbb` for pictures.
        superclasses: External classes that every instance also has.
        mention_type: The type of mention that names it, or None if mentions do not.
        relations: Role of a mention (`introduces uses mentions`) to the predicate of its edge, as IRI.
    """

    name: str
    iri: str
    label: str
    plural: str
    color: str
    superclasses: tuple[str, ...]
    mention_type: str | None
    relations: dict[str, str]


@dataclass(frozen=True)
class Ontology:
    """All kinds and concepts.

    Attributes:
        kinds: Name of the kind to the kind.
        concepts: IRI to the concept.
        prefixes: Prefix to namespace, as declared by the files.
    """

    kinds: dict[str, Kind]
    concepts: dict[str, Concept]
    prefixes: dict[str, str]

    def of_kind(self, kind: str) -> list[Concept]:
        """Return the concepts of one kind, by IRI."""
        return [concept for _, concept in sorted(self.concepts.items()) if concept.kind == kind]

    def kind_of_mention(self, mention_type: str) -> Kind | None:
        """Return the kind that a mention of this type names."""
        return next((kind for kind in self.kinds.values() if kind.mention_type == mention_type), None)


class Introduction(NamedTuple):
    """Which paper brought a concept, and where in the ontology's files that is said.

    Attributes:
        concept: IRI of the concept.
        paper: The paper's identifier as `scheme:id` (`arxiv:1406.2661`, `doi:10.1162/neco.1997.9.8.1735`), or its title.
        titled: Whether it is the title.
        file: The file.
        line: The line, from 1.
        start: Offset of the statement in the file's text, in code points.
        end: Offset behind it.
        quote: The statement as it stands there.
    """

    concept: str
    paper: str
    titled: bool
    file: Path
    line: int
    start: int
    end: int
    quote: str


_BLOCK: Final = re.compile(r"^(?P<kind>[a-z]+):(?P<name>[^ ]+) a kg:[A-Z]", re.MULTILINE)
_INTRODUCED: Final = re.compile(r'kg:(?:introducedIn|(?P<titled>introductionTitle)) (?:"[^"\n]+"(?:, )?)+')

INTRODUCTION_TITLE: Final = f"{KG}introductionTitle"
"""Property of a concept: the titles of the papers that brought it."""


def introductions() -> Iterator[Introduction]:
    """Yield the papers that the ontology says its concepts come from, file by file.

    They are looked up in the text of the files, because the graph has to quote them.
    """
    for path in turtle_files():
        text = path.read_text(encoding="utf-8")
        blocks = [(match.start(), f"{ID_SPACE}{match['kind']}/{match['name']}") for match in _BLOCK.finditer(text)]
        for match in _INTRODUCED.finditer(text):
            concept = blocks[bisect_right(blocks, match.start(), key=itemgetter(0)) - 1][1] if blocks else ""
            line = text.count("\n", 0, match.start()) + 1
            for paper in re.findall(r'"([^"]+)"', match.group()):
                yield Introduction(concept, paper, match["titled"] is not None, path, line, *match.span(), match.group())


def turtle_files() -> list[Path]:
    """Return the ontology's files, in alphabetical order."""
    return sorted(ontology_folder().glob("*.ttl"))


@cache
def load() -> Ontology:
    """Read all Turtle files of the ontology (once a process).

    Raises:
        BuildError: If a file is not valid Turtle; the message names file and line.
    """
    with unsearched():
        return _read()


def _read() -> Ontology:
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    prefixes: dict[str, str] = {}
    for path in turtle_files():
        try:
            parser = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
            for quad in parser:
                if isinstance(quad.subject, ox.NamedNode):
                    said[quad.subject.value][quad.predicate.value].append(getattr(quad.object, "value", ""))
            prefixes |= parser.prefixes
        except SyntaxError as error:
            raise BuildError(f"{path}:{error.lineno}: not valid Turtle: {error.msg}; mend the file") from error
    kinds = {kind.name: kind for iri, facts in said.items() if (kind := _kind(iri, facts)) is not None}
    by_class = {kind.iri: kind.name for kind in kinds.values()}
    concepts = {iri: c for iri, facts in said.items() if (c := _concept(iri, facts, by_class)) is not None}
    return Ontology(dict(sorted(kinds.items())), dict(sorted(concepts.items())), dict(sorted(prefixes.items())))


def _kind(iri: str, facts: dict[str, list[str]]) -> Kind | None:
    """Return the kind that a class is declared as (it has a `kg:kindName`), if it is."""
    if f"{KG}kindName" not in facts:
        return None
    roles = {"uses": "whenUsed", "introduces": "whenIntroduced", "mentions": "whenMentioned"}
    return Kind(
        name=facts[f"{KG}kindName"][0],
        iri=iri,
        label=facts[f"{_RDFS}label"][0],
        plural=facts[f"{KG}plural"][0],
        color=facts[f"{KG}color"][0],
        superclasses=tuple(sorted(facts.get(f"{_RDFS}subClassOf", ()))),
        mention_type=next(iter(facts.get(f"{KG}mentionType", ())), None),
        relations={role: facts[KG + term][0] for role, term in roles.items() if KG + term in facts},
    )


def _concept(iri: str, facts: dict[str, list[str]], kinds: dict[str, str]) -> Concept | None:
    """Return the concept that a subject describes (an instance of a kind with a preferred label)."""
    kind = next((kinds[c] for c in facts.get(f"{_RDF}type", ()) if c in kinds), None)
    if kind is None or f"{_SKOS}prefLabel" not in facts:
        return None
    name = facts[f"{_SKOS}prefLabel"][0]
    # From loose to strict: where a name is given twice, the strictest rule for matching it holds.
    labels = {
        text: Label(text, exact, ambiguous)
        for predicate, (exact, ambiguous) in _LABELS.items()
        for text in facts.get(predicate, ())
    }
    return Concept(
        iri=iri,
        kind=kind,
        name=name,
        labels=tuple(sorted(labels.values(), key=lambda label: (label.text != name, label.text))),
        broader=tuple(sorted(facts.get(f"{_SKOS}broader", ()))),
        family="true" in facts.get(f"{KG}family", ()),
        properties={p: tuple(sorted(values)) for p, values in sorted(facts.items()) if p not in _OWN},
    )
