"""N-Quads syntax: terms and lines, and what all lines of a build depend on."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from kg.ontology import PREFIXES
from kg.text import CONTROL

_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})

_NOT_IRI: Final = re.compile(
    r"[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]|%(?![0-9A-Fa-f]{2})"
)
"""What an IRI (RFC 3987) may not hold as such; the planes beyond the first are encoded too, for simplicity."""

_PLAIN: Final = re.compile(r"[A-Za-z0-9\-._~:/?@!$&'()*+,;=]*(?:#[A-Za-z0-9\-._~:/?@!$&'()*+,;=]*)?")
"""What most IRIs are like: nothing in them has to be encoded."""


class Setting(NamedTuple):
    """What all quads of a build depend on; it can travel to other processes.

    Attributes:
        base: Base IRI of all ids.
        space: Id space of the ontology's concepts.
        config: Hash of everything that the result depends on besides the input.
        with_text: Whether abstracts and the texts of passages are written.
    """

    base: str
    space: str
    config: str
    with_text: bool


def literal(text: str, datatype: str = "xsd:string", language: str = "") -> str:
    r"""Return a literal in N-Quads syntax; characters that no XML may hold become U+FFFD.

    >>> literal('say "hi"')
    '"say \\"hi\\""'
    >>> literal("2022", "xsd:integer")
    '"2022"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    if not text.isprintable():
        text = CONTROL.sub(chr(0xFFFD), text).translate(_ESCAPES)
    elif '"' in text or "\\" in text:
        text = text.translate(_ESCAPES)
    quoted = f'"{text}"'
    if language:
        return f"{quoted}@{language}"
    return quoted if datatype == "xsd:string" else f"{quoted}^^{term(datatype)}"


@lru_cache(maxsize=1 << 12)
def term(compact: str) -> str:
    """Return a compact IRI in N-Quads syntax.

    >>> term("dcterms:title")
    '<http://purl.org/dc/terms/title>'
    """
    prefix, _, name = compact.partition(":")
    return f"<{PREFIXES[prefix]}{name}>"


@lru_cache(maxsize=1 << 12)
def iri(text: str) -> str:
    """Return an IRI in N-Quads syntax; characters that it may not hold are percent-encoded.

    >>> iri("https://x.org/a b>")
    '<https://x.org/a%20b%3E>'
    """
    if _PLAIN.fullmatch(text):
        return f"<{text}>"
    before, mark, fragment = text.partition("#")
    whole = before + mark + fragment.replace("#", "%23")
    return f"<{_NOT_IRI.sub(lambda m: ''.join(f'%{b:02X}' for b in m.group().encode('utf-8', 'replace')), whole)}>"


def quad(subject: str, predicate: str, value: str, graph: str = "") -> str:
    """Return a line: subject, value and graph are in N-Quads syntax, the predicate is a compact IRI."""
    return f"{subject} {term(predicate)} {value}{' ' + graph if graph else ''} .\n"
