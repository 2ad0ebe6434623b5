"""What the decisions of people come to: judgements on members, names to show, and what is wrong with them.

The sides of decisions are looked up among the members that are here (`kg.resolve.references`). What names nothing any
more, and what contradicts itself, is told as a problem of the file's line; the rest holds. Of two numbered decisions
on one pair the later one counts, so that the last word of the commands is the last word. Who is taken out of an entity
takes no earlier merge along: that one holds for those who stay. Lines without a number are all meant at once, and must
not contradict each other.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import Any, Final

from kg.model import Judgement, Problem
from kg.resolve.decisions import FILE, Decision
from kg.resolve.groups import Groups
from kg.resolve.references import Catalogue, UnfoundError, key

Row = dict[str, Any]

_RULES: Final = {"same": "person:must-link", "different": "person:cannot-link", "assign": "person:assigned"}
_ELSEWHERE: Final = "person:assigned-elsewhere"
_TAKE_OUT: Final = "take one of these lines out"


@dataclass(frozen=True, slots=True)
class Renaming:
    """A name to show, whatever the sources print.

    Attributes:
        members: Whose name it is.
        name: The name.
        decision: Who said so, and why.
    """

    members: tuple[str, ...]
    name: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Settled:
    """What the decisions on one kind come to."""

    judgements: Sequence[Judgement] = ()
    renamings: Sequence[Renaming] = ()
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """A decision with the members that its sides name."""

    decision: Decision
    left: tuple[str, ...]
    right: tuple[str, ...]


Pair = tuple[str, str]
Entities = Callable[[Sequence[Judgement]], Iterable[Row]]


def settle(decided: Iterable[Decision], kind: str, catalogue: Catalogue, entities: Entities) -> Settled:
    """Return what the decisions on one kind come to.

    Args:
        decided: All decisions.
        kind: The kind that is looked at.
        catalogue: What its members are called; its entities do not matter.
        entities: The rows of identity that the rules make together with some judgements of people. It is called only
            where a decision names an entity, or takes a slot out of one.
    """
    own = [each for each in decided if each.kind == kind]
    exact = [each for each in own if _is_exact(each, catalogue)]
    said = [_Said(each, *map(catalogue.find, (each.left, each.right))) for each in exact if each.verdict != "renamed"]
    renamings = [Renaming(catalogue.find(each.left), each.right, each) for each in exact if each.verdict == "renamed"]
    by_name = [each for each in own if not _is_exact(each, catalogue)]
    if not by_name:
        return _settled(kind, said, renamings, catalogue.over(entities([])) if _in_turns(said) else catalogue, [])
    # What a name means is what a person sees in the graph: the entities after the decisions that name members.
    alone = catalogue.over(entities([]))
    seen = catalogue.over(entities(_settled(kind, said, [], alone, []).judgements)) if said else alone
    missing: dict[Decision, UnfoundError] = {}
    for each in by_name:
        try:
            left = _find(each.left, seen, alone)
            if each.verdict == "renamed":
                renamings.append(Renaming(left, each.right, each))
            else:
                said.append(_Said(each, left, _find(each.right, seen, alone)))
        except UnfoundError as error:
            missing[each] = error
    renamings, problems = _followed(renamings, missing)
    problems += [Problem(FILE, each.line, error.what, error.todo, "warning") for each, error in missing.items()]
    return _settled(kind, said, renamings, alone, problems)


def names(renamings: Iterable[Renaming], entity: Mapping[str, str]) -> tuple[dict[str, Renaming], list[Problem]]:
    """Return entity to its renaming; one that is given two names at once keeps the first, and is a problem.

    Args:
        renamings: Who is renamed.
        entity: Member to entity.
    """
    found: dict[str, Renaming] = {}
    problems = []
    for each in sorted(renamings, key=lambda r: (-r.decision.number, r.decision.line)):
        for path in sorted({entity[member] for member in each.members if member in entity}):
            first = found.setdefault(path, each)
            if first.name != each.name and first.decision.number == each.decision.number:
                what = f"{each.decision.left} is renamed {each.name!r} here and {first.name!r} in line {first.decision.line}"
                problems.append(Problem(FILE, each.decision.line, what, _TAKE_OUT, "warning"))
    return found, problems


def _is_exact(each: Decision, catalogue: Catalogue) -> bool:
    """Tell whether a decision names members by their anchors, and needs no entities."""
    return each.verdict != "assign" and each.left in catalogue.anchors and (each.verdict == "renamed" or each.right in catalogue.anchors)


def _find(text: str, seen: Catalogue, alone: Catalogue) -> tuple[str, ...]:
    """Return the members that a text names in the graph as it is seen, else before any decision."""
    try:
        return seen.find(text)
    except UnfoundError:
        if seen is alone:
            raise
    return alone.find(text)


def _followed(renamings: list[Renaming], missing: dict[Decision, UnfoundError]) -> tuple[list[Renaming], list[Problem]]:
    """Follow chains of renaming: who was renamed B is meant by "B is renamed C", if there is no other B.

    Takes what was followed out of `missing`.
    """
    further = {key(each.left): each for each in missing if each.verdict == "renamed"}
    given = {key(each.name) for each in renamings} | {key(each.right) for each in further.values()}
    for name in further.keys() & given:
        del missing[further[name]]
    found, problems = [], []
    for each in renamings:
        name, passed = each.name, [each.decision]
        while (after := further.get(key(name))) and after not in passed:
            name = after.right
            passed.append(after)
        if len(passed) > 1 and (after or key(name) == key(each.decision.left)):
            lines = ", ".join(str(decision.line) for decision in passed)
            what = f"{each.decision.left!r} is renamed in a circle: lines {lines}"
            problems.append(Problem(FILE, each.decision.line, what, _TAKE_OUT, "warning"))
        else:
            found.append(Renaming(each.members, name, each.decision))
    return found, problems


def _settled(
    kind: str, said: Sequence[_Said], renamings: Sequence[Renaming], alone: Catalogue, problems: Iterable[Problem]
) -> Settled:
    """Choose what holds on each pair, tell contradictions, and make judgements."""
    said, twice = _assigned_once(said)
    said = list(_of_those_who_stay(said, alone))
    last: dict[Pair, int] = {}
    for each in said:
        for pair in _pairs(each):
            last[pair] = max(each.decision.number, last.get(pair, 0))
    holding: dict[str, dict[Pair, Decision]] = {"same": {}, "different": {}}
    for each in said:
        side = holding["different" if each.decision.verdict == "different" else "same"]
        for pair in _pairs(each):
            if each.decision.number == last[pair]:
                side.setdefault(pair, each.decision)
    same, different = holding["same"], holding["different"]
    found = [_judgement(kind, pair, each) for pair, each in sorted(chain(same.items(), different.items()), key=lambda item: item[0])]
    found += _elsewhere(kind, said, alone, same, different)
    return Settled(found, renamings, [*problems, *twice, *_contradictions(kind, same, different)])


def _in_turns(said: Sequence[_Said]) -> bool:
    """Tell whether something was told apart after other things were told to be one."""
    same = [each.decision.number for each in said if each.decision.verdict == "same"]
    return any(each.decision.verdict == "different" and each.decision.number > min(same, default=0) for each in said) and bool(same)


def _of_those_who_stay(said: Sequence[_Said], alone: Catalogue) -> Iterator[_Said]:
    """Yield decisions; what was said of a member that left its entity later is said of one that it left there, if anybody stays."""
    apart: dict[Pair, int] = {}
    homes: dict[str, _Said] = {}
    for each in said:
        if each.decision.verdict == "different":
            for pair in _pairs(each):
                apart[pair] = max(each.decision.number, apart.get(pair, 0))
        elif each.decision.verdict == "assign":
            homes |= dict.fromkeys(each.left, each)

    def staying(member: str, other: str, number: int) -> str | None:
        """Return who stays of the entity of a member that was said to be one with another; nobody where it has left alone."""
        home = homes.get(member)
        mates = sorted({*alone.beside(member)} - {member})
        if home and home.decision.number > number and other not in home.right:
            return next((mate for mate in mates if apart.get(_pair(mate, other), 0) <= number), None)
        told = apart.get(_pair(member, other), 0)
        left = [mate for mate in mates if told > number and apart.get(_pair(member, mate)) == told]
        return next((mate for mate in left if apart.get(_pair(mate, other), 0) <= number), member)

    for each in said:
        if each.decision.verdict != "same" or len(each.left) > 1 or len(each.right) > 1:
            yield each
            continue
        number = each.decision.number
        left = staying(each.left[0], each.right[0], number)
        right = left and staying(each.right[0], left, number)
        if left and right:
            yield _Said(each.decision, (left,), (right,))


def _pair(one: str, other: str) -> Pair:
    return min(one, other), max(one, other)


def _pairs(each: _Said) -> Iterator[Pair]:
    """Yield the pairs of members that a decision is about; each once.

    What is the same needs no more pairs than tie all members together; what is different is so pair by pair.
    """
    pairs: Iterable[Pair] = product(each.left, each.right)
    if each.decision.verdict != "different":
        pairs = chain(product(each.left[:1], each.right), product(each.left[1:], each.right[:1]))
    yield from dict.fromkeys(_pair(one, other) for one, other in pairs if one != other)


def _judgement(kind: str, pair: Pair, decision: Decision) -> Judgement:
    note: dict[str, float | str] = {"note": decision.note} if decision.note else {}
    verdict = "different" if decision.verdict == "different" else "same"
    return Judgement(kind, *pair, verdict, 1.0, _RULES[decision.verdict], note, FILE)  # type: ignore[arg-type]


def _assigned_once(said: Sequence[_Said]) -> tuple[list[_Said], list[Problem]]:
    """Return the decisions with at most one assignment of each slot: the last by number, or the first line."""
    first: dict[str, _Said] = {}
    kept, problems = [each for each in said if each.decision.verdict != "assign"], []
    for each in sorted((s for s in said if s.decision.verdict == "assign"), key=lambda s: (-s.decision.number, s.decision.line)):
        other = next((first[slot] for slot in each.left if slot in first), None)
        if other is None:
            first |= dict.fromkeys(each.left, each)
            kept.append(each)
        elif other.decision.number == each.decision.number and set(other.right).isdisjoint(each.right):
            what = f"{each.decision.left} is assigned to {each.decision.right} here and to {other.decision.right} in line {other.decision.line}"
            problems.append(Problem(FILE, each.decision.line, what, _TAKE_OUT, "warning"))
    return kept, problems


def _elsewhere(
    kind: str, said: Iterable[_Said], alone: Catalogue, same: Mapping[Pair, Decision], different: Mapping[Pair, Decision]
) -> Iterator[Judgement]:
    """Yield that a slot that was assigned is none of those that the rules had put it with, unless people say so."""
    groups = Groups(same)
    for each in said:
        if each.decision.verdict != "assign":
            continue
        home = {member for other in each.right for member in alone.beside(other)}
        for slot in each.left:
            for other in sorted({*alone.beside(slot)} - home - {*each.left}):
                pair = _pair(slot, other)
                if groups.top(other) != groups.top(slot) and pair not in different:
                    note: dict[str, float | str] = {"note": each.decision.note} if each.decision.note else {}
                    yield Judgement(kind, *pair, "different", 1.0, _ELSEWHERE, note, FILE)


def _contradictions(kind: str, same: Mapping[Pair, Decision], different: Mapping[Pair, Decision]) -> Iterator[Problem]:
    """Yield a problem for each "different" whose two sides a chain of "same" makes one, with the chain."""
    groups = Groups(same)
    beside: dict[str, list[tuple[str, Decision]]] = defaultdict(list)
    for (one, other), decision in sorted(same.items()):
        beside[one].append((other, decision))
        beside[other].append((one, decision))
    told: set[Decision] = set()
    for pair, each in sorted(different.items()):
        one, other = pair
        if each in told or one not in groups or groups.top(one) != groups.top(other):
            continue
        told.add(each)
        links = [f"{link.left} = {link.right} (line {link.line})" for link in _chain(one, other, beside)]
        what = f"{kind} {each.left} and {each.right} are said to be different, and yet to be one: {', '.join(dict.fromkeys(links))}"
        yield Problem(FILE, each.line, what, _TAKE_OUT, "warning")


def _chain(start: str, end: str, beside: Mapping[str, Sequence[tuple[str, Decision]]]) -> list[Decision]:
    """Return the decisions along the shortest way from one member to another."""
    came: dict[str, tuple[str, Decision] | None] = {start: None}
    waiting = deque([start])
    while end not in came:
        member = waiting.popleft()
        for other, decision in beside[member]:
            if other not in came:
                came[other] = (member, decision)
                waiting.append(other)
    way = []
    while step := came[end]:
        end = step[0]
        way.append(step[1])
    return way[::-1]
