"""Identifiers of papers, people and organisations: recognised, checked and brought into one form.

Text goes in, the normalised identifier comes out, or None where the text is no identifier: a wrong check
digit or an impossible month is no identifier. Nothing is looked up anywhere.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from operator import mul
from typing import Final
from urllib.parse import quote, unquote

OLD_ARCHIVES: Final = frozenset({
    "acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn", "chem-ph",
    "cmp-lg", "comp-gas", "cond-mat", "cs", "dg-ga", "funct-an", "gr-qc", "hep-ex", "hep-lat", "hep-ph",
    "hep-th", "math", "math-ph", "mtrl-th", "nlin", "nucl-ex", "nucl-th", "patt-sol", "physics",
    "plasm-ph", "q-alg", "q-bio", "quant-ph", "solv-int", "supr-con",
})  # fmt: skip
"""The archives that gave out identifiers such as `hep-th/9901001`, until March 2007."""

_NEW_ARXIV: Final = re.compile(r"([0-9]{2})(0[1-9]|1[0-2])\.([0-9]{5}|[0-9]{4})(v[1-9][0-9]?)?")
_OLD_ARXIV: Final = re.compile(
    r"([a-z]+(?:-[a-z]+)?)(?:\.[A-Z]{2})?/([0-9]{2})(0[1-9]|1[0-2])([0-9]{3})(v[1-9][0-9]?)?"
)
_ARXIV_PREFIX: Final = re.compile(
    r"(?:https?://)?(?:(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|(?:dx\.)?doi\.org/10\.48550/arxiv\.)"
    r"|10\.48550/arxiv\.|arxiv:[ \t]?|oai:arxiv\.org:",
    re.IGNORECASE,
)
_ORCID: Final = re.compile(
    r"(?:(?:https?://)?(?:www\.)?orcid\.org/)?([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])", re.IGNORECASE
)
_ROR: Final = re.compile(
    r"(?:(?:https?://)?(?:www\.)?ror\.org/)?(0[0-9a-hjkmnp-tv-z]{6}[0-9]{2})", re.IGNORECASE | re.ASCII
)
_RESOLVER: Final = r"(?:doi(?::[ \t]{0,3}|[ \t]{1,3}))?(?:(?:https?://)?(?:www\.)?(?:dx[.-])?doi[.-][a-z0-9.-]{2,80}/(?:doi:)?)?"
"""What stands before a DOI: a word, and who resolves it: doi.org, once doi.acm.org and others, or a library's proxy (doi-org.proxy.example.edu)."""

_DOI: Final = re.compile(
    rf"{_RESOLVER}"
    r"(10\.[0-9]{4,9}(?:\.[0-9]{1,9})*/[^\s\x00-\x1f\x7f<>\"{}|\\^`]+)",
    re.IGNORECASE,
)
_SICI: Final = re.compile(rf"{_RESOLVER}" r"(10\.[0-9]{4,9}/[^\s<>\"]*\([0-9]{4,8}\)[0-9]+(?::[0-9a-z]+)?<[^\s<>\"]+>[0-9]\.[0-9]\.co;2(?:-[0-9a-z#@$])?)", re.IGNORECASE)
"""A DOI made of a SICI (ANSI/NISO Z39.56), as Wiley and others gave them out until 2001: with angle brackets."""

_CROCKFORD: Final = str.maketrans("0123456789abcdefghjkmnpqrstvwxyz", "0123456789abcdefghijklmnopqrstuv")
"""The digits of Crockford's base 32, as Python writes numbers of base 32."""

_WEIGHTS: Final = tuple(1 << place for place in range(15, 0, -1))
"""What the digits of an ORCID iD before the last one count (ISO 7064 mod 11-2)."""

_ZEROS: Final = ord("0") * sum(_WEIGHTS)


def leading_arxiv_id(text: str, start: int = 0, stop: int | None = None) -> tuple[int, str] | None:
    """Return where the arXiv id that begins at `start` ends, and the id without version; None if none does.

    The number of digits is known from the date, so that text glued to an id stays apart from it.

    >>> leading_arxiv_id("2403.055303D vision")
    (10, '2403.05530')
    >>> leading_arxiv_id("hep-th/9901001v2")
    (16, 'hep-th/9901001')
    >>> leading_arxiv_id("2413.05530")
    """
    end = len(text) if stop is None else stop
    return _leading_new(text, start, end) or _leading_old(text, start, end)


def _leading_new(text: str, start: int, stop: int) -> tuple[int, str] | None:
    """Match YYMM.NNNN (April 2007 to 2014) or YYMM.NNNNN (from 2015)."""
    match = _NEW_ARXIV.match(text, start, stop)
    if match is None:
        return None
    year, month, number, _ = match.groups()
    digits = 5 if year >= "15" else 4
    if not "0704" <= year + month <= "9012" or len(number) < digits or not number[:digits].strip("0"):
        return None
    if len(number) == digits:
        return match.end(), f"{year}{month}.{number}"
    return match.start(3) + digits, f"{year}{month}.{number[:digits]}"


def _leading_old(text: str, start: int, stop: int) -> tuple[int, str] | None:
    """Match archive/YYMMNNN (August 1991 to March 2007); a subject class (math.GT) is no part of the id."""
    match = _OLD_ARXIV.match(text, start, stop)
    if match is None:
        return None
    archive, year, month, number, _ = match.groups()
    century = "19" if year >= "91" else "20"
    if archive not in OLD_ARCHIVES or number == "000" or not "199107" <= century + year + month <= "200703":
        return None
    return match.end(), f"{archive}/{year}{month}{number}"


def arxiv_id(text: str) -> str | None:
    """Return the arXiv id that `text` is, without prefix and version; None if it is none.

    >>> arxiv_id("arXiv:2205.06175v2"), arxiv_id("https://arxiv.org/abs/math.GT/0309136")
    ('2205.06175', 'math/0309136')
    >>> arxiv_id("9999.99999"), arxiv_id("1412.12345"), arxiv_id("1501.1234")
    (None, None, None)
    """
    bare = text.strip()
    prefix = _ARXIV_PREFIX.match(bare)
    start = prefix.end() if prefix else 0
    found = leading_arxiv_id(bare, start)
    return found[1] if found and bare[found[0] :] in {"", ".pdf"} else None


def find_arxiv_ids(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and normalised id of each arXiv id that `text` names with a prefix or address.

    >>> list(find_arxiv_ids("extending arXiv:1804.01118)."))
    [(16, 26, '1804.01118')]
    """
    for prefix in _ARXIV_PREFIX.finditer(text):
        found = leading_arxiv_id(text, prefix.end())
        if found and not text[found[0] : found[0] + 1].isalnum():
            yield prefix.end(), *found


def orcid(text: str) -> str | None:
    """Return the ORCID iD that `text` is, if its check digit (ISO 7064 mod 11-2) is right.

    >>> orcid("https://orcid.org/0000-0002-1825-0097"), orcid("0000-0002-1825-0098")
    ('0000-0002-1825-0097', None)
    """
    match = _ORCID.fullmatch(text.strip())
    if match is None:
        return None
    found = match[1].upper()
    total = sum(map(mul, found.replace("-", "").encode(), _WEIGHTS)) - _ZEROS
    return found if found[-1] == "0123456789X"[(12 - total % 11) % 11] else None


def ror(text: str) -> str | None:
    """Return the ROR id that `text` is, if its two check digits (mod 97 over Crockford's base 32) are right.

    >>> ror("https://ror.org/05dxps055"), ror("05dxps056")
    ('05dxps055', None)
    """
    match = _ROR.fullmatch(text.strip())
    if match is None:
        return None
    found = match[1].lower()
    number = int(found[:7].translate(_CROCKFORD), 32)
    return found if int(found[7:]) == 98 - number * 100 % 97 else None


def doi(text: str) -> str | None:
    """Return the DOI that `text` is, in lower case and without prefix; None if it is none.

    >>> doi("https://doi.org/10.1038/S41586-021-03819-2"), doi("11.1038/x")
    ('10.1038/s41586-021-03819-2', None)
    >>> doi("10.1002/(SICI)1096-8628(19980428)77:1&lt;31::AID-AJMG8&gt;3.0.CO;2-O")
    '10.1002/(sici)1096-8628(19980428)77:1<31::aid-ajmg8>3.0.co;2-o'
    >>> doi("http://doi.acm.org/10.1145/1"), doi("https://doi-org.proxy.a.edu/10.1000/x"), doi("https://doi.org/10.1000%2Fx")
    ('10.1145/1', '10.1000/x', '10.1000/x')
    """
    bare = text.strip()
    if "%" in bare and "//" in bare:
        bare = unquote(bare)
    if "<" in bare or "&lt;" in bare:
        sici = _SICI.fullmatch(html.unescape(bare))
        return sici[1].lower() if sici else None
    match = _DOI.fullmatch(bare)
    return match[1].rstrip(".,;").lower() if match else None


_SCHEMES: Final[dict[str, re.Pattern[str]]] = {
    # OpenAlex: docs.openalex.org, "The OpenAlex ID"; one letter tells the kind of entity.
    "openalex": re.compile(r"(?:(?:https?://)?(?:api\.)?openalex\.org/(?:[a-z]+/)?)?([WAISCPFTKwaiscpftk][0-9]{2,12})"),
    "pmid": re.compile(r"(?:(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/|pmid:?\s?|medline:)?([1-9][0-9]{0,8})/?", re.IGNORECASE),
    "pmcid": re.compile(r"(?:(?:https?://)?(?:www\.)?(?:ncbi\.nlm\.nih\.gov/pmc|pmc\.ncbi\.nlm\.nih\.gov)/articles/|pmcid:?\s?|pmc-id:\s?)?(PMC[1-9][0-9]{0,8})[/;]?", re.IGNORECASE),
    # Semantic Scholar: 40 hexadecimal digits of a paper, or its number in the corpus.
    "s2": re.compile(r"(?:(?:https?://)?(?:www\.)?semanticscholar\.org/(?:paper|author)/(?:[^/]+/)?|(?:https?://)?api\.semanticscholar\.org/corpusid:|s2:|corpusid:\s?)?([0-9a-f]{40}|[1-9][0-9]{0,11})", re.IGNORECASE),
    "dblp": re.compile(r"(?:(?:https?://)?(?:dblp\.(?:org|uni-trier\.de|dagstuhl\.de)|(?:www\.)?dblp\.de)/(?:rec|pid)/|dblp:)?((?:conf|journals|books|phd|series|reference|tr|homepages|data|persons)/[\w.+-]+(?:/[\w.+-]+)*|[0-9a-z]{1,3}/[\w.-]+)", re.IGNORECASE),
    # ACL Anthology: the old ids of a letter and digits, and the ones with venue since 2020.
    "acl": re.compile(r"(?:(?:https?://)?(?:www\.)?aclanthology\.org/|(?:https?://)?(?:www\.)?aclweb\.org/anthology/|10\.18653/v1/)?([A-Z][0-9]{2}-[0-9]{4,5}|(?:19|20)[0-9]{2}\.[a-z0-9]+-[a-z0-9_]+\.[0-9]+)(?:\.pdf|/)?", re.IGNORECASE),
    "openreview": re.compile(r"(?:(?:https?://)?openreview\.net/(?:forum|pdf|attachment)\?id=|(?:https?://)?openreview\.net/profile\?id=)?(~[^\s/?&#]+[0-9]|[A-Za-z0-9_-]{8,14})"),
}  # fmt: skip
"""How the identifiers of each scheme are written: bare, with a prefix, or as an address."""

_COMMON: Final[dict[str, Callable[[str], re.Match[str] | None]]] = {
    scheme: re.compile(pattern).fullmatch
    for scheme, pattern in {
        "openalex": r"(?:https://openalex\.org/)?([WAISCPFT][0-9]{2,12})",
        "doi": r"(?:https://doi\.org/)?(10\.(?!48550/)[0-9]{4,9}/[A-Za-z0-9./_()-]*[A-Za-z0-9/_()-])",
        "pmid": r"(?:https://pubmed\.ncbi\.nlm\.nih\.gov/)?([1-9][0-9]{0,8})",
        "s2": r"([0-9a-f]{40}|[1-9][0-9]{0,11})",
        "dblp": r"((?:conf|journals)/[a-z0-9]+/[A-Za-z0-9-]+)",
        "acl": r"((?:19|20)[0-9]{2}\.[a-z0-9]+-[a-z0-9]+\.[0-9]+)",
    }.items()
}  # fmt: skip
"""How identifiers are written most often, in their normal form but for the case of a DOI. What is found so is found by `_SCHEMES` and
`doi` too, but those take several times as long, and files hold millions."""

_TELLING: Final = {
    "openalex": "openalex.org/", "pmid": ("pubmed", "pmid"), "pmcid": "pmc", "s2": ("semanticscholar.org/", "corpusid:", "s2:"),
    "dblp": "dblp", "acl": ("aclanthology.org/", "aclweb.org/anthology", "10.18653/v1/"), "openreview": "openreview.net/",
}  # fmt: skip
"""What makes an identifier's scheme plain where the source does not name it."""


def identifier(text: str, scheme: str = "") -> str | None:
    """Return an identifier as `scheme:id` in its one normal form; None if it is none, or has a wrong check digit.

    Args:
        text: The identifier, bare (then with its scheme), with a prefix, or as an address.
        scheme: `doi arxiv orcid ror openalex pmid pmcid s2 dblp acl openreview`; found from the text unless given.

    >>> identifier("https://doi.org/10.1000/ABC"), identifier("10.48550/arXiv.2205.06175"), identifier("W2741809807", "openalex")
    ('doi:10.1000/abc', 'arxiv:2205.06175', 'openalex:W2741809807')
    >>> identifier("0000-0002-1825-0098", "orcid"), identifier("hello")
    (None, None)
    """
    if scheme in _COMMON and (common := _COMMON[scheme](text)):
        return f"doi:{common[1].lower()}" if scheme == "doi" else f"{scheme}:{common[1]}"
    bare = text.strip()
    if scheme in _SCHEMES:
        match = _SCHEMES[scheme].fullmatch(bare)
        return f"{scheme}:{_normal(scheme, match[1])}" if match else None
    if scheme in _CHECKED:
        found = _CHECKED[scheme](bare)
        if scheme == "doi" and found and (number := arxiv_id(bare)):
            return f"arxiv:{number}"
        return f"{scheme}:{found}" if found else None
    lower = bare.lower()
    for known, marks in _TELLING.items():
        if any(mark in lower for mark in ((marks,) if isinstance(marks, str) else marks)) and (found := identifier(bare, known)):
            return found
    for known in ("arxiv", "doi", "orcid", "ror"):
        if found := identifier(bare, known):
            return found
    return None


def _normal(scheme: str, found: str) -> str:
    """Return an identifier in the case that its scheme writes it in."""
    if scheme in {"openalex", "pmcid"}:
        return found.upper()
    if scheme == "acl":
        return found.upper() if "-" in found[:4] else found.lower()
    return found.lower() if scheme == "s2" else found


_CHECKED: Final = {"arxiv": arxiv_id, "doi": doi, "orcid": orcid, "ror": ror}
"""Schemes whose identifiers have a form or a check digit that is checked by a function of their own."""


def link(known: str) -> str | None:
    """Return the address of what `scheme:id` identifies, as its provider documents it.

    >>> link("doi:10.1000/abc"), link("arxiv:2205.06175")
    ('https://doi.org/10.1000/abc', 'https://arxiv.org/abs/2205.06175')
    """
    scheme, _, name = known.partition(":")
    if scheme == "openreview" and name.startswith("~"):
        return f"https://openreview.net/profile?id={name}"
    if scheme == "dblp" and not re.match(r"[a-z]{4,}/", name):
        return f"https://dblp.org/pid/{name}"
    pattern = _LINKS.get(scheme)
    return pattern.format(_encoded(name)) if pattern else None


_LINKS: Final = {
    "doi": "https://doi.org/{}", "arxiv": "https://arxiv.org/abs/{}", "orcid": "https://orcid.org/{}",
    "ror": "https://ror.org/{}", "openalex": "https://openalex.org/{}", "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/{}/", "s2": "https://www.semanticscholar.org/paper/{}",
    "dblp": "https://dblp.org/rec/{}", "acl": "https://aclanthology.org/{}/", "openreview": "https://openreview.net/forum?id={}",
}  # fmt: skip

PREFERRED: Final = ("arxiv", "doi", "acl", "openreview", "pmid", "pmcid", "openalex", "s2", "dblp")
"""Schemes of papers in the order in which one is chosen to name and link a paper that has several."""


def preferred(known: Iterable[str]) -> str | None:
    """Return the identifier, as `scheme:id`, that names a thing best; ties go to the first in the alphabet.

    >>> preferred(["dblp:conf/x/y", "doi:10.1000/b", "doi:10.1000/a"])
    'doi:10.1000/a'
    """
    return min(
        (each for each in known if each.partition(":")[0] in PREFERRED),
        key=lambda each: (PREFERRED.index(each.partition(":")[0]), each), default=None,
    )  # fmt: skip


def as_step(known: str) -> str:
    """Return an identifier as one step of a path: readable, telling its scheme, and as it stands in an IRI.

    >>> as_step("arxiv:hep-th/9901001"), as_step("doi:10.1000/abc"), as_step("doi:10.1000/a<b>#c")
    ('arxiv-hep-th-9901001', 'doi-10.1000/abc', 'doi-10.1000/a%3Cb%3E%23c')
    """
    scheme, _, name = known.partition(":")
    return f"{scheme}-{_encoded(name.replace('/', '-') if scheme == 'arxiv' else name)}"


def of_step(step: str) -> str:
    """Return the identifier that a step was made of; the slash of an old arXiv id is restored.

    >>> of_step("arxiv-hep-th-9901001"), of_step("doi-10.1000/a%3Cb%3E%23c")
    ('arxiv:hep-th/9901001', 'doi:10.1000/a<b>#c')
    """
    scheme, _, value = step.partition("-")
    if scheme == "arxiv":
        archive, _, number = value.rpartition("-")
        value = f"{archive}/{number}" if archive else number
    return f"{scheme}:{unquote(value)}"


_ENCODED: Final = re.compile(r"[^A-Za-z0-9._~/:@!$&'()*+,;=\-\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]")
"""What the path of an IRI (RFC 3987) may not hold, and the per cent sign: what is encoded can be read back."""


def _encoded(name: str) -> str:
    return _ENCODED.sub(lambda found: quote(found[0], safe=""), name)


OF_WORKS: Final = frozenset({"openalex", "s2", "openreview"})
"""Schemes of services that know works, not the versions in which these appeared."""

_PREPRINT: Final = re.compile(
    r"arxiv:|dblp:journals/corr/"
    # bioRxiv and medRxiv, SSRN, Research Square, ChemRxiv, Preprints.org, TechRxiv, OSF, PsyArXiv, SocArXiv, Authorea
    r"|doi:10\.(?:1101/(?:20[0-9]{2}\.|[0-9]{6}$)|2139/ssrn|21203/rs|26434/chemrxiv|20944/preprints|36227/techrxiv|31219/|31234/|31235/|22541/)"
)


def of_preprint(known: str) -> bool:
    """Tell whether `scheme:id` is the identifier of a preprint rather than of what was published later.

    >>> of_preprint("arxiv:2205.06175"), of_preprint("doi:10.1101/2020.03.22.002386"), of_preprint("doi:10.1038/nature14539")
    (True, True, False)
    """
    return _PREPRINT.match(known) is not None
