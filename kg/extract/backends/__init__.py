"""Taggers that stand in for the shipped one: one file each, found by its name, none needed by anything else.

A back end is a module with

    load(place: str) -> Backend      what is meant by the part of `--model` behind the colon
    version(place: str) -> str       what tells it from others, without loading it

`--model transformers:FOLDER` is a model for token classification, `gliner:FOLDER` one that reads the names of the types,
`openai:URL` a server that speaks the protocol of OpenAI's chat completions. Libraries are imported when a back end is used.
"""

from collections.abc import Sequence
from functools import cache
from types import ModuleType
from typing import Protocol

from kg.errors import UsageError
from kg.model import Candidate
from kg.plugins import discover


class Backend(Protocol):
    """What finds names: the protocol of taggers.

    Attributes:
        name: Name and version, as mentions tell it.
    """

    name: str

    def tag(self, texts: Sequence[str], hints: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
        """Return for each text the names in it, in order, none overlapping another.

        Args:
            texts: The texts.
            hints: What the rules propose for each.
        """


@cache
def backend(spec: str) -> Backend:
    """Return the back end that `--model` names; it is loaded once a process.

    Args:
        spec: Its kind and where it is, for instance `transformers:models/scibert`.

    Raises:
        UsageError: If there is no such kind, its library is not installed, or there is no such model.
    """
    module, place = _named(spec)
    found: Backend = module.load(place)
    return found


def version(spec: str) -> str:
    """Return what tells a back end from all others, as far as that can be known without loading it.

    Raises:
        UsageError: If there is no such kind, or no such model.
    """
    module, place = _named(spec)
    return f"{spec} {module.version(place)}"


def _named(spec: str) -> tuple[ModuleType, str]:
    known = discover(__name__, "load", "version")
    kind, _, place = spec.partition(":")
    if kind not in known or not place:
        raise UsageError(f"--model {spec}: no back end of that kind; there are: {', '.join(f'{name}:...' for name in known)}")
    return known[kind], place
