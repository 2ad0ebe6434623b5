"""A page made of hostile text shows it as text: nothing runs, nothing becomes an element, nothing leaves the page."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import pyarrow as pa
import pytest

from kg.extract.settings import Settings
from kg.model import Graph
from kg.model.graph import COMMUNITIES, EDGES, EVIDENCE, NODES, PLACES
from kg.pipeline.build import build
from kg.pipeline.options import Options
from tests.conftest import SHARED
from tests.explorer.pages import Tab, page_of
from tests.export.graphs import ID
from tests.pages import accept, needs_check

pytestmark = pytest.mark.browser

Opened = Callable[..., Tab]

PROBES: Final = (
    "</script><script>kgxss('script')</script>",
    "<img src=x onerror=kgxss('image')>",
    "\"><svg onload=kgxss('drawing')>",
    "' onmouseover='kgxss(1)' onfocus='kgxss(2)' autofocus x='",
    "javascript:kgxss('address')",
    "<!--<script>",
    "]]></style><style>body { display: none }</style>",
    "</textarea></title></noscript><b data-xss>bold</b>",
    '<a href="javascript:kgxss(3)" data-xss>link</a>',
    "<iframe srcdoc='<script>parent.kgxss(4)</script>'></iframe>",
    "\u2028\u2029kgxss('lines')",
    "${kgxss('template')} $title {{7*7}} {% raw %}",
    "\\u003cimg src=x onerror=kgxss(5)\\u003e",
    "&lt;img src=x onerror=kgxss(6)&gt; &amp;amp;",
    "\u202egnp.exe \u2066hidden\u2069 \u200b",
    '=HYPERLINK("javascript:kgxss(7)")',
    "__proto__",
    "constructor",
    "[object Object]",
    "kgxss " + "W" * 3_000,
)  # fmt: skip
"""Texts that would run, call, or become elements, if any part of the page took them for more than text."""

WITNESS: Final = "window.kgxss = (what) => { window.__ran = String(what ?? true); };"
"""What the probes, and those of ../shared/hostile, would call."""

ADDRESSES: Final = (
    "#node=__proto__", "#node=<img src=x onerror=kgxss(8)>", "#view=constructor&colour=__proto__&size=toString", "#%",
    "#years=NaN,Infinity&score=1e999&depth=-1&hidden=99999999,-1,x&x=NaN&y=1e400&zoom=0&z=-1&k=0", "#edge=&node=&path=a,b",
)  # fmt: skip
"""Addresses that no page has written."""

FORBIDDEN: Final = "img, iframe, frame, object, embed, form, base, video, audio, marquee, foreignObject, [data-xss]"

HOSTILE: Final = SHARED / "hostile"
READABLE: Final = ("text", "json", "jsonl", "bibtex", "atom", "oai", "csv", "ris", "archive", "rdf")
LONGEST: Final = 20_000
"""Bytes of a file of ../shared/hostile that still is an odd text; what is larger is one more of the same, many times."""


def hostile_graph(folder: Path) -> Graph:
    """A graph with the probes wherever a text can stand: nodes, ties, passages, kinds, communities, names of files."""
    count = len(PROBES)
    other = [PROBES[(i + 7) % count] for i in range(count)]
    papers = [
        _row(
            NODES, id=f"{ID}paper/{i}-{probe}", kind="paper", label=probe, aliases=[other[i]], year=2000 + i, date=probe,
            url=f"javascript:kgxss('{i}')", text=f"We test {probe} and {other[i]} here.", authors_complete=i % 2 == 0, papers=1,
        )
        for i, probe in enumerate(PROBES)
    ]  # fmt: skip
    things = [
        _row(
            NODES, id=f"{ID}thing/{i}-{probe}", kind=("person", "topic", "method", probe)[i % 4], label=f"{probe} {i}",
            aliases=list(PROBES), year=2000 + i, url=f"https://example.org/{probe}", papers=1 + i,
        )
        for i, probe in enumerate(PROBES)
    ]  # fmt: skip
    ends = [(i, (i * step) % count) for i in range(count) for step in (1, 3, 5)] + [(i, 0) for i in range(1, count)]
    edges = [
        _row(
            EDGES, id=f"{source}-{target}-{PROBES[target]}", source=papers[source]["id"], target=things[target]["id"],
            predicate=PROBES[target], label=PROBES[source], position=1, score=0.5, support=1,
        )
        for source, target in sorted(set(ends))
    ]  # fmt: skip
    evidence = [
        _row(
            EVIDENCE, edge=row["id"], document=PROBES[i % count], line=i, record=PROBES[i % count], field=other[i % count],
            start=i, end=i + 9, before=f"left {PROBES[i % count]} ", quote=other[i % count], after=f" right {PROBES[i % count]}",
            by=PROBES[i % count], score=0.5,
        )
        for i, row in enumerate(edges)
    ]  # fmt: skip
    nodes = sorted(papers + things, key=lambda row: str(row["id"]))
    places = [
        _row(PLACES, view=view, id=row["id"], x=90.0 * (i % 7), y=90.0 * (i // 7), community=i % count)
        for view in ("coauthors", "graph", "topics")
        for i, row in enumerate(nodes)
    ]
    communities = [
        _row(COMMUNITIES, view=view, community=i, label=probe, nodes=2)
        for view in ("coauthors", "graph", "topics")
        for i, probe in enumerate(PROBES)
    ]
    told = {row["kind"]: {"label": PROBES[0], "plural": PROBES[1], "color": f"red;{PROBES[2]}"} for row in nodes}
    return Graph(
        pa.Table.from_pylist(nodes, NODES), pa.Table.from_pylist(edges, EDGES), pa.Table.from_pylist(evidence, EVIDENCE),
        folder / "none.nq", kinds=told, name=PROBES[0], places=pa.Table.from_pylist(places, PLACES),
        communities=pa.Table.from_pylist(communities, COMMUNITIES),
    )  # fmt: skip


def _row(schema: pa.Schema, **facts: Any) -> dict[str, Any]:
    return dict.fromkeys(schema.names) | facts


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the probes."""
    folder = tmp_path_factory.mktemp("made")
    return page_of(hostile_graph(folder), folder)


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the texts of ../shared/hostile."""
    if not HOSTILE.is_dir():
        pytest.skip("the hostile texts are not beside the repository")
    folder = tmp_path_factory.mktemp("given")
    found = [path for name in READABLE for path in sorted((HOSTILE / name).iterdir()) if path.stat().st_size <= LONGEST]
    build(found, folder / "graph", Options(finding=Settings(tier="fast")))
    return page_of(folder / "graph", folder)


@pytest.fixture(params=["made", "given"])
def page(request: pytest.FixtureRequest) -> Path:
    """Return each of the two pages."""
    found: Path = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def tab(opened: Opened, page: Path) -> Iterator[Tab]:
    """Return a page with a witness; after the test, nothing has run or become an element."""
    shown = opened(page)
    shown.context.add_init_script(WITNESS)
    shown.open("")
    yield shown
    harmless(shown)


def harmless(tab: Tab) -> None:
    """Check that no text of the data ran or became an element, an attribute or an address."""
    assert tab.page.evaluate("() => window.__ran") is None
    found = tab.page.evaluate(
        """forbidden => {
          const every = Array.from(document.querySelectorAll("*"));
          const handlers = every.flatMap((each) => Array.from(each.attributes, (own) => own.name)).filter((name) => /^on/i.test(name));
          const links = Array.from(document.querySelectorAll("[href], [src], [action], [data]"), (each) => each.href?.baseVal ?? each.href ?? each.src);
          return {
            elements: Array.from(document.querySelectorAll(forbidden), (each) => each.outerHTML.slice(0, 100)),
            scripts: document.querySelectorAll("script:not([type='text/plain'])").length,
            styles: document.querySelectorAll("style").length,
            handlers,
            links: links.filter((link) => !/^(https?:\\/\\/|data:,$|blob:|file:[^#]*#)/.test(link ?? "")),
          };
        }""",
        FORBIDDEN,
    )
    assert found == {"elements": [], "scripts": 2, "styles": 1, "handlers": [], "links": []}


def press(tab: Tab, within: str, most: int = 40) -> None:
    """Press each button of a part of the page that is there now; what that downloads or opens is as it may be."""
    for button in tab.page.locator(f":is({within}) button:visible").element_handles()[:most]:
        button.evaluate("button => button.isConnected && button.click()")


def spots(tab: Tab, most: int = 25) -> list[tuple[float, float]]:
    """Return where nodes stand in the window, those with most edges first."""
    every = tab.page.evaluate("() => Array.from(__kg.D.labels, (_, i) => Array.from(__kg.screen(i), Number))")
    return [(x, y) for x, y in every if 5 < x < 1275 and 5 < y < 795][:most]


def test_nodes_that_are_pointed_at_and_clicked_are_text(tab: Tab) -> None:
    assert spots(tab)
    for x, y in spots(tab):
        tab.page.mouse.move(x, y)
        tab.page.mouse.click(x, y)
        press(tab, "[aria-label=details]", 12)
    harmless(tab)


def test_details_are_text(tab: Tab) -> None:
    count = tab.page.evaluate("() => __kg.D.labels.length")
    for number in range(0, count, max(1, count // 50)):
        tab.run("app.store.set({ node: argument, edge: -1 })", number)
        tab.told()
        assert tab.page.locator("[aria-label=details] h2").text_content() == tab.run("app.data.labels[argument] || app.data.keys[argument]", number)
        tab.run("app.store.set({ node: -1, edge: app.data.tie[app.data.first[argument]] ?? -1 })", number)
        tab.page.wait_for_selector("#about:not([aria-busy=true])", state="attached")
    harmless(tab)


def test_what_is_found_is_text(tab: Tab) -> None:
    for typed in ("kgxss", "<script", "javascript:", "__proto__", "a"):
        tab.page.locator("#search").fill(typed)
        tab.page.wait_for_selector("#found[aria-busy=false]", state="attached")
        for _ in range(4):
            tab.page.keyboard.press("ArrowDown")
        harmless(tab)
        tab.page.keyboard.press("Enter")


def test_the_list_is_text(tab: Tab) -> None:
    tab.page.get_by_role("button", name="List", exact=True).click()
    for choice in tab.page.locator("#list select").all():
        for value in choice.locator("option").evaluate_all("options => options.map((each) => each.value)"):
            choice.select_option(value)
            for folded in tab.page.locator("#list summary").element_handles()[:25]:
                folded.evaluate("summary => summary.click()")
            harmless(tab)
    tab.page.locator("#list input").first.fill("kgxss")
    tab.page.wait_for_timeout(200)
    press(tab, "#list", 10)


@pytest.mark.parametrize("part", ["header, #legend, footer", "#tools", "#filters", "#selection"])
def test_what_buttons_open_is_text(tab: Tab, part: str) -> None:
    tab.run("app.store.set({ selected: Array.from({ length: Math.min(9, app.data.n) }, (_, i) => i) })")
    if part in {"#filters", "#selection"}:
        press(tab, "#tools, .actions")
        tab.page.evaluate("part => { document.querySelector(part).hidden = false; }", part)
        for choice in tab.page.locator(f"{part} select").all():
            for value in choice.locator("option").evaluate_all("options => options.map((each) => each.value)")[:30]:
                choice.select_option(value, force=True, timeout=2000)
        for box in tab.page.locator(f"{part} input[type=checkbox]").element_handles()[:40]:
            box.evaluate("box => box.isConnected && box.click()")
    press(tab, part)
    tab.rest()
    harmless(tab)
    tab.page.keyboard.press("Escape")


def test_every_view_in_every_colour_shows_text(tab: Tab) -> None:
    for view in ("graph", "coauthors", "topics", "timeline", "bipartite"):
        for colour in ("community", "year", "kind"):
            tab.run("app.store.set({ view: argument[0], colour: argument[1], node: 0 })", [view, colour])
            tab.rest()
        harmless(tab)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_no_page_has_written_is_no_harm(opened: Opened, made: Path, address: str) -> None:
    tab = opened(made)
    tab.context.add_init_script(WITNESS)
    tab.open(address)
    assert spots(tab)
    harmless(tab)


def test_pictures_and_tables_that_are_saved_hold_text(tab: Tab) -> None:
    saved: list[Any] = []
    tab.page.on("download", lambda download: saved.append(download))  # noqa: PLW0108 - Playwright wants a function of Python
    tab.run("app.store.set({ selected: Array.from({ length: Math.min(9, app.data.n) }, (_, i) => i) })")
    for _ in range(2):  # a menu opens first
        press(tab, "#tools, #selection, .actions")
        tab.page.evaluate("""() => { for (const each of document.querySelectorAll("button, [role=menuitem]")) {
          if (/png|svg|csv|download/i.test(each.textContent + each.getAttribute("aria-label"))) each.click(); } }""")
    tab.page.wait_for_timeout(1500)
    kept = {Path(each.suggested_filename).suffix: Path(each.path()).read_bytes() for each in saved}
    assert {".png", ".svg", ".csv"} <= set(kept)
    drawing = ET.fromstring(kept[".svg"])  # noqa: S314 - what the page itself has written
    assert not [each.tag for each in drawing.iter() if each.tag.rpartition("}")[2].lower() in {"script", "foreignobject", "image", "a", "iframe"}]
    assert not [name for each in drawing.iter() for name in each.attrib if name.lower().startswith("on") or "href" in name.lower()]
    assert b"kgxss" not in kept[".svg"] or not drawing.findall(".//{*}style")
    cells = kept[".csv"].decode("utf-8-sig").splitlines()
    assert not [line for line in cells if line.lstrip('"').startswith(("=", "+", "-", "@"))]


def test_the_shared_acceptance_check_passes(page: Path) -> None:
    needs_check()
    accept(page)
