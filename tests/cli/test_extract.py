"""`kg extract --text` and `--explain`."""

import json
from pathlib import Path

import pytest

from tests.command import kg

TEXT = "We introduce Walnut, a Korean language model. Walnut beats BERT on ImageNet."


def test_a_text_may_be_given_or_come_in() -> None:
    given, came = kg("extract", "--extract", "fast", "--text", TEXT), kg("extract", "--extract", "fast", "--text", "-", stdin=TEXT.encode())
    assert given == came
    rows = [json.loads(line) for line in given.out.splitlines()]
    assert [TEXT[row["start"] : row["end"]] for row in rows] == ["Walnut", "language model", "Walnut", "BERT", "ImageNet"]
    assert {row["document"] for row in rows} == {"text"}


@pytest.mark.parametrize("arguments", [[], ["--explain"], ["--text", "x", "papers.txt"]])
def test_there_is_one_place_to_look_in(arguments: list[str]) -> None:
    done = kg("extract", *arguments)
    assert (done.code, done.err) == (2, "kg: give PATHS to look in, or a text with --text\n")


def test_an_explanation_for_people() -> None:
    done = kg("extract", "--extract", "fast", "--explain", "--text", f"{TEXT} \x1b[2J")
    assert done.code == 0
    assert "«Walnut»1" in done.out
    assert "kept" in done.out
    assert "\x1b" not in done.out


def test_an_explanation_in_json_of_every_record_of_files(papers: Path) -> None:
    done = kg("extract", "--extract", "fast", "--explain", "--json", papers)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [(row["document"], row["ordinal"]) for row in rows] == [
        ("abstracts.txt", 0), ("abstracts.txt", 1), ("listing.txt", 0), ("listing.txt", 1), ("page.txt", 0), ("page.txt", 1), ("page.txt", 2),
    ]  # fmt: skip
    plain = [json.loads(line) for line in kg("extract", "--extract", "fast", papers).out.splitlines()]
    assert [mention for row in rows for mention in row["mentions"]] == plain
    for row in rows:
        assert all(step["end"] <= len(row["texts"][step["field"]]) for step in row["steps"])


def test_names_as_a_corpus_annotates_them() -> None:
    done = kg("extract", "--convention", "dsrec", "--text", "We train BERT on the ImageNet dataset.")
    (row,) = [json.loads(line) for line in done.out.splitlines()]
    assert (row["text"], row["type"], row["canonical"]) == ("ImageNet dataset", "dataset", "ImageNet")


@pytest.mark.parametrize(("arguments", "told"), [
    (["--extract", "fast"], "a convention is a part of the shipped tagger"),
    (["--model", "gliner:moss"], "a convention is a part of the shipped tagger"),
    (["--results"], "--results needs names of every type"),
])  # fmt: skip
def test_a_convention_does_not_go_with_everything(arguments: list[str], told: str) -> None:
    done = kg("extract", "--convention", "dsrec", "--text", TEXT, *arguments)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert "'moss' is not 'dsrec'" in kg("extract", "--convention", "moss", "--text", TEXT).err
