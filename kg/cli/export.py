"""`kg export`."""

import sys
import tempfile
from pathlib import Path

import click

from kg.errors import UsageError
from kg.export import exporters
from kg.files import atomic_write
from kg.pipeline.opened import open_build


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--format", "form", required=True, help="One of: turtle ntriples nquads trig jsonld rdfxml graphml gexf cytoscape vosviewer vosviewer_topics csv parquet html pyvis.")
@click.option("-o", "--output", default="-", help="File to write; - for standard output.")
@click.option("--no-text", is_flag=True, help="Leave out abstracts and quoted sentences; facts, names and offsets stay.")
def command(folder: Path, form: str, output: str, no_text: bool) -> None:
    """Write the graph in FOLDER in another format."""
    known = exporters()
    if form not in known:
        raise UsageError(f"there is no format {form!r}; choose one of {', '.join(known)}")
    with tempfile.TemporaryDirectory() as scratch:
        graph = open_build(folder).graph(with_text=not no_text, scratch=Path(scratch))
        if output == "-":
            known[form].write(graph, sys.stdout.buffer)
            sys.stdout.flush()
        else:
            with atomic_write(Path(output)) as out:
                known[form].write(graph, out)
