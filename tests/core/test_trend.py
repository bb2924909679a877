"""Figures over years: the geometry, the words, and what a page shows of them."""

import xml.etree.ElementTree as ET

import pytest
from django.template import Context, Template

from plimsoll.core.drawing import LOOKS, bounds, draw, runs
from plimsoll.core.trend import Line, Reading, Trend
from tests.markup import faults

YEARS = ("2020-21", "2021-22", "2022-23", "2023-24")
SUPPRESSED = Reading("Suppressed: too few pupils to publish")


def reading(value: float, *, low: float | None = None, high: float | None = None) -> Reading:
    return Reading(f"{value:.1f} %", value, low=low, high=high)


def trend(*lines: Line, periods: tuple[str, ...] = YEARS) -> Trend:
    return Trend("absence.overall", "Overall absence", periods, lines, unit="%")


SCHOOL = Line("School", "solid", (reading(4), reading(5), SUPPRESSED, reading(6)))
ENGLAND = Line("England", "dashed", (reading(5), reading(5), reading(5.5), reading(5.5)))


def rendered(shown: Trend) -> str:
    return Template("{% load govuk %}{% trend_chart trend %}").render(Context({"trend": shown}))


@pytest.mark.parametrize(
    ("values", "least", "expected"),
    [
        ([4.7, 6.2], 0, [4.5, 5, 5.5, 6, 6.5]),
        ([0, 100], 0, [0, 25, 50, 75, 100]),
        ([-1.3, 0.4], 0, [-1.5, -1, -0.5, 0, 0.5]),
        ([5], 0, [2, 4, 6, 8]),
        ([0], 0, [0, 0.25, 0.5, 0.75, 1]),
        ([5.0, 5.1], 4, [3, 4, 5, 6, 7, 8]),
        ([99, 100], 4, [97, 98, 99, 100, 101, 102]),
    ],
)
def test_the_scale_has_round_steps_around_its_figures(
    values: list[float], least: float, expected: list[float]
) -> None:
    scale = bounds(values, least)
    assert scale[0] <= min(values)
    assert max(values) <= scale[-1]
    assert 3 <= len(scale) <= 6
    assert scale == pytest.approx(expected)


@pytest.mark.parametrize("low", [-50, -0.31, 0, 0.04, 7, 1234.5, 4_700_000])
@pytest.mark.parametrize("span", [0, 0.01, 1, 3.3, 99, 250_000])
def test_any_figures_fit_their_scale(low: float, span: float) -> None:
    scale = bounds([low, low + span])
    assert scale[0] <= low + 1e-6
    assert low + span <= scale[-1] + 1e-6
    assert 2 <= len(scale) <= 6


def test_no_scale_of_shares_goes_beyond_a_hundred() -> None:
    assert bounds([99, 100], 4, 100) == [96, 97, 98, 99, 100]


def test_points_are_where_their_figures_are() -> None:
    """The plot is 52 to 330 across, less 12 at its left, and 20 to 178 down, for 4 to 6."""
    readings = (reading(4), reading(5), reading(6))
    drawn = draw(trend(Line("School", "solid", readings), periods=YEARS[:3]))
    assert drawn.lines[0].paths == ("M64 178L197 99L330 20",)
    assert [tick.label for tick in drawn.up] == ["4 %", "4.5 %", "5 %", "5.5 %", "6 %"]
    assert [(tick.at, tick.label) for tick in drawn.across] == [
        (64, "2020-21"), (197, "2021-22"), (330, "2022-23")
    ]  # fmt: skip
    assert drawn.last == (330, 11, "6.0 %")
    assert drawn.zero is None


def test_the_newest_figure_is_named_where_no_other_line_ends() -> None:
    """From 4 to 6 as above, so 5 is 99 from the top: England beneath it, then over it."""
    school = Line("School", "solid", (reading(6), reading(5)))
    beneath = Line("England", "dashed", (reading(4), reading(4.5)))
    over = Line("England", "dashed", (reading(4), reading(5.5)))
    assert draw(trend(school, beneath, periods=YEARS[:2])).last == (330, 90, "5.0 %")
    assert draw(trend(school, over, periods=YEARS[:2])).last == (330, 119, "5.0 %")


def test_S3_a_year_without_a_number_breaks_the_line() -> None:
    assert runs(SCHOOL) == [[(0, 4), (1, 5)], [(3, 6)]]
    drawn = draw(trend(SCHOOL)).lines[0]
    assert len(drawn.paths) == 1
    assert drawn.paths[0].count("L") == 1
    assert len(drawn.marks) == 3


def test_S3_a_suppressed_figure_is_words_and_never_nought() -> None:
    html = rendered(trend(SCHOOL, ENGLAND))
    assert "Suppressed: too few pupils to publish</td>" in html
    assert ">0.0" not in html
    assert 'd="M0' not in html
    assert "School: 4.0 % in 2020-21, 6.0 % in 2023-24, no figure for 2022-23." in html


def test_nought_is_drawn_between_figures_on_both_sides_of_it() -> None:
    line = Line("School", "solid", (reading(-1), reading(1)))
    assert draw(trend(line, periods=YEARS[:2])).zero == 99


def test_a_band_stands_around_bounds_that_are_known() -> None:
    bounded = (reading(4, low=3, high=5), reading(5, low=4, high=6))
    drawn = draw(trend(Line("School", "solid", bounded), periods=YEARS[:2])).lines[0]
    # Scale 3 to 6: 158 units of height for 3.
    assert drawn.bands == ("M64 72.7L330 20L330 125.3L64 178Z",)


def test_a_year_alone_among_gaps_has_its_mark_and_a_bar() -> None:
    readings = (reading(4, low=3, high=5), SUPPRESSED, reading(5), reading(6))
    drawn = draw(trend(Line("School", "solid", readings))).lines[0]
    assert len(drawn.paths) == 1
    assert drawn.bands == ("M60 72.7L68 72.7L68 178L60 178Z",)


def test_one_year_is_a_table_without_a_picture() -> None:
    html = rendered(trend(Line("School", "solid", (reading(4),)), periods=("2023-24",)))
    assert "<svg" not in html
    assert "4.0\u00a0%" in html


def test_many_years_are_named_as_far_as_there_is_room() -> None:
    years = tuple(f"{2010 + at}-{11 + at}" for at in range(12))
    drawn = draw(trend(Line("School", "solid", tuple(map(reading, range(12)))), periods=years))
    assert [tick.label for tick in drawn.across] == ["2012-13", "2015-16", "2018-19", "2021-22"]


def test_notes_are_said_once_for_the_years_they_hold_for() -> None:
    noted = [Reading("5", 5.0, note) for note in ("mean of 4", "mean of 5", "mean of 5")]
    shown = trend(Line("Liverpool", "dotted", (*noted, Reading())))
    assert shown.notes == [
        ("Liverpool", "mean of 4 (2020-21)"),
        ("Liverpool", "mean of 5 (2021-22 to 2022-23)"),
    ]


def test_a_note_on_some_figures_names_their_years() -> None:
    noted = (
        Reading("5", 5.0, "of 12 pupils"),
        Reading("6", 6.0),
        Reading("7", 7.0, "of 12 pupils"),
    )
    assert trend(Line("School", "solid", noted), periods=YEARS[:3]).notes == [
        ("School", "of 12 pupils (2020-21)"),
        ("School", "of 12 pupils (2022-23)"),
    ]


def test_periods_of_which_nothing_is_held_are_one_row_of_words() -> None:
    readings = (reading(4), Reading(), Reading(), SUPPRESSED)
    rows = trend(Line("School", "solid", readings)).rows
    assert [(row.period, len(row.readings)) for row in rows] == [
        ("2020-21", 1), ("2021-22 to 2022-23", 0), ("2023-24", 1)
    ]  # fmt: skip
    assert 'colspan="1">Not held</td>' in rendered(trend(Line("School", "solid", readings)))
    assert "colspan" not in rendered(trend(Line("School", "solid", readings), ENGLAND))


def test_a_line_has_a_reading_for_every_period() -> None:
    with pytest.raises(ValueError, match="a reading for every period"):
        trend(Line("School", "solid", (reading(4),)))


def test_lines_differ_by_dash_and_by_lightness_and_can_be_seen() -> None:
    assert len({look.dashes for look in LOOKS.values()}) == 4
    lights = sorted(luminance(look.colour) for look in LOOKS.values())
    assert len(set(lights)) == 4
    assert (1 + 0.05) / (lights[-1] + 0.05) >= 3


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_it_is_well_formed_escaped_and_without_inline_style() -> None:
    attack = Line('<script>alert("x")</script>', "solid", (reading(4), reading(5)))
    html = rendered(
        trend(attack, Line("England", "dashed", ENGLAND.readings[:2]), periods=YEARS[:2])
    )
    assert "<script" not in html
    assert "style=" not in html
    page = f'<!DOCTYPE html><html lang="en-GB"><title>x</title><body>{html}</body></html>'
    assert not faults(page)
    picture = html[html.index("<svg") : html.index("</svg>") + 6]
    assert ET.fromstring(picture).attrib["role"] == "img"
