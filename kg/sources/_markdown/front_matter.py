"""The front matter of a Markdown page: YAML between lines `---`, or TOML between lines `+++`, with the place of each value.

Jekyll, Hugo, Quarto, Pandoc and Obsidian put it there. YAML is read as PyYAML composes it, without making objects of any
kind; what is no valid YAML as a whole (`title: Motors: a view` without quotes) is read key by key. An alias is followed, but
the values of a page are counted, so that a small file cannot become a large one.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import yaml

from kg.errors import UnreadableError
from kg.sources._text.fields import Span, lines
from kg.text import line_of, line_starts

_OPENING: Final = re.compile(r"\ufeff?(?P<mark>---|\+\+\+)[ \t]*(?:\r\n|\r|\n)")
_KEY: Final = re.compile(r"(?P<key>[\"']?[^\W\d][\w .-]{0,60}?[\"']?)[ \t]*:(?:[ \t]+|\Z)")
_TOML_KEY: Final = re.compile(r"[ \t]*[\"']?(?P<key>[\w-]+)[\"']?[ \t]*=")
_LONGEST: Final = 262_144
_MOST_VALUES: Final = 10_000
_DEEPEST: Final = 12
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})


class Said(NamedTuple):
    """A value of the front matter.

    Attributes:
        data: A text, values in a list, or values by key; a text is empty where there is none.
        line: The 1-based line where it begins.
        path: Its path, for instance `authors[0].name`.
        start: Offset of its first code point, where it is a text that stands verbatim.
    """

    data: "str | list[Said] | dict[str, Said]"
    line: int
    path: str
    start: int | None = None

    @property
    def text(self) -> str:
        """Its text; empty if it is none."""
        return self.data if isinstance(self.data, str) else ""

    def each(self) -> Iterator["Said"]:
        """Yield the values of a list, or the one that it is, if there is anything."""
        for one in self.data if isinstance(self.data, list) else [self]:
            if one.data:
                yield one

    def under(self, *keys: str) -> "Said | None":
        """Return the value under the first of these keys that has any, if it has keys."""
        found = (self.data.get(key) for key in keys) if isinstance(self.data, dict) else ()
        return next((one for one in found if one is not None and one.data), None)


class FrontMatter(NamedTuple):
    """What stands in front of a page.

    Attributes:
        values: The values by their keys in lower case.
        body: Where the page itself begins.
        flaws: Lines that are no valid YAML and were taken as they stand.
    """

    values: dict[str, Said]
    body: int
    flaws: tuple[int, ...] = ()


def bounds(text: str) -> tuple[str, Span, int] | None:
    r"""Return the mark that front matter stands between, the span of it, and where the page itself begins; None if there is none.

    >>> bounds("---\ntitle: x\n---\nText"), bounds("# Text")
    (('---', (4, 13), 17), None)
    """
    opening = _OPENING.match(text)
    if opening is None:
        return None
    ends = {"---", "..."} if opening["mark"] == "---" else {"+++"}
    for first, last in lines(text[:_LONGEST]):
        if first >= opening.end() and text[first:last].rstrip() in ends:
            behind = re.compile(r"\r\n|\r|\n|\Z").match(text, last)
            return opening["mark"], (opening.end(), first), behind.end() if behind else last
    return None


def front_matter(text: str) -> FrontMatter | None:
    """Return the front matter of a text, None if it has none.

    Raises:
        UnreadableError: If it is neither YAML nor TOML, or too large.
    """
    found = bounds(text)
    if found is None:
        return None
    mark, span, body = found
    if mark == "+++":
        return FrontMatter(_toml(text, span), body)
    try:
        return FrontMatter(_yaml(text, span), body)
    except yaml.YAMLError:
        return FrontMatter(*_by_key(text, span, body))
    except RecursionError as error:
        raise UnreadableError("front matter that is nested too deep", "flatten it", 1) from error


def _yaml(text: str, span: Span) -> dict[str, Said]:
    """Return the values of a piece of YAML; none of what is no mapping."""
    node = yaml.compose(text[slice(*span)], Loader=yaml.SafeLoader)
    said = _Reader(text, span[0]).said(node, "", 0) if node is not None else Said("", 1, "")
    return {key.lower(): value for key, value in said.data.items()} if isinstance(said.data, dict) else {}


class _Reader:
    """Makes values of YAML's nodes.

    Args:
        text: The whole page.
        offset: Where the YAML begins in it.
    """

    def __init__(self, text: str, offset: int) -> None:
        self._text, self._offset, self._left = text, offset, _MOST_VALUES
        self._starts = line_starts(text)

    def said(self, node: yaml.Node, path: str, depth: int) -> Said:
        """Return the value of a node."""
        start = self._offset + node.start_mark.index
        line = line_of(self._starts, start)
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            raise UnreadableError("front matter with too much in it", "leave out what says nothing of the paper", line)
        if isinstance(node, yaml.SequenceNode):
            return Said([self.said(item, f"{path}[{rank}]", depth + 1) for rank, item in enumerate(node.value)], line, path)
        if isinstance(node, yaml.MappingNode):
            dot = "." if path else ""
            pairs = ((str(key.value), value) for key, value in node.value if isinstance(key, yaml.ScalarNode))
            return Said({key: self.said(value, f"{path}{dot}{key}", depth + 1) for key, value in pairs}, line, path)
        data = "" if node.style is None and node.value in _NULLS else str(node.value)
        start += node.style in {"'", '"'}
        return Said(data, line, path, start if self._text.startswith(data, start) else None)


def _by_key(text: str, span: Span, body: int) -> tuple[dict[str, Said], int, tuple[int, ...]]:
    """Return the values of what is no valid YAML, key by key, where the page begins, and the lines of those that are taken as they stand."""
    rows = [(span[0] + first, span[0] + last) for first, last in lines(text[slice(*span)])]
    begins = [(row[0], match) for row in rows if (match := _KEY.match(text, *row))]
    found: dict[str, Said] = {}
    flaws: list[int] = []
    starts = line_starts(text)
    for rank, (start, match) in enumerate(begins):
        stop = begins[rank + 1][0] if rank + 1 < len(begins) else span[1]
        try:
            found.update(_yaml(text, (start, stop)))
        except yaml.YAMLError:
            data = text[match.end() : stop]
            first = match.end() + len(data) - len(data.lstrip(" \t\"'["))
            shown = data.strip(" \t\r\n\"'[]")
            key, line = match["key"].strip("\"'").lower(), line_of(starts, start)
            found[key] = Said(shown, line, key, first if text.startswith(shown, first) else None)
            flaws.append(line)
    return found, body, tuple(flaws)


def _toml(text: str, span: Span) -> dict[str, Said]:
    """Return the values of a piece of TOML, with the line of each first key."""
    first = 2
    try:
        data: Mapping[str, Any] = tomllib.loads(text[slice(*span)].replace("\r\n", "\n").replace("\r", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableError(f"front matter that is no TOML ({str(error)[:80]})", "correct it", first) from error
    places: dict[str, int] = {}
    for number, row in enumerate(lines(text[slice(*span)]), first):
        if match := _TOML_KEY.match(text[slice(*span)], *row):
            places.setdefault(match["key"].lower(), number)
    return {key.lower(): _of_toml(value, key, places.get(key.lower(), first)) for key, value in data.items()}


def _of_toml(value: Any, path: str, line: int) -> Said:
    if isinstance(value, list):
        return Said([_of_toml(item, f"{path}[{rank}]", line) for rank, item in enumerate(value)], line, path)
    if isinstance(value, dict):
        return Said({key: _of_toml(item, f"{path}.{key}", line) for key, item in value.items()}, line, path)
    return Said(str(value).lower() if isinstance(value, bool) else str(value), line, path)
