"""A record as one JSON object: what `kg read` prints, in the shape of the annotated structure files.

Record and document go in, a dictionary of plain values comes out; each field is its text and its span, null
spans where the file encodes the field.
"""

from typing import Any, Final

from kg.model import Document, Field, Record

_SINGLE: Final = ("title", "abstract", "date", "category", "comment", "arxiv_id")
_PASSAGES: Final = ("title", "abstract", "comment")
_FACTS: Final = (
    "name", "research_field", "h_index", "paper_count", "citation_count", "novelty", "ai_score",
    "listed_count",
)  # fmt: skip


def as_json(record: Record, document: Document) -> dict[str, Any]:
    """Return a paper as `kg read` prints it."""
    return {
        **_place(record, document),
        **{name: _single(record.first(name)) for name in _SINGLE},
        "authors": [_author(field) for field in record.all("author")],
        "authors_truncated": record.first("et_al") is not None,
        "affiliations": [_span(field) for field in record.all("affiliation")],
        "code_flag": record.first("code_flag") is not None,
        "urls": [_url(field, record) for field in record.all("url")],
        "cited_arxiv_ids": [_span(field) for field in record.all("cited_arxiv_id")],
    }


def profile_json(record: Record, document: Document) -> dict[str, Any]:
    """Return the head of an author's page: each fact as its text, span and plain value, or null."""
    facts = {name: record.first(name) for name in _FACTS}
    return {
        **_place(record, document),
        **{n: None if f is None else {**_span(f), "value": f.value or f.text} for n, f in facts.items()},
    }


def _place(record: Record, document: Document) -> dict[str, Any]:
    return {"document": document.name, "ordinal": record.ordinal, "start": record.start, "end": record.end}


def _span(field: Field) -> dict[str, Any]:
    return {"text": field.text, "start": field.start, "end": field.end}


def _single(field: Field | None) -> dict[str, Any] | None:
    if field is None:
        return None
    return _span(field) | ({"value": field.value} if field.name == "date" else {})


def _author(field: Field) -> dict[str, Any]:
    return _span(field) | ({"collective": True} if field.value == "group" else {})


def _url(field: Field, record: Record) -> dict[str, Any]:
    """Return a URL with its normalised form and the name of the field that it stands in, if it is in one."""
    home = next((f.name for name in _PASSAGES for f in record.all(name) if _holds(f, field)), None)
    return _span(field) | {"normalized": field.value or field.text, "field": home}


def _holds(outer: Field, inner: Field) -> bool:
    if outer.start is None or outer.end is None or inner.start is None or inner.end is None:
        return outer.path is not None and outer.path == inner.path
    return outer.start <= inner.start and inner.end <= outer.end
