"""What the readers of JATS make of running text: titles, abstracts, formulas, links."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from kg.sources._xml.stream import local, text_of

LINKS: Final = frozenset({"ext-link", "uri"})
"""Elements that link to something."""

_PREAMBLE: Final = re.compile(r".*\\begin\{document\}|\\end\{document\}.*", re.DOTALL)
"""What stands around a formula in TeX, which publishers give as a document of its own."""


def bare(element: etree._Element | None, *without: str) -> str:
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


def sections(abstract: etree._Element) -> Iterator[str]:
    """Yield the texts of an abstract; the first paragraph of a section begins with its title."""
    label = ""
    for element in abstract.iter("{*}title", "{*}p"):
        if local(element) == "title":
            label = bare(element) if element.getparent() is not abstract else ""
        elif not any(local(above) == "p" for above in element.iterancestors()):
            text = bare(element)
            yield f"{label.rstrip(':.')}: {text}" if label else text
            label = ""


def address(element: etree._Element) -> str:
    """Return what an element links to, empty where it has no link."""
    return next((text for name, text in element.items() if name.endswith("href")), "")
