"""Authors in people's own JSON: names or objects in a list, or one text, with what is said of each."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, Final

from kg import ids
from kg.names import is_group, is_institution
from kg.sources._cells import Cell, says
from kg.sources._markup import plain
from kg.sources._own_json.affiliations import (
    add_affiliations,
    add_places,
    have_places,
    numbered_places,
    numbers_of,
)
from kg.sources._own_json.context import (
    BRACKETED,
    LABEL,
    TEXT,
    Context,
    as_list,
    decoded,
    inner_text,
    is_nothing,
    keep_more,
    line_at,
    texts_of,
)
from kg.sources._own_json.keys import bare, bare_name, meaning
from kg.sources._own_json.listed import is_name, listed, only_first
from kg.sources._own_json.names import SPARE, filled_key, joined_text, name_of, shape_of
from kg.sources._own_json.tables import are_references, resolved
from kg.sources._people import person, tidied, with_places
from kg.sources._text.names import MORE, natural, split_names

_LONGEST_NAME: Final = 200
"""A name so long is none, and not worth to be remembered."""

_LONGEST_LIST: Final = 20_000
"""A text so long is no list of names in the place of one."""

_INITIALS: Final = re.compile(r".*[^\W\d_][a-z][^.,]*\s[A-ZÀ-ÖØ-Þ]{1,3}")


def add_authors(cell: Cell, key: str, context: Context) -> bool:  # noqa: ARG001 - like all that look at a cell
    """Add the authors, with the affiliations that the paper lists for them."""
    of: list[int | None] = []
    value = cell.value
    within = next((each for each in value if meaning(each) == "authors" or len(value) == 1), None) if isinstance(value, dict) else None
    if within and not is_name(within) and (isinstance(value[within], list) or (isinstance(value[within], dict) and not name_of(value)[0])):
        for other, held in value.items():
            if other != within and says(held):
                cell.add("other", held, at=f".{other}")
        cell, value = cell.below(f".{within}", value[within]), value[within]
    if isinstance(value, dict) and name_of(value)[0]:
        of = [_author(cell, {}, {})]
    elif isinstance(value, dict) and (parts := listed(value)) is not None:
        of, value = _of_object(cell, parts, context), [author for _, _, author in parts]
    elif isinstance(value, str):
        text = BRACKETED.sub("", value if "bibtex" in context.taken else plain(value))
        if label := LABEL.match(text):
            text = text[label.end() :]
        text = _COUNTED.sub("", text)
        of = _of_text(cell, text, context)
    elif isinstance(value, list):
        if are_references(value) and (table := context.people()):
            value = [resolved(author, table) for author in value]
        turned, places = _turned(value), numbered_places(context.best("affiliations"))
        of = [_author(cell.below(f"[{i}]", author), turned, places) for i, author in enumerate(value)]
    else:
        cell.reject("a list of authors")
    _add_orcids(context, of)
    if not have_places(value):
        each = any(bare(known) == "authorswithaffiliations" for known, _ in context.cells.get("affiliations", ()))  # Scopus: each only once
        add_affiliations(context.best("affiliations"), [] if each else of)
    return cell.entry.has("author") or cell.entry.has("et_al")


def _of_text(cell: Cell, printed: str, context: Context) -> list[int | None]:
    """Add the authors that one text lists, with the places in brackets behind their names; return their positions."""
    text, gap = tidied(printed)
    placed = with_places(text) if "(" in text else None
    if placed:
        of = [add_person(cell, decoded(natural(text[slice(*name)]), context)) for name in placed.people.names]
        for rank, place in placed.places:
            cell.add("affiliation", text[slice(*place)], of=of[rank])
        cut = placed.people.et_al
    else:
        people, cut = split_names(text)
        of = [add_person(cell, decoded(found.name, context), group=found.group) for found in people]
    if more := gap or cut:
        cell.add("et_al", printed[slice(*more)].strip())
    return of


def add_groups(context: Context) -> None:
    """Add the collaborations that sign a paper, behind its authors."""
    for _, cell in context.cells["group"]:
        found = texts_of(cell, TEXT)
        for at, text in found or ():
            cell.add("author", text, "group", at=at)
        if found is None:
            cell.add("other", cell.value)
        else:
            keep_more(cell)


def _add_orcids(context: Context, owners: list[int | None]) -> None:
    """Add the ORCID iDs that lists beside the authors have for each of them: ADS has them from three sources, `-` where there is none."""
    for key, cell in context.cells.get("", ()):
        if "orcid" in bare(key) and isinstance(cell.value, list) and len(cell.value) == len(owners):
            for i, (text, of) in enumerate(zip(cell.value, owners, strict=True)):
                if of is not None and isinstance(text, str) and f"{of}:{text}" not in context.taken and _author_id(cell.below(f"[{i}]", text), "orcid", of):
                    context.taken.add(f"{of}:{text}")


def _of_object(cell: Cell, parts: list[tuple[str, str, Any]], context: Context) -> list[int | None]:
    """Add the authors who have a key each in an object; return their positions. What else is in it stays."""
    places, of = numbered_places(context.best("affiliations")), []
    for key, at, author in parts:
        part = cell.below(f".{key}{at}", author)
        of.append(_named(part, key) if is_name(key) else _author(part, {}, places))
    known = {key for key, _, _ in parts}
    for key, held in cell.value.items():
        if key not in known and says(held):
            cell.add("other", held, at=f".{key}")
    if first := only_first(cell.value):
        cell.add("et_al", first, at=f".{first}")
    return of


def _named(cell: Cell, name: str) -> int | None:
    """Add an author whose name is the key of what is said of them: their affiliations, or an object."""
    if isinstance(cell.value, dict):
        return _author(cell._replace(value={"name": name, **cell.value}), {}, {})
    of = add_person(cell, name)
    if isinstance(cell.value, str | list):
        add_places(cell, of)
    return of


def _turned(authors: list[Any]) -> Mapping[str, str]:
    """Return the names in natural order if those of all persons are as PubMed has them (`Lovelace A`); none where not.

    One alone may be Malcolm X, unless it is PubMed who says so.
    """
    names: list[str] = []
    for author in authors:
        name = name_of(author)[0] if isinstance(author, dict) else author
        if isinstance(name, str) and (_is_collective(author) or is_group(name)):
            continue
        if not isinstance(name, str) or not name[-1:].isupper() or len(name) > _LONGEST_NAME or not _INITIALS.fullmatch(name):
            return {}
        names.append(name)
    listed_names = names * 2 if len(names) == 1 and isinstance(authors[0], dict) and _KIND in authors[0] else names
    people, _ = split_names("; ".join(listed_names) if len(listed_names) > 1 else "")
    return dict(zip(listed_names, (found.name for found in people), strict=True)) if len(people) == len(listed_names) else {}


_KIND: Final = "authtype"
"""Under which PubMed's summaries say what an author is."""


def _is_collective(author: Any) -> bool:
    return isinstance(author, dict) and author.get(_KIND) == "CollectiveName"


_COUNTED: Final = re.compile(r"\s*\((?:\+?\d+ (?:more )?authors?|total \d+)\)\s*$", re.IGNORECASE)
"""How many authors there are, behind the few that are named: `et al. (10 authors)`."""

_CUT: Final = re.compile(MORE, re.IGNORECASE)


_LAST_OF_LIST: Final = re.compile(r"^(?:and|&)\s+(?=\S)|(?<=[^\W\d_]{3})(?<!\bal)(?<!\besq)(?<!\bphd)(?<!\binc)(?<!\bltd)\.$", re.IGNORECASE)
"""What a list has about its last name: `and Ada Lovelace.`"""

_LASTLY: Final = frozenset({"an", "An", "AN", "& "})
"""How a name begins that may have it."""


@lru_cache(1 << 16)
def _cleaned(printed: str) -> tuple[str, str | None]:
    """Return a name without markup and footnote marks, and `group` for a collective, or `et_al` where it says that there are more."""
    name = " ".join(plain(printed).split())
    if name[-1:] == "." or name[:2] in _LASTLY:
        name = _LAST_OF_LIST.sub("", name)
    if _CUT.fullmatch(name):
        return name, "et_al"
    found = person(natural(name) if "," in name and not is_institution(name) else name)
    return found.name or name, found.kind


@lru_cache(1 << 12)
def _several(printed: str) -> tuple[str, ...]:
    """Return the names in the place of one (`Ada Lovelace, Jean Sammet and Mary Shaw`); none where it is one name."""
    if is_institution(printed) or _cleaned(printed)[1]:
        return ()
    people, cut = split_names(plain(printed))
    names = (*(found.name for found in people), *(["et al."] if cut else []))
    return names if len(names) > 1 and all(" " in name for name in names) else ()


_NAMESAKE: Final = re.compile(r"(.*\S) 0\d{3}")
"""A name with the number by which dblp tells namesakes apart."""


def add_person(cell: Cell, printed: str, *, group: bool = False) -> int | None:
    """Add an author, or that there are more; return the position, None if it is no author, or several."""
    several = " and " in printed or ";" in printed or " & " in printed or printed.count(",") > 1
    if several and not group and len(printed) < _LONGEST_LIST and (names := _several(printed)):
        for name in names:
            add_person(cell, name)
        return None
    namesake = _NAMESAKE.fullmatch(printed) if printed[-4:].isdecimal() and len(printed) < _LONGEST_NAME else None
    name, kind = _cleaned(namesake[1] if namesake else printed) if len(printed) < _LONGEST_NAME else (" ".join(printed.split()), None)
    if kind == "et_al":
        cell.add("et_al", name)
        return None
    of = cell.add("author", name, "group" if group else kind)
    if namesake and of is not None:
        cell.add("author_id", printed, of=of)
    return of


def _author(cell: Cell, turned: Mapping[str, str], places: Mapping[str, Cell]) -> int | None:
    """Add an author and what is said of them; return the position, None if it is no author."""
    if isinstance(cell.value, str):
        return add_person(cell, turned[cell.value]) if cell.value in turned else _printed_author(cell)
    if isinstance(cell.value, list) and cell.value and all(isinstance(part, str) for part in cell.value):
        return _parts(cell)
    if not isinstance(cell.value, dict):
        cell.reject("an author")
        cell.add("other", cell.value)
        return None
    while len(cell.value) == 1:
        ((key, only),) = cell.value.items()
        if is_name(key):
            return _named(cell.below(f".{key}", only), key)
        if not isinstance(only, dict):
            break
        cell = cell.below(f".{key}", only)
    data = _unfolded(cell.value)
    if _is_no_author(data):
        cell.add("other", cell.value)
        return None
    shape = shape_of(tuple(data))
    name, used = name_of(data)
    group = None if name else filled_key(data, shape.group)
    if group:
        name, used = joined_text(data[group]), {group}
    of = add_person(cell, turned.get(name, name), group=bool(group) or _is_collective(data)) if name else None
    if not name and says(cell.value):
        cell.entry.warn(f"{cell.path} has no author's name", "add it", line_at(cell))
    for key, held in data.items():
        if key in used or not says(held):
            continue
        part = cell.below(f".{key}", held)
        numbers = numbers_of(held) if places and bare(key).startswith(("aff", "afid")) else []
        if numbers and places.keys() >= set(numbers):
            for number in numbers:
                places[number].add("affiliation", places[number].value, of=of)
        elif key in shape.places and not (bare(key) in SPARE and _is_told_better(data, shape.places)):
            add_places(part, of)
        elif of is None or not _author_ids(part, of):
            part.add("other", held)
    return of


_DEEPEST: Final = 4
"""So many objects are opened around a name."""


def _unfolded(author: dict[str, Any]) -> dict[str, Any]:
    """Return what is said of an author, with what is in the objects around the name: `{"author": {"name": {"first": "Bo"}}}`."""
    for _ in range(_DEEPEST):
        inner = [key for key in shape_of(tuple(author)).inner if isinstance(author[key], dict)]
        for wrapped in inner:
            author = {**{f"{wrapped}.{key}": held for key, held in author[wrapped].items()}, **{key: held for key, held in author.items() if key != wrapped}}
        if not inner:
            break
    return author


_ROLES: Final = frozenset({"role", "roles", "inspireroles", "personrole", "contributorrole", "contributortype", "creatortype"})
_OTHER_ROLES: Final = re.compile(r"\W*(?:\w+[ -])?(?:editors?|translators?|supervisors?|advis[eo]rs?|examiners?|reviewers?|illustrators?)\W*", re.IGNORECASE)


def _is_no_author(author: Mapping[str, Any]) -> bool:
    """Tell whether somebody in a list of authors has another role there: the editor of the volume, the supervisor of the thesis, a helper at OSF."""
    if any(held is False and bare_name(key) == "bibliographic" for key, held in author.items()):
        return True
    told = (text for key, held in author.items() if bare_name(key) in _ROLES for each in as_list(held) if (text := inner_text(each, (*TEXT, "role"))))
    roles = [_OTHER_ROLES.fullmatch(text) is not None for text in told]
    return bool(roles) and all(roles)


def _is_told_better(data: dict[str, Any], places: Collection[str]) -> bool:
    """Tell whether an author has affiliations under a key that says them better than a spare one."""
    return any(bare(key) not in SPARE and says(data[key]) for key in places)


def _parts(cell: Cell) -> int | None:
    """Add an author who is a list: last name, first names and suffix as in arXiv's `authors_parsed`, or name and id or affiliation."""
    first, *others = cell.value
    if not any(map(_is_no_name, others)):
        return add_person(cell, " ".join([*others[:1], first, *others[1:]]))
    of = add_person(cell, first)
    for i, text in enumerate(others, 1):
        known = ids.identifier(text, "dblp" if "/" in text else "")
        part = cell.below(f"[{i}]", text)
        if known and of is not None and known.partition(":")[0] in _PEOPLE:
            part.add("author_id", text, known, of=of)
        else:
            part.add("affiliation" if is_institution(text) or _SITE.fullmatch(text) else "other", text, of=of)
    return of


def _is_no_name(text: str) -> bool:
    return any(map(str.isdigit, text)) or "@" in text or "/" in text or is_institution(text)


_PLACED: Final = re.compile(
    r"(?P<name>[^][(){}]+?)\s*(?:\[(?P<place>[^][:]*[^\W\d][^][:]*)\]|\((?P<site>[^()]+)\))?\s*(?:\(ORCID:?\s*(?P<orcid>[\dX-]+)\))?", re.IGNORECASE
)
"""A name with what stands behind it: `Lovelace, Ada [Univ. of London] (ORCID:0000000218250097)` at OSTI, `Ada Lovelace (MIT)`."""

_AND_MORE: Final = re.compile(r"(?P<name>.*\S)\s+(?P<more>et\.? al\.?)\s*(?:\((?P<group>[^()]+)\))?", re.IGNORECASE)
"""The first of many, and whose work it is: `K. Abe et al. (Gravel Collaboration)`."""

_SITE: Final = re.compile(r"[A-Z][A-Z&/ ]+[A-Z]")


def _printed_author(cell: Cell) -> int | None:
    """Add an author who is one text, in which affiliation and ORCID iD may stand behind the name; return the position."""
    if more := _AND_MORE.fullmatch(cell.value) if " et" in cell.value and len(cell.value) < _LONGEST_NAME else None:
        of = add_person(cell, more["name"])
        cell.add("et_al", more["more"])
        if more["group"]:
            cell.add("author", more["group"], "group")
        return of
    found = _PLACED.fullmatch(cell.value) if cell.value[-1:] in {"]", ")"} and len(cell.value) < _LONGEST_NAME else None
    place = found and (found["place"] or found["site"])
    if found is None or (found["site"] and not (_SITE.fullmatch(found["site"]) or is_institution(found["site"]))):
        return add_person(cell, cell.value)
    of = add_person(cell, found["name"])
    if place:
        cell.add("affiliation", place, of=of)
    if found["orcid"] and of is not None:
        digits = found["orcid"].replace("-", "")
        _author_id(cell.below("", "-".join(digits[i : i + 4] for i in range(0, len(digits), 4))), "orcid", of)
    return of


def _author_ids(cell: Cell, of: int) -> bool:
    """Add what identifies an author: texts, or objects that name its kind; tell whether that is all there is."""
    kind = cell.path.rpartition(".")[2]
    if isinstance(cell.value, str):
        return _author_id(cell, kind, of)
    if isinstance(cell.value, dict) and "orcid" in kind.lower() and isinstance(path := cell.value.get("path"), str):
        return _author_id(cell.below(".path", path), kind, of)
    while isinstance(cell.value, dict):
        inner = [(key, held) for key, held in cell.value.items() if says(held)]
        if len(inner) != 1 or not isinstance(inner[0][1], dict):
            break
        cell = cell.below(f".{inner[0][0]}", inner[0][1])
    if listed := cell.texts():
        found = [_author_id(cell.below(at, text), kind, of) for at, text in listed]
        return all(found)
    parts = [(f"[{i}]", each) for i, each in enumerate(cell.value)] if isinstance(cell.value, list) else [("", cell.value)]
    told = [(at, each, inner_text(each, ("type", "schema", "scheme")), inner_text(each, ("value", "id", "identifier"))) for at, each in parts]
    if not all(isinstance(each, dict) and kind and text for _, each, kind, text in told):
        return False
    made = [_author_id(cell.below(at, text), kind, of) for at, _, kind, text in told]
    return all(made)


_PEOPLE: Final = frozenset({"orcid", "openalex", "openreview", "s2", "dblp"})
"""Schemes of identifiers that people have."""


def _author_id(cell: Cell, kind: str, of: int) -> bool:
    """Add what identifies an author, if it does; an ORCID iD with a wrong check digit is reported."""
    scheme = next((each for each in ("orcid", "openreview", "openalex", "dblp") if each in kind.lower()), "")
    known = ids.identifier(cell.value, scheme)
    if known is None or known.partition(":")[0] not in _PEOPLE or known.startswith("openalex:I"):
        if scheme == "orcid" and not is_nothing(cell.value):
            cell.entry.warn(f"{cell.path} is no ORCID iD: {cell.value[:80]!r}", "correct it", line_at(cell))
        return False
    return cell.add("author_id", cell.value, known, of=of) is not None
