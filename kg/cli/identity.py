"""`kg identity`."""

from pathlib import Path

import click

from kg.cli._output import json_lines
from kg.pipeline.opened import identity_rows, open_build


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--kind", default="paper", show_default=True, help="paper, version, person or organization.")
def command(folder: Path, kind: str) -> None:
    """Print who and what was taken for the same as JSON Lines: one row a record, author or affiliation."""
    json_lines(identity_rows(open_build(folder), kind))
