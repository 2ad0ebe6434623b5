"""Which names are compared at all: none is left out that can be one person's, and of thousands of namesakes few are."""

from itertools import combinations

from hypothesis import example, given
from hypothesis import strategies as st

from kg.resolve.people.forms import form, relation
from kg.resolve.people.meeting import meeting

NAMES = (
    "Bob Ode", "Robert Ode", "Rob Ode", "R. Ode", "R. M. Ode", "Robert Max Ode", "Aleksandr Ode", "Alexandr Ode", "Jun-Yan Ode", "Junyan Ode", "Joerg Ode",
    "Jörg Ode", "J. Ode", "Ode", "Ana Muster-Ode", "Ana Muster", "Ana Muster Ode", "Ana de la Ode", "Ana Delaode", "Ana La Ode", "Nguyen Van Anh", "Nguyen Van Ode",
    "Anh Van Nguyen", "Robert Ode Jr.", "Robert Ode III", "Cristoffer Ode", "Christoffer Ode", "Christofer Ode", "王伟", "Bob Fitz Ode", "Bob Fitzode", "ODE Robert",
)  # fmt: skip


@given(st.lists(st.sampled_from(NAMES) | st.text(st.sampled_from("abeouLW-. '"), max_size=12), max_size=12))
@example(list(NAMES))
def test_all_that_can_be_one_person_meet(printed: list[str]) -> None:
    forms = list(dict.fromkeys(map(form, printed)))
    met = list(meeting(forms))
    assert met == sorted(set(met))
    assert all(one < other for one, other in met)
    assert {(i, k) for i, k in combinations(range(len(forms)), 2) if relation(forms[i], forms[k])} <= set(met)


def test_thousands_of_namesakes_with_given_names_of_their_own_do_not() -> None:
    letters = "abcdefghijklmnopqrst"
    forms = [form(f"An{one}{two}{three} Ode") for one in letters for two in letters for three in letters]
    assert len(forms) == 8_000
    assert len(list(meeting(forms))) < 50_000
