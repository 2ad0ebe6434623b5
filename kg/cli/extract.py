"""`kg extract`."""

import click

from kg.cli._output import json_lines
from kg.cli._records import read
from kg.extract import extract_record
from kg.extract.mention_json import as_json


@click.command()
@click.argument("paths", nargs=-1, required=True)
def command(paths: tuple[str, ...]) -> None:
    """Print the names found in the titles and abstracts of PATHS as JSON Lines."""
    json_lines(
        as_json(mention, record, document.name) for document, record in read(paths) for mention in extract_record(record)
    )
