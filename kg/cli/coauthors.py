"""Ask: `kg coauthors`."""

from pathlib import Path
from typing import Final

import click

from kg import api
from kg.analysis.counting import Count
from kg.cli._output import as_csv, count_option, form_options, json_lines, rows_as, say, year_options
from kg.cli._picture import drawn, plot_option
from kg.model.tables import rows_of


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@year_options
@click.option("--min-papers", default=1, show_default=True, type=click.IntRange(1), help="Only people with so many papers.")
@click.option("--max-authors", default=100, show_default=True, type=click.IntRange(2), help="A longer author list makes no pairs.")
@click.option("--groups", is_flag=True, help="Count teams that sign as one among the people.")
@click.option("--people", is_flag=True, help="One row a person instead of one a pair.")
@click.option("--limit", type=click.IntRange(1), help="Print only the first rows.")
@plot_option("the network")
@count_option
@form_options()
@click.pass_context
def command(
    ctx: click.Context, folder: Path, since: int | None, until: int | None, min_papers: int, max_authors: int, groups: bool, people: bool,
    limit: int | None, picture: Path | None, count: Count, form: str,
) -> None:  # fmt: skip
    """Show who wrote with whom: joint papers, years, centrality, communities."""
    result = api.open(folder).coauthors(
        since=since, until=until, min_papers=min_papers, max_authors=max_authors, include_groups=groups, count=count
    )
    found = result.people if people else result.pairs
    shown = [*(_PEOPLE if people else _PAIRS)]
    if result.summary["ambiguous"]:
        shown.append("kind" if people else "ambiguous")
    table = found.slice(0, _LINES if form == "table" and limit is None else limit)
    if form == "json":
        json_lines(rows_of(table))
    elif form == "csv":
        for start in range(0, max(table.num_rows, 1), _LINES):
            columns = (column.to_pylist() for column in table.slice(start, _LINES).columns)
            click.echo(as_csv(table.column_names, zip(*columns, strict=True), head=not start), nl=False)
    else:
        table = table.select(shown)
        rows_as(form, table.to_pylist(), shown)
    if table.num_rows < found.num_rows and limit is None:
        say(f"The first {table.num_rows:,} of {found.num_rows:,} rows; --limit shows more, --csv and --json give all.")
    for line in str(result.summary.get("note", "")).split("\n"):
        if line:
            say(line)
    for figure in ("betweenness", "closeness"):
        if figure in table.column_names and result.summary[figure] != "exact":
            say(f"The column {figure} is {result.summary[figure]}.")
    if picture:
        from kg.analysis import coauthor_plot  # noqa: PLC0415 - networkx is slow to load

        drawn(coauthor_plot.draw, result, picture, folder)
    ctx.exit(0 if table.num_rows else 1)


_LINES: Final = 10_000
"""How many rows a table has unless a person says so: to align the columns, all of it has to be held."""

_PAIRS = ("a_label", "b_label", "papers", "first_year", "last_year", "lower_bound")
_PEOPLE = ("label", "papers", "degree", "betweenness", "community", "lower_bound")
