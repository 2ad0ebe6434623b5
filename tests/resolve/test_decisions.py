"""People's decisions: a file that can be read, written and mended, and the judgements it makes."""

from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.cluster import components
from kg.resolve.decisions import FILE, Decision, judgements, read, write

ANCHORS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
DECISIONS = st.builds(
    lambda kind, verdict, pair, note: Decision(kind, verdict, min(pair), max(pair), note),
    st.sampled_from(["paper", "person"]), st.sampled_from(["same", "different"]),
    st.tuples(ANCHORS, ANCHORS), st.text(st.characters(exclude_categories=["Cs", "Cc"])),
)  # fmt: skip


@given(st.lists(DECISIONS, max_size=6))
def test_what_is_written_is_read(decisions: list[Decision]) -> None:
    assert read(write(decisions))[0] == list(dict.fromkeys(decisions))


def test_an_empty_file_decides_nothing() -> None:
    assert read("") == ([], [])
    assert read(write([])) == ([], [])


def test_lines_that_cannot_be_used_are_told() -> None:
    text = "kind,verdict,left,right,note\nperson,same,b,a,why\nperson,perhaps,a,b,\npaper,same,,b,\npaper\n"
    decisions, problems = read(text)
    assert decisions == [Decision("person", "same", "a", "b", "why")]
    assert [(problem.document, problem.line) for problem in problems] == [(FILE, 3), (FILE, 4), (FILE, 5)]
    assert all("kind, verdict, left, right" in problem.todo for problem in problems)


def test_a_file_of_another_shape_is_told_and_not_fatal() -> None:
    decisions, problems = read("who,what\nme,nothing\n")
    assert decisions == []
    assert len(problems) == 1


def test_a_file_that_a_spreadsheet_saved_is_read() -> None:
    decisions, problems = read("\ufeffkind,verdict,left,right,note\r\npaper,different,a,b,\r\n")
    assert (decisions, problems) == ([Decision("paper", "different", "a", "b")], [])


def test_a_contradiction_is_told() -> None:
    _, problems = read(write([Decision("paper", "same", "a", "b"), Decision("paper", "different", "a", "b")]))
    assert [problem.what for problem in problems] == ["paper a and b are said to be both the same and different"]


def test_decisions_become_judgements_on_all_members_that_an_anchor_names() -> None:
    decisions = [Decision("paper", "same", "x", "y", "one web page"), Decision("paper", "different", "x", "gone")]
    found = judgements(decisions, {"x": ["d1/0", "d0/1"], "y": ["d2/0"]})
    assert [(j.left, j.right, j.verdict, j.by) for j in found] == [
        ("d1/0", "d2/0", "same", FILE), ("d0/1", "d2/0", "same", FILE),
    ]  # fmt: skip
    assert found[0].evidence == {"note": "one web page"}
    assert components(["d0/1", "d1/0", "d2/0"], found) == [["d0/1", "d1/0", "d2/0"]]


def test_members_with_one_anchor_can_be_told_apart() -> None:
    found = judgements([Decision("person", "different", "x", "x")], {"x": ["b", "a"]})
    assert {(j.left, j.right, j.verdict) for j in found} == {("a", "b", "different")}
