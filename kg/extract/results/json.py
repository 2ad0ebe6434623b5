"""A result as one line of JSON: the contract of `kg extract --results`."""

from typing import Any

from kg.extract.mention_json import source_id
from kg.model import Record
from kg.model.results import Result, Tied


def as_json(result: Result, record: Record, document_name: str) -> dict[str, Any]:
    """Return a result as a JSON object; offsets are in the field's text, `start` and `end` in the document's."""
    return {
        "document": document_name,
        "ordinal": record.ordinal,
        "record": source_id(record),
        "field": result.field,
        "field_start": result.field_start,
        "field_end": result.field_end,
        "start": result.start,
        "end": result.end,
        "text": result.text,
        "value": result.value,
        "unit": result.unit,
        "kind": result.kind,
        "bound": result.bound,
        "metric": _tied(result.metric),
        "dataset": _tied(result.dataset),
        "model": _tied(result.model),
        "split": result.setting,
        "own": result.own,
        "score": result.score,
        "by": result.by,
    }


def _tied(tied: Tied | None) -> dict[str, Any] | None:
    """Return what a value is tied to, with its place in the field."""
    return {"name": tied.name, "field_start": tied.start, "field_end": tied.end} if tied else None
