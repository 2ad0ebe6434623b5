"""The shipped example corpus: whole, counted, and in the project's own words."""

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parents[1]
PAPERS: Final = ROOT / "exports" / "example" / "papers"
README: Final = ROOT / "exports" / "example" / "README.md"
SEEDS: Final = ROOT.parent / "shared" / "seeds"

IDENTITY: Final[dict[str, Any]] = json.loads(
    (ROOT / "tests" / "data" / "example_identity.json").read_text(encoding="utf-8")
)

RECORDS: Final = {
    "abstracts-language.txt": (r"^Abstract:", 8),
    "abstracts-vision.txt": (r"^Abstract:", 8),
    "arxiv-compact.txt": (r"^arXiv:", 8),
    "arxiv-listing.txt": (r"^Created:", 8),
    "author-bengio.txt": (r"^[A-Z]{2}[A-Z][a-z]{2} [0-9]{1,2}, [0-9]{4}(?:Code)?$", 16),
}
"""What every record of a file has one line of, and how many records there are."""

WORD: Final = re.compile(r"[^\W_]+")
LONGEST_SHARED: Final = 8
"""So many words in a row may stand in somebody else's text as well: names, figures and set phrases."""


def runs(text: str, size: int) -> set[str]:
    words = [word.casefold() for word in WORD.findall(text)]
    return {" ".join(words[i : i + size]) for i in range(len(words) - size + 1)}


def test_five_files() -> None:
    assert sorted(path.name for path in PAPERS.iterdir()) == sorted(RECORDS)


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_utf8_with_line_feeds(name: str) -> None:
    data = (PAPERS / name).read_bytes()
    text = data.decode("utf-8")
    assert not data.startswith(b"\xef\xbb\xbf")
    assert "\r" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_number_of_records(name: str) -> None:
    pattern, count = RECORDS[name]
    text = (PAPERS / name).read_text(encoding="utf-8")
    assert len(re.findall(pattern, text, re.MULTILINE)) == count


def test_listing_has_one_id_a_date() -> None:
    text = (PAPERS / "arxiv-listing.txt").read_text(encoding="utf-8")
    dated = re.findall(
        r"^arXiv:([0-9]{2})([0-9]{2})\.[0-9]{4,5}\nCreated: 20([0-9]{2})-([0-9]{2})-", text, re.MULTILINE
    )
    assert len(dated) == RECORDS["arxiv-listing.txt"][1]
    assert all((year, month) == (other, same) for year, month, other, same in dated)


def test_clusters_cover_every_record_once() -> None:
    listed = sorted(
        (name, ordinal) for cluster in IDENTITY["clusters"] for name, ordinal in cluster["records"]
    )
    assert listed == sorted((name, i) for name, (_, count) in RECORDS.items() for i in range(count))


def test_clusters_are_told_apart_by_title_and_id() -> None:
    titles = [cluster["title"] for cluster in IDENTITY["clusters"]]
    ids = [cluster["arxiv"] for cluster in IDENTITY["clusters"] if cluster["arxiv"]]
    assert len(set(titles)) == len(titles)
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", ["arxiv-compact.txt", "arxiv-listing.txt"])
def test_ids_stand_where_the_clusters_say(name: str) -> None:
    text = (PAPERS / name).read_text(encoding="utf-8")
    printed = re.findall(r"^arXiv:([0-9]{4}\.[0-9]{4,5})", text, re.MULTILINE)
    meant = {
        i: cluster["arxiv"]
        for cluster in IDENTITY["clusters"]
        for file, i in cluster["records"]
        if file == name
    }
    # Ids of before 2015 have four digits behind the dot; a fifth that was matched would belong to the next text.
    assert printed == [meant[i] for i in range(len(meant))]


def test_titles_stand_where_the_clusters_say() -> None:
    pattern, _ = RECORDS["author-bengio.txt"]
    text = (PAPERS / "author-bengio.txt").read_text(encoding="utf-8")
    printed = re.findall(pattern + r"\n(.+)$", text, re.MULTILINE)
    meant = {
        i: cluster["title"]
        for cluster in IDENTITY["clusters"]
        for file, i in cluster["records"]
        if file == "author-bengio.txt"
    }
    assert printed == [meant[i] for i in range(len(meant))]


def test_both_spellings_are_printed() -> None:
    lines = (PAPERS / "author-bengio.txt").read_text(encoding="utf-8").splitlines()
    names = {name for line in lines for name in line.split(" et al.")[0].split(", ")}
    assert {spelling for pair in IDENTITY["people_same"] for spelling in pair} <= names


def test_readme_tells_the_same_identity() -> None:
    short = {"abstracts-language.txt": "language", "abstracts-vision.txt": "vision", "arxiv-compact.txt": "compact",
             "arxiv-listing.txt": "listing", "author-bengio.txt": "bengio"}  # fmt: skip
    rows = {
        tuple(row.strip("| ").split(" | ")[:3]) for row in README.read_text(encoding="utf-8").splitlines()
    }
    for cluster in IDENTITY["clusters"]:
        where = ", ".join(f"{short[name]} {ordinal}" for name, ordinal in cluster["records"])
        assert (cluster["title"], cluster["arxiv"] or "(none)", where) in rows


def test_sentences_are_our_own() -> None:
    if not SEEDS.is_dir():
        pytest.skip("the shared seed documents are not beside the repository")
    seeds: set[str] = set()
    for path in sorted(SEEDS.glob("*.txt")):
        seeds |= runs(path.read_text(encoding="utf-8"), LONGEST_SHARED + 1)
    assert seeds
    titles = {cluster["title"] for cluster in IDENTITY["clusters"]}
    for path in sorted(PAPERS.iterdir()):
        lines = path.read_text(encoding="utf-8").splitlines()
        own = "\n".join(line for line in lines if line not in titles)
        assert not runs(own, LONGEST_SHARED + 1) & seeds, path.name
