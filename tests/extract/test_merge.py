"""The tagger decides what is a name; the rules say what it stands for."""

from kg.extract.merge import in_full, merge
from kg.model import Candidate

FOUND = Candidate(10, 13, "method", 0.9, "tagger 1")
KNOWN = Candidate(10, 13, "method", 0.95, "lexicon", "graph attention network", "gat")


def test_a_rule_names_what_the_tagger_found() -> None:
    assert merge([FOUND], [KNOWN]) == [
        FOUND._replace(canonical="graph attention network", concept="gat", by="tagger 1, lexicon")
    ]


def test_only_the_very_same_span_is_named() -> None:
    assert merge([FOUND], [KNOWN._replace(end=12)]) == [FOUND]


def test_parts_of_a_known_proper_name_are_one_name() -> None:
    parts = [Candidate(3, 8, "dataset", 0.9, "tagger 1"), Candidate(13, 20, "dataset", 0.7, "tagger 1"), Candidate(24, 30, "dataset", 0.9, "tagger 1")]
    known = Candidate(3, 20, "dataset", 0.95, "lexicon", "Halls and Gardens", "halls")
    whole = [parts[0]._replace(end=20), parts[2]]
    assert list(in_full(parts, [known])) == whole
    for other in (known._replace(score=0.75), known._replace(concept=None), known._replace(type="method"), known._replace(by="acronym")):
        assert list(in_full(parts, [other])) == parts


def test_what_the_text_defines_beats_what_an_abbreviation_usually_means() -> None:
    defined = Candidate(10, 13, "method", 0.72, "acronym", "geometry-aware training", None)
    (merged,) = merge([FOUND], [KNOWN, defined])
    assert (merged.canonical, merged.concept) == ("geometry-aware training", None)


def test_what_the_text_defines_beats_a_name_of_a_few_letters_that_has_several_meanings() -> None:
    several = KNOWN._replace(canonical="HAT", concept="hat", score=0.75)
    (merged,) = merge([FOUND], [several, Candidate(10, 13, "method", 0.72, "acronym", "hazelnut adaptive tree", None)])
    assert (merged.canonical, merged.concept) == ("hazelnut adaptive tree", None)


def test_a_name_that_is_no_abbreviation_is_known_whatever_the_text_spells_out() -> None:
    bert = KNOWN._replace(canonical="BERT", concept="bert")
    (merged,) = merge([FOUND], [bert, Candidate(10, 13, "method", 0.92, "acronym", "Bidirectional Encoder", None)])
    assert (merged.canonical, merged.concept) == ("BERT", "bert")


def test_a_type_that_the_tagger_is_sure_of_makes_it_another_thing() -> None:
    task = KNOWN._replace(type="task", canonical="recommendation", concept="recommendation")
    assert merge([FOUND], [task]) == [FOUND]
    (unsure,) = merge([FOUND._replace(score=0.4)], [task])
    assert (unsure.type, unsure.concept) == ("task", "recommendation")


def test_a_name_that_is_known_of_nothing_stays_as_it_was_found() -> None:
    assert merge([FOUND], [KNOWN._replace(canonical=None, concept=None)]) == [FOUND]
