"""The command line: one file per command, found by its name.

Data goes to standard output, progress and messages to standard error. The exit code is 0 when done, 1 for no result
or a failed check, 2 for wrong usage or unreadable input. Bad input never ends in a traceback.
"""

import os
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

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


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(kg.__version__, prog_name="kg")
def cli() -> None:
    """Turn the papers you have into a knowledge graph you can query, see and trust.

    Start with: kg demo
    """


def main() -> None:
    """Run the command line and end the process with its exit code."""
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except KgError as error:
        for line in str(error).split("\n"):
            click.echo(f"kg: {printable(line)}", err=True)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("kg: stopped; nothing was changed", err=True)
        code = 130
    except BrokenPipeError:
        # The reader of the output has gone, for instance `head`: no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        click.echo(f"kg: {printable(str(error.filename or ''))}: {error.strerror}", err=True)
        code = 1
    sys.exit(code if isinstance(code, int) else 0)
