"""Organisations through the whole flow: from affiliation strings to the graph, with a registry and people's decisions."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from kg import registry
from kg.pipeline import decide
from kg.pipeline.build import build
from kg.pipeline.opened import Opened, identity_rows, open_build
from kg.pipeline.options import Options
from kg.store.validate import validate

if TYPE_CHECKING:
    import pyoxigraph as ox

AUTHORS = [
    ("Ada Beispiel", ["School of Hats, Polis Univ., Italy"]),
    ("Bruno Exempel", ["Polis University + Google Brain"]),
    ("Chiara Modello", ["Department of Felt, University of Oslo, Norway", "MIT"]),
]
PAPER = {
    "title": "Hats and What They Are Made Of", "abstract": "We sort hats by a decision tree.",
    "authors": [{"name": name, "affiliations": places} for name, places in AUTHORS],
}  # fmt: skip
POLIS = {
    "id": "https://ror.org/0zz1ab208", "status": "active", "types": ["education"], "relationships": [],
    "names": [{"value": "Polis University of Hats", "types": ["ror_display"]}, {"value": "Polis University", "types": ["alias"]}],
    "locations": [{"geonames_details": {"name": "Polis", "country_code": "IT"}}],
}  # fmt: skip


@pytest.fixture
def graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KG_HOME", str(tmp_path / "home"))
    (tmp_path / "papers.json").write_text(json.dumps([PAPER]))
    build([tmp_path / "papers.json"], tmp_path / "graph")
    return tmp_path / "graph"


def clusters(opened: Opened) -> list[tuple[str, str]]:
    return [(row["text"], row["cluster"].removeprefix("organization/")) for row in identity_rows(opened, "organization")]


def facts(opened: Opened, names: str, pattern: str) -> list[list[str]]:
    prefix = f"PREFIX o: <{opened.base}organization/> PREFIX kg: <https://w3id.org/kgp/ns#> PREFIX org: <http://www.w3.org/ns/org#> "
    rows = cast("ox.QuerySolutions", opened.store.query(f"{prefix} SELECT {names} WHERE {{ {pattern} }}"))
    return sorted([str(getattr(value, "value", value)).removeprefix(opened.base) for value in row] for row in rows)


def test_the_graph_has_organisations_their_units_and_seats(graph: Path) -> None:
    opened = open_build(graph)
    assert clusters(opened) == [
        ("School of Hats, Polis Univ., Italy", "polis-university"), ("Polis University + Google Brain", "polis-university"),
        ("Polis University + Google Brain", "google"), ("Department of Felt, University of Oslo, Norway", "university-of-oslo"),
        ("MIT", "massachusetts-institute-of-technology"),
    ]  # fmt: skip
    assert facts(opened, "?place", "?a kg:rawName 'Bruno Exempel' ; kg:affiliation ?place") == [["organization/google"], ["organization/polis-university"]]
    assert facts(opened, "?unit ?name", "?a kg:department ?unit ; kg:rawName ?name") == [
        ["Department of Felt", "Chiara Modello"], ["Google Brain", "Bruno Exempel"], ["School of Hats", "Ada Beispiel"],
    ]  # fmt: skip
    assert facts(opened, "?country ?sector", "o:polis-university kg:country ?country ; kg:sector ?sector") == [["IT", "education"]]
    assert facts(opened, "?country ?sector", "o:university-of-oslo kg:country ?country ; kg:sector ?sector") == [["NO", "education"]]
    assert [violation for violation in validate(opened.store).violations if "organization" in violation.message] == []


def test_the_registry_names_what_the_list_does_not(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "ror.json").write_text(json.dumps([POLIS]))
    registry.add("ror", tmp_path / "ror.json")
    first = open_build(graph).version
    summary = build([tmp_path / "papers.json"], graph)
    assert not summary.unchanged
    opened = open_build(graph)
    assert opened.version != first
    assert clusters(opened)[:2] == [
        ("School of Hats, Polis Univ., Italy", "ror-0zz1ab208"), ("Polis University + Google Brain", "ror-0zz1ab208"),
    ]  # fmt: skip
    assert next(row["name"] for row in identity_rows(opened, "organization")) == "Polis University of Hats"
    assert facts(opened, "?ror ?country", "o:ror-0zz1ab208 kg:ror ?ror ; kg:country ?country") == [["https://ror.org/0zz1ab208", "IT"]]
    build([tmp_path / "papers.json"], graph, Options(registry=False))
    assert clusters(open_build(graph))[0][1] == "polis-university"


def test_people_split_and_merge_organisations_and_take_it_back(graph: Path) -> None:
    before = (open_build(graph).version / "graph.nq").read_bytes()
    decide.split(graph, "organization/polis-university", ["school of hats"], "a school of its own", lambda *_: None)
    assert len({cluster for text, cluster in clusters(open_build(graph)) if "Polis" in text and cluster != "google"}) == 2
    decide.undo(graph, lambda *_: None)
    assert (open_build(graph).version / "graph.nq").read_bytes() == before
    both = ["organization/university-of-oslo", "organization/massachusetts-institute-of-technology"]
    decide.merge(graph, both, "", lambda *_: None)
    opened = open_build(graph)
    assert len({opened.find(path) for path in both}) == 1, "the former IRI leads on"
    found = dict(clusters(opened))
    assert found["MIT"] == found["Department of Felt, University of Oslo, Norway"]
