"""The authors of a paper in a list of conference papers, slot by slot, and their affiliations in as many slots."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Final, NamedTuple

from kg.sources._conference_file import File
from kg.sources._entry import Entry
from kg.sources._mangled import mended
from kg.sources._people import Person, person, split_slots
from kg.sources._tally import Tally

_MANGLED: Final = "characters of UTF-8 that was read as Latin-1, repaired", "compare with the original"
_ENTITY: Final = re.compile(r"&(?:[A-Za-z]+|#\d+|#x[0-9a-fA-F]+);")
_PLUS: Final = re.compile(r"\+(?!\s*(?:Ltd|Inc)\b)")


@dataclass(frozen=True, slots=True)
class People:
    """The list of authors of a paper.

    Attributes:
        key: The key that it is read from.
        names: One for each slot, as printed.
        persons: What each is.
        owners: The position of each slot's author among the authors that are kept; None where there is none.
        et_al: What says that the list is cut.
    """

    key: str
    names: list[str]
    persons: list[Person]
    owners: list[int | None]
    et_al: str | None


def people_of(data: Mapping[str, Any], line: int, tally: Tally) -> People:
    """Return the authors of a paper, repaired where it is plain how."""
    key = "author" if data.get("author") or not data.get("author_site") else "author_site"
    text = text_of(data.get(key)) or ""
    whole = mended(text)
    if whole != text:
        tally.note(line, *_MANGLED)
    names, et_al, joined = split_slots(whole)
    if joined and key == "author":
        tally.note(line, "authors joined by commas or `and`, read as a list", "check names with a comma in them")
    while names and not names[-1]:
        names.pop()
    half, odd = divmod(len(names), 2)
    if half and not odd and names[:half] == names[half:]:
        names = names[:half]
        tally.note(line, "all authors named twice (A;B;A;B), read once", "check papers by two people of one name")
    persons = [person(name) for name in names]
    kept = [found.name for found in persons if found.name]
    if len(set(kept)) < len(kept):
        tally.note(line, "an author named twice", "look up whether they are two people of one name")
    if not all(names):
        tally.note(line, "an author without a name (A;;B)", "look up who it is")
    for name, found in zip(names, persons, strict=True):
        if found.flaw and name:
            tally.note(line, found.flaw, "look up the name and correct it")
    positions = count()
    return People(key, names, persons, [next(positions) if found.name else None for found in persons], et_al)


class Place(NamedTuple):
    """Where a text of a record stands, and what is known around it."""

    entry: Entry
    path: str
    line: int
    file: File
    people: People
    data: Mapping[str, Any]

    def add(self, name: str, text: str, value: str | None = None, of: int | None = None) -> bool:
        """Add a field; tell whether there is one."""
        return self.entry.add(name, text, value, path=self.path, line=self.line, of=of) is not None

    def whole(self, text: str) -> str:
        """Return a text mended."""
        found = mended(text)
        if found is not text and found != text:
            self.file.tally.note(self.line, *_MANGLED)
        return found


def add_authors(place: Place, text: str) -> bool:  # noqa: ARG001 - it was taken apart before
    for name, found in zip(place.people.names, place.people.persons, strict=True):
        if found.name:
            place.add("author", found.name, found.kind)
        else:
            place.add("other", name)
    if place.people.et_al:
        place.add("et_al", place.people.et_al)
    return any(place.people.names)


def add_affiliations(place: Place, text: str) -> bool:
    whole = place.whole(text)
    if "&" in whole:
        whole = _ENTITY.sub(lambda match: html.unescape(match[0]), whole)
    slots = [" ".join(slot.split()) for slot in whole.split(";")]
    if not any(slots):
        return False
    owned = _owned(slots, place.people.owners, one_each=place.file.one_each)
    if owned is None:
        owned = [(slot, None) for slot in dict.fromkeys(slots)]
        what = "affiliations that are not one for each author, kept without their author"
        place.file.tally.note(place.line, what, "give each author a slot (A;B and X;Y), or leave it so")
    kept = [found.name for found in place.people.persons if found.name]
    added = 0
    for slot, owner in owned:
        for piece in _PLUS.split(slot) if "+" in slot else [slot]:
            if owner is not None and piece == kept[owner]:
                place.file.tally.note(place.line, "an author's own name in place of the affiliation, not read as one", "look up where the author works")
                added += place.add("other", piece)
            else:
                added += place.add("affiliation", piece, of=owner)
    return added > 0


def _owned(
    slots: list[str], owners: list[int | None], *, one_each: bool
) -> list[tuple[str, int | None]] | None:
    """Return each affiliation with the position of its author; None where it cannot be told whose they are."""
    authors = len(owners)
    while len(slots) > authors and not slots[-1]:
        slots = slots[:-1]
    if authors == 0:
        return [(slot, None) for slot in slots]
    if authors == 1:
        return [(slot, owners[0]) for slot in slots]
    if len(slots) == authors and not one_each:
        return list(zip(slots, owners, strict=True))
    each, odd = divmod(len(slots), authors)
    if each > 1 and not odd and slots == slots[:each] * authors:  # all have the same, with a semicolon in it
        return [(slot, owner) for owner in owners for slot in slots[:each]]
    return None


def text_of(content: Any) -> str | None:
    """Return a list of texts as one text, a number as its digits; None where it is something else."""
    if isinstance(content, str):
        return content
    if isinstance(content, list) and all(isinstance(one, str) for one in content):
        return ";".join(content)
    return str(content) if isinstance(content, int) and not isinstance(content, bool) else None
