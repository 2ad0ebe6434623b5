"""Decide: `kg merge`."""

from pathlib import Path

import click

from kg.cli._decided import follow_decision
from kg.cli._output import note_option, shell
from kg.errors import UsageError
from kg.pipeline import decide
from kg.store.folder import current


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("names", nargs=-1, metavar="ONE OTHER...")
@note_option
@click.option("--undo", is_flag=True, help="Take back the last decision, of whatever kind; the same as kg undo FOLDER.")
def command(folder: Path, names: tuple[str, ...], note: str, undo: bool) -> None:
    """Decide that ONE and OTHER (IRIs, paths or labels) are the same, and build again. Undo with: kg undo FOLDER.

    Papers, people, organizations and named things (methods, datasets ...) can be merged, several at once.
    """
    if undo:
        if names:
            raise UsageError(f"--undo stands alone: it takes back the last decision, whatever that was; to choose one: {shell('kg', 'undo', folder)} NUMBER")
        current(folder)  # a folder without a graph is told as such, not as one without decisions
        follow_decision(folder, lambda progress: decide.undo(folder, progress))
        return
    if len(names) < 2:
        raise UsageError(f"name two or more that are the same: {shell('kg', 'merge', folder)} ONE OTHER...")
    follow_decision(folder, lambda progress: decide.merge(folder, names, note, progress))
