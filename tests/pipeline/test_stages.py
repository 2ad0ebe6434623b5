"""The stages as functions on rows: they can be sent, and one document's fault is a row."""

import pickle
from pathlib import Path

import pytest

from kg import sources
from kg.errors import UsageError
from kg.model.tables import batch_of, record_of
from kg.pipeline.stages import (
    EXTRACTING,
    INPUTS,
    READ,
    READING,
    STATING,
    extract_mentions,
    read_document,
    state,
)
from tests.conftest import CORPUS


def test_a_document_is_a_row_then_its_records() -> None:
    head, *rows = read_document({"name": "listing.txt", "data": CORPUS["listing.txt"].encode()})
    assert (head["name"], head["reader"], head["record"]) == ("listing.txt", "arxiv_listing", None)
    assert [row["record"]["ordinal"] for row in rows] == [0, 1]
    assert {row["sha256"] for row in (head, *rows)} == {head["sha256"]}


def test_what_is_no_text_is_one_problem() -> None:
    (row,) = read_document({"name": "x.png", "data": b"\x89PNG\r\n"})
    assert (row["id"], row["record"], row["problem"]["document"]) == (None, None, "x.png")


def test_two_readers_that_are_equally_sure_are_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(_: object) -> str:
        raise UsageError("x.txt: the readers a and b are equally sure; name one of them")

    monkeypatch.setattr(sources, "recognise", torn)
    (row,) = read_document({"name": "x.txt", "data": b"Abstract:A.\n"})
    assert "equally sure" in row["problem"]["what"]


@pytest.mark.parametrize("stage", [READING, EXTRACTING, STATING])
def test_a_stage_can_be_sent_to_another_process(stage: object) -> None:
    assert pickle.loads(pickle.dumps(stage)) == stage  # noqa: S301 - our own


def test_reading_a_batch_gives_rows_of_the_schema() -> None:
    batch = batch_of(({"name": name, "data": text.encode()} for name, text in CORPUS.items()), INPUTS)
    read = READING(batch)
    assert read.schema == READ
    assert sum(row["record"] is not None for row in read.to_pylist()) == 8, "seven papers and a page's head"


def test_statements_of_a_record_say_where_they_were_read() -> None:
    _, row, *_ = read_document({"name": "listing.txt", "data": CORPUS["listing.txt"].encode()})
    mentions = list(extract_mentions(record_of(row["record"])))
    assert "GravelNet" in {mention["text"] for mention in mentions}
    said = list(state(row["record"] | {"mentions": mentions}))
    assert {"kg:introduces", "fabio:hasArXivId", "dcterms:issued"} <= {statement["predicate"] for statement in said}
    assert all(statement["document"] == row["id"] and statement["line"] >= 1 for statement in said)


def test_the_samples_of_every_shape_can_be_built(tmp_path: Path) -> None:
    from kg.pipeline.build import build  # noqa: PLC0415
    from kg.store.folder import damages  # noqa: PLC0415

    samples = Path(__file__).parents[1] / "data" / "sources"
    summary = build([samples], tmp_path / "graph")
    assert summary.counts["documents"] == len([path for path in samples.rglob("*") if path.is_file()])
    assert summary.counts["papers"] > 5
    assert damages(tmp_path / "graph") == []
