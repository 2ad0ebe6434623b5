"""Known names: every label of every concept in the ontology, found as whole words, the longest first.

A label in lower case or in Title Case is found in any case, unless it names data, software or an institution; one
with capitals inside, or that the ontology calls exact, only as it is written, with or without a plural s. Hyphens
count as blanks, plurals and British spelling as their equals. A label that the ontology calls ambiguous (an
ordinary word, a common abbreviation) is taken only where its surroundings support it. Names that a person adds
are found in the same way, and before ours where both fit.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from kg.extract.beginnings import Beginnings
from kg.extract.lexicon_files import LexiconFile, combined, read
from kg.extract.shape import ABBREVIATED
from kg.extract.tokens import Tokens, begins, ends, key, tokens, words
from kg.garbage import unsearched
from kg.model import Candidate
from kg.model.mentions import MENTION_TYPES, MentionType
from kg.ontology import Concept, Label, Ontology
from kg.text import word_set

kinds: tuple[MentionType, ...] = MENTION_TYPES

HEADS: Final[dict[str, frozenset[str]]] = {
    "method": word_set(
        "model network architecture algorithm method approach framework optimizer agent layer mechanism module head "
        "loss objective function encoder decoder backbone variant family training system technique policy kernel "
        "solver sampler planner estimator block unit cell pretraining inference baseline checkpoint"
    ),
    "dataset": word_set(
        "dataset benchmark corpus collection challenge leaderboard suite environment task test data treebank simulator "
        "game competition domain split subset database knowledge track"
    ),
    "task": word_set("task problem challenge system model benchmark dataset setting"),
    "metric": word_set("score metric measure value distance accuracy error rate point improvement"),
    "software": word_set("library package toolkit framework compiler language platform software tool program"),
    "institution": word_set("lab team research researcher university institute"),
    "person": frozenset(),
}
"""Nouns that stand behind a name of a type and are not part of it: *the X dataset*, *the X optimizer*."""

AMBIGUOUS: Final = 0.75
"""The score of a label that may mean something else."""

_NEAR: Final = 12
_COMPARING: Final = word_set(
    "% outperform outperforming surpass higher highest better best improve improving improvement superior comparable "
    "competitive percent exceed compared benchmark dataset drop gain"
)
"""What stands near the name of a metric that is reported."""

_ATTRACTING: Final = word_set(
    "attract attracted attracting draw drawn drawing pay paid paying receive received receiving gain gained gaining garner "
    "garnered much more considerable increasing increased significant great growing little limited special careful "
    "extensive substantial widespread tremendous recent wide less research close particular deserve require no"
)
"""What stands before *attention* in its everyday sense."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One label of one concept, ready to be compared.

    Attributes:
        concept: The concept it names.
        type: The type of a mention of it.
        label: The label.
        words: Its words as written.
        cased: The words whose case must agree, each behind its place in the label.
    """

    concept: Concept
    type: MentionType
    label: Label
    words: tuple[str, ...]
    cased: tuple[tuple[int, str], ...]


@dataclass(slots=True)
class Node:
    """A node of the trie: where the next key leads, and the labels that end here."""

    following: dict[str, "Node"] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)


class Trie:
    """All labels, by their keys; those with one first key become nodes when a text first has it, as most never have.

    Args:
        labels: Each label with the concept it names and the type of its mentions; of two with the same keys the first counts.

    Attributes:
        beginnings: What tells where in a text a label may begin.
    """

    def __init__(self, labels: Iterable[tuple[Concept, MentionType, Label]]) -> None:
        self._folded: dict[str, list[_Folded]] = {}
        self._nodes: dict[str, Node] = {}
        for concept, mention_type, label in labels:
            written = words(label.text)
            if keys := tuple(map(key, written)):
                self._folded.setdefault(keys[0], []).append(_Folded(keys, concept, mention_type, label, written))
        alone = (first for first, those in self._folded.items() if any(len(each.keys) == 1 for each in those))
        pairs = ((first, each.keys[1]) for first, those in self._folded.items() for each in those if len(each.keys) > 1)
        self.beginnings = Beginnings(alone, pairs)

    def beginning(self, first: str) -> Node | None:
        """Return where labels go on whose first key this is, None if none begins so."""
        node = self._nodes.get(first)
        if node is None and first in self._folded:
            node = self._nodes[first] = _unfolded(self._folded[first])
        return node


class _Folded(NamedTuple):
    """A label that is no entry yet: its keys, whose it is, and its words as written."""

    keys: tuple[str, ...]
    concept: Concept
    type: MentionType
    label: Label
    words: tuple[str, ...]


def _unfolded(labels: Iterable[_Folded]) -> Node:
    """Return the node behind the first key of these labels, which all have it."""
    root = Node()
    for keys, concept, mention_type, label, written in labels:
        node = root
        for each in keys[1:]:
            node = node.following.setdefault(each, Node())
        node.entries.append(Entry(concept, mention_type, label, written, _cased(written, label, mention_type)))
    return root


class Match(NamedTuple):
    """A label found: tokens `[first, last)`, and whose label it is."""

    first: int
    last: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Which names are looked for; it is small, and what is made of it is kept.

    Attributes:
        added: Files of a person's own names; none for the ontology's alone.
    """

    added: tuple[LexiconFile, ...] = ()

    @property
    def ontology(self) -> Ontology:
        """The ontology with the names of the files.

        Raises:
            UsageError: If a file is no list of names.
        """
        return combined(self.added)


SHIPPED: Final = Lexicon()
"""The ontology's names alone."""


def of(paths: Iterable[str]) -> Lexicon:
    """Return the lexicon of the ontology and these files, as they are now.

    Raises:
        UsageError: If a file cannot be read.
    """
    added = read(paths)
    return Lexicon(added) if added else SHIPPED


def extract(text: str, names: Lexicon = SHIPPED) -> Iterator[Candidate]:
    """Yield the known names in `text`, in order."""
    yield from find(text, names)


@lru_cache(maxsize=16)
def find(text: str, names: Lexicon = SHIPPED) -> tuple[Candidate, ...]:
    """Return the known names in `text`, in order; other rules ask for the names of the same text again."""
    found = tokens(text)
    matches = list(_matches(found, _trie(names)))
    named = {match.entry.concept.iri for match in matches if not match.entry.label.ambiguous}
    backed = named | {match.entry.concept.iri for match in matches if match.entry.label.ambiguous and supported(found, match)}
    linked = [match.entry.concept.iri in named or not _is_short_for_more(match.entry) for match in matches]
    return tuple(
        Candidate(
            found.starts[match.first],
            found.ends[match.last - 1],
            match.entry.type,
            AMBIGUOUS if match.entry.label.ambiguous else 0.85 if match.entry.concept.family else 0.95,
            f"lexicon:{match.entry.label.source}" if match.entry.label.source else "lexicon",
            match.entry.concept.name if sure else None,
            match.entry.concept.iri if sure else None,
        )
        for match, sure in zip(matches, linked, strict=True)
        if match.entry.concept.iri in backed and not _is_ordinary(found, match) and not _is_owner(found, match)
    )


@lru_cache(maxsize=4096)
def known(name: str, names: Lexicon = SHIPPED) -> Entry | None:
    """Return the label that is the whole of `name`, if one is."""
    found = tokens(name)
    node = _trie(names).beginning(found.key(0))
    match = None if node is None else _longest(found, 0, node)
    return match.entry if match is not None and match.last == len(found.words) else None


def supported(found: Tokens, match: Match) -> bool:
    """Tell whether the surroundings of an ambiguous label say that it is meant as a name of its type.

    They do where a head noun of the type follows, where it stands in brackets behind words or has a bracket
    behind it, and, for data, where results are reported *on* it.
    """
    if found.key(match.last) in HEADS[match.entry.type]:
        return True
    before, after = found.word(match.first - 1), found.word(match.last)
    if before == "(" and after in {")", ",", ";"}:
        return True
    if match.entry.type == "metric" and _reports(found, match):
        return True
    if match.entry.words[-1][0].islower():
        return False
    if after in {"(", "["}:
        return True
    article = before.lower() in {"the", "a"}
    preposition = found.word(match.first - 2 if article else match.first - 1).lower()
    return match.entry.type == "dataset" and preposition in {"on", "from"}


def _is_short_for_more(entry: Entry) -> bool:
    """Tell whether a label is an abbreviation that stands for other things too: *SSL*, *AMR*, *ILP*.

    Where the text says none of the concept's other names, it is a name, but of what stays open. Of 133 such mentions
    in annotated abstracts 19 meant the concept that the ontology knows, and 86 another one. A reported metric is the exception: *AUC* and *AP* behind a figure mean what they usually mean.
    """
    label = entry.label
    return (
        label.ambiguous
        and entry.type != "metric"
        and label.text != entry.concept.name
        and len(label.text) <= ABBREVIATED
        and sum(c.isupper() for c in label.text) > 1
    )


def _reports(found: Tokens, match: Match) -> bool:
    """Tell whether a figure or a comparison stands near a metric."""
    near = found.keys[max(0, match.first - _NEAR) : match.last + _NEAR]
    return any(key in _COMPARING or key.isdigit() for key in near)


def _is_ordinary(found: Tokens, match: Match) -> bool:
    """Tell whether a technical word is meant in its everyday sense: *attracted attention*, *attention to detail*."""
    if found.keys[match.last - 1] != "attention" or match.last - match.first > 1:
        return False
    return found.key(match.first - 1) in _ATTRACTING or found.key(match.last) in {"to", "from", "due", "in", "because"}


def _is_owner(found: Tokens, match: Match) -> bool:
    """Tell whether an institution is part of another name: *DeepMind Lab*."""
    after = found.word(match.last)
    return match.entry.type == "institution" and after[:1].isupper() and found.gap(match.last) == " "


@lru_cache(maxsize=4)
def _trie(names: Lexicon) -> Trie:
    """Return the trie of all labels."""
    ontology = names.ontology
    # Where two concepts have one label, a person's own is asked first.
    concepts = sorted(ontology.concepts.values(), key=lambda concept: not any(label.source for label in concept.labels))
    with unsearched():
        return Trie(
            (concept, t, label)
            for concept in concepts
            for t in MENTION_TYPES if t == ontology.kinds[concept.kind].mention_type
            for label in _strictest(concept)
        )  # fmt: skip


def _strictest(concept: Concept) -> list[Label]:
    """Return the labels of a concept, of those with the same text only the one that asks for most."""
    strictest: dict[str, Label] = {}
    for label in sorted(concept.labels, key=lambda label: (label.ambiguous, label.exact)):
        strictest[label.text] = label
    return list(strictest.values())


def _cased(words: Sequence[str], label: Label, mention_type: MentionType) -> tuple[tuple[int, str], ...]:
    """Return the words of a label whose case must agree: data, software and institutions have proper names."""
    if label.exact:
        return tuple(enumerate(words))
    proper = mention_type in {"dataset", "software", "institution", "person"}
    return tuple(
        (place, word)
        for place, word in enumerate(words)
        if not word.islower() and (proper or not word.istitle() or len(word) == 1)
    )


def _matches(found: Tokens, known: Trie) -> Iterator[Match]:
    """Yield the leftmost longest labels, in order."""
    behind = 0
    for first in known.beginnings.among(found.vocabulary, found.numbers):
        node = known.beginning(found.keys[first]) if first >= behind else None
        match = None if node is None else _longest(found, first, node)
        if match is not None:
            yield match
            behind = match.last


def _longest(found: Tokens, first: int, node: Node) -> Match | None:
    """Return the longest label that begins at token `first`, whose key leads to `node`."""
    keys, best, free = found.keys, None, None
    last, count = first + 1, len(found.keys)
    while True:
        if node.entries and ends(found, last):
            # Most tokens begin no name: whether one may begin here is asked only where one would end.
            free = begins(found, first) if free is None else free
            if not free:
                return None
            for entry in node.entries:
                if _agrees(found.words, first, entry):
                    best = Match(first, last, entry)
                    break
        step = node.following.get(keys[last]) if last < count else None
        if step is None:
            return best
        node, last = step, last + 1


def _agrees(words: Sequence[str], first: int, entry: Entry) -> bool:
    """Tell whether the case of the words from `first` agrees with the label; the keys agree already."""
    for place, word in entry.cased:
        written = words[first + place]
        if written == word:
            continue
        if word.islower():
            agrees = written.islower() or (place == 0 and written[1:].islower())
        else:
            agrees = place == len(entry.words) - 1 and written in {word + "s", word + "es"}
        if not agrees:
            return False
    return True
