"""Ask: `kg disagreements`."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from kg.cli._output import form_options, json_lines, rows_as, say
from kg.errors import UsageError
from kg.pipeline.disagreements import ABOUT, Change, Claim, Disagreement, disagreements
from kg.pipeline.opened import Opened, open_build
from kg.text import counted, printable, squeeze

_COLUMNS = ("paper", "title", "about", "kind", "across_versions", "variant", "value", "document", "line", "record", "version")
_CONTEXT = 4
"""So many words of what two texts share are shown beside what differs."""

_COLORS = {"-": "red", "+": "green"}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("paper", required=False)
@click.option("--about", type=click.Choice(ABOUT), multiple=True, help="Only this; may be given several times.")
@click.option("--within", is_flag=True, help="Leave out where only different versions of a paper differ.")
@click.option("--limit", type=click.IntRange(1), help="Print only the first disagreements.")
@form_options()
@click.pass_context
def command(
    ctx: click.Context, folder: Path, paper: str | None, about: Sequence[str], within: bool, limit: int | None, form: str
) -> None:
    """List where sources say different things of a paper, of PAPER or of all: what each says, with file and line.

    What has the same number agrees. Texts are compared word by word: [-words-] are in the first only, {+words+} in the other.
    """
    opened = open_build(folder)
    every = disagreements(opened, _paper(opened, paper) if paper else None)
    found = [d for d in every if (not about or d.about in about) and not (within and d.across_versions)][:limit]
    if form == "json":
        json_lines(each.as_row() for each in found)
    elif form == "csv":
        rows_as(form, list(_rows(found)), _COLUMNS)
    else:
        for path, some in groupby(found, key=lambda each: each.paper):
            _show(path, list(some))
    papers = len({each.paper for each in found})
    say(f"{counted(len(found), 'disagreement')} on {counted(papers, 'paper')}" if found else "no such disagreement in this graph")
    ctx.exit(0 if found else 1)


def _paper(opened: Opened, text: str) -> str:
    """Return the IRI of the paper that a text means.

    Raises:
        UsageError: If it means something else.
    """
    iri = opened.find(text)
    if not opened.path(iri).startswith("paper/"):
        raise UsageError(f"{opened.path(iri)} is not a paper; name one by title, path or identifier")
    return iri


def _rows(found: Sequence[Disagreement]) -> Iterator[dict[str, object]]:
    """Yield one row a claim."""
    for each in found:
        for claim in each.claims:
            row = {name: getattr(each if hasattr(each, name) else claim, name) for name in _COLUMNS}
            yield row | {"value": squeeze(claim.value)}


def _show(paper: str, found: Sequence[Disagreement]) -> None:
    click.echo(f"{printable(paper)}  {printable(found[0].title)}")
    for each in found:
        about = f"{each.about} ({each.kind})" if each.kind else each.about
        click.echo(f"  {about}{', of different versions' if each.across_versions else ''}")
        for value, some in groupby(each.claims, key=lambda claim: claim.value):
            claims = list(some)
            places = ", ".join(printable(f"{claim.document}:{claim.line}") for claim in claims)
            click.echo(f"    {claims[0].variant}  {_told(value, claims[0])}\n       {places}")
    click.echo()


def _told(value: str, claim: Claim) -> str:
    """Return what is said, or, of a text that differs from the first, how it differs."""
    if claim.changes:
        return _marked(claim.changes)
    text = printable(squeeze(value))
    return text if len(text) <= 400 else text[:399] + "…"


def _marked(changes: Sequence[Change]) -> str:
    """Return changes with marks, which a terminal shows in colour; of what is the same, some words beside them."""
    parts = []
    for place, change in enumerate(changes):
        words = printable(change.words)
        if change.mark == " ":
            parts.append(_shortened(words, first=place == 0, last=place == len(changes) - 1))
        else:
            words = f"[-{words}-]" if change.mark == "-" else f"{{+{words}+}}"
            parts.append(click.style(words, fg=_COLORS[change.mark]))
    return " ".join(parts)


def _shortened(text: str, *, first: bool, last: bool) -> str:
    words = text.split()
    if len(words) <= 2 * _CONTEXT:
        return text
    head = "" if first else " ".join(words[:_CONTEXT])
    tail = "" if last else " ".join(words[-_CONTEXT:])
    return f"{head} … {tail}".strip()
