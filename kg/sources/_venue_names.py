"""Conferences whose short names people call files and groups of papers after: `icra2007.json`, `"NeurIPS 2021": [...]`."""

import re
from typing import Final, NamedTuple

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_VENUES: Final = {
    venue.lower().replace(" ", ""): venue
    for venue in (
        "3DV", "AAAI", "ACCV", "ACL", "ACML", "AISTATS", "ALT", "AutoML", "BMVC", "CHI", "CIKM", "COLING", "COLM", "COLT",
        "CoRL", "CVPR", "EACL", "ECAI", "ECCV", "ECML", "EMNLP", "ICASSP", "ICCV", "ICDM", "ICLR", "ICML", "ICRA", "IJCAI",
        "IJCNLP", "Interspeech", "IROS", "ISMIR", "KDD", "MICCAI", "MIDL", "NAACL", "NeurIPS", "NIPS", "RecSys", "RSS",
        "SIGGRAPH", "SIGGRAPH Asia", "SIGIR", "UAI", "WACV", "WSDM", "WWW",
    )
} | {"acmmm": "ACM Multimedia"}  # fmt: skip
"""How conferences are written, by their name in small letters."""


class Occasion(NamedTuple):
    """What the name of a file or a group says of the papers in it.

    Attributes:
        year: The year in it.
        venue: The conference that it is called after, if nothing else is in it but the year.
    """

    year: str | None
    venue: str | None


def occasion(name: str) -> Occasion:
    """Return the year and the conference that a name says.

    >>> occasion("icra2007"), occasion("NeurIPS 2021"), occasion("my papers 2021")
    (Occasion(year='2007', venue='ICRA'), Occasion(year='2021', venue='NeurIPS'), Occasion(year='2021', venue=None))
    """
    year = _YEAR.search(name)
    venue = _VENUES.get(re.sub(r"[^a-z\d]", "", name.lower().replace(year[0] if year else " ", "")))
    return Occasion(year[0] if year else None, venue)


_IN_VENUE: Final = re.compile(r"(?<![\d.:/-])((?:19|20)\d\d)(?![\d:/-]|\.\d)|(?<=[A-Za-z])['\u2019](\d\d)(?!\w)")
_CENTURY: Final = 50


def year_of(venue: str) -> str | None:
    """Return the one year in the printed name of a venue; None where there is none, or several.

    >>> year_of("ICML 2020, Vienna"), year_of("CHI'24"), year_of("Tea 7, 1999-2004"), year_of("arXiv:2012.01234")
    ('2020', '2024', None, None)
    """
    years = {whole or f"{'20' if int(two) < _CENTURY else '19'}{two}" for whole, two in _IN_VENUE.findall(venue)}
    return years.pop() if len(years) == 1 else None
