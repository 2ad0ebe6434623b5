"""The acceptance check of shared/, over pages of several sizes and over a hostile one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.model import Graph
from tests.explorer.pages import page_of
from tests.export.graphs import hostile_graph, large_graph
from tests.pages import REQUIRED, accept, needs_check, probes_of_check


@pytest.mark.browser
@pytest.mark.parametrize(
    ("made", "required"),
    [
        (lambda folder: large_graph(folder, 110), (*REQUIRED, "evidence")),
        # Made-up sentences stand in no abstract, and a page of this size keeps no others.
        (lambda folder: large_graph(folder, 4_000), REQUIRED),
        (lambda folder: hostile_graph(folder, probes_of_check()), (*REQUIRED, "evidence")),
    ],
    ids=["small", "large", "hostile"],
)
def test_the_shared_acceptance_check_passes(made: Callable[[Path], Graph], required: tuple[str, ...], tmp_path: Path) -> None:
    needs_check()
    accept(page_of(made(tmp_path), tmp_path), *required)
