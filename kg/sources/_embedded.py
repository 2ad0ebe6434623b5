"""The fields of one BibTeX entry that a record of another format carries in whole, as publishers export it.

Enough for entries that a program wrote; files of BibTeX have a reader of their own.
"""

import re
from typing import Final

LONGEST: Final = 100_000
"""Entries are shorter, in code points; a longer text is none."""

_FIELD: Final = re.compile(
    r"\b([A-Za-z]\w*)\s*=\s*(?:"
    r"\{([^{}]*+(?>(?:\{[^{}]*+(?>(?:\{[^{}]*+(?>(?:\{[^{}]*+\}[^{}]*+)*)\}[^{}]*+)*)\}[^{}]*+)*))\}"
    r'|"([^"{}]*+(?>(?:\{[^{}]*+\}[^"{}]*+)*))"'
    r"|([\w.-]+))"
)


def bibtex_fields(text: str) -> dict[str, str]:
    r"""Return the fields of an entry by lower-case name, as they stand in it; of a name given twice the first.

    >>> bibtex_fields('@misc{k, title = {On {SQL}}, year = 1970, doi = "10.1/x"}')
    {'title': 'On {SQL}', 'year': '1970', 'doi': '10.1/x'}
    """
    if len(text) > LONGEST:
        return {}
    found: dict[str, str] = {}
    for name, braced, quoted, bare in _FIELD.findall(text):
        found.setdefault(name.lower(), braced or quoted or bare)
    return found


def stems(text: str) -> set[str]:
    """Return the beginnings of the words of a text, by which titles and abstracts are compared.

    >>> sorted(stems("On counting sheep"))
    ['count', 'sheep']
    """
    return {word[:5] for word in _WORD.findall(text.lower())}


def is_same_title(own: str, other: str) -> bool:
    """Tell whether two titles can be those of one paper, as far as their words tell."""
    left, right = stems(own), stems(other)
    fewer = min(len(left), len(right))
    return fewer < _FEWEST_WORDS or len(left & right) >= _SAME_TITLE * fewer


_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_FEWEST_WORDS: Final = 3
_SAME_TITLE: Final = 0.2
