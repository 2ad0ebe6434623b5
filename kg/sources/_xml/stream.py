"""XML as a stream: one record's element after another, with nothing outside the file ever read.

No entity is expanded that the file defines, nothing is fetched, no depth or size blows up the memory. A document type
is refused, unless the format always comes with one: then it is passed over, and nothing that it names is loaded. The
parser is libxml2; it is given UTF-8, whatever the file is in, with the prolog already checked.
"""

import codecs
import io
import re
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import BinaryIO, Final, NamedTuple
from xml.parsers import expat

from lxml import etree

from kg.errors import UnreadableError
from kg.model import Document

_BLOCK: Final = 32_768
"""How much is read at once; a block cannot have more lines than that."""

_SEGMENT: Final = 16_384
"""After so many lines a new parser goes on: libxml2 holds the line of an element in 16 bits."""

_LONGEST_PROLOG: Final = 1 << 20
"""Where the root element begins at the latest, in bytes: far behind any licence in a comment."""

_SPACE: Final = r"[ \t\r\n]"
_MISC: Final = rf"(?>(?:{_SPACE}+|<\?.*?\?>|<!--.*?-->)*)"
_QUOTED: Final = r"(?:\"[^\"]*\"|'[^']*')"
_TYPE: Final = rf"<!DOCTYPE{_SPACE}+[^ \t\r\n\[>\"']++{_SPACE}*+(?:(?:SYSTEM|PUBLIC)(?:{_SPACE}*+{_QUOTED}){{1,2}})?{_SPACE}*+"

_BEFORE: Final = re.compile(_MISC.encode(), re.DOTALL)
_DOCTYPE: Final = re.compile(_TYPE.encode() + rb"([>\[])")
_SUBSET: Final = re.compile(
    rf"""(?>(?:[^]"'<%]+|{_QUOTED}|<!--.*?-->|<\?.*?\?>|<!(?:ELEMENT|ATTLIST|NOTATION)\b"""
    rf"""|<!ENTITY{_SPACE}+[\w.-]+{_SPACE}+(?:SYSTEM|PUBLIC)(?:{_SPACE}*+{_QUOTED}){{1,2}}{_SPACE}+NDATA\b)*)\]{_SPACE}*+>""".encode(),
    re.DOTALL,
)
"""Definitions that say nothing of a text: of elements and attributes, and of what is no text, as Elsevier has its figures."""

_WHOLE: Final = re.compile(_TYPE.encode() + rb"[>\[]|<[^!?]|[^<]")
_HEAD: Final = re.compile(rf"{_MISC}(?:{_TYPE}(?:\[.*?\]{_SPACE}*)?>{_MISC})?<(?:[\w.-]+:)?([\w.-]+)[\s/>]", re.DOTALL)
_DECLARED: Final = re.compile(rb"<\?xml\s[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")

_ENCODINGS: Final = frozenset(
    {"utf-8", "ascii", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254"} | {f"iso8859-{part}" for part in (1, 2, 5, 7, 9, 15)}
)
"""What a file may declare to be in, by Python's names. UTF-16 and UTF-32 are known by their byte order mark."""

_OF_NAMES: Final = frozenset({
    etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE, etree.ErrorTypes.NS_ERR_XML_NAMESPACE, etree.ErrorTypes.NS_ERR_QNAME,
})  # fmt: skip
"""Faults in the prefixes of names, which do not keep the parser from going on."""

_PREDEFINED: Final = frozenset({"lt", "gt", "amp", "quot", "apos"})


class Located(NamedTuple):
    """An element and its path in the file: `/dblp/article[3]`, names without namespace, counted as XPath does."""

    path: str
    element: etree._Element


def elements(
    document: Document, *tags: str, doctype: bool = False, entities: Mapping[str, str] | None = None,
) -> Iterator[etree._Element]:  # fmt: skip
    """Yield each element of the given tags when it is whole; it is emptied once the next one is asked for.

    `element.sourceline` is its line: the one on which its start tag ends. It is exact in files of any length, but for
    what stands more than some 48,000 lines below the start of one and the same yielded element.

    Args:
        document: The file.
        tags: What to yield: `{namespace}name`, `{*}name` (in any namespace or none) or `name` (in none). An element
            inside a yielded one is not yielded by itself.
        doctype: Whether the format comes with a document type (dblp, PubMed, JATS): it is passed over, unless it
            defines something itself.
        entities: Names of entities and the characters they stand for, for formats whose document type defines them.

    Raises:
        UnreadableError: If it is not well-formed, refused, or cut off; the message has line and column.
    """
    for found in located(document, *tags, doctype=doctype, entities=entities):
        yield found.element


def located(
    document: Document, *tags: str, doctype: bool = False, entities: Mapping[str, str] | None = None,
) -> Iterator[Located]:  # fmt: skip
    """Yield what `elements` yields, each with its path.

    Raises:
        UnreadableError: If it is not well-formed, refused, or cut off; the message has line and column.
    """
    with document.open() as raw:
        encoding = _encoding(document, raw.read(_BLOCK))
    with document.open() as raw:
        source = _Source(raw if encoding == "utf-8" else _Recoded(raw, encoding), entities or {}, allowed=doctype)
        try:
            whole = yield from _records(source, tags)
        except etree.XMLSyntaxError as error:
            line, column = error.position
            told = error.msg
            fatal = [each for each in error.error_log if each.level == etree.ErrorLevels.FATAL] if error.code in _OF_NAMES else []
            if fatal:  # what is told is the first fault; what ended it is the last
                line, column, told = fatal[-1].line, fatal[-1].column, fatal[-1].message
            what = f"no well-formed XML at column {max(1, column)}: {_told(told)}"
            raise UnreadableError(what, "repair the file, or fetch it again", max(1, line + source.base)) from error
    if not whole:
        with document.open() as raw:
            _check(_Source(raw if encoding == "utf-8" else _Recoded(raw, encoding), entities or {}, allowed=doctype))


def _check(source: "_Source") -> None:
    """Raise if a file with faults in its prefixes is not well-formed in other ways: behind them libxml2 says no more."""
    parser = expat.ParserCreate()
    try:
        for piece, _ in source.pieces(re.compile(b"(?!)")):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        what = f"no well-formed XML at column {error.offset + 1}: {expat.ErrorString(error.code)}"
        raise UnreadableError(what, "repair the file, or fetch it again", max(1, error.lineno - bool(source.base))) from error


def _parser(tags: Iterable[str], base: int) -> etree.XMLPullParser:
    """Return a parser that opens nothing, expands nothing but what is inside the text, and keeps libxml2's limits.

    Args:
        tags: The elements whose start and end it tells.
        base: What has to be added to the lines that it counts.
    """
    # Not collect_ids=False: libxml2 then loads the document type, wherever it is.
    parser = etree.XMLPullParser(
        ("start", "end"), tag=tuple(tags), encoding="utf-8", resolve_entities="internal", no_network=True, load_dtd=False,
        attribute_defaults=False, dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    if base:
        kind = type("_FarElement", (_Far,), {"base": base, "__slots__": ()})
        parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=kind))
    return parser


class _Far(etree.ElementBase):  # type: ignore[misc]  # lxml has no types
    """An element of a parser that began to count at another line than the first of the file."""

    __slots__ = ()
    base = 0

    @property
    def sourceline(self) -> int:
        """The line on which its start tag ends."""
        line: int = self.base + (_COUNTED(self) or 0)
        return line


_COUNTED: Final = etree._Element.sourceline.__get__  # noqa: SLF001 - the property, without what we put in its place
"""Returns the line that libxml2 has counted for an element."""


def _told(said: str | None) -> str:
    """Return what the parser says on one line, without the places that it repeats."""
    bare = re.sub(r",? line \d+(?:, column \d+)?(?: \(.*\))?", "", said or "damaged")
    return " ".join(bare.split())


def _records(source: "_Source", tags: Iterable[str]) -> Generator[Located, None, bool]:
    """Yield the outermost elements of these tags, and drop from memory what has been yielded or is of no use.

    Returns:
        Whether all prefixes are declared: people cut records out of files that declare them further up.
    """
    exact = frozenset(tag for tag in tags if not tag.startswith("{*}"))
    anywhere = frozenset(tag.removeprefix("{*}") for tag in tags if tag.startswith("{*}"))
    told = {*tags, f"{{*}}{source.root}"} if source.root else {*tags}
    closing = re.compile(rb"</(?:[^<>:]+:)?(?:" + b"|".join(re.escape(_bare(tag)).encode() for tag in tags) + rb")\s*>")
    parser, tree = _parser(told, source.base), _Tree()
    depth = 0
    for piece, may_end in source.pieces(closing):
        parser.feed(piece)
        last = None
        for event, element in parser.read_events():
            if tree.root is None:
                source.check(element)
                tree.root = element.getroottree().getroot()
            if element.tag not in exact and _bare(element.tag) not in anywhere:
                continue
            if event == "start":
                depth += 1
                continue
            depth -= 1
            if not depth:
                last = Located(tree.path(element), element)
                yield last
                element.clear(keep_tail=False)
        if last and may_end and not depth and tree.root is not last.element:
            fresh = _parser(told, source.line - 2)
            fresh.feed(source.again(tree.opening(last.element)))
            root = next((element for _, element in fresh.read_events()), None)
            if root is not None:  # else its name is one that we do not know, and the old parser has to do
                parser, source.base = fresh, source.line - 2
                tree.moved(last.element, root)
        elif not depth:
            tree.prune()
    try:
        parser.close()
    except etree.XMLSyntaxError:
        faults = {each.type for each in parser.feed_error_log}
        if not faults or faults - _OF_NAMES:
            raise
        return False
    return True


@lru_cache(maxsize=1 << 10)
def _bare(tag: str | Callable[..., etree._Element]) -> str:
    """Return a name without its namespace or prefix; comments and processing instructions, whose tag is a function, have none."""
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


class _Tree:
    """What is open around the yielded elements: it tells their paths, and stays small.

    Only elements before the last child are ever taken out: those that the parser does not write to any more.
    """

    def __init__(self) -> None:
        self.root: etree._Element | None = None
        self._levels: list[tuple[etree._Element, Counter[str]]] = []

    def path(self, element: etree._Element) -> str:
        """Return the path of an element, and take out what stands before it."""
        if element.getparent() is self.root and self.root is not None:  # as in all long lists
            name = local(element)
            return f"/{local(self.root)}/{name}[{self._count(0, self.root, element)[name] + 1}]"
        chain = [*reversed([*element.iterancestors()]), element]
        path = f"/{local(chain[0])}"
        for level, child in enumerate(chain[1:]):
            name = local(child)
            path = f"{path}/{name}[{self._count(level, chain[level], child)[name] + 1}]"
        return path

    def prune(self) -> None:
        """Take out all that has ended, but for the last child of each element."""
        level, element = 0, self.root
        while element is not None and len(element):
            child = element[-1]
            self._count(level, element, child)
            level, element = level + 1, child

    def _count(self, level: int, parent: etree._Element, child: etree._Element) -> Counter[str]:
        """Take out the children before this one, and return how many of each name there have been."""
        if level >= len(self._levels) or self._levels[level][0] is not parent:
            self._levels[level:] = [(parent, Counter())]
        count = self._levels[level][1]
        while (before := child.getprevious()) is not None:
            count[local(before)] += 1
            parent.remove(before)
        return count

    def opening(self, last: etree._Element) -> bytes:
        """Return the start tags of what is open after an element has ended."""
        opened = (etree.tostring(etree.Element(e.tag, dict(e.attrib), e.nsmap), encoding="utf-8") for e in last.iterancestors())
        return b"".join(reversed([tag.removesuffix(b"/>") + b">" for tag in opened]))

    def moved(self, last: etree._Element, root: etree._Element) -> None:
        """Go on in a new tree, in which the same elements are open and `last` is behind us."""
        del self._levels[len([*last.iterancestors()]) :]
        self._levels[-1][1][local(last)] += 1
        self.root, element = root, root
        for level, (_, count) in enumerate(self._levels):
            self._levels[level] = (element, count)
            element = element[-1] if len(element) else element


class _Recoded:
    """A stream in another encoding, read as UTF-8."""

    def __init__(self, raw: BinaryIO, encoding: str) -> None:
        self._text, self._line = io.TextIOWrapper(raw, encoding, newline="\n"), 1

    def read(self, size: int) -> bytes:
        """Return about so many bytes, none at the end.

        Raises:
            UnreadableError: If they are not in the encoding.
        """
        try:
            text = self._text.read(size)
        except UnicodeDecodeError as error:
            todo = "save it as UTF-8, or name its encoding with --encoding"
            raise UnreadableError(f"not {error.encoding} on this line or below", todo, self._line) from error
        self._line += text.count("\n")
        return text.encode()


class _Source:
    """The bytes of a document as its parser is given them: in UTF-8, with the prolog checked.

    Attributes:
        root: The name of the root element.
        line: The line that has been reached.
        base: What has to be added to the lines that the parser counts.

    Raises:
        UnreadableError: If the encoding or the document type is refused.
    """

    def __init__(self, stream: BinaryIO | _Recoded, entities: Mapping[str, str], *, allowed: bool) -> None:
        self._rest = stream
        self.line, self.base, self._column = 1, 0, 0
        defined = "".join(_definition(*entity) for entity in entities.items())
        self._type = f"<!DOCTYPE kg [{defined}]>".encode() if defined else b""
        head, start = self._prolog()
        self.root = root_of(head.decode("utf-8", "replace"))
        self._head = self._replaced(head, start, allowed=allowed)

    def _prolog(self) -> tuple[bytes, int]:
        """Return the head, read on until its prolog is whole, and where the document type or the root begins."""
        head = self._rest.read(_BLOCK).removeprefix(codecs.BOM_UTF8)
        while True:
            start = _BEFORE.match(head).end()  # type: ignore[union-attr]  # it matches nothing at least
            if (_WHOLE.match(head, start) and root_of(head.decode("utf-8", "replace"))) or not (more := self._rest.read(_BLOCK)):
                return head, start
            if len(head) > _LONGEST_PROLOG:
                if _WHOLE.match(head, start):
                    return head, start
                raise UnreadableError(f"no element in the first {_LONGEST_PROLOG >> 20} MB", "is it XML?", 1)
            head += more

    def _replaced(self, head: bytes, start: int, *, allowed: bool) -> bytes:
        """Return the head with our entities in the place of its document type, on a line of their own."""
        line = head.count(b"\n", 0, start) + 1
        end = start
        if head.startswith(b"<!DOCTYPE", start):
            match = _DOCTYPE.match(head, start)
            if match and match.group().split(None, 2)[1].rstrip(b">").lower() == b"html":
                raise UnreadableError("an HTML page, not data in XML", "save what the page links to", line)
            whole = _SUBSET.match(head, match.end()) if match and match[1] == b"[" else match
            if not allowed or whole is None:
                which = "" if not allowed else " with definitions of its own"
                raise UnreadableError(f"a document type (DTD){which} is refused", "delete the DOCTYPE", line)
            end = whole.end()
        elif not head.startswith(b"<", start):
            return head  # no XML: the parser says so
        blank = re.sub(rb"[^\r\n]", b" ", head[start:end])
        if self._type:
            self.line, self.base = 0, -1  # the line that is not the file's
            blank = self._type + _indented(start - head.rfind(b"\n", 0, start) - 1) + blank
        return head[:start] + blank + head[end:]

    def check(self, root: etree._Element) -> None:
        """Raise if the parser has seen a document type that we have not: nothing gets past us."""
        if not self._type and root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableError("a document type (DTD) is refused", "delete the DOCTYPE", 1)

    def pieces(self, closing: re.Pattern[bytes]) -> Iterator[tuple[bytes, bool]]:
        """Yield the bytes, and whether a piece may be the end tag of a record, after which a new parser could go on.

        Args:
            closing: What such an end tag looks like. In a comment it may look so too: the parser knows.
        """
        for stream in (io.BytesIO(self._head), self._rest):
            while block := stream.read(_BLOCK):
                match = closing.search(block) if self.line - self.base > _SEGMENT else None
                start, end = match.span() if match else (len(block), len(block))
                for piece in (block[:start], block[start:end], block[end:]):
                    if lines := piece.count(b"\n"):
                        self.line, self._column = self.line + lines, len(piece) - piece.rfind(b"\n") - 1
                    else:
                        self._column += len(piece)
                    if piece:
                        yield piece, bool(match) and piece == block[start:end]

    def again(self, opening: bytes) -> bytes:
        """Return what a new parser is given first, so that it can go on at the line and column that have been reached."""
        return self._type + opening + _indented(self._column)


def _indented(column: int) -> bytes:
    """Return what brings a parser to a column of its next line, so that it tells the columns of the file.

    The blanks before it are for lxml, which does not begin before it has some bytes.
    """
    return b"    \n" + b" " * min(column, _BLOCK)


def _encoding(document: Document, head: bytes) -> str:
    """Return the encoding of a document: what a person or a byte order mark says, else what it declares, else UTF-8."""
    if document.encoding not in {"utf-8", "utf-8-sig"}:
        return document.encoding
    declared = _DECLARED.match(head.removeprefix(codecs.BOM_UTF8))
    if declared is None:
        return "utf-8"
    name = declared[1].decode()
    try:
        known = codecs.lookup(name).name
    except LookupError:
        known = ""
    if known.startswith(("utf-16", "utf-32")):
        return "utf-8"  # it was so once: then the declaration itself could not be read as it was
    if known not in _ENCODINGS:
        raise UnreadableError(f"the encoding {name} is not read", "save it as UTF-8", 1)
    return "utf-8" if known == "ascii" else known


@lru_cache(maxsize=1 << 12)
def _definition(name: str, text: str) -> str:
    """Return the definition of an entity; the five that XML knows are left as they are."""
    if name in _PREDEFINED:
        return ""
    # A reference is resolved when the definition is read: what would then be markup is escaped once more.
    return f'<!ENTITY {name} "{"".join(f"&#38;#{ord(c)};" if c in "<&" else f"&#{ord(c)};" for c in text)}">'


def root_of(head: str) -> str:
    """Return the local name of the root element that a file's head shows, empty where there is none.

    >>> root_of('<?xml version="1.0"?><!-- <x> --><feed xmlns="http://www.w3.org/2005/Atom">')
    'feed'
    """
    match = _HEAD.match(head.removeprefix("\ufeff"))
    return match[1] if match else ""


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return _bare(element.tag)


def text_of(element: etree._Element | None) -> str:
    """Return all text inside an element, markup left out, on one line; a formula without the blanks that lay it out."""
    if element is None:
        return ""
    text = "".join(element.itertext()) if len(element) else element.text
    if not text:
        return ""
    if "  " not in text and text.isprintable():  # no white space but single blanks
        return text.strip()
    if len(element) and next(element.iter(_MATH), None) is not None:
        text = "".join(_without_layout(element, formula=False))
    return " ".join(text.split())


_MATH: Final = "{http://www.w3.org/1998/Math/MathML}math"


def _without_layout(element: etree._Element, *, formula: bool) -> Iterator[str]:
    """Yield the texts inside an element, but for white space between the elements of a formula."""
    inside = formula or element.tag == _MATH
    text = element.text or ""
    if text.strip() or not inside or local(element) == "mtext":
        yield text
    for each in element:
        yield from _without_layout(each, formula=inside)
        tail = each.tail or ""
        if tail.strip() or not inside:
            yield tail


def children(element: etree._Element, path: str) -> list[Located]:
    """Return the children of an element of the stream with their paths; one that is alone of its name is not counted.

    >>> [found.path for found in children(etree.XML("<a><b/><c/><b/></a>"), "/a")]
    ['/a/b[1]', '/a/c', '/a/b[2]']
    """
    inside = list(element)
    if len(inside) == 1:
        return [Located(f"{path}/{local(inside[0])}", inside[0])]
    names = [child.tag for child in inside]
    if "{" in (joined := "".join(names)) or ":" in joined:
        names = [_bare(name) for name in names]
    distinct = len(set(names))
    if distinct == len(names):
        paths = [f"{path}/{name}" for name in names]
    elif distinct == 1:
        start = f"{path}/{names[0]}["
        paths = [f"{start}{rank}]" for rank in range(1, len(names) + 1)]
    else:
        paths = _counted(path, names)
    return [*map(_LOCATED, zip(paths, inside))]  # noqa: B905 - they are as many, and this is called for each element


def descendants(found: Located, name: str, apart: frozenset[str] = frozenset()) -> Iterator[Located]:
    """Yield the elements of a name inside another, outermost first, with their paths.

    Args:
        found: The element.
        name: The local name.
        apart: Local names of elements that are not looked into.
    """
    if next(found.element.iter(f"{{*}}{name}"), None) is None:
        return
    for part in children(found.element, found.path):
        if local(part.element) == name:
            yield part
        elif local(part.element) not in apart:
            yield from descendants(part, name, apart)


_LOCATED: Final = partial(tuple.__new__, Located)
"""Makes a located element in half the time of its constructor."""


def _counted(path: str, names: list[str]) -> list[str]:
    """Return the paths of children, of which several have the same name."""
    total: dict[str, int] = {}
    ranks = []
    for name in names:
        total[name] = rank = total.get(name, 0) + 1
        ranks.append(rank)
    return [
        f"{path}/{name}" if rank == 1 and total[name] == 1 else f"{path}/{name}[{rank}]"
        for name, rank in zip(names, ranks, strict=True)
    ]
