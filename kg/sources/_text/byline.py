"""The line of authors of a paper: the names that a text begins with, and where they end.

Names come in many styles (`A. Vaswani, N. Shazeer`, `Vaswani, A., & Shazeer, N.`, `Vaswani A, Shazeer N`, `Vaswani, Ashish,
and Noam Shazeer`), and nothing marks where the list ends and the title begins. So names are read one after the other as long
as what follows looks like one in the style of the first. Linear in the text.
"""

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from kg.names import is_group
from kg.sources._text.fields import Span
from kg.sources._text.words import (
    ALSO_GIVEN,
    CALENDAR,
    CUT_WORDS,
    HONORIFICS,
    MARKS,
    SUFFIX,
    core,
    is_cyrillic,
    is_initials,
    is_uncased,
    kind_of,
    unmarked,
)

_WORD: Final = re.compile(r"(?:[^\W\d_]+-[ \t]*(?:\r\n|\r|\n)[ \t]*(?=[a-z]))?[^\s,;&·•，、；…]+|[,;&·•，、；…]")
"""A word, also one that a hyphen parts at the end of a line, or a sign between names."""
_ANDS: Final = frozenset({"et", "und", "y", "e", "och", "og", "и"})
"""The word before the last name in some languages."""

_SEPARATORS: Final = frozenset(",;&·•，、；")
_ROLE: Final = re.compile(r"\((?:(?:co-?)?(?:author|autor[ae]?|auteure?)|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af·]{2,8})\)", re.IGNORECASE)
"""What stands in parentheses behind a name: the role, as OJS has it, or the name in its own script."""

_UNSPACED: Final = re.compile(r"[A-ZÀ-Þ][^\W\d_]*\.-?(?:[A-ZÀ-Þ]\.-?)*[A-ZÀ-Þ][^\W\d_]+(?:['’-][^\W\d_]+)*[.:]?")
"""A whole name without blanks: `A.B.Lovelace`, `Ada.B.Lovelace`."""

_GIVEN: Final = r"[^\W\d_][\w'’.-]*(?:\s[^\W\d_][\w'’.-]*){0,2}"
_PAIRS: Final = re.compile(
    rf"[^\W\d_][\w'’-]+,\s{_GIVEN},\s(?:[^\W\d_][\w'’-]+(?:\s[^\W\d_][\w'’-]+)?,\s{_GIVEN},\s){{0,99}}[^\W\d_][\w'’-]+(?:\s[^\W\d_][\w'’-]+)?,\s{_GIVEN},?\s(?:&|and)\s"
    rf"(?:[a-z]+\s){{0,2}}[^\W\d_][\w'’-]+,\s{_GIVEN}[\s.(]{{1,3}}(?:19|20)[0-9]{{2}}\b",
)  # fmt: skip
"""Names of which all have the surname first, and the year behind them: `Lovelace, Ada, Wang, Wei, & De Morgan, Augustus 2020`."""

_LAST_AUTHOR: Final = re.compile(r",?\s*(&\s+|and\s+)|(?<=[.…]),?[ \t]+(?=[A-Z])")
_APPEARED: Final = re.compile(r"\s*(?:[^\n.]{2,60}?[\s,(]{1,3}(?:19|20)[0-9]{2}\b|(?:arXiv|In\s|IEEE|ACM|Proc)[^\n]*(?:\n|\Z)|Pages?\s[0-9])")
_CLOSED: Final = re.compile(r"\s*\Z|[ \t]*[\r\n]")
_DATED: Final = re.compile(r"\s*\((?:19|20)[0-9]{2}")
_SEVERAL: Final = 3
_SHOUTED: Final = frozenset({"OF", "FOR", "FROM", "THE", "TO", "WITH"})
"""Words of titles in capitals, which within a name are no initials."""

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
                if self._joined and not self._closed and kind_of(first.text) == "word" and self._in_full():
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
        return kind_of(surname.text) == "word" and comma.text == "," and kind_of(given.text) == "initial" and behind.text in {",", "&", "and"}

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
        return not any(is_initials(core(word)) for first, last in self._names for word in self._text[first:last].split())

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
            if token.text in _SEPARATORS or token.text.lower() == "and" or (token.text == "/" and self._names) or not token.text.strip(MARKS) or _ROLE.fullmatch(token.text):
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
        while (title := self._peek()) is not None and title.text in HONORIFICS and self._peek(1) is not None:
            self._take(1)
        while len(words) < 8 and (token := self._peek(len(words))) is not None and (kind := "word" if self._is_given(len(words)) else kind_of(token.text)) != "none":
            if token.text in _SEPARATORS or (token.text.lower() in {"and", "et"} and words):
                break
            if self._hard and words and "\n" in self._text[words[-1].end : token.start]:
                break
            words.append(token)
            article = self._peek(len(words))
            if len(words) > 1 and kind == "initial" and token.text.endswith(".") and article is not None and article.text == "A" and kind_of(words[0].text) == "word":
                break  # `Lovelace J. A theory of engines`
            turned = (bool(self._kinds) and self._kinds[0] == "vancouver") or (not self._kinds and is_cyrillic(words[0].text))
            vancouver = turned and len(words) > 1 and is_initials(core(token.text)) and self._after_initials(len(words))
            if kind == "last" or vancouver or (len(words) > 1 and SUFFIX.fullmatch(token.text.rstrip(":"))) or (kind == "initial" and self._inverts() and self._after_initials(len(words)) and not self._ends_natural(len(words))):
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
        if word is None or word.text not in ALSO_GIVEN or not (self._names or index) or surname is None or kind_of(surname.text) not in {"word", "last"}:
            return False
        return behind is None or behind.text in _SEPARATORS or behind.text in {"and", *_ANDS} or kind_of(surname.text) == "last"

    def _is_journal(self, words: list[_Token]) -> bool:
        """Tell whether words behind names are no name but a journal's, whose words are cut: `and N. Hopper, J. Chem. Phys. 128, 2008`."""
        if not self._names or not words[-1].text.endswith("."):
            return False
        following = self._peek(len(words))
        goes_on = following is not None and (following.text.endswith(".") or following.text[0].isdigit() or following.text[0] == "(")
        return (goes_on and self._last) or (following is not None and words[0].text == "J." and words[-1].text in CUT_WORDS)

    def _natural_behind(self, index: int) -> bool:
        """Tell whether behind a comma at a place, or `&`, comes a name of several words, without a comma in it."""
        comma, first = self._peek(index), self._peek(index + 1)
        if comma is None or comma.text not in {",", "&", ";", "and"} or first is None:
            return False
        if first.text.lower() in {"and", "&"}:
            index += 1
            first = self._peek(index + 1)
        if first is not None and kind_of(first.text) == "initial" and first.text.endswith("."):
            while (following := self._peek(index + 2)) is not None and kind_of(following.text) == "initial":
                index += 1
            return following is not None and kind_of(following.text) in {"word", "last", "particle"}
        if comma.text != ",":
            return False
        second, third = self._peek(index + 2), self._peek(index + 3)
        if first is None or second is None or kind_of(first.text) != "word" or kind_of(second.text) not in {"word", "last", "initial", "particle"}:
            return False
        given = self._peek(index + 4) if third is not None and third.text == "," else None
        if given is not None and kind_of(given.text) in {"initial", "last"} and is_initials(core(given.text)):
            return False  # `Babbage, C., and De Morgan, A.`
        return kind_of(second.text) == "last" or third is None or third.text in _SEPARATORS or third.text.startswith("(") or kind_of(third.text) in {"word", "last"}

    def _inverts(self) -> bool:
        return bool(self._kinds) and self._kinds[0] == "inverted"

    def _ends_natural(self, count: int) -> bool:
        """Tell whether, behind `and`, a surname ends the list, which is in the style of the MLA: `Lovelace, Ada K. and Charles P. Babbage.`."""
        surname = self._peek(count)
        return self._joined and surname is not None and (kind_of(surname.text) == "last" or (kind_of(surname.text) == "word" and self._peek(count + 1) is None))

    def _after_initials(self, count: int) -> bool:
        """Tell whether, behind initials, no further initial follows."""
        following = self._peek(count)
        return following is None or kind_of(following.text) != "initial"

    def _inverted(self, words: list[_Token]) -> list[_Token]:
        """Return the tokens of a name whose surname comes first, before a comma; none if it is none."""
        comma = self._peek(len(words))
        if comma is None or comma.text != "," or (self._names and not self._inverts()):
            return []
        if len(words) > 4 or any(is_uncased(w.text) or _UNSPACED.fullmatch(w.text) for w in words) or not all(kind_of(w.text) in {"word", "particle"} for w in words):
            return []
        given: list[_Token] = []
        while len(given) < 5 and (token := self._peek(len(words) + 1 + len(given))) is not None:
            kind = kind_of(token.text)
            if _UNSPACED.fullmatch(token.text):
                break  # the next author
            if kind == "initial" or (kind == "particle" and given):
                given.append(token)
                continue
            if kind == "last" and is_initials(token.text.rstrip(".:")):
                given.append(token)
                break
            if kind == "last" and given and self._dated(len(words) + 2 + len(given)):
                given.append(token)  # `Lovelace, A. Augusta. 1843.`
                break
            full = kind in {"word", "last"} and (self._inverts() or not self._names)
            if full and (len(given) == 0 or is_initials(given[-1].text.rstrip(".")) is False) and (len(words) == 1 or self._paired or self._given_alone(len(words) + 1)) and self._given_follows(words, given, token):
                given.append(token)
                if kind == "last":
                    break
                continue
            break
        following = self._peek(len(words) + 1 + len(given))
        several = sum(kind_of(word.text) == "word" for word in words) > 1
        if following is not None and several and kind_of(following.text) in {"word", "last"}:
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
        while following is not None and kind_of(following.text) in {"initial", "word"} and place < len(words) + 4 and following.text.lower() != "and":
            place += 1
            following = self._peek(place)
        self._paired = self._paired or (not self._names and _PAIRS.match(self._text, words[0].start, self._end) is not None)
        if self._paired or following is None or following.text in {";", "&", "/", "|"} or following.text.lower() in {"and", "et"} or token.text.endswith((".", ":")):
            return True
        if following.text[:1].isdigit() or (kind_of(following.text) == "last" and self._dated(place + 1)):
            return True
        behind = self._peek(place + 1)
        cut = behind is None or _ET_AL.match(self._text, behind.start, self._end) is not None
        return following.text.startswith(("(", '"', "“", "‘")) or (following.text == "," and (cut or self._inverts() or self._natural_behind(place)))

    def _natural(self, words: list[_Token]) -> str:
        """Return what kind of name these tokens are: `full`, `initials`, `vancouver`, `group`, `single`; empty if none."""
        joined = self._text[words[0].start : words[-1].end]
        if all(core(word.text).lower() in CALENDAR for word in words) or not _SHOUTED.isdisjoint(word.text for word in words[1:-1]):
            return ""
        if is_group(joined) and len(words) > 1:
            return "group"
        kinds = [kind_of(word.text) for word in words]
        long = [word for word, kind in zip(words, kinds, strict=True) if kind in {"word", "last"} and not is_initials(core(word.text))]
        if len(words) == 1:
            following = self._peek(1)
            cut = following is not None and (_ET_AL.match(self._text, following.start, self._end) or following.text == "&" or following.text.lower() == "and")
            earlier = bool(self._kinds) and (self._kinds[0] == "single" or (self._joined and kinds[0] == "last"))
            if is_uncased(words[0].text):
                return "full"
            if _UNSPACED.fullmatch(unmarked(words[0].text)):
                return "initials"
            return "single" if long and (cut or earlier) else ""
        if kinds[0] == "initial" and kinds[-1] in {"word", "last"} and "." not in core(words[-1].text):
            return "initials"
        if not long or (kinds[-1] == "particle"):
            return ""
        if is_initials(core(words[-1].text)) and not SUFFIX.fullmatch(words[-1].text):
            return "vancouver" if core(words[-1].text).isupper() and len(core(words[-1].text)) <= 5 else ""
        return "initials" if kinds[0] == "initial" or is_initials(core(words[0].text)) else "full" if len(words) <= 6 else ""

    def _fits(self, kind: str, words: list[_Token]) -> bool:
        """Tell whether a name is written as those before it: behind `A. Vaswani, N. Shazeer,` a title has no initials."""
        if len(self._kinds) < 2 or self._mixed or kind == self._kinds[0] or kind == "group":
            return True
        if self._kinds[0] in {"initials", "vancouver", "inverted"}:
            following, behind = self._peek(len(words)), self._peek(len(words) + 1)
            if self._joined and behind is None and (following is None or following.text == ","):
                return kind == "full"  # the last one, and nothing behind it: `A. Vaswani, N. Shazeer, and Yuxuan Chen`
            return kind == "full" and self._kinds[0] == "initials" and following is not None and following.text in {",", ";"} and self._initials_at(len(words) + 1)
        return True

    def _initials_at(self, index: int) -> bool:
        token = self._peek(index)
        if token is not None and token.text.lower() == "and":
            token = self._peek(index + 1)
        return token is not None and kind_of(token.text) == "initial"

    def _add(self, words: list[_Token], kind: str, *, taken: int) -> None:
        """Keep a name, and its suffix; tell whether the list ends with it."""
        last = words[-1]
        end = last.start + len(core(last.text))
        dotted = is_initials(core(last.text)) and kind != "vancouver"
        if (dotted or SUFFIX.fullmatch(last.text.rstrip(":"))) and self._text[end : end + 1] == ".":
            end += 1
        self._names.append((words[0].start, end))
        self._mixed = self._mixed or (bool(self._kinds) and kind != self._kinds[0])
        self._kinds.append(kind)
        self._take(taken)
        stripped = unmarked(last.text)
        following = self._peek()
        if kind == "vancouver" and stripped.endswith("."):
            listed = following is not None and (following.text in _SEPARATORS or following.text == "and" or following.text in _ANDS)  # `Lovelace A., Babbage C.`
            before = len(self._names) > 1 and self._text[self._names[-2][1] - 1] == "."
            self._names[-1] = (words[0].start, end + (listed or before or "." in stripped[:-1]))
            stripped = stripped.rstrip(".") if listed else stripped
        if SUFFIX.fullmatch(stripped) and following is not None and following.text not in _SEPARATORS and following.text != "and":
            self._closed = True
            return
        self._closed = stripped.endswith(":") or (stripped.endswith(".") and not dotted and not SUFFIX.fullmatch(stripped))
        if kind == "vancouver" and following is not None and SUFFIX.fullmatch(following.text.rstrip(":")) and not self._closed:
            self._names[-1] = (words[0].start, following.start + len(core(following.text)))
            self._take(1)
            self._closed = following.text.endswith((".", ":"))
            return
        comma, suffix = self._peek(), self._peek(1)
        if comma is not None and comma.text == "," and suffix is not None and SUFFIX.fullmatch(suffix.text.rstrip(".") + "."):
            self._names[-1] = (self._names[-1][0], suffix.end)
            self._take(2)
