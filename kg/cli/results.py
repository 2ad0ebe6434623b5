"""Ask: `kg results`."""

from pathlib import Path

import click

from kg import api
from kg.analysis.counting import Count
from kg.analysis.results import WARNING
from kg.cli._output import count_option, form_options, json_lines, rows_as, say

_SHOWN = ("dataset", "metric", "value", "unit", "split", "model", "own", "title", "passage")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--metric", help="Only this metric: a name, or a path such as metric/accuracy.")
@click.option("--dataset", help="Only this dataset: a name, or a path such as dataset/imagenet.")
@click.option("--differences", is_flag=True, help="Show by how much results differ, instead of the results themselves.")
@count_option
@form_options()
@click.pass_context
def command(
    ctx: click.Context, folder: Path, metric: str | None, dataset: str | None, differences: bool, count: Count, form: str
) -> None:
    """Show the results that papers report, by dataset and metric, each with the passage that says it."""
    found = api.open(folder).results(metric, dataset, differences=differences, count=count)
    rows = found.to_pylist()
    if form == "json":
        json_lines(rows)
    elif form == "csv":
        rows_as(form, rows, found.column_names)
    elif rows:
        rows_as(form, [row | {"passage": f"{row['document']}:{row['line']} «{row['quote']}»{row['after'] or ''}"} for row in rows], _SHOWN)
    if rows:
        say(WARNING)
    else:
        say(f"no such result in this graph; look at all of them with: kg results {folder}")
    ctx.exit(0 if rows else 1)
