"""A paper as people cite it, taken apart: authors, title, venue and year in whatever order and punctuation they stand.

All is a guess from what names, years, quotation marks and full stops look like; `Citation.evidence` says how much spoke
for it. Spans are offsets in the text that was given. An entry has a bounded length, so that a list is read in linear time.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.ids import find_arxiv_ids, identifier
from kg.sources._citation.parts import VENUE_START, YEAR, Citation, Work
from kg.sources._citation.title import (
    by_punctuation,
    marked_title,
    misread_title,
    title_behind_year,
    with_title,
)
from kg.sources._citation.venue import with_rest
from kg.sources._text.byline import People, people
from kg.sources._text.fields import Span, find_urls, squeezed
from kg.sources._text.placed import placed_people

ENOUGH: Final = 3
"""The evidence from which an entry is taken for a paper."""

LONGEST: Final = 20_000
"""An entry longer than this is none."""

QUOTED: Final = "“A title” "
"""What stands for a title that has just been given, so that the rest is read as what comes behind one."""

_DOI: Final = re.compile(
    r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:?\s?)?(?P<doi>10\.[0-9]{4,9}/[^\s\"<>{}|\\^`,;⟩〉]+)", re.IGNORECASE
)
_VIEW: Final = re.compile(r"(?:/(?:full|abstract|meta|e?pdf|html?)|\.pdf)\Z", re.IGNORECASE)
"""What stands behind the DOI in the address of a page that shows the paper so."""

_CITED_ON: Final = re.compile(r"(?<=[0-9]{3}\.)\s+[0-9]{1,2}(?:,\s[0-9]{1,2}){0,20}\s*\Z")
"""The pages on which a reference is cited, which some print behind it: `CVPR, 2017. 3, 5`."""

_LONGEST_BACK: Final = 90
_PARTED_ARXIV: Final = re.compile(r"arxiv\.org/\s+(?:abs|pdf)/\s?(?P<number>[0-9]{4}\.[0-9]{4,5})", re.IGNORECASE)
"""An address that a line end parts."""

_COMPUTING_REPOSITORY: Final = re.compile(r"\babs/(?P<number>[0-9]{4}\.[0-9]{4,5}|[a-z-]+/[0-9]{7})(?![0-9])")
"""A number of arXiv as dblp has it: `CoRR, abs/1801.00001`."""

_SUBJECT: Final = re.compile(r"\s?\[[a-z-]{2,8}(?:\.[A-Za-z-]{2,8})?\]")
"""What arXiv puts behind a number: `arXiv:1801.00001 [cs.RO]`."""

_ARXIV_LEAD: Final = re.compile(r"(?:https?://)?(?:\w+\.)?arxiv[\w.]*[:/]\s?(?:\w+/)?\Z", re.IGNORECASE)
_BUTTON: Final = re.compile(
    r"\[{1,2}\s?(?:pdf|paper|code|bib|bibtex|arxiv|doi|link|links|slides|video|project|project page|page|website|web|abs|abstract|html|poster|talk"
    r"|data|dataset|supp|supplementary|supplement|github|demo|blog|openreview|cite|preprint|publisher|appendix)\s?\]{1,2}(?:\([^()\s]*\)\]?)?",
    re.IGNORECASE,
)
_KIND: Final = re.compile(
    r"(?<=[.,]\s)(?:Version\s\S{1,20}\.(?=\s\w)|(?:Data\s?set|Software|Collection|Figure|Media|Poster|Presentation|Preprint|Journal contribution|Conference contribution"
    r"|Online resource|Text|Image|Other)[.,]?(?=\s*(?:https?://|doi\b|10\.[0-9]{4}|\Z)))"
)
"""What DataCite's citations name before the DOI: the kind of thing, and behind the title which version of it."""

_MARKER: Final = re.compile(r"\s*+(?:(?:ACM Reference (?i:format)|How to cite(?: this (?:article|paper))?|(?:To c|C)ite this (?:article|paper)(?: as)?|(?:Please c|C)ite as|(?:Recommended|Suggested) citation)(?::|(?=\s*\n))|\[(?![a-z-]{2,8}\.[A-Za-z-]{2,8}\])[^\]\s]{1,24}\](?!\()|\[[A-Z][A-Za-z-]{2,20}(?:(?:\s|\s?[,/&]\s?)[A-Z][A-Za-z-]{2,20}){1,2}\](?=\s[A-Z][\w'’-]+[\s:,])|\[(?:[A-Z][A-Za-z]{0,5}\s\+[0-9]{2}[a-z]?|(?:[a-z]{1,3}\s){0,2}[A-Z][\w'’-]*[a-z][^\[\]]{0,80},\s(?:19|20)[0-9]{2}[a-z]?)\](?!\()|\(?[0-9]{1,4}[.)](?=\s|[A-ZÀ-Þ][a-zß-ÿ])|[A-Z]{1,2}-?[0-9]{1,3}[.:)](?=\s)|[-*+•▪◦–—‣·](?=\s))\s*")
SAME_AUTHORS: Final = re.compile(r"(?:[-–—―_]{3,8}|[–—―]{2})[.,]?[ \t]+(?=\S)")
"""The dash of the Chicago and MLA styles for the authors of the entry above."""
_DASH_TELLS: Final = 3
"""How much that dash says of an entry's being a paper: as much as names, and that it stands in such a list."""

_BARE_NUMBER: Final = re.compile(r"\s*+[0-9]{1,4}\s+(?=[^\W\d_])")
_YEAR_LABEL: Final = re.compile(r"\s*\[[A-Za-z](?:[^\]\s]{0,19}?|[^\[\]]{0,80},\s)((?:19|20)[0-9]{2})[a-z]?\](?!\()")
"""A label with the year: `[ICSE-2019]`, `[Lovelace1943]`, `[Lovelace and Babbage, 1943]`."""

_LONGEST_LABEL: Final = 80
"""How far such a label goes on behind the end of its line."""

_LINK: Final = re.compile(r"(?P<bold>\*\*|__)?\[(?P<text>[^\[\]]{1,600})\]\((?P<url>[^()\s]*(?:\([^()\s]*\)[^()\s]*)?)\)")
_STRESS: Final = re.compile(r"(?<![\w*])(\*\*|\*|__|_)(?=\S)([^*_\r\n]{1,400}+)(?<=\S)\1(?![\w*])")
_ASIDE: Final = re.compile(r"\([^()\n]{0,80}\)")
_LONGEST_BEHIND: Final = 80


def hints(text: str, start: int, end: int) -> Iterator[tuple[str, Span, str]]:
    """Yield what Markdown marks in a text: `link` with its address, `bold`, `italic`, each with the span of its text."""
    for match in _LINK.finditer(text, start, end):
        yield "link", match.span("text"), match["url"]
    for match in _STRESS.finditer(text, start, end):
        yield "bold" if len(match[1]) > 1 else "italic", match.span(2), ""


def is_marked(text: str, start: int, end: int) -> bool:
    """Tell whether a line begins with a number or bullet of a list."""
    match = _MARKER.match(text, start, end) or _YEAR_LABEL.match(text, start, end + _LONGEST_LABEL)
    return match is not None and match.end() != end


def without_marker(text: str, start: int, end: int) -> int:
    """Return where an entry begins behind its number or bullet."""
    match = _MARKER.match(text, start, end)
    if match is None and (bare := _BARE_NUMBER.match(text, start, end)) and (named := people(text, bare.end(), end)) and named.sure:
        match = bare
    return match.end() if match and match.end() < end else start


def cite(text: str, start: int, end: int, marked: Sequence[tuple[str, Span, str]] = (), *, hard: bool = False, signed: bool = True) -> Citation:
    """Return the parts of an entry of a list of papers.

    Args:
        text: The text.
        start: Where the entry begins.
        end: Where it ends.
        marked: What is marked in it, as `hints` gives it: a link or bold text of several words is a title; what is marked `title` is it for sure.
        hard: Whether a line end ends a name, since no line was wrapped.
        signed: Whether there may be authors in it.

    >>> text = "Ada Lovelace and Alan Turing. On Thinking Machines. In Mind, 1950."
    >>> found = cite(text, 0, len(text))
    >>> text[slice(*found.title)], text[slice(*found.venue)], found.date[1], found.evidence >= ENOUGH
    ('On Thinking Machines', 'Mind', '1950', True)
    """
    label = _YEAR_LABEL.match(text, start, end)
    start, end = squeezed(text, without_marker(text, start, end), end)
    if dash := SAME_AUTHORS.match(text, start, end):
        start = dash.end()
    if start >= end or end - start > LONGEST:
        return Citation()
    if back := _CITED_ON.search(text, max(start, end - _LONGEST_BACK), end):
        end = back.start()
    work = Work(text, end, hard, tuple(span for kind, span, _ in marked if kind == "italic"))
    identifiers, urls = _identifiers(work, start, marked)
    known = marked_title(work, start, marked)
    if dash:
        known, signed = known or title_behind_year(work, start), False
    found = Citation(title=known) if known and not signed else with_title(work, start, known) if known else by_punctuation(work, start)
    if not known and not dash and (known := misread_title(work, start, found, marked)):
        found = with_title(work, start, known)
    if found.title is None and found.people is None:
        return Citation(identifiers=identifiers, urls=urls)
    found = with_rest(work, start, found)
    if found.date is None and label is not None:
        found = replace(found, date=(label.span(1), label[1]))
    return replace(found, identifiers=identifiers, urls=urls, evidence=_evidence(found, bool(identifiers), known is not None) + _DASH_TELLS * (dash is not None))


def _identifiers(
    work: Work, start: int, marked: Sequence[tuple[str, Span, str]]
) -> tuple[tuple[tuple[Span, str], ...], tuple[tuple[Span, str], ...]]:
    """Return identifiers and addresses, and mask them."""
    text, end = work.text, work.end
    piece = text[start:end]
    found: dict[str, Span] = {}
    for match in _DOI.finditer(text, start, end):
        last = match.end() - (len(match["doi"]) - len(match["doi"].rstrip(".,;:)]'’”")))
        if view := _VIEW.search(text, match.start("doi"), last):
            last = view.start()
        if match["doi"].count("(") > match["doi"][: last - match.start("doi")].count("("):
            last = min(match.end(), last + 1) if text[last : last + 1] == ")" else last
        parted = text[last - 1] == "-" and text[last : last + 1] in {"\n", "\r"}  # at a line end: none rather than half of it
        value = None if parted else identifier(text[match.start("doi") : last], "doi")
        if value:
            found.setdefault(value, (match.start("doi"), last))
        work.masks.append((match.start(), last))
    for match in _PARTED_ARXIV.finditer(text, start, end):
        if value := identifier(match["number"], "arxiv"):
            found.setdefault(value, match.span("number"))
            work.masks.append(match.span())
    for match in _COMPUTING_REPOSITORY.finditer(text, start, end):
        if value := identifier(match["number"], "arxiv"):
            found.setdefault(value, match.span("number"))
            work.masks.append(match.span())
    for first, last, number in find_arxiv_ids(piece):
        lead = _ARXIV_LEAD.search(text, max(start, start + first - 40), start + first)
        subject = _SUBJECT.match(text, start + last, end)
        found.setdefault(f"arxiv:{number}", (start + first, start + last))
        work.masks.append((lead.start() if lead else start + first, subject.end() if subject else start + last))
    urls = []
    for first, last, address in find_urls(piece):
        work.masks.append((start + first, start + last))
        urls.append(((start + first, start + last), address))
    for kind, (_, last), address in marked:
        if kind == "link" and (value := identifier(address)) and value.partition(":")[0] in {"doi", "arxiv"}:
            found.setdefault(value, (last, last))
    work.masks += [match.span() for aside in (_BUTTON, _KIND) for match in aside.finditer(text, start, end)]
    work.masks.sort()
    return tuple((span, value) for value, span in found.items()), tuple(urls)


_SIGNED: Final = re.compile(r"\s*(?:authors?|by|von|autor(?:en|es)?|auteurs?|作者)\s*[:：]\s*", re.IGNORECASE)


def with_line_of_names(text: str, span: Span, cited: Citation, *, hard: bool = False) -> Citation:
    """Return a citation with the authors from a line of names, and what stands behind them as venue and date; `hard` as for `cite`."""
    title = cited.title or span
    for line in re.finditer(r"[^\r\n]+", text[span[0] : span[1]]):
        start, end = span[0] + line.start(), span[0] + line.end()
        if start < title[1] and title[0] < end:
            continue
        if label := _SIGNED.match(text, start, end):
            start = label.end()
        # Asides such as `(corresponding author)` become spaces, so that offsets stay.
        placed = placed_people(text, start, end, hard=True)
        bare = _ASIDE.sub(lambda aside: " " * len(aside.group()), text[start:end])
        named = _shifted(placed.people, -start) if placed else people(bare)
        if label and named is not None:
            named = named._replace(sure=True)
        if named is None:
            continue
        rest = bare[named.end :].strip(" ,;.*†‡0123456789")
        if rest and not (named.sure and len(rest) <= _LONGEST_BEHIND and (YEAR.search(bare, named.end) or VENUE_START.match(rest))):
            continue
        end = start + named.end
        behind = behind_names(text, max(end, title[1]) if cited.title else end, span[1], hard=hard)
        venue, date = behind.venue, cited.date or behind.date
        between = cited.venue is not None and title[1] <= cited.venue[0] and cited.venue[1] <= start
        if between and cited.venue is not None and (venue is None or VENUE_START.match(text, *cited.venue)):
            behind, venue = cited, cited.venue
        evidence = cited.evidence + (2 if named.sure else 1) + 1 + (venue is not None) + (cited.date is None and date is not None)
        return replace(cited, people=_shifted(named, start), places=placed.places if placed else (), date=date, venue=venue, volume=behind.volume, issue=behind.issue, pages=behind.pages, evidence=evidence)
    return cited


def behind_names(text: str, start: int, end: int, *, hard: bool = False) -> Citation:
    r"""Return when and where a paper appeared, as it stands behind a line of names.

    >>> text = "Ada Lovelace\nAnnals of Engines 3, 12-19, 1943"
    >>> found = behind_names(text, 12, len(text))
    >>> text[slice(*found.venue)], text[slice(*found.volume)], text[slice(*found.pages)], found.date
    ('Annals of Engines', '3', '12-19', ((41, 45), '1943'))
    """
    found = cite(QUOTED + text[start:end], 0, len(QUOTED) + end - start, hard=hard, signed=False)
    shift = start - len(QUOTED)
    venue, volume, issue, pages = (part and (part[0] + shift, part[1] + shift) for part in (found.venue, found.volume, found.issue, found.pages))
    date = ((found.date[0][0] + shift, found.date[0][1] + shift), found.date[1]) if found.date else None
    return Citation(date=date, venue=venue, volume=volume, issue=issue, pages=pages)


def _shifted(named: People, by: int) -> People:
    """Return names whose places are counted from another offset."""
    names = tuple((first + by, last + by) for first, last in named.names)
    return named._replace(names=names, et_al=(named.et_al[0] + by, named.et_al[1] + by) if named.et_al else None, end=named.end + by)


def _evidence(found: Citation, identified: bool, shown: bool) -> int:
    """Weigh what was found: names 2 (one alone 1), year 1, identifier 2, a venue's word 1, a title shown as one 1."""
    names = 0 if found.people is None else 2 if found.people.sure else 1
    return names + (found.date is not None) + 2 * identified + ((found.venue or found.publisher) is not None and names > 0) + (shown and names > 0)
