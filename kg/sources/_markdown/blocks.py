"""Markdown as readers need it: its blocks, and the text of each without the marks, with the place of every character.

Headings, items of lists, rows of tables and paragraphs, as CommonMark and GitHub's tables have them, with the HTML that people
put between; fenced code, comments and front matter are left out. Lenient where people are: an indent of one blank nests.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from kg.sources._text.fields import Span, is_blank, lines, squeezed

Kind = Literal["heading", "item", "text", "row", "rule"]


class Block(NamedTuple):
    """A piece of a Markdown text.

    Attributes:
        kind: What it is.
        indent: How far it is indented, in blanks; of a heading its level.
        start: Where it begins, with its marker.
        text: Where its text stands, without marker; line ends may be in it.
        cells: Where the cells of a row stand.
        header: Where the cells of its table's header stand.
    """

    kind: Kind
    indent: int
    start: int
    text: Span
    cells: tuple[Span, ...] = ()
    header: tuple[Span, ...] = ()


class Link(NamedTuple):
    """An address: where it stands in the file, and the stretch of the plain text that leads to it, empty for a button."""

    url: str
    place: Span
    shown: Span


@dataclass
class Plain:
    """Text without its marks.

    Attributes:
        text: The text.
        places: Where each of its characters stands in the file.
        marks: What was marked: `link`, `bold`, `italic` or `code`, its span in `text`, and the address of a link.
        links: All addresses in it.
    """

    text: str = ""
    places: list[int] = field(default_factory=list)
    marks: list[tuple[str, Span, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def place(self, span: Span) -> Span:
        """Return where a stretch of the text stands in the file."""
        return self.places[span[0]], self.places[span[1] - 1] + 1


_HEADING: Final = re.compile(r" {0,3}(?:(?P<signs>#{1,6})[ \t]+(?P<text>.*?)[ \t]*#*|<h(?P<level>[1-6])\b[^<>]*>(?P<said>.*)</h[1-6]>)[ \t]*\Z", re.IGNORECASE)
_RULE: Final = re.compile(r"[ \t]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|={3,})\Z")
_ITEM: Final = re.compile(r"(?P<indent>[ \t>]*)(?:(?:[-*+•‣]|\(?[0-9]{1,4}[.)]|\[[0-9]{1,4}\])(?=[ \t])|<li\b[^<>]*>)[ \t]*(?:\[[ xX✓]?\][ \t]+)?")
_FENCE: Final = re.compile(r"[ \t>]*(?P<fence>`{3,}|~{3,})")
_DELIMITER: Final = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\Z")
_CELL: Final = re.compile(r"(?>(?:[^|\\`\[]++|\\.|`[^`\n]*+`|\[(?>(?:[^\[\]\n]+|\[[^\[\]\n]*+\])*)\]|[\[`\\])*)")
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAB: Final = 4


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a Markdown text in order."""
    shown = _COMMENT.sub(lambda comment: re.sub(r"[^\r\n]", " ", comment.group()), text)
    rows = list(lines(shown))
    at = _behind_front_matter(shown, rows)
    open_: Block | None = None
    gap, fence = True, ""
    while at < len(rows):
        start, end = rows[at]
        line = shown[start:end]
        at += 1
        fenced = _FENCE.match(line)
        if fence or fenced:
            if open_ is not None:
                yield open_
                open_ = None
            fence = ("" if fenced and fenced["fence"].startswith(fence) and line.strip(" \t>`~") == "" else fence) if fence else fenced["fence"] if fenced else ""
            continue
        if is_blank(shown, start, end):
            gap = True
            continue
        if at < len(rows) and "|" in line and "|" in shown[slice(*rows[at])] and _DELIMITER.fullmatch(shown, *rows[at]):
            if open_ is not None:
                yield open_
                open_ = None
            header = tuple(_cells(shown, start, end))
            at += 1
            while at < len(rows) and "|" in shown[slice(*rows[at])]:
                yield Block("row", 0, squeezed(shown, *rows[at])[0], squeezed(shown, *rows[at]), tuple(_cells(shown, *rows[at])), header)
                at += 1
            gap = True
            continue
        block = _block(shown, start, end)
        goes_on = block.kind == "text" and not gap and open_ is not None and open_.kind in {"item", "text"}
        if goes_on and open_ is not None:
            open_ = open_._replace(text=(open_.text[0], block.text[1]))
        else:
            if open_ is not None:
                yield open_
            open_ = block
        gap = block.kind in {"heading", "rule"}
    if open_ is not None:
        yield open_


def _behind_front_matter(text: str, rows: list[Span]) -> int:
    """Return the rank of the line behind the front matter, which stands between lines of three hyphens."""
    if rows and text[slice(*rows[0])].rstrip() == "---":
        for at in range(1, min(len(rows), 200)):
            if text[slice(*rows[at])].rstrip() in {"---", "..."}:
                return at + 1
    return 0


def _block(text: str, start: int, end: int) -> Block:
    """Return what a line begins."""
    line = text[start:end]
    if match := _HEADING.fullmatch(line):
        first, last = (start + place for place in match.span("text" if match["signs"] else "said"))
        return Block("heading", len(match["signs"]) if match["signs"] else int(match["level"]), first, squeezed(text, first, last))
    if _RULE.fullmatch(line):
        return Block("rule", 0, start, (start, end))
    match = _ITEM.match(line)
    if match and match.end() < len(line):
        marked = squeezed(text, start + match.end("indent"), end)
        return Block("item", _width(match["indent"]), marked[0], squeezed(text, start + match.end(), end))
    first, last = squeezed(text, start, end)
    indent = _width(text[start:first])
    while first < last and text[first] in "> \t":
        first += 1
    return Block("text", indent, first, (first, last))


def _width(blanks: str) -> int:
    return sum(_TAB if c == "\t" else c != ">" for c in blanks)


def _cells(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield where the cells of a line of a table stand."""
    start, end = squeezed(text, start, end)
    start += text.startswith("|", start)
    end -= end > start and text[end - 1] == "|" and text[end - 2] != "\\"
    at = start
    while at <= end:
        match = _CELL.match(text, at, end)
        stop = match.end() if match else end
        yield squeezed(text, at, stop)
        at = stop + 1


_BREAKS: Final = frozenset({"br", "p", "div", "li", "ul", "ol", "td", "tr", "summary", "details", "center", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "sub"})
_URL: Final = r"<?(?P<{0}>[^\s()<>]*+(?>(?:\([^\s()<>]*+\)[^\s()<>]*+)*))>?(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*"
_INLINE: Final = re.compile(
    r"\[!\[[^\]\n]*+\]\([^)\n]*+\)\s*\]\(\s*" + _URL.format("badge") + r"\)"
    r"|(?P<image>!\[[^\]\n]*+\](?:\([^)\n]*+\)|\[[^\]\n]*+\]))"
    r"|\[(?P<shown>(?>(?:[^\[\]\\]++|\\.|\[[^\[\]]*+\]){0,60}))\][ ]?\(\s*(?=[^\s()]*[/.#:]|[^\s()]*\))" + _URL.format("url") + r"\)"
    r"|\[(?P<named>(?>(?:[^\[\]\\]++|\\.|\[[^\[\]]*+\]){1,60}))\][ ]?\[(?P<label>[^\[\]\n]{0,80})\]"
    r"|<(?P<auto>https?://[^\s<>]+)>|(?P<bare>https?://[^\s<>|\"，。；、）】]+)"
    r"|<(?P<close>/?)(?P<tag>[A-Za-z][A-Za-z0-9]*)\b(?P<attributes>[^<>]*)>"
    r"|\\(?P<escaped>[\\`*_{}\[\]()#+\-.!|~<>$&\"'])|(?P<entity>&(?:#[0-9]{1,6}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,10});)"
    r"|(?P<emoji>:[a-z][a-z0-9_+-]{2,30}:)|(?P<stress>\*{1,3}|_{1,3}|~~|`+)|(?P<end>\r\n|\r|\n)"
)
_DEFINED: Final = re.compile(r"^[ ]{0,3}\[(?P<label>[^\[\]\n]{1,80})\]:[ \t]*<?(?P<url>[^\s<>]+)", re.MULTILINE)
"""An address to which links refer by a label: `[14]: https://...`."""

_HREF: Final = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_FRESH: Final = re.compile(r"[ \t>]*(?:[*_\[<(!~]|[^\W\d][\w ]{1,16}[:：])")
_MOST_NESTED: Final = 4
_MOST_BUTTON: Final = 3
"""How many words have a button that is in two pairs of brackets: `[[reproducible analysis]](address)`."""

_BUTTON_WORDS: Final = frozenset({
    "abs", "abstract", "acl", "anthology", "appendix", "arxiv", "article", "author", "authors", "bib", "bibtex", "blog", "book", "caffe", "cite",
    "citation", "checkpoint", "code", "colab", "data", "dataset", "datasets", "demo", "doi", "download", "extended", "full", "github", "gitlab",
    "here", "homepage", "html", "hugging", "huggingface", "face", "implementation", "jax", "journal", "keras", "leaderboard", "link", "links", "main",
    "material", "materials", "matlab", "model", "models", "notebook", "notes", "official", "openreview", "page", "paper", "papers", "pdf", "poster",
    "post", "ppt", "preprint", "presentation", "project", "publisher", "pytorch", "python", "repo", "report", "repository", "review", "site", "slide",
    "slides", "source", "star", "stars", "supp", "supplement", "supplementary", "supplemental", "talk", "tensorflow", "text", "this", "tf", "thread",
    "torch", "tutorial", "tweet", "twitter", "unofficial", "url", "video", "videos", "view", "version", "web", "webpage", "website", "weights",
    "wechat", "youtube", "zhihu", "zenodo", "论文", "代码", "主页", "链接", "项目", "视频", "解读", "数据集", "数据", "官网", "原文",
})  # fmt: skip
_SURE_WORDS: Final = frozenset({"paper", "pdf", "code", "demo", "github", "website", "homepage", "slides", "video", "poster", "arxiv", "link", "wechat", "twitter"})
_WORDS: Final = re.compile(r"[^\W\d_]+")


def is_button(text: str) -> bool:
    """Tell whether the text of a link says only what kind of thing it leads to: `paper`, `[PDF]`, `Code & Data`, a number, an address.

    >>> is_button("[Paper-CVPR14]"), is_button("2503.14847"), is_button("On Engines"), is_button("Project Page")
    (True, True, False, True)
    """
    bare = text.strip(" []()*_`")
    if not any(c.isalpha() for c in bare) or bare.startswith(("http://", "https://", "www.", "arXiv:", "doi:")):
        return True
    words = [word.lower() for word in _WORDS.findall(bare)]
    if len(words) <= 3 and any(word in _SURE_WORDS for word in words):
        return True
    return len(words) <= 5 and any(word in _BUTTON_WORDS for word in words) and all(word in _BUTTON_WORDS or len(word) < 3 or (word.isascii() and word.upper() in bare) for word in words)


def plain(text: str, span: Span) -> Plain:
    r"""Return a stretch of Markdown without its marks; buttons become line ends.

    >>> found = plain("**On *it*** [[pdf](https://a.org/b.pdf)]", (0, 40))
    >>> found.text, found.marks, found.links[0].url
    ('On it \n', [('bold', (0, 5), ''), ('italic', (3, 5), '')], 'https://a.org/b.pdf')
    """
    reader = _Inline(text)
    reader.read(*span, 0)
    reader.close()
    return reader.found()


@lru_cache(maxsize=1)
def _defined(text: str) -> dict[str, tuple[str, Span]]:
    """Return the addresses that a file defines, each with its place, by their labels."""
    return {match["label"].casefold(): (match["url"], match.span("url")) for match in _DEFINED.finditer(text)}


class _Inline:
    """Reads the text of one block from left to right.

    Args:
        text: The whole file.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces: list[str] = []
        self._length = 0
        self._places: list[int] = []
        self._marks: list[tuple[str, Span, str]] = []
        self._links: list[Link] = []
        self._open: dict[str, int] = {}
        self._anchor: tuple[str, Span, int, int] | None = None
        self._skip = ""

    def found(self) -> Plain:
        return Plain("".join(self._pieces), self._places, self._marks, self._links)

    def close(self) -> None:
        """End what was never ended: it was no mark."""
        self._end_anchor()

    def read(self, start: int, end: int, depth: int) -> None:
        """Read a stretch."""
        at = start
        for match in _INLINE.finditer(self._text, start, end):
            if match.start() < at:
                continue
            self._write(at, match.start())
            at = match.end()
            self._mark(match, depth)
        self._write(at, end)

    def _mark(self, match: re.Match[str], depth: int) -> None:
        start, end = match.span()
        if match["badge"] is not None:
            self._button(match["badge"], match.span("badge"))
        elif match["shown"] is not None:
            self._link(match, match.span("shown"), match["url"], match.span("url"), depth)
        elif match["named"] is not None:
            known = _defined(self._text).get((match["label"] or match["named"]).casefold())
            if known is not None:
                self._link(match, match.span("named"), *known, depth)
            else:
                self._write(start, end)
        elif match["auto"] is not None:
            self._button(match["auto"], match.span("auto"))
        elif match["bare"] is not None:
            bare = _without_end(match["bare"])
            self._button(bare, (start, start + len(bare)))
            self._write(start + len(bare), end)
        elif match["tag"] is not None:
            self._tag(match)
        elif match["escaped"] is not None:
            self._put(match["escaped"], [start + 1])
        elif match["entity"] is not None:
            sign = html.unescape(match["entity"])
            self._put(sign[:1] if sign != match["entity"] else match["entity"], [start] if sign != match["entity"] else list(range(start, end)))
        elif match["stress"] is not None:
            self._stress(match)
        elif match["end"] is not None:
            # A line that begins with a mark or label is one of its own, however it will be shown.
            hard = self._text[max(0, start - 2) : start].endswith(("  ", "\\")) or _FRESH.match(self._text, end)
            self._put("\n" if hard else " ", [start])

    def _write(self, start: int, end: int) -> None:
        """Take text as it is; a bracket that was opened before a button is closed behind it."""
        while self._skip and start < end:
            c = self._text[start]
            if c not in " \t" and c != self._skip:
                break
            self._skip = "" if c == self._skip else self._skip
            start += 1
        if start < end:
            self._skip = ""
            self._put(self._text[start:end], list(range(start, end)))

    def _put(self, piece: str, places: list[int]) -> None:
        if piece:
            self._pieces.append(piece)
            self._places += places
            self._length += len(piece)

    def _link(self, match: re.Match[str], shown: Span, url: str, place: Span, depth: int) -> None:
        """Take a link: its text, address, and where that stands."""
        first, said = self._length, self._text[slice(*shown)]
        bracketed = self._text[match.start() - 1 : match.start()] == "[" and self._text[match.end() : match.end() + 1] == "]"
        if bracketed or is_button(said) or (said.startswith("[") and said.count(" ") < _MOST_BUTTON):
            self._button(url, place)
            return
        if depth < _MOST_NESTED:
            self.read(*shown, depth + 1)
        if url and not url.startswith("#") and first < self._length:
            self._links.append(Link(url, place, (first, self._length)))
            self._marks.append(("link", (first, self._length), url))

    def _button(self, url: str, place: Span) -> None:
        """Take an address without text of its own."""
        while self._pieces and self._pieces[-1].endswith((" ", "[", "(", "【")):
            last = self._pieces[-1][-1]
            closing = {"[": "]", "(": ")", "【": "】"}.get(last, "")
            if not closing and not self._pieces[-1].rstrip(" ").endswith(("[", "(", "【")):
                break
            self._pieces[-1] = self._pieces[-1][:-1]
            self._places.pop()
            self._length -= 1
            if not self._pieces[-1]:
                self._pieces.pop()
            if closing:
                self._skip = closing
                break
        self._clip()
        if self._pieces and not self._pieces[-1].endswith("\n"):
            self._put("\n", [place[0]])
        if url and not url.startswith("#"):
            self._links.append(Link(url, place, (self._length, self._length)))

    def _clip(self) -> None:
        """Let what is marked end where the text does, of which a part was taken back."""
        if self._marks and self._marks[-1][1][1] > self._length:
            self._marks = [(kind, (first, min(last, self._length)), url) for kind, (first, last), url in self._marks if first < self._length]

    def _tag(self, match: re.Match[str]) -> None:
        tag = match["tag"].lower()
        if tag == "a" and not match["close"]:
            href = _HREF.search(match["attributes"])
            if href:
                offset = match.start("attributes")
                self._anchor = href[1], (offset + href.start(1), offset + href.end(1)), self._length, len(self._pieces)
        elif tag == "a":
            self._end_anchor()
        elif tag in {"b", "strong", "i", "em"}:
            self._toggle("bold" if tag in {"b", "strong"} else "italic", closes=bool(match["close"]), opens=not match["close"])
        elif tag in _BREAKS and self._pieces and not self._pieces[-1].endswith("\n"):
            self._put("\n", [match.start()])

    def _end_anchor(self) -> None:
        if self._anchor is None:
            return
        (url, place, first, index), self._anchor = self._anchor, None
        if is_button("".join(self._pieces[index:])):
            del self._pieces[index:]
            self._length = sum(map(len, self._pieces)) if self._length < first else first
            del self._places[self._length :]
            self._button(url, place)
        elif url and not url.startswith("#"):
            self._links.append(Link(url, place, (first, self._length)))
            self._marks.append(("link", (first, self._length), url))

    def _stress(self, match: re.Match[str]) -> None:
        """Begin or end what is stressed; a star behind a name, or between blanks, is a sign as any other."""
        sign, (start, end) = match["stress"], match.span()
        before, after = self._text[start - 1 : start], self._text[end : end + 1]
        opens = bool(after) and not after.isspace() and not (sign[0] == "_" and before.isalnum())
        closes = bool(before) and not before.isspace() and not (sign[0] == "_" and after.isalnum())
        if sign[0] in "*_":
            kinds = {1: ("italic",), 2: ("bold",), 3: ("bold", "italic")}[len(sign)]
            if any(kind in self._open for kind in kinds) and closes:
                for kind in kinds:
                    self._toggle(kind, closes=True, opens=False)
            elif opens and not before.isalnum():
                for kind in kinds:
                    self._toggle(kind, closes=False, opens=True)
            else:
                self._put(sign, list(range(start, end)))
        elif sign[0] == "`":
            self._toggle("code", closes="code" in self._open, opens="code" not in self._open)

    def _toggle(self, kind: str, *, closes: bool, opens: bool) -> None:
        first = self._open.pop(kind, None) if closes else None
        if first is not None and first < self._length:
            self._marks.append((kind, (first, self._length), ""))
        if opens:
            self._open[kind] = self._length


def _without_end(url: str) -> str:
    """Return an address without the punctuation of the sentence around it."""
    url = url.rstrip(".,;:!?*_`'’”]")
    return url[:-1].rstrip(".,;:") if url.endswith(")") and url.count(")") > url.count("(") else url
