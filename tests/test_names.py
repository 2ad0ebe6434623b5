"""Names of people: their parts, and which two can be one person's."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.names import compatible, fullest, is_group, parse

PARTS = st.sampled_from(["Jane", "J.", "John", "R.", "Rose", "Jean-Luc", "J.-L.", "Ana María", "van den", "Doe", "Díaz", "李"])
NAMES = st.lists(PARTS, min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("text", "given", "surname"),
    [
        ("Jane Doe", ("jane",), "doe"),
        ("Doe, Jane", ("jane",), "doe"),
        ("J.R. Doe", ("j", "r"), "doe"),
        ("J.-B. Grill", ("j", "b"), "grill"),
        ("Jean-Baptiste Grill", ("jean", "baptiste"), "grill"),
        ("Jean\u2011Baptiste Grill", ("jean", "baptiste"), "grill"),
        ("Diego de las Casas", ("diego",), "de las casas"),
        ("de las Casas, Diego", ("diego",), "de las casas"),
        ("Ludwig Van Gool", ("ludwig", "van"), "gool"),
        ("Sammy Davis Jr.", ("sammy",), "davis"),
        ("Davis, Sammy, Jr.", ("sammy",), "davis"),
        ("Davis, Jr., Sammy", ("sammy",), "davis"),
        ("Sammy Davis, Jr.", ("sammy",), "davis"),
        ("Björk", (), "bjork"),
        ("Seán O’Brien", ("sean",), "o'brien"),
        ("  Jane \n Doe ", ("jane",), "doe"),
        ("", (), ""),
        (",", (), ""),
        ("Jr.", (), ""),
        ("Davis, Sammy Jr.", ("sammy",), "davis"),
        ("Ode, Max II", ("max",), "ode"),
        ("Jane Doe, MD", ("jane",), "doe"),
        ("Md. Rahman", ("md",), "rahman"),
        ("Rahman, Md.", ("md",), "rahman"),
        ("Md Abdul Rahman", ("md", "abdul"), "rahman"),
        ("Prof. Dr. Jane Doe", ("jane",), "doe"),
        ("Doe, Dr. Jane", ("jane",), "doe"),
        ("DR Doe", ("dr",), "doe"),
        ("Doe J. A.", ("j", "a"), "doe"),
        ("Доу Д.А.", ("д", "а"), "доу"),
        ("van der Ode J.", ("j",), "van der ode"),
        ("Weinan E", ("weinan",), "e"),
        ("J. J.", ("j",), "j."),
        ("王伟", (), "王伟"),
        ("王 伟", (), "王伟"),
        ("Doe Jr., Jane", ("jane",), "doe"),
        ("Jane Doe 3rd", ("jane",), "doe"),
        ("Jane Doe, Ph.D.", ("jane",), "doe"),
        ("Jane Doe, M.Sc., MD", ("jane",), "doe"),
        ("Doe, M.D.", ("m", "d"), "doe"),
        ("Dr.-Ing. Jane Doe", ("jane",), "doe"),
        ("Prof. Dr. rer. nat. Jane Doe", ("jane",), "doe"),
        ("Associate Professor Jane Doe", ("jane",), "doe"),
        ("Sir Jane Doe", ("jane",), "doe"),
        ("Ir. Jane Doe", ("jane",), "doe"),
        ("Phil Doe", ("phil",), "doe"),
        ("Jane Doe <jane@doe.org>", ("jane",), "doe"),
        ("Jane Doe (mailto:jane@doe.org)", ("jane",), "doe"),
        ("Jane Doe jane@doe.org", ("jane",), "doe"),
        ("Jane Doe*†", ("jane",), "doe"),
        ("Jane Doe1,2", ("jane",), "doe"),
        ("Jane Doe¹²", ("jane",), "doe"),
        ("Jane Doe $^{1}$", ("jane",), "doe"),
        ("Jane Doe [1]", ("jane",), "doe"),
        ("* Jane Doe;", ("jane",), "doe"),
        ("Jane Doe (Polis University)", ("jane",), "doe"),
        ("Jane Doe 0002", ("jane",), "doe"),
        ("Jane Doe on behalf of the Hat Collaboration", ("jane",), "doe"),
        ("Jane Doe, for the Hat Study Group", ("jane",), "doe"),
        ("[*]", (), "[*]"),
        ("रवि", (), "रवि"),
        ("Ann des Hauts", ("ann",), "des hauts"),
    ],
)
def test_parts(text: str, given: tuple[str, ...], surname: str) -> None:
    name = parse(text)
    assert (name.given, name.surname) == (given, surname)


@pytest.mark.parametrize(
    ("text", "suffix"),
    [("Jane Doe Jr.", "jr"), ("Doe, Jane, III", "iii"), ("Doe Sr, Jane", "sr"), ("Jane Doe 3rd", "iii"), ("Wei Wang 0002", "0002"), ("Jane Doe, PhD", ""),
     ("Jane Doe, PhD, Jr.", "jr"), ("Jane Doe1", "")],
)  # fmt: skip
def test_a_suffix_is_kept_that_tells_namesakes_apart(text: str, suffix: str) -> None:
    assert parse(text).suffix == suffix
    assert compatible(parse(text), parse("Jane Doe" if "Doe" in text else "Wei Wang"))
    assert compatible(parse(text), parse("Jane Doe IV" if "Doe" in text else "Wei Wang 0003")) is (not suffix)


@pytest.mark.parametrize(
    "text", ["The Hat Collaboration", "on behalf of the Hat Collaboration", "for the Hat Study Group", "Hat Collab.", "{The Hat Consortium}",
             "Cap and Hat Collaborations Committee", "The Hat Study Investigators", "HAT Investigators", "Hat 2019 Collaborators", "Hat Contributors", "Hat Task Force"],
)  # fmt: skip
def test_a_collective_is_none_of_the_persons(text: str) -> None:
    assert is_group(text)


@pytest.mark.parametrize("text", ["Teamur Khan", "Ann Ode on behalf of the Hat Collaboration", "Ann Ode for the Hat Study Group", "Ann Ode for the Hat Contributors", "Ann Ode"])
def test_who_signs_for_a_collective_is_a_person(text: str) -> None:
    assert not is_group(text)


def test_keys() -> None:
    name = parse("Aäron van den Oord")
    assert (name.block, name.folded, name.full) == ("oord a", "aaron van den oord", True)
    assert not parse("A. van den Oord").full
    assert parse("Björk").block == "bjork"


@given(st.text())
def test_any_text_can_be_parsed(text: str) -> None:
    name = parse(text)
    assert name.block == name.block.strip()
    assert parse(unicodedata.normalize("NFD", text)).folded == parse(unicodedata.normalize("NFC", text)).folded


@given(NAMES, NAMES)
def test_compatibility_is_symmetric_and_within_a_block(left: str, right: str) -> None:
    one, other = parse(left), parse(right)
    assert compatible(one, other) == compatible(other, one)
    if compatible(one, other):
        assert one.block == other.block


@given(NAMES)
def test_a_name_is_compatible_with_itself(text: str) -> None:
    name = parse(text)
    assert compatible(name, name) == bool(name.given)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("J. Doe", "Jane Doe", True),
        ("J. R. Doe", "Jane Doe", True),
        ("Jane R. Doe", "Jane Rose Doe", True),
        ("Jane R. Doe", "Jane S. Doe", False),
        ("J. B. Grill", "Jean-Baptiste Grill", True),
        ("Jun-Yan Zhu", "Junyan Zhu", True),
        ("Rose Doe", "Jane Rose Doe", False),
        ("Jane Doe", "Jane Dow", False),
        ("Doe", "Jane Doe", False),
        ("Li Wang", "Lin Wang", False),
        ("Jane Doe", "Jаne Doe", False),
    ],
)
def test_compatible(left: str, right: str, expected: bool) -> None:
    assert compatible(parse(left), parse(right)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gemini Team", True),
        ("The ATLAS Collaboration", True),
        ("Human Genome Consortium", True),
        ("Imagen-Team-Google", True),
        ("Jane Groupier", False),
        ("Thom Projecter", False),
        ("Teamwork Jones", False),
    ],
)
def test_groups(text: str, expected: bool) -> None:
    assert is_group(text) is expected


def test_the_fullest_name() -> None:
    assert fullest(["J. Doe", "Jane Doe", "Jane R. Doe"]) == "Jane R. Doe"
    assert fullest(["Jose Diaz", "José Díaz"]) == "José Díaz"
    assert fullest(["Doe, Jane", "Jane Doe"]) == "Jane Doe"
