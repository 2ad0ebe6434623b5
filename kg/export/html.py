"""The interactive graph as one HTML file that works offline."""

from typing import Any

from kg.export.pyvis import LIMIT_EDGES, LIMIT_NODES, reduced, suffix, write
from kg.model import Graph

__all__ = ["LIMIT_EDGES", "LIMIT_NODES", "suffix", "write"]

_Rows = list[dict[str, Any]]


def _shown(graph: Graph) -> tuple[_Rows, _Rows, list[str]]:
    shown, notices = reduced(graph)
    return shown.rows("nodes"), shown.rows("edges"), notices
