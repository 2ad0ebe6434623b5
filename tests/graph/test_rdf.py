"""The graph as N-Quads: parseable, sorted, without blank nodes, in the right graphs, below the right base."""

import json
from collections import Counter, defaultdict
from pathlib import Path

import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.nquads import iri, literal, term
from kg.graph.rdf import evidence_text
from kg.graph.statements import ID_SPACE
from kg.model import Judgement, Record
from kg.ontology import KG, PREFIXES, load
from kg.pipeline.build import build
from kg.pipeline.options import Options
from kg.pipeline.version import QUADS
from kg.store.folder import current
from kg.text import CONTROL
from tests.graph.corpus import ABSTRACT, COMPLETE, CUT, RECORDS, Made, fields, make, mention, record

BASE = "https://example.org/graph/"
PAPER = "paper/arxiv-2205.06175"


def parsed(quads: list[str]) -> list[ox.Quad]:
    found = list(ox.parse("".join(quads).encode(), format=ox.RdfFormat.N_QUADS))
    assert len(found) == len(quads)
    return found


def about(quads: list[ox.Quad], subject: str, graph: str = "") -> dict[str, set[str]]:
    """Return what a graph says of a subject: compact predicate to values."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if quad.subject.value == subject and getattr(quad.graph_name, "value", "") == graph:  # type: ignore[union-attr]
            found[compact(quad.predicate.value)].add(quad.object.value)  # type: ignore[union-attr]
    return dict(found)


def compact(text: str) -> str:
    return next(f"{p}:{text.removeprefix(space)}" for p, space in PREFIXES.items() if text.startswith(space))


@pytest.fixture(scope="module")
def made() -> Made:
    return make(base=BASE)


@pytest.fixture(scope="module")
def quads(made: Made) -> list[ox.Quad]:
    return parsed(made.lines())


def test_lines_are_sorted_unique_and_whole(made: Made) -> None:
    found = made.lines()
    assert found == sorted(set(found))
    assert all(line.endswith(" .\n") and line.count("\n") == 1 for line in found)


def test_there_are_no_blank_nodes_and_no_redundant_datatypes(made: Made) -> None:
    assert not any("_:" in part for line in made.lines() for part in line.split(" ")[:1])
    assert not any("XMLSchema#string" in line for line in made.lines())
    for quad in parsed(made.lines()):
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        assert isinstance(quad.graph_name, ox.NamedNode | ox.DefaultGraph)


def test_the_data_set_is_described(quads: list[ox.Quad]) -> None:
    assert about(quads, f"{BASE}dataset-description")["rdf:type"] == {f"{PREFIXES['void']}Dataset"}


def test_a_paper(quads: list[ox.Quad]) -> None:
    facts = about(quads, BASE + PAPER)
    assert {p: facts[p] for p in facts if p not in {"dcterms:creator", "kg:hasAuthorship", "kg:hasAffiliation"}} == {
        "rdf:type": {f"{KG}Paper", PREFIXES["fabio"] + "ResearchPaper", PREFIXES["schema"] + "ScholarlyArticle"},
        "rdfs:label": {"Kestrel: Planning to Soar"},
        "dcterms:title": {"Kestrel: Planning to Soar"},
        "dcterms:abstract": {ABSTRACT},
        "dcterms:issued": {"2022-05-12"},
        "dcterms:hasVersion": {f"{BASE}version/arxiv-2205.06175-preprint"},
        "dcterms:subject": {f"{BASE}topic/cs.LG"},
        "schema:about": {f"{BASE}topic/cs.LG"},
        "fabio:hasPublicationYear": {"2022"},
        "fabio:hasArXivId": {"2205.06175"},
        "schema:sameAs": {"https://arxiv.org/abs/2205.06175"},
        "schema:mentions": {f"{BASE}method/kestrel", f"{BASE}method/ppo"},
        "kg:hasIdentifier": {f"{BASE}identifier/arxiv-2205.06175"},
        "kg:introduces": {f"{BASE}method/kestrel"},
        "kg:usesMethod": {f"{BASE}method/ppo"},
        "kg:comparedWith": {f"{BASE}method/ppo"},
        "kg:year": {"2022"},
        "kg:comment": {'Said "yes" at ICML'},
        "kg:hasCode": facts["kg:hasCode"],
        "kg:knownAuthorCount": {"4"},
        "kg:authorListComplete": {"true"},
        "cito:cites": {f"{BASE}paper/arxiv-hep-th-9901001"},
    }
    assert len(facts["dcterms:creator"]) == len(facts["kg:hasAuthorship"]) == 4
    (code,) = facts["kg:hasCode"]
    assert about(quads, code)["schema:codeRepository"] == {"https://github.com/Jane/Kestrel"}


def test_what_all_things_have(quads: list[ox.Quad]) -> None:
    by_class: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if quad.predicate.value == PREFIXES["rdf"] + "type":
            by_class[compact(quad.object.value)].add(quad.subject.value)  # type: ignore[union-attr]
    for subject in by_class["kg:Person"]:
        assert len(about(quads, subject)["foaf:name"]) == 1
    for subject in by_class["kg:Method"] | by_class["kg:Topic"] | by_class["kg:Organization"]:
        assert len(about(quads, subject)["skos:prefLabel"]) == 1
    for subject in by_class["kg:Authorship"]:
        facts = about(quads, subject)
        assert all(len(facts[p]) == 1 for p in ("pro:isHeldBy", "pro:relatesToDocument", "pro:withRole", "kg:position"))
    assert {len(by_class[c]) for c in ("kg:Person", "kg:Group", "kg:Paper", "kg:CitedWork")} == {1, 2, 3}
    assert by_class["kg:CitedWork"] == {f"{BASE}paper/arxiv-hep-th-9901001"}
    assert all(about(quads, subject).get("rdfs:label") for kind in load().kinds.values() for subject in by_class[compact(kind.iri)])


def test_mentions_point_at_their_characters(quads: list[ox.Quad]) -> None:
    found = [q.subject.value for q in quads if q.object == ox.NamedNode(f"{KG}Mention")]  # type: ignore[union-attr]
    assert len(found) == 5
    for subject in found:
        facts = about(quads, subject)
        (context,), (begin,), (end,), (quote,) = (
            facts[f"nif:{p}"] for p in ("referenceContext", "beginIndex", "endIndex", "anchorOf")
        )
        (text,) = about(quads, context)["nif:isString"]
        assert text[int(begin) : int(end)] == quote
        assert subject == f"{context}#char={begin},{end}"


def test_what_each_source_said_is_in_its_own_graph(quads: list[ox.Quad]) -> None:
    assert about(quads, BASE + PAPER, f"{BASE}graph/aa")["dcterms:issued"] == {"2022-05-13"}
    assert about(quads, BASE + PAPER, f"{BASE}graph/bb")["dcterms:issued"] == {"2022-05-12"}
    assert about(quads, BASE + PAPER, f"{BASE}graph/aa")["kg:authorListComplete"] == {"false"}
    assert about(quads, BASE + PAPER, f"{BASE}graph/aa")["kg:usesMethod"] == {f"{BASE}method/{m}" for m in ("kestrel", "ppo")}
    assert about(quads, f"{BASE}graph/aa")["prov:wasDerivedFrom"] == {f"{BASE}source/aa"}
    graphs = {q.graph_name.value for q in quads if isinstance(q.graph_name, ox.NamedNode)}
    assert graphs == {f"{BASE}graph/{name}" for name in ("aa", "bb", "cc", "identity")}


def test_identity_is_only_in_its_own_graph(quads: list[ox.Quad]) -> None:
    same = [q for q in quads if q.predicate.value == PREFIXES["owl"] + "sameAs"]
    assert {(q.subject.value, q.object.value, q.graph_name.value) for q in same} == {  # type: ignore[union-attr]
        (f"{BASE}record/{of}", BASE + path, f"{BASE}graph/identity")
        for of, path in (("aa/0", PAPER), ("bb/0", PAPER), ("cc/0", "paper/arxiv-2401.00001"))
    }


def test_every_merge_is_told_with_its_evidence(quads: list[ox.Quad]) -> None:
    merges = [q.subject.value for q in quads if q.object == ox.NamedNode(f"{KG}MergeDecision")]  # type: ignore[union-attr]
    facts = [about(quads, subject) for subject in merges]
    (of_paper,) = [f for f in facts if f["kg:into"] == {BASE + PAPER}]
    assert of_paper["kg:mergedRecord"] == {f"{BASE}record/aa/0", f"{BASE}record/bb/0"}
    assert about(quads, f"{BASE}record/aa/0")["prov:wasDerivedFrom"] == {f"{BASE}source/aa"}
    assert of_paper["kg:status"] == {"accepted"}
    assert {"A. Poe", "Ann Poe"} in [f.get("kg:mergedName") for f in facts]
    assert all(f["kg:evidenceText"] and f["kg:rule"] and f["kg:score"] for f in facts)


def test_evidence_in_words() -> None:
    judgement = Judgement("paper", "a", "b", "same", 0.9, "x", {"coauthors": "bob", "date": -3.0, "title": 6.0})
    assert evidence_text(judgement) == "title +6.00, date -3.00, coauthors: bob"


def test_a_base_is_used_throughout(quads: list[ox.Quad]) -> None:
    for quad in quads:
        for part in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            assert not getattr(part, "value", "").startswith(ID_SPACE)
            if isinstance(part, ox.NamedNode) and part.value.startswith("https://w3id.org/"):
                assert part.value.startswith(KG)
    home = {quad.subject.value.startswith(BASE) for quad in quads}  # type: ignore[union-attr]
    assert home == {True}


def test_another_base_changes_nothing_else(made: Made) -> None:
    assert sorted(line.replace(BASE, ID_SPACE) for line in made.lines()) == sorted(make().lines())


def test_without_texts_there_are_none(made: Made) -> None:
    bare = make(base=BASE, with_text=False).lines()
    assert not any("terms/abstract>" in line or "#isString>" in line for line in bare)
    assert not any("keeps gliders aloft" in line for line in bare)
    gone = set(made.lines()) - set(bare)
    assert {line.split(" ")[1].rpartition("/")[2].rpartition("#")[2] for line in gone} == {"abstract>", "isString>"}


def test_the_same_input_gives_the_same_bytes(made: Made) -> None:
    assert make(base=BASE).lines() == made.lines()


def test_a_person_of_whom_only_a_page_tells_has_a_name() -> None:
    head = Record("dd", 0, "profile", 0, 9, 1, fields(("name", "Ada Beispiel"), ("h_index", "h-index12", "12")))
    made = make([head], [])
    (subject,) = {BASE + p for p in made.known}
    facts = about(parsed(make([head], [], base=BASE).lines()), subject)
    assert (facts["foaf:name"], facts["kg:hIndex"]) == ({"Ada Beispiel"}, {"12"})
    assert f"{KG}Person" in facts["rdf:type"]


@given(st.text())
def test_a_literal_is_read_back(text: str) -> None:
    (quad,) = parsed([f"<https://x.org/s> <https://x.org/p> {literal(text)} .\n"])
    assert quad.object.value == CONTROL.sub("\ufffd", text)  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ['"', "\\", '\\"', "\n\r\t", "a\\nb", "\x00\x07\x1f", "\uffff\ufffe", "\ud800", "\u2028\U0001f600", '" .\n<x>'])
def test_literals_that_could_break_a_line(text: str) -> None:
    line = f"<https://x.org/s> <https://x.org/p> {literal(text)} .\n"
    assert line.count("\n") == 1
    (quad,) = parsed([line])
    assert quad.object.value == CONTROL.sub("\ufffd", text)  # type: ignore[union-attr]


def test_literals_have_types_and_languages() -> None:
    assert literal("a", "xsd:string") == '"a"'
    assert literal("a", language="en") == '"a"@en'
    assert literal("1", "xsd:gYear") == '"1"^^<http://www.w3.org/2001/XMLSchema#gYear>'


@given(st.text(st.characters()))
def test_any_text_behind_a_base_is_an_iri(text: str) -> None:
    (quad,) = parsed([f"{iri('https://x.org/' + text)} {term('rdf:type')} {term('kg:Paper')} .\n"])
    assert quad.subject.value.startswith("https://x.org/")  # type: ignore[union-attr]
    assert iri(quad.subject.value) == f"<{quad.subject.value}>"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://x.org/a b", "<https://x.org/a%20b>"),
        ('https://x.org/<a>"', "<https://x.org/%3Ca%3E%22>"),
        ("https://x.org/a> . <b", "<https://x.org/a%3E%20.%20%3Cb>"),
        ("https://x.org/[a]\\{b}|^`", "<https://x.org/%5Ba%5D%5C%7Bb%7D%7C%5E%60>"),
        ("https://x.org/a%20b%zz", "<https://x.org/a%20b%25zz>"),
        ("https://x.org/é#a#b", "<https://x.org/é#a%23b>"),
        ("https://x.org/\n\x7f\uffff", "<https://x.org/%0A%7F%EF%BF%BF>"),
    ],
)
def test_characters_that_an_iri_may_not_hold(text: str, expected: str) -> None:
    assert iri(text) == expected


HOSTILE = record(
    "ee", ("title", 'A "Title" \\ with\x07 <tags>\uffff\nand {braces}'), ("author", 'Jane "J" <b>Doe</b>', "person"),
    ("author", "\u202e", "person"), ("category", "a b> <c"), ("affiliation", '清华 "大学" <x>'), ("arxiv_id", "not> an <id"),
    ("cited_arxiv_id", "x y"), ("url", "https://github.com/a/b c>"), ("comment", "back\\slash\r\nline"),
    ("date", "soon", "2022"), ("abstract", 'One "quoted" \\ line.\r\nTwo\x00 <Kestrel> {x} 王Net.'),
)  # fmt: skip


def test_a_hostile_record_is_written_safely() -> None:
    mentions = [mention(HOSTILE, "<Kestrel>", "introduces"), mention(HOSTILE, "{x}", "uses", "dataset"), mention(HOSTILE, "王Net", "uses")]
    made = make([*RECORDS, HOSTILE], mentions, base=BASE)
    quads = parsed(made.lines())
    facts = about(quads, BASE + made.identity["ee/0"])
    assert facts["dcterms:abstract"] == {'One "quoted" \\ line.\r\nTwo\ufffd <Kestrel> {x} 王Net.'}
    assert facts["dcterms:title"] == {'A "Title" \\ with <tags> and {braces}'}
    assert facts["kg:comment"] == {"back\\slash line"}
    assert facts["kg:year"] == {"2022"}
    assert not facts.keys() & {"dcterms:issued", "fabio:hasArXivId", "schema:sameAs", "cito:cites"}
    for quad in quads:
        assert quad.subject.value.startswith(BASE)  # type: ignore[union-attr]
    nodes = {BASE + path for path in made.known}
    assert nodes <= {quad.subject.value for quad in quads}  # type: ignore[union-attr]


def test_texts_are_written_once_for_each_record(quads: list[ox.Quad]) -> None:
    texts = Counter(q.subject.value for q in quads if q.predicate.value == PREFIXES["nif"] + "isString")  # type: ignore[union-attr]
    assert texts == Counter(f"{BASE}text/{of.id}/{f.name}" for of in (*RECORDS,) for f in of.fields if f.name in {"title", "abstract"})
    assert about(quads, f"{BASE}text/{CUT.id}/abstract")["kg:textOf"] == {BASE + PAPER}
    assert about(quads, f"{BASE}text/{COMPLETE.id}/abstract")["kg:partOfSource"] == {f"{BASE}source/bb"}


FILES = {
    "list.txt": f"""Kestrel: Planning to Soar

Jane Doe, Ann Poe

{ABSTRACT.replace(chr(10), " ")}
""",
    "listing.txt": f"""{ABSTRACT.replace(chr(10), " ")}

arXiv:2205.06175
Created: 2022-05-12
""",
}


@pytest.mark.parametrize("with_text", [True, False])
def test_a_build_from_files(tmp_path: Path, with_text: bool) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    build([tmp_path / name for name in FILES], tmp_path / "out", Options(base=BASE, with_text=with_text))
    found = (current(tmp_path / "out") / QUADS).read_text(encoding="utf-8").splitlines(keepends=True)
    assert found == sorted(set(found))
    facts = about(parsed(found), BASE + PAPER)
    assert len(facts["dcterms:creator"]) == 2
    assert facts["dcterms:issued"] == {"2022-05-12"}
    assert ("dcterms:abstract" in facts) is with_text
    assert any("keeps gliders aloft" in line for line in found) is with_text
    assert not any(ID_SPACE in line for line in found)


ODD_DOIS = ("10.1000/(SICI)1000-0001(199809)1:1<9::AID-XYZ1>3.0.CO;2-A", "10.1000/a%zz", "10.1000/a#b", "10.1000/a?b", "10.1000/[a]", "10.1000/é\U0001f600")


def test_tables_and_rdf_call_a_node_alike_whatever_its_identifier_holds(tmp_path: Path) -> None:
    papers = [{"title": f"{word} in the Woods", "authors": ["Ada Beispiel"], "doi": doi} for word, doi in zip(("Ants", "Bees", "Crows", "Deer", "Elks", "Foxes"), ODD_DOIS, strict=True)]
    (tmp_path / "own.json").write_text(json.dumps(papers), encoding="utf-8")
    build([tmp_path / "own.json"], tmp_path / "out", Options(base=BASE))
    version = current(tmp_path / "out")
    quads = set(ox.parse(path=str(version / QUADS), format=ox.RdfFormat.N_QUADS))
    nodes = pq.read_table(version / "tables" / "nodes.parquet").to_pylist()
    edges = pq.read_table(version / "tables" / "edges.parquet").to_pylist()
    assert sum(node["id"].startswith(f"{BASE}paper/doi-") for node in nodes) == len(ODD_DOIS)
    for node in nodes:
        assert ox.NamedNode(node["id"]) in {quad.subject for quad in quads}
    for edge in edges:
        predicate = term(edge["predicate"])[1:-1]
        assert ox.Quad(ox.NamedNode(edge["source"]), ox.NamedNode(predicate), ox.NamedNode(edge["target"])) in quads
    values = {quad.object.value for quad in quads if quad.predicate.value == f"{KG}value"}
    assert values == {doi.lower() for doi in ODD_DOIS}
