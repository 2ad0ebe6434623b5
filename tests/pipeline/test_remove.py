"""Sources are taken out as if they had never been named."""

import json
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from kg.errors import BuildError, InputError, UsageError
from kg.pipeline.build import build, inputs, rebuild
from kg.pipeline.decide import rename, undo
from kg.pipeline.opened import open_build
from kg.pipeline.remove import remove
from kg.pipeline.version import RUN
from kg.store.folder import current, write_manifest
from tests.command import kg

GRAVEL = "@article{a, title={Sorting Gravel by Sound}, author={Doe, Jane}}\n"


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


def test_a_member_of_an_archive_that_was_taken_out_stays_out(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("one.bib", GRAVEL)
        archive.writestr("two.bib", "@article{b, title={Bells under Water}, author={Roe, Ann}}\n")
    folder = tmp_path / "graph"
    build([tmp_path / "all.zip"], folder)
    remove(folder, ["all.zip/two.bib"], quiet)
    rename(folder, "Jane Doe", "Jane D. Doe", "", quiet)
    assert names(folder) == ["all.zip/one.bib"]
    (tmp_path / "all.zip").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(InputError, match=r"all\.zip:0: a damaged ZIP archive"):
        undo(folder, quiet)
    assert names(folder) == ["all.zip/one.bib"]


def test_what_a_source_alone_introduced_goes_with_it(tmp_path: Path) -> None:
    new, old = tmp_path / "new.bib", tmp_path / "old.bib"
    new.write_text("@article{n, title={Moss}, abstract={We introduce MossNorm, a normalization method for roofs.}}\n")
    old.write_text("@article{o, title={Roofs}, abstract={All roofs were dry. MossNorm is slower than a broom.}}\n")
    build([old], tmp_path / "plain")
    build([new, old], tmp_path / "graph")
    assert b"mossnorm" in quads(tmp_path / "graph")
    remove(tmp_path / "graph", ["new.bib"], quiet)
    assert quads(tmp_path / "graph") == quads(tmp_path / "plain")


def test_what_could_not_be_opened_is_told_until_it_can_be_or_is_taken_out(tmp_path: Path) -> None:
    folder, papers = tmp_path / "graph", tmp_path / "papers"
    for each in ("x", "y"):  # names that are told apart stay so
        (papers / each).mkdir(parents=True)
        (papers / each / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    (papers / "good.bib").write_text(GRAVEL)
    (papers / "gone.bib").symlink_to(papers / "nowhere")
    first = build([papers / "good.bib", papers / "gone.bib", *papers.glob("*/broken.zip")], folder).problems
    assert [problem.document for problem in first] == ["gone.bib", "x/broken.zip", "y/broken.zip"]
    assert rebuild(folder).problems == first
    (papers / "y" / "broken.zip").unlink()
    assert rename(folder, "Jane Doe", "Jane D. Doe", "", quiet).problems == first
    with ZipFile(papers / "x" / "broken.zip", "w") as archive:
        archive.writestr("two.bib", "@article{b, title={Bells under Water}, author={Roe, Ann}}\n")
    left = remove(folder, ["y/broken.zip"], quiet)
    assert [problem.document for problem in left.problems] == ["gone.bib"]
    assert names(folder) == ["gone.bib", "good.bib", "x/broken.zip/two.bib"]
    with pytest.raises(UsageError, match="has no other source"):
        remove(folder, ["good.bib", "x/broken.zip"], quiet)


def test_a_graph_that_another_version_has_built_is_not_built_on(own_graph: Path) -> None:
    run = own_graph / "current" / RUN
    run.write_text(json.dumps({name: told for name, told in json.loads(run.read_text()).items() if name != "form"}))
    write_manifest(current(own_graph))
    with pytest.raises(BuildError, match="another version of kg has built this graph; build it again"):
        remove(own_graph, ["page.txt"], quiet)


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
