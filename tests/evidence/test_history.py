"""A school's evidence: its history over several URNs, and where each figure comes from."""

import json
from datetime import date
from typing import Any

import pytest

from plimsoll.evidence import eras
from plimsoll.evidence.school.queries import inspections_of, inspections_of_many, profile
from plimsoll.framework.editions import current
from plimsoll.framework.suggest import suggest
from plimsoll.schools.models import School
from tests.evidence.conftest import Import, Publish
from tests.evidence.ofsted_file import card, row
from tests.evidence.register_file import COLUMNS, school

TODAY = date(2026, 11, 2)


def link(urn: int, other: int, kind: str) -> dict[str, str]:
    return {
        "URN": str(urn),
        "LinkURN": str(other),
        "LinkName": "",
        "LinkType": kind,
        "LinkEstablishedDate": "01-01-2023",
    }


@pytest.fixture
def academy(import_file: Import, publish: Publish) -> School:
    """An academy since 2023, whose predecessor was inspected in 2022 and 2014."""
    rows = [
        school(
            900002,
            **{
                "EstablishmentName": "New Harbour Academy",
                "TypeOfEstablishment (code)": "34",
                "OpenDate": "01-01-2023",
                "Trusts (code)": "4041",
                "NumberOfPupils": "",
            },
        ),
        school(900001, EstablishmentName="Old Harbour School"),
        school(900003, EstablishmentName="Never Inspected School"),
    ]
    import_file("gias", publish(rows, COLUMNS, name="edubasealldata20261101.csv"))
    links = [link(900002, 900001, "Predecessor"), link(900001, 900002, "Successor")]
    import_file("gias-links", publish(links, name="links.csv"))
    import_file("ofsted", publish([row(900001)], name="outcomes_as_at_31_August_2025.csv"))
    cards = publish([card(900002)], name="report_cards_as_at_20260630.csv")
    import_file("ofsted-report-cards", cards)
    return School.objects.get(pk=900002)


def test_history_runs_over_predecessors_and_says_whose_it_was(academy: School) -> None:
    told = inspections_of(academy)
    assert [(one.starts, one.urn, one.of_predecessor) for one in told] == [
        (date(2026, 1, 20), 900002, False),
        (date(2022, 5, 3), 900001, True),
        (date(2014, 6, 4), 900001, True),
    ]
    assert [one.headline for one in told] == ["Report card", "Good", "Requires improvement"]
    assert [one.before_joining for one in told] == [False, True, True]


def test_links_that_run_in_a_circle_come_to_an_end(
    academy: School, import_file: Import, publish: Publish
) -> None:
    circle = [link(900001, 900002, "Predecessor"), link(900003, 900001, "Predecessor - merged")]
    import_file("gias-links", publish(circle, name="more_links.csv"))
    assert len(inspections_of(academy)) == 3
    # Two steps back: the school that took over the predecessor too.
    other = School.objects.get(pk=900003)
    assert [one.urn for one in inspections_of(other)] == [900002, 900001, 900001]


def test_what_had_not_happened_yet_is_not_told(academy: School) -> None:
    found = profile(academy, date(2025, 12, 31))
    assert found.latest is not None
    assert found.latest.starts == date(2022, 5, 3)


def test_a_school_never_inspected_is_said_to_be_so(academy: School) -> None:
    found = profile(School.objects.get(pk=900003), TODAY)
    assert (found.inspections, found.latest, found.standing) == ((), None, "Not inspected")
    assert found.suggestion_input == (None, [])


def test_every_figure_has_a_source_and_missing_is_not_nought(academy: School) -> None:
    found = profile(academy, TODAY)
    figures = {figure.key: figure for figure in found.figures}
    pupils = figures["pupils"]
    assert (pupils.value, pupils.status, pupils.is_known) == (
        "Not published",
        "not-published",
        False,
    )
    meals = figures["fsm"]
    assert (meals.value, meals.unit, meals.status) == ("16.8", "%", "published")
    assert (meals.source, meals.as_at) == ("the register of schools (GIAS)", date(2026, 11, 1))
    achievement = figures["inspection.900002.2026-01-20.achievement"]
    assert (achievement.label, achievement.value) == ("Achievement", "Needs attention")
    assert achievement.as_at == date(2026, 6, 30)
    assert all(len(figure.sha256) == 64 and figure.run_id for figure in found.figures)
    assert {origin.publisher for origin in found.sources} == {
        "Department for Education",
        "Ofsted",
    }


def test_a_profile_can_be_frozen(academy: School) -> None:
    plain: Any = json.loads(json.dumps(profile(academy, TODAY).as_plain()))
    assert plain["standing"] == "Report card"
    first, *_ = plain["inspections"]
    assert (first["starts"], first["of_predecessor"], first["era"]) == (
        "2026-01-20",
        False,
        "report-card",
    )
    assert {"key", "value", "status", "source", "as_at", "sha256"} <= set(first["figures"][0])


def test_S9_evidence_speaks_to_the_framework(academy: School) -> None:
    last, earlier = profile(academy, TODAY).suggestion_input
    assert last is not None
    assert (last["era"], last["date"]) == ("report-card", "20 January 2026")
    assert last["judgements"]["achievement"] == "needs-attention"
    assert "post-16" not in last["judgements"]
    assert [one["overall"] for one in earlier] == [2, 3]
    suggested = suggest(current(), last, earlier)
    assert any(one.descriptors for one in suggested)


def test_a_list_costs_the_same_with_one_school_and_with_many(
    academy: School, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(6):
        assert list(inspections_of_many([academy])) == [900002]
    every = list(School.objects.order_by("urn"))
    with django_assert_num_queries(6):
        found = inspections_of_many(every)
    assert {urn: told[0].starts for urn, told in found.items() if told} == {
        900001: date(2022, 5, 3),
        900002: date(2026, 1, 20),
    }


def test_a_grade_given_later_stands_for_its_area(
    academy: School, import_file: Import, publish: Publish
) -> None:
    later = card(900002, Achievement="Expected standard")
    later["Achievement - date of grade"] = "15/06/2026"
    import_file("ofsted-report-cards", publish([later], name="cards_as_at_20260831.csv"))
    (last, *_) = inspections_of(academy)
    assert last.judgements["achievement"] == "expected-standard"


@pytest.mark.parametrize(
    ("grades", "safeguarding", "hint"),
    [
        ({"leadership-and-governance": "urgent-improvement"}, "met", "rsi"),
        (
            {"leadership-and-governance": "urgent-improvement", "inclusion": "urgent-improvement"},
            "met",
            "sm",
        ),
        ({"leadership-and-governance": "urgent-improvement"}, "not-met", "sm"),
        ({"inclusion": "urgent-improvement"}, "met", "rsi"),
        ({"inclusion": "needs-attention"}, "not-met", "rsi"),
        ({"inclusion": "needs-attention"}, "met", ""),
    ],
)
def test_the_category_that_grades_hint_at(
    grades: dict[str, str], safeguarding: str, hint: str
) -> None:
    assert eras.category_hint(grades, safeguarding) == hint


def test_a_recorded_category_leaves_no_hint(import_file: Import, publish: Publish) -> None:
    import_file("gias", publish([school(900001), school(900002)], COLUMNS, name="gias.csv"))
    urgent = {"Inclusion": "Urgent improvement", "Leadership and governance": "Urgent improvement"}
    import_file("ofsted-report-cards", publish([card(900001, **urgent)], name="without.csv"))
    recorded = card(900002, **urgent, **{"Category of concern": "RSI"})
    import_file("ofsted-report-cards", publish([recorded], name="with.csv"))
    (hinted,) = inspections_of(School.objects.get(pk=900001))
    (known,) = inspections_of(School.objects.get(pk=900002))
    assert (hinted.category_hint, hinted.inspection.category) == ("Special measures", "")
    assert (known.category_hint, known.inspection.category_label) == (
        "",
        "Requires significant improvement",
    )


@pytest.mark.parametrize(
    ("day", "era"),
    [
        (date(2024, 9, 1), "overall"),
        (date(2024, 9, 2), "key-judgements"),
        (date(2025, 11, 9), "key-judgements"),
        (date(2025, 11, 10), "report-card"),
    ],
)
def test_the_eras_begin_on_their_days(day: date, era: str) -> None:
    assert eras.era_of(day) == era
