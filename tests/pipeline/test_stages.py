"""The stages as functions on rows: they can be sent, and one document's fault is a row."""

import gzip
import hashlib
import pickle
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from kg import sources
from kg.engine.inputs import Reading, Source
from kg.errors import UsageError
from kg.extract.settings import Settings
from kg.model import Document, Mention, Record
from kg.model.tables import RECORDS, batch_of, records_of
from kg.pipeline.stages import (
    DONE,
    LOOKING,
    MOST_PROBLEMS,
    READING,
    TASKS,
    Told,
    extract_mentions,
    extracting,
    keep,
    read_source,
    state,
    stating,
    task,
    told_of,
)
from tests.conftest import CORPUS


def read(folder: Path, name: str, data: bytes | str) -> tuple[dict[str, Any], list[Record]]:
    """Read a file into a cache; return what became of it, and its records."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    (row,) = read_source({"task": task(Source(name, path, origin=str(path)), Reading(), folder / "cache"), "size": 1})
    if not row["sha256"]:
        return row, []
    kept = folder / "cache" / f"{row['sha256']}.parquet"
    records = [record for batch in pq.ParquetFile(kept).iter_batches() for record in records_of(batch)]
    return told_of(kept) | {"name": row["name"]}, records


def test_a_source_is_kept_with_what_there_is_to_say_of_it(tmp_path: Path) -> None:
    told, records = read(tmp_path, "listing.txt", CORPUS["listing.txt"])
    assert (told["name"], told["reader"], told["problems"]) == ("listing.txt", "arxiv_listing", [])
    assert [record.ordinal for record in records] == [0, 1]
    assert {record.document for record in records} == {told["id"]}
    assert told["size"] == len(CORPUS["listing.txt"].encode())


def test_what_is_no_text_is_one_problem(tmp_path: Path) -> None:
    row, records = read(tmp_path, "x.png", b"\x89PNG\r\n")
    assert (row["sha256"], row["problem"]["document"], records) == (None, "x.png", [])


def test_half_a_document_is_none(tmp_path: Path) -> None:
    whole = '[{"title": "On Tea and Its Storage", "authors": ["Ada Beispiel"]},\n{"title": "On'
    told, records = read(tmp_path, "x.json", whole)
    assert records == []
    assert (told["reader"], told["problems"][0]["line"]) == (None, 2)


def test_a_damaged_archive_is_one_problem(tmp_path: Path) -> None:
    found = read(tmp_path, "plain.txt", CORPUS["listing.txt"])[1]
    assert found
    path = tmp_path / "x.txt"
    path.write_bytes(gzip.compress(CORPUS["listing.txt"].encode())[:-9])
    (source,) = (Source("x.txt", path),)
    (row,) = read_source({"task": task(source, Reading(), tmp_path / "cache"), "size": 1})
    assert row["problem"]["document"] == "x.txt"


def test_two_readers_that_are_equally_sure_are_a_problem(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def torn(_: object) -> str:
        raise UsageError("x.txt: the readers a and b are equally sure; name one of them")

    monkeypatch.setattr(sources, "recognise", torn)
    told, records = read(tmp_path, "x.txt", "Abstract:A.\n")
    assert "equally sure" in told["problems"][0]["what"]
    assert records == []


def test_a_reader_that_fails_costs_its_file_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    marks: list[str] = []

    def fail(_: object) -> str:
        return marks[-1]

    monkeypatch.setattr(sources, "recognise", fail)
    told, records = read(tmp_path, "x.txt", "Abstract:A.\n")
    (problem,) = told["problems"]
    assert problem["what"].startswith("kg itself fails at it (IndexError: list index out of range, in test_stages.py:")
    assert (problem["todo"], problem["severity"], told["reader"], records) == ("leave the file out, and report this with it", "error", None, [])


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_is_not_held_against_the_file(tmp_path: Path) -> None:
    import resource  # noqa: PLC0415 - Windows has none

    text = "\n".join(f"@article{{k{i}, title={{{hashlib.sha512(bytes([i])).hexdigest()}}}}}" for i in range(256))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    path = tmp_path / "x.bib"
    path.write_text(text)
    packed = {"task": task(Source("x.bib", path), Reading(), tmp_path / "cache"), "size": 1}
    resource.setrlimit(resource.RLIMIT_FSIZE, (12_000, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            list(read_source(packed))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list((tmp_path / "cache").iterdir()) == []
    assert len(read(tmp_path, "x.bib", text)[1]) == 256


def test_of_very_many_problems_the_rest_is_counted(tmp_path: Path) -> None:
    lines = "\n".join(['{"title": "On Tea and Its Storage", "authors": ["Ada Beispiel"], "year": 2020}', *["{"] * (MOST_PROBLEMS + 7)])
    told, records = read(tmp_path, "x.jsonl", lines)
    assert len(records) == 1
    assert len(told["problems"]) == MOST_PROBLEMS + 1
    assert told["problems"][-1]["what"] == "7 more problems of this file"


@pytest.mark.parametrize("stage", [READING, extracting(Settings()), stating(Settings()), LOOKING])
def test_a_stage_can_be_sent_to_another_process(stage: object) -> None:
    assert pickle.loads(pickle.dumps(stage)) == stage  # noqa: S301 - our own


def test_reading_a_batch_gives_rows_of_the_schema(tmp_path: Path) -> None:
    for name, text in CORPUS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    packed = [task(Source(name, tmp_path / name), Reading(), tmp_path / "cache") for name in CORPUS]
    done = READING(batch_of(({"task": each, "size": 1} for each in packed), TASKS))
    assert done.schema == DONE
    assert done["problem"].null_count == len(CORPUS)
    rows = [row for path in (tmp_path / "cache").iterdir() for row in pq.read_table(path, schema=RECORDS).to_pylist()]
    assert len(rows) == 8, "seven papers and a page's head"


def test_a_document_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    document = sources.decode(CORPUS["listing.txt"].encode(), "listing.txt")
    assert isinstance(document, Document)
    keep(document, tmp_path / "kept.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["kept.parquet"]


def test_statements_of_a_record_say_where_they_were_read(tmp_path: Path) -> None:
    _, (record, *_) = read(tmp_path, "listing.txt", CORPUS["listing.txt"])
    mentions = [Mention(**row) for row in extract_mentions([record], Settings())]
    assert "GravelNet" in {each.text for each in mentions}
    said = list(state([Told(record, "reader:arxiv_listing", mentions, "")], Settings()))
    assert {"kg:introduces", "fabio:hasArXivId", "dcterms:issued"} <= {statement["predicate"] for statement in said}
    assert all(statement["document"] == record.document and statement["line"] >= 1 for statement in said)


def test_the_samples_of_every_shape_can_be_built(tmp_path: Path) -> None:
    from kg.pipeline.build import build  # noqa: PLC0415
    from kg.store.folder import damages  # noqa: PLC0415

    samples = Path(__file__).parents[1] / "data" / "sources"
    summary = build([samples], tmp_path / "graph")
    assert summary.counts["documents"] == len([path for path in samples.rglob("*") if path.is_file()])
    assert summary.counts["papers"] > 5
    assert damages(tmp_path / "graph") == []
