"""The lines between a paper's title and its abstract: who wrote it, and where each author works.

Two layouts. In one all authors stand in a line or several, with raised signs behind each that the places below, or a footnote,
begin with. In the other each author has a block: the name, below it place, town and address. Raised signs come as
`RAISED[0]...RAISED[1]`, since in a PDF file their letters are smaller: in plain text they could not be told from names.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from kg.ids import identifier
from kg.sources._text.byline import people
from kg.sources._text.sheet import PLACE

RAISED: Final = ("\x01", "\x02")
"""What stands around raised signs."""

_RAISED: Final = re.compile(r"\x01([^\x01\x02]*)\x02")
_GRADE: Final = re.compile(r",?\s*(?:(?:Senior|Student|Graduate Student|Life|Associate)\s+)*(?:Member|Fellow),\s*(?:IEEE|ACM|OSA|SPIE)\b", re.IGNORECASE)
_ORCID: Final = re.compile(r"[\[(]?\b([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])[\])]?")
_SIGN: Final = re.compile(r"[0-9]{1,2}|[a-z](?![a-z])|[*†‡§¶∗⋆#]")
_NUMBERED: Final = re.compile(r"\s*(?:\x01([^\x01\x02]*)\x02|([0-9]{1,2})(?=\s?[A-Z]))\s*")
_END: Final = re.compile(
    r"a ?r ?t ?i ?c ?l ?e\s+i ?n ?f ?o|(?:additional )?key\s?words?\b|index terms|received\b|accepted\b|ccs concepts|acm reference|history\b|handling editor|(?:academic |action )?editors?:|preprint\b", re.IGNORECASE,
)  # fmt: skip
"""What stands behind the last author's place."""

_FORMAT: Final = re.compile(r"\s*(?:ACM Reference Format|CCS Concepts)", re.IGNORECASE)
_MAIL: Final = re.compile(r"[;,]?\s*(\S+@\S+)")
_RUN_ON: Final = re.compile(r"(?:^|[,;]\s)([0-9]{1,2})\s(?=[A-Z])")
"""The numbers of places that run on in one line: `1 University X, Polis, 2 Institute Y`."""

_NO_LETTER: Final = re.compile(r"[^\w\s.,;:&'’‘`´\-‐‑–()\[\]\x01\x02@/*†‡§¶∗⋆#^·•]")
"""Signs behind names that refer to notes, as journals have them: `Ada Lovelace☯`."""

_LETTERED: Final = re.compile(r"\A\s*[a-z]\s+(?=[A-Z])")
_SHORT_NAME: Final = 60
_FEW_WORDS: Final = 6
_LONGEST_PLACE: Final = 200


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
    named: list[tuple[str, str, str]] = []
    shown: list[str] = []
    below: list[list[str]] = []
    places: list[str] = []
    other: list[str] = []
    together: list[int] = []
    et_al = ""
    for line in lines:
        if _FORMAT.match(line) or (named and (_is_prose(line) or _END.match(_bare(line)))):
            break
        found = _names(line)
        if named and found is None:
            shown.append(line)
        if found is None and "@" in line and _NUMBERED.match(line) and PLACE.search(bare := _MAIL.sub("", line)):
            other += (match.group(1) for match in _MAIL.finditer(line))
            places.append(bare.rstrip(" ;,"))
        elif found is not None and (len(found[0]) > 1 or not places) and not (below and below[-1] and len(found[0]) > 1 and not _RAISED.search(line)):
            named += found[0]
            et_al = et_al or found[1]
            below += [[] for _ in found[0]]
            together += [len(named) - 1] * len(found[0])
        elif found is not None and len(found[0]) == 1 and len(named) == len(below):
            named += found[0]
            below.append([])
            together.append(len(named) - 1)
        elif "@" in line:
            other.append(_RAISED.sub("", line).strip())
        elif named and len(_bare(line)) <= _LONGEST_PLACE:
            (below[-1] if _is_block(line, below) else places).append(line)
    signed = _signed([*places, *(line for block in below for line in block)])
    blocks = not signed and any(below) and all(not signs for _, signs, _ in named)
    if blocks and len(named) > 1 and not any(below[:-1]):
        below = _in_columns(shown, len(named)) or [[]]  # not all of it is the last author's
        blocks = len(below) == len(named)
        places += [line for line in shown if "@" not in line] if not blocks else []
        below = below if blocks else [[] for _ in named]
    elif blocks:
        below = [below[last] for last in together]  # what stands below names on one line is the place of all of them
    if not signed and any(signs for _, signs, _ in named):
        signed = _signed([line for line in footnotes if _RAISED.search(line)], sure=True)
    authors = [
        Author(name, _checked(orcid), (", ".join(_bare(line) for line in below[i]),) if blocks and below[i] else tuple(signed[sign] for sign in _SIGN.findall(signs) if sign in signed))
        for i, (name, signs, orcid) in enumerate(named)
    ]
    owned = [place for author in authors for place in author.places]
    told = _run_on(shown) if signed else frozenset()
    loose = [line for line in [*places, *(line for block in below if not blocks for line in block)] if line not in told]
    rest = [place for line in loose for place in _parts(line) if not any(place in one for one in owned) and (PLACE.search(place) or "," in place)]
    return Front(tuple(authors), et_al, tuple(dict.fromkeys(rest)), tuple(filter(None, other)))


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


def _is_block(line: str, below: Sequence[list[str]]) -> bool:
    """Tell whether a line is about the author above it: no sign begins it."""
    return bool(below) and not _NUMBERED.match(line)


def _bare(line: str) -> str:
    return " ".join(_RAISED.sub("", line).split())


_LEAD: Final = re.compile(r"\s*by:?\s+(?=[A-Z])|\((?:B|\s|✉|\*)*\)", re.IGNORECASE)
"""What stands before names, and the envelope behind that of a corresponding author, as fonts print it."""

_LOWERED: Final = re.compile(r"(?<=[a-zß-ÿ])[ ]((?:[a-z]|[0-9]{1,2})(?:\s?,\s?(?:[a-z]|[0-9]{1,2}|[*∗]))*)(?=\s*(?:[,;]|\Z|and\b|&))")
"""Signs behind a name that are as large as its letters: `Ada Lovelace a,*, Wei Wang a,b`."""


def _names(line: str) -> tuple[list[tuple[str, str, str]], str] | None:
    """Return names with raised signs and ORCID iD behind each, and "et al.", of a line that is nothing but names."""
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
        named.append((" ".join(shown[first:last].split()), behind, next((text for at, text in orcids if last <= at < end), "")))
    return named, shown[slice(*found.et_al)] if found.et_al else ""


def _parts(line: str) -> list[str]:
    """Return the places of a line, which raised or leading signs part."""
    return list(filter(None, (" ".join(part.split()).strip(" ,;") for part in _RAISED.split(line)[::2]))) if _RAISED.search(line) else [_LETTERED.sub("", _NUMBERED.sub("", line, count=1), count=1).strip()]


def _signed(lines: Sequence[str], *, sure: bool = False) -> dict[str, str]:
    """Return the places that signs stand before: raised, or a number or letter at the beginning of a line; only such as are places beyond doubt if `sure`."""
    found: dict[str, str] = {}
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
            if len(sign.strip()) <= 2 and 2 < len(text) <= _LONGEST_PLACE and (PLACE.search(text) or (not sure and ("," in text or len(text.split()) < _FEW_WORDS))):
                found.setdefault(sign.strip(), text)
    return found


def _checked(orcid: str) -> tuple[str, str] | None:
    value = identifier(orcid, "orcid") if orcid else None
    return (orcid, value) if value else None
