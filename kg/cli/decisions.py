"""Decide: `kg decisions`."""

import sys
from pathlib import Path
from typing import Final

import click

from kg.cli._decided import follow_decision, names
from kg.cli._output import form_options, rows_as, say
from kg.errors import UsageError
from kg.pipeline import decide
from kg.pipeline.opened import open_build
from kg.pipeline.version import decided_text
from kg.resolve import decisions
from kg.text import printable

_EVERY: Final = ("number", "line", "kind", "verdict", "left", "right", "left_name", "right_name", "note")
_SHOWN: Final = tuple(name for name in _EVERY if name not in {"left", "right"})


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--add", "more", metavar="FILE", help="Add the lines of this file (- for standard input), for instance from the page of kg review, and build again.")
@form_options()
def command(folder: Path, more: str | None, form: str) -> None:
    """List what people decided on identity, or add the decisions of a file. Take one back with: kg undo FOLDER NUMBER.

    The file is FOLDER/decisions.csv, with columns kind, verdict (same, different, assign, renamed), left, right, note, number.
    It can be written by hand: a side is what kg why calls a member, or a path, an identifier, a title or name that is
    unambiguous, or PAPER#AUTHOR.
    """
    if more is not None:
        follow_decision(folder, lambda progress: decide.add(folder, _text(more), "standard input" if more == "-" else more, progress))
        return
    made, problems = decisions.read(decided_text(folder))
    called = names(open_build(folder), made)
    rows = [
        {
            "number": each.number or None, "line": each.line, "kind": each.kind, "verdict": each.verdict,
            "left": each.left, "right": each.right, "left_name": called.get(each.left, each.left), "right_name": called.get(each.right, each.right),
            "note": each.note,
        } for each in made
    ]  # fmt: skip
    rows_as(form, rows, _EVERY if form == "csv" else _SHOWN)
    for problem in problems:
        say(printable(str(problem)))
    if not rows:
        say("nothing was decided yet")


def _text(name: str) -> str:
    """Return the text of a file.

    Raises:
        UsageError: If it cannot be opened, or is not UTF-8.
    """
    try:
        return (sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()).decode()
    except OSError as error:
        raise UsageError(f"{name}: cannot be opened: {error.strerror or error}; name the file that kg review saved, or -") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
