"""Texts that are too alike for one to be learned from and the other to judge: those that share eight words in a row."""

import re
import zlib
from collections.abc import Iterable
from typing import Final

from kg.extract.evaluate.gold import GoldText

_HELD_OUT: Final = 5
_ALIKE: Final = 8
_WORD: Final = re.compile(r"\w+")


def held_out(texts: Iterable[GoldText]) -> set[str]:
    """Return the ids of about a fifth of the texts, those that are alike all or none."""
    group: dict[str, str] = {}

    def first(name: str) -> str:
        while group.setdefault(name, name) != name:
            name = group[name]
        return name

    owners: dict[str, str] = {}
    names = []
    for text in texts:
        names.append(text.id)
        for run in _runs(text.text):
            group[first(text.id)] = first(owners.setdefault(run, text.id))
    return {name for name in names if zlib.crc32(first(name).encode()) % _HELD_OUT == 0}


def shared(texts: Iterable[GoldText], others: Iterable[GoldText]) -> set[str]:
    """Return the ids of the texts that are alike to one of the others."""
    theirs = {run for text in others for run in _runs(text.text)}
    return {text.id for text in texts if not theirs.isdisjoint(_runs(text.text))}


def _runs(text: str) -> set[str]:
    """Return all runs of eight words of a text; of a shorter text the whole."""
    words = _WORD.findall(text.lower())
    return {" ".join(words[at : at + _ALIKE]) for at in range(max(1, len(words) - _ALIKE + 1))}
