"""Searching for circular garbage: left alone for a while, and taken up again as it was."""

import gc
import weakref

import pytest

from kg.garbage import unsearched


class _Circle:
    def __init__(self) -> None:
        self.me = self


def _stopped_within() -> None:
    with unsearched():
        assert not gc.isenabled()
        raise ValueError("stop")


def test_nothing_is_searched_within_and_all_is_as_before_after_an_error() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="stop"):
        _stopped_within()
    assert gc.isenabled()


def test_who_searches_nothing_is_left_at_that() -> None:
    gc.disable()
    try:
        with unsearched():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_circle_made_within_can_be_found_later() -> None:
    with unsearched():
        seen = weakref.ref(_Circle())
        assert seen() is not None
    gc.collect()
    assert seen() is None
