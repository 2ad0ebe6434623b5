"""The measurement itself works: each way goes through the whole file, and the made-up works have nothing wrong in them."""

import json
import re
import subprocess
import sys
from itertools import islice

from kg.ids import identifier
from kg.model import Record
from kg.sources import openalex
from tests.benchmarks.read_json import lines
from tests.sources.provider_json import document


def test_made_up_works_are_right() -> None:
    text = "".join(islice(lines(), 40))
    assert text == "".join(islice(lines(), 40)), "the same each time"
    rows = list(openalex.read(document(text, "works.jsonl")))
    assert [type(row) for row in rows] == [Record] * 40
    orcids = [each["author"]["orcid"] for line in text.splitlines() for each in json.loads(line)["authorships"]]
    assert all(identifier(each, "orcid") for each in orcids if each)


def test_figures_are_printed() -> None:
    command = [sys.executable, "-m", "tests.benchmarks.read_json", "--size", "200KB", "--rounds", "1"]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert re.fullmatch(
        r"0 MB, \d+ works, best of 1\n"
        r"parser  +[\d.]+ MB/s +\d+ works/s +\d+ MB peak +\n"
        r"reader  +[\d.]+ MB/s +\d+ works/s +\d+ MB peak +[\d.]+ fields a work\n"
        r"reader / parser: \d\.\d\d\n",
        shown,
    ), shown
