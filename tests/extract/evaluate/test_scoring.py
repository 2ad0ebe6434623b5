"""Figures are those of the shared scorers, to the last digit, and right where they can be worked out by hand."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.evaluate.faults import faults
from kg.extract.evaluate.gold import Gold, GoldText, read_gold
from kg.extract.evaluate.matching import GoldMention, Predicted
from kg.extract.evaluate.predictions import read_predictions
from kg.extract.evaluate.scoring import Scores, calibration, entity_key, score
from tests.conftest import SHARED
from tests.extract.evaluate.golds import as_abstracts, guesses, write

ABSTRACTS, SEEDS, CORPORA = SHARED / "gold" / "abstracts", SHARED / "gold" / "seeds", SHARED / "gold" / "extraction"


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def scorer(path: Path, *arguments: object) -> Any:
    if not path.is_file():
        pytest.skip(f"{path.name} of the shared gold is not beside the project")
    done = subprocess.run([sys.executable, path, *map(str, arguments), "--json"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_scorer_of_the_abstracts(seed: int, tmp_path: Path) -> None:
    if not (ABSTRACTS / "mentions.jsonl").is_file():
        pytest.skip("the annotated abstracts are not beside the project")
    # Of the whole, the scorer's own intervals take ten seconds.
    texts = rows_of(ABSTRACTS / "abstracts.jsonl")[seed::15]
    beside = write(tmp_path / "abstracts.jsonl", texts)
    ids = {row["id"] for row in texts}
    gold_file = write(tmp_path / "mentions.jsonl", (row for row in rows_of(ABSTRACTS / "mentions.jsonl") if row["id"] in ids))
    file = write(tmp_path / "guesses.jsonl", guesses(rows_of(gold_file), seed))
    theirs = scorer(ABSTRACTS / "score.py", gold_file, file, "--abstracts", beside)
    gold = read_gold(gold_file)
    ours = score(gold, read_predictions(file, gold).of)
    assert ours.texts == theirs["abstracts"] == len(texts)
    assert ours.roles is not None
    assert round(ours.roles.value, 4) == theirs["role_accuracy"]
    for measure in ("strict", "overlap", "entity"):
        figures, expected = ours.measures[measure], theirs[measure]
        every = figures["all"]
        assert [round(value, 4) for value in (every.precision, every.recall, every.f1)] == [expected[k] for k in ("P", "R", "F1")]
        assert [every.low, every.high] == pytest.approx(expected["interval"], abs=0.01)  # other samples
        for kind, figure in figures.items():
            if kind != "all":
                assert {"F1": round(figure.f1, 4), "gold": figure.gold} == expected["types"][kind]


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("named_only", [False, True])
def test_the_scorer_of_the_seeds(seed: int, named_only: bool, tmp_path: Path) -> None:
    gold_file = SEEDS / "mentions.dev.jsonl"
    if not gold_file.is_file():
        pytest.skip("the annotated seeds are not beside the project")
    file = write(tmp_path / "guesses.jsonl", guesses(rows_of(gold_file), seed))
    theirs = scorer(SEEDS / "score.py", "--docs", "dev", "--mentions", file, *(["--named-only"] if named_only else []))["mentions"]
    gold = read_gold(gold_file)
    ours = score(gold, read_predictions(file, gold).of, named_only=named_only)
    assert ours.roles is not None
    assert round(ours.roles.value, 4) == theirs["role_accuracy_on_relaxed_matches"]
    names = {"strict": "strict", "overlap": "relaxed", "entity": "entity_per_paper", "boundaries": "strict_span_any_type"}
    for measure, name in names.items():
        for kind, figure in ours.measures[measure].items():
            expected = theirs[name] if measure == "boundaries" else theirs[name]["micro" if kind == "all" else kind]
            if measure == "boundaries" and kind != "all":
                continue
            assert [round(v, 4) for v in (figure.precision, figure.recall, figure.f1)] == [expected[k] for k in ("P", "R", "F1")], kind


def test_the_scorer_of_the_corpora(tmp_path: Path) -> None:
    if not (CORPORA / "load.py").is_file():
        pytest.skip("the corpora are not beside the project")
    loaded = subprocess.run(
        [sys.executable, CORPORA / "load.py", "--corpus", "crossner,tdmsci", "--split", "train"], capture_output=True, check=True
    )
    gold_file = tmp_path / "gold.jsonl"
    gold_file.write_bytes(loaded.stdout)
    rows = rows_of(gold_file)
    flat = guesses([{"id": row["id"], **mention} for row in rows for mention in row["mentions"]], 3)
    told = [{"id": row["id"], "mentions": [guess for guess in flat if guess["id"] == row["id"]]} for row in rows[::10]]
    file = write(tmp_path / "guesses.jsonl", told)
    theirs = scorer(CORPORA / "score.py", gold_file, file, "--bootstrap", 0)
    gold = read_gold(gold_file)
    ours = score(gold, read_predictions(file, gold).of)
    assert "entity" not in ours.measures
    assert ours.roles is None
    for measure in ("strict", "overlap"):
        for kind, figure in ours.measures[measure].items():
            expected = theirs[measure]["*" if kind == "all" else kind]
            told_here = {"P": figure.precision, "R": figure.recall, "F1": figure.f1}
            assert {key: round(100 * value, 2) for key, value in told_here.items()} == {key: expected[key] for key in told_here}
            assert (figure.gold, figure.found) == (expected["gold"], expected["predicted"])


def one(mentions: list[GoldMention], text: str = "a" * 100) -> Gold:
    return Gold((GoldText("x", "x", text, tuple(mentions)),), "abstracts")


def test_figures_by_hand() -> None:
    gold = one([GoldMention(0, 4, "task", "A", "uses"), GoldMention(10, 14, "method", "B", "uses", alt=((10, 20),))])
    predicted = {"x": [Predicted(0, 5, "task", "A", "uses"), Predicted(10, 20, "method", "C", "introduces"), Predicted(10, 14, "task", "D")]}
    found = score(gold, predicted)
    strict, overlap, bounds, entity = (found.measures[measure]["all"] for measure in ("strict", "overlap", "boundaries", "entity"))
    assert (strict.precision, strict.recall, strict.gold, strict.found) == (1 / 3, 1 / 2, 2, 3)
    assert (overlap.precision, overlap.recall) == (2 / 3, 1)
    assert (bounds.precision, bounds.recall) == (1 / 3, 1 / 2)
    assert (entity.recall, entity.found) == (1 / 2, 3)
    assert found.roles is not None
    assert (found.roles.value, found.roles.cases) == (0.5, 2)
    assert found.calibration is None
    assert found.measures["strict"]["task"].f1 == 0


def test_what_was_not_annotated_is_neither_right_nor_wrong() -> None:
    gold = Gold((GoldText("x", "x", "a" * 9, (GoldMention(0, 4, "task"),), types=frozenset({"task"})),), "corpora")
    assert score(gold, {"x": [Predicted(0, 4, "task"), Predicted(5, 9, "method")]}).measures["strict"]["all"].f1 == 1


def test_named_only_passes_over_families_and_what_only_overlaps_them() -> None:
    gold = one([GoldMention(0, 4, "method", "A", level="family"), GoldMention(10, 14, "method", "B", level="named")])
    predicted = {"x": [Predicted(0, 4, "method", "A"), Predicted(3, 14, "method", "B"), Predicted(30, 34, "method", "C")]}
    strict = score(gold, predicted, named_only=True).measures["strict"]["all"]
    assert (strict.gold, strict.found) == (1, 2)
    assert score(gold, predicted).measures["strict"]["all"].gold == 2


texts = st.lists(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["task", "method"])), unique=True, max_size=5), min_size=1, max_size=6)


@given(texts)
def test_what_equals_the_gold_is_right(annotated: list[list[tuple[int, str]]]) -> None:
    gold = Gold(tuple(
        GoldText(str(n), str(n), "abcdefghij" * 2, tuple(GoldMention(a, a + 1, kind, "abcdefghij"[a], "uses") for a, kind in each))
        for n, each in enumerate(annotated)
    ), "abstracts")  # fmt: skip
    predicted = {t.id: [Predicted(m.start, m.end, m.type, m.canonical or "", m.role) for m in t.mentions] for t in gold.texts}
    found = score(gold, predicted, samples=50)
    for figures in found.measures.values():
        for figure in figures.values():
            assert (figure.f1, figure.high) == ((1.0, 1.0) if figure.gold else (0.0, 0.0))
    assert faults(gold, predicted) == []


def test_intervals_are_those_of_samples_drawn_one_by_one() -> None:
    gold = Gold(tuple(GoldText(str(n), str(n), "abcd", (GoldMention(0, 4, "task"),)) for n in range(100)), "abstracts")
    figure = score(gold, {str(n): [Predicted(0, 4, "task")] for n in range(40)}, samples=4000).measures["strict"]["all"]
    # Recall is the mean of 100 draws of 0.4: standard deviation 0.049; F1 is 2r / (1 + r).
    low, high = 0.4 - 1.96 * 0.049, 0.4 + 1.96 * 0.049
    assert (figure.low, figure.high) == pytest.approx((2 * low / (1 + low), 2 * high / (1 + high)), abs=0.015)
    assert figure == score(gold, {str(n): [Predicted(0, 4, "task")] for n in range(40)}, samples=4000).measures["strict"]["all"]


def test_calibration_by_hand() -> None:
    found = calibration([(0.95, True), (0.95, True), (0.85, False), (1.0, True), (0.0, False)])
    assert found is not None
    assert [(each.low, each.count, each.right) for each in found.bins] == [(0.0, 1, 0.0), (0.8, 1, 0.0), (0.9, 3, 1.0)]
    assert found.error == pytest.approx((3 * (1 - 2.9 / 3) + 0.85) / 5)
    assert calibration([]) is None


def test_kinds_of_error() -> None:
    gold = one([GoldMention(0, 4, "task"), GoldMention(10, 14, "task"), GoldMention(20, 24, "task"), GoldMention(30, 34, "task")])
    predicted = {"x": [
        Predicted(0, 4, "method", by="a"), Predicted(10, 16, "task", by="b"), Predicted(18, 23, "method", by="c"),
        Predicted(50, 55, "dataset", by="d"),
    ]}  # fmt: skip
    assert [(fault.kind, fault.gold, fault.predicted, fault.count, fault.examples[0].by) for fault in faults(gold, predicted)] == [
        ("boundary", "task", "task", 1, "b"), ("boundary and type", "task", "method", 1, "c"), ("missed", "task", "", 1, ""),
        ("spurious", "", "dataset", 1, "d"), ("type", "task", "method", 1, "a"),
    ]  # fmt: skip


def test_errors_add_up(tmp_path: Path) -> None:
    gold = read_gold(as_abstracts(tmp_path))
    predicted = read_predictions(write(tmp_path / "g.jsonl", guesses(rows_of(tmp_path / "mentions.jsonl"), 5)), gold).of
    found: Scores = score(gold, predicted)
    strict = found.measures["strict"]["all"]
    right = round(strict.recall * strict.gold)
    wrong = faults(gold, predicted)
    assert sum(fault.count for fault in wrong if fault.gold) == strict.gold - right
    assert sum(fault.count for fault in wrong if fault.predicted) == strict.found - right


def test_names_are_compared_without_accents_and_number() -> None:
    assert entity_key("Fréchet Inception Distances") == entity_key("frechet-inception distance")
    assert entity_key("loss") == "loss"
