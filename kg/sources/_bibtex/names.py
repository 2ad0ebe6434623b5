"""The authors of a BibTeX entry: lists with `and`, names as BibTeX and biblatex part them, and lists that are written otherwise."""

import re
from typing import Final

from kg.sources._bibtex.block import Tex
from kg.sources._bibtex.given import COMMA, SEMICOLON, Fields, Given, bare, between, is_braced
from kg.sources._citing import add_author, dotted, in_order
from kg.sources._entry import Entry
from kg.sources._latex import decode, unbraced
from kg.sources._library import Place, put
from kg.sources._text.names import natural, split_names

AND: Final = re.compile(r"[{}]|(?:(?<=\s)|\A)(?:and|AND|And)(?=\s|\Z)")
OTHERS: Final = re.compile(r"others|et\.?\s+al\.?|\.\.\.|…|\\(?:l?dots)(?:\{\})?", re.IGNORECASE)
_ET_AL: Final = re.compile(r"(?:,|(?<=[^\s~,]))[\s~]++(et\.?[\s~]++al\.?)\Z", re.IGNORECASE)
_LONGEST_ET_AL: Final = 20
_LONGEST_MARKS: Final = 40
_PARTS: Final = re.compile(r"\s*(family|given|prefix|suffix|useprefix|[\w-]+)\s*=\s*(.*)", re.DOTALL | re.IGNORECASE)
_EXTENDED: Final = re.compile(r"(?:\A|,)\s*\"?(?:family|given)\s*=", re.IGNORECASE)


def authors(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    """Add each name of a list, without marks of footnotes; an empty one is warned about."""
    text = _FOOTNOTES.sub("", given.tex.text)
    if text != given.tex.text:
        given = given._replace(tex=Tex(text, given.tex.line, None))
    if _COCHRANE.fullmatch(text):
        for pair in _PAIR.finditer(text):
            add_author(entry, decode(in_order([pair[1].strip(), pair[2]], suffix=1)), given.place(pair.start(1))._replace(start=None))
        return
    names = between(text, AND)
    initials = _have_initials([text[slice(*span)] for span in names])
    for rank, (first, last) in enumerate(names):
        if first == last:
            if text.strip():
                entry.warn("an empty name in the list of authors", "check its `and`s", given.place(first).line)
        elif OTHERS.fullmatch(text, first, last):
            put(entry, "et_al", *given.shown(names[rank - 1][1] if rank else first, last))
        elif initials and (name := _INITIALED.fullmatch(text, first, last)) and len(name[1]) > 1:
            add_author(entry, decode(f"{dotted(name[1])} {name[2]}"), given.place(first)._replace(start=None))
        elif not _misread(entry, given, first, last, alone=len(names) == 1):
            _author(entry, given, first, last)


_FOOTNOTES: Final = re.compile(
    r"(?:\$\s*(?:\{\s*\})?\^[^$]{1,40}\$|\\textsuperscript\s*\{(?:[^{}]|\{[^{}]*\})*\})(?![^\W\d_])"  # but M\textsuperscript{c}Donald
    r"|\$\s*\\(?:d?dagger|ast|star)\s*\$|\\(?:thanks|footnote)\s*\{(?:[^{}]|\{[^{}]*\})*\}"
    r"|\\(?:footnotemark(?:\[[0-9]+\])?|textdagger(?:dbl)?|d?dag)(?![A-Za-z])(?:\{\})?|\{[*∗†‡§¶]+\}|[*∗†‡§¶]+"
)
"""What homepages put behind names to say who contributed equally, or is at which place."""

_PAIR: Final = re.compile(r"(?:,\s+and\s|,|\A)([^,{}\\]{1,80}),\s*([A-Z]{1,5})(?=\s*(?:,|\Z))")
_COCHRANE: Final = re.compile(r"(?:[^,{}\\]{1,80},\s*[A-Z]{1,5},)+\s+and\s[^,{}\\]{1,80},\s*[A-Z]{1,5}\s*")
"""Authors as the Cochrane Library has them: `Lovelace, A, Babbage, CH, and Hopper, G`."""

_INITIALED: Final = re.compile(r"([A-Z]{1,3}) ([^\W\d_][^,]{0,80}[a-z][^,]{0,80})")


def _have_initials(names: list[str]) -> bool:
    """Tell whether all names begin with initials that have no full stops, as Publish or Perish writes (`AB Lovelace and C Babbage`).

    One single letter must be among them: `LI Wei and WU Bo` are surnames first.
    """
    people = [name for name in names if name and not OTHERS.fullmatch(name)]
    return any(name[1:2] == " " for name in people) and all(map(_INITIALED.fullmatch, people))


def _misread(entry: Entry, given: Given, first: int, last: int, *, alone: bool) -> bool:
    """Add the names of what should be one name but is a list with other separators; tell whether it is."""
    people = several(given.tex.text, first, last, alone=alone)
    if people is None:
        return False
    shown, place = given.shown(first, last)
    marked = [_MARKED.fullmatch(name) for name in _BETWEEN_MARKED.split(shown)]
    if len(marked) > 1 and None not in marked:
        for name in marked:
            add_author(entry, natural(name[1]) if name else "", place._replace(start=None))
        return True
    entry.warn(f"authors without `and` between them: {shown[:60]!r}", "write `and` there", place.line)
    if len(people) > 1:
        for span in people:
            _author(entry, given, *span)
        return True
    place = place._replace(start=None)
    names = split_names(shown)
    for person in names.people:
        add_author(entry, person.name, place, group=person.group)
    if names.et_al:
        put(entry, "et_al", shown[slice(*names.et_al)], place)
    return True


_MARKED: Final = re.compile(r"([^\W\d_][^,]*,\s*(?:-?[^\W\d_]{1,2}\.\s?)+)(?:[a-z](?:[\s,]+[a-z])*)?\s*")
_BETWEEN_MARKED: Final = re.compile(r"(?<!\s)\s+,\s+")
"""How Scopus wrote authors until 2018, with the letters of their addresses: `Lovelace, A.a , Babbage, C.a b`."""

_MARKS: Final = re.compile(r"(?<=[^\W\d_]\.)[a-z](?>(?:[\s,]+[a-z])*)\Z")
"""The letters of the addresses behind one name."""


def several(text: str, first: int, last: int, *, alone: bool) -> list[tuple[int, int]] | None:
    """Return what semicolons separate in what should be one name, if it is a list of names; None if it is one."""
    if text.count(",", first, last) < 2 and not alone:
        return None
    if _EXTENDED.search(text, first, last):
        return None
    parts = between(text, COMMA, first, last)
    several = len(parts) > 3 or (len(parts) == 3 and all(len(text[slice(*part)].split()) > 1 for part in parts))
    people = [span for span in between(text, SEMICOLON, first, last) if span[0] < span[1]] if alone else []
    return people if several or len(people) > 1 else None


_EMPHASIS: Final = re.compile(r"\{*\s*(?:\\(?:textbf|textit|textsc|emph|underline|uline|mathbf|textcolor\{\w+\})\s*\{|\{\s*\\(?:bf|it|em|bfseries|itshape)\b\s*)((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}+")
"""A name in bold type, as people print their own: `\\textbf{Lovelace, Ada}`, `{\\bf A. Lovelace}`."""


def _author(entry: Entry, given: Given, first: int, last: int) -> None:
    """Add one name."""
    text = given.tex.text
    if own := _EMPHASIS.fullmatch(text, first, last):
        first, last = bare(text, *own.span(1))
    cut = _ET_AL.search(text, max(first, last - _LONGEST_ET_AL), last)
    stop = cut.start() if cut else unmarked(text, first, last)
    parts = between(text, COMMA, first, stop)
    if len(parts) == 1:
        name, place = given.shown(first, stop)
        add_author(entry, name, place, group=is_braced(text, first, stop) and not _IN_FULL.fullmatch(name))
    else:
        place = given.place(first)._replace(start=None)
        add_author(entry, _from_commas(entry, given, parts, place), place)
    if cut:
        put(entry, "et_al", *given.shown(cut.start(1), last))


_IN_FULL: Final = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)?(?: [A-Z]\.)+ [^\W\d_][\w'’-]+")
"""A name that a person has and no collective, though there are braces around it: `{Ada B. Lovelace}`."""


def unmarked(text: str, first: int, last: int) -> int:
    """Return where a name ends, without the letters of its addresses."""
    marks = _MARKS.search(text, max(first, last - _LONGEST_MARKS), last) if text.find(",", first, last) >= 0 else None
    return marks.start() if marks else last


def _from_commas(entry: Entry, given: Given, parts: list[tuple[int, int]], place: Place) -> str:
    """Return the name that has commas in it, in natural order."""
    if _EXTENDED.search(given.tex.text, parts[0][0], parts[-1][1]):
        return _from_extended(given.tex.text, parts)
    texts = [given.shown(*part)[0] for part in parts]
    if not all(texts):
        shown = given.tex.text[parts[0][0] : parts[-1][1]]
        entry.warn(f"a name with a comma too many: {shown[:60]!r}", "write it as `Last, First` or `Last, Jr., First`", place.line)
    last, *others = [part for part in texts if part] or [""]
    return in_order([last, *(_SMALL.sub(lambda match: match[0].upper(), part) for part in others)], suffix=1)


_SMALL: Final = re.compile(r"(?<![^\W\d_])[^\W\d_](?=\.)|(?<=[A-Z] )[a-z]\Z")
"""An initial of which Mendeley made a small letter: `Lovelace, Ada b.`, `Hopper, G a`."""


def _from_extended(text: str, parts: list[tuple[int, int]]) -> str:
    """Return the name that biblatex's extended format gives: `family=Beethoven, given=Ludwig, prefix=van`."""
    found: dict[str, str] = {}
    for first, last in parts:
        if match := _PARTS.fullmatch(text[first:last].strip('"')):
            found[match[1].lower()] = decode(unbraced(match[2].strip('"'))[0])
    return " ".join(found[name] for name in ("given", "prefix", "family", "suffix") if found.get(name))
