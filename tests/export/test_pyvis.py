"""Tests of the page through pyvis: what is in it (without a browser), and what it does (in a real one)."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from kg.errors import UsageError
from kg.explorer.places import placed
from kg.export import exporters, pyvis
from kg.model import Graph
from kg.model.graph import PLACES
from tests.export.graphs import ID, edge, graph_of, hostile_graph, large_graph, node, toy_graph
from tests.pages import PROBES, REQUIRED, Page, Tab, accept, launched, needs_check, probes_of_check


def written(graph: Graph) -> str:
    out = BytesIO()
    pyvis.write(graph, out)
    return out.getvalue().decode("utf-8")


def payload(graph: Graph) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Page(written(graph)).data)
    return found


def summary(text: str) -> str:
    found = re.search(r'<p class="summary">([^<]*)</p>', text)
    assert found is not None
    return found[1]


# ------------------------------------------------------------------------------------- without a browser


def test_it_is_found_by_its_name() -> None:
    assert exporters()["pyvis"].suffix == ".html"


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path) -> None:
    assert written(toy_graph(tmp_path)) == written(toy_graph(tmp_path))


def test_the_page_names_no_address_but_its_empty_icon(tmp_path: Path) -> None:
    page = Page(written(toy_graph(tmp_path)))
    assert page.addresses == ["data:,"]
    assert not {"iframe", "img", "object", "embed", "form", "base"} & set(page.tags)


def test_no_script_or_style_names_a_file_to_fetch(tmp_path: Path) -> None:
    page = Page(written(toy_graph(tmp_path)))
    inlined = "".join(page.scripts + page.styles)
    assert "sourceMappingURL" not in inlined
    assert "@import" not in "".join(page.styles)
    assert "url(" not in "".join(page.styles)


def test_the_policy_allows_exactly_the_inlined_scripts_and_styles(tmp_path: Path) -> None:
    page = Page(written(toy_graph(tmp_path)))
    directives = dict(part.strip().split(" ", 1) for part in page.policy.split(";"))
    assert directives["default-src"] == "'none'"
    for name, texts in (("script-src", page.scripts), ("style-src", page.styles)):
        hashes = {f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts}
        assert set(directives[name].split()) == hashes
    assert "unsafe" not in page.policy


@pytest.mark.parametrize("probe", PROBES)
def test_no_text_becomes_markup(tmp_path: Path, probe: str) -> None:
    folder = tmp_path
    if probe.startswith("lone"):  # RDF cannot hold it; the page can
        graph = toy_graph(folder)
        graph = Graph(graph.nodes, graph.edges, graph.evidence, graph.quads, graph.prefixes, graph.kinds, name=probe)
    else:
        graph = hostile_graph(folder, [probe, f"again {probe}"])
    assert sorted(Page(written(graph)).tags) == sorted(Page(written(toy_graph(folder))).tags)


def test_text_comes_through_unchanged(tmp_path: Path) -> None:
    probes = [probe for probe in PROBES if not probe.startswith("lone")]
    data = payload(hostile_graph(tmp_path, probes))
    assert {node["label"] for node in data["nodes"]} >= set(probes)
    assert {passage[6] for passages in data["evidence"] for passage in passages} == set(probes)


def test_only_web_addresses_become_links(tmp_path: Path) -> None:
    assert not [facts for facts in payload(hostile_graph(tmp_path, list(PROBES)[:6]))["about"] if "url" in facts]
    nodes = [
        node("paper", name, name, url=url)
        for name, url in (("a", "https://arxiv.org/abs/1"), ("b", "javascript:alert(1)"), ("c", "HTTP://x"), ("d", None))
    ]
    about = payload(graph_of(tmp_path, nodes, [], []))["about"]
    assert [facts.get("url") for facts in about] == ["https://arxiv.org/abs/1", None, None, None]


def test_the_summary_counts_kinds_and_cut_author_lists(tmp_path: Path) -> None:
    assert summary(written(toy_graph(tmp_path))) == (
        "3 papers, 2 people, 1 dataset, 1 group, 1 method, 1 metric, 1 organization, 1 software, 1 task, 1 topic, "
        "15 edges, author lists cut (“et al.”) in 1 of 2 papers"
    )


def test_every_passage_is_in_the_page(tmp_path: Path) -> None:
    graph = toy_graph(tmp_path)
    data = payload(graph)
    found = {(data["words"][p[0]], p[1], p[3], p[4], p[5], p[6], p[7]) for ps in data["evidence"] for p in ps}
    names = ("document", "line", "start", "end", "before", "quote", "after")
    assert found == {tuple(row[name] for name in names) for row in graph.rows("evidence")}


def test_without_texts_no_sentence_is_in_the_page(tmp_path: Path) -> None:
    text = written(toy_graph(tmp_path, with_text=False))
    assert "third of the ink" in written(toy_graph(tmp_path))
    assert "third of the ink" not in text
    assert "holds no abstracts and no sentences" in text


def test_a_kind_that_nobody_described_is_drawn_in_grey(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, [node("gadget", "a", "A")], [], [])
    assert payload(graph)["kinds"] == [{"label": "gadget", "plural": "gadget", "color": "#808080", "page": False}]


def test_an_empty_graph_is_a_page(tmp_path: Path) -> None:
    assert payload(graph_of(tmp_path, [], [], []))["nodes"] == []


def test_edges_that_lead_nowhere_are_counted(tmp_path: Path) -> None:
    paper, person = node("paper", "p", "P"), node("person", "a", "A")
    text = written(graph_of(tmp_path, [paper], [edge(paper, person)], []))
    assert "1 edge leads to a node that the graph does not hold" in text


def test_a_graph_above_the_limit_shows_its_most_connected_nodes_and_says_so(tmp_path: Path) -> None:
    graph = large_graph(tmp_path, 950)
    total = graph.nodes.num_rows
    assert total > pyvis.LIMIT_NODES
    shown, notices = pyvis.reduced(graph)
    nodes, edges = shown.rows("nodes"), shown.rows("edges")
    assert len(nodes) == pyvis.LIMIT_NODES
    assert f"Showing 2,000 of {total:,} nodes and {len(edges):,} of {graph.edges.num_rows:,} edges" in notices[0]
    tied = [end for row in graph.rows("edges") for end in (row["source"], row["target"])]
    kept = {row["id"] for row in nodes}
    assert min(tied.count(name) for name in kept) >= max(
        (tied.count(name) for name in graph.nodes["id"].to_pylist() if name not in kept), default=0
    )


def test_a_graph_with_too_many_edges_keeps_every_edge_between_what_it_shows(tmp_path: Path) -> None:
    papers = [node("paper", f"{i:03}", f"P{i}") for i in range(150)]
    methods = [node("method", f"{i:03}", f"M{i}") for i in range(80)]
    graph = graph_of(tmp_path, papers + methods, [edge(p, m) for p in papers for m in methods], [])
    shown, notices = pyvis.reduced(graph)
    nodes, edges = shown.rows("nodes"), shown.rows("edges")
    kept = {row["id"] for row in nodes}
    between = [row for row in graph.rows("edges") if row["source"] in kept and row["target"] in kept]
    assert edges == between
    assert 0.95 * pyvis.LIMIT_EDGES < len(edges) <= pyvis.LIMIT_EDGES
    assert "of 12,000 edges" in notices[0]


def test_nodes_stand_where_the_build_has_put_them(tmp_path: Path) -> None:
    graph = placed(toy_graph(tmp_path))
    moved = graph.places.set_column(2, "x", pc.add(graph.places["x"], pa.scalar(5000, pa.float32())))
    places = {row["id"]: row for row in moved.to_pylist() if row["view"] == "graph"}
    data = payload(replace(graph, places=moved))
    keys = [data["base"] + facts["key"] for facts in data["about"]]
    assert [node["x"] for node in data["nodes"]] == [round(places[key]["x"], 1) for key in keys]
    assert [node["y"] for node in data["nodes"]] == [round(places[key]["y"], 1) for key in keys]


def test_a_graph_without_places_for_all_gets_new_ones(tmp_path: Path) -> None:
    graph = placed(toy_graph(tmp_path))
    assert payload(replace(graph, places=graph.places.slice(1))) == payload(toy_graph(tmp_path)) == payload(graph)


def test_a_reduced_graph_is_laid_out_anew(tmp_path: Path) -> None:
    graph = large_graph(tmp_path, 950)
    far = pa.table(
        {"view": ["graph"] * graph.nodes.num_rows, "id": graph.nodes["id"], "x": range(0, 1000 * graph.nodes.num_rows, 1000),
         "y": [0.0] * graph.nodes.num_rows, "community": [0] * graph.nodes.num_rows}, PLACES,
    )  # fmt: skip
    nodes = payload(replace(graph, places=far))["nodes"]
    assert max(node["x"] for node in nodes) < 10_000
    assert max(node["y"] for node in nodes) > 100


# ------------------------------------------------------------------------------------------ pyvis's own object


def test_a_network_for_notebooks_holds_the_graph(tmp_path: Path) -> None:
    graph = toy_graph(tmp_path)
    network = pyvis.to_network(graph)
    assert network.get_nodes() == graph.nodes["id"].to_pylist()
    assert [(tie["from"], tie["to"], tie["title"]) for tie in network.get_edges()] == [
        (row["source"], row["target"], row["label"]) for row in graph.rows("edges")
    ]
    assert network.get_node(f"{ID}method/polite-net")["title"] == "Polite-Net (method, 2021)"
    network.add_edge(f"{ID}method/polite-net", f"{ID}metric/ink-ratio")
    assert network.num_edges() == graph.edges.num_rows + 1


@pytest.mark.parametrize("notebook", [False, True])
def test_what_a_network_writes_names_no_address(tmp_path: Path, notebook: bool) -> None:
    network = pyvis.to_network(hostile_graph(tmp_path, [p for p in PROBES if not p.startswith("lone")]))
    network.heading = PROBES[0]
    text = network.generate_html(notebook=notebook)
    page = Page(text)
    assert page.addresses == ["data:,"]
    assert sorted(page.tags) == sorted(Page(pyvis.to_network(toy_graph(tmp_path)).generate_html()).tags)
    directives = dict(part.strip().split(" ", 1) for part in page.policy.split(";"))
    hashes = {f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in page.scripts}
    assert set(directives["script-src"].split()) == hashes
    data = json.loads(page.data)
    assert {each["title"] for each in data["nodes"]} >= {f"{p} (paper, {2020 + i % 5})" for i, p in enumerate(PROBES[:-1])}


def test_a_network_of_a_large_graph_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"up to 2,000 nodes .* format html"):
        pyvis.to_network(large_graph(tmp_path, 950))


# ------------------------------------------------------------------------------------------ in a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    yield from launched()


class Drawn(Tab):
    """The page of a graph."""

    def __init__(self, browser: Any, graph: Graph, folder: Path, **facts: Any) -> None:
        file = folder / "graph.html"
        file.write_bytes(written(graph).encode("utf-8"))
        super().__init__(browser, file, **facts)

    def click(self, label: str) -> None:
        x, y = self.page.evaluate("label => __kg.screen(__kg.D.labels.indexOf(label))", label)
        self.page.mouse.click(x, y)
        self.page.wait_for_timeout(500)

    @property
    def details(self) -> str:
        found: str = self.page.evaluate("() => document.getElementById('about').innerText")
        return found

    @property
    def hash(self) -> str:
        found: str = self.page.evaluate("() => location.hash")
        return found


@pytest.fixture
def tab(browser: Any, tmp_path: Path) -> Iterator[Drawn]:
    shown = Drawn(browser, toy_graph(tmp_path), tmp_path)
    yield shown
    shown.close()


@pytest.mark.browser
def test_a_click_on_a_node_shows_what_is_known_of_it(tab: Drawn) -> None:
    tab.click('Quiet maps of "loud" graphs: x < y & z')
    assert "Ada Žižková" in tab.details
    assert "The author list is complete." in tab.details
    assert "reading.txt:7" in tab.details
    assert tab.page.locator("#about blockquote mark", has_text="PoliteNet").is_visible()
    assert tab.hash == "#node=paper/arxiv-2101.00001"
    assert "arxiv.org/abs/2101.00001" in tab.page.locator("#about a").get_attribute("href")


@pytest.mark.browser
def test_a_cut_author_list_is_called_incomplete(tab: Drawn) -> None:
    tab.open("#node=paper/arxiv-2202.00002")
    assert "The author list is incomplete (et al.)." in tab.details


@pytest.mark.browser
def test_search_is_by_keyboard_and_knows_aliases(tab: Drawn) -> None:
    tab.page.keyboard.press("/")
    tab.page.keyboard.type("zizko")
    box = tab.page.locator("#search")
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-activedescendant") == "found-0"
    tab.page.keyboard.press("Enter")
    assert "Ada Žižková" in tab.details
    tab.page.keyboard.press("/")
    tab.page.keyboard.type("politenet")
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("Enter")
    assert "Polite-Net" in tab.details
    tab.page.keyboard.press("Escape")
    assert tab.page.locator("#about").is_hidden()
    assert tab.hash == ""


@pytest.mark.browser
def test_going_back_goes_back(tab: Drawn) -> None:
    tab.open("#node=method/polite-net")
    tab.page.locator("#about .go").first.click()
    assert tab.hash == "#node=paper/arxiv-2101.00001"
    tab.page.go_back()
    tab.page.wait_for_function("() => document.querySelector('#about h2').innerText === 'Polite-Net'")


@pytest.mark.browser
def test_a_click_on_an_edge_shows_its_passages(tab: Drawn) -> None:
    middle = tab.page.evaluate(
        """names => { const [a, b] = names.map(n => __kg.screen(__kg.D.labels.indexOf(n)));
        return [a[0] + (b[0] - a[0]) * 0.6, a[1] + (b[1] - a[1]) * 0.6]; }""",
        ['Quiet maps of "loud" graphs: x < y & z', "Polite-Net"],
    )
    tab.page.mouse.click(*middle)
    assert "Uses method" in tab.details
    assert tab.page.locator("#about [data-evidence]").count() == 2
    assert tab.hash.startswith("#edge=")
    kept = tab.details
    tab.open(tab.hash)
    assert tab.details == kept


@pytest.mark.browser
def test_the_legend_filters_by_kind(tab: Drawn) -> None:
    key = tab.page.get_by_role("button", name="people 2")
    key.focus()
    tab.page.keyboard.press("Enter")
    assert key.get_attribute("aria-pressed") == "false"
    assert tab.page.evaluate("() => __kg.screen(__kg.D.labels.indexOf('Ada Žižková'))[0]") < 0
    assert "2 nodes hidden" in tab.page.locator("#live").inner_text()
    tab.page.get_by_role("button", name="Show all kinds").click()
    assert tab.page.evaluate("() => __kg.screen(__kg.D.labels.indexOf('Ada Žižková'))[0]") > 0


@pytest.mark.browser
def test_the_list_holds_every_node(tab: Drawn) -> None:
    tab.page.get_by_role("button", name="List", exact=True).click()
    for line in tab.page.locator("#list summary").all():
        line.click()
    tab.page.wait_for_function("() => document.querySelectorAll('#list .go').length === __kg.D.labels.length")
    tab.page.locator("#list .go", has_text="Ink Ratio").click()
    assert "agrees with readers." in tab.details


@pytest.mark.browser
def test_the_picture_is_saved(tab: Drawn) -> None:
    with tab.page.expect_download() as found:
        tab.page.get_by_role("button", name="Export the picture as PNG").click()
    assert found.value.suggested_filename == "toy-library.png"
    assert Path(found.value.path()).read_bytes().startswith(b"\x89PNG")


@pytest.mark.browser
def test_without_texts_a_passage_is_a_place_and_a_name(browser: Any, tmp_path: Path) -> None:
    tab = Drawn(browser, toy_graph(tmp_path, with_text=False), tmp_path)
    tab.open("#node=metric/ink-ratio")
    tab.page.locator("#about .why").click()
    evidence = tab.page.locator("#about figure").inner_text()
    assert "Ink Ratio" in evidence
    assert "reading.txt:7 · abstract · characters 1400–1409" in evidence
    assert "agrees" not in evidence
    tab.close()


@pytest.mark.browser
def test_colours_follow_the_system(browser: Any, tmp_path: Path) -> None:
    tab = Drawn(browser, toy_graph(tmp_path), tmp_path, color_scheme="dark")
    ground = "() => getComputedStyle(document.body).backgroundColor"
    night = tab.page.evaluate(ground)
    tab.page.emulate_media(color_scheme="light")
    assert tab.page.evaluate(ground) != night
    tab.close()


@pytest.mark.browser
def test_hostile_text_stays_text(browser: Any, tmp_path: Path) -> None:
    tab = Drawn(browser, hostile_graph(tmp_path, [p for p in PROBES if not p.startswith("lone")]), tmp_path)
    for number in range(tab.page.evaluate("() => __kg.D.labels.length")):
        x, y = tab.page.evaluate("i => __kg.screen(i)", number)
        tab.page.mouse.move(x, y)
        tab.page.mouse.click(x, y)
    for why in tab.page.locator("#about .why").all():
        why.click()
    tab.page.locator("#search").fill("window")
    assert tab.page.locator("#found [role=option]").count() > 3
    assert tab.page.evaluate("() => window.__ran") is None
    assert tab.page.locator("img, svg, b, iframe, [data-ran], [onerror], [onload]").count() == 0
    tab.close()


@pytest.mark.browser
@pytest.mark.parametrize("heading", ["", PROBES[1]])
def test_a_network_for_notebooks_is_drawn_offline(browser: Any, tmp_path: Path, heading: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    network = pyvis.to_network(hostile_graph(tmp_path, [p for p in PROBES if not p.startswith("lone")]))
    network.heading = heading
    network.save_graph("network.html")
    assert {path.name for path in tmp_path.iterdir()} == {"graph.nq", "network.html"}
    page = browser.new_page(viewport={"width": 900, "height": 700})
    faults: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "network.html").as_uri())
    page.wait_for_selector("canvas")
    for x in range(50, 900, 50):
        for y in range(50, 700, 50):
            page.mouse.move(x, y)
    drawn = "() => { const c = document.querySelector('canvas'); return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(Boolean); }"
    assert page.evaluate(drawn)
    assert page.locator("#heading").inner_text() == heading
    assert page.evaluate("() => window.__ran") is None
    assert page.locator("img, svg, b, iframe, [data-ran], [onerror], [onload]").count() == 0
    page.close()
    assert faults == []
    assert [address for address in asked if not address.startswith(("file:", "data:", "blob:"))] == []


@pytest.mark.browser
@pytest.mark.parametrize("name", ["sample", "hostile"])
def test_the_shared_acceptance_check_passes(tmp_path: Path, name: str) -> None:
    needs_check()
    graph = large_graph(tmp_path, 110) if name == "sample" else hostile_graph(tmp_path, probes_of_check())
    file = tmp_path / "graph.html"
    file.write_bytes(written(graph).encode("utf-8"))
    accept(file, *REQUIRED, "evidence")
