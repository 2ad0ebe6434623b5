"""Queries in a process of their own: what crashes, hangs or fills the memory there does no harm here.

Oxigraph has no limit on time or memory, and some queries end its process. The parent waits for a deadline and ends
the child; a child that dies is an error message, not the end of the program.
"""

import math
import os
import sys
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from kg.children import follow_parent
from kg.errors import BuildError, QueryError, UsageError
from kg.store.database import open_store
from kg.store.questions import answer_bytes

SECONDS: Final = 30.0
"""How long a query may run."""

MEMORY: Final = 4 << 30
"""How many bytes of memory a query may take, where the system can limit it."""


def isolated(
    place: Path, sparql: str, base: str, values: dict[str, str], form: str, seconds: float = SECONDS,
    memory: int = MEMORY,
) -> bytes:  # fmt: skip
    """Answer a query in a child process that may run for some seconds and take some bytes of memory.

    Raises:
        QueryError: If the query is refused or fails, runs longer than `seconds`, or ends the child.
        BuildError: If the store cannot be opened.
    """
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(there, place, sparql, base, values, form, seconds, memory), daemon=True)
    child.start()
    there.close()
    try:
        if not here.poll(seconds):
            raise QueryError(f"the query ran longer than {seconds:g} seconds; narrow it, or give --timeout")
        kind, content = here.recv()
    except EOFError as error:
        raise QueryError("the query took more memory than it may, or broke the engine; narrow it") from error
    finally:
        child.kill()
        child.join()
        here.close()
    if kind == "answer":
        return bytes(content)
    raise {"query": QueryError, "build": BuildError}[kind](content)


def _work(
    pipe: Connection, place: Path, sparql: str, base: str, values: dict[str, str], form: str, seconds: float,
    memory: int,
) -> None:  # fmt: skip
    """Answer one query and send the answer or the error to the parent."""
    follow_parent()
    _limit(seconds, memory)
    try:
        pipe.send(("answer", answer_bytes(open_store(place), sparql, base, values, form)))
    except (QueryError, UsageError) as error:
        pipe.send(("query", str(error)))
    except BuildError as error:
        pipe.send(("build", str(error)))
    except MemoryError:
        pipe.send(("query", "the query took more memory than it may; narrow it"))


def _limit(seconds: float, memory: int) -> None:
    """Limit memory and time, and leave no core file or words behind, where the system has limits.

    The parent ends the child at the deadline; the limit on the processor's time is for when the parent itself is gone.
    """
    # The engine prints a stack when its memory ends; what matters reaches the parent through the pipe.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    most = min(math.ceil(seconds) + 5, 1 << 30)
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
