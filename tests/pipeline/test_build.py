"""From files to a graph: the same graph whatever the way, only what has changed is read again, and never half of one."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest

from kg.engine import BATCH_ROWS
from kg.engine.local import FEW
from kg.errors import BuildError, InputError, UsageError
from kg.pipeline import pictures
from kg.pipeline.build import build, rebuild
from kg.pipeline.corpus import keep_judged
from kg.pipeline.opened import open_build
from kg.pipeline.options import Options
from kg.pipeline.progress import Summary
from kg.resolve import people
from kg.resolve.people.remembered import of_bytes, to_bytes
from kg.store.folder import current, damages, write_manifest
from tests.command import process, start
from tests.conftest import ABSTRACTS, BELLS, CORPUS, LISTING, MOSS, SHARED, TIDES, write_corpus
from tests.pages import unpacked
from tests.processes import by_processes

LATIN = b"Abstract:The caf\xe9 on the corner measures its queue.\n"


def quads(folder: Path) -> bytes:
    return (folder / "current" / "graph.nq").read_bytes()


def page(folder: Path) -> bytes:
    return (folder / "graph.html").read_bytes()


def cached(folder: Path) -> dict[str, int]:
    return {str(p.relative_to(folder)): p.stat().st_mtime_ns for p in (folder / "cache").rglob("*.parquet")}


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name not in {".lock", "cache"})


def test_what_a_build_gives(small_graph: Path) -> None:
    run = json.loads((small_graph / "current" / "run.json").read_text())
    assert run["counts"]["documents"] == 3
    assert run["counts"]["records"] == 7
    assert run["counts"]["papers"] == 4
    assert run["counts"]["person nodes"] == 4
    assert run["counts"]["cut_author_lists"] == 1
    assert run["counts"]["problems"] == 0
    version = (small_graph / "current").resolve().name
    assert left(small_graph) == ["current", "graph.html", "graph.ttl", version]
    assert damages(small_graph) == []


def test_the_quads_are_sorted_and_parse(small_graph: Path) -> None:
    lines = quads(small_graph).splitlines()
    assert lines == sorted(set(lines))
    assert len(list(ox.parse(quads(small_graph), format=ox.RdfFormat.N_QUADS))) == len(lines)
    assert b"_:" not in b"".join(line.partition(b'"')[0] for line in lines)


def test_the_store_holds_the_quads(small_graph: Path) -> None:
    written = ox.Store()
    written.load(quads(small_graph), format=ox.RdfFormat.N_QUADS)
    assert set(open_build(small_graph).store) == set(written)
    assert len(written) == quads(small_graph).count(b"\n")


def test_the_turtle_holds_the_default_graph(small_graph: Path) -> None:
    written = {q.triple for q in ox.parse(quads(small_graph), format=ox.RdfFormat.N_QUADS) if q.graph_name == ox.DefaultGraph()}
    turtle = (small_graph / "graph.ttl").read_bytes()
    assert {q.triple for q in ox.parse(turtle, format=ox.RdfFormat.TURTLE)} == written


def test_every_quote_stands_where_the_graph_says(small_graph: Path) -> None:
    rows = open_build(small_graph).table("evidence").to_pylist()
    assert len(rows) > 20
    for row in rows:
        if row["start"] is not None and row["quote"]:
            assert CORPUS[row["document"]][row["start"] : row["end"]] == row["quote"]
            assert CORPUS[row["document"]].count("\n", 0, row["start"]) + 1 == row["line"]


def shared(papers: Path, out: Path) -> None:
    """Build as large graphs are built: another process judges half of the people, and draws."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "MANY", 0)
        patch.setattr(pictures, "MANY", 0)
        build([papers], out, Options(workers=2))


def in_processes(paths: list[Path], out: Path) -> None:
    """Build with each row sent to one of two processes."""
    with by_processes():
        build(paths, out, Options(workers=2))


WAYS: dict[str, Callable[[Path, Path], object]] = {
    "files in another order": lambda papers, out: build(sorted(papers.iterdir(), reverse=True), out),
    "a moved folder": lambda papers, out: build([shutil.copytree(papers, papers.parent / "elsewhere" / "p")], out),
    "two processes": lambda papers, out: in_processes([papers], out),
    "shared by processes": shared,
    "a graph of other files before": lambda papers, out: [build([papers / "page.txt"], out), build([papers], out)],
    "by force": lambda papers, out: [build([papers], out), build([papers], out, Options(force=True))],
    "hash seed 0": lambda papers, out: process("build", papers, "--out", out, environment={"PYTHONHASHSEED": "0"}),
    "hash seed 1, other locale": lambda papers, out: process(
        "build", papers, "--out", out, environment={"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Pacific/Kiritimati"}
    ),
}


AFTER_ANOTHER = {"a graph of other files before"}
"""Ways on which a picture was there before: what stood in it stays, so that the page is another."""


@pytest.mark.parametrize("way", WAYS)
def test_the_same_graph_to_the_byte(way: str, small_graph: Path, papers: Path, tmp_path: Path) -> None:
    WAYS[way](papers, tmp_path / "graph")
    assert quads(tmp_path / "graph") == quads(small_graph)
    drawn = {"places", "communities"} if way in AFTER_ANOTHER else set()
    for path in (small_graph / "current" / "tables").iterdir():
        if path.stem not in drawn:
            assert path.read_bytes() == (tmp_path / "graph" / "current" / "tables" / path.name).read_bytes(), path.stem
    if way not in AFTER_ANOTHER:
        assert page(tmp_path / "graph") == page(small_graph)


def test_the_picture_stays_where_papers_are_added(papers: Path, tmp_path: Path) -> None:
    build([papers / "listing.txt"], tmp_path / "graph")
    before = {row["id"]: (row["x"], row["y"]) for row in placed(tmp_path / "graph")}
    build([papers], tmp_path / "graph")
    after = {row["id"]: (row["x"], row["y"]) for row in placed(tmp_path / "graph")}
    assert len(after) > len(before)
    build([papers], tmp_path / "graph", Options(force=True))
    assert {row["id"]: (row["x"], row["y"]) for row in placed(tmp_path / "graph")} == after


def placed(folder: Path) -> list[dict[str, Any]]:
    places = open_build(folder).graph().places
    rows: list[dict[str, Any]] = places.filter(pc.equal(places["view"], "graph")).to_pylist()
    return rows


def test_a_graph_of_before_there_were_places_is_placed_when_it_is_shown(own_graph: Path) -> None:
    whole = open_build(own_graph).graph()
    assert whole.places.num_rows >= whole.nodes.num_rows
    for name in ("places", "communities"):
        (own_graph / "current" / "tables" / f"{name}.parquet").unlink()
    write_manifest(current(own_graph), (path for path in (own_graph / "cache").rglob("*") if path.is_file()))
    old = open_build(own_graph).graph()
    assert old.places.num_rows == old.communities.num_rows == 0


def test_the_order_of_the_inputs_does_not_matter_where_contents_are_equal(papers: Path, tmp_path: Path) -> None:
    (papers / "copy.txt").write_text(LISTING, encoding="utf-8")
    paths = list(papers.iterdir())
    for attempt in range(2):
        random.Random(attempt).shuffle(paths)  # noqa: S311 - no secret
        build(paths, tmp_path / f"graph{attempt}")
    assert quads(tmp_path / "graph0") == quads(tmp_path / "graph1")


def test_a_copy_is_read_once_and_told(papers: Path, tmp_path: Path) -> None:
    (papers / "zz-copy.txt").write_text(LISTING, encoding="utf-8")
    summary = build([papers], tmp_path / "graph")
    (problem,) = summary.problems
    assert (problem.document, problem.severity, problem.what) == ("zz-copy.txt", "warning", "is a copy of listing.txt")
    assert summary.counts["records"] == 7


def test_a_copy_of_what_gives_nothing_has_its_problem(tmp_path: Path) -> None:
    for name, content in (("a.txt", b""), ("b.txt", b""), ("c.txt", LATIN), ("d.txt", LATIN), ("e.txt", LISTING.encode())):
        (tmp_path / name).write_bytes(content)
    told = [str(problem).partition("; ")[0] for problem in build(sorted(tmp_path.glob("*.txt")), tmp_path / "graph").problems]
    assert told == [
        "a.txt:0: no papers found: the file is empty", "b.txt:0: no papers found: the file is empty", "c.txt:1: not UTF-8 at byte 16",
        "d.txt:1: not UTF-8 at byte 16",
    ]  # fmt: skip


def test_a_moved_folder_is_where_it_is_now(papers: Path, tmp_path: Path) -> None:
    options = Options(with_text=False)  # nothing is kept of what was read
    build([papers], tmp_path / "graph", options)
    papers.rename(tmp_path / "moved")
    assert not build([tmp_path / "moved"], tmp_path / "graph", options).unchanged
    assert rebuild(tmp_path / "graph").unchanged


def test_nothing_is_done_when_nothing_has_changed(own_graph: Path, papers: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in own_graph.rglob("*") if path.is_file()}
    summary = build([papers], own_graph)
    assert summary.unchanged
    assert summary.counts == json.loads((own_graph / "current" / "run.json").read_text())["counts"]
    assert {path: path.stat().st_mtime_ns for path in own_graph.rglob("*") if path.is_file()} == before


def test_a_changed_file_alone_is_read_again(own_graph: Path, papers: Path, tmp_path: Path) -> None:
    first, before = quads(own_graph), cached(own_graph)
    (papers / "abstracts.txt").write_text(ABSTRACTS + f"Abstract:{BELLS}\n", encoding="utf-8")
    build([papers], own_graph)
    after = cached(own_graph)
    assert len(after) == len(before) == 6
    assert len(after.items() & before.items()) == 4, "the cache of the other two files is as it was"
    build([papers], tmp_path / "full")
    assert quads(own_graph) == quads(tmp_path / "full") != first

    (papers / "abstracts.txt").write_text(ABSTRACTS, encoding="utf-8")
    build([papers], own_graph)
    assert quads(own_graph) == first


def test_a_file_that_is_taken_out_leaves_nothing(own_graph: Path, papers: Path, tmp_path: Path) -> None:
    (papers / "page.txt").unlink()
    build([papers], own_graph)
    build([papers], tmp_path / "full")
    assert quads(own_graph) == quads(tmp_path / "full")
    assert b"Beispiel" not in quads(own_graph)
    assert len(cached(own_graph)) == 4


def test_what_a_build_is_not_given_any_more_is_told(own_graph: Path, papers: Path, tmp_path: Path) -> None:
    shutil.copytree(papers, tmp_path / "moved")
    assert build([tmp_path / "moved"], own_graph).left_out == []
    (papers / "own.bib").write_text("@article{a, title={Sorting Gravel by Sound}, author={Doe, Jane}}\n")
    assert build([papers / "own.bib", papers / "page.txt"], own_graph).left_out == ["abstracts.txt", "listing.txt"]
    (papers / "page.txt").write_text(ABSTRACTS, encoding="utf-8")
    assert build([papers / "own.bib", papers / "page.txt"], own_graph).left_out == []


def test_a_renamed_file_is_not_read_again(own_graph: Path, papers: Path) -> None:
    before = cached(own_graph)
    (papers / "page.txt").rename(papers / "renamed.txt")
    build([papers], own_graph)
    assert cached(own_graph) == before
    assert b'"renamed.txt"' in quads(own_graph)
    assert b'"page.txt"' not in quads(own_graph)


def test_a_damaged_cache_is_read_again(own_graph: Path, papers: Path) -> None:
    first = quads(own_graph)
    for path in (own_graph / "cache").rglob("*.parquet"):
        path.write_bytes(path.read_bytes()[:-20] + b"x" * 20)
    assert len(damages(own_graph)) == 6
    (papers / "abstracts.txt").write_text(ABSTRACTS + "\n", encoding="utf-8")
    build([papers], own_graph)
    (papers / "abstracts.txt").write_text(ABSTRACTS, encoding="utf-8")
    build([papers], own_graph)
    assert quads(own_graph) == first
    assert damages(own_graph) == []


def test_judgements_that_were_changed_in_the_cache_are_not_believed(own_graph: Path, papers: Path) -> None:
    first = quads(own_graph)
    [judged] = (own_graph / "cache").rglob("*.jsonl.zst")
    assert any(of_bytes(judged.read_bytes()).values())
    judged.write_bytes(to_bytes({block: [] for block in of_bytes(judged.read_bytes())}))
    assert len(damages(own_graph)) == 1
    build([papers], own_graph, Options(force=True))
    assert quads(own_graph) == first
    assert damages(own_graph) == []


def test_what_a_build_judges_before_it_is_killed_leaves_the_graph_whole(own_graph: Path, papers: Path) -> None:
    [before] = (own_graph / "cache").rglob("*.jsonl.zst")
    keep_judged(own_graph / "cache", {"another block": []})
    assert len(list(before.parent.iterdir())) == 2
    assert damages(own_graph) == []
    (papers / "abstracts.txt").write_text(ABSTRACTS + "\n", encoding="utf-8")
    build([papers], own_graph)
    assert len(list(before.parent.iterdir())) == 1
    assert damages(own_graph) == []


def test_a_damaged_graph_is_built_again(own_graph: Path, papers: Path) -> None:
    first = quads(own_graph)
    (own_graph / "current" / "graph.nq").write_bytes(first[:100])
    assert not build([papers], own_graph).unchanged
    assert quads(own_graph) == first
    assert damages(own_graph) == []


def test_the_folder_of_the_graph_may_lie_among_the_papers(papers: Path, small_graph: Path) -> None:
    for _ in range(2):
        summary = build([papers], papers / "graph", Options(force=True))
        assert summary.problems == []
    assert quads(papers / "graph") == quads(small_graph)
    build([papers], papers)
    assert build([papers], papers).unchanged
    assert sorted(path.name for path in papers.glob("*.txt")) == sorted(CORPUS)


def test_a_faulty_file_beside_good_ones_is_a_problem(papers: Path, tmp_path: Path, small_graph: Path) -> None:
    (papers / "latin.txt").write_bytes(b"Abstract:Good.\n\n" + LATIN)
    (papers / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (papers / "shape.json").write_text('{"a": 1}\n', encoding="utf-8")
    (papers / "void.txt").write_text(" \n", encoding="utf-8")
    summary = build([papers], tmp_path / "graph")
    assert [(p.document, p.line, p.severity) for p in summary.problems] == [
        ("image.png", 1, "error"), ("latin.txt", 3, "error"), ("shape.json", 1, "error"), ("void.txt", 0, "warning"),
    ]  # fmt: skip
    assert "not UTF-8 at byte 32" in summary.problems[1].what
    assert open_build(tmp_path / "graph").table("problems").num_rows == 4
    assert summary.counts["papers"] == 4
    papers_of = [line for line in quads(small_graph).splitlines() if b"/paper/" in line]
    assert set(papers_of) <= set(quads(tmp_path / "graph").splitlines())


def test_problems_of_a_cached_file_bear_its_new_name(papers: Path, tmp_path: Path) -> None:
    (papers / "latin.txt").write_bytes(LATIN)
    build([papers], tmp_path / "graph")
    (papers / "latin.txt").rename(papers / "moved.txt")
    assert [problem.document for problem in build([papers], tmp_path / "graph").problems] == ["moved.txt"]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that exists and cannot be read")
def test_a_file_that_cannot_be_opened_is_a_problem(papers: Path, tmp_path: Path) -> None:
    (papers / "locked.txt").symlink_to("/proc/self/mem")
    (problem,) = build([papers], tmp_path / "graph").problems
    assert str(problem).startswith("locked.txt:0: cannot be opened: ")
    with pytest.raises(InputError, match=r"locked\.txt:0: cannot be opened"):
        build([papers / "locked.txt"], tmp_path / "alone")


def test_nothing_readable_publishes_nothing(own_graph: Path, papers: Path) -> None:
    first = quads(own_graph)
    (papers / "latin.txt").write_bytes(LATIN)
    with pytest.raises(InputError, match=r"nothing in the input could be read:\nlatin\.txt:1: not UTF-8"):
        build([papers / "latin.txt"], own_graph)
    assert quads(own_graph) == first
    assert damages(own_graph) == []


@pytest.mark.parametrize("content", ["", "\n \n", "\ufeff"])
def test_an_empty_file_alone_is_a_graph_of_no_papers(content: str, tmp_path: Path) -> None:
    (tmp_path / "void.txt").write_text(content, encoding="utf-8")
    summary = build([tmp_path / "void.txt"], tmp_path / "graph")
    assert summary.counts["papers"] == 0
    assert [problem.severity for problem in summary.problems] == ["warning"]
    assert damages(tmp_path / "graph") == []


def test_strict_makes_problems_fatal_whether_or_not_something_changed(papers: Path, tmp_path: Path) -> None:
    (papers / "void.txt").write_text("", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(BuildError, match=r"1 problem in .*--strict makes it fatal:\nvoid\.txt:0: "):
            build([papers], tmp_path / "graph", Options(strict=True))
        build([papers], tmp_path / "graph")


def test_without_texts_no_abstract_is_kept(papers: Path, tmp_path: Path) -> None:
    build([papers], tmp_path / "graph", Options(with_text=False))
    version = (tmp_path / "graph" / "current").resolve()
    words = "harmonic tables of the harbour"
    for path in version.rglob("*"):
        if path.suffix in {".nq", ".ttl", ".html"}:
            assert words not in unpacked(path), path.name
        elif path.suffix == ".parquet":
            assert words not in str(pq.read_table(path).to_pylist()), path.name
    assert open_build(tmp_path / "graph").table("nodes").num_rows > 10


def test_a_folder_without_texts_can_be_given_away(papers: Path, tmp_path: Path) -> None:
    build([papers], tmp_path / "graph", Options(with_text=False))
    assert damages(tmp_path / "graph") == []
    for path in (tmp_path / "graph").rglob("*.parquet"):
        told = str(pq.read_table(path).to_pylist())
        assert not [text for text in (TIDES, MOSS) if text in told], path
    assert list((tmp_path / "graph" / "cache").rglob("*.parquet")) == []


TWO_PAPERS_OF_ONE_ID = (
    "Rain on tin roofs: cheap microphones count every drop by simple thresholds.\n\n"
    "arXiv:2205.06175\nCreated: 2022-05-12\n\n"
    "Pearls growing under shells all winter can be followed with magnets.\n\n"
    "arXiv:2205.06175\nCreated: 2022-05-12\n"
)


def test_one_identifier_over_unlike_texts_is_reported(tmp_path: Path) -> None:
    (tmp_path / "twice.txt").write_text(TWO_PAPERS_OF_ONE_ID)
    summary = build([tmp_path / "twice.txt"], tmp_path / "graph")
    assert summary.counts["papers"] == 1
    [problem] = summary.problems
    assert (problem.document, problem.line, problem.severity) == ("twice.txt", 6, "warning")
    assert "twice.txt:1" in problem.what


def test_strict_refuses_what_only_resolution_sees(tmp_path: Path) -> None:
    (tmp_path / "twice.txt").write_text(TWO_PAPERS_OF_ONE_ID)
    with pytest.raises(BuildError, match="--strict"):
        build([tmp_path / "twice.txt"], tmp_path / "graph", Options(strict=True))
    assert not (tmp_path / "graph" / "current").exists()


def test_another_base(papers: Path, tmp_path: Path) -> None:
    build([papers], tmp_path / "graph", Options(base="https://example.org/kb#"))
    written = quads(tmp_path / "graph")
    assert b"<https://example.org/kb#paper/arxiv-1706.01234>" in written
    assert b"https://w3id.org/kgp/id/" not in written


@pytest.mark.parametrize("base", ["", "example.org/", "https://example.org", "https://exa mple.org/", "urn:x:", "https://e.org/<x>/"])
def test_what_is_no_base(base: str, papers: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no base IRI"):
        build([papers], tmp_path / "graph", Options(base=base))


def test_no_input_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no input"):
        build([], tmp_path / "graph")
    assert not (tmp_path / "graph").exists()


def test_a_second_build_at_the_same_time_is_told_to_wait(papers: Path, tmp_path: Path) -> None:
    both = [start("build", papers, "--out", tmp_path / "graph") for _ in range(2)]
    ended = [(child.communicate(timeout=60)[1].decode(), child.returncode) for child in both]
    assert sorted(code for _, code in ended) in ([0, 0], [0, 1])
    for told, code in ended:
        assert code == 0 or "another build is at work here" in told
    assert damages(tmp_path / "graph") == []


@pytest.mark.parametrize("fresh", [True, False], ids=["fresh", "over an old graph"])
def test_a_build_that_is_killed_leaves_the_graph_before_it(
    fresh: bool, papers: Path, tmp_path: Path, small_graph: Path
) -> None:
    graph, chance = tmp_path / "graph", random.Random(fresh)  # noqa: S311 - no secret
    wanted = quads(small_graph)
    begin = time.monotonic()
    assert process("build", papers, "--out", tmp_path / "reference").code == 0
    whole = time.monotonic() - begin
    for _ in range(4):
        shutil.rmtree(graph, ignore_errors=True)
        before = None
        if not fresh:
            build([papers / "page.txt"], graph)
            before = quads(graph)
        child = start("build", papers, "--out", graph)
        time.sleep(chance.uniform(0.3, 1.0) * whole)
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
        if (graph / "current").exists():
            assert damages(graph) == []
            assert quads(graph) in {before, wanted}
        else:
            assert before is None
        build([papers], graph)
        assert quads(graph) == wanted
        assert left(graph) == ["current", "graph.html", "graph.ttl", (graph / "current").resolve().name]
        assert not list(graph.rglob("*.part"))


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_build_that_is_stopped_ends_with_its_children(kind: signal.Signals, tmp_path: Path) -> None:
    entries = (f"@article{{k{i}, title = {{A Study of Stone Number {i}}}, author = {{Moss, Ada}}, year = 2020}}" for i in range((FEW + 2) * BATCH_ROWS))
    (tmp_path / "many.bib").write_text("\n".join(entries), encoding="utf-8")
    child = start("build", tmp_path / "many.bib", "--out", tmp_path / "graph", "--workers", "2")
    deadline = time.monotonic() + 60
    while len(alive(child.pid)) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(alive(child.pid)) >= 3, "a pool of two processes"
    child.send_signal(kind)
    told = child.communicate(timeout=30)[1].decode()
    assert "Traceback" not in told
    assert kind == signal.SIGKILL or "resource_tracker" not in told
    assert child.returncode in {-kind if kind == signal.SIGKILL else 130, 0}
    assert kind == signal.SIGKILL or child.returncode == 0 or left(tmp_path / "graph") == []
    deadline = time.monotonic() + 20
    while alive(child.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert alive(child.pid) == []


def alive(group: int) -> list[int]:
    """Return the processes of a group that still run."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, _, of, *_ = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(of) == group and state != "Z":
                found.append(int(entry.name))
    return found


def test_seeds_are_72_papers_of_90_records(seeds_graph: Path) -> None:
    counts = open_build(seeds_graph).run["counts"]
    assert (counts["documents"], counts["records"], counts["papers"]) == (5, 90, 72)


def test_identity_of_the_seeds_is_that_of_the_gold(seeds_graph: Path, tmp_path: Path) -> None:
    scorer = SHARED / "gold" / "seeds" / "score.py"
    if not scorer.is_file():
        pytest.skip("the shared gold annotation is not beside the repository")
    told = process("identity", seeds_graph)
    (tmp_path / "identity.jsonl").write_text(told.out, encoding="utf-8")
    command = [sys.executable, str(scorer), "--docs", "dev", "--identity", str(tmp_path / "identity.jsonl"), "--json"]
    scored = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    assert scored["identity"]["pairwise"]["F1"] == 1.0


def test_seeds_by_two_processes_and_moved(seeds: Path, seeds_graph: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(seeds, tmp_path / "moved")
    in_processes(sorted(moved.iterdir(), reverse=True), tmp_path / "graph")
    assert quads(tmp_path / "graph") == quads(seeds_graph)


def test_a_summary_is_what_the_run_says(papers: Path, tmp_path: Path) -> None:
    told: list[str] = []
    summary = build([papers], tmp_path / "graph", say=told.append)
    assert isinstance(summary, Summary)
    assert summary.counts == open_build(tmp_path / "graph").run["counts"]
    assert {"read", "extract", "resolve", "assemble", "write", "store", "draw", "export", "publish"} == set(summary.seconds)
    assert told[0] == "read: 3 files"
    build([papers / "page.txt"], tmp_path / "one", say=told.append)
    assert "read: 1 file" in told


def test_a_corpus_is_written_anew(tmp_path: Path) -> None:
    assert sorted(path.name for path in write_corpus(tmp_path / "p").iterdir()) == sorted(CORPUS)
