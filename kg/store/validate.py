"""Whether a graph is sound: the ontology's shapes and the lint of terms, joined into one readable report.

In: a store. Out: a report with everything that is wrong; only errors and unknown terms make a graph unsound,
warnings are work for a curator.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Final

import pyoxigraph as ox

from kg.ontology import load
from kg.store.shapes import RANK, Severity, Violation, violations
from kg.store.vocabulary import UnknownTerm, unknown_terms

EXAMPLES: Final = 3
"""How many nodes the text of a report names for each fault."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong with a graph.

    Attributes:
        violations: Nodes that break a shape, the worst first.
        unknown_terms: Terms that no vocabulary of ours declares.
    """

    violations: tuple[Violation, ...]
    unknown_terms: tuple[UnknownTerm, ...]

    @property
    def conforms(self) -> bool:
        """Whether there is no error; warnings and information are allowed."""
        return not self.unknown_terms and self.count("error") == 0

    def count(self, severity: Severity) -> int:
        """Return the number of violations of one severity."""
        return sum(violation.severity == severity for violation in self.violations)

    def __str__(self) -> str:
        """Say it in lines of text: a summary, then each fault with its count and a few examples."""
        return "\n".join([_summary(self), *_terms(self), *_faults(self)])


def validate(store: ox.Store) -> Report:
    """Return what is wrong with the graph of a store."""
    return Report(tuple(violations(store)), tuple(unknown_terms(store)))


def _summary(report: Report) -> str:
    """Return the first line.

    >>> _summary(Report((), ()))
    'The graph is sound: no errors, no warnings, no unknown terms.'
    """
    verdict = "sound" if report.conforms else "not sound"
    parts = [_many(report.count("error"), "error"), _many(report.count("warning"), "warning")]
    notes = report.count("info")
    parts += [_many(notes, "note")] if notes else []
    return f"The graph is {verdict}: {', '.join([*parts, _many(len(report.unknown_terms), 'unknown term')])}."


def _many(number: int, word: str) -> str:
    """Return a number with its word.

    >>> _many(0, "error"), _many(1, "error"), _many(2000, "error")
    ('no errors', '1 error', '2,000 errors')
    """
    return f"{number or 'no':{',' if number else ''}} {word}{'' if number == 1 else 's'}"


def _terms(report: Report) -> list[str]:
    return [
        f"unknown {term.role}: {_short(term.iri)} ({_many(term.count, 'statement')}), e.g. of {_short(term.example)}"
        for term in report.unknown_terms
    ]


def _faults(report: Report) -> list[str]:
    lines: list[str] = []
    ordered = sorted(report.violations, key=lambda v: (RANK[v.severity], v.message))
    for (severity, message), group in groupby(ordered, key=lambda v: (v.severity, v.message)):
        broken = list(group)
        lines.append(f"{severity}: {message} ({_many(len(broken), 'case')})")
        lines += [f"    {_case(violation)}" for violation in broken[:EXAMPLES]]
        if len(broken) > EXAMPLES:
            lines.append(f"    and {len(broken) - EXAMPLES:,} more")
    return lines


def _case(violation: Violation) -> str:
    """Return node, property and value of a violation in one line."""
    path = f" {_short(violation.path)}" if violation.path else ""
    value = f" {_quote(violation.value)}" if violation.value is not None else ""
    return f"{_short(violation.focus)}{path}{value}"


def _quote(value: str, most: int = 80) -> str:
    """Return a value, shortened if it is long.

    >>> _quote("https://w3id.org/kgp/ns#Paper"), _quote("x" * 200, most=5)
    ('kg:Paper', '"xxxx…"')
    """
    short = _short(value)
    if short != value:
        return short
    return f'"{value if len(value) <= most else value[: most - 1] + "…"}"'


def _short(iri: str) -> str:
    """Return an IRI in compact form where one of the ontology's prefixes fits.

    >>> _short("http://purl.org/dc/terms/title"), _short("https://w3id.org/kgp/id/method/vq-vae")
    ('dcterms:title', 'method:vq-vae')
    """
    fitting = [(len(space), prefix, space) for prefix, space in load().prefixes.items() if iri.startswith(space)]
    if not fitting:
        return iri
    _, prefix, space = max(fitting)
    return f"{prefix}:{iri.removeprefix(space)}"
