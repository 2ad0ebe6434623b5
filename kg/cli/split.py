"""`kg split`."""

from pathlib import Path

import click

from kg.cli._output import say
from kg.cli._summary import tell
from kg.pipeline import decide


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("entity")
@click.argument("member")
@click.option("--note", default="", help="Why, for whoever reads decisions.csv later.")
def command(folder: Path, entity: str, member: str, note: str) -> None:
    """Decide that MEMBER (as kg why names it) is not ENTITY, and build again. Undo with: kg merge DIR --undo."""
    tell(decide.split(folder, entity, member, note, say))
