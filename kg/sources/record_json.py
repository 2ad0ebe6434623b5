"""A record as one JSON object: what `kg read` prints, in the shape of the annotated structure files.

Record and document go in, a dictionary of plain values comes out. Each field is its text and its span; where the file
encodes the field, the spans are null, and `line` and `path` tell where it stands. No field is left out: what a paper
has one of is a key of its own, and more of it (a second title) stands in `other` under its name.
"""

from typing import Any, Final

from kg.model import Document, Field, Record

_SINGLE: Final = (
    "title", "abstract", "date", "category", "comment", "arxiv_id", "version", "venue", "volume", "issue", "pages",
    "publisher", "type", "language",
)  # fmt: skip
_LISTS: Final = {
    "author": "authors", "affiliation": "affiliations", "url": "urls", "cited_arxiv_id": "cited_arxiv_ids",
    "identifier": "identifiers", "author_id": "author_ids", "affiliation_id": "affiliation_ids", "keyword": "keywords",
    "reference": "references", "category": "categories",
}  # fmt: skip
_SHOWN: Final = {*_SINGLE, *_LISTS, "et_al", "code_flag", "abstract_label"}
_OF: Final = {"affiliation": "author", "author_id": "author", "affiliation_id": "affiliation"}
"""What a field belongs to."""

_VALUED: Final = {"date", "identifier", "author_id", "affiliation_id", "reference"}
_PASSAGES: Final = ("title", "abstract", "comment")
_FACTS: Final = (
    "name", "research_field", "h_index", "paper_count", "citation_count", "novelty", "ai_score",
    "listed_count",
)  # fmt: skip


def as_json(record: Record, document: Document) -> dict[str, Any]:
    """Return a paper as `kg read` prints it."""
    fields: dict[str, list[Field]] = {}
    for field in record.fields:
        fields.setdefault(field.name, []).append(field)
    firsts: dict[str, Field] = {name: fields[name][0] for name in _SINGLE if name in fields}
    passages = [field for name in _PASSAGES for field in fields.get(name, ())]
    return {
        **_place(record, document),
        **{name: _shown(firsts[name], passages) if name in firsts else None for name in _SINGLE},
        "authors_truncated": "et_al" in fields,
        "code_flag": "code_flag" in fields,
        **{key: [_shown(field, passages) for field in fields.get(name, ())] for name, key in _LISTS.items()},
        "other": [
            _other(field)
            for field in record.fields
            if field.name not in _SHOWN or (field.name not in _LISTS and field is not firsts.get(field.name, field))
        ],
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
    """Return a field's text and place: its span, or else its line and path."""
    shown = {"text": field.text, "start": field.start, "end": field.end}
    return shown if field.start is not None else shown | {"line": field.line, "path": field.path}


def _shown(field: Field, passages: list[Field]) -> dict[str, Any]:
    """Return a field with what belongs to fields of its name."""
    shown = _span(field)
    if field.name in _VALUED:
        shown["value"] = field.value
    if field.name == "identifier":
        shown["path"] = field.path
    if field.name in _OF and field.of is not None:
        shown[_OF[field.name]] = field.of
    if field.name == "author" and field.value == "group":
        shown["collective"] = True
    if field.name == "url":
        home = next((passage.name for passage in passages if _holds(passage, field)), None)
        shown |= {"normalized": field.value or field.text, "field": home}
    return shown


def _other(field: Field) -> dict[str, Any]:
    shown: dict[str, Any] = {"text": field.text, "path": field.path}
    return shown if field.name == "other" else shown | {"name": field.name, "value": field.value}


def _holds(outer: Field, inner: Field) -> bool:
    if outer.start is None or outer.end is None or inner.start is None or inner.end is None:
        return outer.path is not None and outer.path == inner.path
    return outer.start <= inner.start and inner.end <= outer.end
