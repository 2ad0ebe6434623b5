"""The engine of one machine: five verbs."""

import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from kg.engine.local import LocalEngine
from kg.errors import BuildError

NUMBERS = pa.schema([("n", pa.int64())])


def table(*numbers: int) -> pa.Table:
    return pa.table({"n": numbers}, NUMBERS)


def whole(batches: Iterable[pa.RecordBatch]) -> pa.Table:
    return pa.Table.from_batches(batches, NUMBERS)


def doubled(batch: pa.RecordBatch) -> pa.RecordBatch:
    return pa.record_batch([pc.multiply(batch["n"], 2)], NUMBERS)


def told_process(batch: pa.RecordBatch) -> pa.RecordBatch:
    return pa.record_batch([[os.getpid()] * batch.num_rows], NUMBERS)


@pytest.mark.parametrize("workers", [1, 2])
def test_map_keeps_the_order(workers: int) -> None:
    with LocalEngine(workers) as engine:
        assert whole(engine.map(table(*range(100)), doubled, 7))["n"].to_pylist() == list(range(0, 200, 2))


@pytest.mark.parametrize("workers", [1, 2])
def test_map_of_nothing_is_nothing(workers: int) -> None:
    with LocalEngine(workers) as engine:
        assert whole(engine.map(table(), doubled)) == table()


def test_one_worker_maps_in_this_process() -> None:
    with LocalEngine() as engine:
        assert set(whole(engine.map(table(1, 2), told_process))["n"].to_pylist()) == {os.getpid()}


def ended(batch: pa.RecordBatch) -> pa.RecordBatch:
    if batch["n"][0].as_py() == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return batch


def test_a_worker_that_is_ended_from_outside_is_an_error_that_says_what_to_do() -> None:
    with LocalEngine(2) as engine, pytest.raises(BuildError, match="most likely because memory ran out; close other programs, or build with --workers 1"):
        whole(engine.map(table(*range(9)), ended, 1))


def test_the_pool_ends_with_the_block() -> None:
    with LocalEngine(2) as engine:
        (worker, *_) = whole(engine.map(table(1, 2, 3), told_process, 1))["n"].to_pylist()
        os.kill(worker, 0)
    deadline = time.monotonic() + 10
    while Path(f"/proc/{worker}").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_workers_leave_interrupts_to_their_parent() -> None:
    with LocalEngine(2) as engine:
        workers = set(whole(engine.map(table(1, 2, 3, 4), told_process, 1))["n"].to_pylist())
        for worker in workers:
            os.kill(worker, signal.SIGINT)
        assert whole(engine.map(table(1, 2, 3), doubled, 1))["n"].to_pylist() == [2, 4, 6]


def test_save_and_read_in_the_order_of_the_paths(tmp_path: Path) -> None:
    with LocalEngine() as engine:
        engine.save(table(1, 2).to_batches(), NUMBERS, tmp_path / "a.parquet")
        engine.save(table(3).to_batches(), NUMBERS, tmp_path / "deep" / "b.parquet")
        both = engine.read([tmp_path / "deep" / "b.parquet", tmp_path / "a.parquet"], NUMBERS)
        assert both.table()["n"].to_pylist() == [3, 1, 2]
        assert both.num_rows == 3
        assert engine.read([], NUMBERS).table() == table()
        assert engine.scalar("SELECT count(*) FROM t", t=engine.read([], NUMBERS)) == 0
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.parquet", "b.parquet", "deep"]


def test_rows_of_small_files_travel_together(tmp_path: Path) -> None:
    with LocalEngine() as engine:
        files = [tmp_path / f"{i}.parquet" for i in range(4)]
        for path, numbers in zip(files, ([1, 2], [], [3], [4, 5, 6]), strict=True):
            engine.save(table(*numbers).to_batches(), NUMBERS, path)
        stored = engine.read(files, NUMBERS)
        assert [batch["n"].to_pylist() for batch in stored.to_batches(4)] == [[1, 2, 3], [4, 5, 6]]
        assert [batch["n"].to_pylist() for batch in stored.to_batches(2)] == [[1, 2], [3], [4, 5], [6]]


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    with LocalEngine() as engine:
        for name in ("a", "b"):
            engine.save(table(*range(1000)).to_batches(300 if name == "a" else 7), NUMBERS, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_sql_joins_named_tables() -> None:
    with LocalEngine() as engine:
        answer = whole(engine.sql("SELECT l.n FROM l JOIN r ON l.n = r.n ORDER BY l.n", l=table(3, 1, 2), r=table(2, 3, 4)))
        assert answer["n"].to_pylist() == [2, 3]
        assert engine.scalar("SELECT sum(n) FROM t", t=table(1, 2)) == 3


def test_tables_do_not_outlive_their_query() -> None:
    with LocalEngine() as engine:
        engine.scalar("SELECT count(*) FROM t", t=table(1))
        with pytest.raises(duckdb.CatalogException):
            list(engine.sql("SELECT * FROM t"))


def test_sql_reads_no_files(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with LocalEngine() as engine, pytest.raises(duckdb.PermissionException):
        list(engine.sql(f"SELECT * FROM read_csv('{tmp_path}/secret.csv')"))


def test_what_does_not_fit_into_memory_goes_to_the_disk(tmp_path: Path) -> None:
    with LocalEngine(1, tmp_path / "scratch") as engine:
        rows = engine.save(engine.sql("SELECT range AS n FROM range(200000)"), NUMBERS, tmp_path / "n.parquet")
        held = max(batch.num_rows for batch in engine.sql("SELECT n FROM t ORDER BY n DESC", t=rows))
    assert rows.num_rows == 200_000
    assert held < 50_000, "an answer comes in pieces"


def test_a_map_does_not_run_ahead_of_who_takes_from_it() -> None:
    taken = []

    class Numbers:
        schema, num_rows = NUMBERS, 1000

        def to_batches(self, max_chunksize: int | None = None) -> Iterable[pa.RecordBatch]:
            assert max_chunksize
            for n in range(1000):
                taken.append(n)
                yield pa.record_batch([[n]], schema=NUMBERS)

    with LocalEngine(2) as engine:
        first = next(iter(engine.map(Numbers(), doubled, 1)))
        assert first["n"].to_pylist() == [0]
        assert len(taken) < 50
