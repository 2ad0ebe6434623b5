"""Authors of people's own JSON that are no list: an object each under a key that counts (`author1`), or under their names.

`author1`, `author2` and `first_author`, `coauthors` may also stand in the paper itself, see `together`.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from kg.sources._cells import Cell, says
from kg.sources._own_json.keys import bare, meaning
from kg.sources._own_json.names import name_of
from kg.sources._text.names import split_names

_RANKED: Final = re.compile(r"(?P<word>first|lead|main|second|third|fourth|fifth|co|other)?(?P<author>authors?)?(?P<number>[0-9]{0,4})")
_WORDS: Final = ("first", "lead", "main", "second", "third", "fourth", "fifth", "co", "other")
_OF_SEVERAL: Final = frozenset({"co", "other"})

_NAME: Final = re.compile(r"[^\W\d_][^\d@/_:]*[\s,][^\d@/_:]*[^\W\d_]\.?")
"""What the name of a person looks like that is a key: it has a blank or a comma in it."""

_LONGEST_NAME: Final = 100


@lru_cache(1 << 10)
def _rank(key: str) -> tuple[int, int] | None:
    """Return which author a key says that it is of, None where it says none; words come before numbers, `co` behind all.

    >>> _rank("author_2"), _rank("firstAuthor"), _rank("0"), _rank("co-authors"), _rank("author")
    ((0, 2), (0, 0), (0, 0), (7, 0), None)
    """
    found = _RANKED.fullmatch(bare(key))
    if found is None or not (found["word"] or found["number"]):
        return None
    return _WORDS.index(found["word"] or "first"), int(found["number"] or 0)


def together(held: list[tuple[str, Cell]]) -> list[tuple[str, Cell]]:
    """Return what a paper says, with authors who have a key each (`author1`, `coauthors`) under one."""
    found = [each for each in held if "author" in each[0].lower() and _rank(each[0])]
    if not found or any(meaning(key) == "authors" for key, _ in held):
        return held
    cell = found[0][1]
    whole = Cell(cell.entry, cell.path.rpartition(".")[0], {key: each.value for key, each in found})
    return [("authors", whole) if each is found[0] else each for each in held if each is found[0] or each not in found]


def only_first(value: Any) -> str:
    """Return the key of the first author where it is the only one, as it says that there are more; else nothing."""
    key = next(iter(value)) if isinstance(value, dict) and len(value) == 1 else ""
    return key if bare(key) in {"firstauthor", "leadauthor"} else ""


def listed(value: Mapping[str, Any]) -> list[tuple[str, str, Any]] | None:
    """Return the key, the path below it and the value of each author in an object that is none itself, in their order; None where there are none.

    >>> listed({"author2": {"name": "Bo Pot"}, "author1": {"name": "Cy Cup"}, "total": 2})
    [('author1', '', {'name': 'Cy Cup'}), ('author2', '', {'name': 'Bo Pot'})]
    >>> listed({"Bo Pot": "Tea University"}), listed({"x": 1})
    ([('Bo Pot', '', 'Tea University')], None)
    """
    if ranked := sorted((rank, key) for key in value if (rank := _rank(key)) and says(value[key])):
        return [part for rank, key in ranked for part in _each(key, value[key], several=_WORDS[rank[0]] in _OF_SEVERAL)]
    if value and (all(isinstance(held, dict) and name_of(held)[0] for held in value.values()) or all(map(is_name, value))):
        return [(key, "", held) for key, held in value.items()]
    lists = [key for key, held in value.items() if isinstance(held, list) and held]
    if len(lists) == 1 and all(isinstance(each, str) or (isinstance(each, dict) and name_of(each)[0]) for each in value[lists[0]]):
        return list(_each(lists[0], value[lists[0]]))
    return None


def _each(key: str, held: Any, *, several: bool = False) -> Iterator[tuple[str, str, Any]]:
    """Yield key, path below it and value of the authors under a key: one, or those of a list, or, if there may be `several`, of a text."""
    if isinstance(held, list):
        yield from ((key, f"[{i}]", each) for i, each in enumerate(held))
    elif isinstance(held, str) and several:
        yield from ((key, "", person.name) for person in split_names(held).people)
    else:
        yield key, "", held


def is_name(key: str) -> bool:
    """Tell whether a key is the name of a person.

    >>> is_name("Bo Pot"), is_name("Pot, B."), is_name("name"), is_name("full name")
    (True, True, False, False)
    """
    return len(key) < _LONGEST_NAME and not key.islower() and _NAME.fullmatch(key) is not None
