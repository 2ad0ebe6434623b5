"""Reader of JATS, the tag set of journals for articles: PubMed Central, publishers, preprint servers.

The format is ANSI/NISO Z39.96 (https://jats.nlm.nih.gov/archiving/tag-library/1.3/), with its forerunners, the NLM tag sets
2 and 3. A file is one `article`, or has many: `pmc-articleset` of efetch, answers of OAI-PMH. A document type is passed over;
the named characters that it defines are known here.

What is read is the front matter and the list of references. The body is left out: a record has no field for it. Parts of
articles that are articles themselves (`sub-article`, `response`: reviews, answers) are left out as well. An affiliation that
no author points to belongs to all authors of its group. Graphical abstracts, teasers and the like, members of a group of
authors, and lists of abbreviations are `other`.
"""

import re
from collections.abc import Callable, Iterator
from html.entities import html5
from typing import Final, NamedTuple

from lxml import etree

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.sources._entry import Entry
from kg.sources._parts import none_found
from kg.sources._xml import Located, children, local, located, root_of, text_of
from kg.sources._xml_fields import child, iso_date, put, put_identifier, put_orcid, put_rest, put_ror

_ENTITIES: Final = {name.removesuffix(";"): text for name, text in html5.items() if name.endswith(";")}
_JATS: Final = re.compile(r"<(?:[\w.-]+:)?(?:article-meta|journal-meta|article-id)[\s>]|\sarticle-type\s*=|jats\.nlm\.nih\.gov|JATS|NLM//DTD")

_SCHEMES: Final = {"doi": "doi", "pmid": "pmid", "pmc": "pmcid", "pmcid": "pmcid", "arxiv": "arxiv"}
_CITED: Final = ("doi", "arxiv", "pmid", "pmcid", "pmc")
"""What tells a cited work, the widest known first."""

_REFERRING: Final = frozenset({"ref-list", "ref", "citation-alternatives", "sec", "app-group", "app"})
"""Elements behind the body that hold citations."""

_CITATIONS: Final = frozenset({"element-citation", "mixed-citation", "citation", "nlm-citation"})
_ABSTRACT: Final = frozenset({"", "abstract"})
_BESIDE: Final = frozenset({
    "graphical", "teaser", "toc", "video", "precis", "key-points", "highlights", "author-highlights", "web-summary",
})  # fmt: skip
"""Kinds of abstract that are none, even where there is no other."""

_AUTHOR: Final = re.compile(r"(?:(?:co|first|corresponding|group)-?)?authors?|collab|corresp|person", re.IGNORECASE)
"""What a contributor is called who is an author."""

_FORMS: Final = frozenset({"original", "normalized"})
"""Kinds of `institution` that say the whole affiliation once more (SciELO)."""

_LATE: Final = frozenset({"pmc-release", "nihms-submitted", "retraction", "corrected"})
"""Dates that are not of the publication."""

_TEXTS: Final = {"volume": "volume", "issue": "issue", "publisher-name": "publisher", "journal-title": "venue", "kwd": "keyword"}
_INSIDE: Final = frozenset({
    "front", "journal-meta", "article-meta", "journal-title-group", "publisher", "title-group", "article-categories", "kwd-group",
    "nested-kwd",
})  # fmt: skip
"""Elements that only hold others."""

_TOGETHER: Final = frozenset({"contrib-group", "aff", "aff-alternatives", "pub-date"})
"""Elements of an article that say what they say only together."""

_PREAMBLE: Final = re.compile(r".*\\begin\{document\}|\\end\{document\}.*", re.DOTALL)
"""What stands around a formula in TeX, which publishers give as a document of its own."""


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is an article in JATS, or holds such articles.

    >>> sniff('<article article-type="research-article"><front><article-meta>', "x"), sniff("<article><title>DocBook", "x")
    (1.0, 0.0)
    """
    root = root_of(head)
    if root == "pmc-articleset":
        return 1.0
    if root in {"article", "articles"}:
        return 1.0 if _JATS.search(head) else 0.0
    return 0.95 if root == "OAI-PMH" and re.search(r"<(?:[\w.-]+:)?article-meta[\s>]", head) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the articles in order, and a problem for each without title.

    Raises:
        UnreadableError: If the file is not well-formed, or defines entities of its own.
    """
    number = ordinal = 0
    for path, article in located(document, "{*}article", doctype=True, entities=_ENTITIES):
        number += 1
        entry = Entry(document, ordinal, int(article.sourceline), path)
        _add_article(entry, Located(path, article))
        if not entry.has("title"):
            yield Problem(document.name, entry.line, "an article without title", "add the title, or delete it")
            continue
        for row in entry.rows():
            ordinal += isinstance(row, Record)
            yield row
    if not number:
        yield none_found(document, "there is no article in it", "check what was asked for, or fetch it again")


def _add_article(entry: Entry, article: Located) -> None:
    """Add the fields of an article."""
    for name, text in article.element.items():
        if field := {"article-type": "type", "lang": "language"}.get(name.rpartition("}")[2]):
            entry.add(field, text, path=f"{article.path}/@{name.rpartition('}')[2]}")
    for part in children(article.element, article.path):
        if local(part.element) == "front":
            _add_front(entry, part)
        elif local(part.element) == "back":
            _add_references(entry, part)


def _add_front(entry: Entry, found: Located) -> None:
    """Add what is known of an article, in the order of its elements."""
    parts = list(children(found.element, found.path))
    is_article = local(found.element) == "article-meta"
    for part in parts:
        name = local(part.element)
        if is_article and name in _TOGETHER:
            continue
        if name in _INSIDE and not (name == "kwd-group" and _are_abbreviations(part.element)):
            _add_front(entry, part)
        elif name in _READERS:
            _READERS[name](entry, part)
        else:
            put(entry, _TEXTS.get(name, "other"), part)
    if is_article:
        _add_authors(entry, parts)
        _add_dates(entry, [part for part in parts if local(part.element) == "pub-date"])


def _are_abbreviations(group: etree._Element) -> bool:
    """Tell whether a group of keywords is a list of abbreviations."""
    return f"{group.get('kwd-group-type', '')} {text_of(child(group, 'title'))}".strip().lower().startswith("abbrev")


def _add_identifier(entry: Entry, part: Located) -> None:
    """Add an identifier of the article; those that only its publisher knows are `other`."""
    kind = part.element.get("pub-id-type", "")
    text = text_of(part.element)
    if kind not in _SCHEMES:
        put_rest(entry, part)
    else:
        put_identifier(entry, part, _SCHEMES[kind], f"PMC{text}" if _SCHEMES[kind] == "pmcid" and text.isdecimal() else text)


def _add_title(entry: Entry, part: Located) -> None:
    """Add the title with its subtitle, without the marks of footnotes."""
    subtitle = child(part.element.getparent(), "subtitle")
    text = ": ".join(filter(None, (_bare(part.element, "xref", "fn"), _bare(subtitle, "xref", "fn"))))
    entry.add("title", text, path=part.path, line=part.element.sourceline)


def _bare(element: etree._Element | None, *without: str) -> str:
    """Return the text of an element without what some elements in it say, and with one form only of each formula."""
    if element is None or not len(element):
        return text_of(element)
    for choice in list(element.iter("{*}alternatives")):
        for other in list(choice)[1:]:
            choice.remove(other)
    for formula in element.iter("{*}tex-math"):
        formula.text = _PREAMBLE.sub("", formula.text or "")
    if without:
        etree.strip_elements(element, *(f"{{*}}{name}" for name in without), with_tail=False)
    return text_of(element)


def _add_abstract(entry: Entry, part: Located) -> None:
    """Add the abstract in one, each section with its title."""
    kind = part.element.get("abstract-type", "")
    others = part.element.getparent().iterchildren("{*}abstract")
    is_only = kind not in _BESIDE and all(each.get("abstract-type", "") not in _ABSTRACT for each in others)
    if entry.has("abstract") or not (kind in _ABSTRACT or is_only):
        put_rest(entry, part)
        return
    text = " ".join(_sections(part.element)) or _bare(part.element)
    entry.add("abstract", text, path=part.path, line=part.element.sourceline)


def _sections(abstract: etree._Element) -> Iterator[str]:
    """Yield the texts of an abstract; the first paragraph of a section begins with its title."""
    label = ""
    for element in abstract.iter("{*}title", "{*}p"):
        if local(element) == "title":
            label = _bare(element) if element.getparent() is not abstract else ""
        elif not any(local(above) == "p" for above in element.iterancestors()):
            text = _bare(element)
            yield f"{label.rstrip(':.')}: {text}" if label else text
            label = ""


def _add_subjects(entry: Entry, part: Located) -> None:
    """Add the subjects of an article; headings of the journal's contents say of what type it is."""
    field = "type" if part.element.get("subj-group-type") == "heading" else "category"
    for each in children(part.element, part.path):
        if local(each.element) == "subject":
            put(entry, field, each)
        elif local(each.element) == "subj-group":
            _add_subjects(entry, each)
        else:
            put(entry, "other", each)


def _add_first_page(entry: Entry, part: Located) -> None:
    """Add the pages: from the first to the last."""
    last = text_of(child(part.element.getparent(), "lpage"))
    text = "-".join(dict.fromkeys(filter(None, (text_of(part.element), last))))
    entry.add("pages", text, path=part.path, line=part.element.sourceline)


def _add_number(entry: Entry, part: Located) -> None:
    """Add the number of an article that has no pages."""
    put(entry, "other" if child(part.element.getparent(), "fpage") is not None else "pages", part)


def _add_address(entry: Entry, part: Located) -> None:
    """Add an address of the article itself."""
    address = _address(part.element) or text_of(part.element)
    entry.add("url" if "://" in address else "other", address, path=part.path, line=part.element.sourceline)


def _address(element: etree._Element) -> str:
    """Return what an element links to, empty where it has no link."""
    return next((text for name, text in element.items() if name.endswith("href")), "")


def _add_dates(entry: Entry, parts: list[Located]) -> None:
    """Add the earliest date of publication; the others are `other`."""
    dated: list[tuple[str, Located, str]] = []
    wrong: list[tuple[Located, str]] = []
    for part in parts:
        named = {local(each): text_of(each) for each in part.element}
        kind = part.element.get("pub-type") or part.element.get("date-type") or ""
        text = named.get("string-date") or " ".join(filter(None, (named.get("day"), named.get("month") or named.get("season"), named.get("year"))))
        printed = (named.get("year", ""), named.get("month", ""), named.get("day", ""))
        coded = (*part.element.get("iso-8601-date", "").split("-", 2), "", "", "")[:3]
        value = iso_date(*printed) or iso_date(*coded)
        if value is None:
            wrong.append((part, text))
            if text:
                entry.warn(f"no date: {text[:40]}", "correct it", part.element.sourceline)
        elif kind in _LATE:
            entry.add("other", text, path=part.path, line=part.element.sourceline)
        else:
            dated.append((value, part, text))
    dated.sort(key=lambda found: f"{found[0]}~")  # a month comes before the year that it is in: it says more
    for rank, (value, part, text) in enumerate(dated):
        entry.add("other" if rank else "date", text, None if rank else value, path=part.path, line=part.element.sourceline)
    for part, text in wrong:
        entry.add("other" if entry.has("date") else "date", text, path=part.path, line=part.element.sourceline)


def _add_authors(entry: Entry, parts: list[Located]) -> None:
    """Add the authors of all groups with their affiliations, which stand in their group or beside it."""
    groups = [list(children(part.element, part.path)) for part in parts if local(part.element) == "contrib-group"]
    shared, owned = _affiliations(parts), [_affiliations(inside) for inside in groups]
    known = shared | {key: aff for own in owned for key, aff in own.items()}
    told: set[str] = set()
    listed: list[list[int]] = []
    for inside, own in zip(groups, owned, strict=True):
        authors: list[int] = []
        pointed: set[str] = set()
        for part in inside:
            if local(part.element) == "contrib":
                of = _add_contributor(entry, part, known, pointed)
                authors += [] if of is None else [of]
            elif local(part.element) not in {"aff", "aff-alternatives"}:
                put(entry, "other", part)
        if authors and not pointed:
            _add_to_all(entry, own, authors)
            pointed |= own.keys()
        told |= pointed
        listed += [authors] if authors else []
    if len(listed) == 1 and not told and len(shared) == 1:
        _add_to_all(entry, shared, listed[0])
        told |= shared.keys()
    for key, aff in known.items():
        if key not in told:
            put(entry, "other", aff.part)
            continue
        for each in _said_again(aff.part.element):
            entry.add("other", text_of(each), path=aff.part.path, line=each.sourceline)


def _add_to_all(entry: Entry, affiliations: dict[str, "_Affiliation"], authors: list[int]) -> None:
    """Add affiliations to each of some authors."""
    for aff in affiliations.values():
        for of in authors:
            _add_affiliation(entry, aff, of)


class _Affiliation(NamedTuple):
    """An affiliation, which several authors may have: where it stands, and its text."""

    part: Located
    text: str


def _affiliations(parts: list[Located]) -> dict[str, _Affiliation]:
    """Return the affiliations among some elements by their ids; of several forms of one the first."""
    found = []
    for part in parts:
        name = local(part.element)
        if name == "aff":
            found.append(part)
        elif name == "aff-alternatives":
            found += [each for each in children(part.element, part.path)[:1] if local(each.element) == "aff"]
    return {part.element.get("id", part.path): _Affiliation(part, _affiliation(part.element)) for part in found}


def _add_contributor(entry: Entry, contrib: Located, known: dict[str, _Affiliation], told: set[str]) -> int | None:
    """Add an author and return the position; None for editors and the like.

    Args:
        entry: The record.
        contrib: The contributor.
        known: The affiliations by id.
        told: The ids of the affiliations that have been pointed to.
    """
    if not _AUTHOR.fullmatch(contrib.element.get("contrib-type", "author")):
        put_rest(entry, contrib)
        return None
    parts = list(children(contrib.element, contrib.path))
    named = next((part for part in parts if local(part.element) in _NAMES), None)
    of = _add_name(entry, contrib, named) if named else None
    if of is None:
        put_rest(entry, contrib)
        return None
    for part in parts:
        name, element = local(part.element), part.element
        if part is named:
            continue
        if name in _TELLING and (orcid := _orcid(element)):
            put_orcid(entry, orcid, part.path, element.sourceline, of)
        elif name == "xref":
            ids = element.get("rid", "").split()
            for each in (each for each in ids if each in known):
                _add_affiliation(entry, known[each], of)
                told.add(each)
        elif name in {"aff", "aff-alternatives"}:
            for aff in _affiliations([part]).values():
                _add_affiliation(entry, aff, of)
        elif name in _LINKS:
            put_rest(entry, part)
        else:
            put(entry, "other", part)
    return of


def _orcid(element: etree._Element) -> str:
    """Return the ORCID iD that an element gives: as an id, or (before JATS 1.1) as a link; empty where it gives none."""
    kinds = [text.lower() for name, text in element.items() if name.endswith("-type")]
    if "orcid" in kinds or "orcid.org/" in _address(element):
        return _address(element) or text_of(element)
    return ""


_NAMES: Final = frozenset({"name", "string-name", "collab", "name-alternatives", "collab-alternatives", "anonymous"})


def _add_name(entry: Entry, contrib: Located, part: Located) -> int | None:
    """Add the name of a contributor: of several forms of it the first."""
    if local(part.element).endswith("-alternatives"):
        part = next(iter(children(part.element, part.path)), part)
    kind, element = local(part.element), part.element
    if kind == "collab":
        for inside in children(element, part.path) if len(element) else ():  # the members of a group
            if local(inside.element) == "contrib-group":
                put(entry, "other", inside)
        text = _bare(element, "contrib-group", "aff", "xref", "fn", "institution-id")
        return entry.add("author", text, "group", path=contrib.path, line=element.sourceline)
    named = {local(each): text_of(each) for each in element}
    pieces = [named.get(each, "") for each in ("prefix", "given-names", "surname", "suffix")]
    text = " ".join(filter(None, pieces[1:])) if named.get("surname") else text_of(element)
    return entry.add("author", text or ("Anonymous" if kind == "anonymous" else ""), path=contrib.path, line=element.sourceline)


def _add_affiliation(entry: Entry, aff: _Affiliation, of: int) -> None:
    """Add an affiliation of an author with its ROR id."""
    path, element = aff.part
    place = entry.add("affiliation", aff.text, path=path, line=element.sourceline, of=of)
    if place is None or not len(element):
        return
    for each in element.iter("{*}institution-id"):
        if each.get("institution-id-type", "").lower() == "ror":
            put_ror(entry, text_of(each), path, each.sourceline, place)


_NOT_SAID: Final = frozenset({"label", "institution-id", "sup", "xref", "email", "fn"})
_PARTS: Final = frozenset(
    {"institution", "institution-wrap", "addr-line", "city", "state", "country", "named-content", "postal-code"}
)
"""What an affiliation is made of, with or without punctuation between."""



def _said_again(aff: etree._Element) -> list[etree._Element]:
    """Return the parts of an affiliation that say all of it once more."""
    forms = [each for each in aff.iter("{*}institution") if each.get("content-type") in _FORMS]
    if not forms:
        return []
    return forms if len(forms) < sum(1 for _ in aff.iter("{*}institution")) else forms[1:]


def _affiliation(aff: etree._Element) -> str:
    """Return the text of an affiliation: without its label, with a comma between parts that nothing else parts."""
    if not len(aff):
        return text_of(aff).strip(" ,.;:")
    again = _said_again(aff)
    pieces: list[str] = []
    ended = False  # whether a part has just ended
    for event, element in etree.iterwalk(aff, events=("start", "end")):
        name = local(element)
        if event == "start":
            text = "" if name in _NOT_SAID or element in again else element.text or ""
            if name in _PARTS and ended and element not in again:
                before = next((piece.rstrip() for piece in reversed(pieces) if piece.strip()), "")
                pieces.append(" " if before.endswith((",", ";", ":")) else ", ")
                ended = False
        else:
            text = "" if element is aff else element.tail or ""
            ended = not text.strip() and (ended or name in _PARTS)
        if not any(local(above) in _NOT_SAID for above in element.iterancestors()):
            pieces.append(text)
    return " ".join("".join(pieces).split()).replace(" ,", ",").strip(" ,.;:")


def _add_references(entry: Entry, found: Located) -> None:
    """Add the works cited: those of all lists of references; of several forms of one the first."""
    inside = local(found.element)
    for part in children(found.element, found.path):
        name = local(part.element)
        if name in _REFERRING:
            _add_references(entry, part)
        elif name in _CITATIONS:
            _add_reference(entry, part)
            if inside == "citation-alternatives":
                break
        elif name == "note" and inside == "ref":
            put(entry, "other", part)


def _add_reference(entry: Entry, part: Located) -> None:
    """Add a cited work: its title, else as printed, with what tells it."""
    path, element = part
    told: dict[str, str] = {}
    titles: dict[str, etree._Element] = {}
    link = ""
    for each in element.iter():
        name = local(each)
        if name == "pub-id":
            told[each.get("pub-id-type", "")] = text_of(each)
        elif name in _LINKS:
            address = "" if link else _address(each)
            link = address if "doi.org/" in address else link
        elif name in _TITLES and name not in titles and each.getparent() is element:
            titles[name] = each
    if link:
        told.setdefault("doi", link)
    value = next((value for kind in _CITED if kind in told and (value := identifier(told[kind], _SCHEMES[kind]))), None) if told else None
    title = next((text for name in _TITLES if name in titles and (text := _bare(titles[name]))), "")
    entry.add("reference", title or _bare(element, "pub-id") or next(iter(told.values()), ""), value, path=path, line=element.sourceline)


_TITLES: Final = ("article-title", "chapter-title", "data-title", "source")
_LINKS: Final = frozenset({"ext-link", "uri"})
_TELLING: Final = _LINKS | {"contrib-id"}
"""Elements that may tell who somebody is."""


def _left(entry: Entry, part: Located) -> None:
    """Add nothing: this was read with what it belongs to."""


_READERS: Final[dict[str, Callable[[Entry, Located], None]]] = {
    "article-id": _add_identifier, "article-title": _add_title, "subtitle": _left, "abstract": _add_abstract,
    "subj-group": _add_subjects, "fpage": _add_first_page, "lpage": _left, "elocation-id": _add_number, "self-uri": _add_address,
}  # fmt: skip
"""What reads an element that is more than a text."""
