r"""The language of BibTeX files: entries one after another, with the place of each value, macros expanded.

BibTeX has no written grammar; this follows what `bibtex.web` does and btparse's description of it (`bt_language`):
between entries anything may stand; braces balance everywhere, escaped or not; `"` ends a quoted value outside of
braces; parts are joined by `#`; names of macros and fields know no case; of a field given twice the first one counts.
Beyond that, as biber and JabRef have it: a line beginning with `%` is a comment, `@comment{...}` hides what is in it,
and where an entry is not closed the next line that begins one ends it. Memory holds one entry, and the macros.
"""

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from kg.errors import UnreadableError
from kg.model import Document, Problem
from kg.model.documents import Line

LONGEST: Final = 8 << 20
"""The longest entry, in code points: longer than that of any collaboration."""

_DEEPEST: Final = 200
"""How deep braces may be nested."""

_FREE: Final = 16 << 20
_RATIO: Final = 8
"""The texts of macros may be 16 MiB in all, and eight times the file: no list of journals comes near."""

_TODO: Final = "correct it in the file, or export it again"

_START: Final = re.compile(r"(?<![^\s})\],;\ufeff])@[ \t]*([A-Za-z][\w+-]*)[ \t]*(?:(\{)|(\()|(?=[\r\n]|\Z))")
_OPENING: Final = re.compile(r"[ \t]*@[ \t]*(?:(?:string|preamble|comment)\s*[{(]|[A-Za-z][\w+-]*\s*[{(]\s*[^\s\"#%={},]*\s*,)", re.IGNORECASE)
"""A line that begins an entry beyond doubt, whatever is around it."""

_START_BELOW: Final = re.compile(r"@[ \t]*([A-Za-z][\w+-]*)\s*(?:(\{)|(\())")
_MOST_BLANK: Final = 9
_MOST_PROBLEMS: Final = 20
_MOST_FAULTS: Final = 1000
_LONG_LINE: Final = 1 << 16
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_IN_PARENTHESES: Final = re.compile(r"\s*(?:[^\s\"#%={}(),]*\s*,|[\w+-]+\s*=|[\r\n]|\Z)")
_COMMANDS: Final = frozenset({"string", "preamble", "comment"})
_LOST: Final = re.compile(r"\s*[A-Za-z][\w+-]*\s*=\s*[{\"]")
_BRACE: Final = re.compile(r"[{}]")
_MARK: Final = re.compile(r"[{}\"()]")
_QUOTE: Final = re.compile(r"[{}\"]")
_KEY: Final = re.compile(r"\s*+([^,={}\"\r\n]{0,500}+)(?:\s*+(?=,|\Z)|[\r\n]\s*+(?=[A-Za-z][\w+-]*\s*=))")
_BETWEEN: Final = re.compile(r"(?:[\s,]++|%[^\r\n]*+)*+")
_BLANK: Final = re.compile(r"(?:\s++|%[^\r\n]*+)*+")
_NAME: Final = re.compile(r"([^\s,={}\"#%()]++(?:\([^\s,={}\"#%()]*+\)[^\s,={}\"#%()]*+)*+)\s*=\s*")
"""The name of a field, which for Web of Science may have parentheses in it: `Usage-Count-(Last-180-days)`."""

_BARE: Final = re.compile(r"[^\s,#{}\"=%()]+")
_RESUME: Final = re.compile(r",(?=\s*[^\s,={}\"#%()]+(?:\([^\s,={}\"#%()]*\))?\s*=)")

_MONTHS: Final = {
    name[:3].lower(): name
    for name in ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
}
_STANDARD: Final = {
    **_MONTHS, **{name.lower(): name for name in _MONTHS.values()}, "sept": "September",
    "acmcs": "ACM Computing Surveys", "acta": "Acta Informatica", "cacm": "Communications of the ACM",
    "ibmjrd": "IBM Journal of Research and Development", "ibmsj": "IBM Systems Journal",
    "ieeese": "IEEE Transactions on Software Engineering", "ieeetc": "IEEE Transactions on Computers",
    "ieeetcad": "IEEE Transactions on Computer-Aided Design of Integrated Circuits", "ipl": "Information Processing Letters",
    "jacm": "Journal of the ACM", "jcss": "Journal of Computer and System Sciences",
    "scp": "Science of Computer Programming", "sicomp": "SIAM Journal on Computing",
    "tocs": "ACM Transactions on Computer Systems", "tods": "ACM Transactions on Database Systems",
    "tog": "ACM Transactions on Graphics", "toms": "ACM Transactions on Mathematical Software",
    "toois": "ACM Transactions on Office Information Systems",
    "toplas": "ACM Transactions on Programming Languages and Systems", "tcs": "Theoretical Computer Science",
}  # fmt: skip
"""The macros that every standard style (`plain.bst` and its kin) defines, and months that people write in full without braces."""


class Tex(NamedTuple):
    """A value: its TeX, the 1-based line where it begins, and its offset; None where macros or `#` made it."""

    text: str
    line: int
    start: int | None


@dataclass(slots=True)
class Block:
    """One entry of a file.

    Attributes:
        type: What is behind the `@`, as it stands.
        key: The citation key; its text is empty where there is none.
        fields: Names in lower case and their values, in order, one given twice twice.
        start: Offset of the `@` in the document's text.
        end: Offset behind the closing brace.
        closed: Whether it is closed.
        problems: What could not be read in it, or looks wrong: line, what, what to do, severity.
        starts: Offsets at which its lines begin.
        line: The 1-based line where it begins.
    """

    type: Tex
    key: Tex
    start: int
    end: int
    line: int
    starts: list[int]
    closed: bool = True
    fields: list[tuple[str, Tex]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def line_at(self, offset: int) -> int:
        """Return the line of an offset within the entry."""
        return self.line + bisect_right(self.starts, offset) - 1


def blocks(document: Document) -> Iterator[Block | Problem]:
    """Yield the entries of a file, and a problem for each part between them that looks as if it belonged to one.

    Raises:
        UnreadableError: If the file is not in its encoding, or made to exhaust whoever reads it.
    """
    return _Scanner(document).blocks()


class _Raw(NamedTuple):
    """The text of an entry, from its `@` to what closes it, and where the reading goes on."""

    text: str
    start: int
    starts: list[int]
    number: int
    type: str
    opener: str
    closed: bool
    rest: tuple[Line, int] | None


class _Scanner:
    """Reads a file line by line.

    Args:
        document: The file.
    """

    def __init__(self, document: Document) -> None:
        self._name = document.name
        self._lines = document.lines()
        self._again: deque[Line] = deque()
        self._macros = dict(_STANDARD)
        self._left = _FREE + _RATIO * document.size
        self._comments_hide = True
        self._told: set[str] = set()

    def blocks(self) -> Iterator[Block | Problem]:
        """Yield what the file holds."""
        line, at, told = self._next(), 0, False
        while line is not None:
            found = self._start(line, at) if line.text.find("@", at) >= 0 else None
            if found is None:
                if not told and (problem := self._lost(line, at)):
                    told = True
                    yield problem
                line, at = self._next(), 0
                continue
            told = False
            raw = self._read(*found)
            yield from self._made(raw)
            line, at = raw.rest or (self._next(), 0)

    def _next(self) -> Line | None:
        return self._again.popleft() if self._again else next(self._lines, None)

    def _start(self, line: Line, at: int) -> tuple[Line, re.Match[str]] | None:
        """Return where in a line the next entry begins, if one does; its `{` may stand some lines below."""
        for match in _START.finditer(line.text, at):
            if line.text.find("%", at, match.start()) >= 0:
                return None
            if match[2] or (match[3] and (match[1].lower() in _COMMANDS or _IN_PARENTHESES.match(line.text, match.end()))):
                return line, match
            if not match[3] and not line.text[at : match.start()].strip():
                return self._below(line, match.start())
        return None

    def _below(self, line: Line, at: int) -> tuple[Line, re.Match[str]] | None:
        """Return a line that ends behind an entry's type as one with those below it, to the opening brace."""
        text = line.text
        taken: list[Line] = []
        while len(taken) < _MOST_BLANK and (following := self._next()) is not None:
            taken.append(following)
            text += following.text
            if following.text.strip():
                break
        match = _START_BELOW.match(text, at)
        if match is None:
            self._again.extendleft(reversed(taken))
            return None
        return Line(line.number, line.start, text), match

    def _read(self, line: Line, match: re.Match[str]) -> _Raw:
        """Return the entry that begins at a match."""
        first, begin = line, match.start()
        opener = match[2] or match[3]
        end = (_BraceEnd if match[2] else _ParenthesisEnd)(match.end(), line.number)
        hides = match[1].lower() == "comment" and self._comments_hide
        texts: list[str] = []
        starts, size = [line.start + begin], 0
        while (stop := end.find(line.text)) < 0:
            texts.append(line.text[begin:] if line is first else line.text)
            size += len(line.text)
            following = self._next()
            if following is None or size > LONGEST or (not hides and _OPENING.match(following.text)):
                if hides:
                    texts, following = texts[:1], self._shown(texts, starts, first.number, following)
                rest = None if following is None else (following, 0)
                return _Raw("".join(texts), starts[0], starts, first.number, match[1], opener, closed=False, rest=rest)
            line = following
            starts.append(line.start)
        texts.append(line.text[begin if line is first else 0 : stop])
        text = "".join(texts)
        if _LINE_END.search(text, 0, match.end() - match.start()):  # the brace stands below the type
            starts = _line_starts(text, starts[0])
            if line is first:
                line, stop = Line(first.number + len(starts) - 1, line.start + stop, line.text[stop:]), 0
        return _Raw(text, starts[0], starts, first.number, match[1], opener, closed=True, rest=(line, stop))

    def _shown(self, texts: list[str], starts: list[int], number: int, following: Line | None) -> Line | None:
        """Give back the lines that a comment without end has hidden, and return the first; from now on comments hide none."""
        self._comments_hide = False
        if following is not None:
            self._again.appendleft(following)
        rows = list(zip(starts, texts, strict=True))[1:]
        self._again.extendleft(Line(number + rank, *row) for rank, row in reversed(list(enumerate(rows, 1))))
        return self._next()

    def _lost(self, line: Line, at: int) -> Problem | None:
        """Return a problem where text between entries looks like the rest of one."""
        text = line.text
        if text.find("}", at) < 0 and text.find("=", at) < 0:
            return None
        rest = text[at:]
        if rest.lstrip()[:1] == "%" or not (rest.count("}") > rest.count("{") or _LOST.match(rest)):
            return None
        what = f"text outside of all entries: {' '.join(rest[:99].split())[:40]!r}"
        return Problem(self._name, line.number, what, "check whether the entry before it has a closing brace too many")

    def _made(self, raw: _Raw) -> Iterator[Block | Problem]:
        """Yield an entry with its fields, or take the macro that it defines."""
        kind, name = raw.type.lower(), raw.text.index(raw.type)
        none = Tex("", raw.number, None)
        type_ = Tex(raw.type, raw.number, raw.start + name)
        block = Block(type_, none, raw.start, raw.start + len(raw.text.rstrip()), raw.number, raw.starts, raw.closed)
        body = _Body(self, block, raw.text, raw.text.index(raw.opener, name) + 1)
        if kind == "string":
            self._define(body)
        elif kind not in _COMMANDS:
            body.read_entry()
        if not raw.closed:
            body.fail("is never closed", raw.number)
        if kind in _COMMANDS:
            yield from block.problems
        else:
            yield block

    def _define(self, body: "_Body") -> None:
        """Take the macros that a @string defines."""
        body.read_fields()
        for name, value in body.block.fields:
            self.spend(len(value.text), value.line)
            self._macros[name] = value.text

    def macro(self, name: str) -> str | None:
        """Return the text of a macro, None if there is none."""
        return self._macros.get(name.lower())

    def spend(self, size: int, line: int) -> None:
        """Count what macros become, and give up on a file that is made to become too much."""
        self._left -= size
        if self._left < 0:
            raise UnreadableError("macros (@string) that become too much text", "leave the file out", line)

    def is_new(self, fault: str) -> bool:
        """Tell whether a fault that may be in every entry of a file is met for the first time."""
        if fault in self._told or len(self._told) == _MOST_FAULTS:
            return False
        self._told.add(fault)
        return True

    def problem(self, line: int, what: str, todo: str, *, warning: bool) -> Problem:
        """Return a problem of this file."""
        return Problem(self._name, line, what, todo, "warning" if warning else "error")


def _line_starts(text: str, start: int) -> list[int]:
    """Return the offsets at which the lines of a text begin that stands at `start`."""
    return [start, *(start + match.end() for match in _LINE_END.finditer(text))]


class _BraceEnd:
    """Finds, line by line, the brace that closes an entry: 1 behind it, or -1."""

    __slots__ = ("_at", "_depth", "_line")

    def __init__(self, at: int, line: int) -> None:
        self._at, self._depth, self._line = at, 1, line

    def find(self, text: str) -> int:
        at, self._at = self._at, 0
        if len(text) < _LONG_LINE:  # most lines are short, and close nothing that they have not opened
            opening, closing = text.count("{", at), text.count("}", at)
            if closing < self._depth or (opening == closing == 1 and text.find("{", at) < text.find("}", at)):
                self._depth += opening - closing
                return self._checked(-1)
        for match in _BRACE.finditer(text, at):
            self._depth += 1 if match.group() == "{" else -1
            if self._depth == 0:
                return match.end()
            if self._depth > _DEEPEST:
                break
        return self._checked(-1)

    def _checked(self, found: int) -> int:
        if self._depth > _DEEPEST:
            raise UnreadableError(f"braces nested more than {_DEEPEST} deep", "leave the file out", self._line)
        return found


class _ParenthesisEnd:
    """Finds, line by line, the parenthesis that closes an entry: outside of braces and quotes."""

    __slots__ = ("_at", "_depth", "_line", "_quoted")

    def __init__(self, at: int, line: int) -> None:
        self._at, self._depth, self._line, self._quoted = at, 0, line, False

    def find(self, text: str) -> int:
        at, self._at = self._at, 0
        for match in _MARK.finditer(text, at):
            mark = match.group()
            if mark == '"' and self._depth == 0:
                self._quoted = not self._quoted
            elif mark in "{}":
                self._depth = max(0, self._depth + (1 if mark == "{" else -1))
                if self._depth > _DEEPEST:
                    raise UnreadableError(f"braces nested more than {_DEEPEST} deep", "leave the file out", self._line)
            elif mark == ")" and self._depth == 0 and not self._quoted:
                return match.end()
        return -1


class _Body:
    """Reads what is between the braces of an entry.

    Args:
        scanner: Knows the macros.
        block: Takes what is read.
        text: The entry, from its `@` on.
        at: Where the body begins in the text.
    """

    def __init__(self, scanner: _Scanner, block: Block, text: str, at: int) -> None:
        self._scanner, self.block, self._text, self._base, self._at = scanner, block, text, block.start, at
        self._end = len(text) - 1 if block.closed else len(text)

    def fail(self, what: str, line: int, todo: str = _TODO, *, warning: bool = False) -> None:
        """Note that something is wrong in the entry."""
        if len(self.block.problems) >= _MOST_PROBLEMS:
            return
        name = self.block.key.text
        named = f"the entry {name[:60]!r} " if name else f"the @{self.block.type.text} here "
        self.block.problems.append(self._scanner.problem(line, named + what, todo, warning=warning))

    def read_entry(self) -> None:
        """Read citation key and fields."""
        match = _KEY.match(self._text, self._at, self._end)
        if match and (key := match[1].rstrip()):
            self.block.key = self._tex(key, match.start(1))
        if match:
            self._at = match.end()
        if not self.block.key.text and self._scanner.is_new(""):
            self.fail("has no citation key", self.block.line, "give it one", warning=True)
        elif match and self._at < self._end and self._text[self._at] != ",":
            self.fail("has no comma behind its key", self.block.line, "add it", warning=True)
        self.read_fields()

    def read_fields(self) -> None:
        """Read names and values to the end of the entry; what is wrong is left out up to the next field."""
        while True:
            self._skip(_BETWEEN)
            if self._at >= self._end:
                return
            match = _NAME.match(self._text, self._at, self._end)
            if match is None:
                if not self.block.closed and not _RESUME.search(self._text, self._at, self._end):
                    return
                self._resume("has text where a field should be", self._at)
                continue
            self._at = match.end()
            self._field(match[1].lower(), match.start())

    def _field(self, name: str, place: int) -> None:
        """Read the value of a field whose name stands at `place`."""
        parts: list[tuple[str, int | None]] = []
        first = self._at
        while True:
            self._skip(_BLANK)
            if not self._part(name, parts):
                return
            self._skip(_BLANK)
            if self._text[self._at : self._at + 1] != "#" or self._at >= self._end:
                break
            self._at += 1
        line = self._line(first)
        if len(parts) == 1:
            text, at = parts[0]
            value = Tex(text, line, None if at is None else self._base + at)
        else:
            value = Tex("".join(text for text, _ in parts), line, None)
        self.block.fields.append((name, value))
        if self._at >= self._end or self._text[self._at] == ",":
            return
        if _NAME.match(self._text, self._at, self._end):
            self.fail(f"has no comma behind its {name[:60]}", self._line(self._at), "add it", warning=True)
        else:
            self._resume(f"has text behind its {name[:60]} that belongs to nothing", place)

    def _part(self, name: str, parts: list[tuple[str, int | None]]) -> bool:
        """Read one part of a value; False where there is none, and the reader has gone on to the next field."""
        at = self._at
        mark = self._text[at : at + 1] if at < self._end else ""
        if mark in {"{", '"'}:
            stop = self._closing(at + 1) if mark == "{" else self._quote(at + 1)
            if stop < 0:
                if self.block.closed:
                    self.fail(f"has a {name[:60]} that is never closed", self._line(at))
                self._at = self._end
                return False
            parts.append((self._text[at + 1 : stop], at + 1))
            self._at = stop + 1
            return True
        bare = _BARE.match(self._text, at, self._end)
        if bare is None:
            self._resume(f"has no value for its {name[:60]}", at)
            return False
        self._at = bare.end()
        word = bare.group()
        if word.isdigit():
            parts.append((word, at))
        elif (text := self._scanner.macro(word)) is not None:
            self._scanner.spend(len(text), self._line(at))
            parts.append((text, None))
        else:
            if self._scanner.is_new(word):
                what = f"uses {word[:60]!r}, which no @string defines"
                self.fail(what, self._line(at), "define it, or put braces around it", warning=True)
            parts.append((word, at))
        return True

    def _resume(self, what: str, place: int) -> None:
        """Note what is wrong, and go on at the next field."""
        self.fail(what, self._line(min(place, self._end)))
        match = _RESUME.search(self._text, self._at, self._end)
        self._at = match.end() if match else self._end

    def _closing(self, at: int) -> int:
        """Return where the brace stands that closes the one before `at`, -1 if none does."""
        close = self._text.find("}", at, self._end)
        if close < 0 or self._text.find("{", at, close) < 0:
            return close
        depth = 1
        for match in _BRACE.finditer(self._text, at, self._end):
            depth += 1 if match.group() == "{" else -1
            if depth == 0:
                return match.start()
        return -1

    def _quote(self, at: int) -> int:
        """Return where the quotation mark stands that ends the value at `at`, -1 if none does."""
        depth = 0
        for match in _QUOTE.finditer(self._text, at, self._end):
            mark = match.group()
            if mark == '"' and depth == 0:
                return match.start()
            if mark != '"':
                depth += 1 if mark == "{" else -1
        return -1

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self._text, self._at, self._end)
        self._at = match.end() if match else self._at

    def _line(self, at: int) -> int:
        return self.block.line_at(self._base + at)

    def _tex(self, text: str, at: int) -> Tex:
        return Tex(text, self._line(at), self._base + at)
