"""Reader of MARCXML: records of library catalogues, of CERN's document server and the former INSPIRE, of thesis repositories.

The formats are MARC 21 (https://www.loc.gov/standards/marcxml/) and UNIMARC (https://www.ifla.org/g/unimarc-rg/), in
MARCXML or MarcXchange; a file is one `record`, a `collection`, or the answer of a search (SRU). Read are the fields that
describe a work and what CERN adds: affiliations (`u`, `v`), arXiv's number (037), and the works cited (999 C5). The
journal or book that a work is in is field 773 (463 in UNIMARC).

People whose role is not that of an author are `other`, as is each field that no other is made for. Left out are the leader, the
coded fields but for date and language, and records of names (authorities), which are no papers.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.sources._dates import printed_date
from kg.sources._dblp import add_link, of_works
from kg.sources._dublin_core import spoken
from kg.sources._entry import Entry
from kg.sources._markup import plain
from kg.sources._parts import works
from kg.sources._xml.fields import child, cited_id, put_identifier, put_orcid, say
from kg.sources._xml.stream import Located, children, local, located, root_of, text_of

_RECORDS: Final = (
    "{http://www.loc.gov/MARC21/slim}record", "{info:lc/xmlns/marcxchange-v1}record", "{info:lc/xmlns/marcxchange-v2}record", "record",
)  # fmt: skip
_DATAFIELD: Final = re.compile(r"<(?:[\w.-]+:)?datafield\s[^>]*?\btag\s*=\s*[\"'][0-9A-Z]{3}[\"']")
_AUTHORITY: Final = "z"
_TYPE_AT: Final = 6
"""Where the leader says of what a record is."""

_AUTHOR: Final = frozenset({
    "aut", "cre", "dis", "070", "author", "joint author", "creator", "dissertant", "autor", "autorin", "auteur", "autrice", "autore", "verfasser",
    "verfasserin", "verfasser/in", "forfatter", "författare", "auteure",
})  # fmt: skip
"""What makes somebody an author: codes, and words as catalogues in several languages write them."""

_NO_SORT: Final = dict.fromkeys(map(ord, "\x88\x89\x98\x9c¬"))
"""Marks around an article that does not count when titles are sorted."""

_YEAR: Final = re.compile(r"(?<![0-9])1[4-9][0-9]{2}(?![0-9])|(?<![0-9])20[0-9]{2}(?![0-9])")
_ENUMERATION: Final = re.compile(r"(?P<volume>[^:<]+)(?::(?P<issue>[^<]+))?(?:<(?P<pages>.+))?")
_PART: Final = {
    "volume": re.compile(r"\b(?:vol(?:ume)?|bd|band|jg|tom[eo]?|t)\b[\s.:]*(\w+)", re.IGNORECASE),
    "issue": re.compile(r"\b(?:no|nr|num(?:ber)?|n|issue|iss|heft|h)\b[\s.:°]*([\w/]+)", re.IGNORECASE),
    "pages": re.compile(r"\b(?:pp?|pages?|seiten?|s)\b[\s.:]*([0-9A-Z]+(?:\s?[-–]\s?[0-9A-Z]+)?)", re.IGNORECASE),
}  # fmt: skip
"""How catalogues write volume, issue and pages in one line."""


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is MARCXML.

    >>> sniff('<collection><record><datafield tag="245" ind1="1" ind2="0">', "x"), sniff("<collection><record><title>", "x")
    (1.0, 0.0)
    """
    return 1.0 if root_of(head) not in {"", "OAI-PMH"} and _DATAFIELD.search(head) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the works in order, a problem for each without title, and one warning that names were left out.

    Raises:
        UnreadableError: If the file is not well-formed, or has a document type.
    """
    return works(document, of_works(document, located(document, *_RECORDS), _is_name), add_marc, "a record", "there is no record in it")


def _is_name(found: Located) -> bool:
    """Tell whether a record is of a name, not of a work."""
    leader = child(found.element, "leader")
    told = "" if leader is None else (leader.text or "")[_TYPE_AT : _TYPE_AT + 1]
    return found.element.get("type") == "Authority" or told == _AUTHORITY


def add_marc(entry: Entry, found: Located) -> None:
    """Add the fields of a record."""
    fields = children(found.element, found.path)
    tags = {part.element.get("tag", "") for part in fields}
    readers = _MARC_21 if "245" in tags or "200" not in tags else _UNIMARC
    dates: list[tuple[str, Located]] = []
    keywords: set[str] = set()
    for part in fields:
        tag, kind = part.element.get("tag", ""), local(part.element)
        if kind == "datafield" and tag in readers:
            readers[tag](entry, part)
        elif kind == "datafield" and ("600" <= tag <= ("658" if readers is _MARC_21 else "617") or tag in {"689", "695"}):
            _add_subject(entry, part, keywords)
        elif kind == "datafield":
            _put(entry, "other", part)
        elif tag == "001":
            say(entry, part, "other", text_of(part.element))
        dates += _dates(part)
    _add_date(entry, dates)
    coded = next((part for part in fields if part.element.get("tag") == "008"), None)
    language = (coded.element.text or "")[35:38] if coded else ""
    if coded and not entry.has("language") and language.isalpha():
        entry.add("language", language, path=coded.path, line=coded.element.sourceline)


def _values(part: Located, codes: str) -> list[str]:
    """Return the texts of the subfields with one of some codes, in their order."""
    return [text for each in part.element if each.get("code", " ") in codes and (text := text_of(each))]


def _one(part: Located, code: str) -> str:
    """Return the text of the first subfield with a code, empty where there is none."""
    return next(iter(_values(part, code)), "")


def _bare(text: str) -> str:
    """Return a text without the punctuation that a catalogue puts behind it, and without marks for sorting.

    >>> _bare("The lid :"), _bare("Steam Press,"), _bare("A history /")
    ('The lid', 'Steam Press', 'A history')
    """
    bare = text.translate(_NO_SORT).strip(" /:;=,")
    return bare[:-1] if bare.endswith(".") and not re.search(r"\b(?:\w|[A-Z]\w{1,2})\.\Z|\.\.\Z", bare) else bare


def _put(entry: Entry, field: str, part: Located, text: str = "") -> None:
    """Add a text, or all that a field says."""
    text = text or " ".join(filter(None, map(text_of, part.element)))
    say(entry, part, field, text)


def _add_title(entry: Entry, part: Located) -> None:
    """Add the title with what completes it; who is responsible for it is `other`."""
    is_unimarc = part.element.get("tag") == "200"
    title, rest = _bare(_one(part, "a")), " ".join(_values(part, "e" if is_unimarc else "b"))
    parts = [_bare(text) for text in _values(part, "hi" if is_unimarc else "np")]
    text = ". ".join([": ".join(filter(None, (title, _bare(rest)))), *filter(None, parts)])
    _put(entry, "other" if entry.has("title") else "title", part, plain(text))
    for said in _values(part, "bcdfg" if is_unimarc else "cfghks"):
        _put(entry, "other", part, said)


def _add_person(entry: Entry, part: Located) -> None:
    """Add an author with identifiers and affiliations; people in other roles are `other`."""
    roles = [role.rpartition("/")[2].lower().strip(" .,") for role in _values(part, "e4")]
    if _one(part, "t") or not (not roles or _AUTHOR.intersection(roles)):
        _put(entry, "other", part)
        return
    printed, forename = _bare(_one(part, "a")), _bare(_one(part, "b"))
    if part.element.get("tag", "")[1:] == "00" and part.element.get("ind1") == "0":
        name = f"{printed} {forename}".strip()
    else:
        name = f"{forename} {printed}" if forename and "," not in printed else spoken(printed)[0]
    suffix = next((text for text in _values(part, "c") if re.fullmatch(r"(?:Jr|Sr|II|III|IV)[.,]*", text)), "")
    of = say(entry, part, "author", " ".join(filter(None, (name, suffix.rstrip(",")))))
    if of is None:
        return
    for text in _values(part, "uv"):
        say(entry, part, "affiliation", _bare(text), of=of)
    for text in _values(part, "j01ik"):
        number = re.search(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9Xx]\Z", text)
        if number and "isni" not in text.lower():
            put_orcid(entry, number.group(), part.path, part.element.sourceline, of)
        else:
            _put(entry, "other", part, text)
    for text in _values(part, "dmq"):
        _put(entry, "other", part, text)


def _add_body(entry: Entry, part: Located) -> None:
    """Add a collaboration or an institution that signs a work."""
    roles = {role.rpartition("/")[2].lower().strip(" .,") for role in _values(part, "e4")}
    signs = part.element.get("tag") == "110" or roles & _AUTHOR
    name = _one(part, "g") or (" ".join(map(_bare, _values(part, "ab"))) if signs else "")
    if name:
        say(entry, part, "author", _bare(name), "group")
    else:
        _put(entry, "other", part)


def _add_number(entry: Entry, part: Located) -> None:
    """Add an identifier of the work; those that only a catalogue knows are `other`."""
    text, kind = _one(part, "a"), f"{_one(part, '2')} {_one(part, '9')}".lower()
    scheme = next((scheme for scheme in ("doi", "arxiv", "pmid") if scheme in kind or text.lower().startswith(f"{scheme}:")), "")
    if scheme and identifier(text, scheme):
        put_identifier(entry, part, scheme, text)
        for code in _values(part, "c"):
            _put(entry, "category" if scheme == "arxiv" else "other", part, code)
    elif text.startswith("10.") and identifier(text, "doi"):
        put_identifier(entry, part, "doi", text)
    else:
        _put(entry, "other", part)


def _add_address(entry: Entry, part: Located) -> None:
    """Add an address of the work; those of tables of contents and the like are `other`."""
    for text in _values(part, "u"):
        if part.element.get("ind2") == "2" or not text.startswith(("http://", "https://")):
            _put(entry, "other", part, text)
        elif entry.has("identifier"):
            _put(entry, "url", part, text)
        else:
            add_link(entry, text, part.path, part.element.sourceline)
    for text in _values(part, "yz3x"):
        _put(entry, "other", part, text)


def _add_publisher(entry: Entry, part: Located) -> None:
    """Add the publisher; the date is read with the others."""
    is_printer = part.element.get("tag") == "264" and part.element.get("ind2") not in {"1", " ", ""}
    for text in map(_bare, _values(part, "c" if part.element.get("tag") in {"210", "214", "219"} else "b")):
        name = text if "[" in text.lstrip("[") else text.strip("[]")  # `[Loom Press]`, but `Loom Press [et al.]`
        _put(entry, "other" if is_printer or entry.has("publisher") else "publisher", part, name)
    for text in _values(part, "a"):
        _put(entry, "other", part, _bare(text))


def _add_abstract(entry: Entry, part: Located) -> None:
    """Add the abstract; a second one, which is a translation, is `other`."""
    _put(entry, "other" if entry.has("abstract") else "abstract", part, plain(" ".join(_values(part, "ab"))))


def _add_language(entry: Entry, part: Located) -> None:
    for text in _values(part, "a"):
        _put(entry, "other" if entry.has("language") else "language", part, text)


def _add_thesis(entry: Entry, part: Located) -> None:
    """Add that a work is a thesis, which the field says by being there, and the note."""
    _put(entry, "type", part, "thesis")
    _put(entry, "other", part)


def _add_subject(entry: Entry, part: Located, seen: set[str]) -> None:
    """Add a subject with what divides it, each once; categories of arXiv as such, kinds of work as type."""
    heads = _values(part, "a") if part.element.get("tag") == "653" else [" -- ".join(map(_bare, _values(part, "abtxyzj")))]
    for text in filter(None, map(_bare, heads)):
        if text not in seen:
            seen.add(text)
            field = "type" if part.element.get("tag") == "655" else "category" if _one(part, "2").lower() == "arxiv" else "keyword"
            _put(entry, field, part, text)


def _add_host(entry: Entry, part: Located) -> None:
    """Add the journal or book that the work is in, with volume, issue and pages as far as they are told."""
    title = _bare(_one(part, "t")) or _one(part, "p")
    if entry.has("venue") or not title:
        _put(entry, "other", part)
        return
    _put(entry, "venue", part, title)
    line = " ".join(_values(part, "g"))
    whole = _ENUMERATION.fullmatch(_one(part, "q"))
    told = {"volume": _one(part, "v"), "issue": _one(part, "n"), "pages": _one(part, "c")}
    for field, own in told.items():
        found = _PART[field].search(line)
        text = own or (whole[field] if whole and whole[field] else "") or (found[1] if found else "")
        if text:
            _put(entry, field, part, _bare(text))
    for text in _values(part, "abdgikmorswxz"):
        _put(entry, "other", part, text)


def _add_reference(entry: Entry, part: Located) -> None:
    """Add a cited work, as INSPIRE gives it; other fields of that number are a catalogue's own."""
    if (part.element.get("ind1"), part.element.get("ind2")) != ("C", "5"):
        _put(entry, "other", part)
        return
    text = _one(part, "t") or " ".join(_values(part, "m")) or ", ".join(_values(part, "hsry")) or _one(part, "a")
    value = identifier(_one(part, "a"), "doi") or identifier(_one(part, "r"), "arxiv") or cited_id(" ".join(_values(part, "amru")))
    say(entry, part, "reference", text, value)


def _dates(part: Located) -> Iterator[tuple[str, Located]]:
    """Yield what a field says of the date of a work."""
    tag = part.element.get("tag", "")
    if tag == "008":
        yield (part.element.text or "")[7:11], part
    for text in _values(part, _DATED.get(tag, "")):
        yield text, part


def _add_date(entry: Entry, dates: Sequence[tuple[str, Located]]) -> None:
    """Add the date of publication: the most precise one in the year that is told first, in the order of `_DATED`."""
    known = []
    for text, part in sorted(dates, key=lambda each: _rank(each[1])):
        bare = text.strip(" .,[]?")
        found = _YEAR.search(bare)
        if value := printed_date(bare) or (found.group() if found else None):
            known.append((value, text, part))
    if known:
        year = known[0][0][:4]
        value, text, part = max((each for each in known if each[0].startswith(year)), key=lambda each: len(each[0]))
        say(entry, part, "date", text, value)


_DATED: Final = {"264": "c", "260": "c", "269": "c", "210": "d", "214": "d", "219": "d", "773": "y", "502": "d"}
"""Fields that hold a date, and the code of their subfield, the surest first."""

_ORDER: Final = {tag: rank for rank, tag in enumerate(_DATED)}
_OF_COPYRIGHT: Final = "4"


def _rank(part: Located) -> tuple[int, bool]:
    """Return how late the date of a field counts; that of the copyright behind the others of its field."""
    return _ORDER.get(part.element.get("tag", ""), len(_ORDER)), part.element.get("ind2") == _OF_COPYRIGHT


_MARC_21: Final[Mapping[str, Callable[[Entry, Located], None]]] = {
    "024": _add_number, "037": _add_number, "041": _add_language, "100": _add_person, "700": _add_person, "110": _add_body, "710": _add_body,
    "245": _add_title, "260": _add_publisher, "264": _add_publisher, "269": _add_publisher, "502": _add_thesis, "520": _add_abstract,
    "773": _add_host, "856": _add_address, "999": _add_reference,
}  # fmt: skip
_UNIMARC: Final[Mapping[str, Callable[[Entry, Located], None]]] = {
    "017": _add_number, "101": _add_language, "200": _add_title, "210": _add_publisher, "214": _add_publisher, "219": _add_publisher,
    "330": _add_abstract, "461": _add_host, "463": _add_host, "700": _add_person, "701": _add_person, "702": _add_person, "710": _add_body,
    "711": _add_body, "856": _add_address,
}  # fmt: skip
"""What reads the fields of each form of MARC; those of subjects are read apart."""
