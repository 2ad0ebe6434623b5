"""`--model transformers:FOLDER`, with models that are made here."""

import itertools
from importlib.util import find_spec
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.extract.backends import backend, version
from kg.extract.backends._labels import label
from tests.extract.backends.models import LABELS, TEXT, token_classifier

pytestmark = pytest.mark.skipif(
    find_spec("torch") is None or find_spec("transformers") is None, reason="torch and transformers are not installed"
)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return token_classifier(tmp_path_factory.mktemp("model") / "tiny", length=64, steps=40)


def test_names_have_their_offsets_in_the_unchanged_text(trained: Path) -> None:
    tagger = backend(f"transformers:{trained}")
    (found,) = tagger.tag([TEXT], [[]])
    assert [(TEXT[c.start : c.end], c.type) for c in found] == [("BigGAN-deep", "method"), ("ImageNet", "dataset")]
    assert all(0.5 < c.score <= 1 and c.by == tagger.name for c in found)
    assert tagger.name.startswith("transformers:tiny@")


def test_many_texts_are_kept_apart(trained: Path) -> None:
    tagger = backend(f"transformers:{trained}")
    alone = tagger.tag([TEXT], [[]])[0]
    together = tagger.tag(["", TEXT, "\u200b ", *[TEXT] * 20], [[]] * 23)
    assert together[0] == together[2] == []
    assert [[(c.start, c.end, c.type) for c in found] for found in (together[1], together[22])] == [
        [(c.start, c.end, c.type) for c in alone]
    ] * 2
    assert tagger.tag([], []) == []


def test_a_long_text_is_read_in_windows(tmp_path: Path) -> None:
    tagger = backend(f"transformers:{token_classifier(tmp_path / 'random', length=16)}")
    text = f"{TEXT} unbelievableGAN. " * 30
    (found,) = tagger.tag([text], [[]])
    assert len(found) > 30  # random weights find much
    assert max(c.end for c in found) > len(text) - 60
    for left, right in itertools.pairwise(found):
        assert left.end <= right.start
    for c in found:
        assert not (text[c.start - 1 : c.start].isalnum() and text[c.start].isalnum())
        assert not (text[c.end - 1].isalnum() and text[c.end : c.end + 1].isalnum())


def test_the_name_tells_models_apart(trained: Path, tmp_path: Path) -> None:
    other = token_classifier(tmp_path / "tiny")
    assert backend(f"transformers:{trained}").name != backend(f"transformers:{other}").name
    known = version(f"transformers:{trained}")
    assert known.endswith(backend(f"transformers:{trained}").name.rpartition("@")[2])


@pytest.mark.parametrize("what", ["labels", "head", "weights", "config", "folder"])
def test_what_is_no_model_is_told_in_one_line(what: str, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    if what != "folder":
        token_classifier(folder, ["O", "B-Gene"] if what == "labels" else LABELS)
    if what == "head":
        config = folder / "config.json"
        config.write_text(config.read_text().replace("BertForTokenClassification", "BertForMaskedLM"))
    if what == "weights":
        (folder / "model.safetensors").write_bytes(b"no numbers")
    if what == "config":
        (folder / "config.json").write_text('{"model_type": "none of these"}')
    with pytest.raises(UsageError) as error:
        backend(f"transformers:{folder}")
    assert str(folder) in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("spec", ["transformers", "transformers:", "best:model", "_chat:x", ""])
def test_an_unknown_kind_names_those_there_are(spec: str) -> None:
    with pytest.raises(UsageError, match=r"gliner:\.\.\., openai:\.\.\., transformers:"):
        backend(spec)


def test_labels_name_types_whatever_their_case() -> None:
    assert [label(name).type for name in ("B-METHOD", "i_Tasks", "Metric", "U-ORG", "O", "B-Generic", "LABEL_0")] == [
        "method", "task", "metric", "institution", None, None, None,
    ]  # fmt: skip
