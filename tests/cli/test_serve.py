"""`kg serve` as a person uses it: a process that answers a browser until it is interrupted."""

import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.command import kg, process, start


@contextmanager
def serving(*arguments: object, environment: dict[str, str] | None = None) -> Iterator[tuple[subprocess.Popen[bytes], str, str]]:
    """A server in a process of its own, what it says, and its address."""
    child = start("serve", *arguments, environment=environment)
    assert child.stderr
    try:
        said = ""
        while not (found := re.search(r"http://\S+", said)):
            line = child.stderr.readline().decode()
            assert line, f"it ended with {child.wait()}: {said}"
            said += line
        yield child, said, found[0]
    finally:
        child.kill()
        child.communicate()


def get(address: str, **headers: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20) as answer:  # noqa: S310 - our own server
            return answer.status, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()


@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_the_page_until_it_is_interrupted(small_graph: Path, signal_: signal.Signals) -> None:
    with serving(small_graph, "--port", "0") as (child, said, address):
        assert re.fullmatch(rf"{re.escape(str(small_graph))}: http://127\.0\.0\.1:\d+/ \(Ctrl-C ends it\)\n", said)
        status, body = get(address)
        assert status == 200
        assert b"<title>" in body
        assert get(address, Host="evil.example")[0] == 421
        child.send_signal(signal_)
        out, err = child.communicate(timeout=20)
        assert (child.returncode, out, err) == (0, b"", b"")


def test_it_opens_the_browser(small_graph: Path, tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened.part && mv {tmp_path}/opened.part {tmp_path}/opened\n', encoding="utf-8")
    browser.chmod(0o755)
    with serving(small_graph, "--port", "0", "--open", environment={"BROWSER": f"{browser} %s"}) as (_, _, address):
        for _ in range(100):
            if (tmp_path / "opened").exists():
                break
            time.sleep(0.1)
        assert (tmp_path / "opened").read_text(encoding="utf-8") == f"{address}\n"


def test_others_are_let_in_with_a_warning_only(small_graph: Path) -> None:
    with serving(small_graph, "--port", "0", "--host", "0.0.0.0") as (_, said, address):  # noqa: S104 - that is what is tested
        assert said.startswith("warning: whoever reaches this machine can read the graph at 0.0.0.0, port ")
        assert get(address)[0] == 200


def test_a_port_in_use_is_told_in_one_line(small_graph: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = process("serve", small_graph, "--port", port)
    assert done.code == 2
    assert done.err.startswith(f"kg: cannot listen at 127.0.0.1, port {port}: ")
    assert done.err.endswith("; choose another with --port, or a free one with --port 0\n")
    assert done.err.count("\n") == 1


def test_where_there_is_no_graph_it_says_so(tmp_path: Path) -> None:
    done = kg("serve", tmp_path, "--port", "0")
    assert done.code == 1
    assert done.err == f"kg: {tmp_path}: there is no graph here; make one with: kg build PATH... --out {tmp_path}\n"


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_what_is_no_port_is_refused(tmp_path: Path, port: str) -> None:
    done = kg("serve", tmp_path, "--port", port)
    assert done.code == 2
    assert "'--port'" in done.err
