"""`kg results`."""

from pathlib import Path

import click
import pyarrow.compute as pc

from kg.analysis.counting import Count, results_of_versions
from kg.analysis.results import WARNING, leaderboard
from kg.cli._output import count_option, form_options, json_lines, rows_as, say
from kg.pipeline.opened import Opened, open_build
from kg.text import fold

_SHOWN = ("dataset", "metric", "value", "unit", "split", "model", "own", "title", "passage")


def _path(opened: Opened, kind: str, text: str) -> str:
    """Return the path of the thing of this kind that a text names; several kinds may share a name."""
    nodes = opened.table("nodes").select(["id", "kind", "label", "aliases"]).to_pylist()
    called = [row["id"] for row in nodes if row["kind"] == kind and fold(text) in {fold(name) for name in (row["label"], *row["aliases"])}]
    return opened.path(called[0] if len(called) == 1 else opened.find(text))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--metric", help="Only this metric: a name, or a path such as metric/accuracy.")
@click.option("--dataset", help="Only this dataset: a name, or a path such as dataset/imagenet.")
@click.option("--differences", is_flag=True, help="Show by how much results differ, instead of the results themselves.")
@count_option
@form_options
@click.pass_context
def command(
    ctx: click.Context, folder: Path, metric: str | None, dataset: str | None, differences: bool, count: Count, form: str
) -> None:
    """Show the results that papers report, by dataset and metric, each with the passage that says it."""
    opened = open_build(folder)
    names = {row["id"]: row["name"] for row in opened.table("documents").to_pylist()}
    leads = pc.field("predicate") == "kg:hasResult"
    facts = opened.rows("facts", pc.starts_with(pc.field("subject"), "result/") | leads)
    passages = [row | {"document": names[row["document"]]} for row in opened.rows("statements", leads)]
    if count == "version":
        facts, passages = results_of_versions(facts, passages, opened.version_of_record())
    found = leaderboard(
        facts,
        passages,
        opened.counted(count, ["id", "label", "year"], ["source"]).nodes.to_pylist(),
        opened.base,
        metric=_path(opened, "metric", metric) if metric else None,
        dataset=_path(opened, "dataset", dataset) if dataset else None,
        kind="difference" if differences else "absolute",
    )
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
