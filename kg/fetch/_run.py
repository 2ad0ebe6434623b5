"""One fetch, from the first page to the last: the cache is looked into, the service asked, the page written."""

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from kg.fetch._cache import DAY, Cache, Stamp, name_of
from kg.fetch._client import Client, Clock, Patience, checked_base
from kg.fetch._folder import Asked, Folder, State
from kg.fetch._service import Ask, FaultyAnswer, FetchError, Page, Refused, Service, find

_LONG: Final = 600.0
"""From so many seconds on a person wants to know beforehand."""

_KEYS: Final = frozenset({401, 403})


@dataclass(frozen=True, slots=True)
class Options:
    """How to fetch.

    Attributes:
        base_url: The address of another server than the service's own; empty for that.
        contact: An address of electronic mail at which the service can reach the person.
        cache: The folder that keeps answers; None to keep none.
        max_age: How old a kept answer may be, in seconds.
        refresh: Whether to ask again for what is there already.
        environ: The environment, which may hold a key.
        clock: The time.
        patience: How long to wait for the service.
    """

    base_url: str = ""
    contact: str = ""
    cache: Path | None = None
    max_age: float = 7 * DAY
    refresh: bool = False
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    clock: Clock = field(default_factory=Clock)
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a fetch gave.

    Attributes:
        records: How many papers.
        pages: In how many files.
        total: How many there are in all, if the service said so.
        was_there: Whether all was there before.
    """

    records: int
    pages: int
    total: int | None
    was_there: bool


@dataclass(frozen=True, slots=True)
class _Got:
    """A page, the name under which the cache keeps it, when it came, and whether it came from there."""

    name: str
    answer: bytes
    page: Page
    when: float
    kept: bool


class _Forgotten(Exception):  # noqa: N818 - it is caught, nobody sees it
    """The service does not know a cursor any more that was kept on disk."""


def fetch(name: str, ask: Ask, out: Path, options: Options | None = None, say: Callable[[str], None] = lambda _: None) -> Outcome:
    """Write what a service answers to files in a folder, going on where an earlier run has stopped.

    Args:
        name: The service.
        ask: What to ask.
        out: The folder.
        options: How to fetch.
        say: Tells a person what goes on.

    Raises:
        UsageError: If the service cannot be asked this, the folder is for something else, or a choice is needed.
        FetchError: If the service fails or refuses; what came before is kept, and gone on with by the next run.
    """
    options = options or Options()
    service = find(name)
    service.request(ask, None)  # refuses what it cannot be asked
    base = checked_base(options.base_url or service.BASE)
    folder = Folder(out, name, service.SUFFIX)
    state = folder.state(Asked(name, base, ask), options.clock.now(), anew=options.refresh)
    if state.finished:
        return Outcome(state.records, state.pages, state.total, was_there=True)
    if state.pages:
        say(f"going on behind {state.records:,} papers")
    cache = Cache(options.cache / "fetch" / name, options.max_age) if options.cache else None
    stamp = Stamp(options.cache / "fetch" / f"asked-{urlsplit(base).hostname}".replace(":", "_")) if options.cache else None
    client = Client(service, base, options.contact, options.environ, stamp, options.clock, options.patience, say)
    try:
        if cache:
            cache.prune(options.clock.now())
        state = _all(_Run(service, client, cache, folder, options.clock, say), state, ask)
    finally:
        client.close()
    return Outcome(state.records, state.pages, state.total, was_there=False)


@dataclass(frozen=True, slots=True)
class _Run:
    """What one fetch works with."""

    service: Service
    client: Client
    cache: Cache | None
    folder: Folder
    clock: Clock
    say: Callable[[str], None]


def _all(run: _Run, state: State, ask: Ask) -> State:
    """Fetch page after page, and return the state at the end."""
    known = state.cursor is not None  # the cursor comes from the disk
    seen = {state.cursor}
    last = ""
    while not state.finished:
        try:
            got = _get(run, state, ask, known=known)
        except _Forgotten:
            run.say(f"{run.service.TITLE} does not know any more where its list was left; beginning from the start")
            state, known, seen, last = State(state.asked, newer=run.clock.now()), False, {None}, ""
            continue
        digest = hashlib.sha256(got.answer).hexdigest()
        if (got.page.cursor is not None and got.page.cursor in seen) or (got.page.count and digest == last):
            raise FetchError(f"{run.service.TITLE} gives the same page again and again; begin again with --refresh")
        known, last = got.kept, digest
        seen.add(got.page.cursor)
        state = _taken(run, state, ask, got)
    return state


def _get(run: _Run, state: State, ask: Ask, *, known: bool) -> _Got:
    """Return the next page, from the cache or from the service.

    Raises:
        _Forgotten: If the cursor comes from the disk, and the service does not know it any more.
    """
    request = run.service.request(ask, state.cursor)

    def read(answer: bytes) -> Page:
        return run.service.page(ask, state.cursor, answer)

    # Crossref's cursor may be the same for each page: what is kept is told apart by our own.
    name = name_of(run.client.address(request), request.body or "", state.cursor or "")
    now = run.clock.now()
    if run.cache and (kept := run.cache.get(name, now)) and kept.when > state.newer:
        try:
            return _Got(name, kept.answer, read(kept.answer), kept.when, kept=True)
        except FaultyAnswer:
            pass  # somebody has damaged the cache
    life = run.service.CURSOR_LIFE if known and state.cursor is not None else None
    if life is not None and now - state.when > life:
        raise _Forgotten
    try:
        answer, page = run.client.ask(request, read)
    except Refused as error:
        if life is not None and error.status not in _KEYS:
            raise _Forgotten from error
        raise
    return _Got(name, answer, page, run.clock.now(), kept=False)


def _taken(run: _Run, state: State, ask: Ask, got: _Got) -> State:
    """Write a page and how far it got, and return that."""
    page = got.page
    if run.cache and page.count and not got.kept:  # that there is nothing may be a fault of the moment
        run.cache.put(got.name, got.answer, got.when)
    if page.count:
        run.folder.write(state.pages + 1, got.answer)
    records = state.records + page.count
    total = state.total if page.total is None else page.total
    finished = page.cursor is None or (ask.limit is not None and records >= ask.limit)
    first = state.total is None and not got.kept
    state = replace(
        state, cursor=page.cursor, pages=state.pages + bool(page.count), records=records, total=total, finished=finished, when=got.when,
    )  # fmt: skip
    run.folder.save(state)
    _tell(run, state, got)
    if first and total and page.count and not finished:
        _foretell(run, min(total, ask.limit or total) - records, page.count)
    return state


def _tell(run: _Run, state: State, got: _Got) -> None:
    """Say what came."""
    if got.page.count:
        of = f" of {state.total:,}" if state.total is not None else ""
        where = " (kept from before)" if got.kept else ""
        run.say(f"page {state.pages}: {state.records:,}{of} papers{where}")


def _foretell(run: _Run, left: int, at_once: int) -> None:
    """Say how long it will take at least, if that is long."""
    requests = -(-left // at_once)
    if requests * run.service.PAUSE > _LONG:
        minutes = requests * run.service.PAUSE / 60
        run.say(f"{requests:,} more requests, {minutes:,.0f} minutes at least; --limit asks for less, and stopping loses nothing")

