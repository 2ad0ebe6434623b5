"""The identifier of a paper that a web address leads to, as the links of pages and lists do."""

import re
from typing import Final

from kg.ids import identifier

_ARXIV: Final = re.compile(r"(?:^|arxiv\.org|ar5iv\.\w+|huggingface\.co|alphaxiv\.org)/(?:abs|pdf|html|format|papers|overview)/((?:[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}))(?:v[0-9]+)?(?:\.pdf)?/?(?:[?#].*)?\Z")
_ANTHOLOGY: Final = re.compile(r"(?:^|aclanthology\.org|aclweb\.org/anthology)/((?:19|20)[0-9]{2}\.[a-z0-9]+-[a-z0-9_]+\.[0-9]+|[A-Z][0-9]{2}-[0-9]{4})/?\Z")
FORUM: Final = re.compile(r"(?:^|openreview\.net)/(?:forum|pdf|attachment)\?id=([A-Za-z0-9_-]{8,14})(?:[&#].*)?\Z")


def linked_id(href: str) -> str | None:
    """Return the identifier of the paper that a link leads to, also where it leads to a page of the same site.

    >>> linked_id("/abs/2205.06175v2"), linked_id("/2024.acl-long.1/"), linked_id("https://doi.org/10.1000/x"), linked_id("/about")
    ('arxiv:2205.06175', 'acl:2024.acl-long.1', 'doi:10.1000/x', None)
    """
    if match := _ARXIV.search(href):
        return identifier(match[1], "arxiv")
    if match := _ANTHOLOGY.search(href):
        return identifier(match[1], "acl")
    if match := FORUM.search(href):
        return identifier(match[1], "openreview")
    if "doi.org/10." in href:
        return identifier(href, "doi")
    return None
