"""Spellings of one name, and versions of a named thing: what the names themselves say, whatever stands around them.

*Foo-Net*, *Foo net* and *FooNets* are written for *FooNet*, and so is *FooNet model*; *data labelling* is *data labeling*. *FooNet-2*, *FooNet-Large* and
*FooNet++* are things of their own, below FooNet. What some papers name as a method and others as a task is one thing. A name
of up to four letters has too many neighbours to be judged by its spelling: *T-NT* need not be *TNT*.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from kg.model import Judgement
from kg.text import distinct_slug, squeeze

FEW_LETTERS: Final = 4
"""A name with no more letters and digits is not judged by its spelling."""

_JOINT: Final = re.compile(r"(?<![0-9])-|-(?![0-9])")
"""A hyphen, unless it parts two numbers: *1-2* is not *12*."""

_TELLING: Final = str.maketrans({"*": " star ", "^": " hat ", "&": " and ", "\N{PRIME}": " prime "})
"""Marks that a path leaves out, although they tell names apart: RRT* is not RRT."""

_BRITISH: Final = re.compile(
    r"(?<=[a-z]{2})(?:is(?=(?:e[ds]?|ers?|ing|ations?|ational)\b)|ys(?=(?:e[ds]?|ers?|ing)\b)|our(?=(?:s|ed|ing|al)?\b)|(?<=[aeo])ll(?=(?:ing|ed|ers?)\b)"
    r"|(?<=[bt])re(?=s?\b)|ogue(?=s?\b))"
)
_AMERICAN: Final = {"is": "iz", "ys": "yz", "our": "or", "ll": "l", "re": "er", "ogue": "og"}
"""What British spelling has and American has in its place; keys may go too far (*noize*), since nobody reads them."""

_UNINFLECTED: Final = "plural-on-a-list"
_POSSESSIVE: Final = re.compile(r"['’]s\Z")
_PLURAL: Final = re.compile(r"(?<=[A-Zb-rt-z])s\Z")
_SHAPED: Final = re.compile(r"[A-Za-z].*[A-Z]|[a-z].*[0-9]|[A-Z].*[0-9]")
"""A word with a capital or a digit inside: a proper name, however it is used."""

_GENERIC: Final[Mapping[str, frozenset[str]]] = {
    "method": frozenset({"model", "method", "algorithm", "framework", "architecture", "approach", "network", "system"}),
    "dataset": frozenset({"dataset", "benchmark", "corpus", "database", "testbed"}),
    "metric": frozenset({"metric", "score", "measure"}),
    "software": frozenset({"library", "toolkit", "package", "framework", "platform", "software", "simulator", "tool"}),
}
"""Nouns behind a proper name that only say what it is."""

_COMPOUND: Final = re.compile(r"\w[ -]\w")
"""A name of several words."""

_MARKED: Final = re.compile(r"[0-9][A-Za-z]?\Z|\+\Z|[ _-](?:[SMLBTHXI]|[A-Za-z]{2,6})\Z")
"""What every name with such a mark ends with, and most names do not."""

_VERSION: Final = re.compile(
    r"(?P<base>.*[A-Za-z].*?)"
    r"(?:[ _-]?[vV][0-9]{1,2}(?:\.[0-9]{1,2})*"  # v2
    r"|[ _-][0-9]{1,4}(?:\.[0-9]{1,2})*[A-Za-z]?"  # -2, -101, -7B, 2015
    r"|(?<=[a-z]{2})[0-9]{1,2}(?:\.[0-9])?"  # Qwen2
    r"|(?<=v[0-9])[nsmlx]"  # YOLOv5s
    r"|(?<=[A-Za-z]{3})(?:19|20)[0-9]{2}"  # VOC2012
    r"|[ _-]?\+{1,2}"
    r"|[ _-](?:XXL|XL|XS|XXS|[SMLBTH]|[Bb]ase|[Ll]arge|[Ss]mall|[Tt]iny|[Mm]ini|[Nn]ano|[Mm]edium|[Hh]uge|[Ll]ite|[Ll]ight"
    r"|[Pp]ro|[Pp]lus|[Tt]urbo|[Uu]ltra|II|III|IV))\Z"
)
"""A name with the mark of a version, size, year or edition behind it."""


class Thing(NamedTuple):
    """What papers call by one name, or by names that give one path.

    Attributes:
        path: Its path.
        kind: What the path begins with: `method dataset ...`.
        name: Its name, of several the most frequent.
        papers: How many papers name it.
        introduced: How many introduce it.
        listed: Whether it is in the ontology or in a person's own list.
    """

    path: str
    kind: str
    name: str
    papers: int
    introduced: int
    listed: bool = False


class Version(NamedTuple):
    """A thing that is a version of another, both by their paths."""

    path: str
    broader: str


@lru_cache(maxsize=1 << 16)
def spelling(name: str) -> str:
    """Return a key that is the same for spellings of one name that differ in case, blanks, hyphens, or as British and American do.

    >>> spelling("Foo-Net") == spelling("foo net"), spelling("RRT*") == spelling("RRT"), spelling("A-1 2"), spelling("Dialogue labelling")
    (True, False, 'a1-2', 'dialoglabeling')
    """
    words = distinct_slug(name.translate(_TELLING), 200)
    return _JOINT.sub("", _BRITISH.sub(lambda match: _AMERICAN[match.group()], words))


def is_shaped(name: str) -> bool:
    """Tell whether a name is one word with a capital or a digit inside.

    >>> [is_shaped(name) for name in ("FooNet", "CIFAR-10", "Bayesian", "deep net", "LSTM")]
    [True, True, False, False, True]
    """
    return " " not in name and _SHAPED.search(name) is not None


def is_proper(name: str) -> bool:
    """Tell whether a name is one word of which a part between hyphens has a capital or a digit inside.

    >>> [is_proper(name) for name in ("Foo-Net", "Foo-GAN", "Data-Driven", "CIFAR-10")]
    [False, True, False, True]
    """
    return " " not in name and any(map(is_shaped, name.split("-")))


def rank(thing: Thing) -> tuple[bool, int, int, str, str]:
    """Say which of several things gives the rest its path: one that is listed, has a name of its own that was introduced, is named most."""
    return not thing.listed, " " not in thing.name and -thing.introduced, -thing.papers, thing.path, thing.name


def variants(things: Iterable[Thing]) -> list[Judgement]:
    """Return which names are spellings of one: each with the one that gives the path, the surest rule first.

    Args:
        things: Everything that papers name, and the names on lists that may be meant; several of one path are allowed.
    """
    groups: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    for thing in things:
        key = spelling(thing.name)
        if sum(map(str.isalnum, key)) > FEW_LETTERS:
            groups[thing.kind, key].append(thing)
    # Of two listed things that are written alike, none is meant rather than the other.
    groups = {key: group for key, group in groups.items() if len({thing.path for thing in group if thing.listed}) < 2}
    best = {key: min(group, key=rank) for key, group in groups.items()}
    found = [
        _same(thing, best[key], "spelling", 0.95)
        for key, group in groups.items() if len(group) > 1 for thing in group if not thing.listed and thing.path != best[key].path
    ]  # fmt: skip
    found += [
        _same(thing, best[kind, key], rule, 0.9)
        for (kind, _), group in groups.items() for thing in group if not thing.listed
        for rule, key in (*_shorter(thing), *_plural(thing))
        if (kind, key) in best and _written_as_name(best[kind, key]) and thing.path != best[kind, key].path
        and (best[kind, key].listed or rule != _UNINFLECTED)
    ]  # fmt: skip
    found += _across(groups, best)
    return sorted(found, key=lambda j: (j.left, j.right, j.rule))


def _across(groups: Mapping[tuple[str, str], Sequence[Thing]], best: Mapping[tuple[str, str], Thing]) -> Iterator[Judgement]:
    """Yield that what some papers name as a method and others as a task is one: what a list has, else what more papers say.

    Readers take *federated learning* now for this and now for that. A name of one word means more often two things.
    """
    for (kind, key), method in best.items():
        task = best.get(("task", key))
        if kind == "method" and task is not None and _COMPOUND.search(method.name) and not (method.listed and task.listed):
            stays, goes = sorted((method, task), key=rank)
            yield from (_same(thing, stays, "method-or-task", 0.85) for thing in groups[goes.kind, key])


def _shorter(thing: Thing) -> Iterator[tuple[str, str]]:
    """Yield the keys of the names that a name is an inflection of, or says more than it must, with the rule that says so."""
    name = squeeze(thing.name)
    bare = _POSSESSIVE.sub("", name)
    if bare == name and not name.removesuffix("s").isupper():  # GEMs may be GEMS
        bare = _PLURAL.sub("", name)
    if bare != name and is_proper(bare):
        yield "inflection", spelling(bare)
    # What is called a data set may be one that goes with a method of that name: only names of one kind are compared.
    head, _, tail = bare.rpartition(" ")
    if tail.lower() in _GENERIC.get(thing.kind, ()) and is_proper(head):
        yield "generic-noun", spelling(head)


def _plural(thing: Thing) -> Iterator[tuple[str, str]]:
    """Yield the key of the plural of a data set's name, which people cut where a list has it with its s: *CityScape*."""
    if thing.kind == "dataset" and thing.name[:1].isupper() and " " not in thing.name and not thing.name.endswith("s"):
        yield _UNINFLECTED, spelling(f"{thing.name}s")


def _written_as_name(thing: Thing) -> bool:
    """Tell whether a thing is called by a proper name, not by a word that someone else has made a name of."""
    return thing.listed or not thing.name.islower()


def _same(thing: Thing, best: Thing, rule: str, score: float) -> Judgement:
    left, right = sorted((thing, best))
    evidence: dict[str, float | str] = {
        "written": thing.name, "stands for": best.name, "papers that write so": str(thing.papers),
        "papers with the other": "on a list of names" if best.listed else str(best.papers),
    }  # fmt: skip
    return Judgement("thing", left.path, right.path, "same", score, rule, evidence)


def versions(things: Sequence[Thing]) -> list[Version]:
    """Return which things are versions of which others: of the nearest that is here.

    Only a proper name has versions: one with a capital or digit inside, or one that a paper introduces or a list has.
    """
    by_key: dict[tuple[str, str], Thing] = {}
    for thing in sorted(things, key=rank):
        by_key.setdefault((thing.kind, spelling(thing.name)), thing)
    found = {}
    for thing in things:
        if not thing.listed and (base := _base(thing, by_key)) is not None and base.path != thing.path:
            found[thing.path] = Version(thing.path, base.path)
    return [found[path] for path in sorted(found)]


def _base(thing: Thing, by_key: Mapping[tuple[str, str], Thing]) -> Thing | None:
    """Return what a thing is a version of: its name without one mark of a version after the other."""
    name = squeeze(thing.name)
    while _MARKED.search(name[-7:]) and (match := _VERSION.match(name)):
        name = match["base"]
        base = by_key.get((thing.kind, spelling(name)))
        if base is not None and sum(map(str.isalpha, name)) >= 3 and _has_versions(name, base):
            return base
    return None


def _has_versions(name: str, base: Thing) -> bool:
    return is_proper(name) or (name[:1].isupper() and " " not in name and (base.introduced > 0 or base.listed))
