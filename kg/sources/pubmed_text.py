"""Reader of the texts that PubMed saves: the formats Summary and Abstract.

Papers are numbered in both. A summary is one paragraph, `1: Lovelace A, Babbage C. Title. J Loom Res. 2019 Dec;39(12):1-9.
doi: 10.5555/x. PMID: 12345678.` An abstract is some: the issue (`1. J Loom Res. 2019 Dec;39(12):1-9. doi: 10.5555/x.`),
the title, the authors with marks, `Author information:` with the address of each mark, the abstract, and lines `DOI:`,
`PMCID:` and `PMID:`. Copyright, conflicts of interest, collaborators and links to comments are `other`. Lines are filled
to 80 characters, so that what stands on several is told on one, without offsets.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.names import is_group
from kg.sources._citing import add_doi
from kg.sources._entry import Entry, numbered
from kg.sources._library import Place, add_identifier, pieces, put
from kg.sources._parts import rows_of
from kg.sources._text.fields import Page, Span, blocks, lines, squeezed
from kg.sources._xml.fields import without_stop
from kg.sources.medline import add_person, add_printed_date
from kg.text import line_of

_NUMBER: Final = re.compile(r"([0-9]{1,6})[.:]\s+(?=\S)")
_PMID: Final = re.compile(r"\bPMID:\s*[0-9]")
_PMID_LINE: Final = re.compile(r"^PMID:[ \t]*[0-9]", re.MULTILINE)
_ISSUE: Final = re.compile(
    r"\.\s+(?P<date>(?:1[6-9]|20)[0-9]{2}\b[^;:.]{0,40}?)"
    r"(?:;(?P<volume>[^;:.()]{0,40}?)\s*(?:\((?P<issue>[^:;]{1,40}?)\))?)?(?::(?P<pages>\S[^;]{0,60}?))?\.(?=\s|\Z)"
)
"""What stands behind the name of a journal, with the full stop before it."""

_LONGEST_VENUE: Final = 300


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a text is PubMed's: the first paper is numbered, and has its PMID where PubMed has it.

    >>> sniff("1: Lovelace A. On X. J Y. 2019. PMID: 1.\n", "a.txt"), sniff("1. J Y. 2019 Dec.\n\nOn X.\n\nPMID: 1\n", "a.txt")
    (1.0, 1.0)
    >>> sniff("1. Lovelace A. On X. J Y. 2019. PMID: 1.\n", "a.txt")
    0.0
    """
    head = head.lstrip("\ufeff \t\r\n")
    number = _NUMBER.match(head)
    if number is None:
        return 0.0
    first, *below = blocks(head, lines(head))
    paragraph = head[slice(*first)]
    if _PMID.search(paragraph):
        return 1.0 if paragraph[number.end(1)] == ":" else 0.0
    return 1.0 if below and _issue(paragraph, number.end(), len(paragraph)) and _PMID_LINE.search(head) else 0.0


def _issue(text: str, first: int, last: int) -> re.Match[str] | None:
    """Return where date and volume stand in a line that begins with a journal's name."""
    found = _ISSUE.search(text, first, last)
    return found if found and found.start() - first < _LONGEST_VENUE else None


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each number, and a problem for each that has no title, and for text above the first."""
    page = Page.of(document)
    above, papers = _parted(page.text)
    if above:
        start, end = above[0][0], above[-1][1]
        yield page.problem(start, f"text that is no paper: {page.quote(start, end)}", "delete it, or number the paper as the others are")

    def paper(document: Document, ordinal: int, found: tuple[int, list[Span]]) -> Iterator[Record | Problem]:
        number, paragraphs = found
        start, end = paragraphs[0][0], paragraphs[-1][1]
        made = _Paper(page, Entry(document, ordinal, line_of(page.starts, start), start=start, end=end))
        made.add(paragraphs)
        return rows_of(made.entry, f"paper {number}")

    yield from numbered(document, papers, paper)


def _parted(text: str) -> tuple[list[Span], list[tuple[int, list[Span]]]]:
    """Return the paragraphs above the first paper, then number and paragraphs of each."""
    above: list[Span] = []
    papers: list[tuple[int, list[Span]]] = []
    whole = True
    for start, end in blocks(text, lines(text)):
        first = start + text.startswith("\ufeff", start)
        number = _NUMBER.match(text, first, end)
        follows = number is not None and (not papers or int(number[1]) == papers[-1][0] + 1)
        if number and follows and (whole or _issue(text, number.end(), end)):
            papers.append((int(number[1]), [(first, end)]))
            whole = False
        elif papers:
            papers[-1][1].append((start, end))
        else:
            above.append((start, end))
        whole = whole or _PMID.search(text, start, end) is not None
    return above, papers


_LANGUAGE: Final = re.compile(r"\[Article in ([^\];.]{2,60})")
_ADDRESSES: Final = re.compile(r"Author information:\s*")
_NUMBERS: Final = re.compile(r"(?:DOI|PMCID|PMID|Bookshelf ID):\s")
_BESIDES: Final = re.compile(
    r"Collaborators?\b[^\n]{0,80}:|\[?No authors listed|(?:Crown )?Copyright\b|\u00a9|\([cC]\) ?[0-9]|Published by\b|Publisher: Abstract"
    r"|(?:Comment|Erratum|Update|Republished|Retraction|Expression of concern|Original report|Summary for patients|Corrected and republished"
    r"|Dataset use reported|Reprint|Plain language summary|Retracted and republished) (?:in|on|of|for|from|by)\s*\n",
)  # fmt: skip
_ADDRESS_WORD: Final = re.compile(
    r"@|\b(?:Universit|Institut|Hospital|Department|Dept|Division|School|Faculty|Laborator|Colleg|Cent(?:er|re)\b|Clinic)", re.IGNORECASE
)
_VERB: Final = re.compile(r"\b(?:is|are|was|were|we|has|have|been|can|may)\b")
_LONGEST_ADDRESS: Final = 400
_MARK: Final = re.compile(r"\(([0-9]{1,4}|#)\)")
_MARKS: Final = re.compile(r"(?:\((?:[0-9]{1,4}|#)\))+\Z")
_SUFFIX: Final = re.compile(r"(?:[JS]r|I{2,3}|IV|[2-9](?:nd|rd|th))\Z")
_IN: Final = re.compile(r"In:\s+")
_COMMA: Final = re.compile(",")
_SEMICOLON: Final = re.compile(";")
_SENTENCE: Final = re.compile(r"[.?!][\"'\])]*\s+")
_TOLD: Final = re.compile(
    r"\bdoi:\s*(?P<doi>\S+?)\.?(?=\s|\Z)|(?:\bPubMed\s+Central\s+)?\bPMCID:\s*(?P<pmcid>PMC[0-9]+)|(?:\bPubMed\s+)?\bPMID:\s*(?P<pmid>[0-9]+)", re.IGNORECASE
)
_MOST_INITIALS: Final = 4
_LONGEST_NAME: Final = 60
_LONGEST_GROUP: Final = 200
_BETWEEN: Final = " \t\r\n.;"


@dataclass(slots=True)
class _Paper:
    """Adds what the paragraphs of one paper say.

    Attributes:
        page: The file.
        entry: The record.
        marks: The positions of the authors with each mark.
        told: The DOIs that the record has.
    """

    page: Page
    entry: Entry
    marks: dict[str, list[int]] = field(default_factory=dict)
    told: set[str | None] = field(default_factory=set)

    def add(self, paragraphs: list[Span]) -> None:
        """Add all that a paper's paragraphs say."""
        (first, last), *below = paragraphs
        number = _NUMBER.match(self.page.text, first, last)
        first = number.end() if number else first
        if _PMID.search(self.page.text, first, last):
            self._add_summary(first, last)
        else:
            self._add_issue(first, last, _issue(self.page.text, first, last))
            untitled = not below or ("(1)" in self.page.text[slice(*below[0])] and self._add_authors(*below[0]))
            if not untitled:
                title, place = self._said("title", *below[0])
                put(self.entry, "title", without_stop(title), place)
            below = self._add_abstract(self._add_head(below[1:]))
        for span in below:
            self._put("other", *span)

    def _said(self, path: str, first: int, last: int) -> tuple[str, Place]:
        """Return what stands in a span, on one line, with its place."""
        first, last = squeezed(self.page.text, first, last)
        raw = self.page.text[first:last]
        shown = " ".join(raw.split())
        return shown, Place(path, line_of(self.page.starts, first), first if shown == raw else None)

    def _put(self, name: str, first: int, last: int, of: int | None = None) -> None:
        """Add a span as a field."""
        text, place = self._said(name, first, last)
        put(self.entry, name, text, place, of=of)

    def _add_summary(self, first: int, last: int) -> None:
        """Add a paper that is one paragraph: authors, title, journal, issue, numbers."""
        text = self.page.text
        end = text.find(".", first, last)
        if end > 0 and self._add_authors(first, end):
            first = end + 1
        issue = _ISSUE.search(text, first, last)
        numbers = issue or _TOLD.search(text, first, last)
        stop = numbers.start() if numbers else last
        ends = [found.end() for found in _SENTENCE.finditer(text, first, stop)]
        start = ends[-1] if ends and issue else stop
        title, place = self._said("title", first, start)
        put(self.entry, "title", without_stop(title), place)
        self._add_issue(start, last, issue)

    def _add_issue(self, first: int, last: int, issue: re.Match[str] | None) -> None:
        """Add journal, date, volume, number and pages, then what stands behind them."""
        if issue is None:
            self._add_numbers(first, last)
            return
        book = _IN.match(self.page.text, first, issue.start())
        self._put("venue", book.end() if book else first, issue.start())
        add_printed_date(self.entry, *self._said("date", *issue.span("date")))
        for name in ("volume", "issue", "pages"):
            if issue[name]:
                self._put(name, *issue.span(name))
        self._add_numbers(issue.end(), last)

    def _add_numbers(self, first: int, last: int) -> None:
        """Add the identifiers in a stretch; what stands between them is `other`."""
        for found in _TOLD.finditer(self.page.text, first, last):
            self._add_rest(first, found.start())
            first = found.end()
            kind = str(found.lastgroup)
            text, place = self._said(kind, *found.span(kind))
            if kind != "doi":
                add_identifier(self.entry, kind, text, place)
            elif (known := identifier(text, "doi")) and known in self.told:
                put(self.entry, "other", text, place)
            else:
                self.told.add(known)
                add_doi(self.entry, text, place)
        self._add_rest(first, last)

    def _add_rest(self, first: int, last: int) -> None:
        """Add a stretch between identifiers, without the punctuation around it, as `other`."""
        rest = self.page.text[first:last]
        first += len(rest) - len(rest.lstrip(_BETWEEN))
        self._put("other", first, max(first, last - len(rest) + len(rest.rstrip(_BETWEEN))))

    def _add_head(self, spans: list[Span]) -> list[Span]:
        """Add the paragraphs between title and abstract; return those below them."""
        text = self.page.text
        for rank, (first, last) in enumerate(spans):
            block = text[first:last]
            if _NUMBERS.match(block):
                return spans[rank:]
            if language := _LANGUAGE.match(block):
                self._put("language", first + language.start(1), first + language.end(1))
            elif addresses := _ADDRESSES.match(block):
                self._add_addresses(first + addresses.end(), last)
            elif _BESIDES.match(block):
                self._put("other", first, last)
            elif self.entry.has("author") or not self._add_authors(first, last):
                old = self.entry.has("author") and not self.entry.has("affiliation") and not self.marks
                if not (old and _is_address(block) and rank + 1 < len(spans)):
                    return spans[rank:]
                self._put("affiliation", first, last, of=0)
        return []

    def _add_abstract(self, spans: list[Span]) -> list[Span]:
        """Add the abstract and the identifiers below it; return what stands below them."""
        parts: list[Span] = []
        for rank, (first, last) in enumerate(spans):
            block = self.page.text[first:last]
            if _NUMBERS.match(block):
                self._close(parts)
                self._add_numbers(first, last)
                return spans[rank + 1 :]
            if _BESIDES.match(block):
                self._put("other", first, last)
            else:
                parts.append((first, last))
        self._close(parts)
        return []

    def _close(self, parts: list[Span]) -> None:
        """Add the paragraphs of the abstract as one."""
        said = [self._said("abstract", *part) for part in parts]
        if said:
            place = said[0][1]
            put(self.entry, "abstract", "\n".join(text for text, _ in said), place if len(said) == 1 else place._replace(start=None))

    def _add_authors(self, first: int, last: int) -> bool:
        """Add the authors, if a stretch is a list of some: names with initials, behind semicolons collectives."""
        text = self.page.text
        last -= text.endswith(".", first, last)
        persons, *groups = [(first + start, first + end) for start, end in pieces(text[first:last], _SEMICOLON)]
        names = [squeezed(text, persons[0] + start, persons[0] + end) for start, end in pieces(text[slice(*persons)], _COMMA)]
        if any(end - start > _LONGEST_NAME for start, end in names) or any(end - start > _LONGEST_GROUP for start, end in groups):
            return self._add_collective(first, last)
        good = [span for span in names if _is_name(text[slice(*span)])]
        if not good or len(good) * 2 < len(names):
            return self._add_collective(first, last)
        for span in names:
            self._add_author("AU" if span in good else "CN", *span)
        for span in groups:
            self._add_author("CN", *span)
        return True

    def _add_collective(self, first: int, last: int) -> bool:
        """Add a stretch as the only author, if it is a collective."""
        found = last - first <= _LONGEST_GROUP and is_group(self.page.text[first:last])
        if found:
            self._add_author("CN", first, last)
        return found

    def _add_author(self, tag: str, first: int, last: int) -> None:
        """Add an author, and remember its marks."""
        marks = _MARKS.search(self.page.text[first:last])
        name, place = self._said("author", first, first + marks.start() if marks else last)
        alone = tag == "CN" and " " not in name and not is_group(name)
        position = add_person(self.entry, "AU" if alone else tag, name, place)
        if marks and position is not None:
            for mark in _MARK.findall(marks[0]):
                self.marks.setdefault(mark, []).append(position)

    def _add_addresses(self, first: int, last: int) -> None:
        """Add the address of each mark to its authors; one without mark to the first, as NLM had it until 2014."""
        text = self.page.text
        wanted, found = 1, []
        for mark in _MARK.finditer(text, first, last):
            if mark[1] == "#" or mark[1] == str(wanted):
                wanted += mark[1] != "#"
                found.append(mark)
        stop = found[0].start() if found else last
        if self.entry.has("author"):
            self._put("affiliation", first, stop, of=0)
        else:
            self._put("other", first, stop)
        for rank, mark in enumerate(found):
            end = found[rank + 1].start() if rank + 1 < len(found) else last
            owners = self.marks.get(mark[1], []) if mark[1] != "#" else []
            for owner in owners:
                self._put("affiliation", mark.end(), end, of=owner)
            if not owners:
                self._put("other", mark.end(), end)


def _is_name(text: str) -> bool:
    """Tell whether a text is a name as PubMed prints it: `Lovelace AB`, `de Prony G Jr(1)(2)`."""
    words = _MARKS.sub("", text).split()
    if len(words) > 2 and _SUFFIX.match(words[-1]):
        words.pop()
    return len(words) > 1 and words[-1].isalpha() and words[-1].isupper() and len(words[-1]) <= _MOST_INITIALS


def _is_address(text: str) -> bool:
    """Tell whether a paragraph below the authors is their address, as PubMed had it without a heading until 2014."""
    return len(text) <= _LONGEST_ADDRESS and "," in text and _ADDRESS_WORD.search(text) is not None and not _VERB.search(text)
