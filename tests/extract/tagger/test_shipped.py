"""The tagger that ships: what it finds does not depend on company or processes, and is as good as is promised."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract_record, extract_records, lexicon, propose, searched
from kg.extract.settings import Settings
from kg.extract.tagger import MODEL, shipped
from kg.model import Field, Record

TEXTS = (
    "We introduce WalnutNet, a convolutional neural network for image classification, and train it on ImageNet.",
    "Reinforcement learning agents are brittle. We propose gravel regularization (GR) and evaluate GR on Atari games.",
    "A short one.",
    "",
)


def record(number: int, abstract: str) -> Record:
    return Record("d", number, "paper", 0, 1, 1, (Field("title", "On Walnuts", 1), Field("abstract", abstract, 2)))


@given(st.lists(st.sampled_from(TEXTS), max_size=6))
@settings(deadline=None, max_examples=20)
def test_a_text_has_the_same_names_in_any_company(texts: list[str]) -> None:
    records = [record(number, text) for number, text in enumerate(texts)]
    assert extract_records(records) == [extract_record(each) for each in records]


@given(st.text(max_size=80))
@settings(deadline=None, max_examples=60)
def test_what_is_tagged_lies_in_the_text(text: str) -> None:
    hints = propose(searched(record(0, text)), lexicon.of(()))[1]
    end = 0
    for found in shipped().tag([text], [hints])[0]:
        assert end <= found.start < found.end <= len(text)
        assert 0 < found.score < 1
        assert text[found.start : found.end].strip()
        end = found.end


def test_both_tiers_say_who_found_a_name() -> None:
    fast, full = (extract_record(record(0, TEXTS[0]), Settings(tier)) for tier in ("fast", "full"))
    assert not [mention.by for mention in fast if "tagger" in mention.by]
    abstract = [mention for mention in full if mention.field == "abstract"]
    assert all(mention.by.startswith(shipped().name) for mention in abstract)
    assert ("ImageNet", "dataset") in {(mention.text, mention.type) for mention in abstract}


def test_the_weights_are_small() -> None:
    assert MODEL.stat().st_size < 5 << 20


def test_the_model_card_says_how_many_abstracts_it_learned_from() -> None:
    own = Path(__file__).parents[2] / "data" / "annotations" / "mentions.jsonl"
    rows = [json.loads(line) for line in own.read_text(encoding="utf-8").splitlines()]
    card = MODEL.with_name("MODEL_CARD.md").read_text(encoding="utf-8")
    assert f"{len(rows):,} abstracts, {sum(len(row['mentions']) for row in rows):,} mentions" in card


@pytest.mark.parametrize("tier", ["fast", "full"])
def test_a_record_without_an_abstract_has_the_names_of_its_title(tier: str) -> None:
    bare = Record("d", 0, "paper", 0, 1, 1, (Field("title", "Training GANs on ImageNet", 1),))
    assert {mention.text for mention in extract_record(bare, Settings(tier))} >= {"ImageNet", "GANs"}  # type: ignore[arg-type]
