"""What identity looks at in one record, as a row: made where the record is, sent to where pairs are compared."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg.extract.gist import gist
from kg.model import Mention, Record
from kg.resolve import papers, versions
from kg.resolve.papers import Features
from kg.resolve.versions import Edition

Row = dict[str, Any]
Made = TypeVar("Made")


class Signature(NamedTuple):
    """A name in an author list, or at the head of an author page.

    Attributes:
        field: Name of its field, `author` or `name`.
        position: Its rank among the fields of that name.
        name: The name as printed.
        group: Whether it is a collective.
        ids: The identifiers that the source gives with it, as `scheme:id`.
        places: Positions of the affiliations that the source ties to it.
    """

    field: str
    position: int
    name: str
    group: bool
    ids: tuple[str, ...]
    places: tuple[int, ...]


class Belonging(NamedTuple):
    """An affiliation string: position, text, ROR id."""

    position: int
    text: str
    ror: str


@dataclass(frozen=True, slots=True)
class Traits:
    """What identity looks at in one record.

    Attributes:
        record: Its id.
        content: Hash of all that it says: the same wherever the same record stands.
        document: Id of its document.
        line: Where it begins.
        paper: What tells a paper from others; None for the head of an author page.
        signatures: Who signed it, or whose page it is.
        belongings: The affiliations that it gives.
        edition: Which version of its paper it describes; None for the head of an author page.
        gist: What its title and abstract are about, one signed byte a dimension; empty without a text (see `kg.extract.gist`).
    """

    record: str
    content: str
    document: str
    line: int
    paper: Features | None
    signatures: tuple[Signature, ...]
    belongings: tuple[Belonging, ...]
    edition: Edition | None = None
    gist: bytes = b""


def traits(record: Record, mentions: Iterable[Mention]) -> Traits:
    """Return what identity looks at in a record."""
    rors = _belonging(record, "affiliation_id", "ror")
    return Traits(
        record.id, _content(record), record.document, record.line,
        papers.features(record, mentions) if record.kind == "paper" else None,
        tuple(
            Signature(f.name, f.position, f.text, f.value == "group", *_of_author(record, f.position, f.name))
            for f in record.fields if f.name in {"author", "name"}
        ),
        tuple(Belonging(f.position, f.text, rors.get(f.position, "")) for f in record.all("affiliation")),
        versions.edition(record) if record.kind == "paper" else None,
        _gist(record),
    )  # fmt: skip


def _content(record: Record) -> str:
    """Return a hash of all fields of a record, but for where in their file they stand."""
    said = "\x1e".join(f"{f.name}\x1f{f.text}\x1f{f.value}\x1f{f.position}\x1f{f.of}" for f in record.fields)
    return hashlib.sha256(f"{record.kind}\x1e{said}".encode()).hexdigest()[:16]


def _of_author(record: Record, position: int, field: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the identifiers and the positions of the affiliations of an author.

    An affiliation that the source ties to nobody is that of the only author.
    """
    if field != "author":
        return (), ()
    ids = sorted({each.value for each in record.all("author_id") if each.of == position and each.value and ":" in each.value})
    alone = sum(1 for _ in record.all("author")) == 1
    return tuple(ids), tuple(f.position for f in record.all("affiliation") if f.of == position or (f.of is None and alone))


def _gist(record: Record) -> bytes:
    title, abstract = record.first("title"), record.first("abstract")
    # The title says twice what it says: an abstract would drown it.
    found = gist(" . ".join(f.text for f in (title, title, abstract) if f)) if record.kind == "paper" else None
    return b"" if found is None else found.tobytes()


def _belonging(record: Record, field: str, scheme: str) -> dict[int, str]:
    """Return the identifiers of one scheme by the position of what they belong to."""
    found: dict[int, str] = {}
    for each in record.all(field):
        known, _, name = (each.value or "").partition(":")
        if known == scheme and each.of is not None:
            found.setdefault(each.of, name)
    return found


_HASHES: Final = ("words", "shingles")
_TEXT: Final = pa.string()
_TEXTS: Final = pa.list_(_TEXT)

TRAITS: Final = pa.schema([
    ("record", _TEXT), ("content", _TEXT), ("document", _TEXT), ("line", pa.int32()), ("is_paper", pa.bool_()),
    ("anchor", _TEXT), ("arxiv", _TEXT), ("identifiers", _TEXTS), ("title", _TEXT), ("authors", _TEXTS), ("cut", pa.bool_()),
    ("month", pa.int32()), ("year", pa.int32()), ("venue", _TEXT), ("names", _TEXTS), ("work", _TEXT), ("head", _TEXT), ("running", _TEXT),
    ("told", pa.float64()), ("issue", _TEXTS), *((name, pa.list_(pa.uint64())) for name in _HASHES),
    ("signatures", pa.list_(pa.struct([
        ("field", _TEXT), ("position", pa.int32()), ("name", _TEXT), ("group", pa.bool_()), ("ids", _TEXTS), ("places", pa.list_(pa.int32())),
    ]))),
    ("belongings", pa.list_(pa.struct([("position", pa.int32()), ("text", _TEXT), ("ror", _TEXT)]))),
    ("edition", pa.struct([("kind", _TEXT), ("number", pa.int32()), ("venue", _TEXT), ("year", pa.int32()), ("date", _TEXT)])),
    ("gist", pa.binary()),
])  # fmt: skip
"""Traits as rows; the features of a paper stand beside the rest."""


def as_row(of: Traits) -> Row:
    """Return traits as a row of `TRAITS`."""
    row: Row = dict.fromkeys(TRAITS.names)
    if of.paper:
        row |= {name: getattr(of.paper, name) for name in Features.__slots__}
        row |= {"identifiers": sorted(of.paper.identifiers), "names": sorted(of.paper.names)}
    return row | {
        "record": of.record, "content": of.content, "document": of.document, "line": of.line, "is_paper": of.paper is not None,
        "signatures": [each._asdict() for each in of.signatures], "belongings": [each._asdict() for each in of.belongings],
        "edition": of.edition._asdict() if of.edition else None, "gist": of.gist,
    }  # fmt: skip


def traits_of(batch: pa.RecordBatch) -> Iterator[Traits]:
    """Yield the traits of a batch of `TRAITS`, made column by column; the hashes stay numbers of eight bytes."""
    hashes = {name: _arrays(batch.column(name)) for name in _HASHES}
    signatures = _tuples(batch.column("signatures"), Signature._make, Signature._fields)
    belongings = _tuples(batch.column("belongings"), Belonging._make, Belonging._fields)
    plain = batch.select([name for name in TRAITS.names if name not in {*_HASHES, "signatures", "belongings"}])
    for place, row in enumerate(plain.to_pylist()):
        paper = None
        if row["is_paper"]:
            paper = Features(
                record=row["record"], anchor=row["anchor"], arxiv=row["arxiv"], identifiers=frozenset(row["identifiers"]),
                title=row["title"], authors=tuple(row["authors"]), cut=row["cut"], month=row["month"], year=row["year"],
                venue=row["venue"], names=frozenset(row["names"]), work=row["work"], head=row["head"],
                running=row["running"], told=row["told"], issue=tuple(row["issue"]), **{name: arrays[place] for name, arrays in hashes.items()},
            )  # fmt: skip
        edition = Edition(**row["edition"]) if row["edition"] else None
        yield Traits(
            row["record"], row["content"], row["document"], row["line"], paper, signatures[place], belongings[place], edition, row["gist"],
        )  # fmt: skip


def _tuples(column: pa.ListArray, make: Callable[[Iterable[Any]], Made], names: Iterable[str]) -> list[tuple[Made, ...]]:
    """Return a column of lists of structs as one tuple a row; what a batch holds twice is held once."""
    flat = column.flatten()
    every = list(map(make, zip(*(_shared(flat.field(name)) for name in names), strict=True)))
    ends = _ends(column)
    return [tuple(every[start:end]) for start, end in pairwise([0, *ends])]


def _shared(column: pa.Array) -> list[Any]:
    """Return the values of a column; equal ones are one object. Lists become tuples."""
    if pa.types.is_list(column.type):
        once: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        return [once.setdefault(value, value) for value in (tuple(each or ()) for each in column.to_pylist())]
    encoded = column.dictionary_encode()
    values = [*encoded.dictionary.to_pylist(), None]
    return [values[place] for place in pc.fill_null(encoded.indices, len(values) - 1).to_pylist()]


def _arrays(column: pa.ListArray) -> list[Any]:
    """Return a list column as one array a row, each with bytes of its own."""
    flat = column.flatten().to_numpy(zero_copy_only=False)
    return [np.array(flat[start:end]) for start, end in pairwise([0, *_ends(column)])]


def _ends(column: pa.ListArray) -> list[int]:
    """Return where the values of each row end in the flattened column."""
    ends: list[int] = np.cumsum(pc.fill_null(pc.list_value_length(column), 0).to_numpy(zero_copy_only=False)).tolist()
    return ends
