"""How growth is told: by work of which it is known."""

import pytest

from tests.growth import assert_linear


def one_by_one(numbers: range) -> int:
    return sum(number & 1 for number in numbers)


def each_with_each(numbers: range) -> int:
    return sum(left == right for left in numbers for right in numbers)


def test_linear_work_passes() -> None:
    assert_linear(one_by_one, range, 3_000_000)


def test_quadratic_work_does_not() -> None:
    with pytest.raises(AssertionError, match="of which the 8th part takes"):
        assert_linear(each_with_each, range, 2_000)


def test_linear_work_that_was_disturbed_once_passes() -> None:
    disturbed: list[range] = []

    def work(numbers: range) -> None:
        one_by_one(numbers)
        if not disturbed:
            disturbed.append(numbers)
            each_with_each(range(3_000))

    assert_linear(work, range, 800_000)


def test_work_that_is_too_short_to_be_measured_passes() -> None:
    assert_linear(each_with_each, range, 80)
