"""What was read from all sources, and the names found in it.

Reading and extraction are cached by the content of each document, so that a build after a change of one file redoes only
that file. The cache is named after the code and the ontology that filled it: another version of kg starts anew.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import zstandard

import kg
from kg.engine import BATCH_ROWS, Engine, Stored
from kg.engine.inputs import Reading, Source
from kg.errors import BuildError
from kg.extract.settings import Settings
from kg.files import atomic_write
from kg.model import Problem
from kg.model.tables import MENTIONS, RECORDS
from kg.ontology import turtle_files
from kg.pipeline.progress import Clock
from kg.pipeline.stages import READING, TASKS, extracting, task, told_of
from kg.resolve.people.remembered import Before, of_bytes, to_bytes
from kg.text import counted

_TOGETHER: Final = 4 << 20
"""Sources are sent to a process together as long as they are smaller than this, in bytes on the disk."""


@dataclass(frozen=True, slots=True)
class Input:
    """One document of the input: its name in the graph, the file that the person has, and the hash of its bytes.

    The hash is empty where the source could not be opened.
    """

    name: str
    path: str
    sha256: str


@dataclass(frozen=True)
class Corpus:
    """What was read from all documents: rows of documents, records and mentions, problems, and the cache behind them.

    `papers` is how many of the records describe a paper: a profile of a person is a record too, and no paper of anybody's.
    """

    documents: list[dict[str, Any]]
    records: Stored
    papers: int
    mentions: Stored
    problems: list[Problem]
    cached: list[Path]


def read_inputs(
    found: list[Source], reading: Reading, cache_folder: Path, engine: Engine, clock: Clock
) -> tuple[list[Input], list[Problem]]:
    """Read sources into the cache, as far as they are not there; return what they are, and what has no bytes to read."""
    folder = _read_folder(cache_folder, reading)
    tasks = [(task(source, reading, folder), _size(source)) for source in found]
    inputs, problems = [], []
    stream = engine.map(_Tasks(tasks), READING)
    rows = (row for batch in stream for row in batch.to_pylist())
    for source, row in zip(found, rows, strict=True):
        inputs.append(Input(source.name, source.origin, row["sha256"] or ""))
        if row["problem"]:
            problems.append(Problem(**row["problem"]))
        clock.advance(len(inputs), len(found))
    return inputs, problems


class _Tasks:
    """Tasks as a relation whose batches are about equally large on the disk, so that many small files travel together."""

    schema = TASKS

    def __init__(self, tasks: list[tuple[bytes, int]]) -> None:
        self._tasks = tasks
        self.num_rows = len(tasks)

    def to_batches(self, max_chunksize: int | None = None) -> Iterator[pa.RecordBatch]:
        """Yield the tasks in their order."""
        held: list[tuple[bytes, int]] = []
        for each in self._tasks:
            held.append(each)
            if sum(size for _, size in held) >= _TOGETHER or len(held) >= (max_chunksize or 512):
                yield self._batch(held)
                held = []
        if held:
            yield self._batch(held)

    def _batch(self, held: list[tuple[bytes, int]]) -> pa.RecordBatch:
        tasks, sizes = zip(*held, strict=True)
        return pa.record_batch([pa.array(tasks, pa.binary()), pa.array(sizes, pa.int64())], schema=TASKS)


def _size(source: Source) -> int:
    try:
        return source.path.stat().st_size
    except OSError:
        return 0


def read_corpus(
    inputs: list[Input], reading: Reading, settings: Settings, cache_folder: Path, engine: Engine, clock: Clock
) -> Corpus:
    """Return what the cache holds of these inputs, and find the names in it.

    Raises:
        BuildError: If the cache does not hold an input: it has gone since it was read.
    """
    same: dict[str, list[Input]] = {}
    for each in inputs:
        if each.sha256:
            same.setdefault(each.sha256, []).append(each)
    folder = _read_folder(cache_folder, reading)
    read = [folder / f"{digest}.parquet" for digest in sorted(same)]
    documents, problems = [], []
    for path in read:
        first, *copies = same[path.stem]
        if not path.is_file():
            raise BuildError(f"{first.path or 'standard input'}: the input of this graph has gone; run kg build again")
        told = told_of(path)
        documents.append({"id": told["id"], "name": first.name, "sha256": told["sha256"], "size": told["size"], "reader": told["reader"]})
        nothing = told["problems"] and not pq.read_metadata(path).num_rows
        faulty = [first, *copies] if nothing else [first]  # what gives nothing gives nothing as a copy
        problems += [Problem(**row | {"document": each.name}) for row in told["problems"] for each in faulty]
        problems += [] if nothing else [_copy(each.name, first.name) for each in copies]
    records = engine.read(read, RECORDS)
    papers = engine.scalar("SELECT count(*) FROM records WHERE kind = 'paper'", records=records)
    clock("extract", counted(papers, "record"))
    found = _extract(read, _extract_folder(cache_folder, reading, settings), settings, engine, clock)
    return Corpus(documents, records, papers, engine.read(found, MENTIONS), problems, [*read, *found])


def _copy(name: str, first: str) -> Problem:
    """Report a file that is a copy of another: they are read once."""
    return Problem(name, 0, f"is a copy of {first}", "it was read once; leave one of them out", "warning")


def _extract(read: list[Path], place: Path, settings: Settings, engine: Engine, clock: Clock) -> list[Path]:
    """Find the names in all records; kept per document, so that a document is done once. Return where they are."""
    todo = [path for path in read if not (place / path.name).is_file()]
    records = engine.read(todo, RECORDS)
    stream = _Ahead(engine.map(records, extracting(settings)), records.num_rows, clock)
    for path in todo:
        engine.save(stream.of_document(path.stem[:16]), MENTIONS, place / path.name)
    return [place / path.name for path in read]


class _Ahead:
    """Batches of mentions, told apart by document: the rows of one stand together, and documents come one after another."""

    def __init__(self, batches: Iterator[pa.RecordBatch], total: int, clock: Clock) -> None:
        self._batches, self._total, self._clock = batches, total, clock
        self._done = 0
        self._next: pa.RecordBatch | None = None
        self._step()

    def of_document(self, document: str) -> Iterator[pa.RecordBatch]:
        """Yield the rows of one document."""
        while self._next is not None:
            count = pc.starts_with(self._next.column("record"), f"{document}/").true_count
            if count:
                yield self._next.slice(0, count)
            if count < self._next.num_rows:
                self._next = self._next.slice(count)
                return
            self._step()

    def _step(self) -> None:
        """Go on to the next batch that holds a mention."""
        for batch in self._batches:
            self._done = min(self._done + BATCH_ROWS, self._total)
            self._clock.advance(self._done, self._total)
            if batch.num_rows:
                self._next = batch
                return
        self._next = None


def judged_before(cache_folder: Path) -> Before:
    """Return what earlier builds judged of people, by block; what cannot be read, or was changed since, is left out."""
    before: Before = {}
    for file in sorted(_judged_folder(cache_folder).glob("*")):
        with suppress(OSError, ValueError, TypeError, zstandard.ZstdError):
            data = file.read_bytes()
            if file.name == _judged_name(data):
                before |= of_bytes(data)
    return before


def keep_judged(cache_folder: Path, judged: Before) -> Path:
    """Keep what was judged of people for the next build; return the file.

    It is named after its content: the file that the current version lists is not touched until another is published.
    """
    data = to_bytes(judged)
    file = _judged_folder(cache_folder) / _judged_name(data)
    file.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(file) as out:
        out.write(data)
    return file


def _judged_folder(cache_folder: Path) -> Path:
    return cache_folder / f"people-{fingerprint('resolve')}"


def _judged_name(data: bytes) -> str:
    return f"{hashlib.sha256(data).hexdigest()}.jsonl.zst"


def prune(cache_folder: Path, used: Iterable[Path]) -> None:
    """Leave in the cache only these files, which the current graph was made of."""
    keep = set(used)
    for path in sorted(cache_folder.rglob("*"), reverse=True):
        if path.is_file() and path not in keep:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _read_folder(cache_folder: Path, reading: Reading) -> Path:
    return cache_folder / f"read-{fingerprint('sources')}{_told(reading)}"


def _extract_folder(cache_folder: Path, reading: Reading, settings: Settings) -> Path:
    names = settings.of_names()
    chosen = "" if names == Settings() else f"-{names.fingerprint()}"
    return cache_folder / f"extract-{fingerprint('sources', 'extract')}{_told(reading)}{chosen}"


def _told(reading: Reading) -> str:
    """Return what tells one way of reading from another in a name; nothing for the usual one."""
    return "" if reading == Reading() else f"-{hashlib.sha256(repr(reading).encode()).hexdigest()[:8]}"


_WHAT_COUNTS: Final = frozenset({".py", ".npz", ".json"})
"""Endings of the files of a package that its results depend on."""


@cache
def fingerprint(*packages: str) -> str:
    """Return a hash of the code of these packages (all of kg without any), their models, and the ontology.

    It is all that a result depends on besides the input and the settings.
    """
    home = Path(kg.__file__).parent
    folders_ = [home / name for name in packages] or [home]
    files = [path for place in folders_ for path in sorted(place.rglob("*.*")) if path.suffix in _WHAT_COUNTS]
    files += [*sorted(home.glob("*.py")), *sorted((home / "model").glob("*.py")), home / "pipeline" / "stages.py"]
    digest = hashlib.sha256()
    for path in [*files, *turtle_files()]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]
