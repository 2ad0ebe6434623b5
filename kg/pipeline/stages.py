"""The stages as functions on rows, ready to be sent to other processes.

In: rows of one table. Out: rows of the next. Nothing here touches a file.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

import pyarrow as pa

from kg import extract, sources
from kg.errors import UnreadableError, UsageError
from kg.graph import statements
from kg.model import Mention, Problem, Record
from kg.model.tables import MENTIONS, PROBLEMS, RECORDS, STATEMENTS, Lift, mention_of, record_of, record_row

Row = dict[str, Any]

INPUTS: Final = pa.schema([("name", pa.string()), ("data", pa.large_binary())])
"""One file as it stands on the disk."""

READ: Final = pa.schema([
    ("sha256", pa.string()), ("id", pa.string()), ("name", pa.string()), ("size", pa.int64()), ("reader", pa.string()),
    ("record", pa.struct(list(RECORDS))), ("problem", pa.struct(list(PROBLEMS))),
])  # fmt: skip
"""What reading one document gave: a row for the document itself, then one for each record or problem."""

RECORDS_WITH_MENTIONS: Final = pa.schema([*RECORDS, ("mentions", pa.list_(pa.struct(list(MENTIONS))))])


def read_document(row: Row) -> Iterator[Row]:
    """Decode one file and read it."""
    empty = dict.fromkeys(READ.names) | {"sha256": hashlib.sha256(row["data"]).hexdigest()}
    document = sources.decode(row["data"], row["name"])
    if isinstance(document, Problem):
        yield empty | {"name": row["name"], "problem": asdict(document)}
        return
    try:
        reader = sources.recognise(document)
        rows = list(sources.whole(document))
    except (UsageError, UnreadableError) as error:
        told = error if isinstance(error, UnreadableError) else UnreadableError(str(error), "leave the file out", 1)
        yield empty | {"name": row["name"], "problem": asdict(Problem(row["name"], told.line, told.what, told.todo))}
        return
    yield empty | {
        "id": document.id, "name": document.name, "size": document.size, "reader": reader,
    }  # fmt: skip
    for item in rows:
        if isinstance(item, Record):
            yield empty | {"id": document.id, "record": record_row(item, f"reader:{reader}")}
        else:
            yield empty | {"id": document.id, "problem": asdict(item)}


def extract_mentions(record: Record) -> Iterator[Row]:
    """Find the names in one record."""
    return (asdict(mention) for mention in extract.extract_record(record))


def state(row: Row) -> Iterator[Row]:
    """Say what one record with its mentions states."""
    record = record_of(row)
    mentions: list[Mention] = [mention_of(mention) for mention in row["mentions"]]
    yield from statements.of_record(record, row["by"])
    yield from statements.of_mentions(record, mentions)


def _same(row: Row) -> Row:
    return row


READING: Final = Lift(read_document, _same, READ)
EXTRACTING: Final = Lift(extract_mentions, record_of, MENTIONS)
STATING: Final = Lift(state, _same, STATEMENTS)
