"""In which form a paper appeared, and which sort of work it is, as one record tells it."""

import pytest

from kg.resolve.papers.form import are_two, form, work
from tests.resolve.papers.records import with_fields as record


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"arxiv_id": "2204.14198"}, "preprint"),
        ({"venue": "arXiv (Cornell University)", "type": "article"}, "preprint"),
        ({"venue": "CoRR", "type": "article"}, "preprint"),
        ({"type": "posted-content", "identifier": "10.1101/2020.03.22.002386"}, "preprint"),
        ({"identifier": "10.1101/2020.03.22.002386"}, "preprint"),
        ({"arxiv_id": "0704.0001", "category": "hep-ph", "venue": "Phys. Rev. D 76 (2007) 013009"}, "preprint"),
        ({"type": "inproceedings", "venue": "Tea", "arxiv_id": "2204.14198"}, "conference"),
        ({"type": "proceedings-article"}, "conference"),
        ({"type": "inproceedings", "venue": "ICML Workshop on Tea"}, "workshop"),
        ({"venue": "ICLR", "date": "2020"}, "conference"),
        ({"venue": "Proceedings of the 5th Symposium on Tea"}, "conference"),
        ({"venue": "Advances in Neural Information Processing Systems 30"}, "conference"),
        ({"identifier": "https://aclanthology.org/2020.acl-main.1"}, "conference"),
        ({"identifier": "https://aclanthology.org/2020.tacl-1.5"}, "journal"),
        ({"type": "article", "venue": "Tea"}, "journal"),
        ({"venue": "Tea", "volume": "3"}, "journal"),
        ({"venue": "Journal of Machine Learning Research"}, "journal"),
        ({"venue": "Nature"}, "journal"),
        ({"type": "phdthesis"}, "thesis"),
        ({"type": "techreport"}, "report"),
        ({"type": "book-chapter"}, "chapter"),
        ({"venue": "Tea"}, "publication"),
        ({"identifier": "10.1000/tea.3"}, "publication"),
        ({"title": "On Tea", "date": "2020"}, "unspecified"),
        ({"title": "On Tea", "identifier": "https://openalex.org/W2741809807"}, "unspecified"),
    ],
)
def test_the_form_that_a_record_describes(fields: dict[str, str], kind: str) -> None:
    assert form(record(**fields)).kind == kind


def test_a_form_says_which_field_tells_it() -> None:
    told = form(record(title="On Tea", arxiv_id="2204.14198v3"))
    assert told.field is not None
    assert (told.field.name, told.number) == ("arxiv_id", 3)
    assert form(record(title="On Tea")).field is None


def test_only_preprints_have_numbers() -> None:
    assert form(record(arxiv_id="2204.14198", version="v2")).number == 2
    assert form(record(type="article", venue="Journal of Tea", version="2")).number is None


@pytest.mark.parametrize(
    ("fields", "sort"),
    [
        ({"type": "phdthesis"}, "thesis"),
        ({"type": "Dissertation"}, "thesis"),
        ({"identifier": "dblp:phd/basesearch/Ode20"}, "thesis"),
        ({"type": "inproceedings"}, "paper"),
        ({"venue": "Journal of Hats"}, "paper"),
        ({"venue": "ICML Workshop on Hats"}, "paper"),
        ({"arxiv_id": "2204.14198"}, "preprint"),
        ({"type": "Dataset", "venue": "Zenodo"}, "data"),
        ({"type": "Software"}, "software"),
        ({"type": "Poster"}, "presentation"),
        ({"type": "ConferencePoster"}, "presentation"),
        ({"type": "peer-review"}, "review"),
        ({"type": "component"}, "supplement"),
        ({"type": "incollection"}, "chapter"),
        ({"type": "book"}, "book"),
        ({"type": "Dataset", "type_": "JournalArticle"}, "paper"),
        ({"type": "Book", "type_": "JournalArticle"}, "paper"),
        ({"venue": "Tea"}, ""),
        ({"type": "misc"}, ""),
        ({"title": "On Hats"}, ""),
    ],
)
def test_the_sort_of_work_that_a_record_describes(fields: dict[str, str], sort: str) -> None:
    assert work(record(**fields)) == sort


@pytest.mark.parametrize(
    ("one", "other", "two"),
    [("thesis", "paper", True), ("thesis", "chapter", True), ("book", "chapter", True), ("data", "paper", True), ("software", "data", True),
     ("presentation", "preprint", True), ("thesis", "preprint", False), ("thesis", "book", False), ("book", "paper", False), ("chapter", "paper", False),
     ("preprint", "paper", False), ("data", "", False), ("", "", False), ("data", "data", False)],
)  # fmt: skip
def test_which_sorts_are_never_one_work(one: str, other: str, two: bool) -> None:
    assert are_two(one, other) is are_two(other, one) is two
