"""The one way in which a file is written: whole, or not at all.

A file is written beside its place, flushed to the disk, and renamed over the old one; a crash at any moment
leaves the old file or the new one. A full disk raises, because the file is closed explicitly.
"""

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


@contextmanager
def atomic_write(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing that appears under its name only when the block ends without an error.

    A link stays a link, and what it leads to is written. A pipe or device is written to as it is.

    Raises:
        OSError: If the file cannot be written; it names `path`.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not path.is_file():
        with path.open("wb") as out:
            yield out
        return
    if path.is_symlink():
        path = Path(os.path.realpath(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name[:60]}.{secrets.token_hex(4)}.part")
    try:
        with _new(temporary, path) as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)


def _new(temporary: Path, path: Path) -> BinaryIO:
    """Open a file that is not there yet, and stands in for `path`."""
    try:
        return temporary.open("xb")
    except OSError as error:
        error.filename = str(path)  # the name that a person knows
        raise


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` durable, where the system allows it (not on Windows)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
