r"""Author lists in one cell of text, taken apart: who is in it, in natural order, and whether it is cut.

The policy, since no standard says how a cell holds names:

- A list as a program writes it, `['Ada Lovelace', 'Wei Wang']` or `[{"name": "Ada Lovelace"}]`, is that list.
- Separators, the first that occurs decides: `;`, `|`, a line end, ` and ` or ` & `, a comma.
- `Last, First` becomes `First Last`; `Last, Jr., First` and `Last, First, Jr.` become `First Last Jr.`. With commas as
  the only separator, two parts are one such name unless both have several words; more parts are such names in pairs if
  every second one is initials (`Lovelace, A., Babbage, C.`) or if all are single words; else each part is a name.
- `Last F.` (Scopus) becomes `F. Last`. `Last FM` (Vancouver) becomes `FM Last` if all names of the list are so, groups apart.
- `et al.`, `and others`, `...` or `…` say that the list is cut. `{OpenAI Team}` is a group, as is what calls itself one.
- A number in parentheses behind a name (Scopus's author id, that of a place) is no part of it; `[No author name available]` is no name.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from kg.names import PARTICLES, is_group
from kg.sources._library import pieces

Span = tuple[int, int]


class Person(NamedTuple):
    """One author of a list.

    Attributes:
        first: Where the name as printed begins in the text.
        last: Where it ends.
        name: The name in natural order.
        group: Whether it is a collective.
    """

    first: int
    last: int
    name: str
    group: bool = False


class Names(NamedTuple):
    """The authors of a list, in order, and where it says that there are more."""

    people: list[Person]
    et_al: Span | None


_LONGEST_CUT: Final = 40
LONGEST_NAME: Final = 200
"""A name that is longer is none, and stays as printed."""

_COUNTED: Final = r"(?:\+\s*[0-9]+(?:\s+(?:more|others?))?|[0-9]+\s+(?:more|others?|(?:additional|more|other)\s+authors?))"
"""`+3 more`, `12 others`."""

MORE: Final = rf"(?:(?:and\s+|&\s*)?(?:et\.?\s*al(?:ii|\b\.?)|others|{_COUNTED})|\.\.\.+|…)"
"""A regular expression, in lower case, of what stands in place of authors who are not named."""

_CUT: Final = re.compile(rf"{MORE}[\s.;,]*(?:\([^()]*\))?", re.IGNORECASE)
_CUT_AT_END: Final = re.compile(
    rf"(?:^|(?<=[\s,;|.]))(?!others){MORE}[\s.;,]*(?:\([^()]*\)[\s.;,]*)?$|…[\s.;,]*$|\.\.\.[\s.;,]*$", re.IGNORECASE
)
_AND: Final = re.compile(r"(?:,\s*|(?<![\s,])\s+)(?:and|und|et(?!\s+al\b)|&)\s+|(?<=\.)\s+(?:y|e|i|и)\s+(?=[^\W\d_])", re.IGNORECASE)
_LEADING_AND: Final = re.compile(r"(?:and|&)\s+", re.IGNORECASE)
_COMMA: Final = re.compile(r"[,，、]")
_LINES: Final = re.compile(r"[\r\n]+")
_AND_AT_END: Final = re.compile(r"\s(?:and|&)\s*[\r\n]")
"""Where a list is wrapped, as BibTeX has it, so that its lines are no names."""

_PLAIN: Final = (re.compile(r"[;；]"), re.compile(r"\||//"), _LINES)
_SUFFIX: Final = re.compile(r"(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d)\.?", re.IGNORECASE)
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.\s?-?\s?){1,5}|[A-Z]{1,3}|[A-Z](?:[ -][A-Z]){1,3}")
_DOTTED: Final = re.compile(r"(?P<last>[^\W\d_][^.,]*[^\W\d_])\s+(?P<first>(?:-?[^\W\d_]\.\s?){1,5})")
_VANCOUVER: Final = re.compile(r"(?P<last>[^\W\d_]+['’]?[A-Za-z]*[a-z][^.,]*)\s(?P<first>[A-Z]{1,3})(?P<suffix>\s(?:Jr|Sr|II|III|IV|2nd|3rd))?\.?")
_MARKS: Final = "*†‡§¶^ "
"""What stands behind a name to refer to a note."""

_MATH: Final = re.compile(r"\s*\$[^$]{1,30}\$\Z")
_GLUED: Final = re.compile(r"(?<=[a-zß-ÿ.])(?:[0-9]{1,2}|[¹²³⁰⁴-⁹]{1,3})\Z")
"""Marks behind a name in TeX, and numbers: `Ada Lovelace$^*$`, `Ada Lovelace2`."""

_CAPITALS: Final = re.compile(r"(?P<last>[^\W\d_][^.,\d]{2,})\s(?P<first>[A-Z]{1,2})(?P<suffix>\s(?:JR|SR|II|III|IV))?")
_NUMBER: Final = re.compile(r"(?<!\s)\s*\((?:[0-9]{6,}|[0-9]{1,2}(?:,\s?[0-9]{1,2})*)\)$")
_NOBODY: Final = re.compile(r"\[no (?:author|[^\]]*available)[^\]]*\]", re.IGNORECASE)


_LITERAL: Final = re.compile(r"\s*\[\s*(?:'(?>(?:[^'\\]+|\\.)*)'|\"(?>(?:[^\"\\]+|\\.)*)\"|None|nan)(?>(?:[\s,]+(?:'(?>(?:[^'\\]+|\\.)*)'|\"(?>(?:[^\"\\]+|\\.)*)\"|None|nan))*)\s*,?\s*\]\s*")
_QUOTED: Final = re.compile(r"'((?:[^'\\]|\\.)*+)'|\"((?:[^\"\\]|\\.)*+)\"")
_OBJECTS: Final = re.compile(r"\s*\[\s*\{.*\}\s*\]\s*", re.DOTALL)
_NAMED: Final = re.compile(r"[\"'](?:name|fullname|author|display_name)[\"']\s*:\s*(?:'((?:[^'\\]|\\.)*+)'|\"((?:[^\"\\]|\\.)*+)\")")


def literal(text: str) -> list[Span] | None:
    r"""Return where the texts of a list stand that a program wrote into a cell, as Python or JSON has it; None if it is none.

    >>> literal("['Ada', \"O'Hara\"]"), literal("[{'name': 'Ada', 'id': '7'}]"), literal("[1] Ada")
    ([(2, 5), (9, 15)], [(11, 14)], None)
    """
    if not text.lstrip().startswith("["):
        return None
    pattern = _QUOTED if _LITERAL.fullmatch(text) else _NAMED if _OBJECTS.fullmatch(text) else None
    return [match.span(match.lastindex or 0) for match in pattern.finditer(text)] if pattern else None


def are_surnames(lists: Iterable[str]) -> bool:
    """Tell whether lists of authors name them by their surnames only, with commas.

    All names are single words then, and one list has an odd number of them, or one is alone that elsewhere is behind a comma.

    >>> are_surnames(["Lovelace, Babbage", "Hopper, Liskov, Lamport"]), are_surnames(["Lovelace, Babbage", "Babbage"]), are_surnames(["Lovelace, Ada"])
    (True, True, False)
    """
    odd = False
    alone: set[str] = set()
    behind: set[str] = set()
    for text in lists:
        names = [name.strip() for name in _COMMA.split(text.replace("*", "")) if name.strip()]
        if not all(_is_surname(name.split()) for name in names):
            return False
        odd |= len(names) > 1 and len(names) % 2 == 1
        (behind if len(names) > 1 else alone).update(names[1:] or names)
    return odd or bool(alone & behind)


def _is_surname(words: Sequence[str]) -> bool:
    """Tell whether words are a surname, with particles or without."""
    return all(word.casefold() in PARTICLES for word in words[:-1]) and not _INITIALS.fullmatch(words[-1]) and words[-1].isalpha()


def split_names(text: str, *, surnames: bool = False) -> Names:
    """Take a list of authors apart; of `surnames` each that is between commas is one.

    >>> [person.name for person in split_names("Lovelace, Ada; van den Oord, Aäron; Babbage C.").people]
    ['Ada Lovelace', 'Aäron van den Oord', 'C. Babbage']
    >>> names = split_names("Ada Lovelace, Charles Babbage et al.")
    >>> [person.name for person in names.people], names.et_al
    (['Ada Lovelace', 'Charles Babbage'], (30, 36))
    """
    end = len(text.rstrip())
    floor = max(0, end - _LONGEST_CUT)
    cut = _CUT_AT_END.search(text, floor, end)
    et_al = _bare(text, *cut.span()) if cut else None
    people: list[Person] = []
    listed = literal(text)
    said = text[: cut.start() if cut else end]
    groups = listed if listed is not None else list(pieces(said, _COMMA) if surnames else _groups(said))
    if listed is None and ";" in text:
        groups = [part for group in groups for part in _several(text, *group)]
    spans = [_bare(text, *group) for group in groups]
    for first, last in spans:
        if not any(c.isalpha() for c in text[first:last]) or (text[first] == "[" and _NOBODY.fullmatch(text, first, last)):
            continue
        if last - first <= _LONGEST_CUT and _CUT.fullmatch(text, first, last):
            et_al = et_al or (first, last)
            continue
        people.append(_person(text, first, last))
    return Names(_vancouver(text, people), et_al)


_SEVERAL: Final = re.compile(r"\s*[^\W\d_][^,;.]*\s[A-Z]{1,3}(?:,\s*[^\W\d_][^,;.]*\s[A-Z]{1,3}){1,500}\.?\s*")
"""Names in the style of Vancouver between commas."""


def _several(text: str, first: int, last: int) -> list[Span]:
    """Return the names in a piece between semicolons: PubMed puts persons between commas, and a collective behind a semicolon.

    Covidence leaves editors as Web of Science has them, `Lovelace, A and Babbage, C`.
    """
    if "," in text[first:last] and _SEVERAL.fullmatch(text, first, last):
        return [(first + a, first + b) for a, b in pieces(text[first:last], _COMMA)]
    return [(first + a, first + b) for a, b in joined_names(text[first:last])] or [(first, last)]


_JOINED: Final = re.compile(r"\s+and\s+")
_SURNAME_FIRST: Final = re.compile(r"\s*[^\W\d_][^,;]{0,60},\s*[^\W\d_][^,;]{0,40}")


def joined_names(text: str) -> list[Span]:
    """Return where the names stand that `and` joins in what should be one, if all have the surname first; else none.

    >>> joined_names("Lovelace, A and Babbage, C"), joined_names("Ministry of Food and Health"), joined_names("Food and Drug, U.S.")
    ([(0, 11), (16, 26)], [], [])
    """
    if " and " not in text or is_group(text):
        return []
    spans = list(pieces(text, _JOINED))
    return spans if len(spans) > 1 and all(_SURNAME_FIRST.fullmatch(text, *span) for span in spans) else []


def natural(name: str) -> str:
    """Return a name in natural order.

    >>> natural("Lovelace, Ada"), natural("King, Martin Luther, Jr."), natural("Lovelace A."), natural("Ada Lovelace")
    ('Ada Lovelace', 'Martin Luther King Jr.', 'A. Lovelace', 'Ada Lovelace')
    """
    if len(name) > LONGEST_NAME:
        return name.strip()
    last, *others = [part.strip() for part in _COMMA.split(name)] if _COMMA.search(name) else [name.strip()]
    if any(others):
        suffixes = [part for part in others if _SUFFIX.fullmatch(part)]
        return " ".join(part for part in (*(p for p in others if p not in suffixes), last, *suffixes) if part)
    if (match := _DOTTED.fullmatch(last)) and not is_group(last):
        return f"{match['first'].strip()} {match['last']}"
    return last


def _person(text: str, first: int, last: int) -> Person:
    """Return who a piece of a list names."""
    last = _unmarked(text, first, last)
    if first < last - 3 and text.startswith("-. ", first):
        first += 3  # IEEE's sign for initials that are not known
    if text[last - 1] == ")" and (number := _NUMBER.search(text, max(first, last - LONGEST_NAME), last)):
        last = number.start()
    piece = text[first:last]
    if piece.startswith("{") and piece.endswith("}") and (name := piece.strip("{} ")):
        start = first + piece.index(name)
        return Person(start, start + len(name), name, group=True)
    if is_group(piece.removesuffix(".")) and not _COMMA.search(piece):
        return Person(first, last - piece.endswith("."), piece.removesuffix("."), group=True)
    return Person(first, last, natural(piece) or piece)


def _unmarked(text: str, first: int, last: int) -> int:
    """Return where a name ends, without the marks behind it: stars and daggers, those of TeX, and numbers of places that are glued to it."""
    while last > first + 1 and text[last - 1] in _MARKS:
        last -= 1
    if text[last - 1] == "$" and (mark := _MATH.search(text, max(first, last - _LONGEST_CUT), last)):
        return mark.start()
    if text[last - 1].isdigit() and " " in text[first:last] and (mark := _GLUED.search(text, max(first, last - _LONGEST_CUT), last)):
        return mark.start()
    return last


def _vancouver(text: str, people: list[Person]) -> list[Person]:
    """Turn `Lovelace A, Babbage CB`, if most names of persons are so and there are several; one alone may be Malcolm X."""
    persons = [person for person in people if not person.group]
    capitals = all(person.name.isupper() for person in persons)  # bibliometrix writes so
    pattern = _CAPITALS if capitals else _VANCOUVER
    stopped = sum(text.endswith(".", person.first, person.last) for person in persons)  # one is that of the list, as in Europe PMC
    printed = {person: text[person.first : person.last] if stopped == 1 else person.name for person in persons}
    matches = {person: pattern.fullmatch(name) for person, name in printed.items() if len(name) < LONGEST_NAME}
    turned = {person: person._replace(name=f"{match['first']} {match['last']}{match['suffix'] or ''}") for person, match in matches.items() if match}
    if len(persons) < 2 or (len(turned) < len(persons) and (capitals or len(turned) < _ENOUGH or 3 * len(turned) < 2 * len(persons))):
        return people
    return [turned.get(person, person) for person in people]


_ENOUGH: Final = 3
"""So many names must be in the style of Vancouver where not all are."""


def _groups(text: str) -> Iterator[Span]:
    """Yield start and end of each name, white space and empty stretches included."""
    for separator in _PLAIN:
        if separator.search(text) and not (separator is _LINES and _AND_AT_END.search(text)):
            for first, last in pieces(text, separator):
                start, _ = _bare(text, first, last)
                joined = _LEADING_AND.match(text, start, last)
                yield (joined.end() if joined else first), last
            return
    parts = list(pieces(text, _AND))
    commas = [len(_COMMA.findall(text, *part)) for part in parts]
    if len(parts) > 1 and (all(n == 1 for n in commas) or all(n == 0 or _inverted(text, part) for n, part in zip(commas, parts, strict=True))):
        yield from parts
        return
    yield from _at_commas(text, [span for part in parts for span in _commas(text, part)], joined=len(parts) > 1)


def _commas(text: str, part: Span) -> Iterator[Span]:
    """Yield what stands between the commas of a part."""
    for first, last in pieces(text[slice(*part)], _COMMA):
        yield part[0] + first, part[0] + last


def _at_commas(text: str, parts: Sequence[Span], *, joined: bool) -> Iterator[Span]:
    """Yield the names of a list that has commas, which may separate names, or the parts of one; `joined` by `and`, single words are surnames."""
    filled = [part for part in parts if text[slice(*part)].strip()]
    whole: list[Span] = []
    for part in filled:
        if whole and _SUFFIX.fullmatch(text[slice(*part)].strip()):
            whole[-1] = (whole[-1][0], part[1])
        else:
            whole.append(part)
    words = [text[slice(*part)].split() for part in whole]
    even = len(whole) % 2 == 0
    initials = even and all(_INITIALS.fullmatch(" ".join(word)) for word in words[1::2])
    uncased = bool(words) and all(_is_uncased("".join(word)) for word in words)
    single = even and not joined and not uncased and all(len(word) == 1 for word in words) and len(words) > 2
    if whole and ((len(whole) == 2 and _one_name(words)) or (len(whole) > 2 and (initials or single))):
        for last, first in zip(whole[::2], whole[1::2], strict=True):
            yield last[0], first[1]
        return
    yield from whole


def _inverted(text: str, part: Span) -> bool:
    """Tell whether a part is one name with its surname first."""
    spans = [text[slice(*span)] for span in _commas(text, part)]
    words = [span.split() for span in spans if not _SUFFIX.fullmatch(span.strip())]
    return len(words) == 2 and _one_name(words)


def _one_name(words: Sequence[Sequence[str]]) -> bool:
    """Tell whether two parts with a comma between them are one name."""
    last, first = words
    if _is_uncased("".join(last)) and _is_uncased("".join(first)):
        return False  # 山田太郎, 鈴木花子
    if is_group(" ".join(last)) or is_group(" ".join(first)):
        return False
    return len(last) < 2 or len(first) < 2 or last[0] in PARTICLES or bool(_INITIALS.fullmatch(" ".join(first)))


def _is_uncased(name: str) -> bool:
    """Tell whether a name is in a script without capitals, in which one word is a whole name."""
    return len(name) > 1 and all(c.isalpha() and c.lower() == c.upper() for c in name)


def _bare(text: str, first: int, last: int) -> Span:
    """Return a stretch without white space, and commas, at its ends."""
    piece = text[first:last]
    start = first + len(piece) - len(piece.lstrip(" \t\r\n,\u00a0\u3000"))
    return start, max(start, first + len(piece.rstrip(" \t\r\n,\u00a0\u3000")))
