"""The summary that a build ends with."""

from kg.cli._output import say
from kg.ontology import load
from kg.pipeline.build import Summary
from kg.text import printable

_KINDS = ("person", "ambiguous", "group", "organization", "topic", "method", "dataset", "task", "metric", "software")
SHOWN = 5
"""Problems that a build prints; `kg problems` lists them all."""


def tell(summary: Summary) -> None:
    """Say what a build gave, on standard error."""
    counts = summary.counts
    say(
        f"{counts['documents']} documents, {counts['records']} records, {counts['papers']} papers, "
        f"{counts.get('person nodes', 0)} people, {counts['mentions']} mentions, {counts['problems']} problems"
        + (" (nothing had changed)" if summary.unchanged else f" in {sum(summary.seconds.values()):.1f} s")
    )
    kinds = [_counted(counts[f"{kind} nodes"], kind) for kind in _KINDS if counts.get(f"{kind} nodes")]
    listed = f" ({', '.join(kinds)})" if kinds else ""
    say(f"graph: {counts['nodes']} nodes{listed}, {counts['edges']} edges")
    if counts["cut_author_lists"]:
        say(f"author lists cut by 'et al.': {counts['cut_author_lists']}; figures from them are lower bounds")
    for problem in summary.problems[:SHOWN]:
        say(f"{problem.severity}: {printable(str(problem))}")
    if len(summary.problems) > SHOWN:
        say(f"... and {len(summary.problems) - SHOWN} more; list them with: kg problems {summary.folder}")


def _counted(count: int, kind: str) -> str:
    known = load().kinds[kind]
    return f"{count} {known.label if count == 1 else known.plural}"
