"""Reader of PDF files that have a text layer: title, authors, abstract, identifiers of the paper on the first page, and the works it cites.

An extra: it needs `pip install 'kg[pdf]'`, and pypdf is loaded when the first PDF is read. PDF (ISO 32000) says where
letters stand, not what they are; so the title is the largest text near the top of page 1 (or the document information's,
if the page bears it out), authors are the names below it, the abstract is what follows that heading, and the works cited are
what follows `References` (see `_pdf/references`). All of it is a guess: `CONFIDENCE` says how good, and a warning says it in
each file. arXiv's stamp on the margin and a DOI are taken as they are.

Of the pages behind the first two no more are read than a paper has, and of each no more than a page of text needs, so that neither
5,000 pages nor a file that unpacks to gigabytes takes long. Scripts, forms and attachments are not looked at. A PDF has no
lines: every field has line 1, and its page for a path.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from kg.errors import UnreadableError
from kg.ids import find_arxiv_ids, identifier
from kg.model import Document, Problem, Record
from kg.sources import _arxiv
from kg.sources._citation.reading import cite
from kg.sources._dates import printed_date
from kg.sources._entry import Entry
from kg.sources._pdf.imprint import begins_with_date, imprint, is_date, is_imprint
from kg.sources._pdf.lines import Line, opened, paragraph
from kg.sources._pdf.references import Cited, references
from kg.sources._text.byline import people
from kg.sources._text.front import GAP, RAISED, Front, front
from kg.sources._text.headings import ABSTRACT, AFTER, above_names, is_names
from kg.sources._text.placed import PLACE
from kg.text import fold

CONFIDENCE: Final = 0.5
"""How sure it is that a field is what it is said to be."""

_DOI: Final = re.compile(r"(?:doi\s*[:=]?\s*|doi\.org/|digital object identifier:?\s*)(10\.[0-9]{4,9}/[^\s\"<>{}|\\^`]+)", re.IGNORECASE)
_FEW_WORDS: Final = 2
_LONGEST_LEAD: Final = 35
"""How far from the start of its line a paper's own DOI stands."""

_FILE_NAME: Final = re.compile(r"\.(?:dvi|tex|docx?|pdf|ps|indd|rtf|odt|qxd)\b|^(?:microsoft word|untitled|layout 1|arxiv:|title$|paper$|manuscript$|doi:|pii:)", re.IGNORECASE)
_LONGEST_TITLE: Final = 300
_TOP_LINES: Final = 60
_MOST_FRONT: Final = 12
_ABOVE_JOURNAL: Final = re.compile(r"contents lists? available|available online at", re.IGNORECASE)
_BELOW_JOURNAL: Final = re.compile(r"journal homepage|www\.elsevier\.com", re.IGNORECASE)
"""What stands above and below the name of a journal, which is larger than the title."""

_SAME_SIZE: Final = 0.6
_MOST_ABSTRACT: Final = 6_000


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that the bytes are a PDF.

    >>> sniff("%PDF-1.7 ...", "a.txt"), sniff("PDF", "a.pdf")
    (1.0, 0.0)
    """
    return 1.0 if head.startswith("%PDF-") else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the paper.

    Raises:
        UnreadableError: If pypdf is not there, or the file is damaged, encrypted, too large, or has no text.
    """
    entry = Entry(document, 0, 1, "page 1")
    with opened(document) as pages:
        lines = pages.first()
        _fill(entry, lines, pages.information())
        _add_references(entry, references(chain(lines, pages.later())))
    if not entry.has("title") or not any(entry.has(name) for name in ("author", "abstract", "arxiv_id", "identifier")):
        raise UnreadableError("a PDF, but no authors, abstract or identifier can be told", "take the paper's BibTeX or its web page", 1)
    yield Problem(document.name, 1, f"a PDF, read by guess (confidence {CONFIDENCE})", "check it with kg read; the paper's BibTeX says it beyond doubt", "warning")
    yield from entry.rows()


def _fill(entry: Entry, lines: list[Line], about: Mapping[str, str]) -> None:
    """Put into a record what the first pages say."""
    upright = [line for line in lines if line.upright]
    title = _title_lines(upright)
    text = _title(_NOTED.sub("", " ".join(line.raised for line in title)).translate(_UNMARKED), upright, about.get("title", ""))
    entry.add("title", text, path="page 1" if title else "information.title")
    first = upright.index(title[-1]) + 1 if title else 0
    abstract, start = _abstract(upright, first)
    stop = start if start is not None else first + _MOST_FRONT
    dated = [line for line in upright[first:stop] if is_date(line.text)]
    signers = front([line.raised for line in upright[first:stop] if line not in dated], [line.raised for line in upright[stop:] if line.page == 1])
    _add_front(entry, signers, _reference_format(entry, upright))
    if not entry.has("author") and (found := people(about.get("author", ""))) is not None:
        for name in found.names:
            entry.add("author", about["author"][slice(*name)], path="information.author")
    if not abstract:
        abstract, start = _unheaded(upright, first)
    if abstract:
        entry.add("abstract", abstract, path=f"page {upright[start or 0].page}")
    _add_keywords(entry, upright[first:], about)
    _add_identifiers(entry, lines, about)
    _add_imprint(entry, [line.text for line in upright if line.page == 1], [line.text for line in dated])


_NOTED: Final = re.compile(rf"\s*{RAISED[0]}[*∗†‡§¶⋆\s]+{RAISED[1]}")
_UNMARKED: Final = str.maketrans("", "", "".join((*RAISED, GAP)))
"""The signs of notes in a title, and those around all that is raised."""


def _title_lines(lines: list[Line]) -> list[Line]:
    """Return the lines of the largest letters near the top of page 1 that are words enough for a title."""
    top = [line for line in lines if line.page == 1][:_TOP_LINES]
    for size in sorted({line.size for line in top}, reverse=True):
        group: list[Line] = []
        for line in top:
            if abs(line.size - size) <= _SAME_SIZE:
                group.append(line)
            elif group:
                text = " ".join(one.text for one in group)
                if len(text) > 8 and " " in text:
                    break
                group = []
        text = " ".join(line.text for line in group)
        if 8 < len(text) <= _LONGEST_TITLE and " " in text and not is_names(text) and not _is_masthead(top, group):
            return group
    first, last = above_names([line.text for line in top])
    return top[first:last] or top[:1]


def _is_masthead(lines: list[Line], group: list[Line]) -> bool:
    """Tell whether lines are the name of a journal: what stands right above or below them says so."""
    first, last = lines.index(group[0]), lines.index(group[-1])
    above, below = "".join(line.text for line in lines[max(0, first - 1) : first]), "".join(line.text for line in lines[last + 1 : last + 2])
    return bool(_ABOVE_JOURNAL.search(above) or _BELOW_JOURNAL.search(below))


def _title(shown: str, lines: list[Line], told: str) -> str:
    """Return the title: the document information's if the page bears it out and it is no file name, else the largest text."""
    if told and " " in told and not _FILE_NAME.search(told) and len(told) <= _LONGEST_TITLE:
        page = f" {fold(' '.join(line.text for line in lines[:_TOP_LINES]))} "
        words = fold(told).split()
        if sum(word in page for word in words) >= 0.8 * len(words):
            return told
    return shown[:_LONGEST_TITLE] if shown else ""


def _abstract(lines: list[Line], first: int) -> tuple[str, int | None]:
    """Return the text below the heading "Abstract" up to the next one, and the rank of the heading's line."""
    for i in range(first, len(lines)):
        match = ABSTRACT.match(lines[i].text)
        if match is None or (match.end() == 0):
            continue
        parts = [lines[i].text[match.end() :]]
        for line in lines[i + 1 :]:
            if AFTER.match(line.text) or is_imprint(line.text) or sum(map(len, parts)) > _MOST_ABSTRACT:
                break
            parts.append("" if line.text.isdigit() else line.text)  # the number of a page
        return paragraph(parts), i
    return "", None


def _unheaded(lines: list[Line], first: int) -> tuple[str, int | None]:
    """Return the running text between authors and keywords, or before the text, which journals print without a heading, and the rank of its first line."""
    top = lines[first : first + _MOST_ABOVE_KEYWORDS]
    stop = next((i for i, line in enumerate(top, first) if (match := AFTER.match(line.text)) and (match["keywords"] or line.text.lower().startswith("ccs"))), None)
    if stop is None:
        return _before_the_text(lines, first, top)
    start = stop
    while start > first and _is_running(lines[start - 1].text):
        start -= 1
    return _long_enough(lines, start, stop)


def _before_the_text(lines: list[Line], first: int, top: list[Line]) -> tuple[str, int | None]:
    """Return the first running text and its rank, if it stands above the introduction and its letters are not as large as those of the text, as physicists have it."""
    start = next((i for i, line in enumerate(top[:-1], first) if _is_running(line.text) and _is_running(lines[i + 1].text)), None)
    if start is None or any(AFTER.match(line.text) for line in lines[first:start]):
        return "", None
    stop = next((i for i in range(start, len(lines)) if abs(lines[i].size - lines[start].size) > _SAME_SIZE or AFTER.match(lines[i].text)), None)
    if stop is None or not any(_is_running(line.text) and line.size - lines[start].size > _SAME_SIZE for line in lines[stop:]):
        return "", None
    return _long_enough(lines, start, stop)


def _long_enough(lines: list[Line], start: int, stop: int) -> tuple[str, int | None]:
    text = paragraph([line.text for line in lines[start:stop]])
    return (text, start) if len(text.split()) >= _FEWEST_WORDS else ("", None)


_MOST_ABOVE_KEYWORDS: Final = 60
_FEWEST_WORDS: Final = 30
_SENTENCES_END: Final = re.compile(r"\w[.?!]\s*\Z")


def _is_running(text: str) -> bool:
    """Tell whether a line is running text: most of its words are small, or it ends a sentence."""
    words = text.split()
    return not PLACE.search(text) and "@" not in text and (2 * sum(word[0].islower() for word in words) >= len(words) or (_SENTENCES_END.search(text) is not None and len(words) < _LAST_LINE))


_LAST_LINE: Final = 12


def _add_front(entry: Entry, found: Front, listed: Sequence[str]) -> None:
    """Add the authors, with their places and ids, of the lines between title and abstract; under the names of the list of all, where one is printed."""
    known = {author.name.casefold(): author for author in found.authors}
    for name in listed or [author.name for author in found.authors]:
        position = entry.add("author", name, path="page 1")
        author = known.get(name.casefold())
        if author is not None and author.orcid:
            entry.add("author_id", *author.orcid, path="page 1", of=position)
        for place in author.places if author is not None else ():
            entry.add("affiliation", place, path="page 1", of=position)
    entry.add("et_al", found.et_al, path="page 1")
    for place in found.places:
        entry.add("affiliation", place, path="page 1")
    for text in found.other:
        entry.add("other", text, path="page 1")


def _reference_format(entry: Entry, lines: list[Line]) -> list[str]:
    """Return the authors of the ACM's reference format on page 1; add year, venue and DOI."""
    at = next((i for i, line in enumerate(lines) if line.page == 1 and _FORMAT.match(line.text)), None)
    if at is None:
        return []
    text = paragraph([_FORMAT.sub("", line.text) for line in lines[at : at + _FORMAT_LINES]])
    end = text.find("10.11")  # the ACM's DOIs; what stands behind is no part of it
    stop = len(text) if end < 0 else end + len(text[end:].split(maxsplit=1)[0])
    cited = cite(text, 0, stop)
    if cited.date is not None:
        entry.add("date", text[slice(*cited.date[0])], cited.date[1], path="page 1")
    entry.add("venue", text[slice(*cited.venue)] if cited.venue else "", path="page 1")
    for span, value in cited.identifiers[:1]:
        entry.add("identifier", text[slice(*span)], value, path="page 1")
    return [text[slice(*name)] for name in cited.people.names] if cited.people is not None else []


def _add_imprint(entry: Entry, lines: Sequence[str], dated: Sequence[str]) -> None:
    """Add venue and date, where nothing surer has told them."""
    found = imprint(lines)
    if not entry.has("venue"):
        entry.add("venue", found.venue, path="page 1")
        entry.add("volume", found.volume, path="page 1")
    if not entry.has("date") and (said := found.date or next(iter(dated), "")):
        entry.add("date", said, printed_date(said), path="page 1")


_FORMAT: Final = re.compile(r"\s*ACM Reference Format:?\s*", re.IGNORECASE)
_FORMAT_LINES: Final = 6


def _add_keywords(entry: Entry, lines: list[Line], about: Mapping[str, str]) -> None:
    """Add the keywords below the abstract, else those of the document information."""
    for line in lines:
        match = AFTER.match(line.text)
        if match and match["keywords"]:
            text = line.text[match.end() :].strip(" :.—–-")
            path = f"page {line.page}"
            break
    else:
        text, path = about.get("keywords", ""), "information.keywords"
    for word in re.split(r"[;,·•]", text):
        entry.add("keyword", word.strip(" ."), path=path)


def _ends(text: str, found: re.Match[str]) -> bool:
    """Tell whether hardly anything stands behind a DOI, or a date, and no parenthesis around it."""
    behind = text[found.end() :]
    return (len(behind.split()) <= _FEW_WORDS or begins_with_date(behind)) and not (found[1].endswith(")") and found[1].count(")") > found[1].count("("))


def _add_identifiers(entry: Entry, lines: list[Line], about: Mapping[str, str]) -> None:
    """Add arXiv's stamp and the first DOI of page 1."""
    turned = " ".join(line.text for line in lines if not line.upright and line.page == 1)
    text = " ".join(line.text for line in lines if line.page == 1)
    stamp = _arxiv.STAMP.search(turned) or _arxiv.STAMP.search(text)
    number = next(find_arxiv_ids(stamp.group()), None) if stamp else None
    if stamp and number:
        entry.add("arxiv_id", stamp.group()[number[0] : number[1]], number[2], path="page 1")
        entry.add("version", stamp["version"], path="page 1")
        entry.add("category", stamp["category"], path="page 1")
        entry.add("date", stamp["date"], printed_date(stamp["date"]), path="page 1")
    told = next((value for key, value in about.items() if "doi" in key), "")
    # In running text a DOI is another paper's.
    match = next((found for line in lines if line.page == 1 and (found := _DOI.search(line.text)) and found.start() <= _LONGEST_LEAD and _ends(line.text, found)), None)
    doi = told or (match[1].rstrip(".,;)") if match else "")
    value = identifier(doi, "doi") if doi else None
    if value and not value.startswith("arxiv:") and not entry.has("identifier"):
        entry.add("identifier", doi, value, path="information" if told else "page 1")


def _add_references(entry: Entry, cited: Iterable[Cited]) -> None:
    """Add the works cited; an entry of which neither title nor identifier is sure is kept as it is printed."""
    for work in cited:
        entry.add("reference" if work.is_told else "other", work.text, work.value, path=f"page {work.page}")
