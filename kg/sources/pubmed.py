"""Reader of PubMed's XML: answers of `efetch`, files of the baseline and of the daily updates.

The format is `PubmedArticleSet` (https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html and the document type
named in each file, which is passed over); the older `MedlineCitationSet` and articles of books (`PubmedBookArticle`) are
read as well, and so is the `ArticleSet` that publishers send to PubMed. The parts of an abstract are put together as `LABEL: text`. MeSH headings are categories, their qualifiers
`other`. Of a list of authors that is not complete (`CompleteYN="N"`) the record says so. Authors that NLM has marked as
wrong (`ValidYN="N"`) are `other`. Of several identifiers of a cited work the widest known one is kept.

A title in another language stands for one that is `[Not Available]`. What a daily update names as deleted is no record: one warning a list says how many. Attributes that tell how NLM treated a
record (`Status`, `Owner`, `UI`) are left out.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.sources._entry import Entry, from_to
from kg.sources._parts import works
from kg.sources._xml.fields import (
    child,
    cited_id,
    iso_date,
    put,
    put_date,
    put_identifier,
    put_orcid,
    put_rest,
    put_ror,
    say,
    texts_in,
    without_stop,
)
from kg.sources._xml.stream import Located, children, located, root_of, text_of

_RECORDS: Final = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation", "DeleteCitation", "Article")
_ROOTS: Final = frozenset({
    "PubmedArticleSet", "PubmedBookArticleSet", "MedlineCitationSet", "ArticleSet", "PubmedArticle", "PubmedBookArticle", "MedlineCitation",
})  # fmt: skip
_TEXTS: Final = {
    "Language": "language", "PublicationType": "type", "DescriptorName": "category", "Keyword": "keyword", "Volume": "volume",
    "Issue": "issue", "PublisherName": "publisher", "JournalTitle": "venue",
}  # fmt: skip
_INSIDE: Final = frozenset({
    "MedlineCitation", "BookDocument", "Article", "Journal", "JournalIssue", "PubmedData", "PubmedBookData", "Book", "Publisher",
    "PublicationTypeList", "MeshHeadingList", "MeshHeading", "KeywordList", "ArticleIdList", "ReferenceList",
    "CommentsCorrectionsList", "ObjectList",
})  # fmt: skip
"""Elements that only hold others."""

_NO_TITLE: Final = "[not available]"
"""What NLM writes where there is no title in English."""

_IDS: Final = {"doi": "doi", "pubmed": "pmid", "pmc": "pmcid"}
_CITED: Final = ("doi", "pubmed", "pmc")
"""What tells a cited work, the widest known first."""


_PRINTED: Final = re.compile(r"\b([12][0-9]{3})\b(?:\s+([A-Z][a-z]{2})\b)?")
"""The first year of a printed date, and the month behind it."""


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is PubMed's XML.

    >>> sniff('<?xml version="1.0"?><PubmedArticleSet><PubmedArticle>', "x"), sniff("<article/>", "x")
    (1.0, 0.0)
    """
    return 1.0 if root_of(head) in _ROOTS else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the articles in order, and a problem for each without title.

    Raises:
        UnreadableError: If the file is not well-formed, or defines entities.
    """
    return works(document, _records(document), _add, "a record", "there is no article in it", known=_number)


def _records(document: Document) -> Iterator[Located | Problem]:
    """Yield the articles, and a warning for each list of those that were deleted."""
    for found in located(document, *_RECORDS, doctype=True):
        if found.element.tag == "DeleteCitation":
            what = f"{len(found.element)} deleted records are named, which may be in other files"
            yield Problem(document.name, int(found.element.sourceline), what, "nothing: the list is left out", "warning")
        else:
            yield found


def _number(found: Located) -> str:
    number = text_of(next(found.element.iter("PMID"), None))
    return number and f"PMID {number}"


def _add(entry: Entry, found: Located) -> None:
    """Add the fields of an article, or of a part of it that holds others."""
    for part in children(*reversed(found)):
        name = part.element.tag
        if name in _INSIDE:
            _add(entry, part)
        elif name in _READERS:
            _READERS[name](entry, part)
        elif name in _TEXTS:
            put(entry, _TEXTS[name], part)
        elif len(part.element) and name.endswith("List"):
            for each in children(part.element, part.path):
                put(entry, "other", each)
        else:
            put(entry, "other", part)


def _add_title(entry: Entry, part: Located) -> None:
    """Add the title; of a chapter of a book the book's title says where it stands."""
    text = without_stop(text_of(part.element))
    if entry.has("title") or text.lower() == _NO_TITLE:
        put(entry, "other", part)
    else:
        say(entry, part, "title", text)


def _add_vernacular(entry: Entry, part: Located) -> None:
    """Add the title in the language of the article, as the title where there is no other."""
    _add_title(entry, part)


def _add_book_title(entry: Entry, part: Located) -> None:
    """Add the title of a book, as the venue of a chapter."""
    chapter = next(part.element.iterancestors("BookDocument"), None)
    if chapter is not None and text_of(chapter.find("ArticleTitle")):
        put(entry, "venue", part)
    else:
        _add_title(entry, part)


def _add_abstract(entry: Entry, part: Located) -> None:
    """Add the abstract in one, each part with its label."""
    texts = []
    for each in children(part.element, part.path):
        if each.element.tag != "AbstractText":
            put(entry, "other", each)
        elif text := text_of(each.element):
            label = each.element.get("Label", "").strip()
            texts.append(f"{label}: {text}" if label and label != "UNLABELLED" else text)
    texts = texts or [text_of(part.element) if not len(part.element) else ""]
    say(entry, part, "abstract", " ".join(texts))


def _add_authors(entry: Entry, part: Located) -> None:
    """Add the authors; editors of books are none."""
    editors = part.element.get("Type") == "editors"
    for each in children(part.element, part.path):
        if each.element.tag != "Author" or editors or each.element.get("ValidYN") == "N":
            put_rest(entry, each)
        else:
            _add_author(entry, each)
    if part.element.get("CompleteYN") == "N":
        entry.add("et_al", "et al.", path=f"{part.path}/@CompleteYN", line=part.element.sourceline)


def _add_author(entry: Entry, author: Located) -> None:
    """Add an author with identifiers and affiliations."""
    inside = children(author.element, author.path)
    parts = {each.element.tag: text_of(each.element) for each in inside if not len(each.element) or each.element.tag == "CollectiveName"}
    group = parts.get("CollectiveName", "")
    given = parts.get("ForeName") or parts.get("FirstName") or parts.get("Initials", "")
    name = group or " ".join(filter(None, (given, parts.get("MiddleName", ""), parts.get("LastName", ""), parts.get("Suffix", ""))))
    line = author.element.sourceline
    of = entry.add("author", name, "group" if group else None, path=author.path, line=line)
    if of is None:
        put_rest(entry, author)
        return
    for each in inside:
        if each.element.tag == "Identifier":
            if each.element.get("Source", "").upper() == "ORCID":
                put_orcid(entry, text_of(each.element), each.path, each.element.sourceline, of)
            else:
                put_rest(entry, each)
        elif each.element.tag == "AffiliationInfo":
            _add_affiliation(entry, each, of)
        elif each.element.tag == "Affiliation":
            put(entry, "affiliation", each, of=of)


def _add_affiliation(entry: Entry, info: Located, of: int) -> None:
    """Add an affiliation of an author with its ROR id."""
    place: int | None = None
    for each in children(info.element, info.path):
        if each.element.tag == "Affiliation":
            place = put(entry, "affiliation", each, of=of)
        elif each.element.get("Source", "").upper() == "ROR" and place is not None:
            put_ror(entry, text_of(each.element), each.path, each.element.sourceline, place)
        else:
            put_rest(entry, each)


def _add_date(entry: Entry, part: Located) -> None:
    """Add the date of the issue: in parts, or as printed (`1998 Dec-1999 Jan`)."""
    element = part.element
    told = texts_in(element)
    if printed := told.get("MedlineDate", ""):
        match = _PRINTED.search(printed)
        value = iso_date(match[1], match[2] or "") if match else None
        entry.add("date", printed, value, path=f"{part.path}/MedlineDate", line=element.sourceline)
    else:
        put_date(entry, part, told.get("Year", ""), told.get("Month") or told.get("Season", ""), told.get("Day", ""))


def _add_article_date(entry: Entry, part: Located) -> None:
    """Add the date of the electronic edition, as the date where the issue has none."""
    if entry.has("date"):
        put(entry, "other", part)
    else:
        told = texts_in(part.element)
        put_date(entry, part, *(told.get(name, "") for name in ("Year", "Month", "Day")))


def _add_journal_title(entry: Entry, part: Located) -> None:
    """Add the name of the journal; lists of references have titles too."""
    put(entry, "venue" if part.element.getparent().tag == "Journal" else "other", part)


def _add_short_title(entry: Entry, part: Located) -> None:
    """Add the abbreviated name of the journal, as the venue where there is no other."""
    put(entry, "venue" if child(part.element.getparent(), "Title") is None else "other", part)


def _add_pages(entry: Entry, part: Located) -> None:
    """Add the pages: as printed, or first and last."""
    told = texts_in(part.element)
    text = told.get("MedlinePgn") or "-".join(filter(None, (told.get("StartPage"), told.get("EndPage"))))
    say(entry, part, "pages", text)


def _add_first_page(entry: Entry, part: Located) -> None:
    """Add the pages: from the first to the last."""
    last = text_of(child(part.element.getparent(), "LastPage"))
    say(entry, part, "pages", from_to(text_of(part.element), last))


def _left(entry: Entry, part: Located) -> None:
    """Add nothing: this was read with what it belongs to."""


def _add_object(entry: Entry, part: Located) -> None:
    """Add what a publisher says of an article by name: a keyword, or something else."""
    put(entry, "keyword" if part.element.get("Type") == "keyword" else "other", part)


def _add_identifier(entry: Entry, part: Located) -> None:
    """Add an identifier of the article, each once."""
    element = part.element
    kind = element.get("IdType") or element.get("EIdType") or ("pubmed" if element.tag == "PMID" else "")
    text = text_of(element)
    if kind not in _IDS or element.get("ValidYN") == "N":
        put(entry, "other", part)
    elif kind != "pubmed" or element.tag == "PMID":  # the PMID comes once more in the list of ids
        if kind == "pmc" and text.isdecimal():
            text = f"PMC{text}"
        if kind != "doi" or element.tag == "ELocationID" or not _told_before(element):
            put_identifier(entry, part, _IDS[kind], text)


def _told_before(element: etree._Element) -> bool:
    """Tell whether the DOI in a list of ids is the one that the article has already been given."""
    article = next(element.iterancestors("PubmedArticle", "Article"), None)
    path = "" if article is None else "MedlineCitation/Article/" * (article.tag == "PubmedArticle")
    places = () if article is None else article.iterfind(f"{path}ELocationID[@EIdType='doi']")
    known = identifier(text_of(element), "doi")
    return any(known == identifier(text_of(place), "doi") for place in places if place.get("ValidYN") != "N")


def _add_reference(entry: Entry, part: Located) -> None:
    """Add a cited work: as printed, with what tells it."""
    path, element = part
    text = ""
    told: dict[str, str] = {}
    for each in element.iter("Citation", "ArticleId"):
        if each.tag == "ArticleId":
            told[each.get("IdType", "")] = text_of(each)
        else:
            text = text or text_of(each)
    value = next((value for kind in _CITED if kind in told and (value := identifier(told[kind], _IDS[kind]))), None) or cited_id(text)
    entry.add("reference", text or next(iter(told.values()), ""), value, path=path, line=element.sourceline)


def _add_correction(entry: Entry, part: Located) -> None:
    """Add a cited work, as older records name it; other links between articles are `other`."""
    if part.element.get("RefType") != "Cites":
        put_rest(entry, part)
        return
    number = text_of(part.element.find("PMID"))
    text = text_of(part.element.find("RefSource")) or number
    say(entry, part, "reference", text, identifier(number, "pmid"))


_READERS: Final[dict[str, Callable[[Entry, Located], None]]] = {
    "ArticleTitle": _add_title, "VernacularTitle": _add_vernacular, "BookTitle": _add_book_title, "Abstract": _add_abstract,
    "AuthorList": _add_authors, "PubDate": _add_date, "ArticleDate": _add_article_date, "Title": _add_journal_title,
    "ISOAbbreviation": _add_short_title, "Pagination": _add_pages, "PMID": _add_identifier, "ELocationID": _add_identifier,
    "FirstPage": _add_first_page, "LastPage": _left, "Object": _add_object, "ArticleId": _add_identifier, "Reference": _add_reference, "CommentsCorrections": _add_correction,
}  # fmt: skip
"""What reads an element that is more than a text."""
