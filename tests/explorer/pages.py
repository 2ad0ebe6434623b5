"""Pages of the explorer opened in a browser, with what went wrong in them and what they asked of the outside."""

import os
import shutil
from pathlib import Path
from typing import Any, Final

from kg.explorer import page as pages
from kg.model import Graph
from kg.pipeline.opened import open_build

CHROMIUM: Final = os.environ.get("CHROME") or shutil.which("chromium") or shutil.which("google-chrome")
"""The browser, if there is one."""

SIZE: Final = {"width": 1280, "height": 800}


def page_of(what: Graph | Path, folder: Path) -> Path:
    """Return the page of a graph or of the folder of a build, written into `folder`; a page is returned as it is."""
    if isinstance(what, Path) and what.is_file():
        return what
    file = folder / "graph.html"
    with file.open("wb") as out:
        pages.write(what if isinstance(what, Graph) else open_build(what).graph(), out)
    return file


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

    def run(self, code: str, argument: Any = None) -> Any:
        """Return what an expression of JavaScript gives; `app` is the page's parts."""
        return self.page.evaluate(f"argument => {{ const app = window.__kg.app; return ({code}); }}", argument)

    def wait(self, code: str, timeout: float = 5000) -> None:
        """Wait until an expression of JavaScript is true."""
        self.page.wait_for_function(f"() => {{ const app = window.__kg.app; return ({code}); }}", timeout=timeout)

    def number(self, label: str) -> int:
        """Return the number of the node of this label, -1 if there is none."""
        found: int = self.page.evaluate("label => __kg.D.labels.indexOf(label)", label)
        return found

    def spot(self, label: str) -> tuple[float, float]:
        """Return where the node of this label stands in the window."""
        x, y = self.page.evaluate("label => Array.from(__kg.screen(__kg.D.labels.indexOf(label)))", label)
        return x, y

    def click(self, label: str) -> None:
        """Click on the node of this label."""
        self.page.mouse.click(*self.spot(label))
        self.page.wait_for_timeout(350)  # a click waits for a second one

    def close(self) -> None:
        """Close the page; nothing may have gone wrong in it."""
        self.context.close()
        assert self.faults == [], self.faults
