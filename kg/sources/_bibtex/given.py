"""A field of a BibTeX entry as the file gives it, and what stands in it between separators outside of braces."""

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from kg.sources._bibtex.block import Block, Tex
from kg.sources._entry import Entry
from kg.sources._latex import decode, unbraced
from kg.sources._library import Place

COMMA: Final = re.compile(r"[{},]")
SEMICOLON: Final = re.compile(r"[{};]")


class Given(NamedTuple):
    """A field as the file gives it.

    Attributes:
        name: Its name, in lower case.
        tex: Its value.
        block: The entry that it stands in, which is another one where it is inherited.
        places: Whether its offsets can be given: not where it is inherited, or the file is in an encoding of its own.
        said: Its name in that other entry, if it is not the same.
    """

    name: str
    tex: Tex
    block: Block
    places: bool = False
    said: str = ""

    def shown(
        self, first: int = 0, last: int | None = None, plain: Callable[[str], str] = decode
    ) -> tuple[str, Place]:
        """Return a stretch of the value as plain text, and its place: with offset if it stands so in the file."""
        bare, before = self.tex.text if first == 0 and last is None else self.tex.text[first:last], 0
        if bare and (bare[0] == "{" or bare[0].isspace() or bare[-1].isspace()):
            bare, before = unbraced(bare)
        text = plain(bare)
        place = self.place(first + before)
        return text, place if text == bare else place._replace(start=None)

    def place(self, first: int) -> Place:
        """Return the place of what begins at `first` in the value."""
        if self.tex.start is None:
            return Place(self.path, self.tex.line)
        offset = self.tex.start + first
        return Place(self.path, self.block.line_at(offset), offset if self.places else None)

    @property
    def path(self) -> str:
        """Its path: the citation key and the field's name."""
        return f"{key_of(self.block)}.{self.said or self.name}"


Fields = Mapping[str, Given]
Handler = Callable[[Entry, Given, Fields], None]
"""Adds what a field of an entry says; the entry's other fields may matter."""


def key_of(block: Block) -> str:
    """Return what an entry is called: its citation key, or else its line."""
    return block.key.text or f"line {block.line}"


def between(text: str, separator: re.Pattern[str], first: int = 0, last: int | None = None) -> list[tuple[int, int]]:
    """Return what stands between separators outside of braces, without the white space around it."""
    stop = len(text) if last is None else last
    spans: list[tuple[int, int]] = []
    depth, begin = 0, first
    for match in separator.finditer(text, first, stop):
        mark = match.group()
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            spans.append((begin, match.start()))
            begin = match.end()
    spans.append((begin, stop))
    return [bare(text, *span) for span in spans]


def bare(text: str, first: int, last: int) -> tuple[int, int]:
    """Return a stretch without the white space at its ends."""
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return first, last


def is_braced(text: str, first: int, last: int) -> bool:
    """Tell whether one pair of braces is around the whole of a name, which makes it that of a collective."""
    if text[first] != "{" or text[last - 1] != "}" or text[first + 1] == "\\":
        return False
    depth = 0
    for at in range(first, last):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return at == last - 1
    return False


def listed(given: Given, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return the stretches of a list; braces around the whole of it, as Web of Science has them, are no part of one."""
    text = given.tex.text
    first, last = bare(text, 0, len(text))
    while last - first > 1 and is_braced(text, first, last):
        first, last = bare(text, first + 1, last - 1)
    return between(text, separator, first, last)
