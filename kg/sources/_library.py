"""What the files of reference managers share: dates as printed, identifiers and Zotero's `extra`.

Zotero, Mendeley, Pandoc and the tables that databases export say the same things in other envelopes. Here is how one
such text becomes a field: a stretch of it, with its place in the file.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from kg.ids import arxiv_id, identifier
from kg.sources._dates import printed_date
from kg.sources._entry import Entry
from kg.sources._json.value import Value
from kg.sources._linked_id import linked_id
from kg.text import line_of, line_starts


class Place(NamedTuple):
    """Where a text stands in a file.

    Attributes:
        path: Its path in the file.
        line: The 1-based line where it begins.
        start: Offset of its first code point where it stands verbatim; None where the file encodes it.
        broken: Whether it has line ends in it, so that its parts may stand on other lines.
    """

    path: str
    line: int
    start: int | None = None
    broken: bool = False

    def line_at(self, text: str, first: int) -> int:
        """Return the line of a place in the text that stands here."""
        return line_of(_starts(text), first) + self.line - 1 if self.broken else self.line


_starts: Final = lru_cache(maxsize=4)(line_starts)
"""Where the lines of a text begin, kept for a long list that is taken apart."""


def put(
    entry: Entry, name: str, text: str, place: Place, value: str | None = None, *, first: int = 0,
    last: int | None = None, of: int | None = None,
) -> int | None:  # fmt: skip
    """Add a stretch of a text as a field, without the white space at its ends; return its position as `Entry.add`.

    Args:
        entry: The record.
        name: See `kg.model.Field`.
        text: The whole text.
        place: Where the whole text stands.
        value: The normalised value.
        first: Where the stretch begins in the text.
        last: Where it ends; the text's end unless given.
        of: Position of the field that it belongs to.
    """
    piece = text[first:last]
    bare = piece.strip()
    if not bare or place.start is None:
        return entry.add(name, bare, value, path=place.path, line=place.line, of=of)
    first += len(piece) - len(piece.lstrip())
    start, line = place.start + first, place.line_at(text, first)
    return entry.add(name, bare, value, path=place.path, line=line, start=start, end=start + len(bare), of=of)


def put_as(
    entry: Entry, name: str, said: str, text: str, place: Place, value: str | None = None, *, first: int, last: int
) -> int | None:
    """Add what a stretch of a text says as a field, with its span where it says so verbatim; see `put`."""
    if said == text[first:last]:
        return put(entry, name, text, place, value, first=first, last=last)
    return entry.add(name, said, value, path=place.path, line=place.line_at(text, first))


def pieces(text: str, separator: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield start and end of what stands between separators, the empty stretches too."""
    first = 0
    for match in separator.finditer(text):
        yield first, match.start()
        first = match.end()
    yield first, len(text)


_EDTF: Final = re.compile(r"([0-9]{4}(?:-[0-9]{1,2}){0,2})[~?%]*(?:/(?:[0-9]{4}(?:-[0-9]{1,2}){0,2}[~?%]*|\.\.)?)?")
_SEASON: Final = re.compile(r"([0-9]{4})-(?:2[1-9]|3[0-9]|4[01])")


def begin_of(text: str) -> str | None:
    """Return the ISO date of a date as printed; of a period or an unsure one in EDTF, when it begins; of a season, the year.

    >>> begin_of("2011-05-25~/2012-06-26"), begin_of("2020/"), begin_of("2017-24"), begin_of("12 May 2022"), begin_of("2022/05/12")
    ('2011-05-25', '2020', '2017', '2022-05-12', '2022-05-12')
    """
    period = _EDTF.fullmatch(text.strip())
    begin = period[1] if period else text
    season = _SEASON.fullmatch(begin)
    return season[1] if season else printed_date(begin)


def add_date(entry: Entry, text: str, place: Place) -> None:
    """Add a date as printed; digits that are no possible date are warned about."""
    value = begin_of(text)
    if value is None and any(c.isdigit() for c in text):
        entry.warn(f"no date: {text.strip()[:40]!r}", "write it as 2022-05-12, 2022-05 or 2022", place.line)
    put(entry, "date", text, place, value)


_VERSION: Final = re.compile(r"[0-9](v[1-9][0-9]?)(?:\.pdf)?$")
_CATEGORY: Final = re.compile(r"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z-]+)?")
_IN_BRACKETS: Final = re.compile(r"(?<!\s)\s*\[([^\[\]]*)\]\s*$")


def add_arxiv(entry: Entry, text: str, place: Place, *, first: int = 0, last: int | None = None) -> bool:
    """Add an arXiv id, its version and the categories in brackets behind it; tell whether it is one.

    Zotero writes `2101.00001 [cs.CV]`.
    """
    stop = len(text) if last is None else last
    brackets = _IN_BRACKETS.search(text, first, stop)
    end = brackets.start() if brackets else stop
    known = arxiv_id(text[first:end])
    if known is None:
        return False
    put(entry, "arxiv_id", text, place, known, first=first, last=end)
    if version := _VERSION.search(text[first:end].rstrip()):
        put(entry, "version", text, place, first=first + version.start(1), last=first + version.end(1))
    for match in _CATEGORY.finditer(text, *brackets.span(1)) if brackets else ():
        put(entry, "category", text, place, first=match.start(), last=match.end())
    return True


_MISGIVEN: Final = frozenset(["arXiv:1011.1669v3", "25246403", "10.1017/CBO9781107415324.004"])
"""What Mendeley's catalogue gave to thousands of papers: as identifiers they would make one paper of all of them."""


def is_misgiven(entry: Entry, text: str, place: Place) -> bool:
    """Tell whether an identifier is one that Mendeley gave to any paper; it is kept as `other` then, with a warning."""
    if text.strip() not in _MISGIVEN:
        return False
    entry.warn(f"{text.strip()!r} is not this paper's: Mendeley gave it to many", "leave it out, or look up the right one", place.line)
    put(entry, "other", text, place)
    return True


def add_identifier(
    entry: Entry, scheme: str, text: str, place: Place, *, first: int = 0, last: int | None = None
) -> None:
    """Add a paper's identifier in a scheme of `kg.ids.identifier`; what is none is kept as `other`, with a warning."""
    piece = text[first:last].strip()
    if is_misgiven(entry, piece, place._replace(start=None)):
        return
    known = identifier(piece.removesuffix(".0") if scheme == "pmid" else piece, scheme)
    if known is None:
        entry.warn(f"no {_SCHEMES[scheme]}: {piece[:60]!r}", "correct it, or leave it out", place.line)
        put(entry, "other", text, place, first=first, last=last)
    elif not (known.startswith("arxiv:") and add_arxiv(entry, text, place, first=first, last=last)):
        put(entry, "identifier", text, place, known, first=first, last=last)


_SCHEMES: Final = {
    "doi": "DOI", "arxiv": "arXiv id", "pmid": "PMID", "pmcid": "PMCID", "openalex": "OpenAlex id", "dblp": "dblp key",
    "s2": "Semantic Scholar id", "acl": "ACL Anthology id", "openreview": "OpenReview id",
}  # fmt: skip


def add_told_identifier(
    entry: Entry, text: str, place: Place, *, first: int = 0, last: int | None = None
) -> bool:
    """Add a paper's identifier whose scheme its own form tells (an address, `arXiv:...`, a DOI); tell if it is one."""
    return _add_known(entry, identifier(text[first:last]), text, place, first=first, last=last)


def _add_known(entry: Entry, known: str | None, text: str, place: Place, *, first: int, last: int | None) -> bool:
    """Add the identifier that a stretch of a text is; tell if it is a paper's."""
    scheme, _, name = (known or "").partition(":")
    if known is None or scheme not in _SCHEMES or name.startswith("~") or (scheme == "openalex" and name[0] != "W"):
        return False
    if scheme != "arxiv":
        put(entry, "identifier", text, place, known, first=first, last=last)
    elif not add_arxiv(entry, text, place, first=first, last=last):
        put(entry, "arxiv_id", text, place, name, first=first, last=last)
    return True


def add_url(entry: Entry, text: str, place: Place, *, first: int = 0, last: int | None = None) -> None:
    """Add a paper's own address, and the identifier in it (arXiv, DOI, ...); comes behind all identifiers."""
    put(entry, "url", text, place, first=first, last=last)
    address = text[first:last].strip()
    known = identifier(address) or linked_id(address) or ""
    if not (entry.has("arxiv_id") if known.startswith("arxiv:") else entry.is_identified(known.partition(":")[0])):
        _add_known(entry, known, text, place, first=first, last=last)


_LINE: Final = re.compile(r"[^\r\n]+")
_KEYED: Final = re.compile(r"\s*(?:\{:)?(?:tex\.)?(?P<key>[A-Za-z_][A-Za-z_ .-]{0,30}?)\s*[:=]\s*(?P<value>\S[^}]*+)\}?+\s*+")
_NOTED: Final = {
    "doi": "doi", "pmid": "pmid", "pmcid": "pmcid", "openalex": "openalex", "openalexid": "openalex", "dblp": "dblp",
    "s2id": "s2", "corpusid": "s2", "semanticscholarid": "s2", "arxiv": "arxiv", "arxivid": "arxiv", "eprint": "arxiv",
}  # fmt: skip
"""Keys of lines in Zotero's `extra` field, without blanks and underscores, and the schemes of what they hold."""


def add_note(entry: Entry, text: str, place: Place) -> None:
    """Add what Zotero's `extra` field says, which CSL calls `note`: identifiers by line, the rest as comment.

    Lines are `PMID: 1`, `arXiv: 2101.00001 [cs.CV]`, `tex.eprint: 2101.00001` (Better BibTeX) or `{:DOI: 10.1/x}`
    (citeproc). A line with a key that means nothing here is `other`; lines without are one comment each stretch.
    """
    free: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        keyed = _KEYED.fullmatch(text, *line.span())
        if keyed is None:
            free.append(line.span())
            continue
        _add_free(entry, text, place, free)
        scheme = _NOTED.get(re.sub(r"[ _.-]", "", keyed["key"]).lower(), keyed["key"].lower())
        first, last = keyed.span("value")
        if scheme in {"comment", "comments"}:
            put(entry, "comment", text, place, first=first, last=last)
        elif scheme == "arxiv":
            if not add_arxiv(entry, text, place, first=first, last=last):
                put(entry, "other", text, place, first=line.start(), last=line.end())
        elif scheme in _SCHEMES:
            add_identifier(entry, scheme, text, place, first=first, last=last)
        else:
            put(entry, "other", text, place, first=line.start(), last=line.end())
    _add_free(entry, text, place, free)


def _add_free(entry: Entry, text: str, place: Place, lines: list[tuple[int, int]]) -> None:
    """Add lines without a key as one comment, and forget them."""
    if lines:
        put(entry, "comment", text, place, first=lines[0][0], last=lines[-1][1])
        lines.clear()


def scalars(data: Any) -> list[str] | None:
    """Return the texts that a JSON value holds: a text or number, or a list of them; None if it is anything else."""
    if isinstance(data, str):
        return [data]
    if isinstance(data, list):
        found = [scalars(item) for item in data if item is not None and not isinstance(item, list)]
        return None if None in found or len(found) < len(data) else [text for texts in found for text in texts or ()]
    return [json.dumps(data)] if isinstance(data, int | float) and not isinstance(data, bool) else None


_NOTHING: Final[tuple[Any, ...]] = (None, "", [], {})


def first_text(data: Any) -> str:
    """Return a text, or the first of a list of them, on one line; empty if there is none."""
    if data.__class__ is str:
        return " ".join(data.split())
    return " ".join((scalars(data) or [""])[0].split())


class Item(NamedTuple):
    """One JSON object that describes a paper.

    Attributes:
        value: The record that it is, or is in.
        data: Its keys.
        path: Its own path in the file.
    """

    value: Value
    data: Mapping[str, Any]
    path: str

    def place(self, key: str) -> Place:
        """Return where a key stands."""
        path = f"{self.path}.{key}"
        return Place(path, self.value.line_of(path))

    def texts(self, entry: Entry, key: str) -> Iterator[tuple[str, Place]]:
        """Yield the texts under a key; if there is none but something else, that is kept as `other`, with a warning."""
        data: Any = self.data.get(key)
        if data in _NOTHING:
            return
        place = self.place(key)
        if data.__class__ is str:
            yield data, place
            return
        found = scalars(data)
        if found is None:
            entry.warn(f"the {key} is no text", "make it a text", place.line)
            entry.add("other", data, path=place.path, line=place.line)
            return
        for index, text in enumerate(found):
            where = f"{place.path}[{index}]" if isinstance(data, list) else place.path
            yield text, Place(where, self.value.line_of(where) if isinstance(data, list) else place.line)

    def rest(self, entry: Entry, known: Collection[str]) -> None:
        """Add as `other` each key that has something to say and is not `known`."""
        for key, data in self.data.items():
            if key not in known and data not in _NOTHING:
                place = self.place(key)
                entry.add("other", data, path=place.path, line=place.line)

    def add(self, entry: Entry, name: str, *keys: str) -> None:
        """Add what stands under the first of some keys that says anything; the others go to `other`."""
        given = [key for key in keys if self.data.get(key) not in _NOTHING]
        for key in given:
            for text, place in self.texts(entry, key):
                put(entry, name if key == given[0] else "other", text, place)


def strange(data: Any) -> Any:
    """Return what `objects` leaves out: of a list its numbers, truth values and lists, or the whole; None if nothing."""
    if isinstance(data, list):
        return [item for item in data if item is not None and not isinstance(item, Mapping | str)] or None
    return None if isinstance(data, Mapping | str) else data


def objects(data: Any) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    """Yield rank and value of the objects and texts in a list, or of the one that is no list."""
    for index, item in enumerate(data if isinstance(data, list) else [data]):
        if isinstance(item, Mapping | str):
            yield index, item
