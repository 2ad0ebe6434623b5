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
from urllib.parse import urljoin

from kg.ids import identifier
from kg.names import is_group
from kg.sources import _sheet
from kg.sources._byline import People, people
from kg.sources._citation import ENOUGH, QUOTED, Citation, cite, with_line_of_names
from kg.sources._embedded import bibtex_fields
from kg.sources._entry import Entry
from kg.sources._fields import Span, squeezed
from kg.sources._html import Node, Web
from kg.sources._html_meta import Fact
from kg.sources._latex import decode

_ROLES: Final = {
    "ptitle": "title", "papertitle": "title", "pubtitle": "title", "bibtitle": "title", "gsc_a_at": "title", "gs_rt": "title", "note_content_title": "title",
    "title": "title",
    "authors": "author", "author": "author", "bibauthor": "author", "gs_a": "scholar", "gs_gray": "gray", "authsearch": "author", "authorlist": "author", "byline": "author",
    "abstract": "abstract", "abstract-full": "abstract", "abstract-collapse": "abstract", "abstract-short": "", "abstr": "abstract",
    "venue": "venue", "journal": "venue", "conference": "venue", "booktitle": "venue", "periodical": "venue", "bibjournal": "venue", "info": "venue",
    "year": "date", "date": "date", "gsc_a_h": "date", "gsc_a_hc": "date", "list-dateline": "date", "pubdate": "date",
    "subjects": "category", "list-subjects": "category", "list-comments": "comment", "comments": "comment", "list-journal-ref": "venue",
    "list-title": "title", "list-authors": "author", "list-identifier": "", "doi": "doi", "keywords": "keyword", "gsc_a_ac": "other",
}  # fmt: skip
"""What classes, or the last words of theirs, say of an element; empty where they mislead."""

_ENDINGS: Final = frozenset({"title", "authors", "author", "abstract", "venue", "journal", "conference", "booktitle", "year", "date", "subjects", "doi", "keywords"})
_NO_TITLE: Final = frozenset({
    "page", "site", "section", "sub", "book", "journal", "nav", "navbar", "widget", "panel", "modal", "menu", "sidebar", "main", "header", "footer", "conference", "venue", "short",
    "blog", "product", "dialog", "tooltip", "toc", "collection", "series", "volume", "session", "event", "post", "track", "column", "feed", "tab", "group", "name",
})  # fmt: skip
"""With these before it, a class that ends in `title` is not about a paper."""

_LABEL: Final = re.compile(r"(?:title|authors?|abstract|subjects?|comments?|journal[- ]ref|doi|submitted|originally announced|keywords|published in|venue)\s?:\s?", re.IGNORECASE)
_MORE: Final = re.compile(r"\s*(?:[△▽]\s?(?:less|more)|show (?:more|less)|read more)\s*\Z", re.IGNORECASE)
_ARXIV: Final = re.compile(r"(?:^|arxiv\.org|ar5iv\.\w+|huggingface\.co|alphaxiv\.org)/(?:abs|pdf|html|format|papers|overview)/((?:[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}))(?:v[0-9]+)?(?:\.pdf)?/?(?:[?#].*)?\Z")
_ANTHOLOGY: Final = re.compile(r"(?:^|aclanthology\.org|aclweb\.org/anthology)/((?:19|20)[0-9]{2}\.[a-z0-9]+-[a-z0-9_]+\.[0-9]+|[A-Z][0-9]{2}-[0-9]{4})/?\Z")
_FORUM: Final = re.compile(r"(?:^|openreview\.net)/(?:forum|pdf|attachment)\?id=([A-Za-z0-9_-]{8,14})(?:[&#].*)?\Z")
_PERSON: Final = re.compile(r"orcid\.org/|/profile\?id=~|/pid/")
_USEFUL: Final = re.compile(r"github\.com/|gitlab\.com/|huggingface\.co/|arxiv\.org/|doi\.org/|openreview\.net/|\.pdf\b|aclanthology\.org/", re.IGNORECASE)
_MARKS: Final = {
    "a": "link", "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic", **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading"),
}  # fmt: skip
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS: Final = frozenset({"div", "section", "article", "li", "td"})
_ITEMS: Final = frozenset({"li", "p", "tr", "dd"})
_SHORTEST: Final = 24
_LONGEST: Final = 4_000
_SHORTEST_TITLE: Final = 6
_SHORTEST_ABSTRACT: Final = 200
_LONGEST_TITLE: Final = 400
_MOST: Final = 0.4
_CATEGORY: Final = re.compile(r"\(([a-z-]{2,8}(?:\.[A-Za-z-]{2,8})?)\)\s*\Z")
_SCHOLAR: Final = re.compile(r"\s[-–]\s")
_TAGS: Final = frozenset({"tag", "badge", "label", "pill", "chip", "venue", "conf", "conference", "journal"})
"""Words of the classes of a small sign before an entry that tells where it appeared."""

_SIGN: Final = re.compile(r"(?P<venue>[^\n,;:()\[\]\"“]{2,40}?)[\s'’,-]{0,3}(?P<year>(?:19|20)[0-9]{2})?")
_BIBTEX: Final = re.compile(r"@(?:inproceedings|article|conference|misc|incollection|book|techreport|phdthesis|mastersthesis)\s*\{", re.IGNORECASE)
_BUTTONS: Final = re.compile(r"\[[^\[\]\n]{0,40}\]")


Kind = tuple[str, int, str, str]
"""What the items of one list share: tag, the element that they are in, their classes, those of a wrapper of each."""


class Item(NamedTuple):
    """A paper on a page.

    Attributes:
        first: The element that it begins with.
        nodes: Indices of its first and last element.
        span: Where its text stands in the page's.
        title: The element that is its title by its class, if one is.
        roles: What elements are by their classes.
        cited: Its text taken apart as a citation.
    """

    first: Node
    nodes: tuple[int, int]
    span: Span
    title: Node | None
    roles: tuple[tuple[str, Node], ...]
    cited: Citation


class Listing(NamedTuple):
    """The papers that a page lists.

    Attributes:
        items: The papers.
        missed: The elements that stand among them and cannot be read as one.
    """

    items: list[Item]
    missed: list[Node]


def role_of(web: Web, node: Node) -> str:
    """Return what an element is by its class or attributes: the name of a field, empty if it does not say."""
    attributes = node.attributes
    if attributes.get("title", "").lower() == "paper title":
        return "title"
    if node.tag == "a":
        href = attributes.get("href", "")
        parent = web.nodes[node.parent].tag if node.parent >= 0 else ""
        if (parent == "strong" and "align-middle" in node.classes) or (_FORUM.search(href) and parent in {"h2", "h3", "h4", "h5"}):
            return "title"
        if href.startswith("/people/") or "aclanthology.org/people/" in href:
            return "author"
    if node.tag == "p" and node.classes == ["mathjax"]:
        return "abstract"
    for name in node.classes:
        role = _ROLES.get(name)
        if role is None:
            words = re.split(r"[-_]+", name)
            role = _ROLES[words[-1]] if len(words) > 1 and words[-1] in _ENDINGS and not (words[-1] == "title" and _NO_TITLE & set(words[:-1])) else None
        if role is not None:
            # arXiv's search results call the line with the number `list-title`.
            return "" if name == "list-title" and node.tag == "p" else role
    return ""


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
        found = [item for item in _by_titles(web, titles, roles) if _is_likely(web, item)]
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
    if any(role in {"author", "scholar", "gray"} for role, _ in item.roles) and _people_of(web, item):
        return True
    if item.span[1] - item.span[0] > _LONGEST * 4:
        return False
    people = item.cited.people
    return bool((people is not None and people.sure) or _linked(web, item))


def _people_of(web: Web, item: Item) -> list[Fact]:
    """Return the authors that classes show: each element a list of names, or one name."""
    found: list[Fact] = []
    last = -1
    shown = [(role, node) for role, node in item.roles if role in {"author", "scholar", "gray"}]
    if not any(role == "author" for role, _ in shown):
        shown = shown[:1]  # Google Scholar: the first grey line is the authors, the second the venue
    for _, node in shown:
        if node.index <= last or (item.title is not None and item.title.index <= node.index <= item.title.last):
            continue
        last = node.last
        found += names_in(web, node)
    return found


def names_in(web: Web, node: Node) -> Iterator[Fact]:
    """Yield the names in an element, with the ids that they are linked to."""
    start, end = _unlabelled(web, node)
    text, path = web.text, web.path(node)
    if any(role == "scholar" for role in (role_of(web, node),)) and (cut := _SCHOLAR.search(text, start, end)):
        end = cut.start()
    found = people(text, start, end)
    if found is not None and text[found.end : end].strip(" ,;.\n*†‡…0123456789") and node.tag != "a":
        found = _over_lines(text, start, end)
    if found is None:
        linked = [below for below in web.inside(node) if below.tag == "a" and below.end - below.start > 2]
        spans = [squeezed(text, below.start, below.end) for below in linked] or [squeezed(text, start, end)]
        if not all(_could_be_name(text[slice(*span)]) for span in spans):
            return
        found_names, et_al = spans, None
    else:
        found_names, et_al = list(found.names), found.et_al
    for rank, span in enumerate(found_names):
        name = " ".join(text[slice(*span)].split())
        yield Fact("author", name, node.line, path, "group" if is_group(name) else None)
        yield from (fact._replace(of=rank) for fact in _person_ids(web, node, span))
    if et_al is not None:
        yield Fact("et_al", text[slice(*et_al)], node.line, path)


def _over_lines(text: str, start: int, end: int) -> People | None:
    """Return names that stand on lines of their own."""
    joined = people(text[start:end].replace("\n", ","), 0)
    if joined is None or text[start + joined.end : end].strip(" ,;.\n*†‡0123456789"):
        return people(text, start, end)
    shifted = tuple((start + first, start + last) for first, last in joined.names)
    et_al = (start + joined.et_al[0], start + joined.et_al[1]) if joined.et_al else None
    return joined._replace(names=shifted, et_al=et_al, end=start + joined.end)


def _could_be_name(text: str) -> bool:
    return 1 < len(text) < 60 and len(text.split()) < 7 and not any(c in "()[]{}<>/@:?!0123456789" for c in text) and any(c.isalpha() for c in text)


def _person_ids(web: Web, node: Node, span: Span) -> Iterator[Fact]:
    """Yield the ids of a person that a name, or a sign behind it, links to."""
    for below in web.inside(node):
        href = below.attributes.get("href", "")
        if below.start < span[1] and below.end >= span[0] and below.end - below.start < 80 and _PERSON.search(href) and span[0] <= below.start <= span[1]:
            scheme = "orcid" if "orcid.org" in href else "openreview" if "profile?id=" in href else "dblp"
            if value := identifier(href.removesuffix(".html") if scheme != "openreview" else f"https://openreview.net/{href.lstrip('/')}" if href.startswith("/") else href, scheme):
                yield Fact("author_id", href, below.line, web.path(below), value)


def _unlabelled(web: Web, node: Node) -> Span:
    """Return the span of an element's text without a label such as `Authors:` before it."""
    start, end = squeezed(web.text, node.start, node.end)
    match = _LABEL.match(web.text, start, end)
    return squeezed(web.text, match.end(), end) if match else (start, end)


def _cited(web: Web, nodes: tuple[int, int], span: Span, title: Node | None) -> Citation:
    """Return a stretch of the page taken apart as a citation, with what its markup shows."""
    start, end = squeezed(web.text, *span)
    marked = []
    sign = _sign(web, nodes, (start, end)) if title is None else None
    if sign is not None:
        start = squeezed(web.text, sign.end, end)[0]
    if title is not None:
        marked.append(("link", squeezed(web.text, title.start, title.end), ""))
    else:
        for index in range(nodes[0], nodes[1] + 1):
            node = web.nodes[index]
            kind = _MARKS.get(node.tag)
            if kind and start <= node.start < node.end <= end:
                marked.append((kind, (node.start, node.end), node.attributes.get("href", "")))
    cited = cite(web.text, start, end, marked)
    if title is None:
        cited = _in_lines(web.text, (start, end), cited, marked)
    return cited if sign is None or cited.title is None else _with_sign(web.text, sign, cited)


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
    if first is not None and not _PERSON.search(first[2]):
        title = squeezed(text, *first[1])
        stop = text.find("\n", title[1], span[1])
        alone = stop > 0 and not _BUTTONS.sub("", text[title[1] : stop]).strip(" .,")
        if alone and text.count(" ", *title) and _SHORTEST_TITLE <= title[1] - title[0] <= _LONGEST_TITLE:
            title = title[0], title[0] + len(text[slice(*title)].rstrip(".,; "))
            bare = Citation(title=title, identifiers=cited.identifiers, urls=cited.urls, evidence=2 * bool(cited.identifiers))
            found = with_line_of_names(text, span, bare)
            if found.people is not None and (found.people.sure or len(found.people.names) > 1):
                return found
    return with_line_of_names(text, span, cited) if cited.title is not None and cited.people is None else cited


def _kind(web: Web, node: Node) -> Kind:
    """Return what an element has in common with the other items of its list: the parent, or that of a wrapper with a class."""
    parent = web.nodes[node.parent] if node.parent >= 0 else node
    names = " ".join(node.classes)
    if node.tag in {"div", "p"} and parent.tag in {"div", "article", "section", "li"} and parent.classes:
        return node.tag, parent.parent, names, " ".join(parent.classes)
    return node.tag, node.parent, names, ""


def _by_citations(web: Web) -> Listing:
    """Return the items of lists, rows and paragraphs that read like citations, if there are some and most of their kind do."""
    found: list[Item] = []
    counts: dict[Kind, list[int]] = {}
    bad: list[Node] = []
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
        cited = _cited(web, (node.index, last), (node.start, end), None)
        item = Item(node, (node.index, last), (node.start, end), None, (), cited)
        number = 2 * (not cited.identifiers and bool(_linked(web, item)))
        good = cited.title is not None and cited.evidence + number >= ENOUGH and not _is_prose(web, item)
        counts.setdefault(_kind(web, node), []).append(int(good))
        if good:
            found.append(item)
            skip_to = last + 1
        else:
            bad.append(node)
    good_kinds = {kind for kind, marks in counts.items() if sum(marks) >= max(2, _MOST * len(marks))}
    if not good_kinds and len(found) == 1 and found[0].cited.evidence > ENOUGH:
        return Listing(found, [])
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


def _may_be_item(web: Web, node: Node) -> bool:
    if node.tag in _ITEMS:
        return True
    return node.tag == "div" and 0 < node.end - node.start <= _LONGEST and not any(below.tag in _ITEMS or below.tag == "div" for below in web.inside(node))


def _is_prose(web: Web, item: Item) -> bool:
    """Tell whether a citation is but a part of a paragraph."""
    cited = item.cited
    ends = [cited.title[1] if cited.title else 0, cited.people.end if cited.people else 0, *(part[1] for part in (cited.venue, cited.pages) if part)]
    ends += [cited.date[0][1]] if cited.date else []
    return len(web.text[max(ends) : item.span[1]].split()) > 40 and item.first.tag == "p"


def _linked(web: Web, item: Item) -> list[Fact]:
    """Return the identifiers that an item's links lead to."""
    found: dict[str, Fact] = {}
    for index in range(item.nodes[0], item.nodes[1] + 1):
        node = web.nodes[index]
        href = node.attributes.get("href", "") if node.tag == "a" else ""
        value = linked_id(href) if href else None
        if value and value not in found:
            scheme, _, number = value.partition(":")
            found[value] = Fact("arxiv_id" if scheme == "arxiv" else "identifier", number if scheme == "arxiv" else href, node.line, f"{web.path(node)}/@href", None if scheme == "arxiv" else value)
    return list(found.values())


def linked_id(href: str) -> str | None:
    """Return the identifier of the paper that a link leads to, also where it leads to a page of the same site.

    >>> linked_id("/abs/2205.06175v2"), linked_id("/2024.acl-long.1/"), linked_id("https://doi.org/10.1000/x"), linked_id("/about")
    ('arxiv:2205.06175', 'acl:2024.acl-long.1', 'doi:10.1000/x', None)
    """
    if match := _ARXIV.search(href):
        return identifier(match[1], "arxiv")
    if match := _ANTHOLOGY.search(href):
        return identifier(match[1], "acl")
    if match := _FORUM.search(href):
        return identifier(match[1], "openreview")
    if "doi.org/10." in href:
        return identifier(href, "doi")
    return None


def fill(web: Web, item: Item, entry: Entry) -> None:
    """Put what an item says into a record."""
    cited = item.cited
    said = _Said(web, item, entry)
    title = _unlabelled(web, item.title) if item.title is not None else cited.title
    if title is None:
        return
    if title[1] - title[0] > 1 and web.text[title[1] - 1] == "." != web.text[title[1] - 2]:
        title = title[0], title[1] - 1
    said.add("title", title, item.title)
    named = _people_of(web, item)
    if named:
        said.people(named)
    elif cited.people is not None:
        said.cited_people(cited)
    for role, node in item.roles:
        said.role(role, node)
    said.abstract()
    if item.title is None or cited.date is not None:
        said.rest(cited)
    said.links(_linked(web, item), cited)
    said.bibtex()


class _Said:
    """Adds to a record what an item says, each thing once.

    Args:
        web: The page.
        item: The item.
        entry: The record.
    """

    def __init__(self, web: Web, item: Item, entry: Entry) -> None:
        self._web, self._item, self._entry = web, item, entry
        self._gray = 0

    def add(self, name: str, span: Span, node: Node | None = None, value: str | None = None) -> int | None:
        """Add the text of a span as a field."""
        place = node or self._node_at(span)
        text = " ".join(self._web.text[slice(*span)].split())
        return self._entry.add(name, text, value, path=self._web.path(place), line=max(place.line, self._entry.line))

    def _node_at(self, span: Span) -> Node:
        """Return the innermost element of the item that a span is in."""
        found = self._item.first
        for index in range(self._item.nodes[0], self._item.nodes[1] + 1):
            node = self._web.nodes[index]
            if node.start <= span[0] and span[1] <= node.end and node.start < node.end:
                found = node
        return found

    def people(self, named: Iterable[Fact]) -> None:
        """Add authors and their ids."""
        positions: list[int | None] = []
        base = 0
        for fact in named:
            if fact.name == "author":
                positions.append(self._entry.add("author", fact.text, fact.value, path=fact.path, line=fact.line))
                base += 1
            elif fact.name == "et_al":
                self._entry.add("et_al", fact.text, path=fact.path, line=fact.line)
            else:
                self._entry.add(fact.name, fact.text, fact.value, path=fact.path, line=fact.line, of=positions[-1] if positions else None)

    def cited_people(self, cited: Citation) -> None:
        """Add the authors of a citation, with the ids that they link to."""
        if cited.people is None:
            return
        for span in cited.people.names:
            place = self._node_at(span)
            name = " ".join(self._web.text[slice(*span)].split())
            position = self._entry.add("author", name, "group" if is_group(name) else None, path=self._web.path(place), line=max(place.line, self._entry.line))
            if place.tag == "a" and _PERSON.search(href := place.attributes.get("href", "")):
                scheme = "orcid" if "orcid.org" in href else "openreview" if "profile?id=" in href else "dblp"
                if value := identifier(href.removesuffix(".html"), scheme):
                    self._entry.add("author_id", href, value, path=self._web.path(place), line=place.line, of=position)
        if cited.people.et_al:
            self.add("et_al", cited.people.et_al)

    def role(self, role: str, node: Node) -> None:
        """Add what an element is by its class."""
        web, entry, title = self._web, self._entry, self._item.title
        if title is not None and node.index <= title.index <= node.last:
            return  # around the title: what it is called says nothing of its text
        span = _unlabelled(web, node)
        text = " ".join(web.text[slice(*span)].split())
        if not text:
            return
        if role == "gray":
            self._gray += 1
            if self._gray == 2:
                self._venue(span, node)
        elif role == "scholar":
            pieces = _SCHOLAR.split(text)
            if len(pieces) > 1 and (match := re.search(r"\b(?:19|20)[0-9]{2}\b", pieces[1])):
                entry.add("venue", pieces[1][: match.start()].strip(" ,"), path=web.path(node), line=node.line)
                entry.add("date", match.group(), path=web.path(node), line=node.line)
        elif role == "abstract" and not entry.has("abstract") and len(text) > 40:
            full = next((below for below in web.inside(node) if "abstract-full" in below.classes), node)
            shown = _MORE.sub("", " ".join(web.text[slice(*_unlabelled(web, full))].split()))
            entry.add("abstract", re.sub(r"^abstract\b[.:]?\s*", "", shown, flags=re.IGNORECASE), path=web.path(full), line=full.line)
        elif role == "date" and not entry.has("date") and re.search(r"(?:19|20)[0-9]{2}", text):
            entry.add("date", text, _sheet.date(text), path=web.path(node), line=node.line)
        elif role == "category":
            for piece in text.split(";"):
                code = _CATEGORY.search(piece.strip())
                entry.add("category", code[1] if code else piece, path=web.path(node), line=node.line)
        elif role == "keyword":
            for piece in re.split(r"[;,]", text):
                entry.add("keyword", piece, path=web.path(node), line=node.line)
        elif role == "doi" and (value := identifier(text, "doi")):
            entry.add("identifier", text, value, path=web.path(node), line=node.line)
        elif role in {"comment", "other"}:
            entry.add(role, text, path=web.path(node), line=node.line)
        elif role == "venue" and not entry.has("venue"):
            self._venue(span, node)

    def bibtex(self) -> None:
        """Add what the BibTeX in an item says and the rest of it does not."""
        text = self._web.text[slice(*self._item.span)]
        entry = _BIBTEX.search(text)
        fields = bibtex_fields(text[entry.start() :]) if entry else {}
        for name, keys in {"venue": ("journal", "booktitle"), "date": ("year",), "volume": ("volume",), "issue": ("number",), "pages": ("pages",), "publisher": ("publisher",)}.items():
            said = next((fields[key] for key in keys if fields.get(key)), "")
            if said and not self._entry.has(name):
                shown = decode(said)
                self._entry.add(name, shown, _sheet.date(shown) if name == "date" else None, path=f"{self._web.path(self._item.first)}, BibTeX")
        if fields.get("doi") and not self._entry.has("identifier") and (value := identifier(decode(fields["doi"]), "doi")):
            self._entry.add("identifier", decode(fields["doi"]), value, path=f"{self._web.path(self._item.first)}, BibTeX")

    def abstract(self) -> None:
        """Add a paragraph that reads like an abstract, where no class tells one."""
        web, entry = self._web, self._entry
        for index in range(self._item.nodes[0], self._item.nodes[1] + 1):
            node = web.nodes[index]
            if entry.has("abstract") or node.tag != "p" or node.end - node.start < _SHORTEST_ABSTRACT or any(node.start <= one.start < node.end for one in (self._item.title,) if one):
                continue
            if _sheet.sounds_like_abstract(text := web.said(node)):
                entry.add("abstract", text, path=web.path(node), line=node.line)

    def _venue(self, span: Span, node: Node) -> None:
        """Add a venue, and the year, volume and pages behind it."""
        # As in a citation whose title has just been given.
        text = f"{QUOTED}{' '.join(self._web.text[slice(*span)].split())}"
        cited = cite(text, 0, len(text))
        path = self._web.path(node)
        parts = {"venue": cited.venue, "volume": cited.volume, "issue": cited.issue, "pages": cited.pages}
        if cited.venue is None:
            self._entry.add("venue", text[len(QUOTED) :], path=path, line=node.line)
        else:
            for name, part in parts.items():
                if part is not None:
                    self._entry.add(name, text[slice(*part)], path=path, line=node.line)
        if cited.date is not None and not self._entry.has("date"):
            self._entry.add("date", text[slice(*cited.date[0])], cited.date[1], path=path, line=node.line)

    def rest(self, cited: Citation) -> None:
        """Add the parts of a citation that no class has told."""
        if cited.date is not None and not self._entry.has("date"):
            self.add("date", cited.date[0], value=cited.date[1])
        told = [(node.start, node.end) for role, node in self._item.roles if role]
        for name, part in (("venue", cited.venue), ("volume", cited.volume), ("issue", cited.issue), ("pages", cited.pages)):
            if part is not None and not self._entry.has(name) and not any(part[0] < end and start < part[1] for start, end in told):
                self.add(name, part)

    def links(self, linked: Iterable[Fact], cited: Citation) -> None:
        """Add identifiers and the addresses of the paper, its code and its page."""
        seen = set()
        for fact in linked:
            self._entry.add(fact.name, fact.text, fact.value, path=fact.path, line=fact.line)
            seen.add(fact.value or fact.text)
        for span, value in cited.identifiers:
            scheme, _, number = value.partition(":")
            shown = number if scheme == "arxiv" else value
            if shown not in seen and span[0] < span[1]:
                self.add("arxiv_id" if scheme == "arxiv" else "identifier", span, value=shown)
                seen.add(shown)
        addresses = set()
        for index in range(self._item.nodes[0], self._item.nodes[1] + 1):
            node = self._web.nodes[index]
            href = node.attributes.get("href", "").strip() if node.tag == "a" else ""
            title = self._item.title
            if any(role == "author" and node.start >= one.start and node.end <= one.end for role, one in self._item.roles):
                continue
            is_title = title is not None and (title.index <= index <= title.last or node.index <= title.index <= node.last)
            if not href or _PERSON.search(href) or not (is_title or title is None or _USEFUL.search(href)):
                continue
            address = _absolute(self._web.base, href)
            if address and address not in addresses:
                addresses.add(address)
                self._entry.add("url", address, path=f"{self._web.path(node)}/@href", line=max(node.line, self._entry.line))


def _absolute(base: str, href: str) -> str:
    """Return a link's address if it is one of the web, a relative one where the page says its own address."""
    try:
        address = urljoin(base, href) if base else href
    except ValueError:
        return ""
    return address if address.startswith(("http://", "https://")) else ""
