"""What a paper's own page shows beside what it tells machines: the abstract, subjects, comments, identifiers, ORCID iDs beside names."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from kg.ids import identifier
from kg.sources._html import roles
from kg.sources._html.facts import Fact, identified
from kg.sources._html.page import Node, Web
from kg.sources._linked_id import linked_id
from kg.sources._text.names import natural
from kg.text import fold

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4"})
_ENDS: Final = _HEADINGS | {"pre", "table", "dl", "nav", "form", "footer", "aside"}
"""What an abstract below a heading ends at."""

_ABSTRACTS: Final = (re.compile(r"\W*(?:abstract|summary)\W*", re.IGNORECASE), re.compile(r"\W*tl;dr\W*", re.IGNORECASE))
"""The headings of an abstract, the better one first."""

_BOLD: Final = frozenset({"b", "strong"})
_PART: Final = re.compile(r"(?:background|introduction|objectives?|aims?|purpose|context|motivation|methods?|design|setting|results|findings|conclusions?|discussion|significance)\b", re.IGNORECASE)
"""What parts of an abstract are called."""

_LABEL: Final = re.compile(r"^abstract\b\s*[.:—-]?\s*", re.IGNORECASE)
_NO_ABSTRACT: Final = re.compile(r"(?:highlights|graphical abstract|video abstract)\b", re.IGNORECASE)
"""What publishers put where the abstract stands, in elements of the same class."""

_KEYWORDS: Final = re.compile(r"\n(?=(?:key\s?words|index terms)\b\s*[:.—-])", re.IGNORECASE)
_BEHIND: Final = re.compile(r"\W*(?:[0-9,]+\s)?(?:references|bibliography|works cited|literature cited|cited by|citations|similar articles|related (?:articles|papers|content)|recommended)\W*", re.IGNORECASE)
"""The heading of what a paper's page says of other papers."""

_BUTTON: Final = re.compile(r"\W*(?:view (?:on|pdf on) )?arxiv\W*", re.IGNORECASE)
_DECIDED: Final = re.compile(r"[A-Z][\w&/.'’ -]{1,60}\s(?:19|20)[0-9]{2}(?:\s[\w/-]{1,20}){0,3}\s(?:poster|oral|spotlight|highlight|talk|top-[0-9]{1,2}%)", re.IGNORECASE)
"""Where a paper appeared, and as what, as OpenReview shows it: `ICLR 2024 poster`."""

_CODE: Final = re.compile(r"\(([a-z-]{2,8}(?:\.[A-Za-z-]{2,8})?)\)\s*$")
_SHORTEST_ABSTRACT: Final = 80
_SHORTEST_BODY: Final = 120
_LONGEST_BODY: Final = 6_000
_LONGEST_KEYWORD: Final = 80
_NEAR_BLANKS: Final = 40
_NEAR: Final = 4
_LONGEST_PERSON: Final = 400
"""How many elements around an ORCID iD are looked at for the author's name, and how long they may be."""


def beside(web: Web, told: Sequence[Sequence[Fact]]) -> list[Fact]:
    """Return what classes and headings on a paper's own page say that its meta tags seldom do; `told` is what these say."""
    nodes = list(_own(web))
    names = {fact.name for facts in told for fact in facts}
    found = [*_abstract(web, nodes), *_given_names(web, nodes)]
    for node in nodes:
        role, text = roles.role_of(web, node), web.said(node)
        if role == "category" and not any(fact.name == "category" for fact in found):
            for piece in text.removeprefix("Subjects:").split(";"):
                code = _CODE.search(piece)
                found.append(Fact("category", code[1] if code else piece.strip(), node.line, web.path(node)))
        elif "keyword" in node.classes and node.tag == "div" and 0 < len(text) < _LONGEST_KEYWORD:
            found.append(Fact("keyword", text, node.line, web.path(node)))
        elif role == "comment" and text.lower().rstrip(":") != "comments":
            found.append(Fact("comment", text.removeprefix("Comments:").strip(), node.line, web.path(node)))
        elif "venue" not in names and ("jref" in node.classes or ("item" in node.classes and _DECIDED.fullmatch(text))):
            found.append(Fact("venue", text, node.line, web.path(node)))
    return [*found, *_numbers(web, nodes, told)]


def _own(web: Web) -> Iterator[Node]:
    """Yield the elements up to where the page speaks of other papers."""
    for node in web.nodes:
        if node.tag in _HEADINGS and _BEHIND.fullmatch(web.said(node)):
            return
        yield node


def _abstract(web: Web, nodes: Sequence[Node]) -> Iterator[Fact]:
    """Yield the abstract: what its class or id says is one, else what stands below its heading."""
    for node in nodes:
        if roles.role_of(web, node) == "abstract" or node.attributes.get("id", "").lower() == "abstract":
            text = web.said(node)
            if len(text) >= _SHORTEST_BODY and not _NO_ABSTRACT.match(text):
                yield Fact("abstract", _LABEL.sub("", text), node.line, web.path(node))
                return
    body, heading = headed_abstract(web)
    if heading is not None:
        yield Fact("abstract", body, heading.line, web.path(heading))


def _given_names(web: Web, nodes: Sequence[Node]) -> Iterator[Fact]:
    """Yield the authors whose names are in parts, as ScienceDirect has them."""
    given = ""
    for node in nodes:
        if "given-name" in node.classes:
            given = web.said(node)
        elif given and "surname" in node.classes:
            yield Fact("author", f"{given} {web.said(node)}", node.line, web.path(node))
            given = ""


def _numbers(web: Web, nodes: Sequence[Node], told: Sequence[Sequence[Fact]]) -> Iterator[Fact]:
    """Yield a DOI that its class tells, and the number on arXiv to which a button leads, where the meta tags have none."""
    known = {(fact.value or fact.text).partition(":")[0] if fact.name == "identifier" else fact.name for facts in told for fact in facts}
    if "doi" not in known:
        shown = (node for node in nodes if any(re.split(r"[-_]+", name)[0] == "doi" for name in node.classes))
        yield from [fact for node in shown if (fact := identified(Fact("identifier", web.said(node), node.line, web.path(node)), "doi")).name == "identifier"][:1]
    if "arxiv_id" not in known:
        links = {value: node for node in nodes if node.tag == "a" and _BUTTON.fullmatch(web.said(node)) and (value := linked_id(node.attributes.get("href", ""))) and value.startswith("arxiv:")}
        if len(links) == 1:
            (value, node), = links.items()
            yield Fact("arxiv_id", value.removeprefix("arxiv:"), node.line, f"{web.path(node)}/@href")


def people_beside(web: Web, told: Sequence[Sequence[Fact]]) -> list[Fact]:
    """Return the authors whose names the page shows with their ORCID iDs, where its meta tags tell the names alone."""
    if any(fact.name == "author_id" for facts in told for fact in facts):
        return []
    names = {fold(natural(fact.text)): fact.text for facts in told for fact in facts if fact.name == "author"}
    found: list[Fact] = []
    for node in web.nodes:
        href = node.attributes.get("href", "") if node.tag == "a" and "orcid.org/" in node.attributes.get("href", "") else ""
        if not href or (value := identifier(href, "orcid")) is None:
            continue
        around = [fold(web.said(above)) for above in islice(web.above(node), _NEAR) if above.end - above.start <= _LONGEST_PERSON]
        name = next((name for text in around for name in names if text.startswith(name)), None)
        if name is not None and all(fact.value != value for fact in found):
            found += [Fact("author", names[name], node.line, web.path(node)), Fact("author_id", href, node.line, f"{web.path(node)}/@href", value, len(found) // 2)]
    return found


def places_beside(web: Web, told: Sequence[Sequence[Fact]]) -> list[Fact]:
    """Return the authors with the places that the page shows, each below its author's name, in an element that is called after them, as SSRN has it."""
    names = {fold(natural(fact.text)): fact.text for facts in told for fact in facts if fact.name == "author"}
    if any(fact.name == "affiliation" for facts in told for fact in facts):
        return []
    for around in web.nodes:
        if not any("authors" in re.split(r"[-_]+", name) for name in around.classes):
            continue
        named = {name: node for node in web.inside(around) if node.tag in _HEADINGS and (name := fold(web.said(node))) in names}
        stops = [*(node.start for node in named.values()), around.end][1:]
        found: list[Fact] = []
        for rank, (name, node) in enumerate(named.items()):
            found.append(Fact("author", names[name], node.line, web.path(node)))
            place = " ".join(web.text[node.end : stops[rank]].split())
            if len(place) <= _LONGEST_PERSON and any(c.isalpha() for c in place):
                found.append(Fact("affiliation", place, node.line, web.path(node), None, rank))
        if len(named) == len(names) and len(found) > len(named):
            return found
    return []


def headed_abstract(web: Web) -> tuple[str, Node | None]:
    """Return the text below the heading of an abstract, and that."""
    headings = [node for node in web.nodes if node.tag in _HEADINGS | _BOLD]
    for pattern in _ABSTRACTS:
        for node in headings:
            if pattern.fullmatch(web.said(node)):
                stop = next((below.start for below in web.nodes[node.last + 1 :] if below.start > node.end and (below.tag in _ENDS or (node.tag in _BOLD and _is_label(web, below)))), web.nodes[0].end)
                body = " ".join(_KEYWORDS.split(web.text[node.end : stop], maxsplit=1)[0].split())
                if _SHORTEST_ABSTRACT <= len(body) <= _LONGEST_BODY:
                    return body, node
    return "", None


def _is_label(web: Web, node: Node) -> bool:
    """Tell whether bold text begins a line, and is all of it or ends with a colon; it is no part of an abstract."""
    if node.tag not in _BOLD or web.text[max(0, node.start - _NEAR_BLANKS) : node.start].rstrip(" \t")[-1:] not in {"", "\n"} or _PART.match(web.said(node)):
        return False
    return web.said(node).endswith(":") or web.text[node.end : node.end + _NEAR_BLANKS].lstrip(" \t")[:1] in {"", "\n"}
