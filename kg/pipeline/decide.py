"""People's decisions on identity: written into the decisions file, which every build reads, and can be taken back."""

import shlex
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path

from kg.errors import UsageError
from kg.files import atomic_write
from kg.graph.statements import person_member
from kg.names import compatible, parse
from kg.ontology import load
from kg.pipeline.opened import Opened, open_build
from kg.pipeline.progress import Say, Summary
from kg.pipeline.version import decided_text
from kg.resolve import decisions
from kg.resolve.decisions import FILE, Decision, decision
from kg.text import fold


def merge(folder: Path, names: Sequence[str], note: str, say: Say) -> Summary:
    """Decide that entities (IRIs, paths or labels) are one, and build again.

    Raises:
        UsageError: If they are of different kinds, or one already.
    """
    opened = open_build(folder)
    paths = [_entity(opened, name) for name in names]
    made: dict[Decision, None] = {}
    for one, other in pairwise(paths):
        made |= dict.fromkeys(same(opened, one, other, note))
    return decide(folder, [made], say)


def split(folder: Path, entity: str, members: Sequence[str], note: str, say: Say) -> Summary:
    """Decide that some members are none of the entity that they were put into, and build again.

    Args:
        folder: The build folder.
        entity: The entity: an IRI, path or label.
        members: The members, as `kg why` names them, or parts of these names that fit only one each; several stay one.
        note: Why, for whoever reads the file later.
        say: Where progress is told.

    Raises:
        UsageError: If the entity has no such member, or no other.
    """
    opened = open_build(folder)
    path = _entity(opened, entity)
    kind, anchors = kind_of(path), anchors_of(opened, path)
    alone = UsageError(f"{path} has no other member: there is nothing to split")
    if len(anchors) == 1:
        raise alone
    out = list(dict.fromkeys(member_named(path, anchors, member) for member in members))
    others = [anchor for anchor in anchors if anchor not in out]
    if not others:
        raise alone
    made = [decision(kind, "different", one, other, note) for one, other in product(out, others)]
    made += [decision(kind, "same", one, other, note) for one, other in pairwise(out)]
    return decide(folder, [made], say)


def rename(folder: Path, entity: str, name: str, note: str, say: Say) -> Summary:
    """Decide how a person or organisation is called, and build again; the names that sources print stay as other names.

    Raises:
        UsageError: If it is neither a person nor an organisation, or the name is empty.
    """
    opened = open_build(folder)
    path = _entity(opened, entity)
    if kind_of(path) not in {"person", "organization"}:
        raise UsageError(f"{path} has the name that its sources give it; only people and organizations are renamed")
    if not name.strip():
        raise UsageError("the new name is empty")
    return decide(folder, [[decision(kind_of(path), "renamed", anchors_of(opened, path)[0], name.strip(), note)]], say)


def assign(folder: Path, paper: str, name: str, person: str, note: str, say: Say) -> Summary:
    """Decide which person an author of a paper is, and build again: the slot leaves whom it was put with.

    Args:
        folder: The build folder.
        paper: The paper: an IRI, path, identifier or title.
        name: The author's name as it is printed there.
        person: The person: an IRI, path or label.
        note: Why, for whoever reads the file later.
        say: Where progress is told.

    Raises:
        UsageError: If the paper has no such author, or it is that person already.
    """
    opened = open_build(folder)
    work, target = _entity(opened, paper), _entity(opened, person)
    if kind_of(work) != "paper" or kind_of(target) != "person":
        raise UsageError(f"{work} and {target} are not a paper and a person: kg assign FOLDER PAPER NAME PERSON")
    slots = _slots(opened, work, name)
    theirs = members_of(opened, target)
    moved = [slot for slot in slots if slot not in theirs]
    if not moved:
        raise UsageError(f"{name!r} of {work} is {target} already")
    anchor = _anchors(opened, [*moved, *theirs])
    made = [Decision("person", "assign", slot, anchor[theirs[0]], note) for slot in sorted({anchor[member] for member in moved})]
    made += [decision("person", "same", anchor[one], anchor[other], note) for one, other in _told_apart(opened, moved, theirs)]
    return decide(folder, [dict.fromkeys(made)], say)


def undo(folder: Path, say: Say, number: int | None = None) -> Summary:
    """Take back a decision (all its lines), the last one unless another is named, and build again.

    Raises:
        UsageError: If there is no such decision.
    """
    file = folder / FILE
    text = decided_text(folder)
    made, _ = decisions.read(text)
    if not made:
        raise UsageError(f"{file}: nothing was decided yet")
    wanted = made[-1].number if number is None else number
    gone = [each for each in made if each.number == wanted] if wanted else made[-1:]
    if not gone:
        raise UsageError(f"{file}: there is no decision {number}; list them with: kg decisions {shlex.quote(str(folder))}")
    return _write(folder, decisions.without(text, gone), say)


def add(folder: Path, text: str, name: str, say: Say) -> Summary:
    """Add the decisions of another file, for instance from the page of `kg review`, and build again.

    Args:
        folder: The build folder.
        text: The text of the file.
        name: How the file is called in messages.
        say: Where progress is told.

    Raises:
        UsageError: If a line of it is no decision, or there is none.
    """
    more, problems = decisions.read(text)
    if problems or not more:
        told = [f"{name}:{each.line}: {each.what}; {each.todo}" for each in problems]
        raise UsageError("\n".join(told) or f"{name}: no decisions in it; its columns are {', '.join(decisions.COLUMNS)}")
    together: dict[object, list[Decision]] = {}
    for each in more:
        together.setdefault(each.number or each, []).append(each)
    return decide(folder, together.values(), say)


def decide(folder: Path, made: Iterable[Iterable[Decision]], say: Say) -> Summary:
    """Add decisions, and build again."""
    return _write(folder, _with(folder, made), say)


def note_down(folder: Path, made: Iterable[Iterable[Decision]]) -> None:
    """Add decisions, for the next build to follow."""
    _put(folder / FILE, _with(folder, made).encode())


def _with(folder: Path, made: Iterable[Iterable[Decision]]) -> str:
    """Return the text of the decisions file with further decisions, the lines of each under a number of its own."""
    text = decided_text(folder)
    number = decisions.last_number(decisions.read(text)[0])
    return decisions.added(text, [replace(each, number=n) for n, one in enumerate(made, number + 1) for each in one])


def same(opened: Opened, one: str, other: str, note: str = "") -> list[Decision]:
    """Return the lines that make two entities one: one, and one more for each pair that was told apart until now.

    Raises:
        UsageError: If they are of different kinds, or one already.
    """
    if one == other:
        raise UsageError(f"{one} is one already")
    kind = kind_of(one)
    if kind != kind_of(other):
        raise UsageError(f"{one} and {other} are of different kinds and cannot be one")
    left, right = members_of(opened, one), members_of(opened, other)
    anchor = _anchors(opened, [*left, *right])
    pairs = [(left[0], right[0]), *_told_apart(opened, left, right)]
    return list(dict.fromkeys(decision(kind, "same", anchor[a], anchor[b], note) for a, b in pairs))


def kind_of(path: str) -> str:
    """Return the kind of decision that is made on an entity."""
    return decisions.kind_of(path.partition("/")[0]) or ""


def members_of(opened: Opened, path: str) -> list[str]:
    """Return the members of an entity; a thing that was not merged is its own only member."""
    return opened.members(path) or ([path] if kind_of(path) == "thing" else [])


def anchors_of(opened: Opened, path: str) -> list[str]:
    """Return the names that a decisions file gives the members of an entity."""
    return sorted(set(_anchors(opened, members_of(opened, path)).values()))


def _anchors(opened: Opened, members: Sequence[str]) -> dict[str, str]:
    """Return members to their anchors, in the order of the anchors; a thing's is its path."""
    found = dict.fromkeys(members, "") | opened.anchors(members)
    named = {member: anchor or member for member, anchor in found.items()}
    return dict(sorted(named.items(), key=lambda item: item[1]))


def _told_apart(opened: Opened, left: Sequence[str], right: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs between two sides that rules or people have told apart."""
    one, other = set(left), set(right)
    for row in opened.judgements_on(left):
        pair = (row["left"], row["right"])
        if row["verdict"] == "different" and any(a in one and b in other for a, b in (pair, pair[::-1])):
            yield pair


def _write(folder: Path, text: str, say: Say) -> Summary:
    """Write the decisions file and build again; where that fails, the decisions are as before."""
    from kg.pipeline.build import rebuild  # noqa: PLC0415 - slow to load, and others only look at what was decided

    file = folder / FILE
    before = file.read_bytes() if file.is_file() else None
    empty = not any(line.strip() for line in text.splitlines()[1:])
    _put(file, None if empty else text.encode())
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
    kind = load().kinds.get(path.partition("/")[0])
    if kind_of(path) == "thing" and not (kind and kind.mention_type):
        raise UsageError(f"{path} cannot be decided on; papers, people, organizations and things that papers name can")
    if not members_of(opened, path):
        raise UsageError(f"{path} is nothing that was resolved here")
    return path


def member_named(path: str, anchors: Sequence[str], text: str) -> str:
    """Return the anchor that a text names.

    Raises:
        UsageError: If it names none, or several.
    """
    fitting = [anchor for anchor in anchors if anchor == text] or [anchor for anchor in anchors if text in anchor]
    if len(fitting) != 1:
        listed = "\n".join(f"  {anchor}" for anchor in anchors)
        raise UsageError(f"{text!r} names {len(fitting)} members of {path}; name one of them:\n{listed}")
    return fitting[0]


def _slots(opened: Opened, paper: str, name: str) -> list[str]:
    """Return the author slots of a paper under a name: the name as printed, else the only one that it can mean.

    Raises:
        UsageError: If there is none, or several can be meant.
    """
    records = opened.records(opened.members(paper)).values()
    printed = {person_member(record.id, field.position): field.text for record in records for field in record.all("author")}
    exact = [slot for slot, text in printed.items() if fold(text) == fold(name)]
    near = [slot for slot, text in printed.items() if compatible(parse(text), parse(name))]
    found = exact or (near if len({fold(printed[slot]) for slot in near}) == 1 else [])
    if not found:
        listed = "\n".join(f"  {text}" for text in dict.fromkeys(printed.values()))
        raise UsageError(f"{name!r} is not an author of {paper}; name one of them:\n{listed}")
    return sorted(found)
