"""Lists of people whose slots count, as scraped records have them: `A;;C`, footnote marks and all."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from kg.names import PARTICLES, is_group
from kg.sources._text.names import MORE, natural, split_names

_SUFFIX: Final = re.compile(r"(?:[JS]r\.?|I{2,3}|IV)", re.IGNORECASE)
_CUT: Final = re.compile(rf"[;\s]+({MORE})[;\s]*$", re.IGNORECASE)
_LEADING_AND: Final = re.compile(r"^and\s+")
_GROUP_MAIL: Final = re.compile(r"\{[^{}]*\}@[\w.-]+")
_MARKS: Final = re.compile(r"(?:\s*(?:\([^\w()]*\)|\[\d+\]|[*∗†‡§¶#^]+|(?<=[^\W\d_])\d))+$")
INSTITUTION: Final = re.compile(
    r"\b(?:universit\w+|universidade?|institut\w*|research|laborator\w+|academ(?:y|ies)|college|agency|supercomputing center|"
    r"(?:school|department|cent(?:er|re)s?|office|bureau) (?:of|for)|organi[sz]ation|commission|committee|council|minist(?:ry|[eéè]r(?:i\w+|[eo]))|"
    r"foundation|association|society|federation|government|research cent(?:er|re)|inc\.|llc|ltd\.?|gmbh)(?!\w)",
    re.IGNORECASE,
)
"""What only the names of institutions have in them."""

_MOST_WORDS: Final = 5
_SENTENCE: Final = 12


class Person(NamedTuple):
    """One entry of a list of people.

    Attributes:
        name: The name without footnote marks; empty where there is none.
        kind: `group` for a collective or an institution, else None.
        flaw: What looks wrong with it, else None.
    """

    name: str
    kind: str | None
    flaw: str | None


class Slots(NamedTuple):
    """A list of people taken apart.

    Attributes:
        names: What each slot holds.
        et_al: What says that the list is cut.
        joined: Whether commas or `and` join names, where semicolons should.
    """

    names: list[str]
    et_al: str | None
    joined: bool


def split_slots(text: str) -> Slots:
    """Return the names in a list of people, an empty one for each slot that is empty.

    Semicolons make slots; a text without any is taken apart as any list of authors.

    >>> split_slots("Ada Lovelace;;Jean Sammet; Jr.; Shaw, Mary and Grace Hopper")
    Slots(names=['Ada Lovelace', '', 'Jean Sammet Jr.', 'Mary Shaw', 'Grace Hopper'], et_al=None, joined=True)
    >>> split_slots("Ada Lovelace, Jean Sammet et al.")
    Slots(names=['Ada Lovelace', 'Jean Sammet'], et_al='et al.', joined=True)
    """
    if "@" in text:
        text = _GROUP_MAIL.sub("", text)
    if ";" not in text:
        people, cut = split_names(text)
        names = [" ".join(found.name.split()) for found in people]
        return Slots(names, text[slice(*cut)] if cut else None, len(names) > 1)
    cut_off = _CUT.search(text)
    slots: list[str] = []
    joined = False
    for slot in (text[: cut_off.start()] if cut_off else text).split(";"):
        name = _LEADING_AND.sub("", " ".join(slot.split()))
        if slots and slots[-1] and name and _SUFFIX.fullmatch(name):
            slots[-1] += f" {name}"
        elif " and " in name and (both := _two(name)):
            slots += both
            joined = True
        else:
            slots.append(natural(name) if "," in name else name)
    return Slots(slots, cut_off[1] if cut_off else None, joined)


def _two(text: str) -> list[str]:
    """Return the two people that one slot names; none where it names one, or an institution."""
    pieces = text.split(" and ")
    if len(pieces) != 2 or not all(len(piece.split()) > 1 for piece in pieces) or INSTITUTION.search(text) or is_group(text):
        return []
    return [natural(piece) if "," in piece else piece for piece in pieces]


@lru_cache(1 << 16)
def person(text: str) -> Person:
    r"""Return an entry of a list of people without what is not the name.

    >>> person("Mingliang Zhang1")
    Person(name='Mingliang Zhang', kind=None, flaw='a footnote mark behind a name, left out')
    >>> person("x@y.org").name, person("Peking University").kind
    ('', 'group')
    """
    name, flaw = text, None
    if name and not name[-1].isalpha() and name[-1] != "." and (match := _MARKS.search(name)):
        name, flaw = name[: match.start()], "a footnote mark behind a name, left out"
    if name.endswith(")") and "(" not in name:
        name, flaw = name[:-1], "a footnote mark behind a name, left out"
    words = name.split()
    if "@" in name or len(words) > _SENTENCE or not any(map(str.isalpha, name)):
        return Person("", None, "no name but something else among the authors, not taken for one")
    if is_group(name):
        return Person(name, "group", flaw)
    if INSTITUTION.search(name):
        return Person(name, "group", "an institution among the authors")
    if "\\" in name or "{" in name:
        flaw = "LaTeX in an author's name"
    elif len(words) > _MOST_WORDS and _is_glued(words):
        flaw = "several names in one (Ada Lovelace Jean Sammet)"
    return Person(name, None, flaw)


def _is_glued(words: list[str]) -> bool:
    """Tell whether these are more words than one name has; initials and particles do not count."""
    return sum("." not in word and "," not in word and word.lower() not in PARTICLES for word in words) > _MOST_WORDS
