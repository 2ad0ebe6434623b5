"""Graphs made by hand for the exporters' tests, so that no test of an exporter needs a build.

`toy_graph` has every kind of node, odd characters in labels, passages and a small RDF file; `hostile_graph`
puts given strings wherever text can stand; `large_graph` is as big as asked.
"""

import random
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from kg.model import Graph
from kg.model.graph import EDGES, EVIDENCE, NODES

ID: Final = "https://w3id.org/kgp/id/"
RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS_LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"

PREFIXES: Final = {
    "dcterms": "http://purl.org/dc/terms/",
    "id": ID,
    "kg": "https://w3id.org/kgp/ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}

KINDS: Final = {
    "dataset": {"label": "dataset", "plural": "datasets", "color": "#009E73"},
    "group": {"label": "group", "plural": "groups", "color": "#56B4E9"},
    "method": {"label": "method", "plural": "methods", "color": "#D55E00"},
    "metric": {"label": "metric", "plural": "metrics", "color": "#8C6BB1"},
    "organization": {"label": "organization", "plural": "organizations", "color": "#CC79A7"},
    "paper": {"label": "paper", "plural": "papers", "color": "#5B6B7B"},
    "person": {"label": "person", "plural": "people", "color": "#0072B2"},
    "software": {"label": "software", "plural": "software", "color": "#8B6D4B"},
    "task": {"label": "task", "plural": "tasks", "color": "#E69F00"},
    "topic": {"label": "topic", "plural": "topics", "color": "#A6761D"},
}

RELATIONS: Final = {
    "dataset": ("kg:usesDataset", "uses dataset"),
    "group": ("dcterms:creator", "has author"),
    "method": ("kg:usesMethod", "uses method"),
    "metric": ("kg:usesMetric", "uses metric"),
    "organization": ("kg:hasAffiliation", "has affiliation"),
    "paper": ("cito:cites", "cites"),
    "person": ("dcterms:creator", "has author"),
    "software": ("kg:usesSoftware", "uses software"),
    "task": ("kg:addressesTask", "addresses task"),
    "topic": ("dcterms:subject", "has topic"),
}


def node(kind: str, name: str, label: str, **facts: Any) -> dict[str, Any]:
    """One row of `NODES`; what is not said is null."""
    row: dict[str, Any] = dict.fromkeys(NODES.names)
    return row | {"id": f"{ID}{kind}/{name}", "kind": kind, "label": label, "aliases": [], "papers": 1} | facts


def edge(source: dict[str, Any], target: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """One row of `EDGES` from a paper to a node, with the predicate that suits the target's kind."""
    predicate, label = RELATIONS[target["kind"]]
    key = sha256(f"{source['id']} {predicate} {target['id']}".encode()).hexdigest()[:16]
    ends = {"id": key, "source": source["id"], "target": target["id"], "predicate": predicate, "label": label}
    return {"position": None, "score": 1.0, "support": 1} | ends | facts


def passage(carried: dict[str, Any], quote: str, before: str = "", after: str = "", **facts: Any) -> dict[str, Any]:
    """One row of `EVIDENCE` for an edge."""
    row: dict[str, Any] = dict.fromkeys(EVIDENCE.names)
    start = facts.get("start", 120)
    place = {"document": "reading.txt", "line": 7, "record": "1", "field": "abstract", "start": start}
    text = {"end": None if start is None else start + len(quote), "before": before, "quote": quote, "after": after}
    return row | place | text | {"edge": carried["id"], "by": "lexicon/1", "score": carried["score"]} | facts


def graph_of(
    folder: Path, nodes: list[dict[str, Any]], edges: list[dict[str, Any]], evidence: list[dict[str, Any]], **facts: Any
) -> Graph:
    """A graph of these rows, sorted as a build sorts them, with an N-Quads file of types and labels in `folder`."""
    nodes = sorted(nodes, key=lambda row: row["id"])
    edges = sorted(edges, key=lambda row: (row["source"], row["predicate"], row["position"] or 0, row["target"]))
    evidence = sorted(evidence, key=lambda row: (row["edge"], row["document"], row["start"] or 0))
    quads = folder / "graph.nq"
    quads.write_text("".join(sorted(_quads(nodes, edges))), encoding="utf-8")
    return Graph(
        pa.Table.from_pylist(nodes, schema=NODES),
        pa.Table.from_pylist(edges, schema=EDGES),
        pa.Table.from_pylist(evidence, schema=EVIDENCE),
        quads,
        prefixes=dict(PREFIXES),
        kinds={kind: dict(facts) for kind, facts in KINDS.items()},
        **facts,
    )


def _quads(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> list[str]:
    lines = []
    for row in nodes:
        lines.append(f"<{row['id']}> <{RDF_TYPE}> <{PREFIXES['kg']}{row['kind'].capitalize()}> .\n")
        lines.append(f'<{row["id"]}> <{RDFS_LABEL}> "{_escape(row["label"])}" .\n')
    known = PREFIXES | {"cito": "http://purl.org/spar/cito/"}
    for row in edges:
        prefix, _, name = row["predicate"].partition(":")
        lines.append(f"<{row['source']}> <{known[prefix]}{name}> <{row['target']}> .\n")
    return lines


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")


def toy_graph(tmp_path: Path, *, with_text: bool = True) -> Graph:
    """Thirteen nodes of all kinds: a cut author list, odd characters, several passages, an isolated paper."""
    first = node(
        "paper", "arxiv-2101.00001", 'Quiet maps of "loud" graphs: x < y & z', year=2021, date="2021-01-04",
        url="https://arxiv.org/abs/2101.00001", authors_complete=True,
        text="We draw maps of graphs with Polite-Net. On Tiny Atlas it needs a third of the ink.",
    )  # fmt: skip
    second = node(
        "paper", "arxiv-2202.00002", "Ein Maß für Übersicht — 図の美しさ", year=2022, date="2022-02-02",
        url="https://arxiv.org/abs/2202.00002", authors_complete=False,
        text="Clarity is measured, not felt. Ink Ratio agrees with readers.",
    )  # fmt: skip
    alone = node("paper", "9f2c", "A paper that nobody ties to anything", year=2019, authors_complete=None)
    ada = node(
        "person", "orcid-0000-0002-1825-0097", "Ada Žižková", aliases=["A. Zizkova", "Ada Zizkova"], papers=2,
        year=2021, url="https://orcid.org/0000-0002-1825-0097",
    )  # fmt: skip
    sean = node("person", "sean-o-brien-1c2d", "Seán O'Brien", year=2021)
    group = node("group", "atlas-team-77aa", "Atlas Team", year=2022)
    school = node("organization", "polis-university", "Polis University", year=2022, url="https://ror.org/05dxps055")
    topic = node("topic", "cs.HC", "Human-Computer Interaction", papers=2, year=2021)
    method = node("method", "polite-net", "Polite-Net", aliases=["PoliteNet"], year=2021)
    dataset = node("dataset", "tiny-atlas", "Tiny Atlas", papers=2, year=2021)
    task = node("task", "graph-drawing", "graph drawing", papers=2, year=2021)
    metric = node("metric", "ink-ratio", "Ink Ratio", year=2022)
    software = node("software", "c-plus-plus", "C++", year=2021)
    nodes = [first, second, alone, ada, sean, group, school, topic, method, dataset, task, metric, software]
    edges = [
        edge(first, ada, position=1), edge(first, sean, position=2), edge(first, topic),
        edge(first, method, score=0.93, support=2), edge(first, dataset, score=0.9), edge(first, task, score=0.8),
        edge(first, software, score=0.7), edge(second, ada, position=1), edge(second, group, position=2),
        edge(second, school), edge(second, topic), edge(second, dataset, score=0.66), edge(second, task, score=0.8),
        edge(second, metric, score=0.95), edge(second, first),
    ]  # fmt: skip
    by_ends = {(row["source"], row["target"]): row for row in edges}
    uses = by_ends[first["id"], method["id"]]
    evidence = [
        passage(row, next(n["label"] for n in nodes if n["id"] == row["target"]), field="authors", start=20, line=3)
        for row in edges
        if row["predicate"] == "dcterms:creator"
    ]
    evidence += [
        passage(uses, "Polite-Net", "We draw maps of graphs with ", "."),
        passage(uses, "PoliteNet", "The code of ", " is “free” & fast <b>.", start=400, line=9, score=0.8),
        passage(by_ends[first["id"], dataset["id"]], "Tiny Atlas", "On ", " it needs a third of the ink.", start=160),
        passage(by_ends[first["id"], task["id"]], "draw maps of graphs", "We ", " with Polite-Net.", start=123),
        passage(by_ends[first["id"], software["id"]], "C++", "It is written in ", ".", start=300),
        passage(by_ends[first["id"], topic["id"]], "cs.HC", field="category", start=80, line=4),
        passage(by_ends[second["id"], topic["id"]], "cs.HC", field="category", start=980, line=24),
        passage(by_ends[second["id"], school["id"]], "Polis University", field="affiliations", start=1010, line=25),
        passage(by_ends[second["id"], dataset["id"]], "Tiny Atlas", "As on ", ", readers were timed.", start=1200),
        passage(by_ends[second["id"], task["id"]], "graph drawing", "Much of ", " is taste.", start=1300),
        passage(by_ends[second["id"], metric["id"]], "Ink Ratio", "", " agrees with readers.", start=1400),
        passage(
            by_ends[second["id"], first["id"]], "2101.00001", document="more.json", start=None, line=1,
            field="references",
        ),
    ]  # fmt: skip
    if not with_text:
        nodes = [row | {"text": None} for row in nodes]
        evidence = [row | {"before": None, "after": None} for row in evidence]
    return graph_of(tmp_path, nodes, edges, evidence, with_text=with_text, name="toy library")


def hostile_graph(tmp_path: Path, probes: list[str]) -> Graph:
    """A graph with each of these strings as title, abstract, name, alias, topic, link, passage and file name."""
    topic = node("topic", "t", probes[0], aliases=probes, papers=len(probes))
    nodes, edges, evidence = [topic], [], []
    for number, probe in enumerate(probes):
        paper = node(
            "paper", f"p{number}", probe, year=2020 + number % 5, url=f"javascript:{probe}", text=f"Before {probe} after",
            authors_complete=False,
        )  # fmt: skip
        person = node("person", f"a{number}", f"Ada {probe}", aliases=[probe], url="data:text/html,<script>1</script>")
        method = node("method", f"m{number}", f"Net {probe}", url=f"https://example.org/{probe}")
        nodes += [paper, person, method]
        for target in (person, method, topic):
            tie = edge(paper, target, position=1 if target is person else None)
            edges.append(tie | {"label": f"ties {probe}"})
            evidence.append(passage(tie, probe, f"left {probe} ", f" right {probe}", document=f"{probe}.txt", by=probe))
    return graph_of(tmp_path, nodes, edges, evidence, name=probes[0])


_ADJECTIVES: Final = (
    "Sparse", "Patient", "Latent", "Causal", "Robust", "Tiny", "Neural", "Frugal", "Honest", "Layered", "Local",
    "Open-Vocabulary", "Unpaired", "Steerable", "Certified", "Hierarchical", "Calibrated", "Modular",
)  # fmt: skip
_THINGS: Final = (
    "Transformers", "Diffusion Models", "Graph Encoders", "Tokenizers", "World Models", "Retrievers", "Planners",
    "Mixtures of Experts", "Autoencoders", "Reward Models", "Vision Backbones", "Kernels", "Policies",
)  # fmt: skip
_AIMS: Final = (
    "Protein Folding", "Long Documents", "Street Scenes", "Speech in Noise", "Sketches", "Weather", "Small Robots",
    "Clinical Notes", "Program Repair", "Low-Resource Languages", "Satellite Images", "Music", "Tabular Data",
)  # fmt: skip
_GIVEN: Final = (
    "Ada", "Bela", "Chidi", "Daniela", "Emre", "Fatima", "Goran", "Hana", "Ilya", "Jun", "Katrín", "Lev", "Mei",
    "Noor", "Olu", "Petra", "Quentin", "Rosa", "Søren", "Tomás", "Uma", "Vera", "Wen", "Ximena", "Yusuf", "Zoë",
)  # fmt: skip
_FAMILY: Final = (
    "Abe", "Björk", "Castillo", "Dlamini", "Eriksson", "Fischer", "Gupta", "Haddad", "Ito", "Jansen", "Kowalski",
    "Lindqvist", "Moreau", "Nakamura", "Okafor", "Petrov", "Quiroga", "Rossi", "Sánchez", "Tanaka", "Ueda", "Vogel",
)  # fmt: skip
_NAMED: Final = {
    "dataset": ("ImageNet", "COCO", "Tiny Atlas", "LibriSpeech", "MMLU", "GSM8K", "CIFAR-10", "Cityscapes", "SQuAD"),
    "method": ("Transformer", "VQ-VAE", "LoRA", "Polite-Net", "U-Net", "PPO", "ResNet", "BERT", "Mamba", "DPO"),
    "metric": ("BLEU", "Fréchet Inception Distance", "accuracy", "word error rate", "perplexity"),
    "organization": ("Polis University", "Northern Institute of Technology", "Open Lab", "Harbour Research"),
    "software": ("PyTorch", "JAX", "C++"),
    "task": ("image classification", "speech recognition", "question answering", "program synthesis", "planning"),
    "topic": ("Machine Learning", "Computation and Language", "Computer Vision", "Robotics", "Artificial Intelligence"),
}


def large_graph(tmp_path: Path, papers: int, seed: int = 1) -> Graph:
    """A graph that looks like a real one: communities of co-authors, a few hubs, and some isolated papers."""
    chance = random.Random(seed)  # noqa: S311
    things = [node(kind, str(i), name) for kind, names in _NAMED.items() for i, name in enumerate(names)]
    names = [f"{given} {family}" for given in _GIVEN for family in _FAMILY]
    chance.shuffle(names)
    people = [node("person", f"{i}", names[i % len(names)]) for i in range(int(papers * 1.8))]
    written, edges, evidence = [], [], []
    for number in range(papers):
        title = f"{chance.choice(_ADJECTIVES)} {chance.choice(_THINGS)} for {chance.choice(_AIMS)}"
        text = f"We study {title.lower()}. " * 4
        paper = node(
            "paper", f"{number:05}", title, year=2017 + number % 9, text=text, authors_complete=chance.random() < 0.4,
            url=f"https://arxiv.org/abs/2401.{number:05}",
        )  # fmt: skip
        written.append(paper)
        if number % 15 == 14:
            continue
        circle = (number * 7 % max(1, papers // 6)) * 11
        team = sorted({(circle + chance.randrange(12)) % len(people) for _ in range(chance.randint(1, 5))})
        group = number * 7 % 5
        used = sorted({chance.randrange(len(things)) for _ in range(chance.randint(0, 3))})
        targets = [people[i] for i in team] + [things[i] for i in used if things[i]["kind"] != "topic"]
        targets.append(next(t for t in things if t["kind"] == "topic" and t["id"].endswith(str(group))))
        for position, target in enumerate(targets, 1):
            tie = edge(paper, target, position=position if target["kind"] == "person" else None)
            edges.append(tie)
            evidence.append(passage(tie, target["label"], "We compare with ", " under the same budget.", line=number + 1))
    linked = Counter(row["target"] for row in edges)
    nodes = written + [row | {"papers": linked[row["id"]]} for row in people + things if row["id"] in linked]
    return graph_of(tmp_path, nodes, edges, evidence, name="sample library")
