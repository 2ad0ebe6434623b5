"""What a build leaves in its folder for whoever reads it: the names of files, a version's run and graph, people's decisions.

Nothing here builds: reading loads a fraction of what building does.
"""

import json
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.dataset as ds

from kg.errors import UsageError
from kg.graph.properties import properties
from kg.model import Graph
from kg.ontology import load
from kg.resolve import decisions
from kg.store import folder as folders
from kg.store.questions import prefixes

RUN: Final = "run.json"
"""A version's own description of its run: time, paths, options. The only file with a clock in it."""

QUADS: Final = "graph.nq"

DRAWN: Final = ("places", "communities")
"""Tables of where nodes stand in pictures."""


def run_of(version: Path) -> dict[str, Any]:
    """Return what a version says of its run: time, paths, options, counts.

    Raises:
        BuildError: If that is missing or damaged.
    """
    told: dict[str, Any] = json.loads(folders.intact(version, RUN).read_text())
    return told


def graph_of(
    nodes: pa.Table, edges: pa.Table, evidence: pa.Table, quads: Path, facts: Path, base: str, *, with_text: bool, **drawn: pa.Table
) -> Graph:  # fmt: skip
    """Return the graph that a version's tables make, for exporters and analyses."""
    kinds = {k.name: {"label": k.label, "plural": k.plural, "color": k.color} for k in load().kinds.values()}
    told = properties(ds.dataset(facts), base)
    return Graph(nodes, edges, evidence, quads, prefixes(base), kinds, with_text, properties=told, **drawn)


def decided_text(folder: Path) -> str:
    """Return the text of a build folder's decisions file, empty without one.

    Raises:
        UsageError: If it is not in UTF-8: what people decided is not guessed.
    """
    file = folder / decisions.FILE
    try:
        return file.read_bytes().decode() if file.is_file() else ""
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
