"""Answers that are kept on disk, so that another folder which asks the same does not ask the service again.

A file per answer, named by a hash of its request: nothing in it tells who asked, or with which key.
"""

import hashlib
import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.files import atomic_write

DAY: Final = 86_400.0
_KEPT: Final = 30 * DAY
"""Older answers are thrown away."""

_NAME: Final = re.compile(r"[0-9a-f]{64}")


def default_folder(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Return where the platform wants caches to be: XDG Base Directory Specification, or Windows' local data.

    >>> default_folder({"XDG_CACHE_HOME": "/var/c"}, "linux").as_posix()
    '/var/c/kg'
    >>> default_folder({"LOCALAPPDATA": "D:/data"}, "win32").as_posix()
    'D:/data/kg/cache'
    """
    if platform == "win32" and environ.get("LOCALAPPDATA"):
        return Path(environ["LOCALAPPDATA"]) / "kg" / "cache"
    home = environ.get("XDG_CACHE_HOME", "")
    # The specification wants relative paths to be ignored.
    return (Path(home) if Path(home).is_absolute() else Path.home() / ".cache") / "kg"


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer from the cache, and when it came, in seconds since 1970."""

    answer: bytes
    when: float


@dataclass(frozen=True, slots=True)
class Cache:
    """The answers of one service.

    Attributes:
        folder: Where they are.
        max_age: How old an answer may be, in seconds.
    """

    folder: Path
    max_age: float

    def get(self, name: str, now: float) -> Kept | None:
        """Return the answer to a request, unless there is none or it is too old."""
        path = self.folder / name
        try:
            when = path.stat().st_mtime
            return Kept(path.read_bytes(), when) if 0 <= now - when <= self.max_age else None
        except OSError:
            return None

    def put(self, name: str, answer: bytes, now: float) -> None:
        """Keep an answer; a cache that cannot be written is none."""
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with atomic_write(self.folder / name) as out:
                out.write(answer)
            os.utime(self.folder / name, (now, now))

    def prune(self, now: float) -> None:
        """Throw away what nobody will want any more."""
        with suppress(OSError):
            for path in self.folder.iterdir():
                if _NAME.fullmatch(path.name) and now - path.stat().st_mtime > max(_KEPT, self.max_age):
                    path.unlink()


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a service was last asked, by whatever run of ours, as the date of an empty file."""

    path: Path

    def read(self) -> float:
        """Return when that was, in seconds since 1970; 0 if it is not known."""
        try:
            return self.path.stat().st_mtime
        except OSError:
            return 0.0

    def write(self, now: float) -> None:
        """Note that it is asked now."""
        with suppress(OSError):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.touch()
            os.utime(self.path, (now, now))


def name_of(*parts: str) -> str:
    """Return the name under which the answer to a request is kept.

    >>> name_of("a", "bc") == name_of("ab", "c")
    False
    """
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
