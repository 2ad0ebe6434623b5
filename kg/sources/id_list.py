"""Reader of lists of nothing but identifiers: DOIs, arXiv ids, PubMed ids or addresses of papers, one or several a line.

People keep such lists to fetch papers by. A bare number is no identifier unless its scheme stands before it. A paper of which
the list says no more is a record with its identifier alone, which other sources can tell more of. What stands on a line
besides identifiers is a remark, and kept as `other`; comments begin with `#`.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.ids import identifier
from kg.model import Document, Field, Problem, Record
from kg.sources._linked_id import leads_to_papers, linked_id
from kg.sources._text.fields import Page, Span, is_foreign, lines, squeezed

PLAIN_TEXT: Final = True
"""Typed or copied by hand: what looks wrong in it is warned about."""

_LIKELY: Final = 0.9
"""More than a list of abstracts with arXiv ids below them."""

_MOST: Final = 0.75
_COMMENT: Final = "#"
_LONGEST: Final = 300
_FEW_REMARKS: Final = 6
_MARK: Final = re.compile(r"\s*+(?:[-*+•]\s|\(?[0-9]{1,4}[.)]\s|\[[0-9]{1,4}\]\s?)?\s*+")
_TOKEN: Final = re.compile(r"(?:(?:doi|arxiv|pmid|pmcid)\s?:\s*)?[^\s;|\"'`<>]+", re.IGNORECASE)
_SCHEMES: Final = frozenset({"doi", "arxiv", "pmid", "pmcid", "openalex", "s2", "acl", "openreview", "dblp"})
"""What names papers; ORCID and ROR name others."""

_ADDRESS: Final = re.compile(r"https?://\S+")


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a text is a list of identifiers.

    >>> sniff("10.1000/x\narXiv:2205.06175\nhttps://arxiv.org/abs/1706.03762  read this\n", "a.txt"), sniff("10.5 kg\n12\n", "a.txt")
    (0.9, 0.0)
    """
    if is_foreign(head):
        return 0.0
    rows = [span for row in lines(head) if (span := squeezed(head, *row))[0] < span[1] and head[span[0]] != _COMMENT]
    good = sum(any(True for _ in _identifiers(head, *span)) for span in rows)
    others = sum(_ADDRESS.fullmatch(head, *span) is not None and not any(True for _ in _identifiers(head, *span)) for span in rows)
    return _LIKELY if good and good >= others and good >= _MOST * (len(rows) - others) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each identifier, and a problem for each line without one."""
    page = Page.of(document)
    ordinal = 0
    for row in lines(page.text):
        start, end = squeezed(page.text, *row)
        if start == end:
            continue
        if page.text[start] == _COMMENT:
            yield page.problem(start, f"a comment, passed over: {page.quote(start, end)}", "take the mark away if it names a paper")
            continue
        papers = list(_papers(page, start, end))
        if not papers:
            yield page.problem(start, f"no identifier of a paper: {page.quote(start, end)}", "correct it, or delete the line")
        for (first, last), fields in papers:
            yield page.record(ordinal, first, last, fields)
            ordinal += 1


def _papers(page: Page, start: int, end: int) -> Iterator[tuple[Span, list[Field]]]:
    """Yield the papers of a line, each with its fields: identifiers of one scheme are several papers, the remark is the last one's."""
    found: list[Field] = []
    schemes: set[str] = set()
    first = start
    for span, value in _identifiers(page.text, start, end):
        scheme, _, number = value.partition(":")
        if scheme in schemes:
            yield squeezed(page.text, first, span[0]), found
            first, found, schemes = span[0], [], set()
        schemes.add(scheme)
        if scheme:
            found.append(page.field("arxiv_id" if scheme == "arxiv" else "identifier", *span, number if scheme == "arxiv" else value))
        else:
            found.append(page.field("url", *span))
    if not found:
        return
    rest = squeezed(page.text, max(field.end or 0 for field in found), end)
    while rest[0] < rest[1] and not page.text[rest[0]].isalnum():
        rest = rest[0] + 1, rest[1]
    if rest[0] < rest[1]:
        found.append(page.field("other", *rest))
    yield (first, end), found


def _identifiers(text: str, start: int, end: int) -> Iterator[tuple[Span, str]]:
    """Yield the identifiers that a line begins with, each with its normal form, empty for an address of papers that tells none; nothing for a line that is mostly something else."""
    mark = _MARK.match(text, start, end)
    start = mark.end() if mark else start
    if end - start > _LONGEST:
        return
    found: list[tuple[Span, str]] = []
    words = 0
    for match in _TOKEN.finditer(text, start, end):
        first, last = match.start(), match.start() + len(match.group().rstrip(".,)"))
        token = text[first:last].strip("([")
        first = last - len(token)
        value = linked_id(token) or identifier(token)
        if value is not None and value.partition(":")[0] in _SCHEMES and not words:
            found.append(((first, last), value))
        elif _ADDRESS.fullmatch(token) and leads_to_papers(token) and not words and not found:
            found.append(((first, last), ""))
        else:
            words += any(c.isalpha() for c in token)
    if words <= _FEW_REMARKS:
        yield from found
