"""Properties that nodes can be coloured by: groups (venue, type, institution, country ...) and numbers, as columns of a page.

A column holds a number for each node of the kinds that have the property, in the order of nodes: for groups 0 for what is not
known, the value's place in the list from 1 on, and one more for all values beyond it; for numbers one more than the number.
What a thing is tied to, and so its group where no fact tells one, the page works out itself.
"""

import re
from collections import Counter
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg.explorer.columns import Array, fitting
from kg.model import Graph
from kg.network.measures import Ints

MOST: Final = 60
"""A page names so many values of a property; the rest are one group."""

FIRST: Final = ("venue", "type", "institution", "country", "sector")
"""Properties in the order in which they are offered; others come after them."""

_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_BLANK: Final = re.compile(r"[^a-z]+")


def groups(graph: Graph, number: Ints, kind: Ints, taken: frozenset[str]) -> tuple[list[dict[str, Any]], dict[str, Array]]:
    """Return the properties of a graph as a page is told of them: facts for its header, and columns by name.

    Args:
        graph: The graph.
        number: The number of each row of the table of nodes.
        kind: The number of the kind of each node, by the node's number.
        taken: Names that mean something else to the page.
    """
    names = sorted(pc.unique(graph.properties["property"]).to_pylist(), key=lambda name: (*(name != each for each in FIRST), name))
    told: list[dict[str, Any]] = []
    columns: dict[str, Array] = {}
    ids = graph.nodes["id"].combine_chunks()
    for words in names:
        name = _BLANK.sub("", words.lower())
        rows = graph.properties.filter(pc.equal(graph.properties["property"], words))
        at = pc.fill_null(pc.index_in(rows["id"], value_set=ids), -1).to_numpy()
        values = rows["value"].filter(pa.array(at >= 0)).to_pylist()
        found = None if not name or name in taken or name in columns else _column(values, number[at[at >= 0]], kind, number, ids)
        if found is None:
            continue
        facts, columns[f"of.{name}"] = found
        told.append({"name": name, "label": words} | facts)
    return told, columns


def _column(values: list[str], node: Ints, kind: Ints, number: Ints, ids: pa.Array) -> tuple[dict[str, Any], Array] | None:
    """Return the facts and the column of a property; None where it tells nothing apart."""
    counts = Counter(values)
    if len(counts) < 2:
        return None
    if all(map(_NUMBER.fullmatch, counts)):
        facts: dict[str, Any] = {"number": True}
        code = np.array([int(value) + 1 for value in values])
    else:
        if 2 * len(counts) > len(values):
            return None
        listed = [value for value, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:MOST]]
        rank = {value: at for at, value in enumerate(listed, 1)}
        code = np.array([rank.get(value, len(listed) + 1) for value in values])
        place = pc.fill_null(pc.index_in(pa.array(listed), value_set=ids), -1).to_pylist()
        facts = {"values": [value if at < 0 else int(number[at]) for value, at in zip(listed, place, strict=True)]}
    of_kind = np.unique(kind[node])
    whole = np.zeros(len(kind), np.int64)
    whole[node] = code
    return facts | {"kinds": of_kind.tolist()}, fitting(whole[np.isin(kind, of_kind)])
