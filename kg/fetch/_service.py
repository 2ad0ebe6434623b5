"""What a service is, what it can be asked, and what its answers tell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, Protocol, cast
from urllib.parse import quote

from kg.errors import KgError, UsageError
from kg.ids import identifier
from kg.plugins import discover


class FetchError(KgError):
    """A service cannot be reached, refuses what was asked, or keeps failing; what came before is kept."""


class Refused(FetchError):  # noqa: N818 - it says what the service does
    """A service refuses a request, and would refuse it again.

    Attributes:
        status: The HTTP status of its answer.
    """

    def __init__(self, what: str, status: int) -> None:
        super().__init__(what)
        self.status = status


class FaultyAnswer(Exception):  # noqa: N818 - it is caught and tried again, nobody sees it
    """An answer that is none, or not what the service documents: it is worth asking again.

    Attributes:
        wait: How many seconds the service asked to wait; None if it did not say.
    """

    def __init__(self, what: str, wait: float | None = None) -> None:
        super().__init__(what)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Ask:
    """What a person asks of a service: a search, or the papers of a list of identifiers.

    Attributes:
        query: Words, or what the service takes for a query.
        author: A name, or an identifier of a person that the service knows.
        ids: Identifiers of papers as `scheme:id`, each once; nothing else is asked beside them.
        since: The first year of publication; None for all.
        until: The last year of publication; None for all.
        limit: Stop when so many papers have come; None for all.
    """

    query: str = ""
    author: str = ""
    ids: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One request to a service.

    Attributes:
        path: The path below the service's address, with its characters escaped.
        params: The parameters of the query string, in order.
        body: JSON to be posted; None for a request that gets.
        absent: Statuses that mean that the service does not have what was asked, each with what must then stand in
            the answer. `page` gets an empty answer for it, and never else.
    """

    path: str
    params: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    absent: tuple[tuple[int, str], ...] = ()


NOT_FOUND: Final = ((404, ""),)
"""For requests of one thing only."""


@dataclass(frozen=True, slots=True)
class Page:
    """What an answer tells.

    Attributes:
        count: How many papers it holds.
        cursor: Where the list goes on; None at its end.
        total: How many papers there are in all, if the service says so.
    """

    count: int
    cursor: str | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """Where a person's key for a service comes from, and how it is sent.

    Attributes:
        variable: The environment variable that holds it.
        header: The header that carries it; empty if none does.
        parameter: The parameter of the query string that carries it; empty if none does.
        prefix: What stands before it in the header.
    """

    variable: str
    header: str = ""
    parameter: str = ""
    prefix: str = ""


class Service(Protocol):
    """A module `kg/fetch/<name>.py`.

    Attributes:
        TITLE: What people call it.
        BASE: Its address.
        PAUSE: Seconds from one request to the next that it asks for.
        SUFFIX: The suffix of files in its format.
        SCHEMES: The schemes of `kg.ids` of which it takes papers' identifiers.
        KEY: The key it may be asked with; None if it has none.
        CURSOR_LIFE: Seconds after which it forgets a cursor, infinite if it does not say; None if it never does.
    """

    TITLE: str
    BASE: str
    PAUSE: float
    SUFFIX: str
    SCHEMES: tuple[str, ...]
    KEY: Key | None
    CURSOR_LIFE: float | None

    def request(self, ask: Ask, cursor: str | None) -> Request:
        """Return the request for the page at a cursor; None is the first.

        Raises:
            UsageError: If the service cannot be asked this.
        """
        ...  # pragma: no cover

    def page(self, ask: Ask, cursor: str | None, answer: bytes) -> Page:
        """Return what the answer to `request(ask, cursor)` tells.

        Raises:
            FaultyAnswer: If it is not what the service documents.
            FetchError: If it says that the service refuses.
            UsageError: If the person has to choose something.
        """
        ...  # pragma: no cover


_OTHER: Final = re.compile(r"openalex:[^W]|dblp:(?!(?:conf|journals|books|phd|series|reference|tr|data)/)")
"""Identifiers of what is no paper, of the schemes that identify other things too."""


def services() -> dict[str, Service]:
    """Return the services by name."""
    return cast("dict[str, Service]", discover("kg.fetch", "request", "page"))


def find(name: str) -> Service:
    """Return a service.

    Raises:
        UsageError: If there is none of that name.
    """
    known = services()
    if name not in known:
        raise UsageError(f"there is no service {name!r}; the services: {', '.join(known)}")
    return known[name]


def known_id(text: str, service: Service) -> str:
    """Return a paper's identifier as `scheme:id`, if the service takes it.

    Raises:
        UsageError: If it is no identifier, has a wrong check digit, or is of a scheme that the service does not know.
    """
    schemes = service.SCHEMES
    plain = identifier(text)
    found = [plain] if plain and plain.partition(":")[0] in schemes else [identifier(text, scheme) for scheme in schemes]
    known = next((each for each in found if each and each.partition(":")[0] in schemes and not _OTHER.match(each)), None)
    if known is None:
        raise UsageError(f"{text!r} is no identifier of a paper that {service.TITLE} knows; it takes: {', '.join(schemes)}")
    return known


def bare(known: str) -> str:
    """Return an identifier without its scheme.

    >>> bare("doi:10.1000/a:b")
    '10.1000/a:b'
    """
    return known.partition(":")[2]


def page_size(limit: int | None, most: int) -> int:
    """Return how many papers to ask for at once, so that pages of one size come close to the limit.

    >>> page_size(None, 100), page_size(30, 100), page_size(250, 100)
    (100, 30, 84)
    """
    return most if limit is None else ceil(limit / ceil(limit / most))


_LONGEST: Final = 3000
"""Characters of a batch in an address, which may have twice as many."""


def batches(texts: Sequence[str], most: int) -> list[tuple[str, ...]]:
    """Return texts in batches of at most so many, each so short that it fits into an address.

    >>> batches(["a", "b", "c"], 2)
    [('a', 'b'), ('c',)]
    """
    found: list[list[str]] = []
    room = 0
    for text in texts:
        length = len(quote(text, safe="")) + 12  # what separates and names it
        if not found or len(found[-1]) == most or length > room:
            found.append([])
            room = _LONGEST
        found[-1].append(text)
        room -= length
    return [tuple(batch) for batch in found]


def batch_number(cursor: str | None) -> int:
    """Return which batch of identifiers a cursor means."""
    return int(cursor) if cursor else 0


def after(number: int, parts: Sequence[object]) -> str | None:
    """Return the cursor of the part behind this one; None behind the last."""
    return str(number + 1) if number + 1 < len(parts) else None


def natural(name: str) -> str:
    """Return a person's name in natural order and without quotation marks, as services search it.

    >>> natural('Doe, Jane'), natural('Jane "JD" Doe')
    ('Jane Doe', 'Jane JD Doe')
    """
    last, _, first = name.replace('"', " ").partition(",")
    return " ".join(f"{first} {last}".split())
