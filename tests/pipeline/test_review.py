"""What a person is asked about: the right pairs, in order of effect, told from both sides; and what answers become."""

from pathlib import Path

import pytest

from kg.pipeline import review
from kg.pipeline.opened import open_build
from kg.pipeline.review import Told, questions, tell, walk
from tests.doubts import CHIARA_DOROTHEA, GRAVEL_MOSS, Doubt, put


@pytest.fixture
def doubtful(own_graph: Path) -> Path:
    put(own_graph, CHIARA_DOROTHEA, CHIARA_DOROTHEA._replace(score=0.41), GRAVEL_MOSS)
    return own_graph


def test_what_most_hangs_on_comes_first(doubtful: Path) -> None:
    first, second = questions(open_build(doubtful))
    assert (first.kind, second.kind) == ("paper", "person")
    assert first.effect > second.effect > 0
    assert (second.score, second.pairs, second.verdict) == (0.62, 2, "unsure")
    assert [each.kind for each in questions(open_build(doubtful), "person")] == ["person"]
    assert questions(open_build(doubtful), "thing") == []


def test_evidence_is_weights_and_facts(doubtful: Path) -> None:
    evidence = questions(open_build(doubtful), "person")[0].evidence
    assert evidence.weights == (("names", 1.2), ("co-authors", -0.6))
    assert evidence.facts == (("shared", "ada beispiel"),)
    assert (evidence.total, evidence.prior) == (0.6, -0.11)


def test_both_sides_are_told(doubtful: Path) -> None:
    opened = open_build(doubtful)
    papers, people = tell(opened, questions(opened))
    sides = {side.names[0]: side for side in (people.left, people.right)}
    chiara, dorothea = sides["Chiara Modello"], sides["Dorothea Muster"]
    (paper,) = chiara.papers
    assert (paper.title, paper.year, paper.others) == ("Sorting Gravel with a Small Robot", 2017, ("Ada Beispiel", "Bruno M. Exempel"))
    assert [(each.name, each.shared) for each in chiara.people] == [("Ada Beispiel", True), ("Bruno M. Exempel", False)]
    assert [(each.name, each.shared) for each in dorothea.people] == [("Ada Beispiel", True)]
    assert (chiara.years, dorothea.years, chiara.paper_count) == ((2017,), (2018,), 1)
    assert {each.name for each in chiara.affiliations} == {"google-brain", "toronto"}
    assert {each.name for each in chiara.topics} == {"Machine Learning (cs.LG)"}
    assert {papers.left.paper_count, papers.right.paper_count} == {2}
    assert people.same.verdict == "same"
    assert "#chiara modello" in people.same.left + people.same.right


def test_what_is_settled_is_not_asked(own_graph: Path) -> None:
    apart = CHIARA_DOROTHEA._replace(verdict="different", score=1.0)
    put(own_graph, CHIARA_DOROTHEA, apart, Doubt("person", "#bruno m. exempel", "#bruno exempel", "unsure", 0.5))
    assert questions(open_build(own_graph)) == []


def test_a_weak_merge_is_asked_with_the_two_parts_it_joins(own_graph: Path) -> None:
    weak = Doubt("person", "#bruno m. exempel", "#bruno exempel", "same", 0.6)
    put(own_graph, weak)
    opened = open_build(own_graph)
    (asked,) = questions(opened)
    (told,) = tell(opened, [asked])
    assert asked.verdict == "same"
    assert {told.left.names[0], told.right.names[0]} == {"Bruno M. Exempel", "Bruno Exempel"}
    assert told.left.entity == told.right.entity
    put(own_graph, weak, weak._replace(score=0.95))
    assert questions(open_build(own_graph)) == [], "a surer link joins them too"


def test_answers_are_collected_and_can_be_taken_back(doubtful: Path) -> None:
    opened = open_build(doubtful)
    asked = questions(opened)

    def answered(letters: str) -> list[tuple[str, str]]:
        said = iter(letters)
        places: list[int] = []

        def answer(_: Told, place: int, count: int) -> str:
            assert count == 2
            places.append(place)
            return next(said)

        return [(each.kind, each.verdict) for each in walk(opened, asked, answer, at_a_time=1)[0]]

    assert answered("sd") == [("paper", "same"), ("person", "different")]
    assert answered("ls") == [("person", "same")]
    assert answered("suds") == [("paper", "different"), ("person", "same")]
    assert answered("uq") == []
    assert answered("sq") == [("paper", "same")]


def test_nothing_in_doubt_needs_no_questions(own_graph: Path) -> None:
    put(own_graph)
    assert questions(open_build(own_graph)) == []
    assert tell(open_build(own_graph), []) == []
    assert review.walk(open_build(own_graph), [], lambda *_: "s") == ([], False)
