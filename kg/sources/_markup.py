"""Markup inside the texts of records: tags, MathML and HTML entities become the plain text that they stand for."""

import html
import re
from typing import Final

_TAG: Final = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?::[A-Za-z]+)?(?:\s[^<>]*)?/?>|<!--.*?-->", re.DOTALL)
_BLOCK: Final = re.compile(r"</?(?:p|div|br|li|ul|ol|sec|title|jats:p|jats:title|jats:sec|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TEX_TWIN: Final = re.compile(r"<(?:mml:)?annotation\b.*?</(?:mml:)?annotation>|<tex-math\b.*?</tex-math>", re.DOTALL)


def plain(markup: str) -> str:
    """Return a text without the markup in it: `<sub>`, `<jats:p>`, MathML, `&amp;`.

    What only looks like a tag (`a < b`) stays.

    >>> plain("Deep <i>H<sub>2</sub>O</i> &amp; more"), plain("if x < 3 and y > 4")
    ('Deep H2O & more', 'if x < 3 and y > 4')
    """
    if "<" in markup:
        markup = _TAG.sub("", _BLOCK.sub(" ", _TEX_TWIN.sub("", markup)))
    if "&" in markup:
        markup = html.unescape(markup)
    return markup.strip()
