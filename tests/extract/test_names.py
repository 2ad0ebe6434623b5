"""What the things that names name are called: one thing has one name in its record, in the case and number of its words."""

import pytest

from kg.extract import extract_record
from kg.extract.acronyms import singular
from kg.extract.names import canonical_of
from kg.model import Candidate
from kg.model.mentions import MentionType
from tests.extract.test_contract import record


def called(name: str, kind: MentionType = "method") -> str:
    return canonical_of(name, Candidate(0, len(name), kind, 0.5, "tagger"))


def test_several_in_the_title_and_one_in_the_abstract_are_one_thing() -> None:
    paper = record("We compare functional connectomes. A functional connectome is learned by a graphical lasso.", "Comparing functional connectomes")
    told = {(mention.field, mention.text): mention.canonical for mention in extract_record(paper)}
    assert told["title", "functional connectomes"] == told["abstract", "functional connectome"] == "functional connectome"


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Functional network analysis", "functional network analysis"),
        ("visual Imitation Learning", "visual imitation learning"),
        ("mixed-integer Model Predictive Control", "mixed-integer model predictive control"),
        ("Gaussian Process regression", "Gaussian process regression"),
        ("Imitation Learning", "Imitation Learning"),
        ("Walnut network", "Walnut network"),
        ("Stable Diffusion model", "Stable Diffusion model"),
        ("entity-level Prototypical Network", "entity-level Prototypical Network"),
        ("PlAnning with Neural networks", "PlAnning with Neural network"),
        ("image classiﬁcation", "image classification"),
        ("**Soc**ratic r**EA**soning", "Socratic reasoning"),
    ],
)
def test_capitals_that_a_place_gave_are_not_those_of_a_name(printed: str, name: str) -> None:
    assert called(printed) == name


def test_data_keep_their_capitals_and_their_number() -> None:
    assert called("Visual Nuts collection", "dataset") == "Visual Nuts collection"
    assert called("nut-products", "dataset") == "nut-products"


@pytest.mark.parametrize(
    ("several", "one"),
    [
        ("auto-encoders", "auto-encoder"),
        ("sparse auto-encoders", "sparse auto-encoder"),
        ("fuzzy c-means", "fuzzy c-means"),
        ("bag-of-words", "bag-of-words"),
        ("weighted least squares", "weighted least squares"),
        ("Open Series of Nut Studies", "Open Series of Nut Studies"),
        ("pre-physics", "pre-physics"),
    ],
)
def test_the_number_of_a_name(several: str, one: str) -> None:
    assert singular(several) == one
