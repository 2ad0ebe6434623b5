"""From files to a published version of the graph.

`kg.pipeline.corpus` reads what has changed; the joins always run over everything, which is why the result is the same
as a full build's. A version is written beside the one before it, and published when all of it is on the disk.
"""

import hashlib
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute

import kg
from kg import ontology
from kg.engine import Engine
from kg.engine.inputs import Source, find
from kg.engine.local import LocalEngine
from kg.errors import BuildError, InputError, KgError, UsageError
from kg.export import exporters
from kg.files import atomic_write
from kg.graph import rdf, statements, view
from kg.graph.assemble import assemble
from kg.model import Graph, Mention, Problem
from kg.model.tables import (
    DOCUMENTS,
    IDENTITY,
    JUDGEMENTS,
    PROBLEMS,
    RECORDS,
    STATEMENTS,
    mention_of,
    records_of,
    table_of,
)  # fmt: skip
from kg.ontology import PREFIXES
from kg.pipeline import identity as identities
from kg.pipeline.corpus import Corpus, Input, fingerprint, load, prune, read_corpus
from kg.pipeline.progress import Clock, Say
from kg.pipeline.stages import RECORDS_WITH_MENTIONS, STATING
from kg.resolve import decisions
from kg.store import folder as folders
from kg.store.database import load_store
from kg.text import printable

PAGE_NODES: Final = 2_000
"""A graph of more nodes gets no `graph.html` by itself: a browser would struggle. `kg export` writes it on demand."""

TURTLE_QUADS: Final = 300_000
"""A graph of more quads gets no `graph.ttl` by itself."""


@dataclass(frozen=True)
class Options:
    """What a build depends on besides its input.

    Attributes:
        base: Base IRI of all ids.
        with_text: Whether abstracts and the sentences around passages are kept.
        workers: How many processes read and extract.
        strict: Whether a problem in the input stops the build.
        force: Whether to build again although nothing has changed.
    """

    base: str = statements.ID_SPACE
    with_text: bool = True
    workers: int = 1
    strict: bool = False
    force: bool = False


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
    found = find(str(path) for path in paths)
    if not found:
        raise UsageError("no input: name files, folders or patterns")
    inputs, faults = load(found)
    return _run(inputs, faults, Path(out), options, say)


def rebuild(folder: Path, say: Say = lambda _: None) -> Summary:
    """Build again from the inputs of the last build, for instance after a decision on identity.

    Raises:
        BuildError: If an input has gone and is not in the cache any more.
    """
    told = json.loads(folders.intact(folders.current(folder), RUN).read_text())
    there = [entry for entry in told["inputs"] if entry["path"] and Path(entry["path"]).is_file()]
    inputs, faults = load(Source(entry["name"], Path(entry["path"])) for entry in there)
    inputs += [Input(**entry, data=None) for entry in told["inputs"] if entry not in there]
    return _run(inputs, faults, folder, Options(**told["options"]), say)


def decided_text(folder: Path) -> str:
    """Return the text of a build folder's decisions file, empty without one.

    Raises:
        UsageError: If it is not in UTF-8: what people decided is not guessed.
    """
    file = folder / decisions.FILE
    try:
        return file.read_text(encoding="utf-8") if file.is_file() else ""
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8") from error


RUN: Final = "run.json"
"""A version's own description of its run: time, paths, options. The only file with a clock in it."""


def _run(inputs: list[Input], unopened: list[Problem], out: Path, options: Options, say: Say) -> Summary:
    inputs = sorted(inputs, key=lambda each: (each.name, each.sha256))
    with folders.locked(out), _named_faults(out):
        folders.sweep(out)
        folders.drop_damaged_cache(out)
        text = decided_text(out)
        version = _version(inputs, unopened, options, text)
        if not options.force and (done := _unchanged(out, version)):
            folders.tidy(out)
            _refuse(done.problems, options, readable=True)
            return done
        clock = Clock(say)
        with LocalEngine(options.workers) as engine, folders.staging(out) as place:
            corpus = read_corpus(inputs, out / folders.CACHE, engine, clock)
            decided, faults = decisions.read(text)
            problems = sorted(unopened + corpus.problems + faults, key=lambda p: (p.document, p.line, p.what))
            readable = any(document["reader"] for document in corpus.documents) or corpus.records.num_rows > 0
            _refuse(problems, options, readable=readable)
            made, problems = _make(corpus, decided, problems, place, options, engine, clock)
            _refuse(problems, options, readable=readable)
            _describe(place, inputs, options, version, made, problems, clock)
            # A folder without texts can be given away as it is, so it keeps none in its cache either.
            folders.publish(out, place, version, corpus.cached if options.with_text else [])
        prune(out / folders.CACHE, [each.sha256 for each in inputs] if options.with_text else [])
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
        raise BuildError(f"{len(problems)} problems in the input, and --strict makes them fatal:\n{listed}")
    broken = [problem for problem in problems if problem.severity == "error"]
    if not readable and broken:
        listed = "\n".join(printable(str(problem)) for problem in broken[:20])
        raise InputError(f"nothing in the input could be read:\n{listed}")


def _make(
    corpus: Corpus, decided: Sequence[decisions.Decision], problems: list[Problem], place: Path, options: Options,
    engine: Engine, clock: Clock,
) -> tuple[dict[str, int], list[Problem]]:  # fmt: skip
    """Resolve, assemble, and write everything of one version into `place`; return its counts and all problems."""
    clock("resolve")
    records = list(records_of(corpus.records))
    found = [mention_of(row) for row in corpus.mentions.to_pylist()]
    by_record: dict[str, list[Mention]] = defaultdict(list)
    for mention in found:
        by_record[mention.record].append(mention)
    who = identities.resolve(records, by_record, decided)
    titles = {document["id"]: document["name"] for document in corpus.documents}
    by_id = {record.id: record for record in records}
    problems = [*problems, *identities.conflicts(who.judgements, by_id, titles)]

    clock("assemble")
    rows = engine.sql(_WITH_MENTIONS, records=corpus.records, mentions=corpus.mentions).cast(RECORDS_WITH_MENTIONS)
    stated = engine.map(rows, STATING, STATEMENTS)
    if not options.with_text:
        stated = stated.filter(pa.compute.not_equal(stated["predicate"], "dcterms:abstract"))
    identity = table_of(who.rows, IDENTITY)
    assembly = assemble(engine.sql, stated, identity)
    known = view.entities(assembly.facts)
    names = view.thing_names((statements.thing(m), m.canonical) for m in found if m.type != "person")
    nodes = view.nodes(assembly, known, names, options.base, statements.ID_SPACE, with_text=options.with_text)
    edges = view.edges(assembly, options.base)
    evidence = view.evidence(assembly, by_id.get, titles, with_text=options.with_text)

    tables = {
        "documents": table_of(corpus.documents, DOCUMENTS), "records": corpus.records, "mentions": corpus.mentions,
        "problems": table_of(map(asdict, problems), PROBLEMS), "identity": identity,
        "judgements": table_of(map(_judgement_row, who.judgements), JUDGEMENTS), "statements": assembly.resolved,
        "members": table_of(({"member": m, "anchor": a} for m, a in sorted(who.anchors.items())), _MEMBERS),
        "facts": assembly.facts, "nodes": nodes, "edges": edges, "evidence": evidence,
    }  # fmt: skip
    if not options.with_text:
        tables["records"] = _without_texts(corpus.records)
    for name, table in tables.items():
        engine.save(table, place / "tables" / f"{name}.parquet")

    clock("write")
    quads = rdf.lines(rdf.Build(
        base=options.base, space=statements.ID_SPACE, version=kg.__version__, config=_config(options),
        documents=corpus.documents, records=records, mentions=found, judgements=who.judgements,
        identity={row["member"]: row["entity"] for row in who.rows}, assembly=assembly, known=known, names=names,
        with_text=options.with_text,
    ))  # fmt: skip
    with atomic_write(place / QUADS) as out:
        out.writelines(line.encode() for line in quads)
    clock("store", f"{len(quads)} quads")
    load_store(place / "store", place / QUADS)
    clock("export")
    graph = Graph(nodes, edges, evidence, place / QUADS, prefixes(options.base), kinds(), options.with_text)
    if nodes.num_rows <= PAGE_NODES:
        _export(graph, "html", place / "graph.html")
    if len(quads) <= TURTLE_QUADS:
        _export(graph, "turtle", place / "graph.ttl")
    return _counts(corpus, nodes, edges, problems), problems


QUADS: Final = "graph.nq"

_WITH_MENTIONS: Final = """
WITH found AS (
  SELECT record, list(m ORDER BY m.field DESC, m.field_start) AS mentions FROM mentions m GROUP BY record
)
SELECT r.*, coalesce(f.mentions, []) AS mentions
FROM records r LEFT JOIN found f ON f.record = r.id ORDER BY r.id
"""

_MEMBERS: Final = pa.schema([("member", pa.string()), ("anchor", pa.string())])


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


def _without_texts(records: pa.Table) -> pa.Table:
    """Return the records without their abstracts: fields, spans and facts stay."""
    rows = records.to_pylist()
    for row in rows:
        for each in row["fields"]:
            if each["name"] == "abstract":
                each["text"] = ""
    return table_of(rows, RECORDS)


def _counts(corpus: Corpus, nodes: pa.Table, edges: pa.Table, problems: list[Problem]) -> dict[str, int]:
    by_kind: dict[str, int] = defaultdict(int)
    for kind in nodes["kind"].to_pylist():
        by_kind[kind] += 1
    cut = sum(1 for complete in nodes["authors_complete"].to_pylist() if complete is False)
    papers = sum(1 for row in nodes.select(["kind"]).to_pylist() if row["kind"] == "paper")
    written = sum(1 for kind in corpus.records["kind"].to_pylist() if kind == "paper")
    return {
        "documents": len(corpus.documents), "records": written, "papers": papers, "mentions": corpus.mentions.num_rows,
        "nodes": nodes.num_rows, "edges": edges.num_rows, "cut_author_lists": cut, "problems": len(problems),
    } | {f"{kind} nodes": count for kind, count in sorted(by_kind.items())}  # fmt: skip


_BASE: Final = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\/#?]+(?:/[^\x00-\x20<>\"{}|^`\\]*)?[/#]")
"""An address whose ids begin behind a slash or hash."""


def _check_base(base: str) -> None:
    if not _BASE.fullmatch(base):
        raise UsageError(f"{base!r} is no base IRI; give one such as https://example.org/id/")


def _config(options: Options) -> str:
    told = json.dumps({"version": kg.__version__, "base": options.base, "with_text": options.with_text})
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
        "inputs": [{"name": i.name, "path": i.path, "sha256": i.sha256} for i in inputs],
    }  # fmt: skip
    with atomic_write(place / RUN) as out:
        out.write(json.dumps(told, indent=1).encode())
