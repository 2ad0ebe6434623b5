"""The Python API: what the command line does, for notebooks and scripts.

import kg
kg.build(["papers/"], "graph")
graph = kg.open("graph")
graph.query("prolific-authors").rows
graph.coauthors().pairs
graph.why("arxiv:2204.14198", "usesDataset", "ImageNet")
graph.show()
"""

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.pipeline import why as whys
from kg.pipeline.opened import Opened, open_build
from kg.pipeline.progress import Summary

if TYPE_CHECKING:
    import networkx as nx
    import pyarrow as pa
    import rdflib

    from kg.analysis.coauthorship import Coauthorship
    from kg.analysis.counting import Count
    from kg.analysis.topics import TopicTrends
    from kg.extract.settings import Tier
    from kg.model import Graph
    from kg.pipeline.disagreements import Disagreement
    from kg.store.questions import Answer


def build(
    paths: Sequence[str | Path] | str | Path, out: str | Path, *, base_iri: str | None = None, text: bool = True,
    workers: int = 1, strict: bool = False, extract: "Tier" = "full", lexicons: Sequence[str | Path] = (),
    schemes: Sequence[str | Path] = (), model: str | None = None, registry: bool = True,
) -> Summary:  # fmt: skip
    """Build or update the graph of these files and folders in the folder `out`.

    Args:
        paths: Files, folders, patterns or archives.
        out: Folder of the graph.
        base_iri: What the ids of things begin with.
        text: Whether abstracts and quoted sentences are kept.
        workers: Processes to use.
        strict: Whether a problem in the input stops the build.
        extract: `fast` finds names by rules and lists, `full` with the tagger too.
        lexicons: Files of names to know besides.
        schemes: Files of topics to know besides.
        model: Another tagger: `transformers:FOLDER`, `gliner:FOLDER` or `openai:URL`.
        registry: Whether organisations are looked up in what `kg registry add` has added.

    Raises:
        KgError: If a path does not exist, nothing can be read, or the folder cannot be written.
    """
    from kg.extract.settings import Settings  # noqa: PLC0415 - who opens a graph need not wait for what builds one
    from kg.pipeline.build import build as build_folder  # noqa: PLC0415
    from kg.pipeline.options import Options  # noqa: PLC0415

    several = [paths] if isinstance(paths, str | Path) else list(paths)
    finding = Settings(extract, tuple(map(str, lexicons)), model, tuple(map(str, schemes)))
    chosen = Options(with_text=text, workers=workers, strict=strict, finding=finding, registry=registry)
    if base_iri:
        chosen = replace(chosen, base=base_iri)
    return build_folder(several, out, chosen)


def open(folder: str | Path) -> "KnowledgeGraph":  # noqa: A001 - `kg.open` is the natural name
    """Open the graph in a build folder.

    Raises:
        BuildError: If there is no graph in the folder.
    """
    return KnowledgeGraph(open_build(folder))


class KnowledgeGraph:
    """An opened graph."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def __repr__(self) -> str:
        counts = self._opened.run["counts"]
        return f"<kg graph {self._opened.folder}: {counts['papers']} papers, {counts['nodes']} nodes, {counts['edges']} edges>"

    @property
    def graph(self) -> "Graph":
        """The graph as tables of nodes, edges and evidence."""
        return self._opened.graph()

    def query(self, question: str, **values: str) -> "Answer":
        """Answer a SPARQL text, a file or a shipped question; rows with `.rows`, a DataFrame with `.frame()`."""
        from kg.store.questions import ask  # noqa: PLC0415

        given = {name: self._opened.term(value) for name, value in values.items()}
        return ask(self._opened.store, question, self._opened.base, given)

    def networkx(self) -> "nx.MultiDiGraph":
        """Return the graph for networkx: node and edge attributes as in the tables.

        What is not known is None, and aliases are a list, which the writers of networkx refuse: for files see `kg export`.
        """
        import networkx as nx  # noqa: PLC0415

        graph = nx.MultiDiGraph()
        for row in self.graph.rows("nodes"):
            graph.add_node(row.pop("id"), **row)
        for row in self.graph.rows("edges"):
            graph.add_edge(row.pop("source"), row.pop("target"), key=row["predicate"], **row)
        return graph

    def rdflib(self) -> "rdflib.Dataset":
        """Return the graph for rdflib, in memory."""
        import rdflib  # noqa: PLC0415

        dataset = rdflib.Dataset()
        with self._opened.graph().quads.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # rdflib calls what it calls deprecated itself
            dataset.parse(file, format="nquads")
        return dataset

    def coauthors(self, *, count: "Count" = "work", **options: Any) -> "Coauthorship":
        """Return the co-authorship analysis; its figures say where they are lower bounds, and where estimates.

        Args:
            count: Whether a paper counts once (`work`) or as often as it appeared (`version`).
            options: See `kg.analysis.coauthorship.run`.
        """
        from kg.analysis import coauthorship  # noqa: PLC0415

        return coauthorship.run(self._opened.counted(count), **options)

    def topics(self, *, count: "Count" = "work", **options: Any) -> "TopicTrends":
        """Return what the papers are about: topics with papers, share by year, growth, leading authors.

        Args:
            count: Whether a paper counts once (`work`) or as often as it appeared (`version`).
            options: See `kg.analysis.topics.run`.
        """
        from kg.analysis import topics  # noqa: PLC0415
        from kg.pipeline.topic_tree import topic_tree  # noqa: PLC0415

        graph = self._opened.counted(count, ["id", "kind", "label", "year"], ["source", "predicate", "target"])
        return topics.run(graph, tree=topic_tree(self._opened.store), **options)

    def results(
        self, metric: str | None = None, dataset: str | None = None, *, differences: bool = False, count: "Count" = "work"
    ) -> "pa.Table":
        """Return the results that papers report, by dataset and metric, each with its passage: `kg.analysis.results.LEADERBOARD`.

        Args:
            metric: Only this metric: a name, or a path such as `metric/accuracy`.
            dataset: Only this dataset, likewise.
            differences: Whether to return by how much results differ, instead of the results themselves.
            count: Whether a paper counts once (`work`) or as often as it appeared (`version`).

        Raises:
            UsageError: If the metric or dataset is not in this graph.
        """
        from kg.pipeline.results import results  # noqa: PLC0415

        return results(self._opened, metric, dataset, "difference" if differences else "absolute", count)

    def disagreements(self, paper: str | None = None) -> "list[Disagreement]":
        """Return where sources say different things of one paper, or of all: what each says, and where it says so."""
        from kg.pipeline.disagreements import disagreements  # noqa: PLC0415

        return disagreements(self._opened, self._opened.find(paper) if paper else None)

    def why(self, subject: str, predicate: str | None = None, value: str | None = None) -> list[whys.Passage]:
        """Return the passages behind a node or an edge."""
        return whys.passages(self._opened, self._opened.find(subject), predicate, value)

    def html(self) -> str:
        """Return the interactive graph as one HTML page."""
        from kg.export import html  # noqa: PLC0415

        page = io.BytesIO()
        html.write(self.graph, page)
        return page.getvalue().decode()

    def show(self, height: int = 700) -> "Shown":
        """Show the interactive graph in a notebook."""
        return Shown(self.html(), height)


@dataclass(frozen=True)
class Shown:
    """A page that a notebook shows in a frame of its own, `height` pixels high."""

    page: str = field(repr=False)  # a notebook keeps the repr beside the page
    height: int

    def _repr_html_(self) -> str:
        frame = f'<iframe srcdoc="{escape(self.page)}" width="100%" height="{self.height}" style="border:0">'
        # Notebooks of others are shown without frames, and so with this text alone, until one trusts them.
        return f"{frame}The graph is shown once you trust this notebook, or run this cell again.</iframe>"
