"""Sources are taken out as if they had never been named."""

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from kg.errors import UsageError
from kg.pipeline.build import build, inputs
from kg.pipeline.opened import open_build
from kg.pipeline.remove import remove
from tests.command import kg


def quiet(_: str) -> None:
    """Tell nobody."""


def quads(folder: Path) -> bytes:
    return (folder / "current" / "graph.nq").read_bytes()


def names(folder: Path) -> list[str]:
    return [each.name for each in inputs(folder)]


@pytest.fixture
def without_page(papers: Path, tmp_path: Path) -> bytes:
    """Return the quads of a full build without the page."""
    others = shutil.copytree(papers, tmp_path / "others")
    (others / "page.txt").unlink()
    build([others], tmp_path / "plain")
    return quads(tmp_path / "plain")


@pytest.mark.parametrize("named", ["name", "path", "id"])
def test_what_remains_is_what_the_others_give(named: str, own_graph: Path, papers: Path, without_page: bytes) -> None:
    (page,) = (each for each in inputs(own_graph) if each.name == "page.txt")
    summary = remove(own_graph, [{"name": page.name, "path": page.path, "id": page.sha256[:16]}[named]], quiet)
    assert quads(own_graph) == without_page
    assert "page.txt" not in names(own_graph)
    assert summary.counts["documents"] == len(names(own_graph))
    assert (papers / "page.txt").is_file()


def test_what_has_gone_from_the_disk_can_be_taken_out(own_graph: Path, papers: Path, without_page: bytes) -> None:
    for path in papers.iterdir():
        path.unlink()
    remove(own_graph, ["page.txt"], quiet)
    assert quads(own_graph) == without_page


def test_an_archive_and_a_folder_stand_for_what_is_in_them(papers: Path, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "all.zip", "w") as archive:
        for path in sorted(papers.iterdir()):
            archive.write(path, f"in/{path.name}")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "own.bib").write_text("@article{a, title={Sorting Gravel by Sound}, author={Doe, Jane}}\n")
    folder = tmp_path / "graph"
    build([tmp_path / "all.zip", tmp_path / "more"], folder)
    remove(folder, ["all.zip/in/page.txt"], quiet)
    assert "all.zip/in/page.txt" not in names(folder)
    assert len(names(folder)) == len(list(papers.iterdir()))
    remove(folder, ["all.zip"], quiet)
    assert names(folder) == ["own.bib"]
    build([tmp_path / "more"], tmp_path / "plain")
    assert quads(folder) == quads(tmp_path / "plain")
    build([tmp_path / "all.zip", tmp_path / "more"], folder)
    remove(folder, [str(tmp_path / "more")], quiet)
    assert {name.partition("/")[0] for name in names(folder)} == {"all.zip"}


def test_a_source_that_is_not_there_is_refused(own_graph: Path) -> None:
    before = quads(own_graph)
    with pytest.raises(UsageError, match=r"'pagge.txt' is no source of this graph; near to it:\n  page.txt"):
        remove(own_graph, ["pagge.txt"], quiet)
    with pytest.raises(UsageError, match=r"its sources:\n"):
        remove(own_graph, ["quux"], quiet)
    with pytest.raises(UsageError, match="has no other source"):
        remove(own_graph, names(own_graph), quiet)
    assert quads(own_graph) == before


def test_the_command(own_graph: Path) -> None:
    done = kg("remove", str(own_graph), "pagge.txt")
    assert (done.code, done.out) == (2, "")
    assert kg("remove", str(own_graph), "page.txt").code == 0
    assert "page.txt" not in {row["name"] for row in open_build(own_graph).table("documents").to_pylist()}
