"""The quality that is promised, measured by the project's own scorer on the development documents."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.extract import extract_record
from kg.extract.mention_json import as_json
from kg.model import Field, Record

GOLD = Path(__file__).parents[2].parent / "shared" / "gold" / "seeds"
FLOOR = 0.55


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, dict[str, float]]]:
    if not (GOLD / "score.py").is_file():
        pytest.skip("the gold annotation is not beside the project")
    rows = []
    for line in (GOLD / "structure.dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        fields = tuple(
            Field(name, row[name]["text"], 1, row[name]["start"], row[name]["end"])
            for name in ("title", "abstract", "arxiv_id")
            if row[name] is not None
        )
        record = Record(row["doc_id"], row["ordinal"], "paper", row["start"], row["end"], 1, fields)
        rows += [as_json(mention, record, row["document"]) for mention in extract_record(record)]
    predictions = tmp_path_factory.mktemp("gold") / "mentions.jsonl"
    predictions.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(GOLD / "score.py"), "--docs", "dev", "--mentions", str(predictions), "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    measured: dict[str, dict[str, dict[str, float]]] = json.loads(done.stdout)["mentions"]
    return measured


def test_spans_and_types(scores: dict[str, dict[str, dict[str, float]]]) -> None:
    assert scores["strict"]["micro"]["F1"] >= FLOOR


def test_entities(scores: dict[str, dict[str, dict[str, float]]]) -> None:
    assert scores["entity_per_paper"]["micro"]["F1"] >= FLOOR
