"""Identifiers: only such as can exist are taken, and always in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ids import arxiv_id, doi, find_arxiv_ids, identifier, leading_arxiv_id, link, orcid, ror


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2205.06175", "2205.06175"),
        ("arXiv:2205.06175v3", "2205.06175"),
        ("ARXIV: 2205.06175", "2205.06175"),
        ("https://arxiv.org/pdf/2205.06175v1.pdf", "2205.06175"),
        ("http://www.arxiv.org/abs/0704.0001", "0704.0001"),
        ("https://doi.org/10.48550/arXiv.2205.06175", "2205.06175"),
        ("1412.6980", "1412.6980"),
        ("1501.00001", "1501.00001"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("math.GT/0309136v2", "math/0309136"),
        ("cs/0703041", "cs/0703041"),
        ("cond-mat.mtrl-sci/9901001", None),
        ("0703.0001", None),
        ("0700.0001", None),
        ("2213.06175", None),
        ("2200.06175", None),
        ("9999.99999v99", None),
        ("1412.12345", None),
        ("1501.1234", None),
        ("2205.00000", None),
        ("2205.061750", None),
        ("2205.06175v0", None),
        ("2205.06175> . <http://evil/s>", None),
        ("hep-th/9106001", None),
        ("hep-th/0704001", None),
        ("hep-th/9913001", None),
        ("hep-th/9901000", None),
        ("no-such/9901001", None),
        ("２２０５.０６１７５", None),
        ("", None),
    ],
)
def test_arxiv_id(text: str, expected: str | None) -> None:
    assert arxiv_id(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2403.055303D vision", (10, "2403.05530")),
        ("1412.69803D vision", (9, "1412.6980")),
        ("2310.16764Skip", (10, "2310.16764")),
        ("2310.16764v2Skip", (12, "2310.16764")),
        ("hep-th/9901001We", (14, "hep-th/9901001")),
        ("1501.1234We", None),
        ("We", None),
    ],
)
def test_leading_arxiv_id_takes_the_digits_of_its_time(text: str, expected: tuple[int, str] | None) -> None:
    assert leading_arxiv_id(text) == expected
    assert leading_arxiv_id("x" + text, 1) == (expected and (expected[0] + 1, expected[1]))


@given(st.integers(2007, 2035), st.integers(1, 12), st.integers(1, 9999), st.sampled_from(["", "v1", "v12"]))
def test_arxiv_ids_of_all_months(year: int, month: int, number: int, version: str) -> None:
    digits = 5 if year >= 2015 else 4
    text = f"{year % 100:02}{month:02}.{number:0{digits}}"
    assert arxiv_id(text + version) == (text if (year, month) >= (2007, 4) else None)
    assert arxiv_id(text + "0") is None


def test_find_arxiv_ids_needs_a_prefix_and_an_end() -> None:
    text = "(arXiv:1804.01118, 1804.01119) https://arxiv.org/abs/hep-th/9901001v2. arXiv:1804.011189 arXiv: 1412.6980"
    found = [(text[start:end], value) for start, end, value in find_arxiv_ids(text)]
    assert found == [
        ("1804.01118", "1804.01118"), ("hep-th/9901001v2", "hep-th/9901001"), ("1412.6980", "1412.6980"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0001-5109-3700", "0000-0001-5109-3700"),
        ("orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("0000-0002-1825-0098", None),
        ("0000-0002-1825-009", None),
        ("0000000218250097", None),
        ("https://evil.org/0000-0002-1825-0097", None),
    ],
)
def test_orcid(text: str, expected: str | None) -> None:
    assert orcid(text) == expected


@pytest.mark.parametrize("place", [0, 2, 3, 7, 12, 17, 18])
def test_orcid_with_one_wrong_digit_is_none(place: int) -> None:
    right = "0000-0002-1825-0097"
    wrong = right[:place] + str((int(right[place]) + 1) % 10) + right[place + 1 :]
    assert orcid(wrong) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("05dxps055", "05dxps055"),
        ("https://ror.org/00F54P054", "00f54p054"),
        ("ror.org/042nb2s44", "042nb2s44"),
        ("05dxps056", None),
        ("05dxps05", None),
        ("15dxps055", None),
        ("05dxpu055", None),
        ("05dxp\u017f055", None),
    ],
)
def test_ror(text: str, expected: str | None) -> None:
    assert ror(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.1038/nature16961", "10.1038/nature16961"),
        ("doi:10.1016/S0925-2312(01)00702-0", "10.1016/s0925-2312(01)00702-0"),
        ("http://dx.doi.org/10.5555/12345678.", "10.5555/12345678"),
        ("http://doi.acm.org/10.1145/1", "10.1145/1"),
        ("https://doi-org.proxy.example.edu/10.1000/x", "10.1000/x"),
        ("https://dx.doi.org.ezproxy.example.edu/10.1000/x", "10.1000/x"),
        ("doi: https://doi.org/10.1000/x", "10.1000/x"),
        ("https://doi.org/10.1000%2FX", "10.1000/x"),
        ("https://doi.org/10.1002/(SICI)1096-8628(19980428)77:1%3C31::AID-AJMG8%3E3.0.CO;2-O", "10.1002/(sici)1096-8628(19980428)77:1<31::aid-ajmg8>3.0.co;2-o"),
        ("10.1000/a%2Fb", "10.1000/a%2fb"),
        ("https://example.org/10.1000/x", None),
        ("10.1000.10/123456", "10.1000.10/123456"),
        ("10.1038/", None),
        ("10.12/x", None),
        ("10.1038/a b", None),
        ("10.1038/a>b", None),
    ],
)
def test_doi(text: str, expected: str | None) -> None:
    assert doi(text) == expected


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    for identify in (arxiv_id, orcid, ror, doi):
        found = identify(text)
        assert found is None or identify(found) == found
    for start, end, value in find_arxiv_ids(text):
        assert arxiv_id(text[start:end]) == value


_SHAPES = {
    "openalex": r"(https://openalex\.org/)?[WAIXw][0-9٣]{0,14}",
    "doi": r"(https://doi\.org/|doi:)?10\.([0-9]{3,10}|48550)/(arXiv\.2205\.06175|[Aa0./_();:,é-]{0,8})",
    "pmid": r"(https://pubmed\.ncbi\.nlm\.nih\.gov/|pmid:)?[0-9٣]{0,10}",
    "s2": r"[0-9a-fA-F]{38,41}|[0-9]{0,13}",
    "dblp": r"(DBLP:)?(conf|journals|books)/[a-z0-9]{0,4}/[A-Za-z0-9é./-]{0,6}",
    "acl": r"(https://aclanthology\.org/)?[12][09][0-9]{2}\.[a-zA-Z0-9]{0,3}-[a-z_A0-9]{0,4}\.[0-9]{0,2}",
}  # fmt: skip


@pytest.mark.parametrize("scheme", _SHAPES)
@given(data=st.data())
def test_common_shapes_are_found_as_all_others_are(scheme: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(_SHAPES[scheme], fullmatch=True))
    assert identifier(text, scheme) == identifier(f" {text}", scheme), "a blank before it is not a common shape"


@pytest.mark.parametrize("text", ["10.1175/1520-0442(2000)013<1000:AB>2.0.CO;2", "doi:10.1175/1520-0442(2000)013&lt;1000:AB&gt;2.0.CO;2"])
def test_a_doi_made_of_a_sici_has_angle_brackets(text: str) -> None:
    known = identifier(text, "doi")
    assert known == "doi:10.1175/1520-0442(2000)013<1000:ab>2.0.co;2"
    assert link(known) == "https://doi.org/10.1175/1520-0442(2000)013%3C1000:ab%3E2.0.co;2"
    assert identifier("10.1000/<script>alert(1)</script>", "doi") is None


@pytest.mark.parametrize("text", ["PMC6751234", "pmcid: PMC6751234", "pmc-id: PMC6751234;", "https://pmc.ncbi.nlm.nih.gov/articles/PMC6751234/"])
def test_ids_of_pubmed_central_as_its_services_write_them(text: str) -> None:
    assert identifier(text, "pmcid") == "pmcid:PMC6751234"
