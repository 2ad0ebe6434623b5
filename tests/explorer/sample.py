"""A small graph whose every tie is known, for tests of what is shown; and a second telling of the rules, in plain Python."""

from collections import deque
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from kg.model import Graph
from tests.export.graphs import edge, graph_of, node

THINGS: Final = ("topic", "method", "dataset", "task", "metric", "software")


def sample_graph(folder: Path) -> Graph:
    """Six papers: two by Ann and Bo, one of three authors, one without a year, one without anything; Fay wrote none."""
    papers = [
        node("paper", f"p{at}", f"Paper {at}", year=year, authors_complete=at != 2)
        for at, year in enumerate((2018, 2019, 2020, 2021, None, 2020), 1)
    ]
    people = {name: node("person", name.lower(), name, year=2019) for name in ("Ann", "Bo", "Cy", "Dee", "Eve", "Fay")}
    things = {
        name: node(kind, name.lower().replace(" ", "-"), name, year=2018)
        for name, kind in (("Maps", "topic"), ("Atlases", "topic"), ("Net", "method"), ("Walk", "method"), ("Tiny Atlas", "dataset"))
    }
    tied = [
        (1, "Ann", 1.0), (1, "Bo", 1.0), (1, "Cy", 1.0), (1, "Maps", 1.0), (1, "Net", 0.9),
        (2, "Ann", 1.0), (2, "Bo", 1.0), (2, "Maps", 1.0), (2, "Net", 0.5), (2, "Walk", 0.6),
        (3, "Ann", 1.0), (3, "Dee", 1.0), (3, "Atlases", 1.0), (3, "Tiny Atlas", 0.8),
        (4, "Dee", 1.0), (4, "Eve", 1.0), (4, "Atlases", 1.0), (4, "Walk", 0.7), (5, "Eve", 1.0), (5, "Atlases", 1.0),
    ]  # fmt: skip
    named = people | things
    edges = [edge(papers[paper - 1], named[name], score=score) for paper, name, score in tied]
    # A second relation between the same two: the paper introduces what it uses.
    edges.append(edge(papers[1], things["Net"], score=0.95) | {"id": "second", "predicate": "kg:introduces", "label": "introduces"})
    edges.append(edge(papers[3], papers[2]))
    return graph_of(folder, [*papers, *people.values(), *things.values()], edges, [], name="sample")


class Rules:
    """What should be shown, told a second time: slowly, with sets, from the columns that the page holds."""

    def __init__(self, data: dict[str, Any]) -> None:
        """Take the columns of a page: `kind year score source target relation` and the names of kinds."""
        self.kinds: list[str] = data["kinds"]
        self.kind = [self.kinds[at] for at in data["kind"]]
        self.year: list[int] = data["year"]
        self.edges = list(zip(data["source"], data["target"], data["relation"], data["score"], strict=True))
        self.predicates: list[str] = data["relations"]
        self.degree = [0] * len(self.kind)
        for a, b, _, _ in self.edges:
            self.degree[a] += 1
            self.degree[b] += 1

    def members(self, view: str) -> set[int]:
        """Return who stands in a view."""
        takes = {"graph": None, "coauthors": ("person", "ambiguous"), "topics": THINGS, "timeline": ("paper", *THINGS)}[view]
        return {i for i, kind in enumerate(self.kind) if takes is None or kind in takes}

    def passing(self, state: dict[str, Any]) -> tuple[set[int], set[int]]:
        """Return the edges and the nodes that pass the filters."""
        papers = {i for i, kind in enumerate(self.kind) if kind == "paper"}
        topic = state["topic"]
        on_topic = {a if b == topic else b for a, b, _, _ in self.edges if topic in (a, b)} if self.kind[topic] != "paper" else set()
        fits = {i for i in range(len(self.kind)) if self._dated(i, state) and (topic < 0 or i in on_topic or i == topic)}
        edges = {
            e
            for e, (a, b, relation, score) in enumerate(self.edges)
            if relation not in state["hiddenRelations"]
            and score >= round(state["score"] * 255)
            and all(end not in papers or end in fits for end in (a, b))
        }
        nodes = {end for e in edges for end in self.edges[e][:2]}
        return edges, nodes | {i for i in fits if i in papers or not self.degree[i]}

    def _dated(self, i: int, state: dict[str, Any]) -> bool:
        if state["years"] is None:
            return True
        return bool(state["undated"]) if not self.year[i] else state["years"][0] <= self.year[i] <= state["years"][1]

    def links(self, view: str, edges: Iterable[int]) -> dict[tuple[int, int], int]:
        """Return the links of a view among its members, with their weights, of the edges that pass."""
        members = self.members(view)
        if view in ("graph", "timeline"):
            return {(a, b): 1 for a, b, _, _ in (self.edges[e] for e in edges) if {a, b} <= members}
        of: dict[int, set[int]] = {}
        for a, b, relation, _ in (self.edges[e] for e in edges):
            if b in members and (view == "topics" or self.predicates[relation] == "dcterms:creator"):
                of.setdefault(a, set()).add(b)
        found: dict[tuple[int, int], int] = {}
        for together in of.values():
            for pair in combinations(sorted(together), 2):
                found[pair] = found.get(pair, 0) + 1
        return found

    def shown(self, state: dict[str, Any]) -> tuple[set[int], dict[tuple[int, int], int]]:
        """Return the nodes and links that should be shown."""
        edges, nodes = self.passing(state)
        view = state["view"]
        links = self.links(view, edges)
        inside = nodes & self.members(view)
        if state["ego"]:
            inside = near(links, state["ego"]["nodes"], state["ego"]["depth"], nodes)
            for i in state["expanded"]:
                inside |= near(links, [i], 1, nodes) if i in inside else set()
        shown = {i for i in inside if self.kinds.index(self.kind[i]) not in state["hiddenKinds"]}
        shown |= set(state["ego"]["nodes"]) if state["ego"] else set()
        shown -= set(state["hidden"])
        if not state["isolated"]:
            tied = {i for pair in links if set(pair) <= shown for i in pair}
            shown &= tied | set(state["ego"]["nodes"] if state["ego"] else ())
        return shown, {pair: weight for pair, weight in links.items() if set(pair) <= shown}


def near(links: Iterable[tuple[int, int]], starts: Iterable[int], depth: int, nodes: set[int]) -> set[int]:
    """Return what is within so many links of some nodes, over nodes that may be walked on."""
    beside: dict[int, set[int]] = {}
    for a, b in links:
        beside.setdefault(a, set()).add(b)
        beside.setdefault(b, set()).add(a)
    far = dict.fromkeys(starts, 0)
    queue = deque(far)
    while queue:
        i = queue.popleft()
        for j in sorted(beside.get(i, ())):
            if j not in far and far[i] < depth and j in nodes:
                far[j] = far[i] + 1
                queue.append(j)
    return set(far)
