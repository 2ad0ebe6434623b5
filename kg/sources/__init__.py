"""Readers: one file per input format, found by its name; what is in a file tells the format, not its name.

A reader is a module with

    sniff(head: str, path: str) -> float                    how sure it is that it can read this, 0 to 1
    read(document: Document) -> Iterator[Record | Problem]  the records in order, and what could not be read

`head` is the decoded beginning of the file, `path` its name. How sure: 1.0 where the format names itself beyond doubt,
0.9 where the fields of its first records are telling, 0.5 where another format could look the same, 0.1 to 0.3 for best
effort. A reader that streams (all but those of hand-made text) holds one record at a time. What it cannot go on from,
it raises as `UnreadableError`; the whole document is then a problem, and no record of it counts.

What several readers share has a name that begins with `_`: a file, or a folder for a language (`_bibtex`, `_html`, `_json`,
`_markdown`, `_pdf`, `_xml`), for tables, running text and citations (`_table`, `_text`, `_citation`), and for the JSON that people
make themselves (`_own_json`).
"""

import codecs
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from types import ModuleType
from typing import BinaryIO, Final

from kg.errors import UnreadableError, UsageError
from kg.model import Document, Problem, Record
from kg.model.documents import Flaw
from kg.plugins import discover
from kg.text import CONTROL, LINE_END, line_of, line_starts

HEAD = 65_536
"""How many code points of a document a reader is shown to recognise its format."""

_CHUNK: Final = 1 << 20
_MARKS: Final = {
    codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
"""Byte order marks and the encodings that they tell, the longer marks first."""

_BINARY: Final = {
    b"\x89PNG": "PNG image", b"\xff\xd8\xff": "JPEG image", b"GIF8": "GIF image", b"II*\0": "TIFF image", b"MM\0*": "TIFF image",
    b"PK\x03\x04": "ZIP archive or office document", b"\x1f\x8b": "gzip archive", b"BZh": "bzip2 archive",
    b"\xfd7zXZ": "xz archive", b"7z\xbc\xaf": "7-Zip archive", b"\x28\xb5\x2f\xfd": "Zstandard archive",
    b"\xd0\xcf\x11\xe0": "old office document", b"\x7fELF": "program", b"PAR1": "Parquet table",
    b"SQLite format 3": "SQLite database",
}  # fmt: skip
"""How files begin that no reader can read, and what they are."""

_BYTES: Final = (b"%PDF-",)
"""How files begin that are not text but have a reader all the same."""

_MOST_NULS: Final = 0.1
"""The share of NUL bytes from which a file is not text, or not in UTF-8."""

_CONTROLS: Final = bytes({*range(1, 0x20)} - {*b"\t\n\x0b\f\r\x1a\x1b"})
"""Control characters that no encoding of text needs, and no old program left in one; NUL is another matter."""

_MOST_CONTROLS: Final = 0.05
"""The share of them from which a file that is not UTF-8 is not text: of bytes by chance a tenth, of Latin text none."""

_LABEL: Final = re.compile(r"[\r\n](abstract:|created:)", re.IGNORECASE)
"""A label that begins a line; inside an abstract it does not belong there."""


def decode(data: bytes, name: str) -> Document | Problem:
    r"""Return the document that the bytes of a file are, or the problem that they are no text.

    >>> decode(b"\x89PNG", "map.txt").what
    'binary, not text (PNG image)'
    """
    return examine(lambda: BytesIO(data), name)


def examine(
    opens: Callable[[], BinaryIO], name: str, encoding: str | None = None, columns: Mapping[str, str] | None = None
) -> Document | Problem:
    """Return a stream of bytes as a document, or the problem that it is no text; the stream is read once, in pieces.

    Line ends stay as they are; a byte order mark is no part of the text and not counted by offsets. Whether a flaw in
    the encoding matters is for the format's reader to say.

    Args:
        opens: Opens the bytes anew, from the start.
        name: How people call the document.
        encoding: How its bytes become text; UTF-8 unless given or told by a byte order mark.
        columns: For tables: our field name to the file's column name.

    Raises:
        OSError: If the stream cannot be read to its end.
        UnreadableError: If it is a damaged or boundless archive.
    """
    digest, size = hashlib.sha256(), 0
    flaw = None
    with opens() as stream:
        first = stream.read(_CHUNK)
        if (fault := _no_text(first[:HEAD], name)) and encoding is None:
            return fault
        told = next((known for mark, known in _MARKS.items() if first.startswith(mark)), None)
        used = encoding or told or "utf-8"
        if encoding is None and told in {"utf-16", "utf-32"}:
            flaw = Flaw(0, 1)  # XML may be so, and its reader knows; text in it is rare, and more often a mistake
        check = codecs.getincrementaldecoder(used)()
        data = first
        while True:
            digest.update(data)
            if flaw is None:
                try:
                    check.decode(data, final=not data)
                except UnicodeDecodeError as error:
                    # What the decoder kept back from the piece before counts from there.
                    place = size + len(data) - len(error.object) + error.start
                    flaw = Flaw(place, 1 + _lines_before(opens, place))
            size += len(data)
            if not data:
                break
            data = stream.read(_CHUNK)
    sha256 = digest.hexdigest()
    return Document(sha256[:16], name, sha256, size, opens, used, flaw, columns or {})


def _lines_before(opens: Callable[[], BinaryIO], place: int) -> int:
    """Return how many lines end before a byte."""
    count, last = 0, b""
    with opens() as stream:
        while place > 0 and (data := stream.read(min(place, _CHUNK))):
            count += data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n") - (last + data[:1] == b"\r\n")
            last, place = data[-1:], place - len(data)
    return count


def _no_text(head: bytes, name: str) -> Problem | None:
    """Return the problem that a file beginning with `head` is no text that can be read, if it is none."""
    kind = next((kind for magic, kind in _BINARY.items() if head.startswith(magic)), None)
    if kind is not None:
        todo = "leave it out: pictures are not read" if kind.endswith("image") else "export it as text, BibTeX or JSON first"
        return Problem(name, 1, f"binary, not text ({kind})", todo)
    first = head.lstrip().partition(b"\n")
    by_line = first[1] and 0 not in first[0]  # one line that is padded with NULs is that line's fault
    if head.startswith((*_MARKS, *_BYTES)):
        return None
    if not by_line and head.count(0) > len(head) * _MOST_NULS:
        if _nuls_alternate(head):
            return Problem(name, 1, "not UTF-8 at byte 0 (looks like UTF-16)", "save it as UTF-8, or use --encoding utf-16")
        return Problem(name, 1, "binary, not text (many NUL bytes)", "leave it out")
    if len(head) - len(head.translate(None, _CONTROLS)) > len(head) * _MOST_CONTROLS and not _is_utf8(head):
        todo = "leave it out: pictures, sounds and programs are not read; if it is text, name its encoding with --encoding"
        return Problem(name, 1, "binary, not text (many control characters)", todo)
    return None


def _is_utf8(head: bytes) -> bool:
    """Tell whether the beginning of a file is UTF-8, but for a character that its end may cut."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _nuls_alternate(data: bytes) -> bool:
    """Tell whether NUL bytes stand at even or at odd places only, as in UTF-16 of Latin text."""
    return 0 in (data[0::2].count(0), data[1::2].count(0))


_TABLES: Final = "csv_table"
"""The reader of what a person has named columns for."""


def readers() -> dict[str, ModuleType]:
    """Return all readers by name."""
    return discover(__name__, "sniff", "read")


def recognise(document: Document) -> str | None:
    """Return the name of the reader that is surest, or None if none knows the format.

    Raises:
        UsageError: If two readers are equally sure; the message names both.
    """
    head = document.head(HEAD)
    if not head.strip():
        return None
    if document.columns:
        return _TABLES
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


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the records of a document, and a problem for each part that cannot be read."""
    try:
        yield from whole(document)
    except UnreadableError as error:
        yield Problem(document.name, error.line, error.what, error.todo)


def whole(document: Document) -> Iterator[Record | Problem]:
    """Yield what `read` yields.

    Raises:
        UnreadableError: If the document as a whole cannot be read; what was yielded before does not count then.
    """
    return read_by(recognise(document), document)


def read_by(reader: str | None, document: Document) -> Iterator[Record | Problem]:
    """Yield what `whole` yields, if this is the reader that `recognise` has named."""
    if reader is None and not document.head(HEAD).strip():
        if document.name.lower().endswith((".json", ".xml")):
            raise UnreadableError("the file is empty", "export it again", 1)
        yield Problem(document.name, 0, "no papers found: the file is empty", "leave it out", "warning")
        return
    if reader is None:
        document.must_be_text()
        raise UnreadableError("no reader knows this shape", "save it as BibTeX, RIS, CSV or JSON if you can; README lists all that is read", 1)
    rows = readers()[reader].read(document)
    yield from _looked_at(document, rows) if getattr(readers()[reader], "PLAIN_TEXT", False) else rows


def _looked_at(document: Document, rows: Iterable[Record | Problem]) -> Iterator[Record | Problem]:
    """Yield what was read from hand-made text, with warnings of what looks wrong in it."""
    if control := CONTROL.search(document.text):
        line = line_of(line_starts(document.text), control.start())
        count = len(CONTROL.findall(document.text))
        what = f"{count} control character{'s' if count > 1 else ''}, the first here"
        yield Problem(document.name, line, what, "delete them; exports leave them out", "warning")
    last = None
    for row in rows:
        yield row
        if isinstance(row, Record):
            yield from _strange_labels(document, row)
            last = row
    if last is not None:
        yield from _cut_off(document, last)


_SENTENCE_ENDS: Final = ".!?…:;)]}\"'”’»$。"
"""What an abstract ends with when it is whole; a web address may end it too."""


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
