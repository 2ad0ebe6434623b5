"""A person's own schemes of topics, joined with ours.

A file is SKOS (`skos:prefLabel`, `skos:altLabel`, `skos:hiddenLabel`, `skos:broader`, `skos:narrower`), or has the shape
in which the Computer Science Ontology is published (`rdfs:label`, `cso:superTopicOf`, and `cso:preferentialEquivalent` or
`cso:relatedEquivalent` between names of one topic; Salatino et al., "The Computer Science Ontology: A Large-Scale Taxonomy
of Research Areas", ISWC 2018). It is read as a stream, and only names and links are kept of it.

A topic whose preferred name we know is our topic, and adds its names and what is above it; any other becomes a topic
of that name. Both are `skos:exactMatch` of the IRI that the file gives. Where links lead in a circle, the last of them
in alphabetical order is left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import pyoxigraph as ox

from kg.errors import UsageError
from kg.extract.lexicon_files import EXACT_MATCH, key
from kg.ontology import ID_SPACE, PREFIXES, Concept, Label, Ontology
from kg.text import distinct_slug, squeeze

FORMATS: Final = {
    ".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML, ".owl": ox.RdfFormat.RDF_XML, ".xml": ox.RdfFormat.RDF_XML,
}  # fmt: skip
"""End of a file's name to its syntax."""

_CSO: Final = "http://cso.kmi.open.ac.uk/schema/cso#"
_SKOS: Final = PREFIXES["skos"]
_NAMES: Final = {f"{_SKOS}prefLabel": 0, f"{PREFIXES['rdfs']}label": 1, f"{_SKOS}altLabel": 2, f"{_SKOS}hiddenLabel": 2}
"""Label property to rank; a name of the ranks below 2 may be the preferred one."""

_ABOVE: Final = f"{_SKOS}broader"
_BELOW: Final = frozenset({f"{_SKOS}narrower", f"{_CSO}superTopicOf"})
_PREFERRED: Final = f"{_CSO}preferentialEquivalent"
_SAME: Final = frozenset({_PREFERRED, f"{_CSO}relatedEquivalent"})
_TYPE: Final = f"{PREFIXES['rdf']}type"
_TOPICS: Final = frozenset({f"{_SKOS}Concept", f"{_CSO}Topic"})
_SCHEME: Final = f"{_SKOS}inScheme"
_NOTATION: Final = f"{_SKOS}notation"
_WITHDRAWN: Final = f"{PREFIXES['owl']}deprecated"

_LONGEST: Final = 120
"""No name of a topic has more characters; a label that has is a sentence."""

_SHORT: Final = 4
"""A word of so few letters ("map", "svm") may mean many things: it counts where something near it is found too."""


class SchemeFile(NamedTuple):
    """A file as it is on the disk now: path, time of change in nanoseconds, size in bytes."""

    path: str
    changed: int
    size: int


@dataclass(slots=True)
class _Told:
    """What a file says of one topic: its names, each with its rank and language (empty for none), and links by IRI."""

    names: list[tuple[int, str, str]] = field(default_factory=list)
    above: set[str] = field(default_factory=set)
    schemes: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Foreign:
    """A topic of a person's scheme: one, however many IRIs the file has for it.

    Attributes:
        iri: The IRI that it is best known by.
        names: Its names, the preferred one first.
        above: IRIs of broader topics.
        schemes: IRIs of the schemes that it is in.
    """

    iri: str
    names: tuple[str, ...]
    above: tuple[str, ...]
    schemes: tuple[str, ...]


def stamped(paths: Iterable[str]) -> tuple[SchemeFile, ...]:
    """Return files with what tells whether they have changed.

    Raises:
        UsageError: If one cannot be found.
    """
    found = []
    for path in paths:
        try:
            told = Path(path).stat()
        except OSError as error:
            raise UsageError(f"{path}: this scheme of topics cannot be read: {error.strerror}; put it back or leave it out") from error
        found.append(SchemeFile(path, told.st_mtime_ns, told.st_size))
    return tuple(found)


def joined(files: Sequence[SchemeFile], ontology: Ontology) -> Ontology:
    """Return the ontology with the topics of these files.

    Raises:
        UsageError: If a file is no scheme of topics; the message names file and line.
    """
    concepts = dict(ontology.concepts)
    for file in files:
        _add(topics_in(file), concepts, Path(file.path).name)
    return replace(ontology, concepts=dict(sorted(concepts.items()))) if files else ontology


@lru_cache(maxsize=4)
def topics_in(file: SchemeFile) -> tuple[Foreign, ...]:
    """Return the topics of a file, by IRI.

    Raises:
        UsageError: If it is no scheme of topics; the message names file and line.
    """
    told, same = _read(file.path)
    leader = _leaders(same, told)
    groups: dict[str, list[str]] = defaultdict(list)
    for iri in sorted(told):
        groups[leader.get(iri, iri)].append(iri)
    found = []
    for iri, members in sorted(groups.items()):
        names = list(dict.fromkeys(name for member in [iri, *members] if member in told for name in _names(told[member])))
        if names:
            above = {leader.get(each, each) for member in members for each in told[member].above} - {iri}
            schemes = {scheme for member in members for scheme in told[member].schemes}
            found.append(Foreign(iri, tuple(names), tuple(sorted(above)), tuple(sorted(schemes))))
    if not found:
        raise UsageError(f"{file.path}: no topics in it; a topic is a skos:Concept with a skos:prefLabel, or a cso:Topic with an rdfs:label")
    return tuple(found)


def _read(path: str) -> tuple[dict[str, _Told], dict[str, set[tuple[bool, str]]]]:
    """Return what a file says of its topics, and which IRIs mean one topic: `(preferred, other)` by IRI."""
    syntax = FORMATS.get(Path(path).suffix.lower())
    if syntax is None:
        raise UsageError(f"{path}: a scheme of topics ends in {', '.join(sorted(FORMATS))}; rename or convert it")
    told: dict[str, _Told] = defaultdict(_Told)
    same: dict[str, set[tuple[bool, str]]] = defaultdict(set)
    topics, withdrawn = set(), set()
    try:
        for quad in ox.parse(path=path, format=syntax):
            subject, predicate, value = quad.subject, quad.predicate.value, quad.object
            if not isinstance(subject, ox.NamedNode):
                continue
            if isinstance(value, ox.Literal):
                _hear_literal(told, subject.value, predicate, value)
                if predicate == _WITHDRAWN and value.value in {"true", "1"}:
                    withdrawn.add(subject.value)
            elif isinstance(value, ox.NamedNode):
                if predicate == _TYPE and value.value in _TOPICS:
                    topics.add(subject.value)
                elif predicate in _SAME:
                    same[subject.value].add((predicate == _PREFERRED, value.value))
                else:
                    _hear_link(told, subject.value, predicate, value.value)
    except SyntaxError as error:
        place = f"{path}:{error.lineno}" if error.lineno else path
        raise UsageError(f"{place}: not valid {syntax.name}: {error.msg}; mend the file") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: this scheme of topics cannot be read: {error}") from error
    # Not all files say of each topic that it is one: what stands above or below another is, and so is what has a name as one.
    linked = {iri for iri, each in told.items() if each.above} | {above for each in told.values() for above in each.above}
    kept = (topics or linked) - withdrawn
    return {iri: each for iri, each in told.items() if iri in kept}, {iri: others for iri, others in same.items() if iri in kept}


def _hear_literal(told: dict[str, _Told], subject: str, predicate: str, value: ox.Literal) -> None:
    if predicate in _NAMES:
        text = squeeze(value.value)
        if len(text) <= _LONGEST and any(character.isalpha() for character in text):
            told[subject].names.append((_NAMES[predicate], (value.language or "").lower(), text))


def _hear_link(told: dict[str, _Told], subject: str, predicate: str, value: str) -> None:
    if predicate == _ABOVE:
        told[subject].above.add(value)
    elif predicate in _BELOW:
        told[value].above.add(subject)
    elif predicate == _SCHEME:
        told[subject].schemes.add(value)


def _names(told: _Told) -> Iterator[str]:
    """Yield the names of a topic, the preferred one first: in English or no language; of another, where there is no English."""
    preferred = sorted({language for rank, language, _ in told.names if rank < 2})
    if any(map(_is_english, preferred)):
        yield from (name for _, language, name in sorted(told.names) if _is_english(language))
    elif preferred:
        yield from (name for _, language, name in sorted(told.names) if language == preferred[0])


def _is_english(language: str) -> bool:
    """Tell whether a language tag, in lower case, is English or none."""
    return language.partition("-")[0] in {"", "en"}


def _leaders(same: Mapping[str, Iterable[tuple[bool, str]]], told: Mapping[str, _Told]) -> dict[str, str]:
    """Return which IRI stands for each that is one of several for a topic: the preferred one, else the first."""
    groups: dict[str, set[str]] = {}
    preferred: dict[str, int] = defaultdict(int)
    for iri, others in sorted(same.items()):
        for is_preferred, other in sorted(others):
            if other not in told:
                continue
            preferred[other] += is_preferred
            whole = groups.get(iri, {iri}) | groups.get(other, {other})
            groups |= dict.fromkeys(whole, whole)
    return {iri: min(group, key=lambda each: (-preferred[each], each)) for iri, group in groups.items()}


def _add(topics: Sequence[Foreign], concepts: dict[str, Concept], source: str) -> None:
    """Add topics to the concepts, by their names."""
    known = _by_name(concepts.values())
    placed = {topic.iri: known.get(key(topic.names[0])) or f"{ID_SPACE}topic/{distinct_slug(topic.names[0])}" for topic in topics}
    for topic in topics:
        concepts[placed[topic.iri]] = _with(concepts.get(placed[topic.iri]), placed[topic.iri], topic, source)
    links = sorted({(placed[topic.iri], placed[each]) for topic in topics for each in topic.above if each in placed})
    above = {each.iri: set(each.broader) for each in concepts.values() if each.kind == "topic"}
    links = [(here, there) for here, there in links if here != there and there not in above[here]]
    circular = _in_circles(above, links)
    for here, there in sorted(links, key=circular.issuperset):
        if not (circular.issuperset((here, there)) and _leads_to(there, here, above)):
            above[here].add(there)
    for here in {here for here, _ in links}:
        concepts[here] = replace(concepts[here], broader=tuple(sorted(above[here])))


def _by_name(concepts: Iterable[Concept]) -> dict[str, str]:
    """Return which topic a preferred name means; of a category with a code, also what people call it besides."""
    names: dict[str, str] = {}
    for concept in concepts:
        if concept.kind == "topic":
            for label in concept.labels:
                if not label.ambiguous and (label.text == concept.name or _NOTATION in concept.properties):
                    names.setdefault(key(label.text), concept.iri)
    return names


def _with(known: Concept | None, iri: str, topic: Foreign, source: str) -> Concept:
    """Return a concept with what a scheme says of it."""
    labels = {label.text: label for label in known.labels} if known else {}
    for name in topic.names:
        labels.setdefault(name, _label(name, source))
    first = known.name if known else topic.names[0]
    matches = known.properties.get(EXACT_MATCH, ()) if known else ()
    properties = dict(known.properties) if known else {_SCHEME: topic.schemes} if topic.schemes else {}
    return Concept(
        iri, "topic", first, tuple(sorted(labels.values(), key=lambda label: (label.text != first, label.text))),
        known.broader if known else (), known is not None and known.family,
        dict(sorted((properties | {EXACT_MATCH: tuple(sorted({*matches, topic.iri}))}).items())),
    )  # fmt: skip


def _label(name: str, source: str) -> Label:
    return Label(name, exact=False, ambiguous=len(name) <= _SHORT and name.isalnum() and name.islower(), source=source)


def _in_circles(above: Mapping[str, Iterable[str]], links: Iterable[tuple[str, str]]) -> set[str]:
    """Return the topics that may be on a circle: those that are left when all are taken away that have nothing above them."""
    left = {topic: set(each) for topic, each in above.items()}
    for here, there in links:
        left[here].add(there)
    below: dict[str, list[str]] = defaultdict(list)
    for topic, over in left.items():
        for there in over:
            below[there].append(topic)
    free = [topic for topic, over in left.items() if not over]
    while free:
        done = free.pop()
        del left[done]
        for topic in below[done]:
            left[topic].discard(done)
            if not left[topic]:
                free.append(topic)
    return set(left)


def _leads_to(start: str, end: str, above: Mapping[str, Iterable[str]]) -> bool:
    """Tell whether following `above` from `start` leads to `end`."""
    seen, waiting = {start}, [start]
    while waiting:
        each = above[waiting.pop()]
        waiting += [topic for topic in each if topic not in seen]
        seen.update(each)
    return end in seen
