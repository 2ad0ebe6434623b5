"""Things across the papers of a build: spellings, versions, homonyms, and what people decide on them."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.extract.settings import Settings
from kg.pipeline.build import build
from kg.pipeline.decide import anchors_of
from kg.pipeline.opened import Opened, open_build
from kg.pipeline.options import Options
from kg.pipeline.why import passages
from kg.store.validate import validate

GRASP = "Robot arms grasp objects with tactile fingers. A planner chooses the force of each finger. "
LEGAL = "Legal documents are long. Lawyers read clauses in contracts and summaries of judgments. "
PAPERS = [
    {"title": "QuillBot: Grasping with Tactile Fingers", "authors": ["Ann Poe"], "abstract": GRASP + "We introduce QuillBot, a new method."},
    {"title": "QuillBot: Clauses in Legal Documents", "authors": ["Max Ode"], "abstract": LEGAL + "We introduce QuillBot, a new method."},
    {"title": "Longer contracts", "authors": ["Max Ode", "Ulf Fir"], "abstract": "We compare our approach with QuillBot, a method."},
    {"title": "Bakers", "authors": ["Eva Ash"], "abstract": "Bread is baked in ovens. QuillBot, a method, is mentioned here."},
    {"title": "FumbleNet: Planning", "authors": ["Ann Poe"], "abstract": "We introduce FumbleNet, a new method for planning."},
    {"title": "On planning", "authors": ["Bo Elm"], "abstract": "We compare with Fumble-Net, a method, and FumbleNet-2, a method."},
]  # fmt: skip
BASE = "https://example.org/graph/"
ROBOT, LAW = "method/quillbot-grasping-with-tactile-fingers", "method/quillbot-clauses-in-legal-documents"


def graph(folder: Path, papers: list[dict[str, Any]], decided: str = "") -> Opened:
    (folder / "papers.json").write_text(json.dumps(papers))
    (folder / "graph").mkdir(exist_ok=True)
    if decided:
        (folder / "graph" / "decisions.csv").write_text("kind,verdict,left,right,note,number\n" + decided)
    build([folder / "papers.json"], folder / "graph", Options(BASE, finding=Settings("fast")))
    return open_build(folder / "graph")


def named(opened: Opened) -> dict[str, set[str]]:
    """Return the paths of the things that each paper names, by its title."""
    found: dict[str, set[str]] = {}
    titles = {row["id"]: row["label"] for row in opened.table("nodes").to_pylist()}
    for row in opened.table("edges").to_pylist():
        if "method/" in row["target"]:
            found.setdefault(titles[row["source"]], set()).add(opened.path(row["target"]))
    return found


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    return graph(tmp_path_factory.mktemp("identify"), PAPERS)


def test_two_things_of_one_name_are_two(opened: Opened) -> None:
    found = named(opened)
    assert ROBOT in found["QuillBot: Grasping with Tactile Fingers"]
    assert LAW in found["QuillBot: Clauses in Legal Documents"]
    assert LAW in found["Longer contracts"]  # by one of its authors
    assert "method/quillbot" in found["Bakers"]  # nothing speaks for either
    labels = {row["id"]: (row["label"], row["aliases"]) for row in opened.table("nodes").to_pylist()}
    assert labels[BASE + LAW] == ("QuillBot (Clauses in Legal Documents)", ["QuillBot"])


def test_each_merge_and_split_is_in_the_ledger(opened: Opened) -> None:
    rules = {(row["rule"], row["verdict"]) for row in opened.judgements(LAW)}
    assert rules == {("homonyms", "different"), ("introduced-here", "same"), ("context", "same")}
    [context] = [row for row in opened.judgements(LAW) if row["rule"] == "context"]
    assert dict(context["evidence"])["shared authors"] == "+3.00"
    assert all(anchor == LAW or anchor.endswith("#method/quillbot") for anchor in anchors_of(opened, LAW))


def test_spellings_are_one_and_versions_lie_below(opened: Opened) -> None:
    found = named(opened)
    assert found["On planning"] >= {"method/fumblenet", "method/fumblenet-2"}
    assert anchors_of(opened, "method/fumblenet") == ["method/fumble-net", "method/fumblenet"]
    [passage] = passages(opened, BASE + "method/fumblenet-2", "skos:broader", BASE + "method/fumblenet")
    assert passage.quote == "FumbleNet-2"
    aliases = {row["id"]: row["aliases"] for row in opened.table("nodes").to_pylist()}
    assert aliases[BASE + "method/fumblenet"] == ["Fumble-Net"]


def test_the_graph_is_sound(opened: Opened) -> None:
    report = validate(opened.store)
    assert report.conforms, str(report)


def test_people_decide_on_things(tmp_path: Path, opened: Opened) -> None:
    law_use = next(anchor for anchor in anchors_of(opened, LAW) if anchor != LAW)
    apart = named(graph(tmp_path, PAPERS, f"thing,different,method/fumble-net,method/fumblenet,,1\nthing,different,{law_use},{LAW},,2\n"))
    assert "method/fumble-net" in apart["On planning"]
    assert "method/quillbot" in apart["QuillBot: Clauses in Legal Documents"] | apart["Longer contracts"]
    one = named(graph(tmp_path, PAPERS, f"thing,same,{ROBOT},{LAW},,1\n"))
    assert one["QuillBot: Grasping with Tactile Fingers"] & {ROBOT, LAW} == one["QuillBot: Clauses in Legal Documents"] & {ROBOT, LAW}
    (tmp_path / "graph" / "decisions.csv").unlink()
    again = graph(tmp_path, PAPERS)
    assert (again.version / "graph.nq").read_bytes() == (opened.version / "graph.nq").read_bytes()


def test_the_order_of_papers_changes_no_thing(tmp_path: Path, opened: Opened) -> None:
    assert named(graph(tmp_path, PAPERS[::-1])) == named(opened)
