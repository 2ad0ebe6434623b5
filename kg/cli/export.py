"""See: `kg export`."""

import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import Final

import click

from kg.cli._output import Format, written
from kg.errors import UsageError
from kg.export import exporters
from kg.pipeline.opened import open_build

_FORMATS: Final = tuple(exporters())


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--format", "form", metavar="FORMAT", required=True, type=Format(_FORMATS), help=f"One of: {' '.join(_FORMATS)}.")
@click.option("-o", "--out", "--output", "output", metavar="FILE", default="-", help="File to write; standard output unless given.")
@click.option("--no-text", is_flag=True, help="Leave out abstracts and quoted sentences; facts, names and offsets stay.")
def command(folder: Path, form: str, output: str, no_text: bool) -> None:
    """Write the graph in FOLDER in another format.

    \b
      kg export graph --format turtle -o graph.ttl
      kg export graph --format csv -o tables.csv.zip
    """  # noqa: D301 - \b is click's
    exporter = exporters()[form]
    if output == "-" and sys.stdout.isatty() and exporter.suffix.endswith(".zip"):
        raise UsageError(f"{form} is no text for a terminal; name a file with -o, for instance graph{exporter.suffix}")
    with tempfile.TemporaryDirectory() as scratch, nullcontext(sys.stdout.buffer) if output == "-" else written(Path(output), folder) as out:
        exporter.write(open_build(folder).graph(with_text=not no_text, scratch=Path(scratch)), out)
