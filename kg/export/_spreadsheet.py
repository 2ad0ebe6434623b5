"""Texts in cells that no spreadsheet takes for a formula."""

import re
from typing import Final

_FORMULA: Final = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
"""What must not begin a cell; leading apostrophes count, so that the guard can be taken off without doubt."""


def guard(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula.

    >>> guard("=1+1"), guard("'t Hooft")
    ("'=1+1", "'t Hooft")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Return the text that `guard` was given.

    >>> unguard(guard("=1+1")), unguard(guard("'t Hooft"))
    ('=1+1', "'t Hooft")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
