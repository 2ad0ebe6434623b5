"""What the readers of plain text share: lines and blocks of a document, and the facts in a piece of it.

A `Page` is a document that knows where its lines begin; it makes fields, records and problems whose
offsets and lines are right. The rest are pure functions from text to spans and values. Offsets are code
points of the document's text, which is never changed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from kg.ids import find_arxiv_ids
from kg.model import Document, Field, Problem, Record
from kg.names import PARTICLES, is_group
from kg.sources._dates import month_number, valid_date
from kg.text import LINE_END, line_of, line_starts, printable, squeeze

Span = tuple[int, int]

CATEGORY: Final = (
    r"(?:[A-Z]{2,4}|[a-z]{2,8}-[a-z]{2,4}|[a-z]{2,8}(?:-[a-z]{2,4})?\.(?:[A-Z]{2}|[a-z]{2,5}-[a-z]{2,5}))"
)
"""A subject code: the short `CV`, or arXiv's `cs.CV`, `hep-th`, `cond-mat.mtrl-sci`."""

LABEL: Final = re.compile(r"\s*abstract[ \t]?:", re.IGNORECASE)
"""The label that some pages print before an abstract."""

_SPACE: Final = re.compile(r"\s*")
_EARLIEST_YEAR: Final = 1600

_URL: Final = re.compile(
    r"(?i:(?:https?|ftp)://(?: (?=[a-z0-9.-]+\.[a-z]))?|(?<![\w.@/-])www\.(?=[a-z0-9])"
    r"|(?<![\w.@/-])(?:[a-z0-9-]+\.)+(?:ai|com|dev|edu|gov|io|net|org)/(?=\w))"
    r"[^\s<>\"{}|\\^`\x00-\x1f\u3001\u3002\uff0c\uff09]+"
)
"""An address as printed: with a scheme (one stray blank behind it is borne), `www.`, or host and path."""

_URL_REST: Final = re.compile(r" ([\w~.-]+(?:/[\w~.%#?=&+-]*)+)")
"""What may continue an address that a blank has broken behind a `/`: a path, with a slash of its own."""

_FOREIGN: Final = re.compile(
    r"\s*(?:<(?:[?!]|[A-Za-z])|\{\s*[\"}]|\[\s*[\[{\"]|@[A-Za-z]+\s*[{(]|%PDF|TY  - )"
)
"""How XML, HTML, JSON, BibTeX and RIS begin."""

_ET_AL: Final = re.compile(r"(?<![^\s,])(?:et al\b\.?|and others\.?)\Z", re.IGNORECASE)
_LONGEST_ET_AL: Final = 12
_SEPARATOR: Final = re.compile(r"[,;]")
_SEMICOLON: Final = re.compile(";")
_AND: Final = re.compile(r"(?<!\S)(?:and|&)(?!\S)")
_SUFFIX: Final = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_LONGEST_SUFFIX: Final = 4
_DOT: Final = re.compile(r"(?<!\S)\u00b7(?!\S)")
_FUNCTION_WORDS: Final = frozenset({
    "a", "about", "after", "all", "an", "and", "are", "as", "at", "be", "before", "by", "can", "for",
    "from", "how", "in", "into", "is", "it", "its", "not", "of", "on", "or", "our", "that", "the", "their",
    "these", "this", "to", "toward", "towards", "under", "using", "via", "was", "we", "what", "when",
    "where", "which", "why", "with", "without",
})  # fmt: skip
"""Words that stand in sentences and headings, never in a name."""
_MOST_NAME_PARTS: Final = 8
_LONGEST_NAME: Final = 120
_FEW_WORDS: Final = 4


def squeezed(text: str, start: int, end: int) -> Span:
    """Return the span without the white space at its ends.

    >>> squeezed("  a b ", 0, 6)
    (2, 5)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def lines(text: str) -> Iterator[Span]:
    r"""Yield the span of each line, without its line end.

    >>> list(lines("a\r\n\rbc"))
    [(0, 1), (3, 3), (4, 6)]
    """
    start = 0
    for match in LINE_END.finditer(text):
        yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def is_blank(text: str, start: int, end: int) -> bool:
    """Tell whether a span holds nothing but white space."""
    match = _SPACE.match(text, start, end)
    return match is not None and match.end() == end


def blocks(text: str, rows: Iterable[Span]) -> list[Span]:
    r"""Return the spans of the runs of lines between blank lines, without white space at their ends.

    >>> text = "a\nb\n\nc"
    >>> blocks(text, lines(text))
    [(0, 3), (5, 6)]
    """
    found: list[Span] = []
    start, end = None, 0
    for row_start, row_end in rows:
        if is_blank(text, row_start, row_end):
            if start is not None:
                found.append(squeezed(text, start, end))
            start = None
            continue
        start = row_start if start is None else start
        end = row_end
    if start is not None:
        found.append(squeezed(text, start, end))
    return found


def is_foreign(head: str) -> bool:
    """Tell whether a text begins like XML, HTML, JSON, BibTeX or RIS, which other readers know.

    >>> is_foreign('[{"title": ""}]'), is_foreign("[Abridged] We show")
    (True, False)
    """
    return _FOREIGN.match(head) is not None


def iso_date(year: str, month: str, day: str) -> str | None:
    """Return the ISO date, or None if the calendar has no such day; the month is a number or a name.

    >>> iso_date("2023", "Jun", "12"), iso_date("2024", "02", "30"), iso_date("99999", "1", "1")
    ('2023-06-12', None, None)
    """
    if len(year) != 4 or int(year) < _EARLIEST_YEAR or not int(day):
        return None
    number = month_number(month)
    return valid_date(year, str(number), day) if number else None


def unwrapped(text: str) -> str:
    r"""Return a text with the words put together that hyphens part at the ends of lines; the hyphen stays where the word has one of its own.

    >>> unwrapped("Structural correspon-\ndence learning"), unwrapped("A large-\nscale study"), unwrapped("pre- and postcondi- tions")
    ('Structural correspondence learning', 'A large-scale study', 'pre- and postconditions')
    """
    return _PARTED.sub(_put_together, text)


def _put_together(parted: re.Match[str]) -> str:
    """Return what is left of a word before the end of a line: with its hyphen if it is a word of its own, or a compound."""
    before = parted["before"]
    return f"{before}-" if before.lower() in _HYPHENATED or parted.string[parted.start("before") - 1 : parted.start("before")] == "-" else before


_PARTED: Final = re.compile(r"(?P<before>(?<![^\W\d_])[^\W\d_]*[a-zß-ÿ])-(?:[ \t]*(?:\r\n|\r|\n)\s*|[ ])(?=[a-zß-ÿ])(?!(?:and|or|und|oder|et|y|to)\b)")
_HYPHENATED: Final = frozenset({
    "self", "non", "multi", "semi", "cross", "pre", "post", "co", "large", "small", "high", "low", "long", "short", "few", "zero", "one", "two", "three", "end", "real", "fine", "coarse", "data", "text",
    "image", "cost", "state", "well", "deep", "open", "time", "task", "domain", "model", "user", "human", "machine", "energy", "context", "knowledge", "graph", "rule", "point", "full", "single", "double",
    "first", "second", "third", "near", "off", "on", "in", "out", "up", "to", "by", "of", "the", "privacy", "memory", "hand", "face", "life", "world", "year", "event", "object", "pixel", "video", "speech", "word",
})  # fmt: skip
"""Words that others are joined to with a hyphen, which stays at the end of a line."""


def find_urls(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and normalised form of each web address in a piece of text.

    The full stop of the sentence and an unmatched bracket are left out; a blank that broke the address
    stays in the span and is left out of the normalised form.

    >>> list(find_urls("(see https://a.org/b)."))
    [(5, 20, 'https://a.org/b')]
    >>> list(find_urls("at https://github.com/ foo/bar."))
    [(3, 30, 'https://github.com/foo/bar')]
    """
    stop = len(text) if end is None else end
    position = start
    while match := _URL.search(text, position, stop):
        first, last = match.span()
        while (
            text[last - 1] == "/"
            and (rest := _URL_REST.match(text, last, stop))
            and _continues(text, rest, stop)
        ):
            last = rest.end()
        position = last
        last = _without_punctuation(text, first, last)
        yield first, last, text[first:last].replace(" ", "")


def _continues(text: str, rest: re.Match[str], stop: int) -> bool:
    """Tell whether a path behind a blank belongs to the address: it looks like one, or ends the sentence."""
    path = rest[1].rstrip(".")
    if path.count("/") > 1 or any(c in "-_.0123456789" for c in path):
        return True
    return (
        rest[1] != path
        or rest.end() == stop
        or not (text[rest.end()].isspace() or text[rest.end()].isalnum())
    )


def _without_punctuation(text: str, start: int, end: int) -> int:
    """Return the end of an address without the punctuation of the sentence around it."""
    surplus = {")": text.count(")", start, end) - text.count("(", start, end)}
    surplus["]"] = text.count("]", start, end) - text.count("[", start, end)
    while end > start + 1:
        last = text[end - 1]
        if surplus.get(last, 0) > 0:
            surplus[last] -= 1
        elif last not in ".,;:!?'*$\u2019\u201d":
            break
        end -= 1
    return end


def looks_like_authors(line: str) -> bool:
    """Tell whether a line is a list of authors: it ends in "et al.", names a place, or holds only names.

    >>> looks_like_authors("Ada Lovelace, Aäron van den Oord"), looks_like_authors("We train a model.")
    (True, False)
    """
    names = _DOT.split(line, maxsplit=1)
    if len(names) > 1 or _ET_AL.search(line.rstrip()[-_LONGEST_ET_AL:]):
        return True
    parts = [part for piece in _SEPARATOR.split(line) for part in _AND.split(piece) if part.strip()]
    return bool(parts) and 2 * sum(map(_looks_like_name, parts)) > len(parts)


def looks_like_prose(text: str) -> bool:
    """Tell whether a text is sentences rather than a list of names: several lines, or mostly small words.

    >>> looks_like_prose("We train a small model."), looks_like_prose("danah boyd")
    (True, False)
    """
    if any(c in "\r\n" for c in text) or any(len(part) > _LONGEST_NAME for part in _SEPARATOR.split(text)):
        return True
    words = text.split()
    return len(words) > _FEW_WORDS and 2 * sum(word[0].islower() for word in words) > len(words)


def _looks_like_name(part: str) -> bool:
    """Tell whether a piece of an author line can be a name: few words, none a lower-case ordinary word."""
    words = squeeze(part).split(" ")
    if not 0 < len(words) <= _MOST_NAME_PARTS or words[0] == "":
        return False
    if is_group(part):
        return all(word.lower() in _FUNCTION_WORDS or _is_name_word(word) for word in words)
    return all(_is_name_word(word) for word in words) and (len(words) > 1 or not part.isascii())


def _is_name_word(word: str) -> bool:
    if word in PARTICLES:
        return True
    bare = word.rstrip(".")
    if any(c in "()<>@/:=_" for c in word):
        return False
    if len(bare) == 1:
        return bare.isalpha() and not bare.islower()
    return not word[0].islower() and any(c.isalpha() for c in word) and bare.lower() not in _FUNCTION_WORDS


@dataclass(frozen=True, slots=True)
class Page:
    """A document with the offsets at which its lines begin.

    Attributes:
        document: The document.
        starts: Offset of each line, as `kg.text.line_starts` gives them.
    """

    document: Document
    starts: list[int]

    @classmethod
    def of(cls, document: Document) -> "Page":
        """Return the page of a document."""
        return cls(document, line_starts(document.text))

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    def field(self, name: str, start: int, end: int, value: str | None = None) -> Field:
        """Return the field that stands at a span; an author whose name does not say otherwise is a person."""
        return Field(name, self.text[start:end], line_of(self.starts, start), start, end, value or self._kind(name, start, end))

    def _kind(self, name: str, start: int, end: int) -> str | None:
        """Return what an author is."""
        return ("group" if is_group(self.text[start:end]) else "person") if name == "author" else None

    def whole(self, name: str, start: int, end: int, value: str | None = None) -> Field:
        """Return the field that stands at a span; where hyphens at the ends of lines part words in it, put together and without offsets."""
        text = unwrapped(self.text[start:end])
        if text == self.text[start:end]:
            return self.field(name, start, end, value)
        line = line_of(self.starts, start)
        return Field(name, " ".join(text.split()), line, None, None, value or self._kind(name, start, end), f"line {line}")

    def record(
        self,
        ordinal: int,
        start: int,
        end: int,
        fields: Iterable[Field],
        kind: Literal["paper", "profile"] = "paper",
    ) -> Record:
        """Return the record at a span, its fields in order of appearance and numbered by name."""
        line = line_of(self.starts, start)
        return Record(self.document.id, ordinal, kind, start, end, line, tuple(numbered(fields)))

    def problem(self, offset: int, what: str, todo: str) -> Problem:
        """Return a warning about what stands at an offset."""
        return Problem(self.document.name, line_of(self.starts, offset), what, todo, "warning")

    def quote(self, start: int, end: int) -> str:
        """Return the beginning of a span, safe for a message."""
        shown = printable(squeeze(self.text[start : min(end, start + 60)]))
        return f'"{shown}{" ..." if end > start + 60 else ""}"'


def abstract(page: Page, start: int, end: int) -> list[Field]:
    """Return the fields of an abstract at a span: its labels, its body and what stands in it."""
    found = []
    while match := LABEL.match(page.text, start, end):
        found.append(page.field("abstract_label", *squeezed(page.text, start, match.end())))
        start = match.end()
    start, end = squeezed(page.text, start, end)
    return found + passage(page, "abstract", start, end)


def passage(page: Page, name: str, start: int, end: int) -> list[Field]:
    """Return the field of a running text and one for each address and cited id in it; none if empty."""
    text = page.text[start:end]
    if not squeeze(text):
        return []
    return [
        page.field(name, start, end),
        *(page.field("url", start + first, start + last, value) for first, last, value in find_urls(text)),
        *(page.field("cited_arxiv_id", start + a, start + b, value) for a, b, value in find_arxiv_ids(text)),
    ]


def authors(page: Page, start: int, end: int) -> list[Field]:
    """Return the fields of an author line: authors, "et al." and the affiliations behind a middle dot."""
    text = page.text
    people, *places = _split(text, start, end, _DOT)
    found = [
        page.field("affiliation", *piece) for place in places for piece in _pieces(text, *place, _SEPARATOR)
    ]
    start, end = squeezed(text, *people)
    if match := _ET_AL.search(text, max(start, end - _LONGEST_ET_AL), end):
        found.append(page.field("et_al", match.start(), end))
        end = match.start()
    names = _names(text, start, end)
    found += (
        page.field("author", *name) for name in names
    )
    return found


def _names(text: str, start: int, end: int) -> list[Span]:
    """Return the spans of the names in a list; a suffix such as `Jr.` stays with the name before it."""
    names: list[Span] = []
    for piece in _pieces(text, start, end, _SEMICOLON if ";" in text[start:end] else _SEPARATOR):
        for first, last in _pieces(text, *piece, _AND):
            if names and last - first <= _LONGEST_SUFFIX and _SUFFIX.fullmatch(text, first, last):
                names[-1] = (names[-1][0], last)
            else:
                names.append((first, last))
    return names


def _pieces(text: str, start: int, end: int, separator: re.Pattern[str]) -> list[Span]:
    """Return the spans between separators, without white space and without the empty ones."""
    pieces = (squeezed(text, *span) for span in _split(text, start, end, separator))
    return [(first, last) for first, last in pieces if first < last]


def _split(text: str, start: int, end: int, separator: re.Pattern[str]) -> list[Span]:
    """Return the spans between the separators in a span."""
    spans: list[Span] = []
    for match in separator.finditer(text, start, end):
        spans.append((start, match.start()))
        start = match.end()
    return [*spans, (start, end)]


def numbered(fields: Iterable[Field]) -> Iterator[Field]:
    """Yield fields in order of appearance, each with its rank among those of its name."""
    seen: Counter[str] = Counter()
    placed: list[tuple[int, int, str, Field]] = []
    for field in fields:
        # A field without offsets stays behind the one that it was given after.
        start = field.start if field.start is not None else placed[-1][0] if placed else 0
        placed.append((start, -(field.end or 0) if field.start is not None else 0, field.name, field))
    for *_, field in sorted(placed, key=lambda place: place[:3]):
        yield field._replace(position=seen[field.name])
        seen[field.name] += 1
