"""Tests of the review page: what is in it (without a browser), and what it does (in a real one)."""

import csv
import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from kg.pipeline.review import Listed, Paper, Question, Side, Told
from kg.pipeline.why import Evidence
from kg.resolve.decisions import Decision, decision, read
from kg.web import review_page
from tests.pages import PROBES, Page, Tab, launched


def side(name: str, *papers: str) -> Side:
    return Side(
        f"person/{name.lower().replace(' ', '-')}", name, (name, f"{name[0]}. Other"),
        tuple(Paper(f"paper/{i}", title, 2020 + i, "NeurIPS", ("Ann Poe", "Max Ode"), ("University of Hats",)) for i, title in enumerate(papers)),
        len(papers) + 20, (2020, 2021), (Listed("Ann Poe", 2, shared=True), Listed("Max Ode", 1, shared=False)),
        (Listed("University of Hats", 1, shared=True),), (Listed("Machine Learning (cs.LG)", 2, shared=False),),
    )  # fmt: skip


def told(number: int, one: str = "Wei Li", other: str = "W. Li", kind: str = "person") -> Told:
    evidence = Evidence((("same-name", 2.5), ("topics", -0.75)), (("shared", "ann poe"),), 1.75, -0.5)
    question = Question(kind, "unsure", 0.78, "people-1", 12.5 - number, 2, f"l{number}", f"r{number}", ((f"l{number}",), (f"r{number}",)), evidence)
    lines = (decision(kind, "same", f"a{number}#li", f"b{number}#li"), decision(kind, "different", f"a{number}#li", f"b{number}#li"))
    return Told(question, side(one, "On Hats", "Hats, Again"), side(other, "Caps"), *lines)


PAIRS = [told(0), told(1, "Ada Long", "A. Long"), told(2, "On Hats", "On Hats (v2)", "paper")]


def hostile(probe: str) -> Told:
    own = replace(side(probe, probe), topics=(Listed(probe, 1, shared=True),), people=(Listed(probe, 1, shared=False),), entity=probe)
    plain = told(9)
    question = replace(plain.question, rule=probe, evidence=Evidence(((probe, 1.0),), ((probe, probe),), 1.0, 0.0))
    return Told(question, own, own, Decision("person", "same", probe, probe), Decision("person", "different", probe, probe))


def written(pairs: list[Told], name: str = "toy") -> str:
    out = BytesIO()
    review_page.write(pairs, len(pairs) + 1, name, out)
    return out.getvalue().decode("utf-8")


def test_the_same_pairs_give_the_same_bytes() -> None:
    assert written(PAIRS) == written(PAIRS)


def test_the_page_names_no_address_but_its_empty_icon_and_its_own_parts() -> None:
    page = Page(written(PAIRS))
    assert set(page.addresses) == {"data:,", "#pair"}
    assert not {"iframe", "img", "object", "embed", "form", "base"} & set(page.tags)
    assert "url(" not in "".join(page.styles)
    assert "@import" not in "".join(page.styles)


def test_the_policy_allows_exactly_the_inlined_script_and_style() -> None:
    page = Page(written(PAIRS))
    directives = dict(part.strip().split(" ", 1) for part in page.policy.split(";"))
    assert directives["default-src"] == "'none'"
    for name, texts in (("script-src", page.scripts), ("style-src", page.styles)):
        assert set(directives[name].split()) == {f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts}
    assert "unsafe" not in page.policy


@pytest.mark.parametrize("probe", PROBES)
def test_no_text_becomes_markup(probe: str) -> None:
    page = Page(written([hostile(probe)], probe))
    assert page.tags == Page(written(PAIRS)).tags
    assert json.loads(page.data)["pairs"][0]["left"]["papers"][0]["title"] == probe


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    yield from launched()


class Review(Tab):
    """The page of some pairs."""

    def __init__(self, browser: Any, pairs: list[Told], folder: Path, **facts: Any) -> None:
        file = folder / "review.html"
        file.write_bytes(written(pairs).encode("utf-8"))
        super().__init__(browser, file, **facts)

    def text(self, selector: str) -> str:
        found: str = self.page.locator(selector).first.inner_text()
        return found

    def saved(self) -> str:
        with self.page.expect_download() as found:
            self.page.locator("#save").click()
        assert found.value.suggested_filename == "decisions.csv"
        return Path(found.value.path()).read_text(encoding="utf-8")


@pytest.fixture
def tab(browser: Any, tmp_path: Path) -> Iterator[Review]:
    shown = Review(browser, PAIRS, tmp_path)
    yield shown
    shown.close()


@pytest.mark.browser
def test_both_sides_stand_beside_each_other(tab: Review) -> None:
    left, right = (each.bounding_box() for each in tab.page.locator(".side").all())
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    assert "4 pairs in doubt, 3 of them here · 0 decided" in tab.text("#summary")
    for words in ("Wei Li", "On Hats", "2020, NeurIPS", "with Ann Poe, Max Ode", "University of Hats", "and 20 more"):
        assert words in tab.text(".side")
    assert tab.page.locator(".side .shared").first.inner_text().startswith("Ann Poe")
    for words in ("same-name", "+2.50", "−0.75", "+1.75", "starting from −0.50: probability 0.78", "shared: ann poe"):
        assert words in tab.text(".evidence")


@pytest.mark.browser
def test_a_person_decides_by_keys_and_saves_lines(tab: Review) -> None:
    keys = tab.page.keyboard
    assert tab.page.locator("#save").is_disabled()
    assert not tab.page.locator("#then").is_visible()
    keys.press("n")
    keys.type('same "page", s and d')
    keys.press("Enter")
    keys.press("s")
    assert "Ada Long" in tab.text("#pair h2")
    assert tab.text("#live") == "Wei Li and W. Li: same. Next: Ada Long and A. Long"
    assert "kg decisions FOLDER --add decisions.csv" in tab.text("#then")
    assert tab.page.get_by_role("img", name="same").count() == 1
    keys.press("l")
    assert "On Hats" in tab.text("#pair h2")
    keys.press("d")
    assert "2 decided" in tab.text("#summary")
    decisions, problems = read(tab.saved())
    assert (decisions, problems) == ([
        Decision("person", "same", "a0#li", "b0#li", 'same "page", s and d'), Decision("paper", "different", "a2#li", "b2#li"),
    ], [])  # fmt: skip
    keys.press("u")
    assert "1 decided" in tab.text("#summary")
    keys.press("ArrowLeft")
    tab.page.get_by_role("button", name="Back").click()
    assert tab.page.locator("#back").is_disabled()
    assert tab.page.locator("#same").get_attribute("aria-pressed") == "true"
    tab.page.get_by_role("button", name="Different").click()
    assert [row["verdict"] for row in csv.DictReader(tab.saved().splitlines())] == ["different"]


@pytest.mark.browser
def test_kinds_are_filtered_and_pairs_chosen(tab: Review) -> None:
    tab.page.locator("#kinds button", has_text="people").click()
    assert "On Hats" in tab.text("#pair h2")
    assert "1 of 1" in tab.text(".eyebrow")
    tab.page.locator("#kinds button", has_text="people").click()
    tab.page.locator("#pairs button", has_text="Ada Long").click()
    assert "2 of 3" in tab.text(".eyebrow")


@pytest.mark.browser
def test_a_narrow_window_has_one_side_below_the_other_and_every_answer(browser: Any, tmp_path: Path) -> None:
    tab = Review(browser, PAIRS, tmp_path)
    tab.page.set_viewport_size({"width": 360, "height": 740})
    left, right = (each.bounding_box() for each in tab.page.locator(".side").all())
    assert left["y"] + left["height"] <= right["y"]
    assert tab.page.evaluate("() => document.documentElement.scrollWidth") <= 360
    for name in ("Same", "Different", "Later", "Undo", "Back"):
        box = tab.page.get_by_role("button", name=name).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert box["height"] >= 24
    tab.close()


@pytest.mark.browser
def test_answers_outlive_the_page(tab: Review) -> None:
    tab.page.keyboard.press("s")
    tab.page.locator("#summary", has_text="1 decided").wait_for()
    tab.page.reload()
    tab.page.wait_for_function("() => window.__kgReady > 0")
    assert "1 decided" in tab.text("#summary")
    assert "Ada Long" in tab.text("#pair h2")


@pytest.mark.browser
def test_hostile_text_stays_text(browser: Any, tmp_path: Path) -> None:
    probes = [probe for probe in PROBES if not probe.startswith("lone")]
    tab = Review(browser, [hostile(probe) for probe in probes], tmp_path)
    for _ in probes:
        tab.page.keyboard.press("s")
    assert tab.page.evaluate("() => window.__ran") is None
    assert tab.page.locator("img, svg, iframe, [data-ran], [onerror], [onload]").count() == 0
    assert len(read(tab.saved())[0]) == len(probes)
    tab.close()


@pytest.mark.browser
def test_an_empty_page_says_so_and_colours_follow_the_system(browser: Any, tmp_path: Path) -> None:
    tab = Review(browser, [], tmp_path, color_scheme="dark")
    assert "Nothing is in doubt" in tab.text("#pair")
    ground = "() => getComputedStyle(document.body).backgroundColor"
    night = tab.page.evaluate(ground)
    tab.page.emulate_media(color_scheme="light")
    assert tab.page.evaluate(ground) != night
    tab.close()
