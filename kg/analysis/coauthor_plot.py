"""A picture of a co-authorship network: who writes with whom, and in which circles.

In goes the result of `kg.analysis.coauthorship`, out comes a PNG, SVG or PDF. A dot is a person, larger with
more papers; a line is a pair, wider with more joint papers; a colour is a community. The largest connected
part stands in the middle, the others are packed around it. A caption says how much of the network is shown
and when its figures are lower bounds. The same result gives the same picture.

Needs matplotlib: `pip install "kg[plot]"`.
"""

import math
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

import networkx as nx
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg.analysis import _plot
from kg.analysis._plot import INK, QUIET
from kg.analysis.coauthorship import Coauthorship
from kg.errors import UsageError

SHOWN: Final = 160
"""How many people a picture can hold and still be read."""

LINES: Final = 450
"""How many pairs it can hold: where people are closely tied, fewer are shown, but `SHOWN_ALWAYS`."""

SHOWN_ALWAYS: Final = 40

NAMED: Final = 100
"""How many names are tried, the most central people first; a name that finds no free place is left out."""

PROMINENT: Final = 10
"""How many of these are bold; they may also stand farther off, with a line to their dot."""

COLORS: Final = _plot.COLORS

_REST: Final = "#A9AFB6"
_EDGE_BETWEEN: Final = "#9AA3AD"

_SIZE: Final = (12.0, 9.0)
_TITLE_SHARE: Final = 0.075
_CAPTION_SHARE: Final = 0.085

_SWEEPS: Final = 150
_CELL: Final = 0.45
"""Side of the squares that packing counts in; two co-authors are about 1 apart."""

_REACH: Final = 2
"""Squares around a component that stay free."""

Row = dict[str, Any]
Point = tuple[float, float]
Box = tuple[float, float, float, float]


def draw(result: Coauthorship, out: BinaryIO, format: str = "png") -> None:  # noqa: A002 - as matplotlib calls it
    """Draw the network.

    Args:
        result: What `kg.analysis.coauthorship.run` found.
        out: Where the picture goes.
        format: `pdf`, `png` or `svg`.

    Raises:
        UsageError: If the format is unknown, matplotlib is missing, or there is no pair to draw.
    """
    def figure() -> Any:
        people, pairs = _shown(result)
        if not pairs:
            raise UsageError("there is nothing to draw: no two people wrote a paper together")
        return _figure(result, people, pairs)

    _plot.write(figure, out, format)


def _shown(result: Coauthorship) -> tuple[list[Row], list[Row]]:
    """Return the people with most papers who have a co-author among them, and the pairs between them."""
    ranked = result.people.filter(pc.greater(result.people["degree"], 0)).sort_by(
        [("papers", "descending"), ("degree", "descending"), ("id", "ascending")]
    )
    # A pair comes into the picture with the later of its two.
    rank = np.maximum(*(pc.index_in(result.pairs[end], ranked["id"]).to_numpy() for end in ("a", "b")))
    first_too_many = int(np.sort(rank)[LINES]) if len(rank) > LINES else len(ranked)
    count = min(SHOWN, max(SHOWN_ALWAYS, first_too_many))
    pairs: list[Row] = result.pairs.filter(pa.array(rank < count)).to_pylist()
    paired = {row[end] for row in pairs for end in ("a", "b")}
    return [row for row in ranked.slice(0, count).to_pylist() if row["id"] in paired], pairs


def _figure(result: Coauthorship, people: list[Row], pairs: list[Row]) -> Any:
    """Return the finished figure."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    width, height = _SIZE
    room = 1 - _TITLE_SHARE - _CAPTION_SHARE
    # Names need room to the sides, so the dots take less of the width than there is.
    places = _places(people, pairs, 0.75 * width / (height * room))
    figure = Figure(figsize=_SIZE, facecolor="white")
    canvas: Any = FigureCanvasAgg(figure)
    axes = figure.add_axes((0.0, _CAPTION_SHARE, 1.0, room))
    axes.set_axis_off()
    _frame(axes, places)
    _draw_pairs(axes, people, pairs, places)
    _draw_people(axes, people, places)
    for name in _names(axes, canvas.get_renderer(), people, places):
        axes.annotate(**name)
    _draw_words(figure, result, people, pairs)
    return figure


def _frame(axes: Any, places: dict[str, Point]) -> None:
    """Show all places with some room for the names at the border."""
    xs, ys = zip(*places.values(), strict=True)
    width, height = _SIZE[0], _SIZE[1] * (1 - _TITLE_SHARE - _CAPTION_SHARE)
    unit = max((max(xs) - min(xs) + 3.0) / width, (max(ys) - min(ys) + 1.6) / height)
    middle = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
    axes.set_xlim(middle[0] - unit * width / 2, middle[0] + unit * width / 2)
    axes.set_ylim(middle[1] - unit * height / 2, middle[1] + unit * height / 2)


def _colors(people: list[Row]) -> dict[int, str]:
    """Return a colour for each community shown, the largest first; those beyond the colours are grey."""
    sizes: dict[int, int] = {}
    for row in people:
        sizes[row["community"]] = sizes.get(row["community"], 0) + 1
    ranked = sorted(sizes, key=lambda community: (-sizes[community], community))
    # Of several communities of one size, all are coloured or none, unless there is nothing larger.
    last = sizes[ranked[len(COLORS)]] if len(ranked) > len(COLORS) else 0
    colored = [community for community in ranked if sizes[community] > last] or ranked[: len(COLORS)]
    return dict.fromkeys(ranked, _REST) | dict(zip(colored, COLORS, strict=False))


def _area(row: Row) -> float:
    """Return the area of a person's dot in square points: by the number of papers, up to 16."""
    return 24.0 + 22.0 * float(min(row["papers"], 16))


def _draw_pairs(axes: Any, people: list[Row], pairs: list[Row], places: dict[str, Point]) -> None:
    from matplotlib.collections import LineCollection  # noqa: PLC0415

    colors, community = _colors(people), {row["id"]: row["community"] for row in people}
    # Strong pairs are drawn last, on top.
    ordered = sorted(pairs, key=lambda row: (row["papers"], row["a"], row["b"]))
    lines = LineCollection(
        [(places[row["a"]], places[row["b"]]) for row in ordered],
        linewidths=[0.7 + 1.1 * (min(row["papers"], 6) - 1) for row in ordered],
        colors=[
            colors[community[row["a"]]] if community[row["a"]] == community[row["b"]] else _EDGE_BETWEEN
            for row in ordered
        ],
        alpha=0.45 if len(pairs) < 350 else 0.3,
        capstyle="round",
        zorder=1,
    )
    axes.add_collection(lines, autolim=False)


def _draw_people(axes: Any, people: list[Row], places: dict[str, Point]) -> None:
    colors = _colors(people)
    axes.scatter(
        [places[row["id"]][0] for row in people],
        [places[row["id"]][1] for row in people],
        s=[_area(row) for row in people],
        c=[colors[row["community"]] for row in people],
        edgecolors=[INK if row["kind"] == "ambiguous" else "white" for row in people],
        linewidths=0.9,
        zorder=2,
    )


def _names(axes: Any, renderer: Any, people: list[Row], places: dict[str, Point]) -> Iterator[dict[str, Any]]:
    """Yield the names that find a free place beside their dot, the most central people first."""
    from matplotlib.patheffects import Stroke, withStroke  # noqa: PLC0415

    halo: list[Stroke] = [withStroke(linewidth=2.4, foreground="white")]
    dots = {row["id"]: _dot(axes, row, places[row["id"]]) for row in people}
    frame = axes.get_window_extent(renderer)
    taken: list[Box] = []
    ranked = sorted(people, key=lambda row: (-row["degree"], -row["papers"], row["id"]))
    for rank, row in enumerate(ranked[:NAMED]):
        size, weight = (9.5, "bold") if rank < PROMINENT else (8.0, "normal")
        name = _one_line(row["label"])
        sample = axes.text(0, 0, name, fontsize=size, fontweight=weight)
        extent = sample.get_window_extent(renderer)
        sample.remove()
        others = [box for person, box in dots.items() if person != row["id"]]
        for gap in (2.0, 16.0, 34.0, 60.0, 90.0, 130.0, 180.0) if rank < PROMINENT else (2.0,):
            place = next(
                (
                    box
                    for box in _sides(dots[row["id"]], extent.width, extent.height, gap)
                    if _within(box, frame) and not any(_overlap(box, other) for other in (*taken, *others))
                ),
                None,
            )
            if place is not None:
                taken.append(place)
                to_data = axes.transData.inverted().transform
                leader = {"arrowstyle": "-", "color": QUIET, "linewidth": 0.7, "shrinkA": 1, "shrinkB": 0}
                yield {
                    "text": name, "fontsize": size, "fontweight": weight, "color": INK, "path_effects": halo,
                    "xy": places[row["id"]], "xytext": tuple(to_data((place[0], (place[1] + place[3]) / 2))),
                    "ha": "left", "va": "center", "zorder": 3, "annotation_clip": False,
                    "arrowprops": leader if gap > 2 else None,
                }  # fmt: skip
                break


def _within(box: Box, frame: Any) -> bool:
    return bool(box[0] >= 2 and box[1] >= frame.y0 and box[2] <= frame.x1 - 2 and box[3] <= frame.y1)


def _one_line(name: str, limit: int = 36) -> str:
    return name if len(name) <= limit else f"{name[: limit - 1].rstrip()}…"


def _dot(axes: Any, row: Row, place: Point) -> Box:
    """Return the square around a person's dot, in pixels."""
    x, y = axes.transData.transform(place)
    radius = math.sqrt(_area(row) / math.pi) * axes.figure.dpi / 72
    return x - radius, y - radius, x + radius, y + radius


def _sides(dot: Box, width: float, height: float, gap: float) -> Iterator[Box]:
    """Yield the boxes in which a name can stand beside its dot, the best first."""
    left, bottom, right, top = dot
    x, y = (left + right) / 2, (bottom + top) / 2
    corners = [
        (right + gap, y - height / 2),
        (left - gap - width, y - height / 2),
        (x - width / 2, top + gap),
        (x - width / 2, bottom - gap - height),
        (right + gap - 4, top + gap - 4),
        (right + gap - 4, bottom - gap + 4 - height),
        (left - gap + 4 - width, top + gap - 4),
        (left - gap + 4 - width, bottom - gap + 4 - height),
    ]
    return ((cx, cy, cx + width, cy + height) for cx, cy in corners)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _draw_words(figure: Any, result: Coauthorship, people: list[Row], pairs: list[Row]) -> None:
    """Write the title above and the caption below."""
    summary = result.summary
    years = _span(summary)
    figure.text(0.025, 0.965, f"Who writes with whom{years}", fontsize=17, fontweight="bold", color=INK, va="center")
    shown = (
        f"{len(people):,} of {summary['people'] + summary['groups']:,} people and {len(pairs):,} of "
        f"{summary['pairs']:,} pairs, from {summary['papers_with_authors']:,} papers"
    )
    figure.text(0.025, 0.934, shown, fontsize=10.5, color=QUIET, va="center")
    lines = textwrap.wrap(_caption(result, people), width=165, break_on_hyphens=False)
    figure.text(0.025, 0.018, "\n".join(lines), fontsize=8.8, color=QUIET, va="bottom", linespacing=1.45)


def _span(summary: dict[str, Any]) -> str:
    since, until = summary["since"], summary["until"]
    if since is None and until is None:
        return ""
    if since is None:
        return f", until {until}"
    return f", since {since}" if until is None else f", {since} to {until}"


def _caption(result: Coauthorship, people: list[Row]) -> str:
    """Say what is drawn, what is not, and what the figures are worth."""
    summary = result.summary
    said = [
        "A dot is a person, larger with more papers; a line is a pair of co-authors, wider with more joint papers; "
        "a colour is a community (Louvain)"
        + (", grey the smaller ones." if _REST in _colors(people).values() else "."),
    ]
    if any(row["kind"] == "ambiguous" for row in people):
        said.append("A dark rim is a name that several people may bear.")
    alone = summary["people_without_coauthor"]
    if alone:
        said.append(f"{alone:,} people without a co-author are not drawn." if alone > 1 else "One person without a co-author is not drawn.")
    with_coauthor = summary["people"] + summary["groups"] - alone
    if len(people) < with_coauthor:
        said.append(f"Drawn are {len(people):,} of the {with_coauthor:,} with co-authors: those with most papers.")
    return " ".join([*said, summary["note"]])


def _places(people: list[Row], pairs: list[Row], aspect: float) -> dict[str, Point]:
    """Return where each person stands: each component laid out alone, then packed around the largest."""
    network = nx.Graph()
    network.add_nodes_from(sorted(row["id"] for row in people))
    network.add_edges_from(sorted((row["a"], row["b"]) for row in pairs))
    parts = sorted((sorted(part) for part in nx.connected_components(network)), key=lambda part: (-len(part), part))
    places = _pack([_Part.of(network, part) for part in parts], aspect)
    xs, ys = zip(*places.values(), strict=True)
    stretch = aspect * (max(ys) - min(ys)) / max(max(xs) - min(xs), 1e-9)
    stretch = min(max(stretch, 1.0), 1.4)
    return {person: (x * stretch, y) for person, (x, y) in places.items()}


@dataclass(frozen=True)
class _Part:
    """One component: its people, their places around the origin, and points on all its lines."""

    people: list[str]
    places: Any
    outline: list[Point]

    @classmethod
    def of(cls, network: nx.Graph, people: list[str]) -> "_Part":
        places = _unfold(network, people)
        number = {person: index for index, person in enumerate(people)}
        steps = np.linspace(0.0, 1.0, 5)[:, None]
        ends = [(places[number[a]], places[number[b]]) for a, b in sorted(network.subgraph(people).edges)]
        along = [start + steps * (end - start) for start, end in ends]
        return cls(people, places, np.concatenate([places, *along]).tolist())


def _unfold(network: nx.Graph, people: list[str]) -> Any:
    """Return places whose distances follow the number of steps between people, the longest side level.

    Stress majorisation (E. Gansner, Y. Koren and S. North, Graph Drawing 2004), one person at a time, from a
    circle in the order of a walk from the first person.
    """
    count = len(people)
    number = {person: index for index, person in enumerate(people)}
    wish = np.zeros((count, count))
    for person in people:
        for other, steps in nx.single_source_shortest_path_length(network, person).items():
            wish[number[person], number[other]] = steps
    weight = 1.0 / np.where(wish > 0, wish, np.inf) ** 2
    walk = [number[person] for person in nx.dfs_preorder_nodes(network, people[0], sort_neighbors=sorted)]
    angle = np.empty(count)
    angle[walk] = np.arange(count) * (2 * np.pi / count)
    places = np.column_stack([np.cos(angle), np.sin(angle)]) * math.sqrt(count) / 2
    for _ in range(_SWEEPS):
        for index in range(count):
            away = places[index] - places
            length = np.maximum(np.hypot(away[:, 0], away[:, 1]), 1e-9)[:, None]
            aim = places + away * (wish[index][:, None] / length)
            places[index] = (aim * weight[index][:, None]).sum(axis=0) / weight[index].sum()
    places = places - places.mean(axis=0)
    spread = places.T @ places
    turn = 0.5 * math.atan2(2 * spread[0, 1], spread[0, 0] - spread[1, 1])
    cos, sin = math.cos(turn), math.sin(turn)
    return places @ np.array([[cos, -sin], [sin, cos]])


def _pack(parts: list[_Part], aspect: float) -> dict[str, Point]:
    """Return all places: each part goes to the free place that is nearest to the middle, on a spiral."""
    taken: set[tuple[int, int]] = set()
    found: dict[str, Point] = {}
    for part in parts:
        dx, dy = next(shift for shift in _spiral(aspect) if taken.isdisjoint(_cells(part.outline, shift)))
        taken.update(
            (x + right, y + up)
            for x, y in _cells(part.outline, (dx, dy))
            for right in range(-_REACH, _REACH + 1)
            for up in range(-_REACH, _REACH + 1)
        )
        found |= {person: (x + dx, y + dy) for person, (x, y) in zip(part.people, part.places.tolist(), strict=True)}
    return found


def _cells(outline: list[Point], shift: Point) -> Iterator[tuple[int, int]]:
    """Yield the squares that the points lie in."""
    return (
        (math.floor((x + shift[0]) / _CELL), math.floor((y + shift[1]) / _CELL)) for x, y in outline
    )


def _spiral(aspect: float) -> Iterator[Point]:
    """Yield points ever farther from the middle, farther to the sides than up and down."""
    step = 0
    while True:
        radius = 0.25 * math.sqrt(step)
        yield radius * math.cos(step * 2.4) * aspect, radius * math.sin(step * 2.4)
        step += 1
