"""Names of authors with their places among them, as programmes of conferences print both.

Two ways are known: `Ada Lovelace (University of London), Wei Wang (MIT)`, on one line or each on its own, and `Ada Lovelace
and Wei Wang, MIT; Bo Li, ETH Zürich`. A place belongs to all names between it and the place before it.
"""

import re
from typing import Final, NamedTuple

from kg.sources._text.byline import People, people
from kg.sources._text.fields import Span, squeezed

PLACE: Final = re.compile(
    r"@|\b(?:university|universit[àäé]t?|universidade?|institut[eo]?|college|laborator(?:y|ies)|labs?|department|dept|school of|faculty|inc|research cent(?:er|re)|research"
    r"|academy|hospital|google|microsoft|deepmind|openai|nvidia|eth|mit|cnrs|inria|max planck)\b", re.IGNORECASE,
)  # fmt: skip
"""What places have in their names."""

_LONGEST: Final = 20_000
_ASIDE: Final = re.compile(r"\((?P<said>[^()]{2,300}(?:\([^()]{0,60}\)[^()]{0,200}){0,3})\)")
_NO_PLACE: Final = re.compile(r"(?:19|20)[0-9]{2}|[0-9\W]*\Z|(?:equal|joint|corresponding|contact|presenting|speaker|presenter|student|dir\.|director|supervis|advis|tutor|eds?\b|editors?\b|(?:co-?)?(?:authors?|autor(?:[ae]?s|a)?|auteure?s?|translat\w+|traduc\w+)\Z)", re.IGNORECASE)
_NEXT_LINE: Final = re.compile(r"[ \t,;]*(?P<end>\n)(?=[^()\n]{2,60}\([^\n]*\)[ \t,;.]*(?:\n|\Z))")
"""What stands behind a place at the end of a line, if the next has a name with a place too."""

_INITIALS: Final = re.compile(r"(?:[^\W\d_a-z]\.[ -]?){1,3}\s?[^\W\d_a-z][^\W\d_]+")
"""A name, which no place begins with."""

_SEGMENT: Final = re.compile(r"[^;]+")
_PIECE: Final = re.compile(r"[^,]+")


class Placed(NamedTuple):
    """Names, and the places among them, each with the rank of its author."""

    people: People
    places: tuple[tuple[int, Span], ...]


def placed_people(text: str, start: int, end: int, *, hard: bool = False) -> Placed | None:
    """Return the names that a text begins with, and their places; None if it begins with no names, or there are no places.

    Args:
        text: The text.
        start: Where to begin.
        end: Where to stop.
        hard: Whether a line end ends a name.

    >>> text = "Ada Lovelace (University of London), Wei Wang (MIT)"
    >>> found = placed_people(text, 0, len(text))
    >>> [text[slice(*name)] for name in found.people.names], [(rank, text[slice(*place)]) for rank, place in found.places]
    (['Ada Lovelace', 'Wei Wang'], [(0, 'University of London'), (1, 'MIT')])
    >>> text = "Ada Lovelace and Wei Wang, MIT; Bo Li, ETH"
    >>> [(rank, text[slice(*place)]) for rank, place in placed_people(text, 0, len(text)).places]
    [(0, 'MIT'), (1, 'MIT'), (2, 'ETH')]
    """
    end = min(end, start + _LONGEST)
    return _by_asides(text, start, end, hard=hard) if "(" in text[start:end] else _by_segments(text, start, end, hard=hard)


def _by_asides(text: str, start: int, end: int, *, hard: bool) -> Placed | None:
    """Return names with places in parentheses behind them."""
    piece = text[start:end]
    asides = [match for match in _ASIDE.finditer(piece) if not _NO_PLACE.match(match["said"])]
    bare = list(piece)
    for match in asides:
        bare[match.start() : match.end()] = " " * (match.end() - match.start())
        if line := _NEXT_LINE.match(piece, match.end()):
            bare[line.start("end")] = ","
    found = people("".join(bare), hard=hard) if asides else None
    plain = people(piece, hard=hard)
    if found is None:
        return None
    if plain is not None and len(plain.names) >= len(found.names) > 1 and not all(PLACE.search(match["said"]) for match in asides):
        return None
    last = found.end
    places: list[tuple[int, Span]] = []
    alone = 0
    for match in asides:
        ranks = [rank for rank, name in enumerate(found.names) if name[1] <= match.start()]
        between = piece[found.names[ranks[-1]][1] : match.start()] if ranks else "?"
        if ranks and len(between.strip(" *†‡§,0123456789")) == 0:
            place = _shifted(squeezed(piece, *match.span("said")), start)
            places += ((rank, place) for rank in ranks[alone:])
            alone = len(ranks)
            last = max(last, match.end())
    if not places:
        return None
    names = tuple(_shifted(name, start) for name in found.names)
    et_al = _shifted(found.et_al, start) if found.et_al else None
    sure = found.sure or len(places) >= len(names)
    return Placed(People(names, et_al, start + last, sure), tuple(places))


def _by_segments(text: str, start: int, end: int, *, hard: bool) -> Placed | None:
    """Return names with places behind commas, between semicolons."""
    line = text.find("\n", start, end)
    end = line if hard and line > start else end
    names: list[Span] = []
    places: list[tuple[int, Span]] = []
    last = start
    for segment in _SEGMENT.finditer(text, start, end):
        pieces = [squeezed(text, *piece.span()) for piece in _PIECE.finditer(text, *segment.span())]
        at = next((rank for rank, piece in enumerate(pieces) if rank and PLACE.search(text, *piece)), 0)
        stop = pieces[at - 1][1] if at else segment.end()
        found = people(text, squeezed(text, *segment.span())[0], stop, hard=hard)
        if found is None or text[found.end : stop].strip(" ,.*†‡0123456789") or (at and _INITIALS.match(text, pieces[at][0])):
            break
        if at:
            place = squeezed(text, pieces[at][0], segment.end())
            places += ((len(names) + rank, place) for rank in range(len(found.names)))
        names += found.names
        last = segment.end()
    if not names or not places or text[last:end].strip(" .;"):
        return None
    return Placed(People(tuple(names), None, last, sure=True), tuple(places))


def _shifted(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by
