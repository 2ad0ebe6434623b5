"""Check: `kg validate`."""

from pathlib import Path

import click

from kg.pipeline.opened import open_build
from kg.store.validate import validate
from kg.text import printable


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_context
def command(ctx: click.Context, folder: Path) -> None:
    """Check the graph against the ontology's shapes (SHACL) and the vocabularies' own terms."""
    report = validate(open_build(folder).store)
    click.echo("\n".join(printable(line) for line in str(report).split("\n")))
    ctx.exit(0 if report.conforms else 1)
