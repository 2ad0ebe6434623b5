"""The answers of the arXiv API: what each element becomes, what is refused, and that nothing is lost."""

import json
import tracemalloc
import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources import HEAD, decode, examine
from kg.sources.arxiv_atom import read, sniff

DATA = Path(__file__).parents[1] / "data" / "sources" / "arxiv_atom"
SAMPLES = sorted(DATA.glob("*.xml"))
SHARED = Path(__file__).parents[2].parent / "shared" / "hostile"
MANIFEST = SHARED / "manifest.json"
HOSTILE: list[dict[str, Any]] = (
    [item for item in json.loads(MANIFEST.read_text())["items"] if item["file"].startswith("atom/")]
    if MANIFEST.exists()
    else []
)
ABSTRACT = """We boil water in kettles whose lids are chosen by a small network.
With n < 20 kettles the Gâteaux lid wins on KettleBench-10."""
ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV = "{http://arxiv.org/schemas/atom}"


def document(text: str | bytes, name: str = "x.xml") -> Document:
    found = decode(text.encode() if isinstance(text, str) else text, name)
    assert isinstance(found, Document)
    return found


def sample(name: str) -> Document:
    return document((DATA / name).read_bytes(), name)


def papers(shown: Document) -> list[Record]:
    return [row for row in read(shown) if isinstance(row, Record)]


def problems(shown: Document) -> list[Problem]:
    return [row for row in read(shown) if isinstance(row, Problem)]


def facts(record: Record, *names: str) -> list[tuple[str, str, str | None, int | None]]:
    return [(f.name, f.text, f.value, f.of) for f in record.fields if not names or f.name in names]


def feed(*entries: str) -> str:
    spaces = 'xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"'
    return f"<feed {spaces}>\n{''.join(entries)}</feed>"


def entry(inner: str = "", number: str = "http://arxiv.org/abs/2402.00017v1", title: str = "A Title") -> str:
    return f"<entry><id>{number}</id><title>{title}</title>{inner}</entry>\n"


def test_all_that_an_entry_says() -> None:
    first = papers(sample("query.xml"))[0]
    assert facts(first) == [
        ("arxiv_id", "http://arxiv.org/abs/2402.00017v3", "2402.00017", None),
        ("version", "v3", None, None),
        ("other", "2024-02-20T09:30:00Z", None, None),
        ("date", "2024-02-01T18:00:01Z", "2024-02-01", None),
        ("title", "Boiling Kettles Faster & Better:\n  A Study of $\\beta$-Lids", None, None),
        ("abstract", ABSTRACT, None, None),
        ("author", "Ada M. van der Kettle", None, None),
        ("affiliation", "Institute of Steam, Delft", None, 0),
        ("affiliation", "Teapot Labs", None, 0),
        ("author", "J.-B. Théière", None, None),
        ("author", "The KETTLE Collaboration", "group", None),
        ("comment", "Accepted to CVPR 2024. 12 pages,\n  3 figures", None, None),
        ("venue", "J. Invented Steam 12 (2024) 34-56", None, None),
        ("identifier", "10.5555/steam.2024.0017", "doi:10.5555/steam.2024.0017", None),
        ("url", "http://dx.doi.org/10.5555/steam.2024.0017", None, None),
        ("url", "http://arxiv.org/abs/2402.00017v3", None, None),
        ("url", "http://arxiv.org/pdf/2402.00017v3", None, None),
        ("category", "cs.CV", None, None),
        ("category", "cs.LG", None, None),
        ("category", "cond-mat.mes-hall", None, None),
        ("other", "I.2.6; I.4", None, None),
        ("other", "68T45", None, None),
    ]


def test_places_in_the_file() -> None:
    shown = sample("query.xml")
    first, second, *_ = papers(shown)
    assert [(record.ordinal, record.line) for record in papers(shown)] == [(0, 10), (1, 44), (2, 62), (3, 74)]
    places = {(field.name, field.position): (field.path, field.line) for field in first.fields}
    assert places["title", 0] == ("/feed/entry[1]/title", 14)
    assert places["affiliation", 1] == ("/feed/entry[1]/author[1]/affiliation[2]", 22)
    assert places["category", 0] == ("/feed/entry[1]/primary_category/@term", 37)
    assert places["category", 1] == ("/feed/entry[1]/category[1]/@term", 38)
    assert second.fields[0].path == "/feed/entry[2]/id"


def test_collaborations_and_cut_lists() -> None:
    second = papers(sample("query.xml"))[1]
    assert facts(second, "author", "et_al", "arxiv_id") == [
        ("arxiv_id", "http://arxiv.org/abs/hep-th/9901999v1", "hep-th/9901999", None),
        ("author", "ATLAS Collaboration", "group", None),
        ("author", "G. Brane", None, None),
        ("et_al", "et al.", None, None),
    ]


def test_what_looks_wrong_is_told_with_its_line() -> None:
    shown = sample("query.xml")
    assert [(row.line, row.severity, row.what) for row in problems(shown)] == [
        (65, "warning", "no date: '2024-02-30T00:00:00Z'"),
        (71, "warning", "no DOI: '11.5555/not-a-doi'"),
        (75, "error", "no arXiv id: 'http://arxiv.org/abs/2413.00001v1'"),
    ]
    third, fourth = papers(shown)[2:]
    assert facts(third, "date", "identifier") == [
        ("date", "2024-02-30T00:00:00Z", None, None),
        ("identifier", "10.48550/arXiv.2402.00018", "arxiv:2402.00018", None),
    ]
    assert facts(fourth, "arxiv_id", "other") == [("other", "http://arxiv.org/abs/2413.00001v1", None, None)]


def test_other_prefixes_and_encoding() -> None:
    (record,) = papers(sample("prefixes.xml"))
    assert facts(record, "arxiv_id", "version", "author", "affiliation", "category", "date") == [
        ("arxiv_id", "http://arxiv.org/abs/math.GT/0309999v2", "math/0309999", None),
        ("version", "v2", None, None),
        ("date", "2003-09-08T00:00:00-04:00", "2003-09-08", None),
        ("author", "Zoë Corde", None, None),
        ("affiliation", "Université de la Théière", None, 0),
        ("category", "math.GT", None, None),
    ]


def test_prefixes_change_nothing_but_paths() -> None:
    usual = (DATA / "query.xml").read_text("utf-8")
    bare = usual.replace(' xmlns:arxiv="http://arxiv.org/schemas/atom"', "")
    renamed = bare.replace("arxiv:", "zz:").replace(
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:zz="http://arxiv.org/schemas/atom">',
    )
    assert [facts(record) for record in papers(document(renamed))] == [
        facts(record) for record in papers(sample("query.xml"))
    ]


def test_announcements() -> None:
    new, replaced = papers(sample("announced.xml"))
    assert facts(new, "arxiv_id", "version", "abstract", "date", "author", "affiliation") == [
        ("arxiv_id", "oai:arXiv.org:2404.00021v1", "2404.00021", None),
        ("version", "v1", None, None),
        ("abstract", "We look at teapots from above, which few did before.", None, None),
        ("date", "2024-04-19T00:00:00-04:00", "2024-04-19", None),
        ("author", "Zoe Corde", None, None),
        ("affiliation", "Teapot Labs", None, 0),
        ("author", "Bo Li Jr.", None, None),
    ]
    assert not replaced.first("date"), "a replacement is announced long after the first submission"
    assert facts(replaced, "identifier", "venue") == [
        ("identifier", "10.5555/below.1", "doi:10.5555/below.1", None),
        ("venue", "Below 1 (2024)", None, None),
    ]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_like_an_independent_parser(path: Path) -> None:
    entries = ET.parse(path).getroot().findall(f"{ATOM}entry")  # noqa: S314 - our own file
    found = papers(document(path.read_bytes()))
    assert len(found) == len(entries)
    for element, record in zip(entries, found, strict=True):
        assert record.fields
        texts = {field.text for field in record.fields}
        for name in ("title", "updated", "published"):
            told = (element.findtext(f"{ATOM}{name}") or "").strip()
            assert not told or told in texts
        assert {c.get("term") for c in element.findall(f"{ATOM}category")} <= texts
        assert {link.get("href") for link in element.findall(f"{ATOM}link")} <= texts
        for name in ("comment", "journal_ref"):
            assert {(each.text or "").strip() for each in element.findall(f"{ARXIV}{name}")} <= texts
        names = [each.text or "" for each in element.findall(f"{ATOM}author/{ATOM}name")]
        printed = " ".join(field.text for field in record.fields if field.name in {"author", "et_al", "other"})
        assert all(word in printed for name in names for word in name.replace(":", "").split())


def test_titles_keep_their_text() -> None:
    (record,) = papers(document(feed(entry(title="\n A <b>bold</b>\n <i>T</i>itle &lt;i&gt; \t"))))
    assert facts(record, "title") == [("title", "A bold\n Title <i>", None, None)]


def test_a_second_title_is_kept_apart() -> None:
    (record,) = papers(document(feed(entry("<title>Another</title>"))))
    assert facts(record, "title", "other") == [("title", "A Title", None, None), ("other", "Another", None, None)]


def test_addresses_of_other_schemes_are_no_links() -> None:
    (record,) = papers(document(feed(entry('<link href="javascript:x()"/><link href=" HTTPS://a.org "/><link/>'))))
    assert facts(record, "url", "other") == [("other", "javascript:x()", None, None), ("url", "HTTPS://a.org", None, None)]


def test_entries_without_title() -> None:
    shown = document(feed(entry(title=""), entry("<summary>We.</summary>", title=" "), entry()))
    assert [(row.line, row.what) for row in problems(shown)] == [
        (2, "entry 'http://arxiv.org/abs/2402.00017v1' has no title"),
        (3, "entry 'http://arxiv.org/abs/2402.00017v1' has no title"),
    ]
    assert [(record.ordinal, record.line) for record in papers(shown)] == [(0, 3), (1, 4)]


def test_errors_of_the_interface_are_no_papers() -> None:
    wrong = entry("<summary>incorrect id format\n for x</summary>", "http://arxiv.org/api/errors#incorrect_id", "Error")
    shown = document(feed(wrong, entry()))
    assert [str(row) for row in problems(shown)] == [
        "x.xml:2: the arXiv API answered with an error: incorrect id format for x; correct the request and repeat it"
    ]
    assert [record.ordinal for record in papers(shown)] == [0]


def test_empty_feed() -> None:
    shown = document(feed())
    assert sniff(shown.head(HEAD), "x") == 1.0
    assert [(row.severity, row.what) for row in read(shown) if isinstance(row, Problem)] == [
        ("warning", "no papers found: the feed has no entry")
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<feed xmlns="http://example.org/not-atom"><entry/></feed>', "not an Atom feed: the root element is {http://example.org/not-atom}feed"),
        ("<feed><entry/></feed>", "not an Atom feed: the root element is feed"),
        ("<rss version='2.0'><channel/></rss>", "RSS, not an Atom feed: the root element is rss"),
        ("<!DOCTYPE html><html><title>503</title></html>", "an HTML page, not a feed: the root element is html"),
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:x:1</id><title>My blog</title></entry></feed>',
            "an Atom feed, but not arXiv's: no entry in {http://www.w3.org/2005/Atom}feed has an arXiv id",
        ),
        (feed().replace("<feed", "<!DOCTYPE feed>\n<feed"), "a document type (DTD) is refused"),
    ],
)  # fmt: skip
def test_what_is_no_answer_of_arxiv_is_refused(text: str, what: str) -> None:
    shown = document(text)
    assert 0 < sniff(shown.head(HEAD), "x.xml") < 0.3 or "DTD" in what
    with pytest.raises(UnreadableError) as error:
        list(read(shown))
    assert error.value.what == what
    assert error.value.line == 1


def test_a_foreign_entry_in_a_feed_of_arxiv() -> None:
    shown = document(feed(entry(number="urn:x:1"), "<entry/>", entry()))
    assert [row.what for row in problems(shown)] == ["an entry that is not arXiv's: id 'urn:x:1'", "an entry without id"]
    assert len(papers(shown)) == 1


def test_cut_off_feed_counts_for_nothing() -> None:
    with pytest.raises(UnreadableError, match="no well-formed XML"):
        list(read(document(feed(entry(), entry())[:-30])))


def test_five_thousand_authors() -> None:
    people = "".join(f"<author><name>A{n} B{n}</name><arxiv:affiliation>U{n}</arxiv:affiliation></author>" for n in range(5000))
    (record,) = papers(document(feed(entry(people))))
    authors, affiliations = [*record.all("author")], [*record.all("affiliation")]
    assert [field.text for field in authors] == [f"A{n} B{n}" for n in range(5000)]
    assert [field.of for field in affiliations] == list(range(5000))
    assert authors[-1].path == "/feed/entry[1]/author[5000]/name"


class Endless(BytesIO):
    """A feed of many entries that is never in memory as a whole."""

    def __init__(self, count: int) -> None:
        super().__init__()
        head, tail = feed("\x00").split("\x00")
        body = "<summary>" + "steam " * 600 + "</summary>\n"
        self._parts = iter([head, *[entry(body)] * count, tail])
        self._rest = b""

    def read(self, size: int | None = -1, /) -> bytes:
        while len(self._rest) < (size or 1) and (part := next(self._parts, None)) is not None:
            self._rest += part.encode()
        data, self._rest = self._rest[:size], self._rest[size:]
        return data


def test_memory_does_not_grow_with_the_file() -> None:
    shown = examine(lambda: Endless(1000), "x.xml")
    assert isinstance(shown, Document)
    assert shown.size > 3 << 20
    tracemalloc.start()
    count = last = 0
    for row in read(shown):
        count, last = count + 1, row.line
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (count, last) == (1000, 2 + 2 * 999)
    assert peak < 1 << 20


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["id", "title", "summary", "published", "author", "arxiv:doi", "category", "link", "arxiv:comment", "x"]),
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=30)
            | st.sampled_from(["http://arxiv.org/abs/2402.00017v1", "2022-13-01", "10.5555/a b", "<name>X et al.</name>", "<name/>"]),
        ),
        max_size=12,
    )
)
def test_any_entry_is_survived(parts: list[tuple[str, str]]) -> None:
    def shown(text: str) -> str:
        return text if text.startswith("<name") else json.dumps(text)[1:-1].replace("&", "&amp;").replace("<", "&lt;")

    inner = "".join(f"<{name}>{shown(text)}</{name}>" for name, text in parts)
    spaced = f'<entry xmlns:arxiv="http://arxiv.org/schemas/atom"><id>http://arxiv.org/abs/2402.00017</id>{inner}</entry>'
    for row in read(document(feed(spaced))):
        if isinstance(row, Record):
            assert all(field.text == field.text.strip() != "" for field in row.fields)
            assert all(field.path and field.path.startswith("/feed/entry[1]/") for field in row.fields)


@pytest.mark.skipif(not HOSTILE, reason="no ../shared/hostile here")
@pytest.mark.parametrize("item", HOSTILE, ids=lambda item: item["file"])
def test_hostile_files(item: dict[str, Any]) -> None:
    shown = decode((SHARED / item["file"]).read_bytes(), item["file"])
    assert isinstance(shown, Document)
    assert sniff(shown.head(HEAD), item["file"]) > 0
    if item["must"] == "reject":
        with pytest.raises(UnreadableError) as error:
            list(read(shown))
        assert error.value.line > 0
        assert "root:" not in str(error.value)
        return
    told = problems(shown)
    found = papers(shown)
    if item["must"] == "skip":
        assert told
        assert all(problem.line == 2 for problem in told)
    if "expect_papers" in item:
        numbers = {field.value or field.text for record in found for field in record.all("arxiv_id")}
        assert len(numbers) == item["expect_papers"]
    assert not any("root:x" in field.text for record in found for field in record.fields)
