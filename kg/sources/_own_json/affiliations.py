"""Affiliations in people's own JSON: in the authors, beside them slot by slot, or apart and referred to by number."""

import re
from itertools import zip_longest
from typing import Any, Final

from kg import ids
from kg.sources._cells import Cell, says
from kg.sources._own_json.context import (
    Context,
    as_list,
    inner_place,
    inner_text,
    is_nothing,
    line_at,
    texts_of,
)
from kg.sources._own_json.keys import bare
from kg.sources._own_json.names import shape_of

_PLACE: Final = ("name", "displayname", "institution", "affiliation", "affilname", "legalname", "organization", "rawaffiliation", "raw", "value", "text", "label")
"""What the name of a place is called in an object, the surest first."""


def add_places(cell: Cell, of: int | None) -> None:
    """Add the affiliations of an author: a text, a list of texts, or objects with names."""
    while isinstance(cell.value, dict) and len(cell.value) == 1 and isinstance(only := next(iter(cell.value.values())), dict | list):
        cell = cell.below(f".{next(iter(cell.value))}", only)
    several = cell.value if isinstance(cell.value, list) else [cell.value]
    for i, place in enumerate(several):
        part = cell.below(f"[{i}]", place) if isinstance(cell.value, list) else cell
        path, name = inner_place(place, _PLACE)
        if isinstance(place, dict) and name:
            at = part.add("affiliation", name, at=path, of=of)
            for key, held in place.items():
                texts = [(f".{key}{where}", text) for where, text in texts_of(part.below("", held), ("value", "id")) or []]
                known = [(where, text, told) for where, text in texts if (told := ids.identifier(text) or "").startswith(("ror:", "openalex:I"))]
                for where, text, told in known:
                    part.add("affiliation_id", text, told, at=where, of=at)
                if held != name and len(known) < max(1, len(texts)):
                    part.add("other", held or None, at=f".{key}")
        elif isinstance(place, str):
            for text in re.split(r"\s*;\s*", place):
                part.add("other" if is_nothing(text) else "affiliation", text, of=None if is_nothing(text) else of)
        else:
            part.add("other", place)


def add_affiliations(cell: Cell | None, owners: list[int | None]) -> None:
    """Add affiliations that stand beside the authors: one for each, or nobody knows whose."""
    slots = _slots(cell.value) if cell else None
    if cell is None:
        return
    if slots is None:
        names = [] if cell.entry.has("affiliation") else texts_of(cell, _PLACE) or []
        for at, name in names:
            cell.add("affiliation", name, at=at, of=owners[0] if len(owners) == len(names) == 1 else None)
        return
    parallel = len(slots) == len(owners) or len(owners) == 1
    if not parallel and owners and len(slots) > 1:
        what = f"{len(slots)} affiliations of {len(owners)} authors, kept without their author"
        cell.entry.warn(what, "give each author one, or leave it so", line_at(cell))
    is_list = isinstance(cell.value, list)
    for i, (slot, of) in enumerate(zip_longest(slots, owners if parallel else [], fillvalue=None)):
        owner = owners[0] if len(owners) == 1 else of
        for text in slot if isinstance(slot, list) else slot.split("; ") if isinstance(slot, str) else [slot]:
            nothing = text and is_nothing(text)
            cell.add("other" if nothing else "affiliation", text, at=f"[{i}]" if is_list else "", of=owner if parallel else None)


def numbered_places(cell: Cell | None) -> dict[str, Cell]:
    """Return the affiliations that authors refer to by key or number: `{"a": "MIT"}`, `[{"id": 1, "name": "MIT"}]`; none where there are no such."""
    value = cell.value if cell else None
    if isinstance(value, dict):
        items = [(key, f".{key}", held) for key, held in value.items()]
    else:
        listed = [(i, each) for i, each in enumerate(value) if isinstance(each, dict)] if isinstance(value, list) else []
        items = [(str(each[key]), f"[{i}]", each) for i, each in listed for key in each if bare(key) in _NUMBERS]
    return {number: cell.below(at, name) for number, at, held in items if cell and (name := inner_text(held, _PLACE))}


def numbers_of(held: Any) -> list[str]:
    """Return the keys or numbers of affiliations that an author refers to."""
    numbers: list[Any] = []
    for each in held.replace(",", " ").split() if isinstance(held, str) and _SEVERAL.fullmatch(held) else as_list(held):
        numbers += [each[key] for key in each if bare(key) in _NUMBERS or key == "$"] if isinstance(each, dict) else [each]
    return [str(number) for number in numbers]


_SEVERAL: Final = re.compile(r"\d+(?:\s*[,\s]\s*\d+)+")
_NUMBERS: Final = frozenset({"id", "number", "numeration", "no", "num", "nr", "index", "key", "affiliationid", "affid", "afid"})
"""What the number of an affiliation is called."""


def _slots(value: Any) -> list[Any] | None:
    """Return the affiliations of a paper, one or a list of them for each slot."""
    if isinstance(value, str):
        return [" ".join(slot.split()) for slot in value.split(";")]
    if not isinstance(value, list):
        return None
    slots = [slot if isinstance(slot, list) else [slot] for slot in value]
    return value if all(text is None or isinstance(text, str) for slot in slots for text in slot) else None


def add_beside(cell: Cell, key: str, context: Context) -> bool:  # noqa: ARG001 - like all that look at a cell
    """Tell whether the affiliations were added with the authors; without authors add them."""
    if _slots(cell.value) is None or context.best("affiliations") is not cell:
        return False
    authors = context.best("authors")
    if authors is None:
        add_affiliations(cell, [])
    return not (authors and have_places(authors.value)) and any(says(slot) for slot in _slots(cell.value) or [])


def have_places(authors: Any) -> bool:
    """Tell whether authors are objects that have their affiliations themselves."""
    listed = [each for each in authors if isinstance(each, dict)] if isinstance(authors, list) else []
    return any(says(each[key]) for each in listed for key in shape_of(tuple(each)).places)
