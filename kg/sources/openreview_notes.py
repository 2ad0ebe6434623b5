"""Reader of papers of OpenReview: notes as its API gives them, version 1 (`content.title`) and 2 (`content.title.value`).

The entity is described at https://docs.openreview.net/reference/api-v2/entities/note; what is in `content` each venue
decides, so its keys are those that venues have in common. Files are answers (`{"notes": [...]}`), lists of notes (as
openreview-py's `Note.to_json` gives them) or one note a line. A paper is a note that starts a forum; reviews, decisions
and comments reply to one: they are counted and told, and no records. Times are milliseconds since 1970.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from typing import Final

from kg import ids
from kg.model import Document, Problem, Record
from kg.sources._cells import Cell, says
from kg.sources._embedded import bibtex_fields
from kg.sources._json.values import head_objects
from kg.sources._latex import decode, verbatim
from kg.sources._markup import plain
from kg.sources._provider_json import Part, add_date, day_of, iso, records

_ENVELOPE: Final = "notes"
_TELLING: Final = frozenset({
    "invitation", "invitations", "forum", "replyto", "signatures", "readers", "nonreaders", "writers", "cdate", "tcdate",
    "mdate", "tmdate", "pdate", "odate", "ddate",
})  # fmt: skip
"""Keys of a note beside its content; four of them tell."""

_NOT_THERE: Final = re.compile(r"submitted to|under review|.*\b(?:reject|withdrawn)", re.IGNORECASE)
"""What `venue` says of a paper that did not appear there."""

_ANONYMOUS: Final = re.compile(r"anonymous(?: authors?)?", re.IGNORECASE)
_SITE: Final = "https://openreview.net"
_FROM_BIBTEX: Final = {"booktitle": "venue", "journal": "venue", "volume": "volume", "pages": "pages", "publisher": "publisher"}
_TIMES: Final = ("pdate", "odate", "cdate", "tcdate")


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a text holds notes of OpenReview.

    >>> sniff('{"notes": [{"id": "a", "forum": "a", "cdate": 1, "readers": [], "content": {"title": "T"}}]}', "a.json")
    0.9
    >>> sniff('[{"id": "a", "content": {"title": {"value": "T"}, "authors": {"value": ["A"]}}}]', "a.json")
    0.9
    >>> sniff('[{"id": "a", "content": {"title": "T"}}]', "a.json")
    0.0
    """
    return 0.9 if any(_tells(note) for note in head_objects(head, _ENVELOPE, kept=True)) else 0.0


def _tells(note: Mapping[str, object]) -> bool:
    """Whether an object is a note: by keys that notes have, or by a content in which each value is wrapped (version 2)."""
    content = note.get("content")
    if not isinstance(content, dict):
        return False
    wrapped = [isinstance(held, dict) and "value" in held for held in content.values()]
    return len(_TELLING & note.keys()) > 2 or ("title" in content and len(wrapped) > 1 and all(wrapped))


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the papers, and a problem for each part that cannot be read.

    Raises:
        UnreadableError: If the file is no JSON.
    """
    return records(document, _note, _ENVELOPE, wanted="a note")


def _note(note: Part) -> str | None:
    """Add all fields of a paper; return what it is if it is something else."""
    data = note.data
    if data.get("replyto") or (data.get("forum") and data.get("id") and data["forum"] != data["id"]):
        return "replies (reviews, decisions, comments)"
    if data.get("ddate"):
        return "notes that were deleted"
    content = note.object("content")
    if content is not None and "title" not in content.data:
        return "notes without a title"
    cells = dict(_cells(content)) if content else {}
    for key, cell in cells.items():
        if not _HANDLERS.get(key, _other)(cell, cells):
            cell.add("other", cell.value)
    if content:
        del data["content"]
    _identifier(note)
    _date(note, cells.get("_bibtex"))
    note.left()
    return None


# What venues ask for -----------------------------------------------------------------------------------------------


def _cells(content: Part) -> Iterator[tuple[str, Cell]]:
    """Yield key and value of what a note's content holds."""
    for key, held in content.data.items():
        cell = Cell(content.entry, f"{content.path}.{key}", held)
        if isinstance(held, dict) and "value" in held:
            for other, more in held.items():
                if other != "value" and more:
                    cell.add("other", more, at=f".{other}")
            cell = Cell(content.entry, f"{cell.path}.value", held["value"])
        if says(cell.value):
            yield key, cell


_Cells = Mapping[str, Cell]


def _other(cell: Cell, cells: _Cells) -> bool:  # noqa: ARG001 - like all that look at a cell
    return False


def _text(name: str) -> Callable[[Cell, _Cells], bool]:
    """Return what adds a text as a field."""

    def handle(cell: Cell, cells: _Cells) -> bool:  # noqa: ARG001 - like all that look at a cell
        if not isinstance(cell.value, str):
            return cell.reject("a text")
        return cell.add(name, plain(cell.value)) is not None

    return handle


def _keywords(cell: Cell, cells: _Cells) -> bool:  # noqa: ARG001 - like all that look at a cell
    return cell.add_each("keyword")


def _areas(cell: Cell, cells: _Cells) -> bool:  # noqa: ARG001 - like all that look at a cell
    return cell.add_each("category", commas=False)


def _authors(cell: Cell, cells: _Cells) -> bool:
    """Add the authors, with their profiles where the note names as many."""
    if isinstance(cell.value, list) and cell.value and all(isinstance(author, dict) for author in cell.value):
        return _profiles(cell)
    names, known = cell.texts(), cells["authorids"].texts() if "authorids" in cells else None
    if names is None:
        return False
    if all(_ANONYMOUS.fullmatch(text.strip()) for _, text in names):
        return False
    blank = sum(not text.strip() for _, text in names)
    parallel = known is not None and len(known) == len(names)
    if known and not parallel:
        what = f"{len(names)} authors but {len(known)} authorids, kept apart"
        cell.entry.warn(what, "look up whose they are", cell.entry.line_at(cell.path))
    for (at, name), (there, profile) in zip_longest(names, known if known and parallel else [], fillvalue=("", "")):
        author = cell.add("author", " ".join(name.split()), at=at)
        if profile:
            _profile(cells["authorids"], profile, there, author)
    return blank < len(names)


def _authorids(cell: Cell, cells: _Cells) -> bool:
    """Tell whether the profiles were added with their authors."""
    names, known = cells["authors"].texts() if "authors" in cells else None, cell.texts()
    if names is None or known is None or len(names) != len(known):
        return False
    return not all(_ANONYMOUS.fullmatch(text.strip()) for _, text in names)


def _profiles(cell: Cell) -> bool:
    """Add authors that are objects, as newer venues have them: name, profile and institutions of each."""
    for i, author in enumerate(cell.value):
        name = next((author[key] for key in ("fullname", "name") if isinstance(author.get(key), str)), "")
        of = cell.add("author", " ".join(name.split()), at=f"[{i}]")
        for key, held in author.items():
            at = f"[{i}].{key}"
            if key in {"username", "profile"} and isinstance(held, str):
                _profile(cell, held, at, of)
            elif key == "institutions" and isinstance(held, list):
                for j, place in enumerate(held):
                    place_name = place.get("name") if isinstance(place, dict) else place
                    cell.add("affiliation", place_name, at=f"{at}[{j}]", of=of)
                    for more in place if isinstance(place, dict) else ():
                        if more != "name":
                            cell.add("other", place[more] or None, at=f"{at}[{j}].{more}")
            elif held != name and held:
                cell.add("other", held, at=at)
    return True


def _profile(cell: Cell, text: str, at: str, of: int | None) -> None:
    """Add a profile of OpenReview as an author's id; an e-mail address or another site's is kept as it is."""
    known = ids.identifier(text, "openreview") if text.startswith("~") else ids.identifier(text, "orcid")
    if known and of is not None:
        cell.add("author_id", text, known, at=at, of=of)
    else:
        cell.add("other", text, at=at)


def _venue(cell: Cell, cells: _Cells) -> bool:  # noqa: ARG001 - like all that look at a cell
    if not isinstance(cell.value, str) or _NOT_THERE.match(cell.value):
        return False
    return cell.add("venue", cell.value) is not None


def _link(cell: Cell, cells: _Cells) -> bool:  # noqa: ARG001 - like all that look at a cell
    """Add an address; one that begins with a slash is on the site itself."""
    text = cell.value.strip() if isinstance(cell.value, str) else ""
    if re.fullmatch(r"/[^/\s]\S*", text):
        return cell.add("url", text, _SITE + text) is not None
    return bool(re.fullmatch(r"https?://[^\s]+", text)) and cell.add("url", text) is not None


def _bibtex(cell: Cell, cells: _Cells) -> bool:
    """Keep the entry in whole, and take from it what the note does not say."""
    if not isinstance(cell.value, str):
        return False
    cell.add("other", cell.value)
    fields = bibtex_fields(cell.value)
    venue = cells.get("venue")
    for name, ours in _FROM_BIBTEX.items():
        if name in fields and not (ours == "venue" and venue):
            cell.add(ours, decode(fields[name]))
    doi = verbatim(fields.get("doi", ""))
    if known := ids.identifier(doi, "doi"):
        cell.add("identifier", doi, known)
    return True


_HANDLERS: Final[Mapping[str, Callable[[Cell, _Cells], bool]]] = {
    "title": _text("title"), "abstract": _text("abstract"), "authors": _authors, "authorids": _authorids, "venue": _venue,
    "_bibtex": _bibtex, "pdf": _link, "html": _link, "code": _link, "software": _link, "video": _link,
    "supplementary_material": _link, "website": _link, "link": _link,
    "keywords": _keywords, "Keywords": _keywords, "primary_area": _areas, "subject_areas": _areas, "subject_area": _areas,
    "research_area": _areas,
}  # fmt: skip
"""What is done with a key of the content. What makes no field, and each key that is not here, becomes `other`."""


# What every note has -----------------------------------------------------------------------------------------------


def _identifier(note: Part) -> None:
    """Add the id of the paper's forum, which is its own."""
    if isinstance(note.data.get("id"), str):
        note.add_id("identifier", "id", "openreview")
    elif isinstance(note.data.get("forum"), str):
        note.add_id("identifier", "forum", "openreview")


def _date(note: Part, bibtex: Cell | None) -> None:
    """Add the day of publication; without one the year that the paper is cited with, or the day it was handed in."""
    year = bibtex_fields(bibtex.value).get("year", "") if bibtex and isinstance(bibtex.value, str) else ""
    if not note.data.get("pdate") and bibtex and iso(year):
        add_date(note.entry, year, bibtex.path)
        return
    for key in _TIMES:
        held = note.data.get(key)
        if isinstance(held, int) and not isinstance(held, bool):
            path = f"{note.path}.{key}"
            day = day_of(held)
            note.entry.add("date", note.data.pop(key), day, path=path)
            if day is None:
                note.entry.warn(f"no time: {held}", "correct it", note.line(key))
            return
