"""Reader of lists of conference papers as JSON: one object a paper, its people and places joined by `;`.

Such lists are made for statistics of conferences (papercopilot.com and its "paperlists", and the many scrapes that look
alike): `author` and `aff` are parallel lists, several affiliations of one author are joined by `+`, `bibtex` holds the
publisher's entry in whole, `track` and `status` say how a paper was accepted. There is no specification; what is done
here was learnt from 128 such files:

- A slot may be empty (`A;;B`): affiliation i belongs to author i all the same.
- IEEE's lists name all authors twice (`A;B;A;B`), affiliations once: read once.
- ACM's lists join authors by commas, and give affiliations one by one or each only once. Commas and `and` occur elsewhere.
- Some records name the first author only, and the embedded BibTeX all of them: the others come from there.
- Some records carry the abstract of another paper in the file. It goes where its words say that it belongs, and becomes
  `other` in the record that it does not fit.
- Where a record has no year, the file's name has one.

What is repaired or doubtful is told; what a file has hundreds of is counted and told once.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import PurePath
from typing import Any, Final, NamedTuple

from kg import ids
from kg.model import Document, Problem, Record
from kg.names import is_group
from kg.sources._embedded import bibtex_fields
from kg.sources._entry import Entry
from kg.sources._json import Value, head_objects, values
from kg.sources._latex import decode, verbatim
from kg.sources._mangled import mended
from kg.sources._markup import plain
from kg.sources._names_split import natural
from kg.sources._people import Person, person, split_slots
from kg.sources._tally import Tally
from kg.text import fold

_TELLING: Final = frozenset({
    "aff", "affs", "aff_domain", "author_site", "author_num", "gs_citation", "status", "track", "primary_area", "oa",
    "url_sess", "corr_novelty_confidence",
})  # fmt: skip
"""Keys that such lists have; a list with two of them is one."""


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a text is a list of conference papers.

    >>> sniff('[{"title": "T", "author": "A; B", "aff": "X; Y", "track": "main"}]', "a.json")
    0.9
    >>> sniff('[{"title": "T", "author": "A; B"}]', "a.json")
    0.0
    """
    found = head_objects(head)
    if not found or not all(isinstance(paper.get("author", ""), str) for paper in found):
        return 0.0
    keys = {key for paper in found for key in paper}
    if len(keys & _TELLING) >= 2:
        return 0.9
    own = any(paper.keys() >= {"author", "aff"} or paper.keys() >= {"author", "affs"} for paper in found)
    return 0.5 if own and "authors" not in keys else 0.0


@dataclass(frozen=True, slots=True)
class _File:
    """What is known of a whole file.

    Attributes:
        tally: What looks wrong in many of its records.
        borrowed: Line and path of the records with another paper's abstract, and the line of that paper.
        one_each: Whether its lists of affiliations name each only once, so that they are not parallel to authors.
        year: The year in its name.
        venue: The conference that its name says.
    """

    tally: Tally = field(default_factory=Tally)
    borrowed: dict[tuple[int, str], int] = field(default_factory=dict)
    one_each: bool = False
    year: str | None = None
    venue: str | None = None


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a record for each paper, and a problem for what looks wrong.

    Raises:
        UnreadableError: If the file is no JSON.
    """
    rows = _rows(document)
    file = _looked_over(document, rows)
    ordinal = 0
    for value in rows():
        if isinstance(value, Problem):
            yield value
            continue
        if not isinstance(value.data, dict):
            yield Problem(document.name, value.line, f"no paper but {_kind(value.data)}", "delete it")
            continue
        entry = Entry(document, ordinal, value.line, value.path)
        _paper(entry, value, file)
        for row in entry.rows():
            ordinal += isinstance(row, Record)
            yield row
    yield from file.tally.problems(document)


def _rows(document: Document) -> Callable[[], Iterable[Value | Problem]]:
    """Return what gives the values of a file, which is gone through twice: those of a small file are held."""
    if document.size > _SMALL:
        return lambda: values(document)
    held = list(values(document))
    return lambda: held


def _kind(data: Any) -> str:
    """Return what a value is, in words."""
    kinds = {str: "a text", list: "a list", dict: "an object", bool: "a truth value", type(None): "null"}
    return kinds.get(type(data), "a number")


# A file as a whole -------------------------------------------------------------------------------------------------

_SMALL: Final = 32 << 20
"""Bytes of a file whose values are held in memory; the largest conferences have some 20 MB."""

_SHORTEST_SHARED: Final = 100
"""Abstracts that are shorter may be alike by chance (`Preface`)."""

_FITS_BETTER: Final = 0.25
"""By how much more of one title's words must be in an abstract than of the other's, to say whose it is."""

_FEWEST_LISTS: Final = 10
_FEWEST_REPEATS: Final = 0.1
"""Where a tenth of the lists of affiliations name one twice, the lists are parallel to the authors."""

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WORD: Final = re.compile(r"[^\W\d_]{4,}")

_VENUES: Final = {
    venue.lower().replace(" ", ""): venue
    for venue in (
        "3DV", "AAAI", "ACCV", "ACL", "ACML", "AISTATS", "ALT", "AutoML", "BMVC", "CHI", "CIKM", "COLING", "COLM", "COLT",
        "CoRL", "CVPR", "EACL", "ECAI", "ECCV", "ECML", "EMNLP", "ICASSP", "ICCV", "ICDM", "ICLR", "ICML", "ICRA", "IJCAI",
        "IJCNLP", "Interspeech", "IROS", "ISMIR", "KDD", "MICCAI", "MIDL", "NAACL", "NeurIPS", "NIPS", "RecSys", "RSS",
        "SIGGRAPH", "SIGGRAPH Asia", "SIGIR", "UAI", "WACV", "WSDM", "WWW",
    )
} | {"acmmm": "ACM Multimedia"}  # fmt: skip
"""Conferences that files are called after (`icra2007.json`), and how they are written."""


def _looked_over(document: Document, rows: Callable[[], Iterable[Value | Problem]]) -> _File:
    """Return what has to be known of a file before its records are read."""
    stem = PurePath(document.name).name.partition(".")[0]
    year = _YEAR.search(stem)
    venue = _VENUES.get(re.sub(r"[^a-z\d]", "", stem.lower().replace(year[0] if year else " ", "")))
    first: dict[int, tuple[int, str]] = {}
    shared: dict[int, list[tuple[int, str]]] = {}
    lists = repeats = 0
    for value in rows():
        if isinstance(value, Problem) or not isinstance(value.data, dict):
            continue
        abstract, places = value.data.get("abstract"), value.data.get("aff")
        if isinstance(abstract, str) and len(abstract) >= _SHORTEST_SHARED:
            key = hash(_letters(abstract))
            here = value.line, value.path
            if first.setdefault(key, here) != here:
                shared.setdefault(key, [first[key]]).append(here)
        if isinstance(places, str) and places.count(";") >= 2:
            slots = [slot for slot in map(str.strip, places.split(";")) if slot]
            lists += len(slots) > 2
            repeats += len(set(slots)) < len(slots)
    one_each = lists >= _FEWEST_LISTS and repeats < lists * _FEWEST_REPEATS
    tally = Tally()
    borrowed = _borrowed(rows(), shared, tally) if shared else {}
    return _File(tally, borrowed, one_each, year[0] if year else None, venue)


def _letters(abstract: str) -> str:
    """Return an abstract without blanks and hyphens, soft ones too, which differ where it was copied from print."""
    if "(cid:173)" in abstract:
        abstract = abstract.replace("(cid:173)", "")
    if abstract.isascii():
        return abstract.translate(_NO_LETTERS)  # five times as fast as to split
    return "".join(abstract.replace("-", "").split())


_NO_LETTERS: Final = str.maketrans("", "", "".join(filter(str.isspace, map(chr, range(128)))) + "-")


def _borrowed(
    rows: Iterable[Value | Problem], shared: dict[int, list[tuple[int, str]]], tally: Tally
) -> dict[tuple[int, str], int]:
    """Return which of the records that share an abstract it does not belong to, and the line of the one it does."""
    told = {place: place == same[0] for same in shared.values() for place in same}
    papers = {
        place: (_words(value.data.get("title")), _words(value.data["abstract"]) if told[place] else set())
        for value in rows
        if isinstance(value, Value) and (place := (value.line, value.path)) in told
    }
    found: dict[tuple[int, str], int] = {}
    for same in shared.values():
        titles = {place: papers[place][0] for place in same}
        if len({frozenset(words) for words in titles.values()}) == 1:
            continue  # the paper is there twice
        words = papers[same[0]][1]
        fits = {place: len(title & words) / max(len(title), 1) for place, title in titles.items()}
        best = max(same, key=lambda place: fits[place])
        for place in same:
            if fits[best] - fits[place] >= _FITS_BETTER:
                found[place] = best[0]
            elif titles[place] != titles[best]:
                what = f"the same abstract as that of the paper in line {best[0]}, and it could be of either"
                tally.note(place[0], what, "look it up and correct one of them")
    return found


def _words(text: Any) -> set[str]:
    """Return the beginnings of the words of a text, by which a title and its abstract are compared."""
    return {word[:5] for word in _WORD.findall(text.lower())} if isinstance(text, str) else set()


# The people of a paper ---------------------------------------------------------------------------------------------

_MANGLED: Final = "characters of UTF-8 that was read as Latin-1, repaired", "compare with the original"
_ENTITY: Final = re.compile(r"&(?:[A-Za-z]+|#\d+|#x[0-9a-fA-F]+);")
_PLUS: Final = re.compile(r"\+(?!\s*(?:Ltd|Inc)\b)")


@dataclass(frozen=True, slots=True)
class _People:
    """The list of authors of a paper.

    Attributes:
        key: The key that it is read from.
        names: One for each slot, as printed.
        persons: What each is.
        owners: The position of each slot's author among the authors that are kept; None where there is none.
        et_al: What says that the list is cut.
    """

    key: str
    names: list[str]
    persons: list[Person]
    owners: list[int | None]
    et_al: str | None


def _people(data: Mapping[str, Any], line: int, tally: Tally) -> _People:
    """Return the authors of a paper, repaired where it is plain how."""
    key = "author" if data.get("author") or not data.get("author_site") else "author_site"
    text = _text(data.get(key)) or ""
    whole = mended(text)
    if whole != text:
        tally.note(line, *_MANGLED)
    names, et_al, joined = split_slots(whole)
    if joined and key == "author":
        tally.note(line, "authors joined by commas or `and`, read as a list", "check names with a comma in them")
    while names and not names[-1]:
        names.pop()
    half, odd = divmod(len(names), 2)
    if half and not odd and names[:half] == names[half:]:
        names = names[:half]
        tally.note(line, "all authors named twice (A;B;A;B), read once", "check papers by two people of one name")
    persons = [person(name) for name in names]
    kept = [found.name for found in persons if found.name]
    if len(set(kept)) < len(kept):
        tally.note(line, "an author named twice", "look up whether they are two people of one name")
    if not all(names):
        tally.note(line, "an author without a name (A;;B)", "look up who it is")
    for name, found in zip(names, persons, strict=True):
        if found.flaw and name:
            tally.note(line, found.flaw, "look up the name and correct it")
    positions = count()
    return _People(key, names, persons, [next(positions) if found.name else None for found in persons], et_al)


class _Place(NamedTuple):
    """Where a text of a record stands, and what is known around it."""

    entry: Entry
    path: str
    line: int
    file: _File
    people: _People
    data: Mapping[str, Any]

    def add(self, name: str, text: str, value: str | None = None, of: int | None = None) -> bool:
        """Add a field; tell whether there is one."""
        return self.entry.add(name, text, value, path=self.path, line=self.line, of=of) is not None

    def whole(self, text: str) -> str:
        """Return a text mended."""
        found = mended(text)
        if found is not text and found != text:
            self.file.tally.note(self.line, *_MANGLED)
        return found


def _authors(place: _Place, text: str) -> bool:  # noqa: ARG001 - it was taken apart before
    for name, found in zip(place.people.names, place.people.persons, strict=True):
        if found.name:
            place.add("author", found.name, found.kind)
        else:
            place.add("other", name)
    if place.people.et_al:
        place.add("et_al", place.people.et_al)
    return any(place.people.names)


def _affiliations(place: _Place, text: str) -> bool:
    whole = place.whole(text)
    if "&" in whole:
        whole = _ENTITY.sub(lambda match: html.unescape(match[0]), whole)
    slots = [" ".join(slot.split()) for slot in whole.split(";")]
    if not any(slots):
        return False
    owned = _owned(slots, place.people.owners, one_each=place.file.one_each)
    if owned is None:
        owned = [(slot, None) for slot in dict.fromkeys(slots)]
        what = "affiliations that are not one for each author, kept without their author"
        place.file.tally.note(place.line, what, "give each author a slot (A;B and X;Y), or leave it so")
    pieces = [(piece, owner) for slot, owner in owned for piece in (_PLUS.split(slot) if "+" in slot else [slot])]
    return sum(place.add("affiliation", piece, of=owner) for piece, owner in pieces) > 0


def _owned(
    slots: list[str], owners: list[int | None], *, one_each: bool
) -> list[tuple[str, int | None]] | None:
    """Return each affiliation with the position of its author; None where it cannot be told whose they are."""
    authors = len(owners)
    while len(slots) > authors and not slots[-1]:
        slots = slots[:-1]
    if authors == 0:
        return [(slot, None) for slot in slots]
    if authors == 1:
        return [(slot, owners[0]) for slot in slots]
    if len(slots) == authors and not one_each:
        return list(zip(slots, owners, strict=True))
    each, odd = divmod(len(slots), authors)
    if each > 1 and not odd and slots == slots[:each] * authors:  # all have the same, with a semicolon in it
        return [(slot, owner) for owner in owners for slot in slots[:each]]
    return None


# The other texts of a paper ----------------------------------------------------------------------------------------

_PLACEHOLDER: Final = re.compile(
    r"\W*(?:(?:no )?abstract(?: (?:is )?(?:un|not )available)?|n/?a|none|null|nan|tb[ad]|-)?\W*", re.IGNORECASE
)
_FEWEST_WORDS: Final = 5
_AND: Final = re.compile(r"\s+and\s+", re.IGNORECASE)
_SEMICOLON: Final = re.compile(r"\s*[;；]\s*")
_ADDRESS: Final = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
_WITH_ID: Final = ("openreview.net/", "aclanthology.org/", "arxiv.org/", "doi.org/")
_DOI: Final = re.compile(r"10\.\d{4,9}/[^?#]+")
_VERSION: Final = re.compile(r"v\d{1,3}$")
_SAME_TITLE: Final = 0.2
_FROM_BIBTEX: Final = {
    "booktitle": "venue", "journal": "venue", "volume": "volume", "number": "issue", "pages": "pages",
    "publisher": "publisher",
}  # fmt: skip


def _title(place: _Place, text: str) -> bool:
    return place.add("title", " ".join(plain(place.whole(text)).split()))


def _abstract(place: _Place, text: str) -> bool:
    entry, tally = place.entry, place.file.tally
    if owner := place.file.borrowed.get((entry.line, entry.path or "")):
        what = f"the abstract of another paper, the one in line {owner}; set aside"
        entry.warn(what, "look up its own abstract", place.line)
        return False
    if _PLACEHOLDER.fullmatch(text):
        tally.note(place.line, f"{' '.join(text.split())!r} where the abstract should be, set aside", "look it up")
        return False
    if len(text) < 100 and len(text.split()) < _FEWEST_WORDS:
        tally.note(place.line, "an abstract of a few words", "look it up, it was cut or is none")
    return place.add("abstract", plain(place.whole(text)))


def _category(place: _Place, text: str) -> bool:
    return place.add("category", text)


def _keywords(place: _Place, text: str) -> bool:
    return sum(place.add("keyword", word) for word in _pieces(text)) > 0


def _pieces(text: str) -> list[str]:
    """Return the parts of a text between semicolons."""
    return _SEMICOLON.split(text) if ";" in text or "；" in text else [text]


def _address(place: _Place, text: str) -> bool:
    pieces = _pieces(text.strip())
    for piece in pieces:
        if _ADDRESS.fullmatch(piece):
            place.add("url", piece, None if "://" in piece else f"https://{piece}")
        else:
            place.add("other", piece)
            if " " in piece and _ADDRESS.match(piece):
                what = "a web address with a blank in it, not used as one"
                place.file.tally.note(place.line, what, "correct it; often an underscore was lost")
    return any(pieces)


def _site(place: _Place, text: str) -> bool:
    if any(mark in text for mark in _WITH_ID) and (known := ids.identifier(text)):
        place.add("arxiv_id" if known.startswith("arxiv:") else "identifier", text, known.removeprefix("arxiv:"))
    return _address(place, text)


def _doi(place: _Place, text: str) -> bool:
    known = ids.identifier(text, "doi")
    if known is None and (match := _DOI.search("".join(text.split()))):
        known = ids.identifier(match[0], "doi")
        if known and " " in text.strip():
            place.file.tally.note(place.line, "a DOI with a blank in it, repaired", "check it")
    if known is None:
        place.entry.warn(f"no DOI: {text[:80]!r}", "correct it", place.line)
        return False
    if known.startswith("arxiv:"):
        return place.add("arxiv_id", text, known.removeprefix("arxiv:"))
    return place.add("identifier", text, known)


def _arxiv(place: _Place, text: str) -> bool:
    known = ids.arxiv_id(text)
    if known is None:
        place.entry.warn(f"no arXiv id: {text[:80]!r}", "correct it", place.line)
        return False
    if version := _VERSION.search(text.strip()):
        place.add("version", version[0])
    return place.add("arxiv_id", text, known)


def _year(place: _Place, text: str) -> bool:
    year = text.strip()
    if not re.fullmatch(r"(?:1[5-9]|20)\d\d", year):
        place.entry.warn(f"no year: {text[:80]!r}", "correct it", place.line)
        return False
    return place.entry.has("date") or place.add("date", year, year)


def _bibtex(place: _Place, text: str) -> bool:
    """Keep the embedded entry in whole, and take from it what the record itself does not say."""
    place.add("other", text)
    fields = bibtex_fields(text)
    if _is_of_another_paper(place, fields):
        return True
    for name, ours in _FROM_BIBTEX.items():
        if name in fields:
            place.add(ours, decode(fields[name]))
    if "year" in fields and not place.data.get("year"):
        _year(place, fields["year"])
    if "doi" in fields and not place.data.get("doi"):
        _doi(place, verbatim(fields["doi"]))
    if "abstract" in fields and not place.data.get("abstract"):
        place.add("abstract", decode(fields["abstract"]))
    if "author" in fields and not _are_same(place.people, fields["author"]) and not _add_others(place, fields["author"]):
        what = "authors other than in the embedded BibTeX, or in another order"
        place.file.tally.note(place.line, what, "look up the paper")
    return True


def _add_others(place: _Place, author: str) -> bool:
    """Add the authors that only an embedded entry names, if the record has no more than the first of them."""
    kept = [found.name for found in place.people.persons if found.name]
    first, *others = [natural(decode(name)) for name in _AND.split(author.strip())]
    if len(kept) != 1 or fold(first) != fold(kept[0]) or first in others or not place.entry.has("author"):
        return False
    for name in others:
        place.add("author", name, "group" if is_group(name) else None)
    place.file.tally.note(place.line, "only the first author, the others taken from the embedded BibTeX", "check them")
    return True


def _is_of_another_paper(place: _Place, fields: Mapping[str, str]) -> bool:
    """Tell whether an embedded entry has another title than the record, and say so."""
    own, other = place.data.get("title"), fields.get("title", "")
    if not isinstance(own, str) or decode(other) == own or not other:
        return False
    left, right = _words(own), _words(decode(other))
    if min(len(left), len(right)) < 3 or len(left & right) >= _SAME_TITLE * min(len(left), len(right)):
        return False
    what = f"the embedded BibTeX is that of another paper: {decode(other)[:80]!r}"
    place.entry.warn(what, "look up which is right; nothing was taken from the BibTeX", place.line)
    return True


def _are_same(people: _People, author: str) -> bool:
    """Tell whether an embedded entry lists the same people in the same order, as far as names in ASCII can tell."""
    kept = [found.name for found in people.persons if found.name]
    if not kept:
        return True
    if len(_AND.split(author.strip())) != len(kept):
        return False
    place = 0
    for name in kept:
        last = name.split()[-1]
        found = author.find(last, place)
        if found >= 0:
            place = found + len(last)
        elif last in author:
            return False
    return True


_HANDLERS: Final[Mapping[str, Callable[[_Place, str], bool]]] = {
    "author": _authors, "author_site": _authors, "aff": _affiliations, "affs": _affiliations, "title": _title,
    "abstract": _abstract, "primary_area": _category, "keywords": _keywords, "site": _site, "pdf": _address,
    "oa": _address, "project": _address, "github": _address, "url_paper": _address, "url_sess": _address, "doi": _doi,
    "arxiv": _arxiv, "year": _year, "bibtex": _bibtex,
}  # fmt: skip
"""What is done with the text of a key. What makes no field, and each key that is not here, becomes `other`."""

_LISTS: Final = frozenset({"author", "aff", "affs", "keywords", "year"})
"""Keys whose value may be a list of texts, or a number, instead of one text."""


def _paper(entry: Entry, value: Value, file: _File) -> None:
    """Add all that a record says, each key in its turn."""
    data: dict[str, Any] = value.data
    people = _people(data, entry.line, file.tally)
    for key, content in data.items():
        if not content and (content is None or content in ("", [], {})):
            continue
        path = f"{value.path}.{key}"
        line = value.line_of(path)
        handler = _HANDLERS.get(key)
        text = content if isinstance(content, str) else _text(content) if key in _LISTS else None
        if handler is not None and text is None:
            entry.skip(f"{path} is {_kind(content)}, not a text", "write it as a text", line)
        elif handler is _authors and key != people.key:
            handler = None
        if handler is None or text is None or not handler(_Place(entry, path, line, file, people, data), text):
            entry.add("other", content, path=path, line=line)
    if not entry.has("title"):
        file.tally.note(entry.line, "a paper without a title", "look it up, or leave it out")
    if file.year and not entry.has("date"):
        entry.add("date", file.year, file.year, path="(file name)")
    if file.venue and not entry.has("venue"):
        entry.add("venue", file.venue, path="(file name)")


def _text(content: Any) -> str | None:
    """Return a list of texts as one text, a number as its digits; None where it is something else."""
    if isinstance(content, str):
        return content
    if isinstance(content, list) and all(isinstance(one, str) for one in content):
        return ";".join(content)
    return str(content) if isinstance(content, int) and not isinstance(content, bool) else None
