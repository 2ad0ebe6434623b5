"""Papers that a page keeps in a script, from which a browser makes the list: `const papers = [...]`, or the data of a framework in JSON.

Nothing is run; the lists and objects are read as those of a script in a file of its own. A script may hold anything, such as
the menu or the products of a shop, so what counts is a list of which most have a title and authors.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources import script_records
from kg.sources._html.page import Web

_TITLED: Final = re.compile(r"\btitle[\"']?\s*:", re.IGNORECASE)
_FEWEST: Final = 2
_APPEARED: Final = frozenset({"venue", "identifier", "arxiv_id"})


def scripted(document: Document, web: Web) -> Iterator[Record | Problem]:
    """Yield the papers in the scripts of a page, on the lines where they stand."""
    ordinal = 0
    for node, code in web.code:
        if not _TITLED.search(code):
            continue
        try:
            rows = list(script_records.read(Document.of_text("\n" * (node.line - 1) + code, document.name, document.id)))
        except UnreadableError:
            continue  # cut, or no script of data
        papers = [row for row in rows if isinstance(row, Record)]
        signed = sum(_is_signed(row) for row in papers)
        if signed < _FEWEST or 2 * signed <= len(papers):
            continue
        for row in rows:
            yield replace(row, ordinal=ordinal) if isinstance(row, Record) else row
            ordinal += isinstance(row, Record)


def _is_signed(row: Record) -> bool:
    """Tell whether a record says what posts of a blog do not: several authors, or one and where it appeared."""
    names = [field.name for field in row.fields]
    return names.count("author") > 1 or ("author" in names and not _APPEARED.isdisjoint(names))
