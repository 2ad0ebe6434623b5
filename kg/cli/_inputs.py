"""Options that say how files are to be read, for all commands that read files."""

import codecs
import csv
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import click

from kg.engine.inputs import Reading
from kg.errors import UsageError
from kg.sources._table.names import NAMES


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--encoding` and `--columns` to a command, which gets them as the argument `reading`."""

    @wraps(command)
    def read(*arguments: Any, encoding: str | None, columns: Sequence[str], **others: Any) -> Any:
        return command(*arguments, reading=Reading(_encoding(encoding), _columns(columns)), **others)

    encoding = click.option("--encoding", metavar="NAME", help="Encoding of text files, if not UTF-8, e.g. latin-1.")
    columns = click.option(
        "--columns", metavar="FIELD=COLUMN,...", multiple=True, help="What the columns of a table are, e.g. title=Titel; may be given several times."
    )
    return encoding(columns(read))


def _encoding(name: str | None) -> str | None:
    """Return an encoding's usual name.

    Raises:
        UsageError: If Python knows no such encoding of text.
    """
    if name is None:
        return None
    try:
        usual = codecs.lookup(name).name
        "a".encode(usual)  # also refuses what is no encoding of text, such as base64
        codecs.getincrementaldecoder(usual)
    except (LookupError, ValueError) as error:
        raise UsageError(f"there is no encoding {name!r}; common ones: utf-8, latin-1, cp1252, utf-16") from error
    return usual


def _columns(given: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return pairs of field and column; several columns of a field stand in one pair, joined by `|`.

    >>> _columns(["title=Titel,author=Verfasser|Herausgeber", '"url=Link, full"'])
    (('title', 'Titel'), ('author', 'Verfasser|Herausgeber'), ('url', 'Link, full'))

    Raises:
        UsageError: If a pair is none, or a field is unknown or given twice.
    """
    found: dict[str, str] = {}
    for pair in (cell for text in given for row in csv.reader([text]) for cell in row):
        field, sign, column = (part.strip() for part in pair.partition("="))
        if not (field and sign and column):
            raise UsageError(f"--columns: {pair!r} is not of the form FIELD=COLUMN, for instance title=Titel")
        if field not in NAMES:
            raise UsageError(f"--columns: there is no field {field!r}; the fields: {', '.join(NAMES)}")
        if field in found:
            raise UsageError(f"--columns: the field {field!r} is given twice; join its columns with |")
        found[field] = column
    return tuple(found.items())
