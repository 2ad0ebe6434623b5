"""Learns the weights of `kg.resolve.papers.model` from pairs of records that people have judged.

    python -m kg.resolve.papers.train RECORDS PAIRS CLUSTERS [--out FILE] [--folds N]

RECORDS are JSON Lines with `rid title abstract authors year venue`, PAIRS with `a b same kind`, CLUSTERS with `rid paper`; each
may be gzipped. Learned from are the judged pairs, and, with less weight, the pairs that `candidates` finds and nobody judged,
as different papers where they lie in different clusters.

The weights are the likeliest ones, given the pairs and what was believed before: `_BELIEVED` has a curve for each measure,
written from knowledge, and a weight departs from it as far as the pairs demand (a normal prior, that is ridge regression
towards these curves). Curves may only rise, or only fall, where more of a measure cannot speak against (Barlow and others 1972).
Weights are fitted by accelerated projected gradient steps (A. Beck, M. Teboulle, "A fast iterative shrinkage-thresholding
algorithm for linear inverse problems", SIAM Journal on Imaging Sciences 2 (2009), 183-202), restarted where they overshoot.
The same pairs give the same file.

With `--folds` the clusters are dealt into so many parts; the pairs of each part are judged by weights learned from the others.
"""

import argparse
import gzip
import json
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from kg.model import Field, Judgement, Record
from kg.resolve import cluster
from kg.resolve.papers.candidates import candidates
from kg.resolve.papers.comparison import seen, seen_in_texts
from kg.resolve.papers.decision import compare
from kg.resolve.papers.features import Features, features
from kg.resolve.papers.model import WEIGHTS, Curve, Model

Floats = npt.NDArray[np.float64]


class Belief(NamedTuple):
    """What is believed of a measure before any pair is seen: a curve, whether it rises (1) or falls (-1), and whether it is learned."""

    at: tuple[float, ...]
    weights: tuple[float, ...]
    way: int = 1
    learned: bool = True


_PRIOR: Final = -4.0

_BELIEVED: Final = {
    "title": Belief((0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.99, 1), (-4, -3.5, -2.5, -1.5, -0.5, 0.5, 2, 6)),
    "title-contained": Belief((0, 0.5, 0.8, 0.95, 1), (-1, -0.5, 0, 0.5, 1)),
    "generic-title": Belief((1,), (0.5,), learned=False),
    "title-numbers": Belief((1,), (-5,)),
    "one-issue": Belief((1,), (-2,)),
    "one-series": Belief((1,), (-1.5,)),
    "two-venues": Belief((1,), (-1,)),
    "submission": Belief((1,), (0.5,)),
    "authors": Belief((0, 0.2, 0.4, 0.6, 0.8, 1), (-2, -1, 0, 0.5, 1, 1.5)),
    "authors-contained": Belief((0, 0.25, 0.5, 0.75, 1), (-2, -0.5, 0.5, 1, 1.5)),
    "author-count": Belief((0, 1, 2, 3, 5), (0, 0, 0.5, 1, 1.5)),
    "years": Belief((0, 1, 2, 3, 5), (1, 0.5, -0.5, -1.5, -3), way=-1),
    "retitled-after": Belief((0, 1, 2, 3, 5), (1, 0, -1, -2, -3), way=-1),
    "months": Belief((0, 1, 12, 24, 48), (2, 1, 0, -1.5, -3), way=-1, learned=False),
    "introduced-name": Belief((0, 1), (-0.5, 3), learned=False),
    "title-names-it": Belief((1,), (2,), learned=False),
    "text": Belief((0, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 0.9, 1), (-3, -2.5, -2, -1, 0, 1, 2, 3, 4, 5)),
    "runs": Belief((0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 0.95, 1), (-1, -0.5, 0, 0.5, 1, 2, 3, 4, 4.5)),
    "short-text": Belief((0, 0.5, 1), (-1, 0, 1), learned=False),
}
"""A list of months or names is not among the judged pairs, so what they weigh stays as believed."""

_WRITTEN: Final = frozenset({"same_title", "same_title_same_venue", "retitled", "extended_abstract"})
"""Kinds of pairs that stand so in the sources; others were made by changing records."""

_SHARES: Final = {"written": 8.0, "made": 0.5, "different": 1.0, "unjudged": 0.5}
"""What a pair of each sort weighs."""

_BARE: Final = 0.1
"""What a copy of a pair without its venues weighs: many lists give none."""

_OF_PRINT: Final = frozenset({"submission", "two-venues", "one-series", "one-issue"})

_TRUST: Final = 1.0
"""How much the beliefs weigh: the inverse variance of a weight around its belief."""

_STEPS: Final = 4000
_STILL: Final = 1e-5
"""Most steps that are taken, and the step in units of its error from which on weights are taken to stand still."""

_DECIDED: Final = 1e-4
"""A pair that nobody judged teaches nothing where the beliefs alone give it a smaller probability."""


@dataclass(frozen=True, slots=True)
class Example:
    """A pair to learn from.

    Attributes:
        left: The record with the smaller id.
        right: The other.
        same: Whether they are one paper.
        kind: What kind of pair it is.
        share: How much it counts.
        seen: What is seen in it.
    """

    left: Features
    right: Features
    same: bool
    kind: str
    share: float
    seen: Mapping[str, float]


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the objects of JSON Lines, gzipped or not."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode()
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def record_of(row: Mapping[str, Any]) -> Record:
    """Return a record of the file of records."""
    fields = [Field(name, row[name], 1) for name in ("title", "abstract", "venue") if row.get(name)]
    fields += [Field("author", name, 1, position=i) for i, name in enumerate(row["authors"]) if name.lower() != "others"]
    if row.get("year"):
        fields.append(Field("date", str(row["year"]), 1, value=str(row["year"])))
    if any(name.lower() == "others" for name in row["authors"]):
        fields.append(Field("et_al", "others", 1))
    return Record(row["rid"], 0, "paper", None, None, 1, tuple(fields))


def examples(papers: Mapping[str, Features], pairs: Iterable[Mapping[str, Any]], clusters: Mapping[str, str]) -> list[Example]:
    """Return the pairs to learn from: the judged ones, and what `candidates` finds besides."""
    found, judged = [], set()
    for row in pairs:
        left, right = sorted((papers[row["a"]], papers[row["b"]]), key=lambda paper: paper.record)
        judged.add((left.record, right.record))
        share = _SHARES["different" if not row["same"] else "written" if row["kind"] in _WRITTEN else "made"]
        found.append(Example(left, right, bool(row["same"]), row["kind"], share, _seen(left, right, made=bool(row["same"]) and row["kind"] not in _WRITTEN)))
    believed = Model(_PRIOR, {name: Curve(each.at, each.weights) for name, each in _BELIEVED.items()})
    cluster_of = {papers[rid].record: name for rid, name in clusters.items()}
    for left, right in candidates(list(papers.values())):
        if (left.record, right.record) not in judged and cluster_of[left.record] != cluster_of[right.record]:
            what = _seen(left, right)
            if believed.probability(believed.weigh(what)) > _DECIDED:
                found.append(Example(left, right, False, "unjudged", _SHARES["unjudged"], what))
    return found


def _seen(left: Features, right: Features, *, made: bool = False) -> dict[str, float]:
    """Return what is seen in a pair; venue and year of a record that was made are made up too."""
    found = seen(left, right)
    if len(left.words) and len(right.words):
        found |= seen_in_texts([(left, right)])[0]
    return {name: value for name, value in found.items() if not (made and name in {"years", "retitled-after", *_OF_PRINT})}


def fit(pairs: Sequence[Example]) -> Model:
    """Return the likeliest weights."""
    bare = [replace(p, share=_BARE * p.share, seen={n: v for n, v in p.seen.items() if n not in _OF_PRINT}) for p in pairs if not _OF_PRINT.isdisjoint(p.seen)]
    pairs = [*pairs, *bare]
    names = [(name, len(b.at)) for name, b in _BELIEVED.items()]
    starts = dict(zip((name for name, _ in names), np.cumsum([1, *(size for _, size in names)])[:-1].tolist(), strict=True))
    width = 1 + sum(size for _, size in names)
    table = np.zeros((len(pairs), width))
    table[:, 0] = 1
    for row, pair in enumerate(pairs):
        for name, value in pair.seen.items():
            table[row, starts[name] : starts[name] + len(_BELIEVED[name].at)] = _hats(_BELIEVED[name].at, value)
    believed = np.concatenate([[_PRIOR], *(b.weights for b in _BELIEVED.values())])
    # A curve is its first weight and the steps from there: so "may only rise" is a bound on each step.
    steps = np.eye(width)
    low, high = np.full(width, -np.inf), np.full(width, np.inf)
    for name, start in starts.items():
        belief = _BELIEVED[name]
        size = len(belief.at)
        steps[start : start + size, start : start + size] = np.tril(np.ones((size, size)))
        if belief.way > 0:
            low[start + 1 : start + size] = 0
        else:
            high[start + 1 : start + size] = 0
    same = np.array([pair.same for pair in pairs], float)
    share = np.array([pair.share for pair in pairs])
    fixed = np.concatenate([[False], *(np.full(len(b.at), not b.learned) for b in _BELIEVED.values())])
    trust = np.full(width, _TRUST)
    trust[0] = 0.01
    begin = np.linalg.solve(steps, believed)
    low, high = np.where(fixed, begin, low), np.where(fixed, begin, high)
    found = steps @ _descend(table @ steps, same, share, steps, believed, trust, begin, low, high)
    curves = {
        name: Curve(_BELIEVED[name].at, tuple(np.round(found[start : start + len(_BELIEVED[name].at)], 2).tolist()))
        for name, start in starts.items()
    }
    return Model(round(float(found[0]), 2), curves)


def _hats(at: Sequence[float], value: float) -> Floats:
    """Return the share that each knot has in the weight of a value."""
    return np.array([np.interp(value, at, row) for row in np.eye(len(at))])


def _descend(
    table: Floats, same: Floats, share: Floats, steps: Floats, believed: Floats, trust: Floats, begin: Floats, low: Floats, high: Floats
) -> Floats:
    """Return the steps of curves that make the pairs and the beliefs likeliest, within their bounds."""
    # Steps of unlike measures have unlike curvature: each is scaled by its own, which the bounds allow.
    bend = 0.25 * (share[:, None] * table**2).sum(0) + (trust[:, None] * steps**2).sum(0)
    scale = 1 / np.sqrt(bend)
    scaled = table * scale
    moved = steps * scale
    least, most = low / scale, high / scale
    hessian = 0.25 * (scaled.T * share) @ scaled + (moved.T * trust) @ moved
    rate = 1 / float(np.linalg.eigvalsh(hessian)[-1])

    def slope(at: Floats) -> Floats:
        odds = 1 / (1 + np.exp(-np.clip(scaled @ at, -30, 30)))
        gradient: Floats = scaled.T @ (share * (odds - same)) + moved.T @ (trust * (moved @ at - believed))
        return gradient

    now: Floats = begin / scale
    ahead = now
    speed = 1.0
    for _ in range(_STEPS):
        new = np.clip(ahead - rate * slope(ahead), least, most)
        if float(np.abs(new - ahead).max()) < _STILL:
            now = new
            break
        if float((ahead - new) @ (new - now)) > 0:
            speed = 1.0
        faster = (1 + np.sqrt(1 + 4 * speed**2)) / 2
        ahead = new + (speed - 1) / faster * (new - now)
        now, speed = new, faster
    found: Floats = now * scale
    return found


def parts(pairs: Sequence[Example], clusters: Mapping[str, str], folds: int) -> dict[str, int]:
    """Deal records into parts, so that judged pairs and clusters are not torn; record to part."""
    group: dict[str, str] = {}

    def top(name: str) -> str:
        while group.setdefault(name, name) != name:
            name = group[name]
        return name

    for pair in pairs:
        top(pair.left.record), top(pair.right.record)
        if pair.kind != "unjudged":
            one, other = sorted((top(pair.left.record), top(pair.right.record)))
            group[other] = one
    several = defaultdict(list)
    for record, name in clusters.items():
        several[name].append(record)
    for records in several.values():
        for record in records[1:]:
            one, other = sorted((top(records[0]), top(record)))
            group[other] = one
    return {record: zlib.crc32(top(record).encode()) % folds for record in list(group)}


def crossed(pairs: Sequence[Example], clusters: Mapping[str, str], folds: int) -> list[Judgement]:
    """Return the judgements on all pairs, each by weights learned without its records' part."""
    part = parts(pairs, clusters, folds)
    judgements = []
    for fold in range(folds):
        model = fit([p for p in pairs if fold not in {part[p.left.record], part[p.right.record]}])
        held = [p for p in pairs if part[p.left.record] == fold]
        judgements += [j for p in held if (j := compare(p.left, p.right, model)) is not None]
    return judgements


def report(pairs: Sequence[Example], judgements: Iterable[Judgement]) -> str:
    """Return how many pairs of each kind lie in one entity, a line each."""
    members = {paper.record for pair in pairs for paper in (pair.left, pair.right)}
    entity = {member: place for place, group in enumerate(cluster.components(members, judgements)) for member in group}
    counts: dict[tuple[bool, str], list[int]] = defaultdict(lambda: [0, 0])
    for pair in pairs:
        merged = entity[pair.left.record] == entity[pair.right.record]
        kinds = [pair.kind]
        if pair.kind != "unjudged":
            kinds += ["WRITTEN"] * (pair.kind in _WRITTEN) + ["HARD"] * (not pair.same)
        for kind in kinds:
            counts[pair.same, kind][0] += merged
            counts[pair.same, kind][1] += 1
    return "\n".join(f"{'same' if same else 'different'} {kind}: {merged} of {every} merged" for (same, kind), (merged, every) in sorted(counts.items()))


def as_json(model: Model) -> str:
    """Return a model as the file of weights, one curve a line."""
    lines = [f' {json.dumps(name)}: {{"at": {json.dumps(curve.at)}, "weights": {json.dumps(curve.weights)}}}' for name, curve in model.curves.items()]
    return f'{{"prior": {model.prior},\n"curves": {{\n' + ",\n".join(lines) + "\n}}\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn weights and write them, or tell how well they judge what they were not learned from."""
    parser = argparse.ArgumentParser(prog="python -m kg.resolve.papers.train", description=(__doc__ or "").splitlines()[0])
    for name in ("records", "pairs", "clusters"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--folds", type=int, default=0)
    given = parser.parse_args(arguments)
    papers = {row["rid"]: features(record_of(row), ()) for row in rows(given.records)}
    clusters = {row["rid"]: row["paper"] for row in rows(given.clusters)}
    pairs = examples(papers, rows(given.pairs), clusters)
    if given.folds:
        of_records = {papers[rid].record: name for rid, name in clusters.items()}
        sys.stdout.write(report(pairs, crossed(pairs, of_records, given.folds)) + "\n")
        return
    given.out.write_text(as_json(fit(pairs)), encoding="utf-8")


if __name__ == "__main__":
    main()
