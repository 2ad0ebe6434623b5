"""Predicted mentions, read for the texts of a gold: what `kg extract` prints, or lines with an id and mentions.

A prediction belongs to the text with its id (`record`, else `id`, else `document stem#ordinal`), with offsets in that text
(`field_start`, `field_end`, else `start`, `end`); or, for a gold whose texts stand in documents, to the abstract that holds
`start` to `end` of its `document`. Predictions for another field than `abstract` are passed over.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.extract.evaluate.gold import Gold, GoldText, json_rows
from kg.extract.evaluate.matching import Predicted


@dataclass(frozen=True, slots=True)
class Predictions:
    """What is predicted for the texts of a gold.

    Attributes:
        of: The predictions of each text, by its id, each span and type once, in the order of the file.
        elsewhere: How many predictions are about the abstracts of others.
    """

    of: dict[str, list[Predicted]]
    elsewhere: int


def read_predictions(path: Path, gold: Gold) -> Predictions:
    """Return the predictions of a file for the texts of a gold.

    Raises:
        UsageError: If a line is no prediction.
    """
    ids = {text.id: text for text in gold.texts}
    placed: dict[str, list[GoldText]] = defaultdict(list)
    for text in gold.texts:
        if text.document is not None:
            placed[text.document].append(text)
            placed[text.document[:3]].append(text)
    found: dict[str, dict[tuple[int, int, str], Predicted]] = {text.id: {} for text in gold.texts}
    elsewhere = 0
    for number, row in json_rows(path):
        for one in _each(row):
            if one.get("field", "abstract") != "abstract":
                continue
            about = _placed(one, placed) if placed else _named(one, ids)
            if about is None:
                elsewhere += 1
                continue
            mention = _predicted(path, number, one, about)
            found[about.id].setdefault((mention.start, mention.end, mention.type), mention)
    return Predictions({name: list(mentions.values()) for name, mentions in found.items()}, elsewhere)


def _each(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the predictions of a line, which holds one, or all of a text."""
    mentions = row.get("mentions")
    if isinstance(mentions, list):
        yield from ({"id": row.get("id"), **m} for m in mentions if isinstance(m, dict))
    else:
        yield row


def _named(row: dict[str, Any], ids: dict[str, GoldText]) -> GoldText | None:
    """Return the text that a prediction is about by its id."""
    document = str(row.get("document") or "").rpartition("/")[2]
    stem = document.removesuffix(".gz").removesuffix(".json")
    names = [row.get("record"), row.get("id"), f"{stem}#{row.get('ordinal')}"]
    return next((ids[str(name)] for name in names if name is not None and str(name) in ids), None)


def _placed(row: dict[str, Any], placed: dict[str, list[GoldText]]) -> GoldText | None:
    """Return the text that a prediction is about by its place in a document."""
    document = str(row.get("document") or row.get("doc_id") or "").rpartition("/")[2]
    start, end = row.get("start"), row.get("end")
    if not (isinstance(start, int) and isinstance(end, int)):
        return None
    texts = placed.get(document) or placed.get(document[:3]) or []
    return next((text for text in texts if text.offset <= start and end <= text.offset + len(text.text)), None)


def _predicted(path: Path, number: int, row: dict[str, Any], text: GoldText) -> Predicted:
    in_field = text.document is None and row.get("field_start") is not None
    start, end = (row.get("field_start"), row.get("field_end")) if in_field else (row.get("start"), row.get("end"))
    if not (isinstance(start, int) and isinstance(end, int) and isinstance(row.get("type"), str)):
        raise UsageError(f"{path}:{number}: no prediction: it needs a start, an end and a type")
    start, end = start - text.offset, end - text.offset
    score = row.get("score")
    return Predicted(
        start, end, row["type"], str(row.get("canonical") or row.get("text") or text.text[start:end]), row.get("role") or None,
        float(score) if isinstance(score, int | float) else None, str(row.get("by") or ""), tuple(row.get("also") or ()),
    )  # fmt: skip
