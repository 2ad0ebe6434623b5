"""Names as a corpus annotates them: its spans and types, and what the rules know of them."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract_record, extract_records
from kg.extract.convention import by_convention
from kg.extract.explain import explain_record
from kg.extract.settings import Settings
from kg.model import Candidate, Field, Mention, Record

DSREC = Settings(convention="dsrec")
TEXTS = (
    "We train a random forest on the ImageNet dataset and report the accuracy.",
    "Experiments on the MossBase corpus show that BERT is slow.",
    "A short one.",
    "",
)


def record(*texts: str) -> Record:
    names = ("abstract",) if len(texts) == 1 else ("title", "abstract")
    return Record("d", 0, "paper", 0, 1, 1, tuple(Field(name, text, 1) for name, text in zip(names, texts, strict=True)))


def found(*texts: str) -> list[Mention]:
    return extract_record(record(*texts), DSREC)


def test_the_noun_belongs_to_the_span_and_not_to_the_name() -> None:
    (ours,) = [mention for mention in extract_record(record(TEXTS[0])) if mention.type == "dataset"]
    (theirs,) = found(TEXTS[0])
    assert (ours.text, theirs.text) == ("ImageNet", "ImageNet dataset")
    assert (theirs.canonical, theirs.concept) == (ours.canonical, ours.concept)
    assert theirs.concept is not None
    assert theirs.by.startswith("tagger 2 (dsrec), lexicon")


def test_a_name_that_no_rule_knows_is_called_without_the_noun() -> None:
    (mention,) = found(TEXTS[1])
    assert (mention.text, mention.canonical, mention.concept) == ("MossBase corpus", "MossBase", None)


def test_a_noun_with_a_capital_belongs_to_the_name() -> None:
    (mention,) = found("All results are on the Moss Growth Database, which we collected.")
    assert (mention.text, mention.canonical) == ("Moss Growth Database", "Moss Growth Database")


@pytest.mark.parametrize(("told", "name"), [("MossBase,", "MossBase"), ("MossBase corpus and", "MossBase corpus"), ("FernBank (the", "FernBank")])
def test_what_leads_to_the_next_name_belongs_to_none(told: str, name: str) -> None:
    class Greedy:
        name = "greedy"

        def tag(self, texts: Sequence[str], hints: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
            assert len(texts) == len(hints)
            return [[Candidate(text.index(told), text.index(told) + len(told), "dataset", 0.9, self.name)] for text in texts]

    field = Field("abstract", "We read MossBase, the MossBase corpus and FernBank (the second).", 1)
    ((found,),) = by_convention(Greedy(), [[field]], [[[]]], None)
    assert [field.text[c.start : c.end] for c in found] == [name]


def test_titles_are_read_in_the_same_way() -> None:
    mentions = found("Sorting gravel on the ImageNet dataset", "We sort gravel.")
    assert [(mention.field, mention.text) for mention in mentions] == [("title", "ImageNet dataset")]


def test_only_what_is_annotated_is_found() -> None:
    assert {mention.type for text in TEXTS for mention in found(text)} == {"dataset"}


@given(st.lists(st.sampled_from(TEXTS), max_size=5))
@settings(deadline=None, max_examples=15)
def test_a_text_has_the_same_names_in_any_company(texts: list[str]) -> None:
    records = [record(text) for text in texts]
    assert extract_records(records, DSREC) == [extract_record(each, DSREC) for each in records]


def test_an_explanation_says_who_decided() -> None:
    steps = explain_record(record(TEXTS[0]), DSREC).steps
    assert [(step.stage, step.action, step.by) for step in steps if step.stage == "tag"] == [("tag", "proposed", "tagger 2 (dsrec)")]
    assert [step.action for step in steps if step.stage == "merge"] == ["changed"]


@pytest.mark.parametrize("other", [Settings(), Settings("fast"), Settings(convention="other")])
def test_results_of_another_convention_are_other_results(other: Settings) -> None:
    assert other.fingerprint() != DSREC.fingerprint()
