"""`kg read`."""

import click

from kg.cli._output import json_lines
from kg.cli._records import read
from kg.sources.record_json import as_json, profile_json


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--profiles", is_flag=True, help="Print the heads of author pages instead of papers.")
def command(paths: tuple[str, ...], profiles: bool) -> None:
    """Print the records of PATHS as JSON Lines: every field with its exact span."""
    if profiles:
        json_lines(profile_json(record, document) for document, record in read(paths, "profile"))
    else:
        json_lines(as_json(record, document) for document, record in read(paths))
