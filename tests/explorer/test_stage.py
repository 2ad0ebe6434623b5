"""Tests of the picture: what is drawn, and what a pointer, a finger or a key does to it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.explorer.pages import Tab

pytestmark = pytest.mark.browser

Opened = Callable[..., Tab]


def test_a_click_on_a_node_chooses_it(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    tab.click("Polite-Net")
    assert tab.run("app.store.state.node") == tab.number("Polite-Net")
