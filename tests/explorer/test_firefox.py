"""The page in Firefox: what is asked of it most, once each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.firefox import Firefox, launched

pytestmark = pytest.mark.browser

FAULTS = """(() => { window.faults = []; addEventListener("error", (event) => faults.push(event.message));
  addEventListener("unhandledrejection", (event) => faults.push(String(event.reason)));
  addEventListener("securitypolicyviolation", (event) => faults.push(event.violatedDirective)); })()"""


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    yield from launched(tmp_path_factory.mktemp("firefox"))


@pytest.fixture
def tab(firefox: Firefox, sample_page: Path) -> Iterator[Firefox]:
    firefox.open(sample_page.as_uri())
    firefox.run(FAULTS)
    yield firefox
    assert firefox.run("window.faults") == []


def test_the_picture_shows_all_nodes_in_their_colours(tab: Firefox) -> None:
    assert tab.run("app.scene.counts.nodes") == 17
    assert tab.run("document.getElementById('status').textContent") == "All 17 nodes, 22 edges."
    tab.run("app.stage.picture(1).then(createImageBitmap).then((made) => { window.made = made; }) && null")
    tab.wait("window.made")
    colours = """(() => { const sheet = Object.assign(document.createElement("canvas"), { width: made.width, height: made.height });
      const pen = sheet.getContext("2d"); pen.drawImage(made, 0, 0);
      return new Set(new Uint32Array(pen.getImageData(0, 0, made.width, made.height).data.buffer)).size; })()"""
    assert tab.run(colours) > 20


def test_a_click_on_a_node_tells_its_details_with_their_evidence(tab: Firefox) -> None:
    x, y = tab.run("Array.from(__kg.screen(__kg.D.labels.indexOf('Paper 3')))")
    tab.click(x, y)
    tab.wait("document.querySelector('#about h2')?.textContent === 'Paper 3'")
    assert "node=" in tab.run("location.hash")


def test_a_name_is_found_while_typing_and_enter_opens_it(tab: Firefox) -> None:
    tab.type("#search", "atlas")
    tab.wait("document.querySelector('#found .name')?.textContent === 'Atlases'")
    tab.type("#search", "\ue007")
    tab.wait("document.querySelector('#about h2')?.textContent === 'Atlases'")


def test_views_filters_undo_and_the_back_button_work(tab: Firefox) -> None:
    tab.run("document.getElementById('view-coauthors').click()")
    tab.wait("app.scene.view.name === 'coauthors' && location.hash.includes('coauthors')")
    tab.run("app.actions.isolated(false)")
    assert tab.run("app.scene.counts.nodes") < 17
    tab.run("app.actions.undo()")
    tab.run("history.back()")
    tab.wait("app.scene.view.name === 'graph'")
    assert tab.run("app.scene.counts.nodes") == 17
