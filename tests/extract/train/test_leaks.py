"""What the tagger learns from has nothing of what it is judged by.

Evaluation texts that are kept back come from venues and years that `gold/abstracts` does not have, so our own
annotations keep to those it has; the corpora that are for evaluation only must not share a sentence with them.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.extract.evaluate.gold import GoldText, read_gold
from kg.extract.tagger import HEADS, arrays
from kg.extract.train import alike

OWN = Path(__file__).parents[2] / "data" / "annotations" / "mentions.jsonl"
SHARED = Path(__file__).parents[3].parent / "shared"
GOLD = SHARED / "gold" / "abstracts"
CONFERENCES = SHARED / "corpora" / "conferences"
JUDGES = ("scierc", "scier", "dsrec")


@pytest.fixture(scope="module")
def ids() -> list[str]:
    return [json.loads(line)["id"] for line in OWN.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def shared() -> Path:
    if not GOLD.is_dir():
        pytest.skip("the gold annotation is not beside the project")
    return SHARED


def rows(home: Path, corpus: str, split: str) -> list[str]:
    """Return one line a text; none where the corpus has no such part."""
    command = [sys.executable, str(home / "load.py"), "--corpus", corpus, "--split", split]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()


def sentences(text: str) -> set[str]:
    found = (re.sub(r"\W+", "", part.lower()) for part in re.split(r"(?<=[.!?])\s", text))
    return {part for part in found if len(part) >= 40}


def test_own_annotations_keep_to_venues_and_years_of_the_gold(ids: list[str], shared: Path) -> None:
    gold = {json.loads(line)["id"] for line in (shared / "gold/abstracts/abstracts.jsonl").read_text(encoding="utf-8").splitlines()}
    assert {name.partition("#")[0] for name in ids} <= {name.partition("#")[0] for name in gold}
    assert not gold & set(ids), "read once, by one annotator"
    assert len(set(ids)) == len(ids) > 2000


def test_own_annotations_fit_their_texts(shared: Path) -> None:
    for text in read_gold(OWN, [shared / "corpora" / "conferences"]).texts:
        ends = 0
        for mention in sorted(text.mentions, key=lambda m: m.start):
            assert ends <= mention.start < mention.end <= len(text.text), text.id
            ends = mention.end


@pytest.mark.parametrize("corpus", JUDGES)
def test_no_sentence_that_judges_is_learned_from(corpus: str, shared: Path) -> None:
    home = shared / "gold" / "extraction"
    judging = {part for split in ("train", "dev") for line in rows(home, corpus, split) for part in sentences(json.loads(line)["text"])}
    assert len(judging) > 300
    learned = {part for text in read_gold(OWN, [CONFERENCES]).texts for part in sentences(text.text)}
    assert len(learned) > 10_000
    assert not learned & judging


def test_no_sentence_that_judges_is_in_what_a_head_learned(shared: Path, tmp_path: Path) -> None:
    def texts(corpus: str, split: str) -> list[GoldText]:
        path = tmp_path / f"{corpus}.{split}.jsonl"
        path.write_text("\n".join(rows(shared / "gold" / "extraction", corpus, split)), encoding="utf-8")
        return list(read_gold(path).texts)

    golds = (GOLD / "mentions.jsonl", shared / "gold/seeds/mentions.dev.jsonl")
    judging = [text for path in golds for text in read_gold(path).texts]
    judging += [text for corpus in ("scierc", "scier") for split in ("train", "dev") for text in texts(corpus, split)]
    learned = texts("dsrec", "train")
    apart = alike.shared(learned, judging)
    kept = [text for text in learned if text.id not in apart]
    assert int(arrays(HEADS / "dsrec.npz")["texts"]) == len(kept)
    assert not {part for text in kept for part in sentences(text.text)} & {part for text in judging for part in sentences(text.text)}
