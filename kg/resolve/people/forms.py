"""Forms of names: the keys under which namesakes meet, how two forms are related, and how common a name is.

A name is compared in a canonical form: surname without particles, blanks and hyphens, umlauts as one letter, glued
initials (`HS Fang`) apart, and the family name behind where it is printed in front without a comma (`LI Wei`,
`Zhang Chengqi`), which only a list of usual names can tell. What cannot be seen in one name is left to the pair: whether
a surname is one word or several (`Le Cun`, `Lecun`), and whether the second of two surnames is left out. How common names are is a count over the author lists of
scholarly conferences (`commonness.npz`): two papers by Hanna Wallach have one author, two by Wei Zhang need not.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path
from sys import intern
from typing import Final, Literal, NamedTuple

import numpy as np

from kg.names import PARTICLES, Name, parse

Relation = Literal["equal", "equal-initials", "fuller", "initial", "initials", "variant"]
"""How the names of one person can differ: not at all (spelt out, or only initials), in middle names or by a nickname, in a given
name that one side spells out, in initials that one side has more of, in spelling."""

LONG_NAME: Final = 7
"""Given names of so many letters may have a slip in them."""

_UMLAUT: Final = re.compile(r"(?<=[aou])e")
_LONG: Final = 5
"""In a surname of at least so many letters `ue` may be an umlaut (Mueller, Müller); in Xue it is not."""

_SURNAME: Final = 3
"""Of two surnames that are joined by a hyphen, each has at least so many letters."""

_GLUED: Final = re.compile(r"[B-DF-HJ-NP-TV-XZ]{2,3}")
_CAPITALS: Final = re.compile(r"[A-Z]{2,}")
_FAMILY: Final = 20
"""A word that so many different people have as their surname is a usual one."""

_RARE: Final = 0.5
"""What a word counts that the lists do not have."""

_BEFORE: Final = PARTICLES | {"d", "fitz", "mac", "mc", "o"}
"""Words that are printed as the beginning of a surname, or before it."""

_TURNED: Final = {True: 5.0, False: 100.0}
"""So much likelier must a name of several words be with its family name in front, than behind, to be read so: with a middle
name that is Vietnamese, and with another."""

_VIETNAMESE: Final = frozenset({"thi", "van"})
"""Middle names after which hardly any but Vietnamese names go on."""

_BEGINNING: Final = 2
"""So many letters at the beginning are alike in all spellings of a given name, but for nicknames."""

_SHORTENED: Final = {"md": "mohammad", "mohd": "mohammad"}
"""How given names are printed that hardly anybody spells out."""

_NICKNAMES: Final = (
    "alexander alex sasha", "alexandra alex sasha", "andrew andy drew", "anthony tony", "benjamin ben", "calvin cal", "charles charlie chuck",
    "christina chris tina", "christine chris tina", "christopher chris", "daniel dan danny", "david dave", "deborah deb debbie",
    "donald don", "douglas doug", "edward ed eddie ted", "elizabeth liz beth betsy eliza", "francisco paco", "frederick fred",
    "gregory greg", "jacob jake", "james jim jamie", "jeffrey jeff", "jennifer jen jenny", "jonathan jon", "joseph joe", "joshua josh",
    "katherine kate kathy katie", "kenneth ken", "kevin kev", "kristina kris tina", "lawrence larry", "leonard len", "margaret maggie meg peggy",
    "matthew matt", "michael mike mick", "mikhail misha", "mitchell mitch", "nathaniel nate nathan", "nicholas nick", "nicolas nico",
    "oliver olly", "pamela pam", "patricia pat patty", "patrick pat", "peter pete", "philip phil", "rebecca becca becky", "richard rich rick dick",
    "robert bob rob bobby", "ronald ron", "russell russ", "samuel sam", "samantha sam", "stephen steve", "steven steve", "stuart stu",
    "susan sue", "theodore ted theo", "thomas tom", "timothy tim", "tomas tom", "valentina valya", "vincent vince", "vladimir volodya vova", "william bill will",
    "yevgeny evgeny", "zachary zach zac",
)  # fmt: skip
"""Given names and what their bearers are called."""


class Form(NamedTuple):
    """A name for comparison.

    Attributes:
        surname: Its key: the last word of the surname, umlauts as one letter.
        particles: What stands before that word in the surname: particles, and the first of two surnames.
        given: Folded given names.
        full: Whether at least one of them is spelt out.
        suffix: What tells it from namesakes: `jr`, `iii`.
    """

    surname: str
    particles: str
    given: tuple[str, ...]
    full: bool
    suffix: str = ""

    @property
    def block(self) -> str:
        """The key under which namesakes meet: surname and first initial."""
        return f"{self.surname} {self.given[0][0]}" if self.given else self.surname

    @property
    def joined(self) -> str:
        """The given names as one word."""
        return "".join(self.given)

    @property
    def key(self) -> str:
        """The whole name as one key."""
        return f"{self.joined} {self.surname}"


def form(text: str) -> Form:
    """Return the form of a printed name.

    >>> form("HS Fang").given, form("LI Wei").surname, form("Zhang Chengqi").block
    (('h', 's'), 'li', 'zhang c')
    >>> form("Oord, Aäron van den") == form("Aaron van den Oord"), form("Müller").surname == form("Mueller").surname
    (True, True)
    """
    return form_of(parse(text))


def form_of(name: Name) -> Form:
    """Return the form of a name that was taken apart."""
    given, surname = _apart(name), name.surname
    if name.given and "," not in name.printed and _family_first(name):
        given, surname = (*given[1:], *surname.split("-")), name.given[0]
    elif len(given) == 1 and _initials_behind(name):
        given, surname = tuple(surname.replace("-", "")), given[0]
    behind = name.printed.partition(",")[2].split()
    while len(given) > 1 and behind and behind.pop() in PARTICLES:  # Oord, Aaron van den, but not Ng, A. Y.
        given, surname = given[:-1], f"{given[-1]} {surname}"
    *before, last = _double(surname.replace("'", "")).split() or [""]
    last = _UMLAUT.sub("", last) if len(last) >= _LONG else last
    given = tuple(intern(plain) for part in given if (plain := part.replace("'", "")))
    return Form(intern(last), " ".join(before), given, any(len(part) > 1 for part in given), name.suffix)


def _double(surname: str) -> str:
    """Return a surname with a blank for the hyphen between two surnames (Albu-Schäffer), without a hyphen in one (Al-Rfou, Ou-Yang)."""
    joined = surname.replace("-", "")
    if joined == surname or " " in surname or joined in commonness().surnames:
        return joined
    parts = surname.split("-")
    return joined if parts[0] in PARTICLES or min(map(len, parts)) < _SURNAME else " ".join(parts)


def _apart(name: Name) -> tuple[str, ...]:
    """Return the given names, glued initials apart; a name in capitals throughout has none."""
    if name.printed.isupper():
        return name.given
    found: list[str] = []
    printed = {word.casefold() for word in re.split(r"[\s,.]+", name.printed) if _GLUED.fullmatch(word)}
    for part in name.given:
        found += part if part in printed and part not in commonness().surnames else [_SHORTENED.get(part, part)]
    return tuple(found)


def _initials_behind(name: Name) -> bool:
    """Tell whether a name of two words has its initials behind, as medical indexes print them: `Doe JP`, `Doe J-P`."""
    behind = name.printed.rpartition(" ")[2]
    return len(name.given[0]) > 1 and not name.printed.isupper() and bool(_GLUED.fullmatch(behind.replace("-", ""))) and not _is_surname(name.surname)


def _is_surname(word: str) -> bool:
    return word in commonness().surnames


def _family_first(name: Name) -> bool:
    """Tell whether a name is printed family name first."""
    first, last = name.given[0], name.surname
    known = commonness()
    if len(first) < 2 or len(last) < 2 or known.surnames.get(first, 0) < _FAMILY:
        return False
    if _CAPITALS.fullmatch(name.printed.split(" ")[0]) and not name.printed.isupper():
        return True
    if known.given.get(first, 0) * 4 >= known.surnames[first]:
        return False
    joined = last.replace("-", "")
    if not _is_surname(joined) and joined in known.given:
        return True
    if len(name.given) > 1:
        family, calls = (counts.get(last, 0) + _RARE for counts in (known.surnames, known.given))
        likelier = known.surnames[first] / (known.given.get(first, 0) + _RARE) * calls / family
        return last in known.given and likelier >= _TURNED[name.given[1] in _VIETNAMESE]
    # Li Fei-Fei
    return "-" in last and all(known.surnames.get(part, 0) < known.given.get(part, 0) for part in last.split("-"))


def relation(one: Form, other: Form) -> Relation | None:
    """Return how two forms can be one person's; None if they cannot.

    >>> relation(form("Jun-Yan Zhu"), form("Junyan Zhu")), relation(form("A. Sophia Koepke"), form("Almut Sophia Koepke"))
    ('equal', 'fuller')
    >>> relation(form("J. Doe"), form("Jane Doe")), relation(form("Jane Doe"), form("John Doe")), relation(form("Jörg Mueller"), form("Joerg Müller"))
    ('initial', None, 'variant')
    >>> relation(form("Mike Muster"), form("Michael B. Muster")), relation(form("Mike Muster"), form("Mark Muster"))
    ('fuller', None)
    >>> relation(form("Ana Le Cun"), form("Ana Lecun")), relation(form("Muster Ode, Ana"), form("Ana Muster"))
    ('equal', 'fuller')
    """
    if one.surname == other.surname and ((found := _relation(one, other)) or not (_is_vietnamese(one) or _is_vietnamese(other))):
        return found
    return _otherwise(one, other) or _otherwise(other, one)


def _relation(one: Form, other: Form) -> Relation | None:
    """Return how two forms with one surname can be one person's, as they are printed."""
    if not one.given or not other.given:
        # A name of one word is only the same as itself.
        return "equal-initials" if one == other else None
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return None
    if one.particles != other.particles:
        if not _particles(one.particles, other.particles):
            return None
        one, other = _single(one), _single(other)
    if one.joined == other.joined:
        return "equal" if one.full and other.full else "equal-initials"
    short, long = sorted((one.given, other.given), key=len)
    if min(len(short[0]), len(long[0])) > 1 and short[0][:_BEGINNING] != long[0][:_BEGINNING] and long[0] not in nicknames().get(short[0], ()):
        return None  # most namesakes of a block, at once
    rest = iter(long[1:])
    if not all(any(_agree(part, other_part) for other_part in rest) for part in short[1:]):
        return None
    first, second = short[0], long[0]
    if _agree(first, second) or second in nicknames().get(first, ()):
        if one.full and other.full:
            return "fuller"
        return "initial" if one.full or other.full else "initials"
    return "variant" if plain_vowels(first) == plain_vowels(second) or _mistyped(first, second) else None


def readings(of: Form) -> Iterator[tuple[Form, bool]]:
    """Yield how else a name may be printed, and whether that leaves a surname out.

    Words before the last of the surname are one with it, the second surname is not told (of somebody whose given name is spelt
    out), a Vietnamese name goes by its last word.

    >>> [(read.surname, read.given, less) for read, less in readings(form("Muster-Ode, Ana"))], [read.surname for read, _ in readings(form("Ana De La Ode"))]
    ([('muster', ('ana',), True)], ['laode', 'delaode'])
    """
    before, given, surname = of.particles.split(), of.given, of.surname
    while (before or len(given) > 1) and (word := before[-1] if before else given[-1]) in _BEFORE:
        before, given = (before[:-1], given) if before else (before, given[:-1])
        surname = word + surname
        yield of._replace(surname=surname, particles=" ".join(before), given=given, full=any(len(part) > 1 for part in given)), False
    if before and of.full and surname == of.surname and before[-1] not in PARTICLES:
        yield of._replace(surname=before[-1], particles=" ".join(before[:-1])), True
    if _is_vietnamese(of):
        yield of._replace(given=of.given[::-1]), False


def _is_vietnamese(of: Form) -> bool:
    return len(of.given) == 2 and of.given[0] in _VIETNAMESE


def _otherwise(one: Form, other: Form) -> Relation | None:
    """Return how two forms can be one person's if the one is read in another way."""
    for read, less in readings(one):
        if read.surname == other.surname and not (less and (other.particles or not other.full)) and (found := _relation(read, other)):
            return "fuller" if less and found == "equal" else found
    return None


def _particles(one: str, other: str) -> bool:
    """Tell whether particles before the last words of two surnames can be one: equal, or left out on one side."""
    left, right = ([word for word in before.split() if word in PARTICLES] for before in (one, other))
    return left == right or not left or not right


def _single(of: Form) -> Form:
    """Return a form whose first of two surnames is a middle name, as it is where it is printed without a hyphen."""
    words = tuple(word for word in of.particles.split() if word not in PARTICLES)
    return of._replace(given=(*of.given, *words), particles="") if words else of


def _agree(left: str, right: str) -> bool:
    """Tell whether two given names can be the same: equal, or one the initial of the other."""
    return left == right or (min(len(left), len(right)) == 1 and left[0] == right[0])


def plain_vowels(word: str) -> str:
    """Return a word without the `e` by which an umlaut is written in two letters."""
    return _UMLAUT.sub("", word)


def _mistyped(left: str, right: str) -> bool:
    """Tell whether two long given names differ in one letter too many: a slip, or a transliteration (Aleksandr, Alexandr)."""
    short, long = sorted((left, right), key=len)
    if len(short) < LONG_NAME:
        return False
    shared = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return len(long) == len(short) + 1 and short[shared:] == long[shared + 1 :]


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Return the given names that each given name can stand for."""
    found: dict[str, set[str]] = {}
    for line in _NICKNAMES:
        formal, *short = line.split()
        for nickname in short:
            found.setdefault(nickname, set()).add(formal)
            found.setdefault(formal, set()).add(nickname)
    return {name: frozenset(others) for name, others in found.items()}


class Commonness(NamedTuple):
    """How many different names of authors have a word as surname, and as first given name, and how many there are.

    The lists are in Latin letters. A word in others is taken to be as common as the one of the person in the middle: with
    each list, half of all people have a commoner word.
    """

    surnames: dict[str, int]
    given: dict[str, int]
    names: int
    usual_surname: int
    usual_given: int

    def surname(self, word: str) -> float:
        """Return how many have a surname."""
        return self.surnames.get(word, 0) + _RARE if word.isascii() else self.usual_surname

    def first(self, word: str) -> float:
        """Return how many have a first given name."""
        return self.given.get(word, 0) + _RARE if word.isascii() else self.usual_given


@cache
def commonness() -> Commonness:
    """Load the counts."""
    with np.load(Path(__file__).with_name("commonness.npz")) as told:
        surnames, given = (
            dict(zip(str(told[f"{part}_words"]).split("\n"), told[f"{part}_counts"].tolist(), strict=True)) for part in ("surname", "given")
        )
        return Commonness(surnames, given, int(told["names"]), _usual(surnames), _usual(given))


def _usual(counts: dict[str, int]) -> int:
    """Return the count of the word that the person in the middle has."""
    ordered = sorted(counts.values())
    return ordered[bisect_left(list(accumulate(ordered)), sum(ordered) / 2)]


@cache
def rarity(one: Form, other: Form) -> float:
    """Return how unlikely it is that a person bears what two forms have in common: the negative logarithm of the share.

    >>> rarity(form("Wei Zhang"), form("Wei Zhang")) < rarity(form("W. Zhang"), form("Wei Zhang")) + 5
    True
    """
    known = commonness()
    total = -math.log(max(known.surname(one.surname), known.surname(other.surname)) / known.names)
    if not one.given or not other.given:
        return total
    first, second = one.given[0], other.given[0]
    if min(len(first), len(second)) > 1:
        total -= math.log(known.first(max(first, second, key=len)) / known.names)
        middle = [a == b and len(a) > 1 for a, b in zip(one.given[1:], other.given[1:], strict=False) if a[0] == b[0]]
        return total + sum(2.0 if spelt else 1.0 for spelt in middle)
    return total + RARITY_OF_INITIAL * sum(1 for a, b in zip(one.given, other.given, strict=False) if a[0] == b[0])


RARITY_OF_INITIAL: Final = math.log(15)
"""What an initial tells: the letters are not equally frequent, and a person's say about as much as one of fifteen."""
