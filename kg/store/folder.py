"""A build folder: versions of a graph, and a pointer that is switched last.

    DIR/current -> v-3f2a…      the graph that readers see
    DIR/v-3f2a…/                tables, store, exports, and a manifest with the size and hash of every file
    DIR/cache/                  what was read from each document, by the hash of its content
    DIR/decisions.csv           what people decided on identity
    DIR/graph.html, graph.ttl   links into the current version

A build writes a new version beside the old one and switches the pointer when all is on the disk: a crash at any
moment leaves the old graph or the new one. A kernel lock keeps two builds apart and dies with its process.
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from kg.errors import BuildError
from kg.files import atomic_write, sync_folder

MANIFEST: Final = "manifest.json"
POINTER: Final = "current"
CACHE: Final = "cache"
SCRATCH: Final = "scratch"
"""Folder inside a version being built for what does not outlive the build."""

LINKED: Final = ("graph.html", "graph.ttl")
"""Files of a version that are also shown at the top of the folder."""

_VERSION: Final = re.compile(r"v-[0-9a-f]{16}(?:\.[0-9]+)?")
_UNFINISHED: Final = re.compile(r"\.new-\w{8}|\.(?:current|graph\.html|graph\.ttl|decisions\.csv)(?:\.\w{8})?\.part", re.ASCII)
"""What a build that was stopped leaves behind. Files of other names in the folder are not ours and stay."""

_NO_MANIFEST: Final = (ValueError, KeyError, TypeError, AttributeError)
"""What comes of a manifest that is damaged."""

_AGAIN: Final = "build the graph again with kg build --force"


def current(folder: Path) -> Path:
    """Return the version that the pointer names.

    Raises:
        BuildError: If there is no graph in the folder.
    """
    pointer = folder / POINTER
    version = folder / pointer.read_text().strip() if pointer.is_file() else pointer
    if not (version / MANIFEST).is_file():
        raise BuildError(f"{folder}: there is no graph here; make one with: kg build PATH... --out {folder}")
    return version.resolve()


def held(folder: Path) -> tuple[Path, int]:
    """Return the current version, and a handle: no build removes the version until it is closed with `os.close`.

    Raises:
        BuildError: If there is no graph in the folder.
    """
    while True:
        version = current(folder)
        try:
            handle = os.open(version / MANIFEST, os.O_RDONLY)
        except FileNotFoundError:
            continue  # a build has just put another version in its place
        if _flock(handle, shared=True) and (version / MANIFEST).is_file():
            return version, handle
        os.close(handle)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, so that only one build writes to it.

    Raises:
        BuildError: If another process holds it, or the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise BuildError(f"{folder}: cannot write here: {error.strerror}; name another folder") from error
    try:
        if not _flock(handle):
            raise BuildError(f"{folder}: another build is at work here; wait until it has ended")
        yield
    finally:
        os.close(handle)


def _flock(handle: int, *, shared: bool = False) -> bool:
    """Lock an open file, as the only one or beside others, and tell whether that was possible at once."""
    try:
        if os.name == "nt":  # pragma: no cover - readers hold nothing there: open files cannot be removed anyway
            import msvcrt  # noqa: PLC0415

            if not shared:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """Give a new folder to build in; it is removed unless `publish` has moved it."""
    # From Python 3.12 on the temporary name is absolute, where the folder may not be: keep to one of the two.
    place = folder / Path(tempfile.mkdtemp(prefix=".new-", dir=folder)).name
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def publish(
    folder: Path, staged: Path, version: str, cached: Iterable[Path] = (), known: Mapping[Path, str] | None = None
) -> Path:
    """Make a staged version the current one, and remove the versions before it.

    Args:
        folder: The build folder.
        staged: What `staging` gave, filled.
        version: Name of the version: 16 hex digits.
        cached: The files of the cache that the version was made of; its manifest lists them too.
        known: Hashes of staged files that are known already: see `digests`.
    """
    write_manifest(staged, cached, known)
    target = folder / f"v-{version}"
    number = 0
    while target.exists():
        number += 1
        target = folder / f"v-{version}.{number}"
    staged.chmod(0o755)
    staged.replace(target)
    sync_folder(folder)
    _point(folder, POINTER, target.name)
    tidy(folder)
    return target


def tidy(folder: Path) -> None:
    """Finish what a stopped build has left undone: show the current version's files, remove versions before it.

    A version that somebody is reading stays until the next build.
    """
    for name in LINKED:
        _show(folder, current(folder), name)
    for path in folder.iterdir():
        if _VERSION.fullmatch(path.name) and path.resolve() != current(folder):
            _remove(path)


def sweep(folder: Path) -> None:
    """Remove what builds that were stopped have left behind, under the folder's lock."""
    for path in folder.iterdir():
        if not _UNFINISHED.fullmatch(path.name):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()


def _remove(version: Path) -> None:
    """Remove a version unless somebody is reading it."""
    with suppress(FileNotFoundError), (version / MANIFEST).open("rb") as file:
        if not _flock(file.fileno()):
            return
        # The manifest goes first: a reader that comes now sees that there is no graph here any more.
        (version / MANIFEST).unlink()
    shutil.rmtree(version, ignore_errors=True)


def _point(folder: Path, name: str, to: str) -> None:
    """Switch a link in one step; where links cannot be made, the file holds the name of the version.

    Raises:
        BuildError: If something of this name is there that no build has made.
    """
    if (folder / name).is_dir() and not (folder / name).is_symlink():
        raise BuildError(f"{folder / name}: is a folder that kg has not made; name another output folder")
    temporary = folder / f".{name}.part"
    with suppress(FileNotFoundError):
        temporary.unlink()
    try:
        temporary.symlink_to(to)
    except OSError:
        with atomic_write(folder / name) as out:
            out.write(to.encode())
        return
    temporary.replace(folder / name)
    sync_folder(folder)


def _show(folder: Path, target: Path, name: str) -> None:
    """Show a file of the current version at the top of the folder, or take away one that is no longer made."""
    shown = folder / name
    if shown.exists() and not shown.is_symlink() and (folder / POINTER).is_symlink():
        return  # somebody's own file of that name
    if not (target / name).is_file():
        with suppress(FileNotFoundError):
            shown.unlink()
    elif (folder / POINTER).is_symlink():
        _point(folder, name, f"{POINTER}/{name}")
    else:
        with atomic_write(shown) as out:
            out.write((target / name).read_bytes())


def write_manifest(version: Path, cached: Iterable[Path] = (), known: Mapping[Path, str] | None = None) -> None:
    """Write the size and SHA-256 of every file of a version, and of the files of the cache behind it."""
    known = known or {}
    own = [path for path in version.rglob("*") if path.is_file() and path.name != MANIFEST]
    names = {path.relative_to(version).as_posix(): path for path in own}
    names |= {f"../{path.relative_to(version.parent).as_posix()}": path for path in cached}
    entries = {
        name: {"size": path.stat().st_size, "sha256": known.get(path) or _digest(path)} for name, path in sorted(names.items())
    }  # fmt: skip
    with atomic_write(version / MANIFEST) as out:
        out.write(json.dumps({"files": entries}, indent=1, sort_keys=True).encode())


def intact(version: Path, name: str) -> Path:
    """Return the path of a version's file, if its content is what the build has written.

    Raises:
        BuildError: If the file is missing or damaged.
    """
    path = version / name
    try:
        damage = _damage(path, _entries(version)[name])
    except (OSError, *_NO_MANIFEST):
        damage = f"{path}: is missing or damaged"
    if damage:
        raise BuildError(f"{damage}; {_AGAIN}")
    return path


def check_briefly(version: Path) -> None:
    """Look for damage without reading everything: the size of every file, and the content of small ones of the store.

    The store checks its large files itself when it reads them.

    Raises:
        BuildError: If a file is missing or damaged.
    """
    try:
        entries = _entries(version)
        own = [(version / name, entry) for name, entry in entries.items() if not name.startswith("../")]
        for path, entry in own:
            if path.stat().st_size != entry["size"]:
                raise BuildError(f"{_damage(path, entry)}; {_AGAIN}")
    except FileNotFoundError as error:
        raise BuildError(f"{error.filename}: is missing; {_AGAIN}") from error
    except _NO_MANIFEST as error:
        raise BuildError(f"{version / MANIFEST}: is damaged; {_AGAIN}") from error
    for path, _ in own:
        if path.parent.name == "store" and path.suffix != ".sst":
            intact(version, path.relative_to(version).as_posix())


def drop_damaged_cache(folder: Path) -> None:
    """Remove the files of the cache that are not any more what the current version was made of."""
    with suppress(BuildError, OSError, *_NO_MANIFEST):
        version = current(folder)
        for name, entry in _entries(version).items():
            if name.startswith(f"../{CACHE}/") and _damage(version / name, entry):
                (version / name).unlink(missing_ok=True)


def _entries(version: Path) -> dict[str, Any]:
    """Return size and hash by file, as the manifest has them."""
    files: dict[str, Any] = json.loads((version / MANIFEST).read_text())["files"]
    return files


def damages(folder: Path) -> list[str]:
    """Return what is wrong with the current version, one line a file; empty when it is whole.

    Raises:
        BuildError: If there is no graph in the folder.
    """
    version = current(folder)
    try:
        files = _entries(version)
        found = [line for name, entry in files.items() if (line := _damage(Path(os.path.normpath(version / name)), entry))]
    except _NO_MANIFEST:
        return [f"{version / MANIFEST}: is damaged"]
    there = {p.relative_to(version).as_posix() for p in version.rglob("*") if p.is_file()} - {MANIFEST}
    found += [f"{version / name}: does not belong here" for name in sorted(there - set(files))]
    return found


def _damage(path: Path, entry: dict[str, Any]) -> str | None:
    """Return what is wrong with a file, None if nothing is."""
    if not path.is_file():
        return f"{path}: is missing"
    if path.stat().st_size != entry["size"]:
        return f"{path}: has {path.stat().st_size} bytes instead of {entry['size']}"
    return f"{path}: its content has changed" if _digest(path) != entry["sha256"] else None


def digests(paths: Iterable[Path]) -> dict[Path, str]:
    """Return the SHA-256 of files that are ready, for the manifest: right after they were written, the disk need not be asked."""
    return {path: _digest(path) for path in paths}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
