"""Reader of DOIs of DataCite: answers of its REST API, and the JSON Lines of its public data file.

The shape is the one of https://support.datacite.org/docs/api-get-doi: JSON:API, whose `attributes` follow the DataCite
Metadata Schema 4 (https://schema.datacite.org); the attributes alone are read too. arXiv registers its papers here.
What of a list no field was made for is one `other` field with the list's path.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.sources._entry import from_to
from kg.sources._json.values import head_objects
from kg.sources._markup import plain
from kg.sources._provider_json import Part, add_author, add_date, full_title, iso, records

_TELLING: Final = frozenset({
    "creators", "titles", "publicationYear", "schemaVersion", "relatedIdentifiers", "descriptions", "rightsList",
})  # fmt: skip
SCHEMES: Final = {"doi": "doi", "arxiv": "arxiv", "pmid": "pmid", "pmcid": "pmcid", "pubmed": "pmid"}
"""What DataCite calls the kinds of identifiers that name papers, in small letters, and what they are called here."""

CITING: Final = ("References", "Cites")
"""How a work that is cited is related."""

_DATES: Final = ("Issued", "Available", "Submitted", "Created")
ARXIV_CODE: Final = re.compile(r".*\(([a-z-]+(?:\.[A-Za-z-]+)?)\)")
"""A category of arXiv behind its name."""


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a text holds DOIs of DataCite.

    >>> sniff('{"data": {"id": "10.5072/1", "type": "dois", "attributes": {}}}', "a.json")
    1.0
    """
    found = head_objects(head, "data", kept=True)
    found += [each["data"] for each in found if isinstance(each.get("data"), dict)]
    found += [each["attributes"] for each in found if isinstance(each.get("attributes"), dict)]
    if any(each.get("type") == "dois" and ("attributes" in each or "id" in each) for each in found):
        return 1.0
    return 0.9 if any(len(_TELLING & each.keys()) > 1 for each in found) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the works, and a problem for each part that cannot be read.

    Raises:
        UnreadableError: If the file is no JSON.
    """
    return records(document, _resource, "data", wanted="a work")


def _resource(outer: Part) -> str | None:
    """Read a work, or the one that is inside an answer; return what it is if it is something else."""
    resource = outer.object("data") if "data" in outer.data and "doi" not in outer.data else None
    work = resource or outer
    kind = work.data.get("type")
    attributes = work.object("attributes")
    if isinstance(kind, str) and kind != "dois" and attributes and _TELLING.isdisjoint(attributes.data):
        return kind
    if attributes:
        if "id" in work.data and work.data["id"] == attributes.data.get("doi"):
            del work.data["id"]
        if kind == "dois":
            del work.data["type"]
        _attributes(attributes)
        attributes.left_in_one()
        del work.data["attributes"]
    else:
        _attributes(work)
    work.left_in_one()
    if resource:
        del outer.data["data"]
        outer.left_in_one()
    return None


def _attributes(work: Part) -> None:
    work.add_id("identifier", "doi", "doi")
    for key in ("identifiers", "alternateIdentifiers"):
        _identifiers(work, key)
    _title(work)
    _descriptions(work)
    _dates(work)
    _type(work)
    _container(work)
    for key in ("language", "url", "version"):
        work.add(key, key, numbers=True)
    for creator in work.objects("creators"):
        _creator(creator)
    _subjects(work)
    _references(work)


def _identifiers(work: Part, key: str) -> None:
    """Take the other identifiers of kinds that name papers; a repository's own numbers stay."""
    text = key.removesuffix("s")
    kind = f"{text}Type"
    for known in work.objects(key):
        scheme = SCHEMES.get(str(known.data.get(kind)).lower())
        if scheme and known.add_id("identifier", text, scheme):
            del known.data[kind]


def _title(work: Part) -> None:
    """Add the first title that is no other kind of title, with the subtitle; translations stay."""
    titles = work.objects("titles")
    main = next((title for title in titles if title.data.get("title") and not title.data.get("titleType")), None)
    if main is None:
        return
    place = f"{main.path}.title"
    text = plain(main.text("title"))
    subtitle = next((title for title in titles if title.data.get("titleType") == "Subtitle"), None)
    if text and subtitle:
        text = full_title(text, plain(subtitle.text("title")))
        del subtitle.data["titleType"]
    work.entry.add("title", text, path=place)


def _descriptions(work: Part) -> None:
    """Add the first abstract; abstracts in other languages and other descriptions stay."""
    for description in work.objects("descriptions"):
        wanted = description.data.get("descriptionType") == "Abstract" and not work.entry.has("abstract")
        if wanted and description.add("abstract", "description", plain) is not None:
            del description.data["descriptionType"]


def _dates(work: Part) -> None:
    """Add the most telling date in the year of publication, or else that year."""
    found = work.data.get("publicationYear")
    year = str(found) if isinstance(found, int | str) and not isinstance(found, bool) else ""
    dates = [each for each in work.objects("dates") if each.data.get("dateType") in _DATES]
    dates = [each for each in dates if isinstance(each.data.get("date"), str)]
    dates.sort(key=lambda each: _DATES.index(each.data["dateType"]))
    for each in dates:
        # A span of days is written with a slash; the work was there on the first.
        day = each.data["date"].partition("/")[0]
        value = iso(day)
        if value and (len(value) > len("2022") or not year) and value.startswith(year):
            add_date(each.entry, day, f"{each.path}.date")
            if day == each.data["date"]:
                del each.data["date"]
            if year:
                del work.data["publicationYear"]
            return
    work.add_date("publicationYear")


def _type(work: Part) -> None:
    if types := work.object("types"):
        types.add("type", "resourceTypeGeneral")


def _container(work: Part) -> None:
    """Add publisher and venue."""
    if isinstance(work.data.get("publisher"), dict):
        if publisher := work.object("publisher"):
            publisher.add("publisher", "name")
    else:
        work.add("publisher", "publisher")
    if container := work.object("container"):
        container.add("venue", "title")
        container.add("volume", "volume", numbers=True)
        container.add("issue", "issue", numbers=True)
        first, last = container.text("firstPage", numbers=True), container.text("lastPage", numbers=True)
        work.entry.add("pages", from_to(first, last), path=f"{container.path}.{'first' if first else 'last'}Page")


def _creator(creator: Part) -> None:
    """Add a person, whose name is written family name first, or an organisation."""
    entry, data, path = creator
    group = data.get("nameType") == "Organizational"
    name, place = _name(creator, group=group)
    if not name:
        entry.warn(f"{path} has no creator's name", "add it", creator.line())
        return
    position = add_author(entry, plain(name), f"{path}.{place}", group=group)
    if position is None:
        return
    for known in creator.objects("nameIdentifiers"):
        is_orcid = str(known.data.get("nameIdentifierScheme")).upper() == "ORCID"
        if is_orcid and known.add_id("author_id", "nameIdentifier", "orcid", position):
            del known.data["nameIdentifierScheme"]
    _affiliations(creator, position)
    creator.tidy("nameIdentifiers", "affiliation")


def _name(creator: Part, *, group: bool) -> tuple[str, str]:
    """Take a creator's name, in natural order, and return it and its key."""
    given, family, name = (creator.data.get(key) for key in ("givenName", "familyName", "name"))
    if given and family and isinstance(given, str) and isinstance(family, str) and not group:
        if name in (f"{family}, {given}", f"{given} {family}"):
            del creator.data["name"]
        return f"{creator.text('givenName')} {creator.text('familyName')}", "familyName"
    for key in ("name", "familyName", "givenName"):
        if text := creator.text(key):
            last, comma, first = text.partition(",")
            flipped = comma and "," not in first and not group and key == "name"
            return f"{first.strip()} {last.strip()}" if flipped else text, key
    return "", ""


def _affiliations(creator: Part, author: int) -> None:
    """Add the affiliations, which are texts, or objects if the API was asked for their ids."""
    found = creator.data.get("affiliation")
    if not isinstance(found, list) or not any(isinstance(each, dict) for each in found):
        for path, text in creator.texts("affiliation"):
            creator.entry.add("affiliation", text, path=path, of=author)
        return
    for affiliation in creator.objects("affiliation"):
        position = affiliation.add("affiliation", "name", of=author)
        is_ror = str(affiliation.data.get("affiliationIdentifierScheme")).upper() == "ROR"
        if position is not None and is_ror and affiliation.add_id("affiliation_id", "affiliationIdentifier", "ror", position):
            del affiliation.data["affiliationIdentifierScheme"]


def _subjects(work: Part) -> None:
    """Add the subjects: the categories of arXiv as such, all others as keywords, each once."""
    seen: set[str] = set()
    for subject in work.objects("subjects"):
        text = subject.data.get("subject")
        if not isinstance(text, str) or text in seen:
            continue
        seen.add(text)
        code = ARXIV_CODE.fullmatch(text) if subject.data.get("subjectScheme") == "arXiv" else None
        place = f"{subject.path}.subject"
        work.entry.add("category" if code else "keyword", subject.text("subject"), code[1] if code else None, path=place)


def _references(work: Part) -> None:
    """Take the works that are cited; what else is related stays."""
    for related in work.objects("relatedIdentifiers"):
        data: dict[str, Any] = related.data
        scheme = SCHEMES.get(str(data.get("relatedIdentifierType")).lower())
        text = data.get("relatedIdentifier")
        value = identifier(text, scheme) if scheme and isinstance(text, str) else None
        if value and data.get("relationType") in CITING:
            place = f"{related.path}.relatedIdentifier"
            work.entry.add("reference", related.text("relatedIdentifier"), value, path=place)
            del data["relatedIdentifierType"]
