"""What is known of a paper of people's own JSON while its keys are gone through, and the text in a value of any shape."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from kg.sources._cells import Cell, says
from kg.sources._entry import Entry
from kg.sources._latex import decode
from kg.sources._markup import plain
from kg.sources._own_json.keys import bare, rank
from kg.sources._own_json.wrapped import Unwrapped, unwrapped

LABEL: Final = re.compile(r"\s*(title|abstract|authors?)\s*[:\n]\s*", re.IGNORECASE)
"""What some print before a text, and what it says that the text is."""

TEXT: Final = ("value", "text", "title", "name", "displayname", "content", "raw", "full", "html", "label", "medlinepgn", "term")
"""What the text in an object is called, the surest first."""

BRACKETED: Final = re.compile(r" ?\[[a-z0-9]+:[^\]\s]+(?: [a-z0-9]+:[^\]\s]+)*\]")
"""Identifiers behind a name, as OpenCitations writes them: `Springer [crossref:297 omid:ra/1]`."""

_NOTHING: Final = re.compile(r"\W*(?:n/?a|nan|none|null|nil|no doi|unknown|tb[ad]|todo|n\.d\.|not (?:available|found|applicable))?\W*", re.IGNORECASE)
"""What people and programs write where there is nothing."""

_LONGEST_NOTHING: Final = 20


def is_nothing(text: str) -> bool:
    """Tell whether a text says that there is nothing.

    >>> is_nothing("N/A"), is_nothing("-"), is_nothing("NA Sea Lab")
    (True, True, False)
    """
    return len(text) < _LONGEST_NOTHING and _NOTHING.fullmatch(text) is not None


class Context(NamedTuple):
    """What is known of a paper while its keys are gone through.

    Attributes:
        entry: Where its fields go.
        cells: By meaning, what is under its keys.
        taken: What was added and shall not be added again: identifiers' schemes, categories.
        told: The identifiers that addresses lead to, with the first such address.
        people: Tells whom ids of authors in the file refer to.
    """

    entry: Entry
    cells: dict[str, list[tuple[str, Cell]]]
    taken: set[str]
    told: dict[str, Cell]
    people: Callable[[], Mapping[str, Any]]

    def best(self, name: str) -> Cell | None:
        """Return the value whose key says most surely that it is this; of authors the one that says most."""
        found = self.cells.get(name, ())
        if len(found) > 1:
            return min(found, key=_richness if name == "authors" else lambda each: rank(each[0]))[1]
        return found[0][1] if found else None


Handler = Callable[[Cell, str, Context], bool]
"""What adds the fields that a value under a key makes; it tells whether there are any."""


def _richness(each: tuple[str, Cell]) -> tuple[int, int]:
    """Return how much authors say, the least number where it is most: objects, then names, then one text."""
    value = each[1].value
    if each[0] == "greenauthors":
        return -1, 0  # beside them are only those who have a profile at Google Scholar
    is_list = isinstance(value, list) and bool(value)
    return (0 if is_list and isinstance(value[0], dict) else 1 if is_list or isinstance(value, dict) else 2, rank(each[0]))


def inner_place(value: Any, spellings: tuple[str, ...]) -> tuple[str, str]:
    """Return path and text of what a value says: itself, or what an object has, in any depth, under the first key of these spellings.

    >>> inner_place({"id": "7", "name": {"text": [{"locale": "en", "value": "Tea University"}]}}, ("name", "text", "value"))
    ('.name.text[0].value', 'Tea University')
    """
    if isinstance(value, str):
        return "", value
    if not isinstance(value, dict):
        return "", ""
    found = {bare(key): key for key, held in value.items() if isinstance(held, str) and held.strip()}
    if told := next((found[spelling] for spelling in spellings if spelling in found), ""):
        return f".{told}", value[told]
    for key, held in value.items():
        of_languages = isinstance(held, list) and bool(held) and isinstance(held[0], dict)
        if (isinstance(held, dict) or of_languages) and bare(key) in spellings:
            inner = Unwrapped(held[0], "[0]") if of_languages else unwrapped(held)
            at, text = inner_place(inner.value, spellings)
            return f".{key}{inner.at}{at}", text
    return "", ""


def inner_text(value: Any, spellings: tuple[str, ...]) -> str:
    """Return the text that a value is, or that an object has under the first key of these spellings; else an empty one."""
    return inner_place(value, spellings)[1]


def texts_of(cell: Cell, spellings: tuple[str, ...]) -> list[tuple[str, str]] | None:
    """Return place and text of each part of a list of texts or of objects with one; None where that is not all there is."""
    if isinstance(cell.value, dict) and len(cell.value) == 1 and isinstance(inner := next(iter(cell.value.values())), list):
        below = texts_of(cell.below(f".{next(iter(cell.value))}", inner), spellings)
        return below and [(f".{next(iter(cell.value))}{at}", text) for at, text in below]
    parts = list(enumerate(cell.value)) if isinstance(cell.value, list) else [(-1, cell.value)]
    found = [("" if i < 0 else f"[{i}]", inner_text(part, spellings)) for i, part in parts]
    return found if all(text or part is None or part == "" for (_, text), (_, part) in zip(found, parts, strict=True)) else None


def keep_more(cell: Cell) -> None:
    """Keep as `other` the objects of which one text was taken, if they say more."""
    if any(isinstance(each, dict) and sum(map(says, each.values())) > 1 for each in as_list(cell.value)):
        cell.add("other", cell.value)


def decoded(text: str, context: Context) -> str:
    """Return a text without markup, and without LaTeX where it is from BibTeX."""
    return decode(text) if "bibtex" in context.taken else plain(text)


def as_list(value: Any) -> list[Any]:
    """Return a list as it is, and what is none as the only element of one."""
    return value if isinstance(value, list) else [value]


def digits_of(value: Any) -> str:
    """Return a number or a text as text; pandas writes years as floats."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def line_at(cell: Cell) -> int:
    """Return the line of a value."""
    return cell.entry.line_at(cell.path)
