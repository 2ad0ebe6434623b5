"""Papers as databases, sites, spreadsheets and programs write them out in JSON, each in a shape of its own."""

import json
from typing import Any

import pytest

from kg.model import Document
from kg.sources import recognise
from tests.sources.own_json import one, run, said, texts

ALL = ("title", "author", "venue", "date", "identifier", "volume", "issue", "pages", "keyword", "abstract")
"""What is looked at."""


def as_read(data: Any) -> list[dict[str, list[str]]]:
    """Return what is read of a file, without what is not there; the file must be recognised and cause no problem."""
    assert recognise(Document.of_text(json.dumps(data), "data.json")) == "json_records"
    records, problems = run(data)
    assert problems == []
    return [{name: found for name, found in said(record, *ALL).items() if found} for record in records]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        # Notion, Airtable, Firebase, MongoDB
        ({"results": [{"object": "page", "properties": {
            "Name": {"id": "title", "type": "title", "title": [{"plain_text": "Tea in "}, {"plain_text": "Cups"}]},
            "Authors": {"id": "a", "type": "rich_text", "rich_text": [{"plain_text": "Bo Pot, Cy Cup"}]},
            "Venue": {"id": "b", "type": "select", "select": {"id": "x", "name": "TEA", "color": "red"}},
            "Date": {"id": "c", "type": "date", "date": {"start": "2019-03-01", "end": None}}}}]},
         {"title": ["Tea in Cups"], "author": ["Bo Pot", "Cy Cup"], "venue": ["TEA"], "date": ["2019-03-01"]}),
        ({"records": [{"id": "rec1", "createdTime": "2020-01-01T00:00:00Z", "fields": {"Title": "Tea in Cups", "Authors": "Bo Pot", "Year": 2019}}]},
         {"title": ["Tea in Cups"], "author": ["Bo Pot"], "date": ["2019"]}),
        ({"papers": {"-Nx": {"title": "Tea in Cups", "authors": {"0": "Bo Pot", "1": "Cy Cup"}, "year": {"$numberInt": "2019"}}}},
         {"title": ["Tea in Cups"], "author": ["Bo Pot", "Cy Cup"], "date": ["2019"]}),
        # spreadsheets
        ({"range": "Sheet1!A1:C9", "majorDimension": "ROWS", "values": [["Title", "Authors", "Year"], ["Tea in Cups", "Bo Pot; Cy Cup", "2019"]]},
         {"title": ["Tea in Cups"], "author": ["Bo Pot", "Cy Cup"], "date": ["2019"]}),
        ([["title", "authors", "year"], ["Tea in Cups", ["Bo Pot"], 2019]], {"title": ["Tea in Cups"], "author": ["Bo Pot"], "date": ["2019"]}),
        ({"columns": ["title", "year"], "rows": [["Tea in Cups", 2019]]}, {"title": ["Tea in Cups"], "date": ["2019"]}),
        # sites: WordPress, Gatsby
        ([{"id": 12, "date": "2023-02-01T10:00:00", "title": {"rendered": "Tea &#8211; in Cups"}, "content": {"rendered": "<p>x</p>", "protected": False},
           "acf": {"authors": "Bo Pot, Cy Cup", "journal": "J. Tea", "year": "2019", "doi": "10.1000/tea.1"}}],
         {"title": ["Tea – in Cups"], "author": ["Bo Pot", "Cy Cup"], "venue": ["J. Tea"], "date": ["2019"], "identifier": ["10.1000/tea.1"]}),
        ({"data": {"allMarkdownRemark": {"edges": [{"node": {"id": "x", "frontmatter": {"title": "Tea in Cups", "authors": ["Bo Pot"], "date": "2019-03-01"}}}]}}},
         {"title": ["Tea in Cups"], "author": ["Bo Pot"], "date": ["2019-03-01"]}),
        # researchmap, and what is said in several languages
        ([{"paper_title": {"ja": "茶", "en": "Tea in Cups"}, "authors": {"en": [{"name": "Bo Pot"}], "ja": [{"name": "ポット"}]}, "publication_date": "2019-03"}],
         {"title": ["Tea in Cups"], "author": ["Bo Pot"], "date": ["2019-03"]}),
        # Web of Science's starter API
        ({"metadata": {"total": 1}, "hits": [{"uid": "WOS:1", "title": "Tea in Cups", "names": {"authors": [{"displayName": "Pot, Bo", "wosStandard": "Pot, B"}]},
           "source": {"sourceTitle": "J. TEA", "publishYear": 2019, "volume": "3", "issue": "2", "pages": {"range": "1-9", "begin": "1", "end": "9"}}, "identifiers": {"doi": "10.1000/tea.1"}}]},
         {"title": ["Tea in Cups"], "author": ["Bo Pot"], "venue": ["J. TEA"], "date": ["2019"], "identifier": ["10.1000/tea.1"], "volume": ["3"], "issue": ["2"], "pages": ["1-9"]}),
        # ORCID's works, one in another
        ([{"bulk": [{"work": {"title": {"title": {"value": "Tea in Cups"}}, "journalTitle": {"value": "J. Tea"}, "publicationDate": {"year": {"value": "2019"}},
           "contributors": {"contributor": [{"creditName": {"value": "Bo Pot"}, "contributorOrcid": {"path": "0000-0002-1825-0097", "host": "orcid.org"}}]}}}]}],
         {"title": ["Tea in Cups"], "author": ["Bo Pot"], "venue": ["J. Tea"], "date": ['{"year": {"value": "2019"}}']}),
        # IEEE Xplore, with its index terms
        ({"total_records": 1, "articles": [{"title": "Tea in Cups", "authors": {"authors": [{"full_name": "Bo Pot"}]}, "publication_title": "Trans. Tea",
           "publication_year": 2019, "index_terms": {"ieee_terms": {"terms": ["Tea"]}, "author_terms": {"terms": ["cups"]}}}]},
         {"title": ["Tea in Cups"], "author": ["Bo Pot"], "venue": ["Trans. Tea"], "date": ["2019"], "keyword": ["Tea", "cups"]}),
        # Google Scholar, by those who sell its answers
        ({"organic_results": [{"title": "Tea in Cups", "publication_info": {"summary": "B Pot, C Cup… - Journal of Tea, 2019 - Elsevier", "authors": [{"name": "C Cup", "link": "x"}]}}]},
         {"title": ["Tea in Cups"], "author": ["B Pot", "C Cup"], "venue": ["Journal of Tea"], "date": ["2019"]}),
        ({"articles": [{"title": "Tea in Cups", "authors": "B Pot, C Cup", "publication": "Journal of Tea 3 (2), 1-9, 2019"}]},
         {"title": ["Tea in Cups"], "author": ["B Pot", "C Cup"], "venue": ["Journal of Tea"], "date": ["2019"], "volume": ["3"], "issue": ["2"], "pages": ["1-9"]}),
        # arXiv's feed as Python's feedparser has it
        ({"entries": [{"title": "Tea in\n  Cups", "published": "2019-03-01T00:00:00Z", "summary": "We brew.", "authors": [{"name": "Bo Pot, Cy Cup, Al Tea"}], "author": "Bo Pot"}]},
         {"title": ["Tea in Cups"], "author": ["Bo Pot", "Cy Cup", "Al Tea"], "date": ["2019-03-01T00:00:00Z"], "abstract": ["We brew."]}),
    ],
)  # fmt: skip
def test_exports(data: Any, expected: dict[str, list[str]]) -> None:
    assert as_read(data) == [expected]


@pytest.mark.parametrize(
    ("authors", "table"),
    [
        ([1, 2], {"authors": [{"id": 1, "name": "Bo Pot"}, {"id": 2, "name": "Cy Cup"}]}),
        (["bo-pot", "cy"], {"people": {"bo-pot": {"name": "Bo Pot"}, "cy": "Cy Cup"}}),
        ([{"personId": 7}, {"personId": 8}], {"people": [{"id": 7, "firstName": "Bo", "lastName": "Pot"}, {"id": 8, "firstName": "Cy", "middleInitial": "", "lastName": "Cup"}]}),
    ],
)
def test_authors_who_are_listed_elsewhere_in_the_file(authors: list[Any], table: dict[str, Any]) -> None:
    assert as_read({**table, "papers": [{"title": "Tea in Cups", "authors": authors, "year": 2019}]}) == [
        {"title": ["Tea in Cups"], "author": ["Bo Pot", "Cy Cup"], "date": ["2019"]}
    ]


@pytest.mark.parametrize(
    "data",
    [
        {"days": [{"date": "2019-03-01", "sessions": [{"title": "Session 1", "room": "A", "talks": [{"title": "Tea in Cups", "authors": ["Bo Pot"]}]}]}]},
        {"results": [{"title": "TEA", "year": "2019", "contributions": [{"title": "Tea in Cups", "authors": [{"name": "Bo Pot"}]}]}]},
    ],
)
def test_papers_of_programmes_are_found_below_their_sessions(data: Any) -> None:
    (paper,) = as_read(data)
    assert paper["title"] == ["Tea in Cups"]
    assert paper["author"] == ["Bo Pot"]
    assert paper["date"][0].startswith("2019")


@pytest.mark.parametrize("key", ["citation", "reference", "apa_reference"])
def test_papers_of_which_there_is_only_the_citation(key: str) -> None:
    cited = "Pot, B., & Cup, C. (2019). Tea in cups. Journal of Tea, 3(2), 1-9."
    expected = {"title": ["Tea in cups"], "author": ["B. Pot", "C. Cup"], "venue": ["Journal of Tea"], "date": ["2019"], "volume": ["3"], "issue": ["2"], "pages": ["1-9"]}
    assert as_read([{"id": 1, key: cited, "link": ""}]) == [expected]
    assert as_read({"2019": [{"id": 1, key: cited, "doi": "10.1000/tea.1"}]}) == [{**expected, "identifier": ["10.1000/tea.1"]}]


def test_a_citation_that_shows_no_title_is_told() -> None:
    (record,), problems = run([{"citation": "2019 2019 2019 2019 2019 2019 2019 2019 2019", "doi": "10.1000/tea.1"}])
    assert texts(record, "title") == []
    assert [problem.severity for problem in problems] == ["warning"]


def test_publications_of_a_resume() -> None:
    resume = {"basics": {"name": "Bo Pot", "summary": "I brew."}, "work": [{"name": "MIT", "summary": "Tea.", "startDate": "2019"}],
              "awards": [{"title": "Best Tea", "date": "2019", "summary": "For tea."}],
              "publications": [{"name": "Tea in Cups", "publisher": "Tea Press", "releaseDate": "2019-10-01", "url": "https://tea.org/1"}]}  # fmt: skip
    assert as_read(resume) == [{"title": ["Tea in Cups"], "date": ["2019-10-01"]}]


def test_names_and_links_under_papers_are_papers() -> None:
    records, problems = run([{"topic": "Tea", "papers": [{"name": "Tea in Cups", "link": "https://arxiv.org/abs/1901.00001"}]}])
    assert problems == []
    assert [said(record, "title", "arxiv_id") for record in records] == [{"title": ["Tea in Cups"], "arxiv_id": ["https://arxiv.org/abs/1901.00001"]}]


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        ({"source": "3rd Annual Meeting of Brewers", "place": "Leeds"}, {"venue": ["3rd Annual Meeting of Brewers"]}),
        ({"source": "IEEE Xplore"}, {"venue": []}),
        ({"where": "TEA 2019"}, {"venue": ["TEA 2019"], "date": ["2019"]}),
        ({"venue": "Proc. of the 3rd TEA, 2018 and 2019"}, {"date": []}),
        ({"venue": "TEA 2019", "year": 2020}, {"date": ["2020"]}),
        ({"journal": "arXiv preprint arXiv:1901.00001"}, {"arxiv_id": ["arXiv preprint arXiv:1901.00001"]}),
        ({"journal": "CoRR, abs/1901.00001"}, {"arxiv_id": ["CoRR, abs/1901.00001"]}),
        ({"venue": "J. Tea 3 (2), 1-9", "volume": 4}, {"venue": ["J. Tea 3 (2), 1-9"], "volume": ["4"], "issue": [], "pages": []}),
        ({"venue": "Phys. Tea. 120, 013201 (2018)"}, {"venue": ["Phys. Tea."], "volume": ["120"], "pages": ["013201"], "date": ["2018"]}),
        ({"venue": "J Tea. 2018 Aug 2:107623"}, {"venue": ["J Tea"], "volume": [], "pages": ["107623"], "date": ["2018"]}),
        ({"download": {"resource": {"name": "from the publisher", "url": "https://tea.org/1"}}}, {"url": ["https://tea.org/1"]}),
        ({"venue": "poster", "conference": "TEA"}, {"venue": ["TEA"], "other": ["poster"]}),
        ({"journal": {"journal_title": "J. Tea", "volume_number": "3", "issue_number": "2"}}, {"venue": ["J. Tea"], "volume": ["3"], "issue": ["2"]}),
        ({"volume": {"number": "3"}, "issue": {"number": "2"}}, {"volume": ["3"], "issue": ["2"]}),
        ({"revista": "Té", "volumen": "3", "numero": "2", "fechaPublicacion": "2019-03-01"}, {"venue": ["Té"], "issue": ["2"], "date": ["2019-03-01"]}),
        ({"pdf": "kettle.pdf"}, {"url": [], "other": ["kettle.pdf"]}),
        ({"links": {"video": "https://tea.org/v", "paper": "https://tea.org/p", "self": "https://tea.org/api/1"}}, {"url": ["https://tea.org/v", "https://tea.org/p"]}),
        ({"preprint_url": "https://arxiv.org/abs/1901.00001"}, {"arxiv_id": ["https://arxiv.org/abs/1901.00001"]}),
        ({"pdfFileUrl": "https://tea.org/1.pdf"}, {"url": ["https://tea.org/1.pdf"]}),
        ({"title": {"name": "Tea", "link": "https://doi.org/10.1000/tea.1"}, "year": 2019}, {"title": ["Tea"], "identifier": ["https://doi.org/10.1000/tea.1"]}),
        ({"tag": ["tea"], "keywords": None}, {"keyword": ["tea"]}),
        ({"keywords": [{"en": "tea", "zh": "茶"}, {"en": "cups", "zh": "杯"}]}, {"keyword": ["tea", "cups"]}),
        ({"keywords": ["<italic>Camellia</italic>"], "inLanguage": "en"}, {"keyword": ["Camellia"], "language": ["en"]}),
    ],
)
def test_ways_to_say_it(paper: dict[str, Any], expected: dict[str, list[str]]) -> None:
    record, problems = one(**paper)
    assert problems == []
    assert said(record, *expected) == expected


def test_the_full_stop_that_pubmed_puts_behind_titles() -> None:
    assert texts(one(title="Tea in Cups.", pmid="35308962")[0], "title") == ["Tea in Cups"]
    assert texts(one(title="Tea in Cups.")[0], "title") == ["Tea in Cups."]


def test_other_languages_are_kept() -> None:
    record, _ = one(title={"de": "Tee", "en": "Tea"}, year=2019)
    assert said(record, "title", "other") == {"title": ["Tea"], "other": ['{"de": "Tee"}']}
    assert texts(one(title={"de": "Tee", "en": ""}, year=2019)[0], "title") == ["Tee"]
