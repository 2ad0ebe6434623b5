"""Which nodes are called as a text says, have it in their name, or have a name near to it.

A graph has hundreds of thousands of names: they are folded and compared as columns, and only those that can be near are
compared letter by letter.
"""

from difflib import get_close_matches
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from kg.text import fold

NEAR: Final = 5
"""Names that are told where one means nothing."""

LIKE: Final = 0.75
"""How much of a name has to be as in another to be near to it."""

_FOLDED: Final = "^[!-~]+( [!-~]+)*$"
"""A name of plain characters and single blanks, in which only capitals differ from its key."""

COLUMNS: Final = ["id", "label", "aliases"]
"""Columns of the nodes that are looked at."""


class Called:
    """The names of nodes.

    Attributes:
        nodes: The nodes: `COLUMNS`.
    """

    def __init__(self, nodes: pa.Table) -> None:
        self.nodes = nodes.combine_chunks()
        self._labels = _folded(self.nodes["label"].combine_chunks())
        aliases = self.nodes["aliases"].combine_chunks()
        self._aliases, self._bearers = _folded(aliases.flatten()), pc.list_parent_indices(aliases)

    def by_id(self, iris: list[str]) -> list[dict[str, str]]:
        """Return the nodes with one of these IRIs; if there are none, with one in other capitals."""
        wanted = pa.array(iris, pa.string())
        return self._rows(pc.is_in(self.nodes["id"], wanted)) or self._rows(pc.is_in(pc.utf8_lower(self.nodes["id"]), pc.utf8_lower(wanted)))

    def exactly(self, text: str) -> list[dict[str, str]]:
        """Return the nodes that are called so, by their label or an alias."""
        key = fold(text)
        also = pc.take(self.nodes["id"], self._bearers.filter(pc.equal(self._aliases, key)))
        return self._rows(pc.or_(pc.equal(self._labels, key), pc.is_in(self.nodes["id"], also.combine_chunks())))

    def within(self, text: str) -> list[dict[str, str]]:
        """Return the nodes that have it in their label."""
        return self._rows(pc.match_substring(self._labels, fold(text)))

    def near(self, text: str, base: str) -> list[dict[str, str]]:
        """Return the nodes with a label, an alias or a path below the base that is near to it, the nearest first."""
        key, place = fold(text), pa.array(range(self.nodes.num_rows), pa.int64())
        paths = _folded(pc.replace_substring(self.nodes["id"].combine_chunks(), base, "", max_replacements=1))
        bearers: dict[str, int] = {}
        for names, owners in ((paths, place), (self._aliases, self._bearers), (self._labels, place)):
            some = pa.table([names, owners], ["name", "owner"])
            for can in (_as_long, _of_the_same_letters):
                some = some.filter(can(some["name"], key))
            bearers.update(zip(some["name"].to_pylist(), some["owner"].to_pylist(), strict=True))
        meant = dict.fromkeys(bearers[name] for name in get_close_matches(key, bearers, NEAR, LIKE))
        found: list[dict[str, str]] = self.nodes.select(["id", "label"]).take(pa.array(meant, pa.int64())).to_pylist()
        return found

    def _rows(self, those: pa.Array) -> list[dict[str, str]]:
        found: list[dict[str, str]] = self.nodes.select(["id", "label"]).filter(those).to_pylist()
        return found


def _folded(names: pa.Array) -> pa.Array:
    """Return names as keys, as `fold` does."""
    plain = pc.match_substring_regex(names, _FOLDED)
    others = pa.array([fold(name) for name in names.filter(pc.invert(plain)).to_pylist()], pa.string())
    return pc.replace_with_mask(pc.ascii_lower(names), pc.invert(plain), others)


def _as_long(names: pa.Array, key: str) -> pa.Array:
    """Tell for each name whether it can be near to the key by its length."""
    length = pc.utf8_length(names)
    return _enough(pc.min_element_wise(length, len(key)), pc.add(length, len(key)))


def _of_the_same_letters(names: pa.Array, key: str) -> pa.Array:
    """Tell for each name whether it has enough letters of the key, wherever they stand."""
    shared = pa.scalar(0)
    for letter in sorted(set(key)):
        shared = pc.add(shared, pc.min_element_wise(pc.count_substring(names, letter), key.count(letter)))
    return _enough(shared, pc.add(pc.utf8_length(names), len(key)))


def _enough(shared: pa.Array, both: pa.Array) -> pa.Array:
    return pc.greater_equal(pc.multiply(shared, 2.0), pc.multiply(both, LIKE))
