"""What one affiliation string says."""

from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.affiliations import organizations, parse


def names(text: str) -> list[str]:
    return [text[part.name_start : part.name_end] for part in parse(text)]


def listed(text: str) -> list[str]:
    return [part.known.rpartition("/")[2] for part in parse(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("School of Hats, Polis University, Polis 12345, Italy", "Polis University"),
        ("Department of Computer Science Polis University", "Polis University"),
        ("Lab of Felt at the Hatter Institute of Technology, Chile", "Hatter Institute of Technology"),
        ("Hats & Caps Ltd., Leeds, UK", "Hats & Caps Ltd"),
        ("Faculty of Felt of the University of Hatton, UK", "University of Hatton"),
        ("Institute for Brims, HATLAB, Bern, Switzerland", "HATLAB"),
        ("Chapeau Research", "Chapeau Research"),
        ("Chapeau Group, Lyon, France", "Chapeau Group"),
        ("Chapeau AI Research, Lyon, France", "Chapeau AI Research"),
        ("Polis University, P.O. Box 123, Polis", "Polis University"),
        ("Formerly at Polis University, Italy", "Polis University"),
        ("Institut für Warenforschung und -prüfung, Bern", "Institut für Warenforschung und -prüfung"),
    ],
)
def test_the_organisation_is_told_from_its_units_and_its_place(text: str, name: str) -> None:
    assert [found.rstrip(".") for found in names(text)] == [name]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Polis University + Hats Inc.", ["Polis University", "Hats Inc."]),
        ("Polis University; Hatton University", ["Polis University", "Hatton University"]),
        ("1 School of Hats, Polis University 2 Hats Inc.", ["Polis University", "Hats Inc."]),
        ("Polis University1 + Hatton University2", ["Polis University", "Hatton University"]),
        ("Department of Hats + Polis University", ["Polis University"]),
        ("Polis University / Leeds, UK", ["Polis University"]),
        ("Polis University‡Hatton University", ["Polis University", "Hatton University"]),
        ("School of Hats†, Polis University† §Hats Inc.†", ["Polis University", "Hats Inc."]),
        ("Polis University/DeepMind", ["Polis University", "DeepMind"]),
        ("Polis University and Intel Labs", ["Polis University", "Intel Labs"]),
        ("Intel Labs & the University of Hatton, UK", ["Intel Labs", "University of Hatton"]),
        ("Polis University and Intel Joint Laboratory", ["Polis University"]),
    ],
)
def test_several_organisations_of_one_string_are_told_apart(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "iris"),
    [
        ("deepmind", ["deepmind"]),
        ("amazon-science", ["amazon"]),
        ("mila", ["mila"]),
        ("Google Brain", ["google"]),
        ("Univ. of Calif. at Davis, CA", ["university-of-california-davis"]),
        ("University of California, Davis", ["university-of-california-davis"]),
        ("UC Davis", ["university-of-california-davis"]),
        ("School of Hats and Technology, Zhejiang University", ["zhejiang-university"]),
        ("College of Hats, University of Technology, Sydney", ["university-of-technology-sydney"]),
        ("Department of Computer Science, UT Austin", ["university-of-texas-at-austin"]),
        ("Dept. of Physics, The University of Texas at Dallas, TX, USA", ["university-of-texas-at-dallas"]),
        ("Technische Universität Graz", ["graz-university-of-technology"]),
        ("Universität Leipzig", ["leipzig-university"]),
        ("University of Leipzig", ["leipzig-university"]),
        ("Leeds University, UK", ["university-of-leeds"]),
        ("Robot Lab (KTH), Stockholm", ["kth-royal-institute-of-technology"]),
        ("University of Oslo, Norway + Google DeepMind, London", ["university-of-oslo", "deepmind"]),
        ("University of Bonn and University of Basel", ["university-of-bonn", "university-of-basel"]),
        ("Apple Valley College", [""]),
        ("Columbia University, Quito, Ecuador", [""]),
        ("Northeastern University, Shenyang, China", ["northeastern-university-china"]),
        ("Northeastern University, Boston, USA", ["northeastern-university"]),
        ("Department of Astronomy, University of Delft for Brims", [""]),
        ("Yale University Hatter School of Felt, New Haven, CT", ["yale-university"]),
        ("Department of Caps, Kyoto University Hattacho, Kyoto, Japan", ["kyoto-university"]),
        ("Yale University Medical School", ["yale-university"]),
        ("Huazhong Univ. of Sci. and Tech., China", ["huazhong-university-of-science-and-technology"]),
        ("Naver Corp., Seongnam", ["naver"]),
        ("University of Calgary, Calgary, AB, CA", ["university-of-calgary"]),
        ("University College London and Inria, United Kingdom and France", ["university-college-london", "inria"]),
        ("University of Bremen, Robot Lab, India", ["university-of-bremen"]),
        ("Lab of Felt, University of ¨Orebro, Sweden", ["orebro-university"]),
        ("University of Colorado, Boulder, CO", ["university-of-colorado-boulder"]),
        ("UPC Universitat Politècnica de Catalunya", ["polytechnic-university-of-catalonia"]),
        ("清华大学", ["tsinghua-university"]),
        ("清华大学计算机系, 北京, 中国", ["tsinghua-university"]),
        ("Tsinghua University (清华大学)", ["tsinghua-university"]),
        ("國立清華大學", ["national-tsing-hua-university"]),
        ("中国科学院自动化研究所", ["chinese-academy-of-sciences"]),
        ("中国科学院大学人工智能学院", ["university-of-chinese-academy-of-sciences"]),
        ("国立大学法人東京大学大学院情報理工学系研究科", ["university-of-tokyo"]),
        ("奈良先端科学技術大学院大学", ["nara-institute-of-science-and-technology"]),
        ("서울대학교 컴퓨터공학부", ["seoul-national-university"]),
        ("МГУ им. М.В. Ломоносова, Москва, Россия", ["lomonosov-moscow-state-university"]),
        ("Σχολή Καπέλων, Εθνικό Μετσόβιο Πολυτεχνείο", ["national-technical-university-of-athens"]),
        ("Faculty of Hats, جامعة القاهرة", ["cairo-university"]),
        ("דוד, אוניברסיטת תל אביב", ["tel-aviv-university"]),
        ("Helsingin yliopisto", ["university-of-helsinki"]),
        ("帽子大学計算機系", [""]),
    ],
)
def test_listed_organisations_are_found_by_their_names(text: str, iris: list[str]) -> None:
    assert listed(text) == iris


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("University of York, UK", "York University, Canada"),
        ("Washington University in St. Louis", "University of Washington"),
        ("University of Texas at Austin", "University of Texas at Dallas"),
        ("Miami University", "University of Miami"),
        ("Boston College", "Boston University"),
        ("Beijing University of Technology", "Beijing Institute of Technology"),
        ("Korea University", "Korea University of Technology and Education"),
        ("Zhejiang University", "Zhejiang University of Technology"),
        ("New York University", "University of York"),
        ("Newcastle University, UK", "University of Newcastle, Callaghan, Australia"),
        ("Samsung Electronics", "Samsung Medical Center"),
        ("Hanyang University", "Hanyang University Hospital"),
        ("Max Planck Institute for Informatics", "Max Planck Institute for Software Systems"),
    ],
)
def test_names_that_look_alike_stay_apart(one: str, other: str) -> None:
    assert (listed(one), parse(one)[0].key) != (listed(other), parse(other)[0].key)
    assert listed(one) != listed(other)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Department of Felt, Yale University Medical Center, New Haven", "Yale University Medical Center"),
        ("Purdue University Brimhaven, Brimhaven, IN, USA", "Purdue University Brimhaven"),
        ("Ghent University College, Ghent, Belgium", "Ghent University College"),
        ("University of Koblenz-Hatton, Koblenz, Germany", "University of Koblenz-Hatton"),
        ("Rutgers University, Newark, NJ", "Rutgers University, Newark"),
        ("Rutgers University (Newark), NJ", "Rutgers University (Newark)"),
    ],
)
def test_another_organisation_than_the_listed_one_has_another_name(text: str, name: str) -> None:
    assert listed(text) == [""]
    assert names(text) == [name]


def test_units_country_and_sector_are_read() -> None:
    (part,) = parse("Felt Group, School of Hats, Polis University, 12345 Leeds, United Kingdom")
    assert part.units == ("Felt Group", "School of Hats")
    assert (part.country, part.stated, part.city, part.sector) == ("GB", True, "leeds", "education")
    (part,) = parse("Hats GmbH, Graz")
    assert (part.country, part.stated, part.sector) == ("AT", False, "industry")
    assert parse("Polis University, Hong Kong, China")[0].country == "HK"
    assert parse("Polis University, Pasadena, CA")[0].country == "US"
    assert [parse(f"Polis University, {place}")[0].country for place in ("Calgary, AB, CA", "Haifa, IL", "Chicago, IL")] == ["CA", "IL", "US"]


def test_a_laboratory_of_a_company_is_a_unit_of_it() -> None:
    (part,) = parse("Microsoft Research, Redmond")
    assert (part.known.rpartition("/")[2], part.unit.rpartition("/")[2]) == ("microsoft", "microsoft-research")
    assert part.units == ("Microsoft Research",)


def test_an_organisation_is_no_department_of_the_one_beside_it() -> None:
    assert [part.units for part in parse("Microsoft Research and the University of Polis")] == [("Microsoft Research",), ()]
    assert parse("School of Hats of Polis University and Hats Institute at Hatton University")[0].units == ("School of Hats",)


def test_a_department_of_a_government_is_one_where_it_stands_alone() -> None:
    assert listed("Department of Energy") == listed("Department of Energy, Washington, DC, USA") == ["u-s-department-of-energy"]
    assert [(names(text), listed(text)) for text in ("Department of Energy, Polis University", "Department of Energy, Philippines")] == [
        (["Polis University"], [""]), (["Department of Energy"], [""])
    ]  # fmt: skip
    assert parse("Department of Energy Engineering") == ()


def test_one_letter_is_a_company_with_its_legal_form_alone() -> None:
    assert [listed(text) for text in ("X Corp.", "X, Mountain View, USA", "BCG X", "X, The Moonshot Factory")] == [["twitter"], [""], [""], ["google"]]


def test_a_laboratory_that_a_company_pays_for_is_none_of_its_own() -> None:
    assert listed("Intel-Polis Center for Hats, University of Oslo") == ["university-of-oslo"]
    assert listed("Dept. of CS, Robert Bosch Center for Hats, University of Bonn") == ["university-of-bonn"]


def test_an_acronym_in_brackets_is_kept() -> None:
    assert parse("Polis Academy of Hats (PAH), Leeds, UK")[0].acronym == "PAH"


def test_what_names_no_organisation_is_weak() -> None:
    assert parse("Deep Learning Group, Lyon")[0].weak
    assert parse("Lyon Group")[0].weak
    assert parse("Department of Hats")[0].weak
    assert parse("Leeds, UK")[0].weak
    assert parse("") == parse("  , ;") == ()


@pytest.mark.parametrize("text", ["Department of Computer Science", "School of Software, Leeds, UK", "Electrical Engineering"])
def test_a_department_of_nobody_knows_which_university_is_no_organisation(text: str) -> None:
    assert parse(text) == ()
    assert [part.units for part in parse(f"{text} + Polis University")] == [(text.partition(",")[0],)]


def test_torn_off_accents_and_glued_words_are_read() -> None:
    assert listed("Universit´e de Lille") == ["universite-de-lille"]
    assert listed("Universit ´e Cˆote d’Azur") == ["universite-cote-d-azur"]
    assert listed("Universitat Polit `ecnica de Catalunya") == ["polytechnic-university-of-catalonia"]
    assert listed("Universit ´e du Qu ´ebec `a Montr ´eal") == ["universite-du-quebec-a-montreal"]


def test_a_title_behind_a_name_is_no_part_of_it() -> None:
    assert listed("CIFAR Senior Fellow") == listed("CIFAR Scholar") == ["cifar"]
    assert listed("Universityof Leeds") == ["university-of-leeds"]


PIECES: Final = st.sampled_from([
    "Polis University", "School of Hats", "University of Oslo", ", ", "; ", " + ", " (", ")", "Leeds", "UK", "Hats Inc.", " & ", " and ",
    " of ", " the ", "1", "2 ", "MIT", "-", " - ", "12345", "é", "清华大学", "\n", "/", " / ", "x@y.org", "Dept. ", "'", "´", "C++",
])  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
def test_spans_are_in_the_text_and_in_order(text: str) -> None:
    parts = parse(text)
    for part in parts:
        assert 0 <= part.start <= part.end <= len(text)
        assert 0 <= part.name_start < part.name_end <= len(text)
        assert part.key
    assert all(one.name_start <= other.name_start for one, other in pairwise(parts))


@given(st.text(max_size=60))
def test_any_text_is_parsed(text: str) -> None:
    assert isinstance(parse(text), tuple)


def test_a_string_of_one_organisation_is_one_even_without_words() -> None:
    assert len(organizations("Polis University + Hats Inc.", single=False)) == 2
    assert [part.name_end for part in organizations("Polis University + Hats Inc.", single=True)] == [len("Polis University")]
    assert organizations("?", single=False) == ()
    assert [part.name_end for part in organizations("?", single=True)] == [0]


@pytest.mark.parametrize("piece", ["a", "大学", "((", "a.", "a&", "abcdef&", "a-", "University of Polis, Italy, ", "Polis University; "])
def test_the_longest_string_is_read_in_time(piece: str) -> None:
    """A pattern that looks back from each of its letters would take minutes."""
    assert isinstance(parse(piece * (100_000 // len(piece))), tuple)


@pytest.mark.parametrize(
    "text",
    ["Independent Researcher", "Independent Researcher, Berlin, Germany", "Unaffiliated", "self-employed", "Retired", "N/A", "None",
     "Senior Member, IEEE", "Life Fellow, IEEE", "IEEE Fellow", "Assistant Professor", "Senior Research Scientist, Paris", "PhD student", "* Corresponding author: ann@polis.edu"],
)  # fmt: skip
def test_what_names_no_organisation_is_none(text: str) -> None:
    assert parse(text) == ()


def test_who_is_independent_beside_an_organisation_is_there_alone() -> None:
    assert names("Independent Researcher; Polis University") == ["Polis University"]
    assert names("Independent University of Polis") == ["Independent University of Polis"]


@pytest.mark.parametrize(("text", "known"), [("Hôpital Chapeau, AP-HP, Paris, France", [""]), ("HP Labs", ["hewlett-packard"]), ("Hewlett-Packard (HP), Leeds", ["hewlett-packard"])])
def test_two_letters_tied_to_others_by_a_hyphen_are_no_name(text: str, known: list[str]) -> None:
    assert listed(text) == known


def test_a_street_is_no_organization() -> None:
    assert names("Hats Inc., 180 University Avenue, Polis") == ["Hats Inc."]
    assert names("Laboratory of Hats, 8888 University Drive, Polis, Canada") == ["Laboratory of Hats"]
    assert names("Avenue University, Polis") == ["Avenue University"]
