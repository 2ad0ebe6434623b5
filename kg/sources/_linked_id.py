"""The identifier of a paper that a web address leads to, as the links of pages, lists and tables do.

Publishers' addresses have the DOI in their path (`/doi/full/10.1000/x`, `/article/10.1000/x`) or query (`?id=10.1000/x`;
Scopus: `&doi=10.1000%2fx`).
"""

import re
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from kg.ids import identifier

_ARXIV: Final = re.compile(r"(?:^|arxiv\.org|ar5iv\.\w+|huggingface\.co|alphaxiv\.org)/(?:abs|pdf|html|format|papers|overview|ftp/arxiv/papers/[0-9]{4})/((?:[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}))(?:v[0-9]+)?(?:\.pdf)?/?(?:[?#].*)?\Z")
_ANTHOLOGY: Final = re.compile(r"(?:^|aclanthology\.org|aclweb\.org/anthology)/((?:19|20)[0-9]{2}\.[a-z0-9]+-[a-z0-9_]+\.[0-9]+|[A-Z][0-9]{2}-[0-9]{4})(?:v[0-9]+)?(?:\.pdf)?/?\Z")
FORUM: Final = re.compile(r"(?:^|openreview\.net)/(?:forum|pdf|attachment)\?id=([A-Za-z0-9_-]{8,14})(?:[&#].*)?\Z")
_PUBLISHER: Final = re.compile(
    r"/(?:doi|article|articles|chapter|content|abstract)/(?:(?:abs|full|pdf|epdf|pdfdirect|full-xml|early|abstract|10\.[0-9]{4,9}(?=/10\.))/)*(?P<path>10\.[0-9]{4,9}/[^?#\s]+)|/article(?:/\w+)?\?(?:\w+=\w+&)?id=(?P<query>10\.[0-9]{4,9}/[^&#\s]+)|[?&]doi=(?P<said>10\.[0-9]{4,9}/[^&#\s]+)"
)
_PMC: Final = re.compile(r"(?:europepmc\.org|ncbi\.nlm\.nih\.gov)/(?:\w+/)*articles?/(?:PMC/)?(PMC[1-9][0-9]{0,8})(?![0-9])")
_PUBMED: Final = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed|europepmc\.org/(?:article|abstract)/med)/([1-9][0-9]{0,8})/?(?:[?#].*)?\Z", re.IGNORECASE)
_OXFORD: Final = "academic.oup.com/"
_NATURE: Final = re.compile(r"nature\.com/articles/(s[0-9]{5}-[0-9]{3}-[0-9]{4,5}-[0-9a-z])(?![\w-])")
_BEHIND_DOI: Final = re.compile(r"(?:(?<=[0-9])v[0-9]{1,2})?(?:(?:\.full|\.abstract|\.short)?(?:\.pdf(?:\+html)?|\.full(?:-text)?|\.abstract|\.short)|/(?:full|abstract|pdf|epdf|meta|summary|html|tables|figures))?/?\Z")
"""What publishers put behind a DOI: the version of a preprint, the kind of page."""


def linked_id(href: str) -> str | None:
    """Return the identifier of the paper that a link leads to, also where it leads to a page of the same site, or of the publisher.

    >>> linked_id("/abs/2205.06175v2"), linked_id("/2024.acl-long.1/"), linked_id("https://doi.org/10.1000/x"), linked_id("/about")
    ('arxiv:2205.06175', 'acl:2024.acl-long.1', 'doi:10.1000/x', None)
    >>> linked_id("https://onlinelibrary.wiley.com/doi/abs/10.1000/x.1"), linked_id("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full")
    ('doi:10.1000/x.1', 'doi:10.1101/2020.01.01.123456')
    """
    href = unwrapped(href)
    if match := _ARXIV.search(href):
        return identifier(match[1], "arxiv")
    if match := _ANTHOLOGY.search(href):
        return identifier(match[1], "acl")
    if match := FORUM.search(href):
        return identifier(match[1], "openreview")
    if "doi.org/10." in href:
        return identifier(href, "doi")
    if "doi.org/doi:10." in href:
        return identifier(href.partition("doi:")[2], "doi")
    if match := _PMC.search(href):
        return identifier(match[1], "pmcid")
    if match := _PUBMED.search(href):
        return identifier(match[1], "pmid")
    if match := _NATURE.search(href):
        return identifier(f"10.1038/{match[1]}", "doi")
    if match := _PUBLISHER.search(unquote(href)):
        told = _BEHIND_DOI.sub("", match["path"] or match["query"] or match["said"])
        return identifier(re.sub(r"/[0-9]{5,9}\Z", "", told) if _OXFORD in href else told, "doi")
    return None


_WRAPPED: Final = re.compile(r"https?://(?:(?:www\.)?google\.[a-z.]{2,6}/url|scholar\.google\.[a-z.]{2,6}/scholar_url|l\.facebook\.com/l\.php|[\w.]+\.safelinks\.protection\.outlook\.com/)\?")


def unwrapped(href: str) -> str:
    """Return the address to which Google's documents, alerts and mail programs lead by a page of their own.

    >>> unwrapped("https://www.google.com/url?q=https%3A%2F%2Farxiv.org%2Fabs%2F2205.06175&sa=D")
    'https://arxiv.org/abs/2205.06175'
    """
    if not _WRAPPED.match(href):
        return href
    try:
        said = parse_qs(urlsplit(href).query)
    except ValueError:
        return href
    return next((said[key][0] for key in ("q", "url", "u") if said.get(key, [""])[0].startswith("http")), href)


_PAPER: Final = re.compile(
    r"arxiv\.org/(?:abs|pdf|html)|doi\.org/10\.|openreview\.net/|aclanthology\.|aclweb\.org/anthology|openaccess\.thecvf|cv-foundation\.org/openaccess|ecva\.net/papers"
    r"|proceedings\.mlr\.press|jmlr\.(?:org|csail)|n(?:eur)?ips\.cc/|ieeexplore\.ieee|computer\.org/csdl|dl\.acm\.org|link\.springer|sciencedirect\.com"
    r"|nature\.com/articles|science\.org/doi|(?:bio|med)rxiv\.org|hal\.(?:science|inria)|archives-ouvertes|isca-(?:speech|archive)|ijcai\.org|aaai\.org|usenix\.org|semanticscholar\.org/paper"
    r"|paperswithcode\.com/paper|ssrn\.com|mdpi\.com/|frontiersin\.org/|onlinelibrary\.wiley|tandfonline\.com|journals\.plos|iopscience|academic\.oup|pubmed|ncbi\.nlm\.nih"
    r"|cell\.com/|cshlp\.org/content|pnas\.org/|embopress\.org|genetics\.org/content|biomedcentral\.com/|bmj\.com/content|thelancet\.com|nejm\.org|elifesciences\.org|peerj\.com|f1000research|(?:aps|aip|acs|rsc)\.org/"
    r"|royalsocietypublishing|researchsquare|chemrxiv|psyarxiv|hindawi\.com|karger\.com|jamanetwork|sagepub|worldscientific|degruyter|jstor\.org|annualreviews|distill\.pub/20|els-cdn\.com"
    r"|huggingface\.co/papers|eprint\.iacr|roboticsproceedings|\.pdf(?:$|[?#])", re.IGNORECASE,
)  # fmt: skip
"""Addresses at which papers are found."""


def leads_to_papers(href: str) -> bool:
    """Tell whether an address is one at which papers are found.

    >>> leads_to_papers("https://www.mdpi.com/1424-8220/23/1/98"), leads_to_papers("https://github.com/a/b")
    (True, False)
    """
    return linked_id(href) is not None or _PAPER.search(unwrapped(href)) is not None
