"""The page: HTML, the scripts in one bundle, and the data, either in the page or beside it.

The policy lets no script or style run but these, named by their hashes. Bundle and style stand in the page compressed; a
small loader unpacks them, and until then a few rules hide what has no style yet.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Template
from typing import Any, BinaryIO, Final, NamedTuple

from kg.explorer import columns
from kg.explorer.details import details
from kg.explorer.picture import header, picture
from kg.explorer.places import placed
from kg.model import Graph
from kg.page import as_text, policy

_ASSETS: Final = Path(__file__).parent / "assets"
_IMPORT: Final = re.compile(r'^import \{(?P<what>[^}]*)\} from "\./(?P<name>[\w-]+\.js)";$')
_EXPORT: Final = re.compile(r"^export (?:const|let|async function|function|class) (?P<what>[\w$]+)")


def write(graph: Graph, out: BinaryIO) -> None:
    """Write the graph as one self-contained page; the same graph gives the same bytes."""
    out.write(_head(graph).encode("utf-8"))
    for name, data in blobs(graph):
        out.write(f'<script type="text/plain" id="{name}">{columns.as_text(data)}</script>\n'.encode("ascii"))
        if name == NAMES:
            # The first picture does not wait for what is told on demand.
            out.write(f"<script>{_loader()}</script>\n".encode())
    out.write(b"</body>\n</html>\n")


COLUMNS: Final = "columns"
NAMES: Final = "names"


def blobs(graph: Graph, *, full: bool = False) -> Iterator[tuple[str, bytes]]:
    """Yield the data of the page, compressed, by name: `columns`, `names`, and `details-0` and on.

    Args:
        graph: The graph.
        full: Whether texts are kept however long they are.
    """
    graph = placed(graph)
    drawn = picture(graph)
    told = details(graph, drawn, full=full)
    yield COLUMNS, columns.squeezed(columns.pack(header(drawn, told.told), drawn.plain, drawn.steps))
    yield NAMES, columns.squeezed(columns.pack({}, *drawn.names))
    for number, shard in enumerate(told.shards):
        yield f"details-{number}", columns.squeezed(shard)


class Served(NamedTuple):
    """What a server answers with.

    Attributes:
        content_type: Its media type.
        data: Its bytes.
        encoding: `gzip` where these are compressed.
    """

    content_type: str
    data: bytes
    encoding: str | None


def served(graph: Graph, folder: str = "data") -> dict[str, Served]:
    """Return the page for a server, by path: `index.html`, and its data in a folder, with all texts.

    Args:
        graph: The graph.
        folder: The folder of the data as the page asks for it, without a slash at its end.
    """
    page = f"{_head(graph, folder)}<script>{_loader()}</script>\n</body>\n</html>\n"
    found = {"index.html": Served("text/html; charset=utf-8", page.encode(), None)}
    return found | {f"{folder}/{name}": Served("application/octet-stream", data, "gzip") for name, data in blobs(graph, full=True)}


def _head(graph: Graph, folder: str | None = None) -> str:
    """Return the page up to its data, which stands in the page unless a folder is named."""
    style = _dense("".join(_asset(name) for name in ("style.css", "controls.css")))
    first = _dense(_asset("first.css"))
    code = bundle()
    return Template(_asset("index.html")).substitute(
        policy=policy([_loader(), code], first, style) + ("; connect-src 'self'" if folder else ""),
        title=as_text(graph.name),
        summary=as_text(summary(graph)),
        source="server" if folder else "file",
        folder=as_text(folder or ""),
        first=first,
        style=columns.as_text(columns.squeezed(style.encode())),
        code=columns.as_text(columns.squeezed(code.encode())),
    )


def _loader() -> str:
    return _terse(_asset("loader.js"))


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def bundle(entry: str = "main.js") -> str:
    """Return the scripts as one, each in a scope of its own and after those that it imports.

    Raises:
        ValueError: If scripts import each other in a circle.
    """
    done: dict[str, str] = {}
    begun: list[str] = []

    def add(name: str) -> None:
        if name in begun:
            raise ValueError(f"{' imports '.join([*begun[begun.index(name):], name])}: a circle")
        if name in done:
            return
        begun.append(name)
        lines, exported = [], []
        for line in _asset(name).splitlines():
            if found := _IMPORT.match(line):
                add(found["name"])
                lines.append(f'const {{{found["what"].replace(" as ", ": ")}}} = scripts[{list(done).index(found["name"])}];')
            elif found := _EXPORT.match(line):
                exported.append(found["what"])
                lines.append(line.removeprefix("export "))
            else:
                lines.append(line)
        begun.pop()
        done[name] = f"scripts[{len(done)}]=(()=>{{\n{_terse(chr(10).join(lines))}\nreturn{{{','.join(exported)}}}}})();"

    add(entry)
    return '(() => {\n"use strict";\nconst scripts=[];\n' + "\n".join(done.values()) + "\n})();\n"


def _lean(text: str) -> str:
    """Return a script or style without lines of comment and without indentation."""
    stripped = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in stripped if line and not line.startswith(("//", "/*", "* ", "*/")) and line != "*")


def _dense(style: str) -> str:
    r"""Return a style without comments, indentation, and spaces that part nothing.

    >>> _dense("/* b */\np {\n  color: #fff; margin: 0 1px;\n}\n")
    'p{color: #fff;margin: 0 1px;}'
    """
    return _AROUND.sub(r"\1", _lean(style))


_AROUND: Final = re.compile(r"\s*([{};,])\s*")


def _terse(script: str) -> str:
    r"""Return a script without comments, indentation, and spaces and ends of lines that part nothing; no template may go over lines.

    >>> _terse('  const a = b ? `${b} c` :\n    /d e/; // f\n  g(1 - h + +a);')
    'const a=b?`${b} c`:\n/d e/;g(1-h + +a);'
    """
    return _BEHIND.sub("", "\n".join(_SPARE.sub(lambda found: found["kept"] or found["sum"] or "", line) for line in _lean(script).splitlines()))


_BEHIND: Final = re.compile(r"(?<=[;{,(\[])\n")


_SPARE: Final = re.compile(
    r"""(?P<kept>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`.*`|(?:(?<=[(!])|(?<=[(,=!&|?:] ))/(?!/)(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+/)"""
    r"""|(?<=[\w$)\]])[ ](?P<sum>[+-]=?)[ ](?=[\w$(])"""
    r"""|[ ]*//.*|(?<![\w$"'`+-])[ ]+|[ ]+(?![\w$"'`+-])"""
)
"""Strings, and regular expressions after what none can be divided by, stay; comments to the end of a line and spaces beside other
signs go."""


def summary(graph: Graph) -> str:
    """Return in words what the graph holds: counts by kind, edges, and author lists that were cut."""
    counts = Counter(graph.nodes["kind"].to_pylist())
    said = [_counted(count, _names(graph, kind)) for kind, count in sorted(counts.items(), key=lambda k: (-k[1], k[0]))]
    said.append(_counted(graph.edges.num_rows, {"label": "edge", "plural": "edges"}))
    known = [complete for complete in graph.nodes["authors_complete"].to_pylist() if complete is not None]
    cut = known.count(False)
    if cut:
        said.append(f"author lists cut (“et al.”) in {cut:,} of {_counted(len(known), _names(graph, 'paper'))}")
    return ", ".join(said)


def _counted(count: int, names: dict[str, Any]) -> str:
    return f"{count:,} {names['label' if count == 1 else 'plural']}"


def _names(graph: Graph, kind: str) -> dict[str, Any]:
    return {"label": kind, "plural": kind} | graph.kinds.get(kind, {})
