"""What is learned about roles is what the annotations say, and the same every time."""

import json
from pathlib import Path

import pytest

from kg.extract.evaluate.gold import GoldText, read_gold
from kg.extract.evaluate.matching import GoldMention
from kg.extract.role_features import Seen
from kg.extract.roles import Model, judge, shipped
from kg.extract.train.roles import (
    Course,
    Example,
    Told,
    annotated,
    cross_validated,
    examples,
    figures,
    fit,
    write,
)

GOLD = Path(__file__).parents[3].parent / "shared" / "gold" / "abstracts" / "mentions.jsonl"
COURSE = Course(least=5, absolute=0.5, squares=0.5)
TEXT = "We introduce WalNet. Unlike ResNet it sorts nuts. WalNet is trained on ImageNet. We thank Smith."


def example(role: str, *features: str, known: bool = True) -> Example:
    return Example("annotated", ("method", "x"), Seen(known, set(features)), role, 1, 1)  # type: ignore[arg-type]


MADE = [
    *[example("introduces", "brings", "any", known=False)] * 30, *[example("uses", "any")] * 40, *[example("mentions", "past", "any")] * 30,
    *[example("uses", "brings", "any")] * 20, *[example("introduces", "rare")] * 3,
]  # fmt: skip


def test_what_tells_is_learned_and_what_does_not_is_left_out() -> None:
    weights = fit(MADE, COURSE)
    model = Model.of(weights)
    for each in MADE[:120]:
        assert judge(each.entity, each.seen, model).role == each.role
    assert weights["new"]["brings"][0] > 0
    assert "rare" not in weights["all"]
    assert "past" not in weights["new"], "only known things have it"


def test_a_penalty_makes_weights_zero() -> None:
    assert set(fit(MADE, Course(5, 50, 0.5))["all"]) < set(fit(MADE, COURSE)["all"])


def test_the_order_does_not_matter_and_the_file_keeps_the_weights(tmp_path: Path) -> None:
    weights = fit(MADE, COURSE)
    assert fit(MADE[::-1], COURSE) == weights
    write(tmp_path / "roles.json", weights)
    assert json.loads((tmp_path / "roles.json").read_text(encoding="utf-8")) == weights


def test_the_slope_is_that_of_the_loss() -> None:
    """With no penalty to speak of, the bias alone gives each role the share that it has."""
    some = [example("introduces")] * 20 + [example("uses")] * 50 + [example("mentions")] * 30
    told = judge(("method", "x"), Seen(known=True, features=set()), Model.of(fit(some, Course(5, 0, 0, steps=2000, close=1e-7))))
    assert told.role == "uses"
    assert told.probability == pytest.approx(0.5, abs=0.002)


def test_examples_are_what_is_annotated_and_what_is_found() -> None:
    def gold(name: str, role: str, kind: str = "method") -> list[GoldMention]:
        starts = [at for at in range(len(TEXT)) if TEXT.startswith(name, at)]
        return [GoldMention(at, at + len(name), kind, name, role, "named") for at in starts]

    mentions = [*gold("WalNet", "introduces"), *gold("ResNet", "uses"), *gold("ImageNet", "uses", "dataset"), *gold("Smith", "mentions", "person")]
    text = GoldText("t", "t", TEXT, tuple(mentions), "WalNet: sorting nuts")
    ((name, found),) = examples([text])
    assert name == "t"
    told = {(e.kind, e.entity): (e.role, e.mentions, e.strict) for e in found}
    assert told["annotated", ("method", "walnet")] == told["found", ("method", "walnet")] == ("introduces", 2, 2)
    assert told["title", ("method", "walnet")] == ("introduces", 1, 1)
    assert told["found", ("dataset", "imagenet")] == ("uses", 1, 1)
    assert ("title", ("dataset", "imagenet")) not in told
    assert {e.seen.known for e in found if e.entity == ("method", "walnet") and e.kind != "renowned"} == {False}
    assert {e.seen.known for e in found if e.entity == ("dataset", "imagenet")} == {True}
    renowned = [e for e in found if e.kind == "renowned" and e.entity == ("method", "walnet")]
    assert ["title=absent" in e.seen.features for e in renowned] == [False, True]


def test_figures_count_mentions() -> None:
    told = [
        Told(example("uses")._replace(mentions=3, strict=1), "uses", 0.75),
        Told(example("introduces"), "uses", 0.75),
    ]
    lines = list(figures(told))
    assert lines[0] == "annotated: 0.7500 right of 4 mentions (all uses: 0.750), calibration error 0.000"
    assert lines[1].strip() == "introduces: F1 0.000; told as introduces 0, uses 1, mentions 0"


def test_parts_are_judged_by_what_the_others_teach() -> None:
    dealt = [(f"text {n}", [e]) for n, e in enumerate(MADE[:120])]
    told = list(cross_validated(dealt, 3, COURSE))
    assert len(told) == 120
    assert sum(each.role == each.example.role for each in told) == 120


def test_shipped_weights_are_right_nine_times_in_ten() -> None:
    """On abstracts that were learned from; what is promised for others is in the card of the weights."""
    if not GOLD.is_file():
        pytest.skip("the gold annotation is not beside the project")
    some = read_gold(GOLD).texts[::10]
    right = whole = 0
    for text in some:
        for each in annotated(text):
            whole += each.mentions
            right += each.mentions * (judge(each.entity, each.seen, shipped()).role == each.role)
    assert right / whole > 0.9
