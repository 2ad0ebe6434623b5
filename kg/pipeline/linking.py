"""What the corpus teaches of the names in it, joined with the mentions: see `kg.resolve.things`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from kg.engine import Engine, Stored
from kg.graph import view
from kg.graph.statements import thing_of
from kg.model import Judgement
from kg.model.tables import MENTIONS, Relation
from kg.ontology import Ontology
from kg.resolve import things

Row = dict[str, Any]


@dataclass(frozen=True)
class Linked:
    """The mentions of all papers with what was learned from them together.

    Attributes:
        mentions: The mentions: `MENTIONS`.
        judgements: Which names were taken for one.
        rows: Rows of the identity table.
    """

    mentions: Stored
    judgements: list[Judgement]
    rows: list[Row]


def link(mentions: Relation, known: Ontology, scratch: Path, engine: Engine) -> Linked:
    """Learn from all mentions what the names are that no list has, and join it with them.

    Args:
        mentions: The names found in each record: `MENTIONS`.
        known: What the ontology and a person's own lists know.
        scratch: Folder for what does not outlive the build.
        engine: Where the queries run.
    """
    def ask(name: str, query: str, schema: pa.Schema, **relations: Relation) -> Stored:
        return engine.save(engine.sql(query, **relations), schema, scratch / f"things-{name}.parquet")

    names = (row for batch in engine.sql(things.NAMES, mentions=mentions) for row in batch.to_pylist())
    keys = engine.save(view.batched(things.keys(names, known), things.KEYS), things.KEYS, scratch / "things-keys.parquet")
    named = ask("named", things.NAME, things.NAMED, mentions=mentions, keys=keys)
    types = ask("types", things.LEARN_TYPES, things.TYPES, named=named)
    longs = ask("long-forms", things.LEARN_LONG_FORMS, things.LONG_FORMS, mentions=mentions, keys=keys, named=named)
    linked = ask("linked", things.LINK, MENTIONS, mentions=mentions, keys=keys, named=named, types=types, long_forms=longs)
    joined = {
        row["key"]: row
        for batch in engine.sql(things.JOIN, linked=linked, keys=keys, long_forms=longs) for row in batch.to_pylist()
    }  # fmt: skip
    judgements: list[Judgement] = []
    entities: dict[str, str] = {}
    for long in (row for batch in longs.to_batches() for row in batch.to_pylist()):
        if long["key"] in joined:
            judgement = _judgement(long, joined[long["key"]])
            judgements.append(judgement)
            # Two abbreviations may have one long form.
            entities |= dict.fromkeys((judgement.left, judgement.right), judgement.right)
    rows = [{"kind": "thing", "member": member, "entity": entity} for member, entity in sorted(entities.items())]
    return Linked(linked, judgements, rows)


def _judgement(long: Row, short: Row) -> Judgement:
    evidence: dict[str, float | str] = {
        "short": short["short"], "long": long["canonical"], "papers that define it": str(long["papers"]),
        "papers that only use it": str(short["papers"]),
    }  # fmt: skip
    left, right = thing_of(long["type"], short["short"], None), thing_of(long["type"], long["canonical"], long["concept"])
    return Judgement("thing", left, right, "same", 0.9, "abbreviation-in-corpus", evidence)
