"""Tables of papers: the known headers, the policy for what no standard says, offsets, and bad files."""

import csv
import io
import json
import tracemalloc
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources import HEAD, decode, examine, read, recognise
from kg.sources import csv_table as reader
from kg.sources._text.names import split_names
from tests.growth import assert_linear
from tests.sources.told import said

DATA = Path(__file__).parents[1] / "data" / "sources" / "csv_table"
HOSTILE = Path(__file__).parents[2].parent / "shared" / "hostile"

Fact = tuple[str, str, str | None, int | None]


def table(data: str | bytes, name: str = "x.csv", columns: Mapping[str, str] | None = None) -> Document:
    raw = data.encode() if isinstance(data, str) else data
    found = examine(lambda: io.BytesIO(raw), name, columns=columns)
    assert isinstance(found, Document)
    return found


def sample(name: str) -> Document:
    found = decode((DATA / name).read_bytes(), name)
    assert isinstance(found, Document)
    return found


def rows(document: Document) -> tuple[list[Record], list[Problem]]:
    found = list(reader.read(document))
    records = [row for row in found if isinstance(row, Record)]
    assert [record.ordinal for record in records] == list(range(len(records)))
    for record in records:
        for field in record.fields:
            if field.start is not None:
                assert document.text[field.start : field.end] == field.text
    return records, [row for row in found if isinstance(row, Problem)]


def facts(record: Record, *names: str) -> list[Fact]:
    return [(f.name, f.text, f.value, f.of) for f in record.fields if f.name in names]


def texts(record: Record, name: str) -> list[str]:
    return [field.text for field in record.all(name)]


def one(data: str, columns: Mapping[str, str] | None = None) -> Record:
    (record,), problems = rows(table(data, columns=columns))
    assert problems == []
    return record


def test_plain_table() -> None:
    document = sample("plain.csv")
    (first, second), problems = rows(document)
    assert [(f.name, f.text, f.line) for f in first.fields] == [
        ("title", "Looms, that learn", 2),
        ("author", "Ada Lovelace", 2),
        ("author", "Charles Babbage", 2),
        ("author", "Grace Hopper", 2),
        ("abstract", 'We weave\nmaps.\n\nThey are "fine".', 2),
        ("date", "2021", 5),
        ("arxiv_id", "2101.00017", 2),
        ("comment", "12 pages", 5),
    ]
    title, abstract = first.first("title"), first.first("abstract")
    assert title is not None
    assert abstract is not None
    assert title.path == 'row 2, column "title"'
    assert title.start == document.text.index("Looms, that")
    assert abstract.start is None, "its quotes are doubled in the file"
    assert facts(second, "author", "et_al", "date", "own_id", "other") == [
        ("author", "A. Lovelace", None, None),
        ("author", "C. Babbage", None, None),
        ("et_al", "et al.", None, None),
        ("date", "2020-05-04", "2020-05-04", None),
        ("own_id", "x7", None, None),
    ]
    assert [(p.line, p.what, p.severity) for p in problems] == [(7, "row 4 has 3 cells, the header 6", "error")]


def test_excel_with_separator_line_mark_and_unquoted_authors() -> None:
    document = sample("excel.csv")
    (first, second), problems = rows(document)
    assert [(f.name, f.text, f.value) for f in first.fields] == [
        ("title", "A title; with a mark", None),
        ("author", "OpenInvention Team", "group"),
        ("date", "12.05.2022", "2022-05-12"),
        ("identifier", "10.5555/SEMI.1", "doi:10.5555/semi.1"),
        ("keyword", "a", None),
        ("keyword", "b", None),
    ]
    assert (first.line, second.line) == (3, 4)
    assert texts(second, "author") == ["Ada Lovelace", "Bo Other"]
    assert texts(second, "date") == ["13.05.2022"]
    assert [(p.line, p.severity) for p in problems] == [(4, "warning")]


def test_scopus() -> None:
    (first, second), problems = rows(sample("scopus.csv"))
    assert problems == []
    assert facts(first, "author", "affiliation", "keyword", "pages") == [
        ("author", "Ada Lovelace", None, None),
        ("author", "Aäron van den Oord", None, None),
        ("affiliation", "Dept. of Looms, Invented University, London, United Kingdom", None, 0),
        ("affiliation", "Invented Lab, Delft, Netherlands", None, 1),
        ("pages", "17-29", None, None),
        ("keyword", "Carbon dioxide", None, None),
        ("keyword", "Weaving, mechanical", None, None),
    ]
    assert facts(first, "venue", "identifier", "reference", "type") == [
        ("identifier", "10.5555/jir.2021.17", "doi:10.5555/jir.2021.17", None),
        ("identifier", "31452104", "pmid:31452104", None),
        ("venue", "Journal of Invented Results", None, None),
        ("type", "Article", None, None),
        ("reference", "Babbage C., On engines, (1832)", None, None),
        ("reference", "Hopper G., The compiler, doi: 10.5555/HOP.1", "doi:10.5555/hop.1", None),
    ]
    assert "Scopus" in texts(first, "other"), "its source is no venue"
    assert texts(second, "author") == texts(second, "abstract") == []
    assert texts(second, "other")[:2] == ["[No author name available]", "[No abstract available]"]


def test_web_of_science() -> None:
    document = sample("savedrecs.txt")
    assert recognise(document) == "csv_table"
    (record,), problems = rows(document)
    assert problems == []
    assert facts(record, "title", "author", "affiliation", "author_id", "date", "category") == [
        ("title", '"Looms" that learn', None, None),
        ("author", "Ada Lovelace", None, None),
        ("author", "Charles Babbage", None, None),
        ("affiliation", "Univ Invented, London, England", None, 0),
        ("affiliation", "Univ Invented, London, England", None, 1),
        ("affiliation", "Engine Works, London, England", None, 1),
        ("author_id", "0000-0002-1825-0097", "orcid:0000-0002-1825-0097", 0),
        ("date", "MAY 4 2021", "2021-05-04", None),
        ("category", "Computer Science, Artificial Intelligence", None, None),
        ("category", "Engineering, Textile", None, None),
    ]
    assert facts(record, "reference")[1][2] == "doi:10.5555/hop.1"


def test_dimensions() -> None:
    (record,), problems = rows(sample("dimensions.csv"))
    assert problems == []
    assert record.line == 3
    assert facts(record, "author", "affiliation", "date") == [
        ("author", "Ada Lovelace", None, None),
        ("author", "Charles Babbage", None, None),
        ("affiliation", "Invented University, London", None, 0),
        ("affiliation", "Loom Works", None, 0),
        ("affiliation", "Engine Works (Old), London", None, 1),
        ("date", "2021-05-04", "2021-05-04", None),
    ]
    assert [f.value for f in record.all("identifier")] == [
        "doi:10.5555/jir.2021.17", "pmid:31452104", "pmcid:PMC6712345",
    ]  # fmt: skip


def test_zotero() -> None:
    (first, second), problems = rows(sample("zotero.csv"))
    assert problems == []
    assert facts(first, "title", "author", "arxiv_id", "category", "identifier", "keyword") == [
        ("title", "Steam and attention", None, None),
        ("author", "Mary Somerville", None, None),
        ("author", "Royal Invented Society", "group", None),
        ("arxiv_id", "10.48550/arXiv.2203.00123", "2203.00123", None),
        ("keyword", "steam", None, None),
        ("keyword", "heat, dry", None, None),
        ("keyword", "Computer Science - Computation and Language", None, None),
        ("arxiv_id", "2203.00123", None, None),
        ("category", "cs.CL", None, None),
        ("identifier", "31452104", "pmid:31452104", None),
    ]
    assert facts(second, "venue", "date") == [("date", "May 1999", "1999-05", None), ("venue", "CARDS '99", None, None)]


def test_publish_or_perish_and_openalex() -> None:
    (cited,), _ = rows(sample("publish_or_perish.csv"))
    assert facts(cited, "author", "et_al", "venue", "volume", "pages") == [
        ("author", "A Lovelace", None, None), ("author", "CB Babbage", None, None), ("author", "GM Hopper", None, None),
        ("et_al", "...", None, None), ("venue", "Journal of Invented …", None, None),
    ]  # fmt: skip
    (record,), problems = rows(sample("openalex.csv"))
    assert problems == []
    assert facts(record, "author", "author_id", "affiliation", "category") == [
        ("author", "Ada Lovelace", None, None),
        ("author", "Charles Babbage", None, None),
        ("affiliation", "Invented University", None, None),
        ("author_id", "https://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097", 1),
        ("author_id", "https://openalex.org/A5000000001", "openalex:A5000000001", 0),
        ("author_id", "https://openalex.org/A5000000002", "openalex:A5000000002", 1),
        ("category", "Textile Machines", None, None),
    ]
    assert [f.value for f in record.all("reference")] == ["openalex:W2100000001", "openalex:W2100000002"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Ada Lovelace", ["Ada Lovelace"]),
        ("Lovelace, Ada", ["Ada Lovelace"]),
        ("Ada Lovelace, Charles Babbage", ["Ada Lovelace", "Charles Babbage"]),
        ("van den Oord, Aäron", ["Aäron van den Oord"]),
        ("García Márquez, Gabriel", ["Gabriel García Márquez"]),
        ("Lovelace, A., Babbage, C.", ["A. Lovelace", "C. Babbage"]),
        ("Lovelace, A., Babbage, C. & Hopper, G. M.", ["A. Lovelace", "C. Babbage", "G. M. Hopper"]),
        ("Lovelace A., van den Oord A.", ["A. Lovelace", "A. van den Oord"]),
        ("Lovelace A, Babbage CB", ["A Lovelace", "CB Babbage"]),
        ("Malcolm X", ["Malcolm X"]),
        ("Lovelace, Ada and van Rossum, Guido", ["Ada Lovelace", "Guido van Rossum"]),
        ("Lovelace, Ada and Plato", ["Ada Lovelace", "Plato"]),
        ("Ada Lovelace, Charles Babbage, and Grace Hopper", ["Ada Lovelace", "Charles Babbage", "Grace Hopper"]),
        ("Ada Lovelace and Charles Babbage", ["Ada Lovelace", "Charles Babbage"]),
        ("King, Martin Luther, Jr.; Other, Bo", ["Martin Luther King Jr.", "Bo Other"]),
        ("Ada Lovelace|Bo Other", ["Ada Lovelace", "Bo Other"]),
        ("Ada Lovelace; ; Bo Other;", ["Ada Lovelace", "Bo Other"]),
        ("Lovelace, Ada (57200000001)", ["Ada Lovelace"]),
        ("Martin Luther King, Jr., Bo Other", ["Martin Luther King, Jr.", "Bo Other"]),
        ("Gemma Team, Google", ["Gemma Team", "Google"]),
        ("[No author name available]", []),
        ("", []),
    ],
)
def test_names(cell: str, names: list[str]) -> None:
    found = split_names(cell)
    assert [person.name.replace(" Jr.", ", Jr.") if "King, Jr" in str(names) else person.name for person in found.people] == names
    assert found.et_al is None


@pytest.mark.parametrize("cut", [" et al.", ", et al", " and others", ", ...", "…", "; et al."])
def test_cut_lists(cut: str) -> None:
    text = f"Ada Lovelace; Bo Other{cut}"
    found = split_names(text)
    assert [person.name for person in found.people] == ["Ada Lovelace", "Bo Other"]
    assert found.et_al is not None
    assert text[slice(*found.et_al)] in cut


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("['Ada Lovelace', \"Mary O'Hara\"]", ["Ada Lovelace", "Mary O'Hara"]),
        ('[{"authorId": "1", "name": "Ada Lovelace"}, {"authorId": "2", "name": "Wei Wang"}]', ["Ada Lovelace", "Wei Wang"]),
        ("Jemison MC, O'Brien J Jr, Quiet Study Group.", ["MC Jemison", "J O'Brien Jr", "Quiet Study Group"]),
        ("LOVELACE A;DE MORGAN AB", ["A LOVELACE", "AB DE MORGAN"]),
        ("Devlin, Chang, Lee & Toutanova", ["Devlin", "Chang", "Lee", "Toutanova"]),
        ("Ada Lovelace*, Wei Wang†", ["Ada Lovelace", "Wei Wang"]),
        ("A. Lovelace; -. Menabrea", ["A. Lovelace", "Menabrea"]),
        ("Ada Lovelace et.al.", ["Ada Lovelace"]),
        ("-", []),
    ],
)
def test_names_as_programs_and_people_write_them(cell: str, names: list[str]) -> None:
    assert [person.name for person in split_names(cell).people] == names


@pytest.mark.parametrize(
    ("cell", "names"),
    [("LOVELACE, ADA ; SHAW, MARY . ", ["ADA LOVELACE", "MARY SHAW"]), ("Lovelace, Ada B.. ", ["Ada B. Lovelace"]), ("Shaw, M. ; Pot, B. .", ["M. Shaw", "B. Pot"]),
     ("Ada Lovelace ; Bo Pot and Mary Shaw", ["Ada Lovelace", "Bo Pot", "Mary Shaw"]), ("Ada Lovelace; Office of Looms and Mills", ["Ada Lovelace", "Office of Looms and Mills"])],
)  # fmt: skip
def test_the_end_of_a_list_as_lattes_writes_it(cell: str, names: list[str]) -> None:
    record = one(f'title,authors,journal_conf\nA,"{cell}",Minds\n')
    assert (texts(record, "author"), texts(record, "venue"), texts(record, "et_al")) == (names, ["Minds"], [])
    assert texts(one('title,authors\nA,"Ada Lovelace, Bo Pot, ..."\n'), "et_al") == ["..."]


def test_lists_that_a_program_wrote_into_cells() -> None:
    record = one("title,authors,keywords,url,venue\nA,\"['Ada Lovelace', 'Wei Wang']\",\"['a', 'b, c']\",['https://example.org/a'],nan\n")
    assert texts(record, "author") == ["Ada Lovelace", "Wei Wang"]
    assert texts(record, "keyword") == ["a", "b, c"]
    assert texts(record, "url") == ["https://example.org/a"]
    assert (texts(record, "venue"), texts(record, "other")) == ([], ["nan"])


def test_authors_with_markup() -> None:
    record = one('title,authors\nA,"<span class=""me"">C&#233;lia Payne<sup>&#8224;</sup>, </span>Ada Lovelace<sup>*</sup>"\n')
    assert texts(record, "author") == ["Célia Payne", "Ada Lovelace"]


def test_springer_leaves_separators_out() -> None:
    record = one("Item Title,Item DOI,Authors,Publication Year\nA,10.1000/1,Mae JemisonRuby McDonaldWei Wang,2021\n")
    assert texts(record, "author") == ["Mae Jemison", "Ruby McDonald", "Wei Wang"]


def test_ieee_gives_each_author_a_place() -> None:
    record = one('"Document Title",Authors,"Author Affiliations",PDF Link\nA,"A. Lovelace; B. Bell; C. Payne","Univ. X, UK; NA; Univ. Y, US",https://example.org/a.pdf\n')
    assert facts(record, "affiliation") == [("affiliation", "Univ. X, UK", None, 0), ("affiliation", "Univ. Y, US", None, 2)]
    assert texts(record, "url") == ["https://example.org/a.pdf"]


@pytest.mark.parametrize(
    "header",
    ["Titel;Autoren;Jahr;Zeitschrift", "Título;Autores;Año;Revista", "Titre;Auteurs;Année;Revue", "标题;作者;年份;期刊", "Paper;Researchers;Publication Year;Source", "TI;AU;PY;SO",
     "论文;作者;时间;会议", "篇名;作者;出版年;期刊名稱", "論文タイトル;著者;年;掲載誌", "논문 제목;저자;연도;학회", "Название статьи;Авторы;Год публикации;Конференция", "Makale Adı;Yazarlar;Yıl;Dergi",
     "Tittel;Forfattere;År;Tidsskrift", "Otsikko;Tekijät;Vuosi;Lehti", "Cím;Szerzők;Év;Folyóirat", "Τίτλος;Συγγραφείς;Έτος;Περιοδικό", "العنوان;المؤلفون;السنة;المجلة", "Titel;Autor:innen;Jahr;Veröffentlicht in"],
)
def test_headers_in_other_words(header: str) -> None:
    record = one(f"{header}\nOn engines;Ada Lovelace;1843;Minds\n")
    assert [(f.name, f.text) for f in record.fields] == [("title", "On engines"), ("author", "Ada Lovelace"), ("date", "1843"), ("venue", "Minds")]


@pytest.mark.parametrize(
    ("header", "venue"),
    [("Publication;Authors;Year;Journal", ["Minds"]), ("name;authors;year;link", []), ("Article;Authors;Year;Publication", ["Minds"]), ("Articles;Author(s);Year;Publisher", [])],
)
def test_titles_may_be_called_otherwise_beside_authors(header: str, venue: list[str]) -> None:
    record = one(f"{header}\nOn engines;Ada Lovelace;1843;Minds\n")
    assert (texts(record, "title"), texts(record, "author"), texts(record, "venue")) == (["On engines"], ["Ada Lovelace"], venue)
    assert texts(one("Title;Authors;Publication\nOn engines;Ada Lovelace;Minds\n"), "venue") == ["Minds"]


def test_many_authors() -> None:
    cell = "; ".join(f"Last{i}, First{i}" for i in range(3000))
    record = one(f'title,authors,affiliations\nT,"{cell}","{"; ".join(["MIT"] * 3000)}"\n')
    assert texts(record, "author")[2999] == "First2999 Last2999"
    assert facts(record, "affiliation")[2999] == ("affiliation", "MIT", None, 2999)


@pytest.mark.parametrize("piece", [" ", "a", "A ", "and ", ", ", "[", "a/", "x. ", "\t(", "A. "])
def test_long_cells_take_no_long_time(piece: str) -> None:
    header = "title,author full names,authors with affiliations,addresses,orcid,extra,date,keywords,references,url,arxiv,id"

    def long(times: int) -> Document:
        cells = f',"A{piece * times}z"' * 11
        return table(f"{header}\nT{cells}\n")

    (record,), _ = rows(long(5_000))
    assert record.first("title") is not None
    assert_linear(rows, long, 10_000)


@pytest.mark.parametrize(("header", "cells", "cited"), [
    ("id,cites", ('3,"[17, 20]"', "17,20"), [["17", "20"], ["20"]]),
    ("id,References", ("3,17; 20.0", "17.0,20"), [["17", "20"], ["20"]]),
    ("key,cites", ("bee1843,cow1832|dog1801", "cow1832,dog1801"), [["cow1832", "dog1801"], ["dog1801"]]),
    ("id,references", ("3,\"['a1', 'b2']\"", "a1,B. Cow. Goats. 1832."), [["a1", "b2"], []]),
    ("id,cites", ("3,17", '17,"1,020"'), [[], []]),
    ("id,references", ("3,10.1000/sheep; 10.1000/goats", "4,"), [[], []]),
])  # fmt: skip
def test_works_cited_by_ids_of_the_table_are_told_apart_from_counts_and_citations(header: str, cells: tuple[str, str], cited: list[list[str]]) -> None:
    document = table(f"title,{header}\nOn sheep,{cells[0]}\nOn goats,{cells[1]}\n")
    found, problems = rows(document)
    assert ([texts(record, "cited_own_id") for record in found], problems) == (cited, [])
    assert [texts(record, "own_id") for record in found] == [[cell.split(",")[0].removesuffix(".0")] for cell in cells]
    for field in (field for record in found for field in record.all("cited_own_id") if field.start is not None):
        assert document.text[field.start : field.end] == field.text


def test_identifiers_with_commas_between_them_are_works_of_their_own() -> None:
    record = one('title,references\nOn sheep,"10.1000/Goats, 10.1000/cows"\n')
    assert facts(record, "reference") == [("reference", "10.1000/Goats", "doi:10.1000/goats", None), ("reference", "10.1000/cows", "doi:10.1000/cows", None)]


def test_affiliations_belong_to_authors_only_where_that_is_plain() -> None:
    head = "title,authors,affiliations\n"
    assert [f.of for f in one(f"{head}T,A B; C D; E F,MIT; MIT; ETH\n").all("affiliation")] == [0, 1, 2]
    assert [f.of for f in one(f"{head}T,A B; C D,MIT; ETH\n").all("affiliation")] == [None, None]
    assert [f.of for f in one(f"{head}T,A B,MIT; ETH\n").all("affiliation")] == [0, 0]


LONG = """Conference,Year,Title,Author,Affiliation,Place
Flocks,2006,On flocks,Ada Lovelace,"Univ X, London",1
Flocks,2006,On flocks,Wei Wang,Univ Y,2
Flocks,2006,On flocks,Charles Babbage,,3
Flocks,2006,On herds,Ada Lovelace,Univ Z,1
Flocks,2006,On herds,Ada Lovelace,Univ Z,1
"""


def test_a_table_with_a_row_for_each_author_has_a_record_for_each_paper() -> None:
    (first, second, again), problems = rows(table(LONG))
    assert [(name, text, of) for name, text, _, of in facts(first, "author", "affiliation", "other")] == [
        ("author", "Ada Lovelace", None), ("affiliation", "Univ X, London", 0), ("other", "1", None), ("author", "Wei Wang", None), ("affiliation", "Univ Y", 1),
        ("other", "2", None), ("author", "Charles Babbage", None), ("other", "3", None),
    ]  # fmt: skip
    assert [(field.line, field.path) for field in first.all("author")] == [(2, 'row 2, column "Author"'), (3, 'row 3, column "Author"'), (4, 'row 4, column "Author"')]
    assert (texts(first, "title"), texts(first, "date"), texts(first, "venue")) == (["On flocks"], ["2006"], ["Flocks"])
    assert LONG[first.start : first.end].count("\n") == 2
    assert [(record.line, texts(record, "title"), texts(record, "author")) for record in (second, again)] == [(5, ["On herds"], ["Ada Lovelace"]), (6, ["On herds"], ["Ada Lovelace"])]
    assert problems == []


def test_a_column_of_names_is_that_of_the_authors_beside_what_only_an_author_has() -> None:
    (record,), _ = rows(table("doi,title,name,orcid\n10.1000/x,On flocks,Ada Lovelace,0000-0002-1825-0097\n10.1000/x,On flocks,Wei Wang,\n"))
    assert texts(record, "author") == ["Ada Lovelace", "Wei Wang"]
    assert texts(one("doi,title,name\n10.1000/x,On flocks,flocks-1\n"), "author") == []


@pytest.mark.parametrize("second", ["On flocks,Wei Wang; Bo Li,2006", "On flocks,Wei Wang,2007", "On herds,Wei Wang,2006"])
def test_rows_that_may_be_of_several_papers_are(second: str) -> None:
    found, _ = rows(table(f"Title,Author,Year\nOn flocks,Ada Lovelace,2006\n{second}\n"))
    assert len(found) == 2


def test_three_thousand_rows_of_one_paper_take_no_time() -> None:
    def long(times: int) -> Document:
        return table("Title,Author,Year\n" + "".join(f"On flocks,Ada Lovelace {rank},2006\n" for rank in range(times)))

    (record,), _ = rows(long(3_000))
    assert len(texts(record, "author")) == 3_000
    assert_linear(rows, long, 3_000)


@pytest.mark.parametrize(("header", "cell", "value"), [("id,submitter", "704.001,Bo Pot", "0704.0010"), ("arxiv_id", "2401.1234", "2401.12340"), ("id,year", "704.001,2007", None)])
def test_an_arxiv_id_that_became_a_number(header: str, cell: str, value: str | None) -> None:
    found = one(f"title,authors,{header}\nOn flocks,Ada Lovelace,{cell}\n")
    assert [field.value for field in found.all("arxiv_id")] == [value] * (value is not None)


def test_how_many_works_are_cited_is_no_reference() -> None:
    assert texts(one("Title,Authors,References\nOn flocks,Ada Lovelace,30\n"), "reference") == []
    assert texts(one("Title,Authors,References\nOn flocks,Ada Lovelace,Babbage 1840; Wang 1841\n"), "reference") == ["Babbage 1840", "Wang 1841"]


def test_wrong_identifiers_are_kept_and_reported() -> None:
    (record,), problems = rows(
        table("title,author,doi,orcid,pmid,arxiv\nT,Ada Lovelace,11.1/x,0000-0002-1825-0098,12345.0,9999.1\n")
    )
    assert texts(record, "other") == ["0000-0002-1825-0098", "9999.1", "11.1/x"]
    assert [f.value for f in record.all("identifier")] == ["pmid:12345"]
    assert [p.severity for p in problems] == ["warning"] * 3


def test_addresses() -> None:
    record = one("title,url,pdf\nT,https://arxiv.org/abs/2101.00017v2,see the library\n")
    assert facts(record, "url", "arxiv_id", "version", "other") == [
        ("url", "https://arxiv.org/abs/2101.00017v2", None, None),
        ("arxiv_id", "https://arxiv.org/abs/2101.00017v2", "2101.00017", None),
        ("version", "v2", None, None),
        ("other", "see", None, None), ("other", "the", None, None), ("other", "library", None, None),
    ]  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter: str, line_end: str) -> None:
    cells = [["Title", "Authors", "Year"], ["On x", "Ada Lovelace", "2020"], ["On y", "Bo Other", "2021"]]
    document = table(line_end.join(delimiter.join(row) for row in cells) + line_end)
    assert recognise(document) == "csv_table"
    records, problems = rows(document)
    assert problems == []
    assert [[f.text for f in record.fields] for record in records] == cells[1:]
    assert [record.line for record in records] == [2, 3]


def test_named_columns() -> None:
    document = table(
        "Titel;Verfasser;Mitwirkende;Jahr;Sprache\nÜber x;Ada Lovelace;Bo Other;2020;de\n",
        columns={"title": "titel", "author": "Verfasser|Mitwirkende", "year": "Jahr"},
    )
    (record,), problems = rows(document)
    assert problems == []
    assert [(f.name, f.text) for f in record.fields] == [
        ("title", "Über x"), ("author", "Ada Lovelace"), ("author", "Bo Other"), ("date", "2020"), ("language", "de"),
    ]  # fmt: skip


def test_named_columns_come_before_the_header() -> None:
    record = one("title,name,doi,date\nmine,theirs,10.5555/x,2020\n", {"title": "name", "other": "date"})
    assert facts(record, "title", "identifier", "other", "date") == [
        ("title", "theirs", None, None), ("identifier", "10.5555/x", "doi:10.5555/x", None),
        ("other", "mine", None, None), ("other", "2020", None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "what", "todo"),
    [
        ({"title": "Titel"}, "no column is called 'Titel'", "the columns are 'title', 'x'"),
        ({"titel": "title"}, "no field is called 'titel'", "the fields are title, author"),
    ],
)
def test_wrong_names_of_columns(columns: dict[str, str], what: str, todo: str) -> None:
    with pytest.raises(UnreadableError) as error:
        list(reader.read(table("title,x\na,b\n", columns=columns)))
    assert (error.value.what, error.value.line) == (what, 1)
    assert error.value.todo.startswith(todo)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("name,size\na,1\n", 1, "no column of titles (the columns are 'name', 'size')"),
        (",,,\nT,A,B,C\n", 1, "a header without names"),
        ("title,title,authors\nA,B,C\n", 1, "two columns are called 'title'"),
        ('title,authors\nA,B\n"C,D\nE,F\n', 3, "a quote in this row is never closed"),
        ("title," + ",".join(f"c{i}" for i in range(10_000)) + "\n", 1, "10001 columns, more than 10,000"),
    ],
)
def test_unreadable_tables(text: str, line: int, what: str) -> None:
    with pytest.raises(UnreadableError) as error:
        list(reader.read(table(text)))
    assert (error.value.line, error.value.what) == (line, what)
    assert [(p.line, p.severity) for p in read(table(text)) if isinstance(p, Problem)] == [(line, "error")]


def test_bad_rows_are_reported_and_the_rest_is_read() -> None:
    text = 'title,authors,x\nA\0B,Ada,1\n"C"D,Ada,2\nE,Ada\nF,Ada,3,\nG,Ada,4,5\n\ntitle,authors,x\nH,Ada,6\n'
    records, problems = rows(table(text))
    assert [texts(record, "title") for record in records] == [["F"], ["H"]]
    assert [(p.line, p.what.partition(" (")[0]) for p in problems] == [
        (2, "row 2 has a NUL character"),
        (3, "row 3 has quotes that do not match"),
        (4, "row 4 has 2 cells, the header 3"),
        (6, "row 6 has 4 cells, the header 3"),
    ]


def test_surplus_cells_that_are_no_authors_are_not_guessed_at() -> None:
    records, problems = rows(table("title;authors;year\nOn x;Ada Lovelace;we train a model;2020\n"))
    assert records == []
    assert [p.line for p in problems] == [2]


def test_a_long_cell_is_read_and_the_limit_of_others_left_alone() -> None:
    before = csv.field_size_limit()
    record = one(f"title,authors,abstract\nT,Ada,{'x' * 200_000}\n")
    assert len(texts(record, "abstract")[0]) == 200_000
    assert csv.field_size_limit() == before


def test_dates() -> None:
    (first, second), problems = rows(table("title,date,year\nA,in press,2020\nB,2020-02-30,\n"))
    assert facts(first, "date", "other") == [("date", "2020", "2020", None), ("other", "in press", None, None)]
    assert facts(second, "date") == [("date", "2020-02-30", None, None)]
    assert [p.line for p in problems] == [3]
    (both, early), problems = rows(table("PT\tTI\tPD\tPY\tEA\nJ\tA\tDEC\t2021\tOCT 2020\nJ\tB\t\t\tMAR 2022\n"))
    assert facts(both, "date") == [("date", "DEC 2021", "2021-12", None)]
    assert facts(early, "date") == [("date", "MAR 2022", "2022-03", None)]
    assert problems == []
    (same, ahead), problems = rows(table("title,date,year\nA,2020-05-01,2020\nB,2019-12-30,2020\n"))
    assert facts(same, "date") == [("date", "2020-05-01", "2020-05-01", None)]
    assert facts(ahead, "date", "other") == [("date", "2020", "2020", None), ("other", "2019-12-30", None, None)]
    assert problems == []


@pytest.mark.parametrize(
    ("text", "name", "score"),
    [
        ("title,authors\nA,B\n", "x.txt", 0.9),
        ('\ufeff"Title","DOI"\n', "x", 0.9),
        ("title\nA\n", "x.csv", 0.5),
        ("title\nA\n", "x.txt", 0.0),
        ("a,b\nc,d\n", "x.csv", 0.1),
        ("a,b\nc,d\n", "x.txt", 0.0),
        ("No.,What,Authors,Year,DOI\n1,On looms,Ada Lovelace,1843,10.1000/x\n", "x.csv", 0.7), ("What,Authors,Year,DOI\n", "x.txt", 0.0),
        ("Dear Sir, the title, the authors, the year are wrong.\nYours, A\n", "x.txt", 0.0),
        ("Title, authors and year of each paper are needed.\n", "x.txt", 0.0),
        ("TY  - JOUR\nTI  - title, authors\nER  - \n", "x.csv", 0.0),
        ("@article{a, title={b}, author={c}}\n", "x.csv", 0.0),
        ('[{"title": "a", "authors": "b"}]', "x.csv", 0.0),
        ("| title | authors |\n|---|---|\n", "x.md", 0.0),
        ("<title>a</title>,<author>", "x.csv", 0.0),
        ("# our papers\ntitle,authors\nA,B\n", "x.csv", 0.9),
        ("# Our papers, by title and authors\n", "x.md", 0.0),
    ],
)
def test_sniff(text: str, name: str, score: float) -> None:
    assert reader.sniff(text, name) == score


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = tmp_path / f"{count}.csv"
        path.write_text("title,authors,abstract,year\n" + f"A title,Ada Lovelace; Bo Other,{'word ' * 400},2020\n" * count)
        document = examine(lambda: path.open("rb"), path.name)
        assert isinstance(document, Document)
        tracemalloc.start()
        assert sum(1 for _ in reader.read(document)) == count
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(1000) < peak(200) + 200_000, "the file is 1.6 MB longer"


WORDS = st.text(st.sampled_from("abc xyzéü,;|\"'\t\n\r.-{}"), min_size=1, max_size=30)


@settings(max_examples=200, deadline=None)
@given(
    cells=st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=5),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), between=st.sampled_from(["", " "]),
)  # fmt: skip
def test_what_the_writer_writes_is_read(cells: list[list[str]], quoting: Any, between: str) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=quoting)
    buffer.write(f"Title,{between}Journal,{between}Remark\r\n")
    writer.writerows([[cell.lstrip(" ") or "-" for cell in row] for row in cells] if between else cells)
    document = table(buffer.getvalue())
    records, problems = rows(document)
    assert problems == []
    said = [[cell.strip() for cell in row if cell.strip()] for row in csv.reader(io.StringIO(buffer.getvalue(), newline=""))][1:]
    assert [[f.text for f in record.fields] for record in records] == [row for row in said if row]
    rank = {"title": "Title", "venue": "Journal", "other": "Remark"}
    for record in records:
        assert all(f.path is not None and f.path.endswith(f'"{rank[f.name]}"') for f in record.fields)


@settings(max_examples=200, deadline=None)
@given(text=st.text(st.sampled_from('title,authors;year\n\r"\t|x \0é=&<>'), max_size=80), head=st.sampled_from(["", "title,authors,year\n", "sep=;\ntitle;doi\n"]))
def test_no_text_is_too_strange(text: str, head: str) -> None:
    document = Document.of_text(head + text, "x.csv", "d")
    assert 0.0 <= reader.sniff(document.head(HEAD), "x.csv") <= 1.0
    try:
        rows(document)
    except UnreadableError as error:
        assert error.line >= 1  # noqa: PT017 - any table may be refused, but with its line


def test_the_standard_library_reads_the_same() -> None:
    for name in ("scopus.csv", "zotero.csv", "openalex.csv", "publish_or_perish.csv"):
        document = sample(name)
        records, _ = rows(document)
        expected = list(csv.DictReader(io.StringIO(document.text, newline="")))
        assert len(records) == len(expected)
        for record, row in zip(records, expected, strict=True):
            by_column = {f.path.partition(", ")[2]: f.text for f in record.fields if f.path and f.start is not None}
            for path, text in by_column.items():
                assert text in row[json.loads(path.removeprefix("column "))]
            said = {f'column "{column}"' for column, cell in row.items() if cell.strip()}
            joined = {f'column "{column}"' for column in ("Page end", "EndPage", "biblio.last_page")}
            assert {f.path.partition(", ")[2] for f in record.fields if f.path} == said - joined


def hostile() -> Iterator[dict[str, Any]]:
    manifest = HOSTILE / "manifest.json"
    if manifest.exists():
        yield from (item for item in json.loads(manifest.read_text())["items"] if item["format"] == "csv")


@pytest.mark.skipif(not HOSTILE.exists(), reason="no ../shared/hostile here")
@pytest.mark.parametrize("item", list(hostile()), ids=lambda item: str(item["file"]))
def test_hostile_tables(item: dict[str, Any]) -> None:
    path = HOSTILE / item["file"]
    document = decode(path.read_bytes(), path.name)
    assert isinstance(document, Document)
    assert recognise(document) == "csv_table"
    found = list(read(document))
    papers = [row for row in found if isinstance(row, Record)]
    errors = [row for row in found if isinstance(row, Problem) and row.severity == "error"]
    if item["must"] == "reject":
        assert papers == []
        assert [error.line for error in errors] == [2 if "line 2" in item["detail"] else 1]
    else:
        assert len(papers) == item.get("expect_papers", 1)
        assert bool(errors) == (item["must"] == "skip")


def test_names_of_columns_with_words_that_say_nothing() -> None:
    found = one("AÑO;AUTOR(ES);TÍTULO DEL ARTÍCULO;REVISTA\n2018;Pérez García, J. y López, M.;Cuartos quietos;Reposo\n")
    assert said(found, "title", "author", "venue", "date") == {"title": ["Cuartos quietos"], "author": ["J. Pérez García", "M. López"], "venue": ["Reposo"], "date": ["2018"]}
    found = one("Title of paper,Author 1,Author 2,Year of publication,Name of journal,Country of study\nQuiet rooms,V. Rubin,E. Noether,2015,Naps,India\n")
    assert said(found, "title", "author", "venue", "date", "other") == {"title": ["Quiet rooms"], "author": ["V. Rubin", "E. Noether"], "venue": ["Naps"], "date": ["2015"], "other": ["India"]}


def test_lines_above_the_header_are_told() -> None:
    records, problems = rows(table("Our papers;;\nAs of 2021;;\nNr.;Autoren;Titel\n1;Rubin, V.;Stille Räume\n"))
    assert [texts(record, "title") for record in records] == [["Stille Räume"]]
    assert [(problem.line, problem.severity) for problem in problems] == [(1, "warning")]
    records, problems = rows(table("# by hand, as of 2021\n# title: as printed\nTitle,Authors\nQuiet rooms,V. Rubin\n"))
    assert [(record.line, texts(record, "title")) for record in records] == [(4, ["Quiet rooms"])]
    assert problems == []


def test_affiliations_in_parentheses_behind_names() -> None:
    found = one('Paper Title,Author Names\nQuiet Rooms,"Vera Rubin (Univ. of Rest)*; Bo Li (Nap University, Polis)"\n')
    assert [(field.text, field.of) for field in found.all("affiliation")] == [("Univ. of Rest", 0), ("Nap University, Polis", 1)]
    assert texts(found, "author") == ["Vera Rubin", "Bo Li"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Rubin V, Noether E; Quiet Study Group.", ["V Rubin", "E Noether", "Quiet Study Group"]), ("山田太郎,鈴木花子", ["山田太郎", "鈴木花子"]), ("Rubin, V.//Noether, E.", ["V. Rubin", "E. Noether"]),
        ("Vera Rubin und Emmy Noether", ["Vera Rubin", "Emmy Noether"]), (r"M. N\'o\"e, E. Noether", ["M. Nóë", "E. Noether"]), ("Rubin, Vera  and\n      Noether, Emmy", ["Vera Rubin", "Emmy Noether"]),
        ("Vera Rubin (1), Emmy Noether (2)", ["Vera Rubin", "Emmy Noether"]),
    ],
)  # fmt: skip
def test_lists_of_names(cell: str, names: list[str]) -> None:
    quoted = cell.replace('"', '""')
    assert texts(one(f'title,authors\nQuiet rooms,"{quoted}"\n'), "author") == names


def test_identifiers_of_semantic_scholar_in_one_cell() -> None:
    found = one("paperId,title,externalIds,journal,venue\nx,Quiet rooms,\"{'DBLP': 'conf/rest/Rubin20', 'DOI': '10.5555/quiet.1'}\",\"{'pages': '1-9'}\",Naps\n")
    assert [field.value for field in found.all("identifier")] == ["dblp:conf/rest/Rubin20", "doi:10.5555/quiet.1"]
    assert texts(found, "venue") == ["Naps"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Rubin V, Noether E, Payne-Gaposchkin C, Bell J.", ["V Rubin", "E Noether", "C Payne-Gaposchkin", "J Bell"]), ("Rubin V, Noether E, Bell J, Vera", ["V Rubin", "E Noether", "J Bell", "Vera"]),
        ("Rubin, V and Noether, E; Bell, J", ["V Rubin", "E Noether", "J Bell"]), (r"Vera Rubin$^\Omega$, Emmy Noether*, Jocelyn Bell2", ["Vera Rubin", "Emmy Noether", "Jocelyn Bell"]),
        ("Vera Rubin, Emmy Noether et al. (Univ X)", ["Vera Rubin", "Emmy Noether"]), ("Team 4, Vera Rubin", ["Team 4", "Vera Rubin"]),
        ("M. N\\\\'o\\\\\"e, E. Noether", ["M. Nóë", "E. Noether"]),
    ],
)  # fmt: skip
def test_lists_of_names_with_marks_and_odd_ones_among_them(cell: str, names: list[str]) -> None:
    quoted = cell.replace('"', '""')
    assert texts(one(f'title,authors\nQuiet rooms,"{quoted}"\n'), "author") == names


@pytest.mark.parametrize(
    ("cell", "names", "cut"),
    [
        ("Vera Rubin…Emmy Noether", ["Vera Rubin", "Emmy Noether"], ["…"]), ("Vera Rubin, Emmy Noether . . . Jocelyn Bell", ["Vera Rubin", "Emmy Noether", "Jocelyn Bell"], [". . ."]),
        ("Vera Rubin, Emmy Noether, Bo Li,\n  Sue Ray,\n  Jocelyn Bell.", ["Vera Rubin", "Emmy Noether", "Bo Li", "Sue Ray", "Jocelyn Bell"], []), ("Rubin, Vera (Vee); Noether, Emmy", ["Vera (Vee) Rubin", "Emmy Noether"], []),
        ("^Rubin, V., #Li, B., and Bell, S.J.*", ["V. Rubin", "B. Li", "S.J. Bell"], []),
        (r"Vera Rubin\*, \*Bo Li, Sue Ray (* = equal contributions)", ["Vera Rubin", "Bo Li", "Sue Ray"], []),
        ("Rubin, Vera C., van Li, Bo, and Bell, Sue-Jo M.", ["Vera C. Rubin", "Bo van Li", "Sue-Jo M. Bell"], []), ("Rubin, Vera C. Noether", ["Vera C. Noether Rubin"], []),
        ("Vera Rubin, Emmy A. Noether, Bo Li, Sue Ray", ["Vera Rubin", "Emmy A. Noether", "Bo Li", "Sue Ray"], []),
    ],
)  # fmt: skip
def test_lists_of_names_as_people_print_them(cell: str, names: list[str], cut: list[str]) -> None:
    found = one(f'title,authors\nQuiet rooms,"{cell}"\n')
    assert said(found, "author", "et_al", "affiliation") == {"author": names, "et_al": cut, "affiliation": []}


def test_authors_who_are_surnames_only() -> None:
    said_so = 'title,authors\nA,"Rubin, Bell"\nB,"Rubin, Noether*, Bell, de Vos"\nC,"Bell"\n'
    records, _ = rows(table(said_so))
    assert [texts(record, "author") for record in records] == [["Rubin", "Bell"], ["Rubin", "Noether", "Bell", "de Vos"], ["Bell"]]
    records, _ = rows(table('title,authors\nA,"Rubin, Vera"\nB,"Bell, Jocelyn"\nC,Noether\n'))
    assert [texts(record, "author") for record in records] == [["Vera Rubin"], ["Jocelyn Bell"], ["Noether"]]


def test_short_and_first_authors() -> None:
    found = one('Authors,Author Full Names List,Author Names,Title,Year\nRubin et al.,x,"Vera Rubin, Emmy Noether",Quiet rooms,2020\n')
    assert (texts(found, "author"), texts(found, "et_al")) == (["Vera Rubin", "Emmy Noether"], [])
    found = one("Title,First Author,Year\nQuiet rooms,Vera Rubin,2020\n")
    assert said(found, "author", "et_al") == {"author": ["Vera Rubin"], "et_al": ["First Author"]}


@pytest.mark.parametrize(
    ("header", "row", "names"),
    [
        ("Автор (ы),Название документа,Год,Название источника,Том,Выпуск,Страница начала,Страница окончания,Ссылка,Авторы организаций,Источник",
         '"Рубин, В.",Тихие комнаты,2020,Сон,7.0,2.0,11.0,19.0,https://x.org/,"Рубин В., Институт сна, Омск",Scopus', {"author": ["В. Рубин"], "affiliation": ["Институт сна, Омск"]}),
        ("SrcDatabase-来源库,Title-题名,Author-作者,Organ-单位,Source-文献来源,Year-年,Volume-卷,Period-期,PageCount-页码,URL-网址",
         "期刊,Тихие комнаты,张三;李四;,睡眠大学;,Сон,2020,7,2,11-19,https://x.org/", {"author": ["张三", "李四"], "affiliation": ["睡眠大学"]}),
        ("Yazarlar,Başlık,Yıl,Dergi,Cilt,Sayı,Sayfa,Link", "Vera Rubin,Тихие комнаты,2020,Сон,7,2,11-19,https://x.org/", {"author": ["Vera Rubin"], "affiliation": []}),
        ("タイトル,著者名,発行年,雑誌名,巻,号,ページ,リンク", "Тихие комнаты,Vera Rubin,2020,Сон,7,2,11-19,https://x.org/", {"author": ["Vera Rubin"], "affiliation": []}),
    ],
)  # fmt: skip
def test_headers_of_programs_in_other_languages(header: str, row: str, names: dict[str, list[str]]) -> None:
    found = one(f"{header}\n{row}\n")
    rest = {"title": ["Тихие комнаты"], "date": ["2020"], "venue": ["Сон"], "volume": ["7"], "issue": ["2"], "pages": ["11-19"], "url": ["https://x.org/"]}
    assert said(found, *names, *rest) == names | rest


def test_numbers_of_articles_and_those_that_became_floats() -> None:
    records, _ = rows(table("Title,Volume,Issue,Art. No.,Page start,Page end\nA,7.0,0.0,e12,,\nB,7.5,2,99,1.0,4.0\nC,,,15.0,,\n"))
    assert [said(record, "volume", "issue", "pages") for record in records] == [
        {"volume": ["7"], "issue": [], "pages": ["e12"]}, {"volume": ["7.5"], "issue": ["2"], "pages": ["1-4"]}, {"volume": [], "issue": [], "pages": ["15"]},
    ]  # fmt: skip


def test_months_in_a_column_of_their_own() -> None:
    records, _ = rows(table("Title,Year,Month\nA,2020,March\nB,2020,11\nC,2020,x\nD,,May\n"))
    assert [[(f.text, f.value) for f in record.all("date")] for record in records] == [[("2020", "2020-03")], [("2020", "2020-11")], [("2020", "2020")], []]
    assert all(len(texts(record, "other")) == 1 for record in records), "the month stays as printed"


def test_addresses_that_lead_to_papers() -> None:
    found = one("Title,DOI,url_1,url_2\nA,https://example.org/a,pdf:https://arxiv.org/pdf/2101.00001;,https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123456/\n")
    assert texts(found, "url") == ["https://example.org/a", "https://arxiv.org/pdf/2101.00001", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123456/"]
    assert [field.value or field.text for field in found.fields if field.name in {"identifier", "arxiv_id"}] == ["2101.00001", "pmcid:PMC123456"]
    assert rows(table("Title,DOI\nA,https://example.org/a\n"))[1] == []
    found = one("Title,bioRxiv,Link,Journal\nA,10.1101/2020.01.01.123456,https://www.scopus.com/x?eid=2-s2.0-1&doi=10.5555%2fx.1&partnerID=40,Naps \\& Rest\n")
    assert [field.value for field in found.all("identifier")] == ["doi:10.1101/2020.01.01.123456"], "an address adds no second DOI"
    assert texts(found, "venue") == ["Naps & Rest"]


def test_orcids_behind_names_that_are_written_otherwise() -> None:
    found = one('Title,Authors,ORCIDs\nA,"Rubin, V. C.; Noether, Emmy","Rubin, Vera/0000-0002-1825-0097; Noether, E./0000-0001-5109-3700"\n')
    assert [(field.value, field.of) for field in found.all("author_id")] == [("orcid:0000-0002-1825-0097", 0), ("orcid:0000-0001-5109-3700", 1)]


@pytest.mark.parametrize(("header", "issue"), [("Volume,Number", "2"), ("Volumen,Número", "2"), ("Volume,Number,Issue", "7"), ("Report,Number", None)])
def test_a_number_is_an_issue_only_beside_a_volume_and_no_issue(header: str, issue: str | None) -> None:
    ((record,), _) = rows(table(f"Title,Journal,{header}\nTea,J. Tea,3,2{',7' if 'Issue' in header else ''}\n"))
    assert texts(record, "issue") == ([issue] if issue else [])


def test_works_that_dimensions_has_in_brackets() -> None:
    cited = "[Jar, Di; Vat, F||Jars and vats|J. Jars|2018|3||4-5|10.1000/jar.1|pub.1|1];[Mug, E||Mugs|J. Mugs|1999|1||2-3||pub.2|2]"
    ((record,), problems) = rows(table(f'Title,Authors,Cited references\nTea,"Pot, Bo","{cited}"\n'))
    assert problems == []
    assert [(text, value) for _, text, value, _ in facts(record, "reference")] == [(cited[:74], "doi:10.1000/jar.1"), (cited[75:], None)]


def test_an_arxiv_id_that_google_scholar_has_for_a_journal() -> None:
    ((record,), _) = rows(table('Authors,Title,Publication,Volume,Number,Pages,Year,Publisher\n"Pot, Bo; ",Tea,arXiv preprint arXiv:2401.01234,,,,2024,\n'))
    assert facts(record, "venue", "arxiv_id") == [("venue", "arXiv preprint arXiv:2401.01234", None, None), ("arxiv_id", "2401.01234", None, None)]


def test_affiliations_of_ads_where_some_authors_have_none() -> None:
    ((record,), _) = rows(table('title,author,aff,pub\nTea,"Pot, Bo; Cup, Cy","-; Cup Institute",J. Tea\n'))
    assert [(text, of) for _, text, _, of in facts(record, "affiliation")] == [("Cup Institute", 1)]


@pytest.mark.parametrize(
    ("column", "places", "expected"),
    [
        ("Authors with affiliations", "Pot B., Tea U, Italy; Cup C., Cup I", [("Tea U, Italy", 0), ("Cup I", 1)]),
        ("Authors with affiliations", "Jar D., Tea U, Italy; Cup C., Cup I", [("Jar D., Tea U, Italy", None), ("Cup C., Cup I", None)]),
        ("Authors with affiliations", "Pot B., Tea U, Italy", [("Pot B., Tea U, Italy", None)]),
        ("Authors (Raw Affiliation)", "Pot B. (Tea U); Cup C. (Cup I; Tea U)", [("Tea U", 0), ("Cup I", 1), ("Tea U", 1)]),
        ("Authors (Raw Affiliation)", "Jar D. (Tea U); Cup C. (Cup I)", [("Jar D. (Tea U)", None), ("Cup C. (Cup I)", None)]),
        ("Authors (Raw Affiliation)", "Tea U; Cup I", [("Tea U", None), ("Cup I", None)]),
    ],
)
def test_places_behind_names_that_are_not_those_of_the_authors_are_nobodys(column: str, places: str, expected: list[tuple[str, int | None]]) -> None:
    ((record,), problems) = rows(table(f'Title,Authors,{column},Year\nTea,"Pot B.; Cup C.","{places}",2020\n'))
    assert problems == []
    assert [(text, of) for _, text, _, of in facts(record, "affiliation")] == expected


def test_ids_of_affiliations_in_a_column_that_is_named() -> None:
    document = table('title,authors,affiliations,homes\nT,"A. Bee; C. Dee",Oxford; Oxford,052gg0110; x\nU,A. Bee,Oxford,https://ror.org/052gg0110\nV,"A. Bee; C. Dee",Oxford; MIT,052gg0110\n', columns={"affiliation_id": "homes"})
    (first, second, third), problems = rows(document)
    assert problems == []
    assert facts(first, "affiliation_id", "other") == [("affiliation_id", "052gg0110", "ror:052gg0110", 0), ("other", "x", None, None)]
    assert facts(third, "affiliation_id", "other") == [("other", "052gg0110", None, None)]
    assert facts(second, "affiliation_id") == [("affiliation_id", "https://ror.org/052gg0110", "ror:052gg0110", 0)]


def test_ids_of_affiliations_where_each_place_is_told_for_every_author() -> None:
    header = "title,authorships.author.display_name,authorships.institutions.display_name,authorships.institutions.ror"
    found = one(f"{header}\nT,A. Bee|C. Dee|E. Fee,Oxford|MIT|Oxford,https://ror.org/052gg0110|https://ror.org/042nb2s44|https://ror.org/052gg0110\n")
    assert facts(found, "affiliation", "affiliation_id") == [
        ("affiliation", "Oxford", None, None), ("affiliation", "MIT", None, None),
        ("affiliation_id", "https://ror.org/052gg0110", "ror:052gg0110", 0), ("affiliation_id", "https://ror.org/042nb2s44", "ror:042nb2s44", 1),
    ]  # fmt: skip


def test_lists_of_arxiv_and_of_python() -> None:
    ((record,), _) = rows(table('id,title,authors,categories,keywords\n2401.01234,Tea,"Bo Pot (Tea University), Cy Cup (Cup Institute), et al.",cs.CV cs.LG,[]\n'))
    assert facts(record, "author", "affiliation", "et_al", "category", "keyword", "other") == [
        ("author", "Bo Pot", None, None), ("author", "Cy Cup", None, None), ("affiliation", "Tea University", None, 0), ("affiliation", "Cup Institute", None, 1),
        ("et_al", "et al.", None, None), ("category", "cs.CV", None, None), ("category", "cs.LG", None, None), ("other", "[]", None, None),
    ]  # fmt: skip


def test_what_only_the_citation_in_a_column_says() -> None:
    cited = "Bell, J., Noether, E., et al. (1972). Quiet rooms of the north. Journal of Naps, 7(4), 2-16."
    (first, second), _ = rows(table(f'ID,Citation\n1,"{cited} https://doi.org/10.5555/x.1"\n2,"{cited} arXiv:2001.00001"\n'))
    assert said(first, "author", "et_al", "date", "identifier") == {
        "author": ["J. Bell", "E. Noether"], "et_al": ["et al."], "date": ["1972"], "identifier": ["doi:10.5555/x.1"],
    }  # fmt: skip
    assert facts(second, "arxiv_id", "identifier") == [("arxiv_id", "2001.00001", None, None)]


def test_what_only_the_bibtex_in_a_column_says() -> None:
    tex = "@article{b, title={Quiet {R}ooms of the North}, author={No{\\'e}, Emmy and {Nap Team} and others}, journal={Naps}, number={4}, pages={2--16}, year={1972}, month={may}, doi={10.1000/x}}"
    (bare, told, other), problems = rows(table(f'title,author,year,bibtex\nQuiet rooms of the north,,,"{tex}"\nQuiet rooms of the north,V. Rubin,1973,"{tex}"\nLoud looms of other people,V. Rubin,1973,"{tex}"\n'))
    assert facts(bare, "author", "et_al", "venue", "issue", "pages", "date") == [
        ("author", "Emmy Noé", None, None), ("author", "Nap Team", "group", None), ("et_al", "and others", None, None), ("venue", "Naps", None, None), ("issue", "4", None, None),
        ("pages", "2–16", None, None), ("date", "1972", "1972-05", None),
    ]  # fmt: skip
    assert said(told, "author", "date", "venue", "identifier") == {"author": ["V. Rubin"], "date": ["1973"], "venue": ["Naps"], "identifier": ["doi:10.1000/x"]}
    assert (texts(other, "author"), texts(other, "venue")) == (["V. Rubin"], [])
    assert problems == []


def test_abstracts_of_lens() -> None:
    assert texts(one('Title,Abstract\nA,"; We rest. ; We sleep."\n'), "abstract") == ["We rest. ; We sleep."]


def test_citations_in_a_column() -> None:
    text = "Code;Year;Full citation;DOI\nn20;2020;Rubin V.C. 2020. Quiet rooms of the north. Journal of Naps, 7(4), 2-16.;10.5555/x.1\nb72;1972;Bell J., Noether E. 1972. Les chambres calmes. Sous le Toit, 10(3), 45-48.;\n"
    document = table(text)
    assert recognise(document) == "csv_table"
    (first, second), (problem,) = rows(document)
    assert said(first, "title", "author", "venue", "volume", "issue", "pages", "date", "identifier") == {
        "title": ["Quiet rooms of the north"], "author": ["V.C. Rubin"], "venue": ["Journal of Naps"], "volume": ["7"], "issue": ["4"], "pages": ["2-16"], "date": ["2020"], "identifier": ["doi:10.5555/x.1"],
    }  # fmt: skip
    assert texts(second, "author") == ["J. Bell", "E. Noether"]
    assert "Bell J., Noether E. 1972. Les chambres calmes. Sous le Toit, 10(3), 45-48." in texts(second, "other")
    assert (problem.line, problem.severity) == (1, "warning")
    assert "'Full citation'" in problem.what


def test_short_citations_are_no_papers() -> None:
    document = table("species,citation,year\nowl,Rubin et al. 2020,2020\nfox,Bell 1972,1972\n")
    assert reader.sniff(document.text, "x.csv") == 0.1
    with pytest.raises(UnreadableError, match="no column of titles"):
        rows(document)


def test_a_citation_that_cannot_be_taken_apart_is_told() -> None:
    citation = "Rubin V.C. 2020. Quiet rooms of the north. Journal of Naps, 7(4), 2-16."
    records, problems = rows(table(f'Citation,Year\n"{citation}",2020\n"{citation}",2020\nhere,2021\n'))
    assert [texts(record, "title") for record in records] == [["Quiet rooms of the north"]] * 2 + [[]]
    assert [problem.line for problem in problems] == [1, 4]


def test_what_excel_and_endnote_leave_in_cells() -> None:
    records, _ = rows(table("Title,Pages,URL,Reference Type,electronic resource number\nA,07-Jan,<Go to ISI>://WOS:000367418300025,Journal Article,10.5555/x.1\nB,Mar-12,https://example.org/,,\nC,12-21,,,\n"))
    assert [said(record, "pages", "url") for record in records] == [{"pages": [], "url": []}, {"pages": [], "url": ["https://example.org/"]}, {"pages": ["12-21"], "url": []}]
    assert texts(one("Title,Link\nA,\"<a href='https://example.org/a'>here</a>\"\n"), "url") == ["https://example.org/a"]
    assert texts(one("Title,Pages\nA,2560?2574\n"), "pages") == ["2560-2574"]
    assert said(records[0], "type", "identifier") == {"type": ["Journal Article"], "identifier": ["doi:10.5555/x.1"]}
    assert {"07-Jan", "<Go to ISI>://WOS:000367418300025"} <= set(texts(records[0], "other"))
