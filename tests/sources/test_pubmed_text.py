"""What PubMed saves as text: summaries and abstracts, authors with marks, old addresses, what parts papers."""

import pytest

from kg.model import Record
from kg.sources import pubmed_text
from kg.sources.pubmed_text import sniff
from tests.sources.tagged import owned, papers, problems, sample
from tests.sources.told import facts, said

ISSUE = "1. J Loom. 2020 Mar;1(2):3-4."


def paper(*paragraphs: str) -> Record:
    (found,) = papers(pubmed_text, "\n\n".join([ISSUE, "On X.", *paragraphs, "PMID: 1\n"]))
    return found


@pytest.mark.parametrize(
    ("head", "score"),
    [
        (f"\ufeff\n{ISSUE}\n\nOn X.\n\nPMID: 1\n", 1.0), ("3: Lovelace A. On X. J Y. 2019. PMID:\n1.\n", 1.0), (f"{ISSUE}\n\nOn X.\n", 0.0), (f"{ISSUE}\nPMID: 1\n", 0.0),
        ("1. We met.\n\nOn X.\n\nPMID: 1\n", 0.0), ("Looms\n\nPMID: 1\n", 0.0), ("1. ", 0.0), ("", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, score: float) -> None:
    assert sniff(head, "x") == score


def test_abstracts() -> None:
    (threads, looms, what), faults = sample("pubmed_text/abstracts.txt")
    assert faults == []
    assert facts(threads, "venue", "date", "volume", "issue", "pages", "title", "author", "identifier") == [
        ("venue", "J Loom Res", None), ("date", "2021 Mar 15", "2021-03-15"), ("volume", "12", None), ("issue", "3 Suppl 1", None), ("pages", "17-29", None),
        ("identifier", "10.5555/loom.2021.17", "doi:10.5555/loom.2021.17"),
        ("title", "Threads that learn: a comparison of what weavers and engines remember of a pattern", None),
        ("author", "A. Lovelace", "person"), ("author", "C. H. Babbage Jr", "person"), ("author", "G. de Prony", "person"), ("author", "Hopper", "person"),
        ("author", "Example Loom Study Group", "group"), ("identifier", "PMC9100001", "pmcid:PMC9100001"), ("identifier", "91000001", "pmid:91000001"),
    ]  # fmt: skip
    department, institute = "Department of Looms, Example University, Springfield, IL, USA.", "Institute of Threads, Sampleton, UK. Electronic address: ada@example.org."
    assert owned(threads, "affiliation") == [(department, 0), (department, 1), (institute, 0), ("Invented Hospital, Paris, France.", 2)]
    assert said(threads, "abstract")["abstract"] == [
        "BACKGROUND: Weavers remember patterns. 1. Engines do, too. METHODS: We asked forty of each. 2. A paragraph that begins with a number is no paper."
    ]
    assert said(threads, "other")["other"] == [
        "Epub 2021 Feb 1", "Collaborators: Turing A, Noether E.", "Contributed equally", "Comment in J Loom Res. 2021 Apr;12(4):1-2. doi: 10.5555/loom.2021.1.",
        "© 2021 The Weavers. All rights reserved.", "10.5555/loom.2021.17", "[Available on 2022-03-15]", "[Indexed for MEDLINE]",
        "Conflict of interest statement: CHB sells engines.",
    ]  # fmt: skip
    assert said(looms, "title", "author", "language", "date", "pages", "abstract") == {
        "title": ["[Looms without weavers]"], "author": ["M. Weber"], "language": ["German"], "date": ["1999-11"], "pages": ["e7"], "abstract": ["Looms were left alone for a year."],
    }  # fmt: skip
    assert owned(looms, "affiliation") == [("Department of Weaving, University of Example, Example City, Germany. max@example.org", 0)]
    assert said(what, "title", "author", "abstract", "date") == {"title": ["What is a thread?"], "author": [], "abstract": [], "date": ["2024-03-05"]}


def test_summaries() -> None:
    (threads, looms, what), faults = sample("pubmed_text/summaries.txt")
    assert faults == []
    assert said(threads, "title", "author", "venue", "date", "volume", "issue", "pages", "identifier", "other") == {
        "title": ["Threads that learn: a comparison. Do engines remember?"], "author": ["A. Lovelace", "C. H. Babbage Jr", "G. de Prony", "Example Loom Study Group"],
        "venue": ["J Loom Res"], "date": ["2021-03"], "volume": ["12"], "issue": ["3 Suppl 1"], "pages": ["17-29"],
        "identifier": ["doi:10.5555/loom.2021.17", "pmid:91000001", "pmcid:PMC9100001"], "other": ["Epub 2021 Feb 1. Review"],
    }  # fmt: skip
    assert said(looms, "title", "venue", "other") == {"title": ["[Looms without weavers]"], "venue": ["Zeitschr Web"], "other": ["German"]}
    assert said(what, "title", "author", "venue") == {"title": ["What is a thread?"], "author": [], "venue": ["Nat Loom"]}


@pytest.mark.parametrize(
    ("paragraph", "names"),
    [
        ("Lovelace A.", ["A. Lovelace"]), ("de la Cruz MÁ(1), Babbage C 3rd.", ["M. Á. de la Cruz", "C. Babbage 3rd"]), ("Example Study Group.", ["Example Study Group"]),
        ("Lovelace A; Study Group of Looms; Loom Consortium.", ["A. Lovelace", "Study Group of Looms", "Loom Consortium"]),
        ("Looms, engines, threads.", []), ("Engines of type X, as they were built in the mills of the north until the last century, A", []), ("Looms are old.", []),
    ],
)  # fmt: skip
def test_authors(paragraph: str, names: list[str]) -> None:
    found = paper(paragraph)
    assert said(found, "author", "abstract") == {"author": names, "abstract": [] if names else [paragraph]}


@pytest.mark.parametrize(
    ("addresses", "told", "rest"),
    [
        ("U of X, Y.", [("U of X, Y.", 0)], []), ("(1)U of X.", [("U of X.", 0), ("U of X.", 1)], []), ("(1)U of X (2) and Y.\n(3)Z.", [("U of X", 0), ("U of X", 1)], ["and Y.", "Z."]),
        ("U of Z. (1)U of X.", [("U of Z.", 0), ("U of X.", 0), ("U of X.", 1)], []),
    ],
)  # fmt: skip
def test_addresses(addresses: str, told: list[tuple[str, int]], rest: list[str]) -> None:
    found = paper("Lovelace A(1), Babbage C(1).", f"Author information:\n{addresses}")
    assert owned(found, "affiliation") == told
    assert said(found, "other")["other"] == rest


def test_addresses_without_authors_belong_to_nobody() -> None:
    found = paper("Author information:\nU of X.")
    assert said(found, "affiliation", "other") == {"affiliation": [], "other": ["U of X."]}


@pytest.mark.parametrize(
    "paragraph", ["Looms, which the University has, are old.", "Looms, engines.", "University of Looms.", "University, " + "x" * 400, "Hospitals, " * 2 + "we can say."]
)
def test_an_abstract_is_no_old_address(paragraph: str) -> None:
    found = paper("Lovelace A.", paragraph, "More.")
    assert said(found, "affiliation", "abstract") == {"affiliation": [], "abstract": [f"{paragraph} More."]}


def test_an_address_with_nothing_below_it_is_an_abstract() -> None:
    text = f"{ISSUE}\n\nOn X.\n\nLovelace A.\n\nUniversity of X, Y.\n"
    (found,) = papers(pubmed_text, text)
    assert said(found, "affiliation", "abstract") == {"affiliation": [], "abstract": ["University of X, Y."]}


def test_what_parts_papers() -> None:
    text = f"{ISSUE}\n\nOn X.\n\n2. J Loom. 2021.\n\nOn Y.\n\n4. J Loom. 2022.\n\nPMID: 2\n\n3. No issue of anything\n\nOn Z.\n\nPMID: 3\n"
    found = papers(pubmed_text, text)
    assert [said(each, "title", "abstract", "venue") for each in found] == [
        {"title": ["On X"], "abstract": [], "venue": ["J Loom"]}, {"title": ["On Y"], "abstract": ["4. J Loom. 2022."], "venue": ["J Loom"]}, {"title": ["On Z"], "abstract": [], "venue": []},
    ]  # fmt: skip
    assert said(found[2], "other", "date") == {"other": ["No issue of anything"], "date": []}


def test_text_above_the_first_paper_and_a_paper_without_title_are_told() -> None:
    text = f"Saved for us\n\n{ISSUE}\n\nOn X.\n\nPMID: 1\n\n2. J Loom. 2021."
    assert problems(pubmed_text, text) == [(1, "warning", 'text that is no paper: "Saved for us"'), (9, "error", "paper 2 has no title")]
    assert papers(pubmed_text, "") == []
    assert problems(pubmed_text, "Saved for us\n\nby hand\n") == [(1, "warning", 'text that is no paper: "Saved for us by hand"')]


def test_a_wrong_date_or_doi_is_told() -> None:
    (found,) = papers(pubmed_text, "1: Lovelace A. On X. J Y. 2020 Feb 31;1:2. doi: none. PMID: 1.\n")
    assert said(found, "date", "identifier", "other") == {"date": ["2020 Feb 31"], "identifier": ["pmid:1"], "other": ["none"]}
    assert [what for _, _, what in problems(pubmed_text, "1: On X. J Y. 2020 Feb 31;1:2. doi: none. PMID: 1.\n")] == ["no date: '2020 Feb 31'", "no DOI: 'none'"]


def test_a_number_of_the_paper_without_volume() -> None:
    (found,) = papers(pubmed_text, "1. J Loom. 2025 Jul 23:17103568. doi: 10.5555/x. Online\nahead of print.\n\nOn X.\n\nPMID: 1\n")
    assert said(found, "venue", "date", "volume", "pages", "identifier") == {
        "venue": ["J Loom"], "date": ["2025-07-23"], "volume": [], "pages": ["17103568"], "identifier": ["doi:10.5555/x", "pmid:1"],
    }  # fmt: skip


def test_authors_are_no_title() -> None:
    text = f"{ISSUE}\n\nLovelace A(1), Babbage C(2).\n\nAuthor information:\n(1)U of X\n(2)U of Y\n\nPMID: 1\n"
    (found,) = papers(pubmed_text, text)
    assert said(found, "title", "author", "affiliation") == {"title": [], "author": ["A. Lovelace", "C. Babbage"], "affiliation": ["U of X", "U of Y"]}
    assert problems(pubmed_text, text) == [(1, "error", "paper 1 has no title")]


def test_a_summary_without_issue() -> None:
    (found,) = papers(pubmed_text, "1: Lovelace A. On X. In: Looms. PMID: 1.\n")
    assert said(found, "author", "title", "venue", "identifier") == {"author": ["A. Lovelace"], "title": ["On X. In: Looms"], "venue": [], "identifier": ["pmid:1"]}


@pytest.mark.parametrize("text", ["(1)" * 50_000, "Lovelace A" + "(1)" * 50_000 + "x", "doi: " * 50_000, "x. 2020" * 50_000, ".''" * 50_000, "PubMed " * 50_000])
def test_long_texts_take_no_time(text: str) -> None:
    assert papers(pubmed_text, f"1: {text}. On X. J Y. 2020. PMID: 1.")
    assert paper(text, f"Author information:\n{text}", text)
