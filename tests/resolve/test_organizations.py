"""Which affiliation strings name one organisation."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import registry
from kg.model import Judgement
from kg.ontology import KG, load
from kg.registry import Registry
from kg.resolve import entities
from kg.resolve.organizations import Affiliation, Spelling, judge, spellings, targets

BASE = "https://w3id.org/kgp/id/"


def affiliations(texts: Iterable[str]) -> list[Affiliation]:
    return [Affiliation(f"d{number:03}/0#affiliation/0", text) for number, text in enumerate(texts)]


def judged(strings: Iterable[Affiliation], registry_: Registry | None = None) -> tuple[list[Spelling], list[Judgement], dict[str, str]]:
    found = spellings(strings)
    taken = targets(found, registry_)
    judgements = judge(found, taken)
    rows = entities.organizations_of(found, taken, judgements, BASE)
    return found, judgements, {row["member"]: row["entity"] for row in rows}


def paths(*texts: str) -> list[str]:
    """Return the path of the first organisation of each text."""
    strings = affiliations(texts)
    _, _, entity = judged(strings)
    return [entity[each.member] for each in strings]


def test_known_names_and_tags_are_one() -> None:
    _, (found,), _ = judged([Affiliation("a", "mit"), Affiliation("b", "Massachusetts Institute of Technology, Cambridge, MA")])
    assert (found.left, found.right, found.verdict, found.rule) == ("a", "b", "same", "known-name")
    assert found.evidence["known as"] == "Massachusetts Institute of Technology"
    assert found.evidence["in"] == "Massachusetts Institute of Technology, Cambridge, MA"


def test_unknown_names_are_one_by_their_words() -> None:
    one, other, third = paths("School of Hats, Polis University, Italy", "Polis Univ.", "Hatton University")
    assert one == other == "organization/polis-university"
    assert third != one


def test_equal_spellings_need_no_judgement() -> None:
    found, judgements, entity = judged(affiliations(["Polis University"] * 3))
    assert [len(each.members) for each in found] == [3]
    assert judgements == []
    assert len(set(entity.values())) == 1
    assert len(entity) == 3


def test_each_organisation_of_a_string_has_a_member() -> None:
    _, _, entity = judged([Affiliation("d/0#affiliation/2", "Polis University + DeepMind")])
    assert entity == {"d/0#affiliation/2": "organization/polis-university", "d/0#affiliation/2/1": "organization/deepmind"}


def test_a_ror_id_says_more_than_words() -> None:
    strings = [Affiliation("a", "Hats Inc", "05dxps000"), Affiliation("b", "The Hat Company", "05dxps000"), Affiliation("c", "Hats Inc")]
    _, judgements, entity = judged(strings)
    assert [(j.left, j.right, j.rule) for j in judgements] == [("a", "b", "ror-id")]
    assert entity["a"] == "organization/ror-05dxps000"
    assert entity["c"] == "organization/hats-inc"
    known = next(c for c in load().of_kind("organization") if c.properties.get(f"{KG}ror"))
    ror = next(iter(known.properties[f"{KG}ror"])).rpartition("/")[2]
    assert judged([Affiliation("a", "anything", ror)])[2] == {"a": known.iri.removeprefix(BASE)}


def test_names_in_other_scripts_stay_apart() -> None:
    assert len(set(paths("清华大学 AI", "北京大学 AI", "AI of Nowhere"))) == 3


def test_long_names_with_one_beginning_stay_apart() -> None:
    start = "Department of Very Long and Winding Names of Departments, Faculty of "
    one, other = paths(f"{start}Hats", f"{start}Caps")
    assert one != other


def test_a_general_name_of_two_countries_is_two() -> None:
    one, other, third = paths("Lincoln University, Oxford, PA, USA", "Lincoln University, New Zealand", "Lincoln University, Christchurch, NZ, New Zealand")
    assert one != other == third
    assert len(set(paths("University of Applied Sciences, Leeds", "University of Applied Sciences, Lyon"))) == 2


def test_a_general_name_is_one_where_all_say_the_same_place() -> None:
    assert len(set(paths("Advanced Research Laboratory, Hatton, Chile", "Advanced Research Lab", "Advanced Research Laboratory, Chile"))) == 1
    assert len(set(paths("Advanced Research Laboratory, Sevilla, Spain", "Advanced Research Laboratory, Seville, Spain"))) == 1
    assert len(set(paths("Advanced Research Laboratory, Leeds, UK", "Advanced Research Laboratory", "Advanced Research Laboratory, Lyon"))) == 3


def test_what_is_called_like_a_listed_one_says_where_it_is() -> None:
    assert paths("Columbia University, Quito, Ecuador", "Columbia University") == ["organization/columbia-university-ec", "organization/columbia-university"]


def test_a_name_of_its_own_is_one_in_all_countries() -> None:
    one, other = paths("Hattersley Instruments, Leeds, UK", "Hattersley Instruments, Paris, France")
    assert one == other


def test_an_acronym_is_what_the_corpus_says() -> None:
    whole, short, other = paths("Polis Academy of Hats (PAH), Leeds", "PAH", "QAH")
    assert short == whole != other


def test_an_acronym_that_is_explained_twice_is_none() -> None:
    short, *_ = paths("PAH", "Polis Academy of Hats (PAH)", "Patras Association of Hatters (PAH)")
    assert short == "organization/pah"


def test_a_typing_error_is_mended_where_nobody_else_makes_it() -> None:
    right = ["Hattersley University of Felting"] * 4
    assert len(set(paths(*right, "Hatterslye University of Felting", "Hattersley University of Feltnig"))) == 1
    assert len(set(paths("University of Edinbrugh", "University of Edinburgh"))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hunan University", "Henan University"), ("Jianghan University", "Jiangnan University"), ("Shanxi Normal University", "Shaanxi Normal University")],
)
def test_names_that_differ_by_a_letter_are_two(one: str, other: str) -> None:
    assert len(set(paths(*[one] * 5, other))) == 2


def record(ror: str, name: str, country: str, city: str, *others: tuple[str, str]) -> dict[str, object]:
    """Return a record of ROR's schema 2."""
    return {
        "id": f"https://ror.org/{ror}", "status": "active", "types": ["education"], "relationships": [],
        "names": [{"value": name, "types": ["ror_display", "label"], "lang": "en"}, *({"value": v, "types": [t], "lang": None} for v, t in others)],
        "locations": [{"geonames_id": 1, "geonames_details": {"name": city, "country_code": country, "country_name": country}}],
    }  # fmt: skip


@pytest.fixture
def ror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    monkeypatch.setenv("KG_HOME", str(tmp_path / "home"))
    records = [
        record("0zz1ab208", "Polis University", "IT", "Polis", ("PU", "acronym"), ("Università di Polis", "label")),
        record("00971b260", "Google DeepMind (United Kingdom)", "GB", "London"),
        record("0zz2cd328", "Central University", "GB", "Leeds"), record("0zz3ef448", "Central University", "FR", "Lyon"),
    ]  # fmt: skip
    file = tmp_path / "dump.json"
    file.write_text(json.dumps(records))
    registry.add("ror", file)
    found = registry.opened()
    assert found is not None
    return found


def test_a_registry_names_what_no_list_has(ror: Registry) -> None:
    texts = ["School of Hats, Polis Univ., Italy", "Università di Polis", "Polis University, Peru", "PU, Italy", "PU"]
    strings = affiliations(texts)
    _, judgements, entity = judged(strings, ror)
    found = dict(zip(texts, (entity[each.member] for each in strings), strict=True))
    assert found[texts[0]] == found[texts[1]] == "organization/ror-0zz1ab208"
    assert found["PU, Italy"] == "organization/ror-0zz1ab208"
    assert found["Polis University, Peru"] != "organization/ror-0zz1ab208" != found["PU"]
    assert {j.rule for j in judgements} == {"registry-name"}


def test_a_name_of_two_in_a_registry_needs_its_place(ror: Registry) -> None:
    strings = affiliations(["Central University, Leeds, UK", "Central University, Lyon, France", "Central University"])
    _, _, entity = judged(strings, ror)
    one, other, neither = (entity[each.member] for each in strings)
    assert (one, other) == ("organization/ror-0zz2cd328", "organization/ror-0zz3ef448")
    assert neither not in {one, other}


TEXTS = st.sampled_from(
    ["deepmind", "DeepMind", "Dept. of Hats", "清华大学", "Polis Univ", "Polis University (PU)", "PU", "Central University, UK",
     "Central University, France", "Central University", "Polis University + MIT", "Univ. of Oslo; MIT"]
)  # fmt: skip


@given(st.lists(TEXTS, max_size=9), st.randoms())
def test_the_order_does_not_matter(texts: Sequence[str], chance: object) -> None:
    strings = affiliations(texts)
    shuffled = sorted(strings, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert judged(shuffled)[1:] == judged(strings)[1:]


@given(st.lists(TEXTS, max_size=9))
def test_entities_are_what_targets_say(texts: Sequence[str]) -> None:
    found = spellings(affiliations(texts))
    taken = targets(found)
    _, _, entity = judged(affiliations(texts))
    for one in found:
        for other in found:
            assert (entity[one.member] == entity[other.member]) == (taken[one.member].key == taken[other.member].key)
