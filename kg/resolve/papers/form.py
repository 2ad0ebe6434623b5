"""In which form a paper appeared, and which sort of work it is, as one record tells it."""

import re
from functools import lru_cache
from typing import Final

from kg.ids import OLD_ARCHIVES, arxiv_id, of_preprint
from kg.model import Field, Record
from kg.model.versions import KINDS, Form
from kg.text import words

_SERVERS: Final = re.compile(r"\b(?:arxiv|corr|biorxiv|medrxiv|chemrxiv|psyarxiv|techrxiv|ssrn|preprints?|research square|eprint archive|authorea|openrxiv)\b")

_TYPES: Final = {
    kind: frozenset(names.split("|")) for kind, names in {
        "preprint": "preprint|posted content|informal|informal publication|eprint|submitted",
        "conference": "inproceedings|conference|conference paper|conferencepaper|paper conference|proceedings article|proceedings paper|conf|cpaper|conference object|conference contribution|inproceeding",
        "journal": "article journal|journal article|journalarticle|jour|ejour|research article|review article|review|letter|brief report|data paper|magazine article|magazinearticle|article magazine",
        "chapter": "incollection|inbook|chapter|book chapter|bookchapter|chap|booksection|book section|book part",
        "book": "book|monograph|edited book|mvbook",
        "thesis": "phdthesis|mastersthesis|thesis|dissertation|thes|phd thesis|masters thesis|doctoral thesis",
        "report": "techreport|report|rprt|technical report|tech report",
    }.items()
}  # fmt: skip
"""What formats call their kinds: BibTeX, RIS, CSL, Crossref, DataCite, DBLP, JATS, OpenAlex, Semantic Scholar, Zotero."""

WORKSHOP: Final = re.compile(r"\bworkshops?\b|\bws\b")
JOURNAL: Final = re.compile(
    r"\b(?:journal|transactions|trans|letters|lett|annals|magazine|reviews?|bulletin|quarterly|archives?|surveys|jmlr|tmlr|tacl|jair|tpami|pami|ijcv|"
    r"pvldb|pnas|plos)\b|vldb endowment|national academy of sciences|^proceedings of the (?:ieee|royal society.*)$|^(?:nature|science|cell|machine learning|neural computation|neural networks|neurocomputing|pattern recognition|artificial intelligence)\b(?!.*\bconference\b)(?! systems)"
)
_CONFERENCE: Final = re.compile(
    r"\b(?:proceedings|proc|conference|conf|symposium|congress|colloquium|meeting|advances in neural|lecture notes|lncs)\b"
    r"|neural information processing systems|computer vision and pattern recognition|learning representations"
)
_MEETINGS: Final = frozenset(re.findall(
    r"\S+", """
    3dv aaai aacl accv acl acml aistats asplos automl bmvc ccs chi cikm cogsci coling collas colm colt conll corl crypto cscw cvpr dac
    dcc eacl ecai eccv ecir ecml emnlp eurocrypt focs gecco hpca icalp icaps icassp iccad iccv icde icdm icip iclr icme icml icpr icra
    icse ijcai ijcnn interspeech iros isca ismar ismir isit issta itsc kdd lrec miccai midl mlsys mobicom naacl ndss neurips nips nsdi
    oopsla osdi pakdd pldi podc pods popl ppopp recsys rss sdm siggraph sigcomm sigdial sigir sigmetrics sigmod soda sosp stacs stoc
    uai uist usenix vldb wacv wmt wsdm www
    """,
))  # fmt: skip
"""Conferences that are commonly named by their letters alone."""

_OTHER_WORKS: Final = {
    work: frozenset(names.split("|")) for work, names in {
        "data": "dataset|data set|data|database|aggregated database",
        "software": "software|computer program|computerprogram|comp|code|workflow|computational notebook",
        "presentation": "poster|conferenceposter|conference poster|presentation|slides|slide|lecture|speech|talk|video|videorecording|video recording|audiovisual",
        "review": "peer review|peerreview",
        "supplement": "component|supplementary materials",
    }.items()
}  # fmt: skip
"""What formats call works that bear the title of a paper, and are none: DataCite, Crossref, CSL, RIS, OpenAlex, Semantic Scholar, Zotero."""

_WORKS: Final = {"workshop": "paper", "conference": "paper", "journal": "paper", "preprint": "preprint", "chapter": "chapter", "book": "book", "thesis": "thesis"}
"""Forms that say which sort of work a record describes."""

_APART: Final = frozenset(map(frozenset, (("thesis", "paper"), ("thesis", "chapter"), ("book", "chapter"))))
"""Sorts of works that are never one. A thesis may stand on a preprint server, or be printed as a book, a chapter be a conference's paper."""

_NUMBER: Final = re.compile(r"v?([1-9][0-9]?)")
_BEHIND_ID: Final = re.compile(r".*[0-9]{4}v([1-9][0-9]?)(?:\.pdf)?")
_CODE: Final = re.compile(r"[a-z-]+\.[A-Za-z][A-Za-z-]+")
_OF_DBLP: Final = (("conf/", "conference"), ("journals/", "journal"), ("phd/", "thesis"), ("tr/", "report"), ("books/", "book"))


def form(record: Record) -> Form:
    """Return which form of its paper a record describes, and what tells it.

    In the order of their weight: a venue that is a preprint server, the type that the source gives, the marks of arXiv's own
    lists, the venue's name, identifiers.
    """
    kind, field = _kind(record)
    number, numbered = _number(record) if kind == "preprint" else (None, None)
    return Form(kind, number, field, numbered)


def _kind(record: Record) -> tuple[str, Field | None]:
    venue = record.first("venue")
    name = plain(venue.text) if venue else ""
    if venue and _SERVERS.search(name):
        return "preprint", venue
    types = [(field, " ".join(words(field.text))) for field in record.all("type")]
    named = next(((kind, field) for kind, known in _TYPES.items() for field, text in types if text in known), None)
    if named and named[0] == "conference" and WORKSHOP.search(name):
        return "workshop", venue
    if named:
        return named
    number = next((field for field in record.all("arxiv_id") if arxiv_id(field.value or field.text)), None)
    if number and not types and any(_is_code(field) for field in record.all("category")):
        return "preprint", number
    if venue:
        numbered = record.first("volume") or record.first("issue")
        journal = numbered or any(text == "article" for _, text in types)
        return _of_venue(name) or ("journal" if journal else "publication"), venue
    return _of_identifiers(record, number)


def _is_code(field: Field) -> bool:
    """Tell whether a category is one of arXiv's, rather than a keyword."""
    code = field.value or field.text
    return _CODE.fullmatch(code) is not None or code in OLD_ARCHIVES


@lru_cache(maxsize=1 << 14)
def plain(venue: str) -> str:
    """Return the folded words of a venue on one line."""
    return " ".join(words(venue))


@lru_cache(maxsize=1 << 14)
def _of_venue(name: str) -> str | None:
    """Return the kind of what appears in a venue, given its folded name.

    >>> _of_venue("icml 2017 workshop on implicit models"), _of_venue("neurips"), _of_venue("nature"), _of_venue("oxford")
    ('workshop', 'conference', 'journal', None)
    """
    if WORKSHOP.search(name):
        return "workshop"
    if JOURNAL.search(name):
        return "journal"
    letters = [word for word in name.split() if not word.isdigit()]
    if _CONFERENCE.search(name) or (len(letters) <= 3 and not _MEETINGS.isdisjoint(letters)):
        return "conference"
    return None


def _of_identifiers(record: Record, arxiv: Field | None) -> tuple[str, Field | None]:
    """Return what the identifiers of a record without venue and type tell; what was published goes before its preprint."""
    known = sorted(((field.value, field) for field in record.all("identifier") if field.value), key=lambda each: each[0])
    preprint = arxiv
    found: list[tuple[str, Field]] = []
    for identifier, field in known:
        scheme, _, name = identifier.partition(":")
        if of_preprint(identifier):
            preprint = preprint or field
        elif scheme in {"pmid", "pmcid"}:
            found.append(("journal", field))
        elif scheme == "acl":
            found.append(("journal" if re.search(r"\.(?:tacl|cl)-|^[JQ]", name) else "conference", field))
        elif scheme == "dblp":
            found += [(kind, field) for start, kind in _OF_DBLP if name.startswith(start)]
        elif scheme == "doi":
            found.append(("publication", field))
    if found:
        return min(found, key=lambda each: list(KINDS).index(each[0]))
    return ("preprint", preprint) if preprint else ("unspecified", None)


def _number(record: Record) -> tuple[int | None, Field | None]:
    """Return which version of a preprint a record describes, if its source says so: in a field of its own, or behind the id."""
    for name, pattern in (("version", _NUMBER), ("arxiv_id", _BEHIND_ID)):
        for field in record.all(name):
            if match := pattern.fullmatch(field.text.strip().casefold()):
                return int(match[1]), field
    return None, None


def work(record: Record) -> str:
    """Return which sort of work a record describes, one of `_WORKS` or `_OTHER_WORKS`, or an empty string where it does not say.

    A source that names several types of one work has it for a paper, if that is one of them.
    """
    types = {" ".join(words(field.text)) for field in record.all("type")}
    if all(types.isdisjoint(known) for known in _TYPES.values()):
        for name, known in _OTHER_WORKS.items():
            if not types.isdisjoint(known):
                return name
    return _WORKS.get(_kind(record)[0], "")


def are_two(one: str, other: str) -> bool:
    """Tell whether two sorts of works are told, and cannot be one work.

    >>> are_two("thesis", "paper"), are_two("data", "preprint"), are_two("thesis", "preprint"), are_two("data", "")
    (True, True, False, False)
    """
    told = {one, other}
    return len(told - {""}) > 1 and (frozenset(told) in _APART or not told.isdisjoint(_OTHER_WORKS))
