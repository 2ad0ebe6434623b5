"""`kg rename`."""

from pathlib import Path

import click

from kg.cli._output import say
from kg.cli._summary import tell
from kg.pipeline import decide


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("entity")
@click.argument("name")
@click.option("--note", default="", help="Why, for whoever reads decisions.csv later.")
def command(folder: Path, entity: str, name: str, note: str) -> None:
    """Decide that ENTITY (a person or organization) is called NAME, and build again. Undo with: kg undo DIR.

    NAME is shown everywhere; what sources print stays findable as other names.
    """
    tell(decide.rename(folder, entity, name, note, say))
