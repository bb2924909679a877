"""The ledger across schools: by school, partner, line, funding or term (E1, F3)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from plimsoll.allocations.board import NOBODY
from plimsoll.allocations.brings import plain_number
from plimsoll.allocations.models import Cycle
from plimsoll.core.spreadsheets import harmless
from plimsoll.people.models import User
from plimsoll.schools.holdings import in_force
from plimsoll.schools.models import Assignment
from plimsoll.schools.types import Phase
from plimsoll.visits.days import lines
from plimsoll.visits.days.ledger import Line, in_words
from plimsoll.visits.days.queries import Balance, balances, entries, total
from plimsoll.visits.models import Entry

INSIDE: Final = "allocation.inside"
CUTS: Final = ("school", "partner", "line", "funding", "term")
NO_TERM: Final = "For the whole year"


@dataclass(frozen=True)
class Group:
    """A school, a partner, a line: what its days come to."""

    line: Line
    urn: int = 0
    partner: str = ""


def found(cycle: Cycle, user: User, wanted: Mapping[str, str], today: date) -> QuerySet[Entry]:
    """The year's entries that the person may read from inside the service, narrowed.

    A partner who is a head elsewhere does not meet that school here (U2).
    """
    rows = entries(user, INSIDE).filter(year=cycle.year)
    for name in ("line", "funding", "term"):
        if value := wanted.get(name):
            rows = rows.filter(**{name: value})
    if text := wanted.get("text"):
        rows = rows.filter(school__name__icontains=text)
    if sip := wanted.get("sip"):
        held = _partners(today).filter(school=OuterRef("school"))
        theirs = Exists(held) if sip == "0" else Exists(held.filter(person=int(sip)))
        rows = rows.exclude(theirs) if sip == "0" else rows.filter(theirs)
    return rows


def groups(cycle: Cycle, rows: QuerySet[Entry], cut: str, today: date) -> list[Group]:
    """What the entries come to for each school, partner, line, funding source or term."""
    if cut in ("school", "partner"):
        schools = _schools(rows, today)
        return schools if cut == "school" else _by_partner(schools)
    sums = {_named(cycle, cut, key): each for (key,), each in balances(rows, cut).items()}
    return [
        Group(in_words(sums[name], label=name)) for name in sorted(sums) if sums[name] != Balance()
    ]


def _named(cycle: Cycle, cut: str, key: str) -> str:
    if cut == "line":
        return lines.label(cycle.policy, key)
    return lines.funding_label(cycle.policy, key) if cut == "funding" else key or NO_TERM


def _schools(rows: QuerySet[Entry], today: date) -> list[Group]:
    partners = partner_names(today)
    sums = balances(rows, "school__name", "school_id")
    return [
        Group(in_words(sums[name, urn], label=name), urn, partners.get(urn, NOBODY))
        for name, urn in sorted(sums)
    ]


def _by_partner(schools: list[Group]) -> list[Group]:
    names = sorted({each.partner for each in schools})
    return [
        Group(
            in_words(
                total(each.line.balance for each in schools if each.partner == name), label=name
            )
        )
        for name in names
    ]


def partner_names(today: date) -> dict[int, str]:
    """Who is the partner of each school today."""
    held = _partners(today).order_by("starts")
    return dict(held.values_list("school_id", "person__name"))


def _partners(today: date) -> QuerySet[Assignment]:
    return Assignment.objects.filter(in_force(today), role="sip", school__isnull=False)


def export(cycle: Cycle, rows: QuerySet[Entry], today: date) -> Iterator[tuple[str, ...]]:
    """Every sum by school, line, funding and term, each row with the marking."""
    policy, partners = cycle.policy, partner_names(today)
    words = policy.words
    yield (
        "URN", "School", "Phase", words.partner, "Line", "Funding", "Term",
        "Entitled", "Planned", "Used", "Left",
        "Visits entitled", "Visits planned", "Visits used", "Marking",
    )  # fmt: skip
    by = ("school__name", "school_id", "school__phase", "line", "funding", "term")
    sums = balances(rows, *by)
    for key in sorted(sums):
        name, urn, phase, line, funding, term = key
        each = sums[key]
        days = (each.entitled, each.planned, each.used, each.left)
        visits = (each.visits_entitled, each.visits_planned, each.visits_used)
        cells = (
            str(urn),
            name,
            str(Phase(phase).label),
            partners.get(urn, NOBODY),
            lines.label(policy, line),
            lines.funding_label(policy, funding),
            term,
        )
        yield (
            *map(harmless, cells),
            *(plain_number(number) if number else "0" for number in days),
            *map(str, visits),
            words.marking,
        )
