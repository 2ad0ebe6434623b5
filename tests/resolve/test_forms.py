"""Forms of names: which can be one person's, and how common they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.people.forms import RARITY_OF_INITIAL, Form, form, rarity, readings, relation


@pytest.mark.parametrize(
    ("one", "other", "related"),
    [
        ("Jing Wang", "Jing Wang", "equal"), ("Wang, Jing", "Jing Wang", "equal"), ("Jun-Yan Zhu", "Junyan Zhu", "equal"),
        ("Oord, Aäron van den", "Aaron van den Oord", "equal"), ("Aaron Oord", "Aaron van den Oord", "equal"),
        ("J. Wang", "J. Wang", "equal-initials"), ("HS Fang", "H. S. Fang", "equal-initials"), ("J. Wang", "Jing Wang", "initial"),
        ("J. Doe", "J. B. Doe", "initials"), ("A. Sophia Koepke", "Almut Sophia Koepke", "fuller"), ("Jane Doe", "Jane B. Doe", "fuller"),
        ("Mike Doe", "Michael Doe", "fuller"), ("Jörg Müller", "Joerg Mueller", "variant"), ("Aleksandr Ode", "Aleksander Ode", "variant"),
        ("Katharine Doe", "Katharinne Doe", "variant"), ("Jing Wang", "Jun Wang", None), ("Yining Li", "Yinong Li", None),
        ("Lei Xue", "Lei Xu", None), ("Maria Doe", "Mаria Doe", None), ("Anna de Vries", "Anna Vries", "equal"), ("Anna O'Neill", "Anna ONeill", "equal"),
        ("Anna Smith Jones", "Anna Jones", "fuller"), ("Anna Muster-Ode", "Anna Muster Ode", "equal"), ("A. Muster-Ode", "Anna M. Ode", "initial"),
        ("Ode, A. Y.", "Andrew Y. Ode", "initial"), ("Ode, A. Y.", "A. B. Ode", None), ("Ode, Thi Van", "Thi Van Ode", "equal"),
        ("Md. Ode", "Mohammad Ode", "equal"), ("Ode M. A.", "Maria A. Ode", "initial"), ("王 伟", "王伟", "equal-initials"), ("Dr. Anna Ode", "Anna Ode", "equal"),
        ("Anna Muster-Ode", "Anna Hut-Ode", None), ("Muster Ode, Anna", "Anna Muster-Ode", "equal"), ("Fei-Fei Li", "Li Fei-Fei", "equal"), ("Homer", "Homer", "equal-initials"), ("Homer", "Homer Simpson", None),
        ("Ann Le Mus", "Ann LeMus", "equal"), ("Le Mus, Ann", "Ann Lemus", "equal"), ("A. Le Mus", "Lemus A.", "equal-initials"), ("A. Le Mus", "Ann Lemus", "initial"),
        ("Ann Mac Ode", "Ann MacOde", "equal"), ("Ann Mc Ode", "Ann McOde", "equal"), ("Ana De La Oda", "Ana Delaoda", "equal"), ("Ana de la Oda", "Ana DelaOda", "equal"),
        ("L. J. van der Muster", "Lars Vandermuster", "initial"), ("Lars Vander Muster", "Lars van der Muster", "fuller"), ("Lars Van Dermuster", "Lars van der Muster", "fuller"),
        ("Ann O Neill", "Ann O'Neill", "equal"), ("O Neill, Ann", "Ann ONeill", "equal"), ("Ann O' Neill", "Ann O’Neill", "equal"), ("Ali Al Ode", "Ali Al-Ode", "equal"),
        ("Jo Le Mus", "Jo Lemus", "equal"), ("Wu JP", "J. P. Wu", "equal-initials"), ("Ann Vanode", "Ann Ode", None), ("Ann Le Mus", "Max LeMus", None), ("Le, Ann", "Ann", None), ("Van Ode", "Vanode", None),
        ("J.-P. Ode", "Jean Pierre Ode", "initial"), ("JP Ode", "Jean-Pierre Ode", "initial"), ("Ode JP", "J.-P. Ode", "equal-initials"), ("Ode J-P", "JP Ode", "equal-initials"),
        ("Jean-Pierre Ode", "Jeanpierre Ode", "equal"), ("Andrew NG", "A. Ng", "initial"), ("Max Ode Jr.", "Max Ode", "equal"), ("Max Ode Jr.", "Max Ode III", None),
        ("Max Ode Jr.", "M. Ode, Jr", "initial"), ("Ann Ode1,2", "Ann Ode*", "equal"), ("Prof. Ann Ode <a@ode.org>", "Ann Ode, Ph.D.", "equal"),
        ("Muster Ode, Ana", "Ana Muster", "fuller"), ("A. Muster-Ode", "Ana Muster", None), ("Ana Muster-Ode", "A. Muster", None), ("Ana Muster-Ode", "Ana Beispiel-Muster", None), ("Ana Muster-Ode", "Ana de Muster", None), ("Muster Ode, Ana", "Ana Beispiel", None),
        ("Nguyen Van Nam", "Nam Van Nguyen", "equal"), ("Nguyễn Văn Nam", "Nam Nguyen", "fuller"), ("Nguyen, Van Nam", "Nam Nguyen", "fuller"), ("Nam V. Nguyen", "Nguyen Van Nam", "fuller"),
        ("Tran Thi Mai", "Mai Tran", "fuller"), ("Van Nam Nguyen", "V. N. Nguyen", "initial"), ("Jan Van Ode", "Jan van Ode", "fuller"), ("Lee Van Ode", "L. van Ode", "initial"),
        ("Li Xiao-Ming", "Xiaoming Li", "equal"), ("Li Xiao Ming", "Xiao-Ming Li", "equal"), ("LI Xiao Ming", "Xiaoming Li", "equal"), ("Wang Wei", "Wei Wang", None),
        ("Jón Stefánsson", "Jóna Stefánsdóttir", None), ("Þór Jónsson", "Thor Jonsson", "equal"), ("Ann Ødegaard", "Ann Odegaard", "equal"), ("Ann Ode III", "Ann Ode 3rd", "equal"),
    ],
)  # fmt: skip
def test_how_two_names_are_related(one: str, other: str, related: str | None) -> None:
    assert relation(form(one), form(other)) == related
    assert relation(form(other), form(one)) == related


@pytest.mark.parametrize(
    ("printed", "surname"),
    [("LI Wei", "li"), ("Wei LI", "li"), ("Zhang Chengqi", "zhang"), ("Chengqi Zhang", "zhang"), ("Kim Marriott", "marriott"),
     ("AJ Piergiovanni", "piergiovanni"), ("WEI LI", "li"), ("Li Fei-Fei", "li"), ("Ann Muster-Ode", "ode"), ("Ann Al-Ode", "alode"), ("Jean-Baptiste Alayrac", "alayrac")],
)  # fmt: skip
def test_a_family_name_in_front_is_known_by_its_capitals_or_its_words(printed: str, surname: str) -> None:
    assert form(printed).surname == surname


def test_rarer_names_tell_more() -> None:
    wei, hanna, initial = form("Wei Zhang"), form("Hanna Wallach"), form("W. Zhang")
    assert rarity(initial, initial) < rarity(wei, wei) < rarity(hanna, hanna)
    assert rarity(initial, wei) == rarity(initial, initial)
    assert rarity(form("W. Q. Zhang"), form("W. Q. Zhang")) == pytest.approx(rarity(initial, initial) + RARITY_OF_INITIAL)


def test_names_in_letters_that_the_lists_do_not_have_are_neither_rare_nor_common() -> None:
    common, rare = form("Wei Zhang"), form("Hanna Wallach")
    assert rarity(common, common) < rarity(form("Ганна Валлах"), form("Ганна Валлах")) < rarity(rare, rare)
    assert rarity(form("王伟"), form("王伟")) < rarity(common, common)


WORDS = st.text(st.sampled_from("abeouLW-. '"), max_size=12)


@given(WORDS, WORDS)
def test_relations_are_symmetric_and_a_name_is_itself(one: str, other: str) -> None:
    left, right = form(one), form(other)
    assert isinstance(left, Form)
    assert relation(left, right) == relation(right, left)
    assert relation(left, left) in {"equal", "equal-initials"}
    if relation(left, right):
        assert left.surname == right.surname or right.surname in {read.surname for read, _ in readings(left)} or left.surname in {read.surname for read, _ in readings(right)}
        assert rarity(left, right) == pytest.approx(rarity(right, left))
