r"""The lists and objects in a script, made JSON on the same lines: JavaScript, TypeScript and Python write them much alike.

What is JSON already stays as it is. Else keys may be bare words, texts stand in any quotes, a comma may be the last, and
comments anywhere. Texts that are joined (`"a" + "b"`) become one, and the name of a value that was given before stands for
it. What else is code (`require("./a.png")`) says nothing, and its place is told; what is done with a list (`.sort(...)`,
`as const`) is passed over. Nothing is ever run.
"""

import json
import re
from collections.abc import Mapping
from typing import Final, NamedTuple, NoReturn

from kg.errors import UnreadableError
from kg.sources._json.parser import DECODER
from kg.sources._own_json.keys import CITATIONS, TITLES, bare, meaning
from kg.text import line_of, line_starts

_TOKEN: Final = re.compile(
    r"(?P<blank>\s+)|(?P<comment>//[^\n]*|/\*.*?\*/|\#[^\n]*)"
    r"|(?P<text>[bfruBFRU]{0,2}(?:\"\"\"(?:\\.|[^\\])*?\"\"\"|'''(?:\\.|[^\\])*?'''|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*')|`(?:\\.|[^`\\])*`)"
    r"|(?P<open>[\[{(])|(?P<close>[\]})])|(?P<mark>[,:;+])|(?P<word>[^\s\[\]{}(),:;+\"'`/#]+|.)",
    re.DOTALL,
)
_QUOTES: Final = re.compile(r"([a-zA-Z]*)(\"\"\"|'''|[\"'`])(.*)\2", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|(\r?\n|.))", re.DOTALL)
_LETTERS: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "", "\n": "", "\r\n": ""}
_FRAGMENT: Final = re.compile("</?>")
"""What is around a piece of markup that has no name (JSX)."""

_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_WORDS: Final = {
    "null": "null", "true": "true", "false": "false", "None": "null", "True": "true", "False": "false", "undefined": "null", "NaN": "null",
}  # fmt: skip
_CLOSED: Final = {"[": "]", "{": "}", "(": ")"}

_ASSIGNS: Final = re.compile(r"(?:^|[^=!<>])=$|^default$")
"""What stands before a list or an object that is a value, not a block of code."""

_NAMED: Final = re.compile(r"(?:\b(?:const|let|var)\s+([\w$]+)[^=;]*|(\btype\s+)?([\w$]+)(?:<[^=;]*>)?\s*\+?)=\s*$")
_WINDOW: Final = 300
"""So many code points before a value tell its name, types and all."""

_SHORT: Final = 2000
"""What a name stands for elsewhere is no longer than this; a file of names of names would grow without bounds."""

_KEY: Final = re.compile(r'"([^"\\]{1,40})"\s*:\s*+(?!null)')
_DEEPEST: Final = 60


class _CutError(Exception):
    """The text ends within a list or an object."""


class Script(NamedTuple):
    """What a script holds.

    Attributes:
        text: Its values in JSON, each on the lines where it stands; empty where there are none.
        code: The line and the text of each place where code stands for a value.
    """

    text: str
    code: list[tuple[int, str]]


class _Found(NamedTuple):
    """A list or an object of a script.

    Attributes:
        name: What it is assigned to; empty where it is to nothing.
        start: Where it begins in the script.
        end: Where it ends.
        text: What it is in JSON, with as many lines.
        code: Where code stands for a value, as offset and text.
    """

    name: str
    start: int
    end: int
    text: str
    code: list[tuple[int, str]]


def values_of(text: str, *, whole: bool = True) -> Script:
    r"""Return the values in a script in which something has a title: the one there is, or all by their names.

    Args:
        text: The script.
        whole: Whether it is no head of one, so that each value must end.

    Raises:
        UnreadableError: If a value does not end as it began, or is nested too deep.

    >>> values_of("// mine\nconst papers = [{title: 'On tea', pages: [1, 2,], cover: f(1)}];\nlet x = {a: 1};")
    Script(text='\n[{"title": "On tea" ,"pages": [1 ,2] ,"cover": null}]', code=[(2, 'f(1)')])
    """
    found = [each for each in _values(text, whole=whole) if _is_titled(each.text)]
    alone, named = len(found) == 1, any(each.name for each in found)
    pieces: list[str] = []
    names: set[str] = set()
    last = 0
    for each in found:
        name = each.name or "data"
        while name in names:
            name += "_"
        names.add(name)
        before = "" if alone else ("," if pieces else "{" if named else "[") + (f"{_dumped(name)}: " if named else "")
        pieces += ["\n" * text.count("\n", last, each.start), before, each.text]
        last = each.end
    pieces += ["}" if named else "]"] if len(found) > 1 else []
    starts = line_starts(text)
    return Script("".join(pieces), [(line_of(starts, place), source) for each in found for place, source in each.code])


def _is_titled(value: str) -> bool:
    """Tell whether something in a value, in JSON, has a title, or what may be one, or a citation."""
    return any(meaning(key[1]) == "title" or bare(key[1]) in TITLES or bare(key[1]) in CITATIONS for key in _KEY.finditer(value))


def _values(text: str, *, whole: bool) -> list[_Found]:
    """Return the outermost lists and objects of a script that are values."""
    found: list[_Found] = []
    known: dict[str, str] = {}
    at, before, earlier = 0, "", ""
    called = _CALL.match(text)
    while match := _TOKEN.match(text, at):
        kind, piece = match.lastgroup, match[0]
        if piece in {"[", "{"} and (not before or _ASSIGNS.search(before) or (called is not None and at == called.end())):
            value = _value_at(text, at, known, whole=whole)
            at, before = (value.end if value else match.end()), ""
            found += [value] if value else []
            if value and value.name and len(value.text) < _SHORT:
                known[value.name] = value.text.replace("\n", "")
            continue
        at = match.end()
        if kind not in {"blank", "comment"} and piece != ";":
            if kind == "text" and before == "=" and len(piece) < _SHORT:
                known[earlier] = _dumped(_unquoted(piece))
            earlier, before = before, piece
    return found


_CALL: Final = re.compile(r"\ufeff?\s*(?:/\*.*?\*/\s*)?[\w$.]+\s*\(\s*", re.DOTALL)
"""How a script begins that is a call: `callback({...})`."""


def _value_at(text: str, start: int, known: Mapping[str, str], *, whole: bool) -> _Found | None:
    """Return the list or object that begins at a place; None where it describes a type."""
    named = _NAMED.search(text[max(0, start - _WINDOW) : start])
    if named and named[2]:
        return None
    name = (named[1] or named[3]) if named else ""
    try:
        _, end = DECODER.raw_decode(text, start)
        return _Found(name, start, end, text[start:end], [])
    except (ValueError, RecursionError):
        writer = _Writer(text, start, known)
    try:
        writer.take(0)
    except _CutError:
        if whole:
            writer.fail("a list or an object that does not end", start)
    return _Found(name, start, writer.at, "".join(writer.out), writer.code)


class _Writer:
    """Writes a value of a script as JSON.

    Args:
        text: The script.
        at: Where the value begins; then, how far it was read.
        known: Names, and the JSON of what they stand for.

    Attributes:
        out: The JSON.
        code: Where code stands for a value, as offset and text.
    """

    def __init__(self, text: str, at: int, known: Mapping[str, str]) -> None:
        self._text, self.at, self._known = text, at, known
        self.out: list[str] = []
        self.code: list[tuple[int, str]] = []

    def fail(self, what: str, place: int) -> NoReturn:
        """Raise an error that names its line."""
        raise UnreadableError(what, "repair the file, or save it again whole", line_of(line_starts(self._text), place))

    def take(self, depth: int, instead: str = "null") -> bool:
        """Write the value that begins here, and pass over what is done with it; write what is `instead` of code, and tell whether it is none."""
        kind, piece = self._next()
        if kind != "open":
            return self._scalar(instead)
        if depth > _DEEPEST:
            self.fail("nested too deep", self.at)
        self.at += 1
        first = len(self.out)
        self.out.append("{" if piece == "{" else "[")
        several = self._members(piece, depth) if piece == "{" else self._elements(piece, depth)
        if piece == "(" and not several:
            self.out[first] = self.out[-1] = ""  # brackets around one value, no list
        if depth:
            self._pass_over()
        return True

    def _next(self) -> tuple[str, str]:
        """Return kind and text of the next token, the lines before it written."""
        while match := _TOKEN.match(self._text, self.at):
            if match.lastgroup not in {"blank", "comment"}:
                return match.lastgroup or "", match[0]
            self._keep_lines(match[0])
            self.at = match.end()
        raise _CutError

    def _keep_lines(self, piece: str) -> None:
        if lines := piece.count("\n"):
            self.out.append("\n" * lines)
        elif piece == " ":
            self.out.append(" ")

    def _closes(self, opened: str, kind: str, piece: str) -> bool:
        """Tell whether a token closes what was opened, and write that."""
        if kind != "close":
            return False
        if piece != _CLOSED[opened]:
            self.fail(f"{opened} is closed by {piece}", self.at)
        self.at += 1
        self.out.append("}" if piece == "}" else "]")
        return True

    def _elements(self, opened: str, depth: int) -> bool:
        """Write the elements of a list; tell whether it has commas."""
        count = commas = 0
        while not self._closes(opened, *(token := self._next())):
            if token[1] in {",", ";"}:
                self.at += 1
                commas += 1
            elif token[1].startswith("..."):
                self._pass_over()
            else:
                place = len(self.out)
                self.out.append("," if count else "")
                if self.take(depth + 1, ""):
                    count += 1
                else:
                    self.out[place] = ""
        return commas > 0

    def _members(self, opened: str, depth: int) -> bool:
        """Write the members of an object; what is no key with a value is passed over."""
        count = 0
        while not self._closes(opened, *(token := self._next())):
            kind, piece = token
            if piece in {",", ";"}:
                self.at += 1
                continue
            start = self.at
            self.at += len(piece)
            if kind not in {"text", "word"} or self._next()[1] != ":":
                self.at = start
                self._pass_over()
                continue
            self.at += 1
            self.out.append(f"{',' if count else ''}{_dumped(_unquoted(piece) if kind == 'text' else piece)}:")
            self.take(depth + 1)
            count += 1
        return True

    def _scalar(self, instead: str) -> bool:
        """Write the value that is no list or object: joined texts, a number, a word, or markup; tell whether it is such."""
        place, start = len(self.out), self.at
        tokens = self._pass_over()
        source = self._text[start : tokens[-1][2] if tokens else start]
        texts = [piece for kind, piece, _ in tokens if kind == "text"]
        if texts and all(kind == "text" or piece == "+" for kind, piece, _ in tokens):
            value = _dumped("".join(map(_unquoted, texts)))
        elif source.startswith("<"):
            value = _dumped(" ".join(_FRAGMENT.sub("", source).split()))
        else:
            value = _WORDS.get(source) or self._known.get(source) or (source if _NUMBER.fullmatch(source) else "")
        if source and not value:
            self.code.append((start, " ".join(source.split())))
        self.out.insert(place, value or instead)
        return bool(value)

    def _pass_over(self) -> list[tuple[str, str, int]]:
        """Go on to the comma or bracket behind an expression; return the kind, the text and the end of its tokens."""
        depth = 0
        tokens: list[tuple[str, str, int]] = []
        while True:
            kind, piece = self._next()
            if depth == 0 and (kind == "close" or piece in {",", ";"}):
                return tokens
            depth += (kind == "open") - (kind == "close")
            self.at += len(piece)
            tokens.append((kind, piece, self.at))
            if kind == "text":
                self._keep_lines(piece)


def _unquoted(piece: str) -> str:
    r"""Return what a text in quotes says.

    >>> _unquoted(r"'it\'s'"), _unquoted(r'r"\alpha"'), _unquoted(r"`\u{1f680}\x41`")
    ("it's", '\\alpha', '🚀A')
    """
    match = _QUOTES.fullmatch(piece)
    prefix, inner = (match[1], match[3]) if match else ("", piece)
    if "\\" not in inner or "r" in prefix.lower():
        return inner
    return _ESCAPED.sub(_letter, inner).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _letter(match: re.Match[str]) -> str:
    """Return the letter that an escape sequence stands for."""
    if (code := match[1] or match[2] or match[3] or match[4]) is None:
        return _LETTERS.get(match[5], match[5])
    return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else "\ufffd"


def _dumped(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
