"""What is in a file: itself, or the members of an archive; its first bytes tell, not its name.

Nothing is unpacked into places that an archive names: a member of a ZIP or tar is a stretch of bytes in it. Only a
packed tar is written out, under a name of ours, since its members cannot be reached otherwise.

An archive is refused as a whole where one of its members is made to do harm: a path that leads out of it, a link, a
device, a password, a promise of sizes that cannot be, two members in the same bytes. A member that is merely of no use
(an archive inside the archive, an office document) is told, and the others are read.
"""

import io
import re
import shutil
import stat
import struct
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from kg.engine.containers import AS_IT_IS, Packing, cannot_open, open_packed, too_much
from kg.errors import UnreadableError
from kg.model import Problem

MOST_MEMBERS: Final = 1_000_000
"""Members that an archive may have."""

_MOST_HEAD: Final = 1 << 16
"""Bytes that the head of a member of a tar may have: a long path and the attributes of a file fit many times."""

_BLOCK: Final = tarfile.BLOCKSIZE
_CODECS: Final = {
    "gz": re.compile(rb"\x1f\x8b\x08"),
    "bz2": re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"),
    "xz": re.compile(rb"\xfd7zXZ\x00"),
    "zst": re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"),
}
_CLOSED: Final = {"7-Zip archive": re.compile(rb"7z\xbc\xaf\x27\x1c"), "RAR archive": re.compile(rb"Rar!\x1a\x07")}
_MAGIC: Final = {**_CODECS, "zip": re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"), **_CLOSED}
_ENDINGS: Final = re.compile(r"\.(?:gz|tgz|bz2|tbz2?|xz|txz|zst|tzst|zip|tar)$", re.IGNORECASE)
_OFFICE: Final = re.compile(rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|mimetype|_rels/|docProps/|word/|xl/|ppt/)", re.DOTALL)
_METHODS: Final = {0: "", 8: "deflate", 12: "bz2", 14: "lzma", 93: "zst", 95: "xz"}
_DEVICES: Final = {stat.S_IFLNK: "link", stat.S_IFCHR: "device", stat.S_IFBLK: "device", stat.S_IFIFO: "pipe"}

_NESTED: Final = ("an archive inside an archive", "unpack the outer one first")
_DOCUMENT: Final = ("an office document or e-book", "export it as text, CSV or BibTeX first")


def as_text(name: str) -> str:
    """Return a member's path as text that UTF-8 can hold, even where an archive has bytes that are none."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


class Member(NamedTuple):
    """A file to read: what it is called, in which file on the disk it is, and how its bytes are packed there."""

    name: str
    path: Path
    packing: Packing


def unpack(path: Path, name: str, spool: Path) -> Iterator[Member | Problem]:
    """Yield the file at `path`, called `name`, or the members of the archive that it is; and what cannot be opened.

    Two members may have one name. Hidden files are left out, as in folders.

    Args:
        path: A file on the disk.
        name: How people call it; its members are called `name/folder/file`.
        spool: The folder that a packed tar is written to; the members stand there.
    """
    try:
        yield from list(_unpack(path, name, spool))
    except UnreadableError as error:
        yield Problem(name, 0, error.what, error.todo)


def _unpack(path: Path, name: str, spool: Path) -> Iterable[Member | Problem]:
    kind = _kind(_head(path, AS_IT_IS))
    if kind == "zip":
        return _members_of_zip(path, name)
    if kind == "tar":
        return _members_of_tar(path, name)
    if kind in _CLOSED:
        raise UnreadableError(f"a {kind}, which is not opened", "unpack it first")
    if not kind:
        _must_not_claim(name)
        return [Member(name, path, AS_IT_IS)]
    packed = Packing(codec=kind)
    inner = _kind(_head(path, packed))
    if inner == "tar":
        return _members_of_tar(_spooled(path, packed, spool), name)
    return [_usable(Member(name, path, packed), inner, _head(path, packed))]


def _must_not_claim(name: str) -> None:
    """Raise if the name of a file that is not packed says that it is."""
    if ending := _ENDINGS.search(name):
        raise UnreadableError(f"its name ends in {ending.group()}, but it is not packed so", "rename it, or save it again")


def _head(path: Path, packing: Packing) -> bytes:
    with open_packed(path, packing) as stream:
        return stream.read(_BLOCK)


def _kind(head: bytes) -> str:
    """Return what a file beginning with `head` is packed as; empty where it is not."""
    for kind, magic in _MAGIC.items():
        if magic.match(head):
            return kind
    try:
        tarfile.TarInfo.frombuf(head, "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return ""
    return "tar"


def _usable(member: Member, kind: str, head: bytes) -> Member | Problem:
    """Return a member whose bytes are of this kind, or the problem that they are packed once more."""
    if kind:
        return Problem(member.name, 0, *(_DOCUMENT if _OFFICE.match(head) else _NESTED))
    return member


def _member(name: str, path: Path, packing: Packing | None) -> Member | Problem:
    """Return a member of an archive, unpacked where it is itself a packed file."""
    if packing is None:
        return Problem(name, 0, "packed by a method that is not opened", "pack the archive anew, with Deflate")
    try:
        head = _head(path, packing)
        kind = _kind(head)
        if kind in _CODECS:
            packing = replace(packing, codec=kind)
            head = _head(path, packing)
            kind = _kind(head)
        elif not kind:
            _must_not_claim(name)
    except UnreadableError as error:
        return Problem(name, 0, error.what, error.todo)
    return _usable(Member(name, path, packing), kind, head)


def _gathered(archive: str, path: Path, found: Iterable[tuple[str, Packing | None]]) -> Iterable[Member | Problem]:
    """Return the members of an archive under the names that the graph knows them by."""
    parts = ((_parts(inside), packing) for inside, packing in found)
    shown = [
        _member("/".join([archive, *names]), path, packing)
        for names, packing in parts
        if not any(part.startswith(".") or part == "__MACOSX" for part in names)
    ]
    return shown or [Problem(archive, 0, "no papers found: the archive is empty", "leave it out", "warning")]


def _parts(path: str) -> list[str]:
    return [as_text(part) for part in path.split("/") if part not in {"", "."}]


def _must_stay_inside(path: str) -> None:
    """Raise if a member's path is one that could lead a careless program out of its folder."""
    if path.startswith("/") or re.match(r"[A-Za-z]:[/\\]", path):
        fault = "has an absolute path"
    elif "\\" in path or "\0" in path:
        fault = "has a path that systems take for different ones"
    elif ".." in path.split("/"):
        fault = "has a path that leads out of the archive"
    else:
        return
    raise _refused(path, fault)


def _refused(member: str, fault: str) -> UnreadableError:
    return UnreadableError(f"its member {as_text(member)!r} {fault}", "nothing of the archive is read; pack it anew")


def _members_of_zip(path: Path, name: str) -> Iterable[Member | Problem]:
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            stretches = [_stretch(file, info) for info in _harmless(archive.infolist())]
            _must_not_overlap(stretches, archive.start_dir)
    except OSError as error:
        raise cannot_open(error) from error
    except UnreadableError:
        raise
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, RuntimeError, struct.error) as error:
        raise UnreadableError(f"a damaged ZIP archive ({error})", "save or download it again") from error
    return _gathered(name, path, ((s.info.filename, _packing(s)) for s in stretches if not s.info.is_dir()))


class _Stretch(NamedTuple):
    """A member of a ZIP and where its packed bytes are, behind its own head."""

    info: zipfile.ZipInfo
    begin: int
    end: int


def _packing(stretch: _Stretch) -> Packing | None:
    """Return how a member of a ZIP is packed; None if by a method that we do not have."""
    info = stretch.info
    method = _METHODS.get(info.compress_type)
    return None if method is None else Packing(stretch.begin, info.compress_size, method, info.file_size, info.CRC)


def _harmless(every: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Return the members of a ZIP, or raise if its directory says what that of no good archive of papers does."""
    _must_be_few(len(every))
    for info in every:
        _must_be_harmless(info)
    if any(info.filename in {"[Content_Types].xml", "mimetype"} for info in every):
        raise UnreadableError(*_DOCUMENT)
    return every


def _must_be_few(members: int) -> None:
    if members > MOST_MEMBERS:
        raise UnreadableError(f"more than {MOST_MEMBERS:,} members", "unpack it first")


def _must_be_harmless(info: zipfile.ZipInfo) -> None:
    """Raise if the directory of a ZIP says of a member what no good ZIP does."""
    _must_stay_inside(info.orig_filename)
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise _refused(info.filename, f"is a {_DEVICES.get(kind, 'special file')}")
    if info.flag_bits & 1:
        raise _encrypted(info)
    if too_much(info.file_size, info.compress_size):
        raise _refused(info.filename, f"promises {info.file_size:,} bytes from {info.compress_size:,}")


def _encrypted(info: zipfile.ZipInfo) -> UnreadableError:
    return UnreadableError(f"its member {as_text(info.filename)!r} has a password", "unpack it first")


def _stretch(file: BinaryIO, info: zipfile.ZipInfo) -> _Stretch:
    """Return where a member is; its own head has to agree with the directory."""
    file.seek(info.header_offset)
    magic, _, flags, *_, names, extras = struct.unpack("<4s5H3I2H", file.read(30))
    encoded = file.read(names)
    if magic != b"PK\x03\x04" or encoded.decode("utf-8" if flags & 0x800 else "cp437") != info.orig_filename:
        raise zipfile.BadZipFile(f"its directory is wrong about {as_text(info.filename)!r}")
    if flags & 1:
        raise _encrypted(info)
    begin = info.header_offset + 30 + names + extras
    return _Stretch(info, begin, begin + info.compress_size)


def _must_not_overlap(stretches: list[_Stretch], end: int) -> None:
    """Raise if two members are in the same bytes, or one in the directory: so a small file becomes petabytes."""
    ordered = sorted(stretches, key=lambda stretch: stretch.info.header_offset)
    limits = [*(stretch.info.header_offset for stretch in ordered[1:]), end]
    for stretch, limit in zip(ordered, limits, strict=False):
        if stretch.end > limit:
            raise _refused(stretch.info.filename, "lies over another one")


def _members_of_tar(path: Path, name: str) -> Iterable[Member | Problem]:
    try:
        with _Heads(path.open("rb", buffering=0)) as file:
            found = list(_stretches(file))
    except OSError as error:
        raise cannot_open(error) from error
    except UnreadableError:
        raise
    except (tarfile.TarError, ValueError, EOFError, OverflowError, LookupError, TypeError, RecursionError) as error:
        raise UnreadableError(f"a damaged tar archive ({error})", "save or download it again") from error
    return _gathered(name, path, found)


def _stretches(file: BinaryIO) -> Iterator[tuple[str, Packing]]:
    """Yield the path and place of each file in a tar."""
    with tarfile.open(fileobj=file, mode="r:", errors="surrogateescape") as archive:
        count, end = 0, 0
        while (info := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined]  # it would keep them all
            count += 1
            _must_be_few(count)
            _must_stay_inside(info.name)
            if info.size < 0 or archive.offset <= end:
                raise tarfile.ReadError("a member of negative size")
            if not (info.isdir() or info.isreg()) or info.issparse():
                kind = "link" if info.issym() or info.islnk() else "sparse file" if info.issparse() else "special file"
                raise _refused(info.name, f"is a {kind}")
            end = archive.offset
            if info.isreg():
                yield info.name, Packing(info.offset_data, info.size)
        # The library takes any fault behind the first member for the end of the archive.
        file.seek(archive.offset)
        mark = file.read(_BLOCK)
        if mark.strip(b"\0"):
            raise tarfile.ReadError(f"at byte {archive.offset}")
        if len(mark) < _BLOCK:
            raise UnreadableError("truncated: the tar archive has no end mark", "save or download it again")


class _Heads(io.BufferedReader):
    """A tar as `tarfile` may read it: head by head. It would take a head of any size that the archive names."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or not 0 <= size <= _MOST_HEAD:
            raise tarfile.ReadError("a head without bounds")
        return super().read(size)


def _spooled(path: Path, packing: Packing, spool: Path) -> Path:
    """Write what a file unpacks to into the spool folder, and return where it is."""
    with open_packed(path, packing) as stream:
        return spooled(stream, spool)


def spooled(stream: BinaryIO, spool: Path) -> Path:
    """Write a stream into the spool folder, under a name of ours, and return where it is.

    Raises:
        UnreadableError: If the stream does, or the disk takes no more; nothing is left there then.
    """
    out = None
    try:
        spool.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=spool, delete=False) as out:
            shutil.copyfileobj(stream, out, 1 << 20)
    except BaseException as error:
        if out is not None:
            Path(out.name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            what = f"cannot be put into {as_text(str(spool))}: {error.strerror or error}"
            raise UnreadableError(what, "make room there, or unpack it yourself") from error
        raise
    return Path(out.name)
