"""The command line: one file per command, found by its name.

Data goes to standard output, progress and messages to standard error. The exit code is 0 when done, 1 for no result
or a failed check, 2 for wrong usage or unreadable input, 130 when stopped. Bad input never ends in a traceback.
"""

import ast
import io
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Final

import click

import kg
from kg.errors import KgError
from kg.text import printable

_COMMANDS = tuple(sorted(m.name for m in iter_modules([str(Path(__file__).parent)]) if not m.name.startswith("_")))


class _Commands(click.Group):
    """Finds a command in the file of its name, so that one command does not pay for the imports of the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        """Return the names of all commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command by name."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"kg.cli.{cmd_name}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is meant; say which one is near to a name that is none."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = get_close_matches(args[0], _COMMANDS)
            if not near:
                raise
            raise click.UsageError(f"{error.format_message()} Did you mean {' or '.join(near)}?", ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write what each command does as its file says it: to import them all takes a second."""
        told, wide = {name: _said(name) for name in _COMMANDS}, max(map(len, _COMMANDS))
        for section in dict.fromkeys([*_SECTIONS, *(own for own, _ in told.values())]):
            with formatter.section(section):
                formatter.write_dl([(name.ljust(wide), said) for name, (own, said) in told.items() if own == section])


_SECTIONS: Final = ("Build", "Ask", "See", "Decide", "Check", "Read")
"""Under what the commands are listed, the first first; each says which is its own where its file begins."""


def _said(name: str) -> tuple[str, str]:
    """Return the section of a command, and the first sentence of its help."""
    code = ast.parse((Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8"))
    helps = (ast.get_docstring(each) for each in code.body if isinstance(each, ast.FunctionDef) and each.name == "command")
    said = next(helps) or ""
    return (ast.get_docstring(code) or "").partition(":")[0], said.split("\n\n")[0].partition(". ")[0].removesuffix(".")


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(kg.__version__, prog_name="kg")
def cli() -> None:
    """Turn the papers you have into a knowledge graph you can query, see and trust.

    Start with: kg demo

    Data goes to standard output, messages to standard error. The exit code is 0 when done, 1 for no result or a failed
    check, 2 for wrong usage or unreadable input, 130 when stopped.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line (the process's own unless given) and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    code = _run(arguments)
    try:
        sys.stdout.flush()
    except OSError:
        # Nobody reads any more, or the disk is full: told already, and not to be tried again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


_ENDS: Final = [signal.SIGTERM, *([signal.SIGHUP] if sys.platform != "win32" else [])]
"""What ends a process as Ctrl-C does: a stop from outside, a terminal that is closed."""


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def _run(arguments: Sequence[str] | None) -> int:
    """Run the command line, tell errors, and return the exit code."""
    code = 1
    with suppress(ValueError):  # only the main thread may; where kg is called from another, its caller decides
        for number in _ENDS:
            if signal.getsignal(number) is signal.SIG_DFL:  # what nohup has made deaf stays so
                signal.signal(number, _stop)
    try:
        result = cli.main(arguments, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
        code = result if isinstance(result, int) else 0
    except click.NoSuchOption as error:
        # Near by its letters: the dashes that all options begin with make all short ones alike.
        near = [name for name in error.possibilities or () if get_close_matches(error.option_name.lstrip("-"), [name.lstrip("-")])]
        click.NoSuchOption(error.option_name, error.message, near, error.ctx).show()
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except KgError as error:
        for line in str(error).split("\n"):
            click.echo(f"kg: {printable(line)}", err=True)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("kg: stopped; the graph is as it was before", err=True)
        code = 130
    except (BrokenPipeError, SystemExit):
        code = 0  # the reader of the output has gone, for instance `head`: no error of ours (click ends the process)
    except OSError as error:
        place = error.filename2 or error.filename  # of a file that is renamed, the name that a person knows
        place = f"{printable(str(place))}: " if place else ""
        click.echo(f"kg: {place}{printable(error.strerror or str(error))}", err=True)
    return code
