"""The records as rows: Arrow schemas, and the way from rows to records and back.

A stage is a function on one record; `Lift` makes it a function on batches of rows, which is what engines run.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

from kg.model.documents import Field, Problem, Record
from kg.model.mentions import Mention

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
    ("by", pa.string()),
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
    ("quote", pa.string()), ("by", pa.string()), ("score", pa.float64()),
])  # fmt: skip
"""One fact, and where it was read."""


def record_row(record: Record, by: str) -> dict[str, Any]:
    """Return a record as a row of `RECORDS`."""
    return {"id": record.id, "by": by} | asdict(record)


def record_of(row: dict[str, Any]) -> Record:
    """Return the record of a row of `RECORDS`."""
    keys = ("document", "ordinal", "kind", "start", "end", "line")
    return Record(**{key: row[key] for key in keys}, fields=tuple(Field(**f) for f in row["fields"]))


def records_of(table: pa.Table | pa.RecordBatch) -> Iterator[Record]:
    """Yield the records of a table of `RECORDS`."""
    return (record_of(row) for row in table.to_pylist())


def problem_of(row: dict[str, Any]) -> Problem:
    """Return the problem of a row of `PROBLEMS`."""
    return Problem(**row)


def mention_of(row: dict[str, Any]) -> Mention:
    """Return the mention of a row of `MENTIONS`."""
    return Mention(**row)


def table_of(rows: Iterable[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    """Return rows as a table."""
    return pa.Table.from_pylist(list(rows), schema=schema)


def batch_of(rows: Iterable[dict[str, Any]], schema: pa.Schema) -> pa.RecordBatch:
    """Return rows as one batch."""
    return pa.RecordBatch.from_pylist(list(rows), schema=schema)


@dataclass(frozen=True, slots=True)
class Lift:
    """A function on one record, lifted to batches of rows; it can travel to another process.

    Attributes:
        function: From a record to rows of `schema`; a module's function, so that it can be sent.
        of: From a row to the record.
        schema: The schema of the rows that come out.
    """

    function: Callable[[Any], Iterable[dict[str, Any]]]
    of: Callable[[dict[str, Any]], Any]
    schema: pa.Schema

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the rows that the function makes of a batch's rows."""
        return batch_of((row for item in batch.to_pylist() for row in self.function(self.of(item))), self.schema)
