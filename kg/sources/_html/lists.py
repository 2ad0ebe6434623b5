"""Lists of papers on web pages, found by how they look: what repeats, what its classes are called, what reads like a citation.

Two ways. Where elements say by their class what they are (`list-title`, `paper-authors`, `gsc_a_at`, `venue` ...), as on the
pages of arXiv, the ACL Anthology, PMLR, NeurIPS, CVF, OpenReview, Google Scholar and most themes for researchers' own pages,
each title begins a paper. Where they do not, each item of a list, row or paragraph is read as a citation; a link, bold text
or quotation marks show its title, or a first line that is but a link or heading above a line of names. Where that finds
little, like blocks with such a title and such a line are taken, titles and names in paragraphs of their own (`paragraphs`),
or what no elements part (`lines`). Lines with labels, `Title:` and `Authors:`, are taken at their word.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from kg.sources._citation.parts import Citation
from kg.sources._citation.reading import ENOUGH
from kg.sources._html.around import holds_papers, is_in_one_cell, is_of_others, turned_items
from kg.sources._html.cited import MARKS, cited_in
from kg.sources._html.item import Item, Listing, linked_facts, people_of
from kg.sources._html.lines import HEADINGS, NO_TITLE, among_papers, by_labels, by_lines, by_pairs
from kg.sources._html.linked import by_heading, by_links
from kg.sources._html.page import Node, Web
from kg.sources._html.paragraphs import by_paragraphs
from kg.sources._html.roles import over_lines, role_of
from kg.sources._linked_id import linked_id
from kg.sources._text.byline import People
from kg.sources._text.fields import squeezed

_BLOCKS: Final = frozenset({"div", "section", "article", "li", "td"})
_ITEMS: Final = frozenset({"li", "p", "tr", "dd"})
_SHORTEST: Final = 24
_LONGEST: Final = 4_000
_LONGEST_TITLE: Final = 400
_MOST: Final = 0.4
_UNSURE: Final = 0.5
"""What an item with a single name counts for among papers."""

_BIBTEX_TYPES: Final = frozenset({
    "article", "book", "inbook", "incollection", "inproceedings", "conference", "proceedings", "techreport", "report", "phdthesis", "mastersthesis", "thesis", "misc", "unpublished", "online",
})  # fmt: skip

_LONGEST_ROLE: Final = 4
_FEWEST_LINKS: Final = 3
_ABOUT_AUTHORS: Final = re.compile(r"(?:(?:about|list of|the)\s)*(?:authors?|contributors?)\b", re.IGNORECASE)
"""How the heading of a list of authors begins."""

_NUMBERED: Final = re.compile(r"\s*[(\[]?[0-9]{1,3}[.)\]]\s*(?=[^\W\d])")
_QUOTED: Final = re.compile(r"\s*(?:\[?[0-9]{1,3}[.)\]]\s*)?[\"“„«]")


Kind = tuple[str, int, str, str]
"""What the items of one list share: tag, the element that they are in, their classes, those of a wrapper of each."""


def _roles(web: Web) -> Iterator[tuple[str, Node]]:
    """Yield what elements are, in order: of a title that a heading stands in the heading, and what stands right before authors is a title."""
    told = {node.index: role for node in web.nodes if (role := role_of(web, node))}
    titled = "title" in told.values()
    for index, role in list(told.items()):
        node = web.nodes[index]
        if role == "title" and (heading := next((below for below in web.inside(node) if below.tag in HEADINGS), None)) is not None:
            told[index] = ""
            told[heading.index] = "title"
        elif role == "author" and not titled:
            before = _right_before(web, node)
            if before is not None and before.index not in told and before.tag in {*HEADINGS, "a", "b", "strong", "p", "div", "span"} and not _ABOUT_AUTHORS.match(web.said(before)):
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
            groups.setdefault((node.tag, next(iter(node.classes), "")), []).append(node)  # what follows tells one item from another
    for titles in groups.values():
        items = _with_authors(web, list(_by_titles(web, titles, roles)))
        likely = sum(_is_likely(web, item) for item in items)
        if likely > len(best.items) and likely >= _MOST * len(titles):
            found = [item for item in items if _is_likely(web, item) or _tells_when(item) or item.cited.people is not None]  # among papers
            read = {item.title.index for item in found if item.title is not None}
            best = Listing(found, [title for title in titles if title.index not in read])
    if len(best.items) > 1 or (best.items and any(role == "abstract" for role, _ in roles)):
        return best
    labelled = by_labels(web)
    if len(labelled.items) > 1:
        return labelled
    listed = max(by_paragraphs(web), _by_citations(web), _by_blocks(web), by_lines(web), key=lambda found: len(found.items))
    if len(listed.items) > 1 or (listed.items and not best.items):
        return listed
    if best.items:
        return best  # a single title is the page's own, above a list
    paired = by_pairs(web)
    return next((found for found in (paired, by_links(web)) if found.items), None) or by_heading(web)


def _by_titles(web: Web, titles: Sequence[Node], roles: Sequence[tuple[str, Node]]) -> Iterator[Item]:
    """Yield the stretch of the page around each title: from where it parts from its neighbours to where the next begins."""
    starts = _starts(web, titles)
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
            last, stop = _before_headings(web, title, starts[i + 1])
        while at < len(roles) and roles[at][1].index < start.index:
            at += 1
        inside = at
        own: list[tuple[str, Node]] = []
        while inside < len(roles) and roles[inside][1].index <= last:
            own.append(roles[inside])
            inside += 1
        if title.index <= last:
            cited = cited_in(web, (start.index, last), (start.start, stop), title)
            yield Item(start, (start.index, last), (start.start, stop), title, tuple(own), cited)


def _before_headings(web: Web, title: Node, following: Node) -> tuple[int, int]:
    """Return the last element, and where the text ends, before the next item and the headings right above it: `2019`."""
    last, stop = following.index - 1, following.start
    while (heading := next(_children_before(web, web.nodes[last + 1]), None)) is not None and heading.tag in HEADINGS and heading.index > title.last:
        last, stop = heading.index - 1, heading.start
    return last, stop


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


def _starts(web: Web, titles: Sequence[Node]) -> list[Node]:
    """Return the elements in which the stretches around titles begin: where each parts from the title before it.

    At the first title of a section that is the whole section, with its heading; such stand out among elements of another kind.
    """
    before = [_branch(web, title, titles[i - 1] if i else titles[min(1, len(titles) - 1)]) for i, title in enumerate(titles)]
    behind = [_branch(web, title, titles[i + 1]) for i, title in enumerate(titles[:-1])]
    counts = Counter((node.tag, *node.classes[:1]) for node in (*before, *behind))
    usual = max(counts, key=lambda kind: counts[kind])
    found = []
    for title, first, other in zip(titles, before, (*behind, before[-1]), strict=True):
        around = [] if (first.tag, *first.classes[:1]) == usual else [_term_or_self(web, above) for above in (title, *web.above(title)) if above.index >= max(first.index, other.index)]
        found.append(next((node for node in reversed(around) if (node.tag, *node.classes[:1]) == usual), first))
    return found


def _branch(web: Web, node: Node, other: Node) -> Node:
    """Return the highest element around a node that another is not in; a `dt` before a `dd` belongs to it."""
    found = node
    for above in web.above(node):
        if above.index <= other.index <= above.last:
            break
        found = above
    term = _term_or_self(web, found)
    return found if term.index <= other.index <= term.last else term


def _term_or_self(web: Web, node: Node) -> Node:
    """Return the `dt` right before a `dd`, any other element as it is."""
    before = next(_children_before(web, node), None) if node.tag == "dd" else None
    return before if before is not None and before.tag == "dt" else node


def _with_term(web: Web, node: Node) -> tuple[Node, Node]:
    """Return the `dt` before the `dd` that an element is in, and that: on arXiv's lists it has the paper's number; else the element twice."""
    within = next((above for above in (node, *web.above(node)) if above.tag == "dd"), node)
    term = _term_or_self(web, within)
    return (node, node) if term is within else (term, within)


def _children_before(web: Web, node: Node) -> Iterator[Node]:
    """Yield the element right before another one in the same parent, if there is one."""
    index = node.index - 1
    while index > node.parent:
        if web.nodes[index].parent == node.parent:
            yield web.nodes[index]
            return
        index = max(web.nodes[index].parent, node.parent) if web.nodes[index].depth > node.depth else index - 1


def _right_before(web: Web, node: Node) -> Node | None:
    """Return the element right before another one, or before the wrappers that it is the first in."""
    while (before := next(_children_before(web, node), None)) is None and node.parent >= 0 and web.nodes[node.parent].start == node.start:
        node = web.nodes[node.parent]
    return before


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


def _tells_when(item: Item) -> bool:
    """Tell whether an item says when or where it appeared."""
    return item.cited.date is not None or any(role in {"date", "venue"} for role, _ in item.roles)


def _classes(node: Node) -> list[str]:
    """Return the classes of an element; types of BibTeX, as jekyll-scholar names entries by, are but one."""
    return ["entry" if name in _BIBTEX_TYPES else name for name in node.classes]


def _kind(web: Web, node: Node) -> Kind:
    """Return what an element has in common with the other items of its list: the parent, or that of a wrapper with a class."""
    parent = web.nodes[node.parent] if node.parent >= 0 else node
    if (parent.tag == "a" or (node.tag in {"dd", "dt"} and parent.tag == "dl")) and parent.parent >= 0:
        parent = web.nodes[parent.parent]
    while (parent.tag in {"ul", "ol"} or (parent.tag == "div" and not parent.classes)) and parent.parent >= 0 and (parent.index + 1, parent.last) == (node.index, node.last):
        parent = web.nodes[parent.parent]  # nothing but a wrapper
    name = next(iter(_classes(node)), "")  # what follows tells one item from another
    if _title_cell(web, node) is not None:
        name += " names"
    elif node.tag == "p" and _NUMBERED.match(web.text, node.start, node.end):
        name += " numbered"  # between them stand remarks
    if node.tag in {"div", "p"} and parent.tag in {"div", "article", "section", "li"} and parent.classes:
        return node.tag, parent.parent, name, parent.classes[0]
    return node.tag, parent.index, name, ""


def _by_citations(web: Web) -> Listing:
    """Return the items of lists, rows and paragraphs that read like citations, if there are some and most of their kind do."""
    found: list[Item] = []
    counts: dict[Kind, list[float]] = {}
    bad: list[Item] = []
    unsure: list[Item] = []
    skip_to = -1
    titled = set(_titled_lists(web))
    for node in web.nodes:
        if not _may_be_item(web, node) or node.index < skip_to or _is_menu(web, node) or (node.tag == "tr" and (is_of_others(web, node) or holds_papers(web, node))):
            continue
        end, last = node.end, node.last
        for below in web.inside(node) if node.tag in {"li", "tr", "dd"} else ():
            if below.tag in {"ul", "ol", "table", "dl"}:
                end, last = below.start, below.index - 1
                break
        term = _title_term(web, node, titled)
        if term is not None:
            end, last = _behind_term(web, node, end, last)
        first, start = (term.index, term.start) if term is not None else (node.index, node.start)
        if not _SHORTEST <= end - start <= _LONGEST:
            continue
        row = _title_cell(web, node)
        title = row[0] if row is not None else term
        cited = cited_in(web, (first, last), (start, end), title)
        if row is not None and cited.people is None and (named := _names_of(web, row[1])) is not None:
            cited = replace(cited, people=named, evidence=cited.evidence + (2 if named.sure else 1) + 1)
        item = Item(web.nodes[first], (first, last), (start, end), title, (), cited)
        number = 2 * (not cited.identifiers and bool(linked_facts(web, item)))
        good = cited.title is not None and is_in_one_cell(web, node, cited.title) and cited.evidence + number >= ENOUGH and not _is_prose(web, item) and (number > 0 or not _is_role(web.text, cited))
        perhaps = cited.title is not None and is_in_one_cell(web, node, cited.title) and ((cited.people is not None and cited.evidence + 1 >= ENOUGH) or (term is not None and cited.date is not None))
        counts.setdefault(_kind(web, item.first), []).append(1 if good else _UNSURE * perhaps)
        (found if good else unsure if perhaps else bad).append(item)
        skip_to = last + 1 if good else skip_to
    good_kinds = {kind for kind, marks in counts.items() if marks.count(1) > 1 and sum(marks) >= _MOST * len(marks)}
    if not good_kinds and len(found) == 1 and found[0].cited.evidence > ENOUGH:
        return Listing(found, [])
    tags = {kind[0] for kind in good_kinds}
    looks = {(kind[0], *kind[2:]) for kind in good_kinds}
    # A short list beside longer ones.
    good_kinds |= {kind for kind, marks in counts.items() if kind[0] in tags and ((share := marks.count(1) / len(marks)) == 1 or ((kind[0], *kind[2:]) in looks and 2 * share >= 1))}
    turned = list(turned_items(web, [item for item in (*found, *unsure, *bad) if _kind(web, item.first) in good_kinds]))
    again = {item.nodes for item in turned}
    found, unsure, bad = ([item for item in items if item.nodes not in again] for items in (found, unsure, bad))
    found += turned
    # Among papers, a single name below a title is an author.
    found = sorted((*found, *(item for item in unsure if _kind(web, item.first) in good_kinds and all(item.nodes[1] < one.nodes[0] or one.nodes[1] < item.nodes[0] for one in found))), key=lambda item: item.nodes)
    read = [item for item in found if _kind(web, item.first) in good_kinds]
    return Listing(read, list(_missed(web, [item.first for item in bad if _kind(web, item.first) in good_kinds], read)))


def _missed(web: Web, bad: Iterable[Node], read: Sequence[Item]) -> Iterator[Node]:
    """Yield the elements among those of a list that are items, but were not read: no plain paragraphs without a quoted title, heads of tables, parts of items."""
    firsts = sorted(item.first.index for item in read)
    for node in bad:
        kind = _kind(web, node)
        plain = node.tag in {"p", "div"} and not (kind[2] or kind[3]) and not _QUOTED.match(web.text, node.start, node.end)
        if plain or any(below.tag == "th" for below in web.inside(node)):
            continue
        whole = web.nodes[node.parent] if kind[3] else node
        if bisect_right(firsts, whole.last) - bisect_left(firsts, whole.index) > 1:
            whole = node  # no wrapper of one paper
        if bisect_right(firsts, whole.last) == bisect_left(firsts, whole.index):
            yield node


def _by_blocks(web: Web) -> Listing:
    """Return the papers of a page that is made of like blocks, each with a heading or link for a title and a line of names."""
    kinds: dict[tuple[str, str, int], list[Node]] = {}
    for node in web.nodes:
        if node.tag in _BLOCKS and _SHORTEST <= node.end - node.start <= _LONGEST:
            names = " ".join(_classes(node))
            kinds.setdefault((node.tag, names, -1 if names else node.parent), []).append(node)
    best = Listing([], [])
    for nodes in kinds.values():
        read: list[Item] = []
        lone: list[Item] = []
        bad: list[Node] = []
        for node in nodes if len(nodes) > 1 else ():
            if read and node.index <= read[-1].nodes[1]:
                continue
            shown = any(below.tag in MARKS and MARKS[below.tag] != "italic" for below in web.inside(node))
            cited = cited_in(web, (node.index, node.last), (node.start, node.end), None) if shown else Citation()
            item = Item(node, (node.index, node.last), (node.start, node.end), None, (), cited)
            if cited.people is None or cited.title is None or _heads_list(web, node, cited) or _is_role(web.text, cited):
                bad.append(node)
            elif (cited.people.sure or len(cited.people.names) > 1) and cited.evidence >= ENOUGH:
                read.append(item)
            else:
                lone.append(item)
        if len(read) > max(1, len(best.items)) and len(read) >= _MOST * len(nodes):
            best = among_papers(read, lone, bad)
    return best


def _heads_list(web: Web, node: Node, cited: Citation) -> bool:
    """Tell whether what looks like the title of a block is the heading of a list in it, whose first item begins with names and goes on."""
    named, title = cited.people, cited.title
    items = [below for below in web.inside(node) if below.tag == "li"] if named is not None and title is not None else []
    return named is not None and title is not None and any(title[1] <= item.start == named.names[0][0] and any(map(str.isalpha, web.text[named.end : item.end])) for item in items)


def _titled_lists(web: Web) -> Iterator[int]:
    """Yield the lists of definitions whose terms are titles: most are of several words."""
    terms: dict[int, list[bool]] = {}
    for node in web.nodes:
        if node.tag == "dt" and node.start < node.end:
            terms.setdefault(node.parent, []).append(web.text.count(" ", node.start, node.end) > 1)
    return (index for index, marks in terms.items() if 2 * sum(marks) > len(marks))


def _title_term(web: Web, node: Node, titled: Container[int]) -> Node | None:
    """Return the `dt` with a title before a `dd` with what is said of it."""
    term = next(_children_before(web, node), None) if node.tag == "dd" else None
    told = term is not None and (web.text.count(" ", term.start, term.end) > 1 or (node.parent in titled and any(map(str.isalpha, web.said(term)))))
    return term if term is not None and term.tag == "dt" and told else None


def _behind_term(web: Web, node: Node, end: int, last: int) -> tuple[int, int]:
    """Return where what is said of a term ends, which may be in several `dd`."""
    holder = node.parent
    while last == node.last and last + 1 < len(web.nodes) and (following := web.nodes[last + 1]).tag == "dd" and following.parent == holder:
        node, end, last = following, following.end, following.last
    return end, last


def _title_cell(web: Web, node: Node) -> tuple[Node, Node] | None:
    """Return the cell of the title, and the one beside it that is nothing but names, in a row of a table, as programmes of conferences have it."""
    cells = [below for below in web.inside(node) if node.tag == "tr" and below.tag == "td" and below.parent == node.index and below.end - below.start > 1]
    named = [_names_of(web, cell) is not None for cell in cells]
    if sum(named) != 1:
        return None
    at = named.index(True)
    beside = [cell for cell in cells[max(at - 1, 0) : at + 2] if cell is not cells[at] and web.text.count(" ", cell.start, cell.end) > 1 and not NO_TITLE.search(web.text, cell.start, cell.end)]
    return (max(beside, key=lambda cell: cell.end - cell.start), cells[at]) if beside else None


def _names_of(web: Web, cell: Node) -> People | None:
    """Return the names in a cell that holds nothing else."""
    start, end = squeezed(web.text, cell.start, cell.end)
    found = over_lines(web.text, start, end) if end - start < _LONGEST else None
    return found if found is not None and not web.text[found.end : end].strip(" .*†‡") else None


def _may_be_item(web: Web, node: Node) -> bool:
    if node.tag in _ITEMS and node.tag != "p":
        return True
    inside = (below for below in web.inside(node) if below.tag in _ITEMS or below.tag == "div")
    return node.tag in {"div", "p"} and 0 < node.end - node.start <= _LONGEST and all(below.end - below.start < _SHORTEST for below in inside)


def _is_role(text: str, cited: Citation) -> bool:
    """Tell whether what stands beside names is no title, but what these people are: `Members of the board`."""
    said = text[slice(*cited.title)] if cited.title is not None and cited.date is None and not cited.identifiers else ""
    return said.count(" ") <= _LONGEST_ROLE and NO_TITLE.search(said) is not None


def _is_menu(web: Web, node: Node) -> bool:
    """Tell whether an element is nothing but links beside each other, as to the other pages of a site: `Home | Papers | Blog`."""
    links = [below for below in web.inside(node) if below.tag == "a" and below.end > below.start]
    if len(links) < _FEWEST_LINKS:
        return False
    around = web.text[node.start : links[0].start] + "".join(web.text[one.end : other.start] for one, other in pairwise(links)) + web.text[links[-1].end : node.end]
    return "|" in around and not around.strip(" |\n") and not any(linked_id(link.attributes.get("href", "")) for link in links)


def _is_prose(web: Web, item: Item) -> bool:
    """Tell whether a citation is but a part of a paragraph."""
    cited = item.cited
    ends = [cited.title[1] if cited.title else 0, cited.people.end if cited.people else 0, *(part[1] for part in (cited.venue, cited.pages) if part)]
    ends += [cited.date[0][1]] if cited.date else []
    return len(web.text[max(ends) : item.span[1]].split()) > 40 and item.first.tag == "p"
