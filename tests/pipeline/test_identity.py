"""The ledger of identity of a corpus: judgements, entities, and the names that a decisions file gives members."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import sources
from kg.model import Document, Field, Record
from kg.pipeline.identity import Identity, conflicts
from kg.pipeline.identity import resolve as resolve_traits
from kg.pipeline.traits import TRAITS, as_row, traits, traits_of
from kg.resolve.decisions import Decision
from tests.conftest import CORPUS


def records(*names: str) -> list[Record]:
    found = []
    for name in names or CORPUS:
        document = sources.decode(CORPUS[name].encode(), name)
        assert isinstance(document, Document)
        found += [item for item in sources.read(document) if isinstance(item, Record)]
    return found


def resolve(of: list[Record], decided: list[Decision]) -> Identity:
    """Resolve records whose traits have travelled as rows."""
    batch = pa.RecordBatch.from_pylist([as_row(traits(record, ())) for record in of], TRAITS)
    return resolve_traits(traits_of(batch), decided)


def entities(identity: Identity, kind: str) -> set[str]:
    return {row["entity"] for row in identity.rows if row["kind"] == kind}


def test_seven_records_are_four_papers_of_four_people() -> None:
    identity = resolve(records(), [])
    assert len(entities(identity, "paper")) == 4
    assert len(entities(identity, "person")) == 4
    assert entities(identity, "organization") == {"organization/google", "organization/university-of-toronto"}
    assert len(entities(identity, "authorship")) == 7


def test_every_member_is_one_entity() -> None:
    identity = resolve(records(), [])
    members = [row["member"] for row in identity.rows]
    assert len(members) == len(set(members))


@given(st.permutations(records()))
def test_the_order_of_the_records_does_not_matter(shuffled: list[Record]) -> None:
    one, other = resolve(records(), []), resolve(shuffled, [])
    assert sorted(map(str, one.rows)) == sorted(map(str, other.rows))
    assert sorted(map(str, one.judgements)) == sorted(map(str, other.judgements))


def test_a_decision_is_a_judgement_that_wins() -> None:
    plain = resolve(records(), [])
    chiara = next(anchor for anchor in plain.anchors.values() if anchor.endswith("#chiara modello"))
    muster = next(anchor for anchor in plain.anchors.values() if anchor.endswith("#dorothea muster"))
    left, right = sorted((chiara, muster))
    decided = resolve(records(), [Decision("person", "same", left, right)])
    assert len(entities(decided, "person")) == 3
    assert [j.rule for j in decided.judgements if j.by != "kg"] == ["person:must-link"]


def test_anchors_do_not_depend_on_the_file() -> None:
    alone, together = resolve(records("page.txt"), []), resolve(records(), [])
    assert set(alone.anchors.items()) <= set(together.anchors.items())


def test_decisions_name_members_of_all_records_with_their_content() -> None:
    twice = [replace(record, document=document) for record in records("page.txt") for document in ("one", "two")]
    one, other, *_ = (a for a in sorted(set(resolve(twice, []).anchors.values())) if "#" not in a and not a.startswith("profile"))
    found = [j for j in resolve(twice, [Decision("paper", "same", one, other)]).judgements if j.by != "kg"]
    assert {j.left for j in found} | {j.right for j in found} == {"one/0", "one/2", "two/0", "two/2"}


def test_traits_travel_as_rows_unchanged() -> None:
    of = [traits(record, ()) for record in records()]
    assert any(each.paper is None for each in of)
    assert any(each.belongings for each in of)
    batch = pa.RecordBatch.from_pylist([as_row(each) for each in of], TRAITS)
    for part, expected in ((batch, of), (batch.slice(1, 3), of[1:4]), (batch.slice(0, 0), [])):
        found = list(traits_of(part))
        assert [replace(each, paper=None) for each in found] == [replace(each, paper=None) for each in expected]
        assert [as_row(each) | {"words": None, "shingles": None} for each in found] == [
            as_row(each) | {"words": None, "shingles": None} for each in expected
        ]
        for one, other in zip(found, expected, strict=True):
            assert (one.paper is None) == (other.paper is None)
            if one.paper and other.paper:
                assert np.array_equal(one.paper.words, other.paper.words)
                assert np.array_equal(one.paper.shingles, other.paper.shingles)


def test_the_page_head_is_the_author(small_graph: Path) -> None:
    identity = resolve(records("page.txt"), [])
    people = {row["member"]: row["entity"] for row in identity.rows if row["kind"] == "person"}
    (head,) = (member for member in people if "#name/" in member)
    assert people[head] == "person/ada-beispiel"
    assert sum(entity == people[head] for entity in people.values()) == 4
    assert small_graph.exists()


def test_a_contested_identifier_is_told_with_both_places() -> None:
    bibtex = """@article{a, title={How Gliders Find Rising Air}, author={Doe, Jane}, year={1998}, doi={10.1000/1}}
@article{b, title={Keeping Tea Dry in Summer}, author={Ode, Max}, year={2011}, doi={10.1000/1}}
"""
    document = sources.decode(bibtex.encode(), "library.bib")
    assert isinstance(document, Document)
    of = [traits(record, ()) for record in sources.read(document) if isinstance(record, Record)]
    identity = resolve_traits(of, [])
    assert len(entities(identity, "paper")) == 2
    (problem,) = conflicts(identity.judgements, of, {document.id: "library.bib"})
    assert (problem.document, problem.line, problem.severity) == ("library.bib", 2, "warning")
    assert problem.what == "has the DOI 10.1000/1 of library.bib:1, but another title and other authors: kept apart"
    assert "kg merge" in problem.todo


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        ("title={How Gliders Find Rising Air}", "title={Keeping Tea Dry in Summer}", "but nothing else alike: not merged"),
        (
            "title={How Gliders Find Rising Air}, author={Doe, Jane}",
            "title={Erratum: How Gliders Find Rising Air}, author={Doe, Jane}",
            "but is a notice about it: kept apart",
        ),
    ],
)
def test_an_identifier_that_is_not_trusted_is_told_with_both_places(one: str, other: str, what: str) -> None:
    document = sources.decode(f"@article{{a, {one}, doi={{10.1000/1}}}}\n@article{{b, {other}, doi={{10.1000/1}}}}\n".encode(), "l.bib")
    assert isinstance(document, Document)
    of = [traits(record, ()) for record in sources.read(document) if isinstance(record, Record)]
    identity = resolve_traits(of, [])
    assert len(entities(identity, "paper")) == 2
    (problem,) = conflicts(identity.judgements, of, {document.id: "l.bib"})
    assert (problem.line, problem.what) == (2, f"has the DOI 10.1000/1 of l.bib:1, {what}")


def test_what_is_equal_but_for_one_field_is_told_apart_by_it() -> None:
    """Two papers of which one only gives a venue, in files that come in another order."""
    def found(*documents: str) -> dict[str, str]:
        plain = Record(documents[0], 0, "paper", 0, 1, 1, (Field("title", "Introduction", 1),))
        printed = Record(documents[1], 0, "paper", 0, 1, 1, (*plain.fields, Field("venue", "Conference on Stones", 1)))
        venue = {plain.id: "", printed.id: "Conference on Stones"}
        return {venue[row["member"]]: row["entity"] for row in resolve([plain, printed], []).rows if row["kind"] == "paper"}

    assert found("a", "b") == found("b", "a")
    assert len(set(found("a", "b").values())) == 2
