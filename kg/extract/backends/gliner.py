"""A GLiNER model in a local folder: it finds names of types that it is told in words, trained on them or not.

U. Zaratiana et al., "GLiNER: generalist model for named entity recognition using bidirectional transformer", NAACL 2024.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from kg.extract.backends._folder import digest, library, model_folder, not_loaded
from kg.extract.backends._windows import windows
from kg.model import Candidate
from kg.model.mentions import MentionType

_CONFIG: Final = "gliner_config.json"
_WORDS: Final[Mapping[str, MentionType]] = {
    "method": "method", "dataset": "dataset", "task": "task", "evaluation metric": "metric", "software": "software",
    "organization": "institution", "person": "person",
}  # fmt: skip
"""How the model is told our types."""

_SURE: Final = 0.5
_MOST_WORDS: Final = 300
"""So many words are given at a time; the models were trained on texts of up to 384, by a coarser count."""


class GlinerTagger:
    """Runs a GLiNER model.

    Args:
        folder: Where it is.

    Raises:
        UsageError: If it is none.
    """

    def __init__(self, folder: Path) -> None:
        self._model = _loaded(folder)
        self._most = min(_MOST_WORDS, int(getattr(self._model.config, "max_len", _MOST_WORDS)))
        self.name = f"gliner:{folder.resolve().name}@{digest(folder)}"

    def tag(self, texts: Sequence[str], hints: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:  # noqa: ARG002
        """Return for each text the names in it, in order."""
        places = [(n, start, end) for n, text in enumerate(texts) for start, end in windows(text, self._most)]
        pieces = [texts[n][start:end] for n, start, end in places]
        answers = self._model.inference(pieces, list(_WORDS), flat_ner=True, threshold=_SURE) if pieces else []
        found: list[list[Candidate]] = [[] for _ in texts]
        for (n, start, _), entities in zip(places, answers, strict=True):
            for entity in sorted(entities, key=lambda entity: int(entity["start"])):
                kind, score = _WORDS[entity["label"]], min(1.0, round(float(entity["score"]), 4))
                found[n].append(Candidate(start + int(entity["start"]), start + int(entity["end"]), kind, score, self.name))
        return found


def load(place: str) -> GlinerTagger:
    """Return the model in a folder.

    Raises:
        UsageError: If there is none.
    """
    return GlinerTagger(model_folder(place, _CONFIG))


def version(place: str) -> str:
    """Return what tells a model from all others: a hash of what is in its folder.

    Raises:
        UsageError: If there is none.
    """
    return digest(model_folder(place, _CONFIG))


def _loaded(folder: Path) -> Any:
    """Return a model, from this folder alone."""
    gliner = library("gliner", "gliner")
    try:
        return gliner.GLiNER.from_pretrained(str(folder), local_files_only=True).eval()
    except Exception as error:  # what it raises for a folder that is not its own is its business
        raise not_loaded(str(folder), "a model that gliner can load", error) from error
