"""Three records by hand and what the stages make of them: two are one paper, with two author lists and two dates.

The stages are the real ones (`kg.pipeline.stages`, `kg.pipeline.identity`, the local engine); only reading and
extraction are left out, so that these tests say exactly what is assembled.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kg.engine.local import LocalEngine
from kg.graph import rdf, statements, view
from kg.graph.assemble import Assembly, assemble
from kg.model import Field, Mention, Record
from kg.model.mentions import MentionType, Role
from kg.model.tables import IDENTITY, STATEMENTS, table_of
from kg.pipeline import identity
from kg.pipeline.stages import state

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

    def facts(self, subject: str) -> dict[str, list[str]]:
        """Return the resolved facts of an entity, by predicate."""
        return {predicate: sorted(objects) for predicate, objects in self.known[subject].facts.items()}

    def lines(self) -> list[str]:
        """Return the quads."""
        return rdf.lines(self.build)


def make(
    records: Sequence[Record] = RECORDS, mentions: Sequence[Mention] = MENTIONS, *, base: str = statements.ID_SPACE,
    with_text: bool = True,
) -> Made:  # fmt: skip
    """Run the stages behind reading and extraction."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for each in mentions:
        found[each.record].append(each)
    stated = [
        row
        for each in records
        for row in state(asdict(each) | {"by": "reader:hand", "mentions": [asdict(m) for m in found[each.id]]})
    ]
    who = identity.resolve(list(records), found, [])
    with LocalEngine() as engine:
        assembly = assemble(engine.sql, table_of(stated, STATEMENTS), table_of(who.rows, IDENTITY))
    known = view.entities(assembly.facts)
    entity = {row["member"]: row["entity"] for row in who.rows}
    names = view.thing_names((statements.thing(m), m.canonical) for m in mentions if m.type != "person")
    documents = [
        {"id": name, "name": f"{name}.txt", "sha256": name * 32, "size": 9, "reader": "hand"}
        for name in sorted({each.document for each in records})
    ]
    return Made(stated, entity, assembly, known, rdf.Build(
        base=base, space=statements.ID_SPACE, version="1.2.3", config="c0ffee", documents=documents, records=list(records),
        mentions=list(mentions), judgements=who.judgements, identity=entity, assembly=assembly, known=known, names=names,
        with_text=with_text,
    ))  # fmt: skip
