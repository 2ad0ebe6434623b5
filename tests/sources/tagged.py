"""What the tests of the formats of lines with tags share."""

from types import ModuleType

from kg.model import Document, Problem, Record
from kg.sources import read
from tests.sources import told
from tests.sources.test_contract import check


def document(text: str) -> Document:
    return Document.of_text(text, "x.txt", "0" * 16)


def rows(reader: ModuleType, text: str) -> list[Record | Problem]:
    found = list(reader.read(document(text)))
    check(text, found)
    return found


def papers(reader: ModuleType, text: str) -> list[Record]:
    return [row for row in rows(reader, text) if isinstance(row, Record)]


def problems(reader: ModuleType, text: str) -> list[tuple[int, str, str]]:
    return [(row.line, row.severity, row.what) for row in rows(reader, text) if isinstance(row, Problem)]


def texts(record: Record, name: str) -> list[str]:
    return [field.text for field in record.all(name)]


def values(record: Record, name: str) -> list[str | None]:
    return [field.value for field in record.all(name)]


def owned(record: Record, name: str) -> list[tuple[str, int | None]]:
    return [(field.text, field.of) for field in record.all(name)]


def sample(path: str) -> tuple[list[Record], list[tuple[int, str, str]]]:
    """Return the records of a sample, and line, severity and words of its problems."""
    made = list(read(told.sample(path)))
    faults: list[tuple[int, str, str]] = [(row.line, row.severity, row.what) for row in made if isinstance(row, Problem)]
    return [row for row in made if isinstance(row, Record)], faults
