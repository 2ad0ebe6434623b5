r"""The language of BibTeX files: entries one after another, with the place of each value, macros expanded.

BibTeX has no written grammar; this follows what `bibtex.web` does and btparse's description of it (`bt_language`):
between entries anything may stand; braces balance everywhere, escaped or not; `"` ends a quoted value outside of
braces; parts are joined by `#`; names of macros and fields know no case; of a field given twice the first one counts.
Beyond that, as biber and JabRef have it: a line beginning with `%` is a comment, `@comment{...}` hides what is in it,
and where an entry is not closed the next line that begins one ends it. Memory holds one entry, and the macros.
"""

import re
from collections import deque
from collections.abc import Iterator
from typing import Final, NamedTuple

from kg.model import Document, Problem
from kg.model.documents import Line
from kg.sources._bibtex.block import Block, Tex
from kg.sources._bibtex.body import Body
from kg.sources._bibtex.ends import BraceEnd, ParenthesisEnd
from kg.sources._bibtex.known import Known

LONGEST: Final = 8 << 20
"""The longest entry, in code points: longer than that of any collaboration."""

_START: Final = re.compile(r"(?<![^\s})\],;\ufeff])@[ \t]*([A-Za-z][\w+-]*)[ \t]*(?:(\{)|(\()|(?=[\r\n]|\Z))")
_OPENING: Final = re.compile(r"[ \t]*@[ \t]*(?:(?:string|preamble|comment)\s*[{(]|[A-Za-z][\w+-]*\s*[{(]\s*[^\s\"#%={},]*\s*,)", re.IGNORECASE)
"""A line that begins an entry beyond doubt, whatever is around it."""

_START_BELOW: Final = re.compile(r"@[ \t]*([A-Za-z][\w+-]*)\s*(?:(\{)|(\())")
_MOST_BLANK: Final = 9
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_IN_PARENTHESES: Final = re.compile(r"\s*(?:[^\s\"#%={}(),]*\s*,|[\w+-]+\s*=|[\r\n]|\Z)")
_COMMANDS: Final = frozenset({"string", "preamble", "comment"})
_LOST: Final = re.compile(r"\s*[A-Za-z][\w+-]*\s*=\s*[{\"]")


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
        self._known = Known(document)
        self._comments_hide = True

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
        end = (BraceEnd if match[2] else ParenthesisEnd)(match.end(), line.number)
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
        body = Body(self._known, block, raw.text, raw.text.index(raw.opener, name) + 1)
        if kind == "string":
            body.read_fields()
            for macro, value in block.fields:
                self._known.define(macro, value)
        elif kind not in _COMMANDS:
            body.read_entry()
        if not raw.closed:
            body.fail("is never closed", raw.number)
        if kind in _COMMANDS:
            yield from block.problems
        else:
            yield block

def _line_starts(text: str, start: int) -> list[int]:
    """Return the offsets at which the lines of a text begin that stands at `start`."""
    return [start, *(start + match.end() for match in _LINE_END.finditer(text))]
