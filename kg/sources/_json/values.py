r"""JSON as a stream: one value after another of a list, of JSON Lines, or of the list inside an answer's envelope.

Memory holds one value (and a piece of text), not the file. Each value knows its line and its path in the file, and
where its parts stand. What RFC 8259 does not allow (`Infinity`, a comma before the end, text behind the end) is an error
with line and column, but for `NaN`: pandas and Python write it where a value is missing, and it is read as null. Of a
key that is given twice the last one counts, as in every common parser.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from kg.errors import UnreadableError
from kg.model import Document, Problem
from kg.sources._json.lines import by_line, is_lines, unwrapped
from kg.sources._json.stream import Stream
from kg.sources._json.value import Value


def values(document: Document, *envelopes: str, beside: list[Value] | None = None) -> Iterator[Value | Problem]:
    """Yield the records of a JSON or JSON Lines file, and a problem for each line that is no JSON.

    The elements of a list are its records, in JSON Lines too. An object is one record, unless it has an envelope; then
    the elements of that are the records.

    Args:
        document: The file.
        envelopes: Where lists of records are inside an answer: `results`, `message.items`.
        beside: What to put the object into that is around an envelope, with what else is in it, once all else is read.

    Raises:
        UnreadableError: If the file is no JSON; the message has line and column.
    """
    paths = [tuple(path.split(".")) for path in envelopes]
    if is_lines(document):
        yield from by_line(document, paths)
        return
    stream = Stream(document, paths)
    yield from stream.values()
    if beside is not None and stream.has_envelope:
        beside.append(stream.outer)


def outside(document: Document, *envelopes: str) -> Mapping[str, Any]:
    """Return what the one object that a file is holds beside its list of records; nothing where it is JSON Lines, a list, or no JSON.

    Args:
        document: The file, which is read through, one record at a time.
        envelopes: See `values`.
    """
    try:
        if is_lines(document):
            return {}
    except UnreadableError:
        return {}
    stream = Stream(document, [tuple(path.split(".")) for path in envelopes])
    with suppress(UnreadableError):
        deque(stream.values(), maxlen=0)
    outer: dict[str, Any] = stream.outer.data
    return outer


def saved(document: Document, *envelopes: str) -> Iterator[Value | Problem]:
    """Yield the records of what people keep of a service: its answers, lists of its answers, or records by their ids.

    Args:
        document: The file: `{"results": [...]}`, `[{"results": [...]}, ...]`, `[{...}, ...]` or `{"10.1000/1": {...}, ...}`.
        envelopes: See `values`.

    Raises:
        UnreadableError: If the file is no JSON; the message has line and column.
    """
    paths = [tuple(path.split(".")) for path in envelopes]
    for value in values(document, *envelopes):
        if isinstance(value, Value) and isinstance(value.data, dict):
            yield from _inside(value, paths, by_id=bool(value.parts))
        else:
            yield value


def _inside(value: Value, envelopes: Sequence[tuple[str, ...]], *, by_id: bool) -> Iterator[Value]:
    """Yield the records in an object that is an answer, or, if `by_id`, whose keys may be the ids of records; else the object itself."""
    data = value.data
    is_answer = any(envelope[0] in data for envelope in envelopes)
    if is_answer:
        parts = [(part.path.removeprefix("$"), part.data) for part in unwrapped(data, value.line, envelopes)]
        is_answer = any(path for path, _ in parts)
    elif by_id and data and all(isinstance(held, dict) for held in data.values()):
        parts = [(f".{key}", held) for key, held in data.items()]
        is_answer = True
    if not is_answer:
        yield value
        return
    for below, part in parts:
        path = f"{value.path}{below}"
        yield Value(part, path, value.line_of(path), lines=value.lines)


def head_objects(head: str, *envelopes: str, most: int = 3, kept: bool = False) -> list[dict[str, Any]]:
    """Return the first objects that a file's head holds whole, for `sniff`; none where it is no JSON.

    If the head ends within the first one, its keys that are whole are returned.

    Args:
        head: The beginning of the file.
        envelopes: See `values`.
        most: How many objects are enough.
        kept: Whether they are looked for as `saved` does.
    """
    text = head.removeprefix("\ufeff")
    document = Document.of_text(text)
    if text.lstrip()[:1] not in {"[", "{"} and not is_lines(document):
        return []
    found: list[dict[str, Any]] = []
    try:
        for value in (saved if kept else values)(document, *envelopes):
            if isinstance(value, Value) and isinstance(value.data, dict):
                found.append(value.data)
            if len(found) >= most:
                return found
    except UnreadableError:
        pass
    return found or _cut_object(text, envelopes, kept=kept)[:most]


def _cut_object(head: str, envelopes: Sequence[str], *, kept: bool) -> list[dict[str, Any]]:
    """Return the keys that are whole of the first object of a head that ends within it; of an answer the objects that are."""
    paths = [tuple(path.split(".")) for path in envelopes]
    stream = Stream(Document.of_text(head), paths)
    _, found = stream.drained()
    if not stream.in_list:
        inside = _inside(Value(found, "$", 1), paths, by_id=kept) if found else ()
        return [value.data for value in inside if isinstance(value.data, dict)] if kept else [found] if found else []
    listed, found = Stream(Document.of_text(stream.left), paths if kept else []).drained()
    return listed or ([found] if found else [])
