"""What people decided on identity, as a file that a person can read, edit and keep under version control.

A CSV file `decisions.csv` beside the build:

    kind,verdict,left,right,note,number
    person,same,a41f…#almut sophia koepke,09be…#a. sophia koepke,same web page,1

A member is named by the content of its record and, for an author, the name as printed there: so a decision
survives rebuilds, renamed files and new input. One decision can take several lines (a split), which have one number;
lines written by hand need none.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kg.model import Judgement, Problem

FILE: Final = "decisions.csv"
"""Name of the file in a build folder."""

_COLUMNS: Final = ("kind", "verdict", "left", "right", "note", "number")

_NUMBER: Final = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the file: two members are the same, or different, whatever the rules say."""

    kind: str
    verdict: Literal["same", "different"]
    left: str
    right: str
    note: str = ""
    number: int = 0


def read(text: str) -> tuple[list[Decision], list[Problem]]:
    """Read a decisions file; a line that cannot be used becomes a problem, and so does a contradiction."""
    decisions, problems = [], []
    # A spreadsheet that saves UTF-8 puts a byte order mark in front.
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    for row in rows:
        if row.get("verdict") in {"same", "different"} and row.get("kind") and row.get("left") and row.get("right"):
            left, right = sorted((row["left"], row["right"]))
            number = int(row["number"]) if _NUMBER.fullmatch(row.get("number") or "") else 0
            decisions.append(Decision(row["kind"], row["verdict"], left, right, row.get("note") or "", number))  # type: ignore[arg-type]
        else:
            problems.append(Problem(FILE, rows.line_num, "not a decision", f"give {', '.join(_COLUMNS)}"))
    verdicts: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for decision in standing(decisions):
        verdicts[decision.kind, decision.left, decision.right].add(decision.verdict)
    for (kind, left, right), said in sorted(verdicts.items()):
        if len(said) > 1:
            what = f"{kind} {left} and {right} are said to be both the same and different"
            problems.append(Problem(FILE, 0, what, "keep one of the two lines"))
    return decisions, problems


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the lines that hold: of two numbered decisions on one pair, the later one."""
    every = list(decisions)
    last: dict[tuple[str, str, str], int] = {}
    for d in every:
        last[d.kind, d.left, d.right] = max(d.number, last.get((d.kind, d.left, d.right), 0))
    return [d for d in every if d.number == last[d.kind, d.left, d.right]]


def write(decisions: Iterable[Decision]) -> str:
    """Return the text of a decisions file, without repetitions, in the order in which they were made."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([d.kind, d.verdict, d.left, d.right, d.note, d.number or ""] for d in dict.fromkeys(decisions))
    return out.getvalue()


def judgements(decisions: Iterable[Decision], members: Mapping[str, list[str]]) -> list[Judgement]:
    """Return the decisions as judgements on members.

    Args:
        decisions: What people decided.
        members: Anchor (as the file names members) to the keys of the members that it names.
    """
    found = []
    for decision in standing(decisions):
        for one in members.get(decision.left, ()):
            for other in members.get(decision.right, ()):
                if one != other:
                    left, right = sorted((one, other))
                    rule = "person:must-link" if decision.verdict == "same" else "person:cannot-link"
                    note: dict[str, float | str] = {"note": decision.note} if decision.note else {}
                    found.append(Judgement(decision.kind, left, right, decision.verdict, 1.0, rule, note, FILE))
    return found
