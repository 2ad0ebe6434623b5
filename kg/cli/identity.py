"""Decide: `kg identity`."""

from pathlib import Path
from typing import Final

import click

from kg.cli._output import json_lines
from kg.pipeline.opened import identity_rows, open_build

_KINDS: Final = ("paper", "version", "person", "organization")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--kind", type=click.Choice(_KINDS), default="paper", show_default=True, help="Whose members to print.")
def command(folder: Path, kind: str) -> None:
    """Print who and what was taken for the same as JSON Lines: one row a record, author or affiliation.

    The authors (--kind person) are people, groups that sign as one, and names that could not be divided among people.
    """
    json_lines(identity_rows(open_build(folder), kind))
