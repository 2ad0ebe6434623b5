"""How a person names members in a decisions file, and which members that are.

A side of a decision is one of

* an anchor, as `kg why` and the commands write it: the hash of a record's content (`a41f…`), with `#name` for an author;
* a paper's identifier (`doi:10.1000/1`, `arxiv:2101.00001`) or title;
* `PAPER#name`: an author of a paper that is named in any of these ways;
* an entity's IRI, path (`person/wei-wang-5c0f3a1e`) or name, where only one bears it: all its members.

Entities are those of the rules alone where they have the name asked for, else those that the other decisions make.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from typing import Any, Final

from kg.ids import identifier
from kg.text import fold, words_of_any_script

Row = dict[str, Any]

_SHOWN: Final = 5
_NEAR: Final = 3
_LIKE: Final = 0.75
"""From this likeness on (`difflib`), at most so many names that are here are told in place of one that is not."""

_GONE: Final = "correct the line, or take it out if its source has gone"


class UnfoundError(LookupError):
    """A text names nothing here, or several things.

    Args:
        what: What was wrong, one clause.
        todo: What the person can do about it, one clause.
    """

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(what)
        self.what, self.todo = what, todo


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the members of one kind are called.

    Attributes:
        kind: The kind, in words.
        anchors: Anchor to the members that it names.
        names: Gives key of a name (see `key`) or identifier to the members that bear it; only asked where it is needed.
        papers: Where the paper of an author slot is looked up, for people.
        entities: Path of an entity to its members.
        inside: Member to the path of its entity.
    """

    kind: str
    anchors: Mapping[str, Sequence[str]]
    names: Callable[[], Mapping[str, Sequence[str]]]
    papers: "Catalogue | None" = None
    entities: Mapping[str, Sequence[str]] = field(default_factory=dict)
    inside: Mapping[str, str] = field(default_factory=dict)

    def find(self, text: str) -> tuple[str, ...]:
        """Return the members that a text names, sorted.

        Raises:
            UnfoundError: If it names none, or those of several entities.
        """
        if found := self.anchors.get(text) or next(filter(None, map(self.entities.get, _paths(text))), None):
            return tuple(sorted(found))
        if self.papers and "#" in text:
            paper, _, name = text.rpartition("#")
            namesakes = self.names().get(key(name), ())
            try:
                records = set(self.papers.find(paper))
            except UnfoundError as error:
                raise UnfoundError(error.what, _or_one_of(error.todo, sorted({self.inside[member] for member in namesakes if member in self.inside}))) from None
            bearers = [member for member in namesakes if member.partition("#")[0] in records]
            if not bearers:
                printed = {anchor.partition("#")[2] for anchor, members in self.anchors.items() if any(m.partition("#")[0] in records for m in members)}
                raise UnfoundError(f"{paper!r} has no author printed {name!r}", _or_one_of("write the name as it is printed there", sorted(printed)))
            return tuple(sorted(bearers))
        bearers = sorted(self.names().get(identifier(text) or key(text), ()))
        if not bearers:
            raise UnfoundError(f"names no {self.kind} that is here: {text!r}", _or_one_of(_GONE, self._near(text)))
        paths = sorted({self.inside[member] for member in bearers if member in self.inside})
        if len(paths) > 1:
            raise UnfoundError(f"{text!r} is the name of {len(paths)}: {_listed(paths)}", "write which of them instead of the name")
        return tuple(sorted(self.entities[paths[0]])) if paths else tuple(bearers)

    def _near(self, text: str) -> list[str]:
        """Return what is here and called most like a text that names nothing: paths of its kind where it is one, else names."""
        kinds = {path.partition("/")[0] for path in self.entities}
        kind, _, step = next((path.partition("/") for path in _paths(text) if path.partition("/")[0] in kinds), ("", "", ""))
        asked = step or identifier(text) or key(text)
        called = [path.partition("/")[2] for path in self.entities if path.startswith(f"{kind}/")] if step else self.names()
        words = [word for word in words_of_any_script(asked) if len(word) > 1]
        near = get_close_matches(asked, [name for name in called if any(word in name for word in words)], _NEAR, _LIKE)
        return [f"{kind}/{name}" for name in near] if step else near

    def beside(self, member: str) -> Sequence[str]:
        """Return the members of the entity that a member is in, itself among them."""
        return self.entities.get(self.inside.get(member, ""), ())

    def over(self, rows: Iterable[Row]) -> "Catalogue":
        """Return the catalogue with the entities of these rows of the identity table."""
        entities: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            entities[row["entity"]].append(row["member"])
        return replace(self, entities=entities, inside={member: path for path, members in entities.items() for member in members})


def catalogue(
    kind: str, anchors: Iterable[tuple[str, str]], names: Iterable[tuple[str, str]], papers: Catalogue | None = None
) -> Catalogue:
    """Return a catalogue without entities.

    Args:
        kind: The kind, in words.
        anchors: Member and anchor.
        names: Member, and a name or identifier of it; gone through once, if at all.
        papers: The catalogue of papers, for people.
    """
    by_anchor = defaultdict(list)
    for member, anchor in anchors:
        by_anchor[anchor].append(member)

    @cache
    def by_name() -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for member, name in names:
            found[name if identifier(name) == name else key(name)].append(member)
        return found

    return Catalogue(kind, dict(by_anchor), by_name, papers)


def _or_one_of(todo: str, names: Sequence[str]) -> str:
    """Return what a person can do, with the names that are here, if there are any."""
    return f"{todo}; nearest here: {_listed(names)}" if names else todo


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (" ..." if len(names) > _SHOWN else "")


def key(name: str) -> str:
    """Return a name without case, accents and punctuation; where no letter is in it, folded only.

    >>> key("Wang, Wei-Li"), key("Иванов, Пётр"), key("?!")
    ('wang wei li', 'иванов петр', '?!')
    """
    return " ".join(words_of_any_script(name)) or fold(name)


def _paths(text: str) -> Iterator[str]:
    """Yield the paths that an IRI may end with, the longest first, since a base and a DOI have slashes too; another text as it is.

    >>> list(_paths("<https://w3id.org/kgp#paper/doi-10.1000/1>"))[-3:], list(_paths("person/wei-wang-5c0f3a1e"))
    (['paper/doi-10.1000/1', 'doi-10.1000/1', '1'], ['person/wei-wang-5c0f3a1e'])
    """
    plain = text.strip("<>")
    if not plain.startswith(("http://", "https://")):
        yield plain
        return
    yield from (plain[at + 1 :] for at, sign in enumerate(plain) if sign in "/#")
