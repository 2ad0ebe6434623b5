"""Statements joined with identity: one list of authors, one date, one relation for each paper and thing."""

from collections import Counter

import pytest

from kg.engine.local import LocalEngine
from kg.graph.assemble import assemble, edge_predicates
from kg.model import Mention
from kg.model.mentions import Role
from kg.model.tables import IDENTITY, STATEMENTS, rows_of, table_of
from tests.graph.corpus import ALONE, COMPLETE, CUT, MENTIONS, RECORDS, Made, keeper, make, mention, record

PAPER = "paper/arxiv-2205.06175"


@pytest.fixture(scope="module")
def made() -> Made:
    return make()


def signatures(made: Made, paper: str = PAPER) -> dict[str, str | None]:
    """Return who holds the authorships of a paper, as printed names, with their positions."""
    found = {}
    for path in made.facts(paper)["kg:hasAuthorship"]:
        facts = made.known[path]
        assert facts.first("pro:relatesToDocument") == paper
        found[" / ".join(sorted(facts.facts["kg:rawName"]))] = facts.first("kg:position")
    return found


def test_two_records_of_one_paper_are_one(made: Made) -> None:
    assert made.identity["aa/0"] == made.identity["bb/0"] == PAPER
    assert made.identity["cc/0"] == "paper/arxiv-2401.00001"


def test_positions_are_of_the_complete_list_without_gaps(made: Made) -> None:
    assert signatures(made) == {"Jane Doe": "1", "Max Ode": "2", "A. Poe / Ann Poe": "3", "Hill Team": "4"}
    assert made.facts(PAPER)["kg:authorListComplete"] == ["true"]


def test_of_two_cut_lists_the_longer_one_counts() -> None:
    short = record("dd", ("title", "Kestrel: Planning to Soar"), ("author", "Ann Poe", "person"), ("et_al", "et al."),
                   ("arxiv_id", "2205.06175"), ("date", "2022-05-12", "2022-05-12"))  # fmt: skip
    made = make([CUT, short], [])
    paper = made.identity["aa/0"]
    assert made.identity["dd/0"] == paper
    assert made.facts(paper)["kg:authorListComplete"] == ["false"]
    assert signatures(made, paper) == {"Jane Doe": "1", "A. Poe / Ann Poe": "2"}


def test_dates_that_disagree_give_one_date_and_both_are_kept(made: Made) -> None:
    assert made.facts(PAPER)["dcterms:issued"] == ["2022-05-12"]
    assert made.facts(PAPER)["kg:year"] == ["2022"]
    said = [r["object"] for r in made.rows("resolved") if r["said"] == "dcterms:issued" and r["subject"] == PAPER]
    assert sorted(said) == ["2022-05-12", "2022-05-13"]


def test_the_year_is_that_of_the_date() -> None:
    dated = record("dd", ("title", "On Tea and Its Storage"), ("author", "Max Ode", "person"), ("date", "2023-12-31", "2023-12-31"))
    made = make([ALONE, dated], [])
    facts = made.facts("paper/arxiv-2401.00001")
    assert (facts["dcterms:issued"], facts["kg:year"]) == (["2023-12-31"], ["2023"])


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (("uses", "introduces"), "kg:introduces"),
        (("mentions", "uses"), "kg:usesMethod"),
        (("mentions", "introduces"), "kg:introduces"),
        (("mentions", "mentions"), "kg:mentions"),
    ],
)
def test_the_strongest_role_stands_for_a_paper_and_a_thing(roles: tuple[Role, Role], expected: str) -> None:
    made = make(mentions=[mention(CUT, "Kestrel", roles[0]), mention(COMPLETE, "Kestrel", roles[1])])
    (edge,) = [row for row in made.rows("edges") if row["target"] == "method/kestrel"]
    assert (edge["predicate"], edge["support"]) == (expected, 2)
    assert {row["said"] for row in made.rows("resolved") if row["object"] == "method/kestrel"} == {
        row["predicate"] for row in made.stated if row["object"] == "method/kestrel"
    }


def test_an_edge_has_its_best_score_and_all_its_support(made: Made) -> None:
    (edge,) = [row for row in made.rows("edges") if row["target"] == "method/kestrel"]
    assert (edge["score"], edge["support"], edge["predicate"]) == (0.9, 3, "kg:introduces")


def test_edges_start_at_papers_and_are_unique_and_sorted(made: Made) -> None:
    edges = made.rows("edges")
    assert {edge["source"] for edge in edges} == {PAPER, "paper/arxiv-2401.00001"}
    assert {edge["predicate"] for edge in edges} <= set(edge_predicates())
    assert max(Counter((e["source"], e["predicate"], e["target"]) for e in edges).values()) == 1
    assert len({edge["id"] for edge in edges}) == len(edges)
    keys = [(e["source"], e["predicate"], e["position"] or 10**9, e["target"]) for e in edges]
    assert keys == sorted(keys)
    assert all((edge["position"] is not None) == (edge["predicate"] == "dcterms:creator") for edge in edges)


def test_a_citation_of_a_paper_of_the_input_leads_to_it(made: Made) -> None:
    assert made.facts("paper/arxiv-2401.00001")["cito:cites"] == [PAPER]
    assert made.facts(PAPER)["cito:cites"] == ["paper/arxiv-hep-th-9901001"]


def test_the_order_of_the_input_does_not_matter(made: Made) -> None:
    turned = make(RECORDS[::-1], MENTIONS[::-1])
    assert turned.assembly.facts == made.assembly.facts
    assert turned.assembly.edges == made.assembly.edges
    assert turned.lines() == made.lines()


def test_numbers_are_compared_as_numbers() -> None:
    rows = [dict.fromkeys(STATEMENTS.names) | {
        "subject": "person/x", "predicate": "kg:hIndex", "object": value, "datatype": "xsd:integer", "document": value,
        "record": value, "score": 1.0, "by": "x",
    } for value in ("10", "9")]  # fmt: skip
    with LocalEngine() as engine:
        facts = list(rows_of(assemble(keeper(engine), table_of(rows, STATEMENTS), IDENTITY.empty_table()).facts))
    assert [row["object"] for row in facts] == ["9"]


def test_nothing_gives_nothing() -> None:
    empty = make([], [])
    assert empty.assembly.facts.num_rows == empty.assembly.edges.num_rows == 0


def test_names_with_quotes_are_data(made: Made) -> None:
    evil = "x'); DROP TABLE facts; --"
    other = make([record("dd", ("title", evil), ("author", "O'Brien'; --", "person"), ("arxiv_id", "2205.06175"))], list[Mention]())
    assert other.facts(PAPER)["dcterms:title"] == [evil]
    assert made.assembly.facts.schema == other.assembly.facts.schema
