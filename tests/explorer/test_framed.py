"""Tests of the page in a cell of a notebook: in a frame, under the policies of who shows it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.api import Shown

pytestmark = pytest.mark.browser

Framed = Callable[..., Any]

POLICIES = {
    "jupyter": "",
    # As the cells of notebooks in VS Code: a frame has the policy of what it stands in, and its own besides.
    "vscode": "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src https: data:; child-src https: data:",
}  # fmt: skip


@pytest.fixture
def framed(browser: Any, tmp_path: Path, sample_page: Path) -> Iterator[Framed]:
    """Return what opens a tall notebook with the page in a cell, and its frame."""
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    faults: list[str] = []

    def open_notebook(policy: str) -> Any:
        cell = Shown(sample_page.read_text(encoding="utf-8"), 600)._repr_html_()
        meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">' if policy else ""
        file = tmp_path / "notebook.html"
        file.write_text(f'<!doctype html>{meta}<div style="padding-bottom: 2000px">{cell}</div>', encoding="utf-8")
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(file.as_uri())
        frame = page.frames[1]
        frame.wait_for_function("() => window.__kgReady > 0", timeout=30_000)
        return page, frame

    yield open_notebook
    context.close()
    assert faults == []


@pytest.mark.parametrize("policy", POLICIES)
def test_a_cell_shows_the_graph_and_answers(framed: Framed, policy: str) -> None:
    _, frame = framed(POLICIES[policy])
    assert frame.evaluate("__kg.app.scene.counts.nodes") == 17
    frame.get_by_role("tab", name="Co-authorship").click()
    assert frame.evaluate("__kg.app.scene.view.name") == "coauthors"
    assert frame.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_the_wheel_moves_the_notebook_until_the_picture_is_meant(framed: Framed) -> None:
    page, frame = framed("")
    scale = frame.evaluate("__kg.app.stage.camera.k")
    page.mouse.move(500, 300)
    page.mouse.wheel(0, 200)
    page.wait_for_function("() => scrollY > 0")
    assert frame.evaluate("__kg.app.stage.camera.k") == scale
    page.evaluate("scrollTo(0, 0)")
    page.mouse.click(500, 150)
    page.mouse.wheel(0, -200)
    frame.wait_for_function("scale => __kg.app.stage.camera.k > scale", arg=scale)
    assert page.evaluate("scrollY") == 0
