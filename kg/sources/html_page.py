"""Reader of saved web pages: the page of one paper, or a list of papers.

In this order of trust, one record a paper:

1. meta tags as Google Scholar's "Inclusion Guidelines for Webmasters" names them: Highwire Press (`citation_title`), bepress,
   EPrints, PRISM, Dublin Core; what they leave out is taken from 2, from Open Graph tags, and from classes of the page;
2. JSON-LD and microdata of schema.org: `ScholarlyArticle`, an `Article` or `CreativeWork` of a periodical or with a DOI;
3. COinS; tables whose header or labels say what is what;
4. lists: what repeats and is told by its classes, or reads like a citation, as on the pages of arXiv, dblp, the ACL
   Anthology, PMLR, NeurIPS, CVF, OpenReview, Google Scholar, on "awesome" lists and on researchers' own pages;
5. BibTeX that the page shows, or else a heading and a text that reads like an abstract;
6. lists of papers that a script of the page holds.

Where a page is the text of a paper, the section of references at its end is what that cites, and no list of papers.

What 1, 2 and COinS say is certain, the rest is guessed: a warning once a file says so, with its confidence. Nothing is fetched, no
script is run. The page is held in memory, and may have 64 MB.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources import bibtex
from kg.sources._entry import Entry
from kg.sources._html import item as items
from kg.sources._html import lists, meta
from kg.sources._html.beside import beside, headed_abstract, people_beside, places_beside
from kg.sources._html.coins import coins
from kg.sources._html.facts import Fact, merged
from kg.sources._html.issue import add_issue, issue_of
from kg.sources._html.page import FRONT_MATTER, Node, Web, page_of
from kg.sources._html.references import references
from kg.sources._html.schema_org import article_facts, linked_articles, microdata_articles
from kg.sources._html.scripted import scripted
from kg.sources._html.sole import add_arxiv, holds_text, sole_paper
from kg.sources._html.table import fill_told
from kg.sources._html.table import told as tabled
from kg.text import printable

CONFIDENCE: Final = 1.0
"""What machines are told is certain; guesses are told by a warning, with `_GUESS`."""

_GUESS: Final = 0.5
_PAGE: Final = re.compile(
    r"\ufeff?\s*+(?:<\?xml[^>]*>\s*+)?(?:<!--.{0,4000}?-->\s*+)*(?:<!doctype\s+html\b|<html\b)", re.IGNORECASE | re.DOTALL
)
_FRAGMENT: Final = re.compile(
    r"\ufeff?\s*+(?:<!--.{0,4000}?-->\s*+)*<(?P<tag>head|body|meta|title|link|table|div|section|main|article|dl|ul|ol|li|h[1-6]|p|span|a|center|font|style)(?=[\s>])", re.IGNORECASE | re.DOTALL
)
_MARKUP: Final = re.compile(r"</[a-z]|<li\b|<br\b|<[a-z]+ (?:class|href|id|style)\s?=", re.IGNORECASE)
"""What a piece of a page has, and a line of N-Triples with `<a>` in it has not."""

_ENTRY: Final = re.compile(r"\s*@(?:inproceedings|article|conference|misc|incollection|book|techreport|phdthesis|mastersthesis|unpublished)\s*\{", re.IGNORECASE)
_VOLUME: Final = re.compile(r"\b(?:Proceedings of|Advances in|Transactions (?:of|on))\s.{8,300}\Z")
_LONGEST_BIBTEX: Final = 200_000
_YEAR: Final = re.compile(r"(?<![\w-])(?:19|20)[0-9]{2}(?![\w-])")
_SHORT_YEAR: Final = re.compile(r"(?<=[A-Z])\s?['’]([0-4][0-9])(?![0-9])")
"""The year in the short name of a conference: `CHI '23`."""

_SURE: Final = 1.0
_LIKELY: Final = 0.6


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a text is a web page: sure of a whole page, less of a piece of one.

    >>> sniff("<!DOCTYPE html><html>", "a.txt"), sniff("<ul><li>x</li></ul>", "a.txt"), sniff("<feed>", "a.xml")
    (1.0, 0.6, 0.0)
    """
    if _PAGE.match(head):
        return _SURE
    front = FRONT_MATTER.match(head)
    found = _FRAGMENT.match(head, front.end() if front else 0)
    if found is None or not _MARKUP.search(head) or (front and "{%" in head):
        return 0.0  # or a template
    return _SURE if found["tag"].lower() in {"head", "body"} else _LIKELY  # Markdown may begin with the others


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the page's paper, or the papers that it lists.

    Raises:
        UnreadableError: If there is no paper in it, it is too large, or not in the encoding that it says.
    """
    web = page_of(document)
    rows = list(_certain(document, web)) or list(_text(document, web)) or list(_tables(document, web)) or list(_guessed(document, web)) or list(_scripted(document, web))
    if not any(isinstance(row, Record) for row in rows):
        shown = f" ({printable(web.title[:60])})" if web.title else ""
        raise UnreadableError(f"HTML page, not a feed or list of papers{shown}", "save the paper's own page, or take BibTeX or JSON from the site", 1)
    yield from rows


def _certain(document: Document, web: Web) -> Iterator[Record | Problem]:
    """Yield what is told to machines."""
    families = meta.meta_facts(web)
    articles = [*linked_articles(web), *microdata_articles(web)]
    if meta.is_paper(families):
        extra = [article_facts(article) for article in articles] if len(articles) == 1 else []
        told = [*families[:-1], *extra]
        yield from _paper(document, 0, "/html[1]/head[1]", [*told, families[-1], beside(web, told), people_beside(web, told), places_beside(web, told), _cited(web, told)])
        return
    ordinal = 0
    issue = issue_of(web) if len(articles) > 1 else []
    for article in articles:
        ways = [article_facts(article)]
        ways += [] if any(fact.name == "venue" for fact in ways[0]) else [[fact._replace(line=article.line) for fact in issue]]
        rows = list(_paper(document, ordinal, article.path, [*ways, families[-1], beside(web, ways), _cited(web, ways)] if len(articles) == 1 else ways))
        ordinal += any(isinstance(row, Record) for row in rows)
        yield from rows
    spans = [] if articles else coins(web)
    if len(spans) >= (len(lists.listing(web).items) if spans else 0):
        for node, facts in spans:
            rows = list(_paper(document, ordinal, web.path(node), [facts]))
            ordinal += any(isinstance(row, Record) for row in rows)
            yield from rows


def _cited(web: Web, told: Sequence[Sequence[Fact]]) -> Sequence[Fact]:
    """Return the works that a paper's page cites in its text, where it does not tell them to machines."""
    found = None if any(fact.name == "reference" for facts in told for fact in facts) else references(web)
    return found.facts if found is not None else ()


def _text(document: Document, web: Web) -> Iterator[Record | Problem]:
    """Yield the paper whose text the page is, with the works that it cites, which are no list of papers."""
    cited = references(web)
    if cited is not None and holds_text(web, cited):
        yield from _sole(document, sole_paper(document, web, cited))


def _sole(document: Document, entry: Entry | None) -> Iterator[Record | Problem]:
    """Yield the one paper that a page looks like."""
    if entry is not None:
        yield _guess(document, entry.line, "a paper")
        yield from entry.rows()


def _tables(document: Document, web: Web) -> Iterator[Record | Problem]:
    """Yield the papers of tables that have headers or labels, unless the page lists more beside them."""
    found, missed = tabled(web)
    listed = lists.listing(web).items if found else []
    if not found or len(listed) + any(item.title is not None and item.roles for item in listed) > len(found):
        return
    ordinal = 0
    for one in found:
        entry = Entry(document, ordinal, one.node.line, web.path(one.node))
        fill_told(web, one, entry)
        rows = list(_whole(entry))
        if rows and ordinal == 0:
            yield _guess(document, one.node.line, "a table of papers")
        ordinal += bool(rows)
        yield from rows
    if missed and ordinal:
        yield _unread(document, web, missed)


def _paper(document: Document, ordinal: int, path: str, ways: Sequence[Sequence[Fact]]) -> Iterator[Record | Problem]:
    """Yield the record that several ways of telling it make."""
    entry = Entry(document, ordinal, min(fact.line for facts in ways for fact in facts), path)
    venues = {fact.text for facts in ways for fact in facts if fact.name == "venue"}
    merged(entry, [[_without_venue(fact, venues) for fact in facts] for facts in ways])
    yield from _whole(entry)


def _without_venue(fact: Fact, venues: set[str]) -> Fact:
    """Return a title without the venue that ACM puts behind it: `On Engines | Proceedings of Minds`."""
    title, bar, venue = fact.text.rpartition(" | ")
    return fact._replace(text=title) if fact.name == "title" and bar and venue in venues else fact


def _whole(entry: Entry) -> Iterator[Record | Problem]:
    """Yield a record that has a title."""
    if entry.has("title"):
        yield from entry.rows()


def _guessed(document: Document, web: Web) -> Iterator[Record | Problem]:
    """Yield what the page looks like."""
    ordinal = 0
    found = lists.listing(web)
    missed = list(found.missed)
    years = _years(web, [item.first for item in found.items]) if len(found.items) > 1 else {}
    volume = _volume(web, found.items[0].first) if len(found.items) > 1 else None
    issue = issue_of(web) if len(found.items) > 1 else []
    for item in found.items:
        entry = Entry(document, ordinal, item.first.line, web.path(item.first))
        items.fill(web, item, entry)
        if volume is not None and entry.has("title") and web.said(volume).endswith(web.said(item.title) if item.title is not None else "\n"):
            continue  # the volume itself, with its editors
        if volume is not None and not entry.has("venue") and (name := _VOLUME.search(web.said(volume))):
            entry.add("venue", name.group(), path=web.path(volume))
        add_issue(entry, issue)
        if len(found.items) == 1 and not entry.has("arxiv_id"):
            add_arxiv(web, "", entry)
        if (year := years.get(item.first.index)) and not entry.has("date"):
            entry.add("date", *year[:2], path=year[2])
        if len(found.items) == 1:
            _alone(web, item, entry)
        rows = list(_whole(entry))
        if rows and ordinal == 0:
            yield _guess(document, item.first.line, "a list of papers")
        ordinal += bool(rows)
        missed += [] if rows else [item.first]
        yield from rows
    if ordinal and missed:
        yield _unread(document, web, missed)
    if ordinal == 0:
        yield from list(_bibtex(document, web)) or _sole(document, sole_paper(document, web))


def _scripted(document: Document, web: Web) -> Iterator[Record | Problem]:
    """Yield the papers that the page keeps in a script."""
    rows = list(scripted(document, web))
    if rows:
        yield _guess(document, next(row.line for row in rows if isinstance(row, Record)), "papers in a script")
    yield from rows


def _bibtex(document: Document, web: Web) -> Iterator[Record | Problem]:
    """Yield the papers of the BibTeX that a page shows, where nothing else of it can be read."""
    ordinal, done = 0, -1
    for node in web.nodes:
        if node.index <= done or node.tag not in {"pre", "code", "div", "p", "td"} or node.end - node.start > _LONGEST_BIBTEX:
            continue
        text = web.text[node.start : node.end]
        if not _ENTRY.match(text):
            continue
        done = node.last
        for row in bibtex.read(Document.of_text(text, document.name)):
            if isinstance(row, Record):
                entry = Entry(document, ordinal, node.line, web.path(node))
                for field in row.fields:
                    entry.add(field.name, field.text, field.value, of=field.of)
                ordinal += 1
                yield from entry.rows()
    if ordinal:
        what = f"only the {ordinal} {'entry' if ordinal == 1 else 'entries'} of BibTeX in the page read, not the list around them"
        yield Problem(document.name, 1, what, "add what has no BibTeX there by hand", "warning")


def _years(web: Web, firsts: Sequence[Node]) -> dict[int, tuple[str, str, str]]:
    """Return of each item the year, twice, and its place, that the heading above it tells, or else the page's title: `NeurIPS 2021`."""
    found: dict[int, tuple[str, str, str]] = {}
    told = _years_in(web.title)
    title = (year, year, "/html[1]/head[1]/title[1]") if len(told) == 1 and (year := min(told)) else None
    headings = iter(node for node in web.nodes if node.tag in {"h1", "h2", "h3", "h4", "h5"})
    heading = next(headings, None)
    known = title
    dated = False
    for first in firsts:
        while heading is not None and heading.index < first.index:
            years = _years_in(web.said(heading))
            if len(years) == 1:
                dated = True
                known = min(years), min(years), web.path(heading)
            elif years or (dated and heading.tag in {"h1", "h2"}):
                known = None if years else title
            heading = next(headings, None)
        if known is not None:
            found[first.index] = known
    return found


def _years_in(text: str) -> set[str]:
    """Return the years that a heading names, else those in the short names of conferences."""
    return set(_YEAR.findall(text)) or {f"20{short}" for short in _SHORT_YEAR.findall(text)}


def _volume(web: Web, first: Node) -> Node | None:
    """Return the heading above a list that is the name of the volume which all its papers are in; None if there is none, or several."""
    found = [node for node in web.nodes if node.tag in {"h1", "h2", "h3", "h4"} and _VOLUME.search(web.said(node))]
    return found[0] if len(found) == 1 and found[0].index < first.index else None


def _alone(web: Web, item: items.Item, entry: Entry) -> None:
    """Add to the only paper of a page what stands elsewhere on it: the abstract below its heading, and BibTeX."""
    body, node = ("", None) if entry.has("abstract") else headed_abstract(web)
    if node is not None:
        entry.add("abstract", body, path=web.path(node), line=node.line)
    whole = item._replace(first=web.nodes[0], nodes=(0, web.nodes[-1].index), span=(0, len(web.text)))
    items.add_bibtex(web, whole, entry)


def _unread(document: Document, web: Web, missed: Sequence[Node]) -> Problem:
    """Return the warning about items of a list that could not be read."""
    count, first = len(missed), min(node.line for node in missed)
    shown = printable(web.said(min(missed, key=lambda node: node.line))[:60])
    what = f"{count} {'item' if count == 1 else 'items'} of the list of papers not read, the first on line {first}: {shown}"
    return Problem(document.name, first, what, "if these are papers, take BibTeX or JSON from the site, or add them by hand", "warning")


def _guess(document: Document, line: int, what: str) -> Problem:
    told = f"{what} read by guess (confidence {_GUESS}), as the page does not say for machines what it is about"
    return Problem(document.name, line, told, "check it with kg read; BibTeX or JSON from the site say it beyond doubt", "warning")
