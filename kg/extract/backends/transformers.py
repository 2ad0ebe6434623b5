"""A model for token classification in a local folder, as `transformers` saves it, for instance a SciBERT trained for it.

Its labels are BIO (also IO, BILOU, BIOES) and name our types. A word has the label of its first piece, as models are trained (J. Devlin et al., "BERT: pre-training of deep bidirectional
transformers for language understanding", NAACL 2019, section 5.3); of a text too long for the model each word is judged in
the window where it stands farthest from the edges.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from kg.errors import UsageError
from kg.extract.backends._folder import digest, library, model_folder, not_loaded
from kg.extract.backends._labels import Label, label
from kg.model import Candidate
from kg.model.mentions import MENTION_TYPES, MentionType

_CONFIG: Final = "config.json"
_TEXTS_AT_A_TIME: Final = 16
_WINDOWS_AT_A_TIME: Final = 16
_LONGEST: Final = 512


class _Word(NamedTuple):
    """A word as one window sees it: its span, how far from the window's edges it stands, and how likely each label is."""

    start: int
    end: int
    margin: int
    likely: Any


class TransformersTagger:
    """Runs a model for token classification.

    Args:
        folder: Where it is.

    Raises:
        UsageError: If it is none, or its labels name no type that kg knows.
    """

    def __init__(self, folder: Path) -> None:
        self._torch = library("torch", "transformers")
        self._tokenizer, self._model = _loaded(folder)
        self._labels = [label(str(self._model.config.id2label[n])) for n in range(self._model.config.num_labels)]
        if not any(each.type for each in self._labels):
            names = ", ".join(map(str, self._model.config.id2label.values()))
            raise UsageError(f"{folder}: its labels ({names[:200]}) name no type; the types: {', '.join(MENTION_TYPES)}")
        self._of_type = {
            kind: [n for n, each in enumerate(self._labels) if each.type == kind] for kind in {each.type for each in self._labels}
        }
        positions = getattr(self._model.config, "max_position_embeddings", None) or _LONGEST
        self._length = min(self._tokenizer.model_max_length, positions, _LONGEST)
        self._device = "cuda" if self._torch.cuda.is_available() else "cpu"
        self._model.to(self._device).eval()
        self.name = f"transformers:{folder.resolve().name}@{digest(folder)}"

    def tag(self, texts: Sequence[str], hints: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:  # noqa: ARG002
        """Return for each text the names in it, in order."""
        found = []
        for first in range(0, len(texts), _TEXTS_AT_A_TIME):
            some = list(texts[first : first + _TEXTS_AT_A_TIME])
            found += [list(self._names(words)) for words in self._words(some)]
        return found

    def _words(self, texts: list[str]) -> list[list[_Word]]:
        """Return the words of each text, each as the window sees it that has most around it."""
        whole = self._tokenizer(
            texts, truncation=True, max_length=self._length, stride=self._length // 4, return_overflowing_tokens=True,
            return_offsets_mapping=True, padding=True, return_tensors="pt",
        )  # fmt: skip
        owners = whole.pop("overflow_to_sample_mapping").tolist()
        offsets = whole.pop("offset_mapping").tolist()
        best: list[dict[int, _Word]] = [{} for _ in texts]
        for first in range(0, len(owners), _WINDOWS_AT_A_TIME):
            likely = self._likely({name: part[first : first + _WINDOWS_AT_A_TIME] for name, part in whole.items()})
            for window in range(first, min(first + _WINDOWS_AT_A_TIME, len(owners))):
                inside = [n for n, owner in enumerate(whole.sequence_ids(window)) if owner is not None]
                words = best[owners[window]]
                for word in _of_window(texts[owners[window]], inside, offsets[window], likely[window - first]):
                    known = words.get(word.start)
                    words[word.start] = word if known is None or word.margin > known.margin else known
        return [[words[start] for start in sorted(words)] for words in best]

    def _likely(self, batch: dict[str, Any]) -> Any:
        """Return for each piece of each window how likely each label is."""
        with self._torch.inference_mode():
            scores = self._model(**{name: part.to(self._device) for name, part in batch.items()}).logits
        return scores.float().softmax(-1).cpu().numpy()

    def _names(self, words: list[_Word]) -> Iterator[Candidate]:
        """Yield the names that the labels of the words spell."""
        open_, kind = list[_Word](), None
        for word in words:
            here: Label = self._labels[int(word.likely.argmax())]
            if open_ and (here.type != kind or here.begins):
                yield self._name(open_, kind)
                open_ = []
            kind = here.type
            if kind is not None:
                open_.append(word)
                if here.ends:
                    yield self._name(open_, kind)
                    open_ = []
        if open_:
            yield self._name(open_, kind)

    def _name(self, words: list[_Word], kind: MentionType | None) -> Candidate:
        """Return words as one name; its score is the mean likelihood of the type."""
        assert kind is not None  # noqa: S101 - words are gathered under a type only
        score = sum(float(word.likely[self._of_type[kind]].sum()) for word in words) / len(words)
        return Candidate(words[0].start, words[-1].end, kind, min(1.0, round(score, 4)), self.name)


def load(place: str) -> TransformersTagger:
    """Return the model in a folder.

    Raises:
        UsageError: If there is none.
    """
    return TransformersTagger(model_folder(place, _CONFIG))


def version(place: str) -> str:
    """Return what tells a model from all others: a hash of what is in its folder.

    Raises:
        UsageError: If there is none.
    """
    return digest(model_folder(place, _CONFIG))


def _loaded(folder: Path) -> tuple[Any, Any]:
    """Return a tokenizer and a model, from this folder alone."""
    transformers = library("transformers", "transformers")
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    try:
        config = transformers.AutoConfig.from_pretrained(folder, local_files_only=True)
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True, use_fast=True)
        model = transformers.AutoModelForTokenClassification.from_pretrained(folder, local_files_only=True)
    except Exception as error:  # what it raises for a folder that is not its own is its business
        raise not_loaded(str(folder), "a model for token classification that transformers can load", error) from error
    made_for = [str(name) for name in config.architectures or ()]
    if not any(name.endswith("ForTokenClassification") for name in made_for):
        # It was loaded all the same, with weights of chance where it has none.
        raise UsageError(f"{folder}: not a model for token classification, but {', '.join(made_for) or 'a bare one'}")
    if not tokenizer.is_fast:
        raise UsageError(f"{folder}: its tokenizer does not tell offsets; save a fast one (tokenizer.json)")
    return tokenizer, model


def _of_window(text: str, inside: list[int], offsets: list[list[int]], likely: Any) -> Iterator[_Word]:
    """Yield the words of a window; one whose beginning lies before the window is left to the window before."""
    word: _Word | None = None
    for rank, piece in enumerate(inside):
        start, end = offsets[piece]
        start += len(text[start:end]) - len(text[start:end].lstrip())
        if start >= end:
            continue
        if start and text[start - 1].isalnum() and text[start].isalnum():
            word = word._replace(end=end) if word is not None else None
            continue
        if word is not None:
            yield word
        word = _Word(start, end, min(rank, len(inside) - 1 - rank), likely[piece])
    if word is not None:
        yield word
