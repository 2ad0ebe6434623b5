"""What the formats of lines with tags share: RIS, MEDLINE, Web of Science, EndNote.

A record there is a line for each piece of information, a tag and a text; what has no tag goes on with the field above.
Here is how lines become fields with their places, and what these formats say in the same way: names with the surname
first, first and last page, EndNote's addresses.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from kg.model import Document, Problem
from kg.model.documents import Line
from kg.names import INSTITUTION, is_group
from kg.sources._citing import add_author, add_page_range, in_order
from kg.sources._entry import Entry
from kg.sources._library import Place, pieces, put
from kg.sources._text.names import LONGEST_NAME, joined_names

LONGEST: Final = 8 << 20
"""The longest record, in code points."""


class Tagged(NamedTuple):
    """One field: its tag, its text, its place, and its lines where it has several."""

    tag: str
    text: str
    place: Place
    lines: list[tuple[str, Place]]

    def joined(self) -> "Tagged":
        """Return it with the text of all its lines; the place has an offset only where that is on one line."""
        if not self.lines:
            return self
        filled = [line for line in self.lines if line[0]]
        if not filled:
            return self
        place = filled[0][1] if len(filled) == 1 else filled[0][1]._replace(start=None)
        return self._replace(text=" ".join([text for text, _ in filled]), place=place)

    def each(self) -> list[tuple[str, Place]]:
        """Return its lines one by one."""
        return self.lines or [(self.text, self.place)]

    def apart(self) -> "list[Tagged]":
        """Return it as one field for each line."""
        return [Tagged(self.tag, text, place, []) for text, place in self.each()]


@dataclass(slots=True)
class Gathered:
    """A record as it stands: its rank in the file, from 1, its first line, its fields, where it ends.

    Attributes:
        number: Its rank.
        line: Its first line.
        fields: What it says.
        end: Offset behind its last code point.
        closed: Whether the line that ends a record was there.
        size: How many code points its lines have.
        tags: The tags of its fields.
    """

    number: int
    line: Line
    fields: list[Tagged] = field(default_factory=list)
    end: int = 0
    closed: bool = False
    size: int = 0
    tags: set[str] = field(default_factory=set)

    def begin(self, tag: str, line: Line, first: int) -> None:
        """Take a line that begins a field, whose text begins at `first`."""
        text, place = _stretch(line, first, f"record {self.number}, {tag}")
        self.fields.append(Tagged(tag, text, place, []))
        self.tags.add(tag)
        self._passed(line)

    def go_on(self, line: Line) -> None:
        """Take a line that belongs to the field above it."""
        above = self.fields[-1]
        if not above.lines:
            above.lines.append((above.text, above.place))
        above.lines.append(_stretch(line, 0, above.place.path))
        self._passed(line)

    def _passed(self, line: Line) -> None:
        self.end = line.start + len(line.text.rstrip())
        self.size += len(line.text)

    def entry(self, document: Document, ordinal: int) -> Entry:
        """Return the record without fields, with a warning where it is too long to be one."""
        start = self.line.start + (self.line.text[:1] == "\ufeff")
        made = Entry(document, ordinal, self.line.number, f"record {self.number}", start=start, end=self.end)
        if self.size > LONGEST:
            made.warn(f"a record of more than {LONGEST >> 20} MB, read as far as that", "look for the end of this record")
        return made


def _stretch(line: Line, first: int, path: str) -> tuple[str, Place]:
    """Return the text of a line from a place on, without the white space around it."""
    text = line.text[first:]
    bare = text.lstrip()
    return bare.rstrip(), Place(path, line.number, line.start + first + len(text) - len(bare))


@dataclass(frozen=True, slots=True)
class Form:
    """How the records of a format are written.

    Attributes:
        tag: Matches a line that begins a field: its tag as group 1, up to where the text begins.
        begins: Tells from a tag, the record above, and whether a blank line stands between, whether a record begins.
        ends: The tag that ends a record, if one does.
        last: The tag that ends the file, if one does.
        blank_ends: Whether a blank line ends a record.
        aside: Tags that belong to the file and not to a record.
    """

    tag: re.Pattern[str]
    begins: Callable[[str, Gathered | None, bool], bool]
    ends: str = ""
    last: str = ""
    blank_ends: bool = False
    aside: frozenset[str] = frozenset()


_NUMBERING: Final = re.compile(r"\s*[0-9]{1,9}[.:)]?\s*")


def gathered(document: Document, form: Form) -> Iterator[Gathered | Problem]:
    """Yield the records as they stand, and a problem for the lines between two of them.

    Raises:
        UnreadableError: If the file is not in its encoding.
    """
    record: Gathered | None = None
    number, outside, count, last, blank, ended = 0, 0, 0, 0, False, False
    find = form.tag.match
    for line in document.lines():
        match = find(line.text)
        if match is None and not line.text.strip("\ufeff \t\r\n\f\v"):
            blank = True
            if record is not None and form.blank_ends:
                yield record
                record = None
            continue
        tag = match[1] if match else ""
        last, ended = line.number, bool(match) and tag == form.last
        if match and form.begins(tag, record, blank):
            if record is not None:
                yield record
            yield from _strays(document, outside, count)
            number, outside, count = number + 1, 0, 0
            record = Gathered(number, line)
        blank = False
        if record is None:
            if tag not in form.aside and not _NUMBERING.fullmatch(line.text):
                outside, count = outside or line.number, count + 1
            continue
        if match is None:
            record.go_on(line)
        else:
            record.begin(tag, line, match.end())
        if (match and tag == form.ends) or record.size > LONGEST:
            record.closed = bool(match) and tag == form.ends
            yield record
            record = None
    if record is not None:
        yield record
    yield from _strays(document, outside, count)
    if number and record is None and form.last and not ended:
        yield Problem(document.name, last, f"the file ends without {form.last}", "if it was cut short, export it again", "warning")


def _strays(document: Document, first: int, count: int) -> Iterator[Problem]:
    """Yield a problem for lines that are in no record, if there are any."""
    if count:
        what = f"{count:,} line{'s' if count > 1 else ''} outside of any record"
        yield Problem(document.name, first, what, "delete them, or complete the record that they are from")


def first_of(by: Mapping[str, Tagged], tags: Iterable[str]) -> Tagged | None:
    """Return the first of some fields that there is."""
    return next((by[tag] for tag in tags if tag in by), None)


# What several of these formats say in the same way

SEMICOLON: Final = re.compile("[;；]")
PUBMED: Final = re.compile(r"pubmed|medline|nlm", re.IGNORECASE)
"""How a database is called whose numbers are those of PubMed."""

PMCID: Final = re.compile(r"PMC[0-9]+")
"""What EndNote keeps in its second field for anything."""

_ET_AL: Final = re.compile(r"(?:and\s+)?(?:et\.?\s+al\.?|others)", re.IGNORECASE)
_TURNED: Final = re.compile(r"([^\W\d_][^,]*[a-zß-öø-ÿ][^,]*?)\s+([A-Z]{1,3}|(?:-?[^\W\d_]\.\s?){1,5})")
"""A name as Embase and Cochrane have it, `Lovelace A.B.` or `Lovelace AB`."""

_NUMERAL: Final = re.compile("I{2,3}|IV")
_EDITOR: Final = re.compile(r",?\s+\(?eds?\.?\)?\Z")
"""What ProQuest writes behind the last of the editors that it lists as authors."""



def add_name(entry: Entry, text: str, place: Place, *, group: bool = False, suffix: str = "") -> int | None:
    """Add an author, `Last, First, Suffix`; a name that ends in a comma is a collective's, as EndNote has it.

    Returns:
        The author's position; None where the text only says that there are more (`et al.`), or nothing.
    """
    if _ET_AL.fullmatch(text):
        put(entry, "et_al", text, place)
        return None
    if editor := _EDITOR.search(text, max(0, len(text) - 8)):
        text = text[: editor.start()]
    turned = _TURNED.fullmatch(text) if len(text) <= LONGEST_NAME else None
    if turned and not group and not is_group(text) and not _NUMERAL.fullmatch(turned[2]):
        text, place = f"{turned[1]}, {turned[2]}", place._replace(start=None)
    parts = [part.strip() for part in text.split(",")]
    named = [part for part in parts if part]
    group = group or (len(named) == 2 and bool(INSTITUTION.match(named[1].lower())) and " " in named[1] and not named[1].endswith(_OPEN))  # `Brasil, Ministério da Saúde`
    if group or len(named) < 2:
        before = len(text) - len(text.lstrip(", "))
        start = None if place.start is None else place.start + before
        return add_author(entry, text.strip(", "), place._replace(start=start), group=group or len(parts) > 1)
    name = in_order(named, suffix=2)
    return add_author(entry, f"{name} {suffix}".strip(), place._replace(start=None))


_OPEN: Final = (" of", " for", " de", " da")
"""How a part of a name ends that goes on with the part before it: `Health, Ministry of`."""


def add_names(entry: Entry, text: str, place: Place) -> None:
    """Add an author, or those that semicolons part; or `and`, if all have the surname first."""
    names = _apart(text)
    for name in names:
        add_name(entry, name, place if len(names) == 1 else place._replace(start=None))


def _apart(text: str) -> list[str]:
    """Return the names in what should be one."""
    parts = text.split(";") if ";" in text else [text]
    spans = [(part, joined_names(part) or [(0, len(part))]) for part in parts if part.strip()]
    return [part[slice(*span)].strip() for part, named in spans for span in named]


def author_names(text: str) -> list[str]:
    """Return the authors that `add_names` adds, as they are printed.

    >>> author_names("Lovelace, Ada; Babbage, C"), author_names("et al."), author_names(",")
    (['Lovelace, Ada', 'Babbage, C'], [], [])
    """
    return [name for name in _apart(text) if name.strip(", ") and not _ET_AL.fullmatch(name)]


def add_listed(entry: Entry, name: str, given: Tagged) -> None:
    """Add a field for each stretch between semicolons; a star before one only says that it matters, as in PubMed and Ovid."""
    for first, last in pieces(given.text, SEMICOLON):
        star = _STAR.match(given.text, first, last)
        put(entry, name, given.text, given.place, first=star.end() if star else first, last=last)


_STAR: Final = re.compile(r"\s*\*(?=\S)")


_COMMA: Final = re.compile(",")
_SHORTEST_KEYWORD: Final = 3


def add_keywords(entry: Entry, given: Tagged) -> None:
    """Add a keyword for each line and each stretch between semicolons; some publishers have commas, without blanks, instead."""
    for each in given.apart():
        apart = each.text.split(",")
        glued = len(apart) > 2 and all(len(part) >= _SHORTEST_KEYWORD and not part[0].isspace() for part in apart)
        if glued and not SEMICOLON.search(each.text):
            for first, last in pieces(each.text, _COMMA):
                put(entry, "keyword", each.text, each.place, first=first, last=last)
        else:
            add_listed(entry, "keyword", each)


RANGE: Final = re.compile(r"[-–]")


def add_pages(entry: Entry, first: Tagged, last: Tagged | None) -> None:
    """Add the pages: the first, and the last behind a hyphen."""
    if last is None or last.text == first.text or RANGE.search(first.text):
        add_page_range(entry, first.text, first.place)
    else:
        add_page_range(entry, f"{first.text}-{last.text}", first.place._replace(start=None))


_ADDRESS: Final = re.compile(r"[^\Wa-z\d_][^,]*(?:,[^,]+){2,}")
_GOES_ON: Final = re.compile(r"(?:[,&-]|\b(?:of|and|the|for|in|de|der|für|et))$")


def addresses(given: Tagged) -> list[Tagged]:
    """Return a field of EndNote's addresses as one for each: between semicolons, or a line that looks like one."""
    found: list[list[tuple[str, Place]]] = []
    for text, place in given.each():
        if found and (not _ADDRESS.fullmatch(text) or _GOES_ON.search(found[-1][-1][0])):
            found[-1].append((text, place))
        else:
            found.append([(text, place)])
    whole = [given._replace(text=lines[0][0], place=lines[0][1], lines=lines).joined() for lines in found]
    return [part for address in whole for part in _at_semicolons(address)]


def _at_semicolons(given: Tagged) -> list[Tagged]:
    """Return a field as one for each stretch between semicolons, as CNKI parts addresses."""
    spans = [span for span in pieces(given.text, SEMICOLON) if given.text[slice(*span)].strip()]
    if len(spans) == 1 and spans[0] == (0, len(given.text)):
        return [given]
    found: list[Tagged] = []
    for first, last in spans:
        start = None if given.place.start is None else given.place.start + first
        found.append(Tagged(given.tag, given.text[first:last], given.place._replace(start=start), []))
    return found
