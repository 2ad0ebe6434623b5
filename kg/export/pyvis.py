"""The graph through pyvis: a page that works offline, for small graphs, and pyvis's own object for notebooks.

In goes a `Graph`; out comes a page with everything inlined: pyvis holds nodes, edges and options and brings
vis-network, which draws them; the pages around it (`assets/pyvis`) are our own, because pyvis's own template calls
a CDN and turns titles into markup.

Nothing in the data can become markup (see `kg.page`). A graph above the limits is reduced to its most connected
part, and the page says so; the format `html` has no such limits.
"""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg.errors import BuildError, UsageError
from kg.explorer.page import summary
from kg.explorer.picture import common_start
from kg.explorer.places import placed
from kg.explorer.ties import tied
from kg.export._drawn import color, drawn
from kg.model import Graph
from kg.model.graph import COMMUNITIES, PLACES
from kg.page import as_json, as_text, policy, web_address

if TYPE_CHECKING:
    from pyvis.network import Network

suffix: Final = ".html"

LIMIT_NODES: Final = 2_000
"""How many nodes vis-network draws at a usable speed."""

LIMIT_EDGES: Final = 10_000
"""How many edges vis-network draws at a usable speed."""

_ASSETS: Final = Path(__file__).parent / "assets" / "pyvis"

_Rows = list[dict[str, Any]]

_OPTIONS: Final = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"shape": "custom", "chosen": False},
    "edges": {"smooth": False, "chosen": False, "width": 1, "selectionWidth": 0, "hoverWidth": 0},
    "interaction": {
        "dragNodes": False, "hideEdgesOnDrag": False, "hover": False, "multiselect": False, "selectable": False,
        "tooltipDelay": 10_000, "zoomSpeed": 0.6,
    },
}  # fmt: skip
"""What vis-network is told: no forces, no curves, no tooltips, no dragging of single nodes."""

_NETWORK: Final = "network.html"

_LONG: Final = 36
"""How many letters of a name stand at a node of a network; the rest is in its title."""


def write(graph: Graph, out: BinaryIO) -> None:
    """Write the graph as one self-contained page; the same graph gives the same bytes."""
    out.write(_page(graph).encode("utf-8"))


def to_network(graph: Graph) -> "Network":
    """Return a small graph as pyvis's own object, for notebooks: `to_network(graph).show("graph.html")`.

    Nodes stand at fixed places and can be moved; their ids are those of the graph. What pyvis writes of it
    (`show`, `save_graph`, `generate_html`) is a page of ours: it works offline and shows every text as text. The menus
    of pyvis (`select_menu`, `filter_menu`) are not in it.

    Raises:
        UsageError: If the graph is above the limits; a notebook has no place to say what was left out.
    """
    from jinja2 import DictLoader, Environment  # noqa: PLC0415 - slow to import, and only this format needs them
    from pyvis.network import Network  # noqa: PLC0415

    if graph.nodes.num_rows > LIMIT_NODES or graph.edges.num_rows > LIMIT_EDGES:
        raise UsageError(
            f"pyvis shows up to {LIMIT_NODES:,} nodes and {LIMIT_EDGES:,} edges, this graph has {graph.nodes.num_rows:,} and "
            f"{graph.edges.num_rows:,}; use graph.show(), or the format html"
        )
    shown, _ = reduced(graph)
    network = Network(height="700px", directed=True, cdn_resources="in_line")
    # The lists are filled directly: `Network.add_node` and `add_edge` walk through all nodes and edges each time.
    network.nodes = [_dot(node, _kind(graph, node["kind"])) for node in _standing(shown).to_pylist()]
    network.edges = [_arrow(edge) for edge in shown.rows("edges")]
    network.node_map = {node["id"]: node for node in network.nodes}
    network.node_ids = list(network.node_map)
    network.toggle_physics(False)
    network.options.edges.smooth.enabled = False
    scripts = [_vis_network(), (_ASSETS / "network.js").read_text(encoding="utf-8")]
    style = (_ASSETS / "network.css").read_text(encoding="utf-8")
    page = (_ASSETS / _NETWORK).read_text(encoding="utf-8")
    network.templateEnv = Environment(loader=DictLoader({_NETWORK: page}), autoescape=True)
    network.templateEnv.globals |= {"policy": policy(scripts, style), "scripts": scripts, "style": style}
    network.path = _NETWORK
    network.template = network.templateEnv.get_template(_NETWORK)
    return network


def _dot(node: dict[str, Any], kind: dict[str, str]) -> dict[str, Any]:
    """Return a node as vis-network takes it; names of small nodes appear as one comes nearer."""
    name, size = node["label"], node["radius"]
    said = f"{kind['label']}, {node['year']}" if node["year"] else kind["label"]
    return {
        "id": node["id"], "label": name if len(name) <= _LONG else name[: _LONG - 1] + "…", "title": f"{name} ({said})",
        "color": kind["color"], "shape": "dot", "size": round(size, 1), "x": round(node["x"], 1), "y": round(node["y"], 1),
        "font": {"size": round(6 + 0.8 * size)}, "scaling": {"label": {"drawThreshold": 11}},
    }  # fmt: skip


def _arrow(edge: dict[str, Any]) -> dict[str, Any]:
    """Return an edge as vis-network takes it, quiet beside the nodes."""
    arrows = {"to": {"enabled": True, "scaleFactor": 0.4}}
    return {"from": edge["source"], "to": edge["target"], "title": edge["label"], "color": "#b8bec6", "arrows": arrows}


def _page(graph: Graph) -> str:
    shown, notices = reduced(graph)
    data = _payload(shown)
    style = (_ASSETS / "page.css").read_text(encoding="utf-8")
    scripts = [_vis_network(), (_ASSETS / "page.js").read_text(encoding="utf-8")]
    template = Template((_ASSETS / "page.html").read_text(encoding="utf-8"))
    return template.substitute(
        policy=policy(scripts, style),
        title=as_text(graph.name),
        summary=as_text(summary(graph)),
        notices="".join(f"<p>{as_text(notice)}</p>" for notice in notices),
        notices_hidden="" if notices else " hidden",
        data=as_json(data),
        style=style,
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
    )


def _vis_network() -> str:
    """Return the vis-network that pyvis brings, fit to stand inside a script element.

    Raises:
        BuildError: If the installed pyvis has no vis-network.
    """
    import pyvis  # noqa: PLC0415 - slow to import, and only this format needs it

    found = sorted(Path(pyvis.__file__).parent.glob("templates/lib/vis-*/vis-network.min.js"))
    if not found:
        raise BuildError(f"{Path(pyvis.__file__).parent}: no vis-network in this pyvis; reinstall pyvis>=0.3.2")
    code = found[-1].read_text(encoding="utf-8").rpartition("//# sourceMappingURL=")
    return (code[0] or code[2]).replace("</script", "<\\/script").replace("<!--", "<\\!--")


def reduced(graph: Graph) -> tuple[Graph, list[str]]:
    """Return the part of the graph to draw and, in words, what is left out and by which rule.

    Nodes of a part have no places: those of the whole graph lie too far apart for few nodes.
    """
    count, notices = graph.nodes.num_rows, []
    edges, source, target = tied(graph)
    if lost := graph.edges.num_rows - len(edges):
        said = "edge leads to a node" if lost == 1 else "edges lead to nodes"
        notices.append(f"{lost:,} {said} that the graph does not hold: not shown.")
        graph = replace(graph, edges=graph.edges.take(pa.array(edges)))
    if count > LIMIT_NODES or len(source) > LIMIT_EDGES:
        degree = np.bincount(np.concatenate([source, target]), minlength=count)
        rank = np.empty(count, np.int64)
        rank[np.lexsort((np.arange(count), -degree))] = np.arange(count)
        completed_by = np.maximum(rank[source], rank[target])
        inside = np.sort(completed_by[completed_by < LIMIT_NODES])
        most = int(inside[LIMIT_EDGES]) if len(inside) > LIMIT_EDGES else LIMIT_NODES
        whole = graph
        graph = replace(
            graph, nodes=graph.nodes.filter(pa.array(rank < most)), edges=graph.edges.filter(pa.array(completed_by < most)),
            places=PLACES.empty_table(), communities=COMMUNITIES.empty_table(),
        )  # fmt: skip
        notices.append(
            f"Showing {graph.nodes.num_rows:,} of {count:,} nodes and {graph.edges.num_rows:,} of {whole.edges.num_rows:,} edges: the nodes with "
            f"the most edges (of equals, the first by identifier), and every edge between them. This page holds up to "
            f"{LIMIT_NODES:,} nodes and {LIMIT_EDGES:,} edges; the other formats hold the whole graph."
        )
    if not graph.with_text:
        notices.append("This edition holds no abstracts and no sentences: passages are named by file, line and place.")
    return graph, notices


def _standing(graph: Graph) -> pa.Table:
    """Return the nodes with their places: those of the build if every node has one, else new ones."""
    nodes = drawn(graph)
    if "x" in nodes.column_names and not nodes["x"].null_count:
        return nodes
    return drawn(placed(replace(graph, places=PLACES.empty_table(), communities=COMMUNITIES.empty_table())))


def _kind(graph: Graph, kind: str) -> dict[str, str]:
    """Return the names and the colour of a kind; a kind that nobody described goes by its own name, in grey."""
    return {"label": kind, "plural": kind} | graph.kinds.get(kind, {}) | {"color": color(graph.kinds, kind)}


def _payload(graph: Graph) -> dict[str, Any]:
    """Return all that the script is given; nodes, edges, kinds and repeated words go by their numbers."""
    nodes, edges = _standing(graph).to_pylist() if graph.nodes.num_rows else [], graph.rows("edges")
    number = {node["id"]: i for i, node in enumerate(nodes)}
    counts = Counter(node["kind"] for node in nodes)
    kinds = sorted(counts, key=lambda kind: (-counts[kind], kind))
    base = common_start(graph.nodes["id"])
    words: dict[str, int] = {}
    drawn_nodes, ties, options = _network(nodes, edges, number, {kind: i for i, kind in enumerate(kinds)})
    for tie, edge in zip(ties, edges, strict=True):
        tie |= {"key": edge["id"], "said": words.setdefault(edge["label"], len(words))}
        tie |= {"score": edge["score"], "position": edge["position"]}
    return {
        "name": graph.name,
        "withText": graph.with_text,
        "base": base,
        "kinds": [_described(graph, kind) for kind in kinds],
        "nodes": drawn_nodes,
        "about": [_about(node, base) for node in nodes],
        "edges": ties,
        "evidence": _evidence(graph, edges, words),
        "options": options,
        "words": list(words),
    }


def _network(
    nodes: _Rows, edges: _Rows, number: dict[str, int], kinds: dict[str, int]
) -> tuple[_Rows, _Rows, dict[str, Any]]:
    """Return nodes, edges and options as pyvis hands them to vis-network.

    The lists are filled directly: `Network.add_edge` walks through all edges each time.
    """
    from pyvis.network import Network  # noqa: PLC0415 - slow to import, and only this format needs it

    network = Network()
    network.nodes = [
        {
            "id": i, "label": node["label"], "kind": kinds[node["kind"]], "x": round(node["x"], 1), "y": round(node["y"], 1),
            "size": round(node["radius"], 1),
        }
        for i, node in enumerate(nodes)
    ]  # fmt: skip
    network.edges = [
        {"id": i, "from": number[edge["source"]], "to": number[edge["target"]]} for i, edge in enumerate(edges)
    ]
    network.set_options(json.dumps(_OPTIONS))
    drawn_nodes, ties, _, _, _, options = network.get_network_data()
    return drawn_nodes, ties, json.loads(options)


def _described(graph: Graph, kind: str) -> dict[str, Any]:
    """Return the names and the colour of a kind, and whether its nodes are drawn as pages."""
    named = _kind(graph, kind)
    return {"label": named["label"], "plural": named["plural"], "color": named["color"], "page": kind == "paper"}


def _about(node: dict[str, Any], base: str) -> dict[str, Any]:
    """Return what the details of a node show; what is not known is left out."""
    facts = {
        "key": node["id"].removeprefix(base), "aliases": node["aliases"], "year": node["year"], "date": node["date"],
        "url": web_address(node["url"]), "text": node["text"], "complete": node["authors_complete"], "papers": node["papers"],
    }  # fmt: skip
    return {name: value for name, value in facts.items() if value is not None and value != []}


def _evidence(graph: Graph, edges: _Rows, words: dict[str, int]) -> list[list[list[Any]]]:
    """Return for each edge its passages: file, line, field, start, end, before, quote, after, rule, score."""
    number = {edge["id"]: i for i, edge in enumerate(edges)}
    passages: list[list[list[Any]]] = [[] for _ in edges]
    table = graph.evidence
    wanted = table.filter(pc.is_in(table["edge"], value_set=pa.array(list(number), pa.string())))
    for row in wanted.to_pylist():
        file, field, rule = (
            None if row[name] is None else words.setdefault(row[name], len(words)) for name in ("document", "field", "by")
        )
        passages[number[row["edge"]]].append([
            file, row["line"], field, row["start"], row["end"], row["before"], row["quote"], row["after"], rule,
            row["score"],
        ])  # fmt: skip
    return passages
