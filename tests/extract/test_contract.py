"""What every extractor and `extract_record` promise, for any text."""

import sys
from types import FrameType, ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract_record, extractors
from kg.extract.lexicon import find
from kg.extract.tokens import tokens
from kg.model import Field, Record
from kg.model.mentions import MENTION_TYPES

PIECES = [
    "GAN", "GANs", "ImageNet", "CIFAR-10", "we introduce ", "Walnut", " dataset", "walnut recognition", " (", ")", "((", " ",
    "-", "–", ".", ",", "\n", "\u200b", "\u00ad", "İ", "ß", "ŉ", "é", "e\u0301", "🏹", "👩\u200d🔬", "\ufeff", "\x00", "ﷺ", "$", "\\",
    "\\delta", "\\'e", "{", "}", "\\textbf{ABC}", "et al., 2020", "https://example.org/GAN", "neural network", "Fr\\'echet ",
    "called ", "X: ", "accuracy", " of 5%", "attention", "BERT 2", "DeepMind ", "LLM", "_", "*", "/", "@", "'s", "C-", "2.5",
]  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))

HOSTILE = {
    "brackets": "(((a) GAN ", "hyphens": "model-", "cues": "We introduce A A ", "capital cues": "Introduce ",
    "definitions": "foo bar (FB) ", "names": "DiffNet, ", "known names": "GAN and ", "citations": "Li et al ",
    "dollars": "$a", "macros": "\\a{", "phrases": "neural network ", "addresses": "http://a ",
    "accents": "e\u0301\u0301", "capitals": "Aa ", "background": "recent GAN have ",
}  # fmt: skip


def record(abstract: str, title: str = "") -> Record:
    return Record("d", 0, "paper", 0, 1, 1, (Field("title", title, 1), Field("abstract", abstract, 2, 50, 50 + len(abstract))))


@pytest.fixture(params=sorted(extractors()))
def extractor(request: pytest.FixtureRequest) -> ModuleType:
    return extractors()[request.param]


def test_the_rules_are_found_by_their_file_names() -> None:
    assert {"acronyms", "citations", "latex", "lexicon", "patterns", "phrases", "versions"} <= set(extractors())


@pytest.mark.parametrize("name", sorted(extractors()))
@settings(deadline=None)
@given(text=TEXTS)
def test_candidates_lie_in_the_text(name: str, text: str) -> None:
    module = extractors()[name]
    found = list(module.extract(text))
    assert found == list(module.extract(text))
    for candidate in found:
        assert 0 <= candidate.start < candidate.end <= len(text)
        assert candidate.type in module.kinds
        assert 0 < candidate.score <= 1
        assert candidate.canonical is None or candidate.canonical.strip()


def test_kinds_are_types_of_mentions(extractor: ModuleType) -> None:
    assert extractor.kinds
    assert set(extractor.kinds) <= set(MENTION_TYPES)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_mentions_quote_their_field_and_do_not_overlap(title: str, abstract: str) -> None:
    paper = record(abstract, title)
    mentions = extract_record(paper)
    assert mentions == extract_record(paper)
    assert [m.field for m in mentions] == sorted((m.field for m in mentions), reverse=True)
    for field in paper.fields:
        position = 0
        for mention in mentions:
            if mention.field == field.name:
                assert position <= mention.field_start < mention.field_end
                assert field.text[mention.field_start : mention.field_end] == mention.text
                assert mention.canonical.strip()
                assert mention.start == (None if field.start is None else field.start + mention.field_start)
                position = mention.field_end


@settings(deadline=None)
@given(TEXTS)
def test_one_entity_has_one_role(abstract: str) -> None:
    told: dict[tuple[str, str], str] = {}
    for mention in extract_record(record(abstract)):
        assert told.setdefault((mention.type, mention.canonical), mention.role) == mention.role


def calls(abstract: str) -> int:
    """Return how many functions are called to extract from a text: work that no clock has to measure."""
    count = 0

    def tally(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    tokens.cache_clear()
    find.cache_clear()
    sys.setprofile(tally)
    try:
        extract_record(record(abstract))
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_work_grows_with_the_text_and_not_with_its_square(name: str) -> None:
    calls(HOSTILE[name] * 200)
    small, large = calls(HOSTILE[name] * 200), calls(HOSTILE[name] * 800)
    assert large < 4 * small * 1.5 + 1000


def test_a_name_defined_in_one_field_is_found_in_the_other() -> None:
    paper = record("We introduce Walnut, a model. We train Walnut on nuts.", "Some notes on Walnut")
    assert [(m.field, m.text) for m in extract_record(paper)] == [
        ("title", "Walnut"), ("abstract", "Walnut"), ("abstract", "Walnut"),
    ]  # fmt: skip


@pytest.mark.parametrize("address", ["https://example.org/ImageNet/GAN.", "www.9/GAN", "gan.example.io/GAN", "http://GAN"])
def test_names_in_web_addresses_are_not_said(address: str) -> None:
    assert extract_record(record(f"Code is at {address}")) == []
