"""What a build tells: what is being done, how far it has come, how long it takes, and at last what it gave."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kg.model import Problem

Say = Callable[[str], None]
"""Where progress is told: one line of text. It may have a method `advance(done, total)` besides, for a bar."""


class Clock:
    """Tells what is being done, and remembers how long it took."""

    def __init__(self, say: Say) -> None:
        self.seconds: dict[str, float] = {}
        self._say, self._stage, self._since = say, "", time.perf_counter()
        self._advance: Callable[[int, int], None] = getattr(say, "advance", lambda _done, _total: None)

    def __call__(self, stage: str, detail: str = "") -> None:
        """End the stage before and begin another."""
        now = time.perf_counter()
        if self._stage:
            self.seconds[self._stage] = round(self.seconds.get(self._stage, 0.0) + now - self._since, 3)
        self._stage, self._since = stage, now
        if stage:
            self._say(f"{stage}{f': {detail}' if detail else ''}")

    def advance(self, done: int, total: int) -> None:
        """Tell how much of the stage is done, of how much."""
        self._advance(done, total)


@dataclass(frozen=True)
class Summary:
    """What a build gave.

    Attributes:
        folder: The build folder.
        counts: How much of what there is.
        problems: What could not be read, or looks wrong.
        seconds: Where the time went, by stage.
        unchanged: Whether the graph is that of the last build.
        left_out: Inputs of the graph before that this one was not given, by name.
    """

    folder: Path
    counts: dict[str, int]
    problems: list[Problem]
    seconds: dict[str, float] = field(default_factory=dict)
    unchanged: bool = False
    left_out: list[str] = field(default_factory=list)
