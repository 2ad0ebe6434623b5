"""What identity must not depend on: the order of records, which files they stand in, how files are called, when they came.

Corpora are made up by hypothesis of what makes identity hard: namesakes, initials, transliterations, inverted names, the
same paper again in other words, identifiers and ORCID iDs here and there.
"""

import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import sources
from kg.extract.settings import Settings
from kg.model import Document, Record
from kg.pipeline import decide
from kg.pipeline.build import build
from kg.pipeline.identity import Identity
from kg.pipeline.identity import resolve as resolve_traits
from kg.pipeline.opened import open_build
from kg.pipeline.options import Options
from kg.pipeline.traits import TRAITS, as_row, traits, traits_of
from tests.conftest import BELLS, CORPUS, GRAVEL, MOSS, TIDES

Paper = dict[str, Any]

FEW = settings(max_examples=25)
"""Each example resolves a corpus twice."""

PEOPLE: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("Wei Wang", "W. Wang", "Wang, Wei", "WEI WANG"), "Harbour University, Department of Tides", ""),
    (("Wei Wang", "W. Wang"), "Quarry Institute, Steinbach", "0000-0002-1825-0097"),
    (("Wenhao Wang", "W. Wang", "Wang, W."), "Harbour University", ""),
    (("Jürgen Müller", "Juergen Mueller", "J. Müller", "Müller, Jürgen"), "Universität Moosburg", ""),
    (("Almut Sophia Koepke", "A. Sophia Koepke", "A. S. Koepke", "Almut Köpke"), "University of Moosburg, Moosburg, Germany", ""),
    (("Aäron van den Oord", "Aaron van den Oord", "A. van den Oord", "van den Oord, Aäron"), "Google DeepMind", ""),
    (("José García Márquez", "Jose Garcia Marquez", "J. García Márquez"), "Quarry Institute", "0000-0001-5109-3700"),
    (("Дмитрий Иванов", "Dmitry Ivanov", "D. Ivanov"), "Harbour University", ""),
    (("王伟", "王 伟"), "Harbour University", ""),
    (("Anonymous",), "Independent Researcher", ""),
    (("Gravel Team",), "", ""),
)
"""Each person's spellings, affiliation and ORCID iD."""

WORKS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("Sorting Gravel with a Small Robot", "Sorting gravel with a small robot.", "GravelNet: Sorting Gravel by Robot"), GRAVEL, "1706.01234"),
    (("Tides in Narrow Bays from Three Days of Gauges", "Foreseeing Tides in Narrow Bays"), TIDES, "1911.04321"),
    (("Telling Mosses Apart from Above",), MOSS, ""),
    (("Cracks in Bells, Heard Early", "Cracks in Bells, Heard Early (Extended Abstract)"), BELLS, ""),
    (("GravelNet 2: Sorting Gravel at Night",), "", ""),
    (("О приливах в узких заливах", "О приливах в узких заливах."), "", ""),
    (("窄湾的潮汐观测",), "", ""),
    (("Erratum: Foreseeing Tides in Narrow Bays",), TIDES, ""),
    (("Introduction",), "", ""),
)
"""Each work's titles, abstract and arXiv id."""


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    """Draw one record of one of the works by some of the people."""
    titles, abstract, number = draw(st.sampled_from(WORKS))
    people = draw(st.lists(st.sampled_from(PEOPLE), min_size=0, max_size=4, unique=True))
    authors = []
    for spellings, place, orcid in people:
        author = {"name": draw(st.sampled_from(spellings))}
        if place and draw(st.booleans()):
            author["affiliation"] = place
        if orcid and draw(st.booleans()):
            author["orcid"] = orcid
        authors.append(author)
    paper: Paper = {"title": draw(st.sampled_from(titles)), "authors": authors}
    if abstract and draw(st.booleans()):
        paper["abstract"] = abstract if draw(st.booleans()) else abstract.split(". ")[0] + "."
    if number and draw(st.booleans()):
        paper["arxiv_id"] = number
    if draw(st.booleans()):
        paper["year"] = draw(st.integers(2015, 2020))
    if draw(st.booleans()):
        paper["venue"] = draw(st.sampled_from(("Conference on Stones", "Journal of Tides")))
    return paper


CORPORA = st.lists(papers(), min_size=2, max_size=9)


def lines(of: Iterable[Paper]) -> str:
    """Return papers as JSON Lines."""
    return "".join(json.dumps(paper, ensure_ascii=False) + "\n" for paper in of)


def read(texts: Mapping[str, str]) -> Iterator[Record]:
    """Yield the records of files."""
    for name, text in texts.items():
        document = sources.decode(text.encode(), name)
        assert isinstance(document, Document)
        yield from (item for item in sources.read(document) if isinstance(item, Record))


def resolve(records: Iterable[Record]) -> Identity:
    """Tell who and what is the same in records, without names in their texts."""
    batch = pa.RecordBatch.from_pylist([as_row(traits(record, ())) for record in records], TRAITS)
    return resolve_traits(traits_of(batch), [])


def partition(identity: Identity, records: Iterable[Record]) -> dict[str, Counter[tuple[str, ...]]]:
    """Return the members of each entity, named after what they say: ids of documents are those of their bytes."""
    content = {record.id: tuple(f"{field.name}={field.text}" for field in record.fields) for record in records}
    found: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for row in identity.rows:
        record, _, slot = row["member"].partition("#")
        if record in content:
            found[row["entity"]][(slot, *content[record])] += 1
    return dict(found)


def split(of: Sequence[Paper], cuts: Iterable[int]) -> dict[str, str]:
    """Return papers in files that are cut behind some of them; empty lines keep equal parts from being copies of one file."""
    ends = sorted({cut % len(of) for cut in cuts} | {len(of)})
    starts = [0, *ends]
    return {f"{n}.jsonl": lines(of[start:end]) + n * "\n" for n, (start, end) in enumerate(zip(starts, ends, strict=False)) if start < end}


@FEW
@given(CORPORA, st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_nothing(corpus: list[Paper], chance: Any) -> None:
    records = list(read({"a.jsonl": lines(corpus)}))
    shuffled = chance.sample(records, len(records))
    one, other = resolve(records), resolve(shuffled)
    assert one.rows == other.rows
    assert sorted(map(str, one.judgements)) == sorted(map(str, other.judgements))


@FEW
@given(CORPORA, st.lists(st.integers(0, 8), max_size=4), st.randoms(use_true_random=False))
def test_which_files_records_stand_in_changes_nothing(corpus: list[Paper], cuts: list[int], chance: Any) -> None:
    whole = list(read({"a.jsonl": lines(corpus)}))
    parts = list(read(split(chance.sample(corpus, len(corpus)), cuts)))
    assert partition(resolve(parts), parts) == partition(resolve(whole), whole)


FAR = {"title": "Lanterns Drift Over Mild Orchards", "authors": [{"name": "Zora Quellmoor"}, {"name": "Ugo Pinefeather"}], "year": 1987}
"""A paper that has nothing in common with any other."""


@FEW
@given(CORPORA)
def test_a_paper_that_has_nothing_in_common_with_others_changes_nothing_for_them(corpus: list[Paper]) -> None:
    alone, more = list(read({"a.jsonl": lines(corpus)})), list(read({"a.jsonl": lines(corpus), "b.jsonl": lines([FAR])}))
    assert partition(resolve(alone), alone).items() <= partition(resolve(more), more).items()
    assert set(map(str, resolve(alone).judgements)) <= set(map(str, resolve(more).judgements))


@FEW
@given(CORPORA)
def test_every_member_is_one_entity_of_its_own_kind(corpus: list[Paper]) -> None:
    identity = resolve(read({"a.jsonl": lines(corpus)}))
    members = Counter((row["kind"], row["member"]) for row in identity.rows)
    assert set(members.values()) <= {1}
    kinds = defaultdict(set)
    for row in identity.rows:
        kinds[row["entity"]].add(row["kind"])
    assert all(len(found) == 1 for path, found in kinds.items() if not path.startswith("paper/"))


@FEW
@given(CORPORA)
def test_nobody_signs_a_list_twice(corpus: list[Paper]) -> None:
    identity = resolve(read({"a.jsonl": lines(corpus)}))
    lists = Counter((row["member"].partition("#")[0], row["entity"]) for row in identity.rows if row["kind"] == "person")
    assert set(lists.values()) <= {1}


@FEW
@given(CORPORA)
def test_no_rule_keeps_together_what_it_holds_different(corpus: list[Paper]) -> None:
    identity = resolve(read({"a.jsonl": lines(corpus)}))
    entity = {row["member"]: row["entity"] for row in identity.rows}
    different = [j for j in identity.judgements if j.verdict == "different"]
    assert all(entity[j.left] != entity[j.right] for j in different)


@FEW
@given(CORPORA)
def test_a_file_twice_gives_the_entities_of_one(corpus: list[Paper]) -> None:
    once = list(read({"a.jsonl": lines(corpus)}))
    twice = [*once, *read({"a.jsonl": lines(corpus) + "\n"})]
    telling = {row["entity"] for row in resolve(once).rows if row["kind"] == "paper" and _telling(row["member"], once)}
    again = {row["entity"] for row in resolve(twice).rows if row["kind"] == "paper" and _telling(row["member"], twice)}
    assert again == telling


def _telling(member: str, records: Iterable[Record]) -> bool:
    """Tell whether a record says enough to be known again: its abstract."""
    return any(record.id == member and record.first("abstract") for record in records)


# Builds --------------------------------------------------------------------------------------------------------------


def generated() -> list[Paper]:
    """Return a corpus with one of everything that makes identity hard, the same each time."""
    found: list[Paper] = []
    for number, (titles, abstract, arxiv) in enumerate(WORKS):
        for at, title in enumerate(titles):
            people = [PEOPLE[(number + step * (at + 1)) % len(PEOPLE)] for step in range(3)]
            authors = [
                {"name": spellings[(number + at + step) % len(spellings)]} | ({"affiliation": place} if place and (at + step) % 2 == 0 else {})
                for step, (spellings, place, _) in enumerate({person[0]: person for person in people}.values())
            ]
            paper: Paper = {"title": title, "authors": authors, "year": 2015 + number}
            found.append(paper | ({"abstract": abstract} if abstract and at != 1 else {}) | ({"arxiv_id": arxiv} if arxiv and at == 0 else {}))
    return found


def files() -> dict[str, str]:
    """Return the small corpus and the generated one as files."""
    corpus = generated()
    return {"page.txt": CORPUS["page.txt"], "made-1.jsonl": lines(corpus[::2]), "made-0.jsonl": lines(corpus[1::2])}


def written(folder: Path, texts: Mapping[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def build_fast(paths: Sequence[Path], out: Path) -> None:
    """Build with rules and lists alone: what names are found is not what is tested here."""
    build(paths, out, Options(finding=Settings("fast")))


def quads(folder: Path) -> bytes:
    return (folder / "current" / "graph.nq").read_bytes()


def identity_table(folder: Path) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = pq.read_table(folder / "current" / "tables" / "identity.parquet").to_pylist()
    return rows


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the files and the graph of both corpora: to be read, not changed."""
    home = tmp_path_factory.mktemp("made")
    build_fast([written(home / "papers", files())], home / "graph")
    return home


def test_files_that_come_one_after_another_give_the_graph_of_all(made: Path, tmp_path: Path) -> None:
    for name, text in files().items():
        written(tmp_path / "papers", {name: text})
        build_fast([tmp_path / "papers"], tmp_path / "graph")
    assert quads(tmp_path / "graph") == quads(made / "graph")


def test_names_of_files_are_no_part_of_identity(made: Path, tmp_path: Path) -> None:
    names = sorted(files())
    renamed = {f"{number}-{name}": files()[name] for number, name in enumerate(reversed(names))}
    build_fast([written(tmp_path / "papers", renamed)], tmp_path / "graph")
    assert identity_table(tmp_path / "graph") == identity_table(made / "graph")
    before, after = quads(made / "graph").decode(), quads(tmp_path / "graph").decode()
    for new, old in sorted(zip(renamed, reversed(names), strict=True), key=lambda pair: -len(pair[0])):
        after = after.replace(new, old)
    assert sorted(after.splitlines()) == sorted(before.splitlines())


def test_a_split_file_has_the_same_entities(made: Path, tmp_path: Path) -> None:
    papers_of_it = generated()
    parts = {f"part-{n}.jsonl": lines([paper]) for n, paper in enumerate(papers_of_it)}
    build_fast([written(tmp_path / "papers", {"page.txt": CORPUS["page.txt"]} | parts)], tmp_path / "graph")
    kinds = {"paper", "person", "organization", "authorship", "thing", "cited"}
    one, other = (Counter((r["kind"], r["entity"]) for r in identity_table(g) if r["kind"] in kinds) for g in (made / "graph", tmp_path / "graph"))
    assert one == other


@pytest.mark.parametrize("kind", ["person", "organization"])
def test_a_merge_taken_back_gives_the_same_bytes(kind: str, made: Path, tmp_path: Path) -> None:
    graph = shutil.copytree(made / "graph", tmp_path / "graph", symlinks=True)
    entities = sorted({row["entity"] for row in identity_table(graph) if row["kind"] == kind and row["entity"].startswith(kind)})
    decide.merge(graph, entities[:2], "by hand", lambda _: None)
    assert quads(graph) != quads(made / "graph")
    decide.undo(graph, lambda _: None)
    assert quads(graph) == quads(made / "graph")


def test_a_split_taken_back_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    graph = shutil.copytree(made / "graph", tmp_path / "graph", symlinks=True)
    sizes = Counter(row["entity"] for row in identity_table(graph) if row["kind"] == "paper")
    path, count = max(sizes.items(), key=lambda item: (item[1], item[0]))
    assert count > 1
    opened = open_build(graph)
    anchor = decide.anchors_of(opened, path)[0]
    decide.split(graph, path, [anchor], "", lambda _: None)
    assert quads(graph) != quads(made / "graph")
    decide.undo(graph, lambda _: None)
    assert quads(graph) == quads(made / "graph")


def test_the_generated_corpus_is_hard(made: Path) -> None:
    """Namesakes are told apart somewhere, spellings joined somewhere, and a paper is there more than once."""
    rows = identity_table(made / "graph")
    sizes = {kind: Counter(row["entity"] for row in rows if row["kind"] == kind) for kind in ("paper", "person")}
    assert max(sizes["paper"].values()) > 1
    assert max(sizes["person"].values()) > 1
    assert len({path.rpartition("-")[0] for path in sizes["person"]}) < len(sizes["person"])
