"""What the shapes of arXiv's metadata share: ids with versions, dates, categories, DOIs and authors.

arXiv keeps the authors of a paper as one line, which its interfaces take apart or give as it is. The line is
described at https://info.arxiv.org/help/prep.html; how arXiv itself takes it apart is in `arxiv.authors` of
https://github.com/arXiv/arxiv-base.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from kg import ids
from kg.names import is_group
from kg.sources._dates import printed_date
from kg.sources._entry import Entry
from kg.sources._latex import decode
from kg.sources._parts import Part
from kg.text import squeeze

CATEGORY: Final = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]+(?:-[a-z]+)*)?")
"""An arXiv category (`cs.CV`, `hep-th`, `cond-mat.mes-hall`); classes of MSC and ACM begin otherwise."""

ANNOUNCED: Final = re.compile(r"\A\s*arXiv:\S+ Announce Type: \S+\s+Abstract:\s*")
"""What arXiv's feeds of announcements have in front of an abstract."""

STAMP: Final = re.compile(r"arXiv\s*:\s*\S+?(?P<version>v[0-9]{1,2})?\s+\[(?P<category>[\w.-]{2,20})\]\s+(?P<date>[0-9]{1,2}\s+[A-Za-z]{3}\s+[0-9]{4})")
"""What arXiv prints on the margin: `arXiv:2105.01234v2 [cs.RO] 4 May 2021`."""

_OAI: Final = re.compile(r"oai:arxiv\.org:", re.IGNORECASE)
_VERSION: Final = re.compile(r"v[1-9][0-9]*\Z")
_ACCENT: Final = (
    r"""\\(?:["'`^~=.]\s*(?:\{\\?[A-Za-z]\}|\\[ij](?![A-Za-z])|[A-Za-z])|[uvHckr]\s*\{\\?[A-Za-z]\}"""
    r"""|[uvHckr]\s+[A-Za-z](?![A-Za-z])|(?:ss|[oOlLij]|ae|AE|oe|OE|aa|AA)(?![A-Za-z])(?:\{\})?)"""
)
_LATEX: Final = re.compile(rf"(?P<formula>\$[^$]*\$)|\{{{_ACCENT}\}}|{_ACCENT}")

CUT: Final = re.compile(
    r"\bet\.?[\s~]+al\b\.?|\band\s+(?:[0-9]+\s+)?others\b|\b(?:and\s+)?[0-9]+\s+(?:additional|more|other)\s+authors\b(?:\s+not\s+shown)?",
    re.IGNORECASE,
)
"""What says that a list of authors is not whole."""

_CUT_END: Final = re.compile(rf"(?:^|[,\s]\s*)(?:{CUT.pattern})\s*$", re.IGNORECASE)
_BEHALF: Final = re.compile(r"(?:^|[\s(]+)(?:on\s+behalf\s+of|for)\s+", re.IGNORECASE)
_SUFFIX: Final = re.compile(r"(?:Jr|Sr|[IV]{2,})\.?")
_AND: Final = r"(?:and|AND|\\?&)\s+"
_BETWEEN: Final = re.compile(rf"\s*[,;:]\s*(?:{_AND})?|(?:^|\s+){_AND}")
_GAP: Final = "\0"
_MARK: Final = r"(?:[0-9]+|[a-z*†‡])"
_MARKS: Final = re.compile(rf"\s*{_MARK}(?:(?:\s*(?:,|;|\\?&|and\b)\s*|\s+){_MARK})*\s*")
_LEGEND: Final = re.compile(rf"\(\s*({_MARK})\s*\)([^()]+)")
_COLON_LEGEND: Final = re.compile(r"\b([0-9]+)\s*:\s*([^:]+?)\s*(?=[,;]\s*[0-9]+\s*:|$)")

_MOST_SHARED: Final = 20
"""More affiliations than an author has; without a limit, a short line could stand for millions of them."""


def add_id(entry: Entry, part: Part) -> str | None:
    """Add an arXiv id, and its version if it has one; return it normalised, None if it is none."""
    bare = _OAI.sub("", part.text.strip(), count=1)
    number = ids.arxiv_id(bare)
    if number is None:
        return None
    part.add_to(entry, "arxiv_id", number)
    if version := _VERSION.search(bare):
        entry.add("version", version.group(), path=part.path, line=part.line)
    return number


def add_date(entry: Entry, part: Part) -> None:
    """Add the date of the first submission, with a warning where there is no such day."""
    if not part.text.strip():
        return
    found = printed_date(part.text)
    part.add_to(entry, "date", found)
    if found is None:
        entry.warn(f"no date: {shown(part.text)}", "correct it; the paper is kept without it", part.line)


def add_categories(entry: Entry, parts: list[Part]) -> None:
    """Add categories in order, each once; what is a class of another scheme (MSC, ACM) goes in as `other`."""
    seen: set[str] = set()
    for part in parts:
        if part.text not in seen:
            seen.add(part.text)
            part.add_to(entry, "category" if CATEGORY.fullmatch(part.text) else "other")


def add_dois(entry: Entry, part: Part) -> None:
    """Add the DOIs of a text, which authors part by blanks where there are several."""
    for text in re.sub(r"\b(doi:)\s+", r"\1", part.text, flags=re.IGNORECASE).split():
        bare = text.strip(",;")
        known = ids.identifier(bare, "doi")
        if known is None and any(c.isalnum() for c in bare):
            entry.warn(f"no DOI: {shown(bare)}", "correct it; it is kept as printed", part.line)
        part.saying(bare).add_to(entry, "identifier" if known else "other", known)


def accented(text: str) -> str:
    r"""Return a text with LaTeX's accents and foreign letters as characters; formulas and white space stay.

    >>> accented(r"Schr\"odinger in {\L}\'{o}d\'z, $\'e$"), accented("a\n b")
    ("Schrödinger in Łódź, $\\'e$", 'a\n b')
    """
    if "\\" not in text:
        return text
    return _LATEX.sub(lambda match: match.group() if match["formula"] else decode(match.group()), text)


def shown(text: str) -> str:
    """Return a text as a message quotes it: on one line, and not too long.

    >>> shown("a" * 100)[-8:]
    "aaaa...'"
    """
    line = squeeze(text[:200])
    return repr(line if len(line) <= 60 else f"{line[:57]}...")


def natural(surname: str, given: str, suffix: str = "") -> str:
    """Return the parts of a name in the order in which it is spoken.

    arXiv puts a blank behind each full stop before it takes a name apart; in front of a hyphen it is taken out again.

    >>> natural("Yuan", "C. -P."), natural("Rodrigues", "Waldyr A.", "Jr"), natural("CMS Team: Li", "Bo")
    ('C.-P. Yuan', 'Waldyr A. Rodrigues Jr', 'CMS Team: Bo Li')
    """
    group, colon, rest = surname.partition(":")
    if colon and is_group(group):
        surname, given = rest, f"{group}: {given}"
    return " ".join(f"{given} {surname} {suffix}".split()).replace(". -", ".-")


def add_author(entry: Entry, part: Part) -> int | None:
    """Add an author: a person, a collaboration, or both (`ATLAS Collaboration: G. Aad`, `G. Aad for the ATLAS Team`).

    Returns:
        The position of the person, or of the collaboration where there is no person; None where there is neither.
    """
    name = " ".join(part.text.split())
    if "\\" in name or "{" in name or "~" in name:
        name = decode(name)
    if end := _CUT_END.search(name):
        add_cut(entry, part.saying(name[end.start() :].lstrip(", ")))
        name = name[: end.start()]
    if not any(map(str.isalpha, name)):
        part.saying(name).add_to(entry, "other")
        return None
    signers = _signers(name)
    if not any(map(is_group, signers)):
        return part.saying(name).add_to(entry, "author")
    place = person = None
    for piece in signers:
        group = is_group(piece)
        place = part.saying(piece).add_to(entry, "author", "group" if group else None)
        person = person if group else place
    return place if person is None else person


def _signers(name: str) -> list[str]:
    """Return the person and the collaboration that one name holds, or the name alone."""
    head, colon, rest = name.partition(":")
    if colon and not is_group(head):
        return [name]
    pieces = [head, rest] if colon else _BEHALF.split(name)
    return [piece.strip("() ") for piece in pieces if any(map(str.isalpha, piece))]


def add_affiliation(entry: Entry, part: Part, author: int | None) -> None:
    """Add an affiliation; a number that points to a list of affiliations that is not there is none."""
    named = author is not None and any(map(str.isalpha, part.text))
    text = decode(part.text) if "\\" in part.text else part.text
    part.saying(text).add_to(entry, "affiliation" if named else "other", of=author if named else None)


def add_orcid(entry: Entry, part: Part, author: int | None) -> None:
    """Add the ORCID iD of an author, and report one that is none."""
    value = ids.identifier(part.text, "orcid")
    if value is None:
        entry.warn(f"no ORCID iD: {shown(part.text)}", "correct it; it is kept as printed", part.line)
    usable = value is not None and author is not None
    part.add_to(entry, "author_id" if usable else "other", value, of=author if usable else None)


def add_cut(entry: Entry, part: Part) -> None:
    """Note that the list of authors is cut, if `part` says so."""
    if not entry.has("et_al") and (found := CUT.search(part.text)):
        part.saying(found.group()).add_to(entry, "et_al")


def add_line_of_authors(entry: Entry, part: Part) -> None:
    """Add the authors, collaborations and affiliations of one line, and whether it is cut."""
    add_cut(entry, part)
    for author in people(part.text):
        place = add_author(entry, part.saying(author.name))
        for affiliation in author.affiliations:
            add_affiliation(entry, part.saying(affiliation), place)


class Author(NamedTuple):
    """An author of a line: the name as printed, and the affiliations in parentheses behind it."""

    name: str
    affiliations: list[str]


NUMBERED_PLACES: Final = re.compile(r"\((?:\(1\)|1[:.])\s")
"""Where a list of places begins to which names refer by numbers: `Ada Lovelace (1), Wei Wang (2) ((1) London, (2) MIT)`."""


def people(line: str) -> list[Author]:
    """Return the authors of a line of authors as arXiv writes it.

    An affiliation behind the last of several names counts for all of them, as arXiv's help says; numbers point to a
    list of affiliations at the end.

    >>> people("A. Lovelace (1), C. Babbage and M. Somerville (1, 2) ((1) London, (2) Cambridge)")[1]
    Author(name='C. Babbage', affiliations=['London', 'Cambridge'])
    """
    found: list[Author] = []
    marks: list[list[str]] = []
    legend: dict[str, str] = {}
    pieces = list(_pieces(" ".join(line.split())))
    open_for = False  # whether a parenthesis now would belong to the last author
    listed = ""  # the mark whose affiliation comes next
    for number, (inside, text) in enumerate(pieces):
        if listed:
            legend[listed], listed = text.strip(" \t\n,;."), ""
        elif not inside:
            names, open_for = _names(text, found)
            found += [Author(name, []) for name in names]
            marks += [[] for _ in names]
            open_for = open_for and bool(found)
        elif text.lstrip().startswith("(") or _COLON_LEGEND.match(text.lstrip()):
            legend |= _legend(text)
        elif _MARKS.fullmatch(text):
            if _begins_legend(pieces, number, known=bool(legend)) and found:
                listed = text.strip()
            elif open_for:
                marks[-1] += re.findall(_MARK, text)
        elif not text.strip() or CUT.search(text):
            continue
        elif _BEHALF.match(text) and is_group(text):
            found.append(Author(_BEHALF.sub("", " ".join(text.split()), count=1), []))
            marks.append([])
        elif open_for:
            found[-1].affiliations.append(" ".join(text.split()))
        elif is_group(text):
            found.append(Author(" ".join(text.split()), []))
            marks.append([])
    for author, own in zip(found, marks, strict=True):
        author.affiliations.extend(legend[mark] for mark in own if legend.get(mark))
    return _shared(found)


def _pieces(line: str) -> Iterator[tuple[bool, str]]:
    """Yield the texts outside and inside the outermost parentheses in turn; True tells that one is inside."""
    depth, start = 0, 0
    for match in re.finditer(r"[()]", line):
        if match.group() == "(":
            if depth == 0:
                yield False, line[start : match.start()]
                start = match.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield True, line[start : match.start()]
                start = match.end()
    yield depth > 0, line[start:]


def _names(text: str, before: list[Author]) -> tuple[list[str], bool]:
    """Return the names in a text outside parentheses, and whether the last thing in it (if any) is an author."""
    names: list[str] = []
    person = True
    for piece in _BETWEEN.split(CUT.sub(f",{_GAP},", text)):
        name = " ".join(piece.split())
        if _SUFFIX.fullmatch(name) and names:
            names[-1] = f"{names[-1]} {name}"
        elif name:
            # What stands in parentheses behind "et al." is not the last author's.
            person = name != _GAP
            names += [name] if person else []
    return names, person and bool(names or before)


def _begins_legend(pieces: list[tuple[bool, str]], number: int, *, known: bool) -> bool:
    """Tell whether a mark in parentheses stands in front of an affiliation, not behind a name.

    Args:
        pieces: The texts outside and inside parentheses.
        number: Which of them the mark is.
        known: Whether the list of affiliations has begun.
    """
    before = pieces[number - 1][1].strip() if number else ""
    after = pieces[number + 1][1].strip() if number + 1 < len(pieces) else ""
    return bool(before) and (known or not before.strip(",;. ")) and after[:1].isalpha()


def _legend(text: str) -> dict[str, str]:
    """Return the affiliations of a list such as `(1) London, (2) Cambridge` or `1: London, 2: Cambridge`."""
    pattern = _LEGEND if text.lstrip().startswith("(") else _COLON_LEGEND
    return {mark: " ".join(name.split()).strip(" ,;.") for mark, name in pattern.findall(text)}


def _shared(authors: list[Author]) -> list[Author]:
    """Give authors without affiliation that of the next author who has one; collaborations share none."""
    last: list[str] = []
    for author in reversed(authors):
        if is_group(author.name):
            continue
        if author.affiliations:
            last = author.affiliations if len(author.affiliations) <= _MOST_SHARED else []
        else:
            author.affiliations.extend(last)
    return authors
