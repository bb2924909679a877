"""What a committee may be shown: counts, without the small ones (U5)."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from plimsoll.allocations.counts import _total_tells, committee_counts, suppressed
from tests.allocations import steps
from tests.cast import Cast


def test_U5_a_small_number_is_not_shown_nor_one_that_gives_it_away() -> None:
    assert suppressed({"A": 30, "B": 12, "C": 7, "D": 2}, below=5) == {
        "A": 30,
        "B": 12,
        "C": None,
        "D": None,
    }


def test_U5_nought_is_shown_and_hides_nobody() -> None:
    assert suppressed({"A": 30, "B": 0}, below=5) == {"A": 30, "B": 0}


def test_U5_two_small_numbers_hide_each_other() -> None:
    assert suppressed({"A": 30, "B": 3, "C": 4}, below=5) == {"A": 30, "B": None, "C": None}


@given(st.dictionaries(st.sampled_from("ABCD"), st.integers(0, 12), min_size=4))
def test_U5_no_hidden_number_can_be_worked_out_from_the_total(numbers: dict[str, int]) -> None:
    """Every hidden number has another possible value that gives the same total."""
    shown = suppressed(numbers, below=5)
    hidden = [key for key, number in shown.items() if number is None]
    missing = sum(numbers[key] for key in hidden)
    possible = [
        guess for guess in product(range(1, 13), repeat=len(hidden)) if sum(guess) == missing
    ]
    for place in range(len(hidden)):
        values = {guess[place] for guess in possible}
        assert len(values) > 1 or _total_tells(numbers, shown)


def test_U5_S7_a_band_held_by_one_school_is_not_counted_out(cast: Cast) -> None:
    case = steps.agreed(cast)
    counts = committee_counts(case.cycle, cast.dorothy)
    assert {row.label: row.number for row in counts.rows} == {"A": 0, "B": None, "C": 0, "D": 0}
    assert counts.total is None
