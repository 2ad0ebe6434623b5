"""What the tests of people's own JSON share: papers as Python has them, and what is read of them."""

import json
from typing import Any

from kg.model import Document, Problem, Record
from kg.sources.json_records import read


def run(data: Any, name: str = "papers.json", indent: int | None = 1) -> tuple[list[Record], list[Problem]]:
    """Return what is read from a JSON value."""
    return split(Document.of_text(json.dumps(data, indent=indent), name))


def split(document: Document) -> tuple[list[Record], list[Problem]]:
    """Return the records of a document, and the problems."""
    rows = list(read(document))
    return [row for row in rows if isinstance(row, Record)], [row for row in rows if isinstance(row, Problem)]


def one(**paper: Any) -> tuple[Record, list[Problem]]:
    """Return what is read from a paper with the title `T`."""
    (record,), problems = run([{"title": "T", **paper}])
    return record, problems


def texts(record: Record, name: str) -> list[str]:
    """Return the texts of the fields of a name."""
    return [field.text for field in record.all(name)]


def said(record: Record, *names: str) -> dict[str, list[str]]:
    """Return the texts of the fields of these names, by name."""
    return {name: texts(record, name) for name in names}


def whats(problems: list[Problem]) -> list[str]:
    """Return line and words of each problem."""
    return [f"{problem.line}: {problem.what}" for problem in problems]
