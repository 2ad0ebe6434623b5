"""Queries in a process of their own: what hangs, crashes or fills the memory does no harm here."""

import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import BuildError, QueryError
from kg.store.database import load_store, open_store
from kg.store.isolation import isolated

BASE = "https://w3id.org/kgp/id/"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("store")
    lines = (f"<{BASE}s{i}> <{BASE}p> <{BASE}s{i + 1}> .\n" for i in range(400))
    (home / "graph.nq").write_text("".join(lines), encoding="utf-8")
    load_store(home / "store", home / "graph.nq")
    return home / "store"


def test_an_answer_arrives(store: Path) -> None:
    assert isolated(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", BASE, {}, "csv") == b"n\r\n400\r\n"


def test_a_query_that_runs_too_long_is_ended(store: Path) -> None:
    with pytest.raises(QueryError, match=r"ran longer than 1\.5 seconds"):
        isolated(store, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", BASE, {}, "csv", seconds=1.5)


def test_a_query_that_ends_its_process_is_an_error(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    grow = " ".join(f"BIND(CONCAT({','.join([f'?a{i}'] * 8)}) AS ?a{i + 1})" for i in range(1, 14))
    with pytest.raises(QueryError, match="more memory than it may"):
        isolated(store, f"SELECT (STRLEN(?a14) AS ?n) {{ BIND('{'a' * 64}' AS ?a1) {grow} }}", BASE, {}, "csv", memory=1 << 30)
    assert capfd.readouterr() == ("", "")


def test_errors_of_the_query_come_back(store: Path) -> None:
    with pytest.raises(QueryError, match="query:2: not valid SPARQL"):
        isolated(store, "SELECT * {\n ?s ?p }", BASE, {}, "csv")
    with pytest.raises(QueryError, match="no variable 'x'"):
        isolated(store, "SELECT * { ?s ?p ?o }", BASE, {"x": "1"}, "csv")


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="the store cannot be opened"):
        isolated(tmp_path / "nothing", "ASK { }", BASE, {}, "csv")


def test_a_store_is_opened_for_reading_only(store: Path) -> None:
    opened = open_store(store)
    before = sorted((path.name, path.stat().st_size) for path in store.iterdir())
    with pytest.raises(RuntimeError, match="read-write"):
        opened.add(ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.NamedNode("a:o")))
    assert len(opened) == 400
    del opened
    assert sorted((path.name, path.stat().st_size) for path in store.iterdir()) == before


def test_no_process_is_left(store: Path) -> None:
    def children() -> set[int]:
        found = set()
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == os.getpid() and "spawn_main" in (entry / "cmdline").read_text():
                found.add(int(entry.name))
        return found

    if not Path("/proc/self").exists():
        pytest.skip("needs /proc")
    isolated(store, "ASK { }", BASE, {}, "csv")
    assert children() == set()
