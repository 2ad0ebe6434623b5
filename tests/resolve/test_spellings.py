"""Spellings of one name, and versions: what the names themselves say."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.things.spellings import Thing, spelling, variants, versions
from kg.text import distinct_slug


def thing(name: str, kind: str = "method", papers: int = 1, introduced: int = 0, *, listed: bool = False) -> Thing:
    return Thing(f"{kind}/{distinct_slug(name)}", kind, name, papers, introduced, listed)


def merged(*things: Thing) -> set[tuple[str, str, str]]:
    """Return rule and names of each merge, without their kind."""
    return {(j.rule, j.left.partition("/")[2], j.right.partition("/")[2]) for j in variants(things)}


def below(*things: Thing) -> dict[str, str]:
    return {v.path.partition("/")[2]: v.broader.partition("/")[2] for v in versions(things)}


def test_hyphens_and_blanks_make_no_other_name() -> None:
    found = merged(thing("FooNet", introduced=1), thing("Foo-Net", papers=9), thing("foo net"))
    assert found == {("spelling", "foo-net", "foonet")}
    [judgement] = variants([thing("FooNet", introduced=1), thing("Foo-Net", papers=9)])
    assert (judgement.kind, judgement.verdict, judgement.evidence["stands for"]) == ("thing", "same", "FooNet")


def test_british_and_american_spelling_make_no_other_name() -> None:
    found = merged(
        thing("gravel localization", "task", 9), thing("Gravel Localisation", "task"), thing("data labelling"), thing("data labeling", papers=3),
        thing("behaviour network"), thing("behavior network"), thing("centre of gravel"), thing("center of gravel"),
        thing("dialogue analyser"), thing("dialog analyzer"),
    )  # fmt: skip
    assert found == {
        ("spelling", "gravel-localisation", "gravel-localization"), ("spelling", "data-labeling", "data-labelling"),
        ("spelling", "behavior-network", "behaviour-network"), ("spelling", "center-of-gravel", "centre-of-gravel"),
        ("spelling", "dialog-analyzer", "dialogue-analyser"),
    }  # fmt: skip
    [judgement] = variants([thing("localization", papers=9), thing("localisation")])
    assert (judgement.evidence["written"], judgement.evidence["stands for"]) == ("localisation", "localization")
    assert merged(thing("four rogue hours"), thing("for rog hors")) == merged(thing("gravel analysis"), thing("gravel analyzes")) == set()


def test_plural_possessive_and_generic_noun() -> None:
    foo = thing("FooNet", introduced=1)
    assert merged(foo, thing("FooNets")) == {("inflection", "foonet", "foonets")}
    assert merged(foo, thing("FooNet's")) == {("inflection", "foonet", "foonet-s")}
    assert merged(foo, thing("FooNet model")) == {("generic-noun", "foonet", "foonet-model")}
    assert merged(thing("FooBench", "dataset"), thing("FooBench dataset", "dataset")) == {
        ("generic-noun", "foobench", "foobench-dataset")
    }


def test_the_singular_of_a_name_on_a_list_means_it() -> None:
    scenes = thing("Fooscenes", kind="dataset", listed=True)
    assert merged(scenes, thing("Fooscene", kind="dataset")) == {("plural-on-a-list", "fooscene", "fooscenes")}
    assert merged(thing("Fooscenes", kind="dataset"), thing("Fooscene", kind="dataset")) == set()
    assert merged(thing("Fooscenes", kind="method", listed=True), thing("Fooscene", kind="method")) == set()


def test_what_some_take_for_a_method_and_others_for_a_task_is_one() -> None:
    [judgement] = variants([thing("nut shelling", listed=True), thing("Nut-Shelling", kind="task", papers=9), thing("nut shelling", kind="dataset")])
    assert (judgement.left, judgement.right, judgement.rule) == ("method/nut-shelling", "task/nut-shelling", "method-or-task")
    assert judgement.evidence["papers with the other"] == "on a list of names"
    [judgement] = variants([thing("nut shelling"), thing("nut shelling", kind="task", papers=2)])
    assert (judgement.evidence["papers that write so"], judgement.evidence["papers with the other"]) == ("1", "2")
    assert merged(thing("shelling", listed=True), thing("shelling", kind="task")) == set()  # one word
    assert merged(thing("nut shelling", listed=True), thing("nut shelling", kind="task", listed=True)) == set()  # a list has both


def test_what_only_looks_alike_stays_apart() -> None:
    assert merged(thing("TNT"), thing("T-NT")) == set()  # too short
    assert merged(thing("Bi-RRT*"), thing("BiRRT")) == set()
    assert merged(thing("Foo 1-2"), thing("Foo 12")) == set()
    assert merged(thing("Bayesian"), thing("Bayesian network")) == set()
    assert merged(thing("data-driven"), thing("Data-Driven Model")) == set()
    assert merged(thing("FooNet"), thing("FooNet dataset", "dataset")) == set()
    assert merged(thing("GEMINI"), thing("GEMINIs")) == set()  # may be GEMINIS
    assert merged(thing("YOLOv5"), thing("YOLOv5s")) == set()


def test_a_listed_name_is_the_one_that_stays() -> None:
    listed = thing("support vector machine", papers=0, listed=True)
    assert merged(listed, thing("sup- port vector machine", papers=7)) == {
        ("spelling", "sup-port-vector-machine", "support-vector-machine")
    }
    other = Thing("method/svm-of-another", "method", "support-vector machine", 0, 0, listed=True)
    assert merged(listed, other, thing("supportvector machine")) == set()


def test_versions_sizes_and_editions_lie_below_what_is_here() -> None:
    foo = thing("FooNet", introduced=1)
    names = ["FooNet-2", "FooNet v2", "FooNet++", "FooNet-L", "FooNet-Large", "FooNet2", "FooNet-101"]
    assert below(foo, *map(thing, names)) == {distinct_slug(name): "foonet" for name in names}
    assert below(foo, thing("FooNet-2"), thing("FooNet-2-Large")) == {"foonet-2": "foonet", "foonet-2-large": "foonet-2"}
    assert below(thing("YOLOv5"), thing("YOLOv5s")) == {"yolov5s": "yolov5"}
    assert below(thing("VOC", "dataset"), thing("VOC2012", "dataset")) == {"voc2012": "voc"}


def test_no_version_without_its_name_or_of_an_ordinary_word() -> None:
    assert below(thing("FooNet-2")) == {}
    assert below(thing("Level"), thing("Level-2")) == {}
    assert below(thing("Level", introduced=1), thing("Level-2")) == {"level-2": "level"}
    assert below(thing("FooNet"), thing("FooNet-2", "dataset")) == {}


NAMES = st.lists(st.sampled_from(["FooNet", "Foo-Net", "FooNets", "FooNet-2", "FooNet v2", "BarKit", "Bar-Kit", "FooNet model"]), unique=True)


@given(NAMES, st.randoms(use_true_random=False))
def test_the_order_of_names_does_not_matter(names: list[str], random: Random) -> None:
    things = [thing(name) for name in names]
    shuffled = list(things)
    random.shuffle(shuffled)
    assert variants(things) == variants(shuffled)
    assert versions(things) == versions(shuffled)


@given(st.from_regex(r"[FoNet]+([ -][FoNet]+){0,2}[+*]?", fullmatch=True))
def test_a_spelling_does_not_depend_on_case_or_hyphens_at_blanks(name: str) -> None:
    assert spelling(name.lower()) == spelling(name)
    assert spelling(name.replace(" ", "-")) == spelling(name)
