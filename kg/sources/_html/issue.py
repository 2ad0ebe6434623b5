"""The issue of a journal, or the volume, that a page is the contents of, as its title and headings say: `Vol. 12 No. 3 (2020) | Journal of Rest`."""

import re
from itertools import chain
from typing import Final

from kg.sources._entry import Entry
from kg.sources._html.facts import Fact
from kg.sources._html.page import Web

_ISSUE: Final = re.compile(
    r"(?:(?:dblp: )?(?P<before>[^|]{3,150}?)[\s,:|–—-]{1,4})??(?<![^\W_])(?:vol(?:ume|umen)?|bd|band|jg|t|tom[eo]?|v)(?:\.\s?|\s)(?P<volume>[0-9]{1,4})"
    r"(?:[\s,;:|(–-]{1,3}(?:no|nr|n|núm|num|issue|number|heft|h|nº|n°)\b\.?\s?(?P<issue>[0-9]{1,4}(?:[-–/][0-9]{1,4})?))?(?:\s?[(:,;–—-][^|]*)?\s?(?:\|\s*(?P<after>[^|]{3,150}?)\s*)?", re.IGNORECASE,
)  # fmt: skip


def issue_of(web: Web) -> list[Fact]:
    """Return journal, volume and issue that a page says it is the contents of; nothing where it speaks of several volumes."""
    headings = (node for node in web.nodes if node.tag in {"h1", "h2"})
    told: dict[str, Fact] = {}
    for node in chain((node for node in web.nodes if node.tag == "title"), headings):
        match = _ISSUE.fullmatch(web.title if node.tag == "title" else web.said(node))
        if match is None:
            continue
        said = {"venue": match["after"] or match["before"], "volume": match["volume"], "issue": match["issue"]}
        for name, text in said.items():
            if text and told.setdefault(name, Fact(name, text, node.line, web.path(node))).text != text and name == "volume":
                return []
    return list(told.values())


def add_issue(entry: Entry, told: list[Fact]) -> None:
    """Add to a paper that does not say where it appeared that it did so in the issue which the page is the contents of."""
    if not any(entry.has(name) for name in ("venue", "volume", "issue")):
        for fact in told:
            entry.add(fact.name, fact.text, path=fact.path, line=max(fact.line, entry.line))
