"""One entry of a BibTeX file, with the place of each value."""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.model import Problem


class Tex(NamedTuple):
    """A value: its TeX, the 1-based line where it begins, and its offset; None where macros or `#` made it."""

    text: str
    line: int
    start: int | None


@dataclass(slots=True)
class Block:
    """One entry of a file.

    Attributes:
        type: What is behind the `@`, as it stands.
        key: The citation key; its text is empty where there is none.
        fields: Names in lower case and their values, in order, one given twice twice.
        start: Offset of the `@` in the document's text.
        end: Offset behind the closing brace.
        closed: Whether it is closed.
        problems: What could not be read in it, or looks wrong: line, what, what to do, severity.
        starts: Offsets at which its lines begin.
        line: The 1-based line where it begins.
    """

    type: Tex
    key: Tex
    start: int
    end: int
    line: int
    starts: list[int]
    closed: bool = True
    fields: list[tuple[str, Tex]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def line_at(self, offset: int) -> int:
        """Return the line of an offset within the entry."""
        return self.line + bisect_right(self.starts, offset) - 1
