"""RIS: the tags of both specifications and of their writers, continuation lines, dates, errors with lines, an oracle."""

import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import rispy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.model import Document, Problem, Record
from kg.sources import decode, examine, read, recognise, ris
from kg.sources.ris import sniff
from tests.growth import assert_linear
from tests.sources.test_contract import DATA, check

SAMPLES = DATA / "ris"
HOSTILE = Path(__file__).parents[3] / "shared" / "hostile"


def document(text: str) -> Document:
    return Document.of_text(text, "x.ris", "0" * 16)


def rows(text: str) -> list[Record | Problem]:
    found = list(ris.read(document(text)))
    check(text, found)
    return found


def papers(text: str) -> list[Record]:
    return [row for row in rows(text) if isinstance(row, Record)]


def problems(text: str) -> list[tuple[int, str, str]]:
    return [(row.line, row.severity, row.what) for row in rows(text) if isinstance(row, Problem)]


def paper(*lines: str) -> Record:
    (found,) = papers("\n".join(["TY  - JOUR", *lines, "ER  - \n"]))
    return found


def texts(record: Record, name: str) -> list[str]:
    return [field.text for field in record.all(name)]


def facts(record: Record) -> list[tuple[str, str, str | None]]:
    return [(field.name, field.text, field.value) for field in record.fields]


def sample(name: str) -> list[Record | Problem]:
    found = decode((SAMPLES / name).read_bytes(), name)
    assert isinstance(found, Document)
    return list(read(found))


@pytest.mark.parametrize(
    ("head", "score"),
    [
        ("TY  - JOUR\nTI  - T\n", 1.0), ("\ufeff\r\nTY  - JOUR\r\n", 1.0), ("TY - JOUR\nTI - T\n", 1.0),
        ("Provider: X\nContent: text/plain\n\nTY  - JOUR\n", 0.9), ("TI  - T\nER  - \nTY  - JOUR\n", 0.9), ("ER  - \nER  - \n", 0.9),
        ("PMID- 123\nTI  - T\nAB  - A\n\nPMID- 4\nTY  - x", 0.0), ("TI  - T\nAB  - A\n", 0.0), ("", 0.0), ("<a>\nTY  - JOUR", 0.0),
        ("PT J\nAU Smith, J\nER\n", 0.0), ("%0 Journal Article\n%T X\n", 0.0), ('["\nTY  - JOUR"]', 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, score: float) -> None:
    assert sniff(head, "x") == score


def test_sample_of_zotero() -> None:
    loom, preprint = sample("zotero.ris")
    assert isinstance(loom, Record)
    assert isinstance(preprint, Record)
    assert facts(loom) == [
        ("type", "CONF", None), ("title", "Looms are all you weave", None), ("author", "Ada Lovelace", "person"),
        ("author", "Aäron van den Oord", "person"), ("author", "Martin Luther King Jr.", "person"), ("author", "Loom Team", "group"),
        ("venue", "Advances in Invented Systems", None), ("abstract", "We weave cloth & text.", None),
        ("date", "2019/07/01/", "2019-07-01"), ("other", "2019", None), ("volume", "32", None), ("pages", "1-11", None),
        ("language", "en", None), ("other", "arXiv:1906.00001 [cs, stat]", None), ("arxiv_id", "1906.00001", None),
        ("keyword", "looms", None), ("keyword", "weaving", None), ("url", "https://doi.org/10.1000/loom.2019", None),
        ("identifier", "https://doi.org/10.1000/loom.2019", "doi:10.1000/loom.2019"), ("other", "file:///home/me/loom.pdf", None),
    ]  # fmt: skip
    assert [(f.text, f.value) for f in preprint.all("arxiv_id")] == [("10.48550/arXiv.2102.00001", "2102.00001")]
    assert [f.value for f in preprint.all("date")] == ["2021-02"]
    assert [(f.path, f.line) for f in preprint.all("author")] == [("record 2, AU", 24)]


def test_sample_of_endnote() -> None:
    (found,) = sample("endnote.ris")  # byte order mark and CR LF
    assert isinstance(found, Record)
    assert [(f.text, f.value) for f in found.all("author")] == [("Charles Babbage", "person"), ("Analytical Engine Society", "group")]
    assert texts(found, "title") == ["Passages from an invented life: with a subtitle that goes on in the next line"]
    assert texts(found, "keyword") == ["engines", "looms", "Difference Engine"]
    assert [f.line for f in found.all("keyword")] == [14, 15, 16]
    assert texts(found, "abstract") == ["First paragraph. AI - as one may say - was not yet known."]
    assert [(f.text, f.value) for f in found.all("date")] == [("Jul 5", "1864-07-05")]
    assert [f.value for f in found.all("identifier")] == ["doi:10.1000/engine"]
    assert texts(found, "other") == ["1864", "J Eng", "1234-5678", "Another abstract.", "Editor, Ed"]


def test_sample_of_publishers() -> None:
    found = sample("publishers.ris")
    wire, address, meeting, last = (row for row in found if isinstance(row, Record))
    assert texts(wire, "author") == ["G. Hopper"]
    assert texts(wire, "et_al") == ["et al."]
    assert [f.value for f in wire.all("date")] == ["1984"]
    assert texts(wire, "url") == ["http://example.org/a.html", "https://example.org/b.pdf"]
    assert [f.value for f in wire.all("identifier")] == ["doi:10.1000/wire.1984"]
    assert [(f.text, f.of) for f in address.all("affiliation")] == [
        ("Example University, Oslo, Norway", 0), ("Invented Institute, Bergen, Norway", 1),
    ]  # fmt: skip
    assert [f.value for f in address.all("identifier")] == ["pmid:12345678", "pmcid:PMC1234567"]
    assert texts(meeting, "author") == ["A. Vaswani-Invented", "J. Smith", "K. Doe"]
    assert [f.value for f in meeting.all("date")] == ["2017-12-04"]
    assert texts(meeting, "pages") == ["5998-6008"]
    assert "javascript:alert(1)" in texts(meeting, "other")
    assert texts(last, "title") == ["Never ended"]
    assert [(row.line, row.severity, row.what) for row in found if isinstance(row, Problem)] == [
        (25, "warning", "no DOI: '11.1000/nothing'"),
        (40, "error", "2 lines outside of any record, without a TY before"),
        (42, "warning", "a record without ER"),
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends(line_end: str) -> None:
    text = "TY  - JOUR\nTI  - A\n  b\nAU  - Lovelace, Ada\nER  - \n".replace("\n", line_end)
    (found,) = papers(text)
    assert [(f.text, f.line) for f in found.fields] == [("JOUR", 1), ("A b", 2), ("Ada Lovelace", 4)]


def test_verbatim_texts_have_offsets() -> None:
    text = "TY  - JOUR\nTI  -  A title \nAU  - Ada Lovelace\nKW  - a; b\nER  - \n"
    (found,) = papers(text)
    assert [text[f.start : f.end] for f in found.fields if f.start is not None] == ["JOUR", "A title", "Ada Lovelace", "a", "b"]
    assert found.end is not None
    assert text[found.start : found.end].endswith("ER  -")


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Lovelace, Ada", "Ada Lovelace"), ("Ada Lovelace", "Ada Lovelace"), ("van den Oord, Aäron", "Aäron van den Oord"),
        ("King, Martin Luther, Jr.", "Martin Luther King Jr."), ("King, Jr., Martin Luther", "Martin Luther King Jr."),
        ("Invented, Ann, Esq.", "Ann Invented Esq."), ("World Health Organization,", "World Health Organization"), ("Plato", "Plato"),
        ("Lovelace, AB", "A. B. Lovelace"), ("Silva, JR", "J. R. Silva"), ("LI, BO", "BO LI"), ("Lovelace A.B.", "A.B. Lovelace"), ("Wróbel Ł.", "Ł. Wróbel"), ("de Loom AB", "A. B. de Loom"),
        ("Charles King III", "Charles King III"), ("Loom Group A", "Loom Group A"), ("NASA", "NASA"),
    ],
)  # fmt: skip
def test_names(printed: str, name: str) -> None:
    assert texts(paper(f"AU  - {printed}"), "author") == [name]


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (["PY  - 2024"], "2024"), (["PY  - 2024/03/05/"], "2024-03-05"), (["Y1  - 2024/03//"], "2024-03"), (["Y1  - 2024///Spring"], "2024"),
        (["PY  - 2024//"], "2024"), (["PY  - 2024", "DA  - 2024/03/05"], "2024-03-05"), (["PY  - 2024", "DA  - 2023/03/05"], "2024"),
        (["DA  - 2024-03-05"], "2024-03-05"), (["PY  - 1948", "DA  - July"], "1948-07"), (["PY  - 2024", "DA  - 5 Mar 2024"], "2024-03-05"),
        (["Y1  - 2024/3/5"], "2024-03-05"), (["Y1  - 2024/Mar/05"], "2024-03-05"), (["Y1  - 2024/Spring"], "2024"), (["PY  - 2024 (online)"], "2024"), (["PY  - 20240305"], "2024-03-05"), (["PY  - Start date: 20240305"], "2024-03-05"),
    ],
)  # fmt: skip
def test_dates(lines: list[str], value: str) -> None:
    assert [f.value for f in paper(*lines).all("date")] == [value]
    assert problems("\n".join(["TY  - JOUR", *lines, "ER  - "])) == []


def test_entities_with_a_blank_in_them() -> None:
    found = paper("TI  - The Schr & ouml;dinger loom of & alpha;-weaving & more", "AB  - Stra & szlig;e & x; y")
    assert [*texts(found, "title"), *texts(found, "abstract")] == ["The Schrödinger loom of α-weaving & more", "Straße & x; y"]


@pytest.mark.parametrize(("printed", "value"), [("2024/13/99/Winter", "2024"), ("forthcoming", None), ("20245", None)])
def test_dates_that_are_none(printed: str, value: str | None) -> None:
    assert [(f.text, f.value) for f in paper(f"PY  - {printed}").all("date")] == [(printed, value)]
    assert problems(f"TY  - JOUR\nPY  - {printed}\nER  - ") == [(2, "warning", f"no date: '{printed}'")]


@pytest.mark.parametrize(
    ("lines", "venue"),
    [
        (["JO  - J. X", "JF  - Journal of X"], "Journal of X"), (["JA  - J X"], "J X"), (["T2  - Conf", "JO  - J"], "Conf"), (["BT  - Book"], "Book"),
    ],
)  # fmt: skip
def test_venues(lines: list[str], venue: str) -> None:
    assert texts(paper(*lines), "venue") == [venue]


def test_the_title_of_a_book_may_be_in_bt() -> None:
    (found,) = papers("TY  - BOOK\nBT  - Looms\nT2  - Lecture Notes\nER  - ")
    assert (texts(found, "title"), texts(found, "venue")) == (["Looms"], [])


def test_the_conference_of_web_of_science_is_no_issue() -> None:
    found = paper("T2  - LOOMS 2021", "CP  - Invented Conference on Looms (IC)", "PM  - 31452104")
    assert (texts(found, "issue"), texts(found, "venue")) == ([], ["LOOMS 2021"])
    assert "Invented Conference on Looms (IC)" in texts(found, "other")
    assert [f.value for f in found.all("identifier")] == ["pmid:31452104"]
    assert texts(paper("CP  - 3"), "issue") == ["3"]


def test_what_web_of_science_glues_to_an_address() -> None:
    text = "TY  - JOUR\nAD  - Univ X, Dept Y, Oslo, Norway\nAD  - Univ Z, Bergen, NorwayC3  - Invented University\nTI  - T\nER  - "
    (found,) = papers(text)
    assert texts(found, "affiliation") == ["Univ X, Dept Y, Oslo, Norway", "Univ Z, Bergen, Norway"]
    glued = next(f for f in found.all("other") if f.text == "Invented University")
    assert text[glued.start : glued.end] == glued.text


def test_works_that_scopus_lists_in_a_note() -> None:
    lines = ["DB  - Scopus", "C2  - 31452104", "N1  - Cited By :4", "N1  - References: Lovelace, A., On looms; a note (1843) J. Looms, 1;", "Babbage, C., (1832) Engines, , https://doi.org/10.1000/e.1;"]
    found = paper(*lines)
    assert [(f.text, f.value, f.line) for f in found.all("reference")] == [
        ("Lovelace, A., On looms; a note (1843) J. Looms, 1", None, 5), ("Babbage, C., (1832) Engines, , https://doi.org/10.1000/e.1", "doi:10.1000/e.1", 6),
    ]  # fmt: skip
    assert [f.value for f in found.all("identifier")] == ["pmid:31452104"]
    assert "Cited By :4" in texts(found, "other")
    assert texts(paper("N1  - References: A, 1; B, 2"), "reference") == ["A, 1", "B, 2"]
    new = paper("N1  - Export Date: 27 May 2023; References: A, 1; B, 2", "TI  - T")
    assert (texts(new, "reference"), "Export Date: 27 May 2023" in texts(new, "other")) == (["A, 1", "B, 2"], True)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["AN  - PMID:31452104", "DB  - Embase"], ["pmid:31452104"]), (["C2  - 31452104"], ["pmid:31452104"]), (["C2  - 2019"], []),
        (["AN  - 31452104", "DB  - PubMed"], ["pmid:31452104"]), (["AN  - 31452104", "DB  - Embase"], []), (["AN  - L638123456"], []),
        (["C3  - PUBMED 31452104,EMBASE 2003123456"], ["pmid:31452104"]), (["C3  - PUBMED 31452104"], ["pmid:31452104"]), (["C3  - PUBMED"], []),
    ],
)  # fmt: skip
def test_numbers_of_pubmed(lines: list[str], found: list[str]) -> None:
    assert [f.value for f in paper("TI  - T", *lines).all("identifier")] == found


def test_numbers_of_other_databases_than_pubmed_are_kept() -> None:
    assert "EMBASE 2003123456" in texts(paper("TI  - T", "C3  - PUBMED 31452104,EMBASE 2003123456"), "other")


@pytest.mark.parametrize(
    ("line", "keywords"),
    [
        ("looms,weaving of maps,learning", ["looms", "weaving of maps", "learning"]), ("looms; maps", ["looms", "maps"]), ("Aged, 80 and over", ["Aged, 80 and over"]),
        ("1,2,3-triazoles", ["1,2,3-triazoles"]), ("looms, maps, cloth", ["looms, maps, cloth"]),
    ],
)  # fmt: skip
def test_keywords(line: str, keywords: list[str]) -> None:
    found = paper("TI  - T", f"KW  - {line}")
    assert texts(found, "keyword") == keywords


def test_a_doi_as_the_own_id() -> None:
    assert [f.value for f in paper("ID  - 10.1000/a_1").all("identifier")] == ["doi:10.1000/a_1"]
    assert texts(paper("ID  - 10.1000/a_1", "DO  - 10.1000/b"), "identifier") == ["10.1000/b"]


def test_what_stands_below_a_doi_is_no_part_of_it() -> None:
    found = paper("DO  - 10.1000/a", "NOTE - PDF: a.pdf", "", "10.1000/b")
    assert [(f.text, f.value, f.line) for f in found.all("identifier")] == [("10.1000/a", "doi:10.1000/a", 2), ("10.1000/b", "doi:10.1000/b", 5)]
    assert texts(found, "other") == ["NOTE - PDF: a.pdf"]
    assert [f.value for f in paper("DO  - ", "10.1000/c").all("identifier")] == ["doi:10.1000/c"]


def test_the_series_of_a_book_is_no_venue() -> None:
    (found,) = papers("TY  - BOOK\nTI  - B\nT2  - Lecture Notes\nER  - ")
    assert not texts(found, "venue")
    assert "Lecture Notes" in texts(found, "other")


@pytest.mark.parametrize(
    ("lines", "pages"),
    [(["SP  - 1", "EP  - 9"], ["1-9"]), (["SP  - 1-9", "EP  - 9"], ["1-9"]), (["SP  - e17"], ["e17"]), (["EP  - 9"], []), (["SP  - 4", "EP  - 4"], ["4"]), (["SP  - pp 27-29"], ["27-29"])],
)
def test_pages(lines: list[str], pages: list[str]) -> None:
    assert texts(paper(*lines, "TI  - T"), "pages") == pages


def test_addresses_belong_to_the_only_author_or_to_none() -> None:
    assert [f.of for f in paper("AU  - A, B", "AD  - X").all("affiliation")] == [0]
    assert [f.of for f in paper("AU  - A, B", "AU  - C, D", "AD  - X", "AD  - Y").all("affiliation")] == [None, None]
    assert [f.of for f in paper("AD  - X", "AU  - A, B").all("affiliation")] == [None]


def test_addresses_belong_to_authors_and_not_to_lines_of_authors() -> None:
    found = paper("AU  - A, B; C, D", "AD  - X", "AU  - et al.", "AU  - E, F", "AD  - Y", "AU  - ,", "AU  - G, H", "AD  - Z")
    assert texts(found, "author") == ["B A", "D C", "F E", "H G"]
    assert [(f.text, f.of) for f in found.all("affiliation")] == [("X", None), ("Y", 2), ("Z", 3)]


def test_addresses_of_endnote_stand_on_lines_of_their_own() -> None:
    wrapped = paper("AU  - A, B", "AD  - School of Looms, University of", "Oslo, Blindern, Norway", "(formerly at Engines, Bergen, Norway)")
    assert texts(wrapped, "affiliation") == ["School of Looms, University of Oslo, Blindern, Norway (formerly at Engines, Bergen, Norway)"]
    found = paper("AU  - A, B", "AU  - C, D", "AD  - School of Looms, Example University,", "Oslo, Norway", "D. C, Institute of Engines, Bergen, Norway")
    assert [(f.text, f.line, f.of) for f in found.all("affiliation")] == [
        ("School of Looms, Example University, Oslo, Norway", 4, None), ("Institute of Engines, Bergen, Norway", 6, 1),
    ]  # fmt: skip


def test_addresses_of_embase_are_those_of_the_people_in_brackets() -> None:
    found = paper(
        "DB  - Embase", "C5  - 31452104", "A1  - Lovelace A.K.", "A1  - Babbage C.",
        "M1  - (Lovelace A.K., ada@example.org; Babbage C.) Department of Looms, Example University, Oslo, Norway", "M1  - (Babbage C.) Engine Works, Delft, Netherlands",
        "AD  - A.K. Lovelace, Loom House, Oslo, Norway", "AD  - (Nobody N.) Elsewhere, Rome, Italy",
    )  # fmt: skip
    assert texts(found, "author") == ["A.K. Lovelace", "C. Babbage"]
    assert [(f.text, f.of) for f in found.all("affiliation")] == [
        ("Department of Looms, Example University, Oslo, Norway", 0), ("Department of Looms, Example University, Oslo, Norway", 1),
        ("Engine Works, Delft, Netherlands", 1), ("Loom House, Oslo, Norway", 0), ("(Nobody N.) Elsewhere, Rome, Italy", None),
    ]  # fmt: skip
    assert [f.value for f in found.all("identifier")] == ["pmid:31452104"]
    assert [f.value for f in paper("TI  - T", "C5  - 31452104").all("identifier")] == []


def test_addresses_of_ebsco_have_numbers() -> None:
    note = "Accession Number: 7; Lovelace, Ada 1,2; Babbage, Charles 2; Nobody 3; Email Address: a@example.org; Affiliations: 1: Univ X, Oslo.; 2: Univ Y| Dept Z, Delft; 3: Rome; Issue Info: 1: x"
    found = paper("AU  - Lovelace, Ada", "AU  - Babbage, Charles", f"N1  - {note}", "N1  - Affiliations of nobody: 1: x")
    assert [(f.text, f.of) for f in found.all("affiliation")] == [("Univ X, Oslo", 0), ("Univ Y| Dept Z, Delft", 0), ("Univ Y| Dept Z, Delft", 1), ("Rome", None)]
    assert texts(found, "other") == [note, "Affiliations of nobody: 1: x"]


def test_medline_at_ovid() -> None:
    link = "L2  - http://ovidsp.ovid.com/ovidweb.cgi?T=JS&PAGE=reference&D=medp&NEWS=N&AN=31452104"
    found = paper("ID  - 31452104", "A1  - Lovelace, Ada K", "A1  - De Haro, Luc", "M2  - Lovelace, Ada K. Dept. of Looms, Oslo. Electronic address: ada@example.org.", "M2  - De Haro, Luc. Works, Delft", "M2  - 7", link)
    assert [f.value for f in found.all("identifier")] == ["pmid:31452104"]
    assert [(f.text, f.of) for f in found.all("affiliation")] == [("Dept. of Looms, Oslo", 0), ("Works, Delft", 1)]
    assert [f.value for f in paper("ID  - 31452105", link).all("identifier")] == [f.value for f in paper("ID  - 31452104", link.replace("medp", "psyc")).all("identifier")] == []


def test_what_r_writes_where_there_is_nothing() -> None:
    found = paper("TI  - T", "AB  - NA", "AU  - NA", "KW  - NA", "JA  - NA")
    assert (texts(found, "abstract"), texts(found, "author"), texts(found, "keyword"), texts(found, "venue")) == ([], [], ["NA"], ["NA"])


def test_editors_among_the_authors_of_proquest() -> None:
    assert texts(paper("AU  - Lovelace, Ada eds", "AU  - Harris, Ed", "AU  - Babbage, Charles (ed.)"), "author") == ["Ada Lovelace", "Ed Harris", "Charles Babbage"]


def test_addresses_between_ands() -> None:
    assert texts(paper("UR  - https://a.org/b and https://a.org/c"), "url") == ["https://a.org/b", "https://a.org/c"]


def test_what_ovid_writes() -> None:
    lines = [
        "1.", "TY  - JOUR", "T1  - On looms", "A1  - Lovelace, Ada K", "A1  - Babbage, Charles", "KW  - *Looms", "KW  - Weaving", "SP  - No", "EP  - Pagination Specified",
        "AI  - ORCID: http://orcid.org/Lovelace, Ada K.; ORCID: http://orcid.org/0000-0002-1825-0097, Babbage, Charles; ORCID: 0000-0001-5109-3700", "PB  - Loom Press", "PB  - US",
        "AD  - Lovelace, Ada K.: Department of Looms, Example University, Oslo, Norway, ada@example.org", "AD  - Babbage, Charles: c.babbage@example.org",
        "M1  - Hopper, G (1952) The education of a loom. http://dx.doi.org/10.1000/e.1", "M1  - Noether, E, & Germain, S (1918). Invariant looms. Looms, 1, 2-3.",
        "ER  - ", "NL  - Loom J", "", "Link to the full text: https://example.org/x", "", "2.", "TY  - JOUR", "T1  - More", "M1  - Looms (2nd, 2020) 4", "ER  - ", "",
    ]  # fmt: skip
    text = "\n".join(lines)
    found, more = papers(text)
    assert problems(text) == []
    assert [(f.text, f.of) for f in found.all("affiliation")] == [("Department of Looms, Example University, Oslo, Norway", 0)]
    assert [(f.value, f.of) for f in found.all("author_id")] == [("orcid:0000-0002-1825-0097", 0), ("orcid:0000-0001-5109-3700", 1)]
    assert [(f.text[:9], f.value) for f in found.all("reference")] == [("Hopper, G", "doi:10.1000/e.1"), ("Noether, ", None)]
    assert (texts(found, "keyword"), texts(found, "pages"), texts(found, "publisher")) == (["Looms", "Weaving"], [], ["Loom Press"])
    assert {"Loom J", "US", "Babbage, Charles: c.babbage@example.org", "No-Pagination Specified"} <= set(texts(found, "other"))
    assert texts(more, "other") == ["Looms (2nd, 2020) 4"]


def test_nothing_is_lost() -> None:
    lines = ["TI  - T", "T1  - T again", "AB  - a", "N2  - b", "A2  - Ed, E", "ZZ  - x", "Q9  - y", "SN  - 1", "CY  - Delft", "Y2  - 2020/01/01"]
    assert texts(paper(*lines), "other") == ["T again", "b", "Ed, E", "x", "y", "1", "Delft", "2020/01/01"]


def test_a_single_blank_before_the_hyphen() -> None:
    (found,) = papers("TY - JOUR\nTI - T\nAU - Lovelace, Ada\nER -")
    assert facts(found) == [("type", "JOUR", None), ("title", "T", None), ("author", "Ada Lovelace", "person")]


@pytest.mark.parametrize(
    ("text", "titles", "wanted"),
    [
        ("TY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\nER  - \n", ["A", "B"], [(1, "warning", "a record without ER")]),
        ("TI  - A\nER  - \nTY  - JOUR\nTI  - B\nER  - \n", ["B"], [(1, "error", "2 lines outside of any record, without a TY before")]),
        ("TY  - JOUR\nTI  - A\nER  - \nER  - \n", ["A"], [(4, "error", "1 line outside of any record, without a TY before")]),
        ("ER  - \n" * 1000, [], [(1, "error", "1,000 lines outside of any record, without a TY before")]),
        ("TY  - JOUR\nER  - \nTY  - JOUR\nTI  - B\nER  - \n", ["B"], [(1, "warning", "a record that says nothing")]),
        ("1.\nTY  - JOUR\nTI  - A\nER  - \n\n2.\nTY  - JOUR\nTI  - B\nER  - \n", ["A", "B"], []),
    ],
)
def test_problems_have_their_line(text: str, titles: list[str], wanted: list[tuple[int, str, str]]) -> None:
    assert [title for row in papers(text) for title in texts(row, "title")] == titles
    assert problems(text) == wanted


def test_latin_1_is_refused_unless_it_is_said() -> None:
    data = "TY  - JOUR\nTI  - Café\nER  - \n".encode("latin-1")
    bad = decode(data, "x.ris")
    assert isinstance(bad, Document)
    (problem,) = read(bad)
    assert isinstance(problem, Problem)
    assert problem.line == 2
    told = examine(lambda: io.BytesIO(data), "x.ris", "latin-1")
    assert isinstance(told, Document)
    (found,) = read(told)
    assert isinstance(found, Record)
    assert texts(found, "title") == ["Café"]


def test_a_flood_of_authors() -> None:
    assert len(texts(paper("TI  - T", *["AU  - X, Y"] * 5_000), "author")) == 5_000


@pytest.mark.parametrize(
    ("before", "piece", "times"),
    [("", "more\n", 50_000), ("", "AU  - X, Y\n", 5_000), ("", "AD  - x\nAU  - y\n", 10_000), ("KW  - ", "a;", 50_000), ("UR  - ", "https:;", 30_000), ("AU  - ", "a;", 20_000)],
    ids=ascii,
)  # fmt: skip
def test_time_is_linear(before: str, piece: str, times: int) -> None:
    assert_linear(lambda text: list(ris.read(document(text))), lambda size: f"TY  - JOUR\nTI  - T\n{before}{piece * size}\n", times)


def test_memory_does_not_grow_with_the_file() -> None:
    record = "TY  - JOUR\nTI  - A title\nAU  - Lovelace, Ada\nAB  - " + "words and " * 400 + "\nER  - \n\n"
    data = record.encode() * 1_000
    found = examine(lambda: io.BytesIO(data), "big.ris")
    assert isinstance(found, Document)
    tracemalloc.start()
    count = sum(1 for _ in read(found))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 1_000
    assert peak < 1_500_000 < len(data)


# Another library

_THEIRS = {
    "type": ("type_of_reference",), "title": ("title", "primary_title"), "volume": ("volume",), "issue": ("number",), "publisher": ("publisher",),
    "language": ("language",), "keyword": ("keywords",),
}  # fmt: skip


@pytest.mark.parametrize("name", ["zotero.ris", "endnote.ris", "publishers.ris"])
def test_rispy_reads_the_same(name: str) -> None:
    text = (SAMPLES / name).read_text("utf-8-sig")
    ours = [row for row in sample(name) if isinstance(row, Record)]
    theirs = rispy.loads(text + "\nER  - \n" if "Never ended" in text else text)
    assert len(ours) == len(theirs)
    for record, known in zip(ours, theirs, strict=True):
        for field, keys in _THEIRS.items():
            said = [known[key] for key in keys if key in known]
            flat = [text for value in said for text in (value if isinstance(value, list) else [value])]
            assert [" ".join(text.split()) for text in flat] == texts(record, field), field
        names = known.get("authors", []) + known.get("first_authors", [])
        authors = texts(record, "author") + texts(record, "et_al")
        assert sorted(" ".join(names).replace(",", " ").replace(";", " ").split()) == sorted(" ".join(authors).split())


# Properties

WORDS = st.text(st.sampled_from("abcXYZ éß王-.()0"), min_size=1, max_size=15).map(lambda text: " ".join(text.split())).filter(bool)
NAME = st.text(st.sampled_from("ABCDEabcdefé"), min_size=2, max_size=6).filter(lambda text: text[0].isupper() and text[1].islower())
RECORDS = st.fixed_dictionaries({
    "title": WORDS, "author": st.lists(st.tuples(NAME, NAME), max_size=4), "year": st.integers(1900, 2030).map(str),
    "keyword": st.lists(WORDS, max_size=3), "volume": st.integers(1, 99).map(str),
})  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(RECORDS, max_size=4), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_what_is_printed_is_read_back(records: list[dict[str, Any]], line_end: str, wide: bool) -> None:
    dash = "  - " if wide else " - "
    lines = []
    for record in records:
        lines += [f"TY{dash}JOUR", f"TI{dash}{record['title']}", f"VL{dash}{record['volume']}"]
        lines += [f"AU{dash}{last}, {first}" for first, last in record["author"]]
        lines += [f"KW{dash}{keyword}" for keyword in record["keyword"]]
        lines += [f"PY{dash}{record['year']}", f"ER{dash}", ""]
    found = papers(line_end.join(lines))
    assert [
        {
            "title": texts(row, "title")[0], "author": [tuple(name.split()) for name in texts(row, "author")],
            "year": texts(row, "date")[0], "keyword": texts(row, "keyword"), "volume": texts(row, "volume")[0],
        }
        for row in found
    ] == records  # fmt: skip


PIECES = st.sampled_from([
    "TY  - JOUR\n", "TY - X\n", "ER  - \n", "ER  -", "TI  - ", "AU  - ", "AU  - a; b,\n", "AU  - ,\n", "AU  - et al.\n", "DA  - 2024/13/1\n", "PY  - 2024\n", "KW  - ", "UR  - ",
    "http://x.org ; https://y.org", "AD  - x\n", "DO  - 10.1000/x\n", "SP  - 1\n", "EP  - 2\n", "\n", "\r", "\r\n", " ", ",", "\ufeff", "\u2028", "more\n",
])  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
@example("AU  - ,Ada\n")
def test_any_text_is_survived(text: str) -> None:
    shown = document("TY  - JOUR\n" + text)
    assert 0.0 <= sniff(text, "x") <= 1.0
    found = list(ris.read(shown))
    check(shown.text, found)
    assert found == list(ris.read(shown))


# Hostile files

def test_names_joined_by_and() -> None:
    found = paper("AU  - Lovelace, A and Babbage, C", "AU  - Food and Health, Ministry of", "AU  - Norge, Ministeriet for Vev", "TI  - T")
    assert [(f.text, f.value) for f in found.all("author")] == [
        ("A Lovelace", "person"), ("C Babbage", "person"), ("Ministry of Food and Health", "group"), ("Norge, Ministeriet for Vev", "group"),
    ]  # fmt: skip


@pytest.mark.parametrize(("lines", "pages"), [(["C7  - e1200"], ["e1200"]), (["C7  - 1234", "SP  - 7"], ["7"]), (["C7  - Editorial Board"], []), (["C7  - arXiv:2101.00001"], [])])
def test_numbers_of_articles(lines: list[str], pages: list[str]) -> None:
    assert texts(paper("TI  - T", *lines), "pages") == pages


ITEMS: list[dict[str, Any]] = (
    [item for item in json.loads((HOSTILE / "manifest.json").read_text())["items"] if item["format"] == "ris"]
    if (HOSTILE / "manifest.json").exists()
    else []
)


@pytest.mark.skipif(not ITEMS, reason="no ../shared/hostile here")
@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["file"])
def test_hostile(item: dict[str, Any]) -> None:
    found = decode((HOSTILE / item["file"]).read_bytes(), item["file"])
    assert isinstance(found, Document)
    assert recognise(found) == "ris"
    made = list(read(found))
    records = [row for row in made if isinstance(row, Record)]
    faults = [row for row in made if isinstance(row, Problem)]
    if item["must"] == "reject":
        assert [fault.severity for fault in faults] == ["error"]
        assert not records
    if item["must"] == "skip":
        assert 0 < len(faults) < 10
        assert all(fault.line > 0 for fault in faults)
    if item["must"] == "accept":
        assert not faults
    if "expect_papers" in item:
        assert len(records) == item["expect_papers"]
