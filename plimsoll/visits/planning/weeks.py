"""The diary: visits week by week, with what stands against those that are to come."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import QuerySet

from plimsoll.allocations.brings import in_days, plain_number
from plimsoll.allocations.models import Cycle
from plimsoll.core.access import may
from plimsoll.core.deadlines import Calendar
from plimsoll.people.models import User
from plimsoll.schools.calendar import calendars_of
from plimsoll.schools.models import Term
from plimsoll.visits.days.granting import first_day, last_day
from plimsoll.visits.diary.actions import PLAN
from plimsoll.visits.diary.queries import visits
from plimsoll.visits.diary.workflow import COMING, VISIT
from plimsoll.visits.models import Visit
from plimsoll.visits.planning.clashes import Appointment, Diaries, Hint
from plimsoll.visits.planning.days import Limits, monday
from plimsoll.visits.planning.needs import STANDS, limits_of
from plimsoll.visits.planning.page import appointments

OVERSEE = "visit.oversee"
WHOLE_YEAR = "all"


@dataclass(frozen=True)
class Row:
    """One visit of the list."""

    visit: Visit
    state: str
    tone: str
    hints: Sequence[Hint]
    may_move: bool


@dataclass(frozen=True)
class Week:
    """The visits of one week; `full` names the partners who have too much in it."""

    starts: date
    rows: Sequence[Row]
    full: Sequence[str]


def found(user: User, cycle: Cycle, wanted: Mapping[str, str], today: date) -> QuerySet[Visit]:
    """The visits asked for: one's own, or anybody's for whoever oversees."""
    rows = visits(user).filter(year=cycle.year).order_by("on", "-part", "pk")
    if not may(user, OVERSEE):
        rows = rows.filter(partner=user)
    elif partner := wanted.get("partner"):
        rows = rows.filter(partner=int(partner))
    if kind := wanted.get("kind"):
        rows = rows.filter(kind=kind)
    state = wanted.get("state")
    rows = rows.filter(state=state) if state else rows.filter(state__in=STANDS)
    first, last = _between(cycle, wanted.get("term", ""), today)
    return rows.filter(on__gte=first, on__lte=last)


def _between(cycle: Cycle, term: str, today: date) -> tuple[date, date]:
    """The days of a term, of the year, or from this week on."""
    if row := Term.objects.filter(year=cycle.year, school=None, name=term).first():
        return row.starts, row.ends
    first, last = first_day(cycle.year), last_day(cycle.year)
    return (first, last) if term == WHOLE_YEAR else (max(first, monday(today)), last)


def in_weeks(rows: Sequence[Visit], cycle: Cycle, user: User, today: date) -> list[Week]:
    """One page of visits by week; the partners' whole diaries of those weeks are looked at."""
    if not rows:
        return []
    limits, diaries, every = limits_of(cycle.policy), *_diaries(rows, user)
    first = int(cycle.year[:4])
    calendars = calendars_of({visit.school_id for visit in rows}, years={first, first + 1})
    told = []
    for starts, own in groupby(rows, key=lambda visit: monday(visit.on)):
        listed = [
            _row(visit, user, diaries, calendars[visit.school_id], limits, today) for visit in own
        ]
        full = _too_full(every[starts], limits, {row.visit.partner_id for row in listed})
        told.append(Week(starts, listed, [*full]))
    return told


def against(visit: Visit, user: User, today: date) -> Sequence[Hint]:
    """What stands against the day of one visit, for whoever may move it."""
    if not (visit.state in COMING and may(user, PLAN, visit)):
        return ()
    [week] = in_weeks([visit], Cycle.objects.get(year=visit.year), user, today)
    return week.rows[0].hints


def _row(
    visit: Visit, user: User, diaries: Diaries, calendar: Calendar, limits: Limits, today: date
) -> Row:
    state = VISIT.state(visit)
    comes = visit.state in COMING and visit.on >= today
    own = Appointment(
        key=str(visit.pk),
        partner=visit.partner_id,
        urn=visit.school_id,
        school=visit.school.name,
        on=visit.on,
        part=visit.part,
        days=visit.days,
    )
    hints = diaries.hints(own, calendar=calendar, limits=limits) if comes else []
    return Row(
        visit=visit,
        state=state.label,
        tone=state.tone,
        # What the whole week has too much of is said above it.
        hints=[hint for hint in hints if hint.clash and not hint.of_week],
        may_move=visit.state in COMING and may(user, PLAN, visit),
    )


ByWeek = Mapping[date, list[tuple[str, Appointment]]]


def _diaries(rows: Sequence[Visit], user: User) -> tuple[Diaries, ByWeek]:
    """All that the partners of these visits have in those weeks."""
    first = monday(rows[0].on)
    last = monday(rows[-1].on) + timedelta(days=6)
    names = {visit.partner_id: visit.partner.name for visit in rows}
    found = appointments(Visit.objects.filter(partner__in=names, on__gte=first, on__lte=last), user)
    weeks: dict[date, list[tuple[str, Appointment]]] = defaultdict(list)
    for each in found:
        weeks[monday(each.on)].append((names[each.partner], each))
    return Diaries(found), weeks


def _too_full(
    week: Iterable[tuple[str, Appointment]], limits: Limits, partners: set[int]
) -> Iterable[str]:
    own = sorted(
        ((name, each) for name, each in week if each.partner in partners),
        key=lambda each: (each[0], each[1].partner),
    )
    for (name, _), taken in groupby(own, key=lambda each: (each[0], each[1].partner)):
        days = sum(each.days for _, each in taken)
        if days > limits.most_a_week:
            yield f"{name}: {in_days(days)}, and {plain_number(limits.most_a_week)} is the most."  # type: ignore[arg-type]
