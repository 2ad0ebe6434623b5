"""XML as a stream: one record's element after another, with nothing outside the file ever read.

No entity is expanded that the file defines, nothing is fetched, no depth or size blows up the memory. A document type
is refused, unless the format always comes with one: then its name is borne and nothing of it is loaded.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import BinaryIO, Final

from lxml import etree

from kg.errors import UnreadableError
from kg.model import Document

_DOCTYPE: Final = re.compile(rb"<!DOCTYPE\s[^>\[]*(\[)?[^>]*>?", re.IGNORECASE)
_PROLOG: Final = 65_536
_ENCODINGS: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1", "utf-16", "windows-1252"})
_DECLARED: Final = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")


def elements(
    document: Document, *tags: str, doctype: bool = False, entities: Mapping[str, str] | None = None,
) -> Iterator[etree._Element]:  # fmt: skip
    """Yield each element of the given tags when it is whole; it is emptied once the next one is asked for.

    `element.sourceline` is its line. A tag may be `{namespace}name`, `{*}name` or `name`.

    Args:
        document: The file.
        tags: What to yield; an element inside a yielded one is not yielded by itself.
        doctype: Whether the format comes with a document type (dblp, PubMed, JATS): its name is passed over, unless it
            defines entities itself.
        entities: Names of entities and the characters they stand for, for formats whose document type defines them.

    Raises:
        UnreadableError: If it is not well-formed, refused, or cut off; the message has line and column.
    """
    try:
        with _guarded(document, entities or {}, allowed=doctype) as stream:
            events = etree.iterparse(
                stream, events=("start", "end"), resolve_entities="internal", no_network=True, load_dtd=False,
                huge_tree=False, remove_comments=True, remove_pis=True,
            )  # fmt: skip
            yield from _whole(events, tags)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise UnreadableError(f"no well-formed XML at column {column}: {error.msg}", "repair the file, or fetch it again", line) from error


def _whole(events: Iterator[tuple[str, etree._Element]], tags: Collection[str]) -> Iterator[etree._Element]:
    """Yield the outermost elements of these tags, and drop from memory what has been yielded or is of no use."""
    wanted = [_matcher(tag) for tag in tags]
    inside = 0
    for event, element in events:
        matches = isinstance(element.tag, str) and any(match(element.tag) for match in wanted)
        if event == "start":
            inside += matches
            continue
        inside -= matches
        if matches and not inside:
            yield element
        if not inside:
            element.clear(keep_tail=False)
            while (before := element.getprevious()) is not None and (parent := element.getparent()) is not None:
                parent.remove(before)


def _matcher(tag: str) -> "_Match":
    return _Match(tag.removeprefix("{*}"), any_space=tag.startswith("{*}"))


class _Match:
    """Tells whether a tag is the one that is meant, in any namespace or in its own."""

    def __init__(self, tag: str, *, any_space: bool) -> None:
        self._tag, self._any = tag, any_space

    def __call__(self, tag: str) -> bool:
        return (tag.rpartition("}")[2] if self._any else tag) == self._tag


def root_of(head: str) -> str:
    """Return the local name of the root element that a file's head shows, empty where there is none.

    >>> root_of('<?xml version="1.0"?><!-- x --><feed xmlns="http://www.w3.org/2005/Atom">')
    'feed'
    """
    bare = re.sub(r"\A\ufeff?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*", "", head, flags=re.DOTALL)
    match = re.match(r"<(?:[\w.-]+:)?([\w.-]+)[\s/>]", bare)
    return match[1] if match else ""


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_of(element: etree._Element | None) -> str:
    """Return all text inside an element, markup left out, on one line."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _guarded(document: Document, entities: Mapping[str, str], *, allowed: bool) -> BinaryIO:
    """Return the document's bytes with its document type checked and taken out."""
    stream = document.open()
    head = stream.read(_PROLOG)
    plain = head.decode("utf-16", "replace").encode() if document.encoding == "utf-16" else head
    if (declared := _DECLARED.match(plain.lstrip(b"\xef\xbb\xbf \t\r\n"))) and declared[1].decode().lower() not in _ENCODINGS:
        raise UnreadableError(f"the encoding {declared[1].decode()} is not read", "save it as UTF-8", 1)
    start = re.search(rb"<[A-Za-z_]", plain)
    match = _DOCTYPE.search(plain, 0, start.start() if start else len(plain))
    if match is None:
        return _Joined(head, stream)
    line = plain.count(b"\n", 0, match.start()) + 1
    if not allowed or match[1] or not match.group().endswith(b">"):
        raise UnreadableError("a document type (DTD) is refused", "delete the DOCTYPE, which this format does not need", line)
    defined = "".join(f'<!ENTITY {name} "&#{ord(char)};">' for name, char in entities.items())
    name = match.group().split()[1].decode("ascii", "replace")
    ours = f"<!DOCTYPE {name} [{defined}]>".encode() + b"\n" * match.group().count(b"\n")
    return _Joined(head[: match.start()] + ours + head[match.end() :], stream)


class _Joined(BytesIO):
    """A head that is in memory, and the stream behind it; closing it closes the stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__(head)
        self._rest = rest

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes."""
        return super().read(size) or self._rest.read(-1 if size is None else size)

    def close(self) -> None:
        """Close both."""
        self._rest.close()
        super().close()
