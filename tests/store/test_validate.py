"""The report: what makes a graph unsound, and how it reads."""

from pathlib import Path

import pytest

from kg.pipeline.opened import open_build
from kg.store.validate import validate
from tests.store.graphs import good_store, spoil, store_of


def test_sound_graph_conforms() -> None:
    report = validate(good_store())
    assert report.conforms
    assert str(report) == "The graph is sound: no errors, no warnings, no unknown terms."


def test_the_shipped_example_is_sound(example_graph: Path) -> None:
    report = validate(open_build(example_graph).store)
    assert report.conforms, str(report)


@pytest.mark.parametrize(("paper", "sound"), [("arxiv:1711.00937", True), ("arxiv:1711.0093", False), ("arxiv:2204.14198", False)])
def test_that_a_list_says_who_introduced_a_thing_is_as_good_as_a_mention(paper: str, sound: bool) -> None:
    update = f'INSERT DATA {{ paper:arxiv-1711.00937 kg:introduces method:gemma . method:gemma kg:introducedIn "{paper}" }}'
    assert ("no mention in the paper's texts" in str(validate(spoil(good_store(), update)))) is not sound


def test_that_a_list_has_the_title_of_who_introduced_a_thing_is_no_excuse_for_other_edges() -> None:
    introduced = 'method:gemma kg:introductionTitle "A Title"'
    assert validate(spoil(good_store(), f"INSERT DATA {{ paper:arxiv-1711.00937 kg:introduces method:gemma . {introduced} }}")).conforms
    assert not validate(spoil(good_store(), f"INSERT DATA {{ paper:arxiv-1711.00937 kg:usesMethod method:gemma . {introduced} }}")).conforms


def test_empty_graph_conforms() -> None:
    assert validate(store_of("")).conforms


def test_warning_leaves_the_graph_sound() -> None:
    report = validate(spoil(good_store(), "DELETE WHERE { paper:arxiv-2204.14198 dcterms:title ?t }"))
    assert report.conforms
    assert str(report).split("\n") == [
        "The graph is sound: no errors, 1 warning, no unknown terms.",
        "warning: this paper has no title (1 case)",
        "    id:paper/arxiv-2204.14198 dcterms:title",
    ]


def test_error_makes_the_graph_unsound() -> None:
    report = validate(spoil(good_store(), "INSERT DATA { paper:arxiv-2204.14198 kg:year 1066 }"))
    assert not report.conforms
    assert report.count("error") == 2
    assert "error: a paper must have at most one year, between 1500 and 2100 (2 cases)" in str(report)
    assert '    id:paper/arxiv-2204.14198 kg:year "1066"' in str(report)


def test_unknown_term_makes_the_graph_unsound() -> None:
    report = validate(spoil(good_store(), 'INSERT DATA { paper:arxiv-2204.14198 fabio:hasArXivID "2204.14198" }'))
    assert not report.conforms
    assert str(report).split("\n") == [
        "The graph is not sound: no errors, no warnings, 1 unknown term.",
        "unknown property: fabio:hasArXivID (1 statement), e.g. of id:paper/arxiv-2204.14198",
    ]


def test_errors_come_before_warnings_and_examples_are_few() -> None:
    store = spoil(good_store(), "DELETE { ?p dcterms:title ?t ; kg:year ?y } INSERT { ?p kg:year 1 } "
                                "WHERE { ?p dcterms:title ?t ; kg:year ?y }")  # fmt: skip
    lines = str(validate(store)).split("\n")
    assert lines[0] == "The graph is not sound: 10 errors, 10 warnings, no unknown terms."
    assert [line.partition(":")[0] for line in lines[1:] if not line.startswith(" ")] == ["error", "warning"]
    assert lines.count("    and 7 more") == 2
    assert len(lines) == 1 + 2 * (1 + 3 + 1)


def test_graph_of_another_base_is_checked_as_well() -> None:
    report = validate(store_of("<https://x.org/p> a kg:Paper ; kg:year 1 ."))
    assert report.count("error") == 1
    assert "https://x.org/p" in str(report)
