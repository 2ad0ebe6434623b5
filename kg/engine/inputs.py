"""What the user named on the command line, as files with the names that the graph will call them.

Files, folders (all files below, hidden ones left out), glob patterns that no shell expanded, and `-` for standard
input; packed files and the members of archives among them.
"""

import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from glob import glob
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from kg.engine import archives
from kg.engine.containers import AS_IT_IS, Packing, cannot_open, open_packed
from kg.errors import UnreadableError, UsageError
from kg.model import Problem

_MADE: Final = re.compile(r"v-[0-9a-f]{16}(?:\.[0-9]+)?|current|cache|decisions\.csv|graph\.(?:html|ttl)")
"""What a build has put into its folder: never input, where the folder of a graph lies among the papers."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the person wants files to be read, where they do not say it themselves.

    Attributes:
        encoding: How the bytes of text files become text; None for UTF-8, or what a byte order mark tells.
        columns: For tables: our field name and the file's column name.
    """

    encoding: str | None = None
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One input. Plain values: it travels between processes.

    Attributes:
        name: What the graph calls it; a member of an archive is `papers.zip/folder/a.bib`.
        path: The file on the disk that holds its bytes: itself, its archive, or a copy in the spool folder.
        packing: Where its bytes stand in that file, and how they are packed.
        origin: The file or archive that the person has; empty where it is gone after reading (standard input).
    """

    name: str
    path: Path
    packing: Packing = AS_IT_IS
    origin: str = ""

    def open(self) -> BinaryIO:
        """Return its unpacked bytes as a stream, from the start.

        Raises:
            UnreadableError: If it cannot be opened; from the stream's reads, if it is damaged or boundless.
        """
        return open_packed(self.path, self.packing)


@dataclass(frozen=True, slots=True)
class Found:
    """What the paths name.

    Attributes:
        sources: What can be opened, no two with one name, sorted by it.
        problems: One for each that cannot be opened.
        origins: What such a problem is of, to the file or archive that the person has; empty for standard input.
    """

    sources: list[Source]
    problems: list[Problem]
    origins: dict[str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """A file as it was named.

    Attributes:
        name: What the graph calls it, or what its members' names begin with.
        path: Where it is.
        lasting: Whether its bytes can be read more than once.
    """

    name: str
    path: Path
    lasting: bool = True


_STANDARD_INPUT: Final = Named("-", Path("-"), lasting=False)


def find_all(paths: Iterable[str], spool: Path) -> Found:
    """Return the files that `paths` name, each once, with packed files and archives opened: `named`, then `opened`.

    Raises:
        UsageError: If a path does not exist, or a folder holds no file.
    """
    return opened(named(paths), spool)


def named(paths: Iterable[str]) -> list[Named]:
    """Return the files that `paths` name, each once, no two with one name; nothing is read.

    Args:
        paths: Files, folders, patterns, or `-`.

    Raises:
        UsageError: If a path does not exist or cannot be looked at, or a folder holds no file.
    """
    found: dict[Path, Named] = {}
    walked = []
    for path in paths:
        try:
            found |= {file.path: file for file in _expand(path)}
        except OSError as error:
            raise UsageError(f"{path}: {error.strerror or error}; check the path and its permissions") from error
        if _safely((folder := Path(path).expanduser()).is_dir):
            walked.append(folder.resolve())
    files = [file for file in found.values() if not _links_folder(file.path) or _leads_out(file.path, walked)]
    return sorted(_told_apart(files), key=lambda file: file.name)


def opened(files: Iterable[Named], spool: Path) -> Found:
    """Return the sources in files: the files themselves, or what they have packed.

    Args:
        files: What `named` gave.
        spool: An empty folder for what has to be copied to be read more than once: standard input, pipes and packed
            tar archives. The sources read from there; it is made when it is needed.
    """
    sources: list[Source] = []
    problems: list[Problem] = []
    origins: dict[str, str] = {}
    for file in files:
        origin = str(file.path) if file.lasting else ""
        for each in _opened(file, spool):
            if isinstance(each, Problem):
                problems.append(each)
                origins[each.document] = origin
            else:
                sources.append(Source(each.name, each.path, each.packing, origin))
    return Found(sorted(_numbered(sources), key=lambda source: source.name), problems, origins)


def _opened(file: Named, spool: Path) -> Iterator[archives.Member | Problem]:
    """Yield what is in a file, or the problem that it cannot be opened."""
    if problem := _shut(file):
        yield problem
        return
    try:
        path = file.path if file.lasting else _spooled(file, spool)
    except UnreadableError as error:
        yield Problem(file.name, 0, error.what, error.todo)
        return
    yield from archives.unpack(path, file.name, spool)


def _shut(file: Named) -> Problem | None:
    """Return the problem with a link to nothing or to a folder, and with a folder that cannot be looked into."""
    if _is_broken(file.path):
        what = f"is a link to {_name(file.path.readlink())}, which is not there"
        return Problem(file.name, 0, what, "bring the file back, or take the link away")
    if _links_folder(file.path):
        what = f"is a link to the folder {_name(file.path.readlink())} and not followed: nothing in there was read"
        return Problem(file.name, 0, what, "name the link too, or take it away")
    try:
        if file.path.is_dir():
            os.listdir(file.path)  # noqa: PTH208 - it is for the error alone
    except OSError as error:
        fault = cannot_open(error)
        return Problem(file.name, 0, fault.what, fault.todo)
    return None


def _told_apart(files: list[Named]) -> list[Named]:
    """Put the names of folders before names that several files have, as many as are needed."""
    for parts in range(2, max((len(file.path.parts) for file in files), default=0) + 1):
        several = {name for name, count in Counter(file.name for file in files).items() if count > 1}
        files = [
            replace(file, name=_name(Path(*file.path.parts[-parts:])))
            if file.name in several and file.name.count("/") < parts else file
            for file in files
        ]  # fmt: skip
    return files


def _numbered(sources: list[Source]) -> list[Source]:
    """Number names that an archive gives to several members: `a.bib` and `a~2.bib`."""
    taken = {source.name for source in sources}
    seen: set[str] = set()
    told = []
    for source in sources:
        name, number = source.name, 1
        while name in seen or (number > 1 and name in taken):
            number += 1
            path = PurePosixPath(source.name)
            name = str(path.with_name(f"{path.stem}~{number}{path.suffix}"))
        seen.add(name)
        told.append(replace(source, name=name))
    return told


def _spooled(file: Named, spool: Path) -> Path:
    """Copy what can be read only once."""
    if file.path != _STANDARD_INPUT.path:  # all others are absolute
        try:
            with file.path.open("rb") as stream:
                return archives.spooled(stream, spool)
        except OSError as error:
            raise cannot_open(error) from error
    if sys.stdin is None:
        raise UnreadableError("standard input is closed", "give it something to read, or name files")
    return archives.spooled(sys.stdin.buffer, spool)


def _expand(path: str) -> list[Named]:
    if path == "-":
        return [_STANDARD_INPUT]
    if not path or "\0" in path:
        raise UsageError(f"{path!r} is no path; name a file or folder")
    here = Path(path).expanduser()
    if here.is_dir():
        files = list(_below(here))
        if not files:
            raise UsageError(f"{path}: the folder holds no files; name files or another folder")
        return [Named(_name(p.relative_to(here) if p != here else Path(here.resolve().name)), _whole(p)) for p in files]
    if here.is_fifo():  # `kg read <(command)`
        return [Named(_name(Path(here.name)), here.absolute(), lasting=False)]
    if here.exists() or here.is_symlink():
        return [Named(_name(Path(here.name)), _whole(here))]
    matches = [Path(match) for match in sorted(glob(path, recursive=True))]  # noqa: PTH207 - patterns may be absolute
    if not matches:
        raise UsageError(f"{path}: no such file or folder; check the spelling")
    return [file for match in matches for file in _expand(str(match))]


def _below(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, and what is to be told of: links to nothing or to folders, and folders that are shut.

    Hidden files are left out, and what a build of ours has put there.
    """
    shut: list[Path] = []
    for top, folders, files in os.walk(folder, onerror=lambda error: shut.append(Path(error.filename))):
        made = _safely((Path(top) / "current" / "manifest.json").is_file)
        folders[:], files[:] = ([name for name in names if _is_input(name, made=made)] for names in (folders, files))
        yield from (path for name in folders if _safely((path := Path(top) / name).is_symlink))
        # What is no file is a pipe, a socket or a device; what cannot be looked at is told when it is opened.
        yield from (path for name in files if not _safely((path := Path(top) / name).exists) or path.is_file())
    yield from shut


def _is_input(name: str, *, made: bool) -> bool:
    """Tell whether a file or folder of this name counts, in a folder of a build of ours or not."""
    return not (name.startswith(".") or (made and _MADE.fullmatch(name)))


def _safely(look: Callable[[], bool]) -> bool:
    """Return what a look at a path tells; no where the system does not let us look."""
    try:
        return look()
    except OSError:
        return False


def _links_folder(path: Path) -> bool:
    """Tell whether a path is a link to a folder."""
    return _safely(path.is_symlink) and _safely(path.is_dir)


def _leads_out(path: Path, walked: Sequence[Path]) -> bool:
    """Tell whether a link leads to a folder whose files are not found through these folders; a loop does not."""
    there = path.resolve()
    return not any(here.is_relative_to(there) or there.is_relative_to(here) for here in walked)


def _is_broken(path: Path) -> bool:
    """Tell whether a path is a link to what is not there."""
    try:
        return path.is_symlink() and not path.exists()
    except OSError:  # it cannot be looked at, which is told when it is opened
        return False


def _whole(path: Path) -> Path:
    """Return the path from the root to a file, links followed as far as they lead to one."""
    return path.absolute() if _is_broken(path) or _safely(path.is_dir) else path.resolve()


def _name(path: Path) -> str:
    """Return a path as text that UTF-8 can hold, even where a file name is no UTF-8."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
