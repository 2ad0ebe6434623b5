"""When Python looks for circular garbage: millions of rows are made and hardly a circle, and the search took a fifth of the time."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final


@contextmanager
def unsearched() -> Iterator[None]:
    """Do not look for circular garbage until the block ends; what no circle holds is freed at once, as always."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()


RARELY: Final = 100_000
"""After so many new objects a worker looks for circular garbage; Python's own choice is 700 to 2,000."""


@cache
def leave_loaded_alone() -> None:
    """Leave what has been loaded so far out of every search from now on, since all of it stays; search rarely."""
    gc.freeze()
    gc.set_threshold(RARELY)
    atexit.register(gc.unfreeze)  # at the end it is searched after all: DuckDB complains of what is left then
