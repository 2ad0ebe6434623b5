"""Titles, abstracts, keywords, venues and other texts in people's own JSON, in one piece or in objects and lists."""

import re
from collections.abc import Iterator
from typing import Any, Final

from kg.sources._cells import Cell, says
from kg.sources._inverted_index import words as indexed
from kg.sources._markup import plain
from kg.sources._own_json.context import (
    BRACKETED,
    LABEL,
    TEXT,
    Context,
    Handler,
    as_list,
    decoded,
    digits_of,
    inner_text,
    keep_more,
    texts_of,
)
from kg.sources._own_json.ids import OF_DBLP
from kg.sources._own_json.keys import bare, meaning
from kg.sources._own_json.venue import add_printed
from kg.sources._provider_json import full_title
from kg.sources._xml.fields import without_stop

_ARCHIVE: Final = re.compile(r"(?:[a-z-]+(?:\.[A-Za-z-]+)?\s+)*[a-z-]+\.[A-Z]{2}(?:\s+[a-z-]+(?:\.[A-Za-z-]+)?)*")
_WORD: Final = ("name", "displayname", "value", "keyword", "term", "label", "text", "title", "category", "subject", "topic", "descriptorname", "meshheading", "en")


def passage(name: str) -> Handler:
    """Return what adds a title or an abstract, in one piece or several."""

    def handle(cell: Cell, key: str, context: Context) -> bool:
        inner = [each for each in cell.value if meaning(each) == name and isinstance(cell.value[each], str | list)] if isinstance(cell.value, dict) else []
        if inner and not isinstance(cell.value.get("InvertedIndex"), dict):
            for other, held in cell.value.items():
                if other != inner[0] and says(held):
                    cell.add("other", held, at=f".{other}")
            return handle(cell.below(f".{inner[0]}", cell.value[inner[0]]), key, context)
        found = [cell.value] if isinstance(cell.value, str) else [text for _, text in texts_of(cell, TEXT) or _paragraphs(cell)]
        if not found:
            return cell.reject("a text")
        several = name == "abstract" and bare(key) != "abstracts"  # paragraphs; else one text in several languages
        text = decoded("\n".join(found) if several else found[0], context)
        if (label := LABEL.match(text)) and label[1].lower() == name:
            text = text[label.end() :]
        if len(found) > 1 and not several:
            cell.add("other", cell.value)
        else:
            keep_more(cell)
        if name == "title":
            text = " ".join(text.split())
            for subtitle in [inner_text(each.value, TEXT) for known, each in context.cells.get("", ()) if bare(known) == "subtitle"]:
                text = full_title(text, plain(subtitle))
            keys = [each.value for _, each in context.cells.get("id", ())] if text.endswith(".") else []
            if "pmid" in context.cells or any(isinstance(known, str) and known.startswith(OF_DBLP) for known in keys):
                text = without_stop(text)
        return cell.add(name, text) is not None

    return handle


def _paragraphs(cell: Cell) -> list[tuple[str, str]]:
    """Return the texts of an abstract whose words are in an index, or whose sections have a key each; none where it is neither."""
    data = cell.value if isinstance(cell.value, dict) else {}
    inner = data.get("InvertedIndex", data)
    if data and all(isinstance(held, str) for held in data.values()):
        return [(f".{key}", text) for key, text in data.items() if text.strip().lower() != "abstract"]
    try:
        return [("", " ".join(filter(None, indexed(inner))))] if isinstance(inner, dict) else []
    except ValueError:
        return []


def simple_text(name: str) -> Handler:
    """Return what adds a text or number as a field; more that an object says besides is kept."""

    def handle(cell: Cell, key: str, context: Context) -> bool:  # noqa: ARG001 - like all that look at a cell
        held = cell.value
        if isinstance(held, str):
            if name == "venue" and _is_no_venue(held, context):
                return False
            text = BRACKETED.sub("", decoded(held, context)).rstrip().removesuffix(",")  # a template writes the year behind it
            return (name == "venue" and add_printed(cell, text, context)) or cell.add(name, text) is not None
        if isinstance(held, int | float) and not isinstance(held, bool):
            return held != 0 and cell.add(name, digits_of(held)) is not None
        if name == "pages" and isinstance(held, dict) and (ends := [held[end] for end in ("first", "begin", "start", "last", "end") if isinstance(held.get(end), str | int)]):
            return cell.add(name, "-".join(dict.fromkeys(map(digits_of, ends)))) is not None
        if name == "venue" and isinstance(held, dict) and (around := next((each for each in held if bare(each) == "ispartof"), None)):
            _beside_name(cell.below("", {each: said for each, said in held.items() if each != around}), context)
            return handle(cell.below(f".{around}", held[around]), around, context)  # schema.org: an issue of a volume of a journal
        found = texts_of(cell, _SPELLED.get(name, TEXT))
        made = [cell.add(name, text, at=at) for at, text in found or []]
        if not any(position is not None for position in made):
            unnamed = any(bare(key) in TEXT and not says(text) for each in as_list(held) if isinstance(each, dict) for key, text in each.items())
            return name not in _UNTOLD and not unnamed and cell.reject("a text")
        if isinstance(held, dict) and len(held) > 1:
            _beside_name(cell, context)
        else:
            keep_more(cell)
        return True

    return handle


def _is_no_venue(text: str, context: Context) -> bool:
    """Tell whether a text is the title again, or says how a paper was shown where it appeared under another key."""
    title = context.best("title")
    return (title is not None and title.value == text) or (text.lower() in _SHOWN and len(context.cells.get("venue", ())) > 1)


_SHOWN: Final = frozenset({"poster", "oral", "spotlight", "highlight", "talk", "main", "findings"})
"""How a paper was shown, which some call its venue beside the conference."""

_SPELLED: Final = {"volume": (*TEXT, "number"), "issue": (*TEXT, "number"), "venue": (*TEXT, "journaltitle", "journalname", "conferencename")}
"""What the text in an object is called where it is not only as everywhere."""

_UNTOLD: Final = frozenset({"language", "type", "comment"})
"""Of what these are, services have ideas of their own; it is kept as it is and not told."""


def _beside_name(cell: Cell, context: Context) -> None:
    """Add what an object says beside its name: volume, issue, pages and publisher of a journal."""
    name = inner_text(cell.value, _SPELLED["venue"])
    for key, held in cell.value.items():
        part = cell.below(f".{key}", held)
        known = "issue" if bare(key) in {"number", "iss", "issuenumber"} else meaning(key) or ""
        if held == name or not says(held):
            continue
        if known == "issue" and isinstance(held, dict):
            _beside_name(part, context)  # PubMed's JournalIssue
        elif known in {"first_page", "last_page"} or (known == "date" and isinstance(held, dict)):
            context.cells.setdefault(known, []).append((key, part))
        elif not (known in {"volume", "issue", "pages", "publisher", "language"} and simple_text(known)(part, key, context)):
            part.add("other", held)


def _grouped_words(value: Any, key: str = "keyword") -> Iterator[tuple[str, str]]:
    """Yield place and text of the keywords in groups of them, as Pure has them: `[{"keywords": [{"freeKeywords": ["tea"]}]}]`."""
    parts = [(f"[{i}]", key, each) for i, each in enumerate(value)] if isinstance(value, list) else []
    parts = [(f".{name}", bare(name), held) for name, held in value.items()] if isinstance(value, dict) else parts
    for at, name, held in parts if "keyword" in key else ():
        if isinstance(held, str) and "keyword" in name:
            yield at, held
        yield from ((f"{at}{below}", text) for below, text in _grouped_words(held, name))


def listed_words(name: str) -> Handler:
    """Return what adds keywords or categories, each once."""

    def handle(cell: Cell, key: str, context: Context) -> bool:  # noqa: ARG001 - like all that look at a cell
        if isinstance(cell.value, list) and len(cell.value) == 1 and isinstance(cell.value[0], list):
            cell = cell.below("[0]", cell.value[0])
        if isinstance(cell.value, dict) and {"uri", "term"} <= cell.value.keys():
            return False  # Pure: of what kind the output is, not what it is about
        found = texts_of(cell, _WORD) or list(_grouped_words(cell.value))
        made = 0
        for at, text in found:
            parts = text.split() if name == "category" and _ARCHIVE.fullmatch(text.strip()) else cell.parts(text, commas=not at)
            for part in map(plain, parts):
                of = "category" if _ARCHIVE.fullmatch(part) else name
                known = f"{of}:{part.strip()}"
                if known not in context.taken:
                    context.taken.add(known)
                    cell.add(of, part, at=at)
                made += bool(part.strip())
        if made:
            keep_more(cell)
        return made > 0

    return handle
