"""The line of authors of a paper: the names that a text begins with, and where they end.

Names come in many styles (`A. Vaswani, N. Shazeer`, `Vaswani, A., & Shazeer, N.`, `Vaswani A, Shazeer N`, `Vaswani, Ashish,
and Noam Shazeer`), and nothing marks where the list ends and the title begins. So names are read one after the other as long
as what follows looks like one in the style of the first. Linear in the text.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from kg.names import PARTICLES, is_group
from kg.sources._text.fields import Span

_WORD: Final = re.compile(r"(?:[^\W\d_]+-[ \t]*(?:\r\n|\r|\n)[ \t]*(?=[a-z]))?[^\s,;&·•，、；…]+|[,;&·•，、；…]")
"""A word, also one that a hyphen parts at the end of a line, or a sign between names."""
_ANDS: Final = frozenset({"et", "und", "y", "e", "och", "og", "и"})
"""The word before the last name in some languages."""

_PARTED: Final = re.compile(r"-\s+")
"""Where a line end parts a word."""
_SEPARATORS: Final = frozenset(",;&·•，、；")
_MARKS: Final = "0123456789*†‡§¶∗⋆#^¹²³⁴⁵⁶⁷⁸⁹⁰"
"""What stands behind a name to refer to an affiliation or a footnote."""

_SIGNED: Final = re.compile(r"[*†‡§¶∗⋆#]+(?=[.:]\Z)")
"""Such marks before the stop that ends a list: `Q. Huang*.`."""

_ROLE: Final = re.compile(r"\((?:co-?)?(?:author|autor[ae]?|auteure?)\)", re.IGNORECASE)
"""What OJS puts behind the names of authors."""

_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.?-?){1,4}")
_SUFFIX: Final = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")
_UNSPACED: Final = re.compile(r"[A-ZÀ-Þ][^\W\d_]*\.-?(?:[A-ZÀ-Þ]\.-?)*[A-ZÀ-Þ][^\W\d_]+(?:['’-][^\W\d_]+)*[.:]?")
"""A whole name without blanks: `A.B.Lovelace`, `Ada.B.Lovelace`."""

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
    "chair", "chairs", "committee", "reviewer", "reviewers", "organizer", "organizers",
    "pdf", "code", "paper", "link", "license", "copyright", "version", "chapter", "table", "figure", "section", "software", "patent", "accepted", "submitted", "forthcoming",
})  # fmt: skip
"""Words of titles, venues and notes that no name has."""

_ALSO_GIVEN: Final = frozenset({"Deep", "August", "March"})
"""Those of them that people are called too."""

_DEGREES: Final = frozenset({"Ph.D", "PhD", "M.D", "Sc.D", "D.Sc", "M.Sc", "B.Sc", "MSc", "BSc", "MBA", "M.A", "B.A", "M.S", "Dr.rer.nat"})
"""What stands behind names, or in their list, and is none."""

_CALENDAR: Final = frozenset({
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
})  # fmt: skip
"""Words of dates, which alone make no name, as names though there are some of them."""

_CUT_WORDS: Final = frozenset({
    "Acoust.", "Algebr.", "Am.", "Appl.", "Biol.", "Catal.", "Chem.", "Clin.", "Comput.", "Cryst.", "Ecol.", "Econ.", "Electrochem.", "Eng.", "Exp.", "Geophys.", "Immunol.",
    "Int.", "Mach.", "Mater.", "Math.", "Mech.", "Med.", "Mol.", "Neurosci.", "Nucl.", "Opt.", "Org.", "Philos.", "Phys.", "Polit.", "Psychol.", "Soc.", "Stat.", "Theor.",
})  # fmt: skip
"""The second word of the names of journals that begin with `J.`, as these are cut."""

_GIVEN: Final = r"[^\W\d_][\w'’.-]*(?:\s[^\W\d_][\w'’.-]*){0,2}"
_PAIRS: Final = re.compile(
    rf"[^\W\d_][\w'’-]+,\s{_GIVEN},\s(?:[^\W\d_][\w'’-]+(?:\s[^\W\d_][\w'’-]+)?,\s{_GIVEN},\s){{0,99}}[^\W\d_][\w'’-]+(?:\s[^\W\d_][\w'’-]+)?,\s{_GIVEN},?\s(?:&|and)\s"
    rf"(?:[a-z]+\s){{0,2}}[^\W\d_][\w'’-]+,\s{_GIVEN}[\s.(]{{1,3}}(?:19|20)[0-9]{{2}}\b",
)  # fmt: skip
"""Names of which all have the surname first, and the year behind them: `Lovelace, Ada, Wang, Wei, & De Morgan, Augustus 2020`."""

_HONORIFICS: Final = frozenset({"Dr.", "Dr", "Prof.", "Prof", "Mr.", "Mr", "Ms.", "Ms", "Mrs.", "Er.", "Univ.-Prof.", "Dr.-Ing.", "PD", "Ing."})
"""What stands before a name and is no part of it."""

_REMEMBERED: Final = 16_384
"""How many words' looks are kept: names come again and again."""

_LAST_AUTHOR: Final = re.compile(r",?\s*(&\s+|and\s+)|(?<=[.…]),?[ \t]+(?=[A-Z])")
_APPEARED: Final = re.compile(r"\s*(?:[^\n.]{2,60}?[\s,(]{1,3}(?:19|20)[0-9]{2}\b|(?:arXiv|In\s|IEEE|ACM|Proc)[^\n]*(?:\n|\Z))")
_CLOSED: Final = re.compile(r"\s*\Z|[ \t]*[\r\n]")
_DATED: Final = re.compile(r"\s*\((?:19|20)[0-9]{2}")
_SEVERAL: Final = 3
_SMALL: Final = re.compile(r"(?:a|an|as|by|for|from|of|on|to|towards?|under|using|via|with|without|is|are|(?:in|at)(?!\s+(?:the\s+)?(?:[A-Z]{2,}|Proc|Advances)))\s")
"""A word that stands within titles, and not behind a list of names."""

_ET_AL: Final = re.compile(r"(?:et\s+al\b\.?|等[.。]?|и\s+др\.|u\.\s?a\.|and\s+(?:\d+\s+)?others\b\.?|\+\s?\d{1,4}\b(?:\s(?:more|others?|authors?)\b)?|\.\s?\.\s?\.|…)", re.IGNORECASE)


_GOES_ON: Final = re.compile(r"(?:\.\s?\.\s?\.|…)\s*,\s*(?=[^\W\d_])")
"""Dots for names that are left out in the middle of a list: `Lovelace, ..., Turing`."""

_OTHERS: Final = re.compile(r"others\b\.?", re.IGNORECASE)
"""What says, behind `and`, that the list is cut."""


class People(NamedTuple):
    """A list of names: their spans, the span of "et al.", the offset behind the list, and whether names are sure."""

    names: tuple[Span, ...]
    et_al: Span | None
    end: int
    sure: bool


def people(text: str, start: int = 0, end: int | None = None, *, hard: bool = False) -> People | None:
    """Return the list of names that a text begins with, None if it begins with none.

    Args:
        text: The text.
        start: Where to begin.
        end: Where to stop.
        hard: Whether a line end ends a name, as in texts whose lines are none that were wrapped.

    >>> found = people("A. Vaswani, N. Shazeer, and N. Parmar. Attention is all you need.")
    >>> found.names, found.sure
    (((0, 10), (12, 22), (28, 37)), True)
    >>> people("Attention is all you need")
    """
    stop = len(text) if end is None else end
    return _Names(text, start, stop, hard=hard).read()


@dataclass(slots=True)
class _Token:
    text: str
    start: int
    end: int


class _Names:
    """Reads names from left to right, as long as what follows looks like one.

    Args:
        text: The text.
        start: Where to begin.
        end: Where to stop.
        hard: Whether a line end ends a name.
    """

    def __init__(self, text: str, start: int, end: int, *, hard: bool) -> None:
        self._text, self._end, self._hard = text, end, hard
        self._stream = _WORD.finditer(text, start, end)
        self._ahead: list[_Token] = []
        self._names: list[Span] = []
        self._kinds: list[str] = []
        self._mixed = self._closed = self._joined = self._last = self._paired = False

    def _peek(self, index: int = 0) -> _Token | None:
        """Return a coming token without taking it."""
        while len(self._ahead) <= index:
            match = next(self._stream, None)
            if match is None:
                return None
            self._ahead.append(_Token(match.group(), match.start(), match.end()))
        return self._ahead[index]

    def _take(self, count: int) -> None:
        del self._ahead[:count]

    def read(self) -> People | None:
        """Return the list, if there is one."""
        et_al, at = None, -1
        while not self._closed:
            first = self._peek()
            if first is None:
                break
            if self._names and (cut := _ET_AL.match(self._text, first.start, self._end) or (_OTHERS.match(self._text, first.start, self._end) if self._joined else None)):
                et_al = cut.span()
                if more := _GOES_ON.match(self._text, cut.start(), self._end):
                    at = cut.end()
                    self._ahead, self._stream = [], _WORD.finditer(self._text, more.end(), self._end)
                    continue
                at = self._last_behind(cut.end())
                break
            joined = self._joined
            if not self._name() or self._closed:
                if self._joined and not self._closed and _kind(first.text) == "word" and self._in_full():
                    self._names.clear()  # a title of things: `Engines, Mechanical Looms, and Optimization Theory`
                break
            self._last = self._last or joined
            if not self._separator() and not self._inverted_next():
                self._give_back()
                break
        if not self._names:
            return None
        self._end_at_line()
        return People(tuple(self._names), et_al, max(at, self._behind()) if et_al else self._behind(), self._sure(et_al))

    def _inverted_next(self) -> bool:
        """Tell whether the comma behind a name has been forgotten: `Lovelace, A. Babbage, C., ...`."""
        surname, comma, given, behind = (self._peek(index) for index in range(4))
        if self._kinds[-1] != "inverted" or self._text[self._behind() - 1] != "." or surname is None or comma is None or given is None or behind is None:
            return False
        return _kind(surname.text) == "word" and comma.text == "," and _kind(given.text) == "initial" and behind.text in {",", "&", "and"}

    def _last_behind(self, at: int) -> int:
        """Take the last author, whom the APA's style and Google Scholar name behind the dots: `... & Shazeer, N.`; return where the list ends."""
        joined = _LAST_AUTHOR.match(self._text, at, self._end)
        if joined is None:
            return at
        self._ahead, self._stream = [], _WORD.finditer(self._text, joined.end(), self._end)
        known = len(self._names)
        if not self._name():
            return at
        if joined[1] or _CLOSED.match(self._text, self._behind(), self._end) or (self._inverts() and _DATED.match(self._text, self._behind(), self._end)):
            return self._behind()
        del self._names[known:], self._kinds[known:]  # no name, but what comes behind the list
        return at

    def _give_back(self) -> None:
        """Drop what is the beginning of a title rather than the last name, behind a comma, before a small word; behind `and` the title is what it lists."""
        following = self._peek()
        if following is None or len(self._names) < _SEVERAL or not _SMALL.match(self._text, following.start, self._end):
            return
        if self._last and self._in_full():
            self._names.clear()
        if self._last:
            return
        self._names.pop()
        self._kinds.pop()

    def _in_full(self) -> bool:
        """Tell whether no name has initials, which titles have not."""
        return not any(_is_initials(_bare(word)) for first, last in self._names for word in self._text[first:last].split())

    def _end_at_line(self) -> None:
        """End the last name where its line does, if venue and year stand on the next, as `ICCV, 2025` below `Ada Lovelace`."""
        first, last = self._names[-1]
        line = self._text.find("\n", first, last)
        if line > 0 and " " in self._text[first:line].strip() and _APPEARED.match(self._text, line, self._end):
            while not self._text[line - 1].isalpha() and self._text[line - 1] != ".":
                line -= 1
            self._names[-1] = (first, line)

    def _behind(self) -> int:
        return self._names[-1][1]

    def _sure(self, et_al: Span | None) -> bool:
        """Tell whether these are names beyond doubt: initials, several, or cut."""
        several = self._kinds[0] != "single" and sum(kind != "single" for kind in self._kinds) > 1
        dotted = self._kinds[0] in {"initials", "inverted"} and "." in self._text[slice(*self._names[0])]
        return several or et_al is not None or dotted

    def _separator(self) -> bool:
        """Take what separates two names."""
        found = False
        while (token := self._peek()) is not None:
            if token.text in _SEPARATORS or token.text.lower() == "and" or (token.text == "/" and self._names) or not token.text.strip(_MARKS) or _ROLE.fullmatch(token.text):
                self._take(1)
                found, self._joined = True, token.text in {"&", "and"}
            elif self._names and (token.text == "…" or (token.text.lower() == "et" and _ET_AL.match(self._text, token.start, self._end))):
                return True  # "et al." without a comma
            elif token.text in _ANDS and self._names:
                self._take(1)
                found = self._joined = True
            else:
                break
        return found

    def _name(self) -> bool:
        """Take one name; False, and nothing taken, where none follows."""
        words: list[_Token] = []
        while (title := self._peek()) is not None and title.text in _HONORIFICS and self._peek(1) is not None:
            self._take(1)
        while len(words) < 8 and (token := self._peek(len(words))) is not None and (kind := "word" if self._is_given(len(words)) else _kind(token.text)) != "none":
            if token.text in _SEPARATORS or (token.text.lower() in {"and", "et"} and words):
                break
            if self._hard and words and "\n" in self._text[words[-1].end : token.start]:
                break
            words.append(token)
            article = self._peek(len(words))
            if len(words) > 1 and kind == "initial" and token.text.endswith(".") and article is not None and article.text == "A" and _kind(words[0].text) == "word":
                break  # `Lovelace J. A theory of engines`
            turned = (bool(self._kinds) and self._kinds[0] == "vancouver") or (not self._kinds and _is_cyrillic(words[0].text))
            vancouver = turned and len(words) > 1 and _is_initials(_bare(token.text)) and self._after_initials(len(words))
            if kind == "last" or vancouver or (len(words) > 1 and _SUFFIX.fullmatch(token.text.rstrip(":"))) or (kind == "initial" and self._inverts() and self._after_initials(len(words))):
                break
        if not words or self._is_journal(words):
            return False
        inverted = self._inverted(words)
        if inverted:
            # In the style of the MLA only the first name is inverted.
            only = not self._names and not self._paired and self._natural_behind(len(inverted) + 1)
            kind = "full" if only else "inverted"
        else:
            kind = self._natural(words)
        if not kind or not self._fits(kind, inverted or words):
            return False
        self._add(inverted or words, kind, taken=len(inverted) + 1 if inverted else len(words))
        return True

    def _is_given(self, index: int) -> bool:
        """Tell whether a word of titles is a given name, between names and right before a surname: `Ada Lovelace, Sai Deep Rao, ...`."""
        word, surname, behind = self._peek(index), self._peek(index + 1), self._peek(index + 2)
        if word is None or word.text not in _ALSO_GIVEN or not (self._names or index) or surname is None or _kind(surname.text) not in {"word", "last"}:
            return False
        return behind is None or behind.text in _SEPARATORS or behind.text in {"and", *_ANDS} or _kind(surname.text) == "last"

    def _is_journal(self, words: list[_Token]) -> bool:
        """Tell whether words behind names are no name but a journal's, whose words are cut: `and N. Hopper, J. Chem. Phys. 128, 2008`."""
        if not self._names or not words[-1].text.endswith("."):
            return False
        following = self._peek(len(words))
        goes_on = following is not None and (following.text.endswith(".") or following.text[0].isdigit() or following.text[0] == "(")
        return goes_on and (self._last or (words[0].text == "J." and words[-1].text in _CUT_WORDS))

    def _natural_behind(self, index: int) -> bool:
        """Tell whether behind a comma at a place, or `&`, comes a name of several words, without a comma in it."""
        comma, first = self._peek(index), self._peek(index + 1)
        if comma is None or comma.text not in {",", "&", ";", "and"} or first is None:
            return False
        if first.text.lower() in {"and", "&"}:
            index += 1
            first = self._peek(index + 1)
        if first is not None and _kind(first.text) == "initial" and first.text.endswith("."):
            while (following := self._peek(index + 2)) is not None and _kind(following.text) == "initial":
                index += 1
            return following is not None and _kind(following.text) in {"word", "last", "particle"}
        if comma.text != ",":
            return False
        second, third = self._peek(index + 2), self._peek(index + 3)
        if first is None or second is None or _kind(first.text) != "word" or _kind(second.text) not in {"word", "last", "initial", "particle"}:
            return False
        given = self._peek(index + 4) if third is not None and third.text == "," else None
        if given is not None and _kind(given.text) in {"initial", "last"} and _is_initials(_bare(given.text)):
            return False  # `Babbage, C., and De Morgan, A.`
        return _kind(second.text) == "last" or third is None or third.text in _SEPARATORS or third.text.startswith("(") or _kind(third.text) in {"word", "last"}

    def _inverts(self) -> bool:
        return bool(self._kinds) and self._kinds[0] == "inverted"

    def _after_initials(self, count: int) -> bool:
        """Tell whether, behind initials, no further initial follows."""
        following = self._peek(count)
        return following is None or _kind(following.text) != "initial"

    def _inverted(self, words: list[_Token]) -> list[_Token]:
        """Return the tokens of a name whose surname comes first, before a comma; none if it is none."""
        comma = self._peek(len(words))
        if comma is None or comma.text != "," or (self._names and not self._inverts()):
            return []
        if len(words) > 4 or any(_uncased(w.text) or _UNSPACED.fullmatch(w.text) for w in words) or not all(_kind(w.text) in {"word", "particle"} for w in words):
            return []
        given: list[_Token] = []
        while len(given) < 5 and (token := self._peek(len(words) + 1 + len(given))) is not None:
            kind = _kind(token.text)
            if _UNSPACED.fullmatch(token.text):
                break  # the next author
            if kind == "initial" or (kind == "particle" and given):
                given.append(token)
                continue
            if kind == "last" and _is_initials(token.text.rstrip(".:")):
                given.append(token)
                break
            if kind == "last" and given and self._dated(len(words) + 2 + len(given)):
                given.append(token)  # `Lovelace, A. Augusta. 1843.`
                break
            full = kind in {"word", "last"} and (self._inverts() or not self._names)
            if full and (len(given) == 0 or _is_initials(given[-1].text.rstrip(".")) is False) and (len(words) == 1 or self._paired or self._given_alone(len(words) + 1)) and self._given_follows(words, given, token):
                given.append(token)
                if kind == "last":
                    break
                continue
            break
        following = self._peek(len(words) + 1 + len(given))
        several = sum(_kind(word.text) == "word" for word in words) > 1
        if following is not None and several and _kind(following.text) in {"word", "last"}:
            return []  # `Zesheng Xu, B Prabhakaran`
        return [*words, *given] if given else []

    def _dated(self, index: int) -> bool:
        """Tell whether a year, a parenthesis or a quotation mark stands at a place, as behind the authors."""
        token = self._peek(index)
        return token is not None and (token.text[:1].isdigit() or token.text[0] in '(“"')

    def _given_alone(self, index: int) -> bool:
        """Tell whether a word at a place stands between a comma and `and`, as no name in natural order does: `García Martín, Alba and ...`."""
        given, following = self._peek(index), self._peek(index + 1)
        return following is None or following.text in {"and", "&", ";"} or (given is not None and given.text.endswith("."))

    def _given_follows(self, words: list[_Token], given: list[_Token], token: _Token) -> bool:
        """Tell whether a word behind "Surname," is a given name rather than the next author: `and`, `;` or a stop comes next."""
        if given:
            return True
        place = len(words) + 2
        following = self._peek(place)
        while following is not None and _kind(following.text) in {"initial", "word"} and place < len(words) + 4 and following.text.lower() != "and":
            place += 1
            following = self._peek(place)
        self._paired = self._paired or (not self._names and _PAIRS.match(self._text, words[0].start, self._end) is not None)
        if self._paired or following is None or following.text in {";", "&", "/", "|"} or following.text.lower() in {"and", "et"} or token.text.endswith((".", ":")):
            return True
        if following.text[:1].isdigit() or (_kind(following.text) == "last" and self._dated(place + 1)):
            return True
        behind = self._peek(place + 1)
        cut = behind is None or _ET_AL.match(self._text, behind.start, self._end) is not None
        return following.text.startswith(("(", '"', "“", "‘")) or (following.text == "," and (cut or self._inverts() or self._natural_behind(place)))

    def _natural(self, words: list[_Token]) -> str:
        """Return what kind of name these tokens are: `full`, `initials`, `vancouver`, `group`, `single`; empty if none."""
        joined = self._text[words[0].start : words[-1].end]
        if all(_bare(word.text).lower() in _CALENDAR for word in words):
            return ""
        if is_group(joined) and len(words) > 1:
            return "group"
        kinds = [_kind(word.text) for word in words]
        long = [word for word, kind in zip(words, kinds, strict=True) if kind in {"word", "last"} and not _is_initials(_bare(word.text))]
        if len(words) == 1:
            following = self._peek(1)
            cut = following is not None and (_ET_AL.match(self._text, following.start, self._end) or following.text == "&" or following.text.lower() == "and")
            earlier = bool(self._kinds) and (self._kinds[0] == "single" or (self._joined and kinds[0] == "last"))
            if _uncased(words[0].text):
                return "full"
            if _UNSPACED.fullmatch(_unmarked(words[0].text)):
                return "initials"
            return "single" if long and (cut or earlier) else ""
        if kinds[0] == "initial" and kinds[-1] in {"word", "last"} and "." not in _bare(words[-1].text):
            return "initials"
        if not long or (kinds[-1] == "particle"):
            return ""
        if _is_initials(_bare(words[-1].text)) and not _SUFFIX.fullmatch(words[-1].text):
            return "vancouver" if _bare(words[-1].text).isupper() and len(_bare(words[-1].text)) <= 5 else ""
        return "initials" if kinds[0] == "initial" or _is_initials(_bare(words[0].text)) else "full" if len(words) <= 6 else ""

    def _fits(self, kind: str, words: list[_Token]) -> bool:
        """Tell whether a name is written as those before it: behind `A. Vaswani, N. Shazeer,` a title has no initials."""
        if len(self._kinds) < 2 or self._mixed or kind == self._kinds[0] or kind == "group":
            return True
        if self._kinds[0] in {"initials", "vancouver", "inverted"}:
            following = self._peek(len(words))
            return kind == "full" and self._kinds[0] == "initials" and following is not None and following.text in {",", ";"} and self._initials_at(len(words) + 1)
        return True

    def _initials_at(self, index: int) -> bool:
        token = self._peek(index)
        if token is not None and token.text.lower() == "and":
            token = self._peek(index + 1)
        return token is not None and _kind(token.text) == "initial"

    def _add(self, words: list[_Token], kind: str, *, taken: int) -> None:
        """Keep a name, and its suffix; tell whether the list ends with it."""
        last = words[-1]
        end = last.start + len(_bare(last.text))
        dotted = _is_initials(_bare(last.text)) and kind != "vancouver"
        if (dotted or _SUFFIX.fullmatch(last.text.rstrip(":"))) and self._text[end : end + 1] == ".":
            end += 1
        self._names.append((words[0].start, end))
        self._mixed = self._mixed or (bool(self._kinds) and kind != self._kinds[0])
        self._kinds.append(kind)
        self._take(taken)
        stripped = _unmarked(last.text)
        following = self._peek()
        if kind == "vancouver" and stripped.endswith("."):
            listed = following is not None and (following.text in _SEPARATORS or following.text == "and" or following.text in _ANDS)  # `Lovelace A., Babbage C.`
            before = len(self._names) > 1 and self._text[self._names[-2][1] - 1] == "."
            self._names[-1] = (words[0].start, end + (listed or before or "." in stripped[:-1]))
            stripped = stripped.rstrip(".") if listed else stripped
        if _SUFFIX.fullmatch(stripped) and following is not None and following.text not in _SEPARATORS and following.text != "and":
            self._closed = True
            return
        self._closed = stripped.endswith(":") or (stripped.endswith(".") and not dotted and not _SUFFIX.fullmatch(stripped))
        if kind == "vancouver" and following is not None and _SUFFIX.fullmatch(following.text.rstrip(":")) and not self._closed:
            self._names[-1] = (words[0].start, following.start + len(_bare(following.text)))
            self._take(1)
            self._closed = following.text.endswith((".", ":"))
            return
        comma, suffix = self._peek(), self._peek(1)
        if comma is not None and comma.text == "," and suffix is not None and _SUFFIX.fullmatch(suffix.text.rstrip(".") + "."):
            self._names[-1] = (self._names[-1][0], suffix.end)
            self._take(2)


_NO_PERSONS: Final = ("学报", "学刊", "杂志", "期刊", "大学", "学院", "研究", "会议", "论文", "学会誌", "学会")
"""How names of journals and institutions end, which are as short as names of people."""


def _is_cyrillic(word: str) -> bool:
    """Tell whether a word is in Cyrillic letters, where initials stand behind the surname: `Иванов И. И.`."""
    return "\u0400" <= word[:1] <= "\u04ff"


def _uncased(word: str) -> bool:
    """Tell whether a word is a whole name in a script without capitals and blanks, like 王伟."""
    bare = _bare(word)
    return 1 < len(bare) <= 5 and not bare.endswith(_NO_PERSONS) and all(c.isalpha() and c.lower() == c.upper() for c in bare)


def _unmarked(word: str) -> str:
    """Return a word without the marks behind it, with the stop behind these."""
    return _SIGNED.sub("", word.rstrip(_MARKS))


def _bare(word: str) -> str:
    return _unmarked(word).rstrip(".:")


@lru_cache(maxsize=_REMEMBERED)
def _is_initials(word: str) -> bool:
    """Tell whether a word is initials: `A`, `A.`, `J.-B.`, `AB`."""
    letters = [c for c in word if c.isalpha()]
    return 0 < len(letters) <= 3 and all(c.isupper() for c in letters) and _INITIALS.fullmatch(word) is not None


@lru_cache(maxsize=_REMEMBERED)
def _kind(word: str) -> str:
    """Return what a word can be in a name: `initial`, `word`, `particle`, `last` (ends the list), or `none`."""
    if "\n" in word or "\r" in word:
        word = _PARTED.sub("", word)
    if word in PARTICLES or word in {"d'", "'t", "’t"} or (len(word) == 2 and word[0].islower() and word[1] == "."):
        return "particle"
    if word.rstrip(".") in _DEGREES:
        return "none"
    bare = _unmarked(word)
    if len(word) > 2 and word[0] in "'‘" and word[-1] in "'’" and word[1:-1].istitle():
        return "word"  # what somebody is called: `Mary 'Molly' Mason`
    if not bare or any(c in '()[]{}<>@/=_"“”„«»|?!%$+\\`' for c in bare) or any(c.isdigit() for c in bare):
        return "none"
    inner = bare.rstrip(".:")
    if _is_initials(inner) or _is_initials(bare):
        return "last" if bare.endswith(":") else "initial" if bare.endswith(".") or "-" in inner or len(inner) < 2 else "word"
    if not inner or (inner[0].islower() and not _apostrophe(inner) and not _JOINED_PARTICLE.fullmatch(inner)) or not (inner[0].isalpha() or not inner[0].isascii()) or inner.lower() in _NO_NAME:
        return "none"
    if not all(c.isalpha() or c in "'’ʼ‘-‐‑." for c in inner):
        return "none"
    if bare.endswith((".", ":")) and not _SUFFIX.fullmatch(bare):
        return "last"
    return "word"


def _apostrophe(word: str) -> bool:
    """Tell whether a word is like `d'Alembert` or `al-Khwarizmi`."""
    return word[:2] in {"d'", "d’", "o'", "l'", "l’"} or word.lower().startswith("al-")
