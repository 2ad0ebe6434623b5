r"""JSON as a stream: one value after another of a list, of JSON Lines, or of the list inside an answer's envelope.

Memory holds one value (and a piece of text), not the file. Each value knows its line and its path in the file, and
where its parts stand. What RFC 8259 does not allow (`Infinity`, a comma before the end, text behind the end) is an error
with line and column, but for `NaN`: pandas and Python write it where a value is missing, and it is read as null. Of a
key that is given twice the last one counts, as in every common parser.
"""

import codecs
import json
import math
import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

from kg.errors import UnreadableError
from kg.model import Document, Problem

READ_AS_LINES: Final = "one JSON object a line, read as JSON Lines"
"""What is told of JSON Lines that are called `.json`."""

LONGEST: Final = 64 << 20
"""The longest single value or line, in code points or bytes: longer than any record, short enough for any memory."""

_PIECE: Final = 1 << 18
"""How much is read at once, in code points."""

_LONGEST_TOKEN: Final = 12
"""So near its end a piece may cut off `\ud83d\ude00` or `-Infinity`, and the parser calls it a mistake."""

_DEEPEST: Final = 50
_LARGE: Final = 4 << 20
_DEEPEST_IN_LARGE: Final = 2
"""How deep lines of parts are told: they are kept in memory, and a hostile value has many parts."""

_CUT_OFF: Final = "the file ends in the middle (is it whole?)"
_SHOWN: Final = 4 << 20
"""How many bytes are looked at to tell JSON Lines from one JSON text."""

_BLANK: Final = b" \t\r\n"
_WIDE: Final = frozenset({"utf-16", "utf-32"})
_SPACE: Final = re.compile(r"[ \t\n\r]*")
_TOKEN: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],\n]|[^\s{}\[\]:,"]+', re.DOTALL)
_NESTED: Final = frozenset({dict, list})
_LINES_NAME: Final = re.compile(r"\.(?:jsonl|ndjson|jsonlines)\b", re.IGNORECASE)
_JSON_NAME: Final = re.compile(r"\.json(?:\.\w+)?$", re.IGNORECASE)


def _integer(digits: str) -> int | str:
    """Return a number; one of so many thousands of digits that Python does not read it stays text."""
    try:
        return int(digits)
    except ValueError:
        return digits


def _real(digits: str) -> float | str:
    """Return a number; one that is too large for a float stays text."""
    number = float(digits)
    return number if -math.inf < number < math.inf else digits


def _constant(name: str) -> None:
    """Return nothing for `NaN`; raise for the infinities, which stand for no missing value."""
    if name != "NaN":
        raise ValueError(name)


class _Decoder(json.JSONDecoder):
    """The parser. It reads whole numbers itself, which is much faster; only what has more digits than Python reads needs us."""

    def raw_decode(self, s: str, idx: int = 0) -> tuple[Any, int]:
        """Return the value that begins at a place of a text, and where it ends."""
        try:
            return super().raw_decode(s, idx)
        except json.JSONDecodeError:
            raise
        except ValueError:
            return _OF_ANY_LENGTH.raw_decode(s, idx)


_OF_ANY_LENGTH: Final = json.JSONDecoder(parse_int=_integer, parse_float=_real, parse_constant=_constant)
_DECODER: Final = _Decoder(parse_float=_real, parse_constant=_constant)


@dataclass(slots=True)
class Value:
    """One value of a file.

    Attributes:
        data: The value: a dictionary, list, text, number, truth value or None.
        path: Where it is in the file: `$[17]`, `$.results[3]`; `$` where it is a line or the whole file.
        line: The 1-based line where it begins.
        text: Its own text, from which the lines of its parts are found; empty where all is on one line.
        parts: Its members, where they were read one by one.
    """

    data: Any
    path: str
    line: int
    text: str = ""
    parts: Sequence["Value"] = ()
    _lines: dict[str, int] = field(default_factory=dict)

    def line_of(self, path: str) -> int:
        """Return the line of a part, given its path from the file's root.

        If it has no such part: the line of the nearest value around that path, at last its own.
        """
        if not self._lines:
            if not self.text and not self.parts:
                return self.line
            self._lines.update(_places_of(self))
        found = self._lines.get(path)
        while found is None and len(path) > len(self.path):
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
            found = self._lines.get(path)
        return found or self.line


def values(document: Document, *envelopes: str) -> Iterator[Value | Problem]:
    """Yield the records of a JSON or JSON Lines file, and a problem for each line that is no JSON.

    The elements of a list are its records, in JSON Lines too. An object is one record, unless it has an envelope; then
    the elements of that are the records.

    Args:
        document: The file.
        envelopes: Where lists of records are inside an answer: `results`, `message.items`.

    Raises:
        UnreadableError: If the file is no JSON; the message has line and column.
    """
    paths = [tuple(path.split(".")) for path in envelopes]
    if _is_lines(document):
        yield from _by_line(document, paths)
    else:
        yield from _Stream(document, paths).values()


def head_objects(head: str, *envelopes: str, most: int = 3) -> list[dict[str, Any]]:
    """Return the first objects that a file's head holds whole, for `sniff`; none where it is no JSON.

    If the head ends within the first one, its keys that are whole are returned.
    """
    text = head.removeprefix("\ufeff")
    document = Document.of_text(text)
    if text.lstrip()[:1] not in {"[", "{"} and not _is_lines(document):
        return []
    found: list[dict[str, Any]] = []
    try:
        for value in values(document, *envelopes):
            if isinstance(value, Value) and isinstance(value.data, dict):
                found.append(value.data)
            if len(found) >= most:
                return found
    except UnreadableError:
        pass
    return found or _cut_object(text, envelopes)


def _cut_object(head: str, envelopes: Sequence[str]) -> list[dict[str, Any]]:
    """Return the keys that are whole of the first object of a head that ends within it."""
    stream = _Stream(Document.of_text(head), [tuple(path.split(".")) for path in envelopes])
    found = stream.drained()
    if stream.in_list:
        found = _Stream(Document.of_text(stream.left), []).drained()
    return [found] if found else []


def _is_lines(document: Document) -> bool:
    """Tell whether a file is one value a line: by its name, or by its first lines.

    Raises:
        UnreadableError: If its name says so, but its first value goes over several lines.
    """
    is_named = _LINES_NAME.search(document.name) is not None
    if document.encoding in _WIDE:
        return is_named
    lines = _first_lines(document)
    first, second, third = [*map(_shape, lines), "", "", ""][:3]
    if is_named:
        if first == "open" and second not in {"", "whole"}:
            raise UnreadableError("not one JSON object a line", "save it as JSON Lines, or name it .json", 1)
        return first != "open" or lines[0] != b"["
    if first == "whole":
        return lines[0].startswith(b"{") and second != "" and (second != "open" or third == "")
    return first == "broken" and second == "whole"


def _first_lines(document: Document) -> list[bytes]:
    """Return up to three lines that are not blank; the last one may be cut where they are very long."""
    lines: list[bytes] = []
    left = _SHOWN
    with document.open() as raw:
        while len(lines) < 3 and left > 0 and (data := raw.readline(left)):
            line = (data.removeprefix(codecs.BOM_UTF8) if left == _SHOWN else data).rstrip(_BLANK)
            lines += [line] if line else []
            left -= len(data)
    return lines


def _shape(line: bytes) -> str:
    """Tell whether a line that is not blank is a `whole` JSON value, the beginning of one (`open`), or `broken`."""
    if line.lstrip(_BLANK)[:1] not in {b"[", b"{"}:
        return "broken"
    try:
        text = line.decode("utf-8", "replace")
        _DECODER.decode(text)
    except json.JSONDecodeError as error:
        is_open = error.pos >= len(text) and not error.msg.startswith("Unterminated")
        return "open" if is_open else "broken"
    except (ValueError, RecursionError):
        return "broken"
    return "whole"


def _lines(document: Document) -> Iterator[tuple[int, str | Problem]]:
    r"""Yield number and text of each line that is not blank, or why it is none.

    A line ends with `\n`, whatever else (U+2028, a lone `\r`) is in its texts.
    """
    if document.encoding in _WIDE:
        yield from ((line.number, line.text.rstrip()) for line in document.lines() if line.text.strip())
        return
    todo = "repair or delete the line"
    with document.open() as raw:
        number = 0
        while data := raw.readline(LONGEST):
            number += 1
            if len(data) >= LONGEST and data[-1:] != b"\n":
                yield number, Problem(document.name, number, f"a line of more than {LONGEST >> 20} MB", todo)
                while data and data[-1:] != b"\n":
                    data = raw.readline(LONGEST)
                continue
            if number == 1:
                data = data.removeprefix(codecs.BOM_UTF8)
            try:
                text = data.rstrip(_BLANK).decode(document.encoding)
            except UnicodeDecodeError as error:
                what = f"not {document.encoding.removesuffix('-sig').upper()} at byte {error.start} of the line"
                yield number, Problem(document.name, number, what, todo)
            else:
                if text:
                    yield number, text


def _by_line(document: Document, envelopes: Sequence[tuple[str, ...]]) -> Iterator[Value | Problem]:
    """Yield the values of JSON Lines."""
    if _JSON_NAME.search(document.name):
        yield Problem(document.name, 1, READ_AS_LINES, "name it .jsonl", "warning")
    firsts = {envelope[0] for envelope in envelopes}
    listed = False
    for number, text in _lines(document):
        if isinstance(text, Problem):
            yield text
            continue
        try:
            data = _DECODER.decode(text)
        except (ValueError, RecursionError) as error:
            yield Problem(document.name, number, f"no JSON: {_told(error)}", "repair or delete the line")
        else:
            if isinstance(data, list) and not listed:
                listed = True
                what = "a list on a line, its elements read as records"
                yield Problem(document.name, number, what, "save it as .json, or one object a line", "warning")
            if isinstance(data, dict) and firsts.isdisjoint(data):
                yield Value(data, "$", number)
            else:
                yield from _unwrapped(data, number, envelopes)


def _unwrapped(data: Any, line: int, envelopes: Sequence[tuple[str, ...]]) -> Iterator[Value]:
    """Yield what a line holds: a record, or the records of its list or envelope."""
    found = [("$", data)] if isinstance(data, list) else []
    for envelope in envelopes:
        inner = data
        for key in envelope:
            inner = inner.get(key) if isinstance(inner, dict) else None
        if isinstance(inner, list):
            found.append((f"$.{'.'.join(envelope)}", inner))
    if not found:
        yield Value(data, "$", line)
    for path, elements in found:
        yield from (Value(element, f"{path}[{i}]", line) for i, element in enumerate(elements))


def _told(error: Exception) -> str:
    """Return in one clause what is wrong with a JSON text."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]} (column {error.colno})"
    return "nested too deep" if isinstance(error, RecursionError) else f"{error} is no JSON"


class _Stream:
    """A JSON text that is read piece by piece.

    Args:
        document: The file.
        envelopes: Key paths of lists of records.

    Attributes:
        rest: The members so far of the outermost object that are in no envelope.
        in_list: Whether it is within a record of a list, not within the object around it.
    """

    def __init__(self, document: Document, envelopes: Sequence[tuple[str, ...]]) -> None:
        self._pieces = document.chunks(_PIECE)
        self._name, self._envelopes = document.name, envelopes
        self._buffer, self._at = "", 0
        # Lines are counted up to a place in the buffer; of that line so many code points have left the buffer.
        self._line, self._counted, self._before = 1, 0, 0
        self.rest: dict[str, Any] = {}
        self.in_list = False

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
                self.rest = {}
                whole = yield from self._object("$", (), self.rest)
                if whole is not None:
                    yield whole
            else:
                self._fail("expected a list or an object")

    def drained(self) -> dict[str, Any]:
        """Read on as far as possible and return the members of the outermost object."""
        try:
            for _ in self.values():
                pass
        except UnreadableError:
            pass
        return self.rest

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

    def _object(
        self, path: str, keys: tuple[str, ...], data: dict[str, Any]
    ) -> Generator[Value, None, Value | None]:
        """Yield the elements of all envelopes in the object that begins here; return the object if it has none.

        Args:
            path: Its path.
            keys: The keys that lead to it.
            data: What to put its members into.
        """
        parts: list[Value] = []
        found = Value(data, path, self._line_here(), parts=parts)
        has_envelope = False
        self._at += 1
        if self._peek() == "}":
            self._at += 1
            return found
        while True:
            key = self._key()
            inside, below = (*keys, key), f"{path}.{key}"
            first = self._peek()
            if first == "[" and inside in self._envelopes:
                has_envelope = True
                yield from self._list(below)
            elif first == "{" and any(envelope[: len(inside)] == inside for envelope in self._envelopes):
                data[key] = {}
                part = yield from self._object(below, inside, data[key])
                if part is None:
                    has_envelope = True
                    del data[key]
                else:
                    parts.append(part)
            else:
                parts.append(self._value(below))
                data[key] = parts[-1].data
            if self._next(",}") == "}":
                return None if has_envelope else found

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
                data, end = _DECODER.raw_decode(self._buffer, self._at)
            except RecursionError:
                self._fail("nested too deep")
            except json.JSONDecodeError as error:
                # Cut off by the end of the piece? Then the mistake is there, or the text that began is not closed.
                cut = error.msg.startswith("Unterminated") or error.pos >= len(self._buffer) - _LONGEST_TOKEN
                if cut and self._more():
                    continue
                ends = error.msg.startswith("Unterminated") or error.pos >= len(self._buffer.rstrip())
                self._fail(_told(error).partition(" (")[0] if not ends else _CUT_OFF, error.pos)
            except ValueError as error:
                name = str(error)
                pieces = _TOKEN.finditer(self._buffer, self._at)
                self._fail(_told(error), next((m.start() for m in pieces if m.group() == name), None))
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
    for match in _TOKEN.finditer(text):
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
