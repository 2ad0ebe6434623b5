"""A paper introduces what its verbs say it does, mentions what it leaves to others, and uses the rest."""

import json

import pytest
from hypothesis import given, settings

from kg.extract import extract_record
from kg.extract.names import entity_of
from kg.extract.role_features import Seen, seen
from kg.extract.roles import ROLES, WEIGHTS, Model, judge, judgements, roles_of
from kg.extract.settings import Settings
from kg.model import Candidate, Field, Record
from tests.extract.test_contract import TEXTS

FAST = Settings("fast")
KINDS = {
    "type", "count", "length", "head", "word", "title", "defined", "own", "before", "before2", "behind", "led0", "led1", "led2", "followed",
    "sentence", "part", "place",
}  # fmt: skip


def paper(abstract: str, title: str = "On things") -> Record:
    return Record("d", 0, "paper", 0, 1, 1, (Field("title", title, 1), Field("abstract", abstract, 2)))


def roles(abstract: str, title: str = "On things") -> dict[str, str]:
    return {mention.text: mention.role for mention in extract_record(paper(abstract, title), FAST)}


def features(abstract: str, name: str, title: str = "On things", **more: str) -> set[str]:
    """Return the features of a name that is found wherever it stands."""
    record = paper(abstract, title)
    kept = [
        [Candidate(at, at + len(name), "method", 1, "test", **more) for at in range(len(field.text)) if field.text.startswith(name, at)]
        for field in record.fields
    ]
    (said,) = seen(record.fields, kept).values()
    return said.features


@pytest.mark.parametrize(
    ("abstract", "name", "role"),
    [
        ("We introduce WalNet, a model. WalNet is trained on ImageNet.", "WalNet", "introduces"),
        ("We introduce WalNet, a model. WalNet is trained on ImageNet.", "ImageNet", "uses"),
        ("Recent progress was driven by existing methods such as ResNet. We sort walnuts.", "ResNet", "mentions"),
        ("We sort walnuts and compare with ResNet.", "ResNet", "uses"),
        ("As shown before (Beltagy et al., 2020), walnuts sort.", "Beltagy", "mentions"),
        ("We propose to extend ResNet.", "ResNet", "uses"),
        ("We present a walnut sorting network (WSN). It sorts walnuts.", "WSN", "introduces"),
    ],
)
def test_the_role_follows_the_words(abstract: str, name: str, role: str) -> None:
    assert roles(abstract)[name] == role


def test_the_name_before_the_colon_of_a_title_is_introduced() -> None:
    assert roles("It sorts. WalNet is quick.", "WalNet: Sorting")["WalNet"] == "introduces"


def test_a_title_alone_tells_too() -> None:
    (mention,) = extract_record(Record("d", 0, "paper", 0, 1, 1, (Field("title", "WalNet: sorting walnuts", 1),)), FAST)
    assert (mention.text, mention.role) == ("WalNet", "introduces")


@settings(deadline=None, max_examples=50)
@given(TEXTS, TEXTS)
def test_one_entity_has_one_role(title: str, abstract: str) -> None:
    told: dict[tuple[str, str], set[str]] = {}
    for mention in extract_record(paper(abstract, title), FAST):
        told.setdefault((mention.type, mention.canonical), set()).add(mention.role)
        assert mention.type != "person" or mention.role == "mentions"
    assert all(len(roles) == 1 for roles in told.values())


def test_all_names_of_an_entity_have_its_role() -> None:
    abstract = "Recent work uses a walnut sorting network (WSN). We present a WSN and compare WSNs."
    found = [m for m in extract_record(paper(abstract), FAST) if m.canonical == "walnut sorting network"]
    assert len(found) > 2
    assert len({m.role for m in found}) == 1


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("We propose a new X for nuts.", {"before=new", "before2=a", "led0=introducing", "led0=we", "behind=for", "part=0", "count=1"}),
        ("Nuts. We work with nuts of X.", {"led2=we", "before=of", "part=0", "place=second", "behind=.", "sentence=we"}),
        ("Nuts use X (e.g. many X). They were sorted.", {"count=2", "part=never", "place=first", "behind=(", "followed=existing"}),
        ("X-based nuts. In this paper nuts outperform.", {"before=start", "behind=-", "part=front"}),
        ("We sort. We crack. We eat. We plant; X grows.", {"part=3", "place=last", "before=other"}),
    ],
)
def test_features_say_what_stands_around(abstract: str, expected: set[str]) -> None:
    assert expected <= features(abstract, "X")


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("Our walnut model, X, sorts.", True),
        ("Our models (X) sort.", True),
        ("It sorts well, which we call X.", True),
        ("We refer to the tree as an X.", True),
        ("Our (X) sorts.", False),
        ("Our model sorts nuts; trees, X and all.", False),
        ("Lately trees called X were planted.", False),
        ("We sort nuts. They are called X.", False),
        ("X is our model.", False),
    ],
)
def test_features_say_whose_a_name_is(abstract: str, expected: bool) -> None:
    assert ("own" in features(abstract, "X")) == expected


@pytest.mark.parametrize(
    ("abstract", "name", "role"),
    [
        ("Our approach, BigBiGAN, learns from nuts.", "BigBiGAN", "introduces"),
        ("Trained on nuts, our models (BigGANs) sort.", "BigGANs", "introduces"),
        ("The nutcracker, which we refer to as BERT, is small.", "BERT", "introduces"),
        ("Lately a model called BERT was trained. We sort nuts with it.", "BERT", "uses"),
        ("Our goal, image classification, is old.", "image classification", "uses"),
    ],
)
def test_what_is_renowned_is_introduced_where_the_paper_calls_it_its_own(abstract: str, name: str, role: str) -> None:
    assert {m.text: m.role for m in extract_record(Record("d", 0, "paper", 0, 1, 1, (Field("abstract", abstract, 1),)), FAST)}[name] == role


def test_what_stands_behind_a_semicolon_is_not_led_by_what_stands_before() -> None:
    assert not any(name.startswith("led") for name in features("We propose nuts; X grows.", "X"))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Nut Net: sorting", "whole"), ("The Nut Net: sorting", "before"), ("Sorting: a Nut Net", "after"), ("A Nut Net", "plain"),
        ("Nets for every Nut", "all"), ("Every Nut", "half"), ("Walnuts", "none"), ("", "absent"),
    ],
)  # fmt: skip
def test_features_say_where_the_title_names_it(title: str, expected: str) -> None:
    assert f"title={expected}" in features("We use a Nut Net.", "Nut Net", title)


def test_features_do_not_depend_on_who_found_the_name_nor_on_the_order() -> None:
    record = paper("We present nut net (NN). NN is fast.")
    names = [
        Candidate(11, 18, "method", 0.5, "a", "nut net"), Candidate(20, 22, "method", 0.5, "b", "nut net"),
        Candidate(25, 27, "method", 0.5, "c", "nut net"),
    ]  # fmt: skip
    others = [Candidate(c.start, c.end, c.type, 0.9, "tagger 1", c.canonical) for c in reversed(names)]
    assert seen(record.fields, [[], names]) == seen(record.fields, [[], others])


@settings(deadline=None, max_examples=50)
@given(TEXTS)
def test_every_name_has_a_judgement_that_is_its_role(abstract: str) -> None:
    fields = paper(abstract).fields
    kept = [
        [Candidate(m.field_start, m.field_end, m.type, m.score, m.by, m.canonical, m.concept) for m in mentions if m.field == field.name]
        for mentions in [extract_record(paper(abstract), FAST)]
        for field in fields
    ]
    told, judged = roles_of(fields, kept), judgements(fields, kept)
    assert {entity: each.role for entity, each in judged.items()} == told
    assert {entity_of(f.text, c) for f, names in zip(fields, kept, strict=True) for c in names} == told.keys()
    said = seen(fields, kept)
    for entity, each in judged.items():
        least = 0 if each.role == "introduces" else 1 / 3  # *we introduce BERT* is taken at its word, however unlikely
        assert least < each.probability <= 1
        assert set(each.reasons) <= said[entity].features


def test_a_judgement_adds_the_weights_and_gives_the_strongest_reasons() -> None:
    model = Model.of({
        "bias": [-1000, -1000], "all": {"a": [2000, 0], "b": [500, 100], "c": [-300, 0]}, "new": {"a": [1000, 0], "d": [0, 3000]},
    })  # fmt: skip
    told = judge(("method", "x"), Seen(known=True, features={"a", "b", "c", "e"}), model)
    assert (told.role, told.reasons) == ("introduces", ("a", "b"))
    assert told.probability == pytest.approx(2.718281828**1.2 / (2.718281828**1.2 + 1 + 2.718281828**-0.9))
    assert judge(("method", "x"), Seen(known=False, features={"a", "d"}), model).reasons == ("a",)
    assert judge(("method", "x"), Seen(known=True, features={"d"}), model).role == "uses"
    assert judge(("method", "x"), Seen(known=False, features={"d"}), model).role == "mentions"
    assert judge(("person", "x"), Seen(known=False, features={"a"}), model) == ("mentions", 1.0, ())


def test_the_weights_that_ship_are_of_features_that_exist() -> None:
    weights = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert {name.partition("=")[0] for part in ("all", "new") for name in weights[part]} <= KINDS
    assert len(weights["bias"]) == len(ROLES) - 1
    assert WEIGHTS.stat().st_size < 40_000


@pytest.mark.parametrize("text", ["We introduce BERT.", "Nets forget. We propose the Transformer, which does not."])
def test_what_is_renowned_is_introduced_by_the_paper_that_says_so(text: str) -> None:
    record = Record("d", 0, "paper", 0, 1, 1, (Field("abstract", text, 1),))
    assert {m.role for m in extract_record(record) if m.text in {"BERT", "Transformer"}} == {"introduces"}


@pytest.mark.parametrize(
    ("title", "abstract", "name"),
    [
        ("Sorting Nuts by Night", "Our experiments on three sets (MNIST) go well.", "MNIST"),
        ("Sorting Nuts by Night", "We compare our sorter to trees, GPT-4, and more.", "GPT-4"),
        ("A Graph Neural Network for Nuts", "We propose a novel graph neural network that sorts nuts.", "graph neural network"),
        ("Sorting Nuts by Night", "We introduce Transformers into sorting.", "Transformers"),
    ],
)
def test_what_is_renowned_is_not_introduced_by_who_uses_it(title: str, abstract: str, name: str) -> None:
    record = Record("d", 0, "paper", 0, 1, 1, (Field("title", title, 1), Field("abstract", abstract, 1)))
    assert {m.role for m in extract_record(record) if m.text == name and m.field == "abstract"} == {"uses"}
