"""Papers in scripts: JavaScript, TypeScript and Python."""

import pytest

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources import read, recognise, script_records
from kg.sources._script import values_of
from tests.sources.told import said, sample


def rows(text: str | Document) -> tuple[list[Record], list[Problem]]:
    found = [*script_records.read(Document.of_text(text, "a.js") if isinstance(text, str) else text)]
    return [row for row in found if isinstance(row, Record)], [row for row in found if isinstance(row, Problem)]


def test_typescript() -> None:
    (first, second), (problem,) = rows(sample("script_records/papers.ts"))
    assert said(first, "title", "author", "date", "venue", "identifier", "abstract", "url") == {
        "title": ["Why kettles sing: it's the steam"], "author": ["Ida Teapot", "Bo Pot", "Eve Fox"], "date": ["2021"], "venue": ["Journal of Tea"],
        "identifier": ["doi:10.5555/kettle.42"], "abstract": ["We boil water and listen."], "url": [],
    }  # fmt: skip
    assert said(second, "title", "author", "date", "keyword") == {"title": ["Lids and pots"], "author": ["Eve Fox", "Bo Pot"], "date": ["2022"], "keyword": ["lid", "pot"]}
    assert [(field.name, field.line, field.path) for field in first.fields if field.name in {"title", "venue", "abstract", "date"}] == [
        ("title", 16, "$[0].title"), ("venue", 20, "$[0].venue"), ("abstract", 23, "$[0].abstract"), ("date", 19, "$[0].year"),
    ]  # fmt: skip
    assert (first.line, second.line) == (15, 27)
    assert (problem.line, problem.what) == (22, "code in the place of a value, passed over: \"require('./kettle.png')\"")


def test_python() -> None:
    (first, second), (problem,) = rows(sample("script_records/shelf.py"))
    assert said(first, "title", "author", "date") == {"title": ["On the $\\alpha$ of leaves"], "author": ["Ida Teapot", "Bo Pot"], "date": ["2020"]}
    assert said(second, "title", "author", "abstract") == {"title": ["Sugar or not"], "author": ["Eve Fox"], "abstract": ["We ask."]}
    assert (problem.line, first.line, second.line) == (8, 6, 10)


def test_several_values_of_pure_json() -> None:
    records, problems = rows(sample("script_records/data.js"))
    assert problems == []
    assert [said(record, "title", "author", "et_al") for record in records] == [
        {"title": ["Why kettles sing"], "author": ["Ida Teapot", "Bo Pot"], "et_al": ["+2"]}, {"title": ["Lids"], "author": ["Eve Fox"], "et_al": []},
    ]  # fmt: skip
    assert [(record.line, record.first("title").path) for record in records if record.first("title")] == [  # type: ignore[union-attr]
        (2, "$.TEA_PAPERS[0].title"), (3, "$.TEA_PAPERS[1].title"),
    ]  # fmt: skip


def test_several_lists_of_one_object() -> None:
    records, problems = rows("export const shelf = {\n articles: [{title: 'On tea', authors: ['Bo Pot']}],\n books: [{title: 'Lids', authors: ['Eve Fox']}],\n links: [{title: 'Home', url: '/'}]\n}")
    assert [(said(record, "title", "author"), record.line) for record in records] == [
        ({"title": ["On tea"], "author": ["Bo Pot"]}, 2), ({"title": ["Lids"], "author": ["Eve Fox"]}, 3),
    ]  # fmt: skip
    assert problems == []


@pytest.mark.parametrize(
    "text",
    [
        "var papers = [{title: 'On tea', authors: ['Bo Pot']}]", "show({'title': 'On tea', 'authors': 'Bo Pot'});", "module.exports = {title: 'On tea', authors: 'Bo Pot',};",
        "export default [{title: `On tea`, authors: `Bo Pot`}]", "{'bee2019': {'title': 'On tea', 'authors': ['Bo Pot'], 'doi': None}}",
        '[{title: "On tea", authors: ["Bo Pot"]}]', "const list: Array<{a: string}> = [{ title: ('On ' + 'tea'), authors: [{ name: 'Bo Pot' }] }] as const;",
        "papers = []\npapers += [{'title': 'On \\u0074ea', 'authors': 'B\\x6f Pot'}]", "'use strict';\n(function () { var p = [{title: 'On\\\n tea', authors: 'Bo Pot'}]; show(p); })();",
    ],
)  # fmt: skip
def test_ways_to_hold_papers(text: str) -> None:
    document = Document.of_text(text, "a.js")
    assert recognise(document) == "script_records"
    (record,), problems = rows(document)
    assert (said(record, "title", "author"), problems) == ({"title": ["On tea"], "author": ["Bo Pot"]}, [])


def test_the_line_of_each_thing_that_python_printed() -> None:
    records, _ = rows("{'title': \"It's A\", 'authors': ['Bo Pot']}\n{'title': 'B', 'authors': None}\n")
    assert [(record.line, said(record, "title")["title"]) for record in records] == [(1, ["It's A"]), (2, ["B"])]


def test_answers_of_a_provider_are_read_by_its_reader() -> None:
    paper = '{"paperId": "649def34f8be52c8b66281af98ae884c09aef38b", "title": "On tea", "authors": [{"authorId": "1741101", "name": "Bo Pot"}], "externalIds": {"DOI": "10.5555/1"}}'
    (record,), _ = rows(f'window.data = {{"total": 1, "data": [{paper}]}};')
    assert said(record, "author_id", "identifier") == {"author_id": ["1741101"], "identifier": ["s2:649def34f8be52c8b66281af98ae884c09aef38b", "doi:10.5555/1"]}


@pytest.mark.parametrize(
    "text",
    [
        "import { entries } from 'bibtex';\nfunction title(e) {\n  const x = {title: clean(e.TITLE), authors: e.authors.split(' and ')};\n  return x;\n}\n",
        "export interface Paper {\n  title: string;\n  authors: string[];\n}\nexport type Other = { title: 'Tea', authors: 'Bo Pot' };\n",
        "const a = 1;\nlet events = [{ name: 'start', from: 'none' }];\n",
    ],
)
def test_code_is_no_paper(text: str) -> None:
    assert recognise(Document.of_text(text, "a.ts")) == "script_records"
    (problem,) = read(Document.of_text(text, "a.ts"))
    assert isinstance(problem, Problem)
    assert (problem.line, problem.severity) == (1, "warning")


@pytest.mark.parametrize("text", ["Import substitution\n\nWe const x.", "@article{a,\n title = {Tea: const},\n author = {A}\n}", "type: article\ntitle: T\n", "from here on: a = [b]"])
def test_what_is_no_script(text: str) -> None:
    assert script_records.sniff(text, "a.txt") == 0.0


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("x = [{title: 'T', authors: ['A'", "a list or an object that does not end"), ("x = [{title: 'T'])", "{ is closed by ]"),
        (f"x = {'[' * 70}{{title: 'T'}}", "nested too deep"),
    ],
)  # fmt: skip
def test_what_is_refused(text: str, what: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        rows(f"\n{text}")
    assert (raised.value.what, raised.value.line) == (what, 2)


def test_a_name_that_names_itself_does_not_grow() -> None:
    text = "const a = {x: 'y', title: 'T'};\n" + "".join(f"const a{i} = {{x: [a{i - 1 if i else ''}, a{i - 1 if i else ''}]}};\n" for i in range(40))
    assert len(values_of(text).text) < 40_000
