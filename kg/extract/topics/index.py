"""All that matching topics needs, made once from the ontology: labels in a trie, the tree, and what named things speak for.

Labels are compared word by word by `kg.extract.tokens.key` (lower case, singular, American spelling), blanks and hyphens
alike; a word with capitals inside only as it is written, with or without a plural s.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from kg.extract.beginnings import Beginnings
from kg.extract.elsewhere import is_homonym
from kg.extract.tokens import key, vocabulary
from kg.ontology import ID_SPACE, KG, PREFIXES, Concept, Label, Ontology

_NARROWER: Final = f"{PREFIXES['skos']}narrowMatch"
_CUE: Final = f"{KG}cue"
NOTATION: Final = f"{PREFIXES['skos']}notation"

_PARTS: Final = re.compile(r"([^\W_]+)")
_TIES: Final = frozenset({"", "-", "‐", "‑", "–", "'", "’"})
"""What may stand between the words of a name, besides blanks."""

_DEEP: Final = 2
"""A topic with nothing above it, and so many levels below it, is too general to be what a paper is about."""

_AROUND: Final = 4
"""Two topics have something in common where one is so near above both."""

_PLAIN: Final = 0.6
_HINT: Final = 0.4
"""What a name of one plain word says, and what a word that is no name but a cue, in shares of what a longer name says."""

_STEP: Final = 0.8
"""What a thing speaks for a topic is multiplied by this for each step that it is a special case of what belongs to it."""


class Name(NamedTuple):
    """One label of one topic.

    Attributes:
        topic: Number of the topic.
        written: Its words that have to be written as they are here; empty for the others.
        ambiguous: Whether it counts only where something near it is found too.
        share: How much it says, 0 to 1: a name of one plain word says less than a longer one.
    """

    topic: int
    written: tuple[str, ...]
    ambiguous: bool
    share: float


class Found(NamedTuple):
    """A name found in a text, `text[start:end]`, and the topics that may be meant."""

    start: int
    end: int
    names: list[Name]


Node = dict[str, Any]
"""A node of the trie: what follows by key, and under the empty key the names that end here."""


@dataclass(frozen=True)
class TopicIndex:
    """The topics by number.

    Attributes:
        paths: Path of each topic below the id space.
        above: Numbers of the topics directly above it, without those that are too general.
        general: Whether it is too general to be worked out for a paper.
        coded: Whether it is a category that sources print by its code.
        order: A rank that is greater than that of all topics below it.
        numbers: Path to number.
        trie: The labels.
        beginnings: Tells where in a text one may begin.
        things: The named things that belong to topics: IRI to the numbers of these.
        broader: IRI of a named thing to the IRIs of those that it is a special case of.
    """

    paths: tuple[str, ...]
    above: tuple[tuple[int, ...], ...]
    general: tuple[bool, ...]
    coded: tuple[bool, ...]
    order: tuple[int, ...]
    numbers: Mapping[str, int]
    trie: Node
    beginnings: Beginnings
    things: Mapping[str, tuple[int, ...]]
    broader: Mapping[str, tuple[str, ...]]

    def around(self, topic: int) -> set[int]:
        """Return a topic with the topics above it, up to `_AROUND` steps."""
        seen, level = {topic}, {topic}
        for _ in range(_AROUND):
            level = {above for each in level for above in self.above[each]} - seen
            seen |= level
        return seen

    def of_thing(self, iri: str) -> tuple[tuple[int, float], ...]:
        """Return the topics that a named thing speaks for, each with its share.

        They are those of the nearest things that it is a special case of, itself included.
        """
        level, seen, share = [iri], {iri}, 1.0
        while level:
            if found := {topic for each in level for topic in self.things.get(each, ())}:
                return tuple((topic, share) for topic in sorted(found))
            level = [above for each in level for above in self.broader.get(each, ()) if above not in seen]
            seen.update(level)
            share *= _STEP
        return ()


def index_of(ontology: Ontology) -> TopicIndex:
    """Return the index of the topics of an ontology."""
    topics = ontology.of_kind("topic")
    numbers = {concept.iri: number for number, concept in enumerate(topics)}
    all_above = [tuple(numbers[each] for each in concept.broader if each in numbers) for concept in topics]
    below = _heights(all_above)
    general = tuple(not above and height >= _DEEP for above, height in zip(all_above, below, strict=True))
    trie = _trie(topics)
    things: dict[str, list[int]] = defaultdict(list)
    for number, concept in enumerate(topics):
        for thing in concept.properties.get(_NARROWER, ()):
            things[thing].append(number)
    return TopicIndex(
        paths=tuple(concept.iri.removeprefix(ID_SPACE) for concept in topics),
        above=tuple(tuple(each for each in above if not general[each]) for above in all_above),
        general=general,
        coded=tuple(NOTATION in concept.properties for concept in topics),
        order=tuple(below),
        numbers={concept.iri.removeprefix(ID_SPACE): number for number, concept in enumerate(topics)},
        trie=trie,
        beginnings=_beginnings(trie),
        things={thing: tuple(parts) for thing, parts in things.items()},
        broader={iri: concept.broader for iri, concept in ontology.concepts.items() if concept.broader and concept.kind != "topic"},
    )


def _heights(above: list[tuple[int, ...]]) -> list[int]:
    """Return the number of levels below each topic."""
    heights = [0] * len(above)
    waiting = list(range(len(above)))
    while waiting:
        topic = waiting.pop()
        for each in above[topic]:
            if heights[each] <= heights[topic]:
                heights[each] = heights[topic] + 1
                waiting.append(each)
    return heights


def _trie(topics: list[Concept]) -> Node:
    root: Node = {}
    for number, concept in enumerate(topics):
        for label in concept.labels:
            words = _PARTS.split(label.text)[1::2]
            _put(root, words, _name(number, label, words))
        for cue in concept.properties.get(_CUE, ()):
            words = _PARTS.split(cue)[1::2]
            _put(root, words, _name(number, Label(cue, exact=False, ambiguous=False), words)._replace(share=_HINT))
    return root


def _beginnings(trie: Node) -> Beginnings:
    """Return what tells where in a text a label may begin."""
    alone = (key for key, node in trie.items() if "" in node)
    return Beginnings(alone, ((key, after) for key, node in trie.items() for after in node if after))


def _put(root: Node, words: list[str], name: Name) -> None:
    node = root
    for word in words:
        node = node.setdefault(key(word), {})
    if words:
        node.setdefault("", []).append(name)


def _name(number: int, label: Label, words: list[str]) -> Name:
    fixed = tuple("" if word.islower() or word.isdigit() or (word.istitle() and not label.exact) else word for word in words)
    share = 1.0 if len(words) > 1 or any(fixed) else _PLAIN
    return Name(number, fixed if any(fixed) else (), label.ambiguous or is_homonym(label.text), share)


def names_in(text: str, topics: TopicIndex) -> Iterator[Found]:
    """Yield the labels in a text: whole words, the longest at each place, none overlapping another."""
    parts = _PARTS.split(text)  # what stands between, a word, what stands between, a word, ...
    words = vocabulary()
    numbers = list(map(words.__getitem__, parts[1::2]))
    keys = [*map(words.compared.__getitem__, numbers), ""]
    part = offset = behind = 0  # parts[part] begins at offset
    for place in topics.beginnings.among(words, numbers):
        if place >= behind:
            last, names = _longest(parts, keys, place, topics.trie)
            if names:
                start = offset + sum(map(len, parts[part : 2 * place + 1]))
                part, offset, behind = 2 * last, start + sum(map(len, parts[2 * place + 1 : 2 * last])), last
                yield Found(start, offset, names)


def _longest(parts: list[str], keys: list[str], first: int, trie: Node) -> tuple[int, list[Name]]:
    """Return the names of the longest label that begins at word `first`, and the place behind its last word."""
    node = trie
    best: tuple[int, list[Name]] = (first, [])
    for place in range(first, len(keys) - 1):
        if place > first and parts[2 * place].strip() not in _TIES:
            break
        if keys[place] not in node:
            break
        node = node[keys[place]]
        if "" in node:
            said = parts[2 * first + 1 : 2 * place + 2 : 2]
            agreeing = [name for name in node[""] if not name.written or _agrees(said, name.written)]
            if agreeing:
                best = (place + 1, agreeing)
    return best


def _agrees(said: list[str], written: tuple[str, ...]) -> bool:
    """Tell whether the words that must be written in one way are; the last may have a plural s."""
    last = len(written) - 1
    return all(
        not word or word == told or (place == last and told == f"{word}s")
        for place, (told, word) in enumerate(zip(said, written, strict=True))
    )
