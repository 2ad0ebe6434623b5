"""What the readers of JATS make of contributors: authors and groups with their ids, and the affiliations they point to."""

import re
from typing import Final, NamedTuple

from lxml import etree

from kg.sources._entry import Entry
from kg.sources._jats.text import LINKS, address, bare
from kg.sources._xml.fields import child, put, put_orcid, put_rest, put_ror, texts_in
from kg.sources._xml.stream import Located, children, local, text_of

_AUTHOR: Final = re.compile(r"(?:(?:co|first|corresponding|group)-?)?authors?|collab|corresp|person", re.IGNORECASE)
"""What a contributor is called who is an author."""

_FORMS: Final = frozenset({"original", "normalized"})
"""Kinds of `institution` that say the whole affiliation once more (SciELO)."""

_BETWEEN: Final = frozenset({"aff", "aff-alternatives", "x"})
"""What stands between contributors: affiliations, which are read with them, and commas."""

_TELLING: Final = LINKS | {"contrib-id"}
"""Elements that may tell who somebody is."""


def add_authors(entry: Entry, parts: list[Located]) -> None:
    """Add the authors of all groups with their affiliations, which stand in their group or beside it.

    Where only collaborations sign, those of their members who are called authors are so (EDP Sciences); else they are `other`.
    """
    groups = _groups(parts)
    members = _groups([group for inside in groups for part in inside for group in _inside_collab(part)])
    are_authors = not any(_is_person(part.element) for inside in groups for part in inside) and all(
        part.element.get("contrib-type") for inside in members for part in inside if local(part.element) == "contrib"
    )
    groups += members if are_authors else []
    shared, owned = _affiliations(parts), [_affiliations(inside) for inside in groups]
    known = shared | {key: aff for own in owned for key, aff in own.items()}
    told: set[str] = set()
    listed: list[list[int]] = []
    for inside, own in zip(groups, owned, strict=True):
        authors: list[int] = []
        pointed: set[str] = set()
        for part in inside:
            if local(part.element) == "contrib":
                inner = [] if are_authors else _inside_collab(part)
                of = _add_contributor(entry, part, known, pointed)
                authors += [] if of is None else [of]
                for group in inner:
                    put(entry, "other", group)
            elif local(part.element) not in _BETWEEN:
                put(entry, "other", part)
        if authors and not pointed:
            _add_to_all(entry, own, authors)
            pointed |= own.keys()
        told |= pointed
        listed += [authors] if authors else []
    if len(listed) == 1 and not told and len(shared) == 1:
        _add_to_all(entry, shared, listed[0])
        told |= shared.keys()
    for key, aff in known.items():
        if key not in told:
            put(entry, "other", aff.part)
            continue
        for each in _said_again(aff.part.element):
            entry.add("other", text_of(each), path=aff.part.path, line=each.sourceline)


def _groups(parts: list[Located]) -> list[list[Located]]:
    """Return what each group of contributors among some elements holds."""
    return [list(children(part.element, part.path)) for part in parts if local(part.element) == "contrib-group"]


def _inside_collab(contrib: Located) -> list[Located]:
    """Return the members that a contributor lists, if it is a collaboration: groups of contributors."""
    if next(contrib.element.iter("{*}contrib-group"), None) is None:
        return []
    found = []
    for part in children(contrib.element, contrib.path):
        if local(part.element) == "contrib-group":
            found.append(part)
        elif local(part.element) in {"collab", "collab-alternatives"}:
            found += _inside_collab(part)
    return found


def _is_person(contrib: etree._Element) -> bool:
    """Tell whether an element is an author who is a person."""
    named = any(child(contrib, name) is not None for name in ("name", "string-name", "name-alternatives"))
    return named and _AUTHOR.fullmatch(contrib.get("contrib-type", "author")) is not None


def _add_to_all(entry: Entry, affiliations: dict[str, "_Affiliation"], authors: list[int]) -> None:
    """Add affiliations to each of some authors."""
    for aff in affiliations.values():
        for of in authors:
            _add_affiliation(entry, aff, of)


class _Affiliation(NamedTuple):
    """An affiliation, which several authors may have: where it stands, and its text."""

    part: Located
    text: str


def _affiliations(parts: list[Located]) -> dict[str, _Affiliation]:
    """Return the affiliations among some elements by their ids; of several forms of one the first."""
    found = []
    for part in parts:
        name = local(part.element)
        if name == "aff":
            found.append(part)
        elif name == "aff-alternatives":
            found += [each for each in children(part.element, part.path)[:1] if local(each.element) == "aff"]
    return {part.element.get("id", part.path): _Affiliation(part, _affiliation(part.element)) for part in found}


def _add_contributor(entry: Entry, contrib: Located, known: dict[str, _Affiliation], told: set[str]) -> int | None:
    """Add an author and return the position; None for editors and the like.

    Args:
        entry: The record.
        contrib: The contributor.
        known: The affiliations by id.
        told: The ids of the affiliations that have been pointed to.
    """
    if not _AUTHOR.fullmatch(contrib.element.get("contrib-type", "author")):
        put_rest(entry, contrib)
        return None
    parts = list(children(contrib.element, contrib.path))
    named = next((part for part in parts if local(part.element) in _NAMES), None)
    of = _add_name(entry, contrib, named) if named else None
    if of is None:
        put_rest(entry, contrib)
        return None
    for part in parts:
        name, element = local(part.element), part.element
        if part is named or name == "x":
            continue
        if name in _TELLING and (orcid := _orcid(element)):
            put_orcid(entry, orcid, part.path, element.sourceline, of)
        elif name == "xref":
            ids = element.get("rid", "").split()
            for each in (each for each in ids if each in known):
                _add_affiliation(entry, known[each], of)
                told.add(each)
        elif name in {"aff", "aff-alternatives"}:
            for aff in _affiliations([part]).values():
                _add_affiliation(entry, aff, of)
        elif name in LINKS:
            put_rest(entry, part)
        else:
            put(entry, "other", part)
    return of


def _orcid(element: etree._Element) -> str:
    """Return the ORCID iD that an element gives: as an id, or (before JATS 1.1) as a link; empty where it gives none."""
    kinds = [text.lower() for name, text in element.items() if name.endswith("-type")]
    said = address(element) or text_of(element)
    return said if "orcid" in kinds or "orcid.org/" in said else ""


_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_NAMES: Final = frozenset({"name", "string-name", "collab", "name-alternatives", "collab-alternatives", "anonymous"})


def _add_name(entry: Entry, contrib: Located, part: Located) -> int | None:
    """Add the name of a contributor: of several forms of it that in the language of the article, or else the first."""
    if local(part.element).endswith("-alternatives"):
        forms = list(children(part.element, part.path)) or [part]
        spoken = next((above.get(_LANG) for above in part.element.iterancestors("{*}article")), None)
        part = next((form for form in forms if spoken and form.element.get(_LANG) == spoken), forms[0])
        for form in (each for each in forms if each is not part):
            entry.add("other", " ".join(text_of(each) for each in form.element) or text_of(form.element), path=form.path, line=form.element.sourceline)
    kind, element = local(part.element), part.element
    if kind == "collab":
        text = bare(element, "contrib-group", "aff", "xref", "fn", "institution-id")
        return entry.add("author", text, "group", path=contrib.path, line=element.sourceline)
    named = texts_in(element)
    text = " ".join(filter(None, (named.get(each) for each in ("given-names", "surname", "suffix")))) if named.get("surname") else text_of(element)
    return entry.add("author", text or ("Anonymous" if kind == "anonymous" else ""), path=contrib.path, line=element.sourceline)


def _add_affiliation(entry: Entry, aff: _Affiliation, of: int) -> None:
    """Add an affiliation of an author with its ROR id."""
    path, element = aff.part
    place = entry.add("affiliation", aff.text, path=path, line=element.sourceline, of=of)
    if place is None or not len(element):
        return
    for each in element.iter("{*}institution-id"):
        if each.get("institution-id-type", "").lower() == "ror":
            put_ror(entry, text_of(each), path, each.sourceline, place)


_NOT_SAID: Final = frozenset({"label", "institution-id", "sup", "xref", "email", "fn"})
_PARTS: Final = frozenset(
    {"institution", "institution-wrap", "addr-line", "city", "state", "country", "named-content", "postal-code"}
)
"""What an affiliation is made of, with or without punctuation between."""

_LABEL: Final = re.compile(r"[\s,;.:(]*\b(?:e-?mail|orcid(?: id)?)[\s:]*\)?\Z", re.IGNORECASE)
"""What is left of an address of mail that is an element of its own."""


def _said_again(aff: etree._Element) -> list[etree._Element]:
    """Return the parts of an affiliation that say all of it once more."""
    forms = [each for each in aff.iter("{*}institution") if each.get("content-type") in _FORMS]
    if not forms:
        return []
    return forms if len(forms) < sum(1 for _ in aff.iter("{*}institution")) else forms[1:]


def _affiliation(aff: etree._Element) -> str:
    """Return the text of an affiliation: without its label, with a comma between parts that nothing else parts."""
    if not len(aff):
        return text_of(aff).strip(" ,.;:")
    again = _said_again(aff)
    pieces: list[str] = []
    ended = False  # whether a part has just ended
    for event, element in etree.iterwalk(aff, events=("start", "end")):
        name = local(element)
        if event == "start":
            text = "" if name in _NOT_SAID or element in again else element.text or ""
            if name in _PARTS and ended and element not in again:
                before = next((piece.rstrip() for piece in reversed(pieces) if piece.strip()), "")
                pieces.append(" " if before.endswith((",", ";", ":")) else ", ")
                ended = False
        else:
            text = "" if element is aff else element.tail or ""
            ended = not text.strip() and (ended or name in _PARTS)
        if not any(local(above) in _NOT_SAID for above in element.iterancestors()):
            pieces.append(text)
    return _LABEL.sub("", " ".join("".join(pieces).split()).replace(" ,", ",")).strip(" ,.;:")
