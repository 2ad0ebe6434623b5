"""Lists of people in one text: without marks, gaps and wrapped lines; with places in brackets; and with slots that count (`A;;C`)."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from kg.names import PARTICLES, is_collective, is_group, is_institution
from kg.sources._text.names import MORE, Span, natural, split_names
from kg.sources._text.placed import Placed, placed_people

_SUFFIX: Final = re.compile(r"(?:[JS]r\.?|I{2,3}|IV)", re.IGNORECASE)
_CUT: Final = re.compile(rf"[;\s]+({MORE})[;\s]*$", re.IGNORECASE)
_LEADING_AND: Final = re.compile(r"^and\s+")
_GROUP_MAIL: Final = re.compile(r"\{[^{}]*\}@[\w.-]+")
_MARKS: Final = re.compile(r"(?:\s*(?:\([^\w()]*\)|\[\d+\]|\\?[*∗†‡§¶#^]+|(?<=[^\W\d_])\d))+$")
_MARKS_OF_LIST: Final = re.compile(r"(?:\A|(?<=[\s,;&]))(?:\\?\*|[#^$†‡§¶]){1,3}(?=[^\W\d_])|(?<=[\w.])(?:\\?\*|[#^†‡§¶])+(?=\s*(?:[,;&]|\Z|and\b))")
"""What refers to a note, before a name or behind it: `#Lovelace, A.*`; in Markdown a star has a backslash."""

_LEGEND: Final = re.compile(r"\(\s*\\?[*∗†‡§¶#^][^()]{1,100}\)[\s.]*\Z")
"""What the marks in a list mean, behind it: `(* equal contribution)`."""

_GAP: Final = re.compile(r"(?<=[\w.,;*])\s*(?:…|\.\.\.+|\.\s\.\s\.)\s*(?=[^\W\d_])")
"""Where names are left out between two: `Ada Lovelace ... Mary Shaw`."""

_WRAPPED: Final = re.compile(r"(?<=,)[ \t]*[\r\n]+")
_LAST_STOP: Final = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=[A-Z]\.\s[A-Z][a-z])|(?<=[^\s.]\.)|(?<=[\w.]\s)(?<!\.\s\.\s))(?<!\b(?i:al))(?<!\b(?i:esq|phd|inc|ltd))\.\s*\Z")
"""The full stop of a list, which no initial ends with; behind a blank or another one it is the list's (`Lovelace, A..`), as Lattes writes."""

_MOST_WORDS: Final = 5
_SENTENCE: Final = 12


def tidied(text: str) -> tuple[str, Span | None]:
    """Return a list of people in which blanks stand for marks and a comma for a gap, all else in its place, and where the gap is.

    >>> tidied("^Lovelace, A., #Shaw, M., and Pot, B.*"), tidied("Ada Lovelace…Mary Shaw.")
    ((' Lovelace, A.,  Shaw, M., and Pot, B. ', None), ('Ada Lovelace,Mary Shaw ', (12, 13)))
    """
    text = _parted(_paired(_LAST_STOP.sub(_blank, _MARKS_OF_LIST.sub(_blank, _LEGEND.sub(_blank, text)))))
    if any(line.strip(" \t\r,").count(",") > 1 for line in text.split("\n")[:_FIRST_LINES]):
        text = _WRAPPED.sub(_blank, text)  # a line has several names
    gap = _GAP.search(text)
    separator = ";" if ";" in text else ","
    return (_GAP.sub(lambda match: separator.ljust(len(match[0])), text), gap.span()) if gap else (text, None)


_SURNAME: Final = re.compile(r"(?:[a-z]{1,4}\s+){0,2}[^\W\d_][\w'’-]+")
_GIVEN: Final = re.compile(r"[^\W\d_][\w'’-]+(?:[\s-][^\W\d_]\.?){1,3}")
_BETWEEN: Final = re.compile(r",\s*(?:and\s+|&\s*)?")


def _paired(text: str) -> str:
    """Return a list of names with semicolons between them if each has its surname first: every second part has given names and initials.

    >>> _paired("Lovelace, Ada K., van Shaw, Mary, and Pot, Bo C."), _paired("Ada K. Lovelace, Mary Shaw, Bo C. Pot")
    ('Lovelace, Ada K.; van Shaw, Mary;     Pot, Bo C.', 'Ada K. Lovelace, Mary Shaw, Bo C. Pot')
    """
    commas = [] if ";" in text else list(_BETWEEN.finditer(text.rstrip()))
    parts = [text[start:end].strip() for start, end in pairwise([0, *(place for comma in commas for place in comma.span()), len(text)])][::2]
    given = [bool(_GIVEN.fullmatch(part)) for part in parts[1::2]]
    if len(parts) < 4 or len(parts) % 2 or 2 * sum(given) < len(given) or not all(map(_SURNAME.fullmatch, parts[::2])):
        return text
    letters = list(text)
    for comma in commas[1::2]:
        letters[slice(*comma.span())] = ";".ljust(len(comma[0]))
    return "".join(letters)


def _parted(text: str) -> str:
    """Return a list with semicolons in which there is one also where `and` stands between the last two.

    >>> _parted("Ada Lovelace; Bo Pot and Mary Shaw"), _parted("A. Lovelace; Institute of Looms and Mills")
    ('Ada Lovelace; Bo Pot;    Mary Shaw', 'A. Lovelace; Institute of Looms and Mills')
    """
    first = text.rfind(";")
    ands = list(_AND.finditer(text, first)) if first >= 0 else []
    if len(ands) != 1 or not all(" " in part.strip("; ") for part in (text[first : ands[0].start()], text[ands[0].end() :])) or is_collective(text[first:]):
        return text
    return text[: ands[0].start()] + ";".ljust(len(ands[0][0])) + text[ands[0].end() :]


_AND: Final = re.compile(r"\s(?:and|&)\s")

_FIRST_LINES: Final = 100
"""So many lines tell whether a list is wrapped."""


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


_NICKNAME: Final = re.compile(r"[^\W\d_][^\W\d_A-Z]+")


def with_places(text: str) -> Placed | None:
    """Return the people of a list with the places that stand in brackets behind them; None where there are none, or where it is more than that.

    >>> with_places("Shaw, Mary (May) and Pot, Bo") is None, len(with_places("Ada Lovelace (MIT), Bo Pot (ETH)").places)
    (True, 2)
    """
    found = placed_people(text, 0, len(text))
    if found is None:
        return None
    end = max(found.people.end, found.people.et_al[1] if found.people.et_al else 0)
    printed = [(text[slice(*found.people.names[rank])], text[slice(*place)]) for rank, place in found.places]
    nicknamed = any("," in name and _NICKNAME.fullmatch(place) for name, place in printed)
    return None if nicknamed or any(map(str.isalpha, text[end:])) else found


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
    if len(pieces) != 2 or not all(len(piece.split()) > 1 for piece in pieces) or is_collective(text):
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
    if is_institution(name):
        return Person(name, "group", "an institution among the authors")
    if "\\" in name or "{" in name:
        flaw = "LaTeX in an author's name"
    elif len(words) > _MOST_WORDS and _is_glued(words):
        flaw = "several names in one (Ada Lovelace Jean Sammet)"
    return Person(name, None, flaw)


def _is_glued(words: list[str]) -> bool:
    """Tell whether these are more words than one name has; initials and particles do not count."""
    return sum("." not in word and "," not in word and word.lower() not in PARTICLES for word in words) > _MOST_WORDS
