"""Reader of dblp's search in JSON: the answers of https://dblp.org/search/publ/api?format=json.

The format is described at https://dblp.org/faq/13501473.html: `result.hits.hit`, each with an `info`. What is a list in it
stands alone where there is one only (one author, one venue). Authors come with their persistent ids, and namesakes with
dblp's number (`Wei Wang 0001`), which is no part of the name. Hits of the searches for authors and for venues are no
papers: they are left out and counted in one warning a file.
"""

from collections.abc import Iterator
from typing import Any, Final

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.sources._dblp import add_author, add_link
from kg.sources._entry import Entry, numbered
from kg.sources._json.value import Value
from kg.sources._json.values import head_objects, saved
from kg.sources._markup import plain
from kg.sources._parts import rows_of
from kg.sources._xml.fields import iso_date, without_stop

_ENVELOPE: Final = "result.hits.hit"
_TEXTS: Final = {"volume": "volume", "number": "issue", "pages": "pages", "publisher": "publisher", "type": "type", "url": "url"}
_SCHEMES: Final = {"doi": "doi", "key": "dblp"}


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is an answer of dblp's search.

    >>> sniff('{"result": {"hits": {"hit": [{"info": {"title": "A", "url": "https://dblp.org/rec/x"}}]}}}', "x")
    0.9
    >>> sniff('{"result": {"hits": {"hit": [{"info": {"title": "A"}}]}}}', "x")
    0.0
    """
    if "dblp" not in head or '"hit"' not in head:
        return 0.0
    return 0.9 if any(isinstance(hit.get("info"), dict) for hit in head_objects(head, _ENVELOPE, kept=True)) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the publications in order, and a problem for each hit that cannot be read.

    Raises:
        UnreadableError: If the file is no JSON.
    """
    return numbered(document, _hits(document), _paper)


def _paper(document: Document, ordinal: int, hit: Value) -> Iterator[Record | Problem]:
    """Return the record of a publication and what was noted about it."""
    entry = Entry(document, ordinal, hit.line, hit.path)
    _add_info(entry, hit, hit.data["info"])
    return rows_of(entry, hit.path)


def _hits(document: Document) -> Iterator[Value | Problem]:
    """Yield the hits that are publications, and what is none."""
    others = first = 0
    for hit in saved(document, _ENVELOPE):
        info = hit.data.get("info") if isinstance(hit, Value) and isinstance(hit.data, dict) else None
        if isinstance(hit, Problem):
            yield hit
        elif not isinstance(info, dict):
            yield Problem(document.name, hit.line, f"{hit.path} is no hit of dblp", "save the answer again")
        elif "title" in info:
            yield hit
        else:
            others, first = others + 1, first or hit.line
    if others:
        what = f"{others} hit{'s' if others > 1 else ''} from here on that are people or venues, which are no papers"
        yield Problem(document.name, first, what, "nothing: they are left out", "warning")


def _add_info(entry: Entry, hit: Value, info: dict[str, Any]) -> None:
    """Add what dblp knows of a publication."""
    base = f"{hit.path}.info"
    for key, value in info.items():
        path = f"{base}.{key}"
        line = hit.line_of(path)
        if key == "authors":
            _add_authors(entry, hit, path, value)
        elif key == "venue":
            for where, venue in _each(path, value):
                entry.add("venue", _text(venue), path=where, line=hit.line_of(where))
        elif key == "title":
            entry.add("title", without_stop(_text(value)), path=path, line=line)
        elif key == "year":
            text = _text(value)
            entry.add("date", text, iso_date(text), path=path, line=line)
            if text and not iso_date(text):
                entry.warn(f"no year: {text[:40]}", "correct it", line)
        elif key == "ee":
            for where, address in _each(path, value):
                add_link(entry, _text(address), where, hit.line_of(where))
        elif key in _SCHEMES and isinstance(value, str):
            known = identifier(value, _SCHEMES[key])
            entry.add("identifier" if known else "other", value, known, path=path, line=line)
            if value and not known:
                entry.warn(f"{value[:80]!r} is no {_SCHEMES[key]}", "correct it", line)
        elif key in _TEXTS and isinstance(value, str | int):
            entry.add(_TEXTS[key], _text(value), path=path, line=line)
        elif value not in (None, "", [], {}):
            entry.add("other", value, path=path, line=line)


def _add_authors(entry: Entry, hit: Value, path: str, authors: Any) -> None:
    """Add the authors: one or a list, each a text or with a persistent id."""
    listed = authors.get("author") if isinstance(authors, dict) else authors
    below = f"{path}.author" if isinstance(authors, dict) else path
    for where, author in _each(below, listed):
        name, pid = (author.get("text"), author.get("@pid")) if isinstance(author, dict) else (author, "")
        if add_author(entry, _text(name), _text(pid), where, hit.line_of(where)) is None and author:
            entry.add("other", author, path=where, line=hit.line_of(where))


def _each(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the elements of a list with their paths; what is no list stands for itself."""
    if isinstance(value, list):
        yield from ((f"{path}[{rank}]", each) for rank, each in enumerate(value))
    elif value is not None:
        yield path, value


def _text(value: Any) -> str:
    """Return a text without markup; a number as text, empty for all else."""
    if isinstance(value, str):
        return plain(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
