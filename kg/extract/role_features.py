"""What the places of a name in a record say about its role, each as one short feature: `led=introducing`, `behind=(`.

Features say nothing about which rule or tagger found the name, so that they mean the same whatever finds it.

| feature | says |
|---|---|
| `type=`, `count=`, `length=` | what kind of thing it is, how often the abstract names it (4: or oftener), in how many words |
| `head=` | the last word of its longest name |
| `title=` | it is the `whole` name before the title's colon, stands `before` or `after` the colon or in a title without (`plain`), or `all`, `half`, `some` or `none` of its words do; `absent`: there is no title |
| `defined` | an abbreviation in brackets stands behind it |
| `own` | it stands beside what the paper calls its own (*our model, X*, *our models (X)*), or the paper gives it its name (*which we call X*) |
| `before=`, `before2=`, `behind=` | the word right before it, the one before that, the one behind it; a class of words, where it has one |
| `led0=`, `led1=`, `led2=` | classes of words before it in its clause, with none, one or more links (*of*, *with*) between |
| `followed=` | classes of words behind it in its sentence |
| `sentence=` | classes of words anywhere in its sentence |
| `part=` | its sentence is in front of the first one in which the paper speaks of itself, is that one (`0`), or comes after it |
| `place=` | its sentence is the first, the second or the last of the abstract, or another |
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from kg.extract.names import Entity, entity_of
from kg.extract.role_words import BEFORE, BEHIND, CUES, LINKS, OF_SENTENCE, OWN, PAPERS, PRESENTS
from kg.extract.tokens import Tokens, tokens
from kg.extract.vocabulary import Fact
from kg.model import Candidate, Field
from kg.ontology import load

_LEFT: Final = 14
_RIGHT: Final = 10
"""So many words before and behind a name are looked at."""

_MOST: Final = 4
"""Mentions and words are counted up to here."""

_LONG: Final = 3
"""Shorter words do not count where the words of a name are looked for in a title."""

_ENDS: Final = frozenset(".!?")
_STOPS: Final = frozenset(";:")
_BESIDE: Final = frozenset(",(")
"""What stands between a thing and its name."""

_OWNER: Final = 6
"""So many words before a name are looked at for *our*, or for the verb that gives it."""

_SHORTENED: Final = frozenset({"g", "e", "i", "al", "vs", "cf", "resp", "fig", "eq"})
"""What stands before a full stop that ends no sentence."""


class _Mark(NamedTuple):
    """What a word near a name says: its feature by the number of links between, its feature behind the name, its class."""

    led: tuple[str, ...]
    followed: str
    cue: str
    link: bool
    stop: bool


def _mark(word: str) -> _Mark:
    cue = CUES.get(word, "")
    led = tuple(f"led{links}={cue}" for links in range(3)) if cue else ()
    return _Mark(led, f"followed={cue}" if cue else "", cue, word in LINKS, word in _STOPS)


_MARKS: Final = {word: _mark(word) for word in sorted(CUES.keys() | LINKS | _STOPS)}
_SENTENCE: Final = {name: f"sentence={name}" for name in OF_SENTENCE}
_BEFORE: Final = {word: f"before={name}" for word, name in CUES.items()} | {word: f"before={word}" for word in BEFORE}
_BEFORE2: Final = {word: f"before2={word}" for word in BEFORE} | {word: f"before2={name}" for word, name in CUES.items()}
_BEHIND: Final = {word: f"behind={name}" for word, name in CUES.items()} | {word: f"behind={word}" for word in BEHIND}
_COUNT: Final = tuple(f"count={count}" for count in range(_MOST + 1))

_MARKED: Final = Fact(lambda _, key: _MARKS.get(key), np.object_)
_STOPPING: Final = Fact(lambda _, key: key in _ENDS)
_SPEAKING: Final = Fact(lambda _, key: key in OWN or key in PAPERS or key == "this")


class Seen(NamedTuple):
    """What a record says about the role of one entity.

    Attributes:
        known: The ontology knows it.
        features: The features.
        family: The ontology knows it as a family of things: *language model*.
    """

    known: bool
    features: set[str]
    family: bool = False


class _Place(NamedTuple):
    """A mention: tokens `[first, last)` of a passage."""

    passage: "_Passage"
    first: int
    last: int


@dataclass(slots=True)
class _Passage:
    """An abstract, made ready.

    Attributes:
        found: Its tokens.
        marks: What each token says of names near it, None for most.
        begins: The first token of each sentence, and the number of tokens.
        own: The sentence in which the paper begins to speak of itself; the number of sentences where it never does.
        coloured: The features of each sentence, as far as they have been asked for.
    """

    found: Tokens
    marks: list[_Mark | None]
    begins: list[int]
    own: int
    coloured: dict[int, list[str]] = field(default_factory=dict)


def seen(fields: Sequence[Field], kept: Sequence[Sequence[Candidate]]) -> dict[Entity, Seen]:
    """Return what a record says about the role of each entity that it names.

    Args:
        fields: Its title and abstract, as far as it has them.
        kept: The names in each field.
    """
    places: dict[Entity, list[_Place]] = {}
    names: dict[Entity, set[tuple[str, ...]]] = {}
    known: set[Entity] = set()
    families: set[Entity] = set()
    for each, candidates in zip(fields, kept, strict=True):
        if not candidates:
            continue
        found = tokens(each.text)
        passage = None if each.name == "title" else _passage(found)
        for candidate in candidates:
            entity = entity_of(each.text, candidate)
            first = max(0, bisect_right(found.starts, candidate.start) - 1)
            last = max(first + 1, bisect_left(found.starts, candidate.end))
            mentioned = places.setdefault(entity, [])
            names.setdefault(entity, set()).add(found.keys[first:last])
            if passage is not None:
                mentioned.append(_Place(passage, first, last))
            if candidate.concept is not None:
                known.add(entity)
                if _is_family(candidate.concept):
                    families.add(entity)
    title = _Title.of(next((each.text for each in fields if each.name == "title"), ""))
    return {
        entity: Seen(entity in known, _features(entity[0], mentioned, sorted(names[entity]), title), entity in families)
        for entity, mentioned in places.items()
    }


def _is_family(concept: str) -> bool:
    """Tell whether the ontology knows a concept, by its IRI, as a family."""
    listed = load().concepts.get(concept)
    return listed is not None and listed.family


def _features(kind: str, places: Sequence[_Place], names: Sequence[tuple[str, ...]], title: "_Title") -> set[str]:
    longest = names[0] if len(names) == 1 else max(names, key=len)
    features = {_COUNT[min(len(places), _MOST)], title.told(names, longest), *_of_name(kind, longest)}
    if len(names) > 1 and any(_follows(place, "(") for place in places):
        features.add("defined")
    for place in places:
        _around(features, *place)
    return features


@lru_cache(maxsize=65_536)
def _of_name(kind: str, name: tuple[str, ...]) -> tuple[str, ...]:
    """Return what type and name say by themselves."""
    return f"type={kind}", f"length={min(len(name), _MOST)}", f"head={name[-1]}"


def _follows(place: _Place, mark: str) -> bool:
    keys = place.passage.found.keys
    return place.last < len(keys) and keys[place.last] == mark


def _around(features: set[str], passage: _Passage, first: int, last: int) -> None:
    """Add what stands around tokens `[first, last)`."""
    keys, marks, begins, add = passage.found.keys, passage.marks, passage.begins, features.add
    sentence = bisect_right(begins, first, 0, len(begins) - 1) - 1
    begin, end = begins[sentence], begins[sentence + 1]
    add(_BEFORE.get(keys[first - 1], "before=other") if first > begin else "before=start")
    add(_BEFORE2.get(keys[first - 2], "before2=other") if first - 1 > begin else "before2=start")
    if last >= end:
        add("behind=end")
    else:
        add("behind=-" if passage.found.gaps[last] == "-" else _BEHIND.get(keys[last], "behind=other"))
    if first > begin and _is_own(keys, marks, begin, first):
        add("own")
    links = 0
    for mark in reversed(marks[max(begin, first - _LEFT) : first]):
        if mark is not None:
            if mark.stop:
                break
            if mark.led:
                add(mark.led[links])
            if mark.link and links < 2:
                links += 1
    for mark in marks[last : min(end, last + _RIGHT)]:
        if mark is not None and mark.followed:
            add(mark.followed)
    features.update(passage.coloured.get(sentence) or _colours(passage, sentence))


def _is_own(keys: Sequence[str], marks: Sequence[_Mark | None], begin: int, first: int) -> bool:
    """Tell whether a name is that of something the paper calls its own, or one that the paper gives."""
    beside = keys[first - 1] in _BESIDE
    last = first - 1 if beside else first
    for at in reversed(range(max(begin, last - _OWNER), last)):
        mark = marks[at]
        if mark is not None and mark.cue == ("our" if beside else "naming"):
            # *Our (X)* has nothing that could be called so; what others have named is not the paper's.
            return at < last - 1 if beside else any(near is not None and near.cue in {"we", "our"} for near in marks[begin:at])
        if not keys[at][0].isalnum():
            break
    return False


def _colours(passage: _Passage, sentence: int) -> list[str]:
    """Return what a sentence says of all names in it."""
    begin, end = passage.begins[sentence : sentence + 2]
    sentences = len(passage.begins) - 1
    part = "never" if passage.own == sentences else "front" if sentence < passage.own else min(sentence - passage.own, 3)
    place = "first" if sentence == 0 else "second" if sentence == 1 else "last" if sentence == sentences - 1 else "other"
    cues = {mark.cue for mark in passage.marks[begin:end] if mark is not None}
    coloured = [f"part={part}", f"place={place}", *(_SENTENCE[cue] for cue in cues & OF_SENTENCE)]
    passage.coloured[sentence] = coloured
    return coloured


def _passage(found: Tokens) -> _Passage:
    keys, count = found.keys, len(found.keys)
    begins = [0, *(at + 1 for at in found.where(_STOPPING) if _ends_sentence(found, at)), count]
    own = next((at for at in found.where(_SPEAKING) if _speaks(keys, at)), count)
    return _Passage(found, found.told(_MARKED).tolist(), begins, bisect_right(begins, own) - 1)


def _ends_sentence(found: Tokens, at: int) -> bool:
    """Tell whether a full stop or its like ends a sentence that is not the last one."""
    after = at + 1
    if after >= len(found.words) or found.gaps[after] != " " or (at and found.words[at - 1] in _SHORTENED):
        return False
    return found.words[after][0].isupper() or not found.words[after][0].isalpha()


def _speaks(keys: tuple[str, ...], at: int) -> bool:
    """Tell whether a word is one with which a paper speaks of itself."""
    key, after = keys[at], keys[at + 1] if at + 1 < len(keys) else ""
    if key == "this":
        return after in PAPERS or (at > 0 and keys[at - 1] == "in")
    return key in OWN or after in PRESENTS


class _Title(NamedTuple):
    """A title, made ready: its words, each between blanks; where its colon stands in them (-1: nowhere); and the set of them."""

    joined: str
    colon: int
    words: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "_Title":
        keys = tokens(text).keys
        joined = f" {' '.join(keys)} "
        return cls(joined, joined.find(" : "), frozenset(keys))

    def told(self, names: Sequence[tuple[str, ...]], longest: tuple[str, ...]) -> str:
        """Return the feature that says where in the title a thing with these names stands."""
        places = [
            (at, name)
            for words in names
            if words[0] in self.words
            for name in [f" {' '.join(words)} "]
            if (at := self.joined.find(name)) >= 0
        ]
        if places:
            return self._place(*min(places))
        shared = [word in self.words for word in longest if len(word) >= _LONG]
        if True not in shared:
            return "title=none" if self.words else "title=absent"
        return "title=all" if False not in shared else "title=half" if 2 * sum(shared) >= len(shared) else "title=some"

    def _place(self, at: int, name: str) -> str:
        if self.colon < 0:
            return "title=plain"
        if at > self.colon:
            return "title=after"
        return "title=whole" if at == 0 and len(name) - 1 == self.colon else "title=before"
