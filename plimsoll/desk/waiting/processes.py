"""Each process by one row: which of its cases wait, in which words, and behind which page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from plimsoll.core.access import visible
from plimsoll.core.forms import long_date
from plimsoll.core.models import Case
from plimsoll.core.workflow import Workflow
from plimsoll.desk.waiting.allocated import MOST
from plimsoll.desk.waiting.item import Item
from plimsoll.desk.waiting.whose import waiting_for
from plimsoll.visits.agreed.workflow import ACTION
from plimsoll.visits.contacts.workflow import INSPECTION
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.models import Action, InspectionCall, Report, Summary, Visit
from plimsoll.visits.reports.workflow import REPORT, WRITTEN
from plimsoll.visits.summaries.workflow import SUMMARY


def whenever(user: Any, today: date) -> Q:
    """Nothing narrows the cases that wait."""
    return Q()


def never(case: Any) -> date | None:
    """No day is set."""
    return None


@dataclass(frozen=True)
class Waiting:
    """How the cases of one process are listed for whoever they wait for.

    `school` leads from a case to its school, `about` says what it is besides its state,
    `words` what is to be done in a state where its label does not say it.
    """

    process: Workflow
    model: type[Case]
    school: str
    page: Callable[[Any], str]
    about: Callable[[Any], str]
    words: Mapping[str, str] = field(default_factory=dict)
    due: Callable[[Any], date | None] = never
    only: Callable[[Any, date], Q] = whenever
    besides: tuple[str, ...] = ()

    def items(self, user: Any, today: date, urn: int | None) -> list[Item]:
        found = waiting_for(user, self.process, self.model, school=self.school)
        rows = visible(found, user, self.process.see).filter(self.only(user, today))
        if urn is not None:
            rows = rows.filter(**{self.school: urn})
        rows = rows.select_related(self.school, *self.besides).order_by("state_since", "pk")
        return [self._item(case) for case in rows[:MOST]]

    def _item(self, case: Any) -> Item:
        label = self.words.get(case.state) or self.process.state(case).label
        return Item(
            school=school_of(case, self.school).name,
            what=f"{self.about(case)}: {label[:1].lower()}{label[1:]}",
            since=case.state_since,
            href=self.page(case),
            due=self.due(case),
        )


def school_of(case: Any, path: str) -> Any:
    for name in path.split("__"):
        case = getattr(case, name)
    return case


# --- what is said of each ------------------------------------------------------------------


def visit_of(visit: Visit) -> str:
    return f"{visit.type.label} on {long_date(visit.on)}"


def report_of(report: Report) -> str:
    return f"Report of {long_date(report.visit.held_on or report.visit.on)}"


def report_page(report: Report) -> str:
    """Whoever writes it goes on writing; everybody else reads it and finds the steps there."""
    if report.state in WRITTEN:
        return reverse("visits:report", args=[report.visit_id])
    return reverse("visits:report-read", args=[report.pk])


def to_come(user: Any, today: date) -> Q:
    """Of a visit that is over nobody confirms the day any more."""
    return Q(on__gte=today)


def another_may_read(user: Any, today: date) -> Q:
    """Nobody checks the report of their own visit, or what they wrote in (Q1)."""
    return ~Q(state="checking") | ~(Q(visit__partner=user) | Q(writers=user))


def has_arrived(user: Any, today: date) -> Q:
    """What was agreed is known once its report has reached the school."""
    return Q(report__issued_at__isnull=False)


def has_begun(user: Any, today: date) -> Q:
    """Before inspectors come there is no outcome to record."""
    return Q(published_on__isnull=False) | Q(starts_on__lte=today)


PROCESSES: Final = (
    Waiting(
        VISIT,
        Visit,
        "school",
        page=lambda visit: reverse("desk:visit", args=[visit.pk]),
        about=visit_of,
        words={"planned": "Confirm the day"},
        due=lambda visit: visit.on,
        only=to_come,
    ),
    Waiting(
        REPORT,
        Report,
        "visit__school",
        page=report_page,
        about=report_of,
        words={
            "draft": "Write it",
            "checking": "Check it",
            "returned": "It came back to you",
            "issued": "Say whether it is accurate",
        },
        due=lambda report: report.reply_due if report.issued_at else report.due,
        only=another_may_read,
    ),
    Waiting(
        ACTION,
        Action,
        "school",
        page=lambda action: reverse("visits:action", args=[action.pk]),
        about=lambda action: str(action).rstrip("."),
        words={"done": "It is said to be done, so verify it"},
        due=lambda action: action.by_when,
        only=has_arrived,
    ),
    Waiting(
        SUMMARY,
        Summary,
        "school",
        page=lambda summary: reverse("visits:summary", args=[summary.pk]),
        about=lambda summary: f"Summary of the {summary.term.lower()} term {summary.year}",
    ),
    Waiting(
        INSPECTION,
        InspectionCall,
        "school",
        page=lambda call: reverse("visits:inspection", args=[call.pk]),
        about=lambda call: f"Inspection from {long_date(call.starts_on)}",
        words={
            "called": "Record the outcome once it is heard",
            "published": "It is published, so say whether the allocation is still right",
        },
        only=has_begun,
    ),
)


def waiting(user: Any, at: datetime, *, urn: int | None = None) -> list[Item]:
    """What waits in every process of the table, for this person (at one school)."""
    today = timezone.localdate(at)
    return [item for process in PROCESSES for item in process.items(user, today, urn)]
