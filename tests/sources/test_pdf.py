"""PDF files: what is read off the first pages, and what cannot be read. The files are made here, object by object."""

import builtins
import random
import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources import decode, recognise
from kg.sources._text.front import front
from kg.sources.pdf import CONFIDENCE, read, sniff
from tests.growth import assert_linear

pypdf = pytest.importorskip("pypdf")

DATA = Path(__file__).parents[1] / "data" / "sources" / "pdf"
SHARED = Path(__file__).parents[2].parent / "shared" / "hostile" / "text"

Row = tuple[float, float, float, str]
"""A line of text: where it begins, the size of its letters, the text; `^` before it turns it upwards."""

PAGE: list[Row] = [
    (20, 200, 18, "^arXiv:2105.01234v2  [cs.RO]  5 May 2021"),
    (100, 740, 8, "Journal of Patient Machines 4 (2021) 101-117"),
    (100, 700, 17, "Small Motors for Large Rooms:"),
    (100, 680, 17, "A Field Study"),
    (100, 650, 11, "Mae Jemison1, Katherine Johnson1,2 and Wei Wang2"),
    (100, 636, 9, "1 University of Examples, Springfield"),
    (100, 624, 9, "2 Institute for Quiet Machines"),
    (100, 600, 12, "Abstract"),
    (100, 586, 10, "We study how small a motor may be before nobody in a large room hears it. Twelve rooms and forty mo-"),
    (100, 574, 10, "tors are compared, and the smallest motor turns out to be the one that was lost."),
    (100, 556, 10, "Keywords: motors, rooms; quiet"),
    (100, 540, 12, "1 Introduction"),
    (100, 526, 10, "Large rooms have been with us for long, as others say (see doi:10.1000/other)."),
    (100, 60, 8, "https://doi.org/10.1000/jpm.2021.101"),
]


def content(rows: Sequence[Row]) -> bytes:
    out = []
    for x, y, size, text in rows:
        matrix = f"0 1 -1 0 {x} {y}" if text.startswith("^") else f"1 0 0 1 {x} {y}"
        shown = text.removeprefix("^").replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        out.append(f"BT /F1 {size} Tf {matrix} Tm ({shown}) Tj ET")
    return "\n".join(out).encode("latin-1")


def pdf(*pages: Sequence[Row] | bytes, info: str = "<< >>", flate: bool = False) -> bytes:
    """Return a PDF file of these pages, with the document information given."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for i, page in enumerate(pages):
        data = page if isinstance(page, bytes) else content(page)
        data = zlib.compress(data, 9) if flate else data
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * i} 0 R /Resources << /Font << /F1 3 0 R >> >> >>".encode())
        objects.append(b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(data), b" /Filter /FlateDecode" if flate else b"", data))
    objects.append(info.encode("latin-1"))
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, thing in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(objects), len(out))
    return bytes(out) + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def rows(data: bytes) -> list[Record | Problem]:
    found = decode(data, "x.pdf")
    assert isinstance(found, Document)
    assert recognise(found) == "pdf"
    return list(read(found))


def record(data: bytes) -> Record:
    (found,) = [row for row in rows(data) if isinstance(row, Record)]
    return found


def said(found: Record, *names: str) -> dict[str, list[str]]:
    return {name: [field.text for field in found.all(name)] for name in names}


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as error:
        rows(data)
    assert error.value.line == 1
    assert str(error.value).isprintable()
    return str(error.value)


def test_the_sample_is_made_by_these_tests() -> None:
    assert (DATA / "paper.pdf").read_bytes() == pdf(PAGE, [(100, 700, 10, "More of it.")], info="<< /Title (motors-final.tex) /Author (M. Jemison) >>")


def test_first_page_of_a_paper() -> None:
    guess, found = rows((DATA / "paper.pdf").read_bytes())
    assert isinstance(found, Record)
    assert said(found, "title", "author", "affiliation", "abstract", "keyword", "arxiv_id", "version", "category", "date", "identifier") == {
        "title": ["Small Motors for Large Rooms: A Field Study"], "author": ["Mae Jemison", "Katherine Johnson", "Wei Wang"],
        "affiliation": ["University of Examples, Springfield", "University of Examples, Springfield", "Institute for Quiet Machines", "Institute for Quiet Machines"],
        "abstract": ["We study how small a motor may be before nobody in a large room hears it. Twelve rooms and forty motors are compared, and the smallest motor turns out to be the one that was lost."],
        "keyword": ["motors", "rooms", "quiet"], "arxiv_id": ["2105.01234v2"], "version": ["v2"], "category": ["cs.RO"], "date": ["5 May 2021"], "identifier": ["10.1000/jpm.2021.101"],
    }  # fmt: skip
    assert {(field.line, field.path) for field in found.fields} == {(1, "page 1")}
    assert [field.value for name in ("arxiv_id", "date", "identifier") for field in found.all(name)] == ["2105.01234", "2021-05-05", "doi:10.1000/jpm.2021.101"]
    assert isinstance(guess, Problem)
    assert (guess.line, guess.severity, f"confidence {CONFIDENCE}" in guess.what) == (1, "warning", True)


def test_packed_content_gives_the_same() -> None:
    assert record(pdf(PAGE, flate=True)).fields == record(pdf(PAGE)).fields


def front_page(front: Sequence[Row], foot: Sequence[Row] = ()) -> Record:
    page = [(60, 740, 17, "Small Motors for Large Rooms"), *front, *((row[0], row[1], row[2], row[3]) for row in PAGE[7:10]), *foot]
    _, record = rows(pdf(page))
    assert isinstance(record, Record)
    return record


def places(record: Record) -> list[tuple[str, int | None]]:
    return [(field.text, field.of) for field in record.all("affiliation")]


def raised(y: float, *pieces: str) -> list[Row]:
    """Return a line in which every second piece is in small letters."""
    return [(60 + 70 * (i // 2) + 40 * (i % 2), y, 7 if i % 2 else 11, piece) for i, piece in enumerate(pieces)]


def test_raised_signs_tell_whose_each_place_is() -> None:
    record = front_page([*raised(700, "Mae Jemison", "a,b", "Wei Wang", "b"), *raised(686, "", "a", "University X, Polis"), *raised(672, "", "b", "Institute Y")])
    assert said(record, "author") == {"author": ["Mae Jemison", "Wei Wang"]}
    assert places(record) == [("University X, Polis", 0), ("Institute Y", 0), ("Institute Y", 1)]


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (["Mae Jemison, Member, IEEE, and Wei Wang, Fellow, IEEE"], [("Mae Jemison", ()), ("Wei Wang", ())]),
        (["Mae Jemison\x011\x02[0000-0002-1825-0097] and Wei Wang\x012\x02", "\x011\x02 University X, Polis", "{mae}@x.org", "\x012\x02 Institute Y"], [("Mae Jemison", ("University X, Polis",)), ("Wei Wang", ("Institute Y",))]),
        (["Mae Jemison*", "University X", "mae@x.org", "Wei Wang", "Google", "London, UK"], [("Mae Jemison", ("University X",)), ("Wei Wang", ("Google, London, UK",))]),
        (["Mae Jemison\x01*1\x02Wei Wang\x01*12\x02", "ARTICLE INFO", "Motors"], [("Mae Jemison", ()), ("Wei Wang", ())]),
    ],
)  # fmt: skip
def test_layouts_of_authors(lines: list[str], authors: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(author.name, author.places) for author in front(lines).authors] == authors


def test_places_in_a_footnote() -> None:
    found = front(["Mae Jemison\x01* 1\x02", "Wei Wang\x012\x02"], ["\x01*\x02Equal contribution \x011\x02University X,", "Polis \x012\x02DeepMind. Correspondence to: Mae", "1 Introduction"])
    assert [author.places for author in found.authors] == [("University X, Polis",), ("DeepMind",)]


def test_the_name_of_a_journal_is_no_title_and_a_cited_doi_no_identifier() -> None:
    page: list[Row] = [
        (60, 760, 8, "Contents lists available at ScienceDirect"), (60, 745, 20, "Journal of Silence"), (60, 730, 8, "journal homepage: www.elsevier.com/locate/silence"),
        (60, 700, 16, "Small motors for large rooms"), (60, 680, 11, "Mae Jemison, Wei Wang"), *PAGE[7:10], (60, 500, 10, "(see doi:10.1000/other) engines wait."),
    ]  # fmt: skip
    _, record = rows(pdf(page))
    assert isinstance(record, Record)
    assert said(record, "title", "identifier") == {"title": ["Small motors for large rooms"], "identifier": []}


@pytest.mark.parametrize(
    ("info", "title", "path"),
    [
        ("<< /Title (Small motors for large rooms: a field study) >>", "Small motors for large rooms: a field study", "page 1"),
        ("<< /Title (Microsoft Word - motors.doc) >>", "Small Motors for Large Rooms: A Field Study", "page 1"),
        ("<< /Title (Some other text that the page has not) >>", "Small Motors for Large Rooms: A Field Study", "page 1"),
        ("<< /Title 7 /Author [1 2] /doi (10.1000/TOLD) >>", "Small Motors for Large Rooms: A Field Study", "page 1"),
    ],
)
def test_title_of_the_document_information(info: str, title: str, path: str) -> None:
    found = record(pdf(PAGE, info=info))
    assert [(field.text, field.path) for field in found.all("title")] == [(title, path)]
    assert [field.value for field in found.all("identifier")] == ["doi:10.1000/told" if "doi" in info else "doi:10.1000/jpm.2021.101"]


def test_authors_of_the_document_information_if_the_page_shows_none() -> None:
    page = [row for row in PAGE if row[1] not in {650, 636, 624}]
    assert said(record(pdf(page, info="<< /Author (Mae Jemison, Wei Wang) >>")), "author") == {"author": ["Mae Jemison", "Wei Wang"]}


def test_abstract_that_begins_on_the_line_of_its_heading() -> None:
    page = [row for row in PAGE if row[1] not in {600, 586}] + [(100, 586, 10, "Abstract. We study motors,")]
    page.sort(key=lambda row: -row[1])
    assert said(record(pdf(page)), "abstract") == {"abstract": ["We study motors, tors are compared, and the smallest motor turns out to be the one that was lost."]}


def test_five_thousand_pages() -> None:
    assert said(record(pdf(*([PAGE] * 5000))), "version") == {"version": ["v2"]}
    assert_linear(record, lambda pages: pdf(*([PAGE] * pages)), 2000)


@pytest.mark.parametrize(
    "page",
    [b"BT /F1 10 Tf 1 0 0 1 50 50 Tm (x) Tj ET\n" * 2_000_000, b"0 0 m 1 1 l S\n" * 120_000, zlib.compress(b"x" * 1000) * 2000],
    ids=["bomb", "drawing", "twice packed"],
)  # fmt: skip
def test_page_that_unpacks_to_too_much(page: bytes) -> None:
    with pytest.raises(UnreadableError):
        rows(pdf(page, flate=True))


def test_second_page_that_unpacks_to_too_much_is_left_out() -> None:
    assert said(record(pdf(PAGE, b"0 0 m 1 1 l S\n" * 120_000, flate=True)), "version") == {"version": ["v2"]}


def test_forms_that_call_each_other() -> None:
    data = pdf([*PAGE, (1, 1, 1, "x")]).replace(b"/Font << /F1 3 0 R >> >> >>", b"/Font << /F1 3 0 R >> /XObject << /X 4 0 R /Y 2 0 R >> >> >>")
    assert said(record(data), "version") == {"version": ["v2"]}


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (pdf([]), "without text (scanned?)"), (pdf([(100, 700, 10, "Some words alone")]), "no authors, abstract or identifier"), (pdf(), ""), (b"%PDF-", "damaged PDF"),
        (pdf(PAGE)[:900], "damaged PDF"), (b"%PDF-1.4\n" + b"[" * 100_000 + b"\nstartxref\n9\n%%EOF", "damaged PDF"), (b"%PDF-1.4\n" + b"1 0 obj\n" * 10_000, "damaged PDF"),
        (pdf(PAGE).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"), ""),
    ],
)  # fmt: skip
def test_files_that_cannot_be_read(data: bytes, what: str) -> None:
    assert what in refused(data)


def test_encrypted_file(tmp_path: Path) -> None:
    (tmp_path / "plain.pdf").write_bytes(pdf(PAGE))
    for password, readable in (("", True), ("secret", False)):
        copy = pypdf.PdfWriter(clone_from=tmp_path / "plain.pdf")
        copy.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")  # noqa: S106 - made for this test
        copy.write(tmp_path / "locked.pdf")
        data = (tmp_path / "locked.pdf").read_bytes()
        if readable:
            assert said(record(data), "version") == {"version": ["v2"]}
        else:
            assert "an encrypted PDF" in refused(data)


def test_without_pypdf_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "pypdf":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    assert "pip install 'kg[pdf]'" in refused(pdf(PAGE))


def test_any_damage_is_survived() -> None:
    chance = random.Random(5)  # noqa: S311 - the same damage each time
    whole = pdf(PAGE, flate=True)
    for _ in range(80):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 30)):
            data[chance.randrange(9, len(data))] = chance.randrange(256)
        shown: list[Record | Problem] = []
        with suppress(UnreadableError):
            shown = rows(bytes(data))
        assert len([row for row in shown if isinstance(row, Record)]) <= 1


def test_nothing_is_written_to_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    refused(pdf(PAGE)[:900])
    moved = pdf(PAGE).replace(b"%\xe2\xe3", b"%more\n%\xe2\xe3")
    assert said(record(moved), "version") == {"version": ["v2"]}
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("head", "sure"), [("%PDF-1.7\n", 1.0), ("text about %PDF-1.7", 0.0), ("", 0.0)])
def test_what_is_a_pdf(head: str, sure: float) -> None:
    assert sniff(head, "x.pdf") == sure


@pytest.mark.skipif(not SHARED.exists(), reason="no ../shared/hostile here")
def test_hostile_file() -> None:
    assert "damaged PDF" in refused((SHARED / "pdf_renamed.txt").read_bytes())


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (["Mae Jemison a,*, Wei Wang a,b", "a University X, Polis", "b Institute Y, Utopia"], [("Mae Jemison", ("University X, Polis",)), ("Wei Wang", ("University X, Polis", "Institute Y, Utopia"))]),
        (["Mae Jemison\x011\x02 and Wei Wang2(B)", "1 University X, Polis", "2 Institute Y, Utopia"], [("Mae Jemison", ("University X, Polis",)), ("Wei Wang", ("Institute Y, Utopia",))]),
        (["Mae Jemison", "Wei Wang", "University X", "Polis", "m@x.edu", "Institute Y", "w@y.edu"], [("Mae Jemison", ("University X, Polis",)), ("Wei Wang", ("Institute Y",))]),
        (["By M. C. JEMISON and W. WANG", "University X"], [("M. C. JEMISON", ()), ("W. WANG", ())]),
    ],
)  # fmt: skip
def test_more_front_lines(lines: list[str], authors: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(author.name, author.places) for author in front(lines).authors] == authors


def test_places_that_nothing_ties_to_one_of_several_authors_are_of_none() -> None:
    found = front(["Mae Jemison, Wei Wang", "University X"])
    assert ([author.places for author in found.authors], found.places) == ([(), ()], ("University X",))


def test_places_that_run_on_in_a_line_and_is_wrapped() -> None:
    found = front(["Ada Lovelace\x011,2\x02*, Wei Wang\x011☯\x02, Mae Jemison\x013☯\x02", "1 University of X, Polis, Utopia, 2 School of Rain, University Y, Polis,", "Utopia, 3 ETH Zürich, Switzerland", "☯ These authors contributed equally to this work."])
    assert [(author.name, author.places) for author in found.authors] == [
        ("Ada Lovelace", ("University of X, Polis, Utopia", "School of Rain, University Y, Polis, Utopia")), ("Wei Wang", ("University of X, Polis, Utopia",)), ("Mae Jemison", ("ETH Zürich, Switzerland",)),
    ]  # fmt: skip
    assert found.places == ()


def test_addresses_behind_places_are_no_part_of_them() -> None:
    found = front(["Ada Lovelace\x011,\x02*, Wei Wang\x012\x02", "\x011\x02 University X, Polis", "\x012\x02 Institute of Rain, Polis; wei@example.org", "* Correspondence: ada@example.org"])
    assert [author.places for author in found.authors] == [("University X, Polis",), ("Institute of Rain, Polis",)]
    assert found.other == ("wei@example.org", "* Correspondence: ada@example.org")


def test_a_place_below_names_on_one_line_is_that_of_all_of_them() -> None:
    found = front(["Ada Lovelace and Wei Wang", "University X", "Mae Jemison", "Institute Y", "Editor: Grace Hopper"])
    assert [author.places for author in found.authors] == [("University X",), ("University X",), ("Institute Y",)]


ABSTRACT_LINES: list[Row] = [
    (60, 600, 10, "We study how lamps behave in heavy rain. Lamps fail in rain, and nobody knows why they do so when it is"),
    (60, 588, 10, "cold. We present a method that makes them robust with a coat of varnish, and show that it does so in all"),
    (60, 576, 10, "of the rooms."),
]
"""An abstract without a heading."""


def test_abstract_without_a_heading() -> None:
    page = [(60, 740, 20, "What Moss Knows About Rain"), (60, 700, 12, "Ada Lovelace, Wei Wang"), (60, 680, 8, "University of Examples, Springfield"), *ABSTRACT_LINES, (60, 550, 10, "Keywords: moss, rain"), (60, 530, 12, "Introduction")]
    found = record(pdf(page))
    (abstract,) = found.all("abstract")
    assert (abstract.text[:18], abstract.text[-21:]) == ("We study how lamps", "so in all of the rooms."[-21:])


def test_reference_format_of_the_acm() -> None:
    page = [
        (60, 740, 17, "Robust Lamps under Rain: Evidence from Towns"), (60, 715, 11, "ADA LOVELACE, University of Examples, Utopia"), *ABSTRACT_LINES, (60, 550, 9, "CCS Concepts: - Hardware"),
        (60, 530, 8, "ACM Reference Format:"), (60, 520, 8, "Ada Lovelace, Mae Jemison, and Wei Wang. 2021. Robust Lamps under Rain: Evidence from"), (60, 510, 8, "Towns. Proc. ACM Lamps 5, 1, Article 12 (March 2021), 24 pages. https://doi.org/10.1145/3448888.3448889"),
        (60, 490, 12, "1 INTRODUCTION"),
    ]  # fmt: skip
    assert said(record(pdf(page)), "author", "date", "venue", "identifier") == {"author": ["Ada Lovelace", "Mae Jemison", "Wei Wang"], "date": ["2021"], "venue": ["Proc. ACM Lamps"], "identifier": ["10.1145/3448888.3448889"]}


def test_ligatures_that_a_font_without_a_table_leaves_as_codes() -> None:
    page = [row if row[1] != 574 else (100, 574, 10, "tors are e\x1ecient, and the \x1crst one\x15the \x1dat one\x15o\x1bers a \x0cne su\x0ecient \x0dow.") for row in PAGE]
    (abstract,) = record(pdf(page)).all("abstract")
    assert abstract.text.endswith("forty motors are efficient, and the first one–the flat one–offers a fine sufficient flow.")


def test_accents_that_stand_before_their_letters() -> None:
    page = [row if row[1] != 650 else (100, 650, 11, "Garc\xb4\x69a M\xa8uller1, C\xb8agla Li and Fran\xb8cois L\xb4ev\xb4 eque2") for row in PAGE]
    assert said(record(pdf(page)), "author") == {"author": ["García Müller", "Çagla Li", "François Lévéque"]}


@pytest.mark.parametrize("numbered", [lambda n, text: f"{text} {n}", lambda n, text: f"{n:03} {text}"], ids=["behind", "before"])
def test_numbers_of_the_lines_of_a_manuscript_for_review(numbered: Any) -> None:
    page = [row if row[3][0] == "^" else (*row[:3], numbered(i, row[3])) for i, row in enumerate(PAGE)]
    names = ("title", "author", "affiliation", "abstract", "keyword")
    assert said(record(pdf(page)), *names) == said(record(pdf(PAGE)), *names)


def shown(*operators: str) -> bytes:
    return content(PAGE[2:4]) + b"\nBT /F1 11 Tf 60 650 Td " + " ".join(operators).encode("latin-1") + b" ET\n" + content(PAGE[7:10])


@pytest.mark.parametrize(
    "operators",
    [
        ["[(Mae Jemison)] TJ", "95 0 Td [(Wei Wang)] TJ", "80 0 Td [(Bo Li)] TJ"],
        ["[(Mae Jem) 20 (ison) -1000 (Wei) -333 (Wang) -1000 (Bo) -333 (Li)] TJ"],
        ["1 0 0 1 60 650 Tm [(Mae Jemison)] TJ", "1 0 0 1 155 650 Tm [(Wei Wang)] TJ", "1 0 0 1 235 650 Tm [(Bo Li)] TJ"],
        ["[(Mae Jemison)] TJ ET", "BT 155 650 Td [(Wei Wang)] TJ ET", "BT 1 0 0 1 235 650 Tm [(Bo Li)] TJ"],
        ["[(Mae Jemison)] TJ ET", "q 0 0 1 rg BT 155 650 Td [(Wei Wang)] TJ ET Q", "q 2 0 0 2 0 0 cm Q BT 235 650 Td [(Bo Li)] TJ"],
    ],
    ids=["moved", "kerned", "placed", "each on its own", "coloured"],
)  # fmt: skip
def test_names_side_by_side_with_a_wide_gap_between(operators: list[str]) -> None:
    assert said(record(pdf(shown(*operators))), "author") == {"author": ["Mae Jemison", "Wei Wang", "Bo Li"]}


def test_a_name_in_several_pieces_has_no_wide_gap() -> None:
    assert said(record(pdf(shown("[(Ma) -20 (e) -333 (Jemi)] TJ", "49 0 Td [(son)] TJ"))), "author") == {"author": ["Mae Jemison"]}


def test_a_name_in_several_texts_has_no_wide_gap() -> None:
    page = shown("[(Mae Jemi)] TJ ET", "BT 109 650 Td [(son)] TJ ET", "BT 1 0 0 1 60 636 Tm [(Wei Wang)] TJ")
    assert said(record(pdf(page)), "author") == {"author": ["Mae Jemison", "Wei Wang"]}


def test_words_that_a_line_end_parts_keep_a_hyphen_of_their_own() -> None:
    rows: list[Row] = [*PAGE[2:8], (100, 586, 10, "We study first-"), (100, 574, 10, "rate motors for well-"), (100, 562, 10, "being, and mo-"), (100, 550, 10, "tors of state-of-the-"), (100, 538, 10, "art make.")]
    assert said(record(pdf(rows)), "abstract") == {"abstract": ["We study first-rate motors for well-being, and motors of state-of-the-art make."]}


def test_stamp_that_is_turned_with_the_page() -> None:
    page = b"q 0 1 -1 0 20 200 cm BT /F1 20 Tf 0 0 Td (arXiv:2105.01234v2  [cs.RO]  5 May 2021) Tj ET Q\n" + content(PAGE[1:])
    assert said(record(pdf(page)), "title", "arxiv_id") == {"title": ["Small Motors for Large Rooms: A Field Study"], "arxiv_id": ["2105.01234v2"]}


def test_a_page_that_lies_on_its_side() -> None:
    page = b"q 0 1 -1 0 600 0 cm " + content(PAGE[1:]) + b" Q"
    assert said(record(pdf(page)), "title", "author") == {"title": ["Small Motors for Large Rooms: A Field Study"], "author": ["Mae Jemison", "Katherine Johnson", "Wei Wang"]}


@pytest.mark.parametrize(
    ("head", "venue", "date"),
    [
        ("Published as a conference paper at ICLR 2024", ["ICLR"], ["2024"]), ("Under review as a conference paper at ICLR 2025", [], []),
        ("Accepted at the Conference on Wet Lamps (CWL), 2022", ["Conference on Wet Lamps (CWL)"], ["2022"]), ("Accepted to the ICML 2022 Workshop on Rain", ["ICML 2022 Workshop on Rain"], ["2022"]),
        ("Published in Transactions on Wet Lamps (10/2023)", ["Transactions on Wet Lamps"], ["2023"]), ("IEEE TRANSACTIONS ON RAIN, VOL. 14, NO. 8, AUGUST 2021 1", ["IEEE TRANSACTIONS ON RAIN"], ["2021"]),
        ("Journal of Rain 22 (2021) 1-34", ["Journal of Rain"], ["2021"]), ("Journal of Rain (2021) 33:1201-1219", ["Journal of Rain"], ["2021"]), ("Rain Letters, 2020, 1-9", ["Rain Letters"], ["2020"]), ("Version 2, February 1998", [], []), ("Phys. Rev. Rain 98, 030001 (2018)", ["Phys. Rev. Rain"], ["2018"]),
        ("37th Conference on Wet Lamps (WetLamps 2023).", ["37th Conference on Wet Lamps"], ["2023"]), ("Received: 3 May 2020 / Accepted: 4 June 2021", [], ["4 June 2021"]), ("Copyright \xa9 2022, the authors.", [], ["2022"]),
    ],
)  # fmt: skip
def test_where_and_when_a_paper_appeared(head: str, venue: list[str], date: list[str]) -> None:
    page = [row for row in PAGE if not row[3].startswith("^")]
    page[0] = (100, 740, 8, head)
    assert said(record(pdf(page)), "venue", "date") == {"venue": venue, "date": date}


def test_a_date_below_the_authors_is_no_place() -> None:
    found = front_page([(60, 700, 11, "Mae Jemison"), (60, 686, 11, "University X"), (60, 672, 11, "(Dated: March 3, 2020)")])
    assert (said(found, "affiliation", "date"), [field.value for field in found.all("date")]) == ({"affiliation": ["University X"], "date": ["(Dated: March 3, 2020)"]}, ["2020-03-03"])


def test_notes_at_the_foot_are_no_part_of_an_abstract() -> None:
    page = [*PAGE[1:3], *PAGE[4:9], (100, 574, 10, "tors are compared."), (100, 60, 8, "37th Conference on Wet Lamps (WL 2023)."), (100, 40, 8, "1")]
    (abstract,) = record(pdf(page)).all("abstract")
    assert abstract.text.endswith("forty motors are compared.")


def test_abstract_without_a_heading_above_an_introduction_in_larger_letters() -> None:
    body = [(60, 540 - 12 * i, 11, "Lamps have stood in the streets of towns for long, and rain has fallen on them.") for i in range(5)]
    page = [(60, 740, 20, "What Moss Knows About Rain"), (60, 700, 12, "Ada Lovelace, Wei Wang"), (60, 680, 9, "University of Examples, Springfield"), *ABSTRACT_LINES, *body]
    (abstract,) = record(pdf(page)).all("abstract")
    assert (abstract.text[:18], abstract.text[-17:]) == ("We study how lamps", "all of the rooms.")


@pytest.mark.parametrize(
    ("lines", "foot", "authors"),
    [
        (["Mae Jemison\x01∗\x02", "University X", "m@x.org", "Wei Wang\x01†\x02", "Institute Y"], ["\x01∗\x02Equal contribution."], [("Mae Jemison", ("University X",)), ("Wei Wang", ("Institute Y",))]),
        (["Mae Jemison\x011∗\x02 Wei Wang\x012∗\x02", "\x011\x02University X\x012\x02Institute Y", "\x01∗\x02Equal contribution."], [], [("Mae Jemison", ("University X",)), ("Wei Wang", ("Institute Y",))]),
        (["Mae Jemison\x01♠\x02 Wei Wang\x01♠♣\x02", "\x01♠\x02University X\x01♣\x02Institute Y"], [], [("Mae Jemison", ("University X",)), ("Wei Wang", ("University X", "Institute Y"))]),
        (["Mae Jemison\x01 1[0000−0002−1825−0097]\x02, Bo Li\x01 2\x02,", "and Wei Wang\x01 2\x02", "\x011\x02 University X, Polis", "\x012\x02 Institute Y"], [], [("Mae Jemison", ("University X, Polis",)), ("Bo Li", ("Institute Y",)), ("Wei Wang", ("Institute Y",))]),
        (["Mae Jemison", "University X", "Bo Li", "Lamp Group", "Institute Y", "0000-0002-1825-0097"], [], [("Mae Jemison", ("University X",)), ("Bo Li", ("Lamp Group, Institute Y",))]),
        (["Mae Jemison mae@x.org", "University X", "Bo Li bo@y.org", "Wei Wang wei@y.org", "Institute Y"], [], [("Mae Jemison", ("University X",)), ("Bo Li", ("Institute Y",)), ("Wei Wang", ("Institute Y",))]),
        (["MAE JEMISON, University X, Utopia", "ADA LOVELACE and WEI WANG, Institute Y"], [], [("MAE JEMISON", ("University X, Utopia",)), ("ADA LOVELACE", ("Institute Y",)), ("WEI WANG", ("Institute Y",))]),
        (["M. Jemison,\x011\x02 B. Li,\x011, ∗\x02 and Wei Wang\x011\x02", "(LAMP Collaboration)", "\x011\x02University X"], [], [("M. Jemison", ("University X",)), ("B. Li", ("University X",)), ("Wei Wang", ("University X",)), ("LAMP Collaboration", ())]),
        (["Mae Jemison, Bo Li, and Wei Wang"], ["M. Jemison is with the Depart-", "ment of Rain, University X (e-mail: m@x.org).", "B. Li and W. Wang are with the Institute of Mud."], [("Mae Jemison", ("Department of Rain, University X",)), ("Bo Li", ("Institute of Mud",)), ("Wei Wang", ("Institute of Mud",))]),
        (["Mae Jemison and Bo Li\x01*\x02"], ["\x01*\x02The authors are with the Institute of Mud. {mae,bo}@y.org"], [("Mae Jemison", ("Institute of Mud",)), ("Bo Li", ("Institute of Mud",))]),
        (["Mae Jemison\x01*1\x02 Bo Li\x01*2\x02"], ["\x01*\x02Equal contribution\x01 1\x02University X, Polis\x01 2\x02Brightwell AI. Correspondence to: Mae"], [("Mae Jemison", ("University X, Polis",)), ("Bo Li", ("Brightwell AI",))]),
    ],
    ids=["stars", "equal", "suits", "llncs", "group", "jmlr", "acm", "collaboration", "ieee", "all", "icml"],
)  # fmt: skip
def test_layouts_of_publishers(lines: list[str], foot: list[str], authors: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(author.name, author.places) for author in front(lines, foot).authors] == authors


def test_names_of_the_reference_format_keep_the_places_of_their_lines() -> None:
    page = [
        (60, 740, 17, "Robust Lamps under Rain: Evidence from Towns"), (60, 715, 11, "ADA LOVELACE, University of Examples, Utopia"), (60, 703, 11, "MAE JEMISON, Institute Y"), *ABSTRACT_LINES, (60, 550, 9, "CCS Concepts: - Hardware"),
        (60, 530, 8, "ACM Reference Format:"), (60, 520, 8, "Ada Lovelace and Mae Jemison. 2021. Robust Lamps under Rain: Evidence from"), (60, 510, 8, "Towns. Proc. ACM Lamps 5, 1, Article 12 (March 2021), 24 pages. https://doi.org/10.1145/3448888.3448889"),
    ]  # fmt: skip
    found = record(pdf(page))
    assert (said(found, "author"), places(found)) == ({"author": ["Ada Lovelace", "Mae Jemison"]}, [("University of Examples, Utopia", 0), ("Institute Y", 1)])
