"""The fields of one BibTeX entry that a record of another format carries in whole, as publishers export it.

Enough for entries that a program wrote; files of BibTeX have a reader of their own.
"""

import re
from typing import Final

LONGEST: Final = 100_000
"""Entries are shorter, in code points; a longer text is none."""

_FIELD: Final = re.compile(
    r"\b([A-Za-z]\w*)\s*=\s*(?:"
    r"\{([^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+\}[^{}]*+)*+)\}"
    r'|"([^"{}]*+(?:\{[^{}]*+\}[^"{}]*+)*+)"'
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
