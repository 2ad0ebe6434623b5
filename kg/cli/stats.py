"""`kg stats`."""

from pathlib import Path

import click

from kg.cli._output import as_json, table
from kg.pipeline.opened import open_build


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_lines", is_flag=True, help="Print JSON.")
def command(folder: Path, as_lines: bool) -> None:
    """Count what is in the graph."""
    counts = open_build(folder).run["counts"]
    click.echo(as_json(counts) if as_lines else table(["what", "how many"], ([k.replace("_", " "), v] for k, v in counts.items())))
