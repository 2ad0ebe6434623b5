"""The file of the graph: sorted, each quad once, with how many there are in its midst."""

import re
from pathlib import Path

import pytest

from kg.engine.local import LocalEngine
from kg.graph import rdf
from kg.model.tables import LINES, table_of
from kg.pipeline import quads
from kg.pipeline.options import Options
from kg.store import folder as folders

BASE = Options().base


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([f'<{BASE}paper/{n % 30_000}> <x:é> "{n % 7}" .\n' for n in range(50_000)], id="more than a batch, many twice"),
        pytest.param([f'<{BASE}agent/{n}> <x:y> "a" .\n' for n in (2, 1, 2)], id="all before the header"),
        pytest.param([f'<{BASE}agent/1> <x:y> "\U0001f600" .\n', f'<{BASE}paper/1> <x:y> "z" .\n'], id="on both sides of it"),
        pytest.param([], id="none"),
    ],
)
def test_the_lines_come_sorted_and_once_with_the_header_in_its_place(lines: list[str], tmp_path: Path) -> None:
    (tmp_path / folders.SCRATCH).mkdir()
    with LocalEngine() as engine:
        count = quads.write(table_of(({"line": line} for line in lines), LINES), tmp_path, Options(), engine)
    text = (tmp_path / quads.QUADS).read_text(encoding="utf-8")
    assert text.splitlines(keepends=True) == sorted({*lines, *rdf.header(BASE, len(set(lines)))})
    assert count == len(text.splitlines())
    assert re.findall(r'/void#triples> "([0-9]+)"', text) == [str(count)]
