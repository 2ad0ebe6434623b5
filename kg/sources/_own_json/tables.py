"""People who are listed once in a JSON file and whom its papers refer to by id: the `people` of a conference's programme."""

from collections.abc import Mapping
from typing import Any, Final

from kg.sources._own_json.keys import bare
from kg.sources._own_json.names import name_of

_TABLES: Final = ("people", "authors", "coauthors", "persons", "contributors", "speakers", "researchers", "members", "users")
_IDS: Final = ("id", "personid", "authorid", "uid", "key", "slug", "username", "person", "author")
"""What the id of a person is called, in the table and in what refers to it."""


def people_of(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the people that an object lists beside its papers, by their ids; none where it lists none."""
    for key in _TABLES:
        table = next((held for name, held in data.items() if bare(name) == key), None)
        if isinstance(table, dict):
            return {name: each for name, each in table.items() if isinstance(each, str) or (isinstance(each, dict) and name_of(each)[0])}
        if isinstance(table, list):
            return {_id_of(each): each for each in table if isinstance(each, dict) and _id_of(each) and name_of(each)[0]}
    return {}


def _id_of(person: Mapping[str, Any]) -> str:
    """Return the id in an object about a person; empty where there is none."""
    found = {bare(key): held for key, held in person.items() if isinstance(held, str | int)}
    return next((str(found[name]) for name in _IDS if name in found), "")


def are_references(authors: list[Any]) -> bool:
    """Tell whether a list of authors may refer to people that are listed elsewhere.

    >>> are_references([1, 2]), are_references([{"personId": 7}]), are_references(["bo-pot"]), are_references(["Bo Pot"])
    (True, True, True, False)
    """
    return bool(authors) and all(
        (isinstance(each, int) and not isinstance(each, bool))
        or (isinstance(each, str) and each.islower() and " " not in each)
        or (isinstance(each, dict) and bool(_id_of(each)) and not name_of(each)[0])
        for each in authors
    )


def resolved(author: Any, people: Mapping[str, Any]) -> Any:
    """Return an author with the name of the person that is referred to; as it is where nobody is known by that id.

    >>> resolved(1, {"1": {"id": 1, "name": "Bo Pot"}}), resolved("ada", {"ada": "Ada Lovelace"})
    ({'id': 1, 'name': 'Bo Pot'}, 'Ada Lovelace')
    """
    person = people.get(_id_of(author) if isinstance(author, dict) else str(author).rstrip("*"))
    if isinstance(person, str) or not isinstance(author, dict):
        return author if person is None else person
    return {**(person or {}), **{key: held for key, held in author.items() if held}}
