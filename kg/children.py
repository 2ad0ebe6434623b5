"""What a child process does first: it ends with its parent, and leaves interrupts to it.

A child of a pool waits for work for ever when its parent is killed; an interrupt from the keyboard reaches parent and
children alike, and each child would print a stack.
"""

import os
import signal
import threading
from multiprocessing import parent_process
from multiprocessing.connection import wait


def follow_parent() -> None:
    """End this process as soon as its parent has ended; ignore interrupts from the keyboard."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
