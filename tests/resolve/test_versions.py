"""Which records of a paper describe the same version of it."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Record
from kg.resolve.papers import features
from kg.resolve.versions import Copy, edition, group, rows, venue_key
from tests.resolve.papers.records import with_fields as record

TEA = (
    "Tea leaves lose their scent when stored in damp rooms. Our sensor watches humidity around the chest and warns the "
    "keeper before mould can grow, at a cost of a few cents a month."
)
SHORTER = "Tea in damp rooms loses its scent. We watch the humidity around forty chests with a cheap sensor and warn keepers in time."


def versions(*records: Record) -> list[tuple[str, int | None, list[str]]]:
    """Return the versions of records of one paper: kind, number, and the documents of its records."""
    found = group(Copy(features(each, ()), edition(each)) for each in records)
    return [(v.kind, v.number, sorted(copy.record.partition("/")[0] for copy in v.copies)) for v in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NIPS 2017", "Advances in Neural Information Processing Systems 30"),
        ("ICML", "Proceedings of the 34th International Conference on Machine Learning"),
        ("CVPR", "2020 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)"),
    ],
)
def test_spellings_of_a_conference_meet(one: str, other: str) -> None:
    assert venue_key(one) == venue_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("CVPR", "CVPR Workshop on Tea"), ("ECCV", "ICCV"), ("NAACL", "ACL"), ("Machine Learning", "ICML"), ("CVPR", "WACV")]
)
def test_other_venues_stay_apart(one: str, other: str) -> None:
    assert venue_key(one) != venue_key(other)


def test_preprint_conference_and_journal_are_three() -> None:
    found = versions(
        record("a", arxiv_id="1706.01234"), record("b", type="inproceedings", venue="NIPS", date="2017"),
        record("c", type="inproceedings", venue="Advances in Neural Information Processing Systems 30", date="2018"),
        record("d", type="article", venue="Journal of Tea", date="2019"),
    )  # fmt: skip
    assert found == [("preprint", None, ["a"]), ("conference", None, ["b", "c"]), ("journal", None, ["d"])]


def test_conferences_at_odds_in_venue_and_year_are_two() -> None:
    first, second = (record(n, type="inproceedings", venue=v, date=y) for n, v, y in (("a", "Tea Symposium", "2017"), ("b", "ICML", "2019")))
    assert versions(first, second) == [("conference", None, ["a"]), ("conference", None, ["b"])]
    silent = record("c", type="inproceedings")
    assert versions(first, second, silent) == [("conference", None, ["a", "c"]), ("conference", None, ["b"])]


def test_revisions_are_versions_only_where_a_source_says_so() -> None:
    assert versions(record("a", arxiv_id="1706.01234"), record("b", arxiv_id="1706.01234")) == [("preprint", None, ["a", "b"])]
    one, two = record("a", arxiv_id="1706.01234v1", abstract=TEA), record("b", arxiv_id="1706.01234", version="v2", abstract=SHORTER)
    assert versions(one, two) == [("preprint", 1, ["a"]), ("preprint", 2, ["b"])]
    assert versions(one, two, record("c", arxiv_id="1706.01234")) == [("preprint", 1, ["a"]), ("preprint", 2, ["b", "c"])]
    assert versions(one, two, record("c", arxiv_id="1706.01234", abstract=TEA)) == [("preprint", 1, ["a", "c"]), ("preprint", 2, ["b"])]


def test_what_says_nothing_joins_what_it_agrees_with() -> None:
    preprint = record("a", arxiv_id="1706.01234", abstract=TEA)
    paper = record("b", type="inproceedings", venue="ICML", date="2018", abstract=SHORTER)
    assert versions(preprint, paper, record("c", abstract=SHORTER)) == [("preprint", None, ["a"]), ("conference", None, ["b", "c"])]
    assert versions(preprint, paper, record("c", abstract=TEA)) == [("preprint", None, ["a", "c"]), ("conference", None, ["b"])]
    assert versions(preprint, paper, record("c", date="2018")) == [("preprint", None, ["a"]), ("conference", None, ["b", "c"])]
    assert versions(preprint, paper, record("c", title="On Tea")) == [("preprint", None, ["a", "c"]), ("conference", None, ["b"])]


def test_what_contradicts_all_is_unspecified() -> None:
    found = versions(record("a", type="inproceedings", date="2018", abstract=TEA), record("b", date="2020", abstract=SHORTER))
    assert found == [("conference", None, ["a"]), ("unspecified", None, ["b"])]


CHOICES: Sequence[dict[str, str]] = [
    {"arxiv_id": "1706.01234"}, {"arxiv_id": "1706.01234v1", "abstract": TEA}, {"arxiv_id": "1706.01234v2", "abstract": SHORTER},
    {"type": "inproceedings", "venue": "ICML", "date": "2018"}, {"type": "inproceedings", "venue": "Tea Symposium", "date": "2019"},
    {"type": "inproceedings"}, {"venue": "Tea", "date": "2018"}, {"abstract": TEA}, {"abstract": SHORTER, "date": "2021"}, {"date": "2018"},
    {"type": "article", "venue": "Journal of Tea", "identifier": "10.1000/tea.3"}, {"identifier": "10.1000/tea.3"}, {"title": "On Tea"},
]  # fmt: skip


@given(st.lists(st.sampled_from(CHOICES), min_size=1, max_size=7), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_order_does_not_matter_and_each_record_is_in_one_version(chosen: list[dict[str, str]], order: object) -> None:
    records = [record(f"d{place}", **fields) for place, fields in enumerate(chosen)]
    found = versions(*records)
    shuffled = list(records)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert versions(*shuffled) == found
    assert sorted(name for _, _, names in found for name in names) == sorted(each.document for each in records)
    numbers = [number for _, number, _ in found if number]
    assert len(numbers) == len(set(numbers))


def test_paths_are_readable_and_judgements_give_reasons() -> None:
    records = [record("a", arxiv_id="1706.01234v2"), record("b", abstract=TEA), record("c", type="inproceedings", venue="ICML", date="2018"),
               record("d", type="inproceedings", venue="Tea Symposium", date="2019")]  # fmt: skip
    of_paper = [Copy(features(each, ()), edition(each)) for each in records]
    found, judged = rows([("paper/arxiv-1706.01234", of_paper), ("paper/doi-10.1000/x", of_paper[:0])])
    assert {row["member"]: row["entity"] for row in found} == {
        "version|a/0": "version/arxiv-1706.01234v2", "version|b/0": "version/arxiv-1706.01234v2",
        "version|c/0": "version/arxiv-1706.01234-conference", "version|d/0": "version/arxiv-1706.01234-conference-2019",
    }  # fmt: skip
    assert [(j.left, j.right, j.rule) for j in judged] == [("version|a/0", "version|b/0", "nothing-apart")]
