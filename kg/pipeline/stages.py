"""The stages as functions on rows or records, ready to be sent to other processes.

In: rows of one relation. Out: rows of the next. Only the first touches files: it reads a source and keeps its records
in the cache, because they may be more than a memory holds.
"""

import errno
import json
import pickle
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kg import extract, sources
from kg.engine.inputs import Reading, Source
from kg.errors import UnreadableError, UsageError
from kg.extract import topics
from kg.extract.results import results_of
from kg.extract.results.comparisons import comparisons_of
from kg.extract.results.extensions import extensions_of
from kg.extract.settings import Settings
from kg.files import atomic_write
from kg.graph import rdf_rows, rdf_texts, result_statements, statements
from kg.graph.nquads import Setting
from kg.model import Document, Mention, Problem, Record
from kg.model.tables import (
    MENTIONS,
    PROBLEMS,
    RECORDS,
    STATEMENTS,
    Lift,
    LiftMany,
    Lines,
    plain_rows,
    records_batch,
    records_of,
)  # fmt: skip
from kg.pipeline.traits import TRAITS, as_row, traits
from kg.resolve import versions

Row = dict[str, Any]

TASKS: Final = pa.schema([("task", pa.binary()), ("size", pa.int64())])
"""One source to be read, as `task` packs it, and its size on the disk in bytes."""

DONE: Final = pa.schema([("name", pa.string()), ("sha256", pa.string()), ("problem", pa.struct(list(PROBLEMS)))])
"""What became of a source: the hash of its bytes, or the problem that it has no bytes to read."""

RECORDS_WITH_MENTIONS: Final = pa.schema([*RECORDS, ("mentions", pa.list_(pa.struct(list(MENTIONS))))])
"""A record and the names in it."""

RECORDS_OF_PAPERS: Final = pa.schema([*RECORDS_WITH_MENTIONS, ("paper", pa.string())])
"""A record, the names in it, and the path of the paper that it is."""

MOST_PROBLEMS: Final = 1000
"""Of a document with more problems than this, the rest is counted in one."""

_RECORDS_AT_A_TIME: Final = 500
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Errors of the disk that is written to."""


def task(source: Source, reading: Reading, folder: Path) -> bytes:
    """Pack what `read_source` needs."""
    return pickle.dumps((source, reading, folder))


def read_source(row: Row) -> Iterator[Row]:
    """Read one source and keep its records in the cache, under the hash of its bytes, unless they are there already."""
    source: Source
    source, reading, folder = pickle.loads(row["task"])  # noqa: S301 - `task` has made it, in the process that sent it
    done = dict.fromkeys(DONE.names) | {"name": source.name}
    try:
        document = sources.examine(source.open, source.name, reading.encoding, dict(reading.columns))
    except (OSError, UnreadableError) as error:
        yield done | {"problem": asdict(fault_of(source.name, error))}
        return
    if isinstance(document, Problem):
        yield done | {"problem": asdict(document)}
        return
    path = folder / f"{document.sha256}.parquet"
    if not path.is_file():
        keep(document, path)
    yield done | {"sha256": document.sha256}


def keep(document: Document, path: Path) -> None:
    """Read a document and write its records to `path`, with what else there is to say of it as the file's metadata."""
    told: Row = {"id": document.id, "sha256": document.sha256, "size": document.size, "reader": None, "problems": []}
    try:
        told["reader"] = reader = sources.recognise(document)
        _write(document, told, path, sources.read_by(reader, document))
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            raise  # the file is not at fault
        # A fault of ours costs one file, not the build. What was read before does not count: half a file is no result.
        fault = asdict(fault_of(document.name, error))
        _write(document, told | {"reader": None, "problems": [fault]}, path, ())


def fault_of(name: str, error: Exception) -> Problem:
    """Return the error that reading the document called `name` ended with, as a problem of it."""
    if isinstance(error, UnreadableError):
        return Problem(name, error.line, error.what, error.todo)
    if isinstance(error, OSError):
        what = f"cannot be read: {error.strerror or error}"
        return Problem(name, 0, what, "check the path and its permissions")
    if isinstance(error, UsageError):
        return Problem(name, 1, f"two readers are equally sure: {error}", "leave the file out")
    place = traceback.extract_tb(error.__traceback__)[-1]
    what = f"kg itself fails at it ({type(error).__name__}: {error}, in {Path(place.filename).name}:{place.lineno})"
    return Problem(name, 0, what, "leave the file out, and report this with it")


def _write(document: Document, told: Row, path: Path, rows: Iterable[Record | Problem]) -> None:
    waiting, missed = iter(rows), 0
    with atomic_write(path) as out, pq.ParquetWriter(out, RECORDS, compression="zstd") as writer:
        while some := list(islice(waiting, _RECORDS_AT_A_TIME)):
            records = [item for item in some if isinstance(item, Record)]
            if records:
                writer.write_batch(records_batch(records, f"reader:{told['reader']}"))
            problems = [asdict(item) for item in some if isinstance(item, Problem)]
            free = MOST_PROBLEMS - len(told["problems"])
            told["problems"] += problems[:free]
            missed += len(problems[free:])
        if missed:
            more = Problem(document.name, 0, f"{missed} more problems of this file", "repair the ones above first", "warning")
            told["problems"].append(asdict(more))
        writer.add_key_value_metadata({TOLD: json.dumps(told)})


TOLD: Final = "kg"
"""Key of a kept document's own description in the metadata of its Parquet file: id, sha256, size, reader, problems."""


def told_of(path: Path) -> Row:
    """Return the description that `keep` has written into a file of records."""
    told: Row = json.loads(pq.read_metadata(path).metadata[TOLD.encode()])
    return told


def extract_mentions(records: Iterable[Record], settings: Settings) -> Iterator[Row]:
    """Find the names in records."""
    found = extract.extract_records(records, settings)
    return ({name: getattr(mention, name) for name in MENTIONS.names} for mentions in found for mention in mentions)


class Told(NamedTuple):
    """A record, who read it, the names in it, and the path of the paper that it is (empty until it is known)."""

    record: Record
    by: str
    mentions: list[Mention]
    paper: str


def told_in(batch: pa.RecordBatch) -> Iterator[Told]:
    """Yield records with their mentions from a batch of `RECORDS_WITH_MENTIONS` or `RECORDS_OF_PAPERS`."""
    lists = batch.column("mentions")
    flat = lists.flatten()
    every = list(map(Mention, *(flat.field(name).to_pylist() for name in MENTIONS.names))) if len(flat) else []
    papers = batch.column("paper").to_pylist() if "paper" in batch.schema.names else [""] * batch.num_rows
    counts = pc.list_value_length(lists).to_pylist()
    at = 0
    for record, by, count, paper in zip(records_of(batch), batch.column("by").to_pylist(), counts, papers, strict=True):
        yield Told(record, by, every[at : at + count], paper)
        at += count


def state(told: Iterable[Told], settings: Settings) -> Iterator[Row]:
    """Say what records with their mentions state, and what they are about."""
    index = topics.index(settings)
    for record, by, mentions, _ in told:
        yield from statements.of_record(record, by, _confidence(by.removeprefix("reader:")))
        yield from statements.of_mentions(record, mentions)
        if record.kind == "paper":
            yield from statements.of_version(record, versions.form(record), by)
            found = topics.topics_of(record, mentions, statements.printed_topics(record), index)
            yield from statements.of_topics(record, found)
            yield from result_statements.of_results(record, mentions, results_of(record, mentions))
            related = [*comparisons_of(record, mentions), *extensions_of(record, mentions)]
            yield from result_statements.of_relations(record, mentions, related)


@cache
def _confidence(reader: str) -> float:
    """Return how sure a reader is of what it reads: 1 unless it says less."""
    return float(getattr(sources.readers().get(reader), "CONFIDENCE", 1.0))


def look(told: Told) -> Iterator[Row]:
    """Say what identity looks at in one record."""
    yield as_row(traits(told.record, told.mentions))


def _text_lines(told: Told, setting: Setting) -> Iterator[str]:
    return rdf_texts.of_record((told.record, told.paper, told.mentions), setting)


READING: Final = Lift(read_source, plain_rows, DONE)
LOOKING: Final = Lift(look, told_in, TRAITS)


def extracting(settings: Settings) -> LiftMany:
    """Return the stage that finds names."""
    return LiftMany(extract_mentions, records_of, MENTIONS, settings)


def stating(settings: Settings) -> LiftMany:
    """Return the stage that says what records state."""
    return LiftMany(state, told_in, STATEMENTS, settings)


def topic_passages(setting: Setting) -> Lines:
    """Return the stage that makes quads of the passages behind topics."""
    return Lines(rdf_rows.of_topic_passage, plain_rows, setting)


def memberships(setting: Setting) -> Lines:
    """Return the stage that makes quads of who belonged where."""
    return Lines(rdf_rows.of_membership, plain_rows, setting)


def texts(setting: Setting) -> Lines:
    """Return the stage that makes quads of `RECORDS_OF_PAPERS`."""
    return Lines(_text_lines, told_in, setting)


def facts(setting: Setting) -> Lines:
    """Return the stage that makes quads of resolved facts."""
    return Lines(rdf_rows.of_fact, plain_rows, setting)


def said(setting: Setting) -> Lines:
    """Return the stage that makes quads of what each source said."""
    return Lines(rdf_rows.of_said, plain_rows, setting)
