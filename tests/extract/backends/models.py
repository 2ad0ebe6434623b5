"""Models small enough to be made in a test."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

TEXT = "we train BigGAN-deep on ImageNet , with unbelievable noise ."
TAGS = ["O", "O", "B-Method", "I-Method", "I-Method", "O", "B-Material", "O", "O", "O", "O", "O"]
"""One tag a word of TEXT; hyphens and marks are words."""

_PIECES = ["we", "train", "Big", "##GAN", "-", "deep", "on", "Image", "##Net", ",", "with", "un", "##believable", "noise", "."]
_SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
LABELS = ["O", "B-Method", "I-Method", "B-Material", "I-Material"]


def tokenizer(folder: Path, length: int, more: Sequence[str] = ()) -> Any:
    """Save a tokenizer of a few word pieces."""
    models, pre, processors = (import_module(f"tokenizers.{name}") for name in ("models", "pre_tokenizers", "processors"))
    vocabulary = {piece: n for n, piece in enumerate([*_SPECIAL, *_PIECES, *more])}
    inner = import_module("tokenizers").Tokenizer(models.WordPiece(vocabulary, **_named("unk")))
    inner.pre_tokenizer = pre.BertPreTokenizer()
    inner.post_processor = processors.TemplateProcessing("[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    made = import_module("transformers").PreTrainedTokenizerFast(
        tokenizer_object=inner, model_max_length=length, **_named("pad", "unk", "cls", "sep")
    )
    made.save_pretrained(folder)
    return made


def _named(*kinds: str) -> dict[str, str]:
    return {f"{kind}_token": f"[{kind.upper()}]" for kind in kinds}


def token_classifier(folder: Path, labels: Sequence[str] = LABELS, length: int = 32, steps: int = 0) -> Path:
    """Save a model with random weights; after some steps of training it knows TEXT."""
    torch, transformers = import_module("torch"), import_module("transformers")
    torch.manual_seed(0)
    torch.set_num_threads(1)  # for so small a model more of them only wait for each other
    words = tokenizer(folder, length)
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=64, id2label=dict(enumerate(labels)), label2id={name: n for n, name in enumerate(labels)},
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    model = transformers.BertForTokenClassification(config)
    if steps:
        batch = words(TEXT, return_tensors="pt")
        starts = [n for n, word in enumerate(batch.word_ids()) if word is not None and batch.word_ids()[n - 1] != word]
        truth = torch.full_like(batch["input_ids"], -100)
        truth[0, starts] = torch.tensor([labels.index(tag) for tag in TAGS])
        # By hand, because loading torch's optimisers takes longer than all the rest.
        for _ in range(steps):
            model.zero_grad()
            model(**batch, labels=truth).loss.backward()
            for weights in model.parameters():
                weights.data -= 0.5 * (0 if weights.grad is None else weights.grad)
    model.save_pretrained(folder)
    return folder
