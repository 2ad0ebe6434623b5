"""The works that PDF files cite: lists of references over columns and pages, in the styles of publishers."""

import pytest

from kg.model import Record
from tests.sources.test_pdf import PAGE, Row, pdf, record

Cited = tuple[str, str | None]

LINDEN, HINGES, PAPER, LAMPS, WINDOW = (
    "Counting lindens by ear",
    "Slow hinges: A study of doors that close by themselves",
    "Learning to fold paper without creases",
    "Why do lamps flicker? Evidence from 400 kitchens",
    "The window-opening problem",
)
IEEE = [
    "[1] T. Marlow and O. Quint, \x93Slow hinges: A study of doors that close by",
    "  themselves,\x94 Journal of Domestic Mechanics, vol. 12, no. 3, pp. 101-",
    "  119, 2014.",
    "[2] L. Abernathy, S. van der Hoop, and R. Tanaka, \x93Learning to fold pa-",
    "  per without creases,\x94 in Proceedings of Paper Machines, 2019, pp. 2-9.",
    "[3] I. de la Fuente, \x93Why do lamps flicker? Evidence from 400 kitchens,\x94",
    "  arXiv preprint arXiv:2103.01234, 2021.",
    "[4] Umbra, a machine in our cellar.",
    "[5] G. Horvath, \x93The window-opening problem,\x94 Houses, vol. 3, 1987, doi: 10.5555/",
    "  houses.1987.3.",
]
ACL = [
    "Lior Abernathy, Saskia van der Hoop, and Rei Tanaka.",
    "  2019. Learning to fold paper without creases. In",
    "  Proceedings of Paper Machines, pages 2-9.",
    "Ines de la Fuente. 2021. Why do lamps flicker? Ev-",
    "  idence from 400 kitchens. arXiv:2103.01234.",
    "Gabor Horvath. 1987. The window-opening problem.",
    "  Houses, 3. https://doi.org/10.5555/houses.",
    "  1987.3",
    "Tessa Marlow and Oren Quint. 2014. Slow hinges: A study",
    "  of doors that close by themselves. Journal of Domes-",
    "  tic Mechanics, 12(3):101-119.",
]
NEURIPS = [
    "Lior Abernathy, Saskia van der Hoop, and Rei Tanaka. Learning to fold paper without creases. In",
    "  Proceedings of Paper Machines, pages 2-9, 2019.",
    "Ines de la Fuente. Why do lamps flicker? Evidence from 400 kitchens. arXiv preprint",
    "  arXiv:2103.01234, 2021.",
    "Gabor Horvath. The window-opening problem. Houses, 3, 1987. URL https://doi.org/",
    "  10.5555/houses.1987.3.",
    "Tessa Marlow and Oren Quint. Slow hinges: A study of doors that close by themselves. Journal",
    "  of Domestic Mechanics, 12(3):101-119, 2014.",
]
APALIKE = [
    "[Abernathy et al., 2019] Abernathy, L., van der Hoop, S., and Tanaka, R. (2019). Learning to",
    "  fold paper without creases. In Proceedings of Paper Machines, pages 2-9.",
    "[de la Fuente, 2021] de la Fuente, I. (2021). Why do lamps flicker? Evidence from 400 kitchens.",
    "  arXiv:2103.01234.",
    "[Horvath, 1987] Horvath, G. (1987). The window-opening problem. Houses, 3. doi:10.5555/houses.1987.3.",
    "[Marlow and Quint, 2014] Marlow, T. and Quint, O. (2014). Slow hinges: A study of doors that close by",
    "  themselves. Journal of Domestic Mechanics, 12(3):101-119.",
]
SPRINGER = [
    "1. Marlow, T., Quint, O.: Slow hinges: A study of doors that close by themselves.",
    "  Journal of Domestic Mechanics 12(3), 101-119 (2014)",
    "2. Abernathy, L., van der Hoop, S., Tanaka, R.: Learning to fold paper without",
    "  creases. In: Proceedings of Paper Machines. pp. 2-9 (2019)",
    "3. de la Fuente, I.: Why do lamps flicker? Evidence from 400 kitchens. arXiv preprint",
    "  arXiv:2103.01234 (2021)",
    "4. Horvath, G.: The window-opening problem. Houses 3 (1987). https://doi.org/10.5555/houses.1987.3",
]
ALL: set[Cited] = {(HINGES, None), (PAPER, None), (LAMPS, "arxiv:2103.01234"), (WINDOW, "doi:10.5555/houses.1987.3")}


def listed(lines: list[str], *, x: float = 60, y: float = 700, size: float = 8) -> list[Row]:
    """Return lines of a list one below the other, those that go on indented."""
    return [(x + 12 * line.startswith("  "), y - 10 * rank, size, line.strip()) for rank, line in enumerate(lines)]


def cited(*pages: list[Row]) -> list[Cited]:
    return references(record(pdf(PAGE, *pages)))


def references(found: Record) -> list[Cited]:
    return [(field.text, field.value) for field in found.all("reference")]


@pytest.mark.parametrize("style", [IEEE, ACL, NEURIPS, APALIKE, SPRINGER], ids=["ieee", "acl", "neurips", "apalike", "springer"])
def test_references_in_the_styles_of_publishers(style: list[str]) -> None:
    found = cited([(60, 730, 11, "References"), *listed(style)])
    assert len(found) == len(ALL)
    assert set(found) == ALL


def test_each_reference_leads_to_its_page_and_what_is_unsure_is_kept_as_other() -> None:
    half = 5
    found = record(pdf(PAGE, [(60, 730, 11, "7 REFERENCES"), *listed(IEEE[:half])], listed(IEEE[half:])))
    assert [(field.text, field.path, field.line) for field in found.all("reference")] == [
        (HINGES, "page 2", 1), (PAPER, "page 2", 1), (LAMPS, "page 3", 1), (WINDOW, "page 3", 1),
    ]  # fmt: skip
    assert [(field.text, field.path) for field in found.all("other")][-1:] == [("Umbra, a machine in our cellar.", "page 3")]


def test_references_go_on_in_the_next_column_and_on_the_next_page() -> None:
    head: Row = (250, 760, 9, "Counting Doors")
    number: Row = (300, 40, 10, "12")
    columns = [head, *listed(ACL[:4], y=100), *listed(ACL[4:7], x=320), number]
    assert set(cited([(60, 120, 11, "References"), *columns], [head, *listed(ACL[7:]), (300, 40, 10, "13")])) == ALL


@pytest.mark.parametrize("heading", [(60, 500, 11, "A Proofs"), (60, 500, 11, "What Cats Think"), (60, 500, 8, "Appendix")])
def test_references_end_at_the_next_heading(heading: Row) -> None:
    more = listed(["Ada Lindgren. Counting lindens by ear. Journal of Trees, 3(1):1-9, 2012."], y=480)
    assert set(cited([(60, 730, 11, "References"), *listed(NEURIPS), heading, *more])) == ALL
    assert (LINDEN, None) in cited([(60, 730, 11, "References"), *listed(NEURIPS), *more])


def test_what_is_called_references_and_cites_nothing() -> None:
    assert cited([(60, 730, 11, "References"), *listed(["Ask us for our references, and we shall", "send you all of them."])]) == []


def test_references_of_a_long_file_stand_near_its_end() -> None:
    body: list[Row] = [(60, 700, 10, "Nothing is said here.")]
    assert set(cited(*[body] * 80, [(60, 730, 11, "References"), *listed(ACL)])) == ALL


def test_damage_behind_the_first_pages_takes_nothing_from_them() -> None:
    whole = pdf(PAGE, PAGE, [(60, 730, 11, "References"), *listed(ACL)])
    found = record(whole.replace(b"8 0 R] /Count", b"1 0 R] /Count"))  # the third page is none
    assert found.first("title") is not None
    assert (references(record(whole)) == [], references(found)) == (False, [])
