"""Extractors: one file per way of finding names in text, found by its name.

An extractor is a module with

    kinds: tuple[MentionType, ...]                     the types it can find
    extract(text: str, names: Lexicon) -> Iterator[Candidate]   spans in this text; `text[start:end]` is the name

`extract_records` runs them over the titles and abstracts of records; a tagger then decides what is a name (`full`). Overlaps
are settled, and each name gets its canonical form and role:

    propose -> tag -> merge -> doubt -> settle -> role

In texts of other fields `kg.extract.elsewhere` stands in for tag, merge and doubt: there rules know better than the tagger.
With another convention of annotation, `kg.extract.convention` stands in for tag, merge and doubt.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice
from types import ModuleType
from typing import Final

from kg.extract import lexicon
from kg.extract.backends import backend
from kg.extract.convention import by_convention
from kg.extract.doubt import credible
from kg.extract.edges import whole
from kg.extract.elsewhere import ELSEWHERE, by_rules, is_elsewhere
from kg.extract.lexicon import Lexicon
from kg.extract.merge import in_full, merge
from kg.extract.names import canonical_of, entity_of, is_proper
from kg.extract.parted import mended
from kg.extract.passages import Passage, passages
from kg.extract.roles import judgements, roles_of
from kg.extract.settings import DEFAULT, Settings
from kg.extract.settle import agree, of_one_type, settle
from kg.extract.tagger import Tagger, of_convention, shipped
from kg.extract.titles import as_sentences
from kg.extract.tokens import occurrences, tokens
from kg.extract.trace import Trace, tell_all, tell_changes, teller
from kg.model import Candidate, Field, Mention, Record
from kg.model.mentions import Role
from kg.plugins import discover

_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[^\s]{1,400}|\b[a-z0-9-]{2,40}\.(?:com|org|io|net|edu|ai|dev)\b[^\s]{0,300}"
)
"""A web address; the names in it are not said."""

_ANY_ADDRESS: Final = re.compile(r"://|www\.|\.(?:com|org|io|net|edu|ai|dev)\b")
"""What every address has, and most texts have not."""

FIELDS: Final = ("title", "abstract")
"""The fields of a record that are searched for names."""

_TOGETHER: Final = 256
"""Records that are searched together: their tokens are asked for several times and kept for so long."""


def extractors() -> dict[str, ModuleType]:
    """Return all extractors by name."""
    return discover(__name__, "kinds", "extract")


def extract_records(
    records: Iterable[Record], settings: Settings = DEFAULT, trace: Trace | None = None
) -> list[list[Mention]]:
    """Return for each record the mentions in its title and abstract, by field and place, none overlapping another.

    Records are independent of each other; many are taken at a time because the tagger is faster so.

    Args:
        records: The records.
        settings: How names are found.
        trace: Takes what each stage does, for the one who asks why.
    """
    known, waiting = lexicon.of(settings.lexicons), iter(records)
    found: list[list[Mention]] = []
    while some := list(islice(waiting, _TOGETHER)):
        found += _extract(some, known, settings, trace)
    return found


def _extract(some: Sequence[Record], known: Lexicon, settings: Settings, trace: Trace | None) -> list[list[Mention]]:
    """Return the mentions in a few records."""
    fields = [as_sentences([field._replace(text=mended(field.text)) for field in searched(record)], known) for record in some]
    for each in fields:  # first of all, so that new words are asked about together
        for field in each:
            tokens(field.text)
    proposed = [propose(each, known, trace) for each in fields]
    if settings.convention:
        proposed = by_convention(of_convention(settings.convention), fields, proposed, trace)
    else:
        proposed = _decided(some, fields, proposed, settings, trace)
    return [_mentions(*each, trace) for each in zip(some, fields, proposed, strict=True)]


def extract_record(record: Record, settings: Settings = DEFAULT) -> list[Mention]:
    """Return the mentions in one record."""
    return extract_records([record], settings)[0]


def _decided(
    some: Sequence[Record],
    fields: Sequence[Sequence[Field]],
    proposed: Sequence[list[list[Candidate]]],
    settings: Settings,
    trace: Trace | None,
) -> list[list[list[Candidate]]]:
    """Return what of the proposals is told: in texts of other fields what rules know, in ours what the tagger finds (`full`)."""
    venues = [venue.text if (venue := record.first("venue")) else "" for record in some]
    away = [i for i, each in enumerate(fields) if settings.model is None and is_elsewhere(each, venues[i])]
    told = list(proposed) if settings.tier == "fast" else _tagged(fields, proposed, set(away), settings, trace)
    for i in away:
        told[i] = [by_rules(field.text, found) for field, found in zip(fields[i], proposed[i], strict=True)]
        for field, before, after in zip(fields[i], proposed[i], told[i], strict=True):
            tell_changes(teller(trace, "elsewhere", field.name), before, after, ELSEWHERE)
    return told


def _tagged(
    fields: Sequence[Sequence[Field]],
    proposed: Sequence[list[list[Candidate]]],
    away: set[int],
    settings: Settings,
    trace: Trace | None,
) -> list[list[list[Candidate]]]:
    """Return what the tagger finds in titles and abstracts, but for the records that are away, whose proposals stay."""
    read = [(i, passage) for i, each in enumerate(fields) if i not in away for passage in passages(each)]
    hints = [passage.joined(proposed[i]) for i, passage in read]
    tagger: Tagger = backend(settings.model) if settings.model else shipped()
    result = [list(each) for each in proposed]
    for (i, passage), told, hint in zip(read, tagger.tag([passage.text for _, passage in read], hints), hints, strict=True):
        found = whole(passage.text, told)
        merged = merge(in_full(found, hint), hint)
        # What the scores of other models mean is not known.
        sure = merged if settings.model else credible(passage.text, merged, passage.title)
        for number, names in passage.parted(sure):
            result[i][number] = names
        if trace is not None:
            _tell_reading(passage, fields[i], (told, found, merged, sure), trace)
    for i, each in enumerate(fields):
        if i not in away:
            agreed = of_one_type(each, result[i])
            for field, before, after in zip(each, result[i], agreed, strict=True):
                tell_changes(teller(trace, "agree", field.name), before, after, "in its other places it is of another type")
            result[i] = _named_in_titles(each, agreed, trace)
    return result


def _named_in_titles(fields: Sequence[Field], found: Sequence[list[Candidate]], trace: Trace | None) -> list[list[Candidate]]:
    """Return what was found in the fields of a record, in its titles what the abstracts name too."""
    named = {
        field.text[c.start : c.end]: c
        for field, some in zip(fields, found, strict=True) if field.name == "abstract" for c in reversed(some)
    }  # fmt: skip
    told = list(found)
    for number, field in enumerate(fields):
        if field.name == "title" and named:
            told[number] = _everywhere(field.text, found[number], named)
            tell_changes(teller(trace, "agree", field.name), found[number], told[number], "the abstract names it too")
    return told


def _tell_reading(passage: Passage, fields: Sequence[Field], stages: Sequence[list[Candidate]], trace: Trace) -> None:
    """Tell what a tagger found in a passage, and what each stage behind it made of that."""
    parted = [passage.parted(names) for names in stages]
    for (number, told), (_, found), (_, merged), (_, sure) in zip(*parted, strict=True):
        field = fields[number].name
        tell_all(teller(trace, "tag", field), "proposed", told)
        tell_changes(teller(trace, "tag", field), told, found, "without what is no part of the name")
        tell_changes(teller(trace, "merge", field), found, merged, "a rule knows what the name stands for")
        tell_changes(teller(trace, "doubt", field), merged, sure, "likelier wrong than right wherever it stands")


def _mentions(
    record: Record, fields: Sequence[Field], proposed: Sequence[list[Candidate]], trace: Trace | None
) -> list[Mention]:
    """Return the mentions of one record."""
    kept = [
        settle(candidates, teller(trace, "settle", field.name)) for field, candidates in zip(fields, proposed, strict=True)
    ]
    if trace is not None:
        _tell_roles(fields, kept, trace)
    told = roles_of(fields, kept)
    return [
        _mention(record, printed, field, candidate, told[entity_of(field.text, candidate)])
        for printed, field, candidates in zip(searched(record), fields, kept, strict=True)
        for candidate in candidates
    ]


def _tell_roles(fields: Sequence[Field], kept: Sequence[Sequence[Candidate]], trace: Trace) -> None:
    """Tell which role each name has, how likely it is and why."""
    told = judgements(fields, kept)
    for field, candidates in zip(fields, kept, strict=True):
        for candidate in candidates:
            judged = told[entity_of(field.text, candidate)]
            why = f" ({', '.join(judged.reasons)})" if judged.reasons else ""
            reason = f"{judged.role} {judged.probability:.2f}{why}, as {canonical_of(field.text, candidate)}"
            tell_all(teller(trace, "role", field.name), "kept", [candidate], reason)


def searched(record: Record) -> list[Field]:
    """Return the fields of a record that are searched for names."""
    return [field for field in record.fields if field.name in FIELDS]


def propose(fields: Sequence[Field], known: Lexicon, trace: Trace | None = None) -> list[list[Candidate]]:
    """Return for each field of one record what the rules propose, each name wherever the record repeats it."""
    found = [_candidates(field.text, known) for field in fields]
    for field, candidates in zip(fields, found, strict=True):
        tell_all(teller(trace, "propose", field.name), "proposed", candidates)
    names = agree(
        (field.text[c.start : c.end], c)
        for field, candidates in zip(fields, found, strict=True)
        for c in candidates
        if is_proper(c)
    )
    everywhere = [_everywhere(field.text, c, names) for field, c in zip(fields, found, strict=True)]
    for field, before, after in zip(fields, found, everywhere, strict=True):
        tell_changes(teller(trace, "agree", field.name), before, after, "the record names it elsewhere too")
    return everywhere


def _candidates(text: str, known: Lexicon) -> list[Candidate]:
    """Return what all extractors propose for a text, outside of its web addresses."""
    found = [candidate for module in extractors().values() for candidate in module.extract(text, known)]
    if _ANY_ADDRESS.search(text) is None:
        return found
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    return [candidate for candidate in found if not _overlaps(addresses, candidate)]


def _overlaps(spans: list[tuple[int, int]], candidate: Candidate) -> bool:
    """Tell whether a candidate overlaps one of the spans, which are in order."""
    place = bisect_left(spans, candidate.end, key=lambda span: span[0])
    return place > 0 and spans[place - 1][1] > candidate.start


def _everywhere(text: str, candidates: list[Candidate], names: dict[str, Candidate]) -> list[Candidate]:
    """Return the candidates of a text with the names found anywhere in the record added wherever they occur.

    Where a name stands, what the whole record says of it replaces what its one place says.
    """
    words = tokens(text)
    again = [
        c._replace(start=words.starts[first], end=words.ends[last - 1], canonical=canonical_of(name, c._replace(start=0, end=len(name))))
        for name, first, last in occurrences(words, names)
        for c in [names[name]]
    ]
    spans = {(c.start, c.end) for c in again}
    return [*again, *(c for c in candidates if (c.start, c.end) not in spans or not is_proper(c))]


def _mention(record: Record, printed: Field, field: Field, candidate: Candidate, told: Role) -> Mention:
    """Return a candidate as a mention of its record, with its text as printed and its name as read."""
    return Mention(
        record=record.id,
        field=field.name,
        field_start=candidate.start,
        field_end=candidate.end,
        start=None if field.start is None else field.start + candidate.start,
        end=None if field.start is None else field.start + candidate.end,
        text=printed.text[candidate.start : candidate.end],
        type=candidate.type,
        canonical=canonical_of(field.text, candidate),
        concept=candidate.concept,
        role=told,
        score=candidate.score,
        by=candidate.by,
        broader=candidate.broader,
    )
