"""Markup inside the texts of records: tags, MathML and HTML entities become the plain text that they stand for.

Titles and abstracts come with HTML, with JATS (NISO Z39.96) or with MathML, often escaped once more than is right. Only
elements that these know are markup: `<unk>` in a title is a word. Each text is gone through once, whatever is in it.
"""

import html
import re
from typing import Final

_INLINE: Final = frozenset({
    "a", "abbr", "b", "big", "bold", "br", "cite", "code", "del", "em", "ext-link", "fixed-case", "font", "i", "inline-formula",
    "ins", "italic", "kbd", "mark", "monospace", "named-content", "nobr", "overline", "p", "q", "roman", "samp",
    "sans-serif", "sc", "scp", "small", "span", "strike", "strong", "styled-content", "sub", "inf", "sup", "tt", "u", "underline",
    "uri", "var", "wbr", "xref",
})  # fmt: skip
"""Elements within a line; these are markup too where they come escaped (`&lt;i&gt;`)."""

_BLOCK: Final = frozenset({
    "abstract", "blockquote", "body", "center", "dd", "def-item", "def-list", "disp-formula", "div", "dl", "dt",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "html", "img", "label", "li", "list", "list-item", "ol", "pre", "sec", "section",
    "sectitle", "table", "tbody", "td", "th", "thead", "title", "tr", "ul",
})  # fmt: skip
"""Elements that stand apart from what is around them."""

_MATH: Final = frozenset({
    "math", "mi", "mn", "mo", "ms", "mtext", "mspace", "mrow", "mfrac", "msqrt", "mroot", "mstyle", "merror", "mpadded",
    "mphantom", "mfenced", "menclose", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts",
    "mprescripts", "none", "mtable", "mtr", "mtd", "mlabeledtr", "maction", "semantics", "tex-math", "alternatives",
    "annotation", "annotation-xml",
})  # fmt: skip
"""Elements of MathML 3, and the two of JATS around formulas."""

_DROPPED: Final = frozenset({"script", "style", "annotation", "annotation-xml"})
"""Elements whose text says nothing, or the same once more."""

_KNOWN: Final = _INLINE | _BLOCK | _MATH | _DROPPED
_SPACED: Final = frozenset({*_BLOCK, "p", "br", "mtr", "mtd", "mlabeledtr"})
_EMPTY: Final = frozenset({"br", "wbr", "hr", "img"})
"""Elements of HTML that never have an end tag."""

_POWER_AT: Final = {"msup": 1, "msubsup": 2}
"""Which child of these is the power."""

_REWRITTEN: Final = frozenset({"sup", "msup", "msubsup", "mfrac", "mfenced", "msqrt", "tex-math", "title"})
_BETWEEN: Final = {"mfrac": "/", "mfenced": ","}
_DEEPEST: Final = 40

_TAG: Final = re.compile(
    r"<(?P<end>/?+)(?P<space>[A-Za-z][\w.-]*+:)?(?P<name>[A-Za-z][\w-]*+)"
    r"(?P<attributes>(?>(?:\s++[^\s<>=/\"']++(?>(?:\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+'|[^\s<>\"']++))?))*))\s*+(?P<empty>/?+)>"
    r"|<!\[CDATA\[|\]\]>|<!--|-->"
)
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BEGIN: Final = "\\begin{document}"
_END: Final = "\\end{document}"
_HEADINGS: Final = frozenset({"abstract", "summary"})
_INVISIBLE: Final = re.compile("[\u2061-\u2064]")
_MOST_ESCAPES: Final = 3


def plain(markup: str) -> str:
    """Return a text without the markup in it: `<sub>`, `<jats:p>`, MathML, `&amp;`.

    What only looks like a tag (`a < b`, `<unk>`) stays. A heading in an abstract gets a colon, the heading "Abstract"
    goes. A power of a number is told by `^`, a fraction by `/`.

    >>> plain("Deep <i>H<sub>2</sub>O</i> &amp; more"), plain("if x < 3 and y > 4")
    ('Deep H2O & more', 'if x < 3 and y > 4')
    >>> plain("10<sup>-5</sup> &amp;lt;b&amp;gt;rad&amp;lt;/b&amp;gt; with <unk>")
    '10^-5 rad with <unk>'
    """
    text, known = markup, _KNOWN
    for _ in range(_MOST_ESCAPES):
        before = text
        if "<" in text:
            text = _Writer(known).written(text)
        if "&" not in text:
            break
        text = _ENTITY.sub(_character, text)
        if text == before:
            break
        known = _INLINE | _MATH  # what was escaped may speak of tags: `&lt;table&gt;` is a word
    return (text if text is markup else _INVISIBLE.sub("", text)).strip()


def _character(match: re.Match[str]) -> str:
    return html.unescape(match.group())


class _Open:
    """An element that has been opened: its name, where its text begins, and how many children of it are closed."""

    __slots__ = ("children", "name", "start")

    def __init__(self, name: str, start: int) -> None:
        self.name, self.start, self.children = name, start, 0


class _Writer:
    """Writes the text of one piece of markup, tag by tag.

    Args:
        known: Names of the elements that are markup; all others are text.
    """

    def __init__(self, known: frozenset[str]) -> None:
        self._known = known
        self._out: list[str] = []
        self._open: list[_Open] = []
        self._counts: dict[str, int] = {}

    def written(self, markup: str) -> str:
        """Return the text on one line; as it was, if there is no markup in it."""
        tags = [(match, name) for match in _TAG.finditer(markup) if (name := self._name(match))]
        # Without its end a comment or script hides nothing.
        ends = {name: match.start() for match, name in tags if match["end"] or name == "-->"}
        at, skipped, found = 0, "", False
        for match, name in tags:
            closing = bool(match["end"]) or name == "-->"
            if skipped:
                if closing and name == skipped:
                    skipped, at = "", match.end()
                continue
            dropped = "-->" if name == "<!--" else name if name in _DROPPED and not match["empty"] else ""
            if name == "-->" or (name == "<!--" and ends.get("-->", -1) < match.start()):
                continue
            found = True
            self._text(markup[at : match.start()])
            at = match.end()
            if dropped:
                skipped = dropped if not closing and ends.get(dropped, -1) > match.start() else ""
            elif match["name"]:
                self._tag(name, ends=closing, empty=bool(match["empty"]))
        if not found:
            return markup
        self._text(markup[at:])
        while self._open:
            self._close()
        return " ".join("".join(self._out).split())

    def _name(self, match: re.Match[str]) -> str:
        """Return what a tag is called; empty where it is none: unknown, or with an attribute without a value (`a <b and c>`)."""
        if match["name"] is None:
            return match.group()
        name, attributes = match["name"].lower(), match["attributes"]
        return name if name in self._known and (not attributes or "=" in attributes) else ""

    def _text(self, text: str) -> None:
        formula = self._counts.get("math") and not self._counts.get("mtext")
        written = " ".join(text.split()) if formula else text
        if written:
            self._out.append(written)

    def _tag(self, name: str, *, ends: bool, empty: bool) -> None:
        if name in _SPACED:
            self._out.append(" ")
        if empty or name in _EMPTY:
            if name == "mspace":
                self._out.append(" ")
            self._child_closed()
        elif not ends:
            self._before_child()
            self._open.append(_Open(name, len(self._out)))
            self._counts[name] = self._counts.get(name, 0) + 1
        elif self._counts.get(name):
            while self._open[-1].name != name:
                self._close()
            self._close()
            if name == "title":
                self._out.append(" ")

    def _before_child(self) -> None:
        """Write what stands between two parts of a formula."""
        if self._open and self._open[-1].children:
            self._out.append(_BETWEEN.get(self._open[-1].name, ""))

    def _close(self) -> None:
        """Close the innermost element; deep in others its text stays as it is, which keeps all this linear."""
        done = self._open.pop()
        self._counts[done.name] -= 1
        if len(self._open) < _DEEPEST and self._is_rewritten(done.name):
            inside = "".join(self._out[done.start :])
            del self._out[done.start :]
            self._out.append(self._rewritten(done.name, inside))
        self._child_closed()

    def _child_closed(self) -> None:
        if self._open:
            self._open[-1].children += 1

    def _is_rewritten(self, name: str) -> bool:
        return name in _REWRITTEN or (bool(self._open) and self._open[-1].name in _REWRITTEN)

    def _rewritten(self, name: str, inside: str) -> str:
        """Return what an element's text becomes."""
        parent = self._open[-1] if self._open else _Open("", 0)
        if name == "tex-math":
            if parent.name == "alternatives" and parent.children:
                return ""  # the same formula has just been read as MathML
            return inside.rpartition(_BEGIN)[2].partition(_END)[0].strip().replace("$$", "$")
        if name == "title":
            heading = inside.strip()
            return "" if heading.lower().rstrip(".:") in _HEADINGS else heading + ":" * (heading[-1:].isalnum())
        if name == "msqrt":
            return f"√{inside}" if len(inside) < 2 else f"√({inside})"
        if name == "mfenced":
            return f"({inside})"
        if parent.name == "mfrac":
            return inside if inside.isalnum() or len(inside) < 2 else f"({inside})"
        power = name == "sup" or parent.children == _POWER_AT.get(parent.name)
        before = next((piece[-1] for piece in reversed(self._out[-2:]) if piece), "")
        if power and before.isdigit() and inside.lstrip("-−+")[:1].isdigit():
            return f"^{inside}"
        return inside
