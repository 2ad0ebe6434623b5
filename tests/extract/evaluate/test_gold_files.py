"""Every form of annotated texts gives the same gold; a faulty file is told in one line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli._records import read
from kg.engine.inputs import Reading
from kg.errors import UsageError
from kg.extract.evaluate.gold import Gold, name_forms, read_gold
from kg.extract.evaluate.predictions import read_predictions
from kg.extract.evaluate.scoring import score
from tests.extract.evaluate import golds
from tests.extract.evaluate.golds import TEXTS, TITLES, mentions, write


def from_abstracts(folder: Path) -> Gold:
    return read_gold(golds.as_abstracts(folder))


def from_texts(folder: Path) -> Gold:
    return read_gold(golds.as_texts(folder))


def from_offsets(folder: Path) -> Gold:
    path, lists = golds.as_offsets(folder)
    return read_gold(path, [lists])


def from_documents(folder: Path) -> Gold:
    path, document = golds.as_documents(folder)
    return read_gold(path, [document], lambda: ((found.name, record) for found, record in read([str(document)], Reading())))


FORMS: list[Callable[[Path], Gold]] = [from_abstracts, from_texts, from_offsets, from_documents]


@pytest.mark.parametrize("form", FORMS)
def test_all_forms_say_the_same(form: Callable[[Path], Gold], tmp_path: Path) -> None:
    gold = form(tmp_path)
    found = [(text.text, m.start, m.end, m.type, m.level, m.alt) for text in gold.texts for m in text.mentions]
    assert found == [
        (TEXTS[m["id"]], m["start"], m["end"], m["type"], m["level"], tuple(map(tuple, m["alt"]))) for m in mentions()
    ]  # fmt: skip


def test_titles_come_along_where_they_are(tmp_path: Path) -> None:
    assert [text.title for text in from_abstracts(tmp_path).texts] == [*TITLES.values()]
    assert [text.title for text in from_offsets(tmp_path).texts] == [*TITLES.values()]


@pytest.mark.parametrize("form", FORMS)
def test_predictions_in_every_shape_belong_to_their_texts(form: Callable[[Path], Gold], tmp_path: Path) -> None:
    gold = form(tmp_path)
    if gold.convention == "seeds":
        rows = [json.loads(line) for line in (tmp_path / "mentions.jsonl").read_text().splitlines()]
        shapes = [[{**row, "field_start": 0, "field_end": 1} for row in rows]]
    else:
        rows = mentions()
        extracted = [
            {"document": "lists/gravel2020.json.gz", "ordinal": int(row["id"][-1]), "record": None, "field": "abstract",
             "field_start": row["start"], "field_end": row["end"], "start": None, "end": None, "type": row["type"]}
            for row in rows
        ]  # fmt: skip
        named = [{**row, "record": old["id"]} for row, old in zip(extracted, rows, strict=True)]
        gathered = [{"id": name, "mentions": [row for row in rows if row["id"] == name]} for name in TEXTS]
        shapes = [rows, extracted, named, gathered]
    for shape in shapes:
        titles = [{**shape[0], "field": "title"}] if "mentions" not in shape[0] else []
        found = read_predictions(write(tmp_path / "found.jsonl", [*shape, *titles, {"id": "elsewhere", "start": 1, "end": 2, "type": "task"}]), gold)
        assert score(gold, found.of, samples=10).measures["strict"]["all"].f1 == 1
        assert found.elsewhere == 1


def test_a_text_that_has_changed_is_not_scored(tmp_path: Path) -> None:
    path, lists = golds.as_offsets(tmp_path)
    (lists / "gravel2020.json.gz").unlink()
    (lists / "gravel2020.json").write_text(json.dumps([{"abstract": text + " "} for text in TEXTS.values()]))
    with pytest.raises(UsageError, match=r"annotations\.jsonl:1: gravel2020#0 is not the text that was annotated"):
        read_gold(path, [lists])


@pytest.mark.parametrize(("lines", "told"), [
    ([], "no annotations in it"),
    (["{"], r"gold\.jsonl:1: not JSON"),
    (["[]"], r"gold\.jsonl:1: not a JSON object"),
    (['{"a": 1}'], "no annotations of names that kg knows"),
    (['{"id": "a#1", "start": 0, "end": 1, "type": "task"}'], r"gold\.jsonl:1: the text of a#1 is missing; .* --texts"),
    (['{"id": "a#1", "sha256": "0", "mentions": []}'], r"gold\.jsonl:1: the text of a#1 is missing"),
    (['{"id": "a", "text": "ab", "mentions": [{"start": 0, "end": 3, "type": "task"}]}'], r"gold\.jsonl:1: \[0,3\) of None is not"),
    (['{"id": "a", "text": "ab", "mentions": [{"start": 1, "end": 1, "type": "task"}]}'], r"gold\.jsonl:1: a mention without"),
    (['{"id": "a", "text": "ab", "mentions": [{"start": 0, "end": 1, "type": "gene"}]}'], r"gold\.jsonl:1: 'gene' is no type"),
    (['{"id": "a", "text": "ab", "mentions": [7]}'], r"gold\.jsonl: a line of it"),
    (['{"id": "a", "text": "ab", "mentions": []}'] * 2, "the id a occurs twice"),
    (['{"document": "a.txt", "start": 0, "end": 1, "type": "task", "ordinal": 0}'], "the texts are missing; give the documents with --texts"),
])  # fmt: skip
def test_a_faulty_file_is_told_in_one_line(lines: list[str], told: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(UsageError, match=told) as error:
        read_gold(path)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("line", ['{"id": "gravel2020#0"}', '{"id": "gravel2020#0", "start": 0, "end": 3}', "no", '"x"'])
def test_a_faulty_prediction_is_told_in_one_line(line: str, tmp_path: Path) -> None:
    gold = read_gold(golds.as_abstracts(tmp_path))
    path = tmp_path / "found.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"found\.jsonl:2: "):
        read_predictions(path, gold)


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    path = golds.as_texts(tmp_path)
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(UsageError, match="cannot be read"):
        read_gold(path)


def test_names_have_forms() -> None:
    assert name_forms("Policies") == {"policies", "policie", "policy"}
    assert name_forms("$$") == frozenset()
