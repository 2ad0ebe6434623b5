r"""Reader of YAML that lists papers: Pandoc's and Quarto's references, and the data files of people's pages.

What is in it is what JSON would have in other spelling (see `_yaml`), and is read as that: items of the Citation Style
Language under `references` or in a list, as Zotero's Better BibTeX exports them (see `csl_json`), or lists and groups of
papers whose keys say what they are, as Jekyll and Hugo have them in `_data/publications.yml` (see `json_records`).
"""

from collections.abc import Iterator
from typing import Final

from kg.model import Document, Problem, Record
from kg.sources import HEAD, csl_json, json_records
from kg.sources._yaml import as_json, head_as_json, mapped

_FLAT: Final = 2
"""So many lines of JSON with brackets has a mapping of texts alone, which is as likely a sheet of plain text."""

_SURE: Final = 0.9
_LIKELY: Final = 0.3
"""What the reader of any JSON is as sure as it ever is."""


def sniff(head: str, path: str) -> float:
    r"""Return how sure it is that a text is YAML that holds papers.

    >>> sniff("references:\n- type: article-journal\n  title: On X\n  issued: {year: 2020}\n", "a.yaml"), sniff("title: X\n", "a.yaml")
    (0.9, 0.0)
    """
    text = head_as_json(head, HEAD)
    if sum(line[-1] in "{}[]" for line in text.splitlines()) <= _FLAT:
        return 0.0
    return _SURE if csl_json.sniff(text, path) >= _SURE or json_records.sniff(text, path) >= _LIKELY else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the papers, and a problem for each part that cannot be read.

    Raises:
        UnreadableError: If the file is no YAML, or made to exhaust whoever reads it.
    """
    made, lines = as_json(document)
    reader = csl_json if csl_json.sniff(made.text[:HEAD], made.name) >= _SURE else json_records
    yield from mapped(reader.read(made), lines)
