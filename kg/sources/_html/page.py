"""A web page as readers need it: its elements in order, each with line, path and stretch of the page's text.

The text is what a person sees, on lines as the block elements make them; scripts and styles are not in it. Nothing is
fetched, no script runs. lxml's HTML parser makes a tree of any input, however bad its markup is.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from lxml import etree

from kg.errors import UnreadableError
from kg.model import Document

LARGEST: Final = 64 << 20
"""How many bytes a page may have; its tree takes twenty times as many."""

_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "br", "button", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "th", "thead", "tr", "ul",
})  # fmt: skip
_BLOCK_CLASSES: Final = frozenset({"csl-block", "d-block", "ltx_creator", "ltx_contact"})
"""Classes of citeproc, Bootstrap and LaTeXML that make a block of an element."""

_BLOCK_STYLE: Final = re.compile(r"display\s*:\s*block", re.IGNORECASE)
_HIDDEN: Final = frozenset({"script", "style", "template", "svg", "noscript", "head", "title", "annotation", "annotation-xml", "select", "textarea", "iframe", "object"})
"""Elements whose text is none of the page's."""

_DEEPEST: Final = 256
"""Deeper elements have no entry of their own; their text is in those above them."""

_MOST_COUNTED: Final = 65_535
"""Up to this line libxml2 counts."""

_IMPLIED: Final = frozenset({"html", "head", "body", "tbody"})
"""Elements whose start tags may be left out, and mostly are."""

_CHARSET: Final = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_LABELS: Final = {
    "iso-8859-1": "windows-1252", "latin-1": "windows-1252", "latin1": "windows-1252", "ascii": "windows-1252", "us-ascii": "windows-1252",
    "iso-8859-9": "windows-1254", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "x-euc-jp": "euc-jp", "macintosh": "mac-roman", "big5": "big5hkscs",
}  # fmt: skip
"""Encodings that browsers read another one for: the WHATWG Encoding Standard, section 4.2."""

_KNOWN: Final = frozenset({
    "utf-8", *(f"cp125{n}" for n in range(9)), *(f"iso8859-{n}" for n in range(1, 17)), "koi8-r", "koi8-u", "gb18030", "big5hkscs", "euc_jp", "iso2022_jp",
    "cp932", "cp949", "mac-roman", "cp866", "cp874",
})  # fmt: skip
_XPLORE: Final = re.compile(r"\bxplGlobal\.document\.metadata\s*=\s*(\{[^\r\n]*\})\s*;")
"""Where pages of IEEE Xplore say what they are about: JSON in a script."""

FRONT_MATTER: Final = re.compile(r"\ufeff?---[ \t]*\r?\n(?:[^\n]*\n){1,100}?---[ \t]*\r?\n")
"""What Jekyll and the like take off before they serve a page."""

_SPACES: Final = re.compile(r"\s+")


@dataclass(slots=True)
class Node:
    """One element of a page.

    Attributes:
        index: Its rank in the page.
        tag: Its name.
        line: The 1-based line of its start tag's end.
        parent: Index of the element that it is in, -1 for none.
        depth: How many elements it is in.
        step: Its step in an XPath: `li[3]`.
        start: Where its text begins in the page's text.
        end: Where that ends.
        last: Index of the last element inside it; its own if there is none.
        attributes: Its attributes.
    """

    index: int
    tag: str
    line: int
    parent: int
    depth: int
    step: str
    start: int
    end: int = 0
    last: int = 0
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def classes(self) -> list[str]:
        """Its classes, in lower case."""
        return self.attributes.get("class", "").lower().split()


@dataclass(frozen=True)
class Web:
    """A page.

    Attributes:
        nodes: Its elements in order.
        text: Its text.
        metas: Its `meta` elements.
        scripts: What its scripts of type `application/ld+json` hold, and IEEE Xplore's.
        title: What its `title` element holds.
        code: What its other scripts hold.
    """

    nodes: list[Node]
    text: str
    metas: list[Node]
    scripts: list[tuple[Node, str]]
    title: str
    code: list[tuple[Node, str]]

    def said(self, node: Node) -> str:
        """Return the text of an element on one line."""
        return " ".join(self.text[node.start : node.end].split())

    def inside(self, node: Node) -> Iterator[Node]:
        """Yield the elements inside one."""
        return (self.nodes[i] for i in range(node.index + 1, node.last + 1))

    def above(self, node: Node) -> Iterator[Node]:
        """Yield the elements that one is in, the nearest first."""
        while node.parent >= 0:
            node = self.nodes[node.parent]
            yield node

    def path(self, node: Node) -> str:
        """Return an element's XPath."""
        steps = [node.step, *(above.step for above in self.above(node))]
        return "/" + "/".join(reversed(steps))

    @cached_property
    def base(self) -> str:
        """The address that the page was saved from, as far as it says so; empty otherwise."""
        for node in self.nodes:
            href = node.attributes.get("href", "")
            if href.startswith(("http://", "https://")) and (node.tag == "base" or (node.tag == "link" and node.attributes.get("rel", "").lower() == "canonical")):
                return href
        addresses = (meta.attributes.get("content", "") for meta in self.metas if meta.attributes.get("property", "").lower() == "og:url")
        return next((address for address in addresses if address.startswith(("http://", "https://"))), "")


def page_of(document: Document) -> Web:
    """Return a document as a page.

    Raises:
        UnreadableError: If it is too large, or not in the encoding that it says.
    """
    if document.size > LARGEST:
        raise UnreadableError(f"a web page of more than {LARGEST >> 20} MB", "save the list in parts, or take its BibTeX or JSON", 1)
    with document.open() as raw:
        data = raw.read()
    text = _decoded(document, data).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    if front := FRONT_MATTER.match(text):
        text = "\n" * front[0].count("\n") + text[front.end() :]
    data = text.encode("utf-8", "replace")
    return _Walk(data).page()


def _decoded(document: Document, data: bytes) -> str:
    """Return the text of the bytes: UTF-8, or the encoding that is told beside or in the file."""
    if document.flaw is None or document.encoding in {"utf-16", "utf-32"}:
        try:
            return data.decode(document.encoding)
        except UnicodeDecodeError:
            document.must_be_text()
            raise
    declared = _CHARSET.search(data, 0, 8192)
    label = declared[1].decode("ascii").lower() if declared else ""
    try:
        codec = codecs.lookup(_LABELS.get(label, label)).name if label else ""
    except LookupError:
        codec = ""
    if codec not in _KNOWN or codec == "utf-8":
        document.must_be_text()
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(f"not {label}, which it says it is, at byte {error.start}", "save it as UTF-8", line) from error


class _Walk:
    """Goes through a page's tree once, from top to bottom.

    Args:
        data: The page in UTF-8.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._far = _Far(data)
        self._nodes: list[Node] = []
        self._pieces: list[str] = []
        self._length = 0
        self._metas: list[Node] = []
        self._scripts: list[tuple[Node, str]] = []
        self._code: list[tuple[Node, str]] = []
        self._title = ""
        self._open: list[Node | None] = []
        self._counts: list[dict[str, int]] = [{}]
        self._hidden = 0

    def page(self) -> Web:
        """Return the page."""
        parser = etree.HTMLParser(encoding="utf-8", remove_pis=True, huge_tree=True, no_network=True)
        root = etree.fromstring(self._data, parser) if self._data.strip() else None
        for event, element in etree.iterwalk(root, events=("start", "end", "comment")) if root is not None else ():
            if event == "comment":
                self._write(element.tail)
            elif event == "start":
                self._start(element)
            else:
                self._end(element)
        return Web(self._nodes, "".join(self._pieces), self._metas, self._scripts, " ".join(self._title.split()), self._code)

    def _start(self, element: Any) -> None:
        tag = str(element.tag).lower()
        line = element.sourceline or 1
        line = line if line < _MOST_COUNTED else self._far.line(tag)
        if _is_block(element) and not self._hidden:
            self._break()
        node: Node | None = None
        if len(self._open) < _DEEPEST:
            counts = self._counts[-1]
            counts[tag] = counts.get(tag, 0) + 1
            step = f"{tag}[{counts[tag]}]"
            parent = next((above.index for above in reversed(self._open) if above is not None), -1)
            attributes = {str(key).lower(): str(value) for key, value in element.attrib.items()}
            node = Node(len(self._nodes), tag, line, parent, len(self._open), step, self._length, attributes=attributes)
            self._nodes.append(node)
            if tag == "meta":
                self._metas.append(node)
            elif tag == "title" and not self._title:
                self._title = element.text or ""
            elif tag == "script" and "ld+json" in node.attributes.get("type", "").lower():
                self._scripts.append((node, element.text or ""))
            elif tag == "script" and (told := _XPLORE.search(element.text or "")):
                self._scripts.append((node, told[1]))
            elif tag == "script" and element.text:
                self._code.append((node, element.text))
        self._open.append(node)
        self._counts.append({})
        self._hidden += tag in _HIDDEN
        self._write(element.text)

    def _end(self, element: Any) -> None:
        tag = str(element.tag).lower()
        node = self._open.pop()
        self._counts.pop()
        self._hidden -= tag in _HIDDEN
        if node is not None:
            node.end, node.last = self._length, len(self._nodes) - 1
        if _is_block(element) and not self._hidden:
            self._break()
        self._write(element.tail)

    def _break(self) -> None:
        if self._length and not self._pieces[-1].endswith("\n"):
            self._put("\n")

    def _write(self, text: str | None) -> None:
        if text and not self._hidden:
            text = _SPACES.sub(" ", text.replace("\ufeff", ""))
            if text[:1] == " " and (not self._length or self._pieces[-1][-1] in " \n"):
                text = text[1:]
            if text:
                self._put(text)

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)


def _is_block(element: Any) -> bool:
    """Tell whether an element stands on lines of its own: by its tag, a class that says so, or its style."""
    if str(element.tag).lower() in _BLOCKS:
        return True
    return not _BLOCK_CLASSES.isdisjoint(element.get("class", "").split()) or _BLOCK_STYLE.search(element.get("style", "")) is not None


class _Far:
    """Finds the lines of the start tags behind those that libxml2 counts, by looking for one after the other.

    Args:
        data: The page.
    """

    def __init__(self, data: bytes) -> None:
        self._data, self._at, self._line = data, -1, _MOST_COUNTED
        self._absent: set[str] = set()

    def line(self, tag: str) -> int:
        """Return the line of the next start tag of a name; that of the one before, if it was left out."""
        if self._at < 0:
            self._data = self._data.lower()
            self._at = 0
            for _ in range(_MOST_COUNTED - 1):
                self._at = self._data.find(b"\n", self._at) + 1
        if tag in _IMPLIED or tag in self._absent:
            return self._line
        found = self._data.find(b"<" + tag.encode(), self._at)
        if found < 0:
            self._absent.add(tag)
            return self._line
        end = max(self._data.find(b">", found), found)
        self._line += self._data.count(b"\n", self._at, end)
        self._at = end
        return self._line
