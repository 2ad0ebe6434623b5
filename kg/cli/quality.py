"""Check: `kg quality`."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from kg.children import cores
from kg.cli._output import as_json, table
from kg.pipeline.opened import open_build
from kg.pipeline.quality import report
from kg.text import counted, printable

Row = Mapping[str, Any]

_SHOWN = 4
_PLURALS = {
    "paper": "papers", "person": "people", "ambiguous": "undivided names", "group": "groups", "organization": "organizations",
    "thing": "things",
}  # fmt: skip


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--show", default=_SHOWN, show_default=True, type=click.IntRange(0), help="How many of each list to print.")
@click.option("--json", "as_object", is_flag=True, help="Print everything as one JSON object.")
def command(folder: Path, show: int, as_object: bool) -> None:
    """Tell how far the graph's identity can be trusted: sizes, what looks wrong, what may be missed, estimates."""
    found = report(open_build(folder), cores())
    click.echo(as_json(found) if as_object else "\n".join(_screen(found, show)))


def _screen(found: Mapping[str, Any], show: int) -> Iterator[str]:
    """Yield the lines of the report."""
    yield _sizes(found)
    yield ""
    yield _estimates(found)
    yield "Estimates: as far as scores are probabilities, of the pairs that were compared; low if all unsure pairs are one."
    yield ""
    yield from _evidence(found["merges"], found["features"], show)
    yield from _suspicious(found["hubs"], show)
    yield from _alike(found["alike"], found["alike_found"], show)
    yield from _told_apart(found["ambiguous"], show)
    yield from _decided(found["decisions"], found["contradictions"])


def _sizes(found: Mapping[str, Any]) -> str:
    """Return members, entities and sizes of each kind, and the largest of it."""
    largest = {row["kind"]: row for row in reversed(found["largest"])}
    ranges = list(found["sizes"][0]["sizes"]) if found["sizes"] else []
    return table(["what", "members", "entities", *(f"of {size}" for size in ranges), "largest"], [
        [_PLURALS[row["kind"]], row["members"], row["entities"], *(row["sizes"][size] or "" for size in ranges),
         f"{largest[row['kind']]['label']} ({largest[row['kind']]['members']})" if row["kind"] in largest else ""]
        for row in found["sizes"]
    ], width=30)  # fmt: skip


def _estimates(found: Mapping[str, Any]) -> str:
    """Return what the scores of each kind promise, with the scores themselves in bands."""
    bands = sorted({row["from"] for row in found["bands"] if row["verdict"] == "same"})
    counts = {(row["kind"], row["from"]): row["judgements"] for row in found["bands"] if row["verdict"] == "same"}
    names = ["merges", "pairs", *(f">={band:g}" if band < 1 else "1" for band in bands), "right (est.)", "unsure", "found (est.)", "vetoed"]
    return table(names, [
        [_PLURALS[row["kind"]], row["same"], *(counts.get((row["kind"], band), "") for band in bands), _share(row["precision"]),
         row["unsure"] or "", f"{_share(row['recall'])}, low {_share(row['recall_low'])}", row["vetoed"] or ""]
        for rows in _by_kind(found["estimates"]).values() for row in rows
    ])  # fmt: skip


def _share(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f} %"


def _evidence(merges: Iterable[Row], features: Iterable[Row], show: int) -> Iterator[str]:
    """Yield what merges rest on: rules, or features where a rule has many of them."""
    rules, weighed = _by_kind(row for row in merges if row["verdict"] == "same"), _by_kind(features)
    for kind, rows in rules.items():
        parts = weighed.get(kind) or rows
        told = ", ".join(f"{row.get('feature') or row['rule']} {100 * row['share']:.0f} %" for row in parts[: 2 * show])
        if told:
            yield f"{_PLURALS.get(kind, kind)} merged by: {printable(told)}"
    yield ""


def _suspicious(hubs: list[Row], show: int) -> Iterator[str]:
    yield f"Suspicious: {len(hubs)}"
    for row in hubs[:show]:
        papers = f", {row['papers']} papers" if row["kind"] == "person" else ""
        yield printable(f"  {row['label'][:60]} ({row['entity']}{papers}): {'; '.join(row['why'])}")


def _alike(alike: Iterable[Row], found: Mapping[str, int], show: int) -> Iterator[str]:
    told = ", ".join(f"{counted(count, 'pair')} of {_PLURALS[kind]}" for kind, count in found.items() if count)
    yield f"Alike, but not merged: {told or 'none'}"
    for rows in _by_kind(alike).values():
        for row in rows[: (show + 1) // 2]:
            against = f"; against: {', '.join(row['against'])}" if row["against"] else ""
            names = f"{row['one_label'][:50]} ~ {row['other_label'][:50]}"
            yield printable(f"  {names}: {', '.join(row['for'])}{against}")


def _told_apart(names: list[Row], show: int) -> Iterator[str]:
    if not names:
        yield "Names of several people: none"
        return
    people, undivided = sum(row["people"] for row in names), sum(row["ambiguous"] for row in names)
    told = ", ".join(f"{row['name']} ({row['people']})" for row in names[:show])
    ambiguous = f", {undivided} of them names that could not be divided among people" if undivided else ""
    yield printable(f"Names of several people: {counted(len(names), 'name')}, {counted(people, 'person', 'people')}{ambiguous}{': ' if told else ''}{told}")


def _decided(decisions: Iterable[Row], contradictions: list[Row]) -> Iterator[str]:
    told = [f"{counted(row['pairs'], 'pair')} of {_PLURALS.get(row['kind'], row['kind'])} {row['verdict']}" for row in decisions]
    kept = [f"{row['not_kept']} {row['verdict']} not kept" for row in decisions if row["not_kept"]]
    wrong = f"; {counted(len(contradictions), 'problem')} in the file" if contradictions else ""
    yield f"Decisions of people: {', '.join([*told, *kept]) or 'none'}{wrong}"
    for row in contradictions[:_SHOWN]:
        yield printable(f"  {row['document']}:{row['line']}: {row['what']}; {row['todo']}")


def _by_kind(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Return rows by kind, the kinds in the order of the report."""
    found: dict[str, list[Row]] = {kind: [] for kind in _PLURALS}
    for row in rows:
        found.setdefault(row["kind"], []).append(row)
    return {kind: some for kind, some in found.items() if some}
