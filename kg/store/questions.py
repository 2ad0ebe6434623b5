"""Questions: SPARQL texts, files, or the ones that ship, by name; and their answers.

A shipped question is a file `kg/store/queries/NAME.rq`. Its leading `#` lines are its help; a line `# ?paper ...`
declares a variable that can be given a value (`kg query DIR NAME --set paper=arxiv-2204.14198`); without a value
the question is asked for all.

What makes a question of a large graph quick: patterns side by side are looked up row by row, a subquery is read as a whole and
joined, so names and years of many rows come from subqueries of their own, and behind the counting. A text that is stored is
looked up at each comparison of a sort, one that the query makes is not: hence `BIND(CONCAT(" ", ?name) AS ?key)`.
"""

import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.errors import QueryError, UsageError
from kg.ontology import PREFIXES, load
from kg.store import guard
from kg.store.values import bound
from kg.text import squeeze

if TYPE_CHECKING:
    import pandas as pd

FOLDER: Final = Path(__file__).parent / "queries"

TABLES: Final = {
    "csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML,
}  # fmt: skip
GRAPHS: Final = {
    "turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip

_PARAMETER: Final = re.compile(r"^# \?(\w+)", re.MULTILINE)
_LIMIT_RESULT: Final = 256 << 20
_TOO_LARGE: Final = "the answer is larger than 256 MB; add a LIMIT"
_PLACE: Final = re.compile(r"\bat ([0-9]+):([0-9]+)")
"""Line and column in the message of a syntax error."""

_SHOWN: Final = 40
"""How many characters of the query such a message shows."""

_REASONS: Final = {
    "Prefix not found": "this prefix is not declared; begin the query with PREFIX name: <address>",
    "IRI parsing failed": "this is no whole IRI; write it out, with its http://",
    "contains a variable that is unbound": "a selected variable is neither grouped by nor counted",
}
"""Reasons that the parser gives, as it says them and in our words."""


@dataclass(frozen=True, slots=True)
class Question:
    """A shipped question: its name, what it asks (help), the variables that can be set, and its SPARQL."""

    name: str
    help: str
    parameters: tuple[str, ...]
    sparql: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a question.

    Attributes:
        variables: Names of the columns; `subject predicate object` for a graph, `answer` for yes or no.
        rows: Python values: IRIs and strings as `str`, numbers and booleans as such, None where unbound.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def frame(self) -> "pd.DataFrame":
        """Return the answer as a pandas DataFrame.

        Raises:
            UsageError: If pandas is not installed.
        """
        try:
            import pandas as pd  # noqa: PLC0415
        except ImportError as error:
            raise UsageError('a DataFrame needs pandas: pip install "kg[notebook]"') from error
        return pd.DataFrame(list(self.rows), columns=list(self.variables))


def shipped() -> dict[str, Question]:
    """Return the shipped questions by name."""
    return {path.stem: _question(path) for path in sorted(FOLDER.glob("*.rq"), key=lambda path: path.stem)}


def _question(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.removeprefix("#").strip())
    return Question(path.stem, "\n".join(lines), tuple(_PARAMETER.findall(text)), text)


def text_of(question: str) -> str:
    """Return the SPARQL of a question: the name of a shipped one, the path of a file, or SPARQL itself.

    Raises:
        QueryError: If a file cannot be read as UTF-8.
        UsageError: If it is neither a name nor a file nor looks like SPARQL.
    """
    if question in (known := shipped()):
        return known[question].sparql
    if "{" in question or "\n" in question:
        return question
    path = Path(question)
    if path.is_file():
        try:
            return path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise QueryError(f"{path}: not UTF-8 at byte {error.start}; save the query as UTF-8") from error
    if path.suffix in {".rq", ".ru", ".sparql"}:
        raise UsageError(f"{question}: no such file")
    if re.search(r"\b(?:select|ask|construct|describe|insert|delete|load|clear|drop)\b", question, re.IGNORECASE):
        return question
    meant = get_close_matches(question, known, n=3, cutoff=0.7) or known
    raise UsageError(f"{question!r} is no shipped question, file or SPARQL; the shipped ones{' like it' if meant is not known else ''}: {', '.join(meant)}")


def ask(store: ox.Store, question: str, base: str, values: Mapping[str, str] | None = None) -> Answer:
    """Answer a question in this process.

    Raises:
        QueryError: If the query is refused, cannot be parsed, or fails.
    """
    result = _evaluate(store, text_of(question), base, values or {})
    if isinstance(result, ox.QueryBoolean):
        return Answer(("answer",), ((bool(result),),))
    if isinstance(result, ox.QueryTriples):
        rows = tuple((_value(t.subject), _value(t.predicate), _value(t.object)) for t in result)
        return Answer(("subject", "predicate", "object"), rows)
    names = tuple(variable.value for variable in result.variables)
    return Answer(names, tuple(tuple(_value(cell) for cell in solution) for solution in result))


def answer_bytes(store: ox.Store, sparql: str, base: str, values: Mapping[str, str], form: str) -> bytes:
    """Answer a query in a standard format: `csv tsv json xml` for rows, `turtle ntriples rdfxml jsonld` for a graph.

    Raises:
        QueryError: If the query fails, or its answer has no such format.
    """
    result = _evaluate(store, sparql, base, values)
    out = _Bounded()
    is_graph = isinstance(result, ox.QueryTriples)
    if is_graph and form in {"json", "csv", "tsv", "xml"}:
        raise QueryError(f"the answer is a graph and has no form {form}; use --format turtle, ntriples, rdfxml or jsonld")
    if not is_graph and form in GRAPHS:
        raise QueryError(f"the answer is a table and has no form {form}; use --format table, csv, tsv, json or xml")
    try:
        if is_graph:
            _serialize(result, out, form, base)
        else:
            result.serialize(out, format=TABLES[form])
    except QueryError:
        raise
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from error
    return out.getvalue()


class _Bounded(io.BytesIO):
    """An answer in the making, which ends where it becomes too large, before it fills the memory."""

    def write(self, data: Any) -> int:
        """Write some of it."""
        if self.tell() + len(data) > _LIMIT_RESULT:
            raise QueryError(_TOO_LARGE)
        return super().write(data)


def _serialize(triples: Iterable[ox.Triple], out: io.BytesIO, form: str, base: str) -> None:
    """Write triples, sorted so that the same answer gives the same bytes; Turtle declares only prefixes that it uses."""
    told, size = {}, 0
    for triple in triples:
        text = str(triple)
        size += len(text) * (text not in told)
        told[text] = triple
        if size > _LIMIT_RESULT:
            raise QueryError(_TOO_LARGE)
    ordered = [told[text] for text in sorted(told)]
    used = {iri.value for triple in ordered for iri in triple if isinstance(iri, ox.NamedNode)}
    known = {p: space for p, space in (PREFIXES | {"id": base}).items() if any(i.startswith(space) for i in used)}
    ox.serialize(ordered, out, format=GRAPHS[form], prefixes=known if form == "turtle" else None)
    if form == "turtle":
        head = len(known)
        lines = out.getvalue().split(b"\n")
        out.seek(0)
        out.write(b"\n".join([*sorted(lines[:head]), *lines[head:]]))


def is_empty(answer: bytes, form: str) -> bool:
    r"""Tell whether an answer in one of the forms has no row and no triple; a yes or no is never empty.

    >>> is_empty(b"?paper\n", "tsv"), is_empty(b"false", "csv"), is_empty(b"[]", "jsonld")
    (True, False, True)
    """
    if form in {"csv", "tsv"}:
        return answer.count(b"\n") <= 1 and answer.strip() not in {b"true", b"false"}
    if form in {"turtle", "ntriples"}:
        return all(line.startswith(b"@prefix") for line in answer.split(b"\n") if line)
    if form == "json":
        return bool(json.loads(answer).get("results") == {"bindings": []})
    if form == "xml":
        return b"<result>" not in answer and b"<boolean>" not in answer
    return b"rdf:Description" not in answer if form == "rdfxml" else answer.strip() == b"[]"


def is_graph_query(sparql: str) -> bool:
    """Tell whether a query asks for a graph (CONSTRUCT, DESCRIBE) rather than a table."""
    words = (match.group().lower() for match in guard.tokens_of(sparql))
    verb = next((word for word in words if word in {"select", "ask", "construct", "describe"}), None)
    return verb in {"construct", "describe"}


def prefixes(base: str) -> dict[str, str]:
    """Return the prefixes that a question may use without declaring them, in a graph with this base IRI."""
    return PREFIXES | {"id": base} | {kind: f"{base}{kind}/" for kind in load().kinds}


def _evaluate(store: ox.Store, sparql: str, base: str, values: Mapping[str, str]) -> Any:
    guard.check(sparql, base)
    text = bound(sparql.removeprefix("\ufeff"), values)
    try:
        return store.query(text, prefixes=prefixes(base))
    except SyntaxError as error:
        raise QueryError(_mistake(text, error.msg)) from error
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from error


def _mistake(text: str, told: str) -> str:
    """Return what is wrong with a query, and near which words, given what the parser says of it."""
    place = _PLACE.search(told)
    line, column = (int(place[1]), int(place[2])) if place else (1, 1)
    before = squeeze(text.split("\n")[line - 1][: column - 1])
    near = f"near {before[-_SHOWN:]!r}: " if before else ""
    # The parser lists all that it would have taken, and perhaps somewhere in between why it did not.
    reason = next((words for mark, words in _REASONS.items() if mark in told), "this was not expected here")
    return f"query:{line}: not valid SPARQL 1.1: {near}{reason}; mend the query"


def _value(term: Any) -> Any:
    """Return a term as a Python value."""
    if not isinstance(term, ox.Literal):
        return None if term is None else getattr(term, "value", str(term))
    kind = term.datatype.value.rpartition("#")[2]
    try:
        if kind in {"integer", "nonNegativeInteger", "int", "long"}:
            return int(term.value)
        if kind in {"decimal", "double", "float"}:
            return float(term.value)
    except ValueError:
        return term.value
    return term.value == "true" if kind == "boolean" else term.value
