"""The page on which a person decides about pairs in doubt: both sides beside each other, with what the rules saw.

One self-contained HTML file (`assets/review.html .css .js`): nothing is fetched, and no server is needed. What is decided
there is saved as lines of a decisions file, which `kg decisions FOLDER --add FILE` takes in.
"""

from collections.abc import Sequence
from pathlib import Path
from string import Template
from typing import BinaryIO, Final

from kg.ontology import load
from kg.page import as_json, as_text, policy
from kg.pipeline.review import KINDS, Told
from kg.resolve.decisions import COLUMNS, FILE

_ASSETS: Final = Path(__file__).parent / "assets"


def write(told: Sequence[Told], count: int, name: str, out: BinaryIO) -> None:
    """Write the page; the same pairs give the same bytes.

    Args:
        told: The pairs, those on which most hangs first.
        count: How many there are in the build; more than are told are mentioned.
        name: What the build is called.
        out: Where to write.
    """
    kinds = {each.question.kind for each in told}
    data = {
        "name": name, "count": count, "file": FILE, "columns": COLUMNS, "pairs": [each.row() for each in told],
        "kinds": [{"name": kind, "label": load().kinds[kind].plural if kind in load().kinds else "things"} for kind in KINDS if kind in kinds],
    }  # fmt: skip
    style, script = ((_ASSETS / f"review.{form}").read_text(encoding="utf-8") for form in ("css", "js"))
    template = Template((_ASSETS / "review.html").read_text(encoding="utf-8"))
    page = template.substitute(policy=policy([script], style), title=as_text(name), file=as_text(FILE), data=as_json(data), style=style, script=script)
    out.write(page.encode("utf-8"))
