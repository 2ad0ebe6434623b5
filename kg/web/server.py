"""A small web server for one reader at this machine: it only answers questions, and only those of its own pages.

In goes a table of routes, path to function; each request ends in one of them. A path that ends in a slash stands for all
paths below it as well. No file is ever looked up by what a request says, so that there is nothing to climb out of.

What keeps others out: requests must name this server as their host, so that no other site can reach it under a name of
its own (DNS rebinding); no other site may read, frame or embed an answer; nothing can be written.
"""

import gzip
import re
import socket
import socketserver
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from functools import cached_property
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Final, NamedTuple
from urllib.parse import unquote

from kg.errors import KgError, UsageError

NOTHING: Final = "default-src 'none'"
"""The content security policy of what is no page."""

_HEADERS: Final = {
    "Cache-Control": "no-cache",  # asks each time, and is told in a line that nothing has changed
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_HOST: Final = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[^\s:/\[\]]+)(?::[0-9]{1,5})?")
_GZIP: Final = re.compile(r"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[^,]*)?(?=,|$)", re.IGNORECASE)
_PATIENCE: Final = 30.0
"""Seconds that a connection may stay silent."""


@dataclass(frozen=True)
class Resource:
    """Something to be served as it stands.

    Attributes:
        content_type: For instance `text/html; charset=utf-8`.
        body: Its bytes.
        encoding: `gzip` if the bytes are compressed so; None if they are not.
        policy: Its content security policy.
    """

    content_type: str
    body: bytes = field(repr=False)
    encoding: str | None = None
    policy: str = NOTHING

    @cached_property
    def tag(self) -> str:
        """What changes with the content."""
        return sha256(self.body).hexdigest()[:32]


class Request(NamedTuple):
    """What is asked for.

    Attributes:
        path: The path, decoded.
        rest: What follows the path of the route, empty if that is all.
        query: What follows the question mark, as it came.
        headers: The headers, by name in any case.
    """

    path: str
    rest: str
    query: str
    headers: Message


class Response(NamedTuple):
    """What is answered."""

    resource: Resource
    status: HTTPStatus = HTTPStatus.OK
    headers: Mapping[str, str] = {}


Route = Callable[[Request], Response]


def plain(status: HTTPStatus, words: str = "") -> Response:
    """Return an answer in words."""
    return Response(Resource("text/plain; charset=utf-8", f"{words or status.phrase}\n".encode(errors="replace")), status)


class Server(ThreadingHTTPServer):
    """A server that listens; `serve_forever` makes it answer.

    Args:
        routes: Path to function.
        host: Name or address of the interface to listen at.
        port: 0 for a free one.
        told: Is given a line when an answer fails.

    Raises:
        UsageError: If it cannot listen there.
    """

    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"  # where it would let two servers listen at one port

    def __init__(self, routes: Mapping[str, Route], host: str, port: int, told: Callable[[str], None]) -> None:
        self.routes = routes
        self.host = host
        self.told = told
        if ":" in host:
            self.address_family = socket.AF_INET6
        try:
            super().__init__((host, port), _Handler)
        except OSError as error:
            raise UsageError(f"cannot listen at {host}, port {port}: {error.strerror or error}; choose another with --port, or a free one with --port 0") from error

    def server_bind(self) -> None:
        """Take the port; the standard library would also ask the network for the name of this machine."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.host, self.server_address[1]

    @property
    def address(self) -> str:
        """Where a browser at this machine finds it."""
        everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - it is named, not used
        host = everywhere.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.server_port}/"

    def answers(self, host: str | None) -> bool:
        """Say whether a request with this Host header is for this server, and not for a name that only leads here."""
        named = _HOST.fullmatch(host or "")
        if named is None:
            return False
        # The port may be another one that leads here, as of a tunnel; what a name of somebody else's may lead to is the danger.
        name = named["name"].lower().strip("[]")
        if local(name) or name == self.host.lower():
            return True
        # A number cannot be made to lead elsewhere; at this machine alone, only its own are asked for.
        return not local(self.host) and _is_number(name)

    def answer(self, request: Request) -> Response:
        """Return the answer of the route."""
        path = request.path
        route = self.routes.get(path)
        if route is None and "/" in path[1:]:
            start = path[: path.index("/", 1) + 1]
            route, request = self.routes.get(start), request._replace(rest=path[len(start) :])
        return plain(HTTPStatus.NOT_FOUND) if route is None else route(request)

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - the base class gives them
        """Say nothing of a reader that has gone; tell anything else."""
        error = sys.exception()
        if not isinstance(error, ConnectionError | TimeoutError):
            self.told(f"an answer failed: {error!r}")


def local(host: str) -> bool:
    """Say whether only this machine reaches an interface.

    >>> local("127.0.0.1"), local("localhost"), local("::1"), local("0.0.0.0"), local("example.org")
    (True, True, True, False, False)
    """
    return host.lower() == "localhost" or (_is_number(host) and ip_address(host).is_loopback)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE
    server: Server

    def do_GET(self) -> None:
        """Answer a question."""
        self._send(self._answer())

    do_HEAD = do_GET  # noqa: N815 - the base class finds methods by these names

    def version_string(self) -> str:
        """Return what the header Server says: no versions."""
        return "kg"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Write no log."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Refuse a request that is none, and end the connection: what follows cannot be trusted."""
        self.close_connection = True
        # The base class says 501 for every method that it finds no function for.
        status = HTTPStatus.METHOD_NOT_ALLOWED if code == HTTPStatus.NOT_IMPLEMENTED else HTTPStatus(code)
        allowed = {"Allow": "GET, HEAD"} if status == HTTPStatus.METHOD_NOT_ALLOWED else {}
        self._send(plain(status)._replace(headers=allowed | {"Connection": "close"}))

    def _answer(self) -> Response:
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not self.server.answers(hosts[0]):
            return plain(HTTPStatus.MISDIRECTED_REQUEST, f"this server answers only to its own address, for instance {self.server.address}")
        if self.headers.get("Transfer-Encoding") or self.headers.get("Content-Length", "0") != "0":
            self.close_connection = True
            return plain(HTTPStatus.BAD_REQUEST, "a question has no body")._replace(headers={"Connection": "close"})
        path, _, query = self.path.partition("?")
        try:
            path = unquote(path, errors="strict")
        except UnicodeDecodeError:
            return plain(HTTPStatus.BAD_REQUEST)
        try:
            return self.server.answer(Request(path, "", query, self.headers))
        except KgError as error:
            self.server.told(str(error))
            return plain(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
        except Exception as error:  # noqa: BLE001 - whatever a route does, the reader is told and the next is answered
            self.server.told(f"an answer failed: {error!r}")
            return plain(HTTPStatus.INTERNAL_SERVER_ERROR)

    def _send(self, response: Response) -> None:
        resource, status = response.resource, response.status
        body, encoding, tag = resource.body, resource.encoding, f'"{resource.tag}"'
        headers = _HEADERS | {"Content-Security-Policy": f"{resource.policy}; frame-ancestors 'none'"} | dict(response.headers)
        if encoding:
            headers["Vary"] = "Accept-Encoding"
            if not _GZIP.search(self.headers.get("Accept-Encoding", "")):
                body, encoding, tag = gzip.decompress(body), None, f'"{resource.tag}-plain"'
        if status == HTTPStatus.OK:
            headers["ETag"] = tag
            if tag in self.headers.get("If-None-Match", ""):
                status = HTTPStatus.NOT_MODIFIED
        if status != HTTPStatus.NOT_MODIFIED:
            headers |= {"Content-Type": resource.content_type, "Content-Length": str(len(body))}
            headers |= {"Content-Encoding": encoding} if encoding else {}
        # The base class takes what it cannot read for HTTP/0.9, and would leave out the status and all headers.
        self.request_version = self.protocol_version
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD" and status != HTTPStatus.NOT_MODIFIED:
            self.wfile.write(body)
