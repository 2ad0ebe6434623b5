"""Options that say how names are found, for all commands that look for them."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import click

from kg.extract.settings import TIERS, Settings, Tier


def extracting_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--extract`, `--lexicon`, `--scheme` and `--model` to a command, which gets them as the argument `settings`."""

    @wraps(command)
    def extract(
        *arguments: Any, tier: Tier, lexicons: Sequence[str], schemes: Sequence[str], model: str | None, **others: Any
    ) -> Any:
        return command(*arguments, settings=Settings(tier, tuple(lexicons), model, tuple(schemes)), **others)

    tier = click.option(
        "--extract", "tier", type=click.Choice(TIERS), default="full", show_default=True,
        help="Find names by rules and lists alone, or with the tagger too.",
    )  # fmt: skip
    lexicons = click.option(
        "--lexicon", "lexicons", metavar="FILE", multiple=True, type=click.Path(exists=True, dir_okay=False),
        help="Names to know besides (.ttl or .csv).",
    )  # fmt: skip
    schemes = click.option(
        "--scheme", "schemes", metavar="FILE", multiple=True, type=click.Path(exists=True, dir_okay=False),
        help="Topics to know besides: SKOS or the Computer Science Ontology (.ttl, .nt or .rdf).",
    )  # fmt: skip
    model = click.option("--model", metavar="BACKEND", help="Another tagger: transformers:FOLDER, gliner:FOLDER, openai:URL.")
    return tier(lexicons(schemes(model(extract))))
