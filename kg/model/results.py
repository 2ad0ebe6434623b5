"""A value that a paper reports, with what the text ties it to; and another method that a paper's own is compared with or built on."""

from dataclasses import dataclass
from typing import Literal

ResultKind = Literal["absolute", "difference"]
Bound = Literal["up to", "above", "below", "about"]
MethodRelationKind = Literal["outperforms", "compared", "extends"]


@dataclass(frozen=True, slots=True)
class Tied:
    """What a value belongs to, and where the field names it.

    Attributes:
        name: Canonical name of the metric, dataset or method.
        concept: IRI of the ontology's concept; None for a name that it does not know.
        start: Offset in the field's text.
        end: Offset behind the last code point.
    """

    name: str
    concept: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Result:
    """One value that a field of a record reports; all offsets are in that field's text, in code points.

    Attributes:
        record: Id of the record.
        field: Name of the field.
        field_start: Where the number begins; `field_text[field_start:field_end] == text`.
        field_end: Behind its last digit.
        start: Offset in the document's text, None where the file encodes the field.
        end: Offset behind the last code point in the document's text.
        text: The number as printed, without its unit.
        value: The number.
        unit: `%`, `points`, `x` (times) or a physical unit; None for a bare number.
        kind: Whether it is the score itself, or by how much scores differ.
        bound: Whether the true value lies below or above; None where it is said exactly.
        metric: What was measured; None where the text does not say it.
        dataset: On what; None where the text does not say it.
        model: The method that reached it; None where the text does not name it.
        setting: The words for split, sub-task or condition (`test set`, `zero-shot`), if any.
        own: Whether it is the paper's own value, not one that it compares with.
        score: How likely value, metric and dataset are all right, 0 to 1.
        by: The rules that tied it, e.g. `result:of+same-sentence`.
    """

    record: str
    field: str
    field_start: int
    field_end: int
    start: int | None
    end: int | None
    text: str
    value: float
    unit: str | None
    kind: ResultKind
    bound: Bound | None
    metric: Tied | None
    dataset: Tied | None
    model: Tied | None
    setting: str | None
    own: bool
    score: float
    by: str


@dataclass(frozen=True, slots=True)
class MethodRelation:
    """A named method that a field of a record compares the paper's own with, or says it is built on.

    Attributes:
        record: Id of the record.
        field: Name of the field.
        field_start: Where the method's name begins in the field's text.
        field_end: Behind its last code point.
        start: Offset in the document's text, None where the file encodes the field.
        end: Offset behind the last code point in the document's text.
        text: The name as it stands.
        method: The method: `start` and `end` are `field_start` and `field_end`.
        kind: Whether the paper claims to do better, only compares, or extends it.
        score: How likely it is right, 0 to 1.
        by: The words that say it, e.g. `comparison:outperform`.
    """

    record: str
    field: str
    field_start: int
    field_end: int
    start: int | None
    end: int | None
    text: str
    method: Tied
    kind: MethodRelationKind
    score: float
    by: str
