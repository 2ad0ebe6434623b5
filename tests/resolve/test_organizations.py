"""Which affiliation strings are one organisation."""

from hypothesis import given
from hypothesis import strategies as st

from kg.ontology import KG, load
from kg.resolve.organizations import Affiliation, entity, judge, known


def test_known_names_and_tags_are_one() -> None:
    concept = next(c for c in load().of_kind("organization") if len(c.labels) > 1 and entity(c.labels[1].text) == c.iri)
    one, other = concept.labels[0].text, concept.labels[1].text
    (found,) = judge([Affiliation("a", one.upper()), Affiliation("b", other)])
    assert (found.left, found.right, found.verdict, found.rule) == ("a", "b", "same", "known-name")
    assert found.evidence == {"name": other, "other": one.upper()}


def test_unknown_names_are_one_by_their_words() -> None:
    strings = [
        Affiliation("a", "Dept. of Hats"), Affiliation("b", "dept of hats"), Affiliation("c", "Dept of Caps"),
        Affiliation("d", "DEPT. OF  HATS"),
    ]  # fmt: skip
    assert [(j.left, j.right, j.rule) for j in judge(strings)] == [("a", "b", "same-words")]


def test_a_ror_id_says_more_than_words() -> None:
    strings = [Affiliation("a", "Hats Inc", "05dxps000"), Affiliation("b", "The Hat Company", "05dxps000"), Affiliation("c", "Hats Inc")]
    assert [(j.left, j.right, j.rule) for j in judge(strings)] == [("a", "b", "ror-id")]
    assert entity("Hats Inc", "05dxps000") == "organization/ror-05dxps000"
    known_one = next(c for c in load().of_kind("organization") if c.properties.get(f"{KG}ror"))
    assert entity("anything", next(iter(known_one.properties[f"{KG}ror"])).rpartition("/")[2]) == known_one.iri


def test_names_in_other_scripts_stay_apart() -> None:
    assert judge([Affiliation("a", "清华大学 AI"), Affiliation("b", "北京大学 AI"), Affiliation("c", "AI of Nowhere")]) == []


def test_long_names_with_one_beginning_stay_apart() -> None:
    start = "Department of Very Long and Winding Names of Departments, Faculty of "
    assert judge([Affiliation("a", start + "Hats"), Affiliation("b", start + "Caps")]) == []


def test_a_name_of_two_organisations_means_neither() -> None:
    assert len(set(known().values())) > 1
    for concept in load().of_kind("organization"):
        assert entity(concept.name) == concept.iri or entity(concept.name).startswith("organization/")


@given(st.lists(st.sampled_from(["deepmind", "DeepMind", "Dept. of Hats", "Dept of Hats", "清华大学"]), max_size=6), st.randoms())
def test_the_order_does_not_matter(texts: list[str], chance: object) -> None:
    strings = [Affiliation(f"m{i}", text) for i, text in enumerate(texts)]
    shuffled = sorted(strings, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert judge(shuffled) == judge(strings)
