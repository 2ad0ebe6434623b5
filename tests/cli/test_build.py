"""`kg build`, `kg demo`, `kg problems`, `kg stats`, `kg verify` as a person sees them."""

import json
import re
from pathlib import Path

import pytest

from tests.command import kg, process
from tests.conftest import ABSTRACTS, LISTING

LATIN = b"Abstract:caf\xe9\n"


def test_a_summary_on_standard_error(papers: Path, tmp_path: Path) -> None:
    done = kg("build", papers, "--out", tmp_path / "graph")
    assert (done.code, done.out) == (0, "")
    assert "3 documents, 7 records, 4 papers, 4 people, " in done.err
    assert "0 problems in " in done.err
    assert "cut by 'et al.': 1; figures from them are lower bounds" in done.err
    again = kg("build", papers, "--out", tmp_path / "graph")
    assert "(nothing had changed)" in again.err
    assert "(nothing had changed)" not in kg("build", papers, "--out", tmp_path / "graph", "--force").err


def test_what_a_build_takes_out_is_told(papers: Path, tmp_path: Path) -> None:
    kg("build", papers, "--workers", 1, "--out", tmp_path / "graph")
    done = kg("build", papers / "page.txt", papers / "listing.txt", "--workers", 1, "--out", tmp_path / "graph")
    assert "taken out, as this build was not given it: abstracts.txt; name all files of a graph each time\n" in done.err


def test_an_empty_name_is_not_the_folder_one_is_in(papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    for command in (["build", papers], ["demo"], ["fetch", "arxiv", "--query", "x"]):
        done = kg(*command, "--out", "")
        assert (done.code, done.out) == (2, "")
        assert "Invalid value for '--out': the name is empty; name a folder" in done.err
    assert sorted(tmp_path.iterdir()) == before


def test_standard_input(tmp_path: Path) -> None:
    done = process("build", "-", "--workers", 1, "--out", tmp_path / "graph", stdin=LISTING.encode())
    assert done.code == 0
    assert "1 document, 2 records" in done.err
    assert '"-"' in (tmp_path / "graph" / "current" / "graph.nq").read_text(encoding="utf-8")
    assert kg("build", "-", "--workers", 1, "--out", tmp_path / "graph", stdin=LISTING.encode()).err.count("nothing had changed") == 1


def test_standard_input_beside_files(papers: Path, tmp_path: Path) -> None:
    (papers / "listing.txt").unlink()
    done = kg("build", papers, "-", "--workers", 1, "--out", tmp_path / "graph", stdin=LISTING.encode())
    assert "3 documents, 7 records, 4 papers" in done.err


def test_an_empty_standard_input(tmp_path: Path) -> None:
    done = kg("build", "-", "--workers", 1, "--out", tmp_path / "graph", stdin=b"")
    assert done.code == 0
    assert "warning: -:0: no papers found" in done.err


def test_patterns(papers: Path, tmp_path: Path) -> None:
    assert "2 documents" in kg("build", papers / "[al]*.txt", "--workers", 1, "--out", tmp_path / "graph").err


def test_a_faulty_file_beside_good_ones(papers: Path, tmp_path: Path) -> None:
    (papers / "latin.txt").write_bytes(LATIN)
    (papers / "void.txt").write_bytes(b"")
    done = kg("build", papers, "--workers", 1, "--out", tmp_path / "graph")
    assert done.code == 0
    assert "4 papers" in done.err
    assert "error: latin.txt:1: not UTF-8 at byte 12; save it as UTF-8" in done.err

    listed = kg("problems", tmp_path / "graph")
    assert listed.code == 0
    assert listed.out.splitlines() == [
        "error: latin.txt:1: not UTF-8 at byte 12; save it as UTF-8, or name its encoding with --encoding",
        "warning: void.txt:0: no papers found: the file is empty; leave it out",
    ]
    rows = [json.loads(line) for line in kg("problems", tmp_path / "graph", "--json").out.splitlines()]
    assert [(row["document"], row["line"], row["severity"]) for row in rows] == [("latin.txt", 1, "error"), ("void.txt", 0, "warning")]

    strict = kg("build", papers, "--workers", 1, "--out", tmp_path / "strict", "--strict")
    assert strict.code == 1
    assert "kg: latin.txt:1: not UTF-8" in strict.err
    assert kg("stats", tmp_path / "strict").code == 1


def test_more_problems_than_are_shown(papers: Path, tmp_path: Path) -> None:
    for number in range(9):
        (papers / f"bad{number}.txt").write_bytes(LATIN + bytes([48 + number]))
    done = kg("build", papers, "--workers", 1, "--out", tmp_path / "graph")
    assert done.err.count("error: ") == 5
    assert f"... and 4 more; list them with: kg problems {tmp_path / 'graph'}" in done.err


@pytest.mark.parametrize(
    ("content", "told"),
    [(LATIN, "odd.txt:1: not UTF-8 at byte 12"), (b"\x00\x00\x01" * 300, "odd.txt:1: binary"), (b'{"a": 1}\n', "odd.txt:1: no reader knows this shape")],
)
def test_a_faulty_file_alone(content: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_bytes(content)
    done = kg("build", tmp_path / "odd.txt", "--workers", 1, "--out", tmp_path / "graph")
    assert done.code == 2
    assert "kg: nothing in the input could be read:" in done.err
    assert f"kg: {told}" in done.err
    assert not (tmp_path / "graph" / "current").exists()


def test_an_empty_file_alone(tmp_path: Path) -> None:
    (tmp_path / "void.txt").touch()
    done = kg("build", tmp_path / "void.txt", "--workers", 1, "--out", tmp_path / "graph")
    assert done.code == 0
    assert "0 papers" in done.err
    assert "warning: void.txt:0: " in done.err
    assert kg("coauthors", tmp_path / "graph").code == 1, "no result"
    for command in (["stats"], ["problems"], ["verify"], ["identity"], ["export", "--format", "turtle"]):
        name, *rest = command
        assert kg(name, tmp_path / "graph", *rest).code == 0, command
    assert kg("query", tmp_path / "graph", "papers").code == 1


def test_where_nothing_can_be_written(papers: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("precious", encoding="utf-8")
    done = kg("build", papers, "--out", tmp_path / "file")
    assert done.code == 1
    assert f"{tmp_path / 'file'}: cannot write here" in done.err
    assert (tmp_path / "file").read_text() == "precious"
    if Path("/proc/self").exists():
        assert "cannot write here" in kg("build", papers, "--out", "/proc/graph").err


def test_stats(small_graph: Path) -> None:
    counts = json.loads(kg("stats", small_graph, "--json").out)
    assert (counts["records"], counts["papers"]) == (7, 4)
    table = kg("stats", small_graph).out
    assert table.splitlines()[0].split() == ["what", "how", "many"]
    assert "cut author lists" in table


def test_verify_a_whole_graph(small_graph: Path) -> None:
    done = kg("verify", small_graph)
    assert (done.code, done.out) == (0, "")
    assert "the graph is whole" in done.err


@pytest.mark.parametrize("pattern", ["graph.nq", "graph.html", "run.json", "manifest.json", "tables/edges.parquet", "store/*.sst", "../cache/*/*.parquet"])
@pytest.mark.parametrize("how", ["empty", "flip", "delete", "append"])
def test_verify_names_what_is_damaged(pattern: str, how: str, own_graph: Path) -> None:
    file = max((own_graph / "current").resolve().glob(pattern), key=lambda path: path.stat().st_size)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0x55
    changed = {"empty": b"", "flip": bytes(content), "append": file.read_bytes() + b"\0garbage\n"}
    file.write_bytes(changed[how]) if how in changed else file.unlink()
    done = kg("verify", own_graph)
    assert done.code == 1
    if file.name != "manifest.json":
        assert file.name in done.out
    assert kg("build", own_graph.parent / "papers", "--out", own_graph).code == 0
    assert kg("verify", own_graph).code == 0


def test_the_demo(tmp_path: Path) -> None:
    done = kg("demo", "--out", tmp_path / "demo")
    assert done.code == 0
    assert "48 records, 32 papers" in done.err
    assert re.findall(r"([0-9]+) records?\b", done.err) == ["48", "48"], "while it builds and at the end: profiles of people are not told"
    assert kg("verify", tmp_path / "demo").code == 0
    shown = [line.strip() for line in done.out.splitlines() if line.strip().startswith("kg ")]
    assert len(shown) >= 4
    for line in shown:
        _, command, folder, *rest = line.split("    ")[0].split()
        if command != "export":
            assert kg(command, folder, *rest).code == 0, line


def test_read(papers: Path) -> None:
    done = kg("read", papers)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert (done.code, len(rows)) == (0, 7)
    assert {
        "document", "ordinal", "start", "end", "title", "abstract", "date", "category", "comment", "arxiv_id", "authors",
        "affiliations", "urls", "cited_arxiv_ids", "authors_truncated", "code_flag",
    } <= set(rows[0])  # fmt: skip
    text = (papers / "listing.txt").read_text(encoding="utf-8")
    for row in rows:
        if row["document"] == "listing.txt":
            span = row["abstract"]
            assert text[span["start"] : span["end"]] == span["text"]
    (head,) = (json.loads(line) for line in kg("read", papers, "--profiles").out.splitlines())
    assert head["name"]["text"] == "Ada Beispiel"


def test_read_tells_problems_and_goes_on(papers: Path) -> None:
    (papers / "latin.txt").write_bytes(LATIN)
    done = kg("read", papers)
    assert (done.code, len(done.out.splitlines())) == (0, 7)
    assert "error: latin.txt:1: not UTF-8" in done.err
    alone = kg("read", papers / "latin.txt")
    assert (alone.code, alone.out) == (2, "")
    assert "nothing in the input could be read" in alone.err


def test_read_and_extract_standard_input() -> None:
    assert len(kg("read", "-", stdin=ABSTRACTS.encode()).out.splitlines()) == 2
    rows = [json.loads(line) for line in kg("extract", "-", stdin=ABSTRACTS.encode()).out.splitlines()]
    assert "vision transformer" in {row["text"] for row in rows}
    for row in rows:
        assert ABSTRACTS[row["start"] : row["end"]] == row["text"]
        assert {
            "document", "ordinal", "record", "field", "field_start", "field_end", "start", "end", "text", "type", "canonical",
            "role", "score", "by",
        } <= set(row)  # fmt: skip


def test_identity(small_graph: Path) -> None:
    rows = [json.loads(line) for line in kg("identity", small_graph).out.splitlines()]
    assert len({row["cluster"] for row in rows}) == 4
    assert len(kg("identity", small_graph, "--kind", "person").out.splitlines()) == 7
    assert len(kg("identity", small_graph, "--kind", "organization").out.splitlines()) == 2
    assert kg("identity", small_graph, "--kind", "planet").code == 2
