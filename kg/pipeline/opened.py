"""A build read back: its tables, its store, and the passages behind each of its edges."""

import os
import re
import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from weakref import finalize

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pyoxigraph as ox

from kg.analysis.counting import VERSIONS, Count, counted
from kg.errors import UsageError
from kg.files import atomic_write
from kg.ids import as_step, identifier
from kg.model import Graph, Record
from kg.model.graph import EVIDENCE
from kg.model.members import place_of
from kg.model.tables import records_of
from kg.model.versions import version_member
from kg.ontology import ID_SPACE, PREFIXES, load
from kg.pipeline.called import COLUMNS, Called
from kg.pipeline.version import DRAWN, QUADS, graph_of, run_of
from kg.store import folder as folders
from kg.store.database import open_store
from kg.text import counted as counted_words

_TEXTS = (PREFIXES["dcterms"] + "abstract", PREFIXES["nif"] + "isString")
"""Predicates whose objects are the texts of others: left out of the form without texts."""

_SCHEME: Final = re.compile(r"^https?://")

_IDENTIFIED: Final = ("paper", "person")
"""Kinds whose paths may be made of an identifier."""

_TOLD: Final = 12
"""Things that a message lists."""

_PLAIN_VALUE = re.compile(r'-?[0-9]+|"[^"]*"')


@dataclass(frozen=True)
class Opened:
    """The current version of a build folder.

    Attributes:
        folder: The build folder.
        version: The folder of the version that was current when it was opened.
    """

    folder: Path
    version: Path

    @cached_property
    def run(self) -> dict[str, Any]:
        """What the run says of itself: time, options, counts."""
        return run_of(self.version)

    @property
    def base(self) -> str:
        """The base IRI of all ids."""
        base: str = self.run["options"]["base"]
        return base

    @cached_property
    def store(self) -> ox.Store:
        """The SPARQL store, opened for reading."""
        return open_store(self.version / "store")

    @cached_property
    def documents(self) -> dict[str, str]:
        """The names of the files that were read, by the ids of their documents."""
        return {row["id"]: row["name"] for row in self.table("documents").to_pylist()}

    def file(self, name: str) -> Path:
        """Return the file of one of the build's tables: `nodes edges evidence statements judgements ...`."""
        return folders.intact(self.version, f"tables/{name}.parquet")

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return one of the build's tables, or some columns of it."""
        return pq.read_table(self.file(name), columns=columns)

    def rows(self, name: str, where: pc.Expression) -> list[dict[str, Any]]:
        """Return the rows of one of the build's tables for which an expression is true; only these are held."""
        rows: list[dict[str, Any]] = ds.dataset(self.file(name)).to_table(filter=where).to_pylist()
        return rows

    def records(self, ids: Sequence[str] | None = None) -> dict[str, Record]:
        """Return the records with these ids, by them; all unless given."""
        wanted = None if ids is None else one_of("id", ids)
        table = ds.dataset(self.file("records")).to_table(filter=wanted)
        return {record.id: record for batch in table.to_batches() for record in records_of(batch)}

    @cached_property
    def versions(self) -> pa.Table:
        """The versions of all papers, with their years: `kg.analysis.counting.VERSIONS`."""
        facts = ds.dataset(self.file("facts"))
        parts = {
            name: facts.to_table(["subject", "object"], filter=pc.starts_with(pc.field("subject"), "version/") & (pc.field("predicate") == predicate))
            for name, predicate in (("paper", "dcterms:isVersionOf"), ("year", "fabio:hasPublicationYear"), ("date", "dcterms:issued"))
        }  # fmt: skip
        found, *more = (part.rename_columns(["id", name]) for name, part in parts.items())
        for each in more:
            found = found.join(each, "id")
        for name in ("id", "paper"):
            column = found.schema.get_field_index(name)
            found = found.set_column(column, name, pc.binary_join_element_wise(self.base, found[name], ""))
        return found.select(VERSIONS.names).cast(VERSIONS).sort_by("id")

    def version_of_record(self) -> dict[str, str]:
        """Return the path of the version that each record describes."""
        rows = self.rows("identity", pc.field("kind") == "version")
        return {row["member"].removeprefix(version_member("")): row["entity"] for row in rows}

    def graph(self, *, with_text: bool = True, scratch: Path | None = None) -> Graph:
        """Return the graph for exporters and analyses.

        Args:
            with_text: Whether abstracts and the sentences around passages are kept.
            scratch: Folder for the quads without texts; needed when texts are to be taken out.
        """
        had_text = bool(self.run["options"]["with_text"])
        nodes, edges, evidence = self.table("nodes"), self.table("edges"), self.table("evidence")
        quads = folders.intact(self.version, QUADS)
        if had_text and not with_text:
            nodes = _emptied(nodes, "text")
            evidence = _emptied(_emptied(evidence, "before"), "after")
            quads = without_texts(quads, (scratch or self.folder) / "graph-without-texts.nq")
        # A version that was built before there were such tables has none.
        drawn = {name: self.table(name) for name in DRAWN if (self.version / "tables" / f"{name}.parquet").is_file()}
        return graph_of(nodes, edges, evidence, quads, self.file("facts"), self.base, with_text=had_text and with_text, **drawn)

    def counted(self, count: Count, nodes: Sequence[str] | None = None, edges: Sequence[str] | None = None) -> Graph:
        """Return the graph for analyses that count papers, without its passages, by far the largest table.

        Args:
            count: Whether a paper counts once (`work`) or as often as it appeared (`version`).
            nodes: Columns of the nodes that are wanted.
            edges: Columns of the edges.

        Raises:
            UsageError: If there is no such policy.
        """
        graph = Graph(self.table("nodes", nodes), self.table("edges", edges), EVIDENCE.empty_table(), self.version / QUADS)
        return counted(graph, VERSIONS.empty_table() if count == "work" else self.versions, count)

    def find(self, text: str) -> str:
        """Return the IRI of the one thing that a text means, as `meant` tells.

        Raises:
            UsageError: If it means nothing in this graph, or several things; the message lists them.
        """
        found = self.meant(text)
        if len(found) > 1:
            raise UsageError(f"{text!r} means {len(found)} things in this graph; name one of them:\n{self._listed(found[:_TOLD])}")
        return found[0]

    def meant(self, text: str) -> list[str]:
        """Return the IRIs that a text can mean: an IRI, a path below the base, an identifier, or a name.

        Raises:
            UsageError: If it means nothing in this graph; the message lists what is near to it.
        """
        plain = text.strip().strip("<>")
        if not plain:
            raise UsageError("an empty text means nothing here; give an IRI, a path, an identifier or a label")
        known = identifier(plain)
        paths = self._paths(plain, known)
        if now := self._now(paths):
            return [now]
        if there := next((path for path in paths if ID_SPACE + path in load().concepts), None) or self._with_facts(paths):
            return [self.base + there]
        if _SCHEME.match(plain) and not known:
            return [plain if _SCHEME.sub("", plain) == paths[0] else self.base + paths[0]]
        called = Called(self.table("nodes", COLUMNS))
        for found in (called.by_id([self.base + path for path in paths]), called.exactly(plain), called.exactly(_turned(plain)), called.within(plain)):
            if found:
                return [row["id"] for row in found]
        near = [row["id"] for row in called.near(plain, self.base)]
        told = f"near to it:\n{self._listed(near)}" if near else f"look with: kg query {shlex.quote(str(self.folder))} nodes"
        raise UsageError(f"{text!r} is not in this graph; {told}")

    def _paths(self, plain: str, known: str | None) -> list[str]:
        """Return the paths that a text may stand for: as it is, as an IRI, a prefixed name or an identifier."""
        prefix, _, name = plain.partition(":")
        prefixed = f"{prefix}/{name}" if prefix in load().kinds else name if prefix == "id" else plain
        identified = [f"{kind}/{as_step(known)}" for kind in _IDENTIFIED] if known else [f"paper/{plain.replace('/', '-')}"]
        return list(dict.fromkeys([_SCHEME.sub("", plain).removeprefix(_SCHEME.sub("", self.base)), prefixed, *identified]))

    def _with_facts(self, paths: Sequence[str]) -> str | None:
        """Return the first of these paths of which facts are told, whether it is drawn or not."""
        told = {row["subject"] for row in self.rows("facts", one_of("subject", paths))}
        return next((path for path in paths if path in told), None)

    def _listed(self, iris: Sequence[str]) -> str:
        """Return nodes as lines of their paths and labels; what shares its label has a paper with it."""
        nodes = {row["id"]: row for row in self.rows("nodes", one_of("id", iris))}
        labels = Counter(row["label"] for row in nodes.values())
        alike = [iri for iri in iris if labels[nodes[iri]["label"]] > 1]
        paper = {row["target"]: row["source"] for row in reversed(self.rows("edges", one_of("target", alike)))} if alike else {}
        title = {row["id"]: row["label"] for row in self.rows("nodes", one_of("id", sorted(set(paper.values()))))} if paper else {}
        lines = []
        for iri in iris:
            row = nodes[iri]
            tied = f", {counted_words(row['papers'], 'paper')}, such as: {title[paper[iri]]}" if iri in paper else ""
            lines.append(f"  {self.path(iri)}  {row['label']}{tied}")
        return "\n".join(lines)

    def _now(self, paths: Sequence[str]) -> str | None:
        """Return the IRI of what had one of these paths before; None for what has it now, and what never had.

        Raises:
            UsageError: If it has become several; the message lists them.
        """
        rows = self.rows("forwards", one_of("former", paths))
        entities = sorted({row["entity"] for row in rows})
        if len(entities) > 1:
            listed = "\n".join(f"  {entity}" for entity in entities[:_TOLD])
            raise UsageError(f"{rows[0]['former']} may now be one of {len(entities)}; name one of them:\n{listed}")
        return self.base + entities[0] if entities else None

    def term(self, text: str) -> str:
        """Return what a value given to a question means: a number, a text in quotes, or the IRI of a node."""
        return text if _PLAIN_VALUE.fullmatch(text) else self.find(text)

    def path(self, iri: str) -> str:
        """Return what follows the base in an IRI."""
        return iri.removeprefix(self.base)

    def members(self, entity: str) -> list[str]:
        """Return the members (records, author slots) that are the entity with this path."""
        rows = self.rows("identity", (pc.field("entity") == entity) & (pc.field("kind") != "cited"))
        return sorted(row["member"] for row in rows)

    def anchors(self, members: Sequence[str]) -> dict[str, str]:
        """Return members to the names that a decisions file gives them."""
        return {row["member"]: row["anchor"] for row in self.rows("members", one_of("member", members))}

    def judgements(self, entity: str) -> list[dict[str, Any]]:
        """Return the judgements in which a member of an entity takes part, the surest first."""
        return self.judgements_on(self.members(entity))

    def judgements_on(self, members: Sequence[str]) -> list[dict[str, Any]]:
        """Return the judgements in which some members take part, the surest first."""
        rows = self.rows("judgements", one_of("left", members) | one_of("right", members))
        return sorted(rows, key=lambda row: (row["verdict"], -row["score"], row["left"], row["right"]))


def _turned(name: str) -> str:
    """Return a name that is written as in a bibliography, `Beispiel, Ada`, in its natural order."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last}" if comma and "," not in first else name


def open_build(folder: str | Path) -> Opened:
    """Open the current version of a build folder. It stays there until nothing refers to it, whatever is built.

    Raises:
        BuildError: If there is no graph in the folder, or it is damaged.
    """
    version, handle = folders.held(Path(folder))
    opened = Opened(Path(folder), version)
    finalize(opened, os.close, handle)
    folders.check_briefly(version)
    return opened


def without_texts(quads: Path, target: Path) -> Path:
    """Write N-Quads without the texts of others to `target`: facts, names and offsets stay."""
    with quads.open("rb") as lines, atomic_write(target) as out:
        out.writelines(line for line in lines if line.split(b" ", 2)[1][1:-1].decode() not in _TEXTS)
    return target


def one_of(column: str, values: Sequence[str]) -> pc.Expression:
    """Return the expression that is true where a column holds one of some values."""
    return pc.field(column).isin(pa.array(values, pa.string()))


def _emptied(table: pa.Table, column: str) -> pa.Table:
    """Return a table with nothing in one column."""
    place = table.schema.get_field_index(column)
    return table.set_column(place, table.schema.field(column), pa.nulls(table.num_rows, table.schema.field(column).type))


def identity_rows(opened: Opened, kind: str) -> Iterator[dict[str, Any]]:
    """Yield who was taken for the same: one row a record, author slot or affiliation string.

    Raises:
        UsageError: If nothing of this kind is resolved.
    """
    known = {"paper": "paper", "version": "version", "person": "person", "group": "person", "ambiguous": "person", "organization": "organization"}
    if kind not in known:
        raise UsageError(f"nothing of the kind {kind!r} is resolved; choose one of {', '.join(sorted(known))}")
    records = opened.records()
    called: dict[str, str] = {}
    if kind == "organization":
        called = {opened.path(row["id"]): row["label"] for row in opened.rows("nodes", pc.field("kind") == kind)}
    for row in opened.table("identity").to_pylist():
        if row["kind"] != known[kind]:
            continue
        place = place_of(row["member"].removeprefix(version_member("")))
        record = records[place.record]
        arxiv = record.first("arxiv_id")
        own = arxiv and (arxiv.value or arxiv.text)
        told = {"cluster": row["entity"], "document": opened.documents[record.document], "ordinal": record.ordinal}
        if not place.within:
            yield told | {"record": own, "start": record.start, "end": record.end}
        elif record.kind == "paper" and (field := place.field(record)):
            extra = {"text": field.text} if field.name == "affiliation" else {}
            yield told | {"name": called.get(row["entity"], field.text), "record": own, "position": field.position + 1} | extra
