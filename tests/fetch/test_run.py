"""A fetch as a whole: going on after it was cut off, the cache, what is refused, and where it ends."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from kg.cli._records import read
from kg.engine.inputs import Reading
from kg.errors import UsageError
from kg.fetch import Ask, FetchError
from kg.fetch._folder import STATE
from kg.sources import readers
from tests.command import start
from tests.fetch.conftest import Fetching, Time
from tests.fetch.server import Answer, Seen, Server, of_json, serving
from tests.fetch.services import Arxiv, Crossref, Dblp, OpenAlex, Paper, SemanticScholar, papers
from tests.fetch.test_services import titles

GRAVEL = Ask(query="gravel")
DAY = 86_400.0
DOWN = Answer(b"", 403)


def state(fetching: Fetching, out: str = "out") -> dict[str, object]:
    found: dict[str, object] = json.loads((fetching.home / out / STATE).read_text("utf-8"))
    return found


def test_it_goes_on_where_it_stopped(fetching: Fetching) -> None:
    held = papers(430)
    with serving(OpenAlex(held)) as server:
        server.faults = [None, None, DOWN]
        with pytest.raises(FetchError):
            fetching(server, "openalex", GRAVEL, cache="")
        assert (state(fetching)["pages"], state(fetching)["records"], state(fetching)["finished"]) == (2, 200, False)
        outcome = fetching(server, "openalex", GRAVEL, cache="")
    assert (outcome.records, outcome.pages, outcome.was_there) == (430, 5, False)
    assert len(server.seen) == 6
    assert titles(fetching.files()) == [paper.title for paper in held]
    assert fetching.said[2] == "going on behind 200 papers"


def test_what_is_complete_is_not_asked_again(fetching: Fetching) -> None:
    with serving(OpenAlex(papers(30))) as server:
        first = fetching(server, "openalex", GRAVEL, cache="")
        again = fetching(server, "openalex", GRAVEL, cache="")
        assert len(server.seen) == 1
        assert (again.records, again.pages, again.was_there) == (first.records, first.pages, True)
        (fetching.home / "out" / "openalex-00001.json").unlink()
        assert fetching(server, "openalex", GRAVEL, cache="").was_there is False
    assert len(server.seen) == 2


def test_cut_off_between_a_page_and_its_note(fetching: Fetching) -> None:
    held = papers(230)
    with serving(OpenAlex(held)) as server:
        server.faults = [None, DOWN]
        with pytest.raises(FetchError):
            fetching(server, "openalex", GRAVEL, cache="")
        noted = (fetching.home / "out" / STATE).read_bytes()
        server.faults = [None, DOWN]
        with pytest.raises(FetchError):
            fetching(server, "openalex", GRAVEL, cache="")
        assert len(fetching.files()) == 2
        (fetching.home / "out" / STATE).write_bytes(noted)
        fetching(server, "openalex", GRAVEL, cache="")
    assert titles(fetching.files()) == [paper.title for paper in held]


def run(server: Server, home: Path, *more: str) -> subprocess.Popen[bytes]:
    """Start the command in a process of its own."""
    return start(
        "fetch", "openalex", "--query", "gravel", "--out", home / "out", "--base-url", server.url, "--no-cache", *more,
        environment={"KG_CONTACT": "ada@example.org", "OPENALEX_API_KEY": "s3cr3t"},
    )  # fmt: skip


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_killed_run_is_gone_on_with(how: signal.Signals, tmp_path: Path) -> None:
    held = papers(330)
    with serving(OpenAlex(held)) as server:
        server.faults = [None, None, Answer(b"{}", before=30.0)]
        child = run(server, tmp_path)
        deadline = time.monotonic() + 20
        while len(server.seen) < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        child.send_signal(how)
        told = child.communicate(timeout=60)[1].decode()
        assert child.returncode == (-how if how == signal.SIGKILL else 130)
        assert "Traceback" not in told
        assert ("whole pages are kept" in told) == (how != signal.SIGKILL)
        assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [STATE, "openalex-00001.json", "openalex-00002.json"]
        child = run(server, tmp_path)
        told = child.communicate(timeout=60)[1].decode()
    assert (child.returncode, "330 papers in 4 files" in told) == (0, True)
    assert [json.loads(json.dumps(seen.params))["cursor"] for seen in server.seen][3:] == [seen.params["cursor"] for seen in server.seen[2:3]] + [
        server.seen[-1].params["cursor"]
    ]
    assert titles(sorted((tmp_path / "out").glob("openalex-*"))) == [paper.title for paper in held]
    assert {seen.params["api_key"] for seen in server.seen} == {"s3cr3t"}
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and b"s3cr3t" in path.read_bytes()]
    assert "s3cr3t" not in told


def test_another_ask_in_the_folder_is_refused(fetching: Fetching) -> None:
    with serving(OpenAlex(papers(3))) as server:
        fetching(server, "openalex", Ask(query="gravel", since=2019))
        for name, ask, base in (
            ("openalex", Ask(query="moss"), ""), ("openalex", GRAVEL, ""), ("openalex", Ask(query="gravel", since=2019, limit=5), ""),
            ("openalex", Ask(ids=("openalex:W1", "openalex:W2")), ""), ("crossref", Ask(query="gravel", since=2019), ""),
            ("openalex", Ask(query="gravel", since=2019), f"{server.url}/other"),
        ):  # fmt: skip
            for refresh in (False, True):
                with pytest.raises(UsageError, match=r"is for something else \(openalex --query gravel --from 2019\); name another folder"):
                    fetching(server, name, ask, base=base, refresh=refresh)
    assert len(server.seen) == 1


def test_a_folder_with_pages_of_unknown_origin_is_refused(fetching: Fetching) -> None:
    (fetching.home / "out").mkdir()
    (fetching.home / "out" / "openalex-00001.json").write_text("{}")
    (fetching.home / "file").write_text("")
    with serving(OpenAlex(papers(3))) as server:
        with pytest.raises(UsageError, match="holds pages, but not what was asked"):
            fetching(server, "openalex", GRAVEL)
        with pytest.raises(UsageError, match="is no folder"):
            fetching(server, "openalex", GRAVEL, out="file")


@pytest.mark.parametrize("damage", ["", "{", "[]", "{}", '{"asked": {"ask": 3}}', "\x00", "[" * 100_000])
def test_a_damaged_note_is_told(damage: str, fetching: Fetching) -> None:
    with serving(OpenAlex(papers(3))) as server:
        fetching(server, "openalex", GRAVEL)
        (fetching.home / "out" / STATE).write_text(damage)
        with pytest.raises(UsageError, match=r"damaged; begin from the start with --refresh"):
            fetching(server, "openalex", GRAVEL)
        assert fetching(server, "openalex", GRAVEL, refresh=True).records == 3


def test_wrong_types_in_the_note_are_damage(fetching: Fetching) -> None:
    with serving(OpenAlex(papers(3))) as server:
        fetching(server, "openalex", GRAVEL)
        for field, value in (("pages", "3"), ("cursor", 7), ("finished", None), ("when", 3), ("newer", "now"), ("total", [])):
            wrong = state(fetching) | {field: value}
            (fetching.home / "other").mkdir(exist_ok=True)
            (fetching.home / "other" / STATE).write_text(json.dumps(wrong))
            with pytest.raises(UsageError, match="damaged"):
                fetching(server, "openalex", GRAVEL, out="other")


def test_refreshing_asks_for_all_again_and_leaves_nothing_old(fetching: Fetching) -> None:
    openalex = OpenAlex(papers(330))
    with serving(openalex) as server:
        fetching(server, "openalex", GRAVEL)
        assert len(fetching.files()) == 4
        openalex.held = [Paper(number) for number in range(1000, 1110)]
        server.faults = [None, DOWN]
        with pytest.raises(FetchError):
            fetching(server, "openalex", GRAVEL, refresh=True)
        assert len(fetching.files()) == 4  # what is old is kept until the new is there
        outcome = fetching(server, "openalex", GRAVEL)
    assert (outcome.records, outcome.pages) == (110, 2)
    assert titles(fetching.files()) == [paper.title for paper in openalex.held]


def test_kept_answers_are_used_for_a_week(fetching: Fetching, clock: Time) -> None:
    with serving(OpenAlex(papers(230))) as server:
        fetching(server, "openalex", GRAVEL, out="a")
        clock.now += 6 * DAY
        fetching(server, "openalex", GRAVEL, out="b", environ={"OPENALEX_API_KEY": "k"}, contact="ada@example.org")
        assert len(server.seen) == 3
        assert fetching.said[-1] == "page 3: 230 of 230 papers (kept from before)"
        assert [path.read_bytes() for path in fetching.files("a")] == [path.read_bytes() for path in fetching.files("b")]
        fetching(server, "openalex", Ask(query="moss"), out="c")
        assert len(server.seen) == 6
        fetching(server, "openalex", GRAVEL, out="d", max_age=DAY)
        assert len(server.seen) == 9
        fetching(server, "openalex", GRAVEL, out="e", cache="")
        fetching(server, "openalex", GRAVEL, out="a", refresh=True)
        assert len(server.seen) == 15
        clock.now += 8 * DAY
        fetching(server, "openalex", GRAVEL, out="f")
    assert len(server.seen) == 18
    assert clock.waits[:2] == [0.2, 0.2]


def test_the_cache_is_thrown_away_in_time_and_survives_damage(fetching: Fetching, clock: Time) -> None:
    kept = fetching.home / "cache" / "fetch" / "openalex"
    with serving(OpenAlex(papers(3))) as server:
        fetching(server, "openalex", GRAVEL, out="a")
        (file,) = kept.iterdir()
        file.write_text('{"meta": {')
        os.utime(file, (clock.now, clock.now))
        assert fetching(server, "openalex", GRAVEL, out="b").records == 3
        assert len(server.seen) == 2
        (kept / "not-ours.txt").write_text("x")
        clock.now += 31 * DAY
        fetching(server, "openalex", Ask(query="moss"), out="c")
    assert len(list(kept.iterdir())) == 2
    assert not file.exists()


def test_a_cache_that_cannot_be_written_is_none(fetching: Fetching) -> None:
    (fetching.home / "cache").write_text("a file where the folder should be")
    with serving(OpenAlex(papers(3))) as server:
        assert fetching(server, "openalex", GRAVEL, out="a").records == 3
        assert fetching(server, "openalex", GRAVEL, out="b").records == 3
    assert len(server.seen) == 2


def test_that_there_is_nothing_is_not_kept(fetching: Fetching) -> None:
    openalex = OpenAlex([])
    with serving(openalex) as server:
        assert fetching(server, "openalex", GRAVEL, out="a").records == 0
        assert fetching.files("a") == []
        openalex.held = papers(3)
        assert fetching(server, "openalex", GRAVEL, out="b").records == 3


def test_crossref_forgets_its_place_after_five_minutes(fetching: Fetching, clock: Time) -> None:
    held = papers(1700)
    with serving(Crossref(held, lambda: clock.now)) as server:
        server.faults = [None, None, DOWN]
        with pytest.raises(FetchError):
            fetching(server, "crossref", GRAVEL)
        clock.now += 100
        server.faults = [None, DOWN]
        with pytest.raises(FetchError):
            fetching(server, "crossref", GRAVEL)
        assert len(server.seen) == 5
        clock.now += 301
        outcome = fetching(server, "crossref", GRAVEL)
    assert (outcome.records, outcome.pages) == (1700, 4)
    assert [seen.params["cursor"] for seen in server.seen].count("*") == 2
    assert len(server.seen) == 5 + 4
    assert titles(fetching.files()) == [paper.title for paper in held]


def test_a_cache_with_a_hole_begins_again(fetching: Fetching, clock: Time) -> None:
    held = papers(1700)
    kept = fetching.home / "cache" / "fetch" / "crossref"
    with serving(Crossref(held, lambda: clock.now)) as server:
        fetching(server, "crossref", GRAVEL, out="a")
        clock.now += DAY
        fetching(server, "crossref", GRAVEL, out="b")
        assert len(server.seen) == 4
        hole = next(path for path in kept.iterdir() if b'"Gravel, Part 600"' in path.read_bytes())
        hole.unlink()
        fetching(server, "crossref", GRAVEL, out="c")
    assert len(server.seen) == 8
    for out in "abc":
        assert titles(fetching.files(out)) == [paper.title for paper in held]


def test_a_service_that_forgets_its_token(fetching: Fetching) -> None:
    held = papers(2500)
    with serving(SemanticScholar(held)) as server:
        server.faults = [None, DOWN]
        with pytest.raises(FetchError):
            fetching(server, "semanticscholar", GRAVEL, cache="")
        server.faults = [of_json({"error": "Invalid token"}, 400)]
        assert fetching(server, "semanticscholar", GRAVEL, cache="").records == 2500
        server.faults = [None, of_json({"error": "Invalid token"}, 400)]
        with pytest.raises(FetchError, match="Invalid token"):
            fetching(server, "semanticscholar", GRAVEL, out="b", cache="")
    assert titles(fetching.files()) == [paper.title for paper in held]
    assert any("beginning from the start" in line for line in fetching.said)


def test_a_refusal_is_no_reason_to_begin_again(fetching: Fetching) -> None:
    with serving(OpenAlex(papers(230))) as server:
        for _ in range(2):
            server.faults = [*([] if server.seen else [None]), of_json({"message": "no"}, 400)]
            with pytest.raises(FetchError, match="400 Bad Request: no"):
                fetching(server, "openalex", GRAVEL)
        assert len(server.seen) == 3
        assert fetching(server, "openalex", GRAVEL).records == 230
    assert len(server.seen) == 5


def test_the_same_token_again_ends_it(fetching: Fetching) -> None:
    def stuck(_: Seen) -> Answer:
        if len(server.seen) > 5:
            return of_json({"error": "it has no end"}, 400)
        return of_json({"total": 9000, "token": "T1", "data": [SemanticScholar.paper(Paper(len(server.seen)))]})

    with serving(stuck) as server, pytest.raises(FetchError, match="the same page again and again"):
        fetching(server, "semanticscholar", GRAVEL, cache="")
    assert len(server.seen) == 2


def test_the_same_page_again_ends_it(fetching: Fetching) -> None:
    message = {"total-results": 9000, "next-cursor": "A", "items": [Crossref.work(Paper(1))]}
    with serving(lambda _: of_json({"message": message})) as server, pytest.raises(FetchError, match="the same page again and again"):
        fetching(server, "crossref", GRAVEL)
    assert len(server.seen) == 2


def test_a_limit_ends_it(fetching: Fetching) -> None:
    with serving(OpenAlex(papers(900))) as server:
        outcome = fetching(server, "openalex", Ask(query="gravel", limit=150))
    assert (outcome.records, outcome.pages, outcome.total) == (150, 2, 900)
    assert [seen.params["per_page"] for seen in server.seen] == ["75", "75"]


def test_a_long_list_is_told_beforehand(fetching: Fetching) -> None:
    with serving(lambda _: Answer(Arxiv.feed(papers(500), 29_000, 0).encode())) as server, pytest.raises(FetchError):
        fetching(server, "arxiv", GRAVEL)
    assert len(server.seen) == 2  # the same page again
    assert len(fetching.said) == 1
    with serving(lambda _: of_json({"total": 2_000_000, "token": "T", "data": [{"paperId": "a"}] * 1000})) as server, pytest.raises(FetchError):
        fetching(server, "semanticscholar", GRAVEL, out="b")
    assert fetching.said[-1] == "1,999 more requests, 33 minutes at least; --limit asks for less, and stopping loses nothing"


BUILT = [("arxiv", Arxiv, "arxiv_atom"), ("openalex", OpenAlex, "openalex"), ("semanticscholar", SemanticScholar, "semantic_scholar"),
         ("crossref", Crossref, "crossref"), ("dblp", Dblp, "dblp_xml")]  # fmt: skip


@pytest.mark.parametrize(("name", "emulate", "reader"), BUILT, ids=[row[0] for row in BUILT])
@pytest.mark.parametrize("ask", [GRAVEL, Ask(ids=("x",))], ids=["query", "ids"])
def test_what_was_fetched_is_read(name: str, emulate: type[OpenAlex], reader: str, ask: Ask, fetching: Fetching) -> None:
    if reader not in readers():
        pytest.skip(f"there is no reader {reader} yet")
    held = papers(3)
    if ask.ids:
        form = {"arxiv": "arxiv:{0.arxiv}", "dblp": "dblp:{0.key}"}.get(name, "doi:{0.doi}")
        ask = Ask(ids=tuple(form.format(paper) for paper in held))
    with serving(emulate(held)) as server:
        fetching(server, name, ask)
    rows = list(read([str(fetching.home / "out")], Reading()))
    found = [field.text for _, record in rows for field in record.fields if field.name == "title"]
    assert sorted(found) == [paper.title for paper in held]
    assert {field.text for _, record in rows for field in record.fields if field.name == "author"} == {"Ada Beispiel"}
