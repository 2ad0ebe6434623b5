"""Reader of OAI-PMH answers: the records that arXiv and other repositories give to harvesters.

The protocol is OAI-PMH 2.0 (https://www.openarchives.org/OAI/openarchivesprotocol.html), the verbs `ListRecords` and
`GetRecord`. Of the formats that a record can be in, arXiv's own are read (`arXiv`, `arXivRaw`, `arXivOld`;
https://info.arxiv.org/help/oa/index.html, and the templates of https://github.com/arXiv/oaipmh) and the one that every
repository has, `oai_dc` (simple Dublin Core, https://www.dublincore.org/specifications/dublin-core/dces/; DSpace's
`qualifieddc` likewise). A record in another format is named as a problem. Several answers in one file, a bare list of records as harvesters save them
(`<Records>` of metha), and single bare metadata elements (oai-harvest) are read as well.

A deleted record is noted as a warning and is no paper; what the file said of it before stays. Resumption tokens are
passed over: a file is read as it is.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from lxml import etree

from kg import ids, names
from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources import HEAD
from kg.sources._arxiv import (
    accented,
    add_affiliation,
    add_author,
    add_categories,
    add_date,
    add_dois,
    add_id,
    add_line_of_authors,
    day,
    natural,
    shown,
)
from kg.sources._entry import Entry
from kg.sources._markup import plain
from kg.sources._parts import Part, line_of, none_found, part_of, root_tag, rows_of
from kg.sources._xml import Located, children, local, located, text_of

_OAI: Final = "http://www.openarchives.org/OAI/2.0/"
_BARE: Final = {
    "{http://arxiv.org/OAI/arXiv/}arXiv", "{http://arxiv.org/OAI/arXivRaw/}arXivRaw", "{http://arxiv.org/OAI/arXivOld/}arXivOld",
    f"{{{_OAI}oai_dc/}}dc",
}  # fmt: skip
_RECORD: Final = re.compile(r"<(?:[\w.-]+:)?([Rr]ecord)[\s>]")
_JATS: Final = re.compile(r"<(?:[\w.-]+:)?article-meta[\s>]")
"""What articles in JATS begin with, which have a reader of their own."""

_LIKELY: Final = 0.9

_TEXTS: Final = {"title": "title", "abstract": "abstract", "comments": "comment", "journal-ref": "venue"}
_DUBLIN_CORE: Final = {"title": "title", "publisher": "publisher", "language": "language", "type": "type"}
_REFINED: Final = {"issued": "date", "abstract": "description"}
"""Elements of qualified Dublin Core, by the simple one that they make more precise."""

_COMMENT: Final = re.compile(r"\A\s*Comments?:\s*")
_LONG: Final = 100
"""So many characters a description has at least that is taken for the abstract, where there are several."""

_OFFICE: Final = re.compile(
    r"\b(?:Universi|Institut|Depart|Laborator|Ministr|Facult|School|College|Centre|Center|Academy|Association|Agency|Office|Council"
    r"|Hospital|Company|Museum|Hochschule|Polyte[ck]h|Polit[eé]c|Escola|Escuela|Foundation|Funda[cç])",
    re.IGNORECASE,
)
_NAME_WORDS: Final = 5
"""So many words a person's name has at most."""

_ISSUE: Final = re.compile(
    r"(?<![^\s;,(])(?:vol(?:ume)?|v|no|n[uú]m(?:ero)?|nr|n|iss(?:ue)?|bd|jg|tom[oe]?|t|pp?)\b[.:º°]*\s*(?=[0-9])", re.IGNORECASE
)
_ISSN: Final = re.compile(r"\(?(?:[ep]?-?issn\W*)?[0-9]{4}-?[0-9]{3}[0-9X]\)?", re.IGNORECASE)
_LIFE: Final = re.compile(r"[0-9]{4}\??-(?:[0-9]{4})?\.?|[bd]\.\s*[0-9]{4}")
_SUFFIX: Final = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_ORCID: Final = re.compile(
    r"(?:https?://(?:www\.)?orcid\.org/)?[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9Xx](?=[)\]]?\Z)", re.IGNORECASE
)
_BEFORE_ORCID: Final = " |;,(["
_ALTERNATIVE: Final = re.compile(r"info:eu-repo/semantics/altIdentifier/(doi|pmid|arxiv)/", re.IGNORECASE)
_MOST_CREATORS: Final = 100
_EARLIEST: Final = "1400"
"""Dates before this year are slips of a repository, not dates of works."""


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file holds records of OAI-PMH; one that holds articles in JATS is better read as that.

    >>> sniff('<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>', "x")
    1.0
    >>> sniff('<records><record><header><identifier>oai:x:1</identifier>', "x"), sniff("<html><body/></html>", "x")
    (0.9, 0.0)
    """
    root = root_tag(head)
    if root.endswith("OAI-PMH"):
        return 1.0 if root == f"{{{_OAI}}}OAI-PMH" and not _JATS.search(head) else _LIKELY
    if root in _BARE:
        return 1.0
    if not root or root.rpartition("}")[2].lower() == "html":
        return 0.0
    telling = _OAI in head or "http://arxiv.org/OAI/" in head or re.search(r"<identifier>\s*oai:", head)
    return _LIKELY if telling and (_RECORD.search(head) or any(tag[1:].partition("}")[0] in head for tag in _BARE)) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each record that has metadata, and a problem for each that has none or is not read.

    Raises:
        UnreadableError: If the repository answered with an error only, or the file is not well-formed.
    """
    ordinal = number = 0
    told = False
    errors: list[Problem] = []
    for found in located(document, *_tags(document.head(HEAD))):
        if local(found.element) == "error":
            errors.append(_refusal(document, found.element))
            continue
        number += 1
        for row in _rows(document, found, ordinal):
            yield row
            if isinstance(row, Record):
                ordinal += 1
                if not told and (fault := _late(document, row)):
                    told = True
                    yield fault
    if errors and not number:
        raise UnreadableError(errors[0].what, errors[0].todo, errors[0].line)
    yield from errors
    if not number:
        yield none_found(document, "there is no record in it", "harvest with the verb ListRecords or GetRecord")


def _tags(head: str) -> Sequence[str]:
    """Return the elements to look for: records, or metadata elements without a record around them."""
    record = _RECORD.search(head)
    return (f"{{*}}{record[1]}", "{*}error") if record else ("{*}record", "{*}error", *_BARE)


def _refusal(document: Document, element: etree._Element) -> Problem:
    """Return the problem that a repository answered with an error."""
    said = " ".join("".join(element.itertext()).split())
    what = f"the repository answered with an error: {element.get('code') or 'no code'}{f' ({said})' if said else ''}"
    return Problem(document.name, element.sourceline or 1, what, "correct the request and harvest again")


def _rows(document: Document, found: Located, ordinal: int) -> Iterator[Record | Problem]:
    """Yield the paper of a record, or of metadata without a record around it, or the problem that it is none."""
    root, element = found
    line, bare = element.sourceline or 1, element.tag in _BARE
    header = None if bare else _child(element, "header")
    known = "" if header is None else "".join(text_of(_child(header, "identifier")).split())
    what = f"record {shown(known)}" if known else "a record without identifier"
    if header is not None and (header.get("status") or "").strip().lower() == "deleted":
        yield Problem(document.name, line, f"{what} is deleted in its repository", "it is no paper here", "warning")
        return
    metadata = element if bare else _child(element, "metadata")
    form = metadata if bare or metadata is None else next(iter(metadata), None)
    if form is None:
        yield Problem(document.name, line, f"{what} has no metadata", "harvest it again")
        return
    add = _adder(form.tag)
    if add is None:
        told = f"{what} is in a metadata format that is not read: {form.tag}"
        yield Problem(document.name, line, told, "harvest it with metadataPrefix=oai_dc")
        return
    entry = Entry(document, ordinal, line, root)
    add(entry, form, root if bare else f"{root}/metadata/{local(form)}", known)
    if header is not None:
        _header(entry, header, f"{root}/header")
    for about in element.iterchildren("{*}about", "about"):
        part = part_of(about, f"{root}/about", entry)
        part.saying(" ".join(part.text.split())).add_to(entry, "other")
    yield from rows_of(entry, what)


def _child(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first child of that name, in any namespace."""
    return next(element.iterchildren(f"{{*}}{name}", name), None)


@lru_cache(maxsize=1024)
def _adder(tag: str) -> Callable[[Entry, etree._Element, str, str], None] | None:
    """Return what adds the fields of a metadata format, known by its element; None if it is not read."""
    space, _, name = tag.removeprefix("{").rpartition("}")
    if name in {"arXiv", "arXivRaw", "arXivOld"} and (not space or "arxiv.org/oai/" in space.lower()):
        return _add_arxiv
    known = not space or any(part in space for part in ("oai_dc", "purl.org/dc/", "qualifieddc", "qdc"))
    return _add_dublin_core if name in {"dc", "qualifieddc"} and known else None


def _header(entry: Entry, header: etree._Element, path: str) -> None:
    """Add the header of a record; of its parts, only an arXiv id is more than `other`, where the metadata has none."""
    for child, part in _parts(entry, header, path):
        name = local(child)
        ours = name == "identifier" and part.text.strip().lower().startswith("oai:arxiv.org:")
        if ours and not entry.has("arxiv_id") and add_id(entry, part):
            continue
        if ours and not entry.has("arxiv_id"):
            entry.skip(f"no arXiv id: {shown(part.text)}", "correct it; the paper is kept without it", part.line)
        if name == "datestamp" and part.text.strip() and day(part.text) is None:
            entry.skip(f"no date stamp: {shown(part.text)}", "correct it; the paper is kept without it", part.line)
        part.add_to(entry, "other")


def _parts(entry: Entry, element: etree._Element, path: str) -> Iterator[tuple[etree._Element, Part]]:
    """Yield the children of an element, each with its text and place."""
    for where, child in children(element, path):
        yield child, part_of(child, where, entry)


# arXiv's own formats


def _add_arxiv(entry: Entry, form: etree._Element, path: str, known: str) -> None:  # noqa: ARG001 - one shape for all formats
    """Add what a record in the format arXiv, arXivRaw or arXivOld says."""
    versions: list[tuple[etree._Element, Part]] = []
    created = number = None
    for where, child in children(form, path):
        name = local(child)
        if name == "authors":
            _add_authors(entry, child, where)
            continue
        part = part_of(child, where, entry)
        if name == "id":
            number = add_id(entry, part)
            if number is None:
                entry.skip(f"no arXiv id: {shown(part.text)}", "correct it; the paper is kept without it", part.line)
                part.add_to(entry, "other")
        elif name in _TEXTS:
            text = accented(part.text)
            part.saying(text).add_to(entry, "other" if entry.has(_TEXTS[name]) else _TEXTS[name])
        elif name == "categories":
            add_categories(entry, [part.saying(word) for word in part.text.split()])
        elif name == "doi":
            add_dois(entry, part)
        elif name == "version":
            versions.append((child, part))
        elif name == "created" and created is None:
            created = part
        else:
            part.add_to(entry, "other")
    if created is not None and (day(created.text) or "") > _month(number or "") + "-99":
        created.add_to(entry, "other")
    elif created is not None:
        add_date(entry, created)
    _add_versions(entry, versions)


def _add_authors(entry: Entry, element: etree._Element, path: str) -> None:
    """Add the authors of a record: elements with the parts of the names, or one line as printed."""
    if not len(element):
        part = part_of(element, path, entry)
        add_line_of_authors(entry, part)
        part.add_to(entry, "other")
        return
    for where, author in children(element, path):
        own, rest = _name_parts(author)
        name = natural(own["keyname"], own["forenames"], own["suffix"]) if len(author) else author.text or ""
        place = add_author(entry, Part(name, where, line_of(author, entry)))
        for below, child in children(author, where) if rest else ():
            if child not in rest:
                continue
            said = part_of(child, below, entry)
            if local(child) == "affiliation":
                add_affiliation(entry, said, place)
            elif local(child).lower() == "orcid":
                _add_orcid(entry, said, place)
            else:
                said.add_to(entry, "other")


def _name_parts(author: etree._Element) -> tuple[dict[str, str], list[etree._Element]]:
    """Return the parts of an author's name, and what else is said of the author."""
    own = {"keyname": "", "forenames": "", "suffix": ""}
    rest = []
    for child in author:
        name = local(child)
        if own.get(name) == "" and child.text:
            own[name] = text_of(child)
        else:
            rest.append(child)
    return own, rest


def _month(number: str) -> str:
    """Return the month in which an arXiv id was given, which is that of the first submission or the one behind it.

    >>> _month("2205.06175"), _month("hep-th/9901001"), _month("")
    ('2022-05', '1999-01', '9999')
    """
    match = re.search(r"(?:^|/)([0-9]{2})([0-9]{2})", number)
    return f"{'19' if match[1] >= '91' else '20'}{match[1]}-{match[2]}" if match else "9999"


def _late(document: Document, record: Record) -> Problem | None:
    """Return the warning that the record's `created` is the date of a later version, if it is.

    Since 2025 arXiv gives the date of the last version there. The month in the id tells it from that of the first.
    """
    field = next((f for f in record.fields if f.name == "other" and (f.path or "").endswith("/arXiv/created")), None)
    if field is None:
        return None
    what = f"`created` is {field.text}, the date of a later version than the first: no date is taken from such records"
    return Problem(document.name, field.line, what, "harvest with metadataPrefix=arXivRaw for the dates of all", "warning")


def _add_versions(entry: Entry, versions: Sequence[tuple[etree._Element, Part]]) -> None:
    """Add the date of the first version and the number of the last; all else that is said of versions is `other`."""
    for rank, (element, part) in enumerate(versions):
        if rank == len(versions) - 1:
            entry.add("version", element.get("version"), path=f"{part.path}/@version", line=part.line)
        for child, said in _parts(entry, element, part.path):
            if rank == 0 and local(child) == "date":
                add_date(entry, said)
            else:
                said.add_to(entry, "other")


# Dublin Core


def _add_dublin_core(entry: Entry, form: etree._Element, path: str, known: str) -> None:
    """Add what a record in Dublin Core says; arXiv's has a meaning for the order of some elements."""
    ours = _is_arxivs(form, known)
    said: dict[str, list[Part]] = {}
    for child, part in _parts(entry, form, path):
        name = _REFINED.get(local(child), local(child))
        if name == "creator":
            _add_creator(entry, child, part)
        elif name in {"date", "description", "identifier", "source"}:
            said.setdefault(name, []).append(part)
        elif name == "subject":
            _add_subject(entry, part, ours=ours)
        elif name in _DUBLIN_CORE:
            repeated = name == "title" and entry.has("title")
            _decoded(part, ours=ours).add_to(entry, "other" if repeated else _DUBLIN_CORE[name])
        elif name == "relation" and (own := _ALTERNATIVE.match(part.text.strip())):
            value = ids.identifier(part.text.strip()[own.end() :], own[1].lower())
            part.add_to(entry, "identifier" if value else "other", value)
        else:
            part.add_to(entry, "other")
    _add_descriptions(entry, said.get("description", []), ours=ours)
    _add_dates(entry, said.get("date", []), ours=ours)
    for part in said.get("identifier", []):
        _add_identifier(entry, part, ours=ours)
    _add_sources(entry, said.get("source", []))
    _flag_same(entry, form)


def _is_arxivs(form: etree._Element, known: str) -> bool:
    """Tell whether a record is arXiv's, by the identifier in its header, or its own where it has no header."""
    own = [known] if known else [child.text or "" for child in form.iterchildren("{*}identifier")]
    return any(re.match(r"oai:arxiv\.org:|https?://arxiv\.org/abs/", text.strip(), re.IGNORECASE) for text in own)


def _decoded(part: Part, *, ours: bool) -> Part:
    """Return a text without markup; arXiv has LaTeX's accents instead, and formulas (`a<b`) that may look like some."""
    return part.saying(accented(part.text) if ours else plain(part.text) or part.text)


def _add_creator(entry: Entry, element: etree._Element, part: Part) -> None:
    """Add an author, printed as `Last, First` or `First Last`, with an ORCID iD where the source gives one.

    Behind a semicolon stands an affiliation (OJS: `Last, First; University`), or the next author.
    """
    text = " ".join(part.text.split())
    numbers = [value for value in element.attrib.values() if _ORCID.fullmatch(value)]
    if end := _ORCID.search(text):
        numbers.append(end.group())
        text = re.sub(r"\bORCID:?\Z", "", text[: end.start()].rstrip(_BEFORE_ORCID)).rstrip(_BEFORE_ORCID)
    text, *rest = [piece for piece in (piece.strip() for piece in text.split(";")) if piece] or [""]
    name, years = spoken(text)
    place = add_author(entry, part.saying(name))
    for piece in rest:
        if _is_person_too(piece, text):
            add_author(entry, part.saying(spoken(piece)[0]))
        else:
            add_affiliation(entry, part.saying(piece), place)
    if years:
        part.saying(years).add_to(entry, "other")
    for number in numbers[:1]:
        _add_orcid(entry, part.saying(number), place)


def _add_orcid(entry: Entry, part: Part, author: int | None) -> None:
    """Add the ORCID iD of an author, and report one that is none."""
    value = ids.identifier(part.text, "orcid")
    if value is None:
        entry.warn(f"no ORCID iD: {shown(part.text)}", "correct it; it is kept as printed", part.line)
    usable = value is not None and author is not None
    part.add_to(entry, "author_id" if usable else "other", value, of=author if usable else None)


def _is_person_too(text: str, first: str) -> bool:
    """Tell whether a text behind an author is written as that author is, and not an affiliation."""
    alike = (text.count(","), text.isupper()) == (first.count(","), first.isupper()) and len(text.split()) <= _NAME_WORDS
    return alike and not _OFFICE.search(text) and not names.is_group(text)


def spoken(text: str) -> tuple[str, str]:
    """Return a creator in the order in which a name is spoken, and the years of life that libraries add to it.

    >>> spoken("Lovelace, Ada"), spoken("King, Martin Luther, Jr., 1929-1968"), spoken("Ada Lovelace")
    (('Ada Lovelace', ''), ('Martin Luther King Jr.', '1929-1968'), ('Ada Lovelace', ''))
    >>> spoken("Institute of Physics, University of Bern")
    ('Institute of Physics, University of Bern', '')
    """
    if "," not in text or names.is_group(text) or _OFFICE.search(text):
        return text, ""
    last, *rest = [piece for piece in (piece.strip() for piece in text.split(",")) if piece] or [""]
    years = " ".join(piece for piece in rest if _LIFE.fullmatch(piece))
    rest = [piece for piece in rest if not _LIFE.fullmatch(piece)]
    suffix = " ".join(piece for piece in rest if _SUFFIX.fullmatch(piece))
    given = " ".join(piece for piece in rest if not _SUFFIX.fullmatch(piece))
    return natural(last, given, suffix), years


def _flag_same(entry: Entry, form: etree._Element) -> None:
    """Warn where one author seems to be named twice, once as `Lovelace, Ada` and once as `Ada Lovelace` or in capitals."""
    forms = sorted({text_of(child) for child in form.iterchildren("{*}creator", "creator")})
    if len({_style(text) for text in forms}) < 2 or len(forms) > _MOST_CREATORS:
        return
    blocks: dict[str, list[tuple[names.Name, str]]] = {}
    for text in forms:
        name, style = names.parse(spoken(text)[0]), _style(text)
        namesakes = blocks.setdefault(name.block, [])
        if any(style != own and names.compatible(name, other) for other, own in namesakes):
            entry.warn(f"the author {shown(text)} may be named twice, in two forms", "delete one of them if they are one person")
            return
        namesakes.append((name, style))


def _style(text: str) -> str:
    """Return how a name is written: surname first or last, surname in capitals or not."""
    surname = text.partition(",")[0] if "," in text else text.rpartition(" ")[2]
    return f"{',' in text} {len(surname) > 1 and surname.isupper()}"


def _add_subject(entry: Entry, part: Part, *, ours: bool) -> None:
    """Add a subject: of arXiv, the name of a category, unless it is a class of MSC or ACM; of others, keywords."""
    if ours:
        part.add_to(entry, "other" if any(map(str.isdigit, part.text)) else "category")
        return
    for word in part.text.split(";"):
        _decoded(part.saying(word), ours=False).add_to(entry, "keyword")


def _add_descriptions(entry: Entry, parts: Sequence[Part], *, ours: bool) -> None:
    """Add the abstract and the comment.

    arXiv gives the abstract first and the comment behind it (until 2025 marked by `Comment:`); others put notes of
    all kinds there, so that a long description is preferred.
    """
    told = [part for part in parts if ours and (_COMMENT.match(part.text) or part is not parts[0])]
    rest = [part for part in parts if part not in told]
    long = [part for part in rest if len(part.text.strip()) >= _LONG]
    abstract = (long or rest)[:1]
    for part in parts:
        if part in abstract:
            _decoded(part, ours=ours).add_to(entry, "abstract")
        elif part in told and not entry.has("comment"):
            part.saying(_COMMENT.sub("", part.text, count=1)).add_to(entry, "comment")
        else:
            _decoded(part, ours=ours).add_to(entry, "other")


def _add_dates(entry: Entry, parts: Sequence[Part], *, ours: bool) -> None:
    """Add the date: of arXiv the first, which is that of the first submission; of others the earliest."""
    known = [part for part in parts if (day(part.text) or "") > _EARLIEST]
    chosen = (known or [part for part in parts if part.text.strip()])[:1]
    if not ours and known:
        chosen = [min(known, key=lambda part: day(part.text) or "")]
    for part in parts:
        if part in chosen:
            add_date(entry, part)
        else:
            part.add_to(entry, "other")


def _add_identifier(entry: Entry, part: Part, *, ours: bool) -> None:
    """Add an identifier: an arXiv id, a DOI or another known one, an address, or (of arXiv) a journal reference."""
    text = part.text.strip()
    if add_id(entry, part):
        return
    value = ids.identifier(text)
    if value:
        part.add_to(entry, "identifier", value)
    elif re.match(r"(?:info:)?doi[:/]|(?:https?://)?(?:dx\.)?doi\.org/|10\.[0-9]{4}", text, re.IGNORECASE):
        add_dois(entry, part.saying(re.sub(r"\A(?:info:)?doi[:/]\s*", "", text, flags=re.IGNORECASE)))
    elif re.match(r"https?://", text, re.IGNORECASE):
        part.add_to(entry, "url")
    else:
        part.add_to(entry, "venue" if ours and text and not entry.has("venue") else "other")


def _add_sources(entry: Entry, parts: Sequence[Part]) -> None:
    """Add the journal that a work was taken from: the first source that is written like one."""
    is_serial = any(_ISSN.fullmatch(part.text.strip()) for part in parts)
    for part in parts:
        name = "" if entry.has("venue") else _journal(part.text, is_serial=is_serial)
        part.saying(name).add_to(entry, "venue")
        if name != part.text.strip():
            part.add_to(entry, "other")


def _journal(text: str, *, is_serial: bool) -> str:
    """Return the name of the journal that a source begins with; empty where it names none.

    Args:
        text: The source, such as `Tea Letters; Vol. 5 No. 2 (2019): Leaves; 11-29`.
        is_serial: Whether another source is an ISSN, so that this one may be the bare name.

    >>> _journal("Tea Letters; Vol. 5 No. 2 (2019): Leaves; 11-29", is_serial=False), _journal("Tea Letters", is_serial=False)
    ('Tea Letters', '')
    >>> _journal("Tea Letters (1234-5678) vol.4", is_serial=False), _journal("Tea Letters", is_serial=True)
    ('Tea Letters', 'Tea Letters')
    """
    line = " ".join(text.split())
    if re.match(r"\w+:|10\.[0-9]|urn:", line) or _ISSN.fullmatch(line):
        return ""
    issue = _ISSUE.search(line)
    if not (issue or is_serial or ";" in line):
        return ""
    name = _ISSN.sub("", line[: issue.start()] if issue else line).partition(";")[0].strip(" ,;(")
    return name if any(map(str.isalpha, name)) else ""
