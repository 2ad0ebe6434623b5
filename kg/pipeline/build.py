"""From files to a published version of the graph.

`kg.pipeline.corpus` reads what has changed; the joins always run over everything, which is why the result is the same
as a full build's. A version is written beside the one before it, and published when all of it is on the disk.
"""

import hashlib
import json
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from itertools import chain
from pathlib import Path, PurePosixPath
from shutil import rmtree
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import kg
from kg import ontology
from kg import registry as registries
from kg.engine import Engine, Stored
from kg.engine.inputs import Reading, Source, named, opened
from kg.engine.local import LocalEngine
from kg.errors import BuildError, InputError, KgError, UsageError
from kg.explorer import places
from kg.export import exporters
from kg.extract import topics
from kg.extract.settings import Settings
from kg.files import atomic_write
from kg.graph import introductions, rdf, renamed, statements, view
from kg.graph.assemble import Assembly, assemble, evidence
from kg.model import Graph, Problem
from kg.model.graph import EDGES, NODES
from kg.model.tables import (
    DOCUMENTS,
    IDENTITY,
    JUDGEMENTS,
    LINES,
    PROBLEMS,
    RECORDS,
    STATEMENTS,
    Relation,
    records_batch,
    records_of,
    table_of,
)  # fmt: skip
from kg.ontology import PREFIXES, Concept, Ontology
from kg.pipeline import identity as identities
from kg.pipeline import stages
from kg.pipeline.corpus import (
    Corpus,
    Input,
    fingerprint,
    judged_before,
    keep_judged,
    prune,
    read_corpus,
    read_inputs,
)
from kg.pipeline.identity import Identity
from kg.pipeline.linking import identify, link
from kg.pipeline.progress import Clock, Say
from kg.pipeline.stages import RECORDS_OF_PAPERS, RECORDS_WITH_MENTIONS
from kg.pipeline.traits import TRAITS, traits_of
from kg.registry import Registry
from kg.resolve import decisions
from kg.resolve.entities import FORWARDS, former_things
from kg.store import folder as folders
from kg.store.database import load_store
from kg.text import printable

PAGE_NODES: Final = 400_000
"""A graph of more nodes gets no `graph.html` by itself: its file would be large. `kg export` writes it on demand."""

TURTLE_QUADS: Final = 300_000
"""A graph of more quads gets no `graph.ttl` by itself."""


@dataclass(frozen=True)
class Options:
    """What a build depends on besides its input.

    Attributes:
        base: Base IRI of all ids.
        with_text: Whether abstracts and the sentences around passages are kept.
        workers: How many processes work at it.
        strict: Whether a problem in the input stops the build.
        force: Whether to build again although nothing has changed.
        reading: How files are read that do not say it themselves.
        finding: How names are found in texts.
        registry: Whether organisations are looked up in the registry that was added (`kg.registry`), if one was.
    """

    base: str = statements.ID_SPACE
    with_text: bool = True
    workers: int = 1
    strict: bool = False
    force: bool = False
    reading: Reading = field(default_factory=Reading)
    finding: Settings = field(default_factory=Settings)
    registry: bool = True


@dataclass(frozen=True)
class Summary:
    """What a build gave: counts, problems, and where the time went (seconds by stage)."""

    folder: Path
    counts: dict[str, int]
    problems: list[Problem]
    seconds: dict[str, float] = field(default_factory=dict)
    unchanged: bool = False


def build(paths: Sequence[str | Path], out: str | Path, options: Options | None = None, say: Say = lambda _: None) -> Summary:
    """Build or update the graph of these files in the folder `out`.

    The graph is that of the paths given, no more and no less: naming fewer files takes the others out.

    Raises:
        UsageError: If a path does not exist, or the base IRI is none.
        InputError: If nothing in the input can be read, or there are problems under `strict`.
        BuildError: If the folder cannot be written, or another build is at work in it.
    """
    options = options or Options()
    _check_base(options.base)
    # A later build may be started from another folder.
    finding = options.finding
    lexicons, schemes = (tuple(str(Path(path).absolute()) for path in paths) for paths in (finding.lexicons, finding.schemes))
    options = replace(options, finding=replace(finding, lexicons=lexicons, schemes=schemes))
    files = named(str(path) for path in paths)
    if not files:
        raise UsageError("no input: name files, folders or patterns")
    with _place(Path(out)) as place:
        found = opened(files, place / SCRATCH)
        return _run(found.sources, [], found.problems, Path(out), place, options, say)


def rebuild(folder: Path, say: Say = lambda _: None) -> Summary:
    """Build again from the inputs of the last build, for instance after a decision on identity.

    Raises:
        BuildError: If an input has gone and is not in the cache any more.
    """
    told = json.loads(folders.intact(folders.current(folder), RUN).read_text())
    before = [Input(**entry) for entry in told["inputs"]]
    options = Options(**told["options"] | {"reading": _reading(told["options"]["reading"]), "finding": _finding(told["options"]["finding"])})
    with _place(folder) as place:
        there = [path for path in sorted({each.path for each in before}) if path and Path(path).is_file()]
        found = opened(named(there), place / SCRATCH)
        again = list(_renamed(found.sources, before))
        gone = [each for each in before if each.path not in there]
        return _run(again, gone, found.problems, folder, place, options, say)


def _renamed(found: Iterable[Source], before: Iterable[Input]) -> Iterator[Source]:
    """Yield the sources that were read before, under the names that they had; what has come into an archive is new."""
    names = {(each.path, PurePosixPath(each.name).parts[-depth:]): each.name for each in before for depth in range(1, 40)}
    for source in found:
        parts = PurePosixPath(source.name).parts
        known = next((name for depth in range(len(parts), 0, -1) if (name := names.get((source.origin, parts[-depth:])))), None)
        yield replace(source, name=known) if known else source


def _reading(told: dict[str, Any]) -> Reading:
    return Reading(told["encoding"], tuple((ours, theirs) for ours, theirs in told["columns"]))


def _finding(told: dict[str, Any]) -> Settings:
    return Settings(**told | {name: tuple(told.get(name, ())) for name in ("lexicons", "schemes")})


def decided_text(folder: Path) -> str:
    """Return the text of a build folder's decisions file, empty without one.

    Raises:
        UsageError: If it is not in UTF-8: what people decided is not guessed.
    """
    file = folder / decisions.FILE
    try:
        return file.read_bytes().decode() if file.is_file() else ""
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8") from error


RUN: Final = "run.json"
"""A version's own description of its run: time, paths, options. The only file with a clock in it."""


SCRATCH: Final = "scratch"
"""Folder inside a version being built for what does not outlive the build."""


@contextmanager
def _place(out: Path) -> Iterator[Path]:
    """Give the folder of a new version, under the lock of the build folder."""
    with folders.locked(out), _named_faults(out):
        folders.sweep(out)
        folders.drop_damaged_cache(out)
        with folders.staging(out) as place:
            (place / SCRATCH).mkdir()
            yield place


def _run(
    sources: list[Source], gone: list[Input], unopened: list[Problem], out: Path, place: Path, options: Options, say: Say
) -> Summary:
    """Build a version of these sources, and of what the cache still holds of inputs that have gone."""
    clock, cache = Clock(say), out / folders.CACHE
    known = topics.known(options.finding)
    with LocalEngine(options.workers, place / SCRATCH / "joins") as engine:
        clock("read", f"{len(sources)} files")
        inputs, faults = read_inputs(sources, options.reading, cache, engine, clock)
        inputs = sorted([*inputs, *gone], key=lambda each: (each.name, each.sha256))
        unopened = [*unopened, *faults]
        text = decided_text(out)
        version = _version(inputs, unopened, options, text)
        if not options.force and (done := _unchanged(out, version)):
            folders.tidy(out)
            _refuse(done.problems, options, readable=True)
            return done
        corpus = read_corpus(inputs, options.reading, options.finding, cache, engine, clock)
        decided, faults = decisions.read(text)
        problems = sorted(unopened + corpus.problems + faults, key=lambda p: (p.document, p.line, p.what))
        readable = any(document["reader"] for document in corpus.documents) or corpus.records.num_rows > 0
        _refuse(problems, options, readable=readable)
        made, problems, judged = _make(corpus, known, decided, problems, place, cache, options, engine, clock)
        _refuse(problems, options, readable=readable)
    rmtree(place / SCRATCH)
    # The engine has ended: its processes and memory are free for the store.
    clock("store", f"{made['quads']} quads")
    load_store(place / "store", place / QUADS)
    _show(made, place, _stood(out), options, clock)
    _describe(place, inputs, options, version, made, problems, clock)
    # A folder without texts can be given away as it is, so it keeps none in its cache either.
    cached = [*corpus.cached, judged] if options.with_text else []
    folders.publish(out, place, version, cached)
    prune(cache, cached)
    return Summary(out, made, problems, clock.seconds)


@contextmanager
def _named_faults(out: Path) -> Iterator[None]:
    """Turn an error of the system, for instance a full disk, into one that names the file or folder."""
    try:
        yield
    except OSError as error:
        if isinstance(error, KgError):
            raise
        place = error.filename or out
        raise BuildError(f"{place}: {error.strerror or error}; the graph is as it was before") from error


def _refuse(problems: list[Problem], options: Options, *, readable: bool) -> None:
    """Stop where nothing could be read, or where problems are fatal."""
    if options.strict and problems:
        listed = "\n".join(printable(str(problem)) for problem in problems[:20])
        told = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise BuildError(f"{told} in the input, and --strict makes {'it' if len(problems) == 1 else 'them'} fatal:\n{listed}")
    broken = [problem for problem in problems if problem.severity == "error"]
    if not readable and broken:
        listed = "\n".join(printable(str(problem)) for problem in broken[:20])
        raise InputError(f"nothing in the input could be read:\n{listed}")


def _make(
    corpus: Corpus, known: Ontology, decided: Sequence[decisions.Decision], problems: list[Problem], place: Path,
    cache: Path, options: Options, engine: Engine, clock: Clock,
) -> tuple[dict[str, int], list[Problem], Path]:  # fmt: skip
    """Resolve, assemble, and write the tables and quads of one version into `place`.

    Returns:
        Its counts, all problems, and the file of the cache that keeps what was judged of people.
    """
    tables, scratch = place / "tables", place / SCRATCH

    def keep(name: str, query: str, schema: pa.Schema, **relations: Relation) -> Stored:
        return engine.save(engine.sql(query, **relations), schema, (tables if name in _KEPT else scratch) / f"{name}.parquet")

    clock("resolve", f"{corpus.mentions.num_rows} mentions")
    linked = link(corpus.mentions, known, scratch, engine, decided)
    records = keep("told", _WITH_MENTIONS, RECORDS_WITH_MENTIONS, records=corpus.records, mentions=linked.mentions)
    registry = registries.opened() if options.registry else None
    who, faults, judged = _resolve(corpus, records, decided, registry, cache, scratch, engine)
    linked = identify(linked, records, who, decided, known, scratch, engine)
    records = keep("told-identified", _WITH_MENTIONS, RECORDS_WITH_MENTIONS, records=corpus.records, mentions=linked.mentions)
    who = replace(
        who, judgements=[*who.judgements, *linked.judgements], rows=[*who.rows, *linked.rows], anchors=who.anchors | linked.anchors,
        former=[*who.former, *former_things(linked.rows)],
    )  # fmt: skip
    problems = [*problems, *faults, *linked.problems]

    clock("assemble")
    save = _Saver(engine, tables)
    save("problems", table_of(map(asdict, problems), PROBLEMS))
    save("judgements", _batches(map(_judgement_row, who.judgements), JUDGEMENTS))
    save("members", table_of(({"member": m, "anchor": a} for m, a in sorted(who.anchors.items())), _MEMBERS))
    save("mentions", linked.mentions)
    save("records", corpus.records if options.with_text else _without_texts(corpus.records))
    identity = save("identity", _batches(who.rows, IDENTITY))
    save("forwards", table_of(who.former, FORWARDS))
    stated = engine.save(_stated(engine, records, options), STATEMENTS, scratch / "stated.parquet")
    stated, papers_of_ontology = _introduced(stated, identity, scratch, engine)
    stated, people = _renamed_by_people(stated, who, scratch, engine)
    sources = [*corpus.documents, *papers_of_ontology, *people]
    documents = save("documents", table_of(sources, DOCUMENTS))
    assembly = assemble(keep, stated, identity)
    names, things = _names_of_things(engine, linked.mentions), view.by_path(known) | _listed(who, known, registry)
    nodes = save("nodes", _Held(view.nodes(assembly, names, things, options.base, with_text=options.with_text), NODES))
    edges = save("edges", _Held(view.edges(assembly, options.base), EDGES))
    evidence(keep, assembly, documents)

    clock("write")
    lines = _lines(sources, records, who, assembly, names, things, scratch, options, engine)
    del who, names  # ordering needs the memory
    quads = _write_quads(lines, place, options, engine)
    return _counts(corpus, engine, nodes, edges, problems) | {"quads": quads}, problems, judged


def _listed(who: Identity, known: Ontology, registry: Registry | None) -> dict[str, Concept]:
    """Return what the registry says of the organisations that are here, by their paths; it also completes the ontology's."""
    if registry is None:
        return {}
    here = {row["entity"] for row in who.rows if row["kind"] == "organization"}
    own = {iri.removeprefix(statements.ID_SPACE): concept for iri, concept in known.concepts.items() if concept.kind == "organization"}
    return registry.concepts(here) | registry.completed({path: own[path] for path in here & own.keys()})


def _resolve(
    corpus: Corpus, records: Relation, decided: Sequence[decisions.Decision], registry: Registry | None, cache: Path, scratch: Path,
    engine: Engine,
) -> tuple[Identity, list[Problem], Path]:  # fmt: skip
    """Decide who and what is the same; return it, what looks wrong with it, and where the judgements on people are kept."""
    seen = engine.save(engine.map(records, stages.LOOKING), TRAITS, scratch / "traits.parquet")
    traits = [each for batch in seen.to_batches() for each in traits_of(batch)]
    before = judged_before(cache)
    who = identities.resolve(traits, decided, registry, before)
    judged = keep_judged(cache, before)
    titles = {document["id"]: document["name"] for document in corpus.documents}
    return who, [*who.problems, *identities.conflicts(who.judgements, traits, titles)], judged


def _show(made: dict[str, int], place: Path, stood: pa.Table | None, options: Options, clock: Clock) -> None:
    """Decide where nodes stand in pictures, and write the page, and the Turtle file of a small graph.

    Args:
        made: What was counted.
        place: The folder of the version.
        stood: Where nodes stood in the version before, so that the picture stays when papers are added. Only pictures know of it.
        options: What the build depends on.
        clock: Where progress is told.
    """
    clock("draw", f"{made['nodes']} nodes")
    nodes, edges, passages = (pq.read_table(place / "tables" / f"{name}.parquet") for name in ("nodes", "edges", "evidence"))
    graph = Graph(nodes, edges, passages, place / QUADS, prefixes(options.base), kinds(), options.with_text)
    graph = replace(graph, **dict(zip(DRAWN, places.place(graph, stood), strict=True)))
    for name in DRAWN:
        with atomic_write(place / "tables" / f"{name}.parquet") as out:
            pq.write_table(getattr(graph, name), out, compression="zstd")
    clock("export")
    if made["nodes"] <= PAGE_NODES:
        _export(graph, "html", place / "graph.html")
    if made["quads"] <= TURTLE_QUADS:
        _export(graph, "turtle", place / "graph.ttl")


DRAWN: Final = ("places", "communities")
"""Tables of where nodes stand in pictures."""


def _stood(out: Path) -> pa.Table | None:
    """Return where nodes stand in the current version; None without one, or where it does not say so."""
    try:
        return pq.read_table(folders.intact(folders.current(out), f"tables/{DRAWN[0]}.parquet"))
    except (BuildError, OSError, pa.ArrowException):
        return None


_KEPT: Final = ("statements", "facts", "evidence")
"""Answers of queries that belong to the version; others are steps on the way."""


class _Saver:
    """Saves relations as tables of the version."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine, self._folder = engine, folder

    def __call__(self, name: str, rows: Relation) -> Stored:
        return self._engine.save(rows.to_batches(), rows.schema, self._folder / f"{name}.parquet")


def _stated(engine: Engine, records: Relation, options: Options) -> Iterator[pa.RecordBatch]:
    """Yield what the records state; without texts, without their abstracts and the sentences around what is named."""
    for batch in engine.map(records, stages.stating(options.finding)):
        yield batch if options.with_text else _bare(batch)


def _introduced(stated: Stored, identity: Relation, scratch: Path, engine: Engine) -> tuple[Stored, list[dict[str, Any]]]:
    """Return the statements with those that the ontology makes of papers that are here, and its files as documents."""
    known = list(ontology.introductions())
    said = table_of(introductions.said(known), introductions.SAID)
    more = engine.sql(introductions.FOUND, said=said, stated=stated, identity=identity)
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


def _bare(batch: pa.RecordBatch) -> pa.RecordBatch:
    kept = batch.filter(pc.not_equal(batch["predicate"], "dcterms:abstract"))
    nothing = pa.nulls(kept.num_rows, pa.string())
    columns = [nothing if name in {"before", "after"} else kept.column(name) for name in kept.schema.names]
    return pa.RecordBatch.from_arrays(columns, schema=kept.schema)


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


def _lines(
    sources: Sequence[dict[str, Any]], records: Relation, who: Identity, assembly: Assembly, names: dict[str, list[str]],
    things: dict[str, Concept], scratch: Path, options: Options, engine: Engine,
) -> Stored:  # fmt: skip
    """Return the graph as lines of N-Quads, in no order, some more than once."""
    setting = rdf.Setting(options.base, statements.ID_SPACE, _config(options), options.with_text)
    papers = table_of((row for row in who.rows if row["kind"] == "paper"), IDENTITY)
    of_papers = engine.save(
        engine.sql(_OF_PAPERS, records=records, papers=papers), RECORDS_OF_PAPERS, scratch / "told-of-papers.parquet"
    )
    said = engine.save(engine.sql(rdf.SAID, resolved=assembly.resolved), rdf.SAID_COLUMNS, scratch / "said.parquet")
    passages = engine.save(engine.sql(rdf.TOPIC_PASSAGES, resolved=assembly.resolved), rdf.TOPIC_PASSAGE, scratch / "topics.parquet")
    build = rdf.Build(
        setting=setting, version=kg.__version__, documents=sources, judgements=who.judgements,
        identity={row["member"]: row["entity"] for row in who.rows if row["kind"] in {"paper", "person", "organization"}},
        printed=who.printed, assembly=assembly, names=names, known=things, former=who.former,
    )  # fmt: skip
    lines = chain(
        engine.map(of_papers, stages.texts(setting)), engine.map(assembly.facts, stages.facts(setting), 16_384),
        engine.map(said, stages.said(setting), 16_384), engine.map(passages, stages.topic_passages(setting), 16_384),
        view.batched(({"line": line} for line in rdf.lines(build)), LINES),
    )  # fmt: skip
    return engine.save(lines, LINES, scratch / "lines.parquet")


def _write_quads(lines: Relation, place: Path, options: Options, engine: Engine) -> int:
    """Write the graph as sorted N-Quads, each once; return how many."""
    ordered = engine.save(_once(engine.sql(_ORDERED, lines=lines)), LINES, place / SCRATCH / "ordered.parquet")
    count = ordered.num_rows
    with atomic_write(place / QUADS) as out:
        out.writelines(_with_header(ordered, rdf.header(options.base, count)))
    return count + HEADER_QUADS


QUADS: Final = "graph.nq"
HEADER_QUADS: Final = 3

_ORDERED: Final = "SELECT line FROM lines ORDER BY line"


def _once(ordered: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield sorted lines, each once: DISTINCT would hold all of them in memory, a sort need not."""
    last = pa.scalar("", pa.string())
    for batch in ordered:
        lines = batch.column(0)
        if len(lines):
            before = pa.concat_arrays([pa.array([last.as_py()], lines.type), lines[:-1]])
            yield batch.filter(pc.not_equal(lines, before))
            last = lines[-1]


_OF_PAPERS: Final = """
SELECT r.*, coalesce(p.entity, '') AS paper FROM records r LEFT JOIN papers p ON p.member = r.id ORDER BY r.id
"""


def _with_header(ordered: Relation, header: list[str]) -> Iterator[bytes]:
    """Yield sorted lines with the sorted lines of the header among them."""
    waiting = header
    for batch in ordered.to_batches():
        lines = batch.column("line").to_pylist()
        if waiting and lines and lines[-1] > waiting[0]:
            before = [line for line in waiting if line < lines[-1]]
            lines, waiting = sorted([*lines, *before]), waiting[len(before) :]
        yield "".join(lines).encode()
    yield "".join(waiting).encode()


_WITH_MENTIONS: Final = """
WITH found AS (
  SELECT record, list(m ORDER BY m.field DESC, m.field_start) AS mentions FROM mentions m GROUP BY record
)
SELECT r.*, coalesce(f.mentions, []) AS mentions
FROM records r LEFT JOIN found f ON f.record = r.id ORDER BY r.id
"""

_MEMBERS: Final = pa.schema([("member", pa.string()), ("anchor", pa.string())])


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


def prefixes(base: str) -> dict[str, str]:
    """Return the prefixes of a graph with this base IRI."""
    return PREFIXES | {"id": base} | {kind: f"{base}{kind}/" for kind in ontology.load().kinds}


def kinds() -> dict[str, dict[str, str]]:
    """Return what pictures need to know of each kind."""
    return {k.name: {"label": k.label, "plural": k.plural, "color": k.color} for k in ontology.load().kinds.values()}


def _export(graph: Graph, form: str, path: Path) -> None:
    with atomic_write(path) as out:
        exporters()[form].write(graph, out)


def _judgement_row(judgement: Any) -> dict[str, Any]:
    evidence = {name: f"{value:+.2f}" if isinstance(value, float) else value for name, value in judgement.evidence.items()}
    return asdict(judgement) | {"evidence": list(evidence.items())}


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
    written = engine.scalar("SELECT count(*) FROM records WHERE kind = 'paper'", records=corpus.records)
    return {
        "documents": len(corpus.documents), "records": written, "papers": kinds.get("paper", 0),
        "mentions": corpus.mentions.num_rows, "nodes": nodes.num_rows, "edges": edges.num_rows, "cut_author_lists": cut,
        "problems": len(problems),
    } | {f"{kind} nodes": count for kind, count in sorted(kinds.items())}  # fmt: skip


_KINDS: Final = "SELECT kind, count(*) AS n FROM nodes GROUP BY kind"


_BASE: Final = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\/#?]+(?:/[^\x00-\x20<>\"{}|^`\\]*)?[/#]")
"""An address whose ids begin behind a slash or hash."""


def _check_base(base: str) -> None:
    if not _BASE.fullmatch(base):
        raise UsageError(f"{base!r} is no base IRI; give one such as https://example.org/id/")


def _config(options: Options) -> str:
    told = json.dumps({"version": kg.__version__, "base": options.base, "with_text": options.with_text} | (
        {"reading": asdict(options.reading)} if options.reading != Reading() else {}
    ) | ({"finding": options.finding.fingerprint()} if options.finding != Settings() else {}
    ) | ({"registry": registry.added.sha256} if options.registry and (registry := registries.opened()) else {}))
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _version(inputs: Iterable[Input], unopened: Iterable[Problem], options: Options, decided: str) -> str:
    """Return the name of a version: a hash of all that it depends on."""
    digest = hashlib.sha256(f"{_config(options)} {fingerprint()} {decided}".encode())
    for each in inputs:
        digest.update(f"\n{each.name} {each.sha256}".encode())
    for problem in unopened:
        digest.update(f"\n{problem}".encode())
    return digest.hexdigest()[:16]


def _unchanged(out: Path, version: str) -> Summary | None:
    """Return the summary of the last build if it was of the very same input, and is whole."""
    try:
        told = json.loads(folders.intact(folders.current(out), RUN).read_text())
        if told["version"] != version or folders.damages(out):
            return None
        return Summary(out, told["counts"], [Problem(**p) for p in told["problems"]], unchanged=True)
    except (BuildError, OSError, ValueError, KeyError):
        return None


def _describe(
    place: Path, inputs: list[Input], options: Options, version: str, counts: dict[str, int], problems: list[Problem],
    clock: Clock,
) -> None:  # fmt: skip
    """Write the version's own description of its run."""
    clock("")
    told = {
        "version": version, "kg": kg.__version__, "counts": counts, "problems": [asdict(p) for p in problems],
        "seconds": clock.seconds,
        "options": asdict(options) | {"force": False, "strict": False},
        "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "inputs": [asdict(each) for each in inputs],
    }  # fmt: skip
    with atomic_write(place / RUN) as out:
        out.write(json.dumps(told, indent=1).encode())
