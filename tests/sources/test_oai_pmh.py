"""Records of OAI-PMH: arXiv's formats, Dublin Core of any repository, and what is no paper."""

import json
import tracemalloc
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources import HEAD, decode
from kg.sources._arxiv import Author, people
from kg.sources.oai_pmh import read, sniff

DATA = Path(__file__).parents[1] / "data" / "sources" / "oai_pmh"
SAMPLES = sorted(DATA.glob("*.xml"))
SHARED = Path(__file__).parents[2].parent / "shared" / "hostile"
MANIFEST = SHARED / "manifest.json"
HOSTILE: list[dict[str, Any]] = (
    [item for item in json.loads(MANIFEST.read_text())["items"] if item["file"].startswith("oai/")]
    if MANIFEST.exists()
    else []
)
SPACES = (
    'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
Facts = list[tuple[str, str, str | None, int | None]]


def document(text: str | bytes, name: str = "x.xml") -> Document:
    found = decode(text.encode() if isinstance(text, str) else text, name)
    assert isinstance(found, Document)
    return found


def sample(name: str) -> Document:
    return document((DATA / name).read_bytes(), name)


def papers(shown: Document) -> list[Record]:
    return [row for row in read(shown) if isinstance(row, Record)]


def problems(shown: Document) -> list[tuple[int, str, str]]:
    return [(row.line, row.severity, row.what) for row in read(shown) if isinstance(row, Problem)]


def facts(record: Record, *names: str) -> Facts:
    return [(f.name, f.text, f.value, f.of) for f in record.fields if not names or f.name in names]


def record(metadata: str, number: str = "oai:x.org:1", stamp: str = "2022-05-12") -> str:
    header = f"<header><identifier>{number}</identifier><datestamp>{stamp}</datestamp></header>"
    return f"<record>{header}<metadata>{metadata}</metadata></record>\n"


def dc(inner: str, title: str = "A Title") -> str:
    return f"<oai_dc:dc {SPACES}><dc:title>{title}</dc:title>{inner}</oai_dc:dc>"


def answer(*records: str) -> str:
    inside = "".join(records)
    return f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>\n{inside}</ListRecords></OAI-PMH>'


def raw(inner: str, number: str = "2402.00017") -> str:
    return f'<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>{number}</id><title>A Title</title>{inner}</arXivRaw>'


def test_arxiv_format() -> None:
    first, _ = papers(sample("arxiv.xml"))
    assert facts(first) == [
        ("arxiv_id", "2402.00017", None, None),
        ("other", "2024-02-20", None, None),
        ("author", "Ada M. van der Kettle", None, None),
        ("affiliation", "Institute of Steam, Delft", None, 0),
        ("other", "1", None, None),
        ("author", "C.-P. Yuan Jr", None, None),
        ("author", "E. Schrödinger", None, None),
        ("author", "The KETTLE Collaboration", "group", None),
        ("author", "Sukarno", None, None),
        ("title", "Boiling Kettles Faster & Better:\n   A Study of $\\beta$-Lids", None, None),
        ("category", "cs.CV", None, None),
        ("category", "cs.LG", None, None),
        ("category", "cond-mat.mes-hall", None, None),
        ("comment", "Accepted to CVPR 2024", None, None),
        ("other", "steamproxy", None, None),
        ("other", "STEAM-24-1", None, None),
        ("other", "68T45", None, None),
        ("other", "I.2.6", None, None),
        ("venue", "J. Invented Steam 12 (2024) 34-56", None, None),
        ("identifier", "10.5555/steam.2024.0017", "doi:10.5555/steam.2024.0017", None),
        ("other", "http://creativecommons.org/licenses/by/4.0/", None, None),
        ("abstract", first.fields[21].text, None, None),
        ("date", "2024-02-01", "2024-02-01", None),
        ("other", "oai:arXiv.org:2402.00017", None, None),
        ("other", "2024-02-21", None, None),
        ("other", "cs:cs:CV", None, None),
        ("other", "physics:cond-mat", None, None),
    ]
    assert first.fields[21].text.endswith("whose lids are chosen by a small network.\nWith n < 20 kettles the Gâteaux lid wins.")


def test_orcid_ids_of_arxiv() -> None:
    form = '<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2402.00017</id><title>T</title><authors>{}</authors></arXiv>'
    authors = "<author><keyname>Pot</keyname><ORCID>https://orcid.org/0000-0002-1825-0097</ORCID></author><author><keyname>Lid</keyname><ORCID>0000-0002-1825-0098</ORCID></author>"
    shown = document(answer(record(form.format(authors))))
    (paper,) = papers(shown)
    assert facts(paper, "author_id") == [("author_id", "https://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097", 0)]
    assert [what for _, _, what in problems(shown)] == ["no ORCID iD: '0000-0002-1825-0098'"]


def test_places_in_the_file() -> None:
    first, second = papers(sample("arxiv.xml"))
    assert [(each.ordinal, each.line) for each in (first, second)] == [(0, 8), (1, 37)]
    places = {(field.name, field.position): (field.path, field.line) for field in first.fields}
    base = "/OAI-PMH/ListRecords[1]/record[1]"
    assert places["title", 0] == (f"{base}/metadata/arXiv/title", 25)
    assert places["author", 1] == (f"{base}/metadata/arXiv/authors/author[2]", 20)
    assert places["affiliation", 0] == (f"{base}/metadata/arXiv/authors/author[1]/affiliation[1]", 19)
    assert second.fields[-1].path == "/OAI-PMH/ListRecords[1]/record[3]/header/setSpec"


def test_deleted_records_are_told_and_are_no_papers() -> None:
    shown = sample("arxiv.xml")
    assert problems(shown)[0] == (31, "warning", "record 'oai:arXiv.org:2402.00099' is deleted in its repository")
    assert len(papers(shown)) == 2


def test_created_is_not_always_the_first_submission() -> None:
    _, late = papers(sample("arxiv.xml"))
    assert not late.first("date")
    assert ("other", "2024-02-20", None, None) in facts(late)
    told = [what for _, _, what in problems(sample("arxiv.xml")) if "created" in what]
    assert told == ["`created` is 2024-02-20, the date of a later version than the first: no date is taken from such records"]


@pytest.mark.parametrize(
    ("number", "created", "dated"),
    [
        ("2402.00017", "2024-02-29", True),
        ("2402.00017", "2024-01-31", True),
        ("2402.00017", "2024-03-01", False),
        ("hep-th/9901001", "1999-01-30", True),
        ("hep-th/9901001", "2001-01-30", False),
        ("math/0309999", "2003-09-30", True),
    ],
)
def test_dates_of_creation(number: str, created: str, dated: bool) -> None:
    inner = f"<id>{number}</id><created>{created}</created><title>A</title>"
    twice = answer(*[record(f'<arXiv xmlns="http://arxiv.org/OAI/arXiv/">{inner}</arXiv>')] * 2)
    assert [bool(each.first("date")) for each in papers(document(twice))] == [dated, dated]
    assert len(problems(document(twice))) == (not dated), "told once a file"


def test_answers_in_one_file() -> None:
    shown = sample("arxivraw_concatenated.xml")
    first, second = papers(shown)
    assert [each.fields[0].path for each in (first, second)] == [
        "/harvest/OAI-PMH[1]/ListRecords[1]/record[1]/metadata/arXivRaw/id",
        "/harvest/OAI-PMH[2]/ListRecords[1]/record[1]/metadata/arXivOld/id",
    ]
    assert problems(shown) == [
        (37, "error", "record 'oai:arXiv.org:2402.00020' is in a metadata format that is not read: {http://example.org/marc}marc"),
        (43, "error", "the repository answered with an error: badResumptionToken (the token has expired)"),
    ]  # fmt: skip


def test_raw_format() -> None:
    first, second = papers(sample("arxivraw_concatenated.xml"))
    assert facts(first, "title", "author", "affiliation", "et_al", "date", "version", "identifier", "venue", "abstract") == [
        ("title", "On the Lid Conjecture of Poincaré", None, None),
        ("et_al", "et al.", None, None),
        ("author", "ATLAS Collaboration", "group", None),
        ("author", "Zoë Corde", None, None),
        ("affiliation", "Teapot Labs, Delft", None, 1),
        ("author", "Bo Li Jr.", None, None),
        ("affiliation", "Teapot Labs, Delft", None, 2),
        ("affiliation", "Université de Steam", None, 2),
        ("author", "A. van der Kettle", None, None),
        ("affiliation", "Teapot Labs, Delft", None, 3),
        ("affiliation", "Université de Steam", None, 3),
        ("venue", "Ann. Inst. Poincaré 3 (2008) 1-15", None, None),
        ("identifier", "10.5555/aihp.1", "doi:10.5555/aihp.1", None),
        ("identifier", "10.5555/aihp.2", "doi:10.5555/aihp.2", None),
        ("abstract", "We prove half of the conjecture.", None, None),
        ("date", "Wed, 25 Jun 2008 15:29:38 GMT", "2008-06-25", None),
        ("version", "v2", None, None),
    ]
    others = [field.text for field in first.all("other")]
    assert others[0] == "Zoe Corde"
    assert [text for text in others if "2014" in text] == ["Fri, 12 Dec 2014 13:15:28 GMT", "2014-12-15"]
    assert facts(second, "arxiv_id", "author", "category") == [
        ("arxiv_id", "math/0309999", None, None),
        ("author", "Zoë Corde", None, None),
        ("category", "math.GT", None, None),
    ]


def test_dublin_core_of_arxiv() -> None:
    first, _ = papers(sample("dublin_core.xml"))
    assert facts(first) == [
        ("title", "Boiling Kettles with a<b and c>d", None, None),
        ("author", "Ada M. van der Kettle", None, None),
        ("author", "C.-P. Yuan Jr", None, None),
        ("author", "The KETTLE Collaboration", "group", None),
        ("category", "Computer Science - Computer Vision and Pattern Recognition", None, None),
        ("category", "Mathematical Physics", None, None),
        ("other", "68T45", None, None),
        ("type", "text", None, None),
        ("abstract", "We boil water in kettles whose lids are chosen by a small network.", None, None),
        ("comment", "Accepted to CVPR 2024", None, None),
        ("date", "2024-02-01", "2024-02-01", None),
        ("other", "2024-02-20", None, None),
        ("arxiv_id", "http://arxiv.org/abs/2402.00017", "2402.00017", None),
        ("venue", "J. Invented Steam 12 (2024) 34-56", None, None),
        ("identifier", "doi:10.5555/steam.2024.0017", "doi:10.5555/steam.2024.0017", None),
        ("other", "oai:arXiv.org:2402.00017", None, None),
        ("other", "2024-02-21", None, None),
        ("other", "cs", None, None),
    ]


def test_dublin_core_of_other_repositories() -> None:
    shown = sample("dublin_core.xml")
    _, second = papers(shown)
    assert facts(second) == [
        ("title", "Tea sinensis in H2O: a thesis", None, None),
        ("other", "Le thé dans l'eau", None, None),
        ("author", "Jeanne Théière", None, None),
        ("author_id", "0000-0002-1825-0097", "orcid:0000-0002-1825-0097", 0),
        ("author", "Martin Luther King Jr.", None, None),
        ("other", "1929-1968", None, None),
        ("author", "Bo Li", None, None),
        ("other", "https://orcid.org/0000-0002-1825-0098", None, None),
        ("author", "Department of Physics, University of Steam", "group", None),
        ("other", "Advisor, Ann", None, None),
        ("keyword", "tea", None, None),
        ("keyword", "water", None, None),
        ("keyword", "Chemistry", None, None),
        ("publisher", "University of Steam", None, None),
        ("type", "info:eu-repo/semantics/doctoralThesis", None, None),
        ("other", "application/pdf", None, None),
        ("language", "eng", None, None),
        ("identifier", "info:eu-repo/semantics/altIdentifier/doi/10.5555/tea.99.alt", "doi:10.5555/tea.99.alt", None),
        ("other", "CC BY", None, None),
        ("other", "Peer reviewed", None, None),
        ("abstract", second.fields[20].text, None, None),
        ("other", "2020-03-04T10:00:00Z", None, None),
        ("date", "2019", "2019", None),
        ("url", "https://repository.example.org/handle/1234/99", None, None),
        ("identifier", "https://doi.org/10.5555/tea.99", "doi:10.5555/tea.99", None),
        ("other", "11.1/broken", None, None),
        ("other", "ISBN 978-0-00-000000-2", None, None),
        ("other", "oai:repository.example.org:1234/99", None, None),
        ("other", "2023-05-06T07:08:09Z", None, None),
        ("other", "com_1234_1", None, None),
        ("other", "harvested from a friend", None, None),
    ]
    assert second.fields[20].text.startswith("Tea leaves were put into water")
    assert problems(shown) == [
        (37, "warning", "no ORCID iD: 'https://orcid.org/0000-0002-1825-0098'"),
        (54, "warning", "no DOI: '11.1/broken'"),
    ]


@pytest.mark.parametrize("name", ["bare_records.xml", "single_element.xml"])
def test_records_without_an_answer_around_them(name: str) -> None:
    shown = sample(name)
    assert sniff(shown.head(HEAD), name) >= 0.9
    (only,) = papers(shown)
    assert only.first("title")
    assert only.first("date")
    assert [field.text for field in only.all("author")] == ["Bo Li"]


def test_a_comment_since_2025_has_no_mark() -> None:
    inner = "<dc:description>We boil.</dc:description><dc:description>12 pages</dc:description>"
    (ours,) = papers(document(answer(record(dc(inner), "oai:arXiv.org:2402.00017"))))
    assert facts(ours, "abstract", "comment", "arxiv_id") == [
        ("abstract", "We boil.", None, None),
        ("comment", "12 pages", None, None),
        ("arxiv_id", "oai:arXiv.org:2402.00017", "2402.00017", None),
    ]


@pytest.mark.parametrize(
    ("creator", "author"),
    [
        ("Lovelace, Ada", "Ada Lovelace"),
        ("Ada Lovelace", "Ada Lovelace"),
        ("LOVELACE, A.", "A. LOVELACE"),
        ("van den Oord, Aäron", "Aäron van den Oord"),
        ("Rodrigues Jr, Waldyr A.", "Waldyr A. Rodrigues Jr"),
        ("Lovelace,", "Lovelace"),
        ("Lovelace, , Ada", "Ada Lovelace"),
        ("Gr&#xFC;n, J&#xF6;rg", "Jörg Grün"),
        ("Li, Bo | https://orcid.org/0000-0002-1825-0097", "Bo Li"),
        ("Li, Bo (ORCID: 0000-0002-1825-0097)", "Bo Li"),
        ("CMS Collaboration", "CMS Collaboration"),
        ("Institute of Steam, Section 3", "Institute of Steam, Section 3"),
    ],
)
def test_names_of_creators(creator: str, author: str) -> None:
    (only,) = papers(document(answer(record(dc(f"<dc:creator>{creator}</dc:creator><dc:creator/>")))))
    assert [field.text for field in only.all("author")] == [author]


@pytest.mark.parametrize(
    ("creator", "found"),
    [
        ("Lovelace, Ada; Steam University", [("author", "Ada Lovelace", None), ("affiliation", "Steam University", 0)]),
        ("Lovelace, Ada; INRIA", [("author", "Ada Lovelace", None), ("affiliation", "INRIA", 0)]),
        ("Ada Lovelace; Polytechnic of Lids, Delft;", [("author", "Ada Lovelace", None), ("affiliation", "Polytechnic of Lids, Delft", 0)]),
        ("Lovelace, Ada; Babbage, Charles", [("author", "Ada Lovelace", None), ("author", "Charles Babbage", None)]),
        ("LOVELACE, ADA; BABBAGE, CHARLES", [("author", "ADA LOVELACE", None), ("author", "CHARLES BABBAGE", None)]),
        ("Ada Lovelace; Charles Babbage", [("author", "Ada Lovelace", None), ("author", "Charles Babbage", None)]),
    ],
)  # fmt: skip
def test_what_stands_behind_a_semicolon(creator: str, found: list[tuple[str, str, int | None]]) -> None:
    (paper,) = papers(document(answer(record(dc(f"<dc:creator>{creator}</dc:creator>")))))
    assert [(f.name, f.text, f.of) for f in paper.fields if f.name in {"author", "affiliation"}] == found


@pytest.mark.parametrize(
    ("sources", "venue", "rest"),
    [
        (["Tea Letters; Vol. 5 Núm. 2 (2019): Leaves; 11-29", "Tea; No. 2", "2345-6789"], "Tea Letters", 3),
        (["Tea Letters, Vol 5, Iss 2, Pp 1-10 (2019)"], "Tea Letters", 1), (["Tea  Letters (23456789)  vol.4 (2001)"], "Tea Letters", 1),
        (["ISSN: 2345-678X", "https://example.org/1", "Tea Letters"], "Tea Letters", 2), (["Tea Letters"], None, 1),
        (["reponame:Repository of X; 3", "10.5555/x", "eissn:2345-6789"], None, 3), (["; Vol. 5"], None, 1), (["Vol. 5"], None, 1),
    ],
)  # fmt: skip
def test_the_journal_that_a_work_is_taken_from(sources: list[str], venue: str | None, rest: int) -> None:
    said = "".join(f"<dc:source>{source}</dc:source>" for source in sources)
    (paper,) = papers(document(answer(record(dc(said)))))
    assert [f.text for f in paper.all("venue")] == ([venue] if venue else [])
    assert sum("/source" in (f.path or "") for f in paper.all("other")) == rest


def test_qualified_dublin_core() -> None:
    inside = "<dc:title>T</dc:title><dcterms:abstract>A.</dcterms:abstract><dcterms:available>2001</dcterms:available><dcterms:issued>1998</dcterms:issued>"
    spaces = 'xmlns:qdc="http://dspace.org/qualifieddc/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    (paper,) = papers(document(answer(record(f"<qdc:qualifieddc {spaces}>{inside}</qdc:qualifieddc>"))))
    assert facts(paper)[:4] == [("title", "T", None, None), ("other", "2001", None, None), ("abstract", "A.", None, None), ("date", "1998", "1998", None)]


def test_dublin_core_as_dspace_has_it_in_xoai() -> None:
    def element(name: str, *inside: str) -> str:
        return f'<element name="{name}">{"".join(inside)}</element>'

    def value(text: str, name: str = "value") -> str:
        return f'<field name="{name}">{text}</field>'

    contributor = element("contributor", element("author", element("none", value("Pot, Bo"), value("x-1", "authority"), value("Cup, Cy"))), element("advisor", element("none", value("Jar, Di"))))
    date = element("date", element("available", element("none", value("2021-02-01"))), element("issued", element("none", value("2020-05"))))
    rest = element("identifier", element("doi", element("none", value("10.1000/tea.1")))), element("description", element("abstract", element("en", value("We steep."))))
    title = element("title", element("pt_BR", value("Tea in cups")), element("alternative", element("none", value("Mugs"))))
    others = element("others", value("1/1", "handle")) + element("local", element("title", element("none", value("L"))))
    shown = f'<metadata xmlns="http://www.lyncode.com/xoai">{element("dc", contributor, date, *rest, title)}{others}</metadata>'
    (paper,) = papers(document(answer(record(shown))))
    assert facts(paper)[:9] == [
        ("author", "Bo Pot", None, None), ("other", "x-1", None, None), ("author", "Cy Cup", None, None), ("other", "Jar, Di", None, None),
        ("other", "2021-02-01", None, None), ("title", "Tea in cups", None, None), ("other", "Mugs", None, None), ("other", "1/1", None, None), ("other", "L", None, None),
    ]  # fmt: skip
    assert facts(paper, "abstract", "date", "identifier") == [
        ("abstract", "We steep.", None, None), ("date", "2020-05", "2020-05", None), ("identifier", "10.1000/tea.1", "doi:10.1000/tea.1", None),
    ]  # fmt: skip


def test_one_author_in_several_forms_is_told() -> None:
    def told(*creators: str) -> list[str]:
        inner = "".join(f"<dc:creator>{name}</dc:creator>" for name in creators)
        return [what for _, _, what in problems(document(answer(record(dc(inner)))))]

    assert told("Lovelace, Ada", "Ada Lovelace") == ["the author 'Lovelace, Ada' may be named twice, in two forms"]
    assert told("LOVELACE, A.", "Lovelace, Ada") == ["the author 'Lovelace, Ada' may be named twice, in two forms"]
    assert told("Wang, Yi", "Wang, Y.", "Wang, Yi") == [], "they may be two people"
    assert told("Lovelace, Ada", "Byron Lovelace") == []


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (["2020-03-04T10:00:00Z", "2019"], "2019"),
        (["2019-05", "2019-05-06"], "2019-05"),
        (["0001-01-01", "2019"], "2019"),
        (["info:eu-repo/date/embargoEnd/2030-01-01", "2019"], "2019"),
        (["2019-02-30"], None),
    ],
)
def test_dates_of_other_repositories(dates: list[str], first: str | None) -> None:
    (only,) = papers(document(answer(record(dc("".join(f"<dc:date>{date}</dc:date>" for date in dates))))))
    assert [field.value for field in only.all("date")] == [first]
    assert sum(1 for _ in only.all("other")) == len(dates) - 1 + 2, "the others are kept, and so is the header"


@pytest.mark.parametrize(
    ("metadata", "what"),
    [
        ("", "record 'oai:x.org:1' has no metadata"),
        ("<weird xmlns='http://x/'>1</weird>", "record 'oai:x.org:1' is in a metadata format that is not read: {http://x/}weird"),
        (dc("", title=" "), "record 'oai:x.org:1' has no title"),
    ],
)
def test_records_that_are_no_papers_are_named(metadata: str, what: str) -> None:
    shown = document(answer(record(metadata), record(dc(""))))
    assert problems(shown) == [(2, "error", what)]
    assert [(each.ordinal, each.line) for each in papers(shown)] == [(0, 3)]


def test_wrong_ids_and_stamps() -> None:
    shown = document(answer(record(raw("", "2413.00001"), "oai:arXiv.org:2413.00001", "yesterday")))
    assert problems(shown) == [
        (2, "error", "no arXiv id: '2413.00001'"),
        (2, "error", "no arXiv id: 'oai:arXiv.org:2413.00001'"),
        (2, "error", "no date stamp: 'yesterday'"),
    ]
    (only,) = papers(shown)
    assert [field.name for field in only.fields] == ["other", "title", "other", "other"]


@pytest.mark.parametrize("inside", ["<error code='badVerb'>no such verb</error>", "<error code='badVerb'/>"])
def test_an_error_alone_is_refused(inside: str) -> None:
    shown = document(f"<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'>\n{inside}</OAI-PMH>")
    with pytest.raises(UnreadableError, match="the repository answered with an error: badVerb") as error:
        list(read(shown))
    assert error.value.line == 2


def test_no_records() -> None:
    shown = document("<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'><Identify/></OAI-PMH>")
    assert problems(shown) == [(1, "warning", "no papers found: there is no record in it")]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_like_an_independent_parser(path: Path) -> None:
    tree = ET.parse(path)  # noqa: S314 - our own file
    titles = [
        " ".join(next((e.text or "" for e in form if e.tag.endswith("}title")), "").split())
        for form in tree.getroot().iter()
        if form.tag.rpartition("}")[2] in {"dc", "arXiv", "arXivRaw", "arXivOld"}
    ]
    found = papers(document(path.read_bytes()))
    printed = [" ".join(next(each.all("title")).text.split()) for each in found]
    assert len(printed) == len(titles)
    for ours, theirs in zip(printed, titles, strict=True):
        bare = theirs.replace("\\'e", "é").replace("<i>", "").replace("</i>", "").replace("<sub>", "").replace("</sub>", "")
        assert ours == bare


def test_nothing_that_a_record_says_is_lost() -> None:
    tree = ET.parse(DATA / "dublin_core.xml")  # noqa: S314 - our own file
    said = [" ".join("".join(e.itertext()).split()) for e in tree.getroot().iter() if e.tag.startswith("{http://purl.org/dc")]
    kept = " ".join(" ".join(field.text.split()) for each in papers(sample("dublin_core.xml")) for field in each.fields)
    for text in said:
        words = text.replace("Comment:", "").replace(",", " ").replace("-P.", "C.-P.").split()
        for word in words:
            bare = word.strip("(),;").replace("<i>", "").replace("</i>", "").replace("<p>", "").replace("</p>", "")
            bare = bare.replace("<sub>2</sub>", "2").removeprefix("doi:")
            assert bare in kept or bare == "C.", bare


LINES: list[tuple[str, list[Author]]] = [
    ("", []),
    ("A. Lovelace", [Author("A. Lovelace", [])]),
    ("A. Lovelace and C. Babbage", [Author("A. Lovelace", []), Author("C. Babbage", [])]),
    ("A. Lovelace, and C. Babbage & D. Byron", [Author("A. Lovelace", []), Author("C. Babbage", []), Author("D. Byron", [])]),
    ("Anders Andersson, Sandy Bandy", [Author("Anders Andersson", []), Author("Sandy Bandy", [])]),
    ("A. B (MIT), C. D (ETH (Zurich))", [Author("A. B", ["MIT"]), Author("C. D", ["ETH (Zurich)"])]),
    ("A. B, C. D (MIT), E. F", [Author("A. B", ["MIT"]), Author("C. D", ["MIT"]), Author("E. F", [])]),
    ("A. B (1), C. D (2 and 1) ((1) MIT, (2) ETH, Zurich)", [Author("A. B", ["MIT"]), Author("C. D", ["ETH, Zurich", "MIT"])]),
    ("A. B (1), C. D (2), (1) MIT, (2) ETH", [Author("A. B", ["MIT"]), Author("C. D", ["ETH"])]),
    ("A. B (1), C. D (2) (1: MIT, 2: ETH)", [Author("A. B", ["MIT"]), Author("C. D", ["ETH"])]),
    ("A. B (a), C. D (b)", [Author("A. B", []), Author("C. D", [])]),
    ("A. B, Jr., C. D III", [Author("A. B Jr.", []), Author("C. D III", [])]),
    ("CMS Collaboration: A. B (MIT)", [Author("CMS Collaboration", []), Author("A. B", ["MIT"])]),
    ("B. Aubert, et al. (The BABAR Collaboration)", [Author("B. Aubert", []), Author("The BABAR Collaboration", [])]),
    ("B. Aubert et al", [Author("B. Aubert", [])]),
    ("A. B (MIT", [Author("A. B", ["MIT"])]),
    ("A. B) C, (", [Author("A. B) C", [])]),
    ("M. Mu\\~noz\n  and A.~B", [Author("M. Mu\\~noz", []), Author("A.~B", [])]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_lines_of_authors(line: str, expected: list[Author]) -> None:
    assert people(line) == expected


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["A. B", "(", ")", "((1)", " (1) ", ",", " and ", "et al.", ":", "MIT", "CMS Team", "\n", "Jr.", "~"]) | st.text(max_size=4)).map("".join))
def test_any_line_of_authors_is_survived(line: str) -> None:
    for author in people(line):
        assert author.name == " ".join(author.name.split()) != ""
        # All that is taken for a name or an affiliation stands in the line.
        assert all(word in line for word in author.name.split())
        assert all(word in line for text in author.affiliations for word in text.split())


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ("G. Aad for the ATLAS Collaboration", [("G. Aad", None), ("the ATLAS Collaboration", "group")]),
        ("G. Aad (on behalf of the CMS Collaboration)", [("G. Aad", None), ("the CMS Collaboration", "group")]),
        ("LIGO Scientific Collaboration, Virgo Collaboration", [("LIGO Scientific Collaboration", "group"), ("Virgo Collaboration", "group")]),
        ("Nina {\\O}rsted, M. Mu\\~noz", [("Nina Ørsted", None), ("M. Muñoz", None)]),
        ("A.~B and 12 others", [("A. B", None)]),
    ],
)
def test_names_in_raw_records(authors: str, expected: list[tuple[str, str | None]]) -> None:
    (only,) = papers(document(answer(record(raw(f"<authors>{authors}</authors>")))))
    assert [(field.text, field.value) for field in only.all("author")] == expected
    assert ("others" in authors) == (only.first("et_al") is not None)


@pytest.mark.parametrize("line", ["A, " * 30_000 + "B " + "(x) " * 30_000, " " * 200_000 + "A", "(" * 100_000, "1:" * 50_000, "(1" + " 1" * 50_000 + "x)"])
def test_lines_made_to_be_slow(line: str) -> None:
    assert sum(len(author.affiliations) for author in people(line)) <= 30_000


def test_five_thousand_authors() -> None:
    line = ", ".join(f"A. B{n} (1, 2)" for n in range(5000)) + " ((1) MIT, (2) ETH)"
    (only,) = papers(document(answer(record(raw(f"<authors>{line}</authors>")))))
    assert sum(1 for _ in only.all("author")) == 5000
    assert [(f.text, f.of) for f in only.all("affiliation")][-2:] == [("MIT", 4999), ("ETH", 4999)]


def test_memory_does_not_grow_with_the_file() -> None:
    body = record(dc("<dc:description>" + "steam " * 300 + "</dc:description>"))
    shown = document(answer(*[body] * 1000))
    assert shown.size > 1 << 20
    tracemalloc.start()
    count = last = 0
    for row in read(shown):
        count, last = count + 1, row.line
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (count, last) == (1000, 1001)
    assert peak < 1 << 20


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["oai:arXiv.org:2402.00017", "oai:x.org:1", ""]),
    st.lists(
        st.tuples(
            st.sampled_from(["title", "creator", "date", "description", "identifier", "subject", "relation", "x"]),
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=30)
            | st.sampled_from(["doi:10.5555/a", "10.48550/arXiv.2402.00017", "doi:", "Li, Bo, Jr., 1950-", ",", "Comment: x", "2022-02-30"]),
        ),
        max_size=12,
    ),
)
def test_any_record_is_survived(number: str, parts: list[tuple[str, str]]) -> None:
    inner = "".join(f"<dc:{name}>{text.replace('&', '&amp;').replace('<', '&lt;')}</dc:{name}>" for name, text in parts)
    for row in read(document(answer(record(dc(inner), number)))):
        if isinstance(row, Record):
            assert all(field.text == field.text.strip() != "" and field.path for field in row.fields)
            assert sum(1 for _ in row.all("date")) <= 1
            assert sum(1 for _ in row.all("abstract")) <= 1
            authors = sum(1 for _ in row.all("author"))
            assert all(field.of is not None and field.of < authors for field in row.all("author_id"))


@pytest.mark.skipif(not HOSTILE, reason="no ../shared/hostile here")
@pytest.mark.parametrize("item", HOSTILE, ids=lambda item: item["file"])
def test_hostile_files(item: dict[str, Any]) -> None:
    shown = decode((SHARED / item["file"]).read_bytes(), item["file"])
    assert isinstance(shown, Document)
    assert sniff(shown.head(HEAD), item["file"]) == 1.0
    if item["must"] == "reject":
        with pytest.raises(UnreadableError) as error:
            list(read(shown))
        assert error.value.line > 0
        return
    if item["must"] == "skip":
        assert any(line == 2 for line, _, _ in problems(shown))
    assert len(papers(shown)) == item.get("expect_papers", 1)
    if "two_titles" in item["file"]:
        assert facts(papers(shown)[0], "title") == [("title", "A Title", None, None)]
    if "creator_forms" in item["file"]:
        assert [f.text for f in papers(shown)[0].all("author")] == ["Ada Lovelace", "Ada Lovelace", "A. LOVELACE"]
