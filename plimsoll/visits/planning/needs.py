"""What is left of a school's entitlement, line by line, as visits that could be planned."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from plimsoll.allocations.brings import in_days
from plimsoll.allocations.models import Cycle
from plimsoll.core.deadlines import Span
from plimsoll.framework.entitlements import STATED
from plimsoll.framework.model import Edition
from plimsoll.framework.support import Line
from plimsoll.people.models import User
from plimsoll.schools.calendar import calendar_of
from plimsoll.schools.models import School, Term
from plimsoll.visits.days import lines
from plimsoll.visits.days.queries import Balance, balances
from plimsoll.visits.diary.workflow import COMING, TOOK_PLACE
from plimsoll.visits.models import Entry, Visit
from plimsoll.visits.planning.days import Limits, Taken
from plimsoll.visits.planning.question import Need, Question, Standing, seasons_of

# A visit in one of these takes its day; one that was cancelled or not held has left it free.
STANDS = (*COMING, *TOOK_PLACE)
Sums = Mapping[tuple[Any, ...], Balance]


@dataclass(frozen=True)
class Needs:
    """What can be planned, and what is left and cannot be."""

    found: tuple[Need, ...]
    notes: tuple[str, ...]


def needs_of(policy: Edition, band: str, sums: Sums) -> Needs:
    """The visits that are left on each line, and in words what is no visit of a line (E4)."""
    found, notes = [], []
    places = {line: place for place, line in enumerate(lines.order(policy))}
    in_order = sorted(sums, key=lambda each: (places.get(each[0], len(places)), each))
    for line, funding in in_order:
        balance = sums[line, funding]
        free = balance.left - balance.planned
        visits = balance.visits_left - balance.visits_planned
        if free <= 0 and visits <= 0:
            continue
        need = _need(policy, band, line, funding, free, visits)
        if need is not None and need.left:
            found.append(need)
        rest = free - need.left * need.days if need else free
        if rest > 0:
            notes.append(_rest(policy, line, rest))
    return Needs(tuple(found), tuple(notes))


def _need(
    policy: Edition, band: str, line: str, funding: str, free: Decimal, visits: int
) -> Need | None:
    words = wording(policy, band, line)
    type_ = next((each for each in policy.visits if each.line == line), None)
    if words is None or type_ is None:
        return None
    counted = words.unit == "visit"
    size = Decimal(0) if counted else min(words.each, type_.days)
    times = words.times if counted else int(words.times * words.each / size)
    return Need(
        kind=type_.id,
        line=line,
        funding=funding,
        label=type_.label,
        days=size,
        left=visits if counted else int(free // size),
        each_term=times if words.per == "term" else 0,
        turn=words.included_in or line,
        visits=1 if counted else 0,
        mode="virtual" if words.mode == "virtual" else "in-person",
    )


def _rest(policy: Edition, line: str, rest: Decimal) -> str:
    number = in_days(rest)
    if line == STATED:
        return f"In the stated total, on no line: {number}. Nothing is planned from them."
    if line == lines.EXTRA:
        return f"Added for this school: {number}. Plan them one by one."
    return f"{lines.label(policy, line)}: {number} left over, which is no whole visit."


def wording(policy: Edition, band: str, line: str) -> Line | None:
    """What the line's words say: in this band's entitlement, or else where it stands at all."""
    own = policy.entitlements.get(band)
    every = (own, *policy.entitlements.values()) if own else policy.entitlements.values()
    return next((each for one in every for each in one.lines if each.id == line), None)


# --- read from the records -------------------------------------------------------------


def band_of(school: School, cycle: Cycle) -> str:
    """The band whose grant stands."""
    grants = Entry.objects.filter(
        school=school, year=cycle.year, kind=Entry.Kind.GRANT, reverses=None, reversed_by=None
    )
    return grants.order_by("-pk").values_list("band", flat=True).first() or ""


def needs(school: School, cycle: Cycle) -> Needs:
    own = Entry.objects.filter(school=school, year=cycle.year)
    return needs_of(cycle.policy, band_of(school, cycle), balances(own, "line", "funding"))


def question(
    *, school: School, cycle: Cycle, partner: User, wanted: Iterable[Need], today: date
) -> Question:
    """All that the proposal for one school follows from."""
    first = int(cycle.year[:4])
    band = band_of(school, cycle)
    return Question(
        needs=tuple(wanted),
        seasons=seasons_of(terms_of(school, cycle.year), first),
        calendar=calendar_of(school, years={first, first + 1}),
        standing=[
            Standing(on, _turn(cycle.policy, band, line))
            for on, line in standing(Visit.objects.filter(school=school)).values_list("on", "line")
        ],
        diary=diary_of(partner),
        limits=limits_of(cycle.policy),
        today=today,
    )


def terms_of(school: School, year: str) -> list[tuple[str, Span]]:
    """The year's terms by name: the school's own, or else the authority's."""
    rows = Term.objects.filter(Q(school=None) | Q(school=school), year=year)
    own_last = sorted(rows, key=lambda row: row.school_id is not None)
    kept = {row.name: Span(row.starts, row.ends) for row in own_last}
    return sorted(kept.items(), key=lambda each: each[1])


def _turn(policy: Edition, band: str, line: str) -> str:
    words = wording(policy, band, line)
    return (words.included_in if words else None) or line


def standing(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    return visits.filter(state__in=STANDS)


def diary_of(partner: User) -> list[Taken]:
    """What stands in the partner's days, at any school."""
    rows = standing(Visit.objects.filter(partner=partner)).order_by("on", "pk")
    return [Taken(*row) for row in rows.values_list("on", "part", "days")]


def limits_of(policy: Edition) -> Limits:
    rules = policy.diary
    return Limits(
        rules.most_a_day,
        rules.most_a_week,
        rules.clear_of_term_ends,
        rules.apart,
        rules.notice,
    )
