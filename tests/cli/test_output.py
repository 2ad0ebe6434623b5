"""How commands print: nothing in the data changes a terminal or becomes a formula."""

import csv
import io
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli._output import as_csv, as_json, rows_as, table
from kg.export._spreadsheet import unguard
from kg.text import INVISIBLE
from tests.command import kg

TEXTS = st.text(st.characters() | st.sampled_from('\x1b\x00\x7f\x85\u2028\u202e\u2066\ufeff\ud800=+-@＝\'\t\r\n,"'))
CELLS = TEXTS.filter(lambda text: "\r" not in text and "\x00" not in text)


@given(st.dictionaries(TEXTS, TEXTS, max_size=3))
def test_json_is_one_safe_line_that_reads_back(row: dict[str, str]) -> None:
    line = as_json(row)
    assert json.loads(line) == row
    assert not {unicodedata.category(character) for character in line} & {"Cc", "Cs", "Zl", "Zp"}
    assert not INVISIBLE.search(line)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_a_table_has_a_line_a_row_and_nothing_that_moves_the_cursor(rows: list[tuple[str, str]]) -> None:
    printed = table(["one", "other"], rows, width=20)
    assert printed.count("\n") == len(rows)
    assert all(line.isprintable() and len(line) <= 42 for line in printed.split("\n"))


def test_a_long_cell_is_cut_and_a_number_is_short() -> None:
    assert table(["x"], [["a" * 100]], width=5) == "x\naaaa…"
    assert table(["x", "y"], [[1 / 3, None]]) == "x       y\n0.3333"


@given(st.lists(CELLS | st.lists(CELLS, max_size=2), min_size=1, max_size=3))
def test_no_cell_of_a_csv_is_a_formula_and_each_reads_back(row: list[str | list[str]]) -> None:
    (_, read) = csv.reader(io.StringIO(as_csv([f"c{i}" for i in range(len(row))], [row]), newline=""))
    assert [unguard(cell) for cell in read] == ["|".join(cell) if isinstance(cell, list) else cell for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")) for cell in read)


@pytest.mark.parametrize("command", [("query", "datasets"), ("coauthors",), ("topics",), ("results",), ("decisions",), ("disagreements",), ("problems",)])
@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_form_is_asked_for_in_the_same_ways_everywhere(command: tuple[str, ...], form: str, small_graph: Path) -> None:
    name, *rest = command
    done = kg(name, small_graph, *rest, "--format", form)
    assert done == kg(name, small_graph, *rest, f"--{form}")
    assert done.code in {0, 1}
    twice = kg(name, small_graph, *rest, "--format", form, "--csv")
    assert (twice.code, twice.out, "exclude each other" in twice.err) == (2, "", True)


def test_rows_in_each_form(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"name": "Ada", "papers": 3, "all": ["a", "b"]}]
    assert as_csv(["name", "papers", "all"], [list(rows[0].values())]) == "name,papers,all\nAda,3,a|b\n"
    rows_as("table", rows, ["name"])
    rows_as("csv", [], ["name"])
    assert capsys.readouterr().out == "name\nAda\nname\n"
