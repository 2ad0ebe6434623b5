"""The name in an author's object of people's own JSON, whatever its keys are called: in one, or in first and last names."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from kg.sources._own_json.keys import bare_name

_WHOLE: Final = (
    "fullname", "displayname", "preferredname", "full", "name", "authorname", "authname", "literal", "author", "creator", "rawname", "rawauthorname", "formatted",
    "audisplayname", "creditname", "value", "text", "label",
)  # fmt: skip
_FIRST: Final = ("first", "firstname", "given", "givenname", "givennames", "forename", "initials")
_MIDDLE: Final = ("middle", "middlename", "middlenames", "middleinitial")
_LAST: Final = ("last", "lastname", "family", "familyname", "surname")
_SUFFIX: Final = ("suffix",)
_GROUP: Final = ("collective", "collectivename", "consortium", "groupname")
_PLACES: Final = (
    "affiliation", "affiliations", "aff", "affs", "affil", "affils", "institution", "institutions", "organization", "org", "school", "rawaffiliations",
    "rawaffiliationstrings", "university", "authoraffiliationdetailslist", "affiliationinfo", "affiliationname", "institutiondisplayname", "rawaffiliation",
    "auaffiliationraw", "organisationalunits", "externalorganisations", "externalorganizations",
)  # fmt: skip
"""What is called how in an author's object, in small letters and digits only, the surest first."""

SPARE: Final = frozenset({"auaffiliationraw", "rawaffiliation", "rawaffiliations", "rawaffiliationstrings"})
"""Affiliations as printed, which count where no others are."""


class _Shape(NamedTuple):
    """Which keys of an author are what, those of one kind the surest first.

    Attributes:
        whole: A name in one.
        first: First names.
        middle: Middle names.
        last: Last names.
        suffix: What stands behind a name.
        group: The name of a collective.
        places: Affiliations.
        inner: An object with the author's name in it.
    """

    whole: list[str]
    first: list[str]
    middle: list[str]
    last: list[str]
    suffix: list[str]
    group: list[str]
    places: list[str]
    inner: list[str]


@lru_cache(1 << 10)
def shape_of(keys: tuple[str, ...]) -> _Shape:
    """Return what the keys of an author are; those of a file have the same ones."""
    found = {bare_name(key): key for key in reversed(keys)}
    roles = (_WHOLE, _FIRST, _MIDDLE, _LAST, _SUFFIX, _GROUP, _PLACES, ("author", "person", "personororg", "name", "embeds", "users", "data", "attributes"))
    return _Shape(*([found[spelling] for spelling in role if spelling in found] for role in roles))


def filled_key(data: Mapping[str, Any], keys: list[str]) -> str | None:
    """Return the first of these keys that holds a text, or a list of texts."""
    for key in keys:
        if joined_text(data[key]):
            return key
    return None


def joined_text(held: Any) -> str:
    """Return a text, alone or in an object, or texts joined by blanks; empty where it is none of these."""
    if isinstance(held, str):
        return held.strip()
    if isinstance(held, dict) and isinstance(only := held.get("value", held.get("_")), str):
        return only.strip()
    return " ".join(part.strip() for part in held).strip() if isinstance(held, list) and all(isinstance(part, str) for part in held) else ""


def name_of(data: Mapping[str, Any]) -> tuple[str, set[str]]:
    """Return an author's name and the keys that it is in: of its parts where there are first and last names, else in one."""
    shape = shape_of(tuple(data))
    last, whole, first = filled_key(data, shape.last), filled_key(data, shape.whole), filled_key(data, shape.first)
    if whole and last and first is None and joined_text(data[last]).lower() not in joined_text(data[whole]).lower():
        first, whole = whole, None  # the given name is called just `name`
    if whole and (last is None or first is None):
        return joined_text(data[whole]), {whole}
    keys = [key for key in (first, filled_key(data, shape.middle), last, filled_key(data, shape.suffix)) if key] if last else []
    return " ".join(joined_text(data[key]) for key in keys), set(keys)
