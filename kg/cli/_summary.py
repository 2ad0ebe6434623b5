"""The summary that a build ends with."""

from collections.abc import Callable

from kg.cli._output import say, shell
from kg.cli._progress import Progress
from kg.ontology import load
from kg.pipeline.progress import Say, Summary
from kg.text import counted, printable

_KINDS = ("person", "ambiguous", "group", "organization", "topic", "method", "dataset", "task", "metric", "software")
SHOWN = 5
"""Problems that a build prints; `kg problems` lists them all."""


def follow(build: Callable[[Say], Summary]) -> None:
    """Run a build: tell how far it has come, and what it gave."""
    with Progress() as progress:
        summary = build(progress)
    _tell(summary)


def _tell(summary: Summary) -> None:
    """Say what a build gave, on standard error."""
    counts = summary.counts
    say(
        f"{counted(counts['documents'], 'document')}, {counted(counts['records'], 'record')}, {counted(counts['papers'], 'paper')}, "
        f"{counted(counts.get('person nodes', 0), 'person', 'people')}, {counted(counts['mentions'], 'mention')}, "
        f"{counted(counts['problems'], 'problem')}"
        + (" (nothing had changed)" if summary.unchanged else f" in {sum(summary.seconds.values()):.1f} s")
    )
    known = load().kinds
    kinds = [counted(counts[f"{kind} nodes"], known[kind].label, known[kind].plural) for kind in _KINDS if counts.get(f"{kind} nodes")]
    listed = f" ({', '.join(kinds)})" if kinds else ""
    say(f"graph: {counted(counts['nodes'], 'node')}{listed}, {counted(counts['edges'], 'edge')}")
    if counts["cut_author_lists"]:
        say(f"author lists cut by 'et al.': {counts['cut_author_lists']}; figures from them are lower bounds")
    if summary.left_out:
        names = ", ".join(summary.left_out[:SHOWN]) + (f" and {len(summary.left_out) - SHOWN} more" if len(summary.left_out) > SHOWN else "")
        say(f"taken out, as this build was not given {'it' if len(summary.left_out) == 1 else 'them'}: {names}; name all files of a graph each time")
    for problem in summary.problems[:SHOWN]:
        say(f"{problem.severity}: {printable(str(problem))}")
    if len(summary.problems) > SHOWN:
        say(f"... and {len(summary.problems) - SHOWN} more; list them with: {shell('kg', 'problems', summary.folder)}")
