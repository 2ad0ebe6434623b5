"""Which proposals are proper names, and what the things they name are called."""

import re
from collections import Counter
from functools import cache, lru_cache
from typing import Final

from kg.extract.acronyms import key_of, singular
from kg.extract.latex import plain
from kg.extract.tokens import unligated
from kg.model import Candidate
from kg.ontology import load
from kg.text import squeeze

Entity = tuple[str, str]
"""What a name stands for within its record: its type, and its canonical name as a key."""

_PROPER: Final = frozenset({"pattern", "latex", "version"})

_SINGLE: Final = frozenset({"dataset", "software"})
"""Types of things of which there is one: *OntoNotes* in one word is the name of one corpus."""

_DESCRIBED: Final = frozenset({"method", "task", "metric"})
"""Types of things of which most are called by words that say what they are."""

_WORD: Final = re.compile(r"[^\W\d_]+")

_MARKUP: Final = re.compile(r"[\\${}]")
"""What only LaTeX writes."""

_BOLD: Final = re.compile(r"(?P<within>(?<=[^\W_]))?\*\*(?P<words>[^*]+)\*\*")
_SLANTED: Final = re.compile(r"(?<!\w)(_{1,2})(?=[^\W_])([^_]+)\1(?!\w)")
"""How Markdown writes what is bold or slanted."""


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
    name = _canonical(text[candidate.start : candidate.end], candidate.canonical, candidate.type in _SINGLE)
    return name if candidate.canonical or candidate.type not in _DESCRIBED else _in_one_case(name)


@lru_cache(maxsize=65_536)
def _canonical(surface: str, told: str | None, single: bool) -> str:
    name = told or surface
    shown = _unstressed(name) if "_" in name or "**" in name else name
    bare = unligated(squeeze(plain(shown) if _MARKUP.search(shown) else shown))
    kept = told or (single and " " not in bare and (bare[:1].isupper() or "-" in bare))
    return (bare if kept else singular(bare)) or squeeze(surface) or name


def _unstressed(name: str) -> str:
    """Return a name without what makes it bold or slanted; letters within a word are bold because an abbreviation has them.

    >>> _unstressed("**S**low r**IV**er"), _unstressed("_Walnut_"), _unstressed("A** search with x_i and x_j")
    ('Slow river', 'Walnut', 'A** search with x_i and x_j')
    """
    shown = _BOLD.sub(lambda bold: bold["words"] if bold["within"] is None else bold["words"].lower(), name)
    return _SLANTED.sub(r"\2", shown)


@lru_cache(maxsize=65_536)
def _in_one_case(name: str) -> str:
    """Return a name of words in lower case wholly so: the capital of a sentence, of a title or of an abbreviation is not its own.

    >>> [_in_one_case(name) for name in ("Stochastic nut sampling", "visual Imitation Learning", "Bayesian sampling", "PlAnning with nuts")]
    ['stochastic nut sampling', 'visual imitation learning', 'Bayesian sampling', 'PlAnning with nuts']
    """
    written = _WORD.findall(name)
    if " " not in name or not any(word.islower() and len(word) > 3 for word in written) or not all(word[1:].islower() or word.isupper() for word in written):
        return name
    loud = {word for word in written if len(word) > 1 and word.istitle()}
    common, proper = _cases()
    if not all(word.lower() in common or word.lower() in proper for word in loud):
        return name
    return _WORD.sub(lambda word: word[0].lower() if word[0] in loud and word[0].lower() in common else word[0], name)


@cache
def _cases() -> tuple[frozenset[str], frozenset[str]]:
    """Return which words the names of listed things write mostly in lower case, and which never do so beside others in lower case."""
    labels = [_WORD.findall(label.text) for kind in _DESCRIBED for concept in load().of_kind(kind) for label in concept.labels]
    lower = Counter(word for words in labels for word in words if word.islower())
    upper = Counter(word.lower() for words in labels for word in words if word.istitle())
    beside = {word.lower() for words in labels if any(map(str.islower, words)) for word in words if word.istitle()}
    return frozenset(word for word, times in lower.items() if times > 3 * upper[word]), frozenset(beside - lower.keys())


def entity_of(text: str, candidate: Candidate) -> Entity:
    """Return what a candidate names, within its record."""
    return candidate.type, _name(text[candidate.start : candidate.end], candidate.canonical)


@lru_cache(maxsize=65_536)
def _name(surface: str, canonical: str | None) -> str:
    """Return the canonical name of a name as a key; most names of a text come again in it or in another."""
    return key_of(canonical_of(surface, Candidate(0, len(surface), "method", 0, "", canonical)))
