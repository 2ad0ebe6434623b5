"""Read: `kg read`."""

import click

from kg.cli._inputs import reading_options
from kg.cli._output import json_lines
from kg.cli._records import read
from kg.engine.inputs import Reading
from kg.sources.record_json import as_json, profile_json


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--profiles", is_flag=True, help="Print the heads of author pages instead of papers.")
@reading_options
def command(paths: tuple[str, ...], profiles: bool, reading: Reading) -> None:
    """Print the records of PATHS as JSON Lines: every field with its exact place.

    PATHS are files, folders, patterns, archives, or - for standard input.
    """
    if profiles:
        json_lines(profile_json(record, document) for document, record in read(paths, reading, "profile"))
    else:
        json_lines(as_json(record, document) for document, record in read(paths, reading))
