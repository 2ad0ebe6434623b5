"""A real HTTP server on loopback that answers as it is told, counts what it is asked, and can misbehave."""

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True)
class Seen:
    """A request as it came."""

    method: str
    path: str
    params: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """An answer, and how it is to go wrong.

    Attributes:
        body: What is sent.
        status: The status.
        headers: Headers beside the usual ones.
        kind: The content type.
        missing: So many bytes more are announced than are sent.
        announced: Whether the length is told.
        before: Seconds before anything is sent.
        between: Seconds between one byte and the next.
        hang_up: Whether the connection is closed without an answer.
        packed: Whether it is compressed.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "application/json"
    missing: int = 0
    announced: bool = True
    before: float = 0.0
    between: float = 0.0
    hang_up: bool = False
    packed: bool = False


def of_json(data: Any, status: int = 200, **others: Any) -> Answer:
    return Answer(json.dumps(data).encode(), status, **others)


def of_xml(text: str, status: int = 200) -> Answer:
    return Answer(text.encode(), status, kind="application/xml")


@dataclass
class Server:
    """A server that is up.

    Attributes:
        url: Its address.
        answer: Gives the answer to a request.
        seen: All requests, in their order.
        faults: Answers that are given first; None stands for a right one.
    """

    url: str
    answer: Callable[[Seen], Answer]
    seen: list[Seen] = field(default_factory=list)
    faults: list[Answer | None] = field(default_factory=list)

    def reply(self, seen: Seen) -> Answer:
        """Return the next answer."""
        self.seen.append(seen)
        fault = self.faults.pop(0) if self.faults else None
        return fault if fault is not None else self.answer(seen)


@contextmanager
def serving(answer: Callable[[Seen], Answer]) -> Iterator[Server]:
    """Run a server, on a port of its own, for as long as the block lasts."""
    ends = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.serve()

        def do_POST(self) -> None:
            self.serve()

        def serve(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            params = dict(parse_qsl(parts.query, keep_blank_values=True))
            reply = server.reply(Seen(self.command, unquote(parts.path), params, headers, body))
            ends.wait(reply.before)
            self.close_connection = bool(reply.hang_up or reply.missing or not reply.announced)
            if not reply.hang_up:
                try:
                    self.send(reply)
                except OSError:
                    self.close_connection = True  # the client has had enough

        def send(self, reply: Answer) -> None:
            body = gzip.compress(reply.body) if reply.packed else reply.body
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            if reply.packed:
                self.send_header("Content-Encoding", "gzip")
            if reply.announced:
                self.send_header("Content-Length", str(len(body) + reply.missing))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            for piece in [body[i : i + 1] for i in range(len(body))] if reply.between else [body]:
                self.wfile.write(piece)
                if reply.between:
                    self.wfile.flush()
                    time.sleep(reply.between)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in http.server
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        server = Server(f"http://127.0.0.1:{http.server_address[1]}", answer)
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            ends.set()
            http.shutdown()
            thread.join()
