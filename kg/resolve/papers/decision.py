"""When two records are one paper, what forbids it, and what people should look at."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from kg.model import Judgement
from kg.resolve.papers.candidates import candidates
from kg.resolve.papers.comparison import seen, seen_in_texts
from kg.resolve.papers.features import TELLING, Features, own_title
from kg.resolve.papers.form import are_two
from kg.resolve.papers.model import Model, shipped

SAME: Final = 0.8
"""From this probability on, two records are taken for one paper."""

UNSURE: Final = 0.4
"""From this probability on, a pair is kept for people to look at."""

IDENTIFIER: Final = 12.0
"""What an identifier that both have says."""

OTHER_DOI: Final = -3.0
"""What two DOIs say: a preprint and its article may have one each, so they veto nothing."""

ONE_ABSTRACT: Final = "one-abstract-two-papers"
"""The rule that finds an abstract under two titles by other authors: one of the records has it by mistake."""

CONTESTED: Final = "contested-identifier"
"""The rule that keeps two papers apart which claim one identifier, but share neither title nor authors nor text: one has it by mistake."""

DOUBTFUL: Final = "doubtful-identifier"
"""The rule that does not trust an identifier alone: what both records give, their titles or their authors, is wholly unlike."""

NOTICE: Final = "notice-of-a-paper"
"""The rule that keeps a paper apart from what is printed about it under its title: errata, comments, replies, supplements."""

OTHER_WORK: Final = "different-kinds-of-work"
"""The rule that keeps a thesis apart from the paper of its title, and data, software, slides from the paper that they belong to."""

OTHER_ISSUE: Final = "different-issues-of-a-journal"
"""The rule that keeps apart what stands under one title in several volumes of a journal: columns, reviews of each year."""

_OTHER_TEXT: Final = 0.2
"""Below this share of its runs of words, an abstract is another one, in no other wording."""

_ONE_TEXT: Final = 0.9
"""From this share of its runs of words on, an abstract is taken for a copy of another."""

_OTHER_TITLE: Final = 0.5
"""Titles that share less than this are not two wordings of one."""

_TOGETHER: Final = 1 << 13
"""So many pairs are held at once while their texts are compared."""

_CORRECTION: Final = frozenset({"erratum", "errata", "corrigendum", "corrigenda", "correction", "corrections", "addendum"})
_NOTICE: Final = re.compile(
    rf"(?:(?:author|publisher|editorial) )?(?P<kind>{'|'.join(sorted(_CORRECTION))}|retraction|withdrawal|expression of concern|comment|discussion|reply|"
    r"response|rejoinder|supplement|data(?= for| from))(?:s|ary|al)?"
    r"(?: (?:notice|note|materials?|information|data|file))? (?:(?:to|on|of|for|from) )?(?:the (?:paper|article) )?"
)
"""How the title of a notice begins, folded, before that of the paper."""

_VERSION: Final = re.compile(r"v?[0-9]+|i{1,3}|iv|vi{0,3}|ix")
_GLUED: Final = re.compile(r"([a-z]+?)(v?[0-9]+)")
"""A word with a version number at its end, as in `qwen2` and `dinov2`."""


def judge(papers: Iterable[Features]) -> list[Judgement]:
    """Return the judgements on all candidate pairs, sorted.

    Records of the very same telling content are one at once; of those with the same identifiers only one is compared with
    others.
    """
    copies: dict[str, list[Features]] = defaultdict(list)
    distinct: dict[tuple[str, str, frozenset[str]], Features] = {}
    for paper in sorted(papers, key=lambda p: p.record):
        copies[_content(paper)].append(paper)
        distinct.setdefault((_content(paper), paper.work, paper.identifiers), paper)
    found = [
        Judgement("paper", first.record, other.record, "same", 1.0, "same-content", {"content": 1.0})
        for first, *others in copies.values()
        for other in others
    ]
    content = {paper.record: key for (key, *_), paper in distinct.items()}
    pairs = candidates(list(distinct.values()))
    found += compare_all((left, right) for left, right in pairs if content[left.record] != content[right.record])
    return sorted(found, key=lambda j: (j.left, j.right, j.rule))


def _content(paper: Features) -> str:
    """Return a key that only records of one paper share: its content, if that is telling, else the record's own id.

    A title of its own is telling with its date and issue; "Introduction" is not, nor is an abstract of a few words.
    """
    if paper.arxiv or len(paper.words) >= TELLING:
        return paper.anchor
    return " ".join((paper.anchor, str(paper.month or paper.year), *paper.issue)) if own_title(paper.title) else paper.record


def compare(left: Features, right: Features, model: Model | None = None) -> Judgement | None:
    """Weigh the evidence on a pair; None where it is not worth keeping.

    Args:
        left: The record with the smaller id.
        right: The other.
        model: What evidence weighs; the shipped weights unless given.
    """
    return next(compare_all([(left, right)], model), None)


def compare_all(pairs: Iterable[tuple[Features, Features]], model: Model | None = None) -> Iterator[Judgement]:
    """Yield the judgements on pairs, as far as they are worth keeping, in their order."""
    model = model or shipped()
    waiting = filter(None, (_first_look(left, right, model) for left, right in pairs))
    while some := list(islice(waiting, _TOGETHER)):
        texts = iter(seen_in_texts([(look.left, look.right) for look in some if look.texts]))
        judged = (_settled(look, next(texts) if look.texts else {}, model) for look in some)
        yield from (judgement for judgement in judged if judgement)


class _Look(NamedTuple):
    """What is known of a pair before its texts are compared.

    Attributes:
        left: One record.
        right: The other.
        veto: What makes it impossible that they are one paper, or an empty string.
        weights: What speaks for or against.
        apart: Whether they have other titles and other authors.
        doubt: The rule by which an identifier that both claim is not trusted, or an empty string.
        texts: Whether both have an abstract.
    """

    left: Features
    right: Features
    veto: str
    weights: dict[str, float]
    apart: bool
    doubt: str
    texts: bool


def _first_look(left: Features, right: Features, model: Model) -> _Look | None:
    """Weigh all but the texts; None where not even one and the same text could make the pair worth keeping."""
    found = seen(left, right)
    weights = _identifiers(left, right) | model.weigh(found)
    texts = bool(len(left.words) and len(right.words))
    apart, doubt = _apart(found), _doubt(left, right, found)
    if not (texts and apart) and not (left.arxiv and right.arxiv) and not doubt:
        most = {**weights, "": model.most(("text", "runs"))} if texts else weights
        if model.probability(most) < UNSURE:
            return None
    return _Look(left, right, _veto(left, right), weights, apart, doubt, texts)


def _settled(look: _Look, texts: Mapping[str, float], model: Model) -> Judgement | None:
    """Return the judgement on a pair whose texts have been compared; None where it is not worth keeping."""
    weights = look.weights | model.weigh(texts)
    runs = texts.get("runs", 0.0)
    doubt = look.doubt if runs < _OTHER_TEXT else ONE_ABSTRACT if look.apart and runs >= _ONE_TEXT else ""
    veto = look.veto or (CONTESTED if doubt == CONTESTED else "")
    score = model.probability(weights)
    if not veto and not doubt and score < UNSURE:
        return None
    rounded = {name: round(weight, 2) for name, weight in weights.items() if round(weight, 2)}
    rule = "+".join(sorted((name for name in rounded if rounded[name] > 0), key=lambda name: (-rounded[name], name)))
    members = look.left.record, look.right.record
    if veto:
        kinds: dict[str, float | str] = {"kinds": f"{look.left.work}, {look.right.work}"} if veto == OTHER_WORK else {}
        return Judgement("paper", *members, "different", 1.0, veto, {**rounded, **kinds})
    if doubt:
        return Judgement("paper", *members, "unsure", round(score, 4), doubt, dict(rounded))
    return Judgement("paper", *members, "same" if score >= SAME else "unsure", round(score, 4), rule, dict(rounded))


def _apart(found: Mapping[str, float]) -> bool:
    """Tell whether two records have both other titles and other authors."""
    return found.get("title", 1.0) < _OTHER_TITLE and found.get("authors", 1.0) == 0.0


def _doubt(left: Features, right: Features, found: Mapping[str, float]) -> str:
    """Name the rule by which one identifier on two records is not trusted, if nothing else that both give is alike.

    What one lacks, or has in other letters, tells nothing, nor does a title that anybody may have. An arXiv id is another
    matter: archives give it themselves.
    """
    if left.identifiers.isdisjoint(right.identifiers) or (left.arxiv and left.arxiv == right.arxiv):
        return ""
    titled, signed = "title" in found, "author-count" in found
    if max(found.get("title", 0.0), found.get("title-contained", 0.0)) >= _OTHER_TITLE or found.get("author-count"):
        return ""
    # Some sources put the family name first.
    one, other = ({frozenset(name.split()) for name in paper.authors} for paper in (left, right))
    if "generic-title" in found or not one.isdisjoint(other):
        return ""
    if titled and signed:
        return CONTESTED
    return DOUBTFUL if signed or (titled and own_title(left.title) and own_title(right.title)) else ""


def _identifiers(left: Features, right: Features) -> dict[str, float]:
    """Compare identifiers; different arXiv ids are a veto, and a preprint and its article may have a DOI each."""
    found = {}
    if left.arxiv and left.arxiv == right.arxiv:
        found["arxiv-id"] = IDENTIFIER
    if any(not known.startswith("arxiv:") for known in left.identifiers & right.identifiers):
        found["identifier"] = IDENTIFIER
    elif all(any(known.startswith("doi:") for known in side) for side in (left.identifiers, right.identifiers)):
        found["identifier"] = OTHER_DOI
    return found


def _veto(left: Features, right: Features) -> str:
    """Name what makes it impossible that two records are one paper, if anything does."""
    if left.arxiv and right.arxiv and left.arxiv != right.arxiv:
        return "different-arxiv-ids"
    if left.arxiv and left.arxiv == right.arxiv:
        return ""
    if left.title and right.title and left.title != right.title:
        if _other_version(left.title, right.title):
            return "different-versions-in-title"
        if _is_notice_of(left.title, right.title):
            return NOTICE
    if are_two(left.work, right.work) and left.identifiers.isdisjoint(right.identifiers):
        return OTHER_WORK
    if _other_issue(left, right):
        return OTHER_ISSUE
    named_apart = left.names.isdisjoint(right.names)
    if named_apart and any(_other_version(one, other) for one in left.names for other in right.names):
        return "different-versions-of-a-name"
    return ""


def _other_issue(left: Features, right: Features) -> bool:
    """Tell whether two records were printed in different volumes or numbers of one journal, on other pages, and nothing says that they are one."""
    if not left.venue or left.venue != right.venue or {left.work, right.work} != {"paper"}:
        return False
    if not left.identifiers.isdisjoint(right.identifiers) or (len(left.words) and len(right.words)):
        return False
    volume, number, page = (bool(one and other and one != other) for one, other in zip(left.issue, right.issue, strict=True))
    return page and (volume or (number and bool(left.issue[0])))


def _is_notice_of(one: str, other: str) -> bool:
    """Tell whether one of two titles is that of a notice about the other paper, or both are different notices about one.

    >>> _is_notice_of("erratum to sorting wet gravel", "sorting wet gravel")
    True
    >>> _is_notice_of("reply to comment on wet gravel", "comment on wet gravel"), _is_notice_of("comment on gravel", "on gravel")
    (True, False)
    """
    (kind, about), (other_kind, other_about) = (_noticed(title) for title in (one, other))
    return kind != other_kind and bool(about and other_about) and (about.startswith(other_about) or other_about.startswith(about))


@lru_cache(maxsize=1 << 16)
def _noticed(title: str) -> tuple[str, str]:
    """Return what kind of notice a title says it is, empty for none, and what it is about."""
    first = ""
    while match := _NOTICE.match(title):
        first, title = first or match["kind"], title[match.end() :]
    return "correction" if first in _CORRECTION else first, title


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
