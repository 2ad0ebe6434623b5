r"""Reader of BibTeX and BibLaTeX files, which everybody has.

They are written by hand, and by JabRef, Zotero, Mendeley, Google Scholar, dblp, the ACL Anthology, INSPIRE, Scopus, Web
of Science and publishers. The language is that of `bibtex.web` and biber (see `_bibtex`); names of fields and types are those of the standard styles
(`btxdoc`), of the manual of biblatex (sections 2.1 and 2.2, appendix B for what is inherited) and of these exporters.
Values are LaTeX, and become plain text. Names are taken apart as BibTeX does, and given in natural order, "First von Last
Jr"; one that is wholly in braces is a collective. A field that an entry has from another one, by `crossref` or `xdata`,
has that one's line and key in its path.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import Final

from kg.model import Document, Problem, Record
from kg.sources import examine
from kg.sources._bibtex import entries
from kg.sources._bibtex.block import Block
from kg.sources._bibtex.fields import HANDLERS, LATE, REPEATABLE, other
from kg.sources._bibtex.given import Given, key_of
from kg.sources._bibtex.inherited import inherit, parents_of
from kg.sources._entry import Entry
from kg.sources._library import add_told_identifier, put

_TYPES: Final = frozenset([
    "article", "book", "booklet", "bookinbook", "collection", "comment", "conference", "control", "data",
    "dataset", "electronic", "inbook", "incollection", "inproceedings", "inreference", "manual",
    "mastersthesis", "misc", "mvbook", "mvcollection", "mvproceedings", "mvreference", "online", "patent",
    "periodical", "phdthesis", "preamble", "proceedings", "reference", "report", "set", "software",
    "string", "suppbook", "suppcollection", "suppperiodical", "techreport", "thesis", "unpublished",
    "video", "www", "xdata", "artwork", "audio", "image", "movie", "music", "performance", "review",
    "standard",
])
_NO_PAPERS: Final = frozenset(["xdata", "set", "control", "ieeetranbstctl"])
"""Types of entries that only other entries or styles use."""

_ENTRY: Final = re.compile(r"^\ufeff?[ \t]*@[ \t]*([A-Za-z][\w+-]*)\s*[{(]\s*([^\s,{}\"#%]*\s*[,=]|)", re.MULTILINE)
_FEW_LINES: Final = 20
_MOST_KEYS: Final = 200_000
"""So many citation keys are remembered to find those given twice; memory must not grow with the file."""


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a file is BibTeX: it has an entry, and before it nothing but comments.

    >>> sniff("% by hand\n@Article{a, title = {B}}", "a.bib"), sniff("<p>\n@article{a, title = {B}}", "a.html")
    (1.0, 0.0)
    """
    for match in _ENTRY.finditer(head):
        known = match[1].lower() in _TYPES
        if known or match[2].endswith(","):
            above = [line for line in head[: match.start()].splitlines() if line.strip() and line.lstrip()[0] != "%"]
            if above and above[0].lstrip("\ufeff \t")[:1] in {"<", "{", "["}:
                return 0.0
            if not known:
                return 0.5
            return 1.0 if not above else 0.9 if len(above) < _FEW_LINES else 0.4
    return 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each entry, and a problem for each part that cannot be read.

    Raises:
        UnreadableError: If the file is not in its encoding, or made to exhaust whoever reads it.
    """
    source = _declared(document)
    parents = parents_of(source)
    seen: dict[str, int] = {}
    ordinal = 0
    for block in entries.blocks(source):
        if isinstance(block, Problem):
            yield block
            continue
        if (before := seen.get(block.key.text)) is not None:
            what = f"the key {block.key.text[:60]!r} is also that of the entry in line {before}"
            yield Problem(document.name, block.line, what, "give each entry its own key; both are read", "warning")
        elif block.key.text and len(seen) < _MOST_KEYS:
            seen[block.key.text] = block.line
        if not block.fields:
            yield Problem(document.name, block.line, f"the entry {key_of(block)[:60]!r} says nothing", "delete it", "warning")
        elif block.type.text.lower() not in _NO_PAPERS and (block.closed or _is_whole(block)):
            for row in _entry(document, ordinal, block, parents, places=source is document):
                ordinal += isinstance(row, Record)
                yield row
        yield from block.problems


_SWALLOWED: Final = re.compile(r",\s*[A-Za-z][\w+-]*\s*=\s*[{\"0-9]")


def _is_whole(block: Block) -> bool:
    """Tell whether of an entry that is not closed only the last brace is missing: it has a title, and no value runs on."""
    return any(name == "title" for name, _ in block.fields) and not any(_SWALLOWED.search(tex.text) for _, tex in block.fields)


_ENCODING: Final = re.compile(r"^%?\s*Encoding:\s*([\w:.-]+)", re.MULTILINE | re.IGNORECASE)
_ENCODINGS: Final = re.compile(r"(?:iso-?8859|latin|l[19]\b|cp?[0-9]|windows|mac|koi8|big5|gb|euc|s(?:hift)?-?jis|ibm)", re.IGNORECASE)
_HEADER: Final = 2000


def _declared(document: Document) -> Document:
    """Return a file that is no UTF-8 in the encoding that JabRef's header names, if it names one; else as it is."""
    if document.flaw is None or document.encoding not in {"utf-8", "utf-8-sig"}:
        return document
    match = _ENCODING.search(document.head(_HEADER))
    name = match[1].replace("_", "-") if match else ""
    if not _ENCODINGS.match(name):
        return document
    try:
        codecs.lookup(name)
    except LookupError:
        return document
    found = examine(document.open, document.name, name)
    return document if isinstance(found, Problem) else found


def _entry(
    document: Document, ordinal: int, block: Block, parents: Mapping[str, Block], *, places: bool
) -> Iterator[Record | Problem]:
    """Yield the record of an entry, and what looks wrong in it."""
    start, end = (block.start, block.end) if places else (None, None)
    entry = Entry(document, ordinal, block.line, key_of(block), start=start, end=end)
    fields: dict[str, Given] = {}
    repeated: list[Given] = []
    for name, tex in block.fields:
        given = Given(name, tex, block, places)
        if name in fields:
            repeated.append(given)
        else:
            fields[name] = given
    inherit(entry, block, fields, parents)
    kind = Given("type", block.type, block, places)
    put(entry, "type", *kind.shown(), block.type.text.lower())
    key, place = Given("key", block.key, block, places).shown(plain=str)
    put(entry, "other", key, place)
    if (telling := _TELLING_KEY.match(key)) and _SAID_BY[telling[1].lower()] not in fields:
        add_told_identifier(entry, key, place)
    for given in sorted(fields.values(), key=_rank):
        HANDLERS.get(given.name, other)(entry, given, fields)
    for given in repeated:
        _repeated(entry, given, fields[given.name])
    yield from entry.rows()


_TELLING_KEY: Final = re.compile(r"(DBLP:|PMID:|doi:|10\.)", re.IGNORECASE)
_SAID_BY: Final = {"dblp:": "biburl", "pmid:": "pmid", "doi:": "doi", "10.": "doi"}
"""How keys begin that are an identifier (of dblp, Europe PMC, SAGE and the ACM), and the field that would say it better."""

_EARLY: Final = {"eprint": -2, "arxivid": -2, "arxiv": -2, "doi": -1}


def _rank(given: Given) -> int:
    """Return when a field's turn comes: identifiers come first, addresses and affiliations, which need others, last."""
    handler = HANDLERS.get(given.name)
    if handler in LATE:
        return 1
    return _EARLY.get(given.name, 0)


def _repeated(entry: Entry, given: Given, first: Given) -> None:
    """Keep a field that is given twice as `other`; keywords, addresses and notes may be."""
    handler = HANDLERS.get(given.name)
    if handler in REPEATABLE:
        handler(entry, given, {})
        return
    if given.tex.text != first.tex.text:
        what = f"{given.path[:80]} is given twice; the first counts"
        entry.warn(what, "leave one out", given.tex.line)
    put(entry, "other", *given.shown())
