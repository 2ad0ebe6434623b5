"""Check: `kg stats`."""

from pathlib import Path

import click
import pyarrow.compute as pc

from kg.analysis.counting import Count
from kg.cli._output import as_json, count_option, table
from kg.pipeline.opened import Opened, open_build


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@count_option
@click.option("--json", "as_lines", is_flag=True, help="Print JSON.")
def command(folder: Path, count: Count, as_lines: bool) -> None:
    """Count what is in the graph."""
    opened = open_build(folder)
    counts = opened.run["counts"] | _papers(opened, count) | {"versions": opened.versions.num_rows}
    click.echo(as_json(counts) if as_lines else table(["what", "how many"], ([k.replace("_", " "), v] for k, v in counts.items())))


def _papers(opened: Opened, count: Count) -> dict[str, int]:
    """Return the counts of papers, and of those with a cut author list."""
    nodes = opened.counted(count, ["id", "kind", "authors_complete"], ["source"]).nodes
    papers = nodes.filter(pc.equal(nodes["kind"], "paper"))
    cut = pc.sum(pc.equal(papers["authors_complete"], False)).as_py()
    return {"papers": papers.num_rows, "cut_author_lists": cut or 0}
