"""The small web server, over real sockets: what it answers, and to whom."""

import gzip
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse
from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BuildError, UsageError
from kg.web.server import Request, Resource, Response, Server, local, plain

PAGE = Resource("text/html; charset=utf-8", gzip.compress(b"<h1>page</h1>" * 99, mtime=0), "gzip", "script-src 'none'")
LONG = Resource("application/octet-stream", bytes(range(256)) * 20_000)


def echo(request: Request) -> Response:
    return plain(HTTPStatus.OK, f"{request.rest}?{request.query}")


def broken(_: Request) -> Response:
    raise ZeroDivisionError


def damaged(_: Request) -> Response:
    raise BuildError("tables: is missing; build the graph again")


ROUTES = {
    "/": lambda _: Response(PAGE), "/long": lambda _: Response(LONG), "/under/": echo, "/broken": broken, "/damaged": damaged,
}  # fmt: skip


@contextmanager
def running(host: str = "127.0.0.1", told: Callable[[str], None] = print) -> Iterator[Server]:
    with Server(ROUTES, host, 0, told) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as server:
        yield server


def ask(server: Server, path: str = "/", method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    with closing(HTTPConnection("127.0.0.1", server.server_port, timeout=10)) as connection:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response, response.read()


def raw(server: Server, request: bytes) -> bytes:
    """Send bytes as they are, and return all that comes back until the server ends the connection."""
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
        return answer


def test_it_answers_with_what_a_route_gives(server: Server) -> None:
    response, body = ask(server, Accept_Encoding="br, gzip")
    assert response.status == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert (response.headers["Content-Encoding"], response.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert body == PAGE.body
    response, body = ask(server, "/long")
    assert body == LONG.body
    assert response.headers["Content-Encoding"] is None


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "gzip; q=0.0, br", "notgzip"])
def test_who_takes_no_gzip_gets_none(server: Server, accepted: str) -> None:
    response, body = ask(server, Accept_Encoding=accepted)
    assert response.headers["Content-Encoding"] is None
    assert body == gzip.decompress(PAGE.body)


@pytest.mark.parametrize("accepted", ["gzip", "GZIP", "deflate, gzip", "gzip;q=0.5, br", "*", "br;q=1.0, gzip;q=0.8, *;q=0.1"])
def test_who_takes_gzip_gets_it(server: Server, accepted: str) -> None:
    assert ask(server, Accept_Encoding=accepted)[0].headers["Content-Encoding"] == "gzip"


def test_what_has_not_changed_is_not_sent_again(server: Server) -> None:
    first, _ = ask(server, Accept_Encoding="gzip")
    tag = first.headers["ETag"]
    again, body = ask(server, Accept_Encoding="gzip", If_None_Match=f'"other", {tag}')
    assert (again.status, body, again.headers["ETag"]) == (304, b"", tag)
    assert ask(server, Accept_Encoding="gzip", If_None_Match='"other"')[0].status == 200
    unpacked, _ = ask(server, If_None_Match=tag)
    assert (unpacked.status, unpacked.headers["ETag"] != tag) == (200, True)
    assert tag == f'"{sha256(PAGE.body).hexdigest()[:32]}"'


def test_every_answer_is_kept_apart_from_other_sites(server: Server) -> None:
    answers = [ask(server, path)[0] for path in ("/", "/long", "/nowhere", "/broken")]
    answers += [ask(server, method="POST")[0], ask(server, Host="evil.example")[0], ask(server, If_None_Match=answers[0].headers["ETag"])[0]]
    assert [answer.status for answer in answers] == [200, 200, 404, 500, 405, 421, 304]
    for answer in answers:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cross-Origin-Opener-Policy"] == answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers["Content-Security-Policy"].endswith("; frame-ancestors 'none'")
        assert answer.headers["Server"] == "kg"
        assert not [name for name in answer.headers if name.lower().startswith("access-control-")]
    assert answers[0].headers["Content-Security-Policy"] == "script-src 'none'; frame-ancestors 'none'"
    assert answers[1].headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_it_knows_itself_by_its_own_names_only(server: Server) -> None:
    port = server.server_port
    own = [f"127.0.0.1:{port}", f"localhost:{port}", f"LOCALHOST:{port}", f"[::1]:{port}", f"127.0.0.2:{port}"]
    # A port that was forwarded is another one; a request without a port is for port 80, which may be forwarded too.
    for host in [*own, f"localhost:{port + 1}", "127.0.0.1:9000", "127.0.0.1", "localhost"]:
        assert ask(server, Host=host)[0].status == 200, host
    others = [
        "evil.example", f"evil.example:{port}", f"localhost.:{port}", f"localhost.evil.example:{port}",
        f"127.0.0.1.evil.example:{port}", f"10.0.0.1:{port}", f"0.0.0.0:{port}", f"[::2]:{port}", f"user@localhost:{port}",
        f"localhost:{port}/", f"localhost:{port}:{port}", "", ":", f":{port}", "localhost:", "localhost:99999999", f"localhost {port}",
    ]  # fmt: skip
    for host in others:
        response, body = ask(server, Host=host)
        assert (response.status, b"page" in body) == (421, False), host


@given(host=st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=30))
def test_no_other_name_is_its_own(server: Server, host: str) -> None:
    assert not server.answers(host) or local(re.sub(":[0-9]*$", "", host).strip("[]"))


def test_a_request_names_one_host(server: Server) -> None:
    own = f"Host: localhost:{server.server_port}\r\n".encode()
    assert raw(server, b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 421 ")
    assert raw(server, b"GET / HTTP/1.1\r\n" + own + b"Host: evil.example\r\n\r\n").startswith(b"HTTP/1.1 421 ")
    assert raw(server, b"GET / HTTP/1.1\r\n" + own + b"Connection: close\r\n\r\n").startswith(b"HTTP/1.1 200 ")


def test_listening_to_others_it_takes_numbers_and_its_own_name() -> None:
    with running("0.0.0.0") as server:  # noqa: S104 - that is what is tested
        port = server.server_port
        assert server.address == f"http://127.0.0.1:{port}/"
        for host in (f"127.0.0.1:{port}", f"192.168.7.9:{port}", f"[fe80::1]:{port}", f"localhost:{port}"):
            assert ask(server, Host=host)[0].status == 200, host
        for host in (f"evil.example:{port}", "evil.example", f"192.168.7.9.evil.example:{port}"):
            assert ask(server, Host=host)[0].status == 421, host


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere", "/long/", "/long/..", "/../long", "/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "/under", "/\x7f", "/%00", "/long%00", "/LONG",
        "/index.html", "/.", "/favicon.ico", "//long/x", "/long;x", "http://localhost/long",
    ],
)  # fmt: skip
def test_what_is_no_route_is_not_found(server: Server, path: str) -> None:
    request = f"GET {path} HTTP/1.1\r\nHost: localhost:{server.server_port}\r\nConnection: close\r\n\r\n".encode("latin-1")
    answer = raw(server, request)
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert answer.endswith(b"\r\n\r\nNot Found\n")


def test_a_route_that_ends_in_a_slash_stands_for_what_is_below(server: Server) -> None:
    assert ask(server, "/under/a/b%20%C3%A9?x=1&y=%2F")[1].decode() == "a/b é?x=1&y=%2F\n"
    assert ask(server, "/under/../long")[1] == b"../long?\n"
    assert ask(server, "/under/")[1] == b"?\n"
    assert ask(server, "/under/%ff")[0].status == 400


def test_head_is_answered_without_a_body(server: Server) -> None:
    response, body = ask(server, "/long", "HEAD")
    assert (response.status, response.headers["Content-Length"], body) == (200, str(len(LONG.body)), b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get"])
def test_nothing_but_questions_is_allowed(server: Server, method: str) -> None:
    request = f"{method} / HTTP/1.1\r\nHost: localhost:{server.server_port}\r\nContent-Length: 40\r\n\r\nGET /long HTTP/1.1\r\nHost: localhost\r\n\r\n"
    answer = raw(server, request.encode())
    assert answer.startswith(b"HTTP/1.1 405 ")
    assert b"\r\nAllow: GET, HEAD\r\n" in answer
    assert answer.count(b"HTTP/1.1") == 1, "what follows a request that was refused is not read as another"


@pytest.mark.parametrize("extra", ["Content-Length: 5", "Transfer-Encoding: chunked", "Content-Length: x"])
def test_a_question_has_no_body(server: Server, extra: str) -> None:
    request = f"GET / HTTP/1.1\r\nHost: localhost:{server.server_port}\r\n{extra}\r\n\r\nGET /long HTTP/1.1\r\n\r\n"
    answer = raw(server, request.encode())
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.count(b"HTTP/1.1") == 1


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"nonsense\r\n\r\n", 400), (b"GET / HTTP/9.9\r\n\r\n", 505), (b"\x16\x03\x01\x02\x00\r\n\r\n", 400), (b"GET /\r\n\r\n", 421),
        (b"POST /\r\n\r\n", 400), (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", 414), (b"GET / HTTP/1.1\r\nX: " + b"y" * 70_000 + b"\r\n\r\n", 431),
    ],
)  # fmt: skip
def test_nonsense_is_refused_in_few_words_with_all_headers(server: Server, request_: bytes, status: int) -> None:
    answer = raw(server, request_)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    for line in (b"X-Content-Type-Options: nosniff", b"Content-Type: text/plain; charset=utf-8", b"Content-Security-Policy: default-src 'none'"):
        assert b"\r\n" + line in head
    assert b"<" not in body
    assert b"Traceback" not in answer
    assert ask(server)[0].status == 200


def test_a_failure_is_told_and_the_next_question_answered() -> None:
    told: list[str] = []
    with running(told=told.append) as server:
        response, body = ask(server, "/broken")
        assert (response.status, body) == (500, b"Internal Server Error\n")
        response, body = ask(server, "/damaged")
        assert (response.status, body) == (500, b"tables: is missing; build the graph again\n")
        assert told == ["an answer failed: ZeroDivisionError()", "tables: is missing; build the graph again"]
        with socket.create_connection(("127.0.0.1", server.server_port)) as connection:
            connection.sendall(f"GET /long HTTP/1.1\r\nHost: localhost:{server.server_port}\r\n\r\n".encode())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        assert ask(server)[0].status == 200
    assert len(told) == 2, "a reader that has gone is no failure"


def test_several_are_answered_at_once() -> None:
    both = Barrier(2, timeout=10)

    def wait(_: Request) -> Response:
        both.wait()
        return plain(HTTPStatus.OK, "together")

    with Server({"/": wait}, "127.0.0.1", 0, print) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        bodies: list[bytes] = []
        threads = [Thread(target=lambda: bodies.append(ask(server)[1])) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        server.shutdown()
    assert bodies == [b"together\n"] * 2


def test_a_connection_serves_several_questions(server: Server) -> None:
    with closing(HTTPConnection("127.0.0.1", server.server_port, timeout=10)) as connection:
        for path, status in (("/long", 200), ("/nowhere", 404), ("/", 200)):
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            assert response.status == status


def test_a_port_in_use_is_named(server: Server) -> None:
    with pytest.raises(UsageError, match=rf"cannot listen at 127\.0\.0\.1, port {server.server_port}: .* --port 0"):
        Server(ROUTES, "127.0.0.1", server.server_port, print)


def test_a_host_that_is_none_is_named() -> None:
    with pytest.raises(UsageError, match=r"cannot listen at no\.such\.host\.invalid"):
        Server(ROUTES, "no.such.host.invalid", 0, print)


def test_it_listens_on_the_new_internet_too() -> None:
    try:
        with running("::1") as server:
            assert server.address == f"http://[::1]:{server.server_port}/"
            with closing(HTTPConnection("::1", server.server_port, timeout=10)) as connection:
                connection.request("GET", "/")
                assert connection.getresponse().status == 200
    except UsageError:
        pytest.skip("this machine has no IPv6")
