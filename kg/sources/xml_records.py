"""Reader of XML of people's own making: a list of papers whose elements say what they are.

What is in a record is what JSON would have in other spelling, and is read as that (see `json_records`): an element is a key,
elements of one name a list, attributes are keys that begin with `@`; an identifier is called by its kind (`<id type="doi">`).
Exports of services that no other reader knows are often of this kind (DOAJ, Europe PMC, IEEE Xplore, OJS). A record is an
element with a title and with authors, an abstract or an identifier in it; the names that such elements have in the beginning
of the file are those of all records. Paths are those of the JSON, lines those of the XML. The JSON is made as it is read.
"""

import io
import json
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, BinaryIO, Final, NamedTuple, cast

from lxml import etree

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources import HEAD, json_records
from kg.sources._own_json.keys import meaning
from kg.sources._parts import none_found, tags_of
from kg.sources._xml.stream import local, located, root_of, text_of

_LIKELY: Final = 0.27
_NO_LISTS: Final = frozenset({"html", "svg", "feed", "rss", "RDF", "OAI-PMH", "package", "office", "plist", "project", "opml", "kml", "urlset"})
"""Root elements of what is no list of papers, or has a reader of its own."""

_TELLING: Final = frozenset({"authors", "abstract", "doi", "arxiv", "pmid"})
_DEEPEST: Final = 50
_LANGUAGES: Final = frozenset({"lang", "language", "locale"})
"""Attributes that say of what language a text is: they stand beside it, so that it stays a text."""

_KINDS: Final = frozenset({"type", "scheme", "IdType", "pub-id-type", "identifierType"})
_IDENTIFIERS: Final = frozenset({"doi", "arxiv", "pmid", "pmcid"})


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is a list of papers in XML.

    >>> sniff("<papers><paper><title>T</title><authors>A and B</authors></paper></papers>", "x"), sniff("<a><title>T</title></a>", "x")
    (0.27, 0.0)
    """
    return _LIKELY if root_of(head) not in {"", *_NO_LISTS} and _homes(head) else 0.0


class _Row(NamedTuple):
    """A line of JSON, and the line of XML that it is from."""

    text: str
    line: int


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the papers, and a problem for each part that cannot be read.

    Raises:
        UnreadableError: If the file is not well-formed, defines entities, or is nested too deep.
    """
    made = _Made(document)
    for row in json_records.read(Document(document.id, document.name, document.sha256, document.size, made.open)):
        if isinstance(row, Record):
            made.forget(row.line)
            line = made.line(row.line)
            fields = tuple(field._replace(line=max(line, made.line(field.line))) for field in row.fields)
            yield replace(row, line=line, fields=fields)
        elif made.any:
            yield replace(row, line=made.line(row.line))
    if not made.any:
        yield none_found(document, "there is no record in it")


class _Made:
    """The JSON that the records of an XML file are, made as it is read, and the line of XML that each of its lines is from.

    Attributes:
        any: Whether there is a record, as far as it was read.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._homes = [f"{{*}}{name}" for name in _homes(document.head(HEAD)) or ["record"]]
        self._lines: deque[int] = deque()
        self._before = 0
        self.any = False

    def open(self) -> BinaryIO:
        """Return the JSON, from the beginning; the lines are those of what was opened last."""
        self._lines, self._before = deque(), 0
        return cast("BinaryIO", io.BufferedReader(_Bytes(self._rows())))

    def _rows(self) -> Iterator[str]:
        opens = "["
        for found in located(self._document, *self._homes, doctype=True):
            self.any = True
            for text, line in (_Row(opens, found.element.sourceline or 1), *_written(found.element, 0, _year_around(found.element))):
                self._lines.append(line)
                yield text
            opens = ","
        yield "]" if self.any else "[]"

    def line(self, number: int) -> int:
        """Return the line of XML that a line of the JSON is from."""
        return self._lines[max(min(number - self._before, len(self._lines)) - 1, 0)]

    def forget(self, number: int) -> None:
        """Forget the lines before one: what is read on stands behind it."""
        while self._before < number - 1:
            self._lines.popleft()
            self._before += 1


_AT_ONCE: Final = 500
"""How many lines are made at once."""


class _Bytes(io.RawIOBase):
    """Lines of text as a stream of bytes."""

    def __init__(self, rows: Iterator[str]) -> None:
        super().__init__()
        self._rows, self._left = rows, b""

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, target: Any) -> int:
        """Put as much into a buffer as it takes, and return how much; nothing at the end."""
        if not self._left:
            self._left = "".join(f"{row}\n" for row in islice(self._rows, _AT_ONCE)).encode()
        with memoryview(target) as view:
            size = min(len(view), len(self._left))
            view[:size] = self._left[:size]
        self._left = self._left[size:]
        return size


def _homes(head: str) -> list[str]:
    """Return the names of the elements that look like papers, none where there is none; what a paper cites stands inside it.

    >>> _homes("<a><title/><doi/><b><title>T</title><author>A</author><c><title>C</title><author>D</author></c></b><d><title/><doi/>")
    ['b', 'd']
    >>> _homes("<a><title>T</title><doi>10.1/x</doi></a>"), _homes("<a><title/><year/></a>")
    (['a'], [])
    """
    opened: list[tuple[str, set[str], int]] = []
    found: list[str] = []
    root = ""
    for tag in tags_of(head):
        name = tag["name"].rpartition(":")[2]
        if not tag["end"]:
            if opened:
                opened[-1][1].add(meaning(name) or "")
            if not tag["rest"].endswith("/"):
                opened.append((name, set(), len(found)))
        elif opened:
            root = _closed(opened, found) or root
    while opened:
        root = _closed(opened, found) or root
    return sorted({*found}) or [root][: bool(root)]


def _closed(opened: list[tuple[str, set[str], int]], found: list[str]) -> str:
    """Close the last element: a paper takes the place of those found in it; return the name of the root if it looks like one."""
    name, inside, before = opened.pop()
    if not ("title" in inside and not _TELLING.isdisjoint(inside)):
        return ""
    if not opened:
        return name
    found[before:] = [name]
    return ""


_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")


def _year_around(element: etree._Element) -> list[tuple[str, str]]:
    """Return the year that an attribute of what a paper is in says (`<group id="2010">`), where the paper has no date."""
    if any(meaning(local(child)) == "date" for child in element if isinstance(child.tag, str)) or any(meaning(name) == "date" for name, _ in _attributes(element)):
        return []
    years = (value for parent in element.iterancestors() for _, value in _attributes(parent) if _YEAR.fullmatch(value.strip()))
    return [("year", year.strip()) for year in years][:1]


def _written(element: etree._Element, depth: int, around: Sequence[tuple[str, str]] = ()) -> list[_Row]:
    """Return what an element says as lines of JSON, a text, a list, or an object, with what else is told of it."""
    line = element.sourceline or 1
    if depth > _DEEPEST:
        raise UnreadableError(f"nested more than {_DEEPEST} deep", "leave the file out", line)
    inside = [child for child in element if isinstance(child.tag, str)]
    mixed = bool(inside) and bool((element.text or "").strip() or any((child.tail or "").strip() for child in inside))
    text = text_of(element) if mixed or not inside else ""
    attributes = [(name, value) for name, value in _attributes(element) if depth == 0 or not (name in _LANGUAGES or (name in _KINDS and _kind(element)))]
    attributes += around
    if not attributes and (mixed or not inside):
        return [_Row(json.dumps(text, ensure_ascii=False), line)]
    named: dict[str, list[etree._Element]] = {}
    for child in () if mixed else inside:
        named.setdefault(_kind(child) or local(child), []).append(child)
    if len(named) == 1 and not attributes and _is_list(local(element), next(iter(named)), len(inside)):
        return _listed(inside, line, depth)
    pieces = [[_Row(f"{json.dumps(f'@{name}')}: {json.dumps(value, ensure_ascii=False)}", line)] for name, value in attributes]
    pieces += [[_Row(f'"#text": {json.dumps(text, ensure_ascii=False)}', line)]] if text else []
    for name, children in named.items():
        rows = _written(children[0], depth + 1) if len(children) == 1 else _listed(children, line, depth)
        pieces.append([_Row(f"{json.dumps(name, ensure_ascii=False)}: {rows[0].text}", children[0].sourceline or line), *rows[1:]])
        languages = "; ".join(value for child in children for key, value in _attributes(child) if key in _LANGUAGES)
        if languages:
            pieces.append([_Row(f"{json.dumps(f'{name}@language')}: {json.dumps(languages)}", children[0].sourceline or line)])
    return _joined("{", "}", pieces, line)


def _attributes(element: etree._Element) -> list[tuple[str, str]]:
    """Return the attributes of an element, their names without namespace."""
    return [(name.rpartition("}")[2], value) for name, value in element.items()]


def _kind(element: etree._Element) -> str:
    """Return the kind of identifier that an attribute says a text is (`<id type="doi">`), empty where it says none."""
    kinds = [value.lower() for name, value in _attributes(element) if name in _KINDS] if not len(element) else []
    return next((kind for kind in kinds if kind == "orcid" or meaning(kind) in _IDENTIFIERS), "")


def _is_list(name: str, inner: str, count: int) -> bool:
    """Tell whether an element only holds a list: `authors` of `author`, `authorList` of anything."""
    return count > 1 or name.lower().startswith(inner.lower()) or name.lower().endswith(("list", "s"))


def _listed(elements: list[etree._Element], line: int, depth: int) -> list[_Row]:
    return _joined("[", "]", [_written(each, depth + 1) for each in elements], line)


def _joined(opens: str, closes: str, pieces: list[list[_Row]], line: int) -> list[_Row]:
    """Return the lines of a list or an object, with commas between its parts."""
    parts = [
        [*piece[:-1], _Row(f"{piece[-1].text},", piece[-1].line)] if rank < len(pieces) else piece for rank, piece in enumerate(pieces, 1)
    ]  # fmt: skip
    return [_Row(opens, line), *(row for piece in parts for row in piece), _Row(closes, line)]
