"""Check: `kg verify`."""

from pathlib import Path

import click

from kg.cli._output import say
from kg.errors import BuildError
from kg.pipeline.opened import open_build
from kg.store.folder import damages
from kg.text import printable


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_context
def command(ctx: click.Context, folder: Path) -> None:
    """Check that the graph in FOLDER is whole: every file, byte for byte, and the store."""
    found = damages(folder)
    if not found:
        opened = open_build(folder)
        try:
            count = len(opened.store)
        except (OSError, ValueError) as error:
            raise BuildError(f"{folder}: the store is damaged: {error}; build again") from error
        with (opened.version / "graph.nq").open("rb") as lines:
            written = sum(1 for _ in lines)
        if count != written:
            found = [f"{opened.version / 'store'}: holds {count} quads instead of {written}"]
    for line in found:
        click.echo(printable(line))
    say("the graph is whole" if not found else "the graph is damaged; build it again with kg build --force")
    ctx.exit(1 if found else 0)
