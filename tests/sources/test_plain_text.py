"""Plain text in unknown layout: citations in their many styles, sheets, single abstracts, and what is none of these."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, Problem, Record
from kg.sources._citation.reading import ENOUGH, cite, hints
from kg.sources._text.byline import people
from kg.sources._text.dates import date
from kg.sources._text.entries import by_start
from kg.sources.plain_text import read, sniff
from tests.growth import assert_linear
from tests.sources.test_contract import DATA, OTHERS, TEXTS, check, check_nothing_lost
from tests.sources.told import said, sample

SAMPLES = sorted(path.name for path in (DATA / "plain_text").iterdir())


def rows(text: str, name: str = "x.txt") -> list[Record | Problem]:
    found = list(read(Document.of_text(text, name, "0" * 16)))
    check(text, found)
    check_nothing_lost(text, found)
    return found


def records(text: str) -> list[Record]:
    return [row for row in rows(text) if isinstance(row, Record)]


def text_of(name: str) -> str:
    return sample(f"plain_text/{name}").text


@pytest.mark.parametrize(
    ("entry", "authors", "title", "venue", "year"),
    [
        ('[1] A. Lovelace, C. Babbage, and A. De Morgan, "On engines," in Proc. of Minds, 1950, pp. 1-8.', ["A. Lovelace", "C. Babbage", "A. De Morgan"], "On engines", "Proc. of Minds", "1950"),
        ("Lovelace, A., Babbage, C., & Boole, G. (2017). On engines: A tour. Journal of Minds, 30(2), 1-11.", ["Lovelace, A.", "Babbage, C.", "Boole, G."], "On engines: A tour", "Journal of Minds", "2017"),
        ("Ada Lovelace, Charles Babbage, and George Boole. 2017. On Engines. In Proceedings of Minds. ACM, 1-9.", ["Ada Lovelace", "Charles Babbage", "George Boole"], "On Engines", "Proceedings of Minds", "2017"),
        ("Lovelace, A., Babbage, C.: On engines and their keepers. In: Minds 2017, pp. 1–9 (2017)", ["Lovelace, A.", "Babbage, C."], "On engines and their keepers", "Minds", "2017"),
        ("Lovelace A, Babbage C, Boole GH. On engines. Ann Minds. 2017;30:5998-6008.", ["Lovelace A", "Babbage C", "Boole GH"], "On engines", "Ann Minds", "2017"),
        ('Lovelace, Ada, Charles Babbage, and George Boole. "On engines." Annals of Minds 30 (2017).', ["Lovelace, Ada", "Charles Babbage", "George Boole"], "On engines", "Annals of Minds", "2017"),
        ("Lovelace, A. K. and Ba, J. Engines: a method for everything. arXiv preprint arXiv:1412.6980, 2014.", ["Lovelace, A. K.", "Ba, J."], "Engines: a method for everything", "arXiv preprint", "2014"),
        ("K. Hé, X. Zhang, S. Ren, J. Sun, Deep Engine Growing, J. Minds 3 (2016) 1–9.", ["K. Hé", "X. Zhang", "S. Ren", "J. Sun"], "Deep Engine Growing", "J. Minds", "2016"),
        ("Aäron van den Oord, Ibn al-Haytham, Wei Wang: Discrete Engines. MINDS 2017: 6306-6315", ["Aäron van den Oord", "Ibn al-Haytham", "Wei Wang"], "Discrete Engines", "MINDS", "2017"),
        ("de las Casas, D., van den Oord, A. and O'Brien, J.-B. Is this a title? Journal of Titles, vol. 3, no. 2, 12 May 2020.", ["de las Casas, D.", "van den Oord, A.", "O'Brien, J.-B."], "Is this a title?", "Journal of Titles", "2020-05-12"),
        ("Devlin, Jacob and Chang, Ming-Wei and Lee, Kenton. Engines that read. MINDS 2019.", ["Devlin, Jacob", "Chang, Ming-Wei", "Lee, Kenton"], "Engines that read", "MINDS", "2019"),
        ("J. Smith Jr., K. Jones, III, and L. Wu. E. coli growth vs. yield. Science, 2001.", ["J. Smith Jr.", "K. Jones, III", "L. Wu"], "E. coli growth vs. yield", "Science", "2001"),
        ("Engine Team, Ada Lovelace. Engines 2: Improving at a Practical Size. 2024.", ["Engine Team", "Ada Lovelace"], "Engines 2: Improving at a Practical Size", None, "2024"),
        ("王伟, 李娜. Deep learning for maps. Minds, 2020.", ["王伟", "李娜"], "Deep learning for maps", "Minds", "2020"),
        ("On Engines, Ada Lovelace, Charles Babbage, Minds 2017", ["Ada Lovelace", "Charles Babbage"], "On Engines", "Minds", "2017"),
        ("- What Makes an Engine? Ada Lovelace, Alan Turing. MINDS 2020", ["Ada Lovelace", "Alan Turing"], "What Makes an Engine?", "MINDS", "2020"),
        ("- Residual Engine Policies: Learning to Turn. Ada Lovelace, Alan Turing. MINDS 2020", ["Ada Lovelace", "Alan Turing"], "Residual Engine Policies: Learning to Turn", "MINDS", "2020"),
        ("- On engines (Lovelace et al., 2017)", ["Lovelace"], "On engines", None, "2017"),
        ("* [On engines](https://arxiv.org/abs/1706.03762) - Ada Lovelace, Alan Turing, Minds 2017", ["Ada Lovelace", "Alan Turing"], "On engines", "Minds", "2017"),
        ("* **Whispering Gears**, Ruby Payne, Vera Rubin, Minds 2019 [[pdf]](https://example.org/a.pdf)", ["Ruby Payne", "Vera Rubin"], "Whispering Gears", "Minds", "2019"),
        ("OpenEngines. The engine report. arXiv:2303.08774, 2023.", ["OpenEngines"], "The engine report", None, "2023"),
    ],
)  # fmt: skip
def test_styles_of_citation(entry: str, authors: list[str], title: str, venue: str | None, year: str) -> None:
    found = cite(entry, 0, len(entry), list(hints(entry, 0, len(entry))))
    assert found.title is not None
    assert found.date is not None
    assert entry[slice(*found.title)] == title
    assert [entry[slice(*name)] for name in found.people.names] == authors if found.people else not authors
    assert (entry[slice(*found.venue)] if found.venue else None) == venue
    assert found.date[1] == year
    assert found.evidence >= ENOUGH


@pytest.mark.parametrize(
    "entry",
    [
        "The quick brown fox jumps over the lazy dog.", "Copyright (c) 2020 Ada Lovelace", "- Fixed a crash in 2020 (John Smith, 2020)",
        "2021-05-03 12:00:00 INFO Jane Doe logged in, session 2021.", "import os, sys", "12. Add the eggs, the milk and the flour.", "x = [a, b]  # 2020", "",
    ],
)  # fmt: skip
def test_what_is_no_citation(entry: str) -> None:
    assert cite(entry, 0, len(entry)).evidence < ENOUGH


def test_the_last_name_may_be_in_full_where_nothing_stands_behind_it() -> None:
    listed, title = "M. Jemison, K. Johnson, and Wei Wang", "M. Jemison, K. Johnson, and Deep Motors for Rooms"
    assert [len(found.names) for text in (listed, title) if (found := people(text))] == [3, 2]
    assert people("Corresponding Author") is None


def test_marks_of_footnotes_are_no_part_of_a_name() -> None:
    text = "Mae Jemison1,2*, Katherine Johnson† and Wei Wang3"
    found = people(text)
    assert found is not None
    assert [text[slice(*name)] for name in found.names] == ["Mae Jemison", "Katherine Johnson", "Wei Wang"]


GIVEN = ("Ada", "Jean-Baptiste", "Éva", "Wei", "Mary Ann", "Jürgen")
SURNAMES = ("Lovelace", "O'Brien", "van den Berg", "Šimek", "Lozano-Pérez", "Ng")
TITLES = ("On engines that wait", "Small motors: a field study", "Why do gears whisper", "Learning to rest with X-rays", "GPT-9 technical notes")


def initials(given: str) -> str:
    return " ".join("-".join(f"{part[0]}." for part in word.split("-")) for word in given.split())


STYLES = {
    "plain": lambda names, title: (names, f"{listed(names)}. {title}. In International Conference on Things, 2021."),
    "short": lambda names, title: (names, f"- {title} ({', '.join(names)}, 2021)"),
    "dblp": lambda names, title: (names, f"{', '.join(names)}: {title}. Things 2021: 1-9"),
}


def listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


@settings(max_examples=150, deadline=None)
@given(
    names=st.lists(st.tuples(st.sampled_from(GIVEN), st.sampled_from(SURNAMES)), min_size=2, max_size=6, unique=True),
    title=st.sampled_from(TITLES), style=st.sampled_from(sorted(STYLES)), short=st.booleans(),
)  # fmt: skip
def test_what_a_style_writes_is_read_back(names: list[tuple[str, str]], title: str, style: str, short: bool) -> None:
    printed = [f"{initials(given) if short else given} {surname}" for given, surname in names]
    expected, entry = STYLES[style](printed, title)
    found = cite(entry, 0, len(entry))
    assert found.title is not None
    assert found.people is not None
    assert entry[slice(*found.title)] == title
    assert [entry[slice(*name)] for name in found.people.names] == expected


def test_numbered_references() -> None:
    found = records(text_of("references.txt"))
    assert [record.line for record in found] == [3, 5, 6, 7, 8, 9]
    assert said(found[0], "title", "venue", "pages", "date") == {
        "title": ["Sketch of an engine that tends gardens"], "venue": ["Proceedings of the Workshop on Mechanical Horticulture"], "pages": ["12–19"], "date": ["2019"],
    }  # fmt: skip
    assert [(field.text, field.line) for field in found[0].all("date")] == [("2019", 4)]
    assert said(found[1], "volume", "issue", "pages") == {"volume": ["4"], "issue": ["2"], "pages": ["101-117"]}
    doi = found[1].first("identifier")
    assert doi is not None
    assert doi.value == "doi:10.1000/jpm.2020.117"
    assert said(found[2], "author", "et_al") == {"author": ["Aäron van den Berg", "Ibn al-Haytham"], "et_al": ["et al."]}
    number = found[2].first("arxiv_id")
    assert number is not None
    assert (number.text, number.value) == ("2003.01234", "2003.01234")
    assert said(found[3], "author") == {"author": ["Noether E", "Hopper G", "Johnson KC"]}
    group = found[4].first("author")
    assert group is not None
    assert (group.text, group.value) == ("Garden Team", "group")


def test_mail_of_arxiv() -> None:
    text = (
        "Archives at http://arxiv.org/\n----------\n\\\\\narXiv:2105.01234\nDate: Tue, 4 May 2021 12:00:00 GMT   (123kb,D)\n\nTitle: Small Motors for Large Rooms and What\n  They Do\n"
        "Authors: Mae Jemison, Katherine Johnson (University of Examples) and Wei Wang\nCategories: cs.RO cs.SD\n\\\\\n  We study how motors behave.\n\\\\ ( https://arxiv.org/abs/2105.01234 ,  123kb)\n"
        "----------\n\\\\\narXiv:2105.01300 (*cross-listing*)\nDate: Tue, 4 May 2021 13:00:00 GMT   (45kb)\n\nTitle: Whispering Gears\nAuthors: Ruby Payne\nCategories: eess.AS\n\\\\\n  Gears whisper.\n"
    )
    first, second = records(text)
    assert said(first, "arxiv_id", "author", "affiliation") == {
        "arxiv_id": ["2105.01234"], "author": ["Mae Jemison", "Katherine Johnson", "Wei Wang"], "affiliation": ["University of Examples"],
    }  # fmt: skip
    assert said(second, "arxiv_id", "title") == {"arxiv_id": ["2105.01300"], "title": ["Whispering Gears"]}


def test_numbered_places_behind_the_names_in_mail_of_arxiv() -> None:
    text = (
        "----------\n\\\\\narXiv:2105.01234\nDate: Tue, 4 May 2021 12:00:00 GMT   (123kb,D)\n\nTitle: Small Motors for Large Rooms\n"
        "Authors: Mae Jemison (1), Katherine Johnson (2) and Wei Wang (1 and 2), et al. ((1) University of\n  Examples, (2) Institute of Gears)\n"
        "Categories: cs.RO\n\\\\\n  We study how motors behave.\n\\\\ ( https://arxiv.org/abs/2105.01234 ,  123kb)\n"
    )
    (record,) = records(text)
    assert said(record, "author", "et_al") == {"author": ["Mae Jemison", "Katherine Johnson", "Wei Wang"], "et_al": ["et al."]}
    places = [field for field in record.fields if field.name == "affiliation"]
    assert all(field.start is not None and text[field.start : field.end] == field.text for field in places)
    assert [(" ".join(field.text.split()), field.of) for field in places] == [
        ("University of Examples", 0), ("University of Examples", 2), ("Institute of Gears", 1), ("Institute of Gears", 2),
    ]  # fmt: skip


def test_an_abstract_page_copied_from_arxiv() -> None:
    text = (
        "Computer Science > Robotics\n[Submitted on 4 May 2021 (v1), last revised 3 Feb 2022 (this version, v2)]\nTitle:Small Motors for Large Rooms\n"
        "Authors:Mae Jemison, Wei Wang\nView a PDF of the paper titled Small Motors for Large Rooms, by Mae Jemison and Wei Wang\n"
        "Abstract:We study how motors behave in large rooms.\nComments:\t12 pages\nSubjects:\tRobotics (cs.RO)\nCite as:\tarXiv:2105.01234 [cs.RO]\n"
        " \t(or arXiv:2105.01234v2 [cs.RO] for this version)\nSubmission history\nFrom: Wei Wang [view email]\n[v2] Thu, 3 Feb 2022 10:00:00 UTC (100 KB)\n"
    )
    (record,) = records(text)
    assert said(record, "title", "author", "abstract", "comment", "category", "date") == {
        "title": ["Small Motors for Large Rooms"], "author": ["Mae Jemison", "Wei Wang"], "abstract": ["We study how motors behave in large rooms."],
        "comment": ["12 pages"], "category": ["cs.RO"], "date": ["2021-05-04"],
    }  # fmt: skip
    number = record.first("arxiv_id")
    assert number is not None
    assert number.value == "2105.01234"


def test_new_papers_copied_from_arxiv() -> None:
    entry = "[{n}] arXiv:2105.0123{n} [pdf, html, other]\nTitle: On engines {n}\nAuthors: Ada Lovelace, Wei Wang\nSubjects: Robotics (cs.RO); Sound (cs.SD)\nWe study how engines wait, and show that they do so in all rooms.\n"
    first, second = records("\n".join(entry.format(n=n) for n in (1, 2)))
    assert said(first, "arxiv_id", "category", "abstract") == {
        "arxiv_id": ["2105.01231"], "category": ["cs.RO", "cs.SD"], "abstract": ["We study how engines wait, and show that they do so in all rooms."],
    }  # fmt: skip
    assert said(second, "arxiv_id", "title") == {"arxiv_id": ["2105.01232"], "title": ["On engines 2"]}


def test_accepted_papers_with_places_in_parentheses() -> None:
    text = "Accepted Papers\n\nOn engines that wait\nAda Lovelace (University X), Wei Wang (Google)\n\nOn gears and rest\nRuby Payne (MIT)*; Vera Rubin (Institute Y)\n"
    assert [said(record, "title", "author", "affiliation") for record in records(text)] == [
        {"title": ["On engines that wait"], "author": ["Ada Lovelace", "Wei Wang"], "affiliation": ["University X", "Google"]},
        {"title": ["On gears and rest"], "author": ["Ruby Payne", "Vera Rubin"], "affiliation": ["MIT", "Institute Y"]},
    ]


def test_labelled_sheets() -> None:
    first, second = records(text_of("labelled.txt"))
    assert said(first, "title", "author", "category", "venue", "comment") == {
        "title": ["Small Motors for Large Rooms: A Field Study"], "author": ["Mae Jemison", "Katherine Johnson", "Wei Wang"], "category": ["cs.RO", "eess.SY"],
        "venue": ["QuietConf 2021"], "comment": ["12 pages. Code at https://github.com/example/motors"],
    }  # fmt: skip
    day = first.first("date")
    assert day is not None
    assert day.value == "2021-05-05"
    abstract = first.first("abstract")
    assert abstract is not None
    assert abstract.text.startswith("We study how small")
    assert abstract.text.endswith("where the recordings are.")
    impossible = second.first("date")
    assert impossible is not None
    assert impossible.value is None
    assert [row.line for row in rows(text_of("labelled.txt")) if isinstance(row, Problem)] == [1, 22]


@pytest.mark.parametrize(
    ("text", "title", "abstract"),
    [
        ("Title: On Engines\nAuthors: Ada Lovelace; Alan Turing\nYear: 1950\nDOI: 10.1000/x\nAbstract: Engines turn.\nThey rest.\n", "On Engines", "Engines turn.\nThey rest."),
        ("**Title**: On Engines\n**Abstract**:\nEngines turn.\n\nAnd turn.\n", "On Engines", "Engines turn.\n\nAnd turn."),
    ],
)
def test_labels(text: str, title: str, abstract: str) -> None:
    assert sniff(text, "x.txt") > 0.8
    (record,) = records(text)
    assert [field.text for field in record.all("title")] == [title]
    assert [field.text for field in record.all("abstract")] == [abstract]


def test_single_abstract_below_its_title() -> None:
    (record,) = records(text_of("abstract.txt"))
    assert said(record, "title", "author", "affiliation", "keyword", "abstract_label") == {
        "title": ["Growing Basil on the Night Shift: A Study of Light in Data Centres"], "author": ["Mae Jemison", "Katherine Johnson", "Wei Wang"],
        "affiliation": ["University of Examples", "Institute for Quiet Machines"], "keyword": ["basil", "data centres", "status lamps"], "abstract_label": ["Abstract"],
    }  # fmt: skip
    abstract = record.first("abstract")
    assert abstract is not None
    assert (abstract.line, abstract.text[:12], abstract.text[-10:]) == (8, "Servers give", "in spring.")


ABSTRACT = (
    "Gears of wood are said to whisper. In this paper we investigate forty gears in twelve rooms and show that they do, at least in autumn. Our results suggest"
    " that oil makes them silent, which no earlier work has reported, and that silence is worth the oil in rooms where people read."
)


@pytest.mark.parametrize("above", ["", "Whispering Gears\n\n", "Whispering Gears\n"])
def test_bare_abstract(above: str) -> None:
    (record,) = records(above + ABSTRACT)
    assert [field.text for field in record.all("abstract")] == [ABSTRACT]
    assert [field.text for field in record.all("title")] == ([above.strip()] if above else [])


def test_heading_below_names_tells_an_abstract_in_any_words() -> None:
    names, text = "Mae Jemison, Wei Wang\n", "Small motors hum in large rooms at night and wait for somebody who hears them. " * 4
    (record,) = records(f"Motors: How Small They Are\n{names}\nAbstract\n{text}\n")
    assert said(record, "title", "author", "abstract") == {"title": ["Motors: How Small They Are"], "author": ["Mae Jemison", "Wei Wang"], "abstract": [text.strip()]}
    assert sniff(f"Motors: How Small They Are\n\nAbstract\n{text}\n", "x.txt") == 0.0


def test_bare_sheets() -> None:
    first, second = records(text_of("sheets.txt"))
    assert said(first, "title", "author", "abstract") == {
        "title": ["A Calendar for Slow Rivers"], "author": ["Wangari Maathai", "Rachel Carson"], "abstract": ["We measure how long a leaf takes from the spring to the sea."],
    }  # fmt: skip
    assert said(second, "venue", "date") == {"venue": ["QuietConf"], "date": ["2022"]}


def test_text_behind_a_citation_is_kept() -> None:
    entry = "[{}] A. Lovelace and C. Babbage. On engines. Minds, 1950. {}\n\n"
    long = "An engine may be large. " * 12
    found = records(entry.format(1, "(see the note on page four)") + entry.format(2, f"Abstract: {long}"))
    assert [field.text for field in found[0].all("other")] == ["(see the note on page four)"]
    assert said(found[1], "abstract_label", "abstract") == {"abstract_label": ["Abstract:"], "abstract": [long.strip()]}


README = """# Engines

Engines for everyone. In this paper we present engines; our results outperform all baselines.

## Install

    pip install engines

## Citing

- Lovelace, A. and Babbage, C. On engines. Minds, 2020.
"""


@pytest.mark.parametrize(
    "text",
    [
        *OTHERS.values(), README, "def f(x):\n    return x  # we present this in our results, 2020\n" * 20,
        "2021-05-03 12:00:00,123 INFO server: Jane Doe logged in\n" * 30, "Dear Ada,\n\nwe met in 2020. I present my results to you.\n\nYours, Charles\n",
        "1. Wash the rice.\n2. Boil it.\n3. Serve it to Ada Lovelace and Alan Turing, 2020.\n", "name: engines\ntitle: On Engines\nauthor: Ada Lovelace\ndate: 2020-01-01\n",
        "Ada Lovelace <ada@example.org>\nCharles Babbage <charles@example.org>\n", "one\ntwo\nthree\n" * 50,
        "cff-version: 1.2.0\ntitle: On Engines\nabstract: Engines turn.\n",
    ],
)  # fmt: skip
def test_what_is_about_no_paper(text: str) -> None:
    assert sniff(text, "x.txt") == 0.0
    assert not records(text)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_any_text_is_survived_and_nothing_lost(text: str) -> None:
    assert 0.0 <= sniff(text, "x.txt") <= 1.0
    assert rows(text) == rows(text)


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
@pytest.mark.parametrize("name", SAMPLES)
def test_line_ends_change_nothing(name: str, line_end: str) -> None:
    def facts(text: str) -> list[tuple[int, list[tuple[str, str]]]]:
        return [(record.line, [(field.name, " ".join(field.text.split())) for field in record.fields]) for record in records(text)]

    assert facts(text_of(name).replace("\n", line_end)) == facts(text_of(name))


def test_any_piece_of_a_sample_is_survived() -> None:
    chance = random.Random(7)  # noqa: S311 - the same pieces each time
    text = "\n".join(text_of(name) for name in SAMPLES)
    for _ in range(60):
        start = chance.randrange(len(text))
        rows(text[start : start + chance.randrange(3000)])


@pytest.mark.parametrize("piece", ["A. Bcd, ", "[", "2020 ", '"', "“", "Ab. ", "  ", "*a* ", "Ab and ", "\n\n", "Title: x\n", "- A. Bcd. Efg hij. Klm, 2020.\n", "10.1000/a ", "(Ab ", "Ab Cd\n"])
def test_a_repetitive_text_takes_no_more_than_its_time(piece: str) -> None:
    assert_linear(
        lambda text: list(read(Document.of_text(text, "x.txt", "0" * 16))), lambda size: (piece * (size // len(piece) + 1))[:size], 60_000
    )


@pytest.mark.parametrize(
    ("text", "iso"),
    [("2021", "2021"), ("2021-05", "2021-05"), ("2021/5/3", "2021-05-03"), ("Wed, 5 May 2021 16:03:26 GMT", "2021-05-05"), ("May 5, 2021", "2021-05-05"), ("May 2021", "2021-05"),
     ("30 Feb 2021", None), ("2021-13", None), ("soon", None), ("Spring 2021", "2021")],
)  # fmt: skip
def test_dates_as_people_write_them(text: str, iso: str | None) -> None:
    assert date(text) == iso


@pytest.mark.parametrize(
    ("entry", "authors", "title", "venue"),
    [
        ('A. Rubin, "Quiet rooms," IEEE Trans. Silence, vol. 12, no. 3, pp. 1–12, 2020.', ["A. Rubin"], "Quiet rooms", "IEEE Trans. Silence"),
        ("Vera Rubin and Emmy Noether. 2020. Quiet Rooms. In Proceedings of the 2020 RST Conference on Rest (RST '20). Springfield, 1–12.", ["Vera Rubin", "Emmy Noether"], "Quiet Rooms", "Proceedings of the 2020 RST Conference on Rest"),
        ("Rubin, V., & Noether, E. (2019). Quiet rooms. In J. Bell & R. Payne (Eds.), Handbook of rest (pp. 33–58). Example Press.", ["Rubin, V.", "Noether, E."], "Quiet rooms", "Handbook of rest"),
        ("Rubin, V., & Noether, E. (in press). Quiet rooms. Journal of Rest.", ["Rubin, V.", "Noether, E."], "Quiet rooms", "Journal of Rest"),
        ("Rubin V, Noether E; Quiet Study Group. Quiet rooms. J Rest. 2020;4(1):1-9.", ["Rubin V", "Noether E", "Quiet Study Group"], "Quiet rooms", "J Rest"),
        ("Рубина В.А., Нётер Э.М. Тихие комнаты // Вестник покоя. – 2019. – Т. 12, № 3. – С. 12-19.", ["Рубина В.А.", "Нётер Э.М."], "Тихие комнаты", "Вестник покоя"),
        ("Rubin V., Noether E. Quiet rooms // Journal of Rest. 2020. V. 5. P. 1–10.", ["Rubin V.", "Noether E."], "Quiet rooms", "Journal of Rest"),
        ("[1] 张三, 李四, 王五, 等. 安静房间的研究方法[J]. 安静学报, 2019, 42(5): 1-15.", ["张三", "李四", "王五"], "安静房间的研究方法", "安静学报"),
        ("[2] RUBIN V, NOETHER E. Quiet rooms[C]//Proceedings of Rest. 2017: 5-8.", ["RUBIN V", "NOETHER E"], "Quiet rooms", "Proceedings of Rest"),
        ("Rubin, Vera / Noether, Emmy (2020): Stille Räume, in: Zeitschrift für Ruhe 12, H. 3, S. 1-20.", ["Rubin, Vera", "Noether, Emmy"], "Stille Räume", "Zeitschrift für Ruhe"),
        ("RUBIN, V. M. ; NOETHER, E. . Salas quietas. Revista do Repouso, v. 12, p. 1-10, 2020.", ["RUBIN, V. M.", "NOETHER, E."], "Salas quietas", "Revista do Repouso"),
        ("Dr. V. Rubin, Ms. E. Noether. Quiet rooms. Rest Today: Proceedings, 2021.", ["V. Rubin", "E. Noether"], "Quiet rooms", "Rest Today: Proceedings"),
        ("V. Rubin et E. Noether, « Salles calmes et vides », Revue du repos, vol. 12, n° 3, p. 1-20, 2019.", ["V. Rubin", "E. Noether"], "Salles calmes et vides", "Revue du repos"),
    ],
)  # fmt: skip
def test_more_styles_of_citation(entry: str, authors: list[str], title: str, venue: str) -> None:
    found = cite(entry, 0, len(entry))
    assert found.people is not None
    assert found.title is not None
    assert found.venue is not None
    assert ([entry[slice(*name)] for name in found.people.names], entry[slice(*found.title)], entry[slice(*found.venue)]) == (authors, title, venue)
    assert found.evidence >= ENOUGH or "in press" in entry


def test_volume_issue_and_pages_in_other_languages() -> None:
    entry = "Рубина В.А., Нётер Э.М. Тихие комнаты // Вестник покоя. – 2019. – Т. 12, № 3. – С. 12-19."
    found = cite(entry, 0, len(entry))
    assert [entry[slice(*part)] for part in (found.volume, found.issue, found.pages) if part] == ["12", "3", "12-19"]


def test_lines_without_blank_lines_between_are_entries_of_their_own() -> None:
    text = "Rubin, Vera, and Emmy Noether. 2020. “Quiet Rooms.” Journal of Rest 12 (3): 1–12.\nBell, Jocelyn. Pulses and Pauses. Springfield: Example Press, 2019.\nPayne, Ruby, Bo Li, and Ann Ko. “On Sand.” In Proceedings of Sand, 12–20. Springfield: Example, 2018.\n"
    assert [said(record, "title")["title"] for record in records(text)] == [["Quiet Rooms"], ["Pulses and Pauses"], ["On Sand"]]


def test_papers_copied_from_a_page_are_stacked() -> None:
    text = "Quiet Rooms\nV Rubin, E Noether\nJournal of Rest 12 (3), 1-12, 2020\n120\t2020\nPulses and Pauses\nJ Bell, R Payne, ...\nProceedings of Rest, 33-40, 2019\n3\t2019\n"
    assert [said(record, "title", "author", "date") for record in records(text)] == [
        {"title": ["Quiet Rooms"], "author": ["V Rubin", "E Noether"], "date": ["2020"]}, {"title": ["Pulses and Pauses"], "author": ["J Bell", "R Payne"], "date": ["2019"]},
    ]  # fmt: skip


def test_titles_above_addresses() -> None:
    text = "Quiet Rooms for Loud People\nhttps://arxiv.org/abs/1902.03040\nPulses and Pauses\nhttps://doi.org/10.5555/pulse.1\n"
    assert [said(record, "title", "arxiv_id", "identifier") for record in records(text)] == [
        {"title": ["Quiet Rooms for Loud People"], "arxiv_id": ["1902.03040"], "identifier": []}, {"title": ["Pulses and Pauses"], "arxiv_id": [], "identifier": ["doi:10.5555/pulse.1"]},
    ]  # fmt: skip


def test_list_within_a_curriculum_vitae() -> None:
    text = "CURRICULUM VITAE\nVera Rubin\nDepartment of Rest\n\nEDUCATION\nPhD, Springfield, 1954\n\nPUBLICATIONS\nJ2. Rubin V., Noether E. (2020) Quiet rooms. Journal of Rest, 12(3), 1–12.\nJ1. Rubin V. and Noether E. (2017) On oil. Journal of Rest, 9(1), 13–22.\n\nC1. Rubin, V. & Bell, J. On sand. ICS 2018, Springfield.\n\nAWARDS\nBest Paper, 2019\n"
    assert [said(record, "title", "author") for record in records(text)] == [
        {"title": ["Quiet rooms"], "author": ["Rubin V.", "Noether E."]}, {"title": ["On oil"], "author": ["Rubin V.", "Noether E."]}, {"title": ["On sand"], "author": ["Rubin, V.", "Bell, J."]},
    ]  # fmt: skip


def test_properties_of_logseq() -> None:
    (record,) = records("title:: Quiet Rooms\nauthors:: [[Vera Rubin]], [[Emmy Noether]]\nyear:: 2020\ndoi:: 10.5555/quiet.1\ntags:: [[rest]]\n")
    assert said(record, "title", "author", "keyword") == {"title": ["Quiet Rooms"], "author": ["Vera Rubin", "Emmy Noether"], "keyword": ["rest"]}


@pytest.mark.parametrize(
    ("entry", "authors", "title", "venue", "parts"),
    [
        ("On engines that wait, A. Rubin, B. Noether, and C. Bell, J. Chem. Phys. 128, 244102, (2008).", ["A. Rubin", "B. Noether", "C. Bell"], "On engines that wait", "J. Chem. Phys", ("128", None, "244102")),
        ("A. Rubin, B. Noether, Engines that wait for rain, Fusion Engineering and Design, 84 (2009), 1901-1904", ["A. Rubin", "B. Noether"], "Engines that wait for rain", "Fusion Engineering and Design", ("84", None, "1901-1904")),
        ("Rubin A., Noether B., Engines at rest, Phys. Rev. Lett. 12 (2019) 123401", ["Rubin A.", "Noether B."], "Engines at rest", "Phys. Rev. Lett", ("12", None, "123401")),
        ("V Rubin#, E Noether*, J Bell*. Gears in deep water. Annals of Gears. 2024, 9(1):e281.", ["V Rubin", "E Noether", "J Bell"], "Gears in deep water", "Annals of Gears", ("9", "1", "e281")),
        ("Rubin JS, Noether K-H, van der Bell HJ Jr. Effect of rest on gears. N Engl J Gears 2019; 380(4): 345-57.", ["Rubin JS", "Noether K-H", "van der Bell HJ Jr"], "Effect of rest on gears", "N Engl J Gears", ("380", "4", "345-57")),
        ("Rubin J. A title of gears. J Rest. 2020;3:1-4.", ["Rubin J"], "A title of gears", "J Rest", ("3", None, "1-4")),
        ("Rubin V, Noether E. On sand. In: Bell J, Payne R, editors. Handbook of sand. Springfield: Example; 2015. p. 45-67.", ["Rubin V", "Noether E"], "On sand", "Handbook of sand", (None, None, "45-67")),
        ("Rubin, V.; Noether, E. B. Moss and the Sea. J. Am. Chem. Soc. 2019, 141, 123−130.", ["Rubin, V.", "Noether, E. B."], "Moss and the Sea", "J. Am. Chem. Soc", ("141", None, "123−130")),
        ('Vera Rubin and Emmy Noether. "Rest on Stones." Journal of Rest 12, no. 3 (2019): 45-67.', ["Vera Rubin", "Emmy Noether"], "Rest on Stones", "Journal of Rest", ("12", "3", "45-67")),
        ("Moss Collaborators. Burden of moss in forty rooms. Lancet. 2020 Oct 17;396(10258):1204-22.", ["Moss Collaborators"], "Burden of moss in forty rooms", "Lancet", ("396", "10258", "1204-22")),
        ("García Rubin, Alba and Noether-Bell, Emmy. Stones at rest. Rest Letters, 2021.", ["García Rubin, Alba", "Noether-Bell, Emmy"], "Stones at rest", "Rest Letters", (None, None, None)),
        ("Rubin, V. Augusta. 2001. Pauses. Rest Studies, v. 18.", ["Rubin, V. Augusta"], "Pauses", "Rest Studies", ("18", None, None)),
        ("V Rubin, E Noether… - Rest in neural …, 2017 - example.org", ["V Rubin", "E Noether"], None, None, (None, None, None)),
        ("Vera Rubin and Emmy Noether. Look and listen. In ICCV, pages 12–20, 2017. 3, 5", ["Vera Rubin", "Emmy Noether"], "Look and listen", "ICCV", (None, None, "12–20")),
        ("Wikirest, Gears at rest, 2018. URL: https://example.org/wiki [Accessed: 20 May 2019]", ["Wikirest"], "Gears at rest", None, (None, None, None)),
    ],
)  # fmt: skip
def test_volumes_and_names_in_further_styles(entry: str, authors: list[str], title: str | None, venue: str | None, parts: tuple[str | None, ...]) -> None:
    marked = [("title", (0, 0), "")] if title is None else []
    if title is None:
        found = people(entry)
        assert found is not None
        assert [entry[slice(*name)] for name in found.names] == authors
        assert found.et_al is not None
        return
    cited = cite(entry, 0, len(entry), marked)
    assert cited.people is not None
    assert cited.title is not None
    assert ([entry[slice(*name)] for name in cited.people.names], entry[slice(*cited.title)], cited.venue and entry[slice(*cited.venue)]) == (authors, title, venue)
    assert tuple(part and entry[slice(*part)] for part in (cited.volume, cited.issue, cited.pages)) == parts
    assert cited.date is None or cited.date[1] != "2019-05-20"


@pytest.mark.parametrize(
    ("entry", "venue", "volume", "pages"),
    [("V. Rubin, E. Noether, J. Bell, Angew. Chem. Int. Ed. 2019, 58, 1234–1240.", "Angew. Chem. Int. Ed", "58", "1234–1240"), ("Rubin V. & Noether E., 2019, MNRAS, 485, 1234", "MNRAS", "485", "1234")],
)
def test_citations_that_print_no_title(entry: str, venue: str, volume: str, pages: str) -> None:
    found = cite(entry, 0, len(entry))
    assert found.title is None
    assert found.people is not None
    assert len(found.people.names) > 1
    assert [entry[slice(*part)] for part in (found.venue, found.volume, found.pages) if part] == [venue, volume, pages]


def test_references_run_on_in_a_paragraph() -> None:
    text = "References[1] V. Rubin, E. Noether, Stones at rest, Rest Letters 12 (2012) 1–9.[2] J. Bell, R. Payne, Pulses and pauses, Journal of Rest 3 (2013) 10–19.[3] A. Ko, B. Li, On sand, Journal of Sand 4 (2014) 2–7."
    assert [said(record, "title", "volume") for record in records(text)] == [{"title": ["Stones at rest"], "volume": ["12"]}, {"title": ["Pulses and pauses"], "volume": ["3"]}, {"title": ["On sand"], "volume": ["4"]}]


def test_wrapped_references_between_which_nothing_stands() -> None:
    text = (
        "References\nVera Rubin, Emmy Noether, and Jocelyn\nBell. 2018. Character-level mod-\nelling of large-\nscale rest. arXiv preprint\narXiv:1808.04444.\n"
        "Emmy Noether and Vera Ru-\nbin. 2009. Pauses. In\nProceedings of the 2009 confer-\nence on rest, pages 1–9.\n\n41\n\nOpenRest. 2023. A report on all engines. arXiv preprint\narXiv:2303.08774.\n"
    )
    assert [said(record, "title", "author") for record in records(text)] == [
        {"title": ["Character-level modelling of large-scale rest"], "author": ["Vera Rubin", "Emmy Noether", "Jocelyn Bell"]},
        {"title": ["Pauses"], "author": ["Emmy Noether", "Vera Rubin"]}, {"title": ["A report on all engines"], "author": ["OpenRest"]},
    ]  # fmt: skip


def test_lines_below_an_entry_belong_to_it() -> None:
    text = "Rubin, V. (2020). Quiet rooms for engines. Rest, 12\nhttps://doi.org/10.1000/a\nRubin, V. (2021). Loud rooms for engines\nDOI: 10.1000/b , preprint\nRubin, V., & Noether, E. (2022). Rooms. doi: 10.1000/c\n"
    assert [said(record, "identifier") for record in records(text)] == [{"identifier": [f"doi:10.1000/{letter}"]} for letter in "abc"]


def test_a_dash_stands_for_the_authors_above() -> None:
    text = "Rubin, Vera. 2011. “Quiet Rooms.” Rest Studies 52.\n———. 2015. “Loud Rooms.” Rest Studies 56: 15–36.\n———. 2016a. Rooms: A History. Oxford: Example University Press.\nBell, Jocelyn. 1998. “Pulses and Pauses.” Rest Studies 39: 1–9.\n"
    found = records(text)
    assert [said(record, "title", "author", "date") for record in found] == [
        {"title": [title], "author": [author], "date": [date]} for title, author, date in (("Quiet Rooms", "Rubin, Vera", "2011"), ("Loud Rooms", "Rubin, Vera", "2015"), ("Rooms: A History", "Rubin, Vera", "2016"), ("Pulses and Pauses", "Bell, Jocelyn", "1998"))
    ]  # fmt: skip
    above = found[2].first("author")
    assert above is not None
    assert (above.line, above.start, above.path) == (3, None, "line 1")


def test_titles_with_their_addresses() -> None:
    text = "Gears:\n\t1. Gears in rest: https://arxiv.org/pdf/1902.03040 (PRINTED)\n\t2. Quiet rooms for all: https://example.org/quiet.pdf\n\nSand:\n        1. On sand and sound: https://doi.org/10.1000/sand/pdf\n        10. Pulses of small engines: https://arxiv.org/abs/1902.03041\n"
    assert [said(record, "title", "arxiv_id", "identifier") for record in records(text)] == [
        {"title": ["Gears in rest"], "arxiv_id": ["1902.03040"], "identifier": []}, {"title": ["Quiet rooms for all"], "arxiv_id": [], "identifier": []},
        {"title": ["On sand and sound"], "arxiv_id": [], "identifier": ["doi:10.1000/sand"]}, {"title": ["Pulses of small engines"], "arxiv_id": ["1902.03041"], "identifier": []},
    ]  # fmt: skip


def test_venue_and_year_on_a_line_of_their_own() -> None:
    text = "1. Quiet rooms for all\nhttps://arxiv.org/abs/1902.03040\nQuietConf 2024 Spotlight\n\n2. A study of sand in engines\nRest Tools Appl 2022\n\n3. Whispering gears in large rooms\nhttps://arxiv.org/abs/1902.03041\nQuietConf 2019\n"
    assert [said(record, "title", "venue", "date") for record in records(text)] == [
        {"title": ["Quiet rooms for all"], "venue": ["QuietConf"], "date": ["2024"]}, {"title": ["A study of sand in engines"], "venue": ["Rest Tools Appl"], "date": ["2022"]},
        {"title": ["Whispering gears in large rooms"], "venue": ["QuietConf"], "date": ["2019"]},
    ]  # fmt: skip


def test_blank_lines_within_numbered_entries() -> None:
    text = "".join(f"{n}. Rubin V{n * 'A'}, et al. (202{n}). Effects of rest on gears of kind {n}.\n\nJournal: Rest Letters, 26:7{n}\nKey findings: they rest\n" for n in (1, 2, 3))
    assert [said(record, "title", "venue") for record in records(text)] == [{"title": [f"Effects of rest on gears of kind {n}"], "venue": ["Rest Letters"]} for n in (1, 2, 3)]


def test_publishers_are_no_venues() -> None:
    (first, _) = records("Rubin, Vera, and Emmy Noether. 2012. Quiet Rooms of Old. Springfield: Example University Press.\nBell, J., & Noether, E. (2011). Pauses of all kinds. Journal of Rest, 3, 1–9.\n")
    assert said(first, "venue", "publisher") == {"venue": [], "publisher": ["Springfield: Example University Press"]}


def test_marked_lines_and_quoted_titles_without_a_year() -> None:
    text = '[1] Vera Rubin, Emmy Noether, "Rest schemes for shallow engines"\n[2] Jocelyn Bell, Ruby Payne, "Balancing of engine terms and rooms"\n\nReferenced by [2]:\nNoether A., Ko B., "Efficient use of non-moving engines."\nLi DH, Rubin HW., "Rest solvers for two-sided rooms, and waves of\nsand."\n'
    assert [said(record, "title") for record in records(text)] == [
        {"title": [title]} for title in ("Rest schemes for shallow engines", "Balancing of engine terms and rooms", "Efficient use of non-moving engines", "Rest solvers for two-sided rooms, and waves of sand")
    ]  # fmt: skip


def test_notes_are_no_abstract() -> None:
    text = "Rubin & Noether 2013\n\n-large study of engines on data from three rooms. We evaluate our method on datasets and show that the model outperforms all baselines, as earlier work has it, in all of these rooms\n-engines in this study belong to the class of resting models: the state of an engine consists of counts\n"
    assert sniff(text, "x.txt") == 0.0


def test_papers_between_drawn_lines() -> None:
    sheet = "{title}\n{names}\nQuietConf 202{n} (Oral)\nAbstract: We introduce engines that rest, and show that they do.\nhttps://arxiv.org/abs/2305.0123{n}\n"
    text = "----\n".join(sheet.format(title=title, names=names, n=n) for n, (title, names) in enumerate((("Engines for Rain", "Ada Lovelace, Wei Wang"), ("What Moss Remembers", "Zoë Rubin, Bo Li"), ("Gravel Sorting at Scale", "Jocelyn Bell"))))
    assert [said(record, "title", "author", "venue", "arxiv_id", "cited_arxiv_id") for record in records(text)] == [
        {"title": [title], "author": names, "venue": ["QuietConf"], "arxiv_id": [f"https://arxiv.org/abs/2305.0123{n}"], "cited_arxiv_id": []}
        for n, (title, names) in enumerate((("Engines for Rain", ["Ada Lovelace", "Wei Wang"]), ("What Moss Remembers", ["Zoë Rubin", "Bo Li"]), ("Gravel Sorting at Scale", ["Jocelyn Bell"])))
    ]  # fmt: skip


def test_labelled_lines_within_numbered_entries() -> None:
    text = "".join(f"{n}. Engines of Kind {n} for Rain\n   Ada Lovelace, Wei Wang\n   Published: 2023-05-1{n}T17:00:00Z\n   URL: http://arxiv.org/abs/2305.0123{n}v1\n   Abstract: We introduce engines.\n\n" for n in (1, 2))
    assert [said(record, "date", "venue", "abstract") for record in records(text)] == [{"date": [f"2023-05-1{n}"], "venue": [], "abstract": ["We introduce engines."]} for n in (1, 2)]


def test_year_in_parentheses_between_title_and_names() -> None:
    text = "Engines for Rain (2023) - Ada Lovelace, Wei Wang\nWhat Moss Remembers (2022) - Zoë Rubin, Bo Li\nGravel Sorting at Scale (2021) - Jocelyn Bell\n"
    assert [said(record, "title", "date") for record in records(text)] == [{"title": ["Engines for Rain"], "date": ["2023"]}, {"title": ["What Moss Remembers"], "date": ["2022"]}, {"title": ["Gravel Sorting at Scale"], "date": ["2021"]}]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("Lovelace, A., Babbage, C., Boole, G., … De Morgan, A. (2019). On quiet engines. Minds.", {"author": ["Lovelace, A.", "Babbage, C.", "Boole, G.", "De Morgan, A."], "title": ["On quiet engines"]}),
        ("Noether, E. (1999). Rings: A handbook (2nd ed.). Springer.", {"title": ["Rings: A handbook"], "publisher": ["Springer"]}),
        ("Noether, E. (1999) Rings: a handbook. 2nd edn. Berlin: Springer.", {"title": ["Rings: a handbook"], "publisher": ["Berlin: Springer"]}),
        ("Noether, Emmy. 1999. Rings: A Handbook (2nd. ed.). Springer, Berlin.", {"title": ["Rings: A Handbook"], "publisher": ["Springer, Berlin"]}),
        ("Noether, E. (2020). Rings and rest [Doctoral dissertation, University of X]. ProQuest Dissertations.", {"title": ["Rings and rest"], "venue": ["ProQuest Dissertations"]}),
        ("Emmy Noether. Rings: A Handbook, volume 3 of Lecture Notes in Rest. Springer, 1999.", {"title": ["Rings: A Handbook"], "volume": ["3"], "venue": ["Lecture Notes in Rest"]}),
        ("Ada Lovelace and Alan Turing. 2023. On Engines. Annals of Minds 12, 3, Article 45 (March 2023), 16 pages.", {"venue": ["Annals of Minds"], "volume": ["12"], "issue": ["3"], "pages": ["45"]}),
        ("Lovelace A, Turing A; Engine Group. On engines. Ann Minds. 2018;3 Suppl 1:S5-9.", {"volume": ["3"], "pages": ["S5-9"]}),
        ("Lovelace, A., Turing, A. & Boole, G. On engines: a tour. in Proc. 3rd Conference on Minds (eds. Noether, E. & Hopper, G.) 1–9 (Springer, 2022).", {"venue": ["Proc. 3rd Conference on Minds"], "pages": ["1–9"], "date": ["2022"]}),
        ("Lovelace, A.; Turing, A. (2022) “Máquinas y márgenes”. En: Actas del Congreso de Mentes, Madrid, pp. 1-9.", {"venue": ["Actas del Congreso de Mentes, Madrid"], "pages": ["1-9"]}),
        ("Alan M. Turing. On quiet engines. CoRR, abs/1801.00001, 2018.", {"venue": ["CoRR"], "arxiv_id": ["1801.00001"]}),
        ("Ada Lovelace and Alan Turing. 2018. On Engines. arXiv:1801.00001 [cs.RO] https://arxiv.org/abs/1801.00001", {"venue": [], "arxiv_id": ["1801.00001"]}),
        ("Wei Wang. Gears. PhD thesis, University of X, 2017.", {"author": ["Wei Wang"], "title": ["Gears"], "venue": ["PhD thesis, University of X"]}),
    ],
)
def test_books_theses_and_cut_lists_of_names(entry: str, expected: dict[str, list[str]]) -> None:
    first, *_ = records(f"{entry}\nJ. Bell, A. Ko. Other engines. Minds, 2001.\nB. Li, E. Noether. More engines. Minds, 2002.\n")
    assert said(first, *expected) == expected


def test_hanging_lines_are_read_as_one() -> None:
    flat = "Turing, A. et al. What engines know of wind. Mind Rev. 3, e1005 (2018).\nLovelace, A. & Babbage, C. Quiet engines for large gardens. Nat. Minds 12, 45–60 (2023).\n"
    hanging = flat.replace(" 3, e1005", " 3,\n      e1005").replace("for large", "for\n      large")
    parts = "title", "author", "venue", "volume", "pages", "date"
    assert [{name: [" ".join(text.split()) for text in texts] for name, texts in said(record, *parts).items()} for record in records(hanging)] == [said(record, *parts) for record in records(flat)]


def test_one_author_with_the_surname_first_begins_an_entry() -> None:
    text = "Works Cited\n\nLovelace, Ada, and Charles Babbage. “Quiet Engines\nfor Large Gardens.” Minds, vol. 12, 2023, pp. 45–60.\nNoether, Emmy. Rings: A Handbook of\nRings. Springer, 1999.\nTuring, Alan M. “What Engines Know of\nWind.” Mind Review, vol. 3, 2018, pp. 5–9.\n"
    assert [said(record, "author") for record in records(text)] == [{"author": ["Lovelace, Ada", "Charles Babbage"]}, {"author": ["Noether, Emmy"]}, {"author": ["Turing, Alan M."]}]


def test_titles_above_single_names() -> None:
    text = "Accepted papers\n\nQuiet engines for large gardens\nAda Lovelace (University X); Charles Babbage (College Y)\n\nWhat engines know of wind\nWei Wang (Rest Inc)\n\nGears\nAlan Turing, Emmy Noether\n"
    assert [said(record, "title", "author", "venue") for record in records(text)] == [
        {"title": ["Quiet engines for large gardens"], "author": ["Ada Lovelace", "Charles Babbage"], "venue": []}, {"title": ["What engines know of wind"], "author": ["Wei Wang"], "venue": []}, {"title": ["Gears"], "author": ["Alan Turing", "Emmy Noether"], "venue": []},
    ]  # fmt: skip


def test_numbered_publications_end_before_the_talks() -> None:
    text = 'ADA LOVELACE\nada@example.org\n\nEDUCATION\nPhD in Engines, University X\nBSc in Mathematics, College Y, with a thesis on the engines of others and their use\n\nPUBLICATIONS\n\nArticles\n1. Lovelace, A., Babbage, C. (2023). Quiet engines. Minds, 12(3), 45-60.\n2. Wang, W., Lovelace, A. (2018). What engines know. Minds, 3, 5-9.\n\nPreprints\n3. Lovelace, A., Noether, E. (2024). Learning to rest. arXiv:2401.00001.\n\nTALKS\n2023  "Loud engines", University of Rest\n2022  "Engines and I", College Y\n'
    assert [said(record, "title", "other") for record in records(text)] == [{"title": [title], "other": []} for title in ("Quiet engines", "What engines know", "Learning to rest")]


def test_year_above_papers_is_theirs() -> None:
    text = "Publications\n\n2023\nLovelace A, Babbage C. Quiet engines. Minds, 12(3):45-60.\nHopper G, Lovelace A. Sand: a benchmark. Rest, 1-9.\n\n2018\nWang W, Lovelace A. What engines know. Minds, 3:5-9.\n"
    assert [said(record, "date") for record in records(text)] == [{"date": ["2023"]}, {"date": ["2023"]}, {"date": ["2018"]}]
    assert not any(isinstance(row, Problem) and ("2018" in row.what or "2023" in row.what) for row in rows(text))


@pytest.mark.parametrize("form", ["{} - {} - {}.pdf", "{} {} - {}", "{} ({}) – {}", "{} ({}) {}"])
def test_names_of_files(form: str) -> None:
    text = "".join(form.format(*parts) + "\n" for parts in (("Lovelace and Babbage", 2023, "Quiet engines for gardens"), ("Hopper et al.", 2022, "Sand a benchmark"), ("van Wang", 2018, "What engines know")))
    assert [said(record, "author", "et_al", "title", "date") for record in records(text)] == [
        {"author": ["Lovelace", "Babbage"], "et_al": [], "title": ["Quiet engines for gardens"], "date": ["2023"]}, {"author": ["Hopper"], "et_al": ["et al."], "title": ["Sand a benchmark"], "date": ["2022"]},
        {"author": ["van Wang"], "et_al": [], "title": ["What engines know"], "date": ["2018"]},
    ]  # fmt: skip


def test_what_leads_to_an_address_is_no_part_of_a_title() -> None:
    text = "On quiet engines - https://arxiv.org/abs/2205.00077\nWhat engines know (https://doi.org/10.5555/5)\nSand in all engines https://arxiv.org/abs/2205.00078\n"
    assert [said(record, "title") for record in records(text)] == [{"title": ["On quiet engines"]}, {"title": ["What engines know"]}, {"title": ["Sand in all engines"]}]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("van der Berg A, O'Neill JT, de Souza M Jr: Quiet rooms at night. J Rest 2023, 12:45-60.", {"author": ["van der Berg A", "O'Neill JT", "de Souza M Jr"], "title": ["Quiet rooms at night"], "venue": ["J Rest"], "volume": ["12"], "pages": ["45-60"]}),
        ("Rubin V, Noether E, the REST Study Group: Beds for tired engines. Nap Med 2021, 22(Suppl 3):S4.", {"author": ["Rubin V", "Noether E", "REST Study Group"], "title": ["Beds for tired engines"], "volume": ["22"], "pages": ["S4"]}),
        ("Rubin V, Bell J: Does moss sleep? J Rest 2001, 1:12.", {"author": ["Rubin V", "Bell J"], "title": ["Does moss sleep?"], "venue": ["J Rest"], "volume": ["1"], "pages": ["12"], "date": ["2001"]}),
        ("Li B, Ko A, et al: Rest in pairs. In Proceedings of the 3rd Conference on Rest: 3-5 May 2021; Polis. Green Press; 2021:1-9.", {"author": ["Li B", "Ko A"], "et_al": ["et al"], "title": ["Rest in pairs"], "pages": ["1-9"]}),
        ("Bell J, Zhang X-Y: Doors that close. J Rest 1999, 7(Pt 2):123-130.", {"author": ["Bell J", "Zhang X-Y"], "volume": ["7"], "pages": ["123-130"]}),
    ],
)  # fmt: skip
def test_names_in_the_style_of_vancouver_before_a_colon(entry: str, expected: dict[str, list[str]]) -> None:
    first, second = records(f"1. {entry}\n2. Moss K, Ko A: What pauses say to us. Nap Med 2020, 3:12-18.\n")
    assert {name: [field.text for field in first.all(name)] for name in expected} == expected
    assert [field.text for field in second.all("title")] == ["What pauses say to us"]


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("Commun. Rest 66, 5 (May 2023), 45–60.", {"venue": ["Commun. Rest"], "volume": ["66"], "issue": ["5"], "pages": ["45–60"]}),
        ("Journal of Rest 12, 3 (2023), 45–60.", {"venue": ["Journal of Rest"], "volume": ["12"], "issue": ["3"], "pages": ["45–60"]}),
        ("Journal of Rest 7 (May 2023), 4–23.", {"volume": ["7"], "issue": [], "pages": ["4–23"]}),
        ("Proc. ACM Rest 4, OOPSLA, Article 150 (November 2023), 28 pages.", {"volume": ["4"], "issue": ["OOPSLA"], "pages": ["150"]}),
        ("Phys. Rest 12, 345 (2023).", {"volume": ["12"], "issue": [], "pages": ["345"]}),
    ],
)
@pytest.mark.parametrize("above", ["", "ACM Reference Format:\n", "ACM Reference format\n", "How to cite this article: "])
def test_format_in_which_acm_asks_to_be_cited(above: str, behind: str, expected: dict[str, list[str]]) -> None:
    (record,) = records(f"{above}Vera Rubin, Emmy Noether, and Ann Ko. 2023. Quiet Rooms at Night. {behind} https://doi.org/10.1145/1.2\n")
    assert [field.text for field in record.all("title")] == ["Quiet Rooms at Night"]
    assert [field.text for field in record.all("author")] == ["Vera Rubin", "Emmy Noether", "Ann Ko"]
    assert {name: [field.text for field in record.all(name)] for name in expected} == expected


@pytest.mark.parametrize(
    ("entry", "authors", "title"),
    [
        ("Rubin, V., & Ko, A. B.* (2015). Quiet Rooms at Night. Journal of Rest, 12(3), 4-9.", ["Rubin, V.", "Ko, A. B."], "Quiet Rooms at Night"),
        ("Rubin, V., Bell, J. Ko, A., Noether, E., et al. (2019). Quiet Rooms at Night. Journal of Rest, 12(3), 4-9.", ["Rubin, V.", "Bell, J.", "Ko, A.", "Noether, E."], "Quiet Rooms at Night"),
        ("Vera Rubin, Ann Ko, Emmy.A.Noether. 2020. Quiet Rooms at Night. In Journal of Rest.", ["Vera Rubin", "Ann Ko", "Emmy.A.Noether"], "Quiet Rooms at Night"),
        ("V.Rubin, A.B.Ko. Quiet Rooms at Night. Journal of Rest, 2020.", ["V.Rubin", "A.B.Ko"], "Quiet Rooms at Night"),
        ("Vera Rubin, Ann Ko, ..., Emmy Noether, Jocelyn Bell,... Quiet rooms of the night: a pilot study. Journal of Rest 95 (3), 206-213. 2024", ["Vera Rubin", "Ann Ko", "Emmy Noether", "Jocelyn Bell"], "Quiet rooms of the night: a pilot study"),
        ("Rubin, V. et al. (REST Collaboration). Quiet Rooms at Night. Journal of Rest 716 (2012) 1-29.", ["Rubin, V.", "REST Collaboration"], "Quiet Rooms at Night"),
        ("Rubin, V. C.. 1990. Pauses of Small Engines. I. Long effects on sleepers. Journal of Rest 104: 67-77.", ["Rubin, V. C."], "Pauses of Small Engines. I. Long effects on sleepers"),
        ("Rubin, V.C. (1979) Pauses of small engines. II. How they end. Journal of Rest, 57, 2695-2703.", ["Rubin, V.C."], "Pauses of small engines. II. How they end"),
        ("Vera Rubin & Ann Ko (1944).「Quiet Rooms at Night」. Journal of Rest, 36(1), 48-49.", ["Vera Rubin", "Ann Ko"], "Quiet Rooms at Night"),
        ("王伟. 《静》的研究. 哲学学报, 2012, 3: 1-9.", ["王伟"], "《静》的研究"),
    ],
)  # fmt: skip
def test_names_and_titles_as_lists_really_print_them(entry: str, authors: list[str], title: str) -> None:
    found = cite(entry, 0, len(entry))
    assert found.people is not None
    assert found.title is not None
    assert [entry[slice(*name)] for name in found.people.names] == authors
    assert entry[slice(*found.title)] == title


@pytest.mark.parametrize("title", ["Algebra, Topology, Differential Calculus, and Optimization Theory for Quiet Rooms", "Moss Gardens, Quiet Rooms, Tired Engines, and Slow Clocks of the Night"])
def test_title_that_lists_things_has_no_authors_in_it(title: str) -> None:
    assert people(title) is None


def test_half_of_a_doi_at_a_line_end_is_none() -> None:
    text = "Rubin, V., & Ko, A. (1960). Quiet rooms at night. Journal of Rest, 13(4), 15-18. https://doi.org/10.1000/rest-\nnight.1\nBell, J., & Li, B. (1961). Tired engines. Journal of Rest, 14(1), 1-2. https://doi.org/10.1000/rest-2\n"
    assert [said(record, "identifier")["identifier"] for record in records(text)] == [[], ["doi:10.1000/rest-2"]]


def test_day_on_which_somebody_looked_is_no_date_and_no_venue() -> None:
    text = 'V. Rubin, "Quiet Rooms at Night," June 2018. Accessed on: Dec. 12, 2021.'
    found = cite(text, 0, len(text))
    assert (found.date and found.date[1], found.venue) == ("2018-06", None)


def test_headings_of_a_curriculum_vitae_and_imprints_are_no_names() -> None:
    found = records('BOOKS\nVera Rubin and Ann Ko. Quiet Rooms at Night. Rest Press, 2017.\n\nARTICLES AND CHAPTERS\nVera Rubin and Bo Li. "What Pauses Say to Us." Journal of Rest 24, no. 3 (2015): 372-388.\n')
    assert [said(record, "title", "author") for record in found] == [{"title": ["Quiet Rooms at Night"], "author": ["Vera Rubin", "Ann Ko"]}, {"title": ["What Pauses Say to Us"], "author": ["Vera Rubin", "Bo Li"]}]
    book = "Quiet Rooms at Night: A History (Cambridge, MA: Rest University Press, 2017)."
    assert cite(book, 0, len(book)).people is None


FULL = """Annals of Houses, vol. 3, 2021
arXiv:2105.01234v2 [cs.HC] 5 May 2021
Counting Doors
with Two Cats
Vera Holm1, Otto Brandt2
1 University of Northfield
2 Institute of Baking Science
6 May 2021

Abstract
Nobody has counted doors. We let two cats do
it, and find many.

1 Introduction

""" + "Doors have been counted before, though never by cats and never in houses that have more doors than rooms.\n" * 5 + """
References

{}
A Proofs

Tessa Marlow and Oren Quint. Fast hinges: A study of windows. Journal of Domestic Mechanics, 13(1):1-9, 2015.
"""
NUMBERED = """[1] T. Marlow and O. Quint, “Slow hinges: A study of doors,” J. Domest. Mech., vol. 12, pp. 101–119, 2014.
[2] L. Abernathy and R. Tanaka, “Learning to fold pa-
per without creases,” in Proc. Paper Machines, 2019. doi: 10.5555/pm.
2019.221.
[3] The door that nobody opens, in a house by the sea.
"""
HANGING = """Lior Abernathy and Rei Tanaka.
    2019. Learning to fold pa-
    per without creases. In Paper Machines. https://doi.org/
    10.5555/pm.2019.221
Tessa Marlow and Oren Quint. 2014. Slow hinges: A study of doors.
    Journal of Domestic Mechanics, 12(3):101-119.
"""
LABELLED = """[Abernathy and
Tanaka, 2019] Abernathy, L. and Tanaka, R. Learning to fold paper without creases. Paper Machines. doi:10.5555/pm.2019.221
[Marlow et al., 2014] Marlow, T., Quint, O., and Noon, A. Slow hinges: A study of doors. Journal of Domestic Mechanics, 12(3).
"""


@pytest.mark.parametrize("listed", [NUMBERED, HANGING, LABELLED], ids=["numbered", "hanging", "labelled"])
def test_a_paper_in_full_is_one_paper_that_cites_others(listed: str) -> None:
    text = FULL.format(listed)
    (record,) = records(text)
    found = {(field.text, field.value) for field in record.all("reference")}
    assert found == {("Slow hinges: A study of doors", None), ("Learning to fold paper without creases", "doi:10.5555/pm.2019.221")}
    assert all(text[field.start : field.end] == field.text for field in record.fields if field.start is not None)


def test_the_first_lines_of_a_paper_in_full() -> None:
    text = FULL.format(NUMBERED)
    (record,) = records(text)
    assert (record.start, record.end) == (0, len(text) - 1)
    said = [(field.name, field.text, field.of) for field in record.fields if field.name != "reference"]
    assert said == [
        ("arxiv_id", "2105.01234v2", None), ("category", "cs.HC", None), ("date", "5 May 2021", None), ("title", "Counting Doors\nwith Two Cats", None),
        ("author", "Vera Holm", None), ("author", "Otto Brandt", None), ("affiliation", "University of Northfield", 0), ("affiliation", "Institute of Baking Science", 1),
        ("date", "6 May 2021", None), ("abstract_label", "Abstract", None), ("abstract", "Nobody has counted doors. We let two cats do\nit, and find many.", None),
        ("other", "The door that nobody opens, in a house by the sea.", None),
    ]  # fmt: skip


def test_a_paper_in_full_without_references_cites_nothing() -> None:
    (record,) = records(FULL.format("Ask us for our references, we send all of them.\n"))
    assert (record.first("title") is not None, list(record.all("reference"))) == (True, [])


@pytest.mark.parametrize(
    ("printed", "doi"),
    [
        ("https://doi.org/\n10.5555/pm.2019.221", "doi:10.5555/pm.2019.221"),
        ("https:\n//doi.org/10.5555/pm.2019.221", "doi:10.5555/pm.2019.221"),
        ("doi: 10.5555/CVPR.2016.\n90", "doi:10.5555/cvpr.2016.90"),
        ("doi: 10.5555/pm.31.\n4", "doi:10.5555/pm.31"),  # the number of a page
        ("doi: 10.5555/pm.31.\nAccessed 2020.", "doi:10.5555/pm.31"),
        ("doi: 10.5555/pm.31.\n2020.", "doi:10.5555/pm.31"),
        ("doi: 10.5555/pm-\n31", None),  # a hyphen may be its own
    ],
)
def test_an_address_that_a_line_end_breaks(printed: str, doi: str | None) -> None:
    (record,) = records(f"[1] A. Lovelace and A. Turing. Thinking machines at rest. Mind, 1950. {printed}\n")
    assert [field.value for field in record.all("identifier")] == ([doi] if doi else [])


def test_names_on_a_line_of_their_own_go_on_with_their_year() -> None:
    text = "Ada Lovelace, Alan Turing, and Grace Hopper.\n1950. On engines at rest. Minds 1, 1–9.\nEmmy Noether and Vera Rubin. 1951. On quiet rings. Minds 2, 3–4.\n"
    assert [[field.text for field in record.all("title")] for record in records(text)] == [["On engines at rest"], ["On quiet rings"]]


@pytest.mark.parametrize(
    ("entry", "title", "venue"),
    [
        ("A. Lovelace and C. Babbage. 2021. Talking Engines. Proc. ACM Hum.-Comput. Interact. 5, 1 (2021), 1-20.", "Talking Engines", "Proc. ACM Hum.-Comput. Interact"),
        ("Ada Lovelace and Charles Babbage. “Please rest”: Engines at night. Minds, 2020.", "“Please rest”: Engines at night", "Minds"),
        ("A. Lovelace, C. Babbage, Engines at night, Master's thesis, University of Rest (2020).", "Engines at night", "Master's thesis, University of Rest"),
    ],
)
def test_titles_and_venues_with_their_own_punctuation(entry: str, title: str, venue: str) -> None:
    (record,) = records(f"{entry}\n")
    assert [field.text for name in ("title", "venue") for field in record.all(name)] == [title, venue]


def test_lines_of_names_that_never_end_are_read_in_linear_time() -> None:
    assert_linear(by_start, lambda size: "A. Lovelace and B. Babbage, C. Turing,\n" * (size // 40), 16_000)


def test_journal_of_cut_words_behind_names_is_no_person() -> None:
    text = "6. Two-step ways to naps on beds,\nA. Lovelace, B. Babbage, and N. Hopper,\nJ. Chem. Theory and Comput. 9, 588, (2012)\n\n7. Improving upon naps of engines,\nH. Turing-Miller, A. Lovelace, and N. Hopper,\nJ. Chem. Theory and Comput. 8, 777–786, (2012).\n"
    assert [[field.text for field in record.all("author")] for record in records(text)] == [["A. Lovelace", "B. Babbage", "N. Hopper"], ["H. Turing-Miller", "A. Lovelace", "N. Hopper"]]


def test_names_in_their_own_script_behind_names() -> None:
    text = "M. Popović, W. Ji (吉文成), A. Rosso, K. Ito (伊藤清). On engines at rest. Minds, 2019."
    found = people(text)
    assert found is not None
    assert [text[slice(*name)] for name in found.names] == ["M. Popović", "W. Ji", "A. Rosso", "K. Ito"]


def test_accepted_papers_as_lines_of_names_and_title() -> None:
    text = """Accepted papers (5)

Ada Lovelace, Vera Rubin and Joris van der Veen. Streaming Naps over Skewed Beds
Li Zhang. Tiny Rooms for Tiny Engines
Emmy Noether, Ann Ko and Takeshi Ono. On the Cost of Resting: Deletion in Learned Beds
Jocelyn Bell and John O'Neill. What Engines Want from Naps
"""
    assert [said(record, "title", "author") for record in records(text)] == [
        {"title": ["Streaming Naps over Skewed Beds"], "author": ["Ada Lovelace", "Vera Rubin", "Joris van der Veen"]},
        {"title": ["Tiny Rooms for Tiny Engines"], "author": ["Li Zhang"]},
        {"title": ["On the Cost of Resting: Deletion in Learned Beds"], "author": ["Emmy Noether", "Ann Ko", "Takeshi Ono"]},
        {"title": ["What Engines Want from Naps"], "author": ["Jocelyn Bell", "John O'Neill"]},
    ]


def test_lines_that_begin_with_a_name_are_no_papers_for_that() -> None:
    text = "Ada Lovelace. Thank you for the soup\nVera Rubin. See you on Monday at the river\nEmmy Noether. The keys are under the stone\nAnn Ko. Please call me back\n"
    assert sniff(text, "x.txt") == 0.0


def test_pages_between_names_and_address_are_no_title() -> None:
    text = """From: alerts@journals.example.org
Subject: Journal of Rest: new issue alert

Research Articles

Engines that rest at night
Ada Lovelace, Vera Rubin, and Joris van der Veen
Pages 201-219
https://doi.org/10.5555/jr.2021.0143

A benchmark for drifting naps
Li Zhang and Emmy Noether
Pages 220-241
https://doi.org/10.5555/jr.2021.0144

Book Review

Beds and their enemies
Ann Ko
Pages 242-244
https://doi.org/10.5555/jr.2021.0145
"""
    assert [said(record, "title", "author", "identifier") for record in records(text)] == [
        {"title": ["Engines that rest at night"], "author": ["Ada Lovelace", "Vera Rubin", "Joris van der Veen"], "identifier": ["doi:10.5555/jr.2021.0143"]},
        {"title": ["A benchmark for drifting naps"], "author": ["Li Zhang", "Emmy Noether"], "identifier": ["doi:10.5555/jr.2021.0144"]},
        {"title": ["Beds and their enemies"], "author": ["Ann Ko"], "identifier": ["doi:10.5555/jr.2021.0145"]},
    ]


def test_title_of_commas_above_an_address_is_whole() -> None:
    text = "1. Rest, Sleep, Dream: Self-Guiding Engines for Quiet Beds\nhttps://arxiv.org/abs/2307.00094\nRESTCONF 2023\n\n2. Gears that Whisper at Night\nhttps://arxiv.org/abs/2307.00095\nRESTCONF 2022\n"
    assert [said(record, "title", "venue", "date") for record in records(text)] == [
        {"title": ["Rest, Sleep, Dream: Self-Guiding Engines for Quiet Beds"], "venue": ["RESTCONF"], "date": ["2023"]}, {"title": ["Gears that Whisper at Night"], "venue": ["RESTCONF"], "date": ["2022"]},
    ]  # fmt: skip


def test_a_licence_in_capitals_names_nobody() -> None:
    text = (
        'The software is provided as it is, without warranty of any kind.\n\nTHE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND,\n'
        "EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES\nOF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND\n"
        "NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT\nHOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY,\n"
        "WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING\nFROM THE SOFTWARE.\n"
    )
    assert records(text) == []
