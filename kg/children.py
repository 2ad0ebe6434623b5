"""What a child process does first: it ends with its parent, and leaves interrupts to it.

A child of a pool waits for work for ever when its parent is killed; an interrupt from the keyboard reaches parent and
children alike, and each child would print a stack.
"""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.connection import wait


def follow_parent() -> None:
    """End this process as soon as its parent has ended; ignore interrupts from the keyboard."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Hold interrupts from the keyboard back while a process is started; they come to this one a moment later.

    The new process inherits that they are held back, so that none reaches it before it can ignore them.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
