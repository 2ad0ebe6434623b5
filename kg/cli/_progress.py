"""How a long build tells how far it has come: a line a stage, and a bar on a terminal."""

import sys
from typing import Self

import click
from tqdm import tqdm

from kg.text import printable


class Progress:
    """Tells stages, and how much of each is done, on standard error. Use it as a context manager."""

    def __init__(self) -> None:
        self._bar: tqdm | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        self._end()

    def __call__(self, line: str) -> None:
        """Tell that a stage begins."""
        self._end()
        click.echo(f"  {printable(line)}", err=True)

    def advance(self, done: int, total: int) -> None:
        """Tell how much of the stage is done, of how much; only a terminal is shown a bar."""
        if not sys.stderr.isatty():
            return
        if self._bar is None:
            self._bar = tqdm(total=total, file=sys.stderr, leave=False, dynamic_ncols=True, mininterval=0.2)
        self._bar.update(done - self._bar.n)

    def _end(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
