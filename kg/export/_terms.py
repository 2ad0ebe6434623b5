"""How Turtle and TriG write a term and a subject's facts: short where that is safe, whole where it is not.

In go RDF terms, the prefixes and a base; out comes text. A prefix is used only where the rest of the IRI
needs no escape, and an IRI is written relative to the base only where that cannot be read in another way.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.export._facts import TYPE, XSD, Fact, Object, Subject

_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9_-]))*")
"""A local name that needs no escape in Turtle; it does not begin with a hyphen or end with a dot."""

_RELATIVE: Final = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*(?:#[A-Za-z0-9=,]+)?")
"""A path below the base without colons, empty or dotted segments: every resolver reads it as meant."""

_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]*")
"""Whole numbers in their canonical form; some readers would turn a bare 007 into 7."""

_NAMESPACE_END: Final = re.compile(r".*[/#]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shortener:
    """Writes IRIs short: by the longest prefix, or relative to the base.

    Attributes:
        names: Namespace to prefix.
        base: The IRI that relative ones are relative to; empty for none.
    """

    names: dict[str, str]
    base: str = ""

    def iri(self, iri: str) -> str:
        """Return an IRI as Turtle.

        >>> short = Shortener({"http://purl.org/dc/terms/": "dcterms"}, "https://x.org/id/")
        >>> short.iri("http://purl.org/dc/terms/title"), short.iri("https://x.org/id/method/vq-vae")
        ('dcterms:title', '<method/vq-vae>')
        """
        namespace = _NAMESPACE_END.match(iri)
        if namespace and namespace[0] in self.names and _LOCAL.fullmatch(iri, namespace.end()):
            return f"{self.names[namespace[0]]}:{iri[namespace.end():]}"
        if self.base and iri.startswith(self.base) and _RELATIVE.fullmatch(iri, len(self.base)):
            return f"<{iri[len(self.base):]}>"
        return str(ox.NamedNode(iri))

    def term(self, term: Subject | Object) -> str:
        """Return any term as Turtle.

        >>> Shortener({}).term(ox.Literal("2022", datatype=ox.NamedNode(XSD + "integer")))
        '2022'
        """
        if isinstance(term, ox.NamedNode):
            return self.iri(term.value)
        if isinstance(term, ox.BlankNode) or term.language or term.datatype.value == f"{XSD}string":
            return str(term)
        if _is_bare(term.value, term.datatype.value):
            return term.value
        return f"{ox.Literal(term.value)}^^{self.iri(term.datatype.value)}"

    def header(self) -> str:
        """Return the lines that declare base and prefixes, in alphabetical order."""
        base = [f"@base <{self.base}> .\n"] if self.base else []
        named = sorted((name, namespace) for namespace, name in self.names.items())
        return "".join(base + [f"@prefix {name}: <{namespace}> .\n" for name, namespace in named])

    def block(self, subject: Subject, facts: list[Fact], indent: str = "") -> str:
        """Return all facts of a subject as one Turtle statement, a predicate per line."""
        body = f" ;\n{indent}    ".join(self._predicates(facts))
        return f"{indent}{self.term(subject)} {body} .\n"

    def _predicates(self, facts: list[Fact]) -> Iterator[str]:
        objects: dict[str, list[str]] = {}
        for fact in facts:
            objects.setdefault(fact.predicate, []).append(self.term(fact.object))
        for predicate, terms in objects.items():
            yield f"{'a' if predicate == TYPE else self.iri(predicate)} {', '.join(terms)}"


def shortener(prefixes: dict[str, str]) -> Shortener:
    """Return the shortener for a graph's prefixes; the ids (prefix `id`) become the base, since they hold slashes."""
    usable = {namespace: name for name, namespace in sorted(prefixes.items()) if name != "id"}
    base = prefixes.get("id", "")
    return Shortener(usable, base if base.endswith("/") else "")


def _is_bare(text: str, datatype: str) -> bool:
    """Say whether a literal may stand without quotes and datatype."""
    kind = datatype.removeprefix(XSD)
    if kind == "boolean":
        return text in {"true", "false"}
    return kind == "integer" and _INTEGER.fullmatch(text) is not None
