"""Decide: `kg split`."""

from pathlib import Path

import click

from kg.cli._decided import follow_decision
from kg.cli._output import note_option
from kg.pipeline import decide


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("entity")
@click.argument("members", nargs=-1, required=True, metavar="MEMBER...")
@note_option
def command(folder: Path, entity: str, members: tuple[str, ...], note: str) -> None:
    """Decide that MEMBERs (as kg why names them) are not ENTITY, and build again. Undo with: kg undo FOLDER.

    Several members are taken out together, as one. To move an author slot to another person, use kg assign.
    """
    follow_decision(folder, lambda progress: decide.split(folder, entity, members, note, progress))
