"""Which affiliation strings are one organisation: tags and names that the ontology knows, else equal words."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

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


def entity(text: str) -> str:
    """Return what an affiliation string names: the IRI of a known organisation, else a path made from the string.

    >>> entity("Dept. of Hats"), entity("dept of hats")
    ('organization/dept-of-hats', 'organization/dept-of-hats')
    """
    key = distinct_slug(text)
    return known().get(key) or f"organization/{key}"


def judge(strings: Iterable[tuple[str, str]]) -> list[Judgement]:
    """Return the judgements on affiliation strings, given as (member, text), sorted.

    Each string is judged against the first one of the same organisation.
    """
    first: dict[str, tuple[str, str]] = {}
    found = []
    for member, text in sorted(strings):
        other, spelling = first.setdefault(entity(text), (member, text))
        if other == member:
            continue
        rule = "same-string" if fold(text) == fold(spelling) else "known-name" if distinct_slug(text) in known() else "same-words"
        found.append(Judgement("organization", other, member, "same", 1.0, rule, {"name": text, "other": spelling}))
    return sorted(found, key=lambda j: (j.left, j.right))
