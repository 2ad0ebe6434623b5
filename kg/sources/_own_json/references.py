"""The works that a paper cites, as people's own JSON has them: titles, citations, ids, or objects with any of these."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg import ids
from kg.sources._cells import Cell
from kg.sources._own_json.context import Context, inner_text
from kg.sources._own_json.ids import SCHEMES
from kg.sources._own_json.keys import bare, meaning

_REFERENCE: Final = ("title", "articletitle", "unstructured", "raw", "citation", "text", "name", "reference", "bibentryraw")


def add_references(cell: Cell, key: str, context: Context) -> bool:  # noqa: ARG001 - like all that look at a cell
    """Add the works that a paper cites: titles, citations or ids; objects by their title, text or DOI."""
    if isinstance(cell.value, dict) and all(isinstance(work, dict) for work in cell.value.values()):
        works = [(f".{name}", work) for name, work in cell.value.items()]
    elif isinstance(cell.value, list):
        works = [(f"[{i}]", work) for i, work in enumerate(cell.value)]
    else:
        return False
    for at, work in works:
        part = cell.below(at, work)
        if isinstance(work, dict):
            known = next((known for name, held in _said(work) if isinstance(held, str) and (known := ids.identifier(held, _scheme(name)))), None)
            text = inner_text(work, _REFERENCE) or (known or "").partition(":")[2]
            part.add("reference", text, known)
            if not text or len(work) > 1:
                part.add("other", work)
        elif isinstance(work, str) and (len(work.split()) > 1 or ids.identifier(work)):
            part.add("reference", work, ids.identifier(work))
        else:
            part.add("other", work)
    return True


def _said(work: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what is said of a cited work, its ids in an object of their own too."""
    for name, held in work.items():
        yield from held.items() if isinstance(held, dict) and bare(name).endswith("ids") else [(name, held)]


def _scheme(key: str) -> str:
    """Return the scheme of identifiers that a key names."""
    name = meaning(key)
    return name if name in SCHEMES else "doi"
