"""A piece of Markdown taken apart as a paper: its title, and what its text, labels, signs and addresses say of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from kg.ids import identifier
from kg.sources._citation.parts import VENUE_START, Citation
from kg.sources._citation.reading import LONGEST, cite, with_line_of_names
from kg.sources._dates import printed_date
from kg.sources._linked_id import leads_to_papers
from kg.sources._markdown.blocks import Link, Plain, is_button
from kg.sources._text.byline import people
from kg.sources._text.fields import Span, squeezed

ENOUGH: Final = 2
"""The evidence from which a piece is taken for a paper."""

_LINK_LABELS: Final = (
    "paper", "pdf", "download", "link", "links", "url", "code", "github", "project", "project page", "homepage", "website", "webpage", "page", "video", "slides", "demo", "data", "dataset",
    "datasets", "poster", "blog", "openreview", "论文", "代码", "主页", "链接", "数据", "数据集", "视频", "解读", "论文链接", "论文下载链接", "代码链接", "代码和数据集", "项目主页", "项目",
)  # fmt: skip
_LABELS: Final = {
    "title": "title", "paper title": "title", "标题": "title", "题目": "title", "论文题目": "title",
    "author": "author", "authors": "author", "author(s)": "author", "作者": "author", "by": "author",
    "abstract": "abstract", "摘要": "abstract", "summary": "abstract",
    "venue": "venue", "conference": "venue", "journal": "venue", "published in": "venue", "publication": "venue", "会议": "venue", "期刊": "venue",
    "date": "date", "year": "date", "year of publication": "date", "publisher": "publisher", "published": "date", "publication date": "date", "submitted": "date", "时间": "date", "日期": "date", "年份": "date",
    "keywords": "keyword", "keyword": "keyword", "tags": "keyword", "关键词": "keyword",
    "affiliation": "affiliation", "affiliations": "affiliation", "institution": "affiliation", "institutions": "affiliation", "机构": "affiliation", "单位": "affiliation",
    "comment": "comment", "comments": "comment", "tl;dr": "comment", "tldr": "comment", "doi": "link", "arxiv": "link", "arxiv id": "link", **dict.fromkeys(_LINK_LABELS, "link"),
}  # fmt: skip
"""What stands before a colon at the beginning of a line, and what it says of the rest."""

_LABEL: Final = re.compile(r"(?:\A|(?<=\n))[ \t]*+(?P<label>[^\W\d_][^:：\n\[(（]{0,24}?)[0-9]?(?:[（(][^()（）\n]{0,20}[)）])?[ \t]*[:：][ \t]*(?P<rest>[^\n]*)")
_PAPER_LABEL: Final = re.compile(r"\s*(?:paper|pdf|论文|arxiv|doi)", re.IGNORECASE)
_VENUE: Final = r"(?:[A-Z][A-Za-z&+]*[A-Z][A-Za-z&+]*|[Aa]r[Xx]iv|bioRxiv|medRxiv|Nature|Science|Interspeech|Preprint)(?:[ /-](?:[A-Z][A-Za-z&+]*|of|on|and|in))*"
_YEAR: Final = r"(?:19|20)[0-9]{2}(?:[-./](?:0?[1-9]|1[0-2])(?:[-./](?:0?[1-9]|[12][0-9]|3[01]))?)?(?![0-9])"
_SIGN: Final = re.compile(
    rf"(?:(?P<venue>{_VENUE})[\s,._'’-]*)?(?P<date>{_YEAR})?(?P<short>(?<=['’])[0-9]{{2}}(?![0-9])|(?<=[A-Z])[0-9]{{2}}(?![0-9]))?(?P<rest>[\s,;:()*-]+[\w ()*,:/-]{{1,40}})?"
)
"""Where and when a paper appeared, as lists put it in brackets: `CVPR 2019 oral`, `ICLR'23`, `2021.11`."""

_BRACKETS: Final = {"[": "]", "(": ")", "【": "】", "{": "}"}
_IN_PARENTHESES: Final = re.compile(r"\s*[(\[]((?:19|20)[0-9]{2})[)\]]\s*")
_IN_TEXT: Final = re.compile(r"(?:19|20)[0-9]{2}")
_NO_START: Final = re.compile(r"[^\w\[(【{\"“‘'`«¿$\\]+")
_LONGEST_SIGN: Final = 48
_LONGEST_TITLE: Final = 300
_SHORTEST_TITLE: Final = 3
_MOST_WORDS: Final = 22
_FEW_WORDS: Final = 3
_ABSTRACT: Final = 40


_STAMPED: Final = re.compile(r"(?P<date>(?:19|20)[0-9]{2}[.\-/](?:0[1-9]|1[0-2])(?:[.\-/][0-3][0-9])?)[\s:–—-]+(?=[^\W\d])")
"""A date before a title, as notes have it."""

_LEADING_SIGN: Final = re.compile(r"(?P<sign>[A-Z][A-Za-z]*[A-Z][A-Za-z]*[ '’-]{0,2}(?:(?:19|20)[0-9]{2}|[0-9]{2}))\s+[-–—|]\s+(?=\S)")
"""Where and when a paper appeared, before its title: `NIPS 2021 - On Engines`."""

_QUOTES: Final = frozenset({"“", '"', "„", "«"})
"""What stands before a quoted title."""


class Part(NamedTuple):
    """A thing that a piece says: the name of the field, its span in the plain text, and its value."""

    name: str
    span: Span
    value: str | None = None


@dataclass(frozen=True)
class Reading:
    """A piece taken apart.

    Attributes:
        plain: Its text.
        title: Where its title stands.
        cited: What its text says as a citation.
        parts: What signs, labels and lines of their own say besides.
        evidence: How much speaks for its being a paper: an address of papers 2, names 2 (one alone 1), venue and year 1 each.
    """

    plain: Plain
    title: Span | None
    cited: Citation
    parts: tuple[Part, ...]
    evidence: int

    @property
    def is_paper(self) -> bool:
        """Whether enough speaks for its being a paper."""
        return self.title is not None and self.evidence >= ENOUGH

    @property
    def shows_title(self) -> bool:
        """Whether its title is marked as one, or labelled."""
        return self.title is not None and (_is_marked(self.plain, self.title) or "title" in (self.plain.text[: self.title[0]].lower().rsplit("\n", 1)[-1]))

    @property
    def is_quoted(self) -> bool:
        """Whether its title stands in quotation marks."""
        return self.title is not None and self.plain.text[self.title[0] - 1 : self.title[0]] in _QUOTES

    @property
    def names_authors(self) -> bool:
        """Whether names of authors are in it beyond doubt."""
        return self.cited.people is not None and self.cited.people.sure


def is_whole(cited: Citation) -> bool:
    """Tell whether a citation says where in a journal of which year a paper stands, as nothing else does."""
    return cited.venue is not None and cited.date is not None and (cited.volume is not None or cited.pages is not None)


def is_papers(link: Link) -> bool:
    """Tell whether a link leads to where papers are found."""
    return leads_to_papers(link.url)


def sign(text: str, start: int, end: int, *, bracketed: bool = False) -> tuple[Part, ...]:
    """Return venue and date of a sign such as `[CVPR 2019 oral]`; nothing if it is none.

    >>> [(part.name, part.value or "CVPR 2019 oral"[slice(*part.span)]) for part in sign("CVPR 2019 oral", 0, 14)]
    [('venue', 'CVPR'), ('date', '2019'), ('other', 'oral')]
    >>> sign("MASK is all you need", 0, 20), sign("x", 0, 1)
    ((), ())
    """
    start, end = squeezed(text, start, end)
    match = _SIGN.fullmatch(text, start, end) if 1 < end - start <= _LONGEST_SIGN else None
    if match is None or not (match["date"] or match["short"] or (match["venue"] and not match["rest"] and (match["venue"].split(" ")[0].isupper() or (bracketed and " " not in match["venue"] and not is_button(match["venue"]))))):
        return ()
    if match["date"] and not match["venue"] and not bracketed and match["rest"] and len(match["rest"].split()) > _FEW_WORDS:
        return ()  # a title behind its date
    found: list[Part] = []
    if match["venue"]:
        found.append(Part("venue", match.span("venue")))
    if match["date"]:
        found.append(Part("date", match.span("date"), printed_date(match["date"])))
    elif match["short"]:
        found.append(Part("date", match.span("short"), f"20{match['short']}" if match["short"] < "50" else f"19{match['short']}"))
    rest = squeezed(text, *match.span("rest")) if match["rest"] else (0, 0)
    while rest[0] < rest[1] and not text[rest[0]].isalnum():
        rest = rest[0] + 1, rest[1]
    return (*found, Part("other", rest)) if rest[0] < rest[1] else tuple(found)


def reading(plain: Plain) -> Reading:
    """Take a piece apart; one that is longer than any citation is none."""
    text = plain.text
    if len(text) > LONGEST:
        return Reading(plain, None, Citation(), (), 0)
    start, parts = _signs(plain)
    labelled = list(_labelled(text))
    stop = next((span[0] for _, span, _ in labelled if span[0] >= start), len(text))
    told = next((squeezed(text, *rest) for name, _, rest in labelled if name == "title"), None) or _linked_title(plain, labelled)
    cited, title = _cited(plain, start, stop)
    if told is not None and told[0] < told[1]:
        title, cited = told, Citation(title=told, evidence=cited.evidence)
    for name, _, rest in labelled:
        parts += () if told is not None and rest[0] <= told[0] < rest[1] else _said(text, name, rest)
    if title is not None and (year := _IN_PARENTHESES.match(text, title[1])) and cited.date is None:
        parts.append(Part("date", year.span(1), year[1]))
    if title is not None and (stamp := _STAMPED.match(text, *title)):
        parts.append(Part("date", stamp.span("date"), printed_date(stamp["date"])))
        title = stamp.end(), title[1]
    cited = _in_its_script(text, cited, title) if title is not None else cited
    cited = _checked(text, cited)
    parts += _rest(text, cited, title, start, [span for _, span, _ in labelled])
    named = 0 if cited.people is None else 2 if cited.people.sure or is_whole(cited) else 1
    named = max(named, 2 * any(part.name == "author" for part in parts))
    linked = any(map(is_papers, plain.links)) or any(name == "link" and _PAPER_LABEL.match(text, *span) for name, span, _ in labelled)
    appeared = len({part.name for part in parts} & {"venue", "date"})
    if title is not None and cited.date is not None and (_is_marked(plain, title) or text[title[0] - 1 : title[0]] in _QUOTES):
        appeared += 1 + ((cited.venue or cited.publisher) is not None or len(text[slice(*title)].split()) >= _FEW_WORDS)
    evidence = 2 * linked + named + appeared
    return Reading(plain, title, cited, tuple(parts), evidence)


def _in_its_script(text: str, cited: Citation, title: Span) -> Citation:
    """Return a citation without names and venue in a script without capitals below a title in another: these are a reader's remarks."""
    line = text.find("\n", title[1])
    if line < 0 or _UNCASED.search(text, *title):
        return cited
    if cited.venue is not None and cited.venue[0] > line and _UNCASED.search(text, *cited.venue):
        cited = replace(cited, venue=None)
    if cited.people is not None and cited.people.names[0][0] > line and all(_UNCASED.search(text, *name) for name in cited.people.names):
        cited = replace(cited, people=None)
    return cited


_UNCASED: Final = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")


def _linked_title(plain: Plain, labelled: Sequence[tuple[str, Span, Span]]) -> Span | None:
    """Return the title that stands behind the label of a link: `Paper: [On Engines](address)`."""
    places = [rest for name, line, rest in labelled if name == "link" and _PAPER_LABEL.match(plain.text, *line)]
    shown = (span for kind, span, _ in plain.marks if kind == "link" and any(first <= span[0] < last for first, last in places))
    return next((span for span in shown if len(plain.text[slice(*span)].split()) >= _FEW_WORDS), None)


def _is_marked(plain: Plain, title: Span) -> bool:
    return any(kind in {"link", "bold", "italic"} and span[0] <= title[0] and title[1] <= span[1] for kind, span, _ in plain.marks)


def _signs(plain: Plain) -> tuple[int, list[Part]]:
    """Return where the text begins behind the signs, stars and emoji that stand before it, and what the signs say."""
    text, at = plain.text, 0
    parts: list[Part] = []
    while at < len(text):
        if skipped := _NO_START.match(text, at):
            at = skipped.end()
        if lead := _LEADING_SIGN.match(text, at):
            found = sign(text, *lead.span("sign"))
            parts += found
            at = lead.end() if found else at
            if found:
                break
        closing = _BRACKETS.get(text[at : at + 1], "")
        close = text.find(closing, at + 1, at + _LONGEST_SIGN) if closing else -1
        code = next((span for kind, span, _ in plain.marks if kind in {"code", "bold"} and span[0] == at), None)
        inner = (at + 1, close) if close > 0 else code
        found = sign(text, *inner, bracketed=close > 0) if inner else ()
        if not found or inner is None:
            break
        parts += [part for part in found if part.name == "other" or all(part.name != one.name for one in parts)]
        at = inner[1] + (close > 0)
    return at, parts


def _labelled(text: str) -> Iterator[tuple[str, Span, Span]]:
    """Yield what each labelled line says: the field, where the line stands, and where the rest behind the label does."""
    for match in _LABEL.finditer(text):
        name = _LABELS.get(" ".join(match["label"].lower().split()))
        if name:
            yield name, match.span(), match.span("rest")


def _said(text: str, name: str, rest: Span) -> Iterator[Part]:
    """Yield the fields of a labelled line."""
    start, end = squeezed(text, *rest)
    if start == end or name == "title":
        return
    if name == "author":
        found = people(text, start, end)
        if found is None or 2 * (end - found.end) > end - start:
            for piece in re.finditer(r"[^,;，、；]+", text[start:end]):
                yield Part("author", squeezed(text, start + piece.start(), start + piece.end()))
            return
        yield from (Part("author", one) for one in found.names)
        if found.et_al:
            yield Part("et_al", found.et_al)
    elif name in {"keyword", "affiliation"}:
        for piece in re.finditer(r"[^,;，、；]+" if name == "keyword" else r"[^;；]+", text[start:end]):
            yield Part(name, squeezed(text, start + piece.start(), start + piece.end()))
    elif name == "date":
        yield Part("date", (start, end), printed_date(text[start:end]))
    elif name == "link" and (value := identifier(text[start:end])):
        scheme, _, number = value.partition(":")
        yield Part("arxiv_id", (start, end), number) if scheme == "arxiv" else Part("identifier", (start, end), value)
    elif name == "venue":
        yield from sign(text, start, end) or (Part("venue", (start, end)),)
    else:
        yield Part("other" if name == "link" else name, (start, end))


def _cited(plain: Plain, start: int, stop: int) -> tuple[Citation, Span | None]:
    """Return a text taken apart as a citation, and its title."""
    text = plain.text
    marks = list(_shown(plain, start, stop))
    line = text.find("\n", start, stop)
    line = line if line >= 0 else stop
    cited = cite(text, start, stop, marks, hard=True)
    title = cited.title
    unsure = cited.people is None or not cited.people.sure
    if title is None or (unsure and not any(span[0] <= title[0] < span[1] for _, span, _ in marks)) or sign(text, *title):
        alone = cite(text, start, line, marks, hard=True)
        if sign(text, *title) if title else False:
            return replace(cited, title=None), None
        cited = with_line_of_names(text, (start, stop), alone) if alone.title and alone.people is None else alone
        title = cited.title
        if title is not None and len(text[slice(*title)].split()) > _MOST_WORDS:
            return cited, None
    elif cited.people is None:
        cited = with_line_of_names(text, (start, stop), cited)
    if title is not None and cited.people is not None and any(kind == "bold" and span[0] <= cited.people.names[0][0] and cited.people.end <= span[1] + 1 and 0 <= title[0] - span[1] <= 3 for kind, span, _ in plain.marks):
        cited = replace(cited, people=cited.people._replace(sure=True))  # names in bold letters, right above the title
    if title is not None and (match := _IN_PARENTHESES.search(text, *title)) and match.end() == title[1]:
        title = title[0], match.start()
    if title is None or not _SHORTEST_TITLE <= title[1] - title[0] <= _LONGEST_TITLE:
        return cited, None
    lead = text[start : title[0]].strip(" \n\"“‘'`«*[(.,:;-–—|")
    far = lead and not (cited.people is not None and cited.people.names[0][0] < title[0]) and not lead.isdigit()
    return cited, None if far and len(lead) > 20 else title


def _shown(plain: Plain, start: int, stop: int) -> Iterator[tuple[str, Span, str]]:
    """Yield the marks that can show a title: links and bold text, or, where there are none, what begins in italics."""
    text, strong, names_end = plain.text, False, -9
    for kind, span, url in plain.marks:
        if kind not in {"link", "bold"} or not start <= span[0] < span[1] <= stop or sign(text, *span):
            continue
        words = len(text[slice(*span)].split())
        behind = text[span[1] : span[1] + 2]
        if (named := people(text, *span)) is not None and named.sure and _IN_TEXT.search(text, named.end, span[1]):
            continue  # a whole citation
        if kind == "bold" and named is not None and named.end >= span[1] - 1 and (named.sure or any(other == "italic" and 0 <= place[0] - span[1] <= 2 for other, place, _ in plain.marks)):
            names_end = span[1]
            continue
        goes_on = kind == "bold" and words <= _FEW_WORDS and (behind[:1] in {":", "："} or (behind[:1] == " " and behind[1:].islower()))
        if not goes_on:
            strong = True
            yield kind, span, url
    if not strong:
        for kind, span, _ in plain.marks:
            if kind == "italic" and span[0] >= start and len(text[slice(*span)].split()) >= _FEW_WORDS and (span[0] <= start + 1 or 0 <= span[0] - names_end <= 3 or _behind_names(text, start, span)):
                yield "bold", span, ""


def _behind_names(text: str, start: int, span: Span) -> bool:
    """Tell whether italics that are no venue's follow on names: `Ada Lovelace, *On Engines*, Minds`."""
    named = people(text, start, span[0])
    dated = _DATED.search(text, max(start, span[0] - 12), span[0]) is not None
    close = named is not None and named.sure and _BETWEEN.fullmatch(text, named.end, span[0]) is not None
    return (dated or close) and VENUE_START.match(text, *span) is None


_DATED: Final = re.compile(r"\((?:19|20)[0-9]{2}[a-z]?\)[.,:]?\s*\Z")
_BETWEEN: Final = re.compile(r"[\s,.:;]*(?:\(?(?:19|20)[0-9]{2}[a-z]?\)?)?[\s,.:;]*")


def _checked(text: str, cited: Citation) -> Citation:
    """Return a citation without what was taken for a venue and is what a list says about a paper: behind a colon."""
    told = {part.name: part for part in sign(text, *cited.venue)} if cited.venue is not None and cited.date is None else {}
    if told.keys() == {"venue", "date"}:
        return replace(cited, venue=told["venue"].span, date=(told["date"].span, told["date"].value or ""))  # `ICML19`
    if cited.venue is None or cited.date is None:
        return cited
    ends = [cited.date[0][1], *([cited.title[1]] if cited.title and cited.title[1] <= cited.venue[0] else [])]
    between = text[max(ends) : cited.venue[0]]
    return replace(cited, venue=None) if ":" in between or not text[cited.venue[0]].isalnum() else cited


def _rest(text: str, cited: Citation, title: Span | None, start: int, labelled: Sequence[Span]) -> Iterator[Part]:
    """Yield what nothing has been made of, line by line: an abstract if long, venue and date, or notes."""
    used = [title or (start, start), *(cited.people.names if cited.people else ()), *(span for span, _ in cited.identifiers)]
    used += [part for part in (cited.people.et_al if cited.people else None, cited.venue, cited.publisher, cited.volume, cited.issue, cited.pages, cited.date[0] if cited.date else None) if part]
    for line in re.finditer(r"[^\n]+", text[start:]):
        first, last = start + line.start(), start + line.end()
        if any(a < last and first < b for a, b in labelled):
            continue
        at = max((b for a, b in used if first <= a < last or a <= first < b), default=first)
        while at < last and not (text[at].isalnum() or text[at] in '(["“‘$'):
            at += 1
        span = squeezed(text, at, last)
        words = [word for word in text[slice(*span)].split() if any(c.isalpha() for c in word)]
        if not words or (span[0] > first and len(words) < 2):
            continue
        yield from sign(text, *span) or (Part("abstract" if len(words) >= _ABSTRACT else "other", span),)
