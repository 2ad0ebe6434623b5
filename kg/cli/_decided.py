"""What people decided, in words: for their list, and for the end of a command that decides or takes back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from kg.cli._output import say, shell
from kg.cli._summary import SHOWN, follow
from kg.pipeline.opened import Opened, one_of, open_build
from kg.pipeline.progress import Say, Summary
from kg.pipeline.version import decided_text
from kg.pipeline.why import members
from kg.resolve import decisions
from kg.resolve.decisions import Decision

_SAID: Final = {"same": "{} and {} are one", "different": "{} and {} are two", "assign": "{} is {}", "renamed": "{} is called {}"}


def follow_decision(folder: Path, build: Callable[[Say], Summary]) -> None:
    """Run a build that begins with a decision or takes one back; at its end tell which, beside what the build gave."""
    before = _made(folder)
    follow(build)
    after, opened = _made(folder), open_build(folder)
    new, gone = [each for each in after if each not in before], [each for each in before if each not in after]
    for words, some in (("decided", new), ("taken back", gone)):
        for line in _told(opened, some[:SHOWN]):
            say(f"{words} that {line}")
        if len(some) > SHOWN:
            say(f"... and {len(some) - SHOWN} more lines, all of them {words}")
    if new:
        say(f"take it back with: {shell('kg', 'undo', folder, new[-1].number)}")


def _made(folder: Path) -> list[Decision]:
    return decisions.read(decided_text(folder))[0]


def _told(opened: Opened, made: Sequence[Decision]) -> Iterator[str]:
    """Yield decisions in words, with the paths that their sides have now."""
    called, paths = names(opened, made), _paths(opened, made)
    for each in made:
        sides = [called.get(side, side) for side in (each.left, each.right)]
        now = dict.fromkeys(paths[side] for side in (each.left, each.right) if side in paths)
        yield _SAID[each.verdict].format(*sides) + (f" (now {', '.join(now)})" if now else "")


def names(opened: Opened, made: Sequence[Decision]) -> dict[str, str]:
    """Return anchors to the names printed there, with the place where they stand."""
    keys = _keys(opened, made)
    told = members(opened, sorted(keys.values()))
    return {anchor: f"{told[key].name or '(untitled)'} [{told[key].place}]" if told[key].place else told[key].name for anchor, key in keys.items()}


def _paths(opened: Opened, made: Sequence[Decision]) -> dict[str, str]:
    """Return anchors to the paths of what their members are now."""
    keys = _keys(opened, made)
    entity = {row["member"]: row["entity"] for row in opened.rows("identity", one_of("member", list(keys.values())))}
    return {anchor: entity[key] for anchor, key in keys.items() if key in entity}


def _keys(opened: Opened, made: Sequence[Decision]) -> Mapping[str, str]:
    """Return anchors to the first of their members."""
    sides = {side for each in made for side in (each.left, each.right)}
    rows: list[dict[str, Any]] = opened.rows("members", one_of("anchor", sorted(sides)))
    return {row["anchor"]: row["member"] for row in reversed(rows)}
