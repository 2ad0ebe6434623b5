"""The index of listed organisations."""

import pytest

from kg.affiliations.known import index, is_short, known
from kg.affiliations.words import key_of_name
from kg.ids import ror
from kg.ontology import KG, load


def test_every_listed_name_is_found() -> None:
    for concept in load().of_kind("organization"):
        assert any(entry.iri == concept.iri for entry in known().names[key_of_name(concept.name)]), concept.iri


def test_a_clear_name_is_one_organisation() -> None:
    several = {key: entries for key, entries in known().names.items() if len({e.iri for e in entries if e.rank == 0}) > 1}
    assert several == {}


def test_every_ror_of_the_list_has_its_check_digits_and_one_owner() -> None:
    owners: dict[str, str] = {}
    for concept in load().of_kind("organization"):
        for link in concept.properties.get(f"{KG}ror", ()):
            assert ror(link), (concept.iri, link)
            assert owners.setdefault(link, concept.iri) == concept.iri, link


def test_units_and_parts_belong_to_listed_organisations() -> None:
    index_ = known()
    for below, above in [*index_.units.items(), *index_.above.items()]:
        assert above in load().concepts, below
        assert index_.top(below) not in index_.units
        assert not index_.is_below(above, below)


def test_a_name_is_turned_only_where_it_means_no_other() -> None:
    names = {concept.name: concept for concept in load().of_kind("organization")}
    few = index([names["University of Leeds"], names["University of York"], names["York University"]])
    assert few.names[key_of_name("Leeds University")][0].iri.endswith("/university-of-leeds")
    assert few.names[key_of_name("York University")][0].iri.endswith("/york-university")


@pytest.mark.parametrize(("name", "short"), [("MIT", True), ("KAIST", True), ("Meta", False), ("ETH Zurich", False), ("A*STAR", True)])
def test_acronyms_are_told_from_names(name: str, short: bool) -> None:
    assert is_short(name) is short
