"""`kg why`."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from kg.cli._output import json_lines, say
from kg.pipeline.opened import Opened, open_build
from kg.pipeline.why import Passage, passages
from kg.text import printable


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("subject")
@click.argument("predicate", required=False)
@click.argument("value", required=False, metavar="[OBJECT]")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines.")
@click.pass_context
def command(
    ctx: click.Context, folder: Path, subject: str, predicate: str | None, value: str | None, as_json: bool
) -> None:
    """Show the exact passages behind a node (SUBJECT), or behind an edge (SUBJECT PREDICATE OBJECT).

    SUBJECT and OBJECT are IRIs, paths such as method/gan, arXiv ids, or labels.
    """
    opened = open_build(folder)
    iri = opened.find(subject)
    target = opened.find(value) if value else None
    found = passages(opened, iri, predicate, target)
    merges = [] if predicate else opened.judgements(opened.path(iri))
    if as_json:
        json_lines([asdict(passage) for passage in found] + [{"judgement": merge} for merge in merges])
    else:
        for passage in found:
            click.echo(_shown(passage))
        _tell_merges(opened, iri, merges)
    if not found:
        say("nothing in this graph carries that; look at the node alone: kg why DIR SUBJECT")
    ctx.exit(0 if found else 1)


def _shown(passage: Passage) -> str:
    span = f"[{passage.start},{passage.end})" if passage.start is not None else "(encoded in the file)"
    quote = printable(f"{passage.before}«{passage.quote}»{passage.after}") if passage.quote else "(the record itself)"
    return (
        f"{printable(passage.subject)} {passage.predicate} {printable(passage.value)[:80]}\n"
        f"    {printable(passage.document)}:{passage.line} {span} {passage.field}: {quote}\n"
        f"    by {passage.by}, score {passage.score:.2f}"
    )


def _tell_merges(opened: Opened, iri: str, merges: list[dict[str, Any]]) -> None:
    """Tell what was taken for the same, on what evidence, and how to undo it."""
    if not merges:
        return
    names = {row["id"]: row["name"] for row in opened.table("documents").to_pylist()}
    anchors = {row["member"]: row["anchor"] for row in opened.table("members").to_pylist()}
    click.echo(f"\n{len(opened.members(opened.path(iri)))} members were taken for one; the judgements:")
    for merge in merges:
        evidence = ", ".join(f"{name} {value}" for name, value in merge["evidence"])
        sides = " ~ ".join(printable(_member(merge[side], names)) for side in ("left", "right"))
        click.echo(f"  {merge['verdict']} {merge['score']:.2f} {sides}\n    by {merge['rule']}: {printable(evidence)}")
    shown = next((anchors[m["right"]] for m in merges if m["verdict"] == "same" and m["right"] in anchors), None)
    if shown:
        click.echo(f"undo a merge with: kg split {opened.folder} {opened.path(iri)} '{printable(shown)}'")


def _member(member: str, names: dict[str, str]) -> str:
    document, _, rest = member.partition("/")
    # A thing is known by its path, which holds no document.
    return f"{names[document]} record {rest}" if document in names else member
