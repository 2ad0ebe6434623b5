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

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from kg import ids
from kg.model import Document, Problem, Record
from kg.sources._conference_file import File, looked_over
from kg.sources._conference_people import People, Place, add_affiliations, add_authors, people_of, text_of
from kg.sources._embedded import bibtex_fields, is_same_title
from kg.sources._entry import Entry, numbered
from kg.sources._json.value import Value
from kg.sources._json.values import head_objects, values
from kg.sources._latex import decode, verbatim
from kg.sources._markup import plain
from kg.sources._text.names import natural
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


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a record for each paper, and a problem for what looks wrong.

    Raises:
        UnreadableError: If the file is no JSON.
    """
    rows = _rows(document)
    file = looked_over(document, rows)

    def paper(document: Document, ordinal: int, value: Value) -> Iterator[Record | Problem]:
        if not isinstance(value.data, dict):
            return iter((Problem(document.name, value.line, f"no paper but {_kind(value.data)}", "delete it"),))
        entry = Entry(document, ordinal, value.line, value.path)
        _paper(entry, value, file)
        return entry.rows()

    yield from numbered(document, rows(), paper)
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


_SMALL: Final = 32 << 20
"""Bytes of a file whose values are held in memory; the largest conferences have some 20 MB."""

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
_FROM_BIBTEX: Final = {
    "booktitle": "venue", "journal": "venue", "volume": "volume", "number": "issue", "pages": "pages",
    "publisher": "publisher",
}  # fmt: skip


def _title(place: Place, text: str) -> bool:
    return place.add("title", " ".join(plain(place.whole(text)).split()))


def _abstract(place: Place, text: str) -> bool:
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


def _category(place: Place, text: str) -> bool:
    return place.add("category", text)


def _keywords(place: Place, text: str) -> bool:
    return sum(place.add("keyword", word) for word in _pieces(text)) > 0


def _pieces(text: str) -> list[str]:
    """Return the parts of a text between semicolons."""
    return _SEMICOLON.split(text) if ";" in text or "；" in text else [text]


def _address(place: Place, text: str) -> bool:
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


def _site(place: Place, text: str) -> bool:
    if any(mark in text for mark in _WITH_ID) and (known := ids.identifier(text)):
        place.add("arxiv_id" if known.startswith("arxiv:") else "identifier", text, known.removeprefix("arxiv:"))
    return _address(place, text)


def _doi(place: Place, text: str) -> bool:
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


def _arxiv(place: Place, text: str) -> bool:
    known = ids.arxiv_id(text)
    if known is None:
        place.entry.warn(f"no arXiv id: {text[:80]!r}", "correct it", place.line)
        return False
    if version := _VERSION.search(text.strip()):
        place.add("version", version[0])
    return place.add("arxiv_id", text, known)


def _year(place: Place, text: str) -> bool:
    year = text.strip()
    if not re.fullmatch(r"(?:1[5-9]|20)\d\d", year):
        place.entry.warn(f"no year: {text[:80]!r}", "correct it", place.line)
        return False
    return place.entry.has("date") or place.add("date", year, year)


def _bibtex(place: Place, text: str) -> bool:
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


def _add_others(place: Place, author: str) -> bool:
    """Add the authors that only an embedded entry names, if the record has no more than the first of them."""
    kept = [found.name for found in place.people.persons if found.name]
    first, *others = [natural(decode(name)) for name in _AND.split(author.strip())]
    if len(kept) != 1 or fold(first) != fold(kept[0]) or first in others or not place.entry.has("author"):
        return False
    for name in others:
        place.add("author", name)
    place.file.tally.note(place.line, "only the first author, the others taken from the embedded BibTeX", "check them")
    return True


def _is_of_another_paper(place: Place, fields: Mapping[str, str]) -> bool:
    """Tell whether an embedded entry has another title than the record, and say so."""
    own, other = place.data.get("title"), fields.get("title", "")
    if not isinstance(own, str) or decode(other) == own or not other:
        return False
    if is_same_title(own, decode(other)):
        return False
    what = f"the embedded BibTeX is that of another paper: {decode(other)[:80]!r}"
    place.entry.warn(what, "look up which is right; nothing was taken from the BibTeX", place.line)
    return True


def _are_same(people: People, author: str) -> bool:
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


_HANDLERS: Final[Mapping[str, Callable[[Place, str], bool]]] = {
    "author": add_authors, "author_site": add_authors, "aff": add_affiliations, "affs": add_affiliations, "title": _title,
    "abstract": _abstract, "primary_area": _category, "keywords": _keywords, "site": _site, "pdf": _address,
    "oa": _address, "project": _address, "github": _address, "url_paper": _address, "url_sess": _address, "doi": _doi,
    "arxiv": _arxiv, "year": _year, "bibtex": _bibtex,
}  # fmt: skip
"""What is done with the text of a key. What makes no field, and each key that is not here, becomes `other`."""

_LISTS: Final = frozenset({"author", "aff", "affs", "keywords", "year"})
"""Keys whose value may be a list of texts, or a number, instead of one text."""


def _paper(entry: Entry, value: Value, file: File) -> None:
    """Add all that a record says, each key in its turn."""
    data: dict[str, Any] = value.data
    people = people_of(data, entry.line, file.tally)
    for key, content in data.items():
        if not content and (content is None or content in ("", [], {})):
            continue
        path = f"{value.path}.{key}"
        line = value.line_of(path)
        handler = _HANDLERS.get(key)
        text = content if isinstance(content, str) else text_of(content) if key in _LISTS else None
        if handler is not None and text is None:
            entry.skip(f"{path} is {_kind(content)}, not a text", "write it as a text", line)
        elif handler is add_authors and key != people.key:
            handler = None
        if handler is None or text is None or not handler(Place(entry, path, line, file, people, data), text):
            entry.add("other", content, path=path, line=line)
    if not entry.has("title"):
        file.tally.note(entry.line, "a paper without a title", "look it up, or leave it out")
    if file.year and not entry.has("date"):
        entry.add("date", file.year, file.year, path="(file name)")
    if file.venue and not entry.has("venue"):
        entry.add("venue", file.venue, path="(file name)")
