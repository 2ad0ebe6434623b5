"""What is under one key of a JSON object, with its place in the file; values there may be of any type."""

import re
from typing import Any, Final, NamedTuple

from kg.sources._entry import Entry

_SEMICOLON: Final = re.compile(r"\s*[;；|]\s*")
_COMMA: Final = re.compile(r"\s*[,，、]\s*")


class Cell(NamedTuple):
    """A value of a record.

    Attributes:
        entry: Where its fields go.
        path: Its path.
        value: The value.
    """

    entry: Entry
    path: str
    value: Any

    def add(self, name: str, text: Any, value: str | None = None, *, at: str = "", of: int | None = None) -> int | None:
        """Add a field; return its position, None if there is none.

        Args:
            name: See `kg.model.Field`.
            text: Its text.
            value: The normalised value.
            at: Its path below this one.
            of: Position of the field that it belongs to.
        """
        return self.entry.add(name, text, value, path=self.path + at, of=of)

    def below(self, at: str, value: Any) -> "Cell":
        """Return a part of this value."""
        return Cell(self.entry, self.path + at, value)

    def texts(self) -> list[tuple[str, str]] | None:
        """Return place and text of each part of a list, or of the one text; None where that is not all that is there."""
        if isinstance(self.value, str):
            return [("", self.value)]
        if isinstance(self.value, list) and all(text is None or isinstance(text, str) for text in self.value):
            return [(f"[{i}]", text) for i, text in enumerate(self.value) if text is not None]
        return None

    def add_each(self, name: str, *, commas: bool = True) -> bool:
        """Add each text of a list, or of one text that separates its parts; tell whether there was any.

        Args:
            name: What they are.
            commas: Whether a comma separates, where no semicolon does.
        """
        made = 0
        for at, text in self.texts() or []:
            for part in self.parts(text, commas=commas) if not at else [text]:
                made += self.add(name, part, at=at) is not None
        return made > 0

    @staticmethod
    def parts(text: str, *, commas: bool = True) -> list[str]:
        """Return what a text separates by semicolons or bars, or else, if `commas`, by commas."""
        separator = _SEMICOLON if _SEMICOLON.search(text) else _COMMA if commas else None
        return separator.split(text) if separator else [text]

    def reject(self, wanted: str) -> bool:
        """Report that this is not what should be there, and tell that no field was made."""
        kind = _KINDS.get(type(self.value), "a number")
        self.entry.skip(f"{self.path} is {kind}, not {wanted}", "export it again, or repair it", self.entry.line_at(self.path))
        return False


_KINDS: Final = {str: "a text", list: "a list", dict: "an object", bool: "a truth value", type(None): "null"}


def says(value: Any) -> bool:
    """Tell whether a value holds anything."""
    return value is not None and value not in ("", [], {})
