"""The client: the only place that talks to a service. It is polite, patient, and tells nobody the key.

Politeness is what the services ask for: one connection, a pause between requests (RFC 9110 `Retry-After` where they want
more), a user agent with an address. The key goes to the service alone: into no message, log, file or other host.
"""

import json
import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode, urljoin, urlsplit

from kg import __version__
from kg.errors import UsageError
from kg.fetch._answers import at
from kg.fetch._cache import Stamp
from kg.fetch._service import FaultyAnswer, FetchError, Page, Refused, Request, Service
from kg.text import printable, squeeze

if TYPE_CHECKING:
    import httpx

RETRIES: Final = 6
"""How often a request is tried again."""

_UNREACHED: Final = 2
"""How often, as long as there was never a connection: then this machine is likelier offline than the service is."""

_WORTH_RETRYING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS: Final = 5
_LARGEST: Final = 64 << 20
"""No answer is larger, unpacked: ten times the largest that the services' page sizes give."""

_LARGEST_MESSAGE: Final = 64 << 10
_LONGEST_MESSAGE: Final = 300
_LONGEST_STEP: Final = 60.0
_MAIL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PLAIN: Final = re.compile(r"[\x21-\x7e]+")
RESUME: Final = "run the same command again to go on from here"


@dataclass(frozen=True, slots=True)
class Clock:
    """The time, and how to let it pass.

    Attributes:
        now: Gives the seconds since 1970.
        sleep: Waits so many seconds.
    """

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited for a service, in seconds.

    Attributes:
        connect: For a connection.
        silence: For the next bytes of an answer.
        answer: For a whole answer.
        pause: The longest pause a service may ask for with `Retry-After`.
    """

    connect: float = 30.0
    silence: float = 60.0
    answer: float = 600.0
    pause: float = 600.0


def checked_base(base: str) -> str:
    """Return the address of a server without the last slash.

    >>> checked_base("https://mirror.example.org/api/")
    'https://mirror.example.org/api'

    Raises:
        UsageError: If it is none, not encrypted though on another machine, or has more in it than host and path.
    """
    try:
        parts = urlsplit(base)
        valid = bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if not valid or parts.query or parts.fragment or "@" in parts.netloc or not _PLAIN.fullmatch(base):
        raise UsageError(f"{base!r} is no address of a server; give one such as https://api.example.org")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise UsageError(f"{base}: only https, or http on this machine")
    return base.rstrip("/")


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("127.0.0.1.example.org")
    (True, True, False)
    """
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def agent(contact: str) -> str:
    """Return how the client names itself.

    Raises:
        UsageError: If the contact is no address of electronic mail.
    """
    if contact and not _MAIL.fullmatch(contact):
        raise UsageError(f"{contact!r} is no e-mail address; --contact (or KG_CONTACT) is where the service can reach you")
    return f"kg/{__version__} (mailto:{contact})" if contact else f"kg/{__version__}"


class Client:
    """Asks one service, one request after the other.

    Args:
        service: The service.
        base: The address of its server.
        contact: Where the service can reach the person.
        environ: The environment, which may hold a key.
        stamp: Where it is noted when the service was last asked; None for nowhere.
        clock: The time.
        patience: How long to wait.
        say: Tells a person what goes on.

    Raises:
        UsageError: If httpx is not installed, or the contact or the key is none.
    """

    def __init__(
        self, service: Service, base: str, contact: str, environ: Mapping[str, str], stamp: Stamp | None, clock: Clock,
        patience: Patience, say: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._service, self._base, self._stamp = service, base, stamp
        self._clock, self._patience, self._say = clock, patience, say
        self._key = self._key_from(environ)
        self._headers = {"User-Agent": agent(contact), "Accept-Encoding": "gzip", "Accept": "*/*"}
        if service.KEY and service.KEY.header and self._key:
            self._headers[service.KEY.header] = service.KEY.prefix + self._key
        self._last = 0.0
        self._reached = False
        self._http = self._opened()

    def _key_from(self, environ: Mapping[str, str]) -> str:
        """Return the person's key; empty without one, and for a server that is not the service's own."""
        key = self._service.KEY
        found = environ.get(key.variable, "").strip() if key else ""
        if found and not _PLAIN.fullmatch(found):
            raise UsageError(f"{key.variable if key else ''} holds characters that no key has; set it again, without quotes")
        host = urlsplit(self._base).hostname or ""
        if found and host != urlsplit(self._service.BASE).hostname and not is_loopback(host):
            self._say(f"the key in {key.variable if key else ''} is not sent: {host} is not the server of {self._service.TITLE}")
            return ""
        return found

    def _opened(self) -> "httpx.Client":
        try:
            import httpx  # noqa: PLC0415 - an extra, and slow to load
        except ImportError as error:
            raise UsageError("fetching needs httpx; install it with: pip install 'kg[fetch]'") from error
        here = urlsplit(self._base)
        return httpx.Client(
            # No proxy stands before this machine; and where nothing is encrypted, no certificates need be loaded.
            headers=self._headers, trust_env=not is_loopback(here.hostname or ""), verify=here.scheme == "https",
            timeout=httpx.Timeout(self._patience.silence, connect=self._patience.connect), limits=httpx.Limits(max_connections=1),
        )  # fmt: skip

    def close(self) -> None:
        """End the connection."""
        self._http.close()

    def address(self, request: Request) -> str:
        """Return the address of a request, without the key."""
        query = urlencode(request.params, quote_via=quote)
        return f"{self._base}{request.path}{'?' if query else ''}{query}"

    def ask(self, request: Request, read: Callable[[bytes], Page]) -> tuple[bytes, Page]:
        """Return the answer to a request, and what it tells; try again where that may help.

        Args:
            request: What to ask.
            read: Tells what an answer tells, or that it is faulty.

        Raises:
            Refused: If the service refuses the request.
            FetchError: If the service cannot be reached, keeps failing, or wants to be asked much later.
        """
        wait, tried = 0.0, 0
        while True:
            self._pause(wait)
            try:
                answer = self._answer(request)
                return answer, read(answer)
            except FaultyAnswer as fault:
                self._last = self._clock.now()
                if not self._reached and tried == _UNREACHED:
                    told = f"{self._service.TITLE} cannot be reached ({fault}); is this machine online? When it is, {RESUME}"
                    raise FetchError(told) from fault
                if tried == RETRIES:
                    raise FetchError(f"{self._service.TITLE} keeps failing ({fault}); {RESUME}{self._hint()}") from fault
                wait = self._wait(fault, tried)
                tried += 1
                most = RETRIES if self._reached else _UNREACHED
                self._say(f"{self._service.TITLE}: {fault}; trying again in {_told(wait)} ({tried} of {most})")

    def _wait(self, fault: FaultyAnswer, tried: int) -> float:
        """Return how long to wait after a fault: as the service says, or twice as long each time."""
        step = min(max(self._service.PAUSE, 1.0) * 2.0**tried, _LONGEST_STEP)
        if fault.wait is None:
            return step
        if fault.wait > self._patience.pause:
            then = datetime.fromtimestamp(self._clock.now() + fault.wait, UTC).astimezone()
            raise FetchError(
                f"{self._service.TITLE} asks to come back in {_told(fault.wait)}, at {then:%H:%M on %d %B}; "
                f"then {RESUME}{self._hint()}"
            ) from fault
        return max(fault.wait, step)

    def _hint(self) -> str:
        """Say what may help with a service that is short of time."""
        key = self._service.KEY
        return f"; with a key in {key.variable} it allows more" if key and not self._key else ""

    def _pause(self, wait: float) -> None:
        """Let the service rest: since this run asked it last, and since any other did."""
        now = self._clock.now()
        last = max(self._last, self._stamp.read() if self._stamp else 0.0)
        # A clock that was set back must not make anybody wait for long.
        rest = max(wait, min(self._service.PAUSE, last + self._service.PAUSE - now))
        if rest > 0:
            self._clock.sleep(rest)
        if self._stamp:
            self._stamp.write(self._clock.now())

    def _answer(self, request: Request) -> bytes:
        """Return the body of the answer to a request.

        Raises:
            FaultyAnswer: If there is no whole one.
            Refused: If the service refuses.
        """
        import httpx  # noqa: PLC0415 - it is there, or the client would not be

        try:
            with self._sent(request) as response:
                self._last, self._reached = self._clock.now(), True
                return self._read(request, response)
        except httpx.TimeoutException as error:
            self._reached |= not isinstance(error, httpx.ConnectTimeout)
            raise FaultyAnswer("no answer in time") from error
        except (httpx.RequestError, httpx.StreamError) as error:
            self._reached |= not isinstance(error, httpx.ConnectError)
            raise FaultyAnswer(f"the connection failed: {self._harmless(str(error)) or type(error).__name__}") from error

    @contextmanager
    def _sent(self, request: Request) -> Iterator["httpx.Response"]:
        """Send a request, follow redirects within the server, and give the answer that comes at last."""
        key = self._service.KEY
        address = self.address(request)
        if key and key.parameter and self._key:
            address += f"{'&' if request.params else '?'}{key.parameter}={quote(self._key, safe='')}"
        headers = {"Content-Type": "application/json"} if request.body is not None else {}
        method, content = ("GET", None) if request.body is None else ("POST", request.body.encode())
        for _ in range(_MOST_REDIRECTS + 1):
            with _unlogged(), self._http.stream(method, address, content=content, headers=headers) as response:
                if response.status_code not in _REDIRECTS or "location" not in response.headers:
                    yield response
                    return
                address = self._redirected(address, response.headers["location"])
                if method == "POST" and response.status_code not in {307, 308}:
                    raise Refused(f"{self._service.TITLE} moved what was to be posted; is there a newer kg?", response.status_code)
        raise FaultyAnswer("it redirects in a circle")

    def _redirected(self, address: str, location: str) -> str:
        """Return where a redirect leads, if it is on the same server and as safe.

        Raises:
            Refused: If it is not.
        """
        here, target = urlsplit(address), urljoin(address, location)
        try:
            there = urlsplit(target)
            same = (there.hostname, there.port or _PORTS.get(there.scheme)) == (here.hostname, here.port or _PORTS.get(here.scheme))
        except ValueError:
            same = False
        if not same or there.scheme != here.scheme or "@" in there.netloc:
            where = self._harmless(location.partition("?")[0])[:100]
            raise Refused(f"{self._service.TITLE} redirects to another server ({where}), which is not followed", 421)
        return target

    def _read(self, request: Request, response: "httpx.Response") -> bytes:
        """Return the body of an answer, or say why it is none."""
        status = response.status_code
        if status == 200:
            if body := self._body(response, _LARGEST):
                return body
            raise FaultyAnswer("an empty answer")  # for `page` it would stand for what the service does not have
        try:
            body = self._body(response, _LARGEST_MESSAGE, whole=False)
        except FaultyAnswer:
            body = b""
        if any(status == known and mark.encode() in body for known, mark in request.absent):
            return b""
        message = self._message(body)
        told = f"{status} {response.reason_phrase}".strip() + (f": {message}" if message else "")
        if status in _WORTH_RETRYING or status < 300:
            raise FaultyAnswer(told, _retry_after(response.headers.get("retry-after", ""), self._clock.now()))
        key = self._service.KEY
        if status in {401, 403} and key:
            told += f"; is the key in {key.variable} right?" if self._key else f"; it may want a key in {key.variable}"
        raise Refused(f"{self._service.TITLE} refuses: {told}", status)

    def _body(self, response: "httpx.Response", most: int, *, whole: bool = True) -> bytes:
        """Return a body, of which at most so much is taken in; a longer one is a fault, unless its start will do."""
        found = bytearray()
        start = self._clock.now()
        for piece in response.iter_bytes():
            found += piece
            if len(found) > most:
                if whole:
                    raise FaultyAnswer(f"an answer of more than {most >> 20} MB")
                break
            if self._clock.now() - start > self._patience.answer:
                raise FaultyAnswer("no whole answer in time")
        return bytes(found[:most])

    def _message(self, body: bytes) -> str:
        """Return what the service itself says about an error, short and harmless."""
        try:
            data: Any = json.loads(body)
        except (ValueError, RecursionError):
            text = body.decode("utf-8", "replace")
            return "" if "<" in text[:100] else self._harmless(text)
        listed = at(data, "message")
        if isinstance(listed, list) and listed:  # Crossref's
            data = listed[0]
        texts = [at(data, name) for name in ("error", "message", "detail", "reason")]
        return self._harmless(". ".join(text for text in texts if isinstance(text, str) and text))

    def _harmless(self, text: str) -> str:
        """Return a text without the key and without control characters, and not too long."""
        if self._key:
            text = text.replace(self._key, "...").replace(quote(self._key, safe=""), "...")
        text = printable(squeeze(text))
        return text if len(text) <= _LONGEST_MESSAGE else text[: _LONGEST_MESSAGE - 1] + "…"


_PORTS: Final = {"http": 80, "https": 443}


@contextmanager
def _unlogged() -> Iterator[None]:
    """Keep httpx from logging addresses, which may hold a key."""
    logger = logging.getLogger("httpx")
    logger.addFilter(_nothing)
    try:
        yield
    finally:
        logger.removeFilter(_nothing)


def _nothing(record: logging.LogRecord) -> bool:  # noqa: ARG001 - logging passes it
    return False


def _retry_after(text: str, now: float) -> float | None:
    """Return how many seconds a service asks to wait: a number of them, or a date (RFC 9110, section 10.2.3).

    >>> _retry_after("120", 0), _retry_after("Thu, 01 Jan 1970 00:01:00 GMT", 20), _retry_after("soon", 0)
    (120.0, 40.0, None)
    """
    if text.strip().isascii() and text.strip().isdigit():
        return float(text.strip()[:9])
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max((then if then.tzinfo else then.replace(tzinfo=UTC)).timestamp() - now, 0.0)


def _told(seconds: float) -> str:
    """Return a stretch of time as people say it.

    >>> _told(4.0), _told(300), _told(7300)
    ('4 s', '5 min', '2 h')
    """
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.0f} h"
