"""What is owed in a case, each with its countdown, its story and what may be done with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from plimsoll.allocations.next_steps import BASES
from plimsoll.core.deadlines import Calendar
from plimsoll.core.workflow import State, Step
from plimsoll.documents.models import Document
from plimsoll.intervention.clocks.countdown import Countdown, to
from plimsoll.intervention.clocks.days import calendar_for
from plimsoll.intervention.clocks.guards import law_of
from plimsoll.intervention.clocks.workflow import OBLIGATION, OPEN
from plimsoll.intervention.models import Case, Extension, Obligation
from plimsoll.intervention.recipients import Reached, facts_of, reached_by

SENT: Final = "Record that it was sent"


@dataclass(frozen=True)
class Owed:
    """One obligation; the countdown runs while it is open."""

    obligation: Obligation
    state: State
    countdown: Countdown | None
    counted: str
    assumed: bool  # the source of policy does not say which days these are
    law: str
    extensions: list[Extension]
    papers: list[Document]

    @property
    def is_late(self) -> bool:
        return self.countdown is not None and self.countdown.tone == "stopped"

    @property
    def sent_to(self) -> list[Reached]:
        return sent_to(self.obligation)


def of_case(case: Case, today: date, *, owner: str = "") -> list[Owed]:
    """Everything owed in the case, or by one side, in five queries: open first, by day."""
    rows = case.obligations.prefetch_related("extensions").order_by("due", "pk")
    found = list(rows.filter(owner=owner) if owner else rows)
    if not found:
        return []
    calendar = calendar_for(case, today, *(each.due for each in found))
    papers = _papers(found)
    told = [_owed(each, case, calendar, papers, today) for each in found]
    return sorted(told, key=lambda each: each.obligation.state != OPEN)


def _owed(
    obligation: Obligation,
    case: Case,
    calendar: Calendar,
    papers: Mapping[int, list[Document]],
    today: date,
) -> Owed:
    obligation.case = case
    rule = case.policy.deadlines.get(obligation.kind)
    runs = obligation.state == OPEN
    return Owed(
        obligation=obligation,
        state=OBLIGATION.state(obligation),
        countdown=countdown(obligation, calendar, today) if runs else None,
        counted=BASES[obligation.basis],
        assumed=rule is not None and rule.assumed,
        law=law_of(obligation),
        extensions=sorted(obligation.extensions.all(), key=lambda each: each.pk),
        papers=papers.get(obligation.pk, []),
    )


def called(step: Step, obligation: Obligation) -> str:
    """What the step is called: what must reach somebody is sent."""
    return SENT if step.name == "meet" and sent_to(obligation) else step.label


def countdown(obligation: Obligation, calendar: Calendar, today: date) -> Countdown:
    """How far off its day is, in the days that it is counted in."""
    soon = max(obligation.case.policy.concern.remind_before, default=0)
    return to(obligation.due, today, basis=obligation.basis, calendar=calendar, soon=soon)


def sent_to(obligation: Obligation) -> list[Reached]:
    """Whom what is owed must reach at a school of this type, by policy."""
    case = obligation.case
    rule = case.policy.deadlines.get(obligation.kind)
    return reached_by(rule.sent_to, case.policy, facts_of(case.school)) if rule else []


def _papers(rows: Iterable[Obligation]) -> Mapping[int, list[Document]]:
    """What was kept when each was met, in one query."""
    keys = {"subject": Obligation._meta.label_lower, "subject_id__in": [row.pk for row in rows]}
    found: dict[int, list[Document]] = {}
    for paper in Document.objects.filter(**keys).defer("body").order_by("pk"):
        found.setdefault(paper.subject_id, []).append(paper)
    return found
