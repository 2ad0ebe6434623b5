"""`kg evaluate` on every form of gold, with and without predictions."""

import json
from pathlib import Path

import pytest

from tests.command import kg
from tests.extract.evaluate import golds


def test_what_kg_finds_is_scored(tmp_path: Path) -> None:
    done = kg("evaluate", golds.as_abstracts(tmp_path), "--extract", "fast", "--errors", "3")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "3 texts, 3 documents"
    assert {line.split()[0] for line in lines[3:] if line} >= {"strict", "overlap", "boundaries", "entity", "roles", "found"}
    assert "texts/s" in done.out


def test_predictions_are_scored(tmp_path: Path) -> None:
    gold = golds.as_abstracts(tmp_path)
    rows = golds.mentions()
    found = golds.write(tmp_path / "found.jsonl", [rows[0] | {"type": "task", "score": 0.5, "by": "guess"}, *rows[1:], rows[0] | {"id": "?"}])
    done = kg("evaluate", gold, found, "--json", "--errors", "5")
    answer = json.loads(done.out)
    assert done.err == "left out: 1 predictions about other texts than those of the gold\n"
    strict = answer["measures"]["strict"]["all"]
    assert (strict["precision"], strict["gold"], strict["found"]) == (round(10 / 11, 5), 11, 11)
    assert answer["speed"] is None
    assert answer["calibration"] == {"bins": [{"low": 0.5, "high": 0.6, "count": 1, "score": 0.5, "right": 0.0}], "error": 0.5}
    assert answer["errors"] == [{
        "kind": "type", "gold": "method", "predicted": "task", "count": 1,
        "examples": [{"gold": "GravelNet", "predicted": "GravelNet", "by": "guess", "count": 1, "text": "gravel2020#0"}],
    }]  # fmt: skip
    told = kg("evaluate", gold, found, "--errors", "5").out
    assert "«GravelNet» found as «GravelNet» by guess (gravel2020#0)" in told
    assert kg("evaluate", gold, "-", "--json", "--errors", "5", stdin=found.read_bytes()).out == done.out


def test_families_may_be_left_out(tmp_path: Path) -> None:
    gold = golds.as_abstracts(tmp_path)
    found = golds.write(tmp_path / "found.jsonl", golds.mentions())
    answer = json.loads(kg("evaluate", gold, found, "--json", "--named-only").out)
    assert answer["measures"]["strict"]["all"]["gold"] == 6


@pytest.mark.parametrize("form", ["documents", "offsets", "texts"])
def test_texts_come_from_where_they_are(form: str, tmp_path: Path) -> None:
    arguments: list[object]
    if form == "texts":
        arguments = [golds.as_texts(tmp_path)]
    else:
        path, texts = golds.as_documents(tmp_path) if form == "documents" else golds.as_offsets(tmp_path)
        assert "--texts" in kg("evaluate", path).err
        arguments = [path, "--texts", texts]
    done = kg("evaluate", *arguments, "--extract", "fast", "--json")
    assert done.code == 0
    reference = json.loads(kg("evaluate", golds.as_abstracts(tmp_path), "--extract", "fast", "--json").out)
    strict = json.loads(done.out)["measures"]["strict"]["all"]
    assert strict["gold"] == reference["measures"]["strict"]["all"]["gold"] == 11
    assert strict["recall"] > 0.5


def test_what_is_no_gold_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text("no\n", encoding="utf-8")
    done = kg("evaluate", tmp_path / "gold.jsonl")
    assert (done.code, done.out) == (2, "")
    assert done.err == f"kg: {tmp_path / 'gold.jsonl'}:1: not JSON; one object a line is wanted\n"


def test_gold_of_another_convention_is_scored_by_it(tmp_path: Path) -> None:
    text = "We train BERT on the ImageNet dataset."
    mentions = [{"start": 21, "end": 37, "type": "dataset"}]
    gold = golds.write(tmp_path / "gold.jsonl", [{"id": "a", "text": text, "mentions": mentions, "types": ["dataset"]}])
    for arguments, strict in ([], 0.0), (["--convention", "dsrec"], 1.0):
        answer = json.loads(kg("evaluate", gold, "--json", *arguments).out)
        assert answer["measures"]["strict"]["all"]["f1"] == strict
        assert answer["measures"]["overlap"]["all"]["f1"] == 1
