"""The readers on material beside the project: annotated documents, and inputs made to break them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.model import Document, Problem, Record
from kg.sources import decode, read
from kg.sources.record_json import as_json

SHARED = Path(__file__).parents[2].parent / "shared"
SEEDS = SHARED / "seeds"
GOLD = SHARED / "gold" / "seeds"
MANIFEST = SHARED / "hostile" / "manifest.json"
HOSTILE: list[dict[str, Any]] = (
    [item for item in json.loads(MANIFEST.read_text())["items"] if item["format"] == "text-scrape"]
    if MANIFEST.exists()
    else []
)

needs_seeds = pytest.mark.skipif(
    not GOLD.exists() or not SEEDS.exists(), reason="no ../shared/seeds and gold here"
)


def everything(path: Path) -> tuple[Document | None, list[Record], list[Problem]]:
    document = decode(path.read_bytes(), path.name)
    if isinstance(document, Problem):
        return None, [], [document]
    found = list(read(document))
    records = [row for row in found if isinstance(row, Record)]
    for record in records:
        for field in record.fields:
            assert field.start is None or document.text[field.start : field.end] == field.text
    return document, records, [row for row in found if isinstance(row, Problem)]


@needs_seeds
def test_structure_of_the_annotated_documents(tmp_path: Path) -> None:
    predictions = []
    for path in sorted(SEEDS.glob("*.txt")):
        document, records, problems = everything(path)
        assert document is not None
        assert problems == []
        predictions += [as_json(record, document) for record in records if record.kind == "paper"]
    file = tmp_path / "structure.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in predictions))
    command = [sys.executable, str(GOLD / "score.py"), "--docs", "dev", "--json", "--structure", str(file)]
    scores = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)[
        "structure"
    ]
    assert scores["records"]["exact_boundaries"]["F1"] == 1.0
    for name in ("date", "abstract", "comment", "arxiv_id", "urls"):
        assert scores[name]["F1"] == 1.0, name
        right, shown = scores[name]["exact_span"].split("/")
        assert right == shown != "0", name
    for name, score in scores.items():
        if name != "records":
            assert score.get("accuracy", score.get("list_accuracy")) == 1.0, name


@needs_seeds
@pytest.mark.parametrize(
    ("seed", "papers"), [("000", 10), ("001", 50), ("002", 10), ("003", 10), ("004", 10)]
)
def test_all_papers_are_found_and_nothing_is_lost(seed: str, papers: int) -> None:
    (path,) = SEEDS.glob(f"{seed}_*.txt")
    document, records, _ = everything(path)
    assert document is not None
    assert sum(record.kind == "paper" for record in records) == papers
    left = list(document.text)
    for record in records:
        assert record.start is not None
        assert record.end is not None
        left[record.start : record.end] = " " * (record.end - record.start)
    assert "".join(left).strip() == ""


@pytest.mark.skipif(not HOSTILE, reason="no ../shared/hostile here")
@pytest.mark.parametrize("item", HOSTILE, ids=lambda item: ascii(item["file"]))
def test_hostile_text(item: dict[str, Any]) -> None:
    _, records, problems = everything(SHARED / "hostile" / item["file"])
    papers = sum(record.kind == "paper" for record in records)
    if item["must"] == "reject":
        assert not records
        assert [problem.severity for problem in problems] == ["error"]
        assert problems[0].line == 1
    if item["must"] == "skip":
        assert problems
        assert all(problem.line > 0 for problem in problems)
    if "duplicate_exact" in item["file"]:
        assert papers == 2000
    elif "expect_papers" in item:
        assert papers == item["expect_papers"]
    elif item["must"] in {"neutral", "accept"}:
        assert papers > 0
