"""Analyses: one file per question asked of the whole graph, found by its name.

An analysis is a module with

    run(graph: Graph, **options) -> pa.Table, or a small frozen result made of tables and a summary

It reads the graph's tables, touches no file and gives the same rows whatever the order of the graph's rows.
Each module says which options it takes, whose method it follows, and when a figure is only a lower bound.
"""

from types import ModuleType

from kg.plugins import discover


def analyses() -> dict[str, ModuleType]:
    """Return all analyses by name.

    >>> "coauthorship" in analyses()
    True
    """
    return discover(__name__, "run")
