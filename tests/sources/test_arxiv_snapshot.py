"""arXiv's metadata snapshot: what each key becomes, odd values, and that memory does not grow with the file."""

import io
import json
import re
import resource
import tracemalloc
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, Problem, Record
from kg.sources import HEAD, decode, examine
from kg.sources.arxiv_snapshot import read, sniff

DATA = Path(__file__).parents[1] / "data" / "sources" / "arxiv_snapshot"


def document(text: str | bytes, name: str = "x.jsonl") -> Document:
    found = decode(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text, name)
    assert isinstance(found, Document)
    return found


def sample(name: str) -> Document:
    return document((DATA / name).read_bytes(), name)


def lines(*papers: object) -> Document:
    return document("".join(json.dumps(paper) + "\n" for paper in papers))


def paper(**more: Any) -> dict[str, Any]:
    return {"id": "2402.00017", "title": "A Title", "categories": "cs.CV", "authors_parsed": [["Li", "Bo", ""]], **more}


def papers(shown: Document) -> list[Record]:
    return [row for row in read(shown) if isinstance(row, Record)]


def problems(shown: Document) -> list[tuple[int, str, str]]:
    return [(row.line, row.severity, row.what) for row in read(shown) if isinstance(row, Problem)]


def facts(record: Record, *names: str) -> list[tuple[str, str, str | None, int | None]]:
    return [(f.name, f.text, f.value, f.of) for f in record.fields if not names or f.name in names]


def test_all_that_a_line_says() -> None:
    first = papers(sample("snapshot.jsonl"))[0]
    source = json.loads((DATA / "snapshot.jsonl").read_text("utf-8").splitlines()[0])
    assert facts(first) == [
        ("arxiv_id", "0704.9001", None, None),
        ("title", "Boiling of prompt photon pairs\n  in kettles", None, None),
        ("comment", "37 pages, 15 figures; Accepted to CVPR 2022", None, None),
        ("venue", "Phys.Steam D76:013009,2007", None, None),
        ("abstract", "A calculation of kettles in the Gâteaux\nscheme is given, with $\\beta$ lids.", None, None),
        ("author", "C. Théière", None, None),
        ("author", "E. L. Kettle Jr.", None, None),
        ("author", "P. M. Lid", None, None),
        ("affiliation", "Institute of Steam, Delft", None, 2),
        ("other", "2", None, None),
        ("author", "C.-P. Yuan", None, None),
        ("identifier", "10.5555/PhysSteamD.76.013009", "doi:10.5555/physsteamd.76.013009", None),
        ("category", "hep-ph", None, None),
        ("category", "cs.CV", None, None),
        ("date", "Mon, 2 Apr 2007 19:18:42 GMT", "2007-04-02", None),
        ("version", "v2", None, None),
        ("other", "Ada van der Kettle", None, None),
        ("other", source["authors"], None, None),
        ("other", "KETTLE-07-1", None, None),
        ("other", json.dumps(source["versions"]), None, None),
        ("other", "2008-11-26", None, None),
    ]
    paths = {field.name: field.path for field in first.fields}
    assert paths["affiliation"] == "$.authors_parsed[2][3]"
    assert paths["date"] == "$.versions[0].created"
    assert paths["version"] == "$.versions[1].version"


def test_collaborations_and_cut_lists() -> None:
    second, third = papers(sample("snapshot.jsonl"))[1:3]
    assert facts(second, "author", "et_al", "arxiv_id", "version") == [
        ("arxiv_id", "hep-th/9901998", None, None),
        ("author", "ATLAS Collaboration", "group", None),
        ("author", "G. Brane", None, None),
        ("et_al", "et al.", None, None),
        ("version", "v1", None, None),
    ]
    # Without lists of parts the line is taken apart, LaTeX and all.
    assert facts(third, "author", "affiliation", "title") == [
        ("title", "Poincaré lids", None, None),
        ("author", "J. Schrödinger", None, None),
        ("affiliation", "Zürich", None, 0),
        ("author", "B. Li", None, None),
    ]


def test_lines_that_are_no_papers() -> None:
    shown = sample("snapshot.jsonl")
    assert [(each.ordinal, each.line) for each in papers(shown)] == [(0, 1), (1, 2), (2, 3), (3, 6)]
    told = problems(shown)
    assert told[0] == (3, "warning", "no date: 'Fri, 30 Feb 2024 10:00:00 GMT'")
    assert [(line, severity) for line, severity, _ in told[1:]] == [
        (4, "error"), (5, "warning"), (5, "error"), (5, "error"), (6, "error"),
    ]  # fmt: skip
    assert told[-1][2] == "no arXiv id: '704.1'"


def test_a_list_in_one_file_has_lines_and_paths() -> None:
    first, second = papers(sample("array.json"))
    assert facts(first) == facts(papers(sample("snapshot.jsonl"))[0])
    assert facts(second) == facts(papers(sample("snapshot.jsonl"))[1])
    text = (DATA / "array.json").read_text("utf-8").splitlines()
    for field in second.fields:
        key = re.fullmatch(r"\$\[1\]\.([\w-]+).*", field.path or "")
        assert key, field.path
        assert key[1] in text[field.line - 1] or field.name in {"author", "date", "version"}
    authors = [field.line for field in second.all("author")]
    assert [text[line - 1].strip() for line in authors] == ["[", "["]


@pytest.mark.parametrize("name", ["snapshot.jsonl", "array.json"])
def test_like_the_json(name: str) -> None:
    text = (DATA / name).read_text("utf-8")
    whole: list[dict[str, Any]] = []
    for chunk in [text] if name == "array.json" else text.splitlines():
        try:
            data = json.loads(chunk)
        except ValueError:
            continue
        whole += [each for each in (data if isinstance(data, list) else [data]) if isinstance(each, dict)]
    found = papers(sample(name))
    assert [next(each.all("title")).text.replace("é", "\\'e") for each in found] == [each["title"] for each in whole]
    for record, source in zip(found, whole, strict=True):
        # No key that says something is without a field.
        keys = {key for key, data in source.items() if data not in (None, "", [], {})}
        said = {re.split(r"[.\[]", (field.path or "").partition(".")[2])[0] for field in record.fields}
        assert keys == said
        if isinstance(parsed := source.get("authors_parsed"), list):
            assert sum(1 for _ in record.all("author")) == len(parsed)


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        ('{"id": "0704.0001", "categories": "hep-ph", "authors_parsed": [["A", "B", ""]]}\n', 0.95),
        ('[{"id": "0704.0001", "submitter": "X", "versions": []}]', 0.9),
        ('{"id": "0704.0001", "submitter": "X", "authors": "A. B, C', 0.5),
        ('{"id": "0704.0001", "title": "A", "abstract": "B", "categories": "cs.CV"}', 0.5),
        ('{"id": "W123", "submitter": "X", "versions": []}', 0.0),
        ('{"id": "https://openalex.org/W1", "title": "A", "authorships": []}', 0.0),
        ('{"id": "0704.0001", "title": "A", "authors": ["A. B", "C. D"], "categories": ["cs.CV"], "abs": "https://arxiv.org/abs/0704.0001"}', 0.0),
        ('{"id": "0704.0001", "authors": ["A. B"], "categories": "hep-ph", "authors_parsed": [["B", "A.", ""]]}', 0.95),
        ('{"id": 7, "categories": "x"}', 0.0),
        ("[1, 2]", 0.0),
        ("", 0.0),
    ],
)
def test_how_sure_it_is(head: str, sure: float) -> None:
    assert sniff(head, "x.json") == sure


def test_id_that_became_a_number() -> None:
    found = papers(lines(paper(id=704.001), paper(id=2402.1)))
    assert [texts for record in found for texts in facts(record, "arxiv_id")] == [
        ("arxiv_id", "0704.0010", None, None), ("arxiv_id", "2402.10000", None, None),
    ]  # fmt: skip


def test_official_name_of_the_file_is_no_problem() -> None:
    text = "".join(json.dumps(paper()) + "\n" for _ in range(2))
    assert problems(document(text, "arxiv-metadata-oai-snapshot.json")) == []


def test_versions() -> None:
    many = [{"version": f"v{n}", "created": f"{n} Jan 2024 00:00:00 GMT"} for n in (1, 2, 3)]
    (record,) = papers(lines(paper(versions=many)))
    assert facts(record, "date", "version") == [
        ("date", "1 Jan 2024 00:00:00 GMT", "2024-01-01", None),
        ("version", "v3", None, None),
    ]
    (other,) = papers(lines(paper(versions=["v1", "v2"], id="2402.00017v4")))
    assert facts(other, "arxiv_id", "version", "other") == [
        ("arxiv_id", "2402.00017v4", "2402.00017", None),
        ("version", "v4", None, None),
        ("other", '["v1", "v2"]', None, None),
    ]


@pytest.mark.parametrize(
    ("parsed", "expected"),
    [
        ([["ATLAS Collaboration: Aad", "G.", ""]], ["ATLAS Collaboration", "G. Aad"]),
        ([["Aad", "ATLAS Collaboration: G.", ""]], ["ATLAS Collaboration", "G. Aad"]),
        ([["Collaboration", "The LIGO Scientific", ""]], ["The LIGO Scientific Collaboration"]),
        ([["van den Oord", "Aäron", ""]], ["Aäron van den Oord"]),
        ([["Sukarno"]], ["Sukarno"]),
        ([["Sukarno", ""], ["", "", ""]], ["Sukarno"]),
        ([['Schr\\"odinger', "E.", "III"]], ["E. Schrödinger III"]),
    ],
)
def test_names(parsed: list[list[str]], expected: list[str]) -> None:
    (record,) = papers(lines(paper(authors_parsed=parsed)))
    assert [field.text for field in record.all("author")] == expected


@pytest.mark.parametrize("parsed", [7, "x", {"a": 1}, [1], [["a", 1]], [[]], [None]])
def test_authors_of_another_type_are_kept(parsed: object) -> None:
    (record,) = papers(lines(paper(authors_parsed=parsed, authors="A. B and C. D")))
    assert [field.text for field in record.all("author")] == ["A. B", "C. D"]
    kept = [field.text for field in record.all("other") if field.path == "$.authors_parsed"]
    assert kept == [parsed if isinstance(parsed, str) else json.dumps(parsed)]


def test_five_thousand_authors() -> None:
    parsed = [[f"B{n}", "A.", "", f"University {n % 7}"] for n in range(5000)]
    (record,) = papers(lines(paper(authors_parsed=parsed)))
    assert [field.text for field in record.all("author")] == [f"A. B{n}" for n in range(5000)]
    assert [field.of for field in record.all("affiliation")] == list(range(5000))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12)
    | st.sampled_from(["2402.00017v2", "A. B, et al.", "10.5555/a", "Mon, 2 Apr 2007 19:18:42 GMT", "cs.CV math.GT"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["version", "created", "x"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
KEYS = st.sampled_from(
    ["id", "submitter", "authors", "title", "comments", "journal-ref", "doi", "categories", "abstract", "versions", "authors_parsed", "x"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=10), max_size=3))
def test_any_objects_are_survived(objects: list[dict[str, Any]]) -> None:
    rows = list(read(lines(*objects)))
    found = [row for row in rows if isinstance(row, Record)]
    assert [record.ordinal for record in found] == list(range(len(found)))
    for record in found:
        assert all(field.text == field.text.strip() != "" for field in record.fields)
        said = {re.split(r"[.\[]", (field.path or "").partition(".")[2])[0] for field in record.fields}
        told = {key: json.dumps(data, ensure_ascii=False) for key, data in objects[record.line - 1].items() if data is not None}
        assert {key for key, text in told.items() if re.search(r"[^\W_]", text)} <= said


class Generated(io.RawIOBase):
    """A snapshot of many papers that is never in memory as a whole."""

    LINE = json.dumps(
        paper(
            id="2402.%05d",
            authors_parsed=[["Lid%d", "A. M.", ""], ["Kettle", "Bo", "", "Institute of Steam"]],
            versions=[{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
            abstract="  We boil water.\n" * 40,
        )
    )

    def __init__(self, count: int) -> None:
        self._papers = ((f"{self.LINE % (number, number)}\n").encode() for number in range(1, count + 1))
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        if len(self._rest) < len(buffer):
            self._rest += b"".join(islice(self._papers, 1 + len(buffer) // len(self.LINE)))
        data, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def test_memory_does_not_grow_with_the_file() -> None:
    shown = examine(lambda: io.BufferedReader(Generated(20_000)), "arxiv-metadata-oai-snapshot.jsonl")
    assert isinstance(shown, Document)
    assert shown.size > 16 << 20
    assert sniff(shown.head(HEAD), shown.name) == 0.95
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rows = read(shown)
    tracemalloc.start()
    few = sum(isinstance(next(rows), Record) for _ in range(1000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (few, peak < 2 << 20) == (1000, True)
    count, last = few, ""
    for row in rows:
        assert isinstance(row, Record)
        count, last = count + 1, row.fields[0].text
    assert (count, row.line, last) == (20_000, 20_000, "2402.20000")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 << 10, "kilobytes"
