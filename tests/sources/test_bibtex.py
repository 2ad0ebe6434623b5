"""BibTeX and BibLaTeX: the language, what fields mean, names, inheritance, errors with their lines, streaming, oracles."""

import io
import json
import logging
import re
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, Problem, Record
from kg.sources import bibtex, decode, examine, read, recognise
from kg.sources._bibtex.block import Block
from kg.sources._bibtex.entries import LONGEST, blocks
from kg.sources._bibtex.inherited import parents_of
from kg.sources._latex import decode as plain
from kg.sources.bibtex import sniff
from tests.growth import assert_linear
from tests.sources.test_contract import DATA, check

SAMPLES = DATA / "bibtex"
HOSTILE = Path(__file__).parents[3] / "shared" / "hostile"


def document(text: str) -> Document:
    return Document.of_text(text, "x.bib", "0" * 16)


def rows(text: str) -> list[Record | Problem]:
    found = list(bibtex.read(document(text)))
    check(text, found)
    return found


def papers(text: str) -> list[Record]:
    return [row for row in rows(text) if isinstance(row, Record)]


def problems(text: str) -> list[tuple[int, str, str]]:
    return [(row.line, row.severity, row.what) for row in rows(text) if isinstance(row, Problem)]


def paper(fields: str, kind: str = "article") -> Record:
    (found,) = papers(f"@{kind}{{k,\n{fields}\n}}\n")
    return found


def texts(record: Record, name: str) -> list[str]:
    return [field.text for field in record.all(name)]


def other(record: Record, path: str) -> list[str]:
    return [field.text for field in record.all("other") if field.path == path]


def sample(name: str) -> dict[str, Record]:
    found = decode((SAMPLES / name).read_bytes(), name)
    assert isinstance(found, Document)
    return {next(key(row)): row for row in read(found) if isinstance(row, Record)}


def key(record: Record) -> Iterator[str]:
    return (field.text for field in record.all("other") if (field.path or "").endswith(".key"))


# What it looks like


@pytest.mark.parametrize(
    ("head", "score"),
    [
        ("@article{a,\n title={T}}", 1.0), ("\n% JabRef\n@ARTICLE { a,", 1.0), ('@string{a = "b"}', 1.0), ("@book(a,", 1.0),
        ("Kept by hand\n@misc{a,\n", 0.9), ("@nonsense{a,\n", 0.5), ("@media (max-width: 1px) {", 0.0), ("@dataclass(frozen=True)", 0.0),
        ('{"a": 1,\n@article{a, x', 0.0), ("<html>\n@article{a, x", 0.0), ("mail me@home.org", 0.0), ("", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, score: float) -> None:
    assert sniff(head, "x") == score


# The language


def test_sample_written_by_hand() -> None:
    found = sample("by_hand.bib")
    assert list(found) == ["lovelace1843", "vdoord:2016", "knuth-style", "team2023", "Proc2016"]
    engine = found["lovelace1843"]
    assert texts(engine, "title") == ["Notes on the Analytical Engine: Études & naïve $O(n^{2})$ sums"]
    assert texts(engine, "author") == ["Ada Lovelace", "Charles Babbage"]
    assert texts(engine, "et_al") == ["and others"]
    assert texts(engine, "venue") == ["Journal of Machine Learning"]
    assert texts(engine, "pages") == ["666-731"]
    assert texts(engine, "keyword") == ["engines", "programs, loops", "Bernoulli numbers"]
    assert [(f.text, f.value) for f in engine.all("date")] == [("1843", "1843-10-12")]
    assert [(f.text, f.value) for f in engine.all("identifier")] == [("10.1000/Engine.1843", "doi:10.1000/engine.1843")]
    assert texts(engine, "abstract") == [
        'We describe an engine that "weaves" patterns, just as a loom does. A second paragraph follows – with 50% more.'
    ]
    assert [(f.text, f.value, f.path) for f in engine.all("type")] == [("Article", "article", "lovelace1843.type")]
    assert {f.path: f.line for f in engine.fields}["lovelace1843.abstract"] == 22


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("@article(k, title = {in (parentheses)})", "in (parentheses)"),
        ('@article(k, title = "a ) in quotes")', "a ) in quotes"),
        ("@ARTICLE {k , TITLE={x}}", "x"),
        ("@article\n\n  {k,title={x}}", "x"),
        ('@article{k, title = "a {"}quoted{"} b"}', 'a "quoted" b'),
        ('@article{k, title = {a "quoted" b}}', 'a "quoted" b'),
        ('@string{s = "a"} @article{k, title = s # { b} # " c" # 4}', "a b c4"),
        ('@string{s = "a", t = "b"}@article{k, title = T # s}', "ba"),
        ("@article{k, title = {a\n   b\t c}}", "a b c"),
        ("@article{k, % year = 1,\n % a comment\n title = {x}}", "x"),
        ("@article{k, title = {x},}", "x"),
        ("@article{k, ,, title = {x}\n,}", "x"),
        ("@article{k, title = 1984}", "1984"),
        ("junk @article{k, title={x}} junk @misc{", "x"),
        ("@comment{a} @comment b\n@preamble{{x}}@article{k, title={x}}", "x"),
        ("@comment{\n@article{no,\n title={y}\n}\n}\n@article{k, title={x}}", "x"),
        ("% @article{no, title={y}}\n\t%@article{no, title={y}}\n@article{k, title={x}}% @misc{z, title={z}}", "x"),
        ("@article{k,\r\ntitle={x},\r\nyear=1999}\r\n", "x"),
        ("@article{k,\rtitle={x},\ryear=1999}\r", "x"),
        ("\ufeff@article{k, title={x}}", "x"),
    ],
)
def test_language(text: str, title: str) -> None:
    (found,) = papers(text)
    assert texts(found, "title") == [title]
    assert other(found, "k.key") == ["k"]


def test_standard_macros_are_known() -> None:
    found = paper("journal = jacm, year = 2020, month = SEP")
    assert texts(found, "venue") == ["Journal of the ACM"]
    assert [f.value for f in found.all("date")] == ["2020-09"]
    assert texts(paper("journal = IEEE_J_PAMI"), "venue") == ["IEEE Transactions on Pattern Analysis and Machine Intelligence"]
    assert problems("@misc{k, title={T}, journal = IEEE_J_SPL, number = ieee_o_acc}") == []


def test_verbatim_values_have_offsets() -> None:
    text = "x\n@article{k,\n  title = {{A Title}},\n  author = {Ada Lovelace and\n\tGrace  Hopper and Noether, Emmy},\n  volume = 7\n}\n"
    (found,) = papers(text)
    places = {f.text: (f.line, None if f.start is None else text[f.start : f.end]) for f in found.fields}
    assert places == {
        "article": (2, "article"), "k": (2, "k"), "A Title": (3, "A Title"), "Ada Lovelace": (4, "Ada Lovelace"),
        "Grace Hopper": (5, None), "Emmy Noether": (5, None), "7": (6, "7"),
    }  # fmt: skip
    assert found.start is not None
    assert text[found.start : found.end].startswith("@article{k,")
    assert text[found.start : found.end].endswith("}")


# Names


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Ada Lovelace", ["Ada Lovelace"]),
        ("Lovelace, Ada and Hopper, Grace AND Emmy Noether", ["Ada Lovelace", "Grace Hopper", "Emmy Noether"]),
        ('van den Oord, A{\\"a}ron', ["Aäron van den Oord"]),
        ("Ludwig van Beethoven", ["Ludwig van Beethoven"]),
        ("Beethoven, Jr, Ludwig van", ["Ludwig van Beethoven Jr"]),
        ("King, Martin Luther, Jr. and King, Jr., Martin Luther and Martin King, Jr.", ["Martin Luther King Jr."] * 2 + ["Martin King Jr."]),
        ("de~la~Cruz, Mar{\\'\\i}a", ["María de la Cruz"]),
        ("{Barnes and Noble} and Sandy Anderson", ["Barnes and Noble", "Sandy Anderson"]),
        ("{Last, with comma}, First", ["First Last, with comma"]),
        ("family=Beethoven, given=Ludwig, prefix=van, useprefix=true and family={Zu, Guttenberg}, given=Karl", ["Ludwig van Beethoven", "Karl Zu, Guttenberg"]),
        ('"family=Hopper", given={Grace}', ["Grace Hopper"]),
        ("Lovelace, AB and Silva, JR and WANG, BO and Curie, M", ["A. B. Lovelace", "J. R. Silva", "BO WANG", "M Curie"]),
        ("王小明 and Đặng, Văn", ["王小明", "Văn Đặng"]),
        ("and", []),
        ("", []),
    ],
)  # fmt: skip
def test_names(printed: str, names: list[str]) -> None:
    assert texts(paper(f"author = {{{printed}}}, title = {{T}}"), "author") == names


@pytest.mark.parametrize(
    ("printed", "names", "cut"),
    [
        ("Ada Lovelace and others", ["Ada Lovelace"], "and others"),
        ("Ada Lovelace and\n   others", ["Ada Lovelace"], "and others"),
        ("Lovelace, Ada and et al.", ["Ada Lovelace"], "and et al."),
        ("Lovelace, Ada et al.", ["Ada Lovelace"], "et al."),
        ("Lovelace, Ada and Hopper, G., et al", ["Ada Lovelace", "G. Hopper"], "et al"),
        ("Ada Lovelace and \\ldots", ["Ada Lovelace"], "and …"),
        ("others", [], "others"),
    ],
)
def test_a_list_that_is_cut(printed: str, names: list[str], cut: str) -> None:
    found = paper(f"author = {{{printed}}}, title = {{T}}")
    assert texts(found, "author") == names
    assert texts(found, "et_al") == [cut]


def test_collectives() -> None:
    found = paper("author = {{OpenAI} and {The {ATLAS} Collaboration} and Gemini Team and Team, Llama and {\\O}re, {\\AA}se and {\\'E}lie Cartan}")
    assert [(f.text, f.value) for f in found.all("author")] == [
        ("OpenAI", "group"), ("The ATLAS Collaboration", "group"), ("Gemini Team", "group"), ("Llama Team", "group"),
        ("Åse Øre", "person"), ("Élie Cartan", "person"),
    ]  # fmt: skip


def test_braces_make_no_collective_of_a_person_with_a_middle_initial() -> None:
    found = paper("author = {{Ada B. Lovelace} and {Jean-Luc K. L. d'Prony} and {Mill Bank} and {U. S. Looms} and {Ada B. Looms Group} and {Ann O. Institute}}")
    assert [(f.text, f.value) for f in found.all("author")] == [
        ("Ada B. Lovelace", "person"), ("Jean-Luc K. L. d'Prony", "person"), ("Mill Bank", "group"), ("U. S. Looms", "group"), ("Ada B. Looms Group", "group"),
        ("Ann O. Institute", "group"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("AK Lovelace and C Babbage and ...", ["A. K. Lovelace", "C Babbage"]), ("LI Wei and WU Bo", ["LI Wei", "WU Bo"]), ("AK Lovelace", ["AK Lovelace"]),
        ("AK Lovelace and Charles Babbage", ["AK Lovelace", "Charles Babbage"]), ("Kovalev, G., V", ["G. V. Kovalev"]), ("Collaboration, CMS and Bee, AK", ["CMS Collaboration", "A. K. Bee"]),
    ],
)  # fmt: skip
def test_initials_without_full_stops(printed: str, names: list[str]) -> None:
    assert texts(paper(f"author = {{{printed}}}, title = {{T}}"), "author") == names


def test_what_the_cochrane_library_writes() -> None:
    text = "Record #1 of 2\n@article{Love25,\nauthor = {Lovelace, AK, van der Prony, G, and Babbage, C},\ntitle = {Looms &amp; threads},\npublisher = {Weaver &amp; Sons},"
    text += "\nkeywords = {*Looms [history]; Threads, Cut}\n}\n\n\nRecord #2 of 2\n@article{Bab06,\nauthor = {Babbage, C, and M&uuml;ller, AB},\ntitle = {On p &lt; 1}\n}\n"
    looms, probability = papers(text)
    assert texts(looms, "author") == ["A. K. Lovelace", "G van der Prony", "C Babbage"]
    assert (texts(looms, "title"), texts(looms, "publisher"), texts(looms, "keyword")) == (["Looms & threads"], ["Weaver & Sons"], ["Looms [history]", "Threads, Cut"])
    assert (texts(probability, "author"), texts(probability, "title")) == (["C Babbage", "A. B. Müller"], ["On p < 1"])
    assert problems(text) == []


def test_a_long_list_that_is_nearly_as_the_cochrane_library_writes_is_read_to_its_end() -> None:
    # An expression that tries every way to part the names would not come back.
    (found,) = papers(f"@article{{a, title = {{T}}, author = {{{'a, A, and ' * 2_000}}}}}")
    assert len(texts(found, "author")) == 2_000


def test_institutions_are_collectives() -> None:
    found = paper("author = {World Loom Organization and University of Oslo and Ada Bank and Institute of Looms}")
    assert [f.value for f in found.all("author")] == ["group", "group", "person", "group"]


def test_several_notes() -> None:
    fields = "title = {T}, note = {12 cites: https://example.org/c}, note = {Query date: 2020-02-08}"
    assert texts(paper(fields), "comment") == ["12 cites: https://example.org/c", "Query date: 2020-02-08"]
    assert problems(f"@misc{{k, {fields}}}") == []


def test_namesakes_of_dblp() -> None:
    found = paper("author = {Ada Lovelace and Wei Wang 0001}")
    assert texts(found, "author") == ["Ada Lovelace", "Wei Wang"]
    assert [(f.text, f.value, f.of) for f in found.all("author_id")] == [("Wei Wang 0001", None, 1)]


@pytest.mark.parametrize(
    ("printed", "names", "warning"),
    [
        ("Smith, J.; Doe, K.; {WHO}", ["J. Smith", "K. Doe", "WHO"], "authors without `and`"),
        ("John Smith, Jane Doe, Bob Lee", ["John Smith", "Jane Doe", "Bob Lee"], "authors without `and`"),
        ("Smith, J., Doe, K., Lee, B.", ["J. Smith", "K. Doe", "B. Lee"], "authors without `and`"),
        ("Lovelace Ada, ", ["Lovelace Ada"], "a name with a comma too many"),
        ("Ada Lovelace and and Grace Hopper", ["Ada Lovelace", "Grace Hopper"], "an empty name"),
    ],
)
def test_names_that_are_written_wrong(printed: str, names: list[str], warning: str) -> None:
    text = f"@article{{k,\n title={{T}},\n author={{{printed}}}}}"
    (found,) = papers(text)
    assert texts(found, "author") == names
    ((line, severity, what),) = problems(text)
    assert (line, severity) == (3, "warning")
    assert what.startswith(warning)


def test_three_thousand_authors() -> None:
    def signed(by: int) -> str:
        return "@article{k, title={T}, author={" + " and\n ".join(f"Author{n}, Ada" for n in range(by)) + " and others}}"

    assert_linear(papers, signed, 3000)
    (found,) = papers(signed(3000))
    authors = list(found.all("author"))
    assert len(authors) == 3000
    assert (authors[2999].text, authors[2999].line, authors[2999].position) == ("Ada Author2999", 3000, 2999)


# Fields


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ("year = 2020", "2020"), ("year = {2020}, month = {7}", "2020-07"), ("year = 2020, month = jul, day = {4}", "2020-07-04"),
        ("year = 2020, month = {4~} # jul", "2020-07-04"), ("year = 2020, month = {Jun-Jul}", "2020-06"), ("year = {2020a}", "2020"),
        ("date = {2020-01/2020-05}", "2020-01"), ("date = {2020-01-15T10:00:00}", "2020-01-15"), ("date = {2020-02~}", "2020-02"),
        ("date = {2020-24}", "2020"), ("date = {2020/}", "2020"), ("date = {2020-05~/2021}", "2020-05"), ("year = 2020, month = February", "2020-02"), ("date = {2020-05-06}, year = 2020", "2020-05-06"),
    ],
)  # fmt: skip
def test_dates(fields: str, value: str) -> None:
    found = paper("title = {T}, " + fields)
    assert [f.value for f in found.all("date")] == [value]
    assert problems(f"@article{{k, title = {{T}}, {fields}}}") == []


@pytest.mark.parametrize("year", ["forthcoming", "1998--1999", "-0044", "99999", "20XX"])
def test_years_that_are_none(year: str) -> None:
    assert [f.value for f in paper(f"year = {{{year}}}").all("date")] == [None]
    assert problems(f"@article{{k,\nyear = {{{year}}}}}") == [(2, "warning", f"no date: {plain(year)!r}")]


def test_a_month_that_is_none_leaves_the_year() -> None:
    assert [f.value for f in paper("year = 2020, month = {13}").all("date")] == ["2020"]
    assert problems("@article{k, year = 2020,\nmonth = {13}}") == [(2, "warning", "no month: '13'")]
    assert [f.value for f in paper("date = {2022-02-30}").all("date")] == [None]


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ("eprint = {1706.03762}, archivePrefix = {arXiv}", "arxiv_id", "1706.03762"),
        ("eprint = {1706.03762v5}, eprinttype = {arxiv}", "arxiv_id", "1706.03762"),
        ('eprint = "hep-th/9901001"', "arxiv_id", "hep-th/9901001"),
        ("eprint = {0309136}, archiveprefix = {arXiv}, primaryclass = {math}", "arxiv_id", "math/0309136"),
        ("journal = {arXiv preprint arXiv:1706.03762}", "arxiv_id", "1706.03762"),
        ("journal = {CoRR}, volume = {abs/1706.03762}", "arxiv_id", "1706.03762"),
        ("number = {{arXiv}:1706.03762}", "arxiv_id", "1706.03762"),
        ("note = {arXiv:1706.03762 [cs]}", "arxiv_id", "1706.03762"),
        ("url = {https://arxiv.org/abs/1706.03762v2}", "arxiv_id", "1706.03762"),
        ("howpublished = {\\url{https://arxiv.org/abs/1706.03762}}", "arxiv_id", "1706.03762"),
        ("howpublished = {arXiv e-print arXiv:1706.03762}", "arxiv_id", "1706.03762"),
        ("doi = {10.48550/arXiv.1706.03762}", "arxiv_id", "1706.03762"),
        ("doi = {https://doi.org/10.1000/A_b(1)}", "identifier", "doi:10.1000/a_b(1)"),
        ("doi = {10.1000/a{\\_}b}", "identifier", "doi:10.1000/a_b"),
        ("url = {https://doi.org/10.1000/abc}", "identifier", "doi:10.1000/abc"),
        ("url = {https://aclanthology.org/P19-1001/}", "identifier", "acl:P19-1001"),
        ("url = {https://openreview.net/forum?id=abcDEF_12-}", "identifier", "openreview:abcDEF_12-"),
        ("url = {https://api.semanticscholar.org/CorpusID:13756489}", "identifier", "s2:13756489"),
        ("pmid = 29000001", "identifier", "pmid:29000001"),
        ("PubMedID = {29000001}", "identifier", "pmid:29000001"),
        ("pmcid = {PMC1234567}", "identifier", "pmcid:PMC1234567"), ("Pmc = {PMC1234567}", "identifier", "pmcid:PMC1234567"),
        ("eprint = {29000001}, eprinttype = {pubmed}", "identifier", "pmid:29000001"),
        ("biburl = {https://dblp.org/rec/conf/nips/X19.bib}", "identifier", "dblp:conf/nips/X19"),
        ("doi = {http://doi.acm.org/10.1000/abc}", "identifier", "doi:10.1000/abc"),
        ("note = {PMID: 29000001}", "identifier", "pmid:29000001"),
        ("note = {PMC1234567[pmcid]}", "identifier", "pmcid:PMC1234567"),
    ],
)
def test_identifiers(fields: str, name: str, value: str) -> None:
    found = paper("title = {T}, " + fields)
    assert [f.value or f.text for f in found.all(name)] == [value]
    assert problems(f"@article{{k, {fields}}}") == []


def test_the_same_identifier_is_said_once() -> None:
    found = paper("url = {https://doi.org/10.1000/abc}, doi = {10.1000/abc}, arxivId = {1706.03762}, eprint = {1706.03762}, note = {arXiv:1706.03762}")
    assert [f.value for f in found.all("identifier")] == ["doi:10.1000/abc"]
    assert texts(found, "arxiv_id") == ["1706.03762"]


def test_a_key_of_dblp_is_an_identifier() -> None:
    (found,) = papers("@article{DBLP:conf/nips/X19, title = {T}}")
    assert [f.value for f in found.all("identifier")] == ["dblp:conf/nips/X19"]


@pytest.mark.parametrize(
    ("key", "fields", "value"),
    [
        ("PMID:31452104", "doi = {10.1000/x}", ["pmid:31452104", "doi:10.1000/x"]), ("10.1145/3.4", "year = 2020", ["doi:10.1145/3.4"]),
        ("doi:10.1177/12", "year = 2020", ["doi:10.1177/12"]), ("10.1145/3.4", "doi = {10.1145/3.5}", ["doi:10.1145/3.5"]), ("Ada1010", "year = 1843", []),
    ],
)  # fmt: skip
def test_a_key_that_is_an_identifier(key: str, fields: str, value: list[str]) -> None:
    (found,) = papers(f"@article{{{key}, title = {{T}}, {fields}}}")
    assert [f.value for f in found.all("identifier")] == value


@pytest.mark.parametrize(("fields", "what"), [("doi = {11.1000/x}", "no DOI: '11.1000/x'"), ("pmid = {x}", "no PMID: 'x'"), ("eprint = {9999.1}, eprinttype = {arXiv}", "no arXiv id: '9999.1'")])
def test_identifiers_that_are_none(fields: str, what: str) -> None:
    assert problems(f"@article{{k,\ntitle = {{T}},\n{fields}}}") == [(3, "warning", what)]
    assert not list(paper(fields).all("identifier"))
    assert len(list(paper(fields).all("other"))) > 1


def test_addresses_stay_as_they_are() -> None:
    found = paper("url = {http://x.org/%3Cscript%3E?a=1&b=2}, bdsk-url-1 = {https://y.org/a--b/~me}, pdf = {javascript:alert(1)}")
    assert texts(found, "url") == ["http://x.org/%3Cscript%3E?a=1&b=2", "https://y.org/a--b/~me"]
    assert other(found, "k.pdf") == ["javascript:alert(1)"]


def test_titles_and_abstracts_are_plain_text() -> None:
    found = paper("title = {$\\less$i$\\greater$Engines$\\less$/i$\\greater$ {\\&} H<sub>2</sub>O &amp; more}, abstract = {if x < 3 and <unk>}")
    assert texts(found, "title") == ["Engines & H2O & more"]
    assert texts(found, "abstract") == ["if x < 3 and <unk>"]
    found = paper("title = {The $<$em$>$Drosophila$<$/em$>$ {\\textendash} a survey}, abstract = {with p $<$ 0.05}")
    assert (texts(found, "title"), texts(found, "abstract")) == (["The Drosophila – a survey"], ["with p < 0.05"])


def test_an_abstract_under_the_name_of_open_journal_systems() -> None:
    found = paper("title = {T}, abstractNote = {We show &lt;i&gt;sorting&lt;/i&gt;.}")
    assert (texts(found, "abstract"), other(found, "k.abstractnote")) == (["We show sorting."], [])


def test_nothing_is_lost() -> None:
    found = paper("title={T}, isbn={1}, mendeley-groups={g}, annote={n}, file={a.pdf}, editor={E. D. Itor}, address={Delft}, type={PhD}, series={S}")
    assert {f.path: f.text for f in found.all("other")} == {
        "k.key": "k", "k.isbn": "1", "k.mendeley-groups": "g", "k.annote": "n", "k.file": "a.pdf", "k.editor": "E. D. Itor",
        "k.address": "Delft", "k.type": "PhD", "k.series": "S",
    }  # fmt: skip


def test_sample_of_exports() -> None:
    found = sample("exports.bib")
    assert texts(found["DBLP:conf/nips/LovelaceB19"], "author") == ["Ada Lovelace", "Wei Wang", "Charles Babbage"]
    assert [f.value for f in found["lovelace-etal-2020-looms"].all("identifier")] == [
        "doi:10.18653/v1/2020.acl-main.9999", "acl:2020.acl-main.9999",
    ]  # fmt: skip
    assert texts(found["noether_symmetry_2021"], "keyword") == ["Computer Science - Machine Learning", "Statistics - Machine Learning"]
    assert texts(found["Babbage2018"], "abstract") == ["We compare engines & looms, at 10% of the cost."]
    wire = found["WOS:000123456700001"]
    assert [(f.text, f.value) for f in wire.all("reference")] == [
        ("Lovelace A, 2010, J LOOMS, V1, P1, DOI 10.1000/loom.1.", "doi:10.1000/loom.1"), ("Babbage C, 2011, ENGINES.", None),
    ]  # fmt: skip
    assert texts(wire, "category") == ["Computer Science", "Engineering"]
    assert [(f.text, f.of) for f in wire.all("affiliation")] == [
        ("Invented Univ, Dept Wire, Delft, Netherlands", 0), ("Invented University", None), ("Example Institute", None),
    ]  # fmt: skip
    assert texts(found["Semicolons2001"], "title") == ["Authors & separators: a study of H2O"]


def test_addresses_of_web_of_science_belong_to_those_who_are_named_before_them() -> None:
    text = """@article{ WOS:2,
Author = {Hopper, Grace and De Babbage, Carl and Wang, Wei and Wang, Wen},
Affiliation = {{De Babbage, C (Reprint Author), Invented Univ, Dept Wire \\& Steam, Delft, Netherlands.
   Hopper, Grace; De Babbage, Carl, Invented Univ, Dept Wire \\& Steam, Delft, Netherlands.
   Hopper, G.; Unknown, N., Works Inst,
   Oslo, Norway.
   Dept Steam; Works Univ, Oslo.
   Elsewhere Univ, Bergen, Norway.}},
ORCID-Numbers = {{Hopper, Grace/0000-0002-1825-0097
   Wang, W/0000-0001-5109-3700}},
Keywords-Plus = {{CLOTH; CARDS}},
Unique-ID = {{WOS:2}},
}
"""
    assert problems(text) == []
    (found,) = papers(text)
    wire = "Invented Univ, Dept Wire & Steam, Delft, Netherlands"
    assert [(f.text, f.of, f.line) for f in found.all("affiliation")] == [
        (wire, 1, 3), (wire, 0, 4), ("Works Inst, Oslo, Norway", 0, 5), ("Dept Steam; Works Univ, Oslo", None, 7), ("Elsewhere Univ, Bergen, Norway", None, 8),
    ]  # fmt: skip
    assert [(f.value, f.of) for f in found.all("author_id")] == [("orcid:0000-0002-1825-0097", 0)]
    assert "Wang, W/0000-0001-5109-3700" in other(found, "WOS:2.orcid-numbers")
    assert texts(found, "keyword") == ["CLOTH", "CARDS"]


def test_letters_of_addresses_behind_the_names_of_scopus() -> None:
    found = paper("author={Lovelace, A.a  and D'Babbage, C.-H.b  and Noether, E.a b },\naffiliation={X, Oslo; Y, Delft},\nsource={Scopus}")
    assert texts(found, "author") == ["A. Lovelace", "C.-H. D'Babbage", "E. Noether"]
    assert [(f.text, f.of) for f in found.all("affiliation")] == [("X, Oslo", 0), ("X, Oslo", 2), ("Y, Delft", 1), ("Y, Delft", 2)]
    fewer = paper("author={Lovelace, A.a  and Babbage, C.b },\naffiliation={X, Oslo},\nsource={Scopus}")
    assert [(f.text, f.of) for f in fewer.all("affiliation")] == [("X, Oslo", None)]


def test_several_addresses_in_one_field() -> None:
    found = paper("url = {http://arxiv.org/abs/1706.03762 https://a.org/x},\nremote-url = {https://b.org}")
    assert texts(found, "url") == ["http://arxiv.org/abs/1706.03762", "https://a.org/x", "https://b.org"]
    assert texts(found, "arxiv_id") == ["http://arxiv.org/abs/1706.03762"]


@pytest.mark.parametrize(
    ("fields", "pages"),
    [
        ("eid = {061102}", ["061102"]), ("articleno = 248, numpages = 38", ["248"]), ("pages = {}, article-number = {77}", ["77"]),
        ("pages = {1--9}, eid = {061102}", ["1-9"]), ("pages = {273----286}", ["273-286"]), ("pages = {pp.~1--9}", ["1-9"]), ("pages = {iv}", ["iv"]),
        ("pages = {arXiv:2101.00017}", []), ("pages = {10.1000/x}", []), ("pages = {to appear}", []),
    ],
)  # fmt: skip
def test_the_number_of_an_article_counts_as_its_pages(fields: str, pages: list[str]) -> None:
    assert texts(paper(fields), "pages") == pages


def test_an_address_as_note() -> None:
    found = paper("note = {\\url{https://a.org/b_c}}, url_Paper = {https://a.org/p.pdf}")
    assert (texts(found, "url"), texts(found, "comment")) == (["https://a.org/b_c", "https://a.org/p.pdf"], [])


def test_keywords_of_mendeley_have_commas_with_blanks_in_them() -> None:
    assert texts(paper("keywords = {Humans,Movement, Eye,Vision,maps}"), "keyword") == ["Humans", "Movement, Eye", "Vision", "maps"]
    assert texts(paper("keywords = {looms,maps,weaving, cloth,art}"), "keyword") == ["looms", "maps", "weaving", "cloth", "art"]


def test_a_key_without_comma() -> None:
    text = "@article{lovelace-1843\n  author = {Ada Lovelace},\n  title = {T}}"
    (found,) = papers(text)
    assert (texts(found, "author"), other(found, "lovelace-1843.key")) == (["Ada Lovelace"], ["lovelace-1843"])
    assert problems(text) == [(1, "warning", "the entry 'lovelace-1843' has no comma behind its key")]


def test_what_mendeley_gave_to_any_paper_identifies_none() -> None:
    fields = "arxivId = {arXiv:1011.1669v3},\ndoi = {10.1017/CBO9781107415324.004},\npmid = {25246403},\ntitle = {T}"
    found = paper(fields)
    assert not list(found.all("identifier")) + list(found.all("arxiv_id"))
    assert {"arXiv:1011.1669v3", "10.1017/CBO9781107415324.004", "25246403"} <= set(texts(found, "other"))
    assert problems(f"@article{{k,\n{fields}}}") == [
        (line, "warning", f"{text!r} is not this paper's: Mendeley gave it to many")
        for line, text in ((2, "arXiv:1011.1669v3"), (3, "10.1017/CBO9781107415324.004"), (4, "25246403"))
    ]


def test_what_is_wrong_in_every_entry_is_told_once() -> None:
    text = "@article{\n title = {A}, journal = nowhere}\n@article{\n title = {B}, journal = nowhere, month = February}\n"
    assert [texts(row, "venue") for row in papers(text)] == [["nowhere"], ["nowhere"]]
    assert problems(text) == [
        (1, "warning", "the @article here has no citation key"), (2, "warning", "the @article here uses 'nowhere', which no @string defines"),
    ]  # fmt: skip


def test_lists_of_web_of_science_in_double_braces() -> None:
    text = """@article{ WOS:1,
Author = {Hopper, G and Lovelace, A},
Group-Author = {{Looms Consortium; Engine Team}},
Title = {{On {[}looms] and engines}},
Year = {{1999}},
Keywords = {{punched cards; weaving of
   patterns}},
Web-of-Science-Categories  = {{Engineering, Textile; History}},
Affiliations = {{Invented University; Example Institute}},
Cited-References = {{Babbage C, 1999, ENGINES, V1, P2, DOI 10.1000/engine.1.
   {[}Anonymous], 1998, LOOMS, DOI http://dx.doi.org/10.1000/loom.2.
   {*}CARDS, PUNCHED.}},
Usage-Count-(Last-180-days) = {{1}},
Unique-ID = {{WOS:1}},
}
"""
    assert problems(text) == []
    (found,) = papers(text)
    assert texts(found, "keyword") == ["punched cards", "weaving of patterns"]
    assert texts(found, "category") == ["Engineering, Textile", "History"]
    assert [(f.text, f.of) for f in found.all("affiliation")] == [("Invented University", None), ("Example Institute", None)]
    assert [(f.text, f.value, f.line) for f in found.all("reference")] == [
        ("Babbage C, 1999, ENGINES, V1, P2, DOI 10.1000/engine.1.", "doi:10.1000/engine.1", 10),
        ("[Anonymous], 1998, LOOMS, DOI http://dx.doi.org/10.1000/loom.2.", "doi:10.1000/loom.2", 11), ("*CARDS, PUNCHED.", None, 12),
    ]  # fmt: skip
    assert other(found, "WOS:1.usage-count-(last-180-days)") == ["1"]
    assert [(f.text, f.value) for f in found.all("author")] == [
        ("G Hopper", "person"), ("A Lovelace", "person"), ("Looms Consortium", "group"), ("Engine Team", "group"),
    ]  # fmt: skip


def test_collaborations_are_authors_behind_those_that_are_named() -> None:
    found = paper('collaboration = "LOOM, E-77", title = "T", author = "Lovelace, A. and others"')
    assert [(f.text, f.value) for f in found.all("author")] == [("A. Lovelace", "person"), ("LOOM", "group"), ("E-77", "group")]
    assert texts(found, "et_al") == ["and others"]


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Ada Lovelace$^*$ and Grace Hopper* and Emmy Noether$^{\\dagger}$", ["Ada Lovelace", "Grace Hopper", "Emmy Noether"]),
        ("Ada Lovelace\\textsuperscript{1,2} and Grace Hopper\\thanks{Now at {X}.} and Emmy Noether{*}", ["Ada Lovelace", "Grace Hopper", "Emmy Noether"]),
        ("\\textbf{Lovelace, Ada} and {\\bf G. Hopper} and \\underline{Noether}, Emmy", ["Ada Lovelace", "G. Hopper", "Emmy Noether"]),
        ("M\\textsuperscript{c}Donald, Ruby and Ada Lovelace$^{1,a}$", ["Ruby McDonald", "Ada Lovelace"]),
        ("{\\textbf{Lovelace, Ada}} and Hopper, Grace", ["Ada Lovelace", "Grace Hopper"]),
    ],
)  # fmt: skip
def test_marks_behind_names_and_ones_own_in_bold(printed: str, names: list[str]) -> None:
    text = f"@article{{k,\n title={{T}},\n author={{{printed}}}}}"
    assert [texts(record, "author") for record in papers(text)] == [names]
    assert problems(text) == []


def test_initials_that_mendeley_made_small() -> None:
    found = paper("title={T}, author={Lovelace, Ada b. and Hopper, G a and Silva, Ana e. da and de la Cruz, j. M.}")
    assert texts(found, "author") == ["Ada B. Lovelace", "G A Hopper", "Ana E. da Silva", "J. M. de la Cruz"]


def test_addresses_in_html() -> None:
    found = paper('title={T}, url={doi:<a href="https://doi.org/10.5555/x.1">10.5555/x.1</a>}')
    assert (texts(found, "url"), [f.value for f in found.all("identifier")]) == (["https://doi.org/10.5555/x.1"], ["doi:10.5555/x.1"])


def test_chapters_that_are_named() -> None:
    found = paper("title={Handbook of Looms}, chapter={How to weave a net}, editor={Hopper, G.}, author={Lovelace, A.}", "inbook")
    assert (texts(found, "title"), texts(found, "venue")) == (["How to weave a net"], ["Handbook of Looms"])
    found = paper("title={Looms}, chapter={7}, editor={Hopper, G.}, author={Lovelace, A.}", "inbook")
    assert (texts(found, "title"), texts(found, "venue"), other(found, "k.chapter")) == (["Looms"], [], ["7"])


def test_identifiers_in_odd_places() -> None:
    found = paper("title={T}, eid={arXiv:2101.00001}, note={PMC123456[pmcid]}, annote={x}")
    assert (texts(found, "pages"), texts(found, "arxiv_id")) == ([], ["2101.00001"])
    assert [f.value for f in found.all("identifier")] == ["pmcid:PMC123456"]
    assert [f.value for f in paper("title={T}, note={31452104[pmid]}").all("identifier")] == ["pmid:31452104"]
    assert texts(paper("title={T}, journal={preprint hep-th/9901001}"), "arxiv_id") == ["hep-th/9901001"]
    assert texts(paper("title={T}, journal={Physics/Letters}, volume={math}"), "arxiv_id") == []


def test_orcids_under_the_tag_of_web_of_science() -> None:
    found = paper("title={T}, author={Lovelace, Ada and Hopper, Grace}, OI={Hopper, Grace/0000-0002-1825-0097}")
    assert [(f.value, f.of) for f in found.all("author_id")] == [("orcid:0000-0002-1825-0097", 1)]


def test_keywords_of_endnote_stand_one_a_line() -> None:
    assert texts(paper("title={T}, keywords={Looms\nWeaving, mechanical\nMaps}"), "keyword") == ["Looms", "Weaving, mechanical", "Maps"]
    assert texts(paper("title={T}, keywords={looms, maps,\n   nets}"), "keyword") == ["looms", "maps", "nets"]
    assert texts(paper("title={T}, keywords={looms and\n   nets}"), "keyword") == ["looms and nets"]


def test_letters_of_addresses_behind_the_authors_of_scopus() -> None:
    text = "@ARTICLE{a,\nauthor={Della Seta, A.a b , Lovelace, A.-M.a , O'Brien, C.D.c },\ntitle={T},\naffiliation={X Univ; Y Univ},\n}"
    assert problems(text) == []
    (found,) = papers(text)
    assert texts(found, "author") == ["A. Della Seta", "A.-M. Lovelace", "C.D. O'Brien"]
    assert [(f.text, f.of) for f in found.all("affiliation")] == [("X Univ", None), ("Y Univ", None)]


def test_addresses_of_several_authors_without_and_are_nobodys() -> None:
    found = paper("title={T}, author={Smith, J., Doe, K.}, affiliation={X Univ; Y Univ}")
    assert [f.of for f in found.all("affiliation")] == [None, None]
    assert [f.of for f in paper("title={T}, author={Smith, J.}, affiliation={X Univ; Y Univ}").all("affiliation")] == [0, 0]


def test_journals_of_astronomers() -> None:
    assert texts(paper("title={T}, journal={\\apjl}"), "venue") == ["Astrophysical Journal Letters"]


# Inheritance


def test_what_an_entry_has_from_others() -> None:
    found = sample("biblatex.bib")
    assert list(found) == ["hopper2020", "season", "impossible", "chapter", "thebook"]
    loom = found["hopper2020"]
    assert texts(loom, "title") == ["A Compiler for Looms: An Experience Report"]
    assert [(f.text, f.path, f.line) for f in loom.all("venue")] == [("Proceedings of the Third Symposium on Weaving", "looms.booktitle", 38)]
    assert texts(loom, "publisher") == ["Loom Society"]
    assert texts(loom, "version") == ["v2"]
    assert texts(loom, "category") == ["cs.PL"]
    chapter = found["chapter"]
    assert texts(chapter, "author") == ["Ada Lovelace"]
    assert texts(chapter, "venue") == ["The Whole Book"]
    assert [f.value for f in chapter.all("date")] == ["1850"]
    assert texts(found["season"], "title") == ["Invariants? Symmetry and Conservation"]


@pytest.mark.parametrize("parent_first", [True, False])
def test_a_parent_may_stand_anywhere(parent_first: bool) -> None:
    child = "@inproceedings{c, title={C}, crossref={P}}\n"
    parent = "@proceedings{p, title={The Volume}, year=2001, doi={10.1000/whole}, url={https://x.org/whole}, isbn={1}}\n"
    found = {next(key(row)): row for row in read(document(parent + child if parent_first else child + parent)) if isinstance(row, Record)}
    assert texts(found["c"], "title") == ["C"]
    assert texts(found["c"], "venue") == ["The Volume"]
    assert [f.value for f in found["c"].all("date")] == ["2001"]
    assert [f.line for f in found["c"].all("venue")] == [1 if parent_first else 2]
    assert not list(found["c"].all("identifier"))  # a paper is not its volume
    assert not list(found["c"].all("url"))
    assert texts(found["p"], "title") == ["The Volume"]


def test_booktitle_of_the_parent_comes_before_its_title() -> None:
    (found, _) = papers("@inproceedings{c, title={C}, crossref={p}}@proceedings{p, title={T}, booktitle={B}}")
    assert texts(found, "venue") == ["B"]


@pytest.mark.parametrize("n", [2, 30])
def test_cycles_end(n: int) -> None:
    text = "".join(f"@misc{{k{i}, title={{T}}, crossref={{k{(i + 1) % n}}}, xdata={{k{i}}}}}\n" for i in range(n))
    assert len([row for row in read(document(text)) if isinstance(row, Record)]) == n


def test_only_referenced_entries_are_kept() -> None:
    text = "@misc{c, title={C}, crossref={p17}}" + "".join(f"@misc{{p{n}, title={{T}}, year=2000}}\n" for n in range(100))
    assert len(papers(text)) == 101
    assert list(parents_of(document(text))) == ["p17"]


# What is wrong


@pytest.mark.parametrize(
    ("text", "kept", "line", "severity", "what"),
    [
        ("@article{a, title={x}}\n\n@article{b, title={Never, year=2020}\n@article{c, title={y}}", ["a", "c"], 3, "error", "the entry 'b' is never closed"),
        ("@article{b, title={Whole}, year=2020\n@article{c, title={y}}", ["b", "c"], 1, "error", "the entry 'b' is never closed"),
        ('@article{a, title="Never, year=2020}\n@article{c, title={y}}', ["c"], 1, "warning", "the entry 'a' says nothing"),
        ("@article{a, title={x}}}}\n@article{c, title={y}}", ["a", "c"], 1, "error", "text outside of all entries: '}}'"),
        ("@article{a, title={x}},\n  author = {Ada}\n}\n@article{c, title={y}}", ["a", "c"], 2, "error", "text outside of all entries: 'author = {Ada}'"),
        ("@article{a, year=2000,\n title=,author={A B}}", ["a"], 2, "error", "the entry 'a' has no value for its title"),
        ("@article{a, title={x}\n year=2000}", ["a"], 2, "warning", "the entry 'a' has no comma behind its title"),
        ("@article{a, title={x}, bla bla,\n year=2000}", ["a"], 1, "error", "the entry 'a' has text where a field should be"),
        ("@article{a, title={x},\n month = 10 jan, year=2000}", ["a"], 2, "error", "the entry 'a' has text behind its month that belongs to nothing"),
        ("@article{a, title={x},\n journal = nosuch}", ["a"], 2, "warning", "the entry 'a' uses 'nosuch', which no @string defines"),
        ("@string{a = b}\n@article{a, title={x}}", ["a"], 1, "warning", "the @string here uses 'b', which no @string defines"),
        ("@article{a, title={x}}\n\n@misc{a, title={y}}", ["a", "a"], 3, "warning", "the key 'a' is also that of the entry in line 1"),
        ("\n@article{, title={x}}", [], 2, "warning", "the @article here has no citation key"),
        ("\n@article{title={x}}", [], 2, "warning", "the @article here has no citation key"),
        ("@article{a, title={x},\n title={y}}", ["a"], 2, "warning", "a.title is given twice; the first counts"),
        ("@article{a, title={x}}\n@misc{b}", ["a"], 2, "warning", "the entry 'b' says nothing"),
        ("@comment{ never closed\n@article{a, title={x}}\n", ["a"], 1, "error", "the @comment here is never closed"),
        ("@article{a, title={x},\n crossref={b}}", ["a"], 1, "warning", "no entry has the key 'b', which 'a' refers to"),
    ],
)
def test_problems_have_their_line(text: str, kept: list[str], line: int, severity: str, what: str) -> None:
    assert [name for row in papers(text) for name in key(row)] == kept
    assert (line, severity, what) in problems(text)


def test_fields_behind_a_fault_are_read() -> None:
    (found,) = papers("@article{a, title=, author={A B}, bla, year = 2000 x, volume = {3}}")
    assert [(f.name, f.text) for f in found.fields[2:]] == [("author", "A B"), ("date", "2000"), ("volume", "3")]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("\n@article{a, title=" + "{" * 300 + "}" * 300 + "}", 2, "nested more than 200 deep"),
        ("@article(a, title=" + "{" * 300 + "}" * 300 + ")", 1, "nested more than 200 deep"),
        ("@article{a,\n" + "{\n" * 300, 1, "nested more than 200 deep"),
        ('@string{a0="xxxxxxxxxx"}\n' + "".join(f"@string{{a{n + 1} = {' # '.join([f'a{n}'] * 10)}}}\n" for n in range(12)), 7, "macros"),
        (f'@string{{a="{"x" * 9999}"}}\n@article{{b, title = {" # ".join(["a"] * 20_000)}}}', 2, "macros"),
    ],
    ids=["deep", "deep in parentheses", "deep in lines", "bomb", "wide bomb"],
)
def test_files_that_are_refused(text: str, line: int, what: str) -> None:
    last = list(read(document(text)))[-1]
    assert isinstance(last, Problem)
    assert last.line == line
    assert what in last.what


@pytest.mark.parametrize(
    ("before", "piece", "times", "behind"),
    [
        ("", "@article{a,title={x}}", 8_000, ""), ("", "@comment{x\n", 20_000, ""), ("", "x @comment{\n", 20_000, ""), ("", "@a(", 100_000, ""),
        ("", "@article{a,\n", 20_000, ""), ("", "@article\n", 20_000, ""), ("@article{a", " ", 200_000, "b,"), ("@article{a, ", "x=,", 50_000, "}"),
        ('@article{a, t="', '{"}', 50_000, ""), ("@article{a, author={", "a and ", 50_000, "b}}"), ("@article{a, author={", "et al ", 50_000, "}}"),
        ("@article{a, author={", "a, ", 20_000, "}}"), ("@article{a, keywords={", "a;", 50_000, "}}"), ("@article{a, x=a", "#a", 20_000, "}"),
        ("@article{a, title={", "\\'", 100_000, "}}"), ("@article{a, author={" + "{" * 150, "x", 100_000, "}" * 150 + "}}"),
    ],
    ids=ascii,
)  # fmt: skip
def test_time_is_linear(before: str, piece: str, times: int, behind: str) -> None:
    assert_linear(lambda text: list(read(document(text))), lambda size: before + piece * size + behind, times)


def test_an_entry_without_end_is_given_up() -> None:
    lines = ["@article{a, title={x}, abstract={\n", *(["w" * 9_999 + "\n"] * (LONGEST // 10_000 + 10)), "\n@article{b, title={y}}\n"]
    found = list(read(document("".join(lines))))
    records = [row for row in found if isinstance(row, Record)]
    assert [texts(row, "title") for row in records] == [["x"], ["y"]]
    assert not list(records[0].all("abstract"))
    assert [row.line for row in found if isinstance(row, Problem)] == [1]


# Encodings


def test_latin_1_is_refused_unless_it_is_said() -> None:
    data = "@article{a,\n title={Schrödinger}}".encode("latin-1")
    bad = decode(data, "x.bib")
    assert isinstance(bad, Document)
    (problem,) = read(bad)
    assert isinstance(problem, Problem)
    assert (problem.line, problem.what) == (2, "not UTF-8 at byte 24")
    told = examine(lambda: io.BytesIO(data), "x.bib", "latin-1")
    assert isinstance(told, Document)
    (found,) = (row for row in read(told) if isinstance(row, Record))
    (title,) = found.all("title")
    assert title.text == "Schrödinger" == told.text[title.start : title.end]


def test_header_of_jabref_is_believed() -> None:
    (found,) = sample("jabref_cp1252.bib").values()
    assert texts(found, "author") == ["Jörg Müller", "José García"]
    assert texts(found, "title") == ["„Schöne“ Webstühle"]
    assert {f.start for f in found.fields} == {None} == {found.start}
    assert [f.line for f in found.all("title")] == [6]


@pytest.mark.parametrize("name", ["Nonsense", "rot13", "unicode_escape", "UTF-8", "zlib"])
def test_header_that_helps_nothing(name: str) -> None:
    found = decode(f"% Encoding: {name}\n@article{{a, title={{Schrödinger}}}}".encode("latin-1"), "x.bib")
    assert isinstance(found, Document)
    (problem,) = read(found)
    assert isinstance(problem, Problem)
    assert problem.line == 2


# Size


def test_memory_does_not_grow_with_the_file() -> None:
    entry = "@article{{k{n},\n  title = {{A Title}},\n  author = {{Lovelace, Ada}},\n  abstract = {{{text}}}\n}}\n\n"
    data = "".join(entry.format(n=n, text="words and " * 400) for n in range(800)).encode()
    found = examine(lambda: io.BytesIO(data), "big.bib")
    assert isinstance(found, Document)
    tracemalloc.start()
    count = sum(1 for _ in read(found))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 800
    assert peak < 1_500_000 < len(data)


# Other libraries

ORACLE_SAMPLES = ["exports.bib", "biblatex.bib"]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def raw(name: str) -> dict[str, dict[str, str]]:
    found = (row for row in blocks(document((SAMPLES / name).read_text())) if isinstance(row, Block))
    return {row.key.text: {name: squeezed(tex.text) for name, tex in reversed(row.fields)} for row in found}


@pytest.mark.parametrize("name", ORACLE_SAMPLES)
def test_bibtexparser_reads_the_same_fields(name: str) -> None:
    logging.disable(logging.CRITICAL)
    library = parse_string((SAMPLES / name).read_text())
    logging.disable(logging.NOTSET)
    theirs = {e.key: {f.key.lower(): squeezed(str(f.value)) for f in e.fields} for e in library.entries}
    ours = raw(name)
    for fields in ours.values():  # it leaves the macros of months as they are
        if "month" in fields and fields["month"].istitle():
            fields["month"] = fields["month"][:3].lower()
    assert ours == theirs


def pybtex_of(name: str) -> Any:
    database = pytest.importorskip("pybtex.database", reason="pybtex is not installed")
    return database.parse_string((SAMPLES / name).read_text(), "bibtex").entries


def test_pybtex_reads_the_same_fields() -> None:
    theirs = {key: dict(_own(entry)) for key, entry in pybtex_of("exports.bib").items()}
    ours = {key: {n: v for n, v in fields.items() if n != "author"} for key, fields in raw("exports.bib").items()}
    assert ours == theirs


def _own(entry: Any) -> Iterator[tuple[str, str]]:
    for name in entry.fields.keys():  # noqa: SIM118 - its own dictionary, without what is inherited
        yield name.lower(), squeezed(entry.fields[name])


def test_pybtex_takes_names_apart_alike() -> None:
    entries = pybtex_of("exports.bib")
    found = sample("exports.bib")
    compared = 0
    for name, entry in entries.items():
        if name == "Semicolons2001":
            continue
        theirs = []
        for person in entry.persons["author"]:
            parts = [*person.first_names, *person.middle_names, *person.prelast_names, *person.last_names, *person.lineage_names]
            theirs.append(re.sub(r" [0-9]{4}$", "", plain(" ".join(parts))))
        if theirs[-1] == "others":
            theirs.pop()
        assert texts(found[name], "author") == theirs
        compared += len(theirs)
    assert compared == 15


# Properties

WORDS = st.text(st.sampled_from("abcdefgXYZ éßłø&%_#äŌ王"), min_size=1, max_size=12).map(squeezed).filter(bool)
ESCAPES = str.maketrans({"&": r"\&", "%": r"\%", "_": r"\_", "#": r"\#", "é": r"{\'e}", "ß": r"{\ss}", "ł": r"\l{}", "ø": r"{\o}", "ä": r'{\"a}', "Ō": r"\={O}"})
NAME = st.tuples(st.sampled_from("ABCDE"), st.text(st.sampled_from("abcdefé"), min_size=1, max_size=5)).map("".join).filter(lambda t: t.lower() != "and")
LAYOUT = st.sampled_from(["", " ", "\n", "\n\t", " \r\n  "])


@st.composite
def entries(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    names = draw(st.lists(st.tuples(NAME, NAME), min_size=1, max_size=4))
    facts: dict[str, Any] = {
        "title": draw(WORDS), "author": [f"{first} {last}" for first, last in names], "date": str(draw(st.integers(1900, 2030))),
        "keyword": [w.replace(",", "") for w in draw(st.lists(WORDS, max_size=3))],
    }  # fmt: skip
    space = draw(LAYOUT)

    def value(text: str) -> str:
        left, right = draw(st.sampled_from([("{", "}"), ('"', '"')]))
        return f"{left}{text.translate(ESCAPES)}{right}"

    authors = " and ".join(f"{last}, {first}" if draw(st.booleans()) else f"{first} {last}" for first, last in names)
    parts = [f"title{space}={space}{value(facts['title'])}", f"author = {value(authors)}", f"year={facts['date']}"]
    if facts["keyword"]:
        parts.append(f"keywords = {value(', '.join(facts['keyword']))}")
    left, right = draw(st.sampled_from([("{", "}"), ("(", ")")]))
    between = f"{space},{draw(LAYOUT)}"
    return f"@{draw(st.sampled_from(['article', 'InProceedings', 'MISC']))}{left}k,{space}{between.join(parts)}{draw(st.sampled_from(['', ',']))}{space}{right}", facts


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(entries(), st.sampled_from(["\n", " ", "\n% a comment @x{\n", "\njunk @ all\n"])), max_size=4))
def test_what_is_printed_is_read_back(printed: list[tuple[tuple[str, dict[str, Any]], str]]) -> None:
    text = "".join(f"{entry}{between}" for (entry, _), between in printed)
    found = papers(text)
    assert [
        {"title": texts(r, "title")[0], "author": texts(r, "author"), "date": texts(r, "date")[0], "keyword": texts(r, "keyword")} for r in found
    ] == [facts for (_, facts), _ in printed]


PIECES = st.sampled_from([
    "@article{", "@article(", "@string{", "@comment{", "@misc{k,", "k,", "title = ", "author=", "{", "}", '"', ",", "#", "=", "%", "\n",
    "\r\n", " ", "and ", "others", "\\'e", '{\\"o}', "$x$", "2020", "month=jan", "\\", "(", ")", "@", "doi={10.1/x}", "url={http://x.org}", "é",
    "\u2028", "\x00", "\ufeff", "keywords={a;b}", "a, b; c",
])  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
def test_any_text_is_survived(text: str) -> None:
    shown = document("@article{a,\n" + text)
    assert 0.0 <= sniff(text, "x") <= 1.0
    found = list(read(shown))
    check(shown.text, found)
    assert found == list(read(shown))


# Hostile files

ITEMS: list[dict[str, Any]] = (
    [item for item in json.loads((HOSTILE / "manifest.json").read_text())["items"] if item["format"] == "bibtex"]
    if (HOSTILE / "manifest.json").exists()
    else []
)


@pytest.mark.skipif(not ITEMS, reason="no ../shared/hostile here")
@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["file"])
def test_hostile(item: dict[str, Any]) -> None:
    found = decode((HOSTILE / item["file"]).read_bytes(), item["file"])
    assert isinstance(found, Document)
    assert recognise(found) == "bibtex"
    made = list(read(found))
    records = [row for row in made if isinstance(row, Record)]
    faults = [row for row in made if isinstance(row, Problem)]
    if item["must"] == "reject":
        assert [fault.severity for fault in faults] == ["error"]
        assert not records
    if item["must"] == "skip":
        assert faults
        assert all(fault.line > 0 for fault in faults)
        assert records
    if item["must"] == "accept":
        assert not faults
    if "expect_papers" in item:
        assert len(records) == item["expect_papers"]

