"""What identity looks at in one record of a paper."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from kg.ids import arxiv_id
from kg.model import Mention, Record
from kg.names import is_group, parse
from kg.resolve.papers.form import are_two, work
from kg.resolve.papers.telling import CUT, Hashes, hash_of, tells
from kg.text import fold, word_set
from kg.text import words_of_any_script as words

_ARXIV_MONTH: Final = re.compile(r"(?:[a-z-]+/)?([0-9]{2})([0-9]{2})")
TELLING: Final = 12
"""An abstract of fewer different words than this may be anybody's: it does not make two records one by itself."""

_FRONT_MATTER: Final = word_set(
    """
    abstract abstracts acknowledgement acknowledgements acknowledgment acknowledgments announcement announcements author authors back board book
    books call calls chair chairs chairman column comment comments committee committees conference content contents contributor contributors
    copyright corrections corrigendum cover editor editorial editorials editors errata erratum foreword front general guest guests index
    information introduction introductory invited issue issues journal keynote letter letters list lists masthead matter meeting message
    messages news note notes number obituary opening organization organizers organizing page pages panel paper papers participants plenary
    poster posters preface president program programme proceedings publication referees remarks reply response review reviewer reviewers
    reviews section session sessions speakers special sponsors steering symposium table talk talks technical title track tutorial tutorials
    untitled volume welcome words workshop workshops
    a an and at by for from in of on our s the this to with
    """
)
"""Words of titles that every issue has anew: `Message from the Program Chairs`, `Editors' Introduction to the Special Issue`."""

_FLEETING: Final = frozenset({"a", "an", "the", "and"})
_SESSION: Final = r"(?:oral|poster|spotlight|demo|highlight|talk|invited|keynote|plenary|tutorial|regular|short|long|full)"
_LABEL: Final = re.compile(
    rf"\s*(?:(?:retracted|withdrawn)(?: article| paper| chapter)?\s?:|\[[^\]]{{0,10}}\b{_SESSION}\b[^\]]{{0,20}}\]\s*[:.-]?|{_SESSION}(?: (?:paper|talk|session|presentation))?(?: [0-9]{{0,2}}[a-z]?)?\s?:)\s*",
    re.IGNORECASE,
)
"""A session before a title: `[From Oral 4A]`, `Poster:`; that it was retracted, which publishers write before the title it had."""

_NOTE: Final = re.compile(
    rf"\s*[(\[](?:{_SESSION}(?: (?:paper|talk|presentation))?|(?:extended|student|short) abstract|extended version|abstract reprint|journal track|supplement(?:ary materials?)?)[)\]]\W*$",
    re.IGNORECASE,
)
"""What is said of the print behind a title: `(Extended Abstract)`."""

_BROKEN: Final = re.compile(r"\(cid:173\)\s*|\u00ad\s*")
"""A hyphen at the end of a printed line, as text taken from a PDF file has it."""

_ISSUE: Final = re.compile(r"^(?:(?:19|20)?[0-9]{2}|[0-9]+(?:st|nd|rd|th)|proceedings|proc|of|the|in|on|and|for|annual|acm|ieee|cvf|aaai/acm)$")
"""Words that tell an issue of a venue from another, or nothing."""

_FIRST_NUMBER: Final = re.compile(r"\s*0*(?P<number>[1-9][0-9]{0,8})(?=\s*(?:$|[-–—,;]))")
"""A number, or the first of a range of them."""

_NO_ISSUE: Final = ("", "", "")


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """What identity looks at in one record. A hash has 64 bits; arrays of them are sorted and without repetition.

    Attributes:
        record: The record's id.
        anchor: Hash of its content, the same wherever the same record stands; of an editorial and the like, of its date, venue and
            identifiers too; of a thesis, data and the like, of which sort of work it is.
        arxiv: Its arXiv id without version, or an empty string.
        identifiers: All its identifiers as `scheme:id`, the arXiv id among them.
        title: Its folded title, without the session or kind of print that some lists add to it.
        authors: Folded names in printed order; collectives left out.
        cut: Whether the list of authors goes on ("et al.").
        month: Months since year 0 of its date or arXiv id, None if unknown.
        year: The year of its date or arXiv id, None if unknown.
        venue: Where it was printed: folded words that tell the series from others, or an empty string.
        names: Folded names that it introduces.
        work: Which sort of work it says to be (`kg.resolve.papers.form.work`), or an empty string.
        head: What its title names before a colon, folded, or an empty string.
        running: Its abstract, folded, on one line.
        words: Hashes of the words of its abstract.
        told: How much these tell, squared and summed up.
        shingles: Hashes of all runs of four words of its abstract.
        issue: Volume, number and first page that it was printed in and on, as far as they are numbers.
    """

    record: str
    anchor: str
    arxiv: str
    identifiers: frozenset[str]
    title: str
    authors: tuple[str, ...]
    cut: bool
    month: int | None
    year: int | None
    venue: str
    names: frozenset[str]
    work: str
    head: str
    running: str
    words: Hashes
    told: float
    shingles: Hashes
    issue: tuple[str, str, str] = _NO_ISSUE


def features(record: Record, mentions: Iterable[Mention]) -> Features:
    """Return what identity looks at in a paper's record."""
    title = record.first("title")
    abstract = record.first("abstract")
    number = record.first("arxiv_id")
    venue = record.first("venue")
    date = next((f.value for f in record.all("date") if f.value), None)
    arxiv = (arxiv_id(number.value or number.text) or "") if number else ""
    identifiers = {field.value for field in record.all("identifier") if field.value}
    printed = _bare_title(title.text) if title else ""
    running = words(_BROKEN.sub("", abstract.text)) if abstract else []
    authors = tuple(parse(f.text).folded for f in record.all("author") if not is_group(f.text))
    before, colon, _ = printed.partition(":")
    head = " ".join(words(before)) if colon and len(before.split()) <= 4 else ""
    names = {" ".join(words(m.canonical)) for m in mentions if m.role == "introduces" and m.type != "person"}
    names.add(head)
    whole = " ".join(words(title.text)) if title else ""
    plain = " ".join(words(printed))
    content = "\n".join((arxiv, whole, " ".join(running), ",".join(authors)))
    hashes = np.array([hash_of(word) for word in running], np.uint64)
    distinct = np.unique(hashes)
    if not (arxiv or len(distinct) >= TELLING or own_title(plain)):
        content = "\n".join((content, date or "", fold(venue.text) if venue else "", *sorted(identifiers)))
    sort = work(record)
    if are_two(sort, "paper") or are_two(sort, "chapter"):
        content = f"{content}\n{sort}"
    month = _month(date, arxiv)
    return Features(
        record=record.id,
        anchor=hashlib.sha256(content.encode()).hexdigest()[:16],
        arxiv=arxiv,
        identifiers=frozenset(identifiers | ({f"arxiv:{arxiv}"} if arxiv else set())),
        title=plain,
        authors=authors,
        cut=record.first("et_al") is not None,
        month=month,
        year=(month - 1) // 12 if month is not None else int(date[:4]) if date and date[:4].isdecimal() else None,
        venue=_series(venue.text) if venue else "",
        names=frozenset(names - {""}),
        work=sort,
        head=head,
        running=f" {' '.join(running)} ",
        words=distinct,
        told=float(np.square(tells(distinct >> CUT)).sum()),
        shingles=_shingles(hashes),
        issue=_issue(record),
    )


@lru_cache(maxsize=1 << 17)
def title_key(title: str) -> str:
    """Return what stays the same of a folded title when hyphens, blanks, articles and `and` (or `&`) are written otherwise.

    >>> title_key("a multi task and few shot net") == title_key("multitask few shot net")
    True
    """
    return "".join(word for word in title.split() if word not in _FLEETING) or title


def own_title(title: str) -> bool:
    """Tell whether a title is likely to be one paper's only.

    >>> own_title("sorting wet gravel"), own_title("gravel"), own_title("message from the program chairs")
    (True, False, False)
    """
    told = title.split()
    return len(told) >= _OWN and any(word not in _FRONT_MATTER and not word.isdigit() for word in told)


_OWN: Final = 3
"""A title of fewer words may be anybody's."""


def _bare_title(text: str) -> str:
    """Return a title without what a list adds to it; a title of nothing else stays.

    >>> _bare_title("[From Oral 4A] Joint Filtering"), _bare_title("Joint Filtering (Extended Abstract)"), _bare_title("Talk: It")
    ('Joint Filtering', 'Joint Filtering', 'It')
    >>> _bare_title("Short text: a survey"), _bare_title("[Poster]")
    ('Short text: a survey', '[Poster]')
    """
    bare = _NOTE.sub("", text)
    label = _LABEL.match(bare)
    return (bare[label.end() :] if label else bare).strip() or text


@lru_cache(maxsize=1 << 12)
def _series(text: str) -> str:
    """Return the words of a venue that tell its series from others.

    >>> _series("ICML 2018"), _series("Proceedings of the 35th International Conference on Machine Learning")
    ('icml', 'international conference machine learning')
    """
    return " ".join(word for word in words(text) if not _ISSUE.match(word))


def _issue(record: Record) -> tuple[str, str, str]:
    """Return volume, number and first page of a record; what is no number (`PP`, `abs/1706.03762`, `e12`) tells nothing."""
    told = (record.first(name) for name in ("volume", "issue", "pages"))
    volume, number, page = ((_FIRST_NUMBER.match(field.text) if field else None) for field in told)
    return (volume["number"] if volume else "", number["number"] if number else "", page["number"] if page else "")


def mixed(hashes: Hashes) -> Hashes:
    """Return hashes whose bits are spread as in SplitMix64 (Steele, Lea and Flood 2014)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


def _month(date: str | None, arxiv: str) -> int | None:
    """Return the month of a date, or the one that is in an arXiv id, as a running number."""
    if date and len(date) >= 7:
        return int(date[:4]) * 12 + int(date[5:7])
    match = _ARXIV_MONTH.match(arxiv)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2])
    return (year + (1900 if year > 90 else 2000)) * 12 + month


def _shingles(hashes: Hashes, size: int = 4) -> Hashes:
    """Return a hash of each run of `size` words: a sum that depends on their order, mixed."""
    count = len(hashes) - size + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    runs = np.zeros(count, np.uint64)
    for place in range(size):
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + hashes[place : place + count]
    return np.unique(mixed(runs))
