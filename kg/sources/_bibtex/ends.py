"""Where an entry of a BibTeX file ends, found line by line."""

import re
from typing import Final

from kg.errors import UnreadableError

_DEEPEST: Final = 200
"""How deep braces may be nested."""

_LONG_LINE: Final = 1 << 16
_BRACE: Final = re.compile(r"[{}]")
_MARK: Final = re.compile(r"[{}\"()]")


class BraceEnd:
    """Finds, line by line, the brace that closes an entry: 1 behind it, or -1."""

    __slots__ = ("_at", "_depth", "_line")

    def __init__(self, at: int, line: int) -> None:
        self._at, self._depth, self._line = at, 1, line

    def find(self, text: str) -> int:
        """Return where the entry ends in its next line."""
        at, self._at = self._at, 0
        if len(text) < _LONG_LINE:  # most lines are short, and close nothing that they have not opened
            opening, closing = text.count("{", at), text.count("}", at)
            if closing < self._depth or (opening == closing == 1 and text.find("{", at) < text.find("}", at)):
                self._depth += opening - closing
                return self._checked(-1)
        for match in _BRACE.finditer(text, at):
            self._depth += 1 if match.group() == "{" else -1
            if self._depth == 0:
                return match.end()
            if self._depth > _DEEPEST:
                break
        return self._checked(-1)

    def _checked(self, found: int) -> int:
        if self._depth > _DEEPEST:
            raise UnreadableError(f"braces nested more than {_DEEPEST} deep", "leave the file out", self._line)
        return found


class ParenthesisEnd:
    """Finds, line by line, the parenthesis that closes an entry: outside of braces and quotes."""

    __slots__ = ("_at", "_depth", "_line", "_quoted")

    def __init__(self, at: int, line: int) -> None:
        self._at, self._depth, self._line, self._quoted = at, 0, line, False

    def find(self, text: str) -> int:
        """Return where the entry ends in its next line."""
        at, self._at = self._at, 0
        for match in _MARK.finditer(text, at):
            mark = match.group()
            if mark == '"' and self._depth == 0:
                self._quoted = not self._quoted
            elif mark in "{}":
                self._depth = max(0, self._depth + (1 if mark == "{" else -1))
                if self._depth > _DEEPEST:
                    raise UnreadableError(f"braces nested more than {_DEEPEST} deep", "leave the file out", self._line)
            elif mark == ")" and self._depth == 0 and not self._quoted:
                return match.end()
        return -1
