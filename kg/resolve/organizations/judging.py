"""What each spelling of an organisation is taken for, and the judgements that follow."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from kg.affiliations.known import TAG, is_short, known
from kg.affiliations.places import CITIES, PLACES
from kg.affiliations.vocabulary import FIELDS, GENERIC
from kg.affiliations.words import key_of, squeezed, words_of
from kg.model import Judgement
from kg.ontology import KG, load
from kg.registry import Hit, Registry
from kg.resolve.organizations.spellings import Spelling
from kg.text import fold


class Target(NamedTuple):
    """What a spelling is taken for.

    Attributes:
        key: What all spellings of one organisation share: `iri:...`, `ror:...`, `key:words|country` or `text:...`.
        rule: What says so.
        score: How sure that is, 0 to 1.
        by: The name or word that the rule goes by.
    """

    key: str
    rule: str
    score: float
    by: str


def judge(found: Sequence[Spelling], taken: Mapping[str, Target]) -> list[Judgement]:
    """Return the judgements on spellings, sorted: each against the surest one of the same organisation, of equals the first.

    Args:
        found: The spellings, sorted by member.
        taken: Member to what it is taken for.
    """
    first: dict[str, Spelling] = {}
    for each in sorted(found, key=lambda each: (-taken[each.member].score, each.member)):
        first.setdefault(taken[each.member].key, each)
    made = []
    for each in found:
        target = taken[each.member]
        other = first[target.key]
        if other is each:
            continue
        evidence: dict[str, float | str] = {"name": each.name or each.text, "other": other.name or other.text}
        evidence |= {"known as": target.by} if target.by else {}
        if each.name != each.text:
            evidence["in"] = each.text
        if each.part.country:
            evidence["country"] = each.part.country
        left, right = sorted((other.member, each.member))
        made.append(Judgement("organization", left, right, "same", target.score, target.rule, evidence))
    return sorted(made, key=lambda j: (j.left, j.right))


def targets(found: Sequence[Spelling], registry: Registry | None = None) -> dict[str, Target]:
    """Return what each spelling is taken for, by its member.

    Args:
        found: The spellings of the whole corpus.
        registry: Identifiers of organisations to look names up in, if there is one.
    """
    taken: dict[str, Target] = {}
    groups: dict[str, list[Spelling]] = defaultdict(list)
    for each in found:
        if each.ror:
            taken[each.member] = Target(_of_ror(each.ror), "ror-id", 1.0, each.ror)
        elif each.part.known:
            taken[each.member] = Target(f"iri:{each.part.known}", "known-name", 0.99, _called(each.part.known))
        elif each.part.weak or not each.part.key:
            taken[each.member] = Target(f"text:{_plain(each)}", "same-words", 0.9, "")
        else:
            groups[squeezed(each.part.key)].append(each)
    explained = _acronyms(found, groups)
    mistyped = _typing_errors(groups)
    hits = registry.find({*groups, *mistyped.values(), *explained.values()}) if registry else {}
    for key, members in groups.items():
        other = mistyped.get(key) or explained.get(key)
        rule = "typing-error" if key in mistyped else "acronym-in-corpus"
        score = 0.88 if key in mistyped else 0.9
        if other and other.startswith("iri:"):
            taken |= {each.member: Target(other, rule, score, _called(other.removeprefix("iri:"))) for each in members}
            continue
        of_country = _countries(members + (groups.get(other, []) if other else []))
        for each in members:
            country = of_country(each)
            listed = _listed(hits.get(other or key, ()), each, country) if hits else None
            if listed:
                taken[each.member] = Target(_of_ror(listed.ror), rule if other else "registry-name", score if other else 0.97, listed.name)
            elif other:
                taken[each.member] = Target(f"key:{other}|{country}", rule, score, " ".join(each.part.key))
            else:
                taken[each.member] = Target(f"key:{key}|{country}", "same-words", 0.96, " ".join(each.part.key))
    return taken


def _plain(each: Spelling) -> str:
    """Return all words of what a spelling says, where none is sure to be a name."""
    text = each.text[each.part.start : each.part.end] or each.text
    return " ".join(word.folded for word in words_of(text)) or fold(text)


def _of_ror(ror: str) -> str:
    iri = _by_ror().get(ror)
    return f"iri:{iri}" if iri else f"ror:{ror}"


@cache
def _by_ror() -> dict[str, str]:
    """Return the ROR id of each organisation that the ontology knows, to its IRI."""
    links = ((link, c.iri) for c in load().of_kind("organization") for link in c.properties.get(f"{KG}ror", ()))
    return {link.rpartition("/")[2]: iri for link, iri in links}


def _called(iri: str) -> str:
    concept = load().concepts.get(iri)
    return concept.name if concept else iri


def _countries(members: Sequence[Spelling]) -> Callable[[Spelling], str]:
    """Return what tells the country by which spellings with the same words are kept apart; empty where they are not.

    A name with a word of its own (Schlumberger, Nicolaus Copernicus University) is the same in all countries. One that
    is made of places and general words (Northeastern University) is not, and where the country is not told, the
    one that nearly all name is meant.
    """
    keys = members[0].part.key
    if any(entry.sector == "education" and not entry.short for entry in known().names.get(squeezed(keys), ())):
        # A university that is called like a listed one, and is elsewhere.
        return lambda each: each.part.country
    own = [word for word in keys if word not in GENERIC and word not in FIELDS and word not in PLACES and len(word) > 2]
    if not own and not any(word in PLACES for word in keys):
        # "University of Applied Sciences", and nothing else: one in another city is another one.
        told = {each.member: (each.part.country, " ".join(word.key for word in words_of(each.part.city))) for each in members}
        if all(len({*values} - {""}) < 2 for values in zip(*told.values(), strict=True)):
            return lambda _: ""  # there is one only, as far as anybody says where
        return lambda each: "-".join(filter(None, told[each.member]))
    if len(own) > 1 or (own and "university" not in keys and "college" not in keys and "institute" not in keys):
        return lambda _: ""
    counts: Counter[str] = Counter()
    for each in members:
        if each.part.country:
            counts[each.part.country] += len(each.members)
    if len(counts) < 2:
        return lambda _: ""
    main, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
    usual = main if most * 3 >= counts.total() * 2 else "?"
    return lambda each: each.part.country or usual


def _acronyms(found: Iterable[Spelling], groups: Mapping[str, Sequence[Spelling]]) -> dict[str, str]:
    """Return what acronyms that stand alone are short for, as the corpus explains them: "Polis University (PU)"."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for each in found:
        short = each.part.acronym
        if len(short) > 2 and not each.ror and each.part.key and _initials(each.part.key, each.name, short):
            whole = f"iri:{each.part.known}" if each.part.known else squeezed(each.part.key)
            told[short.lower()][whole] += len(each.members)
    known_names = known().names
    meant = {}
    for short, counts in sorted(told.items()):
        key = squeezed(key_of([word.key for word in words_of(short.upper())]))
        whole, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
        if key in groups and key not in known_names and whole != key and most * 5 >= counts.total() * 4 and all(is_short(each.name) for each in groups[key]):
            meant[key] = whole
    return meant


def _initials(key: Sequence[str], name: str, short: str) -> bool:
    """Return whether an acronym is made of the first letters of words of a name, in their order.

    >>> _initials(("korea", "institute", "machinery"), "Korea Institute of Machinery", "KIM"), _initials(("hat",), "Hats", "KIM")
    (True, False)
    """
    first = [word.folded[0] for word in words_of(name)]
    letters = iter(first or [word[0] for word in key])
    return sum(1 for c in short.lower() if c.isalpha()) <= len(first) and all(c in letters for c in short.lower() if c.isalpha())


_RARE: Final = 3
"""A spelling that is printed more often is no typing error."""

_LEAST: Final = 12
"""Letters of the shortest name in which a typing error is looked for."""


def _typing_errors(groups: Mapping[str, Sequence[Spelling]]) -> dict[str, str]:
    """Return what names with a typing error are meant to be: keys of rare names to keys of frequent ones, or `iri:...`.

    Only one word may differ, by a letter or two, and it must be a word that no other name has: Hunan is not Henan. In
    a name of two words a letter may not be another one, unless the word is long: Jianghan is not Jiangnan.
    """
    weights = {key: sum(len(each.members) for each in members) for key, members in groups.items()}
    vocabulary: Counter[str] = Counter(word for members in groups.values() for word in set(members[0].part.key))
    index: dict[tuple[tuple[str, ...], int], set[tuple[str, str]]] = defaultdict(set)
    for key, words in _listed_words().items():
        vocabulary.update(dict.fromkeys(words, 2))
        _post(index, words, key)
    for key, members in groups.items():
        if weights[key] > _RARE:
            _post(index, members[0].part.key, key)
    meant = {}
    for key, members in sorted(groups.items()):
        words = members[0].part.key
        if weights[key] > _RARE or len(key) < _LEAST or len(words) < 2:
            continue
        candidates = {
            whole
            for place, word in enumerate(words)
            if vocabulary[word] == 1 and len(word) > 4 and word not in PLACES and word not in CITIES and word.isalpha()
            for other, whole in index.get(((*words[:place], *words[place + 1 :]), place), ())
            if whole != key and other.isalpha() and _close(word, other) and (len(word) != len(other) or len(words) > 2 or len(word) > 9 or sorted(word) == sorted(other))
        }
        if len(candidates) == 1 and _same_country(members, whole := candidates.pop()):
            meant[key] = whole
    return meant


def _post(index: dict[tuple[tuple[str, ...], int], set[tuple[str, str]]], words: tuple[str, ...], key: str) -> None:
    for place, word in enumerate(words):
        index[(*words[:place], *words[place + 1 :]), place].add((word, key))


@cache
def _listed_words() -> dict[str, tuple[str, ...]]:
    """Return the words of the listed names that are long enough for a typing error, by `iri:...`, one name each time."""
    index = known()
    found = {}
    for entries in index.names.values():
        entry = entries[0]
        if not entry.short and entry.rank < TAG and len({e.iri for e in entries}) == 1:
            found[f"iri:{index.top(entry.iri)}"] = key_of([word.key for word in words_of(entry.name)])
    return found


def _same_country(members: Sequence[Spelling], whole: str) -> bool:
    if not whole.startswith("iri:"):
        return True
    concept = load().concepts[whole.removeprefix("iri:")]
    country = next(iter(concept.properties.get(f"{KG}country", ())), "")
    return all(not each.part.country or not country or each.part.country == country for each in members)


def _close(one: str, other: str) -> bool:
    """Return whether two words differ by one letter, or two in long ones (insertions, deletions, swaps and changes count one).

    >>> _close("tehcnology", "technology"), _close("henan", "hunan"), _close("hunan", "wuhan")
    (True, True, False)
    """
    most = 2 if min(len(one), len(other)) > 8 else 1
    if abs(len(one) - len(other)) > most or (one[0] != other[0] and one[1:] != other[1:]):
        return False
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        line = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, line[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            line.append(cost)
        before, last = last, line
    return last[-1] <= most


def _listed(hits: Sequence[Hit], each: Spelling, country: str) -> Hit | None:
    """Return the organisation of a registry that a spelling means: the only one of the name where its country agrees."""
    part = each.part
    place = part.country or country.partition("-")[0].strip("?")
    here = [hit for hit in hits if not hit.acronym and (not place or hit.country == place)]
    if not place and len({hit.ror for hit in here}) > 1:
        return None
    if not here and place:
        # An acronym says little: it has to stand alone, in the right country.
        here = [hit for hit in hits if hit.acronym and hit.country == place and part.alone and is_short(each.name)]
    if len({hit.ror for hit in here}) > 1 and part.city:
        here = [hit for hit in here if fold(hit.city) == part.city] or here
    if len({hit.ror for hit in here}) > 1:
        best = min(hit.rank for hit in here)
        here = [hit for hit in here if hit.rank == best]
    return here[0] if len({hit.ror for hit in here}) == 1 else None
