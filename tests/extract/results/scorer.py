"""Scores reported results against `tests/data/annotations/results.jsonl`; what counts is in `results.md` beside it.

A found result is right where its number is an annotated one and the metric (and dataset) is the annotated one: called
so, or named at a place that overlaps, or left out where the annotation has none.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.extract import extract_records
from kg.extract.results import results_of
from kg.model import Field, Mention, Record
from kg.model.results import Result, Tied

ANNOTATED = Path(__file__).parents[2] / "data" / "annotations" / "results.jsonl"
ABSTRACTS = Path(__file__).parents[3].parent / "shared" / "corpora" / "conferences"


@dataclass
class Score:
    """How many results were found and annotated, and of how many found ones the value, metric and dataset are right."""

    found: int = 0
    annotated: int = 0
    value: int = 0
    metric: int = 0
    all: int = 0

    def f1(self, right: int) -> float:
        return 2 * right / (self.found + self.annotated)


def score(part: str, *, spans_given: bool = False) -> Score:
    """Score one part; with the annotated metrics, datasets and models in place of found ones if `spans_given`."""
    rows = [row for row in annotated() if row["part"] == part]
    records = [record_of(row) for row in rows]
    mentions = extract_records(records)
    if spans_given:
        mentions = [_given(row, record, found) for row, record, found in zip(rows, records, mentions, strict=True)]
    total = Score()
    for row, record, found in zip(rows, records, mentions, strict=True):
        _add(total, row["results"], results_of(record, found))
    return total


@cache
def annotated() -> list[dict[str, Any]]:
    return [json.loads(line) for line in ANNOTATED.read_text(encoding="utf-8").splitlines()]


def record_of(row: dict[str, Any]) -> Record:
    """Return an annotated abstract with its title as a record."""
    stem, _, place = row["id"].partition("#")
    paper = _papers(stem)[int(place)]
    assert hashlib.sha256(paper["abstract"].encode()).hexdigest() == row["sha256"]
    fields = (Field("title", paper["title"], 1, None, None), Field("abstract", paper["abstract"], 1, None, None))
    return Record("d" * 16, 0, "paper", 0, 0, 1, fields)


@cache
def _papers(stem: str) -> list[dict[str, Any]]:
    papers: list[dict[str, Any]] = json.loads(gzip.decompress((ABSTRACTS / f"{stem}.json.gz").read_bytes()))
    wanted = {int(row["id"].partition("#")[2]) for row in annotated() if row["id"].startswith(f"{stem}#")}
    return [paper if place in wanted else {} for place, paper in enumerate(papers)]


def _add(total: Score, gold: list[dict[str, Any]], found: list[Result]) -> None:
    total.found += len(found)
    total.annotated += len(gold)
    free = list(found)
    for row in gold:
        here = [each for each in free if each.field_start < row["end"] and row["start"] < each.field_end]
        if not here:
            continue
        best = max(here, key=lambda each: (agrees(row["metric"], each.metric) + 2 * agrees(row["dataset"], each.dataset)))
        free.remove(best)
        metric, dataset = agrees(row["metric"], best.metric), agrees(row["dataset"], best.dataset)
        total.value += 1
        total.metric += metric
        total.all += metric and dataset


def agrees(gold: dict[str, Any], found: Tied | None) -> bool:
    """Tell whether a name is the annotated one, or one that counts too."""
    if found is None:
        return gold["name"] is None or None in gold["also"]
    names = {_key(name) for name in (gold["name"], *gold["also"]) if name}
    overlaps = gold["start"] is not None and found.start < gold["end"] and gold["start"] < found.end
    return overlaps or _key(found.name) in names


def _key(name: str) -> str:
    bare = re.sub(r"[^a-z0-9]+", "", name.lower())
    return bare[:-1] if bare.endswith("s") and len(bare) > 3 else bare


def _given(row: dict[str, Any], record: Record, found: Iterable[Mention]) -> list[Mention]:
    """Return the annotated names as mentions, with those that were found of other types."""
    text = record.fields[1].text
    spans = {
        (tied["start"], tied["end"]): (kind, tied["name"])
        for each in row["results"]
        for kind, tied in (("metric", each["metric"]), ("dataset", each["dataset"]), ("method", each["model"]))
        if tied["start"] is not None
    }
    new = [
        Mention(
            record.id, "abstract", start, end, None, None, text[start:end], kind, name, None,  # type: ignore[arg-type]
            "introduces" if kind == "method" else "uses", 1.0, "annotated",
        )
        for (start, end), (kind, name) in spans.items()
    ]  # fmt: skip
    kept = [
        m for m in found
        if m.field != "abstract"
        or (m.type not in {"metric", "dataset"} and not any(start < m.field_end and m.field_start < end for start, end in spans))
    ]  # fmt: skip
    return sorted([*kept, *new], key=lambda m: (m.field, m.field_start))
