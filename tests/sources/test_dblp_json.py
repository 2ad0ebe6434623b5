"""dblp's search in JSON."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnreadableError
from kg.sources import dblp_json, dblp_xml
from tests.sources.test_contract import check
from tests.sources.xml_samples import document, fields, of, rows, sample, texts

SEARCH = sample("dblp_json/search.json")


def answer(*infos: Any) -> str:
    return json.dumps({"result": {"hits": {"@total": "1", "hit": [{"@score": "1", "info": info} for info in infos]}}})


def test_the_sample() -> None:
    records, problems = rows(dblp_json, SEARCH)
    first, second = records
    assert [(f.name, f.text, f.value, f.line, (f.path or "").removeprefix("$.result.hits.hit[0].info"), f.of) for f in first.fields] == [
        ("author", "Jürgen Müller", None, 10, ".authors.author[0]", None), ("author_id", "12/34", "dblp:12/34", 10, ".authors.author[0]", 0),
        ("author", "Wei Wang", None, 10, ".authors.author[1]", None), ("author_id", "Wei Wang 0001", "dblp:35/7092-1", 10, ".authors.author[1]", 1),
        ("title", "Looms & Yarn", None, 10, ".title", None), ("venue", "J. Tinkering", None, 10, ".venue", None),
        ("volume", "7", None, 10, ".volume", None), ("issue", "2", None, 10, ".number", None), ("pages", "1-12", None, 10, ".pages", None),
        ("date", "2020", "2020", 10, ".year", None), ("type", "Journal Articles", None, 10, ".type", None), ("other", "open", None, 10, ".access", None),
        ("identifier", "journals/tinker/MullerW20", "dblp:journals/tinker/MullerW20", 10, ".key", None),
        ("identifier", "10.1000/TINK.2020.7", "doi:10.1000/tink.2020.7", 10, ".doi", None),
        ("identifier", "https://doi.org/10.1000/TINK.2020.7", "doi:10.1000/tink.2020.7", 10, ".ee", None),
        ("url", "https://dblp.org/rec/journals/tinker/MullerW20", None, 10, ".url", None),
    ]  # fmt: skip
    assert (second.line, texts(second, "author"), texts(second, "venue")) == (13, ["Ada de la Torre"], ["LOOM", "YARN"])
    assert of(second, "author_id") == [(0, "99/1", "dblp:99/1")]
    assert fields(second, "arxiv_id") == [("https://arxiv.org/abs/2101.00042", "2101.00042")]
    assert [f.line for f in second.all("venue")] == [19, 19]
    assert [str(problem) for problem in problems] == [
        "x.xml:27: 1 hit from here on that are people or venues, which are no papers; nothing: they are left out"
    ]


def test_it_says_what_the_answer_in_xml_says() -> None:
    (other,), _ = rows(dblp_xml, sample("dblp_xml/search.xml").replace("On slow looms", "Looms &amp; Yarn"))
    (record, _), _ = rows(dblp_json, SEARCH)
    assert [(f.name, f.text, f.value, f.of) for f in record.fields] == [(f.name, f.text, f.value, f.of) for f in other.fields]


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ({"title": "T.", "authors": {"author": ["A", {"text": "B &amp; C"}]}}, [("author", "A"), ("author", "B & C")]),
        ({"title": "T.", "authors": {"author": "A"}}, [("author", "A")]),
        ({"title": "T.", "authors": {"author": None}}, []),
        ({"title": "T.", "authors": {"author": [{}, None, "", 5, {"@pid": "1/2"}]}}, [("author", "5"), ("other", '{"@pid": "1/2"}')]),
        ({"title": "T.", "authors": [["A"]]}, [("other", '["A"]')]),
        ({"title": "T.", "year": 2020, "volume": 7, "venue": None, "ee": []}, [("date", "2020"), ("volume", "7")]),
        ({"title": "T.", "ee": ["https://doi.org/10.1000/x", "http://a.b"]}, [("identifier", "https://doi.org/10.1000/x"), ("url", "http://a.b")]),
        ({"title": "T.", "volume": ["7"], "doi": 5, "x": {"y": 0}}, [("other", '["7"]'), ("other", "5"), ("other", '{"y": 0}')]),
    ],
)  # fmt: skip
def test_shapes(info: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    (record,), problems = rows(dblp_json, answer(info))
    assert [(f.name, f.text) for f in record.fields] == [("title", "T"), *expected]
    assert problems == []


@pytest.mark.parametrize(
    ("info", "what", "line"),
    [
        ({"title": ""}, "$.result.hits.hit[0] has no title", 1), ({"title": {"text": "x"}}, "$.result.hits.hit[0] has no title", 1),
        ("x", "$.result.hits.hit[0] is no hit of dblp", 1), ({"title": "T", "doi": "10/x"}, "'10/x' is no doi", 1), ({"title": "T", "year": "20xx"}, "no year: 20xx", 1),
    ],
)  # fmt: skip
def test_problems(info: Any, what: str, line: int) -> None:
    _, (problem,) = rows(dblp_json, answer(info))
    assert (problem.what, problem.line) == (what, line)


def test_cut_off() -> None:
    with pytest.raises(UnreadableError) as caught:
        rows(dblp_json, SEARCH[:1000])
    assert caught.value.line > 10


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        (SEARCH, 0.9), (SEARCH[:700], 0.9), ("{}", 0.0), ('{"result": {"hits": {"hit": []}}, "dblp": 1}', 0.0), ("dblp", 0.0), ("", 0.0),
        ('[{"info": {"title": "dblp"}}]', 0.0), ('{"result": "dblp"}', 0.0), ("<dblp/>", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, sure: float) -> None:
    assert dblp_json.sniff(head, "x") == sure


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "@pid", "author", "title"]), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(["authors", "title", "venue", "year", "ee", "doi", "key", "volume", "url", "type", "x"])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=6) | VALUES, max_size=4))
def test_any_hit_is_survived(infos: list[Any]) -> None:
    text = answer(*infos)
    check(text, list(dblp_json.read(document(text))))
