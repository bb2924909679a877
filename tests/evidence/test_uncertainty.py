"""Bounds of figures, worked out by hand from Wilson's formula."""

import pytest

from plimsoll.evidence.school.uncertainty import (
    Cohort,
    bounds,
    cohort,
    is_small,
    last_cohort,
    warning,
    wilson,
)
from plimsoll.framework.measures import MEASURES
from tests.evidence.figures_held import held, series


@pytest.mark.parametrize(
    ("percent", "count", "low", "high"),
    [
        # With z² = 3.841459 and p = 0.5: the centre is 0.5, and half the width is
        # 1.959964 × √(1/(4×12) + 3.841459/(4×144)) ÷ (1 + 3.841459/12)
        # = 1.959964 × √(0.0208333 + 0.0066692) ÷ 1.3201216 = 0.246215.
        (50, 12, 25.3785, 74.6215),
        # p = 0: from 0 to z² ÷ (n + z²) = 3.841459 ÷ 13.841459.
        (0, 10, 0, 27.7533),
        # p = 1: from n ÷ (n + z²) to 1.
        (100, 10, 72.2467, 100),
        # p = 0.8, n = 100: centre (0.8 + 0.0192073) ÷ 1.0384146 = 0.7889020;
        # half 1.959964 × √(0.0016 + 0.0000960365) ÷ 1.0384146 = 0.0777313.
        (80, 100, 71.1171, 86.6633),
    ],
)
def test_wilson(percent: float, count: int, low: float, high: float) -> None:
    assert wilson(percent, count) == pytest.approx((low, high), abs=0.001)


def test_published_bounds_come_before_any_worked_out() -> None:
    progress = series("ks4.progress8", {"2023-24": -0.25})
    found = held(
        progress,
        series("ks4.progress8-low", {"2023-24": -0.5}),
        series("ks4.progress8-high", {"2023-24": 0.01}),
        series("ks4.pupils", {"2023-24": 12}),
    )
    assert bounds(progress.points[0], found) == (-0.5, 0.01)


def test_without_its_published_bounds_a_score_has_none() -> None:
    progress = series("ks4.progress8", {"2023-24": -0.25})
    assert bounds(progress.points[0], held(progress)) is None


def test_a_share_of_pupils_has_bounds_from_its_cohort() -> None:
    expected = series("ks2.rwm-expected", {"2023-24": 50})
    found = held(expected, series("ks2.pupils", {"2023-24": 12}))
    assert bounds(expected.points[0], found) == pytest.approx((25.3785, 74.6215), abs=0.001)
    assert cohort(expected.points[0], found) == 12


@pytest.mark.parametrize("pupils", [{"2022-23": 12}, {"2023-24": "suppressed"}, {"2023-24": 0}])
def test_no_bounds_follow_from_a_cohort_that_is_not_known(
    pupils: dict[str, float | str],
) -> None:
    expected = series("ks2.rwm-expected", {"2023-24": 50})
    found = held(expected, series("ks2.pupils", pupils))
    assert bounds(expected.points[0], found) is None


def test_a_share_of_sessions_is_no_share_of_pupils() -> None:
    absence = series("absence.overall", {"2023-24": 5.7})
    assert bounds(absence.points[0], held(absence, series("pupils.roll", {"2023-24": 12}))) is None


def test_S3_a_suppressed_figure_has_no_bounds() -> None:
    expected = series("ks2.rwm-expected", {"2023-24": "suppressed"})
    assert bounds(expected.points[0], held(expected, series("ks2.pupils", {"2023-24": 4}))) is None


@pytest.mark.parametrize(
    ("key", "count", "expected"),
    [
        ("ks2.rwm-expected", 12, "2023-24: 12 pupils: one pupil is 8 percentage points."),
        ("ks2.rwm-expected", 29, "2023-24: 29 pupils: one pupil is 3 percentage points."),
        ("ks2.rwm-expected", 1, "2023-24: 1 pupil: one pupil is 100 percentage points."),
        ("ks4.progress8", 12, "2023-24: 12 pupils: a few of them can move this figure."),
    ],
)
def test_a_warning_says_what_one_pupil_is_worth(key: str, count: int, expected: str) -> None:
    assert warning(MEASURES[key], "2023-24", Cohort(count, "2023-24")) == expected


def test_S3_the_last_number_of_pupils_that_is_held_warns_by_its_year() -> None:
    expected = series("ks2.rwm-expected", {"2023-24": 50, "2024-25": 62})
    found = held(expected, series("ks2.pupils", {"2016-17": 40, "2017-18": 19}))
    known = last_cohort(expected.points[-1], found)
    assert known == Cohort(19, "2017-18")
    assert warning(MEASURES["ks2.rwm-expected"], "2024-25", known) == (
        "2024-25: how many pupils it is about is not held. There were 19 in 2017-18: "
        "a few of them can move this figure."
    )
    assert last_cohort(expected.points[-1], held(expected)) is None


def test_small_is_below_what_policy_says() -> None:
    assert [is_small(count, 30) for count in (None, 0, 1, 29, 30)] == [
        False, False, True, True, False
    ]  # fmt: skip
