"""A clock that goes only when somebody waits, and fetching with it."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kg.fetch import Ask, Clock, Options, Outcome, Patience, fetch
from tests.fetch.server import Server

START = 1_750_000_000.0


@dataclass
class Time:
    """A clock; waiting takes no time."""

    now: float = START
    waits: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.now += seconds

    def clock(self) -> Clock:
        return Clock(lambda: self.now, self.sleep)


@dataclass
class Fetching:
    """Fetches into a folder of its own, with the clock, and keeps what was said."""

    home: Path
    time: Time
    said: list[str] = field(default_factory=list)

    def __call__(
        self, server: Server, service: str, ask: Ask, *, out: str = "out", base: str = "", contact: str = "", refresh: bool = False,
        cache: str = "cache", max_age: float = 7 * 86_400.0, environ: dict[str, str] | None = None, patience: Patience | None = None,
        clock: Clock | None = None,
    ) -> Outcome:  # fmt: skip
        base = base or server.url + ("/graph/v1" if service == "semanticscholar" else "")
        options = Options(
            base, contact, self.home / cache if cache else None, max_age, refresh, environ or {}, clock or self.time.clock(),
            patience or Patience(),
        )  # fmt: skip
        return fetch(service, ask, self.home / out, options, self.said.append)

    def files(self, out: str = "out") -> list[Path]:
        """Return what `kg build` would read."""
        return sorted(path for path in (self.home / out).iterdir() if not path.name.startswith("."))


@pytest.fixture
def clock() -> Time:
    """Return a clock."""
    return Time()


@pytest.fixture
def fetching(tmp_path: Path, clock: Time) -> Fetching:
    """Return what fetches."""
    return Fetching(tmp_path, clock)


