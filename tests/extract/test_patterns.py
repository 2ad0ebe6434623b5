"""New names show by shape and place; the words around them tell the type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import lexicon
from kg.extract.patterns import _CUE_WORDS, _NAMING, _RUN, _name_in, _shaped, extract


def found(text: str) -> set[tuple[str, str]]:
    return {(text[c.start : c.end], c.type) for c in extract(text)}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("We introduce Walnut, a family of models.", "Walnut", "method"),
        ("We present Walnut, a new benchmark for sorting.", "Walnut", "dataset"),
        ("an algorithm called Walnut that sorts", "Walnut", "method"),
        ("We release WalnutKit, an open-source library.", "WalnutKit", "software"),
        ("Walnut: Sorting without Tears", "Walnut", "method"),
        ("results on the Walnut Shell dataset", "Walnut Shell", "dataset"),
        ("as WalnutBench shows", "WalnutBench", "dataset"),
        ("as WalNet-2.5 shows", "WalNet-2.5", "method"),
        ("as WalNut-based tools show", "WalNut", "method"),
        ("a dataset, dubbed W3D, is", "W3D", "dataset"),
    ],
)
def test_a_name_is_found_with_its_type(text: str, name: str, kind: str) -> None:
    assert (name, kind) in found(text)


@pytest.mark.parametrize("text", ["We present the idea.", "on GPUs and 3D data, 175B", "In This paper", "an A-to-B way"])
def test_other_words_are_no_names(text: str) -> None:
    assert found(text) == set()


def test_a_name_in_a_list_has_the_type_of_its_neighbour() -> None:
    known = next(lexicon.extract("CIFAR-10"))
    assert known.type == "dataset"
    assert ("WalN7", "dataset") in found("We use CIFAR-10, WalN7 and others.")
    assert ("WalN7", "dataset") in found("We use WalN7 and CIFAR-10.")


@pytest.mark.parametrize("cue", sorted(_CUE_WORDS - {"known", "refer", "referred"}) + [cue for cue in _NAMING if " " in cue])
def test_every_cue_introduces_a_name(cue: str) -> None:
    assert [(c.start, c.by) for c in extract(f"we {cue} Walnut")] == [(len(f"we {cue} "), "pattern:introduced")]


@settings(deadline=None)
@given(st.text() | st.lists(st.sampled_from(["WalNut", "walnut", "É3", "𝐀b", " ", "\n", "\xa0", "-", ".", "2", "+", "_", "ß"])).map("".join))
def test_shapes_are_found_wherever_blanks_stand(text: str) -> None:
    everywhere = [
        (run.start() + name[0], run.start() + name[1]) for run in _RUN.finditer(text) if (name := _name_in(run.group()))
    ]
    assert [(c.start, c.end) for c in _shaped(text)] == everywhere
