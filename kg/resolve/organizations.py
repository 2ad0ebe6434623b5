"""Which affiliation strings are one organisation: tags and names that the ontology knows, else equal words."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from kg.model import Judgement
from kg.ontology import KG, load
from kg.text import distinct_slug, fold


@cache
def known() -> dict[str, str]:
    """Return the slug of each tag or name to the IRI of the organisation; a name of two organisations is left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for concept in load().of_kind("organization"):
        names = [label.text for label in concept.labels] + list(concept.properties.get(f"{KG}tag", ()))
        for name in names:
            found[distinct_slug(name)].add(concept.iri)
    return {name: next(iter(iris)) for name, iris in found.items() if len(iris) == 1}


class Affiliation(NamedTuple):
    """One affiliation string: its key, its text, and the ROR id that the source gives with it (empty without)."""

    member: str
    text: str
    ror: str = ""


@cache
def _by_ror() -> dict[str, str]:
    """Return the ROR id of each organisation that the ontology knows, to its IRI."""
    links = ((link, c.iri) for c in load().of_kind("organization") for link in c.properties.get(f"{KG}ror", ()))
    return {link.rpartition("/")[2]: iri for link, iri in links}


@lru_cache(maxsize=1 << 16)
def entity(text: str, ror: str = "") -> str:
    """Return what an affiliation string names: the IRI of a known organisation, else a path made from its ROR id or text.

    >>> entity("Dept. of Hats"), entity("dept of hats"), entity("Hats", "05dxps000")
    ('organization/dept-of-hats', 'organization/dept-of-hats', 'organization/ror-05dxps000')
    """
    if ror:
        return _by_ror().get(ror) or f"organization/ror-{ror}"
    key = distinct_slug(text)
    return known().get(key) or f"organization/{key}"


def judge(strings: Iterable[Affiliation]) -> list[Judgement]:
    """Return the judgements on affiliation strings, sorted.

    Each spelling is judged once, against the first one of the same organisation: that equal spellings without an
    identifier are one needs no judgement.
    """
    first: dict[str, Affiliation] = {}
    spellings: set[tuple[str, str]] = set()
    printed: set[tuple[str, str]] = set()
    found = []
    for each in sorted(strings):
        # To fold is slow, and most strings were printed the same before.
        if each[1:] in printed:
            continue
        printed.add(each[1:])
        spelling = (fold(each.text), each.ror)
        if spelling in spellings:
            continue
        spellings.add(spelling)
        other = first.setdefault(entity(each.text, each.ror), each)
        if other is each:
            continue
        rule = "ror-id" if each.ror and each.ror == other.ror else "known-name" if distinct_slug(each.text) in known() else "same-words"
        evidence: dict[str, float | str] = {"name": each.text, "other": other.text}
        found.append(Judgement("organization", other.member, each.member, "same", 1.0, rule, evidence))
    return sorted(found, key=lambda j: (j.left, j.right))
