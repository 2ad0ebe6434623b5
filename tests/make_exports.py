"""Writes what is committed under `exports/`: the outputs of the example, and the graph of the five documents.

    python -m tests.make_exports

The first are golden files that the tests compare with a fresh build; the second is written only where the five
documents are at hand (`../shared/seeds`), without their texts.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "exports" / "example"
SEEDS = ROOT / "exports" / "seeds"
DOCUMENTS = ROOT.parent / "shared" / "seeds"


def kg(*arguments: str | Path) -> str:
    """Run the command line and return what it prints."""
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout


def write(sources: Path, out: Path, *options: str) -> None:
    """Build the graph of some files, and write its exports into a folder."""
    with tempfile.TemporaryDirectory() as scratch:
        graph = Path(scratch) / "graph"
        kg("build", sources, "--out", graph, *options)
        kg("export", graph, "--format", "turtle", "-o", out / "graph.ttl")
        kg("export", graph, "--format", "html", "-o", out / "graph.html")
        kg("export", graph, "--format", "graphml", "-o", out / "graph.graphml")
        table = kg("coauthors", graph, "--csv", "--plot", out / "coauthors.png")
        (out / "coauthors.csv").write_text(table, encoding="utf-8")
    photograph(out / "graph.html", out / "graph.png")


def photograph(page: Path, picture: Path, selected: str = "") -> None:
    """Take a picture of a page as a browser shows it, perhaps with one node selected."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 1400, "height": 900})
        tab.goto(page.as_uri() + (f"#node={selected}" if selected else ""))
        tab.wait_for_function("() => window.__kgReady > 0")
        tab.wait_for_timeout(800)
        tab.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    write(EXAMPLE / "papers", EXAMPLE)
    photograph(EXAMPLE / "graph.html", EXAMPLE / "selected.png", "dataset/cora")
    if DOCUMENTS.is_dir():
        write(DOCUMENTS, SEEDS, "--no-text")
