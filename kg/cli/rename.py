"""Decide: `kg rename`."""

from pathlib import Path

import click

from kg.cli._decided import follow_decision
from kg.cli._output import note_option
from kg.pipeline import decide


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("entity")
@click.argument("name")
@note_option
def command(folder: Path, entity: str, name: str, note: str) -> None:
    """Decide that ENTITY (a person or organization) is called NAME, and build again. Undo with: kg undo FOLDER.

    NAME is shown everywhere; what sources print stays findable as other names.
    """
    follow_decision(folder, lambda progress: decide.rename(folder, entity, name, note, progress))
