"""CSL-JSON as Zotero, Pandoc and DOI content negotiation write it."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources import HEAD, read
from kg.sources import csl_json as reader
from tests.sources.told import facts, sample

DATA = Path(__file__).parents[1] / "data" / "sources" / "csl_json"


def rows(data: Any, name: str = "x.json") -> tuple[list[Record], list[Problem]]:
    found = list(reader.read(Document.of_text(data if isinstance(data, str) else json.dumps(data), name, "d")))
    return [row for row in found if isinstance(row, Record)], [row for row in found if isinstance(row, Problem)]


def read_sample(name: str) -> tuple[list[Record], list[Problem]]:
    document = sample(f"csl_json/{name}")
    return rows(document.text, name)


def one(**keys: Any) -> Record:
    (record,), problems = rows([{"id": "x", **keys}])
    assert problems == []
    return record


def test_zotero() -> None:
    (first, second), problems = read_sample("zotero.json")
    assert facts(first, "title", "author", "et_al", "abstract", "date") == [
        ("title", "Looms that learn: weaving CO2 maps with pyTorch & thread", None),
        ("author", "Ada Lovelace", None),
        ("author", "Aäron van den Oord", None),
        ("author", "Jean de La Fontaine Jr.", None),
        ("author", "Analytical Engine Collaboration", "group"),
        ("author", "Suharto", None),
        ("et_al", "others", None),
        ("abstract", "We weave maps of carbon dioxide from few measurements.", None),
        ("date", "2021-05-04", "2021-05-04"),
    ]
    assert facts(first, "venue", "volume", "issue", "pages", "publisher", "type", "language", "keyword", "url") == [
        ("venue", "Journal of Invented Results", None), ("volume", "12", None), ("issue", "3", None), ("pages", "17-29", None),
        ("publisher", "Invented Press", None), ("type", "article-journal", None), ("language", "en", None),
        ("keyword", "weaving", None), ("keyword", "carbon dioxide", None), ("url", "https://arxiv.org/abs/2101.00017v2", None),
    ]  # fmt: skip
    assert facts(first, "identifier", "arxiv_id", "category", "comment") == [
        ("identifier", "10.5555/JIR.2021.17", "doi:10.5555/jir.2021.17"),
        ("identifier", "31452104", "pmid:31452104"),
        ("identifier", "PMC6712345", "pmcid:PMC6712345"),
        ("arxiv_id", "2101.00017", None),
        ("category", "cs.LG", None),
        ("arxiv_id", "2101.00017", None),
        ("comment", "Read twice;\nstill odd.", None),
    ]
    assert [(f.line, f.path) for f in first.fields if f.name in {"title", "author", "date"}][:2] == [
        (5, "$[0].title"), (9, "$[0].author[0]"),
    ]  # fmt: skip
    assert [(p.line, p.what) for p in problems] == [(29, "no PMID: 'no number'")]
    assert facts(second, "author", "author_id", "affiliation", "venue") == [
        ("author", "Grace Hopper", None),
        ("author_id", "http://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097"),
        ("affiliation", "Invented Navy Yard", None),
        ("venue", "Proceedings of Nothing", None),
        ("venue", "LNCS", None),
    ]


def test_pandoc() -> None:
    (raw, words, never), problems = read_sample("pandoc.json")
    assert facts(raw, "date", "arxiv_id", "version") == [
        ("date", "12 May 2019", "2019-05-12"), ("arxiv_id", "1905.01234v1", "1905.01234"), ("version", "v1", None),
    ]  # fmt: skip
    assert facts(words, "author", "date") == [("author", "Invented Committee", "group"), ("date", "in press", None)]
    assert facts(never, "date") == [("date", "2022-02-30", None)]
    assert [(p.line, p.what, p.severity) for p in problems] == [
        (7, "no date: '2022-02-30'", "warning"), (8, "no CSL item at $.references[3]", "error"),
    ]  # fmt: skip


def test_what_a_doi_resolves_to() -> None:
    (record,), problems = read_sample("doi.json")
    assert facts(record, "author", "author_id", "affiliation", "date", "category") == [
        ("author", "Josiah Carberry", None), ("affiliation", "Brown University, Providence", None),
        ("date", "2023-07", "2023-07"), ("category", "Psychoceramics", None),
    ]  # fmt: skip
    assert facts(record, "reference") == [
        ("reference", "Looms that learn", "doi:10.5555/jir.2021.17"), ("reference", "C. Babbage, On engines, 1832.", None),
    ]  # fmt: skip
    assert ("other", "http://orcid.org/0000-0002-1825-0098", None) in facts(record, "other")
    assert [(p.line, p.severity) for p in problems] == [(3, "warning")]


@pytest.mark.parametrize(
    ("issued", "text", "value"),
    [
        ({"date-parts": [[2020, 3]]}, "2020-03", "2020-03"),
        ({"date-parts": [["2020", "3", "1"], ["2020", "4"]]}, "2020-03-01", "2020-03-01"),
        ({"date-parts": [[2020, 21]]}, "2020-21", "2020"),
        ({"date-parts": [2020, 5]}, "2020-05", "2020-05"),
        ([{"year": 2020, "month": 5}], "2020-05", "2020-05"),
        ({"raw": "2020-05-12"}, "2020-05-12", "2020-05-12"),
        ("2020-05", "2020-05", "2020-05"),
        (2020, "2020", "2020"),
    ],
)
def test_dates(issued: Any, text: str, value: str) -> None:
    assert facts(one(title="T", issued=issued), "date") == [("date", text, value)]


@pytest.mark.parametrize(
    ("name", "printed", "value"),
    [
        ({"family": "Mao", "given": "Zedong", "static-ordering": True}, "Mao Zedong", None),
        ({"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"}, "Ludwig van Beethoven", None),
        ({"literal": "{OpenInvention}"}, "OpenInvention", "group"),
        ({"literal": "Lovelace A. K."}, "A. K. Lovelace", None), ({"literal": "Office of Looms, Oslo"}, "Office of Looms, Oslo", "group"),
        ({"given": "Cher"}, "Cher", None), ({"family": "World Loom Organization"}, "World Loom Organization", "group"),
        ("Lovelace, Ada", "Ada Lovelace", None),
    ],
)
def test_names(name: Any, printed: str, value: str | None) -> None:
    assert facts(one(title="T", author=[name]), "author") == [("author", printed, value)]


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ({"family": "Lovelace A, Wang W"}, ["A Lovelace", "W Wang"]), ({"literal": "Ada Lovelace and Wei Wang"}, ["Ada Lovelace", "Wei Wang"]),
        ({"given": "Lovelace, Ada; Wang, Wei"}, ["Ada Lovelace", "Wei Wang"]), ({"literal": "Office of Looms and Mills"}, ["Office of Looms and Mills"]),
        ({"family": "Lovelace, Ada"}, ["Lovelace, Ada"]), ({"family": "Lovelace A, Wang W", "given": "B"}, ["B Lovelace A, Wang W"]),
    ],
)  # fmt: skip
def test_several_people_in_one_field(name: Any, printed: list[str]) -> None:
    assert [field.text for field in one(title="T", author=[name]).all("author")] == printed


def test_notes() -> None:
    record = one(title="T", note="{:DOI: 10.5555/x}\ntex.eprint: hep-th/9901001v2\nPublisher: arXiv\nfree text")
    assert [fact for fact in facts(record, "identifier", "arxiv_id", "version", "comment", "other") if fact[1] != "x"] == [
        ("identifier", "10.5555/x", "doi:10.5555/x"), ("arxiv_id", "hep-th/9901001v2", "hep-th/9901001"), ("version", "v2", None),
        ("other", "Publisher: arXiv", None), ("comment", "free text", None),
    ]  # fmt: skip


def test_wrong_types_are_kept_and_reported() -> None:
    (record,), problems = rows([{
        "id": ["x"], "title": {"a": 1}, "author": [7, None, {"family": {"b": 2}}], "DOI": {"c": 3}, "issued": {"date-parts": [[None]]},
        "abstract": 5, "volume": 0, "keyword": ["k; l"], "note": True, "URL": [["u"]],
    }])  # fmt: skip
    assert facts(record, "abstract", "volume", "keyword") == [
        ("abstract", "5", None), ("volume", "0", None), ("keyword", "k", None), ("keyword", "l", None),
    ]  # fmt: skip
    assert {'{"a": 1}', "[7]", '{"b": 2}', '{"c": 3}', "true", '[["u"]]', "x"} <= {f.text for f in record.all("other")}
    assert len(problems) == 6
    assert {p.severity for p in problems} == {"warning"}


def test_many_authors_and_other_shapes() -> None:
    authors = [{"family": f"L{i}", "given": "A."} for i in range(3000)]
    assert facts(one(title="T", author=authors), "author")[2999] == ("author", "A. L2999", None)
    lines = "\n".join(json.dumps({"id": str(i), "type": "book", "title": f"T{i}"}) for i in range(3))
    records, problems = rows(f"{lines}\n{{broken\n", "x.jsonl")
    assert [(record.ordinal, record.line) for record in records] == [(0, 1), (1, 2), (2, 3)]
    assert [p.line for p in problems] == [4]


def test_a_cut_file_is_refused() -> None:
    with pytest.raises(UnreadableError) as error:
        rows('[{"id": "a", "title": "T"},\n{"id": "b", "ti')
    assert error.value.line == 2


@pytest.mark.parametrize(
    ("data", "score"),
    [
        ([{"id": "a", "type": "paper-conference", "title": "T", "author": [{"family": "L"}]}], 0.9),
        ({"items": [{"id": "a", "type": "book", "title": "T", "author": [{"family": "L"}], "issued": {"raw": "2020"}}]}, 0.9),
        ([{"id": "a", "type": "book", "title": "T", "author": [{"family": "L"}]}], 0.5),
        ([{"id": "a", "type": "book", "title": "T"}], 0.0),
        ({"message": {"items": [{"DOI": "10.1/x", "title": ["T"], "author": [{"family": "L"}], "issued": {"date-parts": [[1]]}}]}}, 0.0),
        ([{"DOI": "10.1/x", "title": ["T"], "author": [{"family": "L"}], "issued": {"date-parts": [[1]]}}], 0.0),
        ([{"itemType": "book", "title": "T", "author": [{"family": "L"}], "container-title": "J"}], 0.0),
        ([{"paperId": "a", "title": "T", "authors": [{"name": "L"}]}], 0.0),
        ([1, 2], 0.0),
        ("x", 0.0),
    ],
)
def test_sniff(data: Any, score: float) -> None:
    assert reader.sniff(json.dumps(data), "x.json") == score


def test_the_standard_library_reads_the_same() -> None:
    for item, record in zip(json.loads((DATA / "zotero.json").read_text()), read_sample("zotero.json")[0], strict=True):
        paths = {f.path for f in record.fields if f.path}
        for key, value in item.items():
            said = [path for path in paths if f"].{key}" in path]
            assert said, key
            if isinstance(value, list) and key == "author":
                assert {f"$[{record.ordinal}].author[{i}]" for i in range(len(value))} <= paths


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["family", "literal", "date-parts", "raw", "name", "DOI"]) | st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
KEYS = st.sampled_from(["title", "author", "issued", "DOI", "URL", "PMID", "note", "keyword", "container-title", "id", "number", "reference", "page", "subject", "x"])


@settings(max_examples=80, deadline=None)
@given(data=st.lists(st.dictionaries(KEYS, JSON, max_size=6), max_size=3))
def test_any_object_is_survived_and_nothing_lost(data: list[dict[str, Any]]) -> None:
    text = json.dumps(data)
    assert 0.0 <= reader.sniff(text[:HEAD], "x.json") <= 1.0
    records, _ = rows(text)
    paths = {f.path for record in records for f in record.fields if f.path}
    for rank, item in enumerate(data):
        for key, value in item.items():
            if isinstance(value, str) and value.strip() and key not in {"title", "keyword", "note", "author", "x"}:
                assert f"$[{rank}].{key}" in paths


def test_nesting_is_survived() -> None:
    records, _ = rows('[{"id": "a", "title": "T", "author": ' + "[" * 900 + "]" * 900 + "}]")
    assert [f.text for f in records[0].all("title")] == ["T"]
    assert list(read(Document.of_text("[" * 100_000, "x.json")))


def test_what_crossref_says_of_authors_and_cited_works() -> None:
    authors = [{"family": "Bee", "given": "A.", "affiliation": [{"name": "Oxford", "id": "7"}]}, {"family": "Dee", "given": "C.", "affiliation": ["MIT", ""]}]
    record = one(type="article", title="T", author=authors, reference=["10.5555/a", {"DOI": "10.5555/b", "unstructured": "Bee, Hay"}], archive="arXiv", archive_location="2401.01234")
    assert [(f.text, f.of) for f in record.all("affiliation")] == [("Oxford", 0), ("MIT", 1)]
    assert [(f.text, f.value) for f in record.all("reference")] == [("10.5555/a", "doi:10.5555/a"), ("Bee, Hay", "doi:10.5555/b")]
    assert [f.text for f in record.all("arxiv_id")] == ["2401.01234"]
    assert '{"id": "7"}' in [f.text for f in record.all("other")]
