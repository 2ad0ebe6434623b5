"""The records as rows: Arrow schemas, and the way from rows to records and back.

A stage is a function on one record; `Lift` makes it a function on batches of rows, which is what engines run.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from kg.model.documents import Field, Record

DOCUMENTS = pa.schema([
    ("id", pa.string()), ("name", pa.string()), ("sha256", pa.string()), ("size", pa.int64()), ("reader", pa.string()),
])  # fmt: skip
"""One document, and which reader read it."""

_FIELD = pa.struct([
    ("name", pa.string()), ("text", pa.string()), ("line", pa.int32()), ("start", pa.int64()), ("end", pa.int64()),
    ("value", pa.string()), ("path", pa.string()), ("position", pa.int32()), ("of", pa.int32()),
])  # fmt: skip

RECORDS = pa.schema([
    ("id", pa.string()), ("document", pa.string()), ("ordinal", pa.int32()), ("kind", pa.string()),
    ("start", pa.int64()), ("end", pa.int64()), ("line", pa.int32()), ("fields", pa.list_(_FIELD)),
    ("by", pa.string()),
])  # fmt: skip
"""One record with its fields; `by` is the reader that read it."""

PROBLEMS = pa.schema([
    ("document", pa.string()), ("line", pa.int32()), ("what", pa.string()), ("todo", pa.string()),
    ("severity", pa.string()),
])  # fmt: skip
"""One part of the input that could not be read, or looks wrong."""

MENTIONS = pa.schema([
    ("record", pa.string()), ("field", pa.string()), ("field_start", pa.int32()), ("field_end", pa.int32()),
    ("start", pa.int64()), ("end", pa.int64()), ("text", pa.string()), ("type", pa.string()),
    ("canonical", pa.string()), ("concept", pa.string()), ("role", pa.string()), ("score", pa.float64()),
    ("by", pa.string()), ("broader", pa.string()),
])  # fmt: skip
"""One name found in a text."""

JUDGEMENTS = pa.schema([
    ("kind", pa.string()), ("left", pa.string()), ("right", pa.string()), ("verdict", pa.string()),
    ("score", pa.float64()), ("rule", pa.string()), ("evidence", pa.map_(pa.string(), pa.string())),
    ("by", pa.string()),
])  # fmt: skip
"""One row of the ledger of identity."""

IDENTITY = pa.schema([("kind", pa.string()), ("member", pa.string()), ("entity", pa.string())])
"""Which entity a member is: the join that a merge or its undoing changes."""

STATEMENTS = pa.schema([
    ("subject", pa.string()),                # a member's key, or an entity's path below the base IRI
    ("predicate", pa.string()),              # compact IRI
    ("object", pa.string()),                 # a member's key, an entity's path, an IRI, or a literal's text
    ("datatype", pa.string()),               # `entity`, `iri`, or the compact IRI of a literal's datatype
    ("document", pa.string()), ("record", pa.string()), ("field", pa.string()), ("line", pa.int32()),
    ("start", pa.int64()), ("end", pa.int64()), ("field_start", pa.int32()), ("field_end", pa.int32()),
    ("before", pa.string()), ("quote", pa.string()), ("after", pa.string()),  # the passage, and the rest of its sentence
    ("by", pa.string()), ("score", pa.float64()),
])  # fmt: skip
"""One fact, and where it was read."""


class Relation(Protocol):
    """Rows that are somewhere: a `pyarrow.Table`, or rows on a disk that an engine keeps."""

    @property
    def schema(self) -> pa.Schema:
        """What the rows hold."""

    @property
    def num_rows(self) -> int:
        """How many there are."""

    def to_batches(self, max_chunksize: int | None = None) -> Iterable[pa.RecordBatch]:
        """Return the rows in order, in batches of at most `max_chunksize` rows."""


def rows_of(relation: Relation) -> Iterator[dict[str, Any]]:
    """Yield the rows of a relation one by one, holding one batch of them."""
    for batch in relation.to_batches(max_chunksize=4096):
        yield from batch.to_pylist()


_FIELD_NAMES = tuple(field.name for field in _FIELD)
_PLAIN_COLUMNS = ("document", "ordinal", "kind", "start", "end", "line")


def records_batch(records: Iterable[Record], by: str) -> pa.RecordBatch:
    """Return records as one batch of `RECORDS`, column by column, which is many times faster than row by row."""
    kept = list(records)
    offsets = [0]
    flat: list[Field] = []
    for record in kept:
        flat += record.fields
        offsets.append(len(flat))
    columns_of_fields = zip(*flat, strict=True) if flat else [()] * len(_FIELD_NAMES)
    values = [pa.array(column, kind.type) for column, kind in zip(columns_of_fields, _FIELD, strict=True)]
    fields = pa.ListArray.from_arrays(
        pa.array(offsets, pa.int32()), pa.StructArray.from_arrays(values, fields=list(_FIELD)), type=RECORDS.field("fields").type
    )
    columns = {name: pa.array([getattr(r, name) for r in kept], RECORDS.field(name).type) for name in _PLAIN_COLUMNS}
    columns |= {
        "id": pa.array([r.id for r in kept], pa.string()), "fields": fields, "by": pa.array([by] * len(kept), pa.string()),
    }  # fmt: skip
    return pa.RecordBatch.from_arrays([columns[name] for name in RECORDS.names], schema=RECORDS)


def records_of(batch: pa.RecordBatch) -> Iterator[Record]:
    """Yield the records of a batch of `RECORDS` (other columns do not matter), column by column."""
    lists = batch.column("fields")
    flat = lists.flatten()
    fields = list(map(Field, *(flat.field(name).to_pylist() for name in _FIELD_NAMES))) if len(flat) else []
    plain = zip(*(batch.column(name).to_pylist() for name in _PLAIN_COLUMNS), strict=True)
    at = 0
    for row, count in zip(plain, pc.list_value_length(lists).to_pylist(), strict=True):
        document, ordinal, kind, start, end, line = row
        yield Record(document, ordinal, kind, start, end, line, tuple(fields[at : at + count]))
        at += count


def table_of(rows: Iterable[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    """Return rows as a table."""
    return pa.Table.from_pylist(list(rows), schema=schema)


def batch_of(rows: Iterable[dict[str, Any]], schema: pa.Schema) -> pa.RecordBatch:
    """Return rows as one batch."""
    return pa.RecordBatch.from_pylist(list(rows), schema=schema)


@dataclass(frozen=True, slots=True)
class Lift:
    """A function on one row, lifted to batches of rows; it can travel to another process.

    Attributes:
        function: From a row to rows of `schema`; a module's function, so that it can be sent.
        of: From a batch to what the function takes: its rows, or its records.
        schema: The schema of the rows that come out.
    """

    function: Callable[[Any], Iterable[dict[str, Any]]]
    of: Callable[[pa.RecordBatch], Iterable[Any]]
    schema: pa.Schema

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the rows that the function makes of a batch's rows."""
        return batch_of((row for item in self.of(batch) for row in self.function(item)), self.schema)


@dataclass(frozen=True, slots=True)
class LiftMany:
    """A function on many items at a time, lifted to batches of rows, for work that is cheaper on many than on one.

    Attributes:
        function: From items, and `given`, to rows of `schema`; a module's function, so that it can be sent.
        of: From a batch to what the function takes.
        schema: The schema of the rows that come out.
        given: What the function needs besides, the same for all rows.
    """

    function: Callable[[Iterable[Any], Any], Iterable[dict[str, Any]]]
    of: Callable[[pa.RecordBatch], Iterable[Any]]
    schema: pa.Schema
    given: Any

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the rows that the function makes of a batch's items."""
        return batch_of(self.function(self.of(batch), self.given), self.schema)


@dataclass(frozen=True, slots=True)
class Lines:
    """A function from one row to lines of text, lifted to batches: what a graph's quads are made with.

    Attributes:
        function: From a row, and `given`, to lines; a module's function, so that it can be sent.
        of: From a batch to what the function takes.
        given: What the function needs besides, the same for all rows.
    """

    function: Callable[[Any, Any], Iterable[str]]
    of: Callable[[pa.RecordBatch], Iterable[Any]]
    given: Any

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the different lines that the function makes of a batch's rows."""
        made = dict.fromkeys(line for item in self.of(batch) for line in self.function(item, self.given))
        return pa.record_batch([pa.array(list(made), pa.string())], schema=LINES)


LINES = pa.schema([("line", pa.string())])
"""Lines of a text file, each with its line end."""


def plain_rows(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    """Return the rows of a batch: what a `Lift` takes them by, if not as records."""
    rows: list[dict[str, Any]] = batch.to_pylist()
    return rows
