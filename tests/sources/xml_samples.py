"""What the tests of the XML readers share: rows of a reader, fields of a record, samples taken apart and put together wrongly."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from types import ModuleType

from hypothesis import strategies as st
from lxml import etree

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources import decode
from tests.sources.test_contract import DATA, check

ODD_TEXTS = st.sampled_from(
    ["", " ", "x", "0000-0002-1825-0098", "10.1000/x", "2022-02-30", "13", "\u202e", "é" * 3, "a\nb", "0001", " 0001", "&lt;b&gt;", "9" * 400, "..."]
)


def sample(name: str) -> str:
    """Return the text of a sample, given as `reader/file`."""
    data = (DATA / name).read_bytes()
    return data.decode("latin-1" if b"ISO-8859-1" in data[:60] else "utf-8")


def document(data: str | bytes) -> Document:
    found = decode(data if isinstance(data, bytes) else data.encode(), "x.xml")
    assert isinstance(found, Document)
    return found


def rows(reader: ModuleType, data: str | bytes | Path) -> tuple[list[Record], list[Problem]]:
    """Return what a reader makes of a file."""
    found = list(reader.read(document(data.read_bytes() if isinstance(data, Path) else data)))
    return [row for row in found if isinstance(row, Record)], [row for row in found if isinstance(row, Problem)]


def fields(record: Record, *names: str) -> list[tuple[str, str | None]]:
    """Return text and value of the fields of some names."""
    return [(field.text, field.value) for field in record.fields if field.name in names]


def of(record: Record, name: str) -> list[tuple[int | None, str, str | None]]:
    """Return position of the owner, text and value of the fields of a name."""
    return [(field.of, field.text, field.value) for field in record.all(name)]


def texts(record: Record, name: str) -> list[str]:
    return [field.text for field in record.all(name)]


def said(element: etree._Element, *without: str) -> Iterator[str]:
    """Yield each piece of text inside an element, on one line."""
    if element.tag in without or not isinstance(element.tag, str):
        return
    for text in [element.text, *(child.tail for child in element)]:
        if text and text.strip():
            yield " ".join(text.split())
    for child in element:
        yield from said(child, *without)


@st.composite
def mangled(draw: st.DrawFn, text: str) -> bytes:
    """Return a sample some of whose elements are gone, twice there, emptied, renamed, or say something odd."""
    root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True))
    for _ in range(draw(st.integers(1, 6))):
        inside = [element for element in root.iter() if isinstance(element.tag, str) and element is not root]
        if not inside:
            break
        element = inside[draw(st.integers(0, len(inside) - 1))]
        kind = draw(st.integers(0, 5))
        if kind == 0:
            element.getparent().remove(element)
        elif kind == 1:
            element.addnext(deepcopy(element))
        elif kind == 2:
            element.text = draw(ODD_TEXTS)
        elif kind == 3:
            element.tag = inside[draw(st.integers(0, len(inside) - 1))].tag
        elif kind == 4:
            for name in list(element.attrib):
                element.set(name, draw(ODD_TEXTS))
        else:
            inside[draw(st.integers(0, len(inside) - 1))].append(deepcopy(element))
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def survives(reader: ModuleType, data: bytes) -> None:
    """Check that a reader keeps its promises on a file, whatever is in it."""
    shown = document(data)
    try:
        found = list(reader.read(shown))
    except UnreadableError:
        return
    check(shown.text, found)
    assert found == list(reader.read(shown))
