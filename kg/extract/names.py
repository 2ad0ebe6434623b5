"""Which proposals are proper names, and what the things they name are called."""

import re
from functools import lru_cache
from typing import Final

from kg.extract.acronyms import key_of, singular
from kg.extract.latex import plain
from kg.model import Candidate
from kg.text import squeeze

Entity = tuple[str, str]
"""What a name stands for within its record: its type, and its canonical name as a key."""

_PROPER: Final = frozenset({"pattern", "latex", "version"})

_SINGLE: Final = frozenset({"dataset", "software"})
"""Types of things of which there is one: *OntoNotes* in one word is the name of one corpus."""

_MARKUP: Final = re.compile(r"[\\${}]")
"""What only LaTeX writes."""


def is_proper(candidate: Candidate) -> bool:
    """Tell whether a proposal is a name that counts wherever the record repeats it."""
    return _finds_names(candidate.by)


@lru_cache(maxsize=1024)
def _finds_names(rule: str) -> bool:
    return rule == "acronym" or rule.partition(":")[0] in _PROPER


def canonical_of(text: str, candidate: Candidate) -> str:
    r"""Return what the thing named is called: the rule's word for it, else the name without markup and plural.

    >>> canonical_of("deep\nbelief nets", Candidate(0, 16, "method", 0.5, "phrase:method"))
    'deep belief net'
    >>> canonical_of("SmallScenes", Candidate(0, 11, "dataset", 0.5, "pattern:shape"))
    'SmallScenes'
    """
    return _canonical(text[candidate.start : candidate.end], candidate.canonical, candidate.type in _SINGLE)


@lru_cache(maxsize=65_536)
def _canonical(surface: str, told: str | None, single: bool) -> str:
    name = told or surface
    bare = squeeze(plain(name) if _MARKUP.search(name) else name)
    return (bare if told or (single and bare[:1].isupper() and " " not in bare) else singular(bare)) or squeeze(surface) or name


def entity_of(text: str, candidate: Candidate) -> Entity:
    """Return what a candidate names, within its record."""
    return candidate.type, _name(text[candidate.start : candidate.end], candidate.canonical)


@lru_cache(maxsize=65_536)
def _name(surface: str, canonical: str | None) -> str:
    """Return the canonical name of a name as a key; most names of a text come again in it or in another."""
    return key_of(canonical_of(surface, Candidate(0, len(surface), "method", 0, "", canonical)))
