"""Values as programs wrap them: MongoDB's and Notion's own objects, one in several languages, lists as numbered objects, lines of Google Scholar."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from kg.sources._cells import says
from kg.sources._own_json.keys import bare, meaning

_LANGUAGE: Final = re.compile(
    r"(?:ar|ca|cs|da|de|el|en|es|et|eu|fa|fi|fr|gl|he|hi|hr|hu|id|it|ja|jp|ko|kr|lt|lv|nb|nl|nn|no|pl|pt|ro|ru|sk|sl|sr|sv|th|tr|uk|vi|zh|cn"
    r"|eng|jpn|deu|ger|fra|fre|spa|por|ita|zho|chi|kor|rus)(?:[-_][A-Za-z]{2,4})?"
)
"""Codes of languages, with a country or a script."""

_GREEN: Final = frozenset({"publicationinfo", "publication", "authors", "authorinfo", "info"})
"""Keys under which scrapers have the green line of Google Scholar: `A Lovelace, J Sammet - Journal of Flocks, 2019 - Elsevier`."""

_LINKS: Final = frozenset({"url", "link", "href"})
_LONGEST_LINE: Final = 1000
_PAIR: Final = 2
_DATED: Final = re.compile(r"(?:(.*),\s+)?((?:19|20)\d\d)", re.DOTALL)
_DASH: Final = re.compile(r"\s-\s")


class Unwrapped(NamedTuple):
    """What is in a wrapped value.

    Attributes:
        value: The value.
        at: Its path below what is around it.
        rest: What else is there: the value in other languages; None where there is nothing.
    """

    value: Any
    at: str = ""
    rest: Any = None


def may_be_wrapped(value: Any) -> bool:
    """Tell whether a value may be one in an object, or in a line of Google Scholar; most are neither."""
    return isinstance(value, dict) or (isinstance(value, str) and "- " in value)


def pieces(key: str, value: Any) -> Iterator[tuple[str, str, Any]]:
    """Yield key, path and value of what a value says: itself, a title and where it leads, or the parts of a line of Google Scholar.

    >>> [(key, part) for key, _, part in pieces("publication", "A Lovelace - J. Flocks, 2019 - Elsevier")]
    [('greenauthors', 'A Lovelace'), ('venue', 'J. Flocks'), ('year', '2019'), ('publisher', 'Elsevier')]
    """
    if isinstance(value, dict) and len(value) == _PAIR and meaning(key) == "title" and (link := next((each for each in value if bare(each) in _LINKS), None)):
        yield from ((key if name != link else "url", f".{name}", held) for name, held in value.items())
        return
    within = isinstance(value, dict) and isinstance(value.get("summary"), str) and bare(key) == "publicationinfo"
    line = value["summary"] if within else value
    found = _DASH.split(line) if bare(key) in _GREEN and isinstance(line, str) and len(line) < _LONGEST_LINE else []
    dated = _DATED.fullmatch(" - ".join(found[1:-1]).strip()) if len(found) > 2 else None
    if dated is None:
        yield key, "", value
        return
    at = ".summary" if within else ""
    yield from ((name, at, part) for name, part in (("greenauthors", found[0]), ("venue", dated[1]), ("year", dated[2]), ("publisher", found[-1])) if part)
    if within:
        yield from (("", f".{name}", held) for name, held in value.items() if name != "summary")


def unwrapped(value: Any) -> Unwrapped:
    """Return a value out of what is around it.

    >>> unwrapped({"$numberInt": "2019"}).value, unwrapped({"0": "Ada", "1": "Bo"}).value, unwrapped({"ja": "茶", "en": "Tea"})
    ('2019', ['Ada', 'Bo'], Unwrapped(value='Tea', at='.en', rest={'ja': '茶'}))
    """
    if not isinstance(value, dict) or not value:
        return Unwrapped(value)
    if len(value) == 1 and (only := next(iter(value)))[:1] == "$" and len(only) > 1:
        return Unwrapped(value[only], f".{only}")
    if isinstance(kind := value.get("type"), str) and kind in value and "id" in value and kind not in {"id", "type"}:
        return Unwrapped(_of_notion(value[kind]), f".{kind}")
    if all(map(str.isdecimal, value)) and sorted(map(int, value)) == [*range(len(value))]:
        return Unwrapped([*value.values()])
    if all(map(_LANGUAGE.fullmatch, value)):
        return _in_one_language(value)
    return Unwrapped(value)


def _of_notion(value: Any) -> Any:
    """Return what a property of Notion's says: pieces of text as one, the name of what was selected, where a span of days begins."""
    if isinstance(value, list) and value and all(isinstance(each, dict) and isinstance(each.get("plain_text"), str) for each in value):
        return "".join(each["plain_text"] for each in value)
    if isinstance(value, dict):
        return value.get("name") or value.get("start") or value
    return value


def _in_one_language(value: Mapping[str, Any]) -> Unwrapped:
    """Return what is said in several languages in English, or else in the first of them."""
    said = [key for key, each in value.items() if says(each)]
    if not said:
        return Unwrapped(None)
    best = next((key for key in said if key.startswith("en")), said[0])
    rest = {key: value[key] for key in said if key != best}
    return Unwrapped(value[best], f".{best}", rest or None)
