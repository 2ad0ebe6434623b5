"""JSON as a stream: the same values as the standard library's parser gives, each with its line and path."""

import io
import json
import math
import random
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnreadableError
from kg.model import Document, Problem
from kg.sources import examine
from kg.sources._json import lines as json_lines
from kg.sources._json import stream
from kg.sources._json.value import Value
from kg.sources._json.values import head_objects, saved, values
from tests.growth import assert_linear


@dataclass(frozen=True)
class InPieces(Document):
    """A document whose text comes in pieces of a few code points, so that borders are everywhere."""

    piece: int = 1

    def chunks(self, size: int = 0) -> Iterator[str]:  # noqa: ARG002 - that is what is overridden
        return super().chunks(self.piece)


def document(text: str | bytes, name: str = "x.json", piece: int = 0) -> Document:
    data = text.encode() if isinstance(text, str) else text
    found = examine(lambda: io.BytesIO(data), name)
    assert isinstance(found, Document)
    if not piece:
        return found
    return InPieces(found.id, name, found.sha256, found.size, found.open, found.encoding, found.flaw, piece=piece)


def run(text: str | bytes, *envelopes: str, name: str = "x.json", piece: int = 0) -> tuple[list[Value], list[Problem]]:
    rows = list(values(document(text, name, piece), *envelopes))
    return [row for row in rows if isinstance(row, Value)], [row for row in rows if isinstance(row, Problem)]


def data(text: str | bytes, *envelopes: str, name: str = "x.json", piece: int = 0) -> list[Any]:
    return [value.data for value in run(text, *envelopes, name=name, piece=piece)[0]]


# Against another parser, and against a writer that knows where it wrote what

LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=12)
    | st.sampled_from(['"', "\\", "a\nb", "\u2028", "\U0001f600", "{[", "]},:", "\x7f", "é", "\\u12"])
)
KEYS = st.text(max_size=4) | st.sampled_from(["a", "b", "a.b", "x[0]", '"', "\\", "\n", ""])
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12)


class Writer:
    """Writes JSON with white space at random, and notes the line on which each part begins."""

    def __init__(self, seed: int, line_end: str) -> None:
        self.random, self.line_end = random.Random(seed), line_end  # noqa: S311 - no secret
        self.pieces: list[str] = []
        self.line = 1
        self.lines: dict[str, int] = {}

    def put(self, text: str) -> None:
        self.pieces.append(text)

    def space(self) -> None:
        for _ in range(self.random.choice((0, 0, 0, 1, 2))):
            found = self.random.choice((" ", "\t", self.line_end))
            self.line += found == self.line_end
            self.put(found)

    def write(self, value: Any, path: str) -> None:
        self.space()
        self.lines[path] = self.line
        ascii_only = self.random.random() < 0.5
        if isinstance(value, dict):
            self.put("{")
            for rank, (key, member) in enumerate(value.items()):
                self.put("," if rank else "")
                self.space()
                self.put(json.dumps(key, ensure_ascii=ascii_only))
                self.space()
                self.put(":")
                self.write(member, f"{path}.{key}")
            self.space()
            self.put("}")
        elif isinstance(value, list):
            self.put("[")
            for rank, member in enumerate(value):
                self.put("," if rank else "")
                self.write(member, f"{path}[{rank}]")
            self.space()
            self.put("]")
        else:
            self.put(json.dumps(value, ensure_ascii=ascii_only))


def paths(value: Any, path: str) -> Iterator[str]:
    """Yield the path of each part of a value."""
    yield path
    if isinstance(value, dict):
        for key, member in value.items():
            yield from paths(member, f"{path}.{key}")
    elif isinstance(value, list):
        for rank, member in enumerate(value):
            yield from paths(member, f"{path}[{rank}]")


def is_plain(value: Any) -> bool:
    """Tell whether no key looks like a path, so that each path is that of one part."""
    return len(set(paths(value, ""))) == sum(1 for _ in paths(value, ""))


@settings(max_examples=150, deadline=None)
@given(
    listed=st.lists(VALUES, max_size=5), seed=st.integers(0, 10**6), piece=st.integers(1, 9),
    line_end=st.sampled_from(["\n", "\r\n"]),
)  # fmt: skip
def test_lists(listed: list[Any], seed: int, piece: int, line_end: str) -> None:
    writer = Writer(seed, line_end)
    writer.write(listed, "$")
    writer.space()
    text = "".join(writer.pieces)
    assert json.loads(text) == listed
    for size in (0, piece):
        found, problems = run(text, piece=size)
        assert [value.data for value in found] == listed
        assert [value.path for value in found] == [f"$[{i}]" for i in range(len(listed))]
        assert problems == []
        for value in found:
            assert value.line == writer.lines[value.path]
            for path in paths(value.data, value.path) if is_plain(value.data) else ():
                assert value.line_of(path) == writer.lines[path], path


@settings(max_examples=120, deadline=None)
@given(
    around=st.dictionaries(KEYS, VALUES, max_size=4), listed=st.lists(VALUES, max_size=3), seed=st.integers(0, 10**6),
    piece=st.integers(1, 9), first=st.booleans(),
)  # fmt: skip
def test_objects_and_envelopes(around: dict[str, Any], listed: list[Any], seed: int, piece: int, *, first: bool) -> None:
    inner = {"items": listed, "n": 1} if first else {"n": 1, "items": listed}
    whole = {**around, "message": inner}
    writer = Writer(seed, "\n")
    writer.write(whole, "$")
    text = "".join(writer.pieces)
    found, _ = run(text, "message.items", piece=piece)
    assert [(value.data, value.path) for value in found] == [(each, f"$.message.items[{i}]") for i, each in enumerate(listed)]
    assert all(value.line == writer.lines[value.path] for value in found)
    for envelopes in ((), ("message.nothing", "other")):  # one record, whatever could have been in it
        (value,) = run(text, *envelopes, piece=piece)[0]
        assert (value.data, value.path) == (whole, "$")
        assert value.line == writer.lines["$"]
        for path in paths(whole, "$") if is_plain(whole) else ():
            assert value.line_of(path) == writer.lines[path], path


@settings(max_examples=60, deadline=None)
@given(listed=st.lists(st.dictionaries(KEYS, VALUES, max_size=4), min_size=2, max_size=5), blank=st.sampled_from(["", "\n", "  \r\n"]))
def test_lines(listed: list[dict[str, Any]], blank: str) -> None:
    text = "\n".join(json.dumps(each) + "\n" * bool(blank) + blank for each in listed)
    expected = [i for i, line in enumerate(text.split("\n"), 1) if line.strip()]
    for name in ("x.jsonl", "x.NDJSON.gz", "-"):
        found, problems = run(text, name=name)
        assert [value.data for value in found] == listed
        assert [value.line for value in found] == expected
        assert all(value.line_of("$.a") == value.line for value in found)
        assert problems == []


@settings(max_examples=120, deadline=None)
@given(listed=st.lists(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4), min_size=1, max_size=3), cut=st.integers(0, 400), lines=st.booleans())
def test_heads_cut_anywhere(listed: list[dict[str, Any]], cut: int, *, lines: bool) -> None:
    text = "\n".join(map(json.dumps, listed)) if lines else json.dumps(listed)
    found = head_objects(text[:cut])
    assert len(found) <= 3
    for expected, shown in zip(listed, found, strict=False):
        assert all(expected[key] == member or isinstance(member, int | float) for key, member in shown.items())
    if cut >= len(text):
        assert found == listed


# What is a record, and where


def test_line_of_what_is_not_there_is_that_of_what_is_around_it() -> None:
    (value,) = run('[\n{"a":\n{"b": 1}}]')[0]
    assert [value.line_of(path) for path in ("$[0].a.b", "$[0].a.c.d", "$[0].a[3]", "$[0].z", "$[1]", "")] == [3, 3, 3, 2, 2, 2]


def test_of_a_key_that_is_there_twice_the_last_one_counts() -> None:
    (value,) = run('[{"a": 1,\n"b": 2,\n"a": 3}]')[0]
    assert value.data == {"a": 3, "b": 2}
    assert value.line_of("$[0].a") == 3
    (value,) = run('{"a": 1,\n"a": 3}')[0]
    assert (value.data, value.line_of("$.a")) == ({"a": 3}, 2)


def test_lines_deep_within_a_value_are_those_of_what_is_around_them() -> None:
    text = "[" + '\n{"a":' * 60 + "1" + "}" * 60 + "]"
    (value,) = run(text)[0]
    assert value.line_of("$[0]" + ".a" * 49) == 51
    assert value.line_of("$[0]" + ".a" * 60) == 52


def test_several_envelopes() -> None:
    text = '{"meta": {"n": 2}, "results": [1], "data": {"papers": [2, 3]}, "more": []}'
    found, _ = run(text, "results", "data.papers")
    assert [(value.data, value.path) for value in found] == [(1, "$.results[0]"), (2, "$.data.papers[0]"), (3, "$.data.papers[1]")]
    assert data('{"results": []}', "results") == []
    assert data('{"message": {"DOI": "x"}}', "message.items") == [{"message": {"DOI": "x"}}]
    assert data('{"results": {"a": 1}, "n": 1}', "results") == [{"results": {"a": 1}, "n": 1}]


def test_envelopes_and_lists_in_lines() -> None:
    found, problems = run('{"results": [1, 2]}\n[3]\n{"a": 4}\n[]\n', "results", name="x.jsonl")
    assert [(problem.line, problem.severity) for problem in problems] == [(2, "warning")]
    assert [(value.data, value.path, value.line) for value in found] == [
        (1, "$.results[0]", 1), (2, "$.results[1]", 1), (3, "$[0]", 2), ({"a": 4}, "$", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"results": [\n{"a": 1},\n{"a": 2}]}', [("$.results[0]", 2), ("$.results[1]", 3)]),
        ('[{"meta": 1, "results": [{"a": 1}]},\n {"meta": 2, "results": [\n{"a": 2}, 7]}]', [("$[0].results[0]", 1), ("$[1].results[0]", 3), ("$[1].results[1]", 3)]),
        ('[{"in": {"items": [{"a": 1}]}}, {"a": 2}]', [("$[0].in.items[0]", 1), ("$[1]", 1)]),
        ('{"10.1/x": {"a": 1},\n"10.1/y": {\n"a": 2}}', [("$.10.1/x", 1), ("$.10.1/y", 2)]),
        ('{"a": 1, "b": {"c": 2}}', [("$", 1)]),
        ('[{"paper": {"a": 1}, "text": {"b": 2}}]', [("$[0]", 1)]),
        ('{"paper": {"a": 1}, "text": {"b": 2}}\n{"paper": {"a": 1}}\n', [("$", 1), ("$", 2)]),
        ('{"results": {"a": 1}}', [("$", 1)]),
        ("[{}, null]", [("$[0]", 1), ("$[1]", 1)]),
    ],
)
def test_answers_and_records_that_were_saved(text: str, expected: list[tuple[str, int]]) -> None:
    found = [value for value in saved(document(text, "x"), "results", "in.items") if isinstance(value, Value)]
    assert [(value.path, value.line) for value in found] == expected
    objects = [value.data for value in found if isinstance(value.data, dict)]
    assert head_objects(text, "results", "in.items", kept=True) == objects[:3]


def test_lines_within_a_saved_answer() -> None:
    (value,) = (value for value in saved(document('[{"results": [\n{\n"a": [1,\n2]}]}]'), "results") if isinstance(value, Value))
    assert [value.line_of(path) for path in ("$[0].results[0]", "$[0].results[0].a", "$[0].results[0].a[1]", "$[0].results[0].b")] == [2, 3, 4, 2]


def test_heads_of_saved_answers_cut_anywhere() -> None:
    listed = '[{"meta": {}, "results": [{"a": 1}, {"a": 2}, {"a": 3}]}]'
    assert head_objects(listed[:45], "results", kept=True) == [{"a": 1}, {"a": 2}]
    assert head_objects('{"x1": {"a": 1}, "x2": {"a": 2', "results", kept=True) == [{"a": 1}]


def test_several_texts_one_after_another() -> None:
    found, problems = run('{"a":\n1}{"b": 2}\n[3,\n4]', piece=2)
    assert [(value.data, value.line) for value in found] == [({"a": 1}, 1), ({"b": 2}, 2), (3, 3), (4, 4)]
    assert [(problem.line, problem.severity) for problem in problems] == [(2, "warning")]


@pytest.mark.parametrize(
    ("text", "name", "lines"),
    [
        ('{"a": 1}\n{"b": 2}', "x.json", True),
        ('{"a": 1}\n{"b":', "-", True),  # a writer that was stopped
        ('{"a": 1}\n{"b": "x', "-", True),
        ('{"a": 1}\nrubbish\n{"b": 2}', "-", True),
        ('{"a": rubbish}\n{"b": 2}', "-", True),
        ('rubbish\n{"b": 2}', "-", True),
        ('{"a": 1}\n{\n"b": 2}', "-", False),
        ('{"a": 1}', "-", False),
        ('{"a": 1}', "x.jsonl", True),
        ('[\n{"a": 1}\n]', "-", False),
        ('[\n{"a": 1}\n]', "x.jsonl", False),
        ('[{"a": 1}]\n[{"b": 2}]', "-", False),
        ('[{"a": 1}]\n[{"b": 2}]', "x.ndjson", True),
        ('{"a": 1,\n"b": {"c": 2}}', "-", False),
        ('{\n"a":\n{"b": 1}\n}', "-", False),
        ("", "x.jsonl", True),
    ],
)
def test_what_is_lines(text: str, name: str, *, lines: bool) -> None:
    assert json_lines.is_lines(document(text, name)) == lines
    if not lines:
        data(text, name=name)


def test_lines_that_are_called_json_are_told() -> None:
    found, problems = run('{"a": 1}\n{"b": 2}', name="x.json.gz")
    assert [value.data for value in found] == [{"a": 1}, {"b": 2}]
    assert [(problem.line, problem.what, problem.severity) for problem in problems] == [
        (1, "one JSON object a line, read as JSON Lines", "warning")
    ]


@pytest.mark.parametrize(("name", "piece"), [("x.jsonl", 0), ("x.json", 0), ("x.json", 1), ("x.json", 7), ("x.json", 50)])
def test_what_the_shell_of_mongodb_writes(name: str, piece: int) -> None:
    row = '{"_id" : ObjectId("53e99784b7602d9701f3e3f5"), "year" : NumberInt(2009), "title" : "On NumberInt(5), \\"NumberInt(6)\\"", "n" : [NumberLong("7"), NumberInt( -8 )]}'
    whole = {"_id": "53e99784b7602d9701f3e3f5", "year": 2009, "title": 'On NumberInt(5), "NumberInt(6)"', "n": ["7", -8]}
    found, problems = run(f"{row}\n{row}\n" if name.endswith("l") else f"[\n{row},\n{row}\n]", name=name, piece=piece)
    assert [value.data for value in found] == [whole, whole]
    assert [value.line for value in found] == ([1, 2] if name.endswith("l") else [2, 3])
    assert problems == []


def test_many_values_of_the_shell_of_mongodb_are_taken_at_once() -> None:
    assert_linear(data, lambda size: "[[" + "NumberInt(2009)," * size + "0]]", 40_000)


@pytest.mark.parametrize("piece", [0, 1, 3])
@pytest.mark.parametrize("text", ['[{"a": NaN, "b": [NaN]}]', '{"a": NaN, "b": [NaN]}\n{}'])
def test_what_pandas_writes_for_missing_is_null(text: str, piece: int) -> None:
    assert data(text, piece=piece)[0] == {"a": None, "b": [None]}


# What is wrong


@pytest.mark.parametrize("piece", [0, 1, 3])
@pytest.mark.parametrize(
    ("text", "line", "column", "what"),
    [
        ('[{"a": 1},]', 1, 11, "expecting value"),
        ('[{"a": 1,}]', 1, 10, "expecting property name enclosed in double quotes"),
        ('[\n{"a": 1}\n{"b": 2}]', 3, 1, "expected , or ], found '{'"),
        ('[\n {"a": Infinity}]', 2, 8, "Infinity is no JSON"),
        ("[\n\n  1, -Infinity]", 3, 6, "-Infinity is no JSON"),
        ("[1, 2", 1, 6, "the file ends in the middle (is it whole?)"),
        ('[{"a": "b', 1, 8, "the file ends in the middle (is it whole?)"),
        ('[{"a":\r\n 1, ', 2, 5, "the file ends in the middle (is it whole?)"),
        ('{"a": 1, "b"', 1, 13, "the file ends in the middle (is it whole?)"),
        ('{"a": 1 "b": 2}', 1, 9, "expected , or }, found '\"'"),
        ("{a: 1}", 1, 2, "expected a key in double quotes"),
        ('{"a" 1}', 1, 6, "expected :, found '1'"),
        ('["a\nb"]', 1, 4, "invalid control character at"),
        ('["\\x"]', 1, 3, "invalid \\escape"),
        ('["\\ud83\\u"]', 1, 4, "invalid \\uXXXX escape"),
        ("[1] x", 1, 5, "expected a list or an object"),
        ("42", 1, 1, "expected a list or an object"),
        ("null", 1, 1, "expected a list or an object"),
        ("[01]", 1, 3, "expected , or ], found '1'"),
        ("[tru]", 1, 2, "expecting value"),
        ("[1.]", 1, 3, "expected , or ], found '.'"),
    ],
)
def test_mistakes_have_line_and_column(text: str, line: int, column: int, what: str, piece: int) -> None:
    with pytest.raises(UnreadableError) as caught:
        run(text, piece=piece)
    assert (caught.value.line, caught.value.what) == (line, f"no JSON at column {column}: {what}")


@settings(max_examples=120, deadline=None)
@given(listed=st.lists(VALUES, min_size=1, max_size=3), place=st.integers(0, 200), put=st.sampled_from(['"', "{", "]", ",", "x", "\\", ""]), piece=st.integers(1, 9))
def test_broken_texts_are_refused_as_by_the_other_parser(listed: list[Any], place: int, put: str, piece: int) -> None:
    text = json.dumps(listed)
    place %= len(text)
    text = text[:place] + put + text[place + 1 :]
    if text[:1] != "[" or "NaN" in text or "Infinity" in text:
        return
    try:
        expected = json.loads(text, parse_float=lambda digits: digits if math.isinf(float(digits)) else float(digits))
    except ValueError:
        expected = None
    if expected is not None:
        assert data(text, piece=piece) == expected
    elif not is_several(text):  # several texts one after another are read too, which the other parser does not
        with pytest.raises(UnreadableError) as caught:
            run(text, piece=piece)
        assert caught.value.line == 1


def is_several(text: str) -> bool:
    """Tell whether these are several lists and objects one after another."""
    while text:
        try:
            found, end = json.JSONDecoder().raw_decode(text)
        except ValueError:
            return False
        if not isinstance(found, list | dict):
            return False
        text = text[end:].lstrip()
    return True


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b"rubbish", "no JSON: expecting value (column 1)"),
        (b'  {"a": oops}', "no JSON: expecting value (column 9)"),
        (b'{"a": "b', "no JSON: unterminated string starting at (column 7)"),
        (b'{"a": 1}, ', "no JSON: extra data (column 9)"),
        (b'{"a": Infinity}', "no JSON: Infinity is no JSON"),
        (b'{"a": "\xff"}', "not UTF-8 at byte 7 of the line"),
        (b"\x00", "no JSON: expecting value (column 1)"),
        (b'{"a":' * 100_000, "no JSON: nested too deep"),
        (b"[" * 100_000, "no JSON: nested too deep"),
    ],
)
def test_bad_lines_are_told_and_the_rest_is_read(line: bytes, what: str) -> None:
    for text in (b'{"n": 1}\n' + line + b'\r\n{"n": 2}\n', line + b'\n{"n": 1}\n{"n": 2}'):
        found, problems = run(text, name="x.jsonl")
        assert [value.data for value in found] == [{"n": 1}, {"n": 2}]
        number = 1 + text.split(b"\n").index(line + b"\r" if line + b"\r\n" in text else line)
        assert [(problem.line, problem.what, problem.severity) for problem in problems] == [(number, what, "error")]


def test_pretty_json_that_is_called_lines() -> None:
    with pytest.raises(UnreadableError) as caught:
        run('{\n "a": 1\n}', name="x.jsonl")
    assert (caught.value.line, caught.value.what) == (1, "not one JSON object a line")


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, '[{"a":' * 50_000])
def test_depth_is_bounded(text: str) -> None:
    with pytest.raises(UnreadableError, match="nested too deep"):
        run(text)
    assert head_objects(text[:65_536]) in ([], [{}])


def test_longest_value_and_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (json_lines, stream):
        monkeypatch.setattr(module, "LONGEST", 1000)
    long = json.dumps({"a": "x" * 3000})
    with pytest.raises(UnreadableError, match="a value of more than") as caught:
        run(f'[{{"a": 1}},\n{long}]', piece=300)
    assert caught.value.line == 2
    found, problems = run(f'{{"n": 1}}\n{long}\n{{"n": 2}}', name="x.jsonl")
    assert [(value.data, value.line) for value in found] == [({"n": 1}, 1), ({"n": 2}, 3)]
    assert [problem.line for problem in problems] == [2]


# Numbers, encodings


def test_numbers_that_no_program_can_hold_stay_text() -> None:
    digits = "9" * 5000
    assert data(f"[{digits}, 1e400, -1e400, 1e-400, {'9' * 100}]") == [digits, "1e400", "-1e400", 0.0, int("9" * 100)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks(encoding: str) -> None:
    if encoding == "utf-16":
        told = examine(lambda: io.BytesIO('[{"a": "é"}]'.encode(encoding)), "x.json", encoding)
        lines = examine(lambda: io.BytesIO('{"a": "é"}\n\n{"b": 1}'.encode(encoding)), "x.jsonl", encoding)
        assert isinstance(told, Document)
        assert isinstance(lines, Document)
        assert [value.data for value in values(told) if isinstance(value, Value)] == [{"a": "é"}]
        assert [(value.data, value.line) for value in values(lines) if isinstance(value, Value)] == [({"a": "é"}, 1), ({"b": 1}, 3)]
    assert data('[{"a": "é"}]'.encode("utf-8-sig")) == [{"a": "é"}]
    assert data('{"a": "é"}\n{"b": 1}'.encode("utf-8-sig"), name="x.jsonl") == [{"a": "é"}, {"b": 1}]
    assert head_objects('\ufeff[{"a": 1}]') == [{"a": 1}]
    assert head_objects('\ufeff[{"a": 1, "b": {') == [{"a": 1}]


def test_other_encodings() -> None:
    latin = examine(lambda: io.BytesIO('{"a": "é"}\n{"b": 1}'.encode("latin-1")), "x.jsonl", "latin-1")
    assert isinstance(latin, Document)
    assert [value.data for value in values(latin) if isinstance(value, Value)] == [{"a": "é"}, {"b": 1}]
    with pytest.raises(UnreadableError, match="not UTF-8 at byte 3"):
        run(b'["a\xff"]')


def test_only_a_line_feed_ends_a_line_of_json_lines() -> None:
    found, _ = run('{"a": "x\u2028y\u0085z"}\n{"b": 1}\n', name="x.jsonl")
    assert [(value.data, value.line) for value in found] == [({"a": "x\u2028y\u0085z"}, 1), ({"b": 1}, 2)]


# Heads


@pytest.mark.parametrize(
    ("head", "envelopes", "expected"),
    [
        ('[{"a": 1, "b": [1, 2', (), [{"a": 1}]),
        ('{"a": 1, "b": {"c": 2, "d": ', (), [{"a": 1}]),
        ('{"meta": {"n": 1}, "results": [{"a": 1, "b": {"c": ', ("results",), [{"a": 1}]),
        ('{"message": {"a": 1, "b": "', ("message.items",), [{"message": {"a": 1}}]),
        ('{"a": 1}\n{"b": 2}\n{"c": 3}\n{"d": 4}', (), [{"a": 1}, {"b": 2}, {"c": 3}]),
        ("[1, null, {}]", (), [{}]),
        ("[", (), []), ("", (), []), ("[]", (), []), ("<a/>", (), []), ("Title\n", (), []), ("{", (), []),
    ],
)  # fmt: skip
def test_heads(head: str, envelopes: tuple[str, ...], expected: list[dict[str, Any]]) -> None:
    assert head_objects(head, *envelopes) == expected


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60) | st.text(alphabet='{}[]",:\\ \n1eau', max_size=60))
def test_any_head_is_survived(text: str) -> None:
    assert all(isinstance(found, dict) for found in head_objects(text, "a", "a.b"))


# Size


def test_a_large_value_is_read_in_linear_time() -> None:
    def large(size: int) -> str:
        return json.dumps([{"a": ["x" * 100] * size}, {"b": 1}])

    assert [list(each) for each in data(large(60_000))] == [["a"], ["b"]]
    assert_linear(lambda text: list(data(text)), large, 60_000)


class Endless(io.RawIOBase):
    """A list of objects, made as it is read."""

    def __init__(self, size: int) -> None:
        self.pieces = chain((b'%s{"a": "%s"}' % (b"," if i else b"[", b"x" * 1000) for i in range(size)), [b"]"])
        self.rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self.rest or next(self.pieces, b"")
        count = min(len(buffer), len(piece))
        buffer[:count], self.rest = piece[:count], piece[count:]
        return count


def test_memory_does_not_grow_with_the_file() -> None:
    def opened() -> BinaryIO:
        return cast("BinaryIO", io.BufferedReader(Endless(40_000)))

    tracemalloc.start()
    count = sum(1 for _ in values(Document("0" * 16, "x.json", "", 0, opened)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 40_000
    assert peak < 16_000_000
