"""Build: `kg build`."""

from pathlib import Path

import click

from kg.children import cores
from kg.cli._extracting import extracting_options, topic_options
from kg.cli._inputs import reading_options
from kg.cli._output import OutFolder
from kg.cli._summary import follow
from kg.engine.inputs import Reading
from kg.errors import UsageError
from kg.extract.settings import Settings
from kg.graph.statements import ID_SPACE
from kg.pipeline.build import build
from kg.pipeline.options import Options


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--out", required=True, type=OutFolder(), help="Folder of the graph.")
@click.option("--engine", default="local", show_default=True, help="Where the stages run.")
@click.option("--workers", default=cores, show_default="all cores", type=click.IntRange(1, 256), help="Processes to use.")
@click.option("--base-iri", default=ID_SPACE, show_default=True, help="What the ids of things begin with.")
@click.option("--no-text", is_flag=True, help="Leave abstracts and quoted sentences out of the graph.")
@click.option("--strict", is_flag=True, help="Stop at any problem in the input.")
@reading_options
@extracting_options
@topic_options
@click.option("--no-registry", is_flag=True, help="Do not look organizations up in the registry that was added.")
@click.option("--force", is_flag=True, help="Build again although nothing has changed.")
def command(
    paths: tuple[str, ...], out: Path, engine: str, workers: int, base_iri: str, no_text: bool, strict: bool, no_registry: bool,
    force: bool, reading: Reading, settings: Settings,
) -> None:  # fmt: skip
    """Build or update the graph of PATHS (files, folders, patterns, archives, or - for standard input).

    The graph is of exactly these files: name all of them each time. What an earlier build was given and this one is not
    is taken out of the graph, and told. What has not changed is not read again.
    """
    if engine != "local":
        raise UsageError(f"there is no engine {engine!r}; the engines: local")
    options = Options(base_iri, not no_text, workers, strict, force, reading, settings, not no_registry)
    follow(lambda progress: build(paths, out, options, progress))
