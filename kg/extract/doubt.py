"""Names that are likelier wrong than right are not told.

A tagger says of each name how likely it is right. One clear place is enough: where a text names the same thing several
times, the best of them counts for all. What the ontology knows is told in any case: there the rules and the tagger agree
that it is a name. On abstracts held out from training this costs 7 % of the right entities and 43 % of the wrong ones: of
what is told, 78 % are right instead of 68 %.

What has the shape of no name is not told however sure the tagger is: amounts (*10FPS*), adjectives (*view-based*), initials,
headings (*METHODS:*), units, the numbers of registers, and what stands before the figures of a clinical result (*95% CI*).
"""

import re
from collections.abc import Iterable
from typing import Final

from kg.extract.lexicon import known
from kg.extract.names import entity_of
from kg.extract.shape import is_amount
from kg.extract.words import is_barrier
from kg.model import Candidate
from kg.text import word_set

EVEN: Final = 0.4
"""The score from which a name is likelier right than wrong.

Not a half: scores are calibrated on annotations of which most accept one boundary only. By those that accept several,
of the names scored 0.38 to 0.48 three in five are right, and of those below one in three.
"""


_NO_NAME: Final = re.compile(
    r"[^A-Za-z]+|\\[a-z]+\{?|[a-z]+(?:-[a-z]+)*-(?:agnostic|aware|based|centric|driven|efficient|free|guided|level|like|order|range|rank|"
    r"scale|specific|stage|theoretic|time|wise)|[a-z-]+(?:able|ed|ical|ional|ous)|.+\s(?:between|over|per|than|under)"
)
"""Numbers, macros that are left over, words in lower case that describe another, and what stops before its last noun: of 8,155 annotated names 3 look so."""

_HALF: Final = word_set(
    "absolute active adaptive additive adversarial approximate automatic autoregressive cooperative cross cumulative deep deterministic discrete dynamic "
    "few generative global hybrid iterative joint latent linear local meta mobile monocular multi multilingual multimodal neural non nonlinear "
    "online parallel passive probabilistic pseudo random reactive recurrent recursive relative robotic self semantic semi single soft sparse spectral "
    "stochastic zero"
)
"""Adjectives and prefixes that are left of a name where *and* joins it to another: the *spectral* of *spectral and spatial filters*."""

_INITIAL: Final = re.compile(r"[A-Z]\.\s?[A-Z]")

_NUMBERED: Final = re.compile(r"(?:NCT|ACTRN|ISRCTN|CRD|GSE|PRJNA|SRP|EGAS)-?[0-9]{4,}|[A-Z]{2,8}[0-9]{6,}")
"""Numbers under which trials and data are registered."""

_UNIT: Final = re.compile(r"[kMGTµmn](?:Pa|Hz|VA|Wh|eV|bps)|dBm?|mmHg")
"""Units that have the shape of a name."""

_INTERVAL: Final = re.compile(r"(?:CI|CrI|SD|SE|IQR|OR|HR|RR)s?(?P<figure>\s[0-9].*)?")
"""What stands for a range or a ratio of a clinical result, where a figure stands before it, in it or behind it: *95% CI 1.2-1.4*."""

_HEADING: Final = re.compile(
    r"(?:BACKGROUND|INTRODUCTION|CONTEXT|OBJECTIVES?|AIMS?|PURPOSE|METHODS?|MATERIALS?|DESIGN|SETTING|PARTICIPANTS|PATIENTS|INTERVENTIONS?|"
    r"MEASUREMENTS?|OUTCOMES?|RESULTS?|FINDINGS|CONCLUSIONS?|DISCUSSION|INTERPRETATION|SIGNIFICANCE|LIMITATIONS|REGISTRATION|FUNDING|"
    r"MOTIVATION|AVAILABILITY|SUMMARY|IMPORTANCE|ETHICS|DISSEMINATION|TRIAL|CONTACT)(?:\s(?:AND\s)?[A-Z]+)*"
)
"""Headings of abstracts with parts."""

_HEADED: Final = re.compile(r"(?:\s[A-Z]+)*\s?[:.]|\s[A-Z][a-z]")
"""What stands behind a heading."""

_POSSESSED: Final = re.compile(r"['’]s\b|\s[A-Z](?!(?:[\w-]*\s){1,4}?(?:data|[Dd]ata\s?sets?|[Bb]enchmarks?|[Cc]orp(?:us|ora)|[Cc]hallenge)\b)")
"""What stands behind the name of an owner; not *the NYU Depth dataset*."""

_FIGURE: Final = re.compile(r"[\s,:=]{1,3}[0-9]")


EVEN_IN_TITLES: Final = 0.3
"""The same in titles, of which the tagger is less sure than it could be: of 400 annotated ones three in five names scored 0.3 to 0.4 are right."""

EVEN_OF_WORDS: Final = 0.45
"""The same for software that is called like an ordinary word, in titles too: of 25 such names with a lower score four in five are none (*Movie*, *Utah*)."""


def credible(text: str, found: Iterable[Candidate], title: int = 0) -> list[Candidate]:
    """Return the names found in a text whose thing is known, or named clearly at least once, in their order.

    Args:
        text: The text.
        found: The names in it.
        title: Where the title that it begins with ends.
    """
    told = [(entity_of(text, candidate), candidate) for candidate in found if may_be_name(text, candidate)]
    clear = {
        entity for entity, candidate in told
        if candidate.concept is not None or candidate.score >= _enough(text, candidate, title)
    }  # fmt: skip
    return [candidate for entity, candidate in told if entity in clear]


def _enough(text: str, candidate: Candidate, title: int) -> float:
    """Return the score from which a name is told."""
    if candidate.type == "software" and candidate.canonical is None and text[candidate.start : candidate.end].istitle():
        return EVEN_OF_WORDS
    return EVEN_IN_TITLES if candidate.start < title else EVEN


def may_be_name(text: str, candidate: Candidate) -> bool:
    """Tell whether a span has the shape of a name, or is known to be one."""
    name = text[candidate.start : candidate.end]
    if len(name) == 1:
        return name.isalnum() and _INITIAL.match(text, candidate.start) is None
    if _is_said_of_result(text, candidate, name):
        return False
    if candidate.concept is None and (_is_venue(candidate, name) or _is_owner(text, candidate, name)):
        return False
    return candidate.canonical is not None or not (name in _HALF or _NO_NAME.fullmatch(name) or is_amount(name) or (name.islower() and name.isalpha() and is_barrier(name)))


def _is_venue(candidate: Candidate, name: str) -> bool:
    """Tell whether what is taken for a person stands for a conference or journal: *(Doe, STOC 2013)*."""
    return candidate.type == "person" and len(name) > 2 and name.isupper()


def _is_owner(text: str, candidate: Candidate, name: str) -> bool:
    """Tell whether what is taken for software or data is an institution, which a text names for what it has: *NASA's rover*, *the MIT Cheetah*.

    Data are called after those who have gathered them; there a noun or other data stand behind the name.
    """
    if candidate.type not in {"software", "dataset"}:
        return False
    entry = known(name)
    owner = entry is not None and entry.type == "institution" and not entry.label.ambiguous
    return owner and (candidate.type == "software" or _POSSESSED.match(text, candidate.end) is not None)


def _is_said_of_result(text: str, candidate: Candidate, name: str) -> bool:
    """Tell whether a span is a heading, a unit, the number of a register, or the name of an interval before its figures."""
    if _NUMBERED.fullmatch(name) or _UNIT.fullmatch(name):
        return True
    before, behind = text[max(0, candidate.start - 12) : candidate.start], text[candidate.end : candidate.end + 8]
    if _HEADING.fullmatch(name):
        return _HEADED.match(behind) is not None
    told = _INTERVAL.fullmatch(name)
    return told is not None and bool(told["figure"] or before.endswith("% ") or _FIGURE.match(behind))
