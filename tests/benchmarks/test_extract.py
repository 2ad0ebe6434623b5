"""The measurement itself works: each way finds names, and the figures are told."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import extract


def test_figures_are_printed() -> None:
    command = [sys.executable, "-m", "tests.benchmarks.extract", "--abstracts", "5", "--rounds", "1", "fast"]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert re.fullmatch(
        r"5 abstracts of \d+ characters, best of 1\n"
        r"fast +\d+ abstracts/s +[\d.]+ names each +\d+ MB peak +1\.00 times fast\n",
        shown,
    ), shown


@pytest.mark.parametrize("way", ["fast", "flashtext", "spacy"])
def test_each_way_finds_names(way: str) -> None:
    if way != "fast":
        pytest.importorskip(way)
    assert extract.WAYS[way](Path())(["We train BERT on ImageNet."]) == 2


def test_without_the_shared_abstracts_the_example_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "GOLD", extract.EXAMPLE / "none")
    assert len(extract.abstracts()) > 30
