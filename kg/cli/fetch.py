"""Build: `kg fetch`."""

from pathlib import Path
from typing import TextIO

import click

from kg.cli._output import OutFolder, say, shell, year_options
from kg.errors import UsageError
from kg.fetch import DAY, Ask, Options, Outcome, Service, default_folder, fetch, find, known_id, services


def _services() -> str:
    """Return what SERVICE can be, each with the environment variable of its key, as the end of the help."""
    keys = {name: each.KEY.variable for name, each in services().items() if each.KEY}
    named = ", ".join(f"{name} (key: {keys[name]})" if name in keys else name for name in services())
    return f"SERVICE is one of: {named}. Keys are taken from these variables of the environment."


@click.command(epilog=_services())
@click.argument("service", metavar="SERVICE")
@click.option("--query", default="", metavar="TEXT", help="Words to search for, or a query in the service's own language.")
@click.option("--author", default="", metavar="NAME|ID", help="A name, or an identifier (ORCID, OpenAlex, Semantic Scholar, dblp).")
@click.option("--id", "ids", multiple=True, metavar="ID", help="A paper's identifier; may be given several times.")
@click.option("--ids", "listed", type=click.File(encoding="utf-8-sig"), help="A file with an identifier a line, - for standard input.")
@year_options
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Stop after N papers; the last page is kept whole.")
@click.option("--out", required=True, type=OutFolder(), help="Folder for the files.")
@click.option("--contact", envvar="KG_CONTACT", default="", metavar="E-MAIL", help="Where the service can reach you (or set KG_CONTACT).")
@click.option("--cache", type=click.Path(path_type=Path, file_okay=False), help="Folder that keeps answers, if not the usual one.")
@click.option("--no-cache", is_flag=True, help="Keep no answers beside the files, and use none.")
@click.option("--max-age", default=7.0, show_default=True, type=click.FloatRange(min=0), metavar="DAYS", help="How old kept answers may be.")
@click.option("--refresh", is_flag=True, help="Ask for all again, from the start.")
@click.option("--base-url", default="", metavar="URL", help="Another server with the same interface.")
def command(
    service: str, query: str, author: str, ids: tuple[str, ...], listed: TextIO | None, since: int | None,
    until: int | None, limit: int | None, out: Path, contact: str, cache: Path | None, no_cache: bool, max_age: float,
    refresh: bool, base_url: str,
) -> int:  # fmt: skip
    """Fetch papers from SERVICE into a folder, in the service's own format.

    The same command again goes on where it was stopped.

    \b
      kg fetch arxiv --author "Ada Beispiel" --out papers
      kg fetch openalex --query "gravel sorting" --from 2019 --limit 200 --out papers
      kg fetch semanticscholar --ids dois.txt --out papers
    """  # noqa: D301 - \b is click's
    provider = find(service)
    ask = Ask(query.strip(), author.strip(), _papers(provider, ids, listed), since, until, limit)
    _check(ask)
    if not contact:
        say("tip: --contact you@example.org (or KG_CONTACT) tells the service who asks, as they wish")
    kept = None if no_cache else cache or default_folder()
    options = Options(base_url, contact, kept, max_age * DAY, refresh)
    try:
        outcome = fetch(service, ask, out, options, lambda line: say(f"  {line}"))
    except KeyboardInterrupt:
        say("kg: stopped; whole pages are kept, and the same command goes on from here")
        return 130
    _tell(provider, ask, out, outcome)
    return 0 if outcome.records else 1


def _papers(service: Service, ids: tuple[str, ...], listed: TextIO | None) -> tuple[str, ...]:
    """Return the identifiers that were given, each once."""
    lines: list[str] = []
    if listed is not None:
        try:
            lines = [line.strip() for line in listed]
        except UnicodeDecodeError as error:
            raise UsageError("--ids: the list is no text in UTF-8; save it as such") from error
    given = [*ids, *(line for line in lines if line and not line.startswith("#"))]
    if (ids or listed is not None) and not given:
        raise UsageError("--ids: the list is empty; give an identifier a line")
    return tuple(dict.fromkeys(known_id(text, service) for text in given))


def _check(ask: Ask) -> None:
    """Refuse what is nothing to ask, or contradicts itself."""
    if not (ask.query or ask.author or ask.ids):
        raise UsageError("say what to fetch: --query, --author, --id or --ids")
    if ask.ids and (ask.query or ask.author or ask.since or ask.until or ask.limit):
        raise UsageError("--id and --ids stand alone: leave out --query, --author, --from, --to and --limit")
    if ask.since and ask.until and ask.since > ask.until:
        raise UsageError(f"--from {ask.since} is later than --to {ask.until}; swap them")


def _tell(service: Service, ask: Ask, out: Path, outcome: Outcome) -> None:
    """Say what came, what did not, and what to do next."""
    before = " (they were there already; --refresh asks again)" if outcome.was_there else ""
    if not outcome.records:
        say(f"{service.TITLE} has no such papers{before}")
        return
    say(f"{_counted(outcome.records, 'paper')} in {_counted(outcome.pages, 'file')}{before}")
    if ask.ids and outcome.records < len(ask.ids):
        say(f"{len(ask.ids) - outcome.records:,} of the {len(ask.ids):,} identifiers gave nothing: {service.TITLE} does not have them")
    if outcome.total is not None and outcome.records < min(outcome.total, ask.limit or outcome.total):
        say(f"{service.TITLE} spoke of {outcome.total:,} papers and gave no more; asked by years (--from, --to) it may give all")
    say(f"next: {shell('kg', 'build', out, '--out', 'graph')}")


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
