"""What was read from all files, and the names found in it.

Reading and extraction are cached by the content of each file, so that a build after a change of one file redoes only
that file. The cache is named after the code and the ontology that filled it: another version of kg starts anew.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute

import kg
from kg.engine import Engine
from kg.engine.inputs import Source
from kg.errors import BuildError
from kg.model import Problem
from kg.model.tables import MENTIONS, RECORDS, table_of
from kg.ontology import turtle_files
from kg.pipeline.progress import Clock
from kg.pipeline.stages import EXTRACTING, INPUTS, READ, READING


@dataclass(frozen=True, slots=True)
class Input:
    """One file: its name in the graph, where it is (empty for standard input), its hash and its bytes.

    The bytes are None where the file has gone: the cache may still know it by its hash.
    """

    name: str
    path: str
    sha256: str
    data: bytes | None


def load(found: Iterable[Source]) -> tuple[list[Input], list[Problem]]:
    """Read files; one that cannot be opened is a problem."""
    inputs, problems = [], []
    for source in found:
        data = source.read()
        if isinstance(data, Problem):
            problems.append(data)
        else:
            path = str(source.path) if source.path else ""
            inputs.append(Input(source.name, path, hashlib.sha256(data).hexdigest(), data))
    return inputs, problems


@dataclass(frozen=True)
class Corpus:
    """What was read from all documents: rows of documents, records and mentions, problems, and the cache behind them."""

    documents: list[dict[str, Any]]
    records: pa.Table
    mentions: pa.Table
    problems: list[Problem]
    cached: list[Path]


def read_corpus(inputs: list[Input], cache_folder: Path, engine: Engine, clock: Clock) -> Corpus:
    """Read all documents and find the names in them; what the cache holds is not done again."""
    clock("read", f"{len(inputs)} files")
    unique: dict[str, Input] = {}
    for each in inputs:
        unique.setdefault(each.sha256, each)
    reads = cache_folder / f"read-{fingerprint('sources')}"
    todo = {digest: each for digest, each in unique.items() if not (reads / f"{digest}.parquet").is_file()}
    for each in todo.values():
        if each.data is None:
            raise BuildError(f"{each.path or 'standard input'}: the input of this graph has gone; run kg build again")
    files = table_of(({"name": each.name, "data": each.data} for each in todo.values()), INPUTS)
    fresh = engine.map(files, READING, READ, rows=1)
    for digest in todo:
        engine.save(fresh.filter(pa.compute.equal(fresh["sha256"], digest)), reads / f"{digest}.parquet")
    read = [reads / f"{digest}.parquet" for digest in sorted(unique)]
    table = engine.read(read, READ)
    rows = table.to_pylist()
    documents = [row | {"name": unique[row["sha256"]].name} for row in rows if not row["record"] and not row["problem"]]
    documents = [{key: row[key] for key in ("id", "name", "sha256", "size", "reader")} for row in documents]
    problems = [
        Problem(**row["problem"] | {"document": unique[row["sha256"]].name})
        for row in rows
        if row["problem"]
    ]
    problems += _copies(inputs, unique)
    records = table_of((row["record"] for row in rows if row["record"]), RECORDS)
    clock("extract", f"{records.num_rows} records")
    found = _extract(records, [d["sha256"] for d in documents], cache_folder, engine)
    mentions = engine.read(found, MENTIONS)
    return Corpus(documents, records, mentions, problems, [*read, *found])


def _copies(inputs: list[Input], unique: dict[str, Input]) -> list[Problem]:
    """Report files that are copies of another: they are read once."""
    todo = "it was read once; leave one of them out"
    copies = [(each, unique[each.sha256]) for each in inputs if unique[each.sha256] is not each]
    return [Problem(each.name, 0, f"is a copy of {first.name}", todo, "warning") for each, first in copies]


def _extract(records: pa.Table, digests: list[str], cache_folder: Path, engine: Engine) -> list[Path]:
    """Find the names in all records; per document, so that a document is done once. Return where they are."""
    place = cache_folder / f"extract-{fingerprint('sources', 'extract')}"
    todo = {digest[:16] for digest in digests if not (place / f"{digest}.parquet").is_file()}
    by_document: dict[str, list[dict[str, Any]]] = defaultdict(list)
    if todo:
        chosen = pa.compute.is_in(records["document"], pa.array(sorted(todo), pa.string()))
        for row in engine.map(records.filter(chosen), EXTRACTING, MENTIONS).to_pylist():
            by_document[row["record"].partition("/")[0]].append(row)
    for digest in digests:
        if digest[:16] in todo:
            engine.save(table_of(by_document[digest[:16]], MENTIONS), place / f"{digest}.parquet")
    return [place / f"{digest}.parquet" for digest in digests]


def prune(cache_folder: Path, digests: Iterable[str]) -> None:
    """Leave in the cache only what the current graph was made of."""
    keep = {f"{digest}.parquet" for digest in digests}
    stages = {f"read-{fingerprint('sources')}", f"extract-{fingerprint('sources', 'extract')}"}
    for path in sorted(cache_folder.rglob("*"), reverse=True):
        if path.is_file() and (path.name not in keep or path.parent.name not in stages):
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


@cache
def fingerprint(*packages: str) -> str:
    """Return a hash of the code of these packages (all of kg without any) and of the ontology: what a result depends on."""
    home = Path(kg.__file__).parent
    folders_ = [home / name for name in packages] or [home]
    files = [path for place in folders_ for path in sorted(place.rglob("*.py"))]
    files += [*sorted(home.glob("*.py")), *sorted((home / "model").glob("*.py")), home / "pipeline" / "stages.py"]
    digest = hashlib.sha256()
    for path in [*files, *turtle_files()]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]
