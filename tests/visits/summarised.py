"""A year's terms, and an autumn term at Harbour View with something of everything."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from plimsoll.allocations.models import Allocation, Cycle
from plimsoll.people.models import User
from plimsoll.schools.models import Term
from plimsoll.visits.days.actions import Change, add_extra
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.models import Action, Call, Passage, Report, Summary
from plimsoll.visits.summaries.actions import compose
from plimsoll.visits.summaries.composing import Composed, composed
from plimsoll.visits.summaries.workflow import SUMMARY
from tests.cast import NOW, TODAY, Cast
from tests.visits import steps

# The last day of the autumn term, a Friday.
TERM_ENDS = date(2026, 12, 18)
AT = datetime(2026, 12, 18, 9, tzinfo=UTC)
AUTUMN = "Autumn"


def terms() -> None:
    """The authority's terms of 2026-27."""
    for name, starts, ends in (
        ("Autumn", date(2026, 9, 1), TERM_ENDS),
        ("Spring", date(2027, 1, 4), date(2027, 3, 26)),
        ("Summer", date(2027, 4, 12), date(2027, 7, 21)),
    ):
        Term.objects.create(year="2026-27", name=name, starts=starts, ends=ends)


def full_term(cast: Cast, case: Allocation) -> None:
    """Harbour View's autumn: a core visit with its report and actions, the head's performance
    management, two calls, a visit that fell through, two bought days, and the next visit."""
    bring_report(cast, case)
    steps.held(case, cast.sadia, kind="htpm", on=date(2026, 11, 12))
    called(cast, date(2026, 10, 20), "phone", "The sickness of a governor")
    called(cast, date(2026, 11, 24), "email", "Papers for Thursday")
    gone = steps.planned(case, cast.sadia, kind="contact", on=date(2026, 11, 30))
    late = datetime(2026, 11, 27, 9, tzinfo=UTC)
    VISIT.take(gone, "cancel", by=cast.sadia, at=late, reason="school-late", charged=True)
    add_extra(
        Change(
            cycle=case.cycle, school=case.school, days=Decimal(2), funding="traded",
            why="Reading", by=cast.priya, at=NOW,
        )
    )  # fmt: skip
    steps.planned(
        case, cast.sadia, kind="contact", on=date(2027, 2, 3), purpose="Reading in key stage 2"
    )


def bring_report(cast: Cast, case: Allocation, on: date = date(2026, 11, 3)) -> Report:
    """Held on a Tuesday, with the school on the Monday after next: in time."""
    report = steps.checking(cast, case, at=NOW + (on - TODAY) + timedelta(days=1), on=on)
    passage = Passage.objects.filter(report=report, section="leadership")
    passage.update(text="Leaders know their school. They act on it.", criteria=["leadership"])
    for what, by_when, done in (
        ("Plan reading in each class", date(2026, 12, 1), None),
        ("Review the curriculum map", date(2027, 1, 29), None),
        ("Meet the parents’ forum", date(2026, 11, 27), date(2026, 11, 25)),
    ):
        Action.objects.create(
            report=report, school=case.school, what=what, who="Head", by_when=by_when,
            done_on=done, state="open", state_since=NOW,
        )  # fmt: skip
    return steps.take(report, "release", cast.priya, datetime(2026, 11, 16, 9, tzinfo=UTC))


def called(cast: Cast, on: date, how: str, about: str, **more: Any) -> Call:
    return Call.objects.create(
        school=cast.harbour_view, on=on, how=how, spoke_to="head", about=about,
        logged_at=NOW, logged_by=cast.sadia.pk, logged_by_name=cast.sadia.name, **more,
    )  # fmt: skip


def begun(cast: Cast, cycle: Cycle, *, by: User | None = None) -> dict[int, Summary]:
    """The autumn's summaries of every school of the cycle, by school."""
    compose(cycle=cycle, term=AUTUMN, by=by or cast.priya, at=AT)
    return {each.school_id: each for each in Summary.objects.select_related("school")}


def as_it_stands(summary: Summary, today: date = TERM_ENDS) -> Composed:
    (whole,) = composed([summary], today=today)
    return whole


def signed(summary: Summary, by: User) -> Summary:
    return SUMMARY.take(summary, "sign", by=by, at=AT)


def sent(summary: Summary, by: User) -> Summary:
    return SUMMARY.take(signed(summary, by), "issue", by=by, at=AT)
