"""What is known of a paper as people cite it, and what the parts of taking it apart share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Self

from kg.sources._text.byline import People, people
from kg.sources._text.fields import Span, squeezed

YEAR: Final = re.compile(r"(?<![\w./:–—-])((?:19|20)[0-9]{2})[a-z]?(?![\w/–—-]|\.[0-9])")
VENUE_START: Final = re.compile(
    r"(?:in\s*[:.]?\s+(?=[A-Z0-9])|(?:proc(?:eedings|\b)|proceedings|advances in|international|conference|journal|trans(?:actions|\.)|annals|ieee|acm|arxiv"
    r"|neurips|nips|icml|iclr|cvpr|iccv|eccv|aaai|ijcai|acl|emnlp|naacl|interspeech|icassp|kdd|sigir|www|chi|nature|science|plos|springer|lncs"
    r"|pmlr|biorxiv|medrxiv|corr|figshare|zenodo|pangaea|dryad|workshop|symposium|lecture notes|(?:ph\.?\s?d\.?|(?:master|bachelor)['’]?s?|doctoral|diplom\w*) (?:thesis|dissertation)|(?:diplom|master|bachelor)arbeit|technical report)\b)", re.IGNORECASE,
)  # fmt: skip


ASIDES: Final = (
    r"\((?:[0-9]{1,2}(?:st|nd|rd|th)\.?|rev(?:ised|\.)?|second|third|fourth)\s(?:rev\.\s)?ed(?:ition|n|s)?\.?(?:,\s[^()]{1,30})?\)"
    r"|\[(?:internet|online|preprint|doctoral|ph\.?\s?d|master|unpublished|computer software|data\s?set|conference (?:paper|presentation)|review of)\b[^\[\]]{0,120}\]"
)
"""Edition and kind of a work, as they stand in brackets behind its title: `(2nd ed.)`, `[Doctoral dissertation]`."""

SERIES: Final = r"vol(?:ume|\.)\s[0-9IVX]{1,5}\sof\s(?=[A-Z])"
"""What stands before the series of a book: `volume 3 of Lecture Notes in Rest`."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of an entry as spans of its text.

    Attributes:
        title: The title.
        people: The names of the authors.
        places: Their affiliations, each with the rank of its author.
        date: The date, and its ISO form.
        venue: Where it appeared.
        publisher: Who published it, where that is a book.
        volume: The volume.
        issue: The issue.
        pages: The pages.
        identifiers: Identifiers, each with its form `doi:..` or `arxiv:..`.
        urls: Addresses, each in normal form.
        evidence: How much speaks for its being a paper.
    """

    title: Span | None = None
    people: People | None = None
    places: tuple[tuple[int, Span], ...] = ()
    date: tuple[Span, str] | None = None
    venue: Span | None = None
    publisher: Span | None = None
    volume: Span | None = None
    issue: Span | None = None
    pages: Span | None = None
    identifiers: tuple[tuple[Span, str], ...] = ()
    urls: tuple[tuple[Span, str], ...] = ()
    evidence: int = 0

    def at(self, places: Sequence[int]) -> Self:
        """Return the citation with its parts where they stand in another text: each character's place in it, and that behind the last."""

        def moved(part: Span) -> Span:
            return (places[part[0]], places[part[1] - 1] + 1) if part[0] < part[1] else (places[part[0]], places[part[0]])

        def perhaps(part: Span | None) -> Span | None:
            return moved(part) if part is not None else None

        named = self.people
        people_ = named and named._replace(names=tuple(map(moved, named.names)), et_al=perhaps(named.et_al), end=moved((named.end - 1, named.end))[1])
        return replace(
            self,
            title=perhaps(self.title), people=people_, places=tuple((rank, moved(place)) for rank, place in self.places),
            date=(moved(self.date[0]), self.date[1]) if self.date else None, venue=perhaps(self.venue), publisher=perhaps(self.publisher),
            volume=perhaps(self.volume), issue=perhaps(self.issue), pages=perhaps(self.pages),
            identifiers=tuple((moved(part), value) for part, value in self.identifiers), urls=tuple((moved(part), value) for part, value in self.urls),
        )  # fmt: skip


@dataclass(slots=True)
class Work:
    """What is known of an entry while it is taken apart: its text, where it ends, its italics, and what no part may run over."""

    text: str
    end: int
    hard: bool = False
    italics: tuple[Span, ...] = ()
    masks: list[Span] = field(default_factory=list)

    @property
    def slanted(self) -> tuple[int, ...]:
        """Where italics begin."""
        return tuple(first for first, _ in self.italics)

    def stop(self, start: int) -> int:
        """Return where the next thing begins that is no running text: an address, an identifier, a button."""
        return min((first for first, last in self.masks if last > start), default=self.end)

    def people(self, start: int, end: int) -> People | None:
        """Return the names that stand at a place."""
        return people(self.text, start, end, hard=self.hard)

    def masked(self, place: int) -> bool:
        """Tell whether an offset is inside such a thing."""
        return any(first <= place < last for first, last in self.masks)


def tidy(text: str, start: int, end: int) -> Span:
    """Return a span without the punctuation and stress marks around a title."""
    start, end = squeezed(text, start, end)
    while end > start and text[end - 1] in ".,;:*_ \n-–—|(" and not text.endswith("...", start, end):
        end -= 1
    while start < end and text[start] in "*_ ,;:.\n":
        start += 1
    return squeezed(text, start, end)


def skip(text: str, start: int, end: int, what: str) -> int:
    while start < end and (text[start] in what or text[start].isspace()):
        start += 1
    return start
