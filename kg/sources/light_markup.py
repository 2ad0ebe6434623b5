r"""Reader of lists of papers in Org mode and reStructuredText, as people keep their publications and projects what cites them.

Both are made Markdown on the same lines, and read as that: headings, links, what is bold or slanted, line blocks. Directives,
keywords, drawers and macros say nothing of papers and are left out. What stands verbatim in the file keeps its offsets.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.model import Document, Field, Problem, Record
from kg.sources import HEAD, markdown
from kg.text import line_starts

PLAIN_TEXT: Final = True
"""Typed by hand: what looks wrong in it is warned about."""

CONFIDENCE: Final = markdown.CONFIDENCE

_SURER: Final = 0.01
"""More than Markdown and plain text, which such a list looks like too."""

_ORG: Final = re.compile(r"^(?:#\+[A-Za-z_]+:|:PROPERTIES:[ \t]*$)|\[\[(?:https?:|doi:|file:|\.{0,2}/)[^\[\]]+\]\[[^\[\]]+\]\]", re.MULTILINE)
_RST: Final = re.compile(r"`[^`<>]{1,400}<[^`<>\s]+>`__?(?!\w)|^\.\. (?:_[^\n]*:[ \t]*$|\|[^|\n]+\| |[\w-]+::)", re.MULTILINE)
_MARKDOWN: Final = re.compile(r"\]\((?:https?:|/|\.)|^#{2,6} ", re.MULTILINE)

_DRAWER: Final = re.compile(r"^[ \t]*:PROPERTIES:[ \t]*$.{0,4000}?^[ \t]*:END:[ \t]*$", re.MULTILINE | re.DOTALL)
_KEYWORD: Final = re.compile(r"^[ \t]*#(?:\+.*|[ \t].*|)$|\{\{\{[^{}]{0,600}\}\}\}", re.MULTILINE)
_STARS: Final = re.compile(r"^(\*{1,6}) +(?:(?:TODO|DONE) +)?", re.MULTILINE)
_ORG_LINK: Final = re.compile(r"\[\[([^\[\]]+)\](?:\[([^\[\]]+)\])?\]")
_BOLD: Final = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]{1,400}?)(?<=\S)\*(?![\w*])")
_SLANTED: Final = re.compile(r"(?<![\w/:.])(?<!\]\()/(?=[^\s/])([^/]{1,200}?)(?<=\S)/(?![\w/])")
_BREAK: Final = re.compile(r"\\\\[ \t]*$", re.MULTILINE)

_TITLE: Final = re.compile(r"^(?:(?P<over>([=\-~^\"'*+#.:_`])\2{2,})[ \t]*\n)?(?P<title>[ \t]?\S[^\n]*)\n(?P<under>([=\-~^\"'*+#.:_`])\5{2,})[ \t]*$", re.MULTILINE)
_CITED: Final = re.compile(r"^\.\. \[[^\]\n]+\] ", re.MULTILINE)
_OPENED: Final = re.compile(r"^[ \t]*\.\. (?:_[^\n]*:[ \t]*$|(?!code|raw|math|sourcecode|image|figure|toctree|parsed)[\w-]+::[^\n]*(?:\n[ \t]+:[\w-]+:[^\n]*)*)", re.MULTILINE)
"""A target, and a directive whose body is text as any other."""

_LEFT_OUT: Final = re.compile(r"^([ \t]*)\.\.(?:[ \t][^\n]*|)(?:\n(?:[ \t]*(?=\n)|\1[ \t]+[^\n]*))*", re.MULTILINE)
"""A comment, or another directive, with its body."""

_RST_LINK: Final = re.compile(r"`([^`<>]{1,600})<([^`<>\s]+)>`__?(?!\w)")
_ROLE: Final = re.compile(r":(doi|arxiv|[a-z][a-z-]{0,20}):`([^`<>]{1,300}?)(?:\s*<([^`<>]*)>)?`")
_REFERENCE: Final = re.compile(r"(?<!`)`([^`]{1,300})`__?(?!\w)")
_SUBSTITUTE: Final = re.compile(r"(?<!\S)\|[A-Za-z][\w-]{0,20}\|(?!\S)")
_LINE_BLOCK: Final = re.compile(r"^[ \t]*\| [^\n]*(?:\n[ \t]*\| [^\n]*)*", re.MULTILINE)
_COUNTED: Final = re.compile(r"^([ \t]*)#\.(?= )", re.MULTILINE)
_REGISTRIES: Final = {"doi": "https://doi.org/", "arxiv": "https://arxiv.org/abs/"}


def sniff(head: str, path: str) -> float:
    r"""Return how sure it is that a text is a list of papers in one of the two.

    >>> sniff("* Papers\n- [[https://arxiv.org/abs/2205.06175][On small engines]] (2022)\n", "a.org")
    0.66
    >>> sniff("# Papers\n- [On small engines](https://arxiv.org/abs/2205.06175) (2022)\n", "a.md")
    0.0
    """
    name = _dialect(head)
    sure = markdown.sniff(_made(head, name), path) if name else 0.0
    return sure + _SURER if sure else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each piece that looks like one, and a problem that counts those among them that do not."""
    text = document.text
    name = _dialect(document.head(HEAD))
    starts = [*line_starts(text), len(text)]
    made = Document.of_text(_made(text, name), document.name, document.id)
    ordinal = 0
    for row in markdown.read(made):
        if isinstance(row, Problem):
            yield replace(row, what=row.what.replace("Markdown", name, 1))
        elif not _is_section(made.text, row):
            yield replace(row, ordinal=ordinal, start=None, end=None, fields=tuple(_placed(text, starts, field) for field in row.fields))
            ordinal += 1


def _is_section(made: str, row: Record) -> bool:
    """Tell whether a heading with text below it was taken for a paper, though it names nobody: a section of a manual."""
    return row.start is not None and made.startswith("#", made.rfind("\n", 0, row.start) + 1) and not any(field.name == "author" for field in row.fields)


def _dialect(text: str) -> str:
    """Return what a text is written in; empty if in neither."""
    if _MARKDOWN.search(text):
        return ""
    return "Org" if _ORG.search(text) else "reStructuredText" if _RST.search(text) else ""


def _placed(text: str, starts: list[int], field: Field) -> Field:
    """Return a field with its place in the file, if it begins on its line as it is."""
    path = field.path or f"line {field.line}"
    at = text.find(field.text, starts[field.line - 1], starts[field.line] + len(field.text))
    if field.start is None or not starts[field.line - 1] <= at < starts[field.line]:
        return field._replace(start=None, end=None, path=path)
    return field._replace(start=at, end=at + len(field.text))


def _made(text: str, name: str) -> str:
    """Return a text as Markdown, with as many lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return _from_org(text) if name == "Org" else _from_rst(text)


def _blank(match: re.Match[str]) -> str:
    """Return nothing but the line ends of what is left out."""
    return "\n" * match[0].count("\n")


def _link(shown: str, target: str) -> str:
    """Return a link in Markdown, on as many lines."""
    target = re.sub(r"^doi:", _REGISTRIES["doi"], target.strip()).replace(" ", "%20")
    return f"[{shown.rstrip(' ')}]({target})"


def _from_org(text: str) -> str:
    text = _KEYWORD.sub(_blank, _DRAWER.sub(_blank, text))
    text = _STARS.sub(lambda match: "#" * len(match[1]) + " ", text)
    text = _SLANTED.sub(r"*\1*", _BOLD.sub(r"**\1**", _ORG_LINK.sub(lambda match: _link(match[2], match[1]) if match[2] else f"<{match[1]}>", text)))
    return _BREAK.sub("  ", text)


def _from_rst(text: str) -> str:
    text = _TITLE.sub(lambda match: ("\n" if match["over"] else "") + f"# {match['title'].strip()}\n", text)
    text = _LEFT_OUT.sub(_blank, _OPENED.sub(_blank, _CITED.sub("- ", text)))
    text = _RST_LINK.sub(lambda match: _link(match[1], match[2]), text)
    text = _ROLE.sub(lambda match: _link(match[2], _REGISTRIES[match[1]] + (match[3] or match[2])) if match[1] in _REGISTRIES else f"**{match[2]}**", text)
    text = _SUBSTITUTE.sub(" ", _REFERENCE.sub(r"\1", text))
    text = _LINE_BLOCK.sub(lambda match: re.sub(r"^[ \t]*\| ", "  ", match[0], flags=re.MULTILINE).replace("\n", "  \n").replace("  ", "- ", 1), text)
    return _COUNTED.sub(r"\g<1>1.", text)
