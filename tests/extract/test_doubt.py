"""Names that are likelier wrong than right are not told, but one clear place is enough."""

from kg.extract.doubt import EVEN, credible
from kg.model import Candidate

TEXT = "FooNet beats BarNet. FooNet is small."


def name(start: int, end: int, score: float) -> Candidate:
    return Candidate(start, end, "method", score, "tagger 1")


def test_a_name_that_is_nowhere_clear_goes() -> None:
    assert credible(TEXT, [name(0, 6, EVEN), name(13, 19, EVEN - 0.01)]) == [name(0, 6, EVEN)]


def test_one_clear_place_is_enough_for_all() -> None:
    both = [name(0, 6, 0.2), name(21, 27, 0.9)]
    assert credible(TEXT, both) == both


def test_the_same_word_of_another_type_is_another_thing() -> None:
    other = name(21, 27, 0.2)._replace(type="dataset")
    assert credible(TEXT, [name(0, 6, 0.9), other]) == [name(0, 6, 0.9)]


def test_forms_of_one_name_count_as_one() -> None:
    text = "a generative adversarial network (GAN)"
    both = [
        name(2, 32, 0.3)._replace(canonical="generative adversarial network"),
        name(34, 37, 0.8)._replace(canonical="generative adversarial network"),
    ]
    assert credible(text, both) == both


def test_what_is_known_is_told_however_unsure_the_tagger_is() -> None:
    known = name(0, 6, 0.2)._replace(concept="foonet", canonical="FooNet")
    assert credible(TEXT, [known, name(13, 19, 0.2)]) == [known]
