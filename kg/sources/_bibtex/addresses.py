"""Affiliations and ORCID iDs in BibTeX entries, as Web of Science and Scopus export them, and whose they are."""

import re
from typing import Final

from kg.sources._bibtex.given import SEMICOLON, Fields, Given, between, listed
from kg.sources._bibtex.names import AND, OTHERS, several, unmarked
from kg.sources._entry import Entry
from kg.sources._library import put
from kg.sources._text.names import natural
from kg.sources._wos_people import People
from kg.sources._xml.fields import put_orcid


def affiliations(entry: Entry, given: Given, fields: Fields) -> None:
    """Add the organisations that are listed; which author belongs to which is seldom said, unless there is only one."""
    authors = _spans(fields)
    alone = 0 if len(authors) == 1 and entry.has("author") else None
    if given.name == "affiliation" and ("unique-id" in fields or "Author)" in given.tex.text):
        _addresses(entry, given, _people(fields), alone)
        return
    spans = [span for span in listed(given, SEMICOLON) if span[0] < span[1]]
    owners = _by_marks(fields, len(spans))
    for rank, (first, last) in enumerate(spans):
        for of in owners.get(rank, [alone]):
            put(entry, "affiliation", *given.shown(first, last), of=of)


def _spans(fields: Fields) -> list[tuple[int, int]]:
    """Return where the authors stand, by their positions; nothing where their list is written wrong."""
    text = fields["author"].tex.text if "author" in fields else ""
    spans = [span for span in between(text, AND) if text[slice(*span)].strip("{}~, ") and not OTHERS.fullmatch(text, *span)]
    return spans if all(several(text, *span, alone=len(spans) == 1) is None for span in spans) else []


def _people(fields: Fields) -> People:
    """Return the authors, to be found by their names."""
    return People([(natural(fields["author"].shown(*span)[0]), rank) for rank, span in enumerate(_spans(fields))])


def _by_marks(fields: Fields, count: int) -> dict[int, list[int | None]]:
    """Return whose each of `count` addresses is, by the letters that Scopus wrote behind the names until 2018."""
    found: dict[int, list[int | None]] = {}
    for position, (first, last) in enumerate(_spans(fields)):
        text = fields["author"].tex.text
        for mark in re.findall("[a-z]", text[unmarked(text, first, last) : last]):
            found.setdefault(ord(mark) - ord("a"), []).append(position)
    return found if sorted(found) == list(range(count)) else {}


_STATEMENT: Final = re.compile(r"[{}]|(?<=[.;])[ \t]*\r?\n")
_CORRESPONDS: Final = re.compile(r"\((?:reprint|corresponding) author\),?\s*", re.IGNORECASE)


def _addresses(entry: Entry, given: Given, people: People, alone: int | None) -> None:
    """Add the addresses of Web of Science, each behind the names of those who are there (`Lovelace, Ada; King, W, Univ X`)."""
    for first, last in listed(given, _STATEMENT):
        text, place = given.shown(first, last)
        if mark := _CORRESPONDS.search(text):
            put(entry, "other", text, place)
            names, begin = text[: mark.start()].split(";"), mark.end()
        else:
            names, begin = _before_address(text, people)
        end = len(text.rstrip(" .;"))
        known = [of for name in names if (of := people.position(name)) is not None]
        for of in dict.fromkeys(known) or [alone]:
            told = of, text[begin:end].strip().casefold()
            if told not in people.placed:
                put(entry, "affiliation", text, place, first=begin, last=end, of=of)
            people.placed.add(told)


def _before_address(text: str, people: People) -> tuple[list[str], int]:
    """Return the names before an address, of which the last one has its first names behind a comma, and where the address begins."""
    *names, rest = text.split(";")
    others = any(people.position(name) is not None for name in names)
    for parts in (2, 1):
        name = ",".join(rest.split(",")[:parts])
        if len(name) < len(rest) and ((others and parts == 2) or people.position(name) is not None):
            return [*names, name], len(text) - len(rest) + len(name) + 1
    return [], 0


def orcids(entry: Entry, given: Given, fields: Fields) -> None:
    """Add the ORCID iDs of Web of Science, `Lovelace, Ada/0000-0002-1825-0097`, one a line or between semicolons."""
    people = _people(fields)
    for first, last in listed(given, _BETWEEN_ORCIDS):
        text, place = given.shown(first, last)
        name, _, number = text.rpartition("/")
        of = people.position(name)
        if of is None:
            put(entry, "other", text, place)
        else:
            put_orcid(entry, number, place.path, place.line, of)


_BETWEEN_ORCIDS: Final = re.compile(r"[{};\r\n]")
