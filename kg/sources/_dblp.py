"""What the readers of dblp's XML and JSON share: authors with their homonym numbers, links, and what is no paper."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from kg.ids import identifier
from kg.model import Document, Problem
from kg.sources._entry import Entry
from kg.sources._xml.stream import Located

_NUMBERED: Final = re.compile(r"(.*\S) [0-9]{4}")
_OF_PAPERS: Final = frozenset({"doi", "arxiv", "acl", "openreview", "pmid", "pmcid", "s2"})
"""The schemes whose identifiers tell papers, where a link is one."""

_SITE: Final = "https://dblp.org/"


def add_author(entry: Entry, name: str, pid: str, path: str, line: int | None = None) -> int | None:
    """Add an author and return the position; what dblp tells namesakes apart by is the author's id.

    dblp numbers namesakes (`Wei Wang 0001`); the number is no part of the name.

    Args:
        entry: The record.
        name: The name as dblp gives it.
        pid: The persistent id of the person's page, such as `w/WeiWang1` or `35/7092-1`; empty where none is given.
        path: The author's path in the file.
        line: The author's line, if it is not known from the path.
    """
    match = _NUMBERED.fullmatch(name) if name[-4:].isdecimal() else None
    of = entry.add("author", match[1] if match else name, path=path, line=line)
    if of is not None and (match or pid):
        entry.add("author_id", name if match else pid, identifier(pid, "dblp") if pid else None, path=path, line=line, of=of)
    return of


def add_link(entry: Entry, text: str, path: str, line: int | None = None) -> None:
    """Add the address of an electronic edition: as an identifier where it is one, else as an address."""
    value = identifier(text, "doi" if "doi.org/" in text else "")
    if value is None or value.partition(":")[0] not in _OF_PAPERS or value.startswith("openreview:~"):
        entry.add("url", text, path=path, line=line)
    else:
        entry.identify(text, value, path=path, line=line)


def add_page(entry: Entry, text: str, path: str, line: int | None = None) -> None:
    """Add the address of a page of dblp, which its records give from the site's root on."""
    entry.add("url", text, f"{_SITE}{text}" if text.startswith("db/") else None, path=path, line=line)


def of_works(document: Document, found: Iterable[Located], is_other: Callable[[Located], bool]) -> Iterator[Located | Problem]:
    """Yield the records of works, and one warning that those of people and venues were left out."""
    count = first = 0
    for each in found:
        if is_other(each):
            count, first = count + 1, first or int(each.element.sourceline)
        else:
            yield each
    if count:
        what = f"{count} record{'s' if count > 1 else ''} of people or venues from here on, which are no papers"
        yield Problem(document.name, first, what, "nothing: they are left out", "warning")
