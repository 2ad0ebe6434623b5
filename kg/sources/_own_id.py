"""Ids by which a source calls its own records, and cites them: `53e99784b7602d9701f3e3f6`, `2011LoomJ..12..345B`, `17`.

They identify nothing outside of their source, and make no two records one. They only tell which record a citation means.
"""

import re
from typing import Any, Final

_LONGEST: Final = 100

_SHARED: Final = {
    "hex": re.compile(r"[0-9a-f]{24,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE),
    "bibcode": re.compile(r"[12][0-9]{3}[A-Za-z][A-Za-z0-9&.]{13}[A-Z.]"),
    "lens": re.compile(r"[0-9]{3}(?:-[0-9]{3}){3}-[0-9]{2}[0-9X]"),
    "dimensions": re.compile(r"pub\.[0-9]{10}"),
    "scopus": re.compile(r"2-s2\.0-[0-9]{8,12}"),
    "wos": re.compile(r"WOS:[A-Z0-9]{15}"),
}  # fmt: skip
"""Ids that mean one record in whatever file they stand: AMiner's and others that are long and made by chance, those of ADS, Lens, Dimensions,
Scopus and the Web of Science."""


def own_id(value: Any) -> tuple[str, str | None] | None:
    """Return the id that a value is, with its scheme and normal form where it means the same in every file; None where it is no id.

    >>> own_id(17), own_id("2011LoomJ..12..345B"), own_id("On looms"), own_id(True)
    (('17', None), ('2011LoomJ..12..345B', 'bibcode:2011LoomJ..12..345B'), None, None)
    """
    if isinstance(value, bool) or not (isinstance(value, str | int) or (isinstance(value, float) and value.is_integer())):
        return None
    text = value.strip() if isinstance(value, str) else str(int(value))
    if not text or len(text) > _LONGEST or "://" in text or len(text.split()) > 1:
        return None
    scheme = next((name for name, pattern in _SHARED.items() if pattern.fullmatch(text)), None)
    return text, scheme and f"{scheme}:{text.lower() if scheme == 'hex' else text}"


_PIECE: Final = re.compile(r"[^\s,;|\[\]\"']+")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
"""One large number: how often a paper is cited."""


def listed_ids(text: str) -> list[tuple[int, int]]:
    """Return where ids stand in a text that has nothing else: words with a digit in each.

    >>> listed_ids("[3, 17]"), listed_ids("a1;b2"), listed_ids("Lovelace 1843"), listed_ids("1,204")
    ([(1, 2), (4, 6)], [(0, 2), (3, 5)], [], [])
    """
    spans = [match.span() for match in _PIECE.finditer(text)]
    are_ids = all(map(_has_digit, (text[first:last] for first, last in spans))) and not _GROUPED.fullmatch(text.strip())
    return spans if are_ids else []


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
