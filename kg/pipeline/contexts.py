"""What a record says around the names that several things may bear: what `kg.resolve.things.homonyms` looks at."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.extract.acronyms import definitions
from kg.extract.role_words import STUDIES
from kg.graph import statements
from kg.model import Mention, Record
from kg.pipeline.stages import Told
from kg.resolve.things.homonyms import LOOSE, Use, text_words
from kg.resolve.things.spellings import FEW_LETTERS, is_proper, is_shaped
from kg.text import words

_BEHIND_HEAD: Final = re.compile(r"\s*(?::|\s[-–—])\s*(?=\S)")
"""What parts a name at the beginning of a title from what the title says of it."""

_GUESSES: Final = ("phrase", "pattern:shape")
"""Rules that go by the looks of a name: what they find is not introduced by what stands around it."""

_SURE: Final = 0.9
"""Score from which an introduction in a running text counts."""


@dataclass(frozen=True)
class Setting:
    """What is known of the corpus where records are looked at.

    Attributes:
        wanted: Paths of the names that may be those of several things, and of what they are short for.
        path: Gives the path of the thing that a mention names.
        works: Record to the path of the paper that it is.
        anchors: Record to the hash of its content.
        people: Record to its authors, as entities.
        cited: What is cited to the path of the paper that it is, where it is here.
    """

    wanted: frozenset[str]
    path: Callable[[Mention], str]
    works: Mapping[str, str]
    anchors: Mapping[str, str]
    people: Mapping[str, frozenset[str]]
    cited: Mapping[str, str]


def uses(told: Told, setting: Setting) -> Iterator[Use]:
    """Yield how a record uses each of the names that are looked at."""
    record, named = told.record, defaultdict(list)
    for mention in told.mentions:
        if mention.type not in {"person", "institution"}:
            named[setting.path(mention)].append(mention)
    title, texts = _text(record, "title"), (_text(record, "title"), _text(record, "abstract"))
    said = text_words(*texts)
    near = frozenset(named)
    cites = frozenset(_cites(record, setting))
    for path in sorted(near & setting.wanted):
        name = _written(named[path])
        behind = _BEHIND_HEAD.match(title, len(name)) if title.startswith(name) and _may_head(name) else None
        rest = title[behind.end() :] if behind else ""
        introduced = any(m.role == "introduces" for m in named[path])
        yield Use(
            record.id, setting.works.get(record.id, record.id), setting.anchors.get(record.id, ""), path, name,
            claims=introduced and (bool(rest) or _introduces(name, named[path])), heads=bool(rest),
            study=not STUDIES.isdisjoint(words(rest)), title=rest or title,
            meant=_meant(name, rest, texts), people=setting.people.get(record.id, frozenset()), cites=cites,
            near=near - {path}, words=said,
        )  # fmt: skip


def _text(record: Record, field: str) -> str:
    found = record.first(field)
    return found.text if found else ""


def _written(mentions: list[Mention]) -> str:
    """Return how a record writes a name: of its ways the most telling one, of these the most frequent."""
    counts = Counter(m.canonical if set(m.text) & {"\\", "$"} else m.text for m in mentions)
    return min(counts, key=lambda text: (not is_shaped(text), -counts[text], len(text), text))


def _may_head(name: str) -> bool:
    """Tell whether a name at the beginning of a title, before a colon, is one: *Ocean: ...*, not *Coarse-to-Fine: ...*."""
    return is_proper(name) or (name[:1].isupper() and name.isalnum())


def _introduces(name: str, mentions: list[Mention]) -> bool:
    """Tell whether a text surely introduces something by a name. A short acronym may stand for a common notion."""
    brief = name.isupper() and len(name) <= FEW_LETTERS
    return is_proper(name) and not brief and any(
        m.role == "introduces" and m.score >= _SURE and not m.by.startswith(_GUESSES) for m in mentions
    )  # fmt: skip


def _meant(name: str, rest: str, texts: tuple[str, ...]) -> str:
    """Return what a record says that a name is short for: behind its head, or where its text defines it."""
    for text in (f"{rest} ({name})", *texts):
        for definition in definitions(text):
            long = text[slice(*definition.long)]
            if text[slice(*definition.short)] == name and long.split()[0].lower() not in LOOSE:
                return long
    return ""


def _cites(record: Record, setting: Setting) -> Iterator[str]:
    if any(field.name in {"reference", "cited_arxiv_id"} for field in record.fields):
        for row in statements.of_record(record, ""):
            if row["predicate"] == "cito:cites":
                yield setting.cited.get(row["object"], row["object"])
