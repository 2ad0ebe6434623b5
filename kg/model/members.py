"""Where a member of an entity was read, as its key tells: a record, one of its fields, or a name in it."""

from typing import NamedTuple

from kg.model.documents import Field, Record


class Place(NamedTuple):
    """Where a member was read.

    Attributes:
        record: Id of the record; the key itself of a thing, which is read in many.
        within: What the key says behind the record: empty for the record as a whole.
        name: Name of the field, or kind of the thing, that the member is.
        position: Rank of the field; None where the member is none.
    """

    record: str
    within: str
    name: str
    position: int | None

    def field(self, record: Record) -> Field | None:
        """Return the field that the member is, given its record."""
        return next((field for field in record.all(self.name) if field.position == self.position), None)


def place_of(member: str) -> Place:
    """Return where a member was read.

    Of a string that names several organisations the members are `affiliation/2`, `affiliation/2/1`: all of them one field.

    >>> place_of("doc/3#affiliation/2/1"), place_of("doc/3#method/foo-net").position, place_of("doc/3").within
    (Place(record='doc/3', within='affiliation/2/1', name='affiliation', position=2), None, '')
    """
    record, _, within = member.partition("#")
    name, _, rest = within.partition("/")
    position = rest.partition("/")[0]
    return Place(record, within, name, int(position) if position.isdigit() else None)
