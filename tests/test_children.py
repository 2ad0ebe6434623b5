"""Tests of child processes: what they answer, and how they end."""

import os
import signal
import time
from multiprocessing import active_children
from pathlib import Path

import pytest

from kg.children import beside
from kg.errors import BuildError, UsageError


def _square(number: int) -> int:
    return number * number


def _refuse() -> None:
    raise UsageError("there is no such thing")


def _end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _wait(begun: Path) -> None:
    begun.touch()
    time.sleep(3600)


def test_what_runs_beside_answers() -> None:
    with beside(_square, 12) as answer:
        assert answer() == 144


def test_an_error_beside_is_raised_where_the_answer_is_asked_for() -> None:
    with beside(_refuse) as answer, pytest.raises(UsageError, match="there is no such thing"):
        answer()


def test_a_process_that_is_ended_from_outside_says_what_to_do() -> None:
    with beside(_end) as answer, pytest.raises(BuildError, match="most likely because memory ran out; close other programs, or build with --workers 1"):
        answer()


def test_what_fails_meanwhile_ends_the_process(tmp_path: Path) -> None:
    def fail() -> None:
        with beside(_wait, tmp_path / "begun"):
            while not (tmp_path / "begun").exists():
                time.sleep(0.01)
            raise InterruptedError

    with pytest.raises(InterruptedError):  # at once, not after an hour
        fail()
    assert active_children() == []
