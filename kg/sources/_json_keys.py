"""What the keys of people's own JSON mean, in any spelling: `Paper Title`, `paper_title`, `paperTitle`, `title_s`."""

import re
from functools import lru_cache
from typing import Final

SPELLINGS: Final = {
    "title": ("title", "papertitle", "articletitle", "doctitle", "headline", "maintitle", "titles", "ti"),
    "abstract": (
        "abstract", "abstracttext", "paperabstract", "summary", "abstracts", "abs", "ab", "abstractnote", "abstractinvertedindex",
        "indexedabstract",
    ),
    "authors": (
        "authors", "author", "authorlist", "authorships", "authornames", "authorname", "authfullname", "authorstring",
        "creators", "creator", "zauthors", "contributors", "authoraffil", "authorsparsed",
    ),
    "affiliations": ("affiliations", "affiliation", "aff", "affs", "institutions", "institution", "organizations"),
    "date": (
        "date", "published", "publicationdate", "publisheddate", "datepublished", "pubdate", "publishdate", "publishedat",
        "produceddate", "coverdate", "issued", "submitted", "submissiondate", "year", "publicationyear", "pubyear",
        "publishedyear", "yearpublished", "dateofpublication", "firstpublicationdate", "earliestdate",
    ),
    "month": ("month", "pubmonth"), "day": ("day", "pubday"),
    "keywords": ("keywords", "keyword", "tags", "topics", "keywordlist", "authkeywords", "aikeywords"),
    "categories": (
        "primarycategory", "primaryclass", "categories", "category", "arxivcategories", "arxivclass", "subjects", "subject", "fields",
        "fieldofstudy", "fieldsofstudy", "fos", "primaryarea",
    ),
    "venue": (
        "venue", "journal", "conference", "conf", "booktitle", "containertitle", "journaltitle", "journalname", "fulljournalname",
        "proceedings", "proceeding", "publicationvenue", "publicationtitle", "publicationname", "sourcetitle", "magazine", "pub",
        "journals", "ispartof", "so",
    ),
    "volume": ("volume", "vol", "journalvolume"), "issue": ("issue", "journalissue", "issueidentifier"),
    "pages": ("pages", "page", "pagerange", "pageinfo", "journalpages"), "first_page": ("pagestart", "startpage", "firstpage"),
    "last_page": ("pageend", "endpage", "lastpage"),
    "publisher": ("publisher",), "language": ("language", "lang"),
    "type": ("type", "publicationtype", "documenttype", "doctype", "pubtype", "entrytype", "pubtypelist", "genre", "resourcetype"), "comment": ("comment", "comments"),
    "doi": ("doi", "dois", "doiid"), "arxiv": ("arxiv", "arxivid", "eprint", "arxiveprints"), "pmid": ("pmid", "pubmed", "pubmedid"),
    "pmcid": ("pmcid", "pmc", "pubmedcentral"), "dblp": ("dblp", "dblpkey"), "acl": ("acl", "aclid", "anthologyid"),
    "openreview": ("openreview", "openreviewid"), "openalex": ("openalex", "openalexid"),
    "s2": ("s2id", "s2paperid", "corpusid", "semanticscholarid", "semanticscholar"),
    "id": ("id", "paperid", "entryid", "uid", "key", "identifier", "identifiers"),
    "url": (
        "url", "urls", "link", "links", "href", "uri", "pdf", "pdfs", "pdfurl", "pdflink", "urlpdf", "urlabs", "paperurl", "paperlink",
        "html", "forum", "site", "oa", "openaccesspdf", "code", "codeurl", "codelink", "github", "githuburl", "githublinks", "githubrepo",
        "repository", "repo", "website", "homepage", "project", "projectpage",
    ),
    "references": ("references", "referencelist", "citedpapers", "bibliography", "bibentries"),
}  # fmt: skip
"""What keys are called, in small letters and digits only, the surest first."""

ASIDE: Final = frozenset({"code", "github", "githubrepo", "githuburl", "githublinks", "codeurl", "codelink", "repository", "repo", "website", "homepage", "project", "projectpage"})
"""What keys of addresses are called that lead elsewhere than to the paper."""

_NAMES: Final = {spelling: name for name, spellings in SPELLINGS.items() for spelling in spellings}
_RANKS: Final = {spelling: rank for spellings in SPELLINGS.values() for rank, spelling in enumerate(spellings)}
_LAST: Final = len(_RANKS)
_NO_LETTER: Final = re.compile(r"[^a-z0-9]")
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_BEFORE: Final = frozenset({"paper", "article", "publication", "pub", "work", "doc", "document", "dc", "dcterms", "prism", "bib", "citation", "original", "raw"})
_BEHIND: Final = frozenset({"html", "display", "text", "str", "string", "list", "full", "raw", "s", "t", "en", "name", "names"})
_ADDRESS: Final = frozenset({"url", "urls", "link", "links", "href", "uri"})
_IDS: Final = frozenset({"doi", "arxiv", "pmid", "pmcid", "dblp", "acl", "openreview", "openalex", "s2"})
_TARGETS: Final = frozenset({
    "pdf", "html", "abs", "abstract", "landing", "page", "full", "fulltext", "publisher", "ads", "proceedings", "download", "project", "code",
    "github", "repo", "repository", "website", "homepage", "video", "slides", "poster", "demo", "data", "dataset", "supplementary",
    "scholar", "openaccess", "oa", "external", "web", "paper", "article", "source", "official", "arxiv", "pub", "eprint",
})  # fmt: skip
"""What an address is of that belongs to a paper."""


@lru_cache(1 << 12)
def bare(key: str) -> str:
    """Return a key in small letters and digits only."""
    return _NO_LETTER.sub("", key.lower())


@lru_cache(1 << 12)
def meaning(key: str) -> str | None:
    """Return what a key means, None if that is not known.

    >>> meaning("Paper-Title"), meaning("arxiv_id"), meaning("authorsDisplay"), meaning("doi_url"), meaning("image_url"), meaning("x")
    ('title', 'arxiv', 'authors', 'doi', None, None)
    """
    if name := _NAMES.get(bare(key)):
        return name
    words = [word.lower() for word in _WORD.findall(key)]
    if len(words) > 1 and words[-1] in _ADDRESS:
        of = _NAMES.get("".join(words[:-1]))
        return of if of in _IDS else "url" if words[-2] in _TARGETS else None
    first = next((i for i, word in enumerate(words) if word not in _BEFORE), len(words))
    last = next((i for i, word in enumerate(reversed(words)) if word not in _BEHIND), len(words))
    parts = ("".join(words[i : len(words) - j]) for i in range(first + 1) for j in range(last + 1))
    return next((_NAMES[part] for part in parts if part in _NAMES), None)


@lru_cache(1 << 12)
def rank(key: str) -> int:
    """Return how sure a key's meaning is among keys of one meaning, the smaller the surer."""
    return _RANKS.get(bare(key), _LAST)
