"""Which records are one paper.

Evidence is added up as in Fellegi and Sunter (1969): each feature of a pair speaks for or against with a weight
in log-odds, and the sum is a probability. Identifiers, titles, authors, dates, the names that a paper introduces
and its text all speak; none is needed, and only two of them can veto: different identifiers of one scheme, and
different version numbers of one name (Gemma 2 is not Gemma 3, however alike their abstracts).

Pairs that are never compared cannot be missed at random: a pair is a candidate when it shares an identifier, a
title, an introduced name, or one of the smallest hashed shingles of the text (Broder 1997).
"""

import hashlib
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.ids import arxiv_id
from kg.model import Judgement, Mention, Record
from kg.names import is_group, parse
from kg.text import words

Hashes = npt.NDArray[np.uint64]

SAME: Final = 0.9
"""From this probability on, two records are taken for one paper."""

UNSURE: Final = 0.4
"""From this probability on, a pair is kept for people to look at."""

PRIOR: Final = -4.0
"""Log-odds that a candidate pair is one paper before any feature has spoken."""

SKETCH: Final = 12
"""How many of a text's smallest shingle hashes are its keys."""

BLOCK: Final = 48
"""A key shared by more records than this is no evidence: each is compared with its neighbours only."""

SHARED_TEXT: Final = 5.0
"""The most that shared text says of two papers with different titles: groups reuse sentences from paper to paper."""

_SAME_TEXT: Final = 9.0
"""What one and the same text says, which is the most that a text can say."""

TELLING: Final = 12
"""An abstract of fewer different words than this may be anybody's: it does not make two records one by itself."""

_VERSION: Final = re.compile(r"v?[0-9]+|i{1,3}|iv|vi{0,3}|ix")
_GLUED: Final = re.compile(r"([a-z]+?)(v?[0-9]+)")
"""A word with a version number at its end, as in `qwen2` and `dinov2`."""

_ARXIV_MONTH: Final = re.compile(r"(?:[a-z-]+/)?([0-9]{2})([0-9]{2})")
_GENERIC: Final = frozenset({"introduction", "editorial", "preface", "untitled", "abstract", "foreword", "erratum"})


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """What identity looks at in one record. A hash has 64 bits; arrays of them are sorted and without repetition.

    Attributes:
        record: The record's id.
        anchor: Hash of its content, the same wherever the same record stands.
        arxiv: Its arXiv id without version, or an empty string.
        identifiers: All its identifiers as `scheme:id`, the arXiv id among them.
        title: Its folded title.
        authors: Folded names in printed order; collectives left out.
        month: Months since year 0 of its date or arXiv id, None if unknown.
        names: Folded names that it introduces.
        head: What its title names before a colon, folded, or an empty string.
        running: Its abstract, folded, on one line.
        words: Hashes of the words of its abstract.
        shingles: Hashes of all runs of four words of its abstract.
    """

    record: str
    anchor: str
    arxiv: str
    identifiers: frozenset[str]
    title: str
    authors: tuple[str, ...]
    month: int | None
    names: frozenset[str]
    head: str
    running: str
    words: Hashes
    shingles: Hashes


def features(record: Record, mentions: Iterable[Mention]) -> Features:
    """Return what identity looks at in a paper's record."""
    title = record.first("title")
    abstract = record.first("abstract")
    number = record.first("arxiv_id")
    date = next((f.value for f in record.all("date") if f.value), None)
    arxiv = (arxiv_id(number.value or number.text) or "") if number else ""
    identifiers = {field.value for field in record.all("identifier") if field.value}
    folded_title = " ".join(words(title.text)) if title else ""
    running = words(abstract.text) if abstract else []
    authors = tuple(parse(f.text).folded for f in record.all("author") if not is_group(f.text))
    before, colon, _ = title.text.partition(":") if title else ("", "", "")
    head = " ".join(words(before)) if colon and len(before.split()) <= 4 else ""
    names = {" ".join(words(m.canonical)) for m in mentions if m.role == "introduces" and m.type != "person"}
    names.add(head)
    content = "\n".join((arxiv, folded_title, " ".join(running), ",".join(authors)))
    hashes = np.array([_hash(word) for word in running], np.uint64)
    return Features(
        record=record.id,
        anchor=hashlib.sha256(content.encode()).hexdigest()[:16],
        arxiv=arxiv,
        identifiers=frozenset(identifiers | ({f"arxiv:{arxiv}"} if arxiv else set())),
        title=folded_title,
        authors=authors,
        month=_month(date, arxiv),
        names=frozenset(names - {""}),
        head=head,
        running=f" {' '.join(running)} ",
        words=np.unique(hashes),
        shingles=_shingles(hashes),
    )


@lru_cache(maxsize=1 << 17)
def _hash(word: str) -> int:
    """Return a hash that is the same in every process."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())


def _month(date: str | None, arxiv: str) -> int | None:
    """Return the month of a date, or the one that is in an arXiv id, as a running number."""
    if date and len(date) >= 7:
        return int(date[:4]) * 12 + int(date[5:7])
    match = _ARXIV_MONTH.match(arxiv)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2])
    return (year + (1900 if year > 90 else 2000)) * 12 + month


def _shingles(hashes: Hashes, size: int = 4) -> Hashes:
    """Return a hash of each run of `size` words: a sum that depends on their order, mixed as in SplitMix64 (Steele 2014)."""
    count = len(hashes) - size + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    mixed = np.zeros(count, np.uint64)
    for place in range(size):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + hashes[place : place + count]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.unique(mixed ^ (mixed >> np.uint64(31)))


def keys(paper: Features) -> Iterator[str]:
    """Yield the names under which a paper meets those it could be the same as; runs of words come to them."""
    yield from sorted(paper.identifiers)
    if paper.title:
        yield f"title:{paper.title}"
    yield from (f"name:{name}" for name in sorted(paper.names))


def judge(papers: Iterable[Features]) -> list[Judgement]:
    """Return the judgements on all candidate pairs, sorted.

    Records of the very same telling content are one at once; only one of them is compared with others.
    """
    copies: dict[str, list[Features]] = defaultdict(list)
    for paper in sorted(papers, key=lambda p: p.record):
        copies[_content(paper)].append(paper)
    found = [
        Judgement("paper", first.record, other.record, "same", 1.0, "same-content", {"content": 1.0})
        for first, *others in copies.values()
        for other in others
    ]
    distinct = [first for first, *_ in copies.values()]
    found += [j for left, right in candidates(distinct) if (j := compare(left, right)) is not None]
    return sorted(found, key=lambda j: (j.left, j.right, j.rule))


def _content(paper: Features) -> str:
    """Return a key that only records of one paper share: its content, if that is telling, else the record's own id.

    A title of its own is telling with its month; "Introduction" is not, nor is an abstract of a few words.
    """
    if paper.arxiv or len(paper.words) >= TELLING:
        return paper.anchor
    return f"{paper.anchor} {paper.month}" if own_title(paper.title) else paper.record


def candidates(papers: list[Features]) -> list[tuple[Features, Features]]:
    """Return the pairs that share a key, each once, in the order of their records."""
    ordered = sorted(papers, key=lambda p: p.record)
    count = len(ordered)
    by_title = np.empty(count, np.int64)
    by_title[sorted(range(count), key=lambda place: ordered[place].title)] = np.arange(count)
    found = [np.zeros(0, np.int64)]
    for block in (*_named_blocks(ordered), *_text_blocks(ordered)):
        places = block[np.argsort(by_title[block])]
        reach = len(places) if len(places) <= BLOCK else 4
        for step in range(1, min(reach + 1, len(places))):
            one, other = places[:-step], places[step:]
            found.append(np.minimum(one, other) * count + np.maximum(one, other))
    pairs = np.unique(np.concatenate(found))
    return [(ordered[pair // count], ordered[pair % count]) for pair in pairs.tolist()]


def _named_blocks(papers: Sequence[Features]) -> Iterator[npt.NDArray[np.int64]]:
    """Yield the places of the papers that share a name."""
    blocks: dict[str, int | list[int]] = {}
    for place, paper in enumerate(papers):
        for key in keys(paper):
            # Most keys are one paper's only: for these there is no list.
            known = blocks.setdefault(key, place)
            if isinstance(known, list):
                known.append(place)
            elif known != place:
                blocks[key] = [known, place]
    yield from (np.array(block) for block in blocks.values() if isinstance(block, list))


def _text_blocks(papers: Sequence[Features]) -> Iterator[npt.NDArray[np.int64]]:
    """Yield the places of the papers that share one of their smallest runs of words."""
    sketches = [paper.shingles[:SKETCH] for paper in papers]
    hashes = np.concatenate([*sketches, np.empty(0, np.uint64)])
    places = np.repeat(np.arange(len(papers)), [len(sketch) for sketch in sketches])
    order = np.argsort(hashes, kind="stable")
    hashes, places = hashes[order], places[order]
    starts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1])))
    ends = np.append(starts[1:], len(hashes))
    shared = ends - starts > 1
    for start, end in zip(starts[shared].tolist(), ends[shared].tolist(), strict=True):
        yield places[start:end]


def compare(left: Features, right: Features) -> Judgement | None:
    """Weigh the evidence on a pair; None where it is not worth keeping."""
    veto = _veto(left, right)
    # Comparing texts takes longer than all the rest: it is left out where not even one and the same text could help.
    texts = len(left.words) and len(right.words)
    weights = dict(_weights(left, right, _SAME_TEXT if texts else None))
    if not veto and _probability(weights) < UNSURE:
        return None
    if texts:
        weights["text"] = _text(left, right)
    weights = {name: weight for name, weight in weights.items() if weight}
    score = _probability(weights)
    if not veto and score < UNSURE:
        return None
    evidence: dict[str, float | str] = {name: round(weight, 2) for name, weight in weights.items()}
    if veto:
        return Judgement("paper", left.record, right.record, "different", 1.0, veto, evidence)
    rule = "+".join(name for name, weight in sorted(weights.items(), key=lambda w: (-w[1], w[0])) if weight > 0)
    return Judgement(
        "paper", left.record, right.record, "same" if score >= SAME else "unsure", round(score, 4), rule, evidence
    )


def _probability(weights: Mapping[str, float]) -> float:
    """Return the probability that the evidence amounts to."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, PRIOR + sum(weights.values())))))


def _veto(left: Features, right: Features) -> str:
    """Name what makes it impossible that two records are one paper, if anything does."""
    if left.arxiv and right.arxiv and left.arxiv != right.arxiv:
        return "different-arxiv-ids"
    if left.arxiv and left.arxiv == right.arxiv:
        return ""
    if left.title and right.title and left.title != right.title and _other_version(left.title, right.title):
        return "different-versions-in-title"
    named_apart = left.names.isdisjoint(right.names)
    if named_apart and any(_other_version(one, other) for one in left.names for other in right.names):
        return "different-versions-of-a-name"
    return ""


def _other_version(one: str, other: str) -> bool:
    """Tell whether two names are the same up to where only their version numbers differ.

    >>> _other_version("gemma 2", "gemma 3"), _other_version("gemma", "gemma 3"), _other_version("qwen2", "qwen3")
    (True, True, True)
    >>> _other_version("gemma 2 report", "gemma report"), _other_version("bert", "gpt 3")
    (True, False)
    """
    a, b = _versioned(one), _versioned(other)
    shared = 0
    while shared < min(len(a), len(b)) and a[shared] == b[shared]:
        shared += 1
    if not shared:
        return False
    (head, rest), (other_head, other_rest) = ((words[shared : shared + 1], words[shared + 1 :]) for words in (a, b))
    one_is, other_is = (bool(word and _VERSION.fullmatch(word[0])) for word in (head, other_head))
    if one_is and other_is:
        return True
    return (one_is and (not other_head or rest == b[shared:])) or (other_is and (not head or other_rest == a[shared:]))


@lru_cache(maxsize=1 << 16)
def _versioned(name: str) -> tuple[str, ...]:
    """Return the words of a name, version numbers apart.

    >>> _versioned("dinov2 for 3d")
    ('dino', 'v2', 'for', '3d')
    """
    found: list[str] = []
    for word in name.split():
        glued = None if _VERSION.fullmatch(word) else _GLUED.fullmatch(word)
        found += glued.groups() if glued else (word,)
    return tuple(found)


def _weights(left: Features, right: Features, text: float | None) -> Iterator[tuple[str, float]]:
    """Yield what each feature says of a pair, in log-odds; a feature that one side lacks is silent."""
    if left.arxiv and right.arxiv:
        yield "arxiv-id", 12.0 if left.arxiv == right.arxiv else -12.0
    if left.identifiers and right.identifiers:
        yield "identifier", _identifiers(left.identifiers, right.identifiers)
    if left.title and right.title:
        yield "title", _title(left.title, right.title)
    if left.authors and right.authors:
        yield "authors", _authors(left, right)
    if left.month is not None and right.month is not None:
        apart = abs(left.month - right.month)
        yield "date", 2.0 if apart == 0 else 1.0 if apart == 1 else 0.0 if apart <= 12 else -3.0
    if text is not None:
        yield "text", text
    if left.names and right.names:
        shared = left.names & right.names
        yield "introduced-name", 4.0 if shared else -0.5
    if any(one.head and f" {one.head} " in other.running for one, other in ((left, right), (right, left))):
        yield "title-names-it", 2.0


def _identifiers(left: frozenset[str], right: frozenset[str]) -> float:
    """Compare identifiers other than arXiv ids: a preprint and its article may have a DOI each, so other ones veto nothing."""
    if any(not known.startswith("arxiv:") for known in left & right):
        return 12.0
    dois = [{known for known in side if known.startswith("doi:")} for side in (left, right)]
    return -3.0 if all(dois) else 0.0


def own_title(title: str) -> bool:
    """Tell whether a title is likely to be one paper's only."""
    return title not in _GENERIC and len(title.split()) >= 3


def _title(left: str, right: str) -> float:
    if left == right:
        return 6.0 if own_title(left) else 1.0
    overlap = _jaccard(frozenset(left.split()), frozenset(right.split()))
    # One word more or less can be a typing error or a follow-up ("batch"): little is said until the text speaks.
    return 1.5 if overlap >= 0.8 else -1.0 if overlap >= 0.5 else -4.0


def _authors(left: Features, right: Features) -> float:
    """Compare author lists by surname and initial, since lists print names differently; a cut list is a prefix."""
    one = {_block(name) for name in left.authors}
    other = {_block(name) for name in right.authors}
    shared = len(one & other) / min(len(one), len(other))
    return 3.0 if shared >= 0.6 else 1.0 if shared > 0 else -4.0


@lru_cache(maxsize=1 << 20)
def _block(name: str) -> str:
    """Return the key of a name; a paper is compared with many others, and its names are taken apart once."""
    return parse(name).block


def _text(left: Features, right: Features) -> float:
    """Compare abstracts: runs of words that both have, and, where there are none, how much vocabulary they share."""
    if len(left.words) >= TELLING and np.array_equal(left.words, right.words):
        return _SAME_TEXT
    smaller = min(len(left.shingles), len(right.shingles))
    contained = _shared(left.shingles, right.shingles) / smaller if smaller else 0.0
    if contained >= 0.1:
        retitled = left.title and right.title and left.title != right.title
        return min(SHARED_TEXT if retitled else 8.0, 2.0 + 8.0 * contained)
    shared = _shared(left.words, right.words)
    alike = shared / (len(left.words) + len(right.words) - shared)
    return 1.0 if alike >= 0.25 else 0.0 if alike >= 0.12 else -2.5


def _shared(left: Hashes, right: Hashes) -> int:
    """Return how many values two sorted arrays have in common."""
    both = np.concatenate((left, right))
    both.sort()
    return int(np.count_nonzero(both[1:] == both[:-1]))


def _jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / len(left | right) if left or right else 0.0
