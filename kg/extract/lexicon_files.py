"""A person's own names: SKOS concepts in Turtle, or a table in CSV, joined with what the ontology knows.

Turtle: any concept with a `skos:prefLabel` whose type is told by a class of the ontology (`a kg:Method`), or by a
`kg:mentionType "method"` of its own or of its `skos:inScheme`. CSV: a header with `name` and `type`, and if wanted
`aliases` and `broader` (several are separated by `|`) and `context` (`yes` for an ordinary word that counts only
where its surroundings support it).

A concept whose name the ontology knows as one of the same kind is that concept, and adds its labels to it.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Final, NamedTuple

import pyoxigraph as ox

from kg.errors import UsageError
from kg.extract.tokens import tokens
from kg.ontology import ID_SPACE, KG, PREFIXES, Concept, Label, Ontology, load
from kg.text import distinct_slug, squeeze

EXACT_MATCH: Final = PREFIXES["skos"] + "exactMatch"
"""The property under which a concept keeps the IRI that the person gave it."""

_TYPE: Final = PREFIXES["rdf"] + "type"
_NAME, _OTHER, _HIDDEN, _BROADER, _SCHEME = (
    PREFIXES["skos"] + name for name in ("prefLabel", "altLabel", "hiddenLabel", "broader", "inScheme")
)
_MENTION_TYPE: Final = f"{KG}mentionType"
_LABELS: Final = {
    _NAME: (False, False), _OTHER: (False, False), _HIDDEN: (False, False),
    f"{KG}exactLabel": (True, False), f"{KG}ambiguousLabel": (True, True),
}  # fmt: skip
"""Label property to (match case exactly, needs context), from loose to strict."""

_COLUMNS: Final = ("name", "type", "aliases", "broader", "context")
_YES: Final = frozenset({"yes", "true", "1", "y"})
_NO: Final = frozenset({"", "no", "false", "0", "n"})
_LONGEST: Final = 200
"""No name has more characters; a cell that has is no name."""


class LexiconFile(NamedTuple):
    """A file of names: the path that the person gave, and what is in it."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Own:
    """One name that a person added, as the file has it.

    Attributes:
        where: File, and line or IRI, for messages.
        file: The name of the file.
        kind: The kind of thing.
        labels: All names, the preferred one first.
        broader: IRIs or names of what it is a special case of.
        iri: The IRI that the person gave it, empty without one.
        family: Whether it stands for a family of things.
    """

    where: str
    file: str
    kind: str
    labels: tuple[Label, ...]
    broader: tuple[str, ...]
    iri: str = ""
    family: bool = False


def read(paths: Iterable[str]) -> tuple[LexiconFile, ...]:
    """Return files of names as they are on the disk.

    Raises:
        UsageError: If one cannot be read.
    """
    found = []
    for path in paths:
        try:
            found.append(LexiconFile(path, Path(path).read_bytes()))
        except OSError as error:
            raise UsageError(f"{path}: this file of names cannot be read: {error.strerror}; put it back or leave it out") from error
    return tuple(found)


@lru_cache(maxsize=4)
def combined(files: tuple[LexiconFile, ...]) -> Ontology:
    """Return the ontology with the names of these files.

    Raises:
        UsageError: If a file is no list of names; the message names file and line.
    """
    ontology = load()
    added = [own for file in files for own in _names(file, ontology)]
    return replace(ontology, concepts=_joined(added, ontology)) if added else ontology


def _names(file: LexiconFile, ontology: Ontology) -> list[Own]:
    suffix = Path(file.path).suffix.lower()
    if suffix not in {".ttl", ".csv"}:
        raise UsageError(f"{file.path}: a file of names ends in .ttl or .csv; rename it")
    found = list(_turtle(file, ontology) if suffix == ".ttl" else _table(file, ontology))
    if not found:
        raise UsageError(f"{file.path}: no names in it; give concepts with a skos:prefLabel, or rows of {','.join(_COLUMNS)}")
    return found


def _turtle(file: LexiconFile, ontology: Ontology) -> Iterator[Own]:
    """Yield the concepts of a Turtle file, in the order of their IRIs."""
    said: dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]] = defaultdict(lambda: defaultdict(list))
    try:
        for quad in ox.parse(input=file.content, format=ox.RdfFormat.TURTLE):
            said[getattr(quad.subject, "value", "")][quad.predicate.value].append(quad.object)
    except SyntaxError as error:
        raise UsageError(f"{file.path}:{error.lineno}: not valid Turtle: {error.msg}; mend the file") from error
    values = {iri: {p: sorted(getattr(o, "value", "") for o in objects) for p, objects in facts.items()} for iri, facts in said.items()}
    for iri, facts in sorted(values.items()):
        if _NAME not in facts:
            continue
        where = f"{file.path}: <{iri}>"
        labels: dict[str, Label] = {}
        for predicate, (exact, ambiguous) in _LABELS.items():
            for text in _english(said[iri].get(predicate, ())):
                labels[text] = Label(text, exact, ambiguous, Path(file.path).name)
        first = next(iter(_english(said[iri][_NAME])), "")
        labels.setdefault(first, Label(first, exact=False, ambiguous=False))
        yield Own(
            where, Path(file.path).name, _kind_in_turtle(facts, values, ontology, where),
            _in_order((_checked(where, label) for label in labels.values()), first),
            tuple(facts.get(_BROADER, ())), iri if iri.startswith(("http://", "https://")) else "",
            "true" in facts.get(f"{KG}family", ()),
        )  # fmt: skip


def _english(labels: Iterable[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]) -> list[str]:
    """Return the texts of labels in English or without a language; of all, where there is none such."""
    literals = [label for label in labels if isinstance(label, ox.Literal)]
    english = [label for label in literals if not label.language or label.language.lower().startswith("en")]
    return sorted(squeeze(label.value) for label in english or literals)


def _kind_in_turtle(
    facts: Mapping[str, Sequence[str]], values: Mapping[str, Mapping[str, Sequence[str]]], ontology: Ontology, where: str
) -> str:
    """Return the kind of a concept: by its class, by its own mention type, or by that of its scheme."""
    classes = {kind.iri: kind.name for kind in ontology.kinds.values() if kind.mention_type}
    by_class = [classes[name] for name in facts.get(_TYPE, ()) if name in classes]
    types = [*facts.get(_MENTION_TYPE, ()), *(t for s in facts.get(_SCHEME, ()) for t in values.get(s, {}).get(_MENTION_TYPE, ()))]
    if by_class or types:
        return by_class[0] if by_class else _kind(types[0], ontology, where)
    known = ", ".join(sorted(f"kg:{name.rpartition('#')[2]}" for name in classes))
    raise UsageError(f'{where} says no type; give it a class ({known}), or a kg:mentionType "method" or the like')


def _table(file: LexiconFile, ontology: Ontology) -> Iterator[Own]:
    """Yield the rows of a CSV file."""
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.content[: error.start].count(b"\n") + 1
        raise UsageError(f"{file.path}:{line}: not UTF-8; save the table as UTF-8") from error
    head = text.split("\n", 1)[0]
    rows = csv.reader(StringIO(text), delimiter=next((mark for mark in ",;\t" if mark in head), ","), strict=True)
    try:
        columns = [column.strip().lower() for column in next(rows, [])]
        unknown = sorted({*columns} - {*_COLUMNS})
        if unknown or not {"name", "type"} <= {*columns} or len({*columns}) < len(columns):
            raise UsageError(
                f"{file.path}:1: the first line has to name the columns name and type, and may name {', '.join(_COLUMNS[2:])}, "
                f"each once; it says {','.join(columns) or 'nothing'}"
            )
        for row in rows:
            if any(cell.strip() for cell in row):
                yield _row(row, columns, f"{file.path}:{rows.line_num}", Path(file.path).name, ontology)
    except csv.Error as error:
        raise UsageError(f"{file.path}:{rows.line_num}: not a table in CSV: {error}; mend the line") from error


def _row(row: list[str], columns: list[str], where: str, file: str, ontology: Ontology) -> Own:
    if len(row) > len(columns):
        raise UsageError(f"{where}: {len(row)} cells under {len(columns)} columns; put a text with a comma in quotes")
    told = dict.fromkeys(_COLUMNS, "") | {column: squeeze(cell) for column, cell in zip(columns, row, strict=False)}
    context = told["context"].lower()
    if context not in _YES | _NO:
        raise UsageError(f"{where}: context is yes or no, not {told['context']!r}")
    texts = dict.fromkeys([told["name"], *_several(told["aliases"])])
    labels = tuple(_checked(where, Label(text, context in _YES, context in _YES, file)) for text in texts)
    return Own(where, file, _kind(told["type"], ontology, where), labels, tuple(_several(told["broader"])))


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _kind(told: str, ontology: Ontology, where: str) -> str:
    """Return the kind that the name of a kind or of a type of mentions means."""
    names = {name: kind.name for kind in ontology.kinds.values() if kind.mention_type for name in (kind.name, kind.mention_type)}
    if told.lower() not in names:
        raise UsageError(f"{where}: {told!r} is no type of name; the types: {', '.join(sorted(names))}")
    return names[told.lower()]


def _checked(where: str, label: Label) -> Label:
    if not any(character.isalnum() for character in label.text) or len(label.text) > _LONGEST:
        raise UsageError(f"{where}: {label.text[:40]!r} is no name; a name has letters, and at most {_LONGEST} characters")
    return label


def _joined(added: Iterable[Own], ontology: Ontology) -> dict[str, Concept]:
    """Return the concepts of the ontology and those added, by IRI; one and the same name of a kind is one concept."""
    known = _Known(ontology)
    placed = [(known.place(own), own) for own in added]
    by_own = {own.iri: iri for iri, own in placed if own.iri}
    concepts = dict(ontology.concepts)
    for iri, own in placed:
        concepts[iri] = _added(concepts.get(iri), iri, own)
    for iri, own in placed:
        above = {_above(told, own, known, by_own) for told in own.broader} - {None, iri}
        concepts[iri] = replace(concepts[iri], broader=tuple(sorted({*concepts[iri].broader, *(a for a in above if a)})))
    for iri, own in placed:
        _check_not_above_itself(iri, own, concepts)
    return dict(sorted(concepts.items()))


class _Known:
    """Which concept a name of a kind means: grows by the names that are added."""

    def __init__(self, ontology: Ontology) -> None:
        self._concepts = ontology.concepts
        self._by_name: dict[tuple[str, str], str] = {}
        for concept in ontology.concepts.values():
            for label in concept.labels:
                if label.text == concept.name or not label.ambiguous:
                    self._by_name.setdefault((concept.kind, key(label.text)), concept.iri)

    def place(self, own: Own) -> str:
        """Return the IRI of an added name's concept, and keep it for its names."""
        named = (own.kind, key(own.labels[0].text))
        meant = own.iri if own.iri in self._concepts else self._by_name.get(named)
        iri = meant or f"{ID_SPACE}{own.kind}/{distinct_slug(own.labels[0].text)}"
        self._by_name[named] = iri
        for label in own.labels[1:]:
            self._by_name.setdefault((own.kind, key(label.text)), iri)
        return iri

    def find(self, kind: str, name: str) -> str | None:
        """Return the IRI of the concept of a kind that a name means."""
        return name if name in self._concepts else self._by_name.get((kind, key(name)))


def key(name: str) -> str:
    """Return a name for comparison, whatever its case, number, spelling and hyphens.

    >>> key("Graph-Neural Networks")
    'graph neural network'
    """
    return " ".join(tokens(name).keys)


def _added(known: Concept | None, iri: str, own: Own) -> Concept:
    """Return a concept with what a person says of it; their rules for matching a name replace ours."""
    matches = (own.iri,) if own.iri and not own.iri.startswith(ID_SPACE) else ()
    if known is None:
        properties: dict[str, tuple[str, ...]] = {EXACT_MATCH: matches} if matches else {}
        return Concept(iri, own.kind, own.labels[0].text, _in_order(own.labels, own.labels[0].text), (), own.family, properties)
    said = {EXACT_MATCH: tuple(sorted({*known.properties.get(EXACT_MATCH, ()), *matches}))} if matches else {}
    labels = _in_order((*known.labels, *own.labels), known.name)
    return replace(known, labels=labels, properties=dict(sorted((known.properties | said).items())))


def _in_order(labels: Iterable[Label], name: str) -> tuple[Label, ...]:
    """Return labels, of those with one text the last, the preferred one first and the others in alphabetical order."""
    by_text = {label.text: label for label in labels}
    return tuple(sorted(by_text.values(), key=lambda label: (label.text != name, label.text)))


def _above(told: str, own: Own, known: _Known, by_own: Mapping[str, str]) -> str | None:
    """Return the concept that a broader link leads to; None for an IRI of which nothing is known here."""
    found = by_own.get(told) or known.find(own.kind, told)
    if found is None and not own.iri:
        raise UsageError(f"{own.where}: broader {told!r} is no {own.kind} in the lists of names; list it too")
    return found


def _check_not_above_itself(iri: str, own: Own, concepts: Mapping[str, Concept]) -> None:
    seen: set[str] = set()
    waiting = list(concepts[iri].broader)
    while waiting:
        above = waiting.pop()
        if above == iri:
            raise UsageError(f"{own.where}: following broader upwards from {own.labels[0].text!r} leads back to it; take a link out")
        if above not in seen:
            seen.add(above)
            waiting += concepts[above].broader if above in concepts else ()
