"""Pages of the explorer, opened in a browser."""

from pathlib import Path
from typing import Any

from kg.explorer.page import write
from kg.model import Graph
from kg.pipeline.opened import open_build
from tests import pages


def page_of(what: Graph | Path, folder: Path) -> Path:
    """Return the page of a graph or of the folder of a build, written into `folder`; a page is returned as it is."""
    if isinstance(what, Path) and what.is_file():
        return what
    file = folder / "graph.html"
    with file.open("wb") as out:
        write(what if isinstance(what, Graph) else open_build(what).graph(), out)
    return file


class Tab(pages.Tab):
    """A page of the explorer."""

    def run(self, code: str, argument: Any = None) -> Any:
        """Return what an expression of JavaScript gives; `app` is the page's parts."""
        return self.page.evaluate(f"argument => {{ const app = window.__kg.app; return ({code}); }}", argument)

    def wait(self, code: str, timeout: float = 20_000) -> None:
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

    def rest(self) -> None:
        """Wait until all is drawn and nothing moves, with what the next frames bring: they measure what lies over the picture."""
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        self.wait("app.stage.rests")

    def told(self) -> None:
        """Wait until the details tell all that they are to tell."""
        self.page.wait_for_selector("#about[aria-busy=false]")
