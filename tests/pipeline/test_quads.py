"""The file of the graph: sorted, each quad once."""

from pathlib import Path

import pytest

from kg.engine.local import LocalEngine
from kg.model.tables import LINES, table_of
from kg.pipeline import quads
from kg.pipeline.options import Options
from kg.pipeline.version import QUADS

BASE = Options().base


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([f'<{BASE}paper/{n % 30_000}> <x:é> "{n % 7}" .\n' for n in range(50_000)], id="more than a batch, many twice"),
        pytest.param([f'<{BASE}paper/1> <x:y> "z" .\n', f'<{BASE}agent/1> <x:y> "\U0001f600" .\n'], id="few"),
        pytest.param([], id="none"),
    ],
)
def test_the_lines_come_sorted_and_once(lines: list[str], tmp_path: Path) -> None:
    with LocalEngine() as engine:
        count = quads.write(table_of(({"line": line} for line in lines), LINES), tmp_path, engine)
    found = (tmp_path / QUADS).read_text(encoding="utf-8").splitlines(keepends=True)
    assert (found, count) == (sorted(set(lines)), len(set(lines)))
