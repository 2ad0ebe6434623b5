"""Versions of known names: *Name 2*, *Name 1.5 Pro*, *Name-101*, and for data the year: each is an entity of its own."""

import re
from collections.abc import Iterator
from typing import Final

from kg.extract import lexicon
from kg.extract.lexicon import SHIPPED, Lexicon
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

_TIED: Final = re.compile(
    r"(?<![\w-])(?P<name>[A-Z][A-Za-z]+(?:-[A-Z][A-Za-z]+)?)-(?P<version>v?[0-9]{1,4}(?:\.[0-9]{1,2})?[A-Za-z]?"
    r"(?:-[A-Za-z0-9](?:[A-Za-z0-9.]{0,6}[A-Za-z0-9])?){0,2})(?![\w-])"
)
"""A name with its version or size behind a hyphen: *ResNet-101*, *Name-2-7B*."""

_ANY_TIED: Final = re.compile(r"-v?[0-9]")
"""What every such name has, and most texts have not."""


def extract(text: str, names: Lexicon = SHIPPED) -> Iterator[Candidate]:
    """Yield the known names in `text` that have a version behind them, in order.

    >>> [(c.canonical, c.type) for c in extract("results on GPT-2 and BERT 2.")]
    [('BERT 2', 'method')]
    """
    for name in lexicon.find(text, names):
        if name.type not in kinds or not text[name.start].isupper():
            continue
        match = _VERSION.match(text, name.end) or (_YEAR.match(text, name.end) if name.type == "dataset" else None)
        if match is not None:
            version = text[name.end : match.end()]
            yield Candidate(name.start, match.end(), name.type, 0.9, "version", f"{name.canonical}{version}", None, name.concept)
    yield from _tied(text, names)


def _tied(text: str, names: Lexicon) -> Iterator[Candidate]:
    """Yield known names with a version behind a hyphen that are not known themselves."""
    if _ANY_TIED.search(text) is None:
        return
    for match in _TIED.finditer(text):
        base = lexicon.known(match["name"], names)
        if base is None or base.label.ambiguous or base.type not in kinds or lexicon.known(match.group(), names):
            continue
        canonical = f"{base.concept.name if ' ' not in base.concept.name else match['name']}-{match['version']}"
        yield Candidate(*match.span(), base.type, 0.9, "version", canonical, None, base.concept.iri)
