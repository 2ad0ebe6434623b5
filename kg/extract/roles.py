"""What a paper does with the things it names: introduces them, uses them, or only mentions them.

A multinomial logistic regression (D. R. Cox, "The regression analysis of binary sequences", Journal of the Royal Statistical
Society B 20 (1958), 215-242, for three classes) over the features of `kg.extract.role_features`. Each feature has a weight for
all things and one more for things that the ontology does not know. `roles.json` holds the weights, as thousandths, relative to
*uses*; `kg.extract.train.roles` makes it.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from kg.extract.names import Entity
from kg.extract.role_features import Seen, seen
from kg.model import Candidate, Field
from kg.model.mentions import Role

ROLES: Final[tuple[Role, ...]] = ("introduces", "uses", "mentions")

WEIGHTS: Final = Path(__file__).with_name("roles.json")
"""The weights that ship."""

_UNIT: Final = 1000
_NOTHING: Final = (0, 0)
_REASONS: Final = 3

Weights = dict[str, tuple[int, int]]
"""The weights of features for *introduces* and for *mentions*, in thousandths; *uses* has none."""


@dataclass(frozen=True, slots=True)
class Model:
    """What decides about roles.

    Attributes:
        bias: What holds for every entity.
        known: The weights of features of things that the ontology knows.
        new: The same of things that it does not know.
    """

    bias: tuple[int, int]
    known: Weights
    new: Weights

    @classmethod
    def of(cls, weights: dict[str, Any]) -> "Model":
        """Return the model of a file of weights: `bias`, weights for `all`, and what is added to them for `new` things."""
        known: Weights = {name: (int(a), int(b)) for name, (a, b) in weights["all"].items()}
        new = dict(known)
        for name, (a, b) in weights["new"].items():
            before = known.get(name, _NOTHING)
            new[name] = before[0] + int(a), before[1] + int(b)
        bias = weights["bias"]
        return cls((int(bias[0]), int(bias[1])), known, new)


class Judgement(NamedTuple):
    """The role of one entity in its record.

    Attributes:
        role: The role.
        probability: How likely it is right, 0 to 1.
        reasons: The features that speak most for it and against the second likeliest role.
    """

    role: Role
    probability: float
    reasons: tuple[str, ...] = ()


@cache
def shipped() -> Model:
    """Return the model that ships with kg, read once a process."""
    return Model.of(json.loads(WEIGHTS.read_text(encoding="utf-8")))


def roles_of(fields: Sequence[Field], kept: Sequence[Sequence[Candidate]]) -> dict[Entity, Role]:
    """Return the role of every entity of a record; `kg.extract.names.entity_of` tells which a name stands for.

    Args:
        fields: The title and abstract of the record, as far as it has them.
        kept: The names in each field.
    """
    model = shipped()
    return {entity: _role(entity, said, *_scores(model, said)) for entity, said in seen(fields, kept).items()}


def judgements(fields: Sequence[Field], kept: Sequence[Sequence[Candidate]]) -> dict[Entity, Judgement]:
    """Return the roles of `roles_of` with how likely they are and why; slower."""
    model = shipped()
    return {entity: judge(entity, said, model) for entity, said in seen(fields, kept).items()}


def judge(entity: Entity, said: Seen, model: Model) -> Judgement:
    """Return the role of an entity, how likely it is, and why."""
    introduces, mentions = _scores(model, said)
    role = _role(entity, said, introduces, mentions)
    if entity[0] == "person":
        return Judgement(role, 1.0)
    scores = (introduces, 0, mentions)
    best = ROLES.index(role)
    second = max((place for place in range(3) if place != best), key=scores.__getitem__)
    weights = model.known if said.known else model.new
    gains = [(_gain(weights.get(name, _NOTHING), best, second), name) for name in sorted(said.features)]
    reasons = [name for gain, name in sorted(gains, key=lambda each: -each[0])[:_REASONS] if gain > 0]
    whole = sum(math.exp((score - scores[best]) / _UNIT) for score in scores)
    return Judgement(role, 1 / whole, tuple(reasons))


def _scores(model: Model, said: Seen) -> tuple[int, int]:
    """Return by how much *introduces* and *mentions* are likelier than *uses*; whole numbers, so that order is nothing."""
    weights = model.known if said.known else model.new
    introduces, mentions = model.bias
    for name in said.features:
        weight = weights.get(name)
        if weight is not None:
            introduces += weight[0]
            mentions += weight[1]
    return introduces, mentions


def _role(entity: Entity, said: Seen, introduces: int, mentions: int) -> Role:
    """Return the likeliest role; a person is only ever cited, and what is renowned as a family is no paper's own.

    Of 44 families that the weights took to be introduced in annotated abstracts, 6 were: *a novel graph neural network* is used.
    """
    if entity[0] == "person":
        return "mentions"
    if (introduces > 0 and introduces >= mentions and not said.family) or _outright(said):
        return "introduces"
    return "mentions" if mentions > 0 else "uses"


def _outright(said: Seen) -> bool:
    """Tell whether a paper whose title is not known says that it introduces what is renowned: *we introduce (the) BERT*, *our model, BERT*.

    Where there is a title, it says so more surely: of 141 that an abstract alone told so, 8 were introduced.
    """
    told = said.features
    right_before = "before=introducing" in told or {"before=the", "before2=introducing"} <= told
    named = "own" in told and told.isdisjoint(("type=task", "type=metric"))
    return said.known and "title=absent" in told and (named or (right_before and {"led0=introducing", "led0=we"} <= told))


def _gain(weight: tuple[int, int], best: int, second: int) -> int:
    """Return what a feature adds to the score of one role over another's."""
    scores = (weight[0], 0, weight[1])
    return scores[best] - scores[second]
