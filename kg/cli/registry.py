"""Build: `kg registry`."""

from pathlib import Path

import click

from kg import registry
from kg.cli._output import json_lines, say
from kg.text import counted


@click.group()
def command() -> None:
    """Manage registries of organizations, in which builds look up the names that affiliations print."""


@command.command()
@click.argument("name", type=click.Choice(registry.NAMES))
@click.argument("file", type=click.Path(path_type=Path))
def add(name: str, file: Path) -> None:
    """Read FILE, the data dump of the registry NAME, so that builds use it.

    For ror that is the .zip file at https://doi.org/10.5281/zenodo.6347574, or the .json file in it.
    """
    told = registry.add(name, file)
    say(f"added {told.name} {told.version}: {counted(told.organizations, 'organization')}")


@command.command("list")
def list_() -> None:
    """Print the registries that were added as JSON Lines."""
    json_lines(each._asdict() for each in registry.added())


@command.command()
@click.argument("name", type=click.Choice(registry.NAMES))
def remove(name: str) -> None:
    """Take the registry NAME away."""
    registry.remove(name)
    say(f"removed {name}")
