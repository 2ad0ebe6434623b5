"""Leaderboards: what papers report on one dataset in one metric, beside each other, each with the passage that says it.

The values come from abstracts. They are comparable only as far as splits, models' sizes and training data are, of which
abstracts rarely speak: a table says who reports what, not who is best.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

import pyarrow as pa

Row = Mapping[str, Any]

WARNING: Final = "Values from abstracts are not comparable across settings: read the passages before you rank."

LEADERBOARD: Final = pa.schema([
    ("dataset", pa.string()), ("metric", pa.string()), ("value", pa.float64()), ("unit", pa.string()), ("kind", pa.string()),
    ("bound", pa.string()), ("split", pa.string()), ("model", pa.string()), ("own", pa.bool_()), ("paper", pa.string()),
    ("title", pa.string()), ("year", pa.int32()), ("score", pa.float64()), ("document", pa.string()), ("line", pa.int32()),
    ("before", pa.string()), ("quote", pa.string()), ("after", pa.string()), ("result", pa.string()),
])  # fmt: skip
"""One row a value and paper: names in words, paper and result as IRIs, and the passage, a sentence around its quote."""

LOWER_WORDS: Final = (
    "error|loss( |$)|distance|perplexity|divergence|regret|false|bits per|nats per|negative log|edit rate|cepstral distortion|deviation|"
    "brier|davies-bouldin|exploitability|forgetting|hallucination|optimality gap|perceptual image patch|perceptual path|ranked probability|"
    "image quality evaluator|identity switches|real-time factor|information lost|toxicity|violation|latency|(run|inference|training) ?time"
)
LOWER_SHORT: Final = "FID|KID|FVD|WER|CER|EER|HTER|MAE|MSE|RMSD|MAPE|PJPE|LPIPS|ECE|EPE|CRPS|DCF|MMD|PEHE|LAMR|BRISQUE|DISTS|FPR"
"""Parts of the names of metrics that are better the lower they are, in any case and in capitals; `best-results.rq` has them too."""

_LOWER: Final = re.compile(f"(?i:{LOWER_WORDS})|{LOWER_SHORT}")


def leaderboard(
    facts: Iterable[Row], passages: Iterable[Row], nodes: Iterable[Row], base: str, *,
    metric: str | None = None, dataset: str | None = None, kind: str | None = "absolute",
) -> pa.Table:  # fmt: skip
    """Return the reported values by dataset and metric, the best first as far as the metric's name tells what is best.

    Args:
        facts: Facts about results, and those that lead to them (`kg:hasResult`).
        passages: The statements of `kg:hasResult`, with `document` as the name of the file.
        nodes: The graph's nodes.
        base: The base IRI of the graph.
        metric: Path of the only metric wanted.
        dataset: Path of the only dataset wanted.
        kind: `absolute` or `difference`; None for both.
    """
    about: dict[str, dict[str, str]] = defaultdict(dict)
    papers: list[tuple[str, str]] = []
    for row in facts:
        if row["predicate"] == "kg:hasResult":
            papers.append((row["subject"], row["object"]))
        else:
            about[row["subject"]][row["predicate"]] = row["object"]
    said = _first_passages(passages)
    known = {row["id"].removeprefix(base): row for row in nodes}
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for paper, result in sorted(papers):
        told = about[result]
        if metric not in {None, told.get("mls:specifiedBy")} or dataset not in {None, told.get("kg:onDataset")}:
            continue
        if kind in {None, told.get("kg:resultKind")}:
            row = _row(paper, result, told, said.get((paper, result), {}), known, base)
            # Two sources of one paper may say the same in sentences that differ in blanks or markup.
            found.setdefault(tuple(row[name] for name in LEADERBOARD.names[:10]), row)
    return pa.Table.from_pylist(sorted(found.values(), key=_place), schema=LEADERBOARD)


def _first_passages(passages: Iterable[Row]) -> dict[tuple[str, str], Row]:
    """Return for each paper and result the first passage, by document and place."""
    ordered = sorted(passages, key=lambda row: (row["document"], row["line"], row["record"], row["field_start"] or 0))
    found: dict[tuple[str, str], Row] = {}
    for row in ordered:
        found.setdefault((row["subject"], row["object"]), row)
    return found


def _row(paper: str, result: str, told: Mapping[str, str], passage: Row, known: Mapping[str, Row], base: str) -> dict[str, Any]:
    """Return one row of a leaderboard."""
    def named(predicate: str) -> str | None:
        path = told.get(predicate)
        return str(known[path]["label"]) if path and path in known else path

    node = known.get(paper, {})
    return {
        "dataset": named("kg:onDataset"), "metric": named("mls:specifiedBy"), "value": float(told["mls:hasValue"]),
        "unit": told.get("kg:unit"), "kind": told.get("kg:resultKind"), "bound": told.get("kg:bound"), "split": told.get("kg:split"),
        "model": named("kg:model"), "own": told.get("kg:ownResult") == "true", "paper": base + paper, "title": node.get("label"),
        "year": node.get("year"), "score": float(told["kg:score"]), "document": passage.get("document"), "line": passage.get("line"),
        "before": passage.get("before"), "quote": passage.get("quote"), "after": passage.get("after"), "result": base + result,
    }  # fmt: skip


def _place(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return where a row stands: by dataset (those without one last), metric, unit, and value."""
    lower = _LOWER.search(row["metric"] or "") is not None
    value = row["value"] if lower else -row["value"]
    return row["dataset"] is None, row["dataset"] or "", row["metric"] or "", row["unit"] or "", value, row["paper"], row["result"]
