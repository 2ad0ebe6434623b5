"""What the readers of the providers' JSON share: a record is taken apart, and what is left of it becomes `other`.

A reader takes out what it makes a field of. So nothing can be lost: what was not taken, or is of another type than the
provider documents (which is reported), is still there at the end.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple

import orjson

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.sources._dates import valid_date
from kg.sources._entry import Entry
from kg.sources._json.values import saved

_TYPES: Final[dict[type, str]] = {
    dict: "an object", list: "a list", str: "a text", bool: "a truth value", int: "a number", float: "a number",
    type(None): "null",
}  # fmt: skip
_NUMBERS: Final = frozenset({bool, int, float})
_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?(?:[T /].*)?", re.DOTALL)
_CUT: Final = re.compile(r"(?:and\s+)?(?:et\.?\s?al\.?|others)", re.IGNORECASE)
_CUT_BEGINS: Final = frozenset("aeoAEO")
_EXPORT: Final = "export it again, or repair it by hand"

_FIVE_DIGITS: Final = 1501
"""Year and month since when ids of arXiv have five digits behind the point."""

_LONGEST: Final = 200
"""So long an identifier may be to be remembered; a hostile one may be as long as a file."""

_remembered: Final = lru_cache(maxsize=1 << 15)(identifier)
"""For identifiers of people and organisations, which a file names again and again."""


class Part(NamedTuple):
    """An object inside a record, or the record itself.

    Attributes:
        entry: Where its fields go.
        data: What has not been taken yet.
        path: Its path in the file.
    """

    entry: Entry
    data: dict[str, Any]
    path: str

    def text(self, key: str, *, numbers: bool = False) -> str:
        """Take the text under a key, or the number if `numbers` may be there; empty if there is none."""
        found = self.data.pop(key, None)
        if isinstance(found, str):
            return found.strip()
        return self._number(key, found, numbers=numbers)

    def _number(self, key: str, found: Any, *, numbers: bool) -> str:
        """Return what is no text: a number if it may be there, else nothing, and what is there instead is reported."""
        if found is None:
            return ""
        if numbers and isinstance(found, int | float) and not isinstance(found, bool):
            return str(found)
        self._reject(key, found, "a text")
        return ""

    def add(
        self, name: str, key: str, clean: Callable[[str], str] | None = None, *, numbers: bool = False, of: int | None = None
    ) -> int | None:
        """Take the text under a key as a field; return its position, None if there is no text."""
        found = self.data.pop(key, None)
        if not isinstance(found, str):
            found = self._number(key, found, numbers=numbers)
        if not found:
            return None
        return self.entry.add(name, clean(found) if clean else found, path=f"{self.path}.{key}", of=of)

    def add_id(self, name: str, key: str, scheme: str, of: int | None = None) -> str | None:
        """Take the identifier under a key as a field and return it as `scheme:id`; a wrong one stays, and is reported."""
        found = self.data.pop(key, None)
        if isinstance(found, str):
            check = identifier if of is None or len(found) > _LONGEST else _remembered
            if known := check(found, scheme):
                path = f"{self.path}.{key}"
                if name == "identifier":
                    self.entry.identify(found, known, path=path)
                else:
                    self.entry.add(name, found, known, path=path, of=of)
                return known
        if found is not None and found != "":
            self.data[key] = found
            what = f"{self.path}.{key} is no {_SCHEMES.get(scheme, scheme)}: {str(found)[:80]}"
            self.entry.warn(what, "correct it", self.line(key))
        return None

    def add_date(self, key: str, year: str = "") -> None:
        """Take the date under a key as a field, or else the year under another; the year of a date, said twice, goes."""
        found = self.text(key, numbers=True)
        if found:
            add_date(self.entry, found, f"{self.path}.{key}")
            said = self.data.get(year)
            if isinstance(said, int | str) and found[:4] == str(said):
                del self.data[year]
        elif year and not self.entry.has("date"):
            self.add_date(year)

    def texts(self, key: str) -> list[tuple[str, str]]:
        """Take the texts of a list: path and text of each. A text in the place of a list is a list of one."""
        found = self.data.pop(key, None)
        start = f"{self.path}.{key}"
        if isinstance(found, str):
            return [(start, found)]
        if not isinstance(found, list):
            if found is not None:
                self._reject(key, found, "a list")
            return []
        texts = [(f"{start}[{i}]", text) for i, text in enumerate(found) if isinstance(text, str)]
        if len(texts) != len(found):
            self.data[key] = [None if isinstance(each, str) else each for each in found]
            self._report(key, [(i, each) for i, each in enumerate(found) if not isinstance(each, str)], "a text")
        return texts

    def objects(self, key: str) -> list["Part"]:
        """Return the objects of a list; what is not taken of them stays."""
        return [Part(self.entry, data, path) for path, data in self.inside(key)]

    def inside(self, key: str) -> list[tuple[str, dict[str, Any]]]:
        """Return path and data of each object of a list, for lists of which there are many; JSON made of XML has one alone as it is."""
        found = self.data.get(key)
        if isinstance(found, dict):
            return [(f"{self.path}.{key}", found)]
        if not isinstance(found, list):
            if found is not None:
                self._reject(key, found, "a list")
            return []
        start = f"{self.path}.{key}["
        parts = [(f"{start}{i}]", each) for i, each in enumerate(found) if isinstance(each, dict)]
        if len(parts) != len(found):
            self._report(key, [(i, each) for i, each in enumerate(found) if not isinstance(each, dict)], "an object")
        return parts

    def object(self, key: str) -> "Part | None":
        """Return the object under a key, if there is one; what is not taken of it stays."""
        found = self.data.get(key)
        if isinstance(found, dict):
            return Part(self.entry, found, f"{self.path}.{key}")
        if found is not None:
            self._reject(key, found, "an object")
        return None

    def add_references(self, key: str, scheme: str) -> None:
        """Take the ids in a list as cited works."""
        add = self.entry.add
        for path, text in self.texts(key):
            add("reference", text, identifier(text, scheme), path=path)

    def tidy(self, *keys: str) -> None:
        """Drop what is under these keys, if all that it said has been taken."""
        for key in keys:
            if key in self.data and not _says(self.data[key]):
                del self.data[key]

    def left(self) -> None:
        """Add as `other` all that was not taken, key by key."""
        for key, rest in self._rest().items():
            self.entry.add("other", rest, path=f"{self.path}.{key}")

    def left_in_one(self) -> None:
        """Add as one `other` all that was not taken; key by key only where a part of it is not easily written."""
        if rest := self._rest():
            try:
                self.entry.add("other", orjson.dumps(rest).decode(), path=self.path)
            except orjson.JSONEncodeError:  # a number of more than 64 bits, half a character, or nested deep
                self.left()

    def _rest(self) -> dict[str, Any]:
        """Return what was not taken, but for keys that say nothing."""
        return {key: value for key, value in self.data.items() if (value and type(value) is not list) or _says(value)}

    def line(self, key: str = "") -> int:
        """Return the line of what is under a key, or of the whole."""
        return self.entry.line_at(f"{self.path}.{key}" if key else self.path)

    def _reject(self, key: str, found: Any, wanted: str) -> None:
        """Leave what is under a key where it was, and report that it is not what should be there."""
        self.data[key] = found
        self.entry.skip(f"{self.path}.{key} is {_TYPES[type(found)]}, not {wanted}", _EXPORT, self.line(key))

    def _report(self, key: str, wrong: list[tuple[int, Any]], wanted: str) -> None:
        """Report what does not belong into a list."""
        place, found = wrong[0]
        more = f", like {len(wrong) - 1} more" if len(wrong) > 1 else ""
        what = f"{self.path}.{key}[{place}] is {_TYPES[type(found)]}, not {wanted}{more}"
        self.entry.skip(what, _EXPORT, self.line(f"{key}[{place}]"))


def _says(value: Any) -> bool:
    """Tell whether something is left of a value: of a list, in one of its elements."""
    if isinstance(value, list):
        return any(each or type(each) in _NUMBERS for each in value)
    return bool(value) or type(value) in _NUMBERS


_SCHEMES: Final = {
    "openalex": "OpenAlex id", "s2": "Semantic Scholar id", "orcid": "ORCID iD", "doi": "DOI", "ror": "ROR id",
    "arxiv": "arXiv id", "pmid": "PubMed id", "pmcid": "PubMed Central id", "acl": "ACL Anthology id", "dblp": "dblp key",
}  # fmt: skip
"""What the identifiers are called."""


def add_date(entry: Entry, text: str, path: str) -> None:
    """Add a date as ISO 8601 writes it, its time left out of the value; report one that the calendar does not have."""
    value = iso(text)
    entry.add("date", text, value, path=path)
    if value is None:
        entry.warn(f"no date: {text[:40]}", "correct it", entry.line_at(path))


def add_author(entry: Entry, name: str, path: str, *, group: bool = False) -> int | None:
    """Add an author and return the position; `et al.` in the place of an author says that the list is cut."""
    if name[:1] in _CUT_BEGINS and _CUT.fullmatch(name):
        entry.add("et_al", name, path=path)
        return None
    return entry.add("author", name, "group" if group else None, path=path)


def iso(text: str) -> str | None:
    """Return the ISO date that a text begins with, as precise as it is; None if there is no such day.

    >>> iso("2022-05-12T14:20:16Z"), iso("2022-5"), iso("2022"), iso("2022-02-30"), iso("May 2022")
    ('2022-05-12', '2022-05', '2022', None, None)
    """
    match = _DATE.fullmatch(text.strip())
    if not match:
        return None
    return valid_date(*match.groups())


def arxiv_number(number: float) -> str:
    """Return the arXiv id that a program took for a number: four digits behind the point, and five since 2015.

    >>> arxiv_number(704.001), arxiv_number(2401.1234)
    ('0704.0010', '2401.12340')
    """
    return f"{number:010.5f}" if number >= _FIVE_DIGITS else f"{number:09.4f}"


def day_of(milliseconds: int) -> str | None:
    """Return the day of a time in milliseconds since 1970, in UTC, as an ISO date; None if there is no such time.

    >>> day_of(1652400000000), day_of(10**30)
    ('2022-05-13', None)
    """
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()
    except (OverflowError, OSError, ValueError):
        return None


def full_title(title: str, subtitle: str) -> str:
    """Return a title with its subtitle, unless that is in it already.

    >>> full_title("Gravel", "A Robot's View"), full_title("Gravel: A Robot's View", "A robot's view")
    ("Gravel: A Robot's View", "Gravel: A Robot's View")
    """
    if not subtitle or not title or subtitle.lower() in title.lower():
        return title or subtitle
    return f"{title}{' ' if title[-1] in ':?!' else ': '}{subtitle}"


def records(
    document: Document, fill: Callable[[Part], str | None], *envelopes: str, wanted: str = "a paper"
) -> Iterator[Record | Problem]:
    """Yield the records of a file and what is wrong with them.

    Args:
        document: The file.
        fill: Adds the fields of a record; for what is no paper it adds none and returns what it is, in the plural.
        envelopes: See `kg.sources._json.values.saved`.
        wanted: What a record should be.

    Raises:
        UnreadableError: If the file is no JSON.
    """
    ordinal = 0
    others: dict[str, list[int]] = {}
    for value in saved(document, *envelopes):
        if isinstance(value, Problem):
            yield value
            continue
        if not isinstance(value.data, dict) or not value.data:
            found = "empty" if value.data == {} else _TYPES[type(value.data)]
            severity: Literal["error", "warning"] = "warning" if value.data is None or value.data == {} else "error"
            yield Problem(document.name, value.line, f"{value.path} is {found}, not {wanted}", "delete it", severity)
            continue
        line_of = value.line_of if value.has_lines else None
        entry = Entry(document, ordinal, value.line, value.path, line_of=line_of)
        try:
            kind = fill(Part(entry, value.data, value.path))
        except RecursionError:
            yield Problem(document.name, value.line, f"{value.path} is nested too deep", "flatten it, or delete it")
            continue
        if kind:
            others.setdefault(kind, [value.line, 0])[1] += 1
        for row in entry.rows():
            ordinal += isinstance(row, Record)
            yield row
    for kind, (line, count) in others.items():
        yield Problem(document.name, line, f"{kind} are no papers: {count} passed over, the first here", "leave them out")
