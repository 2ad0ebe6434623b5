"""What every reader keeps: it never fails, offsets are exact, nothing is lost, and others' files are left alone."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, Field, Problem, Record
from kg.sources import HEAD, decode, read, readers
from kg.text import line_of, line_starts

DATA = Path(__file__).parents[1] / "data" / "sources"
SAMPLES = sorted(path for path in DATA.glob("*/*") if path.is_file())
PLAIN_TEXT = ("abstract_list", "arxiv_listing", "author_page", "bare_titles", "id_list", "plain_text", "title_list")

NAMES = frozenset(["title", "abstract", "abstract_label", "date", "category", "code_flag", "comment", "url", "author", "et_al", "affiliation", "author_id", "affiliation_id", "arxiv_id", "identifier", "version", "venue", "volume", "issue", "pages", "publisher", "type", "keyword", "language", "reference", "cited_arxiv_id", "own_id", "cited_own_id", "status", "retracts", "withdraws", "other", "name", "research_field", "h_index", "paper_count", "citation_count", "novelty", "ai_score", "listed_count"])
"""What a field may be called: see `kg.model.Field`."""

PIECES = st.sampled_from([
    "Abstract:", "Abstract: ", "arXiv:", "arXiv:2205.06175", "arXiv:2413.99999", "arXiv:1412.12345", "Created: ",
    "2022-05-12", "2022-02-30", "CVJun 12, 2023Code", "LGFeb 31, 2020", "h-index12", "h-index-1", "1,234citations",
    "Novelty61%", "5 Papers", "Ada Lovelace, Aäron van den Oord et al. · deepmind, mila", "We show a thing.",
    "\n", "\n", "\n\n", "\r\n", "\r", " ", "\t", "\u2028", "\x85", "\u200b", "·", "et al.", "Gemma Team",
    "https://github.com/ a/b.", "https://", "www.x.org", "(", ")", "12 pages", "é", "\U0001f680", "\x00",
])  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join)


def document(text: str, name: str = "x.txt") -> Document:
    return Document.of_text(text, name, "0" * 16)


def sample(path: Path) -> Document:
    found = decode(path.read_bytes(), path.name)
    assert isinstance(found, Document)
    return found


def check(text: str, found: list[Record | Problem]) -> None:
    """Check all that a reader promises about what it found in `text`."""
    starts = line_starts(text)
    records = [row for row in found if isinstance(row, Record)]
    for kind in ("paper", "profile"):
        of_kind = [record for record in records if record.kind == kind]
        assert [record.ordinal for record in of_kind] == list(range(len(of_kind)))
    for record in records:
        assert 1 <= record.line <= len(starts)
        assert record.fields
        if record.start is None or record.end is None:
            assert record.start is record.end
        else:
            assert record.line == line_of(starts, record.start)
        for field in record.fields:
            check_field(text, starts, record, field)
        for name in {field.name for field in record.fields}:
            positions = [field.position for field in record.all(name)]
            assert positions == list(range(len(positions)))
    spans = [(r.start, r.end) for r in records if r.start is not None and r.end is not None]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(0 <= row.line <= len(starts) for row in found if isinstance(row, Problem))


def check_field(text: str, starts: list[int], record: Record, field: Field) -> None:
    """Check that a field says where it stands: by offsets, or by line and path."""
    assert field.text.strip() == field.text != ""
    assert field.name in NAMES
    assert field.value != ""
    if field.of is not None:
        owner = {"affiliation": "author", "author_id": "author", "affiliation_id": "affiliation"}[field.name]
        assert field.of < sum(1 for _ in record.all(owner))
    if field.start is None or field.end is None:
        assert field.start is field.end
        assert record.line <= field.line <= len(starts)
        assert field.path or field.name == "author", "a field without offsets has a path"
        return
    assert field.start < field.end
    assert text[field.start : field.end] == field.text
    assert field.line == line_of(starts, field.start)
    if record.start is not None and record.end is not None:
        assert record.start <= field.start <= field.end <= record.end


def check_nothing_lost(text: str, found: list[Record | Problem]) -> None:
    """Check that each stretch outside all records begins on a line with a problem."""
    starts = line_starts(text)
    reported = {row.line for row in found if isinstance(row, Problem)}
    covered = 0
    spans = [(r.start, r.end) for r in found if isinstance(r, Record)]
    for start, end in [*spans, (len(text), len(text))]:
        assert start is not None
        assert end is not None
        outside = text[covered:start]
        if outside.strip():
            first = covered + len(outside) - len(outside.lstrip())
            assert line_of(starts, first) in reported, text[first : first + 40]
        covered = end


@pytest.mark.parametrize("name", readers())
def test_reader_has_a_sample(name: str) -> None:
    assert [path for path in SAMPLES if path.parent.name == name], f"add tests/data/sources/{name}/"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_own_sample_is_claimed_by_its_reader_alone(path: Path) -> None:
    head = sample(path).head(HEAD)
    scores = {name: reader.sniff(head, path.name) for name, reader in readers().items()}
    own = scores.pop(path.parent.name)
    assert 0 < own <= 1
    assert max(scores.values(), default=0.0) < own


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_sample_is_read_whole(path: Path) -> None:
    shown = sample(path)
    found = list(readers()[path.parent.name].read(shown))
    assert any(isinstance(row, Record) for row in found)
    if not shown.flaw:
        check(shown.text, found)
    if path.parent.name in PLAIN_TEXT:
        check_nothing_lost(shown.text, found)
    assert found == list(readers()[path.parent.name].read(shown)) == list(read(shown))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_change_nothing_but_offsets(path: Path, line_end: str) -> None:
    if path.parent.name not in PLAIN_TEXT:
        pytest.skip("its own tests say what its line ends mean")

    def facts(text: str) -> list[tuple[int, list[tuple[str, str, int]]]]:
        rows = readers()[path.parent.name].read(document(text))
        return [
            (row.line, [(f.name, " ".join(f.text.split()), f.line) for f in row.fields])
            for row in rows
            if isinstance(row, Record)
        ]

    text = sample(path).text.replace("\r\n", "\n")
    assert facts(text.replace("\n", line_end)) == facts(text)


@pytest.mark.parametrize("name", readers())
@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u3000\r\n"])
def test_empty_text_is_claimed_by_none(name: str, text: str) -> None:
    assert readers()[name].sniff(text, "x.txt") == 0.0
    assert not [row for row in read(document(text)) if isinstance(row, Record)]


@pytest.mark.parametrize("name", PLAIN_TEXT)
@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_any_text_is_survived(name: str, text: str) -> None:
    reader = readers()[name]
    assert 0.0 <= reader.sniff(text, "x.txt") <= 1.0
    found = list(reader.read(document(text)))
    check(text, found)
    check_nothing_lost(text, found)
    assert found == list(reader.read(document(text)))


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=200))
def test_random_text_is_no_format(text: str) -> None:
    assert all(reader.sniff(text, "x.txt") == 0.0 for name, reader in readers().items() if name in PLAIN_TEXT)


OTHERS = {
    "bibtex": "@article{vaswani2017,\n  title = {Attention},\n  abstract = {Abstract: We},\n  eprint = {1706.03762}\n}\n",
    "json": '[\n{"title": "Attention", "abstract": "Abstract: x",\n"id": "arXiv:1706.03762"}\n]\n',
    "jsonl": '{"id": "1706.03762", "abstract": "Abstract: x"}\n{"id": "1512.03385"}\n',
    "xml": "<?xml version='1.0'?>\n<feed>\nAbstract: x\narXiv:1706.03762\nCreated: 2017-06-12\n</feed>",
    "html": "<html><body>\nAbstract: x\n\nCVJun 12, 2023Code\nTitle\n</body></html>",
    "csv": "id,title,abstract\n1706.03762,Attention,Abstract: x\n1512.03385,ResNet,y\n",
    "ris": "TY  - JOUR\nTI  - Attention\nAB  - Abstract: x\nER  - \n",
    "prose": (
        "Abstract art has a history.\n\nIt began on Jun 12, 1910, some say. Others, Kandinsky and Klee among them,"
        " cite arXiv:1804.01118.\n\nNobody agrees. See\narXiv:1804.01118 for more.\n\n12 papers were written.\n"
    ),
    "story": "Chapter One\n\nIt was late when she came home.\n\nShe wrote: I am tired.\n\nThe End\n",
    "licence": "Some License\n\nCopyright (c) 2020 Ada Lovelace\n\nPermission is granted to anyone.\n",
}


@pytest.mark.parametrize("shape", OTHERS)
def test_other_formats_are_left_alone(shape: str) -> None:
    claims = {
        name: reader.sniff(OTHERS[shape], "x.txt") for name, reader in readers().items() if name in PLAIN_TEXT
    }
    assert set(claims.values()) == {0.0}
