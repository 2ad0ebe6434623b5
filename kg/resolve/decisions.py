"""What people decided on identity, as a file that a person can read, write and keep under version control.

A CSV file `decisions.csv` beside the build:

    kind,verdict,left,right,note,number
    person,same,a41f…#almut sophia koepke,09be…#a. sophia koepke,same web page,1
    paper,different,doi:10.1000/1,arxiv:2101.00001,an extended version,
    person,assign,arxiv:2101.00001#wei wang,person/wei-wang-5c0f3a1e,her own list,
    person,renamed,Jane Doe,Jane Roe,,

`same` and `different` say it of two members or entities, `assign` takes an author slot out of where it was and gives
it to a person, `renamed` gives a person or organisation the name to show. `kg.resolve.references` says how a side can
be written. The commands write anchors, which are made of a record's content (and an author's name as printed there),
so that a decision survives rebuilds, renamed files and new input. One decision can take several lines (a split), which
have one number; lines written by hand need none. Lines that begin with `#` are remarks.

This module knows the text of the file; `kg.resolve.settled` says what the decisions come to.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from kg.model import Problem
from kg.ontology import load

FILE: Final = "decisions.csv"
"""Name of the file in a build folder."""

COLUMNS: Final = ("kind", "verdict", "left", "right", "note", "number")

_NEEDED: Final = COLUMNS[:4]
"""The columns without which a line says nothing."""

Verdict = Literal["same", "different", "assign", "renamed"]

_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_OWN_KINDS: Final = {"paper": "paper", "person": "person", "group": "person", "ambiguous": "person", "organization": "organization", "thing": "thing"}


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the file: what a person said of two sides, whatever the rules say.

    Attributes:
        kind: `paper person organization thing`.
        verdict: What was said.
        left: One side; for `assign` an author slot, for `renamed` who has another name.
        right: The other side; for `assign` a person, for `renamed` the new name.
        note: Why.
        number: Number of the decision that the line is part of, 0 where it has none.
        line: 1-based line of the file, 0 where it stands in none.
    """

    kind: str
    verdict: Verdict
    left: str
    right: str
    note: str = ""
    number: int = 0
    line: int = field(default=0, compare=False)


def kind_of(text: str) -> str | None:
    """Return the kind of decision that a kind of node needs: methods, datasets, tasks ... are things.

    >>> kind_of("person"), kind_of("group"), kind_of("dataset"), kind_of("planet")
    ('person', 'person', 'thing', None)
    """
    return _OWN_KINDS.get(text) or ("thing" if text in load().kinds else None)


def decision(
    kind: str, verdict: Verdict, left: str, right: str, note: str = "", number: int = 0, line: int = 0
) -> Decision:
    """Return a decision; where its sides are of equal rank they are put in order."""
    if verdict in {"same", "different"}:
        left, right = sorted((left, right))
    return Decision(kind, verdict, left, right, note, number, line)


def read(text: str) -> tuple[list[Decision], list[Problem]]:
    """Read a decisions file; a line that cannot be used becomes a problem."""
    decisions, problems = [], []
    try:
        if missing := [name for name in _NEEDED if name not in (_header(text) or COLUMNS)]:
            todo = f"begin the file with a line of column names: {','.join(COLUMNS)}"
            return [], [Problem(FILE, 1, f"names no column {', '.join(missing)}", todo)]
        for first, _, row in _rows(text):
            made = _read_row(first, row)
            if isinstance(made, Decision):
                decisions.append(made)
            else:
                problems.append(made)
    except csv.Error as error:
        problems.append(Problem(FILE, 0, f"cannot be read as CSV: {error}", "save it as CSV with commas and quotes"))
    return decisions, problems


def _read_row(line: int, row: dict[str, str]) -> Decision | Problem:
    row = {name: cell.strip() for name, cell in row.items()}
    kind, verdict = kind_of(row.get("kind", "")), row.get("verdict", "")
    left, right = row.get("left", ""), row.get("right", "")
    if not kind or verdict not in get_args(Verdict) or not left or not right:
        return Problem(FILE, line, "not a decision", f"give {', '.join(COLUMNS)}; verdicts are {', '.join(get_args(Verdict))}")
    if (verdict == "assign" and kind != "person") or (verdict == "renamed" and kind not in {"person", "organization"}):
        return Problem(FILE, line, f"{verdict} is no decision on a {row['kind']}", "only people are assigned, people and organizations renamed")
    number = int(row["number"]) if _NUMBER.fullmatch(row.get("number", "")) else 0
    return decision(kind, verdict, left, right, row.get("note", ""), number, line)  # type: ignore[arg-type]


def write(decisions: Iterable[Decision]) -> str:
    """Return the text of a decisions file, without repetitions, in the order in which they were made."""
    return added("", dict.fromkeys(decisions))


def added(text: str, decisions: Iterable[Decision]) -> str:
    """Return the text of a decisions file with these decisions at its end; what stands there stays as it is."""
    header = _header(text)
    if not {*_NEEDED} <= {*header}:
        text, header = ",".join(COLUMNS) + "\n" + text, COLUMNS
    elif missing := [name for name in COLUMNS if name not in header]:
        # A file written by hand may do without a column.
        lines = _physical(text)
        place = next(first for first, _, cells in _lines(text) if cells)
        head = lines[place - 1]
        bare = head.rstrip("\r\n")
        lines[place - 1] = ",".join([bare, *missing]) + head[len(bare) :]
        text, header = "".join(lines), (*header, *missing)
    end = "\r\n" if "\r\n" in text else "\n"
    whole = not text or text.endswith("\n")
    out = io.StringIO()
    for each in decisions:
        cells = {name: getattr(each, name) for name in COLUMNS} | {"number": str(each.number or "")}
        row = [cells.get(name, "") for name in header]
        # What begins with a hash and has no quotes is a remark.
        csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL if row[0].startswith("#") else csv.QUOTE_MINIMAL).writerow(row)
    more = out.getvalue()
    return text + more if whole else f"{text}{end}{more.removesuffix(end)}" if more else text


def without(text: str, gone: Iterable[Decision]) -> str:
    """Return the text of a decisions file without the lines of some decisions that were read from it."""
    lines = _physical(text)
    ends = {first: last for first, last, _ in _rows(text)}
    dropped = {line for each in gone for line in range(each.line, ends[each.line] + 1)}
    kept = "".join(line for number, line in enumerate(lines, 1) if number not in dropped)
    return kept if text.endswith(("\n", "\r")) else kept.removesuffix("\n").removesuffix("\r")


def last_number(decisions: Iterable[Decision]) -> int:
    """Return the highest number of a decision, 0 without any."""
    return max((each.number for each in decisions), default=0)


def _header(text: str) -> tuple[str, ...]:
    try:
        return next((_stripped(cells) for _, _, cells in _lines(text) if cells), ())
    except csv.Error:
        return ()


def _rows(text: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Yield first line, last line and cells by column of each row behind the header."""
    header: Sequence[str] = ()
    for first, last, cells in _lines(text):
        if cells and not header:
            header = _stripped(cells)
        elif cells:
            yield first, last, dict(zip(header, cells, strict=False))


def _stripped(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in cells)


def _lines(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield first line, last line and cells of each row; a blank line and a remark have no cells."""
    # A spreadsheet that saves UTF-8 puts a byte order mark in front.
    lines = _physical(text.removeprefix("\ufeff"))
    reader = csv.reader(lines)
    before = 0
    for cells in reader:
        # A spreadsheet puts quotes around a remark with a comma in it, and commas behind it.
        remark = lines[before].startswith("#") or (any(cells) and cells[0].startswith("#") and not any(cells[1:]))
        yield before + 1, reader.line_num, cells if any(cells) and not remark else []
        before = reader.line_num


def _physical(text: str) -> list[str]:
    """Return the lines of a text with their ends, as an editor counts them."""
    return list(io.StringIO(text, newline=""))
