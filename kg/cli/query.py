"""Ask: `kg query`."""

import json
import math
import sys
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import click

from kg.cli._named import named
from kg.cli._nowhere import SHOWN, nowhere
from kg.cli._output import form_options, say, table, written
from kg.errors import UsageError
from kg.export import exporters
from kg.graph.part import part
from kg.pipeline.opened import Opened, open_build
from kg.store import guard
from kg.store.isolation import SECONDS, isolated
from kg.store.questions import is_empty, is_graph_query, shipped, text_of
from kg.store.values import bound
from kg.text import counted, printable

_FORMS = ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples", "rdfxml", "jsonld")
_TOLD = 5
_EXACT = 8
_WHOLE = 1000


def _seconds(_: click.Context, __: click.Parameter, value: float) -> float:
    """Return a time that a query can be given."""
    if not 0 < value < math.inf:
        raise click.BadParameter("give a number of seconds above 0")
    return value


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("question", required=False)
@form_options(*_FORMS, default=None, told="Form of the answer: table for rows and turtle for a graph unless given.")
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help="Give a variable of the question a value.")
@click.option("--list", "listing", is_flag=True, help="List the shipped questions.")
@click.option("--html", "page", type=click.Path(path_type=Path), help="Also draw the answer as a graph into this page.")
@click.option("--timeout", default=SECONDS, show_default=True, callback=_seconds, help="Seconds that the query may run.")
@click.pass_context
def command(
    ctx: click.Context, folder: Path, question: str | None, form: str | None, values: tuple[str, ...], listing: bool,
    page: Path | None, timeout: float,
) -> None:  # fmt: skip
    """Ask the graph in FOLDER a QUESTION: SPARQL, a file, - for standard input, or the name of a shipped question."""
    if listing or question is None:
        click.echo(table(["question", "what it asks"], ([q.name, q.help.split("\n")[0]] for q in shipped().values()), 100))
        return
    opened = open_build(folder)
    sparql = _stdin() if question == "-" else text_of(question)
    form = form or ("turtle" if is_graph_query(sparql) else "table")
    told = dict(_assignment(value) for value in values)
    guard.check(sparql, opened.base)
    bound(sparql, told)  # a variable that the question does not have is told before what its value may mean
    given = {name: opened.term(value) for name, value in told.items()}
    plain = "json" if form == "table" else form
    answer = isolated(opened.version / "store", sparql, opened.base, given, plain, timeout)
    if page:
        # Every IRI in full, whatever form is printed.
        whole = "ntriples" if is_graph_query(sparql) else "json"
        known = shipped().get(question)
        title = known.help.split("\n")[0] if known else "Answer of a query"
        _draw(opened, isolated(opened.version / "store", sparql, opened.base, given, whole, timeout), page, title)
    empty = untrue = is_empty(answer, plain)
    if form == "table":
        untrue = not _show(json.loads(answer), opened)
    else:
        click.echo(answer, nl=not answer.endswith(b"\n") and bool(answer))
    if untrue:
        for name, value in given.items():
            say(f"asked with {name} = {opened.path(value)}")
        for line in islice(nowhere(sparql, opened), SHOWN):
            say(line)
    ctx.exit(1 if empty else 0)


def _draw(opened: Opened, answer: bytes, page: Path, title: str) -> None:
    """Draw the nodes that an answer names, and what ties them, under the question."""
    graph = opened.graph()
    nodes, shared = named(answer.decode(), graph)
    drawn = part(graph, nodes)
    if not drawn.nodes.num_rows:
        raise UsageError("the answer names no node of the graph; select papers, people or things")
    with written(page, opened.folder) as out:
        exporters()["html"].write(replace(drawn, name=title), out)
    say(f"{counted(drawn.nodes.num_rows, 'node')} drawn into {page}")
    for name in sorted(shared)[:_TOLD]:
        say(f"{name!r} is what {len(shared[name])} of them are called: {', '.join(opened.path(node) for node in sorted(shared[name]))}")
    if len(shared) > _TOLD:
        say(f"{counted(len(shared) - _TOLD, 'more name')} of several nodes each")
    if shared:
        say("nothing in the answer tells which is meant; let the question give the IRIs too, as in SELECT ?person ?name")


def _stdin() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"standard input: not UTF-8 at byte {error.start}") from error


def _assignment(text: str) -> tuple[str, str]:
    """Return NAME=VALUE as a pair."""
    name, sign, value = text.partition("=")
    if not sign or not name.isidentifier():
        raise UsageError(f"--set {text!r}: give NAME=VALUE, for instance paper=arxiv-2204.14198")
    return name, value


def _show(answer: dict[str, Any], opened: Opened) -> bool:
    """Print an answer in the SPARQL JSON form as a table; return whether it has a row, or is yes."""
    if "boolean" in answer:
        click.echo("yes" if answer["boolean"] else "no")
        return bool(answer["boolean"])
    names = answer["head"]["vars"]
    rows = [[_cell(row.get(name), opened) for name in names] for row in answer["results"]["bindings"]]
    click.echo(table(names, rows))
    say(counted(len(rows), "row"))
    return bool(rows)


def _cell(cell: dict[str, str] | None, opened: Opened) -> str:
    if cell is None:
        return ""
    value = cell["value"]
    if cell["type"] == "uri":
        return printable(opened.path(value))
    kind = cell.get("datatype", "").rpartition("#")[2]
    return _number(value) if kind == "double" or (kind == "decimal" and len(value) > _EXACT) else printable(value)


def _number(value: str) -> str:
    """Return a number as people read it; a decimal of few digits is told as it is, and never comes here."""
    number = float(value)
    return f"{number:.4g}" if abs(number) < _WHOLE else f"{number:.1f}"
