"""How fast names are found, in one process on one core, beside programs that look a list of names up or have learned them.

    pip install flashtext spacy                          what to compare with; what is not installed is left out
    python -m tests.benchmarks.extract                   2000 abstracts
    python -m tests.benchmarks.extract --abstracts 300 fast flashtext
    python -m tests.benchmarks.extract full spacy_ner --epochs 8

    fast       the rules of kg
    full       rules and tagger of kg
    flashtext  V. Singh, "Replace or Retrieve Keywords In Documents At Scale" (2017): our labels, found as written but for case
    spacy      tokenizer and `PhraseMatcher` of a blank English pipeline with the same labels, in lower case
    spacy_ner  spaCy's recogniser of named entities, trained first on the abstracts that our tagger has learned from, so many
               times over; how well it then does on every fifth of `gold/abstracts`, which it has not seen, is printed

The abstracts are those of the annotated ones in ../shared where they are, else those of the example; they are taken again
until there are enough. Each measurement is a process of its own, so that its peak of memory is its own; the lists are read
and one pass is made before the clock starts. All take turns, and the best round of each counts. Times are those of the
processor, which others on the machine disturb least; ratios are of one run.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final

from kg.extract import extract_records, lexicon
from kg.extract.evaluate.gold import GoldText, read_gold
from kg.extract.settings import Settings, Tier
from kg.model import Document, Field, Record
from kg.model.mentions import MENTION_TYPES
from kg.sources import decode, read
from tests.benchmarks.read_json import peak
from tests.conftest import SHARED

GOLD: Final = SHARED / "gold" / "abstracts" / "abstracts.jsonl"
ANNOTATED: Final = (GOLD.with_name("mentions.jsonl"), Path(__file__).parents[1] / "data" / "annotations" / "mentions.jsonl")
CORPUS: Final = SHARED / "corpora" / "conferences"
EXAMPLE: Final = Path(__file__).parents[2] / "exports" / "example" / "papers"
AT_A_TIME: Final = 128

Finder = Callable[[Sequence[str]], int]
"""Finds the names in texts and counts them."""


def main() -> None:
    """Measure each way, and print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("ways", nargs="*", default=[], help=f"of {', '.join(WAYS)}")
    options.add_argument("--abstracts", default=2000, type=int, help="how many abstracts")
    options.add_argument("--rounds", default=3, type=int, help="how often each is measured; the best counts")
    options.add_argument("--epochs", default=1, type=int, help="how often spacy_ner sees each abstract")
    options.add_argument("--measure", nargs=2, metavar=("WAY", "FOLDER"), help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.measure:
        way, folder = given.measure
        print(json.dumps(measured(way, given.abstracts, Path(folder))))  # noqa: T201 - what a benchmark is for
        return
    ways = [way for way in given.ways or WAYS if way in {"fast", "full"} or find_spec(way.partition("_")[0]) is not None]
    with tempfile.TemporaryDirectory() as folder:
        if "spacy_ner" in ways and GOLD.is_file():
            print(learned(Path(folder), given.epochs), flush=True)  # noqa: T201
        elif "spacy_ner" in ways:
            ways.remove("spacy_ner")
        rounds = [{way: in_child(way, given.abstracts, folder) for way in ways} for _ in range(given.rounds)]
    best = {way: min((each[way] for each in rounds), key=lambda row: row["seconds"]) for way in ways}
    size = best[ways[0]]["characters"]
    print(f"{given.abstracts} abstracts of {size / given.abstracts:.0f} characters, best of {given.rounds}")  # noqa: T201
    first = best[ways[0]]["seconds"]
    for way, row in best.items():
        rate = given.abstracts / row["seconds"]
        print(  # noqa: T201
            f"{way:9}{rate:9.0f} abstracts/s{row['names'] / given.abstracts:7.1f} names each{row['peak_mb']:7.0f} MB peak"
            f"{first / row['seconds']:8.2f} times {ways[0]}"
        )


def in_child(way: str, count: int, folder: str) -> dict[str, Any]:
    """Measure in a process of its own, on one core."""
    command = [sys.executable, "-m", __spec__.name, "--abstracts", str(count), "--measure", way, folder]
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    shown = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | one).stdout
    found: dict[str, Any] = json.loads(shown)
    return found


def measured(way: str, count: int, folder: Path) -> dict[str, Any]:
    """Return processor time, counts and peak of one way through the abstracts; what was learned before is in the folder."""
    texts = list(islice(cycle(abstracts()), count))
    find = WAYS[way](folder)
    find(texts[:AT_A_TIME])
    begun = time.process_time()
    names = find(texts)
    seconds = time.process_time() - begun
    return {"seconds": seconds, "names": names, "characters": sum(map(len, texts)), "peak_mb": peak()}


def abstracts() -> list[str]:
    """Return the abstracts that there are."""
    if GOLD.is_file():
        return [json.loads(line)["abstract"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
    files = [decode(path.read_bytes(), path.name) for path in sorted(EXAMPLE.iterdir())]
    records = [row for file in files if isinstance(file, Document) for row in read(file) if isinstance(row, Record)]
    return [field.text for record in records for field in record.fields if field.name == "abstract"]


def labels() -> Iterator[str]:
    """Yield the labels of our lexicon."""
    ontology = lexicon.SHIPPED.ontology
    for concept in ontology.concepts.values():
        if ontology.kinds[concept.kind].mention_type in MENTION_TYPES:
            yield from (label.text for label in concept.labels)


def ours(tier: Tier) -> Finder:
    """Return our own way."""

    def find(texts: Sequence[str]) -> int:
        records = [Record("d", i, "paper", 0, 1, 1, (Field("abstract", text, 1),)) for i, text in enumerate(texts)]
        some = (records[first : first + AT_A_TIME] for first in range(0, len(records), AT_A_TIME))
        return sum(len(mentions) for each in some for mentions in extract_records(each, Settings(tier)))

    return find


def flashtext() -> Finder:
    """Return the way of FlashText."""
    processor = import_module("flashtext").KeywordProcessor()
    processor.add_keywords_from_list(sorted(set(labels())))
    return lambda texts: sum(len(processor.extract_keywords(text, span_info=True)) for text in texts)


def spacy() -> Finder:
    """Return the way of spaCy without a model."""
    language = import_module("spacy").blank("en")
    matcher = import_module("spacy.matcher").PhraseMatcher(language.vocab, attr="LOWER")
    matcher.add("name", list(language.tokenizer.pipe(sorted(set(labels())))))
    return lambda texts: sum(len(matcher(text)) for text in language.pipe(texts))


def spacy_ner(folder: Path) -> Finder:
    """Return the way of spaCy with what `learned` left in a folder."""
    language = import_module("spacy").load(folder)
    return lambda texts: sum(len(found.ents) for found in language.pipe(texts))


def learned(folder: Path, epochs: int) -> str:
    """Train spaCy's recogniser, leave it in a folder, and return how it does on abstracts held out.

    Args:
        folder: Where it is left.
        epochs: How often it sees each abstract.
    """
    spacy_, training = import_module("spacy"), import_module("spacy.training")
    language = spacy_.blank("en")
    language.add_pipe("ner")
    gold, more = (read_gold(path, [CORPUS]).texts for path in ANNOTATED)
    unseen = [text for text in gold if zlib.crc32(text.id.encode()) % 5 == 0]
    seen = [text for text in (*gold, *more) if text not in unseen]
    examples = [_example(language, training, text) for text in seen]
    language.initialize(lambda: examples[:1000])
    chance, optimizer = random.Random(1), language.create_optimizer()  # noqa: S311 - no secret, but the same order each time
    begun = time.process_time()
    for _ in range(epochs):
        chance.shuffle(examples)
        for first in range(0, len(examples), AT_A_TIME // 4):
            language.update(examples[first : first + AT_A_TIME // 4], sgd=optimizer, drop=0.2)
    spent = time.process_time() - begun
    language.to_disk(folder)
    scores = language.evaluate([_example(language, training, text) for text in unseen])
    told = f"{scores['ents_p']:.3f}, recall {scores['ents_r']:.3f}, F1 {scores['ents_f']:.3f}"
    return f"spacy_ner: {len(seen)} abstracts, {epochs} times, {spent:.0f} s; on {len(unseen)} others precision {told}"


def _example(language: Any, training: Any, text: GoldText) -> Any:
    """Return an annotated text as spaCy learns from it: what its tokenizer would cut is left out, as spaCy does."""
    found = language.make_doc(text.text)
    ends, spans = 0, []
    for mention in sorted(text.mentions, key=lambda each: (each.start, -each.end)):
        span = found.char_span(mention.start, mention.end, label=mention.type)
        if span is not None and mention.start >= ends:
            spans.append((mention.start, mention.end, mention.type))
            ends = mention.end
    return training.Example.from_dict(found, {"entities": spans})


WAYS: dict[str, Callable[[Path], Finder]] = {
    "fast": lambda _: ours("fast"), "full": lambda _: ours("full"), "flashtext": lambda _: flashtext(), "spacy": lambda _: spacy(),
    "spacy_ner": spacy_ner,
}  # fmt: skip

if __name__ == "__main__":
    main()
