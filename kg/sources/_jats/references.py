"""What the readers of JATS make of the works cited: citations in elements or as printed, with identifiers."""

from typing import Final

from kg.ids import identifier
from kg.sources._entry import Entry
from kg.sources._jats.text import LINKS, address, bare
from kg.sources._xml.fields import cited_id, put
from kg.sources._xml.stream import Located, children, local, text_of

SCHEMES: Final = {"doi": "doi", "pmid": "pmid", "pmc": "pmcid", "pmcid": "pmcid", "arxiv": "arxiv"}
_CITED: Final = ("doi", "arxiv", "pmid", "pmcid", "pmc")
"""What tells a cited work, the widest known first."""

_REFERRING: Final = frozenset({"ref-list", "ref", "citation-alternatives", "sec", "app-group", "app"})
"""Elements behind the body that hold citations."""

_CITATIONS: Final = frozenset({"element-citation", "mixed-citation", "citation", "nlm-citation"})

_TITLES: Final = ("article-title", "chapter-title", "data-title", "source")


def add_references(entry: Entry, found: Located) -> None:
    """Add the works cited: those of all lists of references; of several forms of one the first."""
    inside = local(found.element)
    for part in children(found.element, found.path):
        name = local(part.element)
        if name in _REFERRING:
            add_references(entry, part)
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
    titles = {local(each): each for each in reversed(element) if local(each) in _TITLES}
    for each in element.iter():
        name = local(each)
        if name == "pub-id":
            told[each.get("pub-id-type", "")] = text_of(each)
        elif name in LINKS and (target := address(each) or text_of(each)):
            if "doi.org/" in target or each.get("ext-link-type") == "doi":
                told.setdefault("doi", target)
            elif "arxiv.org/" in target:
                told.setdefault("arxiv", target)
    value = next((value for kind in _CITED if kind in told and (value := identifier(told[kind], SCHEMES[kind]))), None) if told else None
    value = value or cited_id(text_of(element))
    title = next((text for name in _TITLES if name in titles and (text := bare(titles[name]))), "")
    entry.add("reference", title or bare(element, "pub-id") or next(iter(told.values()), ""), value, path=path, line=element.sourceline)
