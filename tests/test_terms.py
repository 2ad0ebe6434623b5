"""What the ontology declares is what builds write: no class or property of ours stands for nothing."""

import json
import re
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pytest

from kg.ontology import KG, turtle_files
from kg.pipeline.build import build

POLIS: Final[dict[str, Any]] = {"affiliation": "Polis University"}
PAPERS: Final = [
    {
        "title": "Sieving Clay by Hand", "year": 2019, "venue": "Journal of Stones", "doi": "10.1000/1",
        "abstract": "We introduce ClayNet, which extends ResNet-50. We sieve clay by hand. On ImageNet our ResNet-50 reaches an accuracy of up to 91.5%.",
        "authors": [{"name": "Ada Beispiel", "affiliation": "School of Hats, Hatton University, Italy"}],
        "references": ["10.1000/9", "On Hats of Felt, Journal of Hats"],
    },
    {"title": "Sieving Loam by Hand", "year": 2021, "authors": [{"name": "Ada Beispiel", "affiliation": "Hatton University"}]},
    {"title": "Sorting Gravel by Sound", "year": 2019, "authors": [{"name": "Wei Wang", "orcid": "0000-0002-1825-0097", **POLIS}]},
    {"title": "Weighing Moss on Roofs", "year": 2019, "authors": [{"name": "Wen Wang", "orcid": "0000-0001-5109-3700", **POLIS}]},
    {"title": "Counting Bells in Towers", "year": 2020, "authors": [{"name": "W. Wang", **POLIS}]},
]  # fmt: skip
"""Somebody who may be one of two people, an affiliation with its school, cited works, a bound."""

FEED: Final = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2101.00001v2</id><title>Sorting Sand by Ear</title>
<summary>Sand.</summary><published>2021-01-01T00:00:00Z</published><author><name>Jane Doe</name></author>
<author><name>and 12 others</name></author></entry></feed>"""


@pytest.fixture(scope="module")
def full_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a graph of what the example does not have."""
    home = tmp_path_factory.mktemp("full")
    (home / "papers").mkdir()
    (home / "papers" / "own.json").write_text(json.dumps(PAPERS), encoding="utf-8")
    (home / "papers" / "feed.xml").write_text(FEED, encoding="utf-8")
    (home / "graph").mkdir()
    (home / "graph" / "decisions.csv").write_text("kind,verdict,left,right,note\nperson,renamed,Ada Beispiel,Ada Muster,\n", encoding="utf-8")
    build([home / "papers"], home / "graph")
    return home / "graph"


def emitted(*folders: Path) -> set[str]:
    """Return the predicates of graphs, and the classes of what is in them."""
    found = set()
    for folder in folders:
        for quad in ox.parse(path=folder / "current" / "graph.nq"):
            found.add(quad.predicate.value)
            if quad.predicate.value.endswith("#type") and isinstance(quad.object, ox.NamedNode):
                found.add(quad.object.value)
    return found


def declared() -> tuple[set[str], set[str]]:
    """Return our classes and properties, and those that the ontology's own files use, which readers and pictures go by."""
    ours, used = set(), set()
    for file in turtle_files():
        for quad in ox.parse(path=file):
            used.add(quad.predicate.value)
            if quad.predicate.value.endswith("#type") and isinstance(quad.object, ox.NamedNode):
                used.add(quad.object.value)
                if re.search(r"#(?:Class|(?:Object|Datatype|Annotation)Property)$", quad.object.value) and isinstance(quad.subject, ox.NamedNode):
                    ours |= {quad.subject.value} if quad.subject.value.startswith(KG) else set()
    return ours, used


def test_every_term_of_ours_is_written_by_a_build(full_graph: Path, example_graph: Path, works_graph: Path) -> None:
    ours, used = declared()
    assert len(ours) > 50
    assert sorted(ours - used - emitted(full_graph, example_graph, works_graph)) == []


def test_who_belonged_where_is_told_with_years_and_places_in_author_lists(full_graph: Path) -> None:
    store = ox.Store()
    store.bulk_load(path=full_graph / "current" / "graph.nq")
    answer = store.query(
        """PREFIX kg: <https://w3id.org/kgp/ns#> PREFIX org: <http://www.w3.org/ns/org#> PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX pro: <http://purl.org/spar/pro/>
        SELECT ?member ?from ?to ?organization WHERE {
          ?membership a org:Membership ; org:member ?member ; org:organization ?organization ; kg:firstYear ?from ; kg:lastYear ?to .
          ?membership prov:wasDerivedFrom ?authorship . ?authorship pro:isHeldBy ?member ; kg:affiliation ?organization
        } ORDER BY ?member"""
    )
    assert isinstance(answer, ox.QuerySolutions)
    rows = [[term.value.rpartition("/")[2] for term in row if isinstance(term, ox.NamedNode | ox.Literal)] for row in answer]
    # Whoever may be one of several belongs nowhere for certain.
    assert rows == [
        ["ada-muster", "2019", "2021", "hatton-university"], ["ada-muster", "2019", "2021", "hatton-university"],
        ["orcid-0000-0001-5109-3700", "2019", "2019", "polis-university"], ["orcid-0000-0002-1825-0097", "2019", "2019", "polis-university"],
    ]  # fmt: skip


def test_how_many_authors_a_list_leaves_out_is_counted(full_graph: Path) -> None:
    lines = (full_graph / "current" / "graph.nq").read_text(encoding="utf-8").splitlines()
    assert [line.split('"')[1] for line in lines if "#statedAuthorCount>" in line and "graph/" not in line] == ["13"]
