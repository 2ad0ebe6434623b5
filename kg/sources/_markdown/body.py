"""What the text of a paper's own page in Markdown says, below its front matter: the names that it begins with, an abstract, links."""

import re
from typing import Final

from kg.sources._entry import Entry
from kg.sources._linked_id import linked_id
from kg.sources._markdown.blocks import Block, blocks, plain
from kg.sources._text import sheet
from kg.sources._text.byline import people
from kg.sources._text.fields import Page, Span, squeezed
from kg.text import line_of

_HEADING: Final = re.compile(r"\W*(?:abstract|summary|résumé|zusammenfassung|摘要)\W*", re.IGNORECASE)
_LABEL: Final = re.compile(r"\W*abstract\s*[:.—–-]+[*_]*\s*", re.IGNORECASE)
_SHORTEST_ABSTRACT: Final = 120
_FEW_WORDS: Final = 40
_SHORTEST_SENTENCE: Final = 4


def add_signed(page: Page, entry: Entry, body: int) -> int:
    """Add the authors from a line of names that the page begins with, if no other way tells them; return where the rest begins."""
    text = page.text
    first = next(blocks(text[body:]), None)
    if entry.has("author") or first is None or first.kind != "text":
        return body
    span = body + first.text[0], body + first.text[1]
    shown = plain(text, span)
    line = shown.text.split("\n", 1)[0]
    found = people(line)
    if found is None or not found.sure or line[found.end :].strip(" ,;.*†‡0123456789"):
        return body
    for name in found.names:
        place = shown.place(name)
        printed, number = line[slice(*name)], line_of(page.starts, place[0])
        verbatim = text[slice(*place)] == printed
        entry.add("author", printed, "person", path=None if verbatim else f"line {number}", line=number, start=place[0] if verbatim else None, end=place[1] if verbatim else None)
    return shown.places[len(line)] if len(line) < len(shown.places) else span[1]


def add_body(page: Page, entry: Entry, body: int) -> None:
    """Add the text of the page: an abstract, and the rest as it stands, with the addresses in it."""
    text = page.text
    start, end = squeezed(text, body, len(text))
    if start == end:
        return
    found = None if entry.has("abstract") else _abstract(page, start)
    _add_addresses(page, entry, (start, end))
    if found is not None:
        shown = plain(text, found)
        if shown.text == text[slice(*found)]:
            entry.add("abstract", shown.text, line=line_of(page.starts, found[0]), start=found[0], end=found[1])
        else:
            line = line_of(page.starts, found[0])
            entry.add("abstract", " ".join(shown.text.split()), path=f"line {line}", line=line)
    for first, last in [(start, found[0]), (found[1], end)] if found else [(start, end)]:
        a, b = squeezed(text, first, last)
        if any(c.isalnum() for c in text[a:b]):
            entry.add("other", text[a:b], line=line_of(page.starts, a), start=a, end=b)


def _add_addresses(page: Page, entry: Entry, span: Span) -> None:
    """Add the addresses in a part of the page, and the paper's identifiers that they lead to, if the front matter has none."""
    for link in plain(page.text, span).links:
        if link.url.startswith(("http://", "https://")):
            line = line_of(page.starts, link.place[0])
            entry.add("url", page.text[slice(*link.place)], link.url, line=line, start=link.place[0], end=link.place[1])
            if link.shown[0] == link.shown[1] and page.text[link.place[0] - 1] in "(\"'" and not entry.has("identifier"):  # a button
                add_linked(entry, link.url, f"line {line}", line)


def _abstract(page: Page, body: int) -> Span | None:
    """Return where the abstract stands: behind its heading or label, or a paragraph in the words of one."""
    text = page.text
    parts: list[Block] = [block._replace(start=body + block.start, text=(body + block.text[0], body + block.text[1])) for block in blocks(text[body:])]
    for rank, block in enumerate(parts):
        shown = text[slice(*block.text)]
        if _HEADING.fullmatch(shown):
            behind = [one for one in parts[rank + 1 :] if one.kind != "rule"]
            stop = next((at for at, one in enumerate(behind) if one.kind != "text" or not _speaks(text, one)), len(behind))
            return squeezed(text, behind[0].text[0], behind[stop - 1].text[1]) if stop else None
        if (label := _LABEL.match(shown)) and len(shown) > _SHORTEST_ABSTRACT:
            return squeezed(text, block.text[0] + label.end(), block.text[1])
    told = [block for block in parts if block.kind == "text" and len(text[slice(*block.text)].split()) >= _FEW_WORDS]
    return next((block.text for block in told if sheet.sounds_like_abstract(text[slice(*block.text)])), None)


def add_linked(entry: Entry, address: str, path: str, line: int) -> None:
    """Add the identifier that an address of the paper leads to, unless there is one of its kind."""
    known = linked_id(address)
    scheme, _, number = (known or "").partition(":")
    name = "arxiv_id" if scheme == "arxiv" else "identifier"
    if known and not entry.has(name):
        entry.add(name, number if scheme == "arxiv" else address, None if scheme == "arxiv" else known, path=path, line=line)


def _speaks(text: str, block: Block) -> bool:
    """Tell whether a block says more than the names of links, and words between."""
    return len(plain(text, block.text).text.split()) >= _SHORTEST_SENTENCE
