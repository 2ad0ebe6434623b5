"""Reader of daily lists of arXiv papers in JSON, as the many offspring of `cv-arxiv-daily` keep them.

There is no specification. The file is an object of topics; each is an object of papers by their arXiv id, and a paper is
a row of a table in Markdown: `|**2022-05-12**|**Title**|Ada Lovelace et.al.|[2205.06175](http://arxiv.org/abs/2205.06175)|null|`,
or an item of a list: `- 2022-05-12, **Title**, Ada Lovelace et.al., Paper: [...](...), Code: **[...](...)**`. The last cell
is the address of code, if there is any. The topic becomes `other`, since it is what somebody searched for.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.ids import arxiv_id
from kg.model import Document, Problem, Record
from kg.sources._entry import Entry, numbered
from kg.sources._json.value import Value
from kg.sources._json.values import values
from kg.sources._provider_json import add_date
from kg.sources._text.names import split_names

_TOLD: Final = re.compile(r'"\d{4}\.\d{4,5}(?:v\d+)?"\s*:\s*"(?:\||- )\s*\**\d{4}-\d\d-\d\d')
_OBJECT: Final = re.compile(r'\ufeff?\s*\{\s*"')
_ROW: Final = re.compile(r"\|\s*\**(?P<date>[^|*]+)\**\s*\|\s*(?:\*\*)?(?P<title>.+?)(?:\*\*)?\s*\|(?P<authors>[^|]*)\|(?P<rest>[^|]*\|[^|]*)\|?\s*", re.DOTALL)
_ITEM: Final = re.compile(r"-\s+\**(?P<date>[\d-]+)\**,\s*\*\*(?P<title>.+?)\*\*,\s*(?P<authors>.*?),\s*(?P<rest>Paper:.*)", re.DOTALL)
_LONGEST: Final = 4_000
"""Far longer than any row, and short enough for the patterns above."""

_LINK: Final = re.compile(r"\]\((https?://[^\s)]+)\)")


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a text is such a list.

    >>> sniff('{"Sheep": {"2205.06175": "|**2022-05-12**|**T**|A. Bee et.al.|[2205.06175](x)|null|"}}', "a.json")
    0.9
    """
    return 0.9 if _OBJECT.match(head) and _TOLD.search(head) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the papers, and a problem for each row that cannot be read.

    Raises:
        UnreadableError: If the file is no JSON.
    """
    return numbered(document, _papers(document), _paper)


def _papers(document: Document) -> Iterator[tuple[Value, str, str, object] | Problem]:
    """Yield the papers: the topic, key and text of each, and the value that they are in."""
    for value in values(document):
        if isinstance(value, Problem):
            yield value
            continue
        for topic, papers in value.data.items() if isinstance(value.data, dict) else ():
            yield from ((value, topic, key, text) for key, text in papers.items()) if isinstance(papers, dict) else ()


def _paper(document: Document, ordinal: int, found: tuple[Value, str, str, object]) -> Iterator[Record | Problem]:
    """Return the record of a paper, or the problem that its text is no row."""
    value, topic, key, text = found
    path = f"{value.path}.{topic}.{key}"
    entry = Entry(document, ordinal, value.line_of(path), path)
    match = (_ROW.fullmatch(text) or _ITEM.fullmatch(text)) if isinstance(text, str) and len(text) < _LONGEST else None
    if match is None:
        entry.skip(f"no paper in {topic!r}, {key[:40]!r}", "write it as a row |date|title|authors|[id](address)|code|")
        return entry.rows()
    entry.add("title", " ".join(match["title"].split()))
    people, cut = split_names(match["authors"])
    for person in people:
        entry.add("author", person.name, "group" if person.group else None)
    entry.add("et_al", match["authors"][slice(*cut)] if cut else "")
    add_date(entry, match["date"].strip(), path)
    known = arxiv_id(key)
    entry.add("arxiv_id" if known else "other", key, known)
    for address in dict.fromkeys(_LINK.findall(match["rest"])):
        entry.add("url", address)
    entry.add("other", topic, path=f"{value.path}.{topic}")
    return entry.rows()
