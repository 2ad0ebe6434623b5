"""A pool of processes for small inputs, which are otherwise done by one: what large builds do, seen on a few records."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kg.engine import local


@contextmanager
def by_processes() -> Iterator[None]:
    """Send each row to a process, however few there are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local, "FEW", 0)
        patch.setattr(local.LocalEngine.map, "__defaults__", (1,))
        yield
