"""Web of Science's text: its sample, authors and their addresses, cited works, what is cut short, and its table of the same record."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Record
from kg.sources import wos_text
from kg.sources._wos_people import People
from kg.sources.wos_text import sniff
from tests.sources.tagged import owned, papers, problems, rows, sample, texts, values


def paper(*lines: str) -> Record:
    (found,) = papers(wos_text, "\n".join(["PT J", "TI T", *lines, "ER", "", "EF"]))
    return found


@pytest.mark.parametrize(
    ("head", "score"),
    [
        ("FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Doe, J\n", 1.0), ("\ufeffFN ISI Export Format\r\nVR 1.0\r\n\r\nPT J\r\n", 1.0),
        ("FN My Own Tool\nVR 1.0\nPT J\nTI X\nER\n", 1.0), ("PT J\nAU Doe, J\nTI X\nER\n", 0.9), ("VR 1.0\nPT S\nTI X\n", 0.9), ("Results\nPT J\nTI X\n", 0.3),
        ("PT\tAU\tTI\tSO\nJ\tDoe, J\tX\tY\n", 0.0), ("PT J\n", 0.0), ("TY  - JOUR\nTI  - T\n", 0.0), ("PT  - Journal Article\nTI  - X\n", 0.0), ("", 0.0),
        ("PT of it\nAU x\n", 0.0), ("FN KEY\nabc\n", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, score: float) -> None:
    assert sniff(head, "x") == score


def test_sample() -> None:
    (loom, meeting, wire, last), faults = sample("wos_text/savedrecs.txt")
    assert [(f.text, f.value, f.line) for f in loom.all("author")] == [
        ("Ada Lovelace", "person", 7), ("Charles Henry Babbage", "person", 8), ("Martin L. King Jr.", "person", 9),
        ("Invented Loom Consortium", "group", 10), ("Engine Team", "group", 10),
    ]  # fmt: skip
    assert owned(loom, "affiliation") == [
        ("Univ Invented, Dept Looms, London, England", 0), ("Univ Invented, Dept Looms, London, England", 1), ("Engine Works, London, England", 1),
        ("Univ Nobody, Oslo, Norway", None), ("Inst Looms, Delft, Netherlands", 2),
    ]  # fmt: skip
    assert [(f.value, f.of) for f in loom.all("author_id")] == [("orcid:0000-0002-1825-0097", 0), ("orcid:0000-0001-5109-3700", 2)]
    assert texts(loom, "title") == ["Looms that learn: a title that is so long that it goes on in the next line"]
    assert texts(loom, "abstract") == ["We weave maps. They are fine (p < 0.05)."]
    assert texts(loom, "keyword") == ["weaving", "maps and charts", "looms", "CARBON-DIOXIDE", "CLOTH"]
    assert texts(loom, "type") == ["Article", "Early Access"]
    assert [(f.text, f.value) for f in loom.all("date")] == [("MAY 4 2021", "2021-05-04")]
    assert [texts(loom, name) for name in ("venue", "volume", "issue", "pages", "publisher", "language")] == [
        ["INVENTED RESULTS"], ["12"], ["3"], ["17-29"], ["INVENTED PRESS"], ["English"],
    ]  # fmt: skip
    assert texts(loom, "category") == ["Computer Science, Artificial Intelligence", "Engineering, Textile", "Computer Science", "Engineering"]
    assert values(loom, "identifier") == ["doi:10.5555/jir.2021.17", "pmid:31452104"]
    assert values(loom, "reference") == [
        None, "doi:10.5555/hop.1", "arxiv:1706.03762", "doi:10.1002/(sici)1096-8628(19980428)77:1<31::aid-ajmg8>3.0.co;2-o",
    ]  # fmt: skip
    assert {"WOS:000000000000001", "Lovelace, A; Babbage, CH; King, ML", "FEB 2021", "Stranger, Ann/0000-0001-5109-3700"} <= set(texts(loom, "other"))
    assert (texts(meeting, "venue"), texts(meeting, "author"), values(meeting, "date")) == (["17th Invented Conference (IC 2020)"], [], ["2020-12"])
    assert texts(meeting, "pages") == ["17"]
    assert texts(wire, "author") == ["G. B. Hopper", "J. Doe"]
    assert values(wire, "date") == ["1984"]
    assert owned(last, "affiliation") == [("Univ Last, Dept Wire, Bergen, Norway", 0)]
    assert texts(last, "author") == ["R. J. Roe"]
    assert faults == [
        (27, "warning", "'0000-0002-1825-0098' is no ORCID iD"), (78, "warning", "a record without ER"),
        (81, "warning", "1 of 2 authors have a full name"),
    ]  # fmt: skip


def test_names_are_in_full_where_they_can_be() -> None:
    assert texts(paper("AU Lovelace, AB", "   van den Oord, A", "AF Lovelace, Ada B.", "   van den Oord, A"), "author") == ["Ada B. Lovelace", "A. van den Oord"]
    assert texts(paper("AU Sambrook, JF", "AF Sambrook, JF"), "author") == ["J. F. Sambrook"]
    assert texts(paper("AF Lovelace, Ada"), "author") == ["Ada Lovelace"]
    assert texts(paper("AU Lovelace, A", "AU Babbage, C", "CA Loom Group"), "author") == ["A. Lovelace", "C. Babbage", "Loom Group"]
    found = paper("AU Lovelace, A", "   et al.")
    assert (texts(found, "author"), texts(found, "et_al")) == (["A. Lovelace"], ["et al."])
    assert texts(paper("AU Organization of Looms"), "author") == ["Organization of Looms"]


def test_initials_that_are_taken_for_suffixes() -> None:
    (found,) = papers(wos_text, "PT J\nAU Kovalev, GV\n   Popov, I\n   King, ML\nAF Kovalev, G., V\n   Popov, Igor, I\n   King, Martin Luther, Jr.\nTI On looms\nC1 [Kovalev, G., V] Univ X, Oslo, Norway.\nPY 2021\nER\n\nEF\n")
    assert texts(found, "author") == ["G. V. Kovalev", "Igor I. Popov", "Martin Luther King Jr."]
    assert owned(found, "affiliation") == [("Univ X, Oslo, Norway", 0)]


def test_records_from_medline() -> None:
    text = "PT J\nAU Lovelace, Ada; Babbage, Charles H;\n   Hopper, Grace\nTI T\nPS 411-22\nUT MEDLINE:16735938\nER\nEF"
    (found,) = papers(wos_text, text)
    assert [(f.text, f.line) for f in found.all("author")] == [("Ada Lovelace", 2), ("Charles H Babbage", 2), ("Grace Hopper", 3)]
    assert (texts(found, "pages"), values(found, "identifier")) == (["411-22"], ["pmid:16735938"])
    assert values(paper("UT MEDLINE:16735938", "PM 16735938"), "identifier") == ["pmid:16735938"]
    assert texts(paper("AR 17", "PS 1-9"), "pages") == ["1-9"]


def test_addresses() -> None:
    alone = paper("AU Roe, R", "C1 Univ X, Oslo, Norway.", "   Univ Y, Bergen, Norway.")
    assert owned(alone, "affiliation") == [("Univ X, Oslo, Norway", 0), ("Univ Y, Bergen, Norway", 0)]
    imitated = paper("AU Roe, R", "   Doe, J", "C1 Univ X, Oslo, Norway", "   Univ Y, Bergen, Norway")
    assert owned(imitated, "affiliation") == [("Univ X, Oslo, Norway", None), ("Univ Y, Bergen, Norway", None)]
    wrapped = paper("AU Roe, R", "   Doe, J", "C1 [Roe, R; Doe,", "   J] Univ X,", "   Oslo, Norway.", "   [Doe, J] Univ Y.")
    assert owned(wrapped, "affiliation") == [("Univ X, Oslo, Norway", 0), ("Univ X, Oslo, Norway", 1), ("Univ Y", 1)]
    one_line = paper("AU Roe, R", "   Doe, J", "C1 [Roe, R] Univ X; [Doe, J; Nobody, N] Univ Y")
    assert owned(one_line, "affiliation") == [("Univ X", 0), ("Univ Y", 1)]
    stranger = paper("AU Roe, R", "   Doe, J", "C1 [Poe, E] Univ X.")
    assert owned(stranger, "affiliation") == [("Univ X", None)]


def test_namesakes_are_not_guessed_at() -> None:
    people = People([("Wei Li", 0), ("Wen Li", 1), ("Ada B. Lovelace", 2), ("Aäron van den Oord", 3)])
    assert [people.position(name) for name in ("Li, Wei", "Li, W", "LOVELACE, ADA", "Lovelace, A", "van den Oord, A", "Nobody, N", "", ",")] == [
        0, None, 2, 2, 3, None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize("line", [
    "RP Roe, R (corresponding author), Univ X, Oslo, Norway.; Doe, J; Poe, E (corresponding author), Univ Y, St. Louis, MO 1 USA.",
    "RP Roe, R (reprint author), Univ X, Oslo, Norway.\n   Doe, J; Poe, E (reprint author), Univ Y, St. Louis,\n   MO 1 USA.",
])  # fmt: skip
def test_whom_to_write_to(line: str) -> None:
    found = paper("AU Roe, R", "   Doe, J", "   Poe, E", "C1 [Roe, R] Univ X, Oslo, Norway.", line)
    assert owned(found, "affiliation") == [("Univ X, Oslo, Norway", 0), ("Univ Y, St. Louis, MO 1 USA", 1), ("Univ Y, St. Louis, MO 1 USA", 2)]
    assert any("author)" in text for text in texts(found, "other"))


@pytest.mark.parametrize(
    ("lines", "printed", "value"),
    [
        (["PY 2021", "PD MAY 4"], "MAY 4 2021", "2021-05-04"), (["PD APR-MAY", "PY 2021"], "APR-MAY 2021", "2021-04"), (["PD SPR", "PY 2021"], "2021", "2021"),
        (["PY 2021"], "2021", "2021"), (["EA APR 2021"], "APR 2021", "2021-04"), (["PY 2021", "EA DEC 2020"], "2021", "2021"), (["PD MAY 2021"], "MAY 2021", "2021-05"),
        (["PD 2019-05-04", "PY 2021"], "2021", "2021"), (["PD FEB 2021", "PY 2021"], "FEB 2021", "2021-02"), (["PY 2021", "PD 2021 May-Jun"], "2021 May-Jun", "2021-05"),
    ],
)  # fmt: skip
def test_dates(lines: list[str], printed: str, value: str) -> None:
    assert [(f.text, f.value) for f in paper(*lines).all("date")] == [(printed, value)]


def test_cited_preprints() -> None:
    found = paper("CR Doe J, 2023, ARXIV230111325", "   Roe R., 2021, arXiv preprint arXiv:2107.03374", "   Poe E, 2022, ARXIV220500001CS, DOI [DOI 10.48550/ARXIV.2205.00002, 10.1/x]", "   Foe, ARXIV")
    assert values(found, "reference") == ["arxiv:2301.11325", "arxiv:2107.03374", "arxiv:2205.00002", None]


def test_a_date_that_is_none() -> None:
    assert problems(wos_text, "PT J\nTI T\nPY soon\nER\nEF") == [(3, "warning", "no date: 'soon'")]


def test_lists_of_other_programs() -> None:
    assert texts(paper("DE weaving", "   maps", "ID A; B"), "keyword") == ["weaving", "maps", "A", "B"]
    assert texts(paper("DE weaving; maps and", "   charts"), "keyword") == ["weaving", "maps and charts"]


def test_nothing_is_lost() -> None:
    lines = ["TI again", "SO A", "SO B", "BP 1", "EP 9", "BP 2", "EP 8", "AR 17", "ZZ x", "Q9 y", "PY 2020", "PY 2021", "AU Roe, R", "AF Roe, Ray", "CT Conf", "EM a@b.c"]
    found = paper(*lines)
    assert texts(found, "other") == ["Roe, R", "J", "again", "B", "2", "8", "17", "x", "y", "2021", "Conf", "a@b.c"]
    assert texts(paper("EP 9"), "other") == ["J", "9"]


@pytest.mark.parametrize(
    ("text", "titles", "wanted"),
    [
        ("PT J\nTI A\nPT J\nTI B\nER\nEF", ["A", "B"], [(1, "warning", "a record without ER")]),
        ("PT J\nTI A\nER\n\nTI lost\nAU Doe, J\n   Roe, R\nER\n\nPT J\nTI B\nER\nEF\n", ["A", "B"], [(5, "error", "4 lines outside of any record")]),
        ("PT J\nTI A\nER\n", ["A"], [(3, "warning", "the file ends without EF")]),
        ("PT J\nTI A\n", ["A"], [(1, "warning", "a record without ER")]),
        ("PT J\nUT WOS:1\nER\nPT J\nTI B\nER\nEF", ["B"], [(1, "error", "WOS:1 has no title")]),
        ("FN X\nVR 1.0\nPT J\nTI A\nER\n\nEF\nFN X\nVR 1.0\nPT J\nTI B\nER\n\nEF", ["A", "B"], []),
    ],
)
def test_problems_have_their_line(text: str, titles: list[str], wanted: list[tuple[int, str, str]]) -> None:
    assert [title for row in papers(wos_text, text) for title in texts(row, "title")] == titles
    assert problems(wos_text, text) == wanted


def test_the_table_of_the_same_record_says_the_same() -> None:
    (table,), _ = sample("csv_table/savedrecs.txt")
    told = {name for name in {field.name for field in table.fields} if name != "other"}
    lines = [
        "FN X", "VR 1.0", "PT J", "AU Lovelace, A", "   Babbage, C", "AF Lovelace, Ada", "   Babbage, Charles", 'TI "Looms" that learn', "SO INVENTED RESULTS",
        "LA English", "DT Article", "DE weaving; maps", "AB We weave maps.", "C1 [Lovelace, Ada; Babbage, Charles] Univ Invented, London, England.",
        "   [Babbage, Charles] Engine Works, London, England.", "OI Lovelace, Ada/0000-0002-1825-0097", "CR Babbage C, 1832, ENGINES",
        "   Hopper G, 1952, COMPUTE, V1, P1, DOI 10.5555/HOP.1", "PU INVENTED PRESS", "PD MAY 4", "PY 2021", "VL 12", "IS 3", "BP 17", "EP 29",
        "DI 10.5555/jir.2021.17", "WC Computer Science, Artificial Intelligence; Engineering, Textile", "PM 31452104", "UT WOS:000000000000001", "ER", "EF",
    ]  # fmt: skip
    (ours,) = papers(wos_text, "\n".join(lines))

    def facts(record: Record, name: str) -> list[Any]:
        return [(f.text, f.of, f.value if name != "author" else None) for f in record.all(name)]

    for name in sorted(told):
        assert facts(ours, name) == facts(table, name), name


PIECES = st.sampled_from([
    "PT J\n", "PT J", "ER\n", "ER", "EF\n", "FN X\n", "VR 1.0\n", "TI ", "AU ", "AU Doe, J\n", "AU [Anonymous]\n", "AF Doe, Jane\n", "   Roe, R\n", "CA a; b\n", "C1 [Doe, J; X] Univ.\n",
    "C1 [", "]", "RP Doe, J (corresponding author), Univ Y.\n", "OI Doe, J/0000-0002-1825-0097\n", "OI /;x/y\n", "CR X, DOI 10.1000/x\n", "PD MAY 4\n", "PY 2021\n", "BP 1\n", "EP 2\n",
    "DE a;b\n", "DI 10.1/x\n", "PM x\n", "   more\n", "\n", "\r", "\r\n", " ", ";", ",", "\ufeff", "\u2028",
])  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
def test_any_text_is_survived(text: str) -> None:
    assert 0.0 <= sniff(text, "x") <= 1.0
    text = "PT J\n" + text
    assert rows(wos_text, text) == rows(wos_text, text)
