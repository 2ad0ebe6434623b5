"""AMiner's text dumps: their samples, where papers begin, whose the affiliations are, and what is none of them."""

import pytest

from kg.sources import aminer
from kg.sources.aminer import sniff
from tests.growth import assert_linear
from tests.sources.tagged import document, owned, papers, problems, sample, texts, values


@pytest.mark.parametrize(("head", "score"), [
    ("#*On X\n#@Ada Lovelace\n#t1843\n#index1\n", 1.0), ("\ufeff2\n#* On X\r\n#index 1\r\n#c Looms\r\n", 1.0), ("#index 1\n#* On X\n#t 1843\n", 1.0),
    ("# index\n#* a\n", 0.0), ("#*emphasis*\n#index\n#there\n", 0.0), ("#include <x>\n#*\n", 0.0), ("Text\n#*On X\n#index1\n#t1\n", 0.0), ("", 0.0),
])  # fmt: skip
def test_sniff(head: str, score: float) -> None:
    assert sniff(head, "x.txt") == score


def test_sample_of_citations() -> None:
    (looms, threads, undated), faults = sample("aminer/citations.txt")
    assert faults == []
    assert [(f.name, f.text, f.value, f.line) for f in looms.fields] == [
        ("author", "Ada Bank", "person", 3), ("author", "Bo Lund", "person", 3), ("author", "Wei Zhao", "person", 3), ("author_id", "Wei Zhao 0002", None, 3),
        ("title", "Looms that count their threads", None, 2), ("date", "2011", "2011", 4), ("venue", "Journal of Invented Looms", None, 5),
        ("own_id", "101", None, 6), ("cited_own_id", "102", None, 7), ("cited_own_id", "999", None, 8),
        ("abstract", "We count threads and weave on. It holds: a loom # of ours.", None, 9),
    ]  # fmt: skip
    assert (texts(threads, "own_id"), texts(threads, "cited_own_id"), texts(threads, "other")) == (["102"], [], ["7"])
    assert (texts(undated, "own_id"), texts(undated, "cited_own_id"), texts(undated, "other")) == (["103", "4711"], ["101", "102"], ["-1"])


def test_sample_of_a_network_with_affiliations() -> None:
    (drawn, one), faults = sample("aminer/network.txt")
    assert texts(drawn, "author") == ["Ada Bank", "Bo Lund", "Cy Dorn"]
    assert owned(drawn, "affiliation") == [("Invented University, Oslo, Norway", 0), ("Invented Lab, Delft, Netherlands", 2)]
    assert (texts(drawn, "venue"), values(drawn, "date"), texts(drawn, "cited_own_id")) == (["Proceedings of the Invented Meeting"], ["2008"], ["8"])
    assert owned(one, "affiliation") == [("Invented Lab, Delft, Netherlands", None), ("Invented University, Oslo, Norway", None)]
    assert faults == [(17, "error", "record 3 has no title")]


def test_ids_that_mean_the_same_in_every_file_say_so() -> None:
    (paper,) = papers(aminer, "#*On X\n#index53e99784b7602d9701f3e3f6\n#%53E99784b7602d9701f3e3f7\n")
    assert values(paper, "own_id") + values(paper, "cited_own_id") == ["hex:53e99784b7602d9701f3e3f6", "hex:53e99784b7602d9701f3e3f7"]


def test_lines_before_the_first_paper_are_told() -> None:
    assert problems(aminer, "About this file\n#*On X\n#index1\n") == [(1, "error", "1 line outside of any record")]


@pytest.mark.parametrize("line", ["#@a;b\n", "#%1\n", "#!x\n", "x\n", "#o-;\n"])
def test_long_records_take_no_time(line: str) -> None:
    assert_linear(lambda made: list(aminer.read(made)), lambda times: document(f"#*On X\n#index1\n#!x\n{line * times}"), 8_000)
