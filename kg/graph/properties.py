"""What nodes can be told apart by besides kind and year: venue, type, institution, country, and whatever else facts say of them.

In: the facts of a build. Out: one value of each property for each node that has one, as pictures colour and size nodes by.
"""

import re
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from kg.graph.view import by_path
from kg.model.graph import PROPERTIES
from kg.model.versions import KINDS
from kg.ontology import KG, load

_LITERALS: Final = ("xsd:string", "xsd:integer", "xsd:nonNegativeInteger", "xsd:decimal", "xsd:double")
_INSIDE: Final = ("authorship/", "identifier/", "result/", "text/", "version/")
"""What paths of things begin with that have facts, but are no nodes."""

_APART: Final = (
    "dcterms:abstract", "dcterms:title", "fabio:hasArXivId", "foaf:name", "kg:citedAs", "kg:comment", "kg:orcid", "kg:preferredName", "kg:tag", "kg:year",
    "schema:issueNumber", "schema:pagination", "schema:volumeNumber",
)  # fmt: skip
"""Predicates whose values are names, texts, identifiers and places in print: nothing that several nodes share by more than chance."""

_WORDS: Final = {"schema:creativeWorkStatus": "status", "schema:inLanguage": "language"}
_CAPITAL: Final = re.compile(r"(?<=[a-z])([A-Z])")
_VERSION: Final = "dcterms:isVersionOf"
_HOLDER: Final = "pro:isHeldBy"
_AT: Final = "kg:affiliation"


def properties(facts: ds.Dataset, base: str) -> pa.Table:
    """Return what nodes can be told apart by: a table `PROPERTIES`.

    Of several values, the one counts that most nodes have. The type of a paper is that of the form that it reached last; the
    institution of a person, the one of most of their papers.

    Args:
        facts: The build's facts.
        base: The base IRI that paths are put behind.
    """
    institution = _institutions(facts)
    country, sector = (_of_seat(facts, name) for name in ("country", "sector"))
    there = dict(zip(country["node"].to_pylist(), country["value"].to_pylist(), strict=True))
    at = zip(institution["node"].to_pylist(), institution["value"].to_pylist(), strict=True)
    home = _pairs([(person, there[place]) for person, place in at if place in there])
    found = [
        *_plain(facts), ("type", _types(facts)), ("country", pa.concat_tables([country, home])), ("sector", sector),
        ("institution", institution.set_column(1, "value", pc.binary_join_element_wise(base, institution["value"], ""))),
    ]  # fmt: skip
    tables = [PROPERTIES.empty_table()]
    for name, pairs in found:
        ids = pc.binary_join_element_wise(base, pairs["node"], "")
        tables.append(pa.table([ids, pa.repeat(name, len(pairs)), pairs["value"]], schema=PROPERTIES))
    return pa.concat_tables(tables).sort_by([("property", "ascending"), ("id", "ascending")])


def _pairs(rows: list[tuple[str, str]]) -> pa.Table:
    nodes, values = zip(*rows, strict=True) if rows else ((), ())
    return pa.table({"node": pa.array(nodes, pa.string()), "value": pa.array(values, pa.string())})


def _told(facts: ds.Dataset, where: pc.Expression) -> pa.Table:
    return facts.to_table(["subject", "predicate", "object"], filter=where)


def _plain(facts: ds.Dataset) -> list[tuple[str, pa.Table]]:
    """Return the values that facts of nodes give as texts and numbers, by property."""
    subject, predicate = pc.field("subject"), pc.field("predicate")
    apart = pa.array([*_APART, "kg:country", "kg:sector"])
    where = pc.field("datatype").isin(pa.array(_LITERALS)) & ~predicate.isin(apart)
    for inside in _INSIDE:
        where &= ~pc.starts_with(subject, inside)
    rows = _told(facts, where)
    return [
        (_WORDS.get(name) or _CAPITAL.sub(r" \1", name.partition(":")[2]).lower(), _first(rows.filter(pc.equal(rows["predicate"], name))))
        for name in sorted(pc.unique(rows["predicate"]).to_pylist())
    ]


def _first(rows: pa.Table) -> pa.Table:
    """Return one value of each subject: that which most subjects have; of equals, the first in alphabetical order."""
    counts = rows.group_by("object").aggregate([("subject", "count_distinct")])
    rows = rows.select(["subject", "object"]).join(counts, "object")
    ranked = rows.sort_by([("subject", "ascending"), ("subject_count_distinct", "descending"), ("object", "ascending")])
    return ranked.group_by("subject", use_threads=False).aggregate([("object", "first")]).rename_columns(["node", "value"])


def _types(facts: ds.Dataset) -> pa.Table:
    """Return in which form each paper appeared last: papers go through forms in the order of `KINDS`."""
    forms = {of_form: (at, words) for at, (words, of_form) in enumerate(KINDS.values()) if of_form}
    version = pc.starts_with(pc.field("subject"), "version/")
    of = _told(facts, version & (pc.field("predicate") == _VERSION)).select(["subject", "object"]).rename_columns(["subject", "paper"])
    form = _told(facts, version & (pc.field("predicate") == "rdf:type") & pc.field("object").isin(pa.array(forms)))
    last: dict[str, tuple[int, str]] = {}
    for row in form.join(of, "subject").to_pylist():
        last[row["paper"]] = max(forms[row["object"]], last.get(row["paper"], (-1, "")))
    return _pairs([(paper, words) for paper, (_, words) in sorted(last.items())])


def _institutions(facts: ds.Dataset) -> pa.Table:
    """Return where each person was when they wrote most of their papers."""
    place = pc.starts_with(pc.field("subject"), "authorship/")
    who, where = (
        _told(facts, place & (pc.field("predicate") == name)).select(["subject", "object"]).rename_columns(["subject", column])
        for name, column in ((_HOLDER, "node"), (_AT, "value"))
    )
    counts = who.join(where, "subject", join_type="inner").group_by(["node", "value"]).aggregate([("subject", "count")])
    ranked = counts.sort_by([("node", "ascending"), ("subject_count", "descending"), ("value", "ascending")])
    found = ranked.group_by("node", use_threads=False).aggregate([("value", "first")]).rename_columns(["node", "value"])
    return found.filter(pc.starts_with(found["node"], "person/"))


def _of_seat(facts: ds.Dataset, name: str) -> pa.Table:
    """Return the country or the sector of organizations, as facts or else the ontology tell it."""
    said = _first(_told(facts, pc.field("predicate") == f"kg:{name}"))
    told = dict(zip(said["node"].to_pylist(), said["value"].to_pylist(), strict=True))
    known = {path: concept.properties[KG + name][0] for path, concept in by_path(load()).items() if concept.properties.get(KG + name)}
    return _pairs(sorted((known | told).items()))
