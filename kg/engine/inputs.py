"""What the user named on the command line, as files with the names that the graph will call them.

Files, folders (all files below, hidden ones left out), glob patterns that no shell expanded, and `-` for
standard input.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from glob import glob
from pathlib import Path

from kg.errors import UsageError


@dataclass(frozen=True, slots=True)
class Source:
    """One input: `name` is what the graph calls it, `path` where it is (None for standard input)."""

    name: str
    path: Path | None

    def read(self) -> bytes:
        """Return its bytes.

        Raises:
            UsageError: If the file cannot be opened.
        """
        if self.path is None:
            return sys.stdin.buffer.read()
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise UsageError(f"{self.path}: {error.strerror}; check the path and its permissions") from error


def find(paths: Iterable[str]) -> list[Source]:
    """Return the files that `paths` name, each once, sorted by name.

    Raises:
        UsageError: If a path does not exist, or a folder holds no file.
    """
    found = {source.path: source for path in paths for source in _expand(path)}
    return sorted(found.values(), key=lambda source: (source.name, str(source.path)))


def _expand(path: str) -> list[Source]:
    if path == "-":
        return [Source("-", None)]
    here = Path(path).expanduser()
    if here.is_dir():
        files = [p for p in here.rglob("*") if p.is_file() and not _hidden(p.relative_to(here))]
        if not files:
            raise UsageError(f"{path}: the folder holds no files; name files or another folder")
        return [Source(p.relative_to(here).as_posix(), p.resolve()) for p in files]
    if here.exists():
        return [Source(here.name, here.resolve())]
    matches = [Path(match) for match in sorted(glob(path, recursive=True))]  # noqa: PTH207 - patterns may be absolute
    if not matches:
        raise UsageError(f"{path}: no such file or folder; check the spelling")
    return [source for match in matches for source in _expand(str(match))]


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
