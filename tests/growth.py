"""How work grows with its input, told on any machine: two sizes are compared, no time is asked for."""

import gc
import time
from collections.abc import Callable
from typing import Final, TypeVar

T = TypeVar("T")

TIMES: Final = 8
"""How much larger the larger input is."""

MOST: Final = 24
"""How much longer it may take: linear work takes 8 times as long, and half as much again where memory is slow; quadratic takes 64."""

MEASURABLE: Final = 0.004
"""Seconds below which a measurement says little; what does not reach so much for the smaller input counts as so much."""

_ROUNDS: Final = 4


def assert_linear(work: Callable[[T], object], made: Callable[[int], T], size: int) -> None:
    """Assert that work grows no faster than its input.

    Args:
        work: What is done with an input.
        made: Makes an input of a size; called for each time that work is done, and not measured.
        size: The larger size, for which quadratic work would take far longer than a tenth of a second.
    """
    larger = smaller = float("inf")
    for _ in range(_ROUNDS):  # what else the machine does makes a measurement longer, never shorter
        larger = min(larger, _seconds(work, made(size)))
        if larger <= MOST * MEASURABLE:
            return
        smaller = min(smaller, *(_seconds(work, made(size // TIMES)) for _ in range(3)))
        if larger <= MOST * max(smaller, MEASURABLE):
            return
    raise AssertionError(f"{larger:.3f} s for an input of which the {TIMES}th part takes {smaller:.3f} s: {larger / smaller:.0f} times as long")


def _seconds(work: Callable[[T], object], given: T) -> float:
    """Return how long this thread computes, whatever others do meanwhile; a collection of the rest of the heap is not its work."""
    collects = gc.isenabled()
    gc.disable()
    try:
        began = time.thread_time()
        work(given)
        return time.thread_time() - began
    finally:
        if collects:
            gc.enable()
