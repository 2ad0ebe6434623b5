"""A file is written whole, or not at all."""

import os
import stat
import threading
from pathlib import Path

import pytest

from kg.files import atomic_write, sync_folder


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "file.txt"
    with atomic_write(path) as out:
        out.write(b"one")
        assert not path.exists()
    assert path.read_bytes() == b"one"
    assert [p.name for p in path.parent.iterdir()] == ["file.txt"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_failure_leaves_the_old_file(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(b"old")

    def write() -> None:
        with atomic_write(path) as out:
            out.write(b"half of the n")
            raise error

    with pytest.raises(error):
        write()
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["file.txt"]


def test_a_new_file_takes_the_place_of_the_old(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(b"a longer old text")
    with atomic_write(path) as out:
        out.write(b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("name", ["x" * 255, "石" * 85, "🪨" * 63], ids=["one byte", "three bytes", "four bytes"])
def test_a_name_as_long_as_names_can_be(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with atomic_write(path) as out:
        out.write(b"1")
    assert path.read_bytes() == b"1"


def test_a_place_that_is_a_folder_is_refused_and_left_clean(tmp_path: Path) -> None:
    (tmp_path / "place").mkdir()
    with pytest.raises(OSError, match="place"), atomic_write(tmp_path / "place") as out:
        out.write(b"1")
    assert [p.name for p in tmp_path.iterdir()] == ["place"]


@pytest.mark.parametrize("name", ["", ".", "/"])
def test_a_name_that_is_none_is_refused_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(IsADirectoryError), atomic_write(Path(name)):
        pytest.fail("opened")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder that takes no files")
def test_an_error_names_the_file_that_was_asked_for() -> None:
    with pytest.raises(OSError, match=r"'/proc/file\.txt'"), atomic_write(Path("/proc/file.txt")):
        pytest.fail("opened")


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file.txt").write_bytes(b"old")
    for link, target in (("link", "kept/file.txt"), ("new", "kept/new.txt")):
        (tmp_path / link).symlink_to(target)
        with atomic_write(tmp_path / link) as out:
            out.write(b"new")
        assert (tmp_path / link).is_symlink()
        assert (tmp_path / target).read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    with atomic_write(pipe) as out:
        out.write(b"through")
    reader.join(10)
    assert read == [b"through"]
    assert [p.name for p in tmp_path.iterdir()] == ["pipe"]
    assert pipe.is_fifo()


def test_a_file_is_as_private_as_the_one_before_or_as_new_files_are(tmp_path: Path) -> None:
    (tmp_path / "private").touch(0o600)
    before = os.umask(0o027)
    try:
        for name, mode in (("private", 0o600), ("new", 0o640)):
            with atomic_write(tmp_path / name) as out:
                out.write(b"1")
            assert stat.S_IMODE((tmp_path / name).stat().st_mode) == mode
    finally:
        os.umask(before)


def test_a_missing_folder_cannot_be_synced(tmp_path: Path) -> None:
    sync_folder(tmp_path)
    with pytest.raises(FileNotFoundError):
        sync_folder(tmp_path / "missing")
