"""Which names mean one thing and which mean several, throughout the papers of a build: see `kg.resolve.things`.

Before papers are told apart, `link` joins the mentions with what the corpus teaches of types and abbreviations. Once it is
known which records are one paper and who wrote it, `identify` joins them with spellings, versions, homonyms and what
people decided. A thing's member is the path of a name (`method/foo-net`) or, where a name is that of several things, the
name in one record (`doc/3#method/foonet`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa

from kg.engine import Engine, Stored
from kg.graph import view
from kg.graph.statements import ID_SPACE, thing_of
from kg.model import Judgement, Problem
from kg.model.tables import IDENTITY, MENTIONS, Relation, rows_of, table_of
from kg.ontology import INTRODUCTION_TITLE, Ontology
from kg.pipeline import contexts
from kg.pipeline.identity import Identity
from kg.pipeline.stages import RECORDS_WITH_MENTIONS, told_in
from kg.resolve import cluster, settled
from kg.resolve.decisions import Decision
from kg.resolve.references import catalogue
from kg.resolve.things import homonyms, joins, learned, spellings
from kg.resolve.things.homonyms import Meaning, Sense, Use
from kg.resolve.things.spellings import Thing

Row = dict[str, Any]

@dataclass(frozen=True)
class Linked:
    """The mentions of all papers with what was found out of the names in them.

    Attributes:
        mentions: The mentions: `MENTIONS`.
        judgements: Which names were taken for one, and which for those of several things.
        rows: Rows of the identity table.
        anchors: Member to the name that a decisions file gives it.
        problems: What is wrong with people's decisions on things.
        called: Thing to the names of what was found to be one with it.
    """

    mentions: Stored
    judgements: list[Judgement]
    rows: list[Row] = field(default_factory=list)
    anchors: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    called: dict[str, list[str]] = field(default_factory=dict)


def link(mentions: Relation, known: Ontology, scratch: Path, engine: Engine, decided: Iterable[Decision] = ()) -> Linked:
    """Learn from all mentions what the names are that no list has, and join it with them.

    Args:
        mentions: The names found in each record: `MENTIONS`.
        known: What the ontology and a person's own lists know.
        scratch: Folder for what does not outlive the build.
        engine: Where the queries run.
        decided: What people decided; abbreviations that they said to be something else are not learned.
    """
    def ask(name: str, query: str, schema: pa.Schema, **relations: Relation) -> Stored:
        return engine.save(engine.sql(query, **relations), schema, scratch / f"things-{name}.parquet")

    names = (row for batch in engine.sql(learned.NAMES, mentions=mentions) for row in batch.to_pylist())
    keys = engine.save(view.batched(learned.keys(names, known), learned.KEYS), learned.KEYS, scratch / "things-keys.parquet")
    named = ask("named", learned.NAME, learned.NAMED, mentions=mentions, keys=keys)
    types = ask("types", learned.LEARN_TYPES, learned.TYPES, named=named)
    told = ask("told-long-forms", learned.LEARN_LONG_FORMS, learned.LONG_FORMS, mentions=mentions, keys=keys, named=named)
    apart = {(d.left, d.right) for d in decided if d.kind == "thing" and d.verdict == "different"}
    longs = table_of((row for row in rows_of(told) if tuple(sorted(_paths(row))) not in apart), learned.LONG_FORMS)
    linked = ask("linked", learned.LINK, MENTIONS, mentions=mentions, keys=keys, named=named, types=types, long_forms=longs)
    joined = {
        row["key"]: row
        for batch in engine.sql(learned.JOIN, linked=linked, keys=keys, long_forms=longs) for row in batch.to_pylist()
    }  # fmt: skip
    return Linked(linked, [_of_long_form(row, joined[row["key"]]) for row in rows_of(longs) if row["key"] in joined])


def _paths(long: Row) -> tuple[str, str]:
    """Return the paths of an abbreviation, by its key, and of its long form."""
    return thing_of(long["type"], long["key"], None), thing_of(long["type"], long["canonical"], long["concept"])


def _of_long_form(long: Row, short: Row) -> Judgement:
    evidence: dict[str, float | str] = {
        "short": short["short"], "long": long["canonical"], "papers that define it": str(long["papers"]),
        "papers that only use it": str(short["papers"]),
    }  # fmt: skip
    left, right = thing_of(long["type"], short["short"], None), thing_of(long["type"], long["canonical"], long["concept"])
    return Judgement("thing", left, right, "same", 0.9, "abbreviation-in-corpus", evidence)


class _Name(NamedTuple):
    """A thing as a mention names it: type, canonical name, IRI of the concept if it is listed."""

    type: str
    canonical: str
    concept: str | None

    @property
    def path(self) -> str:
        return thing_of(*self)


def identify(
    linked: Linked, records: Relation, who: Identity, decided: Sequence[Decision], known: Ontology, scratch: Path, engine: Engine
) -> Linked:
    """Find out which names mean one thing and which mean several, and join it with the mentions.

    Args:
        linked: What `link` gives.
        records: The records with these mentions: `RECORDS_WITH_MENTIONS`.
        who: Which records are one paper, and who wrote it.
        decided: What people decided.
        known: What the ontology and a person's own lists know.
        scratch: Folder for what does not outlive the build.
        engine: Where the queries run.
    """
    def save(name: str, rows: Iterable[Row], schema: pa.Schema) -> Stored:
        return engine.save(view.batched(rows, schema), schema, scratch / f"things-{name}.parquet")

    papers = table_of((row for row in who.rows if row["kind"] == "paper"), IDENTITY)
    counted = [row for batch in engine.sql(joins.COUNTED, mentions=linked.mentions, papers=papers) for row in batch.to_pylist()]
    paths = {_Name(row["type"], row["canonical"], row["concept"]): "" for row in counted}
    paths |= {name: name.path for name in paths}
    things = _things(counted, paths)
    listed = _listed(known)
    judged = [*linked.judgements, *spellings.variants([*things.values(), *listed])]
    things = {thing.path: thing for thing in reversed(listed)} | things
    names = _best_names(counted, paths) | {iri.removeprefix(ID_SPACE): name for iri, name in _concepts(known).items()}

    decisions = _decisions(decided, things, judged)
    entity = _entities([*judged, *decisions.judgements], things)
    named = save("named-as", ({**name._asdict(), "path": path, "entity": entity.get(path, path)} for name, path in paths.items()), joins.NAMED)
    found = _homonyms(linked, records, who, named, papers, {n: entity.get(p, p) for n, p in paths.items()}, things, known, scratch, engine)
    anchors: dict[str, str] = {}
    for path, (senses, meanings) in found.items():
        own = [_Name(names[path].type, sense.name, None) for sense in senses]
        borne = [sense.known or name.path for sense, name in zip(senses, own, strict=True)]
        for sense, name in zip(senses, own, strict=True):
            if not sense.known:
                names[name.path] = name
                things[name.path] = Thing(name.path, things[path].kind, name.canonical, len(sense.claims), len(sense.claims))
        judged += _apart(path, borne, senses, things)
        judged += (_of_meaning(each, borne[each.sense]) for each in meanings)
        anchors |= {f"{each.use.record}#{path}": f"{each.use.anchor}#{path}" for each in meanings}
    decisions = _decisions(decided, things, judged, anchors)
    judged += decisions.judgements
    entity = _entities(judged, things)
    broader = {v.path: v.broader for v in spellings.versions([t for t in things.values() if entity.get(t.path, t.path) == t.path])}
    rows = [{"kind": "thing", "member": member, "entity": path} for member, path in sorted(entity.items())]
    renamed = engine.save(
        engine.sql(
            joins.RENAME, mentions=linked.mentions, named=named,
            in_record=save("in-record", _in_record(found, entity, names), joins.IN_RECORD),
            everywhere=save("everywhere", _everywhere(paths.values(), entity, names, broader, found.keys()), joins.EVERYWHERE),
        ), MENTIONS, scratch / "things-identified.parquet",
    )  # fmt: skip
    called = _called(entity, things, known)
    return Linked(renamed, judged, rows, {m: m for m in entity if "#" not in m} | anchors, list(decisions.problems), called)


def _called(entity: Mapping[str, str], things: Mapping[str, Thing], known: Ontology) -> dict[str, list[str]]:
    """Return the names of what became another thing, by the path of that: all that it is listed under, or how papers write it."""
    found: dict[str, list[str]] = defaultdict(list)
    for member, path in sorted(entity.items()):
        if member != path and "#" not in member:
            if listed := known.concepts.get(ID_SPACE + member):
                found[path] += [label.text for label in listed.labels]
            elif member in things:
                found[path].append(things[member].name)
    return found


def _things(counted: Iterable[Row], paths: Mapping[_Name, str]) -> dict[str, Thing]:
    """Return the things that mentions name, by path: names that give one path are one thing."""
    best: dict[str, Thing] = {}
    papers: dict[str, int] = defaultdict(int)
    introduced: dict[str, int] = defaultdict(int)
    for row in counted:
        path = paths[_Name(row["type"], row["canonical"], row["concept"])]
        papers[path] += row["papers"]
        introduced[path] += row["introduced"]
        if path not in best or row["papers"] > best[path].papers:
            best[path] = Thing(path, path.partition("/")[0], row["canonical"], row["papers"], 0, row["concept"] is not None)
    return {path: thing._replace(papers=papers[path], introduced=introduced[path]) for path, thing in best.items()}


def _best_names(counted: Iterable[Row], paths: Mapping[_Name, str]) -> dict[str, _Name]:
    """Return the most frequent name that gives each path."""
    best: dict[str, tuple[int, _Name]] = {}
    for row in counted:
        name = _Name(row["type"], row["canonical"], row["concept"])
        if row["papers"] > best.get(paths[name], (0, name))[0]:
            best[paths[name]] = row["papers"], name
    return {path: name for path, (_, name) in best.items()}


def _concepts(known: Ontology) -> dict[str, _Name]:
    """Return what mentions call the listed things, by IRI."""
    types = {kind.name: kind.mention_type for kind in known.kinds.values() if kind.mention_type not in {None, "institution"}}
    return {iri: _Name(kind, c.name, iri) for iri, c in known.concepts.items() if (kind := types.get(c.kind))}


def _listed(known: Ontology) -> list[Thing]:
    """Return the names on lists that mean one thing wherever they stand, the preferred one of each thing first."""
    return [
        Thing(iri.removeprefix(ID_SPACE), known.concepts[iri].kind, label.text, 0, 0, listed=True)
        for iri in _concepts(known) for label in known.concepts[iri].labels if not label.ambiguous
    ]  # fmt: skip


def _decisions(
    decided: Sequence[Decision], things: Mapping[str, Thing], judged: Sequence[Judgement], anchors: Mapping[str, str] | None = None
) -> settled.Settled:
    """Return what people's decisions on things come to."""
    if not any(each.kind == "thing" for each in decided):
        return settled.Settled()
    called = catalogue("thing", [*((path, path) for path in things), *(anchors or {}).items()], ((t.path, t.name) for t in things.values()))

    def rows(said: Sequence[Judgement]) -> Iterator[Row]:
        entity = _entities([*judged, *said], things)
        for member in (*things, *(anchors or {})):
            yield {"member": member, "entity": entity.get(member, member)}

    return settled.settle(decided, "thing", called, rows)


def _entities(judged: Sequence[Judgement], things: Mapping[str, Thing]) -> dict[str, str]:
    """Return the path of the thing that each judged member is.

    Of the paths that are one, a listed one stays, then the long form of an abbreviation, then that of who introduces it.
    """
    members = {member for each in judged for member in (each.left, each.right)}
    short = {each.left for each in judged if each.rule == "abbreviation-in-corpus"}
    found: dict[str, str] = {}
    for group in cluster.components(members, judged):
        own = [things.get(member) or Thing(member, "", member, 0, 0) for member in group if "#" not in member]
        best = min(own, key=lambda thing: (thing.path in short, spellings.rank(thing))).path if own else group[0].partition("#")[2]
        found |= dict.fromkeys(group, best)
    return found


class _Found(NamedTuple):
    """The things that bear one name, and what records mean by it."""

    senses: list[Sense]
    meanings: list[Meaning]


def _homonyms(
    linked: Linked, records: Relation, who: Identity, named: Stored, papers: Relation, paths: Mapping[_Name, str],
    things: Mapping[str, Thing], known: Ontology, scratch: Path, engine: Engine,
) -> dict[str, _Found]:  # fmt: skip
    """Return what bears the name of several things, by the path of the name."""
    def ask(name: str, query: str, schema: pa.Schema, **relations: Relation) -> Stored:
        return engine.save(
            engine.sql(query, mentions=linked.mentions, named=named, **relations), schema, scratch / f"things-{name}.parquet"
        )

    claimed = ask("claimed", joins.CLAIMED, joins.CLAIMS, papers=papers)
    said = (row for batch in engine.sql(joins.DEFINED, mentions=linked.mentions) for row in batch.to_pylist())
    defined = table_of(_definitions(said, paths, who.anchors), joins.DEFINITIONS)
    taken = ask("taken", joins.TAKEN, joins.PLACES)
    chosen = ask("contexts", joins.CONTEXTS, RECORDS_WITH_MENTIONS, records=records, claimed=claimed, defined=defined, taken=taken)
    definers: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows_of(defined):
        definers[row["name"]][row["meant"]].append(row["record"])
    introduced = {(row["record"], row["entity"]) for row in rows_of(taken)}
    listed = {path for _, path in introduced}
    own = {row["entity"] for row in rows_of(claimed)} | definers.keys()
    setting = contexts.Setting(
        frozenset(own | listed | {path for each in definers.values() for path in each}),
        lambda m: paths.get(_Name(m.type, m.canonical, m.concept), ""), *_known_of(who, chosen),
    )  # fmt: skip
    uses: dict[str, dict[str, Use]] = defaultdict(dict)
    texts: dict[str, Use] = {}
    for batch in chosen.to_batches(1024):
        for told in told_in(batch):
            for use in contexts.uses(told, setting):
                uses[use.path][use.record] = use
                texts.setdefault(use.record, use)
    rarity = homonyms.Rarity(use.words for use in texts.values())
    telling = homonyms.Rarity(use.near | {use.path} for use in texts.values())
    found = {}
    for path in sorted(own - listed):
        meant = [
            Sense(things[long].name, tuple(uses[long][record] for record in places if record in uses[long]), long)
            for long, places in sorted(definers[path].items())
        ]  # fmt: skip
        here = list(uses[path].values())
        if senses := homonyms.senses(here, rarity, [sense for sense in meant if sense.claims]):
            found[path] = _Found(senses, homonyms.meanings(here, senses, rarity, telling))
    for path in sorted(listed):
        concept = known.concepts[ID_SPACE + path]
        labels, titles = [label.text for label in concept.labels], concept.properties.get(INTRODUCTION_TITLE, ())
        here = [use for use in uses[path].values() if (use.record, path) in introduced and homonyms.is_other(use, labels, titles)]
        if senses := homonyms.senses(here, rarity, listed=True):
            found[path] = _Found(senses, homonyms.meanings(here, senses, rarity, telling))
    return found


_DEFINERS: Final = 12
"""So many of the records that define an abbreviation are looked at."""


def _definitions(told: Iterable[Row], paths: Mapping[_Name, str], anchors: Mapping[str, str]) -> Iterator[Row]:
    """Yield what abbreviations are short for, of those whose papers disagree; which records depends on their contents only.

    Args:
        told: The answer to `DEFINED`.
        paths: Names to the paths of the things.
        anchors: Record to the hash of its content.
    """
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in told:
        name, meant = paths[_Name(row["type"], row["text"], None)], paths[_Name(row["type"], row["canonical"], row["concept"])]
        if name != meant:
            found[name][meant].add(row["record"])
    for name, several in sorted(found.items()):
        for meant, records in sorted(several.items()) if len(several) > 1 else ():
            for record in sorted(records, key=lambda record: (anchors.get(record, ""), record))[:_DEFINERS]:
                yield {"name": name, "meant": meant, "record": record}


def _known_of(
    who: Identity, chosen: Relation
) -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, frozenset[str]], Mapping[str, str]]:
    """Return the papers that records are, their anchors, the authors of the chosen ones, and what is cited as which paper."""
    here = {record for batch in chosen.to_batches() for record in batch.column("id").to_pylist()}
    people: dict[str, set[str]] = defaultdict(set)
    for row in who.rows:
        record = row["member"].partition("#")[0]
        if row["kind"] == "person" and record in here:
            people[record].add(row["entity"])
    works, cited = ({row["member"]: row["entity"] for row in who.rows if row["kind"] == kind} for kind in ("paper", "cited"))
    return works, who.anchors, {record: frozenset(found) for record, found in people.items()}, cited


def _apart(path: str, paths: Sequence[str], found: Sequence[Sense], things: Mapping[str, Thing]) -> Iterator[Judgement]:
    """Yield that the things that papers introduce by one name are different, and none of them what a list has under it."""
    for one, other in combinations([place for place, sense in enumerate(found) if not sense.known], 2):
        (left, first), (right, second) = sorted([(paths[one], found[one].claims[0]), (paths[other], found[other].claims[0])], key=lambda pair: pair[0])
        evidence: dict[str, float | str] = {
            "name": first.name, "one is": first.meant or first.title, "the other is": second.meant or second.title,
        }  # fmt: skip
        yield Judgement("thing", left, right, "different", 0.95, "homonyms", evidence)
    for each, sense in zip(paths, found, strict=True):
        if things[path].listed:
            left, right = sorted((path, each))
            said: dict[str, float | str] = {"name": sense.claims[0].name, "listed as": things[path].name, "is here": sense.claims[0].meant or sense.claims[0].title}
            yield Judgement("thing", left, right, "different", 0.95, "not-the-listed", said)


def _of_meaning(each: Meaning, path: str) -> Judgement:
    left, right = sorted((f"{each.use.record}#{each.use.path}", path))
    return Judgement("thing", left, right, "same", each.score, each.rule, each.evidence)


def _in_record(homonymous: Mapping[str, _Found], entity: Mapping[str, str], names: Mapping[str, _Name]) -> Iterator[Row]:
    """Yield what the name of several things stands for in single records: rows of `IN_RECORD`."""
    for path, found in homonymous.items():
        for each in found.meanings:
            to = entity[f"{each.use.record}#{path}"]
            if to != path:
                yield {"record": each.use.record, "path": path} | _to(names[to])


def _everywhere(
    paths: Iterable[str], entity: Mapping[str, str], names: Mapping[str, _Name], broader: Mapping[str, str], several: Collection[str]
) -> Iterator[Row]:
    """Yield what names stand for wherever they are: rows of `EVERYWHERE`."""
    for path in sorted(set(paths)):
        to = entity.get(path, path)
        above = broader.get(to)
        if above in several:
            above = None  # which of those that bear its name is not said
        if to != path or above:
            row: Row = dict.fromkeys(joins.EVERYWHERE.names) | {"path": path, "to_broader": ID_SPACE + entity.get(above, above) if above else None}
            yield row | (_to(names[to]) if to != path else {})


def _to(name: _Name) -> Row:
    return {"to_type": name.type, "to_canonical": name.canonical, "to_concept": name.concept}
