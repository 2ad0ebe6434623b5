"""What the labels of a model mean in our types."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from kg.model.mentions import MENTION_TYPES, MentionType

_LABEL: Final = re.compile(r"(?:(?P<place>[BILOUSEbilouse])[-_])?(?P<name>.+)", re.DOTALL)
_OTHERS: Final[Mapping[str, MentionType]] = {
    "material": "dataset", "data": "dataset", "benchmark": "dataset", "model": "method", "algorithm": "method",
    "organisation": "institution", "organization": "institution", "org": "institution", "per": "person", "researcher": "person",
    "tool": "software",
}  # fmt: skip
"""What the published corpora call our types."""


class Label(NamedTuple):
    """A label of one word: whether a name begins or ends with it, and what kind of thing it names."""

    begins: bool
    ends: bool
    type: MentionType | None


def label(name: str) -> Label:
    """Return what a label means; a type is known by its name, whatever the case.

    >>> label("B-METHOD"), label("I-Material").type, label("O").type
    (Label(begins=True, ends=False, type='method'), 'dataset', None)
    """
    match = _LABEL.fullmatch(name)
    place, known = ((match["place"] or "").upper(), match["name"].casefold()) if match else ("", "")
    single = known.removesuffix("s")
    found = next((kind for kind in MENTION_TYPES if kind in {known, single}), _OTHERS.get(single))
    return Label(place in {"B", "U", "S"}, place in {"L", "E", "U", "S"}, found)
