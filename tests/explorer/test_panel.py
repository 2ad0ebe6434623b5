"""Tests of the details: facts, mentions, passages, neighbours, what can be done with a node; of an edge and of a link."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from kg.explorer import details
from kg.explorer import page as pages
from tests.explorer.pages import Tab
from tests.export.graphs import edge, graph_of, hostile_graph, node, passage, toy_graph

pytestmark = pytest.mark.browser

Opened = Callable[..., Tab]

PAPER = 'Quiet maps of "loud" graphs: x < y & z'
METHOD = "Polite-Net"
CUT = "Ein Maß für Übersicht — 図の美しさ"
STYLE = Path(pages.__file__).parent / "assets" / "style.css"


def choose(tab: Tab, label: str) -> None:
    """Open the details of a node, and wait for its texts."""
    tab.run("app.actions.choose(argument)", tab.number(label))
    tab.told()


def said(tab: Tab) -> str:
    """Return the text of the panel."""
    found: str = tab.page.locator("#about").inner_text()
    return found


def heading(tab: Tab) -> str:
    """Return whom the panel is about."""
    found: str = tab.page.locator("#about h2").inner_text()
    return found


# ---------------------------------------------------------------------------------------------- of a node


def test_facts_are_there_in_the_same_moment(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    now = tab.run("(app.actions.choose(argument), document.getElementById('about').innerText)", tab.number(PAPER))
    assert PAPER in now
    assert "Paper" in now
    assert "Ada Žižková" in now
    assert "1 time in this graph" in now
    assert re.search(r"PageRank\s+\d(st|nd|rd) of 3 papers", now)


def test_a_click_shows_date_link_and_abstract(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    tab.click(PAPER)
    assert "2021-01-04" in said(tab)
    assert tab.page.locator("#about .link a").get_attribute("href") == "https://arxiv.org/abs/2101.00001"
    assert tab.page.locator("#about .abstract").inner_text().startswith("We draw maps of graphs with Polite-Net.")


def test_mentions_in_the_abstract_are_marked_and_lead_to_what_they_name(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    choose(tab, PAPER)
    marked = tab.page.locator("#about .mention")
    assert marked.all_inner_texts() == ["draw maps of graphs", "Polite-Net", "Tiny Atlas"]
    assert marked.nth(2).get_attribute("title") == "Dataset: Tiny Atlas"
    marked.nth(2).focus()
    tab.page.keyboard.press("Enter")
    assert heading(tab) == "Tiny Atlas"


def test_author_lists_are_called_complete_or_not(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    choose(tab, PAPER)
    assert "The author list is complete." in said(tab)
    choose(tab, CUT)
    assert "The author list is incomplete (et al.)." in said(tab)
    choose(tab, "A paper that nobody ties to anything")
    assert "The author list" not in said(tab)
    assert "Nothing in the graph is tied to it." in said(tab)


def test_authors_go_by_their_place(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    choose(tab, PAPER)
    authors = tab.page.locator("#about section.authors .go").all_inner_texts()
    assert [text.replace("\n", " ") for text in authors] == ["1 Ada Žižková", "2 Seán O'Brien"]


def test_passages_are_told_with_the_mention_marked_and_their_place(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    choose(tab, PAPER)
    why = tab.page.get_by_role("button", name="2 passages for Polite-Net")
    assert why.get_attribute("aria-expanded") == "false"
    why.click()
    assert why.get_attribute("aria-expanded") == "true"
    box = tab.page.locator(f"#{why.get_attribute('aria-controls')}")
    assert box.locator("blockquote.evidence mark").all_inner_texts() == ["Polite-Net", "PoliteNet"]
    assert box.locator("blockquote").nth(1).inner_text() == "The code of PoliteNet is “free” & fast <b>."
    assert box.locator("figcaption").nth(1).inner_text() == "reading.txt:9 · abstract · characters 400–409 · lexicon/1 · score 0.80"
    why.click()
    assert box.is_hidden()


def test_of_a_thing_its_sentences_are_told_at_once(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    choose(tab, "Tiny Atlas")
    told = tab.page.locator("#about .said > li")
    assert told.count() == 2
    assert told.nth(0).locator("mark").inner_text() == "Tiny Atlas"
    assert told.nth(0).locator("blockquote").inner_text() == "On Tiny Atlas it needs a third of the ink."
    told.nth(1).locator(".go").click()
    assert heading(tab) == CUT


def test_three_sentences_are_told_and_more_when_asked(opened: Opened, tmp_path: Path) -> None:
    net = node("method", "net", "Net", papers=5)
    papers = [node("paper", f"p{i}", f"Paper {i}", year=2010 + i) for i in range(5)]
    edges = [edge(paper, net) for paper in papers]
    graph = graph_of(tmp_path, [net, *papers], edges, [passage(tie, "Net", f"Sentence {i}: a ", ".") for i, tie in enumerate(edges)])
    tab = opened(graph)
    choose(tab, "Net")
    assert tab.page.locator("#about .said > li").count() == 3
    tab.page.locator("#about .text .more").click()
    assert tab.page.locator("#about .said > li").count() == 5


def test_papers_are_listed_newest_first_or_by_edges(opened: Opened, tmp_path: Path) -> None:
    net, others = node("method", "net", "Net", papers=3), [node("topic", f"t{i}", f"T{i}") for i in range(3)]
    papers = [node("paper", f"p{i}", f"Paper {i}", year=2010 + i) for i in range(3)]
    edges = [edge(paper, net) for paper in papers] + [edge(papers[0], topic) for topic in others]
    tab = opened(graph_of(tmp_path, [net, *papers, *others], edges, []))
    choose(tab, "Net")
    rows = tab.page.locator("#about .neighbours .go")
    assert [text.split("\n")[-1] for text in rows.all_inner_texts()] == ["Paper 2 2012", "Paper 1 2011", "Paper 0 2010"]
    tab.page.get_by_label("Order of papers").select_option("degree")
    assert rows.first.inner_text().endswith("Paper 0 2010")


def test_of_a_person_co_authors_and_their_papers_are_told(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    choose(tab, "Ada Žižková")
    together = tab.page.locator("#about section", has=tab.page.get_by_role("heading", name="Co-authors"))
    assert "Seán O'Brien" in together.inner_text()
    tab.page.get_by_role("button", name="1 paper with Seán O'Brien").click()
    assert f"{PAPER} 2021" in together.inner_text()
    assert "Datasets in the same papers" in said(tab)
    assert "2 papers" in tab.page.locator("#about section", has=tab.page.get_by_role("heading", name="Datasets in the same papers")).inner_text()


def test_twelve_neighbours_are_shown_and_then_all(opened: Opened, tmp_path: Path) -> None:
    paper = node("paper", "p", "Paper", year=2020)
    methods = [node("method", f"m{i:02}", f"Net {i:02}") for i in range(30)]
    tab = opened(graph_of(tmp_path, [paper, *methods], [edge(paper, m) for m in methods], []))
    choose(tab, "Paper")
    rows = tab.page.locator("#about .neighbours .go")
    assert rows.count() == 12
    tab.page.get_by_role("button", name="Show all 30").click()
    assert rows.count() == 30
    assert tab.page.evaluate("() => document.activeElement.innerText").endswith("Net 12")


def test_the_name_of_a_node_is_copied(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page, permissions=["clipboard-read", "clipboard-write"])
    choose(tab, "Polite-Net")
    tab.page.get_by_role("button", name="Copy the IRI").click()
    assert tab.page.evaluate("() => navigator.clipboard.readText()") == "https://w3id.org/kgp/id/method/polite-net"
    tab.page.get_by_role("button", name="Copy the command").click()
    assert tab.page.evaluate("() => navigator.clipboard.readText()") == "kg why DIR method/polite-net"
    assert tab.page.locator("#live").inner_text() == "The command copied"


def test_a_command_is_quoted_for_a_shell(opened: Opened, tmp_path: Path) -> None:
    tab = opened(graph_of(tmp_path, [node("method", "it's; rm -rf $HOME", "Odd"), node("task", "t", "T")], [], []))
    choose(tab, "Odd")
    assert tab.page.locator("#about .command code").last.inner_text() == "kg why DIR 'method/it'\\''s; rm -rf $HOME'"


# ------------------------------------------------------------------------------- of an edge and of a link


def test_of_an_edge_both_ends_and_its_passages_are_told(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    tab.run(
        "app.actions.chooseEdge(app.data.target.findIndex((t, e) => t === argument[1] && app.data.source[e] === argument[0]))",
        [tab.number(PAPER), tab.number("Polite-Net")],
    )
    tab.page.locator("#about blockquote").first.wait_for()
    assert heading(tab) == "Uses method"
    assert "score 0.93" in said(tab)
    assert tab.page.locator("#about .ends .go").count() == 2
    assert tab.page.locator("#about blockquote").count() == 2
    assert "kg why DIR paper/arxiv-2101.00001 kg:usesMethod method/polite-net" in said(tab)


def test_of_a_link_the_papers_in_common_are_told(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    tab.run("app.actions.choosePair(argument[0], argument[1])", [tab.number("Ada Žižková"), tab.number("Seán O'Brien")])
    assert heading(tab) == "1 paper written together"
    assert f"{PAPER} 2021" in said(tab)
    tab.run("app.actions.choosePair(argument[0], argument[1])", [tab.number("Tiny Atlas"), tab.number("graph drawing")])
    assert heading(tab) == "2 papers in common"
    years = [text.split()[-1] for text in tab.page.locator("#about section .go").all_inner_texts()]
    assert years == ["2022", "2021"]


def test_a_click_on_a_link_of_the_map_of_authors_tells_it(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page, "#view=coauthors")
    a, b = tab.spot("Ada Žižková"), tab.spot("Seán O'Brien")
    tab.page.mouse.click(a[0] + (b[0] - a[0]) * 0.5, a[1] + (b[1] - a[1]) * 0.5)
    tab.wait("app.store.state.pair")
    assert heading(tab) == "1 paper written together"


# -------------------------------------------------------------------------------- what a page does not keep


def test_sentences_that_the_page_does_not_keep_are_named_by_file_and_line(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(details, "WHOLE", 0)
    monkeypatch.setattr(details, "EACH", 1)
    tab = opened(toy_graph(tmp_path))
    choose(tab, PAPER)
    assert "Sentences of the abstract" in said(tab)
    tab.page.get_by_role("button", name="2 passages for Polite-Net").click()
    assert "The sentence is not kept in this page." in said(tab)
    assert "reading.txt:9" in said(tab)
    assert "kg why DIR paper/arxiv-2101.00001 kg:usesMethod method/polite-net" in said(tab)


def test_without_texts_a_passage_is_a_place_and_a_name(opened: Opened, tmp_path: Path) -> None:
    tab = opened(toy_graph(tmp_path, with_text=False))
    choose(tab, "Ink Ratio")
    tab.page.locator("#about .why").first.click()
    assert tab.page.locator("#about figure").inner_text() == (
        "Ink Ratio\nreading.txt:7 · abstract · characters 1400–1409 · lexicon/1 · score 0.95"
    )
    assert "agrees" not in said(tab)


# ------------------------------------------------------------------------------- what can be done with a node


def test_a_node_is_selected_pinned_and_hidden(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    number = tab.number("Polite-Net")
    choose(tab, "Polite-Net")
    tools = tab.page.locator("#about .nodetools")
    for name, part in (("Select", "selected.includes(argument)"), ("Pin", "pinned.some(([i]) => i === argument)")):
        press = tools.get_by_role("button", name=name, exact=True)
        press.click()
        assert press.get_attribute("aria-pressed") == "true"
        assert tab.run(f"app.store.state.{part}", number)
        press.click()
        assert press.get_attribute("aria-pressed") == "false"
        assert not tab.run(f"app.store.state.{part}", number)
    tools.get_by_role("button", name="Hide").click()
    assert tab.run("app.scene.shown[argument]", number) == 0
    assert tab.page.locator("#about").is_hidden()


def test_neighbours_alone_are_shown_to_a_depth(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    choose(tab, "Polite-Net")
    tools = tab.page.locator("#about .nodetools")
    tools.get_by_role("button", name="Neighbours only").click()
    assert tab.run("app.scene.counts.nodes") == 2
    tools.get_by_role("button", name="2 steps away").click()
    assert tab.run("app.store.state.ego.depth") == 2
    assert tab.run("app.scene.counts.nodes") > 2
    assert tools.get_by_role("button", name="2 steps away").get_attribute("aria-pressed") == "true"
    tools.get_by_role("button", name="1 step away").click()
    choose(tab, PAPER)
    tools.get_by_role("button", name="Expand").click()
    assert tab.run("app.store.state.expanded.length") == 1
    tools.get_by_role("button", name="Collapse").click()
    assert tab.run("app.store.state.expanded.length") == 0
    choose(tab, "Polite-Net")
    tools.get_by_role("button", name="Neighbours only").click()
    assert tab.run("app.store.state.ego") is None


def test_a_path_is_asked_for_by_name_or_by_click(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    ends = [tab.number("Polite-Net"), tab.number("Ink Ratio")]
    choose(tab, "Polite-Net")
    tab.page.get_by_role("button", name="Path to…").click()
    tab.page.keyboard.type("ink")
    tab.page.locator("#found-end [role=option]").first.wait_for()
    tab.page.keyboard.press("Enter")
    assert tab.run("app.store.state.path") == ends
    tab.run("app.actions.clear()")
    choose(tab, "Polite-Net")
    tab.page.get_by_role("button", name="Path to…").click()
    choose(tab, "Ink Ratio")
    assert tab.run("app.store.state.path") == ends


def test_what_a_filter_leaves_out_is_called_so_and_brought_back(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    choose(tab, "Ada Žižková")
    assert tab.page.locator("#about .absent").count() == 0
    tab.run("app.actions.toggleKind(app.data.kind[argument])", tab.number("Ada Žižková"))
    assert "Left out of the picture by a filter." in said(tab)
    tab.page.get_by_role("button", name="Show it").click()
    assert tab.run("app.scene.shown[argument]", tab.number("Ada Žižková")) == 1
    assert tab.page.locator("#about .absent").count() == 0
    tab.run("app.actions.view('coauthors')")
    choose(tab, "Polite-Net")
    assert "Not part of the view" in said(tab)
    tab.page.get_by_role("button", name="Show it").click()
    assert tab.run("app.store.state.view") == "graph"


def test_the_chosen_node_is_not_covered_by_its_details(opened: Opened, toy_page: Path) -> None:
    for size in ({"width": 1280, "height": 800}, {"width": 390, "height": 844}):
        tab = opened(toy_page, viewport=size)
        for label in tab.page.evaluate("() => __kg.D.labels"):
            choose(tab, label)
            tab.rest()
            box = tab.page.locator("#about").bounding_box()
            x, y = tab.spot(label)
            assert not (box["x"] < x < box["x"] + box["width"] and box["y"] < y < box["y"] + box["height"]), (label, size)


# --------------------------------------------------------------------------------- keyboard, names, layout


def test_the_focus_goes_into_the_details_and_back(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    tab.page.keyboard.press("/")
    tab.page.keyboard.type("polite")
    tab.page.locator("#found [role=option]").first.wait_for()
    tab.page.keyboard.press("Enter")
    assert tab.page.evaluate("() => document.activeElement.textContent") == "Polite-Net"
    tab.page.keyboard.press("Tab")
    tab.page.locator("#about .neighbours .go").first.focus()
    tab.page.keyboard.press("Enter")
    assert tab.page.evaluate("() => document.activeElement.textContent") == PAPER  # the heading of whom it is about now
    tab.page.keyboard.press("Escape")
    assert tab.page.locator("#about").is_hidden()
    assert tab.page.evaluate("() => document.activeElement.id") == "search"


def test_every_control_has_a_name_and_headings_follow_each_other(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    choose(tab, "Ada Žižková")
    tab.page.locator("#show-list").click()
    unnamed = tab.page.evaluate(
        """() => Array.from(document.querySelectorAll("button, input, select, a, summary")).filter((e) => !(e.ariaLabel
        || e.textContent.trim() || e.title || (e.labels && e.labels.length))).map((e) => e.outerHTML)"""
    )
    assert unnamed == []
    levels = tab.page.evaluate(
        "() => Array.from(document.querySelectorAll('h1, h2, h3, h4')).filter((e) => e.checkVisibility()).map((e) => Number(e.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    twice = tab.page.evaluate(
        "() => { const ids = Array.from(document.querySelectorAll('[id]'), (e) => e.id); return ids.filter((id, at) => ids.indexOf(id) !== at); }"
    )
    assert twice == []
    for role in ("banner", "main", "contentinfo", "navigation", "search"):
        assert tab.page.get_by_role(role).count() == 1, role


def test_the_header_is_one_row_however_long_the_summary(opened: Opened, tmp_path: Path) -> None:
    kinds = ["paper", "person", "method", "dataset", "task", "metric", "topic", "software", "organization", "group"]
    nodes = [node(kind, f"n{i}", f"{kind} {i}") for kind in kinds for i in range(12)]
    tab = opened(graph_of(tmp_path, nodes, [], [], name="A library with a rather long name, longer than any header"))
    assert tab.page.locator("header").bounding_box()["height"] < 70
    assert tab.page.locator(".summary").bounding_box()["height"] < 22
    assert tab.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_what_the_graph_holds_is_told_in_a_card(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    opener = tab.page.get_by_role("button", name="About this picture")
    opener.focus()
    tab.page.keyboard.press("Enter")
    card = tab.page.get_by_role("dialog", name="About this picture")
    assert "author lists cut (“et al.”) in 1 of 2 papers" in card.inner_text()
    assert "3 papers" in card.locator("li").all_inner_texts()
    tab.page.keyboard.press("Escape")
    assert card.is_hidden()
    assert tab.page.evaluate("() => document.activeElement.id") == "show-notes"


def test_the_status_line_says_what_is_shown_of_what(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    before = tab.page.locator("#status").inner_text()
    assert "13" in before
    tab.run("app.actions.toggleKind(app.data.kind[argument])", tab.number("Ada Žižková"))
    assert tab.page.locator("#status").inner_text() not in ("", before)


def test_on_a_phone_the_details_are_a_sheet_and_fingers_hit(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    choose(tab, PAPER)
    box = tab.page.locator("#about").bounding_box()
    assert box["width"] > 360
    assert box["y"] > 300
    assert tab.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    small = tab.page.evaluate(
        """() => Array.from(document.querySelectorAll("#about button, header button, header input")).filter((e) => e.checkVisibility()
        && !e.matches(".inline, #show-notes") && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML)"""
    )
    assert small == []


def standing(tab: Tab) -> list[tuple[float, float]]:
    """Return where the nodes of the picture stand in the window."""
    found: list[tuple[float, float]] = tab.run("app.data.labels.map((_, i) => app.stage.screen(i)).filter(([x]) => !Number.isNaN(x))")
    return found


def in_sight(tab: Tab) -> tuple[float, float, float]:
    """Return where the picture ends above the details or the foot, and where its lowest and highest nodes stand."""
    tab.rest()
    about, main = tab.page.locator("#about"), tab.page.locator("main").bounding_box()
    end = about.bounding_box()["y"] if about.is_visible() else main["y"] + main["height"]
    ys = [y for _, y in standing(tab)]
    return (end - main["y"]) / main["height"], max(ys) - end, min(ys) - main["y"]


@pytest.mark.parametrize("address", ["", "#ego=method/polite-net:2"])
def test_on_a_phone_the_picture_keeps_half_of_the_height_and_is_fitted_to_it(opened: Opened, toy_page: Path, address: str) -> None:
    tab = opened(toy_page, address, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    whole = tab.run("app.stage.camera.k")
    choose(tab, METHOD)
    share, lowest, highest = in_sight(tab)
    assert share > 0.5
    assert lowest < 0 < highest
    assert tab.run("app.stage.camera.k") < whole
    tab.page.get_by_role("button", name="Close the details").tap()
    in_sight(tab)
    assert tab.run("app.stage.camera.k") == pytest.approx(whole)


def test_the_sheet_is_folded_by_a_press_and_pulled_by_its_grip(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    choose(tab, PAPER)
    about, grip = tab.page.locator("#about"), tab.page.get_by_role("button", name="Height of the details")
    half = about.bounding_box()["height"]
    grip.tap()
    assert about.bounding_box()["height"] == 72
    assert grip.get_attribute("aria-expanded") == "false"
    share, lowest, _ = in_sight(tab)
    assert share > 0.8
    assert lowest < 0
    choose(tab, METHOD)
    assert about.bounding_box()["height"] == 72, "the next node is told in the same room"
    assert about.locator("h2").inner_text() == METHOD
    grip.press("Enter")
    assert about.bounding_box()["height"] == half
    box = grip.bounding_box()
    tab.page.mouse.move(box["x"] + 99, box["y"] + 9)
    tab.page.mouse.down()
    tab.page.mouse.move(box["x"] + 99, box["y"] - 91, steps=4)
    tab.page.mouse.up()
    assert about.bounding_box()["height"] == pytest.approx(half + 100, abs=1)
    tab.page.mouse.move(box["x"] + 99, box["y"] - 91)
    tab.page.mouse.down()
    tab.page.mouse.move(box["x"] + 99, 0, steps=4)
    tab.page.mouse.up()
    assert about.bounding_box()["y"] >= tab.page.locator("main").bounding_box()["y"] + 7


def test_a_key_that_goes_into_a_folded_sheet_unfolds_it(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page, viewport={"width": 390, "height": 844})
    tab.page.get_by_role("button", name="Filters").click()
    filters, grip = tab.page.locator("#filters"), tab.page.get_by_role("button", name="Height of filters")
    half = filters.bounding_box()["height"]
    grip.press("Enter")
    assert filters.bounding_box()["height"] == 72
    tab.page.keyboard.press("Tab")  # to the button that closes
    assert filters.bounding_box()["height"] == 72
    tab.page.keyboard.press("Tab")
    assert filters.bounding_box()["height"] == half


def test_on_a_phone_that_lies_nothing_covers_another(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page, "#ego=method/polite-net:2", viewport={"width": 844, "height": 390}, has_touch=True, is_mobile=True)
    choose(tab, METHOD)
    in_sight(tab)
    parts = [each.bounding_box() for each in tab.page.locator("header, #about, #tools .tools, footer").all() if each.is_visible()]
    for at, one in enumerate(parts):
        for other in parts[:at]:
            beside = one["x"] >= other["x"] + other["width"] or other["x"] >= one["x"] + one["width"]
            assert beside or one["y"] >= other["y"] + other["height"] or other["y"] >= one["y"] + one["height"]
    panel = tab.page.locator("#about").bounding_box()
    assert panel["width"] < 0.5 * 844
    assert max(x for x, _ in standing(tab)) < panel["x"]


def test_on_a_wide_screen_there_is_no_grip(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    choose(tab, PAPER)
    assert not tab.page.locator(".grip").first.is_visible()


def test_zoomed_to_twice_the_size_all_can_be_reached(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page, viewport={"width": 640, "height": 400})
    choose(tab, PAPER)
    assert tab.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    box = tab.page.locator("#about").bounding_box()
    assert box["height"] > 180
    last = tab.page.get_by_role("button", name="Copy the command").last
    last.scroll_into_view_if_needed()
    last.click()
    assert tab.page.get_by_role("button", name="Close the details").is_visible()


@pytest.mark.parametrize("dark", [False, True])
def test_colours_of_text_have_enough_contrast(*, dark: bool) -> None:
    blocks = re.findall(r":root \{(.*?)\}", STYLE.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[1 if dark else 0]))
    pairs = [(text, ground) for text in ("ink", "soft", "accent") for ground in ("ground", "raised", "hover")]
    pairs += [("ink", "mark"), ("ground", "ink")]
    for text, ground in pairs:
        assert _contrast(found[text], found[ground]) >= 4.5, (text, ground)
    assert _contrast(found["line"], found["raised"]) >= 3  # borders of fields


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, relative luminance)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# ------------------------------------------------------------------------------------------------ hostile text


def test_hostile_text_stays_text_in_every_place(opened: Opened, tmp_path: Path) -> None:
    probes = [
        "</script><script>window.__ran = 1</script>", "<img src=x onerror='window.__ran = 2'>", "javascript:window.__ran=3",
        '"><svg onload="window.__ran=4">', "<b>bold</b> &amp; {{7*7}} ${x}", "'; DROP TABLE nodes; --",
    ]  # fmt: skip
    tab = opened(hostile_graph(tmp_path, probes))
    for label in tab.page.evaluate("() => __kg.D.labels"):
        choose(tab, label)
        assert heading(tab) == label
        for why in tab.page.locator("#about .why").all()[:4]:
            why.click()
    assert tab.page.evaluate("() => window.__ran") is None
    assert tab.page.locator("#about :is(img, script, iframe, b, svg)").count() == 0
    addresses = tab.page.locator("#about a").evaluate_all("all => all.map((a) => a.protocol)")
    assert set(addresses) <= {"file:", "https:"}


def test_on_paper_the_details_follow_the_picture(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page, viewport={"width": 794, "height": 1123})
    choose(tab, PAPER)
    tab.page.emulate_media(media="print")
    assert tab.page.locator("#tools").is_hidden()
    assert tab.page.locator("#about .nodetools").is_hidden()
    picture, legend, panel = (tab.page.locator(part).bounding_box()["y"] for part in ("#picture", "footer", "#about"))
    assert picture < legend < panel
