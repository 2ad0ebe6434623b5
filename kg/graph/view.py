"""The graph as nodes, edges and evidence: the tables that exporters and analyses are given.

In: the assembly, the records, the ontology. Out: tables with the schemas of `kg.model.graph`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pyarrow as pa

from kg.graph.assemble import Assembly, edge_predicates
from kg.model import Record
from kg.model.graph import EDGES, EVIDENCE, NODES
from kg.names import fullest
from kg.ontology import KG, PREFIXES, Concept, load
from kg.text import sentence_around, squeeze

_LIMIT: Final = 160
"""A label longer than this is cut with an ellipsis."""

_IDENTIFIER_LINKS: Final = {"fabio:hasArXivId": "https://arxiv.org/abs/{}"}


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


def entities(facts: pa.Table) -> dict[str, Entity]:
    """Return the facts by entity, in the order of their paths."""
    found: dict[str, Entity] = {}
    for row in facts.to_pylist():
        entity = found.setdefault(row["subject"], Entity(row["subject"]))
        entity.facts[row["predicate"]].append(row["object"])
    return found


def concept_of(path: str, space: str) -> Concept | None:
    """Return the ontology's concept of an entity, if it is one."""
    return load().concepts.get(space + path)


def nodes(
    assembly: Assembly, known: Mapping[str, Entity], names: Mapping[str, list[str]], base: str, space: str,
    *, with_text: bool,
) -> pa.Table:  # fmt: skip
    """Return the table of nodes: papers and all that an edge leads to.

    Args:
        assembly: The joined statements.
        known: Path to facts, from `entities`.
        names: Path of a thing to the canonical names that its mentions gave it.
        base: The base IRI that paths are put behind.
        space: The id space of the ontology's concepts.
        with_text: Whether abstracts are kept.
    """
    edges = assembly.edges.to_pylist()
    ties: dict[str, set[str]] = defaultdict(set)
    years: dict[str, list[int]] = defaultdict(list)
    papers = sorted(path for path, entity in known.items() if "kg:Paper" in entity.facts.get("rdf:type", ()))
    for edge in edges:
        ties[edge["target"]].add(edge["source"])
        year = known[edge["source"]].first("kg:year")
        if year:
            years[edge["target"]].append(int(year))
    rows = [_paper(known[path], known, names, space, base, with_text) for path in papers]
    for path in sorted(set(ties) - set(papers)):
        entity = known.get(path, Entity(path))
        label, *aliases = labels(entity, names, space)
        rows.append({
            "id": base + path, "kind": "cited" if entity.kind == "paper" else entity.kind, "label": label, "aliases": sorted(aliases),
            "year": min(years[path], default=None), "date": None, "url": _link(entity, space), "text": None,
            "authors_complete": None, "papers": len(ties[path]),
        })  # fmt: skip
    return pa.Table.from_pylist(sorted(rows, key=lambda row: row["id"]), schema=NODES)


def labels(entity: Entity, names: Mapping[str, list[str]], space: str) -> list[str]:
    """Return the names of an entity, the one to show first."""
    concept = concept_of(entity.path, space)
    if concept:
        # Two archives may call a category alike: Machine Learning is cs.LG and stat.ML.
        code = next(iter(concept.properties.get(f"{PREFIXES['skos']}notation", ())), "")
        return [f"{concept.name} ({code})" if code else concept.name, *(label.text for label in concept.labels if label.text != concept.name)]
    if entity.kind in {"person", "group"}:
        spellings = entity.facts.get("foaf:name", [])
        best = fullest(spellings or [entity.path])
        return [short(best), *(short(name) for name in spellings if name != best)]
    if entity.kind == "paper":
        title = entity.first("dcterms:title")
        return [short(title or (f"arXiv:{number}" if (number := arxiv_of(entity.path)) else entity.path))]
    if entity.kind == "topic":
        return [entity.path.removeprefix("topic/")]
    found = names.get(entity.path, [])
    return [short(name) for name in found] or [entity.path.partition("/")[2]]


def _paper(
    entity: Entity, known: Mapping[str, Entity], names: Mapping[str, list[str]], space: str, base: str, with_text: bool
) -> dict[str, Any]:
    year, complete = entity.first("kg:year"), entity.first("kg:authorListComplete")
    return {
        "id": base + entity.path, "kind": "paper", "label": paper_label(entity, known, names, space), "aliases": [],
        "year": int(year) if year else None, "date": entity.first("dcterms:issued"), "url": _link(entity, space),
        "text": entity.first("dcterms:abstract") if with_text else None,
        "authors_complete": None if complete is None else complete == "true", "papers": 1,
    }  # fmt: skip


def paper_label(entity: Entity, known: Mapping[str, Entity], names: Mapping[str, list[str]], space: str) -> str:
    """Return what to show for a paper: its title, or what it introduces and its identifier."""
    title = entity.first("dcterms:title")
    if title:
        return short(title)
    number = entity.first("fabio:hasArXivId")
    things = [labels(known.get(path, Entity(path)), names, space)[0] for path in entity.facts.get("kg:introduces", ())]
    mark = f"arXiv:{number}" if number else "" if things else entity.path.rpartition("/")[2][:8]
    return short(f"{', '.join(things[:3]) or mark} [untitled{f', {mark}' if things and mark else ''}]")


def short(label: str) -> str:
    """Return a label on one line, cut where it is too long to be one."""
    line = squeeze(label)
    return line if len(line) <= _LIMIT else line[: _LIMIT - 1].rstrip() + "…"


def _link(entity: Entity, space: str) -> str | None:
    """Return a link to the thing itself, made only from identifiers that were checked."""
    for predicate, pattern in _IDENTIFIER_LINKS.items():
        value = entity.first(predicate)
        if value:
            return pattern.format(value)
    if number := arxiv_of(entity.path):
        return f"https://arxiv.org/abs/{number}"
    concept = concept_of(entity.path, space)
    return next(iter(concept.properties.get(f"{KG}ror", ())), None) if concept else None


def arxiv_of(path: str) -> str | None:
    """Return the arXiv id that the path of a paper is made of.

    >>> arxiv_of("paper/arxiv-2204.14198"), arxiv_of("paper/arxiv-hep-th-9901001"), arxiv_of("paper/02c6b1ea30613dce")
    ('2204.14198', 'hep-th/9901001', None)
    """
    if not path.startswith("paper/arxiv-"):
        return None
    archive, _, number = path.removeprefix("paper/arxiv-").rpartition("-")
    return f"{archive}/{number}" if archive else number


def edges(assembly: Assembly, base: str) -> pa.Table:
    """Return the table of edges."""
    words = edge_predicates()
    rows = [
        row | {"source": base + row["source"], "target": base + row["target"], "label": words[row["predicate"]]}
        for row in assembly.edges.to_pylist()
    ]
    return pa.Table.from_pylist(rows, schema=EDGES)


def evidence(
    assembly: Assembly, records: Callable[[str], Record | None], documents: Mapping[str, str], *, with_text: bool
) -> pa.Table:
    """Return the table of passages: for each edge, where it was read.

    Args:
        assembly: The joined statements.
        records: From a record's id to the record.
        documents: Document id to name.
        with_text: Whether the sentence around a quote is kept.
    """
    ids = {(row["source"], row["predicate"], row["target"]): row["id"] for row in assembly.edges.to_pylist()}
    rows = []
    for row in assembly.resolved.to_pylist():
        edge = ids.get((row["subject"], row["predicate"], row["object"]))
        if edge:
            before, after = sentence(row, records(row["record"])) if with_text else (None, None)
            rows.append({
                "edge": edge, "document": documents[row["document"]], "line": row["line"], "record": row["record"],
                "field": row["field"], "start": row["start"], "end": row["end"], "before": before,
                "quote": row["quote"] or "", "after": after, "by": row["by"], "score": row["score"],
            })  # fmt: skip
    rows.sort(key=lambda row: (row["edge"], row["document"], row["record"], row["start"] or 0, row["by"]))
    return pa.Table.from_pylist(rows, schema=EVIDENCE)


def sentence(row: Mapping[str, Any], record: Record | None) -> tuple[str, str]:
    """Return the parts of the sentence before and after a passage."""
    if record is None or row["field"] not in {"title", "abstract"}:
        return "", ""
    text = next(f.text for f in record.all(row["field"]))
    first, last = sentence_around(text, row["field_start"], row["field_end"])
    return text[first : row["field_start"]], text[row["field_end"] : last]


def thing_names(mentions: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the canonical names that mentions gave to each thing, the most frequent first.

    Args:
        mentions: Path of the thing and canonical name, one pair a mention.
    """
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for path, name in mentions:
        counts[path][squeeze(name)] += 1
    return {path: sorted(names, key=lambda n: (-names[n], n)) for path, names in sorted(counts.items())}
