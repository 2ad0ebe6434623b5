"""Lists of papers on web pages, found by how they look: what repeats, what its classes are called, what reads like a citation.

Two ways. Where elements say by their class what they are (`list-title`, `paper-authors`, `gsc_a_at`, `venue` ...), as on the
pages of arXiv, the ACL Anthology, PMLR, NeurIPS, CVF, OpenReview, Google Scholar and most themes for researchers' own pages,
each title begins a paper. Where they do not, each item of a list, row or paragraph is read as a citation; a link, bold text
or quotation marks show its title, or a first line that is but a link or heading above a line of names. Where that finds
little, like blocks with such a title and such a line are taken.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from kg.sources._citation import ENOUGH, cite, with_line_of_names
from kg.sources._citation_parts import Citation
from kg.sources._fields import Span, squeezed
from kg.sources._html import Node, Web
from kg.sources._html_item import Item, linked_facts, people_of
from kg.sources._html_roles import PERSON, over_lines, role_of

_MARKS: Final = {
    "a": "link", "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic", **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading"),
}  # fmt: skip
_BOLD: Final = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC: Final = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS: Final = frozenset({"div", "section", "article", "li", "td"})
_ITEMS: Final = frozenset({"li", "p", "tr", "dd"})
_SHORTEST: Final = 24
_LONGEST: Final = 4_000
_SHORTEST_TITLE: Final = 6
_LONGEST_TITLE: Final = 400
_MOST: Final = 0.4
_TAGS: Final = frozenset({"tag", "badge", "label", "pill", "chip", "venue", "conf", "conference", "journal"})
"""Words of the classes of a small sign before an entry that tells where it appeared."""

_SIGN: Final = re.compile(r"(?P<venue>[^\n,;:()\[\]\"“]{2,40}?)[\s'’,-]{0,3}(?P<year>(?:19|20)[0-9]{2})?")
_BUTTONS: Final = re.compile(r"\[[^\[\]\n]{0,40}\]")


Kind = tuple[str, int, str, str]
"""What the items of one list share: tag, the element that they are in, their classes, those of a wrapper of each."""


class Listing(NamedTuple):
    """The papers that a page lists.

    Attributes:
        items: The papers.
        missed: The elements that stand among them and cannot be read as one.
    """

    items: list[Item]
    missed: list[Node]


def _roles(web: Web) -> Iterator[tuple[str, Node]]:
    """Yield what elements are, in order: of a title that a heading stands in the heading, and what stands right before authors is a title."""
    told = {node.index: role for node in web.nodes if (role := role_of(web, node))}
    titled = "title" in told.values()
    for index, role in list(told.items()):
        node = web.nodes[index]
        if role == "title" and (heading := next((below for below in web.inside(node) if below.tag in _HEADINGS), None)) is not None:
            told[index] = ""
            told[heading.index] = "title"
        elif role == "author" and not titled:
            before = next(_children_before(web, node), None)
            if before is not None and before.index not in told and before.tag in {*_HEADINGS, "a", "b", "strong", "p", "div", "span"}:
                told[before.index] = "title"
    return ((role, web.nodes[index]) for index, role in sorted(told.items()) if role)


def listing(web: Web) -> Listing:
    """Return the papers that a page lists: by classes if most titles have authors or identifiers beside them, else by citations."""
    roles = list(_roles(web))
    best = Listing([], [])
    groups: dict[tuple[str, str], list[Node]] = {}
    for role, node in roles:
        words = web.said(node) if role == "title" and node.end - node.start <= 2 * _LONGEST_TITLE else ""
        if 3 < len(words) <= _LONGEST_TITLE:
            groups.setdefault((node.tag, " ".join(node.classes)), []).append(node)
    for titles in groups.values():
        found = [item for item in _with_authors(web, list(_by_titles(web, titles, roles))) if _is_likely(web, item)]
        if len(found) > len(best.items) and len(found) >= _MOST * len(titles):
            read = {item.title.index for item in found if item.title is not None}
            best = Listing(found, [title for title in titles if title.index not in read])
    if best.items:
        return best
    cited, blocks = _by_citations(web), _by_blocks(web)
    return blocks if len(blocks.items) > len(cited.items) else cited


def _by_titles(web: Web, titles: Sequence[Node], roles: Sequence[tuple[str, Node]]) -> Iterator[Item]:
    """Yield the stretch of the page around each title: from where it parts from the title before to where the next begins."""
    starts = [_branch(web, titles[i], titles[i - 1] if i else titles[min(1, len(titles) - 1)]) for i in range(len(titles))]
    lone = titles[0]
    if len(titles) == 1:
        first, lone = _with_term(web, _around(web, lone, roles))
        starts = [first]
    at = 0
    for i, (title, start) in enumerate(zip(titles, starts, strict=True)):
        parent = web.nodes[start.parent] if start.parent >= 0 else start
        last = parent.last if len(titles) > 1 else lone.last
        stop = parent.end if len(titles) > 1 else lone.end
        if i + 1 < len(titles) and starts[i + 1].index <= last:
            last, stop = starts[i + 1].index - 1, starts[i + 1].start
        while at < len(roles) and roles[at][1].index < start.index:
            at += 1
        inside = at
        own: list[tuple[str, Node]] = []
        while inside < len(roles) and roles[inside][1].index <= last:
            own.append(roles[inside])
            inside += 1
        if title.index <= last:
            cited = _cited(web, (start.index, last), (start.start, stop), title)
            yield Item(start, (start.index, last), (start.start, stop), title, tuple(own), cited)


def _with_authors(web: Web, items: list[Item]) -> list[Item]:
    """Return items with the elements that hold the authors, by the class of those in which most items have names beyond doubt."""
    if any(role in {"author", "scholar", "gray"} for item in items for role, _ in item.roles):
        return items
    counts: dict[tuple[str, str], int] = {}
    shown: list[dict[tuple[str, str], Node]] = []
    for item in items:
        own: dict[tuple[str, str], Node] = {}
        for index in range(item.nodes[0], item.nodes[1] + 1):
            node = web.nodes[index]
            apart = item.title is None or node.index > item.title.last
            for name in node.classes if apart and 4 < node.end - node.start < _LONGEST else ():
                own.setdefault((node.tag, name), node)
        for key, node in own.items():
            named = over_lines(web.text, *squeezed(web.text, node.start, node.end))
            counts[key] = counts.get(key, 0) + (named is not None and named.sure and not web.text[named.end : node.end].strip(" ,;.\n*†‡0123456789"))
        shown.append(own)
    best = max(counts, key=lambda key: counts[key], default=None)
    if best is None or 3 * counts[best] < len(items):
        return items
    return [_signed(web, item, own[best]) if best in own else item for item, own in zip(items, shown, strict=True)]


def _signed(web: Web, item: Item, node: Node) -> Item:
    """Return an item with an element for its authors, unless more names than that has stand in a row."""
    named = over_lines(web.text, *squeezed(web.text, node.start, node.end))
    row = item.cited.people
    if row is not None and (named is None or len(row.names) > len(named.names)) and row.sure:
        return item
    return item._replace(roles=tuple(sorted((*item.roles, ("author", node)), key=lambda pair: pair[1].index)))


def _branch(web: Web, node: Node, other: Node) -> Node:
    """Return the highest element around a node that another is not in; a `dt` before a `dd` belongs to it."""
    found = node
    for above in web.above(node):
        if above.index <= other.index <= above.last:
            break
        found = above
    if found.tag == "dd":
        before = [below for below in _children_before(web, found) if below.tag == "dt"]
        if before and not before[-1].index <= other.index <= before[-1].last:
            return before[-1]
    return found


def _with_term(web: Web, node: Node) -> tuple[Node, Node]:
    """Return the `dt` before the `dd` that an element is in, and that: on arXiv's lists it has the paper's number; else the element twice."""
    for above in (node, *web.above(node)):
        if above.tag == "dd":
            before = next((before for before in _children_before(web, above) if before.tag == "dt"), None)
            return (before, above) if before is not None else (node, node)
    return node, node


def _children_before(web: Web, node: Node) -> Iterator[Node]:
    """Yield the element right before another one in the same parent, if there is one."""
    index = node.index - 1
    while index > node.parent:
        if web.nodes[index].parent == node.parent:
            yield web.nodes[index]
            return
        index = max(web.nodes[index].parent, node.parent) if web.nodes[index].depth > node.depth else index - 1


def _around(web: Web, title: Node, roles: Sequence[tuple[str, Node]]) -> Node:
    """Return the nearest element around a single title that has authors in it too."""
    authors = [node.index for role, node in roles if role in {"author", "scholar", "gray"}]
    for above in web.above(title):
        if any(above.index <= index <= above.last for index in authors):
            return above
    return title


def _is_likely(web: Web, item: Item) -> bool:
    """Tell whether the stretch around a title is about a paper: names of authors in it, or an identifier."""
    if any(role in {"author", "scholar", "gray"} for role, _ in item.roles) and people_of(web, item):
        return True
    if item.span[1] - item.span[0] > _LONGEST * 4:
        return False
    people = item.cited.people
    return bool((people is not None and people.sure) or linked_facts(web, item))


def _cited(web: Web, nodes: tuple[int, int], span: Span, title: Node | None) -> Citation:
    """Return a stretch of the page taken apart as a citation, with what its markup shows."""
    start, end = squeezed(web.text, *span)
    marked = []
    sign = _sign(web, nodes, (start, end)) if title is None else None
    if sign is not None:
        start = squeezed(web.text, sign.end, end)[0]
    if title is not None:
        marked.append(("title", squeezed(web.text, title.start, title.end), ""))
    else:
        for index in range(nodes[0], nodes[1] + 1):
            node = web.nodes[index]
            kind = _mark(node)
            if kind and start <= node.start < node.end <= end:
                marked.append((kind, (node.start, node.end), node.attributes.get("href", "")))
    cited = cite(web.text, start, end, marked, hard=True)
    if title is None:
        cited = _in_lines(web.text, (start, end), cited, marked)
    return cited if sign is None or cited.title is None else _with_sign(web.text, sign, cited)


def _mark(node: Node) -> str:
    """Return what an element's text is marked as, by its tag or, as Google's documents have it, its style; empty if it is not."""
    style = node.attributes.get("style", "") if node.tag == "span" else ""
    return _MARKS.get(node.tag, "") or ("bold" if _BOLD.search(style) else "italic" if _ITALIC.search(style) else "")


def _sign(web: Web, nodes: tuple[int, int], span: Span) -> Node | None:
    """Return the small element that an entry begins with, if it tells by class or text where that appeared."""
    for index in range(nodes[0] + 1, nodes[1] + 1):
        node = web.nodes[index]
        if node.start > span[0]:
            return None
        if node.tag in {"span", "b", "strong", "em", "i", "small", "label"} and node.start < node.end < span[1]:
            match = _SIGN.fullmatch(web.text, *squeezed(web.text, node.start, node.end))
            words = {word for name in node.classes for word in re.split(r"[-_]+", name)}
            if match and words & _TAGS:
                return node
    return None


def _with_sign(text: str, sign: Node, cited: Citation) -> Citation:
    """Return a citation with venue and year from the sign before it."""
    match = _SIGN.fullmatch(text, *squeezed(text, sign.start, sign.end))
    if match is None:
        return cited
    date = (match.span("year"), match["year"]) if match["year"] else cited.date
    more = (date is not None and cited.date is None) + (cited.venue is None and cited.people is not None)
    return replace(cited, venue=match.span("venue"), date=date, evidence=cited.evidence + more)


def _in_lines(text: str, span: Span, cited: Citation, marked: Sequence[tuple[str, Span, str]]) -> Citation:
    """Return a citation with the authors from a line of their own, if there is one, and the title from the first, if it is marked."""
    first = next((mark for mark in marked if mark[0] in {"link", "heading"} and squeezed(text, *mark[1])[0] == span[0]), None)
    if first is not None and not PERSON.search(first[2]):
        title = squeezed(text, *first[1])
        stop = text.find("\n", title[1], span[1])
        alone = stop > 0 and not _BUTTONS.sub("", text[title[1] : stop]).strip(" .,")
        if alone and text.count(" ", *title) and _SHORTEST_TITLE <= title[1] - title[0] <= _LONGEST_TITLE:
            title = title[0], title[0] + len(text[slice(*title)].rstrip(".,; "))
            bare = Citation(title=title, identifiers=cited.identifiers, urls=cited.urls, evidence=2 * bool(cited.identifiers))
            found = with_line_of_names(text, span, bare)
            if found.people is not None and (found.people.sure or len(found.people.names) > 1):
                return found
    if cited.title is not None and cited.people is not None and cited.people.sure and cited.title[0] == span[0] and "\n" in text[cited.title[1] : cited.people.names[0][0]]:
        return replace(cited, evidence=cited.evidence + 1)  # a title, and a line of names below
    return with_line_of_names(text, span, cited) if cited.title is not None and cited.people is None else cited


def _kind(web: Web, node: Node) -> Kind:
    """Return what an element has in common with the other items of its list: the parent, or that of a wrapper with a class."""
    parent = web.nodes[node.parent] if node.parent >= 0 else node
    if (parent.tag == "a" or (node.tag in {"dd", "dt"} and parent.tag == "dl")) and parent.parent >= 0:
        parent = web.nodes[parent.parent]
    name = next(iter(node.classes), "")  # what follows tells one item from another
    if node.tag in {"div", "p"} and parent.tag in {"div", "article", "section", "li"} and parent.classes:
        return node.tag, parent.parent, name, parent.classes[0]
    return node.tag, parent.index, name, ""


def _by_citations(web: Web) -> Listing:
    """Return the items of lists, rows and paragraphs that read like citations, if there are some and most of their kind do."""
    found: list[Item] = []
    counts: dict[Kind, list[int]] = {}
    bad: list[Node] = []
    unsure: list[Item] = []
    skip_to = -1
    for node in web.nodes:
        if not _may_be_item(web, node) or node.index < skip_to:
            continue
        end, last = node.end, node.last
        for below in web.inside(node) if node.tag in {"li", "tr", "dd"} else ():
            if below.tag in {"ul", "ol", "table", "dl"}:
                end, last = below.start, below.index - 1
                break
        if not _SHORTEST <= end - node.start <= _LONGEST:
            continue
        term = _title_term(web, node)
        first, start = (term.index, term.start) if term is not None else (node.index, node.start)
        cited = _cited(web, (first, last), (start, end), term)
        item = Item(term or node, (first, last), (start, end), term, (), cited)
        number = 2 * (not cited.identifiers and bool(linked_facts(web, item)))
        good = cited.title is not None and cited.evidence + number >= ENOUGH and not _is_prose(web, item)
        counts.setdefault(_kind(web, item.first), []).append(int(good))
        if good:
            found.append(item)
            skip_to = last + 1
        elif cited.title is not None and cited.people is not None and cited.evidence + 1 >= ENOUGH:
            unsure.append(item)
        else:
            bad.append(node)
    good_kinds = {kind for kind, marks in counts.items() if sum(marks) >= max(2, _MOST * len(marks))}
    if not good_kinds and len(found) == 1 and found[0].cited.evidence > ENOUGH:
        return Listing(found, [])
    tags = {kind[0] for kind in good_kinds}
    good_kinds |= {kind for kind, marks in counts.items() if kind[0] in tags and all(marks)}  # a short list beside longer ones
    # Among papers, a single name below a title is an author.
    found = sorted((*found, *(item for item in unsure if _kind(web, item.first) in good_kinds and all(item.nodes[1] < one.nodes[0] or one.nodes[1] < item.nodes[0] for one in found))), key=lambda item: item.nodes)
    read = [item for item in found if _kind(web, item.first) in good_kinds]
    return Listing(read, list(_missed(web, [node for node in bad if _kind(web, node) in good_kinds], read)))


def _missed(web: Web, bad: Iterable[Node], read: Sequence[Item]) -> Iterator[Node]:
    """Yield the elements among those of a list that are items, but were not read: no plain paragraphs, heads of tables, parts of items."""
    firsts = sorted(item.first.index for item in read)
    for node in bad:
        kind = _kind(web, node)
        if (node.tag in {"p", "div"} and not (kind[2] or kind[3])) or any(below.tag == "th" for below in web.inside(node)):
            continue
        whole = web.nodes[node.parent] if kind[3] else node
        at = bisect_left(firsts, whole.index)
        if at == len(firsts) or firsts[at] > whole.last:
            yield node


def _by_blocks(web: Web) -> Listing:
    """Return the papers of a page that is made of like blocks, each with a heading or link for a title and a line of names."""
    kinds: dict[tuple[str, str, int], list[Node]] = {}
    for node in web.nodes:
        if node.tag in _BLOCKS and _SHORTEST <= node.end - node.start <= _LONGEST:
            names = " ".join(node.classes)
            kinds.setdefault((node.tag, names, -1 if names else node.parent), []).append(node)
    best = Listing([], [])
    for nodes in kinds.values():
        read: list[Item] = []
        bad: list[Node] = []
        for node in nodes if len(nodes) > 1 else ():
            if read and node.index <= read[-1].nodes[1]:
                continue
            shown = any(below.tag in _MARKS and _MARKS[below.tag] != "italic" for below in web.inside(node))
            cited = _cited(web, (node.index, node.last), (node.start, node.end), None) if shown else Citation()
            sure = cited.people is not None and (cited.people.sure or len(cited.people.names) > 1)
            if sure and cited.title is not None and cited.evidence >= ENOUGH:
                read.append(Item(node, (node.index, node.last), (node.start, node.end), None, (), cited))
            else:
                bad.append(node)
        if len(read) > max(1, len(best.items)) and len(read) >= _MOST * len(nodes):
            best = Listing(read, bad)
    return best


def _title_term(web: Web, node: Node) -> Node | None:
    """Return the `dt` with a title before a `dd` with what is said of it."""
    term = next(_children_before(web, node), None) if node.tag == "dd" else None
    return term if term is not None and term.tag == "dt" and web.text.count(" ", term.start, term.end) > 1 else None


def _may_be_item(web: Web, node: Node) -> bool:
    if node.tag in _ITEMS:
        return True
    inside = (below for below in web.inside(node) if below.tag in _ITEMS or below.tag == "div")
    return node.tag == "div" and 0 < node.end - node.start <= _LONGEST and all(below.end - below.start < _SHORTEST for below in inside)


def _is_prose(web: Web, item: Item) -> bool:
    """Tell whether a citation is but a part of a paragraph."""
    cited = item.cited
    ends = [cited.title[1] if cited.title else 0, cited.people.end if cited.people else 0, *(part[1] for part in (cited.venue, cited.pages) if part)]
    ends += [cited.date[0][1]] if cited.date else []
    return len(web.text[max(ends) : item.span[1]].split()) > 40 and item.first.tag == "p"
