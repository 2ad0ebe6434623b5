"""The columns of nodes and edges as attributes of GraphML and GEXF: name, XML type and text.

In go tables, out come rows of text. Lists are joined by " | ", nulls are left out.
"""

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

_TYPES: Final = {pa.int32(): "int", pa.float64(): "double", pa.bool_(): "boolean"}
_ROWS: Final = 10_000


def attribute_types(schema: pa.Schema, leave_out: frozenset[str]) -> dict[str, str]:
    """Return column to XML type (`string int double boolean`), in the schema's order.

    >>> attribute_types(pa.schema([("id", pa.string()), ("year", pa.int32())]), frozenset({"id"}))
    {'year': 'int'}
    """
    return {field.name: _TYPES.get(field.type, "string") for field in schema if field.name not in leave_out}


def rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table, without holding them all."""
    for batch in table.to_batches(max_chunksize=_ROWS):
        yield from batch.to_pylist()


def attribute_text(value: Any) -> str | None:
    """Return a value as an attribute's text, or None if there is nothing to say.

    >>> attribute_text(["a", "b"]), attribute_text(True), attribute_text([])
    ('a | b', 'true', None)
    """
    if value is None or value == []:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return " | ".join(value) if isinstance(value, list) else str(value)
