"""What the corpus teaches of names that no list has: types and abbreviations, whatever the order of its papers."""

from collections.abc import Iterator, Mapping

import pyarrow as pa
import pytest

from kg.engine.local import LocalEngine
from kg.model import Mention
from kg.model.mentions import MentionType, Role
from kg.model.tables import MENTIONS, table_of
from kg.ontology import load
from kg.resolve.things import learned as things


def said(
    record: str, text: str, kind: MentionType = "method", role: Role = "uses", score: float = 0.55, *, canonical: str = "",
    concept: str | None = None,
) -> Mention:  # fmt: skip
    return Mention(record, "abstract", 0, len(text), None, None, text, kind, canonical or text, concept, role, score, "pattern:shape")


def linked(*mentions: Mention) -> dict[tuple[str, str], tuple[str, str, str]]:
    """Return type, canonical name and rule of each mention by record and text."""
    rows = [{name: getattr(mention, name) for name in MENTIONS.names} for mention in mentions]
    found = table_of(rows, MENTIONS)
    with LocalEngine() as engine:
        def ask(query: str, schema: pa.Schema, **relations: pa.Table) -> pa.Table:
            batches = list(engine.sql(query, **relations))
            return pa.Table.from_batches(batches).cast(schema) if batches else schema.empty_table()

        def names() -> Iterator[Mapping[str, str]]:
            for batch in engine.sql(things.NAMES, mentions=found):
                yield from batch.to_pylist()

        keys = table_of(things.keys(names(), load()), things.KEYS)
        named = ask(things.NAME, things.NAMED, mentions=found, keys=keys)
        types = ask(things.LEARN_TYPES, things.TYPES, named=named)
        longs = ask(things.LEARN_LONG_FORMS, things.LONG_FORMS, mentions=found, keys=keys, named=named)
        rows = ask(things.LINK, MENTIONS, mentions=found, keys=keys, named=named, types=types, long_forms=longs).to_pylist()
    assert len(rows) == len(mentions)
    return {(row["record"], row["text"]): (row["type"], row["canonical"], row["by"]) for row in rows}


INTRODUCED = said("a", "FooBench", "dataset", "introduces", 0.9)


def test_the_paper_that_introduces_a_name_tells_its_type() -> None:
    found = linked(INTRODUCED, said("b", "FooBench"), said("c", "Foo-Bench", score=0.8))
    assert found["b", "FooBench"] == ("dataset", "FooBench", "pattern:shape+corpus")
    assert found["a", "FooBench"] == ("dataset", "FooBench", "pattern:shape")
    # Good evidence of its own stands, and another spelling is another name.
    assert found["c", "Foo-Bench"][0] == "method"


def test_strong_evidence_of_its_own_stands() -> None:
    assert linked(INTRODUCED, said("b", "FooBench", score=0.8))["b", "FooBench"][0] == "method"
    assert linked(INTRODUCED, said("b", "FooBench", score=0.5), said("b", "FooBench", score=0.8))["b", "FooBench"][0] == "method"


def test_two_introductions_that_disagree_teach_nothing() -> None:
    other = said("d", "FooBench", "software", "introduces", 0.9)
    assert linked(INTRODUCED, other, said("b", "FooBench"))["b", "FooBench"][0] == "method"


@pytest.mark.parametrize(("agreeing", "taught"), [(2, "method"), (3, "dataset")])
def test_without_an_introduction_nearly_all_papers_have_to_agree(agreeing: int, taught: str) -> None:
    papers = [said(f"p{number}", "FooBench", "dataset", score=0.9) for number in range(agreeing)]
    assert linked(*papers, said("b", "FooBench"))["b", "FooBench"][0] == taught


@pytest.mark.parametrize("name", ["FB", "graph matching", "Deep Networks"])
def test_only_proper_names_teach(name: str) -> None:
    assert linked(said("a", name, "dataset", "introduces", 0.9), said("b", name))["b", name][0] == "method"


LONG = said("a", "FQBNet", canonical="Foo Quux Bar Network", score=0.9)


def test_an_abbreviation_means_what_the_corpus_defines() -> None:
    found = linked(LONG, said("b", "FQBNet"), said("c", "FQBNets", canonical="FQBNet"))
    assert found["b", "FQBNet"] == ("method", "Foo Quux Bar Network", "pattern:shape+corpus")
    assert found["c", "FQBNets"][1] == "Foo Quux Bar Network"
    assert found["a", "FQBNet"] == ("method", "Foo Quux Bar Network", "pattern:shape")


def test_an_abbreviation_of_two_things_means_neither() -> None:
    other = said("d", "FQBNet", canonical="Fast Quiet Basin Net", score=0.9)
    assert linked(LONG, other, said("b", "FQBNet"))["b", "FQBNet"][1] == "FQBNet"


@pytest.mark.parametrize("short", ["FQBNet", "FQBN"])
def test_what_a_paper_introduces_by_the_short_name_is_something_else(short: str) -> None:
    long = said("a", short, canonical="Foo Quux Bar Network", score=0.9)
    assert linked(long, said("b", short))["b", short][1] == "Foo Quux Bar Network"
    assert linked(long, said("d", short, role="introduces"), said("b", short))["b", short][1] == short


def test_three_letters_have_to_be_defined_twice() -> None:
    once, twice = (said(record, "FQX", canonical="Foo Quux Axis", score=0.9) for record in "ad")
    assert linked(once, said("b", "FQX"))["b", "FQX"][1] == "FQX"
    assert linked(once, twice, said("b", "FQX"))["b", "FQX"][1] == "Foo Quux Axis"


def test_an_abbreviation_of_another_type_with_good_evidence_stays_apart() -> None:
    assert linked(LONG, said("b", "FQBNet", "dataset", score=0.9))["b", "FQBNet"][:2] == ("dataset", "FQBNet")
    assert linked(LONG, said("b", "FQBNet", "dataset"))["b", "FQBNet"][:2] == ("method", "Foo Quux Bar Network")


def test_a_short_name_in_a_list_of_names_is_not_learned() -> None:
    # MAP is a metric and an estimate; which one, its context has to say.
    defined = [said(record, "MAP", canonical="Mean Aftershock Period", score=0.9) for record in "acd"]
    assert linked(*defined, said("b", "MAP"))["b", "MAP"][1] == "MAP"


def test_a_definition_of_something_known_leads_to_it() -> None:
    known = "https://w3id.org/kgp/id/method/generative-adversarial-network"
    defined = said("a", "GANet", canonical="Generative Adversarial Network", concept=known, score=0.97)
    assert linked(defined, said("b", "GANet"))["b", "GANet"][1] == "Generative Adversarial Network"


def test_the_order_of_the_papers_does_not_matter() -> None:
    mentions: list[Mention] = [
        INTRODUCED, LONG, said("b", "FooBench"), said("b", "FQBNet"), said("c", "FooBench", score=0.7), said("c", "FQBNet", "task"),
        said("d", "BarKit", "software", "introduces", 0.9), said("e", "BarKit"), said("f", "BarKit", "dataset", score=0.74),
    ]  # fmt: skip
    expected = linked(*mentions)
    for place in range(1, len(mentions)):
        assert linked(*mentions[place:], *mentions[:place]) == expected
    assert linked(*reversed(mentions)) == expected
