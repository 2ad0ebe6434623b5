"""Doubts for tests: judgements that a model could have made, put into the tables of a build."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from kg.model.tables import JUDGEMENTS
from kg.store.folder import current, write_manifest


class Doubt(NamedTuple):
    """A judgement on two members, which are named by parts of their anchors."""

    kind: str
    left: str
    right: str
    verdict: str
    score: float
    evidence: Mapping[str, str] = {"names": "+1.20", "co-authors": "-0.60", "shared": "ada beispiel"}


CHIARA_DOROTHEA: Final = Doubt("person", "#chiara modello", "#dorothea muster", "unsure", 0.62)
GRAVEL_MOSS: Final = Doubt("paper", "paper/arxiv-1706.01234", "Telling Mosses Apart from Above", "unsure", 0.45)


def put(folder: Path, *doubts: Doubt) -> None:
    """Put doubts in place of the judgements of the rules."""
    version = current(folder)
    members = {row["anchor"]: row["member"] for row in pq.read_table(version / "tables" / "members.parquet").to_pylist()}
    papers = [row for row in pq.read_table(version / "tables" / "identity.parquet").to_pylist() if row["kind"] == "paper"]
    titles = {
        row["id"]: field["text"] for row in pq.read_table(version / "tables" / "records.parquet").to_pylist()
        for field in row["fields"] if field["name"] == "title"
    }  # fmt: skip

    def key(text: str) -> str:
        found = [member for anchor, member in members.items() if text in anchor]
        found += [row["member"] for row in papers if text in {row["entity"], titles.get(row["member"])}]
        return str(found[0])

    rows = [
        {**each._asdict(), "left": key(each.left), "right": key(each.right), "rule": "model", "by": "kg", "evidence": list(each.evidence.items())}
        for each in doubts
    ]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rows, JUDGEMENTS), version / "tables" / "judgements.parquet")
    write_manifest(version)
