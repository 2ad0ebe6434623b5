"""`--model gliner:FOLDER`, with a model of random weights; what it finds means nothing, where it stands must be right."""

import itertools
import json
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.extract.backends import backend
from kg.extract.backends._windows import windows
from kg.model.mentions import MENTION_TYPES
from tests.extract.backends.models import TEXT, tokenizer

installed = pytest.mark.skipif(find_spec("gliner") is None, reason="gliner is not installed")
missing = pytest.mark.skipif(find_spec("gliner") is not None, reason="gliner is installed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A GLiNER model on top of a BERT of one layer."""
    gliner, transformers = import_module("gliner"), import_module("transformers")
    import_module("torch").manual_seed(1)
    made = tmp_path / "tiny"
    words = tokenizer(made, 512, ["[FLERT]", "<<ENT>>", "<<SEP>>"])
    encoder = transformers.BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=512,
    )  # fmt: skip
    encoder.save_pretrained(made)
    settings = {
        "model_name": str(made), "encoder_config": encoder.to_dict(), "hidden_size": 16, "max_width": 4, "max_len": 60,
        "vocab_size": len(words),
    }  # fmt: skip
    model = gliner.GLiNER.from_config(settings, backbone_from_pretrained=False)
    model.save_pretrained(made, safe_serialization=True)
    return made


@installed
@pytest.mark.filterwarnings("ignore")
def test_names_lie_in_the_text_however_long_it_is(folder: Path) -> None:
    tagger = backend(f"gliner:{folder}")
    texts = [TEXT, "", f"{TEXT} Another sentence. " * 30]
    found = tagger.tag(texts, [[]] * 3)
    assert len(found) == 3
    assert found[1] == []
    assert found[2]  # random weights find something
    assert max(c.end for c in found[2]) > len(texts[2]) // 2
    for text, names in zip(texts, found, strict=True):
        assert all(0 <= c.start < c.end <= len(text) and c.type in MENTION_TYPES and 0 < c.score <= 1 for c in names)
        assert all(left.end <= right.start for left, right in itertools.pairwise(names))
    assert tagger.name.startswith("gliner:tiny@")


@installed
@pytest.mark.filterwarnings("ignore")
def test_what_is_no_model_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "gliner_config.json").write_text(json.dumps({"model_name": "none"}))
    (tmp_path / "model.safetensors").write_bytes(b"no numbers")
    with pytest.raises(UsageError, match="not a model that gliner can load") as error:
        backend(f"gliner:{tmp_path}")
    assert "\n" not in str(error.value)


@missing
def test_a_missing_library_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "gliner_config.json").write_text("{}")
    (tmp_path / "model.safetensors").write_bytes(b"")
    with pytest.raises(UsageError, match=r"pip install 'kg\[gliner\]'"):
        backend(f"gliner:{tmp_path}")


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no gliner_config\.json"):
        backend(f"gliner:{tmp_path}")


def test_windows_cover_every_word_once() -> None:
    text = "One two. " * 50 + "x " * 70
    spans = list(windows(text, 20))
    assert "".join(text[start:end].replace(" ", "") for start, end in spans) == text.replace(" ", "")
    assert all(text[:end].rstrip()[-1] == "." for _, end in spans[:6])
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    assert list(windows(" \n", 5)) == []
