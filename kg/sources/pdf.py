"""Reader of PDF files that have a text layer: title, authors, abstract, identifiers of the paper on the first page.

An extra: it needs `pip install 'kg[pdf]'`, and pypdf is loaded when the first PDF is read. PDF (ISO 32000) says where
letters stand, not what they are; so the title is the largest text near the top of page 1 (or the document information's,
if the page bears it out), authors are the names below it, the abstract is what follows that heading. All of it is a guess:
`CONFIDENCE` says how good, and a warning says it in each file. arXiv's stamp on the margin and a DOI are taken as they are.

Two pages are read at most, of each no more than a page of text needs, so that neither 5,000 pages nor a file that unpacks
to gigabytes takes long. Scripts, forms and attachments are not looked at. A PDF has no lines: every field has line 1.
"""

import logging
import math
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from kg.errors import UnreadableError
from kg.ids import find_arxiv_ids, identifier
from kg.model import Document, Problem, Record
from kg.names import is_group
from kg.sources import _arxiv
from kg.sources._citation.reading import cite
from kg.sources._entry import Entry
from kg.sources._text import sheet
from kg.sources._text.byline import people
from kg.sources._text.front import RAISED, front
from kg.text import fold, printable

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

CONFIDENCE: Final = 0.5
"""How sure it is that a field is what it is said to be."""

_MOST_PAGES: Final = 2
_LARGEST: Final = 256 << 20
_MOST_CONTENT: Final = 1 << 20
"""How many bytes the unpacked content of a page, and its fonts' tables, may have."""

_MOST_PACKED: Final = 256 << 10
"""How many bytes content may have that is packed in another way than by Flate alone, whose unpacking can be stopped."""

_MOST_OPERATORS: Final = 100_000
_MOST_OBJECTS: Final = 64
_RAISED: Final = 0.85
"""Signs that are raised are smaller than this part of the letters beside them."""

_MARK: Final = re.compile(r"\s*(?:[0-9]{1,2}|[a-z]|[*†‡§¶∗⋆#✉,;]|\s)+\s*")
_DOI: Final = re.compile(r"(?:doi\s*[:=]?\s*|doi\.org/|digital object identifier:?\s*)(10\.[0-9]{4,9}/[^\s\"<>{}|\\^`]+)", re.IGNORECASE)
_ABSTRACT: Final = re.compile(
    r"\s*(?:abstract|a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|summary|zusammenfassung|kurzfassung|résumé|resumen|resumo|riassunto|sommario|streszczenie|samenvatting|аннотация|摘\s?要|要\s?旨|초록)\s*(?:[.:—–：-]+\s*|$"
    r"|\s+(?-i:(?=(?:We|This|The|In|An?|Our|Recent|Many|Most|Despite|While|Although|To|For|With|It|There|Here|Given|As|Large|Deep|Modern|Existing)\b)))", re.IGNORECASE,
)  # fmt: skip
_AFTER: Final = re.compile(
    r"\s*(?:(?:[0-9]+|I)?\.?\s*introduction\b|(?P<keywords>key\s?words?(?: and phrases)?|index terms)\b|ccs concepts|categories and subject|acm reference|general terms|pacs\b"
    r"|1\.?\s+[A-Z][a-z]+$|contents$|preprint\b|©|copyright\b|∗|permission to make)", re.IGNORECASE,
)  # fmt: skip
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


class _EnoughError(BaseException):
    """Stops pypdf in the middle of a page; no `Exception`, since pypdf goes on after those."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: its text, the same with signs around what is raised, the size of its letters, whether it stands upright, and its page."""

    text: str
    raised: str
    size: float
    upright: bool
    page: int


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
    lines, about = _pages(document)
    entry = Entry(document, 0, 1, "page 1")
    _fill(entry, lines, about)
    if not entry.has("title") or not any(entry.has(name) for name in ("author", "abstract", "arxiv_id", "identifier")):
        raise UnreadableError("a PDF, but no authors, abstract or identifier can be told", "take the paper's BibTeX or its web page", 1)
    yield Problem(document.name, 1, f"a PDF, read by guess (confidence {CONFIDENCE})", "check it with kg read; the paper's BibTeX says it beyond doubt", "warning")
    yield from entry.rows()


def _pages(document: Document) -> tuple[list[_Line], Mapping[str, str]]:
    """Return the lines of the first pages and the document information."""
    try:
        import pypdf  # noqa: PLC0415 - an extra, which only who reads PDF files needs
    except ImportError as error:
        raise UnreadableError("a PDF, which pypdf is needed for", "pip install 'kg[pdf]'", 1) from error
    if document.size > _LARGEST:
        raise UnreadableError(f"a PDF of more than {_LARGEST >> 20} MB", "save its first pages", 1)
    with document.open() as raw, _silent():
        try:
            reader = _opened(pypdf.PdfReader(BytesIO(raw.read())))
            count = min(_MOST_PAGES, len(reader.pages))
            lines = [line for number in range(count) for line in _lines(reader, number)]
            about = _information(reader)
        except UnreadableError:
            raise
        except Exception as error:  # pypdf lets many kinds out where a file is damaged
            what = f"a damaged PDF ({printable(str(error))[:80] or type(error).__name__})"
            raise UnreadableError(what, "fetch it again, or print it to a new PDF", 1) from error
    if not any(c.isalpha() for line in lines for c in line.text):
        raise UnreadableError("a PDF without text (scanned?)", "run OCR on it, or take the paper's BibTeX", 1)
    return lines, about


def _opened(reader: "PdfReader") -> "PdfReader":
    """Return a reader of a file that needs no password; some are encrypted with an empty one."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError("an encrypted PDF", "save it without a password", 1)
    return reader


@contextmanager
def _silent() -> Iterator[None]:
    """Keep pypdf from writing to the terminal what it finds wrong."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _information(reader: "PdfReader") -> dict[str, str]:
    """Return the document information: title, author, keywords, a DOI if a publisher put one in."""
    found: dict[str, str] = {}
    for key, value in (reader.metadata or {}).items():
        text = " ".join(str(value).replace("\x00", "").split())
        if text:
            found[str(key).lstrip("/").lower()] = text[:2_000]
    return found


def _lines(reader: "PdfReader", number: int) -> list[_Line]:
    """Return the lines of a page with their sizes, as far as it is no larger than pages of text are."""
    page = reader.pages[number]
    if not _is_bounded(page):
        if number:
            return []
        raise UnreadableError(f"page {number + 1} holds too much (a drawing, or a file made to harm)", "save its first page alone", 1)
    lines: list[_Line] = []
    pieces: list[tuple[str, float, bool]] = []
    operators = 0

    def count(_operator: Any, _operands: Any, _matrix: Any, _text_matrix: Any) -> None:
        nonlocal operators
        operators += 1
        if operators > _MOST_OPERATORS:
            raise _EnoughError

    def take(text: str, matrix: Any, text_matrix: Any, _font: Any, size: Any) -> None:
        height = abs(float(size or 0)) * _scale(text_matrix) * _scale(matrix)
        turned = abs(float(text_matrix[1])) > abs(float(text_matrix[0]))
        for i, part in enumerate(text.split("\n")):
            if i:
                lines.extend(_joined(pieces, number + 1))
                pieces.clear()
            if part.strip():
                pieces.append((part, height, not turned))

    with suppress(_EnoughError):  # what was read by then is more than a page of text
        page.extract_text(orientations=(0, 90, 270), visitor_operand_before=count, visitor_text=take)
    lines.extend(_joined(pieces, number + 1))
    return lines


def _scale(matrix: Any) -> float:
    """Return how much larger a matrix makes a letter."""
    a, b, c, d = (float(value) for value in matrix[:4])
    return math.sqrt(abs(a * d - b * c))


def _joined(pieces: list[tuple[str, float, bool]], page: int) -> Iterator[_Line]:
    """Yield the line that pieces make, with the size that most of its letters have."""
    text = " ".join("".join(piece for piece, _, _ in pieces).replace("\x00", "").split())
    if text:
        sizes: dict[float, int] = {}
        for piece, size, _ in pieces:
            sizes[round(size, 1)] = sizes.get(round(size, 1), 0) + len(piece)
        size = max(sizes, key=lambda size: (sizes[size], size))
        raised = "".join(f"{RAISED[0]}{piece}{RAISED[1]}" if height < _RAISED * size and _MARK.fullmatch(piece) else piece for piece, height, _ in pieces)
        raised = " ".join(raised.replace("\x00", "").replace(RAISED[1] + RAISED[0], " ").split())
        yield _Line(_ligatures(text), _ligatures(raised), size, pieces[0][2], page)


def _ligatures(text: str) -> str:
    """Return a text with the letters that ligatures stand for."""
    for sign, letters in (("ﬀ", "ff"), ("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬃ", "ffi"), ("ﬄ", "ffl")):
        text = text.replace(sign, letters)
    return text


def _is_bounded(page: "PageObject") -> bool:
    """Tell whether what must be unpacked to read a page's text is small; forms and fonts' tables that are not are left out."""
    contents = _value(page, "/Contents")
    streams = [part.get_object() for part in contents[:_MOST_OBJECTS]] if isinstance(contents, list) else [contents]
    if sum(_unpacked(stream) for stream in streams) > _MOST_CONTENT:
        return False
    waiting = [_value(page, "/Resources")]
    left, seen = _MOST_CONTENT, 0
    while waiting:
        resources = waiting.pop()
        forms, fonts = _value(resources, "/XObject"), _value(resources, "/Font")
        holders = [(forms, name) for name in list(forms)] if isinstance(forms, dict) else []
        holders += [(_value(fonts, name), "/ToUnicode") for name in list(fonts)] if isinstance(fonts, dict) else []
        for holder, name in holders:
            stream = _value(holder, name)
            if stream is None:
                continue
            seen += 1
            is_image = _value(stream, "/Subtype") == "/Image"
            size = 0 if is_image else _unpacked(stream)
            if is_image or size > left or seen > _MOST_OBJECTS:
                del holder[name]
            else:
                left -= size
                waiting.append(_value(stream, "/Resources"))
    return True


def _value(holder: Any, name: str) -> Any:
    """Return what a dictionary of a PDF file has under a name, references followed."""
    value = holder.get(name) if isinstance(holder, dict) else None
    return value.get_object() if value is not None else None


def _unpacked(stream: Any) -> int:
    """Return how long a stream is when unpacked; more than is allowed, without unpacking it all, where it is too long."""
    packed = getattr(stream, "_data", b"")
    if not isinstance(packed, bytes):
        return 0
    filters = _value(stream, "/Filter")
    names = [str(name) for name in filters] if isinstance(filters, list) else [str(filters)] if filters is not None else []
    if not names:
        return len(packed)
    if names in (["/FlateDecode"], ["/Fl"]):
        try:
            return len(zlib.decompressobj().decompress(packed, _MOST_CONTENT + 1))
        except zlib.error:
            return len(packed)
    return len(stream.get_data()) if len(packed) <= _MOST_PACKED else _MOST_CONTENT + 1


def _fill(entry: Entry, lines: list[_Line], about: Mapping[str, str]) -> None:
    """Put into a record what the first pages say."""
    upright = [line for line in lines if line.upright]
    title = _title_lines(upright)
    text = _title(" ".join(line.text for line in title), upright, about.get("title", ""))
    entry.add("title", text, path="page 1" if title else "information.title")
    first = upright.index(title[-1]) + 1 if title else 0
    abstract, start = _abstract(upright, first)
    stop = start if start is not None else first + _MOST_FRONT
    _add_front(entry, upright[first:stop], [line for line in upright[stop:] if line.page == 1])
    _add_reference_format(entry, upright)
    if not entry.has("author") and (found := people(about.get("author", ""))) is not None:
        for name in found.names:
            entry.add("author", about["author"][slice(*name)], path="information.author")
    if not abstract:
        abstract, start = _unheaded(upright, first)
    if abstract:
        entry.add("abstract", abstract, path=f"page {upright[start or 0].page}")
    _add_keywords(entry, upright[first:], about)
    _add_identifiers(entry, lines, about)


def _title_lines(lines: list[_Line]) -> list[_Line]:
    """Return the lines of the largest letters near the top of page 1 that are words enough for a title."""
    top = [line for line in lines if line.page == 1][:_TOP_LINES]
    for size in sorted({line.size for line in top}, reverse=True):
        group: list[_Line] = []
        for line in top:
            if abs(line.size - size) <= _SAME_SIZE:
                group.append(line)
            elif group:
                text = " ".join(one.text for one in group)
                if len(text) > 8 and " " in text:
                    break
                group = []
        text = " ".join(line.text for line in group)
        if 8 < len(text) <= _LONGEST_TITLE and " " in text and not _is_names(text) and not _is_masthead(top, group):
            return group
    return _above_names(top) or top[:1]


def _above_names(top: list[_Line]) -> list[_Line]:
    """Return the lines above the first line of names, where all letters are of one size, as on typed and scanned pages; no more than a title has, and no running head."""
    for at in range(1, min(_MOST_ABOVE, len(top))):
        if _is_names(_BY.sub("", top[at].text)):
            first = at
            while first > 0 and at - first < _MOST_TITLE and not _RUNNING.search(top[first - 1].text):
                first -= 1
            return top[first:at]
    return []


_BY: Final = re.compile(r"\s*by:?\s+", re.IGNORECASE)
_RUNNING: Final = re.compile(r"\b(?:vol(?:ume)?|no|issn|journal|proceedings|transactions|bulletin|annals|pp|received|isbn)\b|\b(?:1[89]|20)[0-9]{2}\b", re.IGNORECASE)
"""What the head of a journal's page has, and a title seldom."""

_MOST_ABOVE: Final = 20
_MOST_TITLE: Final = 3


def _is_masthead(lines: list[_Line], group: list[_Line]) -> bool:
    """Tell whether lines are the name of a journal: what stands right above or below them says so."""
    first, last = lines.index(group[0]), lines.index(group[-1])
    above, below = "".join(line.text for line in lines[max(0, first - 1) : first]), "".join(line.text for line in lines[last + 1 : last + 2])
    return bool(_ABOVE_JOURNAL.search(above) or _BELOW_JOURNAL.search(below))


def _is_names(text: str) -> bool:
    found = people(text)
    return found is not None and found.sure and 2 * found.end > len(text)


def _title(shown: str, lines: list[_Line], told: str) -> str:
    """Return the title: the document information's if the page bears it out and it is no file name, else the largest text."""
    if told and " " in told and not _FILE_NAME.search(told) and len(told) <= _LONGEST_TITLE:
        page = f" {fold(' '.join(line.text for line in lines[:_TOP_LINES]))} "
        words = fold(told).split()
        if sum(word in page for word in words) >= 0.8 * len(words):
            return told
    return shown[:_LONGEST_TITLE] if shown else ""


def _abstract(lines: list[_Line], first: int) -> tuple[str, int | None]:
    """Return the text below the heading "Abstract" up to the next one, and the rank of the heading's line."""
    for i in range(first, len(lines)):
        match = _ABSTRACT.match(lines[i].text)
        if match is None or (match.end() == 0):
            continue
        parts = [lines[i].text[match.end() :]]
        for line in lines[i + 1 :]:
            if _AFTER.match(line.text) or sum(map(len, parts)) > _MOST_ABSTRACT:
                break
            parts.append(line.text)
        return _one_paragraph(parts), i
    return "", None


def _unheaded(lines: list[_Line], first: int) -> tuple[str, int | None]:
    """Return the running text between authors and keywords, which journals print without a heading, and the rank of its first line."""
    stop = next((i for i in range(first, min(len(lines), first + _MOST_ABOVE_KEYWORDS)) if (match := _AFTER.match(lines[i].text)) and (match["keywords"] or lines[i].text.lower().startswith("ccs"))), None)
    if stop is None:
        return "", None
    start = stop
    while start > first and _is_running(lines[start - 1].text):
        start -= 1
    text = _one_paragraph([line.text for line in lines[start:stop]])
    return (text, start) if len(text.split()) >= _FEWEST_WORDS else ("", None)


_MOST_ABOVE_KEYWORDS: Final = 60
_FEWEST_WORDS: Final = 30
_SENTENCES_END: Final = re.compile(r"\w[.?!]\s*\Z")


def _is_running(text: str) -> bool:
    """Tell whether a line is running text: most of its words are small, or it ends a sentence."""
    words = text.split()
    return not sheet.PLACE.search(text) and "@" not in text and (2 * sum(word[0].islower() for word in words) >= len(words) or (_SENTENCES_END.search(text) is not None and len(words) < _LAST_LINE))


_LAST_LINE: Final = 12


def _one_paragraph(parts: list[str]) -> str:
    """Return lines as one, with the words that hyphens parted at their ends put together."""
    text = ""
    for part in parts:
        if text.endswith("-") and len(text) > 1 and text[-2].isalpha() and part[:1].islower():
            text = text[:-1] + part
        else:
            text = f"{text} {part}" if text else part
    return text.strip()


def _add_front(entry: Entry, lines: list[_Line], foot: list[_Line]) -> None:
    """Add the authors, with their places and ids, of the lines between title and abstract."""
    found = front([line.raised for line in lines], [line.raised for line in foot])
    for author in found.authors:
        position = entry.add("author", author.name, "group" if is_group(author.name) else None, path="page 1")
        if author.orcid:
            entry.add("author_id", *author.orcid, path="page 1", of=position)
        for place in author.places:
            entry.add("affiliation", place, path="page 1", of=position)
    entry.add("et_al", found.et_al, path="page 1")
    for place in found.places:
        entry.add("affiliation", place, path="page 1")
    for text in found.other:
        entry.add("other", text, path="page 1")


def _add_reference_format(entry: Entry, lines: list[_Line]) -> None:
    """Add what the ACM's reference format on page 1 says: authors, where the names were not told, year, venue and DOI."""
    at = next((i for i, line in enumerate(lines) if line.page == 1 and _FORMAT.match(line.text)), None)
    if at is None:
        return
    text = _one_paragraph([_FORMAT.sub("", line.text) for line in lines[at : at + _FORMAT_LINES]])
    end = text.find("10.11")  # the ACM's DOIs; what stands behind is no part of it
    stop = len(text) if end < 0 else end + len(text[end:].split(maxsplit=1)[0])
    cited = cite(text, 0, stop)
    if cited.people is not None and not entry.has("author"):
        for name in cited.people.names:
            entry.add("author", text[slice(*name)], "group" if is_group(text[slice(*name)]) else None, path="page 1")
    if cited.date is not None:
        entry.add("date", text[slice(*cited.date[0])], cited.date[1], path="page 1")
    entry.add("venue", text[slice(*cited.venue)] if cited.venue else "", path="page 1")
    for span, value in cited.identifiers[:1]:
        entry.add("identifier", text[slice(*span)], value, path="page 1")


_FORMAT: Final = re.compile(r"\s*ACM Reference Format:?\s*", re.IGNORECASE)
_FORMAT_LINES: Final = 6


def _add_keywords(entry: Entry, lines: list[_Line], about: Mapping[str, str]) -> None:
    """Add the keywords below the abstract, else those of the document information."""
    for line in lines:
        match = _AFTER.match(line.text)
        if match and match["keywords"]:
            text = line.text[match.end() :].strip(" :.—–-")
            path = f"page {line.page}"
            break
    else:
        text, path = about.get("keywords", ""), "information.keywords"
    for word in re.split(r"[;,·•]", text):
        entry.add("keyword", word.strip(" ."), path=path)


def _ends(text: str, found: re.Match[str]) -> bool:
    """Tell whether hardly anything stands behind a DOI, and no parenthesis around it."""
    return len(text[found.end() :].split()) <= _FEW_WORDS and not (found[1].endswith(")") and found[1].count(")") > found[1].count("("))


def _add_identifiers(entry: Entry, lines: list[_Line], about: Mapping[str, str]) -> None:
    """Add arXiv's stamp and the first DOI of page 1."""
    turned = " ".join(line.text for line in lines if not line.upright and line.page == 1)
    text = " ".join(line.text for line in lines if line.page == 1)
    stamp = _arxiv.STAMP.search(turned) or _arxiv.STAMP.search(text)
    number = next(find_arxiv_ids(stamp.group()), None) if stamp else None
    if stamp and number:
        entry.add("arxiv_id", stamp.group()[number[0] : number[1]], number[2], path="page 1")
        entry.add("version", stamp["version"], path="page 1")
        entry.add("category", stamp["category"], path="page 1")
        entry.add("date", stamp["date"], sheet.date(stamp["date"]), path="page 1")
    told = next((value for key, value in about.items() if "doi" in key), "")
    # In running text a DOI is another paper's.
    match = next((found for line in lines if line.page == 1 and (found := _DOI.search(line.text)) and found.start() <= _LONGEST_LEAD and _ends(line.text, found)), None)
    doi = told or (match[1].rstrip(".,;)") if match else "")
    value = identifier(doi, "doi") if doi else None
    if value and not value.startswith("arxiv:") and not entry.has("identifier"):
        entry.add("identifier", doi, value, path="information" if told else "page 1")
