"""What was judged before is taken over where nothing has changed, and gives what judging everything gives."""

import pytest
from hypothesis import given, settings

from kg.resolve import people
from kg.resolve.people import Before, judge
from kg.resolve.people.remembered import of_bytes, to_bytes
from tests.resolve.test_people import CORPUS, corpus


@settings(deadline=None, max_examples=60)
@given(CORPUS, CORPUS)
def test_papers_that_come_later_are_judged_as_all_at_once(first: list[tuple[str, list[str]]], later: list[tuple[str, list[str]]]) -> None:
    before: Before = {}
    assert judge(corpus(first), before=before) == judge(corpus(first))
    before = of_bytes(to_bytes(before))
    everything = corpus([*first, *later])
    assert judge(everything, before=before) == judge(everything)
    now: Before = {}
    judge(everything, before=now)
    assert before == now, "what is not here any more is forgotten"


def test_two_processes_judge_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["Jing Wang", "Ann Poe", "Max Ode", "Bo Lund", "Cy Dorn", "Ida Fell", "J. Wang"]
    slots = corpus([(f"p{i}", [names[i % 7], names[(i + 1 + i // 7) % 7]]) for i in range(28)])
    alone: Before = {}
    found = judge(slots, before=alone)
    assert len(alone) > 5
    monkeypatch.setattr(people, "MANY", 0)
    shared: Before = {}
    assert judge(slots, beside=True) == found == judge(slots, before=shared, beside=True)
    assert list(shared.items()) == list(alone.items())


def test_what_has_not_changed_is_not_judged_again() -> None:
    before: Before = {}
    judge(corpus([("p", ["Jing Wang", "Ann Poe"]), ("q", ["J. Wang", "Max Ode"])]), before=before)
    told: Before = {key: [] for key in before}
    assert told
    assert judge(corpus([("p", ["Jing Wang", "Ann Poe"]), ("q", ["J. Wang", "Max Ode"])]), before=told) == []
