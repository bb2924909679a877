"""I10: one watch list: which school is on it, why, what of it needs attention, who may know."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pytest_django import Settings

from plimsoll.allocations.models import PastBand
from plimsoll.allocations.workflow import HIGH_RISK
from plimsoll.core import access
from plimsoll.framework.editions import current
from plimsoll.intervention.cases import keeping
from plimsoll.intervention.models import Case
from plimsoll.intervention.watch.listing import summary, watched
from plimsoll.intervention.watch.reasons import kinds
from plimsoll.intervention.watch.rows import Row
from plimsoll.schools.models import School, SchoolLink
from tests.allocations import steps as allocating
from tests.cast import NOW, TODAY, Cast, make_cast
from tests.intervention import steps
from tests.intervention.steps import DAY, found, take
from tests.intervention.watched import (
    AT,
    MONDAY,
    banded,
    called,
    marked,
    november,
    placed,
)

HARBOUR, DOCK, QUAYSIDE, LIGHTHOUSE, TIDEWATER = (
    "Harbour View Primary School", "Dock Road Academy", "Quayside Nursery School",
    "Lighthouse School", "Tidewater Centre",
)  # fmt: skip


def listed(cast: Cast, who: str = "dorothy", today: date = MONDAY) -> dict[str, Row]:
    """The list of one person, by the school's name and in the order of the list."""
    return {row.school.name: row for row in watched(cast.everyone[who], today)}


def why(row: Row) -> list[str]:
    return [f"{reason.label} {reason.when}" for reason in row.reasons]


def flags(row: Row) -> list[str]:
    return [flag.text for flag in row.flags]


def reasons(cast: Cast, who: str = "dorothy", today: date = MONDAY) -> dict[str, list[str]]:
    return {
        name: [each.label for each in row.reasons] for name, row in listed(cast, who, today).items()
    }


# --- which school, why, and in which order -------------------------------------------------


def test_I10_each_school_stands_there_with_its_reasons_and_the_worst_comes_first(
    cast: Cast,
) -> None:
    november(cast)
    found = listed(cast)
    assert [(name, why(row), flags(row)) for name, row in found.items()] == [
        (HARBOUR, ["Open case since 5 October 2026"], ["1 obligation late", "Quiet for 35 days"]),
        (LIGHTHOUSE, ["Special measures since 3 March 2026"], ["Quiet: nothing on record"]),
        (QUAYSIDE, ["Band D since 5 October 2026"], ["Quiet for 20 days"]),
        (TIDEWATER, ["Open case since 5 October 2026"], ["Review due 13 November 2026"]),
        (DOCK, ["Band C, high-risk since 5 October 2026"], []),
    ]
    assert summary(cast.dorothy, MONDAY) == summary(cast.declan, MONDAY)
    told = summary(cast.dorothy, MONDAY)
    assert told
    assert (told.schools, told.attention) == (5, 4)


def test_I10_each_has_its_last_and_next_contact_and_where_its_case_stands(cast: Cast) -> None:
    november(cast)
    rows = listed(cast)
    assert [
        (name, row.last and (row.last.what, row.last.on), row.next, row.silent_for, row.partner)
        for name, row in rows.items()
    ] == [
        (HARBOUR, ("Discussion", date(2026, 10, 5)), None, 35, "Sadia Rahman"),
        (LIGHTHOUSE, None, None, None, "Sam Okoro"),
        (QUAYSIDE, ("Call", date(2026, 10, 20)), None, 20, "Sam Okoro"),
        (TIDEWATER, ("Call", date(2026, 11, 6)), None, 3, "Sam Okoro"),
        (DOCK, ("Visit", date(2026, 11, 4)), date(2026, 12, 2), 5, "Sadia Rahman"),
    ]
    standing = rows[HARBOUR].standing
    assert standing
    assert standing.label == "Formal warning notice given"
    assert (standing.owed.number, standing.owed.late, standing.owed.due) == (
        1, 1, date(2026, 10, 26),
    )  # fmt: skip
    # Thirty working days after 5 October.
    assert standing.case.review_on == date(2026, 11, 16)
    assert rows[DOCK].standing is None


def test_I10_a_school_may_be_there_for_several_reasons(cast: Cast) -> None:
    steps.opened(cast, cast.quayside)
    banded(cast, cast.quayside, "D")
    placed(cast.quayside, "rsi", date(2026, 9, 22))
    row = listed(cast)[QUAYSIDE]
    assert why(row) == [
        "Open case since 5 October 2026",
        "Requires significant improvement since 22 September 2026",
        "Band D since 5 October 2026",
    ]
    assert row.since == date(2026, 9, 22)


def test_I10_bands_that_are_not_watched_are_not_listed(cast: Cast) -> None:
    banded(cast, cast.harbour_view, "B")
    banded(cast, cast.dock_road, "C")
    assert listed(cast) == {}
    assert summary(cast.dorothy, MONDAY).schools == 0


def test_I10_S7_a_band_that_the_school_has_not_heard_is_on_no_list(cast: Cast) -> None:
    case = allocating.with_school(cast, band="D")
    assert listed(cast) == {}
    allocating.take(case, "agree", cast.helen)
    assert reasons(cast) == {HARBOUR: ["Band D"]}


def test_I10_a_mark_counts_while_it_stands_on_the_band_in_force(cast: Cast) -> None:
    mark = marked(allocating.with_school(cast, band="C"), cast.sadia)
    assert listed(cast) == {}
    allocating.take(mark.allocation, "agree", cast.helen)
    assert reasons(cast) == {HARBOUR: ["Band C, high-risk"]}
    HIGH_RISK.take(mark, "lift", by=cast.sadia, at=NOW, reasons="They are replaced.")
    assert listed(cast) == {}


def test_I10_what_was_brought_in_counts_until_something_newer_does(cast: Cast) -> None:
    shared = {"source": "the spreadsheet of 2025", "entered_at": NOW}
    for school, year, band in (
        (cast.harbour_view, "2024-25", "D"),
        (cast.harbour_view, "2025-26", "B"),
        (cast.dock_road, "2025-26", "D"),
    ):
        PastBand.objects.create(school=school, year=year, band=band, **shared)
    assert {name: why(row) for name, row in listed(cast).items()} == {DOCK: ["Band D in 2025-26"]}
    banded(cast, cast.dock_road, "B")
    assert listed(cast) == {}


def test_I10_the_last_inspection_with_grades_decides(cast: Cast) -> None:
    placed(cast.harbour_view, "sm", date(2025, 3, 4))
    placed(cast.harbour_view, "none", date(2026, 6, 2))
    placed(cast.lighthouse, "none", date(2025, 3, 4))
    placed(cast.lighthouse, "swk", date(2026, 6, 2))
    placed(cast.tidewater, "sm", MONDAY + DAY)
    assert reasons(cast) == {LIGHTHOUSE: ["Serious weaknesses"]}
    assert reasons(cast, today=date(2026, 6, 1)) == {HARBOUR: ["Special measures"]}


def test_I10_a_category_ends_with_the_school_that_was_placed_in_it(cast: Cast) -> None:
    """Dock Road followed a school in special measures; that is no category of its own."""
    before = School.objects.create(
        urn=900099, name="Old Dock School", type="01", phase="secondary", status="2",
        la=cast.dock_road.la, la_name="Harbourside", number=2099,
    )  # fmt: skip
    SchoolLink.objects.create(urn=cast.dock_road.pk, other=before.pk, kind="Predecessor")
    placed(before)
    assert listed(cast) == {}


def test_I10_a_closed_school_stays_for_as_long_as_its_case_is_open(cast: Cast) -> None:
    case = steps.opened(cast)
    placed(cast.lighthouse)
    School.objects.filter(pk__in=[case.school_id, cast.lighthouse.pk]).update(status="2")
    assert list(listed(cast)) == [HARBOUR]
    take(case, "school-closed", cast.priya)
    assert listed(cast) == {}


# --- what needs attention --------------------------------------------------------------------


def review_on(cast: Cast, on: date) -> Case:
    case = steps.opened(cast, review_on=on)
    called(case.school, cast.sadia, MONDAY)  # so that it is not quiet
    return case


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 11, 8), ["Review late"]),
        (date(2026, 11, 9), ["Review due 9 November 2026"]),
        (date(2026, 11, 13), ["Review due 13 November 2026"]),
        (date(2026, 11, 14), []),
    ],
)
def test_I10_a_review_is_late_or_due_by_friday(cast: Cast, on: date, said: list[str]) -> None:
    review_on(cast, on)
    row = listed(cast)[HARBOUR]
    assert flags(row) == said
    assert row.review_is_late is (said == ["Review late"])


@pytest.mark.parametrize(
    ("on", "said"), [(date(2026, 10, 23), ["Quiet for 17 days"]), (date(2026, 10, 26), [])]
)
def test_I10_quiet_begins_after_ten_working_days(cast: Cast, on: date, said: list[str]) -> None:
    placed(cast.harbour_view)
    called(cast.harbour_view, cast.sadia, on)
    assert flags(listed(cast)[HARBOUR]) == said


def test_I10_an_obligation_is_due_by_friday_and_then_late(cast: Cast) -> None:
    case = steps.formal(cast)
    called(case.school, cast.sadia, date(2026, 10, 26))
    for today, said in (
        (date(2026, 10, 26), ["Obligation due 26 October 2026"]),
        (date(2026, 10, 27), ["1 obligation late"]),
    ):
        assert flags(listed(cast, today=today)[HARBOUR]) == said


def test_I2_I10_a_discussion_that_is_owed_comes_first(cast: Cast) -> None:
    case = steps.told(cast, "safety")
    for fact in ("evidence-of-concern", "urgent-reasons", "legal-advice"):
        found(case, fact, cast.declan)
    steps.approved(case, "pre-formal")
    take(case, "pre-formal-urgent", cast.declan)
    assert flags(listed(cast)[HARBOUR])[0] == "Discussion owed"
    steps.discussed(case, cast.dorothy, day=TODAY + DAY, result="refused")
    assert "Discussion owed" not in flags(listed(cast)[HARBOUR])
    assert listed(cast)[HARBOUR].last is None  # a refusal is no contact


def test_I10_reading_is_not_anything_that_happened(cast: Cast) -> None:
    case = steps.opened(cast)
    keeping.note_reading(case=case, by=cast.dorothy, at=AT, permission="concern.see")
    assert listed(cast)[HARBOUR].silent_for == 35
    keeping.set_review(case=case, on=date(2026, 12, 1), why="A busy week.", by=cast.priya, at=AT)
    assert listed(cast)[HARBOUR].silent_for == 0


# --- S7: who may know --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "schools"),
    [
        ("dorothy", [HARBOUR, LIGHTHOUSE, QUAYSIDE, TIDEWATER, DOCK]),
        ("declan", [HARBOUR, LIGHTHOUSE, QUAYSIDE, TIDEWATER, DOCK]),
        ("priya", [HARBOUR, LIGHTHOUSE, QUAYSIDE, TIDEWATER, DOCK]),
        ("paul", [HARBOUR, LIGHTHOUSE, QUAYSIDE, TIDEWATER, DOCK]),
        # Not Quayside, whose head she is: its band she knows as its head.
        ("sadia", [HARBOUR, DOCK]),
        ("sam", [LIGHTHOUSE, QUAYSIDE, TIDEWATER]),
        *((who, []) for who in "nobody ada dan olu pat lena henry helen chloe".split()),
    ],
)
def test_I10_S7_each_sees_the_schools_they_work_with(
    cast: Cast, who: str, schools: list[str]
) -> None:
    november(cast)
    assert list(listed(cast, who)) == schools
    assert (summary(cast.everyone[who], MONDAY) is not None) is bool(schools)


def without(role: str, permission: str) -> Callable[[], Any]:
    """Policy's grants, but that this role does not have this one."""
    rows = {name: dict(row) for name, row in current().grants.items()}
    del rows[permission][role]
    return lambda: rows


@pytest.mark.parametrize(
    ("lacks", "told"),
    [
        ("concern.see", {QUAYSIDE: ["Band D"], LIGHTHOUSE: ["Special measures"]}),
        ("allocation.see", {TIDEWATER: ["Open case"], LIGHTHOUSE: ["Special measures"]}),
        ("concern.watch", {}),
    ],
)
def test_I10_S7_no_school_is_shown_for_a_reason_that_the_reader_may_not_know(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, lacks: str, told: dict[str, list[str]]
) -> None:
    november(cast)
    monkeypatch.setattr(access._sources, "policy_grants", without("sip", lacks))
    assert reasons(cast, "sam") == told
    assert all(row.standing is None for row in watched(cast.sam, MONDAY)) or lacks != "concern.see"
    known = [kind for kind, _ in kinds(cast.sam, current())]
    assert ("case" in known, "band" in known, "high-risk" in known) == (
        lacks != "concern.see", lacks != "allocation.see", lacks != "allocation.see",
    )  # fmt: skip


def test_I10_S7_what_is_privileged_does_not_show_that_anything_happened(cast: Cast) -> None:
    case = steps.opened(cast)
    found(case, "legal-advice", cast.declan, day=MONDAY)
    assert listed(cast, "declan")[HARBOUR].silent_for == 0
    assert listed(cast, "priya")[HARBOUR].silent_for == 35


# --- F1: the second policy ---------------------------------------------------------------------


def test_F1_I10_northmoor_watches_its_fourth_priority(settings: Settings, db: None) -> None:
    settings.AUTHORITY = "northmoor"
    cast = make_cast()
    cycle = allocating.opened(cast).cycle
    for case, band in zip(cycle.allocations.order_by("school")[:2], ("4", "3"), strict=True):
        partner = allocating.partner(cast, case)
        begun = allocating.take(case, "start", partner)
        allocating.views_of(begun, by=partner, side=allocating.Side.SERVICE)
        begun = allocating.take(begun, "propose", partner, band=band, reasons=allocating.WHY)
        allocating.take(begun, "inform", allocating.officer(cast, case))
    assert {name: why(row) for name, row in listed(cast).items()} == {
        HARBOUR: ["Priority 4 since 5 October 2026"]
    }
    assert kinds(cast.dorothy, current()) == [
        ("case", "An open case"), ("category", "An Ofsted category"), ("band", "Priority 4"),
    ]  # fmt: skip


def test_I10_liverpool_s_reasons_in_words(cast: Cast) -> None:
    assert kinds(cast.dorothy, current()) == [
        ("case", "An open case"), ("category", "An Ofsted category"),
        ("band", "Band D"), ("high-risk", "High-risk"),
    ]  # fmt: skip
