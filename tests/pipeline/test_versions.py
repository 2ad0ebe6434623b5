"""Versions through the whole flow: facts with their evidence, SPARQL, `kg why`, `kg identity`, counting."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg import api
from kg.errors import UsageError
from kg.pipeline.opened import open_build
from kg.pipeline.versions import versions_of
from tests.command import kg
from tests.conftest import WORKS

GRAVEL = "paper/arxiv-1706.01234"


def rows(folder: Path, question: str) -> list[tuple[Any, ...]]:
    return list(api.open(folder).query(question).rows)


def test_every_paper_has_a_version_and_every_record_is_in_one(works_graph: Path) -> None:
    assert rows(works_graph, "SELECT ?paper { ?paper a kg:Paper FILTER NOT EXISTS { ?paper dcterms:hasVersion ?version } }") == []
    opened = open_build(works_graph)
    records = set(opened.table("records")["id"].to_pylist())
    assert set(opened.version_of_record()) == records
    assert rows(works_graph, "SELECT (COUNT(?v) AS ?n) { ?v a kg:PaperVersion }") == [(opened.versions.num_rows,)]


def test_a_work_with_its_versions(works_graph: Path) -> None:
    asked = "SELECT ?class ?venue ?year ?url { ?v dcterms:isVersionOf paper:arxiv-1706.01234 ; a ?class ; schema:url ?url . "
    asked += "OPTIONAL { ?v kg:versionVenue ?venue } ?v fabio:hasPublicationYear ?year FILTER(?class NOT IN (kg:PaperVersion, fabio:Expression)) }"
    fabio = "http://purl.org/spar/fabio/"
    assert set(rows(works_graph, asked)) == {
        (f"{fabio}Preprint", None, "2017", "https://arxiv.org/abs/1706.01234v2"),
        (f"{fabio}ConferencePaper", "Advances in Neural Information Processing Systems 30", "2017", "https://doi.org/10.5555/3295222"),
        (f"{fabio}JournalArticle", "Journal of Gravel Research", "2019", "https://doi.org/10.1000/jgr.3"),
    }


def test_a_version_leads_to_its_texts_and_sources(works_graph: Path) -> None:
    asked = "SELECT ?words ?path { ?v kg:versionNumber 2 ; kg:hasText ?text . ?text nif:isString ?words ; kg:partOfSource/kg:path ?path }"
    found = {str(path): str(words) for words, path in rows(works_graph, asked)}
    assert set(found) == {"abstracts.txt", "listing.txt"}
    assert all(words in WORKS[path] for path, words in found.items())


def test_the_shipped_questions(works_graph: Path) -> None:
    listed = kg("query", works_graph, "versions", "--set", "paper=arxiv-1706.01234", "--format", "csv").out
    assert "preprint v2, 2017" in listed
    assert "journal article, Journal of Gravel Research, 2019" in listed
    disagree = kg("query", works_graph, "disagreements", "--format", "csv").out
    assert "Journal of Gravel Research" in disagree
    assert "version/" not in disagree, "versions are worked out; no source said them"


def test_the_graph_with_versions_is_sound(works_graph: Path) -> None:
    done = kg("validate", works_graph)
    assert (done.code, "no errors" in done.out, "no unknown terms" in done.out) == (0, True, True)


def test_why_tells_the_versions_of_a_paper(works_graph: Path) -> None:
    told = kg("why", works_graph, "arxiv-1706.01234").out
    assert "appeared in 3 versions:" in told
    assert "journal article, Journal of Gravel Research, 2019, https://doi.org/10.1000/jgr.3" in told
    assert "from library.bib:1, other.bib:1" in told
    lines = map(json.loads, kg("why", works_graph, "arxiv-1706.01234", "--json").out.splitlines())
    assert [row["version"]["version"] for row in lines if "version" in row] == [
        "version/arxiv-1706.01234-conference", "version/arxiv-1706.01234-journal", "version/arxiv-1706.01234v2",
    ]  # fmt: skip


def test_why_of_a_version_quotes_what_makes_it_one(works_graph: Path) -> None:
    told = kg("why", works_graph, "version/arxiv-1706.01234-journal").out
    assert "library.bib:9" in told
    assert "«Journal of Gravel Research»" in told
    assert "by version:venue" in told
    assert "by same-kind" in kg("why", works_graph, "version/arxiv-1706.01234-conference").out


def test_what_is_no_paper_has_no_versions(works_graph: Path) -> None:
    opened = open_build(works_graph)
    assert versions_of(opened, "method/gravelnet") == []
    assert kg("why", works_graph, "version/nobody").code == 2


def test_identity_of_versions(works_graph: Path) -> None:
    found = [json.loads(line) for line in kg("identity", works_graph, "--kind", "version").out.splitlines()]
    assert {(row["document"], row["ordinal"]) for row in found if row["cluster"] == "version/arxiv-1706.01234-conference"} == {("library.bib", 0), ("other.bib", 0)}


def test_counting_works_or_versions(works_graph: Path) -> None:
    graph = api.open(works_graph)
    works, versions = graph.coauthors(), graph.coauthors(count="version")
    assert {row["papers"] for row in works.pairs.to_pylist()} == {1}
    assert {(row["papers"], row["first_year"], row["last_year"]) for row in versions.pairs.to_pylist()} == {(3, 2017, 2019)}
    extra = open_build(works_graph).versions.num_rows - graph.coauthors().summary["papers"]
    assert graph.topics(count="version").summary["papers"] - graph.topics().summary["papers"] == extra
    once, often = (json.loads(kg("stats", works_graph, "--json", "--count", policy).out) for policy in ("work", "version"))
    assert often["papers"] - once["papers"] == extra
    assert {name for name in once if once[name] != often[name]} == {"papers"}
    assert once["versions"] == often["papers"]
    with pytest.raises(UsageError):
        graph.coauthors(count="page")  # type: ignore[arg-type]


def test_counting_on_the_command_line(works_graph: Path) -> None:
    lines = kg("coauthors", works_graph, "--count", "version", "--csv").out.splitlines()
    place = lines[0].split(",").index("papers")
    assert {line.split(",")[place] for line in lines[1:]} == {"3"}
    assert "of 5 papers" in kg("topics", works_graph, "--count", "version").err
    assert kg("coauthors", works_graph, "--count", "page").code == 2


def test_results_count_for_the_versions_that_state_them(small_graph: Path) -> None:
    once, often = ([json.loads(line) for line in kg("results", small_graph, "--json", "--count", policy).out.splitlines()] for policy in ("work", "version"))
    home = {row["id"]: row["paper"] for row in open_build(small_graph).versions.to_pylist()}
    assert {(home[row["paper"]], row["value"]) for row in often} == {(row["paper"], row["value"]) for row in once}
    assert {row["title"] for row in often} == {row["title"] for row in once}
