"""Texts that lost their encoding on the way: UTF-8 that was read as Latin-1, character references cut short."""

import re
from typing import Final

_TWICE: Final = re.compile("[\u00c2-\u00c5][\u0080-\u00bf]|\u00e2[\u0080\u20ac][\u0080-\u00bf\u20ac\u2122\u0153\u02dc\u201c\u201d\u00a6]")
_C1: Final = re.compile("[\x80-\x9f]")
_REFERENCE: Final = re.compile(r"&?#x([0-9A-Fa-f]{2,5});|\bU\+([0-9A-F]{5})")
_SUSPECT: Final = re.compile("[\x80-\x9f\u00c2-\u00c5\u00e2]")


def mended(text: str) -> str:
    """Return a text with broken characters made whole; the same text where there are none.

    >>> mended("StÃ©phane Caron"), mended("Polit#x00E9;cnico"), mended("Ångström, São")
    ('Stéphane Caron', 'Politécnico', 'Ångström, São')
    """
    is_reference = "#x" in text or "U+0" in text
    if not is_reference and (text.isascii() or not _SUSPECT.search(text)):
        return text
    text = _REFERENCE.sub(lambda match: _character(int(match[1] or match[2], 16), match[0]), text)
    text = _TWICE.sub(lambda match: _once(match[0]), text)
    return _C1.sub(lambda match: match[0].encode("latin-1").decode("cp1252", "replace").replace("\ufffd", match[0]), text)


def _character(number: int, otherwise: str) -> str:
    """Return the character of a number, unless it is a control character or half of one."""
    character = chr(number)
    return character if character.isprintable() else otherwise


def _once(text: str) -> str:
    """Return what a text was before UTF-8 was read as Latin-1 or Windows-1252."""
    data = b"".join(_byte(character) for character in text)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return text


def _byte(character: str) -> bytes:
    try:
        return character.encode("latin-1")
    except UnicodeEncodeError:
        return character.encode("cp1252", "replace")
