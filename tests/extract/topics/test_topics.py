"""What papers are about: which words speak for a topic, how much, and what follows from it."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import extract_record, topics
from kg.extract.topics import ENOUGH, MOST, MOST_PASSAGES, PLACE, RISE, WHOLE_KEYWORD
from kg.model import Field, Mention, Record
from kg.model.mentions import MentionType, Role
from kg.model.topics import PaperTopic
from kg.ontology import ID_SPACE, load

INDEX = topics.index()


def record(title: str = "", abstract: str = "", keywords: Sequence[str] = ()) -> Record:
    fields = [Field("title", title, 1), Field("abstract", abstract, 2)]
    fields += [Field("keyword", word, 3, position=place) for place, word in enumerate(keywords)]
    return Record("aa", 0, "paper", None, None, 1, tuple(fields))


def found(of: Record, mentions: Sequence[Mention] = (), printed: Sequence[str] = ()) -> dict[str, PaperTopic]:
    """The topics of a record by the last step of their paths."""
    return {each.topic.removeprefix("topic/"): each for each in topics.topics_of(of, mentions, set(printed), INDEX)}


def mention(of: Record, text: str, concept: str, role: Role = "uses", kind: MentionType = "method") -> Mention:
    field = of.first("abstract")
    assert field is not None
    start = field.text.index(text)
    return Mention("aa/0", "abstract", start, start + len(text), None, None, text, kind, text, f"{ID_SPACE}{concept}", role, 1.0, "x")


def test_a_name_in_the_title_is_enough_and_leads_to_its_characters() -> None:
    (topic,) = [each for each in found(record("On Object Detection at Sea")).values() if each.topic == "topic/object-detection"]
    assert topic.score == PLACE["title"]
    (passage,) = topic.passages
    assert passage.field.text[passage.start : passage.end] == "Object Detection"
    assert passage.by == "topic:label"


def test_passages_add_up_and_none_is_ever_sure() -> None:
    of = record("Machine translation", "Machine translation is hard. We study machine translation.")
    assert math.isclose(found(of)["machine-translation"].score, 1 - 0.4 * 0.7 * 0.7, abs_tol=1e-4)


def test_one_word_of_an_abstract_is_not_enough() -> None:
    assert found(record("On Tea", "Computer vision has changed much. We brew tea.")) == {}


def test_evidence_rises_with_decay_and_says_that_it_comes_from_below() -> None:
    of = record("Object detection", "Object detection finds things. Object detection is old.")
    above = found(of)["cs.CV"]
    assert math.isclose(above.score, 1 - (1 - 0.6 * RISE) * (1 - 0.3 * RISE) ** 2, abs_tol=1e-4)
    assert {passage.by for passage in above.passages} == {"topic:label:narrower"}


def test_what_rises_to_several_topics_is_shared_among_them() -> None:
    concept = load().concepts[f"{ID_SPACE}topic/reinforcement-learning"]
    assert len(concept.broader) == 2
    of = record("Reinforcement learning", "Reinforcement learning is fun. Reinforcement learning. Reinforcement learning.")
    share = RISE / math.sqrt(2)
    assert math.isclose(found(of)["cs.LG"].score, 1 - (1 - 0.6 * share) * (1 - 0.3 * share) ** 3, abs_tol=1e-4)


def test_a_topic_that_holds_all_others_is_never_worked_out() -> None:
    of = record("Computer science", "Computer science " * 9 + "object detection image segmentation machine translation " * 9)
    assert not {"cs", "math", "physics"} & {*found(of)}


def test_a_keyword_that_is_a_name_counts_most() -> None:
    assert found(record(keywords=["Graph Neural Networks"]))["graph-neural-networks"].score == WHOLE_KEYWORD
    assert "graph-neural-networks" not in found(record(keywords=["graph neural networks for tea"]))


@pytest.mark.parametrize(
    "title", ["Behavioural Cloning", "graph-neural networks", "GRAPH NEURAL NETWORK", "Graph  Neural\nNetworks"]
)
def test_spelling_number_case_and_hyphens_do_not_matter(title: str) -> None:
    assert {"graph-neural-networks", "imitation-learning"} & {*found(record(title, title * 3))}


def test_a_name_does_not_run_over_the_end_of_a_sentence() -> None:
    assert "object-detection" not in found(record("We found an object. Detection is hard."))


def test_an_acronym_is_found_only_as_it_is_written() -> None:
    assert "graph-neural-networks" in found(record("GNNs and GNN", "GNNs, again a GNN"))
    assert found(record("A gnn and gnns", "The gnn, again a gnn")) == {}


def test_an_ordinary_word_needs_a_neighbour() -> None:
    assert "image-segmentation" not in found(record("Segmentation of markets", "Segmentation and segmentation."))
    assert "image-segmentation" in found(record("Segmentation of markets", "Segmentation of images and segmentation of video."))
    alone = record("Segmentation", "Segmentation and segmentation.")
    assert "image-segmentation" in found(alone, printed=["topic/cs.CV"]), "a printed category is a neighbour too"


def test_a_name_that_means_something_else_in_another_field_needs_a_neighbour_or_the_thing_of_that_name() -> None:
    title, abstract = "Active learning in courses on tea", "Active learning helps students, and their teachers like it."
    home, away = (record(title, f"{abstract} So does the {place}.") for place in ("neural network", "classroom"))
    assert "active-learning" in found(home, extract_record(home))
    assert "active-learning" not in found(away, extract_record(away)), "what it names was decided with all other names"
    assert "active-learning" not in found(record(keywords=["Active learning"]))
    assert "active-learning" in found(record(keywords=["Active learning", "Graph neural networks"]))


@pytest.mark.parametrize(
    ("title", "abstract", "right", "wrong"),
    [
        (
            "Monte Carlo study of spins", "Monte Carlo runs with Markov chain Monte Carlo gave data; more Monte Carlo gave the Ising model.",
            "monte-carlo-methods", "bayesian-inference",
        ),
        (
            "Propensity score matching of tea and sleep", "In a cohort of adults, propensity score matching left no hazard.",
            "causal-inference", "diffusion-models",
        ),
        (
            "A diffusion model of pollutants", "A diffusion model of pollutants in rivers and a lake. Large-eddy simulations of turbulent flows.",
            "physics.flu-dyn", "diffusion-models",
        ),
        (
            "Galaxy clustering at night", "The clustering of galaxies by redshift tells of dark matter, and the clustering of stars does not.",
            "astro-ph.CO", "clustering",
        ),
    ],
)  # fmt: skip
def test_what_other_fields_call_alike_is_no_topic_of_ours(title: str, abstract: str, right: str, wrong: str) -> None:
    of = record(title, abstract)
    topics_found = found(of, extract_record(of))
    assert right in topics_found
    assert wrong not in topics_found


@pytest.mark.parametrize(
    ("title", "abstract", "right"),
    [
        ("Joins that keep time", "Hash joins in a column store, with concurrency control, on TPC-H.", "cs.DB"),
        ("Trains of packets", "Congestion control for data center networks needs little packet loss.", "cs.NI"),
        ("Keys in the kettle", "Digital signatures from lattice-based cryptography in the random oracle model.", "cs.CR"),
        ("Files that last", "A file system for persistent memory with crash consistency in file systems of old.", "cs.OS"),
        ("Buttons one can feel", "Haptic feedback, usability and user experience of tangible interfaces.", "cs.HC"),
        ("Lights in the sky", "Gamma-ray bursts and neutron stars shine. Supernovae and pulsars too.", "astro-ph.HE"),
        ("Bread and pay", "Minimum wages in two labor markets, and monetary policy.", "econ.GN"),
        ("Old trees of beetles", "A phylogeny by population genetics, and phylogenetic trees of beetles with their biodiversity.", "q-bio.PE"),
    ],
)
def test_fields_beside_machine_learning_are_known_by_what_they_study(title: str, abstract: str, right: str) -> None:
    of = record(title, abstract)
    assert right in found(of, extract_record(of))


def test_papers_of_other_fields_have_their_categories_by_what_is_named_in_them() -> None:
    of = record("Oxide powders", "Powders of an oxide were seen by X-ray diffraction, Raman spectroscopy and scanning electron microscopy.")
    assert "cond-mat.mtrl-sci" in found(of, extract_record(of))
    of = record("Wages of bakers", "We use difference-in-differences, two-stage least squares and a Hausman test on the wages of two cities.")
    assert "econ.EM" in found(of, extract_record(of))


def test_cues_tell_when_there_are_many_of_them() -> None:
    assert found(record("One robot")) == {}
    of = record("A climbing robot", "The robot climbs. A robotic arm helps the robot, and the robots' gripper holds.")
    assert [*found(of)] == ["cs.RO"]


def test_things_that_are_named_speak_for_the_topic_of_what_they_are_a_special_case_of() -> None:
    of = record("", "We train BigGAN. It is fine.")
    assert found(of, [mention(of, "BigGAN", "method/generative-adversarial-network")] * 3) == {}, "one passage counts once"
    of = record("", "BigGAN-deep wins. StyleGAN loses. CycleGAN is third. A GAN it is.")
    names = {"BigGAN-deep": "method/biggan-deep", "StyleGAN": "method/stylegan", "CycleGAN": "method/cyclegan", "A GAN": "method/biggan"}
    mentions = [mention(of, text, concept) for text, concept in names.items()]
    gans = found(of, mentions)["generative-adversarial-networks"]
    assert {passage.by for passage in gans.passages} == {"topic:mention"}
    weaker = found(of, [mention(of, text, concept, "mentions") for text, concept in names.items()])
    assert "generative-adversarial-networks" not in weaker


def test_the_same_characters_count_once_for_a_topic() -> None:
    of = record("", "We do machine translation.")
    assert found(of, [mention(of, "machine translation", "task/machine-translation", kind="task")]) == {}


def test_printed_categories_are_not_worked_out_and_stand_alone_in_their_scheme() -> None:
    of = record("Object detection by machine learning", "Object detection, machine learning, computer vision. " * 3)
    assert {"cs.CV", "cs.LG", "object-detection"} <= {*found(of)}
    assert {*found(of, printed=["topic/cs.CV"])} == {"object-detection"}
    assert "object-detection" not in found(of, printed=["topic/object-detection"])


def test_a_paper_has_a_limited_number_of_topics_the_surest_first() -> None:
    text = (
        "Object detection, image segmentation, machine translation, question answering, robotic grasping, motion planning, "
        "graph neural networks, recommender systems, speech recognition, knowledge graphs, federated learning. "
    )
    every = topics.topics_of(record(text, text), (), (), INDEX)
    assert len(every) == MOST
    assert [each.score for each in every] == sorted((each.score for each in every), reverse=True)
    assert all(1 <= len(each.passages) <= MOST_PASSAGES for each in every)


def test_with_the_mentions_of_the_extractor() -> None:
    of = record("Sorting Gravel", "We introduce GravelNet, a vision transformer trained on ImageNet. Vision transformers see gravel in images.")
    assert "cs.CV" in found(of, extract_record(of))


WORDS = st.sampled_from([
    "object", "detection", "Object", "graph", "neural", "networks", "GANs", "segmentation", "image", "images", "machine", "translation",
    ".", "-", "language", "models", "RAG", "learning", "robot", "é", "\u00ad", "reinforcement", "deep", "NLP", "tokenization",
])  # fmt: skip


@given(st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=40).map(" ".join))
def test_whatever_is_said_scores_and_passages_are_sound(title: str, abstract: str) -> None:
    of = record(title, abstract)
    every = topics.topics_of(of, (), (), INDEX)
    assert every == topics.topics_of(of, (), (), INDEX)
    assert len({each.topic for each in every}) == len(every)
    for topic in every:
        assert ENOUGH <= topic.score < 1
        assert ID_SPACE + topic.topic in load().concepts
        for passage in topic.passages:
            assert passage.field in of.fields
            assert passage.field.text[passage.start : passage.end].strip()


def test_more_evidence_never_makes_a_topic_less_sure() -> None:
    scores = [found(record("", "We study image captioning. " * times))["image-captioning"].score for times in range(2, 8)]
    assert scores == sorted(scores)
    assert len({*scores}) == len(scores)
