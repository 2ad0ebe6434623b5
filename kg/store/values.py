"""Values for the variables of a query, put into its text as `VALUES` that open its `WHERE`.

A value that is given is obeyed or refused: a variable that only a subquery knows cannot be reached from there, and to leave
it free would answer another question. A subquery that selects the variable is given the value too: it is what makes the
answer for one person quick where the subquery alone would go through all.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

import pyoxigraph as ox

from kg.errors import QueryError, UsageError
from kg.store import guard

_VARIABLE: Final = re.compile(r"[?$](\w+)")
"""A variable; the token that begins with it may end in the full stop of a sentence."""


def bound(sparql: str, values: Mapping[str, str]) -> str:
    """Return a query with values for some of its variables.

    >>> bound("SELECT ?s { ?s a ?kind }", {"kind": "https://schema.org/Person"})
    'SELECT ?s { VALUES ?kind { <https://schema.org/Person> } ?s a ?kind }'

    Raises:
        UsageError: If the query has no such variable, or only in a subquery that does not select it.
        QueryError: If the query has no group that values could be put into.
    """
    if not values:
        return sparql
    tokens = list(guard.tokens_of(sparql))
    words = [match.group() for match in tokens]
    start = _where(words)
    if start is None:
        raise QueryError("this form of query takes no values; write WHERE { ... } with the variables in it")
    known = sorted({name for word in words if (name := _variable(word))})
    reached = set(_reached(words, start))
    for name in values:
        if name not in known:
            raise UsageError(f"the question has no variable {name!r}; its variables: {', '.join(known) or 'none'}")
        if name not in reached:
            raise UsageError(f"the variable {name!r} stands where no value reaches it; select it in its subquery, or use it in the outer WHERE")
    given = {name: f" VALUES ?{name} {{ {_term(value)} }}" for name, value in values.items()}
    parts, done = [], 0
    for brace, names in [(start, set(given)), *_subqueries(words, start, set(given))]:
        parts += [sparql[done : tokens[brace].end()], *(text for name, text in given.items() if name in names)]
        done = tokens[brace].end()
    return "".join([*parts, sparql[done:]])


def _where(words: Sequence[str]) -> int | None:
    """Return the index of the brace that opens the outermost group, behind the template of a CONSTRUCT."""
    start = 0
    verb = next((i for i, word in enumerate(words) if word.lower() == "construct"), None)
    if verb is not None:
        if words[verb + 1 : verb + 2] != ["{"]:
            return None
        start = _closing(words, verb + 1) + 1
    return _group(words, start)


def _group(words: Sequence[str], start: int) -> int | None:
    """Return the index of the first brace from `start` on that stands in no parentheses: these may hold an EXISTS."""
    depth = 0
    for i in range(start, len(words)):
        depth += {"(": 1, ")": -1}.get(words[i], 0)
        if words[i] == "{" and depth == 0:
            return i
    return None


def _closing(words: Sequence[str], start: int) -> int:
    """Return the index of the brace that closes the one at `start`."""
    depth = 0
    for i in range(start, len(words)):
        depth += {"{": 1, "}": -1}.get(words[i], 0)
        if depth == 0:
            return i
    return len(words)


def _reached(words: Sequence[str], start: int) -> Iterator[str]:
    """Yield the variables of the group that opens at `start`; of a subquery in it, those that it selects."""
    i, end = start + 1, _closing(words, start)
    while i < end:
        if words[i] == "{" and "".join(words[i + 1 : i + 2]).lower() == "select":
            inner = _group(words, i + 2) or end
            yield from _selected(words, i + 2, inner)
            i = _closing(words, i)
        elif name := _variable(words[i]):
            yield name
        i += 1


def _selected(words: Sequence[str], first: int, inner: int) -> Iterator[str]:
    """Yield the variables that a subquery selects; its clause begins at `first`, its group at `inner`."""
    depth = 0
    for i in range(first, inner):
        depth += {"(": 1, ")": -1}.get(words[i], 0)
        if words[i] == "*" and depth == 0:
            yield from _reached(words, inner)
        elif (depth == 0 or (depth == 1 and words[i - 1].lower() == "as")) and (name := _variable(words[i])):
            yield name


def _subqueries(words: Sequence[str], start: int, names: set[str]) -> Iterator[tuple[int, set[str]]]:
    """Yield the braces that open the groups of subqueries below `start`, each with those of the names that mean the same there.

    Part of an answer is another answer when it has a value, and what an expression makes cannot be given one.
    """
    i, end = start + 1, _closing(words, start)
    while i < end:
        if words[i] == "{" and "".join(words[i + 1 : i + 2]).lower() == "select":
            inner, close = _group(words, i + 2) or end, _closing(words, i)
            inside = [word.lower() for word in words[i:close]]
            made = {_variable(word) for before, word in pairwise(words[i:close]) if before.lower() == "as"}
            same = set() if {"limit", "offset"} & set(inside) else (names & set(_selected(words, i + 2, inner))) - made
            if same:
                yield inner, same
                yield from _subqueries(words, inner, same)
            i = close
        i += 1


def _variable(word: str) -> str | None:
    """Return the name of the variable that a token is.

    >>> _variable("?paper."), _variable("?"), _variable("paper")
    ('paper', None, None)
    """
    found = _VARIABLE.match(word)
    return found[1] if found else None


def _term(value: str) -> ox.NamedNode | ox.Literal:
    """Return the term that a value on the command line means: an IRI, a number, or a text (in quotes or not)."""
    if len(value) > 1 and value[0] == value[-1] == '"':
        return ox.Literal(value[1:-1])
    if re.fullmatch(r"https?://[^\s<>\"{}|^`\\]+", value):
        return ox.NamedNode(value)
    return ox.Literal(int(value)) if re.fullmatch(r"-?[0-9]{1,18}", value) else ox.Literal(value)
