"""The measurement itself works: each way finds near copies."""

import pytest

from kg.resolve.papers import features
from tests.benchmarks import papers
from tests.resolve.papers.records import ABSTRACT, OTHER, record


@pytest.mark.parametrize("way", papers.WAYS)
def test_each_way_finds_near_copies(way: str) -> None:
    if way not in {"kg", "judge"}:
        pytest.importorskip(way)
    every = [record("a", abstract=ABSTRACT), record("b", abstract=ABSTRACT.replace("forty", "fifty")), record("c", abstract=OTHER)]
    texts = [(each.id, field.text) for each in every if (field := each.first("abstract"))]
    found = papers.WAYS[way]([features(each, ()) for each in every], texts)
    assert {tuple(sorted(pair)) for pair in found} == {("a/0", "b/0")}
