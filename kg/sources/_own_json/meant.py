"""What keys of people's own JSON mean whose meaning hangs on what is beside them: `name`, `source`, `number`, `people`."""

import re
from collections.abc import Mapping
from typing import Any, Final

from kg import ids
from kg.sources._cells import Cell
from kg.sources._own_json.context import TEXT, inner_text
from kg.sources._own_json.ids import is_address
from kg.sources._own_json.keys import TITLES, bare, bare_name
from kg.sources._own_json.references import is_schema_org


def understand(cells: dict[str, list[tuple[str, Cell]]]) -> None:
    """Find out what keys mean whose meaning hangs on what is beside them, and move them there."""
    if cells.keys().isdisjoint({"title", "authors", "abstract", "doi", "arxiv"}):
        return
    unknown = frozenset(bare(key) for key, _ in cells.get("", ()))
    for of in ("", "abstract"):
        for each in list(cells.get(of, ())):
            address = is_address(each[1].value)
            linked = address and (of or (each[1].path.rpartition(".")[0].endswith(_LISTED) and bare(each[0]) not in _NO_PAGES))
            name = "url" if linked else None if of else _meant(bare_name(each[0]), each[1].value, cells, unknown)
            if name:
                cells[of].remove(each)
                cells.setdefault(name, []).append(each)
    if cells.get("abstract") == []:
        del cells["abstract"]
    if any(key == "JT" for key, _ in cells.get("venue", ())):  # in MEDLINE the source is journal, volume and pages in one
        cells.setdefault("", []).extend(each for each in cells["venue"] if each[0] == "SO")
        cells["venue"] = [each for each in cells["venue"] if each[0] != "SO"]
    for key, cell in cells.get("", ()) if "date" not in cells else ():
        if bare(key) == "publicationstatuses" and (dated := _status(cell)):
            cells["date"] = [("publicationdate", dated)]
            break
        if bare(key) == "versions" and isinstance(cell.value, list) and cell.value and isinstance(cell.value[0], dict) and "created" in cell.value[0]:
            cells["date"] = [(key, cell.below("[0].created", cell.value[0]["created"]))]  # as arXiv's snapshot has it


def _status(cell: Cell) -> Cell | None:
    """Return the date of the status that Pure says is the current one, or else of the last that has a date."""
    told = [
        (str(each.get("current", each.get("@current"))).lower() == "true", i, cell.below(f"[{i}].{key}", each[key]))
        for i, each in enumerate(cell.value if isinstance(cell.value, list) else ()) if isinstance(each, dict) for key in each if bare(key) == "publicationdate"
    ]  # fmt: skip
    return max(told, key=lambda each: each[:2])[2] if told else None


def _meant(key: str, value: Any, cells: Mapping[str, Any], unknown: frozenset[str]) -> str | None:
    """Return what a key means beside others of known and of unknown meaning; None where that is not known either."""
    if key in _LINKS and is_address(value):
        return "url"
    if (key in _WORKS and isinstance(value, list)) or is_schema_org(key, value):
        return "references"
    if (key in TITLES or key == "paper") and isinstance(value, str) and "title" not in cells:
        return "title"
    if key in {"description", "descriptions", "dcdescription"} and "abstract" not in cells and not cells.keys().isdisjoint({"authors", "doi", "arxiv"}):
        return "abstract"
    if key == "where" and "venue" not in cells and isinstance(value, str):
        return "venue"
    if key in {"number", "numero", "num", "no"} and "volume" in cells and "issue" not in cells:
        return "issue"
    if key == "source" and "venue" not in cells and isinstance(value, dict | str) and inner_text(value, TEXT):
        printed = not cells.keys().isdisjoint(_PRINTED) or not unknown.isdisjoint(_POP) or (isinstance(value, str) and _OCCASION.search(value))
        return "venue" if isinstance(value, dict) or (printed and not is_address(value)) else None
    if key == "created" and "date" not in cells and any(ids.arxiv_id(str(cell.value)) for name in ("arxiv", "id") for _, cell in cells.get(name, ())):
        return "date"
    if key == "people" and "authors" not in cells and isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "authors"
    if key == "forum" and isinstance(value, str) and value not in {value.lower(), value.capitalize()} and ids.identifier(value, "openreview"):
        return "openreview"
    return None


_LISTED: Final = (".links", ".urls")
"""How the path ends of an object in which each key has an address."""

_NO_PAGES: Final = frozenset({"self", "next", "prev", "previous", "latest", "parent", "versions", "files", "bucket", "image", "images", "thumbnail", "logo", "badge", "reservedoi"})
"""What among its links is no page of the paper: addresses for programs, and pictures."""

_LINKS: Final = frozenset({"paper", "forum", "preprint", "fulltext", "supp", "supplementary", "supplement"})
"""Keys that hold an address, or else something of another kind."""

_WORKS: Final = frozenset({"reference", "cites"})
"""Keys of the works that a paper cites, or of its own citation, or of how often it is cited."""

_PRINTED: Final = ("volume", "issue", "pages", "first_page", "publisher")
"""What is said of what was printed; elsewhere the `source` is often the database that a paper was found in."""

_OCCASION: Final = re.compile(r"\b(?:conference|symposium|workshop|congress|meeting|proceedings|journal|transactions|letters|magazine)\b", re.IGNORECASE)
"""What the name of a database does not have."""

_POP: Final = ("cites", "ecc", "gsrank")
"""Keys of Publish or Perish."""
