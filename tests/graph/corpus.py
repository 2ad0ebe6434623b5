"""Three records by hand and what the stages make of them: two are one paper, with two author lists and two dates.

The stages are the real ones (`kg.pipeline.stages`, `kg.pipeline.identity`, the local engine); only reading and
extraction are left out, so that these tests say exactly what is assembled.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from kg.engine.local import LocalEngine
from kg.extract.settings import DEFAULT
from kg.graph import rdf, rdf_rows, rdf_texts, statements, view
from kg.graph.assemble import Assembly, Keep, assemble, evidence
from kg.graph.nquads import Setting
from kg.model import Field, Mention, Record
from kg.model.mentions import MentionType, Role
from kg.model.tables import DOCUMENTS, IDENTITY, STATEMENTS, Relation, rows_of, table_of
from kg.ontology import load
from kg.pipeline import identity
from kg.pipeline.stages import Told, state
from kg.pipeline.traits import traits

ABSTRACT = (
    "Finding rising air keeps gliders aloft.\nWe introduce Kestrel, a planner that reads pressure onboard. "
    "Kestrel is compared with PPO on hills."
)
TITLE = "Kestrel: Planning to Soar"


def fields(*given: tuple[str, str] | tuple[str, str, str]) -> tuple[Field, ...]:
    """Return fields (name, text, perhaps value), one a line, with spans as if they stood below each other."""
    made: list[Field] = []
    ranks: dict[str, int] = defaultdict(int)
    start, line = 0, 1
    for name, text, *value in given:
        made.append(Field(name, text, line, start, start + len(text), next(iter(value), None), position=ranks[name]))
        ranks[name] += 1
        start += len(text) + 1
        line += text.count("\n") + 1
    return tuple(made)


def record(document: str, *given: tuple[str, str] | tuple[str, str, str], ordinal: int = 0) -> Record:
    made = fields(*given)
    return Record(document, ordinal, "paper", 0, made[-1].end or 0, 1, made)


CUT = record(
    "aa", ("category", "LG"), ("date", "May 13, 2022", "2022-05-13"), ("title", TITLE), ("author", "Jane Doe", "person"),
    ("author", "A. Poe", "person"), ("et_al", "et al."), ("affiliation", "deepmind"), ("abstract", ABSTRACT),
)  # fmt: skip
COMPLETE = record(
    "bb", ("title", TITLE), ("author", "Jane Doe", "person"), ("author", "Max Ode", "person"), ("author", "Ann Poe", "person"),
    ("author", "Hill Team", "group"), ("abstract", ABSTRACT), ("arxiv_id", "arXiv:2205.06175"),
    ("date", "2022-05-12", "2022-05-12"), ("comment", 'Said "yes"\nat ICML'),
    ("url", "https://github.com/Jane/Kestrel.git"), ("cited_arxiv_id", "hep-th/9901001"),
)  # fmt: skip
ALONE = record(
    "cc", ("title", "On Tea and Its Storage"), ("author", "Max Ode", "person"), ("arxiv_id", "2401.00001"),
    ("cited_arxiv_id", "2205.06175"),
)  # fmt: skip
RECORDS = (CUT, COMPLETE, ALONE)


def mention(
    of: Record, text: str, role: Role, kind: MentionType = "method", *, concept: str | None = None, after: int = 0,
    score: float = 0.9, by: str = "acronym",
) -> Mention:  # fmt: skip
    """Return the mention of a text in the abstract of a record, the first at or behind `after`."""
    field = of.first("abstract")
    assert field is not None
    assert field.start is not None
    start = field.text.index(text, after)
    end = start + len(text)
    return Mention(
        of.id, "abstract", start, end, field.start + start, field.start + end, text, kind, text, concept, role, score, by
    )


MENTIONS = (
    mention(CUT, "Kestrel", "uses", score=0.7),
    mention(COMPLETE, "Kestrel", "introduces"),
    mention(COMPLETE, "Kestrel", "uses", after=90),
    mention(COMPLETE, "PPO", "mentions", concept=None),
    mention(CUT, "PPO", "uses", concept=None),
)


@dataclass(frozen=True)
class Made:
    """What the stages make of records."""

    stated: list[dict[str, Any]]
    identity: dict[str, str]
    assembly: Assembly
    known: Mapping[str, view.Entity]
    build: rdf.Build
    told: list[Told]

    def facts(self, subject: str) -> dict[str, list[str]]:
        """Return the resolved facts of an entity, by predicate."""
        return {predicate: sorted(objects) for predicate, objects in self.known[subject].facts.items()}

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of a part of the assembly."""
        return list(rows_of(getattr(self.assembly, name)))

    def lines(self) -> list[str]:
        """Return the quads."""
        setting = self.build.setting
        with LocalEngine() as engine:
            said = [row for batch in engine.sql(rdf_rows.SAID, resolved=self.assembly.resolved) for row in batch.to_pylist()]
        made = {
            *rdf.lines(self.build),
            *(line for row in self.rows("facts") for line in rdf_rows.of_fact(row, setting)),
            *(line for row in said for line in rdf_rows.of_said(row, setting)),
            *(
                line for each in self.told
                for line in rdf_texts.of_record((each.record, self.identity.get(each.record.id, ""), each.mentions), setting)
            ),
        }  # fmt: skip
        return sorted(made)

    def evidence(self) -> pa.Table:
        """Return the passages behind the edges."""
        with LocalEngine() as engine:
            found: pa.Table = evidence(keeper(engine), self.assembly, table_of(map(dict, self.build.documents), DOCUMENTS))
            return found


def keeper(engine: LocalEngine) -> Keep:
    """Return the verbs of an engine that a join needs, keeping answers in memory."""

    def keep(name: str, query: str, schema: pa.Schema, **relations: Relation) -> pa.Table:  # noqa: ARG001 - nothing is named
        batches = list(engine.sql(query, **relations))
        return pa.Table.from_batches(batches).cast(schema) if batches else schema.empty_table()

    return keep


def make(
    records: Sequence[Record] = RECORDS, mentions: Sequence[Mention] = MENTIONS, *, base: str = statements.ID_SPACE,
    with_text: bool = True,
) -> Made:  # fmt: skip
    """Run the stages behind reading and extraction."""
    told = [Told(each, "reader:hand", [m for m in mentions if m.record == each.id], "") for each in records]
    stated = list(state(told, DEFAULT))
    who = identity.resolve([traits(each.record, each.mentions) for each in told], [])
    with LocalEngine() as engine:
        assembly = assemble(keeper(engine), table_of(stated, STATEMENTS), table_of(who.rows, IDENTITY))
    known = {found.path: found for found in view.entities(assembly.facts)}
    names = view.thing_names((statements.thing(m), m.canonical, 1) for m in mentions if m.type != "person")
    documents = [
        {"id": name, "name": f"{name}.txt", "sha256": name * 32, "size": 9, "reader": "hand"}
        for name in sorted({each.document for each in records})
    ]
    entity = {row["member"]: row["entity"] for row in who.rows}
    return Made(stated, entity, assembly, known, rdf.Build(
        setting=Setting(base, statements.ID_SPACE, "c0ffee", with_text), version="1.2.3", documents=documents,
        judgements=who.judgements, printed=who.printed, assembly=assembly, names=names, known=view.by_path(load()),
        identity={row["member"]: row["entity"] for row in who.rows if row["kind"] in {"paper", "person", "organization"}},
    ), told)  # fmt: skip
