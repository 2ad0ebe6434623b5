"""Warnings that a file gives many times over: counted, and told once a file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.model import Document, Problem

_EACH: Final = 3
"""So many of a kind are told one by one."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What was seen in a file: for each kind how often, and the lines of the first few."""

    _seen: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    _counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def note(self, line: int, what: str, todo: str) -> None:
        """Count something that looks wrong in one record.

        Args:
            line: Where it is.
            what: What is wrong, one clause.
            todo: What the person can do about it, one clause.
        """
        lines = self._seen.setdefault((what, todo), [])
        if len(lines) < _EACH:
            lines.append(line)
        self._counts[what, todo] = self._counts.get((what, todo), 0) + 1

    def problems(self, document: Document) -> Iterator[Problem]:
        """Yield a warning for each of a few, or one for many, which names the first line and how many there are."""
        for (what, todo), lines in self._seen.items():
            count = self._counts[what, todo]
            if count > _EACH:
                yield Problem(document.name, lines[0], f"{what}: {count} times, first here", todo, "warning")
            else:
                yield from (Problem(document.name, line, what, todo, "warning") for line in lines)
