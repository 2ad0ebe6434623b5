"""What the tests of readers share: a sample that its reader recognises, and what a record tells."""

from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from kg.model import Document, Record
from kg.sources import decode, recognise
from tests.sources.test_contract import DATA

_VALUED = {"date", "identifier"}
"""Fields of which the value counts, where there is one."""


def sample(path: str) -> Document:
    """Return a sample, given as `reader/file`, which that reader recognises."""
    found = decode((DATA / path).read_bytes(), path.rpartition("/")[2])
    assert isinstance(found, Document)
    assert recognise(found) == path.partition("/")[0]
    return found


def said(record: Record, *names: str) -> dict[str, list[str]]:
    """Return what the fields of some names say, each on one line: dates and identifiers by their value."""
    return {name: [" ".join((field.value if name in _VALUED and field.value else field.text).split()) for field in record.all(name)] for name in names}


def facts(record: Record, *names: str) -> list[tuple[str, str, str | None]]:
    """Return name, text and value of the fields of some names, in their order."""
    return [(field.name, field.text, field.value) for field in record.fields if field.name in names]


def not_told(text: str, records: Sequence[Record]) -> list[str]:
    """Return the values in a file of YAML that have a word which no record tells."""
    told = "\n".join(field.text for record in records for field in record.fields)
    whole = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - makes texts only
    return [each for each in _texts(whole) if not all(word in told for word in each.replace(",", "").split())]


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
        return
    for part in data.values() if isinstance(data, dict) else data:
        yield from _texts(part)
