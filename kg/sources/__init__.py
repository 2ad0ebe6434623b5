"""Readers: one file per input format, found by its name; what is in a file tells the format, not its name.

A reader is a module with

    sniff(head: str, path: str) -> float                    how sure it is that it can read this, 0 to 1
    read(document: Document) -> Iterator[Record | Problem]  the records in order, and what could not be read
"""

import hashlib
import re
from collections.abc import Iterable
from types import ModuleType
from typing import Final

from kg.errors import UsageError
from kg.model import Document, Problem, Record
from kg.plugins import discover
from kg.text import CONTROL, LINE_END, line_of, line_starts

HEAD = 65_536
"""How many code points of a document a reader is shown to recognise its format."""

_BOM: Final = b"\xef\xbb\xbf"
_UTF_16_32: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_BINARY: Final = {
    b"\x89PNG": "PNG image", b"\xff\xd8\xff": "JPEG image", b"GIF8": "GIF image", b"%PDF-": "PDF",
    b"PK\x03\x04": "ZIP archive or office document", b"\x1f\x8b": "gzip archive", b"BZh": "bzip2 archive",
    b"\xfd7zXZ": "xz archive", b"7z\xbc\xaf": "7-Zip archive", b"\x28\xb5\x2f\xfd": "Zstandard archive",
    b"\xd0\xcf\x11\xe0": "old office document", b"\x7fELF": "program", b"PAR1": "Parquet table",
    b"SQLite format 3": "SQLite database",
}  # fmt: skip
"""How files begin that are not text, and what they are."""

_MOST_NULS: Final = 0.1
"""The share of NUL bytes from which a file is not text, or not in UTF-8."""


_LABEL: Final = re.compile(r"[\r\n](abstract:|created:)", re.IGNORECASE)
"""A label that begins a line; inside an abstract it does not belong there."""


def decode(data: bytes, name: str) -> Document | Problem:
    """Return the document that the bytes of a file are, or the problem that they are no text in UTF-8.

    Line ends stay as they are; a byte order mark is no part of the text and not counted by offsets.

    >>> decode("caf\u00e9".encode("latin-1"), "menu.txt").what
    'not UTF-8 at byte 3'
    """
    kind = next((kind for magic, kind in _BINARY.items() if data.startswith(magic)), None)
    if kind is not None:
        return Problem(name, 1, f"binary, not text ({kind})", "export it as text, BibTeX or JSON first")
    save = "save it as UTF-8"
    nuls = data[:HEAD].count(0)
    if data.startswith(_UTF_16_32) or (nuls > len(data[:HEAD]) * _MOST_NULS and _nuls_alternate(data[:HEAD])):
        return Problem(name, 1, "not UTF-8 at byte 0 (looks like UTF-16)", save)
    if nuls > len(data[:HEAD]) * _MOST_NULS:
        return Problem(name, 1, "binary, not text (many NUL bytes)", "leave it out")
    start = len(_BOM) if data.startswith(_BOM) else 0
    try:
        text = data[start:].decode("utf-8")
    except UnicodeDecodeError as error:
        line = len(LINE_END.findall(data[start : start + error.start].decode("utf-8"))) + 1
        return Problem(name, line, f"not UTF-8 at byte {start + error.start}", save)
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(sha256[:16], name, text, sha256, len(data))


def _nuls_alternate(data: bytes) -> bool:
    """Tell whether NUL bytes stand at even or at odd places only, as in UTF-16 of Latin text."""
    return 0 in (data[0::2].count(0), data[1::2].count(0))


_SENTENCE_ENDS: Final = ".!?…:;)]}\"'”’»$。"
"""What an abstract ends with when it is whole; a web address may end it too."""


def readers() -> dict[str, ModuleType]:
    """Return all readers by name."""
    return discover(__name__, "sniff", "read")


def recognise(document: Document) -> str | None:
    """Return the name of the reader that is surest, or None if none knows the format.

    Raises:
        UsageError: If two readers are equally sure; the message names both.
    """
    head = document.text[:HEAD]
    scores = {name: reader.sniff(head, document.name) for name, reader in readers().items()}
    best = max(scores.values(), default=0.0)
    if best <= 0.0:
        return None
    first, *others = [name for name, score in scores.items() if score == best]
    if others:
        raise UsageError(
            f"{document.name}: the readers {first} and {others[0]} are equally sure; name one of them"
        )
    return first


def read(document: Document) -> Iterable[Record | Problem]:
    """Yield the records of a document, and a problem for each part that cannot be read."""
    if not document.text.strip():
        yield Problem(document.name, 0, "no papers found: the file is empty", "leave it out", "warning")
        return
    reader = recognise(document)
    if reader is None:
        yield Problem(
            document.name,
            1,
            "no reader knows this shape",
            f"the shapes that are read: {', '.join(readers())}",
        )
        return
    if control := CONTROL.search(document.text):
        line = line_of(line_starts(document.text), control.start())
        count = len(CONTROL.findall(document.text))
        what = f"{count} control character{'s' if count > 1 else ''}, the first here"
        yield Problem(document.name, line, what, "delete them; exports leave them out", "warning")
    last = None
    for row in readers()[reader].read(document):
        yield row
        if isinstance(row, Record):
            yield from _strange_labels(document, row)
            last = row
    if last is not None:
        yield from _cut_off(document, last)


def _cut_off(document: Document, last: Record) -> Iterable[Problem]:
    """Yield a warning if the document ends in the middle of a sentence: it was perhaps not saved whole."""
    abstract = last.first("abstract")
    if abstract is None or abstract.end != len(document.text.rstrip()):
        return
    word = abstract.text.split()[-1]
    if abstract.text[-1] not in _SENTENCE_ENDS and "/" not in word:
        line = line_of(line_starts(document.text), len(document.text.rstrip()) - 1)
        what = f"the file ends in the middle of a sentence, at {word[-20:]!r}"
        yield Problem(document.name, line, what, "if it was cut short, save it again whole", "warning")


def _strange_labels(document: Document, record: Record) -> Iterable[Problem]:
    """Yield a warning if an abstract holds the label of another one: two shapes of list in one file."""
    abstract = record.first("abstract")
    if abstract is not None and (match := _LABEL.search(abstract.text)):
        line = abstract.line + len(LINE_END.findall(abstract.text, 0, match.start() + 1))
        what = f"an abstract with the label {match[1]!r} in it"
        yield Problem(
            document.name, line, what, "put lists of different shapes into files of their own", "warning"
        )
