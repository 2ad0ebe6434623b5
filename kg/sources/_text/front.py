"""The lines between a paper's title and its abstract: who wrote it, and where each author works.

Two layouts. In one all authors stand in a line or several, with raised signs behind each that the places below, or a footnote,
begin with. In the other each author has a block: the name, below it place, town and address. Raised signs come as
`RAISED[0]...RAISED[1]`, since in a PDF file their letters are smaller: in plain text they could not be told from names.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from kg.ids import identifier
from kg.names import is_group
from kg.sources._text.byline import people
from kg.sources._text.placed import PLACE, placed_people

RAISED: Final = ("\x01", "\x02")
"""What stands around raised signs."""

GAP: Final = "\x03"
"""What stands where a gap is wide, as between names side by side."""

_RAISED: Final = re.compile(r"\x01([^\x01\x02]*)\x02")
_GRADE: Final = re.compile(r",?\s*(?:(?:Senior|Student|Graduate Student|Life|Associate)\s+)*(?:Member|Fellow),\s*(?:IEEE|ACM|OSA|SPIE)\b", re.IGNORECASE)
_ORCID: Final = re.compile(r"[\[(]?(?<![0-9])([0-9]{4}([-–−])[0-9]{4}\2[0-9]{4}\2[0-9]{3}[0-9X])[\])]?")
_SIGN: Final = re.compile(r"[0-9]{1,2}|[a-z](?![a-z])|[*†‡§¶∗⋆#♠♣♡♢♥♦★☆]")
_NOTE: Final = re.compile(
    r"(?:the |this |both |all |these |joint |co-?)*(?:equal|authors?\b|first\b|contribut|correspond|lead\b|senior|work\b|project|supported|funded|intern|thanks?\b|deceased|current|now\b|present\b|also\b|https?:)", re.IGNORECASE,
)  # fmt: skip
"""How a note begins that a sign behind a name refers to, and that is no place."""

_WITH: Final = re.compile(
    r"\b(?:is|are|was|were) (?:\w+ )?with (?:the )?(?P<place>[^;(){}\x01\x02]{3,200}?)(?=\s*(?:[;(){\x01]|,? e-?mail|,? and also|\S+@|(?<!(?-i:[A-Z]))\.(?:\s|\Z)|\Z))", re.IGNORECASE,
)  # fmt: skip
"""How the IEEE's journals say at the foot of the page where authors work: `A. Lovelace and W. Wang are with University X, Polis.`"""

_SENTENCE: Final = re.compile(r"(?<![A-Z])\.\s|[;)\x02]")
_ALL: Final = re.compile(r"\b(?:the|all) authors\b", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"\s*(?:\x01([^\x01\x02]*)\x02|([0-9]{1,2})(?=\s?[A-Z]))\s*")
_END: Final = re.compile(
    r"a ?r ?t ?i ?c ?l ?e\s+i ?n ?f ?o|(?:additional )?key\s?words?\b|index terms|received\b|accepted\b|ccs concepts|acm reference|history\b|handling editor|(?:academic |action )?editors?:|preprint\b", re.IGNORECASE,
)  # fmt: skip
"""What stands behind the last author's place."""

_FORMAT: Final = re.compile(r"\s*(?:ACM Reference Format|CCS Concepts)", re.IGNORECASE)
_MAIL: Final = re.compile(r"[;,]?\s*(\S+@\S+)")
_MAIL_BEHIND: Final = re.compile(r"(?<=[^\W\d_])\s+(\S+@\S+)\Z")
_COLLABORATION: Final = re.compile(r"collaboration|consortium", re.IGNORECASE)
_RUN_ON: Final = re.compile(r"(?:^|[,;]\s)([0-9]{1,2})\s(?=[A-Z])")
"""The numbers of places that run on in one line: `1 University X, Polis, 2 Institute Y`."""

_NO_LETTER: Final = re.compile(r"[^\w\s.,;:&'’‘`´\-‐‑–()\[\]\x01\x02@/*†‡§¶∗⋆#^·•]")
"""Signs behind names that refer to notes, as journals have them: `Ada Lovelace☯`."""

_LETTERED: Final = re.compile(r"\A\s*[a-z]\s+(?=[A-Z])")
_SHORT_NAME: Final = 60
_FEW_WORDS: Final = 6
_LONGEST_PLACE: Final = 200
_LONGEST_LIST: Final = 400
"""How far before "are with" the names may begin."""



class _Named(NamedTuple):
    """A name with the signs behind it, and an ORCID iD as printed."""

    name: str
    signs: str
    orcid: str


class Author(NamedTuple):
    """An author: the name, an ORCID iD as printed and checked, and places."""

    name: str
    orcid: tuple[str, str] | None
    places: tuple[str, ...]


class Front(NamedTuple):
    """What stands between title and abstract: authors, "et al.", places of which it is not told whose they are, lines of addresses."""

    authors: tuple[Author, ...]
    et_al: str
    places: tuple[str, ...]
    other: tuple[str, ...]


def front(lines: Sequence[str], footnotes: Sequence[str] = ()) -> Front:
    r"""Return what the lines say.

    Args:
        lines: The lines between title and abstract.
        footnotes: The other lines of the page, for places that stand at its foot.

    >>> found = front(["Mae Jemison\x011,2\x02, Wei Wang\x012\x02", "\x011\x02University X \x012\x02Institute Y"])
    >>> [(author.name, author.places) for author in found.authors]
    [('Mae Jemison', ('University X', 'Institute Y')), ('Wei Wang', ('Institute Y',))]
    >>> [author.places for author in front(["Mae Jemison", "University X", "Polis, Utopia", "Wei Wang", "Institute Y"]).authors]
    [('University X, Polis, Utopia',), ('Institute Y',)]
    """
    reading = _Reading()
    for line in lines:
        if not reading.take(line.lstrip(" ,;")):
            break
    return reading.result([line.replace(GAP, " ") for line in footnotes])


class _Reading:
    """Takes lines one after the other, and tells in the end whose each place is."""

    def __init__(self) -> None:
        self._named: list[_Named] = []
        self._below: list[list[str]] = []  # of each name, the lines below it
        self._together: list[int] = []  # of each name, the last of those on its line
        self._shown: list[str] = []  # all lines but those of names
        self._places: list[str] = []
        self._other: list[str] = []
        self._et_al = ""

    def take(self, parted: str) -> bool:
        """Take a line; tell whether it is one of those between title and abstract."""
        line = parted.replace(GAP, "")
        if _FORMAT.match(line) or (self._named and (_is_prose(line) or _END.match(_bare(line)))):
            return False
        if self._named and (orcid := _ORCID.fullmatch(_bare(line))):
            self._named[-1] = self._named[-1]._replace(orcid=orcid[1])
            return True
        bare = _MAIL_BEHIND.sub("", line)
        names, et_al = (_names(parted.replace(GAP, ",")) if GAP in parted else None) or _names(bare) or ([], "")
        if names and self._named and not self._below[-1] and is_group(names[0].name) and not _COLLABORATION.search(line):
            names = []  # the department of the author above it
        if names:
            self._other.append(line[len(bare) :].strip())
            self._et_al = self._et_al or et_al
            self._take_names(bare, names)
        elif served := _served(line):
            self._add([_Named(name, "", "") for name, _ in served], [[place] for _, place in served], own=True)
        else:
            self._take_other(line)
        return True

    def _take_names(self, line: str, names: list[_Named]) -> None:
        """Take a line of names, unless places have begun above it and it is rather one of these."""
        several = len(names) > 1
        in_block = self._below and self._below[-1] and several and not _RAISED.search(line)
        if not in_block and (several or not self._places or len(self._named) == len(self._below)):
            self._add(names, [[] for _ in names], own=False)
        elif len(_bare(line)) <= _LONGEST_PLACE:
            self._put(line)

    def _add(self, names: list[_Named], below: list[list[str]], *, own: bool) -> None:
        """Keep names with what stands behind them; each has its `own` place, or what stands below is the place of all."""
        self._named += names
        self._together += range(len(self._below), len(self._named)) if own else [len(self._named) - 1] * len(names)
        self._below += below

    def _take_other(self, line: str) -> None:
        """Take a line that is no line of names."""
        if self._named:
            self._shown.append(line)
        if "@" in line and _NUMBERED.match(line) and PLACE.search(bare := _MAIL.sub("", line)):
            self._other += (match.group(1) for match in _MAIL.finditer(line))
            self._places.append(bare.rstrip(" ;,"))
        elif "@" in line:
            self._other.append(_RAISED.sub("", line).strip())
        elif self._named and len(_bare(line)) <= _LONGEST_PLACE:
            self._put(line)

    def _put(self, line: str) -> None:
        """Keep a line about the author above it, or one that a sign begins."""
        (self._below[-1] if self._below and not _NUMBERED.match(line) else self._places).append(line)

    def result(self, footnotes: Sequence[str]) -> Front:
        """Return the authors with their places."""
        signed = _signed([*self._places, *(line for block in self._below for line in block)])
        if not signed and any(named.signs for named in self._named):
            signed = _signed([line for line in footnotes if _RAISED.search(line)], sure=True)
        blocks = [] if signed else self._blocks()
        serving = _serving(footnotes, [named.name for named in self._named])
        authors = []
        for rank, named in enumerate(self._named):
            block = (", ".join(_bare(line) for line in blocks[rank]),) if blocks and blocks[rank] else ()
            marked = tuple(signed[sign] for sign in _SIGN.findall(named.signs) if sign in signed)
            authors.append(Author(named.name, _checked(named.orcid), serving.get(rank) or block or marked))
        return Front(tuple(authors), self._et_al, self._loose(authors, is_signed=bool(signed), in_blocks=bool(blocks)), tuple(filter(None, self._other)))

    def _blocks(self) -> list[list[str]]:
        """Return the lines below each name that are its places; none where names and places are not laid out so."""
        if len(self._named) > 1 and not any(self._below[:-1]):
            return _in_columns(self._shown, len(self._named))  # not all of it is the last author's
        blocks = [self._below[last] for last in self._together]  # what stands below names on one line is the place of all of them
        for rank in reversed(range(len(blocks) - 1)):
            blocks[rank] = blocks[rank] or blocks[rank + 1]
        return blocks if any(blocks) else []

    def _loose(self, authors: Sequence[Author], *, is_signed: bool, in_blocks: bool) -> tuple[str, ...]:
        """Return the places of which it is not told whose they are."""
        owned = [place for author in authors for place in author.places]
        told = _run_on(self._shown) if is_signed else frozenset()
        below = [] if in_blocks else [line for block in self._below for line in block]
        parts = (place for line in [*self._places, *below] if line not in told for place in _parts(line))
        return tuple(dict.fromkeys(place for place in parts if not any(place in one for one in owned) and (PLACE.search(place) or "," in place)))


def _served(line: str) -> list[tuple[str, str]]:
    """Return the names of a line with the place that stands behind them, as the ACM's journals have it; none where it is otherwise."""
    found = placed_people(line, 0, len(line)) if "," in line and "@" not in line and not _RAISED.search(line) and not _NUMBERED.match(line) else None
    if found is None or len(found.places) != len(found.people.names) or found.people.end < len(line.rstrip()):
        return []
    return [(line[slice(*found.people.names[rank])], line[slice(*place)]) for rank, place in found.places]


def _serving(footnotes: Sequence[str], names: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """Return the places of authors, by rank, that sentences at the foot of the page say they are with."""
    text = re.sub(r"(?<=[a-z])-\x03(?=[a-z])", "", "\x03".join(footnotes)).replace("\x03", " ")
    found: dict[int, tuple[str, ...]] = {}
    for match in _WITH.finditer(text):
        who = _SENTENCE.split(text[max(0, match.start() - _LONGEST_LIST) : match.start()])[-1]
        words = re.findall(r"[^\W\d_]+", who.lower())
        for rank, name in enumerate(names):
            surname = name.lower().split()[-1]
            initials = [word[0] for word, behind in pairwise(words) if surname.endswith(behind) and len(behind) > 1]
            if _ALL.search(who) or name[0].lower() in initials:
                found[rank] = (*found.get(rank, ()), match["place"].strip(" ,"))
    return found


def _run_on(lines: Sequence[str]) -> frozenset[str]:
    """Return the lines in which places run on, each with the line that it is wrapped to."""
    return frozenset(line for rank, line in enumerate(lines) if any(len(_RUN_ON.findall(one)) > 1 for one in lines[max(0, rank - 1) : rank + 1]))


def _in_columns(lines: Sequence[str], count: int) -> list[list[str]]:
    """Return the lines of each of several authors whose names stand side by side, with as many blocks below, each of which ends with an address; none where that is not so."""
    groups: list[list[str]] = [[]]
    for line in lines:
        if "@" in line:
            groups.append([])
        else:
            groups[-1].append(line)
    return groups[:count] if len(groups) == count + 1 and not groups[-1] and all(groups[:count]) else []


def _is_prose(line: str) -> bool:
    """Tell whether a line is running text."""
    words = _bare(line).split()
    return len(words) > _FEW_WORDS and 2 * sum(word[0].islower() for word in words) > len(words) and not PLACE.search(line)


def _bare(line: str) -> str:
    return " ".join(_RAISED.sub("", line).split())


_LEAD: Final = re.compile(r"\A\s*(?:by:?|and|&)\s+(?=[A-Z])|\((?:B|\s|✉|\*)*\)", re.IGNORECASE)
"""What stands before names, and the envelope behind that of a corresponding author, as fonts print it."""

_IN_PARENTHESES: Final = re.compile(r"\s*\(([^()]+)\)\s*")
_LOWERED: Final = re.compile(r"(?<=[a-zß-ÿ])[ ]((?:[a-z]|[0-9]{1,2})(?:\s?,\s?(?:[a-z]|[0-9]{1,2}|[*∗]))*)(?=\s*(?:[,;]|\Z|and\b|&))")
"""Signs behind a name that are as large as its letters: `Ada Lovelace a,*, Wei Wang a,b`."""


def _names(line: str) -> tuple[list[_Named], str] | None:
    """Return names with raised signs and ORCID iD behind each, and "et al.", of a line that is nothing but names."""
    if (group := _IN_PARENTHESES.fullmatch(line)) and _COLLABORATION.search(line):
        return [_Named(group[1], "", "")], ""
    line = _LOWERED.sub(lambda match: f"{RAISED[0]}{match[1]}{RAISED[1]}", _LEAD.sub("", line))
    orcids = [(match.start(), match[1]) for match in _ORCID.finditer(line)]
    shown = _ORCID.sub(lambda match: " " * len(match.group()), line)
    shown = _GRADE.sub(lambda match: " " * len(match.group()), shown)
    signs = [(match.start(), match[1]) for match in _RAISED.finditer(shown)]
    shown = _NO_LETTER.sub(" ", _RAISED.sub(lambda match: "," + " " * (len(match.group()) - 1), shown))
    if PLACE.search(shown) or "@" in shown:
        return None
    found = people(shown)
    if found is None or sum(c.isalpha() for c in shown[found.end :]) > 3:
        return None
    texts = [shown[slice(*name)] for name in found.names]
    if not found.sure and (len(texts) > 1 or len(texts[0].split()) < 2 or len(texts[0]) > _SHORT_NAME or "," in texts[0] or texts[0].split()[-1].isupper()):
        return None
    ends = [name[0] for name in found.names[1:]] + [len(shown)]
    named = []
    for (first, last), end in zip(found.names, ends, strict=True):
        behind = " ".join([*(text for at, text in signs if last <= at < end), *re.findall(r"[0-9]{1,2}", shown[last:end])])
        named.append(_Named(" ".join(shown[first:last].split()), behind, next((text for at, text in orcids if last <= at < end), "")))
    return named, shown[slice(*found.et_al)] if found.et_al else ""


def _parts(line: str) -> list[str]:
    """Return the places of a line, which raised or leading signs part."""
    return list(filter(None, (" ".join(part.split()).strip(" ,;") for part in _RAISED.split(line)[::2]))) if _RAISED.search(line) else [_LETTERED.sub("", _NUMBERED.sub("", line, count=1), count=1).strip()]


def _signed(lines: Sequence[str], *, sure: bool = False) -> dict[str, str]:
    """Return the places that signs stand before: raised, or a number or letter at the beginning of a line; none unless one is a place beyond doubt if `sure`."""
    found: dict[str, str] = {}
    beyond = False
    for rank, line in enumerate(lines):
        pieces, whole = _RAISED.split(line), False
        if len(pieces) == 1 and not sure and len(_RUN_ON.findall(line)) > 1:
            below = lines[rank + 1] if rank + 1 < len(lines) and not _NUMBERED.match(lines[rank + 1]) and "@" not in lines[rank + 1] else ""
            pieces, whole = _RUN_ON.split(f"{line} {below}".strip()), True
        if len(pieces) == 1 and not sure and (match := re.match(r"([0-9]{1,2}|[a-z])\s+(?=[A-Z])", line)):
            pieces = ["", match[1], line[match.end() :]]
        for sign, place in zip(pieces[1::2], pieces[2::2], strict=True):
            text = " ".join(place.split())
            if not whole and rank + 1 < len(lines) and place is pieces[-1] and text and text[-1] not in ".;" and not _NUMBERED.match(lines[rank + 1]) and len(pieces) > 3 and "@" not in lines[rank + 1]:
                text = " ".join(f"{text} {_RAISED.split(lines[rank + 1])[0]}".split())
            text = re.split(r"\.?\s*(?:Correspondence to|Corresponding author|E-?mail)\b", text)[0].strip(" ,;.")
            if len(sign.strip()) <= 2 and 2 < len(text) <= _LONGEST_PLACE and not _NOTE.match(text) and (PLACE.search(text) or "," in text or len(text.split()) < _FEW_WORDS):
                found.setdefault(sign.strip(), text)
                beyond = beyond or PLACE.search(text) is not None
    return found if beyond or not sure else {}


def _checked(orcid: str) -> tuple[str, str] | None:
    value = identifier(re.sub("[–−]", "-", orcid), "orcid") if orcid else None
    return (orcid, value) if value else None
