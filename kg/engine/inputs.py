"""What the user named on the command line, as files with the names that the graph will call them.

Files, folders (all files below, hidden ones left out), glob patterns that no shell expanded, and `-` for
standard input.
"""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from glob import glob
from pathlib import Path
from typing import Final

from kg.errors import UsageError
from kg.model import Problem

_MADE: Final = re.compile(r"v-[0-9a-f]{16}(?:\.[0-9]+)?|current|cache|decisions\.csv|graph\.(?:html|ttl)")
"""What a build has put into its folder: never input, where the folder of a graph lies among the papers."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input: `name` is what the graph calls it, `path` where it is (None for standard input)."""

    name: str
    path: Path | None

    def read(self) -> bytes | Problem:
        """Return its bytes, or the problem that it cannot be opened."""
        try:
            return self.path.read_bytes() if self.path else sys.stdin.buffer.read()
        except OSError as error:
            return Problem(self.name, 0, f"cannot be opened: {error.strerror}", "check the path and its permissions")


def find(paths: Iterable[str]) -> list[Source]:
    """Return the files that `paths` name, each once, sorted by name; no two have the same name.

    Raises:
        UsageError: If a path does not exist, or a folder holds no file.
    """
    found = {source.path: source for path in paths for source in _expand(path)}
    return sorted(_told_apart(list(found.values())), key=lambda source: source.name)


def _told_apart(sources: list[Source]) -> list[Source]:
    """Put the names of folders before names that several files have, as many as are needed."""
    for parts in range(2, max((len(s.path.parts) for s in sources if s.path), default=0) + 1):
        several = {name for name, count in Counter(s.name for s in sources).items() if count > 1}
        sources = [
            replace(s, name=_name(Path(*s.path.parts[-parts:])))
            if s.name in several and s.path and s.name.count("/") < parts else s
            for s in sources
        ]  # fmt: skip
    return sources


def _expand(path: str) -> list[Source]:
    if path == "-":
        return [Source("-", None)]
    if not path or "\0" in path:
        raise UsageError(f"{path!r} is no path; name a file or folder")
    here = Path(path).expanduser()
    if here.is_dir():
        files = list(_below(here))
        if not files:
            raise UsageError(f"{path}: the folder holds no files; name files or another folder")
        return [Source(_name(p.relative_to(here)), p.resolve()) for p in files]
    if here.exists():
        return [Source(_name(Path(here.name)), here.resolve())]
    matches = [Path(match) for match in sorted(glob(path, recursive=True))]  # noqa: PTH207 - patterns may be absolute
    if not matches:
        raise UsageError(f"{path}: no such file or folder; check the spelling")
    return [source for match in matches for source in _expand(str(match))]


def _below(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, without hidden ones and without what a build of ours has put there."""
    for top, folders, files in os.walk(folder):
        made = (Path(top) / "current" / "manifest.json").is_file()
        folders[:] = [name for name in folders if not (name.startswith(".") or (made and _MADE.fullmatch(name)))]
        for name in files:
            if not (name.startswith(".") or (made and _MADE.fullmatch(name))) and (Path(top) / name).is_file():
                yield Path(top) / name


def _name(path: Path) -> str:
    """Return a path as text that UTF-8 can hold, even where a file name is no UTF-8."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
