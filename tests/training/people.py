"""Learns the weights of `kg.resolve.people.model` from annotated author signatures, and says how good they are.

    python -m tests.training.people ../shared/gold/resolution            # cross-validated figures
    python -m tests.training.people ../shared/gold/resolution --write    # and the weights, from all of it

Signatures of one block (surname and first initial) are in one fold. Each set is used as it is, and once more without
co-authors, text and venue, so that the model knows what names and affiliations alone are worth.
"""

import argparse
import gzip
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import block_diag, csr_matrix
from sklearn.linear_model import LogisticRegression

from kg.extract.gist import gist
from kg.resolve import cluster
from kg.resolve.people import MERGE, Slot, blocks, judge_block, model
from kg.resolve.people.evidence import RELATIONS, Pairs, pairs
from kg.resolve.people.slots import Signed

FOLDS: Final = 5
SETS: Final = {"openreview": 1.0, "noisy": 1.0, "acl": 0.3, "ieee": 0.1}
"""Name of each set of signatures, and what a pair of it weighs."""

FULLER: Final = RELATIONS.index("fuller")
"""Names that differ in a middle name, or by a nickname. OpenReview has two profiles for many who write it on some papers only, and
their pairs would teach that these are two people; of IEEE's authors nothing but these pairs is sure enough."""

BARE: Final = 0.3
"""What a pair weighs of which only names and affiliations are left."""

STRENGTH: Final = 0.3
"""Inverse strength of the L2 penalty. Chosen by cross-validation."""


SILENT: Final = {"middle-names": 1, "standing": 0, "years": 0, "venue": 0}
"""Ways to bin, and the bin of pairs about which they say nothing: its weights are 0."""

UNORDERED: Final = frozenset({"relation", "bare", "middle-names", "standing", "venue"})
"""Ways to bin whose bins are no steps of one scale."""

KNOWN_FROM: Final = {"affiliation": 1, "affiliation-coarse": 1, "topic": 1, "years": 1}
"""The first step of the scale, where a bin for what is not known stands before it."""

ALONE: Final = 0.3
"""How freely one bin may leave the line of its neighbours. Chosen by cross-validation."""


class Block(NamedTuple):
    """The signatures of one block: their slots, the signature and person of each, the pairs, and which are right."""

    key: str
    slots: list[Slot]
    signed: Signed
    people: list[str]
    homonym: list[bool]
    pairs: Pairs
    right: npt.NDArray[np.bool_]
    weights: npt.NDArray[np.float64]


def signatures(folder: Path, name: str) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """Return the signatures of a set, and the annotation of each."""
    gold = "openreview" if name == "noisy" else name
    return read(folder / f"authors_{name}.jsonl.gz"), {row["sid"]: row for row in read(folder / f"authors_{gold}_gold.jsonl.gz")}


def read(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file of JSON Lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def slots(rows: Iterable[Mapping[str, Any]], *, bare: bool) -> Iterator[tuple[Slot, str]]:
    """Yield the slots of the lists that signatures stand in, with the signature (empty for the others)."""
    lists: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        lists[f"{row['paper_id']}/{row['sid']}" if bare else row["paper_id"]].append(row)
    for paper, own in lists.items():
        first = own[0]
        by_place = {0 if bare else row["position"]: row for row in own}
        names = [first["name"]] if bare else [*first["coauthors"][: first["position"]], first["name"], *first["coauthors"][first["position"] :]]
        about = None if bare else gist(" . ".join((first["title"], first["title"], first["abstract"])))
        for place, name in enumerate(names):
            row = by_place.get(place, {})
            affiliations = (row["affiliation"],) if row.get("affiliation") else ()
            yield Slot(
                f"{paper}#author/{place}", paper, "d", row.get("name", name), group=False, affiliations=affiliations, year=first["year"],
                venue="" if bare else first["venue"], topic=about,
            ), row.get("sid", "")  # fmt: skip


def load(folder: Path, name: str, *, bare: bool, weight: float) -> list[Block]:
    """Return the blocks of a set."""
    rows, gold = signatures(folder, name)
    made = dict(slots(rows, bare=bare))
    signed = Signed(made)
    found = []
    for block in blocks(signed):
        own = [slot for slot in block if made[slot]]
        if len(own) > 1:
            known = [gold[made[slot]] for slot in own]
            between = pairs(own, signed)
            right = np.array([known[i]["person"] == known[k]["person"] for i, k in zip(between.left, between.right, strict=True)], bool)
            people, homonym = [each["person"] for each in known], [each["homonym"] for each in known]
            weights = np.where(_is_taught(name, between), weight, 0.0)
            found.append(Block(signed.of(own[0]).block, own, signed, people, homonym, between, right, weights))
    return found


def _is_taught(name: str, of: Pairs) -> npt.NDArray[np.bool_]:
    """Tell of which pairs of a set the annotation is sure enough to learn from."""
    if name == "acl":
        return np.ones(len(of.left), bool)
    taught: npt.NDArray[np.bool_] = (of.relation == FULLER) == (name == "ieee")
    return taught


def fold_of(key: str) -> int:
    """Return the fold of a block."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % FOLDS


def fit(of: Sequence[Block]) -> model.Model:
    """Learn the weights from blocks."""
    of = [block for block in of if block.weights.any()]
    design = csr_matrix(np.concatenate([_design(block.pairs)[block.weights > 0] for block in of]))
    weights = np.concatenate([block.weights[block.weights > 0] for block in of])
    steps = csr_matrix(block_diag([_steps(bins) for _, bins in model.TERMS]))
    learned = LogisticRegression(C=STRENGTH, max_iter=2000).fit(design @ steps, np.concatenate([block.right[block.weights > 0] for block in of]), weights)
    every, sizes, start, terms = steps @ learned.coef_[0], model.sizes(), 0, []
    for tells, bins in model.TERMS:
        shape = [sizes[name] for name in bins]
        table = every[start : start + int(np.prod(shape))].reshape(shape)
        start += table.size
        for axis, name in enumerate(bins):
            if name in SILENT:
                np.moveaxis(table, axis, 0)[SILENT[name]] = 0
        terms.append(model.Term(tells, bins, table.astype(np.float32)))
    return model.Model(float(learned.intercept_[0]), tuple(terms))


def _steps(bins: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return what a term's cells are made of, one column each: the steps from bin to bin of its scale, and each bin alone.

    Where two scales meet, a cell is told alone: what goes along with either is told by the terms of that one.

    The penalty falls on these, so that neighbours on a scale are alike unless the data says otherwise (P. Eilers and B. Marx,
    "Flexible smoothing with B-splines and penalties", 1996, with splines of degree 0 and differences of order 1).
    """
    sizes = model.sizes()
    made: npt.NDArray[np.float64] = np.ones((1, 1))
    scales = [name for name in bins if name not in UNORDERED]
    for name in bins:
        columns: npt.NDArray[np.float64] = np.eye(sizes[name])
        if scales == [name]:
            steps = np.tril(np.ones_like(columns))[:, KNOWN_FROM.get(name, 0) + 1 :]
            columns = np.concatenate([ALONE * columns, steps], axis=1)
        made = np.kron(made, columns).astype(np.float64)
    return made


def _design(of: Pairs) -> npt.NDArray[np.float32]:
    """Return one column for each bin of each term, 1 where a pair is in it, unless that says nothing."""
    bins, sizes = model.binned(of), model.sizes()
    parts = []
    for _, names in model.TERMS:
        shape = [sizes[name] for name in names]
        part = np.zeros((len(of.left), int(np.prod(shape))), np.float32)
        telling = np.all([bins[name] != SILENT.get(name, -1) for name in names], axis=0)
        part[np.arange(len(of.left)), np.ravel_multi_index([bins[name] for name in names], shape)] = telling
        parts.append(part)
    return np.concatenate(parts, axis=1)


def report(name: str, of: Sequence[Block], learned: Mapping[int, model.Model]) -> None:
    """Print how good the clusters of blocks are that the models did not learn from."""
    gold: dict[str, str] = {}
    found: dict[str, tuple[str, int]] = {}
    homonyms: set[str] = set()
    for block in of:
        judged = list(judge_block(block.slots, block.signed, learned[fold_of(block.key)]))
        person = dict(zip((slot.member for slot in block.slots), block.people, strict=True))
        gold |= person
        homonyms |= {slot.member for slot, is_one in zip(block.slots, block.homonym, strict=True) if is_one}
        for number, members in enumerate(cluster.components(person, judged)):
            found |= dict.fromkeys(members, (block.key, number))
    print(f"{name:24} {_scores(gold, found)}   homonyms {_scores({m: gold[m] for m in homonyms}, found)}")  # noqa: T201 - a script


def _scores(gold: Mapping[str, str], found: Mapping[str, tuple[str, int]]) -> str:
    """Return B-cubed (Bagga and Baldwin 1998) and pairwise precision, recall and F1, in percent."""
    people, clusters = Counter(gold.values()), Counter(found[member] for member in gold)
    both = Counter((gold[member], found[member]) for member in gold)
    precision = sum(n * n / clusters[of] for (_, of), n in both.items()) / len(gold)
    recall = sum(n * n / people[of] for (of, _), n in both.items()) / len(gold)
    right, said, true = (sum(n * (n - 1) / 2 for n in counts.values()) for counts in (both, clusters, people))
    return f"B3 {_f1(precision, recall)}  pairs {_f1(right / max(said, 1), right / max(true, 1))}"


def _f1(precision: float, recall: float) -> str:
    return f"{100 * precision:.1f}/{100 * recall:.1f}/{200 * precision * recall / max(precision + recall, 1e-9):.2f}"


def main() -> None:
    """Cross-validate, and write the weights if asked to."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    sets: dict[str, list[Block]] = defaultdict(list)
    for name, weight in SETS.items():
        sets[name] = load(given.folder, name, bare=False, weight=weight)
        if name not in ("acl", "ieee"):
            sets[f"{name}, names and places"] = load(given.folder, name, bare=True, weight=BARE)
    every = [block for of in sets.values() for block in of]
    learned = {fold: fit([block for block in every if fold_of(block.key) != fold]) for fold in range(FOLDS)}
    print(f"precision/recall/F1 in blocks of two signatures or more, {FOLDS}-fold cross-validation, likeness {MERGE}")  # noqa: T201
    for name, of in sets.items():
        report(name, of, learned)
    if given.write:
        path = Path(model.__file__).with_name(model.FILE)
        path.write_text(model.to_text(fit(every)), encoding="utf-8")
        print(path)  # noqa: T201


if __name__ == "__main__":
    main()
