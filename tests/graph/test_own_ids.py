"""Citations by ids that a source gave its own records: what they lead to, read by the real readers and joined by the real engine."""

import hashlib
import itertools
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from kg.engine.local import LocalEngine
from kg.graph.own_ids import FOUND
from kg.model import Document, Record
from kg.model.tables import IDENTITY, RECORDS, STATEMENTS, records_batch, table_of
from kg.sources.json_records import read

SHEEP, GOATS = "53e99784b7602d9701f3e3f6", "53e99784b7602d9701f3e3f7"


def paper(title: str, own: Any, *cited: Any) -> dict[str, Any]:
    return {"id": own, "title": title, "authors": ["Ada Bee"], "references": list(cited)}


def records(data: Any) -> list[Record]:
    text = json.dumps(data)
    document = Document.of_text(text, "papers.json", hashlib.sha256(text.encode()).hexdigest()[:16])
    return [row for row in read(document) if isinstance(row, Record)]


def found(files: Sequence[Any], same: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """Return the statements that files give, where papers of one title, or of titles that are the `same`, are one."""
    every = [record for data in files for record in records(data)]
    titles = [field.text for record in every for field in record.all("title")]
    who = [{"kind": "paper", "member": record.id, "entity": (same or {}).get(title, title)} for record, title in zip(every, titles, strict=True)]
    told = pa.Table.from_batches([records_batch(every, "reader:json_records")], RECORDS)
    with LocalEngine() as engine:
        batches = list(engine.sql(FOUND, records=told, identity=table_of(who, IDENTITY)))
    return pa.Table.from_batches(batches).cast(STATEMENTS).to_pylist() if batches else []


def edges(files: Sequence[Any], same: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """Return titles of citing and cited papers."""
    titles = {record.id: next(record.all("title")).text for data in files for record in records(data)}
    return sorted((titles[row["subject"]], row["object"]) for row in found(files, same))


def test_a_citation_within_a_file_says_where_it_was_read() -> None:
    file = [paper("On sheep", 3, 17, 99), paper("On goats", 17)]
    (record, _) = records(file)
    assert found([file]) == [{
        "subject": record.id, "predicate": "cito:cites", "object": "On goats", "datatype": "entity", "document": record.document, "record": record.id,
        "field": "cited_own_id", "line": 1, "start": None, "end": None, "field_start": 0, "field_end": 2, "before": "", "quote": "17", "after": "",
        "by": "reader:json_records", "score": 1.0,
    }]  # fmt: skip


def test_numbers_mean_nothing_in_other_files_and_long_ids_do() -> None:
    assert edges([[paper("On sheep", 3, 17)], [paper("On goats", 17)]]) == []
    assert edges([[paper("On sheep", SHEEP, GOATS)], [paper("On goats", GOATS)]]) == [("On sheep", "On goats")]


def test_an_id_that_several_papers_have_leads_nowhere_unless_they_are_one() -> None:
    file = [paper("On sheep", 3, 17), paper("On goats", 17), paper("Of goats", 17)]
    assert edges([file]) == []
    assert edges([file], {"Of goats": "On goats"}) == [("On sheep", "On goats")]


def test_a_paper_does_not_cite_itself() -> None:
    file = [paper("On sheep", 3, 3, 17), paper("Of sheep", 17)]
    assert edges([file], {"Of sheep": "On sheep"}) == []


def test_the_order_of_files_changes_nothing() -> None:
    files = [[paper("On sheep", SHEEP, GOATS)], [paper("On goats", GOATS)], [paper("On cows", 1, SHEEP, GOATS, 1)]]
    first, *others = [found(order) for order in itertools.permutations(files)]
    assert len(first) == 3
    assert all(other == first for other in others)
