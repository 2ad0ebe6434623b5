"""The graph as one file of N-Quads: sorted, each quad once, the same bytes for the same graph."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

import kg
from kg.engine import Engine, Stored
from kg.files import atomic_write
from kg.graph import rdf, rdf_rows, statements, view
from kg.graph.assemble import Assembly
from kg.graph.nquads import Setting
from kg.model.tables import IDENTITY, LINES, Relation, table_of
from kg.ontology import Concept
from kg.pipeline import stages
from kg.pipeline.identity import Identity
from kg.pipeline.options import Options, config
from kg.pipeline.stages import RECORDS_OF_PAPERS
from kg.pipeline.version import QUADS


def lines(
    sources: Sequence[dict[str, Any]], records: Relation, who: Identity, assembly: Assembly, names: dict[str, list[str]],
    things: dict[str, Concept], scratch: Path, options: Options, engine: Engine,
) -> Stored:  # fmt: skip
    """Return the graph as lines of N-Quads, in no order, some more than once."""
    setting = Setting(options.base, statements.ID_SPACE, config(options), options.with_text)
    papers = table_of((row for row in who.rows if row["kind"] == "paper"), IDENTITY)
    of_papers = engine.save(
        engine.sql(_OF_PAPERS, records=records, papers=papers), RECORDS_OF_PAPERS, scratch / "told-of-papers.parquet"
    )
    said = engine.save(engine.sql(rdf_rows.SAID, resolved=assembly.resolved), rdf_rows.SAID_COLUMNS, scratch / "said.parquet")
    passages = engine.save(engine.sql(rdf_rows.TOPIC_PASSAGES, resolved=assembly.resolved), rdf_rows.TOPIC_PASSAGE, scratch / "topics.parquet")
    belonging = engine.save(engine.sql(rdf_rows.MEMBERSHIPS, facts=assembly.facts), rdf_rows.MEMBERSHIP, scratch / "memberships.parquet")
    build = rdf.Build(
        setting=setting, version=kg.__version__, documents=sources, judgements=who.judgements,
        identity={row["member"]: row["entity"] for row in who.rows if row["kind"] in {"paper", "person", "organization"}},
        printed=who.printed, assembly=assembly, names=names, known=things, former=who.former,
    )  # fmt: skip
    told = chain(
        engine.map(of_papers, stages.texts(setting)), engine.map(assembly.facts, stages.facts(setting), 16_384),
        engine.map(said, stages.said(setting), 16_384), engine.map(passages, stages.topic_passages(setting), 16_384),
        engine.map(belonging, stages.memberships(setting), 16_384),
        view.batched(({"line": line} for line in rdf.lines(build)), LINES),
    )  # fmt: skip
    return engine.save(told, LINES, scratch / "lines.parquet")


_OF_PAPERS: Final = """
SELECT r.*, coalesce(p.entity, '') AS paper FROM records r LEFT JOIN papers p ON p.member = r.id ORDER BY r.id
"""


def write(lines: Relation, place: Path, engine: Engine) -> int:
    """Write the graph as sorted N-Quads, each once; return how many."""
    count = 0
    with atomic_write(place / QUADS) as out:
        for some in _once(engine.sql(_ORDERED, lines=lines)):
            out.write(_joined(some))
            count += len(some)
    return count


_ORDERED: Final = "SELECT line FROM lines ORDER BY line"


def _joined(lines: pa.StringArray) -> memoryview:
    """Return the bytes of lines, one after another: as Arrow keeps them."""
    if not len(lines):
        return memoryview(b"")
    _, ends, data = lines.buffers()
    offsets = memoryview(ends).cast("i")[lines.offset : lines.offset + len(lines) + 1]
    return memoryview(data)[offsets[0] : offsets[-1]]


def _once(ordered: Iterable[pa.RecordBatch]) -> Iterator[pa.StringArray]:
    """Yield sorted lines, each once: DISTINCT would hold all of them in memory, a sort need not."""
    last = pa.scalar("", pa.string())
    for batch in ordered:
        lines = batch.column(0).cast(last.type)
        if len(lines):
            before = pa.concat_arrays([pa.array([last.as_py()], last.type), lines[:-1]])
            yield lines.filter(pc.not_equal(lines, before))
            last = lines[-1]
