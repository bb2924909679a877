"""The days of a school: bank holidays, and the terms and closures that were entered."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from typing import TypeVar

import holidays
from django.db.models import Q
from govuk_bank_holidays.bank_holidays import BankHolidays

from plimsoll.core.deadlines import Calendar, Span
from plimsoll.framework import editions
from plimsoll.schools.models import Closure, School, Term

R = TypeVar("R", Term, Closure)


def calendar_of(
    school: School | None, *, years: Collection[int], halfterm_is_long: bool = False
) -> Calendar:
    """The calendar of a school (or, without one, of the authority) around these years.

    A school's own term, break or INSET days take the place of the authority's.
    """
    urn = school.pk if school else None
    return calendars_of([urn], years=years, halfterm_is_long=halfterm_is_long)[urn]


def calendars_of(
    urns: Collection[int | None], *, years: Collection[int], halfterm_is_long: bool = False
) -> dict[int | None, Calendar]:
    """The calendars of many schools, read together."""
    # A deadline set late in one year may end in the next but one.
    span = range(min(years) - 1, max(years) + 3)
    off = bank_holidays(span)
    terms, closures = _entered(Term, urns, span), _entered(Closure, urns, span)
    return {
        urn: _calendar(off, _own(terms, urn), _closures(_own(closures, urn)), halfterm_is_long)
        for urn in urns
    }


def _calendar(
    off: frozenset[date], terms: list[Term], closures: list[Closure], halfterm_is_long: bool
) -> Calendar:
    return Calendar(
        bank_holidays=off,
        holidays=tuple(_span(row) for row in closures if row.kind == Closure.Kind.HOLIDAY),
        inset=frozenset(
            day for row in closures if row.kind == Closure.Kind.INSET for day in _span(row).days()
        ),
        terms=tuple(map(_span, _terms(terms))),
        halfterm_is_long=halfterm_is_long,
    )


def bank_holidays(years: Iterable[int]) -> frozenset[date]:
    """England's bank holidays: the official list, the rule beyond it, and policy's special days."""
    official = _official()
    last = max(official).year
    beyond = [year for year in years if year > last]
    ruled = holidays.country_holidays("GB", subdiv="ENG", years=beyond) if beyond else ()
    return official | frozenset(ruled) | editions.calendar().extra_holidays


@lru_cache(maxsize=1)
def _official() -> frozenset[date]:
    listed = BankHolidays(use_cached_holidays=True)
    return frozenset(
        day["date"] for day in listed.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    )


def _terms(rows: list[Term]) -> list[Term]:
    """One row a term: the school's own, or else the authority's."""
    kept = {(row.year, row.name): row for row in rows}  # the school's rows come last
    return sorted(kept.values(), key=lambda row: row.starts)


def _closures(rows: list[Closure]) -> list[Closure]:
    own = [row for row in rows if row.school_id is not None]
    shared = [row for row in rows if row.school_id is None]
    return own + [row for row in shared if not any(_replaces(mine, row) for mine in own)]


def _entered(model: type[R], urns: Collection[int | None], years: range) -> list[R]:
    """The authority's rows, then the schools' own."""
    rows = model._default_manager.filter(
        Q(school=None) | Q(school__in=[urn for urn in urns if urn is not None]),
        ends__gte=date(years[0], 1, 1),
        starts__lte=date(years[-1], 12, 31),
    )
    return sorted(rows, key=lambda row: (row.school_id is not None, row.starts))


def _own(rows: list[R], urn: int | None) -> list[R]:
    return [row for row in rows if row.school_id in (None, urn)]


def _replaces(own: Closure, shared: Closure) -> bool:
    """Does the school's own row stand for the authority's?

    INSET days are chosen by the year; a break is the same one when the two overlap, or have
    one name in one school year.
    """
    if own.kind != shared.kind:
        return False
    same_year = _school_year(own.starts) == _school_year(shared.starts)
    if own.kind == Closure.Kind.INSET:
        return same_year
    overlap = own.starts <= shared.ends and shared.starts <= own.ends
    return overlap or (same_year and own.name.casefold() == shared.name.casefold() != "")


def _school_year(day: date) -> int:
    """The year in which the day's school year begins, on 1 August."""
    return day.year if day.month >= 8 else day.year - 1


def _span(row: Term | Closure) -> Span:
    return Span(row.starts, row.ends)
