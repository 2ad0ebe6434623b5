"""The decisions file: it can be read, written by hand, added to and mended without touching the rest."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.resolve.decisions import FILE, Decision, added, decision, read, without, write

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs"]), min_size=1)
DECISIONS = st.builds(
    lambda kind, verdict, pair, note, number: decision(kind, verdict, pair[0], pair[1], note, number),
    st.sampled_from(["paper", "person", "organization", "thing"]), st.sampled_from(["same", "different"]),
    st.tuples(WORDS, WORDS), st.just("") | WORDS, st.integers(0, 9),
) | st.builds(
    lambda verdict, pair: Decision("person", verdict, pair[0], pair[1]), st.sampled_from(["assign", "renamed"]), st.tuples(WORDS, WORDS),
)  # fmt: skip
HAND = st.sampled_from([
    "", "kind,verdict,left,right,note\n", "\ufeffkind,verdict,left,right,note,number\r\nperson,same,x,y,,\r\n",
    "right,left,verdict,kind\ny,x,same,paper\n# a remark\n\nb,a,different,paper", 'kind,verdict,left,right,note\nperson,same,x,y,"two\nlines"\n',
    "kind,verdict,left,right,note,number\nperson,perhaps,x,y,,\n",
])  # fmt: skip


@given(st.lists(DECISIONS, max_size=6))
def test_what_is_written_is_read(decisions: list[Decision]) -> None:
    assert read(write(decisions)) == (list(dict.fromkeys(decisions)), [])


@given(HAND, st.lists(DECISIONS, min_size=1, max_size=4))
@example("right,left,verdict,kind\n", [Decision("person", "assign", "0", "#1 researcher")])  # no remark
@example("number,kind,verdict,left,right,note\n", [Decision("paper", "same", "a", "b", "", 3)])
def test_what_is_added_can_be_taken_away_and_nothing_else_changes(text: str, decisions: list[Decision]) -> None:
    before, faults = read(text)
    whole = added(text, decisions)
    after, same_faults = read(whole)
    assert after == before + decisions
    assert [fault.what for fault in same_faults] == [fault.what for fault in faults]
    left = without(whole, after[len(before) :])
    assert left.splitlines()[1:] == text.splitlines()[1:]
    assert added(left, decisions) == whole
    if "number" in text:
        assert left == text


def test_a_remark_that_a_spreadsheet_has_put_in_quotes_is_one() -> None:
    assert read('kind,verdict,left,right,note\n"# asked Ada, in May",,,,\nperson,same,x,y,\n') == ([Decision("person", "same", "x", "y")], [])


def test_an_empty_file_decides_nothing() -> None:
    assert read("") == ([], [])
    assert read(write([])) == ([], [])


def test_lines_that_cannot_be_used_are_told() -> None:
    text = "kind,verdict,left,right,note\nperson,same,b,a,why\nperson,perhaps,a,b,\npaper,same,,b,\npaper\nplanet,same,a,b\n"
    decisions, problems = read(text)
    assert decisions == [Decision("person", "same", "a", "b", "why")]
    assert [(problem.document, problem.line) for problem in problems] == [(FILE, 3), (FILE, 4), (FILE, 5), (FILE, 6)]
    assert all("kind, verdict, left, right" in problem.todo for problem in problems)


def test_only_people_are_assigned_and_only_people_and_organizations_renamed() -> None:
    _, problems = read("kind,verdict,left,right\npaper,assign,a,b\ndataset,renamed,a,b\norganization,renamed,a,b\n")
    assert [(problem.line, problem.what) for problem in problems] == [
        (2, "assign is no decision on a paper"), (3, "renamed is no decision on a dataset"),
    ]  # fmt: skip


def test_a_file_of_another_shape_is_told_and_not_fatal() -> None:
    decisions, problems = read("who,what\nme,nothing\n")
    assert (decisions, len(problems)) == ([], 1)
    _, problems = read("kind,verdict,left,right\n" + "x" * 200_000 + "\n")
    assert "cannot be read as CSV" in problems[0].what


def test_a_file_that_a_spreadsheet_saved_is_read() -> None:
    decisions, problems = read("\ufeffkind,verdict,left,right,note\r\npaper, different ,a, b,\r\n\r\ngroup,same,c,d,\r\n")
    assert (decisions, problems) == ([Decision("paper", "different", "a", "b"), Decision("person", "same", "c", "d")], [])
    assert [each.line for each in decisions] == [2, 4]


def test_kinds_of_things_are_things() -> None:
    assert read("kind,verdict,left,right\ndataset,same,dataset/a,dataset/b\n")[0] == [Decision("thing", "same", "dataset/a", "dataset/b")]


@pytest.mark.parametrize("text", ["person,same,x,y\n", "kind;verdict;left;right\nperson;same;x;y\n"])
def test_a_file_without_names_of_columns_is_a_problem_and_can_be_added_to(text: str) -> None:
    assert [(fault.document, fault.line, fault.what.startswith("names no column kind")) for fault in read(text)[1]] == [(FILE, 1, True)]
    more = decision("person", "different", "a", "b")
    assert more in read(added(text, [more]))[0]
    assert added(text, [more]).splitlines()[1] == text.splitlines()[0]


def test_blanks_around_the_names_of_columns_do_not_matter() -> None:
    assert read("kind, verdict, left, right\nperson, same, x, y\n") == ([decision("person", "same", "x", "y")], [])
