"""The parser of JSON, as strict as RFC 8259 but for `NaN`, which is read as null, and what MongoDB's shell writes, and what it says is wrong."""

import json
import math
import re
from typing import Any, Final

TOKEN: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],\n]|[^\s{}\[\]:,"]+', re.DOTALL)
"""A part of a JSON text: a text, a bracket, a comma, a line end, or a run of anything else that is not blank."""

LONGEST: Final = 64 << 20
"""The longest single value or line, in code points or bytes: longer than any record, short enough for any memory."""


def _integer(digits: str) -> int | str:
    """Return a number; one of so many thousands of digits that Python does not read it stays text."""
    try:
        return int(digits)
    except ValueError:
        return digits


def _real(digits: str) -> float | str:
    """Return a number; one that is too large for a float stays text."""
    number = float(digits)
    return number if -math.inf < number < math.inf else digits


def _constant(name: str) -> None:
    """Return nothing for `NaN`; raise for the infinities, which stand for no missing value."""
    if name != "NaN":
        raise ValueError(name)


class _Decoder(json.JSONDecoder):
    """The parser. It reads whole numbers itself, which is much faster; only what has more digits than Python reads needs us."""

    def raw_decode(self, s: str, idx: int = 0) -> tuple[Any, int]:
        """Return the value that begins at a place of a text, and where it ends."""
        try:
            return super().raw_decode(s, idx)
        except json.JSONDecodeError:
            raise
        except ValueError:
            return _OF_ANY_LENGTH.raw_decode(s, idx)


_OF_ANY_LENGTH: Final = json.JSONDecoder(parse_int=_integer, parse_float=_real, parse_constant=_constant)
DECODER: Final = _Decoder(parse_float=_real, parse_constant=_constant)


_SHELL: Final = r'(?:Number(?:Int|Long|Decimal)|ObjectId|(?:ISO)?Date)\(\s*("[^"\\\n]*"|-?[0-9][0-9.]*)\s*\)'
_IN_SHELL: Final = re.compile(_SHELL)
"""A value as MongoDB's shell writes it, and those who save its output: `NumberInt(2009)`. AMiner's collections do."""

_TEXT_OR_SHELL: Final = re.compile(rf'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|{_SHELL}', re.DOTALL)


def bared(text: str, place: int) -> str | None:
    """Return the text with blanks for what MongoDB's shell puts around the value at a place, and around others behind it.

    None where it puts nothing there; what else stands in the text keeps its place.

    >>> bared('{"year" : NumberInt(2009)}', 10)
    '{"year" :           2009 }'
    """
    if not _IN_SHELL.match(text, place):
        return None
    return text[:place] + _TEXT_OR_SHELL.sub(_bare, text[place:])


def _bare(found: re.Match[str]) -> str:
    if found[1] is None:
        return found[0]
    return f"{' ' * (found.start(1) - found.start())}{found[1]}{' ' * (found.end() - found.end(1))}"


def decoded(text: str) -> Any:
    """Return the value that a text is.

    Raises:
        ValueError: If it is none.
        RecursionError: If it is nested too deep.
    """
    while True:
        try:
            return DECODER.decode(text)
        except json.JSONDecodeError as error:
            bare = bared(text, error.pos)
            if bare is None:
                raise
            text = bare


def told(error: Exception) -> str:
    """Return in one clause what is wrong with a JSON text."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]} (column {error.colno})"
    return "nested too deep" if isinstance(error, RecursionError) else f"{error} is no JSON"
