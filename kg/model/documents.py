"""What a reader takes in and gives out: a document, its records with their fields, and problems."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Document:
    """One input file, decoded.

    Attributes:
        id: The first 16 hex digits of the SHA-256 of its bytes.
        name: How people call it: the file name, or the path below the folder that was given.
        text: The decoded text, line ends and all; every offset counts its code points.
        sha256: The SHA-256 of its bytes, in hex.
        size: Its length in bytes.
    """

    id: str
    name: str
    text: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record, as printed.

    Attributes:
        name: What it is: `title abstract abstract_label date category code_flag comment arxiv_id author et_al
            affiliation url cited_arxiv_id`, or for the head of an author page `name research_field h_index
            paper_count citation_count novelty ai_score listed_count`.
        text: Its text exactly as it stands, or as decoded where the file encodes it.
        line: The 1-based line of the file where it begins.
        start: Offset of its first code point in the document's text; None where the file encodes the field.
        end: Offset behind its last code point; `document.text[start:end] == text` where both are given.
        value: The normalised value where it differs from the text (an ISO date, a URL without its blank,
            `person` or `group` for an author).
        path: The field's path in a structured file, e.g. `$[17].abstract`.
        position: 0-based rank among the record's fields of the same name.
    """

    name: str
    text: str
    line: int
    start: int | None = None
    end: int | None = None
    value: str | None = None
    path: str | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of a document: a paper, or the head of an author's page.

    Attributes:
        document: Id of the document.
        ordinal: 0-based rank among the document's records of the same kind.
        kind: `paper` or `profile`.
        start: Offset of its first code point in the document's text.
        end: Offset behind its last code point.
        line: The 1-based line where it begins.
        fields: All that was read, in order of appearance.
    """

    document: str
    ordinal: int
    kind: Literal["paper", "profile"]
    start: int
    end: int
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
