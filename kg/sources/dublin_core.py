"""Reader of Dublin Core on its own: records of repositories that no protocol is around.

The formats are qualified and simple Dublin Core in XML (https://www.dublincore.org/specifications/dublin-core/dc-xml-guidelines/)
in whatever list, RDF/XML with it (https://www.dublincore.org/specifications/dublin-core/dcmes-xml/; Zotero's unqualified
export), what DSpace packs with an item (`dublin_core.xml`, `dim`), and answers of SRU. A record is the element that the
first title of Dublin Core stands in, and each of its name. In RDF a record says more than a title: who made it, or when;
RDF that says so of nothing, the persons and journals in it, are passed over.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.model import Document, Problem, Record
from kg.sources import HEAD
from kg.sources._dublin_core import add_dublin_core
from kg.sources._entry import Entry, numbered
from kg.sources._parts import rows_of, tags_of, unless_none
from kg.sources._xml.stream import Located, located, root_of

_ROOTS: Final = frozenset({
    "metadata", "records", "record", "collection", "dc", "qualifieddc", "qdc", "dublin_core", "RDF", "searchRetrieveResponse", "dcCollection",
    "items", "item", "dim", "results", "data", "root", "documents", "publications",
})  # fmt: skip
"""Root elements of lists of records; pictures, texts of office programs and e-books speak Dublin Core too."""

_SPACE: Final = re.compile(r"\bxmlns:([\w.-]+)\s*=\s*[\"']http://purl\.org/dc/(?:elements/1\.1|terms)/[\"']")
_DSPACE: Final = re.compile(r"\belement\s*=\s*[\"']title[\"']")
_LIKELY: Final = 0.6
_RDF: Final = ("Description", "Article", "AcademicArticle", "Book", "BookSection", "Chapter", "Thesis", "Report", "Document", "Proceedings")


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file holds records in Dublin Core.

    >>> sniff('<records xmlns:dc="http://purl.org/dc/elements/1.1/"><record><dc:title>', "x"), sniff("<record><title>", "x")
    (0.6, 0.0)
    """
    return _LIKELY if root_of(head) in _ROOTS and _home(head) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the works in order, and a problem for each without title.

    Raises:
        UnreadableError: If the file is not well-formed, or has a document type.
    """
    head = document.head(HEAD)
    is_rdf = root_of(head) == "RDF"

    def paper(document: Document, ordinal: int, found: Located) -> Iterator[Record | Problem]:
        entry = Entry(document, ordinal, int(found.element.sourceline), found.path)
        add_dublin_core(entry, found, "")
        is_work = not is_rdf or (entry.has("title") and (entry.has("author") or entry.has("date")))
        return rows_of(entry, f"a record ({found.path})") if is_work else iter(())

    found = located(document, *(f"{{*}}{name}" for name in sorted({_home(head) or "record", *(_RDF if is_rdf else ())})))
    return unless_none(document, numbered(document, found, paper), "no work is described in it")


def _home(head: str) -> str:
    """Return the name of the element that the first title of Dublin Core stands in, empty where there is none.

    >>> _home('<a xmlns:dc="http://purl.org/dc/terms/"><x:b><c/><dc:creator>x</dc:creator><dc:title>'), _home("<a><title>")
    ('b', '')
    """
    titles = {f"{prefix}:title" for prefix in _SPACE.findall(head)}
    opened: list[str] = []
    for tag in tags_of(head):
        name = tag["name"]
        if tag["end"]:
            del opened[-1:]
        elif opened and (name in titles or _DSPACE.search(tag["rest"])):
            return opened[-1].rpartition(":")[2]
        elif not tag["rest"].endswith("/"):
            opened.append(name)
    return ""
