"""Which names of a block can be one person's at first sight: to compare each with each takes too long where thousands share a surname.

Two names that `forms.relation` finds related have a key in common, or one of them is compared with all: an initial, a name
with particles, and one that may be read in another way.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.resolve.people.forms import LONG_NAME, Form, nicknames, plain_vowels, readings


def meeting(forms: Sequence[Form]) -> Iterator[tuple[int, int]]:
    """Yield the places of each two different forms that may be one person's, the smaller first, in order."""
    met: dict[str, list[int]] = defaultdict(list)
    keys = [None if _is_open(form) else _keys(form) for form in forms]
    for place, own in enumerate(keys):
        for key in own or ():
            met[key].append(place)
    anywhere = [place for place, own in enumerate(keys) if own is None]
    for place, own in enumerate(keys):
        if own is None:
            yield from ((place, other) for other in range(place + 1, len(forms)))
        else:
            others = {other for key in own for other in met[key] if other > place}
            yield from ((place, other) for other in sorted(others.union(other for other in anywhere if other > place)))


def _is_open(form: Form) -> bool:
    """Tell whether a form may be one with forms of which its given names tell nothing."""
    return bool(form.particles) or (bool(form.given) and len(form.given[0]) == 1) or next(readings(form), None) is not None


def _keys(form: Form) -> set[str]:
    """Return what a form has in common with those that may be one with it: given names as one word, and the first as it may be spelt."""
    if not form.given:
        return set()
    first = form.given[0]
    slips = {f"{first[:at]}{first[at + 1 :]}~" for at in range(len(first))} if len(first) > LONG_NAME else set()
    return {f"{form.joined}=", first, f"{plain_vowels(first)}-", f"{first}~", *nicknames().get(first, ()), *slips}
