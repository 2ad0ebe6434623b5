"""What is in a file: itself or the members of an archive, and archives that are made to do harm."""

import gzip
import io
import json
import os
import stat
import struct
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine import archives
from kg.engine.archives import Member, unpack
from kg.engine.containers import open_packed
from kg.errors import UnreadableError
from kg.model import Problem

SHARED = Path(__file__).parents[2].parent / "shared" / "hostile"
HOSTILE: list[dict[str, Any]] = (
    [
        item
        for item in json.loads((SHARED / "manifest.json").read_text())["items"]
        if item["format"] == "archive" or item["file"].endswith(".gz")
    ]
    if SHARED.is_dir()
    else []
)


def a_zip(*members: tuple[str, bytes], change: Callable[[zipfile.ZipInfo], None] = lambda _: None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            change(info)
            archive.writestr(info, data)
    return out.getvalue()


def a_tar(*members: tuple[str, bytes], change: Callable[[tarfile.TarInfo], None] = lambda _: None) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            change(info)
            archive.addfile(info, io.BytesIO(data) if info.isreg() else None)
    return out.getvalue()


def opened(data: bytes, name: str = "papers") -> tuple[dict[str, bytes], list[Problem]]:
    """Return the bytes of all members by name, and the problems."""
    with tempfile.TemporaryDirectory() as home:
        file, spool = Path(home, "file"), Path(home, "spool")
        file.write_bytes(data)
        found = list(unpack(file, name, spool))
        members, problems = {}, [each for each in found if isinstance(each, Problem)]
        for each in found:
            if isinstance(each, Member):
                try:
                    with open_packed(each.path, each.packing) as stream:
                        members[each.name] = stream.read()
                except UnreadableError as error:
                    problems.append(Problem(each.name, 0, error.what, error.todo))
        written = {path.relative_to(home).parts[0] for path in Path(home).rglob("*")}
        assert written <= {"file", "spool"}
        assert len(list(spool.glob("**/*"))) <= 1
        return members, problems


def refused(data: bytes, name: str = "papers") -> str:
    """Return what is told of an archive of which nothing may be read."""
    members, problems = opened(data, name)
    (problem,) = problems
    assert (members, problem.document, problem.severity) == ({}, name, "error")
    return problem.what


PACKS = [a_zip, a_tar]
FILES = (("a.bib", b"one"), ("sub/b.ris", b"two"), ("sub/deep/c.json", b"three"))


@pytest.mark.parametrize("pack", PACKS)
def test_members_are_called_after_the_archive_and_their_path(pack: Callable[..., bytes]) -> None:
    assert opened(pack(*FILES)) == ({f"papers/{name}": data for name, data in FILES}, [])


@pytest.mark.parametrize("pack", PACKS)
def test_hidden_files_and_folders_are_no_members(pack: Callable[..., bytes]) -> None:
    files = [(".DS_Store", b"x"), ("__MACOSX/._a.bib", b"x"), ("sub/.git/config", b"x"), ("./b.bib", b"two"), ("sub//c", b"3")]
    assert opened(pack(*files)) == ({"papers/b.bib": b"two", "papers/sub/c": b"3"}, [])


@pytest.mark.parametrize("pack", PACKS)
def test_an_empty_archive_is_a_warning(pack: Callable[..., bytes]) -> None:
    members, (problem,) = opened(pack((".hidden", b"x")))
    assert (members, problem.severity, problem.what) == ({}, "warning", "no papers found: the archive is empty")


def test_a_zip_without_members() -> None:
    assert opened(a_zip())[1][0].severity == "warning"


def test_folders_are_no_members() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.mkdir("sub")
        archive.writestr("sub/a", "one")
    assert opened(out.getvalue())[0] == {"papers/sub/a": b"one"}


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("../x", "leads out"), ("a/../../x", "leads out"), ("..", "leads out"), ("/etc/passwd", "absolute"), ("C:/x", "absolute"),
        ("..\\x", "different ones"), ("a\\b", "different ones"), ("C:\\x", "absolute"),
    ],
)  # fmt: skip
def test_a_path_that_could_lead_out_refuses_the_archive(pack: Callable[..., bytes], path: str, told: str) -> None:
    what = refused(pack(("good.bib", b"one"), (path, b"two")))
    assert told in what
    assert repr(path) in what


def test_a_link_in_a_zip_refuses_it() -> None:
    def link(info: zipfile.ZipInfo) -> None:
        info.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert refused(a_zip(("link", b"/etc/passwd"), change=link)) == "its member 'link' is a link"


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (tarfile.SYMTYPE, "a link"), (tarfile.LNKTYPE, "a link"), (tarfile.CHRTYPE, "a special file"),
        (tarfile.FIFOTYPE, "a special file"),
    ],
)  # fmt: skip
def test_what_is_no_file_in_a_tar_refuses_it(kind: bytes, told: str) -> None:
    def other(info: tarfile.TarInfo) -> None:
        info.type, info.linkname, info.size = kind, "/etc/passwd", 0

    out = io.BytesIO(a_tar(("good.bib", b"one")))
    with tarfile.open(fileobj=out, mode="a") as archive:
        info = tarfile.TarInfo("bad")
        other(info)
        archive.addfile(info)
    assert refused(out.getvalue()) == f"its member 'bad' is {told}"
    assert refused(gzip.compress(out.getvalue())) == f"its member 'bad' is {told}"


@pytest.mark.parametrize("place", [6, -1])
def test_a_password_in_either_head_refuses_a_zip(place: int) -> None:
    data = bytearray(a_zip(("a.bib", b"one")))
    place = place if place > 0 else data.index(b"PK\1\2") + 8
    data[place] |= 1
    assert refused(bytes(data)) == "its member 'a.bib' has a password"


def test_two_members_in_the_same_bytes_refuse_a_zip() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.bib", b"x" * 1000)
        archive.filelist *= 5
    assert refused(out.getvalue()) == "its member 'a.bib' lies over another one"


def test_a_directory_and_a_head_that_differ_refuse_a_zip() -> None:
    data = a_zip(("a.bib", b"one"))
    assert "directory is wrong about 'a.bib'" in refused(data.replace(b"a.bib", b"b.bib", 1))


def test_a_zip_whose_sizes_lie() -> None:
    data = a_zip(("a.txt", b"0123456789"), ("b.txt", b"one"))
    assert "promises 4,000,000,000 bytes from 12" in refused(data.replace(struct.pack("<I", 10), struct.pack("<I", 4_000_000_000)))
    members, (problem,) = opened(data.replace(struct.pack("<I", 10), struct.pack("<I", 11)))
    assert members == {"papers/b.txt": b"one"}
    assert (problem.document, problem.what) == ("papers/a.txt", "damaged: the archive promises 11 bytes, it has 10")


def test_members_of_one_name_are_all_there() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.bib", "one")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.bib", "two")
    with tempfile.TemporaryDirectory() as home:
        Path(home, "a.zip").write_bytes(out.getvalue())
        assert [each.name for each in unpack(Path(home, "a.zip"), "a.zip", Path(home)) if isinstance(each, Member)] == ["a.zip/a.bib"] * 2


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("inner", [a_zip(*FILES), a_tar(*FILES), gzip.compress(a_tar(*FILES)), b"7z\xbc\xaf\x27\x1c--", b"Rar!\x1a\x07\0"])
def test_an_archive_in_an_archive_is_told_and_the_others_are_read(pack: Callable[..., bytes], inner: bytes) -> None:
    members, (problem,) = opened(pack(("inner", inner), ("a.bib", b"one")))
    assert members == {"papers/a.bib": b"one"}
    assert (problem.document, problem.what) == ("papers/inner", "an archive inside an archive")


def test_packed_twice_is_told() -> None:
    members, (problem,) = opened(gzip.compress(gzip.compress(b"one")))
    assert (members, problem.what) == ({}, "an archive inside an archive")


@pytest.mark.parametrize("first", ["[Content_Types].xml", "mimetype"])
def test_an_office_document_is_called_so(first: str) -> None:
    document = a_zip((first, b"x"), ("word/document.xml", b"<x/>"))
    assert refused(document) == "an office document or e-book"
    members, (problem,) = opened(a_zip(("letter.docx", document), ("a.bib", b"one")))
    assert (list(members), problem.what) == (["papers/a.bib"], "an office document or e-book")


def test_a_method_that_we_do_not_have() -> None:
    data = bytearray(a_zip(("a", b"one"), ("b", b"two")))
    place = data.index(b"PK\1\2") + 10
    data[place] = 9  # Deflate64
    members, (problem,) = opened(bytes(data))
    assert (members, problem.document) == ({"papers/b": b"two"}, "papers/a")
    assert problem.what == "packed by a method that is not opened"


@pytest.mark.parametrize("magic", [b"7z\xbc\xaf\x27\x1c\0\4", b"Rar!\x1a\x07\1\0"])
def test_archives_that_are_not_opened(magic: bytes) -> None:
    assert "which is not opened" in refused(magic + bytes(100))


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.tgz", "A.ZIP", "a.tar", "a.tar.zst", "a.xz", "a.tbz2"])
@pytest.mark.parametrize("data", [b"", b"@article{a, title = {A}}", bytes(600)])
def test_a_name_that_says_packed_where_nothing_is(name: str, data: bytes) -> None:
    assert "is not packed so" in refused(data, name)
    members, (problem,) = opened(a_zip(("a.bib", b"one"), (name, data)))
    assert (members, problem.document) == ({"papers/a.bib": b"one"}, f"papers/{name}")
    assert "is not packed so" in problem.what


@pytest.mark.parametrize("data", [b"", b"BZhang, Wei. A paper", b"PK is a country code", b"text", bytes(600), b"\x1f\x8b"])
def test_what_is_not_packed_is_itself(data: bytes) -> None:
    assert opened(data, "a.txt") == ({"a.txt": data}, [])


def test_the_bytes_tell_and_not_the_name() -> None:
    assert opened(gzip.compress(b"one"), "a.bib") == ({"a.bib": b"one"}, [])
    assert opened(gzip.compress(b"one"), "a.xz") == ({"a.xz": b"one"}, [])
    assert opened(a_zip(("b", b"one")), "a.bib") == ({"a.bib/b": b"one"}, [])


@pytest.mark.parametrize("size", [1024 + 512, 1024 + 300, 1024, 700, 512])
def test_a_tar_that_is_cut_is_truncated(size: int) -> None:
    # Two members of a head and a block each, then the end mark.
    whole = a_tar(("a", b"one"), ("b", b"two"))
    what = refused(whole[:size])
    assert "truncated" in what or "damaged tar archive" in what


def test_damage_behind_the_first_head_of_a_tar_is_not_its_end() -> None:
    data = bytearray(a_tar(("a", b"one"), ("b", b"two"), ("c", b"three")))
    data[1024 + 150] ^= 1  # in the checksum of the second head
    assert refused(bytes(data)) == "a damaged tar archive (at byte 1024)"


def test_a_tar_that_steps_back_ends() -> None:
    data = bytearray(a_tar(("a", b"one"), ("b", b"two")))
    head = data[1024:1536]
    head[124:136] = b"\xff" * 10 + struct.pack(">h", -1024)
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    data[1024:1536] = head
    assert "damaged tar archive" in refused(bytes(data))


def test_a_tar_with_a_head_of_any_size() -> None:
    def wordy(info: tarfile.TarInfo) -> None:
        info.pax_headers = {"comment": "x" * 100_000}

    assert "a head without bounds" in refused(a_tar(("a", b"one"), change=wordy))


def test_a_sparse_tar_is_refused() -> None:
    def sparse(info: tarfile.TarInfo) -> None:
        info.pax_headers = {"GNU.sparse.map": "0,1", "GNU.sparse.size": "9", "GNU.sparse.name": "a"}

    assert refused(a_tar(("a", b"x"), change=sparse)) == "its member 'a' is a sparse file"


@pytest.mark.parametrize("pack", PACKS)
def test_too_many_members(pack: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_MEMBERS", 2)
    assert refused(pack(*FILES)) == "more than 2 members"


def test_long_and_foreign_names() -> None:
    name = f"{'ordner/' * 40}Größe — 論文.bib"
    assert list(opened(a_tar((name, b"one")))[0]) == [f"papers/{name}"]
    assert list(opened(a_zip((name, b"one")))[0]) == [f"papers/{name}"]
    raw = a_tar(("x?y", b"one")).replace(b"x?y", b"x\xffy")
    raw = raw[:148] + b"%06o\0 " % sum(raw[:148] + b" " * 8 + raw[156:512]) + raw[156:]
    assert list(opened(raw)[0]) == ["papers/x\\xffy"]


def test_a_spool_that_takes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.tgz").write_bytes(gzip.compress(a_tar(*FILES)))
    (tmp_path / "spool").write_text("no folder")
    (problem,) = unpack(tmp_path / "a.tgz", "a.tgz", tmp_path / "spool")
    assert isinstance(problem, Problem)
    assert "cannot be put into" in problem.what


def test_a_tar_that_is_truncated_leaves_nothing_in_the_spool(tmp_path: Path) -> None:
    (tmp_path / "a.tgz").write_bytes(gzip.compress(a_tar(("a", os.urandom(3_000_000))))[:-1000])
    (problem,) = unpack(tmp_path / "a.tgz", "a.tgz", tmp_path / "spool")
    assert isinstance(problem, Problem)
    assert problem.what.startswith("truncated")
    assert list((tmp_path / "spool").iterdir()) == []


@given(st.sampled_from([a_zip(*FILES), a_tar(*FILES), gzip.compress(a_tar(*FILES))]), st.data())
def test_damage_anywhere_gives_the_files_or_problems(packed: bytes, data: st.DataObject) -> None:
    broken = bytearray(packed)
    for place in data.draw(st.lists(st.integers(0, len(packed) - 1), max_size=3)):
        broken[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(packed)))
    members, problems = opened(bytes(broken[:end]))
    assert members or problems


@given(st.binary())
def test_any_bytes_are_themselves_or_a_problem(data: bytes) -> None:
    members, problems = opened(data)
    assert members in ({}, {"papers": data})
    assert bool(members) != bool(problems)


@pytest.mark.skipif(not HOSTILE, reason="no ../shared/hostile here")
@pytest.mark.parametrize("item", HOSTILE, ids=lambda item: Path(item["file"]).name)
def test_archives_made_to_break_us(item: dict[str, Any]) -> None:
    file = SHARED / item["file"]
    before = set(Path(tempfile.gettempdir()).glob("kg_pwned*"))
    members, problems = opened(file.read_bytes(), file.name)
    assert set(Path(tempfile.gettempdir()).glob("kg_pwned*")) == before
    if item["must"] == "accept":
        assert (len(members), problems) == (2 if file.suffix == ".zip" else 1, [])
    else:
        assert members == {}
        assert problems
        assert all(problem.document.startswith(file.name) and problem.severity == "error" for problem in problems)
        if "truncated" in file.name:
            assert "truncated" in problems[0].what
        if "member named" in item["detail"]:
            assert "member '" in problems[0].what


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that exists and cannot be read")
def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").symlink_to("/proc/self/mem")
    (problem,) = unpack(tmp_path / "bad.txt", "bad.txt", tmp_path)
    assert isinstance(problem, Problem)
    assert problem.what.startswith("cannot be opened: ")
