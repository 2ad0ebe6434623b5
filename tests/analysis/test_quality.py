"""The quality report: every figure of it on tables that are small enough to count by hand."""

from typing import Any

import pyarrow as pa
import pytest

from kg.analysis import quality
from kg.engine.local import LocalEngine
from kg.model.graph import NODES
from kg.model.tables import IDENTITY, JUDGEMENTS

BASE = "https://example.org/id/"
FACTS = pa.schema([(name, pa.string()) for name in ("subject", "predicate", "object")])

Row = dict[str, Any]


def node(path: str, label: str, year: int | None = None) -> Row:
    return dict.fromkeys(NODES.names) | {"id": BASE + path, "kind": path.partition("/")[0], "label": label, "year": year}


def signed(paper: str, person: str, name: str, organization: str = "") -> list[tuple[str, str, str]]:
    """Return the facts of one authorship."""
    place = f"authorship/{paper}-{person}"
    found = [
        (f"paper/{paper}", "dcterms:creator", f"person/{person}"), (place, "pro:isHeldBy", f"person/{person}"),
        (place, "pro:relatesToDocument", f"paper/{paper}"), (place, "kg:rawName", name),
    ]  # fmt: skip
    return [*found, (place, "kg:affiliation", f"organization/{organization}")] if organization else found


def judged(kind: str, left: str, right: str, verdict: str, score: float, rule: str = "r", by: str = "kg", **evidence: str) -> Row:
    return {
        "kind": kind, "left": left, "right": right, "verdict": verdict, "score": score, "rule": rule,
        "evidence": list(evidence.items()), "by": by,
    }  # fmt: skip


def report(
    nodes: list[Row], facts: list[tuple[str, str, str]] = (), identity: list[tuple[str, str, str]] = (), judgements: list[Row] = ()  # type: ignore[assignment]
) -> dict[str, Any]:
    """Return the report on tables of these rows."""
    tables = {
        "nodes": pa.Table.from_pylist(nodes, NODES), "judgements": pa.Table.from_pylist(list(judgements), JUDGEMENTS),
        "facts": pa.Table.from_pylist([dict(zip(FACTS.names, fact, strict=True)) for fact in facts], FACTS),
        "identity": pa.Table.from_pylist([dict(zip(IDENTITY.names, row, strict=True)) for row in identity], IDENTITY),
    }  # fmt: skip
    with LocalEngine() as engine:
        return quality.report(tables, BASE, engine.sql)


def pairs(found: dict[str, Any], kind: str) -> dict[tuple[str, str], Row]:
    return {(row["one_label"], row["other_label"]): row for row in found["alike"] if row["kind"] == kind}


def test_an_empty_graph_has_a_report() -> None:
    found = report([])
    assert found.pop("alike_found") == dict.fromkeys(("person", "paper", "organization", "thing"), 0)
    assert not any(found.values())


def test_members_and_entities_are_counted() -> None:
    identity = [("paper", "d/0", "paper/x"), ("paper", "d/1", "paper/x"), ("paper", "d/2", "paper/y")]
    identity += [("person", "d/0#author/0", "person/a"), ("person", "d/0#author/1", "group/team"), ("person", "d/0#author/2", "ambiguous/w"), ("authorship", "z", "authorship/z")]
    nodes = [node("paper/x", "On X"), node("paper/y", "On Y"), node("person/a", "A"), node("group/team", "T"), node("method/m", "M")]
    sizes = {row["kind"]: row for row in report(nodes, identity=identity)["sizes"]}
    assert sizes["paper"] == {
        "kind": "paper", "members": 3, "entities": 2, "sizes": {"1": 1, "2": 1, "3-5": 0, "6-10": 0, "11-50": 0, "51+": 0},
    }  # fmt: skip
    assert {kind: (row["members"], row["entities"]) for kind, row in sizes.items() if kind != "paper"} == {
        "person": (1, 1), "ambiguous": (1, 1), "group": (1, 1), "thing": (1, 1),
    }  # fmt: skip


def test_things_of_two_names_are_one() -> None:
    identity = [("thing", "method/v", "method/vit"), ("thing", "method/vit", "method/vit")]
    found = report([node("method/vit", "vision transformer"), node("method/m", "M")], identity=identity)
    assert [(row["members"], row["entities"]) for row in found["sizes"]] == [(3, 2)]
    assert found["largest"] == [{"kind": "thing", "entity": "method/vit", "members": 2, "label": "vision transformer"}]


# Suspicious ----------------------------------------------------------------------------------------------------------


def career(years: list[int]) -> dict[str, Any]:
    nodes = [node("person/a", "Ada Beispiel"), *(node(f"paper/{n}", f"P{n}", year) for n, year in enumerate(years))]
    return report(nodes, [fact for n in range(len(years)) for fact in signed(str(n), "a", "Ada Beispiel")])


@pytest.mark.parametrize(("years", "why"), [
    ([2020] * quality.A_YEAR, None),
    ([2020] * (quality.A_YEAR + 1), "41 papers in 2020"),
    ([1950, 1950 + quality.ACTIVE], None),
    ([1950, 2011], "papers from 1950 to 2011"),
])  # fmt: skip
def test_more_work_than_a_life_holds_is_suspicious(years: list[int], why: str | None) -> None:
    hubs = career(years)["hubs"]
    assert [row["why"] for row in hubs] == ([[why]] if why else [])
    assert all(row["label"] == "Ada Beispiel" and row["papers"] == len(years) for row in hubs)


def test_many_countries_at_once_are_suspicious() -> None:
    lands = ["AT", "DE", "FR", "IT"]
    nodes = [node("person/a", "Ada Beispiel"), *(node(f"paper/{land}", land, 2020) for land in lands)]
    facts = [fact for land in lands for fact in signed(land, "a", "Ada Beispiel", f"of-{land}")]
    facts += [(f"organization/of-{land}", "kg:country", land) for land in lands]
    assert [row["why"] for row in report(nodes, facts)["hubs"]] == [["4 countries in one year"]]
    assert report(nodes, facts[:-1])["hubs"] == []


def test_names_that_exclude_each_other_are_suspicious_in_one_person() -> None:
    nodes = [node("person/a", "Ada Beispiel"), *(node(f"paper/{n}", n) for n in "xyz")]
    facts = [*signed("x", "a", "Ada Beispiel"), *signed("y", "a", "A. Beispiel")]
    assert report(nodes, facts)["hubs"] == []
    found = report(nodes, [*facts, *signed("z", "a", "Bela Beispiel")])["hubs"]
    assert [row["why"] for row in found] == [["names that exclude each other: A. Beispiel, Bela Beispiel"]]


def test_a_paper_of_many_records_is_suspicious() -> None:
    identity = [("paper", f"d/{n}", "paper/x") for n in range(quality.RECORDS + 1)]
    assert [row["why"] for row in report([node("paper/x", "On X")], identity=identity)["hubs"]] == [["11 records"]]
    assert report([node("paper/x", "On X")], identity=identity[1:])["hubs"] == []


# Alike, but not merged -----------------------------------------------------------------------------------------------


def test_people_with_a_shared_coauthor_whose_names_fit_are_alike() -> None:
    nodes = [node("person/a", "A. Sophia Koepke"), node("person/b", "Almut Koepke"), node("person/c", "Chiara Modello")]
    nodes += [node("person/d", "Anna Koepke"), node("paper/x", "X", 2001), node("paper/y", "Y", 2020)]
    facts = [*signed("x", "a", "A. Sophia Koepke"), *signed("x", "c", "Chiara Modello")]
    facts += [*signed("y", "b", "Almut Koepke"), *signed("y", "c", "Chiara Modello"), *signed("y", "d", "Anna Koepke")]
    found = pairs(report(nodes, facts), "person")
    assert set(found) == {("A. Sophia Koepke", "Almut Koepke"), ("A. Sophia Koepke", "Anna Koepke")}
    row = found["A. Sophia Koepke", "Almut Koepke"]
    assert (row["for"], row["against"]) == (["names that can be one", "1 shared co-author"], ["19 years apart"])


def test_people_of_one_list_or_judged_different_are_not_alike() -> None:
    nodes = [node("person/a", "Ada Beispiel"), node("person/b", "A. Beispiel"), node("paper/x", "X")]
    assert pairs(report(nodes), "person")
    assert not pairs(report(nodes, [*signed("x", "a", "Ada Beispiel"), *signed("x", "b", "A. Beispiel")]), "person")
    identity = [("person", "d/0#author/0", "person/a"), ("person", "d/1#author/0", "person/b")]
    apart = judged("person", "d/0#author/0", "d/1#author/0", "different", 1.0)
    assert not pairs(report(nodes, identity=identity, judgements=[apart]), "person")


@pytest.mark.parametrize("other", ["Hinrich Schuetze", "Heinrich Schutze", "Schütze, Hinrich"])
def test_a_long_name_a_letter_apart_is_alike_where_something_is_shared(other: str) -> None:
    nodes = [node("person/a", "Hinrich Schütze"), node("person/b", other), node("person/c", "Chiara Modello")]
    nodes += [node("paper/x", "X"), node("paper/y", "Y")]
    facts = [*signed("x", "a", "Hinrich Schütze"), *signed("x", "c", "Chiara Modello")]
    facts += [*signed("y", "b", other), *signed("y", "c", "Chiara Modello")]
    assert [row["for"][-1] for row in pairs(report(nodes, facts), "person").values()] == ["1 shared co-author"]


def test_short_names_a_letter_apart_are_other_people() -> None:
    nodes = [node("person/a", "Wei Li"), node("person/b", "Wen Li"), node("person/c", "Chiara Modello"), node("paper/x", "X"), node("paper/y", "Y")]
    facts = [*signed("x", "a", "Wei Li"), *signed("x", "c", "Chiara Modello"), *signed("y", "b", "Wen Li"), *signed("y", "c", "Chiara Modello")]
    assert not pairs(report(nodes, facts), "person")


def test_organizations_that_differ_in_a_place_are_alike() -> None:
    nodes = [node("organization/a", "Georgia Institute of Technology"), node("organization/b", "Georgia Institute of Technology, Atlanta, USA")]
    nodes += [node("organization/c", "The University of Queensland"), node("organization/d", "University of Queensland")]
    nodes += [node("organization/e", "University of Bath")]
    facts = [fact for n in "cd" for fact in signed(n, "p", "Ada Beispiel", n)]
    found = pairs(report(nodes, facts), "organization")
    assert {key: row["against"] for key, row in found.items()} == {
        ("Georgia Institute of Technology", "Georgia Institute of Technology, Atlanta, USA"): ["no shared people"],
        ("The University of Queensland", "University of Queensland"): [],
    }


def test_papers_of_one_title_are_alike() -> None:
    nodes = [node("paper/a", "Sorting Gravel with a Small Robot", 2017), node("paper/b", "Sorting gravel, with a small robot", 2018)]
    row = pairs(report(nodes), "paper")["Sorting Gravel with a Small Robot", "Sorting gravel, with a small robot"]
    assert (row["for"], row["against"]) == (["same title"], ["no shared author"])


def test_things_spelt_alike_are_alike() -> None:
    nodes = [node("dataset/a", "NTU RGB+D"), node("dataset/b", "NTU-RGBD"), node("method/c", "NTURGBD"), node("topic/d", "NTU RGBD")]
    found = pairs(report(nodes), "thing")
    assert {key: row["against"] for key, row in found.items()} == {
        ("NTU RGB+D", "NTU-RGBD"): [], ("NTU RGB+D", "NTURGBD"): ["dataset and method"], ("NTU-RGBD", "NTURGBD"): ["dataset and method"],
    }  # fmt: skip


def test_all_pairs_are_counted_and_the_first_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.analysis._alike.SHOWN", 1)
    found = report([node("dataset/a", "BayWave"), node("dataset/b", "Bay Wave"), node("dataset/c", "bay-wave")])
    assert (len(found["alike"]), found["alike_found"]["thing"]) == (1, 3)


# Judgements ----------------------------------------------------------------------------------------------------------

IDENTITY_ROWS = [("person", f"d/{n}#author/0", f"person/{entity}") for n, entity in enumerate("aaabc")]


def member(number: int) -> str:
    return f"d/{number}#author/0"


def test_estimates_come_from_the_scores_of_what_was_merged_and_left() -> None:
    judgements = [
        judged("person", member(0), member(1), "same", 0.9), judged("person", member(1), member(2), "same", 0.7),
        judged("person", member(2), member(3), "same", 0.8),  # vetoed
        judged("person", member(0), member(3), "unsure", 0.4), judged("person", member(0), member(2), "unsure", 0.4),  # the last is one
        judged("person", member(3), member(4), "same", 1.0, by="decisions.csv"),
    ]  # fmt: skip
    (row,) = report([], identity=IDENTITY_ROWS, judgements=judgements)["estimates"]
    assert (row["same"], row["right"], row["unsure"], row["missed"], row["vetoed"]) == (2, 1.6, 1, 0.4, 1)
    assert (row["precision"], row["recall"], round(row["recall_low"], 3)) == (0.8, 0.8, 0.615)


def test_shares_of_rules_features_and_bands_of_scores() -> None:
    judgements = [
        judged("person", member(0), member(1), "same", 0.99, "orcid", orcid="0000-0001"),
        judged("person", member(1), member(2), "same", 0.8, "model", name="+0.50", papers="3", venue="+0.00", years="-1.00"),
        judged("person", member(0), member(4), "unsure", 0.6, "model", name="+0.20"),
    ]
    found = report([], identity=IDENTITY_ROWS, judgements=judgements)
    assert [(row["verdict"], row["rule"], row["share"]) for row in found["merges"]] == [
        ("same", "model", 0.5), ("same", "orcid", 0.5), ("unsure", "model", 1.0),
    ]  # fmt: skip
    assert [(row["feature"], row["share"], row["weight"]) for row in found["features"]] == [("name", 0.5, 0.5)]
    assert [(row["verdict"], row["from"], row["judgements"]) for row in found["bands"]] == [
        ("same", 0.75, 1), ("same", 0.99, 1), ("unsure", 0.5, 1),
    ]  # fmt: skip


def test_decisions_that_were_not_kept_are_told() -> None:
    judgements = [
        judged("person", member(0), member(1), "same", 1.0, by="decisions.csv"),
        judged("person", member(0), member(4), "same", 1.0, by="decisions.csv"),
        judged("person", member(0), member(3), "different", 1.0, by="decisions.csv"),
    ]
    assert report([], identity=IDENTITY_ROWS, judgements=judgements)["decisions"] == [
        {"kind": "person", "verdict": "different", "pairs": 1, "not_kept": 0},
        {"kind": "person", "verdict": "same", "pairs": 2, "not_kept": 1},
    ]


def test_names_of_several_people_and_undivided_ones_are_counted() -> None:
    nodes = [node("person/a", "Wei Wang"), node("person/b", "Wang, Wei"), node("person/c", "Ada Beispiel"), node("ambiguous/d", "Y. Li")]
    found = report(nodes)["ambiguous"]
    assert found == [{"name": "Wang, Wei", "people": 2, "ambiguous": 0}, {"name": "Y. Li", "people": 1, "ambiguous": 1}]
