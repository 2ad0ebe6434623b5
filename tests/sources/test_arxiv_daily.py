"""Daily lists of arXiv papers: topics of rows in Markdown."""

from kg.model import Problem, Record
from kg.sources import arxiv_daily, recognise
from tests.sources.provider_json import document, sample

TEXT = sample("arxiv_daily/daily.json")


def test_rows_and_items() -> None:
    rows = list(arxiv_daily.read(document(TEXT)))
    records = [row for row in rows if isinstance(row, Record)]
    assert [[(field.name, field.text, field.value, field.line) for field in record.fields] for record in records] == [
        [
            ("title", "Counting Sheep | and Goats", None, 2), ("author", "Ada Lovelace", None, 2), ("et_al", "et.al.", None, 2),
            ("date", "2022-05-13", "2022-05-13", 2), ("arxiv_id", "2205.06175", None, 2), ("url", "http://arxiv.org/abs/2205.06175", None, 2),
            ("url", "https://github.com/ada/sheep", None, 2), ("other", "Sheep", None, 2),
        ],
        [
            ("title", "Herding Cats", None, 3), ("author", "Jean Sammet", None, 3), ("author", "Ada Lovelace", None, 3),
            ("date", "2022-05-12", "2022-05-12", 3), ("arxiv_id", "2205.06176", None, 3), ("url", "http://arxiv.org/abs/2205.06176v2", None, 3),
            ("other", "Sheep", None, 3),
        ],
        [
            ("title", "Goats, Again", None, 6), ("author", "Mary Shaw", None, 6), ("et_al", "et.al.", None, 6),
            ("date", "2022-05-11", "2022-05-11", 6), ("arxiv_id", "2205.06177", None, 6), ("url", "http://arxiv.org/abs/2205.06177", None, 6),
            ("other", "Goats", None, 6),
        ],
    ]  # fmt: skip
    assert [(row.line, row.what) for row in rows if isinstance(row, Problem)] == [(7, "no paper in 'Goats', '2205.06178'")]


def test_sniff() -> None:
    assert recognise(document(TEXT)) == "arxiv_daily"
    assert arxiv_daily.sniff('{"2205.06175": "a paper"}', "x.json") == 0.0
    assert arxiv_daily.sniff('[{"title": "T"}]', "x.json") == 0.0
