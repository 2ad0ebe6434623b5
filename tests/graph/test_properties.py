"""What nodes can be told apart by: venue, type, institution, country, and numbers that facts tell."""

import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from kg.graph.properties import properties
from kg.model.graph import PROPERTIES

BASE = "https://example.org/"
FACTS = """
paper/a        dcterms:title    Sails of paper          xsd:string
paper/a        dcterms:abstract Paper sails.            xsd:string
paper/a        kg:venue         Kites                   xsd:string
paper/a        kg:year          2020                    xsd:integer
paper/b        kg:venue         Kites                   xsd:string
paper/b        kg:venue         A Long Name of Kites    xsd:string
paper/b        schema:inLanguage en                     xsd:string
paper/b        schema:pagination 1-9                    xsd:string
paper/b        schema:creativeWorkStatus retracted      xsd:string
paper/b        cito:cites       paper/a                 entity
person/ann     kg:citationCount 1200                    xsd:integer
person/ann     foaf:name        Ann                     xsd:string
organization/google kg:sector   education               xsd:string
organization/hat-lab kg:country IS                      xsd:string
version/a1     rdf:type         fabio:Preprint          iri
version/a1     dcterms:isVersionOf paper/a              entity
version/a2     rdf:type         fabio:JournalArticle    iri
version/a2     rdf:type         kg:PaperVersion         iri
version/a2     dcterms:isVersionOf paper/a              entity
version/b1     rdf:type         fabio:Preprint          iri
version/b1     dcterms:isVersionOf paper/b              entity
version/b1     kg:versionVenue  Elsewhere               xsd:string
authorship/1   pro:isHeldBy     person/ann              entity
authorship/1   kg:affiliation   organization/google     entity
authorship/2   pro:isHeldBy     person/ann              entity
authorship/2   kg:affiliation   organization/hat-lab    entity
authorship/2   kg:position      1                       xsd:integer
authorship/3   pro:isHeldBy     person/ann              entity
authorship/3   kg:affiliation   organization/hat-lab    entity
authorship/4   pro:isHeldBy     person/bo               entity
"""


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, str]]:
    rows = []
    for line in filter(None, FACTS.splitlines()):
        subject, predicate, rest = line.split(maxsplit=2)
        value, _, datatype = rest.rpartition(" ")
        rows.append({"subject": subject, "predicate": predicate, "object": value.strip(), "datatype": datatype})
    table = properties(ds.dataset(pa.Table.from_pylist(rows)), BASE)
    assert table.schema == PROPERTIES
    assert table == table.sort_by([("property", "ascending"), ("id", "ascending")])
    told: dict[str, dict[str, str]] = {}
    for row in table.to_pylist():
        assert row["id"].removeprefix(BASE) not in told.get(row["property"], {})  # one value of each
        told.setdefault(row["property"], {})[row["id"].removeprefix(BASE)] = row["value"]
    return told


def test_of_several_values_the_most_common_counts(found: dict[str, dict[str, str]]) -> None:
    assert found["venue"] == {"paper/a": "Kites", "paper/b": "Kites"}


def test_names_texts_and_places_in_print_are_no_properties(found: dict[str, dict[str, str]]) -> None:
    assert set(found) == {"venue", "language", "status", "citation count", "type", "institution", "country", "sector"}
    assert found["citation count"] == {"person/ann": "1200"}


def test_a_paper_is_of_the_form_that_it_reached_last(found: dict[str, dict[str, str]]) -> None:
    assert found["type"] == {"paper/a": "journal article", "paper/b": "preprint"}


def test_people_are_where_they_wrote_most_papers_and_in_its_country(found: dict[str, dict[str, str]]) -> None:
    assert found["institution"] == {"person/ann": f"{BASE}organization/hat-lab"}
    assert found["country"]["person/ann"] == found["country"]["organization/hat-lab"] == "IS"


def test_what_facts_say_of_an_organization_goes_before_the_ontology(found: dict[str, dict[str, str]]) -> None:
    assert found["country"]["organization/google"] == "US"
    assert found["sector"]["organization/google"] == "education"


def test_a_graph_without_facts_has_none() -> None:
    facts = pa.table({name: pa.array([], pa.string()) for name in ("subject", "predicate", "object", "datatype")})
    assert set(properties(ds.dataset(facts), BASE)["property"].to_pylist()) <= {"country", "sector"}
