"""Ask: `kg topics`."""

from pathlib import Path
from typing import Final

import click
import pyarrow as pa

from kg import api
from kg.analysis import topic_plot
from kg.analysis.counting import Count
from kg.cli._output import count_option, form_options, json_lines, rows_as, say, year_options
from kg.cli._picture import drawn, plot_option
from kg.model.tables import rows_of


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@year_options
@click.option("--min-papers", default=1, show_default=True, type=click.IntRange(1), help="Only topics with so many papers.")
@click.option("--window", default=3, show_default=True, type=click.IntRange(1), help="Growth compares so many last years with as many before.")
@click.option("--years", is_flag=True, help="One row a topic and year instead of one a topic.")
@click.option("--limit", type=click.IntRange(1), help="Print only the first rows.")
@plot_option("the largest topics over the years")
@count_option
@form_options()
@click.pass_context
def command(
    ctx: click.Context, folder: Path, since: int | None, until: int | None, min_papers: int, window: int, years: bool, limit: int | None,
    picture: Path | None, count: Count, form: str,
) -> None:  # fmt: skip
    """Show what the papers are about: papers on each topic, share by year, growth, leading authors.

    A paper on a topic counts for the broader ones too. Growth 2 means twice the share of the years before.
    """
    result = api.open(folder).topics(since=since, until=until, min_papers=min_papers, window=window, count=count)
    table, shown = (result.years, _YEARS) if years else (result.topics, _TOPICS)
    table = table.slice(0, limit)
    if form == "json":
        json_lines(rows_of(table))
    else:
        rows = table.to_pylist()
        if form == "table" and not years:
            rows = [row | {"authors": ", ".join(row["authors"])} for row in rows]
        rows_as(form, rows, shown)
    say(str(result.summary["note"]))
    if not years and (several := _undivided(table)):
        said = ", ".join(several[:_TOLD]) + (f" and {len(several) - _TOLD} more" if len(several) > _TOLD else "")
        say(f"Several people may bear these authors' names, and the papers be of several: {said}")
    if picture:
        drawn(topic_plot.draw, result, picture, folder)
    ctx.exit(0 if table.num_rows else 1)


def _undivided(topics: pa.Table) -> list[str]:
    """Return the names among the leading authors that could not be divided among people, each once."""
    names, ids = (topics[column].combine_chunks().flatten().to_pylist() for column in ("authors", "author_ids"))
    return list(dict.fromkeys(name for name, iri in zip(names, ids, strict=True) if "/ambiguous/" in iri))


_TOLD: Final = 5
"""Names that a line lists."""

_TOPICS = ("label", "papers", "share", "first_year", "last_year", "growth", "authors")
_YEARS = ("label", "year", "papers", "of", "share")
