"""Parts of a record: a text, its path in the file and its line; and what the root element of an XML file is."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from kg.model import Document, Problem, Record
from kg.sources._entry import Entry
from kg.sources._xml import root_of

_ATTRIBUTE: Final = r"""\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*')"""


class Part(NamedTuple):
    """A text of the source, and where it stands: path and 1-based line."""

    text: str
    path: str
    line: int

    def saying(self, text: str) -> "Part":
        """Return another text at the same place."""
        return Part(text, self.path, self.line)

    def add_to(self, entry: Entry, name: str, value: str | None = None, of: int | None = None) -> int | None:
        """Add it to a record as the field `name`; return the field's position, None where the text is blank."""
        return entry.add(name, self.text, value, path=self.path, line=self.line, of=of)


def part_of(element: etree._Element, path: str, entry: Entry) -> Part:
    """Return the text inside an element, markup left out and white space kept."""
    text = "".join(element.itertext()) if len(element) else element.text or ""
    return Part(text, path, line_of(element, entry))


def line_of(element: etree._Element, entry: Entry) -> int:
    """Return the line of an element; the record's where a record of tens of thousands of lines has no exact one."""
    return max(element.sourceline or 0, entry.line)


def root_tag(head: str) -> str:
    """Return the root element that a file's head shows as `{namespace}name`, empty where there is none.

    >>> root_tag('<a:feed xmlns:a="http://www.w3.org/2005/Atom">'), root_tag("<rss version='2.0'>"), root_tag("x")
    ('{http://www.w3.org/2005/Atom}feed', 'rss', '')
    """
    name = root_of(head)
    if not name:
        return ""
    tag = rf"<(?:([\w.-]+):)?{re.escape(name)}(?=[\s/>])((?:{_ATTRIBUTE})*)"
    start = re.search(tag, _uncommented(head))
    if start is None:
        return name
    prefix = f":{re.escape(start[1])}" if start[1] else ""
    space = re.search(rf"\sxmlns{prefix}\s*=\s*[\"']([^\"']+)", start[2])
    return f"{{{space[1]}}}{name}" if space else name


def _uncommented(head: str) -> str:
    """Return a text without its comments; one that is never closed stays."""
    pieces, at = [], 0
    while (start := head.find("<!--", at)) >= 0 and (end := head.find("-->", start)) >= 0:
        pieces.append(head[at:start])
        at = end + 3
    return "".join([*pieces, head[at:]])


def rows_of(entry: Entry, what: str) -> Iterator[Record | Problem]:
    """Yield a record and what was noted about it; one without title is noted too, and is none without any content.

    Args:
        entry: The record.
        what: How people call it: its kind, and the id that it has in the file.
    """
    if not entry.has("title"):
        entry.skip(f"{what} has no title", "add the title, or leave it out")
    empty = not (entry.has("title") or entry.has("abstract") or entry.has("author"))
    return (row for row in entry.rows() if isinstance(row, Problem) or not empty)


def none_found(document: Document, why: str, todo: str) -> Problem:
    """Return the warning that a file of a known format holds no papers."""
    return Problem(document.name, 1, f"no papers found: {why}", todo, "warning")
