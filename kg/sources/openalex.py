"""Reader of works of OpenAlex: pages and single works of its API, and the JSON Lines of its snapshot.

The shape is the one of https://docs.openalex.org/api-entities/works/work-object and of the years before (`host_venue`,
`raw_affiliation_string`). Abstracts come as an inverted index, from word to places, and are put together again. What of
a list no field was made for (an author's countries, a topic's score) is one `other` field with the list's path.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.sources._entry import from_to
from kg.sources._inverted_index import words as indexed
from kg.sources._json.values import head_objects
from kg.sources._markup import plain
from kg.sources._provider_json import Part, add_author, records

_TELLING: Final = frozenset({
    "abstract_inverted_index", "authorships", "referenced_works", "related_works", "primary_location", "host_venue",
    "alternate_host_venues", "cited_by_api_url", "open_access", "is_paratext", "primary_topic",
})  # fmt: skip
_FOREIGN: Final = frozenset({"authors", "author", "year", "date", "journal", "venue"})
"""Keys that no work of OpenAlex has, but people's own lists do."""

_HOME: Final = re.compile(r"https?://(?:api\.)?openalex\.org/(?:([a-z-]+)/)?([A-Z]?)", re.IGNORECASE)
_ENTITIES: Final = {
    "A": "authors", "I": "institutions", "S": "sources", "C": "concepts", "P": "publishers", "F": "funders", "T": "topics",
    "V": "venues",
}  # fmt: skip
_API_AUTHORS: Final = 100
"""As many authors of a work the API's lists give; only some of its answers say that they are cut."""


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a text holds works of OpenAlex.

    >>> sniff('{"id": "https://openalex.org/W2741809807", "title": "On Gravel"}', "a.json")
    1.0
    """
    found = [each for each in head_objects(head, "results", kept=True) if _is_own(each)]
    if any(isinstance(each.get("id"), str) and _HOME.match(each["id"]) for each in found):
        return 1.0
    return 0.9 if any(len(_TELLING & each.keys()) > 1 for each in found) else 0.0


def _is_own(data: dict[str, Any]) -> bool:
    """Tell whether an object may be as OpenAlex has it, not what somebody made of it, with authors and year in other keys."""
    authorships = data.get("authorships")
    if isinstance(authorships, list) and authorships:
        return isinstance(authorships[0], dict) and isinstance(authorships[0].get("author"), dict)
    return _FOREIGN.isdisjoint(data)


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the works, and a problem for each part that cannot be read.

    Raises:
        UnreadableError: If the file is no JSON.
    """
    return records(document, _work, "results", wanted="a work")


def _work(work: Part) -> str | None:
    """Add all fields of a work; return what it is if it is something else."""
    if kind := _stranger(work.data.get("id")):
        return kind
    _ids(work)
    _title(work)
    _abstract(work)
    work.add_date("publication_date", "publication_year")
    for name in ("type", "language"):
        work.add(name, name)
    _places(work)
    _authors(work)
    _topics(work)
    work.add_references("referenced_works", "openalex")
    if work.data.get("is_retracted") is True:
        del work.data["is_retracted"]
        work.entry.add("status", "true", "retracted", path=f"{work.path}.is_retracted")
    work.left_in_one()
    return None


def _stranger(id_: Any) -> str | None:
    """Return what else an entity is than a work, in the plural."""
    match = _HOME.match(id_) if isinstance(id_, str) else None
    if not match or match[1] == "works":
        return None
    letter = match[2].upper()
    return match[1] or (None if letter in {"", "W"} else _ENTITIES.get(letter, "other entities"))


def _ids(work: Part) -> None:
    """Add the identifiers; those that are said twice, once."""
    data = work.data
    own, doi = data.get("id"), data.get("doi")
    work.add_id("identifier", "id", "openalex")
    work.add_id("identifier", "doi", "doi")
    if known := work.object("ids"):
        for key, scheme, said in (("openalex", "openalex", own), ("doi", "doi", doi)):
            if said is not None and known.data.get(key) == said:
                del known.data[key]
            known.add_id("identifier", key, scheme)
        known.add_id("identifier", "pmid", "pmid")
        _pmcid(known)


def _pmcid(known: Part) -> None:
    """Add the id in PubMed Central, which OpenAlex writes without the letters `PMC`."""
    text = known.data.get("pmcid")
    match = re.search(r"/([0-9]+)/?$", text) if isinstance(text, str) else None
    value = identifier(f"PMC{match[1]}", "pmcid") if match else None
    if value:
        known.entry.identify(known.text("pmcid"), value, path=f"{known.path}.pmcid")
    else:
        known.add_id("identifier", "pmcid", "pmcid")


def _title(work: Part) -> None:
    data = work.data
    if data.get("display_name") == data.get("title"):
        data.pop("display_name", None)
    if work.add("title", "title", plain) is None:
        work.add("title", "display_name", plain)


def _abstract(work: Part) -> None:
    """Put the abstract together; an index that cannot be one stays, and is reported."""
    work.add("abstract", "abstract", plain)
    index = work.object("abstract_inverted_index")
    if index is None or not index.data:
        return
    inner = index.data.get("InvertedIndex")
    try:
        words = indexed(inner if isinstance(inner, dict) else index.data)
    except ValueError as error:
        index.entry.skip(f"{index.path} is no inverted index: {error}", "export the work again", index.line())
        return
    if None in words:
        what = f"{index.path}: no word at place {words.index(None)}"
        index.entry.warn(what, "export the work again", index.line())
    index.entry.add("abstract", plain(" ".join(filter(None, words))), path=index.path)
    if isinstance(inner, dict):
        del index.data["InvertedIndex"]
    else:
        index.data.clear()


def _places(work: Part) -> None:
    """Add where a work was published, and its arXiv id where one of its places is there."""
    entry = work.entry
    preprints: set[str] = set()
    if location := work.object("primary_location"):
        _preprint(location, preprints)
        location.add("url", "landing_page_url")
        if source := location.object("source"):
            source.add("venue", "display_name")
            if source.data.get("type") != "repository":
                source.add("publisher", "host_organization_name")
        location.tidy("source")
        if not entry.has("venue"):
            location.add("venue", "raw_source_name")
    for location in work.objects("locations"):
        _preprint(location, preprints)
    if venue := work.object("host_venue"):
        if not entry.has("venue"):
            venue.add("venue", "display_name")
            venue.add("publisher", "publisher")
        venue.add("url", "url")
    if biblio := work.object("biblio"):
        biblio.add("volume", "volume", numbers=True)
        biblio.add("issue", "issue", numbers=True)
        first, last = biblio.text("first_page", numbers=True), biblio.text("last_page", numbers=True)
        entry.add("pages", from_to(first, last), path=f"{biblio.path}.{'first' if first else 'last'}_page")


def _preprint(location: Part, known: set[str]) -> None:
    """Take the arXiv id of a location at arXiv."""
    url = location.data.get("landing_page_url")
    if not isinstance(url, str) or "arxiv" not in url.lower():
        return
    value = identifier(url, "arxiv")
    if value and value not in known:
        known.add(value)
        location.entry.identify(location.text("landing_page_url"), value, path=f"{location.path}.landing_page_url")


def _authors(work: Part) -> None:
    """Add the authors in their order, with their ids and affiliations."""
    authorships = work.objects("authorships")
    for authorship in authorships:
        _author(authorship)
    if work.data.get("is_authors_truncated") is True:
        del work.data["is_authors_truncated"]
        work.entry.add("et_al", "et al.", path=f"{work.path}.is_authors_truncated")
    elif len(authorships) == _API_AUTHORS and ".results[" in work.path and "is_authors_truncated" not in work.data:
        what = f"exactly {_API_AUTHORS} authors, as many as a list of the API gives at most"
        work.entry.warn(what, "fetch the work by itself if it has more", work.line("authorships"))


def _author(authorship: Part) -> None:
    entry, data, path = authorship
    author = authorship.object("author")
    name, place = author.text("display_name") if author else "", "author.display_name"
    if not name:
        name, place = authorship.text("raw_author_name"), "raw_author_name"
    elif data.get("raw_author_name") == name:
        del data["raw_author_name"]
    position = add_author(entry, name, f"{path}.{place}") if name else None
    if position is None:
        authorship.tidy("author", "institutions")
        if not name:
            entry.warn(f"{path} has no author's name", "add it", authorship.line())
        return
    if author:
        author.add_id("author_id", "id", "openalex", position)
        author.add_id("author_id", "orcid", "orcid", position)
    _affiliations(authorship, position)
    authorship.tidy("author", "institutions")


def _affiliations(authorship: Part, author: int) -> None:
    """Add the institutions; where there are none, what is printed."""
    found = False
    for institution in authorship.objects("institutions"):
        position = institution.add("affiliation", "display_name", of=author)
        if position is not None:
            found = True
            institution.add_id("affiliation_id", "ror", "ror", position)
            institution.add_id("affiliation_id", "id", "openalex", position)
    if found:
        return
    for path, text in authorship.texts("raw_affiliation_strings"):
        found = authorship.entry.add("affiliation", text, path=path, of=author) is not None or found
    if not found and authorship.add("affiliation", "raw_affiliation_string", of=author) is None:
        for affiliation in authorship.objects("affiliations"):
            affiliation.add("affiliation", "raw_affiliation_string", of=author)


def _topics(work: Part) -> None:
    """Add topics as categories; concepts and keywords as keywords, each once."""
    topics = work.data.get("topics")
    if topics and isinstance(topics, list):
        if work.data.get("primary_topic") in topics:
            del work.data["primary_topic"]
        for topic in work.objects("topics"):
            topic.add("category", "display_name")
    elif only := work.object("primary_topic"):
        only.add("category", "display_name")
    seen: set[str] = set()
    for key in ("keywords", "concepts"):
        for path, keyword in work.inside(key):
            name = "keyword" if "keyword" in keyword else "display_name"
            word = keyword.get(name)
            if isinstance(word, str) and word not in seen and keyword.get("score") != 0:  # that which is only above another concept has none
                seen.add(word)
                work.entry.add("keyword", keyword.pop(name), path=f"{path}.{name}")
