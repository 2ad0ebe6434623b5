"""YAML as the JSON that says the same, so that what reads JSON reads it too.

In that JSON each value begins a line of its own, and for each line it is known which line of the YAML it is from. Texts stay
as they are written (`2.10` is no number, `2020-05-12` no day, `no` a word), but for `null`, `true` and `false`. Tags make
nothing: no object is ever built. Aliases repeat what their anchors name, within limits. The parser's events are taken one
by one, since what builds trees of them calls itself for each level.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import yaml

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BEGIN: Final = re.compile(
    r"\ufeff?(?>(?:(?:%YAML|---|[ \t]*#)[^\n]*\n|[ \t\r]*\n)*)(?P<indent> *)(?:-[ \t]+(?:\{[ \t]*)?|-[ \t]*\r?\n[ \t]+)?[\"']?\w[\w .:/@+'-]{0,80}?[\"']?:(?:\s|\Z)"
)
"""How a file begins that is a mapping or a list of some: comments, a key. What is in brackets is JSON, or none of ours."""

_WORDS: Final = {"": "null", "~": "null", "null": "null", "Null": "null", "NULL": "null", "true": "true", "True": "true", "false": "false", "False": "false"}
_GROWTH: Final = 10
_FREE: Final = 1000
"""The JSON may have so many code points, and ten times as many as the file: aliases repeat what is elsewhere."""

_DEEPEST: Final = 100


class Converted(NamedTuple):
    """A file of YAML as JSON, and for each line of that the line of the YAML."""

    document: Document
    lines: list[int]


def as_json(document: Document) -> Converted:
    """Return a file of YAML as JSON; several documents in it become a list.

    Raises:
        UnreadableError: If the file is no YAML, or made to exhaust whoever reads it.
    """
    text = document.text.removeprefix("\ufeff")
    writer = _Writer(_FREE + _GROWTH * len(text))
    try:
        for event in yaml.parse(text, _LOADER):
            writer.take(event)
    except yaml.YAMLError as error:
        raise UnreadableError(*_told(error)) from error
    rows = writer.rows if writer.documents == 1 else [("[", 1), *writer.rows, ("]", 1)]
    made = Document.of_text("\n".join(piece for piece, _ in rows), document.name, document.id)
    return Converted(made, [line for _, line in rows])


def head_as_json(head: str, whole: int) -> str:
    """Return the head of a file as JSON, without a last part that is cut off; empty where it is no YAML.

    Args:
        head: The beginning of the file.
        whole: How many code points a head has that may be cut off.
    """
    begun = _BEGIN.match(head)
    if begun is None:
        return ""
    ends = [match.start() + 1 for match in re.finditer(rf"\n(?={begun['indent']}[^\s#])", head)] if len(head) >= whole else [len(head)]
    try:
        return as_json(Document.of_text(head[: ends[-1] if ends else 0])).document.text
    except UnreadableError:
        return ""


def mapped(rows: Iterable[Record | Problem], lines: list[int]) -> Iterator[Record | Problem]:
    """Yield what was read from the JSON with the lines of the YAML."""
    last = len(lines)
    for row in rows:
        if isinstance(row, Record):
            fields = tuple(field._replace(line=lines[min(field.line, last) - 1]) for field in row.fields)
            yield replace(row, line=lines[min(row.line, last) - 1], fields=fields)
        else:
            yield replace(row, line=lines[min(row.line, last) - 1]) if row.line else row


def _told(error: yaml.YAMLError) -> tuple[str, str, int]:
    """Return what is wrong with a file, what to do, and where."""
    mark = getattr(error, "problem_mark", None)
    what = " ".join(str(getattr(error, "problem", None) or "it cannot be read").split())[:80]
    return f"no YAML: {what}", "repair the file", mark.line + 1 if mark else 1


@dataclass(slots=True)
class _Open:
    """A list or mapping that is not closed yet: where its rows begin, the key that waits for its value, the anchor."""

    closes: str
    line: int
    begin: int
    before: int
    anchor: str | None
    filled: bool = False
    key: str | None = None
    key_line: int = 0


class _Writer:
    """The lines of JSON that have been written so far, each with the line of YAML that it is from.

    Args:
        most: How many code points they may have.
    """

    def __init__(self, most: int) -> None:
        self.rows: list[tuple[str, int]] = []
        self.documents = 0
        self._before_document = 0
        self._left = most
        self._open: list[_Open] = []
        self._known: dict[str, list[tuple[str, int]]] = {}

    def take(self, event: Any) -> None:
        """Take one event of the parser."""
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            self._known.clear()
            self._before_document = len(self.rows)
        elif isinstance(event, yaml.DocumentEndEvent):
            if [text.lstrip(",") for text, _ in self.rows[self._before_document :]] == ["null"]:
                self.rows.pop()  # nothing but a line `---`
            else:
                self.documents += 1
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event.anchor, line)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(self._open) >= _DEEPEST:
                raise UnreadableError(f"nested more than {_DEEPEST} deep", "leave the file out", line)
            before, line = self._before(line)
            opens, closes = ("{", "}") if isinstance(event, yaml.MappingStartEvent) else ("[", "]")
            self._open.append(_Open(closes, line, len(self.rows), len(before), event.anchor))
            self._write(before + opens, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = self._open.pop()
            self._write(closed.closes, closed.line)
            self._remember(closed.anchor, closed.begin, closed.before)

    def _scalar(self, event: Any, line: int) -> None:
        around = self._open[-1] if self._open else None
        if around and around.closes == "}" and around.key is None:
            around.key, around.key_line = event.value, line
            return
        before, line = self._before(line)
        plain = event.implicit[0] and not event.style
        said = _WORDS.get(event.value) if plain else None
        self._write(before + (said or json.dumps(event.value, ensure_ascii=False)), line)
        self._remember(event.anchor, len(self.rows) - 1, len(before))

    def _alias(self, anchor: str, line: int) -> None:
        if anchor not in self._known:
            raise UnreadableError(f"an alias of what is not there yet: {anchor[:40]!r}", "repair the file", line)
        before, line = self._before(line)
        (first, _), *others = self._known[anchor]
        self._write(before + first, line)
        for piece, _ in others:
            self._write(piece, line)

    def _before(self, line: int) -> tuple[str, int]:
        """Return what stands before a value, and its line: that of its key, if it has one."""
        around = self._open[-1] if self._open else None
        if around is None:
            return "," if self.rows else "", line
        comma, around.filled = "," if around.filled else "", True
        if around.closes == "]":
            return comma, line
        if around.key is None:
            raise UnreadableError("a key that is a list or a mapping", "make it a text", line)
        name, around.key = json.dumps(around.key, ensure_ascii=False), None
        return f"{comma}{name}: ", around.key_line

    def _remember(self, anchor: str | None, begin: int, before: int) -> None:
        """Keep what an anchor names."""
        if anchor is not None:
            (first, line), *others = self.rows[begin:]
            self._known[anchor] = [(first[before:], line), *others]

    def _write(self, text: str, line: int) -> None:
        self.rows.append((text, line))
        self._left -= len(text)
        if self._left < 0:
            raise UnreadableError("aliases that become too much text", "leave the file out", line)
