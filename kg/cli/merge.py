"""`kg merge`."""

from pathlib import Path

import click

from kg.cli._output import say
from kg.cli._summary import tell
from kg.errors import UsageError
from kg.pipeline import decide


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("one", required=False)
@click.argument("other", required=False)
@click.option("--note", default="", help="Why, for whoever reads decisions.csv later.")
@click.option("--undo", is_flag=True, help="Take back the last decision (merge or split).")
def command(folder: Path, one: str | None, other: str | None, note: str, undo: bool) -> None:
    """Decide that ONE and OTHER (IRIs, paths or labels) are the same, and build again."""
    if undo:
        tell(decide.undo(folder, say))
        return
    if not one or not other:
        raise UsageError("name two things: kg merge DIR ONE OTHER")
    tell(decide.merge(folder, one, other, note, say))
