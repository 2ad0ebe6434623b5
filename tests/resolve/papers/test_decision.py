"""When two records are one paper: each kind of evidence alone, together, and what forbids it."""

import random
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Judgement
from kg.resolve import cluster
from kg.resolve.papers import CONTESTED, ONE_ABSTRACT, SAME, Features, compare, features, judge
from kg.resolve.papers.comparison import seen as seen_in
from kg.resolve.papers.comparison import seen_in_texts
from kg.resolve.papers.decision import (
    DOUBTFUL,
    NOTICE,
    OTHER_ISSUE,
    OTHER_WORK,
    UNSURE,
    _identifiers,
    _veto,
    compare_all,
)
from kg.resolve.papers.model import shipped
from tests.resolve.papers.records import (
    ABSTRACT,
    CORPUS,
    OTHER,
    REWORDED,
    corpus,
    near_copies,
    seen,
    verdict,
    with_fields,
)


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


def of_type(name: str, kind: str, **more: str) -> Features:
    """Return what is seen of a record of some type, by Jane Doe in 2022."""
    return features(with_fields(name, type=kind, title="Kestrel: Planning to Soar", author="Jane Doe", date="2022", **more), ())


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [("phdthesis", "inproceedings", "thesis, paper"), ("book", "incollection", "book, chapter"), ("Dataset", "article-journal", "data, paper"),
     ("Software", "Dataset", "software, data"), ("journal-article", "poster", "paper, presentation")],
)  # fmt: skip
def test_a_thesis_data_and_the_like_are_not_the_paper_of_their_title(one: str, other: str, kinds: str) -> None:
    found = judge([of_type("a", one), of_type("b", other)])
    assert [(j.verdict, j.rule, j.evidence["kinds"]) for j in found] == [("different", OTHER_WORK, kinds)]


def test_who_does_not_say_what_he_is_joins_one_of_two_works() -> None:
    papers = [of_type("a", "phdthesis"), of_type("b", "inproceedings"), of_type("c", "misc"), of_type("d", "phdthesis"), of_type("e", "inproceedings")]
    clusters = cluster.components([paper.record for paper in papers], judge(papers))
    assert [[member[0] for member in members] for members in clusters] == [["a", "d"], ["b", "c", "e"]]


YEARLY = {"type": "article", "title": "Review of Glider Data", "author": "Jane Doe", "venue": "Annals of Soaring"}


@pytest.mark.parametrize(
    ("one", "other"),
    [({"volume": "86", "pages": "010001", "date": "2012"}, {"volume": "98", "pages": "030001", "date": "2018"}),
     ({"volume": "4", "issue": "1", "pages": "10--12"}, {"volume": "4", "issue": "2", "pages": "71-75"})],
)  # fmt: skip
def test_what_every_volume_of_a_journal_prints_anew_is_not_one_paper(one: dict[str, str], other: dict[str, str]) -> None:
    found = judge([features(with_fields(name, **YEARLY, **more), ()) for name, more in (("a", one), ("b", other))])
    assert [(j.verdict, j.rule) for j in found] == [("different", OTHER_ISSUE)]


@pytest.mark.parametrize(
    "other",
    [{"volume": "PP", "pages": "1-1"}, {"volume": "12", "pages": "30--39"}, {"volume": "12", "issue": "3", "pages": "301"}, {"volume": "13", "pages": "e30"},
     {"volume": "012", "issue": "03", "pages": "31"}, {"volume": "13"}, {"volume": "13", "pages": "1-9", "type": "preprint"},
     {"volume": "13", "pages": "1-9", "venue": "Letters on Lift"}, {}],
)  # fmt: skip
def test_a_slip_in_a_page_or_volume_or_a_print_elsewhere_makes_no_two_papers(other: dict[str, str]) -> None:
    first = features(with_fields("a", **YEARLY, volume="12", issue="3", pages="30-38", date="2012"), ())
    assert verdict(first, features(with_fields("b", **{**YEARLY, "date": "2012", **other}), ())) == "same"


def test_one_doi_outweighs_another_volume() -> None:
    one, other = ({"volume": volume, "pages": volume, "date": "2012", "identifier": "10.1000/30"} for volume in ("12", "13"))
    assert verdict(features(with_fields("a", **YEARLY, **one), ()), features(with_fields("b", **YEARLY, **other), ())) == "same"


def test_works_of_other_sorts_have_anchors_of_their_own() -> None:
    anchors = [of_type("a", kind).anchor for kind in ("phdthesis", "book", "Dataset", "inproceedings", "article", "misc", "chapter")]
    assert [anchors.index(anchor) for anchor in anchors] == [0, 1, 2, 3, 3, 3, 3]


def test_one_identifier_outweighs_the_sort_of_work() -> None:
    one, other = of_type("a", "phdthesis", identifier="10.1000/1"), of_type("b", "inproceedings", identifier="10.1000/1")
    assert verdict(one, other) == "same"


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


@pytest.mark.parametrize("title", ["Introduction", "Editorial", "Preface", "Guest Editors’ Introduction", "Message from the President"])
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
    assert {"introduced-name", "title-names-it", "months"} <= set(found.rule.split("+"))


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


def test_a_label_of_the_session_makes_no_other_paper() -> None:
    authors = ["Jane Doe", "Ann Poe"]
    one = seen("a", title="How Gliders Find Rising Air", abstract=ABSTRACT, authors=authors, date="2015", venue="iccv")
    other = seen("b", title="[From Oral 3B] How Gliders Find Rising Air", authors=authors, date="2015", venue="iccv")
    assert verdict(one, other) == "same"


def test_a_submission_that_was_printed_under_another_title_is_one_paper() -> None:
    authors = ["Jane Doe", "Ann Poe", "Max Ode"]
    one = seen("a", title="Soaring on Pressure Alone", abstract=ABSTRACT, authors=authors, date="2018", venue="iclr 2018")
    changed = ABSTRACT.replace("On forty flights", "In forty three long flights").replace("We present", "This paper presents")
    other = seen("b", title="Barometric Soaring of Gliders", abstract=changed, authors=authors, date="2018", venue="icml")
    assert verdict(one, other) == "same"


def test_two_papers_of_one_group_in_two_proceedings_are_not() -> None:
    authors = ["Jane Doe", "Ann Poe", "Max Ode"]
    one = seen("a", title="Soaring on Pressure Alone", abstract=ABSTRACT, authors=authors, date="2009", venue="icra")
    other = seen("b", title="Barometric Soaring of Kites", abstract=ABSTRACT.replace("hills", "the sea"), authors=authors, date="2010", venue="iros")
    assert verdict(one, other) != "same"


def test_counts_in_titles_tell_papers_apart() -> None:
    same = {"authors": ["Jane Doe", "Ann Poe"], "date": "2009"}
    one = seen("a", title="Cooperative Soaring of Two Gliders", abstract=ABSTRACT, **same)
    other = seen("b", title="Cooperative Soaring of Three Gliders", abstract=ABSTRACT.replace("forty", "fifty"), **same)
    assert verdict(one, other) != "same"


def test_one_abstract_under_two_papers_is_for_people_to_look_at() -> None:
    one = seen("a", title="How Gliders Find Rising Air", abstract=ABSTRACT, authors=["Jane Doe"], venue="nips", date="1998")
    other = seen("b", title="Keeping Tea Dry in Summer", abstract=ABSTRACT, authors=["Max Ode"], venue="nips", date="1998")
    (found,) = judge([one, other])
    assert (found.verdict, found.rule) == ("unsure", ONE_ABSTRACT)
    assert found.score < UNSURE


def with_doi(paper: Features) -> Features:
    return replace(paper, identifiers=frozenset({"doi:10.1000/1"}))


@pytest.mark.parametrize("abstract", ["", ABSTRACT])
def test_an_identifier_on_papers_that_share_nothing_else_is_contested(abstract: str) -> None:
    one = with_doi(seen("a", title="How Gliders Find Rising Air", abstract=abstract, authors=["Jane Doe", "Ann Poe"], date="1998"))
    other = with_doi(seen("b", title="Keeping Tea Dry in Summer", abstract=OTHER, authors=["Max Ode"], date="2011"))
    (found,) = judge([one, other])
    assert (found.verdict, found.rule) == ("different", CONTESTED)
    third = with_doi(seen("c", title="Keeping Tea Dry in Summer", date="2011"))
    assert cluster.components(["a/0", "b/0", "c/0"], judge([one, other, third])) == [["a/0"], ["b/0", "c/0"]]


@pytest.mark.parametrize(
    ("title", "authors"),
    [
        ("Keeping Tea Dry in Summer", ["Jane Doe"]), ("Keeping Tea Dry in Summer", ["Doe Jane", "Poe Ann"]), ("Keeping Tea Dry in Summer", []),
        ("", ["Max Ode"]), ("How Gliders Find Air", ["Max Ode"]), ("滑翔机如何寻找上升气流", ["王伟"]),
    ],
)  # fmt: skip
def test_an_identifier_counts_where_title_or_authors_agree_or_cannot_be_compared(title: str, authors: list[str]) -> None:
    one = with_doi(seen("a", title="How Gliders Find Rising Air", authors=["Jane Doe", "Ann Poe"]))
    assert verdict(one, with_doi(seen("b", title=title, authors=authors))) in {"same", "unsure"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": "How Gliders Find Rising Air", "authors": ["Jane Doe"]}, {"title": "Keeping Tea Dry in Summer"}),
        ({"title": "How Gliders Find Rising Air", "date": "1998"}, {"title": "Keeping Tea Dry in Summer", "date": "2011"}),
        ({"title": "How Gliders Find Rising Air", "authors": ["Jane Doe"]}, {"authors": ["Max Ode"]}),
    ],
)
def test_an_identifier_alone_against_all_that_can_be_compared_is_for_people_to_look_at(one: dict[str, Any], other: dict[str, Any]) -> None:
    (found,) = judge([with_doi(seen("a", **one)), with_doi(seen("b", **other))])
    assert (found.verdict, found.rule) == ("unsure", DOUBTFUL)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": "How Gliders Find Rising Air"}, {"authors": ["Max Ode"]}),
        ({"title": "How Gliders Find Rising Air", "authors": ["Jane Doe"]}, {"title": "Как планёры находят воздух", "authors": ["Джейн Доу"]}),
        ({"title": "How Gliders Find Rising Air"}, {"title": "Full text"}),
        ({"title": "How Gliders Find Rising Air", "abstract": ABSTRACT}, {"title": "Keeping Tea Dry in Summer", "abstract": ABSTRACT}),
        ({"title": "Soaring for All", "authors": ["Jane Doe"]}, {"title": "How Gliders Find Rising Air", "authors": ["Jane Doe"]}),
    ],
)
def test_an_identifier_is_enough_where_nothing_speaks_against_it_or_something_agrees(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert verdict(with_doi(seen("a", **one)), with_doi(seen("b", **other))) == "same"


@pytest.mark.parametrize(
    "title",
    ["Erratum: {}", "Correction to: {}", "Corrigendum to “{}” [J. Gliding 3 (2011) 1–9]", "Retraction notice to: {}", "Comment on “{}”",
     "Reply to Comment on “{}”", "Supplementary material for {}", "Data for: {}"],
)  # fmt: skip
def test_what_is_printed_about_a_paper_is_another_even_with_its_abstract_and_identifier(title: str) -> None:
    paper = {"title": "How Gliders Find Rising Air", "abstract": ABSTRACT, "authors": ["Jane Doe"], "date": "2011"}
    found = judge([with_doi(seen("a", **paper)), with_doi(seen("b", **paper | {"title": title.format(paper["title"])}))])
    assert [(j.verdict, j.rule) for j in found] == [("different", NOTICE)]


def test_notices_of_different_kinds_about_one_paper_are_apart_and_of_one_kind_are_one() -> None:
    rest = {"abstract": ABSTRACT, "authors": ["Jane Doe"], "date": "2011"}
    reply, comment = seen("a", title="Reply to Comment on Rising Air", **rest), seen("b", title="Comment on Rising Air", **rest)
    assert verdict(reply, comment) == "different"
    assert verdict(comment, seen("c", title="Comments on ‘Rising Air’", **rest)) == "same"


def test_one_title_in_two_years_is_judged_by_both_and_not_taken_for_a_copy() -> None:
    same = {"title": "Annual report of the gliding office", "authors": ["Jane Doe"]}
    (found,) = judge([seen("a", date="2009", **same), seen("b", date="2019", **same)])
    assert (found.rule, found.evidence["years"]) == ("title+authors-contained+authors+author-count", -3.01)


def test_papers_by_the_same_people_with_other_titles_in_other_letters_are_not_one() -> None:
    both = {"authors": ["王伟", "李娜"], "date": "2010"}
    assert judge([seen("a", title="基于BERT的情感分析 of reviews", **both), seen("b", title="基于BERT的河流模拟 of reviews", **both)]) == []
    again = [seen(name, title="Как планёры находят воздух", authors=["Д. Доу"], date="2010", venue=name) for name in "ab"]
    assert verdict(*again) == "same"


def test_evidence_and_prior_add_up_to_the_score() -> None:
    one = seen("a", title="How Gliders Find Rising Air", abstract=ABSTRACT, authors=["Jane Doe"], date="2020-01-01")
    found = compare(one, seen("b", title="How gliders find rising air", abstract=REWORDED, authors=["J. Doe"], date="2021-01-01"))
    assert found is not None
    assert found.score == pytest.approx(shipped().probability({name: float(w) for name, w in found.evidence.items()}), abs=0.01)


@settings(deadline=None)
@given(CORPUS)
def test_texts_are_left_out_only_where_they_change_nothing(rows: list[tuple[str, str, str, str]]) -> None:
    def probability(left: Features, right: Features) -> float:
        weights = _identifiers(left, right) | shipped().weigh(seen_in(left, right))
        if len(left.words) and len(right.words):
            weights |= shipped().weigh(seen_in_texts([(left, right)])[0])
        return shipped().probability(weights)

    for left, right in combinations(corpus(rows), 2):
        found = compare(left, right)
        if found is None:
            assert probability(left, right) < UNSURE
        elif found.verdict == "different":
            assert _veto(left, right) == found.rule
        elif found.rule != ONE_ABSTRACT:
            assert found.score == round(probability(left, right), 4) >= UNSURE
            assert (found.verdict == "same") == (probability(left, right) >= SAME)


@settings(deadline=None)
@given(CORPUS)
def test_a_pair_is_judged_the_same_alone_and_among_others(rows: list[tuple[str, str, str, str]]) -> None:
    pairs = list(combinations(corpus(rows), 2))
    assert list(compare_all(pairs)) == [found for left, right in pairs if (found := compare(left, right))]


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


def test_exact_copies_are_one_paper() -> None:
    papers = [seen(f"d{i:04}", title="How Gliders Find Rising Air", abstract=ABSTRACT) for i in range(2000)]
    found = judge(papers)
    assert len(found) == len(papers) - 1
    assert all(isinstance(j, Judgement) and j.rule == "same-content" for j in found)
    assert len(cluster.components([paper.record for paper in papers], found)) == 1


def test_near_copies_are_not_joined() -> None:
    papers = near_copies(1500)
    clusters = cluster.components([paper.record for paper in papers], judge(papers))
    assert len(clusters) == len(papers)


def test_every_identifier_of_a_paper_counts_whichever_of_its_copies_has_it() -> None:
    one, copy, third = seen("a", title="Kestrel", abstract=ABSTRACT), seen("b", title="Kestrel", abstract=ABSTRACT), seen("c", title="On Soaring")
    found = [one, *(replace(each, identifiers=frozenset({"doi:10.1000/1"})) for each in (copy, third))]
    assert len(cluster.components([each.record for each in found], judge(found))) == 1
