"""YAML as JSON: the same values on the lines where they stand; what exhausts or breaks a parser is refused, with its line."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnreadableError
from kg.model import Document
from kg.sources._yaml import as_json, head_as_json


def value(text: str) -> Any:
    return json.loads(as_json(Document.of_text(text)).document.text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a: 1\nb: [x, 'y: z', \"\\u00e9\"]\n", {"a": "1", "b": ["x", "y: z", "é"]}),
        ("a: no\nb: true\nc: ~\nd:\ne: 'null'\nf: 2.10\ng: 2020-05-12\n", {"a": "no", "b": True, "c": None, "d": None, "e": "null", "f": "2.10", "g": "2020-05-12"}),
        ("a: >-\n  one\n  two\nb: |\n  one\n  two\n", {"a": "one two", "b": "one\ntwo\n"}),
        ("- &x {a: [1, 2]}\n- *x\n- [*x, *x]\n", [{"a": ["1", "2"]}, {"a": ["1", "2"]}, [{"a": ["1", "2"]}] * 2]),
        ("a: !!python/object:os.system ls\nb: !thing {c: 1}\n", {"a": "ls", "b": {"c": "1"}}),
        ("a: 1\n---\nb: 2\n", [{"a": "1"}, {"b": "2"}]), ("---\na: 1\n---\n", {"a": "1"}), ("\ufeffa: {}\nb: []\n", {"a": {}, "b": []}), ("", []),
    ],
)  # fmt: skip
def test_values(text: str, wanted: Any) -> None:
    assert value(text) == wanted


def test_lines() -> None:
    made, lines = as_json(Document.of_text("# x\na:\n  - b: >\n      long\n      text\n    c: 1\n\n  - &k [d]\ne: *k\n", "x.yml", "7"))
    assert list(zip(made.text.split("\n"), lines, strict=True)) == [
        ("{", 2), ('"a": [', 2), ("{", 3), ('"b": "long text\\n"', 3), (',"c": "1"', 6), ("}", 3), (",[", 8), ('"d"', 8), ("]", 8), ("]", 2),
        (',"e": [', 9), ('"d"', 9), ("]", 9), ("}", 2),
    ]  # fmt: skip
    assert (made.name, made.id) == ("x.yml", "7")


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(f"{y}: &{y} [{','.join([f'*{x}'] * 9)}]" for x, y in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("a: 1\nb: c: d\n", "no YAML", 2), ("a: [1,\n", "no YAML", 2), ("a: \x07", "no YAML", 1), ("\n? [a]\n: b\n", "a key that is a list", 2), ("a: *x\n", "an alias of what", 1),
        ("&a [*a]", "an alias of what", 1), ("[" * 100_000, "nested more", 1), ("- " * 100_000, "nested more", 1), ("\n".join(" " * n + "a:" for n in range(3000)), "nested more", 101),
        (BOMB, "aliases that become too much", 4), (f"a: &a {'x' * 9999}\nb: [{','.join(['*a'] * 999)}]", "aliases that become too much", 2),
    ],
    ids=lambda case: ascii(case)[:20],
)  # fmt: skip
def test_what_is_refused(text: str, what: str, line: int) -> None:
    with pytest.raises(UnreadableError) as caught:
        as_json(Document.of_text(text))
    assert caught.value.what.startswith(what)
    assert caught.value.line == line


def test_a_head_is_read_as_far_as_it_is_whole() -> None:
    text = "- a: 1\n- b: 2\n- c: [3, 4"
    assert json.loads(head_as_json(text, len(text))) == [{"a": "1"}, {"b": "2"}]
    assert head_as_json(text, len(text) + 1) == ""
    indented = "# x\n\n  - a: 1\n  - {b: 2}\n  - c: [3, 4"
    assert json.loads(head_as_json(indented, len(indented))) == [{"a": "1"}, {"b": "2"}]
    assert json.loads(head_as_json("- {a: 1}\n- {b: 2}\n", 99)) == [{"a": "1"}, {"b": "2"}]
    assert head_as_json("[1, 2]", 99) == head_as_json("We weave.\nAnd so: on", 99) == ""


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=9)
ANY = st.recursive(st.none() | st.booleans() | TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=9)


@settings(max_examples=100, deadline=None)
@given(st.lists(ANY, max_size=4), st.booleans())
def test_what_is_written_is_read_back(data: list[Any], flow: bool) -> None:
    assert value(yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow)) == data


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["a: ", "- ", "&x ", "*x", "[", "]", "{", "}", ", ", "|\n", ">\n", "  ", "\n", "\r", "---\n", "...\n", "? ", "'", '"', "#", "\t", "!!x ", "%"]) | st.text(max_size=3), max_size=30).map("".join))
def test_any_text_is_survived(text: str) -> None:
    try:
        made, lines = as_json(Document.of_text(text))
    except UnreadableError:
        return
    json.loads(made.text)
    assert len(lines) == made.text.count("\n") + 1
    assert all(1 <= line <= text.count("\n") + text.count("\r") + 2 for line in lines)
