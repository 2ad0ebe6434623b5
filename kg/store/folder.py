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
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from kg.errors import BuildError
from kg.files import atomic_write, sync_folder

MANIFEST: Final = "manifest.json"
POINTER: Final = "current"
LINKED: Final = ("graph.html", "graph.ttl")
"""Files of a version that are also shown at the top of the folder."""


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
        _lock(handle, folder)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, folder: Path) -> None:
    try:
        if os.name == "nt":  # pragma: no cover - the same promise on Windows
            import msvcrt  # noqa: PLC0415

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise BuildError(f"{folder}: another build is at work here; wait until it has ended") from error


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """Give a new folder to build in; it is removed unless `publish` has moved it."""
    for left_over in folder.glob(".new-*"):
        shutil.rmtree(left_over, ignore_errors=True)
    place = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def publish(folder: Path, staged: Path, version: str) -> Path:
    """Make a staged version the current one, and remove the versions before it."""
    write_manifest(staged)
    target = folder / f"v-{version}"
    number = 0
    while target.exists():
        number += 1
        target = folder / f"v-{version}.{number}"
    staged.chmod(0o755)
    staged.replace(target)
    sync_folder(folder)
    _point(folder, POINTER, target.name)
    for name in LINKED:
        _show(folder, target, name)
    for old in folder.glob("v-*"):
        if old != target:
            shutil.rmtree(old, ignore_errors=True)
    return target


def _point(folder: Path, name: str, to: str) -> None:
    """Switch a link in one step; where links cannot be made, the file holds the name of the version."""
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
    if not (target / name).is_file():
        with suppress(FileNotFoundError):
            shown.unlink()
    elif (folder / POINTER).is_symlink():
        _point(folder, name, f"{POINTER}/{name}")
    else:
        with atomic_write(shown) as out:
            out.write((target / name).read_bytes())


def write_manifest(version: Path) -> None:
    """Write the size and SHA-256 of every file of a version."""
    entries = {
        path.relative_to(version).as_posix(): {"size": path.stat().st_size, "sha256": _digest(path)}
        for path in sorted(version.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }
    with atomic_write(version / MANIFEST) as out:
        out.write(json.dumps({"files": entries}, indent=1, sort_keys=True).encode())


def damages(folder: Path) -> list[str]:
    """Return what is wrong with the current version, one line a file; empty when it is whole.

    Raises:
        BuildError: If there is no graph in the folder.
    """
    version = current(folder)
    try:
        files: dict[str, Any] = json.loads((version / MANIFEST).read_text())["files"]
    except (ValueError, KeyError, TypeError):
        return [f"{version / MANIFEST}: is damaged"]
    found = []
    for name, entry in files.items():
        path = version / name
        if not path.is_file():
            found.append(f"{path}: is missing")
        elif path.stat().st_size != entry["size"]:
            found.append(f"{path}: has {path.stat().st_size} bytes instead of {entry['size']}")
        elif _digest(path) != entry["sha256"]:
            found.append(f"{path}: its content has changed")
    there = {p.relative_to(version).as_posix() for p in version.rglob("*") if p.is_file()} - {MANIFEST}
    found += [f"{version / name}: does not belong here" for name in sorted(there - set(files))]
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
