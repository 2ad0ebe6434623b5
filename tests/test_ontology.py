"""The ontology's files keep their own rules: one kind a file, readable ids, names that name one thing."""

import re
from collections import defaultdict
from itertools import combinations, pairwise
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from kg.ids import identifier
from kg.ontology import INTRODUCTION_TITLE, KG, Concept, introductions, load, turtle_files
from kg.text import slug, word_set

ID_SPACE: Final = "https://w3id.org/kgp/id/"
CROCKFORD: Final = "0123456789abcdefghjkmnpqrstvwxyz"
NOTATION: Final = "http://www.w3.org/2004/02/skos/core#notation"
AT_LEAST: Final = {
    "method": 5000,
    "dataset": 2800,
    "task": 1700,
    "metric": 400,
    "software": 700,
    "organization": 150,
    "topic": 150,
}

CONCEPTS: Final = tuple(load().concepts.values())


def local_name(concept: Concept) -> str:
    return concept.iri.removeprefix(f"{ID_SPACE}{concept.kind}/")


def clear_labels(concept: Concept) -> set[str]:
    """The names that stand for the concept without help from the context: what is ambiguous once, stays so."""
    ambiguous = {label.text for label in concept.labels if label.ambiguous}
    return {label.text.casefold().replace("-", " ") for label in concept.labels if label.text not in ambiguous}


def ror_checksum(identifier: str) -> int:
    """The two digits that must end a ROR id (ISO 7064, over its six characters as a number to base 32)."""
    number = 0
    for character in identifier[1:7]:
        number = number * 32 + CROCKFORD.index(character)
    return 98 - number * 100 % 97


KIND_FILES = [path for path in turtle_files() if path.stem not in {"core", "external", "field", "organization-names"}]
"""All files but the two that belong to no kind, the topics that are no categories, and further organizations."""


@pytest.mark.parametrize("path", KIND_FILES, ids=lambda path: path.stem)
def test_a_file_is_turtle_and_declares_the_kind_it_is_named_after(path: Path) -> None:
    quads = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    declared = [getattr(q.object, "value", "") for q in quads if q.predicate.value == f"{KG}kindName"]
    assert declared == [path.stem]


@pytest.mark.parametrize("path", KIND_FILES, ids=lambda path: path.stem)
def test_a_file_holds_only_things_of_its_kind(path: Path) -> None:
    kind = load().kinds[path.stem]
    classes = {other.iri for other in load().kinds.values()}
    rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    typed = {
        getattr(q.object, "value", "")
        for q in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        if q.predicate.value == rdf_type
    }
    assert typed & classes <= {kind.iri}


def test_a_concept_has_one_preferred_label_and_is_declared_once() -> None:
    preferred: dict[str, int] = defaultdict(int)
    declared: dict[str, int] = defaultdict(int)
    for path in turtle_files():
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            subject = getattr(quad.subject, "value", "")
            preferred[subject] += quad.predicate.value.endswith("core#prefLabel")
            declared[subject] += quad.predicate.value.endswith("#type")
    assert {iri: count for iri, count in preferred.items() if count > 1} == {}
    # The same block twice in one file is one statement to a parser that keeps sets, but two in the text.
    assert {c.iri: declared[c.iri] for c in CONCEPTS if declared[c.iri] != 1} == {}


def test_the_id_of_a_concept_is_the_slug_of_its_name() -> None:
    wrong = {}
    for concept in CONCEPTS:
        assert concept.iri.startswith(f"{ID_SPACE}{concept.kind}/"), concept.iri
        # A code of a published classification is the id; everything else is found by its name.
        expected = concept.properties.get(NOTATION, (slug(concept.name),))[0]
        if not expected or local_name(concept) != expected:
            wrong[concept.iri] = expected
    assert wrong == {}


def test_broader_things_exist_and_are_of_the_same_kind() -> None:
    known = load().concepts
    wrong = [
        (concept.iri, broader)
        for concept in CONCEPTS
        for broader in concept.broader
        if broader not in known or known[broader].kind != concept.kind
    ]
    assert wrong == []


def test_nothing_is_broader_than_itself() -> None:
    known = load().concepts
    cyclic = []
    for concept in CONCEPTS:
        above, waiting = set[str](), list(concept.broader)
        while waiting:
            iri = waiting.pop()
            if iri not in above:
                above.add(iri)
                waiting.extend(known[iri].broader)
        if concept.iri in above:
            cyclic.append(concept.iri)
    assert cyclic == []


def test_a_clear_name_names_one_thing() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for concept in CONCEPTS:
        # Names of categories are not looked for in running text.
        if load().kinds[concept.kind].mention_type is not None:
            for text in clear_labels(concept):
                owners[text].add(concept.iri.removeprefix(ID_SPACE))
    clashes = [f"{text}: {', '.join(sorted(of))}" for text, of in sorted(owners.items()) if len(of) > 1]
    assert not clashes, "names of more than one thing (mark as ambiguous, or drop):\n" + "\n".join(clashes)


def test_a_label_that_is_the_name_of_something_else_needs_context() -> None:
    named = {concept.name: concept for concept in CONCEPTS if load().kinds[concept.kind].mention_type is not None}
    clashes = [
        (concept.iri, label.text)
        for concept in named.values()
        for label in concept.labels
        if not label.ambiguous
        if (other := named.get(label.text)) is not None and other is not concept
        if not any(own.text == label.text and own.ambiguous for own in other.labels)
    ]
    assert clashes == []


ORDINARY: Final = word_set("""
actor adam alloy amber anchor arctic aria atlas aurora avalon babel balance beat bench bend blink blue bold boom boss box breakfast
breakout bridge bright cable canary care cars caravan cascade chameleon chapel chroma circle claim cloth coin common conch cornell
delicious diamond diamonds drive drop dude dust eureka fast ferret fiji flame flower flowers focus frames freeway frozen gem go gold
grab grasp green ground habitat harmony hat haystack helmet hex hide horizon iris jack jobs kitchen light lime line lion live look
magma map march mars medium mercury meter mind mint mirage mission moment moses nations neptune nest novel ocean office opportunity
optics opus oscar overcooked parity pets phoenix places planck plants playground presto projects proteins pursuit quality
questions race racket ravens record redwood reef rhino rich rise robin rush sage sail sailor scan scarf seal seed set shakespeare
sick sign signal siren slip snap snips solar solo spice spider spring squirrel steam stop storm strong subject sun surprise swag
swift tango texas textures tide tiger toto touchdown trace triton twins unity verb vibe walnut wave weasel web wisconsin yoga zoom
""")
"""Words of everyday English, some of which are names too; with one capital they begin sentences and titles."""


def test_an_ordinary_word_needs_context() -> None:
    unmarked = [
        (concept.iri, label.text)
        for concept in CONCEPTS
        if load().kinds[concept.kind].mention_type is not None
        for label in concept.labels
        # Capitals inside are no ordinary spelling, and such a label is found only so.
        if label.text.casefold() in ORDINARY and label.text[1:].islower() and not label.ambiguous
    ]
    assert unmarked == []


@pytest.mark.parametrize(
    ("kind", "family"),
    [
        ("method", ["BigGAN-deep", "BigGAN", "Generative Adversarial Network", "generative model"]),
        ("method", ["VQ-VAE-2", "VQ-VAE", "Variational Autoencoder", "autoencoder"]),
        ("method", ["ResNet-50", "ResNet", "convolutional neural network", "neural network"]),
        ("method", ["AdamW", "Adam", "stochastic gradient descent", "gradient descent"]),
        ("method", ["Hamiltonian Monte Carlo", "Markov chain Monte Carlo", "Monte Carlo"]),
        ("dataset", ["Kinetics-600", "Kinetics"]),
        ("dataset", ["PASCAL VOC 2007", "PASCAL VOC"]),
        ("task", ["conditional image generation", "image generation"]),
        ("metric", ["word error rate", "error rate"]),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else value,
)
def test_a_version_lies_below_what_it_is_a_version_of(kind: str, family: list[str]) -> None:
    iris = [next(c.iri for c in load().of_kind(kind) if c.name == name) for name in family]
    for narrow, broad in pairwise(iris):
        assert broad in load().concepts[narrow].broader


def test_a_number_behind_a_hyphen_makes_a_version() -> None:
    names = {(concept.kind, concept.name): concept for concept in CONCEPTS}
    loose = []
    for (kind, name), concept in names.items():
        base = re.fullmatch(r"(.*[A-Za-z])-[0-9]+", name)
        above = names.get((kind, base[1])) if base and kind in {"method", "dataset"} else None
        if above is not None and above.iri not in broader_of(concept) and name != "CORD-19":  # CORD holds receipts
            loose.append((concept.name, above.name))
    assert loose == []


def broader_of(concept: Concept) -> set[str]:
    """Everything above a concept."""
    above, waiting = set[str](), list(concept.broader)
    while waiting:
        iri = waiting.pop()
        if iri not in above:
            above.add(iri)
            waiting.extend(load().concepts[iri].broader)
    return above


def test_introductions_are_found_in_the_text_where_the_facts_are() -> None:
    told: dict[bool, dict[str, list[str]]] = {True: defaultdict(list), False: defaultdict(list)}
    for each in introductions():
        assert each.titled or identifier(each.paper) == each.paper, each
        text = each.file.read_text(encoding="utf-8")
        assert text[each.start : each.end] == each.quote
        assert text.count("\n", 0, each.start) + 1 == each.line
        told[each.titled][each.concept].append(each.paper)
    for titled, term in ((False, f"{KG}introducedIn"), (True, INTRODUCTION_TITLE)):
        said = {c.iri: c.properties[term] for c in CONCEPTS if term in c.properties}
        assert {iri: tuple(sorted(papers)) for iri, papers in told[titled].items()} == said
        assert len(said) >= 500


def test_a_short_title_tells_a_paper_only_if_it_is_the_name_of_what_it_brought() -> None:
    concepts = load().concepts
    for each in introductions():
        if each.titled and len(each.paper.split()) < 3:
            stem = slug(each.paper).removesuffix("s").removesuffix("e")
            assert any(slug(label.text).startswith(stem) for label in concepts[each.concept].labels), each


def test_labels_are_clean() -> None:
    wrong = [(c.iri, label.text) for c in CONCEPTS for label in c.labels if label.text != " ".join(label.text.split())]
    assert wrong == []
    assert [c.iri for c in CONCEPTS for label in c.labels if not label.text] == []


def test_ror_ids_pass_their_checksum() -> None:
    rors = {
        concept.iri: value.removeprefix("https://ror.org/")
        for concept in load().of_kind("organization")
        for value in concept.properties.get(f"{KG}ror", ())
    }
    assert len(rors) == len(set(rors.values())) > 0
    for iri, ror in rors.items():
        assert re.fullmatch(r"0[0-9a-hjkmnp-tv-z]{6}[0-9]{2}", ror), iri
        assert int(ror[7:]) == ror_checksum(ror), iri


def test_a_ror_id_with_two_characters_swapped_fails_its_checksum() -> None:
    assert ror_checksum("042nb2s44") == 44
    assert ror_checksum("024nb2s44") != 44


def test_every_organization_has_a_sector_and_a_country() -> None:
    sectors = {"industry", "education", "government", "nonprofit", "facility", "healthcare"}
    for organization in load().of_kind("organization"):
        said = organization.properties
        assert set(said.get(f"{KG}sector", ())) <= sectors, organization.iri
        assert len(said.get(f"{KG}sector", ())) == 1, organization.iri
        countries = said.get(f"{KG}country", ())
        assert len(countries) == 1, organization.iri
        assert re.fullmatch(r"[A-Z]{2}", countries[0]), organization.iri


def test_a_tag_of_a_paper_list_means_one_organization() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for organization in load().of_kind("organization"):
        for tag in organization.properties.get(f"{KG}tag", ()):
            assert tag == slug(tag)
            owners[tag].add(organization.iri)
    assert {tag: of for tag, of in owners.items() if len(of) > 1} == {}


def test_colors_can_be_told_apart() -> None:
    colors = {kind.name: kind.color for kind in load().kinds.values()}
    assert all(re.fullmatch(r"#[0-9A-Fa-f]{6}", color) for color in colors.values())
    assert [(a, b) for a, b in combinations(colors, 2) if colors[a].lower() == colors[b].lower()] == []


def test_the_ontology_is_read_once_a_process() -> None:
    assert load() is load()


@pytest.mark.parametrize(("kind", "count"), AT_LEAST.items(), ids=str)
def test_enough_names_are_known(kind: str, count: int) -> None:
    assert len(load().of_kind(kind)) >= count


def test_every_category_leads_up_to_a_group_and_belongs_to_the_scheme() -> None:
    topics = {topic.iri: topic for topic in load().of_kind("topic")}
    for topic in topics.values():
        scheme = "arxiv" if NOTATION in topic.properties else "fields"
        assert topic.properties["http://www.w3.org/2004/02/skos/core#inScheme"] == (f"{ID_SPACE}topic/{scheme}",)
    assert topics[f"{ID_SPACE}topic/cs.CV"].broader == (f"{ID_SPACE}topic/cs",)
    assert topics[f"{ID_SPACE}topic/astro-ph.CO"].broader == (f"{ID_SPACE}topic/astro-ph",)
    assert topics[f"{ID_SPACE}topic/hep-lat"].broader == (f"{ID_SPACE}topic/grp_physics",)


def test_a_topic_below_the_categories_leads_up_to_one() -> None:
    topics = {topic.iri: topic for topic in load().of_kind("topic")}
    for topic in topics.values():
        seen, waiting = set[str](), [topic.iri]
        while waiting:
            iri = waiting.pop()
            if iri not in seen:
                seen.add(iri)
                waiting.extend(topics[iri].broader)
        assert any(NOTATION in topics[iri].properties for iri in seen), topic.iri


def test_what_belongs_to_a_topic_is_known_and_is_no_topic() -> None:
    known, matched = load().concepts, "http://www.w3.org/2004/02/skos/core#narrowMatch"
    links = [(topic.iri, thing) for topic in load().of_kind("topic") for thing in topic.properties.get(matched, ())]
    assert len(links) > 700
    assert [link for link in links if link[1] not in known or known[link[1]].kind == "topic"] == []


def test_a_clear_name_names_one_topic() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for topic in load().of_kind("topic"):
        for text in clear_labels(topic):
            owners[text].add(topic.iri)
    assert {text: sorted(of) for text, of in owners.items() if len(of) > 1} == {}
