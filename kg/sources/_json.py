r"""JSON as a stream: one value after another of a list, of JSON Lines, or of the list inside an answer's envelope.

Memory holds one value (and a chunk of text), not the file. Each value knows its line and its path in the file, and
where its parts stand. Of a key that is given twice the last one counts, as in every common parser.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

from kg.errors import UnreadableError
from kg.model import Document, Problem

LONGEST: Final = 64 << 20
"""The longest single value, in code points: longer than any record, short enough for any memory."""

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+|\n', re.DOTALL)


def _integer(digits: str) -> int | str:
    """Return a number; one of thousands of digits, which no year or count has, stays text."""
    return int(digits) if len(digits) < 400 else digits


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


_DECODER: Final = json.JSONDecoder(parse_int=_integer, parse_constant=_constant)


@dataclass(slots=True)
class Value:
    """One value of a file.

    Attributes:
        data: The value: a dictionary, list, text, number, truth value or None.
        path: Where it is in the file: `$[17]`, `$.results[3]`; `$` where it is a line or the whole file.
        line: The 1-based line where it begins.
        text: Its own text, from which the lines of its parts are found; empty where all is on one line.
    """

    data: Any
    path: str
    line: int
    text: str = ""
    _lines: dict[str, int] = field(default_factory=dict)

    def line_of(self, path: str) -> int:
        """Return the line of a part, given its path from the file's root; the value's own line if it has none."""
        if self.text and not self._lines:
            self._lines = {self.path + below: self.line + lines for below, lines in _places(self.text)}
        return self._lines.get(path, self.line)


def values(document: Document, *envelopes: str) -> Iterator[Value | Problem]:
    """Yield the records of a JSON or JSON Lines file, and a problem for each line that is no JSON.

    Args:
        document: The file.
        envelopes: Where lists of records are inside an answer: `results`, `message.items`.

    Raises:
        UnreadableError: If the file is no JSON; the message has line and column.
    """
    if _is_lines(document):
        yield from _by_line(document)
    else:
        yield from _Stream(document, [tuple(path.split(".")) for path in envelopes]).values()


def head_objects(head: str, *envelopes: str, most: int = 3) -> list[dict[str, Any]]:
    """Return the first objects that a file's head holds whole, for `sniff`; none where it is no JSON.

    The last one is returned too where the head cuts it off, with the keys that are whole.
    """
    if head.lstrip("\ufeff \t\r\n")[:1] not in {"[", "{"}:
        return []
    document = Document.of_text(head.lstrip("\ufeff"))
    found: list[dict[str, Any]] = []
    try:
        for value in values(document, *envelopes):
            if isinstance(value, Value) and isinstance(value.data, dict):
                found.append(value.data)
            if len(found) >= most:
                return found
    except UnreadableError:
        pass
    return found or _cut_object(head, envelopes)


def _cut_object(head: str, envelopes: Sequence[str]) -> list[dict[str, Any]]:
    """Return the keys that are whole of the first object of a head that is cut within it."""
    stream = _Stream(Document.of_text(head), [tuple(path.split(".")) for path in envelopes])
    rest = _drained(stream)
    inner = _Stream(Document.of_text(stream.left), []) if stream.left.startswith("{") else None
    found = _drained(inner) if inner else rest
    return [found] if found else []


def _drained(stream: "_Stream") -> dict[str, Any]:
    """Return the keys of the outermost object that are whole."""
    try:
        for _ in stream.values():
            pass
    except UnreadableError:
        pass
    return stream.rest


def _is_lines(document: Document) -> bool:
    """Tell whether a file is one object a line: by its name, or by its first two lines."""
    if re.search(r"\.(?:jsonl|ndjson|jsonlines)\b", document.name.lower()):
        return True
    if document.encoding not in {"utf-8", "utf-8-sig"}:
        return False
    with document.open() as raw:
        first, second = _next_line(raw), _next_line(raw)
    if not first.lstrip(b"\xef\xbb\xbf").startswith(b"{") or not second.startswith((b"{", b"[")):
        return False
    try:
        return isinstance(_DECODER.decode(first.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False


def _next_line(raw: BinaryIO) -> bytes:
    """Return the next line that is not blank, without the blanks around it."""
    while line := raw.readline(LONGEST):
        if line.strip():
            return line.strip()
    return b""


def _by_line(document: Document) -> Iterator[Value | Problem]:
    r"""Yield the values of JSON Lines; lines end with `\n`, whatever else is in their texts."""
    todo = "repair or delete the line"
    with document.open() as raw:
        number, codec = 0, document.encoding
        if codec not in {"utf-8", "utf-8-sig"}:
            yield from _by_decoded_line(document)
            return
        while data := raw.readline(LONGEST):
            number += 1
            if len(data) >= LONGEST:
                raise UnreadableError(f"a line of more than {LONGEST >> 20} MB", "split it into one record a line", number)
            if not data.strip():
                continue
            try:
                yield Value(_DECODER.decode(data.decode("utf-8-sig" if number == 1 else "utf-8")), "$", number)
            except UnicodeDecodeError as error:
                yield Problem(document.name, number, f"not UTF-8 at byte {error.start} of the line", todo)
            except RecursionError:
                yield Problem(document.name, number, "nested too deep", todo)
            except ValueError as error:
                if number == 1 and data.strip() in {b"{", b"["}:
                    raise UnreadableError("not one JSON object a line", "save it as JSON Lines, or name it .json", 1) from error
                yield Problem(document.name, number, f"no JSON: {_told(error)}", todo)


def _by_decoded_line(document: Document) -> Iterator[Value | Problem]:
    for line in document.lines():
        if line.text.strip():
            try:
                yield Value(_DECODER.decode(line.text), "$", line.number)
            except (ValueError, RecursionError) as error:
                yield Problem(document.name, line.number, f"no JSON: {_told(error)}", "repair or delete the line")


def _told(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]} (column {error.colno})"
    return str(error)


class _Stream:
    """A JSON text that is read piece by piece.

    Args:
        document: The file.
        envelopes: Key paths of lists of records.
    """

    def __init__(self, document: Document, envelopes: Sequence[tuple[str, ...]]) -> None:
        self._chunks = document.chunks()
        self._buffer, self._at, self._line = "", 0, 1
        self._whole = False
        self._name, self._envelopes = document.name, envelopes
        self.rest: dict[str, Any] = {}

    @property
    def left(self) -> str:
        """What has been read in but not been taken yet."""
        return self._buffer[self._at :]

    def values(self) -> Iterator[Value | Problem]:
        """Yield all records; several JSON texts one after another are read too, with a warning."""
        texts = 0
        while self._peek():
            texts += 1
            if texts == 2:
                what = "several JSON texts one after another, read as JSON Lines"
                yield Problem(self._name, self._line_here(), what, "name it .jsonl with one object a line", "warning")
            if self._peek() == "[":
                yield from self._list("$")
            elif self._peek() == "{":
                yield from self._object("$", ())
            else:
                raise UnreadableError("expected a JSON list or object", "give a list of records", self._line_here())

    def _list(self, path: str) -> Iterator[Value]:
        """Yield the elements of the list that begins here."""
        self._at += 1
        index = 0
        if self._peek() == "]":
            self._at += 1
            return
        while True:
            yield self._value(f"{path}[{index}]")
            index += 1
            if self._next(",]") == "]":
                return

    def _object(self, path: str, keys: tuple[str, ...]) -> Iterator[Value]:
        """Yield the elements of all envelopes in the object that begins here; without any, the object itself."""
        self._at += 1
        line, found = self._line_here(), False
        rest: dict[str, Any] = {}
        lines: dict[str, int] = {}
        if not keys:
            self.rest = rest
        if self._peek() == "}":
            self._at += 1
        else:
            while True:
                key = self._value(path)
                if not isinstance(key.data, str):
                    self._fail("a key must be a text")
                self._next(":")
                inside, below = (*keys, key.data), f"{path}.{key.data}"
                first = self._peek()
                if first == "[" and inside in self._envelopes:
                    found = True
                    yield from self._list(below)
                elif first == "{" and any(envelope[: len(inside)] == inside for envelope in self._envelopes):
                    found = True
                    yield from self._object(below, inside)
                else:
                    value = self._value(below)
                    rest[key.data], lines[below] = value.data, value.line
                if self._next(",}") == "}":
                    break
        if not found and not keys:
            yield Value(rest, path, line, "", lines)

    def _value(self, path: str) -> Value:
        """Return the value that begins here, reading on until it is whole."""
        self._peek()
        while True:
            try:
                data, end = _DECODER.raw_decode(self._buffer, self._at)
            except RecursionError:
                self._fail("nested too deep")
            except json.JSONDecodeError as error:
                # Cut off by the end of the piece? Then the fault is there, or the text that began is not closed.
                cut = error.msg.startswith("Unterminated") or error.pos >= len(self._buffer) - 12
                if not (cut and self._more()):
                    self._fail(_told(error).partition(" (")[0], error.pos)
                continue
            except ValueError as error:
                self._fail(str(error))
            if end == len(self._buffer) and self._more():
                continue  # a number may go on
            text = self._buffer[self._at : end]
            value = Value(data, path, self._line_here(), text if "\n" in text else "")
            self._at = end
            return value

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
            self._fail("the file ends in the middle (is it whole?)")
        if found not in allowed:
            self._fail(f"expected {' or '.join(allowed)}, found {found!r}")
        self._at += 1
        return found

    def _more(self) -> bool:
        """Read at least as much again as there is left; tell whether there was any."""
        if self._whole:
            return False
        self._line = self._line_here()
        left = len(self._buffer) - self._at
        if left > LONGEST:
            self._fail(f"a value of more than {LONGEST >> 20} MB")
        pieces, size = [self._buffer[self._at :]], 0
        while size <= left:
            piece = next(self._chunks, "")
            if not piece:
                self._whole = True
                break
            pieces.append(piece)
            size += len(piece)
        self._buffer, self._at, self._counted = "".join(pieces), 0, 0
        return size > 0

    _counted = 0

    def _line_here(self) -> int:
        """Return the line of the place where we are."""
        self._line += self._buffer.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _fail(self, what: str, place: int | None = None) -> None:
        at = self._at if place is None else place
        line = self._line_here() + self._buffer.count("\n", self._at, at)
        column = at - self._buffer.rfind("\n", 0, at)
        raise UnreadableError(f"no JSON at column {column}: {what}", "repair the file, or export it again", line)


def _places(text: str) -> Iterator[tuple[str, int]]:
    """Yield the path of each part of a JSON value, from the value's own root, and how many lines below its start it is."""
    line = 0
    where: list[str | int] = []
    key: str | None = None
    for match in _TOKEN.finditer(text):
        piece = match.group()
        if piece == "\n":
            line += 1
        elif piece in "{[":
            yield _path(where), line
            where.append("" if piece == "{" else 0)
            key = None
        elif piece in "}]":
            where.pop()
        elif piece == ",":
            last = where[-1]
            where[-1] = last + 1 if isinstance(last, int) else ""
            key = None
        elif piece != ":":
            if where and where[-1] == "" and key is None and isinstance(where[-1], str):
                key = json.loads(piece)
                where[-1] = f".{key}"
            else:
                yield _path(where), line


def _path(where: list[str | int]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else step for step in where)
