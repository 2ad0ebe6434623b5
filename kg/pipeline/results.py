"""What the papers of a build report, as tables: the tables of the build joined into `kg.analysis.results`."""

import pyarrow as pa
import pyarrow.compute as pc

from kg.analysis.counting import Count, results_of_versions
from kg.analysis.results import leaderboard
from kg.pipeline.opened import Opened
from kg.text import fold


def results(
    opened: Opened, metric: str | None = None, dataset: str | None = None, kind: str | None = "absolute", count: Count = "work"
) -> pa.Table:
    """Return the reported results: `kg.analysis.results.LEADERBOARD`.

    Args:
        opened: The build.
        metric: The only metric wanted: a name, a path or an IRI.
        dataset: The only dataset wanted, likewise.
        kind: `absolute` or `difference`; None for both.
        count: Whether a result is told of the paper (`work`) or of each version whose text says it (`version`).

    Raises:
        UsageError: If the metric or dataset is not in the graph, or there is no such policy of counting.
    """
    nodes = opened.counted(count, ["id", "label", "year"], ["source"]).nodes.to_pylist()
    names = {row["id"]: row["name"] for row in opened.table("documents").to_pylist()}
    leads = pc.field("predicate") == "kg:hasResult"
    facts = opened.rows("facts", pc.starts_with(pc.field("subject"), "result/") | leads)
    passages = [row | {"document": names[row["document"]]} for row in opened.rows("statements", leads)]
    if count == "version":
        facts, passages = results_of_versions(facts, passages, opened.version_of_record())
    return leaderboard(
        facts, passages, nodes, opened.base, kind=kind,
        metric=_path(opened, "metric", metric) if metric else None, dataset=_path(opened, "dataset", dataset) if dataset else None,
    )  # fmt: skip


def _path(opened: Opened, kind: str, text: str) -> str:
    """Return the path of the thing of this kind that a text names; several kinds may share a name."""
    nodes = opened.table("nodes", ["id", "kind", "label", "aliases"]).to_pylist()
    called = [row["id"] for row in nodes if row["kind"] == kind and fold(text) in {fold(name) for name in (row["label"], *row["aliases"])}]
    return opened.path(called[0] if len(called) == 1 else opened.find(text))
