"""The picture: something is drawn, the same again, and the words on it are true."""

import io
import itertools
import re
import sys
import xml.etree.ElementTree as ET

import pyarrow as pa
import pytest

from kg.analysis import coauthor_plot
from kg.analysis.coauthor_plot import COLORS, draw
from kg.analysis.coauthorship import PEOPLE, Coauthorship, run
from kg.errors import UsageError
from tests.analysis.test_coauthorship import SMALL, Paper, graph_of

pytest.importorskip("matplotlib", reason="plots are an extra")


def drawn(result: Coauthorship, form: str) -> bytes:
    """The bytes of a picture."""
    out = io.BytesIO()
    draw(result, out, form)
    return out.getvalue()


@pytest.mark.parametrize(("form", "magic"), [("png", b"\x89PNG\r\n"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_a_picture_is_drawn_and_the_same_again(form: str, magic: bytes) -> None:
    result = run(graph_of(SMALL))
    first = drawn(result, form)
    assert first.startswith(magic)
    assert drawn(result, form) == first


def test_svg_is_well_formed_and_has_no_date() -> None:
    data = drawn(run(graph_of(SMALL)), "svg")
    assert ET.fromstring(data).tag.endswith("svg")  # noqa: S314 - our own output
    assert b"dc:date" not in data


def test_svg_has_a_dot_for_each_person_with_a_coauthor() -> None:
    text = drawn(run(graph_of(SMALL)), "svg").decode()
    assert text.count("stroke: #ffffff; stroke-width: 0.9") == len("abcdfg")


def test_the_caption_says_what_is_left_out_and_that_figures_are_lower_bounds() -> None:
    result = run(graph_of(SMALL))
    people, _ = coauthor_plot._shown(result)
    caption = coauthor_plot._caption(result, people)
    assert "One person without a co-author is not drawn." in caption
    assert "Figures are lower bounds" in caption
    whole = run(graph_of({"p": (2020, True, "ab")}))
    assert "lower bound" not in coauthor_plot._caption(whole, coauthor_plot._shown(whole)[0])


def test_a_large_network_is_cut_to_the_people_with_most_papers() -> None:
    letters = [chr(0x4E00 + number) for number in range(400)]
    papers: dict[str, Paper] = {f"p{i:03}": (2020, True, a + b) for i, (a, b) in enumerate(itertools.pairwise(letters))}
    result = run(graph_of(papers))
    people, pairs = coauthor_plot._shown(result)
    assert len(people) <= coauthor_plot.SHOWN < 400
    assert all(row["papers"] == 2 for row in people)
    assert {row[end] for row in pairs for end in ("a", "b")} == {row["id"] for row in people}
    assert f"Drawn are {len(people)} of the 400 with co-authors" in coauthor_plot._caption(result, people)


def test_a_name_of_several_people_has_a_dark_rim_and_the_caption_says_so() -> None:
    result = run(graph_of({"p": (2020, True, "ab")}))
    people, pairs = coauthor_plot._shown(result)
    assert "rim" not in coauthor_plot._caption(result, people)
    people[1] = people[1] | {"kind": "ambiguous"}
    assert "A dark rim is a name that several people may bear." in coauthor_plot._caption(result, people)
    rims = coauthor_plot._figure(result, people, pairs).axes[0].collections[1].get_edgecolors()
    assert [tuple(rim[:3]) == (1.0, 1.0, 1.0) for rim in rims] == [True, False]


def test_a_dense_network_is_cut_to_what_can_be_read() -> None:
    letters = "".join(chr(0x4E00 + number) for number in range(60))
    people, pairs = coauthor_plot._shown(run(graph_of({"p": (2020, True, letters)})))
    assert len(people) == coauthor_plot.SHOWN_ALWAYS
    assert len(pairs) == 40 * 39 // 2


def test_names_do_not_overlap_each_other() -> None:
    boxes = list(coauthor_plot._sides((0.0, 0.0, 10.0, 10.0), 50.0, 8.0, 2.0))
    assert all(not coauthor_plot._overlap(box, (0.0, 0.0, 10.0, 10.0)) for box in boxes[:4])
    assert coauthor_plot._overlap((0, 0, 2, 2), (1, 1, 3, 3))
    assert not coauthor_plot._overlap((0, 0, 2, 2), (2, 0, 4, 2))


@pytest.mark.filterwarnings("ignore:Glyph")
def test_the_most_central_are_named_in_the_middle_of_a_crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    hub, *others = (chr(0x4E00 + number) for number in range(121))
    result = run(graph_of({f"p{other}": (2020, True, hub + other) for other in others}))
    people, pairs = coauthor_plot._shown(result)
    first = max(people, key=lambda row: row["degree"])
    crowd = [first["id"], *(row["id"] for row in people if row is not first)]
    grid = sorted(((0.06 * x, 0.06 * y) for x in range(-5, 6) for y in range(-5, 6)), key=lambda place: abs(place[0]) + abs(place[1]))
    monkeypatch.setattr(coauthor_plot, "_places", lambda *_: dict(zip(crowd, grid, strict=False)))
    named = [row | {"label": "Somebody of a Long Name" if row is first else row["label"]} for row in people]
    texts = [text.get_text() for text in coauthor_plot._figure(result, named, pairs).axes[0].texts]
    assert "Somebody of a Long Name" in texts


def test_components_stand_apart() -> None:
    papers: dict[str, Paper] = {f"p{i}": (2020, True, chr(97 + 2 * i) + chr(98 + 2 * i)) for i in range(13)}
    people, pairs = coauthor_plot._shown(run(graph_of(papers)))
    places = coauthor_plot._places(people, pairs, 1.2)
    team = {row[end]: row["a"] for row in pairs for end in ("a", "b")}
    apart = [
        ((places[a][0] - places[b][0]) ** 2 + (places[a][1] - places[b][1]) ** 2) ** 0.5
        for a, b in itertools.combinations(places, 2)
        if team[a] != team[b]
    ]
    assert min(apart) >= coauthor_plot._CELL * coauthor_plot._REACH


def test_largest_communities_have_colours_of_their_own() -> None:
    people = [{"community": community} for community in range(9) for _ in range(9 - community)]
    colors = coauthor_plot._colors(people)
    assert [colors[community] for community in range(7)] == list(COLORS)
    assert colors[7] == colors[8] == coauthor_plot._REST


def test_communities_of_one_size_are_all_coloured_or_none() -> None:
    colors = coauthor_plot._colors([{"community": 0}, *({"community": community} for community in range(9))])
    assert colors == {0: COLORS[0]} | dict.fromkeys(range(1, 9), coauthor_plot._REST)
    even = coauthor_plot._colors([{"community": community} for community in range(9)])
    assert len(set(even.values())) == len(COLORS) + 1


@pytest.mark.parametrize("name", ["$x_1$ & <b>", "王小明", "ي", "", "a" * 300, "\\frac{"])
def test_odd_names_are_drawn(name: str) -> None:
    result = run(graph_of({"p": (2020, True, "ab")}))
    rows = [row | {"label": name} for row in result.people.to_pylist()]
    odd = Coauthorship(result.pairs, pa.Table.from_pylist(rows, PEOPLE), result.summary)
    assert drawn(odd, "svg")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError, match="gif; the formats are pdf, png, svg"):
        drawn(run(graph_of(SMALL)), "gif")


def test_nothing_to_draw_is_said() -> None:
    with pytest.raises(UsageError, match="nothing to draw"):
        drawn(run(graph_of({"p": (2020, True, "a")})), "png")


def test_missing_matplotlib_is_said_with_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match=re.escape('pip install "kg[plot]"')):
        drawn(run(graph_of(SMALL)), "png")
