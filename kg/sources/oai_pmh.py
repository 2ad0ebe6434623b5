"""Reader of OAI-PMH answers: the records that arXiv and other repositories give to harvesters.

The protocol is OAI-PMH 2.0 (https://www.openarchives.org/OAI/openarchivesprotocol.html), the verbs `ListRecords` and
`GetRecord`. A record can be in many formats; read are arXiv's own (`arXiv`, `arXivRaw`, `arXivOld`), Dublin Core, which every
repository has, simple (`oai_dc`) or with refinements (`qdc`, `etdms`, DSpace's `dim` and `xoai`), and what other readers know: JATS, MODS,
MARC, DataCite, TEI, alone or inside METS or DIDL. A record in another format is named as a problem. Several answers in
one file, a bare list of records as harvesters save them (`<Records>` of metha), and single bare metadata elements
(oai-harvest) are read as well.

A deleted record is noted as a warning and is no paper; what the file said of it before stays. Resumption tokens are
passed over: a file is read as it is.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from lxml import etree

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources import HEAD
from kg.sources._arxiv import add_id, shown
from kg.sources._arxiv_oai import add_arxiv, late
from kg.sources._dates import printed_date
from kg.sources._dublin_core import add_dublin_core
from kg.sources._entry import Entry
from kg.sources._parts import none_found, part_of, parts_of, root_tag, rows_of
from kg.sources._xml.stream import Located, children, local, located, text_of
from kg.sources.datacite_xml import add_resource
from kg.sources.jats import add_article
from kg.sources.marcxml import add_marc
from kg.sources.mods import add_mods
from kg.sources.tei import add_tei

_OAI: Final = "http://www.openarchives.org/OAI/2.0/"
_BARE: Final = {
    "{http://arxiv.org/OAI/arXiv/}arXiv", "{http://arxiv.org/OAI/arXivRaw/}arXivRaw", "{http://arxiv.org/OAI/arXivOld/}arXivOld",
    f"{{{_OAI}oai_dc/}}dc",
}  # fmt: skip
_RECORD: Final = re.compile(r"<(?:[\w.-]+:)?([Rr]ecord)[\s>]")

_OF_OTHERS: Final[dict[str, tuple[str, Callable[[Entry, Located], None]]]] = {
    "arXiv": ("arxiv.org/oai/", add_arxiv), "arXivRaw": ("arxiv.org/oai/", add_arxiv), "arXivOld": ("arxiv.org/oai/", add_arxiv),
    "article": ("", add_article), "mods": ("loc.gov/mods", add_mods), "record": ("marc21/slim", add_marc), "TEI": ("tei-c.org", add_tei),
    "resource": ("", add_resource),
}  # fmt: skip
"""Formats that are told by an element: what its namespace has in it, if it has one, and what adds the fields."""

_XOAI: Final = "http://www.lyncode.com/xoai"
_DUBLIN_CORE: Final = frozenset({"dc", "qualifieddc", "qdc", "uketd_dc", "uketddc", "thesis", "dim"})

_LIKELY: Final = 0.9


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file holds records of OAI-PMH.

    >>> sniff('<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>', "x")
    1.0
    >>> sniff('<records><record><header><identifier>oai:x:1</identifier>', "x"), sniff("<html><body/></html>", "x")
    (0.9, 0.0)
    """
    root = root_tag(head)
    if root.endswith("OAI-PMH"):
        return 1.0 if root == f"{{{_OAI}}}OAI-PMH" else _LIKELY
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
                if not told and (fault := late(document, row)):
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
    if metadata is None or not len(metadata):
        yield Problem(document.name, line, f"{what} has no metadata", "harvest it again")
        return
    form = Located(root, metadata) if bare else next(_forms(Located(f"{root}/metadata", metadata)), None)
    if form is None:
        told = f"{what} is in a metadata format that is not read: {metadata[0].tag}"
        yield Problem(document.name, line, told, "harvest it with metadataPrefix=oai_dc")
        return
    entry = Entry(document, ordinal, line, root)
    if add := _adder(form.element.tag):
        add(entry, form, known)
    if header is not None:
        _header(entry, header, f"{root}/header")
    for about in element.iterchildren("{*}about", "about"):
        part = part_of(about, f"{root}/about", entry)
        part.saying(" ".join(part.text.split())).add_to(entry, "other")
    yield from rows_of(entry, what)


def _child(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first child of that name, in any namespace."""
    return next(element.iterchildren(f"{{*}}{name}", name), None)


def _forms(metadata: Located) -> Iterator[Located]:
    """Yield the elements inside the metadata of a record whose format is read, outermost first."""
    for part in children(*reversed(metadata)):
        if _adder(part.element.tag):
            yield part
        else:
            yield from _forms(part)


@lru_cache(maxsize=1024)
def _adder(tag: str) -> Callable[[Entry, Located, str], None] | None:
    """Return what adds the fields of a metadata format, known by its element; None if it is not read."""
    space, _, name = tag.removeprefix("{").rpartition("}")
    if name in _DUBLIN_CORE or (name == "metadata" and space == _XOAI):
        return add_dublin_core
    expected, add = _OF_OTHERS.get(name, ("", None))
    if add is None or (space and expected not in space.lower()):
        return None
    return lambda entry, form, _: add(entry, form)


def _header(entry: Entry, header: etree._Element, path: str) -> None:
    """Add the header of a record; of its parts, only an arXiv id is more than `other`, where the metadata has none."""
    for child, part in parts_of(entry, header, path):
        name = local(child)
        ours = name == "identifier" and part.text.strip().lower().startswith("oai:arxiv.org:")
        if ours and not entry.has("arxiv_id") and add_id(entry, part):
            continue
        if ours and not entry.has("arxiv_id"):
            entry.skip(f"no arXiv id: {shown(part.text)}", "correct it; the paper is kept without it", part.line)
        if name == "datestamp" and part.text.strip() and printed_date(part.text) is None:
            entry.skip(f"no date stamp: {shown(part.text)}", "correct it; the paper is kept without it", part.line)
        part.add_to(entry, "other")
