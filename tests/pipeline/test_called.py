"""Names of nodes, compared as columns: the same as one by one."""

from difflib import get_close_matches

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.pipeline.called import LIKE, NEAR, Called
from kg.text import fold

NAMES = st.text("abcé É-'\u2019\u00a0\u200bßI.", max_size=6)


def called(names: list[tuple[str, list[str]]]) -> Called:
    """Nodes with these labels and aliases, numbered."""
    ids = [f"base/{place:03}" for place in range(len(names))]
    schema = pa.schema([("id", pa.string()), ("label", pa.string()), ("aliases", pa.list_(pa.string()))])
    return Called(pa.table([ids, [label for label, _ in names], [aliases for _, aliases in names]], schema=schema))


@settings(deadline=None)
@given(st.lists(st.tuples(NAMES, st.lists(NAMES, max_size=2)), min_size=1, max_size=8), NAMES)
def test_columns_find_what_names_one_by_one_find(names: list[tuple[str, list[str]]], text: str) -> None:
    nodes, key = called(names), fold(text)
    expected = [f"base/{place:03}" for place, (label, aliases) in enumerate(names) if key in map(fold, [label, *aliases])]
    assert [row["id"] for row in nodes.exactly(text)] == expected
    assert [row["id"] for row in nodes.within(text)] == [f"base/{place:03}" for place, (label, _) in enumerate(names) if key in fold(label)]
    every = {fold(name) for label, aliases in names for name in (label, *aliases)} | {f"{place:03}" for place in range(len(names))}
    near = get_close_matches(key, every, NEAR, LIKE)
    found = nodes.near(text, "base/")
    assert len(found) == len({row["id"] for row in found}) <= len(near)
    assert bool(found) == bool(near)
    if near:
        bearers = {row["id"] for row in nodes.exactly(near[0])} | {f"base/{near[0]}"}
        assert found[0]["id"] in bearers, "the nearest comes first"


def test_a_label_is_meant_rather_than_an_alias_or_a_path() -> None:
    nodes = called([("gravel net", []), ("sand", ["gravel nett"]), ("gravel nett", [])])
    assert [row["label"] for row in nodes.near("gravel netts", "base/")] == ["gravel nett", "gravel net"]
