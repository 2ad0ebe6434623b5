"""Versions of known names: *Name 2*, *Name 1.5 Pro*, and for data the year: each is an entity of its own."""

import re
from collections.abc import Iterator
from typing import Final

from kg.extract import lexicon
from kg.model import Candidate
from kg.model.mentions import MentionType

kinds: tuple[MentionType, ...] = ("method", "dataset", "software")

_VERSION: Final = re.compile(
    r"\s(?:v?[0-9]{1,2}(?:\.[0-9]{1,2})?(?:\s(?:Pro|Ultra|Nano|Mini|Turbo|Flash|Large|Small|Base|Medium|Opus|Sonnet"
    r"|Haiku|XL))?|(?:XL|Pro|Ultra|Turbo|Flash|Large|Nano))(?=[\s,.;:)/'’]|$)"
    r"(?!\s?(?:times|x|%|percent|points|different|hours|days|of|tasks|datasets|languages|million|billion|examples"
    r"|seeds|GPUs|benchmarks|layers|models|out)\b)"
)
"""A version behind a name, unless it counts what follows."""

_YEAR: Final = re.compile(r"[\s-](?:19|20)[0-9]{2}(?![0-9])")


def extract(text: str) -> Iterator[Candidate]:
    """Yield the known names in `text` that have a version behind them, in order.

    >>> [(c.canonical, c.type) for c in extract("results on GPT-2 and BERT 2.")]
    [('BERT 2', 'method')]
    """
    for name in lexicon.find(text):
        if name.type not in kinds or not text[name.start].isupper():
            continue
        match = _VERSION.match(text, name.end) or (_YEAR.match(text, name.end) if name.type == "dataset" else None)
        if match is not None:
            version = text[name.end : match.end()]
            yield Candidate(name.start, match.end(), name.type, 0.9, "version", f"{name.canonical}{version}")
