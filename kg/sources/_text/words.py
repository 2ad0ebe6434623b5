"""What one word can be in a name: an initial, a particle, the last word of a list, or none of it."""

import re
from functools import lru_cache
from typing import Final

from kg.names import PARTICLES

_PARTED: Final = re.compile(r"-\s+")
"""Where a line end parts a word."""

MARKS: Final = "0123456789*†‡§¶∗⋆#^¹²³⁴⁵⁶⁷⁸⁹⁰"
"""What stands behind a name to refer to an affiliation or a footnote."""

_SIGNED: Final = re.compile(r"[*†‡§¶∗⋆#]+(?=[.:]\Z)")
"""Such marks before the stop that ends a list: `Q. Huang*.`."""

_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.?-?){1,4}")
SUFFIX: Final = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")
_JOINED_PARTICLE: Final = re.compile(r"(?:d[aeiu]|de[lr]|v[ao]n|la|le|el|al|ter|ten|mc|mac)[A-Z][a-z]+")
"""A surname that is written in one word with its particle: `duVerle`."""

_NO_NAME: Final = frozenset({
    "a", "about", "after", "all", "and", "are", "as", "at", "based", "be", "before", "by", "does", "for", "from", "how",
    "in", "into", "is", "it", "its", "not", "of", "on", "or", "our", "proc", "proceedings", "that", "the", "their", "these", "this",
    "toward", "towards", "under", "using", "via", "was", "we", "what", "when", "where", "which", "why", "with", "without",
    "learning", "network", "networks", "neural", "deep", "model", "models", "language", "large", "survey", "review",
    "university", "institute", "department", "conference", "journal", "transactions", "workshop", "international", "press",
    "ieee", "acm", "arxiv", "springer", "elsevier", "nature", "science", "new", "data", "analysis", "system", "systems", "method",
    "methods", "theory", "approach", "algorithm", "algorithms", "image", "images", "video", "visual", "vision", "attention",
    "january", "february", "march", "july", "august", "september", "october", "november", "december",
    "universität", "universitaet", "université", "universidad", "universidade", "università", "universiteit", "universitet", "colloquium", "symposium", "seminar",
    "professor", "postdoc", "postdoctoral", "lecturer", "doctoral", "dissertation", "thesis", "diploma",
    "author", "authors", "chair", "chairs", "committee", "corresponding", "reviewer", "reviewers", "organizer", "organizers",
    "pdf", "code", "paper", "link", "license", "copyright", "version", "chapter", "table", "figure", "section", "software", "patent", "accepted", "submitted", "forthcoming",
})  # fmt: skip
"""Words of titles, venues and notes that no name has."""

ALSO_GIVEN: Final = frozenset({"Deep", "August", "March"})
"""Those of them that people are called too."""

CALENDAR: Final = frozenset({
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
})  # fmt: skip
"""Words of dates, which alone make no name, as names though there are some of them."""

CUT_WORDS: Final = frozenset({
    "Acoust.", "Algebr.", "Am.", "Appl.", "Biol.", "Catal.", "Chem.", "Clin.", "Comput.", "Cryst.", "Ecol.", "Econ.", "Electrochem.", "Eng.", "Exp.", "Geophys.", "Immunol.",
    "Int.", "Mach.", "Mater.", "Math.", "Mech.", "Med.", "Mol.", "Neurosci.", "Nucl.", "Opt.", "Org.", "Philos.", "Phys.", "Polit.", "Psychol.", "Soc.", "Stat.", "Theor.",
})  # fmt: skip
"""The second word of the names of journals that begin with `J.`, as these are cut."""

HONORIFICS: Final = frozenset({"Dr.", "Dr", "Prof.", "Prof", "Mr.", "Mr", "Ms.", "Ms", "Mrs.", "Er.", "Univ.-Prof.", "Dr.-Ing.", "PD", "Ing."})
"""What stands before a name and is no part of it."""

_DEGREES: Final = frozenset({"Ph.D", "PhD", "M.D", "Sc.D", "D.Sc", "M.Sc", "B.Sc", "MSc", "BSc", "MBA", "M.A", "B.A", "M.S", "Dr.rer.nat"})
"""What stands behind names, or in their list, and is none."""

_REMEMBERED: Final = 16_384
"""How many words' looks are kept: names come again and again."""

_NO_PERSONS: Final = ("学报", "学刊", "杂志", "期刊", "大学", "学院", "研究", "会议", "论文", "学会誌", "学会")
"""How names of journals and institutions end, which are as short as names of people."""


def is_cyrillic(word: str) -> bool:
    """Tell whether a word is in Cyrillic letters, where initials stand behind the surname: `Иванов И. И.`."""
    return "\u0400" <= word[:1] <= "\u04ff"


def is_uncased(word: str) -> bool:
    """Tell whether a word is a whole name in a script without capitals and blanks, like 王伟."""
    bare = core(word)
    return 1 < len(bare) <= 5 and not bare.endswith(_NO_PERSONS) and all(c.isalpha() and c.lower() == c.upper() for c in bare)


def unmarked(word: str) -> str:
    """Return a word without the marks behind it, with the stop behind these."""
    return _SIGNED.sub("", word.rstrip(MARKS))


def core(word: str) -> str:
    """Return a word without the marks and stops behind it."""
    return unmarked(word).rstrip(".:")


@lru_cache(maxsize=_REMEMBERED)
def is_initials(word: str) -> bool:
    """Tell whether a word is initials: `A`, `A.`, `J.-B.`, `AB`."""
    letters = [c for c in word if c.isalpha()]
    return 0 < len(letters) <= 3 and all(c.isupper() for c in letters) and _INITIALS.fullmatch(word) is not None


@lru_cache(maxsize=_REMEMBERED)
def kind_of(word: str) -> str:
    """Return what a word can be in a name: `initial`, `word`, `particle`, `last` (ends the list), or `none`."""
    if "\n" in word or "\r" in word:
        word = _PARTED.sub("", word)
    if word in PARTICLES or word in {"d'", "'t", "’t"} or (len(word) == 2 and word[0].islower() and word[1] == "."):
        return "particle"
    if word.rstrip(".") in _DEGREES:
        return "none"
    bare = unmarked(word)
    if len(word) > 2 and word[0] in "'‘" and word[-1] in "'’" and word[1:-1].istitle():
        return "word"  # what somebody is called: `Mary 'Molly' Mason`
    if not bare or any(c in '()[]{}<>@/=_"“”„«»|?!%$+\\`' for c in bare) or any(c.isdigit() for c in bare):
        return "none"
    inner = bare.rstrip(".:")
    if is_initials(inner) or is_initials(bare):
        return "last" if bare.endswith(":") else "initial" if bare.endswith(".") or "-" in inner or len(inner) < 2 else "word"
    if not inner or (inner[0].islower() and not _apostrophe(inner) and not _JOINED_PARTICLE.fullmatch(inner)) or not (inner[0].isalpha() or not inner[0].isascii()) or inner.lower() in _NO_NAME:
        return "none"
    if not all(c.isalpha() or c in "'’ʼ‘-‐‑." for c in inner):
        return "none"
    if bare.endswith((".", ":")) and not SUFFIX.fullmatch(bare):
        return "last"
    return "word"


def _apostrophe(word: str) -> bool:
    """Tell whether a word is like `d'Alembert` or `al-Khwarizmi`."""
    return word[:2] in {"d'", "d’", "o'", "l'", "l’"} or word.lower().startswith("al-")
