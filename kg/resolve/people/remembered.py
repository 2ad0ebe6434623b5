"""What was judged of blocks before: a block whose slots are as they were has the judgements that it had.

New papers change the blocks of their authors, and those of the people who signed with them elsewhere only where their
names are compared; all others are taken as they are. The result is that of judging everything, because a block's
judgements follow from what is hashed here, and nothing else.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import orjson
import zstandard

from kg.model import Judgement
from kg.resolve.people.slots import Signed, Slot

Before = dict[str, list[Judgement]]
"""Content of a block, as `content` gives it, to the judgements on its slots."""

_FIELDS: Final = ("left", "right", "verdict", "score", "rule", "evidence")


def content(block: Sequence[Slot], signed: Signed) -> str:
    """Return a hash of all that the judgements on a block follow from."""
    digest = hashlib.blake2b(digest_size=16)
    for slot in block:
        beside = [(form.surname, form.particles, form.suffix, *form.given) for form in signed.beside.get(slot.paper, ())]
        told = (
            slot.member, slot.paper, slot.document in signed.pages and slot.document, slot.name, slot.rank, slot.profile, sorted(slot.ids),
            slot.affiliations, sorted(slot.organizations), slot.year, slot.venue, beside, signed.standing.get(slot.member),
        )  # fmt: skip
        digest.update(orjson.dumps(told))
        digest.update(b"" if slot.topic is None else slot.topic.tobytes())
    return digest.hexdigest()


def to_bytes(before: Mapping[str, Iterable[Judgement]]) -> bytes:
    """Return judgements by block as compressed JSON Lines."""
    lines = (orjson.dumps([key, [[getattr(each, name) for name in _FIELDS] for each in judged]]) for key, judged in sorted(before.items()))
    return zstandard.compress(b"\n".join(lines))


def of_bytes(data: bytes) -> Before:
    """Return the judgements by block that `to_bytes` packed."""
    lines = zstandard.decompress(data).split(b"\n")
    return {key: [Judgement("person", *each) for each in judged] for key, judged in map(orjson.loads, filter(None, lines))}
