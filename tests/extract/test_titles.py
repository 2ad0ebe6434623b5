"""Titles are read in the case of a sentence, and their names are told as they are printed."""

import gzip
import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import extract_record, extract_records
from kg.extract.settings import Settings, Tier
from kg.extract.titles import in_sentence_case, is_foreign
from kg.model import Field, Mention, Record
from tests.conftest import SHARED
from tests.extract.test_contract import TEXTS, record

ANNOTATED = Path(__file__).parents[1] / "data" / "annotations" / "titles.jsonl"
CONFERENCES = SHARED / "corpora" / "conferences"


@pytest.mark.parametrize(
    ("title", "abstract", "read"),
    [
        ("Sorting Nuts with Robust Graph Networks", "", "sorting nuts with robust graph networks"),
        ("Sorting nuts with robust graph networks", "", "Sorting nuts with robust graph networks"),
        ("Nut-Sorting by Reinforcement Learning on ImageNet", "", "nut-sorting by reinforcement learning on ImageNet"),
        ("Walnut: Sorting Nuts at Scale", "", "Walnut: sorting nuts at scale"),
        ("Sorting Nuts with Walnut Networks", "We train Walnut on nuts.", "sorting nuts with Walnut networks"),
        ("Driving Cars through Cityscapes", "", "driving cars through Cityscapes"),
        ("SORTING NUTS WITH A CNN AND A NUTNET", "", "sorting nuts with a CNN and a nutnet"),
        ("SORTING NUTS WITH NUTX", "NUTX is a network.", "sorting nuts with NUTX"),
        ("Die Sortierung der Nüsse", "", "Die Sortierung der Nüsse"),
        ("Graph Networks", "", "Graph Networks"),
        ("İstanbul Nuts and Their Shells", "", "İstanbul nuts and their shells"),
    ],
)
def test_capitals_of_titles_are_not_those_of_names(title: str, abstract: str, read: str) -> None:
    assert in_sentence_case(title, abstract) == read


@given(TEXTS, TEXTS)
def test_only_case_changes(title: str, abstract: str) -> None:
    read = in_sentence_case(title, abstract)
    assert len(read) == len(title)
    assert read.lower() == title.lower() or "İ" in title


@given(st.sampled_from(["Nuts and Their Shells", "A Theory of Nuts", "Nüsse und ihre Schalen", "Les noix et les fruits"]))
def test_function_words_tell_the_language(title: str) -> None:
    assert is_foreign(title) == (title[0] == "L" or "ü" in title)


@pytest.mark.parametrize(
    ("abstract", "name"),
    [("Abstract Quantile mapping is used to sort nuts of many sizes.", "Quantile mapping"),
     ("Abstract Quantile mapping (QM) is used to sort nuts of many sizes.", "Quantile mapping"),
     ("Abstract Visual Reasoning (AVR) is used to sort nuts of many sizes.", "Abstract Visual Reasoning")],
)  # fmt: skip
def test_the_heading_of_an_abstract_is_no_part_of_a_name(abstract: str, name: str) -> None:
    found = [m for m in extract_record(record(abstract, "On nuts")) if m.field == "abstract"]
    assert (found[0].text, abstract[found[0].field_start : found[0].field_end]) == (name, name)


def test_names_of_titles_are_told_as_printed_and_called_as_in_sentences() -> None:
    found = extract_record(record("", "Robust Graph Neural Networks for Image Segmentation"))
    assert [(m.text, m.canonical, m.type) for m in found] == [
        ("Graph Neural Networks", "graph neural network", "method"), ("Image Segmentation", "image segmentation", "task"),
    ]  # fmt: skip
    assert all(m.text == "Robust Graph Neural Networks for Image Segmentation"[m.field_start : m.field_end] for m in found)


def test_words_in_capitals_are_no_names() -> None:
    found = extract_record(record("", "IMAGE SEGMENTATION WITH A CNN AND TRANSFER LEARNING"))
    assert [(m.text, m.type) for m in found] == [
        ("IMAGE SEGMENTATION", "task"), ("CNN", "method"), ("TRANSFER LEARNING", "task"),
    ]  # fmt: skip


@pytest.mark.parametrize("tier", ["full", "fast"])
@pytest.mark.parametrize("notice", ["RETRACTED: ", "[RETRACTED] ", "Erratum to: ", "Withdrawn Article: "])
def test_a_notice_ahead_of_a_title_is_no_name(tier: Tier, notice: str) -> None:
    found = extract_record(record("", f"{notice}NutNet: Sorting Nuts by Image Segmentation"), Settings(tier))
    assert [m.text for m in found if m.field == "title"] == ["NutNet", "Image Segmentation"]


def told(records: list[Record], settings: Settings) -> list[list[Mention]]:
    return [[m for m in found if m.field == "title"] for found in extract_records(records, settings)]


@pytest.mark.skipif(not CONFERENCES.is_dir(), reason="the annotated titles are of papers in ../shared/corpora/conferences")
def test_names_in_annotated_titles_are_found() -> None:
    papers: list[Record] = []
    annotated: list[list[Any]] = []
    lists: dict[str, list[dict[str, str]]] = {}
    for row in map(json.loads, ANNOTATED.read_text(encoding="utf-8").splitlines()):
        venue, _, number = row["id"].partition("#")
        if venue not in lists:
            lists[venue] = json.loads(gzip.decompress((CONFERENCES / f"{venue}.json.gz").read_bytes()))
        paper = lists[venue][int(number)]
        assert hashlib.sha256(paper["title"].encode()).hexdigest() == row["sha256"]
        fields = Field("title", paper["title"], 1), Field("abstract", paper["abstract"], 2)
        papers.append(Record("d", len(papers), "paper", 0, 1, 1, fields))
        annotated.append(row["mentions"])
    assert f1(annotated, told(papers, Settings("full"))) > 0.78
    assert f1(annotated, told([replace(paper, fields=paper.fields[:1]) for paper in papers], Settings("full"))) > 0.69
    assert f1(annotated, told(papers, Settings("fast"))) > 0.65


def f1(annotated: list[list[Any]], found: list[list[Mention]]) -> float:
    """Return how well names agree in type and one of the spans that count as right."""
    right = 0
    for wanted, mentions in zip(annotated, found, strict=True):
        free = [(row["type"], [[row["start"], row["end"]], *row.get("alt", [])]) for row in wanted]
        for m in mentions:
            hit = next((each for each in free if each[0] == m.type and [m.field_start, m.field_end] in each[1]), None)
            if hit is not None:
                free.remove(hit)
                right += 1
    return 2 * right / (sum(map(len, annotated)) + sum(map(len, found)))


@pytest.mark.parametrize(
    "notice",
    ["(C) 2003 Nutshell B.V. All rights reserved.", "© 2019, Nuts+Shells, LLC, part of Nuts.", "Copyright © 2010 Nuts-Walnut, Inc.", "Crown Copyright (C) 2009 Published by Nuts Ltd."],
)
def test_who_holds_the_rights_is_not_said_of_the_paper(notice: str) -> None:
    said = "We sort nuts with a convolutional neural network. "
    assert [mention.text for mention in extract_record(record(said + notice, "Sorting nuts"))] == ["convolutional neural network"]
    assert [mention.text for mention in extract_record(record(f"{said}(a) shells, (b) nuts and (c) 2010 graph neural networks.", "Sorting nuts"))][-1] == "graph neural networks"
