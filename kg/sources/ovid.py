"""Reader of Ovid's own texts: tagged, as for Citavi (`.ovd`), or with the names of fields, as in its mails and `.txt`.

A record begins with its number, `<1. >` or `<1>`. Below it stands a tag and a text on each line (`TI  - Looms`), or the name
of a field with its lines indented below it (`Title`, `  Looms`). Each database has tags of its own; what means the same is
read as the RIS that Ovid writes (see `ris`). Journal, volume, issue, pages and day are in one field, the source. Addresses
tell their authors by name, as Embase's, or by the marks behind the names of authors (`Lovelace, Ada 1;  Babbage, C MD *`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.model import Document, Problem, Record
from kg.sources._dates import printed_date
from kg.sources._entry import Entry, numbered
from kg.sources._library import pieces, put
from kg.sources._parts import rows_of
from kg.sources._tagged import LONGEST, SEMICOLON, Gathered, Tagged, author_names
from kg.sources._xml.fields import without_stop
from kg.sources.ris import add_fields

_BEGIN: Final = re.compile(r"\ufeff?<[0-9]{1,7}\.? ?>\s*\Z")
_TAG: Final = re.compile(r"([A-Z][A-Z0-9]) {1,2}- ")
_NAME: Final = re.compile(r"[A-Z][A-Za-z/()&' -]{1,60}\Z")
_FIRST: Final = re.compile(r"\ufeff?\s*<[0-9]{1,7}\.? ?>[ \t]*(?:\r\n|\r|\n)\s*(?:(?P<tag>[A-Z][A-Z0-9]) {1,2}- \S|(?P<name>[A-Z][A-Za-z ]{1,60})[ \t]*(?:\r\n|\r|\n)[ \t]+\S)")

_NAMES: Final = {
    "title": "TI", "author": "AU", "authors": "AU", "authors full name": "FA", "institution": "IN", "institutions": "IN", "source": "SO", "abstract": "AB",
    "author keywords": "KW", "keyword heading": "KW", "keywords": "KW", "key phrase identifiers": "KW", "mesh subject headings": "MH", "subject headings": "MH",
    "emtree heading": "MH", "digital object identifier": "DO", "doi number": "DO", "doi": "DO", "language": "LG", "publication type": "PT", "document type": "PT",
    "year of publication": "YR", "publication year": "YR", "date of publication": "DP", "unique identifier": "UI", "accession number": "AN", "database": "DB",
    "publisher": "PB", "journal name": "JN", "author nameid": "AI", "pmid": "PM", "score": "SC", "record owner": "RO", "article identifier": "ID",
}  # fmt: skip
"""What the fields are called in words."""

_AS_RIS: Final = {
    "TI": "TI", "AB": "AB", "KW": "KW", "DO": "DO", "LG": "LA", "PT": "TY", "YR": "PY", "DP": "DA", "PB": "PB", "PU": "PB", "PI": "PB", "JN": "JF", "JT": "JF", "AI": "AI",
}  # fmt: skip
_NO_TAG: Final = "??"
"""The tag of what no field of RIS says."""


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a text is Ovid's: it begins with the number of a record, and a field of one.

    >>> sniff("<1. >\nVN  - Ovid Technologies\n", "a.ovd"), sniff("<1>\nUnique Identifier\n  1\n", "a.txt"), sniff("<1>\nOn X\n  1\n", "a.txt")
    (1.0, 1.0, 0.0)
    """
    first = _FIRST.match(head)
    return 1.0 if first and (first["tag"] or first["name"].strip().lower() in _NAMES) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each record, and a problem for what stands above the first.

    Raises:
        UnreadableError: If the file is not in its encoding.
    """
    return numbered(document, _gathered(document), _paper)


def _gathered(document: Document) -> Iterator[Gathered | Problem]:
    """Yield the records as they stand."""
    record: Gathered | None = None
    number = above = 0
    for line in document.lines():
        if _BEGIN.match(line.text):
            if record:
                yield record
            number += 1
            record = Gathered(number, line)
        elif record is None:
            if line.text.strip() and not number and not above:
                above = line.number
                yield Problem(document.name, above, "text above the first record", "delete it, if it is no paper", "warning")
        elif tag := _tag_of(line.text, record):
            record.begin(*tag[:1], line, tag[1])
        elif line.text.strip() and record.fields:
            record.go_on(line)
        if record and record.size > LONGEST:
            yield record
            record = None
    if record:
        yield record


def _tag_of(text: str, record: Gathered) -> tuple[str, int] | None:
    """Return the tag of the field that a line begins, and where its text begins; None where it begins none."""
    if match := _TAG.match(text):
        return match[1], match.end()
    name = text.rstrip()
    tagged = record.fields and not record.fields[0].tag.endswith(":")
    if tagged or not _NAME.match(name):
        return None
    return f"{_NAMES.get(name.lower(), _NO_TAG)}:", len(text)


def _paper(document: Document, ordinal: int, found: Gathered) -> Iterator[Record | Problem]:
    """Yield the record that a file's record is, and what looks wrong in it."""
    entry = found.entry(document, ordinal)
    fields = [field._replace(tag=field.tag.rstrip(":")) for field in found.fields]
    by = {field.tag: field.joined() for field in reversed(fields)}
    names = "FA" if "FA" in by else "AU"
    labelled = found.fields[0].tag.endswith(":") if found.fields else False
    authors = [author for field in fields if field.tag == names for author in _authors(field, listed=labelled)]
    said = [part for author, _, rest in authors for part in (author, *rest)]
    marks = _positions(authors)
    marked: list[tuple[list[int], Tagged]] = []
    for field in fields:
        if field.tag == "IN":
            for address in field.apart():
                owners, part = _owned(address, marks)
                if owners:
                    marked.append((owners, part))
                else:
                    said.append(part)
        elif field.tag == ("MH" if "MH" in by else "OD"):
            _add_headings(entry, field)
        elif field.tag != names:
            said += _as_ris(field.joined(), by)
    add_fields(entry, said)
    for owners, part in marked:
        for owner in owners:
            put(entry, "affiliation", part.text, part.place, of=owner)
    yield from rows_of(entry, f"record {found.number}")


_ROLE: Final = re.compile(r"\s*\[([^\[\]]{0,150})\]\s*\Z")
_MARKS: Final = re.compile(r"\s+((?:[0-9]{1,3}|[*+#^~&]{1,3})(?:,(?:[0-9]{1,3}|[*+#^~&]{1,3}))*)\Z")
_DEGREES: Final = re.compile(
    r"(?:,?\s+(?:MDs?|Ph\.?D|MB|BS|M\.?Sc|B\.?Sc|MPH|MS|MA|BA|MBBS|MBChB|MBA|DPhil|DrPH|ScD|RN|FRCP|FRCS|FACS|PharmD|DDS|DVM|EdD|PsyD)\.?)+\Z"
)
_BEHIND_INITIALS: Final = re.compile(r"\s+(?:[^\W\d_]\.-?){1,5}\Z")
_MARKED: Final = re.compile(r"\s*(?:From the\s+)?\(([^()]{1,600})\)\s*(?=\S)")
_LONGEST_NAME: Final = 200


def _authors(field: Tagged, *, listed: bool) -> Iterator[tuple[Tagged, list[str], list[Tagged]]]:
    """Yield the authors of a field, each with the marks behind the name, and the roles and degrees there as fields.

    Args:
        field: The field.
        listed: Whether semicolons part the authors.
    """
    for line in field.apart():
        for first, last in pieces(line.text, SEMICOLON) if listed else [(0, len(line.text))]:
            name, marks, rest = _taken_apart(line.text[first:last].strip())
            place = line.place._replace(start=None)
            if name:
                yield Tagged("AU", name, line.place if name == line.text else place, []), marks, [Tagged(_NO_TAG, text, place, []) for text in rest]


def _taken_apart(name: str) -> tuple[str, list[str], list[str]]:
    """Return a name, the marks behind it, and what else stands there: degrees, roles.

    >>> _taken_apart("van Vugt, Arie MD, PhD +"), _taken_apart("Lovelace, Ada [Author; a@x.org]"), _taken_apart("Lovelace A.B.")
    (('van Vugt, Arie', ['+'], ['MD, PhD']), ('Lovelace, Ada', [], ['Author; a@x.org']), ('Lovelace A.B.', [], []))
    """
    rest: list[str] = []
    marks: list[str] = []
    if len(name) > _LONGEST_NAME:
        return name, marks, rest
    if role := _ROLE.search(name):
        name, rest = name[: role.start()], [role[1]]
    if behind := _MARKS.search(name):
        name, marks = name[: behind.start()], behind[1].split(",")
    comma = name.find(",")
    if comma >= 0 and (degrees := _DEGREES.search(name, comma + 1)) and name[comma + 1 : degrees.start()].strip():
        name, rest = name[: degrees.start()], [degrees[0].strip(" ,"), *rest]
    return name.strip(" ,"), marks, rest


def _positions(authors: Iterable[tuple[Tagged, list[str], list[Tagged]]]) -> dict[str, list[int]]:
    """Return the positions of the authors with each mark, and of the one with each surname that is not another's too."""
    marks: dict[str, list[int]] = {}
    surnames: dict[str, list[int]] = {}
    position = 0
    for author, behind, _ in authors:
        surnames.setdefault(_surname(author.text), []).append(position)
        for mark in behind:
            marks.setdefault(mark, []).append(position)
        position += len(author_names(author.text))
    return {name: found for name, found in surnames.items() if len(found) == 1} | marks


def _surname(name: str) -> str:
    """Return the surname of an author, `Lovelace, Ada` or `Lovelace A.`."""
    return _BEHIND_INITIALS.sub("", name.partition(",")[0]) if len(name) <= _LONGEST_NAME else name


def _owned(address: Tagged, marks: Mapping[str, list[int]]) -> tuple[list[int], Tagged]:
    """Return the authors in brackets before an address, by marks or surnames that only one has, and the address."""
    found = _MARKED.match(address.text)
    told = [marks.get(mark.strip(), []) for mark in found[1].split(",")] if found else []
    owners = [owner for mark in told for owner in mark]
    if found is None or not owners:
        return [], address._replace(tag="AD")
    return owners, _part(address, "AD", found.end(), len(address.text.rstrip("; ")))


def _part(field: Tagged, tag: str, first: int, last: int) -> Tagged:
    """Return a stretch of a field as a field of its own."""
    text, place = field.text[first:last], field.place
    bare = text.lstrip(" .,;" if tag == _NO_TAG else None)
    first += len(text) - len(bare)
    return Tagged(tag, bare.rstrip(), place._replace(start=None if place.start is None else place.start + first), [])


def _add_headings(entry: Entry, field: Tagged) -> None:
    """Add subject headings as categories, their qualifiers, `/th [Therapy]`, as `other`; a star only says that they matter."""
    for line in field.apart():
        for first, last in pieces(line.text, SEMICOLON):
            rest = line.text[first:last]
            begin = first + len(rest) - len(rest.lstrip(" *"))
            slash = line.text.find("/", begin, last)
            put(entry, "category", line.text, line.place, first=begin, last=last if slash < 0 else slash)
            if slash >= 0:
                put(entry, "other", line.text, line.place, first=slash + 1, last=last)


_KIND: Final = re.compile(r"(?<!\s)\s*\[[A-Z][A-Za-z,/ -]{2,40}\]\Z")
_NUMBER: Final = re.compile(r"(?<!\s)\s*\[(doi|pmc|pii)\]\Z", re.IGNORECASE)
_PMID: Final = re.compile(r"([0-9]{1,9})(?=\s*(?:\[|\Z))")
_MEDLINE: Final = re.compile(r"medline|pubmed", re.IGNORECASE)


def _as_ris(field: Tagged, by: Mapping[str, Tagged]) -> list[Tagged]:
    """Return what a field says as fields of RIS."""
    tag, text = field.tag, field.text
    if tag == "SO":
        return _source(field, by)
    if tag == "TI":
        kind = _KIND.search(text)  # Journals@Ovid
        shown = without_stop(text[: kind.start()] if kind else text)
        rest = [_part(field, _NO_TAG, kind.start(), len(text))] if kind else []
        return [_part(field, tag, 0, len(shown)), *rest]
    if tag in {"UI", "AN", "PM"} and (number := _PMID.match(text)) and (tag == "PM" or ("DB" in by and _MEDLINE.search(by["DB"].text))):
        return [_part(field, "PM", 0, number.end())]
    if tag == "ID" and (number := _NUMBER.search(text)):
        return [_part(field, {"doi": "DO", "pmc": "C2", "pii": _NO_TAG}[number[1].lower()], 0, number.start())]
    if tag in {"LG", "KW"}:
        return [_part(field, _AS_RIS[tag], 0, len(text.rstrip(".")))]
    return [field._replace(tag=_AS_RIS.get(tag, _NO_TAG))]


_EDITOR: Final = re.compile(r"\[[^\[\]]{0,60}\bEditor\b[^\[\]]{0,60}\]\.?\s+")
_SOURCE: Final = re.compile(
    r"(?:(?:\A|[.,;]\s+)(?:Vol\.?\s*)?(?P<volume>[0-9][\w-]{0,12})\s*(?:\((?P<issue>[^()]{1,40})\))?\s*(?:\(no pagination\)|\(pp\.?\s*(?P<pp>[^()]{1,40})\)|:\s*(?P<pages>[^,;\s]{1,30}))?"
    r"|\.?:(?P<only>[0-9][^,;\s]{0,30}))"
    r"[,.]\s+(?P<date>(?:[A-Z][A-Za-z.]{2,12}(?:-[A-Z][a-z.]{2,12})?\s+)?(?:[0-9]{1,2},\s+)?(?:1[6-9]|20)[0-9]{2}(?:\s+[A-Z][a-z]{2,9}(?:\s+[0-9]{1,2})?)?)\b"
    r"(?:,\s*(?:pp?\.?\s*)?(?P<behind>[0-9][0-9-]{0,15})\b)?"
)
_END: Final = re.compile(r"\.(?=\s|\Z)")


def _source(field: Tagged, by: Mapping[str, Tagged]) -> list[Tagged]:
    """Return journal, volume, issue, pages and day of a source, `J Loom Res. 12(3):1-9, 2021 Mar 15.`; what else it says is `other`."""
    text = field.text
    begin = max((editor.end() for editor in _EDITOR.finditer(text)), default=0)
    found = _SOURCE.search(text, begin)
    stop = found.start() if found else len(text)
    name = _END.search(text, begin, stop)
    end = name.start() if name else stop
    parts = [(_NO_TAG, 0, begin), ("JF" if "JN" not in by and "JT" not in by else _NO_TAG, begin, end), (_NO_TAG, end + 1, stop)]
    if found:
        wanted = (("VL", "volume"), ("IS", "issue"), ("SP", "pp"), ("SP", "pages"), ("SP", "only"), ("SP", "behind"))
        parts += [(tag, *found.span(group)) for tag, group in wanted if found[group]]
        known = printed_date(found["date"])
        year = by["YR"].text if "YR" in by else ""
        day = known and known.startswith(year) and (not year or known != year)
        parts.append(("DA" if day and "DP" not in by else _NO_TAG, *found.span("date")))
        parts.append((_NO_TAG, found.end(), len(text)))
    made = [_part(field, tag, first, last) for tag, first, last in parts if first < last]
    return [part for part in made if part.text]
