"""What the tests of the providers' JSON readers share: samples to damage, and what holds whatever is in a file."""

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from hypothesis import strategies as st

from kg.model import Document, Problem, Record
from tests.sources.test_contract import check

DATA = Path(__file__).parents[1] / "data" / "sources"

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9)
ANY_JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=6
)
"""Any JSON value."""


def sample(name: str) -> str:
    """Return the text of a sample, `openalex/page.json`."""
    return (DATA / name).read_text(encoding="utf-8")


def document(text: str, name: str = "x.json") -> Document:
    return Document.of_text(text, name, "0" * 16)


def read(reader: ModuleType, text: str, name: str = "x.json") -> tuple[list[Record], list[Problem]]:
    """Return records and problems of a text, after the checks that every reader has to pass."""
    rows = list(reader.read(document(text, name)))
    check(text, rows)
    for row in rows:
        if isinstance(row, Record):
            assert all(field.path is not None and field.path.startswith("$") for field in row.fields)
    return [row for row in rows if isinstance(row, Record)], [row for row in rows if isinstance(row, Problem)]


def one(reader: ModuleType, data: dict[str, Any]) -> tuple[Record, list[str]]:
    """Return the only record of an object, and what is said about it."""
    (record,), problems = read(reader, json.dumps(data))
    return record, [problem.what for problem in problems]


def said(record: Record, name: str) -> list[tuple[str, str | None]]:
    """Return texts and values of the fields of a name."""
    return [(field.text, field.value) for field in record.all(name)]


def texts(record: Record, name: str) -> list[str]:
    return [field.text for field in record.all(name)]


def rest(record: Record, root: str = "$") -> dict[str, Any]:
    """Return what no field was made for, as the fields `other` of a record tell it: value by path below the root."""
    return {
        f"{field.path}.{key}".removeprefix(f"{root}."): value
        for field in record.all("other") for key, value in json.loads(field.text).items()
    }  # fmt: skip


def fields(record: Record, root: str) -> list[tuple[str, str, str | None, str, int | None]]:
    """Return a record's fields without their lines, with paths from the record's root."""
    return [(f.name, f.text, f.value, (f.path or "").removeprefix(root), f.of) for f in record.fields]


def steps(path: str) -> list[str | int]:
    """Return a path's steps: `$.results[0].id` is results, 0, id."""
    return [int(step[1:-1]) if step[0] == "[" else step[1:] for step in re.findall(r"\.[^.\[]+|\[\d+\]", path)]


def at(data: Any, path: str) -> Any:
    """Return what is at a path of a JSON value."""
    for step in steps(path):
        data = data[step]
    return data


def check_lines(text: str, record: Record) -> None:
    """Check with another walk through the file that each field's path leads to it, and that it begins on its line."""
    whole, lines = json.loads(text), text.splitlines()
    for field in record.fields:
        found = at(whole, field.path or "")
        shown = lines[field.line - 1]
        if isinstance(found, str):
            assert json.dumps(found, ensure_ascii=False) in shown, field
        key = next((step for step in reversed(steps(field.path or "")) if isinstance(step, str)), None)
        if key and not (field.path or "").endswith("]"):
            assert f'"{key}"' in shown, field


def places(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of each part of a JSON value."""
    yield path
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, part in inside:
        yield from places(part, (*path, key))


def replaced(data: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """Return a JSON value with another value at a path."""
    if not path:
        return value
    changed = copy.deepcopy(data)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return changed


def damaged(name: str) -> st.SearchStrategy[Any]:
    """Return a strategy for a sample with up to three of its parts replaced by any JSON."""
    whole = json.loads(sample(name))

    def damage(data: Any, draw: st.DataObject, count: int) -> Any:
        for _ in range(count):
            data = replaced(data, draw.draw(st.sampled_from(list(places(data))[1:] or [()])), draw.draw(ANY_JSON))
        return data

    return st.tuples(st.data(), st.integers(1, 3)).map(lambda pair: damage(whole, *pair))


def check_nothing_lost(reader: ModuleType, name: str, *root: str | int) -> None:
    """Put a mark in the place of each part of a sample's record in turn, and check that it is told when it has been read."""
    whole = json.loads(sample(name))
    for path in places(whole):
        if path[: len(root)] == root != path:
            for value in ("zq-mark", ["zq-mark"], {"zq": "zq-mark"}):
                rows = list(reader.read(document(json.dumps(replaced(whole, path, value)))))
                assert any("zq-mark" in _told(row) for row in rows), (path, value)


def _told(row: Record | Problem) -> str:
    return row.what if isinstance(row, Problem) else "\n".join(f"{field.text} {field.value}" for field in row.fields)
