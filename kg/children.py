"""Child processes: how many are worth it; each ends with its parent, and leaves interrupts to it.

A child of a pool waits for work for ever when its parent is killed; an interrupt from the keyboard reaches parent and
children alike, and each child would print a stack.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.connection import wait
from typing import ParamSpec, TypeVar

from kg.errors import BuildError

Given = ParamSpec("Given")
Found = TypeVar("Found")


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def beside(function: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Iterator[Callable[[], Found]]:
    """Run a function in a process of its own while the block runs, and give what waits for its answer.

    If the block fails, the process is ended.

    Args:
        function: A module's function: it is sent to the other process, and so is what it is given and returns.
        given: What it is given.
        named: What it is given by name.
    """
    others = set(active_children())
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=follow_parent) as pool:
        with interrupts_held():
            found = pool.submit(function, *given, **named)

        def answer() -> Found:
            with end_told():
                return found.result()

        try:
            yield answer
        except BaseException:
            for child in set(active_children()) - others:
                child.terminate()
            raise


@contextmanager
def end_told() -> Iterator[None]:
    """Tell what to do where a child was ended from outside.

    Raises:
        BuildError: If it was.
    """
    try:
        yield
    except BrokenProcessPool as error:
        what = "a process of this build was ended from outside, most likely because memory ran out"
        raise BuildError(f"{what}; close other programs, or build with --workers 1") from error


def follow_parent() -> None:
    """End this process as soon as its parent has ended; ignore interrupts from the keyboard."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Hold interrupts from the keyboard back while a process is started; they come to this one a moment later.

    An interrupt between the start of a process and the sending of its work would leave it half told, and it would print
    a stack. The new process inherits a mask under which no interrupt reaches it before it can ignore them.
    """
    if threading.current_thread() is not threading.main_thread():  # no interrupt is handled here
        yield
        return
    came: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _: came.append(number))  # the mask alone leaves other threads open
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if hasattr(signal, "pthread_sigmask") else None
    try:
        yield
    finally:
        if mask is not None:  # Windows has none
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, handler)
        if came:
            signal.raise_signal(signal.SIGINT)


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
