"""Facts about a paper that a web page tells in ways made for machines, and the record that several ways make together.

What the more trusted way says counts, the others fill its gaps.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from kg.ids import identifier
from kg.sources._entry import Entry
from kg.sources._linked_id import linked_id
from kg.sources._text.byline import people
from kg.sources._text.names import natural
from kg.text import fold


class Fact(NamedTuple):
    """One thing that a page says.

    Attributes:
        name: Name of the field.
        text: Its text.
        line: Its line.
        path: Its place in the page.
        value: Its normalised value, where that differs.
        of: Rank of the author, or of the affiliation, that it belongs to.
    """

    name: str
    text: str
    line: int
    path: str
    value: str | None = None
    of: int | None = None
_AUTHOR_UNIT: Final = frozenset({"author", "et_al", "affiliation", "author_id", "affiliation_id"})
_MANY: Final = frozenset({"identifier", "arxiv_id", "url", "reference", "other"})
"""What every way may add to; of all else the most trusted way says it alone."""

PART: Final = re.compile(r"\s*[;]\s*")
COMMA: Final = re.compile(r"\s*[;,]\s*")


def author_facts(said: Fact, *, several: bool) -> Iterator[Fact]:
    """Yield the authors of a tag: one, or several between semicolons; where a tag stands alone, between commas too."""
    pieces = [piece for piece in PART.split(said.text) if piece]
    if len(pieces) == 1 and several:
        found = people(said.text)
        if found is not None and len(found.names) > 1 and len(said.text) - found.end < 3:
            pieces = [said.text[slice(*name)] for name in found.names]
    for piece in pieces:
        if piece.lower().rstrip(".") in {"et al", "others", "and others"}:
            yield said._replace(name="et_al", text=piece)
        else:
            yield said._replace(name="author", text=piece, value="group" if said.value == "group" else None)


def identified(said: Fact, scheme: str = "") -> Fact:
    """Return an identifier as the field that it is: `arxiv_id`, `identifier`, or `other` where it is none."""
    text = said.text.strip()
    value = identifier(text, scheme)
    if value is None:
        return said._replace(name="url" if text.startswith(("http://", "https://")) else "other")
    kind, _, number = value.partition(":")
    if kind == "arxiv":
        return said._replace(name="arxiv_id", value=number if number != text else None)
    return said._replace(name="identifier" if kind not in {"orcid", "ror"} else "other", value=value)


def linked(said: Fact) -> Iterator[Fact]:
    """Yield the identifier that the address of a paper leads to; no DOI, which some publishers' addresses only look like."""
    value = linked_id(said.text)
    scheme, _, number = (value or "").partition(":")
    if scheme == "arxiv":
        yield said._replace(name="arxiv_id", text=number, value=None)
    elif value and scheme != "doi":
        yield said._replace(name="identifier", value=value)


def merged(entry: Entry, ways: Iterable[Sequence[Fact]]) -> None:
    """Put what several ways say into one record: the first that says a thing counts; what another says besides is kept as `other`.

    Args:
        entry: The record.
        ways: Facts, those of the most trusted way first, those of the page in general last.
    """
    said: set[str] = set()
    texts: set[tuple[str, str]] = set()
    people: dict[str, int] = {}
    placed = False
    for facts in ways:
        units = {_unit(fact.name) for fact in facts}
        fresh = {unit for unit in units if unit in _MANY or unit not in said}
        positions: list[int | None] = []
        places: list[int | None] = []
        same = [people.get(_person(fact.text)) for fact in facts if fact.name == "author"] if "author" not in fresh else []
        told = {fact.of for fact in facts if fact.name in {"author_id", "affiliation"}} if any(of is not None for of in same) else set()
        for fact in facts:
            unit = _unit(fact.name)
            if fact.name == "author" and told and _person(fact.text) in people:
                continue  # the same author, of whom this way says more
            if fact.of in told and fact.of is not None and (of := same[fact.of] if fact.of < len(same) else None) is not None and (fact.name == "author_id" or (fact.name == "affiliation" and not placed)):
                entry.add(fact.name, fact.text, fact.value, path=fact.path, line=fact.line, of=of)
                continue
            key = (unit if unit in _MANY else "", fold(fact.value or fact.text))
            if unit in _MANY and key in texts:
                continue
            if unit not in fresh:
                if ("", fold(fact.text)) not in texts and ("other", fold(fact.text)) not in texts and not fact.path.startswith("meta[@property"):
                    entry.add("other", fact.text, path=fact.path, line=fact.line)
                    texts.add(("other", fold(fact.text)))
                continue
            texts.add(key)
            if fact.name in {"title", "date", "venue", "volume", "issue", "pages", "abstract"} and unit in said and entry.has(fact.name):
                entry.add("other", fact.text, path=fact.path, line=fact.line)
                continue
            _put(entry, fact, positions, places)
            if fact.name == "author" and positions[-1] is not None:
                people.setdefault(_person(fact.text), positions[-1])
            said.add(unit)
        placed = placed or entry.has("affiliation")


def _person(name: str) -> str:
    """Return a name in natural order, folded, to tell that two ways speak of the same author."""
    return fold(natural(name))


def _unit(name: str) -> str:
    return "author" if name in _AUTHOR_UNIT else name


def _put(entry: Entry, fact: Fact, positions: list[int | None], places: list[int | None]) -> None:
    """Add one fact, with its author's or affiliation's position in the record."""
    owners = places if fact.name == "affiliation_id" else positions
    of = owners[fact.of] if fact.of is not None and fact.of < len(owners) else None
    position = entry.add(fact.name, fact.text, fact.value, path=fact.path, line=fact.line, of=of)
    if fact.name == "author":
        positions.append(position)
    elif fact.name == "affiliation":
        places.append(position)
    if fact.name == "other" and "orcid" in fact.path:
        entry.warn(f"no ORCID iD: {fact.text[:40]!r}", "correct it in the source; its check digit is wrong, or something is missing", fact.line)
    if fact.name == "date" and fact.value is None:
        entry.warn(f"no such date: {fact.text[:40]!r}", "correct it in the source", fact.line)
