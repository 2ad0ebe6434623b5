"""What the readers of structured formats share: the fields of one record, collected in order and numbered.

A reader makes an `Entry` for each record, adds what the source says, and yields its rows. What no field is made for
goes in as `other`, so that nothing is lost.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final, Literal, TypeVar

from kg.model import Document, Field, Problem, Record
from kg.names import is_collective
from kg.sources._json.value import Value

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SPEAKING: Final = frozenset({"date", "identifier", "reference", "author_id", "affiliation_id"})
"""Fields whose value says that their text is valid, so that it is kept where it is the same."""

_NEW: Final = tuple.__new__
"""Makes a field in half the time of its constructor, which fills in defaults; millions are made."""

_ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode
_SIMPLE: Final[Mapping[type, Callable[[Any], str]]] = {
    int: int.__repr__, float: float.__repr__, bool: {True: "true", False: "false"}.__getitem__,
}  # fmt: skip
"""How JSON writes what needs no encoder, which is ten times slower."""


class Entry:
    """The fields of one record.

    Args:
        document: Where it stands.
        ordinal: 0-based rank among the document's records of its kind.
        line: The 1-based line where it begins.
        path: Its path in a structured file, which field paths begin with.
        start: Offset of its first code point, where it stands verbatim.
        end: Offset behind its last one.
        kind: What it is about.
        line_of: Tells the line of a path, where a record has several lines.
    """

    __slots__ = (
        "_counts", "_document", "_end", "_fields", "_kind", "_line_of", "_problems", "_start", "line", "ordinal", "path",
    )  # fmt: skip

    def __init__(
        self, document: Document, ordinal: int, line: int, path: str | None = None, *, start: int | None = None,
        end: int | None = None, kind: Literal["paper", "profile"] = "paper", line_of: Callable[[str], int] | None = None,
    ) -> None:  # fmt: skip
        self._document, self.ordinal, self.line, self.path = document, ordinal, line, path
        self._start, self._end, self._kind, self._line_of = start, end, kind, line_of
        self._fields: list[Field] = []
        self._counts: dict[str, int] = {}
        self._problems: list[Problem] = []

    def add(
        self, name: str, text: Any, value: str | None = None, *, path: str | None = None, line: int | None = None,
        start: int | None = None, end: int | None = None, of: int | None = None,
    ) -> int | None:  # fmt: skip
        """Add a field and return its position among those of its name; None, and no field, where the text is blank.

        Args:
            name: See `kg.model.Field`.
            text: The text as decoded; a number or truth value is written as JSON does. White space at the ends goes,
                unless the field has offsets.
            value: The normalised value, where it differs or says that the text is valid; an author whose name says so is a `group`.
            path: Its whole path; the record's own unless given.
            line: Its line; that of its path unless given, else the record's own.
            start: Offset of its first code point, where it stands verbatim in the document.
            end: Offset behind its last one.
            of: Position of the field that it belongs to.
        """
        if not isinstance(text, str):
            text = self._written(name, text, line)
        if start is None:
            text = text.strip()
        if not text:
            return None
        if line is None:
            line = self._line_of(path) if self._line_of is not None and path else self.line
        if not text.isascii() and _SURROGATE.search(text):
            self.warn(f"half a character (a lone surrogate) in the {name}", "it became U+FFFD; repair the file", line)
            text, start, end = _SURROGATE.sub("\ufffd", text), None, None
        if value is not None and (not value or (value == text and name not in _SPEAKING)):
            value = None
        if name == "author" and value is None and is_collective(text):
            value = "group"
        position = self._counts.get(name, 0)
        self._counts[name] = position + 1
        self._fields.append(
            _NEW(Field, (name, text, line, start, end, value, self.path if path is None else path, position, of))
        )
        return position

    def identify(self, text: str, known: str, *, path: str | None = None, line: int | None = None) -> None:
        """Add an identifier of the paper that is valid, `known` as `scheme:id`; the arXiv id is a field of its own."""
        if known.startswith("arxiv:"):
            self.add("arxiv_id", text, known.removeprefix("arxiv:"), path=path, line=line)
        else:
            self.add("identifier", text, known, path=path, line=line)

    def _written(self, name: str, value: Any, line: int | None) -> str:
        """Return a value as JSON writes it, empty where it is null or, which is reported, nested too deep."""
        if value is None:
            return ""
        try:
            return _SIMPLE.get(type(value), _ENCODE)(value)
        except RecursionError:
            self.skip(f"nested too deep to be kept as {name}", "flatten it", line)
            return ""

    def add_rest(self, value: Value, known: Collection[str], data: Mapping[str, Any] | None = None) -> None:
        """Add as `other` each key of a JSON object that has something to say and is not `known`."""
        for key, rest in (value.data if data is None else data).items():
            if key not in known and rest not in (None, "", [], {}):
                path = f"{value.path}.{key}"
                self.add("other", rest, path=path, line=value.line_of(path))

    def warn(self, what: str, todo: str, line: int | None = None) -> None:
        """Note something that looks wrong in this record."""
        self._problems.append(Problem(self._document.name, line or self.line, what, todo, "warning"))

    def skip(self, what: str, todo: str, line: int | None = None) -> None:
        """Note something in this record that could not be read."""
        self._problems.append(Problem(self._document.name, line or self.line, what, todo))

    def line_at(self, path: str) -> int:
        """Return the line of a path, as far as the record knows it."""
        return self._line_of(path) if self._line_of else self.line

    def has(self, name: str) -> bool:
        """Tell whether there is a field of this name."""
        return name in self._counts

    def is_identified(self, scheme: str) -> bool:
        """Tell whether there is an identifier of this scheme."""
        return any(field.name == "identifier" and (field.value or "").startswith(f"{scheme}:") for field in self._fields)

    def rows(self) -> Iterator[Record | Problem]:
        """Yield the record, then what was noted about it; without any field there is no record."""
        if self._fields:
            yield Record(
                self._document.id, self.ordinal, self._kind, self._start, self._end, self.line, tuple(self._fields)
            )
        yield from self._problems


def from_to(first: str, last: str) -> str:
    """Return the pages from the first to the last, of which one may be missing.

    >>> from_to("1", "9"), from_to("1", "1"), from_to("", "9")
    ('1-9', '1', '9')
    """
    return "-".join(dict.fromkeys(filter(None, (first, last))))


_Found = TypeVar("_Found")


def numbered(
    document: Document, found: Iterable[_Found | Problem], paper: Callable[[Document, int, _Found], Iterator[Record | Problem]]
) -> Iterator[Record | Problem]:
    """Yield what `paper` makes of each thing found in a file, given the rank that its record will have, and the problems between them."""
    ordinal = 0
    for each in found:
        if isinstance(each, Problem):
            yield each
            continue
        for row in paper(document, ordinal, each):
            ordinal += isinstance(row, Record)
            yield row
