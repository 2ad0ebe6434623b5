"""Pages in Firefox: a small client of Marionette, which every Firefox speaks (Playwright drives only a build of its own).

The protocol: `LENGTH:JSON` both ways, `[0, number, command, arguments]` to it, `[1, number, error, result]` back
(https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html).
"""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

FIREFOX: Final = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
"""The browser, if there is one."""

PATIENCE: Final = 60.0
"""Seconds that anything may take."""

PREFERENCES: Final = {"marionette.port": 0, "browser.shell.checkDefaultBrowser": False, "ui.systemUsesDarkTheme": 0}

ELEMENT: Final = "element-6066-11e4-a52e-4f735466cecf"
"""What WebDriver calls the number of an element."""


class Firefox:
    """A headless Firefox with one window."""

    def __init__(self, profile: Path) -> None:
        """Start it with a new profile."""
        assert FIREFOX is not None
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items())
        (profile / "user.js").write_text("".join(lines), encoding="utf-8")
        command = [FIREFOX, "--headless", "--marionette", "--no-remote", "--profile", str(profile), "--width", "1280", "--height", "900"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port = profile / "MarionetteActivePort"
        until(lambda: port.is_file() and port.read_text(encoding="utf-8").strip())
        self._socket = socket.create_connection(("127.0.0.1", int(port.read_text(encoding="utf-8"))), PATIENCE)
        self._answers = self._socket.makefile("rb")
        self._number = 0
        self._answer()
        self.call("WebDriver:NewSession")

    def _answer(self) -> Any:
        size = b""
        while not size.endswith(b":"):
            size += self._answers.read(1)
        return json.loads(self._answers.read(int(size[:-1])))

    def call(self, command: str, **arguments: Any) -> Any:
        """Run a command and return what it gives."""
        self._number += 1
        said = json.dumps([0, self._number, command, arguments]).encode()
        self._socket.sendall(b"%d:%s" % (len(said), said))
        _, _, error, result = self._answer()
        assert error is None, error
        return result

    def open(self, address: str) -> None:
        """Load a page of the explorer, and wait for its first picture."""
        self.call("WebDriver:Navigate", url="about:blank")
        self.call("WebDriver:Navigate", url=address)
        self.wait("window.__kgReady > 0")

    def run(self, code: str) -> Any:
        """Return what an expression of JavaScript gives; `app` is the page's parts."""
        told = self.call("WebDriver:ExecuteScript", script=f"const app = window.__kg?.app; return ({code});", args=[], sandbox=None)
        return told["value"]

    def wait(self, code: str) -> None:
        """Wait until an expression is true."""
        until(lambda: self.run(code))

    def type(self, selector: str, text: str) -> None:
        """Type into an element."""
        found = self.call("WebDriver:FindElement", using="css selector", value=selector)["value"][ELEMENT]
        self.call("WebDriver:ElementSendKeys", id=found, text=text)

    def click(self, x: float, y: float) -> None:
        """Click on a place of the window."""
        move = {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0, "origin": "viewport"}
        steps = [move, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self.call("WebDriver:PerformActions", actions=[{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps}])

    def close(self) -> None:
        """End it."""
        self._socket.close()
        self._process.terminate()
        self._process.wait(PATIENCE)


def until(true: Callable[[], Any]) -> None:
    """Wait until something is true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "in vain"
        time.sleep(0.1)


def launched(profile: Path) -> Iterator[Firefox]:
    """Yield a headless Firefox; without one the test is skipped."""
    if FIREFOX is None:
        pytest.skip("no firefox on this machine")
    browser = Firefox(profile)
    try:
        yield browser
    finally:
        browser.close()
