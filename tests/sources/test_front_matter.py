"""Papers' own pages in Markdown: their front matter, and the text below."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources._markdown.front_matter import front_matter
from kg.sources.front_matter import read, sniff
from tests.sources.test_contract import DATA, TEXTS, check
from tests.sources.told import said, sample


def rows(text: str) -> list[Record | Problem]:
    found = list(read(Document.of_text(text, "x.md", "0" * 16)))
    check(text, found)
    return found


def one(text: str) -> Record:
    (found,) = [row for row in rows(text) if isinstance(row, Record)]
    return found


def of(name: str) -> Record:
    return one(sample(f"front_matter/{name}").text)


def places(record: Record) -> list[tuple[str, int | None]]:
    return [(field.text, field.of) for field in record.all("affiliation")]


def test_page_of_jekyll() -> None:
    found = of("jekyll.md")
    assert said(found, "title", "author", "date", "venue", "volume", "issue", "pages", "arxiv_id", "abstract", "url") == {
        "title": ["Whispering Gears: A Study in Teeth"], "author": ["Payne, Ruby", "Rubin, Vera"], "date": ["2019-06-03"], "venue": ["Journal of Quiet Machines"],
        "volume": ["12"], "issue": ["3"], "pages": ["4-19"], "arxiv_id": ["1902.03040"], "abstract": ["We listen to gears. Those whose teeth are cut by hand whisper, and we show why."],
        "url": ["https://arxiv.org/abs/1902.03040", "https://github.com/example/gears", "https://arxiv.org/abs/1902.03040"],
    }  # fmt: skip
    kept = [field.text for field in found.all("other")]
    assert any(text.endswith("Recommended for quiet afternoons.") for text in kept)
    assert {"publications", "/publication/whispering-gears"} <= set(kept)


def test_page_of_hugo_in_toml() -> None:
    found = of("hugo.md")
    assert said(found, "title", "author", "date", "venue", "pages", "identifier", "abstract", "url") == {
        "title": ["Small Motors for Large Rooms"], "author": ["Mae Jemison", "Katherine Johnson"], "date": ["2020-05-01"], "venue": ["Proceedings of QuietConf"], "pages": ["1--9"],
        "identifier": ["doi:10.5555/quiet.7"], "abstract": ["A small motor fills a room if it hums."], "url": ["https://github.com/example/motors"],
    }  # fmt: skip
    assert [field.line for field in found.all("author")] == [4, 4]
    assert [field.text for field in found.all("other")] == ["1", "Slides on request.", "false"]


def test_authors_in_parts_with_numbered_affiliations() -> None:
    found = of("software.md")
    assert said(found, "author", "author_id", "date", "keyword") == {
        "author": ["Grace Hopper", "Ludwig van Beispiel"], "author_id": ["0000-0002-1825-0097"], "date": ["2021-06-03"], "keyword": ["Python", "silence"],
    }  # fmt: skip
    assert places(found) == [("Navy Yard, Springfield", 0), ("University of Examples", 0), ("University of Examples", 1)]


def test_note_of_obsidian() -> None:
    found = of("note.md")
    assert said(found, "author", "venue", "date", "identifier", "arxiv_id") == {
        "author": ["Barbara Liskov", "Edsger Dijkstra"], "venue": ["Letters on Noise"], "date": ["1968"], "identifier": ["doi:10.5555/hum.68"], "arxiv_id": [],
    }  # fmt: skip
    author = list(found.all("author"))[1]
    assert author.start is not None  # verbatim within the brackets


def test_what_is_no_valid_yaml_is_read_key_by_key() -> None:
    text = (DATA / "front_matter" / "loose.md").read_text()
    found = rows(text)
    record = one(text)
    assert said(record, "title", "author", "et_al", "venue", "date") == {
        "title": ["Rest: a resource"], "author": ["Vera Rubin", "Jocelyn Bell"], "et_al": ["et al."], "venue": ["Letters on Noise"], "date": ["2023"],
    }  # fmt: skip
    assert [(row.line, row.severity) for row in found if isinstance(row, Problem)] == [(2, "warning")]


def test_inline_affiliations_by_reference() -> None:
    text = "---\ntitle: Quiet\nabstract: We rest.\nauthor:\n  - name: {given: Ada, family: Beispiel}\n    affiliations:\n      - id: a\n        name: Polis\n  - name: Bo Exempel\n    affiliations: [{ref: a}]\ncitation:\n  container-title: Naps\n---\n"
    found = one(text)
    assert said(found, "author", "venue") == {"author": ["Ada Beispiel", "Bo Exempel"], "venue": ["Naps"]}
    assert places(found) == [("Polis", 0), ("Polis", 1)]


def test_authors_and_bibtex_below_the_front_matter() -> None:
    text = "---\ntitle: Quiet\nvenue: Naps\n---\n\n**Ada Beispiel**, Bo Exempel<sup>*</sup>\n\nText.\n\n```\n@article{a,\n  year = {2021},\n  pages = {3--4}\n}\n```\n"
    assert said(one(text), "author", "date", "pages") == {"author": ["Ada Beispiel", "Bo Exempel"], "date": ["2021"], "pages": ["3–4"]}


def test_name_of_the_site_is_no_author() -> None:
    found = rows("---\ntitle: Quiet\nauthors: [admin, Ada Beispiel]\nvenue: Naps\n---\n")
    assert [said(row, "author", "other") for row in found if isinstance(row, Record)] == [{"author": ["Ada Beispiel"], "other": ["admin"]}]
    assert [row.what for row in found if isinstance(row, Problem)] == ["the author 'admin' is a name of the site, not of a person"]


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        ("---\ntitle: My post\ndate: 2020-01-01\nauthor: Ada\ntags: [news]\n---\nHello", 0.0), ("---\ntitle: Publications\nlayout: page\n---\n# 2020\n", 0.0),
        ("---\ntitle: T\nlayout: publication\n---\n", 0.95), ("---\ntitle: T\nauthors: [A B]\nyear: 2020\n---\n", 0.95), ("---\ntitle: T\ndoi: ''\n---\n", 0.0),
        ("---\n# a rule, then text\n", 0.0), ("---\ncff-version: 1.2.0\ntitle: T\ndoi: 10.5555/x\n---\n", 0.0), ("+++\ntitle = 'T'\nvenue = 'V'\n+++\n", 0.95), ("", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, sure: float) -> None:
    assert sniff(head, "x.md") == sure


@pytest.mark.parametrize("text", ["---\na: " + "[" * 500 + "]" * 500 + "\n---\n", "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d]\n---\n", "---\na: &a [*a]\n---\n", "+++\na = \n+++\n"])
def test_hostile_front_matter_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        front_matter(text)
    assert sniff(text, "x.md") == 0.0


@settings(deadline=None)
@given(text=TEXTS, keys=st.lists(st.sampled_from(["title: x", "authors:", "- name: A B", "  affiliation: 1", "venue: 'V'", "date: 2020", "tags: [a", '"', "citation: A. B. C. 2020.", "abstract: |", "  We."]), max_size=12))
def test_any_front_matter_keeps_the_contract(text: str, keys: list[str]) -> None:
    page = "\n".join(["---", *keys, "---", text])
    if sniff(page, "x.md"):
        rows(page)


def test_nothing_that_front_matter_says_is_lost() -> None:
    text = (
        '---\ntitle: "On *Quiet* Engines"\nauthors:\n  - name: {given: Ada, family: Lovelace}\n    orcid: 0000-0002-1825-0098\n  - {nick: ada}\n  - Charles Babbage et al.\ndate: [last-modified, 2019-06]\nvenue: Mind\n'
        'links:\n  - {name: paper, url: "https://doi.org/10.1000/x"}\n  - see the shelf\nnotes: {who: [me, you], when: {day: one}}\ndescription: Short.\n---\n'
    )
    *problems, record = sorted(rows(text), key=lambda row: isinstance(row, Record))
    assert [(problem.what, problem.line) for problem in problems if isinstance(problem, Problem)] == [("no ORCID iD: '0000-0002-1825-0098'", 5)]
    assert isinstance(record, Record)
    assert said(record, "title", "author", "et_al", "author_id", "date", "url", "identifier", "other") == {
        "title": ["On Quiet Engines"], "author": ["Ada Lovelace", "Charles Babbage"], "et_al": ["et al."], "author_id": [], "date": ["2019-06"], "url": ["https://doi.org/10.1000/x"], "identifier": ["doi:10.1000/x"],
        "other": ["0000-0002-1825-0098", "ada", "last-modified", "Short.", "paper", "see the shelf", "me", "you", "one"],
    }  # fmt: skip


def test_citation_below_the_front_matter_tells_what_that_leaves_out() -> None:
    record = one('---\ntitle: On Engines\ncollection: publications\n---\nRecommended citation: A. Lovelace, C. Babbage, et al. (2019). "On Engines." *Journal of Rest*. 12(3), 4-19. https://doi.org/10.1000/x\n\nMore.\n')
    assert said(record, "author", "et_al", "venue", "volume", "issue", "pages", "date", "identifier") == {
        "author": ["A. Lovelace", "C. Babbage"], "et_al": ["et al."], "venue": ["Journal of Rest"], "volume": ["12"], "issue": ["3"], "pages": ["4-19"], "date": ["2019"], "identifier": ["doi:10.1000/x"],
    }  # fmt: skip


@pytest.mark.parametrize(("page", "line"), [("---\ntitle: On Engines\nlayout: paper\n---\nWe write.\n\n{}\n", 7), ("---\ntitle: On Engines\nlayout: paper\nbibtex: '{}'\n---\n", 4)])
def test_bibtex_tells_what_nothing_else_does_with_its_line(page: str, line: int) -> None:
    record = one(page.replace("{}", "@article{x, author = {Lovelace, Ada and {Engine Team}}, journal = {Mind}, year = {1950}, volume = {3}, number = {2}, pages = {1--9}, doi = {10.1000/x}, publisher = {Press} }"))
    expected = {"author": ["Ada Lovelace", "Engine Team"], "venue": ["Mind"], "date": ["1950"], "volume": ["3"], "issue": ["2"], "pages": ["1–9"], "identifier": ["doi:10.1000/x"], "publisher": ["Press"]}
    assert said(record, *expected) == expected
    assert {field.line for name in expected for field in record.all(name)} == {line}


def test_page_whose_front_matter_lists_papers() -> None:
    text = "---\nlayout: papers\ntitle: Papers\nitems:\n  - title: Quiet Rooms at Night\n    arxiv: https://arxiv.org/abs/2001.01234\n    coauthor: Vera Rubin and Ann Ko\n    journal: submitted.\n  - title: What Pauses Say to Us\n    coauthor: false\n    journal: Journal of Rest, 11 (2023), E82.\n---\n\nBelow is a list.\n"
    assert sniff(text, "papers.md") > 0
    rooms, pauses = [row for row in rows(text) if isinstance(row, Record)]
    assert said(rooms, "title", "author", "et_al", "venue", "comment") == {"title": ["Quiet Rooms at Night"], "author": ["Vera Rubin", "Ann Ko"], "et_al": ["coauthor"], "venue": [], "comment": ["submitted."]}
    assert said(pauses, "title", "author", "venue", "volume") == {"title": ["What Pauses Say to Us"], "author": [], "venue": ["Journal of Rest"], "volume": ["11"]}
    assert [field.line for record in (rooms, pauses) for field in record.all("title")] == [5, 9]
