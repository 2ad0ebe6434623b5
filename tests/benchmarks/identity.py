"""How well `kg build` tells who and what is the same, on the gold of ../shared and by the scorer beside it.

    python -m tests.benchmarks.identity                        all sets
    python -m tests.benchmarks.identity papers institutions    some
    python -m tests.benchmarks.identity authors_noisy --keep D files, graph, predictions and scores stay in the folder D
    python -m tests.benchmarks.identity --form csv             papers come as a table instead
    python -m tests.benchmarks.identity authors_ieee --alone   names and affiliations only
    python -m tests.benchmarks.identity papers --quick --keep D   nothing is written but who is who: for trying things out

What is scored is the whole program, as a person has it: each set becomes one file that somebody could have (JSON Lines:
an object a paper with title, abstract, year, venue, keywords, and authors with their affiliations), `kg build` builds it,
`kg identity` says who was taken for whom, and its rows are brought back to the ids of the gold by record and position.

    authors_*     a paper is put together of all its signatures; names stand as each signature has its own
    papers        a record of the set is a paper
    institutions  a string is the affiliation of the only author of a paper; all papers and authors are invented
    seeds         the five documents as they are

With `--alone` a signature is all there is: no paper has more than one author, an abstract, or a title that tells anything.
The scores are B-cubed (Bagga and Baldwin 1998) and over pairs; `homonyms` are those of the signatures whose name several
people of the gold have. Time is that of the whole build on this machine; memory the most that one of its processes had.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from csv import DictWriter
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any, Final, NamedTuple

from tests.benchmarks import identity_growth
from tests.conftest import SHARED

GOLD: Final = SHARED / "gold" / "resolution"
SCORER: Final = GOLD / "score.py"
NATURAL: Final = ("same_title", "same_title_same_venue", "retitled", "extended_abstract")
"""Kinds of pairs in the gold that were found, not made."""

LABELS: Final = {"authors_noisy": "authors_openreview"}
"""Sets that have the signatures, and so the labels, of another."""

Row = dict[str, Any]
Scores = dict[str, float]


class Built(NamedTuple):
    """What a build of a file took, in seconds, by stage where it says so, and MB; and where it is."""

    folder: Path
    seconds: float
    resolving: float
    peak_mb: float


class Place(NamedTuple):
    """Where a member of the gold stands in the file: which record, which author or affiliation of it (0 for a record)."""

    record: int
    position: int


@dataclass(frozen=True)
class Task:
    """A set of the gold, made into papers.

    Attributes:
        name: What it is called.
        kind: What is asked of `kg identity`.
        papers: The papers, as objects of a JSON Lines file.
        places: Id of the gold to where it stands.
        goals: Metric to what it should reach.
    """

    name: str
    kind: str
    papers: Sequence[Row]
    places: Mapping[str, Place]
    goals: Mapping[str, str] = field(default_factory=dict)


def main() -> None:
    """Score the sets, and print one table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("sets", nargs="*", metavar="SET", help=f"of {', '.join(SETS)}; all")
    options.add_argument("--keep", metavar="DIR", type=Path, help="keep files, graphs, predictions and scores here")
    options.add_argument("--form", default="jsonl", choices=sorted(FORMS), help="what file the papers come in")
    options.add_argument("--alone", action="store_true", help="of authors, names and affiliations only")
    options.add_argument("--workers", default=2, type=int, help="processes of a build")
    options.add_argument("--quick", action="store_true", help="resolve, and do not build a graph; with --keep, read only once")
    options.add_argument("--predictions", metavar="FILE", type=Path, help="score a file of predictions of one set; nothing is built")
    given = options.parse_args()
    chosen = [name for name in SETS if name in given.sets or not given.sets or "all" in given.sets]
    if unknown := set(given.sets) - {*SETS, "all"}:
        options.error(f"no such set: {', '.join(sorted(unknown))}")
    if not GOLD.is_dir():
        sys.exit(f"{GOLD} is not there: the gold is not part of the repository")
    print(f"{'set':22}{'metric':34}{'value':>9}  {'goal':>6}")  # noqa: T201 - what a benchmark is for
    with tempfile.TemporaryDirectory() as scratch:
        for name in chosen:
            folder = (given.keep or Path(scratch)) / name
            folder.mkdir(parents=True, exist_ok=True)
            show(name, *SETS[name](folder, given))


def show(name: str, scores: Scores, goals: Mapping[str, str], built: Built | None) -> None:
    """Print the rows of one set."""
    for metric, value in scores.items():
        shown = f"{value:.2f}" if isinstance(value, float) else str(value)
        print(f"{name:22}{metric:34}{shown:>9}  {goals.get(metric, ''):>6}")  # noqa: T201
    if built:
        cost = f"{built.seconds:.0f} s, of which {built.resolving:.0f} s identity; {built.peak_mb:.0f} MB"
        print(f"{name:22}{cost}")  # noqa: T201
    sys.stdout.flush()


# The sets -----------------------------------------------------------------------------------------------------------


def authors(name: str, goals: Mapping[str, str]) -> Callable[[Path, argparse.Namespace], tuple[Scores, Mapping[str, str], Built | None]]:
    """Return what scores a set of author signatures."""

    def score(folder: Path, given: argparse.Namespace) -> tuple[Scores, Mapping[str, str], Built | None]:
        signatures = list(rows(f"{name}.jsonl.gz"))
        papers, places = (alone if given.alone else together)(signatures)
        task = Task(name, "person", papers, places)
        clusters, built = clustered(task, folder, given)
        gold = list(rows(f"{LABELS.get(name, name)}_gold.jsonl.gz"))
        names = written(folder / "signatures.jsonl", signatures)
        whole = scored("authors", written(folder / "gold.jsonl", gold), clusters, "--names", str(names))
        homonyms = scored("authors", written(folder / "homonyms.jsonl", (row for row in gold if row["homonym"])), clusters)
        scores = plain(whole) | {"homonym error": whole["homonym_error"], "synonym error": whole["synonym_error"]}
        scores |= {f"homonyms: {metric}": value for metric, value in plain(homonyms).items()}
        return scores, {} if given.alone else goals, built

    return score


def together(signatures: Iterable[Row]) -> tuple[list[Row], dict[str, Place]]:
    """Put papers together of their signatures: own names win over what co-authors' signatures call one."""
    by_paper: dict[str, list[Row]] = defaultdict(list)
    for signature in signatures:
        by_paper[signature["paper_id"]].append(signature)
    papers, places = [], {}
    for number, own in enumerate(by_paper.values()):
        first = own[0]
        names = list(first["coauthors"])
        names.insert(first["position"], first["name"])
        people: list[Row] = [{"name": name} for name in names]
        for signature in own:
            person = people[signature["position"]]
            person["name"] = signature["name"]
            if signature["affiliation"]:
                person["affiliation"] = signature["affiliation"]
            places[signature["sid"]] = Place(number, signature["position"])
        paper = {key: first[key] for key in ("title", "abstract", "year", "venue") if first[key]}
        keywords = [word.strip() for word in first["keywords"].split(";") if word.strip()]
        papers.append(paper | ({"keywords": keywords} if keywords else {}) | {"authors": people})
    return papers, places


def alone(signatures: Iterable[Row]) -> tuple[list[Row], dict[str, Place]]:
    """Make a paper of each signature that has nothing but a name and an affiliation."""
    papers, places = [], {}
    for number, signature in enumerate(signatures):
        person = {key: signature[key] for key in ("name", "affiliation") if signature[key]}
        papers.append({"title": f"Untitled entry number {number}", "authors": [person]})
        places[signature["sid"]] = Place(number, 0)
    return papers, places


def of_papers(folder: Path, given: argparse.Namespace) -> tuple[Scores, Mapping[str, str], Built | None]:
    """Score the set of paper records."""
    records = list(rows("papers.jsonl.gz"))
    papers = [{key: value for key, value in record.items() if value and key != "rid"} for record in records]
    task = Task("papers", "paper", papers, {record["rid"]: Place(number, 0) for number, record in enumerate(records)})
    clusters, built = clustered(task, folder, given)
    pairs = written(folder / "pairs.jsonl", rows("papers_pairs_gold.jsonl.gz"))
    gold = written(folder / "gold.jsonl", rows("papers_clusters_gold.jsonl.gz"))
    told = scored("papers", gold, clusters, "--pairs", str(pairs))
    kinds = {kind: tuple(map(int, count.split("/"))) for kind, count in told["by_kind"].items()}
    natural = [kinds[f"same:{kind}"] for kind in NATURAL if f"same:{kind}" in kinds]
    apart = [count for kind, count in kinds.items() if kind.startswith("diff:")]
    right, all_apart = map(sum, zip(*apart, strict=True))
    found, all_natural = map(sum, zip(*natural, strict=True))
    scores = plain(told) | {
        "labelled pairs: precision": told["labelled_pairs"]["p"], "labelled pairs: recall": told["labelled_pairs"]["r"],
        "natural duplicates found %": 100 * found / all_natural, "hard negatives merged %": 100 * (all_apart - right) / all_apart,
        **{kind: told["by_kind"][kind] for kind in kinds},
    }  # fmt: skip
    goals = {"natural duplicates found %": "90", "hard negatives merged %": "<= 1", "same:retitled": "69 %"}
    return scores, goals, built


def institutions(folder: Path, given: argparse.Namespace) -> tuple[Scores, Mapping[str, str], Built | None]:
    """Score the set of affiliation strings; of several organisations in one, the first is its cluster."""
    strings = list(rows("institutions.jsonl.gz"))
    papers = [
        {"title": f"Untitled entry number {n}", "authors": [{"name": f"{letters(n)} Nobody", "affiliation": row["raw"]}]}
        for n, row in enumerate(strings)
    ]
    task = Task("institutions", "organization", papers, {row["iid"]: Place(n, 0) for n, row in enumerate(strings)})
    clusters, built = clustered(task, folder, given)
    told = scored("institutions", written(folder / "gold.jsonl", rows("institutions_gold.jsonl.gz")), clusters)
    link, scores = told["link"], plain(told)
    if not given.quick:  # without a graph nothing has a name
        scores |= {
            "names or ROR ids: precision %": 100 * link["tp"] / max(1, link["tp"] + link["fp"]),
            "names or ROR ids: recall %": 100 * link["tp"] / max(1, link["tp"] + link["fn"]),
        }
    return scores, {"B3 F1": "95", "B3 precision": "99"}, built


def letters(number: int) -> str:
    """Return a name that is a number's own.

    >>> letters(0), letters(27)
    ('Aaa', 'Abb')
    """
    return "".join(chr(ord("a") + number // 26**place % 26) for place in (2, 1, 0)).capitalize()


def seeds(folder: Path, given: argparse.Namespace) -> tuple[Scores, Mapping[str, str], Built | None]:
    """Count the pairs that are found in the five documents."""
    built = build([SHARED / "seeds"], folder / "graph", given.workers)
    clusters: dict[str, list[str]] = defaultdict(list)
    for row in identity(built.folder, "paper"):
        clusters[row["cluster"]].append(f"{row['document']}/{row['ordinal']}")
    pairs = sum(1 for members in clusters.values() for _ in combinations(members, 2))
    told = written(folder / "predictions.jsonl", identity(built.folder, "paper"))
    command = [sys.executable, str(SHARED / "gold" / "seeds" / "score.py"), "--docs", "dev", "--identity", str(told), "--json"]
    dev = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["identity"]["pairwise"]
    return {"pairs": pairs, "dev documents: precision": dev["P"], "dev documents: recall": dev["R"]}, {"pairs": "22"}, built


SETS: Final[Mapping[str, Callable[[Path, argparse.Namespace], tuple[Scores, Mapping[str, str], Built | None]]]] = {
    "authors_openreview": authors("authors_openreview", {"homonyms: B3 F1": "95", "homonyms: pairwise F1": "85"}),
    "authors_noisy": authors("authors_noisy", {"B3 F1": "98", "pairwise F1": "94", "synonym error": "<= 18"}),
    "authors_ieee": authors("authors_ieee", {}),
    "authors_acl": authors("authors_acl", {"B3 F1": "> 95.2"}),
    "papers": of_papers,
    "institutions": institutions,
    "seeds": seeds,
}

# Built, and read back -----------------------------------------------------------------------------------------------


def clustered(task: Task, folder: Path, given: argparse.Namespace) -> tuple[Path, Built | None]:
    """Build a set, and write what was taken for the same as a file of predictions."""
    if given.predictions:
        return given.predictions, None
    file = FORMS[given.form](folder / task.name, task.papers)
    built, read, clusters = (resolved if given.quick else graph)(file, folder, task.kind, given.workers)
    found: dict[Place, list[str]] = defaultdict(list)
    for place, cluster in clusters:
        found[place].append(cluster)
    if read != len(task.papers):
        print(f"{task.name}: {read} of {len(task.papers)} records were read: places do not fit")  # noqa: T201
    missing = [one for one, place in task.places.items() if place not in found]
    if missing:
        print(f"{task.name}: {len(missing)} of {len(task.places)} have no row of identity, {missing[0]} first")  # noqa: T201
    called = labels(built.folder) if task.kind == "organization" and not given.quick else {}
    predictions = (
        {"id": one, "cluster": found[place][0]} | ({"orgs": sorted({n for c in found[place] for n in called.get(c, [c])})} if called else {})
        for one, place in task.places.items() if place in found
    )  # fmt: skip
    return written(folder / "predictions.jsonl", predictions), built


def graph(file: Path, folder: Path, kind: str, workers: int) -> tuple[Built, int, Iterator[tuple[Place, str]]]:
    """Build a graph of a file; return what it took, how many records were read, and the cluster of each place."""
    built = build([file], folder / "graph", workers)
    read = json.loads(kg("stats", str(built.folder), "--json"))["records"]
    rows = identity(built.folder, kind)
    return built, read, ((Place(row["ordinal"], row.get("position", 1) - 1), row["cluster"]) for row in rows)


def resolved(file: Path, folder: Path, kind: str, workers: int) -> tuple[Built, int, Iterator[tuple[Place, str]]]:
    """Do what `graph` does, but for the graph."""
    out = folder / "identity-table.jsonl"
    took = identity_growth.in_child([file], folder, workers, out)
    table = (row for row in map(json.loads, out.read_text(encoding="utf-8").splitlines()) if row["kind"] == kind)
    return Built(folder, took["seconds"], took["seconds"], took["peak_mb"]), took["records"], ((place(row["member"]), row["entity"]) for row in table)


def place(member: str) -> Place:
    """Return where a member of the identity table stands; a further organisation of a string stands where the string does.

    >>> place("86aabc113ef6f027/3#author/1"), place("86aabc113ef6f027/3"), place("86aabc113ef6f027/3#affiliation/0/1")
    (Place(record=3, position=1), Place(record=3, position=0), Place(record=3, position=0))
    """
    record, _, slot = member.partition("#")
    return Place(int(record.partition("/")[2]), int(slot.split("/")[1] if slot else 0))


def labels(folder: Path) -> dict[str, list[str]]:
    """Return the names of organisations, and their ROR ids, by their path."""
    from kg.pipeline.opened import open_build  # noqa: PLC0415 - for this set alone

    opened = open_build(folder)
    nodes = opened.table("nodes").to_pylist()
    return {
        opened.path(row["id"]): [row["label"], *([row["url"]] if "ror.org" in (row["url"] or "") else [])]
        for row in nodes if row["kind"] == "organization"
    }  # fmt: skip


def build(paths: Sequence[Path], out: Path, workers: int) -> Built:
    """Build a graph in a process of its own, and look how long it takes and how much memory."""
    command = [*KG, "build", *map(str, paths), "--out", str(out), "--extract", "fast", "--force", "--workers", str(workers)]
    begun = time.monotonic()
    with tempfile.TemporaryFile() as told:
        child = subprocess.Popen(command, stdout=told, stderr=told)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.monotonic() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            told.seek(0)
            sys.exit(f"{' '.join(command)}\n{told.read().decode(errors='replace')[-4000:]}")
    by_stage = json.loads((out / "current" / "run.json").read_text())["seconds"]
    resolving = sum(value for stage, value in by_stage.items() if "resolve" in stage or "identity" in stage)
    return Built(out, seconds, resolving, usage.ru_maxrss / (1024 if sys.platform == "linux" else 1 << 20))


KG: Final = (sys.executable, "-m", "kg")


def kg(*arguments: str) -> str:
    """Return what a command prints."""
    return subprocess.run([*KG, *arguments], check=True, capture_output=True, text=True).stdout


def identity(folder: Path, kind: str) -> Iterator[Row]:
    """Yield the rows of `kg identity`."""
    return map(json.loads, kg("identity", str(folder), "--kind", kind).splitlines())


# Files --------------------------------------------------------------------------------------------------------------


def rows(name: str) -> Iterator[Row]:
    """Yield the rows of a file of the gold."""
    with gzip.open(GOLD / name, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def written(path: Path, objects: Iterable[Row]) -> Path:
    """Write objects as JSON Lines."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in objects)
    return path


def as_lines(path: Path, papers: Iterable[Row]) -> Path:
    """Write papers as JSON Lines with authors as objects."""
    return written(path.with_suffix(".jsonl"), papers)


def as_table(path: Path, papers: Iterable[Row]) -> Path:
    """Write papers as CSV: authors and affiliations are lists beside each other, as conference pages export them."""
    file = path.with_suffix(".csv")
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = DictWriter(out, ("title", "abstract", "year", "venue", "keywords", "authors", "affiliations"))
        writer.writeheader()
        for paper in papers:
            people = [person if isinstance(person, dict) else {"name": person} for person in paper.get("authors", [])]
            places = [person.get("affiliation", "") for person in people]
            lists = {
                "keywords": "; ".join(paper.get("keywords", [])), "authors": "; ".join(person["name"] for person in people),
                "affiliations": "; ".join(places) if any(places) else "",
            }  # fmt: skip
            writer.writerow({key: paper.get(key, "") for key in ("title", "abstract", "year", "venue")} | lists)
    return file


FORMS: Final[Mapping[str, Callable[[Path, Iterable[Row]], Path]]] = {"jsonl": as_lines, "csv": as_table}


# Scores -------------------------------------------------------------------------------------------------------------


def scored(task: str, gold: Path, predictions: Path, *more: str) -> Row:
    """Return what the scorer of the gold says."""
    command = [sys.executable, str(SCORER), task, str(gold), str(predictions), *more]
    told: Row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return told


def plain(told: Row) -> Scores:
    """Return the scores of a clustering under readable names."""
    return {
        "B3 precision": told["b3_p"], "B3 recall": told["b3_r"], "B3 F1": told["b3_f1"],
        "pairwise precision": told["pair_p"], "pairwise recall": told["pair_r"], "pairwise F1": told["pair_f1"],
    }  # fmt: skip


if __name__ == "__main__":
    main()
