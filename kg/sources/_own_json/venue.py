"""What the venue of a paper of people's own JSON says besides: volume, issue and pages behind it, an arXiv id, the year."""

import re
from typing import Final

from kg.ids import find_arxiv_ids
from kg.sources._cells import Cell
from kg.sources._citation.parts import Citation
from kg.sources._citation.reading import LONGEST, QUOTED, cite
from kg.sources._own_json.context import Context
from kg.sources._text.fields import Span
from kg.sources._venue_names import occasion, year_of

_IN_PRINT: Final = re.compile(r"[0-9]\s*[(,:]\s*\w|\b(?:vol|pp|pages)\b", re.IGNORECASE)
"""What a text has that may say volume and pages."""

_LABEL: Final = re.compile(r"\b(?:vol(?:ume)?|no|pp|pages)\b", re.IGNORECASE)
"""What says that a number is a volume or pages."""

_PROFILE: Final = re.compile(
    r"(?P<venue>[^\W\d_][^\d()\[\],;:.\"]*[^\W\d_]) (?P<volume>[0-9]{1,4})(?: \((?P<issue>[0-9]{1,4})\))?, (?P<pages>[0-9]{1,6}-[0-9]{1,6})(?:, (?P<date>(?:19|20)[0-9]{2}))?"
)
"""How Google Scholar prints it in profiles: plain enough to need no reader of citations, which takes ten times as long."""

_DAY: Final = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\Z", re.IGNORECASE)
_ABS: Final = re.compile(r"\b(?:CoRR|arXiv)\b[\s,:]*abs/", re.IGNORECASE)
"""What dblp and Semantic Scholar have before an arXiv id."""


def add_printed(cell: Cell, text: str, context: Context) -> bool:
    """Add venue, volume, issue, pages and year that one text says, as Google Scholar's profiles have them; tell whether it does.

    `Journal of Flocks 3 (2), 1-9, 2020` does, `ICML 2020` does not.
    """
    if len(text) > LONGEST or not _IN_PRINT.search(text) or not context.cells.keys().isdisjoint({"volume", "issue", "pages", "first_page"}):
        return False
    text = " ".join(text.split())
    if (plain := _PROFILE.fullmatch(text)) and not _DAY.search(text, 0, plain.start("volume")):
        for field in ("venue", "volume", "issue", "pages"):
            if plain[field]:
                cell.add(field, plain[field])
        if plain["date"] and "date" not in context.cells:
            cell.add("date", plain["date"], plain["date"])
        return True
    shown = f"{QUOTED}{text}"
    found = cite(shown, 0, len(shown), signed=False)
    if not found.venue or not ((found.volume and (found.pages or found.issue)) or _is_labelled(shown, found)):
        return False
    start, end = found.venue
    volume = None if found.volume and _DAY.search(shown, 0, found.volume[0]) else found.volume  # PubMed, ahead of print: `J Flocks. 2024 Aug 2:107623`
    dotted = shown[end : end + 1] == "." and "." in shown[start:end]
    cell.add("venue", shown[start : end + dotted])
    for field, span in (("volume", volume), ("issue", found.issue), ("pages", found.pages)):
        if span:
            cell.add(field, shown[slice(*span)])
    behind = shown[max(end for _, end in _spans(found)) :].strip(" .,;:()")
    if sum(map(str.isalpha, behind)) > 1:
        cell.add("other", behind)
    if found.date and "date" not in context.cells:
        cell.add("date", shown[slice(*found.date[0])], found.date[1])
    return True


def _is_labelled(shown: str, found: Citation) -> bool:
    """Tell whether labels say what is volume or pages, and up to there nothing else is said: `Proc. of Flocks, pp. 1-9, Loom Press`."""
    unsaid, labels, last = "", 0, len(QUOTED)
    for start, end in sorted(_spans(found)):
        between, some = _LABEL.subn("", shown[last:start])
        unsaid, labels, last = unsaid + between, labels + some, end
    return labels > 0 and bool(found.volume or found.pages) and not any(map(str.isalnum, unsaid))


def _spans(found: Citation) -> list[Span]:
    return [span for span in (found.venue, found.volume, found.issue, found.pages, found.date and found.date[0]) if span]


_GROUP: Final = re.compile(r"openreview\.net/group\?id=(\w+)\.\w+/((?:19|20)\d\d)/Conference\b")


def add_of_group(context: Context) -> None:
    """Add the conference and year whose submissions an address of OpenReview lists, where the paper itself says none: lists of icml.cc and the like do."""
    for _, cell in context.cells.get("url", ()):
        if isinstance(cell.value, str) and (group := _GROUP.search(cell.value)):
            told = occasion(f"{group[1]} {group[2]}")
            if not context.entry.has("venue") and told.venue:
                cell.add("venue", told.venue)
            if not context.entry.has("date"):
                cell.add("date", group[2], group[2])


def add_of_venue(context: Context) -> None:
    """Add arXiv id and year that a venue says, where the paper itself says none: `arXiv preprint arXiv:2205.06175`."""
    cell, entry = context.best("venue"), context.entry
    if cell is None or not isinstance(cell.value, str):
        return
    if not entry.has("arxiv_id") and (known := next(find_arxiv_ids(_ABS.sub("arXiv:", cell.value)), None)):
        cell.add("arxiv_id", cell.value, known[2])
    if not entry.has("date") and (year := year_of(cell.value)):
        cell.add("date", year, year)
