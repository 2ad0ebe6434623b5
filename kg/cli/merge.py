"""`kg merge`."""

from pathlib import Path

import click

from kg.cli._output import say
from kg.cli._summary import tell
from kg.errors import UsageError
from kg.pipeline import decide


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("names", nargs=-1, metavar="ONE OTHER...")
@click.option("--note", default="", help="Why, for whoever reads decisions.csv later.")
@click.option("--undo", is_flag=True, help="Take back the last decision, of whatever kind; the same as kg undo DIR.")
def command(folder: Path, names: tuple[str, ...], note: str, undo: bool) -> None:
    """Decide that ONE and OTHER (IRIs, paths or labels) are the same, and build again. Undo with: kg undo DIR.

    Papers, people, organizations and named things (methods, datasets ...) can be merged, several at once.
    """
    if undo:
        tell(decide.undo(folder, say))
        return
    if len(names) < 2:
        raise UsageError("name two things or more: kg merge DIR ONE OTHER...")
    tell(decide.merge(folder, names, note, say))
