"""The picture of topics: something is drawn, the same again, and the words on it are true."""

import io
import sys
import xml.etree.ElementTree as ET

import pytest

from kg.analysis import topic_plot
from kg.analysis.topic_plot import PANELS, chosen, draw
from kg.analysis.topics import TopicTrends, run
from kg.errors import UsageError
from tests.analysis.test_topics import SMALL, TREE, Paper, graph_of

pytest.importorskip("matplotlib", reason="plots are an extra")


def drawn(result: TopicTrends, form: str) -> bytes:
    """The bytes of a picture."""
    out = io.BytesIO()
    draw(result, out, form)
    return out.getvalue()


@pytest.mark.parametrize(("form", "magic"), [("png", b"\x89PNG\r\n"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_a_picture_is_drawn_and_the_same_again(form: str, magic: bytes) -> None:
    result = run(graph_of(SMALL), tree=TREE)
    first = drawn(result, form)
    assert first.startswith(magic)
    assert drawn(result, form) == first


def test_svg_is_well_formed_and_has_no_date() -> None:
    data = drawn(run(graph_of(SMALL)), "svg")
    assert ET.fromstring(data).tag.endswith("svg")  # noqa: S314 - our own output
    assert b"dc:date" not in data


def test_what_nearly_all_papers_are_on_is_left_out_and_told() -> None:
    result = run(graph_of(SMALL), tree=TREE)
    assert [row["id"] for row in chosen(result)] == ["D", "L", "S"]
    assert "2 topics that more than half of the papers are on are left out." in topic_plot._caption(result)
    alone = run(graph_of({"p": (2020, "a", "D", "")}))
    assert [row["id"] for row in chosen(alone)] == ["D"], "unless there is nothing else"
    assert drawn(alone, "svg")


def test_years_of_few_papers_are_pale_and_those_without_any_are_told() -> None:
    papers: dict[str, Paper] = {f"p{n}": (2020, "a", "D", "") for n in range(5)}
    papers["q"] = (2022, "a", "D", "")
    result = run(graph_of(papers))
    assert "Pale: a year with fewer than 5 papers. Of 2021 there is no paper." in topic_plot._caption(result)
    bars = [bar.get_alpha() for bar in topic_plot._figure(result, chosen(result)).axes[0].patches]
    assert bars == [1.0, 0.35, 0.35]
    later: dict[str, Paper] = {f"q{n}": (2022, "a", "D", "") for n in range(5)}
    assert "Pale" not in topic_plot._caption(run(graph_of(papers | later)))


def test_no_more_topics_than_can_be_read() -> None:
    papers: dict[str, Paper] = {f"p{n:02}": (2000 + n % 9, "a", chr(0x4E00 + n), "") for n in range(40)}
    assert len(chosen(run(graph_of(papers)))) == PANELS
    assert drawn(run(graph_of(papers)), "svg")


def test_growth_is_told_in_words() -> None:
    assert topic_plot._grown({"new": False, "growth": 2.0}) == ", share × 2"
    assert topic_plot._grown({"new": True, "growth": None}) == ", new"
    assert topic_plot._grown({"new": False, "growth": None}) == ""


def test_faults_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="nothing to draw"):
        drawn(run(graph_of({"p": (None, "a", "D", "")})), "png")
    with pytest.raises(UsageError, match="gif; the formats are pdf, png, svg"):
        drawn(run(graph_of(SMALL)), "gif")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match="kg\\[plot\\]"):
        drawn(run(graph_of(SMALL)), "png")
