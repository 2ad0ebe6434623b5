"""A paper as people cite it, taken apart: authors, title, venue and year in whatever order and punctuation they stand.

All is a guess from what names, years, quotation marks and full stops look like; `Citation.evidence` says how much spoke
for it. Spans are offsets in the text that was given. An entry has a bounded length, so that a list is read in linear time.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kg.ids import find_arxiv_ids, identifier
from kg.sources._byline import People, people
from kg.sources._dates import printed_date
from kg.sources._fields import Span, find_urls, iso_date, squeezed

ENOUGH: Final = 3
"""The evidence from which an entry is taken for a paper."""

LONGEST: Final = 20_000
"""An entry longer than this is none."""

QUOTED: Final = "“A title” "
"""What stands for a title that has just been given, so that the rest is read as what comes behind one."""

_QUOTES: Final = {'"': '"', "“": "”", "„": "“”", "‘": "’", "«": "»", "``": "''", "”": "”"}
_OPENING: Final = re.compile(r"``|[\"“„‘«”]|(?<=[\s(,.])'(?=[A-Z0-9])")
_APOSTROPHE_ENDS: Final = re.compile(r"'(?=\s?[,.;:])|(?<=[,.?!])'")
"""Where a title in single straight quotes ends, which apostrophes look like."""

_YEAR: Final = re.compile(r"(?<![\w./:–—-])((?:19|20)[0-9]{2})[a-z]?(?![\w/–—-]|\.[0-9])")
_YEAR_MONTH: Final = re.compile(r"(?<![\w./:–—-])20[0-9]{2}[./](?:0?[1-9]|1[0-2])(?:[./](?:0?[1-9]|[12][0-9]|3[01]))?(?![\w/–—-]|\.[0-9])")
_MONTH: Final = re.compile(
    r"(?:(?<![\w-])(?P<day>[0-9]{1,2})\s+)?(?<![^\W\d_])(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?,?\s+\Z", re.IGNORECASE,
)  # fmt: skip
_DOI: Final = re.compile(
    r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:?\s?)?(?P<doi>10\.[0-9]{4,9}/[^\s\"<>{}|\\^`,;]+)", re.IGNORECASE
)
_ARXIV_LEAD: Final = re.compile(r"(?:https?://)?(?:\w+\.)?arxiv[\w.]*[:/]\s?(?:\w+/)?\Z", re.IGNORECASE)
_BUTTON: Final = re.compile(
    r"\[{1,2}\s?(?:pdf|paper|code|bib|bibtex|arxiv|doi|link|links|slides|video|project|project page|page|website|web|abs|abstract|html|poster|talk"
    r"|data|dataset|supp|supplementary|supplement|github|demo|blog|openreview|cite|preprint|publisher|appendix)\s?\]{1,2}(?:\([^()\s]*\)\]?)?",
    re.IGNORECASE,
)
_PAGES: Final = re.compile(r"(?:\bpp?\.?\s?|\bpages?\s|:\s?|(?<=[0-9)],)\s?)([A-Za-z]?[0-9]{1,6}\s?[-–—]{1,2}\s?[A-Za-z]?[0-9]{1,6})(?![0-9-])", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"(?:vol(?:ume)?|issue|no|pp?|pages?|chapter)\b\.?\s*[0-9]", re.IGNORECASE)
_VOLUME: Final = re.compile(
    r"(?:\bvol(?:ume)?\.?\s?|(?<=[\s,;]))(?P<volume>[0-9]{1,4})\s?\((?!(?:19|20)[0-9]{2}\))(?P<issue>[0-9]{1,4}(?:[-–][0-9]{1,3})?)\)"
    r"|\bvol(?:ume)?\.?\s?(?P<said>[0-9]{1,4})\b|(?<=[\s,;])(?P<bare>[0-9]{1,3})(?:\s\((?:19|20)[0-9]{2}\)|:\s?[0-9]|,\s?[0-9]{1,6}\s?[-–—])",
    re.IGNORECASE,
)
_ISSUE_ONLY: Final = re.compile(r"\b(?:no|issue|number)\.?\s*([0-9]{1,4})\b", re.IGNORECASE)
_VENUE_START: Final = re.compile(
    r"(?:in\s*[:.]?\s+(?=[A-Z0-9])|(?:proc(?:eedings|\b)|proceedings|advances in|international|conference|journal|trans(?:actions|\.)|annals|ieee|acm|arxiv"
    r"|neurips|nips|icml|iclr|cvpr|iccv|eccv|aaai|ijcai|acl|emnlp|naacl|interspeech|icassp|kdd|sigir|www|chi|nature|science|plos|springer|lncs"
    r"|pmlr|biorxiv|medrxiv|corr|workshop|symposium|lecture notes|ph\.?d\.? thesis|technical report)\b)", re.IGNORECASE,
)  # fmt: skip
_TERMINATOR: Final = re.compile(r"(?<![.?!])[.?!]++[\"”’)*_]*+(?=\s|\Z)")
_ABBREVIATION: Final = re.compile(r"(?:\b(?:vs|e\.g|i\.e|i\.i\.d|cf|etc|St|Dr|No|al|resp|approx)|(?:^|[\s(-])[A-Z])\Z")
_MARKER: Final = re.compile(r"\s*+(?:\[[^\]\s]{1,24}\](?!\()|\(?[0-9]{1,4}[.)](?=\s)|[-*+•▪◦–—‣·](?=\s))\s*")
_LINK: Final = re.compile(r"(?P<bold>\*\*|__)?\[(?P<text>[^\[\]]{1,600})\]\((?P<url>[^()\s]*(?:\([^()\s]*\)[^()\s]*)?)\)")
_STRESS: Final = re.compile(r"(?<![\w*])(\*\*|\*|__|_)(?=\S)([^*_\r\n]{1,400}+)(?<=\S)\1(?![\w*])")
_BREAK: Final = re.compile(r"[.?!]\s+|\s[-–—|]+\s|:\s+|;\s+|\s{1,9}by:?\s+|,\s+|\s?\(|\r\n|\r|\n")
_ASIDE: Final = re.compile(r"\([^()\n]{0,80}\)")
_LONGEST_BEHIND: Final = 80
_MOST_LOWER: Final = 5
_MOST_BREAKS: Final = 40
_LONGEST_TITLE: Final = 400
_SHORTEST_TITLE: Final = 6


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of an entry as spans of its text.

    Attributes:
        title: The title.
        people: The names of the authors.
        date: The date, and its ISO form.
        venue: Where it appeared.
        volume: The volume.
        issue: The issue.
        pages: The pages.
        identifiers: Identifiers, each with its form `doi:..` or `arxiv:..`.
        urls: Addresses, each in normal form.
        evidence: How much speaks for its being a paper.
    """

    title: Span | None = None
    people: People | None = None
    date: tuple[Span, str] | None = None
    venue: Span | None = None
    volume: Span | None = None
    issue: Span | None = None
    pages: Span | None = None
    identifiers: tuple[tuple[Span, str], ...] = ()
    urls: tuple[tuple[Span, str], ...] = ()
    evidence: int = 0


@dataclass(slots=True)
class _Work:
    """What is known of an entry while it is taken apart: its text, where it ends, and what no part may run over."""

    text: str
    end: int
    masks: list[Span] = field(default_factory=list)

    def stop(self, start: int) -> int:
        """Return where the next thing begins that is no running text: an address, an identifier, a button."""
        return min((first for first, last in self.masks if last > start), default=self.end)

    def masked(self, place: int) -> bool:
        """Tell whether an offset is inside such a thing."""
        return any(first <= place < last for first, last in self.masks)


def hints(text: str, start: int, end: int) -> Iterator[tuple[str, Span, str]]:
    """Yield what Markdown marks in a text: `link` with its address, `bold`, `italic`, each with the span of its text."""
    for match in _LINK.finditer(text, start, end):
        yield "link", match.span("text"), match["url"]
    for match in _STRESS.finditer(text, start, end):
        yield "bold" if len(match[1]) > 1 else "italic", match.span(2), ""


def is_marked(text: str, start: int, end: int) -> bool:
    """Tell whether a line begins with a number or bullet of a list."""
    match = _MARKER.match(text, start, end)
    return match is not None and match.end() < end


def without_marker(text: str, start: int, end: int) -> int:
    """Return where an entry begins behind its number or bullet."""
    match = _MARKER.match(text, start, end)
    return match.end() if match and match.end() < end else start


def cite(text: str, start: int, end: int, marked: Sequence[tuple[str, Span, str]] = ()) -> Citation:
    """Return the parts of an entry of a list of papers.

    Args:
        text: The text.
        start: Where the entry begins.
        end: Where it ends.
        marked: What is marked in it, as `hints` gives it: a link or bold text of several words is a title.

    >>> text = "Ada Lovelace and Alan Turing. On Thinking Machines. In Mind, 1950."
    >>> found = cite(text, 0, len(text))
    >>> text[slice(*found.title)], text[slice(*found.venue)], found.date[1], found.evidence >= ENOUGH
    ('On Thinking Machines', 'Mind', '1950', True)
    """
    start, end = squeezed(text, without_marker(text, start, end), end)
    if start >= end or end - start > LONGEST:
        return Citation()
    work = _Work(text, end)
    identifiers, urls = _identifiers(work, start, marked)
    known = _marked_title(work, start, marked)
    found = _with_title(work, start, known) if known else _by_punctuation(work, start)
    if not known and (known := _misread_title(work, start, found, marked)):
        found = _with_title(work, start, known)
    if found.title is None:
        return Citation(identifiers=identifiers, urls=urls)
    found = _with_rest(work, start, found)
    return replace(found, identifiers=identifiers, urls=urls, evidence=_evidence(found, bool(identifiers), known is not None))


def _identifiers(
    work: _Work, start: int, marked: Sequence[tuple[str, Span, str]]
) -> tuple[tuple[tuple[Span, str], ...], tuple[tuple[Span, str], ...]]:
    """Return identifiers and addresses, and mask them."""
    text, end = work.text, work.end
    piece = text[start:end]
    found: dict[str, Span] = {}
    for match in _DOI.finditer(text, start, end):
        last = match.end() - (len(match["doi"]) - len(match["doi"].rstrip(".,;:)]'’”")))
        if match["doi"].count("(") > match["doi"][: last - match.start("doi")].count("("):
            last = min(match.end(), last + 1) if text[last : last + 1] == ")" else last
        value = identifier(text[match.start("doi") : last], "doi")
        if value:
            found.setdefault(value, (match.start("doi"), last))
        work.masks.append((match.start(), last))
    for first, last, number in find_arxiv_ids(piece):
        lead = _ARXIV_LEAD.search(text, max(start, start + first - 40), start + first)
        found.setdefault(f"arxiv:{number}", (start + first, start + last))
        work.masks.append((lead.start() if lead else start + first, start + last))
    urls = []
    for first, last, address in find_urls(piece):
        work.masks.append((start + first, start + last))
        urls.append(((start + first, start + last), address))
    for kind, (_, last), address in marked:
        if kind == "link" and (value := identifier(address)) and value.partition(":")[0] in {"doi", "arxiv"}:
            found.setdefault(value, (last, last))
    work.masks += [match.span() for match in _BUTTON.finditer(text, start, end)]
    work.masks.sort()
    return tuple((span, value) for value, span in found.items()), tuple(urls)


def _marked_title(work: _Work, start: int, marked: Sequence[tuple[str, Span, str]]) -> Span | None:
    """Return the span of the title if quotation marks or markup show it."""
    for count, match in enumerate(_OPENING.finditer(work.text, start, work.end)):
        if count >= _MOST_BREAKS:
            break
        if match.start() > start and (work.text[match.start() - 1].isalnum() or match.group() == "”"):
            continue
        if match.group() == "'":
            end = _APOSTROPHE_ENDS.search(work.text, match.end(), work.end)
            if end and " " in work.text[match.end() : end.start()] and end.start() - match.end() <= _LONGEST_TITLE:
                return _tidy(work.text, match.end(), end.start())
            continue
        closing = _QUOTES[match.group()]
        places = [place for mark in ([closing] if len(closing) > 1 and closing == "''" else closing) if (place := work.text.find(mark, match.end(), work.end)) > 0]
        if places and _SHORTEST_TITLE < min(places) - match.end() <= _LONGEST_TITLE and (match.start() > start + _SHORTEST_TITLE or " " in work.text[match.end() : min(places)]):
            return _tidy(work.text, match.end(), min(places))
    best: Span | None = None
    for kind, span, _ in sorted(marked, key=lambda mark: (mark[0] not in {"link", "bold"}, mark[1])):
        first, last = squeezed(work.text, *span)
        words = work.text.count(" ", first, last) + 1
        if kind == "italic" or words < 2 or last - first < _SHORTEST_TITLE or last - first > _LONGEST_TITLE or work.masked(first):
            continue
        names = None if work.text[last - 1] in ".?!" else people(work.text, first, last)
        if names is not None and names.end >= last - 2:
            continue
        if (_VENUE_START.match(work.text, first, last) and words < 4) or _NUMBERED.match(work.text, first, last):
            continue
        if best is None:
            best = _tidy(work.text, first, last)
    return best


def _misread_title(work: _Work, start: int, found: Citation, marked: Sequence[tuple[str, Span, str]]) -> Span | None:
    """Return the bold or linked text at the start that was taken for a name, where what was left for the title is venue and year."""
    if found.title is None or found.people is None or found.people.names[0][0] < start or not _YEAR.search(work.text, *found.title):
        return None
    spans = (squeezed(work.text, *span) for kind, span, _ in marked if kind in {"link", "bold"})
    return next((span for span in spans if span[0] == found.people.names[0][0] and span[1] == found.people.names[0][1]), None)


def _tidy(text: str, start: int, end: int) -> Span:
    """Return a span without the punctuation and stress marks around a title."""
    start, end = squeezed(text, start, end)
    while end > start and text[end - 1] in ".,;:*_ \n" and not text.endswith("...", start, end):
        end -= 1
    while start < end and text[start] in "*_ ,;:.\n":
        start += 1
    return squeezed(text, start, end)


def _with_title(work: _Work, start: int, title: Span) -> Citation:
    """Return authors around a title that is known."""
    text = work.text
    before = _skip(text, start, title[0], '.,:;*_[("“‘`-–— ')
    if before < title[0] and (found := people(text, before, title[0])) is not None:
        return Citation(title=title, people=found, evidence=0)
    after = _skip(text, title[1], work.end, ".,:;*_]\"”’'`)-–—|· \n")
    # Behind a link's text comes its address.
    if text.startswith("](", title[1]) and (close := text.find(")", title[1], work.end)) > 0:
        after = _skip(text, close + 1, work.end, ".,:;*_]\"”’'`-–—|· \n")
    if aside := _YEAR_ASIDE.match(text, after, work.end):
        after = aside.end()
    elif text.startswith(("(", "by ", "By "), after):
        after = _skip(text, after + (1 if text[after] == "(" else 3), work.end, " ")
    return Citation(title=title, people=people(text, after, min(work.end, work.stop(after))))


_YEAR_ASIDE: Final = re.compile(r"\((?:[A-Za-z]*[A-Z]{2,}[\w&+ -]{0,40}[\s,'’])?(?:19|20)[0-9]{2}\)[\s,.:–—-]*")
"""A year in parentheses, perhaps behind a venue, that stands between title and authors."""


def _skip(text: str, start: int, end: int, what: str) -> int:
    while start < end and (text[start] in what or text[start].isspace()):
        start += 1
    return start


def _by_punctuation(work: _Work, start: int) -> Citation:
    """Return title and authors of an entry without quotation marks: authors first, or else the title."""
    stop = work.stop(start)
    found = people(work.text, start, stop)
    sure = found is not None and found.sure and _closed(work.text, found.end, stop)
    first = Citation() if sure else _title_first(work, start)
    if first.people is not None and (first.people.sure or found is None):
        return first  # a title can look like one name: `Residual Skill Policies: Learning ...`
    if found is not None and (sure or _ends_well(work.text, found.end)):
        behind = _after_people(work, found)
        title = _title_at(work, behind[0], comma=behind[1])
        if title is not None:
            return Citation(title=title, people=found)
    return _group_first(work, start) or (first if first.title else Citation(title=_title_at(work, start, comma=True)))


def _closed(text: str, at: int, end: int) -> bool:
    """Tell whether a list of names ends with a full stop, or where something else begins."""
    return text[at - 1] == "." or _closes(text, at, end) or text[at:end].lstrip()[:1] in {'"', "“", "‘", "`"}


def _ends_well(text: str, end: int) -> bool:
    """Tell whether behind a single full name something comes that ends a list of authors."""
    return text[end : end + 1] in {".", ":"} or re.match(r"\s*\(?(?:19|20)[0-9]{2}", text[end : end + 8]) is not None


_EDITORS: Final = re.compile(r"\s*,?\s*\(?eds?\.?\)?(?=[\s,.])", re.IGNORECASE)
_YEAR_NEXT: Final = re.compile(r"[\s.,;:]*[(\[]?(?:19|20)[0-9]{2}[a-z]?(?:,\s?[A-Za-z]+(?:\s[0-9]{1,2})?)?[)\]]?(?=[\s.,:;]|\Z)")


def _after_people(work: _Work, found: People) -> tuple[int, bool]:
    """Return where the title can begin behind the authors, and whether only commas separate the parts."""
    text, at = work.text, found.end
    if editors := _EDITORS.match(text, at, work.end):
        at = editors.end()
    comma = text[at : at + 1] in {",", ";"}
    if year := _YEAR_NEXT.match(text, at, work.end):
        at, comma = year.end(), False
    return _skip(text, at, work.end, '.,:;)–—-*_"“ '), comma and text[found.end - 1] != "."


def _title_at(work: _Work, start: int, *, comma: bool) -> Span | None:
    """Return the title that begins here and goes on to the end of the sentence, or to a comma before the venue."""
    stop = min(work.stop(start), start + _LONGEST_TITLE)
    text = work.text
    end = _sentence_end(text, start, stop)
    if comma or end == stop:
        end = _before_venue(work, start, end)
    first, last = _tidy(text, start, _before_paren_year(text, start, end))
    if last - first < _SHORTEST_TITLE or not any(c.isalpha() for c in text[first:last]):
        return None
    return first, last


def _before_venue(work: _Work, start: int, end: int) -> int:
    """Return where a title ends that commas part from the venue: before a venue's word, or at the last comma before the year."""
    text, last = work.text, end
    for match in _COMMA.finditer(text, start, end):
        if _VENUE_START.match(text, match.end(), work.end):
            return match.start()
        if _YEAR.match(text, match.end(), work.end):
            return min(match.start(), last)
        last = match.start()
    year = _YEAR.search(text, start, work.end)
    return last if year is not None and last < year.start() and last - start >= _SHORTEST_TITLE else end


_COMMA: Final = re.compile(r",\s+|\s(?=in\s(?:the\s)?(?:Proc|Advances))")


def _before_paren_year(text: str, start: int, end: int) -> int:
    """Return where a title ends before `(2020)` or `, 2020`."""
    match = re.compile(r"[\s,]{0,9}[(\[][^()\[\]]{0,80}\b(?:19|20)[0-9]{2}[a-z]?[)\]]|,\s{0,9}(?:19|20)[0-9]{2}\Z").search(text, start, end)
    return match.start() if match and match.start() > start else end


def _sentence_end(text: str, start: int, stop: int) -> int:
    for match in _TERMINATOR.finditer(text, start, stop):
        if match.group().startswith(".."):
            continue
        if match.group()[0] == "." and _ABBREVIATION.search(text, max(start, match.start() - 12), match.start()):
            continue
        behind = _skip(text, match.end(), stop, "")
        following = text[behind : behind + 1]
        if following.islower() and match.group()[0] == "." and not _VENUE_START.match(text, behind):
            continue
        if match.group()[0] != "." and following.isalpha() and not _VENUE_START.match(text, behind):
            continue  # `Where To Start? Transferring Simple Skills`
        return match.start() + (0 if match.group()[0] == "." else len(match.group().rstrip('"”’)*_')))
    return stop


def _title_first(work: _Work, start: int) -> Citation:
    """Return the title that an entry begins with, and the authors behind it."""
    text, stop = work.text, work.stop(start)
    if stop <= start:
        return Citation()
    for count, match in enumerate(_BREAK.finditer(text, start, stop)):
        if count >= _MOST_BREAKS or match.start() - start > _LONGEST_TITLE:
            break
        if match.start() - start < _SHORTEST_TITLE or text.count(" ", start, match.start()) < 1:
            continue
        found = people(text, match.end(), work.end)
        if found is None or not (found.sure or match.group().strip() in {".", "?", "!", "(", "-", "–", "—", "|"}):
            continue
        if not _closes(text, found.end, work.end) or _VENUE_START.match(text, match.end(), work.end):
            continue
        first, last = _tidy(text, start, match.start() + (match.group()[0] in "?!"))
        return Citation(title=(first, last), people=found)
    return Citation()


def _group_first(work: _Work, start: int) -> Citation | None:
    """Return an entry by a collective that no word tells as such: `OpenAI. GPT-4 technical report. 2023.`."""
    end = _sentence_end(work.text, start, work.stop(start))
    name = work.text[start:end]
    if len(name.split()) > 3 or work.text[end : end + 1] != "." or not name[:1].isupper() or any(c in ",:?!" for c in name):
        return None
    behind = _after_people(work, People(((start, end),), None, end, sure=False))[0]
    title = _title_at(work, behind, comma=False)
    if title is None or work.text.count(" ", *title) < 2 or _VENUE_START.match(work.text, behind):
        return None
    return Citation(title=title, people=People(((start, end),), None, end, sure=False))


def _closes(text: str, at: int, end: int) -> bool:
    """Tell whether a list of names ends where something else begins: punctuation, a year, the end."""
    rest = text[at : min(end, at + 12)].lstrip(" ")
    return not rest or rest[0] in ".,;:)(*_|[\n\r–—-" or rest[:2] in {"19", "20"}


def _with_rest(work: _Work, start: int, found: Citation) -> Citation:
    """Add date, venue, volume, issue and pages, which stand behind the title or around the authors."""
    text = work.text
    title = found.title or (start, start)
    date = _date(work, start, found)
    behind = max(title[1], found.people.end if found.people and found.people.names[0][0] >= title[1] else 0)
    pages, volume = _PAGES.search(text, behind, work.end), _VOLUME.search(text, behind, work.end)
    issue = _ISSUE_ONLY.search(text, behind, work.end)
    return replace(
        found,
        date=date,
        venue=_venue(work, behind, date),
        pages=pages.span(1) if pages else None,
        volume=volume.span(next(name for name in ("volume", "said", "bare") if volume[name])) if volume else None,
        issue=volume.span("issue") if volume and volume["issue"] else issue.span(1) if issue else None,
    )


def _date(work: _Work, start: int, found: Citation) -> tuple[Span, str] | None:
    """Return the date: the year right behind the authors, else the last one outside the title."""
    text = work.text
    title = found.title or (start, start)
    years = [
        match
        for match in _YEAR.finditer(text, start, work.end)
        if not title[0] <= match.start() < title[1] and not work.masked(match.start())
    ]
    if not years:
        month = next((found for found in _YEAR_MONTH.finditer(text, start, work.end) if not title[0] <= found.start() < title[1] and not work.masked(found.start())), None)
        value = printed_date(month.group()) if month else None
        return (month.span(), value) if month and value else None
    between = [match for match in years if found.people and found.people.end <= match.start() < title[0]]
    year = (between or years)[0 if between else -1]
    first, last = year.span(1)
    if month := _MONTH.search(text, max(start, first - 24), first):
        day = month["day"]
        full = iso_date(year[1], month["month"], day or "1")
        if full:
            return (month.start(), last), full if day else full[:7]
    return (first, last), year[1]


_VENUE_END: Final = re.compile(
    r"\.\s(?=(?-i:[A-Z(\[0-9]))|[,;(\[]?\s{0,9}\b(?:vol|volume|no|pp?|pages?)\b\.?\s?[0-9]|[,(\[]\s{0,9}[^,()\[\]]{0,12}\b(?:19|20)[0-9]{2}\b"
    r"|\s(?:19|20)[0-9]{2}\b|[,\s]\s{0,9}[0-9]{1,4}\s?[(:,]|\s\[|;|(?>\r\n|[\n\r])[ \t]*+[\n\r]|,\s{0,9}[0-9]|\s[-–—|]\s|\s\(|\*\*", re.IGNORECASE,
)  # fmt: skip


_ABBREVIATED: Final = re.compile(r"(?:(?:(?:[A-Z][a-z]{0,4}|Intell|Comput|Commun|Technol|Process|Electron)\.|[A-Z][a-z]{1,9}(?=\s[A-Z][a-z]{0,9}\.))(?:\s(?=[A-Z])|(?=\s[0-9])))*+")
"""The beginning of a venue whose words are cut: `Nat. Mach. Intell.`."""


def _venue(work: _Work, start: int, date: tuple[Span, str] | None) -> Span | None:
    """Return where it appeared: what stands behind the title and is neither year nor pages."""
    text = work.text
    at = _behind_link(text, start, work.end)
    for _ in range(3):
        at = _skip(text, at, work.end, ".,:;*_\"”’')]}-–—|/([ \n\r?!")
        if date is not None and date[0][0] <= at < date[0][1]:
            at = date[0][1]
        elif lead := re.compile(r"in\s*[:.]?\s+(?=\S)|appeared in\s+|to appear in\s+|accepted (?:at|to|by)\s+|published in\s+|presented at\s+", re.IGNORECASE).match(text, at, work.end):
            at = lead.end()
        else:
            break
    stop = work.stop(at)
    cut = _ABBREVIATED.match(text, at, stop)
    ends = _VENUE_END.search(text, cut.end() if cut else at, stop)
    first, last = _tidy(text, at, ends.start() if ends else stop)
    while last > first and text[last - 1] in "([{\"“'*_, ":
        last -= 1
    name = text[first:last]
    words = name.split()
    if len(words) > _MOST_LOWER and 2 * sum(word[0].islower() for word in words) > len(words) and not _VENUE_START.match(name):
        return None  # a sentence
    if last - first < 2 or last - first > 250 or not any(c.isupper() for c in name) or (name.lower() in {"arxiv", "doi", "url", "available", "pdf"} and last == stop):
        return None
    return first, last


def _behind_link(text: str, at: int, end: int) -> int:
    """Return where text goes on behind a Markdown link's address."""
    if text.startswith("](", at) and (close := text.find(")", at, end)) > 0:
        return close + 1
    return at


def with_line_of_names(text: str, span: Span, cited: Citation) -> Citation:
    """Return a citation with the authors from a line of names, and what stands behind them as venue and date."""
    title = cited.title or span
    for line in re.finditer(r"[^\n]+", text[span[0] : span[1]]):
        start, end = span[0] + line.start(), span[0] + line.end()
        if start < title[1] and title[0] < end:
            continue
        # Asides such as `(corresponding author)` become spaces, so that offsets stay.
        bare = _ASIDE.sub(lambda aside: " " * len(aside.group()), line.group())
        named = people(bare)
        if named is None:
            continue
        behind_names = bare[named.end :].strip(" ,;.*†‡0123456789")
        if behind_names and not (named.sure and len(behind_names) <= _LONGEST_BEHIND and (_YEAR.search(bare, named.end) or _VENUE_START.match(behind_names))):
            continue
        end = start + named.end
        shifted = tuple((first + start, last + start) for first, last in named.names)
        et_al = (named.et_al[0] + start, named.et_al[1] + start) if named.et_al else None
        behind = cite(QUOTED + text[end : span[1]], 0, len(QUOTED) + span[1] - end)
        shift = end - len(QUOTED)
        venue, volume, issue, pages = (part and (part[0] + shift, part[1] + shift) for part in (behind.venue, behind.volume, behind.issue, behind.pages))
        if venue is None and cited.venue is not None and title[1] <= cited.venue[0] and cited.venue[1] <= start:
            venue = cited.venue  # between title and names
        date = cited.date or (((behind.date[0][0] + shift, behind.date[0][1] + shift), behind.date[1]) if behind.date else None)
        evidence = cited.evidence + (2 if named.sure else 1) + 1 + (venue is not None) + (cited.date is None and date is not None)
        found = named._replace(names=shifted, et_al=et_al, end=end)
        return replace(cited, people=found, date=date, venue=venue, volume=volume, issue=issue, pages=pages, evidence=evidence)
    return cited


def _evidence(found: Citation, identified: bool, shown: bool) -> int:
    """Weigh what was found: names 2 (one alone 1), year 1, identifier 2, a venue's word 1, a title shown as one 1."""
    names = 0 if found.people is None else 2 if found.people.sure else 1
    return names + (found.date is not None) + 2 * identified + (found.venue is not None and names > 0) + (shown and names > 0)
