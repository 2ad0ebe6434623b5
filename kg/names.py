"""Names of people: their parts, their keys, and whether two of them can be one person's.

A name is taken apart into given names, particles and surname; what cannot be known from a string alone
(family-name-first order without a comma) is left as printed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.text import fold, squeeze

PARTICLES: Final = frozenset(
    ["al", "af", "ap", "ben", "bin", "da", "dal", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "la",
     "las", "le", "los", "st", "ten", "ter", "van", "vande", "vander", "von", "y", "zu", "zum", "zur"]
)
"""Lower-case words that belong to the surname behind them (van den Oord, de las Casas)."""

_SUFFIX: Final = re.compile(r"^(?:(?i:jr|sr|ii|iii|iv|phd)|MD)\.?$")
"""What stands behind a name; `Md.` is short for a given name, Mohammad."""

_TITLE: Final = re.compile(r"^(?:(?:Dr|Prof|Mr|Mrs|Ms)(?:\.\s*|\s)|Professor\s)+(?=\S)")
_INITIALS: Final = re.compile(r"[^\W\d_](?:\.-?[^\W\d_])*\.?")
_UNSPACED: Final = re.compile("[\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]+")
"""A name in Han, Kana or Hangul: family name first, whether there is a blank behind it or not."""

_NOBODY: Final = frozenset(
    ["anon", "anonym", "anonymous", "anonymous author", "anonymous author(s)", "anonymous authors", "author unknown", "n. n.", "n.n.",
     "no author", "no authors listed", "unknown", "unknown author", "unknown authors", "various", "various authors"]
)  # fmt: skip
_GROUP: Final = re.compile(
    r"(?:^|[\s-])(?:team|collaboration|consortium|group|initiative|project|working group|community)(?:$|[\s-])",
    re.IGNORECASE,
)
_PART: Final = re.compile(r"[^\s.\-\u2010-\u2015]+\.?")


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in its parts, folded for comparison.

    Attributes:
        printed: The name on one line, as printed.
        given: Folded given names, each without its full stop; `("a", "sophia")`.
        surname: Folded surname with its particles; `van den oord`.
    """

    printed: str
    given: tuple[str, ...]
    surname: str

    @property
    def block(self) -> str:
        """The key under which possible namesakes meet: last word of the surname and first initial."""
        return f"{self.surname.rpartition(' ')[2]} {self.given[0][0] if self.given else ''}".strip()

    @property
    def folded(self) -> str:
        """The whole name as a key."""
        return " ".join((*self.given, self.surname))

    @property
    def full(self) -> bool:
        """Whether at least one given name is spelt out."""
        return any(len(part) > 1 for part in self.given)


def is_group(text: str) -> bool:
    """Tell whether an author string is a collective rather than a person.

    >>> is_group("Gemma Team"), is_group("Imagen-Team-Google"), is_group("Teamur Khan")
    (True, True, False)
    """
    return bool(_GROUP.search(text if text.isascii() else squeeze(text)))


def is_nobody(text: str) -> bool:
    """Tell whether an author string says that nobody is named, or has but one letter: what is equal in two of them tells nothing.

    >>> is_nobody("Anonymous Authors"), is_nobody("J."), is_nobody("Li"), is_nobody("Anonymous Bosch")
    (True, True, False, False)
    """
    return fold(text) in _NOBODY or sum(map(str.isalpha, text)) < _LETTERS


_LETTERS: Final = 2
"""A name has at least so many letters."""


def parse(text: str) -> Name:
    """Take a name apart, without titles before it and suffixes behind it.

    >>> parse("Aäron van den Oord")
    Name(printed='Aäron van den Oord', given=('aaron',), surname='van den oord')
    >>> parse("Koepke, A. Sophia").given, parse("Koepke A. S.").surname, parse("Dr. A. Koepke").given
    (('a', 'sophia'), 'koepke', ('a',))
    """
    printed = squeeze(text)
    last, *firsts = [_TITLE.sub("", piece) for piece in (piece.strip() for piece in printed.split(",")) if not _SUFFIX.match(piece)] or [""]
    if any(firsts):
        return Name(printed, _given(" ".join(_without_suffix(" ".join(firsts).split(" ")))), fold(last))
    if _UNSPACED.fullmatch(together := last.replace(" ", "")):
        return Name(printed, (), fold(together))
    parts = _without_suffix(last.split(" "))
    cut = _family_in_front(parts)
    if cut:
        return Name(printed, _given(" ".join(parts[cut:])), fold(" ".join(parts[:cut])))
    cut = max(len(parts) - 1, 0)
    while cut > 1 and fold(parts[cut - 1]) in PARTICLES and parts[cut - 1][0].islower():
        cut -= 1
    return Name(printed, _given(" ".join(parts[:cut])), fold(" ".join(parts[cut:])))


def _without_suffix(parts: list[str]) -> list[str]:
    while len(parts) > 1 and _SUFFIX.match(parts[-1]):
        parts = parts[:-1]
    return parts


def _family_in_front(parts: list[str]) -> int:
    """Return how many words the family name has that stands before initials with a full stop (`Koepke A. S.`), 0 where none does."""
    cut = len(parts)
    while cut > 0 and _INITIALS.fullmatch(parts[cut - 1]):
        cut -= 1
    behind = 0 < cut < len(parts) and parts[-1].endswith(".")
    return cut if behind and all(fold(part) in PARTICLES for part in parts[: cut - 1]) else 0


def _given(text: str) -> tuple[str, ...]:
    """Split given names at blanks, full stops and hyphens (a dash is one), so that `J.-B.` and `Jean-Baptiste` can be compared."""
    return tuple(part.rstrip(".") for part in _PART.findall(fold(text)) if part.rstrip("."))


def compatible(left: Name, right: Name) -> bool:
    """Tell whether two names can be one person's: same surname, no given name against another.

    An initial agrees with every name that begins with it, either side may leave out middle names, and a double name
    may be written as one.

    >>> compatible(parse("A. Sophia Koepke"), parse("Almut Sophia Koepke")), compatible(parse("Jun-Yan Z"), parse("Junyan Z"))
    (True, True)
    >>> compatible(parse("Cheng Yang"), parse("Cheng Yan")), compatible(parse("Jane Doe"), parse("John Doe"))
    (False, False)
    """
    if left.surname != right.surname or not left.given or not right.given:
        return False
    if "".join(left.given) == "".join(right.given):
        return True
    short, long = sorted((left.given, right.given), key=len)
    rest = iter(long[1:])
    return _agree(short[0], long[0]) and all(any(_agree(part, other) for other in rest) for part in short[1:])


def _agree(left: str, right: str) -> bool:
    """Tell whether two given names can be the same: equal, or one the initial of the other."""
    return left == right or (min(len(left), len(right)) == 1 and left[0] == right[0])


def fullest(names: Iterable[str]) -> str:
    """Return the name that tells most: most letters in given names, then no comma, then accents, then alphabetical.

    >>> fullest(["A. Sophia Koepke", "Almut Sophia Koepke"])
    'Almut Sophia Koepke'
    """
    return min(set(names), key=lambda name: (-len("".join(parse(name).given)), "," in name, name.isascii(), name))
