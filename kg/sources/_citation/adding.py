"""What a citation says, as fields of a record."""

from kg.sources._citation.parts import Citation
from kg.sources._entry import Entry
from kg.sources._library import Place, put, put_as
from kg.sources._text.names import natural


def add_parts(entry: Entry, text: str, place: Place, found: Citation) -> None:
    """Add the parts of a citation that no other field tells.

    Args:
        entry: The record.
        text: The text that the citation was read from.
        place: Where the text stands.
        found: The parts, as offsets in the text.
    """
    if found.people is not None and not entry.has("author"):
        for first, last in found.people.names:
            name = natural(text[first:last])
            put_as(entry, "author", name, text, place, first=first, last=last)
        if found.people.et_al:
            put(entry, "et_al", text, place, first=found.people.et_al[0], last=found.people.et_al[1])
    parts = {"title": found.title, "venue": found.venue, "publisher": found.publisher, "volume": found.volume, "issue": found.issue, "pages": found.pages}
    for name, span in parts.items():
        if span is not None and not entry.has(name):
            put(entry, name, text, place, first=span[0], last=span[1])
    if found.date is not None and not entry.has("date"):
        (first, last), value = found.date
        put(entry, "date", text, place, value, first=first, last=last)
    for (first, last), value in found.identifiers:
        scheme, _, number = value.partition(":")
        name = "arxiv_id" if scheme == "arxiv" else "identifier"
        if first < last and not (entry.has(name) if scheme == "arxiv" else entry.is_identified(scheme)):
            put(entry, name, text, place, number if scheme == "arxiv" else value, first=first, last=last)
