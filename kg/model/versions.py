"""In which form a paper appeared: what a record says of it, and what the forms are called."""

from typing import Final, NamedTuple

from kg.model.documents import Field


class Form(NamedTuple):
    """The form in which a paper appeared, as one record tells it.

    Attributes:
        kind: One of `KINDS`.
        number: Of a preprint whose source says which version it is: 1 for v1; else None.
        field: The field that tells the kind; None where nothing does.
        numbered: The field that tells the number.
    """

    kind: str
    number: int | None = None
    field: Field | None = None
    numbered: Field | None = None


KINDS: Final = {
    "preprint": ("preprint", "fabio:Preprint"),
    "workshop": ("workshop paper", "fabio:WorkshopPaper"),
    "conference": ("conference paper", "fabio:ConferencePaper"),
    "journal": ("journal article", "fabio:JournalArticle"),
    "chapter": ("book chapter", "fabio:BookChapter"),
    "book": ("book", "fabio:Book"),
    "thesis": ("thesis", "fabio:Thesis"),
    "report": ("report", "fabio:TechnicalReport"),
    "publication": ("publication", ""),
    "unspecified": ("version", ""),
}
"""Kind of form to what it is called and its class (FaBiO, Peroni and Shotton 2012), in the order in which papers go through
them. A `publication` came out somewhere, nobody says as what; of an `unspecified` one not even that is known."""


def version_member(record: str) -> str:
    """Return the key of the version that a record describes.

    >>> version_member("86aabc113ef6f027/3")
    'version|86aabc113ef6f027/3'
    """
    return f"version|{record}"
