"""The works that a paper cites, as people's own JSON has them: titles, citations, ids, or objects with any of these."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg import ids
from kg.sources._cells import Cell
from kg.sources._own_id import own_id
from kg.sources._own_json.context import Context, inner_text
from kg.sources._own_json.ids import SCHEMES
from kg.sources._own_json.keys import bare, meaning

_REFERENCE: Final = ("title", "articletitle", "unstructured", "raw", "citation", "text", "name", "reference", "bibentryraw", "rawrefs", "value")


def is_schema_org(key: str, value: Any) -> bool:
    """Tell whether this is what schema.org calls a citation, a work that is cited, where people's own JSON has how to cite the paper.

    >>> is_schema_org("citation", {"@id": "https://doi.org/10.1000/1"}), is_schema_org("citation", {"text": "A. Bee. Flocks."})
    (True, False)
    """
    works = value if isinstance(value, list) else [value]
    return bare(key) == "citation" and bool(works) and all(isinstance(work, dict) and not work.keys().isdisjoint({"@id", "@type"}) for work in works)


def add_references(cell: Cell, key: str, context: Context) -> bool:  # noqa: ARG001 - like all that look at a cell
    """Add the works that a paper cites: titles, citations or ids; objects by their title, text or DOI."""
    if isinstance(cell.value, dict) and all(isinstance(work, dict) for work in cell.value.values()):
        works = [(f".{name}", work) for name, work in cell.value.items()]
    elif isinstance(cell.value, dict) and is_schema_org(key, cell.value):
        works = [("", cell.value)]
    elif isinstance(cell.value, list):
        works = [(f"[{i}]", work) for i, work in enumerate(cell.value)]
    else:
        return False
    for at, work in works:
        part = cell.below(at, work)
        if isinstance(work, dict):
            known = next((known for name, held in _said(work) if (known := ids.identifier(held, _scheme(name)))), None)
            text = inner_text(work, _REFERENCE) or (known or "").partition(":")[2]
            added = part.add("reference", text, known) if text else _add_own(part, next((held for name, held in work.items() if meaning(name) in _IDS), None))
            if added is None or len(work) > 1:
                part.add("other", work)
        elif isinstance(work, str) and (len(work.split()) > 1 or _identified(work)):
            part.add("reference", work, _identified(work))
        elif _add_own(part, work) is None:
            part.add("other", work)
    return True


_IDS: Final = frozenset({"id", "own_id"})


def _add_own(work: Cell, value: Any) -> int | None:
    """Add a cited work by the id that it has in its source only; return its position, None where it is no id."""
    own = own_id(value)
    return work.add("cited_own_id", *own) if own else None


_AT_ADS: Final = re.compile(r"[0-9]{4}arXiv([0-9]{4})\.?([0-9]{4,5})[A-Z.]")
"""How ADS calls what is at arXiv: `2018arXiv180100001J`, `2012arXiv1201.0001J`."""


def _identified(text: str) -> str | None:
    """Return what a text identifies."""
    own = _AT_ADS.fullmatch(text)
    return ids.identifier(f"{own[1]}.{own[2]}" if own else text, "arxiv" if own else "")


def _said(work: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the texts that are said of a cited work, those in its `reference` or in an object or a list of its ids too."""
    for name, held in work.items():
        if isinstance(held, str):
            yield name, held
        elif isinstance(held, dict) and (bare(name).endswith("ids") or bare(name) == "reference"):
            yield from _said(held)
        elif isinstance(held, list) and meaning(name) in SCHEMES:
            yield from ((name, each) for each in held if isinstance(each, str))


def _scheme(key: str) -> str:
    """Return the scheme of identifiers that a key names."""
    name = meaning(key)
    return name if name in SCHEMES else "doi"
