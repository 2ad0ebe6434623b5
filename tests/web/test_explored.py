"""A graph as a server shows it: the page and its data, and what happens when a build makes a new version meanwhile."""

import gzip
import shutil
from email.message import Message
from http import HTTPStatus
from pathlib import Path
from threading import Thread

import pytest

from kg.errors import BuildError
from kg.pipeline.build import build
from kg.store.folder import current
from kg.web.explored import Explored
from kg.web.server import Request, Resource, Response, Server
from tests.pages import CHROMIUM


def ask(shown: Explored, route: str = "/", rest: str = "") -> Response:
    return shown.routes()[route](Request(route + rest, rest, "", Message()))


def page(shown: Explored) -> bytes:
    return gzip.decompress(ask(shown).resource.body)


def add_paper(papers: Path, folder: Path, name: str) -> None:
    (papers / f"{name}.bib").write_text(f"@article{{{name}, title = {{On {name} and Nothing Else}}, author = {{Nora Nemo}}, year = 2020}}\n", encoding="utf-8")
    build([papers], folder)


def labels(shown: Explored, version: Path) -> bytes:
    """The names of all nodes, as the page of this version is given them."""
    answer = ask(shown, "/data/", f"{version.name}/names")
    assert (answer.status, answer.resource.content_type, answer.resource.encoding) == (200, "application/octet-stream", "gzip")
    return gzip.decompress(answer.resource.body)


def test_the_page_names_its_version_and_its_policy(small_graph: Path) -> None:
    shown = Explored(small_graph)
    resource = ask(shown).resource
    assert (resource.content_type, resource.encoding) == ("text/html; charset=utf-8", "gzip")
    assert f'"data/{current(small_graph).name}"' in page(shown).decode()
    assert resource.policy.startswith("default-src 'none'; script-src 'sha256-")
    assert resource.policy.endswith("; connect-src 'self'")
    assert f'content="{resource.policy}"' in page(shown).decode()
    assert b"Sorting Gravel with a Small Robot" in labels(shown, current(small_graph))


def test_a_new_version_is_shown_from_the_next_reload_on(own_graph: Path, papers: Path) -> None:
    shown = Explored(own_graph)
    shown.prepare()
    before = current(own_graph)
    add_paper(papers, own_graph, "gravel")
    now = current(own_graph)
    assert now != before
    assert now.name in page(shown).decode()
    assert b"On gravel and Nothing Else" in labels(shown, now)
    assert b"On gravel and Nothing Else" not in labels(shown, before), "a page that is still open gets the data of its own version"


def test_of_many_versions_the_last_two_are_served(own_graph: Path, papers: Path) -> None:
    shown = Explored(own_graph)
    versions = []
    for name in ("gravel", "moss", "bells"):
        shown.prepare()
        versions.append(current(own_graph).name)
        add_paper(papers, own_graph, name)
    shown.prepare()
    versions.append(current(own_graph).name)
    answers = [ask(shown, "/data/", f"{version}/names") for version in versions]
    assert [answer.status for answer in answers] == [410, 410, 200, 200]
    assert b"reload the page" in answers[0].resource.body
    assert ask(shown, "/data/", f"{versions[3]}/nothing").status == HTTPStatus.NOT_FOUND
    assert ask(shown, "/data/", "names").status == HTTPStatus.GONE


def test_what_is_shown_stays_readable_whatever_is_built(own_graph: Path, papers: Path) -> None:
    shown = Explored(own_graph)
    shown.prepare()
    before = current(own_graph)
    add_paper(papers, own_graph, "gravel")
    assert (before / "manifest.json").is_file()


def test_where_the_graph_has_gone_the_last_one_is_shown(own_graph: Path) -> None:
    shown = Explored(own_graph)
    before = page(shown)
    shutil.rmtree(own_graph)
    assert page(shown) == before


def test_where_there_is_no_graph_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="there is no graph here; make one with"):
        Explored(tmp_path).prepare()


def test_several_readers_at_once_wait_for_one_page(small_graph: Path) -> None:
    shown = Explored(small_graph)
    found: list[Resource] = []
    threads = [Thread(target=lambda: found.append(ask(shown).resource)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len({id(resource) for resource in found}) == 1


@pytest.mark.browser
def test_a_browser_shows_it_and_asks_nobody_else(example_graph: Path) -> None:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    shown = Explored(example_graph)
    with Server(shown.routes(), "127.0.0.1", 0, print) as server, api.sync_playwright() as playwright:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        asked: list[tuple[int, str]] = []
        faults: list[str] = []
        page.on("response", lambda answer: asked.append((answer.status, answer.url)))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto(server.address)
        page.wait_for_function("() => window.__kgReady > 0", timeout=30_000)
        assert page.locator("canvas").count() > 0
        browser.close()
        server.shutdown()
    assert faults == []
    assert (200, f"{server.address}data/{current(example_graph).name}/columns") in asked
    assert [answer for answer in asked if answer[0] != 200 or not answer[1].startswith((server.address, "data:", "blob:"))] == []
