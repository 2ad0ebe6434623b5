"""Reader of CSL-JSON, the citation data of Zotero, Mendeley, Pandoc, citeproc and of DOI content negotiation.

The format is the Citation Style Language's input (`csl-data.json` 1.0, citationstyles.org): a list of items, or JSON
Lines, or the list under `items` (Zotero's Web API) or `references` (Pandoc's metadata). Names are in parts, of which
`literal` is a collective, unless it is a surname with initials; dates are `date-parts`, `raw`, `literal` or EDTF; titles may hold a few HTML tags. Lines of
`note` with a key (`arXiv: 2101.00001`, `PMID: 1`) are what Zotero's field `extra` says, which CSL has no place for.

Beyond the standard is read what registration agencies add for a DOI: an author's `ORCID` and `affiliation`, lists of
`subject` and `reference`. Crossref's own works, with its bookkeeping or a title that is a list, are another format.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.names import is_collective, is_group
from kg.sources._dates import valid_date
from kg.sources._entry import Entry, numbered
from kg.sources._json.value import Value
from kg.sources._json.values import head_objects, values
from kg.sources._library import (
    Item,
    Place,
    add_arxiv,
    add_date,
    add_identifier,
    add_note,
    add_told_identifier,
    add_url,
    first_text,
    objects,
    put,
    scalars,
    strange,
)
from kg.sources._markup import plain
from kg.sources._people import split_slots
from kg.sources._text.names import natural

_ENVELOPES: Final = ("items", "references")
_TYPES: Final = frozenset([
    "article-journal", "article-magazine", "article-newspaper", "paper-conference", "chapter", "entry-encyclopedia",
    "entry-dictionary", "legal_case", "motion_picture", "musical_score", "personal_communication", "post-weblog",
    "review-book", "webpage",
])  # fmt: skip
"""Types that only CSL calls so; `book`, `article` and others are called so by many."""

_FOREIGN: Final = ("itemType", "message", "authorships", "paperId", "attributes", "authors", "content", "authors_parsed")
"""Keys of other formats that also have titles and authors."""

_DATE_KEYS: Final = ("date-parts", "raw", "literal", "season", "edtf", "year")


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is CSL-JSON.

    >>> sniff('[{"id": "a", "type": "article-journal", "title": "On X", "issued": {"date-parts": [[2020]]}}]', "a.json")
    0.9
    >>> sniff('[{"type": "article-journal", "title": ["On X"], "issued": {"date-parts": [[2020]]}}]', "a.json")
    0.0
    """
    return max(map(_likeness, head_objects(head, *_ENVELOPES)), default=0.0)


def _likeness(data: Mapping[str, Any]) -> float:
    """Return how much an object looks like an item of CSL-JSON."""
    if not isinstance(data.get("title", ""), str) or any(key in data for key in _FOREIGN):
        return 0.0
    issued, authors = data.get("issued"), data.get("author")
    marks = [
        data.get("type") in _TYPES if isinstance(data.get("type"), str) else False,
        isinstance(issued, Mapping) and any(key in issued for key in _DATE_KEYS),
        isinstance(authors, list) and any(isinstance(name, Mapping) and {"family", "literal"} & set(name) for name in authors),
        isinstance(data.get("container-title"), str),
        "title-short" in data or "citation-key" in data,
    ]
    return 0.9 if sum(marks) > 1 else 0.5 if sum(marks) == 1 and "title" in data else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield an item for each object, and a problem for each value that is none.

    Raises:
        UnreadableError: If the file is no JSON.
    """
    return numbered(document, values(document, *_ENVELOPES), _paper)


def _paper(document: Document, ordinal: int, value: Value) -> Iterator[Record | Problem]:
    """Yield the record that an item is."""
    if isinstance(value.data, dict):
        entry = Entry(document, ordinal, value.line, value.path)
        _fill(entry, Item(value, value.data, value.path))
        yield from entry.rows()
    else:
        yield Problem(document.name, value.line, f"no CSL item at {value.path}", "make it an object with a title")


_SIMPLE: Final = (
    ("venue", "container-title", "event-title", "event"), ("volume", "volume"), ("issue", "issue"),
    ("pages", "page", "page-first"), ("publisher", "publisher"), ("type", "type"), ("language", "language"),
    ("category", "subject"), ("keyword", "categories"),
)  # fmt: skip
"""Fields and the keys that hold them; of several keys the first that says anything."""

_KNOWN: Final = frozenset([
    "title", "author", "issued", "abstract", "DOI", "PMID", "PMCID", "URL", "note", "id", "keyword", "number",
    "archive_location", "archive-location", "reference", *(key for _, *keys in _SIMPLE for key in keys),
])  # fmt: skip


def _fill(entry: Entry, item: Item) -> None:
    """Add all that an item says."""
    for rank, (text, place) in enumerate(item.texts(entry, "title")):
        put(entry, "other" if rank else "title", plain(text), place)
    _authors(entry, item)
    for text, place in item.texts(entry, "abstract"):
        put(entry, "abstract", plain(text), place)
    _issued(entry, item)
    for name, *keys in _SIMPLE:
        item.add(entry, name, *keys)
    for text, place in item.texts(entry, "keyword"):
        for keyword in text.split(";" if ";" in text else ","):
            put(entry, "keyword", keyword, place)
    _identifiers(entry, item)
    for text, place in item.texts(entry, "note"):
        add_note(entry, text, place)
    for text, place in item.texts(entry, "URL"):
        add_url(entry, text, place)
    _references(entry, item)
    item.rest(entry, _KNOWN)


def _identifiers(entry: Entry, item: Item) -> None:
    """Add DOI, PMID and PMCID, the arXiv id that an archive's number is, and what the item's own id tells."""
    for key in ("DOI", "PMID", "PMCID"):
        for text, place in item.texts(entry, key):
            add_identifier(entry, key.lower(), text, place)
    archives = [scalars(item.data.get(key)) or [""] for key in ("archive", "publisher", "container-title")]
    in_arxiv = any("arxiv" in text.lower() for texts in archives for text in texts)
    for key in ("number", "archive_location", "archive-location"):
        for text, place in item.texts(entry, key):
            told = in_arxiv or "arxiv" in text.lower()
            if not (told and add_arxiv(entry, text, place)):
                put(entry, "other", text, place)
    for text, place in item.texts(entry, "id"):
        known = identifier(text)
        if entry.has("arxiv_id" if known and known.startswith("arxiv:") else "identifier") or not add_told_identifier(entry, text, place):
            put(entry, "other", text, place)


def _authors(entry: Entry, item: Item) -> None:
    """Add the authors with their identifiers and affiliations."""
    authors, base = item.data.get("author"), item.place("author")
    for index, name in objects(authors):
        path = f"{base.path}[{index}]" if isinstance(authors, list) else base.path
        place = Place(path, item.value.line_of(path))
        if isinstance(name, str):
            put(entry, "author", natural(name), place)
        else:
            _author(entry, item.value, name, place)
    if rest := strange(authors):
        entry.warn("an author is no name", "make it {family, given}", base.line)
        entry.add("other", rest, path=base.path, line=base.line)


_PARTS: Final = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
_NAME_KNOWN: Final = frozenset([*_PARTS, "literal", "ORCID", "affiliation", "comma-suffix", "static-ordering", "parse-names"])


def _several(text: str) -> list[str]:
    """Return the people that one field of a name lists; none where it is one name, or a group.

    >>> _several("Pot B, Sammet J"), _several("Ada Lovelace and Bo Pot"), _several("Ministry of Roads and Rivers"), _several("Pot, Bo")
    (['B Pot', 'J Sammet'], ['Ada Lovelace', 'Bo Pot'], [], [])
    """
    if not _LISTED.search(text) or is_collective(text):
        return []
    found = split_slots(text)
    names = [] if found.et_al else found.names
    return names if len(names) > 1 and all(" " in name and not is_group(name) for name in names) else []


_LISTED: Final = re.compile(r"[,;]|\sand\s")


def _author(entry: Entry, value: Value, name: Mapping[str, Any], place: Place) -> None:
    """Add one author."""
    parts = {key: first_text(name.get(key)) for key in (*_PARTS, "literal")}
    order = ("family", "given") if name.get("static-ordering") in (True, 1, "true", "1") else _PARTS
    printed, group = " ".join(parts[key] for key in order if parts[key]), False
    if not printed:
        literal = parts["literal"].strip("{} ")
        printed = literal if "," in literal else natural(literal)
        group = printed == literal  # `Lovelace A.` is a person
    if printed.lower().rstrip(".") in {"others", "et al", "and others"}:
        put(entry, "et_al", printed, place)
        return
    said = [key for key, text in parts.items() if text]
    if len(said) == 1 and (people := _several(parts[said[0]])):
        for person in people:
            entry.add("author", person, path=f"{place.path}.{said[0]}", line=place.line)
        Item(value, name, place.path).rest(entry, _NAME_KNOWN - {"ORCID", "affiliation"})
        return
    position = entry.add("author", printed, "group" if group else None, path=place.path, line=place.line)
    if position is None and any(name.values()):
        entry.warn("an author without a name", "give a family name or a literal one", place.line)
    _orcid(entry, value, name, place, position)
    for index, affiliation in objects(name.get("affiliation") or []):
        text = affiliation if isinstance(affiliation, str) else first_text(affiliation.get("name"))
        path = f"{place.path}.affiliation" + (f"[{index}]" if isinstance(name["affiliation"], list) else "")
        if position is None or entry.add("affiliation", text, path=path, line=value.line_of(path), of=position) is None:
            entry.add("other", affiliation or None, path=path, line=value.line_of(path))
        elif isinstance(affiliation, Mapping) and (rest := {k: v for k, v in affiliation.items() if k != "name" and v}):
            entry.add("other", rest, path=path, line=value.line_of(path))
    Item(value, name, place.path).rest(entry, _NAME_KNOWN - {key for key, text in parts.items() if not text})


def _orcid(entry: Entry, value: Value, name: Mapping[str, Any], place: Place, position: int | None) -> None:
    """Add an author's ORCID iD, or what was given for it."""
    path = f"{place.path}.ORCID"
    for text in scalars(name.get("ORCID")) or []:
        known = identifier(text, "orcid")
        if known and position is not None:
            entry.add("author_id", text, known, path=path, line=value.line_of(path), of=position)
        elif entry.add("other", text, path=path, line=value.line_of(path)) is not None and known is None:
            entry.warn(f"no ORCID iD: {text[:40]!r}", "correct it (its last character is a check digit)", value.line_of(path))


def _issued(entry: Entry, item: Item) -> None:
    """Add the date of publication."""
    issued, place = item.data.get("issued"), item.place("issued")
    if isinstance(issued, list) and issued and isinstance(issued[0], Mapping):
        issued = issued[0]  # Pandoc writes a list
    if isinstance(issued, Mapping):
        text, value = _date_parts(issued.get("date-parts") or issued)
        rest = {key: part for key, part in issued.items() if key not in _DATE_KEYS[:1] and part not in (None, "", [])}
        if text:
            if value is None:
                entry.warn(f"no date: {text[:40]!r}", "correct year, month and day", place.line)
            put(entry, "date", text, place, value)
            rest = {key: part for key, part in rest.items() if key not in {"year", "month", "day"}}
            entry.add("other", rest or None, path=place.path, line=place.line)
            return
        said = [key for key in ("raw", "literal", "edtf") if isinstance(rest.get(key), str)]
        if said:
            add_date(entry, rest.pop(said[0]), Place(f"{place.path}.{said[0]}", item.value.line_of(f"{place.path}.{said[0]}")))
        entry.add("other", rest or None, path=place.path, line=place.line)
        return
    for text, where in item.texts(entry, "issued"):
        add_date(entry, text, where)


def _date_parts(data: Any) -> tuple[str, str | None]:
    """Return a date in parts as text and as ISO date; of a period, its beginning.

    A month above 12 is a season (13 to 16, 21 to 24): only the year is known then.
    """
    if isinstance(data, Mapping):
        numbers = [data.get(key) for key in ("year", "month", "day")]
    else:
        first = data[0] if isinstance(data, list) and data else []
        numbers = first[:3] if isinstance(first, list) else data[:3]
    known: list[str] = []
    for number in numbers:
        digits = "" if isinstance(number, list) else first_text(number)
        if not digits.lstrip("-").isdecimal() or not digits.isascii():
            break
        known.append(digits)
    if not known:
        return "", None
    text = "-".join(part.zfill(2) for part in known)
    season = len(known) > 1 and known[1] in {"13", "14", "15", "16", "21", "22", "23", "24"}
    year, *rest = known[:1] if season else known
    if not (year.isdecimal() and len(year) <= 4 and all(part.isdecimal() and len(part) < 3 for part in rest)):
        return text, None
    iso = valid_date(year, *rest)
    return text, iso


_CITED: Final = ("unstructured", "article-title", "volume-title", "DOI", "key")


def _references(entry: Entry, item: Item) -> None:
    """Add the works that the item cites, as Crossref lists them."""
    cited, base = item.data.get("reference"), item.place("reference")
    for index, work in objects(cited):
        path = f"{base.path}[{index}]" if isinstance(cited, list) else base.path
        line = item.value.line_of(path)
        if isinstance(work, str):
            entry.add("reference", work, identifier(work), path=path, line=line)
            continue
        said = [(key, text) for key in _CITED for text in (scalars(work.get(key)) or [])[:1] if text.strip()]
        key, text = said[0] if said else ("", "")
        doi = identifier(first_text(work.get("DOI")), "doi")
        entry.add("reference", plain(text), doi, path=path, line=line)
        rest = {name: data for name, data in work.items() if name not in {key, "DOI" if doi else "", "key", "doi-asserted-by"}}
        entry.add("other", rest or None, path=path, line=line)
    entry.add("other", strange(cited), path=base.path, line=base.line)
