"""A paper as a sheet of lines: a title, a line of authors, an abstract, with labels before them or without.

Used for plain text, where nothing but the look of a line tells what it is.
"""

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import Final, NamedTuple

from kg.model import Field
from kg.sources._text.byline import people
from kg.sources._text.fields import Page, Span, blocks, is_blank, lines, squeezed
from kg.sources._text.placed import PLACE
from kg.sources._text.sheet_fields import IN_YEAR, RUN_IN, fields_of, without_asides

_LABELS: Final = {
    "title": "title", "paper title": "title",
    "author": "author", "authors": "author", "author(s)": "author",
    "abstract": "abstract", "summary": "abstract",
    "keywords": "keyword", "keyword": "keyword", "key words": "keyword", "index terms": "keyword", "tags": "keyword",
    "date": "date", "year": "date", "published": "date", "publication date": "date", "submitted": "date", "created": "date",
    "doi": "identifier", "arxiv": "identifier", "arxiv id": "identifier", "pmid": "identifier", "cite as": "identifier",
    "url": "url", "link": "url", "pdf": "url",
    "venue": "venue", "journal": "venue", "conference": "venue", "journal-ref": "venue", "booktitle": "venue", "published in": "venue",
    "affiliation": "affiliation", "affiliations": "affiliation", "institution": "affiliation", "institutions": "affiliation",
    "category": "category", "categories": "category", "subject": "category", "subjects": "category",
    "comment": "comment", "comments": "comment",
    "volume": "volume", "issue": "issue", "pages": "pages", "publisher": "publisher", "language": "language", "type": "type",
    "license": "other", "report-no": "other", "msc-class": "other", "acm-class": "other",
}  # fmt: skip
"""What stands before a colon at the beginning of a line, and the field that it labels."""

_LABEL: Final = re.compile(r"[ \t]*+(?>(?:\[[0-9]{1,4}\][ \t]+)?)(?:[*_]{2})?([A-Za-z][A-Za-z()-]{1,14}(?: [A-Za-z]{2,8})?)(?:[*_]{2})?[ \t]?::?(?:[*_]{2})?[ \t]*+")
_TITLE_LABEL: Final = re.compile(r"(?:\A|(?<=[\r\n]))[ \t*_]*+title[ \t*_]*+:", re.IGNORECASE)
_HEADING: Final = re.compile(r"[ \t]*+(?:[*_]{2})?(abstract|summary)[.:]?(?:[*_]{2})?[ \t]*+", re.IGNORECASE)
_SUBMITTED: Final = re.compile(r"[ \t]*+\[Submitted on ([0-9]{1,2} [A-Z][a-z]{2} [0-9]{4})[^\]\r\n]*\][ \t]*+")
_OF_THE_PAGE: Final = re.compile(
    r"[ \t]*+(?:(?:View|Download) (?:a )?(?:PDF|HTML)\b.*|HTML \(experimental\)|TeX Source|\(or arXiv:\S+ \[[^\]]+\] for this version\)|Focus to learn more"
    r"|arXiv-issued DOI via DataCite.*|Submission history|From: .*\[view email\]|\[v[0-9]+\] .* [0-9]{4} .*)[ \t]*+"
)
"""What stands between the lines of an abstract's page on arXiv and is not of the paper."""

_RULE: Final = re.compile(r"[ \t]*+(?:\\\\|[-=*_~%]{3,})")
_STRUCTURE: Final = re.compile(
    r"(?:\A|(?<=[\r\n]))[ \t]*+(?:#|```|~~~|[|>]|[-*+•][ \t]|[-~](?=[A-Za-z0-9(])|[0-9]{1,3}[.)][ \t]|\[[0-9x ]{1,4}\]|<|[{}]|(?:def|class|import|from|#include|package|public|private|static|const|let|var)\b.*[;:{()=])"
    r"|[;{}][ \t]*+(?=[\r\n]|\Z)"
)  # fmt: skip
"""How lines of read-me files, source code and lists look; there are none in an abstract."""

_SAYS: Final = re.compile(
    r"\b(?:(?:in|of) (?:this|the present|our) (?:paper|work|article|study|report|letter|thesis|survey|review)|this (?:paper|article|study|work|letter|survey|thesis|review) "
    r"|(?:here,? )?we (?:(?:also|further|then|first|thus|empirically|theoretically|systematically) )?(?:propose|present|introduce|show|demonstrate|study|investigate|develop|find"
    r"|describe|address|prove|analy[sz]e|evaluate|report|train|derive|argue|explore|establish|provide|examine|compare|formulate|consider|observe|obtain|extend))\b", re.IGNORECASE,
)  # fmt: skip
_SOUNDS: Final = re.compile(
    r"\b(?:our (?:\w+ )?(?:approach|method|models?|results?|experiments?|findings|framework|algorithm|analysis|system|technique|evaluation|theory)"
    r"|state[- ]of[- ](?:the[- ])?art|(?:results|experiments|simulations|findings) (?:show|indicate|demonstrate|suggest|reveal|confirm)|outperforms?|benchmarks?|baselines?|datasets?|novel"
    r"|hypothes[ie]s|theorems?|algorithms?|experiments?|empirical(?:ly)?|neural networks?|accuracy|previous work|prior work|patients|clinical|in vitro|spectr(?:um|a|oscopy)|simulations?)\b",
    re.IGNORECASE,
)
_ENOUGH_SIGNS: Final = 2
_SHORTEST_ABSTRACT: Final = 40
_LONGEST_WHOLE: Final = 12_000
_MOST_AROUND: Final = 150
_STRUCTURED: Final = re.compile(r"(?:background|introduction|objectives?|aims?|purpose|methods?|design|results|findings|conclusions?|discussion|significance)\s?[:.—-]", re.IGNORECASE)
_LONGEST_TITLE: Final = 300
_LONG_LINE: Final = 16
_SHORT_SENTENCE: Final = 6
def labelled(text: str) -> list[Span]:
    """Return the sheets of a text whose lines have labels, from the first label of each on; none if it is no such text."""
    if "cff-version:" in text[:4000] or not _TITLE_LABEL.search(text):
        return []
    found = [(start, match[1].lower()) for start, end in lines(text) if (match := _LABEL.match(text, start, end)) and match[1].lower() in _LABELS]
    kinds = {_LABELS[label] for _, label in found}
    titles = [start for start, label in found if _LABELS[label] == "title"]
    if not titles or not ("abstract" in kinds or ("author" in kinds and kinds & {"identifier", "venue", "category"})):
        return []
    starts = [_with_date(text, start) for start in _starts(found, titles)]
    if not any(c.isalnum() for c in text[: starts[0]]):
        starts = [0, *starts[1:]]
    return [squeezed(text, start, stop) for start, stop in pairwise([*starts, len(text)])]


def _with_date(text: str, start: int) -> int:
    """Return where a sheet begins whose first label is at a place: at the date above it, as arXiv's pages have it."""
    above = text[:start].rstrip()
    before = _line_start(above, len(above))
    return before if _SUBMITTED.fullmatch(above, before) else start


def _starts(found: list[tuple[int, str]], titles: list[int]) -> list[int]:
    """Return where sheets begin: at the first label that each has once, before its title."""
    for label in dict.fromkeys(label for start, label in found if start <= titles[0]):
        starts = [start for start, other in found if other == label]
        if len(starts) == len(titles) and all(start <= title < stop for start, title, stop in zip(starts, titles, [*starts[1:], titles[-1] + 1], strict=True)):
            return starts
    return titles


def _label(text: str, start: int, end: int) -> str:
    """Return the field that a line's label names, empty if it has none."""
    match = _LABEL.match(text, start, end)
    return _LABELS.get(match[1].lower(), "") if match else ""


def bare(text: str, parted: list[Span] | None = None) -> bool:
    """Tell whether the stretches between blank lines, or those given, are sheets: most have names in the second line, and not in the first."""
    stretches = blocks(text, lines(text)) if parted is None else parted
    if len(stretches) < 2 or _STRUCTURE.search(text):
        return False
    good = heads = 0
    for start, end in stretches:
        rows = [(start + a, start + b) for a, b in lines(text[start:end]) if not _RULE.fullmatch(text, *squeezed(text, start + a, start + b))]
        good += len(rows) > 1 and not _names(text, *rows[0], sure=True) and _names(text, *rows[1], sure=True)
        heads += len(rows) == 1 and len(text[start:end].split()) < _SHORT_SENTENCE
    return good > 1 and (5 * good >= 4 * (len(stretches) - min(heads, good)) if parted is None else 2 * good > len(stretches))


def whole(text: str) -> list[Span]:
    """Return the span of a text that is one abstract, perhaps with title and authors above it; none if it is not."""
    if len(text) > _LONGEST_WHOLE or _STRUCTURE.search(text):
        return []
    stretches = blocks(text, lines(text))
    long = [(start, end) for start, end in stretches if len(text[start:end].split()) >= _SHORTEST_ABSTRACT]
    structured = [span for span in stretches if _STRUCTURED.match(text, *span)]
    if not long or (len(long) > 1 and len(structured) < len(long) - 1):
        return []
    around = sum(len(text[start:end].split()) for start, end in stretches if (start, end) not in long and (start, end) not in structured)
    body = " ".join(text[start:end] for start, end in long)
    return [squeezed(text, 0, len(text))] if around <= _MOST_AROUND and (sounds_like_abstract(body) or _is_headed(text)) else []


def _is_headed(text: str) -> bool:
    """Tell whether the heading of an abstract stands below a line of names."""
    above = list(takewhile(lambda row: not (_HEADING.fullmatch(text, *row) or RUN_IN.match(text, *row)), lines(text)))
    return sum(1 for _ in lines(text)) > len(above) > 1 and any(_names(text, *row, sure=True) for row in above[1:] if not is_blank(text, *row))


def sounds_like_abstract(text: str) -> bool:
    """Tell whether a text is in the words of research papers: says what it presents, and speaks of results or the like."""
    says = {match.group().lower() for match in _SAYS.finditer(text)}
    return bool(says) and len(says) + len({match.group().lower() for match in _SOUNDS.finditer(text)}) >= _ENOUGH_SIGNS


class _Part(NamedTuple):
    """A stretch of a sheet: what it is, and its span."""

    name: str
    start: int
    end: int


def fields(page: Page, span: Span) -> list[Field]:
    """Return the fields of a sheet."""
    found: list[Field] = []
    for part in _parts(page.text, *span):
        start, end = squeezed(page.text, part.start, part.end)
        if start < end:
            found += fields_of(page, part.name, start, end)
    return found if any(field.name in {"title", "abstract"} for field in found) else []


def _parts(text: str, start: int, end: int) -> Iterator[_Part]:
    """Yield what a sheet's lines are, those that go on with the line above them put together."""
    rows = [(start + a, start + b) for a, b in lines(text[start:end])]
    current: _Part | None = None
    seen: set[str] = set()
    gap = False
    for i, (first, last) in enumerate(rows):
        if is_blank(text, first, last):
            gap = True
            continue
        fresh, goes_on = _part(text, rows[i:], seen, current, gap=gap)
        if goes_on and current is not None:
            current = _Part(current.name, current.start, last)
        else:
            if current is not None:
                yield current
            current = fresh
            if heading := _HEADING.fullmatch(text, first, last):
                yield _Part("abstract_label", *heading.span())
        seen.add(current.name if current else "")
        gap = False
    if current is not None:
        yield current


def _part(text: str, rows: list[Span], seen: set[str], current: _Part | None, *, gap: bool) -> tuple[_Part | None, bool]:
    """Return what begins on the first of the lines, and whether it rather goes on with what is above it."""
    start, end = rows[0]
    if rule := _RULE.match(text, start, end):
        rest = squeezed(text, rule.end(), end)
        return (_Part("other", *rest) if any(c.isalnum() for c in text[slice(*rest)]) else None), False
    if _OF_THE_PAGE.fullmatch(text, start, end):
        return _Part("other", start, end), False
    if submitted := _SUBMITTED.fullmatch(text, start, end):
        return _Part("date", *submitted.span(1)), False
    if name := _label(text, start, end):
        match = _LABEL.match(text, start, end)
        return _Part(name, match.end() if match else start, end), False
    if heading := _HEADING.fullmatch(text, start, end):
        return _Part("abstract", heading.end(), heading.end()), False
    if RUN_IN.match(text, start, end):
        return _Part("abstract", start, end), False
    if current is not None and current.name == "category" and text[start : start + 1].isupper() and "abstract" not in seen and _is_prose(text[start:end]) and ":" in text[_line_start(text, current.start) : current.start]:
        return _Part("abstract", start, end), False  # arXiv's list of new papers has no label before it
    if current is not None and current.name == "abstract" and all(_ADDRESS.fullmatch(text, *row) or is_blank(text, *row) for row in rows):
        return _Part("address", start, end), False
    if current is not None and (current.name == "abstract" or not (gap or _is_single(text, current))):
        return None, True
    if "title" not in seen and "abstract" not in seen and _is_title(text, rows):
        return _Part("title", start, end), False
    if current is not None and current.name == "title" and not gap and _wraps(text, current, rows):
        return None, True
    if "abstract" not in seen and _names(text, start, end, sure=False):
        return _Part("author", start, end), False
    if "abstract" not in seen and PLACE.search(text, start, end) and len(text[start:end].split()) <= (_SHORT_SENTENCE if "@" in text[start:end] else _LONG_LINE):
        return _Part("affiliation", start, end), False
    if match := IN_YEAR.fullmatch(text, start, end):
        return _Part("appeared", *match.span()), False
    if "abstract" not in seen and _is_prose(text[start : _stretch_end(rows, text)]):
        return _Part("abstract", start, end), False
    return _Part("other", start, end), False


def _is_prose(stretch: str) -> bool:
    """Tell whether a stretch of lines is running text: long, or a sentence."""
    words = stretch.split()
    return len(words) >= _LONG_LINE or (len(words) >= _SHORT_SENTENCE and stretch.rstrip().endswith((".", "?", "!")))


def _is_single(text: str, part: _Part) -> bool:
    """Tell whether a part without a label is done at the end of its line."""
    return part.name in {"title", "author", "affiliation", "date", "other", "appeared", "abstract_label"} and not _label(text, _line_start(text, part.start), part.end)


def _line_start(text: str, place: int) -> int:
    return max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1


def _stretch_end(rows: list[Span], text: str) -> int:
    """Return where the lines up to the next blank one end."""
    stop = rows[0][1]
    for start, end in rows:
        if is_blank(text, start, end) or _RULE.match(text, start, end):
            break
        stop = end
    return stop


def _is_title(text: str, rows: list[Span]) -> bool:
    """Tell whether the first of the lines is a title rather than the beginning of a paragraph."""
    start, end = rows[0]
    if end - start > _LONGEST_TITLE or _SAYS.search(text, start, end):
        return False
    if len(rows) == 1 or is_blank(text, *rows[1]):
        return True
    if _names(text, *rows[1], sure=False) or _HEADING.fullmatch(text, *rows[1]) or RUN_IN.match(text, *rows[1]) or _label(text, *rows[1]):
        return True
    widest = max(last - first for first, last in rows[1:])
    below = text[slice(*squeezed(text, *rows[1]))][:1]
    return not 3 * widest <= 4 * (end - start) <= 4 * widest and not below.islower() and not text[start:end].rstrip().endswith((".", ",", "-"))


def _wraps(text: str, title: _Part, rows: list[Span]) -> bool:
    """Tell whether a line goes on with the title above it."""
    start, end = rows[0]
    if end - title.start > _LONGEST_TITLE or _names(text, start, end, sure=False) or text[title.end - 1] in ".?!":
        return False
    return len(rows) > 1 and (_names(text, *rows[1], sure=False) or is_blank(text, *rows[1]))


def _names(text: str, start: int, end: int, *, sure: bool) -> bool:
    """Tell whether a line is names and little else."""
    start, end = squeezed(text, start, end)
    shown = without_asides(text, start, end)
    found = people(shown, start, end)
    if found is None or (sure and not found.sure):
        return False
    rest = shown[found.end : end].strip(" ,;.*†‡0123456789^()·")
    return 5 * len(rest) <= end - start and (found.sure or not any(word[0].islower() for word in text[start:end].split()))


_ADDRESS: Final = re.compile(r"\s*(?:https?://(?:[\w.]*arxiv\.org/\S+|(?:dx\.)?doi\.org/10\.\S+|openreview\.net/\S+|aclanthology\.org/\S+)|(?:doi|arxiv)\s?:\s?\S+)\s*", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"(?:pages?|pp?\.?|vol(?:ume|\.)?|issue|no\.|article)\s?[0-9]", re.IGNORECASE)
"""Where in a volume a paper stands, on a line of its own."""

_APPEARED: Final = re.compile(r"\s+[-–—]\s.{0,120}(?:19|20)[0-9]{2}")


def signs(text: str, start: int, end: int) -> bool:
    """Tell whether a line is names beyond doubt and little else, names with venue and year behind a dash, as Google Scholar has it, or a paper's address."""
    found = people(text, start, end)
    if _ADDRESS.fullmatch(text, start, end):
        return True
    dashed = found is not None and found.sure and _APPEARED.match(text, found.end, end) is not None
    return dashed or _names(text, start, end, sure=True)


def titles(text: str, start: int, end: int) -> bool:
    """Tell whether a line can be the title of a paper: some words that are no names, no label, no sentence that goes on."""
    words = text[start:end].split()
    return len(words) > 1 and end - start <= _LONGEST_TITLE and not _NUMBERED.match(text, start, end) and not _names(text, start, end, sure=True) and not _label(text, start, end) and text[end - 1] not in ".,;:"
