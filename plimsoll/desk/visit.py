"""The page of one visit: what, when, with whom, how it stands, and what came of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from django.urls import reverse
from django.utils import timezone

from plimsoll.allocations.brings import in_days
from plimsoll.core import audit
from plimsoll.core.access import may
from plimsoll.core.forms import long_date
from plimsoll.desk import chronology
from plimsoll.desk.concern import OpenCase, open_case
from plimsoll.people.models import User
from plimsoll.schools.holdings import holders
from plimsoll.visits.days import lines
from plimsoll.visits.days.ledger import in_words
from plimsoll.visits.days.queries import Balance
from plimsoll.visits.diary import preparing, wording
from plimsoll.visits.diary.next_steps import Actions, actions
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.models import Action, Preparation, Report, Visit
from plimsoll.visits.planning.clashes import Hint
from plimsoll.visits.planning.weeks import against
from plimsoll.visits.reports import queries
from plimsoll.visits.reports.queries import WRITE
from plimsoll.visits.reports.workflow import REPORT, may_be_written
from plimsoll.visits.standing.actions import SEE as SEE_STANDING

LATEST: Final = 30


@dataclass(frozen=True)
class ReportLine:
    """How the report stands, as whoever may see the visit may know; its own pages say more."""

    state: str
    tone: str
    due: date
    first_due: date
    issued: datetime | None


@dataclass(frozen=True)
class VisitPage:
    visit: Visit
    when: str
    label: str
    tone: str
    waits_for: str
    next: str
    actions: Actions
    against: Sequence[Hint]
    facts: list[tuple[str, str]]
    days: list[tuple[str, str]]
    prepared: list[tuple[str, str]]
    preparation: Preparation | None
    report: ReportLine | None
    write: str
    agreed: list[Action]
    read: str
    standing: str
    happened: list[chronology.Line]
    open_case: OpenCase | None


def visit_page(visit: Visit, user: User, *, at: datetime) -> VisitPage:
    """Everything about the visit that this person may know, in a fixed number of queries."""
    state, today = VISIT.state(visit), timezone.localdate(at)
    report = Report.objects.filter(visit=visit).first()
    preparation = Preparation.objects.filter(visit=visit).first()
    return VisitPage(
        visit=visit,
        when=wording.when(visit),
        label=state.label,
        tone=state.tone,
        waits_for=_waits_for(visit, today),
        next=wording.what_next(visit),
        actions=actions(visit, user, at=at),
        against=against(visit, user, today),
        facts=[row for row in _facts(visit) if row[1]],
        days=list(_days(visit)) if may(user, "allocation.see", visit) else [],
        prepared=preparing.answered(visit, preparation) if preparation else [],
        preparation=preparation,
        report=report_line(report, today) if report and visit.held_on else None,
        write=_write(report, user) if report else "",
        agreed=_agreed(report) if report and report.issued_at else [],
        read=_read(report, user) if report else "",
        standing=_standing(visit, user),
        happened=_happened(visit, user),
        open_case=None if visit.private else open_case(user, visit.school, today),
    )


def _waits_for(visit: Visit, today: date) -> str:
    """The role that the visit waits for, and who holds it."""
    role = VISIT.state(visit).waits_for
    if not role:
        return ""
    held = holders(visit.school, (role,), today)
    names = ", ".join(dict.fromkeys(each.person.name for each in held))
    label = visit.policy.roles[role].label
    return f"{label}, {names}" if names else label


def _facts(visit: Visit) -> Iterator[tuple[str, str]]:
    """What anybody may know who may see the visit."""
    yield "Day", wording.when(visit)
    yield "How", visit.get_mode_display()
    yield "Who comes", ", ".join(filter(None, (visit.partner.name, visit.others)))
    yield "Purpose", visit.purpose
    yield "Who was met", wording.met(visit)
    yield "Why", wording.reason(visit) if visit.reason else ""
    yield "More on it", visit.note
    if visit.completed_on:
        yield "Complete", long_date(visit.completed_on)


def _days(visit: Visit) -> Iterator[tuple[str, str]]:
    """The days it takes, and whose; only for whoever may know the school's days (S7)."""
    taken = in_words(Balance(visit.days, visits_entitled=visit.visits), label="")
    amount = taken.entitled if visit.visits else in_days(visit.days)
    if visit.charged is not None:
        amount = f"{amount}, used" if visit.charged else f"{amount}, free again"
    yield "Takes", amount
    yield "From", lines.label(visit.policy, visit.line)
    yield "Funding", lines.funding_label(visit.policy, visit.funding)


def report_line(report: Report, today: date) -> ReportLine:
    late = report.issued_at is None and report.due < today
    state, tone = ("With the school", "done") if report.issued_at else ("Being written", "moving")
    if REPORT.state(report).closed:
        state = "Final"
    return ReportLine(
        state="Late" if late else state,
        tone="stopped" if late else tone,
        due=report.due,
        first_due=report.first_due,
        issued=report.issued_at,
    )


def _write(report: Report, user: User) -> str:
    """Where the report is written, for whoever writes it while it is."""
    if not (may_be_written(report) and may(user, WRITE, report)):
        return ""
    return reverse("visits:report", args=[report.visit_id])


def _agreed(report: Report) -> list[Action]:
    return list(Action.objects.filter(report=report).order_by("by_when", "pk"))


def _read(report: Report, user: User) -> str:
    """The report itself, for whoever may read it as it stands."""
    arrived = report.issued_at and may(user, queries.SEE, report)
    may_read = arrived or queries.is_inside(user, report)
    return reverse("visits:report-read", args=[report.pk]) if may_read else ""


def _standing(visit: Visit, user: User) -> str:
    """The note on the allocation, whose every reading is on record (S7)."""
    noted = visit.held_on and not visit.private and may(user, SEE_STANDING, visit)
    return reverse("visits:standing", args=[visit.pk]) if noted else ""


def _happened(visit: Visit, user: User) -> list[chronology.Line]:
    """What happened to the visit, newest first, with the reasons that were given."""
    events = audit.readable(user).filter(subject="visits.visit", subject_id=visit.pk)
    return [
        replace(chronology.line(each), text=str((each.after or {}).get("reasons", "")), href="")
        for each in events[:LATEST]
    ]
