"""Which records are one paper: each kind of evidence alone, together, and at scale."""

import random
from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Field, Judgement, Mention, Record
from kg.resolve import cluster
from kg.resolve import papers as resolving
from kg.resolve.papers import BLOCK, SKETCH, Features, candidates, compare, features, judge, keys

ABSTRACT = (
    "Gliders stay aloft by finding rising air. We present Kestrel, a planner that reads thermals from onboard pressure "
    "alone and circles where lift is strongest. On forty flights over hills it doubles the time in the air."
)
REWORDED = (
    "Kestrel plans the path of a glider. A pressure sensor onboard is all that it needs for finding thermals, and where "
    "the air is rising it circles. In forty flights over hills the time aloft was twice that of a pilot."
)
OTHER = (
    "Tea leaves lose their scent when stored in damp rooms. Our sensor watches humidity around the chest and warns the "
    "keeper before mould can grow, at a cost of a few cents a month."
)


def record(
    name: str, *, title: str = "", abstract: str = "", authors: Sequence[str] = (), date: str = "", arxiv: str = "",
) -> Record:  # fmt: skip
    fields = [Field("author", author, 1, position=i) for i, author in enumerate(authors)]
    fields += [
        Field(kind, text, 1, value=text if kind == "date" else None)
        for kind, text in {"title": title, "abstract": abstract, "date": date, "arxiv_id": arxiv}.items()
        if text
    ]
    return Record(name, 0, "paper", 0, 1, 1, tuple(fields))


def introduces(name: str, canonical: str) -> Mention:
    return Mention(
        f"{name}/0", "abstract", 0, 1, None, None, canonical, "method", canonical, None, "introduces", 0.9, "acronym"
    )


def seen(name: str, *names: str, **fields: str | Sequence[str]) -> Features:
    return features(record(name, **fields), [introduces(name, each) for each in names])  # type: ignore[arg-type]


def verdict(one: Features, other: Features) -> str:
    """Return what is found on two records; nothing found is no verdict."""
    found = judge([one, other])
    assert len(found) <= 1
    return found[0].verdict if found else "nothing"


def test_one_arxiv_id_is_enough() -> None:
    assert verdict(seen("a", arxiv="2205.06175"), seen("b", arxiv="arXiv:2205.06175v3")) == "same"


def test_one_arxiv_id_outweighs_another_title_and_text() -> None:
    one = seen("a", title="Kestrel: Planning to Soar", abstract=ABSTRACT, arxiv="2205.06175")
    assert verdict(one, seen("b", title="Soaring by Barometer", abstract=REWORDED, arxiv="2205.06175")) == "same"


def test_different_arxiv_ids_veto_all_else() -> None:
    same = {"title": "Kestrel: Planning to Soar", "abstract": ABSTRACT, "authors": ["Jane Doe"], "date": "2022-05-12"}
    found = judge([seen("a", arxiv="2205.06175", **same), seen("b", arxiv="2205.06176", **same)])
    assert [(j.verdict, j.rule) for j in found] == [("different", "different-arxiv-ids")]


def test_what_is_no_arxiv_id_does_not_veto() -> None:
    assert verdict(seen("a", abstract=ABSTRACT, arxiv="9999.99999"), seen("b", abstract=ABSTRACT, arxiv="2205.06175")) == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kestrel 2: Better Soaring", "Kestrel 3: Better Soaring"),
        ("Kestrel: Better Soaring", "Kestrel 2: Better Soaring"),
        ("Kestrel Technical Report", "Kestrel 2 Technical Report"),
        ("Kestrel2: Better Soaring", "Kestrel3: Better Soaring"),
        ("Kestrelv2: Better Soaring", "Kestrel: Better Soaring"),
        ("Kestrel-2.5 in Practice", "Kestrel-2 in Practice"),
        ("A Theory of Soaring, Part I", "A Theory of Soaring, Part II"),
    ],
)
def test_versions_in_titles_veto(one: str, other: str) -> None:
    rest = {"abstract": ABSTRACT, "authors": ["Jane Doe", "Ann Poe"], "date": "2022-05-12"}
    found = judge([seen("a", title=one, **rest), seen("b", title=other, **rest)])
    assert [(j.verdict, j.rule) for j in found] == [("different", "different-versions-in-title")]


@pytest.mark.parametrize(("one", "other"), [("Kestrel 2", "Kestrel 3"), ("Kestrel", "Kestrel 2"), ("Kestrel2", "KESTREL-3")])
def test_versions_of_names_veto(one: str, other: str) -> None:
    found = judge([seen("a", one, abstract=ABSTRACT), seen("b", other, abstract=ABSTRACT.replace("forty", "fifty"))])
    assert [(j.verdict, j.rule) for j in found] == [("different", "different-versions-of-a-name")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kestrel: Planning to Soar over Hills", "Kestrel: Planning to Soar over a Hill"),
        ("Learning 3D Shapes from 2D Views at Once", "Learning 3D Shapes from 2D Views"),
    ],
)
def test_titles_that_differ_in_words_do_not_veto(one: str, other: str) -> None:
    rest = {"abstract": ABSTRACT, "authors": ["Jane Doe", "Ann Poe"], "date": "2022-05-12"}
    assert verdict(seen("a", title=one, **rest), seen("b", title=other, **rest)) == "same"


def test_one_arxiv_id_outweighs_version_numbers() -> None:
    one = seen("a", title="Kestrel 2: Better Soaring", arxiv="2205.06175")
    assert verdict(one, seen("b", title="Kestrel 3: Better Soaring", arxiv="2205.06175")) == "same"


@pytest.mark.parametrize("title", ["Introduction", "Editorial", "Preface"])
def test_generic_titles_do_not_make_one_paper(title: str) -> None:
    assert verdict(seen("a", title=title), seen("b", title=title)) != "same"
    assert verdict(seen("a", title=title, date="2019-01-01"), seen("b", title=title, date="2021-01-01")) != "same"
    assert verdict(seen("a", title=title, authors=["Jane Doe"]), seen("b", title=title, authors=["Ann Poe"])) != "same"


def test_records_with_nothing_in_them_are_not_one() -> None:
    assert judge([seen("a"), seen("b")]) == []
    assert verdict(seen("a", abstract="Withdrawn."), seen("b", abstract="Withdrawn.")) != "same"


def test_one_title_by_the_same_people_is_one_paper() -> None:
    title = "How Gliders Find Rising Air"
    one = seen("a", title=title, authors=["Jane Doe", "Ann Poe"])
    assert verdict(one, seen("b", title=title.upper(), authors=["J. Doe", "A. Poe", "B. Roe"])) == "same"


def test_one_title_by_other_people_is_not() -> None:
    title = "How Gliders Find Rising Air"
    one = seen("a", title=title, authors=["Jane Doe", "Ann Poe"])
    assert verdict(one, seen("b", title=title, authors=["Max Ode", "Tim Ope"])) != "same"


def test_one_title_years_apart_without_more_is_not() -> None:
    title = "How Gliders Find Rising Air"
    assert verdict(seen("a", title=title, date="2001-03-01"), seen("b", title=title, date="2019-03-01")) != "same"
    assert verdict(seen("a", title=title, date="2001-03-01"), seen("b", title=title, date="2001-03-09")) == "same"


def test_one_abstract_is_one_paper_whatever_its_date() -> None:
    assert verdict(seen("a", abstract=ABSTRACT), seen("b", abstract=ABSTRACT)) == "same"
    one = seen("a", abstract=ABSTRACT, date="2020-01-01")
    assert verdict(one, seen("b", abstract=ABSTRACT.replace(" ", "\n"), date="2022-01-01")) == "same"


def test_an_abstract_cut_short_is_still_its_paper() -> None:
    assert verdict(seen("a", abstract=ABSTRACT), seen("b", abstract=ABSTRACT[:120])) == "same"


def test_a_reworded_abstract_is_found_by_name_title_and_month() -> None:
    one = seen("a", "Kestrel", title="Kestrel: Planning to Soar", abstract=ABSTRACT, date="2022-05-12")
    other = seen("b", "Kestrel", abstract=REWORDED, date="2022-05-30")
    assert verdict(one, other) == "same"
    (found,) = judge([one, other])
    assert {"introduced-name", "title-names-it", "date"} <= set(found.rule.split("+"))


def test_a_reworded_abstract_years_later_is_not_joined() -> None:
    one = seen("a", "Kestrel", abstract=ABSTRACT, date="2016-05-12")
    assert verdict(one, seen("b", "Kestrel", abstract=OTHER, date="2022-05-30")) != "same"


def test_different_papers_of_one_month_and_team_are_not_joined() -> None:
    team = {"authors": ["Jane Doe", "Ann Poe"], "date": "2022-05-12"}
    one = seen("a", title="How Gliders Find Rising Air", abstract=ABSTRACT, **team)
    assert verdict(one, seen("b", title="Keeping Tea Dry in Summer", abstract=OTHER, **team)) != "same"


def test_the_month_comes_from_the_date_or_the_arxiv_id() -> None:
    assert seen("a", date="2022-05-12").month == seen("a", arxiv="2205.06175").month == 2022 * 12 + 5
    assert seen("a", arxiv="hep-th/9901001").month == 1999 * 12 + 1
    assert seen("a", date="2022").month is None


def test_comparison_is_symmetric() -> None:
    one = seen("a", "Kestrel", title="Kestrel: Planning to Soar", abstract=ABSTRACT, authors=["Jane Doe"], date="2022-05-12")
    other = seen("b", "Kestrel", title="Soaring", abstract=REWORDED, authors=["J. Doe", "Ann Poe"], arxiv="2205.06175")
    there, back = compare(one, other), compare(other, one)
    assert there is not None
    assert back is not None
    assert (there.verdict, there.score, there.evidence) == (back.verdict, back.score, back.evidence)


def test_an_author_list_is_compared_by_surname_and_initial() -> None:
    one = seen("a", title="Soaring", authors=["Jane Doe", "van den Oord, Aäron"], date="2022-05-12")
    other = seen("b", title="Soaring", authors=["J. Doe", "A. van den Oord"], date="2022-05-12")
    found = compare(one, other)
    assert found is not None
    assert found.evidence["authors"] == 3.0


TITLES = st.sampled_from(["", "Kestrel: Planning to Soar", "Kestrel 2: Planning to Soar", "Introduction", "On Tea"])
TEXTS = st.sampled_from(["", ABSTRACT, REWORDED, OTHER, ABSTRACT[:120], "Withdrawn."])
CORPUS = st.lists(
    st.tuples(TITLES, TEXTS, st.sampled_from(["", "2205.06175", "2205.06176"]), st.sampled_from(["", "2022-05-12", "2019-01-01"])),
    max_size=8,
)  # fmt: skip


def corpus(rows: list[tuple[str, str, str, str]]) -> list[Features]:
    """The papers of these titles, texts, arXiv ids and dates."""
    return [seen(f"d{i}", title=t, abstract=x, arxiv=n, date=d) for i, (t, x, n, d) in enumerate(rows)]


@settings(deadline=None)
@given(CORPUS)
def test_texts_are_left_out_only_where_they_change_nothing(rows: list[tuple[str, str, str, str]]) -> None:
    def probability(left: Features, right: Features) -> float:
        text = resolving._text(left, right) if len(left.words) and len(right.words) else None
        return resolving._probability(dict(resolving._weights(left, right, text)))

    for left, right in combinations(corpus(rows), 2):
        found = compare(left, right)
        if found is None:
            assert probability(left, right) < resolving.UNSURE
        elif found.verdict != "different":
            assert found.score == round(probability(left, right), 4) >= resolving.UNSURE
        if len(left.words) and len(right.words):
            assert resolving._text(left, right) <= resolving._SAME_TEXT


@settings(deadline=None)
@given(CORPUS)
def test_candidates_are_the_pairs_that_share_a_key(rows: list[tuple[str, str, str, str]]) -> None:
    papers = corpus(rows)
    known = {paper.record: {*keys(paper), *paper.shingles[:SKETCH].tolist()} for paper in papers}
    expected = [pair for pair in combinations(sorted(known), 2) if known[pair[0]] & known[pair[1]]]
    assert [(left.record, right.record) for left, right in candidates(papers)] == expected


@settings(deadline=None)
@given(CORPUS, st.randoms())
def test_the_order_of_the_input_does_not_matter(
    rows: list[tuple[str, str, str, str]], chance: random.Random
) -> None:
    papers = corpus(rows)
    shuffled = list(papers)
    chance.shuffle(shuffled)
    assert judge(shuffled) == judge(papers)
    assert all(j.left < j.right for j in judge(papers))


def many(count: int) -> list[Features]:
    """Return near copies: one abstract but for a word, another title and another id each."""
    return [
        seen(
            f"d{i:04}", title=f"Case report {i} from ward {chr(97 + i % 26)}",
            abstract=ABSTRACT.replace("forty", f"case{i}"), arxiv=f"2205.{i + 1:05}",
        )
        for i in range(count)
    ]  # fmt: skip


def test_near_copies_are_neither_all_joined_nor_all_compared() -> None:
    papers = many(1500)
    pairs = candidates(papers)
    assert len(pairs) <= 20 * len(papers)
    clusters = cluster.components([paper.record for paper in papers], judge(papers))
    assert len(clusters) == len(papers)


def test_comparisons_grow_with_the_number_of_records() -> None:
    few, more = (len(candidates(many(count))) for count in (BLOCK * 4, BLOCK * 8))
    assert more <= 2.5 * few, "twice the records, not four times the pairs"


def test_exact_copies_are_one_paper() -> None:
    papers = [seen(f"d{i:04}", title="How Gliders Find Rising Air", abstract=ABSTRACT) for i in range(2000)]
    found = judge(papers)
    assert len(found) == len(papers) - 1
    assert all(isinstance(j, Judgement) and j.rule == "same-content" for j in found)
    assert len(cluster.components([paper.record for paper in papers], found)) == 1
