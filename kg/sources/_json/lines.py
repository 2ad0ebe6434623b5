"""JSON Lines: which files are, and their values, one or the elements of one a line."""

import codecs
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from kg.errors import UnreadableError
from kg.model import Document, Problem
from kg.sources._json.parser import LONGEST, decoded, told
from kg.sources._json.value import Value

READ_AS_LINES: Final = "one JSON object a line, read as JSON Lines"
"""What is told of JSON Lines that are called `.json`."""

_SHOWN: Final = 4 << 20
"""How many bytes are looked at to tell JSON Lines from one JSON text."""

_BLANK: Final = b" \t\r\n"
_WIDE: Final = frozenset({"utf-16", "utf-32"})
_LINES_NAME: Final = re.compile(r"\.(?:jsonl|ndjson|jsonlines)\b", re.IGNORECASE)
_JSON_NAME: Final = re.compile(r"\.json(?:\.\w+)?$", re.IGNORECASE)


def is_lines(document: Document) -> bool:
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
        decoded(text)
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


def by_line(document: Document, envelopes: Sequence[tuple[str, ...]]) -> Iterator[Value | Problem]:
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
            data = decoded(text)
        except (ValueError, RecursionError) as error:
            yield Problem(document.name, number, f"no JSON: {told(error)}", "repair or delete the line")
        else:
            if isinstance(data, list) and not listed:
                listed = True
                what = "a list on a line, its elements read as records"
                yield Problem(document.name, number, what, "save it as .json, or one object a line", "warning")
            if isinstance(data, dict) and firsts.isdisjoint(data):
                yield Value(data, "$", number)
            else:
                yield from unwrapped(data, number, envelopes)


def unwrapped(data: Any, line: int, envelopes: Sequence[tuple[str, ...]]) -> Iterator[Value]:
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
