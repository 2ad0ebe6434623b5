"""A graph as a server shows it: the page and its data, and what happens when a build makes a new version meanwhile."""

import gzip
import shutil
from collections.abc import Iterable
from email.message import Message
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest

from kg.errors import BuildError
from kg.export import html
from kg.model import Graph
from kg.pipeline.build import build
from kg.pipeline.opened import open_build
from kg.store.folder import current
from kg.web import explored
from kg.web.explored import Explored
from kg.web.server import Request, Response


def ask(shown: Explored, route: str = "/", rest: str = "") -> Response:
    return shown.routes()[route](Request(route + rest, rest, "", Message()))


def page(shown: Explored) -> bytes:
    return gzip.decompress(ask(shown).resource.body)


def with_data(graph: Graph, at: str) -> tuple[bytes, Iterable[tuple[str, bytes]]]:
    """A page that asks for data, as the explorer's does."""
    return at.encode(), [("columns", gzip.compress(str(graph.nodes.num_rows).encode()))]


def add_paper(papers: Path, folder: Path, name: str) -> None:
    (papers / f"{name}.bib").write_text(f"@article{{{name}, title = {{On {name} and Nothing Else}}, author = {{Nora Nemo}}, year = 2020}}\n", encoding="utf-8")
    build([papers], folder)


def test_the_page_is_that_of_the_format_html(small_graph: Path) -> None:
    out = BytesIO()
    html.write(open_build(small_graph).graph(), out)
    shown = Explored(small_graph)
    assert page(shown) == out.getvalue()
    resource = ask(shown).resource
    assert (resource.content_type, resource.encoding) == ("text/html; charset=utf-8", "gzip")
    assert resource.policy.startswith("default-src 'none'; script-src 'sha256-")
    assert f'content="{resource.policy}"'.encode() in out.getvalue()


def test_a_new_version_is_shown_from_the_next_reload_on(own_graph: Path, papers: Path) -> None:
    shown = Explored(own_graph)
    before = current(own_graph)
    assert b"Nothing Else" not in page(shown)
    add_paper(papers, own_graph, "gravel")
    assert current(own_graph) != before
    assert b"On gravel and Nothing Else" in page(shown)


def test_an_open_page_is_given_the_data_of_its_own_version(own_graph: Path, papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explored, "_made", with_data)
    shown = Explored(own_graph)
    places = []
    for name in ("gravel", "moss", "bells"):
        places.append(page(shown).decode().removeprefix("data/"))
        add_paper(papers, own_graph, name)
    places.append(page(shown).decode().removeprefix("data/"))
    assert len(set(places)) == 4
    assert [ask(shown, "/data/", f"{place}columns").status for place in places] == [410, 410, 200, 200]
    counts = [int(gzip.decompress(ask(shown, "/data/", f"{place}columns").resource.body)) for place in places[2:]]
    assert counts == sorted(set(counts))
    assert b"reload the page" in ask(shown, "/data/", f"{places[0]}columns").resource.body
    assert ask(shown, "/data/", f"{places[3]}nothing").status == HTTPStatus.NOT_FOUND
    assert ask(shown, "/data/", "columns").status == HTTPStatus.GONE


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


def test_two_readers_at_once_wait_for_one_page(small_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def counted(graph: Graph, at: str) -> tuple[bytes, Iterable[tuple[str, bytes]]]:
        made.append(at)
        return with_data(graph, at)

    monkeypatch.setattr(explored, "_made", counted)
    shown = Explored(small_graph)
    threads = [Thread(target=page, args=(shown,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
