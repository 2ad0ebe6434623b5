"""Build: `kg demo`."""

import shlex
from pathlib import Path
from typing import Final

import click

from kg.cli._output import OutFolder
from kg.cli._summary import follow
from kg.pipeline.build import build
from kg.resources import example_folder


@click.command()
@click.option("--out", default="kg-demo", show_default=True, type=OutFolder(), help="Folder of the graph.")
def command(out: Path) -> None:
    """Build the shipped example, and say what to look at next."""
    follow(lambda progress: build([example_folder()], out, say=progress))
    click.echo(f"\nThe graph is in {out}. What to look at next:")
    steps = [(step.format(out=shlex.quote(str(out)), page=out / "graph.html"), what) for step, what in _NEXT]
    width = max(len(step) for step, _ in steps)
    for step, what in steps:
        click.echo(f"  {step.ljust(width)}  {what}")


_NEXT: Final = (
    ("{page}", "open it in a browser"),
    ("kg query {out} --list", "the questions that ship"),
    ("kg query {out} prolific-authors", "who wrote most"),
    ("kg coauthors {out}", "who wrote with whom"),
    ("kg why {out} ImageNet", "the passages behind a node"),
    ("kg quality {out}", "how far to trust who and what is the same"),
    ("kg review {out}", "decide what is in doubt"),
    ("kg export {out} --format turtle -o graph.ttl", "the graph in another format"),
)
