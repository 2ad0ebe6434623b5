"""One browser for all tests of the explorer, and pages opened in it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.model import Graph
from tests.explorer.pages import Tab, page_of
from tests.explorer.sample import sample_graph
from tests.export.graphs import large_graph, toy_graph
from tests.pages import launched


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """Return a headless Chromium."""
    yield from launched()


@pytest.fixture(scope="package")
def toy_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of thirteen nodes of all kinds."""
    folder = tmp_path_factory.mktemp("toy")
    return page_of(toy_graph(folder), folder)


@pytest.fixture(scope="package")
def sample_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of seventeen nodes whose every tie is known."""
    folder = tmp_path_factory.mktemp("sample")
    return page_of(sample_graph(folder), folder)


@pytest.fixture(scope="package")
def large_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of about a thousand nodes."""
    folder = tmp_path_factory.mktemp("large")
    return page_of(large_graph(folder, 400), folder)


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Tab]]:
    """Return what opens a graph, the folder of a build or a page: `opened(graph, "#node=...", color_scheme="dark")`."""
    tabs: list[Tab] = []

    def opened_tab(what: Graph | Path, address: str = "", **facts: Any) -> Tab:
        tabs.append(Tab(browser, page_of(what, tmp_path), address, **facts))
        return tabs[-1]

    yield opened_tab
    for tab in tabs:
        tab.close()
