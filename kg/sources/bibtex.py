r"""Reader of BibTeX and BibLaTeX files, which everybody has.

They are written by hand, and by JabRef, Zotero, Mendeley, Google Scholar, dblp, the ACL Anthology, INSPIRE, Scopus, Web
of Science and publishers. The language is that of `bibtex.web` and biber (see `_bibtex`); names of fields and types are those of the standard styles
(`btxdoc`), of the manual of biblatex (sections 2.1 and 2.2, appendix B for what is inherited) and of these exporters.
Values are LaTeX, and become plain text. Names are taken apart as BibTeX does, and given in natural order, "First von Last
Jr"; one that is wholly in braces is a collective. A field that an entry has from another one, by `crossref` or `xdata`,
has that one's line and key in its path.
"""

import codecs
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.sources import _bibtex, examine
from kg.sources._bibtex import Block, Tex
from kg.sources._citing import (
    add_author,
    add_cited,
    add_doi,
    add_link,
    add_links,
    add_named_arxiv,
    add_text,
    in_order,
    whole_date,
)
from kg.sources._entry import Entry
from kg.sources._latex import decode, unbraced, verbatim
from kg.sources._library import (
    Place,
    add_arxiv,
    add_identifier,
    add_told_identifier,
    begin_of,
    is_misgiven,
    put,
)
from kg.sources._names_split import natural, split_names
from kg.sources._wos_people import People
from kg.sources._xml_fields import put_orcid

_TYPES: Final = frozenset([
    "article", "book", "booklet", "bookinbook", "collection", "comment", "conference", "control", "data",
    "dataset", "electronic", "inbook", "incollection", "inproceedings", "inreference", "manual",
    "mastersthesis", "misc", "mvbook", "mvcollection", "mvproceedings", "mvreference", "online", "patent",
    "periodical", "phdthesis", "preamble", "proceedings", "reference", "report", "set", "software",
    "string", "suppbook", "suppcollection", "suppperiodical", "techreport", "thesis", "unpublished",
    "video", "www", "xdata", "artwork", "audio", "image", "movie", "music", "performance", "review",
    "standard",
])
_NO_PAPERS: Final = frozenset(["xdata", "set", "control", "ieeetranbstctl"])
"""Types of entries that only other entries or styles use."""

_ENTRY: Final = re.compile(r"^\ufeff?[ \t]*@[ \t]*([A-Za-z][\w+-]*)\s*[{(]\s*([^\s,{}\"#%]*\s*[,=]|)", re.MULTILINE)
_FEW_LINES: Final = 20
_MOST_KEYS: Final = 200_000
"""So many citation keys are remembered to find those given twice; memory must not grow with the file."""

_MOST_PARENTS: Final = 20


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a file is BibTeX: it has an entry, and before it nothing but comments.

    >>> sniff("% by hand\n@Article{a, title = {B}}", "a.bib"), sniff("<p>\n@article{a, title = {B}}", "a.html")
    (1.0, 0.0)
    """
    for match in _ENTRY.finditer(head):
        known = match[1].lower() in _TYPES
        if known or match[2].endswith(","):
            above = [line for line in head[: match.start()].splitlines() if line.strip() and line.lstrip()[0] != "%"]
            if above and above[0].lstrip("\ufeff \t")[:1] in {"<", "{", "["}:
                return 0.0
            if not known:
                return 0.5
            return 1.0 if not above else 0.9 if len(above) < _FEW_LINES else 0.4
    return 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each entry, and a problem for each part that cannot be read.

    Raises:
        UnreadableError: If the file is not in its encoding, or made to exhaust whoever reads it.
    """
    source = _declared(document)
    parents = _parents(source)
    seen: dict[str, int] = {}
    ordinal = 0
    for block in _bibtex.blocks(source):
        if isinstance(block, Problem):
            yield block
            continue
        if (before := seen.get(block.key.text)) is not None:
            what = f"the key {block.key.text[:60]!r} is also that of the entry in line {before}"
            yield Problem(document.name, block.line, what, "give each entry its own key; both are read", "warning")
        elif block.key.text and len(seen) < _MOST_KEYS:
            seen[block.key.text] = block.line
        if not block.fields:
            yield Problem(document.name, block.line, f"the entry {_key(block)[:60]!r} says nothing", "delete it", "warning")
        elif block.type.text.lower() not in _NO_PAPERS and (block.closed or _is_whole(block)):
            for row in _entry(document, ordinal, block, parents, places=source is document):
                ordinal += isinstance(row, Record)
                yield row
        yield from block.problems


_SWALLOWED: Final = re.compile(r",\s*[A-Za-z][\w+-]*\s*=\s*[{\"0-9]")


def _is_whole(block: Block) -> bool:
    """Tell whether of an entry that is not closed only the last brace is missing: it has a title, and no value runs on."""
    return any(name == "title" for name, _ in block.fields) and not any(_SWALLOWED.search(tex.text) for _, tex in block.fields)


_ENCODING: Final = re.compile(r"^%?\s*Encoding:\s*([\w:.-]+)", re.MULTILINE | re.IGNORECASE)
_ENCODINGS: Final = re.compile(r"(?:iso-?8859|latin|l[19]\b|cp?[0-9]|windows|mac|koi8|big5|gb|euc|s(?:hift)?-?jis|ibm)", re.IGNORECASE)
_HEADER: Final = 2000


def _declared(document: Document) -> Document:
    """Return a file that is no UTF-8 in the encoding that JabRef's header names, if it names one; else as it is."""
    if document.flaw is None or document.encoding not in {"utf-8", "utf-8-sig"}:
        return document
    match = _ENCODING.search(document.head(_HEADER))
    name = match[1].replace("_", "-") if match else ""
    if not _ENCODINGS.match(name):
        return document
    try:
        codecs.lookup(name)
    except LookupError:
        return document
    found = examine(document.open, document.name, name)
    return document if isinstance(found, Problem) else found


_REFERS: Final = ("crossref", "xdata")
_CHUNK: Final = 1 << 16


def _parents(document: Document) -> dict[str, Block]:
    """Return the entries that others refer to, by key in lower case: the only ones that are kept.

    As BibTeX has it they stand behind these, as biblatex has it anywhere; only then the file is read once more.
    """
    if not _refers(document):
        return {}
    wanted: set[str] = set()
    found: dict[str, Block] = {}
    for block in _bibtex.blocks(document):
        if isinstance(block, Block):
            wanted.update(_references(block))
            if (key := block.key.text.lower()) in wanted:
                found.setdefault(key, block)
    missing = wanted - found.keys()
    if missing:
        for block in _bibtex.blocks(document):
            if isinstance(block, Block) and (key := block.key.text.lower()) in missing:
                found.setdefault(key, block)
    return found


def _refers(document: Document) -> bool:
    """Tell whether any entry may refer to another one."""
    before = ""
    for chunk in document.chunks(_CHUNK):
        text = before + chunk.lower()
        if any(name in text for name in _REFERS):
            return True
        before = text[-8:]
    return False


def _references(block: Block) -> list[str]:
    """Return the keys of the entries that an entry refers to: what is in `xdata` counts before what is in `crossref`."""
    texts = {name: decode(tex.text).lower() for name, tex in reversed(block.fields) if name in _REFERS}
    keys = [key.strip() for key in texts.get("xdata", "").split(",")]
    return [key for key in (*keys, texts.get("crossref", "").strip()) if key]


class Given(NamedTuple):
    """A field as the file gives it.

    Attributes:
        name: Its name, in lower case.
        tex: Its value.
        block: The entry that it stands in, which is another one where it is inherited.
        places: Whether its offsets can be given: not where it is inherited, or the file is in an encoding of its own.
        said: Its name in that other entry, if it is not the same.
    """

    name: str
    tex: Tex
    block: Block
    places: bool = False
    said: str = ""

    def shown(
        self, first: int = 0, last: int | None = None, plain: Callable[[str], str] = decode
    ) -> tuple[str, Place]:
        """Return a stretch of the value as plain text, and its place: with offset if it stands so in the file."""
        bare, before = self.tex.text if first == 0 and last is None else self.tex.text[first:last], 0
        if bare and (bare[0] == "{" or bare[0].isspace() or bare[-1].isspace()):
            bare, before = unbraced(bare)
        text = plain(bare)
        place = self.place(first + before)
        return text, place if text == bare else place._replace(start=None)

    def place(self, first: int) -> Place:
        """Return the place of what begins at `first` in the value."""
        if self.tex.start is None:
            return Place(self.path, self.tex.line)
        offset = self.tex.start + first
        return Place(self.path, self.block.line_at(offset), offset if self.places else None)

    @property
    def path(self) -> str:
        """Its path: the citation key and the field's name."""
        return f"{_key(self.block)}.{self.said or self.name}"


Fields = Mapping[str, Given]


def _key(block: Block) -> str:
    return block.key.text or f"line {block.line}"


def _entry(
    document: Document, ordinal: int, block: Block, parents: Mapping[str, Block], *, places: bool
) -> Iterator[Record | Problem]:
    """Yield the record of an entry, and what looks wrong in it."""
    start, end = (block.start, block.end) if places else (None, None)
    entry = Entry(document, ordinal, block.line, _key(block), start=start, end=end)
    fields: dict[str, Given] = {}
    repeated: list[Given] = []
    for name, tex in block.fields:
        given = Given(name, tex, block, places)
        if name in fields:
            repeated.append(given)
        else:
            fields[name] = given
    _inherit(entry, block, fields, parents)
    kind = Given("type", block.type, block, places)
    put(entry, "type", *kind.shown(), block.type.text.lower())
    key, place = Given("key", block.key, block, places).shown(plain=str)
    put(entry, "other", key, place)
    if key.startswith("DBLP:") and "biburl" not in fields:
        add_told_identifier(entry, key, place)
    for given in sorted(fields.values(), key=_rank):
        _HANDLERS.get(given.name, _other)(entry, given, fields)
    for given in repeated:
        _repeated(entry, given, fields[given.name])
    yield from entry.rows()


_EARLY: Final = {"eprint": -2, "arxivid": -2, "arxiv": -2, "doi": -1}


def _rank(given: Given) -> int:
    """Return when a field's turn comes: identifiers come first, addresses and affiliations, which need others, last."""
    handler = _HANDLERS.get(given.name)
    if handler in {_link, _affiliations, _orcids, _collaboration, _note}:
        return 1
    return _EARLY.get(given.name, 0)


def _repeated(entry: Entry, given: Given, first: Given) -> None:
    """Keep a field that is given twice as `other`; keywords and addresses may be."""
    handler = _HANDLERS.get(given.name)
    if handler in {_keywords, _link}:
        handler(entry, given, {})
        return
    if given.tex.text != first.tex.text:
        what = f"{given.path[:80]} is given twice; the first counts"
        entry.warn(what, "leave one out", given.tex.line)
    put(entry, "other", *given.shown())


_INHERITED: Final = frozenset([
    "booktitle", "journaltitle", "journal", "year", "month", "day", "date", "publisher", "series", "volume",
    "number", "issue", "editor", "address", "location", "organization", "institution", "isbn", "issn",
    "eventtitle", "eventdate", "venue", "language", "langid",
])
"""What an entry has from the one that `crossref` names: where it appeared, never the identity of the whole volume."""

_KEPT: Final = frozenset(["crossref", "xdata", "xref", "ids", "entryset", "label", "shorthand", "related", "options"])


def _inherit(entry: Entry, block: Block, fields: dict[str, Given], parents: Mapping[str, Block]) -> None:
    """Add to the fields of an entry those that it has from others."""
    visited = {block.key.text.lower()}
    queue = deque(_references(block))
    renamed = _title_becomes(block)
    while queue and len(visited) <= _MOST_PARENTS:
        key = queue.popleft()
        parent = parents.get(key)
        if parent is None:
            what = f"no entry has the key {key[:60]!r}, which {_key(block)[:60]!r} refers to"
            entry.warn(what, "add it, or correct the key")
        if parent is None or key in visited:
            continue
        visited.add(key)
        as_data = parent.type.text.lower() == "xdata"
        given = {name: Given(name, tex, parent) for name, tex in reversed(parent.fields)}
        own = set(fields)
        fields.update(
            (name, value)
            for name, value in given.items()
            if name not in own and name not in _KEPT and (as_data or name in _INHERITED or _by_type(name, block))
        )
        if not as_data and renamed and renamed not in fields and "title" in given:
            fields[renamed] = given["title"]._replace(name=renamed, said="title")
        queue.extend(_references(parent))


def _by_type(name: str, block: Block) -> bool:
    """Tell whether a part of a book has this field from it."""
    return name == "author" and block.type.text.lower() in {"inbook", "bookinbook", "suppbook"}


def _title_becomes(block: Block) -> str:
    """Return what the title of a volume is for what appeared in it; empty where the two are of a kind."""
    kind = block.type.text.lower()
    if kind in {"article", "suppperiodical"}:
        return "journaltitle"
    return "booktitle" if kind.startswith("in") or kind in {"conference", "bookinbook", "suppbook", "suppcollection"} else ""


def _other(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001 - all handlers are called alike
    put(entry, "other", *given.shown(plain=verbatim if given.name in _VERBATIM else decode))


_VERBATIM: Final = frozenset([
    "doi", "url", "eprint", "file", "pdf", "biburl", "bdsk-file-1", "localfile", "adsnote", "timestamp",
    "eprinttype", "archiveprefix", "crossref", "xdata",
])
"""Fields that hold no running text."""


def _title(entry: Entry, given: Given, fields: Fields) -> None:
    """Add the title, with biblatex's subtitle behind it."""
    text, place = given.shown()
    below = fields.get("subtitle")
    if below is not None and (more := below.shown()[0]) and text:
        text, place = f"{text}{'' if text[-1] in '?!:.' else ':'} {more}", place._replace(start=None)
    add_text(entry, "title", text, place)


def _subtitle(entry: Entry, given: Given, fields: Fields) -> None:
    if "title" not in fields:
        _other(entry, given, fields)


def _abstract(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    add_text(entry, "abstract", *given.shown())


_AND: Final = re.compile(r"[{}]|(?:(?<=\s)|\A)(?:and|AND|And)(?=\s|\Z)")
_COMMA: Final = re.compile(r"[{},]")
_SEMICOLON: Final = re.compile(r"[{};]")
_OTHERS: Final = re.compile(r"others|et\.?\s+al\.?|\.\.\.|…|\\(?:l?dots)(?:\{\})?", re.IGNORECASE)
_ET_AL: Final = re.compile(r"(?:,|(?<=[^\s~,]))[\s~]++(et\.?[\s~]++al\.?)\Z", re.IGNORECASE)
_LONGEST_ET_AL: Final = 20
_LONGEST_MARKS: Final = 40
_PARTS: Final = re.compile(r"\s*(family|given|prefix|suffix|useprefix|[\w-]+)\s*=\s*(.*)", re.DOTALL | re.IGNORECASE)
_EXTENDED: Final = re.compile(r"(?:\A|,)\s*\"?(?:family|given)\s*=", re.IGNORECASE)


def _pieces(text: str, separator: re.Pattern[str], first: int = 0, last: int | None = None) -> list[tuple[int, int]]:
    """Return what stands between separators outside of braces, without the white space around it."""
    stop = len(text) if last is None else last
    spans: list[tuple[int, int]] = []
    depth, begin = 0, first
    for match in separator.finditer(text, first, stop):
        mark = match.group()
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            spans.append((begin, match.start()))
            begin = match.end()
    spans.append((begin, stop))
    return [_bare(text, *span) for span in spans]


def _bare(text: str, first: int, last: int) -> tuple[int, int]:
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return first, last


def _authors(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    """Add each name of a list; an empty one is warned about."""
    text = given.tex.text
    names = _pieces(text, _AND)
    for rank, (first, last) in enumerate(names):
        if first == last:
            if text.strip():
                entry.warn("an empty name in the list of authors", "check its `and`s", given.place(first).line)
        elif _OTHERS.fullmatch(text, first, last):
            put(entry, "et_al", *given.shown(names[rank - 1][1] if rank else first, last))
        elif not _misread(entry, given, first, last, alone=len(names) == 1):
            _author(entry, given, first, last)


def _misread(entry: Entry, given: Given, first: int, last: int, *, alone: bool) -> bool:
    """Add the names of what should be one name but is a list with other separators; tell whether it is."""
    people = _several(given.tex.text, first, last, alone=alone)
    if people is None:
        return False
    shown, place = given.shown(first, last)
    marked = [_MARKED.fullmatch(name) for name in _BETWEEN_MARKED.split(shown)]
    if len(marked) > 1 and None not in marked:
        for name in marked:
            add_author(entry, natural(name[1]) if name else "", place._replace(start=None))
        return True
    entry.warn(f"authors without `and` between them: {shown[:60]!r}", "write `and` there", place.line)
    if len(people) > 1:
        for span in people:
            _author(entry, given, *span)
        return True
    place = place._replace(start=None)
    names = split_names(shown)
    for person in names.people:
        add_author(entry, person.name, place, group=person.group)
    if names.et_al:
        put(entry, "et_al", shown[slice(*names.et_al)], place)
    return True


_MARKED: Final = re.compile(r"([^\W\d_][^,]*,\s*(?:-?[^\W\d_]{1,2}\.\s?)+)(?:[a-z](?:[\s,]+[a-z])*)?\s*")
_BETWEEN_MARKED: Final = re.compile(r"(?<!\s)\s+,\s+")
"""How Scopus wrote authors until 2018, with the letters of their addresses: `Lovelace, A.a , Babbage, C.a b`."""

_MARKS: Final = re.compile(r"(?<=[^\W\d_]\.)[a-z](?:[\s,]+[a-z])*+\Z")
"""The letters of the addresses behind one name."""


def _several(text: str, first: int, last: int, *, alone: bool) -> list[tuple[int, int]] | None:
    """Return what semicolons separate in what should be one name, if it is a list of names; None if it is one."""
    if text.count(",", first, last) < 2 and not alone:
        return None
    if _EXTENDED.search(text, first, last):
        return None
    parts = _pieces(text, _COMMA, first, last)
    several = len(parts) > 3 or (len(parts) == 3 and all(len(text[slice(*part)].split()) > 1 for part in parts))
    people = [span for span in _pieces(text, _SEMICOLON, first, last) if span[0] < span[1]] if alone else []
    return people if several or len(people) > 1 else None


def _author(entry: Entry, given: Given, first: int, last: int) -> None:
    """Add one name."""
    text = given.tex.text
    cut = _ET_AL.search(text, max(first, last - _LONGEST_ET_AL), last)
    stop = cut.start() if cut else _unmarked(text, first, last)
    parts = _pieces(text, _COMMA, first, stop)
    if len(parts) == 1:
        add_author(entry, *given.shown(first, stop), group=_is_braced(text, first, stop))
    else:
        place = given.place(first)._replace(start=None)
        add_author(entry, _from_commas(entry, given, parts, place), place)
    if cut:
        put(entry, "et_al", *given.shown(cut.start(1), last))


def _unmarked(text: str, first: int, last: int) -> int:
    """Return where a name ends, without the letters of its addresses."""
    marks = _MARKS.search(text, max(first, last - _LONGEST_MARKS), last) if text.find(",", first, last) >= 0 else None
    return marks.start() if marks else last


def _from_commas(entry: Entry, given: Given, parts: list[tuple[int, int]], place: Place) -> str:
    """Return the name that has commas in it, in natural order."""
    if _EXTENDED.search(given.tex.text, parts[0][0], parts[-1][1]):
        return _from_extended(given.tex.text, parts)
    texts = [given.shown(*part)[0] for part in parts]
    if not all(texts):
        shown = given.tex.text[parts[0][0] : parts[-1][1]]
        entry.warn(f"a name with a comma too many: {shown[:60]!r}", "write it as `Last, First` or `Last, Jr., First`", place.line)
    return in_order([part for part in texts if part] or [""], suffix=1)


def _is_braced(text: str, first: int, last: int) -> bool:
    """Tell whether one pair of braces is around the whole of a name, which makes it that of a collective."""
    if text[first] != "{" or text[last - 1] != "}" or text[first + 1] == "\\":
        return False
    depth = 0
    for at in range(first, last):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return at == last - 1
    return False


def _from_extended(text: str, parts: list[tuple[int, int]]) -> str:
    """Return the name that biblatex's extended format gives: `family=Beethoven, given=Ludwig, prefix=van`."""
    found: dict[str, str] = {}
    for first, last in parts:
        if match := _PARTS.fullmatch(text[first:last].strip('"')):
            found[match[1].lower()] = decode(unbraced(match[2].strip('"'))[0])
    return " ".join(found[name] for name in ("given", "prefix", "family", "suffix") if found.get(name))


_RANGE: Final = re.compile(r"--|–")


def _date(entry: Entry, given: Given, fields: Fields) -> None:
    """Add the date: biblatex's `date`, of a range the begin, or `year` with `month` and `day`."""
    text, place = given.shown()
    if given.name == "year" and "date" in fields:
        put(entry, "other", text, place)
        return
    if given.name == "date":
        value = begin_of(_RANGE.split(text, maxsplit=1)[0].strip() or text)
    else:
        month, day = (fields[name].shown()[0] if name in fields else "" for name in ("month", "day"))
        value = whole_date(text, month, day)
        if month and value and len(value) == 4 and month.isdigit():
            entry.warn(f"no month: {month[:20]!r}", "write it as a number from 1 to 12", fields["month"].tex.line)
    if value is None and text:
        entry.warn(f"no date: {text[:40]!r}", "write it as 2022-05-12, 2022-05 or 2022", place.line)
    put(entry, "date", text, place, value)


_VENUES: Final = ("journaltitle", "fjournal", "journal", "booktitle", "eventtitle", "venue")


def _venue(entry: Entry, given: Given, fields: Fields) -> None:
    """Add where a paper appeared; the most telling field of several."""
    text, place = given.shown()
    chosen = next((name for name in _VENUES if name in fields and fields[name].tex.text.strip()), "")
    put(entry, "venue" if given.name == chosen else "other", text, place)
    add_named_arxiv(entry, text, place)


def _volume(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    text, place = given.shown()
    put(entry, "volume", text, place)
    add_named_arxiv(entry, text, place)


_NUMBERED: Final = frozenset(["techreport", "report", "patent", "manual", "misc", "online", "unpublished", "standard", "book"])
"""Types whose `number` is no issue."""


def _issue(entry: Entry, given: Given, fields: Fields) -> None:
    text, place = given.shown()
    other = (given.name == "number" and (given.block.type.text.lower() in _NUMBERED or "issue" in fields)) or "arxiv" in text.lower()
    put(entry, "other" if other else "issue", text, place)
    add_named_arxiv(entry, text, place)


def _pages(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    """Add the pages, with a hyphen between them as other sources have it."""
    text, place = given.shown()
    shown = _DASHES.sub("-", text)
    put(entry, "pages", shown, place if shown == text else place._replace(start=None))


_DASHES: Final = re.compile("[-–—]+")
_NUMBERS: Final = ("eid", "articleno", "article-number", "art_number", "elocation-id")
"""What the number of an article without pages is called by biblatex, ACM, Web of Science, Scopus and HighWire."""


def _article_number(entry: Entry, given: Given, fields: Fields) -> None:
    """Add the number of an article, which counts as its pages where it has none."""
    first = next(name for name in _NUMBERS if name in fields)
    paged = "pages" in fields and fields["pages"].tex.text.strip("{} ")
    put(entry, "other" if paged or given.name != first else "pages", *given.shown())


def _as(name: str, *before: str) -> Callable[[Entry, Given, Fields], None]:
    """Return the handler of a field that is taken as it is; as `other` where another one says it better."""

    def add(entry: Entry, given: Given, fields: Fields) -> None:
        put(entry, "other" if any(key in fields for key in before) else name, *given.shown())

    return add


def _doi(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    add_doi(entry, *given.shown(plain=verbatim))


def _pubmed(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    text, place = given.shown(plain=verbatim)
    if text:
        add_identifier(entry, "pmcid" if given.name.startswith("pmc") else "pmid", text, place)


_OLD_NUMBER: Final = re.compile(r"[0-9]{7}(?:v[0-9]+)?")


def _eprint(entry: Entry, given: Given, fields: Fields) -> None:
    """Add the number of a preprint; that it is arXiv's is said by `archiveprefix` or `eprinttype`, or by its form."""
    text, place = given.shown(plain=verbatim)
    named = next((fields[name].shown(plain=verbatim)[0].lower() for name in ("eprinttype", "archiveprefix") if name in fields), "")
    if entry.has("arxiv_id"):  # Mendeley gives it twice
        put(entry, "other", text, place)
        return
    if is_misgiven(entry, text, place):
        return
    if named in {"", "arxiv", "http://arxiv.org"} and add_arxiv(entry, text, place):
        return
    if named == "arxiv" and _OLD_NUMBER.fullmatch(text) and "primaryclass" in fields:
        whole = f"{fields['primaryclass'].shown()[0]}/{text}"
        if add_arxiv(entry, whole, place._replace(start=None)):
            return
    if named in {"pubmed", "pmid"}:
        add_identifier(entry, "pmid", text, place)
        return
    if named == "arxiv" or given.name != "eprint":
        entry.warn(f"no arXiv id: {text[:60]!r}", "correct it, or leave it out", place.line)
    put(entry, "other", text, place)


def _category(entry: Entry, given: Given, fields: Fields) -> None:
    """Add arXiv's category."""
    put(entry, "category" if {"eprint", "arxivid", "arxiv"} & fields.keys() else "other", *given.shown())


def _link(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    text, place = given.shown(plain=verbatim)
    if text:
        add_links(entry, text, place)


def _record_address(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    """Add dblp's key, which its `biburl` ends with."""
    text, place = given.shown(plain=verbatim)
    known = identifier(text.removesuffix(".bib"), "dblp")
    put(entry, "identifier" if known else "other", text, place, known)


def _note(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    r"""Add `note` or `howpublished`, which is often an address: `\url{...}`."""
    text, place = given.shown(plain=verbatim)
    if text.startswith(("http://", "https://")) and " " not in text:
        add_link(entry, text, place)
    else:
        put(entry, "comment" if given.name == "note" else "other", *given.shown())
        add_named_arxiv(entry, *given.shown())


_SPLIT: Final = re.compile(r"[{},]")
_GLUED: Final = re.compile(r"[{}]|,(?!\s)")
"""Mendeley parts keywords, which it sorts, by commas without a blank; those with a blank are in one (`Eye, Left,Vision`)."""


def _listed(given: Given, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return the stretches of a list; braces around the whole of it, as Web of Science has them, are no part of one."""
    text = given.tex.text
    first, last = _bare(text, 0, len(text))
    while last - first > 1 and _is_braced(text, first, last):
        first, last = _bare(text, first + 1, last - 1)
    return _pieces(text, separator, first, last)


def _each(entry: Entry, name: str, given: Given, separator: re.Pattern[str]) -> None:
    for first, last in _listed(given, separator):
        put(entry, name, *given.shown(first, last))


def _collaboration(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    """Add the collectives that INSPIRE and Web of Science name beside the authors."""
    for first, last in _listed(given, _COMMA if given.name == "collaboration" else _SEMICOLON):
        add_author(entry, *given.shown(first, last), group=True)


def _keywords(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    text = given.tex.text
    glued = [text[slice(*span)] for span in _listed(given, _GLUED)]
    is_sorted = len(glued) > 2 and glued in (sorted(glued), sorted(glued, key=str.casefold))
    _each(entry, "keyword", given, _SEMICOLON if ";" in text else _GLUED if is_sorted else _SPLIT)


def _categories(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    _each(entry, "category", given, _SEMICOLON)


def _affiliations(entry: Entry, given: Given, fields: Fields) -> None:
    """Add the organisations that are listed; which author belongs to which is seldom said, unless there is only one."""
    authors = _spans(fields)
    alone = 0 if len(authors) == 1 and entry.has("author") else None
    if given.name == "affiliation" and ("unique-id" in fields or "Author)" in given.tex.text):
        _addresses(entry, given, _people(fields), alone)
        return
    listed = [span for span in _listed(given, _SEMICOLON) if span[0] < span[1]]
    owners = _by_marks(fields, len(listed))
    for rank, (first, last) in enumerate(listed):
        for of in owners.get(rank, [alone]):
            put(entry, "affiliation", *given.shown(first, last), of=of)


def _spans(fields: Fields) -> list[tuple[int, int]]:
    """Return where the authors stand, by their positions; nothing where their list is written wrong."""
    text = fields["author"].tex.text if "author" in fields else ""
    spans = [span for span in _pieces(text, _AND) if text[slice(*span)].strip("{}~, ") and not _OTHERS.fullmatch(text, *span)]
    return spans if all(_several(text, *span, alone=len(spans) == 1) is None for span in spans) else []


def _people(fields: Fields) -> People:
    """Return the authors, to be found by their names."""
    return People([(natural(fields["author"].shown(*span)[0]), rank) for rank, span in enumerate(_spans(fields))])


def _by_marks(fields: Fields, count: int) -> dict[int, list[int | None]]:
    """Return whose each of `count` addresses is, by the letters that Scopus wrote behind the names until 2018."""
    found: dict[int, list[int | None]] = {}
    for position, (first, last) in enumerate(_spans(fields)):
        text = fields["author"].tex.text
        for mark in re.findall("[a-z]", text[_unmarked(text, first, last) : last]):
            found.setdefault(ord(mark) - ord("a"), []).append(position)
    return found if sorted(found) == list(range(count)) else {}


_STATEMENT: Final = re.compile(r"[{}]|(?<=[.;])[ \t]*\r?\n")
_CORRESPONDS: Final = re.compile(r"\((?:reprint|corresponding) author\),?\s*", re.IGNORECASE)


def _addresses(entry: Entry, given: Given, people: People, alone: int | None) -> None:
    """Add the addresses of Web of Science, each behind the names of those who are there (`Lovelace, Ada; King, W, Univ X`)."""
    for first, last in _listed(given, _STATEMENT):
        text, place = given.shown(first, last)
        if mark := _CORRESPONDS.search(text):
            put(entry, "other", text, place)
            names, begin = text[: mark.start()].split(";"), mark.end()
        else:
            names, begin = _before_address(text, people)
        end = len(text.rstrip(" .;"))
        known = [of for name in names if (of := people.position(name)) is not None]
        for of in dict.fromkeys(known) or [alone]:
            told = of, text[begin:end].strip().casefold()
            if told not in people.placed:
                put(entry, "affiliation", text, place, first=begin, last=end, of=of)
            people.placed.add(told)


def _before_address(text: str, people: People) -> tuple[list[str], int]:
    """Return the names before an address, of which the last one has its first names behind a comma, and where the address begins."""
    *names, rest = text.split(";")
    others = any(people.position(name) is not None for name in names)
    for parts in (2, 1):
        name = ",".join(rest.split(",")[:parts])
        if len(name) < len(rest) and ((others and parts == 2) or people.position(name) is not None):
            return [*names, name], len(text) - len(rest) + len(name) + 1
    return [], 0


def _orcids(entry: Entry, given: Given, fields: Fields) -> None:
    """Add the ORCID iDs of Web of Science, `Lovelace, Ada/0000-0002-1825-0097`, one a line or between semicolons."""
    people = _people(fields)
    for first, last in _listed(given, _BETWEEN_ORCIDS):
        text, place = given.shown(first, last)
        name, _, number = text.rpartition("/")
        of = people.position(name)
        if of is None:
            put(entry, "other", text, place)
        else:
            put_orcid(entry, number, place.path, place.line, of)


_BETWEEN_ORCIDS: Final = re.compile(r"[{};\r\n]")


_LINES: Final = re.compile(r"[{}\r\n]")


def _cited(entry: Entry, given: Given, fields: Fields) -> None:  # noqa: ARG001
    """Add the works that Web of Science (one a line) and Scopus (between semicolons) list as cited."""
    for first, last in _listed(given, _LINES if given.name == "cited-references" else _SEMICOLON):
        add_cited(entry, *given.shown(first, last))


_HANDLERS: Final[Mapping[str, Callable[[Entry, Given, Fields], None]]] = {
    "title": _title, "subtitle": _subtitle, "abstract": _abstract, "author": _authors, "year": _date, "date": _date,
    **dict.fromkeys(_VENUES, _venue), **dict.fromkeys(_NUMBERS, _article_number), "volume": _volume, "number": _issue, "issue": _issue, "pages": _pages,
    "publisher": _as("publisher"), "school": _as("publisher", "publisher"), "institution": _as("publisher", "publisher"),
    "organization": _as("publisher", "publisher"), "language": _as("language"), "langid": _as("language", "language"),
    "doi": _doi, "pmid": _pubmed, "pubmedid": _pubmed, "pmcid": _pubmed, "eprint": _eprint, "arxivid": _eprint, "arxiv": _eprint,
    "primaryclass": _category, "eprintclass": _category, "biburl": _record_address,
    **dict.fromkeys(["url", "ee", "adsurl", "link", "pdf", "html", "remote-url", "url_paper", "url_pdf", "url_link", *(f"bdsk-url-{n}" for n in range(1, 10))], _link),
    "keywords": _keywords, "keyword": _keywords, "author_keywords": _keywords, "keywords-plus": _keywords, "note": _note, "howpublished": _note,
    "research-areas": _categories, "web-of-science-categories": _categories, "mesh": _categories, "affiliation": _affiliations,
    "affiliations": _affiliations, "orcid-numbers": _orcids, "collaboration": _collaboration, "group-author": _collaboration,
    "cited-references": _cited, "references": _cited,
}  # fmt: skip
"""What becomes of each field; all others are kept as they are."""
