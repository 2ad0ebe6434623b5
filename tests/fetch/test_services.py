"""Each service: what it is asked for what a person asks, three pages of it, identifiers, and years."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.fetch import Ask, FetchError, find, known_id, services
from kg.fetch._service import FaultyAnswer
from tests.fetch.conftest import Fetching, Time
from tests.fetch.server import Answer, Seen, of_json, of_xml, serving
from tests.fetch.services import Arxiv, Crossref, Dblp, OpenAlex, Paper, SemanticScholar, papers

GRAVEL = Ask(query="gravel")


def titles(files: list[Path]) -> list[str]:
    """Return the titles in files, in their order, read without anything of ours."""
    return [title for path in files for title in (json_titles if path.suffix == ".json" else xml_titles)(path.read_text("utf-8"))]


def xml_titles(text: str) -> list[str]:
    root = ET.fromstring(text)  # noqa: S314 - our own server's
    return [str(each.text).rstrip(".") for each in root.iter() if each.tag.rpartition("}")[2] == "title" and "Gravel" in str(each.text)]


def json_titles(text: str) -> list[str]:
    data = json.loads(text)
    if isinstance(data, dict):
        data = data.get("results") or data.get("data") or data.get("message") or data
        data = data.get("items", data) if isinstance(data, dict) else data
    works = data if isinstance(data, list) else [data]
    return [work["title"] if isinstance(work["title"], str) else work["title"][0] for work in works if work]


THREE_PAGES: list[tuple[str, Callable[[list[Paper]], Callable[[Seen], Answer]], int, float]] = [
    ("arxiv", Arxiv, 1100, 3.0),
    ("openalex", OpenAlex, 230, 0.2),
    ("semanticscholar", SemanticScholar, 2100, 1.0),
    ("crossref", Crossref, 1100, 1.0),
    ("dblp", Dblp, 2100, 2.0),
]


@pytest.mark.parametrize(("name", "emulate", "count", "pause"), THREE_PAGES, ids=[row[0] for row in THREE_PAGES])
def test_three_pages(
    name: str, emulate: Callable[[list[Paper]], Callable[[Seen], Answer]], count: int, pause: float, fetching: Fetching, clock: Time
) -> None:
    held = papers(count)
    with serving(emulate(held)) as server:
        outcome = fetching(server, name, GRAVEL, contact="ada@example.org")
    assert (outcome.records, outcome.pages, outcome.total, outcome.was_there) == (count, 3, count, False)
    assert titles(fetching.files()) == [paper.title for paper in held]
    assert [path.name for path in fetching.files()] == [f"{name}-0000{i}.{find(name).SUFFIX}" for i in (1, 2, 3)]
    assert len(server.seen) == 3
    assert {seen.headers["user-agent"] for seen in server.seen} == {"kg/0.1.0 (mailto:ada@example.org)"}
    assert clock.waits == [pause, pause]
    assert fetching.said[-1] == f"page 3: {count:,} of {count:,} papers"


def test_every_service_has_what_it_needs() -> None:
    assert list(services()) == ["arxiv", "crossref", "dblp", "openalex", "semanticscholar"]
    for service in services().values():
        assert service.BASE.startswith("https://")
        assert service.PAUSE > 0
        assert re.search(r"https://\S+", str(service.__doc__)), "cite the documentation"


def asked(name: str, **asks: Any) -> dict[str, str]:
    """Return the path and parameters of the first request."""
    request = find(name).request(Ask(**asks), None)
    return {"path": request.path, **dict(request.params)}


def test_arxiv_is_asked_in_its_own_language() -> None:
    assert asked("arxiv", query='gravel "small robot"', author="Beispiel, Ada", since=2019, until=2020) == {
        "path": "/api/query",
        "search_query": 'all:gravel AND all:"small robot" AND au:"Ada Beispiel" AND submittedDate:[201901010000 TO 202012312359]',
        "start": "0", "max_results": "500", "sortBy": "submittedDate", "sortOrder": "ascending",
    }  # fmt: skip
    assert asked("arxiv", query="ti:gravel OR abs:stone", since=2019)["search_query"] == (
        "(ti:gravel OR abs:stone) AND submittedDate:[201901010000 TO 299912312359]"
    )
    few = asked("arxiv", query="gravel", limit=30)
    assert (few["sortBy"], few["max_results"]) == ("relevance", "30")
    with pytest.raises(UsageError, match="does not search by ORCID"):
        asked("arxiv", author="0000-0002-1825-0097")


def test_arxiv_gives_no_more_than_thirty_thousand() -> None:
    arxiv = find("arxiv")
    assert dict(arxiv.request(GRAVEL, "29900").params)["max_results"] == "100"
    last = arxiv.page(GRAVEL, "29900", Arxiv.feed(papers(100), 81_234, 29_900).encode())
    assert (last.count, last.cursor, last.total) == (100, None, 81_234)


def test_arxiv_empty_pages_are_asked_for_again(fetching: Fetching, clock: Time) -> None:
    held = papers(600)
    empty = of_xml(Arxiv.feed([], 600, 500))
    with serving(Arxiv(held)) as server:
        server.faults = [None, empty, empty]
        assert fetching(server, "arxiv", GRAVEL).records == 600
    assert titles(fetching.files()) == [paper.title for paper in held]
    assert [seen.params["start"] for seen in server.seen] == ["0", "500", "500", "500"]
    assert clock.waits == [3.0, 3.0, 6.0]
    assert "an empty page, though there are 600 papers" in fetching.said[1]


def test_arxiv_short_pages_lose_nothing(fetching: Fetching) -> None:
    held = papers(700)
    with serving(Arxiv(held)) as server:
        server.faults = [of_xml(Arxiv.feed(held[:120], 700, 0))]
        assert fetching(server, "arxiv", GRAVEL).records == 700
    assert [seen.params["start"] for seen in server.seen] == ["0", "120", "620"]
    assert titles(fetching.files()) == [paper.title for paper in held]


def test_arxiv_says_errors_in_an_entry(fetching: Fetching) -> None:
    with serving(lambda _: of_xml(Arxiv.error("incorrect id format for\n 1234"))) as server, pytest.raises(FetchError, match="incorrect id format for 1234"):
        fetching(server, "arxiv", GRAVEL)
    assert len(server.seen) == 1


def test_openalex_is_asked_by_name_id_and_orcid() -> None:
    assert asked("openalex", query="gravel, wet", author='Beispiel, Ada "A|B"', since=2019, until=2020) == {
        "path": "/works", "search": "gravel, wet", "per_page": "100", "cursor": "*",
        "filter": 'raw_author_name.search:"Ada A B Beispiel",from_publication_date:2019-01-01,to_publication_date:2020-12-31',
    }  # fmt: skip
    assert asked("openalex", author="https://orcid.org/0000-0002-1825-0097")["filter"] == "authorships.author.orcid:0000-0002-1825-0097"
    assert asked("openalex", author="A5000000001")["filter"] == "authorships.author.id:A5000000001"
    with pytest.raises(UsageError, match="no author of OpenAlex"):
        asked("openalex", author="W5000000001")


def test_openalex_takes_a_same_cursor_for_a_fault(fetching: Fetching) -> None:
    def stuck(_: Seen) -> Answer:
        meta = {"count": 900, "next_cursor": "AAA", "db_response_time_ms": len(server.seen)}
        return of_json({"meta": meta, "results": [OpenAlex.work(Paper(len(server.seen)))]})

    with serving(stuck) as server, pytest.raises(FetchError, match="the same cursor again"):
        fetching(server, "openalex", GRAVEL)
    assert len(server.seen) == 2 + 6


def test_semantic_scholar_gives_the_most_relevant_of_few(fetching: Fetching) -> None:
    with serving(SemanticScholar(papers(900))) as server:
        outcome = fetching(server, "semanticscholar", Ask(query="gravel", since=2018, limit=250))
    assert (outcome.records, outcome.pages, outcome.total) == (252, 3, 900)
    assert {seen.path for seen in server.seen} == {"/graph/v1/paper/search"}
    assert [(seen.params["offset"], seen.params["limit"], seen.params["year"]) for seen in server.seen] == [
        ("0", "84", "2018-"), ("84", "84", "2018-"), ("168", "84", "2018-"),
    ]  # fmt: skip
    assert asked("semanticscholar", query="gravel", limit=1500)["sort"] == "citationCount:desc"
    assert asked("semanticscholar", query="gravel", since=2018, until=2018)["year"] == "2018"
    assert asked("semanticscholar", query="gravel", until=2018)["year"] == "-2018"


def test_semantic_scholar_has_less_than_it_tells(fetching: Fetching) -> None:
    with serving(SemanticScholar(papers(300))) as server:
        server.faults = [None, of_json({"error": "Requested data for this limit and/or offset is not available"}, 400)]
        assert fetching(server, "semanticscholar", Ask(query="gravel", limit=200)).records == 100


def test_semantic_scholar_by_author(fetching: Fetching) -> None:
    held = papers(230)
    with serving(SemanticScholar(held)) as server:
        outcome = fetching(server, "semanticscholar", Ask(author="1741101"))
    assert (outcome.records, outcome.pages) == (230, 3)
    assert titles(fetching.files()) == [paper.title for paper in held]
    assert "references.externalIds" in server.seen[0].params["fields"]


ADA = {"authorId": "1741101", "name": "Ada Beispiel", "paperCount": 230, "affiliations": ["Quarry Lab"]}


def test_semantic_scholar_by_a_name_of_one(fetching: Fetching) -> None:
    other = {"authorId": "5", "name": "Adam Beispiel", "paperCount": 1}
    with serving(SemanticScholar(papers(30), [other, ADA])) as server:
        assert fetching(server, "semanticscholar", Ask(author="Beispiel, Ada")).records == 30
    assert [seen.path for seen in server.seen] == ["/graph/v1/author/search", "/graph/v1/author/1741101/papers"]
    assert [path.name for path in fetching.files()] == ["semanticscholar-00001.json"]


def test_semantic_scholar_by_a_name_of_several(fetching: Fetching) -> None:
    namesake: dict[str, object] = {"authorId": "77", "name": "Ada  Beispiel\x1b[2J", "paperCount": None, "affiliations": "?"}
    other = {"authorId": "78", "name": "Ada Beispiel", "paperCount": 3}
    with serving(SemanticScholar(papers(30), [namesake, other, ADA])) as server, pytest.raises(UsageError) as error:
        fetching(server, "semanticscholar", Ask(author="Ada Beispiel"))
    assert str(error.value).splitlines() == [
        "Semantic Scholar knows 2 people called 'Ada Beispiel'; name one:",
        "  --author 1741101      Ada Beispiel, 230 papers, Quarry Lab",
        "  --author 78           Ada Beispiel, 3 papers",
    ]
    with serving(SemanticScholar([], [])) as server, pytest.raises(UsageError, match="knows nobody"):
        fetching(server, "semanticscholar", Ask(author="Ada Beispiel"))
    assert not (fetching.home / "out").exists()


def test_crossref_is_asked_by_name_and_orcid() -> None:
    assert asked("crossref", query="gravel", author="Beispiel, Ada", since=2019, until=2020) == {
        "path": "/works", "query": "gravel", "query.author": "Ada Beispiel", "filter": "from-pub-date:2019,until-pub-date:2020",
        "rows": "500", "cursor": "*",
    }  # fmt: skip
    assert asked("crossref", author="0000-0002-1825-0097")["filter"] == "orcid:0000-0002-1825-0097"


def test_dblp_by_person_and_by_name(fetching: Fetching) -> None:
    with serving(Dblp(papers(7))) as server:
        outcome = fetching(server, "dblp", Ask(author="https://dblp.org/pid/12/3456.html"))
    assert (outcome.records, outcome.pages, outcome.total) == (7, 1, 7)
    assert asked("dblp", query="gravel", author="Wei Wang 0001")["q"] == "gravel author:Wei_Wang_0001:"
    with pytest.raises(UsageError, match="all papers of a person"):
        asked("dblp", author="12/3456", query="gravel")


def test_dblp_is_asked_year_by_year(fetching: Fetching) -> None:
    held = papers(20)
    with serving(Dblp(held)) as server:
        outcome = fetching(server, "dblp", Ask(query="gravel", since=2016, until=2018))
    assert [seen.params["q"] for seen in server.seen] == ["gravel year:2016:", "gravel year:2017:", "gravel year:2018:"]
    assert (outcome.records, outcome.total) == (12, None)
    assert sorted(titles(fetching.files())) == sorted(paper.title for paper in held if 2016 <= paper.year <= 2018)
    with pytest.raises(UsageError, match="both --from and --to"):
        asked("dblp", query="gravel", since=2016)


def test_dblp_gives_the_first_ten_thousand() -> None:
    dblp = find("dblp")
    assert dict(dblp.request(GRAVEL, "0:9500").params)["h"] == "500"
    last = dblp.page(GRAVEL, "0:9500", b'<result><hits total="23456"><hit/></hits></result>')
    assert last.cursor == "0:9501"
    assert dblp.page(GRAVEL, "0:9999", b'<result><hits total="23456"><hit/></hits></result>').cursor is None


IDS: list[tuple[str, Callable[[list[Paper]], Callable[[Seen], Answer]], str, list[int]]] = [
    ("arxiv", Arxiv, "arxiv", [100, 100, 12]),
    ("openalex", OpenAlex, "doi", [50, 50, 50, 50, 12]),
    ("semanticscholar", SemanticScholar, "doi", [100, 100, 12]),
    ("crossref", Crossref, "doi", [50, 50, 50, 50, 12]),
    ("dblp", Dblp, "key", [1] * 5),
]


@pytest.mark.parametrize(("name", "emulate", "scheme", "sizes"), IDS, ids=[row[0] for row in IDS])
def test_identifiers_go_in_batches(
    name: str, emulate: Callable[[list[Paper]], Callable[[Seen], Answer]], scheme: str, sizes: list[int], fetching: Fetching
) -> None:
    held = papers(sum(sizes))
    absent = Paper(99_999)
    wanted = [getattr(paper, scheme) for paper in [*held[:-1], absent]]
    with serving(emulate(held)) as server:
        outcome = fetching(server, name, Ask(ids=tuple(known_id(text, find(name)) for text in wanted)))
    assert len(server.seen) == len(sizes)
    assert outcome.records == len(held) - 1
    assert titles(fetching.files()) == [paper.title for paper in held[:-1]]


def test_no_identifier_is_known(fetching: Fetching) -> None:
    for name, emulate, scheme, _ in IDS:
        with serving(emulate([])) as server:
            ids = (known_id(getattr(Paper(5), scheme), find(name)),)
            assert fetching(server, name, Ask(ids=ids), out=name).records == 0
        assert fetching.files(name) == []


@pytest.mark.parametrize(("name", "emulate"), [("openalex", OpenAlex), ("crossref", Crossref)])
def test_an_identifier_that_no_list_can_hold_is_asked_alone(
    name: str, emulate: Callable[[list[Paper]], Callable[[Seen], Answer]], fetching: Fetching
) -> None:
    class Odd(Paper):
        @property
        def doi(self) -> str:
            return f"10.5555/(sici)1097,{self.number}<>x"[:-3] + "&y"

    held = [Odd(1), Paper(2)]
    ids = tuple(f"doi:{paper.doi}" for paper in [*held, Odd(9)])
    with serving(emulate(held)) as server:
        assert fetching(server, name, Ask(ids=ids)).records == 2
    assert sorted(titles(fetching.files())) == ["Gravel, Part 1", "Gravel, Part 2"]
    assert len(server.seen) == 3


def test_identifiers_are_written_as_each_service_has_them() -> None:
    def bodies(*ids: str) -> list[str]:
        found: list[str] = json.loads(find("semanticscholar").request(Ask(ids=ids), None).body or "")["ids"]
        return found

    assert bodies("s2:" + "a" * 40, "s2:1" + "0" * 39, "s2:77", "doi:10.1/x", "arxiv:2101.00001", "acl:P19-1001", "pmid:5", "pmcid:PMC6") == [
        "a" * 40, "1" + "0" * 39, "CorpusId:77", "DOI:10.1/x", "ARXIV:2101.00001", "ACL:P19-1001", "PMID:5", "PMCID:6",
    ]  # fmt: skip
    assert asked("openalex", ids=("openalex:W1", "arxiv:2101.00001", "openalex:W2"))["filter"] == "ids.openalex:W1|W2"
    openalex = find("openalex").request(Ask(ids=("openalex:W1", "arxiv:2101.00001")), "1:0:*")
    assert dict(openalex.params)["filter"] == "doi:10.48550/arxiv.2101.00001"


@pytest.mark.parametrize(
    ("name", "text", "known"),
    [
        ("arxiv", "https://arxiv.org/abs/2101.00001v3", "arxiv:2101.00001"),
        ("crossref", "https://doi.org/10.5555/ABC", "doi:10.5555/abc"),
        ("openalex", "https://openalex.org/W77", "openalex:W77"),
        ("openalex", "10.48550/arXiv.2101.00001", "arxiv:2101.00001"),
        ("openalex", "pmid:77", "pmid:77"),
        ("semanticscholar", "CorpusID:77", "s2:77"),
        ("semanticscholar", "P19-1001", "acl:P19-1001"),
        ("semanticscholar", "PMC77", "pmcid:PMC77"),
        ("dblp", "https://dblp.org/rec/conf/gravel/X1", "dblp:conf/gravel/X1"),
        ("arxiv", "2113.00001", None),
        ("crossref", "10.48550/arXiv.2101.00001", None),
        ("crossref", "hello", None),
        ("openalex", "A5000000001", None),
        ("dblp", "12/3456", None),
        ("dblp", "homepages/12/3456", None),
    ],
)  # fmt: skip
def test_identifiers_are_checked_first(name: str, text: str, known: str | None) -> None:
    if known:
        assert known_id(text, find(name)) == known
    else:
        with pytest.raises(UsageError, match="no identifier of a paper that"):
            known_id(text, find(name))


_KEYS = st.sampled_from(["meta", "results", "count", "next_cursor", "id", "total", "token", "data", "next", "message", "items",
                         "total-results", "next-cursor", "DOI", "authorId", "name", "paperCount", "affiliations"])  # fmt: skip
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.sampled_from(["7", "A", "*"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4), max_leaves=12,
)  # fmt: skip


@given(
    name=st.sampled_from(["openalex", "semanticscholar", "crossref"]), data=_JSON,
    ask=st.sampled_from([GRAVEL, Ask(query="x", limit=5), Ask(author="Ada"), Ask(ids=("doi:10.1/x",)), Ask(ids=("doi:10.1/x,y",))]),
)  # fmt: skip
@settings(max_examples=300)
def test_whatever_the_answer_says(name: str, data: Any, ask: Ask) -> None:
    service = find(name)
    try:
        page = service.page(ask, None, json.dumps(data).encode())
    except (FaultyAnswer, FetchError, UsageError) as error:
        assert len(str(error)) < 3000  # noqa: PT017 - which of them it is does not matter
        return
    assert page.count >= 0
    assert page.total is None or page.total >= 0
    if page.cursor is not None:
        assert service.request(ask, page.cursor).path.startswith("/")


@pytest.mark.parametrize("name", list(services()))
@pytest.mark.parametrize(
    "answer",
    [b" ", b"<html><body>Sorry</body></html>", b"{", b"[]", b"{}", b"null", b'{"meta": 3, "message": [], "data": {}}', b"[" * 100_000, b"<feed", b"\xff\xfe",
     b'<!DOCTYPE x [<!ENTITY a "aaaa">]><feed xmlns="http://www.w3.org/2005/Atom">&a;</feed>', b"<result/>", b'<result><hits total="-5"/></result>'],
    ids=lambda answer: repr(answer[:20]),
)  # fmt: skip
def test_what_is_no_answer_is_a_fault(name: str, answer: bytes) -> None:
    with pytest.raises(FaultyAnswer):
        find(name).page(GRAVEL, None, answer)
