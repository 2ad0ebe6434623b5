"""Decide: `kg undo`."""

from pathlib import Path

import click

from kg.cli._decided import follow_decision
from kg.pipeline import decide
from kg.store.folder import current


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("number", type=click.IntRange(1), required=False)
def command(folder: Path, number: int | None) -> None:
    """Take back the decision with NUMBER (see kg decisions FOLDER), else the last one, and build again."""
    current(folder)  # a folder without a graph is told as such, not as one without decisions
    follow_decision(folder, lambda progress: decide.undo(folder, progress, number))
