"""Reader of plain lists of papers: title, line of authors and abstract, each a block between blank lines.

Nothing marks where a paper begins, so the line of authors is what a record is known by: the block before
it is the title, the blocks behind it are the abstract. A text whose every third block is no such line is
not taken for a list.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from kg.model import Document, Problem, Record
from kg.sources._text.fields import (
    LABEL,
    Page,
    Span,
    abstract,
    authors,
    blocks,
    is_foreign,
    lines,
    looks_like_authors,
)

_LIKELY: Final = 0.3
_LONGEST_TITLE: Final = 300
_PART: Final = 3


PLAIN_TEXT: Final = True
"""Typed or copied by hand: what looks wrong in it is warned about."""


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a text is a list of titles, authors and abstracts.

    >>> sniff("Paper One\n\nAda Lovelace\n\nWe train a model on images.", "a.txt")
    0.3
    >>> sniff("It was late.\n\nWe went home.\n\nThe end.", "a.txt")
    0.0
    """
    found = [] if is_foreign(head) else blocks(head, lines(head))
    if len(found) < _PART or any(LABEL.match(head, start) for start, _ in found[:_PART]):
        return 0.0
    regular = all(
        _is_title(head, found[i]) and _is_authors(head, found[i + 1]) and not _is_authors(head, found[i + 2])
        for i in range(0, len(found) - _PART + 1, _PART)
    )
    return _LIKELY if regular else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each line of authors, and a problem for each text above the first."""
    page = Page.of(document)
    parts = blocks(page.text, lines(page.text))
    names = _author_lines(page.text, parts)
    for start, end in parts[: names[0] - 1] if names else parts:
        what = f"text above the first paper: {page.quote(start, end)}"
        yield page.problem(start, what, "delete it, or add the line of authors if it is a paper")
    for ordinal, (i, following) in enumerate(pairwise([*names, len(parts) + 1])):
        title, body = parts[i - 1], parts[i + 1 : following - 1]
        fields = [page.field("title", *title), *authors(page, *parts[i])]
        fields += abstract(page, body[0][0], body[-1][1]) if body else []
        yield page.record(ordinal, title[0], (body or [parts[i]])[-1][1], fields)
        if not body:
            yield page.problem(title[0], "a paper without abstract", "check whether the list was cut")


def _author_lines(text: str, parts: list[Span]) -> list[int]:
    """Return the ranks of the blocks that are lines of authors, each below a title that is no abstract.

    A title can look like a name, so of two such blocks in a row the second is the line of authors.
    """
    found: list[int] = []
    for i in range(1, len(parts)):
        nearest = found[-1] + _PART if found else 1
        if i == nearest - 1 and text[parts[i - 1][1] - 1] not in ".!?":
            nearest = i
        below = parts[i + 1 : i + 2]
        if any(_is_authors(text, part) for part in below):
            continue
        if i >= nearest and _is_title(text, parts[i - 1]) and _is_authors(text, parts[i]):
            found.append(i)
    return found


def _is_title(text: str, part: Span) -> bool:
    return part[1] - part[0] <= _LONGEST_TITLE and not any(c in "\r\n" for c in text[slice(*part)])


def _is_authors(text: str, part: Span) -> bool:
    return not any(c in "\r\n" for c in text[slice(*part)]) and looks_like_authors(text[slice(*part)])
