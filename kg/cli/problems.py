"""`kg problems`."""

from pathlib import Path

import click

from kg.cli._output import json_lines, say
from kg.model.tables import problem_of
from kg.pipeline.opened import open_build
from kg.text import counted, printable


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines.")
def command(folder: Path, as_json: bool) -> None:
    """List what could not be read or looks wrong: file, line, what to do."""
    rows = open_build(folder).table("problems").to_pylist()
    if as_json:
        json_lines(rows)
        return
    for row in rows:
        click.echo(printable(f"{row['severity']}: {problem_of(row)}"))
    say(counted(len(rows), "problem"))
