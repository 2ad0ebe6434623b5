"""The option `--plot` of the commands that can draw what they show."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kg.analysis._plot import FORMATS
from kg.cli._output import written


def plot_option(what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return what adds `--plot` to a command, which gets the file as the argument `picture`."""
    return click.option("--plot", "picture", type=_Picture(path_type=Path), help=f"Also draw {what} into a .png, .svg or .pdf file.")


def drawn(draw: Callable[[Any, Any, str], None], result: Any, picture: Path, folder: Path) -> None:
    """Draw a result of the graph in a folder into a file."""
    with written(picture, folder) as out:
        draw(result, out, _format(picture))


class _Picture(click.Path):
    """A file whose name tells its format: another is refused at once, not when all is computed and printed."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the file as a path."""
        if _format(Path(value)) not in FORMATS:
            self.fail(f"a plot cannot be written as {_format(Path(value))}; the formats are {', '.join(FORMATS)}", param, ctx)
        return super().convert(value, param, ctx)


def _format(picture: Path) -> str:
    return picture.suffix.lstrip(".").lower() or "png"
