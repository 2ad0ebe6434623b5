"""`kg coauthors`."""

from pathlib import Path

import click

from kg.analysis import coauthor_plot, coauthorship
from kg.cli._output import form_options, rows_as, say
from kg.files import atomic_write
from kg.pipeline.opened import open_build


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--people", is_flag=True, help="One row a person instead of one a pair.")
@click.option("--limit", type=click.IntRange(1), help="Print only the first rows.")
@click.option("--plot", "picture", type=click.Path(path_type=Path), help="Also draw the network into a .png or .svg file.")
@form_options
def command(folder: Path, people: bool, limit: int | None, picture: Path | None, form: str) -> None:
    """Show who wrote with whom: joint papers, years, centrality, communities."""
    result = coauthorship.run(open_build(folder).graph())
    rows = (result.people if people else result.pairs).to_pylist()[:limit]
    rows_as(form, rows, _PEOPLE if people else _PAIRS)
    for line in str(result.summary.get("note", "")).split("\n"):
        if line:
            say(line)
    if picture:
        with atomic_write(picture) as out:
            coauthor_plot.draw(result, out, picture.suffix.lstrip(".").lower() or "png")


_PAIRS = ("a_label", "b_label", "papers", "first_year", "last_year", "lower_bound")
_PEOPLE = ("label", "papers", "degree", "betweenness", "community", "lower_bound")
