"""`kg query` as a person sees it: names, files, SPARQL; tables and formats; refusals in words."""

import csv
import io
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store.questions import shipped
from kg.text import counted
from tests.command import kg, process
from tests.pages import unpacked

COUNT = "SELECT (COUNT(*) AS ?n) { ?p a kg:Paper }"


def test_the_list_of_questions(small_graph: Path) -> None:
    for arguments in ([], ["--list"]):
        done = kg("query", small_graph, *arguments)
        assert done.code == 0
        assert [line.split()[0] for line in done.out.splitlines()[1:]] == sorted(shipped())


def test_a_shipped_question_as_a_table(small_graph: Path) -> None:
    done = kg("query", small_graph, "prolific-authors")
    assert (done.code, done.err) == (0, "4 rows\n")
    head, first, *_ = done.out.splitlines()
    assert head.split() == ["name", "papers", "firsts", "lasts", "person"]
    assert first.split()[:-1] == ["Ada", "Beispiel", "3", "2", "1"]


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon"])
def test_a_time_that_is_none(seconds: str, small_graph: Path) -> None:
    done = kg("query", small_graph, COUNT, "--timeout", seconds)
    assert (done.code, done.out) == (2, "")
    assert "--timeout" in done.err


def test_a_question_from_a_file_and_from_standard_input(small_graph: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(COUNT, encoding="utf-8")
    by_file = kg("query", small_graph, tmp_path / "mine.rq", "--format", "csv")
    by_pipe = process("query", small_graph, "-", "--format", "csv", stdin=COUNT.encode())
    assert by_file.out == by_pipe.out == kg("query", small_graph, COUNT, "--format", "csv").out == "n\r\n4\r\n"
    latin = kg("query", small_graph, "-", stdin=b"ASK { ?s ?p 'caf\xe9' }")
    assert (latin.code, latin.err) == (2, "kg: standard input: not UTF-8 at byte 16\n")


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_rows_in_other_forms(form: str, small_graph: Path) -> None:
    done = kg("query", small_graph, "papers", "--format", form)
    assert done.code == 0
    assert "Sorting Gravel with a Small Robot" in done.out
    if form == "csv":
        assert len(list(csv.reader(io.StringIO(done.out)))) == 5
    if form == "json":
        assert len(json.loads(done.out)["results"]["bindings"]) == 4


@pytest.mark.parametrize(
    ("form", "kind"),
    [(None, ox.RdfFormat.TURTLE), ("ttl", ox.RdfFormat.TURTLE), ("nt", ox.RdfFormat.N_TRIPLES), ("rdfxml", ox.RdfFormat.RDF_XML), ("jsonld", ox.RdfFormat.JSON_LD)],
)
def test_a_graph(form: str | None, kind: ox.RdfFormat, small_graph: Path) -> None:
    options = ["--format", form] if form else []
    done = kg("query", small_graph, "CONSTRUCT { ?p dcterms:title ?t } WHERE { ?p a kg:Paper ; dcterms:title ?t }", *options)
    assert done.code == 0
    titles = {quad.object.value for quad in ox.parse(done.out.encode(), format=kind) if isinstance(quad.object, ox.Literal)}
    assert "Cracks in Bells, Heard Early" in titles
    assert len(titles) == 3


def test_yes_and_no(small_graph: Path) -> None:
    assert kg("query", small_graph, "ASK { ?p a kg:Paper }").out == "yes\n"
    assert kg("query", small_graph, "ASK { ?p a kg:Unicorn }").out == "no\n"
    assert json.loads(kg("query", small_graph, "ASK { ?p a kg:Paper }", "--format", "json").out)["boolean"] is True


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
def test_no_rows_is_exit_code_1(form: str, small_graph: Path) -> None:
    assert kg("query", small_graph, "SELECT * { ?s ?p 'nowhere' }", "--format", form).code == 1
    assert kg("query", small_graph, "SELECT (COUNT(*) AS ?n) { ?s ?p 'nowhere' }", "--format", form).code == 0


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * { ?s kg:usesDatset ?o }", "kg:usesDatset is nowhere in this graph; near to it: kg:usesDataset"),
        ("ASK { ?s a kg:papper }", "kg:papper is nowhere in this graph; near to it: kg:Paper"),
        ("PREFIX f: <http://xmlns.com/foaf/0.1/> SELECT * { ?s f:nam ?o FILTER(?o = '1'^^xsd:duration) }", "foaf:nam is nowhere in this graph; near to it: foaf:name"),
        ("SELECT * { ?s ?p method:gravelnett }", "method/gravelnett is nowhere in this graph; near to it: method/gravelnet"),
        ("SELECT * { ?s <http://example.org/p> ?o }", "http://example.org/p is nowhere in this graph"),
        ("BASE <http://example.org/> SELECT * { <p> ?p ?o . ?o kg:usesDatset <q> }", "kg:usesDatset is nowhere in this graph; near to it: kg:usesDataset"),
        ("SELECT * { ?s cito:retracts ?o }", "cito:retracts is a term of the ontology, but nothing in this graph has it"),
    ],
)  # fmt: skip
def test_an_empty_answer_names_what_the_graph_does_not_have(query: str, told: str, small_graph: Path) -> None:
    assert kg("query", small_graph, query).err.removeprefix("0 rows\n") == f"{told}\n"


def test_an_empty_answer_says_what_values_were_taken_for(small_graph: Path) -> None:
    done = kg("query", small_graph, "authors-of", "--set", "paper=Ada Beispiel", "--csv")
    assert (done.code, done.err) == (1, "asked with paper = person/ada-beispiel\n")


@pytest.mark.parametrize("form", ["ttl", "nt", "rdfxml", "jsonld"])
def test_no_triples_is_exit_code_1(form: str, small_graph: Path) -> None:
    assert kg("query", small_graph, "CONSTRUCT { ?s a ?o } WHERE { ?s ?p 'nowhere', ?o }", "--format", form).code == 1


@pytest.mark.parametrize(
    ("question", "setting", "rows"),
    [
        ("authors-of", "paper=1706.01234", 3), ("active-years", "person=Dorothea Muster", 1), ("active-years", "year=2018", 2),
        ("dataset-names", "dataset=MossBase", 1), ("papers-on-topic", "topic=topic/cs", 3), ("papers-on-topic", "topic=topic/cs.CV", 1),
        ("evidence", "thing=GravelNet", 2), ("spellings", "person=Bruno Exempel", 2), ("active-years", 'name="Dorothea Muster"', 1),
    ],
)  # fmt: skip
def test_a_value_for_a_variable(question: str, setting: str, rows: int, small_graph: Path) -> None:
    done = kg("query", small_graph, question, "--set", setting)
    assert (done.code, done.err) == (0, f"{counted(rows, 'row')}\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["papers", "--set", "paper"], "give NAME=VALUE"), (["papers", "--set", "nosuch=2017"], "no variable 'nosuch'; its variables: arxiv,"),
        (["papers", "--set", "nosuch=Nothing"], "no variable 'nosuch'; its variables: arxiv,"),
        (["papers", "--set", "paper=Nothing"], "'Nothing' is not in this graph"), (["papres"], "is no shipped question"),
        (["missing.rq"], "missing.rq: no such file"), (["papers", "--format", "ttl"], "is a table and has no form turtle"),
        (["SELECT *\n{ ?s ?p }"], "query:2: not valid SPARQL 1.1"), (["SELECT * { SERVICE <http://127.0.0.1:18099/> { ?s ?p ?o } }"], "query:1: refused: SERVICE"),
        (["LOAD <file:///etc/passwd>"], "refused: LOAD"), (["INSERT DATA { <a:a> <a:a> <a:a> }"], "the graph is read-only"),
        (["SELECT * FROM <http://127.0.0.1:18099/> { ?s ?p ?o }"], "is no graph of this store"),
        (["ASK " + "{" * 2300 + "}" * 2300], "too deep"),
        (["SELECT * " + "{ SELECT * " * 2300 + "}" * 2300, "--set", "a=b"], "too deep"), (["papers", "--format", "pdf"], "Invalid value for '--format'"),
        (["SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "--timeout", "1"], "ran longer than 1 seconds"),
    ],
)  # fmt: skip
def test_what_is_refused(arguments: list[str], told: str, small_graph: Path) -> None:
    done = kg("query", small_graph, *arguments)
    assert (done.code, done.out) == (2, "")
    assert told in done.err


def test_a_damaged_store_gives_no_answer(own_graph: Path) -> None:
    for path in (own_graph / "current" / "store").glob("*.sst"):
        path.write_bytes(path.read_bytes()[:-100] + bytes(100))
    done = kg("query", own_graph, COUNT)
    assert (done.code in {1, 2}, done.out) == (True, "")
    (own_graph / "current" / "store" / "CURRENT").unlink()
    done = kg("query", own_graph, COUNT)
    assert (done.code, done.out) == (1, "")
    assert "store/CURRENT: is missing; build the graph again" in done.err


def test_cells_do_not_change_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_text("Abstract:A paper on BERT\u202e and \u2066bidi marks.\n", encoding="utf-8")
    assert kg("build", tmp_path / "odd.txt", "--out", tmp_path / "graph").code == 0
    done = kg("query", tmp_path / "graph", "SELECT ?t { ?s nif:isString ?t }")
    assert "\\u202e" in done.out
    assert "\u202e" not in done.out


def test_numbers_keep_the_digits_that_say_something(small_graph: Path) -> None:
    values = "1024.75 12345.678912345 2.333333333333 71.10 1e0 1e-7"
    done = kg("query", small_graph, f"SELECT ?n {{ VALUES ?n {{ {values} }} }}")
    assert done.out.split()[1:] == ["1024.75", "12345.7", "2.333", "71.1", "1", "1e-07"]


def test_an_answer_drawn_as_a_graph(small_graph: Path, tmp_path: Path) -> None:
    done = kg("query", small_graph, "papers", "--html", tmp_path / "answer.html")
    assert done.code == 0
    assert "4 nodes drawn into" in done.err
    assert (tmp_path / "answer.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    nothing = kg("query", small_graph, "SELECT (1 AS ?n) { }", "--html", tmp_path / "nothing.html")
    assert (nothing.code, (tmp_path / "nothing.html").exists()) == (2, False)


@pytest.mark.parametrize(
    "question", ["SELECT ?paper ?d { ?paper kg:usesDataset ?d }", "CONSTRUCT WHERE { ?paper kg:usesDataset ?d }"]
)
def test_an_answer_is_drawn(question: str, small_graph: Path, tmp_path: Path) -> None:
    done = kg("query", small_graph, question, "--html", tmp_path / "answer.html")
    assert done.code == 0
    assert re.search(r"^[0-9]+ nodes drawn into ", done.err, re.MULTILINE)
    page = unpacked(tmp_path / "answer.html")
    assert "MossBase" in page
    assert "Chiara Modello" not in page


def test_the_answer_of_a_question_is_drawn_under_it(small_graph: Path, tmp_path: Path) -> None:
    done = kg("query", small_graph, "datasets", "--html", tmp_path / "answer.html")
    assert done.code == 0
    page = unpacked(tmp_path / "answer.html")
    assert "<title>Which datasets are used most" in page
    assert "MossBase" in page  # the answer has its name, not its IRI
    assert "Chiara Modello" not in page


def test_a_name_of_two_people_is_drawn_as_both_and_told(tmp_path: Path) -> None:
    people = [{"given": "Ann", "family": "Weir", "ORCID": f"http://orcid.org/{orcid}"} for orcid in ("0000-0002-1825-0097", "0000-0001-5109-3700")]
    papers = [
        {"DOI": f"10.5555/{at}", "type": "journal-article", "title": [title], "author": [person], "issued": {"date-parts": [[2020]]}}
        for at, (title, person) in enumerate(zip(("Sorting gravel by ear", "A history of paper hats"), people, strict=True))
    ]
    (tmp_path / "crossref.json").write_text(json.dumps({"status": "ok", "message": {"items": papers}}), encoding="utf-8")
    assert kg("build", tmp_path / "crossref.json", "--out", tmp_path / "graph").code == 0
    done = kg("query", tmp_path / "graph", "SELECT ?name { ?p a kg:Person ; foaf:name ?name }", "--html", tmp_path / "both.html")
    assert done.err.splitlines()[1:-1] == [
        "'Ann Weir' is what 2 of them are called: person/orcid-0000-0001-5109-3700, person/orcid-0000-0002-1825-0097",
        "nothing in the answer tells which is meant; let the question give the IRIs too, as in SELECT ?person ?name",
    ]
    one = 'SELECT ?paper ?name { ?paper dcterms:title "Sorting gravel by ear" ; dcterms:creator/foaf:name ?name }'
    done = kg("query", tmp_path / "graph", one, "--html", tmp_path / "one.html")
    assert done.err.splitlines()[0].startswith("2 nodes drawn into ")
    assert "Ann Weir" not in done.err
    assert "0000-0001-5109-3700" not in unpacked(tmp_path / "one.html")


def test_an_answer_without_nodes_is_not_drawn(small_graph: Path, tmp_path: Path) -> None:
    done = kg("query", small_graph, COUNT, "--html", tmp_path / "answer.html")
    assert done.code == 2
    assert "names no node of the graph" in done.err
    assert not (tmp_path / "answer.html").exists()
