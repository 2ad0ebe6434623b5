"""Decide: `kg review`."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Final

import click

from kg.cli import _evidence
from kg.cli._output import form_options, json_lines, rows_as, say, shell, written
from kg.cli._summary import follow
from kg.pipeline import decide, review
from kg.pipeline.opened import open_build
from kg.pipeline.review import Listed, Paper, Side, Told
from kg.resolve.decisions import FILE
from kg.text import counted, printable
from kg.web import review_page

_SHOWN: Final = 6
"""So many papers, co-authors ... of a side a terminal shows."""

_PAGE: Final = 500
"""So many pairs a page shows unless told otherwise."""

_KEYS: Final = "s same, d different, l later, u undo the last answer, q quit"
_COLUMNS: Final = ("kind", "effect", "score", "now", "left", "right")
_EVERY: Final = (*_COLUMNS, "left_member", "right_member", "rule")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--kind", type=click.Choice(review.KINDS), help="Only pairs of this kind.")
@click.option("--limit", type=click.IntRange(1), help="Only the first pairs.")
@click.option("--html", "page", type=click.Path(path_type=Path), help="Write a page that works without a server: decide there, then kg decisions FOLDER --add FILE.")
@click.option("--no-build", is_flag=True, help="Only note the answers down; the next build follows them.")
@click.option("--list", "listed", is_flag=True, help="Print the pairs as a table instead of asking.")
@form_options(default=None, told="Print the pairs in this form instead of asking; json has all that is known of both sides.")
def command(
    folder: Path, kind: str | None, limit: int | None, page: Path | None, no_build: bool, listed: bool, form: str | None
) -> None:
    """Walk through the pairs about which the rules are unsure, those on which most hangs first.

    Answers are single letters: s same, d different, l later, u undo the last answer, q quit. They are read from standard
    input, collected, and written to FOLDER/decisions.csv at the end (Ctrl-C keeps them, too), when the graph is built
    again, once. The effect of a pair is how many edges of the graph hang on the answer, times how unsure the rules are.
    """
    form = form or ("table" if listed else None)
    opened = open_build(folder)
    asked = review.questions(opened, kind)
    count = len(asked)
    asked = asked[: limit or (_PAGE if page else count)]
    if page:
        with written(page, folder) as out:
            review_page.write(review.tell(opened, asked), count, folder.resolve().name, out)
        say(f"{page}: {len(asked)} of {counted(count, 'pair')}; decide there, and add what it saves with: {shell('kg', 'decisions', folder)} --add FILE")
        return
    if form:
        _list(review.tell(opened, asked), form)
    if not asked:
        say("nothing is in doubt")
    if form or not asked:
        return
    made, stopped = review.walk(opened, asked, _ask)
    if made:
        # First of all: an hour's answers must not hang on the build that follows.
        decide.note_down(folder, [[each] for each in made])
        say(f"{counted(len(made), 'decision')} noted in {folder / FILE}; the next kg build follows them; take one back with: {shell('kg', 'undo', folder)} NUMBER")
    if stopped:
        raise KeyboardInterrupt
    if not made:
        say("nothing was decided; the graph is as it was")
    elif not no_build:
        from kg.pipeline.build import rebuild  # noqa: PLC0415 - slow to load, and most look before they decide

        follow(lambda progress: rebuild(folder, progress))


def _list(told: Sequence[Told], form: str) -> None:
    if form == "json":
        json_lines(each.row() for each in told)
        return
    rows = [
        {
            "kind": row["kind"], "effect": row["effect"], "score": row["score"], "now": _NOW[row["verdict"]], "left": _title(each.left),
            "right": _title(each.right), "left_member": row["left_member"], "right_member": row["right_member"], "rule": row["rule"],
        } for each in told for row in [each.row()]
    ]  # fmt: skip
    rows_as(form, rows, _EVERY if form == "csv" else _COLUMNS)


_NOW: Final = {"same": "one", "unsure": "two"}


def _title(side: Side) -> str:
    return f"{side.names[0] if side.names else side.label} ({side.paper_count})"


def _ask(told: Told, place: int, count: int) -> str:
    """Show a question and read the answer; the end of the input is an answer too."""
    for line in _shown(told, place, count):
        click.echo(line)
    while True:
        click.echo(f"same? [{_KEYS}] ", nl=False, err=True)
        line = sys.stdin.readline()
        answer = line.strip().lower()[:1]
        if not line or answer in set("sdluq") - {""}:
            return answer or "q"
        say(f"please answer with one of: {_KEYS}")


def _shown(told: Told, place: int, count: int) -> Iterator[str]:
    """Yield the lines that show a question: both sides, then the evidence."""
    question = told.question
    width = min(72, max(28, (shutil.get_terminal_size((110, 24)).columns - 16) // 2))
    now = "put together" if question.verdict == "same" else "left apart"
    more = f", {question.pairs} pairs of members in doubt" if question.pairs > 1 else ""
    yield ""
    yield f"{place + 1} of {count}  {question.kind}, {now}, {question.score:.2f} sure that they are one, effect {question.effect:.1f}{more}"
    for name, cell in _CELLS.items():
        columns = [[line for text in cell(side) for line in wrap(printable(text), width, subsequent_indent="  ")] for side in (told.left, told.right)]
        for row in range(max(map(len, columns))):
            left, right = (column[row] if row < len(column) else "" for column in columns)
            yield f"{name if row == 0 else '':>12}  {left.ljust(width)}  {right}".rstrip()
    yield f"{'evidence':>12}  {printable(question.rule)}"
    for line in _evidence.told(question.evidence, question.kind, question.score):
        yield f"{'':14}{line}"


def _names(side: Side) -> list[str]:
    return [" | ".join(side.names[:_SHOWN]), f"({side.entity})"]


def _papers(side: Side) -> list[str]:
    rest = side.paper_count - min(_SHOWN, len(side.papers))
    return [*map(_paper, side.papers[:_SHOWN]), *([f"... and {rest} more"] if rest > 0 else [])]


def _paper(paper: Paper) -> str:
    where = ", ".join(filter(None, [str(paper.year or ""), paper.venue]))
    return f"{paper.title}{f' ({where})' if where else ''}"


def _listed(names: Sequence[Listed]) -> list[str]:
    """Return names as one text; what both sides have is marked."""
    return [", ".join(f"*{each.name}" if each.shared else each.name for each in names[:_SHOWN]) + (" ..." if len(names) > _SHOWN else "")]


def _years(side: Side) -> list[str]:
    return ["–".join(map(str, side.years))]


def _affiliations(side: Side) -> list[str]:
    return _listed(side.affiliations)


def _people(side: Side) -> list[str]:
    return _listed(side.people)


def _topics(side: Side) -> list[str]:
    return _listed(side.topics)


_CELLS: Final = {
    "name": _names, "papers": _papers, "years": _years, "people": _people, "affiliation": _affiliations, "topics": _topics,
}  # fmt: skip
