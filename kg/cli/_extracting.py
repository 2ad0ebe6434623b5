"""Options that say how names are found, for all commands that look for them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any

import click

from kg.errors import UsageError
from kg.extract.settings import TIERS, Settings, Tier
from kg.extract.tagger import conventions


def extracting_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--extract`, `--lexicon` and `--model` to a command, which gets them as the argument `settings`."""

    @wraps(command)
    def extract(*arguments: Any, tier: Tier, lexicons: Sequence[str], model: str | None, **others: Any) -> Any:
        if model and tier != "full":
            raise UsageError("--model names another tagger, and --extract fast uses none; leave one of them out")
        return command(*arguments, settings=Settings(tier, tuple(lexicons), model), **others)

    tier = click.option(
        "--extract", "tier", type=click.Choice(TIERS), default="full", show_default=True,
        help="Find names by rules and lists alone, or with the tagger too.",
    )  # fmt: skip
    lexicons = click.option(
        "--lexicon", "lexicons", metavar="FILE", multiple=True, type=click.Path(exists=True, dir_okay=False),
        help="Names to know besides (.ttl or .csv); may be given several times.",
    )  # fmt: skip
    model = click.option("--model", metavar="BACKEND", help="Another tagger: transformers:FOLDER, gliner:FOLDER, openai:URL?model=NAME.")
    return tier(lexicons(model(extract)))


def convention_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--convention` to a command that has the options above; it comes with the argument `settings`."""

    @wraps(command)
    def follow(*arguments: Any, settings: Settings, convention: str | None, **others: Any) -> Any:
        return command(*arguments, settings=replace(settings, convention=convention), **others)

    return click.option(
        "--convention", type=click.Choice(conventions()),
        help="Find what a corpus annotates, as it does, in place of kg's guideline. dsrec: names of datasets, with the word "
        '"dataset" behind them (J. Heddes et al., 2021).',
    )(follow)  # fmt: skip


def topic_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--scheme` to a command that has the options above; its files come with the argument `settings`."""

    @wraps(command)
    def know(*arguments: Any, settings: Settings, schemes: Sequence[str], **others: Any) -> Any:
        return command(*arguments, settings=replace(settings, schemes=tuple(schemes)), **others)

    return click.option(
        "--scheme", "schemes", metavar="FILE", multiple=True, type=click.Path(exists=True, dir_okay=False),
        help="Topics to know besides: SKOS or the Computer Science Ontology (.ttl, .nt or .rdf); may be given several times.",
    )(know)  # fmt: skip
