"""What a paper is about: topics worked out from its keywords, title, abstract, and the things that are named in them.

The idea is that of the CSO Classifier (Salatino et al., "The CSO Classifier: Ontology-Driven Detection of Research Topics
in Scholarly Articles", TPDL 2019): names of topics found in the text, and what is above them in the tree. Ours keeps the
passages, weighs them, and takes named methods, tasks and datasets as evidence too. In place of word vectors it has the
links of the ontology, so that each topic can be explained.

Each passage p that speaks for a topic has a weight w(p), by where it stands and what it is (`PLACE`, `_MENTIONED` and
others below). For a topic above the one that it names, the weight is multiplied by RISE / sqrt(n) for each step up, where
n is the number of topics directly above: what rises to several topics is shared among them. The best way up counts. Then

    score(topic) = 1 - product over its passages of (1 - weight)

so that one passage counts once for a topic, several add up, and none is ever sure. A topic with a score of at least
`ENOUGH` is a topic of the paper; at most `MOST` are kept.

A name that is an ordinary word, or means something else in other fields (*active learning* in schools), counts only where
another passage, or a printed category, speaks for a topic that it has something in common with: above it, below it, or
beside it under a topic that is not too general. The thing found under the same name is such a passage: whether that is told
is decided with all other names of the record. Categories that the source prints are facts and are not worked out; where it
prints codes of a scheme, no further ones of that scheme are added.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from kg.extract import lexicon
from kg.extract.settings import DEFAULT, Settings
from kg.extract.topics.index import TopicIndex, index_of, names_in
from kg.extract.topics.schemes import SchemeFile, joined, stamped
from kg.model import Mention, Record
from kg.model.topics import PaperTopic, TopicPassage
from kg.ontology import Ontology

PLACE: Final = {"keyword": 0.4, "title": 0.6, "abstract": 0.3}
"""The weight of a passage by the field that it stands in."""

WHOLE_KEYWORD: Final = 0.8
"""The weight of a keyword that is the name of a topic as a whole."""

_KINDS: Final = {"method": 1.0, "task": 1.0, "software": 0.5, "dataset": 0.5, "metric": 0.5}
"""Share of a named thing by its type: data sets and metrics are shared by many topics."""

_MENTIONED: Final = 0.5
"""Share of a thing that the paper only mentions."""

RISE: Final = 0.7
"""What is left of a weight one step up the tree."""

_SLIGHT: Final = 0.02
"""A smaller weight rises no further."""

ENOUGH: Final = 0.5
"""The score from which on a topic is one of the paper."""

MOST: Final = 8
"""A paper has no more topics than this: the surest."""

MOST_PASSAGES: Final = 3
"""So many passages are kept for a topic: the strongest."""


class _Hit(NamedTuple):
    """A passage that names a topic: place of the field in the record, offsets, number of the topic, weight, rule."""

    field: int
    start: int
    end: int
    topic: int
    weight: float
    by: str


class _Said(NamedTuple):
    """How a passage speaks for a topic: weight, steps from the topic that it names, and the hit."""

    weight: float
    steps: int
    hit: _Hit


def known(settings: Settings = DEFAULT) -> Ontology:
    """Return the ontology with a person's own names and schemes of topics.

    Raises:
        UsageError: If a file of either is none; the message names file and line.
    """
    return _known(lexicon.of(settings.lexicons), stamped(settings.schemes))


@lru_cache(maxsize=2)
def _known(names: lexicon.Lexicon, schemes: tuple[SchemeFile, ...]) -> Ontology:
    return joined(schemes, names.ontology)


@lru_cache(maxsize=2)
def _index(names: lexicon.Lexicon, schemes: tuple[SchemeFile, ...]) -> TopicIndex:
    return index_of(_known(names, schemes))


def index(settings: Settings = DEFAULT) -> TopicIndex:
    """Return the index of all topics that are looked for; made once a process.

    Raises:
        UsageError: If a file of names or topics is none.
    """
    return _index(lexicon.of(settings.lexicons), stamped(settings.schemes))


def topics_of(record: Record, mentions: Iterable[Mention], printed: Collection[str], topics: TopicIndex) -> list[PaperTopic]:
    """Return the topics of a record, the surest first, without those that its source prints.

    Args:
        record: The record.
        mentions: The things named in its title and abstract.
        printed: Paths of the topics that its source prints as categories.
        topics: The topics that are looked for.
    """
    given = {topics.numbers[path] for path in printed if path in topics.numbers}
    firm, doubtful = _hits(record, topics)
    firm += _mentioned(record, mentions, topics)
    # A doubtful name needs a neighbour: a topic that is sure and has something in common with it.
    sure: set[int] = set()
    for number in {*given, *(hit.topic for hit in firm)} if doubtful else ():
        sure |= topics.around(number)
    firm += [hit for hit in doubtful if not sure.isdisjoint(topics.around(hit.topic))]
    passages = _risen(_passages(firm), topics)
    coded = any(topics.coded[number] for number in given)
    found = []
    for topic, said in passages.items():
        score = _score(said.values())
        if score >= ENOUGH and not (topic in given or topics.general[topic] or (coded and topics.coded[topic])):
            found.append(PaperTopic(topics.paths[topic], round(score, 4), _strongest(said.values(), record)))
    return sorted(found, key=lambda each: (-each.score, each.topic))[:MOST]


def _hits(record: Record, topics: TopicIndex) -> tuple[list[_Hit], list[_Hit]]:
    """Return the names of topics in a record: those that are sure, and those that need a neighbour."""
    firm: list[_Hit] = []
    doubtful: list[_Hit] = []
    for place, field in enumerate(record.fields):
        if field.name in PLACE:
            for found in names_in(field.text, topics):
                whole = field.name == "keyword" and found.end - found.start >= len(field.text.strip())
                for name in found.names:
                    weight = WHOLE_KEYWORD if whole else PLACE[field.name] * name.share
                    by = "topic:keyword" if field.name == "keyword" else "topic:label"
                    (doubtful if name.ambiguous else firm).append(_Hit(place, found.start, found.end, name.topic, weight, by))
    return firm, doubtful


def _mentioned(record: Record, mentions: Iterable[Mention], topics: TopicIndex) -> Iterator[_Hit]:
    """Yield which topics the things speak for that are named in a record."""
    places = {field.name: place for place, field in reversed(list(enumerate(record.fields)))}
    for mention in mentions:
        thing, share = mention.concept or mention.broader, _KINDS.get(mention.type)
        if thing and share:
            weight = PLACE[mention.field] * share * mention.score * (_MENTIONED if mention.role == "mentions" else 1.0)
            for topic, part in topics.of_thing(thing):
                yield _Hit(places[mention.field], mention.field_start, mention.field_end, topic, weight * part, "topic:mention")


def _passages(hits: Iterable[_Hit]) -> dict[int, dict[tuple[int, int], _Said]]:
    """Return for each topic its passages by field and rank; hits that overlap are one passage."""
    found: dict[int, dict[tuple[int, int], _Said]] = defaultdict(dict)
    rank, behind, field = 0, -1, -1
    for hit in sorted(hits):
        if hit.field != field or hit.start >= behind:
            rank, field, behind = rank + 1, hit.field, hit.end
        behind = max(behind, hit.end)
        _keep(found[hit.topic], (field, rank), _Said(hit.weight, 0, hit))
    return found


def _keep(passages: dict[tuple[int, int], _Said], passage: tuple[int, int], said: _Said) -> None:
    """Keep for a passage the way in which it speaks most for the topic."""
    before = passages.get(passage)
    if before is None or (-said.weight, said.steps, said.hit) < (-before.weight, before.steps, before.hit):
        passages[passage] = said


def _risen(found: dict[int, dict[tuple[int, int], _Said]], topics: TopicIndex) -> dict[int, dict[tuple[int, int], _Said]]:
    """Return the passages of all topics, with those that come up from the topics below."""
    waiting = {*found}
    while waiting:
        topic = min(waiting, key=lambda each: (topics.order[each], each))  # what is below comes first
        waiting.remove(topic)
        left = RISE / len(topics.above[topic]) ** 0.5 if topics.above[topic] else 0.0
        for passage, said in found[topic].items():
            if said.weight * left >= _SLIGHT:
                waiting.update(topics.above[topic])
                for above in topics.above[topic]:
                    _keep(found[above], passage, _Said(said.weight * left, said.steps + 1, said.hit))
    return found


def _score(said: Iterable[_Said]) -> float:
    left = 1.0
    for weight in sorted(each.weight for each in said):  # in one order, so that the last digit never differs
        left *= 1.0 - weight
    return 1.0 - left


def _strongest(said: Iterable[_Said], record: Record) -> tuple[TopicPassage, ...]:
    """Return the passages that speak most for a topic."""
    ranked = sorted(said, key=lambda each: (-each.weight, each.steps, each.hit))[:MOST_PASSAGES]
    return tuple(
        TopicPassage(record.fields[hit.field], hit.start, hit.end, f"{hit.by}:narrower" if steps else hit.by)
        for _, steps, hit in ranked
    )
