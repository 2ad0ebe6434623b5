"""The folder that a person fetches into: pages as the service gave them, and how far it got.

A page appears under its name only when it is whole, and how far it got is written behind it: a run that is cut off at any
moment is gone on with, and at worst writes its last page again. The file `.fetch.json` is hidden, so that building the
graph of the folder reads the pages only.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self

from kg.errors import UsageError
from kg.fetch._service import Ask
from kg.files import atomic_write

STATE: Final = ".fetch.json"
_TIMES: Final = ("when", "newer")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is fetched, and from where.

    Attributes:
        service: The service's name.
        base: The address of its server.
        ask: What is asked.
    """

    service: str
    base: str
    ask: Ask


@dataclass(frozen=True, slots=True)
class State:
    """How far it got.

    Attributes:
        asked: What is fetched.
        cursor: Where the list goes on; None at its start, or its end.
        pages: How many files are written.
        records: How many papers they hold.
        total: How many there are in all, as the service told.
        finished: Whether it is all that was asked for.
        when: When the last answer came, in seconds since 1970.
        newer: No answer is taken from the cache that came before this, in seconds since 1970.
    """

    asked: Asked
    cursor: str | None = None
    pages: int = 0
    records: int = 0
    total: int | None = None
    finished: bool = False
    when: float = 0.0
    newer: float = 0.0

    def as_json(self) -> str:
        """Return it as people may read it; it holds no key."""
        times = {name: datetime.fromtimestamp(getattr(self, name), UTC).isoformat() for name in _TIMES}
        return json.dumps(asdict(self) | times, indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def of_json(cls, text: str) -> Self:
        """Return what `as_json` has written.

        Raises:
            ValueError: If the text is something else.
        """
        data = json.loads(text)
        try:
            asked = data["asked"]
            ask = Ask(**asked["ask"] | {"ids": tuple(asked["ask"]["ids"])})
            rest = {name: data[name] for name in ("cursor", "pages", "records", "total", "finished")}
            when, newer = (datetime.fromisoformat(data[name]).timestamp() for name in _TIMES)
            return cls(Asked(asked["service"], asked["base"], ask), when=when, newer=newer, **_checked(rest))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(text[:100]) from error


def _checked(rest: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a state, if they are of their types."""
    kinds: dict[str, tuple[type, ...]] = {"cursor": (str, type(None)), "total": (int, type(None)), "finished": (bool,)}
    if not all(isinstance(value, kinds.get(name, (int,))) for name, value in rest.items()):
        raise TypeError(rest)
    return rest


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that is fetched into.

    Attributes:
        path: Where it is.
        service: The service's name, with which its files begin.
        suffix: The suffix of its files.
    """

    path: Path
    service: str
    suffix: str

    def state(self, asked: Asked, now: float, *, anew: bool) -> State:
        """Return how far it got with what is asked.

        Args:
            asked: What the person asks for now.
            now: The time, in seconds since 1970.
            anew: Whether to begin from the start, if something was fetched already.

        Raises:
            UsageError: If something else was asked for in this folder.
        """
        start = State(asked, newer=now if anew else 0.0)
        if self.path.exists() and not self.path.is_dir():
            raise UsageError(f"{self.path} is no folder; name another one with --out")
        try:
            found = State.of_json((self.path / STATE).read_text(encoding="utf-8"))
        except FileNotFoundError:
            if any(self._pages()):
                raise UsageError(f"{self.path} holds pages, but not what was asked for them; name another folder") from None
            return start
        except (ValueError, RecursionError) as error:
            if not anew:
                raise UsageError(f"{self.path / STATE} is damaged; begin from the start with --refresh") from error
            return start
        if found.asked != asked:
            raise UsageError(f"{self.path} is for something else ({_told(found.asked)}); name another folder")
        there = {number for number, _ in self._pages()}
        return start if anew or not there.issuperset(range(1, found.pages + 1)) else found

    def write(self, number: int, page: bytes) -> None:
        """Write a page, whole or not at all."""
        with atomic_write(self.path / f"{self.service}-{number:05}.{self.suffix}") as out:
            out.write(page)

    def save(self, state: State) -> None:
        """Write how far it got; at the end, what an earlier run has left behind it is taken away."""
        if state.finished:
            for number, path in self._pages():
                if number > state.pages:
                    path.unlink()
        with atomic_write(self.path / STATE) as out:
            out.write(state.as_json().encode())

    def _pages(self) -> Iterator[tuple[int, Path]]:
        """Yield the numbers and paths of the pages that are there."""
        name = re.compile(rf"{re.escape(self.service)}-([0-9]{{5,9}})\.{re.escape(self.suffix)}")
        for path in list(self.path.iterdir()) if self.path.is_dir() else []:
            if match := name.fullmatch(path.name):
                yield int(match[1]), path


def _told(asked: Asked) -> str:
    """Return what is fetched as a person may have typed it."""
    ask = asked.ask
    ids = [f"{len(ask.ids)} ids"] if len(ask.ids) > 3 else [f"--id {known}" for known in ask.ids]
    texts = {"query": ask.query, "author": ask.author, "from": ask.since, "to": ask.until, "limit": ask.limit}
    return " ".join([asked.service, *(f"--{name} {value}" for name, value in texts.items() if value), *ids])
