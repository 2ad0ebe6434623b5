"""A server that speaks the protocol of OpenAI's chat completions: one question, one answer, patience, nothing else.

The key goes to the server alone and into no message. An answer is data: it is read up to a size, and never followed.
"""

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import Any, Final, Self
from urllib.parse import parse_qs, urlsplit, urlunsplit

from kg import __version__
from kg.errors import KgError, UsageError
from kg.extract.backends._folder import library
from kg.text import printable, squeeze

KEY: Final = "KG_LLM_API_KEY"
OPENAI_KEY: Final = "OPENAI_API_KEY"
MODEL: Final = "KG_LLM_MODEL"

_OPENAI: Final = "api.openai.com"
_WORTH_RETRYING: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_LARGEST: Final = 1 << 20
_LONGEST_MESSAGE: Final = 300


class UnusableError(Exception):
    """An answer that cannot be read; the server itself is all right."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited, in seconds, and how often a question is put again.

    Attributes:
        connect: For a connection.
        silence: For the next bytes of an answer.
        answer: For a whole answer.
        step: Before the first repetition; twice as long each time.
        pause: The longest pause that the server may ask for with `Retry-After` (RFC 9110).
        repetitions: How often a question is put again.
    """

    connect: float = 10.0
    silence: float = 120.0
    answer: float = 300.0
    step: float = 1.0
    pause: float = 120.0
    repetitions: int = 4


@dataclass(frozen=True, slots=True)
class Server:
    """Where to ask, whom, and with what key (empty for none)."""

    url: str
    model: str
    key: str

    @property
    def host(self) -> str:
        """The name of the machine."""
        return urlsplit(self.url).hostname or ""


def server(place: str, environ: Mapping[str, str]) -> Server:
    """Return what an address and the environment say of a server.

    >>> server("http://localhost:8000?model=small", {})
    Server(url='http://localhost:8000/v1/chat/completions', model='small', key='')

    Args:
        place: Its address, up to `/v1` or the whole, and `?model=NAME`.
        environ: May hold the name of the model and a key. `OPENAI_API_KEY` is for OpenAI's own server and this machine only.

    Raises:
        UsageError: If it is no address, no model is named, or a key would travel in the clear.
    """
    try:
        parts = urlsplit(place)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        valid = False
    if not valid:
        raise UsageError(f"openai:{place}: no address of a server; give one such as openai:http://localhost:8000/v1?model=NAME")
    model = next(iter(parse_qs(parts.query).get("model", [])), "") or environ.get(MODEL, "").strip()
    if not model:
        raise UsageError(f"openai:{place}: which model? Add ?model=NAME to the address, or set {MODEL}")
    here = _is_loopback(parts.hostname or "")
    own = environ.get(OPENAI_KEY, "").strip() if here or parts.hostname == _OPENAI else ""
    key = environ.get(KEY, "").strip() or own
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise UsageError(f"{KEY} or {OPENAI_KEY} holds characters that no key has; set it again, without quotes")
    if key and parts.scheme == "http" and not here:
        raise UsageError(f"openai:{place}: the key in {KEY} would travel unencrypted; use https, or unset it")
    path = parts.path.rstrip("/")
    if not path.endswith("/chat/completions"):
        path = f"{path or '/v1'}/chat/completions"
    return Server(urlunsplit((parts.scheme, parts.netloc, path, "", "")), model, key)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class Chat:
    """Puts questions to a server; several threads may. Use it as a context manager, again and again: it holds connections.

    Args:
        where: The server.
        patience: How long to wait.

    Raises:
        UsageError: If httpx is not installed.
    """

    def __init__(self, where: Server, patience: Patience) -> None:
        self._httpx = library("httpx", "llm")
        self._where, self._patience = where, patience
        self._http: Any = None
        self._options: dict[str, Any] = {"temperature": 0, "response_format": {"type": "json_object"}}
        self._resume, self._reached, self._lock = 0.0, False, threading.Lock()

    def __enter__(self) -> Self:
        where, patience = self._where, self._patience
        headers = {"User-Agent": f"kg/{__version__}", "Accept": "application/json"}
        if where.key:
            headers["Authorization"] = f"Bearer {where.key}"
        self._http = self._httpx.Client(
            # No proxy stands before this machine; and where nothing is encrypted, no certificates need be loaded.
            headers=headers, trust_env=not _is_loopback(where.host), verify=where.url.startswith("https"), follow_redirects=False,
            timeout=self._httpx.Timeout(patience.silence, connect=patience.connect),
        )  # fmt: skip
        return self

    def __exit__(self, *_: object) -> None:
        """End the connections."""
        self._http.close()

    def ask(self, system: str, user: str) -> str:
        """Return what the model answers.

        Args:
            system: What it is to do.
            user: What it is to do it with.

        Raises:
            UnusableError: If the answer is too large or not in the protocol.
            UsageError: If the server cannot be reached, or refuses.
            KgError: If it keeps failing, or asks for a long pause.
        """
        messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        repeated = 0
        while True:
            self._rest()
            with self._lock:
                options = dict(self._options)
            status, body, after = self._sent({"model": self._where.model, "messages": messages, **options})
            if status == 200:
                return _content(body)
            told = f"{status or 'no answer'}{f': {message}' if (message := self._message(body)) else ''}"
            if status == 400 and (unknown := next((name for name in options if name.encode() in body), None)):
                with self._lock:  # a model or server that does not know this option
                    self._options.pop(unknown, None)
            elif status and status not in _WORTH_RETRYING:
                hint = f"; is the key in {KEY} right?" if status in {401, 403} else ""
                raise UsageError(f"{self._where.host} refuses: {told}{hint}")
            elif repeated == self._patience.repetitions:
                raise KgError(f"{self._where.host} keeps failing ({told}); try again later")
            else:
                self._wait(after, repeated)
                repeated += 1

    def _sent(self, question: dict[str, Any]) -> tuple[int, bytes, str]:
        """Send a question; return status, body and `Retry-After`. Status 0 is told with the reason as body."""
        try:
            with self._http.stream("POST", self._where.url, json=question) as response:
                self._reached = True
                return response.status_code, self._body(response), response.headers.get("retry-after", "")
        except self._httpx.TimeoutException:
            return 0, b"no answer in time", ""
        except (self._httpx.RequestError, self._httpx.StreamError) as error:
            if not self._reached:
                raise UsageError(f"{self._where.host}: cannot be reached: {self._harmless(str(error))}; is the server up?") from error
            return 0, (str(error) or type(error).__name__).encode(), ""

    def _body(self, response: Any) -> bytes:
        """Return the body of an answer, as far as it may be long."""
        found, began = bytearray(), time.monotonic()
        for piece in response.iter_bytes():
            found += piece
            if len(found) > _LARGEST:
                raise UnusableError(f"an answer of more than {_LARGEST >> 20} MB")
            if time.monotonic() - began > self._patience.answer:
                raise self._httpx.ReadTimeout("no whole answer in time")
        return bytes(found)

    def _rest(self) -> None:
        """Wait as long as the server has asked all of us to."""
        with self._lock:
            left = self._resume - time.monotonic()
        if left > 0:
            time.sleep(left)

    def _wait(self, after: str, repeated: int) -> None:
        """Take note of how long to wait: as the server says, else twice as long each time.

        Raises:
            KgError: If it asks for more than anybody would wait.
        """
        wait = _seconds(after)
        if wait is not None and wait > self._patience.pause:
            raise KgError(f"{self._where.host} asks to come back in {wait:,.0f} s; run the command again then")
        with self._lock:
            self._resume = max(self._resume, time.monotonic() + (self._patience.step * 2.0**repeated if wait is None else wait))

    def _message(self, body: bytes) -> str:
        """Return what the server says about an error, short and harmless."""
        text = body.decode("utf-8", "replace")
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            return "" if "<" in text[:100] else self._harmless(text)
        error = data.get("error", data) if isinstance(data, dict) else data
        message = error.get("message") if isinstance(error, dict) else error
        return self._harmless(message) if isinstance(message, str) else ""

    def _harmless(self, text: str) -> str:
        """Return a text for a terminal, without the key."""
        known = text.replace(self._where.key, "(key)") if self._where.key else text
        return printable(squeeze(known[:4000]))[:_LONGEST_MESSAGE]


def _content(body: bytes) -> str:
    """Return the text of the first choice of an answer.

    Raises:
        UnusableError: If there is none.
    """
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, KeyError, IndexError, TypeError) as error:
        raise UnusableError("not an answer of the protocol") from error
    if not isinstance(content, str):
        raise UnusableError("an answer without text")
    return content


def _seconds(after: str) -> float | None:
    """Return the seconds that `Retry-After` asks for: a number, or a date.

    >>> _seconds("3"), _seconds("soon")
    (3.0, None)
    """
    try:
        return max(0.0, float(after))
    except ValueError:
        pass
    try:
        then = parsedate_to_datetime(after)
    except ValueError:
        return None
    return max(0.0, (then.replace(tzinfo=then.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
