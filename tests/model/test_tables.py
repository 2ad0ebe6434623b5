"""Records survive the way into rows and back, and a stage survives the way to another process."""

import pickle
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, asdict
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Field, Graph, Mention, Problem, Record
from kg.model.graph import EDGES, EVIDENCE, NODES
from kg.model.mentions import MENTION_TYPES
from kg.model.tables import (
    MENTIONS,
    PROBLEMS,
    RECORDS,
    Lift,
    records_batch,
    records_of,
    table_of,
)

OFFSETS = st.none() | st.integers(0, 2**40)
FIELDS = st.builds(
    Field, name=st.text(), text=st.text(), line=st.integers(1, 2**31 - 1), start=OFFSETS, end=OFFSETS,
    value=st.none() | st.text(), path=st.none() | st.text(), position=st.integers(0, 1000),
    of=st.none() | st.integers(0, 1000),
)  # fmt: skip
RECORD = st.builds(
    Record, document=st.text(), ordinal=st.integers(0, 1000), kind=st.sampled_from(["paper", "profile"]),
    start=st.integers(0, 2**40), end=st.integers(0, 2**40), line=st.integers(1, 1000),
    fields=st.lists(FIELDS, max_size=4).map(tuple),
)  # fmt: skip
MENTION = st.builds(
    Mention, record=st.text(), field=st.text(), field_start=st.integers(0, 99), field_end=st.integers(0, 99), start=OFFSETS,
    end=OFFSETS, text=st.text(), type=st.sampled_from(MENTION_TYPES), canonical=st.text(), concept=st.none() | st.text(),
    role=st.sampled_from(["introduces", "uses", "mentions"]), score=st.floats(0, 1), by=st.text(),
)  # fmt: skip


def spaced(record: Record) -> Iterator[dict[str, Any]]:
    """Yield a problem for each field: a stage for the test of `Lift`."""
    for field in record.fields:
        yield asdict(Problem(record.document, field.line, field.name, "nothing"))


@given(st.lists(RECORD, max_size=3))
def test_records_come_back_from_rows(records: list[Record]) -> None:
    table = records_batch(records, "reader:x")
    assert table.schema == RECORDS
    assert list(records_of(table)) == records
    assert table["id"].to_pylist() == [record.id for record in records]
    assert table["by"].to_pylist() == ["reader:x"] * len(records)


@given(st.lists(MENTION, max_size=3))
def test_mentions_come_back_from_rows(mentions: list[Mention]) -> None:
    assert [Mention(**row) for row in table_of(map(asdict, mentions), MENTIONS).to_pylist()] == mentions


def test_problems_come_back_from_rows() -> None:
    problem = Problem("a.txt", 3, "broken", "mend it", "warning")
    assert Problem(**table_of([asdict(problem)], PROBLEMS).to_pylist()[0]) == problem
    assert str(problem) == "a.txt:3: broken; mend it"


def test_records_are_found_by_name_and_named_by_place() -> None:
    fields = (Field("author", "A", 1), Field("title", "T", 1), Field("author", "B", 2, position=1))
    record = Record("d", 3, "paper", 0, 9, 1, fields)
    assert [field.text for field in record.all("author")] == ["A", "B"]
    assert record.first("title") == fields[1]
    assert record.first("date") is None
    assert (record.id, Record("d", 0, "profile", 0, 9, 1, ()).id) == ("d/3", "d/profile0")
    with pytest.raises(FrozenInstanceError):
        record.line = 2  # type: ignore[misc]


@given(st.lists(RECORD, max_size=3))
def test_a_stage_travels_to_another_process(records: list[Record]) -> None:
    stage = pickle.loads(pickle.dumps(Lift(spaced, records_of, PROBLEMS)))  # noqa: S301 - our own bytes
    rows = stage(records_batch(records, "x"))
    assert rows.schema == PROBLEMS
    assert rows["what"].to_pylist() == [field.name for record in records for field in record.fields]


@pytest.mark.parametrize("schema", [RECORDS, MENTIONS, PROBLEMS])
def test_no_rows_are_an_empty_table(schema: pa.Schema) -> None:
    assert table_of([], schema).num_rows == 0
    assert table_of([], schema).schema == schema


def test_a_graph_gives_its_rows(tmp_path: Any) -> None:
    node = dict.fromkeys(NODES.names) | {"id": "x", "kind": "paper", "aliases": []}
    graph = Graph(table_of([node], NODES), EDGES.empty_table(), EVIDENCE.empty_table(), tmp_path / "graph.nq")
    assert graph.rows("nodes") == [node]
    assert graph.rows("edges") == []
