"""Read: `kg evaluate`."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import click

from kg.cli._extracting import convention_option, extracting_options
from kg.cli._output import as_json, say, table
from kg.cli._records import read
from kg.engine.inputs import Reading
from kg.errors import UsageError
from kg.extract import extract_records
from kg.extract.evaluate.faults import Fault, faults
from kg.extract.evaluate.gold import Gold, GoldText, read_gold
from kg.extract.evaluate.matching import Predicted
from kg.extract.evaluate.predictions import read_predictions
from kg.extract.evaluate.scoring import Scores, score
from kg.extract.settings import Settings
from kg.model import Field, Mention, Record

_AT_A_TIME: Final = 256
_EXAMPLES: Final = 3


@dataclass(frozen=True, slots=True)
class Speed:
    """How long it took to find the names, loading left out: seconds of the clock and of the processor."""

    texts: int
    characters: int
    seconds: float
    processor: float


@click.command()
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("predictions", required=False, type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--texts", "places", multiple=True, metavar="PATH", type=click.Path(exists=True, path_type=Path),
              help="Documents, conference lists, or folders of lists that the texts are in, if GOLD has none.")  # fmt: skip
@click.option("--named-only", is_flag=True, help="Leave out families of methods and descriptions.")
@click.option("--errors", "most", type=click.IntRange(min=0), default=0, metavar="N", help="List the N most frequent kinds of error.")
@click.option("--json", "in_json", is_flag=True, help="Print JSON.")
@extracting_options
@convention_option
def command(
    gold: Path, predictions: Path | None, places: tuple[Path, ...], named_only: bool, most: int, in_json: bool, settings: Settings
) -> None:
    """Score the names that kg finds, or PREDICTIONS, against the annotated texts of GOLD.

    PREDICTIONS is what kg extract prints, or JSON Lines with id, start, end and type. Without it the texts of GOLD are searched.
    Printed are precision, recall and F1 of spans and types (strict, overlap), of boundaries alone and of the things named in each
    paper, with 95 % intervals over documents; the share of right roles; and how far scores are likelihoods.
    """
    known = read_gold(gold, places, _documents(places))
    if not known.texts:
        raise UsageError(f"{gold}: there is no text to score")
    found, speed = _given(predictions, known) if predictions is not None else _searched(known, settings)
    scores = score(known, found, named_only=named_only)
    wrong = faults(known, found, named_only=named_only, examples=_EXAMPLES)[:most] if most else []
    if in_json:
        click.echo(as_json(_plain(asdict(scores) | {
            "speed": asdict(speed) if speed else None, "errors": [asdict(fault) for fault in wrong],
        })))  # fmt: skip
    else:
        for line in _lines(scores, speed, wrong):
            click.echo(line)


def _documents(places: tuple[Path, ...]) -> Any:
    """Return what reads the documents given; None without any."""
    paths = [str(place) for place in places]
    return (lambda: ((document.name, record) for document, record in read(paths, Reading()))) if places else None


def _given(path: Path, gold: Gold) -> tuple[dict[str, list[Predicted]], None]:
    read_in = read_predictions(path, gold)
    if read_in.elsewhere:
        say(f"left out: {read_in.elsewhere} predictions about other texts than those of the gold")
    return read_in.of, None


def _searched(gold: Gold, settings: Settings) -> tuple[dict[str, list[Predicted]], Speed]:
    """Find the names in the texts, and how long that takes."""
    extract_records([_record(GoldText("warm", "warm", "We use a neural network.", ()))], settings)
    found: dict[str, list[Predicted]] = {}
    began, spent = time.perf_counter(), time.process_time()
    waiting = iter(gold.texts)
    while some := list(islice(waiting, _AT_A_TIME)):
        for text, mentions in zip(some, extract_records([_record(text) for text in some], settings), strict=True):
            found[text.id] = list(_predicted(mentions))
    seconds, processor = time.perf_counter() - began, time.process_time() - spent
    return found, Speed(len(found), sum(len(text.text) for text in gold.texts), seconds, processor)


def _record(text: GoldText) -> Record:
    """Return a text as the abstract of a record, under its title."""
    fields = [Field("title", text.title, 1)] if text.title else []
    return Record(text.id, 0, "paper", None, None, 1, (*fields, Field("abstract", text.text, 1)))


def _predicted(mentions: Iterable[Mention]) -> Iterator[Predicted]:
    for m in mentions:
        if m.field == "abstract":
            yield Predicted(m.field_start, m.field_end, m.type, m.canonical, m.role, m.score, m.by)


def _plain(value: Any) -> Any:
    """Return figures to five digits."""
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def _lines(scores: Scores, speed: Speed | None, wrong: list[Fault]) -> Iterator[str]:
    yield f"{scores.texts} texts, {scores.documents} documents"
    yield ""
    rows = [
        [measure, kind, *(f"{100 * value:.1f}" for value in (f.precision, f.recall, f.f1)), _range(f.low, f.high), f.gold, f.found]
        for measure, figures in scores.measures.items()
        for kind, f in figures.items()
    ]
    yield table(["measure", "type", "P", "R", "F1", "95 %", "gold", "found"], rows)
    yield ""
    if scores.roles:
        r = scores.roles
        yield f"roles right: {100 * r.value:.1f} % ({_range(r.low, r.high)}) of {r.cases} overlapping pairs"
    if scores.calibration:
        yield f"expected calibration error of the score: {scores.calibration.error:.3f}"
        bins = [[_range(b.low, b.high), b.count, f"{100 * b.score:.1f}", f"{100 * b.right:.1f}"] for b in scores.calibration.bins]
        yield table(["score", "found", "mean score", "% right"], bins)
    if speed:
        yield (
            f"found in {speed.seconds:.2f} s (processor {speed.processor:.2f} s): "
            f"{speed.texts / max(speed.seconds, 1e-9):,.0f} texts/s, {speed.characters / 1e6 / max(speed.seconds, 1e-9):.2f} M characters/s"
        )
    if wrong:
        yield ""
        yield table(["errors", "", "gold", "found", "for example"], map(_told, wrong), width=120)


def _range(low: float, high: float) -> str:
    return f"{100 * low:.1f} - {100 * high:.1f}"


def _told(fault: Fault) -> list[Any]:
    examples = "; ".join(
        f"{' found as '.join(f'«{words}»' for words in (e.gold, e.predicted) if words)}"
        f"{f' by {e.by}' if e.by else ''}{f' x{e.count}' if e.count > 1 else ''} ({e.text})"
        for e in fault.examples
    )
    return [fault.count, fault.kind, fault.gold, fault.predicted, examples]
