"""Read: `kg extract`."""

import sys
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from typing import Any, Final

import click

from kg.cli._extracting import convention_option, extracting_options
from kg.cli._inputs import reading_options
from kg.cli._output import json_lines
from kg.cli._records import read
from kg.engine.inputs import Reading
from kg.errors import UsageError
from kg.extract import extract_records
from kg.extract.explain import explain_record, rendered
from kg.extract.mention_json import as_json, source_id
from kg.extract.results import results_of
from kg.extract.results.json import as_json as result_as_json
from kg.extract.settings import Settings
from kg.model import Document, Field, Mention, Record
from kg.text import printable

_AT_A_TIME: Final = 256


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--text", metavar="ABSTRACT", help="Look in this text instead of in files; - reads it from standard input.")
@click.option("--results", "reported", is_flag=True, help="Print the results that abstracts report, instead of the names.")
@click.option("--explain", is_flag=True, help="Show who proposed each name, what was changed or dropped and why.")
@click.option("--json", "in_json", is_flag=True, help="Explain in JSON Lines (names are always printed so).")
@reading_options
@extracting_options
@convention_option
def command(
    paths: tuple[str, ...], text: str | None, reported: bool, explain: bool, in_json: bool, reading: Reading, settings: Settings
) -> None:
    """Print the names found in the titles and abstracts of PATHS as JSON Lines.

    PATHS are files, folders, patterns, archives, or - for standard input.
    """
    if bool(paths) == (text is not None):
        raise UsageError("give PATHS to look in, or a text with --text")
    if reported and explain:
        raise UsageError("--explain explains names; leave it or --results out")
    if reported and settings.convention:
        raise UsageError("--results needs names of every type; leave it or --convention out")
    records = read(paths, reading) if text is None else iter([_of_text(text)])
    if reported:
        json_lines(_results(records, settings))
    elif not explain:
        json_lines(_mentions(records, settings))
    elif in_json:
        json_lines(_explained(document, record, settings) for document, record in records)
    else:
        for document, record in records:
            click.echo(printable(f"{document.name} record {record.ordinal}"))
            for line in rendered(explain_record(record, settings)):
                click.echo(printable(line))


def _of_text(text: str) -> tuple[Document, Record]:
    """Return a text as the abstract of the one record of a document."""
    whole = sys.stdin.buffer.read().decode("utf-8", "replace") if text == "-" else text
    document = Document.of_text(whole, "text")
    return document, Record(document.id, 0, "paper", 0, len(whole), 1, (Field("abstract", whole, 1, 0, len(whole)),))


def _explained(document: Document, record: Record, settings: Settings) -> dict[str, Any]:
    """Return an explanation as JSON."""
    found = explain_record(record, settings)
    return {
        "document": document.name,
        "ordinal": record.ordinal,
        "record": source_id(record),
        "texts": {field.name: field.text for field in found.fields},
        "steps": [asdict(step) for step in found.steps],
        "mentions": [as_json(mention, record, document.name) for mention in found.mentions],
    }


def _mentions(waiting: Iterator[tuple[Document, Record]], settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield the mentions in all records."""
    for document, record, mentions in _found(waiting, settings):
        for mention in mentions:
            yield as_json(mention, record, document.name)


def _results(waiting: Iterator[tuple[Document, Record]], settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield the results that all records report."""
    for document, record, mentions in _found(waiting, settings):
        for result in results_of(record, mentions):
            yield result_as_json(result, record, document.name)


def _found(waiting: Iterator[tuple[Document, Record]], settings: Settings) -> Iterator[tuple[Document, Record, list[Mention]]]:
    """Yield all records with their mentions, looking in many at a time."""
    while some := list(islice(waiting, _AT_A_TIME)):
        found = extract_records((record for _, record in some), settings)
        for (document, record), mentions in zip(some, found, strict=True):
            yield document, record, mentions
