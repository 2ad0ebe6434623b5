"""The graph as nodes, edges and evidence: the tables that exporters and analyses are given.

In: the assembly, the records, the ontology. Out: tables with the schemas of `kg.model.graph`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, NamedTuple

import pyarrow as pa

from kg.graph.assemble import Assembly, edge_predicates
from kg.ids import PREFERRED, as_step, link, of_step, preferred
from kg.model.graph import EDGES, NODES
from kg.model.tables import Relation, rows_of
from kg.model.versions import KINDS
from kg.names import fullest
from kg.ontology import ID_SPACE, KG, PREFIXES, Concept, Ontology
from kg.text import squeeze

BEARERS: Final = frozenset({"person", "group", "ambiguous"})
"""Kinds of nodes that stand for a name in an author list."""

_LIMIT: Final = 160
"""A label longer than this is cut with an ellipsis."""


@dataclass(slots=True)
class Entity:
    """All facts of one entity: predicate to its objects, in order."""

    path: str
    facts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def kind(self) -> str:
        """The kind that its path begins with."""
        return self.path.partition("/")[0]

    def first(self, predicate: str) -> str | None:
        """Return the first object of a predicate, if there is one."""
        return next(iter(self.facts.get(predicate, ())), None)


def entities(facts: Relation) -> Iterator[Entity]:
    """Yield the facts entity by entity, in the order of their paths, in which the rows must be."""
    entity: Entity | None = None
    for batch in facts.to_batches():
        columns = (batch.column(name).to_pylist() for name in ("subject", "predicate", "object"))
        for subject, predicate, value in zip(*columns, strict=True):
            if entity is None or entity.path != subject:
                if entity is not None:
                    yield entity
                entity = Entity(subject)
            entity.facts[predicate].append(value)
    if entity is not None:
        yield entity


def is_paper(entity: Entity) -> bool:
    """Tell whether an entity is a paper of the input, rather than one that is cited only."""
    return "kg:Paper" in entity.facts.get("rdf:type", ())


class Tie(NamedTuple):
    """How papers are tied to an entity: how many, and the year of the first."""

    papers: int
    year: int | None


def tied(assembly: Assembly) -> Iterator[tuple[Entity, Tie | None]]:
    """Yield each entity that has facts or that an edge leads to, in the order of their paths, with its tie."""
    ties = ((row["target"], Tie(row["papers"], row["year"])) for row in rows_of(assembly.ties))
    path, tie = next(ties, (None, None))
    for entity in entities(assembly.facts):
        while path is not None and path < entity.path:
            yield Entity(path), tie
            path, tie = next(ties, (None, None))
        if path == entity.path:
            yield entity, tie
            path, tie = next(ties, (None, None))
        else:
            yield entity, None
    while path is not None:
        yield Entity(path), tie
        path, tie = next(ties, (None, None))


def by_path(known: Ontology) -> dict[str, Concept]:
    """Return the known concepts by their paths below the id space."""
    return {iri.removeprefix(ID_SPACE): concept for iri, concept in known.concepts.items()}


def nodes(
    assembly: Assembly, names: Mapping[str, list[str]], known: Mapping[str, Concept], base: str, *, with_text: bool
) -> Iterator[pa.RecordBatch]:
    """Yield the nodes, in the order of their IRIs: papers and all that an edge leads to.

    Args:
        assembly: The joined statements.
        names: Path of a thing to the canonical names that its mentions gave it.
        known: Path of a thing to what the ontology and a person's own lists say of it.
        base: The base IRI that paths are put behind.
        with_text: Whether abstracts are kept.
    """
    def rows() -> Iterator[dict[str, Any]]:
        for entity, tie in tied(assembly):
            if is_paper(entity):
                yield _paper(entity, names, known, base, with_text)
            elif tie is not None:
                yield _other(entity, tie, names, known, base)

    return batched(rows(), NODES)


def batched(rows: Iterable[dict[str, Any]], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Yield rows in batches."""
    waiting = iter(rows)
    while held := list(islice(waiting, 4096)):
        yield pa.RecordBatch.from_pylist(held, schema=schema)


def _other(
    entity: Entity, tie: Tie, names: Mapping[str, list[str]], known: Mapping[str, Concept], base: str
) -> dict[str, Any]:
    label, *aliases = labels(entity, names, known)
    return {
        "id": base + entity.path, "kind": "cited" if entity.kind == "paper" else entity.kind, "label": label,
        "aliases": sorted(aliases), "year": tie.year, "date": None, "url": _link(entity, known), "text": None,
        "authors_complete": None, "papers": tie.papers,
    }  # fmt: skip


def labels(entity: Entity, names: Mapping[str, list[str]], known: Mapping[str, Concept]) -> list[str]:
    """Return the names of an entity, the one to show first: what people call it, before what sources print."""
    preferred_name = entity.first("kg:preferredName")
    if preferred_name:
        others = labels(Entity(entity.path, {**entity.facts, "kg:preferredName": []}), names, known)
        return [short(preferred_name), *(name for name in others if name != short(preferred_name))]
    concept = known.get(entity.path)
    if concept:
        # Two archives may call a category alike: Machine Learning is cs.LG and stat.ML.
        code = next(iter(concept.properties.get(f"{PREFIXES['skos']}notation", ())), "")
        return [f"{concept.name} ({code})" if code else concept.name, *(label.text for label in concept.labels if label.text != concept.name)]
    if entity.kind in BEARERS:
        spellings = entity.facts.get("foaf:name", [])
        best = fullest(spellings or [entity.path])
        return [short(best), *(short(name) for name in spellings if name != best)]
    if entity.kind == "organization" and entity.facts.get("foaf:name"):
        counts = Counter(map(short, entity.facts["foaf:name"]))
        return sorted(counts, key=lambda name: (-counts[name], name))
    if entity.kind == "paper":
        return [short(entity.first("dcterms:title") or entity.first("kg:citedAs") or _called(entity.path))]
    if entity.kind == "topic":
        return [entity.path.removeprefix("topic/")]
    found = names.get(entity.path, [])
    return [short(name) for name in found] or [entity.path.partition("/")[2]]


def _called(path: str) -> str:
    """Return what to call a paper of which only an identifier is known.

    >>> _called("paper/arxiv-2204.14198"), _called("paper/doi-10.1000/abc")
    ('arXiv:2204.14198', 'doi:10.1000/abc')
    """
    known = identifier_of(path)
    return known.replace("arxiv:", "arXiv:", 1) if known else path


def _paper(
    entity: Entity, names: Mapping[str, list[str]], known: Mapping[str, Concept], base: str, with_text: bool
) -> dict[str, Any]:
    year, complete = entity.first("kg:year"), entity.first("kg:authorListComplete")
    return {
        "id": base + entity.path, "kind": "paper", "label": paper_label(entity, names, known), "aliases": [],
        "year": int(year) if year else None, "date": entity.first("dcterms:issued"), "url": _link(entity, known),
        "text": entity.first("dcterms:abstract") if with_text else None,
        "authors_complete": None if complete is None else complete == "true", "papers": 1,
    }  # fmt: skip


def paper_label(entity: Entity, names: Mapping[str, list[str]], known: Mapping[str, Concept]) -> str:
    """Return what to show for a paper: its title, or what it introduces and its identifier."""
    title = entity.first("dcterms:title")
    if title:
        return short(title)
    number = entity.first("fabio:hasArXivId")
    things = [labels(Entity(path), names, known)[0] for path in entity.facts.get("kg:introduces", ())]
    mark = f"arXiv:{number}" if number else "" if things else entity.path.rpartition("/")[2][:8]
    return short(f"{', '.join(things[:3]) or mark} [untitled{f', {mark}' if things and mark else ''}]")


def version_label(entity: Entity) -> str:
    """Return what to show for a version: what it is, where and when it appeared.

    >>> version_label(Entity("version/x", {"rdf:type": ["fabio:Preprint"], "kg:versionNumber": ["2"], "kg:versionVenue": ["arXiv"]}))
    'preprint v2, arXiv'
    """
    classes = entity.facts.get("rdf:type", ())
    number, venue, year = (entity.first(name) for name in ("kg:versionNumber", "kg:versionVenue", "fabio:hasPublicationYear"))
    plain = KINDS["publication" if venue else "unspecified"][0]
    called = next((words for words, of_form in KINDS.values() if of_form in classes), plain)
    when = year if not venue or (year or "") not in venue else None
    return short(", ".join(part for part in (f"{called} v{number}" if number else called, venue, when) if part))


def version_link(path: str, known: str) -> str | None:
    """Return the address of a version with this path, by one of its identifiers: of a revision on arXiv its own.

    >>> version_link("version/arxiv-2204.14198v2", "arxiv:2204.14198"), version_link("version/x-journal", "doi:10.1000/v2")
    ('https://arxiv.org/abs/2204.14198v2', 'https://doi.org/10.1000/v2')
    """
    address = link(known)
    start = f"version/{as_step(known)}v"
    number = path.removeprefix(start)
    return f"{address}v{number}" if address and path.startswith(start) and number.isdigit() else address


def short(label: str) -> str:
    """Return a label on one line, cut where it is too long to be one."""
    line = squeeze(label)
    return line if len(line) <= _LIMIT else line[: _LIMIT - 1].rstrip() + "…"


def _link(entity: Entity, known: Mapping[str, Concept]) -> str | None:
    """Return a link to the thing itself, made only from identifiers that were checked."""
    if entity.facts.get("kg:orcid"):
        return link(f"orcid:{entity.first('kg:orcid')}")
    if entity.facts.get("kg:ror"):
        return entity.first("kg:ror")
    paths = [entity.path, *entity.facts.get("kg:hasIdentifier", ())]
    if identifier := preferred(found for path in paths if (found := identifier_of(path))):
        return link(identifier)
    concept = known.get(entity.path)
    return next(iter(concept.properties.get(f"{KG}ror", ())), None) if concept else None


def identifier_of(path: str) -> str | None:
    """Return the identifier, as `scheme:id`, that a path of a paper or identifier is made of.

    >>> identifier_of("paper/arxiv-2204.14198"), identifier_of("identifier/arxiv-hep-th-9901001"), identifier_of("paper/02c6b1ea")
    ('arxiv:2204.14198', 'arxiv:hep-th/9901001', None)
    """
    kind, _, name = path.partition("/")
    scheme, dash, _ = name.partition("-")
    if kind not in {"paper", "identifier"} or not dash or (scheme not in PREFERRED and kind == "paper"):
        return None
    return of_step(name)


def edges(assembly: Assembly, base: str) -> Iterator[pa.RecordBatch]:
    """Yield the edges, between IRIs and with their labels."""
    words = edge_predicates()
    return batched(
        (
            row | {"source": base + row["source"], "target": base + row["target"], "label": words[row["predicate"]]}
            for row in rows_of(assembly.edges)
        ),
        EDGES,
    )


def thing_names(mentions: Iterable[tuple[str, str, int]]) -> dict[str, list[str]]:
    """Return the canonical names that mentions gave to each thing, the most frequent first.

    Args:
        mentions: Path of the thing, canonical name, and how many mentions there are of it.
    """
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for path, name, count in mentions:
        counts[path][squeeze(name)] += count
    return {path: sorted(names, key=lambda n: (-names[n], n)) for path, names in sorted(counts.items())}
