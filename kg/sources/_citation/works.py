"""What all who read the works that a paper cites share: the heading of their list, what tells a work, and when a title is sure."""

import re
from collections.abc import Iterable
from typing import Final

from kg.ids import identifier
from kg.sources._citation.parts import Citation
from kg.sources._citation.reading import ENOUGH
from kg.sources._linked_id import linked_id
from kg.sources._text.fields import Span

REFERENCES: Final = (
    r"\W*+(?:(?:[0-9]{1,2}|[IVX]{1,5}\b)\W*+)?(?:references?(?: (?:cited|and notes|list))?|(?:selected )?bibliograph(?:y|ie)|(?:works|literature) cited|cited literature|literature|notes and references"
    r"|r[ée]f[ée]rences(?: bibliographiques)?|literatur(?:verzeichnis)?|quellen(?:verzeichnis)?|refer[eê]ncias(?: bibliogr[áa]ficas)?|bibliograf[ií]a|riferimenti(?: bibliografici)?"
    r"|список литературы|литература|参考文献)\W*"
)
"""The heading of a list of the works cited, as an expression that no case matters to."""

HEADING: Final = re.compile(REFERENCES, re.IGNORECASE)
_FIRST: Final = ("doi", "arxiv", "acl", "openreview", "pmid", "pmcid")
"""What tells a cited work, the widest known first."""

_MEDLINE: Final = re.compile(r"\b(?P<scheme>PMID|PMCID)\s?:?\s?(?P<number>(?:PMC)?[1-9][0-9]{0,8})(?![0-9])", re.IGNORECASE)


def work_id(known: Iterable[str]) -> str | None:
    """Return which of several identifiers tells a cited work: of the scheme that is the widest known, the first.

    >>> work_id(["arxiv:2205.06175", "doi:10.1000/x", "doi:10.1000/y"])
    'doi:10.1000/x'
    """
    told = {value.partition(":")[0]: value for value in reversed(list(known))}
    return next((told[scheme] for scheme in _FIRST if scheme in told), None)


def printed_ids(text: str, cited: Citation) -> list[str]:
    """Return the identifiers that an entry prints, and those that the addresses in it lead to."""
    known = [value for _, value in cited.identifiers] + [value for _, address in cited.urls if (value := linked_id(address))]
    return known + [value for match in _MEDLINE.finditer(text) if (value := identifier(match["number"], match["scheme"].lower()))]


def sure_title(cited: Citation) -> Span | None:
    """Return the title of an entry, if enough speaks for its having been taken apart well."""
    return cited.title if cited.evidence >= ENOUGH else None
