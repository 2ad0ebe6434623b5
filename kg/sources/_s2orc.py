"""Full texts of Semantic Scholar's dataset `s2orc`: who and what they name is marked in the text by spans.

The shape is the one of https://api.semanticscholar.org/api-docs/datasets: `content` has the `text` and `annotations`, for
each kind of passage a JSON list (written as a text) of `start`, `end` and attributes. Offsets are code points.
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from kg.ids import identifier
from kg.sources._provider_json import Part, add_author

_NAMES: Final = ("authorfirstname", "authormiddlename", "authorlastname")


def add_full_text(paper: Part) -> None:
    """Add title, abstract, authors and cited works that the text of a paper marks; text and marks themselves stay."""
    content = paper.object("content")
    text = content.data.get("text") if content else None
    marks = content.object("annotations") if content else None
    if content is None or marks is None or not isinstance(text, str):
        return
    entry, path = paper.entry, f"{content.path}.text"
    for name in ("title", "abstract"):
        parts = [] if entry.has(name) else [text[start:end] for start, end, _ in _spans(marks, name, text)]
        entry.add(name, "\n".join(parts), path=path)
    if not entry.has("author"):
        for name in _people(marks, text):
            add_author(entry, name, path)
    titles = _spans(marks, "bibtitle", text)
    for start, end, attributes in _spans(marks, "bibentry", text):
        title = next((text[first:last] for first, last, _ in titles if start <= first and last <= end), text[start:end])
        known = attributes.get("matched_paper_id")
        entry.add("reference", " ".join(title.split()), identifier(str(known), "s2") if known else None, path=path)


def _people(marks: Part, text: str) -> Iterator[str]:
    """Yield the names of the authors: what is marked as first, middle and last name within each, or else its first line."""
    pieces = sorted((start, end) for key in _NAMES for start, end, _ in _spans(marks, key, text))
    for start, end, _ in _spans(marks, "author", text):
        names = [text[first:last] for first, last in pieces if start <= first and last <= end]
        name = " ".join(names) or next(iter(text[start:end].strip().splitlines()), "")
        yield " ".join(name.split())


def _spans(marks: Part, key: str, text: str) -> list[tuple[int, int, dict[str, Any]]]:
    """Return start, end and attributes of each passage of a kind that is within the text; none where there are none."""
    found = marks.data.get(key)
    if isinstance(found, str):
        try:
            found = json.loads(found)
        except (ValueError, RecursionError):
            return []
    spans = []
    for each in found if isinstance(found, list) else ():
        start, end, attributes = (each.get(part) for part in ("start", "end", "attributes")) if isinstance(each, dict) else (0, 0, 0)
        if type(start) is type(end) is int and 0 <= start < end <= len(text):
            spans.append((start, end, attributes if isinstance(attributes, dict) else {}))
    return spans
