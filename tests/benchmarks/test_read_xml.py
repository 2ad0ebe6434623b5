"""The measurement itself works: each way goes through the whole file, and the made-up records have nothing wrong in them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.model import Document
from kg.sources import decode, recognise
from tests.benchmarks.read_xml import FORMATS, MEASURES, write


@pytest.mark.parametrize("name", FORMATS)
def test_made_up_records_are_right(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    write(name, path, 60_000)
    document = decode(path.read_bytes(), path.name)
    assert isinstance(document, Document)
    assert recognise(document) == name
    counts = {what: measure(name, path) for what, measure in MEASURES.items()}
    assert counts["reader"][0] == counts["stream"][0] > 0
    assert counts["reader"][1] > 5 * counts["reader"][0]
    write(name, again := tmp_path / "y.xml", 60_000)
    assert again.read_bytes() == path.read_bytes(), "the same each time"


def test_figures_are_printed() -> None:
    command = [sys.executable, "-m", "tests.benchmarks.read_xml", "--size", "50KB", "--rounds", "1", "dblp_xml"]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert re.fullmatch(
        r"dblp_xml: 0 MB, \d+ records, best of 1\n"
        r"(?:(?:parser|stream) +[\d.]+ MB/s +\d+ records/s +\d+ MB peak +\n){2}"
        r"reader  +[\d.]+ MB/s +\d+ records/s +\d+ MB peak +[\d.]+ fields a record\n"
        r"reader / parser: \d\.\d\d\n",
        shown,
    ), shown
