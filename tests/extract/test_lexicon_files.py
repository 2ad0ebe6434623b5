"""A person's own names: read from Turtle and CSV, joined with the ontology, and refused with file and line."""

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.extract import extract_records, lexicon
from kg.extract.lexicon_files import EXACT_MATCH
from kg.extract.settings import Settings
from kg.model import Field, Mention, Record
from kg.ontology import ID_SPACE, Concept, load

TURTLE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix kg: <https://w3id.org/kgp/ns#> .
@prefix ex: <https://example.org/names/> .
ex:walnut a skos:Concept, kg:Method ; skos:prefLabel "Walnut Solver"@en, "Walnussl\u00f6ser"@de ;
    skos:altLabel "WS-1" ; skos:broader ex:solvers .
ex:solvers a skos:Concept ; kg:mentionType "method" ; skos:prefLabel "nut solver" ; kg:family true .
ex:bench skos:prefLabel "HazelSet" ; skos:inScheme ex:data .
ex:data a skos:ConceptScheme ; kg:mentionType "dataset" .
"""
TABLE = """name,type,aliases,broader,context
Hazel,dataset,Hazel Corpus|HZL,ImageNet,
GAN,method,Adversarial Dream Machine,,
Kernel,software,,,yes
"""


def written(folder: Path, text: str, name: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def concepts(*paths: str) -> dict[str, Concept]:
    """Return the concepts of the ontology and these files, by path."""
    return {iri.removeprefix(ID_SPACE): concept for iri, concept in lexicon.of(paths).ontology.concepts.items()}


def mentions(text: str, *paths: str) -> list[Mention]:
    record = Record("d", 0, "paper", 0, len(text), 1, (Field("abstract", text, 1, 0, len(text)),))
    return extract_records([record], Settings("fast", tuple(paths)))[0]


def test_turtle_concepts_of_any_iri(tmp_path: Path) -> None:
    known = concepts(written(tmp_path, TURTLE, "own.ttl"))
    walnut = known["method/walnut-solver"]
    assert [label.text for label in walnut.labels] == ["Walnut Solver", "WS-1"]
    assert walnut.broader == (f"{ID_SPACE}method/nut-solver",)
    assert walnut.properties == {EXACT_MATCH: ("https://example.org/names/walnut",)}
    assert known["method/nut-solver"].family
    assert known["dataset/hazelset"].kind == "dataset"


def test_a_table_of_names(tmp_path: Path) -> None:
    known = concepts(written(tmp_path, TABLE, "own.csv"))
    assert [label.text for label in known["dataset/hazel"].labels] == ["Hazel", "HZL", "Hazel Corpus"]
    assert known["dataset/hazel"].broader == (f"{ID_SPACE}dataset/imagenet",)
    assert [label.ambiguous for label in known["software/kernel"].labels] == [True]


def test_a_name_that_the_ontology_knows_is_the_same_thing(tmp_path: Path) -> None:
    before = load().concepts[f"{ID_SPACE}method/generative-adversarial-network"]
    known = concepts(written(tmp_path, TABLE, "own.csv"))
    gan = known["method/generative-adversarial-network"]
    assert gan.name == before.name
    assert {label.text for label in gan.labels} == {label.text for label in before.labels} | {"Adversarial Dream Machine"}
    assert "method/gan" not in known


def test_a_known_iri_may_be_given_more_names(tmp_path: Path) -> None:
    text = TURTLE + f'<{ID_SPACE}method/bert> a kg:Method ; skos:prefLabel "Bertie" .'
    bert = concepts(written(tmp_path, text, "own.ttl"))["method/bert"]
    assert (bert.name, "Bertie" in {label.text for label in bert.labels}) == ("BERT", True)
    assert EXACT_MATCH not in bert.properties


def test_own_names_are_found_and_say_which_list_has_them(tmp_path: Path) -> None:
    paths = (written(tmp_path, TURTLE, "own.ttl"), written(tmp_path, TABLE, "own.csv"))
    text = "The Walnut Solver and WS-1 beat an adversarial dream machine on Hazel with BERT. The kernel, and the Kernel library, run."
    found = {m.text: (m.type, m.canonical, m.concept, m.by) for m in mentions(text, *paths)}
    assert found["Walnut Solver"] == ("method", "Walnut Solver", f"{ID_SPACE}method/walnut-solver", "lexicon:own.ttl")
    assert found["WS-1"][2] == f"{ID_SPACE}method/walnut-solver"
    assert found["adversarial dream machine"][1] == "Generative Adversarial Network"
    assert found["Hazel"] == ("dataset", "Hazel", f"{ID_SPACE}dataset/hazel", "lexicon:own.csv")
    assert found["BERT"][3] == "lexicon"
    assert found["Kernel"][0] == "software"
    assert "kernel" not in found
    assert "Walnut Solver" not in {m.canonical for m in mentions(text)}


def test_an_own_name_comes_before_ours(tmp_path: Path) -> None:
    path = written(tmp_path, "name,type\nImageNet,method\n", "own.csv")
    assert [(m.text, m.type) for m in mentions("We use ImageNet here.", path)] == [("ImageNet", "method")]
    assert [(m.text, m.type) for m in mentions("We use ImageNet here.")] == [("ImageNet", "dataset")]


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = written(tmp_path, "name,type\nFlummox,method\n", "own.csv")
    assert [m.by for m in mentions("a flummox here", path)] == ["lexicon:own.csv"]
    written(tmp_path, "name,type\nWibble,method\n", "own.csv")
    assert mentions("a flummox here", path) == []


def test_names_of_two_files_may_refer_to_each_other(tmp_path: Path) -> None:
    narrow = written(tmp_path, "name,type,broader\nHazel 2,dataset,HazelSet\n", "b.csv")
    known = concepts(narrow, written(tmp_path, TURTLE, "a.ttl"))
    assert known["dataset/hazel-2"].broader == (f"{ID_SPACE}dataset/hazelset",)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("own.txt", "x", "own.txt: a file of names ends in .ttl or .csv"),
        ("own.ttl", "@prefix : <https://a.b/> .\n:a :b", "own.ttl:2: not valid Turtle"),
        ("own.ttl", TURTLE.replace(", kg:Method", ""), "own.ttl: <https://example.org/names/walnut> says no type"),
        ("own.ttl", TURTLE.replace('"dataset"', '"data"'), "<https://example.org/names/bench>: 'data' is no type of name; the types: "),
        ("own.ttl", TURTLE + "ex:solvers skos:broader ex:walnut .", "following broader upwards from 'nut solver' leads back to it"),
        ("own.ttl", "<https://a.b/c> a <https://a.b/d> .", "own.ttl: no names in it"),
        ("own.csv", "name,type\n", "own.csv: no names in it"),
        ("own.csv", "", "own.csv:1: the first line has to name the columns name and type"),
        ("own.csv", "name,kind\nA,method\n", "own.csv:1: the first line has to name the columns name and type"),
        ("own.csv", "name,type\nA,method\nB,animal\n", "own.csv:3: 'animal' is no type of name"),
        ("own.csv", "name,type\nA,method,x\n", "own.csv:2: 3 cells under 2 columns"),
        ("own.csv", "name,type,context\nA,method,perhaps\n", "own.csv:2: context is yes or no, not 'perhaps'"),
        ("own.csv", "name,type,broader\nA,method,Unheard\n", "own.csv:2: broader 'Unheard' is no method in the lists"),
        ("own.csv", "name,type\n...,method\n", "own.csv:2: '...' is no name"),
        ("own.csv", f"name,type\n{'x' * 201},method\n", "is no name; a name has letters, and at most 200 characters"),
        ("own.csv", 'name,type\n"A,method\n', "own.csv:2: not a table in CSV"),
    ],
)  # fmt: skip
def test_a_faulty_file_is_told_with_its_place(tmp_path: Path, name: str, text: str, told: str) -> None:
    path = written(tmp_path, text, name)
    with pytest.raises(UsageError) as error:
        concepts(path)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_bytes(b"name,type\nCaf\xe9,method\n")
    with pytest.raises(UsageError, match=r"own\.csv:2: not UTF-8"):
        concepts(str(tmp_path / "own.csv"))
    with pytest.raises(UsageError, match=r"none\.csv: this file of names cannot be read: No such file"):
        lexicon.of([str(tmp_path / "none.csv")])


def test_other_separators_and_a_mark_of_byte_order(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_bytes("\ufeffname;type;aliases\nFlummox;method;Flum, the\n".encode())
    assert {label.text for label in concepts(str(tmp_path / "own.csv"))["method/flummox"].labels} == {"Flummox", "Flum, the"}
