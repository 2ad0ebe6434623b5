"""The files that a user names: each once, by a name that nobody else has."""

import gzip
import os
import pickle
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine.inputs import Found, Source, find_all
from kg.errors import UsageError


def found(*paths: object, spool: Path = Path("never used")) -> Found:
    return find_all([str(path) for path in paths], spool)


def names(*paths: object) -> list[str]:
    every = found(*paths)
    assert every.problems == []
    return [source.name for source in every.sources]


def text(source: Source) -> str:
    with source.open() as stream:
        return stream.read().decode()


def zipped(file: Path, **members: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.txt", content)
    return file


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


def test_links_to_folders_and_pipes_in_a_folder_are_left_out(tmp_path: Path) -> None:
    written(tmp_path / "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert names(tmp_path) == ["a.txt"]


def test_a_link_to_nothing_is_told(tmp_path: Path) -> None:
    gone, loop = tmp_path / "gone.txt", tmp_path / "loop.txt"
    gone.symlink_to(tmp_path / "nowhere")
    loop.symlink_to(loop)
    for paths, told in (([tmp_path], ["gone.txt", "loop.txt"]), ([gone], ["gone.txt"]), ([f"{tmp_path}/g*"], ["gone.txt"])):
        seen = found(*paths)
        assert (seen.sources, [problem.document for problem in seen.problems]) == ([], told)
        assert f"is a link to {tmp_path / 'nowhere'}, which is not there" == seen.problems[0].what


def test_a_link_to_another_folder_is_told_unless_its_files_come_anyway(tmp_path: Path) -> None:
    written(tmp_path / "papers" / "a.txt", tmp_path / "old" / "b.txt")
    link = tmp_path / "papers" / "more"
    link.symlink_to(tmp_path / "old")
    every = found(tmp_path / "papers")
    (told,) = every.problems
    assert [source.name for source in every.sources] == ["a.txt"]
    assert told.what == f"is a link to the folder {tmp_path / 'old'} and not followed: nothing in there was read"
    assert (told.document, told.severity, every.origins) == ("more", "error", {"more": str(link)})
    assert names(tmp_path / "papers", link) == names(tmp_path / "papers", tmp_path / "old") == ["a.txt", "b.txt"]
    assert names(tmp_path) == ["old/b.txt", "papers/a.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that nobody can look into, whoever runs the tests")
def test_a_folder_that_cannot_be_looked_into_is_told(tmp_path: Path) -> None:
    written(tmp_path / "a.txt")
    (tmp_path / "deep").mkdir()
    inner = os.open(tmp_path / "deep", os.O_RDONLY)
    for _ in range(20):  # a path of more than 4,096 bytes
        os.mkdir("d" * 250, dir_fd=inner)
        inner, outer = os.open("d" * 250, os.O_RDONLY, dir_fd=inner), inner
        os.close(outer)
    os.close(inner)
    try:
        every = found(tmp_path)
    finally:
        shutil.rmtree(tmp_path / "deep")
    (told,) = every.problems
    assert [source.name for source in every.sources] == ["a.txt"]
    assert told.document.startswith("deep/dddd")
    assert (told.what, told.severity) == ("cannot be opened: File name too long", "error")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not take such names")
def test_a_name_that_is_no_utf8_becomes_text(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/x\xff.txt")).write_text("a", encoding="utf-8")
    assert names(tmp_path) == ["x\\xff.txt"]


@pytest.mark.parametrize(
    ("path", "told"),
    [("missing.txt", "no such file"), ("*.txt", "no such file"), ("empty", "holds no files"), ("", "is no path"), ("a\0b", "is no path"),
     ("n" * 300, "n: File name too long; check the path")],
)
def test_a_path_that_names_nothing_is_refused(
    path: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=told):
        found(path)


def test_a_source_says_where_it_is_from(tmp_path: Path) -> None:
    written(tmp_path / "a.txt")
    archive = zipped(tmp_path / "b.zip", c="two")
    first, second = found(tmp_path).sources
    assert (first.name, first.path, first.origin, text(first)) == ("a.txt", tmp_path / "a.txt", str(tmp_path / "a.txt"), "a.txt")
    assert (second.name, second.path, second.origin, text(second)) == ("b.zip/c.txt", archive, str(archive), "two")


def test_a_source_travels_between_processes(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"one"))
    with tarfile.open(tmp_path / "b.tar.xz", "w:xz") as archive:
        archive.add(tmp_path / "a.gz", "in/a.gz")
    zipped(tmp_path / "c.zip", d="two")
    sources = found(tmp_path, spool=tmp_path / "spool").sources
    assert [(s.name, text(s)) for s in sources] == [("a.gz", "one"), ("b.tar.xz/in/a.gz", "one"), ("c.zip/d.txt", "two")]
    for source in sources:
        again = pickle.loads(pickle.dumps(source))  # noqa: S301 - our own
        assert again == source
        assert text(again) == text(source)


def test_a_folder_with_archives_in_it(tmp_path: Path) -> None:
    zipped(tmp_path / "sub" / "a.zip", b="one")
    zipped(tmp_path / "a.zip", b="two")
    written(tmp_path / "c.txt")
    assert names(tmp_path) == ["a.zip/b.txt", "c.txt", "sub/a.zip/b.txt"]


def test_archives_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    first, second = zipped(tmp_path / "x" / "a.zip", b="one"), zipped(tmp_path / "y" / "a.zip", b="two")
    assert names(first, second) == names(second, first) == ["x/a.zip/b.txt", "y/a.zip/b.txt"]
    assert names(first, first) == ["a.zip/b.txt"]


def test_members_of_one_name_are_numbered(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number, name in enumerate(["b.txt", "b~2.txt", "b", "b.tar.old"]):
            archive.writestr(name, str(number))
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("b.txt", "4")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("b.txt", "5")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("b", "6")
    sources = found(tmp_path).sources
    assert {source.name.removeprefix("a.zip/"): text(source) for source in sources} == {
        "b.txt": "0", "b~2.txt": "1", "b": "2", "b.tar.old": "3", "b~3.txt": "4", "b~4.txt": "5", "b~2": "6",
    }  # fmt: skip


def test_a_folder_that_is_called_like_an_archive(tmp_path: Path) -> None:
    zipped(tmp_path / "x" / "a.zip", b="one")
    written(tmp_path / "y" / "a.zip" / "b.txt")
    assert names(tmp_path / "x", tmp_path / "y") == ["a.zip/b.txt", "a.zip/b~2.txt"]


def test_what_cannot_be_opened_is_a_problem_and_the_others_are_there(tmp_path: Path) -> None:
    written(tmp_path / "a.txt", tmp_path / "b.gz")
    (tmp_path / "c.zip").write_bytes(zipped(tmp_path / "d.zip", e="one").read_bytes()[:-30])
    every = found(tmp_path)
    assert [source.name for source in every.sources] == ["a.txt", "d.zip/e.txt"]
    assert [problem.document for problem in every.problems] == ["b.gz", "c.zip"]
    assert every.problems[0].what == "its name ends in .gz, but it is not packed so"
    assert every.problems[1].what.startswith("a damaged ZIP archive (")


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that exists and cannot be read")
def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").symlink_to("/proc/self/mem")
    every = found(tmp_path)
    (told,) = every.problems
    assert (every.sources, told.document, told.severity) == ([], "bad.txt", "error")
    assert told.what.startswith("cannot be opened: ")


def test_a_named_pipe_is_copied_since_it_can_be_read_only_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=lambda: (tmp_path / "pipe").write_bytes(gzip.compress(b"one")))
    writer.start()
    (source,) = found(tmp_path / "pipe", spool=tmp_path / "spool").sources
    writer.join()
    assert (source.name, source.origin, text(source), text(source)) == ("pipe", "", "one", "one")
    assert source.path.parent == tmp_path / "spool"


STANDARD_INPUT = """
import sys, tempfile
from pathlib import Path
from kg.engine.inputs import find_all
with tempfile.TemporaryDirectory() as spool:
    found = find_all(["-"], Path(spool))
    for source in found.sources:
        for _ in range(2):
            with source.open() as stream:
                print(source.name, repr(source.origin), stream.read())
    for problem in found.problems:
        print(problem)
"""


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        (b"one", "- '' b'one'\n" * 2), (gzip.compress(b"one"), "- '' b'one'\n" * 2), (b"", "- '' b''\n" * 2),
        (gzip.compress(b"one" * 99)[:-9], "-:0: truncated: its gzip data break off; save or download it again\n"),
        (b"7z\xbc\xaf\x27\x1c", "-:0: a 7-Zip archive, which is not opened; unpack it first\n"),
    ],
    ids=["plain", "packed", "empty", "cut", "closed"],
)  # fmt: skip
def test_standard_input(given_: bytes, told: str) -> None:
    done = subprocess.run([sys.executable, "-c", STANDARD_INPUT], input=given_, capture_output=True, check=True)
    assert (done.stdout.decode(), done.stderr) == (told, b"")


def test_an_archive_on_standard_input(tmp_path: Path) -> None:
    data = zipped(tmp_path / "a.zip", b="one").read_bytes()
    done = subprocess.run([sys.executable, "-c", STANDARD_INPUT], input=data, capture_output=True, check=True)
    assert done.stdout.decode() == "-/b.txt '' b'one'\n" * 2


def test_a_file_that_is_called_like_standard_input(tmp_path: Path) -> None:
    (tmp_path / "-").write_text("a file")
    command = STANDARD_INPUT.replace('["-"]', '["-", "./-"]')
    done = subprocess.run([sys.executable, "-c", command], input=b"one", capture_output=True, check=True, cwd=tmp_path)
    file = tmp_path.resolve() / "-"
    assert done.stdout.decode() == "- '' b'one'\n" * 2 + f"{tmp_path.name}/- {str(file)!r} b'a file'\n" * 2


def test_standard_input_that_is_closed() -> None:
    command = f"{sys.executable} -c '{STANDARD_INPUT}' <&-"
    done = subprocess.run(command, shell=True, capture_output=True, check=True, text=True)  # noqa: S602
    assert done.stdout == "-:0: standard input is closed; give it something to read, or name files\n"


@given(st.lists(st.text("ab", min_size=1, max_size=2), min_size=2, max_size=4, unique=True), st.randoms())
def test_the_order_of_the_arguments_does_not_matter(folders: list[str], random: object) -> None:
    with tempfile.TemporaryDirectory() as home:
        files = [Path(home) / folder / "list.txt" for folder in folders]
        written(*files)
        expected = names(*files)
        random.shuffle(files)  # type: ignore[attr-defined]
        assert names(*files) == expected
        assert len(set(expected)) == len(folders)
