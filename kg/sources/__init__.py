"""Readers: one file per input format, found by its name; what is in a file tells the format, not its name.

A reader is a module with

    sniff(head: str, path: str) -> float                    how sure it is that it can read this, 0 to 1
    read(document: Document) -> Iterator[Record | Problem]  the records in order, and what could not be read
"""

from collections.abc import Iterable
from types import ModuleType

from kg.errors import UsageError
from kg.model import Document, Problem, Record
from kg.plugins import discover

HEAD = 65_536
"""How many code points of a document a reader is shown to recognise its format."""


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
        raise UsageError(f"{document.name}: the readers {first} and {others[0]} are equally sure; name one of them")
    return first


def read(document: Document) -> Iterable[Record | Problem]:
    """Yield the records of a document, and a problem for each part that cannot be read."""
    if not document.text.strip():
        yield Problem(document.name, 0, "no papers found: the file is empty", "leave it out", "warning")
        return
    reader = recognise(document)
    if reader is None:
        yield Problem(
            document.name, 1, "no reader knows this shape", f"the shapes that are read: {', '.join(readers())}"
        )
        return
    yield from readers()[reader].read(document)
