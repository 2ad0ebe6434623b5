"""An explanation is of what is really found, and leaves nothing unsaid."""

from collections.abc import Sequence

from hypothesis import given, settings

from kg.extract import extract_record
from kg.extract.explain import explain_record, rendered
from kg.extract.settings import Settings
from kg.extract.settle import settle
from kg.extract.trace import STAGES, Step, tell_changes, teller
from kg.model import Candidate
from tests.extract.test_contract import TEXTS, record

FAST = Settings("fast")
PAPER = record("We introduce Walnut, a Korean language model. Walnut beats BERT on ImageNet.", "Sorting nuts with Walnut")


@settings(deadline=None, max_examples=50)
@given(TEXTS, TEXTS)
def test_what_is_explained_is_what_is_found(title: str, abstract: str) -> None:
    paper = record(abstract, title)
    found = explain_record(paper, FAST)
    assert list(found.mentions) == extract_record(paper, FAST)
    kept = [(step.field, step.start, step.end, step.type, step.by) for step in found.steps if step.action == "kept"]
    assert kept == [(m.field, m.field_start, m.field_end, m.type, m.by) for m in found.mentions]
    list(rendered(found))


@settings(deadline=None, max_examples=50)
@given(TEXTS)
def test_every_proposal_has_an_end(abstract: str) -> None:
    steps = explain_record(record(abstract), FAST).steps
    assert [STAGES.index(step.stage) for step in steps if step.field == "abstract"] == sorted(
        STAGES.index(step.stage) for step in steps if step.field == "abstract"
    )
    ended = {(step.start, step.end) for step in steps if step.action in {"kept", "dropped"}}
    assert {(step.start, step.end) for step in steps if step.action in {"proposed", "added"}} <= ended


def test_a_loser_is_told_with_its_winner() -> None:
    steps: list[Step] = []
    longer, better = Candidate(0, 9, "method", 0.5, "pattern:shape"), Candidate(0, 4, "dataset", 0.9, "lexicon")
    twin = Candidate(0, 9, "method", 0.4, "pattern:title")
    phrase, known = Candidate(20, 30, "method", 0.5, "phrase:method"), Candidate(25, 30, "method", 0.9, "lexicon")
    tell = teller(steps.append, "settle", "abstract")
    proposals = [longer, better, twin, phrase, known]
    assert settle(proposals, tell) == settle(proposals) == [longer, known]
    assert {(step.by, step.start, step.reason) for step in steps} == {
        ("lexicon", 0, "[0,9) method by pattern:shape is longer"),
        ("pattern:title", 0, "[0,9) method by pattern:shape scores higher"),
        ("phrase:method", 20, "only describes what a known or defined name at its end names"),
    }
    assert {(step.stage, step.action, step.field) for step in steps} == {("settle", "dropped", "abstract")}


def told(before: Sequence[Candidate], after: Sequence[Candidate]) -> list[tuple[str, int, str]]:
    steps: list[Step] = []
    tell_changes(teller(steps.append, "agree", "abstract"), before, after, "agreed")
    return [(step.action, step.start, step.reason) for step in steps]


def test_changes_are_told() -> None:
    first, same = Candidate(0, 4, "method", 0.5, "a"), Candidate(8, 9, "task", 0.5, "a")
    gone = Candidate(20, 24, "task", 0.5, "a")
    after = [Candidate(0, 4, "dataset", 0.9, "b", "Name"), same, Candidate(10, 14, "dataset", 0.9, "b", "Name")]
    assert told([first, same, gone], after) == [
        ("changed", 0, "agreed: type method -> dataset, rule a -> b, score 0.50 -> 0.90"), ("added", 10, "agreed"), ("dropped", 20, "agreed"),
    ]  # fmt: skip
    assert told([first], [first]) == []


def test_people_can_read_it() -> None:
    lines = list(rendered(explain_record(PAPER, FAST)))
    assert lines[:2] == ["title", "    Sorting nuts with «Walnut»1"]
    text = "\n".join(lines)
    assert "«Walnut»2, a Korean «language model»3." in text
    assert "settle  dropped  method 0.50 by phrase:method «Korean language model»: only describes" in text
    assert "«BERT» " not in [line.partition(":")[0] for line in lines if "dropped" in line]
