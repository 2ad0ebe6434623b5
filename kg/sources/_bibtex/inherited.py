"""What a BibTeX entry has from others: those that `crossref` and `xdata` name.

The fields are those of biblatex's manual, appendix B; BibTeX itself inherits all that an entry does not have.
"""

from collections import deque
from collections.abc import Mapping
from typing import Final

from kg.model import Document
from kg.sources._bibtex import entries
from kg.sources._bibtex.block import Block
from kg.sources._bibtex.given import Given, key_of
from kg.sources._entry import Entry
from kg.sources._latex import decode

_REFERS: Final = ("crossref", "xdata")
_CHUNK: Final = 1 << 16
_MOST_PARENTS: Final = 20


def parents_of(document: Document) -> dict[str, Block]:
    """Return the entries that others refer to, by key in lower case: the only ones that are kept.

    As BibTeX has it they stand behind these, as biblatex has it anywhere; only then the file is read once more.
    """
    if not _refers(document):
        return {}
    wanted: set[str] = set()
    found: dict[str, Block] = {}
    for block in entries.blocks(document):
        if isinstance(block, Block):
            wanted.update(_references(block))
            if (key := block.key.text.lower()) in wanted:
                found.setdefault(key, block)
    missing = wanted - found.keys()
    if missing:
        for block in entries.blocks(document):
            if isinstance(block, Block) and (key := block.key.text.lower()) in missing:
                found.setdefault(key, block)
    return found


def _refers(document: Document) -> bool:
    """Tell whether any entry may refer to another one."""
    before = ""
    for chunk in document.chunks(_CHUNK):
        text = before + chunk.lower()
        if any(name in text for name in _REFERS):
            return True
        before = text[-8:]
    return False


def _references(block: Block) -> list[str]:
    """Return the keys of the entries that an entry refers to: what is in `xdata` counts before what is in `crossref`."""
    texts = {name: decode(tex.text).lower() for name, tex in reversed(block.fields) if name in _REFERS}
    keys = [key.strip() for key in texts.get("xdata", "").split(",")]
    return [key for key in (*keys, texts.get("crossref", "").strip()) if key]


_INHERITED: Final = frozenset([
    "booktitle", "journaltitle", "journal", "year", "month", "day", "date", "publisher", "series", "volume",
    "number", "issue", "editor", "address", "location", "organization", "institution", "isbn", "issn",
    "eventtitle", "eventdate", "venue", "language", "langid",
])
"""What an entry has from the one that `crossref` names: where it appeared, never the identity of the whole volume."""

_KEPT: Final = frozenset(["crossref", "xdata", "xref", "ids", "entryset", "label", "shorthand", "related", "options"])


def inherit(entry: Entry, block: Block, fields: dict[str, Given], parents: Mapping[str, Block]) -> None:
    """Add to the fields of an entry those that it has from others."""
    visited = {block.key.text.lower()}
    queue = deque(_references(block))
    renamed = _title_becomes(block)
    while queue and len(visited) <= _MOST_PARENTS:
        key = queue.popleft()
        parent = parents.get(key)
        if parent is None:
            what = f"no entry has the key {key[:60]!r}, which {key_of(block)[:60]!r} refers to"
            entry.warn(what, "add it, or correct the key")
        if parent is None or key in visited:
            continue
        visited.add(key)
        as_data = parent.type.text.lower() == "xdata"
        given = {name: Given(name, tex, parent) for name, tex in reversed(parent.fields)}
        own = set(fields)
        fields.update(
            (name, value)
            for name, value in given.items()
            if name not in own and name not in _KEPT and (as_data or name in _INHERITED or _by_type(name, block))
        )
        if not as_data and renamed and renamed not in fields and "title" in given:
            fields[renamed] = given["title"]._replace(name=renamed, said="title")
        queue.extend(_references(parent))


def _by_type(name: str, block: Block) -> bool:
    """Tell whether a part of a book has this field from it."""
    return name == "author" and block.type.text.lower() in {"inbook", "bookinbook", "suppbook"}


def _title_becomes(block: Block) -> str:
    """Return what the title of a volume is for what appeared in it; empty where the two are of a kind."""
    kind = block.type.text.lower()
    if kind in {"article", "suppperiodical"}:
        return "journaltitle"
    return "booktitle" if kind.startswith("in") or kind in {"conference", "bookinbook", "suppbook", "suppcollection"} else ""
