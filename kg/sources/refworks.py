r"""Reader of RefWorks' tagged text, which CNKI, Wanfang, ProQuest and EBSCO export as well.

A record is a line for each piece of information: a tag of two characters, a blank, the text (`A1 Lovelace,Ada`). It begins
with `RT`, its type. The tags are those of RefWorks' own list; most are RIS's and mean the same (see `ris`), the others are
read as those of RIS that say what they say. A line that begins with no tag of the list goes on with the field above it.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.model import Document, Problem, Record
from kg.sources._entry import numbered
from kg.sources._parts import rows_of
from kg.sources._tagged import Form, Gathered, gathered
from kg.sources.ris import add_fields

_RIS: Final = {
    "RT": "TY", "VO": "VL", "OP": "EP", "YR": "PY", "FD": "DA", "K1": "KW", "UL": "UR", "LK": "UR", "PP": "CY", "NO": "N1", "ED": "ET",
    "SR": "M2", "PMID": "PM", "PMCID": "C2",
}  # fmt: skip
"""What RIS calls the fields that have another tag there."""

_TAG: Final = re.compile(
    r"\ufeff?(PMC?ID|R[TD]|S[RPNLTF]|I[DSP]|A[1-6BVDN]|T[123]|J[FO]|Y[R]|F[D]|VO|O[PLT]|K1|N[O]|ED|P[BP]|LA|C[LNR]|LK|D[OBS]|U[L1-9]|LL|W[TVP])(?: |(?=[\r\n]|\Z))"
)
_FIRST: Final = re.compile(r"\ufeff?\s*RT [A-Z][A-Za-z/,() -]{2,40}(?:\r\n|\r|\n)(?:SR|ID|A1|T1|JF|YR) \S")
_FORM: Final = Form(_TAG, lambda tag, above, blank: tag == "RT")  # noqa: ARG005


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a file is RefWorks' text: it begins with a record.

    >>> sniff("RT Journal Article\nSR 1\nA1 Lovelace,Ada\n", "a.txt"), sniff("RT @ada: looms\nA1 x\n", "a.txt")
    (1.0, 0.0)
    """
    return 1.0 if _FIRST.match(head) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each record, and a problem for each part that cannot be read.

    Raises:
        UnreadableError: If the file is not in its encoding.
    """
    return numbered(document, gathered(document, _FORM), _paper)


def _paper(document: Document, ordinal: int, found: Gathered) -> Iterator[Record | Problem]:
    """Yield the record that a file's record is, and what looks wrong in it."""
    entry = found.entry(document, ordinal)
    tags = _RIS if "SP" in found.tags else _RIS | {"OP": "SP"}  # CNKI has all pages in OP
    add_fields(entry, [given._replace(tag=tags.get(given.tag, given.tag)) for given in found.fields])
    yield from rows_of(entry, f"record {found.number}")
