"""S9, S8: what published figures suggest, rule by rule, with the reason in words."""

from typing import Any, get_args

import pytest

from plimsoll.evidence.groups import GROUPS
from plimsoll.framework.measures import MEASURES, THEMES
from plimsoll.framework.model import Edition
from plimsoll.framework.suggest_figures import suggest_figures
from plimsoll.framework.suggestions import Cited, Suggestion, by_criterion, spread
from plimsoll.framework.vocabulary import Group, Published

SOURCE = "a file"
SMALL = "The figures of 2023-24 are about few pupils (21): each of them makes a large difference."
NONE = "No figure is published for this school that is recent enough to suggest anything."
NO_RULE = "The published figures fit no rule of this framework, so they suggest nothing."

Years = dict[str, float | str]


def held(years: Years) -> dict[str, Any]:
    """A text is the marker that stands where a number would."""
    return {
        year: {
            "value": None if isinstance(cell, str) else cell,
            "marker": cell if isinstance(cell, str) else "",
            "predecessor": False,
            "source": SOURCE,
            "as_at": "2025-03-20",
        }
        for year, cell in years.items()
    }


def school(
    group: str = "primary", england: dict[str, Years] | None = None, **figures: Years
) -> dict[str, Any]:
    """Keys of measures are written with two underscores for the dot, one for the hyphen."""
    phases = {"special": "not-applicable", "alternative": "not-applicable", "post-16": "16-plus"}
    return {
        "phase": phases.get(group, group),
        "group": group,
        "figures": {key(name): held(years) for name, years in figures.items()},
        "beside": {
            key(name): {
                "england": {"label": "England", "source": "LAIT", "as_at": "", "values": years}
            }
            for name, years in (england or {}).items()
        },
    }


def key(name: str) -> str:
    found = name.replace("__", ".").replace("_", "-")
    assert found in MEASURES, found
    return found


def of(edition: Edition, criterion: str, figures: dict[str, Any]) -> list[Suggestion]:
    return [each for each in suggest_figures(edition, figures) if each.criterion == criterion]


def descriptors(edition: Edition, criterion: str, figures: dict[str, Any]) -> list[str]:
    return [one for each in of(edition, criterion, figures) for one in each.descriptors]


def test_S9_attendance_no_lower_than_englands_with_its_figures(liverpool: Edition) -> None:
    figures = school(
        absence__overall={"2023-24": 5.5}, england={"absence__overall": {"2023-24": 5.53}}
    )
    assert of(liverpool, "attendance", figures) == [
        Suggestion(
            criterion="attendance",
            descriptors=("attendance.at-or-above",),
            because="Absence in 2023-24 was 5.5 %, the same as England at 5.5 %, "
            "so attendance was no lower (a file, 20 March 2025; LAIT).",
            assumed=True,
            measure="absence.overall",
            figures=(
                Cited("Overall absence, % of sessions, 2023-24", "5.5 %", SOURCE, "2025-03-20"),
                Cited("England, 2023-24", "5.5 %", "LAIT", ""),
            ),
        )
    ]


# Absence of the school and of England, by year, and what it suggests in Liverpool.
ATTENDANCE: list[tuple[Years, Years, list[str]]] = [
    ({"2023-24": 4.0}, {"2023-24": 5.5}, ["attendance.at-or-above"]),
    ({"2023-24": 5.6}, {"2023-24": 5.5}, ["attendance.needs-improvement"]),
    ({"2023-24": 9.0}, {"2023-24": 5.5}, ["attendance.needs-improvement"]),
    (
        {"2022-23": 7.4, "2023-24": 7.2},
        {"2022-23": 5.9, "2023-24": 5.5},
        ["attendance.well-below"],
    ),
    # It comes down by 0.3: that is promise.
    (
        {"2022-23": 7.5, "2023-24": 7.2},
        {"2022-23": 5.9, "2023-24": 5.5},
        ["attendance.needs-improvement"],
    ),
    # 1.4 above England is not well below.
    (
        {"2022-23": 6.9, "2023-24": 6.9},
        {"2022-23": 5.9, "2023-24": 5.5},
        ["attendance.needs-improvement"],
    ),
    ({"2018-19": 4.0}, {"2018-19": 5.5}, []),
    ({"2022-23": 4.0}, {"2022-23": 5.5}, []),
    ({"2023-24": 4.0}, {}, []),
]


@pytest.mark.parametrize(("own", "england", "expected"), ATTENDANCE)
def test_S9_attendance(liverpool: Edition, own: Years, england: Years, expected: list[str]) -> None:
    figures = school(absence__overall=own, england={"absence__overall": england})
    assert descriptors(liverpool, "attendance", figures) == expected


def test_S9_the_reason_has_both_years_and_both_sides(liverpool: Edition) -> None:
    figures = school(
        absence__overall={"2022-23": 7.4, "2023-24": 7.2},
        england={"absence__overall": {"2022-23": 5.9, "2023-24": 5.5}},
    )
    (found,) = of(liverpool, "attendance", figures)
    assert found.because == (
        "Absence was 7.4 % in 2022-23 and 7.2 % in 2023-24, 1.7 percentage points above England "
        "at 5.5 % (a file, 20 March 2025; LAIT). Whether there is "
        "promise of improvement since is for both sides to judge."
    )
    assert [(each.label, each.value) for each in found.figures] == [
        ("Overall absence, % of sessions, 2022-23", "7.4 %"),
        ("England, 2022-23", "5.9 %"),
        ("Overall absence, % of sessions, 2023-24", "7.2 %"),
        ("England, 2023-24", "5.5 %"),
    ]


def test_S9_what_is_compared_is_what_a_reader_sees(liverpool: Edition) -> None:
    """5.54 and 5.46 are both shown as 5.5: they are the same."""
    figures = school(
        absence__overall={"2023-24": 5.54}, england={"absence__overall": {"2023-24": 5.46}}
    )
    assert descriptors(liverpool, "attendance", figures) == ["attendance.at-or-above"]


def test_S9_persistent_absence_must_be_high_in_both_years(liverpool: Edition) -> None:
    england: dict[str, Years] = {"absence__persistent": {"2022-23": 16.2, "2023-24": 14.6}}
    high = school(absence__persistent={"2022-23": 21.2, "2023-24": 19.6}, england=england)
    assert descriptors(liverpool, "persistent-absence", high) == ["persistent-absence.high"]
    once = school(absence__persistent={"2022-23": 21.1, "2023-24": 24.6}, england=england)
    (found,) = of(liverpool, "persistent-absence", once)
    assert (found.descriptors, found.because) == ((), NO_RULE)


ENGLAND_KS2: Years = {"2021-22": 59, "2022-23": 60, "2023-24": 61, "2024-25": 63}
KS2: list[tuple[Years, list[str]]] = [
    ({"2022-23": 57, "2023-24": 61, "2024-25": 70}, ["outcomes.consistently-in-line"]),
    # Four below in the first year, but no lower in the two since.
    ({"2022-23": 56, "2023-24": 61, "2024-25": 70}, ["outcomes.consistently-in-line"]),
    ({"2022-23": 56, "2023-24": 60, "2024-25": 70}, []),
    ({"2023-24": 61, "2024-25": 63}, ["outcomes.consistently-in-line"]),
    ({"2023-24": 60, "2024-25": 63}, []),
    ({"2022-23": 50, "2023-24": 50, "2024-25": 52}, ["outcomes.consistently-below"]),
    # The gap of 12 has become one of 9: still below, and nearer.
    ({"2022-23": 48, "2023-24": 50, "2024-25": 54}, ["outcomes.positive-trajectory"]),
    ({"2023-24": 56, "2024-25": 61}, ["outcomes.positive-trajectory"]),
    ({"2023-24": 60, "2024-25": 62}, ["outcomes.declining"]),
    ({"2023-24": 70, "2024-25": 55}, ["outcomes.declining"]),
    ({"2024-25": 40}, []),
    ({"2016-17": 40, "2017-18": 41, "2018-19": 42}, []),
]


@pytest.mark.parametrize(("own", "expected"), KS2)
def test_S9_outcomes_at_the_end_of_key_stage_2(
    liverpool: Edition, own: Years, expected: list[str]
) -> None:
    figures = school(ks2__rwm_expected=own, england={"ks2__rwm_expected": ENGLAND_KS2})
    assert descriptors(liverpool, "outcomes", figures) == expected


ENGLAND_A8: Years = {"2022-23": 46.3, "2023-24": 45.9, "2024-25": 45.9}
KS4: list[tuple[Years, list[str]]] = [
    ({"2022-23": 44.3, "2023-24": 43.9, "2024-25": 50}, ["outcomes.consistently-in-line"]),
    ({"2022-23": 40, "2023-24": 40, "2024-25": 40}, ["outcomes.consistently-below"]),
    ({"2022-23": 36, "2023-24": 38, "2024-25": 39}, ["outcomes.positive-trajectory"]),
    ({"2022-23": 44, "2023-24": 44, "2024-25": 43}, ["outcomes.declining"]),
]


@pytest.mark.parametrize(("own", "expected"), KS4)
def test_S9_outcomes_at_the_end_of_key_stage_4(
    liverpool: Edition, own: Years, expected: list[str]
) -> None:
    figures = school("secondary", {"ks4__attainment8": ENGLAND_A8}, ks4__attainment8=own)
    assert descriptors(liverpool, "outcomes", figures) == expected


PROGRESS8: list[tuple[Years, list[str]]] = [
    ({"2022-23": -0.2, "2023-24": 0.1}, ["outcomes.consistently-in-line"]),
    ({"2022-23": -0.6, "2023-24": -0.5}, ["outcomes.consistently-below"]),
    ({"2022-23": -0.8, "2023-24": -0.6}, ["outcomes.positive-trajectory"]),
    ({"2022-23": -0.3, "2023-24": -0.3}, ["outcomes.declining"]),
]


@pytest.mark.parametrize(("own", "expected"), PROGRESS8)
def test_S9_progress_8_is_seen_against_nought(
    liverpool: Edition, own: Years, expected: list[str]
) -> None:
    figures = school("secondary", ks4__progress8=own)
    assert descriptors(liverpool, "outcomes", figures) == expected


def test_S9_two_measures_of_one_criterion_each_say_theirs(liverpool: Edition) -> None:
    """They may disagree: both are shown, and nothing is made of them."""
    figures = school(
        "secondary",
        {"ks4__attainment8": ENGLAND_A8},
        ks4__attainment8={"2022-23": 40, "2023-24": 40, "2024-25": 40},
        ks4__progress8={"2022-23": -0.2, "2023-24": 0.1},
    )
    assert [each.measure for each in of(liverpool, "outcomes", figures)] == [
        "ks4.attainment8",
        "ks4.progress8",
    ]


GAPS: list[tuple[Years, Years, list[str]]] = [
    ({"2022-23": 40, "2023-24": 43}, {"2022-23": 60, "2023-24": 60}, ["gaps.addressed"]),
    ({"2022-23": 40, "2023-24": 42}, {"2022-23": 60, "2023-24": 60}, ["gaps.not-addressed"]),
    ({"2022-23": 40, "2023-24": 35}, {"2022-23": 60, "2023-24": 60}, ["gaps.not-addressed"]),
    ({"2022-23": 60, "2023-24": 57}, {"2022-23": 60, "2023-24": 60}, []),
    ({"2022-23": 40, "2023-24": 43}, {"2023-24": 60}, []),
    ({"2022-23": 40, "2023-24": 43}, {"2022-23": "Suppressed", "2023-24": 60}, []),
]


@pytest.mark.parametrize(("own", "others", "expected"), GAPS)
def test_S9_gaps_are_seen_against_the_schools_other_pupils(
    liverpool: Edition, own: Years, others: Years, expected: list[str]
) -> None:
    figures = school(ks2__rwm_disadvantaged=own, ks2__rwm_others=others)
    assert descriptors(liverpool, "gaps", figures) == expected


def test_S9_no_gap_is_seen_between_pupils_of_two_schools(liverpool: Edition) -> None:
    """As on the profile: a predecessor's other pupils are not this school's."""
    figures = school(
        ks2__rwm_disadvantaged={"2022-23": 40, "2023-24": 43},
        ks2__rwm_others={"2022-23": 60, "2023-24": 60},
    )
    figures["figures"]["ks2.rwm-others"]["2022-23"]["predecessor"] = True
    assert descriptors(liverpool, "gaps", figures) == []
    figures["figures"]["ks2.rwm-disadvantaged"]["2022-23"]["predecessor"] = True
    assert descriptors(liverpool, "gaps", figures) == ["gaps.addressed"]


def test_S9_the_gap_in_words(liverpool: Edition) -> None:
    figures = school(
        ks2__rwm_disadvantaged={"2022-23": 40, "2023-24": 43},
        ks2__rwm_others={"2022-23": 60, "2023-24": 60},
    )
    (found,) = of(liverpool, "gaps", figures)
    assert found.because.startswith(
        "Disadvantaged pupils at the expected standard in reading, writing and maths: "
        "40 % (the school’s other pupils 60 %) in 2022-23, "
        "43 % (the school’s other pupils 60 %) in 2023-24. The gap has narrowed "
        "(a file, 20 March 2025)."
    )


def test_S9_gaps_at_key_stage_4(liverpool: Edition) -> None:
    others: Years = {"2022-23": 50, "2023-24": 50}
    for latest, expected in ((41.5, "gaps.addressed"), (41.4, "gaps.not-addressed")):
        figures = school(
            "secondary",
            ks4__attainment8_disadvantaged={"2022-23": 40, "2023-24": latest},
            ks4__attainment8_others=others,
        )
        assert descriptors(liverpool, "gaps", figures) == [expected]


def test_S9_post_16(liverpool: Edition) -> None:
    england: dict[str, Years] = {"ks5__alevel_points": {"2022-23": 34.16, "2023-24": 34.38}}
    low = school("secondary", england, ks5__alevel_points={"2022-23": 31.1, "2023-24": 31.3})
    assert descriptors(liverpool, "post-16", low) == ["post-16.inconsistent"]
    once = school("secondary", england, ks5__alevel_points={"2022-23": 31.3, "2023-24": 31.3})
    assert descriptors(liverpool, "post-16", once) == []


def test_S9_post_16_is_not_asked_of_a_primary_school(liverpool: Edition) -> None:
    assert of(liverpool, "post-16", school()) == []
    assert len(of(liverpool, "post-16", school("secondary"))) == 1


SUSPENSIONS: list[tuple[str, Years, list[str]]] = [
    ("primary", {"2023-24": 2.27}, ["exclusions.low"]),
    ("primary", {"2023-24": 4.27}, ["exclusions.high-or-rising"]),
    ("primary", {"2022-23": 0.5, "2023-24": 2.0}, ["exclusions.high-or-rising"]),
    ("primary", {"2022-23": 2.0, "2023-24": 3.0}, []),
    ("secondary", {"2023-24": 12.27}, ["exclusions.high-or-rising"]),
    ("secondary", {"2023-24": 12.26}, []),
    ("secondary", {"2022-23": 3.0, "2023-24": 8.0}, ["exclusions.high-or-rising"]),
    ("special", {"2023-24": 1.0}, ["exclusions.low"]),
]


@pytest.mark.parametrize(("group", "own", "expected"), SUSPENSIONS)
def test_S9_suspensions_by_kind_of_school(
    liverpool: Edition, group: str, own: Years, expected: list[str]
) -> None:
    england: dict[str, Years] = {"exclusions__suspensions": {"2023-24": 2.27}}
    figures = school(group, england, exclusions__suspensions=own)
    assert descriptors(liverpool, "exclusions", figures) == expected


BALANCES: list[tuple[Years, list[str]]] = [
    (
        {"2023-24": -1, "2024-25": -47_936.85},
        ["functions.concerns-identified", "functions.may-need-support"],
    ),
    ({"2023-24": 10_000, "2024-25": -47_936.85}, []),
    ({"2024-25": -100_000}, ["functions.concerns-identified"]),
    ({"2024-25": -99_999}, []),
    ({"2016-17": -500_000, "2017-18": -500_000}, []),
]


@pytest.mark.parametrize(("own", "expected"), BALANCES)
def test_S9_the_published_budget(liverpool: Edition, own: Years, expected: list[str]) -> None:
    assert descriptors(liverpool, "functions", school(money__balance=own)) == expected


def test_S9_money_is_told_in_pounds(liverpool: Edition) -> None:
    (found,) = of(liverpool, "functions", school(money__balance={"2024-25": -123_456.7}))
    assert found.because.startswith(
        "In 2024-25 spending was more than income: −£123,457 (a file, 20 March 2025)."
    )


def test_S9_a_suppressed_latest_year_is_passed_over_and_said(liverpool: Edition) -> None:
    marker = "Suppressed: too few pupils to publish"
    figures = school(
        absence__overall={"2023-24": 4.0, "2024-25": marker},
        england={"absence__overall": {"2023-24": 5.5, "2024-25": 5.2}},
    )
    (found,) = of(liverpool, "attendance", figures)
    assert found.descriptors == ("attendance.at-or-above",)
    assert found.because.endswith(
        "(a file, 20 March 2025; LAIT). "
        "Overall absence in 2024-25: Suppressed: too few pupils to publish."
    )
    assert [each.value for each in found.figures] == ["4.0 %", "5.5 %"]


def test_S9_nothing_but_markers_suggests_nothing_and_says_which(liverpool: Edition) -> None:
    figures = school(absence__overall={"2017-18": 4.0, "2024-25": "Suppressed"})
    assert of(liverpool, "attendance", figures) == [
        Suggestion("attendance", (), f"{NONE} Overall absence in 2024-25: Suppressed.")
    ]


def test_S9_few_pupils_qualify_the_sentence(liverpool: Edition) -> None:
    england: dict[str, Years] = {"ks2__rwm_expected": ENGLAND_KS2}
    own: Years = {"2022-23": 60, "2023-24": 56}
    few = school(england=england, ks2__rwm_expected=own, ks2__pupils={"2023-24": 21})
    (found,) = of(liverpool, "outcomes", few)
    assert found.because.endswith(SMALL)
    many = school(england=england, ks2__rwm_expected=own, ks2__pupils={"2023-24": 30})
    assert SMALL not in of(liverpool, "outcomes", many)[0].because


def test_S9_few_pupils_when_last_known_qualify_the_sentence_by_their_year(
    liverpool: Edition,
) -> None:
    england: dict[str, Years] = {"ks2__rwm_expected": ENGLAND_KS2}
    own: Years = {"2022-23": 60, "2023-24": 56}
    held = school(england=england, ks2__rwm_expected=own, ks2__pupils={"2017-18": 19})
    (found,) = of(liverpool, "outcomes", held)
    assert found.because.endswith(
        "How many pupils the figures of 2023-24 are about is not held; in 2017-18 it was 19, "
        "few enough for each of them to make a large difference."
    )


def test_S9_a_predecessors_figures_are_called_so(liverpool: Edition) -> None:
    england: dict[str, Years] = {"ks2__rwm_expected": ENGLAND_KS2}
    figures = school(england=england, ks2__rwm_expected={"2022-23": 60, "2023-24": 56})
    figures["figures"]["ks2.rwm-expected"]["2022-23"]["predecessor"] = True
    assert of(liverpool, "outcomes", figures)[0].because.endswith(
        "LAIT). The figures of 2022-23 are those of the predecessor school."
    )


def test_S9_every_threshold_is_marked_as_assumed(liverpool: Edition, northmoor: Edition) -> None:
    for edition in (liverpool, northmoor):
        assert all(rule.assumed for rule in edition.figure_suggestions)


def test_S9_criteria_without_rules_get_no_word_from_figures(liverpool: Edition) -> None:
    spoken = {each.criterion for each in suggest_figures(liverpool, school("secondary"))}
    assert spoken == {
        "post-16",
        "outcomes",
        "gaps",
        "exclusions",
        "attendance",
        "persistent-absence",
        "functions",
    }


def test_S9_another_framework_reads_the_same_figures_by_its_own_rules(northmoor: Edition) -> None:
    figures = school(
        absence__overall={"2023-24": 7.2},
        absence__persistent={"2022-23": 25.0, "2023-24": 26.0},
        ks2__rwm_expected={"2024-25": 60},
        england={
            "absence__overall": {"2023-24": 5.5},
            "absence__persistent": {"2023-24": 14.6},
            "ks2__rwm_expected": ENGLAND_KS2,
        },
    )
    assert {
        (each.measure, each.descriptors, each.because)
        for each in suggest_figures(northmoor, figures)
        if each.descriptors
    } == {
        (
            "absence.overall",
            ("attendance.low",),
            (
                "Absence of 7.2 % in 2023-24 was 1.7 percentage points above England "
                "(a file, 20 March 2025; LAIT)."
            ),
        ),
        (
            "absence.persistent",
            ("attendance.very-low",),
            (
                "Persistent absence rose by 1.0 percentage point to 26.0 % in 2023-24 "
                "(a file, 20 March 2025; LAIT)."
            ),
        ),
        (
            "ks2.rwm-expected",
            ("outcomes.rising",),
            (
                "Expected standard at key stage 2 in 2024-25: 60 %, 3 percentage points below "
                "England (a file, 20 March 2025; LAIT)."
            ),
        ),
    }


NORTHMOOR: list[tuple[str, dict[str, Any], list[str]]] = [
    ("attendance", {"absence__overall": {"2023-24": 7.5}}, ["attendance.very-low"]),
    ("attendance", {"absence__overall": {"2023-24": 5.7}}, ["attendance.good"]),
    (
        "outcomes",
        {"ks2__rwm_expected": {"2022-23": 50, "2023-24": 51, "2024-25": 53}},
        ["outcomes.well-below"],
    ),
    (
        "outcomes",
        {"ks2__rwm_expected": {"2022-23": 60, "2023-24": 61, "2024-25": 63}},
        ["outcomes.above"],
    ),
    ("outcomes", {"ks2__rwm_expected": {"2024-25": 59}}, ["outcomes.falling"]),
]


@pytest.mark.parametrize(("criterion", "own", "expected"), NORTHMOOR)
def test_S9_northmoors_rules(
    northmoor: Edition, criterion: str, own: dict[str, Any], expected: list[str]
) -> None:
    england: dict[str, Years] = {
        "absence__overall": {"2023-24": 5.5},
        "ks2__rwm_expected": ENGLAND_KS2,
    }
    assert descriptors(northmoor, criterion, school(england=england, **own)) == expected


def test_S8_a_descriptor_of_several_bands_counts_for_each(liverpool: Edition) -> None:
    suggested = [
        Suggestion("attendance", ("attendance.at-or-above",), "x"),
        Suggestion("functions", ("functions.concerns-identified",), "x"),
        Suggestion("outcomes", ("outcomes.declining",), "x", measure="ks4.attainment8"),
        Suggestion("outcomes", ("outcomes.declining",), "x", measure="ks4.progress8"),
        Suggestion("reading", (), "x"),
    ]
    assert spread(liverpool, suggested) == {
        "A": ["attendance"],
        "B": ["attendance"],
        "C": ["functions", "outcomes"],
        "D": [],
    }


def test_S9_a_silence_gives_way_to_what_is_suggested() -> None:
    silence, other = Suggestion("a", (), "x"), Suggestion("b", (), "y")
    suggestion = Suggestion("a", ("a.b",), "z")
    assert by_criterion([silence, suggestion, other]) == {"a": [suggestion], "b": [other]}


def test_S3_a_suggestion_is_the_same_after_it_was_frozen() -> None:
    suggestion = Suggestion("a", ("a.b",), "z", True, "absence.overall", (Cited("l", "v", "s"),))
    assert Suggestion.from_plain(suggestion.as_plain()) == suggestion


def test_policy_and_code_name_the_same_kinds_and_themes() -> None:
    assert set(get_args(Group)) == set(GROUPS)
    assert get_args(Published) == ("inspections", *THEMES)
