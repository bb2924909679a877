"""The record of contact of one school: calls and visits together, by their day."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models.functions import Coalesce
from django.urls import reverse

from plimsoll.core.access import visible
from plimsoll.framework.model import Edition
from plimsoll.schools.models import School
from plimsoll.visits.contacts import calls
from plimsoll.visits.diary.workflow import COMING, VISIT
from plimsoll.visits.models import Call, Visit

VISIT_SEE: Final = "visit.see"
UNSAID: Final = "Nobody has said how it went"


@dataclass(frozen=True)
class Contact:
    """One line of the record. Of a visit it tells the day and the type, and no more."""

    on: date
    what: str
    by: str
    about: str = ""
    call: Call | None = None
    href: str = ""

    @property
    def corrected_by(self) -> Call | None:
        return getattr(self.call, "corrected_by", None)


def past(school: School, user: Any, policy: Edition, today: date) -> list[Contact]:
    """What there was, newest first. A call that was corrected stands beside what corrects it."""
    said = visible(Call.objects.filter(school=school), user, calls.SEE)
    rows = said.select_related("corrected_by", "corrects").order_by("-on", "-pk")
    made = _visits(school, user).exclude(state__in=COMING, on__gte=today)
    found = [*(_call(row, policy) for row in rows), *(_visit(row, today) for row in made)]
    return sorted(found, key=lambda contact: contact.on, reverse=True)


def coming(school: School, user: Any, today: date) -> list[Contact]:
    """The visits that are in the diary, soonest first."""
    rows = _visits(school, user).filter(state__in=COMING, on__gte=today)
    return sorted((_visit(row, today) for row in rows), key=lambda contact: contact.on)


def with_whom(policy: Edition, key: str) -> str:
    """Somebody of policy’s `met`, as it is worded there."""
    return next((choice.label for choice in policy.diary.met if choice.id == key), key)


def _visits(school: School, user: Any) -> Any:
    rows = visible(Visit.objects.filter(school=school), user, VISIT_SEE)
    return rows.select_related("partner").annotate(day=Coalesce("held_on", "on"))


def _call(row: Call, policy: Edition) -> Contact:
    whom = with_whom(policy, row.spoke_to)
    what = f"{row.get_how_display()}: {whom[:1].lower()}{whom[1:]}"
    return Contact(row.on, what, row.logged_by_name, row.about, row)


def _visit(row: Any, today: date) -> Contact:
    unsaid = row.state in COMING and row.on < today
    state = UNSAID if unsaid else VISIT.state(row).label
    what = f"{row.type.label}, {row.get_mode_display().lower()}"
    page = reverse("desk:visit", args=[row.pk])
    return Contact(row.day, what, row.partner.name, state, href=page)
