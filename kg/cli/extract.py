"""`kg extract`."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

import click

from kg.cli._extracting import extracting_options
from kg.cli._inputs import reading_options
from kg.cli._output import json_lines
from kg.cli._records import read
from kg.engine.inputs import Reading
from kg.extract import extract_records
from kg.extract.mention_json import as_json
from kg.extract.settings import Settings

_AT_A_TIME: Final = 256


@click.command()
@click.argument("paths", nargs=-1, required=True)
@reading_options
@extracting_options
def command(paths: tuple[str, ...], reading: Reading, settings: Settings) -> None:
    """Print the names found in the titles and abstracts of PATHS as JSON Lines.

    PATHS are files, folders, patterns, archives, or - for standard input.
    """
    json_lines(_mentions(paths, reading, settings))


def _mentions(paths: tuple[str, ...], reading: Reading, settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield the mentions in all records, many records at a time."""
    waiting = iter(read(paths, reading))
    while some := list(islice(waiting, _AT_A_TIME)):
        found = extract_records((record for _, record in some), settings)
        for (document, record), mentions in zip(some, found, strict=True):
            for mention in mentions:
                yield as_json(mention, record, document.name)
