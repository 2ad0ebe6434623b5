"""Identifiers and web addresses in people's own JSON, and the identifiers that addresses lead to."""

import re
from typing import Any, Final

from kg import ids
from kg.sources._cells import Cell, says
from kg.sources._linked_id import linked_id
from kg.sources._own_id import own_id
from kg.sources._own_json.context import (
    TEXT,
    Context,
    Handler,
    as_list,
    digits_of,
    is_nothing,
    keep_more,
    line_at,
    texts_of,
)
from kg.sources._own_json.keys import bare, is_aside
from kg.sources._provider_json import arxiv_number

_ADDRESS: Final = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
_FILE: Final = re.compile(r"[^/?#:]*\.(?:pdf|html?|php|bib|txt|md|zip|gz|pptx?|docx?|ps|png|jpe?g|gif|svg|webp|mp4)(?:[?#].*)?", re.IGNORECASE)
"""A file beside the list, which looks like the name of a host."""

HREF: Final = re.compile(r"href=[\"'](https?://[^\"'\s]+)")
"""Where an address is in a text that is HTML."""

_BROKEN: Final = re.compile(r"\s*https?:", re.IGNORECASE)
_FOR_MACHINES: Final = re.compile(r"https?://[^/]+/api/")
"""How an address begins that programs ask, of which Zenodo lists thirty a record."""


def is_address(value: Any) -> bool:
    """Tell whether a value is one web address and nothing else."""
    return isinstance(value, str) and "://" in value and _ADDRESS.fullmatch(value.strip()) is not None


def identifier_of(scheme: str) -> Handler:
    """Return what adds an identifier; a wrong one is kept, and reported."""

    def handle(cell: Cell, key: str, context: Context) -> bool:
        if isinstance(cell.value, str) and scheme not in context.taken and "\n" not in cell.value:
            known = ids.identifier(cell.value.strip(), scheme)
            if known:
                return _known(cell, cell.value, known, context)
        number = arxiv_number if scheme == "arxiv" else digits_of
        held = [number(each) if isinstance(each, float) else digits_of(each) if isinstance(each, int) else each for each in as_list(cell.value)]
        found = texts_of(cell._replace(value=held), (*TEXT, "id", "identifier")) or []
        for (at, text), of in zip(found, held, strict=False):
            if isinstance(of, dict) and str(of.get("material")) in _OF_ANOTHER:
                cell.add("other", text, at=at)
                continue
            text, *others = text.strip().split("\n")  # noqa: PLW2901 - pymed has those of the cited works below the paper's own
            for other in others:
                cell.add("other", other, at=at)
            known = ids.identifier(text.strip(), scheme) or (ids.identifier(f"PMC{text}", scheme) if scheme == "pmcid" else None)
            place = at if isinstance(cell.value, list) else ""
            if known and scheme in context.taken and "://" in text:
                add_addresses(cell.below(place, text), key, context)
            elif known:
                _known(cell, text, known, context, at=place)
            elif is_nothing(text):
                cell.add("other", text, at=place)
            elif not _ADDRESS.fullmatch(text.strip()) or "/" not in text or not add_addresses(cell.below(place, text), key, context):
                cell.entry.warn(f"{cell.path}{place} is no {SCHEMES.get(scheme, scheme)}: {text[:80]!r}", "correct it", line_at(cell))
                cell.add("other", text, at=place)
        if found:
            keep_more(cell)
        return bool(found) or cell.reject("a text")

    return handle


_OF_ANOTHER: Final = frozenset({"erratum", "addendum", "corrigendum", "retraction", "reprint", "translation", "data", "software", "part"})
"""What INSPIRE says that an identifier is of which is not the paper's own."""

SCHEMES: Final = {
    "doi": "DOI", "arxiv": "arXiv id", "pmid": "PubMed id", "pmcid": "PubMed Central id", "acl": "ACL id", "s2": "Semantic Scholar id",
    "openalex": "OpenAlex id", "dblp": "dblp key", "openreview": "OpenReview id",
}  # fmt: skip
"""The schemes of identifiers of papers, and what these are called."""


def _known(cell: Cell, text: str, known: str, context: Context, *, at: str = "") -> bool:
    """Add an identifier that is valid; the arXiv id of a paper is a field of its own."""
    if known in context.taken:
        return cell.add("other", text, at=at) is not None
    context.taken.update((known, known.partition(":")[0]))
    if not known.startswith("arxiv:"):
        return cell.add("identifier", text, known, at=at) is not None
    if version := re.search(r"v[1-9]\d?(?=(?:\.pdf)?$)", text.strip()):
        cell.add("version", version[0], at=at)
    return cell.add("arxiv_id", text, known.removeprefix("arxiv:"), at=at) is not None


def add_id(cell: Cell, key: str, context: Context) -> bool:
    """Add what a source calls an id: one that is known everywhere, or its own."""
    return add_known_ids(cell, key, context) or (bare(key) != "elocationid" and add_own_id(cell, key, context))


def add_own_id(cell: Cell, key: str, context: Context) -> bool:  # noqa: ARG001 - like all that look at a cell
    """Add the id that a paper has in its source only."""
    own = own_id(cell.value)
    return own is not None and cell.add("own_id", *own) is not None


def add_known_ids(cell: Cell, key: str, context: Context) -> bool:
    """Add ids that are known everywhere, as arXiv's are, alone or several in a list or a text (`doi:10.1000/1 pmid:12`)."""
    made = 0
    found = cell.texts() or []
    for at, text in found:
        for word in text.split() or [text]:
            scheme, colon, rest = word.partition(":")
            known = ids.identifier(word) or (ids.identifier(rest, scheme) if colon and scheme in SCHEMES else None)
            if known is None and bare(key) in {"key", "id"} and word.startswith(OF_DBLP):
                known = ids.identifier(word, "dblp")
            if known is None and bare(key) == "paperid" and len(word) == _SHA:
                known = ids.identifier(word, "s2")
            if known and known.partition(":")[0] in SCHEMES:
                made += _known(cell, word, known, context, at=at)
    if made and made < sum(len(text.split()) for _, text in found):
        cell.add("other", cell.value)
    return made > 0


OF_DBLP: Final = ("conf/", "journals/")
"""How the keys of most works begin in dblp, whose titles end with a stop."""

_SHA: Final = 40
"""Digits of an id of Semantic Scholar."""


def add_addresses(cell: Cell, key: str, context: Context) -> bool:
    """Add addresses, whatever they are in; what is none stays, and is told where it was meant to be one."""
    if isinstance(cell.value, dict | list):
        parts = [(f".{name}", each) for name, each in cell.value.items()] if isinstance(cell.value, dict) else [
            (f"[{i}]", each) for i, each in enumerate(cell.value)
        ]  # fmt: skip
        for at, each in parts:
            part = cell.below(at, each)
            if says(each) and not (isinstance(each, str | dict | list) and add_addresses(part, key, context)):
                part.add("other", each)
        return bool(parts)
    pieces = cell.value.split() if isinstance(cell.value, str) else []
    if len(pieces) == 1 and pieces[0].startswith("10.") and not is_aside(key) and (doi := ids.identifier(pieces[0], "doi")):
        return _known(cell, pieces[0], doi, context)
    if not pieces or not all(_ADDRESS.fullmatch(piece.rstrip(",;")) and not _FILE.fullmatch(piece) for piece in pieces):
        if isinstance(cell.value, str) and _BROKEN.match(cell.value):
            cell.entry.warn(f"{cell.path} is no web address: {cell.value[:80]!r}", "correct it", line_at(cell))
        return False
    for piece in pieces:
        address = piece.rstrip(",;")
        if _FOR_MACHINES.match(address):
            cell.add("other", address)
        else:
            cell.add("url", address, None if "://" in address else f"https://{address}")
        if not is_aside(key) and (known := _told(address)):
            context.told.setdefault(known, cell.below("", address))
    return True


def _told(address: str) -> str | None:
    """Return the identifier of the paper that an address leads to.

    >>> _told("https://arxiv.org/pdf/1706.03762v5"), _told("https://dl.acm.org/doi/abs/10.1145/3292500"), _told("https://x.org")
    ('arxiv:1706.03762', 'doi:10.1145/3292500', None)
    """
    return linked_id(address) or ids.identifier(address)


def add_told(context: Context) -> None:
    """Add the identifiers that the addresses of a paper tell, where all tell the same one and it has no other."""
    for scheme in ("arxiv", "doi", "pmid", "acl", "openreview"):
        found = [known for known in context.told if known.startswith(f"{scheme}:")]
        if len(found) == 1 and scheme not in context.taken:
            cell = context.told[found[0]]
            _known(cell, cell.value, found[0], context)
