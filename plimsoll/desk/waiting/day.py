"""Your day: the visits of today and tomorrow."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from plimsoll.core.access import visible
from plimsoll.desk.waiting.whose import own_schools
from plimsoll.visits.diary import wording
from plimsoll.visits.diary.queries import SEE
from plimsoll.visits.diary.workflow import COMING, VISIT
from plimsoll.visits.models import Visit


@dataclass(frozen=True)
class Visiting:
    """One visit of the day: when, where, of which type, how it stands."""

    visit: Visit
    when: str
    state: str
    tone: str
    is_today: bool


def your_day(user: Any, today: date) -> list[Visiting]:
    """The visits that this person makes, or receives, today and tomorrow."""
    mine = Q(partner=user) | Q(school__in=own_schools(user))
    days = (today, today + timedelta(days=1))
    rows = visible(Visit.objects.filter(mine, on__in=days, state__in=COMING), user, SEE)
    rows = rows.select_related("school", "partner").order_by("on", "starts", "pk")
    return sorted((_visiting(row, today) for row in rows), key=_by_time)


def _by_time(row: Visiting) -> tuple[object, ...]:
    """By the hour where one is agreed; what lasts all day or all morning comes first."""
    hour = {Visit.Part.AFTERNOON: "12:00"}.get(Visit.Part(row.visit.part), "00:00")
    starts = f"{row.visit.starts:%H:%M}" if row.visit.starts else hour
    return row.visit.on, starts, row.visit.pk


def _visiting(visit: Visit, today: date) -> Visiting:
    state = VISIT.state(visit)
    time = f", {wording.hour(visit.starts)}" if visit.starts else ""
    return Visiting(
        visit, f"{visit.get_part_display()}{time}", state.label, state.tone, visit.on == today
    )
