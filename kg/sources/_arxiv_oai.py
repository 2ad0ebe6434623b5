"""arXiv's own formats of a record: `arXiv`, `arXivRaw` and `arXivOld`, as its interface for harvesters gives them.

They are told in https://info.arxiv.org/help/oa/index.html and by the templates of https://github.com/arXiv/oaipmh.
"""

import re
from collections.abc import Sequence
from typing import Final

from lxml import etree

from kg.model import Document, Problem, Record
from kg.sources._arxiv import (
    accented,
    add_affiliation,
    add_author,
    add_categories,
    add_date,
    add_dois,
    add_id,
    add_line_of_authors,
    add_orcid,
    natural,
    shown,
)
from kg.sources._dates import printed_date
from kg.sources._entry import Entry
from kg.sources._parts import Part, line_of, part_of, parts_of
from kg.sources._xml.stream import Located, children, local, text_of

_TEXTS: Final = {"title": "title", "abstract": "abstract", "comments": "comment", "journal-ref": "venue"}


def add_arxiv(entry: Entry, form: Located) -> None:
    """Add what a record in the format arXiv, arXivRaw or arXivOld says."""
    versions: list[tuple[etree._Element, Part]] = []
    created = number = None
    for where, child in children(form.element, form.path):
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
    if created is not None and (printed_date(created.text) or "") > _month(number or "") + "-99":
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
                add_orcid(entry, said, place)
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


def late(document: Document, record: Record) -> Problem | None:
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
        for child, said in parts_of(entry, element, part.path):
            if rank == 0 and local(child) == "date":
                add_date(entry, said)
            else:
                said.add_to(entry, "other")
