"""Names of people: their parts, their keys, and whether two of them can be one person's.

A name is taken apart into given names, particles and surname, without what sticks to it in a list of authors: marks of
notes, addresses, titles, degrees, and for whom somebody signs. What cannot be known from a string alone (family-name-first
order without a comma) is left as printed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.text import fold, squeeze

PARTICLES: Final = frozenset(
    ["al", "af", "ap", "ben", "bin", "da", "dal", "dalla", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "el", "ibn",
     "la", "las", "le", "los", "st", "ten", "ter", "van", "vande", "vander", "von", "y", "zu", "zum", "zur"]
)  # fmt: skip
"""Lower-case words that belong to the surname behind them (van den Oord, de las Casas)."""

_SUFFIX: Final = re.compile(r"(?:^|\s)(?:(?P<which>(?i:jr|sr|ii|iii|iv|2nd|3rd|4th)|[0-9]{4})|(?i:ph\.?\s?d|d\.?phil|[bm]\.?sc|mbbs|esq)|MD)\.?$")
"""What stands behind a name: which of several it is (dblp numbers them), or a degree. `Md.` is short for a given name, Mohammad."""

_ORDINALS: Final = {"2nd": "ii", "3rd": "iii", "4th": "iv"}

_TITLE: Final = re.compile(
    r"^(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir|Dame)(?:\.[\s-]*|\s)|(?:Ing|Ir|Mag|Dipl|habil|med|nat|phil|rer|h\.\s?c)\.[\s-]*|(?:(?:Assistant|Associate) )?Professor\s)+(?=\S)"
)
_ADDRESS: Final = re.compile(r"\s*[<(\[{]?\s*(?:mailto:)?[^\s<>()\[\]{},;]+@[^\s<>()\[\]{},;]+[>)\]}]?")
_ASIDE: Final = re.compile(r"(?<=\S)\s*(?:\([^()]*\)|\[[^\[\]]*\]|\$[^$]*\$)[\s,;]*$")
"""What stands in brackets behind a name: a place, a number, a note; and a mark in TeX."""

_SIGNS: Final = r";:*†‡§¶∗⋆★☆✉✝☎#^~|∥‖<>{}\[\]0-9¹²³⁰⁴-⁹"
_MARK: Final = rf"[\s,{_SIGNS}]"
_MARKS: Final = re.compile(rf"^{_MARK}+|(?! [0-9]{{4}}$)(?<!{_MARK}){_MARK}+$")
"""Signs and numbers before and behind a name that refer to notes and places."""

_ODD: Final = re.compile(rf"[@$({_SIGNS}]")
"""Without any of these a name need not be looked through for marks."""

_INITIALS: Final = re.compile(r"[^\W\d_](?:\.-?[^\W\d_])*\.?")
_UNSPACED: Final = re.compile("[\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]+")
"""A name in Han, Kana or Hangul: family name first, whether there is a blank behind it or not."""

_NOBODY: Final = frozenset(
    ["anon", "anonym", "anonymous", "anonymous author", "anonymous author(s)", "anonymous authors", "author unknown", "n. n.", "n.n.",
     "no author", "no authors listed", "unknown", "unknown author", "unknown authors", "various", "various authors"]
)  # fmt: skip
_GROUP: Final = re.compile(
    r"(?:^|[\s{-])(?:team|collaboration|collab\.|consortium|consortia|group|initiative|project|community|committee|alliance|task force|"
    r"contributors|collaborators|developers|investigators|trialists)(?:$|[\s}-])",
    re.IGNORECASE,
)
INSTITUTION: Final = re.compile(
    r"\b(?:universit\w+|universidade?|institut\w*|research|laborator\w+|academ(?:y|ies)|college|agency|supercomputing center|"
    r"(?:school|department|cent(?:er|re)s?|office|bureau) (?:of|for)|organi[sz]ation|commission|committee|council|minist(?:ry|[eéè]r(?:i\w+|[eo]))|"
    r"foundation|association|society|federation|government|research cent(?:er|re)|inc\.|llc|ltd\.?|gmbh)(?!\w)"
)
"""What only the names of institutions have in them, in lower case, in which it is found in a third of the time."""

_FOR: Final = re.compile(r"\b(?:on behalf of|for the(?=.*\b(?:group|collaboration|consortium|team|contributors|collaborators|investigators)\b)).*$", re.IGNORECASE)
"""For whom somebody signs."""

_STOPS: Final = " ,;("

_FORM_OF_GROUP: Final = re.compile(r"^(?:(?:on behalf of|for|the)\s+)+|[{}().]")
_PART: Final = re.compile(r"[^\s.\-\u2010-\u2015]+\.?")


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in its parts, folded for comparison.

    Attributes:
        printed: The name on one line, as printed.
        given: Folded given names, each without its full stop; `("a", "sophia")`.
        surname: Folded surname with its particles; `van den oord`.
        suffix: What tells it from namesakes, folded: `jr`, `iii`, or an empty string.
    """

    printed: str
    given: tuple[str, ...]
    surname: str
    suffix: str = ""

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
    """Tell whether an author string is a collective rather than a person, or one who signs for it.

    >>> is_group("Gemma Team"), is_group("Imagen-Team-Google"), is_group("on behalf of the Hat Group"), is_group("{The Hat Collab.}")
    (True, True, True, True)
    >>> is_group("Teamur Khan"), is_group("Ann Ode on behalf of the Hat Group")
    (False, False)
    """
    plain = text if text.isascii() else squeeze(text)
    return bool(_GROUP.search(plain)) and bool(_GROUP.search(_FOR.sub("", plain).strip(_STOPS) or plain))


def is_institution(text: str) -> bool:
    """Tell whether a text has a word in it that only the names of institutions have.

    >>> is_institution("World HAT Organization"), is_institution("Ann Ode")
    (True, False)
    """
    return bool(INSTITUTION.search(text.lower()))


def is_collective(text: str) -> bool:
    """Tell whether an author string is a group, or an institution.

    >>> is_collective("The Hat Team"), is_collective("World Hat Organization"), is_collective("Ann Ode")
    (True, True, False)
    """
    return is_group(text) or is_institution(text)


def group_key(text: str) -> str:
    """Return a key of a collective: the same however it is announced.

    >>> group_key("on behalf of the HAT Collaboration"), group_key("The HAT Collab.")
    ('hat collaboration', 'hat collaboration')
    """
    key = _FORM_OF_GROUP.sub("", fold(text)).strip()
    return f"{key}oration" if key.endswith(" collab") else key


def is_nobody(text: str) -> bool:
    """Tell whether an author string says that nobody is named, or has but one letter: what is equal in two of them tells nothing.

    >>> is_nobody("Anonymous Authors"), is_nobody("J."), is_nobody("Li"), is_nobody("Anonymous Bosch")
    (True, True, False, False)
    """
    return fold(text) in _NOBODY or sum(map(str.isalpha, text)) < _LETTERS


_LETTERS: Final = 2
"""A name has at least so many letters."""


def parse(text: str) -> Name:
    """Take a name apart, without what stands before and behind it: titles, suffixes, marks.

    >>> parse("Aäron van den Oord")
    Name(printed='Aäron van den Oord', given=('aaron',), surname='van den oord', suffix='')
    >>> parse("Koepke, A. Sophia").given, parse("Koepke A. S.").surname, parse("Dr. A. Koepke <a@hats.org>").given, parse("A. Koepke, Jr.").suffix
    (('a', 'sophia'), 'koepke', ('a',), 'jr')
    """
    printed = squeeze(text)
    pieces, suffix = _without_suffixes([_TITLE.sub("", piece.strip()) for piece in bare(printed).split(",")])
    last, *firsts = pieces
    if any(firsts):
        return Name(printed, _given(" ".join(firsts)), fold(last), suffix)
    if _UNSPACED.fullmatch(together := last.replace(" ", "")):
        return Name(printed, (), fold(together), suffix)
    parts = last.split(" ")
    cut = _family_in_front(parts)
    if cut:
        return Name(printed, _given(" ".join(parts[cut:])), fold(" ".join(parts[:cut])), suffix)
    cut = max(len(parts) - 1, 0)
    while cut > 1 and fold(parts[cut - 1]) in PARTICLES and parts[cut - 1][0].islower():
        cut -= 1
    return Name(printed, _given(" ".join(parts[:cut])), fold(" ".join(parts[cut:])), suffix)


def bare(printed: str) -> str:
    """Return a name without marks, addresses and brackets around it, and without those for whom somebody signs; never nothing.

    >>> bare("Ann Ode¹,²* (ann@hats.org)"), bare("†Ann Ode [3]"), bare("Ann Ode for the Hat Study Group"), bare("[*]")
    ('Ann Ode', 'Ann Ode', 'Ann Ode', '[*]')
    """
    name = _FOR.sub("", printed).rstrip(_STOPS)
    if _ODD.search(name):
        name = _MARKS.sub("", _ASIDE.sub("", _ADDRESS.sub("", name)))
    return name or printed


def _without_suffixes(pieces: Iterable[str]) -> tuple[list[str], str]:
    """Return what commas part in a name, without suffixes, and the suffix that tells it from namesakes."""
    kept: list[str] = []
    suffix = ""
    for piece in pieces:
        rest = piece
        while match := _SUFFIX.search(rest):
            suffix = _ORDINALS.get(told := fold(match["which"] or ""), told) or suffix
            rest = rest[: match.start()]
        if rest or not kept:
            kept.append(rest)
    return kept, suffix


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
    """Tell whether two names can be one person's: same surname, no given name or suffix against another.

    An initial agrees with every name that begins with it, either side may leave out middle names, and a double name
    may be written as one.

    >>> compatible(parse("A. Sophia Koepke"), parse("Almut Sophia Koepke")), compatible(parse("Jun-Yan Z"), parse("Junyan Z"))
    (True, True)
    >>> compatible(parse("Cheng Yang"), parse("Cheng Yan")), compatible(parse("Jane Doe"), parse("John Doe"))
    (False, False)
    """
    if left.surname != right.surname or not left.given or not right.given or (left.suffix and right.suffix and left.suffix != right.suffix):
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
