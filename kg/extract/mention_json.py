"""A mention as one line of JSON: the contract of `kg extract`."""

from typing import Any

from kg.model import Mention, Record


def as_json(mention: Mention, record: Record, document_name: str) -> dict[str, Any]:
    """Return a mention as a JSON object; `record` in it is the source's own id of the record, if it has one."""
    return {
        "document": document_name,
        "ordinal": record.ordinal,
        "record": source_id(record),
        "field": mention.field,
        "field_start": mention.field_start,
        "field_end": mention.field_end,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "type": mention.type,
        "canonical": mention.canonical,
        "role": mention.role,
        "score": round(mention.score, 4),
        "by": mention.by,
    }


def source_id(record: Record) -> str | None:
    """Return what the source itself calls the record: its arXiv id, else its own id, else nothing."""
    field = record.first("arxiv_id") or record.first("own_id") or next((f for f in record.all("other") if f.path and f.path.endswith(".id")), None)
    return field.text if field is not None else None
