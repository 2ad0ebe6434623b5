"""Surnames in in-text citations: `(Beltagy et al., 2020a)`, `Devlin et al. [2019]`, `(Yin and Li, 2021)`."""

import re
from collections.abc import Iterator
from typing import Final

from kg.model import Candidate
from kg.model.mentions import MentionType
from kg.text import word_set

kinds: tuple[MentionType, ...] = ("person",)

_SURNAME = r"(?:[A-Z]['’])?[A-Z][^\W0-9_]{1,24}(?:-[A-Z][^\W0-9_]{1,24})?"
_YEAR = r"[,\s]{0,2}\s?[(\[]?(?:19|20)[0-9]{2}[a-z]?\b"
_ET_AL: Final = re.compile(rf"\b({_SURNAME})\s+et\s+al\b")
_SEVERAL: Final = re.compile(rf"\b({_SURNAME}),?\s(?:and|&|\\&)\s({_SURNAME}){_YEAR}")
_LIST: Final = re.compile(rf"\b({_SURNAME}),\s({_SURNAME}),?\s(?:and|&|\\&)\s({_SURNAME}){_YEAR}")
_ONE: Final = re.compile(rf"(?<=[(\[;])\s?({_SURNAME}),?\s(?:19|20)[0-9]{{2}}[a-z]?(?=[)\];,])")
_ANY_ET_AL: Final = re.compile(r"et\s+al\b")
_ANY_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
"""Most texts cite nobody, which these tell sooner than the patterns with a surname in front."""

_MONTHS: Final = word_set(
    "January February March April May June July August September October November December Spring Summer Fall Winter "
    "In From Since Until"
)


def extract(text: str, _names: object = None) -> Iterator[Candidate]:
    """Yield the surnames that `text` cites.

    >>> text = "as shown before (Beltagy et al., 2020a; Yin and Li, 2021)"
    >>> [text[c.start:c.end] for c in extract(text)]
    ['Beltagy', 'Yin', 'Li']
    """
    patterns = [_ET_AL] if _ANY_ET_AL.search(text) else []
    if _ANY_YEAR.search(text):
        patterns += [_LIST, _SEVERAL, _ONE]
    spans = {
        match.span(group)
        for pattern in patterns
        for match in pattern.finditer(text)
        for group in range(1, pattern.groups + 1)
        if match.group(group) not in _MONTHS
    }
    for start, end in sorted(spans):
        yield Candidate(start, end, "person", 0.9, "citation", text[start:end])
