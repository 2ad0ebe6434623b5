"""Members that are tied, in groups: union-find (Tarjan 1975)."""

from collections.abc import Iterable


class Groups:
    """Groups of members. Each stands under its smallest member, so that the order in which they are tied does not matter.

    >>> groups = Groups([("b", "a"), ("c", "b")])
    >>> groups.top("c"), groups.top("d"), groups.tie("a", "c")
    ('a', 'd', False)
    """

    def __init__(self, ties: Iterable[tuple[str, str]] = ()) -> None:
        self._above: dict[str, str] = {}
        for one, other in ties:
            self.tie(one, other)

    def __contains__(self, member: str) -> bool:
        """Tell whether a member was tied to any."""
        return member in self._above

    def top(self, member: str) -> str:
        """Return the member that stands for the group of a member; itself, where it is tied to none."""
        while (above := self._above.get(member, member)) != member:
            self._above[member] = self._above.get(above, above)
            member = above
        return member

    def tie(self, one: str, other: str) -> bool:
        """Make one group of those of two members; tell whether they were two before."""
        left, right = sorted((self.top(one), self.top(other)))
        self._above.setdefault(left, left)
        self._above[right] = left
        return left != right
