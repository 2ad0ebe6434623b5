"""A picture of how topics come and go: a panel for each of the largest, with its share of the papers of each year.

In goes the result of `kg.analysis.topics`, out comes a PNG, SVG or PDF. All panels have the same years and the same
scale, so that they can be compared; a topic that more than half of the papers are on is left out, because it tells
nothing. The caption says what is shown. The same result gives the same picture.

Needs matplotlib: `pip install "kg[plot]"`.
"""

import textwrap
from typing import Any, BinaryIO, Final

from kg.analysis import _plot
from kg.analysis._plot import COLORS, INK, QUIET
from kg.analysis.topics import TopicTrends
from kg.errors import UsageError

PANELS: Final = 12
"""How many topics a picture can hold and still be read."""

TELLING: Final = 0.5
"""A topic with a larger share of all papers is not drawn, unless there are no others."""

FEW: Final = 5
"""The bars of a year with fewer papers are pale: a share of them is chance."""

_COLUMNS: Final = 4
_SIZE: Final = (12.0, 8.2)

Row = dict[str, Any]


def draw(result: TopicTrends, out: BinaryIO, format: str = "png") -> None:  # noqa: A002 - as matplotlib calls it
    """Draw the topics over the years.

    Args:
        result: What `kg.analysis.topics.run` found.
        out: Where the picture goes.
        format: `pdf`, `png` or `svg`.

    Raises:
        UsageError: If the format is unknown, matplotlib is missing, or no paper on a topic has a year.
    """
    def figure() -> Any:
        shown = chosen(result)
        if not shown:
            raise UsageError("there is nothing to draw: no paper that has a topic has a year")
        return _figure(result, shown)

    _plot.write(figure, out, format)


def chosen(result: TopicTrends) -> list[Row]:
    """Return the topics that are drawn, the most papers first."""
    dated = [row for row in result.topics.to_pylist() if row["first_year"] is not None]
    return ([row for row in dated if row["share"] <= TELLING] or dated)[:PANELS]


def _figure(result: TopicTrends, shown: list[Row]) -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    shares: dict[str, dict[int, float]] = {row["id"]: {} for row in shown}
    for row in result.years.to_pylist():
        if row["id"] in shares:
            shares[row["id"]][row["year"]] = row["share"]
    papers = _papers(result)
    years = list(papers)
    top = max(max(each.values()) for each in shares.values()) * 1.12
    rows = -(-len(shown) // _COLUMNS)
    figure = Figure(figsize=(_SIZE[0], 1.6 + (_SIZE[1] - 1.6) * rows / 3), facecolor="white")
    FigureCanvasAgg(figure)
    tall = figure.get_size_inches()[1]
    grid = figure.add_gridspec(
        rows, _COLUMNS, left=0.05, right=0.975, top=1 - 1.3 / tall, bottom=1.1 / tall, hspace=0.55, wspace=0.22
    )
    for place, row in enumerate(shown):
        axes: Any = figure.add_subplot(grid[place // _COLUMNS, place % _COLUMNS])
        _panel(axes, row, papers, shares[row["id"]], top, COLORS[place % len(COLORS)])
    summary = result.summary
    figure.text(0.05, 1 - 0.38 / tall, "What the papers are about", fontsize=17, fontweight="bold", color=INK, va="center")
    told = f"{len(shown)} of {summary['topics']:,} topics, {years[0]} to {years[-1]}" if len(years) > 1 else f"{len(shown)} of {summary['topics']:,} topics, {years[0]}"
    figure.text(0.05, 1 - 0.68 / tall, told, fontsize=10.5, color=QUIET, va="center")
    lines = textwrap.wrap(_caption(result), width=165, break_on_hyphens=False)
    figure.text(0.05, 0.16 / tall, "\n".join(lines), fontsize=8.8, color=QUIET, va="bottom", linespacing=1.45)
    return figure


def _papers(result: TopicTrends) -> dict[int, int]:
    """Return all years from the first to the last of a paper with a topic, each with how many such papers are of it."""
    found = dict(zip(result.years["year"].to_pylist(), result.years["of"].to_pylist(), strict=True))
    return {year: found.get(year, 0) for year in range(min(found), max(found) + 1)}


def _panel(axes: Any, row: Row, papers: dict[int, int], shares: dict[int, float], top: float, color: str) -> None:
    """Draw one topic."""
    years = list(papers)
    bars = axes.bar(years, [shares.get(year, 0.0) for year in years], width=0.8, color=color)
    for bar, count in zip(bars, papers.values(), strict=True):
        bar.set_alpha(0.35 if count < FEW else 1.0)
    axes.set_xlim(years[0] - 0.6, years[-1] + 0.6)
    axes.set_ylim(0, top)
    axes.set_xticks([years[0], years[-1]] if len(years) > 1 else years)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    axes.locator_params(axis="y", nbins=3)
    axes.tick_params(labelsize=8, colors=QUIET, length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color("#D0D5DA")
    name = textwrap.shorten(str(row["label"]), 38, placeholder="…") or str(row["label"])[:38]
    axes.set_title(name, fontsize=9.5, fontweight="bold", color=INK, loc="left", pad=16)
    axes.text(0, 1.04, f"{row['papers']:,} papers{_grown(row)}", transform=axes.transAxes, fontsize=8, color=QUIET, va="bottom")


def _grown(row: Row) -> str:
    if row["new"]:
        return ", new"
    return f", share × {row['growth']:.2g}" if row["growth"] is not None else ""


def _caption(result: TopicTrends) -> str:
    """Say what is drawn, what is not, and what the figures are worth."""
    said = ["A bar is the share of a topic, with all below it, in the papers of a year that have a topic; a paper may have several."]
    general = sum(row["share"] > TELLING for row in result.topics.to_pylist())
    if general:
        said.append(f"{general} topics that more than half of the papers are on are left out.")
    papers = _papers(result)
    if any(0 < count < FEW for count in papers.values()):
        said.append(f"Pale: a year with fewer than {FEW} papers.")
    if none := [str(year) for year, count in papers.items() if not count]:
        said.append(f"Of {', '.join(none) if len(none) <= FEW else f'{len(none)} years'} there is no paper.")
    return " ".join([*said, str(result.summary["note"])])
