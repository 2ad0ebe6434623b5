"""Counts how common words are in names of authors and in affiliations: `kg/resolve/people/commonness.npz`.

    python -m tests.training.commonness ../shared/corpora/conferences

Only counts of single words are kept, of those that at least two names, or eight affiliations, have; no name of a person
can be read from them. And the middle of the gists of these papers (`kg/extract/gist.npz`).
"""

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np

from kg.extract import gist
from kg.names import parse
from kg.resolve.people import forms
from kg.text import fold

NAMES: Final = 2
PLACES: Final = 8
EACH: Final = 60
"""How many papers of each file the middle of the gists is taken of."""


def papers(folder: Path) -> Iterator[list[dict[str, Any]]]:
    """Yield the papers of each file of conference JSON."""
    for path in sorted(folder.glob("*.json.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield json.load(lines)


def usual(counts: Counter[str], least: int, name: str) -> dict[str, Any]:
    """Return the usual words and their counts as arrays."""
    kept = sorted((word, count) for word, count in counts.items() if count >= least and word.isascii() and len(word) > 1)
    return {f"{name}_words": np.array("\n".join(word for word, _ in kept)), f"{name}_counts": np.array([count for _, count in kept], np.int32)}


def of_names(names: Iterable[str]) -> dict[str, Any]:
    """Count the surnames and first given names of different names."""
    surnames: Counter[str] = Counter()
    given: Counter[str] = Counter()
    seen: set[str] = set()
    for text in sorted(names):
        name = parse(text)
        words = name.surname.replace("-", " ").replace("'", "").split()
        if not name.given or not words or name.folded in seen:
            continue
        seen.add(name.folded)
        surnames[words[-1]] += 1
        given.update(name.given[:1] if len(name.given[0]) > 1 else ())
    return usual(surnames, NAMES, "surname") | usual(given, NAMES, "given") | {"names": np.array(len(seen))}


def of_places(places: set[str]) -> dict[str, Any]:
    """Count in how many different affiliations words are."""
    counts = Counter(word for text in places for word in set(re.findall(r"[a-z]{2,}", fold(text))))
    return usual(counts, PLACES, "place") | {"places": np.array(len(places))}


def main() -> None:
    """Count, and write."""
    names: set[str] = set()
    places: set[str] = set()
    total, count = np.zeros(len(gist.middle())), 0
    for rows in papers(Path(sys.argv[1])):
        for row in rows:
            names.update(name.strip() for name in (row.get("author") or "").split(";"))
            places.update(place.strip() for place in re.split("[;+]", row.get("aff") or ""))
        for row in rows[:: max(len(rows) // EACH, 1)]:
            found = gist.direction(f"{row.get('title') or ''} {row.get('abstract') or ''}")
            total, count = (total + found, count + 1) if found is not None else (total, count)
    np.savez_compressed(Path(forms.__file__).with_name("commonness.npz"), **of_names(names - {""}), **of_places(places - {""}))
    np.savez(Path(gist.__file__).with_name("gist.npz"), middle=(total / count).astype(np.float16))


if __name__ == "__main__":
    main()
