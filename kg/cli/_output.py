"""How commands print: JSON Lines, tables and messages, safe for a terminal."""

import csv
import io
import json
import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, BinaryIO, Final

import click

from kg.errors import UsageError
from kg.export._spreadsheet import guard
from kg.files import atomic_write
from kg.resolve import decisions
from kg.store import folder as folders
from kg.text import printable

_UNSAFE = re.compile("[\x7f-\x9f\xad\u061c\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ud800-\udfff]")


def say(text: str) -> None:
    """Tell a person something, on standard error."""
    click.echo(printable(text), err=True)


def shell(*words: object) -> str:
    """Return a command for a person to type, its words quoted where a shell wants them so.

    >>> shell("kg", "query", "my graph", "nodes")
    "kg query 'my graph' nodes"
    """
    return shlex.join(map(str, words))


def as_json(value: Any) -> str:
    """Return a value as JSON on one line, with characters escaped that could change a terminal."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def json_lines(rows: Iterable[Any]) -> None:
    """Print rows as JSON Lines."""
    for row in rows:
        click.echo(as_json(row))


def table(names: Sequence[str], rows: Iterable[Sequence[Any]], width: int = 60) -> str:
    """Return rows as aligned columns; a long cell is cut with an ellipsis.

    >>> print(table(["name", "n"], [["GAN", 3]]))
    name  n
    GAN   3
    """
    cells = [[_cell(value, width) for value in row] for row in rows]
    widths = [max([len(name), *(len(row[i]) for row in cells)]) for i, name in enumerate(names)]
    lines = [[*names], *cells]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip() for line in lines)


def _cell(value: Any, width: int) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    text = printable("" if value is None else " ".join(str(value).split()))
    return text if len(text) <= width else text[: width - 1] + "…"


def as_csv(names: Sequence[str], rows: Iterable[Iterable[Any]], *, head: bool = True) -> str:
    """Return rows as CSV; a cell that a spreadsheet would take for a formula gets a leading apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if head:
        writer.writerow(names)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return out.getvalue()


def _plain(value: Any) -> Any:
    text = "|".join(map(str, value)) if isinstance(value, list) else value
    return guard(text) if isinstance(text, str) else text


class OutFolder(click.Path):
    """A folder that is written to. An empty name, as of a variable that is not set, would be the folder that a person is in."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the folder as a path."""
        if value == "":
            self.fail("the name is empty; name a folder (. is the one you are in)", param, ctx)
        return super().convert(value, param, ctx)


def note_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--note` to a command that decides something."""
    return click.option("--note", default="", help="Why, for whoever reads decisions.csv later.")(command)


class Format(click.Choice[str]):
    """A choice among formats. RDF's go by the suffixes of their files, too, which the choice does not list."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the format's one name."""
        return super().convert(value if value in self.choices else _SUFFIXES.get(value, value), param, ctx)


_SUFFIXES: Final = {"ttl": "turtle", "nt": "ntriples", "nq": "nquads"}


def form_options(*forms: str, default: str | None = "table", told: str = "Form of the answer.") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return what adds `--format`, and `--csv` and `--json` for short, to a command, which gets it as the argument `form`.

    Args:
        forms: The forms; `table`, `csv` and `json` unless given.
        default: The form unless one is asked for.
        told: What the help says of it.
    """

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def formed(*arguments: Any, form: str | None, as_csv: bool, as_json: bool, **others: Any) -> Any:
            if as_csv + as_json + bool(form) > 1:
                raise UsageError("--format, --csv and --json exclude each other; choose one")
            short = "csv" if as_csv else "json" if as_json else default
            return command(*arguments, form=form or short, **others)

        formed = click.option("--json", "as_json", is_flag=True, help="Short for --format json.")(formed)
        formed = click.option("--csv", "as_csv", is_flag=True, help="Short for --format csv.")(formed)
        return click.option("--format", "form", type=Format(forms or ("table", "csv", "json")), help=told)(formed)

    return add


def year_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--from` and `--to` to a command, which gets them as the arguments `since` and `until`."""
    command = click.option("--to", "until", type=_YEAR, metavar="YEAR", help="Only papers up to this year.")(command)
    return click.option("--from", "since", type=_YEAR, metavar="YEAR", help="Only papers from this year on.")(command)


_YEAR: Final = click.IntRange(1600, 2200)


def count_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--count` to a command that counts papers."""
    return click.option(
        "--count", type=click.Choice(["work", "version"]), default="work", show_default=True,
        help="Count a paper once, or each version that appeared (preprint, conference paper, journal article).",
    )(command)  # fmt: skip


@contextmanager
def written(file: Path, folder: Path) -> Iterator[BinaryIO]:
    """Open a file for what is made of the graph in a folder; it appears when the block ends without an error.

    Raises:
        UsageError: If it is a folder, or one of the graph's own files, which nothing else may take the place of.
    """
    if file.is_dir():
        raise UsageError(f"{file}: is a folder; name a file to write")
    target, home = file.resolve(), folder.resolve()
    inside = target.relative_to(home).parts[0] if home in target.parents else ""
    if inside in _OWN or inside.startswith("v-"):
        raise UsageError(f"{file}: this file is the graph's own; name another")
    with atomic_write(file) as out:
        yield out


_OWN: Final = {decisions.FILE, folders.CACHE, folders.POINTER, *folders.LINKED}


def rows_as(form: str, rows: Sequence[dict[str, Any]], names: Sequence[str]) -> None:
    """Print rows in the form that was asked for; a table shows only the columns named."""
    if form == "json":
        json_lines(rows)
    elif form == "csv":
        every = list(rows[0]) if rows else list(names)
        click.echo(as_csv(every, ([row[name] for name in every] for row in rows)), nl=False)
    else:
        click.echo(table(names, ([row[name] for name in names] for row in rows)))
