"""Text for XML 1.0: escaped, and without the characters that no XML document may hold."""

import re
from typing import Final
from xml.sax.saxutils import escape

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""All that XML 1.0's production Char leaves out."""

_KEPT: Final = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
"""Blanks that a parser would otherwise turn into others."""

_SPECIAL: Final = re.compile(f'[&<>{"".join(_KEPT)}]|{_ILLEGAL.pattern}')
"""What most texts hold none of."""


def xml_text(text: str, instead: str = "") -> str:
    r"""Return `text` for an XML element or attribute; illegal characters become `instead`.

    >>> xml_text('a < "b"\x01')
    'a &lt; &quot;b&quot;'
    """
    return text if _SPECIAL.search(text) is None else escape(_ILLEGAL.sub(instead, text), _KEPT)
