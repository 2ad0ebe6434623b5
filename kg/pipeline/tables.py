"""From records to the tables of one version: who and what is the same, what is stated of it, nodes and edges."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from kg import ontology
from kg import registry as registries
from kg.engine import Engine, Stored
from kg.graph import introductions, own_ids, renamed, statements, view
from kg.graph.assemble import assemble, evidence
from kg.model import Problem
from kg.model.graph import EDGES, NODES
from kg.model.tables import (
    DOCUMENTS,
    IDENTITY,
    JUDGEMENTS,
    PROBLEMS,
    RECORDS,
    STATEMENTS,
    Relation,
    records_batch,
    records_of,
    table_of,
)  # fmt: skip
from kg.ontology import Concept, Label, Ontology
from kg.pipeline import identity as identities
from kg.pipeline import quads, stages
from kg.pipeline.corpus import Corpus, judged_before, keep_judged
from kg.pipeline.identity import Identity
from kg.pipeline.linking import identify, link
from kg.pipeline.options import Options
from kg.pipeline.progress import Clock
from kg.pipeline.stages import RECORDS_WITH_MENTIONS
from kg.pipeline.traits import TRAITS, traits_of
from kg.registry import Registry
from kg.resolve import decisions
from kg.resolve.entities import FORWARDS, former_things
from kg.store import folder as folders
from kg.text import counted


class Made(NamedTuple):
    """What is known of a version when its tables are written.

    Attributes:
        counts: How many there are of what.
        problems: All problems.
        judged: The file of the cache that keeps what was judged of people.
        lines: The graph as lines of N-Quads, in no order, some more than once.
    """

    counts: dict[str, int]
    problems: list[Problem]
    judged: Path
    lines: Stored


def make(
    corpus: Corpus, known: Ontology, decided: Sequence[decisions.Decision], problems: list[Problem], place: Path,
    cache: Path, options: Options, engine: Engine, clock: Clock,
) -> Made:  # fmt: skip
    """Resolve and assemble, write the tables of one version into `place`, and its quads as lines in no order."""
    tables, scratch = place / "tables", place / folders.SCRATCH

    def keep(name: str, query: str, schema: pa.Schema, **relations: Relation) -> Stored:
        return engine.save(engine.sql(query, **relations), schema, (tables if name in _KEPT else scratch) / f"{name}.parquet")

    def save(name: str, rows: Relation) -> Stored:
        return engine.save(rows.to_batches(), rows.schema, tables / f"{name}.parquet")

    clock("resolve", counted(corpus.mentions.num_rows, "mention"))
    linked = link(corpus.mentions, known, scratch, engine, decided)
    records = keep("told", WITH_MENTIONS, RECORDS_WITH_MENTIONS, records=corpus.records, mentions=linked.mentions)
    registry = registries.opened() if options.registry else None
    who, faults, judged = resolve(corpus, records, decided, registry, cache, scratch, engine, beside=options.workers > 1)
    linked = identify(linked, records, who, decided, known, scratch, engine)
    records = keep("told-identified", WITH_MENTIONS, RECORDS_WITH_MENTIONS, records=corpus.records, mentions=linked.mentions)
    who = replace(
        who, judgements=[*who.judgements, *linked.judgements], rows=[*who.rows, *linked.rows], anchors=who.anchors | linked.anchors,
        former=[*who.former, *former_things(linked.rows)],
    )  # fmt: skip
    problems = [*problems, *faults, *linked.problems]

    clock("assemble")
    save("problems", table_of(map(asdict, problems), PROBLEMS))
    save("judgements", _batches(map(_judgement_row, who.judgements), JUDGEMENTS))
    save("members", table_of(({"member": m, "anchor": a} for m, a in sorted(who.anchors.items())), _MEMBERS))
    save("mentions", linked.mentions)
    save("records", corpus.records if options.with_text else _without_texts(corpus.records))
    identity = save("identity", _batches(who.rows, IDENTITY))
    save("forwards", table_of(who.former, FORWARDS))
    stated = engine.save(_stated(engine, records, options), STATEMENTS, scratch / "stated.parquet")
    stated, papers_of_ontology = _introduced(stated, identity, scratch, engine)
    cited = engine.save(engine.sql(own_ids.FOUND, records=corpus.records, identity=identity), STATEMENTS, scratch / "cited.parquet")
    stated = engine.read([*stated.paths, *cited.paths], STATEMENTS)
    stated, people = _renamed_by_people(stated, who, scratch, engine)
    sources = [*corpus.documents, *papers_of_ontology, *people]
    documents = save("documents", table_of(sources, DOCUMENTS))
    assembly = assemble(keep, stated, identity)
    names, things = _names_of_things(engine, linked.mentions), view.by_path(known) | _listed(who, known, registry)
    _hand_on_names(linked.called, names, things)
    nodes = save("nodes", _Held(view.nodes(assembly, names, things, options.base, with_text=options.with_text), NODES))
    edges = save("edges", _Held(view.edges(assembly, options.base), EDGES))
    evidence(keep, assembly, documents)

    clock("write")
    lines = quads.lines(sources, records, who, assembly, names, things, scratch, options, engine)
    return Made(_counts(corpus, engine, nodes, edges, problems), problems, judged, lines)


_KEPT: Final = ("statements", "facts", "evidence")
"""Answers of queries that belong to the version; others are steps on the way."""

_MEMBERS: Final = pa.schema([("member", pa.string()), ("anchor", pa.string())])

WITH_MENTIONS: Final = """
WITH found AS (
  SELECT record, list(m ORDER BY m.field DESC, m.field_start) AS mentions FROM mentions m GROUP BY record
)
SELECT r.*, coalesce(f.mentions, []) AS mentions
FROM records r LEFT JOIN found f ON f.record = r.id ORDER BY r.id
"""


def _listed(who: Identity, known: Ontology, registry: Registry | None) -> dict[str, Concept]:
    """Return what the registry says of the organisations that are here, by their paths; it also completes the ontology's."""
    if registry is None:
        return {}
    here = {row["entity"] for row in who.rows if row["kind"] == "organization"}
    own = {iri.removeprefix(statements.ID_SPACE): concept for iri, concept in known.concepts.items() if concept.kind == "organization"}
    return registry.concepts(here) | registry.completed({path: own[path] for path in here & own.keys()})


def resolve(
    corpus: Corpus, records: Relation, decided: Sequence[decisions.Decision], registry: Registry | None, cache: Path, scratch: Path,
    engine: Engine, *, beside: bool = False,
) -> tuple[Identity, list[Problem], Path]:  # fmt: skip
    """Decide who and what is the same; return it, what looks wrong with it, and where the judgements on people are kept."""
    seen = engine.save(engine.map(records, stages.LOOKING), TRAITS, scratch / "traits.parquet")
    traits = [each for batch in seen.to_batches() for each in traits_of(batch)]
    before = judged_before(cache)
    who = identities.resolve(traits, decided, registry, before, beside=beside)
    judged = keep_judged(cache, before)
    titles = {document["id"]: document["name"] for document in corpus.documents}
    return who, [*who.problems, *identities.conflicts(who.judgements, traits, titles)], judged


def _hand_on_names(called: Mapping[str, Iterable[str]], names: dict[str, list[str]], things: dict[str, Concept]) -> None:
    """Add to things, listed or not, the names of what was found to be one with them."""
    for path, more in called.items():
        if path not in things:
            names[path] = [*dict.fromkeys([*names.get(path, ()), *more])]
            continue
        own = [label.text for label in things[path].labels]
        labels = (Label(name, exact=False, ambiguous=False, source="") for name in dict.fromkeys(more) if name not in own)
        things[path] = replace(things[path], labels=(*things[path].labels, *labels))


@dataclass(frozen=True)
class _Held:
    """Batches that come one by one, as a relation that can be gone through once."""

    batches: Iterable[pa.RecordBatch]
    schema: pa.Schema
    num_rows: int = -1

    def to_batches(self, max_chunksize: int | None = None) -> Iterable[pa.RecordBatch]:  # noqa: ARG002 - as they come
        """Return the batches."""
        return self.batches


def _batches(rows: Iterable[dict[str, Any]], schema: pa.Schema) -> Relation:
    return _Held(view.batched(rows, schema), schema)


def _judgement_row(judgement: Any) -> dict[str, Any]:
    evidence = {name: f"{value:+.2f}" if isinstance(value, float) else value for name, value in judgement.evidence.items()}
    return asdict(judgement) | {"evidence": list(evidence.items())}


def _stated(engine: Engine, records: Relation, options: Options) -> Iterator[pa.RecordBatch]:
    """Yield what the records state; without texts, without their abstracts and the sentences around what is named."""
    for batch in engine.map(records, stages.stating(options.finding)):
        yield batch if options.with_text else _bare(batch)


def _bare(batch: pa.RecordBatch) -> pa.RecordBatch:
    kept = batch.filter(pc.not_equal(batch["predicate"], "dcterms:abstract"))
    nothing = pa.nulls(kept.num_rows, pa.string())
    columns = [nothing if name in {"before", "after"} else kept.column(name) for name in kept.schema.names]
    return pa.RecordBatch.from_arrays(columns, schema=kept.schema)


def _introduced(stated: Stored, identity: Relation, scratch: Path, engine: Engine) -> tuple[Stored, list[dict[str, Any]]]:
    """Return the statements with those that the ontology makes of papers that are here, and its files as documents."""
    known = list(ontology.introductions())
    said = table_of(introductions.said(known), introductions.SAID)
    titles = (row for batch in engine.sql(introductions.TITLES, stated=stated) for row in batch.to_pylist())
    titled = table_of(introductions.titled(titles, {*said["paper"].to_pylist()}), introductions.TITLED)
    more = engine.sql(introductions.FOUND, said=said, stated=stated, titled=titled, identity=identity)
    found = engine.save(more, STATEMENTS, scratch / "introduced.parquet")
    used = engine.sql("SELECT DISTINCT document FROM found", found=found)
    sources = introductions.documents(known, (row["document"] for batch in used for row in batch.to_pylist()))
    return engine.read([*stated.paths, *found.paths], STATEMENTS), sources


def _renamed_by_people(stated: Stored, who: Identity, scratch: Path, engine: Engine) -> tuple[Stored, list[dict[str, Any]]]:
    """Return the statements with the names that people gave, and the decisions file as a document if there are any."""
    if not who.renamed:
        return stated, []
    source = renamed.document(decisions.FILE, decisions.write(each.decision for _, each in sorted(who.renamed.items(), key=lambda item: item[0])))
    names = (renamed.Renamed(path, each.name, each.decision.line) for path, each in who.renamed.items())
    more = engine.save(view.batched(renamed.said(names, source), STATEMENTS), STATEMENTS, scratch / "renamed.parquet")
    return engine.read([*stated.paths, *more.paths], STATEMENTS), [source]


def _names_of_things(engine: Engine, mentions: Relation) -> dict[str, list[str]]:
    """Return the names that mentions gave to each thing, by its path: what it is called, then how it is abbreviated."""
    rows = (row for batch in engine.sql(_NAMES, mentions=mentions) for row in batch.to_pylist())
    return view.thing_names(
        (statements.thing_of(row["type"], row["canonical"], row["concept"]), row["name"], row["count"]) for row in rows
    )


_NAMES: Final = """
SELECT type, canonical, concept, canonical AS name, count(*) AS count
FROM mentions WHERE type <> 'person' GROUP BY type, canonical, concept
UNION ALL
SELECT DISTINCT type, canonical, concept, regexp_replace(text, '([A-Z])s$', '\\1') AS name, 0 AS count
FROM mentions
WHERE type <> 'person' AND text <> canonical AND concept IS NULL AND "by" LIKE '%+corpus'
   OR type <> 'person' AND canonical LIKE '% %' AND regexp_full_match(text, '[A-Za-z][A-Za-z0-9+.-]{1,14}')
  AND regexp_matches(text, '[A-Z].*[A-Z]')
"""


def _without_texts(records: Relation) -> Relation:
    """Return the records without their abstracts: fields, spans and facts stay."""
    def batches() -> Iterator[pa.RecordBatch]:
        for batch in records.to_batches():
            for record, by in zip(records_of(batch), batch.column("by").to_pylist(), strict=True):
                fields = tuple(f._replace(text="") if f.name in TEXTS else f for f in record.fields)
                yield records_batch([replace(record, fields=fields)], by)

    return _Held(batches(), RECORDS)


TEXTS: Final = ("abstract", "other")
"""Fields that hold, or may hold, texts of others: a source's own note or citation may quote the abstract."""


def _counts(corpus: Corpus, engine: Engine, nodes: Relation, edges: Relation, problems: list[Problem]) -> dict[str, int]:
    kinds = {row["kind"]: row["n"] for batch in engine.sql(_KINDS, nodes=nodes) for row in batch.to_pylist()}
    cut = engine.scalar("SELECT count(*) FROM nodes WHERE authors_complete = false", nodes=nodes)
    return {
        "documents": len(corpus.documents), "records": corpus.papers, "papers": kinds.get("paper", 0),
        "mentions": corpus.mentions.num_rows, "nodes": nodes.num_rows, "edges": edges.num_rows, "cut_author_lists": cut,
        "problems": len(problems),
    } | {f"{kind} nodes": count for kind, count in sorted(kinds.items())}  # fmt: skip


_KINDS: Final = "SELECT kind, count(*) AS n FROM nodes GROUP BY kind"
