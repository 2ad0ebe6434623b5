"""Weights are learned: from beliefs towards what the pairs say, and the same ones each time."""

import gzip
import json
from itertools import pairwise
from pathlib import Path

import pytest

from kg.resolve.papers import train
from kg.resolve.papers.model import WEIGHTS, Model, shipped
from tests.resolve.papers.records import seen


def pairs(count: int, *, same: bool, **measures: float) -> list[train.Example]:
    return [train.Example(seen(f"a{i}"), seen(f"b{i}"), same, "retitled" if same else "series_paper", 1.0, measures) for i in range(count)]


def test_without_pairs_the_beliefs_stay() -> None:
    model = train.fit(pairs(1, same=True))
    assert model.curves["text"].weights == pytest.approx(train._BELIEVED["text"].weights, abs=0.05)


def test_pairs_move_weights() -> None:
    before = train.fit(pairs(1, same=False)).curves["submission"].weight(1)
    assert train.fit([*pairs(40, same=True, submission=1), *pairs(40, same=False)]).curves["submission"].weight(1) > before + 1


def test_a_curve_that_may_only_rise_does() -> None:
    against = [*pairs(40, same=True, text=0.2), *pairs(40, same=False, text=0.8)]
    weights = train.fit(against).curves["text"].weights
    assert all(low <= high for low, high in pairwise(weights))


def test_the_shipped_weights_have_a_curve_for_each_measure() -> None:
    assert set(shipped().curves) == set(train._BELIEVED)
    assert Model.of(json.loads(train.as_json(shipped()))) == shipped()
    assert train.as_json(shipped()) == WEIGHTS.read_text(encoding="utf-8")


def test_the_script_writes_weights_and_judges_what_it_has_not_learned_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def written(name: str, rows: list[dict[str, object]]) -> str:
        with gzip.open(tmp_path / name, "wt") as out:
            out.writelines(json.dumps(row) + "\n" for row in rows)
        return str(tmp_path / name)

    records: list[dict[str, object]] = []
    judged: list[dict[str, object]] = []
    clusters: list[dict[str, object]] = []
    for i in range(12):
        title = f"Gliders of kind {chr(97 + i)}{i} over hills"
        for copy in "xy":
            rid = f"{copy}{i}"
            records.append({"rid": rid, "title": title, "abstract": "", "authors": [f"Ann Poe{i}", "others"], "year": 2020, "venue": ""})
            clusters.append({"rid": rid, "paper": f"p{i}"})
        judged.append({"a": f"x{i}", "b": f"y{i}", "same": 1, "kind": "same_title"})
        judged.append({"a": f"x{i}", "b": f"y{(i + 1) % 12}", "same": 0, "kind": "series_paper"})
    given = [written("records.gz", records), written("pairs.gz", judged), written("clusters.gz", clusters)]
    train.main([*given, "--out", str(tmp_path / "weights.json")])
    assert Model.of(json.loads((tmp_path / "weights.json").read_text())).prior < 0
    train.main([*given, "--folds", "2"])
    assert "same same_title: 12 of 12 merged" in capsys.readouterr().out
