"""The engine of one machine: five verbs."""

import os
import signal
import time
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from kg.engine.local import LocalEngine

NUMBERS = pa.schema([("n", pa.int64())])


def table(*numbers: int) -> pa.Table:
    return pa.table({"n": numbers}, NUMBERS)


def doubled(batch: pa.RecordBatch) -> pa.RecordBatch:
    return pa.record_batch([pc.multiply(batch["n"], 2)], NUMBERS)


def told_process(batch: pa.RecordBatch) -> pa.RecordBatch:
    return pa.record_batch([[os.getpid()] * batch.num_rows], NUMBERS)


@pytest.mark.parametrize("workers", [1, 2])
def test_map_keeps_the_order(workers: int) -> None:
    with LocalEngine(workers) as engine:
        assert engine.map(table(*range(100)), doubled, NUMBERS, rows=7)["n"].to_pylist() == list(range(0, 200, 2))


@pytest.mark.parametrize("workers", [1, 2])
def test_map_of_nothing_is_nothing(workers: int) -> None:
    with LocalEngine(workers) as engine:
        assert engine.map(table(), doubled, NUMBERS) == table()


def test_one_worker_maps_in_this_process() -> None:
    with LocalEngine() as engine:
        assert set(engine.map(table(1, 2), told_process, NUMBERS)["n"].to_pylist()) == {os.getpid()}


def test_the_pool_ends_with_the_block() -> None:
    with LocalEngine(2) as engine:
        (worker, *_) = engine.map(table(1, 2, 3), told_process, NUMBERS, rows=1)["n"].to_pylist()
        os.kill(worker, 0)
    deadline = time.monotonic() + 10
    while Path(f"/proc/{worker}").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_workers_leave_interrupts_to_their_parent() -> None:
    with LocalEngine(2) as engine:
        workers = set(engine.map(table(1, 2, 3, 4), told_process, NUMBERS, rows=1)["n"].to_pylist())
        for worker in workers:
            os.kill(worker, signal.SIGINT)
        assert engine.map(table(1, 2), doubled, NUMBERS, rows=1) == table(2, 4)


def test_save_and_read_in_the_order_of_the_paths(tmp_path: Path) -> None:
    with LocalEngine() as engine:
        engine.save(table(1, 2), tmp_path / "a.parquet")
        engine.save(table(3), tmp_path / "deep" / "b.parquet")
        both = engine.read([tmp_path / "deep" / "b.parquet", tmp_path / "a.parquet"], NUMBERS)
        assert both["n"].to_pylist() == [3, 1, 2]
        assert engine.read([], NUMBERS) == table()
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.parquet", "b.parquet", "deep"]


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    with LocalEngine() as engine:
        for name in ("a", "b"):
            engine.save(table(*range(1000)), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_sql_joins_named_tables() -> None:
    with LocalEngine() as engine:
        answer = engine.sql("SELECT l.n FROM l JOIN r ON l.n = r.n ORDER BY l.n", l=table(3, 1, 2), r=table(2, 3, 4))
        assert answer["n"].to_pylist() == [2, 3]
        assert engine.scalar("SELECT sum(n) FROM t", t=table(1, 2)) == 3


def test_tables_do_not_outlive_their_query() -> None:
    with LocalEngine() as engine:
        engine.scalar("SELECT count(*) FROM t", t=table(1))
        with pytest.raises(duckdb.CatalogException):
            engine.sql("SELECT * FROM t")


def test_sql_reads_no_files(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with LocalEngine() as engine, pytest.raises(duckdb.PermissionException):
        engine.sql(f"SELECT * FROM read_csv('{tmp_path}/secret.csv')")
