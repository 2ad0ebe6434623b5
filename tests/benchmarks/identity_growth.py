"""How time and memory of telling who and what is the same grow with the number of papers.

    python -m tests.benchmarks.identity_growth                 5,000, 10,000 and 20,000 papers of ../shared/corpora
    python -m tests.benchmarks.identity_growth 50000 --keep D  what was read, and the names found in it, stay in the folder D

Only what a build calls `resolve` is measured: what identity looks at in each record, papers, organisations, people and
things. Each size is a process of its own, with reading and finding names done before the clock starts (rules and lists
alone; they are kept in the cache of the folder). Files are taken in the order of the hash of their name, so that a size is
a sample of all conferences and years, and the larger one holds the smaller. The last column compares with the smallest
size: 1 is linear growth. Memory is the most that the process had, what was read included, and what its children had
beside it is not.
"""

import argparse
import gzip
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from kg.engine.inputs import Reading, named, opened
from kg.engine.local import LocalEngine
from kg.extract import topics
from kg.extract.settings import Settings
from kg.pipeline import tables
from kg.pipeline.corpus import read_corpus, read_inputs
from kg.pipeline.identity import Identity
from kg.pipeline.linking import link
from kg.pipeline.progress import Clock
from kg.pipeline.stages import RECORDS_WITH_MENTIONS
from tests.benchmarks.read_json import peak
from tests.conftest import SHARED

CORPUS: Final = SHARED / "corpora" / "conferences"
SIZES: Final = (5_000, 10_000, 20_000)


class Resolved(NamedTuple):
    """What was found, and the seconds that it took."""

    identity: Identity
    records: int
    seconds: float


def main() -> None:
    """Measure each size, and print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("sizes", nargs="*", type=int, default=[], help="numbers of papers")
    options.add_argument("--keep", metavar="DIR", type=Path, help="keep the cache here: another run starts at once")
    options.add_argument("--workers", default=2, type=int, help="processes")
    options.add_argument("--measure", nargs="+", metavar="FILE", help=argparse.SUPPRESS)
    options.add_argument("--rows", metavar="FILE", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.measure:
        print(json.dumps(measured(given.measure, given.keep, given.workers, given.rows)))  # noqa: T201 - what a benchmark is for
        return
    if not CORPUS.is_dir():
        sys.exit(f"{CORPUS} is not there: the corpus is not part of the repository")
    with tempfile.TemporaryDirectory() as scratch:
        home = given.keep or Path(scratch)
        home.mkdir(parents=True, exist_ok=True)
        print(f"{'papers':>8}{'people':>9}{'judged':>9}{'seconds':>9}{'MB':>7}{'a paper, to the first':>24}")  # noqa: T201
        first = 0.0
        for size in given.sizes or SIZES:
            row = in_child(files(size), home, given.workers)
            each = row["seconds"] / row["records"]
            first = first or each
            print(  # noqa: T201
                f"{row['records']:8}{row['people']:9}{row['judgements']:9}{row['seconds']:9.1f}{row['peak_mb']:7.0f}{each / first:24.2f}",
                flush=True,
            )


def files(size: int) -> list[Path]:
    """Return files of the corpus that hold about so many papers."""
    ordered = sorted(CORPUS.iterdir(), key=lambda path: hashlib.sha256(path.name.encode()).hexdigest())
    found, held = [], 0
    for path in ordered:
        if held >= size:
            break
        found.append(path)
        with gzip.open(path) as data:
            held += len(json.load(data))
    return found


def in_child(paths: Sequence[Path], home: Path, workers: int, rows: Path | None = None) -> dict[str, Any]:
    """Measure in a process of its own; the rows of the identity table go to a file, where one is named."""
    command = [sys.executable, "-m", "tests.benchmarks.identity_growth", "--keep", str(home), "--workers", str(workers)]
    command += ["--rows", str(rows)] if rows else []
    done = subprocess.run([*command, "--measure", *map(str, paths)], check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr[-4000:])
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measured(paths: Iterable[str], home: Path, workers: int, rows: Path | None) -> dict[str, Any]:
    """Return seconds, counts and peak of telling who is who in these files."""
    found = resolved(paths, home, workers)
    if rows:
        with rows.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(row) + "\n" for row in found.identity.rows)
    people = {row["entity"] for row in found.identity.rows if row["kind"] == "person"}
    return {
        "records": found.records, "people": len(people), "judgements": len(found.identity.judgements),
        "seconds": found.seconds, "peak_mb": peak(),
    }  # fmt: skip


def resolved(paths: Iterable[str], home: Path, workers: int) -> Resolved:
    """Read files, find names in them, and then tell who and what is the same, as a build does."""
    finding, clock = Settings("fast"), Clock(lambda _: None)
    with tempfile.TemporaryDirectory(dir=home) as place, LocalEngine(workers, Path(place) / "joins") as engine:
        scratch = Path(place)
        found = opened(named(paths), scratch)
        inputs, _ = read_inputs(found.sources, Reading(), home / "cache", engine, clock)
        corpus = read_corpus(inputs, Reading(), finding, home / "cache", engine, clock)
        known = topics.known(finding)
        begun = time.perf_counter()
        linked = link(corpus.mentions, known, scratch, engine)
        together = engine.sql(tables.WITH_MENTIONS, records=corpus.records, mentions=linked.mentions)
        told = engine.save(together, RECORDS_WITH_MENTIONS, scratch / "told.parquet")
        who, _, _ = tables.resolve(corpus, told, [], None, scratch / "cache", scratch, engine)
        return Resolved(who, corpus.records.num_rows, time.perf_counter() - begun)


if __name__ == "__main__":
    main()
