"""Why a record has the mentions that it has: who proposed what, what was changed or dropped, and what was kept."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.settings import DEFAULT, Settings
from kg.extract.trace import Step
from kg.model import Field, Mention, Record

_WIDTH: Final = 100
_SPAN: Final = re.compile(r"\[(\d+),(\d+)\)")
"""How reasons name a span."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """How the names of one record were found.

    Attributes:
        fields: The fields that were searched, in their order.
        steps: What each stage did, in the order in which it was done.
        mentions: What was found.
    """

    fields: tuple[Field, ...]
    steps: tuple[Step, ...]
    mentions: tuple[Mention, ...]


def explain_record(record: Record, settings: Settings = DEFAULT) -> Explanation:
    """Find the names in a record as `extract_record` does, and keep every step."""
    from kg.extract import extract_records, searched  # noqa: PLC0415 - `kg.extract` imports this when it looks for its rules

    steps: list[Step] = []
    (mentions,) = extract_records([record], settings, steps.append)
    return Explanation(tuple(searched(record)), tuple(steps), tuple(mentions))


def rendered(explanation: Explanation) -> Iterator[str]:
    """Yield an explanation as lines for people: each text with its names marked, then what was done about each."""
    number = 0
    for field in explanation.fields:
        mentions = [mention for mention in explanation.mentions if mention.field == field.name]
        yield field.name
        yield from textwrap.wrap(
            _marked(field.text, mentions, number + 1), _WIDTH, initial_indent="    ", subsequent_indent="    ",
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
        steps = [step for step in explanation.steps if step.field == field.name]
        for mention in mentions:
            number += 1
            about = [step for step in steps if step.start < mention.field_end and mention.field_start < step.end]
            steps = [step for step in steps if step not in about]
            yield f"{number:>4} «{mention.text}»  {mention.type}, {mention.role}, as {mention.canonical}"
            yield from _lines(field.text, about, (mention.field_start, mention.field_end))
        if steps:
            yield "     not kept"
            yield from _lines(field.text, sorted(steps, key=lambda step: (step.start, step.end)), None)
        yield ""


def _marked(text: str, mentions: Sequence[Mention], first: int) -> str:
    """Return a text with its mentions in marks, numbered."""
    parts, position = [], 0
    for number, mention in enumerate(mentions, first):
        parts += [text[position : mention.field_start], f"«{mention.text}»{number}"]
        position = mention.field_end
    return "".join([*parts, text[position:]])


def _lines(text: str, steps: Sequence[Step], span: tuple[int, int] | None) -> Iterator[str]:
    """Yield one line a step; the words it is about are quoted where they are not those of the mention."""
    for step in steps:
        quoted = "" if (step.start, step.end) == span else f" «{text[step.start : step.end]}»"
        reason = f": {_SPAN.sub(lambda found: _quote(text, found), step.reason)}" if step.reason else ""
        yield f"         {step.stage:<8}{step.action:<9}{step.type} {step.score:.2f} by {step.by}{quoted}{reason}"


def _quote(text: str, span: re.Match[str]) -> str:
    """Return the words of a span that a reason names."""
    return f"«{text[int(span[1]) : int(span[2])]}»"
