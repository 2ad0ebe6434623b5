"""What is between the braces of a BibTeX entry: citation key, fields, values in parts joined by `#`."""

import re
from typing import Final

from kg.sources._bibtex.block import Block, Tex
from kg.sources._bibtex.known import Known

_TODO: Final = "correct it in the file, or export it again"
_MOST_PROBLEMS: Final = 20
_BRACE: Final = re.compile(r"[{}]")
_QUOTE: Final = re.compile(r"[{}\"]")
_KEY: Final = re.compile(r"\s*+([^,={}\"\r\n]{0,500}+)(?:\s*+(?=,|\Z)|[\r\n]\s*+(?=[A-Za-z][\w+-]*\s*=))")
_BETWEEN: Final = re.compile(r"(?:[\s,]++|%[^\r\n]*+)*+")
_BLANK: Final = re.compile(r"(?:\s++|%[^\r\n]*+)*+")
_NAME: Final = re.compile(r"([^\s,={}\"#%()]++(?>(?:\([^\s,={}\"#%()]*+\)[^\s,={}\"#%()]*+)*))\s*=\s*")
"""The name of a field, which for Web of Science may have parentheses in it: `Usage-Count-(Last-180-days)`."""

_BARE: Final = re.compile(r"[^\s,#{}\"=%()]+")
_RESUME: Final = re.compile(r",(?=\s*[^\s,={}\"#%()]+(?:\([^\s,={}\"#%()]*\))?\s*=)")


class Body:
    """Reads what is between the braces of an entry.

    Args:
        known: The macros.
        block: Takes what is read.
        text: The entry, from its `@` on.
        at: Where the body begins in the text.
    """

    def __init__(self, known: Known, block: Block, text: str, at: int) -> None:
        self._known, self.block, self._text, self._base, self._at = known, block, text, block.start, at
        self._end = len(text) - 1 if block.closed else len(text)

    def fail(self, what: str, line: int, todo: str = _TODO, *, warning: bool = False) -> None:
        """Note that something is wrong in the entry."""
        if len(self.block.problems) >= _MOST_PROBLEMS:
            return
        name = self.block.key.text
        named = f"the entry {name[:60]!r} " if name else f"the @{self.block.type.text} here "
        self.block.problems.append(self._known.problem(line, named + what, todo, warning=warning))

    def read_entry(self) -> None:
        """Read citation key and fields."""
        match = _KEY.match(self._text, self._at, self._end)
        if match and (key := match[1].rstrip()):
            self.block.key = self._tex(key, match.start(1))
        if match:
            self._at = match.end()
        if not self.block.key.text and self._known.is_new(""):
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
        elif (text := self._known.macro(word)) is not None:
            self._known.spend(len(text), self._line(at))
            parts.append((text, None))
        else:
            if self._known.is_new(word):
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
