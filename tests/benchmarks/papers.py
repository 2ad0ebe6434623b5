"""How many pairs of one paper the candidates find among many abstracts, how fast, beside programs for near-duplicates.

    pip install rensa datasketch                  what to compare with; what is not installed is left out
    python -m tests.benchmarks.papers             the records of the conferences and of the gold in ../shared
    python -m tests.benchmarks.papers --records 9000 kg rensa

    kg          identifiers, titles, rare runs of words, authors with rare words
    judge       kg's candidates, and the judgements on them
    rensa       R-MinHash of runs of three words, 128 permutations in 32 bands
    datasketch  MinHash of runs of three words, 64 permutations, threshold 0.4

What is found is counted among the pairs of the gold that stand so in the sources; rensa and datasketch see abstracts only, so
pairs with an abstract on both sides are counted apart. Reading and looking at records is not measured, nor is it needed twice.
Each way runs in a process of its own, so that its peak of memory is its own; it holds all records before it starts. Times are
those of the processor, which others on the machine disturb least.
"""

import argparse
import gzip
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from kg.model import Record
from kg.resolve import cluster
from kg.resolve.papers import Features, candidates, features, judge
from kg.resolve.papers.train import record_of, rows
from kg.text import words
from tests.benchmarks.read_json import peak
from tests.conftest import SHARED

GOLD: Final = SHARED / "gold" / "resolution"
CORPUS: Final = SHARED / "corpora" / "conferences"
_NATURAL: Final = ("same_title", "same_title_same_venue", "retitled", "extended_abstract")

Text = tuple[str, str]
"""A record's id and its abstract."""


def records(most: int | None = None) -> list[Record]:
    """Return the records of the gold, and of as many files of the conferences as it takes to have `most`."""
    found = [record_of(row) for row in rows(GOLD / "papers.jsonl.gz")]
    for path in sorted(CORPUS.glob("*.json.gz")):
        if most and len(found) >= most:
            break
        for place, row in enumerate(json.loads(gzip.decompress(path.read_bytes()))):
            names = [name.strip() for name in str(row.get("author") or "").split(";")]
            of = {"title": row.get("title"), "abstract": row.get("abstract"), "authors": [name for name in names if name]}
            found.append(record_of({**of, "rid": f"{path.name}#{place}", "year": path.name.removesuffix(".json.gz")[-4:], "venue": path.name[:-12]}))
    return found[:most]


def with_kg(seen: Sequence[Features], _: Sequence[Text]) -> set[tuple[str, str]]:
    """Return the pairs that kg compares."""
    return {(left.record, right.record) for left, right in candidates(seen)}


def with_judge(seen: Sequence[Features], _: Sequence[Text]) -> set[tuple[str, str]]:
    """Return the pairs that kg takes for one paper."""
    entities = cluster.components([paper.record for paper in seen], judge(seen))
    return {pair for members in entities for pair in combinations(members, 2)}


def runs(text: str) -> list[str]:
    """Return the runs of three words of a text."""
    every = words(text)
    return [" ".join(every[at : at + 3]) for at in range(max(len(every) - 2, 1))]


def with_rensa(_: Sequence[Features], texts: Sequence[Text]) -> set[tuple[str, str]]:
    """Return the pairs that share a band."""
    rensa: Any = import_module("rensa")
    index = rensa.RMinHashLSH(threshold=0.4, num_perm=128, num_bands=32)
    found = set()
    for place, (name, text) in enumerate(texts):
        sketch = rensa.RMinHash(num_perm=128, seed=42)
        sketch.update(runs(text))
        found |= {(texts[other][0], name) for other in index.query(sketch)}
        index.insert(place, sketch)
    return found


def with_datasketch(_: Sequence[Features], texts: Sequence[Text]) -> set[tuple[str, str]]:
    """Return the pairs that share a band."""
    datasketch: Any = import_module("datasketch")
    index = datasketch.MinHashLSH(threshold=0.4, num_perm=64)
    found = set()
    for name, text in texts:
        sketch = datasketch.MinHash(num_perm=64)
        sketch.update_batch([run.encode() for run in runs(text)])
        found |= {(other, name) for other in index.query(sketch)}
        index.insert(name, sketch)
    return found


WAYS: Final[dict[str, Callable[[Sequence[Features], Sequence[Text]], set[tuple[str, str]]]]] = {
    "kg": with_kg, "judge": with_judge, "rensa": with_rensa, "datasketch": with_datasketch,
}  # fmt: skip


def measure(way: str, most: int | None) -> str:
    """Return the figures of one way, as one line."""
    every = records(most)
    abstracts = {record.id: record.first("abstract") for record in every}
    seen = [features(record, ()) for record in every] if way in {"kg", "judge"} else []
    texts = [(name, field.text) for name, field in abstracts.items() if field and len(field.text) > 40]
    started = time.process_time()
    found = WAYS[way](seen, texts)
    seconds = time.process_time() - started
    found = {(min(pair), max(pair)) for pair in found}
    name_of = {row["rid"]: record_of(row).id for row in rows(GOLD / "papers.jsonl.gz")}
    judged = [row for row in rows(GOLD / "papers_pairs_gold.jsonl.gz") if row["same"] and row["kind"] in _NATURAL]
    wanted = [(min(pair), max(pair)) for row in judged if set(pair := (name_of[row["a"]], name_of[row["b"]])) <= set(abstracts)]
    texted = [pair for pair in wanted if all(abstracts[name] for name in pair)]
    counts = [f"{sum(pair in found for pair in some)} of {len(some)}" for some in (wanted, texted)]
    return f"{way:10} {len(every)} records {seconds:6.1f} s {len(found):8} pairs  natural {counts[0]}, with abstracts {counts[1]}  {peak():.0f} MB peak"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of each way."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.papers", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("ways", nargs="*", choices=[[], *WAYS], help="all that are installed unless given")
    parser.add_argument("--records", type=int, help="so many at most")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.alone:
        sys.stdout.write(measure(given.ways[0], given.records) + "\n")
        return
    for way in given.ways or [way for way in WAYS if way in {"kg", "judge"} or find_spec(way)]:
        command = [sys.executable, "-m", "tests.benchmarks.papers", "--alone", way, *(["--records", str(given.records)] if given.records else [])]
        subprocess.run(command, check=True, cwd=Path(__file__).parents[2])


if __name__ == "__main__":
    main()
