"""Names that are likelier wrong than right are not told, but one clear place is enough."""

import pytest

from kg.extract.doubt import EVEN, credible
from kg.model import Candidate
from kg.model.mentions import MentionType

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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It runs at 10FPS.", "10FPS"),
        ("It weighs 2.5K.", "2.5K"),
        ("a 6-DoF arm", "6-DoF"),
        ("the 2013 challenge", "2013"),
        ("a view-based method", "view-based"),
        ("a randomized algorithm", "randomized"),
        ("a top-scoring one", "top"),
        ("spectral and spatial filters", "spectral"),
        ("multi- and single-task nets", "multi"),
        ("We use \\textbf{it}.", "\\textbf"),
        ("L. Carter, C. Lam", "C"),
        ("It costs 5 $ a day.", "$"),
    ],
)
def test_what_has_the_shape_of_no_name_goes_however_sure_the_tagger_is(text: str, name: str) -> None:
    start = text.rindex(name)
    found = Candidate(start, start + len(name), "method", 0.99, "tagger 1")
    assert credible(text, [found]) == []


def test_software_that_is_called_like_an_ordinary_word_has_to_be_surer() -> None:
    text = "Faces in Movie Trailers by Gravel and GravelKit"
    unsure, surer, shaped = (Candidate(9, 14, "software", 0.44, ""), Candidate(27, 33, "software", 0.46, ""), Candidate(38, 47, "software", 0.41, ""))
    assert credible(text, [unsure, surer, shaped], title=16) == [surer, shaped]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("a model of NASA's rover", "software", "NASA"),
        ("a model of NASA's rover", "dataset", "NASA"),
        ("we use OpenAI and others", "software", "OpenAI"),
        ("legs of the MIT Cheetah robot", "dataset", "MIT"),
        ("runs on the NVIDIA Jetson TX2", "dataset", "NVIDIA"),
        ("as shown by Gravel (STOC 2013)", "person", "STOC"),
        ("31 frames per second", "metric", "frames per"),
        ("2.2% absolute F1", "metric", "absolute"),
    ],
)
def test_owners_venues_and_halves_are_no_names(text: str, kind: MentionType, name: str) -> None:
    start = text.index(name)
    assert credible(text, [Candidate(start, start + len(name), kind, 0.99, "tagger 1")]) == []


@pytest.mark.parametrize("text", ["on KITTI, Waymo and ONCE", "on the Waymo Open dataset", "on Waymo"])
def test_data_may_be_called_after_those_who_gathered_them(text: str) -> None:
    found = Candidate(text.index("Waymo"), text.index("Waymo") + 5, "dataset", 0.99, "tagger 1")
    assert credible(text, [found]) == [found]


@pytest.mark.parametrize("name", ["3DPW", "MuZero-based", "R", "1x1 convolution", "C++"])
def test_odd_names_are_names(name: str) -> None:
    found = Candidate(0, len(name), "method", 0.99, "tagger 1")
    assert credible(f"{name} is used", [found]) == [found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("BACKGROUND: Hens lay eggs.", "BACKGROUND"),
        ("Hens lay eggs. METHODS AND RESULTS: We counted them.", "METHODS AND RESULTS"),
        ("Hens lay eggs. RESULTS They lay many.", "RESULTS"),
        ("a ratio of 1.4 (95% CI 1.2-1.7)", "CI"),
        ("more eggs (OR 1.76, OR = 1.2)", "OR"),
        ("more eggs (HR 0.86)", "HR 0.86"),
        ("registered as NCT01234567.", "NCT01234567"),
        ("deposited under GSE115469.", "GSE115469"),
        ("a strength of 1.2 MPa.", "MPa"),
        ("a gain of 12 dB.", "dB"),
    ],
)
def test_headings_units_intervals_and_numbers_of_registers_are_no_names(text: str, name: str) -> None:
    start = text.rindex(name)
    assert credible(text, [Candidate(start, start + len(name), "method", 0.99, "tagger 1")]) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [("We use CI for all builds.", "CI"), ("RESULTS of SE networks", "SE"), ("poses in SE(3)", "SE(3)"), ("the METHODS corpus", "METHODS")],
)
def test_the_same_letters_elsewhere_may_be_a_name(text: str, name: str) -> None:
    start = text.rindex(name)
    found = Candidate(start, start + len(name), "method", 0.99, "tagger 1")
    assert credible(text, [found]) == [found]
