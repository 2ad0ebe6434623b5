"""A paper in full as Markdown, as tools write it that read PDF files: its text without marks, read as plain text is, with the places in the file."""

from typing import Final

from kg.model import Document, Field, Record
from kg.sources._markdown.blocks import blocks, plain
from kg.sources._text import full
from kg.sources._text.fields import Page, numbered
from kg.sources._text.headings import INTRODUCED
from kg.text import line_of

_BETWEEN: Final = "\n\n"
_BULLET: Final = "- "


def is_full(text: str) -> bool:
    """Tell whether a text is a paper in full, or the beginning of one."""
    return INTRODUCED.search(text) is not None and full.is_full(_shown(text)[0])


def record(page: Page) -> Record:
    """Return the paper."""
    shown, places = _shown(page.text)
    bare = Page.of(Document.of_text(shown))
    start, end = full.whole(page.text)[0]
    fields = numbered(_placed(page, bare, places, field) for field in full.fields(bare, (0, len(shown))))
    return Record(page.document.id, 0, "paper", start, end, line_of(page.starts, start), tuple(fields))


def _shown(text: str) -> tuple[str, list[int]]:
    """Return a text without its marks, blank lines between its blocks, and where each character stands."""
    pieces: list[str] = []
    places: list[int] = []
    for block in blocks(text):
        if block.kind in {"rule", "row"}:
            continue
        found = plain(text, block.text)
        before = (_BETWEEN if pieces else "") + (_BULLET if block.kind == "item" else "")
        pieces += before, found.text
        places += [block.start] * len(before) + found.places
    return "".join(pieces), places


def _placed(page: Page, bare: Page, places: list[int], field: Field) -> Field:
    """Return a field where it stands in the file, without offsets where there are marks in it."""
    if field.start is None or field.end is None:
        line = line_of(page.starts, places[bare.starts[field.line - 1]])
        return field._replace(line=line, path=f"line {line}")
    start, end = places[field.start], places[field.end - 1] + 1
    line = line_of(page.starts, start)
    if page.text[start:end] == field.text:
        return field._replace(line=line, start=start, end=end)
    return field._replace(text=" ".join(field.text.split()), line=line, start=None, end=None, path=f"line {line}")
