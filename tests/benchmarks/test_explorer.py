"""The measurement itself works: pages are written, opened, clicked, searched and compared."""

from pathlib import Path

import pytest

from tests.benchmarks import explorer
from tests.export.graphs import large_graph
from tests.pages import CHROMIUM


def test_the_table_says_what_is_reached(tmp_path: Path) -> None:
    for name, size in (("kg", 90_000), ("pyvis", 1_000_000)):
        (tmp_path / name).write_bytes(b"x" * size)
    pages = {name: explorer.Written(tmp_path / name, 1.0) for name in ("kg", "pyvis")}
    own = explorer.Seen(0.4, 0.1, 5.0, 58.0, 57.0, 0.2, 0.25, 0.3, "7 of 7", 0.01, 0.02, (("drawn", 0.2),), 0, ("an error",))
    other = own._replace(picture=0.7, pan=20.0)
    lines = explorer.table(explorer.goal_of(1_000), pages, {"kg": own, "pyvis": other})
    told = {line.strip().partition("  ")[0]: line.split()[-1] for line in lines}
    assert told["file"] == told["panning"] == "reached"
    assert told["first picture"] == told["click to details"] == "missed"  # 0.4 of 0.7 s is more than a half
    assert any("1/11.1" in line for line in lines)
    assert lines[-2:] == ["    an error", "  marks: drawn 0.200 s"]


def test_several_loads_are_one_by_their_medians() -> None:
    first = explorer.Seen(1.0, 0.1, 5.0, 58.0, 57.0, None, None, None, "0 of 0", None, None, (), 0, ())
    found = explorer.together([first, first._replace(picture=3.0, requests=2), first._replace(picture=2.0, errors=("e",))])
    assert (found.picture, found.details, found.requests, found.errors) == (2.0, None, 2, ("e",))


def test_a_page_of_pyvis_fetches_nothing(tmp_path: Path) -> None:
    with (tmp_path / "page.html").open("wb") as out:
        explorer.reference(large_graph(tmp_path, 20), out)
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert '"enabled": false' in text
    assert "src=" not in text.replace("vis.src=", "")[:2000]
    assert 'href="https://cdn' not in text


@pytest.mark.browser
@pytest.mark.parametrize("what", ["kg", "pyvis"])
def test_a_page_is_opened_moved_clicked_and_searched(tmp_path: Path, what: str) -> None:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with (tmp_path / "page.html").open("wb") as out:
        explorer.WRITERS[what](large_graph(tmp_path, 30), out)
    found = explorer.seen(tmp_path / "page.html", hooks=what == "kg", seconds=0.3)
    assert found.picture > 0
    assert found.pan > 1
    assert found.errors == ()
    assert found.requests == 0
    assert (found.details is not None, found.search is not None) == (what == "kg", what == "kg")
