r"""Reader of lists of references in LaTeX: `thebibliography`, as BibTeX writes it into a `.bbl` file and people by hand.

Each `\bibitem` is a paper, taken apart as a citation. `\newblock` parts the authors from the title and what follows, and
`\emph` mostly shows the venue, so that more is known than of a printed list; but nothing says what is what.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from kg.model import Document, Problem, Record
from kg.sources._citation.adding import add_parts
from kg.sources._citation.reading import cite
from kg.sources._entry import Entry, numbered
from kg.sources._latex import decode, verbatim
from kg.sources._library import Place
from kg.sources._linked_id import linked_id
from kg.text import line_of, line_starts

CONFIDENCE: Final = 0.7
"""How sure it is that a field is what it is said to be."""

_SURE: Final = 0.95
_ITEM: Final = re.compile(r"^[ \t]*\\bibitem\b\s*(?:\[(?:[^\[\]{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\])?\s*\{(?P<key>[^{}]*)\}", re.MULTILINE)
_PAPER: Final = re.compile(r"\\begin\s*\{abstract\}|\\[Cc]ite(?!namefont|field)[a-z]*\s*[\[{]")
"""What a paper has in it, whose references are not what it is about."""

_END: Final = re.compile(r"\\end\s*\{thebibliography\}|\Z")
_COMMENT: Final = re.compile(r"(?<!\\)%.*")
_BLOCK: Final = re.compile(r"\\newblock\b")
_SILENT: Final = re.compile(r"\\(?:bibfield|bibinfo|BibitemShut|natexlab)\s*\{[^{}]*\}|\\(?:BibitemOpen|bibf?namefont|citenamefont|doibase|penalty0)\b")
"""What REVTeX and natbib write around the parts, of which nothing is printed."""

_MARKED: Final = re.compile(r"\\(?:emph|textit|textsl)\s*\{(?P<braced>[^{}]*)\}|\{\s*\\(?:em|it|sl|itshape)\b(?P<group>[^{}]*)\}")
_ADDRESS: Final = re.compile(r"\\(?:url|path|doi|href)\s*\{(?P<address>[^{}\s]*)\}(?P<shown>\s*\{)?")
_SHORTEST_TITLE: Final = 6


class _Item(NamedTuple):
    """One entry: its key, its line, and what stands behind its `bibitem`."""

    key: str
    line: int
    body: str


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a text is a list of references in LaTeX.

    >>> sniff("\\begin{thebibliography}{9}\n\\bibitem{k} A. Lovelace.", "a.bbl"), sniff("see \\bibitem{k}", "a.txt")
    (0.95, 0.0)
    """
    return _SURE if _ITEM.search(head) and not _PAPER.search(head) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each entry, and a problem for each that is none."""
    told = False
    for row in numbered(document, _items(document), _paper):
        if isinstance(row, Record) and not told:
            told = True
            what = f"references in LaTeX, read by guess (confidence {CONFIDENCE})"
            yield Problem(document.name, row.line, what, "check it with kg read; the .bib file that they were made of says it beyond doubt", "warning")
        yield row


def _items(document: Document) -> Iterator[_Item]:
    """Yield the entries in order."""
    text = document.text
    starts = line_starts(text)
    found = list(_ITEM.finditer(text))
    for match, following in zip(found, [*(one.start() for one in found[1:]), len(text)], strict=True):
        end = _END.search(text, match.end(), following)
        body = text[match.end() : end.start() if end else following]
        yield _Item(match["key"].strip(), line_of(starts, match.start("key")), _SILENT.sub("", _COMMENT.sub("", body)))


def _paper(document: Document, ordinal: int, item: _Item) -> Iterator[Record | Problem]:
    """Yield the paper of an entry."""
    place = Place(f"\\bibitem{{{item.key}}}", item.line)
    entry = Entry(document, ordinal, place.line, place.path)
    addresses = [verbatim(match["address"]) for match in _ADDRESS.finditer(item.body)]
    blocks = [decode(block) for block in _BLOCK.split(_ADDRESS.sub(lambda match: match["shown"] or " ", item.body))]
    text = " ".join(filter(None, blocks))
    found = cite(text, 0, len(text), list(_marks(item.body, blocks, text)))
    if found.title is None or not (found.evidence or addresses):
        shown = " ".join(item.body.split())[:60]
        yield Problem(document.name, item.line, f"an entry that is no paper: {shown!r}", "write authors, title and year, or leave it out", "warning")
        return
    add_parts(entry, text, place, found)
    for part, _ in found.urls:
        entry.add("url", text[slice(*part)])
    entry.add("other", text)  # whole, as volume and notes are not always told
    for address in addresses:
        if (value := linked_id(address) or linked_id(f"https://doi.org/{address}")) and not entry.has("arxiv_id" if value.startswith("arxiv:") else "identifier"):
            entry.identify(address, value)
        elif not value:
            entry.add("url", address)
    entry.add("own_id", item.key)
    yield from entry.rows()


def _marks(body: str, blocks: list[str], text: str) -> Iterator[tuple[str, tuple[int, int], str]]:
    """Yield what the commands show: the second of several blocks is the title, what is slanted behind it the venue."""
    behind = 0
    if len(blocks) > 1 and blocks[0] and len(blocks[1]) >= _SHORTEST_TITLE:
        start = len(blocks[0]) + 1
        behind = start + len(blocks[1])
        yield "title", (start, behind), ""
    for match in _MARKED.finditer(body):
        said = decode(match["braced"] or match["group"] or "")
        place = text.find(said, behind) if said else -1
        if place >= 0:
            yield "italic", (place, place + len(said)), ""
