"""Annotated texts as the tagger sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kg.extract import lexicon, propose
from kg.extract.evaluate.gold import GoldText, read_gold
from kg.extract.evaluate.matching import GoldMention
from kg.extract.settle import settle
from kg.extract.tagger.features import Seen, see
from kg.extract.tagger.labels import codes
from kg.extract.titles import as_sentences
from kg.model import Field

if TYPE_CHECKING:
    from kg.model.mentions import MentionType


@dataclass(frozen=True, slots=True)
class Example:
    """One annotated abstract.

    Attributes:
        id: What it is called.
        seen: The abstract as the tagger sees it.
        labels: The right label of each token.
        mentions: What is annotated.
    """

    id: str
    seen: Seen
    labels: list[int]
    mentions: tuple[GoldMention, ...]


def examples(annotations: Iterable[Path], texts: Iterable[Path]) -> list[Example]:
    """Return all annotated abstracts, by id; texts that come without annotations are looked up in `texts`.

    Raises:
        UsageError: If a file cannot be read or a text is missing.
    """
    places = list(texts)
    found = {text.id: text for path in annotations for text in read_gold(path, places).texts}
    return [_example(found[name]) for name in sorted(found)]


def _example(gold: GoldText) -> Example:
    fields = [Field("title", gold.title or "", 1), Field("abstract", gold.text, 1)]
    proposed = propose(as_sentences(fields, lexicon.SHIPPED), lexicon.SHIPPED)[1]
    seen = see(gold.text, proposed, settle(proposed))
    return Example(gold.id, seen, codes(seen.found, ((m.start, m.end, cast("MentionType", m.type)) for m in gold.mentions)), gold.mentions)
