"""The parser of JSON, as strict as RFC 8259 but for `NaN`, which is read as null, and what it says is wrong."""

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


def told(error: Exception) -> str:
    """Return in one clause what is wrong with a JSON text."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]} (column {error.colno})"
    return "nested too deep" if isinstance(error, RecursionError) else f"{error} is no JSON"
