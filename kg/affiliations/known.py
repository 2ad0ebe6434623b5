"""The organisations that the ontology lists, found by any of their names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from kg.affiliations.places import CITIES
from kg.affiliations.words import key_of_name
from kg.ontology import KG, PREFIXES, Concept, load
from kg.text import word_set

HIDDEN: Final = PREFIXES["skos"] + "hiddenLabel"
UNIT_OF: Final = PREFIXES["org"] + "unitOf"
PART_OF: Final = PREFIXES["org"] + "subOrganizationOf"


class Entry(NamedTuple):
    """One name of an organisation.

    Attributes:
        iri: The organisation.
        name: The name, as listed.
        rank: 0 for the name that it is shown under, 1 for others, `SHARED` for names that others may have too, `TAG` for tags.
        country: Code of the country of its seat, empty if unknown.
        sector: What sort of body it is, empty if unknown.
        short: Whether the name is an acronym, which is one only in capitals.
    """

    iri: str
    name: str
    rank: int
    country: str
    sector: str
    short: bool


@dataclass(frozen=True)
class Known:
    """Organisations by the keys of their names.

    Attributes:
        names: Key to the entries that have it, the best first.
        units: A unit to the organisation that it is a part of (`org:unitOf`).
        above: An organisation to the one that it belongs to, without being a mere unit of it (`org:subOrganizationOf`).
        beginnings: The first letters of all keys.
    """

    names: Mapping[str, tuple[Entry, ...]]
    units: Mapping[str, str]
    above: Mapping[str, str]
    beginnings: frozenset[str]

    def top(self, iri: str) -> str:
        """Return the organisation that a unit is a part of, however deep; another organisation as it is."""
        for _ in range(_DEEPEST):
            iri = self.units.get(iri, iri)
        return iri

    def is_below(self, iri: str, other: str) -> bool:
        """Return whether an organisation belongs to another, as a unit or otherwise."""
        for _ in range(_DEEPEST):
            iri = self.units.get(iri) or self.above.get(iri) or ""
            if iri == other:
                return True
        return False


_DEEPEST: Final = 4
"""Levels of units within units."""


SHARED: Final = 2
"""Rank of a name that others may have too."""

TAG: Final = 3
"""Rank of a name that is one only where nothing stands beside it."""

BEGINNING: Final = 3
"""How many letters of a key tell that none begins so."""


def is_short(name: str) -> bool:
    """Return whether a name is an acronym: short, one word, mostly capitals.

    >>> is_short("MIT"), is_short("Meta"), is_short("UIUC"), is_short("CMU")
    (True, False, True, True)
    """
    return len(name) <= 8 and name.isascii() and " " not in name and sum(c.isupper() for c in name) * 2 > len(name)


def index(concepts: Iterable[Concept]) -> Known:
    """Return the index of some organisations."""
    names: dict[str, set[Entry]] = defaultdict(set)
    units: dict[str, str] = {}
    above: dict[str, str] = {}
    for concept in concepts:
        for predicate, into in ((UNIT_OF, units), (PART_OF, above)):
            into.update((concept.iri, whole) for whole in concept.properties.get(predicate, ())[:1])
        country = next(iter(concept.properties.get(f"{KG}country", ())), "")
        sector = next(iter(concept.properties.get(f"{KG}sector", ())), "")
        labels = [(label.text, 0 if label.text == concept.name else SHARED if label.ambiguous else 1) for label in concept.labels]
        labels += [(name, SHARED) for name in concept.properties.get(HIDDEN, ())]
        labels += [(tag.replace("-", " "), TAG) for tag in concept.properties.get(f"{KG}tag", ())]
        for name, rank in labels:
            names[key_of_name(name)].add(Entry(concept.iri, name, rank, country, sector, is_short(name)))
    names.pop("", None)
    _add_turned(names)
    ordered = {key: tuple(sorted(entries, key=lambda e: (e.rank, e.iri, e.name))) for key, entries in sorted(names.items())}
    return Known(ordered, units, above, frozenset(key[:BEGINNING] for key in ordered))


_OTHERS: Final = word_set("miami columbia denver houston portland richmond cincinnati rochester oakland dayton")
"""Cities where a university that is not listed may be called so."""


def _add_turned(names: dict[str, set[Entry]]) -> None:
    """Add `Edinburgh University` to the names of the University of Edinburgh, where no other is called so."""
    for entry in sorted({e for entries in names.values() for e in entries if e.sector == "education"}):
        if entry.name.startswith("University of ") and (place := entry.name.removeprefix("University of ")).lower() in CITIES:
            turned = f"{place} University"
        elif entry.name.endswith(" University") and (place := entry.name.removesuffix(" University")).lower() in CITIES:
            turned = f"University of {place}"
        else:
            continue
        key = key_of_name(turned)
        if key not in names and place.lower() not in _OTHERS and CITIES[place.lower()].country:
            names[key] = {entry._replace(name=turned, rank=SHARED)}


@cache
def known() -> Known:
    """Return the index of the ontology's organisations (once a process)."""
    return index(load().of_kind("organization"))
