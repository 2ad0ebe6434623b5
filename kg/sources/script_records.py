r"""Reader of papers that a script holds: `const papers = [...]`, `window.data = {...}`, `papers = [...]` in Python.

Pages of labs, of surveys and of conferences keep their lists so, in a file that a browser loads; and what Python prints of
a dictionary is much the same. The lists and objects are made JSON on the same lines (see `_script`), and read as that: by
the reader of a provider's JSON where it is such, else by what the keys say (see `json_records`).
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources import json_records, readers, recognise
from kg.sources._parts import none_found
from kg.sources._script import values_of

_LIKELY: Final = 0.93
_POSSIBLE: Final = 0.89
"""Surer than who reads any lines of text, to whom a script looks like a sheet of titles and authors."""

_OF_JSON, _TITLES = 0.3, 0.15
"""How sure the reader of any JSON is of papers that have more than a title, and of such that have not."""

_BEGINNING: Final = 4000
"""As many code points tell whether a text is a script."""

_BEGIN: Final = re.compile(
    r"\ufeff?(?>(?:\s+|//[^\n]*+|/\*.*?\*/|\#[^\n]*+\n|(?:\"\"\"|''').*?(?:\"\"\"|''')|[\"']use strict[\"'];?)*)(?:"
    r"(?:export|import|const|let|var|window|self|globalThis|module|exports|function|interface|type|declare|from|define)\b"
    r"|[;(]*\((?:async\s+)?(?:function\b|\(\)\s*=>)|[A-Za-z_$][\w$.]*\s*(?::[^=\n]{1,80})?(?:=\s*[\[{]|\(\s*[\[{])|(?:[\[{]\s*){1,3}(?:'[^'\n]*'|[\w$]+)\s*:)",
    re.DOTALL,
)
"""How a script begins that is one of data: comments, then a declaration, an assignment, a call, or bare keys."""


_CODE: Final = re.compile(
    r"(?:\ufeff?\s*|.*?\n)(?:import\s[^;\n]*\bfrom\s+[\"']|export\s+(?:const|default|interface|type|function|async)\b|(?:const|let|var)\s+[\w$]+[^=;\n]*=|function\s+[\w$]*\()",
    re.DOTALL,
)
"""What only a script has, at the beginning of a line."""


def sniff(head: str, path: str) -> float:
    """Return how sure it is that a text is a script that holds papers.

    >>> sniff("const papers = [{title: 'On tea', authors: ['Ada Lovelace']}];", "a.js"), sniff("const x = {a: 1};", "a.js"), sniff("type: A", "x")
    (0.93, 0.89, 0.0)
    """
    if not _BEGIN.match(head):
        return 0.0
    try:
        sure = json_records.sniff(values_of(head, whole=False).text, path)
    except UnreadableError:
        sure = 0.0
    return _LIKELY if sure >= _OF_JSON else _POSSIBLE if sure >= _TITLES or _CODE.match(head[:_BEGINNING]) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the papers, and a problem for each part that cannot be read.

    Raises:
        UnreadableError: If a list or an object does not end as it began, or is nested too deep.
    """
    found = values_of(document.text)
    made = Document.of_text(found.text, document.name, document.id)
    rows = [*readers()[recognise(made) or "json_records"].read(made)] if found.text else []
    if not any(isinstance(row, Record) for row in rows):
        yield none_found(document, "there is no list of papers in it", "leave the script out")
        return
    yield from rows
    if found.code:
        line, source = found.code[0]
        more = f", and {len(found.code) - 1} more" if len(found.code) > 1 else ""
        what = f"code in the place of a value, passed over: {source[:60]!r}{more}"
        yield Problem(document.name, line, what, "write down what it stands for, if it says something of a paper", "warning")
