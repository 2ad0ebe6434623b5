"""People's decisions on identity: written into the decisions file, which every build reads, and can be taken back."""

from dataclasses import replace
from itertools import product
from pathlib import Path

from kg.errors import UsageError
from kg.files import atomic_write
from kg.pipeline.build import Summary, decided_text, rebuild
from kg.pipeline.opened import Opened, open_build
from kg.pipeline.progress import Say
from kg.resolve import decisions
from kg.resolve.decisions import Decision


def merge(folder: Path, one: str, other: str, note: str, say: Say) -> Summary:
    """Decide that two entities are one, and build again.

    Raises:
        UsageError: If they are of different kinds, or one already.
    """
    opened = open_build(folder)
    left, right = _entity(opened, one), _entity(opened, other)
    if left == right:
        raise UsageError(f"{one} and {other} are one already: {left}")
    kind = _kind(left)
    if kind != _kind(right):
        raise UsageError(f"{left} and {right} are of different kinds and cannot be one")
    first, second = sorted((opened.anchors(left)[0], opened.anchors(right)[0]))
    return _decide(folder, [Decision(kind, "same", first, second, note)], say)


def split(folder: Path, entity: str, member: str, note: str, say: Say) -> Summary:
    """Decide that one member is none of the entity that it was put into, and build again.

    Args:
        folder: The build folder.
        entity: The entity: an IRI, path or label.
        member: The member, as `kg why` names it, or part of that name if it is the only one that fits.
        note: Why, for whoever reads the file later.
        say: Where progress is told.

    Raises:
        UsageError: If the entity has no such member, or no other.
    """
    opened = open_build(folder)
    path = _entity(opened, entity)
    anchors = opened.anchors(path)
    fitting = [anchor for anchor in anchors if anchor == member] or [a for a in anchors if member in a]
    if len(fitting) != 1:
        listed = "\n".join(f"  {anchor}" for anchor in anchors)
        raise UsageError(f"{member!r} names {len(fitting)} members of {path}; name one of them:\n{listed}")
    others = [anchor for anchor in anchors if anchor != fitting[0]]
    if not others:
        raise UsageError(f"{path} has no other member: there is nothing to split")
    made = [
        Decision(_kind(path), "different", min(one, other), max(one, other), note)
        for one, other in product(fitting, others)
    ]
    return _decide(folder, made, say)


def undo(folder: Path, say: Say) -> Summary:
    """Take back the last decision (all its lines), and build again.

    Raises:
        UsageError: If nothing was decided.
    """
    file = folder / decisions.FILE
    made, _ = decisions.read(decided_text(folder))
    if not made:
        raise UsageError(f"{file}: nothing was decided yet")
    number = made[-1].number
    return _write(folder, [d for d in made if d.number != number] if number else made[:-1], say)


def _decide(folder: Path, made: list[Decision], say: Say) -> Summary:
    """Add the lines of one decision under a number of its own."""
    before, _ = decisions.read(decided_text(folder))
    number = max((d.number for d in before), default=0) + 1
    return _write(folder, before + [replace(d, number=number) for d in made], say)


def _write(folder: Path, made: list[Decision], say: Say) -> Summary:
    """Write the decisions and build again; where that fails, the decisions are as before."""
    file = folder / decisions.FILE
    before = file.read_bytes() if file.is_file() else None
    _put(file, decisions.write(made).encode() if made else None)
    try:
        return rebuild(folder, say)
    except BaseException:
        _put(file, before)
        raise


def _put(file: Path, content: bytes | None) -> None:
    """Write a file; None removes it."""
    if content is None:
        file.unlink(missing_ok=True)
        return
    with atomic_write(file) as out:
        out.write(content)


def _entity(opened: Opened, text: str) -> str:
    path = opened.path(opened.find(text))
    if not opened.anchors(path):
        raise UsageError(f"{path} is no paper or person that was resolved here")
    return path


def _kind(path: str) -> str:
    kind = path.partition("/")[0]
    return "person" if kind == "group" else kind
