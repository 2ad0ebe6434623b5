"""A file is written whole, or not at all."""

import stat
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


def test_a_name_as_long_as_names_can_be(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 255)
    with atomic_write(path) as out:
        out.write(b"1")
    assert path.read_bytes() == b"1"


def test_a_place_that_is_a_folder_is_refused_and_left_clean(tmp_path: Path) -> None:
    (tmp_path / "place").mkdir()
    with pytest.raises(OSError, match="place"), atomic_write(tmp_path / "place") as out:
        out.write(b"1")
    assert [p.name for p in tmp_path.iterdir()] == ["place"]


def test_a_missing_folder_cannot_be_synced(tmp_path: Path) -> None:
    sync_folder(tmp_path)
    with pytest.raises(FileNotFoundError):
        sync_folder(tmp_path / "missing")
