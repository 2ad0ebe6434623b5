"""`kg read` and `kg extract` on what people have: packed files, archives, standard input, other encodings."""

import gzip
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import zstandard

from kg import sources
from kg.cli._inputs import reading_options
from kg.cli._records import read
from kg.engine.inputs import Reading
from kg.errors import InputError, KgError
from kg.model import Document, Problem, Record
from tests.command import Done, kg, process
from tests.conftest import ABSTRACTS, CORPUS, LISTING

SHARED = Path(__file__).parents[2].parent / "shared" / "hostile"


def documents(done: Done) -> dict[str, int]:
    """Return how many records were printed of each document."""
    rows = [json.loads(line)["document"] for line in done.out.splitlines()]
    return {name: rows.count(name) for name in dict.fromkeys(rows)}


def test_everything_in_one_go(papers: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(ABSTRACTS.encode()))
    (tmp_path / "b.txt.zst").write_bytes(zstandard.compress(LISTING.encode()))
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        for name, text in CORPUS.items():
            archive.writestr(f"mine/{name}", text)
    with tarfile.open(tmp_path / "d.tar.xz", "w:xz") as tar:
        tar.add(papers, "theirs")
    packed = [tmp_path / name for name in ("a.txt.gz", "b.txt.zst", "c.zip", "d.tar.xz")]
    done = kg("read", papers, *packed, "-", stdin=gzip.compress(ABSTRACTS.encode()))
    assert (done.code, done.err) == (0, "")
    sizes = {"abstracts.txt": 2, "listing.txt": 2, "page.txt": 3}
    assert documents(done) == {
        "-": 2, "a.txt.gz": 2, "b.txt.zst": 2, **sizes, **{f"c.zip/mine/{name}": size for name, size in sizes.items()},
        **{f"d.tar.xz/theirs/{name}": size for name, size in sizes.items()},
    }  # fmt: skip


def test_standard_input_through_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "x.txt.gz").write_bytes(gzip.compress(ABSTRACTS.encode()))
    with subprocess.Popen(["cat", tmp_path / "x.txt.gz"], stdout=subprocess.PIPE) as cat:
        done = subprocess.run([sys.executable, "-m", "kg", "read", "-"], stdin=cat.stdout, capture_output=True, check=True)
    assert [json.loads(line)["document"] for line in done.stdout.splitlines()] == ["-", "-"]


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="needs /dev/fd")
def test_the_output_of_a_command(tmp_path: Path) -> None:
    (tmp_path / "x.txt.gz").write_bytes(gzip.compress(ABSTRACTS.encode()))
    command = f"{sys.executable} -m kg read <(zcat {tmp_path / 'x.txt.gz'})"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=True)
    assert len(done.stdout.splitlines()) == 2


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "d.tar.gz", "w:gz") as tar:
        for name, text in CORPUS.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
            tar.add(tmp_path / name, name)
    (tmp_path / "place").mkdir()
    done = process("read", tmp_path / "d.tar.gz", "-", stdin=ABSTRACTS.encode(), environment={"TMPDIR": str(tmp_path / "place")})
    assert (done.code, len(done.out.splitlines())) == (0, 9)
    assert list((tmp_path / "place").iterdir()) == []


def test_a_bad_archive_is_told_and_the_others_are_read(papers: Path) -> None:
    with zipfile.ZipFile(papers / "bad.zip", "w") as archive:
        archive.writestr("a.txt", ABSTRACTS)
        archive.writestr("../../b.txt", ABSTRACTS)
    done = kg("read", papers)
    assert (done.code, documents(done)) == (0, {"abstracts.txt": 2, "listing.txt": 2, "page.txt": 3})
    assert "error: bad.zip:0: its member '../../b.txt' has a path that leads out of the archive" in done.err
    alone = kg("read", papers / "bad.zip")
    assert (alone.code, alone.out) == (2, "")
    assert "nothing in the input could be read" in alone.err


@pytest.mark.parametrize("cut", [5, 60])
def test_a_packed_file_that_breaks_off_counts_for_nothing(cut: int, papers: Path) -> None:
    (papers / "a.txt.gz").write_bytes(gzip.compress(ABSTRACTS.encode())[:-cut])
    done = kg("read", papers)
    assert (done.code, len(done.out.splitlines())) == (0, 7)
    assert "error: a.txt.gz:0: truncated" in done.err



ENTRIES = 20_000
"""More than a reader of XML looks at at once."""


def breaking(folder: Path) -> Path:
    """Return a file of which records have been read when it breaks."""
    file = folder / "broken.xml"
    with file.open("w", encoding="utf-8") as out:
        out.write('<feed xmlns="http://www.w3.org/2005/Atom">\n')
        for number in range(ENTRIES):
            out.write(f"<entry><id>http://arxiv.org/abs/2205.{number + 1:05}v1</id><title>Gravel</title></entry>\n")
        out.write("<entry><title>Moss</titel>")
    return file


def test_a_document_that_breaks_in_the_middle(papers: Path) -> None:
    file = breaking(papers)
    done = kg("read", papers)
    assert done.code == 1
    printed = documents(done)
    assert 1 <= printed.pop(file.name) <= ENTRIES
    assert printed == {"abstracts.txt": 2, "listing.txt": 2, "page.txt": 3}
    first, last = done.err.splitlines()
    assert first.startswith(f"error: broken.xml:{ENTRIES + 2}: ")
    assert last == "kg: not read to the end: broken.xml; what was printed of it is not to be relied on"
    assert kg("extract", file).code == 1


def test_a_reader_that_fails_costs_its_file_alone(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sources.whole

    def fail(document: Document) -> Iterator[Record | Problem]:
        if document.name == "page.txt":
            raise KeyError("page")
        return whole(document)

    monkeypatch.setattr(sources, "whole", fail)
    done = kg("read", papers)
    assert (done.code, documents(done)) == (0, {"abstracts.txt": 2, "listing.txt": 2})
    assert done.err.startswith("error: page.txt:0: kg itself fails at it (KeyError: 'page', in test_read.py:")


def test_records_come_as_they_are_read(tmp_path: Path) -> None:
    rows = read([str(breaking(tmp_path))], Reading())
    assert [next(rows)[1].ordinal for _ in range(3)] == [0, 1, 2]
    with pytest.raises(KgError, match="not read to the end") as told:
        deque(rows, maxlen=0)
    assert not isinstance(told.value, InputError)


@pytest.mark.parametrize("command", ["read", "extract"])
@pytest.mark.parametrize("name", ["latin-1", "LATIN1", "iso8859-1", "cp1252"])
def test_another_encoding(command: str, name: str, tmp_path: Path) -> None:
    text = "Abstract:Über Kies und Moos, gesammelt mit ImageNet.\n"
    (tmp_path / "a.txt").write_bytes(text.encode("latin-1"))
    assert kg(command, tmp_path).code == 2
    done = kg(command, tmp_path, "--encoding", name)
    assert done.code == 0
    if command == "read":
        (row,) = (json.loads(line) for line in done.out.splitlines())
        assert row["abstract"]["text"] == "Über Kies und Moos, gesammelt mit ImageNet."


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--encoding", "klingon"], "there is no encoding 'klingon'"), (["--encoding", "base64"], "there is no encoding 'base64'"),
        (["--encoding", ""], "there is no encoding ''"), (["--encoding", "a\0b"], "there is no encoding"),
        (["--encoding", "undefined"], "there is no encoding 'undefined'"), (["--columns", "title"], "'title' is not of the form FIELD=COLUMN"),
        (["--columns", "title="], "is not of the form"), (["--columns", "=Titel"], "is not of the form"),
        (["--columns", "titel=Titel"], "there is no field 'titel'; the fields: title, author"),
        (["--columns", "title=A,title=B"], "the field 'title' is given twice"), (["--columns", "title=A", "--columns", "title=B"], "given twice"),
        (["--columns", "title=A,"], "'' is not of the form"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["read", "extract"])
def test_options_that_are_wrong(command: str, arguments: list[str], told: str, papers: Path) -> None:
    done = kg(command, papers, *arguments)
    assert (done.code, done.out) == (2, "")
    assert told in done.err


def test_what_a_command_gets_of_the_options() -> None:
    got: list[Reading] = []

    @click.command()
    @click.argument("paths", nargs=-1)
    @reading_options
    def command(paths: tuple[str, ...], reading: Reading) -> None:
        assert paths == ("x",)
        got.append(reading)

    for arguments in (
        ["x"], ["x", "--encoding", "UTF8", "--columns", " title = Titel des Werks ,author=Verfasser"],
        ["--columns", '"url=Link, full",date=a=b', "--columns", "type=Art", "x"],
    ):  # fmt: skip
        command.main(arguments, standalone_mode=False)
    assert got == [
        Reading(), Reading("utf-8", (("title", "Titel des Werks"), ("author", "Verfasser"))),
        Reading(None, (("url", "Link, full"), ("date", "a=b"), ("type", "Art"))),
    ]  # fmt: skip


@pytest.mark.parametrize("packed", [False, True])
def test_a_table_with_columns_of_its_own(packed: bool, tmp_path: Path) -> None:
    table = "Werk;Von;Wann\nKies von oben;Ada Beispiel;2020\nMoos;Bruno Exempel;2021\n".encode("utf-16")
    file = tmp_path / "a.csv"
    file.write_bytes(gzip.compress(table) if packed else table)
    done = kg("read", file, "--columns", "title=Werk,author=Von,year=Wann", "--encoding", "utf-16")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert (done.code, done.err) == (0, "")
    assert [(row["title"]["text"], row["authors"][0]["text"], row["date"]["value"] or row["date"]["text"]) for row in rows] == [
        ("Kies von oben", "Ada Beispiel", "2020"), ("Moos", "Bruno Exempel", "2021"),
    ]  # fmt: skip


@pytest.mark.skipif(not SHARED.is_dir(), reason="no ../shared/hostile here")
@pytest.mark.parametrize("name", ["archive/zip_bomb_100mb.zip", "jsonl/bomb_100mb.jsonl.gz", "archive/tar_symlink_write.tar.gz"])
def test_files_made_to_break_us(name: str, tmp_path: Path) -> None:
    done = process("read", SHARED / name, cwd=tmp_path, environment={"TMPDIR": str(tmp_path)})
    assert (done.code, done.out) == (2, "")
    assert f"error: {Path(name).name}:0: " in done.err
    assert os.listdir(tmp_path) == []  # noqa: PTH208
