"""The acceptance check of shared/, over pages of several sizes and over a hostile one."""

import os
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.explorer.page import write
from kg.model import Graph
from tests.export.graphs import hostile_graph, large_graph
from tests.pages import CHROMIUM

SHARED = Path(__file__).parents[2].parent / "shared"
REQUIRED = (
    "loads,responsive,offline,static_refs,no_errors,canvas,ready,search,legend,details,xss,permalink,search_keyboard,a11y,csp,dark_mode,"
    "export"
)


def _hostile(folder: Path) -> Graph:
    return hostile_graph(folder, runpy.run_path(str(SHARED / "check" / "check_explorer.py"))["XSS_PROBES"])


@pytest.mark.browser
@pytest.mark.parametrize(
    ("made", "required"),
    [
        (lambda folder: large_graph(folder, 110), f"{REQUIRED},evidence"),
        # Made-up sentences stand in no abstract, and a page of this size keeps no others.
        (lambda folder: large_graph(folder, 4_000), REQUIRED),
        (_hostile, f"{REQUIRED},evidence"),
    ],
    ids=["small", "large", "hostile"],
)
def test_the_shared_acceptance_check_passes(made: Callable[[Path], Graph], required: str, tmp_path: Path) -> None:
    script = SHARED / "check" / "check_explorer.py"
    if not script.is_file():
        pytest.skip(f"no acceptance check beside the repository: {script}")
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    file = tmp_path / "graph.html"
    with file.open("wb") as out:
        write(made(tmp_path), out)
    done = subprocess.run(
        [sys.executable, str(script), str(file), "--require", required], capture_output=True, text=True, check=False,
        env=os.environ | {"CHROME": CHROMIUM}, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
