"""Names of organisations that no list has, told by their words: X University, Institute of Y, Z Ltd."""

from collections.abc import Iterable, Iterator
from typing import Final

from kg.affiliations.known import known
from kg.affiliations.listed import Found
from kg.affiliations.places import PLACES, is_code
from kg.affiliations.segments import Segment, is_place
from kg.affiliations.vocabulary import COMPANY, FIELDS, GENERIC, HEADS, SURE, SYSTEMS, UNITS, WORK
from kg.affiliations.words import Word, key_of, squeezed
from kg.text import word_set


def guess(segment: Segment, words: list[Word], taken: set[int]) -> Iterator[Found]:
    """Yield the runs of words of a segment that their own words make organisations; a street is none: *180 University Avenue*."""
    if segment.words[0].folded[0].isdigit() and segment.words[-1].folded in _STREETS:
        return
    run: list[int] = []
    for at in [*range(segment.first, segment.first + len(segment.words)), -1]:
        if at >= 0 and at not in taken:
            run.append(at)
            continue
        if run:
            yield from _guess_run(segment, words, run)
        run = []


_STREETS: Final = word_set("avenue ave boulevard blvd drive lane parkway road street")


def _guess_run(segment: Segment, words: list[Word], run: list[int]) -> Iterator[Found]:
    first, last = run[0], run[-1]
    whole = len(run) == len(segment.words)
    keys = [words[i].key for i in run]
    for place, key in enumerate(keys):
        if key == "university" and not (place + 1 < len(keys) and keys[place + 1] in {"hospital", "press"}):
            found = _university(segment, words, run, place)
            if found:
                yield found
            return
    if not whole:
        return
    first = _behind_unit(words, first, last)
    last = _trimmed(segment, words, first, last, 0)
    told = [key for key in (words[i].key for i in range(first, last + 1)) if key]
    if not told:
        return
    strength = max((float(HEADS.get(key, 0)) for key in told), default=0.0)
    technical = {"institute", "technology"} <= set(told) and told.index("technology") > 0 and ("of" in [words[i].folded for i in range(first, last + 1)])
    if (technical and told[0] != "institute") or told[-1] in COMPANY or any(w.folded in COMPANY for w in segment.words[1:]):
        strength = SURE
    if told[0] in UNITS or (told[0] in {"college", "center", "laboratory"} and len(run) > 1 and words[run[1]].key == ""):
        strength = min(strength, 0.5 + strength / 10)
    elif not _telling(told):
        strength = min(strength, 1.0 + strength / 10)
    elif segment.bracket:
        strength = min(strength, 1.0)
    if strength:
        # What a department is called after is no name, and neither is a laboratory's if a bare name stands beside it.
        yield Found(first, last, key_of(told), strength)


def _behind_unit(words: list[Word], first: int, last: int) -> int:
    """Return where the organisation begins in `Department of X at the Institute of Y`, and before a technical institute."""
    if words[first].key not in UNITS | WORK:
        return first
    for at in range(last - 1, first, -1):
        bound = words[at].folded in {"at", "within"} or (words[at].folded == "the" and words[at - 1].folded == "of")
        told = [w for w in words[at + 1 : last + 1] if w.key]
        if bound and any(w.key in HEADS for w in told) and _telling(w.key for w in told):
            return at + 1
        if words[at].key == "institute" and at + 2 <= last and not words[at + 1].key and words[at + 2].key in {"technology", "science"}:
            start = at
            while start > first and words[start - 1].key and words[start - 1].key not in FIELDS | UNITS | WORK:
                start -= 1
            if start < at:
                return start
    return first


def _telling(told: Iterable[str]) -> bool:
    """Return whether a name has a word that tells it from others of its sort: no place, no general word."""
    return any(key not in GENERIC and key not in FIELDS and not key.isdigit() and len(key) > 1 for key in told)


_OF: Final = word_set("of de di degli du des del della da do dos fur at van zu la")


def _university(segment: Segment, words: list[Word], run: list[int], place: int) -> Found | None:
    """Return the university whose name has this word in it."""
    head = run[place]
    first = head
    cue = any(words[i].key in UNITS | WORK for i in run[:place])
    while first > run[0]:
        word = words[first - 1]
        if word.folded in {"of", "at", "from", "in", "for", "by", "with", "de", "within", "on"} and (cue or word.folded != "de"):
            break
        if not word.key and word.folded == "and" and cue:
            break
        first -= 1
    if cue or first > run[0]:
        while first < head and (not words[first].key or (words[first].key in (FIELDS | UNITS | WORK) - {"medical", "agricultural"})):
            first += 1
    while first < head and (not words[first].key or is_code(words[first].folded)):
        first += 1
    if cue and head + 1 <= run[-1] and words[head + 1].folded in _OF:
        while first < head and len(words[first].folded) <= 5 and words[first].key not in GENERIC and not is_place(segment, first):
            first += 1
    named = any(w.key and (w.key not in GENERIC or is_place(segment, i)) for i, w in enumerate(words[first:head], first))
    last = head
    following = words[head + 1] if head + 1 <= run[-1] else None
    if following and (following.folded in _OF or not named or (first == head)):
        last = run[-1]
        for at in range(head + 1, run[-1] + 1):
            if is_code(words[at].folded) and not words[at].folded.isalpha():
                last = at - 1
                break
            if words[at].key in UNITS | {"college", "campus"} and words[at - 1].folded not in _OF and not (at == head + 1 == first + 1):
                last = at - 1
                break
    while last > head and not words[last].key:
        last -= 1
    last = _trimmed(segment, words, first, last, head)
    if last < run[-1] and words[last + 1].key and not is_code(words[last + 1].folded) and squeezed(key_of([w.key for w in words[first : last + 1]])) in known().names:
        # What a listed name stands before makes another organisation of it: Polis University Eye Hospital.
        last = _trimmed(segment, words, first, run[-1], last)
    told = [words[i].key for i in range(first, last + 1) if words[i].key]
    if told == ["university"]:
        return None
    found = Found(first, last, key_of(told), 8.0 if len(told) > 1 else 0.5)
    if words[run[-1]].key == "hospital" or any(words[i].key == "hospital" for i in range(last + 1, min(last + 2, run[-1] + 1))):
        return Found(first, run[-1], key_of([words[i].key for i in range(first, run[-1] + 1)]), 5.0)
    return found


def _trimmed(segment: Segment, words: list[Word], first: int, last: int, head: int) -> int:
    """Return the last word of a name without the place behind it, unless the name would tell nothing without it."""
    while last > max(first, head):
        if is_code(words[last].folded) and not words[last].folded.isalpha():
            last -= 1
            continue
        place = next((p for p in segment.places if p[1] == last and p[0] > first), None)
        before = place[0] - 1 if place else -1
        if place and before > max(first, head) and words[before].folded == "in":
            before -= 1
        if place is None or before < max(first, head) or not words[before].key or words[before + 1].joined:
            return last
        told = [words[i].key for i in range(first, before + 1) if words[i].key]
        placed = any(is_place(segment, i) for i in range(first, before + 1))
        if len(told) == 1 and len(told[0]) < 6 and place[2].level != "country" and words[before].capital:
            return last  # IIT Bombay, LMU Munich
        if not (_telling(told) or placed) or squeezed(tuple(told)) in SYSTEMS:
            return last
        last = before
    return last


def bare(segments: list[Segment], words: list[Word]) -> list[Found]:
    """Return the segment that most likely is the name, where no word says so: no place, no unit; else the first one."""
    names = [segment for segment in segments if not segment.only_place and not segment.bracket]
    names = names or [segment for segment in segments if not segment.only_place]
    plain = [s for s in names if not any(w.key in UNITS or w.key in WORK for w in s.words) and not _of_fields(s)]
    plain = plain or [s for s in names if len(names) == 1 and _is_firm(s)]
    if plain:
        chosen, strength = next((s for s in reversed(plain) if len(s.words) == 1 and is_acronym(s.words[0])), plain[0]), 1.0
    else:
        chosen, strength = names[0], 0.0
    last = chosen.first + len(chosen.words) - 1
    if strength:
        last = _trimmed(chosen, words, chosen.first, last, chosen.first)
    told = [words[i].key or "" for i in range(chosen.first, last + 1)]
    key = key_of(told) or tuple(words[i].folded for i in range(chosen.first, last + 1))
    return [Found(chosen.first, last, key, strength)]


def _is_firm(segment: Segment) -> bool:
    """Return whether a segment is of the form of Hatter Group or Hatter AI Research, and Hatter is no field of work, place or unit."""
    *name, last = [w.key for w in segment.words if w.key] or [""]
    own = _telling(name[:1]) and name[0] not in PLACES and (FIELDS - {"ai"} | UNITS | WORK).isdisjoint(name)
    return last in {"group", "research"} and own


def _of_fields(segment: Segment) -> bool:
    return all(not w.key or w.key in FIELDS for w in segment.words)


def is_acronym(word: Word) -> bool:
    """Return whether a word is in capitals and of the length of an acronym, and names no field of work."""
    return 2 < len(word.folded) < 7 and word.key not in FIELDS and word.key not in UNITS and not word.folded.isdigit() and word.capital


def is_unit_like(each: Found, words: list[Word]) -> bool:
    """Return whether a name is of the form of Institute of Hats, which is a part of what is named behind it."""
    return each.strength < SURE and words[each.first].key in UNITS | WORK and each.last > each.first and not words[each.first + 1].key
