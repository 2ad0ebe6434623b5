"""The files that a user names: each once, by a name that nobody else has."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine.inputs import Source, find
from kg.errors import UsageError
from kg.model import Problem


def names(*paths: object) -> list[str]:
    return [source.name for source in find(str(path) for path in paths)]


def written(*files: Path) -> None:
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(file.name, encoding="utf-8")


def test_a_folder_gives_all_files_below_it_but_hidden_ones(tmp_path: Path) -> None:
    written(tmp_path / "b.txt", tmp_path / "a" / "c.txt", tmp_path / ".git" / "d.txt", tmp_path / "a" / ".e.txt")
    assert names(tmp_path) == ["a/c.txt", "b.txt"]


def test_a_file_that_is_named_twice_comes_once(tmp_path: Path) -> None:
    written(tmp_path / "a.txt")
    assert names(tmp_path, tmp_path / "a.txt", tmp_path / "*.txt") == ["a.txt"]


def test_a_pattern_that_no_shell_expanded(tmp_path: Path) -> None:
    written(tmp_path / "a.txt", tmp_path / "b.md", tmp_path / "sub" / "c.txt")
    assert names(tmp_path / "*.txt") == ["a.txt"]
    assert names(tmp_path / "**" / "*.txt") == ["a.txt", "c.txt"]


def test_a_name_with_the_signs_of_a_pattern_is_a_name(tmp_path: Path) -> None:
    written(tmp_path / "a[1].txt", tmp_path / "a1.txt")
    assert names(tmp_path / "a[1].txt") == ["a[1].txt"]


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    files = [tmp_path / "x" / "p" / "list.txt", tmp_path / "y" / "p" / "list.txt", tmp_path / "y" / "q" / "list.txt"]
    written(*files, tmp_path / "other.txt")
    assert names(*files, tmp_path / "other.txt") == ["other.txt", "q/list.txt", "x/p/list.txt", "y/p/list.txt"]
    assert names(*reversed(files)) == ["q/list.txt", "x/p/list.txt", "y/p/list.txt"]


def test_what_a_build_has_made_is_no_input(tmp_path: Path) -> None:
    written(
        tmp_path / "papers.txt", tmp_path / "v-0123456789abcdef" / "manifest.json", tmp_path / "cache" / "r" / "x.parquet",
        tmp_path / "decisions.csv", tmp_path / "sub" / "graph.ttl",
    )  # fmt: skip
    (tmp_path / "current").symlink_to("v-0123456789abcdef")
    (tmp_path / "graph.html").symlink_to("current/graph.html")
    assert names(tmp_path) == ["papers.txt", "sub/graph.ttl"]


def test_the_same_names_are_input_where_no_build_is(tmp_path: Path) -> None:
    written(tmp_path / "cache" / "a.txt", tmp_path / "decisions.csv")
    assert names(tmp_path) == ["cache/a.txt", "decisions.csv"]


def test_broken_links_and_pipes_in_a_folder_are_left_out(tmp_path: Path) -> None:
    written(tmp_path / "a.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not take such names")
def test_a_name_that_is_no_utf8_becomes_text(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/x\xff.txt")).write_text("a", encoding="utf-8")
    assert names(tmp_path) == ["x\\xff.txt"]


@pytest.mark.parametrize(
    ("path", "told"),
    [("missing.txt", "no such file"), ("*.txt", "no such file"), ("empty", "holds no files"), ("", "is no path"), ("a\0b", "is no path")],
)
def test_a_path_that_names_nothing_is_refused(
    path: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=told):
        find([path])


def test_standard_input_is_a_source() -> None:
    assert find(["-"]) == [Source("-", None)]


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that exists and cannot be read")
def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").symlink_to("/proc/self/mem")
    (source,) = find([str(tmp_path)])
    told = source.read()
    assert isinstance(told, Problem)
    assert (told.document, told.severity) == ("bad.txt", "error")
    assert told.what.startswith("cannot be opened: ")


@given(st.lists(st.text("ab", min_size=1, max_size=2), min_size=2, max_size=4, unique=True), st.randoms())
def test_the_order_of_the_arguments_does_not_matter(folders: list[str], random: object) -> None:
    import tempfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as home:
        files = [Path(home) / folder / "list.txt" for folder in folders]
        written(*files)
        expected = names(*files)
        random.shuffle(files)  # type: ignore[attr-defined]
        assert names(*files) == expected
        assert len(set(expected)) == len(folders)
