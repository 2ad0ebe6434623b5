"""What the keys of people's own JSON mean, in any spelling: `Paper Title`, `paper_title`, `paperTitle`, `title_s`, `Titel`.

Keys in other languages than English are those that columns of tables have, see `_table/names`.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from kg.sources._table.names import COLUMNS

SPELLINGS: Final = {
    "title": ("title", "papertitle", "articletitle", "doctitle", "papername", "primarytitle", "itemlabel", "paperlabel", "articlelabel", "headline", "maintitle", "chaptertitle", "titles", "ti"),
    "abstract": (
        "abstract", "abstracttext", "paperabstract", "summary", "abstracts", "abs", "ab", "abstractnote", "abstractinvertedindex",
        "indexedabstract", "notesabstract", "descriptionabstract",
    ),
    "authors": (
        "greenauthors", "authorfullnames", "authors", "firstauthors", "author", "authorlist", "authorships", "authornames", "authorname", "authfullname", "authorstring",
        "creators", "creator", "speakersauthors", "zauthors", "contributors", "bibliographiccontributors", "authoraffil", "authorsparsed", "authorline", "contributorauthor", "personassociations",
    ),
    "group": ("collaborations", "collaboration", "corporateauthor", "corporateauthors", "consortium"),
    "affiliations": ("affiliations", "affiliation", "aff", "affs", "institutions", "institution", "organizations", "inst", "insts"),
    "date": (
        "date", "published", "publicationdate", "publisheddate", "datepublished", "pubdate", "publishdate", "publishedat",
        "produceddate", "coverdate", "issued", "submitted", "submissiondate", "year", "publicationyear", "pubyear",
        "publishedyear", "publishyear", "yearpublished", "dateofpublication", "firstpublicationdate", "earliestdate", "dateissued", "releasedate", "publicationdateyear",
        "fechapublicacion", "fechadepublicacion", "datapublicacao", "datadepublicacao", "datedepublication", "datepublication", "datapubblicazione",
    ),
    "month": ("month", "pubmonth"), "day": ("day", "pubday"),
    "keywords": ("keywords", "keyword", "tags", "tag", "topics", "ieeeterms", "authorterms", "keywordlist", "authkeywords", "aikeywords", "meshheadinglist", "meshheadings", "tasks", "keywordgroups"),
    "categories": (
        "primarycategory", "primaryclass", "categories", "category", "arxivcategories", "arxivclass", "subjects", "subject", "fields",
        "fieldofstudy", "fieldsofstudy", "fos", "primaryarea", "topic",
        "categoryfor", "cat", "cats", "primaryarxivcategory",
    ),
    "venue": (
        "venue", "journal", "conference", "conferencetitle", "conf", "booktitle", "containertitle", "journaltitle", "journalname", "fulljournalname",
        "proceedings", "proceeding", "publicationvenue", "publicationtitle", "publicationname", "sourcetitle", "secondarytitle", "magazine", "pub",
        "journals", "journalassociation", "ispartof", "relationispartof", "container", "publication", "so", "veiculo",
    ),
    "volume": ("volume", "vol", "journalvolume", "volumenumber"), "issue": ("issue", "journalissue", "journalnumber", "issueidentifier"),
    "pages": ("pages", "page", "pagerange", "pageinfo", "journalpages"), "first_page": ("pagestart", "startpage", "firstpage", "pagefirst", "startingpage", "sp"),
    "last_page": ("pageend", "endpage", "lastpage", "pagelast", "endingpage", "ep"),
    "publisher": ("publisher",), "language": ("language", "lang", "languages", "languageiso", "inlanguage"),
    "type": (
        "type", "publicationtype", "documenttype", "doctype", "pubtype", "entrytype", "bibtype", "typeofreference", "subtypedescription",
        "pubtypelist", "genre", "resourcetype", "definedtypename", "types", "tipo",
    ),
    "comment": ("comment", "comments"),
    "doi": ("doi", "dois", "doiid", "identifierdoi"), "arxiv": ("arxiv", "arxivid", "eprint", "arxiveprints", "eprintid"), "pmid": ("pmid", "pubmed", "pubmedid"),
    "pmcid": ("pmcid", "pmc", "pubmedcentral"), "dblp": ("dblp", "dblpkey"), "acl": ("acl", "aclid", "anthologyid"),
    "openreview": ("openreview", "openreviewid"), "openalex": ("openalex", "openalexid"),
    "s2": ("s2id", "s2paperid", "corpusid", "semanticscholarid", "semanticscholar"),
    "bibtex": ("bibtex", "bibtexentry", "bib", "bibentry"),
    "id": ("id", "paperid", "entryid", "uid", "key", "identifier", "identifiers", "elocationid", "articleidlist"),
    "url": (
        "url", "urls", "link", "links", "href", "uri", "pdf", "pdfs", "pdfurl", "pdflink", "urlpdf", "urlabs", "paperurl", "paperlink",
        "html", "site", "oa", "openaccesspdf", "code", "codeurl", "codelink", "github", "githuburl", "githublinks", "githubrepo",
        "repository", "repo", "website", "homepage", "project", "projectpage", "ee", "hyperlink", "identifieruri", "linkout", "conferenceurlabs", "conferenceurlpdf",
    ),
    "own_id": ("bibcode", "lensid", "eid"),
    "references": ("references", "referencelist", "citedpapers", "bibliography", "bibentries", "referenceids", "outcitations", "outboundcitations"),
}  # fmt: skip
"""What keys are called, in small letters and digits only, the surest first."""

TITLES: Final = frozenset({"name", "displayname", "label"})
"""What the title is called of what says that it is a paper; elsewhere it is the name of anything."""

CITATIONS: Final = frozenset({
    "citation", "fullcitation", "citationtext", "apa", "apareference", "apacitation", "formattedcitation", "reference", "fullreference",
})  # fmt: skip
"""Keys of a paper's citation, as people have it on their pages."""

_ELSEWHERE: Final = frozenset({"code", "github", "githubrepo", "repository", "repo", "website", "homepage", "project", "slides", "video", "poster", "data", "dataset", "demo"})
"""What is in the keys of addresses that lead elsewhere than to the paper."""

_COLUMNS: Final = {"author": "authors", "affiliation": "affiliations", "year": "date", "category": "categories", "keyword": "keywords", "reference": "references"}
"""What fields of tables are called here, where the names differ."""

_ONLY_COLUMNS: Final = frozenset({"paper", "papers", "displayname", "years", "field", "fields", "terms", "addresses", "editorial", "forum", "tldr", "cites", "论文", "논문", "år", "év"})
"""Columns of a table whose name says something else in JSON, where a list, a group or a language may be under it."""

_TAGS: Final = {
    "TI": "title", "AB": "abstract", "FAU": "authors", "AU": "authors", "AF": "authors", "DP": "date", "PY": "date", "JT": "venue", "SO": "venue",
    "VI": "volume", "VL": "volume", "IP": "issue", "IS": "issue", "PG": "pages", "BP": "first_page", "EP": "last_page", "MH": "keywords",
    "OT": "keywords", "DE": "keywords", "DI": "doi", "LID": "id", "AID": "id", "PMID": "pmid", "PMC": "pmcid", "PT": "type", "DT": "type", "LA": "language",
    "PU": "publisher", "CR": "references",
}  # fmt: skip
"""Tags of MEDLINE and Web of Science, as programs write their records in JSON."""

_FULLER: Final = ("FAU", "AF", "JT", "LID")
"""The surer one of two tags."""

_OWN_TEXT: Final = frozenset({"#text", "$", "$t", "_"})
"""What programs that make JSON of XML call the text of an element beside its attributes."""

_PREFIX: Final = re.compile(r".*[.:]")
_NO_LETTER: Final = re.compile(r"[^a-z0-9]")


@lru_cache(1 << 12)
def bare(key: str) -> str:
    """Return a key in small letters and digits only, without accents.

    >>> bare("Paper-Title"), bare("título")
    ('papertitle', 'titulo')
    """
    if key in _OWN_TEXT:
        return "text"
    if key.isascii():
        return _NO_LETTER.sub("", key.lower())
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", key).casefold()))


@lru_cache(1 << 12)
def bare_name(key: str) -> str:
    """Return a key in small letters and digits only, without the object around it or the namespace before it.

    >>> bare_name("ce:surname"), bare_name("author.display_name")
    ('surname', 'displayname')
    """
    return bare(_PREFIX.sub("", key))


def _spelt() -> dict[str, str]:
    """Return what each spelling means: our own, and those of the columns of tables."""
    found = {spelling: name for name, spellings in SPELLINGS.items() for spelling in spellings}
    for role, columns in COLUMNS.items():
        if (name := _COLUMNS.get(role, role)) in SPELLINGS:
            found |= {folded: name for column in columns if (folded := bare(column)) not in found and column not in _ONLY_COLUMNS}
    return found


_NAMES: Final = _spelt()
_RANKS: Final = {spelling: rank for spellings in SPELLINGS.values() for rank, spelling in enumerate(spellings)}
_LAST: Final = len(_RANKS)
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_GLUED: Final = re.compile(r"([a-z]{2,})(urls?|links?|href)")
_BEFORE: Final = frozenset({"paper", "article", "publication", "pub", "work", "doc", "document", "dc", "dcterms", "prism", "bib", "citation", "original", "raw", "arxiv"})
_BEHIND: Final = frozenset({"html", "display", "label", "text", "str", "string", "list", "full", "raw", "s", "t", "en", "name", "names"})
_ADDRESS: Final = frozenset({"url", "urls", "link", "links", "href", "uri"})
_IDS: Final = frozenset({"doi", "arxiv", "pmid", "pmcid", "dblp", "acl", "openreview", "openalex", "s2"})
_TARGETS: Final = frozenset({
    "pdf", "file", "html", "abs", "abstract", "landing", "page", "full", "fulltext", "publisher", "ads", "proceedings", "download", "project", "code",
    "github", "repo", "repository", "website", "homepage", "video", "slides", "poster", "demo", "data", "dataset", "supplementary",
    "scholar", "openaccess", "oa", "external", "web", "virtualsite", "forum", "paper", "article", "source", "official", "arxiv", "pub", "eprint", "preprint",
})  # fmt: skip
"""What an address is of that belongs to a paper."""


def _words(key: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(key)]


@lru_cache(1 << 12)
def is_aside(key: str) -> bool:
    """Tell whether an address under a key leads elsewhere than to the paper.

    >>> is_aside("githubLinks"), is_aside("paper_code"), is_aside("pdf_url")
    (True, True, False)
    """
    return not _ELSEWHERE.isdisjoint(_words(key))


@lru_cache(1 << 12)
def meaning(key: str) -> str | None:
    """Return what a key means, None if that is not known.

    >>> meaning("Paper-Title"), meaning("arxiv_id"), meaning("authorsDisplay"), meaning("doi_url"), meaning("image_url"), meaning("x")
    ('title', 'arxiv', 'authors', 'doi', None, None)
    """
    if key in _TAGS:
        return _TAGS[key]
    if name := _NAMES.get(bare(key)) or (_NAMES.get(bare(key)[2:]) if key.startswith("dc") else None):
        return name
    words = _words(key)
    if len(words) == 1 and (glued := _GLUED.fullmatch(words[0])):
        words = list(glued.groups())  # `arxivlink`, `projecturl`
    if len(words) > 1 and words[0] in _ADDRESS and words[-1] in _TARGETS:
        return "url"
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
    return -1 if key in _FULLER else _RANKS.get(bare(key), _LAST)
