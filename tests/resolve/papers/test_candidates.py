"""Which pairs are compared: those that share enough, and not many more."""

from itertools import combinations

from hypothesis import given, settings

from kg.resolve.papers import candidates
from kg.resolve.papers.candidates import BLOCK, RUNS, keys
from tests.resolve.papers.records import ABSTRACT, CORPUS, OTHER, corpus, near_copies, seen


@settings(deadline=None)
@given(CORPUS)
def test_candidates_share_a_name_or_runs_of_words(rows: list[tuple[str, str, str, str]]) -> None:
    papers = corpus(rows)
    expected = [
        (left.record, right.record)
        for left, right in combinations(sorted(papers, key=lambda paper: paper.record), 2)
        if {*keys(left)} & {*keys(right)} or len({*left.shingles.tolist()} & {*right.shingles.tolist()}) >= RUNS
    ]
    assert [(left.record, right.record) for left, right in candidates(papers)] == expected


def test_authors_and_rare_words_bring_together_what_shares_no_title_and_no_run_of_words() -> None:
    one = seen("a", title="Barometric thermals for gliders", authors=["Jane Doe", "Ann Poe"])
    other = seen("b", title="Gliders and their thermals", authors=["J. Doe", "A. Poe"])
    stranger = seen("c", title="Thermals and gliders again", authors=["Max Ode", "Tim Ope"])
    assert [(left.record, right.record) for left, right in candidates([stranger, other, one])] == [("a/0", "b/0")]


def test_a_hyphen_or_an_article_makes_no_other_title() -> None:
    pair = [seen("a", title="A Multi-Task Glider & the Sea"), seen("b", title="Multitask Glider and Sea")]
    assert len(candidates(pair)) == 1


def test_nothing_meets_nothing() -> None:
    assert candidates([]) == []
    assert candidates([seen("a"), seen("b")]) == []
    assert candidates([seen("a", abstract=ABSTRACT), seen("b", abstract=OTHER)]) == []


def test_comparisons_grow_with_the_number_of_records() -> None:
    few, more = (len(candidates(near_copies(count))) for count in (BLOCK * 4, BLOCK * 8))
    assert more <= 2.5 * few, "twice the records, not four times the pairs"
    assert len(candidates(near_copies(1500))) <= 20 * 1500


def test_one_team_with_one_topic_does_not_meet_all_of_itself() -> None:
    team = ["Jane Doe", "Ann Poe", "Max Ode"]
    papers = [seen(f"d{i:04}", title=f"Gliders thermals pressure lift {chr(97 + i % 26)}{i}", authors=team) for i in range(1000)]
    assert len(candidates(papers)) <= 20 * len(papers)
