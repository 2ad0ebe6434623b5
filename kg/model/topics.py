"""What a paper is about, and the passages that say so."""

from typing import NamedTuple

from kg.model.documents import Field


class TopicPassage(NamedTuple):
    """A run of characters that speaks for a topic: `field.text[start:end]`.

    Attributes:
        field: The field of the record that it stands in: its title, abstract, or one of its keywords.
        start: Offset of the first code point in the field's text.
        end: Offset behind the last.
        by: The rule that found it: `topic:keyword`, `topic:label` or `topic:mention`; followed by `:narrower` where
            the words name a topic below the one they speak for.
    """

    field: Field
    start: int
    end: int
    by: str


class PaperTopic(NamedTuple):
    """A topic of a paper.

    Attributes:
        topic: The path of the topic below the id space, e.g. `topic/object-detection`.
        score: How sure it is that the paper is about it, 0 to 1.
        passages: What speaks for it, the strongest first; at least one.
    """

    topic: str
    score: float
    passages: tuple[TopicPassage, ...]
