"""Reader of Word's lists of sources: `Sources.xml`, which Mendeley, JabRef and Zotero write too.

The format is that of the bibliographies in Office Open XML (ECMA-376, part 1, 22.6): `Sources`, with a `Source` for each work.
The journal, book, conference or site that a work is in is its venue. What JabRef adds (`BIBTEX_...`) counts as what it says.
Editors, translators and others who are no authors are `other`, and so are the city, numbers of books and the day of a visit.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from kg.model import Document, Problem, Record
from kg.sources._citing import whole_date
from kg.sources._dblp import add_link
from kg.sources._entry import Entry
from kg.sources._parts import works
from kg.sources._text.names import split_names
from kg.sources._xml.fields import child, put, put_identifier, say, texts_in
from kg.sources._xml.stream import Located, children, local, located, root_of, text_of

_SPACE: Final = "officeDocument/2006/bibliography"
_TELLING: Final = re.compile(r"<(?:[\w.-]+:)?SourceType>")
_TEXTS: Final = {
    "SourceType": "type", "JournalName": "venue", "PeriodicalTitle": "venue", "BookTitle": "venue", "ConferenceName": "venue", "InternetSiteTitle": "venue",
    "Volume": "volume", "Issue": "issue", "Pages": "pages", "Publisher": "publisher", "Institution": "publisher", "Comments": "comment",
    "BIBTEX_Abstract": "abstract", "BIBTEX_KeyWords": "keyword",
}  # fmt: skip
_OF_DATE: Final = frozenset({"Month", "Day"})


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is a list of sources of Word.

    >>> sniff('<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography">', "x"), sniff("<Sources/>", "x")
    (1.0, 0.0)
    """
    return 1.0 if root_of(head) in {"Sources", "Source"} and (_SPACE in head or _TELLING.search(head)) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the works in order, and a problem for each without title.

    Raises:
        UnreadableError: If the file is not well-formed, or has a document type.
    """
    todo = "add the sources in Word, or export them again"
    return works(document, located(document, "{*}Source"), _add_source, "a source", "there is no source in it", todo, known=lambda found: text_of(child(found.element, "Tag")))


def _add_source(entry: Entry, found: Located) -> None:
    """Add all that is said of a source."""
    for part in children(*reversed(found)):
        _add(entry, part)


def _add(entry: Entry, part: Located) -> None:
    """Add what one element of a source says."""
    name, text = local(part.element), text_of(part.element)
    if name == "Author":
        for role in children(*reversed(part)):
            _add_people(entry, role)
    elif name == "Title":
        put(entry, "title", part)
    elif name in {"DOI", "StandardNumber"} and (name == "DOI" or text.lower().startswith(("doi", "10."))):
        put_identifier(entry, part, "doi")
    elif name == "URL":
        add_link(entry, text, part.path, part.element.sourceline)
    elif name == "Year":
        month, day = (text_of(child(part.element.getparent(), each)) for each in ("Month", "Day"))
        say(entry, part, "date", " ".join(filter(None, (day, month, text))), whole_date(text, month, day))
    elif name == "BIBTEX_KeyWords":
        for word in re.split(r"[;,]", text):
            say(entry, part, "keyword", word)
    elif name not in _OF_DATE:
        field = _TEXTS.get(name, "other")
        put(entry, "other" if field in {"venue", "publisher"} and entry.has(field) else field, part)


_SURNAME_AND_INITIALS: Final = re.compile(r"[^\W\d_][\w'’-]+\s+(?:[^\W\d_]{1,2}\.\s?)+")


def _listed(named: Mapping[str, str]) -> str:
    """Return all authors of a work, where somebody typed them into the field of one; Word parts what is typed at the first comma and blank."""
    last, *others = (named.get(key, "") for key in ("Last", "First", "Middle"))
    behind = " ".join(filter(None, others))
    several = "," in behind.strip(", ") or (behind and _SURNAME_AND_INITIALS.fullmatch(last))
    return ", ".join(filter(None, (last, behind))) if several or not behind else ""


def _add_people(entry: Entry, role: Located) -> None:
    """Add the people in one role: a list of persons, or a corporate author; authors of a book that a chapter is in are `other`."""
    if local(role.element) != "Author":
        put(entry, "other", role)
        return
    for holder in children(*reversed(role)):
        if local(holder.element) == "Corporate":
            put(entry, "author", holder, "group")
        for person in children(*reversed(holder)):
            named = texts_in(person.element)
            name = " ".join(filter(None, (named.get(key, "") for key in ("First", "Middle", "Last"))))
            if listed := _listed(named):
                for found in split_names(listed).people:
                    entry.add("author", found.name, "group" if found.group else None, path=person.path, line=person.element.sourceline)
            else:
                entry.add("author", name, path=person.path, line=person.element.sourceline)
