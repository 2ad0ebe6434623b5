"""Annotated texts, read from any form in which the project has them; one JSON object a line, `.gz` or not.

| a line has | what it is | where its text is |
|---|---|---|
| `document`, `start` | a mention; offsets in a document | the abstracts in `structure*.jsonl` beside it, or the documents given |
| `id`, `start` | a mention; offsets in an abstract | `abstracts.jsonl` beside it, or the conference lists given |
| `id`, `text`, `mentions` | a text | in the line |
| `id`, `sha256`, `mentions` | an abstract | the conference lists given |

An id `icml2019#691` is the entry 691, counted from 0, of the conference list `icml2019.json` (or `.json.gz`).
"""

import gzip
import hashlib
import json
import re
import sys
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from kg.errors import UsageError
from kg.extract.evaluate.matching import Convention, GoldMention
from kg.model import Record
from kg.model.mentions import MENTION_TYPES
from kg.text import fold

Row = dict[str, Any]
Records = Callable[[], Iterable[tuple[str, Record]]]
"""Reads the documents given: the name of each, and its records."""

_ALL: Final = frozenset[str](MENTION_TYPES)
_LIST: Final = re.compile(r"(?P<stem>.+)\.json(?:\.gz)?")


@dataclass(frozen=True, slots=True)
class GoldText:
    """One annotated text.

    Attributes:
        id: What predictions call it.
        group: What it is drawn with when documents are drawn, and within which entities are counted: its paper or document.
        text: The text; offsets count its code points.
        mentions: What is named in it.
        title: The title of its paper, where there is one: a search for names may look at it too.
        types: The types that were annotated; of others nothing is known.
        document: Name of the document that it stands in, where predictions may be told by their place in it.
        offset: Where it begins in that document.
    """

    id: str
    group: str
    text: str
    mentions: tuple[GoldMention, ...]
    title: str | None = None
    types: frozenset[str] = _ALL
    document: str | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Gold:
    """Annotated texts, and how predictions are matched with them.

    Attributes:
        texts: The texts, each id once.
        convention: How mentions are paired.
        aliases: The canonical names that a type and a folded name stand for, where the gold lists them.
    """

    texts: tuple[GoldText, ...]
    convention: Convention
    aliases: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)


class Abstract(NamedTuple):
    """A text and the title it stands under."""

    text: str
    title: str | None


def read_gold(path: Path, texts: Sequence[Path] = (), records: Records | None = None) -> Gold:
    """Return annotated texts.

    Args:
        path: The file of annotations.
        texts: Conference lists, or folders of them, where the annotations come without their texts.
        records: Reads the documents in which annotations have their offsets; None for the abstracts beside the file.

    Raises:
        UsageError: If the file is of no form that is known, a line of it is wrong, or a text is missing or another one.
    """
    rows = list(json_rows(path))
    if not rows:
        raise UsageError(f"{path}: no annotations in it")
    try:
        return _read(path, rows, texts, records)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        if isinstance(error, UsageError):
            raise
        raise UsageError(f"{path}: a line of it, or of a file beside it, is not as it should be: {error!r}") from error


def _read(path: Path, rows: list[tuple[int, Row]], texts: Sequence[Path], records: Records | None) -> Gold:
    first = rows[0][1]
    if "document" in first and "start" in first:
        return _in_documents(path, rows, records)
    if "id" in first and "start" in first:
        return _mention_by_mention(path, rows, texts)
    if "text" in first and "mentions" in first:
        return _whole(path, rows)
    if "sha256" in first and "mentions" in first:
        return _without_texts(path, rows, texts)
    raise UsageError(f"{path}:1: no annotations of names that kg knows; it reads lines with document, id, text or sha256")


def json_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Yield the JSON objects of a file (`-` for standard input), one a line, with the numbers of their lines.

    Raises:
        UsageError: If a line is no JSON object, or the file cannot be read.
    """
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        data = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    except (OSError, EOFError, zlib.error) as error:
        raise UsageError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{path}:{number}: not JSON; one object a line is wanted") from error
        if not isinstance(row, dict):
            raise UsageError(f"{path}:{number}: not a JSON object; one object a line is wanted")
        yield number, row


def _whole(path: Path, rows: list[tuple[int, Row]]) -> Gold:
    """Return texts that stand with their mentions in one line; a document is what its id says before `#`."""
    seen = frozenset(str(m.get("type")) for _, row in rows for m in row.get("mentions", ()))
    texts = []
    for number, row in rows:
        text = str(row["text"])
        mentions = tuple(dict.fromkeys(_mention(path, number, m, text) for m in row.get("mentions", ())))
        types = frozenset(row.get("types") or seen)
        known = tuple(mention for mention in mentions if mention.type in types)
        texts.append(GoldText(str(row.get("id")), str(row.get("id")).partition("#")[0], text, known, None, types))
    return Gold(_distinct(path, texts), "corpora")


def _mention_by_mention(path: Path, rows: list[tuple[int, Row]], given: Sequence[Path]) -> Gold:
    """Return abstracts whose mentions stand in a line each."""
    beside = path.with_name(path.name.replace("mentions", "abstracts"))
    if beside != path and beside.is_file():
        known = {str(row["id"]): Abstract(str(row["abstract"]), row.get("title")) for _, row in json_rows(beside)}
    else:
        known = conference_abstracts(given, dict.fromkeys(str(row.get("id")) for _, row in rows))
    found: dict[str, list[GoldMention]] = {name: [] for name in known}
    for number, row in rows:
        name = str(row.get("id"))
        if name not in known:
            raise UsageError(f"{path}:{number}: the text of {name} is missing; give the list it is in with --texts")
        found[name].append(_mention(path, number, row, known[name].text))
    texts = [GoldText(name, name, known[name].text, tuple(mentions), known[name].title) for name, mentions in found.items()]
    return Gold(_distinct(path, texts), "abstracts")


def _without_texts(path: Path, rows: list[tuple[int, Row]], given: Sequence[Path]) -> Gold:
    """Return abstracts that are annotated by offsets and known by their hash."""
    known = conference_abstracts(given, [str(row.get("id")) for _, row in rows])
    texts = []
    for number, row in rows:
        name = str(row.get("id"))
        if name not in known:
            raise UsageError(f"{path}:{number}: the text of {name} is missing; give the list it is in with --texts")
        text, title = known[name]
        if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != row["sha256"]:
            raise UsageError(f"{path}:{number}: {name} is not the text that was annotated; give the list it was taken from")
        mentions = tuple(_mention(path, number, m, text) for m in row["mentions"])
        texts.append(GoldText(name, name, text, mentions, title))
    return Gold(_distinct(path, texts), "abstracts")


def conference_abstracts(places: Iterable[Path], ids: Iterable[str]) -> dict[str, Abstract]:
    """Return the abstracts of these ids, as far as the lists are there that they are in.

    Args:
        places: Conference lists (JSON arrays of papers with `title` and `abstract`), or folders of them.
        ids: Such as `icml2019#691`.

    Raises:
        UsageError: If a list is no JSON array of papers.
    """
    wanted: dict[str, list[str]] = defaultdict(list)
    for name in ids:
        wanted[name.rpartition("#")[0]].append(name)
    files = [file for place in places for file in (sorted(place.iterdir()) if place.is_dir() else [place])]
    found: dict[str, Abstract] = {}
    for file in files:
        stem = _LIST.fullmatch(file.name)
        names = wanted.pop(stem["stem"], []) if stem else []
        papers = _papers(file) if names else []
        for name in names:
            index = name.rpartition("#")[2]
            paper = papers[int(index)] if index.isascii() and index.isdigit() and int(index) < len(papers) else None
            if isinstance(paper, dict) and isinstance(paper.get("abstract"), str):
                found[name] = Abstract(paper["abstract"], paper.get("title"))
    return found


def _papers(file: Path) -> list[Any]:
    try:
        raw = file.read_bytes()
        papers = json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
    except (OSError, EOFError, zlib.error, ValueError, RecursionError) as error:
        raise UsageError(f"{file}: not a list of papers in JSON: {error}") from error
    if not isinstance(papers, list):
        raise UsageError(f"{file}: not a list of papers in JSON")
    return papers


def _in_documents(path: Path, rows: list[tuple[int, Row]], records: Records | None) -> Gold:
    """Return the abstracts of documents in which mentions have their place."""
    named = {str(row["document"]) for _, row in rows}
    places = [place for place in _abstracts(path, records) if place.document in named]
    found: dict[str, list[GoldMention]] = {place.id: [] for place in places}
    papers = {(_key(row), int(row["ordinal"])): str(c["paper_id"]) for c in _beside(path, "identity") for row in c["records"]}
    for number, row in rows:
        if row.get("field", "abstract") != "abstract":
            continue
        span = _span(path, number, row)
        place = next((p for p in places if p.document == row["document"] and p.offset <= span[0] and span[1] <= p.end), None)
        if place is None:
            raise UsageError(f"{path}:{number}: no abstract of {row['document']} holds [{span[0]},{span[1]})")
        found[place.id].append(_mention(path, number, row, place.text, place.offset))
        papers.setdefault((_key(row), place.ordinal), str(row.get("paper_id") or place.id))
    texts = [
        GoldText(
            place.id, papers.get((place.document[:3], place.ordinal), place.id), place.text, tuple(found[place.id]), place.title,
            _ALL, place.document, place.offset,
        )
        for place in places
    ]  # fmt: skip
    return Gold(_distinct(path, texts), "seeds", _aliases(_beside(path, "entities")))


class _Place(NamedTuple):
    """An abstract and where it stands in its document."""

    document: str
    ordinal: int
    text: str
    title: str | None
    offset: int

    @property
    def id(self) -> str:
        return f"{self.document}#{self.ordinal}"

    @property
    def end(self) -> int:
        return self.offset + len(self.text)


def _abstracts(path: Path, records: Records | None) -> list[_Place]:
    """Return the abstracts of documents: as kg reads them, or as the file beside the mentions has them."""
    if records is not None:
        return [
            _Place(document, record.ordinal, abstract.text, title.text if title else None, abstract.start)
            for document, record in records()
            for abstract, title in [(record.first("abstract"), record.first("title"))]
            if abstract is not None and abstract.start is not None
        ]
    found = [
        _Place(str(row["document"]), int(row["ordinal"]), row["abstract"]["text"], (row.get("title") or {}).get("text"),
               int(row["abstract"]["start"]))
        for row in _beside(path, "structure") if row.get("abstract")
    ]  # fmt: skip
    if not found:
        raise UsageError(f"{path}: the texts are missing; give the documents with --texts")
    return found


def _beside(path: Path, what: str) -> list[Row]:
    """Return the rows of the file that goes with a file of mentions; none where there is no such file."""
    other = path.with_name(path.name.replace("mentions", what))
    return [row for _, row in json_rows(other)] if other != path and other.is_file() else []


def _key(row: Row) -> str:
    """Return what the files beside call the document of a row: the first three characters of its name."""
    return str(row.get("document") or row["doc_id"])[:3]


def _aliases(entities: Iterable[Row]) -> dict[tuple[str, str], frozenset[str]]:
    """Return for each type and folded name the entities that it may stand for."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entity in entities:
        for name in (entity["canonical"], *entity["aliases"]):
            for form in name_forms(name):
                found[entity["type"], form].add(entity["canonical"])
    return {key: frozenset(names) for key, names in found.items()}


_MACRO: Final = re.compile(r"\\(?:mathbb|mathcal|textbf|textit|emph)\{(\w+)\}")
_ACCENT: Final = re.compile(r"\\['`^\"~]")
_OTHER: Final = re.compile(r"[^a-z0-9]+")


def name_key(name: str) -> str:
    r"""Return a name as a key: letters and digits of ASCII, without accents, case and LaTeX.

    >>> name_key("Fr\\'echet  $\\delta$-VAE"), name_key("δ-VAE")
    ('frechet delta vae', 'delta vae')
    """
    plain = _ACCENT.sub("", _MACRO.sub(r"\1", name)).replace("δ", "delta").replace("$", "")
    return _OTHER.sub(" ", fold(plain)).strip()


def name_forms(name: str) -> frozenset[str]:
    """Return the keys of a name: with and without blanks, in the singular too.

    >>> sorted(name_forms("Scaling Laws"))
    ['scaling law', 'scaling laws', 'scalinglaw', 'scalinglaws']
    """
    key = name_key(name)
    forms = {key, key.replace(" ", "")}
    if len(key) > 3 and key.endswith("s") and not key.endswith("ss"):
        forms |= {key[:-1], key[:-1].replace(" ", "")}
    if key.endswith("ies"):
        forms.add(key[:-3] + "y")
    return frozenset(forms - {""})


def _mention(path: Path, number: int, row: Row, text: str, offset: int = 0) -> GoldMention:
    """Return an annotated mention with offsets in its text.

    Raises:
        UsageError: If it does not lie in the text, or is not what the line says it is.
    """
    start, end = (place - offset for place in _span(path, number, row))
    if end > len(text) or row.get("text", text[start:end]) != text[start:end]:
        raise UsageError(f"{path}:{number}: [{start + offset},{end + offset}) of {row.get('id')} is not {row.get('text')!r}")
    if row.get("type") not in _ALL:
        raise UsageError(f"{path}:{number}: {row.get('type')!r} is no type; the types: {', '.join(MENTION_TYPES)}")
    return GoldMention(
        start, end, row["type"], row.get("canonical"), row.get("role"), row.get("level"),
        tuple((int(a) - offset, int(b) - offset) for a, b in row.get("alt") or ()),
        tuple(row.get("alt_types") or ()), tuple(row.get("also") or ()),
    )  # fmt: skip


def _span(path: Path, number: int, row: Row) -> tuple[int, int]:
    start, end = row.get("start"), row.get("end")
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end):
        raise UsageError(f"{path}:{number}: a mention without a start and an end behind it")
    return start, end


def _distinct(path: Path, texts: list[GoldText]) -> tuple[GoldText, ...]:
    """Return the texts, if each has an id of its own."""
    seen: set[str] = set()
    for text in texts:
        if text.id in seen:
            raise UsageError(f"{path}: the id {text.id} occurs twice")
        seen.add(text.id)
    return tuple(texts)
