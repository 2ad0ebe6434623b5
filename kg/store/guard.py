"""What a query may contain before any parser sees it.

Oxigraph's parser recurses: a query of 4.5 kB with two thousand nested braces ends the process. It also connects to
whatever `SERVICE` names. So a query is scanned first, with strings, comments and IRIs skipped and codepoint escapes
decoded as SPARQL 1.1 (section 19.2) does: too deep, too long, or asking for something outside the graph is refused.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.errors import QueryError

MAX_LENGTH: Final = 65_536
"""Longest query text, in code points."""

MAX_DEPTH: Final = 100
"""Deepest nesting of brackets."""

MAX_TOKENS: Final = 10_000
"""Most tokens of a query."""

MAX_CHAIN: Final = 200
"""Most operators or group patterns of one kind that follow each other: flat chains recurse in the parser too."""

_TOKEN: Final = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
      | (?P<long>\"{3}(?>(?:[^"\\]+|\\.|"(?!""))*)\"{3}|'{3}(?>(?:[^'\\]+|\\.|'(?!''))*)'{3})
      | (?P<string>"(?:[^"\\\n\r]|\\.)*+"|'(?:[^'\\\n\r]|\\.)*+')
      | (?P<iri><[^<>"{}|^`\\\x00-\x20]*+>)
      | (?P<name>[?$]?[\w:.%-]+)
      | (?P<sign>[^\s])""",
    re.VERBOSE | re.DOTALL,
)
_CODEPOINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_REFUSED: Final = {
    "service": "SERVICE would ask another server",
    "load": "LOAD would fetch a file",
} | dict.fromkeys(
    ("insert", "delete", "clear", "drop", "create", "copy", "move", "add"), "the graph is read-only; build it again instead of updating it"
)
_CHAINED: Final = frozenset({"union", "optional", "minus", "!", "+", "-", "*", "/", "|", "&", "^"})


def check(query: str, base: str) -> None:
    """Refuse a query that is too large, too deep, or reaches outside the graph.

    Args:
        query: The SPARQL text.
        base: Base IRI of the graph's ids: `FROM` may name graphs below it.

    Raises:
        QueryError: With what was found and what to do.
    """
    text = _CODEPOINT.sub(_decode, query)
    if len(text) > MAX_LENGTH:
        raise QueryError(f"the query is {len(text):,} characters long; at most {MAX_LENGTH:,} are read")
    if not text.strip("\ufeff \t\r\n"):
        raise QueryError("the query is empty; see the shipped ones with: kg query FOLDER --list")
    if "\x00" in text:
        raise QueryError("the query holds a NUL character; take it out")
    depth = 0
    chains = dict.fromkeys(_CHAINED, 0)
    before = ""
    for number, match in enumerate(tokens_of(text), 1):
        token = match.group().lower()
        depth += {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}.get(token, 0)
        if token in chains:
            chains[token] += 1
        _refuse(token, before, match, text, base)
        if depth > MAX_DEPTH or number > MAX_TOKENS or max(chains.values()) > MAX_CHAIN:
            raise QueryError("the query is too deep or too long for the parser; split it into smaller ones")
        before = token


def tokens_of(text: str) -> Iterator[re.Match[str]]:
    """Yield the tokens of a query that are no comments and no strings.

    >>> [match.group() for match in tokens_of('ASK { ?s a "{" } # {')]
    ['ASK', '{', '?s', 'a', '}']
    """
    return (match for match in _TOKEN.finditer(text) if match.lastgroup not in {"comment", "long", "string"})


def _decode(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else match.group()


def _refuse(token: str, before: str, match: re.Match[str], text: str, base: str) -> None:
    """Refuse keywords that reach outside the graph; the same words as parts of names are fine."""
    if token in _REFUSED and match.lastgroup == "name":
        line = text.count("\n", 0, match.start()) + 1
        raise QueryError(f"query:{line}: refused: {_REFUSED[token]}")
    if before in {"from", "named"} and match.lastgroup == "iri" and not match.group()[1:].startswith(base):
        raise QueryError(f"refused: {match.group()} is no graph of this store; they begin with {base}graph/")
