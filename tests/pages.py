"""Pages in a real browser: where it is, how it is started, and what goes wrong in a page that is open.

A browser is started for a module or a package of tests, not for all: there is only one Playwright at a time.
"""

import gzip
import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import pytest

CHROMIUM: Final = os.environ.get("CHROME") or shutil.which("chromium") or shutil.which("google-chrome")
"""The browser, if there is one."""

SIZE: Final = {"width": 1280, "height": 800}

CHECK: Final = Path(__file__).parents[1].parent / "shared" / "check" / "check_explorer.py"
"""The acceptance check of pages, which stands beside the repository."""

REQUIRED: Final = (
    "loads", "responsive", "offline", "static_refs", "no_errors", "canvas", "ready", "search", "legend", "details", "xss", "permalink",
    "search_keyboard", "a11y", "csp", "dark_mode", "export",
)  # fmt: skip
"""What it is to find: all but `evidence`, which not every graph has."""

PROBES: Final = (
    "</script ><script>window.__ran = 'block'</script>",
    "<img src=none onerror=\"window.__ran = 'image'\">",
    "'><svg/onload=\"window.__ran = 'attribute'\">",
    '"}];window.__ran = "string";//',
    "<!-- <script> -->",
    "line\u2028and\u2029paragraph",
    "$title ${data} {{ 6 * 9 }} {% raw %}",
    "</title></style></textarea><b data-ran>bold</b>",
    '<a href="javascript:void(window.__ran = 1)">link</a>',
    "&lt;iframe&gt; &amp;amp; \\u003ci\\u003e",
    "lone \ud800 surrogate",
)
"""Texts that a careless page would run, or take for markup."""


def launched() -> Iterator[Any]:
    """Yield a headless Chromium; without one, or without Playwright, the test is skipped."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        shown = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield shown
        shown.close()


def needs_check() -> None:
    """Skip the test, with the reason, where the acceptance check cannot run."""
    if not CHECK.is_file():
        pytest.skip(f"no acceptance check beside the repository: {CHECK}")
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


def probes_of_check() -> list[str]:
    """Return the texts that the acceptance check wants to see harmless."""
    found: list[str] = runpy.run_path(str(CHECK))["XSS_PROBES"]
    return found


def accept(page: Path, *required: str) -> None:
    """Run the acceptance check over a page: its own requirements, or these."""
    assert CHROMIUM is not None
    command = [sys.executable, str(CHECK), str(page), *(["--require", ",".join(required)] if required else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"CHROME": CHROMIUM}, timeout=300)
    assert done.returncode == 0, done.stdout


def unpacked(page: Path | bytes) -> str:
    """Return a page, or the file of one, with its compressed parts unpacked; zlib packs differently from machine to machine."""
    text = (page.read_bytes() if isinstance(page, Path) else page).decode("utf-8")
    packed = re.compile(r'(?<=<script type="text/plain" id=)("[\w-]+">)([^<]+)(?=</script>)')
    return packed.sub(lambda part: part[1] + gzip.decompress(bytes_of(part[2])).decode("utf-8", "backslashreplace"), text)


def bytes_of(text: str) -> bytes:
    """Return what a text of a page holds, read as its description says it: two of 91 characters for 13 bits, the lowest first."""
    digits = [code for code in range(0x21, 0x7F) if chr(code) not in '"&<']
    value = [digits.index(ord(letter)) for letter in text]
    bits = "".join(f"{low + 91 * high:013b}"[::-1] for low, high in zip(value[::2], [*value[1::2], 0], strict=False))
    whole = bits[: len(text) * 13 // 16 * 8]
    return bytes(int(whole[at : at + 8][::-1], 2) for at in range(0, len(whole), 8))


class Tab:
    """An open page. `faults` holds errors, refusals, dialogs and requests that leave it; a test ends with none."""

    def __init__(self, browser: Any, file: Path, address: str = "", **facts: Any) -> None:
        """Open a page; `facts` are those of a context of Playwright, such as `color_scheme` or `has_touch`."""
        self.file = file
        self.context = browser.new_context(**({"viewport": SIZE} | facts))
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._said)
        self.page.on("dialog", self._interrupted)
        self.page.on("request", self._asked)
        self.open(address)

    def _said(self, said: Any) -> None:
        if said.type in ("error", "warning") and "GPU stall due to ReadPixels" not in said.text:  # software WebGL says so
            self.faults.append(f"{said.type}: {said.text}")

    def _interrupted(self, dialog: Any) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _asked(self, request: Any) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            self.faults.append(request.url)

    def open(self, address: str) -> None:
        """Load the page anew, with this address (`#node=...`)."""
        self.page.goto("about:blank")
        self.page.goto(self.file.as_uri() + address)
        self.page.wait_for_function("() => window.__kgReady > 0", timeout=60_000)

    def close(self) -> None:
        """Close the page; nothing may have gone wrong in it."""
        self.context.close()
        assert self.faults == [], self.faults


class Page(HTMLParser):
    """What stands in the source of a page: elements, addresses, and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.policy = ""
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.data = ""
        self._inside: tuple[str, str | None] = ("", None)
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "data", "action")]
        self._inside = (tag, facts.get("type"))
        if facts.get("http-equiv") == "Content-Security-Policy":
            self.policy = facts["content"] or ""

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the base class gives it
        self._inside = ("", None)

    def handle_data(self, data: str) -> None:
        if self._inside == ("script", "application/json"):
            self.data += data
        elif self._inside[0] == "script":
            self.scripts.append(data)
        elif self._inside[0] == "style":
            self.styles.append(data)
