"""`kg fetch` as a person types it."""

import json
from pathlib import Path

import pytest

from kg.fetch import services
from tests.command import Done, kg
from tests.fetch.server import Answer, of_json, serving
from tests.fetch.services import Crossref, OpenAlex, SemanticScholar, papers


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder in which all is that is written; nobody's own key or address is used."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("KG_CONTACT", "OPENALEX_API_KEY", "S2_API_KEY", "CROSSREF_PLUS_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def fetched(url: str, home: Path, *arguments: object, stdin: bytes = b"", out: str = "my papers") -> Done:
    return kg("fetch", *arguments, "--out", home / out, "--base-url", url, stdin=stdin)


def test_a_search_ends_with_what_to_do_next(home: Path) -> None:
    with serving(OpenAlex(papers(30))) as server:
        done = fetched(server.url, home, "openalex", "--query", "gravel", "--from", 2019, "--to", 2020, "--limit", 20)
        assert (done.code, done.out) == (0, "")
        assert done.err.splitlines() == [
            "tip: --contact you@example.org (or KG_CONTACT) tells the service who asks, as they wish",
            "  page 1: 20 of 30 papers",
            "20 papers in 1 file",
            f"next: kg build '{home / 'my papers'}' --out graph",
        ]
        done = fetched(server.url, home, "openalex", "--query", "gravel", "--from", 2019, "--to", 2020, "--limit", 20)
        assert "20 papers in 1 file (they were there already; --refresh asks again)" in done.err
    assert len(server.seen) == 1
    assert [path.name for path in sorted((home / "my papers").iterdir())] == [".fetch.json", "openalex-00001.json"]
    assert len(list((home / "cache" / "kg" / "fetch" / "openalex").iterdir())) == 1


def test_what_was_fetched_is_built(home: Path) -> None:
    with serving(Crossref(papers(4))) as server:
        assert fetched(server.url, home, "crossref", "--query", "gravel", "--contact", "ada@example.org").code == 0
    done = kg("build", home / "my papers", "--out", home / "graph")
    assert done.code == 0
    assert "1 document, 4 records, 4 papers, 1 person" in done.err
    assert " 0 problems" in done.err


def test_identifiers_from_a_list(home: Path) -> None:
    listed = b"\xef\xbb\xbf# my list\r\n10.5555/gravel.1\r\n\r\n https://doi.org/10.5555/GRAVEL.1 \r\n10.5555/gravel.9\r\n"
    with serving(SemanticScholar(papers(3))) as server:
        done = fetched(f"{server.url}/graph/v1", home, "semanticscholar", "--id", "arXiv:2101.00002v3", "--ids", "-", stdin=listed)
    assert done.code == 0
    assert json.loads(server.seen[0].body) == {"ids": ["ARXIV:2101.00002", "DOI:10.5555/gravel.1", "DOI:10.5555/gravel.9"]}
    assert "2 papers in 1 file\n1 of the 3 identifiers gave nothing: Semantic Scholar does not have them\n" in done.err


def test_nothing_found_is_no_result(home: Path) -> None:
    with serving(OpenAlex([])) as server:
        done = fetched(server.url, home, "openalex", "--query", "gravel")
        assert (done.code, done.err.splitlines()[-1]) == (1, "OpenAlex has no such papers")
        assert fetched(server.url, home, "openalex", "--query", "gravel").code == 1


def test_less_than_was_told_is_said(home: Path) -> None:
    answer = of_json({"meta": {"count": 900, "next_cursor": None}, "results": [OpenAlex.work(papers(1)[0])]})
    with serving(lambda _: answer) as server:
        done = fetched(server.url, home, "openalex", "--query", "gravel")
    assert done.code == 0
    assert "OpenAlex spoke of 900 papers and gave no more; asked by years (--from, --to) it may give all" in done.err


def test_a_service_that_refuses(home: Path) -> None:
    with serving(lambda _: of_json({"message": "no such \x1b[31mfilter"}, 400)) as server:
        done = fetched(server.url, home, "openalex", "--query", "gravel")
    assert (done.code, done.err.splitlines()[-1]) == (1, r"kg: OpenAlex refuses: 400 Bad Request: no such [31mfilter")
    assert not (home / "my papers").exists()


def test_a_service_that_wants_rest(home: Path) -> None:
    with serving(lambda _: Answer(b"", 429, {"Retry-After": "7200"})) as server:
        done = fetched(server.url, home, "openalex", "--query", "gravel", "--no-cache")
    assert done.code == 1
    assert "OpenAlex asks to come back in 2 h" in done.err
    assert "run the same command again" in done.err
    assert not (home / "cache").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere", "--query", "x"], "there is no service 'nowhere'; the services: arxiv, crossref, dblp, openalex, semanticscholar"),
        (["arxiv"], "say what to fetch: --query, --author, --id or --ids"),
        (["arxiv", "--query", "  "], "say what to fetch"),
        (["arxiv", "--from", "2019"], "say what to fetch"),
        (["arxiv", "--id", "2113.00001"], "'2113.00001' is no identifier of a paper that arXiv knows; it takes: arxiv"),
        (["crossref", "--id", "10.5555/a", "--query", "x"], "--id and --ids stand alone"),
        (["crossref", "--id", "10.5555/a", "--limit", "3"], "--id and --ids stand alone"),
        (["arxiv", "--query", "x", "--from", "2020", "--to", "2019"], "--from 2020 is later than --to 2019"),
        (["arxiv", "--query", "x", "--from", "19"], "19 is not in the range"),
        (["arxiv", "--query", "x", "--limit", "0"], "0 is not in the range"),
        (["arxiv", "--query", "x", "--contact", "me"], "'me' is no e-mail address"),
        (["arxiv", "--ids", "-"], "the list is empty"),
        (["arxiv", "--ids", "/nowhere/list"], "No such file"),
        (["arxiv", "--author", "0000-0002-1825-0097"], "does not search by ORCID"),
        (["dblp", "--query", "x", "--from", "2019"], "give both --from and --to"),
        (["semanticscholar", "--query", "x", "--author", "1741101"], "leave out --query"),
    ],
)
def test_wrong_usage_asks_nobody(arguments: list[str], told: str, home: Path) -> None:
    with serving(OpenAlex([])) as server:
        done = fetched(server.url, home, *arguments)
    assert done.code == 2
    assert told in done.err
    assert server.seen == []
    assert not (home / "my papers").exists()


def test_a_list_that_is_no_text(home: Path) -> None:
    (home / "list").write_bytes(b"\xff\xfe1\x000")
    done = fetched("http://127.0.0.1:1", home, "arxiv", "--ids", home / "list")
    assert (done.code, "no text in UTF-8" in done.err) == (2, True)


def test_another_server_must_be_safe(home: Path) -> None:
    done = fetched("http://example.org", home, "arxiv", "--query", "x")
    assert (done.code, done.err.splitlines()[-1]) == (2, "kg: http://example.org: only https, or http on this machine")


def test_contact_from_the_environment(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_CONTACT", "ada@example.org")
    with serving(OpenAlex(papers(1))) as server:
        done = fetched(server.url, home, "openalex", "--query", "gravel")
    assert "tip:" not in done.err
    assert server.seen[0].headers["user-agent"].endswith("(mailto:ada@example.org)")


def test_the_help_lists_what_is_found(home: Path) -> None:  # noqa: ARG001 - of no one's own environment
    told = " ".join(kg("fetch", "--help").out.split())
    for name, service in services().items():
        assert f"{name} (key: {service.KEY.variable})" in told if service.KEY else name in told
