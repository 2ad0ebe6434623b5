"""The command `kg` for tests: in this process, which is fast, or in one of its own, where the process matters."""

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg.cli import main


@dataclass(frozen=True)
class Done:
    """A command that has ended: exit code, standard output and standard error."""

    code: int
    out: str
    err: str


def kg(*arguments: object, stdin: bytes = b"") -> Done:
    """Run a command in this process."""
    written, told = io.BytesIO(), io.BytesIO()
    out, err = io.TextIOWrapper(written, newline=""), io.TextIOWrapper(told, newline="")
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    code: object = None
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main([str(argument) for argument in arguments])
    except SystemExit as ended:
        code = ended.code
    finally:
        sys.stdin = before
    out.flush()
    err.flush()
    assert isinstance(code, int)
    return Done(code, written.getvalue().decode(), told.getvalue().decode())


def start(
    *arguments: object, stdin: int | None = None, stdout: IO[bytes] | int = subprocess.PIPE, cwd: Path | None = None,
    environment: dict[str, str] | None = None,
) -> subprocess.Popen[bytes]:  # fmt: skip
    """Start a command in a process (and process group) of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, cwd=cwd, env=os.environ | (environment or {}), start_new_session=True,
    )  # fmt: skip


def process(*arguments: object, stdin: bytes = b"", cwd: Path | None = None, environment: dict[str, str] | None = None) -> Done:
    """Run a command in a process of its own, with these environment variables beside the usual ones."""
    child = start(*arguments, stdin=subprocess.PIPE, cwd=cwd, environment=environment)
    out, err = child.communicate(stdin, timeout=120)
    told = err.decode()
    assert "Traceback" not in told
    return Done(child.returncode, out.decode(), told)
