"""Statements as rows, each with the passage that it was read from."""

from functools import lru_cache
from typing import Any

from kg.model import Field, Mention, Record
from kg.text import line_of, line_starts, sentence_around

Row = dict[str, Any]


@lru_cache(maxsize=16)
def _starts(text: str) -> list[int]:
    return line_starts(text)


class Speaker:
    """Makes statement rows of one record, so that each says where it was read."""

    def __init__(self, record: Record, by: str, confidence: float = 1.0) -> None:
        self._record, self._by, self._confidence = record, by, confidence

    def __call__(
        self, field: Field | None, subject: str, predicate: str, value: str, datatype: str,
        *, score: float = 1.0, by: str = "",
    ) -> Row:  # fmt: skip
        """Return a statement that a whole field carries; without a field, the record as such."""
        place = field or self._record
        return self._row(subject, predicate, value, datatype, by or self._by, score * self._confidence) | {
            "field": field.name if field else None, "line": place.line, "start": place.start, "end": place.end,
            "field_start": 0 if field else None, "field_end": len(field.text) if field else None,
            "before": "", "quote": field.text if field and field.name != "abstract" else None, "after": "",
        }  # fmt: skip

    def passage(self, mention: Mention, subject: str, predicate: str, target: str) -> Row:
        """Return a statement that a mention carries."""
        field = next(f for f in self._record.all(mention.field))
        return self.span(field, mention.field_start, mention.field_end, subject, predicate, target, mention.score)

    def span(self, field: Field, begin: int, end: int, subject: str, predicate: str, target: str, score: float) -> Row:
        """Return a statement that one passage of a field carries: `field.text[begin:end]`."""
        # Where the file encodes the field, its text has other lines than the file.
        below = 0 if field.start is None else line_of(_starts(field.text), begin) - 1
        first, last = sentence_around(field.text, begin, end)
        return self._row(subject, predicate, target, "entity", self._by, score) | {
            "field": field.name, "line": field.line + below,
            "start": None if field.start is None else field.start + begin, "end": None if field.start is None else field.start + end,
            "field_start": begin, "field_end": end,
            "before": field.text[first:begin], "quote": field.text[begin:end], "after": field.text[end:last],
        }  # fmt: skip

    def _row(self, subject: str, predicate: str, value: str, datatype: str, by: str, score: float) -> Row:
        return {
            "subject": subject, "predicate": predicate, "object": value, "datatype": datatype,
            "document": self._record.document, "record": self._record.id, "by": by, "score": score,
        }  # fmt: skip
