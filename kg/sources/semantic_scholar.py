"""Reader of papers of Semantic Scholar: answers of its Graph API, and the JSON Lines of its bulk datasets.

The shapes are those of https://api.semanticscholar.org/api-docs/graph (single papers, search, batch, references and
citations of a paper, recommendations), of the datasets `papers`, `abstracts`, `tldrs` and `citations`
(https://api.semanticscholar.org/api-docs/datasets), whose keys are in small letters, of its full texts (`s2orc`), of the
API's first version, and of the older corpus (`paperAbstract`, `inCitations`, `outCitations`). What of a list no field was
made for is one `other` field.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import partial
from typing import Any, Final

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.sources._entry import Entry
from kg.sources._json.values import head_objects, outside
from kg.sources._markup import plain
from kg.sources._provider_json import Part, add_author, records
from kg.sources._s2orc import add_full_text

_ENVELOPES: Final = ("data", "papers", "recommendedPapers")
_TELLING: Final = frozenset({
    "paperId", "corpusId", "corpusid", "externalIds", "externalids", "s2FieldsOfStudy", "s2fieldsofstudy", "paperAbstract",
    "influentialCitationCount", "influentialcitationcount", "publicationVenue", "publicationvenueid", "openaccessinfo", "openAccessInfo",
    "openAccessPdf", "citationStyles", "tldr", "inCitations", "outCitations", "s2Url", "s2PdfUrl", "citingcorpusid",
    "citedcorpusid", "authorId", "authorid", "hIndex", "hindex", "paperCount", "papercount",
})  # fmt: skip
_SHA: Final = re.compile(r"[0-9a-f]{40}")
_AUTHOR: Final = frozenset({"authorId", "authorid"})
_PAPER: Final = frozenset({"paperId", "corpusId", "corpusid", "title", "id"})
_SCHEMES: Final = {
    "doi": "doi", "arxiv": "arxiv", "acl": "acl", "dblp": "dblp", "pubmed": "pmid", "pubmedcentral": "pmcid", "corpusid": "s2",
}  # fmt: skip
"""The ids that others gave a paper, by their key in small letters."""

_OF_ONE: Final = re.compile(r'"cit(?:ed|ing)Paper(?:Info)?"\s*:')
"""What is in the lists of the references or the citations of one paper."""

_HEAD: Final = 4_000
_NAMING: Final = frozenset({"paperId", "title", "doi", "externalIds", "arxivId"})
"""What a cited work is known by."""

_AROUND: Final = ("citedPaper", "citingPaper", "paper")


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a text holds papers of Semantic Scholar.

    >>> sniff('{"corpusid": 7, "externalids": {"DOI": null}, "title": "On Gravel"}', "papers.jsonl")
    0.9
    >>> sniff('{"id": "7", "title": "On Gravel"}', "a.json")
    0.0
    """
    return 0.9 if any(_is_telling(each) for each in head_objects(head, *_ENVELOPES, kept=True)) else 0.0


def _is_telling(data: dict[str, Any]) -> bool:
    """Tell whether an object has keys that only Semantic Scholar gives."""
    inner = next((data[key] for key in _AROUND if isinstance(data.get(key), dict)), data)
    authors = data.get("authors")
    if isinstance(authors, str) or _are_names(authors):
        return False  # somebody's own list that was made of papers from here
    sha = inner.get("paperId")
    if isinstance(sha, str) and _SHA.fullmatch(sha):
        return True
    corpus = isinstance(data.get("corpusid"), int) and not data.keys().isdisjoint({"abstract", "text", "model", "content"})
    return corpus or len(_TELLING & inner.keys()) > 1


def _are_names(authors: Any) -> bool:
    """Tell whether authors are texts, as those of snippets are, and in what people make of answers."""
    return isinstance(authors, list) and bool(authors) and all(isinstance(each, str) for each in authors)


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the papers, and a problem for each part that cannot be read.

    A batch has null for each id that is not known; it is reported with its place in the list. A list of references tells
    the paper that has them too, a list of citations the one that is cited by all in it.

    Raises:
        UnreadableError: If the file is no JSON.
    """
    around = outside(document, *_ENVELOPES) if _OF_ONE.search(document.head(_HEAD)) else {}
    citing, cited = (each if isinstance(each := around.get(key), dict) else None for key in ("citingPaperInfo", "citedPaperInfo"))
    works: list[dict[str, Any]] = []
    ordinal = 0
    for row in records(document, partial(_paper, cited=cited, works=None if citing is None else works), *_ENVELOPES):
        ordinal += isinstance(row, Record)
        yield row
    if citing is not None:
        yield from _citing(Part(Entry(document, ordinal, 1, "$.citingPaperInfo"), citing, "$.citingPaperInfo"), works)


def _citing(paper: Part, works: list[dict[str, Any]]) -> Iterator[Record | Problem]:
    """Yield the paper whose references an answer lists, with the works that it cites."""
    _fields(paper)
    for i, work in enumerate(works):
        _reference(Part(paper.entry, work, f"$.data[{i}].citedPaper"))
    paper.left_in_one()
    yield from paper.entry.rows()


def _paper(paper: Part, cited: dict[str, Any] | None = None, works: list[dict[str, Any]] | None = None) -> str | None:
    """Add all fields of a paper; return what it is if it is something else.

    Args:
        paper: The paper.
        cited: What all papers of the file cite, if it is a list of citations.
        works: Where to collect what the file lists as cited, if it is a list of references.
    """
    data = paper.data
    if works is not None and isinstance(work := data.get("citedPaper"), dict):
        works.append(deepcopy({key: work[key] for key in _NAMING & work.keys()}))  # what is read of it is taken out
    if cited is not None and "citingPaper" in data:
        _reference(Part(paper.entry, deepcopy(cited), "$.citedPaperInfo"))
    if not data.keys().isdisjoint(_AUTHOR) and data.keys().isdisjoint(_PAPER):
        return "authors"
    for key in _AROUND:
        if (inner := paper.object(key)) and not inner.data.keys().isdisjoint(_PAPER):
            _fields(inner)
            inner.left_in_one()
            inner.data.clear()
    _fields(paper)
    paper.left_in_one()
    return None


def _fields(paper: Part) -> None:
    _ids(paper)
    paper.add("title", "title", plain)
    for key in ("abstract", "paperAbstract"):
        paper.add("abstract", key, plain)
    paper.add_date("publicationdate" if "publicationdate" in paper.data else "publicationDate", "year")
    _venue(paper)
    for path, text in _lists(paper, "publicationTypes", "publicationtypes"):
        paper.entry.add("type", text, path=path)
    _links(paper)
    if _are_names(paper.data.get("authors")):
        for path, name in paper.texts("authors"):
            add_author(paper.entry, name, path)
    for author in paper.objects("authors"):
        _author(author)
    add_full_text(paper)
    _topics(paper)
    _references(paper)


def _lists(part: Part, *keys: str) -> list[tuple[str, str]]:
    """Take the texts of the lists under any of these keys."""
    return [found for key in keys if key in part.data for found in part.texts(key)]


def _ids(paper: Part) -> None:
    paper.add_id("identifier", "paperId", "s2")
    for key in ("corpusId", "corpusid", "citingcorpusid"):
        _number(paper, key, "s2")
    if isinstance(paper.data.get("id"), str) and _SHA.fullmatch(paper.data["id"]):
        paper.add_id("identifier", "id", "s2")
    for key, scheme in (("doi", "doi"), ("pmid", "pmid"), ("arxivId", "arxiv")):
        paper.add_id("identifier", key, scheme)
    if info := paper.object("openaccessinfo"):
        _external(info)
        info.tidy("externalids")
    _external(paper)


def _external(part: Part) -> None:
    """Take the ids that others gave a paper; of `MAG` ids no graph is left to look into."""
    for around in ("externalIds", "externalids"):
        if known := part.object(around):
            spelt = {key.lower(): key for key in known.data}
            for key, scheme in _SCHEMES.items():
                if key in spelt:
                    _number(known, spelt[key], scheme)


def _number(part: Part, key: str, scheme: str) -> None:
    """Take an id that may be written as a number; PubMed Central's lacks its letters, the corpus's its name."""
    found = part.data.get(key)
    if isinstance(found, int) and not isinstance(found, bool):
        found = part.data[key] = str(found)
    if scheme == "pmcid" and isinstance(found, str) and found.isdecimal() and (value := identifier(f"PMC{found}", scheme)):
        part.entry.identify(part.text(key), value, path=f"{part.path}.{key}")
    else:
        part.add_id("identifier", key, scheme)


def _venue(paper: Part) -> None:
    """Add where a paper appeared: as the paper says it, or else as the list of venues or the journal does."""
    paper.add("venue", "venue")
    venue, journal = paper.object("publicationVenue"), paper.object("journal")
    for part in (venue, journal):
        if part and not paper.entry.has("venue"):
            part.add("venue", "name")
    if journal:
        for key in ("volume", "pages"):
            journal.add(key, key, numbers=True)
    if not paper.entry.has("venue"):
        paper.add("venue", "journalName")
    paper.add("volume", "journalVolume", numbers=True)
    paper.add("pages", "journalPages", numbers=True)


def _links(paper: Part) -> None:
    for key in ("url", "s2Url", "s2PdfUrl", "doiUrl"):
        paper.add("url", key)
    if file := paper.object("openAccessPdf"):
        file.add("url", "url")
    for path, text in _lists(paper, "pdfUrls"):
        paper.entry.add("url", text, path=path)


def _author(author: Part) -> None:
    entry = author.entry
    name = author.text("name")
    position = add_author(entry, name, f"{author.path}.name") if name else None
    if position is None:
        if not name:
            entry.warn(f"{author.path} has no author's name", "add it", author.line())
        return
    for key in ("authorId", "authorid"):
        if key in author.data:
            author.add_id("author_id", key, "s2", position)
    for path, text in author.texts("ids"):
        entry.add("author_id", text, identifier(text, "s2"), path=path, of=position)
    for around in ("externalIds", "externalids"):
        if known := author.object(around):
            known.add_id("author_id", "ORCID", "orcid", position)
            author.tidy(around)
    for path, text in author.texts("affiliations"):
        entry.add("affiliation", text, path=path, of=position)


def _topics(paper: Part) -> None:
    """Add the fields of study, each once, whichever lists name it."""
    seen: set[str] = set()
    for path, text in _lists(paper, "fieldsOfStudy"):
        if text not in seen:
            seen.add(text)
            paper.entry.add("category", text, path=path)
    for key in ("s2FieldsOfStudy", "s2fieldsofstudy"):
        for field in paper.objects(key):
            name = field.data.get("category")
            if isinstance(name, str) and name not in seen:
                seen.add(name)
                field.add("category", "category")


def _references(paper: Part) -> None:
    """Add the works that a paper cites; those that cite it are no references of its own."""
    for reference in paper.objects("references"):
        _reference(reference)
    paper.add_references("outCitations", "s2")
    cited = paper.data.get("citedcorpusid")
    if isinstance(cited, int) and not isinstance(cited, bool):
        paper.entry.add("reference", cited, identifier(str(cited), "s2"), path=f"{paper.path}.citedcorpusid")
        del paper.data["citedcorpusid"]


def _reference(reference: Part) -> None:
    """Add one cited work, by an id that all providers know where it has one."""
    data = reference.data
    own = data.get("paperId")
    value = identifier(own, "s2") if isinstance(own, str) else None
    external = data.get("externalIds")
    for around, key, scheme in ((data, "doi", "doi"), (external, "DOI", "doi"), (data, "arxivId", "arxiv"), (external, "ArXiv", "arxiv")):
        other = around.get(key) if isinstance(around, dict) else None
        value = (identifier(other, scheme) if isinstance(other, str) else None) or value
    if isinstance(title := data.get("title"), str) and title.strip():
        reference.entry.add("reference", plain(reference.text("title")), value, path=f"{reference.path}.title")
    elif value:
        reference.entry.add("reference", own or value, value, path=f"{reference.path}.paperId")
