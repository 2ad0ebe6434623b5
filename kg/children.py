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
