"""Ids of a source's own: what is one, and which mean the same in every file."""

from typing import Any

import pytest

from kg.sources._own_id import own_id


@pytest.mark.parametrize(("value", "known"), [
    ("53E99784b7602d9701f3e3f6", "hex:53e99784b7602d9701f3e3f6"),
    ("00127ee2-cb05-48ce-bc49-9de556b93346", "hex:00127ee2-cb05-48ce-bc49-9de556b93346"),
    ("2011LoomJ..12..345B", "bibcode:2011LoomJ..12..345B"),
    ("1998A&A...330..100D", "bibcode:1998A&A...330..100D"),
    ("100-004-910-081-14X", "lens:100-004-910-081-14X"),
    ("pub.1100000001", "dimensions:pub.1100000001"),
    ("2-s2.0-85000000001", "scopus:2-s2.0-85000000001"),
    ("WOS:000012345600001", "wos:WOS:000012345600001"),
    ("000012345600001", None), ("1102481", None), ("lovelace1843", None), ("deadbeef", None),
])  # fmt: skip
def test_only_what_cannot_be_another_s_by_chance_means_the_same_in_every_file(value: str, known: str | None) -> None:
    assert own_id(f" {value}\n") == (value, known)


@pytest.mark.parametrize("value", ["", " ", "On looms", "https://x.org/17", "x" * 101, True, False, None, 1.5, float("inf"), [], {}])
def test_what_is_no_id(value: Any) -> None:
    assert own_id(value) is None
