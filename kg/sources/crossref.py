"""Reader of works of Crossref: answers of its REST API, and its public data files.

The shape is the one of https://api.crossref.org/swagger-ui and
https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md: a message with a list of works or a single work, the
`items` of the public data file, or works one a line. Titles and abstracts carry HTML, MathML and JATS. What of a list
no field was made for is one `other` field with the list's path.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from kg.ids import find_arxiv_ids, identifier
from kg.model import Document, Problem, Record
from kg.sources._json.values import head_objects
from kg.sources._markup import plain
from kg.sources._provider_json import Part, add_author, add_date, full_title, records

_ENVELOPES: Final = ("message.items", "items")
_BOOKKEEPING: Final = frozenset({
    "indexed", "deposited", "reference-count", "references-count", "is-referenced-by-count", "content-domain", "prefix",
    "member", "score", "alternative-id", "published-print", "published-online",
})  # fmt: skip
_DATES: Final = ("issued", "published", "published-print", "published-online", "posted", "created")


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a text holds works of Crossref.

    >>> sniff('{"status": "ok", "message-type": "work", "message": {"DOI": "10.5555/1"}}', "a.json")
    1.0
    >>> sniff('{"DOI": "10.5555/1", "title": ["On Gravel"], "container-title": []}', "a.json")
    0.9
    """
    found = head_objects(head, *_ENVELOPES, kept=True)
    if any(str(each.get("message-type", "")).startswith("work") for each in found):
        return 1.0
    if any("DOI" in each and len(_BOOKKEEPING & each.keys()) > 1 for each in found):
        return 0.95
    listed = any("DOI" in each and isinstance(each.get("title"), list) for each in found)
    return 0.9 if listed else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the works, and a problem for each part that cannot be read.

    Raises:
        UnreadableError: If the file is no JSON.
    """
    return records(document, _message, *_ENVELOPES, wanted="a work")


def _message(outer: Part) -> str | None:
    """Read a work, or the one that is inside an answer."""
    work = outer
    if "DOI" not in outer.data and (inner := outer.object("message")):
        work = inner
    if work.data.keys().isdisjoint({"DOI", "title", "author"}):
        return "entries without DOI, title and author"
    _work(work)
    work.left_in_one()
    if work is not outer:
        del outer.data["message"]
        outer.left_in_one()
    return None


def _work(work: Part) -> None:
    work.add_id("identifier", "DOI", "doi")
    _title(work)
    work.add("abstract", "abstract", plain)
    _date(work)
    for key in ("type", "publisher", "language"):
        work.add(key, key)
    for path, text in work.texts("container-title"):
        work.entry.add("venue", plain(text), path=path)
    if work.data.get("subtype") == "preprint" and not work.entry.has("venue"):
        for server in work.objects("institution"):
            server.add("venue", "name", plain)
    for name, key in (("volume", "volume"), ("issue", "issue"), ("pages", "page")):
        work.add(name, key, numbers=True)
    _links(work)
    for author in work.objects("author"):
        _author(author)
    for path, text in work.texts("subject"):
        work.entry.add("category", text, path=path)
    _references(work)
    _updates(work)


def _title(work: Part) -> None:
    """Add the title with its subtitle; a second title, which is a translation, stays."""
    titles, subtitles = work.texts("title"), work.texts("subtitle")
    subtitle = plain(subtitles[0][1]) if subtitles else ""
    if titles or subtitle:
        path, text = titles[0] if titles else subtitles[0]
        work.entry.add("title", full_title(plain(text), subtitle) if titles else subtitle, path=path)
    for path, text in [*titles[1:], *subtitles[1:]]:
        work.entry.add("other", text, path=path)


def _date(work: Part) -> None:
    """Add the date of issue, or else the earliest of what is known of its publication."""
    for key in _DATES:
        found = work.object(key)
        parts = found.data.get("date-parts") if found else None
        first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else None
        if not found or not first or first[0] is None:
            continue
        if not all(isinstance(part, int) for part in first) or len(first) > 3:
            found.entry.skip(f"{found.path}.date-parts is no date", "correct it", found.line("date-parts"))
            continue
        text = "-".join(f"{part:0{4 if i == 0 else 2}}" for i, part in enumerate(first))
        add_date(found.entry, text, f"{found.path}.date-parts")
        if len(parts or ()) == 1:
            del found.data["date-parts"]
        return


def _links(work: Part) -> None:
    work.add("url", "URL")
    if (resource := work.object("resource")) and (primary := resource.object("primary")):
        primary.add("url", "URL")
        resource.tidy("primary")


def _author(author: Part) -> None:
    """Add a person or a group, with ORCID iD and affiliations."""
    entry = author.entry
    parts = [plain(author.text(key)) for key in ("given", "family", "suffix")]
    name, place = " ".join(filter(None, parts)), "family" if parts[1] else "given"
    group = not name
    if group:
        name, place = plain(author.text("name")), "name"
    if not name:
        entry.warn(f"{author.path} has no author's name", "add it", author.line())
        return
    position = add_author(entry, name, f"{author.path}.{place}", group=group)
    if position is None:
        return
    author.add_id("author_id", "ORCID", "orcid", position)
    for affiliation in author.objects("affiliation"):
        at = affiliation.add("affiliation", "name", plain, of=position)
        for known in affiliation.objects("id") if at is not None else ():
            if known.data.get("id-type") == "ROR" and known.add_id("affiliation_id", "id", "ror", at):
                del known.data["id-type"]
        affiliation.tidy("id")
    author.tidy("affiliation")


def _references(work: Part) -> None:
    """Add the cited works, each by its title, or as it is printed, or by what else is known of it."""
    broken: list[str] = []
    for reference in work.objects("reference"):
        data = reference.data
        printed = data.get("DOI")
        value = identifier(printed, "doi") if isinstance(printed, str) else None
        if value:
            del data["DOI"]
        elif printed:
            broken.append(str(printed)[:80])
        key = next((key for key in _NAMES if isinstance(data.get(key), str) and data[key].strip()), None)
        if key:
            text = plain(reference.text(key))
            known = {number for _, _, number in find_arxiv_ids(text)} if value is None else set()
            value = f"arxiv:{known.pop()}" if len(known) == 1 else value
        else:
            text = str(printed) if value else _described(reference)
        place = f".{key}" if key else ".DOI" if value else ""
        work.entry.add("reference", text, value, path=f"{reference.path}{place}")
    if broken:
        more = f" and {len(broken) - 1} more" if len(broken) > 1 else ""
        work.entry.warn(f"no DOI in {work.path}.reference: {broken[0]}{more}", "correct it", work.line("reference"))


_NAMES: Final = ("article-title", "volume-title", "unstructured", "series-title", "standard-designator")
"""What names a cited work, most telling first."""


def _updates(work: Part) -> None:
    """Add whether the paper was taken back by a notice, or is the notice that takes others back."""
    for update in work.objects("update-to"):
        if status := _TAKEN_BACK.get(str(update.data.get("type")).lower()):
            update.add_id("retracts" if status == "retracted" else "withdraws", "DOI", "doi")
    for update in work.objects("updated-by"):
        if status := _TAKEN_BACK.get(str(update.data.get("type")).lower()):
            work.entry.add("status", update.text("type"), status, path=f"{update.path}.type")


_TAKEN_BACK: Final = {"retraction": "retracted", "partial_retraction": "retracted", "removal": "withdrawn", "withdrawal": "withdrawn"}
"""The types of update by which a paper is taken back, and what it is then."""


def _described(reference: Part) -> str:
    """Return what is known of a cited work that has neither title nor DOI."""
    data: dict[str, Any] = reference.data
    parts = [data.get(key) for key in ("author", "year", "journal-title", "volume", "issue", "first-page", "ISBN", "ISSN")]
    return ", ".join(re.sub(r"\s+", " ", part) for part in parts if isinstance(part, str) and part.strip())
