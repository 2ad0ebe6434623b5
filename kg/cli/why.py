"""Ask: `kg why`."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click

from kg.cli import _evidence
from kg.cli._output import json_lines, say, shell
from kg.errors import UsageError
from kg.model.versions import version_member
from kg.pipeline import decide
from kg.pipeline.opened import Opened, open_build
from kg.pipeline.versions import Appeared, versions_of
from kg.pipeline.why import Member, Passage, chain, evidence, members, passages
from kg.resolve.decisions import FILE
from kg.text import printable

SHOWN: Final = 10
"""So many judgements of each sort are told; `--json` gives all."""

_SORTS: Final = {"same": "taken for one", "different": "told apart", "unsure": "in doubt: left apart, see kg review"}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("subject")
@click.argument("predicate", required=False)
@click.argument("value", required=False, metavar="[OBJECT]")
@click.option("--member", "pair", multiple=True, help="Given twice: how these two members of SUBJECT came to be one.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines.")
@click.pass_context
def command(
    ctx: click.Context, folder: Path, subject: str, predicate: str | None, value: str | None, pair: tuple[str, ...], as_json: bool
) -> None:
    """Show the exact passages behind a node (SUBJECT), or behind an edge (SUBJECT PREDICATE OBJECT).

    SUBJECT and OBJECT are IRIs, paths such as method/gan, DOIs or arXiv ids, or names; OBJECT may be a literal such as a
    year, too. Of a node that is several members taken for one, the judgements are told: features with their weights, what
    they add up to, and what people decided.

    \b
      kg why graph "Ian Goodfellow"
      kg why graph arxiv:1710.10903 usesDataset Cora
      kg why graph https://doi.org/10.1000/1 creator
    """  # noqa: D301 - \b is click's
    opened = open_build(folder)
    iri = opened.find(subject)
    if pair:
        if predicate:
            raise UsageError("--member asks how SUBJECT came to be one; leave PREDICATE and OBJECT out")
        ctx.exit(_tell_chain(opened, opened.path(iri), pair, as_json))
    found = passages(opened, iri, predicate, value)
    merges = [] if predicate else opened.judgements(opened.path(iri))
    versions = [] if predicate else versions_of(opened, opened.path(iri))
    if as_json:
        json_lines([asdict(passage) for passage in found] + [{"version": asdict(each)} for each in versions] + [_row(merge) for merge in merges])
    else:
        for passage in found:
            click.echo(_shown(passage))
        _tell_versions(versions)
        if opened.path(iri).startswith("version/"):
            _tell_joined(opened, merges)
        else:
            _tell_merges(opened, opened.path(iri), merges)
    if not found:
        instead = _instead(opened, iri, predicate) if predicate else f"look with: {shell('kg', 'query', folder, 'nodes')}"
        say(f"nothing in this graph carries that; {instead}")
    ctx.exit(0 if found else 1)


def _instead(opened: Opened, iri: str, predicate: str) -> str:
    """Say what can be asked of a node instead: of what else the predicate tells, else by which others it is tied."""
    path = opened.path(iri)
    if others := sorted({passage.value for passage in passages(opened, iri, predicate)}):
        more = f" and {len(others) - SHOWN} more" if len(others) > SHOWN else ""
        return f"{predicate} of {path} is: {', '.join(map(printable, others[:SHOWN]))}{more}"
    every = passages(opened, iri)
    said = sorted({passage.predicate for passage in every if passage.subject == path})
    led = sorted({passage.predicate for passage in every if passage.value == path})
    told = [f"what is said of {path}: {', '.join(said)}" if said else "", f"what leads to {path} from others: {', '.join(led)}" if led else ""]
    return "; ".join(filter(None, told)) or f"nothing is said of {path}"


def _tell_versions(found: Sequence[Appeared]) -> None:
    """Tell in which versions a paper appeared."""
    if found:
        click.echo(f"\nappeared in {len(found)} {'versions' if len(found) > 1 else 'version'}:")
    for each in found:
        places = ", ".join(f"{name}:{line}" for name, line in each.records)
        click.echo(f"  {printable(each.label)}{f', {each.url}' if each.url else ''}\n    {each.version} from {printable(places)}")


def _tell_joined(opened: Opened, merges: Sequence[dict[str, Any]]) -> None:
    """Tell why records were taken to describe one version."""
    if merges:
        click.echo("\nrecords that were taken to describe this version:")
    for merge in merges:
        sides = (merge[side].removeprefix(version_member("")).split("/") for side in ("left", "right"))
        told = " ~ ".join(f"{opened.documents[document]} record {number}" for document, number in sides)
        click.echo(printable(f"  {merge['score']:.2f} {told}, by {merge['rule']}"))


def _shown(passage: Passage) -> str:
    span = f"[{passage.start},{passage.end})" if passage.start is not None else "(encoded in the file)"
    quote = printable(f"{passage.before}«{passage.quote}»{passage.after}") if passage.quote else "(the record itself)"
    return (
        f"{printable(passage.subject)} {passage.predicate} {printable(passage.value)[:80]}\n"
        f"    {printable(passage.document)}:{passage.line} {span} {passage.field}: {quote}\n"
        f"    by {passage.by}, score {passage.score:.2f}"
    )


def _row(judgement: dict[str, Any]) -> dict[str, Any]:
    return {"judgement": judgement | {"evidence": dict(judgement["evidence"])} | asdict(evidence(judgement))}


def _tell_merges(opened: Opened, path: str, judged: Sequence[dict[str, Any]]) -> None:
    """Tell what was taken for the same, on what evidence, and how to undo it."""
    own = decide.members_of(opened, path)
    if not judged:
        return
    told = members(opened, sorted({*own, *(row[side] for row in judged for side in ("left", "right"))}))
    click.echo(f"\n{len(own)} members were taken for one:" if len(own) > 1 else "\nIts only member:")
    for key in own[:SHOWN]:
        click.echo(f"  {_named(told[key])}\n      {printable(told[key].anchor)}")
    if len(own) > SHOWN:
        click.echo(f"  ... and {len(own) - SHOWN} more")
    for verdict, words in _SORTS.items():
        rows = sorted((row for row in judged if row["verdict"] == verdict), key=lambda row: (row["by"] != FILE, row["score"], row["left"], row["right"]))
        if rows:
            click.echo(f"\n{words}, the least certain first:" if verdict == "same" else f"\n{words}:")
        for row in rows[:SHOWN]:
            _tell(row, told)
        if len(rows) > SHOWN:
            click.echo(f"  ... and {len(rows) - SHOWN} more; kg why ... --json lists all")
    anchors = dict.fromkeys(told[key].anchor for key in own)
    if len(anchors) > 1:
        shown = printable([anchor for anchor in anchors if anchor != path][-1])
        click.echo(f"\nhow two members came together: {shell('kg', 'why', opened.folder, path)} --member A --member B")
        click.echo(f"undo a merge with: {shell('kg', 'split', opened.folder, path, shown)}")


def _tell(row: dict[str, Any], told: dict[str, Member]) -> None:
    """Tell one judgement."""
    by = f"decided by people ({FILE})" if row["by"] == FILE else f"by {printable(row['rule'])}"
    click.echo(f"  {row['verdict']} {row['score']:.2f}  {_named(told[row['left']])}\n          ~  {_named(told[row['right']])}\n      {by}")
    for line in _evidence.told(evidence(row), row["kind"], row["score"]):
        click.echo(f"      {line}")


def _named(member: Member) -> str:
    name = printable(member.name) if member.name else "(untitled)"
    return f"{name}  [{printable(member.place)}]" if member.place else name


def _tell_chain(opened: Opened, path: str, pair: tuple[str, ...], as_json: bool) -> int:
    """Tell the strongest way of judgements between two members of an entity."""
    if len(pair) != 2:
        raise UsageError("give --member twice: the two members whose tie is asked for")
    own = decide.members_of(opened, path)
    anchors = opened.anchors(own)
    start, end = (_key(path, anchors, text) for text in pair)
    way = chain(opened.judgements_on(own), start, end)
    if as_json:
        json_lines([_row(row) for row in way])
        return 0 if way else 1
    if not way:
        say("nothing but equal content ties these two" if anchors[start] == anchors[end] else f"no judgements tie these two: they are {path} for another reason")
        return 1
    told = members(opened, sorted({row[side] for row in way for side in ("left", "right")}))
    product = 1.0
    for row in way:
        product *= row["score"]
    click.echo(f"{len(way)} judgement{'s' * (len(way) > 1)} tie them, {product:.2f} sure if each holds by itself:")
    for row in way:
        _tell(row, told)
    return 0


def _key(path: str, anchors: dict[str, str], text: str) -> str:
    """Return the key of the member that a text names: a key, an anchor, or a part of one."""
    if text in anchors:
        return text
    anchor = decide.member_named(path, sorted(set(anchors.values())), text)
    return next(key for key, known in sorted(anchors.items()) if known == anchor)
