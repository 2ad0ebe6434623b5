"""Build: `kg remove`."""

from pathlib import Path

import click

from kg.cli._summary import follow
from kg.pipeline.remove import remove


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
def command(folder: Path, sources: tuple[str, ...]) -> None:
    """Take SOURCEs out of the graph in FOLDER, and build again: the graph is that of the other files alone.

    A SOURCE is a file by the name that kg why shows, its path, or the id of its document; an archive or folder stands for all
    that is in it. The files themselves are not touched, and the others keep their names. The next kg build takes what it is
    given, no more and no less: leave the file out there, too.
    """
    follow(lambda progress: remove(folder, sources, progress))
