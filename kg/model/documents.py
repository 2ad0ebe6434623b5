"""What a reader takes in and gives out: a document, its records with their fields, and problems."""

import codecs
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import BinaryIO, Literal, NamedTuple, Self

from kg.errors import UnreadableError


class Line(NamedTuple):
    """One line of a document, its line end included: 1-based number, offset of its first code point, text."""

    number: int
    start: int
    text: str


class Flaw(NamedTuple):
    """Where the bytes of a document are not in the encoding that it is read in: byte offset and 1-based line."""

    byte: int
    line: int


@dataclass(frozen=True)
class Document:
    """One input file: what it is called, and its bytes as a stream that can be opened again and again.

    Readers of formats that grow large stream: `open` gives bytes, `lines` decoded lines. `text` is the whole, for
    formats that people write by hand.

    Attributes:
        id: The first 16 hex digits of the SHA-256 of its bytes (after decompression).
        name: How people call it: the file name, or the path below the folder or inside the archive that was given.
        sha256: The SHA-256 of its bytes, in hex.
        size: Its length in bytes.
        open: Opens its bytes anew, from the start and decompressed.
        encoding: How its bytes become text, for formats that do not say so themselves.
        flaw: Where its bytes are not in that encoding, if anywhere.
        columns: For tables: our field name to the file's column name, as the person gave them.
    """

    id: str
    name: str
    sha256: str
    size: int
    open: Callable[[], BinaryIO]
    encoding: str = "utf-8"
    flaw: Flaw | None = None
    columns: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_text(cls, text: str, name: str = "-", id: str = "") -> Self:  # noqa: A002 - it is the id
        """Return a text as a document, for instance the head of another one."""
        data = text.encode("utf-8", "replace")
        found = cls(id, name, "", len(data), lambda: io.BytesIO(data))
        found.__dict__["text"] = text
        return found

    @cached_property
    def text(self) -> str:
        """The whole decoded text, line ends and all; every offset counts its code points.

        Raises:
            UnreadableError: If the bytes are not in the document's encoding.
        """
        with self._decoded() as stream:
            return stream.read()

    def head(self, size: int) -> str:
        """Return about the first `size` code points, with U+FFFD for what cannot be decoded."""
        if "text" in self.__dict__:
            return self.text[:size]
        with self.open() as raw:
            return raw.read(4 * size).decode(self.encoding, "replace")[:size]

    def lines(self) -> Iterator[Line]:
        r"""Yield the lines, read as they are asked for; a line ends with `\n`, `\r\n` or `\r`.

        Raises:
            UnreadableError: If the bytes are not in the document's encoding.
        """
        start = 0
        with self._decoded() as stream:
            for number, text in enumerate(stream, 1):
                yield Line(number, start, text)
                start += len(text)

    def chunks(self, size: int = 1 << 20) -> Iterator[str]:
        """Yield the text in pieces of at most `size` code points, line ends as they are.

        Raises:
            UnreadableError: If the bytes are not in the document's encoding.
        """
        self.must_be_text()
        decoder = codecs.getincrementaldecoder(self.encoding)()  # a text stream decodes 8 KB at a time
        with self.open() as raw:
            while data := raw.read(size):
                if chunk := decoder.decode(data):
                    yield chunk
        if chunk := decoder.decode(b"", final=True):
            yield chunk

    def must_be_text(self) -> None:
        """Raise if the bytes are not in the document's encoding.

        Raises:
            UnreadableError: Naming the first byte that is not.
        """
        if self.flaw:
            wide = self.encoding in {"utf-16", "utf-32"}
            known = "UTF-8" if wide or self.encoding.startswith("utf-8") else self.encoding
            what = f"not {known} at byte {self.flaw.byte}{f' (looks like {self.encoding.upper()})' if wide else ''}"
            raise UnreadableError(what, "save it as UTF-8, or name its encoding with --encoding", self.flaw.line)

    def _decoded(self) -> io.TextIOWrapper:
        self.must_be_text()
        return io.TextIOWrapper(self.open(), self.encoding, newline="")


class Field(NamedTuple):
    """One field of a record, as printed. A tuple, because millions are made.

    Attributes:
        name: What it is. Of a paper: `title abstract date category comment url`; `author et_al affiliation author_id
            affiliation_id`; `arxiv_id identifier version`; `venue volume issue pages publisher type keyword language`;
            `reference cited_arxiv_id`; `own_id cited_own_id`; `status retracts withdraws`; `abstract_label code_flag`; `other` for all else
            that the source says. Of the head of an author page: `name research_field h_index paper_count
            citation_count novelty ai_score listed_count`.
        text: Its text exactly as it stands, or as decoded where the file encodes it.
        line: The 1-based line of the file where it begins.
        start: Offset of its first code point in the document's text; None where the file encodes the field.
        end: Offset behind its last code point; `document.text[start:end] == text` where both are given.
        value: The normalised value where it differs from the text (an ISO date or its year, a URL without its blank,
            `person` or `group` for an author, `retracted` or `withdrawn` for a status, `scheme:id` for an identifier,
            an author's id, a reference or the paper that a notice `retracts`: see `kg.ids.identifier`; of an `own_id` and a
            `cited_own_id` only where it means the same in other files).
        path: The field's path in a structured file, e.g. `$[17].abstract`.
        position: 0-based rank among the record's fields of the same name.
        of: Position of the field it belongs to: the author of an `affiliation` or `author_id`, the affiliation of an
            `affiliation_id`. None where the source does not say.
    """

    name: str
    text: str
    line: int
    start: int | None = None
    end: int | None = None
    value: str | None = None
    path: str | None = None
    position: int = 0
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of a document: a paper, or the head of an author's page.

    Attributes:
        document: Id of the document.
        ordinal: 0-based rank among the document's records of the same kind.
        kind: `paper` or `profile`.
        start: Offset of its first code point in the document's text; None where the file encodes the record.
        end: Offset behind its last code point.
        line: The 1-based line where it begins.
        fields: All that was read, in order of appearance.
    """

    document: str
    ordinal: int
    kind: Literal["paper", "profile"]
    start: int | None
    end: int | None
    line: int
    fields: tuple[Field, ...]

    @property
    def id(self) -> str:
        """The record's id: its document and rank, e.g. `86aabc113ef6f027/3`."""
        return f"{self.document}/{'' if self.kind == 'paper' else self.kind}{self.ordinal}"

    def all(self, name: str) -> Iterator[Field]:
        """Yield the fields called `name`, in order."""
        return (field for field in self.fields if field.name == name)

    def first(self, name: str) -> Field | None:
        """Return the first field called `name`, if there is one."""
        return next(self.all(name), None)


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of the input that could not be read, or looks wrong. The rest is read all the same.

    Attributes:
        document: Name of the document (what a person would look for).
        line: The 1-based line, 0 where the whole document is meant.
        what: What was wrong, one clause.
        todo: What the person can do about it, one clause.
        severity: `error` where something could not be read, `warning` where it was read but looks wrong.
    """

    document: str
    line: int
    what: str
    todo: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        """Say it in one line, as `file:line: what; what to do`."""
        return f"{self.document}:{self.line}: {self.what}; {self.todo}"
