"""Sentences about figures: each expected one is written by hand."""

from datetime import date
from decimal import Decimal

import pytest

from plimsoll.evidence.school.changes import Sentence, changed, place, sentences, standing
from plimsoll.evidence.school.series import Series
from plimsoll.framework.profile import ProfileRules
from tests.evidence.figures_held import held, series

RULES = ProfileRules(
    years=5,
    trend_years=3,
    small_cohort=30,
    neighbours_at_least=5,
    quartile_at_least=20,
    notable={
        "absence.overall": Decimal("0.5"),
        "ks2.rwm-expected": Decimal(5),
        "ks2.rwm-disadvantaged": Decimal(5),
        "pupils.fsm": Decimal(3),
        "ks4.progress8": Decimal("0.2"),
    },
)
PRIMARY = "primary schools"


def told(*found: Series) -> list[Sentence]:
    return sentences(held(*found), RULES)


def texts(*found: Series) -> list[str]:
    return [each.text for each in told(*found)]


def test_S3_a_change_from_last_year_beside_england() -> None:
    absence = series(
        "absence.overall", {"2022-23": 6.2, "2023-24": 5.7}, {"2023-24": 5.5}, schools=PRIMARY
    )
    (sentence,) = told(absence)
    assert sentence.text == (
        "Overall absence fell from 6.2 % in 2022-23 to 5.7 % in 2023-24; "
        "primary schools in England: 5.5 %."
    )
    assert (sentence.kind, sentence.tone, sentence.year) == ("change", "better", "2023-24")
    assert (sentence.source, sentence.as_at) == ("absence in schools", date(2025, 3, 20))


def test_a_difference_below_the_notable_one_makes_no_sentence() -> None:
    assert texts(series("absence.overall", {"2022-23": 6.2, "2023-24": 5.8})) == []


def test_figures_are_compared_as_they_are_shown() -> None:
    """6.24 and 5.66 are shown as 6.2 and 5.7: the reader counts half a point."""
    assert texts(series("absence.overall", {"2022-23": 6.24, "2023-24": 5.66})) == [
        "Overall absence fell from 6.2 % in 2022-23 to 5.7 % in 2023-24."
    ]


def test_years_that_are_no_neighbours_are_said_to_be_none() -> None:
    assert texts(series("absence.overall", {"2018-19": 4.0, "2022-23": 6.2})) == [
        (
            "Overall absence rose from 4.0 % in 2018-19 to 6.2 % in 2022-23, "
            "with no figure between them."
        )
    ]


def test_S3_no_sentence_is_made_from_a_marker() -> None:
    marked = {"2021-22": 4.0, "2022-23": "suppressed", "2023-24": "suppressed"}
    assert texts(series("absence.overall", marked)) == []
    marked = {"2021-22": 4.0, "2022-23": "suppressed", "2023-24": 6.0}
    (sentence,) = texts(series("absence.overall", marked))
    assert "2022-23" not in sentence
    assert "with no figure between them" in sentence


def test_three_years_in_one_direction_are_told_as_one_thing() -> None:
    absence = series("absence.overall", {"2021-22": 7.9, "2022-23": 7.6, "2023-24": 7.1})
    assert [(each.text, each.kind) for each in told(absence)] == [
        (
            (
                "Overall absence fell year on year: 7.9 % in 2021-22, 7.6 % in 2022-23, "
                "7.1 % in 2023-24."
            ),
            "trend",
        )
    ]


@pytest.mark.parametrize(
    "figures",
    [
        {"2020-21": 7.9, "2022-23": 7.4, "2023-24": 6.9},  # a year between has no figure
        {"2021-22": 7.0, "2022-23": 7.4, "2023-24": 6.9},  # up, then down
        {"2021-22": 7.4, "2022-23": 7.4, "2023-24": 6.9},  # the same, then down
    ],
)
def test_what_is_no_trend_is_a_change(figures: dict[str, float | str]) -> None:
    (sentence,) = told(series("absence.overall", figures))
    assert sentence.kind == "change"
    assert sentence.text == "Overall absence fell from 7.4 % in 2022-23 to 6.9 % in 2023-24."


def test_the_place_beside_england_is_told_where_it_is_notable() -> None:
    absence = series("absence.overall", {"2023-24": 7.1}, {"2023-24": 5.9}, schools=PRIMARY)
    assert [(each.text, each.kind, each.tone) for each in told(absence)] == [
        (
            "Overall absence was 7.1 % in 2023-24, above primary schools in England (5.9 %).",
            "position",
            "worse",
        )
    ]
    assert texts(series("absence.overall", {"2023-24": 6.1}, {"2023-24": 5.9})) == []
    assert texts(series("absence.overall", {"2023-24": 7.1}, {"2022-23": 5.9})) == []


def test_a_small_cohort_is_named_with_its_figure() -> None:
    expected = series("ks2.rwm-expected", {"2022-23": 75, "2023-24": 58}, {"2023-24": 61})
    pupils = series("ks2.pupils", {"2022-23": 31, "2023-24": 12})
    assert texts(expected, pupils) == [
        (
            "Expected standard in reading, writing and maths fell from 75 % in 2022-23 "
            "to 58 % in 2023-24 (of 12 pupils); England: 61 %."
        )
    ]


def test_what_only_tells_is_neither_better_nor_worse() -> None:
    (sentence,) = told(series("pupils.fsm", {"2022-23": 20.0, "2023-24": 25.0}))
    assert sentence.tone == ""
    assert sentence.text.startswith("Eligible for free school meals rose")


def test_figures_of_a_school_before_this_one_are_said_to_be_its() -> None:
    found = series("absence.overall", {"2022-23": 6.2, "2023-24": 5.7}, predecessor=("2022-23",))
    assert texts(found) == [
        (
            "Overall absence fell from 6.2 % in 2022-23 (at a school before this one, URN 900000) "
            "to 5.7 % in 2023-24."
        )
    ]


def test_figures_below_nought_have_a_true_minus() -> None:
    (sentence,) = texts(series("ks4.progress8", {"2022-23": 0.1, "2023-24": -0.25}))
    assert sentence == "Progress 8 fell from 0.10 in 2022-23 to −0.25 in 2023-24."


def test_a_measure_without_a_notable_difference_makes_no_sentence() -> None:
    assert texts(series("money.income", {"2022-23": 1, "2023-24": 900_000})) == []


GAP = {"2022-23": 50, "2023-24": 42}
OTHERS = {"2022-23": 68, "2023-24": 68}


def test_S3_a_gap_that_widened_is_told_beside_englands() -> None:
    own = series("ks2.rwm-disadvantaged", GAP, {"2023-24": 45})
    others = series("ks2.rwm-others", OTHERS, {"2023-24": 67})
    assert [each.text for each in told(own, others) if each.kind == "gap"] == [
        (
            "Expected standard, disadvantaged: the gap to other pupils widened, from 18 percentage "
            "points behind in 2022-23 to 26 percentage points behind in 2023-24; "
            "England: 22 percentage points behind."
        )
    ]


@pytest.mark.parametrize(
    ("own", "words", "tone"),
    [
        ({"2022-23": 50, "2023-24": 60}, "the gap to other pupils narrowed", "better"),
        ({"2022-23": 60, "2023-24": 76}, "the gap to other pupils turned round", "better"),
        ({"2022-23": 76, "2023-24": 60}, "the gap to other pupils turned round", "worse"),
    ],
)
def test_a_gap_narrows_or_turns_round(own: dict[str, float | str], words: str, tone: str) -> None:
    found = told(series("ks2.rwm-disadvantaged", own), series("ks2.rwm-others", OTHERS))
    (gap,) = [each for each in found if each.kind == "gap"]
    assert words in gap.text
    assert gap.tone == tone


def test_a_gap_of_one_year_or_a_marker_is_no_change() -> None:
    own = series("ks2.rwm-disadvantaged", {"2022-23": "suppressed", "2023-24": 42})
    assert told(own, series("ks2.rwm-others", OTHERS)) == []


def test_what_matters_most_comes_first_and_positions_are_left_out() -> None:
    """Results and gaps before who the pupils are, newer figures before older ones."""
    found = told(
        series("absence.overall", {"2022-23": 6.2, "2023-24": 5.7}, {"2023-24": 4.0}),
        series("ks4.progress8", {"2023-24": 0.1, "2024-25": -0.25}),
        series("ks2.rwm-disadvantaged", GAP),
        series("ks2.rwm-others", OTHERS),
        series("pupils.fsm", {"2024-25": 20.0, "2025-26": 25.0}),
    )
    assert [(each.measure.key, each.kind) for each in changed(found)] == [
        ("ks4.progress8", "change"),
        ("absence.overall", "change"),
        ("ks2.rwm-disadvantaged", "change"),
        ("ks2.rwm-disadvantaged", "gap"),
        ("pupils.fsm", "change"),
    ]


@pytest.mark.parametrize(
    ("key", "figures", "england", "expected"),
    [
        ("absence.overall", {"2023-24": 7.1}, {"2023-24": 5.9}, "above"),
        ("absence.overall", {"2023-24": 5.4}, {"2023-24": 5.9}, "below"),
        ("absence.overall", {"2023-24": 6.3}, {"2023-24": 5.9}, "close to"),
        ("absence.overall", {"2023-24": 7.1}, {"2022-23": 5.9}, ""),  # of another year
        ("absence.overall", {"2023-24": "suppressed"}, {"2023-24": 5.9}, ""),
        ("absence.persistent", {"2023-24": 30.0}, {"2023-24": 20.0}, ""),  # no notable difference
        ("pupils.fsm", {"2023-24": 30.0}, {"2023-24": 20.0}, ""),  # neither is better
    ],
)
def test_where_a_figure_is_beside_england_is_said_only_where_one_is_better(
    key: str, figures: dict[str, float | str], england: dict[str, float], expected: str
) -> None:
    found = series(key, figures, england)
    assert place(found, held(found), RULES) == expected


@pytest.mark.parametrize(
    ("figures", "england", "expected"),
    [
        (
            {"2022-23": 7.9, "2023-24": 7.1},
            {"2023-24": 5.9},
            "Overall absence: 7.1 % in 2023-24, above primary schools in England (5.9 %), falling.",
        ),
        (
            {"2022-23": 5.9, "2023-24": 6.0},
            {"2023-24": 5.9},
            (
                "Overall absence: 6.0 % in 2023-24, close to primary schools in England (5.9 %), "
                "steady."
            ),
        ),
        ({"2018-19": 5.9, "2023-24": 7.0}, {}, "Overall absence: 7.0 % in 2023-24."),
        ({"2023-24": "suppressed"}, {"2023-24": 5.9}, ""),
    ],
)
def test_where_a_measure_stands_in_a_line(
    figures: dict[str, float | str], england: dict[str, float], expected: str
) -> None:
    found = series("absence.overall", figures, england, schools=PRIMARY)
    assert standing(found, held(found), RULES) == expected
