"""`kg extract`."""

import click

from kg.cli._inputs import reading_options
from kg.cli._output import json_lines
from kg.cli._records import read
from kg.engine.inputs import Reading
from kg.extract import extract_record
from kg.extract.mention_json import as_json


@click.command()
@click.argument("paths", nargs=-1, required=True)
@reading_options
def command(paths: tuple[str, ...], reading: Reading) -> None:
    """Print the names found in the titles and abstracts of PATHS as JSON Lines.

    PATHS are files, folders, patterns, archives, or - for standard input.
    """
    json_lines(
        as_json(mention, record, document.name)
        for document, record in read(paths, reading)
        for mention in extract_record(record)
    )
