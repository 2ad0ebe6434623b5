"""The measurement itself works: papers are put together of signatures, files are read, and the scores are those of the gold."""

import subprocess
import sys
from pathlib import Path

import pytest

from kg import sources
from kg.model import Document, Record
from tests.benchmarks import identity

SIGNATURES = [
    {"sid": "p#1", "paper_id": "p", "title": "On Gravel", "abstract": "", "year": 2020, "venue": "v", "keywords": "stones; robots",
     "position": 1, "name": "B. Exempel", "coauthors": ["A. Beispiel", "C. Modello"], "affiliation": "Quarry Institute, Steinbach"},
    {"sid": "p#0", "paper_id": "p", "title": "On Gravel", "abstract": "", "year": 2020, "venue": "v", "keywords": "stones; robots",
     "position": 0, "name": "Beispiel, Ada", "coauthors": ["B. Exempel", "C. Modello"], "affiliation": ""},
]  # fmt: skip


def test_a_paper_is_put_together_of_its_signatures() -> None:
    (paper,), places = identity.together(SIGNATURES)
    assert [person["name"] for person in paper["authors"]] == ["Beispiel, Ada", "B. Exempel", "C. Modello"]
    assert paper["authors"][1]["affiliation"] == "Quarry Institute, Steinbach"
    assert places == {"p#1": identity.Place(0, 1), "p#0": identity.Place(0, 0)}


def test_alone_a_signature_has_a_paper_of_its_own() -> None:
    papers, places = identity.alone(SIGNATURES)
    assert [paper["authors"] for paper in papers][1] == [{"name": "Beispiel, Ada"}]
    assert list(places.values()) == [identity.Place(0, 0), identity.Place(1, 0)]


@pytest.mark.parametrize("form", sorted(identity.FORMS))
def test_all_that_a_paper_says_arrives_by_each_form(form: str, tmp_path: Path) -> None:
    papers, _ = identity.together(SIGNATURES)
    file = identity.FORMS[form](tmp_path / "papers", papers)
    document = sources.decode(file.read_bytes(), file.name)
    assert isinstance(document, Document)
    (record,) = (row for row in sources.read(document) if isinstance(row, Record))
    assert [field.text for field in record.all("author")][1:] == ["B. Exempel", "C. Modello"]
    # A list with gaps in the cell of a table does not tell whose its parts are.
    assert [(field.text, field.of) for field in record.all("affiliation")] == [("Quarry Institute, Steinbach", 1 if form == "jsonl" else None)]
    assert {field.name: field.text for field in record.fields if field.name in {"title", "date", "venue"}} == {
        "title": "On Gravel", "date": "2020", "venue": "v",
    }  # fmt: skip
    assert [field.text for field in record.all("keyword")] == ["stones", "robots"]


def test_perfect_predictions_get_perfect_scores(tmp_path: Path) -> None:
    if not identity.GOLD.is_dir():
        pytest.skip("the shared gold is not beside the repository")
    gold = list(identity.rows("authors_acl_gold.jsonl.gz"))
    right = identity.written(tmp_path / "right.jsonl", ({"id": row["sid"], "cluster": row["person"]} for row in gold))
    command = [sys.executable, "-m", "tests.benchmarks.identity", "authors_acl", "--predictions", str(right)]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    scores = {line[22:56].strip(): line[56:65].strip() for line in shown.splitlines()[1:]}
    assert scores["B3 F1"] == scores["pairwise F1"] == scores["homonyms: B3 F1"] == "100.00"
