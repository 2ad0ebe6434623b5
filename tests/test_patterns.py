"""Regular expressions mean the same under every Python that is supported."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

import pytest

import kg

_REPEATS: Final = {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT}
_LOOKING: Final = {*_REPEATS, ops.BRANCH, ops.SUBPATTERN, ops.ATOMIC_GROUP, ops.ASSERT, ops.ASSERT_NOT}


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield the expressions of all modules by name."""
    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        if module.name.endswith("__main__"):
            continue
        try:
            loaded = importlib.import_module(module.name)
        except ImportError:  # an extra that is not installed
            continue
        for name, value in vars(loaded).items():
            if isinstance(value, re.Pattern):
                yield f"{module.name}.{name}", value


def repeated(of: Any) -> Iterator[Any]:
    """Yield what is repeated possessively anywhere in a parsed expression."""
    if isinstance(of, parser.SubPattern | list | tuple):
        if len(of) == 2 and of[0] is ops.POSSESSIVE_REPEAT:
            yield of[1][2]
        for each in of:
            yield from repeated(each)


def gives_up_halfway(of: Any) -> bool:
    """Tell whether a repeated sequence can fail behind its first part, in a part that looks on by itself."""
    rows = of[0][1][1] if len(of) == 1 and of[0][0] is ops.BRANCH else [of]
    for row in rows:
        parts = list(row)
        while len(parts) == 1 and parts[0][0] in {ops.SUBPATTERN, ops.ATOMIC_GROUP}:
            parts = list(parts[0][1][-1] if parts[0][0] is ops.SUBPATTERN else parts[0][1])
        if parts and parts[-1][0] in _REPEATS and parts[-1][1][0] == 0 and len(parts[-1][1][2]) == 1:
            parts = parts[:-1]  # it is content with nothing
        if any(op in _LOOKING for op, _ in parts[1:]):
            return True
    return False


def unsafe(pattern: re.Pattern[Any]) -> bool:
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    return any(map(gives_up_halfway, repeated(parser.parse(text, flags & ~re.DEBUG))))


def test_no_group_that_may_give_up_halfway_is_repeated_possessively() -> None:
    """CPython before 3.11.5 goes on where the last repetition gave up, not where it began (gh-106052); an atomic group is right."""
    found = dict(patterns())
    assert len(found) > 500
    assert sorted(name for name, pattern in found.items() if unsafe(pattern)) == []


@pytest.mark.parametrize(("pattern", "wrong"), [
    (r"(?:\s++\w++)*+>", True), (r'(?:[^"]|"(?!""))*+"', True), (r"(?:\([^()]*+\))*+", True),
    (r"(?>(?:\s++\w++)*)>", False), (r"(?:[\s,]++|%[^\n]*+)*+", False), (r"(?:[^'\\]|\\.)*+", False), (r"\s*+x", False),
])  # fmt: skip
def test_what_gives_up_halfway_is_known(pattern: str, wrong: bool) -> None:
    assert unsafe(re.compile(pattern)) is wrong
