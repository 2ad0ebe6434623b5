"""Check: `kg problems`."""

from pathlib import Path

import click

from kg.cli._output import form_options, rows_as, say
from kg.model import Problem
from kg.pipeline.opened import open_build
from kg.text import counted, printable


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@form_options("text", "csv", "json", default="text")
def command(folder: Path, form: str) -> None:
    """List what could not be read or looks wrong: file, line, what to do."""
    found = open_build(folder).table("problems")
    rows = found.to_pylist()
    if form == "text":
        for row in rows:
            click.echo(printable(f"{row['severity']}: {Problem(**row)}"))
        say(counted(len(rows), "problem"))
    else:
        rows_as(form, rows, found.column_names)
