"""Papers as databases, sites, spreadsheets and programs write them out in JSON, each in a shape of its own."""

import json
from typing import Any

import pytest

from kg.model import Document
from kg.sources import recognise
from tests.sources.own_json import one, run, said, texts
from tests.sources.provider_json import places, replaced

ALL = ("title", "author", "affiliation", "venue", "date", "identifier", "arxiv_id", "volume", "issue", "pages", "keyword", "abstract", "type")
"""What is looked at."""


def as_read(data: Any) -> list[dict[str, list[str]]]:
    """Return what is read of a file, without what is not there; the file must be recognised and cause no problem."""
    assert recognise(Document.of_text(json.dumps(data), "data.json")) == "json_records"
    records, problems = run(data)
    assert problems == []
    return [{name: found for name, found in said(record, *ALL).items() if found} for record in records]


EXPORTS: list[tuple[Any, dict[str, list[str]]]] = [
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
    # Elsevier's Pure, now and before
    ({"count": 1, "items": [{"uuid": "1", "title": {"value": "Tea in Cups"}, "subTitle": {"value": "A Study"}, "category": {"uri": "/r", "term": {"en_GB": "Research"}},
       "publicationStatuses": [{"current": True, "publicationStatus": {"term": {"en_GB": "Published"}}, "publicationDate": {"year": 2019, "month": 3}},
                               {"current": False, "publicationDate": {"year": 2018}}],
       "contributors": [{"name": {"firstName": "Bo", "lastName": "Pot"}, "role": {"term": {"en_GB": "Author"}}, "person": {"uuid": "2"}}],
       "abstract": {"en_GB": "We brew."}, "journalAssociation": {"title": {"title": "J. Tea"}}, "journalNumber": "2",
       "electronicVersions": [{"file": {"fileName": "tea.pdf"}, "title": "Full text"}, {"doi": "https://doi.org/10.1000/tea.1"}],
       "keywordGroups": [{"logicalName": "x", "keywords": [{"locale": "en_GB", "freeKeywords": ["tea", "cups"]}]}]}]},
     {"title": ["Tea in Cups: A Study"], "author": ["Bo Pot"], "venue": ["J. Tea"], "issue": ["2"], "date": ['{"year": 2019, "month": 3}'],
      "abstract": ["We brew."], "identifier": ["https://doi.org/10.1000/tea.1"], "keyword": ["tea", "cups"]}),
    ({"items": [{"@uuid": "1", "title": {"formatted": True, "value": "Tea in Cups"}, "publicationStatuses": [{"publicationDate": {"year": 2019}}],
       "personAssociations": [{"person": {"uuid": "2", "name": {"text": [{"value": "Bo Pot"}]}}, "name": {"firstName": "Bo", "lastName": "Pot"},
                               "organisationalUnits": [{"name": {"text": [{"locale": "en_GB", "value": "Tea Department"}]}}]}],
       "abstract": {"formatted": True, "text": [{"locale": "en_GB", "value": "We brew."}]}}]},
     {"title": ["Tea in Cups"], "author": ["Bo Pot"], "affiliation": ["Tea Department"], "date": ['{"year": 2019}'], "abstract": ["We brew."]}),
    # INSPIRE: the erratum's identifier and place are not the paper's
    ({"hits": {"hits": [{"id": "1", "metadata": {"titles": [{"source": "arXiv", "title": "Tea in Cups"}], "authors": [{"full_name": "Pot, Bo"}],
       "dois": [{"value": "10.1000/tea.1", "material": "publication"}, {"value": "10.1000/tea.2", "material": "erratum"}],
       "publication_info": [{"journal_title": "J. Tea", "journal_volume": "3", "page_start": "1", "page_end": "9", "year": 2019}, {"journal_title": "J. Errata", "year": 2020}]}}]}},
     {"title": ["Tea in Cups"], "author": ["Bo Pot"], "venue": ["J. Tea"], "volume": ["3"], "pages": ["1-9"], "date": ["2019"], "identifier": ["10.1000/tea.1"]}),
    # arXiv's feed as Python's feedparser has it
    ({"entries": [{"title": "Tea in\n  Cups", "published": "2019-03-01T00:00:00Z", "summary": "We brew.", "authors": [{"name": "Bo Pot, Cy Cup, Al Tea"}], "author": "Bo Pot"}]},
     {"title": ["Tea in Cups"], "author": ["Bo Pot", "Cy Cup", "Al Tea"], "date": ["2019-03-01T00:00:00Z"], "abstract": ["We brew."]}),
    # CORE, whose journals often have no name
    ([{"status": "OK", "data": {"id": "1", "authors": ["Pot, Bo"], "title": "Tea in Cups", "year": 2019, "description": "We brew.",
       "journals": [{"title": None, "identifiers": ["issn:1234-5678"]}], "identifiers": ["oai:arXiv.org:1901.00001", None]}}],
     {"title": ["Tea in Cups"], "author": ["Bo Pot"], "date": ["2019"], "abstract": ["We brew."], "arxiv_id": ["oai:arXiv.org:1901.00001"]}),
    # ERIC
    ({"response": {"numFound": 1, "start": 0, "docs": [{"id": "EJ1", "title": "Tea in Cups", "author": ["Pot, Bo"], "publicationdateyear": 2019,
       "publicationtype": ["Journal Articles"], "description": "We brew."}]}},
     {"title": ["Tea in Cups"], "author": ["Bo Pot"], "date": ["2019"], "abstract": ["We brew."], "type": ["Journal Articles"]}),
    # Web of Science's Starter API
    ({"metadata": {"total": 1}, "hits": [{"uid": "WOS:000000000000001", "title": "Tea in Cups", "types": ["Article"], "source": {"sourceTitle": "J. TEA", "publishYear": 2019},
       "names": {"authors": [{"displayName": "Pot, Bo"}]}, "identifiers": {"pmid": "MEDLINE:12345678"}}]},
     {"title": ["Tea in Cups"], "author": ["Bo Pot"], "date": ["2019"], "venue": ["J. TEA"], "type": ["Article"], "identifier": ["MEDLINE:12345678"]}),
    # OpenAIRE's graph
    ({"header": {"numFound": 1}, "results": [{"author": [{"fullName": "Pot, Bo", "rank": 1}], "mainTitle": "Tea in Cups", "publicationDate": "2019-03-01",
       "container": {"name": "J. Tea", "vol": "3", "iss": "2", "sp": "1", "ep": "9"}, "organizations": [{"legalName": "Tea University", "acronym": "TU"}]}]},
     {"title": ["Tea in Cups"], "author": ["Bo Pot"], "date": ["2019-03-01"], "venue": ["J. Tea"], "volume": ["3"], "issue": ["2"], "pages": ["1-9"],
      "affiliation": ["Tea University"]}),
    # figshare, whose citation names the kind of thing behind the place
    ([{"title": "Tea in Cups", "doi": "10.6084/m9.figshare.1", "published_date": "2019-03-01", "defined_type_name": "dataset", "authors": [{"full_name": "Bo Pot"}],
       "citation": "Pot, Bo (2019): Tea in Cups. figshare. Dataset. https://doi.org/10.6084/m9.figshare.1"}],
     {"title": ["Tea in Cups"], "author": ["Bo Pot"], "date": ["2019-03-01"], "type": ["dataset"], "identifier": ["10.6084/m9.figshare.1"]}),
    # OSF, with who helped but did not write
    ({"data": [{"id": "abcde", "type": "preprints", "attributes": {"title": "Tea in Cups", "description": "We brew.", "date_published": "2019-03-01T00:00:00"},
       "embeds": {"contributors": {"data": [
           {"attributes": {"bibliographic": True}, "embeds": {"users": {"data": {"attributes": {"full_name": "Bo Pot", "given_name": "Bo", "family_name": "Pot"}}}}},
           {"attributes": {"bibliographic": False}, "embeds": {"users": {"data": {"attributes": {"full_name": "Cy Cup"}}}}}]}},
       "links": {"preprint_doi": "https://doi.org/10.31234/osf.io/abcde"}}]},
     {"title": ["Tea in Cups"], "author": ["Bo Pot"], "date": ["2019-03-01T00:00:00"], "abstract": ["We brew."], "type": ["preprints"],
      "identifier": ["https://doi.org/10.31234/osf.io/abcde"]}),
    # InvenioRDM, as Zenodo has it now
    ({"id": "abc12-3", "metadata": {"title": "Tea in Cups", "publication_date": "2019-03-01", "resource_type": {"id": "publication-article", "title": {"en": "Journal article"}},
       "creators": [{"person_or_org": {"type": "personal", "name": "Pot, Bo", "given_name": "Bo", "family_name": "Pot"}, "affiliations": [{"name": "Tea University"}]},
                    {"person_or_org": {"type": "organizational", "name": "Tea Consortium"}}]}, "pids": {"doi": {"identifier": "10.1000/tea.1", "provider": "datacite"}}},
     {"title": ["Tea in Cups"], "author": ["Bo Pot", "Tea Consortium"], "affiliation": ["Tea University"], "date": ["2019-03-01"], "type": ["Journal article"],
      "identifier": ["10.1000/tea.1"]}),
    # Springer Nature, which counts its answers in a list beside them
    ({"result": [{"total": "1", "start": "1", "pageLength": "1"}], "records": [{"title": "Tea in Cups", "creators": [{"creator": "Pot, Bo"}], "publicationDate": "2019-03-01"}]},
     {"title": ["Tea in Cups"], "author": ["Bo Pot"], "date": ["2019-03-01"]}),
    # Lens: subjects that are not all keywords
    ({"data": [{"title": "Tea in Cups", "authors": [{"first_name": "Bo", "last_name": "Pot"}], "keywords": ["tea"], "mesh_terms": [{"mesh_id": "D1", "mesh_heading": "Cups"}]}]},
     {"title": ["Tea in Cups"], "author": ["Bo Pot"], "keyword": ["tea", "Cups"]}),
    # Scopus: the authors refer to their places
    ({"search-results": {"entry": [{"dc:title": "Tea in Cups", "affiliation": [{"afid": "7", "affilname": "Tea University"}, {"afid": "8", "affilname": "Cup College"}],
       "author": [{"surname": "Pot", "given-name": "Bo", "afid": [{"@_fa": "true", "$": "8"}]}]}]}},
     {"title": ["Tea in Cups"], "author": ["Bo Pot"], "affiliation": ["Cup College"]}),
]  # fmt: skip
"""Files, and what is read of the only paper in each."""


@pytest.mark.parametrize(("data", "expected"), EXPORTS)
def test_exports(data: Any, expected: dict[str, list[str]]) -> None:
    assert as_read(data) == [expected]


@pytest.mark.parametrize("data", [data for data, _ in EXPORTS])
def test_a_part_of_any_other_type_is_survived(data: Any) -> None:
    for path in list(places(data))[1:]:
        for value in (7, ["x"], {"type": ["x"]}, [{"name": {"value": "x"}, "material": ["x"]}]):
            run(replaced(data, path, value))


@pytest.mark.parametrize(
    ("authors", "table"),
    [
        ([1, 2], {"authors": [{"id": 1, "name": "Bo Pot"}, {"id": 2, "name": "Cy Cup"}]}),
        (["bo-pot", "cy"], {"people": {"bo-pot": {"name": "Bo Pot"}, "cy": "Cy Cup"}}),
        (["bo*", "cy"], {"coauthors": {"bo": "Bo Pot", "cy": {"first": "Cy", "last": "Cup"}}}),
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
        ({"keywords": {"@type": "AAS", "keyword": ["tea", "cups"]}, "eprintid": "arXiv:1901.00001"}, {"keyword": ["tea", "cups"], "arxiv_id": ["arXiv:1901.00001"]}),
        ({"keywords": [["tea", "cups"]]}, {"keyword": ["tea", "cups"]}),
        ({"abstracts": ["We brew.", "Wir brauen."]}, {"abstract": ["We brew."], "other": ['["We brew.", "Wir brauen."]']}),
        ({"journal": {"ja": "", "en": ""}, "authors": ["Bo Pot"]}, {"venue": [], "other": []}),
        ({"abstract": "https://dl.acm.org/doi/abs/10.1145/3292500", "people": ["Bo Pot", "Cy Cup"]},
         {"abstract": [], "url": ["https://dl.acm.org/doi/abs/10.1145/3292500"], "identifier": ["https://dl.acm.org/doi/abs/10.1145/3292500"], "author": ["Bo Pot", "Cy Cup"]}),
        ({"link_pdf": "https://tea.org/1.pdf"}, {"url": ["https://tea.org/1.pdf"]}),
        ({"doi": ["10.1000/tea.1", "https://doi.org/10.1000/tea.2"]}, {"identifier": ["10.1000/tea.1"], "url": ["https://doi.org/10.1000/tea.2"]}),
        ({"dois": [{"value": "10.1000/tea.2", "material": "erratum"}]}, {"identifier": []}),
        ({"references": {"a": {"title": "Cups"}, "b": {"title": "Mugs"}}}, {"reference": ["Cups", "Mugs"]}),
        ({"references": "see below"}, {"reference": [], "other": ["see below"]}),
        ({"references": {"count": 2}}, {"reference": [], "other": ['{"count": 2}']}),
        ({"keywords": ["<italic>Camellia</italic>"], "inLanguage": "en"}, {"keyword": ["Camellia"], "language": ["en"]}),
    ],
)
def test_ways_to_say_it(paper: dict[str, Any], expected: dict[str, list[str]]) -> None:
    record, problems = one(**paper)
    assert problems == []
    assert said(record, *expected) == expected


@pytest.mark.parametrize(
    ("work", "text", "value"),
    [
        ({"reference": {"label": "1", "arxiv_eprint": "1811.00001", "title": {"title": "Cups"}}, "record": {"$ref": "x"}}, "Cups", "arxiv:1811.00001"),
        ({"reference": {"label": "2", "dois": ["10.1000/cup.1"], "publication_info": {"year": 1999}}}, "10.1000/cup.1", "doi:10.1000/cup.1"),
        ({"raw_refs": [{"schema": "text", "value": "[3] F. Vat, unpublished"}]}, "[3] F. Vat, unpublished", None),
        ("2018arXiv180100001J", "2018arXiv180100001J", "arxiv:1801.00001"),
        ("2012arXiv1201.0001J", "2012arXiv1201.0001J", "arxiv:1201.0001"),
    ],
)
def test_cited_works_at_inspire_and_ads(work: Any, text: str, value: str | None) -> None:
    record, problems = one(references=[work])
    assert problems == []
    assert [(field.text, field.value) for field in record.all("reference")] == [(text, value)]


def test_the_full_stop_that_pubmed_puts_behind_titles() -> None:
    assert texts(one(title="Tea in Cups.", pmid="35308962")[0], "title") == ["Tea in Cups"]
    assert texts(one(title="Tea in Cups.")[0], "title") == ["Tea in Cups."]


def test_other_languages_are_kept() -> None:
    record, _ = one(title={"de": "Tee", "en": "Tea"}, year=2019)
    assert said(record, "title", "other") == {"title": ["Tea"], "other": ['{"de": "Tee"}']}
    assert texts(one(title={"de": "Tee", "en": ""}, year=2019)[0], "title") == ["Tee"]
