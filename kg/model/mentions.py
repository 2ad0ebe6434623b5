"""A name found in a text: first as a candidate of one rule, then as a mention of the record."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

MentionType = Literal["method", "dataset", "task", "metric", "software", "institution", "person"]
Role = Literal["introduces", "uses", "mentions"]

MENTION_TYPES: tuple[MentionType, ...] = (
    "method", "dataset", "task", "metric", "software", "institution", "person",
)  # fmt: skip
"""The seven types of the annotation guideline."""


class Candidate(NamedTuple):
    """A span that one extractor proposes; `text[start:end]` is the name. A tuple, because there are many.

    Attributes:
        start: Offset of the first code point in the field's text.
        end: Offset behind the last.
        type: What kind of thing is named.
        score: How likely the span is right, 0 to 1.
        by: The rule that found it, e.g. `lexicon`, `acronym`, `pattern:introduced-name`.
        canonical: The name of the entity, if the rule knows it; otherwise made from the text.
        concept: IRI of the ontology's concept, if the rule knows one.
        broader: IRI of the concept that it is a version of, if the rule knows one.
    """

    start: int
    end: int
    type: MentionType
    score: float
    by: str
    canonical: str | None = None
    concept: str | None = None
    broader: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in one field of one record.

    Attributes:
        record: Id of the record.
        field: Name of the field it stands in (`title`, `abstract`).
        field_start: Offset in the field's text; `field_text[field_start:field_end] == text`.
        field_end: Offset behind the last code point.
        start: Offset in the document's text, None where the file encodes the field.
        end: Offset behind the last code point in the document's text.
        text: The name as it stands.
        type: What kind of thing is named.
        canonical: The canonical name of the entity.
        concept: IRI of the ontology's concept; None for a name the ontology does not know.
        role: What the paper does with it.
        score: How likely the mention is right, 0 to 1.
        by: The rule that found it.
        broader: IRI of the concept that it is a version of, where that is known.
    """

    record: str
    field: str
    field_start: int
    field_end: int
    start: int | None
    end: int | None
    text: str
    type: MentionType
    canonical: str
    concept: str | None
    role: Role
    score: float
    by: str
    broader: str | None = None
