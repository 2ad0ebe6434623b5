"""What the papers of a build report, as tables: the tables of the build joined into `kg.analysis.results`."""

import pyarrow as pa
import pyarrow.compute as pc

from kg.analysis.counting import Count, results_of_versions
from kg.analysis.results import leaderboard
from kg.errors import UsageError
from kg.pipeline.opened import Opened


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
        UsageError: If there is no such metric or dataset in the graph, or there is no such policy of counting.
    """
    nodes = opened.counted(count, ["id", "label", "year"], ["source"]).nodes.to_pylist()
    leads = pc.field("predicate") == "kg:hasResult"
    facts = opened.rows("facts", pc.starts_with(pc.field("subject"), "result/") | leads)
    passages = [row | {"document": opened.documents[row["document"]]} for row in opened.rows("statements", leads)]
    if count == "version":
        facts, passages = results_of_versions(facts, passages, opened.version_of_record())
    return leaderboard(
        facts, passages, nodes, opened.base, kind=kind,
        metric=_path(opened, "metric", metric) if metric else None, dataset=_path(opened, "dataset", dataset) if dataset else None,
    )  # fmt: skip


def _path(opened: Opened, kind: str, text: str) -> str:
    """Return the path of the thing of this kind that a text names; several kinds may share a name."""
    meant = [path for path in map(opened.path, opened.meant(text)) if path.startswith(f"{kind}/")]
    path = meant[0] if len(meant) == 1 else opened.path(opened.find(text))
    if not path.startswith(f"{kind}/"):
        raise UsageError(f"{path} is not a {kind}; name one by its name or path")
    return path
