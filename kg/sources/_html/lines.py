"""Lists of papers on web pages that no elements part: between line breaks, by labels, or as lines of titles above lines of names."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest
from typing import Final

from kg.sources._citation.parts import Citation, tidy
from kg.sources._citation.reading import ENOUGH, cite, with_line_of_names
from kg.sources._citation.title import WITH
from kg.sources._html.cited import cited_in
from kg.sources._html.item import Item, Listing
from kg.sources._html.page import Node, Web
from kg.sources._text.byline import People, people
from kg.sources._text.fields import Span, squeezed
from kg.sources._text.placed import placed_people

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE: Final = frozenset({"a", "b", "strong", "i", "em", "u", "font", "span", "small", "big", "cite", "tt", "code", "nobr"})
_APART: Final = frozenset({*HEADINGS, "p", "div", "ul", "ol", "dl", "table", "blockquote", "pre", "hr", "center", "section", "form"})
_SHORTEST: Final = 24
_LONGEST: Final = 4_000
_SHORTEST_TITLE: Final = 6
_LONGEST_TITLE: Final = 400
_MOST: Final = 0.4
_FEWEST_PAIRS: Final = 3
_LONGEST_PAIR: Final = 6
_FEW_WORDS: Final = 3
NO_TITLE: Final = re.compile(r"\b(?:students|alumni|members|investigators|postdocs?|staff|faculty|visitors|interns|teams?|people|advis[eo]rs?|chairs?|committees?|organi[sz]ers?|editors|board|speakers?|panel(?:ists)?)\b|@", re.IGNORECASE)
"""Words of what stands beside names and is no title."""


def by_lines(web: Web) -> Listing:
    """Return the papers between which stand nothing but line breaks: one on each line, or between empty lines."""
    breaks: dict[int, list[Node]] = {}
    for node in web.nodes:
        if node.tag == "br":
            holder = next((above for above in web.above(node) if above.tag not in _INLINE), node)
            if holder.tag not in {"li", "dd", "dt", "br"}:
                breaks.setdefault(holder.index, []).append(node)
    found: list[Listing] = []
    for index, lines in breaks.items():
        holder = web.nodes[index]
        blocks = [node for node in web.inside(holder) if node.tag in _APART]
        empty = [line for line, following in pairwise(lines) if following.start == line.start]
        ways = [_between(web, holder, sorted((*cuts, *blocks), key=lambda node: node.index)) for cuts in (lines, empty) if cuts]
        best = max(ways, key=lambda way: len(way.items) - len(way.missed))
        if len(best.items) >= _MOST * (len(best.items) + len(best.missed)):
            found.append(best)
    if not any(len(one.items) > 1 for one in found):
        return Listing([], [])
    sure = [one for one in found if len(one.items) > 1 or not one.missed]
    return Listing([item for one in sure for item in one.items], [node for one in sure for node in one.missed])


def by_labels(web: Web) -> Listing:
    """Return the papers of a page whose lines have labels that tell titles from names: `Title: On Engines`, below it `Authors: Ada Lovelace`."""
    told = list(_TOLD.finditer(web.text))
    starts = [match for match in told if match.lastgroup == told[0].lastgroup]
    read: list[Item] = []
    missed: list[Node] = []
    begins, places = [node.start for node in web.nodes], {match: place for place, match in enumerate(told)}
    for match, following in zip_longest(starts, starts[1:]):
        own = told[places[match] : places[following] if following else None]
        holder = web.nodes[bisect_right(begins, match.start()) - 1]
        around = (node for node in (holder, *web.above(holder)) if own[-1].end() <= node.end and node.tag not in _INLINE)
        first = next(around, web.nodes[0])
        spans = {one.lastgroup: squeezed(web.text, *one.span(one.lastgroup or 0)) for one in own}
        if len(own) > 1 and len(spans) == len(own):
            span = match.start(), min(following.start() if following else first.end, first.end)
            below = web.nodes[max(first.index + 1, bisect_left(begins, span[0])) : bisect_right(begins, span[1])]
            inside = [node.index for node in below if node.end <= span[1]]
            read.append(Item(first, (min(inside, default=first.index), max(inside, default=first.index)), span, None, (), _labelled(web.text, spans["title"], spans["author"])))
        else:
            missed.append(first)
    return Listing(read, missed)


_TOLD: Final = re.compile(r"^[ \t]*(?:(?:paper )?title[ \t]*:(?P<title>[^\n]{4,400})|(?:authors?|author\(s\)|names?)[ \t]*:(?P<author>[^\n]{3,2000}))", re.IGNORECASE | re.MULTILINE)


def _labelled(text: str, title: Span, names: Span) -> Citation:
    """Return a paper whose title and authors are told: what is told to be names are such, whatever they look like."""
    placed = placed_people(text, *names, hard=True)
    named = placed.people if placed else people(text, *names, hard=True)
    return Citation(title=tidy(text, *title), people=named or People((names,), None, names[1], sure=True), places=placed.places if placed else (), evidence=ENOUGH)


def by_pairs(web: Web) -> Listing:
    """Return the papers of a page on which nothing repeats but a line that could be a title above a line of names."""
    lines = [(start, end) for start, end in _text_lines(web.text) if end - start > _SHORTEST_TITLE]
    firsts = [rank for rank, (line, below) in enumerate(pairwise(lines)) if _could_be_title(web.text, line) and is_line_of_names(web.text, below)]
    if len(firsts) < _FEWEST_PAIRS:
        return Listing([], [])
    headings = [node.start for node in web.nodes if node.tag in HEADINGS]
    read = []
    for rank, following in pairwise((*firsts, min(firsts[-1] + _LONGEST_PAIR, len(lines)))):
        below = next((start for start in headings if start > lines[rank][0]), len(web.text))
        span = lines[rank][0], min(lines[min(following, rank + _LONGEST_PAIR) - 1][1], max(below, lines[rank + 1][1]))
        inside = [node for node in web.nodes if span[0] <= node.start < span[1]]
        first = inside[0] if inside else web.nodes[0]
        title = squeezed(web.text, *lines[rank])
        bare = title[0] + len(web.text[slice(*title)]) - len(web.text[slice(*title)].lstrip("•·-– ")), title[1]
        cited = cite(web.text, *span, [("title", tidy(web.text, *bare), "")], hard=True)
        cited = cited if cited.people is not None else with_line_of_names(web.text, span, cited, hard=True)
        read.append(Item(first, (first.index, inside[-1].index if inside else first.last), span, None, (), cited))
    return Listing(read, [])


def _text_lines(text: str) -> Iterator[Span]:
    """Yield the lines of a page's text."""
    for match in re.finditer(r"[^\n]+", text):
        yield squeezed(text, *match.span())


def _could_be_title(text: str, line: Span) -> bool:
    """Tell whether a line is of several words, and no names."""
    said = text[slice(*line)]
    return len(said) <= _LONGEST_TITLE and said.count(" ") >= _FEW_WORDS and not NO_TITLE.search(said) and not is_line_of_names(text, line)


def is_line_of_names(text: str, line: Span) -> bool:
    """Tell whether a line is nothing but names, with their places, or begins with those with whom the page's owner wrote."""
    joint = WITH.match(text, *line)
    placed = None if joint else placed_people(text, *line, hard=True)
    found = placed.people if placed else people(text, joint.end() if joint else line[0], line[1], hard=True)
    return found is not None and (joint is not None or (found.sure and not text[found.end : line[1]].strip(" .*†‡;,")))


def _between(web: Web, holder: Node, cuts: Sequence[Node]) -> Listing:
    """Return the papers in the text of an element between line breaks, and other elements that stand apart in it."""
    read: list[Item] = []
    lone: list[Item] = []
    bad: list[Node] = []
    first, start = holder, holder.start
    for following in (*cuts, replace(holder, index=holder.last + 1, start=holder.end)):
        nodes = first.index if first is holder else first.last + 1, following.index - 1
        if _SHORTEST <= following.start - start <= _LONGEST:
            span = start, following.start
            cited = cited_in(web, nodes, span, None)
            item = Item(replace(first, start=span[0], end=span[1]), nodes, span, None, (), cited)
            if cited.title is None or cited.people is None:
                bad.append(item.first)
            else:
                (read if cited.people.sure and cited.evidence >= ENOUGH else lone).append(item)
        first, start = following, max(start, following.end)
    return among_papers(read, lone, bad)


def among_papers(read: Sequence[Item], lone: Sequence[Item], bad: Sequence[Node]) -> Listing:
    """Return a list with those papers too whose author is a single name below the title, where it has others."""
    good = [item for item in lone if item.cited.evidence + 1 >= ENOUGH and len(read) > 1]
    return Listing(sorted((*read, *good), key=lambda item: item.nodes), [*bad, *(item.first for item in lone if item not in good)])
