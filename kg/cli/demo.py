"""`kg demo`."""

from pathlib import Path

import click

from kg.cli._output import say
from kg.cli._summary import tell
from kg.pipeline.build import build
from kg.resources import example_folder


@click.command()
@click.option("--out", default="kg-demo", show_default=True, type=click.Path(path_type=Path), help="Folder of the graph.")
def command(out: Path) -> None:
    """Build the shipped example, and say what to look at next."""
    tell(build([example_folder()], out, say=lambda line: say(f"  {line}")))
    click.echo(f"""
The graph is in {out}. What to look at next:
  {out / 'graph.html'}                        open it in a browser
  kg query {out} --list                       the questions that ship
  kg query {out} prolific-authors             who wrote most
  kg coauthors {out}                          who wrote with whom
  kg why {out} ImageNet                       the passages behind a node
  kg export {out} --format turtle -o graph.ttl""")
