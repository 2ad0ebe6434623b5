"""What only the BibTeX or the citation of a paper says in people's own JSON."""

import pytest

from tests.sources.own_json import one, said

BIBTEX = "@inproceedings{k, author = {Lovelace, Ada and Sammet, Jean}, title = {{T}}, booktitle = {Proc. of Flocks}, month = {June}, year = {2024}, pages = {1--9}, doi = {10.1000/1}}"


def test_embedded_bibtex_says_what_nothing_else_does() -> None:
    record, problems = one(bibtex=BIBTEX, year=2023)
    assert problems == []
    assert said(record, "author", "venue", "date", "pages", "identifier", "other") == {
        "author": ["Ada Lovelace", "Jean Sammet"], "venue": ["Proc. of Flocks"], "date": ["2023"], "pages": ["1–9"], "identifier": ["10.1000/1"], "other": [BIBTEX],
    }  # fmt: skip
    assert [field.value for field in one(bibtex=BIBTEX)[0].all("date")] == ["2024-06"]


def test_bibtex_of_another_paper_says_nothing() -> None:
    other = BIBTEX.replace("{{T}}", "{Counting the stars above our mountains}")
    record, _ = one(bibtex=other, title="Herding some cats across wide rivers")
    assert said(record, "author", "venue", "other") == {"author": [], "venue": [], "other": [other]}


def test_citation_with_the_title_says_all() -> None:
    title = "Technology Enabled Care: Protocol for a Study"
    record, problems = one(title=title, citation=f"Bee, N., & Dee, J. (2021). {title}. Research Protocols, 10(1), 23-29.", year=2021)
    assert problems == []
    assert said(record, "author", "venue", "volume", "issue", "date") == {
        "author": ["N. Bee", "J. Dee"], "venue": ["Research Protocols"], "volume": ["10"], "issue": ["1"], "date": ["2021"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("citation", "venue", "volume", "pages"),
    [
        ("Flock and Herd Research 303: 297–303", "Flock and Herd Research", "303", "297–303"), ("Herds & Flocks 20 (3) (May): 12–19", "Herds & Flocks", "20", "12–19"),
        ("Bee, N., & Dee, J. (2021). On some flocks. Herd Letters, 10(1), 23-29.", "Herd Letters", "10", "23-29"),
    ],
)  # fmt: skip
def test_where_a_paper_appeared_has_no_authors_and_another_title_is_no_venue(citation: str, venue: str, volume: str, pages: str) -> None:
    record, problems = one(reference=citation, authors=["Ada Lovelace"])
    assert problems == []
    assert said(record, "author", "venue", "volume", "pages") == {"author": ["Ada Lovelace"], "venue": [venue], "volume": [volume], "pages": [pages]}


def test_citation_without_the_title_says_where_it_appeared() -> None:
    record, problems = one(citation="<i>Philosophical Review</i> 132 (4): 579-627 (2023)", authors=["Ada Lovelace"])
    assert problems == []
    assert said(record, "author", "venue", "volume", "issue", "pages") == {
        "author": ["Ada Lovelace"], "venue": ["Philosophical Review"], "volume": ["132"], "issue": ["4"], "pages": ["579-627"],
    }  # fmt: skip
