"""The versions of a paper as a person reads them: what each is, where it appeared, and which records describe it."""

from dataclasses import dataclass

import pyarrow.compute as pc

from kg.graph.view import Entity, identifier_of, version_label, version_link
from kg.model.versions import version_member
from kg.pipeline.opened import Opened, one_of


@dataclass(frozen=True, slots=True)
class Appeared:
    """One version of a paper.

    Attributes:
        version: Its path.
        label: What it is, where and when it appeared.
        url: The address of its identifier; None without one.
        records: Where its records stand: name of the file and line.
    """

    version: str
    label: str
    url: str | None
    records: tuple[tuple[str, int], ...]


def versions_of(opened: Opened, paper: str) -> list[Appeared]:
    """Return the versions of the paper with this path, by their paths; none for anything else."""
    members = {version_member(member): member for member in opened.members(paper)} if paper.startswith("paper/") else {}
    if not members:
        return []
    lines = {row["record"]: row["line"] for row in opened.rows("statements", (pc.field("subject") == paper) & (pc.field("predicate") == "rdf:type"))}
    places: dict[str, list[tuple[str, int]]] = {}
    for row in opened.rows("identity", one_of("member", list(members))):
        record = members[row["member"]]
        places.setdefault(row["entity"], []).append((opened.documents[record.partition("/")[0]], lines.get(record, 0)))
    known = {path: Entity(path) for path in places}
    for row in opened.rows("facts", one_of("subject", list(places))):
        known[row["subject"]].facts[row["predicate"]].append(row["object"])
    return [Appeared(path, version_label(known[path]), _address(known[path]), tuple(sorted(places[path]))) for path in sorted(places)]


def _address(version: Entity) -> str | None:
    found = (identifier_of(path) for path in version.facts.get("kg:versionIdentifier", ()))
    return next((address for known in found if known and (address := version_link(version.path, known))), None)
