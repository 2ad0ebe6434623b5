"""Decide: `kg assign`."""

from pathlib import Path

import click

from kg.cli._decided import follow_decision
from kg.cli._output import note_option
from kg.pipeline import decide


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("paper")
@click.argument("name")
@click.argument("person")
@note_option
def command(folder: Path, paper: str, name: str, person: str, note: str) -> None:
    """Decide that the author of PAPER who is printed NAME is PERSON, and build again. Undo with: kg undo FOLDER.

    The author slot leaves the person that it was put with.
    """
    follow_decision(folder, lambda progress: decide.assign(folder, paper, name, person, note, progress))
