"""Small annotated texts in every form in which the project has them, and predictions that are wrong in every way."""

import gzip
import hashlib
import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.conftest import GRAVEL, MOSS, TIDES

Row = dict[str, Any]
TEXTS = {"gravel2020#0": GRAVEL, "gravel2020#1": TIDES, "gravel2020#2": MOSS}
TITLES = {"gravel2020#0": "Sorting gravel", "gravel2020#1": "Tides", "gravel2020#2": "Mosses"}

_NAMES = [
    ("gravel2020#0", "GravelNet", "method", "introduces", "named"), ("gravel2020#0", "convolutional network", "method", "uses", "family"),
    ("gravel2020#0", "ImageNet", "dataset", "uses", "named"), ("gravel2020#0", "decision tree", "method", "uses", "family"),
    ("gravel2020#1", "recurrent neural network", "method", "uses", "family"), ("gravel2020#1", "BayWave", "dataset", "uses", "named"),
    ("gravel2020#1", "root mean square error", "metric", "uses", "named"), ("gravel2020#2", "random forest", "method", "uses", "family"),
    ("gravel2020#2", "accuracy", "metric", "uses", "family"), ("gravel2020#2", "MossBase", "dataset", "uses", "named"),
    ("gravel2020#2", "vision transformer", "method", "uses", "named"),
]  # fmt: skip


def mentions() -> list[Row]:
    """Return every mention with its offsets in its abstract; *ImageNet and* would do as well as *ImageNet*."""
    rows = []
    for name, words, kind, role, level in _NAMES:
        start = TEXTS[name].index(words)
        end = start + len(words)
        rows.append({
            "id": name, "start": start, "end": end, "text": words, "type": kind, "canonical": words, "role": role, "level": level,
            "alt": [[start, end + 4]] if words == "ImageNet" else [],
        })  # fmt: skip
    return rows


def write(path: Path, rows: Iterable[Row]) -> Path:
    """Write JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def as_abstracts(folder: Path) -> Path:
    """Write a line a mention, with the abstracts beside."""
    write(folder / "abstracts.jsonl", [{"id": name, "title": TITLES[name], "abstract": text} for name, text in TEXTS.items()])
    return write(folder / "mentions.jsonl", mentions())


def as_texts(folder: Path) -> Path:
    """Write a line a text, packed."""
    path = folder / "gold.jsonl.gz"
    rows = [{"id": n, "text": t, "mentions": _of(n), "types": ["dataset", "method", "metric"]} for n, t in TEXTS.items()]
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))
    return path


def as_offsets(folder: Path) -> tuple[Path, Path]:
    """Write a line an abstract without its text, and the conference list that has the texts."""
    papers = [{"title": TITLES[name], "abstract": text} for name, text in TEXTS.items()]
    (folder / "lists").mkdir()
    (folder / "lists" / "gravel2020.json.gz").write_bytes(gzip.compress(json.dumps(papers).encode()))
    (folder / "lists" / "notes.txt").write_text("no list", encoding="utf-8")
    rows = [{"id": n, "sha256": hashlib.sha256(t.encode()).hexdigest(), "mentions": _of(n)} for n, t in TEXTS.items()]
    return write(folder / "annotations.jsonl", rows), folder / "lists"


def as_documents(folder: Path) -> tuple[Path, Path]:
    """Write a line a mention with offsets in a document, and the document."""
    document = folder / "000_papers.txt"
    document.write_text("".join(f"Abstract:{text}\n" for text in TEXTS.values()), encoding="utf-8")
    whole = document.read_text(encoding="utf-8")
    rows = []
    for row in mentions():
        offset = whole.index(TEXTS[row["id"]])
        place = {"start": row["start"] + offset, "end": row["end"] + offset, "alt": [[a + offset, b + offset] for a, b in row["alt"]]}
        rows.append(row | place | {
            "id": "m", "document": document.name, "doc_id": "000", "ordinal": [*TEXTS].index(row["id"]), "field": "abstract",
        })  # fmt: skip
    return write(folder / "mentions.jsonl", rows), document


def _of(name: str) -> list[Row]:
    return [{key: value for key, value in row.items() if key not in {"id", "text"}} for row in mentions() if row["id"] == name]


def guesses(gold: Sequence[Row], seed: int) -> list[Row]:
    """Return predictions for mentions of a gold: some right, some missing, some doubled, the others wrong somehow."""
    draw = random.Random(seed)  # noqa: S311
    types = ["method", "dataset", "task", "metric", "software", "institution", "person"]
    found = []
    for row in gold:
        guess = {key: row[key] for key in ("id", "document", "start", "end", "type", "canonical", "role", "text") if key in row}
        match draw.randrange(10):
            case 0:
                continue
            case 1:
                guess["type"] = draw.choice(types)
            case 2:
                guess["end"] += draw.randrange(1, 9)
            case 3:
                guess["start"] = max(0, guess["start"] - draw.randrange(1, 9))
            case 4 if row.get("alt"):
                guess["start"], guess["end"] = draw.choice(row["alt"])
            case 5:
                guess["role"] = draw.choice(["introduces", "uses", "mentions", None])
            case 6 if row.get("canonical"):
                guess["canonical"] = draw.choice([row["text"], f"{row['canonical']}s", "something else"])
            case 7:
                guess["start"], guess["end"] = guess["end"], guess["end"] + 5
        found.append(guess | {"score": draw.random(), "by": draw.choice(["lexicon", "pattern:shape"])})
        if draw.random() < 0.1:
            found.append(found[-1] | {"end": guess["end"] + draw.randrange(3)})
    draw.shuffle(found)
    return found
