"""The client against a server that throttles, fails, lies and leads astray."""

import gzip
import logging
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.fetch import Ask, Clock, FetchError, Patience, _client, find
from tests.fetch.conftest import START, Fetching, Time
from tests.fetch.server import Answer, Seen, of_json, serving
from tests.fetch.services import Arxiv, Crossref, Dblp, OpenAlex, SemanticScholar, papers

GRAVEL = Ask(query="gravel")
ONE = OpenAlex(papers(1))


def limited(after: str, status: int = 429) -> Answer:
    return Answer(b"Rate exceeded.", status, {"Retry-After": after}, "text/plain")


def date(seconds: float) -> str:
    return format_datetime(datetime.fromtimestamp(START + seconds, UTC), usegmt=True)


@pytest.mark.parametrize(
    ("after", "waits"),
    [("7", [7.0]), (date(90), [90.0]), ("0", [1.0]), (date(-5), [1.0]), ("soon", [1.0]), ("-3", [1.0]), ("600", [600.0])],
)
def test_retry_after_is_kept(after: str, waits: list[float], fetching: Fetching, clock: Time) -> None:
    with serving(ONE) as server:
        server.faults = [limited(after)]
        assert fetching(server, "openalex", GRAVEL).records == 1
    assert clock.waits == waits
    assert "429 Too Many Requests: Rate exceeded.; trying again in" in fetching.said[0]


@pytest.mark.parametrize("after", ["601", "86400", date(7200), "9" * 400])
def test_a_long_pause_is_told_and_not_waited_for(after: str, fetching: Fetching, clock: Time) -> None:
    held = papers(150)
    with serving(OpenAlex(held)) as server:
        server.faults = [None, limited(after, 503)]
        with pytest.raises(FetchError, match=r"asks to come back in .*at \d\d:\d\d on .* run the same command again.*OPENALEX_API_KEY"):
            fetching(server, "openalex", GRAVEL)
        assert clock.waits == [0.2]
        assert len(fetching.files()) == 1
        assert fetching(server, "openalex", GRAVEL).records == 150
    assert len(server.seen) == 3


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 204, 206])
def test_what_may_pass_is_tried_six_times_more(status: int, fetching: Fetching, clock: Time) -> None:
    with serving(lambda _: Answer(b"" if status == 204 else b"<html>down</html>", status)) as server:
        with pytest.raises(FetchError, match=rf"OpenAlex keeps failing \({status} [^<>]*\); run the same command again"):
            fetching(server, "openalex", GRAVEL)
        assert len(server.seen) == 7
    assert clock.waits == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0]
    assert not (fetching.home / "out").exists()


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 422, 451])
def test_what_is_refused_is_not_tried_again(status: int, fetching: Fetching, clock: Time) -> None:
    said = {"error": "Invalid filter", "message": f"Unknown field.\x1b[2J\u202e{'x' * 5000}"}
    with serving(lambda _: of_json(said, status)) as server:
        with pytest.raises(FetchError) as error:
            fetching(server, "openalex", GRAVEL)
        assert len(server.seen) == 1
    told = str(error.value)
    assert f"OpenAlex refuses: {status} " in told
    assert "Invalid filter. Unknown field." in told
    assert told.isprintable()
    assert len(told) < 450
    assert clock.waits == []
    assert ("OPENALEX_API_KEY" in told) == (status in {401, 403})


def test_the_message_of_crossref_is_told(fetching: Fetching) -> None:
    said = {"status": "failed", "message-type": "validation-failure", "message": [{"type": "x", "message": "Rows is too large"}]}
    with serving(lambda _: of_json(said, 400)) as server, pytest.raises(FetchError, match="400 Bad Request: Rows is too large"):
        fetching(server, "crossref", GRAVEL)


BROKEN = {
    "cut off": Answer(b'{"meta": {"count": 1}, "results": [{"id"', missing=500),
    "cut off, of unknown length": Answer(b'{"meta": {"count": 1}, "results": [{"id"', announced=False),
    "a web page": Answer(b"<!DOCTYPE html><html>Please log in</html>", kind="text/html"),
    "hung up": Answer(hang_up=True),
    "empty": Answer(b""),
    "no gzip": Answer(b"{}", headers={"Content-Encoding": "gzip"}),
    "led nowhere": Answer(status=302, headers={"Location": "http://a@[::1/"}),
    "in a circle": Answer(status=302, headers={"Location": "/works?cursor=*&per_page=100"}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_answer_is_asked_for_again(name: str, fetching: Fetching) -> None:
    with serving(ONE) as server:
        server.faults = [BROKEN[name]] * (6 if name == "in a circle" else 2)
        assert fetching(server, "openalex", GRAVEL).records == 1
    assert len(server.seen) == (7 if name == "in a circle" else 3)
    assert "trying again" in fetching.said[0]


def test_an_empty_answer_is_not_the_end(fetching: Fetching) -> None:
    for name, ask, emulate in (
        ("semanticscholar", GRAVEL, SemanticScholar(papers(1500))), ("semanticscholar", Ask(author="1741101"), SemanticScholar(papers(150))),
        ("dblp", Ask(ids=(f"dblp:{papers(1)[0].key}",)), Dblp(papers(1))), ("dblp", Ask(author="12/3456"), Dblp(papers(3))),
    ):  # fmt: skip
        with serving(emulate) as server:
            server.faults = [Answer(b"")]
            assert fetching(server, name, ask, out=str(ask)).records == len(emulate.held)


def test_nobody_there(fetching: Fetching, clock: Time) -> None:
    with serving(ONE) as server:
        pass
    with pytest.raises(FetchError, match=r"OpenAlex cannot be reached \(the connection failed: .*\); is this machine online\? .*run the same command"):
        fetching(server, "openalex", GRAVEL)
    assert clock.waits == [1.0, 2.0]
    assert fetching.said[-1].endswith("trying again in 2 s (2 of 2)")


def test_a_service_that_has_answered_and_goes_is_waited_for(fetching: Fetching, clock: Time) -> None:
    with ExitStack() as there:
        server = there.enter_context(serving(lambda _: Answer(b"<html>down</html>", 503, announced=False)))

        def sleep(seconds: float) -> None:
            there.close()
            clock.sleep(seconds)

        with pytest.raises(FetchError, match=r"OpenAlex keeps failing \(the connection failed: "):
            fetching(server, "openalex", GRAVEL, clock=Clock(lambda: clock.now, sleep))
    assert clock.waits == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0]


def test_silence_is_not_waited_for_for_ever(fetching: Fetching, clock: Time) -> None:
    with serving(ONE) as server:
        server.faults = [Answer(b"{}", before=5.0)]
        assert fetching(server, "openalex", GRAVEL, patience=Patience(silence=0.1)).records == 1
    assert "no answer in time" in fetching.said[0]
    assert clock.waits == [1.0]


def test_a_dripping_answer_is_not_waited_for_for_ever(fetching: Fetching) -> None:
    with serving(ONE) as server:
        server.faults = [Answer(b" " * 1000, between=0.01)]
        clock = Clock(time.time, lambda _: None)
        assert fetching(server, "openalex", GRAVEL, clock=clock, patience=Patience(answer=0.1)).records == 1
    assert "no whole answer in time" in fetching.said[0]


@pytest.mark.parametrize("packed", [False, True])
def test_a_huge_answer_is_not_taken_in(packed: bool, fetching: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_client, "_LARGEST", 1 << 20)
    with serving(ONE) as server:
        server.faults = [Answer(b" " * (3 << 20), packed=packed)]
        assert fetching(server, "openalex", GRAVEL).records == 1
    assert "an answer of more than 1 MB" in fetching.said[0]


def test_compressed_answers_are_unpacked(fetching: Fetching) -> None:
    def packed(seen: Seen) -> Answer:
        assert seen.headers["accept-encoding"] == "gzip"
        return Answer(ONE(seen).body, packed=True)

    with serving(packed) as server:
        assert fetching(server, "openalex", GRAVEL).records == 1
    page = fetching.files()[0].read_bytes()
    assert page.startswith(b'{"meta"')
    assert gzip.compress(page) != page


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_within_the_server_are_followed(status: int, fetching: Fetching) -> None:
    with serving(ONE) as server:
        server.faults = [Answer(status=status, headers={"Location": "/works?per_page=100&cursor=%2A"})]
        assert fetching(server, "openalex", GRAVEL).records == 1


def test_redirects_to_another_server_are_not_followed(fetching: Fetching) -> None:
    key = {"OPENALEX_API_KEY": "secret-abc-123", "S2_API_KEY": "secret-abc-123"}
    with serving(ONE) as other, serving(ONE) as server:
        for place in (f"{other.url}/works", f"//127.0.0.1:{other.url[-5:].strip(':')}/", "https://example.org/", "ftp://127.0.0.1/",
                      server.url.replace("127.0.0.1", "localhost"), server.url.replace("http:", "https:"), server.url.replace("//", "//u:p@")):  # fmt: skip
            for name in ("openalex", "semanticscholar"):
                server.faults = [Answer(status=302, headers={"Location": f"{place}?api_key=secret-abc-123"})]
                with pytest.raises(FetchError, match="redirects to another server") as error:
                    fetching(server, name, GRAVEL, environ=key)
                assert "secret" not in str(error.value)
    assert other.seen == []


def test_what_was_posted_is_posted_again_or_not_at_all(fetching: Fetching) -> None:
    ask = Ask(ids=("doi:10.5555/gravel.1",))
    with serving(SemanticScholar(papers(1))) as server:
        server.faults = [Answer(status=308, headers={"Location": "/graph/v1/paper/batch?fields=title"})]
        assert fetching(server, "semanticscholar", ask).records == 1
        assert [(seen.method, len(seen.body) > 5) for seen in server.seen] == [("POST", True), ("POST", True)]
        server.faults = [Answer(status=303, headers={"Location": "/graph/v1/paper/batch"})]
        with pytest.raises(FetchError, match="moved what was to be posted"):
            fetching(server, "semanticscholar", ask, out="other", cache="")


KEYS = {
    "openalex": ("OPENALEX_API_KEY", OpenAlex, "params", "api_key", "{}"),
    "semanticscholar": ("S2_API_KEY", SemanticScholar, "headers", "x-api-key", "{}"),
    "crossref": ("CROSSREF_PLUS_TOKEN", Crossref, "headers", "crossref-plus-api-token", "Bearer {}"),
}


@pytest.mark.parametrize("name", KEYS)
def test_the_key_goes_to_the_service_and_nowhere_else(
    name: str, fetching: Fetching, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    variable, emulate, where, field, form = KEYS[name]
    key = "s3cr3t/+&key"
    caplog.set_level(logging.DEBUG)
    echo = of_json({"error": f"key {key} is over its limit, or s3cr3t%2F%2B%26key"}, 429)
    with serving(emulate(papers(3))) as server:
        server.faults = [echo]
        assert fetching(server, name, GRAVEL, environ={variable: f" {key}\n"}).records == 3
        assert [getattr(seen, where)[field] for seen in server.seen] == [form.format(key)] * 2
        server.faults = [Answer(echo.body, 403)]
        with pytest.raises(FetchError, match=f"is the key in {variable} right") as error:
            fetching(server, name, GRAVEL, out="other", cache="", environ={variable: key})
        assert fetching(server, name, GRAVEL, out="third", cache="").records == 3
        assert field not in getattr(server.seen[-1], where)
    told = "\n".join([str(error.value), *fetching.said, caplog.text])
    written = b"".join(path.read_bytes() + str(path).encode() for path in tmp_path.rglob("*") if path.is_file())
    assert "key ... is over" in told
    assert "s3cr3t" not in told
    assert b"s3cr3t" not in written
    assert len(written) > 1000


def test_a_log_of_ones_own_is_left_as_it_was(fetching: Fetching, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with serving(ONE) as server:
        fetching(server, "openalex", GRAVEL)
    logging.getLogger("httpx").info("somebody else's request")
    assert [record.getMessage() for record in caplog.records if record.name == "httpx"] == ["somebody else's request"]


def test_the_key_is_for_the_services_own_server() -> None:
    said: list[str] = []
    for base, sent in (("https://api.semanticscholar.org/graph/v1", True), ("https://mirror.example.org", False), ("http://[::1]:8080", True)):
        service = find("semanticscholar")
        client = _client.Client(service, base, "", {"S2_API_KEY": "secret"}, None, Clock(), Patience(), said.append)
        assert client._http.headers.get("x-api-key") == ("secret" if sent else None)
        client.close()
    assert said == ["the key in S2_API_KEY is not sent: mirror.example.org is not the server of Semantic Scholar"]


@pytest.mark.parametrize("key", ["two words", "new\nline", "clé", "\x00"])
def test_a_key_that_is_none(key: str, fetching: Fetching) -> None:
    with serving(ONE) as server, pytest.raises(UsageError, match="OPENALEX_API_KEY holds characters that no key has") as error:
        fetching(server, "openalex", GRAVEL, environ={"OPENALEX_API_KEY": key})
    assert key not in str(error.value)
    assert server.seen == []


def test_the_client_names_itself(fetching: Fetching) -> None:
    with serving(ONE) as server:
        fetching(server, "openalex", GRAVEL)
        fetching(server, "openalex", GRAVEL, out="other", cache="", contact="ada.b+kg@x.example.org")
        for contact in ("ada", "ada@example", "a@b.org\r\nX: y", "a b@c.org", "a@b.org)", "<a@b.org>"):
            with pytest.raises(UsageError, match="no e-mail address"):
                fetching(server, "openalex", GRAVEL, out="third", contact=contact)
    assert [seen.headers["user-agent"] for seen in server.seen] == ["kg/0.1.0", "kg/0.1.0 (mailto:ada.b+kg@x.example.org)"]


@pytest.mark.parametrize(
    "base",
    ["http://api.example.org", "ftp://127.0.0.1", "api.example.org", "https://", "https://u:p@api.example.org", "https://api.example.org?x=1",
     "https://api.example.org#x", "https://api.example.org:99999", "http://127.0.0.1.example.org", "https://exämple.org", "https://a b.org", "http://[::1"],
)  # fmt: skip
def test_addresses_that_are_not_asked(base: str, fetching: Fetching) -> None:
    with serving(ONE) as server, pytest.raises(UsageError, match=r"no address of a server|only https"):
        fetching(server, "openalex", GRAVEL, base=base)
    assert server.seen == []


def test_the_service_rests_between_requests_of_several_runs(fetching: Fetching, clock: Time) -> None:
    with serving(Arxiv(papers(3))) as server:
        for number in range(3):
            fetching(server, "arxiv", Ask(query=f"gravel {number}"), out=str(number))
            clock.now += 1.25
        assert clock.waits == [1.75, 1.75]
        clock.now -= 1_000_000  # somebody has set the clock back
        fetching(server, "arxiv", Ask(query="gravel"), out="last")
    assert clock.waits == [1.75, 1.75, 3.0]


def test_without_httpx_it_says_what_to_install(fetching: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "httpx", None)
    with serving(ONE) as server, pytest.raises(UsageError, match=r"pip install 'kg\[fetch\]'"):
        fetching(server, "openalex", GRAVEL)
