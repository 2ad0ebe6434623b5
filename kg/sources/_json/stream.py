"""A JSON text that is read piece by piece: its records one after another, with path and line, in little memory."""

import json
import re
from collections.abc import Generator, Iterator, Sequence
from typing import Any, Final, NoReturn

from kg.errors import UnreadableError
from kg.model import Document, Problem
from kg.sources._json.parser import DECODER, LONGEST, TOKEN, bared, told
from kg.sources._json.value import Value

_PIECE: Final = 1 << 18
"""How much is read at once, in code points."""

_LONGEST_TOKEN: Final = 64
"""So near its end a piece may cut off `\ud83d\ude00` or `ObjectId("53e99784b7602d9701f3e3f5")`, and the parser calls it a mistake."""

_CUT_OFF: Final = "the file ends in the middle (is it whole?)"
_SPACE: Final = re.compile(r"[ \t\n\r]*")


class Stream:
    """A JSON text that is read piece by piece.

    Args:
        document: The file.
        envelopes: Key paths of lists of records.

    Attributes:
        outer: The outermost object so far, without its envelopes.
        has_envelope: Whether it has any.
        in_list: Whether it is within a record of a list, not within the object around it.
    """

    def __init__(self, document: Document, envelopes: Sequence[tuple[str, ...]]) -> None:
        self._pieces = document.chunks(_PIECE)
        self._name, self._envelopes = document.name, envelopes
        self._buffer, self._at = "", 0
        # Lines are counted up to a place in the buffer; of that line so many code points have left the buffer.
        self._line, self._counted, self._before = 1, 0, 0
        self.outer = Value({}, "$", 1)
        self.has_envelope = self.in_list = False

    @property
    def left(self) -> str:
        """What has been read in but not been taken yet."""
        return self._buffer[self._at :]

    def values(self) -> Iterator[Value | Problem]:
        """Yield all records; several JSON texts one after another are read too, with a warning."""
        texts = 0
        while first := self._peek():
            texts += 1
            if texts == 2:
                what = "several JSON texts one after another"
                yield Problem(self._name, self._line_here(), what, "make them one list", "warning")
            if first == "[":
                yield from self._list("$")
            elif first == "{":
                self.outer = Value({}, "$", self._line_here())
                self.has_envelope = yield from self._object(self.outer, ())
                if not self.has_envelope:
                    yield self.outer
            else:
                self._fail("expected a list or an object")

    def drained(self) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """Read on as far as possible and return the objects that were whole, and the members of the outermost one."""
        found: list[dict[str, Any]] = []
        try:
            for value in self.values():
                if isinstance(value, Value) and isinstance(value.data, dict):
                    found.append(value.data)  # noqa: PERF401 - what was found before an error counts
        except UnreadableError:
            pass
        return found, self.outer.data

    def _list(self, path: str) -> Iterator[Value]:
        """Yield the elements of the list that begins here."""
        self._at += 1
        if self._peek() == "]":
            self._at += 1
            return
        index = 0
        while True:
            self.in_list = True
            yield self._value(f"{path}[{index}]")
            self.in_list = False
            index += 1
            if self._next(",]") == "]":
                return

    def _object(self, found: Value, keys: tuple[str, ...]) -> Generator[Value, None, bool]:
        """Yield the elements of all envelopes in the object that begins here; tell whether it has any.

        Args:
            found: What to put its other members into.
            keys: The keys that lead to it.
        """
        parts: list[Value] = []
        found.parts = parts
        has_envelope = False
        self._at += 1
        if self._peek() == "}":
            self._at += 1
            return False
        while True:
            key = self._key()
            inside, below = (*keys, key), f"{found.path}.{key}"
            first = self._peek()
            if first == "[" and inside in self._envelopes:
                has_envelope = True
                yield from self._list(below)
            elif first == "{" and any(envelope[: len(inside)] == inside for envelope in self._envelopes):
                part = Value({}, below, self._line_here())
                found.data[key] = part.data
                if (yield from self._object(part, inside)):
                    has_envelope = True
                    del found.data[key]
                else:
                    parts.append(part)
            else:
                parts.append(self._value(below))
                found.data[key] = parts[-1].data
            if self._next(",}") == "}":
                return has_envelope

    def _key(self) -> str:
        """Take a key and the colon behind it."""
        if self._peek() != '"':
            self._fail("expected a key in double quotes")
        key: str = self._value("").data
        self._next(":")
        return key

    def _value(self, path: str) -> Value:
        """Return the value that begins here, reading on until it is whole."""
        self._peek()
        while True:
            try:
                data, end = DECODER.raw_decode(self._buffer, self._at)
            except RecursionError:
                self._fail("nested too deep")
            except json.JSONDecodeError as error:
                if (bare := bared(self._buffer, error.pos)) is not None:
                    self._buffer = bare
                    continue
                # Cut off by the end of the piece? Then the mistake is there, or the text that began is not closed.
                cut = error.msg.startswith("Unterminated") or error.pos >= len(self._buffer) - _LONGEST_TOKEN
                if cut and self._more():
                    continue
                ends = error.msg.startswith("Unterminated") or error.pos >= len(self._buffer.rstrip())
                self._fail(told(error).partition(" (")[0] if not ends else _CUT_OFF, error.pos)
            except ValueError as error:
                name = str(error)
                pieces = TOKEN.finditer(self._buffer, self._at)
                self._fail(told(error), next((m.start() for m in pieces if m.group() == name), None))
            if end >= len(self._buffer) - 2 and self._buffer[end - 1] not in '"]}' and self._goes_on(end):
                continue
            several = self._buffer.find("\n", self._at, end) >= 0
            found = Value(data, path, self._line_here(), self._buffer[self._at : end] if several else "")
            self._at = end
            return found

    def _goes_on(self, end: int) -> bool:
        """Read more if a number that seems to end here may go on (`1`, `1.`, `1e-`); tell whether there was more."""
        return not self._buffer[end:].strip("+-.eE") and self._more()

    def _peek(self) -> str:
        """Skip white space and return the next character, empty at the end."""
        while True:
            space = _SPACE.match(self._buffer, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._buffer) or not self._more():
                return self._buffer[self._at : self._at + 1]

    def _next(self, allowed: str) -> str:
        """Take the next character, which must be one of `allowed`."""
        found = self._peek()
        if not found:
            self._fail(_CUT_OFF)
        if found not in allowed:
            self._fail(f"expected {' or '.join(allowed)}, found {found!r}")
        self._at += 1
        return found

    def _more(self) -> bool:
        """Read at least as much again as there is left; tell whether there was any."""
        left = len(self._buffer) - self._at
        if left > LONGEST:
            self._fail(f"a value of more than {LONGEST >> 20} MB")
        pieces, size = [], 0
        while size <= left and (piece := next(self._pieces, "")):
            pieces.append(piece)
            size += len(piece)
        if not size:
            return False
        self._line_here()
        begin = self._buffer.rfind("\n", 0, self._at)
        self._before = self._at - begin - 1 if begin >= 0 else self._before + self._at
        self._buffer, self._at, self._counted = "".join([self.left, *pieces]), 0, 0
        return True

    def _line_here(self) -> int:
        """Return the line of the place where we are."""
        self._line += self._buffer.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _fail(self, what: str, place: int | None = None) -> NoReturn:
        """Raise an error that names its line and column."""
        at = self._at if place is None else place
        line = self._line_here() + self._buffer.count("\n", self._at, at)
        begin = self._buffer.rfind("\n", 0, at)
        column = at - begin if begin >= 0 else self._before + at + 1
        raise UnreadableError(f"no JSON at column {column}: {what}", "repair the file, or export it again", line)
