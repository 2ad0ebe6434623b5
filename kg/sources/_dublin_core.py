"""What Dublin Core says of a work: creators as printed, dates, identifiers of all kinds, sources that name a journal.

Simple Dublin Core (https://www.dublincore.org/specifications/dublin-core/dces/) and its refinements, as repositories give
them to harvesters; arXiv's has a meaning for the order of some elements.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from lxml import etree

from kg import ids, names
from kg.sources._arxiv import (
    accented,
    add_affiliation,
    add_author,
    add_date,
    add_dois,
    add_id,
    add_orcid,
    natural,
    shown,
)
from kg.sources._dates import printed_date
from kg.sources._entry import Entry
from kg.sources._markup import plain
from kg.sources._parts import Part, part_of
from kg.sources._xml.fields import cited_id
from kg.sources._xml.stream import Located, children, local

_DUBLIN_CORE: Final = {"title": "title", "publisher": "publisher", "language": "language", "type": "type"}
_REFINED: Final = {
    ("issued", ""): "date", ("abstract", ""): "description", ("contributor", "author"): "creator", ("date", "issued"): "date",
    ("description", "abstract"): "description", ("language", "iso"): "language", ("relation", "ispartof"): "source",
    ("relation", "references"): "references", **{("identifier", kind): "identifier" for kind in ("uri", "doi", "arxiv", "pmid", "pubmed", "url")},
    **{("subject", kind): "subject" for kind in ("keyword", "keywords", "other", "lcsh", "mesh")},
}  # fmt: skip
"""Elements that make one of simple Dublin Core more precise, by that one."""

_PLAIN: Final = frozenset({"none", "*", "en", "es", "pt", "fr", "de", "pt_BR", "en_US"})
"""What stands for no qualifier: the language, where a repository mistakes the one for the other."""

_LISTS: Final = frozenset({"Seq", "Bag", "Alt"})
_RESOURCE: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"

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


class Said(NamedTuple):
    """One statement of a record: the element of Dublin Core, how it is made more precise, what says it, and the text."""

    name: str
    refined: str
    element: etree._Element
    part: Part


def add_dublin_core(entry: Entry, form: Located, known: str) -> None:
    """Add what a record in Dublin Core says, or in a form that names its elements (DSpace); arXiv's has a meaning for the order of some.

    Args:
        entry: The record.
        form: The metadata.
        known: What the repository calls the record, empty where it is not known.
    """
    statements = list(_statements(form, entry))
    ours = _is_arxivs(statements, known)
    later: dict[str, list[Part]] = {}
    for name, refined, element, part in statements:
        known_as = _REFINED.get((name, refined), "" if refined else name)
        if known_as == "creator":
            _add_creator(entry, element, part)
        elif known_as in {"date", "description", "identifier", "source"}:
            later.setdefault(known_as, []).append(part)
        elif known_as == "subject":
            _add_subject(entry, part, ours=ours)
        elif known_as == "references":
            part.add_to(entry, "reference", ids.identifier(part.text.strip()) or cited_id(part.text))
        elif known_as in _DUBLIN_CORE:
            repeated = known_as == "title" and entry.has("title")
            _decoded(part, ours=ours).add_to(entry, "other" if repeated else _DUBLIN_CORE[known_as])
        elif name == "relation" and (own := _ALTERNATIVE.match(part.text.strip())):
            value = ids.identifier(part.text.strip()[own.end() :], own[1].lower())
            part.add_to(entry, "identifier" if value else "other", value)
        else:
            part.add_to(entry, "other")
    _add_descriptions(entry, later.get("description", []), ours=ours)
    _add_dates(entry, later.get("date", []), ours=ours)
    for part in later.get("identifier", []):
        _add_identifier(entry, part, ours=ours)
    _add_sources(entry, later.get("source", []))
    _flag_same(entry, [said.part.text for said in statements if said.name == "creator"])


def _statements(form: Located, entry: Entry) -> Iterator[Said]:
    """Yield what a record says: elements of Dublin Core, or others that name them in attributes (DSpace's `dim`, `dcvalue` and `xoai`)."""
    if local(form.element) == "metadata":
        yield from _nested(form, entry, ())
        return
    for path, element in children(form.element, form.path):
        name, refined = element.get("element", ""), element.get("qualifier", "")
        if not name:
            name = local(element)
        elif element.get("mdschema", "dc") not in {"dc", "dcterms"}:
            name = "other"
        for place, each in _values(path, element):
            part = part_of(each, place, entry)
            linked = part.saying(each.get(_RESOURCE, "")) if not part.text.strip() else part
            yield Said(name, "" if refined in _PLAIN else refined, each, linked)


def _nested(form: Located, entry: Entry, around: tuple[str, ...]) -> Iterator[Said]:
    """Yield what DSpace says in `xoai`: fields in elements with the names of schema, element, qualifier (if any) and language."""
    for path, element in children(form.element, form.path):
        if local(element) == "element":
            yield from _nested(Located(path, element), entry, (*around, element.get("name", "")))
            continue
        schema, name, *refined = (*around, "", "")[: max(len(around) - 1, 2)]
        told = schema in {"dc", "dcterms"} and element.get("name") == "value"
        yield Said(name if told else "other", ".".join(refined), element, part_of(element, path, entry))


def _values(path: str, element: etree._Element) -> list[Located]:
    """Return what holds the values of an element: itself, or in RDF what is listed in it."""
    listed = children(element, path) if len(element) else []
    if len(listed) == 1 and local(listed[0].element) in _LISTS:
        return children(*reversed(listed[0]))
    return [Located(path, element)]


def _is_arxivs(statements: Sequence[Said], known: str) -> bool:
    """Tell whether a record is arXiv's, by the identifier in its header, or its own where it has no header."""
    own = [known] if known else [said.part.text for said in statements if said.name == "identifier"]
    return any(re.match(r"oai:arxiv\.org:|https?://arxiv\.org/abs/", text.strip(), re.IGNORECASE) for text in own)


def _decoded(part: Part, *, ours: bool) -> Part:
    """Return a text without markup; arXiv has LaTeX's accents instead, and formulas (`a<b`) that may look like some."""
    return part.saying(accented(part.text) if ours else plain(part.text) or part.text)


def _add_creator(entry: Entry, element: etree._Element, part: Part) -> None:
    """Add an author, printed as `Last, First` or `First Last`, with an ORCID iD where the source gives one.

    Behind a semicolon stands an affiliation (OJS: `Last, First; University`), or the next author.
    """
    printed = [" ".join(each.itertext()) for each in element] or [part.text]  # a name and its affiliations
    text = " ".join(printed[0].split())
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
    for institution in printed[1:]:
        add_affiliation(entry, part.saying(" ".join(institution.split())), place)
    if years:
        part.saying(years).add_to(entry, "other")
    for number in numbers[:1]:
        add_orcid(entry, part.saying(number), place)


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


def _flag_same(entry: Entry, creators: Sequence[str]) -> None:
    """Warn where one author seems to be named twice, once as `Lovelace, Ada` and once as `Ada Lovelace` or in capitals."""
    forms = sorted({" ".join(text.split()) for text in creators})
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
    known = [part for part in parts if (printed_date(part.text) or "") > _EARLIEST]
    chosen = (known or [part for part in parts if part.text.strip()])[:1]
    if not ours and known:
        chosen = [min(known, key=lambda part: printed_date(part.text) or "")]
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
