"""A value of a JSON file, with its path and its line, and the lines of its parts."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kg.sources._json.parser import TOKEN

_DEEPEST: Final = 50
_LARGE: Final = 4 << 20
_DEEPEST_IN_LARGE: Final = 2
"""How deep lines of parts are told: they are kept in memory, and a hostile value has many parts."""

_NESTED: Final = frozenset({dict, list})


@dataclass(slots=True)
class Value:
    """One value of a file.

    Attributes:
        data: The value: a dictionary, list, text, number, truth value or None.
        path: Where it is in the file: `$[17]`, `$.results[3]`; `$` where it is a line or the whole file.
        line: The 1-based line where it begins.
        text: Its own text, from which the lines of its parts are found; empty where all is on one line.
        parts: Its members, where they were read one by one.
        lines: The line of each part by its path, once one was asked for.
    """

    data: Any
    path: str
    line: int
    text: str = ""
    parts: Sequence["Value"] = ()
    lines: dict[str, int] = field(default_factory=dict)

    @property
    def has_lines(self) -> bool:
        """Whether parts of it may be on lines of their own."""
        return bool(self.text or self.parts or self.lines)

    def line_of(self, path: str) -> int:
        """Return the line of a part, given its path from the file's root.

        If it has no such part: the line of the nearest value around that path, at last its own.
        """
        if not self.lines:
            if not self.text and not self.parts:
                return self.line
            self.lines.update(_places_of(self))
        found = self.lines.get(path)
        while found is None and len(path) > len(self.path):
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
            found = self.lines.get(path)
        return found or self.line


def _places_of(value: Value) -> Iterator[tuple[str, int]]:
    """Yield the path and the line of each part of a value."""
    if value.text:
        for below, lines in _members(value.data, value.text) or _places(value.text):
            yield value.path + below, value.line + lines
    for part in value.parts:
        yield part.path, part.line
        yield from _places_of(part)


def _members(data: Any, text: str) -> list[tuple[str, int]]:
    """Return the path of each member of a flat object with one member a line, and how many lines below it is.

    Where that cannot be seen at once it is empty. A text in JSON has no line end in it, so that a line that begins with
    a text and a colon begins with a key; its value is there too, if the next line begins with another key or the end.
    """
    if not isinstance(data, dict) or not _NESTED.isdisjoint(map(type, data.values())):
        return []
    first, *lines = text.split("\n")
    if len(lines) != len(data) + 1 or lines[-1].strip() != "}" or first.strip() != "{":
        return []
    found = [("", 0)]
    for rank, key in enumerate(data, 1):
        line = lines[rank - 1]
        if not line.startswith(f'"{key}":') and not line.lstrip().startswith(f'"{key}":'):
            return []
        found.append((f".{key}", rank))
    return found


def _places(text: str) -> Iterator[tuple[str, int]]:
    """Yield the path of each part of a JSON value, from the value's own root, and how many lines below it is."""
    deepest = _DEEPEST if len(text) < _LARGE else _DEEPEST_IN_LARGE
    line = 0
    path = ""  # of the part that is next
    around: list[tuple[str, int]] = []  # path of each value around it, and the rank in it; -1 in an object
    before_key = False
    for match in TOKEN.finditer(text):
        piece = match.group()
        if piece == "\n":
            line += 1
        elif piece in {"{", "["}:
            if len(around) <= deepest:
                yield path, line
            around.append((path, -1 if piece == "{" else 0))
            before_key = piece == "{"
            path = path if before_key or len(around) > deepest else f"{path}[0]"
        elif piece in {"}", "]"}:
            around.pop()
        elif piece == ",":
            outer, rank = around[-1]
            before_key = rank < 0
            if not before_key:
                around[-1] = (outer, rank + 1)
                path = outer if len(around) > deepest else f"{outer}[{rank + 1}]"
        elif before_key:
            if len(around) <= deepest:
                name = json.loads(piece) if "\\" in piece else piece[1:-1]
                path = f"{around[-1][0]}.{name}"
            before_key = False
        elif len(around) <= deepest:
            yield path, line
