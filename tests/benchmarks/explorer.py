"""How large the page of a graph is, and how soon it draws, moves and answers, beside pyvis with a layout of its own.

    python -m tests.benchmarks.explorer                          1k, 20k and 100k nodes, from ../shared/corpora/conferences
    python -m tests.benchmarks.explorer --graphs DIR DIR         graphs that are built already
    python -m tests.benchmarks.explorer 1k --keep DIR            what is built and written stays in the folder DIR

The reference has the same nodes, edges, colours and places, with 300 characters of the abstract as titles: physics off,
straight edges, lists filled directly (`add_edge` takes time with the square of the edges), no file from a CDN. Both are
opened in the same headless Chromium with WebGL in software, in turns.

- first picture: a canvas of more than eight colours, read back after the page said that it is ready (pyvis says nothing);
  median of several loads, each in a browser of its own
- frames: a second of `requestAnimationFrame` while the mouse drags, or while its wheel turns
- details: from the release of the mouse button on a node to its name in the details, to the frame that shows it, and to
  the last change of the details
- search: from a keystroke to an option that holds what was typed
- heap: of JavaScript, after garbage collection, without what typed arrays hold

Times of a browser are wall times, which others on the machine disturb: what to compare is the ratio.
"""

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, BinaryIO, Final, NamedTuple

from kg.explorer import page as explorer
from kg.explorer.places import placed
from kg.model import Graph
from kg.pipeline.build import build
from kg.pipeline.opened import open_build
from kg.pipeline.options import Options
from tests.conftest import SHARED
from tests.pages import CHROMIUM, SIZE

CORPUS: Final = SHARED / "corpora" / "conferences"
FLAGS: Final = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE: Final = 180_000
"""Milliseconds that a page may take for anything."""

SAMPLES: Final = {
    "1k": (85, ("cvpr2013",)),
    "20k": (2_450, ("cvpr*", "iccv*", "eccv2020")),
    "100k": (14_650, ("3dv*", "cvpr*", "eccv*", "iccv*", "wacv*", "acmmm*", "siggraph*", "icml*", "iclr*", "nips201*")),
}
"""Name of a sample to its number of papers and the files that they are taken from: one field each, so that all hangs together."""


class Goal(NamedTuple):
    """What the page of a graph of so many nodes must reach: megabytes, seconds, frames a second, shares of the reference."""

    nodes: int
    megabytes: float
    picture: float
    frames: float
    details: float
    megabytes_ratio: float
    picture_ratio: float


GOALS: Final = (
    Goal(1_000, 0.1, 0.5, 55, 0.10, 1 / 10, 1 / 2),
    Goal(20_000, 1.5, 1.0, 45, 0.15, 1 / 6, 1 / 5),
    Goal(100_000, 8.0, 2.5, 30, 0.20, 1 / 6, 1 / 8),
)


class Written(NamedTuple):
    """A page, and what writing it took: processor seconds of a process of its own, opening the graph included."""

    path: Path
    seconds: float


class Seen(NamedTuple):
    """What one load of a page showed; seconds, megabytes, frames a second; None for what the page cannot do."""

    picture: float
    task: float
    heap: float
    pan: float
    zoom: float
    details: float | None
    shown: float | None
    whole: float | None
    answered: str
    search: float | None
    slowest: float | None
    marks: tuple[tuple[str, float], ...]
    requests: int
    errors: tuple[str, ...]


# ---------------------------------------------------------------------------------------------- graphs and pages


def main() -> None:
    """Build, write and measure, and print a table for each graph."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("samples", nargs="*", help=f"of {', '.join(SAMPLES)}; all unless given")
    options.add_argument("--graphs", nargs="+", metavar="DIR", type=Path, default=[], help="build folders to measure instead")
    options.add_argument("--keep", metavar="DIR", type=Path, help="keep graphs and pages here: another run starts at once")
    options.add_argument("--rounds", default=3, type=int, help="loads of each page")
    options.add_argument("--alone", action="store_true", help="without the reference")
    options.add_argument("--write", nargs=3, metavar=("WHAT", "DIR", "FILE"), help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.write:
        what, folder, file = given.write
        with Path(file).open("wb") as out:
            WRITERS[what](open_build(folder).graph(), out)
        return
    if unknown := [name for name in given.samples if name not in SAMPLES]:
        options.error(f"no such sample: {', '.join(unknown)}")
    with tempfile.TemporaryDirectory() as scratch:
        home = given.keep or Path(scratch)
        home.mkdir(parents=True, exist_ok=True)
        for folder in given.graphs or [sample(name, home) for name in given.samples or SAMPLES]:
            print(report(folder, home, given.rounds, alone=given.alone), flush=True)  # noqa: T201 - what a benchmark is for


def sample(name: str, home: Path) -> Path:
    """Return the build folder of a sample, built now unless it is there."""
    folder = home / name
    if folder.is_dir():
        return folder
    if not CORPUS.is_dir():
        sys.exit(f"{CORPUS} is not there: the corpus is not part of the repository")
    papers = home / f"{name}-papers"
    papers.mkdir(exist_ok=True)
    left, patterns = SAMPLES[name]
    for path in sorted(found for pattern in patterns for found in CORPUS.glob(f"{pattern}.json.gz")):
        rows = json.loads(gzip.decompress(path.read_bytes()))[:left]
        left -= len(rows)
        if rows:
            (papers / path.stem).write_text(json.dumps(rows, indent=0), encoding="utf-8")
    build([papers], folder, Options(workers=2))
    return folder


def report(folder: Path, home: Path, rounds: int, *, alone: bool) -> str:
    """Return the table of one graph."""
    graph = open_build(folder).graph()
    pages = {name: written(name, folder, home / f"{folder.name}-{name}.html") for name in WRITERS if name == "kg" or not alone}
    loads: dict[str, list[Seen]] = {name: [] for name in pages}
    for _ in range(rounds):
        for name, page in pages.items():
            loads[name].append(seen(page.path, hooks=name == "kg"))
    head = f"{folder.name}: {graph.nodes.num_rows:,} nodes, {graph.edges.num_rows:,} edges, {rounds} loads each"
    rows = table(goal_of(graph.nodes.num_rows), pages, {name: together(each) for name, each in loads.items()})
    return "\n".join([head, *rows, ""])


def written(what: str, folder: Path, path: Path) -> Written:
    """Write a page in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "tests.benchmarks.explorer", "--write", what, str(folder.resolve()), str(path.resolve())]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[2])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Written(path, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def reference(graph: Graph, out: BinaryIO) -> None:
    """Write the page that pyvis makes of a graph, with the least that it can do."""
    from pyvis.network import Network  # noqa: PLC0415 - slow to import, and only this process needs it

    graph = placed(graph)
    places = {row["id"]: row for row in graph.places.to_pylist() if row["view"] == "graph"}
    rows = graph.rows("nodes")
    number = {row["id"]: i for i, row in enumerate(rows)}
    network = Network(height="100vh", width="100%", cdn_resources="in_line")
    network.nodes = [
        {
            "id": i, "label": row["label"], "title": (row["text"] or row["label"])[:300], "shape": "dot", "size": 8,
            "color": graph.kinds.get(row["kind"], {}).get("color", "#808080"),
            "x": round(places[row["id"]]["x"], 1), "y": round(places[row["id"]]["y"], 1),
        }
        for i, row in enumerate(rows)
    ]  # fmt: skip
    network.edges = [
        {"from": number[row["source"]], "to": number[row["target"]]}
        for row in graph.edges.select(["source", "target"]).to_pylist()
        if row["source"] in number and row["target"] in number
    ]
    network.set_options('{"physics": {"enabled": false}, "edges": {"smooth": false}, "layout": {"improvedLayout": false}}')
    out.write(offline(network.generate_html()).encode("utf-8"))


def offline(page: str) -> str:
    """Return a page of pyvis without what it fetches: a style and a script that it does not need.

    >>> offline('<p><link\\n href="https://a.org/b.css"\\n /><script src="https://a.org/b.js"\\n></script></p>')
    '<p></p>'
    """
    for opening, closing in (("<link", "/>"), ("<script", "</script>")):
        kept, *parts = page.split(opening)
        for part in parts:
            tag, found, rest = part.partition(closing)
            kept += rest if found and "https://" in tag.partition(">")[0] else opening + part
        page = kept
    return page


WRITERS: Final[dict[str, Callable[[Graph, BinaryIO], None]]] = {"kg": explorer.write, "pyvis": reference}


# ---------------------------------------------------------------------------------------------------- a load

PROBE: Final = r"""
(() => {
  const bench = window.__bench = { picture: 0, tasks: [], gaps: [], start: 0 };
  const small = document.createElement("canvas");
  const pen = small.getContext("2d", { willReadFrequently: true });
  [small.width, small.height] = [160, 100];
  const large = (box) => box.width > 200 && box.height > 200;
  const look = () => {
    if (bench.picture || (window.__waits && !window.__kgReady)) return;
    const canvases = [...document.querySelectorAll("canvas")].filter((each) => large(each.getBoundingClientRect()));
    for (const each of canvases) pen.drawImage(each, 0, 0, 160, 100);
    if (canvases.length && new Set(new Uint32Array(pen.getImageData(0, 0, 160, 100).data.buffer)).size > 8) bench.picture = performance.now();
  };
  const frame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (run) => frame((at) => { run(at); look(); });
  setInterval(look, 25);
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) bench.tasks.push([task.startTime, task.duration]);
  }).observe({ type: "longtask", buffered: true });

  let last = 0;
  const beat = (at) => { if (last) bench.gaps.push(at - last); last = at; if (bench.beating) frame(beat); };
  bench.beat = () => { bench.gaps = []; last = 0; bench.beating = true; frame(beat); };
  bench.rest = () => { bench.beating = false; return bench.gaps; };

  const visible = (each) => { const box = each.getBoundingClientRect(); return box.width > 20 && box.height > 10; };
  const watch = (event, box, text) => {
    const found = bench.found = { start: 0, first: 0, shown: 0, last: 0 };
    const has = () => [...document.querySelectorAll(box)].some((each) => visible(each) && each.textContent.toLowerCase().includes(text));
    bench.observer?.disconnect();
    addEventListener(event, (happened) => { found.start = happened.timeStamp; }, { capture: true, once: true });
    bench.observer = new MutationObserver((changes) => {
      if (!found.start) return;
      if (!found.first && has()) {
        found.first = performance.now();
        frame(() => setTimeout(() => { found.shown = performance.now(); }));
      }
      const of = (change) => change.target.nodeType === 1 ? change.target : change.target.parentElement;
      if (found.first && changes.some((change) => of(change)?.closest(box))) found.last = performance.now();
    });
    bench.observer.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true });
  };
  bench.watchDetails = (label) => watch("pointerup", '[aria-label*="detail" i],[id*="detail" i],[role=dialog]', label.slice(0, 25).toLowerCase());
  bench.watchOptions = (text) => watch("input", "[role=option]", text);

  const free = (x, y) => x > 5 && y > 5 && x < innerWidth - 5 && y < innerHeight - 5 && document.elementFromPoint(x, y)?.closest("canvas");
  bench.node = (skip, rank) => {
    const { labels, deg } = __kg.D;
    const every = [];
    for (let i = 0; i < labels.length; i += 1) {
      const [x, y] = __kg.screen(i);
      if (x > 5 && y > 5 && x < innerWidth - 5 && y < innerHeight - 5 && !skip.includes(labels[i])) every.push([deg[i], x, y, labels[i]]);
    }
    every.sort((a, b) => b[0] - a[0]);
    for (const [, x, y, label] of every.slice(rank)) if (free(x, y)) return [x, y, label];
    return null;
  };
})();
"""
"""What is put into each page before it loads: it looks at canvases, long tasks, frames, and changes of the page."""


@contextmanager
def opened(path: Path, *, hooks: bool) -> Iterator[tuple[Any, list[str], list[str]]]:
    """Open a page in a browser of its own, once its first picture is there; yield it, what it asked for, and its errors."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only a run with a browser needs it

    asked: list[str] = []
    errors: list[str] = []

    def route(way: Any) -> None:
        if way.request.url.startswith(("file:", "data:", "blob:")):
            way.continue_()
        else:
            asked.append(way.request.url)
            way.abort()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            context = browser.new_context(viewport={"width": SIZE["width"], "height": SIZE["height"]})
            context.set_default_timeout(PATIENCE)
            context.add_init_script(f"window.__waits = {json.dumps(hooks)};{PROBE}")
            context.route("**/*", route)
            page = context.new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
            page.goto(path.resolve().as_uri(), wait_until="commit", timeout=PATIENCE)
            page.wait_for_function("() => window.__bench?.picture", polling=100)
            yield page, asked, errors
        finally:
            browser.close()


def seen(path: Path, *, hooks: bool, seconds: float = 2.0) -> Seen:
    """Return what a load of a page shows; a page without the hooks of ours is not clicked and not searched."""
    with opened(path, hooks=hooks) as (page, asked, errors):
        picture = page.evaluate("() => __bench.picture") / 1000
        page.wait_for_timeout(1000)
        tasks = page.evaluate("() => __bench.tasks")
        marks = page.evaluate("() => performance.getEntriesByType('mark').map(each => [each.name, each.startTime])")
        heap = heap_of(page)
        pan = rate(page, panning, seconds)
        zoom = rate(page, zooming, seconds)
        clicks = clicked(page) if hooks else []
        keys = searched(page) if hooks else []
        details, shown, whole = (middle([click[part] for click in clicks if click is not None]) for part in range(3))
        return Seen(
            picture, max((length for at, length in tasks if at / 1000 <= picture), default=0.0) / 1000, heap, pan, zoom, details, shown, whole,
            f"{sum(click is not None for click in clicks)} of {len(clicks)}",
            middle(keys), max(keys, default=None), tuple((name, at / 1000) for name, at in marks), len(asked), tuple(errors),
        )  # fmt: skip


def heap_of(page: Any) -> float:
    """Return the megabytes of the JavaScript heap that are in use."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    found = {row["name"]: row["value"] for row in session.send("Performance.getMetrics")["metrics"]}
    session.detach()
    return float(found["JSHeapUsedSize"]) / 1e6


def rate(page: Any, act: Callable[[Any, float, float, float], None], seconds: float) -> float:
    """Return the frames a second of a page while something is done to its picture."""
    x, y = page.evaluate("""() => {
      const area = (each) => { const box = each.getBoundingClientRect(); return box.width * box.height; };
      const box = [...document.querySelectorAll("canvas")].sort((a, b) => area(b) - area(a))[0].getBoundingClientRect();
      return [box.x + box.width / 2, box.y + Math.min(box.height, innerHeight - box.y) / 2]; }""")
    page.evaluate("() => __bench.beat()")
    act(page, x, y, seconds)
    gaps = page.evaluate("() => __bench.rest()")
    page.wait_for_timeout(800)
    return 1000 * len(gaps) / sum(gaps) if gaps else 0.0


def panning(page: Any, x: float, y: float, seconds: float) -> None:
    """Drag the picture to and fro, and leave it where it was."""
    page.mouse.move(x - 150, y - 100)
    page.mouse.down()
    begun, step = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds:
        step += 1
        far = abs((step + 100) % 200 - 100)
        page.mouse.move(x - 150 + 2 * far, y - 100 + far)
    page.mouse.move(x - 150, y - 100)
    page.mouse.up()


def zooming(page: Any, x: float, y: float, seconds: float) -> None:
    """Turn the wheel in and out again."""
    page.mouse.move(x, y)
    begun, step = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds or step % 20:
        page.mouse.wheel(0, -100 if step % 20 < 10 else 100)
        step += 1


def clicked(page: Any, ranks: Sequence[int] = (0, 1, 5, 20, 60, 120, 200)) -> list[tuple[float, float, float] | None]:
    """Return for each of several nodes the seconds to its name, to the frame with it and to the last change; None without."""
    found: list[tuple[float, float, float] | None] = []
    skip: list[str] = []
    for rank in ranks:
        node = page.evaluate("([skip, rank]) => __bench.node(skip, rank)", [skip, rank])
        if node is None:
            break
        x, y, label = node
        skip.append(label)
        page.mouse.move(x, y)
        page.wait_for_timeout(400)
        page.evaluate("label => __bench.watchDetails(label)", label)
        page.mouse.click(x, y)
        page.wait_for_timeout(900)
        times = page.evaluate("() => __bench.found")
        if times["first"]:
            first, shown, last = ((times[name] - times["start"]) / 1000 for name in ("first", "shown", "last"))
            found.append((first, max(shown, first), max(last, first)))
        else:
            found.append(None)
    return found


def searched(page: Any, most: int = 5) -> list[float]:
    """Return the seconds from each keystroke of a few names to the options, where they changed."""
    names = page.evaluate("""() => [0, 1, 2, 3].map((k) => Math.floor(__kg.D.labels.length * k / 5))
      .map((from) => __kg.D.labels.slice(from).find((label) => /^[A-Za-z]{5}/.test(label)))""")
    box = page.locator("input[type=search], [role=searchbox], [role=combobox]").first
    found = []
    for name in filter(None, names):
        box.click()
        box.fill("")
        page.wait_for_timeout(300)
        for upto in range(1, most + 1):
            page.evaluate("text => __bench.watchOptions(text)", name[:upto].lower())
            page.keyboard.insert_text(name[upto - 1])
            page.wait_for_timeout(400)
            times = page.evaluate("() => __bench.found")
            if times["start"] and times["first"]:
                found.append((times["first"] - times["start"]) / 1000)
    page.keyboard.press("Escape")
    return found


# ------------------------------------------------------------------------------------------------- the table


def middle(values: Sequence[float | None]) -> float | None:
    """Return the median of what is known.

    >>> middle([3.0, None, 1.0]), middle([None])
    (2.0, None)
    """
    known = [value for value in values if value is not None]
    return median(known) if known else None


def together(loads: Sequence[Seen]) -> Seen:
    """Return the median of several loads; of requests and errors the most."""
    facts: dict[str, Any] = {}
    for name, values in zip(Seen._fields, zip(*loads, strict=True), strict=True):
        facts[name] = middle(values) if isinstance(values[0], float) or values[0] is None else max(values)
    first = dict(loads[0].marks)
    facts["marks"] = tuple((name, median(dict(load.marks).get(name, at) for load in loads)) for name, at in first.items())
    return Seen(**facts)


def goal_of(nodes: int) -> Goal:
    """Return the goal of the size that is nearest.

    >>> [goal_of(nodes).nodes for nodes in (50, 3_000, 30_000, 90_000)]
    [1000, 1000, 20000, 100000]
    """
    return next((low for low, high in pairwise(GOALS) if nodes**2 < low.nodes * high.nodes), GOALS[-1])


def share(part: float, whole: float) -> str:
    """Return a ratio as people say it.

    >>> share(2.0, 10.0), share(60.0, 20.0)
    ('1/5.0', '3.0')
    """
    return f"1/{whole / part:.1f}" if part < whole else f"{part / max(whole, 1e-9):.1f}"


def verdict(*, reached: bool) -> str:
    """Return a goal's outcome in words."""
    return "reached" if reached else "missed"


def table(goal: Goal, pages: dict[str, Written], loads: dict[str, Seen]) -> list[str]:
    """Return the lines of a graph: each measure of ours and of the reference, their ratio, the goal, and whether it is reached."""
    own, other = loads["kg"], loads.get("pyvis")
    size = {name: page.path.stat().st_size / 1e6 for name, page in pages.items()}

    def line(name: str, unit: str, mine: float | None, its: float | None, limit: float | None = None, most: float | None = None) -> str:
        said = [f"{value:.3g} {unit}" if value is not None else "-" for value in (mine, its)]
        ratio = share(mine, its) if mine and its else ""
        wanted = ([] if limit is None else [f"{limit:g} {unit}"]) + ([] if most is None or its is None else [share(most, 1)])
        at_most = unit != "/s"
        held = mine is not None and (limit is None or (mine <= limit if at_most else mine >= limit))
        held = held and (most is None or mine is None or its is None or mine / its <= most)
        outcome = verdict(reached=held) if wanted else ""
        return f"  {name:24}{said[0]:>12}{said[1]:>12}{ratio:>9}  {', '.join(wanted):16}{outcome}".rstrip()

    def its(name: str) -> float | None:
        return getattr(other, name) if other else None

    lines = [
        f"  {'':24}{'kg':>12}{'pyvis' if other else '':>12}{'ratio':>9}  goal".rstrip(),
        line("file", "MB", size["kg"], size.get("pyvis"), goal.megabytes, goal.megabytes_ratio),
        line("first picture", "s", own.picture, its("picture"), goal.picture, goal.picture_ratio),
        line("panning", "/s", own.pan, its("pan"), goal.frames),
        line("zooming", "/s", own.zoom, its("zoom")),
        line("click to details", "s", own.details, None, goal.details),
        line("  the frame with them", "s", own.shown, None),
        line("  the last of them", "s", own.whole, None),
        line("key to options", "s", own.search, None),
        line("  the slowest", "s", own.slowest, None),
        line("longest task at start", "s", own.task, its("task")),
        line("heap", "MB", own.heap, its("heap")),
        line("written in", "s", pages["kg"].seconds, pages["pyvis"].seconds if "pyvis" in pages else None),
        f"  clicks answered {own.answered}; requests {own.requests}; errors {len(own.errors)}",
    ]
    lines += [f"    {error[:150]}" for error in own.errors[:3]]
    if own.marks:
        lines.append("  marks: " + ", ".join(f"{name} {at:.3f} s" for name, at in own.marks))
    return lines


if __name__ == "__main__":
    main()
