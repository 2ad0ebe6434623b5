"""Parts of a record: a text, its path in the file and its line; and what the root element of an XML file is."""

import re
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Final, NamedTuple

from lxml import etree

from kg.model import Document, Problem, Record
from kg.sources._entry import Entry, numbered
from kg.sources._xml.stream import Located, children, root_of

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


def parts_of(entry: Entry, element: etree._Element, path: str) -> Iterator[tuple[etree._Element, Part]]:
    """Yield the children of an element, each with its text and place."""
    for where, child in children(element, path):
        yield child, part_of(child, where, entry)


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
    start = re.search(tag, _without(head, "<!--", "-->"))
    if start is None:
        return name
    prefix = f":{re.escape(start[1])}" if start[1] else ""
    space = re.search(rf"\sxmlns{prefix}\s*=\s*[\"']([^\"']+)", start[2])
    return f"{{{space[1]}}}{name}" if space else name


def tags_of(head: str) -> Iterator[re.Match[str]]:
    """Yield the tags in a file's head, but for those in comments and in text that is no markup: `end`, `name` and `rest` of each."""
    return _TAG.finditer(_without(_without(head, "<!--", "-->"), "<![CDATA[", "]]>"))


_TAG: Final = re.compile(r"<(?P<end>/?)(?P<name>[\w.:-]++)(?P<rest>(?>(?:[^<>\"']+|\"[^\"]*+\"|'[^']*+')*))>")


def _without(text: str, opens: str, closes: str) -> str:
    """Return a text without what stands between two marks; one that is never closed stays."""
    pieces, at = [], 0
    while (start := text.find(opens, at)) >= 0 and (end := text.find(closes, start)) >= 0:
        pieces.append(text[at:start])
        at = end + len(closes)
    return "".join([*pieces, text[at:]])


AGAIN: Final = "check what was asked for, or fetch it again"
"""What to do about an answer without papers."""


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


def works(
    document: Document, found: Iterable[Located | Problem], add: Callable[[Entry, Located], None], what: str, none: str, todo: str = AGAIN,
    *, known: Callable[[Located], str | None] = attrgetter("path"),
) -> Iterator[Record | Problem]:  # fmt: skip
    """Yield the record of each element that describes a work and what was noted about it, see `rows_of`; a warning where there is none.

    Args:
        document: The file.
        found: The elements, in order, and the problems between them.
        add: Adds to a record all that is said in its element.
        what: How people call what an element describes, with its article.
        none: That there is none, in words.
        todo: What to do where there is none.
        known: What a person knows an element by; its path where that is nothing.
    """

    def work(document: Document, ordinal: int, each: Located) -> Iterator[Record | Problem]:
        entry = Entry(document, ordinal, int(each.element.sourceline), each.path)
        add(entry, each)
        return rows_of(entry, f"{what} ({known(each) or each.path})")

    return unless_none(document, numbered(document, found, work), none, todo)


def unless_none(document: Document, rows: Iterable[Record | Problem], none: str, todo: str = AGAIN) -> Iterator[Record | Problem]:
    """Yield what was read from a file of a known format, or the warning that it holds no papers."""
    found = False
    for row in rows:
        found = True
        yield row
    if not found:
        yield none_found(document, none, todo)


def none_found(document: Document, why: str, todo: str = AGAIN) -> Problem:
    """Return the warning that a file of a known format holds no papers."""
    return Problem(document.name, 1, f"no papers found: {why}", todo, "warning")
