"""Lists of titles, and lists of other things."""

import pytest

from kg.model import Document, Problem, Record
from kg.sources.bare_titles import CONFIDENCE, read, sniff
from tests.sources.told import said, sample


def test_titles_without_what_stands_around_them() -> None:
    found = list(read(sample("bare_titles/titles.txt")))
    assert [said(row, "title")["title"] for row in found if isinstance(row, Record)] == [
        ["Learning to Rest with Small Graphs"], ["A Survey of Quiet Engines and Their Keepers"], ["Robust Detection of Moss in Standing Water"], ["On the Dynamics of Gravel: Sorting by Sound"],
        ["Why Do Gears Whisper? Evidence from Forty Rooms"],
    ]  # fmt: skip
    problems = [row for row in found if isinstance(row, Problem)]
    assert [row.line for row in problems] == [1, 3, 8]
    assert f"(confidence {CONFIDENCE})" in problems[1].what


@pytest.mark.parametrize(
    "text",
    [
        "Wash the rice well\nBoil it for ten minutes\nServe it while it is hot\nPut the rest away\n", "Fix the parser of dates\nAdd a test for names\nUpdate the model of graphs\nRemove old analysis methods\n",
        "Milk and bread\nEggs and flour\nSalt and pepper\nTea and sugar\n", "Learning to Rest with Small Graphs\nA Survey of Quiet Engines\n", "We train a model.\nIt learns from graphs.\nThe analysis is new.\nOur method is robust.\n",
        "model = network(x)\nlearning = rate(y)\ngraph = analysis(z)\nsurvey = method(w)\n", "Home\nAbout us\nPublications\nContact\n",
    ],
)  # fmt: skip
def test_lists_of_other_things(text: str) -> None:
    assert sniff(text, "x.txt") == 0.0


def test_names_in_bold_before_titles() -> None:
    text = "- **QuietNet**: Learning to rest with attention networks\n- **SandBench**: A benchmark for the detection of sand\n- **GearGAN**: Generative networks with limited data\n"
    found = [row for row in read(Document.of_text(text, "x.md")) if isinstance(row, Record)]
    assert [said(row, "title")["title"] for row in found] == [["QuietNet: Learning to rest with attention networks"], ["SandBench: A benchmark for the detection of sand"], ["GearGAN: Generative networks with limited data"]]
    assert [row.fields[0].start for row in found] == [None] * 3
